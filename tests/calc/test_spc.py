"""XmR numbers against worked examples that were computed by hand; every step of them is written down here."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qippctl.calc import spc

# A: one great leap. Mean (6 x 10 + 5 x 12 + 30) / 12 = 150 / 12 = 12.5. Ten moving ranges of 2, one of 20: 40 / 11 = 3.6364.
# 3.267 x 3.6364 = 11.88: the 20 is left out, and 20 / 10 = 2 remains. 2.66 x 2 = 5.32: limits 7.18 and 17.82. 30 is outside;
# two thirds of 5.32 are 3.5467, 8.9533 to 16.0467, within which all others are; eleven in a row are below 12.5.
A = ([10, 12] * 5 + [10, 30], "12.5", "2", "7.18", "17.82", {11})
A_SIGNALS = [["shift"]] * 11 + [["outside"]]
# B: a slow rise. Sum 6 x 21 + 20 + 21 + 22 + 23 + 24 + 25 + 26 = 126 + 161 = 287; 287 / 13 = 22.0769. Moving ranges six of 2, six
# of 1: 18 / 12 = 1.5; none above 4.9. 2.66 x 1.5 = 3.99: limits 18.0869 and 26.0669. Two thirds are 2.66: 19.4169 to 24.7369, so
# 25 and 26 are beyond. 20 (the seventh) to 26 are seven rising. The first nine are at most 22, below the mean.
B = ([20, 22] * 3 + [20, 21, 22, 23, 24, 25, 26], "22.0769", "1.5", "18.0869", "26.0669", set())
B_SIGNALS = [["shift"]] * 6 + [["trend", "shift"]] * 3 + [["trend"]] * 2 + [["trend", "two_of_three"]] * 2
# C: nothing but chance. 3 x (5 + 7 + 6 + 8) / 12 = 78 / 12 = 6.5. Moving ranges 2 1 2 3 2 1 2 3 2 1 2: 21 / 11 = 1.9091.
# 2.66 x 1.9091 = 5.0782: limits 1.4218 and 11.5782. Every second point is above the mean, the others are below it.
C = ([5, 7, 6, 8] * 3, "6.5", "1.9091", "1.4218", "11.5782", set())
C_SIGNALS: list[list[str]] = [[]] * 12
# D: the NHS-R community's own example of leaving out (NHSRplotthedots), which shows 4.6, 1.94 and -0.72. 35 / 18 = 1.9444.
# Moving ranges fifteen of 1, an 8 and a 9: 32 / 17 = 1.8824; 3.267 x 1.8824 = 6.15: both are left out. 1.9444 - and + 2.66.
D = ([1, 2, 1, 2, 10] + [1, 2] * 6 + [1], "1.9444", "1", "-0.7156", "4.6044", {4, 5})


@pytest.mark.parametrize(("values", "mean", "mean_range", "lower", "upper", "left_out"), [A, B, C, D])
def test_limits(values: list[int], mean: str, mean_range: str, lower: str, upper: str, left_out: set[int]) -> None:
    found = spc.limits([Decimal(value) for value in values])
    assert found is not None
    shown = [spc.decimal(number) for number in (found.mean, found.mean_range, found.lower, found.upper)]
    assert shown == [Decimal(number) for number in (mean, mean_range, lower, upper)]
    assert found.left_out == left_out


def named(values: list[int]) -> list[list[str]]:
    numbers = [Decimal(value) for value in values]
    within = spc.limits(numbers)
    assert within is not None
    return [[signalled.signal for signalled in own] for own in spc.signals(numbers, within)]


@pytest.mark.parametrize(("series", "signals"), [(A, A_SIGNALS), (B, B_SIGNALS), (C, C_SIGNALS)])
def test_signals_come_in_their_order(series: tuple, signals: list[list[str]]) -> None:
    assert named(series[0]) == signals


# Limits that stay as they are told, so that one rule at a time can be tried: mean 10, limits 4 and 16, two thirds 6 and 14.
STEADY = spc.Limits(mean=spc.Fraction(10), mean_range=spc.Fraction(6) / spc.LIMIT, left_out=frozenset())


@pytest.mark.parametrize(
    ("values", "signal", "where"),
    [
        ([10, 16, 10], "outside", []),  # on the limit is within
        ([10, 17, 3], "outside", [1, 2]),
        ([7, 8, 9, 10, 11, 12, 13], "trend", [0, 1, 2, 3, 4, 5, 6]),
        ([7, 8, 9, 10, 11, 12, 12], "trend", []),  # the seventh does not rise
        ([8, 9, 10, 11, 12, 13], "trend", []),  # six are too few
        ([13, 12, 11, 10, 9, 8, 7, 9], "trend", [0, 1, 2, 3, 4, 5, 6]),
        ([15, 15, 10], "two_of_three", [0, 1]),
        ([15, 9, 15], "two_of_three", [0, 2]),
        ([15, 10, 10, 15], "two_of_three", []),  # not within three
        ([15, 5, 10], "two_of_three", []),  # not on one side
        ([14, 15, 10], "two_of_three", []),  # 14 is at two thirds, not beyond
        ([11, 12, 11, 12, 11, 12, 11], "shift", [0, 1, 2, 3, 4, 5, 6]),
        ([11, 12, 11, 10, 11, 12, 11, 12], "shift", []),  # one on the mean ends the run
        ([11, 12, 11, 12, 11, 12], "shift", []),
    ],
)
def test_each_rule_alone(values: list[int], signal: str, where: list[int]) -> None:
    found = spc.signals([Decimal(value) for value in values], STEADY)
    assert [place for place, own in enumerate(found) if signal in [s.signal for s in own]] == where


@pytest.mark.parametrize(
    ("high", "better", "judgement"),
    [
        (True, "higher", "improvement"),
        (False, "higher", "concern"),
        (True, "lower", "concern"),
        (False, "lower", "improvement"),
        (True, None, "no_judgement"),
    ],
)
def test_a_signal_is_judged_by_which_way_is_better(high: bool, better: spc.Better | None, judgement: str) -> None:
    assert spc.judged([spc.Signalled("outside", high)], better) == judgement
    assert spc.judged([], better) is None


def test_the_first_signal_judges() -> None:
    assert spc.judged([spc.Signalled("trend", True), spc.Signalled("shift", False)], "higher") == "improvement"


@pytest.mark.parametrize("values", [[], [5]])
def test_no_limits_of_fewer_than_two(values: list[int]) -> None:
    assert spc.limits([Decimal(value) for value in values]) is None


def test_values_that_never_change_have_limits_and_no_signal() -> None:
    assert named([5] * 12) == [[]] * 12


@pytest.mark.parametrize(
    ("years", "cumulative"),
    [
        ([[10, 20, 30], [9, 21, 33]], True),
        ([[10, 20, 30], [35, 41, 43]], False),  # it does not begin anew
        ([[10, 20, 15], [9, 21, 33]], False),
        ([[10, 20, 30, 40, 50]], False),  # one year may be a trend
        ([[10, 20], [9, 21]], False),
    ],
)
def test_a_count_to_date_is_told_by_its_shape(years: list[list[int]], cumulative: bool) -> None:
    values = [(2014 + n, Decimal(value)) for n, year in enumerate(years) for value in year]
    assert spc.is_cumulative(values) is cumulative
