"""Interventions by priority: what each scores and asks for, where it ranks, and what a budget reaches."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.base import Model, PlainDecimal

ScoreUnit = Literal["points", "percent"]
SCORE_UNITS: tuple[ScoreUnit, ...] = ("percent", "points")

Pounds = Annotated[PlainDecimal | None, Field(description="Pounds; null where none is known.")]
Known = Annotated[PlainDecimal, Field(description="Pounds of those whose investment is known.")]
Count = Annotated[int, Field(ge=0)]


class PriorityAnswer(Model):
    """An intervention. What has no one score, or shares it, has no place of its own."""

    type: Literal["priority"] = "priority"
    organisation: str | None
    period: str | None
    name: str
    group: str | None = None
    score: Annotated[PlainDecimal | None, Field(description="Null where there is none, or a range.")] = None
    score_unit: Annotated[
        ScoreUnit | None, Field(description="Points and percentages have no common scale: each is ranked by itself.")
    ] = None
    score_low: Annotated[PlainDecimal | None, Field(description="Of a range (30-35%): its lower end.")] = None
    score_high: Annotated[PlainDecimal | None, Field(description="Of a range: its upper end.")] = None
    printed: Annotated[str | None, Field(description="The score as printed; of a weighted one none.")] = None
    investment: Pounds = None
    funded: Annotated[bool | None, Field(description="Whether it gets the money, as the paper says.")] = None
    must_do: Annotated[
        bool | None, Field(description="Without a score and done all the same; null: has words for a score.")
    ] = None
    rank: Annotated[
        int | None, Field(description="Within its unit; equal scores have one rank. Null: undecided, or no score.")
    ] = None
    rank_best: Annotated[int | None, Field(description="The best rank that its range of scores allows.")] = None
    rank_worst: int | None = None
    cumulative: Annotated[
        PlainDecimal | None,
        Field(
            description="Pounds of all that rank above it or may, of its equals and its own; must-dos by themselves."
        ),
    ] = None
    cumulative_unknown: Annotated[int, Field(description="How many of those have no known investment.")] = 0
    within_budget: Annotated[
        bool | None, Field(description="Null without a budget, and where equals or unknown sums leave it open.")
    ] = None
    scores: Annotated[dict[str, PlainDecimal], Field(description="Of a weighted score: priority to score.")] = {}
    missing: Annotated[tuple[str, ...], Field(description="Priorities that it has no score for; never nought.")] = ()
    doubts: tuple[str, ...] = ()
    paper: str | None = None
    paper_number: int | None = None
    page: int | None = None
    sources: Annotated[tuple[str, ...], Field(description="Ids of the figures of score and investment.")] = ()


class RankingTotal(Model):
    """One ranking, all of one unit, and where a budget ends in it."""

    score_unit: ScoreUnit
    count: Count
    investment: Known
    unknown: Annotated[Count, Field(description="How many have no known investment.")]
    undecided_ranks: Annotated[Count, Field(description="How many have a range that leaves their rank open.")]
    within_budget_count: Count | None = None
    within_budget: Annotated[PlainDecimal | None, Field(description="Pounds of those that are within for sure.")] = None
    undecided_count: Annotated[
        Count | None, Field(description="How many equals or unknown sums leave open; a person decides.")
    ] = None
    last_within: Annotated[str | None, Field(description="The last above the line.")] = None


class PriorityTotal(Model):
    """What the interventions of one organisation come to."""

    type: Literal["total"] = "total"
    organisation: str | None
    period: str | None
    count: Count
    funded_count: Count
    funded: Known
    funded_unknown: Count
    funded_printed: Annotated[PlainDecimal | None, Field(description="The total that the paper prints of them.")] = None
    excluded_count: Count
    excluded: Known
    excluded_unknown: Count
    excluded_printed: PlainDecimal | None = None
    undecided_count: Annotated[Count, Field(description="Those of which nothing says whether they are funded.")]
    undecided: Known
    undecided_unknown: Count
    must_do_count: Count
    must_do: Known
    must_do_unknown: Count
    unscored_count: Annotated[Count, Field(description="Those without a score that are no must-dos.")]
    budget: PlainDecimal | None = None
    filled: Annotated[bool, Field(description="Whether later ones that fit are taken past one that does not.")] = False
    left: Annotated[
        PlainDecimal | None, Field(description="Budget less must-dos; below nought: they alone exceed it.")
    ] = None
    within_budget_count: Annotated[
        Count | None, Field(description="Must-dos and ranked; null where two rankings have a line each.")
    ] = None
    within_budget: PlainDecimal | None = None
    rankings: tuple[RankingTotal, ...] = ()
    doubts: Annotated[tuple[str, ...], Field(description="Those of the interventions that it sums.")] = ()
    weights: Annotated[str | None, Field(description="The file of weights that made the scores.")] = None
    not_weighed: Annotated[
        tuple[str, ...], Field(description="Interventions of the ledger that the file of weights does not name.")
    ] = ()


class Priorities(Model):
    """The interventions of one organisation, must-dos first, then each ranking, then what has no score; and their total."""

    answers: tuple[PriorityAnswer, ...]
    total: PriorityTotal
