"""RAG rules as data."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.figure import Colour
from qippctl.money import ZERO

CERTAIN = 100


class Band(Model):
    """A colour and the delivery (percent of plan) from which it is given, that value included."""

    colour: Colour
    at_least: Annotated[
        PlainDecimal | None, Field(description="Percent of plan; null on the last band: everything below.")
    ] = None


class MoneyRule(Model):
    """How money is rated: delivery as a percentage of plan, judged on shortfall only."""

    bands: Annotated[tuple[Band, ...], Field(min_length=2, description="From the best down.")]
    plan_zero: Annotated[Colour | None, Field(description="The answer where nothing is planned; null = no rating.")] = (
        None
    )
    plan_negative: Annotated[
        Colour | None, Field(description="The answer where the plan is below zero; null = no rating.")
    ] = None

    @model_validator(mode="after")
    def _bands_descend(self) -> MoneyRule:
        limits = [band.at_least for band in self.bands]
        if limits[-1] is not None or any(limit is None for limit in limits[:-1]):
            raise ValueError("every band but the last needs at_least; the last takes everything below")
        numbers = [limit for limit in limits if limit is not None]
        if numbers != sorted(set(numbers), reverse=True):
            raise ValueError("bands must go from the highest at_least to the lowest")
        return self

    def colour_of(self, delivery: Decimal | Fraction) -> Colour:
        """The colour of a delivery, in percent of plan; the last band takes everything below."""
        exact = Fraction(delivery)
        return next(band.colour for band in self.bands if band.at_least is None or exact >= Fraction(band.at_least))


class MilestoneBand(Model):
    """A colour and how late milestones may be for it. A null bound is not judged; the first band that fits gives the colour."""

    colour: Colour
    status: Annotated[str | None, Field(description="The milestone's printed status, where the rule goes by it.")] = (
        None
    )
    slipped_at_least: Annotated[int, Field(ge=0, description="How many milestones slipped, at least.")] = 0
    slipped_at_most: int | None = None
    days_more_than: int | None = None
    days_at_most: int | None = None


class MilestoneRule(Model):
    """How milestones are rated. Where no band fits, the rule has a gap: it is reported, never filled."""

    bands: tuple[MilestoneBand, ...]
    other_states: Annotated[
        dict[Colour, str], Field(description="States beside the colours, in the rule's own words.")
    ] = {}


class Policy(Model):
    """A RAG rule set, as one body stated it."""

    name: str
    title: str
    default: Annotated[
        bool, Field(description="Used where no policy is named; an analyst's own outranks a shipped one.")
    ] = False
    source: Annotated[str, Field(description="Where the rule is stated.")]
    reading: Annotated[str | None, Field(description="How an unclear wording is read here.")] = None
    money: MoneyRule | None = None
    milestones: MilestoneRule | None = None
    probability: Annotated[
        dict[str, PlainDecimal], Field(description="Percent by the word that the paper uses: low, medium, high.")
    ] = {}

    @field_validator("probability")
    @classmethod
    def _are_percents(cls, value: dict[str, Decimal]) -> dict[str, Decimal]:
        for word, percent in value.items():
            if not ZERO <= percent <= CERTAIN:
                raise ValueError(f'the probability of "{word}" is not from 0 to 100 percent')
        return value
