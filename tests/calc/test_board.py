"""What belongs in a board's paper, and in which order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from qippctl.calc import board
from qippctl.models.answers import Programme, RagAnswer, Subject, VarianceAnswer
from qippctl.models.forecasts import Cases, ForecastAnswer

M11 = "2014/15-M11"


def subject(
    name: str | None,
    plan: Any = None,
    actual: Any = None,
    colour: Any = None,
    *,
    role: Any = "scheme",
    workstream: str | None = "W",
    year: tuple[Any, Any] | None = None,
) -> Subject:
    who = {"organisation": "B", "workstream": workstream, "scheme": name, "role": role, "period": M11}

    def held(basis: Any, plan: Any, actual: Any) -> VarianceAnswer:
        off = None if plan is None or actual is None else Decimal(actual) - Decimal(plan)
        return VarianceAnswer(**who, basis=basis, plan=plan, actual=actual, variance=off, delivery=None)

    variance = held("ytd", plan, actual)
    rag = RagAnswer(
        **who,
        basis="ytd",
        dimension="finance",
        plan=plan,
        actual=actual,
        variance=variance.variance,
        delivery=None,
        printed=None,
        derived=colour,
        certainty="certain" if colour else "none",
        possible=(colour,) if colour else (),
        policy="p",
    )
    return Subject(rag, variance, held("year", *year) if year else None)


def programme(*subjects: Subject, basis: Any = "ytd") -> Programme:
    return Programme("B", M11, basis, subjects)


def called(found: list[Subject]) -> list[str | None]:
    return [s.identity.scheme or s.identity.workstream or s.identity.role for s in found if s.identity]


def test_exceptions_are_red_and_amber_and_the_largest_shortfall_comes_first() -> None:
    found = programme(
        subject("small", 10, 9, "amber"),
        subject("well", 10, 10, "green"),
        subject("large", 100, 10, "red"),
        subject("none", None, 3),
        subject("amber and large", 90, 50, "amber"),
        subject(None, 200, 70, "red", role="total", workstream=None),
    )
    assert called(board.exceptions_of(found)) == ["large", "amber and large", "small"]
    assert board.colours_of(found) == ({"red": 1, "amber": 2, "green": 1}, 1)


def test_what_is_short_by_its_forecast_alone_is_told_apart() -> None:
    found = programme(
        subject("red", 10, 1, "red", year=(20, 5)),
        subject("later", 0, 0, year=(50, 10)),
        subject("well", 10, 10, "green", year=(20, 19)),
        subject("over", 10, 10, "green", year=(20, 30)),
        subject("no forecast", 10, 10, "green", year=(20, None)),
    )
    assert called(board.year_exceptions_of(found)) == ["later", "well"]


@pytest.mark.parametrize(
    ("subjects", "lines"),
    [
        ([subject("a", 1, 1), subject("b", 1, 1)], ["a", "b"]),
        (
            [
                subject(None, 1, 1, role="workstream", workstream="V"),
                subject("a", 1, 1, workstream="V"),
                subject(None, 1, 1, role="subtotal", workstream="W"),
                subject(None, 1, 1, role="subtotal", workstream="V"),
                subject(None, 1, 1, role="adjustment", workstream="Contingency"),
                subject(None, 3, 3, role="total", workstream=None),
            ],
            ["V", "W", "Contingency"],
        ),
        # One workstream alone is no table of workstreams.
        ([subject(None, 1, 1, role="workstream", workstream="W"), subject("a", 1, 1)], ["a"]),
    ],
)
def test_a_programme_is_its_workstreams_where_the_papers_sum_them_up(subjects: list[Subject], lines: list[str]) -> None:
    assert called(board.lines_of(programme(*subjects))) == lines


def test_the_total_that_counts() -> None:
    part = subject(None, 5, 4, role="total", workstream=None)
    whole = subject(None, 50, 40, role="total", workstream=None)
    planned = subject(None, role="total", workstream=None, year=(9, None))
    assert board.total_of(programme(part, whole)) is whole
    assert board.total_of(programme(planned)) is planned
    assert board.total_of(programme(subject("a", 1, 1))) is None


def test_without_a_plan_to_date_the_year_is_judged() -> None:
    assert board.basis_of([subject("a", 1, 1), subject("b")]) == "ytd"
    assert board.basis_of([subject("a", None, 0)]) == "year"
    assert board.basis_of([]) == "year"


@pytest.mark.parametrize(
    ("period", "meeting", "day"),
    [
        ("2014/15-M11", "2015-05-12", date(2015, 5, 12)),
        ("2014/15-M11", None, date(2015, 2, 28)),
        ("2015/16-M11", None, date(2016, 2, 29)),
        ("2014/15-M01", None, date(2014, 4, 30)),
        ("2014/15-M09", None, date(2014, 12, 31)),
        ("2014/15-M10", None, date(2015, 1, 31)),
        ("2007/08", None, date(2008, 3, 31)),
    ],
)
def test_the_day_of_a_paper(period: str, meeting: str | None, day: date) -> None:
    assert board.day_of(period, meeting) == day


def test_ways_are_forecasts_and_never_cases_of_a_plan() -> None:
    names = "actual variance yield_ytd yield_forecast months since run_rate required_rate"
    f = ForecastAnswer(
        organisation="B",
        workstream=None,
        scheme=None,
        role="total",
        period="2014/15",
        basis="year",
        plan=Decimal(100),
        forecast=Decimal(80),
        forecast_run_rate=Decimal("70.5"),
        forecast_plan_shaped=None,
        cases=Cases(printed={"best": Decimal(90), "upper": Decimal(500), "realistic": Decimal(100)}),
        **dict.fromkeys(names.split()),  # type: ignore[arg-type]
    )
    assert [(w.way, w.forecast, w.against_plan) for w in board.ways(f)] == [
        ("printed", 80, -20),
        ("run_rate", Decimal("70.5"), Decimal("-29.5")),
        ("best", 90, -10),
    ]
    assert board.ways(None) == []
