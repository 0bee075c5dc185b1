"""Office files are zip packages of XML: looked at before any library opens them, so that no bomb or stranger gets further."""

from __future__ import annotations

import contextlib
import io
import posixpath
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Literal, NoReturn
from xml.parsers import expat

from qippctl.errors import LimitError, UnreadableError, UnsupportedError
from qippctl.readers.isolation import Limits

Kind = Literal["word", "excel", "powerpoint"]
_MAIN_PARTS: dict[str, Kind] = {
    "word/document.xml": "word",
    "xl/workbook.xml": "excel",
    "ppt/presentation.xml": "powerpoint",
}
# What a package says that its main part holds, in words of its content type.
_CONTENT_TYPES: dict[str, Kind] = {
    "wordprocessingml": "word",
    "ms-word": "word",
    "spreadsheetml": "excel",
    "ms-excel.sheet.macroenabled": "excel",
    "ms-excel.template.macroenabled": "excel",
    "presentationml": "powerpoint",
    "ms-powerpoint": "powerpoint",
}
_LARGEST_RATIO = 200
# So many bytes may be out of proportion: a picture in one colour, an empty form.
_SWOLLEN = 1_000_000
_LOCAL_HEADER = 30
_HOSTILE = "; hostile or damaged. Open and save it anew"
# What zipfile raises at damaged and invented packages, one class at a time met by cutting and flipping bytes.
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError)


def package_kind(content: bytes, limits: Limits) -> Kind:
    """What kind of Office file a zip is. Raises where it is too large, hostile, damaged or something else."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_members(members, limits)
            _check_places(members, len(content))
            _check_sizes(members, limits)
            types = _Types(archive)
            kind = _kind(archive, types)
            for member in members:
                if member.file_size and types.is_xml(member.filename):
                    _check_beginning(archive, member.filename)
            return kind
    except _DAMAGE as error:
        raise UnreadableError("a damaged zip; fetch the paper again") from error
    except NotImplementedError as error:
        raise UnreadableError(f"a zip packed as Office packs none{_HOSTILE}") from error


# ---- members ---------------------------------------------------------------------------------------------------------


def _check_members(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.members:
        raise LimitError(
            f"a zip of {len(members)} members, more than the {limits.members} allowed;"
            " raise QIPPCTL_MAX_MEMBERS to read it"
        )
    # To Office a name in capitals is the same name; of two such parts each reader might take another.
    names = {member.filename.casefold() for member in members}
    if len(names) != len(members) or any(_escapes(member) for member in members):
        raise UnreadableError(f"a zip with doubled or escaping names{_HOSTILE}")
    if any(stat.S_ISLNK(member.external_attr >> 16) for member in members):
        raise UnreadableError(f"a zip with links inside{_HOSTILE}")
    if any(member.flag_bits & 0x1 for member in members):
        raise UnreadableError("a zip locked with a password; take the password off and save it anew")
    if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
        raise UnreadableError(f"a zip packed as Office packs none{_HOSTILE}")


def _escapes(member: zipfile.ZipInfo) -> bool:
    """Whether a name leads out of the package, or goes on behind a NUL where only some readers see it."""
    name = member.filename.replace("\\", "/")
    return name.startswith("/") or ".." in name.split("/") or name[1:2] == ":" or "\0" in member.orig_filename


def _check_places(members: list[zipfile.ZipInfo], size: int) -> None:
    """Members that share bytes unpack to far more than the file holds, though each of them seems modest."""
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end:
            raise UnreadableError(f"a zip whose members overlap{_HOSTILE}")
        end = member.header_offset + _LOCAL_HEADER + len(member.orig_filename) + member.compress_size
    if end > size:
        raise UnreadableError("a damaged zip; fetch the paper again")


def _check_sizes(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    """The sizes are those that the members state: none of them unpacks to more, as zipfile stops there."""
    unzipped = sum(member.file_size for member in members)
    swollen = sum(m.file_size for m in members if m.file_size > _LARGEST_RATIO * max(1, m.compress_size))
    if swollen > _SWOLLEN:
        raise LimitError(
            f"unpacks to {unzipped // 1_000_000} MB, out of proportion to its size; not opened. Open and save it anew"
        )
    if unzipped > limits.unzipped_mb * 1_000_000:
        raise LimitError(
            f"unpacks to {unzipped // 1_000_000} MB, more than {limits.unzipped_mb} MB;"
            " raise QIPPCTL_MAX_UNZIPPED_MB to read it"
        )


# ---- what it is ------------------------------------------------------------------------------------------------------


class _Types:
    """What a package says that its parts hold."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._of_names: dict[str, str] = {}
        self._of_endings: dict[str, str] = {}
        for tag, attributes in _elements(archive, "[Content_Types].xml"):
            content_type = attributes.get("ContentType", "").casefold()
            if tag == "Override":
                self._of_names[attributes.get("PartName", "").lstrip("/").casefold()] = content_type
            elif tag == "Default":
                self._of_endings[attributes.get("Extension", "").casefold()] = content_type

    def of(self, name: str) -> str:
        """The content type of a part in lower case, empty where none is stated."""
        known = name.casefold()
        return self._of_names.get(known) or self._of_endings.get(known.rpartition(".")[2], "")

    def is_xml(self, name: str) -> bool:
        """Whether Office or a library reads the part as XML. A picture or web page that was put in is kept as it came."""
        if name.casefold().endswith((".xml", ".rels", ".vml")):
            return True
        stated = self.of(name)
        return stated.endswith("xml") and not stated.startswith(("image/", "text/", "application/xhtml"))


def _kind(archive: zipfile.ZipFile, types: _Types) -> Kind:
    """What the package says that it is; where it says nothing, what its names look like."""
    names = archive.namelist()
    stated = types.of(_main_part(archive))
    for words, kind in _CONTENT_TYPES.items():
        if words in stated:
            return kind
    if "sheet.binary" in stated or "xl/workbook.bin" in names:
        raise _unsupported("a binary Excel workbook")
    for part, kind in _MAIN_PARTS.items():
        if part in names:
            return kind
    raise _other(archive, names)


def _main_part(archive: zipfile.ZipFile) -> str:
    for _, attributes in _elements(archive, "_rels/.rels"):
        if attributes.get("Type", "").endswith("/officeDocument"):
            return posixpath.normpath("/" + attributes.get("Target", "")).lstrip("/")
    return ""


def _other(archive: zipfile.ZipFile, names: list[str]) -> UnsupportedError:
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        if b"opendocument" in archive.read("mimetype"):
            return _unsupported("an OpenDocument file")
    elif any(name.casefold().endswith((".pdf", ".docx", ".xlsx", ".pptx", ".zip")) for name in names):
        return UnsupportedError("a zip of other files; unpack it and give the papers inside")
    return _unsupported("a zip that is no Word, Excel or PowerPoint file")


def _unsupported(what: str) -> UnsupportedError:
    return UnsupportedError(f"{what}; save it as PDF, .docx, .xlsx, .pptx or text")


# ---- document type declarations --------------------------------------------------------------------------------------


class _BegunError(Exception):
    """The first element of a part was met."""


def _check_beginning(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a part with a document type declaration: entities bomb readers, or cut a number that holds one short."""

    def begin(tag: str, attributes: dict[str, str]) -> NoReturn:
        raise _BegunError

    with contextlib.suppress(_BegunError):
        _parse(archive, name, begin)


def _elements(archive: zipfile.ZipFile, name: str) -> list[tuple[str, dict[str, str]]]:
    """The elements of a part without their namespaces, each with its attributes; none where there is no such part."""
    found: list[tuple[str, dict[str, str]]] = []
    if name in archive.namelist():
        _parse(archive, name, lambda tag, attributes: found.append((tag.rpartition(" ")[2], attributes)))
    return found


def _parse(archive: zipfile.ZipFile, name: str, on_element: Callable[[str, dict[str, str]], object]) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = on_element
    parser.StartDoctypeDeclHandler = _refuse_declaration
    # The parser goes through an unfinished comment anew with each piece, so the pieces grow.
    size = 4096
    with archive.open(name) as part:
        while True:
            piece = part.read(size)
            size *= 2
            try:
                parser.Parse(piece, not piece)
            except (expat.ExpatError, LookupError, ValueError) as error:
                # An encoding that the parser does not know may hide a declaration from it, and not from others.
                raise UnreadableError(
                    f"holds XML that is damaged, or written as Office writes none{_HOSTILE}"
                ) from error
            if not piece:
                return


def _refuse_declaration(*_: object) -> NoReturn:
    raise UnreadableError(f"holds a document type declaration, which Office never writes{_HOSTILE}")
