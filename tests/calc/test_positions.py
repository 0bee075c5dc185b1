"""One subject from several tables and papers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from build import figure
from qippctl.calc.position import Position
from qippctl.calc.positions import Stated, StatedRating, positions
from qippctl.calc.variance import answer, delivery, outcome, variance
from qippctl.models.figure import Rating

M11 = "2014/15-M11"


def gathered(*stated: Stated) -> list[Position]:
    return positions(stated, [], M11)


def test_a_scheme_in_two_tables_of_a_paper_is_one_though_workstreams_differ() -> None:
    found = gathered(
        Stated(figure(value=100, workstream="Long Term Conditions"), proven=5),
        Stated(figure("forecast", "year", 90, workstream="Long Term Conditions", column=2), proven=5),
        Stated(figure(value=100, workstream="Complex Conditions", table="p2t1", scheme="a")),
    )
    assert [(p.scheme, p.workstream, len(p.figures[("plan", "ytd")])) for p in found] == [
        ("A", "Long Term Conditions", 2)
    ]


def test_figures_that_disagree_make_two_subjects_within_a_paper() -> None:
    assert len(gathered(Stated(figure(value=100)), Stated(figure(value=250, table="p2t1")))) == 2


def test_rounded_figures_agree() -> None:
    rounded = figure(value=100_000, step=Decimal(100_000), table="p2t1")
    assert len(gathered(Stated(figure(value=98_500)), Stated(rounded))) == 1


def test_two_rows_of_one_table_are_two_schemes_though_named_alike() -> None:
    found = gathered(
        Stated(figure(value=1, workstream="X", scheme="Other")),
        Stated(figure(value=2, workstream="Y", scheme="Other", row=2)),
    )
    assert len(found) == 2


def test_the_later_meeting_then_final_over_draft_counts_and_the_others_are_sources() -> None:
    old, new, draft = (figure(value=v, sha256=c * 64) for v, c in ((100, "a"), (120, "b"), (130, "c")))
    found = gathered(Stated(old, "2015-03-01"), Stated(new, "2015-04-01"), Stated(draft, "2015-04-01", is_final=False))
    assert [f.value for f in found[0].figures[("plan", "ytd")]] == [120, 130, 100]
    assert found[0].sources(("plan", "ytd")) == (new.id, draft.id, old.id)


def test_a_figure_in_doubt_gives_way_to_one_that_is_vouched_for() -> None:
    ghost = figure(value=0, role="subtotal", scheme=None, workstream="W", doubts=("sum-fails",))
    clean = figure(value=600, role="workstream", scheme=None, workstream="W", table="p2t1")
    found = gathered(Stated(ghost, proven=90), Stated(clean, proven=2))
    assert [(p.role, p.find("plan", "ytd").value) for p in found] == [("workstream", 600)]  # type: ignore[union-attr]


def test_totals_of_two_papers_are_one_only_with_a_figure_in_common() -> None:
    whole = figure(value=1100, role="total", scheme=None, sha256="a" * 64)
    part_of_it = figure(value=200, role="total", scheme=None, sha256="b" * 64)
    again = figure(value=1100, role="total", scheme=None, sha256="c" * 64)
    assert len(gathered(Stated(whole), Stated(part_of_it), Stated(again))) == 2


def test_cases_recurrent_parts_and_other_years_are_not_the_position() -> None:
    found = gathered(
        Stated(figure("plan", "year", 100)),
        Stated(figure("plan", "year", 70, column=2, period="2015/16")),
        Stated(figure("plan", "year", 60, column=3, recurrence="recurrent")),
        Stated(figure("forecast", "year", 50, column=4, case="best")),
        Stated(figure("actual", "ytd", 40, column=5, period="2014/15-M10")),
    )
    assert {name: [f.value for f in figures] for name, figures in found[0].figures.items()} == {("plan", "year"): [100]}


def test_two_schemes_of_one_name_in_one_group_stay_two() -> None:
    doubts = ("duplicate-row",)
    found = gathered(
        Stated(figure(value=200, scheme="Other", doubts=doubts)),
        Stated(figure(value=300, scheme="Other", row=2, doubts=doubts)),
    )
    assert [p.find("plan", "ytd").value for p in found] == [200, 300]  # type: ignore[union-attr]


def test_the_later_papers_colour_counts() -> None:
    def rating(sha: str, colour: str) -> Rating:
        address = {"paper": "p", "sha256": sha * 64, "page": 1, "table": "p1t1", "row": 1, "column": 4}
        return Rating(**address, scheme="A", role="scheme", dimension="finance", colour=colour, raw=colour)  # type: ignore[arg-type]

    early, late = StatedRating(rating("a", "green"), "2015-03-28"), StatedRating(rating("b", "red"), "2015-04-28")
    found = positions([Stated(figure(value=200, sha256="a" * 64), "2015-03-28")], [early, late], M11)
    assert [r.colour for r in found[0].ratings["finance"]] == ["red", "green"]


def test_variance_and_delivery_have_one_definition() -> None:
    assert variance(Decimal(7833400), Decimal(6405500)) == -1427900
    assert delivery(Decimal(7833400), Decimal(6405500)) == Decimal("81.8")
    assert (delivery(Decimal(0), Decimal(5)), delivery(Decimal(-1), Decimal(5)), variance(None, Decimal(5))) == (
        None,
        None,
        None,
    )


def test_the_forecast_stands_for_the_actual_of_the_year() -> None:
    found = gathered(Stated(figure("plan", "year", 100)), Stated(figure("forecast", "year", 90, column=2)))
    assert outcome(found[0], "year") is not None
    got = answer(found[0], "year", "2014/15")
    assert got is not None and (got.plan, got.actual, got.variance, got.delivery) == (100, 90, -10, 90)
    assert answer(found[0], "ytd", M11) is None


@pytest.mark.parametrize(
    ("rows", "schemes"),
    [
        # one code in two papers, whatever they call it
        ([("a", "p1t1", "Alpha", "PC1a", 5), ("b", "p1t1", "Beta", "pc1 a", 6)], [["Beta", "Alpha"]]),
        ([("a", "p1t1", "Alpha", "PC1 (i)", 5), ("b", "p1t1", "Beta", "PC1 (ii)", 5)], [["Beta"], ["Alpha"]]),
        # a code that a paper prints beside two names, in one table or over a page break
        ([("a", "p1t1", "Alpha", "PC1", 5), ("a", "p1t1", "Beta", "PC1", 9)], [["Alpha"], ["Beta"]]),
        ([("a", "p1t1", "Alpha", "PC1", 5), ("a", "p2t1", "Beta", "PC1", 9)], [["Alpha"], ["Beta"]]),
        ([("a", "p1t1", "Alpha", "PC1", 0), ("a", "p2t1", "Beta", "PC1", 0)], [["Alpha"], ["Beta"]]),
        # ... unless its figures say that it is one
        ([("a", "p1t1", "Alpha", "PC1", 5), ("a", "p2t1", "Beta", "PC1", 5)], [["Alpha", "Beta"]]),
        # another paper's row of such a code goes by its name
        (
            [("a", "p1t1", "Alpha", "PC1", 5), ("a", "p2t1", "Beta", "PC1", 9), ("b", "p1t1", "Beta", "PC1", 7)],
            [["Beta", "Beta"], ["Alpha"]],
        ),
        # one name under two codes of one paper is two schemes
        ([("a", "p1t1", "Alpha", "PC1", 5), ("a", "p2t1", "Alpha", "PC2", 5)], [["Alpha"], ["Alpha"]]),
    ],
)
def test_whole_codes_come_before_names(rows: list[tuple[str, str, str, str, int]], schemes: list[list[str]]) -> None:
    stated, codes = [], {}
    for number, (paper, table, name, code, plan) in enumerate(rows):
        found = figure(value=plan, scheme=name, sha256=paper * 64, table=table, row=number)
        stated.append(Stated(found, meeting=f"2015-0{'ab'.index(paper) + 1}-01"))
        codes[(found.sha256, table, number)] = code
    found_schemes = positions(stated, [], M11, codes)
    assert [[f.scheme for f in p.figures[("plan", "ytd")]] for p in found_schemes] == schemes
