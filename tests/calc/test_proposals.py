"""Names that may be one: what is proposed, in which direction, and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import pytest

from build import figure
from calc.test_identity import M06, M07, link
from qippctl.calc.naming import Table
from qippctl.calc.positions import Stated, positions
from qippctl.calc.proposals import Material, proposals
from qippctl.models.decisions import Distinct, Link
from qippctl.models.figure import Figure
from qippctl.models.identities import ProposalAnswer
from qippctl.models.records import Entry, Position, Record, Status


def row(
    name: str | None, value: int = 0, table: str = "p1t1", paper: str = "a", number: int = 0, **rest: Any
) -> Figure:
    """A scheme's plan for the year in a table of a paper."""
    return figure(
        "plan",
        "year",
        value,
        scheme=name,
        table=table,
        sha256=paper * 64,
        row=number or crc32((name or rest["workstream"]).encode()) % 10**6,
        **rest,
    )


def group(name: str, value: int = 0, **rest: Any) -> Figure:
    return row(None, value, workstream=name, role="subtotal", **rest)


def status(name: str, code: str | None = None, paper: str = "a", issue: str | None = None, at: int = 0) -> Status:
    return Status(paper="p", sha256=paper * 64, page=1, table="p9t1", row=at, code=code, scheme=name, issue=issue)


def proposed(
    figures: Sequence[Figure] = (),
    records: Sequence[Record] = (),
    links: Sequence[Link] = (),
    refused: Sequence[Link | Distinct] = (),
    kinds: str = "",
) -> list[ProposalAnswer]:
    """Paper `a` is of month 6, `b` of month 7, `c` of another year."""
    of = {"a" * 64: M06, "b" * 64: M07, "c" * 64: "2015/16-M01"}
    places = {(r.sha256, r.table or "") for r in (*figures, *records)}
    tables = {place: Table(of[place[0]], kinds) for place in places}
    by_period = [
        (period, positions([Stated(f) for f in figures if of[f.sha256] == period], [], period))
        for period in (M06, M07)
        if any(of[f.sha256] == period for f in figures)
    ]
    return proposals(Material("Body", figures, [], records, tables, of), by_period, links, refused)


def terms(found: Sequence[ProposalAnswer]) -> list[tuple[str, str, str]]:
    return [(p.kind, p.name, p.to) for p in found]


SHORT, LONG = "Care home reviews", "Care home reviews of medicines"
ONE, OTHER = "Integrate discharge", "Integrated discharge"


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ([row(ONE), row(OTHER, paper="b")], [(ONE, OTHER)]),  # the newer paper's name stands
        ([row(ONE, paper="b"), row(OTHER)], [(OTHER, ONE)]),
        ([row(ONE, 5), row(OTHER, 9)], []),  # rows of one table are two
        ([row(ONE, 500), row(OTHER, 500)], [(OTHER, ONE)]),  # unless their figures say that they are one
        ([row(ONE, 5), row(OTHER, 9, table="p2t1")], [(OTHER, ONE)]),  # to be looked at, though money differs
        ([row(ONE), row(OTHER, paper="b", workstream="W")], [(ONE, OTHER)]),
        ([row(ONE), row("Integrate discharge.", paper="b")], []),  # one name already
        ([row("Planned care"), row("Unplanned care", paper="b")], []),
        # words more: of schemes with figures that agree, or with most letters the same
        ([row(SHORT, 700), row(LONG, 700, paper="b")], [(SHORT, LONG)]),
        ([row(SHORT), row(LONG, paper="b")], []),
        ([row(SHORT, 700), row(LONG, 800, paper="b")], []),
        ([row(LONG), row(f"{LONG} now", paper="b")], [(LONG, f"{LONG} now")]),
        # a scheme is no workstream
        ([row(ONE), group(OTHER, paper="b")], []),
        # what is no scheme is not proposed
        ([row(ONE, role="adjustment"), row(OTHER, paper="b", role="adjustment")], []),
        ([row(ONE, subject="finance"), row(OTHER, paper="b", subject="finance")], []),
    ],
)  # fmt: skip
def test_names_that_look_alike(figures: list[Figure], found: list[tuple[str, str]]) -> None:
    assert [(p.name, p.to) for p in proposed(figures)] == found


def test_workstreams_of_any_kind_of_record_are_compared() -> None:
    figures = [group("Planned care", 900), group("Mental health", 400)]
    records: list[Record] = [
        Position(
            paper="p", sha256="a" * 64, page=1, table="p3t1", row=1, workstream="Models that bring planned care home"
        ),
        Entry(paper="p", sha256="a" * 64, page=1, table="p4t1", row=1, label="Mental health (parity)"),
    ]
    assert terms(proposed(figures, records, kinds="rolling-rag")) == [
        ("same", "Mental health (parity)", "Mental health"),
        ("same", "Models that bring planned care home", "Planned care"),
    ]
    assert len(proposed(figures, records, kinds="other")) == 1  # a list of words is no list of programmes


def test_three_spellings_are_bound_by_two_proposals_and_come_down_to_one() -> None:
    whole = "Complex and multiple long term conditions"
    short, long = "Complex long term conditions", f"{whole} (proactive)"
    figures = [
        group(short, 10),
        group(whole, 10, table="p2t1"),
        group(whole, 20, table="p2t1", number=9, period="2015/16"),
        group(long, 10, table="p3t1"),
    ]
    found = proposed(figures)
    assert sorted((p.name, p.to) for p in found) == [(long, whole), (short, whole)]
    links = [link(p.name, p.to, level="workstream", number=k) for k, p in enumerate(found, 1)]
    assert proposed(figures, links=links) == []


def test_a_name_cut_off_that_may_begin_several_is_proposed_for_none() -> None:
    cut, whole, other = "Children and y", "Children and young people", "Children and youths"
    assert [(p.name, p.to) for p in proposed([group(cut), group(whole, paper="b")])] == [(cut, whole)]
    assert proposed([group(cut), group(whole, paper="b"), group(other, paper="c")]) == []
    beside = [group(cut, table="p5t1"), group(whole, 7, table="p5t1", number=9), group(other, paper="c", number=9)]
    assert [(p.name, p.to) for p in proposed(beside)] == [(cut, whole)]


def test_money_that_both_names_state_is_evidence() -> None:
    figures = [
        row(ONE, 500),
        row(ONE, 100, period="2015/16", number=2),
        row(ONE, 0, period="2016/17", number=3),
        row(OTHER, 500, paper="b"),
        row(OTHER, 300, paper="b", period="2015/16", number=2),
        row(OTHER, 0, paper="b", period="2016/17", number=3),
    ]
    (found,) = proposed(figures)
    assert (found.alike, found.unlike, str(found.score)) == (1, 1, "97")


CREAMS, PLAY = "Creams (previously PC5d)", "Playgroups Included in PC9f"
OLD, NEW = "Minor injuries unit", "Front door (was Minor injuries unit)"


@pytest.mark.parametrize(
    ("figures", "records", "found"),
    [
        ([row(OLD), row(NEW, paper="b")], [], ("rename", OLD, NEW, M07, True)),
        ([row(OLD), row(NEW)], [], ("rename", OLD, NEW, None, True)),  # both in one paper: always one
        ([row(NEW)], [], ("rename", "Minor injuries unit", NEW, None, False)),  # the old name is not known
        ([row(CREAMS), row("Dressings")], [status("Dressings", "pc5D")], ("rename", "Dressings", CREAMS, None, True)),
        ([row(PLAY), row("Nurseries")], [status("Nurseries", "PC9f")], ("overlap", PLAY, "Nurseries", None, True)),
        ([row(PLAY)], [status("Nurseries", "PC9f")], ("merge", PLAY, "Nurseries", None, True)),
        ([row("Falls (see PC3h)")], [], ("overlap", "Falls (see PC3h)", "PC3h", None, False)),
        # running text speaks of a scheme only where it is a known one
        (
            [row("Falls")],
            [status("Falls", issue="Savings are included in Fracture nurse."), status("Fracture nurse", at=1)],
            ("merge", "Falls", "Fracture nurse", None, True),
        ),
        ([row("Falls")], [status("Falls", issue="It is included in the data pack.")], None),
    ],
)  # fmt: skip
def test_words_of_the_papers(
    figures: list[Figure], records: list[Record], found: tuple[str, str, str, str | None, bool] | None
) -> None:
    shown = [(p.kind, p.name, p.to, p.since, p.command is not None) for p in proposed(figures, records)]
    assert shown == ([found] if found else [])
    assert all(p.score is None for p in proposed(figures, records))


@pytest.mark.parametrize(
    ("records", "found"),
    [
        ([status("Alpha", "PC1a"), status("Beta", "PC1 a", "b")], [("same", "Alpha", "Beta")]),
        ([status("Alpha", "PC1a"), status("Beta", "PC1b", "b")], []),
        ([status("Alpha", "PC1a"), status("Beta", "PC1a", "c")], []),  # of another year
        ([status("Alpha", "PC1a"), status("Beta", "PC1a", at=1)], []),  # of one paper: a group of schemes
        ([status("Alpha", "PC1a"), status("Beta", "PC1a", at=1), status("Gamma", "PC1a", "b")], []),
    ],
)
def test_a_code_beside_another_name_in_another_paper_of_the_year(
    records: list[Record], found: list[tuple[str, str, str]]
) -> None:
    assert terms(proposed(records=records)) == found


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ([("Alpha", 345)], [("Omega", 345)], [("rename", "Alpha", "Omega")]),
        ([("Alpha", 345)], [("Omega", 346)], []),
        ([("Alpha", 0)], [("Omega", 0)], []),
        ([("Alpha", 345)], [("Alpha", 345), ("Omega", 345)], []),  # nothing is gone
        ([("Alpha", 345), ("Gamma", 345)], [("Omega", 345)], []),  # two may be meant
    ],
)
def test_gone_and_come_with_the_same_plan(
    before: list[tuple[str, int]], after: list[tuple[str, int]], found: list[tuple[str, str, str]]
) -> None:
    figures = [row(n, v) for n, v in before] + [row(n, v, paper="b") for n, v in after]
    shown = proposed(figures)
    assert terms(shown) == found
    assert all(p.since == M07 for p in shown)


def test_what_is_linked_or_refused_is_not_proposed_again() -> None:
    figures = [row(ONE), row(OTHER, paper="b")]
    split = link(OTHER, ONE, M07, 50)
    denial = Distinct(by="a", at="2015-01-01T00:00:00+00:00", reason="r", name=OTHER, to=ONE)
    assert len(proposed(figures)) == 1
    assert proposed(figures, links=[link(ONE, OTHER)]) == []
    assert proposed(figures, links=[link(ONE, "Front door"), link(OTHER, "Front door")]) == []
    assert proposed(figures, links=[split]) == []
    assert proposed(figures, refused=[link(ONE, OTHER)]) == []  # a link that was undone
    assert proposed(figures, refused=[denial]) == []
    assert len(proposed(figures, refused=[link(ONE, OTHER, level="workstream")])) == 1


def test_the_command_confirms_what_is_proposed() -> None:
    (found,) = proposed([row("Minor 'injuries' unit"), row("Door (was Minor injuries unit)", paper="b")])
    assert found.command == (
        "qippctl schemes link 'Minor '\"'\"'injuries'\"'\"' unit' 'Door (was Minor injuries unit)' --organisation Body "
        "--level scheme --since 2014/15-M07 --reason 'the label says: was Minor injuries unit'"
    )


def test_a_name_that_begins_like_an_option_is_told_from_one() -> None:
    (found,) = proposed([row("- wards closed"), row("Theatres (was - wards closed)", paper="b")])
    assert found.command is not None and found.command.endswith(" -- '- wards closed' 'Theatres (was - wards closed)'")
