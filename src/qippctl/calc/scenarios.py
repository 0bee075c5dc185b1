"""Risks and benefits to a plan, weighted by their chances. The words low, medium and high have none of their own:
a policy file gives them, or nothing is weighted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal

from qippctl.models.forecasts import WeightedScenario
from qippctl.models.records import Scenario
from qippctl.money import ZERO, exactly, parse_amount

_REMARK = re.compile(r"\([^()]{0,60}\)")


def weighted(
    scenarios: Sequence[Scenario], chances: Mapping[str, Decimal], organisation: str | None, policy: str
) -> list[WeightedScenario]:
    """One record a risk and a benefit, then their sum. The sum is None while any of them cannot be weighted."""
    found = []
    chances = {word.casefold().strip(): percent for word, percent in chances.items()}
    for scenario in scenarios:
        for role, text, sign in (("risk", scenario.risk, -1), ("benefit", scenario.benefit, 1)):
            if text:
                found.append(_weighted(scenario, role, text, sign, chances, organisation, policy))  # type: ignore[arg-type]
    if not found:
        return []
    return [*found, _total(found, organisation, policy)]


def _weighted(
    scenario: Scenario,
    role: Literal["risk", "benefit"],
    text: str,
    sign: int,
    chances: Mapping[str, Decimal],
    organisation: str | None,
    policy: str,
) -> WeightedScenario:
    amount = parse_amount(_REMARK.sub("", text).strip() or text)
    pounds = None
    if amount is not None and not amount.is_percent and (amount.scale is not None or amount.has_currency):
        with exactly():
            pounds = sign * abs(amount.value) * (amount.scale or 1)
    word = (scenario.likelihood or "").casefold().strip() or None
    chance = chances.get(word) if word else None
    with exactly():
        value = pounds * chance / 100 if pounds is not None and chance is not None else None
    return WeightedScenario(
        organisation=organisation,
        description=scenario.description,
        role=role,
        amount=pounds,
        likelihood=word,
        probability=chance,
        weighted=value,
        policy=policy,
        paper=scenario.paper,
        page=scenario.page,
    )


def _total(found: Sequence[WeightedScenario], organisation: str | None, policy: str) -> WeightedScenario:
    amounts, values = [s.amount for s in found], [s.weighted for s in found]
    with exactly():
        return WeightedScenario(
            organisation=organisation,
            description=None,
            role="total",
            amount=None if None in amounts else sum((a for a in amounts if a is not None), ZERO),
            likelihood=None,
            probability=None,
            weighted=None if None in values else sum((v for v in values if v is not None), ZERO),
            policy=policy,
        )
