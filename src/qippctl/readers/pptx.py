"""PowerPoint: a slide is a page, its title first, then its shapes from top to bottom; tables as grids with merged cells known.

The parts are read one at a time with the standard library: a library that opens the whole file or none of it would lose
a deck for one torn slide, and would load every film and picture for the sake of a few tables.
"""

from __future__ import annotations

import io
import itertools
import posixpath
import re
import sys
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers.expat import errors as expat

from qippctl.errors import LimitError, UnreadableError
from qippctl.models.document import BBox, Cell, Document, Grid, Mark, Page, Prose
from qippctl.readers.isolation import Limits
from qippctl.readers.pages import Pages, chosen, front

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_EMU = 12_700  # English Metric Units in a point
# A picture that covers less of its slide is a logo or an icon; no table of figures could be read on it.
_SMALLEST_PICTURE = 1 / 20

_INTEGER = re.compile(r"-?[0-9]{1,12}")
# What XML cannot hold, as Office spells it: `_x000B_` is the vertical tab of a line broken by hand.
_CONTROL = re.compile(r"_x00([01][0-9A-Fa-f])_")
_BREAKS = frozenset({10, 11, 12, 13})
_UNNUMBERED = "‹#›"

_TITLES = frozenset({"title", "ctrTitle"})
_FURNITURE = frozenset({"ftr", "dt"})

# For each thing that is not read, or not as it looks: one of them, and several.
_NOTICES: dict[str, tuple[str, str]] = {
    "damaged": ("{} is damaged, and left out", "{} are damaged, and left out"),
    "hidden": (
        "{} is hidden, not shown at the meeting: its figures are marked",
        "{} are hidden, not shown at the meeting: their figures are marked",
    ),
    "aside": (
        "hidden or beside the slide on {}: a table there is marked, and text is left out",
        "hidden or beside the slide on {}: tables there are marked, and text is left out",
    ),
    "chart": ("a chart on {}: its numbers are not read", "charts on {}: their numbers are not read"),
    "diagram": ("a SmartArt drawing on {}: its text is not read", "SmartArt drawings on {}: their text is not read"),
    "workbook": (
        "a workbook embedded on {}: its figures are not read",
        "workbooks embedded on {}: their figures are not read",
    ),
    "object": (
        "an embedded object on {}: what it holds is not read",
        "embedded objects on {}: what they hold is not read",
    ),
    "picture": ("a picture on {}: what it shows is not read", "pictures on {}: what they show is not read"),
    "comments": ("comments on {} are not read", "comments on {} are not read"),
    "speaker": ("speaker notes on {} are not read", "speaker notes on {} are not read"),
}


class _DamagedError(Exception):
    """A part is missing, torn, or no XML."""


class _Xfrm(NamedTuple):
    """Where a shape stands: its offset and extent in the coordinates of what holds it."""

    x: int
    y: int
    width: int
    height: int


class _Frame(NamedTuple):
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

    def box(self, at: _Xfrm) -> BBox:
        return (self.x(at.x), self.y(at.y), self.x(at.x + at.width), self.y(at.y + at.height))

    def within(self, group: Element) -> _Frame:
        """The frame of a group's children."""
        outer, inner = _xfrm(group, "off", "ext"), _xfrm(group, "chOff", "chExt")
        across = outer.width / inner.width if inner.width and outer.width else 1.0
        down = outer.height / inner.height if inner.height and outer.height else 1.0
        return _Frame(
            self.scale_x * across,
            self.x(outer.x - inner.x * across),
            self.scale_y * down,
            self.y(outer.y - inner.y * down),
        )


@dataclass(frozen=True, slots=True)
class _Shape:
    """One shape of a slide outside all groups. `box` is in EMU; `role` the type of its placeholder, if it is one."""

    element: Element
    box: BBox
    frame: _Frame
    role: str | None
    hidden: bool

    @property
    def order(self) -> tuple[int, int, float]:
        """Titles first, footers and dates last, all else by top and left. Tops less than a point apart are one line."""
        rank = 0 if self.role in _TITLES else 2 if self.role in _FURNITURE else 1
        return (rank, round(self.box[1] / _EMU), self.box[0])


@dataclass(slots=True)
class _Slide:
    """What one slide gave."""

    page: Page
    blocks: list[Prose | Grid] = field(default_factory=list)
    noticed: list[str] = field(default_factory=list)


def read_pptx(name: str, sha256: str, content: bytes, selection: Pages | None, limits: Limits) -> Document:
    """Read the chosen slides of a package that was looked at. The notes name what is on them and could not be read."""
    package = _Package(content)
    deck = _Deck(package, limits)
    count = len(deck.parts)
    wanted = chosen(selection, count, limits.pages)
    slides: list[_Slide] = []
    noticed: dict[str, list[int]] = defaultdict(list)
    for done, number in enumerate(wanted, 1):
        print(f"page {done} of {len(wanted)}", file=sys.stderr, flush=True)
        slide = deck.slide(number)
        if slide is not None:
            slides.append(slide)
        for what in slide.noticed if slide is not None else ["damaged"]:
            noticed[what].append(number)
    if not slides:
        raise UnreadableError(f"damaged: nothing on {_named(wanted)} can be read. Open and save it anew")
    cover = tuple(block for page in front(wanted, count) if (slide := deck.slide(page)) for block in slide.blocks)
    return Document(
        name,
        sha256,
        MEDIA_TYPE,
        count,
        tuple(slide.page for slide in slides),
        tuple(block for slide in slides for block in slide.blocks),
        (*_notes(noticed), *(["macros: not run"] if package.has_macros else [])),
        cover,
    )


def _notes(noticed: dict[str, list[int]]) -> Iterator[str]:
    for what, (one, several) in _NOTICES.items():
        if slides := noticed[what]:
            yield (one if len(slides) == 1 else several).format(_named(slides))


def _named(slides: Sequence[int]) -> str:
    """The slides as people write them: `slide 4`, `slides 2, 5-7`."""
    different = sorted(set(slides))
    ranges = str(Pages.parse(",".join(map(str, different)))).replace(",", ", ")
    return f"slide{'s' if len(different) > 1 else ''} {ranges}"


class _Package:
    """The XML parts of an Office file by name, each parsed when asked for."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._names = {name.casefold(): name for name in self._archive.namelist()}  # Office does not tell case apart
        self.main = self.name_related_as("officeDocument", "") or "ppt/presentation.xml"

    @property
    def has_macros(self) -> bool:
        return any(name.endswith("vbaproject.bin") for name in self._names)

    def part(self, name: str) -> Element:
        """The root of a part, as `_plain` leaves it; _DamagedError where there is none to be had."""
        known = name.casefold()
        # In parts with these endings package.py has looked for declarations, with which a few bytes bomb a parser.
        if known not in self._names or not known.endswith((".xml", ".rels")):
            raise _DamagedError
        try:
            return _plain(ElementTree.fromstring(self._archive.read(self._names[known])))  # noqa: S314  see above
        except ElementTree.ParseError as error:
            if error.code == expat.codes[expat.XML_ERROR_NO_MEMORY]:
                raise MemoryError from error
            raise _DamagedError from error
        # LookupError and ValueError: an encoding that nobody knows.
        except (zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError) as error:
            raise _DamagedError from error

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the package: for each id, the kind and the part's name. Links elsewhere are left."""
        folder, _, file = name.rpartition("/")
        try:
            root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        except _DamagedError:
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
        except _DamagedError:
            return None

    def name_related_as(self, kind: str, name: str) -> str | None:
        """The name of the first part of a kind that a part, or the package under an empty name, refers to."""
        return next((target for found, target in self.related(name).values() if found == kind), None)


class _Deck:
    """A presentation: the parts of its slides in their order, and what its slides share."""

    def __init__(self, package: _Package, limits: Limits) -> None:
        try:
            main = package.part(package.main)
        except _DamagedError as error:
            raise UnreadableError("a damaged PowerPoint file; open and save it anew") from error
        related = package.related(package.main)
        self.parts = [related.get(_relation_id(listed), ("", ""))[1] for listed in main.findall("sldIdLst/sldId")]
        if not self.parts:
            raise UnreadableError("a PowerPoint file without slides; fetch the paper again")
        size = main.find("sldSz")
        self._size = (_number(size, "cx"), _number(size, "cy"))
        self._first_number = _number(main, "firstSlideNum", 1)
        self._package = package
        self._limits = limits
        self._cells = 0
        self._layouts: dict[str | None, Callable[[Element], _Xfrm | None]] = {}

    def slide(self, number: int) -> _Slide | None:
        """A slide, read; None where it is damaged."""
        part = self.parts[number - 1]
        try:
            root = self._package.part(part)
        except _DamagedError:
            return None
        tree = root.find("cSld/spTree")
        if tree is None:
            return None
        shapes = sorted(_shapes(tree, self._inherited(part)), key=lambda shape: shape.order)
        printed = self._printed(shapes, number)
        hidden = root.get("show") in ("0", "false", "off")
        slide = _Slide(Page(number, printed, _title(shapes), hidden))
        if hidden:
            slide.noticed.append("hidden")
        for shape in shapes:
            if shape.role != "sldNum":
                self._read(shape, slide)
        if self._package.name_related_as("comments", part) is not None:
            slide.noticed.append("comments")
        if self._has_speaker_notes(part):
            slide.noticed.append("speaker")
        return slide

    def _read(self, shape: _Shape, slide: _Slide) -> None:
        aside = shape.hidden or (self._is_beside(shape) and shape.role not in _TITLES)
        number = slide.page.number
        what = _kind(shape.element)
        if what == "table":
            rows = [row.findall("tc") for row in shape.element.findall("graphic/graphicData/tbl/tr")]
            self._count(rows)
            if any(rows):
                slide.blocks.append(_grid(shape, rows, number, "hidden" if aside or slide.page.hidden else ""))
                slide.noticed += ["aside"] if aside else []
        elif what == "text":
            texts = [self._numbered(text, number) for text in _paragraphs(shape.element)]
            if not aside:
                slide.blocks += [Prose(text, number) for text in texts]
            elif texts:
                slide.noticed.append("aside")
        elif what is not None and not (aside or (what == "picture" and self._is_small(shape))):
            slide.noticed.append(what)

    def _count(self, rows: Sequence[Sequence[Element]]) -> None:
        # Before the grid is made: one long row among many short ones would make a vast one.
        self._cells += len(rows) * max(map(len, rows), default=0)
        if self._cells > self._limits.cells:
            raise LimitError(
                f"has more than {self._limits.cells} table cells;"
                " choose slides with --pages, or raise QIPPCTL_MAX_CELLS"
            )

    def _printed(self, shapes: Sequence[_Shape], number: int) -> str | None:
        texts = (text for shape in shapes if shape.role == "sldNum" for text in _paragraphs(shape.element))
        return next((self._numbered(text, number) for text in texts), None)

    def _numbered(self, text: str, number: int) -> str:
        return text.replace(_UNNUMBERED, str(self._first_number + number - 1))

    def _is_beside(self, shape: _Shape) -> bool:
        """Whether a shape is parked outside the slide, where authors keep what they may want again."""
        width, height = self._size
        left, top, right, bottom = shape.box
        return width > 0 and height > 0 and (right < 0 or bottom < 0 or left > width or top > height)

    def _is_small(self, shape: _Shape) -> bool:
        left, top, right, bottom = shape.box
        return (right - left) * (bottom - top) < self._size[0] * self._size[1] * _SMALLEST_PICTURE

    def _inherited(self, part: str) -> Callable[[Element], _Xfrm | None]:
        """Where a slide's layout and master put a placeholder that does not say for itself."""
        layout = self._package.name_related_as("slideLayout", part)
        if layout not in self._layouts:
            own = _placeholders(self._package.related_as("slideLayout", part))
            of_master = _placeholders(self._package.related_as("slideMaster", layout) if layout else None)
            by_index = {holder.get("idx", "0"): at for holder, at in own}
            by_kind = {_master_kind(holder): at for holder, at in (*reversed(of_master), *reversed(own))}
            self._layouts[layout] = lambda holder: by_index.get(
                holder.get("idx", "0"), by_kind.get(_master_kind(holder))
            )
        return self._layouts[layout]

    def _has_speaker_notes(self, part: str) -> bool:
        notes = self._package.related_as("notesSlide", part)
        tree = notes.find("cSld/spTree") if notes is not None else None
        return tree is not None and any(
            shape.role == "body" and _paragraphs(shape.element) for shape in _shapes(tree, lambda _: None)
        )


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


def _relation_id(element: Element) -> str:
    """The `r:id` of an element, in whichever of its namespaces; `id` alone is something else."""
    return next((value for name, value in element.items() if name.endswith("}id")), "")


def _number(element: Element | None, name: str, default: int = 0) -> int:
    text = element.get(name, "") if element is not None else ""
    return int(text) if _INTEGER.fullmatch(text) else default


def _xfrm(transform: Element, offset: str, extent: str) -> _Xfrm:
    off, ext = transform.find(offset), transform.find(extent)
    return _Xfrm(_number(off, "x"), _number(off, "y"), _number(ext, "cx"), _number(ext, "cy"))


def _shapes(tree: Element, inherited: Callable[[Element], _Xfrm | None]) -> Iterator[_Shape]:
    """The shapes of a slide in the order of the file, those of groups included."""
    waiting = [(child, _Frame(), False) for child in reversed(tree)]
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
        at = _own_place(element) or (inherited(holder) if holder is not None else None) or _Xfrm(0, 0, 0, 0)
        role = holder.get("type", "obj") if holder is not None else None
        yield _Shape(element, frame.box(at), frame, role, hidden)


def _own_place(element: Element) -> _Xfrm | None:
    for path in ("xfrm", "spPr/xfrm"):
        transform = element.find(path)
        if transform is not None and transform.find("off") is not None:
            return _xfrm(transform, "off", "ext")
    return None


def _placeholders(root: Element | None) -> list[tuple[Element, _Xfrm]]:
    """The placeholders of a layout or master that say where they are."""
    tree = root.find("cSld/spTree") if root is not None else None
    return [
        (holder, at)
        for element in (tree if tree is not None else ())
        if (holder := element.find("nvSpPr/nvPr/ph")) is not None and (at := _own_place(element)) is not None
    ]


def _master_kind(holder: Element) -> str:
    """The kind of a master's placeholder that a slide's or layout's goes back to."""
    kind = holder.get("type", "obj")
    return "title" if kind in _TITLES else kind if kind in (*_FURNITURE, "sldNum") else "body"


def _kind(element: Element) -> str | None:
    """What a shape is: text, table, or a thing that is noticed only; None for lines and empty frames."""
    if element.tag == "sp":
        if element.find("spPr/blipFill") is not None and not _paragraphs(element):
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


def _title(shapes: Sequence[_Shape]) -> str | None:
    titles = [shape.element for shape in shapes if shape.role in _TITLES and not shape.hidden]
    return next((title for one in titles if (title := " ".join(" ".join(_paragraphs(one)).split()))), None)


def _paragraphs(element: Element) -> list[str]:
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


def _grid(shape: _Shape, rows: Sequence[Sequence[Element]], number: int, mark: Mark) -> Grid:
    """A table as its rows of cells, which may be of different lengths only in files that Office did not write."""
    width = max(map(len, rows))
    table = "graphic/graphicData/tbl"
    widths = [_number(column, "w") for column in shape.element.findall(f"{table}/tblGrid/gridCol")]
    heights = [_number(row, "h") for row in shape.element.findall(f"{table}/tr")]
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
            across = _reach(_number(cell, "gridSpan", 1), itertools.islice(row, c + 1, None), "hMerge")
            below = (rows[i][c] for i in range(r + 1, len(rows)) if c < len(rows[i]))
            down = _reach(_number(cell, "rowSpan", 1), below, "vMerge")
            bbox = _points((xs[c], ys[r], xs[c + across], ys[r + down])) if placed else None
            cells.append(Cell("\n".join(_paragraphs(cell)), colspan=across, bbox=bbox, mark=mark))
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
    x0, top, x1, bottom = (round(value / _EMU, 1) for value in box)
    return (x0, top, x1, bottom)
