"""The shapes of a slide: where each stands, of what kind it is, its text, and its table with merged cells known."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element

from qippctl.models.document import BBox, Cell, Grid, Mark
from qippctl.readers.powerpoint.package import number_of

EMU = 12_700  # English Metric Units in a point
# What XML cannot hold, as Office spells it: `_x000B_` is the vertical tab of a line broken by hand.
_CONTROL = re.compile(r"_x00([01][0-9A-Fa-f])_")
_BREAKS = frozenset({10, 11, 12, 13})
TITLES = frozenset({"title", "ctrTitle"})
_FURNITURE = frozenset({"ftr", "dt"})


class Xfrm(NamedTuple):
    """Where a shape stands: its offset and extent in the coordinates of what holds it."""

    x: int
    y: int
    width: int
    height: int


class Frame(NamedTuple):
    """How coordinates inside groups become EMU from the slide's top left: scale and shift, across and down.

    Groups that are turned or mirrored are read as if they were not: that moves text about, and changes no figure.
    """

    scale_x: float = 1.0
    shift_x: float = 0.0
    scale_y: float = 1.0
    shift_y: float = 0.0

    def x(self, value: float) -> float:
        return self.scale_x * value + self.shift_x

    def y(self, value: float) -> float:
        return self.scale_y * value + self.shift_y

    def box(self, at: Xfrm) -> BBox:
        return (self.x(at.x), self.y(at.y), self.x(at.x + at.width), self.y(at.y + at.height))

    def within(self, group: Element) -> Frame:
        """The frame of a group's children."""
        outer, inner = transform_of(group, "off", "ext"), transform_of(group, "chOff", "chExt")
        across = outer.width / inner.width if inner.width and outer.width else 1.0
        down = outer.height / inner.height if inner.height and outer.height else 1.0
        return Frame(
            self.scale_x * across,
            self.x(outer.x - inner.x * across),
            self.scale_y * down,
            self.y(outer.y - inner.y * down),
        )


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of a slide outside all groups. `box` is in EMU; `role` the type of its placeholder, if it is one."""

    element: Element
    box: BBox
    frame: Frame
    role: str | None
    hidden: bool

    @property
    def order(self) -> tuple[int, int, float]:
        """Titles first, footers and dates last, all else by top and left. Tops less than a point apart are one line."""
        rank = 0 if self.role in TITLES else 2 if self.role in _FURNITURE else 1
        return (rank, round(self.box[1] / EMU), self.box[0])


def transform_of(transform: Element, offset: str, extent: str) -> Xfrm:
    off, ext = transform.find(offset), transform.find(extent)
    return Xfrm(number_of(off, "x"), number_of(off, "y"), number_of(ext, "cx"), number_of(ext, "cy"))


def shapes_of(tree: Element, inherited: Callable[[Element], Xfrm | None]) -> Iterator[Shape]:
    """The shapes of a slide in the order of the file, those of groups included."""
    waiting = [(child, Frame(), False) for child in reversed(tree)]
    while waiting:
        element, frame, hidden = waiting.pop()
        known = next((child for child in element if child.tag.startswith("nv")), None)
        if known is None:
            continue
        named = known.find("cNvPr")
        hidden = hidden or (named is not None and _is_set(named, "hidden"))
        if element.tag == "grpSp":
            transform = element.find("grpSpPr/xfrm")
            inner = frame.within(transform) if transform is not None else frame
            waiting += [(child, inner, hidden) for child in reversed(element)]
            continue
        holder = known.find("nvPr/ph")
        at = _own_place(element) or (inherited(holder) if holder is not None else None) or Xfrm(0, 0, 0, 0)
        role = holder.get("type", "obj") if holder is not None else None
        yield Shape(element, frame.box(at), frame, role, hidden)


def _own_place(element: Element) -> Xfrm | None:
    for path in ("xfrm", "spPr/xfrm"):
        transform = element.find(path)
        if transform is not None and transform.find("off") is not None:
            return transform_of(transform, "off", "ext")
    return None


def placeholders_of(root: Element | None) -> list[tuple[Element, Xfrm]]:
    """The placeholders of a layout or master that say where they are."""
    tree = root.find("cSld/spTree") if root is not None else None
    return [
        (holder, at)
        for element in (tree if tree is not None else ())
        if (holder := element.find("nvSpPr/nvPr/ph")) is not None and (at := _own_place(element)) is not None
    ]


def master_kind(holder: Element) -> str:
    """The kind of a master's placeholder that a slide's or layout's goes back to."""
    kind = holder.get("type", "obj")
    return "title" if kind in TITLES else kind if kind in (*_FURNITURE, "sldNum") else "body"


def kind_of(element: Element) -> str | None:
    """What a shape is: text, table, or a thing that is noticed only; None for lines and empty frames."""
    if element.tag == "sp":
        if element.find("spPr/blipFill") is not None and not paragraphs_of(element):
            return "picture"
        return "text"
    if element.tag in ("pic", "contentPart"):
        return "picture"
    framed = element.find("graphic/graphicData")
    if element.tag != "graphicFrame" or framed is None:
        return None
    if framed.find("tbl") is not None:
        return "table"
    program = next((held.get("progId", "") for held in framed.iter("oleObj")), None)
    if program is not None:
        return "workbook" if program.startswith("Excel.") else "object"
    subject = framed.get("uri", "").rpartition("/")[2]
    return {"chart": "chart", "chartex": "chart", "diagram": "diagram"}.get(subject, "object")


def title_of(shapes: Sequence[Shape]) -> str | None:
    titles = [shape.element for shape in shapes if shape.role in TITLES and not shape.hidden]
    return next((title for one in titles if (title := " ".join(" ".join(paragraphs_of(one)).split()))), None)


def paragraphs_of(element: Element) -> list[str]:
    """The paragraphs of a shape or cell that hold text."""
    return [text for paragraph in element.findall("txBody/p") if (text := _text(paragraph).strip())]


def _text(paragraph: Element) -> str:
    """The text of a paragraph as it shows, fields and formulas included."""
    pieces = []
    for element in paragraph.iter():
        if element.tag == "br":
            pieces.append("\n")
        elif element.tag == "t":
            pieces.append(_CONTROL.sub(_control, "".join(element.itertext())).replace("\t", " "))
    return "".join(pieces)


def _control(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return "\n" if code in _BREAKS else " " if code == 9 else ""


def grid_of_shape(shape: Shape, rows: Sequence[Sequence[Element]], number: int, mark: Mark) -> Grid:
    """A table as its rows of cells, which may be of different lengths only in files that Office did not write."""
    width = max(map(len, rows))
    table = "graphic/graphicData/tbl"
    widths = [number_of(column, "w") for column in shape.element.findall(f"{table}/tblGrid/gridCol")]
    heights = [number_of(row, "h") for row in shape.element.findall(f"{table}/tr")]
    xs = _edges(shape.box[0], [size * shape.frame.scale_x for size in widths])
    ys = _edges(shape.box[1], [size * shape.frame.scale_y for size in heights])
    placed = len(widths) >= width
    made = []
    for r, row in enumerate(rows):
        cells = []
        for c, cell in enumerate(row):
            if _is_set(cell, "hMerge") or _is_set(cell, "vMerge"):
                cells.append(Cell(covered=True, mark=mark))
                continue
            across = _reach(number_of(cell, "gridSpan", 1), itertools.islice(row, c + 1, None), "hMerge")
            below = (rows[i][c] for i in range(r + 1, len(rows)) if c < len(rows[i]))
            down = _reach(number_of(cell, "rowSpan", 1), below, "vMerge")
            bbox = _points((xs[c], ys[r], xs[c + across], ys[r + down])) if placed else None
            cells.append(Cell("\n".join(paragraphs_of(cell)), colspan=across, bbox=bbox, mark=mark))
        made.append((*cells, *[Cell(mark=mark)] * (width - len(cells))))
    bbox = _points((xs[0], ys[0], xs[width], ys[-1]) if placed else shape.box)
    return Grid(tuple(made), page=number, bbox=bbox, method="slide")


def _reach(most: int, following: Iterator[Element], flag: str) -> int:
    """Over how many columns or rows a merged cell reaches: as far as those that follow say that they belong to it."""
    return 1 + sum(
        1 for _ in itertools.takewhile(lambda cell: _is_set(cell, flag), itertools.islice(following, max(most, 1) - 1))
    )


def _is_set(element: Element, name: str) -> bool:
    return element.get(name) in ("1", "true", "on")


def _edges(start: float, sizes: Sequence[float]) -> list[float]:
    return list(itertools.accumulate(sizes, initial=start))


def _points(box: BBox) -> BBox:
    x0, top, x1, bottom = (round(value / EMU, 1) for value in box)
    return (x0, top, x1, bottom)
