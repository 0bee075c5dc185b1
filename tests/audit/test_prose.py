"""Sentences against a table and against each other: those that must speak beside those that must stay silent."""

from __future__ import annotations

import re

import pytest
from tests.build import document, programme

from qippctl.audit import Material, audit, untied_claims
from qippctl.interpret import interpret
from qippctl.models.finding import Finding


def found(text: str) -> list[Finding]:
    paper = interpret(document(programme(text)))
    return [f for f in audit(Material(paper)).findings if f.code in ("QP701", "QP703")]


def told(text: str) -> list[tuple[str, str, str | None, str | None]]:
    return [(f.code, f.severity, f.printed, f.recomputed) for f in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("To date we have saved £2.6m against the £2.8m planned.", ("QP701", "error", "2.6", "2.4")),
        ("Year to date delivery is £2.4m (91% of plan).", ("QP701", "error", "91", "86")),
        ("The forecast outturn is £4.92m against an annual plan of £5.5m.", ("QP701", "error", "4.92", "4.72")),
        ("We are forecasting a year-end shortfall of £400k.", ("QP701", "error", "400", "780")),
        ("Medicines optimisation is £250k behind plan to date.", ("QP701", "error", "250", "300")),
        ("Theatre utilisation has delivered £550k against a target of £650k.", ("QP701", "error", "550", "500")),
        ("The Council has achieved 96% of its savings target to date.", ("QP701", "error", "96", "86")),
        ("Primary care is £170k adverse to date.", ("QP701", "error", "170", "270")),
        (
            "The ICB planned to save £2,800k and saved £2,400k (a negative variance of £780k).",
            ("QP701", "error", "780", "400"),
        ),
        ("There is a negative variance of £340k.", ("QP701", "warning", "340", "400")),
        ("There is a favourable variance of £400k at month 7.", ("QP703", "error", "400", "-400")),
        ("The review of rent and rates is £30k short of plan.", ("QP703", "error", "30", "-30")),
        ("The savings gap has reduced from £310k to £400k.", ("QP703", "error", "400", "310")),
        ("Forecast delivery has improved to 86% from 88%.", ("QP703", "error", "86", "88")),
        ("We have exceeded our savings target, delivering £2.4m against £2.8m.", ("QP703", "error", "2.4", "2.8")),
    ],
)
def test_a_sentence_that_contradicts_the_table_is_found(
    text: str, expected: tuple[str, str, str | None, str | None]
) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The Board has delivered £2.4m of savings to Month 7 against a plan of £2.8m.",
        "Savings of £2,400k were achieved to the end of October, £400k behind plan.",
        "The forecast outturn is £4.72m against an annual plan of £5.5m, a shortfall of £0.78m.",
        "The ICB's planned savings for 2023/24 are £5.5m, with £4.7m now forecast.",
        "RMC - £0.82m delivered vs plan of £0.80m.",
        "Estates consolidation has delivered £2.1m against a plan of £2.8m.",
        "The council's own transformation fund of £1.2m is not part of the programme.",
        "Of the £2.4m delivered, £0.9m came from medicines optimisation.",
        "Procurement contributed £0.3m and workforce £0.4m.",
        "The plan includes £0.5m for schemes not yet identified.",
        "Without theatre utilisation the gap would be £150k.",
        "In September the shortfall was £310k.",
        "Last month's forecast was £4.9m.",
        "The savings gap has increased from £310k to £400k.",
        "Year to date delivery has improved to 86% from 84%.",
        "Green where 95% or more of plan is delivered, amber at 85%.",
        "Around £2.5m has been delivered to date.",
        "Over £2.3m has been delivered to date.",
        "The Trust is expected to save up to £6m over two years.",
        "Of the annual target of £5.5m, 44% has been delivered so far.",
        "The full year effect of these schemes is £7.1m.",
        "A further £0.4m of mitigations has been found.",
        "Primary care is £270k adverse and acute care £130k.",
        "Net of slippage the shortfall falls to £0.2m.",
        "The plan for 2024/25 is £6.2m.",
        "The shortfall of £400k is mainly in medicines optimisation (£300k) and theatre utilisation (£150k).",
        "Agency spend is £1.1m above plan.",
        "Capital of £3.2m was spent to date.",
        "Savings achieved are £2.4m, which is £0.4m (14%) less than plan.",
        "The committee noted that £2.2m had been delivered by the end of Month 6.",
        "It costs £1,500 a patient, and 1,200 patients were seen against a plan of 1,350.",
        "The system's efficiency plan of £48m is £3m behind.",
        "Referral management centre: £820k delivered to date, £20k ahead.",
        "Programme leads have reduced their investment by £40k from £90k.",
    ],
)
def test_a_sentence_that_agrees_or_speaks_of_something_else_is_not(text: str) -> None:
    assert told(text) == []


def test_a_finding_says_whose_number_it_is_and_how_the_sentence_should_read() -> None:
    (one,) = found("The ICB planned to save £2,800k and saved £2,400k (a negative variance of £780k).")
    assert "780 is its variance of the year" in one.message
    assert not re.search(r"p[0-9]+t[0-9]+", one.message), "tables are called as people call them"
    assert one.suggestion == "The ICB planned to save £2,800k and saved £2,400k (a negative variance of £400k)."
    assert one.figures and one.text and one.difference == "380"


def test_two_sentences_on_one_number_are_held_against_each_other() -> None:
    text = "There are 6,767 referrals, down from 7,300 on Thursday 5th May.\n\nPlan for the 6,767 (7,200 as at 5th May)"
    assert told(text) == [("QP701", "warning", "7300", "7200")]


def test_two_rankings_count_the_same_bodies() -> None:
    text = "We are 97 out of 303 nationally on choice.\n\nNationally we were below average out of 305 councils."
    assert told(text) == [("QP701", "warning", "303", "305")]
    other = "We are 97 out of 303 nationally on choice.\n\nNationally we were 12 out of 152 on debt."
    assert told(other) == []


def test_shares_with_a_condition_are_of_the_same_people() -> None:
    same = "19% recorded as obese by March 2008.\n\nWe aim at 21% adult obesity prevalence."
    assert told(same) == [("QP701", "warning", "19", "21")]
    children = "Of children 11.9% recorded as obese by 2008.\n\nWe aim at 21% adult obesity prevalence."
    assert told(children) == []


def test_untied_sentences_are_listed_and_counted() -> None:
    paper = interpret(document(programme("Estates consolidation has delivered £2.1m.\n\nWe delivered £2.4m to date.")))
    of = Material(paper)
    assert [claim.text for claim in untied_claims(of)] == ["Estates consolidation has delivered £2.1m."]
    assert audit(of).untied == 1
