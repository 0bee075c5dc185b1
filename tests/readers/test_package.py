"""Office packages looked at before a library opens them: what each kind is known by, and what none may be."""

from __future__ import annotations

import io
import random
import re
import stat
import struct
import zipfile
from collections.abc import Callable

import pytest

from qippctl.errors import LimitError, UnreadableError, UnsupportedError
from qippctl.readers import Limits
from qippctl.readers.package import package_kind

OFFICE = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "word": ("word/document.xml", f"{OFFICE}.wordprocessingml.document.main+xml"),
    "excel": ("xl/workbook.xml", f"{OFFICE}.spreadsheetml.sheet.main+xml"),
    "powerpoint": ("ppt/presentation.xml", f"{OFFICE}.presentationml.presentation.main+xml"),
}
KINDS = list(MAIN)
NEXT_STEP = re.compile(
    r"open and save it anew|save it as|raise QIPPCTL_MAX_\w+|fetch the paper again|take the password off|unpack it",
    re.I,
)
Members = dict[str, bytes]


def members(kind: str, content_type: str = "", main: str = "") -> Members:
    """The least that a package of its kind holds."""
    usual, usual_type = MAIN[kind]
    part = main or usual
    return {
        "[Content_Types].xml": (
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="svg" ContentType="image/svg+xml"/>'
            f'<Override PartName="/{part}" ContentType="{content_type or usual_type}"/>'
            "</Types>"
        ).encode(),
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
            ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
            f' Target="{part}"/></Relationships>'
        ).encode(),
        part: b"<main/>",
        "docProps/app.xml": b"<Properties/>",
    }


def zipped(contents: Members, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()


def plain(kind: str) -> bytes:
    return zipped(members(kind))


# ---- hostile packages of each kind -----------------------------------------------------------------------------------


def holding(name: str, content: bytes = b"<x/>") -> Callable[[str], bytes]:
    """A good package and one member more, or one put in place of its own."""

    def build(kind: str) -> bytes:
        out = io.BytesIO(plain(kind))
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        return out.getvalue()

    return build


def main_part(content: bytes) -> Callable[[str], bytes]:
    return lambda kind: zipped(members(kind) | {MAIN[kind][0]: content})


def doubled(kind: str) -> bytes:
    return holding(MAIN[kind][0])(kind)


def doubled_in_capitals(kind: str) -> bytes:
    return holding(MAIN[kind][0].upper())(kind)


def linked(kind: str) -> bytes:
    link = zipfile.ZipInfo("media/link.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO(plain(kind))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def patched(kind: str, signature: bytes, place: int, form: str, value: int, *, which: int) -> bytes:
    """A package of which a field of one header says something else."""
    content = bytearray(plain(kind))
    start = -1
    for _ in range(which + 1):
        start = content.index(signature, start + 1)
    struct.pack_into(form, content, start + place, value)
    return bytes(content)


LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


def sharing(kind: str) -> bytes:
    """Two members of the same bytes."""
    return patched(kind, CENTRAL, 42, "<I", 0, which=1)


def overlapping(kind: str) -> bytes:
    """A member that goes on into the next."""
    return patched(kind, CENTRAL, 20, "<I", 400, which=0)


def beyond(kind: str) -> bytes:
    """A member that goes on behind the end of the file."""
    return patched(kind, CENTRAL, 20, "<I", 4000, which=3)


def locked(kind: str) -> bytes:
    return patched(kind, CENTRAL, 8, "<H", 1, which=2)


def many_small_bombs(kind: str) -> bytes:
    return zipped(members(kind) | {f"media/{i}.bin": b"\0" * 400_000 for i in range(40)})


def one_bomb(kind: str) -> bytes:
    return zipped(members(kind) | {"media/0.bin": b"\0" * 8_000_000})


def packed_otherwise(kind: str) -> bytes:
    return zipped(members(kind), method=zipfile.ZIP_LZMA)


def nested(kind: str) -> bytes:
    return zipped({"papers/board.docx": plain(kind), "read me.txt": b"x"})


def cut(kind: str) -> bytes:
    content = plain(kind)
    return content[: len(content) * 2 // 3]


ENTITY = '<!DOCTYPE d [<!ENTITY x "99">]>'
DOUBLED = "a zip with doubled or escaping names; hostile or damaged. Open and save it anew"
DECLARED = "holds a document type declaration, which Office never writes"
STRANGE = "holds XML that is damaged, or written as Office writes none"
OTHERWISE = "a zip packed as Office packs none"
HOSTILE: dict[str, tuple[Callable[[str], bytes], type[UnreadableError], str]] = {
    "doubled": (doubled, UnreadableError, DOUBLED),
    "doubled in capitals": (doubled_in_capitals, UnreadableError, DOUBLED),
    "upwards": (holding("../../evil.txt"), UnreadableError, DOUBLED),
    "inside": (holding("media/../../evil.txt"), UnreadableError, DOUBLED),
    "absolute": (holding("/etc/evil.txt"), UnreadableError, DOUBLED),
    "backwards": (holding("..\\evil.txt"), UnreadableError, DOUBLED),
    "drive": (holding("C:evil.txt"), UnreadableError, DOUBLED),
    "links": (linked, UnreadableError, "a zip with links inside"),
    "sharing": (sharing, UnreadableError, "a zip whose members overlap"),
    "overlapping": (overlapping, UnreadableError, "a zip whose members overlap"),
    "beyond": (beyond, UnreadableError, "a damaged zip; fetch the paper again"),
    "locked": (locked, UnreadableError, "a zip locked with a password; take the password off"),
    "packed otherwise": (packed_otherwise, UnreadableError, OTHERWISE),
    "bomb": (one_bomb, LimitError, "unpacks to 8 MB, out of proportion to its size; not opened"),
    "many small bombs": (many_small_bombs, LimitError, "unpacks to 16 MB, out of proportion to its size"),
    "nested": (nested, UnsupportedError, "a zip of other files; unpack it and give the papers inside"),
    "cut": (cut, UnreadableError, "a damaged zip; fetch the paper again"),
    "doctype": (main_part(f"{ENTITY}<main/>".encode()), UnreadableError, DECLARED),
    "doctype behind a comment": (
        main_part(f"<!--{'<x>' * 50_000}--><?x <y>?>{ENTITY}<main/>".encode()),
        UnreadableError,
        DECLARED,
    ),
    "doctype in UTF-16": (main_part(f"{ENTITY}<main/>".encode("utf-16")), UnreadableError, DECLARED),
    "doctype in UTF-16 without a mark": (
        main_part(f'<?xml version="1.0" encoding="UTF-16"?>{ENTITY}<main/>'.encode("utf-16-be")),
        UnreadableError,
        DECLARED,
    ),
    "doctype in UTF-7": (
        main_part(f'<?xml version="1.0" encoding="UTF-7"?>{ENTITY.replace("<", "+ADw-")}<main/>'.encode()),
        UnreadableError,
        STRANGE,
    ),
    "doctype in EBCDIC": (main_part(f"{ENTITY}<main/>".encode("cp037")), UnreadableError, STRANGE),
    "doctype of another part": (holding("any/other.xml", f"{ENTITY}<x/>".encode()), UnreadableError, DECLARED),
    "doctype of a relation": (holding("any/_rels/x.RELS", f"{ENTITY}<x/>".encode()), UnreadableError, DECLARED),
    "doctype of a drawing": (holding("any/vmlDrawing1.vml", f"{ENTITY}<x/>".encode()), UnreadableError, DECLARED),
    "no XML": (main_part(b"\0\1\2\3"), UnreadableError, STRANGE),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_a_hostile_package_is_refused_whatever_its_kind(name: str, kind: str) -> None:
    build, error, words = HOSTILE[name]
    with pytest.raises(UnreadableError) as refused:
        package_kind(build(kind), Limits())
    message = str(refused.value)
    assert type(refused.value) is error
    assert words in message
    assert NEXT_STEP.search(message)
    assert len(message.splitlines()) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(members=3), "a zip of 4 members, more than the 3 allowed; raise QIPPCTL_MAX_MEMBERS"),
        (Limits(unzipped_mb=1), "unpacks to 3 MB, more than 1 MB; raise QIPPCTL_MAX_UNZIPPED_MB"),
    ],
)
def test_bounds_hold_for_every_kind(kind: str, limits: Limits, words: str) -> None:
    content = plain(kind)
    if limits.unzipped_mb == 1:
        content = zipped(members(kind) | {"media/noise.bin": random.Random(1).randbytes(3_000_000)})  # noqa: S311
    with pytest.raises(LimitError, match=re.escape(words)):
        package_kind(content, limits)


# ---- what is let through ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_plain_package_is_known_by_what_it_says(kind: str) -> None:
    assert package_kind(plain(kind), Limits()) == kind
    assert package_kind(plain(kind), Limits(members=4)) == kind


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        ("word", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        ("word", f"{OFFICE}.wordprocessingml.template.main+xml"),
        ("excel", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        ("excel", "application/vnd.ms-excel.template.macroEnabled.main+xml"),
        ("excel", f"{OFFICE}.spreadsheetml.template.main+xml"),
        ("powerpoint", "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"),
        ("powerpoint", f"{OFFICE}.presentationml.slideshow.main+xml"),
    ],
)
def test_templates_and_packages_with_macros_are_of_their_kind(kind: str, content_type: str) -> None:
    assert package_kind(zipped(members(kind, content_type, "any/where.xml")), Limits()) == kind


def test_a_package_is_what_it_says_whatever_its_names_look_like() -> None:
    """A decoy must not decide which library reads a file: people see what the package says."""
    decoy = members("excel") | {"word/document.xml": b"<decoy/>"}
    assert package_kind(zipped(decoy), Limits()) == "excel"


@pytest.mark.parametrize("kind", KINDS)
def test_where_a_package_says_nothing_its_names_decide(kind: str) -> None:
    assert package_kind(zipped({MAIN[kind][0]: b"<x/>"}), Limits()) == kind


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("media/logo.svg", f'<!DOCTYPE svg PUBLIC "x" "y">{"<svg/>"}'.encode()),  # a picture as it was put in
        ("afchunk.htm", b"<!DOCTYPE html><html></html>"),
        ("media/picture.png", b"\x89PNG" + ENTITY.encode()),
        ("embeddings/Sheet1.xlsx", plain("excel")),  # never opened
        ("customXml/item1.xml", '<?xml version="1.0" encoding="UTF-16"?><x>£</x>'.encode("utf-16")),
        ("customXml/item2.xml", b"\xef\xbb\xbf<x/>"),
        ("customXml/item3.xml", b'<?xml version="1.0" encoding="windows-1252"?><x>\xa3</x>'),
        ("customXml/item4.xml", f"<x>{ENTITY.replace('<', '&lt;')}</x>".encode()),  # in words
        ("customXml/item5.xml", b""),
        ("vmlDrawing1.vml", b"<xml><br></xml>"),  # Office itself writes such
        ("theme/", b""),
        ("a..b.xml", b"<x/>"),
    ],
)
def test_what_office_itself_keeps_in_packages_is_let_through(kind: str, name: str, content: bytes) -> None:
    assert package_kind(holding(name, content)(kind), Limits()) == kind


def test_stored_members_and_modest_blanks_are_let_through() -> None:
    assert package_kind(zipped(members("excel"), method=zipfile.ZIP_STORED), Limits()) == "excel"
    blank = members("excel") | {f"xl/media/{i}.bin": b"\0" * 90_000 for i in range(10)}
    assert package_kind(zipped(blank), Limits()) == "excel"


# ---- other zips ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        (
            {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"},
            "an OpenDocument file; save it as",
        ),
        ({"mimetype": b"application/epub+zip"}, "a zip that is no Word, Excel or PowerPoint file; save it as"),
        ({"mimetype": b"opendocument" * 1000}, "a zip that is no Word, Excel or PowerPoint file"),
        ({"xl/workbook.bin": b"x", "xl/worksheets/sheet1.bin": b"x"}, "a binary Excel workbook; save it as"),
        (
            members("excel", "application/vnd.ms-excel.sheet.binary.macroEnabled.main", "xl/book.bin"),
            "a binary Excel workbook; save it as",
        ),
        (members("word", "application/vnd.ms-visio.drawing.main+xml", "visio/document.xml"), "a zip that is no Word"),
        (
            {"a.txt": b"a"},
            "a zip that is no Word, Excel or PowerPoint file; save it as PDF, .docx, .xlsx, .pptx or text",
        ),
        ({}, "a zip that is no Word, Excel or PowerPoint file"),
        ({"June/Board.PDF": b"%PDF", "a.txt": b"a"}, "a zip of other files; unpack it"),
    ],
)
def test_a_zip_of_another_kind_is_named_with_the_way_out(contents: Members, words: str) -> None:
    with pytest.raises(UnsupportedError, match=re.escape(words)):
        package_kind(zipped(contents), Limits())


# ---- damage of every sort --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_package_is_read_or_refused_and_nothing_else(kind: str) -> None:
    """Cut anywhere, or with some bytes turned: zipfile raises a dozen kinds of errors at these."""
    whole = plain(kind)
    chance = random.Random(kind)  # noqa: S311
    damaged = [whole[:length] for length in range(0, len(whole), 7)]
    for _ in range(1500):
        content = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            content[chance.randrange(len(content))] = chance.choice((0, 1, 255, chance.randrange(256)))
        damaged.append(bytes(content))
    refused = 0
    for content in damaged:
        try:
            assert package_kind(content, Limits()) in KINDS
        except UnreadableError as error:
            refused += 1
            assert NEXT_STEP.search(str(error))
    assert refused > len(damaged) // 3
