"""Variances of spans, what each scheme contributes, and the way from plan to actual."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from build import figure
from calc.test_forecast import gathered
from qippctl.calc.variance import answer, contributions, waterfall
from qippctl.models.answers import VarianceAnswer

M11 = "2014/15-M11"


def judged(
    variance: int | None, plan: int | None = 100, actual: int | None = None, role: str = "scheme", **rest: Any
) -> VarianceAnswer:
    got = actual if actual is not None or plan is None or variance is None else plan + variance
    default = {
        "organisation": "Body",
        "workstream": None,
        "scheme": "A",
        "period": M11,
        "basis": "ytd",
        "delivery": None,
    }
    return VarianceAnswer(**(default | {"role": role, "plan": plan, "actual": got, "variance": variance} | rest))


def total(variance: int | None, plan: int | None, actual: int | None = None) -> VarianceAnswer:
    return judged(variance, plan, actual, role="total", scheme=None)


@pytest.mark.parametrize(
    ("variances", "whole", "expected"),
    [
        ([-60, -40], None, [60, 40]),
        ([-150, 50], None, [150, -50]),
        ([-60, -40], -200, [30, 20]),  # of the programme's own variance, where it is printed
        ([-60, 60], None, [None, None]),  # shares of nothing
        ([-60, 60], 0, [None, None]),
        ([-60, None, -40], None, [60, None, 40]),
        ([0, -40], None, [0, 100]),
        ([], None, []),
    ],
)
def test_contributions(variances: list[int | None], whole: int | None, expected: list[int | None]) -> None:
    parts = [judged(v) for v in variances]
    assert contributions(parts, Decimal(whole) if whole is not None else None) == expected


def steps(*arguments: Any) -> list[tuple[str, int, int]]:
    return [(s.step, int(s.change), int(s.running)) for s in waterfall(*arguments)]


def test_a_waterfall_goes_from_plan_to_actual_the_most_adverse_first() -> None:
    parts = [judged(20), judged(-50), judged(0), judged(-30)]
    assert steps(total(-60, 400), parts) == [
        ("plan", 400, 400), ("scheme", -50, 350), ("scheme", -30, 320), ("scheme", 0, 320), ("scheme", 20, 340),
        ("actual", 340, 340),
    ]  # fmt: skip
    shares = [s.share for s in waterfall(total(-60, 400), parts)]
    assert shares == [None, Decimal("62.5"), Decimal("37.5"), None, Decimal(100), None]


def test_what_the_rows_leave_is_a_step_of_its_own() -> None:
    assert steps(total(-90, 400), [judged(-50)]) == [
        ("plan", 400, 400), ("scheme", -50, 350), ("unexplained", -40, 310), ("actual", 310, 310),
    ]  # fmt: skip


def test_a_plan_without_a_scheme_explains_its_part() -> None:
    parts = [judged(-50), judged(-40, role="unidentified", scheme="Unidentified")]
    assert [s[0] for s in steps(total(-90, 400), parts)] == ["plan", "scheme", "adjustment", "actual"]


def test_without_a_total_the_ends_are_sums_and_say_so() -> None:
    found = waterfall(None, [judged(-50), judged(20)])
    assert [(s.step, s.running, s.is_derived) for s in found] == [
        ("plan", 200, True), ("scheme", 150, False), ("scheme", 170, False), ("actual", 170, True),
    ]  # fmt: skip


def test_a_total_without_its_variance_is_not_mixed_with_sums() -> None:
    """A plan of 45.2m without an outcome does not end where a few schemes do."""
    found = waterfall(judged(None, 45_200, role="total", scheme=None), [judged(-50)])
    assert [(s.step, s.running) for s in found] == [("plan", 100), ("scheme", 50), ("actual", 50)]


def test_a_total_whose_variance_alone_is_printed_ends_at_its_plan_and_that() -> None:
    found = waterfall(
        judged(-90, 400, None, role="total", scheme=None).model_copy(update={"actual": None}), [judged(-90)]
    )
    assert [(s.step, s.running, s.is_derived) for s in found][-1] == ("actual", 310, True)


def test_schemes_without_a_variance_are_no_steps() -> None:
    assert steps(None, [judged(None, 100)]) == []
    assert steps(None, [judged(-5, None)]) == []
    assert steps(total(-60, 400), []) == []


def test_doubts_go_with_their_steps() -> None:
    found = waterfall(total(-50, 400), [judged(-50, doubts=("sum-fails",))])
    assert [s.doubts for s in found] == [(), ("sum-fails",), ()]


def test_yields_of_the_year_to_date_and_of_the_forecast_are_apart_whatever_the_basis() -> None:
    position = gathered(
        figure("plan", "ytd", 100), figure("actual", "ytd", 50), figure("plan", "year", 200), figure("forecast", "year", 150),
        figure("plan", "month", 10), figure("actual", "month", 12),
    )  # fmt: skip
    for basis, plan, got, delivered in (("month", 10, 12, 120), ("ytd", 100, 50, 50), ("year", 200, 150, 75)):
        found = answer(position, basis, M11)  # type: ignore[arg-type]
        assert found is not None
        assert (found.plan, found.actual, found.variance, found.delivery) == (plan, got, got - plan, delivered)
        assert (found.yield_ytd, found.yield_forecast) == (50, 75)


def test_recurrent_parts_and_full_year_effect_stand_beside_the_whole_with_their_doubts() -> None:
    position = gathered(
        figure("plan", "year", 100), figure("plan", "year", 70, recurrence="recurrent"),
        figure("plan", "year", 30, recurrence="non_recurrent", doubts=("look-alike",)),
        figure("forecast", "year", 65, recurrence="recurrent"), figure("plan", "fye", 140, recurrence="recurrent"),
    )  # fmt: skip
    found = answer(position, "year", "2014/15")
    assert found is not None
    assert (found.plan_recurrent, found.plan_non_recurrent, found.actual_recurrent, found.full_year_effect) == (
        70,
        30,
        65,
        140,
    )
    assert found.doubts == ("look-alike",)
    assert len(found.sources) == 5
