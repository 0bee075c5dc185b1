"""The colour of a position's money under a policy, decided over all values that the printed figures together allow.

`precision` gives the range of delivery, and the range gives the colours that are possible. One colour: certain. Several, or
one and a gap of the rule: undecided.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from qippctl.calc.position import Position
from qippctl.calc.precision import Range, deliveries, of_percentage
from qippctl.calc.variance import best_delivery, best_ratio, best_variance, outcome, sources_of
from qippctl.models.answers import Certainty, RagAnswer
from qippctl.models.figure import Basis, Colour, Figure
from qippctl.models.policy import MoneyRule, Policy


@dataclass(frozen=True, slots=True)
class Verdict:
    """A colour, how sure it is, and every colour that the printed precision allows; `is_gap`: no band of the rule covers it."""

    derived: Colour | None
    certainty: Certainty
    possible: tuple[Colour, ...]
    is_gap: bool = False


def rate(
    plan: Figure | None,
    actual: Figure | None,
    printed_variance: Figure | None,
    percentage: Figure | None,
    rule: MoneyRule,
) -> Verdict:
    """Rate one position's money.

    A plan printed as nought, below nought or not at all has the answer that the policy gives for it (None: no rating);
    `possible` then holds the colours that a plan lost in rounding would have.
    """
    if percentage is not None and percentage.doubts:
        # A percentage of nothing, or one that its row belies, decides no colour.
        percentage = None
    if printed_variance is not None and printed_variance.doubts and actual is not None:
        printed_variance = None
    if plan is None and percentage is not None:
        allowed: Range | None = of_percentage(percentage)
    else:
        allowed = deliveries(plan, actual, printed_variance, percentage)
    printed = best_ratio(plan, actual, printed_variance, percentage)
    is_exact = plan is not None and plan.interval.low == plan.interval.high
    return judged(plan.value if plan is not None else None, is_exact, allowed, printed, rule)


def judged(
    planned: Decimal | None, is_exact: bool, allowed: Range | None, printed: Decimal | None, rule: MoneyRule
) -> Verdict:
    """The verdict on a delivery: as `printed`, and over all that is `allowed`; `is_exact`: the plan was not rounded."""
    if planned is not None and planned == 0:
        return _without_rating(rule.plan_zero, () if is_exact else _colours(allowed, rule)[0])
    if planned is not None and planned < 0:
        return _without_rating(rule.plan_negative, ())
    possible, is_covered = _colours(allowed, rule)
    if allowed is None or printed is None:
        return Verdict(None, "none", possible)
    if len(possible) == 1 and is_covered:
        return Verdict(possible[0], "certain", possible)
    # A finer variance may rule out what plan and actual print: 0.1 of 0.1 with 0.01 short is not all of it.
    derived = rule.colour_of(allowed.nearest(printed))
    if derived is None:
        return Verdict(None, "none", possible, is_gap=True)
    return Verdict(derived, "undecided", possible)


def answer(position: Position, basis: Basis, period: str | None, policy: Policy) -> RagAnswer | None:
    """The finance rating of a position; None where it has no money, nor a printed rating, for that span."""
    plan, actual = position.find("plan", basis), outcome(position, basis)
    shown_variance, percentage = position.find("variance", basis), position.find("delivery", basis)
    ratings = position.ratings.get("finance", []) or position.ratings.get("overall", [])
    printed = ratings[0] if ratings and basis == "ytd" else None
    if plan is None and actual is None and printed is None and percentage is None:
        return None
    verdict = (
        rate(plan, actual, shown_variance, percentage, policy.money) if policy.money else Verdict(None, "none", ())
    )
    names = sources_of(position, basis)
    planned, got = plan.value if plan else None, actual.value if actual else None
    return RagAnswer(
        **position.identity(period, basis),
        dimension="finance",
        plan=planned,
        actual=got,
        variance=best_variance(plan, actual, shown_variance),
        delivery=best_delivery(plan, actual, shown_variance, percentage),
        printed=printed.colour if printed else None,
        derived=verdict.derived,
        certainty=verdict.certainty,
        possible=verdict.possible,
        policy=policy.name,
        note="no band of the rule covers this delivery" if verdict.is_gap else None,
        doubts=position.doubts(*names),
        sources=position.sources(*names),
        corrected=position.corrected(*names),
    )


def _without_rating(colour: Colour | None, possible: tuple[Colour, ...]) -> Verdict:
    """What the policy says of nothing planned; certain where no plan lost in rounding would have another colour."""
    if colour is None:
        return Verdict(None, "none", possible)
    every = tuple(dict.fromkeys((colour, *possible)))
    return Verdict(colour, "certain" if len(every) == 1 else "undecided", every)


def _colours(allowed: Range | None, rule: MoneyRule) -> tuple[tuple[Colour, ...], bool]:
    """The colours of every delivery in a range, the best first, and whether each delivery has one."""
    if allowed is None:
        return (), True
    met = [piece.colour for piece in rule.pieces if allowed.meets(piece.span)]
    return tuple(dict.fromkeys(colour for colour in met if colour is not None)), None not in met
