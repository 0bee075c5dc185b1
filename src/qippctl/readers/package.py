"""Office files are zip packages of XML: looked at before any library opens them, so that no bomb or stranger gets further."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from qippctl.errors import LimitError, UnreadableError, UnsupportedError
from qippctl.readers.isolation import Limits

Kind = Literal["word", "excel", "powerpoint"]
_MAIN_PARTS: dict[str, Kind] = {
    "word/document.xml": "word",
    "xl/workbook.xml": "excel",
    "ppt/presentation.xml": "powerpoint",
}
_LARGEST_RATIO = 200
# Before the first element XML may hold comments of any length, so the whole beginning is looked through.
_ELEMENT = re.compile(rb"<[A-Za-z_]")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def package_kind(content: bytes, limits: Limits) -> Kind:
    """What kind of Office file a zip is. Raises where it is too large, hostile, damaged or something else."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = [member.filename for member in members]
            if len(members) > limits.members:
                raise LimitError(
                    f"a zip of {len(members)} members, more than the {limits.members} allowed;"
                    " raise QIPPCTL_MAX_MEMBERS to read it"
                )
            if len(set(names)) != len(names) or any(name.startswith("/") or ".." in name.split("/") for name in names):
                raise UnreadableError("a zip with doubled or escaping names; hostile or damaged. Open and save it anew")
            unzipped = sum(member.file_size for member in members)
            if any(m.file_size > 1_000_000 and m.file_size > _LARGEST_RATIO * max(1, m.compress_size) for m in members):
                raise LimitError(f"unpacks to {unzipped // 1_000_000} MB, out of proportion to its size; not opened")
            if unzipped > limits.unzipped_mb * 1_000_000:
                raise LimitError(
                    f"unpacks to {unzipped // 1_000_000} MB, more than {limits.unzipped_mb} MB;"
                    " raise QIPPCTL_MAX_UNZIPPED_MB to read it"
                )
            kind = next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)
            if kind is None:
                raise UnsupportedError(f"{_other(names)}; save it as PDF, .docx, .xlsx, .pptx or text")
            for name in names:
                if name.endswith((".xml", ".rels")) and _declares(archive, name):
                    raise UnreadableError("holds a document type declaration, which Office never writes; not read")
            return kind
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise UnreadableError("a damaged or locked zip; fetch the paper again") from error


def _other(names: list[str]) -> str:
    if "mimetype" in names or "content.xml" in names:
        return "an OpenDocument file"
    if any(name.endswith(".bin") and name.startswith("xl/") for name in names):
        return "a binary Excel workbook"
    return "a zip that is no Word, Excel or PowerPoint file"


def _declares(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a part has a document type declaration: entities bomb readers, or cut a number that holds one short."""
    seen = b""
    with archive.open(name) as part:
        while piece := part.read(4096):
            seen += piece.replace(b"\0", b"")  # the second bytes of UTF-16
            if found := _ELEMENT.search(seen):
                return _DECLARATION.search(seen[: found.start()]) is not None
    return _DECLARATION.search(seen) is not None
