"""The colour of a position under a policy, decided over all values that the printed figures together allow.

A paper prints plan, actual, variance and percentage, each rounded. Every pair of a plan P and an actual A that rounds to
what is printed satisfies

    P in plan ± step/2,   A in actual ± step/2,   A - P in variance ± step/2,   A / P in percentage ± step/2

which is a convex polygon in the plane of P and A. Over it A / P is smallest and largest at corners, so the corners give the
range of delivery, and the range gives the colours that are possible. One colour: certain. Several: undecided.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from qippctl.calc.position import Position
from qippctl.calc.variance import best_delivery, best_ratio, best_variance, outcome, sources_of
from qippctl.models.answers import Certainty, RagAnswer
from qippctl.models.figure import Basis, Colour, Figure
from qippctl.models.policy import MoneyRule, Policy
from qippctl.money import Interval

Corner = tuple[Fraction, Fraction]
_UNBOUNDED = Fraction(10) ** 30


@dataclass(frozen=True, slots=True)
class Verdict:
    """A colour, how sure it is, and every colour that the printed precision allows."""

    derived: Colour | None
    certainty: Certainty
    possible: tuple[Colour, ...]


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
    region = _region(plan, actual, printed_variance, percentage)
    if plan is not None and plan.value == 0:
        lost = () if _is_exact(plan) else _colours(_range(region), rule)
        return _without_rating(rule.plan_zero, lost)
    if plan is not None and plan.value < 0:
        return _without_rating(rule.plan_negative, ())
    allowed = _range(region)
    if plan is None and percentage is not None:
        allowed = (Fraction(percentage.interval.low), Fraction(percentage.interval.high))
    printed = best_ratio(plan, actual, printed_variance, percentage)
    possible = _colours(allowed, rule)
    if printed is None or allowed is None or not possible:
        return _without_rating(None, possible)
    # A finer variance may rule out what plan and actual print: 0.1 of 0.1 with 0.01 short is not all of it.
    derived = rule.colour_of(min(max(Fraction(printed), allowed[0]), allowed[1]))
    return Verdict(derived, "certain" if len(possible) == 1 else "undecided", possible)


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


def _is_exact(figure: Figure) -> bool:
    return figure.interval.low == figure.interval.high


def _region(
    plan: Figure | None, actual: Figure | None, shown: Figure | None, percentage: Figure | None
) -> list[Corner]:
    """Corners of what the printed figures allow with a plan of nought or more; without a plan, or any outcome, nothing.

    Where the printed figures contradict each other nothing satisfies all of them: percentage, then variance, are let go.
    """
    if plan is None or (actual is None and shown is None):
        return []
    p = plan.interval
    a = actual.interval if actual is not None else p + shown.interval if shown is not None else p
    box = [(Fraction(x), Fraction(y)) for x, y in ((p.low, a.low), (p.high, a.low), (p.high, a.high), (p.low, a.high))]
    box = _cut(box, lambda x, y: x)
    by_variance = _cut_to(box, shown.interval, lambda x, y: y - x) if shown is not None else box
    narrowed = by_variance or box
    if percentage is None:
        return narrowed
    low, high = Fraction(percentage.interval.low) / 100, Fraction(percentage.interval.high) / 100
    by_percentage = _cut(_cut(narrowed, lambda x, y: y - low * x), lambda x, y: high * x - y)
    return by_percentage or narrowed


def _cut_to(corners: Sequence[Corner], bounds: Interval, of: Callable[[Fraction, Fraction], Fraction]) -> list[Corner]:
    low, high = Fraction(bounds.low), Fraction(bounds.high)
    return _cut(_cut(corners, lambda x, y: of(x, y) - low), lambda x, y: high - of(x, y))


def _cut(corners: Sequence[Corner], side: Callable[[Fraction, Fraction], Fraction]) -> list[Corner]:
    """The part of a convex polygon where a linear function is not below nought (Sutherland and Hodgman 1974)."""
    out: list[Corner] = []
    for i, (x, y) in enumerate(corners):
        here = side(x, y)
        px, py = corners[i - 1]
        before = side(px, py)
        if (here > 0 and before < 0) or (here < 0 and before > 0):
            share = before / (before - here)
            out.append((px + (x - px) * share, py + (y - py) * share))
        if here >= 0:
            out.append((x, y))
    return out


def _range(region: Sequence[Corner]) -> tuple[Fraction, Fraction] | None:
    """The least and the greatest delivery of a region, in percent; where it reaches a plan of nought there is no bound."""
    ratios = [a / p for p, a in region if p > 0]
    if not ratios:
        return None
    low, high = min(ratios), max(ratios)
    for p, a in region:
        if p == 0 and a > 0:
            high = _UNBOUNDED
        elif p == 0 and a < 0:
            low = -_UNBOUNDED
    return low * 100, high * 100


def _colours(allowed: tuple[Fraction, Fraction] | None, rule: MoneyRule) -> tuple[Colour, ...]:
    """The colours of every delivery in a range, the best first."""
    if allowed is None:
        return ()
    low, high = allowed
    found: list[Colour] = []
    above: Fraction | None = None
    for band in rule.bands:
        floor = None if band.at_least is None else Fraction(band.at_least)
        if (floor is None or high >= floor) and (above is None or low < above):
            found.append(band.colour)
        above = floor
    return tuple(found)
