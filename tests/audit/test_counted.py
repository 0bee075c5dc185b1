"""Numbers of lists and what sentences say of them; milestones and words of another time."""

from __future__ import annotations

from typing import Any

import pytest

from build import SHA, figure, paper
from qippctl.audit import Material
from qippctl.audit.catalogue import Breach, Check
from qippctl.audit.counted import (
    count_of_all,
    count_of_numbered,
    count_stated_not_listed,
    missing_number_in_a_sequence,
)
from qippctl.audit.dates import impossible_year, milestone_overdue_without_status, stale_period
from qippctl.models.paper import Paper
from qippctl.models.records import AnyRecord, Claim, Milestone, Position, Risk

PLACE: dict[str, Any] = {"paper": "paper.txt", "sha256": SHA, "page": 1}


def breaches(check: Check, of: Paper) -> list[Breach]:
    return [told for told in check(Material(of)) if isinstance(told, Breach)]


def with_records(*records: AnyRecord, **cover: Any) -> Paper:
    return paper([figure()], **cover).model_copy(update={"records": records})


def with_table(rows: int, *above: str, **rest: Any) -> Paper:
    made = paper([figure(row=row, scheme=f"Scheme {row}") for row in range(1, rows + 1)])
    return made.model_copy(update={"tables": (made.tables[0].model_copy(update={"above": above} | rest),)})


@pytest.mark.parametrize(
    ("numbers", "want"),
    [
        (("1", "3", "4", "5", "6"), ["2"]),
        (("1", "2", "3", "4"), []),
        (("1", "3", "5", "7", "9", "11"), []),  # another way of numbering
        (("1", "3", "2", "4"), []),  # by score, not by number
        (("R1", "R3", "R4", "R5"), []),
        (("1", "3"), []),
    ],
)
def test_missing_numbers(numbers: tuple[str, ...], want: list[str]) -> None:
    risks = [
        Risk(**PLACE, table="p1t2", row=row, number=number, description="May fail")
        for row, number in enumerate(numbers)
    ]
    assert [b.recomputed for b in breaches(missing_number_in_a_sequence, with_records(*risks))] == want


@pytest.mark.parametrize(
    ("rows", "above", "want"),
    [
        (7, "Spending with each of our top 10 suppliers is shown below.", [("10", "7")]),
        (7, "Spending with the top seven suppliers is shown below.", []),
        (7, "Some of our top 10 suppliers are large.", []),
        (7, "The table below shows these 12 months.", []),
        (7, "The following 5 projects were begun.", [("5", "7")]),
        (7, "Each of 10 suppliers is shown below.", []),
    ],
)
def test_a_count_before_a_table(rows: int, above: str, want: list[tuple[str, str]]) -> None:
    assert [(b.printed, b.recomputed) for b in breaches(count_stated_not_listed, with_table(rows, above))] == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("We fund five clinics (C1 to C5) and seven more wards (C6 to C12) for £2.", []),
        ("We fund six clinics (C1 to C5) for £2.", [("6", "5")]),
    ],
)
def test_a_count_beside_its_numbers(text: str, want: list[tuple[str, str]]) -> None:
    made = with_records(Claim(**PLACE, text=text))
    assert [(b.printed, b.recomputed) for b in breaches(count_of_numbered, made)] == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Plans for all 7 Programmes cost £2.", [("7", "8")]),
        ("Plans for all eight programmes cost £2.", []),
        ("Plans for 7 programmes cost £2.", []),
    ],
)
def test_all_programmes_against_the_dashboard(text: str, want: list[tuple[str, str]]) -> None:
    dashboard = [Position(**PLACE, table="p1t2", row=n, workstream=f"Programme {n}") for n in range(8)]
    made = with_records(*dashboard, Claim(**PLACE, text=text), Claim(**PLACE, text=text + " Again."))
    assert [(b.printed, b.recomputed) for b in breaches(count_of_all, made)] == want


def milestone(completion: str | None, status: Any = None, iso: str | None = None) -> Milestone:
    return Milestone(
        **PLACE,
        table="p1t2",
        row=1,
        scheme="Beds",
        description=f"Agree by {completion}",
        completion=completion,
        completion_date=iso,
        status=status,
    )


@pytest.mark.parametrize(
    ("step", "want"),
    [
        (milestone("May"), 1),
        (milestone("30/05/10", iso="2010-05-30"), 1),
        (milestone("June"), 0),  # the month of the meeting
        (milestone("1 June", iso="2010-06-01"), 0),
        (milestone("May", "achieved"), 0),
        (milestone("May", "missed_over_2_weeks"), 0),
        (milestone("on-going"), 0),
        (milestone(None), 0),
    ],
)
def test_milestones_that_are_overdue(step: Milestone, want: int) -> None:
    told = milestone("April", "achieved")
    made = with_records(told, step, meeting_date="2010-06-09", period=None)
    assert len(breaches(milestone_overdue_without_status, made)) == want


def test_a_paper_that_tells_no_status_of_any_milestone_is_left_alone() -> None:
    made = with_records(milestone("April"), milestone("May"), meeting_date="2010-06-09", period=None)
    assert breaches(milestone_overdue_without_status, made) == []


LEAD = "Ratings of our schemes to the end of March 2015 are shown below."


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("None of the schemes had red ratings to the end of December.", 1),
        ("None of the schemes had red ratings to the end of March.", 0),
        ("Fewer schemes have red ratings than to the end of December.", 0),
        ("The board met to the end of December.", 0),
    ],
)
def test_a_sentence_of_an_earlier_time(text: str, want: int) -> None:
    assert len(breaches(stale_period, with_table(3, LEAD, text))) == want
    assert breaches(stale_period, with_table(3, text)) == []


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("budgets of 2008-9 and 2000-10", [("2000", "2009")]),
        ("budgets of 2008-9 and 2009-10", []),
        ("budgets of 2008/09 to 2019/10", [("2019", "2009")]),
        ("from 2000-10 and beyond", []),
        ("budgets of 2008-9 and 2008-10", []),
        ("budgets of 2008-09, 2010-15", []),
    ],
)
def test_years_that_cannot_be_meant(text: str, want: list[tuple[str, str]]) -> None:
    assert [(b.printed, b.recomputed) for b in breaches(impossible_year, with_table(3, text))] == want
