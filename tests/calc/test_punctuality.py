"""How milestones stand at a date, by one paper and by several."""

from __future__ import annotations

from datetime import date

import pytest

from build import SHA
from qippctl import pipeline
from qippctl.calc.punctuality import Listed, answers
from qippctl.models.records import Milestone
from qippctl.models.registers import MilestoneAnswer

DAYS_30, WEEK, STATUS, NO_RULE = (
    pipeline.find_policy("west-leicestershire-2015"),
    pipeline.find_policy("south-west-essex-2011"),
    pipeline.find_policy("stafford-2010"),
    pipeline.find_policy("west-leicestershire-2015").model_copy(update={"milestones": None}),
)


def step(due: str | None, status: str | None = None, number: str | None = "1", what: str = "Step") -> Milestone:
    return Milestone(
        paper="p.txt",
        sha256=SHA,
        page=1,
        number=number,
        description=what,
        completion=due,
        completion_date=due if due and due.startswith("20") else None,
        status=status,  # type: ignore[arg-type]
    )


def paper(written: str, *steps: Milestone, number: int = 1, is_final: bool = True, scheme: str = "A") -> Listed:
    return Listed(steps, scheme, number, date.fromisoformat(written), is_final, written, "2010/11", 2010)


def one(at: str, *papers: Listed, policy: object = DAYS_30) -> MilestoneAnswer:
    (found,) = answers(papers, date.fromisoformat(at), policy)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("due", "status", "state", "late", "rag"),
    [
        ("2010-05-31", "achieved", "done", (0, 0, 0), "green"),
        ("2010-05-31", None, "overdue_no_status", (9, 9, 9), "amber"),
        ("2010-05-10", None, "overdue_no_status", (30, 30, 30), "amber"),
        ("2010-05-09", None, "overdue_no_status", (31, 31, 31), "red"),
        ("2010-06-08", None, "overdue_no_status", (1, 1, 1), "amber"),
        ("2010-06-09", None, "due", (0, 0, 0), None),
        ("2010-06-10", None, "not_due", (0, 0, 0), "not_due"),
        ("June", None, "due", (0, 0, 0), None),  # this month, and no day is printed
        ("May", None, "overdue_no_status", (9, 9, 9), "amber"),
        ("on-going", None, "undated", (None, None, None), None),
        (None, "achieved", "done", (0, 0, 0), "green"),
        ("2010-05-20", "missed_under_2_weeks", "overdue", (None, 1, 14), "amber"),
        ("2010-04-30", "missed_over_2_weeks", "overdue", (None, 15, 40), None),  # amber to day 30, red from 31
        (None, "missed_over_2_weeks", "overdue", (None, 15, None), None),
    ],
)
def test_a_milestone_at_9_june(
    due: str | None, status: str | None, state: str, late: tuple[int | None, ...], rag: str | None
) -> None:
    found = one("2010-06-09", paper("2010-06-09", step(due, status)))
    assert found.state == state
    assert (found.days_late, found.days_late_least, found.days_late_most) == late
    assert found.rag == rag


def test_the_colours_that_stay_open_are_told() -> None:
    found = one("2010-06-09", paper("2010-06-09", step(None, "missed_over_2_weeks")))
    assert (found.rag, sorted(found.possible), found.note) == (
        None,
        ["amber", "red"],
        "15 or more days late: that leaves the colour open",
    )


def test_a_gap_of_the_rule_is_told_and_not_filled() -> None:
    found = one("2010-06-09", paper("2010-06-09", step("2010-05-31")), policy=WEEK)
    assert (found.rag, found.scheme_rag) == (None, None)
    assert found.note == "9 days late: the rule gives this no colour; no status is printed"
    assert found.scheme_note == "1 of 1 late (9 days late): the rule gives this no colour"


def test_a_schemes_milestones_are_judged_together() -> None:
    steps = (step("2010-05-31"), step("2010-05-30", number="2", what="Other"), step("2010-07-31", number="3", what="C"))
    found = answers([paper("2010-06-09", *steps)], date(2010, 6, 9), WEEK)
    assert [(a.rag, a.scheme_rag) for a in found] == [(None, "red"), (None, "red"), (None, "red")]


def test_a_rule_by_status_gives_no_colour_without_one() -> None:
    late = one("2010-06-09", paper("2010-06-09", step("2010-05-31")), policy=STATUS)
    assert (late.rag, late.note) == (None, "the rule goes by a status, and none is printed; no status is printed")
    missed = one("2010-06-09", paper("2010-06-09", step(None, "missed_over_2_weeks")), policy=STATUS)
    assert missed.rag == "red"


def test_a_policy_without_milestones_rates_none() -> None:
    found = one("2010-06-09", paper("2010-06-09", step("2010-05-31")), policy=NO_RULE)
    assert (found.rag, found.state) == (None, "overdue_no_status")
    assert found.note is not None and "rates no milestones" in found.note


def test_what_fell_due_after_the_last_paper_says_so() -> None:
    found = one("2010-09-30", paper("2010-06-09", step("2010-08-31")))
    assert (found.days_late, found.rag) == (30, "amber")
    assert found.note is not None and found.note.endswith("no paper since 2010-06-09")


@pytest.mark.parametrize(
    ("first", "then", "slipped_from", "days", "slips", "rag"),
    [
        ("2010-08-31", "2010-09-15", "2010-08-31", 15, 1, "amber"),
        ("2010-08-31", "2010-10-01", "2010-08-31", 31, 1, "red"),
        ("2010-08-31", "2010-08-31", None, 0, 0, "not_due"),
        ("2010-08-31", "2010-08-15", "2010-08-31", -16, 0, "not_due"),  # brought forward
        ("August", "2010-08-15", None, 0, 0, "not_due"),  # a month and a day of it
        ("on-going", "2010-08-15", None, None, 0, "not_due"),
    ],
)
def test_a_date_that_a_later_paper_changes_has_slipped(
    first: str, then: str, slipped_from: str | None, days: int | None, slips: int, rag: str
) -> None:
    found = one("2010-07-14", paper("2010-06-09", step(first)), paper("2010-07-14", step(then), number=2))
    assert (found.slipped_from, found.slipped_days, found.slips, found.rag) == (slipped_from, days, slips, rag)
    assert [s.paper_number for s in found.sources] == [2, 1]


def test_a_slip_counts_from_the_first_date() -> None:
    dates = ("2010-06-30", "2010-07-31", "2010-08-31")
    months = ("2010-05-01", "2010-06-01", "2010-07-01")
    papers = [paper(w, step(d), number=n) for n, (w, d) in enumerate(zip(months, dates, strict=True), 1)]
    found = one("2010-09-10", *papers)
    assert (found.slipped_from, found.slipped_days, found.slips) == ("2010-06-30", 62, 2)
    assert (found.days_late, found.rag) == (10, "red")  # 72 days after the first date


def test_a_draft_of_the_same_meeting_is_no_earlier_paper() -> None:
    draft = paper("2010-06-09", step("2010-08-31"), is_final=False)
    found = one("2010-06-09", draft, paper("2010-06-09", step("2010-09-30"), number=2))
    assert (found.due, found.slipped_days) == ("2010-09-30", None)


def test_papers_after_the_date_are_not_known_yet() -> None:
    papers = (paper("2010-06-09", step("2010-06-30")), paper("2010-07-14", step("2010-06-30", "achieved"), number=2))
    assert [one(at, *papers).state for at in ("2010-07-01", "2010-07-14")] == ["overdue_no_status", "done"]


def test_before_the_first_paper_its_word_is_taken_and_said_to_be_so() -> None:
    found = one("2010-05-01", paper("2010-06-09", step("2010-05-31")))
    assert found.state == "not_due"
    assert found.note is not None and found.note.endswith("as the paper of 2010-06-09 says")


def test_what_a_paper_shows_undone_after_its_date_was_done_late() -> None:
    papers = (
        paper("2010-06-01", step("2010-06-30")),
        paper("2010-07-14", step("2010-07-31"), number=2),
        paper("2010-08-01", step("2010-07-31", "achieved"), number=3),
    )
    found = one("2010-08-01", *papers)
    assert (found.state, found.days_late_least, found.days_late_most) == ("done_late", 14, 31)


@pytest.mark.parametrize(
    ("number", "what", "is_same"),
    [("1", "Step", True), ("7", "STEP.", True), ("1", "Other words", True), ("2", "Other words", False)],
)
def test_a_milestone_is_known_by_its_words_or_its_number(number: str, what: str, is_same: bool) -> None:
    before = paper("2010-06-09", step("2010-08-31"))
    found = answers(
        [before, paper("2010-07-14", step("2010-09-30", None, number, what), number=2)], date(2010, 7, 14), DAYS_30
    )
    assert (len(found) == 1) == is_same


def test_what_the_newest_paper_leaves_out_is_kept_and_told() -> None:
    papers = (
        paper("2010-06-09", step("2010-08-31"), step("2010-09-30", number="2", what="Other")),
        paper("2010-07-14", step("2010-08-31"), number=2),
    )
    found = answers(papers, date(2010, 7, 14), DAYS_30)
    assert [a.number for a in found] == ["1", "2"]
    assert found[1].note is not None and "paper #2 no longer lists it" in found[1].note


def test_words_that_two_schemes_share_are_two_milestones() -> None:
    papers = (paper("2010-06-09", step("2010-08-31")), paper("2010-07-14", step("2010-09-30"), number=2, scheme="B"))
    assert [a.slipped_days for a in answers(papers, date(2010, 7, 14), DAYS_30)] == [None, None]
