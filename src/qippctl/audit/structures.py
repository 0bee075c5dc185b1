"""Sums along rows that no column is named for, found by their numbers: columns side by side and, in all rows but one, their sum.

What holds in few rows may be chance, and what fails in several is no structure: both prove nothing. Nor do two columns prove
anything, as where all is delivered a plan is the sum of whatever is nought and itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qippctl.calc.identities import Check, summed
from qippctl.models.figure import Doubt, Figure
from qippctl.money import ZERO, Amount, Interval, exactly, parse_amount, plain

if TYPE_CHECKING:
    from qippctl.audit.material import Material

# Rows in which a structure must hold, with more than one term that is not nought.
FEWEST = 5
FEWEST_TERMS = 3
MOST_COLUMNS = 20
MOST_ROWS = 400
Row = Mapping[int, Amount]


@dataclass(frozen=True, slots=True)
class Structure:
    """Columns and, after them, the column of their sum."""

    terms: tuple[int, ...]
    target: int

    @property
    def columns(self) -> tuple[int, ...]:
        return (*self.terms, self.target)

    def expected(self, row: Row) -> Interval:
        whole = Interval(ZERO, ZERO)
        for column in self.terms:
            whole = whole + row[column].interval
        return whole


def across(of: Material, table: str, figures: Sequence[Figure], known: Sequence[Check]) -> Iterator[Check]:
    """Of each structure of a table its rows, where they are not known already."""
    by_place = {(figure.row, figure.column): figure for figure in figures}
    rows = _numbers(of, table, {figure.row for figure in figures})
    # What is known to be worked out from a row is not found again from other columns.
    told = {(check.target.row, check.target.column) for check in known if len({m.row for m in check.members}) == 1}
    with exactly():
        for structure in _structures(rows):
            for number, row in rows.items():
                if (number, structure.target) in told or any(column not in row for column in structure.columns):
                    continue
                read = [by_place[(number, column)] for column in structure.columns if (number, column) in by_place]
                if len(read) < 2 or any(figure.unit != "GBP" for figure in read):
                    continue
                members = [
                    by_place.get((number, column)) or _unread(of, read[-1], column, row[column])
                    for column in structure.columns
                ]
                yield _check(of, members)


def _numbers(of: Material, table: str, held: set[int]) -> dict[int, Row]:
    """The numbers of the rows that gave figures, by column; percentages are no amounts."""
    text = of.texts.get(table)
    found: dict[int, Row] = {}
    for number, cells in enumerate(text.rows if text is not None else ()):
        if number in held and len(cells) <= MOST_COLUMNS and len(found) < MOST_ROWS:
            row = {c: a for c, cell in enumerate(cells) if (a := parse_amount(cell)) is not None and not a.is_percent}
            if len(row) > 2:
                found[number] = row
    return found


def _structures(rows: Mapping[int, Row]) -> Iterator[Structure]:
    """The structures that hold in every row but one, the widest of each column."""
    columns = sorted({column for row in rows.values() for column in row})
    for n, target in enumerate(columns):
        wide = (Structure(tuple(columns[start:n]), target) for start in range(n - FEWEST_TERMS + 1))
        found = next((structure for structure in wide if _holds_but_once(structure, rows)), None)
        if found is not None:
            yield found


def _holds_but_once(structure: Structure, rows: Mapping[int, Row]) -> bool:
    held = failed = 0
    for row in rows.values():
        if any(column not in row for column in structure.columns):
            continue
        if not structure.expected(row).meets(row[structure.target].interval):
            failed += 1
        elif sum(1 for column in structure.terms if row[column].value) > 1:
            held += 1
        if failed > 1:
            return False
    return failed == 1 and held >= FEWEST


def _unread(of: Material, like: Figure, column: int, amount: Amount) -> Figure:
    """What a cell of a column prints that nothing names, in the unit and with the sign of its row."""
    own = of.printing.of(like)
    sha, table, row, _ = like.id.split("/")
    heading = next((text for r in range(like.row) if (text := of.text(table, r, column))), "")
    return like.model_copy(
        update={
            "id": f"{sha}/{table}/{row}/{column}",
            "column": column,
            "qualifier": " ".join(heading.split()) or None,
            "value": (-amount.value if own.turned else amount.value) * own.unit,
            "step": amount.step * own.unit,
            "raw": plain(amount.value),
            "doubts": (Doubt.HEADING_UNCLEAR,),
        }
    )


def _check(of: Material, members: Sequence[Figure]) -> Check:
    """The check in base units: a column whose sign is turned is taken the other way."""
    *terms, target = members
    turned = of.printing.of(target).turned
    return summed("QT103", target, terms, [1 if of.printing.of(term).turned == turned else -1 for term in terms])
