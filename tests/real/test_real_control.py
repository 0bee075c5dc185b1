"""Variances, profiles and forecasts of the real papers, to the pound, as the commands answer them."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import Run
from qippctl import pipeline
from qippctl.ledger import open_ledger
from real.truth import PAPERS, find_paper

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")
Runner = Callable[..., Run]


@pytest.fixture(scope="module")
def ledger_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('control') / 'real.db'}"
    ledger = open_ledger(url)
    for prefix in ("000", "001", "003", "004"):
        ledger.add(pipeline.extract(find_paper(prefix)), version="test")
    return url


def records(run: Runner, *arguments: object) -> list[dict]:
    done = run(*arguments, "--format", "json")
    assert done.status == 0, done.err
    return json.loads(done.out)


def pounds(record: dict, *names: str) -> tuple[int | None, ...]:
    """Whole pounds; anything else is a mistake."""
    found = [None if record[name] is None else Decimal(record[name]) for name in names]
    assert all(value is None or value == int(value) for value in found), found
    return tuple(None if value is None else int(value) for value in found)


def total(answers: list[dict]) -> dict:
    (found,) = [a for a in answers if a["role"] == "total"]
    return found


def test_hospice_at_home(run: Runner, ledger_url: str) -> None:
    answers = records(run, "forecast", "--ledger", ledger_url, "--organisation", "Stafford")
    hospice = next(a for a in answers if a["scheme"] == "Hospice at Home")
    assert pounds(hospice, "full_year_effect", "monthly_rate", "part_year", "plan") == (
        425_880,
        35_490,
        -284_000,
        142_000,
    )
    # 142 x 75% = 106.5, of which the paper prints 106 and 35.
    assert (hospice["confidence"], *pounds(hospice, "target", "confidence_weighted", "achievable", "at_risk")) == (
        "75", 142_000, 106_500, 106_000, 35_000,
    )  # fmt: skip
    # The paper reports no month: nothing is said of rates.
    assert pounds(hospice, "months", "run_rate", "required_rate", "forecast_run_rate") == (None,) * 4


def test_hospice_at_home_begins_in_december(run: Runner, ledger_url: str) -> None:
    answers = records(run, "profile", "--ledger", ledger_url, "--organisation", "Stafford", "--deficit", "400k")
    plan = next(a for a in answers if a.get("scheme") == "Hospice at Home" and a["measure"] == "plan")
    assert [int(Decimal(m["value"])) for m in plan["months"]] == [0] * 8 + [35_500] * 4
    assert (plan["derived"], plan["total"]) == ("printed", "142000")
    assert not any(m["is_outlier"] or m["is_derived"] for m in plan["months"])


def test_west_leicestershires_net_savings_and_the_gap_to_find(run: Runner, ledger_url: str) -> None:
    found = total(records(run, "forecast", "--ledger", ledger_url, "--organisation", "West Leicestershire"))
    assert pounds(found, "plan", "investment_plan", "net_plan") == (9_211_000, 1_746_000, 7_465_000)
    assert pounds(found, "forecast", "investment_remaining", "net_forecast") == (7_160_000, 262_000, 6_898_000)
    assert pounds(found, "investment_slippage", "gap_to_find", "unmitigated_gap", "variance") == (
        1_484_000, -567_000, -2_051_000, -2_051_000,
    )  # fmt: skip
    assert found["doubts"] == []


def test_west_leicestershires_rates(run: Runner, ledger_url: str) -> None:
    answers = records(run, "forecast", "--ledger", ledger_url, "--organisation", "West Leicestershire")
    found = total(answers)
    # 6,405.5 / 11; (9,211 - 6,405.5) / 1; 9,211 x 6,405.5 / 7,833.4
    assert (found["months"], found["since"], found["is_since_assumed"]) == (11, "2014/15-M01", True)
    assert (found["run_rate"], found["required_rate"]) == ("582318.18", "2805500")
    assert (found["forecast_run_rate"], found["forecast_plan_shaped"]) == ("6987818.18", "7531986.17")
    assert (found["yield_ytd"], found["yield_forecast"]) == ("81.8", "77.7")
    below = [a for a in answers if a["is_below_delivered"]]
    assert [pounds(a, "forecast", "actual") for a in below] == [(14_000, 196_600)]


@pytest.mark.parametrize(
    ("basis", "plan", "variance", "end", "five"),
    [("ytd", 7_833_400, -1_427_900, 6_405_500, -2_640_300), ("year", 9_211_000, -2_051_000, 7_160_000, -3_717_000)],
)
def test_west_leicestershires_waterfall_adds_up(
    run: Runner, ledger_url: str, basis: str, plan: int, variance: int, end: int, five: int
) -> None:
    options = ("--ledger", ledger_url, "--organisation", "West Leicestershire", "--basis", basis)
    steps = records(run, "variance", *options, "--waterfall")
    assert [s["step"] for s in steps] == ["plan", *["scheme"] * 15, "actual"]
    changes = [int(Decimal(s["change"])) for s in steps[1:-1]]
    assert (int(Decimal(steps[0]["running"])), sum(changes), int(Decimal(steps[-1]["running"]))) == (
        plan,
        variance,
        end,
    )
    assert sum(changes[:5]) == five and changes == sorted(changes)
    judged = [a for a in records(run, "variance", *options) if a["contribution"] is not None]
    assert len(judged) == 15
    assert abs(sum(Decimal(a["contribution"]) for a in judged) - 100) < 1
    done = run("variance", *options)
    assert f"{abs(five) * 100 / abs(variance):.0f}% of the programme's" in done.out


def test_south_west_essexs_cases_of_2011_12_are_made_by_two_factors(run: Runner, ledger_url: str) -> None:
    options = ("--ledger", ledger_url, "--organisation", "South West Essex", "--period", "2011/12-M01")
    found = total(records(run, "forecast", *options))
    assert found["cases"]["printed"] == {"best": "44100000", "middle": "33000000", "worse": "8300000"}
    factors = {(f["case"], f["of"]): f for f in found["cases"]["implied"]}
    for pair, percent in {("middle", "best"): "75", ("worse", "middle"): "25"}.items():
        assert (factors[pair]["percent"], factors[pair]["against"]) == (percent, [])
        assert factors[pair]["rows"] >= 26
        assert Decimal(factors[pair]["low"]) <= Decimal(percent) <= Decimal(factors[pair]["high"])


def test_south_west_essexs_cases_of_2010_11_are_not(run: Runner, ledger_url: str) -> None:
    options = ("--ledger", ledger_url, "--organisation", "South West Essex", "--period", "2010/11-M12")
    found = total(records(run, "forecast", *options))
    assert found["cases"]["printed"] == {"best": "27800000", "middle": "25700000", "worse": "23600000"}
    assert [f["percent"] for f in found["cases"]["implied"]] == [None, None]


def test_month_12_is_not_outturn_where_data_stop_earlier(run: Runner, ledger_url: str) -> None:
    """At month 12 32.8 of 37.0 was due, as acute and prescribing data stop at month 11: no rate is made of 12 months."""
    options = ("--ledger", ledger_url, "--organisation", "South West Essex", "--period", "2010/11-M12")
    found = total(records(run, "forecast", *options))
    assert pounds(found, "plan", "actual", "forecast") == (37_000_000, 23_400_000, 25_100_000)
    assert (found["months"], found["run_rate"], found["forecast_run_rate"], found["required_rate"]) == (None,) * 4
    assert found["forecast_plan_shaped"] == "26396341.46"


def test_month_1_leaves_a_forecast_open(run: Runner, ledger_url: str) -> None:
    options = ("--ledger", ledger_url, "--organisation", "South West Essex", "--period", "2011/12-M01")
    found = total(records(run, "forecast", *options))
    assert pounds(found, "forecast_run_rate", "forecast_run_rate_low", "forecast_run_rate_high") == (
        12_000_000, 11_400_000, 12_600_000,
    )  # fmt: skip
    assert found["required_rate"] == "4018181.82"
    assert "heading-unclear" in found["doubts"]


POLICY = """
name = "chances"
title = "Chances of a test"
source = "this test"
[probability]
low = "10"
medium = "50"
high = "90"
"""


def test_stockports_scenarios_are_weighted_only_by_a_policy(run: Runner, ledger_url: str, tmp_path: Path) -> None:
    path = tmp_path / "chances.toml"
    path.write_text(POLICY)
    options = ("forecast", "--scenarios", "--ledger", ledger_url, "--organisation", "Stockport")
    found = records(run, *options, "--policy", path)
    assert [(s["role"], s["likelihood"], *pounds(s, "amount", "weighted")) for s in found] == [
        ("risk", "low", -3_500_000, -350_000),
        ("risk", "high", -1_000_000, -900_000),
        ("risk", "medium", -2_000_000, -1_000_000),
        ("risk", "low", -1_000_000, -100_000),
        ("benefit", "medium", 1_000_000, 500_000),
        ("benefit", "high", 1_000_000, 900_000),
        ("benefit", "medium", 2_000_000, 1_000_000),
        ("benefit", "medium", 1_000_000, 500_000),
        ("total", None, -2_500_000, 550_000),
    ]
    bare = records(run, *options)
    assert {s["weighted"] for s in bare} == {None}
    assert bare[-1]["amount"] == "-2500000"


def test_stockports_plan_is_the_realistic_case(run: Runner, ledger_url: str) -> None:
    found = total(records(run, "forecast", "--ledger", ledger_url, "--organisation", "Stockport"))
    assert pounds(found, "plan", "forecast", "investment_plan", "net_plan") == (6_891_000, None, None, None)
    assert found["cases"]["printed"] == {"upper": "17082000", "realistic": "6891000"}
    assert [f["percent"] for f in found["cases"]["implied"]] == [None]
