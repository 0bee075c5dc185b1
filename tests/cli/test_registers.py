"""Milestones and risks as the commands answer them, from the sample ledger and from papers made here."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run

Runner = Callable[..., Run]
AT = ("--organisation", "Kelderby", "--at", "2023-10-10")
MILESTONE_KEYS = {
    "type", "scheme", "number", "description", "start", "completion", "start_date", "completion_date", "status", "savings",
    "beds", "page", "table", "row", "doubts", "paper", "organisation", "state", "days_late", "rag", "note", "owners",
    "slipped_from", "slipped_days", "sources",
}  # fmt: skip
RISK_KEYS = {
    "type", "number", "description", "actions", "score", "impact", "likelihood", "change", "closed", "page", "table", "row",
    "doubts", "score_value", "expected", "agrees", "movement", "gap", "notes", "sources",
}  # fmt: skip

TEMPLATE = """Coldwater Commissioning Group
Governing body {meeting}
QIPP delivery report {month}

| No | Scheme | Milestone | Start date | Completion date | Milestone achieved | Missed (<2wks) | Missed (>2 wks) |
|---|---|---|---|---|---|---|---|
| 1 | Skin pathway | Pathway agreed | 01/04/2014 | {first} | {done} | | |
| 2 | Skin pathway | Clinic opens | 01/06/2014 | {second} | | | |

Risk register

| No | Risk description | Actions | Score | Impact | Likelihood | Change |
|---|---|---|---|---|---|---|
{risks}
"""


def records(run: Runner, *arguments: object) -> list[dict]:
    done = run(*arguments, "--format", "json")
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_milestones_answer_what_the_contract_lists(run: Runner, sample_ledger: str) -> None:
    answers = records(run, "milestones", "--ledger", sample_ledger, *AT)
    assert all(answer.keys() >= MILESTONE_KEYS for answer in answers)
    assert [(a["number"], a["state"], a["days_late"], a["rag"]) for a in answers] == [
        ("1", "done", 0, "green"),
        ("2", "not_due", 0, "not_due"),
        ("3", "overdue", None, None),
        ("4", "not_due", 0, "not_due"),
        ("5", "overdue_no_status", 10, "amber"),
        ("6", "done", 0, "green"),
        ("7", "not_due", 0, "not_due"),
    ]


def test_counts_come_first_and_what_is_late_before_the_rest(run: Runner, sample_ledger: str) -> None:
    lines = run("milestones", "--ledger", sample_ledger, *AT).out.splitlines()
    assert lines[1] == "1 overdue with no status, 1 missed, 3 not due, 2 achieved."
    assert lines[3].startswith("Out of area") and "No status" in lines[3] and "5 more (--all)." in lines
    assert "Void space" in run("milestones", "--ledger", sample_ledger, *AT, "--all").out


def test_milestones_are_counted_by_scheme_and_by_owner(run: Runner, sample_ledger: str) -> None:
    by_scheme = run("milestones", "--ledger", sample_ledger, *AT, "--by", "scheme").out.splitlines()
    assert ["Out", "of", "area", "placements", "1", "Amber"] in [line.split() for line in by_scheme]
    assert "Owner" in run("milestones", "--ledger", sample_ledger, *AT, "--by", "owner").out


def test_today_and_at_are_one_option(run: Runner, sample_ledger: str) -> None:
    asked = ("milestones", "--ledger", sample_ledger, "--organisation", "Kelderby")
    assert run(*asked, "--today", "2023-10-10").out == run(*asked, "--at", "10/10/2023").out
    done = run(*asked, "--at", "soon")
    assert (done.status, done.err) == (2, 'qippctl: "soon" is not a date, such as 2011-05-26\n')


@pytest.mark.parametrize(("at", "status"), [("2023-09-28", 1), ("2023-10-10", 1)])
def test_a_script_can_fail_on_what_is_overdue(run: Runner, sample_ledger: str, at: str, status: int) -> None:
    asked = ("milestones", "--ledger", sample_ledger, "--organisation", "Kelderby", "--fail-on", "overdue")
    assert run(*asked, "--at", at).status == status


def test_nothing_overdue_fails_nothing(run: Runner, sample_ledger: str) -> None:
    asked = ("milestones", "--ledger", sample_ledger, "--organisation", "Harrow", "--fail-on", "overdue")
    assert run(*asked, "--at", "2010-04-30").status == 0


def test_a_body_without_milestones_has_none_and_an_unknown_one_is_an_error(run: Runner, sample_ledger: str) -> None:
    assert records(run, "milestones", "--ledger", sample_ledger, "--organisation", "Northmere") == []
    done = run("milestones", "--ledger", sample_ledger, "--organisation", "Nowhere")
    assert done.status == 2 and '"Nowhere" is no organisation of the ledger' in done.err


def test_risks_answer_what_the_contract_lists(run: Runner, sample_ledger: str) -> None:
    answers = records(run, "risks", "--ledger", sample_ledger, "--organisation", "Tarnwater")
    assert all(answer.keys() >= RISK_KEYS for answer in answers)
    assert [(a["number"], a["score_value"], a["expected"], a["agrees"], a["movement"]) for a in answers] == [
        ("R1", 16, 16, True, "same"),
        ("R2", 12, 12, True, "same"),
        ("R3", 12, 12, True, "same"),
        ("R4", 6, 6, True, "same"),
    ]
    assert len(answers[0]["sources"]) > 1
    # `Up` stands in another paper of the same month too: it is since the month before.
    assert {tuple(a["notes"]) for a in answers} == {()}


def test_closed_risks_are_shown_when_asked_for(run: Runner, sample_ledger: str) -> None:
    asked = ("risks", "--ledger", sample_ledger, "--organisation", "Kelderby")
    assert "C04" not in run(*asked).out and "1 closed or no longer listed (--all)." in run(*asked).out
    assert "C04" in run(*asked, "--all").out


@pytest.fixture
def two_papers(run: Runner, tmp_path: Path) -> str:
    """A ledger with two months of one body's milestones and risks."""
    url = f"sqlite:///{tmp_path / 'two.db'}"
    first = TEMPLATE.format(
        meeting="12 June 2014",
        month="Month 2 2014/15",
        first="30/05/2014",
        second="31/07/2014",
        done="",
        risks="| 1 | Staff leave | Interim cover | 12 | 3 | 4 | |\n| 2 | Lease ends | Talks | 9 | 3 | 3 | |",
    )
    second = TEMPLATE.format(
        meeting="10 July 2014",
        month="Month 3 2014/15",
        first="30/05/2014",
        second="30/09/2014",
        done="Yes",
        risks="| 1 | Staff leave | Interim cover | 16 | 4 | 4 | ↑ |\n| 4 | Prices rise | Watch | 7 | | | |",
    )
    for name, text in (("m02.md", first), ("m03.md", second)):
        (tmp_path / name).write_text(text)
        assert run("ingest", tmp_path / name, "--ledger", url, "-q").status == 0
    return url


def test_slippage_between_two_papers(run: Runner, two_papers: str) -> None:
    done, moved = records(run, "milestones", "--ledger", two_papers, "--at", "2014-07-10")
    assert (done["state"], moved["state"]) == ("done", "not_due")
    assert (moved["due"], moved["slipped_from"], moved["slipped_days"], moved["rag"]) == (
        "2014-09-30",
        "2014-07-31",
        61,
        "red",
    )
    assert [(s["paper_number"], s["said"]) for s in moved["sources"]] == [(2, "30/09/2014"), (1, "31/07/2014")]
    earlier = records(run, "milestones", "--ledger", two_papers, "--at", "2014-06-30")
    assert [(a["state"], a["days_late"]) for a in earlier] == [("overdue_no_status", 31), ("not_due", 0)]
    up_to = records(run, "milestones", "--ledger", two_papers, "--at", "2014-07-10", "--period", "M2")
    assert [a["state"] for a in up_to] == ["overdue_no_status", "not_due"]


def test_a_renamed_scheme_keeps_its_milestones(run: Runner, two_papers: str, tmp_path: Path) -> None:
    text = (tmp_path / "m03.md").read_text().replace("Skin pathway", "Dermatology").replace("30/09/2014", "31/10/2014")
    (tmp_path / "m04.md").write_text(text.replace("Month 3", "Month 4").replace("10 July", "14 August"))
    assert run("ingest", tmp_path / "m04.md", "--ledger", two_papers, "-q").status == 0
    asked = ("milestones", "--ledger", two_papers, "--at", "2014-08-14")
    assert len(records(run, *asked)) == 4
    from qippctl.ledger import open_ledger
    from qippctl.models.decisions import Link

    body = records(run, *asked)[0]["organisation"]
    link = Link(
        organisation=body,
        by="test",
        at="2014-08-14",
        reason="",
        level="scheme",
        name="Skin pathway",
        to="Dermatology",
        share=100,
    )
    open_ledger(two_papers).decide(link)
    found = records(run, *asked)
    assert [(a["scheme"], a["slipped_from"], a["slips"]) for a in found] == [
        ("Dermatology", None, 0),
        ("Dermatology", "2014-07-31", 2),
    ]


def test_risks_of_two_papers(run: Runner, two_papers: str) -> None:
    found = records(run, "risks", "--ledger", two_papers)
    assert [(a["number"], a["movement"], a["score_before"], a["gap"], a["notes"]) for a in found] == [
        ("1", "up", 12, None, []),
        ("4", "new", None, "numbers 2 (listed in paper #1), 3 are missing", ["score 7 is no product of two numbers from 1 to 5"]),
        ("2", "gone", 9, None, ["the newest register does not list it"]),
    ]  # fmt: skip
