"""Activity and money: what a saving is per unit of activity, what a backlog is made of, what it takes to clear it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.figure import Basis, Case, Measure
from qippctl.models.records import IsoDate

Number = PlainDecimal | None


class PriceAnswer(Model):
    """What a scheme's saving comes to for each unit of the activity that its row prints."""

    type: Literal["price"] = "price"
    organisation: str | None
    workstream: str | None
    scheme: str | None
    period: str | None
    basis: Basis
    case: Annotated[Case | None, Field(description="Of which case both are; null where the paper prints no cases.")]
    measure: Annotated[Measure, Field(description="What the pounds are: plan, actual or forecast.")]
    unit: Annotated[str, Field(description="What is counted: outpatient_attendances.")]
    pounds: PlainDecimal
    units: PlainDecimal
    price: Annotated[PlainDecimal, Field(description="Pounds a unit, to the penny.")]
    price_low: Annotated[PlainDecimal, Field(description="Least that the printed precision allows, to the penny.")]
    price_high: Annotated[PlainDecimal, Field(description="Most that it allows.")]
    others: Annotated[int, Field(description="Other schemes of the paper with a price of this unit and case.")]
    median: Annotated[Number, Field(description="Median of those others' prices; null where there is none.")]
    ratio: Annotated[Number, Field(description="Price by that median.")]
    is_outlier: Annotated[
        bool | None,
        Field(
            description="Beyond so many times the median, or below that part of it; null: too few others, or rounding."
        ),
    ]
    paper: str
    paper_number: int
    page: int
    table: str
    figures: Annotated[tuple[str, ...], Field(description="Ids of the saving and of the activity.")]
    doubts: tuple[str, ...] = ()


class BacklogStep(Model):
    """A line of a waterfall of patients in one column: a total, what is taken from it, what is left."""

    type: Literal["backlog"] = "backlog"
    organisation: str | None
    paper: str
    paper_number: int
    page: int
    table: str
    group: Annotated[str | None, Field(description="The heading that the line stands under.")]
    row: int
    label: str
    step: Annotated[
        Literal["total", "taken", "left"],
        Field(description="total: where it begins; taken: taken off; left: a printed remainder."),
    ]
    period: str | None
    basis: Annotated[Basis, Field(description="month, or ytd for the column that adds the months up.")]
    value: Annotated[PlainDecimal, Field(description="As printed.")]
    running: Annotated[Number, Field(description="What is left after it, worked out; null where a line prints none.")]
    holds: Annotated[
        bool | None, Field(description="Whether the printed remainder is the one worked out; null for other lines.")
    ]
    is_waiting: Annotated[bool, Field(description="Whether its words say that these still wait.")]
    figures: tuple[str, ...]
    doubts: tuple[str, ...] = ()


class Clearance(Model):
    """What it takes to bring a backlog down by a date. Rates are a week, to two decimals."""

    type: Literal["clearance"] = "clearance"
    organisation: str | None
    label: Annotated[str | None, Field(description="The line that prints the backlog; null where it was typed.")]
    group: str | None = None
    backlog: PlainDecimal
    start: Annotated[str, Field(description="ISO date from which weeks are counted.")]
    by: Annotated[str, Field(description="ISO date by which it is to be cleared.")]
    left: Annotated[PlainDecimal, Field(description="What may be left then.")]
    weeks: Annotated[PlainDecimal, Field(description="Days between, by seven, to two decimals.")]
    arrivals: Annotated[Number, Field(description="New ones a week; null where none were named.")]
    net_rate: Annotated[PlainDecimal, Field(description="By how much the backlog must fall a week.")]
    rate: Annotated[PlainDecimal, Field(description="How many a week must be dealt with: the fall and the arrivals.")]
    capacity: Annotated[Number, Field(description="How many a week can be dealt with; null where none was named.")]
    cleared_on: Annotated[IsoDate, Field(description="When that capacity has done it; null where it never does.")] = (
        None
    )
    meets: Annotated[bool | None, Field(description="Whether that is in time; null without a capacity.")] = None
    paper_number: int | None = None
    page: int | None = None
    table: str | None = None
    figures: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
