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


def doubted_sum(at: int, rows: Sequence[Row], columns: Sequence[Column]) -> Row:
    """A row that is called a scheme and is the sum of the rows beside it in several columns may be their total."""
    row = rows[at]
    own = [i for i in _money(columns) if (amount := _single(row, i)) is not None and amount.value]
    if row.role not in ("scheme", "workstream") or len(own) < FEWEST_SUMS:
        return row
    for step in (-1, 1):
        terms: list[Row] = []
        here = at + step
        while 0 <= here < len(rows) and rows[here].role in ("scheme", "workstream", "unidentified", "adjustment"):
            terms.append(rows[here])
            here += step
            counting = sum(1 for term in terms if any((a := _single(term, i)) is not None and a.value for i in own))
            if counting >= 2 and all(meets_sum([_single(row, i)], [[_single(term, i)] for term in terms]) for i in own):
                return replace(row, doubts=tuple(dict.fromkeys((*row.doubts, Doubt.LABEL_UNCLEAR))))
    return row


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
