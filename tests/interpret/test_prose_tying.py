"""Sentences above one table of a made-up programme, and the figures that their numbers are tied to."""

from __future__ import annotations

import pytest
from tests.build import document, figure, programme

from qippctl.interpret import interpret
from qippctl.interpret.prose.labels import Labels
from qippctl.models.paper import Paper
from qippctl.models.records import Claim


def tied(text: str) -> list[list[str]]:
    """For each number of money or a share the rows and columns that it is tied to."""
    paper = interpret(document(programme(text)))
    by_id = {f.id: f for f in paper.figures}
    return [
        [f"{by_id[i].scheme or by_id[i].workstream or 'total'} {by_id[i].names}" for i in said.tied_to]
        for claim in claims(paper)
        for said in claim.figures
        if said.unit != "count"
    ]


def claims(paper: Paper) -> list[Claim]:
    return [record for record in paper.records if isinstance(record, Claim)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Board has delivered £2.4m against a plan of £2.8m.", [["total actual.ytd"], ["total plan.ytd"]]),
        ("To date we have saved £2.6m against the £2.8m planned.", [["total actual.ytd"], ["total plan.ytd"]]),
        ("A year-end shortfall of £780k is forecast.", [["total variance.year"]]),
        ("The review of rent and rates is £30k ahead of plan.", [["Rent and rates review variance.ytd"]]),
        ("RMC - £0.82m delivered.", [["Referral management centre actual.ytd"]]),
        ("Primary care is £270k adverse.", [["Primary care variance.ytd"]]),
        (
            "We planned to save £2,800k and saved £2,400k (a negative variance of £780k).",
            [["total plan.ytd"], ["total actual.ytd"], ["total variance.ytd"]],
        ),
        ("Delivery stands at 86% year to date.", [["total plan.ytd", "total actual.ytd"]]),
        (
            "Of the annual target of £5.5m, 44% has been delivered.",
            [["total plan.year"], ["total plan.year", "total actual.ytd"]],
        ),
    ],
)
def test_a_number_is_tied_by_whose_what_and_when(text: str, expected: list[list[str]]) -> None:
    assert tied(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Estates consolidation has delivered £2.4m against a plan of £2.8m.",
        "Agency spend is £0.4m above plan.",
        "In September the shortfall was £400k.",
        "The plan for 2024/25 is £5.5m.",
        "Without theatres the gap would be £0.4m.",
        "Green where 86% or more of the plan is delivered.",
        "£0.4m of the plan has no scheme.",
        "The system's efficiency plan of £48m is £3m behind.",
        "Around £3.5m has been delivered to date.",
        "The council holds reserves of £2.4m.",
        "86% of patients were seen within four hours.",
        "The five schemes below delivered £2.4m.",
    ],
)
def test_what_speaks_of_something_else_is_tied_to_nothing(text: str) -> None:
    assert not any(tied(text))


def test_a_rule_is_no_claim_that_waits_for_a_figure() -> None:
    (claim,) = claims(interpret(document(programme("Amber = at least 80% of target achieved"))))
    assert claim.figures[0].aside == "rule" and not claim.is_untied


def test_figures_say_whether_they_were_assumed() -> None:
    (claim,) = claims(interpret(document(programme("There is a negative variance of £300k."))))
    assert claim.figures[0].assumed == ("basis",) and claim.figures[0].basis == "ytd"


def test_a_count_alone_makes_a_claim_only_of_things() -> None:
    for text, count in (("We saw 280 referrals in May.", 1), ("It takes 14 weeks.", 0), ("The 360 Group reported.", 0)):
        assert len(claims(interpret(document(programme(text))))) == count


def test_a_dashboards_names_are_matched_with_the_tables_groups() -> None:
    groups = ["Excellent Primary Care", "Integrate Discharge and Reablement", "Planned Care"]
    labels = Labels(figure(scheme=None, workstream=name, role="subtotal", row=n) for n, name in enumerate(groups))
    called = [
        "Support our members to deliver excellent primary care",
        "Integrate discharge and readmission support",
        "Introduce new models of planned care in the community",
        "People powered health",
    ]
    found = labels.programmes(called)
    assert [(found[c][0].name, found[c][1]) if c in found else None for c in called] == [
        (groups[0], True),
        (groups[1], False),
        (groups[2], True),
        None,
    ]


def test_a_name_of_one_common_word_is_no_label() -> None:
    labels = Labels([figure(scheme="Other"), figure(scheme="Stroke", row=2)])
    assert [label.text for label in labels.found("Other savings; stroke care; Stroke is behind")] == ["Stroke"]
