"""The range of delivery that printed figures allow: the short way against the polygon."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from qippctl.calc.precision import Range, Ratio, by_ends, by_polygon, within
from qippctl.models.policy import Span
from qippctl.money import Interval, interval

NUMBERS = st.integers(-3000, 6000).map(lambda n: Decimal(n) / 10)
STEPS = st.sampled_from([Decimal(0), Decimal("0.1"), Decimal(1), Decimal(10), Decimal(100)])
PRINTED = st.builds(interval, NUMBERS, STEPS)


def ends(found: Range | None) -> tuple[Fraction, Fraction] | None:
    return None if found is None else (found.low.percent, found.high.percent)


@settings(max_examples=400, deadline=None)
@given(
    planned=st.builds(interval, st.integers(1, 6000).map(lambda n: Decimal(n) / 10), STEPS).filter(lambda p: p.low > 0),
    got=PRINTED,
    off=st.one_of(st.none(), st.builds(interval, st.integers(-20, 20).map(Decimal), STEPS)),
    near=st.one_of(st.none(), st.builds(interval, st.integers(-5, 5).map(Decimal), STEPS)),
)
@example(
    interval(Decimal(600), Decimal(100)), interval(Decimal(600), Decimal(100)), interval(Decimal(0), Decimal(1)), None
)
def test_the_short_way_gives_the_range_of_the_polygon(
    planned: Interval, got: Interval, off: Interval | None, near: Interval | None
) -> None:
    """With variances and percentages that agree with plan and actual, or nearly, so that they cut."""
    middle = got.low + got.high - planned.low - planned.high
    variance = None if off is None else Interval(middle / 2 + off.low, middle / 2 + off.high)
    share = ((got.low + got.high) / (planned.low + planned.high) * 100).quantize(Decimal(1))
    percentage = None if near is None else Interval(share + near.low, share + near.high)
    short, long = by_ends(planned, got, variance, percentage), by_polygon(planned, got, variance, percentage)
    assert ends(short) == ends(long)


def test_numbers_too_long_for_exact_decimals_are_worked_out_in_fractions() -> None:
    tiny = Decimal(1).scaleb(-250)
    planned, got = Interval(Decimal(1), 1 + Decimal(10) ** 5), Interval(tiny, tiny)
    variance = Interval(Decimal(-(10**6)), Decimal(0))
    assert ends(within(planned, got, variance, None)) == ends(by_polygon(planned, got, variance, None))


def test_a_range_meets_a_span_at_its_first_value_and_not_at_its_last() -> None:
    found = Range(Ratio(Decimal(80), Decimal(100)), Ratio(Decimal(95), Decimal(100)))
    assert found.meets(Span(Decimal(95), None))
    assert not found.meets(Span(None, Decimal(80)))
    assert not found.meets(Span(Decimal("95.1"), None))
