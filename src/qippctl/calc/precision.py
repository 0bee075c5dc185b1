"""The deliveries that printed figures together allow.

A paper prints plan, actual, variance and percentage, each rounded. Every pair of a plan P and an actual A that rounds to
what is printed satisfies

    P in plan ± step/2,   A in actual ± step/2,   A - P in variance ± step/2,   A / P in percentage ± step/2

which is a convex polygon in the plane of P and A. Over it A / P is smallest and largest at corners, so the corners give the
range of delivery. With every plan above nought few corners can be the ones, and they are found without cutting polygons;
exact arithmetic gives the same range either way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from fractions import Fraction

from qippctl.models.figure import Figure
from qippctl.models.policy import Span
from qippctl.money import Interval

Corner = tuple[Fraction, Fraction]
_UNBOUNDED = Fraction(10) ** 30
_HUNDRED = Decimal(100)
# What is not exact in so many digits raises, and is worked out in fractions.
_EXACT = Context(prec=200, traps=[Inexact, InvalidOperation, Overflow])


@dataclass(frozen=True, slots=True)
class Ratio:
    """A part of a whole above nought."""

    part: Decimal
    whole: Decimal

    @property
    def percent(self) -> Fraction:
        return Fraction(self.part) / Fraction(self.whole) * 100

    def is_at_least(self, percent: Decimal) -> bool:
        try:
            return _EXACT.multiply(self.part, _HUNDRED) >= _EXACT.multiply(percent, self.whole)
        except Inexact:
            return self.percent >= Fraction(percent)

    def is_below(self, other: Ratio) -> bool:
        try:
            return _EXACT.multiply(self.part, other.whole) < _EXACT.multiply(other.part, self.whole)
        except Inexact:
            return self.percent < other.percent


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the greatest delivery."""

    low: Ratio
    high: Ratio

    def meets(self, span: Span) -> bool:
        """Whether some delivery of the range lies in a span."""
        return (span.at_least is None or self.high.is_at_least(span.at_least)) and (
            span.below is None or not self.low.is_at_least(span.below)
        )

    def nearest(self, percent: Decimal) -> Fraction:
        """The delivery of the range that is nearest to one."""
        return min(max(Fraction(percent), self.low.percent), self.high.percent)


def of_percentage(percentage: Figure) -> Range:
    """The deliveries that a printed percentage alone allows."""
    bounds = percentage.interval
    return Range(Ratio(bounds.low, _HUNDRED), Ratio(bounds.high, _HUNDRED))


def deliveries(
    plan: Figure | None, actual: Figure | None, shown: Figure | None, percentage: Figure | None
) -> Range | None:
    """The deliveries that printed figures allow; None without a plan, or any outcome.

    Where the printed figures contradict each other nothing satisfies all of them: percentage, then variance, are let go.
    """
    if plan is None or (actual is None and shown is None):
        return None
    planned = plan.interval
    variance = shown.interval if shown is not None else None
    got = actual.interval if actual is not None else planned + variance if variance is not None else planned
    return within(planned, got, variance, percentage.interval if percentage is not None else None)


def within(planned: Interval, got: Interval, variance: Interval | None, percentage: Interval | None) -> Range | None:
    """The deliveries of plans and actuals in intervals, whose difference and quotient are in intervals too."""
    if planned.low > 0:
        try:
            return by_ends(planned, got, variance, percentage)
        except Inexact:
            pass
    return by_polygon(planned, got, variance, percentage)


def by_ends(planned: Interval, got: Interval, variance: Interval | None, percentage: Interval | None) -> Range:
    """The range where every plan is above nought.

    For a plan P the least actual is max(a, P + v) with the lowest actual a and variance v. Divided by P both are straight
    lines in 1 / P, so the least of their greater is at an end of the plans or where they cross; likewise the greatest.
    """
    lows, highs = [planned.low, planned.high], [planned.low, planned.high]
    least, most = got.low, got.high
    if variance is not None:
        first = max(planned.low, _EXACT.subtract(got.low, variance.high))
        last = min(planned.high, _EXACT.subtract(got.high, variance.low))
        if first > last:
            variance = None
        else:
            crossings = (_EXACT.subtract(least, variance.low), _EXACT.subtract(most, variance.high))
            lows, highs = ([first, last, *((x,) if first < x < last else ())] for x in crossings)
    low = _extreme([Ratio(least if variance is None else max(least, _EXACT.add(p, variance.low)), p) for p in lows])
    high = _extreme(
        [Ratio(most if variance is None else min(most, _EXACT.add(p, variance.high)), p) for p in highs], greatest=True
    )
    if percentage is None:
        return Range(low, high)
    floor, ceiling = Ratio(percentage.low, _HUNDRED), Ratio(percentage.high, _HUNDRED)
    if high.is_below(floor) or ceiling.is_below(low):
        return Range(low, high)
    return Range(floor if low.is_below(floor) else low, ceiling if ceiling.is_below(high) else high)


def _extreme(ratios: Sequence[Ratio], *, greatest: bool = False) -> Ratio:
    found = ratios[0]
    for ratio in ratios[1:]:
        if found.is_below(ratio) if greatest else ratio.is_below(found):
            found = ratio
    return found


def by_polygon(
    planned: Interval, got: Interval, variance: Interval | None, percentage: Interval | None
) -> Range | None:
    """The range by the corners of the polygon; plans of nought and more. None where no plan is above nought."""
    ends = ((planned.low, got.low), (planned.high, got.low), (planned.high, got.high), (planned.low, got.high))
    box = _cut([(Fraction(x), Fraction(y)) for x, y in ends], lambda x, y: x)
    by_variance = _cut_to(box, variance, lambda x, y: y - x) if variance is not None else box
    narrowed = by_variance or box
    if percentage is None:
        return _range(narrowed)
    low, high = Fraction(percentage.low) / 100, Fraction(percentage.high) / 100
    by_percentage = _cut(_cut(narrowed, lambda x, y: y - low * x), lambda x, y: high * x - y)
    return _range(by_percentage or narrowed)


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


def _range(region: Sequence[Corner]) -> Range | None:
    """The least and the greatest delivery of a region; where it reaches a plan of nought there is no bound."""
    ratios = [a / p for p, a in region if p > 0]
    if not ratios:
        return None
    low, high = min(ratios), max(ratios)
    for p, a in region:
        if p == 0 and a > 0:
            high = _UNBOUNDED
        elif p == 0 and a < 0:
            low = -_UNBOUNDED
    return Range(*(Ratio(Decimal(end.numerator), Decimal(end.denominator)) for end in (low, high)))
