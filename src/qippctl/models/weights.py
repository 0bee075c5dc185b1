"""A file of weights: priorities, how much each counts, and what each intervention scores against them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.priorities import ScoreUnit
from qippctl.money import exactly, parse_amount, plain


def _amount(value: Any) -> Any:
    """A number as typed, or a sum of money such as 250k."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return value
    amount = parse_amount(str(value))
    if amount is None or amount.is_dash or amount.is_percent:
        raise ValueError(f'"{value}" is not an amount of money, such as 250k, 1.2m or 250000')
    with exactly():
        return amount.value * (amount.scale or 1)


Number = Annotated[PlainDecimal, Field(allow_inf_nan=False, max_digits=24)]
Money = Annotated[PlainDecimal, BeforeValidator(_amount), Field(ge=0)]
Name = Annotated[str, Field(min_length=1, max_length=300)]


class Priority(Model):
    """A priority and how much it counts."""

    name: Name
    weight: Annotated[Number, Field(ge=0)]


class Scored(Model):
    """An intervention and its score against each priority. One without a score for a priority has no weighted score."""

    name: Name
    group: str | None = None
    scores: Annotated[dict[str, Number], Field(description="Priority to score.")] = {}
    investment: Annotated[
        Money | None, Field(description="In pounds, or as 250k, 1.2m; null: as the ledger has it.")
    ] = None
    must_do: Annotated[bool, Field(description="Done whatever it scores: apart, and first against a budget.")] = False
    funded: bool | None = None


class Weights(Model):
    """How interventions are scored against priorities."""

    name: Name
    title: str | None = None
    source: Annotated[str | None, Field(description="Who weighted and scored, and when.")] = None
    organisation: Annotated[
        str | None, Field(description="Whose they are: what the file does not say is taken from its papers.")
    ] = None
    method: Annotated[
        Literal["mean", "sum"],
        Field(description="mean: sum of weight x score, by the sum of the weights; sum: sum of weight x score."),
    ] = "mean"
    unit: Annotated[ScoreUnit, Field(description="What the scores are.")] = "points"
    lowest: Annotated[
        Number | None,
        Field(description="The lowest score that can be given. With highest: a missing score is a range."),
    ] = None
    highest: Annotated[Number | None, Field(description="The highest score that can be given.")] = None
    priorities: Annotated[tuple[Priority, ...], Field(min_length=1, max_length=200)]
    interventions: Annotated[tuple[Scored, ...], Field(min_length=1, max_length=5000)]

    @model_validator(mode="after")
    def _makes_sense(self) -> Weights:
        names = [priority.name for priority in self.priorities]
        _once("priority", names)
        _once("intervention", [one.name for one in self.interventions])
        if self.method == "mean" and not sum(priority.weight for priority in self.priorities):
            raise ValueError("every weight is 0: a mean needs a weight above it")
        if self.lowest is not None and self.highest is not None and self.lowest >= self.highest:
            raise ValueError("lowest must be below highest")
        for one in self.interventions:
            for named, score in one.scores.items():
                if named not in names:
                    raise ValueError(
                        f'"{one.name}" has a score for "{named}", which is no priority; there are: {", ".join(names)}'
                    )
                self._check(f'the score of "{one.name}" for "{named}"', score)
        return self

    def _check(self, what: str, score: Decimal) -> None:
        if self.lowest is not None and score < self.lowest:
            raise ValueError(f"{what}, {plain(score)}, is below lowest, {plain(self.lowest)}")
        if self.highest is not None and score > self.highest:
            raise ValueError(f"{what}, {plain(score)}, is above highest, {plain(self.highest)}")


def _once(what: str, names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name.strip().casefold() in seen:
            raise ValueError(f'the {what} "{name}" stands there twice')
        seen.add(name.strip().casefold())
