"""One way to read the arithmetic of a sentence: a number, and how others of the text give it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from qippctl.audit.agreeing import is_cut_from
from qippctl.calc.spoken import Spoken
from qippctl.money import ZERO, Interval, exactly

POSSIBLE, PROBABLE, CERTAIN = range(3)
# "More than 10" may be much more, but not anything.
MUCH_MORE = 100
# Whole counts below this are likely to be meant as they are printed.
SMALL = 1000
ONE, HUNDRED = Decimal(1), Decimal(100)
FACTORS = tuple(Decimal(10) ** power for power in (3, 6, 1, 2))
TINY = Decimal("1e-9")

Work = Callable[[Sequence[Interval]], Interval]


@dataclass(frozen=True, slots=True)
class Term:
    """A number that takes part. `exact`: it counts as it is printed (12 months, the 20% of a plan); `firm`: most likely so."""

    said: Spoken
    exact: bool = False
    firm: bool = False

    @property
    def point(self) -> Interval:
        value = abs(self.said.value)
        return Interval(value, value)

    @property
    def span(self) -> Interval:
        return self.point if self.exact and not self.said.hedge else spread(self.said)


def pieces(said: Spoken) -> Term:
    """A number that takes part in a sum or difference: a small whole count is what it is."""
    whole = said.unit == "count" and said.step == 1 and abs(said.value) < SMALL and not said.hedge
    return Term(said, firm=whole)


@dataclass(frozen=True)
class Reading:
    """That `target` should be what `work` makes of the terms. `words` say how.

    `strict`: it is written out with its operators, so that no looser reading of the same numbers excuses it.
    """

    target: Spoken
    terms: tuple[Term, ...]
    work: Work
    words: str
    certainty: int = CERTAIN
    strict: bool = False

    @cached_property
    def value(self) -> Decimal:
        """What the printed numbers give, as they stand."""
        return self._of([term.point for term in self.terms]).low

    @cached_property
    def expected(self) -> Interval:
        """All that they may give within their printed precision."""
        return self._of([term.span for term in self.terms])

    @cached_property
    def holds(self) -> bool:
        return self.expected.meets(spread(self.target)) or self.expected.meets(_in_round_numbers(self.target))

    @property
    def exactly(self) -> bool:
        return self.value == abs(self.target.value)

    @property
    def cut_off(self) -> bool:
        """Whether dropping the last digits explains the number."""
        return is_cut_from(abs(self.target.value), self.target.step, self.expected)

    @property
    def holds_firmly(self) -> bool:
        """Whether it holds where small counts are what they are; a term or the number itself may be cut off."""
        firm = self._of([t.point if t.firm else _loose(t.span, t.said.step) for t in self.terms])
        if self.target.unit == "count" and all(term.firm for term in self.terms):
            return firm.meets(_in_round_numbers(self.target))  # pieces are neither rounded nor cut
        return firm.meets(_loose(spread(self.target), self.target.step)) or firm.meets(_in_round_numbers(self.target))

    def excuses(self, other: Reading) -> bool:
        """Whether a number may be meant this way, though it is not what another reading gives."""
        if not other.strict:
            return True
        same = {term.said for term in self.terms} == {term.said for term in other.terms}
        return self.certainty >= PROBABLE and not same

    @property
    def tolerance(self) -> Decimal:
        """The largest difference that rounding alone explains."""
        own = spread(self.target)
        return (self.expected.high - self.expected.low + own.high - own.low) / 2

    def slips(self) -> Iterator[tuple[Spoken, Decimal]]:
        """Numbers that make it hold when they are taken so many times: a thousand, a thousandth and the like."""
        for factor in FACTORS:
            for times in (ONE / factor, factor):
                if self.expected.meets(_scaled(spread(self.target), times)):
                    yield self.target, times
                for k, term in enumerate(self.terms):
                    if term.said.unit == "percent" or not term.said.value:
                        continue
                    spans = [_scaled(t.span, times) if k == n else t.span for n, t in enumerate(self.terms)]
                    if self._of(spans).meets(spread(self.target)):
                        yield term.said, times

    def _of(self, spans: Sequence[Interval]) -> Interval:
        with exactly():
            return self.work(spans)


def spread(said: Spoken) -> Interval:
    """What a number may stand for, by its printed precision and the words before it. Words carry the sign, so it has none."""
    value, half = abs(said.value), said.step / 2
    if said.hedge == "about":
        half += last_digit(said)
    low, high = max(ZERO, value - half), value + half
    if said.hedge == "below":
        low = ZERO
    elif said.hedge == "above":
        high *= MUCH_MORE
    return Interval(low, high)


def last_digit(said: Spoken) -> Decimal:
    """The size of the last digit that is not a nought: of 400 a hundred. Noughts after a point are meant."""
    if not said.value or "." in said.raw:
        return said.step
    bare = said.value.normalize()
    exponent = bare.as_tuple().exponent
    return max(said.step, ONE.scaleb(exponent if isinstance(exponent, int) else 0))


def _in_round_numbers(said: Spoken) -> Interval:
    """Where a number ends in noughts that look rounded (16,400) it may stand for all that rounds to it."""
    size = last_digit(said)
    rounded = said.scale == 1 and size >= said.step * HUNDRED and abs(said.value) > SMALL
    half = size / 2 if rounded else said.step / 2
    return Interval(max(ZERO, abs(said.value) - half), abs(said.value) + half)


def _loose(span: Interval, step: Decimal) -> Interval:
    return Interval(span.low, span.high + step / 2)


def _scaled(span: Interval, by: Decimal) -> Interval:
    return Interval(span.low * by, span.high * by)


def added(spans: Sequence[Interval]) -> Interval:
    total = Interval(ZERO, ZERO)
    for span in spans:
        total = total + span
    return total


def apart(spans: Sequence[Interval]) -> Interval:
    """The first less the others, whichever way round."""
    first, rest = spans[0], added(spans[1:])
    between = first - rest
    if between.high < 0:
        return Interval(-between.high, -between.low)
    return between if between.low >= 0 else Interval(ZERO, max(between.high, -between.low))


def times(left: Interval, right: Interval) -> Interval:
    """A product of spans that are not below nought, or the left of which may be."""
    ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    return Interval(min(ends), max(ends))


def over(left: Interval, right: Interval) -> Interval:
    ends = [a / max(b, TINY) for a in (left.low, left.high) for b in (right.low, right.high)]
    return Interval(min(ends), max(ends))


def hundredth(span: Interval) -> Interval:
    return Interval(span.low / HUNDRED, span.high / HUNDRED)


def share(spans: Sequence[Interval]) -> Interval:
    """The first as a percentage of the second."""
    return over(times(spans[0], Interval(HUNDRED, HUNDRED)), spans[1])


def change(spans: Sequence[Interval]) -> Interval:
    """How much the second is above or below the first, as a percentage of it."""
    ratio = share((spans[1], spans[0]))
    low, high = ratio.low - HUNDRED, ratio.high - HUNDRED
    if high < 0:
        return Interval(-high, -low)
    return Interval(max(low, ZERO), max(high, -low))


def part(spans: Sequence[Interval]) -> Interval:
    """The first, a percentage, of the second."""
    return times(hundredth(spans[0]), spans[1])


def left_over(spans: Sequence[Interval]) -> Interval:
    """The second less a percentage of it."""
    kept = Interval(HUNDRED - spans[0].high, HUNDRED - spans[0].low)
    return times(hundredth(kept), spans[1])


def raised(spans: Sequence[Interval]) -> Interval:
    """The second and a percentage of it."""
    whole = Interval(HUNDRED + spans[0].low, HUNDRED + spans[0].high)
    return times(hundredth(whole), spans[1])


def at_most(spans: Sequence[Interval]) -> Interval:
    """Their sum, or anything more."""
    total = added(spans)
    return Interval(total.low, max(total.high, ONE) * MUCH_MORE * MUCH_MORE)
