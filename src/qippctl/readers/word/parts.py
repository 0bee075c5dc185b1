"""The parts of a Word package: found by the relations it states, read only when asked for, and never outside it."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from docx.oxml.parser import parse_xml

from qippctl.errors import UnreadableError
from qippctl.readers.word.xml import qn

_OFFICE = b"http://schemas.openxmlformats.org/"
# `Strict Open XML Document`: the same elements under other names.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _OFFICE + b"wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _OFFICE + b"officeDocument/2006/relationships"),
)


class Parts:
    """An open Word package, whose zip was looked at before. Whatever is damaged in it raises UnreadableError."""

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except zipfile.BadZipFile as error:
            raise _damaged() from error
        # Names of parts are compared without regard to case.
        self._names = {name.casefold(): name for name in self._archive.namelist()}
        self._related: dict[str, list[tuple[str, str, str]]] = {}
        self.main = next(self.related("", "officeDocument"), "word/document.xml")

    def __enter__(self) -> Parts:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    @property
    def has_macros(self) -> bool:
        return any(name.endswith("vbaproject.bin") for name in self._names)

    def document(self) -> Any:
        """The main part, with a body."""
        root = self.xml(self.main)
        if root is None or root.find(qn("w:body")) is None:
            raise _damaged()
        return root

    def xml(self, name: str) -> Any:
        """The root element of a part; None where there is no such part."""
        if name.casefold() not in self._names:
            return None
        try:
            content = self._archive.read(self._names[name.casefold()])
            for strict, usual in _STRICT:
                content = content.replace(strict, usual)
            root = parse_xml(content)
        except SyntaxError as error:  # lxml's errors are of this kind
            if "Excessive depth" in str(error):
                raise UnreadableError(
                    "elements nested deeper than Word nests them; damaged or hostile. Open and save it anew"
                ) from error
            raise _damaged() from error
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
            raise _damaged() from error
        if root.getroottree().docinfo.doctype:
            # Looked for before in what says that it is XML; this part says it is something else.
            raise UnreadableError("holds a document type declaration; hostile or damaged. Open and save it anew")
        return root

    def related(self, source: str, kind: str) -> Iterator[str]:
        """The names of the parts that a part (or the package: an empty name) is related to as `footnotes`, `settings`, ..."""
        return (name for _, found, name in self._relations(source) if found == kind)

    def target(self, source: str, identifier: str) -> str | None:
        """The name of the part that a part speaks of by an identifier."""
        return next((name for known, _, name in self._relations(source) if known == identifier), None)

    def _relations(self, source: str) -> list[tuple[str, str, str]]:
        if source not in self._related:
            self._related[source] = list(self._read_relations(source))
        return self._related[source]

    def _read_relations(self, source: str) -> Iterator[tuple[str, str, str]]:
        folder, name = posixpath.split(source)
        relations = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in relations.findall("{*}Relationship") if relations is not None else ():
            # What lies outside, on a web site say, is never fetched.
            if relation.get("TargetMode") != "External":
                place = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                yield relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], place.lstrip("/")


def _damaged() -> UnreadableError:
    return UnreadableError("a damaged Word file; open and save it anew")
