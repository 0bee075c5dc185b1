"""What charts are made of: amounts as printed with their figures, what is worked out marked, the rest put together."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from build import figure
from qippctl.calc import plotting, profile
from qippctl.calc.position import Position
from qippctl.calc.positions import Stated, positions
from qippctl.calc.variance import waterfall
from qippctl.models.answers import VarianceAnswer, WaterfallStep
from qippctl.models.figure import Figure
from qippctl.models.movements import MovementAnswer


def position(*figures: Figure, reported: str = "2014/15-M11") -> Position:
    (found,) = positions([Stated(f) for f in figures], [], reported)
    return found


def steps(*variances: int, actual: int | None = None) -> list[WaterfallStep]:
    """The steps of schemes of 100 each; `actual` is what the total prints, where it is not their sum."""
    common = {"organisation": "Body", "workstream": None, "period": "2014/15-M11", "basis": "ytd", "delivery": None}
    plan = 100 * len(variances)
    end = plan + sum(variances) if actual is None else actual
    total = VarianceAnswer(
        **common, scheme=None, role="total", plan=Decimal(plan), actual=Decimal(end), variance=Decimal(end - plan)
    )
    parts = [
        VarianceAnswer(**common, scheme=f"S{k}", role="scheme", plan=Decimal(100), actual=Decimal(100 + v), variance=Decimal(v))
        for k, v in enumerate(variances)
    ]  # fmt: skip
    return waterfall(total, parts)


def test_a_printed_amount_is_taken_with_its_figure_and_doubts() -> None:
    subject = position(
        figure("plan", "ytd", 90, column=1), figure("actual", "ytd", 80, column=2, doubts=("unit-slip",)),
        figure("plan", "year", 100, column=3), figure("forecast", "year", 95, column=4),
    )  # fmt: skip
    found = {own.role: own for own in plotting.cumulative(subject, {}, profile.answers(subject))}
    month = "2014/15-M11"
    actual = next(m for m in found["actual"].marks if m.label == month)
    assert (actual.value, actual.is_derived, actual.doubts) == (80, False, ("unit-slip",))
    assert actual.sources == (subject.find("actual", "ytd").id,)  # type: ignore[union-attr]
    plan = {m.label: (m.value, m.is_derived) for m in found["plan"].marks}
    assert (plan[month], plan["2014/15-M12"]) == ((90, False), (100, False))
    assert plan["2014/15-M01"][1], "spread evenly, so worked out"
    assert [(m.label, m.value) for m in found["forecast"].marks] == [("2014/15-M12", 95)]


def test_earlier_papers_give_the_months_before_and_the_newest_paper_overrules_them() -> None:
    nine = position(figure("actual", "ytd", 50, period="2014/15-M09"), reported="2014/15-M09")
    ten = position(figure("actual", "ytd", 60, period="2014/15-M10"), reported="2014/15-M10")
    now = position(figure("actual", "ytd", 80, column=1), figure("actual", "ytd", 65, column=2, period="2014/15-M10"))
    line = {"2014/15-M09": nine, "2014/15-M10": ten, "2014/15-M11": now}
    (actual,) = [own for own in plotting.cumulative(now, line, []) if own.role == "actual"]
    assert [(m.label[-3:], m.value) for m in actual.marks] == [("M09", 50), ("M10", 65), ("M11", 80)]


def test_a_year_spread_evenly_is_no_month_of_a_profile() -> None:
    subject = position(figure("plan", "year", 120, column=1))
    assert plotting.monthly(subject, profile.answers(subject)) == []


def test_months_are_as_printed_and_the_forecast_is_of_what_is_to_come() -> None:
    months = [figure("plan", "month", 10 + m, column=m, period=f"2014/15-M{m:02d}") for m in range(1, 13)]
    subject = position(*months, figure("actual", "month", 9, column=20), figure("forecast", "year", 150, column=21),
                       figure("actual", "ytd", 130, column=22))  # fmt: skip
    found = {own.role: own.marks for own in plotting.monthly(subject, profile.answers(subject))}
    assert [m.value for m in found["plan"]] == [10 + m for m in range(1, 13)]
    assert not any(m.is_derived for m in found["plan"])
    assert {m.label for m in found["forecast"]} == {"2014/15-M12"}
    assert all(m.is_derived for m in found["forecast"])


@pytest.mark.parametrize(
    ("variances", "largest", "expected"),
    [
        ((-50, 30), 5, ["S0", "S1"]),
        ((-50, -1, 2, 30), 2, ["S0", "2 others, net", "S3"]),
        ((-50, -1, 30), 2, ["S0", "S1", "S2"]),  # one left over keeps its name
        ((-50, -1, -2, -3), 1, ["S0", "3 others, net"]),
        ((50, 1, 2), 1, ["2 others, net", "S0"]),
    ],
)
def test_small_changes_are_put_together(variances: tuple[int, ...], largest: int, expected: list[str]) -> None:
    made = steps(*variances)
    called = [s.scheme or s.step for s in made]
    marks = plotting.waterfall(made, called, largest).marks
    assert [m.label for m in marks[1:-1]] == expected
    assert marks[-1].running == marks[-1].value == 100 * len(variances) + sum(variances)
    for before, after in pairwise(marks[:-1]):
        assert before.running is not None and after.value is not None
        assert after.running == before.running + after.value


def test_what_the_rows_leave_unexplained_stays_by_itself() -> None:
    made = steps(-50, -1, -2, -3, actual=390)
    marks = plotting.waterfall(made, [s.scheme or s.step for s in made], 1).marks
    assert [m.label for m in marks] == ["plan", "S0", "3 others, net", "unexplained", "actual"]
    assert marks[-2].value == 46


def movement(**values: int | None) -> MovementAnswer:
    known = {name: None if v is None else Decimal(v) for name, v in values.items()}
    return MovementAnswer(
        organisation="Body", workstream=None, scheme=None, role="total", period="2014/15-M11", basis="ytd",
        from_period="2014/15-M10", to_period="2014/15-M11", rag_from=None, rag_to=None, arrow=None,
        plan_from=None, plan_to=None, actual_from=None, actual_to=None, forecast_from=None, forecast_to=None, **known,
    )  # fmt: skip


def test_a_bridge_adds_up_from_one_variance_to_the_other() -> None:
    found = plotting.bridge(movement(variance_from=-10, variance_to=-13, delivery=-10, rephasing=5, restatement=2))
    assert found is not None
    assert [(m.label, m.value, m.running) for m in found.marks] == [
        ("2014/15-M10", -10, -10), ("Delivery", -10, -20), ("Re-phasing", 5, -15), ("Restatement", 2, -13),
        ("2014/15-M11", -13, -13),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [{"variance_from": -1, "variance_to": -2}, {"variance_to": -2, "delivery": -1}, {"delivery": -1}],
)
def test_a_change_that_is_not_parted_is_no_bridge(values: dict[str, int]) -> None:
    assert plotting.bridge(movement(**values)) is None
