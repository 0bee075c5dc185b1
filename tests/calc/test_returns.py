"""What a period lacks, from what its papers and earlier ones say; who owns what; which decision approves a plan."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from build import SHA, figure, paper
from qippctl.calc.approvals import approved
from qippctl.calc.owners import Owners
from qippctl.calc.position import Position
from qippctl.calc.positions import Stated, positions
from qippctl.calc.returns import Reported, returns
from qippctl.models.decisions import Link, PlanApproval
from qippctl.models.records import Coverage, Project, Record, Status
from qippctl.models.records import Position as Dashboard
from qippctl.models.returns import Return

M10, M11 = "2014/15-M10", "2014/15-M11"
COVER = paper().cover


def subjects(*names: str, period: str = M11, **rest: Any) -> list[Position]:
    """A scheme a name, each with a plan and an actual."""
    stated = [
        Stated(figure(measure, value=5, scheme=name, row=row, column=column, period=period, **rest))
        for row, name in enumerate(names)
        for column, measure in enumerate(("plan", "actual"))
    ]
    return positions(stated, [], period)


def status(scheme: str | None = "A", row: int = 1, **rest: Any) -> Status:
    default = {"paper": "paper.txt", "sha256": SHA, "page": 2, "table": "p2t1", "row": row, "organisation": "Body"}
    return Status(scheme=scheme, **(default | rest))


def missing(**rest: Any) -> list[tuple[str, str | None]]:
    return [(one.problem, one.scheme) for one in found(**rest)]


def found(**rest: Any) -> list[Return]:
    default: dict[str, Any] = {"organisation": "Body", "period": M11, "covers": {SHA: (3, COVER)}}
    return returns(Reported(**(default | rest)))


def link(name: str, to: str, share: int = 100, since: str | None = M11) -> Link:
    return Link(by="A", at="2015-01-01T00:00:00", reason="", name=name, to=to, share=Decimal(share), since=since)


def test_a_scheme_of_last_month_that_nothing_mentions_has_not_reported() -> None:
    earlier = [(M10, subjects("A", "B", period=M10))]
    (one,) = found(positions=subjects("A"), earlier=earlier)
    assert (one.problem, one.scheme, one.last_reported) == ("not reported", "B", M10)
    assert (one.paper_number, one.page, one.detail) == (3, 1, f"last reported for {M10}")


@pytest.mark.parametrize(
    ("now", "links", "expected"),
    [
        (["a."], [], []),
        (["New"], [], ["A"]),
        (["New"], [link("A", "New")], []),
        (["New", "Other"], [link("A", "New", 60), link("A", "Other", 40)], []),
    ],
    ids=["spelt otherwise", "another scheme", "renamed", "split"],
)
def test_a_scheme_under_another_name_is_not_missed(now: list[str], links: list[Link], expected: list[str]) -> None:
    earlier = [(M10, subjects("A", period=M10))]
    assert [scheme for _, scheme in missing(positions=subjects(*now), earlier=earlier, links=links)] == expected


def test_a_scheme_with_a_row_of_words_alone_is_mentioned() -> None:
    earlier = [(M10, subjects("A", period=M10))]
    assert missing(records=[status(issue="Late")], earlier=earlier) == []


def test_a_scheme_that_was_missing_last_month_too_is_asked_for_once() -> None:
    earlier = [(M10, subjects("B", period=M10)), ("2014/15-M09", subjects("A", "B", "C", period="2014/15-M09"))]
    got = found(positions=subjects("C"), earlier=earlier)
    assert [(one.scheme, one.last_reported) for one in got] == [("B", M10), ("A", "2014/15-M09")]


def test_two_schemes_of_one_name_in_two_groups_are_told_apart() -> None:
    both = [*subjects("Other", workstream="X", period=M10), *subjects("Other", workstream="Y", period=M10)]
    got = found(positions=subjects("Other", workstream="X"), earlier=[(M10, both)])
    assert [(one.workstream, one.scheme) for one in got] == [("Y", "Other")]


@pytest.mark.parametrize(
    ("row", "is_blank"),
    [
        (status(), True),
        (status(references=("TA: 91",), owners={"lead": "P"}, code="PC1"), True),
        (status(issue="•n/a"), False),
        (status(mitigation="Data awaited"), False),
        (status(ratings={"milestones": "Green"}), False),
        (status(targets={"plan.year 2014/15": "TBC"}), False),
        (status(table=None, row=None), False),
        (status(scheme=None), False),
    ],
)
def test_a_row_that_prints_nothing_is_blank(row: Status, is_blank: bool) -> None:
    assert missing(records=[row]) == ([("blank", "A")] if is_blank else [])


def test_a_row_with_a_figure_or_a_colour_is_not_blank() -> None:
    assert missing(records=[status()], filled={(SHA, "p2t1", 1)}) == []


def test_a_blank_row_of_a_scheme_that_another_row_reports_is_not_asked_for() -> None:
    assert missing(records=[status(), status(row=2, issue="Late")]) == []
    assert missing(records=[status()], positions=subjects("A")) == []


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ({"plan": 5}, [("no actual", "A")]),
        ({"plan": 5, "actual": 0}, []),
        ({"plan": 5, "variance": 0}, []),
        ({"plan": 0}, []),
        ({"actual": 5}, []),
    ],
)
def test_a_nought_is_an_actual_and_nothing_printed_is_none(measures: dict[str, int], expected: list[object]) -> None:
    stated = [Stated(figure(name, value=value, column=i)) for i, (name, value) in enumerate(measures.items())]
    assert missing(positions=positions(stated, [], M11)) == expected


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], 1),
        ([{"committee": "Board", "meeting_date": "2015-04-01"}], 0),
        ([{"committee": "Board", "meeting_date": "2015-01-01"}], 1),
        ([{"committee": "Audit", "meeting_date": "2015-04-01"}], 1),
    ],
    ids=["alone", "final came", "an earlier paper", "another committee"],
)
def test_a_draft_waits_for_its_final(others: list[dict[str, str]], expected: int) -> None:
    draft = COVER.model_copy(update={"status": "draft", "committee": "Board", "leads": {"Author": "P"}})
    papers = [(1, draft), *((i, COVER.model_copy(update=other)) for i, other in enumerate(others, 2))]
    got = found(papers=papers)
    assert [(one.problem, one.owners, one.paper_number) for one in got] == [("draft", {"Author": "P"}, 1)] * expected


def test_a_draft_in_a_pack_is_named_by_its_item() -> None:
    item = COVER.model_copy(update={"status": "draft", "item": "Agenda item 8", "meeting_date": None, "page": 6})
    (one,) = found(papers=[(1, COVER), (1, item)])
    assert (one.detail, one.page) == ("the paper of agenda item 8 is a draft", 6)


@pytest.mark.parametrize(("data_to", "expected"), [(M10, [("data stops", None)]), (M11, []), (None, [])])
def test_data_that_end_before_the_period_are_told(data_to: str | None, expected: list[object]) -> None:
    note = Coverage(paper="paper.txt", sha256=SHA, page=1, of="Prescribing", data_to=data_to, text="...")
    assert missing(records=[note]) == expected


def test_owners_are_the_nearest_that_papers_name() -> None:
    address: dict[str, Any] = {"paper": "paper.txt", "sha256": SHA, "page": 1}
    records: list[Record] = [
        status("A", owners={"lead": "Old"}),
        status("A", code="PC1", owners={"lead": "New"}),
        Project(**address, scheme="B", lead="Q"),
        Dashboard(**address, workstream="W", owners={"sro": "S"}),
    ]
    owners = Owners(records)
    cover = COVER.model_copy(update={"leads": {"Author": "Z"}})
    assert owners.of("a", "W") == {"lead": "New"}
    assert owners.of("Renamed", "W", "PC1") == {"lead": "New"}
    assert owners.of("B") == {"lead": "Q"}
    assert owners.of("C", "W", cover=cover) == {"sro": "S"}
    assert owners.of("C", "V", cover=cover) == {"Author": "Z"}
    assert owners.of("C") == {}


def approval(number: int, scheme: str | None, period: str = M11, undone_by: int | None = None) -> PlanApproval:
    at = "2015-01-01T00:00:00"
    return PlanApproval(
        number=number, by="A", at=at, reason="", period=period, scheme=scheme, meeting="Board", undone_by=undone_by
    )


@pytest.mark.parametrize(
    ("approvals", "scheme", "number"),
    [
        ([], "A", None),
        ([approval(1, None)], "A", 1),
        ([approval(1, "a."), approval(2, None)], "A", 1),
        ([approval(1, "A"), approval(2, "A")], "A", 2),
        ([approval(1, "B")], "A", None),
        ([approval(1, "A", M10)], "A", None),
        ([approval(1, "A", undone_by=9)], "A", None),
        ([approval(1, "A")], None, None),
        ([approval(1, None)], None, 1),
    ],
)
def test_a_schemes_own_approval_outranks_the_programmes(
    approvals: list[PlanApproval], scheme: str | None, number: int | None
) -> None:
    decision = approved(approvals, M11, scheme)
    assert (decision.number if decision else None) == number
