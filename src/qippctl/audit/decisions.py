"""What a finding changes of what a board is told: a colour, the programme's headline yield, or the sign of a variance.

The number that is printed and the one that should be are put in each other's place, all else as it stands:

    sign    the variance of the row changes sign, at every value within the printed precision
    yield   what the programme delivers of its plan, to date or by its forecast, changes by a percentage point or more
    rag     the rule that the paper states, or that was named, gives the row another colour

Of a total the yield is looked at before the colour, of anything else the colour before the yield. A scheme's number moves the
yield only where the totals that are printed are built on it: where the sums that it is part of hold. A finding whose figures
were read with doubt may be one of the text: nothing is said of what it would change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from qippctl.audit.catalogue import Breach
from qippctl.audit.material import Material
from qippctl.calc import rag
from qippctl.calc.milestones import by_counts, colour_counted, counts_of
from qippctl.calc.position import Position
from qippctl.calc.rag import Verdict
from qippctl.calc.spoken import numbers
from qippctl.calc.variance import HUNDRED, outcome
from qippctl.models.figure import Basis, Doubt, Figure
from qippctl.models.finding import Decision
from qippctl.money import ZERO, exactly, parse_amount

POINT = Decimal(1)
# A sentence rounds the figure that it repeats: by no more than this part of it.
_REPEATS = Decimal("0.06")
# That arithmetic fails is what is found, and no doubt about how a figure was read.
_OF_SUMS = frozenset({Doubt.ROW_FAILS.value, Doubt.SUM_FAILS.value, Doubt.WORKSTREAM_UNKNOWN.value})
_UNITS = (Decimal(1), Decimal(1000), Decimal(1_000_000))
_OUTCOMES = ("actual", "forecast")


@dataclass(frozen=True, slots=True)
class Change:
    """A figure as the finding's wrong number says it, and as it should be, in base units."""

    wrong: Figure
    right: Figure

    @property
    def basis(self) -> Basis:
        return self.right.basis

    @property
    def measure(self) -> str:
        return self.right.measure


def decision(of: Material, told: Breach) -> Decision | None:
    """What a finding changes; None where it changes none of these, or that cannot be told."""
    if told.is_bound or set(told.doubts) - _OF_SUMS:
        return None
    change = _change(of, told)
    if change is None or (change.right.subject != "savings" and change.measure != "count"):
        return None
    position = _position(of, change.right)
    if position is None or not position.is_of_period(change.right.quantity):
        return None
    if _turns(change, position):
        return "sign"
    recolours = _recolours(of, change, position)
    moves = any(abs(after - before) >= POINT for before, after in _headlines(of, change, position))
    if position.level == "total":
        return "yield" if moves else "rag" if recolours else None
    return "rag" if recolours else "yield" if moves else None


def _change(of: Material, told: Breach) -> Change | None:
    """The two numbers of a finding in base units: of the faulted figure, else of the one that a sentence should repeat."""
    printed, needed = _number(told.printed), _number(told.recomputed)
    figures = [figure for id in told.figures if (figure := of.by_id.get(id)) is not None]
    if printed is None or needed is None or not figures:
        return None
    if told.text is None and _number(of.printing.printed(figures[-1])) == printed:
        figure, own = figures[-1], of.printing.of(figures[-1])
        with exactly():
            value = needed * own.unit * (-1 if own.turned else 1)
        return Change(figure, _with(figure, value))
    for figure in (*reversed(figures), *_beside(of, figures[-1])):
        factor = _factor(of, figure, needed, told)
        if factor is not None:
            with exactly():
                return Change(_with(figure, printed * factor), figure)
    return None


def _beside(of: Material, figure: Figure) -> list[Figure]:
    """What a sentence may repeat that is made of a figure: the variance and the percentage of its row."""
    position = _position(of, figure)
    names = ("variance", "delivery")
    return [
        found for name in names if position is not None and (found := position.find(name, figure.basis)) is not None
    ]


def _number(text: str | None) -> Decimal | None:
    amount = parse_amount(text) if text else None
    return amount.value if amount is not None else None


def _with(figure: Figure, value: Decimal) -> Figure:
    return figure.model_copy(update={"value": value, "raw": str(value), "doubts": ()})


def _factor(of: Material, figure: Figure, said: Decimal, told: Breach) -> Decimal | None:
    """What makes a sentence's number the figure's value: its unit, and the figure's sign where the sentence drops it."""
    if figure.unit not in ("GBP", "percent") or not said or not figure.value:
        return None
    spoken = {n.scale for n in numbers(told.text or "") if abs(n.own) == abs(_number(told.printed) or ZERO)}
    own = of.printing.of(figure)
    units = (*spoken, own.unit, *_UNITS) if figure.unit == "GBP" else (Decimal(1),)
    if figure.measure != "variance" and not own.turned and (said > 0) != (figure.value > 0):
        return None
    with exactly():
        for unit in dict.fromkeys(units):
            if abs(abs(said) * unit - abs(figure.value)) <= _REPEATS * abs(figure.value):
                return unit if (said > 0) == (figure.value > 0) else -unit
    return None


def _position(of: Material, figure: Figure) -> Position | None:
    """The subject of a figure's row: by its own table where that has what its plan is held against, else by the paper."""
    found = [
        position
        for position in of.subjects_of_rows.get((figure.table, figure.row), ())
        if (position.organisation or "") == (figure.organisation or "")
    ]
    basis = figure.basis
    whole = next((p for p in found if p.find("plan", basis) and outcome(p, basis)), None)
    return whole or next(iter(found), None)


def _turns(change: Change, position: Position) -> bool:
    """Whether the variance of the row changes its sign."""
    spans = []
    for figure in (change.wrong, change.right):
        if figure.basis not in ("ytd", "year"):
            return False
        if figure.measure == "variance":
            spans.append(figure.interval)
            continue
        plan, got = _replaced(figure, position)
        if plan is None or got is None:
            return False
        spans.append(got.interval - plan.interval)
    wrong, right = spans
    return (wrong.low > 0 and right.high < 0) or (wrong.high < 0 and right.low > 0)


def _replaced(figure: Figure, position: Position) -> tuple[Figure | None, Figure | None]:
    """Plan and outcome of a row, a figure in the place of the one that is printed."""
    plan, got = position.find("plan", figure.basis), outcome(position, figure.basis)
    if not figure.quantity.is_whole:
        return None, None
    if figure.measure == "plan":
        return figure, got
    return (plan, figure) if figure.measure in _OUTCOMES else (None, None)


def _recolours(of: Material, change: Change, position: Position) -> bool:
    """Whether the rule gives the row one colour by the wrong number and another by the right one."""
    wrong, right = (_verdict(of, figure, position) for figure in (change.wrong, change.right))
    if wrong is None or right is None or wrong.derived is None or right.derived is None:
        return False
    return wrong.derived not in (right.derived, *right.possible) and right.derived not in wrong.possible


def _verdict(of: Material, figure: Figure, position: Position) -> Verdict | None:
    """The colour of a row by a figure: of money, or of the milestones that it counts."""
    policy = of.policy
    if policy is None:
        return None
    counted = colour_counted(figure.qualifier) if figure.measure == "count" else None
    if counted is not None and policy.milestones is not None:
        counts = {colour: int(own.value) for colour, own in counts_of(position).items()} | {counted: int(figure.value)}
        judged = by_counts(policy.milestones, counts)
        return Verdict(judged.derived, judged.certainty, judged.possible) if judged is not None else None
    if policy.money is None or figure.basis not in ("ytd", "year"):
        return None
    if figure.measure == "delivery":
        return rag.rate(None, None, None, figure, policy.money)
    if figure.measure == "variance":
        plan = position.find("plan", figure.basis)
        return rag.rate(plan, None, figure, None, policy.money) if plan is not None else None
    plan, got = _replaced(figure, position)
    return rag.rate(plan, got, None, None, policy.money) if plan is not None and got is not None else None


def _headlines(of: Material, change: Change, position: Position) -> Iterator[tuple[Decimal, Decimal]]:
    """What the programme delivers of its plan, in percent, by the wrong number and by the right one."""
    if position.level == "total":
        wrong, right = (_yield(figure, position) for figure in (change.wrong, change.right))
        if wrong is not None and right is not None:
            yield wrong, right
        return
    if change.measure not in ("plan", *_OUTCOMES) or not change.right.quantity.is_whole:
        return
    difference = change.right.value - change.wrong.value
    printed = of.by_id[change.right.id]
    for total in _built_on(of, printed):
        whole = _position(of, total)
        if whole is None or whole.level != "total" or total.measure != change.measure:
            continue
        now = _with(total, total.value + difference)
        # What the paper prints stands with the figure that is printed, be it the wrong one or the right one.
        wrong, right = _yield(total, whole), _yield(now, whole)
        if change.wrong.value == printed.value and wrong is not None and right is not None:
            yield wrong, right


def _built_on(of: Material, figure: Figure, seen: frozenset[str] = frozenset()) -> Iterator[Figure]:
    """The totals that are the sums, through subtotals, of figures of which this is one."""
    for check in of.sums_of.get(figure.id, ()):
        if check.target.id in seen:
            continue
        if check.target.role == "total":
            yield check.target
        else:
            yield from _built_on(of, check.target, seen | {figure.id})


def _yield(figure: Figure, position: Position) -> Decimal | None:
    """What is delivered of a plan, in percent, by one figure and what is printed beside it."""
    if figure.basis not in ("ytd", "year") or not figure.quantity.is_whole:
        return None
    if figure.measure == "delivery":
        return figure.value
    if figure.measure == "variance":
        plan = position.find("plan", figure.basis)
        return _ratio(plan.value + figure.value, plan.value) if plan is not None else None
    plan, got = _replaced(figure, position)
    return _ratio(got.value, plan.value) if plan is not None and got is not None else None


def _ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    with exactly():
        return part / whole * HUNDRED if whole > 0 else None
