"""Tables to grids: spans, merges and rows that begin late or end early put on the columns that they cover."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from qippctl.errors import LimitError
from qippctl.models.document import Cell, Grid, Mark
from qippctl.readers.word.xml import CELL, GONE, ROW, is_on, qn, value, whole, within

# Word has no more columns than 63; a row that says otherwise must not take the memory of millions.
_WIDEST = 200
# Twentieths of a point by which the edges of one column differ between rows: two millimetres.
_SLACK = 113
_COVERED = Cell(covered=True)


@dataclass(slots=True)
class Content:
    """What a cell holds: its own text, and the paragraphs and tables in it, in order, as its reader gave them."""

    text: str
    hidden: bool
    changed: bool
    items: list[Any] = field(default_factory=list)

    @property
    def mark(self) -> Mark:
        return "hidden" if self.hidden else "changed" if self.changed else ""


ReadCell = Callable[[Any, bool, bool], Content]
"""Reads a cell; was it put in while changes were tracked, is its row hidden?"""


@dataclass(slots=True)
class Laid:
    """A table laid out: its grid, what its cells hold in reading order, and how much of it was taken away."""

    grid: Grid
    contents: list[Content]
    deleted: int


@dataclass(slots=True)
class Budget:
    """The cells that may still be read."""

    most: int
    taken: int = 0

    def take(self, cells: int) -> None:
        self.taken += cells
        if self.taken > self.most:
            raise LimitError(f"has more than {self.most} table cells; raise QIPPCTL_MAX_CELLS to read it")


@dataclass(slots=True)
class _Slot:
    """A cell in its row. `down` and `across` are its merges: begun here, carried on, or none."""

    element: Any
    changed: bool
    span: int
    width: int | None
    down: str
    across: str


@dataclass(slots=True)
class _Row:
    before: int
    after: int
    is_hidden: bool
    slots: list[_Slot]
    deleted: int

    @property
    def reach(self) -> int:
        return self.before + sum(slot.span for slot in self.slots) + self.after


def lay_out(table: Any, read_cell: ReadCell, budget: Budget, *, changed: bool = False, hidden: bool = False) -> Laid:
    """Lay out a table, the whole of which may have been put in while changes were tracked, or be hidden."""
    rows, deleted = _rows(table, changed)
    if len({row.reach for row in rows}) > 1:
        _fit(rows, _edges(table))
    contents: list[Content] = []
    placed: list[list[Cell]] = []
    merging: set[int] = set()
    for row in rows:
        budget.take(row.reach - row.after)
        cells: list[Cell] = [_COVERED] * row.before
        above, merging = merging, set()
        for slot in row.slots:
            column = len(cells)
            cells += [_COVERED] * slot.span
            if slot.down:
                merging.add(column)
            # Where the row above has no cell to be carried on (it was deleted, say), the cell is one of its own.
            if slot.down != "continue" or column not in above:
                content = read_cell(slot.element, slot.changed, hidden or row.is_hidden)
                contents.append(content)
                cells[column] = Cell(content.text, colspan=slot.span, mark=content.mark)
        placed.append(cells)
    width = max(map(len, placed), default=0)
    budget.take(width * len(placed) - sum(map(len, placed)))
    grid = Grid(tuple((*row, *[Cell()] * (width - len(row))) for row in placed), method="word")
    return Laid(grid, contents, deleted + sum(row.deleted for row in rows))


def _rows(table: Any, changed: bool) -> tuple[list[_Row], int]:
    """The rows that are there, and how many were taken away."""
    rows, deleted = [], 0
    for element, added in within(table, ROW, changed=changed):
        properties = element.find(qn("w:trPr"))
        if element.tag in GONE or _has(properties, "w:del"):
            deleted += 1
        else:
            rows.append(_row(element, properties, added or _has(properties, "w:ins")))
    return rows, deleted


def _row(element: Any, properties: Any, changed: bool) -> _Row:
    slots: list[_Slot] = []
    deleted = 0
    for cell, added in within(element, CELL, changed=changed):
        about = cell.find(qn("w:tcPr"))
        if cell.tag in GONE or _has(about, "w:cellDel"):
            deleted += 1
            # The cells that follow move to the left, under other headings perhaps.
            changed = True
            continue
        slot = _slot(cell, about, added or changed)
        if slot.across == "continue" and slots and slots[-1].across:
            slots[-1].span += slot.span
            slots[-1].width = _sum(slots[-1].width, slot.width)
        else:
            slots.append(slot)
    return _Row(
        _number(properties, "w:gridBefore", 0),
        _number(properties, "w:gridAfter", 0),
        bool(is_on(properties, "w:hidden")),
        slots,
        deleted,
    )


def _slot(cell: Any, about: Any, changed: bool) -> _Slot:
    return _Slot(
        cell,
        changed or _has(about, "w:cellIns") or _has(about, "w:cellMerge"),
        _number(about, "w:gridSpan", 1),
        _twips(about.find(qn("w:tcW")) if about is not None else None),
        value(about, "w:vMerge", "continue"),
        value(about, "w:hMerge", "continue"),
    )


def _fit(rows: list[_Row], edges: list[int]) -> None:
    """Give the cells of rows that do not reach over the whole table the columns that their widths say, where they do."""
    for row in rows:
        if row.reach >= len(edges) - 1 or row.after or any(slot.width is None for slot in row.slots):
            continue
        spans = list(_spans(row, edges))
        if len(spans) == len(row.slots):
            for slot, span in zip(row.slots, spans, strict=True):
                slot.span = span


def _spans(row: _Row, edges: list[int]) -> Iterator[int]:
    """How many columns each cell reaches over; it ends at the first whose right edge is none of the table's."""
    left = row.before
    position = edges[left]
    for slot in row.slots:
        position += slot.width or 0
        at = bisect_left(edges, position)
        right = min(
            (i for i in (at - 1, at) if left < i < len(edges)), key=lambda i: abs(edges[i] - position), default=0
        )
        if not right or abs(edges[right] - position) > _SLACK:
            return
        yield right - left
        left = right


def _edges(table: Any) -> list[int]:
    """Where the columns of a table begin and end by its own account; nothing but its left side where it has none."""
    columns = table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
    widths = [whole(column.get(qn("w:w"), "")) for column in columns]
    return list(accumulate((width or 0 for width in widths), initial=0)) if all(widths) else [0]


def _twips(width: Any) -> int | None:
    return whole(width.get(qn("w:w"), "")) if width is not None and width.get(qn("w:type")) == "dxa" else None


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _has(properties: Any, name: str) -> bool:
    return properties is not None and properties.find(qn(name)) is not None


def _number(properties: Any, name: str, default: int) -> int:
    return min(whole(value(properties, name)) or default, _WIDEST)
