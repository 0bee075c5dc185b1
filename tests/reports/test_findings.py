"""Findings as people see them: the verdict first, then what changes a decision, then paper by paper; and in other formats."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from qippctl.models.finding import Accepted, Finding, Verdict
from qippctl.models.records import Claim
from qippctl.reports import findings as views
from qippctl.reports.render import render

BY_ANN = Accepted(number=4, by="ann", at="2015-05-12T09:00:00+00:00", reason="The author agrees")


def finding(identity: str = "f1", **rest: Any) -> Finding:
    """An error of a row of the first table of board.pdf, unless told otherwise."""
    default: dict[str, Any] = {
        "id": identity,
        "paper": "board.pdf",
        "sha256": "ab" * 32,
        "organisation": "Body",
        "period": "2014/15-M11",
        "code": "QT101",
        "severity": "error",
        "message": "Front door: variance.ytd printed 5, actual less plan is 0",
        "printed": "5",
        "recomputed": "0",
        "figures": ("abababababab/p1t1/2/2", "abababababab/p1t1/2/3"),
        "page": 1,
        "table": "p1t1",
        "row": 2,
        "where": "Savings by scheme",
    }
    return Finding(**(default | rest))


def verdict(*found: Finding, **rest: Any) -> Verdict:
    open_ = [one for one in found if one.accepted is None]
    default: dict[str, Any] = {
        "papers": 1,
        "checked": 226,
        "exact": 219,
        "rounding": 3,
        "errors": sum(one.severity == "error" for one in open_),
        "warnings": sum(one.severity == "warning" for one in open_),
        "notes": sum(one.severity == "note" for one in open_),
        "decision_errors": sum(one.decision is not None and one.severity != "note" for one in open_),
        "accepted": len(found) - len(open_),
    }
    return Verdict(**(default | rest))


def text(*found: Finding, width: int = 80, everything: bool = False, numbered: bool = True, **rest: Any) -> str:
    entries = views.shown(found, everything=everything)
    return render(views.findings(found, verdict(*found, **rest), entries, numbered=numbered), "table", width=width)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([], "NOTHING FOUND: no figure or sentence contradicts another"),
        ([finding(severity="note")], "NOTHING FOUND"),
        ([finding(severity="warning")], "NO ERROR FOUND: 1 warning to look at"),
        ([finding()], "NOT READY: 1 error to put right, or to accept with a reason"),
        ([finding(decision="rag")], "DO NOT SIGN YET: 1 error changes what the Board is told"),
        (
            [finding(decision="rag"), finding("f2", decision="yield")],
            "DO NOT SIGN YET: 2 errors change what the Board is told",
        ),
        ([finding(severity="warning", decision="sign")], "DO NOT SIGN YET: 1 finding changes what the Board is told"),
        ([finding(decision="rag", accepted=BY_ANN)], "NOTHING FOUND"),
    ],
)
def test_the_first_line_says_what_to_do(found: list[Finding], said: str) -> None:
    assert text(*found).splitlines()[0].startswith(said)


def test_nothing_checked_is_not_called_nothing_found() -> None:
    assert text(checked=0, exact=0, rounding=0).startswith("NOTHING CHECKED")
    assert "Rounding" not in text(checked=0, exact=0, rounding=0)


def test_the_second_line_has_the_numbers() -> None:
    shown = text(finding(decision="rag"), finding("f2"), finding("f3", severity="warning"), width=200)
    assert shown.splitlines()[1] == (
        "2 errors (1 decision error), 1 warning; 226 identities checked, 219 hold exactly, 3 within rounding"
    )


def test_what_changes_a_decision_comes_first_then_papers_with_errors_then_places() -> None:
    found = [
        finding("f1", paper="a.pdf", severity="warning", message="a warning of another paper"),
        finding("f2", page=2, table="p2t1", message="an error on page 2"),
        finding("f3", page=2, table="p2t1", severity="warning", message="a warning on page 2"),
        finding("f4", message="an error on page 1"),
        finding("f5", paper="a.pdf", severity="warning", decision="rag", message="a decision"),
    ]
    shown = text(*found)
    order = ["a decision", "an error on page 1", "an error on page 2", "a warning on page 2", "a warning of another"]
    places = [shown.index(message) for message in order]
    assert places == sorted(places)
    assert shown.index("Changes what is decided") < places[0] and "(changes a RAG)" in shown


@pytest.mark.parametrize("width", [80, 120, 200])
def test_numbers_stand_to_the_right_and_nothing_is_too_wide(width: int) -> None:
    long = finding("f2", message="A scheme with a very long name indeed: " + "words " * 30, where="Title " * 40,
                   printed="381795000", recomputed="-740182000.5")  # fmt: skip
    lines = text(finding(), long, width=width).splitlines()
    assert max(map(len, lines)) <= width
    (head,) = (line for line in lines if "Recomputed" in line)
    wide = next(line for line in lines if "381,795,000" in line)
    narrow = next(line for line in lines if line.startswith("#1"))
    assert wide.endswith("381,795,000  -740,182,000.5")
    assert len(head) == len(wide) == len(narrow)


def test_wide_terminals_are_used() -> None:
    assert "Front door: variance.ytd printed 5, actual less plan is 0  " in text(finding(), width=200)


def test_severity_is_a_word_whatever_the_colour() -> None:
    listing = views.findings([finding()], verdict(finding()), views.shown([finding()]), numbered=True)
    plain, coloured = (render(listing, "table", colour=c) for c in (False, True))
    assert "error" in plain and "\x1b" not in plain and "\x1b[31m" in coloured


def test_findings_of_one_cause_are_one_entry() -> None:
    found = [finding("f1", cause="f1"), *(finding(f"f{k}", code="QT201", cause="f1", row=9) for k in (2, 3))]
    shown = text(*found)
    assert "+2 that share this figure (QT201)" in shown and "#2" not in shown
    every = text(*found, everything=True)
    assert "#3" in every and every.count("+ Front door") == 2


def test_a_group_whose_first_finding_is_not_there_loses_nobody() -> None:
    """It was accepted, or it is not new: the others stand for themselves."""
    found = [finding("f1", accepted=BY_ANN), finding("f2", cause="f1"), finding("f3", cause="gone")]
    assert [entry.finding.id for entry in views.shown(found)] == ["f2", "f3", "f1"]
    chained = [finding("f1", cause="f2"), finding("f2", cause="f3"), finding("f3", cause="f1")]
    assert sorted(entry.finding.id for entry in views.shown(chained)) == ["f1", "f2", "f3"]


def test_notes_are_counted_unless_asked_for() -> None:
    notes = [finding(f"f{k}", code="QD901", severity="note") for k in range(9)]
    assert "9 notes (QD901 x9): --all shows them." in text(*notes)
    assert "#9" in text(*notes, everything=True) and "--all shows" not in text(*notes, everything=True)


def test_suggestions_and_repairs_stand_with_their_finding() -> None:
    change = {"figure": "abababababab/p3t1/12/4", "label": "Extended waits plan.year", "printed": "(0.8)",
              "needed": "-8.4", "value": "8400000"}  # fmt: skip
    one = finding(suggestion='The gap is "£1,428k".', repair={"changes": [change]})
    shown = text(one)
    assert 'Suggest: "The gap is "£1,428k"."' in shown
    assert "one cell would mend it: Extended waits plan.year (0.8) -> -8.4" in shown
    assert "qippctl correct abababababab/p3t1/12/4 8.4 --kind misprint --reason TEXT" in shown.replace("\n     ", " ")
    assert "qippctl correct" not in text(one, numbered=False)
    two = finding(repair={"alternatives": [[change], [change]], "complete": False})
    assert "2 or more ways would mend it alike" in text(two)


def test_accepted_findings_come_last_with_who_and_why() -> None:
    shown = text(finding("f1", accepted=BY_ANN), finding("f2", severity="warning"))
    assert shown.index("#1") < shown.index("\nAccepted\n") < shown.index("#2")
    assert "accepted by ann, 12 May 2015 (decision 4): The author agrees" in shown
    assert "1 finding accepted, counted nowhere else" in shown


def test_an_acceptance_of_other_numbers_is_told() -> None:
    shown = text(finding(accepted_before=BY_ANN.model_copy(update={"number": 0})), width=120)
    assert "accepted before with other numbers by ann, 12 May 2015: The author agrees" in shown
    assert "NOT READY: 1 error" in shown


def test_whose_a_finding_is_where_it_is_not_the_papers() -> None:
    found = [finding("f1"), finding("f2", page=2), finding("f3", page=3, organisation="Other Trust")]
    shown = text(*found, width=120)
    assert "Other Trust: Front door" in shown and "Body: Front door" not in shown
    assert "board.pdf   Body   M11 Feb 2015" in shown


def test_the_end_says_what_was_not_checked_and_what_to_do_next() -> None:
    shown = text(finding(), untied_claims=10)
    assert "10 sentences with numbers that nothing could be held against: --untied lists\nthem." in shown
    assert shown.endswith("Rounding differences: none called errors.\nNext: qippctl evidence '#1'\n")
    assert text(finding(), numbered=False).endswith("Next: qippctl explain QT101\n")


HOSTILE = "\x1b[31mred | [x](http://e.vil) =1+1"


def test_text_of_a_paper_is_harmless_wherever_it_is_shown() -> None:
    one = finding(message=HOSTILE, where=HOSTILE, suggestion=HOSTILE, organisation=HOSTILE)
    assert "\x1b" not in text(one)
    entries = views.shown([one])
    pasted = render(views.findings([one], verdict(one), entries, pasted=True), "md")
    assert "\x1b" not in pasted and r"\[x\](http://e.vil)" in pasted
    sheet = render(views.findings([finding(message="=1+1")], verdict(one), ()), "csv")
    assert "'=1+1" in sheet


def test_a_report_can_be_pasted() -> None:
    found = [finding(suggestion="Write 0."), finding("f2", severity="warning", accepted=BY_ANN)]
    shown = render(views.findings(found, verdict(*found), views.shown(found), pasted=True), "md")
    assert "qippctl " not in shown and "--" not in shown.replace("---", "")
    assert "| # | Paper | Place | Rule | Kind | Finding | Printed | Recomputed |" in shown
    assert '1. Suggest: "Write 0."' in shown
    assert "2. accepted by ann, 12 May 2015 (decision 4): The author agrees" in shown


def test_scripts_get_every_finding_and_last_the_verdict() -> None:
    found = [finding(), finding("f2", severity="note"), finding("f3", accepted=BY_ANN)]
    listing = views.findings(found, verdict(*found), views.shown(found))
    array = json.loads(render(listing, "json"))
    assert [r["type"] for r in array] == ["finding", "finding", "finding", "verdict"]
    assert [json.loads(line) for line in render(listing, "jsonl").splitlines()] == array
    rows = list(csv.DictReader(io.StringIO(render(listing, "csv"))))
    assert [(r["id"], r["severity"], r["accepted"]) for r in rows] == [
        ("f1", "error", ""),
        ("f2", "note", ""),
        ("f3", "error", "The author agrees"),
    ]


def test_sentences_that_nothing_is_held_against() -> None:
    claims = [Claim(paper=name, sha256="ab" * 32, page=2, text=f"We saved £{k}k.") for k, name in enumerate("ab")]
    shown = render(views.untied(claims), "table")
    assert shown.startswith("2 sentences with numbers that nothing could be held against.")
    assert "   2  We saved £1k." in shown


def test_a_finding_about_a_sentence_shows_it() -> None:
    one = finding(figures=(), table=None, where="paragraph 7", text="The variance is £2,051k.", suggestion="£1,428k")
    shown = render(views.prose(one), "table")
    assert 'As it stands in the paper: "The variance is £2,051k."' in shown
    assert "paragraph 7, page 1" in shown and 'Suggest: "£1,428k"' in shown
