"""A year month by month: what is printed, what is worked out, what is unknown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from build import figure
from calc.test_forecast import gathered, months
from qippctl.calc.position import Position
from qippctl.calc.profile import answers, break_even, recurrent_part
from qippctl.models.figure import Figure
from qippctl.models.profiles import ProfileAnswer

EVEN = dict.fromkeys(range(1, 13), 10)


def profile(
    measure: str, *figures: Figure, to_date: dict[int, Figure] | None = None, **rest: Any
) -> ProfileAnswer | None:
    position = gathered(*figures, reported=rest.pop("reported", "2014/15-M11"))
    return next((a for a in answers(position, to_date, **rest) if a.measure == measure), None)


def known(found: ProfileAnswer | None) -> dict[int, int | float]:
    assert found is not None
    return {k: float(m.value) for k, m in enumerate(found.months, 1) if m.value is not None}


def derived(found: ProfileAnswer | None) -> list[int]:
    assert found is not None
    return [k for k, m in enumerate(found.months, 1) if m.is_derived]


def test_a_plan_as_printed() -> None:
    found = profile("plan", *months("plan", EVEN), figure("plan", "year", 120))
    assert (known(found), derived(found)) == (EVEN, [])
    assert found is not None
    assert (found.derived, found.total) == ("printed", 120)
    assert [m.cumulative for m in found.months] == [10 * k for k in range(1, 13)]


def test_blank_months_of_a_plan_are_nought_where_the_others_make_up_the_year() -> None:
    found = profile("plan", *months("plan", {9: 10, 10: 10, 11: 10, 12: 10}), figure("plan", "year", 40))
    assert known(found) == {**dict.fromkeys(range(1, 9), 0), 9: 10, 10: 10, 11: 10, 12: 10}
    assert derived(found) == list(range(1, 9))


def test_the_one_month_that_is_not_printed_is_the_rest_of_the_year() -> None:
    eleven = {m: v for m, v in EVEN.items() if m != 11}
    found = profile("plan", *months("plan", eleven), figure("plan", "year", 150))
    assert (known(found)[11], derived(found)) == (40, [11])
    assert found is not None and found.total == 150


def test_months_with_holes_stay_unknown_and_so_do_their_sums() -> None:
    found = profile("plan", *months("plan", {1: 10, 2: 10, 5: 10}), figure("plan", "year", 120))
    assert known(found) == {1: 10, 2: 10, 5: 10}
    assert found is not None
    assert [m.cumulative for m in found.months] == [10, 20, *[None] * 9, 120]
    assert found.total == 120


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([figure("plan", "year", 120)], EVEN),
        ([figure("plan", "year", 0)], dict.fromkeys(range(1, 13), 0)),
        ([figure("plan", "year", -120)], dict.fromkeys(range(1, 13), -10)),
        ([figure("plan", "year", 120), figure("plan", "ytd", 55)], {**dict.fromkeys(range(1, 12), 5), 12: 65}),
        # the one month that is printed stays as it is
        (
            [figure("plan", "year", 120), figure("plan", "ytd", 55), *months("plan", {11: 15})],
            {**dict.fromkeys(range(1, 11), 4), 11: 15, 12: 65},
        ),
    ],
)
def test_straight_line(figures: list[Figure], expected: dict[int, int]) -> None:
    found = profile("plan", *figures)
    assert known(found) == expected
    assert found is not None and found.derived == "straight_line"
    printed = [int(f.period[-2:]) for f in figures if f.basis == "month" and f.period]
    assert derived(found) == [m for m in range(1, 13) if m not in printed]


def test_pennies_of_an_even_spread_add_up_to_the_year() -> None:
    found = profile("plan", figure("plan", "year", 100))
    assert found is not None
    assert (found.months[0].value, found.months[11].value, found.total) == (Decimal("8.33"), Decimal("8.37"), 100)


def test_months_from_amounts_to_date() -> None:
    earlier = {m: figure("actual", "ytd", v, period=f"2014/15-M{m:02d}") for m, v in {8: 80, 9: 100, 10: 90}.items()}
    found = profile("actual", figure("actual", "ytd", 120), to_date=earlier)
    # An amount to date that falls is a month below nought; before the first nothing is known.
    assert known(found) == {9: 20, 10: -10, 11: 30}
    assert found is not None
    assert (found.derived, derived(found), found.total) == ("differences", [9, 10, 11], None)
    assert [m.cumulative for m in found.months[6:]] == [None, 80, 100, 90, 120, None]


def test_an_amount_to_date_alone_is_no_month() -> None:
    assert profile("actual", figure("actual", "ytd", 120)) is None


def test_the_latest_month_alone_stands_with_the_amount_to_date() -> None:
    found = profile("actual", figure("actual", "ytd", 120), *months("actual", {11: 15}))
    assert known(found) == {11: 15}
    assert found is not None and [m.cumulative for m in found.months[9:]] == [None, 120, None]


def test_the_latest_month_that_is_all_there_is_leaves_noughts_before_it() -> None:
    found = profile("actual", figure("actual", "ytd", 15), *months("actual", {11: 15}))
    assert known(found) == {**dict.fromkeys(range(1, 11), 0), 11: 15}
    assert derived(found) == list(range(1, 11))


def test_data_that_end_earlier_say_nothing_of_the_reported_month() -> None:
    early = {9: figure("actual", "ytd", 80, period="2014/15-M09")}
    figures = [figure("plan", "year", 120), figure("forecast", "year", 130), figure("actual", "ytd", 100)]
    assert profile("actual", *figures, to_date=early, data_to="2014/15-M10") is None
    assert known(profile("forecast", *figures, to_date=early, data_to="2014/15-M10")) == {11: 15, 12: 15}


def test_a_forecast_goes_on_in_the_shape_of_the_plan() -> None:
    plan = months("plan", {**dict.fromkeys(range(1, 10), 10), 10: 0, 11: 10, 12: 30})
    rest = {"period": "2014/15-M09"}
    found = profile(
        "forecast", *plan, figure("actual", "ytd", 60, **rest), figure("forecast", "year", 100), reported="2014/15-M09"
    )
    assert known(found) == {10: 0, 11: 10, 12: 30}
    assert found is not None and (found.derived, found.total) == ("plan_shaped", 100)
    assert derived(found) == [10, 11, 12]


@pytest.mark.parametrize(
    "plan",
    [
        [],
        months("plan", {**dict.fromkeys(range(1, 10), 10), 10: 0, 11: 0, 12: 0}),  # nothing left to go by
        months("plan", {1: 10, 2: 10, 10: 5}),  # holes in what is left
        months("plan", {**dict.fromkeys(range(1, 10), 10), 10: -5, 11: 5, 12: 5}),
    ],
)
def test_a_forecast_without_a_shape_goes_on_evenly(plan: list[Figure]) -> None:
    rest = {"period": "2014/15-M09"}
    found = profile(
        "forecast", *plan, figure("actual", "ytd", 60, **rest), figure("forecast", "year", 90), reported="2014/15-M09"
    )
    assert known(found) == {10: 10, 11: 10, 12: 10}
    assert found is not None and found.derived == "straight_line"


def test_a_forecast_below_what_is_delivered_goes_below_nought() -> None:
    found = profile("forecast", figure("actual", "ytd", 197), figure("forecast", "year", 14))
    assert known(found) == {12: -183}


@pytest.mark.parametrize("reported", ["2014/15-M12", "2014/15"])
def test_no_months_left_or_none_reported_is_no_forecast_by_month(reported: str) -> None:
    actual = figure("actual", "ytd", 60, period="2014/15-M12")
    assert profile("forecast", actual, figure("forecast", "year", 100), reported=reported) is None


def test_months_of_a_forecast_that_are_printed_count_and_what_was_delivered_comes_first() -> None:
    found = profile("forecast", *months("actual", {1: 3, 2: 4}), *months("forecast", dict.fromkeys(range(3, 13), 5)))
    assert known(found) == {1: 3, 2: 4, **dict.fromkeys(range(3, 13), 5)}
    assert found is not None and (found.derived, found.total, derived(found)) == ("printed", 57, [])


@pytest.mark.parametrize(
    ("amounts", "outliers"),
    [
        ({1: 44, **dict.fromkeys(range(2, 13), 6)}, [1]),  # 40% of the year in month 1
        (EVEN, []),
        ({**dict.fromkeys(range(1, 9), 0), **dict.fromkeys(range(9, 13), 10)}, []),  # from December, evenly
        ({**dict.fromkeys(range(1, 12), 0), 12: 10}, [12]),  # all in March
        ({**dict.fromkeys(range(1, 11), 0), 11: 10, 12: 10}, []),
        ({**dict.fromkeys(range(1, 11), 0), 11: 4, 12: 10}, [12]),
        ({1: 26, **dict.fromkeys(range(2, 12), 7), 12: 4}, [1]),
        ({1: 25, **dict.fromkeys(range(2, 12), 7), 12: 5}, []),  # three even shares and no more
        (dict.fromkeys(range(1, 13), -10), []),
        ({1: 40, 2: 5}, []),  # a year of which only two months are known
    ],
)
def test_phasing_outliers(amounts: dict[int, int], outliers: list[int]) -> None:
    found = profile("plan", *months("plan", amounts))
    assert found is not None
    assert [k for k, m in enumerate(found.months, 1) if m.is_outlier] == outliers


def test_what_is_spread_has_no_outliers() -> None:
    found = profile("plan", figure("plan", "year", 120), figure("plan", "ytd", 11))
    assert found is not None and not any(m.is_outlier for m in found.months)


def test_doubts_of_the_figures_are_told() -> None:
    found = profile("forecast", figure("actual", "ytd", 60, doubts=("sum-fails",)), figure("forecast", "year", 90))
    assert found is not None and found.doubts == ("sum-fails",)


def planned(amounts: dict[int, int]) -> ProfileAnswer:
    found = profile("plan", *months("plan", amounts))
    assert found is not None
    return found


def from_month(first: int, amount: int) -> dict[int, int]:
    return {m: amount if m >= first else 0 for m in range(1, 13)}


@pytest.mark.parametrize(
    ("profiles", "deficit", "met", "is_open", "summed", "is_sum_open"),
    [
        ([from_month(1, 10)], 120, "2014/15-M01", False, "2014/15-M12", False),
        ([from_month(1, 10)], 121, None, False, None, False),
        ([from_month(9, 10), from_month(4, 10)], 240, "2014/15-M09", False, None, False),
        ([from_month(9, 10), from_month(4, 10)], 120, "2014/15-M04", False, "2014/15-M12", False),
        # of one scheme the first months are unknown: a later month is the first that is known to meet it
        ([from_month(1, 10), {11: 10, 12: 10}], 100, "2014/15-M11", True, None, True),
        ([from_month(1, 10), {11: 10, 12: 10}], 10_000, None, True, None, True),
    ],
)
def test_break_even(
    profiles: list[dict[int, int]], deficit: int, met: str | None, is_open: bool, summed: str | None, is_sum_open: bool
) -> None:
    found = break_even("Body", "2014/15", [planned(p) for p in profiles], Decimal(deficit), len(profiles) + 1)
    assert found is not None
    assert (found.met, found.is_met_open) == (met, is_open)
    assert (found.met_cumulative, found.is_met_cumulative_open) == (summed, is_sum_open)
    assert (found.schemes, found.left_out, found.spread) == (len(profiles), 1, 0)


def test_break_even_says_how_many_are_spread_evenly() -> None:
    even = profile("plan", figure("plan", "year", 120))
    assert even is not None
    found = break_even("Body", "2014/15", [even, planned(EVEN)], Decimal(1), 2)
    assert found is not None and (found.spread, found.derived) == (1, True)


def test_break_even_tells_the_doubts_of_what_it_added_up() -> None:
    doubtful = profile("plan", *months("plan", EVEN, doubts=("unit-unknown",)))
    assert doubtful is not None
    found = break_even("Body", "2014/15", [doubtful, planned(EVEN)], Decimal(1), 2)
    assert found is not None and found.doubts == ("unit-unknown",)


def test_break_even_of_nothing_is_none() -> None:
    assert break_even("Body", "2014/15", [], Decimal(1), 3) is None


@pytest.mark.parametrize(
    ("parts", "monthly"),
    [
        ({}, 10),
        ({"recurrent": 60, "non_recurrent": 60}, 5),
        ({"non_recurrent": 30}, 7.5),
        ({"recurrent": 0}, 0),
        # a part-year adjustment is no saving that comes once
        ({"non_recurrent": -284}, 10),
        ({"recurrent": 426}, 10),
    ],
)
def test_only_the_recurrent_part_meets_a_recurrent_deficit(parts: dict[str, int], monthly: float) -> None:
    position: Position = gathered(
        *months("plan", EVEN),
        figure("plan", "year", 120),
        *(figure("plan", "year", v, recurrence=r) for r, v in parts.items()),
    )
    whole = next(a for a in answers(position) if a.measure == "plan")
    found = recurrent_part(position, whole)
    assert {float(m.value) for m in found.months if m.value is not None} == {monthly}
    assert found.months[0].is_derived is (monthly != 10)
