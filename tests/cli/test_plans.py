"""Activity, backlogs and finances as scripts and people ask for them."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest

from conftest import Run
from qippctl.ledger import Ledger

Runner = Callable[..., Run]
PLAN = ("--organisation", "Thornacre")
OFFICE = ("--organisation", "Orrin Valley and")


def records(run: Runner, *arguments: object) -> list[dict]:
    done = run(*arguments, "--format", "json")
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_each_scheme_has_the_price_that_its_row_implies(run: Runner, sample_ledger: str) -> None:
    found = records(run, "activity", "--ledger", sample_ledger, *PLAN)
    assert {p["scheme"]: (p["unit"], p["price"]) for p in found} == {
        "Clinics in the community": ("outpatient_attendances", "93.89"),
        "Rules for admission": ("emergency_spells", "555.56"),
        "Long term conditions": ("emergency_spells", "1472.87"),
        "Alcohol nurse": ("ae_attendances", "73.68"),
        "Clots treated in practices": ("elective_spells", "1159.42"),
        "Procedures of low value": ("elective_spells", "1000"),
    }
    assert {p["case"] for p in found} == {"upper"}
    assert {p["is_outlier"] for p in found} == {None}


def test_with_one_other_and_narrow_bounds_an_outlier_is_said(run: Runner, sample_ledger: str) -> None:
    asked = ("activity", "--ledger", sample_ledger, *PLAN, "--fewest", "1", "--times", "2.5")
    assert {p["scheme"] for p in records(run, *asked) if p["is_outlier"]} == {
        "Long term conditions",
        "Rules for admission",
    }
    assert "2 of 4 judged are outliers" in run(*asked).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("activity", "--times", "1"), "must be above 1"),
        (("activity", "--times", "many"), '"many" is no number'),
        (("backlog", "--by", "soon"), '"soon" is no date'),
        (("backlog", "--by", "2011-09-30=-5"), '"-5" is no number'),
        (("backlog", "--by", "2011-01-01"), "is not after --from"),
        (("backlog", "--capacity", "400"), "says nothing without --by"),
        (("backlog", "--by", "2011-09-30", "--backlog", "900"), "say from when"),
        (("finances", "--rate", "£5"), "is no percentage"),
        (("finances", "--rate", "2.5", "--years"), "says nothing with --years"),
    ],
)
def test_what_cannot_be_asked_says_why(run: Runner, sample_ledger: str, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments, "--ledger", sample_ledger)
    assert (done.status, done.out) == (2, "")
    assert said in done.err and done.err.count("\n") == 1


def test_waterfalls_of_a_backlog_hold_in_every_column(run: Runner, sample_ledger: str) -> None:
    found = records(run, "backlog", "--ledger", sample_ledger, *OFFICE)
    assert Counter(s["step"] for s in found) == {"total": 12, "taken": 24, "left": 24}
    assert all(s["holds"] for s in found if s["step"] == "left")
    whole = [
        (s["label"], s["value"], s["running"])
        for s in found
        if s["basis"] == "ytd" and s["group"] == "As at 8 July 2011"
    ]
    assert whole == [
        ("Referrals received", "9214", "9214"),
        ("Urgent and routine booked", "5805", "3409"),
        ("Left to book", "3409", "3409"),
        ("Not booked", "3133", "276"),
        ("Cancelled or returned", "276", "276"),
    ]


def test_a_backlog_is_the_line_that_waits_and_weeks_count_from_its_date(run: Runner, sample_ledger: str) -> None:
    (made,) = records(
        run, "backlog", "--ledger", sample_ledger, "--by", "2011-09-30=500", "--capacity", "300", "--arrivals", "100"
    )
    assert (made["label"], made["backlog"], made["start"], made["weeks"]) == ("Not booked", "3133", "2011-07-08", "12")
    assert (made["net_rate"], made["rate"]) == ("219.42", "319.42")
    assert (made["cleared_on"], made["meets"]) == ("2011-10-09", False)


def test_plans_of_prose_are_given_as_numbers(run: Runner, sample_ledger: str) -> None:
    plans = ("--by", "2011-08-31=596", "--by", "29 July 2011=500", "--backlog", "6767", "--from", "2011-05-10")
    found = records(run, "backlog", "--ledger", sample_ledger, *plans)
    assert [(c["by"], c["left"], c["rate"]) for c in found] == [
        ("2011-08-31", "596", "382.27"),
        ("2011-07-29", "500", "548.36"),
    ]


def test_a_ledger_without_a_backlog_asks_for_its_number(run: Runner, ledger: Ledger) -> None:
    done = run("backlog", "--ledger", ledger.place, "--by", "2011-09-30")
    assert done.status == 2 and "--backlog N" in done.err


def test_finances_hold_but_for_one_roll_forward(run: Runner, sample_ledger: str) -> None:
    found = records(run, "finances", "--ledger", sample_ledger, *PLAN)
    sums = [c for c in found if c["code"] not in ("inflation", "disinvestment")]
    assert [(c["code"], c["printed"], c["recomputed"]) for c in sums if not c["holds"]] == [
        ("baseline", "381581000", "381795000")
    ]
    surpluses = {
        c["period"]: c["printed"]
        for c in found
        if c["code"] == "surplus" and c["recurrence"] == "all" and c["table"] == "p1t9"
    }
    assert surpluses == {"2007/08": "-215000", "2008/09": "5354000", "2009/10": "10308000"}
    (taken,) = [c for c in found if c["code"] == "disinvestment"]
    assert (taken["recomputed"], taken["printed"], taken["share"], len(taken["figures"])) == (
        "3897000",
        "6676000",
        "58.37",
        7,
    )


def test_a_rate_may_be_typed_for_lines_without_one(run: Runner, sample_ledger: str) -> None:
    asked = ("finances", "--ledger", sample_ledger, *PLAN)
    without = [
        [c for c in records(run, *asked, *more) if c["code"] == "inflation" and c["rate"] is None]
        for more in ((), ("--rate", "2.5"))
    ]
    assert [len(own) for own in without] == [12, 0]


def test_statements_are_lines_over_years(run: Runner, sample_ledger: str) -> None:
    rows = list(
        csv.DictReader(io.StringIO(run("finances", "--years", "--format", "csv", "--ledger", sample_ledger, *PLAN).out))
    )
    prescribing = {
        r["period"]: Decimal(r["value"])
        for r in rows
        if r["label"] == "Prescribing" and r["unit"] == "GBP" and r["recurrence"] == "all"
    }
    assert prescribing == {"2007/08": 50157000, "2008/09": 53521130, "2009/10": 56360118}
    shown = run("finances", "--years", "--ledger", sample_ledger, *PLAN).out
    assert "Balance sheet" in shown and "  Stocks" in shown


def test_checks_that_hold_are_listed_when_asked_for(run: Runner, sample_ledger: str) -> None:
    asked = ("finances", "--ledger", sample_ledger, "--organisation", "Kelderby")
    assert "Hold: variances 20; surplus: income less cost 4" in run(*asked).out
    assert run(*asked, "--all").out.count("actual or forecast") >= 20


@pytest.mark.parametrize("command", ["activity", "backlog", "finances"])
def test_an_empty_ledger_says_so(run: Runner, ledger: Ledger, command: str) -> None:
    done = run(command, "--ledger", ledger.place)
    assert done.status == 0 and done.err.count("\n") == 1
    assert run(command, "--ledger", ledger.place, "--quiet").err == ""
