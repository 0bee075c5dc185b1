"""Rows and their sums: what a row of a table is, and whether one is the sum of others at the printed precision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qippctl.interpret.cells import CellReading
from qippctl.interpret.columns import Column
from qippctl.interpret.words import find
from qippctl.models.figure import Doubt, Role
from qippctl.money import Amount, Interval

# A row that happens to be the sum of its neighbours in fewer columns than this is no total.
FEWEST_SUMS = 2
# A last row that sums fewer rows, or fewer numbers in all, is not taken for a total by its sums.
FEWEST_TERMS = 3
FEWEST_ADDENDS = 6
_NOT_SUMMED = frozenset({"delivery", "confidence", "count", "score"})


@dataclass(frozen=True, slots=True)
class Row:
    """A body row with figures: whose they are, and its cells by column. `index` is the row of the grid."""

    index: int
    role: Role
    cells: dict[int, CellReading]
    texts: tuple[str, ...]
    workstream: str | None = None
    scheme: str | None = None
    label: str = ""
    doubts: tuple[Doubt, ...] = ()
    block: int = 0
    organisation: str | None = None


def meets_sum(amounts: Sequence[Amount | None], terms: Sequence[Sequence[Amount | None]]) -> bool:
    """Whether each number is the sum of those above it at the printed precision; blanks and percentages are not asked."""
    for slot, amount in enumerate(amounts):
        if amount is None or amount.is_percent:
            continue
        total = Interval(Decimal(0), Decimal(0))
        for term in terms:
            if (addend := term[slot]) is not None:
                total = total + addend.interval
        if not amount.interval.meets(total):
            return False
    return True


def with_last_as_total(rows: Sequence[Row], wholes: Sequence[str]) -> list[Row]:
    """The rows, the last of them a total where its name speaks of the whole and it is the sum of all others."""
    if not rows or any(row.role == "total" for row in rows) or rows[-1].role not in ("scheme", "workstream"):
        return list(rows)
    last = rows[-1]
    subtotals = [row for row in rows[:-1] if row.role == "subtotal"]
    # Beside subtotals, rows of no group are terms of their own.
    after = [row for row in rows[:-1] if row.role != "subtotal" and (not subtotals or row.index > subtotals[-1].index)]
    terms = [*subtotals, *after]
    numbers = {i: c for i, c in last.cells.items() if c.has_number and not any(a and a.is_percent for a in c.amounts)}
    held = all(meets_sum(c.amounts, [t.cells[i].amounts for t in terms if i in t.cells]) for i, c in numbers.items())
    enough = len(terms) >= FEWEST_TERMS and len(numbers) * len(terms) >= FEWEST_ADDENDS
    if not (held and enough and find(wholes, last.label or last.workstream or "")):
        return list(rows)
    return [*rows[:-1], replace(last, role="total", workstream=None, scheme=None)]


@dataclass(slots=True)
class _Sums:
    """The money of a table's rows by column: each cell's value and half its step, and all halves of a column together."""

    cells: dict[int, list[tuple[Decimal, Decimal] | None]]
    slack: dict[int, Decimal]
    can_fall: dict[int, bool]

    @classmethod
    def of(cls, rows: Sequence[Row], columns: Sequence[Column]) -> _Sums:
        cells = {i: [_value_and_half(_single(row, i)) for row in rows] for i in _money(columns)}
        known = {i: [cell for cell in of_column if cell is not None] for i, of_column in cells.items()}
        return cls(
            cells,
            {i: sum((half for _, half in found), Decimal(0)) for i, found in known.items()},
            {i: any(value < 0 for value, _ in found) for i, found in known.items()},
        )


def doubted_sums(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """The rows; one that is called a scheme and is the sum of those beside it in several columns may be their total."""
    sums = _Sums.of(rows, columns)
    return [
        replace(row, doubts=tuple(dict.fromkeys((*row.doubts, Doubt.LABEL_UNCLEAR))))
        if row.role in ("scheme", "workstream") and _sums_up(at, rows, sums)
        else row
        for at, row in enumerate(rows)
    ]


def _sums_up(at: int, rows: Sequence[Row], sums: _Sums) -> bool:
    """Whether a row is the sum of two or more rows with numbers that stand at once above it, or below it."""
    own = {i: cell for i, of_column in sums.cells.items() if (cell := of_column[at]) is not None and cell[0]}
    if len(own) < FEWEST_SUMS:
        return False
    for step in (-1, 1):
        counting = 0
        totals = {i: (Decimal(0), Decimal(0)) for i in own}
        here = at + step
        while 0 <= here < len(rows) and rows[here].role in ("scheme", "workstream", "unidentified", "adjustment"):
            terms = {i: cell for i in own if (cell := sums.cells[i][here]) is not None}
            counting += any(value for value, _ in terms.values())
            for i, (value, half) in terms.items():
                totals[i] = (totals[i][0] + value, totals[i][1] + half)
            here += step
            if counting >= 2 and all(abs(totals[i][0] - own[i][0]) <= totals[i][1] + own[i][1] for i in own):
                return True
            # Where nothing is below nought a sum that is beyond every rounding stays there.
            if any(not sums.can_fall[i] and totals[i][0] - sums.slack[i] > own[i][0] + own[i][1] for i in own):
                break
    return False


def _value_and_half(amount: Amount | None) -> tuple[Decimal, Decimal] | None:
    return None if amount is None else (amount.value, (amount.interval.high - amount.interval.low) / 2)


def _money(columns: Sequence[Column]) -> list[int]:
    """Columns whose numbers add up."""
    return [
        c.index
        for c in columns
        if c.kind == "figures" and len(c.meanings) == 1 and c.meanings[0].measure not in _NOT_SUMMED
    ]


def _single(row: Row, column: int) -> Amount | None:
    cell = row.cells.get(column)
    amount = cell.amounts[0] if cell else None
    return None if amount is None or amount.is_percent else amount
