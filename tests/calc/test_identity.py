"""Which subject of one period is which of another, by links, codes and names."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from build import SHA, figure
from qippctl.calc.identity import Pair, linked, pairs, standing
from qippctl.calc.position import Position
from qippctl.calc.positions import Stated, StatedRating, positions
from qippctl.models.decisions import Link
from qippctl.models.figure import Rating

M05, M06, M07 = "2014/15-M05", "2014/15-M06", "2014/15-M07"
NEXT_M01 = "2015/16-M01"


def link(
    name: str, to: str, since: str | None = None, share: int = 100, level: str = "scheme", number: int = 1
) -> Link:
    return Link(
        number=number, organisation="Body", by="a", at="2015-01-01T00:00:00+00:00", reason="r", level=level,
        name=name, to=to, since=since, share=Decimal(share),
    )  # fmt: skip


def named(links: list[Link], name: str, reported: str, **rest: Any) -> tuple[str | None, str | None]:
    """What a figure's scheme and workstream are called in a period."""
    (found,), _ = linked([Stated(figure(scheme=name, **rest))], [], links, reported)
    return found.figure.scheme, found.figure.workstream


A_B = link("A", "B")


@pytest.mark.parametrize(
    ("links", "name", "reported", "stands"),
    [
        ([], "A", M06, "A"),
        ([A_B], "A", M06, "B"),
        ([A_B], "a.", M06, "B"),  # another spelling of the name that gives way
        ([A_B], "B", M06, "B"),
        ([A_B], "AB", M06, "AB"),
        ([link("A", "B", M06)], "A", M05, "A"),  # not yet
        ([link("A", "B", M06)], "A", M06, "B"),
        ([link("A", "B", M06)], "A", M07, "B"),
        ([link("A", "B", M06)], "A", NEXT_M01, "B"),
        ([A_B, link("B", "C", number=2)], "A", M06, "C"),  # a chain
        ([link("B", "C"), link("A", "B", number=2)], "A", M06, "C"),  # in either order
        ([A_B, link("B", "C", M07, number=2)], "A", M06, "B"),
        ([A_B, link("B", "C", M07, number=2)], "A", M07, "C"),
        ([A_B, link("B", "A", number=2)], "A", M06, "A"),  # round: the later holds
        ([A_B, link("B", "A", number=2)], "B", M06, "A"),
        ([link("A", "B", M05), link("B", "A", M07, number=2)], "A", M06, "B"),  # renamed and renamed back
        ([link("A", "B", M05), link("B", "A", M07, number=2)], "B", M07, "A"),
        ([A_B, link("B", "C", number=2), link("C", "A", number=3)], "B", M06, "A"),  # round in three
        ([link("A", "B", M05, 60), link("A", "C", M05, 40, number=2)], "A", M06, "A"),  # a split names nobody
        ([link("A", "B", level="workstream")], "A", M06, "A"),  # of workstreams, not of schemes
    ],
)
def test_the_name_that_stands(links: list[Link], name: str, reported: str, stands: str) -> None:
    assert named(links, name, reported)[0] == stands


def test_a_link_of_workstreams_renames_the_group_of_schemes_and_leaves_a_scheme_of_that_name() -> None:
    assert named([link("W", "V", level="workstream")], "W", M06, workstream="w") == ("W", "V")
    assert named([A_B], "A", M06, workstream="A") == ("B", "A")


def test_what_is_no_scheme_keeps_its_label() -> None:
    assert named([A_B], "A", M06, role="adjustment")[0] == "A"


def test_printed_ratings_follow_and_what_gives_way_to_nothing_is_handed_on_as_it_is() -> None:
    rating = Rating(
        paper="p", sha256=SHA, page=1, table="p1t1", row=1, column=2, workstream="W", role="workstream",
        dimension="finance", colour="red", raw="R",
    )  # fmt: skip
    kept = Stated(figure(scheme="Z"))
    figures, (found,) = linked([kept], [StatedRating(rating)], [link("W", "V", level="workstream")], M06)
    assert (found.rating.workstream, found.rating.colour) == ("V", "red")
    assert figures[0] is kept


def test_two_spellings_that_are_linked_are_one_subject() -> None:
    stated = [
        Stated(figure(value=100, workstream="Long Term")),
        Stated(figure(value=100, workstream="Long Term Conditions", table="p2t1")),
        Stated(figure("forecast", "year", 5, workstream="Long Term", scheme=None, role="workstream", row=2)),
        Stated(figure("plan", "year", 5, workstream="Long Term Conditions", scheme=None, role="subtotal", table="p2t1", row=2)),
    ]  # fmt: skip
    links = [link("Long Term", "Long Term Conditions", level="workstream")]
    found = positions(linked(stated, [], links, "2014/15-M11")[0], [], "2014/15-M11")
    assert [(p.level, p.workstream, p.scheme) for p in found] == [
        ("scheme", "Long Term Conditions", "A"),
        ("workstream", "Long Term Conditions", None),
    ]


def at(
    scheme: str | None = "A", workstream: str | None = None, code: str | None = None, plan: int = 100, **rest: Any
) -> Position:
    """A subject with a plan for the year."""
    role = rest.pop("role", "scheme" if scheme else "workstream" if workstream else "total")
    level = {"scheme": "scheme", "workstream": "workstream", "subtotal": "workstream", "total": "total"}.get(
        role, "other"
    )
    found = Position("Body", workstream, scheme, role, level, M06, code)  # type: ignore[arg-type]
    found.figures[("plan", "year")] = [figure("plan", "year", plan, scheme=scheme, workstream=workstream)]
    return found


def shown(found: list[Pair]) -> list[tuple[str, str]]:
    """`what it was -> what it is`, with the share where it is not the whole."""

    def called(p: Position | None) -> str:
        return "-" if p is None else "/".join(filter(None, (p.workstream, p.scheme))) or "Total"

    def part(p: Position, share: Decimal) -> str:
        return called(p) if share == 100 else f"{share:f}% {called(p)}"

    return [(" + ".join(part(p, share) for p, share in pair.before) or "-", called(pair.after)) for pair in found]


@pytest.mark.parametrize(
    ("before", "after", "links", "expected"),
    [
        # names
        ([at("A"), at("B")], [at("B"), at("C")], [], [("B", "B"), ("-", "C"), ("A", "-")]),
        ([at("Follow-up")], [at("follow up")], [], [("Follow-up", "follow up")]),
        ([at("A", "W")], [at("A", "V")], [], [("W/A", "V/A")]),  # the only one of the name, moved
        (
            [at("Other", "W"), at("Other", "V")],
            [at("Other", "V"), at("Other", "W")],
            [],
            [("V/Other", "V/Other"), ("W/Other", "W/Other")],
        ),
        # `Other` of a new workstream is not what is left of the name
        (
            [at("Other", "W"), at("Other", "V")],
            [at("Other", "W"), at("Other", "U")],
            [],
            [("W/Other", "W/Other"), ("-", "U/Other"), ("V/Other", "-")],
        ),
        ([at(None, None)], [at(None, None)], [], [("Total", "Total")]),
        ([at(None, None), at(None, None)], [at(None, None)], [], [("-", "Total"), ("Total", "-"), ("Total", "-")]),
        # groups whose names were lost are not one another
        (
            [at(None, None, role="subtotal")],
            [at(None, None, role="subtotal")],
            [],
            [("-", "Total"), ("Total", "-")],
        ),
        # a workstream's row is a subtotal in one paper and a row of a summary in another
        ([at(None, "W", role="subtotal")], [at(None, "W")], [], [("W", "W")]),
        # a scheme is no workstream
        ([at("W")], [at(None, "W")], [], [("-", "W"), ("W", "-")]),
        ([at("X", role="unidentified")], [at("X", role="adjustment")], [], [("-", "X"), ("X", "-")]),
        # codes, within a year
        ([at("A", code="PC1a")], [at("B", code="pc1 A")], [], [("A", "B")]),
        ([at("A", code="PC1b (i)")], [at("B", code="PC1b (ii)")], [], [("-", "B"), ("A", "-")]),
        ([at("A", code="1"), at("B", code="1")], [at("C", code="1")], [], [("-", "C"), ("A", "-"), ("B", "-")]),
        ([at("A", code="1"), at("B", code="1")], [at("B", code="1")], [], [("B", "B"), ("A", "-")]),
        ([at("A", code="1"), at("B", code="2")], [at("B", code="1")], [], [("A", "B"), ("B", "-")]),
        # links
        ([at("A")], [at("B")], [link("A", "B", M07)], [("A", "B")]),
        ([at("A")], [at("B")], [link("A", "B", M05)], [("A", "B")]),  # of before both
        ([at("A")], [at("B")], [link("A", "B", NEXT_M01)], [("-", "B"), ("A", "-")]),  # of after both
        ([at("A")], [at("C")], [link("A", "B", M07), link("B", "C", M07, number=2)], [("A", "C")]),
        # a link outranks a code
        ([at("A", code="1"), at("C", code="2")], [at("B", code="2")], [link("A", "B", M07)], [("A + C", "B")]),
        # merged into what was there already
        ([at("A"), at("B")], [at("B")], [link("A", "B", M07)], [("A + B", "B")]),
        ([at("A"), at("B")], [at("C")], [link("A", "C", M07), link("B", "C", M07, number=2)], [("A + B", "C")]),
        # a split, whole and with a rest
        (
            [at("A")],
            [at("B"), at("C")],
            [link("A", "B", M07, 60), link("A", "C", M07, 40, number=2)],
            [("60% A", "B"), ("40% A", "C")],
        ),
        ([at("A")], [at("A"), at("B")], [link("A", "B", M07, 30)], [("70% A", "A"), ("30% A", "B")]),
        (
            [at("A")],
            [at("C"), at("D")],
            [link("A", "B", M07), link("B", "C", M07, 50, number=2), link("B", "D", M07, 50, number=3)],
            [("50% A", "C"), ("50% A", "D")],
        ),
        # a link to a name that the later papers do not print moves nothing
        ([at("A")], [at("A")], [link("A", "B", M07)], [("A", "A")]),
        # two schemes of one name in two workstreams each get their own
        (
            [at("A", "W"), at("Other", "W"), at("Other", "V")],
            [at("Other", "W"), at("Other", "V")],
            [link("A", "Other", M07)],
            [("W/A + W/Other", "W/Other"), ("V/Other", "V/Other")],
        ),
        (
            [at("A", "U")],
            [at("Other", "W"), at("Other", "V")],
            [link("A", "Other", M07)],
            [("-", "W/Other"), ("-", "V/Other"), ("U/A", "-")],
        ),
        # a renamed workstream takes its schemes with it, and a scheme of that name is another matter
        (
            [at(None, "W"), at("Other", "W"), at("Other", "V")],
            [at(None, "X"), at("Other", "X"), at("Other", "V")],
            [link("W", "X", M07, level="workstream")],
            [("W", "X"), ("W/Other", "X/Other"), ("V/Other", "V/Other")],
        ),
        ([at("W")], [at("X")], [link("W", "X", M07, level="workstream")], [("-", "X"), ("W", "-")]),
        ([at(None, "W")], [at(None, "X")], [link("W", "X", M07)], [("-", "X"), ("W", "-")]),
    ],
)
def test_subjects_of_two_periods(
    before: list[Position], after: list[Position], links: list[Link], expected: list[tuple[str, str]]
) -> None:
    assert shown(pairs(before, after, links, M06, M07)) == expected


def test_a_code_of_another_year_says_nothing() -> None:
    """Codes are given anew with each year's plan."""
    before, after = [at("A", code="PC1a"), at("B", code="PC1b")], [at("A", code="PC1b"), at("C", code="PC1a")]
    assert shown(pairs(before, after, [], M06, NEXT_M01)) == [("A", "A"), ("-", "C"), ("B", "-")]


def test_amounts_before_are_the_shares_of_what_it_was_made_of() -> None:
    split = [link("A", "B", M07, 60), link("A", "C", M07, 40, number=2)]
    found = pairs([at("A", plan=250), at("B", plan=50)], [at("B"), at("C"), at("D")], split, M06, M07)
    assert [pair.amount_before("plan", "year") for pair in found] == [Decimal(200), Decimal(100), None]
    assert [pair.earlier is not None for pair in found] == [False, False, False]
    whole = pairs([at("A", plan=250)], [at("B")], [link("A", "B", M07)], M06, M07)
    assert whole[0].earlier is not None and whole[0].amount_before("actual", "ytd") is None


def test_standing_names_have_no_circle_of_any_length() -> None:
    ring = [link(str(n), str((n + 1) % 9), number=n + 1) for n in range(9)]
    assert standing(ring, M06) == {("scheme", str(n)): "0" for n in range(1, 9)}
