"""When steps are due, as papers print it."""

from __future__ import annotations

import pytest

from build import SHA
from qippctl.calc.due import dues, year_of
from qippctl.models.paper import Cover
from qippctl.models.records import Milestone


def step(completion: str | None, start: str | None = None, number: str | None = "1", **rest: str) -> Milestone:
    described = {"description": "Step"} | rest
    return Milestone(paper="p.txt", sha256=SHA, page=1, number=number, start=start, completion=completion, **described)


@pytest.mark.parametrize(
    ("completion", "start", "due"),
    [
        ("May", None, "2010-05-31"),
        ("Sept", None, "2010-09-30"),
        ("1st July", None, "2010-07-01"),
        ("end of February", None, "2011-02-28"),
        ("May/June", None, "2010-06-30"),
        ("May (revised July)", None, "2010-07-31"),
        ("March 2012", None, "2012-03-31"),
        ("Mar-12", None, "2012-03-31"),
        ("Q2", None, "2010-09-30"),
        ("March", "Jan", "2011-03-31"),
        ("April", "February", "2011-04-30"),  # it ends after it begins
        ("31st June", None, None),
        ("on-going", "August", None),
        ("on-wards", "August", None),
        ("onwards", "Oct", None),
        ("TBC", None, None),
        (None, "1st July", None),
    ],
)
def test_a_month_is_of_the_papers_year_and_due_with_its_end(
    completion: str | None, start: str | None, due: str | None
) -> None:
    (found,) = dues([step(completion, start)], 2010)
    assert (found.on.isoformat() if found.on else None) == due
    assert found.is_derived == (due is not None)
    assert due is not None or found.note is not None


def test_a_full_date_is_taken_as_it_is() -> None:
    (found,) = dues([step("30.04.2010", completion_date="2010-04-30")], 1999)
    assert (str(found.on), found.is_derived) == ("2010-04-30", False)


def test_the_year_of_a_printed_start_goes_before_the_papers() -> None:
    (found,) = dues([step("March", "01.12.2012", start_date="2012-12-01")], 2010)
    assert str(found.on) == "2013-03-31"


def test_a_month_without_any_year_is_not_dated() -> None:
    (found,) = dues([step("May")], None)
    assert (found.on, found.note) == (None, 'the year of "May" is open')


def test_further_phases_follow_the_step_that_they_go_on() -> None:
    steps = [step("December"), *(step(m, number=None) for m in ("March", "June", "September"))]
    assert [str(d.on) for d in dues(steps, 2010)] == ["2010-12-31", "2011-03-31", "2011-06-30", "2011-09-30"]


def test_a_month_long_before_the_step_above_it_has_an_open_year() -> None:
    steps = [
        step("March"),
        step("May", number="2", description="Another"),
        step("Feb", number="3", description="Third"),
    ]
    assert [str(d.on) for d in dues(steps, 2010)] == ["2011-03-31", "None", "2011-02-28"]


@pytest.mark.parametrize(
    ("period", "meeting", "year"),
    [
        ("2010/11", "2010-06-09", 2010),
        ("2014/15-M11", "2015-05-12", None),  # it reports one year and met in the next
        (None, "2010-03-31", 2009),
        ("2010/11-M03", None, 2010),
        (None, None, None),
    ],
)
def test_the_year_of_a_paper(period: str | None, meeting: str | None, year: int | None) -> None:
    cover = Cover(paper="p", sha256=SHA, media_type="text/plain", pages=1, period=period, meeting_date=meeting)
    assert year_of(cover) == year
