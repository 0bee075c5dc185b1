"""A file as text with places: what a reader gives and interpretation takes.

Plain dataclasses, because a pack holds a great many cells and none of them leaves the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Mark = Literal["", "hidden", "changed"]
# What became of a page that was not simply read. `picture`: it holds no text, and nobody read its picture; `recognised`: a
# reader of pictures did; `damaged`: left out; `unmapped`: its font does not say which letters it draws; `behind`: its text
# lies unseen behind a picture; `unseen`: text that nobody sees was left out; `skipped`: passed over to save time.
PageState = Literal["", "picture", "recognised", "damaged", "unmapped", "behind", "unseen", "skipped"]

BBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one cell. A merged cell has its text at its first position, where `colspan` and `rowspan` say how far to the
    right and down it reaches; the other positions that it covers are `covered` and empty. `mark`: it stands where the
    people at the meeting do not see it (`hidden`), or an author's tracked change was taken as accepted (`changed`). `fill`: the
    colour of its own background or of a shape in it, `#rrggbb`. `score`: how sure the reader of a picture was of its
    text, 1 for text
    that the file itself holds."""

    text: str = ""
    colspan: int = 1
    covered: bool = False
    bbox: BBox | None = None
    mark: Mark = ""
    rowspan: int = 1
    fill: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands in the file: rows of equal length. `bbox` is in PDF points from the top left of the page.

    Where a table goes on over pages, `row_pages` has the page of each row; otherwise all are on `page`. `doubts` are a reader's
    reasons why some text in it may be wrong. `continues`: the id of the table that it goes on, where that began on an
    earlier page.
    """

    rows: tuple[tuple[Cell, ...], ...]
    page: int = 1
    bbox: BBox | None = None
    method: str = "tabs"
    row_pages: tuple[int, ...] = ()
    doubts: tuple[str, ...] = ()
    continues: str = ""

    def page_of(self, row: int) -> int:
        return self.row_pages[row] if self.row_pages else self.page

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def texts(self) -> list[list[str]]:
        return [[cell.text for cell in row] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph, heading, list item or line outside tables."""

    text: str
    page: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """A page, sheet or slide of the file (`number` counts from 1), the number printed on it, and its name or title.

    `hidden`: a sheet or slide that the file keeps but does not show. `state` says what became of it where it was not simply read.
    """

    number: int
    printed: str | None = None
    title: str | None = None
    hidden: bool = False
    state: PageState = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as prose and grids, in reading order. `notes` say what the reader could not read, for people.

    Where only some pages were asked for, `front` has the file's first pages: they say whose paper it is, and no more is
    taken from them.
    """

    name: str
    sha256: str
    media_type: str
    page_count: int
    pages: tuple[Page, ...] = ()
    blocks: tuple[Prose | Grid, ...] = ()
    notes: tuple[str, ...] = field(default=())
    front: tuple[Prose | Grid, ...] = field(default=())

    def prose(self) -> Iterator[Prose]:
        return (block for block in self.blocks if isinstance(block, Prose))

    def grids(self) -> Iterator[Grid]:
        return (block for block in self.blocks if isinstance(block, Grid))


def grid_of(rows: list[list[str]], *, page: int = 1, method: str = "tabs") -> Grid:
    """A grid of plain texts, short rows filled with blanks.

    >>> grid_of([["a", "b"], ["c"]]).texts()
    [['a', 'b'], ['c', '']]
    """
    width = max((len(row) for row in rows), default=0)
    return Grid(
        tuple(tuple(Cell(t) for t in row) + (Cell(),) * (width - len(row)) for row in rows), page=page, method=method
    )
