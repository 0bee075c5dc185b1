"""Where a year is going: rates, what comes once, go-live, confidence, full-year effect, investment."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from build import figure
from qippctl.calc.forecast import answer, go_live, last_month
from qippctl.calc.position import Position
from qippctl.calc.positions import Stated, positions
from qippctl.calc.recurrence import agreed, recurrence_of
from qippctl.models.figure import Figure
from qippctl.models.forecasts import ForecastAnswer

M11 = "2014/15-M11"
THOUSANDS = Decimal(100_000)


def gathered(*figures: Figure, reported: str = M11) -> Position:
    """The one subject that figures are of, each in a column of its own."""
    placed = [f.model_copy(update={"column": k, "id": f"{f.id}.{k}"}) for k, f in enumerate(figures, 1)]
    found = positions([Stated(f) for f in placed], [], reported)
    assert len(found) == 1
    return found[0]


def months(measure: str, amounts: dict[int, Any], **rest: Any) -> list[Figure]:
    return [figure(measure, "month", v, period=f"2014/15-M{m:02d}", **rest) for m, v in amounts.items()]


def outlook(*figures: Figure, data_to: str | None = None, reported: str = M11) -> ForecastAnswer:
    found = answer(gathered(*figures, reported=reported), data_to)
    assert found is not None
    return found


def year(plan: Any, actual: Any, due: Any = None, forecast: Any = None, **rest: Any) -> list[Figure]:
    out = [figure("plan", "year", plan, **rest), figure("actual", "ytd", actual, **rest)]
    out += [figure("plan", "ytd", due, **rest)] if due is not None else []
    return out + ([figure("forecast", "year", forecast, **rest)] if forecast is not None else [])


@pytest.mark.parametrize(
    ("plan", "actual", "due", "rate", "needed", "at_rate", "shaped"),
    [
        (1200, 1100, 1100, "100", "100", "1200", "1200"),  # on plan
        (1200, 550, 1100, "50", "650", "600", "600"),  # half
        (1200, 1320, 1100, "120", "0", "1440", "1440"),  # over-delivery: nothing is needed
        (0, 110, 0, "10", "0", "120", None),  # nothing planned has no shape
        (1200, 110, 0, "10", "1090", "120", None),  # nothing due yet
        (-120, -110, -110, "-10", "0", "-120", None),  # a plan below nought: a loss is no target
        (-120, -220, -110, "-20", "100", "-240", None),
        (1200, 0, 1100, "0", "1200", "0", "0"),
        (1200, -11, 1100, "-1", "1211", "-12", "-12"),
    ],
)
def test_rates(plan: int, actual: int, due: int, rate: str, needed: str, at_rate: str, shaped: str | None) -> None:
    found = outlook(*year(plan, actual, due))
    assert (found.run_rate, found.required_rate, found.forecast_run_rate) == (
        Decimal(rate),
        Decimal(needed),
        Decimal(at_rate),
    )
    assert found.forecast_plan_shaped == (Decimal(shaped) if shaped is not None else None)
    assert (found.months, found.since, found.is_since_assumed) == (11, "2014/15-M01", True)


def test_amounts_without_end_are_rounded_to_the_penny() -> None:
    found = outlook(*year(1000, 100, 300))
    assert (found.run_rate, found.forecast_plan_shaped) == (Decimal("9.09"), Decimal("333.33"))
    # The forecast is reckoned from the exact rate, not from the rounded one.
    assert outlook(*year(10**9, 10**8)).forecast_run_rate == Decimal("109090909.09")


@pytest.mark.parametrize(
    ("reported", "data_to", "covered"),
    [
        (M11, None, 11),
        (M11, "2014/15-M10", 10),
        (M11, "2014/15-M12", 11),  # no month beyond the report
        ("2014/15-M01", "2013/14-M11", 0),  # none of this year
        ("2014/15", None, None),
        ("2014/15", "2014/15-M06", None),
    ],
)
def test_the_months_that_data_cover(reported: str, data_to: str | None, covered: int | None) -> None:
    assert last_month(reported, data_to) == covered


def test_data_that_end_before_the_reported_month_count_no_month_beyond() -> None:
    found = outlook(*year(1200, 1000, 1000), data_to="2014/15-M10")
    assert (found.months, found.run_rate, found.required_rate, found.forecast_run_rate) == (10, 100, 100, 1200)


def test_data_of_the_year_before_give_no_rate() -> None:
    early = [figure("plan", "year", 1200), figure("actual", "ytd", 0, period="2014/15-M01")]
    found = outlook(*early, reported="2014/15-M01", data_to="2013/14-M11")
    assert (found.months, found.run_rate, found.required_rate, found.forecast_run_rate) == (0, None, None, None)


def test_in_month_12_nothing_is_needed_any_more() -> None:
    rest = {"period": "2014/15-M12"}
    found = outlook(
        figure("plan", "year", 1200),
        figure("plan", "ytd", 1200, **rest),
        figure("actual", "ytd", 900, **rest),
        reported="2014/15-M12",
    )
    assert (found.required_rate, found.run_rate, found.forecast_run_rate) == (None, 75, 900)


def test_month_12_is_not_outturn_while_the_plan_to_date_is_not_the_years() -> None:
    """Acute data stop at M11: 32.8 was due of 37.0, and nobody says for which months."""
    rest = {"period": "2014/15-M12"}
    found = outlook(
        figure("plan", "year", 370),
        figure("plan", "ytd", 328, **rest),
        figure("actual", "ytd", 234, **rest),
        reported="2014/15-M12",
    )
    assert (found.months, found.run_rate, found.required_rate, found.forecast_run_rate) == (None, None, None, None)
    assert found.forecast_plan_shaped == Decimal("263.96")


@pytest.mark.parametrize(
    ("figures", "first", "is_assumed"),
    [
        ([], 1, True),
        (months("plan", dict.fromkeys(range(1, 13), 10)), 1, False),
        (months("plan", {**dict.fromkeys(range(1, 9), 0), **dict.fromkeys(range(9, 13), 10)}), 9, False),
        # planned from April, delivered from December: the rate is that of what was delivered
        (
            months("plan", dict.fromkeys(range(1, 13), 10))
            + months("actual", {**dict.fromkeys(range(1, 9), 0), 9: 8, 10: 8, 11: 8}),
            9,
            False,
        ),
        # delivered before it was planned
        (months("plan", {**dict.fromkeys(range(1, 12), 0), 12: 10}) + months("actual", {1: 0, 2: 5}), 2, False),
        # the latest month alone tells nothing, nor do months with holes
        (months("actual", {11: 5}), 1, True),
        (months("actual", {1: 0, 11: 5}), 1, True),
        # ... unless they make up the amount to date
        ([*months("actual", {9: 8, 10: 8, 11: 8}), figure("actual", "ytd", 24)], 9, False),
        ([*months("actual", {11: 24}), figure("actual", "ytd", 24)], 11, False),
        ([*months("actual", {9: 8, 10: 8, 11: 8}), figure("actual", "ytd", 60)], 1, True),
        # ... at a precision that hides no month
        (
            [
                *months("actual", {11: THOUSANDS}, step=THOUSANDS),
                figure("actual", "ytd", THOUSANDS, step=THOUSANDS),
            ],
            1,
            True,
        ),
        ([*months("plan", {9: 10, 10: 10, 11: 10, 12: 10}), figure("plan", "year", 40)], 9, False),
        (months("plan", {**dict.fromkeys(range(1, 9), 0), 9: 10}, doubts=("shifted-row",)), 1, True),
        (months("plan", dict.fromkeys(range(1, 13), 0)), 1, True),
    ],
)
def test_go_live(figures: list[Figure], first: int, is_assumed: bool) -> None:
    assert go_live(gathered(figure("target", "year", 1), *figures)) == (first, is_assumed)


@pytest.mark.parametrize(
    ("earlier", "first", "is_assumed"),
    [
        ({8: 0, 9: 10, 10: 20}, 9, False),
        ({10: 0}, 11, False),
        ({8: 0}, 9, True),  # it began in M09, M10 or M11
        ({9: 10, 10: 20}, 1, True),
        ({8: 0, 9: 0, 10: 0}, 11, False),
    ],
)
def test_go_live_by_earlier_papers(earlier: dict[int, int], first: int, is_assumed: bool) -> None:
    to_date = {m: figure("actual", "ytd", v, period=f"2014/15-M{m:02d}") for m, v in earlier.items()}
    assert go_live(gathered(figure("actual", "ytd", 30)), to_date) == (first, is_assumed)


def test_a_coarse_nought_of_an_earlier_paper_tells_nothing() -> None:
    nought = figure("actual", "ytd", 0, period="2014/15-M10", step=THOUSANDS, raw="0.0")
    assert go_live(gathered(figure("actual", "ytd", THOUSANDS, step=THOUSANDS)), {10: nought}) == (1, True)


def test_a_service_that_began_in_december_has_the_rate_of_its_months() -> None:
    plan = months("plan", {**dict.fromkeys(range(1, 9), 0), **dict.fromkeys(range(9, 13), 100)})
    found = outlook(*year(400, 240, 300), *plan, *months("actual", {11: 80}))
    assert (found.since, found.run_rate, found.forecast_run_rate, found.required_rate) == ("2014/15-M09", 80, 320, 160)


def test_a_service_that_is_yet_to_begin_has_no_rate() -> None:
    plan = months("plan", {**dict.fromkeys(range(1, 12), 0), 12: 100})
    found = outlook(*year(100, 0, 0, 100), *plan)
    assert (found.since, found.run_rate, found.forecast_run_rate, found.required_rate) == (
        "2014/15-M12",
        None,
        None,
        100,
    )


def test_what_comes_once_is_in_the_forecast_but_not_in_the_rate() -> None:
    found = outlook(*year(1200, 660, 1100), figure("actual", "ytd", 110, recurrence="non_recurrent"))
    assert (found.non_recurrent, found.run_rate, found.forecast_run_rate) == (110, 50, 710)


def test_a_scheme_that_papers_call_non_recurrent_has_no_rate_to_go_on_with() -> None:
    position = gathered(*year(310, 310, 310))
    position.recurrence = "non_recurrent"
    found = answer(position)
    assert found is not None
    assert (found.non_recurrent, found.run_rate, found.forecast_run_rate) == (310, 0, 310)
    assert (found.forecast_run_rate_low, found.forecast_run_rate_high) == (Decimal("309.5"), Decimal("310.5"))


def test_a_programmes_rate_leaves_out_what_its_schemes_deliver_once() -> None:
    figures = [
        *(f.model_copy(update={"column": k}) for k, f in enumerate(year(1200, 310))),
        *(f.model_copy(update={"column": k, "row": 2, "scheme": "B"}) for k, f in enumerate(year(1200, 220))),
        *(
            f.model_copy(update={"column": k, "row": 3, "scheme": None, "role": "total"})
            for k, f in enumerate(year(2400, 530))
        ),
        # a scheme of another table is no part of the total
        *(f.model_copy(update={"column": k, "table": "p9t9", "scheme": "C"}) for k, f in enumerate(year(500, 90))),
    ]
    found = positions([Stated(f.model_copy(update={"id": f"{f.table}/{f.row}/{f.column}"})) for f in figures], [], M11)
    for scheme in found:
        scheme.recurrence = "non_recurrent" if scheme.scheme in ("A", "C") else "all"
    total = next(answer(p, None, found) for p in found if p.level == "total")
    assert total is not None
    assert (total.non_recurrent, total.run_rate, total.forecast_run_rate) == (310, 20, 550)
    assert "p1t1/1/1" in total.sources


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("NR", "non_recurrent"), ("N/R", "non_recurrent"), ("Non rec", "non_recurrent"), ("non-recurrent", "non_recurrent"),
        ("Non recurring", "non_recurrent"), ("One-off", "non_recurrent"), ("R", "recurrent"), ("Rec", "recurrent"),
        ("Recurrent", "recurrent"), ("R/NR", "all"), ("Rec / Non rec", "all"), ("TBC", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_the_words_for_what_recurs(text: str | None, said: str | None) -> None:
    assert recurrence_of(text) == said


def test_papers_that_do_not_agree_on_what_recurs_say_nothing() -> None:
    assert (agreed(["NR", "Non rec"]), agreed(["NR", "R"]), agreed(["TBC", None])) == ("non_recurrent", "all", "all")


def test_what_the_printed_precision_leaves_open() -> None:
    """Month 1, £m to one decimal: 1.0 of 1.1 may be anything from 83% to 100%."""
    rest = {"step": THOUSANDS, "period": "2014/15-M01"}
    found = outlook(
        figure("plan", "year", 45_200_000, step=THOUSANDS),
        figure("plan", "ytd", 1_100_000, **rest),
        figure("actual", "ytd", 1_000_000, **rest),
        reported="2014/15-M01",
    )
    assert found.forecast_run_rate == 12_000_000 and not found.is_since_assumed
    assert (found.forecast_run_rate_low, found.forecast_run_rate_high) == (11_400_000, 12_600_000)
    assert found.forecast_plan_shaped == Decimal("41090909.09")
    assert (found.forecast_plan_shaped_low, found.forecast_plan_shaped_high) == (
        Decimal("37297826.09"),
        Decimal("45250000"),
    )


def test_a_plan_to_date_that_may_be_nothing_has_no_shape() -> None:
    rest = {"step": THOUSANDS, "raw": "0.0"}
    found = outlook(
        figure("plan", "year", 500_000), figure("plan", "ytd", 50_000, **rest), figure("actual", "ytd", 40_000)
    )
    assert found.forecast_plan_shaped is None


def test_a_doubt_of_any_figure_that_was_used_is_told() -> None:
    found = outlook(
        *year(1200, 660, 1100), figure("actual", "ytd", 110, recurrence="non_recurrent", doubts=("sum-fails",))
    )
    assert found.doubts == ("sum-fails",)
    cased = outlook(*year(1200, 660), figure("forecast", "year", 9, case="best", doubts=("look-alike",)))
    assert cased.doubts == ("look-alike",)
    effect = outlook(*year(1200, 660), figure("plan", "fye", 9, recurrence="recurrent", doubts=("unit-slip",)))
    assert effect.doubts == ("unit-slip",)


def test_every_figure_that_was_used_is_a_source() -> None:
    position = gathered(*year(1200, 660, 1100, 900), figure("investment", "year", 5), figure("plan", "fye", 1300))
    found = answer(position)
    assert found is not None
    assert len(found.sources) == 6


def test_the_variance_is_that_of_the_variance_command() -> None:
    coarse = {"step": Decimal(1000)}
    found = outlook(
        figure("plan", "year", 9000, **coarse),
        figure("forecast", "year", 7000, **coarse),
        figure("variance", "year", -2100),
    )
    assert found.variance == -2100


def test_a_variance_is_as_printed_where_the_forecast_is_not() -> None:
    assert outlook(figure("plan", "year", 9000), figure("variance", "year", -2100)).variance == -2100


@pytest.mark.parametrize(
    ("forecast", "actual", "doubts", "below"),
    [(14, 197, (), True), (197, 197, (), False), (14, 197, ("look-alike",), False), (200, 197, (), False)],
)
def test_a_forecast_below_what_is_delivered(forecast: int, actual: int, doubts: tuple[str, ...], below: bool) -> None:
    found = outlook(
        figure("plan", "year", 1303),
        figure("actual", "ytd", actual),
        figure("forecast", "year", forecast, doubts=doubts),
    )
    assert found.is_below_delivered is below


@pytest.mark.parametrize(
    ("printed", "achievable", "at_risk"),
    [
        ({"target": 142_000, "confidence": 75}, 106_500, 35_500),
        ({"target": 142_000, "confidence": 75, "achievable": 106_000, "at_risk": 36_000}, 106_000, 36_000),
        ({"target": 142_000, "achievable": 106_000}, 106_000, 36_000),
        ({"target": 142_000}, None, None),
        ({"target": 0, "confidence": 75}, 0, 0),
        ({"target": 142_000, "confidence": 0}, 0, 142_000),
    ],
)
def test_confidence(printed: dict[str, int], achievable: int | None, at_risk: int | None) -> None:
    found = outlook(*(figure(measure, "year", value) for measure, value in printed.items()))
    assert (found.achievable, found.at_risk) == (achievable, at_risk)
    has_both = {"target", "confidence"} <= set(printed)
    assert found.confidence_weighted == (printed["target"] * printed["confidence"] / 100 if has_both else None)


@pytest.mark.parametrize(
    ("plan", "fye", "parts", "monthly", "part_year"),
    [
        # Hospice at Home: NR is the adjustment, as it and the full-year effect make the plan
        (142_000, 425_880, {"non_recurrent": -284_000}, 35_490, -284_000),
        (142_000, 425_880, {}, 35_490, -283_880),
        # a saving that comes once is no adjustment
        (150_000, 200_400, {"non_recurrent": 50_000, "recurrent": 100_000}, 16_700, -100_400),
        (150_000, 200_400, {"non_recurrent": 50_000}, 16_700, -50_400),
        (None, 200_400, {"non_recurrent": -50_000}, 16_700, None),
        (200_400, 200_400, {}, 16_700, 0),
        (0, 0, {}, 0, 0),
    ],
)
def test_full_year_effect(
    plan: int | None, fye: int, parts: dict[str, int], monthly: int, part_year: int | None
) -> None:
    coarse = {"step": Decimal(1000)}
    figures = [figure("plan", "year", plan, **coarse)] if plan is not None else []
    figures += [figure("plan", "year", v, recurrence=r, **coarse) for r, v in parts.items()]
    found = outlook(*figures, figure("plan", "fye", fye, recurrence="recurrent", step=Decimal(10)))
    assert (found.full_year_effect, found.monthly_rate, found.part_year) == (fye, monthly, part_year)


def test_recurrent_and_non_recurrent_parts_make_a_whole_that_is_not_printed() -> None:
    parts = [
        figure("plan", "year", 90, recurrence="recurrent"), figure("plan", "year", 10, recurrence="non_recurrent"),
        figure("actual", "ytd", 55, recurrence="recurrent"),
        figure("actual", "ytd", 5, recurrence="non_recurrent", doubts=("look-alike",)),
    ]  # fmt: skip
    found = outlook(*parts)
    assert (found.plan, found.actual, found.run_rate, found.forecast_run_rate) == (100, 60, 5, 65)
    assert found.doubts == ("look-alike",)


def test_one_part_alone_is_no_whole() -> None:
    found = outlook(figure("plan", "year", 90, recurrence="recurrent"), figure("forecast", "year", 100))
    assert (found.plan, found.variance) == (None, None)


def test_a_plan_in_cases_only_is_the_realistic_one() -> None:
    found = outlook(figure("plan", "year", 17_082, case="upper"), figure("plan", "year", 6_891, case="realistic"))
    assert (found.plan, found.cases.printed) == (6_891, {"upper": 17_082, "realistic": 6_891})


def test_nothing_of_the_year_is_no_outlook() -> None:
    assert answer(gathered(figure("actual", "ytd", 5), figure("plan", "ytd", 6))) is None


INVESTED = {"investment": 1_746, "investment_slippage": 1_484, "investment_remaining": 262}


def invested(**amounts: int) -> list[Figure]:
    return [figure(measure, "year", value) for measure, value in amounts.items()]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ({"plan": 9_211, "forecast": 7_160, **INVESTED}, (7_465, 6_898, -567, -2_051, 262)),
        # what remains is the plan less what slipped
        (
            {"plan": 9_211, "forecast": 7_160, "investment": 1_746, "investment_slippage": 1_484},
            (7_465, 6_898, -567, -2_051, 262),
        ),
        # planned investment alone says nothing of what will be spent
        ({"plan": 9_211, "forecast": 7_160, "investment": 1_746}, (7_465, None, None, None, None)),
        ({"plan": 9_211, **INVESTED}, (7_465, None, None, None, 262)),
        ({"forecast": 7_160, **INVESTED}, (None, 6_898, None, None, 262)),
        ({"plan": 9_211, "forecast": 7_160}, (None, None, None, None, None)),
        ({"plan": 100, "forecast": 100, "investment": 0, "investment_remaining": 0}, (100, 100, 0, 0, 0)),
    ],
)  # fmt: skip
def test_investment(amounts: dict[str, int], expected: tuple[int | None, ...]) -> None:
    found = outlook(*invested(**amounts))
    assert expected == (
        found.net_plan, found.net_forecast, found.gap_to_find, found.unmitigated_gap, found.investment_remaining,
    )  # fmt: skip


def test_investment_of_another_table_nets_nothing() -> None:
    """A strategy's investment total has nothing to do with the savings total of another table."""
    savings = [figure("plan", "year", 6_676), figure("forecast", "year", 6_000, column=2)]
    spend = [
        figure("investment", "year", 11_140, table="p9t1", column=3),
        figure("investment_remaining", "year", 11_140, table="p9t1", column=4),
    ]
    found = answer(positions([Stated(f) for f in (*savings, *spend)], [], M11)[0])
    assert found is not None
    assert (found.net_plan, found.investment_plan, found.gap_to_find) == (None, None, None)


def test_investment_beside_savings_that_a_later_paper_restates_nets_nothing() -> None:
    old = [figure("plan", "year", 100, sha256="a" * 64), figure("investment", "year", 30, sha256="a" * 64, column=2)]
    new = figure("plan", "year", 80, sha256="b" * 64)
    found = answer(positions([*(Stated(f, "2015-03-01") for f in old), Stated(new, "2015-04-01")], [], M11)[0])
    assert found is not None
    assert (found.plan, found.net_plan, found.investment_plan) == (80, None, None)


def test_totals_of_two_tables_of_a_paper_are_one_only_with_a_figure_in_common_or_the_same_rows() -> None:
    def table(name: str, measure: str, amounts: dict[str, int], **rest: Any) -> list[Stated]:
        return [
            Stated(
                figure(measure, "year", v, table=name, row=k, scheme=s or None, role="scheme" if s else "total", **rest)
            )
            for k, (s, v) in enumerate(amounts.items())
        ]

    programme = table("p1t1", "plan", {"A": 60, "B": 40, "": 100})
    pipeline = table("p2t1", "forecast", {"C": 9, "D": 1, "": 10}, case="best")
    same_rows = table("p3t1", "forecast", {"A": 50, "B": 40, "": 90})
    found = [p for p in positions([*programme, *pipeline, *same_rows], [], M11) if p.level == "total"]
    assert len(found) == 2
    whole = answer(found[0])
    assert whole is not None
    assert (whole.plan, whole.forecast, whole.cases.printed) == (100, 90, {})


def test_a_superseded_plans_part_or_month_does_not_stand_for_the_one_that_counts() -> None:
    position = gathered(
        figure("plan", "year", 100),
        figure("plan", "year", 70, recurrence="non_recurrent", version="original"),
        *months("plan", {1: 7}),
        *months("plan", {1: 9}, version="current"),
    )
    assert position.part("plan", "year", recurrence="non_recurrent") is None
    assert position.months("plan")[1].value == 9
