"""Totals that have to meet: those of the general ledger, and those that a paper's own rows come to.

Compared at the printed precision: `45.2m` is any amount from 45,150,000 to 45,250,000, and so is 45.2 in a table of £m.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qippctl.calc.identities import checks
from qippctl.calc.position import Position
from qippctl.models.figure import Basis, Figure, Measure
from qippctl.money import ZERO, Interval, exactly, interval, is_dash

# What a programme is told by, the first that a meeting asks for first.
HEADLINES: tuple[tuple[Measure, Basis], ...] = (
    ("plan", "year"),
    ("plan", "ytd"),
    ("actual", "ytd"),
    ("forecast", "year"),
)


@dataclass(frozen=True, slots=True)
class Control:
    """A control total: which total has to meet it, and its amount and last digit in pounds."""

    measure: Measure
    basis: Basis
    value: Decimal
    step: Decimal
    typed: str

    @property
    def name(self) -> str:
        return f"{self.measure}.{self.basis}"

    @property
    def interval(self) -> Interval:
        """Every amount that the typed text may stand for. A dash is nought, exactly."""
        return interval(self.value, ZERO if is_dash(self.typed) else self.step)


@dataclass(frozen=True, slots=True)
class Counted:
    """A programme's total: as one figure prints it, or as the sum of `rows` where no total is printed."""

    value: Decimal
    step: Decimal
    interval: Interval
    figures: tuple[Figure, ...]
    rows: int = 0

    def meets(self, control: Control) -> bool:
        """Whether it may be the same amount, at the precision that both are printed with."""
        return self.interval.meets(control.interval)


@dataclass(frozen=True, slots=True)
class Tied:
    """A printed total, and the rows that come to it: `named` are those that are no schemes, or totals of other tables."""

    total: Figure
    parts: tuple[Figure, ...]
    named: tuple[Figure, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether they come to it to the last digit."""
        with exactly():
            return sum((f.value for f in (*self.parts, *self.named)), ZERO) == self.total.value


def total_of(found: Sequence[Position], measure: Measure, basis: Basis) -> Position | None:
    """The programme's total that states a measure; of several the one with the largest plan."""
    totals = [p for p in found if p.role == "total" and p.find(measure, basis) is not None]

    def plan(position: Position) -> Decimal:
        planned = position.find("plan", basis)
        return planned.value if planned is not None else ZERO

    return max(totals, key=plan, default=None)


def counted(found: Sequence[Position], parts: Sequence[Position], measure: Measure, basis: Basis) -> Counted | None:
    """A programme's total, as printed, else the sum of its parts; None where neither can be had."""
    total = total_of(found, measure, basis)
    figure = total.find(measure, basis) if total is not None else None
    if figure is not None:
        return Counted(figure.value, figure.step, figure.interval, (figure,))
    own = [figure for part in parts if (figure := part.find(measure, basis)) is not None]
    if not own:
        return None
    spread = Interval(ZERO, ZERO)
    with exactly():
        for figure in own:
            spread += figure.interval
        value = sum((figure.value for figure in own), ZERO)
    return Counted(value, max(figure.step for figure in own), spread, tuple(own), len(own))


def tied(table: Sequence[Figure], total: Figure) -> Tied | None:
    """The rows that come to a total of their table, where they do; `table` has all its figures. None where none is known."""
    for check in checks(table):
        if check.target.id == total.id and check.code in ("QT201", "QT202") and check.holds and check.substantial:
            terms = check.members[:-1]
            named = tuple(f for f in terms if f.role in ("adjustment", "unidentified"))
            return Tied(total, tuple(f for f in terms if f not in named), named)
    return next((one for one in _onwards(table) if one.total.id == total.id), None)


def _onwards(table: Sequence[Figure]) -> Iterator[Tied]:
    """Totals that an earlier total of the column and the rows between them come to: tracked + accounts = all."""
    columns: dict[tuple[int, str | None, str, str, str], list[Figure]] = defaultdict(list)
    for figure in table:
        # As it is told by what it is of, too: one column may hold two plans.
        columns[(figure.column, figure.qualifier, figure.measure, figure.basis, figure.recurrence)].append(figure)
    for column in columns.values():
        before: Figure | None = None
        rows: list[Figure] = []
        for figure in sorted(column, key=lambda f: f.row):
            if figure.role != "total":
                rows.append(figure)
                continue
            if before is not None and rows:
                spread = before.interval
                for row in rows:
                    spread += row.interval
                if spread.meets(figure.interval):
                    yield Tied(figure, (before,), tuple(rows))
            before, rows = figure, []
