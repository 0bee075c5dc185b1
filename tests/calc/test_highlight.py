"""Which records are of a scheme, and who answers for it."""

from __future__ import annotations

from typing import Any

import pytest

from build import SHA
from qippctl.calc.highlight import Sought, owners, particulars
from qippctl.models.highlights import Mention, Place
from qippctl.models.records import Claim, Milestone, Position, Project, Record, Risk, Status

YEAR = "2014/15"
OURS = Sought(
    level="scheme",
    names=frozenset({"front door", "minor injuries"}),
    workstreams=frozenset({"urgent care"}),
    codes=frozenset({(YEAR, "pc1a")}),
    rows=frozenset({(SHA, "p1t1", 4)}),
    figures=frozenset({"f1"}),
    standing={("scheme", "single door"): "Front door"},
)


def made(kind: type[Record], **fields: Any) -> Any:
    return kind.model_validate({"paper": "paper.txt", "sha256": SHA, "page": 1, **fields})


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (made(Status, scheme="FRONT-DOOR"), "name"),
        (made(Status, scheme="Minor injuries"), "name"),
        (made(Status, scheme="Single door"), "name"),
        (made(Status, scheme="Back door"), None),
        (made(Status, table="p1t1", row=4), "name"),
        (made(Status, table="p1t1", row=5), None),
        (made(Status, code="PC 1a"), "code"),
        (made(Status, code="PC1b"), None),
        # The code is the other scheme's, as its name stands beside it.
        (made(Status, code="PC1a", scheme="Back door"), None),
        (made(Milestone, scheme="Front door", description="Open"), "name"),
        (made(Milestone, description="Open"), None),
        (made(Project, scheme="Front door"), "name"),
        (made(Position, workstream="Urgent Care"), "programme"),
        (made(Position, workstream="Planned care", exception="The front door is late"), "words"),
        (made(Position, workstream="Planned care", exception="All is well"), None),
        (made(Risk, description="Front door opens late"), "words"),
        (made(Risk, description="Delay", actions="See PC1a."), "words"),
        (made(Risk, description="See PC1aa and PC1a1"), None),
        (made(Risk, description="The front doors open late"), None),
        (made(Claim, text="142 is saved", tied_to=("f1", "f2")), "figures"),
        (made(Claim, text="142 is saved", tied_to=("f2",)), None),
    ],
)
def test_what_is_of_a_scheme(record: Record, found: str | None) -> None:
    assert OURS.found_by(record, YEAR) == found


def test_a_code_is_of_its_year() -> None:
    assert OURS.found_by(made(Status, code="PC1a"), "2015/16") is None
    assert OURS.found_by(made(Risk, description="See PC1a"), None) is None


def test_a_name_of_several_workstreams_counts_in_its_own() -> None:
    other = Sought("scheme", frozenset({"other"}), frozenset({"workforce"}), is_alone=False)
    assert other.found_by(made(Status, scheme="Other", workstream="Workforce"), YEAR) == "name"
    assert other.found_by(made(Status, scheme="Other", workstream="Estates"), YEAR) is None
    assert other.found_by(made(Risk, description="Other things"), YEAR) is None


def test_a_workstream_has_its_dashboard_and_no_scheme_s_status() -> None:
    care = Sought("workstream", frozenset({"urgent care"}), frozenset({"urgent care"}))
    assert care.found_by(made(Position, workstream="Urgent care"), YEAR) == "name"
    assert care.found_by(made(Status, workstream="Urgent care", issue="Late"), YEAR) == "name"
    assert care.found_by(made(Status, workstream="Urgent care", scheme="Front door"), YEAR) is None


def told(record: Record, number: int = 1, by: str = "name") -> Mention:
    where = Place(paper_number=number, paper=f"{number}.txt", page=1)
    return Mention.model_validate({"where": where, "found_by": by, "record": record})


OWN = told(made(Status, scheme="Front door", owners={"lead": "P. Ames"}), 2)
LED = told(made(Project, scheme="Front door", lead="R. Hollis"), 1)
PROGRAMME = told(made(Position, workstream="Urgent care", owners={"sro": "K. Rowe"}), 3, "programme")
LEADS = [({"Author": "S. Lee"}, Place(paper_number=2, paper="2.txt", page=1))]


@pytest.mark.parametrize(
    ("mentions", "named"),
    [
        ([OWN, LED, PROGRAMME], [("lead", "P. Ames", "scheme", 2), ("lead", "R. Hollis", "scheme", 1)]),
        ([PROGRAMME], [("sro", "K. Rowe", "workstream", 3)]),
        ([], [("Author", "S. Lee", "paper", 2)]),
        # A dashboard that only speaks of it names no owner of it.
        ([told(PROGRAMME.record, 3, "words")], [("Author", "S. Lee", "paper", 2)]),
        # The newest paper that prints a name counts.
        ([OWN, told(OWN.record, 1)], [("lead", "P. Ames", "scheme", 2)]),
    ],
)
def test_who_answers_for_it(mentions: list[Mention], named: list[tuple[str, str, str, int]]) -> None:
    assert [(o.role, o.name, o.level, o.where.paper_number) for o in owners(mentions, LEADS)] == named


def test_particulars_are_told_once_the_newest_first() -> None:
    new = told(made(Status, scheme="Front door", recurrence="Recurrent", budget_removed="No"), 2)
    old = told(made(Status, scheme="Front door", recurrence="Non-recurrent", budget_removed="no"), 1)
    found = [(p.name, p.text, p.where.paper_number) for p in particulars([new, old])]
    assert found == [("recurrence", "Recurrent", 2), ("recurrence", "Non-recurrent", 1), ("budget_removed", "No", 2)]
