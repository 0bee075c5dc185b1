"""Risks held against their numbers, the register before, and the programme's position."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from build import SHA
from qippctl.calc.risks import Registered, Shortfall, answers, notes
from qippctl.models.records import Risk
from qippctl.models.registers import RiskAnswer

SHORT = Shortfall(Decimal(9_211_000), Decimal(7_160_000), "by the forecast")
WELL = Shortfall(Decimal(1_000_000), Decimal(901_000), "by the forecast")
A_TENTH = Shortfall(Decimal(1_000_000), Decimal(900_000), "to date")
FITS = "a 22% shortfall (2,051 of 9,211 £000, by the forecast)"
SAVINGS = "Failure to achieve the savings target"


def risk(number: str | None = "1", score: str | None = "12", **rest: Any) -> Risk:
    described = {"description": f"Risk {number}"} | rest
    return Risk(paper="p.txt", sha256=SHA, page=1, number=number, score=score, **described)


def register(meeting: str | None, *risks: Risk, number: int = 1, **rest: Any) -> Registered:
    return Registered(risks, number, date.fromisoformat(meeting) if meeting else None, meeting=meeting, **rest)


@pytest.mark.parametrize(
    ("score", "impact", "likelihood", "said"),
    [
        ("12", "3", "4", []),
        ("12", None, None, []),
        (None, None, None, []),
        ("25", "5", "5", []),
        ("7", None, None, ["score 7 is no product of two numbers from 1 to 5"]),
        ("13", None, None, ["score 13 is no product of two numbers from 1 to 5"]),
        ("30", None, None, ["score 30 is not from 1 to 25"]),
        ("0", None, None, ["score 0 is not from 1 to 25"]),
        ("16", "3", "4", ["score 16 is not impact times likelihood, 12"]),
        ("12", "6", "2", ["impact 6 is not from 1 to 5"]),
        ("4 x 4 = 16", None, None, []),
        ("4 x 4 = 12", None, None, ["score 12 is not impact times likelihood, 16"]),
        ("High", None, None, ['the score "High" is no number']),
        ("12", "4 - Major", "3", []),
    ],
)
def test_a_score_is_two_numbers_multiplied(
    score: str | None, impact: str | None, likelihood: str | None, said: list[str]
) -> None:
    assert notes(risk(score=score, impact=impact, likelihood=likelihood), None) == said


@pytest.mark.parametrize(
    ("description", "impact", "score", "shortfall", "said"),
    [
        (SAVINGS, "1", "4", SHORT, [f"impact 1 of 5 beside {FITS}"]),
        (SAVINGS, "2", "8", SHORT, [f"impact 2 of 5 beside {FITS}"]),
        (SAVINGS, None, "4", SHORT, [f"score 4 of 25 beside {FITS}"]),
        ("CIP savings are not achieved", "1", "4", SHORT, [f"impact 1 of 5 beside {FITS}"]),
        (SAVINGS, "3", "12", SHORT, []),
        (SAVINGS, "1", "4", None, []),
        (SAVINGS, "1", "4", WELL, []),
        (SAVINGS, "1", "4", A_TENTH, ["impact 1 of 5 beside a 10% shortfall (100 of 1,000 £000, to date)"]),
        ("Failure to deliver programmes for lack of staff", "1", "4", SHORT, []),
        ("Lack of assurance for QIPP, as data fail", "1", "4", SHORT, []),
        ("Savings are counted twice", "1", "4", SHORT, []),
    ],
)  # fmt: skip
def test_a_low_score_beside_a_shortfall_does_not_fit(
    description: str, impact: str | None, score: str, shortfall: Shortfall | None, said: list[str]
) -> None:
    likelihood = str(int(score) // int(impact)) if impact else None
    found = risk(description=description, impact=impact, likelihood=likelihood, score=score)
    assert notes(found, shortfall) == said


def test_a_closed_risk_is_not_held_against_the_position() -> None:
    assert notes(risk(description=SAVINGS, impact="1", closed=True), SHORT) == []


@pytest.mark.parametrize(
    ("numbers", "gaps"),
    [
        (["1", "3", "4", "5", "6"], [None, "number 2 is missing", None, None, None]),
        (["1", "2", "3"], [None, None, None]),
        (["3", "1"], ["number 2 is missing", None]),
        (["R1", "R4"], [None, "numbers R2, R3 are missing"]),
        (["F01", "F02", "P01", "C04"], [None] * 4),  # each letter counts for itself
        (["1", "100"], [None, "numbers 2 to 99 are missing"]),
        ([None, None], [None, None]),
    ],
)
def test_numbers_that_a_register_leaves_out(numbers: list[str | None], gaps: list[str | None]) -> None:
    risks = [risk(n, description=f"Risk {k}") for k, n in enumerate(numbers)]
    assert [one.gap for one in answers([register("2015-05-12", *risks)])] == gaps


def test_a_missing_number_that_was_closed_before_says_so() -> None:
    before = register("2015-04-14", risk("1"), risk("2", closed=True))
    after = register("2015-05-12", risk("1"), risk("3"), number=2)
    found = answers([before, after])
    assert [(one.number, one.movement, one.gap) for one in found] == [
        ("1", "same", None),
        ("3", "new", "number 2 (closed in paper #1) is missing"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "movement"),
    [
        (risk(score="12"), risk(score="16"), "up"),
        (risk(score="12"), risk(score="9"), "down"),
        (risk(score="12"), risk(score="12"), "same"),
        (risk(score="12"), risk(score=None), None),
        (risk(score="12"), risk(score="12", closed=True), "closed"),
    ],
)
def test_movement_is_against_the_register_before(before: Risk, after: Risk, movement: str | None) -> None:
    (found,) = answers([register("2015-04-14", before), register("2015-05-12", after, number=2)])
    assert (found.movement, found.score_before) == (movement, 12)
    assert [s.paper_number for s in found.sources] == [2, 1]


def two(before: list[Risk], after: list[Risk], period: str = "2014/15-M11") -> list[RiskAnswer]:
    earlier = register("2015-04-14", *before, period="2014/15-M10")
    return answers([earlier, register("2015-05-12", *after, number=2, period=period)])


def test_an_open_risk_that_is_no_longer_listed_is_gone() -> None:
    found = two([risk("1"), risk("2"), risk("3", closed=True)], [risk("1")])
    assert [(one.number, one.movement) for one in found] == [("1", "same"), ("2", "gone")]


def test_a_risk_keeps_its_words_or_its_number() -> None:
    same_words = two([risk("1"), risk("5", description="B")], [risk("1"), risk("2", description="B.")])
    assert [(one.movement, one.notes) for one in same_words] == [("same", ()), ("same", ("number 5 in paper #1",))]
    same_number = two([risk("1"), risk("2")], [risk("1"), risk("2", description="Put in other words")])
    assert same_number[1].notes == ("worded differently in paper #1",)


def test_registers_with_nothing_in_common_are_not_compared() -> None:
    found = two([risk("A1")], [risk("B1")])
    assert [(one.number, one.movement) for one in found] == [("B1", None)]


def test_a_first_register_has_no_movement() -> None:
    (found,) = answers([register("2015-05-12", risk(change="↑"))])
    assert (found.movement, found.change) == (None, "↑")


def test_a_printed_movement_that_the_scores_deny_is_told() -> None:
    (found,) = two([risk(score="16")], [risk(score="16", change="↑")])
    assert (found.movement, found.notes) == ("same", ('"↑" is printed; paper #1 had 16',))
    (found,) = two([risk(score="16")], [risk(score="16", change="↑")], period="2014/15-M10")
    assert (found.movement, found.notes) == ("same", ())


def test_papers_of_one_meeting_or_period_are_one_register() -> None:
    same = [register("2015-05-12", risk("1")), register("2015-05-12", risk("1"), risk("2"), number=2)]
    assert [(one.number, one.movement) for one in answers(same)] == [("1", None), ("2", None)]
    undated = Registered((risk("1"),), 1, date(2015, 2, 28), period="2014/15-M11")
    dated = register("2015-05-12", risk("1", "16"), number=2, period="2014/15-M11")
    (found,) = answers([undated, dated])
    assert (found.movement, found.notes) == (None, ("paper #1 of the same day scores it 12",))


def test_no_band_is_invented() -> None:
    assert [one.band for one in answers([register("2015-05-12", risk(score="25"))])] == [None]
