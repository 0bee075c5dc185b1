"""Hostile, damaged and mistaken files: each ends in one line with a reason, and leaves nothing behind.

Real files and real child processes throughout; what is slow, greedy or dying here really is.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import signal
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import docx
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from test_package import HOSTILE, KINDS, NEXT_STEP, main_part, plain

from qippctl.errors import LimitError, UnreadableError, UnsupportedError, UsageError
from qippctl.models.document import Document, Prose
from qippctl.readers import Limits, read
from qippctl.readers.worker import read_file

LINE = "QIPP savings of 482 were delivered at month 11"
PASSWORD = "QIPPCTL_PDF_PASSWORD"  # noqa: S105  the name of a variable
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
Write = Callable[[Path], object]


@pytest.fixture(autouse=True)
def _nothing_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """After every test: no child, dead or alive, and nothing in the folder for temporary files."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.delenv(PASSWORD, raising=False)
    before = children()
    yield
    assert children() == before
    assert list(temporary.iterdir()) == []


def children() -> set[int]:
    """The processes that this one started and has not yet buried; zombies too."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state = entry.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:  # gone in the meantime
            continue
        if int(state[1]) == os.getpid():
            found.add(int(entry.parent.name))
    return found


def refusal(path: Path, limits: Limits | None = None) -> UnreadableError:
    """Why a file is not read; always a single line that begins with the file."""
    with pytest.raises(UnreadableError) as refused:
        read(path, limits=limits or Limits())
    message = str(refused.value)
    assert message.startswith(f"{path}: ")
    assert len(message.splitlines()) == 1
    assert "Traceback" not in message
    assert refused.value.exit_status == 3
    return refused.value


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Prose)]


# ---- papers ----------------------------------------------------------------------------------------------------------


def pdf(path: Path, encrypt: StandardEncryption | None = None) -> None:
    canvas = Canvas(str(path), invariant=1, encrypt=encrypt)
    canvas.drawString(72, 700, LINE)
    canvas.showPage()
    canvas.save()


def raw_pdf(stream: bytes, filters: str = "/FlateDecode") -> bytes:
    """A PDF of one page whose content is the stream, as it stands."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents 5 0 R>>",
        b"<</Filter[%s]/Length %d>>\nstream\n%s\nendstream" % (filters.encode(), len(stream), stream),
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % each for each in enumerate(objects, 1))
    return body + b"trailer\n<</Root 1 0 R/Size 6>>\nstartxref\n0\n%%EOF\n"


@cache
def slow_pdf() -> bytes:
    """A hundred and twenty megabytes of doing nothing, slowly, in 120 kB."""
    return raw_pdf(zlib.compress(b"q Q\n" * 30_000_000))


def bomb_pdf() -> bytes:
    """150 MB of blanks in less than 1 kB."""
    return raw_pdf(zlib.compress(zlib.compress(b" " * 150_000_000)), "/FlateDecode/FlateDecode")


def word(path: Path, *, body: str | None = None, prolog: str = "", encoding: str = "utf-8") -> None:
    """A Word file; with a body, its main part is written anew around that XML."""
    plain = io.BytesIO()
    paper = docx.Document()
    paper.add_paragraph(LINE)
    paper.save(plain)
    if body is None:
        path.write_bytes(plain.getvalue())
        return
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{prolog}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            out.writestr(name, xml.encode(encoding) if name == "word/document.xml" else source.read(name))


def zipped(path: Path, *members: tuple[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members:
            out.writestr(name, content)


def with_member(name: str) -> Write:
    """A good Word file and one member more."""

    def write(path: Path) -> None:
        word(path)
        with zipfile.ZipFile(path, "a") as out:
            out.writestr(name, b"x")

    return write


def cut(write: Write, share: float) -> Write:
    """A file of which only the beginning arrived."""

    def shorter(path: Path) -> None:
        write(path)
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])

    return shorter


def holding(content: bytes) -> Write:
    return lambda path: path.write_bytes(content)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def declared(prolog: str, encoding: str = "utf-8") -> Write:
    return lambda path: word(path, body=paragraph("1&x;23"), prolog=prolog, encoding=encoding)


# ---- what is no paper ------------------------------------------------------------------------------------------------

ENTITY = '<!DOCTYPE d [<!ENTITY x "99">]>'
NO_OFFICE = "no Word, Excel or PowerPoint file"
NO_TEXT = "not PDF, Word, Excel, PowerPoint or text"


REFUSED: dict[str, tuple[Write, type[UnreadableError], str]] = {
    # Not a file to read at all: told before any process is started.
    "gone.pdf": (lambda path: None, UnreadableError, "cannot be read: No such file"),
    "dangling.pdf": (lambda path: path.symlink_to("gone.pdf"), UnreadableError, "cannot be read: No such file"),
    "loop.pdf": (lambda path: path.symlink_to(path), UnreadableError, "cannot be read: Too many levels"),
    "x" * 300 + ".pdf": (lambda path: None, UnreadableError, "cannot be read: File name too long"),
    "folder.pdf": (lambda path: path.mkdir(), UnreadableError, "not a regular file"),
    "pipe.pdf": (lambda path: os.mkfifo(path), UnreadableError, "not a regular file"),
    "device.pdf": (lambda path: path.symlink_to("/dev/zero"), UnreadableError, "not a regular file"),
    "empty.pdf": (lambda path: path.touch(), UnreadableError, "empty; fetch the paper again"),
    # Formats that are not read.
    "other.zip": (lambda path: zipped(path, ("a.txt", b"a")), UnsupportedError, f"a zip that is {NO_OFFICE}; save it"),
    "empty.zip": (lambda path: zipped(path), UnsupportedError, f"a zip that is {NO_OFFICE}; save it"),
    "other.docx": (lambda path: zipped(path, ("a.txt", b"a")), UnsupportedError, f"a zip that is {NO_OFFICE}; save it"),
    "papers.zip": (
        lambda path: zipped(path, ("June/board.docx", b"PK"), ("a.txt", b"a")),
        UnsupportedError,
        "a zip of other files; unpack it and give the papers inside",
    ),
    "book.ods": (
        lambda path: zipped(path, ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")),
        UnsupportedError,
        "an OpenDocument file; save it as",
    ),
    "book.xlsb": (
        lambda path: zipped(path, ("xl/workbook.bin", b"x"), ("_rels/.rels", b"<x/>")),
        UnsupportedError,
        "a binary Excel workbook; save it as",
    ),
    "nul.txt": (holding(b"Scheme\tPlan\0\nBeds\t100\n"), UnsupportedError, f"{NO_TEXT}; save it as one of these"),
    "unmarked.txt": (holding(LINE.encode("utf-16-le")), UnsupportedError, f"{NO_TEXT}; save it as one of these"),
    "rich.txt": (holding(b"{\\rtf1\\ansi Scheme}"), UnsupportedError, "Rich Text; save it as .docx"),
    "picture.png": (holding(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), UnsupportedError, f"{NO_TEXT}; save it as"),
    # Damaged.
    "cut.pdf": (cut(pdf, 0.4), UnreadableError, "a damaged PDF; open and save it anew"),
    "cut-late.pdf": (cut(pdf, 0.9), UnreadableError, "a damaged PDF; open and save it anew"),
    "head.pdf": (holding(b"%PDF-1.7\n"), UnreadableError, "a damaged PDF; open and save it anew"),
    "cut.docx": (cut(word, 0.5), UnreadableError, "a damaged zip; fetch the paper again"),
    "bare.docx": (
        lambda path: zipped(path, ("word/document.xml", b"<x/>")),
        UnreadableError,
        "a damaged Word file",
    ),
    "broken.docx": (lambda path: word(path, body="<w:p>"), UnreadableError, "a damaged Word file; open and save it"),
    # Hostile.
    "doubled.docx": (with_member("word/document.xml"), UnreadableError, "a zip with doubled or escaping names"),
    "upwards.docx": (with_member("../../evil.txt"), UnreadableError, "a zip with doubled or escaping names"),
    "inside.docx": (with_member("word/../../evil.txt"), UnreadableError, "a zip with doubled or escaping names"),
    "absolute.docx": (with_member("/etc/evil.txt"), UnreadableError, "a zip with doubled or escaping names"),
    "doctype.docx": (declared(ENTITY), UnreadableError, "a document type declaration, which Office never writes"),
    "late.docx": (declared(f"<!--{'x' * 5000}-->{ENTITY}"), UnreadableError, "a document type declaration"),
    "wide.docx": (declared(ENTITY, "utf-16"), UnreadableError, "a document type declaration"),
    "deep.docx": (
        lambda path: word(path, body="<w:sdt>" * 5000 + "</w:sdt>" * 5000),
        UnreadableError,
        "elements nested deeper than Word nests them; damaged or hostile. Open and save it anew",
    ),
    "bomb.docx": (
        lambda path: word(path, body=paragraph("0" * 8_000_000)),
        LimitError,
        "unpacks to 8 MB, out of proportion to its size; not opened",
    ),
}


@pytest.mark.parametrize("name", REFUSED, ids=lambda name: name[-16:])
@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(name: str, tmp_path: Path) -> None:
    write, kind, words = REFUSED[name]
    path = tmp_path / name
    write(path)
    refused = refusal(path)
    assert type(refused) is kind
    assert words in str(refused)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_a_hostile_package_gets_no_further_than_its_reason(name: str, kind: str, tmp_path: Path) -> None:
    """Word, Excel and PowerPoint alike: file, reason and next step on one line, before any library opens it."""
    build, error, words = HOSTILE[name]
    path = tmp_path / f"paper.{kind}"
    path.write_bytes(build(kind))
    refused = refusal(path)
    assert type(refused) is error
    assert words in str(refused)
    assert NEXT_STEP.search(str(refused))


def test_a_declaration_behind_a_very_long_comment_is_found_in_good_time(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(10_000_000).hex()  # noqa: S311
    path = tmp_path / "late.any"
    path.write_bytes(main_part(f"<!--{noise}-->{ENTITY}<main/>".encode())("excel"))
    assert "a document type declaration" in str(refusal(path, Limits(seconds=20)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_package_of_the_right_kind_with_nothing_in_it_is_damaged(kind: str, tmp_path: Path) -> None:
    """It passes the door; what the kind's own library makes of it is an answer all the same."""
    path = tmp_path / "hollow.any"
    path.write_bytes(plain(kind))
    assert NEXT_STEP.search(str(refusal(path)))


@pytest.mark.parametrize("name", ["old.doc", "locked.docx", "old.xls"])
def test_an_old_office_file_without_a_workbook_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(OLE)
    refused = str(refusal(path))
    assert "Office file" in refused
    assert NEXT_STEP.search(refused)


@pytest.mark.parametrize(
    ("write", "limits", "variable"),
    [
        (holding(b"x" * 1_000_001), Limits(file_mb=1), "1 MB, more than 1 MB; raise QIPPCTL_MAX_FILE_MB"),
        (word, Limits(members=3), "members, more than the 3 allowed; raise QIPPCTL_MAX_MEMBERS"),
        (
            lambda path: word(path, body=paragraph("".join(str(i**3) for i in range(100_000)))),
            Limits(unzipped_mb=1),
            "MB, more than 1 MB; raise QIPPCTL_MAX_UNZIPPED_MB",
        ),
        # Too little for the reader itself: the loader fails, not Python.
        (pdf, Limits(memory_mb=20), "needs more memory than 20 MB"),
        (holding(b"a\tb\n" * 200_000), Limits(memory_mb=100, cells=10**6), "needs more memory than 100 MB"),
        (
            lambda path: path.write_bytes(slow_pdf()),
            Limits(seconds=1),
            "not read within 1 s; read part of it with --pages, or raise QIPPCTL_MAX_SECONDS",
        ),
    ],
    ids=["size", "members", "unzipped", "no room to start", "large text", "time"],
)
def test_each_bound_stops_the_reading_and_says_which(
    write: Write, limits: Limits, variable: str, tmp_path: Path
) -> None:
    path = tmp_path / "paper.any"
    write(path)
    refused = refusal(path, limits)
    assert type(refused) is LimitError
    assert variable in str(refused)


def test_a_pdf_larger_inside_than_memory_allows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf"
    path.write_bytes(bomb_pdf())
    assert "larger inside than QIPPCTL_MAX_MEMORY_MB allows" in str(refusal(path, Limits(memory_mb=120)))


@pytest.mark.parametrize(
    ("sent", "kind", "words"),
    [
        (signal.SIGKILL, LimitError, "needs more memory than"),  # as the system does when memory runs out
        (signal.SIGSEGV, UnreadableError, "none of its pages can be read: damaged"),
    ],
)
def test_a_reader_that_dies_takes_nothing_with_it(
    sent: signal.Signals, kind: type[UnreadableError], words: str, tmp_path: Path
) -> None:
    path = tmp_path / "slow.pdf"
    path.write_bytes(slow_pdf())
    before = children()

    struck = threading.Event()

    def strike() -> None:
        while not struck.wait(0.02):
            for child in children() - before:
                # Not before it has begun to read: its memory shows that.
                with contextlib.suppress(OSError, ValueError):
                    if int(Path(f"/proc/{child}/statm").read_text().split()[1]) * 4096 > 60_000_000:
                        os.kill(child, sent)
                        struck.set()

    striker = threading.Thread(target=strike)
    striker.start()
    try:
        with pytest.raises(UnreadableError) as refused:
            read(path, limits=Limits(seconds=60))
    finally:
        struck.set()
        striker.join()
    assert type(refused.value) is kind
    assert str(refused.value).startswith(f"{path}: {words}")


# ---- torn PDFs -------------------------------------------------------------------------------------------------------

CONTENT = b"".join(b"BT /F 12 Tf 72 %d Td (Scheme %d saved %d) Tj ET\n" % (800 - i * 12, i, i**5) for i in range(60))
PACKED = zlib.compress(CONTENT)


def test_half_a_page_is_never_read(tmp_path: Path) -> None:
    path = tmp_path / "torn.pdf"
    path.write_bytes(raw_pdf(PACKED[: len(PACKED) // 2]))
    assert "none of its pages can be read: damaged" in str(refusal(path))


def test_a_page_with_only_a_wrong_checksum_is_read(tmp_path: Path) -> None:
    path = tmp_path / "checksum.pdf"
    path.write_bytes(raw_pdf(PACKED[:-4] + b"\1\2\3\4"))
    assert texts(read(path))[-1] == f"Scheme 59 saved {59**5}"


# ---- passwords -------------------------------------------------------------------------------------------------------


def test_a_locked_pdf_opens_with_the_password_of_the_environment_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "locked.pdf"
    pdf(path, StandardEncryption("opensesame", "owner", strength=128))
    locked = "locked with a password; set it in the environment variable QIPPCTL_PDF_PASSWORD"
    assert locked in str(refusal(path))
    monkeypatch.setenv(PASSWORD, "wrong")
    message = str(refusal(path))
    assert locked in message
    assert "wrong" not in message
    monkeypatch.setenv(PASSWORD, "opensesame")
    assert texts(read(path)) == [LINE]


def test_a_pdf_that_only_its_owner_may_change_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "owned.pdf"
    pdf(path, StandardEncryption("", "owner", canModify=0, canCopy=0, strength=128))
    assert texts(read(path)) == [LINE]
    monkeypatch.setenv(PASSWORD, "of another paper")
    assert texts(read(path)) == [LINE]


# ---- wrong clothes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "write", "media_type"),
    [
        ("paper.txt", pdf, "application/pdf"),
        ("paper.docx", pdf, "application/pdf"),
        ("paper.pdf", word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("paper", word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("paper.pdf", holding(LINE.encode()), "text/plain"),
        ("paper.xlsx", holding(LINE.encode("utf-16")), "text/plain"),
    ],
)
def test_a_file_is_read_by_its_content_whatever_its_name(
    name: str, write: Write, media_type: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    write(path)
    document = read(path)
    assert (document.name, document.media_type, texts(document)) == (name, media_type, [LINE])


@pytest.mark.parametrize(
    "name",
    [
        "-o.txt",
        "a b;$(touch x).txt",
        "a\nb\x1b[31m.txt",
        "sparen–£.txt",
        b"caf\xe9.txt".decode(errors="surrogateescape"),
    ],
)
def test_any_name_is_a_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(name)
    path.write_text(LINE)
    assert texts(read(path)) == [LINE]
    path.write_text("")
    with pytest.raises(UnreadableError, match="empty; fetch the paper again") as refused:
        read(path)
    assert str(refused.value).isprintable()
    assert [entry.name for entry in tmp_path.iterdir() if entry.name not in ("temporary", name)] == []


def test_a_name_with_a_nul_is_refused() -> None:
    with pytest.raises(UnreadableError, match="not a file name") as refused:
        read(Path("a\0b.pdf"))
    assert str(refused.value).isprintable()


def test_a_paper_that_vanishes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot be read: No such file"):
        list(read_file(tmp_path / "gone.pdf", None, Limits()))


def test_python_files_beside_the_papers_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "paper.docx"
    word(path)
    for module in ("docx", "lxml", "hashlib", "qippctl", "sitecustomize"):
        (tmp_path / f"{module}.py").write_text(
            f"open({str(tmp_path / 'run')!r}, 'w')\nraise SystemExit('taken over')\n"
        )
    monkeypatch.chdir(tmp_path)
    assert texts(read(path)) == [LINE]


def test_reading_changes_nothing_in_the_folder_of_the_paper(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    pdf(path)
    content, inside = path.read_bytes(), sorted(tmp_path.iterdir())
    read(path)
    assert (path.read_bytes(), sorted(tmp_path.iterdir())) == (content, inside)


# ---- limits ----------------------------------------------------------------------------------------------------------


def test_limits_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 1_000_001)
    monkeypatch.setenv("QIPPCTL_MAX_FILE_MB", "1")
    with pytest.raises(LimitError, match="more than 1 MB"):
        read(path)
    assert Limits.from_environment() == Limits(file_mb=1)


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5", "many", "١", "1" * 10, "9" * 5000])
def test_a_limit_that_is_no_sensible_number_is_a_usage_error(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIPPCTL_MAX_SECONDS", text)
    with pytest.raises(
        UsageError, match=r"QIPPCTL_MAX_SECONDS: .* is not a whole number from 1 to 999999999"
    ) as refused:
        Limits.from_environment()
    assert len(str(refused.value)) < 120


def test_the_largest_limits_that_can_be_set_work(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(LINE)
    most = 999_999_999
    assert texts(read(path, limits=Limits(most, most, most, most, most, most, most))) == [LINE]
