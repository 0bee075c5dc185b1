"""Drawings: their text boxes are read, their pictures and charts are counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qippctl.readers.word.xml import BOX, chosen, qn

_VML = "{urn:schemas-microsoft-com:vml}"
_OLE_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"


@dataclass(slots=True)
class Pictures:
    """How many things there are whose figures cannot be read."""

    pictures: int = 0
    charts: int = 0
    diagrams: int = 0
    objects: int = 0

    def told(self) -> Iterator[str]:
        """Each kind with its number: `2 pictures`, `1 chart`."""
        for count, name in (
            (self.pictures, "picture"),
            (self.charts, "chart"),
            (self.diagrams, "diagram"),
            (self.objects, "embedded object"),
        ):
            if count:
                yield f"{count} {name}{'' if count == 1 else 's'}"


def look_at(element: Any, pictures: Pictures) -> list[Any]:
    """The text boxes of a drawing, and the text of a watermark as a plain text. What has no text is counted."""
    if element.tag == qn("w:object") and next(element.iter(_OLE_OBJECT), None) is not None:
        pictures.objects += 1
        return []
    return list(_boxes(element, pictures))


def _boxes(parent: Any, pictures: Pictures) -> Iterator[Any]:
    for child in chosen(parent):
        tag = child.tag if isinstance(child.tag, str) else ""
        name = tag.rpartition("}")[2]
        if tag == BOX:
            yield child
        elif tag == f"{_VML}textpath":
            if text := child.get("string", "").strip():
                yield text
        elif tag == f"{_VML}imagedata" or name == "pic":
            pictures.pictures += 1
        elif name == "chart":
            pictures.charts += 1
        elif name == "relIds":
            pictures.diagrams += 1
        else:
            yield from _boxes(child, pictures)
