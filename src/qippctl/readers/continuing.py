"""Tables that go on over the page: recognised by their columns and by what stands between their parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from qippctl.models.document import Cell, Document, Grid, Prose

# In points: how far the sides of a column may move from page to page.
_NEAR = 8.0
# Lines at the head or foot of a page that may be no more than furniture.
_MOST_FURNITURE = 4
_FIGURE = re.compile(r"[-–(£$€]*[0-9][0-9.,]*[%)]*")
_NUMBERS = re.compile(r"[0-9]+")
_PAGE = re.compile(r"[-–|\s]*[0-9]{1,4}(?:\s*(?:of|/)\s*[0-9]{1,4})?[-–|\s]*")
_TOTAL = re.compile(r"(?:grand\s+|overall\s+)?total\b.*", re.IGNORECASE)
_CONTINUED = re.compile(r"continued|cont['’]?d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Open:
    """The last table of a page: its id, the id of the table that it goes on, and the lines that stand below it."""

    grid: Grid
    id: str
    first: str
    below: tuple[str, ...]
    lines: frozenset[str]


def continued(parts: Iterable[Document]) -> Iterator[Document]:
    """Parts of a document page by page, where a table that goes on from the page before says so in `continues`.

    A later part that lacks columns, because none of its rows fills them, gets them back as blank ones.
    """
    before: _Open | None = None
    for part in parts:
        if not part.pages:
            yield part
            continue
        grids = [block for block in part.blocks if isinstance(block, Grid)]
        if before is not None and grids:
            first = grids[0]
            at = part.blocks.index(first)
            above = [block.text for block in part.blocks[:at] if isinstance(block, Prose)]
            lines = frozenset(_worn(block.text) for block in part.blocks if isinstance(block, Prose))
            if _is_furniture(above, before.lines) and _is_furniture(before.below, lines):
                joined = _fitted(before.grid, first, marked=any(_CONTINUED.search(text) for text in above))
                if joined is not None:
                    joined = replace(joined, continues=before.first)
                    part = replace(part, blocks=(*part.blocks[:at], joined, *part.blocks[at + 1 :]))
        before = _last_of(part)
        yield part


def _last_of(part: Document) -> _Open | None:
    grids = [(k, block) for k, block in enumerate(part.blocks) if isinstance(block, Grid)]
    if not grids:
        return None
    at, grid = grids[-1]
    own = f"p{grid.page}t{len(grids)}"
    prose = [block for block in part.blocks if isinstance(block, Prose)]
    return _Open(
        grid,
        own,
        grid.continues or own,
        tuple(block.text for block in part.blocks[at + 1 :] if isinstance(block, Prose)),
        frozenset(_worn(block.text) for block in prose),
    )


def _worn(text: str) -> str:
    """A line without its page number. Other numbers stay: a title for another month is another title."""
    plain = text.strip().casefold()
    return _NUMBERS.sub("", plain) if "page" in plain or _PAGE.fullmatch(plain) else plain


def _is_furniture(texts: Iterable[str], elsewhere: frozenset[str]) -> bool:
    """Whether lines are page numbers, or stand on the other page too, or say that the table goes on."""
    texts = list(texts)
    return len(texts) <= _MOST_FURNITURE and all(
        not _worn(text).replace("page", "").replace("of", "").strip(" -|/")
        or _worn(text) in elsewhere
        or (len(text) < 80 and _CONTINUED.search(text) is not None)
        for text in texts
    )


def _fitted(first: Grid, second: Grid, *, marked: bool) -> Grid | None:
    """The second table in the columns of the first; None where it is another table."""
    if second.width > first.width or second.width < 2 or second.method != first.method:
        return None
    if not marked and any(_TOTAL.fullmatch(cell.text) for cell in first.rows[-1][:2]):
        return None  # it ended in its total
    mine, theirs = _columns(first), _columns(second)
    homes: list[int] = []
    for side in theirs:
        home = _home(side, mine)
        if home is None or (homes and home <= homes[-1]):
            return None
        homes.append(home)
    repeated = _heading(first) == _heading(second)
    if not (repeated or marked or _begins_with_figures(second)):
        return None
    if len(homes) == first.width:
        return second
    rows = []
    for row in second.rows:
        cells = [Cell() for _ in range(first.width)]
        for home, cell in zip(homes, row, strict=True):
            cells[home] = replace(cell, colspan=1) if not cell.covered else Cell()
        rows.append(tuple(cells))
    return replace(second, rows=tuple(rows))


def _columns(grid: Grid) -> list[tuple[float, float] | None]:
    """How far the texts of each column reach across."""
    sides: list[tuple[float, float] | None] = []
    for k in range(grid.width):
        boxes = [row[k].bbox for row in grid.rows if row[k].text and row[k].colspan == 1]
        known = [box for box in boxes if box is not None]
        sides.append((min(b[0] for b in known), max(b[2] for b in known)) if known else None)
    return sides


def _home(side: tuple[float, float] | None, columns: list[tuple[float, float] | None]) -> int | None:
    """The column that a column of a later page goes on: the only one it lies over, and with a side or its middle in common."""
    if side is None:
        return None
    over = [k for k, c in enumerate(columns) if c is not None and min(c[1], side[1]) - max(c[0], side[0]) > 0]
    if not over:
        return None
    best = max(over, key=lambda k: min(columns[k][1], side[1]) - max(columns[k][0], side[0]))  # type: ignore[index]
    column = columns[best]
    if column is None:
        return None
    near = min(abs(column[0] - side[0]), abs(column[1] - side[1]), abs(sum(column) - sum(side)) / 2)
    return best if near <= _NEAR else None


def _heading(grid: Grid) -> list[str]:
    return ["".join(cell.text.split()).casefold() for cell in grid.rows[0]]


def _begins_with_figures(grid: Grid) -> bool:
    """Whether a table has no headings: one of its first two rows holds figures, no less than the rows below."""
    usual = max(sum(bool(_FIGURE.fullmatch(cell.text)) for cell in row) for row in grid.rows)
    return any(
        sum(bool(_FIGURE.fullmatch(cell.text)) for cell in row[1:]) * 2 >= usual > 0 for row in grid.rows[:2]
    ) and not all(re.fullmatch(r"(?:19|20)[0-9]{2}.*", cell.text) for cell in grid.rows[0][1:] if cell.text)
