"""What changed from one period's papers to another's: delivered, re-phased or restated.

    change of variance to date = delivery + re-phasing + restatement + untold

    restatement = what the later paper changes of what was reported (delivery to the earlier month), less the change of the
                  plan to date where the year's plan itself was changed
    re-phasing  = -(plan to date now - plan to date that the earlier paper's months foretold), the year's plan unchanged;
                  unknown, and part of delivery, where the earlier paper prints no months
    delivery    = the rest: what the months between came to, against their plan
    untold      = all of it but restated delivery, where the year's plan was changed and no months tell how it was phased

A figure is restated where both papers print the same quantity (measure, basis, recurrence, case, version, period) and no
value rounds to both. Forecasts, and what depends on them, are expected to change: they are not restated but made anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from qippctl.calc.approvals import approved
from qippctl.calc.identity import Pair
from qippctl.calc.position import Position
from qippctl.calc.variance import best_variance
from qippctl.models.decisions import PlanApproval
from qippctl.models.figure import Colour, Figure, Quantity
from qippctl.models.movements import Arrow, MovementAnswer, Restated
from qippctl.money import ZERO
from qippctl.period import Period

_WORST_FIRST: dict[Colour, int] = {"red": 0, "amber": 1, "green": 2, "blue": 3}
# Of the year as a whole only what was decided can be restated; what is foretold of it is made anew every month.
_DECIDED = frozenset({"plan", "target", "baseline", "investment"})
_FORETOLD = frozenset({"forecast"})
_AMOUNTS = (("plan", "year"), ("actual", "ytd"), ("forecast", "year"), ("plan", "ytd"))


def answer(
    pair: Pair,
    from_period: str,
    to_period: str,
    colours: tuple[Colour | None, Colour | None],
    approvals: Sequence[PlanApproval] = (),
    rolling: Sequence[Colour | None] = (),
) -> MovementAnswer | None:
    """The movement of a subject; None where neither period has an amount of it. `colours` are its ratings then and now."""
    after = pair.after
    amounts: dict[str, Decimal | None] = {}
    for measure, basis in (("plan", "year"), ("actual", "ytd"), ("forecast", "year")):
        amounts[f"{measure}_from"] = pair.amount_before(measure, basis)  # type: ignore[arg-type]
        figure = after.find(measure, basis) if after is not None else None  # type: ignore[arg-type]
        amounts[f"{measure}_to"] = figure.value if figure is not None else None
    if all(value is None for value in amounts.values()):
        return None
    restated = restatements(pair, from_period) if after is not None else []
    decision = (
        approved(approvals, to_period, pair.subject.scheme) if any(r.measure == "plan" for r in restated) else None
    )
    subject = pair.subject
    figures = [
        f for position in (*(p for p, _ in pair.before), *([after] if after else [])) for f in _figures(position)
    ]
    return MovementAnswer(
        organisation=subject.organisation,
        workstream=subject.workstream,
        scheme=subject.scheme,
        role=subject.role,
        from_period=from_period,
        to_period=to_period,
        was=_earlier_names(pair),
        **amounts,
        **_bridge(pair, from_period, to_period, restated),
        rag_from=colours[0],
        rag_to=colours[1],
        arrow=_arrow(pair, colours),
        rolling=tuple(rolling),
        restated=tuple(restated),
        approved=decision.number if decision is not None else None,
        falling=_falling(pair, from_period, to_period),
        doubts=tuple(dict.fromkeys(doubt.value for figure in figures for doubt in figure.doubts)),
        sources=tuple(dict.fromkeys(figure.id for figure in figures)),
    )


def _figures(position: Position) -> list[Figure]:
    return [f for measure, basis in _AMOUNTS if (f := position.find(measure, basis)) is not None]  # type: ignore[arg-type]


def _earlier_names(pair: Pair) -> tuple[str, ...]:
    if pair.after is None:
        return ()
    own = pair.after.scheme or pair.after.workstream
    names = [position.scheme or position.workstream for position, _ in pair.before]
    return tuple(dict.fromkeys(name for name in names if name and name != own))


def _arrow(pair: Pair, colours: tuple[Colour | None, Colour | None]) -> Arrow | None:
    if not pair.before:
        return "new"
    if pair.after is None:
        return "gone"
    before, after = colours
    if before is None or after is None or before not in _WORST_FIRST or after not in _WORST_FIRST:
        return None
    change = _WORST_FIRST[after] - _WORST_FIRST[before]
    return "improving" if change > 0 else "worsening" if change < 0 else "maintained"


def restatements(pair: Pair, from_period: str) -> list[Restated]:
    """Every figure of the earlier papers that the later ones print differently, in the order of the earlier paper.

    Only of a subject that was one whole subject then: shares of a split are nobody's printed figures.
    """
    before, after = pair.earlier, pair.after
    if before is None or after is None:
        return []
    found = []
    for quantity, stated in before.stated.items():
        if not _can_be_restated(quantity, from_period) or quantity not in after.stated:
            continue
        was, now = stated[0], after.stated[quantity][0]
        if was.id == now.id or was.sha256 == now.sha256 or was.interval.meets(now.interval):
            continue
        found.append(
            Restated(
                measure=quantity.measure,
                basis=quantity.basis,
                recurrence=quantity.recurrence,
                case=quantity.case,
                version=quantity.version,
                period=quantity.period,
                was=was.value,
                now=now.value,
                change=now.value - was.value,
                sources=(was.id, now.id),
            )
        )
    return found


def _quantity(r: Restated) -> Quantity:
    return Quantity(
        r.measure, r.basis, r.recurrence, r.case, None if r.version == "current" else r.version, None, r.period
    )


def _can_be_restated(quantity: Quantity, from_period: str) -> bool:
    """Whether a quantity was settled when the earlier paper printed it: a month that was over, or a plan."""
    if quantity.qualifier is not None or quantity.measure in _FORETOLD:
        return False
    if quantity.measure in _DECIDED:
        return True
    is_over = quantity.period is not None and "-M" in quantity.period and quantity.period <= from_period
    return is_over and quantity.basis in ("month", "ytd")


def _bridge(pair: Pair, from_period: str, to_period: str, restated: Sequence[Restated]) -> dict[str, Any]:
    """The two variances to date and the parts of their difference; parts only within a year and of one whole subject."""
    after, before = pair.after, pair.earlier
    start = _variance(before) if before is not None else _shared_variance(pair)
    end = _variance(after) if after is not None else None
    out: dict[str, Any] = {"variance_from": start, "variance_to": end}
    if before is None or after is None or start is None or end is None or from_period[:7] != to_period[:7]:
        return out
    due_from, due_to = before.find("plan", "ytd"), after.find("plan", "ytd")
    at_then = Quantity("actual", "ytd", period=from_period)
    delivered_again = sum((r.change for r in restated if _quantity(r) == at_then), ZERO)
    change = end - start - delivered_again
    foretold = _foretold(before, from_period, to_period)
    is_year_changed = any(_quantity(r) == Quantity("plan", "year", period=from_period[:7]) for r in restated)
    if due_from is None or due_to is None or foretold is None:
        if is_year_changed:
            return out | {"untold": change, "restatement": delivered_again}
        return out | {"delivery": change, "restatement": delivered_again}
    moved = -(due_to.value - foretold)
    if is_year_changed:
        return out | {"delivery": change - moved, "rephasing": ZERO, "restatement": delivered_again + moved}
    return out | {"delivery": change - moved, "rephasing": moved, "restatement": delivered_again}


def _variance(position: Position) -> Decimal | None:
    return best_variance(position.find("plan", "ytd"), position.find("actual", "ytd"), position.find("variance", "ytd"))


def _shared_variance(pair: Pair) -> Decimal | None:
    plan, actual = pair.amount_before("plan", "ytd"), pair.amount_before("actual", "ytd")
    return actual - plan if plan is not None and actual is not None else None


def _foretold(before: Position, from_period: str, to_period: str) -> Decimal | None:
    """The plan to the end of the later month as the earlier paper's months foretold it; None where they do not."""
    first, last = Period.parse(from_period).month, Period.parse(to_period).month
    ends = before.months("plan", "ytd")
    if last in ends:
        return ends[last].value
    due = before.find("plan", "ytd")
    months = before.months("plan")
    between = [months.get(month) for month in range(first + 1, last + 1)]
    if due is None or not between or None in between:
        return None
    return due.value + sum((figure.value for figure in between if figure is not None), ZERO)


def _falling(pair: Pair, from_period: str, to_period: str) -> tuple[str, ...]:
    """Amounts to date that are less in a later month of one year, at every value within the printed precision."""
    before, after = pair.earlier, pair.after
    if before is None or after is None or from_period[:7] != to_period[:7] or from_period >= to_period:
        return ()
    fell = []
    for measure in ("actual", "plan"):
        was, now = before.find(measure, "ytd"), after.find(measure, "ytd")
        if was is not None and now is not None and now.interval.high < was.interval.low:
            fell.append(f"{measure}.ytd")
    return tuple(fell)
