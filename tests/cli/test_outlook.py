"""forecast, profile and the spans of variance, as people and scripts use them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import SAMPLES, Run

Runner = Callable[..., Run]
POLICY = """
name = "chances"
title = "Chances of a test"
source = "this test"
[probability]
Low = "10"
medium = "50"
high = "90"
"""


def records(run: Runner, *arguments: object) -> list[dict]:
    done = run(*arguments, "--format", "json")
    assert done.status == 0, done.err
    return json.loads(done.out)


def named(answers: list[dict], scheme: str) -> dict:
    (found,) = [a for a in answers if a["scheme"] == scheme]
    return found


def test_forecast_answers_what_the_contract_lists(run: Runner, sample_ledger: str) -> None:
    answers = records(run, "forecast", "--ledger", sample_ledger, "--organisation", "Northmere")
    keys = {
        "type", "organisation", "workstream", "scheme", "role", "period", "basis", "plan", "actual", "forecast", "variance",
        "run_rate", "required_rate", "cases", "investment_plan", "investment_remaining", "net_plan", "net_forecast",
        "gap_to_find", "unmitigated_gap",
    }  # fmt: skip
    assert all(keys <= set(a) and a["type"] == "forecast" for a in answers)
    assert all({"printed", "implied"} <= set(a["cases"]) for a in answers)
    total = next(a for a in answers if a["role"] == "total")
    assert (total["net_plan"], total["net_forecast"], total["gap_to_find"], total["unmitigated_gap"]) == (
        "7465000", "6898000", "-567000", "-2051000",
    )  # fmt: skip


def test_a_forecast_below_what_is_delivered_is_said(run: Runner, sample_ledger: str) -> None:
    done = run("forecast", "--ledger", sample_ledger, "--organisation", "Northmere")
    assert "forecast 14\nis below 197 already delivered." in done.out or "forecast 14 is below 197" in done.out
    assert "gap to find -567, unmitigated -2,051." in " ".join(done.out.split())
    assert "reckoned from April: nothing printed shows when a scheme began." in done.out


def test_what_comes_once_goes_on_in_no_rate(run: Runner, sample_ledger: str) -> None:
    """A rates rebate of 310 in month 5 is not 62 a month."""
    answers = records(run, "forecast", "--ledger", sample_ledger, "--organisation", "Tarnwater")
    rebate, hold = named(answers, "Rates rebate"), named(answers, "Corporate vacancy hold")
    assert (rebate["run_rate"], rebate["forecast_run_rate"], rebate["non_recurrent"]) == ("0", "310000", "310000")
    total = next(a for a in answers if a["role"] == "total" and a["plan"])
    apart = Decimal(rebate["actual"]) + Decimal(hold["actual"])
    assert Decimal(total["non_recurrent"]) == apart == 572_000
    assert Decimal(total["run_rate"]) == (Decimal(total["actual"]) - apart) / 5
    done = run("forecast", "--ledger", sample_ledger, "--organisation", "Tarnwater")
    assert "Comes once, so the rate leaves it out: Rates rebate, Corporate vacancy hold." in done.out
    assert "Yet to begin, so without a rate: Homecare contract (M07 Oct 2023)." in done.out


def test_the_cases_of_another_table_are_not_the_programmes(run: Runner, sample_ledger: str) -> None:
    answers = records(run, "forecast", "--ledger", sample_ledger, "--organisation", "Merrowdale")
    totals = [a for a in answers if a["role"] == "total"]
    assert [(a["plan"], a["cases"]["printed"]) for a in totals] == [
        ("2470000", {}),
        (None, {"best": "250000", "middle": "220000", "worse": "160000"}),
    ]
    done = run("forecast", "--ledger", sample_ledger, "--organisation", "Merrowdale")
    assert "Total: best 250, middle 220, worse 160; no more is printed." in done.out


def test_what_the_precision_leaves_open_is_marked(run: Runner, sample_ledger: str) -> None:
    done = run("forecast", "--ledger", sample_ledger, "--organisation", "Eastholme")
    flat = " ".join(done.out.split())
    assert "at the run rate 12,000 (11,400 to 12,600), in the plan's shape 41,091 (37,298 to 45,250)" in flat
    assert "1,200?" in flat and "? the printed precision leaves much of it open" in flat


def test_scenarios_are_weighted_by_a_policy_of_ones_own(run: Runner, sample_ledger: str, tmp_path: Path) -> None:
    path = tmp_path / "chances.toml"
    path.write_text(POLICY)
    options = ("forecast", "--scenarios", "--ledger", sample_ledger, "--organisation", "Thornacre")
    found = records(run, *options, "--policy", path)
    assert (found[-1]["role"], found[-1]["amount"], found[-1]["weighted"]) == ("total", "-2300000", "570000")
    done = run(*options)
    assert "gives no chance to: high, low, medium" in done.out


def test_two_papers_that_set_out_the_same_risks_do_not_double_them(run: Runner, tmp_path: Path) -> None:
    book, again = tmp_path / "b.db", tmp_path / "again.docx"
    paper = SAMPLES / "thornacre-strategic-plan.docx"
    shutil.copy(paper, again)
    with again.open("ab") as file:  # other bytes, the same paper
        file.write(b"\0")
    assert run("ingest", paper, again, "--ledger", book).status == 0
    assert len(records(run, "papers", "--ledger", book)) == 2
    assert records(run, "forecast", "--scenarios", "--ledger", book)[-1]["amount"] == "-2300000"


def test_no_scenarios_is_said(run: Runner, sample_ledger: str) -> None:
    done = run("forecast", "--scenarios", "--ledger", sample_ledger, "--organisation", "Northmere")
    assert done.status == 0 and "No paper of the ledger sets out risks" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("forecast", "--scenarios", "--period", "M11"), "takes no --period"),
        (("profile", "--deficit", "-5"), "above nought"),
        (("profile", "--deficit", "0"), "above nought"),
        (("profile", "--deficit", "much"), "is not an amount of money"),
        (("forecast", "--organisation", "Nowhere"), "there are"),
    ],
)
def test_wrong_usage_is_one_line(run: Runner, sample_ledger: str, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments, "--ledger", sample_ledger)
    assert (done.status, done.out) == (2, "")
    assert said in done.err and len(done.err.splitlines()) == 1


def test_an_empty_ledger_says_what_to_do_next(run: Runner) -> None:
    for command in ("forecast", "profile"):
        done = run(command, "--format", "json")
        assert (done.status, json.loads(done.out)) == (0, [])
        assert "qippctl ingest PATH" in done.err


def profiles(run: Runner, ledger: str, *arguments: str) -> list[dict]:
    return records(run, "profile", "--ledger", ledger, *arguments)


def test_a_profile_as_printed_has_the_month_that_a_formula_lost(run: Runner, sample_ledger: str) -> None:
    answers = profiles(run, sample_ledger, "--organisation", "Tarnwater")
    total = next(a for a in answers if a["role"] == "total" and a["measure"] == "plan")
    assert (total["derived"], total["total"]) == ("printed", "8000000")
    assert [m["value"] for m in total["months"] if m["is_derived"]] == ["730000"]
    rebate = next(a for a in answers if a["scheme"] == "Rates rebate" and a["measure"] == "plan")
    assert [m["period"] for m in rebate["months"] if m["is_outlier"]] == ["2023/24-M05"]


def test_what_is_spread_is_marked(run: Runner, sample_ledger: str) -> None:
    answers = profiles(run, sample_ledger, "--organisation", "Northmere")
    plans = [a for a in answers if a["measure"] == "plan"]
    assert {a["derived"] for a in plans} == {"straight_line"}
    assert all(m["is_derived"] for a in plans for m in a["months"])
    assert all(Decimal(a["months"][10]["cumulative"]) <= Decimal(a["total"]) for a in plans)
    assert (
        "= forecast, plan: spread evenly."
        in run("profile", "--ledger", sample_ledger, "--organisation", "Northmere").out
    )


def test_the_month_that_is_printed_stands_among_those_that_are_spread(run: Runner, sample_ledger: str) -> None:
    answers = profiles(run, sample_ledger, "--organisation", "Kelderby")
    plan = next(a for a in answers if a["role"] == "total" and a["measure"] == "plan")
    assert (plan["months"][4]["value"], plan["months"][4]["is_derived"], plan["months"][4]["cumulative"]) == (
        "1398000", False, "6677000",
    )  # fmt: skip


def test_a_deficit_is_met_no_more_surely_than_the_months_are_known(run: Runner, sample_ledger: str) -> None:
    answers = profiles(run, sample_ledger, "--organisation", "Northmere", "--deficit", "2m")
    found = {a["measure"]: a for a in answers if a["type"] == "break-even"}
    assert (found["plan"]["met"], found["plan"]["is_met_open"], found["plan"]["spread"]) == ("2014/15-M01", False, 14)
    assert (found["forecast"]["met"], found["forecast"]["is_met_open"]) == ("2014/15-M12", True)
    flat = " ".join(
        run("profile", "--ledger", sample_ledger, "--organisation", "Northmere", "--deficit", "2m").out.split()
    )
    assert "the rate of M12 Mar 2015 meets it, perhaps one before it" in flat
    assert "all are spread evenly, as no month is printed: the month is of that spread, not of a plan." in flat


def test_schemes_that_papers_call_non_recurrent_meet_no_deficit(run: Runner, sample_ledger: str) -> None:
    answers = profiles(run, sample_ledger, "--organisation", "Kelderby", "--deficit", "2m")
    assert {a["schemes"] for a in answers if a["type"] == "break-even"} == {15}  # of 18


def test_variance_of_a_month_and_yields_by_name(run: Runner, sample_ledger: str) -> None:
    answers = records(run, "variance", "--ledger", sample_ledger, "--organisation", "Kelderby", "--basis", "month")
    total = next(a for a in answers if a["role"] == "total")
    assert (total["basis"], total["plan"], total["actual"], total["variance"], total["delivery"]) == (
        "month", "1398000", "1247000", "-151000", "89.2",
    )  # fmt: skip
    assert (total["yield_ytd"], total["yield_forecast"]) == ("88.9", "90.5")


def test_a_waterfall_has_a_step_for_what_is_unidentified(run: Runner, sample_ledger: str) -> None:
    options = ("--ledger", sample_ledger, "--organisation", "Fellside", "--basis", "year")
    steps = records(run, "variance", *options, "--waterfall")
    assert [s["scheme"] for s in steps if s["step"] == "adjustment"] == ["Unidentified"]
    assert not [s for s in steps if s["step"] == "unexplained"]
    assert (steps[0]["running"], steps[-1]["running"]) == ("9000000", "7580000")
    shares = [Decimal(a["contribution"]) for a in records(run, "variance", *options) if a["contribution"]]
    assert abs(sum(shares) - 100) < 1
