"""Milestones and risks of two real papers, counted by eye. They run where QIPPCTL_PAPERS names them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable

import pytest

from conftest import Run
from qippctl import pipeline
from qippctl.ledger import open_ledger
from real.truth import PAPERS, find_paper

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")
Runner = Callable[..., Run]


@pytest.fixture(scope="module")
def ledger_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('registers') / 'real.db'}"
    ledger = open_ledger(url)
    for prefix in ("000", "003"):
        ledger.add(pipeline.extract(find_paper(prefix)), version="test")
    return url


def records(run: Runner, *arguments: object) -> list[dict]:
    done = run(*arguments, "--format", "json")
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_staffords_milestones_on_the_day_of_the_meeting(run: Runner, ledger_url: str) -> None:
    found = records(run, "milestones", "--ledger", ledger_url, "--at", "2010-06-09")
    assert Counter(a["state"] for a in found) == {
        "overdue_no_status": 4, "due": 6, "not_due": 27, "undated": 12, "done": 5,
    }  # fmt: skip
    late = [a for a in found if a["state"] == "overdue_no_status"]
    assert [(a["due"], a["is_derived"], a["days_late"], a["rag"]) for a in late] == [
        ("2010-05-31", True, 9, "amber"),  # May
        ("2010-05-31", True, 9, "amber"),
        ("2010-05-31", False, 9, "amber"),
        ("2010-05-30", False, 10, "amber"),
    ]
    hospice = [a for a in found if a["scheme"] == "Hospice at Home"]
    assert [(a["completion_date"], a["state"]) for a in hospice[:4]] == [
        ("2010-04-30", "done"), ("2010-04-30", "done"), ("2010-05-04", "done"), ("2010-05-11", "done"),
    ]  # fmt: skip
    assert all(a["owner"] for a in found)


def test_staffords_roll_out_goes_on_into_the_next_year(run: Runner, ledger_url: str) -> None:
    found = records(run, "milestones", "--ledger", ledger_url, "--at", "2010-06-09")
    phases = [a["due"] for a in found if a["scheme"] == "Glaucoma pathway"][-4:]
    assert phases == ["2010-12-31", "2011-03-31", "2011-06-30", "2011-09-30"]


@pytest.mark.parametrize(
    ("policy", "colours"),
    [
        ("west-leicestershire-2015", {"amber": 4}),
        ("south-west-essex-2011", {None: 4}),  # one milestone slipped by more than a week: the rule's gap
        ("stafford-2010", {None: 4}),  # it goes by the status, and none is printed
    ],
)
def test_the_rules_rate_what_is_late_and_leave_their_gaps(
    run: Runner, ledger_url: str, policy: str, colours: dict[str | None, int]
) -> None:
    found = records(run, "milestones", "--ledger", ledger_url, "--at", "2010-06-09", "--policy", policy)
    assert Counter(a["rag"] for a in found if a["state"] == "overdue_no_status") == colours
    assert {a["rag"] for a in found if a["state"] == "done"} == {"green"}


def test_west_leicestershires_risks(run: Runner, ledger_url: str) -> None:
    found = records(run, "risks", "--ledger", ledger_url)
    assert [(a["number"], a["score_value"], a["closed"], a["gap"]) for a in found] == [
        ("1", 6, False, None),
        ("3", 3, True, "number 2 is missing"),
        ("4", 8, False, None),
        ("5", 15, False, None),
        ("6", 4, False, None),
    ]
    last = found[-1]
    assert (last["impact"], last["likelihood"], last["expected"], last["agrees"]) == ("1", "4", 4, True)
    assert last["notes"] == ["impact 1 of 5 beside a 22% shortfall (2,051 of 9,211 £000, by the forecast)"]
    assert [a["notes"] for a in found[:-1]] == [[]] * 4
    assert {(a["band"], a["movement"]) for a in found if not a["closed"]} == {(None, None)}
