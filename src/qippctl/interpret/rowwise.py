"""Tables that give a scheme several rows, one a measure (`Plan`, `Actual`, `Variance`): turned so that each measure is a column.

The turned table is read as any other; its figures are given back their own addresses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qippctl.interpret.columns import Column
from qippctl.interpret.headings import Parts, part
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.names import read_columns
from qippctl.interpret.words import is_one_of, normal
from qippctl.models.document import Cell, Grid
from qippctl.models.figure import Figure, Rating
from qippctl.models.paper import ColumnReading
from qippctl.models.records import Status
from qippctl.money import is_dash, parse_amount

# Of the rows with numbers so many at least name a measure.
MOST = 0.8
_TURNED = frozenset({"plan", "actual", "forecast", "variance", "delivery"})


@dataclass(frozen=True, slots=True)
class Turned:
    """A table with a column a measure. `rows` and `columns` say where each cell stood before."""

    grid: Grid
    source: Grid
    places: dict[tuple[int, int], tuple[int, int]]

    def figure(self, figure: Figure) -> Figure:
        """A figure of the turned table at its place in the paper."""
        row, column = self.places[(figure.row, figure.column)]
        beginning, table, _, place = figure.id.split("/")
        _, _, slot = place.partition(".")
        identity = "/".join((beginning, table, str(row), f"{column}.{slot}" if slot else str(column)))
        return figure.model_copy(
            update={"row": row, "column": column, "page": self.source.page_of(row), "id": identity}
        )

    def rating(self, rating: Rating) -> Rating:
        row, column = self.places[(rating.row, rating.column)]
        return rating.model_copy(update={"row": row, "column": column, "page": self.source.page_of(row)})

    def status(self, status: Status) -> Status:
        row = next((own for at, (own, _) in self.places.items() if at[0] == status.row), status.row)
        return status.model_copy(update={"row": row})

    def column(self, reading: ColumnReading) -> ColumnReading:
        """What a column was taken for, under the number of the column in which it stands."""
        own = next((place[1] for at, place in self.places.items() if at[1] == reading.column), reading.column)
        return reading.model_copy(update={"column": own})


@dataclass(slots=True)
class _Block:
    """The rows of one scheme: its label row, and the row of each measure by the measure's word."""

    first: int
    rows: dict[str, int]


def turned_by_measure(grid: Grid) -> Turned | None:
    """The table with a column for each of its measures; None where its rows do not name measures."""
    parts = part(grid)
    if parts.heading_rows == 0:
        return None
    columns = read_columns(parts, None)
    told = _measure_column(parts, columns)
    if told is None:
        return None
    label = _label_column(parts, columns, told)
    blocks = _blocks(parts, told, label)
    if label == told and any(block.first in block.rows.values() for block in blocks):
        return None  # the rows of one programme, whose name stands nowhere among them
    words = list(dict.fromkeys(word for block in blocks for word in block.rows))
    if len(words) < 2 or sum(len(block.rows) > 1 for block in blocks) * 2 <= len([b for b in blocks if b.rows]):
        return None
    held = [c.index for c in columns if c.index not in (told, label) and c.look in ("numbers", "percentages")]
    others = [c.index for c in columns if c.index not in (told, *held)]
    return _turned(grid, parts, blocks, words, others, held, label, told)


def _measure_column(parts: Parts, columns: Sequence[Column]) -> int | None:
    """The column whose words are measures in most of the rows with numbers, of two kinds at least."""
    numbered = [row for _, row in parts.body if any(_is_number(text) for text in row)]
    for column in columns:
        if column.look != "words":
            continue
        named = [row[column.index] for row in numbered]
        known = [text for text in named if text and _is_measure(text)]
        if len(known) >= 3 and len(known) >= MOST * len(named) and len({normal(t) for t in known}) > 1:
            return column.index
    return None


def _is_measure(text: str) -> bool:
    return any(e.measure in _TURNED and is_one_of(e.words, text) for e in vocabulary().measures)


def _label_column(parts: Parts, columns: Sequence[Column], told: int) -> int:
    """The column of names beside the measures; the measures' own where a name stands above its rows."""
    for column in columns:
        if column.index != told and column.kind in ("scheme", "workstream") and column.look == "words":
            return column.index
    beside = [c.index for c in columns[:told] if c.look == "words" and c.kind not in ("reference", "lead")]
    return beside[-1] if beside else told


def _blocks(parts: Parts, told: int, label: int) -> list[_Block]:
    """The body's rows by scheme: a block begins with a name that is not the one before, or where a measure comes again."""
    blocks: list[_Block] = []
    current = ""
    for index, row in parts.body:
        word = normal(row[told]) if _is_measure(row[told]) else ""
        name = row[label] if label != told or not word else ""
        fresh = bool(name) and normal(name) != current
        if fresh or not blocks or (word and word in blocks[-1].rows):
            blocks.append(_Block(index, {}))
            current = normal(name) if name else current
        if word:
            blocks[-1].rows[word] = index
        elif any(_is_number(text) for text in row):
            blocks.append(_Block(index, {"": index}))
    return blocks


def _turned(
    grid: Grid,
    parts: Parts,
    blocks: Sequence[_Block],
    words: Sequence[str],
    others: Sequence[int],
    held: Sequence[int],
    label: int,
    told: int,
) -> Turned:
    words = [word for word in words if word]
    printed = {normal(grid.rows[i][told].text): grid.rows[i][told].text for b in blocks for i in b.rows.values()}
    heading = [list(grid.rows[i]) for i in range(parts.heading_rows)]
    rows = [[*(row[c] for c in others), *(row[c] for c in held for _ in words)] for row in heading]
    # Each measure is a tier of its own, under the headings that there are.
    rows.append([Cell() for _ in others] + [Cell(printed[word]) for _ in held for word in words])
    if label == told:
        rows = [[Cell(), *row] for row in rows]
    places: dict[tuple[int, int], tuple[int, int]] = {}
    pages = [grid.page_of(i) for i in range(parts.heading_rows)] + [grid.page_of(max(parts.heading_rows - 1, 0))]
    for block in blocks:
        at = len(rows)
        first = grid.rows[block.first]
        row = [first[told]] if label == told else []
        for c in others:
            places[(at, len(row))] = (block.first, c)
            row.append(_told(grid, block, c))
        for c in held:
            for word in words:
                own = block.rows.get(word)
                places[(at, len(row))] = (own if own is not None else block.first, c)
                row.append(grid.rows[own][c] if own is not None else Cell())
        rows.append(row)
        pages.append(grid.page_of(block.first))
    flat = tuple(tuple(replace(cell, colspan=1, rowspan=1, covered=False) for cell in row) for row in _spread(rows))
    return Turned(replace(grid, rows=flat, row_pages=tuple(pages) if grid.row_pages else ()), grid, places)


def _spread(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Rows of equal length."""
    width = max(len(row) for row in rows)
    return [[*row, *(Cell() for _ in range(width - len(row)))] for row in rows]


def _told(grid: Grid, block: _Block, column: int) -> Cell:
    """What a scheme's rows say in a column of words: once, or in each of them."""
    cells = [grid.rows[i][column] for i in (block.first, *block.rows.values())]
    return next((cell for cell in cells if cell.text), cells[0])


def _is_number(text: str) -> bool:
    return is_dash(text) or parse_amount(text) is not None
