"""A slide is a page, its title first, then its shapes from top to bottom; what is not read is named."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from qippctl.errors import LimitError, UnreadableError
from qippctl.models.document import Document, Grid, Page, Prose
from qippctl.readers.isolation import Limits
from qippctl.readers.pages import Pages, chosen, front
from qippctl.readers.powerpoint.package import DamagedError, Package, number_of, relation_id
from qippctl.readers.powerpoint.shapes import (
    TITLES,
    Shape,
    Xfrm,
    grid_of_shape,
    kind_of,
    master_kind,
    paragraphs_of,
    placeholders_of,
    shapes_of,
    title_of,
)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
# A picture that covers less of its slide is a logo or an icon; no table of figures could be read on it.
_SMALLEST_PICTURE = 1 / 20

_UNNUMBERED = "‹#›"
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


@dataclass(slots=True)
class _Slide:
    """What one slide gave."""

    page: Page
    blocks: list[Prose | Grid] = field(default_factory=list)
    noticed: list[str] = field(default_factory=list)


def read_pptx(name: str, sha256: str, content: bytes, selection: Pages | None, limits: Limits) -> Document:
    """Read the chosen slides of a package that was looked at. The notes name what is on them and could not be read."""
    package = Package(content)
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


class _Deck:
    """A presentation: the parts of its slides in their order, and what its slides share."""

    def __init__(self, package: Package, limits: Limits) -> None:
        try:
            main = package.part(package.main)
        except DamagedError as error:
            raise UnreadableError("a damaged PowerPoint file; open and save it anew") from error
        related = package.related(package.main)
        self.parts = [related.get(relation_id(listed), ("", ""))[1] for listed in main.findall("sldIdLst/sldId")]
        if not self.parts:
            raise UnreadableError("a PowerPoint file without slides; fetch the paper again")
        size = main.find("sldSz")
        self._size = (number_of(size, "cx"), number_of(size, "cy"))
        self._first_number = number_of(main, "firstSlideNum", 1)
        self._package = package
        self._limits = limits
        self._cells = 0
        self._layouts: dict[str | None, Callable[[Element], Xfrm | None]] = {}

    def slide(self, number: int) -> _Slide | None:
        """A slide, read; None where it is damaged."""
        part = self.parts[number - 1]
        try:
            root = self._package.part(part)
        except DamagedError:
            return None
        tree = root.find("cSld/spTree")
        if tree is None:
            return None
        shapes = sorted(shapes_of(tree, self._inherited(part)), key=lambda shape: shape.order)
        printed = self._printed(shapes, number)
        hidden = root.get("show") in ("0", "false", "off")
        slide = _Slide(Page(number, printed, title_of(shapes), hidden))
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

    def _read(self, shape: Shape, slide: _Slide) -> None:
        aside = shape.hidden or (self._is_beside(shape) and shape.role not in TITLES)
        number = slide.page.number
        what = kind_of(shape.element)
        if what == "table":
            rows = [row.findall("tc") for row in shape.element.findall("graphic/graphicData/tbl/tr")]
            self._count(rows)
            if any(rows):
                slide.blocks.append(grid_of_shape(shape, rows, number, "hidden" if aside or slide.page.hidden else ""))
                slide.noticed += ["aside"] if aside else []
        elif what == "text":
            texts = [self._numbered(text, number) for text in paragraphs_of(shape.element)]
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

    def _printed(self, shapes: Sequence[Shape], number: int) -> str | None:
        texts = (text for shape in shapes if shape.role == "sldNum" for text in paragraphs_of(shape.element))
        return next((self._numbered(text, number) for text in texts), None)

    def _numbered(self, text: str, number: int) -> str:
        return text.replace(_UNNUMBERED, str(self._first_number + number - 1))

    def _is_beside(self, shape: Shape) -> bool:
        """Whether a shape is parked outside the slide, where authors keep what they may want again."""
        width, height = self._size
        left, top, right, bottom = shape.box
        return width > 0 and height > 0 and (right < 0 or bottom < 0 or left > width or top > height)

    def _is_small(self, shape: Shape) -> bool:
        left, top, right, bottom = shape.box
        return (right - left) * (bottom - top) < self._size[0] * self._size[1] * _SMALLEST_PICTURE

    def _inherited(self, part: str) -> Callable[[Element], Xfrm | None]:
        """Where a slide's layout and master put a placeholder that does not say for itself."""
        layout = self._package.name_related_as("slideLayout", part)
        if layout not in self._layouts:
            own = placeholders_of(self._package.related_as("slideLayout", part))
            of_master = placeholders_of(self._package.related_as("slideMaster", layout) if layout else None)
            by_index = {holder.get("idx", "0"): at for holder, at in own}
            by_kind = {master_kind(holder): at for holder, at in (*reversed(of_master), *reversed(own))}
            self._layouts[layout] = lambda holder: by_index.get(
                holder.get("idx", "0"), by_kind.get(master_kind(holder))
            )
        return self._layouts[layout]

    def _has_speaker_notes(self, part: str) -> bool:
        notes = self._package.related_as("notesSlide", part)
        tree = notes.find("cSld/spTree") if notes is not None else None
        return tree is not None and any(
            shape.role == "body" and paragraphs_of(shape.element) for shape in shapes_of(tree, lambda _: None)
        )
