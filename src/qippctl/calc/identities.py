"""The sums and differences that a savings table must satisfy, checked at the printed precision.

Used twice: to prove that a table was read right, and to find what a paper misprints. A check holds when some values within
the printed precision satisfy it; rounding alone never makes one fail.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from qippctl.models.figure import Figure
from qippctl.money import ZERO, Interval

HUNDRED = Decimal(100)
# No value at all: what is a percentage of a plan of nothing.
NOTHING = Interval(Decimal("Infinity"), Decimal("-Infinity"))
# What a plan is held against, the first that is printed.
_OUTCOMES = ("actual", "forecast")
Form = Literal["sum", "ratio", "product"]


@dataclass(frozen=True, slots=True)
class Check:
    """One identity on printed figures. `target` is the figure that the others should give; `members` includes it.

    `substantial` is False when the figures are all nought, which proves nothing. Of a sum `signs` says of each term whether it
    is added (1) or taken off (-1); empty, all are added. A ratio is of the second term to the first, in percent.
    """

    code: str
    target: Figure
    members: tuple[Figure, ...]
    expected: Interval
    substantial: bool
    form: Form = "sum"
    signs: tuple[int, ...] = ()

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """Which identity of which figures it is, whatever their values."""
        return self.code, self.target.id, tuple(member.id for member in self.members)

    @property
    def terms(self) -> tuple[Figure, ...]:
        return self.members[:-1]

    @property
    def weights(self) -> tuple[int, ...]:
        """Of a sum, of each term 1 or -1."""
        return self.signs or (1,) * len(self.terms)

    @property
    def holds(self) -> bool:
        return self.expected.meets(self.target.interval)

    @property
    def tolerance(self) -> Decimal:
        """The largest difference that rounding alone explains: what the check cannot see."""
        return (self.expected.high - self.expected.low + self.target.interval.high - self.target.interval.low) / 2

    def given(self, values: Mapping[str, Decimal]) -> Check:
        """The same identity, were some figures printed with other values, by their ids."""
        members = tuple(
            m.model_copy(update={"value": values[m.id], "raw": str(values[m.id])}) if m.id in values else m
            for m in self.members
        )
        *terms, target = members
        if self.form == "sum":
            expected = _signed(terms, self.weights)
        else:
            own = _ratio if self.form == "ratio" else _product
            # A ratio's terms are the whole and the part, as they are printed.
            first, second = (terms[1], terms[0]) if self.form == "ratio" else (terms[0], terms[1])
            is_nothing = self.form == "ratio" and second.value <= 0
            expected = NOTHING if is_nothing else own(first.interval, second.interval)
        return replace(self, target=target, members=members, expected=expected)


def checks(figures: Sequence[Figure]) -> Iterator[Check]:
    """Every identity that one table's figures take part in: along its rows, then down its columns."""
    rows: dict[int, list[Figure]] = defaultdict(list)
    columns: dict[tuple[int, str | None], list[Figure]] = defaultdict(list)
    for figure in figures:
        rows[figure.row].append(figure)
        columns[(figure.column, figure.qualifier)].append(figure)
    for members in rows.values():
        yield from row_checks(members)
    for members in columns.values():
        yield from column_checks(sorted(members, key=lambda figure: figure.row))


def row_checks(row: Sequence[Figure]) -> Iterator[Check]:
    """QT101 variance, QT102 delivery, QT103 investment, recurrence and risk, QT203 the year's months."""
    by_name: dict[tuple[str, str, str, str | None], Figure] = {}
    # Of several plans the current one is meant, unless a version is named for nothing else.
    for figure in sorted(
        row, key=lambda f: ("current", None).index(f.version) if f.version in ("current", None) else 2
    ):
        if figure.case is None:
            by_name.setdefault((figure.measure, figure.basis, figure.recurrence, figure.period), figure)
    for (measure, basis, recurrence, period), figure in by_name.items():
        plan = by_name.get(("plan", basis, recurrence, period))
        outcome = next((o for m in _OUTCOMES if (o := by_name.get((m, basis, recurrence, period)))), None)
        if basis == "year":
            outcome = by_name.get(("forecast", basis, recurrence, period)) or outcome
        if measure == "variance" and plan and outcome:
            yield summed("QT101", figure, (plan, outcome), (-1, 1))
        elif measure == "delivery" and plan and outcome and plan.value > 0:
            expected = _ratio(outcome.interval, plan.interval)
            yield _check("QT102", figure, (plan, outcome), expected, "ratio")
    yield from _within_row(by_name)


def _within_row(by_name: dict[tuple[str, str, str, str | None], Figure]) -> Iterator[Check]:
    named: dict[tuple[str, str | None], Figure] = {}
    for (measure, _, recurrence, period), figure in by_name.items():
        if recurrence == "all":
            named.setdefault((measure, period), figure)
    for period in dict.fromkeys(period for _, period in named):
        investment, slippage, remaining = (
            named.get((m, period)) for m in ("investment", "investment_slippage", "investment_remaining")
        )
        if investment and slippage and remaining:
            yield summed("QT103", remaining, (investment, slippage), (1, -1))
        target, confidence, achievable, at_risk = (
            named.get((m, period)) for m in ("target", "confidence", "achievable", "at_risk")
        )
        if target and achievable and at_risk:
            yield summed("QT103", at_risk, (target, achievable), (1, -1))
        if target and confidence and achievable:
            expected = _product(target.interval, confidence.interval)
            yield _check("QT103", achievable, (target, confidence), expected, "product")
    for (measure, basis, recurrence, period), whole in by_name.items():
        if basis == "year" and recurrence == "all" and measure in ("plan", "actual", "variance", "forecast"):
            parts = [f for (m, _, r, p), f in by_name.items() if m == measure and r != "all" and p == period]
            if {part.recurrence for part in parts} == {"recurrent", "non_recurrent"}:
                yield summed("QT103", whole, parts)
        if (
            period
            and (basis == "year" or (basis == "ytd" and "-M" in period))
            and measure in ("plan", "actual", "variance", "forecast")
        ):
            for parts in _profiles(by_name, measure, recurrence, period, to_date=basis == "ytd"):
                yield summed("QT203", whole, parts)


def _profiles(
    by_name: dict[tuple[str, str, str, str | None], Figure],
    measure: str,
    recurrence: str,
    period: str,
    *,
    to_date: bool,
) -> Iterator[list[Figure]]:
    """The months, and the quarters, that together make a year or the year to date.

    A forecast is made of what was achieved in the parts that are over and of what is foretold for the others. Months before a
    profile begins may be blank; those of a year to date may not.
    """
    year, _, last = period.partition("-M")
    measures = ("actual", "forecast") if measure == "forecast" else (measure,)
    for basis, letter, parts, every in (("month", "M", 12, 1), ("quarter", "Q", 4, 3)):
        reach = int(last) // every if to_date else parts
        if to_date and (int(last) % every or reach < 1):
            continue
        found = [
            next((f for m in measures if (f := by_name.get((m, basis, recurrence, f"{year}-{letter}{number}")))), None)
            for n in range(1, reach + 1)
            for number in (f"{n:02d}" if letter == "M" else str(n),)
        ]
        held = [f for f in found if f is not None]
        begins = next((k for k, f in enumerate(found) if f is not None), 0)
        whole = None not in (found if to_date or basis == "quarter" else found[begins:])
        if whole and len(held) >= 2:
            yield held


def column_checks(column: Sequence[Figure]) -> Iterator[Check]:
    """QT201 a subtotal against its schemes, QT202 a total against the subtotals, or the rows where there are none.

    `column` is one column of one table, in order of rows. Percentages and confidences are not summed.
    """
    if not column or column[0].measure in ("delivery", "confidence", "score"):
        return
    block: list[Figure] = []
    subtotals: list[Figure] = []
    loose: list[Figure] = []
    for figure in column:
        if figure.role == "subtotal":
            if block:
                yield summed("QT201", figure, block)
            subtotals.append(figure)
            loose += block
            block = []
        elif figure.role == "total":
            terms = [*subtotals, *block] if subtotals else [*loose, *block]
            if len(terms) >= 2:
                yield summed("QT202", figure, terms)
            block, subtotals, loose = [], [], []
        else:
            block.append(figure)


def summed(code: str, target: Figure, terms: Sequence[Figure], signs: Sequence[int] = ()) -> Check:
    """The identity of a figure and others that are added up or taken off."""
    weights = tuple(signs) or (1,) * len(terms)
    own = () if set(weights) <= {1} else weights
    return _check(code, target, terms, _signed(terms, weights), signs=own)


def _check(
    code: str,
    target: Figure,
    terms: Iterable[Figure],
    expected: Interval,
    form: Form = "sum",
    signs: tuple[int, ...] = (),
) -> Check:
    members = (*terms, target)
    return Check(code, target, members, expected, any(member.value for member in members), form, signs)


def _signed(figures: Sequence[Figure], signs: Sequence[int]) -> Interval:
    total = Interval(ZERO, ZERO)
    for figure, sign in zip(figures, signs, strict=True):
        total = total + figure.interval if sign > 0 else total - figure.interval
    return total


def _ratio(part: Interval, whole: Interval) -> Interval:
    """Percentages that the part may be of a whole above nought."""
    low = whole.low if whole.low > 0 else whole.high / 1000
    values = [end / base * HUNDRED for end in (part.low, part.high) for base in (low, whole.high)]
    return Interval(min(values), max(values))


def _product(amount: Interval, percent: Interval) -> Interval:
    values = [a * p / HUNDRED for a in (amount.low, amount.high) for p in (percent.low, percent.high)]
    return Interval(min(values), max(values))
