"""Risks and benefits weighted by the chances of a policy."""

from __future__ import annotations

from decimal import Decimal

import pytest

from build import SHA
from qippctl.calc.scenarios import weighted
from qippctl.models.records import Scenario

CHANCES = {"low": Decimal(10), "medium": Decimal(50), "High": Decimal(90)}


def scenario(risk: str | None = None, benefit: str | None = None, likelihood: str | None = "low") -> Scenario:
    return Scenario(
        paper="paper.txt", sha256=SHA, page=1, table="p1t1", row=1, description="What may come",
        risk=risk, benefit=benefit, likelihood=likelihood,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("risk", "benefit", "likelihood", "amount", "value"),
    [
        ("£3.5m (low)", None, "low", -3_500_000, -350_000),
        (None, "£2m (medium)", "medium", 2_000_000, 1_000_000),
        ("£1m", None, "HIGH ", -1_000_000, -900_000),
        ("(£1m)", None, "low", -1_000_000, -100_000),  # a risk is a loss, whatever its sign
        (None, "£250k", "high", 250_000, 225_000),
        ("£500", None, "low", -500, -50),
        ("£1m", None, "very high", -1_000_000, None),  # no chance is given to the word
        ("£1m", None, None, -1_000_000, None),
        ("3.5", None, "low", None, None),  # no unit
        ("£1m to £2m", None, "low", None, None),
        ("10%", None, "low", None, None),
        ("TBC", None, "low", None, None),
    ],
)
def test_one(
    risk: str | None, benefit: str | None, likelihood: str | None, amount: int | None, value: int | None
) -> None:
    one, total = weighted([scenario(risk, benefit, likelihood)], CHANCES, "Body", "mine")
    assert (one.amount, one.weighted, one.role) == (amount, value, "risk" if risk else "benefit")
    assert (total.amount, total.weighted, total.role) == (amount, value, "total")


def test_the_sum_is_unknown_while_one_is() -> None:
    total = weighted([scenario("£1m"), scenario(None, "£2m", "likely")], CHANCES, "Body", "mine")[-1]
    assert (total.amount, total.weighted) == (1_000_000, None)


def test_without_chances_nothing_is_weighted() -> None:
    found = weighted([scenario("£1m"), scenario(None, "£2m")], {}, "Body", "mine")
    assert [s.weighted for s in found] == [None, None, None]
    assert [s.amount for s in found] == [-1_000_000, 2_000_000, 1_000_000]


def test_a_scenario_with_both_gives_a_risk_and_a_benefit() -> None:
    assert [s.role for s in weighted([scenario("£1m", "£2m")], CHANCES, "Body", "mine")] == ["risk", "benefit", "total"]


def test_nothing_set_out_is_no_record() -> None:
    assert weighted([], CHANCES, "Body", "mine") == []
    assert weighted([scenario()], CHANCES, "Body", "mine") == []
