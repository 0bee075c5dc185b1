"""Forecasts against what is delivered, cases against each other, amounts to date from month to month."""

from __future__ import annotations

import pytest

from audit.made import found, row
from build import figure, paper
from qippctl.audit import Material, audit
from qippctl.models.figure import Doubt, Figure


@pytest.mark.parametrize(
    ("delivered", "forecast", "severities"),
    [
        (197, 14, ["error"]),
        (101, 0, ["error"]),
        (100, 100, []),
        (100, 120, []),
        (101, 100, []),  # 100.5 is both
        (102, 100, ["error"]),
        (0, 0, []),
        (-20, -30, []),  # costs may grow
    ],
)
def test_a_year_that_ends_below_what_is_delivered(delivered: int, forecast: int, severities: list[str]) -> None:
    of = paper(row(150, delivered, 200, forecast))
    below = [f for f in found(of, "QM803") if f.recomputed is not None]
    assert [f.severity for f in below] == severities
    assert all((f.printed, f.recomputed) == (str(forecast), str(delivered)) for f in below)


def test_both_numbers_are_in_the_paper_s_own_unit() -> None:
    figures = [
        figure("actual", "ytd", 196_600, column=1, raw="196.6", step=100),
        figure("forecast", "year", 14_000, column=2, raw="14", step=1000),
    ]
    (one,) = found(paper(figures), "QM803")
    assert (one.printed, one.recomputed, one.difference) == ("14", "196.6", "-182.6")


@pytest.mark.parametrize(("doubt", "severity"), [(Doubt.SHIFTED_ROW, "warning"), (Doubt.SUM_FAILS, "error")])
def test_a_forecast_that_may_be_misread_is_a_warning(doubt: Doubt, severity: str) -> None:
    (one,) = found(paper(row(150, 197, 200, 14, doubts=(doubt,))), "QM803")
    assert one.severity == severity


def test_a_cut_digit_is_a_note() -> None:
    figures = [
        figure("actual", "ytd", 482_600, column=1, raw="482.6", step=100),
        figure("forecast", "year", 482_000, column=2, raw="482", step=1000),
    ]
    assert [f.severity for f in found(paper(figures), "QM803")] == ["note"]


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        (row(75, 113, 100, 300), True),  # 187 in a month, at ten a month so far
        (row(1375, 1375, 1500, 1500), False),
        (row(100, 100, 400, 390), False),  # the plan itself comes last
        (row(75, 113, 100, 125), False),
    ],
)
def test_a_forecast_beyond_what_is_left(figures: list[Figure], told: bool) -> None:
    notes = [f for f in found(paper(figures), "QM803") if f.severity == "note"]
    assert bool(notes) is told


def test_how_much_catching_up_is_too_much_is_the_project_s() -> None:
    of = paper(row(75, 113, 100, 300))
    told = audit(Material(of, None, {"catch_up": 20.0}))
    assert [f for f in told.findings if f.code == "QM803"] == []


@pytest.mark.parametrize(
    ("best", "middle", "worse", "told"),
    [(7, 5, 3, 0), (7, 7, 7, 0), (7, 10, 3, 1), (3, 5, 7, 2), (7, None, 9, 1), (None, 5, None, 0)],
)
def test_cases_in_their_order(best: int | None, middle: int | None, worse: int | None, told: int) -> None:
    cases = (("best", best), ("middle", middle), ("worse", worse))
    figures = [figure("forecast", "year", v, case=case, column=n) for n, (case, v) in enumerate(cases) if v is not None]
    own = found(paper(figures), "QT103")
    assert [f.severity for f in own] == ["warning"] * told


def test_amounts_to_date_that_fall_within_one_paper() -> None:
    def to(month: int, value: int) -> Figure:
        return figure("actual", "ytd", value, column=month, period=f"2014/15-M{month:02d}")

    assert found(paper([to(9, 90), to(10, 90), to(11, 95)]), "QM802") == []
    (one,) = found(paper([to(9, 90), to(10, 85), to(11, 95)]), "QM802")
    assert (one.severity, one.printed, one.recomputed, one.decision) == ("warning", "85", "90", None)


def test_savings_given_back_in_a_month_are_noted() -> None:
    months = [figure("actual", "month", v, column=m, period=f"2014/15-M{m:02d}") for m, v in ((9, 10), (10, -4))]
    (one,) = found(paper(months), "QM802")
    assert one.severity == "note" and one.message == "A: savings were given back: -4 in M10"
