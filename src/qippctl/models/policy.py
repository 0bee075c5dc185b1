"""RAG rules as data."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, field_validator, model_validator

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.figure import Colour
from qippctl.money import ZERO, plain

CERTAIN = 100
# Colours from the worst to the best; what is none of them is worse than nothing.
WORST_FIRST: tuple[Colour, ...] = ("red", "amber", "green")
RollUp = Literal["own", "worst", "weighted"]


class Band(Model):
    """A colour and the delivery (percent of plan) from which it is given, that value included, and below which."""

    colour: Colour
    at_least: Annotated[
        PlainDecimal | None, Field(description="Percent of plan; null on the last band: everything below.")
    ] = None
    below: Annotated[
        PlainDecimal | None,
        Field(description="Percent of plan, itself excluded; null: up to where the band before it begins."),
    ] = None


class Span(NamedTuple):
    """Deliveries from `at_least` to below `below`, in percent of plan; None = without end."""

    at_least: Decimal | None
    below: Decimal | None

    @property
    def words(self) -> str:
        """Such as `from 80% to below 95%`."""
        least = f"from {plain(self.at_least)}%" if self.at_least is not None else ""
        below = f"below {plain(self.below)}%" if self.below is not None else ""
        return " to ".join(filter(None, (least, below))) or "everything"


class Piece(NamedTuple):
    """A span in which every delivery has one colour, or none."""

    span: Span
    colour: Colour | None


class MoneyRule(Model):
    """How money is rated: delivery as a percentage of plan, judged on shortfall only.

    Bands that say only `at_least` follow each other downwards without a gap. Where a band says `below`, deliveries may have
    no band, which is a gap and no colour, or several, of which the first counts.
    """

    bands: Annotated[tuple[Band, ...], Field(min_length=2, description="From the best down.")]
    plan_zero: Annotated[Colour | None, Field(description="The answer where nothing is planned; null = no rating.")] = (
        None
    )
    plan_negative: Annotated[
        Colour | None, Field(description="The answer where the plan is below zero; null = no rating.")
    ] = None

    @model_validator(mode="after")
    def _bands_make_sense(self) -> MoneyRule:
        if not self.follows_on:
            for number, (band, span) in enumerate(zip(self.bands, self.spans, strict=True), 1):
                if band.at_least is None and span.below is None:
                    raise ValueError(f"band {number} needs at_least or below")
                if span.at_least is not None and span.below is not None and span.at_least >= span.below:
                    raise ValueError(f"band {number} is empty: below must be above at_least")
            return self
        limits = [band.at_least for band in self.bands]
        if limits[-1] is not None or any(limit is None for limit in limits[:-1]):
            raise ValueError("every band but the last needs at_least; the last takes everything below")
        numbers = [limit for limit in limits if limit is not None]
        if numbers != sorted(set(numbers), reverse=True):
            raise ValueError("bands must go from the highest at_least to the lowest")
        return self

    @property
    def spans(self) -> tuple[Span, ...]:
        """What each band covers: up to its own `below`, or to the nearest band before it that begins higher."""
        out: list[Span] = []
        begun: list[Decimal] = []
        for band in self.bands:
            higher = [limit for limit in begun if band.at_least is None or limit > band.at_least]
            out.append(Span(band.at_least, band.below if band.below is not None else min(higher, default=None)))
            begun += [band.at_least] if band.at_least is not None else []
        return tuple(out)

    @property
    def follows_on(self) -> bool:
        """Whether each band goes on below the one before, so that every delivery has one colour."""
        return all(band.below is None for band in self.bands)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """All deliveries, the highest first, parted where the colour may change: what several bands cover is the first's."""
        spans = self.spans
        ends = sorted({end for span in spans for end in span if end is not None})
        parts = [Span(low, high) for low, high in zip((None, *ends), (*ends, None), strict=True)]
        return tuple(
            Piece(part, next((b.colour for b, s in zip(self.bands, spans, strict=True) if covers(s, part)), None))
            for part in reversed(parts)
        )

    def colour_of(self, delivery: Decimal | Fraction) -> Colour | None:
        """The colour of a delivery, in percent of plan: of the first band that covers it; None where none does."""
        exact = Fraction(delivery)
        return next(
            piece.colour
            for piece in self.pieces
            if piece.span.at_least is None or exact >= Fraction(piece.span.at_least)
        )


def covers(span: Span, part: Span) -> bool:
    """Whether a span covers the whole of a part."""
    starts = span.at_least is None or (part.at_least is not None and part.at_least >= span.at_least)
    return starts and (span.below is None or (part.below is not None and part.below <= span.below))


class MilestoneBand(Model):
    """A colour and how late milestones may be for it. A null bound is not judged; the first band that fits gives the colour.

    It fits when as many milestones as it says slipped by more than `days_more_than` (at all, where that is null), and none by
    more than `days_at_most`.
    """

    colour: Colour
    status: Annotated[str | None, Field(description="The milestone's printed status, where the rule goes by it.")] = (
        None
    )
    slipped_at_least: Annotated[int, Field(ge=0, le=99, description="How many milestones slipped, at least.")] = 0
    slipped_at_most: Annotated[int | None, Field(ge=0, le=99)] = None
    days_more_than: Annotated[int | None, Field(ge=0)] = None
    days_at_most: Annotated[int | None, Field(ge=0)] = None


class MilestoneRule(Model):
    """How milestones are rated. Where no band fits, the rule has a gap: it is reported, never filled."""

    bands: Annotated[tuple[MilestoneBand, ...], Field(min_length=1, max_length=12)]
    other_states: Annotated[
        dict[Colour, str], Field(description="States beside the colours, in the rule's own words.")
    ] = {}


class MetricRule(Model):
    """How near to its target an indicator is broadly on it, and so amber."""

    broadly_within: Annotated[
        PlainDecimal, Field(ge=0, le=CERTAIN, description="Percent of the threshold by which it may be missed.")
    ]


class RollUps(Model):
    """How workstreams and the programme get their finance colour, and by `worst` that of their milestones.

    own: by the figures of their own row; worst: the worst of their schemes; weighted: what their schemes delivered together of
    what they planned together.
    """

    workstream: RollUp = "own"
    programme: RollUp = "own"


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
    metrics: Annotated[MetricRule | None, Field(description="Null: an indicator is green on target, else red.")] = None
    overall: Annotated[
        Literal["worst"] | None,
        Field(description="worst: the worst of the other dimensions' colours; null: only as a paper prints it."),
    ] = None
    rollup: RollUps = RollUps()
    probability: Annotated[
        dict[str, PlainDecimal], Field(description="Percent by the word that the paper uses: low, medium, high.")
    ] = {}

    @field_validator("probability")
    @classmethod
    def _are_percents(cls, value: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
        for word, percent in value.items():
            if not ZERO <= percent <= CERTAIN:
                raise ValueError(f'the probability of "{word}" is not from 0 to 100 percent')
        return value


class PolicyFailure(Model):
    """A file among the policies that is none."""

    type: Literal["policy-failure"] = "policy-failure"
    name: str
    file: str
    failure: Annotated[str, Field(description="What is wrong, and where.")]


def worst(colours: set[Colour]) -> Colour | None:
    """The worst of red, amber and green among colours; None where there is none of them."""
    return next((colour for colour in WORST_FIRST if colour in colours), None)
