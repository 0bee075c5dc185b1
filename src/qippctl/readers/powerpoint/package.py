"""The XML parts of a PowerPoint file, each parsed when asked for.

They are read one at a time with the standard library: a library that opens the whole file or none of it would lose a deck
for one torn slide, and would load every film and picture for the sake of a few tables.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers.expat import errors as expat

_INTEGER = re.compile(r"-?[0-9]{1,12}")


class DamagedError(Exception):
    """A part is missing, torn, or no XML."""


class Package:
    """The XML parts of an Office file by name, each parsed when asked for."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._names = {name.casefold(): name for name in self._archive.namelist()}  # Office does not tell case apart
        self.main = self.name_related_as("officeDocument", "") or "ppt/presentation.xml"

    @property
    def has_macros(self) -> bool:
        return any(name.endswith("vbaproject.bin") for name in self._names)

    def part(self, name: str) -> Element:
        """The root of a part, as `_plain` leaves it; DamagedError where there is none to be had."""
        known = name.casefold()
        # In parts with these endings package.py has looked for declarations, with which a few bytes bomb a parser.
        if known not in self._names or not known.endswith((".xml", ".rels")):
            raise DamagedError
        try:
            return _plain(ElementTree.fromstring(self._archive.read(self._names[known])))  # noqa: S314  see above
        except ElementTree.ParseError as error:
            if error.code == expat.codes[expat.XML_ERROR_NO_MEMORY]:
                raise MemoryError from error
            raise DamagedError from error
        # LookupError and ValueError: an encoding that nobody knows.
        except (zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError) as error:
            raise DamagedError from error

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the package: for each id, the kind and the part's name. Links elsewhere are left."""
        folder, _, file = name.rpartition("/")
        try:
            root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        except DamagedError:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join(f"/{folder}", relation.get("Target", ""))).lstrip("/"),
            )
            for relation in root.iter("Relationship")
            if relation.get("TargetMode") != "External"
        }

    def related_as(self, kind: str, name: str) -> Element | None:
        """The first part of a kind that a part refers to; None without one that can be read."""
        target = self.name_related_as(kind, name)
        try:
            return self.part(target) if target is not None else None
        except DamagedError:
            return None

    def name_related_as(self, kind: str, name: str) -> str | None:
        """The name of the first part of a kind that a part, or the package under an empty name, refers to."""
        return next((target for found, target in self.related(name).values() if found == kind), None)


def _plain(root: Element) -> Element:
    """A tree with bare names, the first choice of each alternative in its place, and without extensions.

    Strict files differ from the usual ones in the namespaces alone. Walked with a list, as hostile files nest deeply.
    """
    root.tag = _bare(root.tag)
    waiting = [root]
    while waiting:
        element = waiting.pop()
        kept = []
        children = list(reversed(element))
        while children:
            child = children.pop()
            child.tag = _bare(child.tag)
            if child.tag == "AlternateContent":
                children += reversed(_choice(child))
            elif child.tag != "extLst":
                kept.append(child)
        element[:] = kept
        waiting += kept
    return root


def _choice(alternatives: Element) -> list[Element]:
    choices = sorted(alternatives, key=lambda option: _bare(option.tag) != "Choice")
    return list(choices[0]) if choices else []


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def relation_id(element: Element) -> str:
    """The `r:id` of an element, in whichever of its namespaces; `id` alone is something else."""
    return next((value for name, value in element.items() if name.endswith("}id")), "")


def number_of(element: Element | None, name: str, default: int = 0) -> int:
    text = element.get(name, "") if element is not None else ""
    return int(text) if _INTEGER.fullmatch(text) else default
