"""Figures and ratings, each with its address in its paper, and the doubts that they may carry."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, NamedTuple, get_args

from pydantic import Field

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.document import BBox
from qippctl.money import ZERO, Interval, interval, is_dash

Subject = Literal["savings", "investment", "activity", "indicator", "finance"]
Role = Literal["scheme", "workstream", "subtotal", "total", "adjustment", "unidentified"]
Measure = Literal[
    "plan",
    "actual",
    "variance",
    "delivery",
    "forecast",
    "investment",
    "investment_slippage",
    "investment_remaining",
    "target",
    "confidence",
    "achievable",
    "at_risk",
    "baseline",
    "activity",
    "score",
    "count",
]
Basis = Literal["month", "quarter", "ytd", "year", "fye", "lifetime"]
Recurrence = Literal["all", "recurrent", "non_recurrent"]
Case = Literal["best", "middle", "worse", "upper", "realistic"]
Version = Literal["original", "current", "stretch", "risk_adjusted", "internal", "external"]
Unit = Literal["GBP", "percent", "count", "score", "wte", "beds", "days"]
UnitSource = Literal["cell", "heading", "unit row", "title", "prose", "magnitude", "none", "not money"]
Dimension = Literal["finance", "milestones", "metrics", "overall"]
Colour = Literal["red", "amber", "green", "blue", "not_due", "not_applicable"]

DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
MEASURES: tuple[str, ...] = get_args(Measure)
BASES: tuple[str, ...] = get_args(Basis)
RECURRENCES: tuple[str, ...] = get_args(Recurrence)
ROLES: tuple[Role, ...] = get_args(Role)
SAVINGS_MEASURES = frozenset({"plan", "actual", "forecast", "target", "achievable", "at_risk", "baseline"})
INVESTMENT_MEASURES = frozenset({"investment", "investment_slippage", "investment_remaining"})


class Doubt(StrEnum):
    """Why a figure may be misread or misprinted."""

    FUSED_CELL = "fused-cell"
    GHOST_ROW = "ghost-row"
    SHIFTED_ROW = "shifted-row"
    LOOK_ALIKE = "look-alike"
    LABEL_UNCLEAR = "label-unclear"
    WORKSTREAM_UNKNOWN = "workstream-unknown"
    HEADING_UNCLEAR = "heading-unclear"
    BASIS_UNCLEAR = "basis-unclear"
    PERIOD_UNKNOWN = "period-unknown"
    PERIOD_CONFLICT = "period-conflict"
    UNIT_UNKNOWN = "unit-unknown"
    UNIT_CONFLICT = "unit-conflict"
    UNIT_SLIP = "unit-slip"
    CELL_UNIT = "cell-unit"
    SIGN_UNPROVEN = "sign-unproven"
    SIGN_AGAINST_COLUMN = "sign-against-column"
    SUM_FAILS = "sum-fails"
    ROW_FAILS = "row-fails"
    NO_BASE = "no-base"
    DUPLICATE_ROW = "duplicate-row"
    HIDDEN = "hidden"
    TRACKED_CHANGE = "tracked-change"
    UNCLEAR_TEXT = "unclear-text"
    TEXT_BEHIND_PICTURE = "text-behind-picture"
    UNMAPPED_FONT = "unmapped-font"
    READERS_DIFFER = "readers-differ"


DOUBT_MEANINGS: dict[Doubt, str] = {
    Doubt.FUSED_CELL: "several numbers stood in one cell and were parted; nothing in the table proves the parting",
    Doubt.GHOST_ROW: "the row was put together from a row that was printed twice, or stands where no row should",
    Doubt.SHIFTED_ROW: "cells of the row do not look like their headings, so they may stand out of their columns",
    Doubt.LOOK_ALIKE: "a letter was read as the digit it looks like",
    Doubt.LABEL_UNCLEAR: "the row's name is cut, fused with another or spelt unlike itself",
    Doubt.WORKSTREAM_UNKNOWN: "the heading of the row's group was lost",
    Doubt.HEADING_UNCLEAR: "the column's heading is damaged or can be taken in more than one way",
    Doubt.BASIS_UNCLEAR: "the heading does not say whether month, year to date or whole year is meant",
    Doubt.PERIOD_UNKNOWN: "the paper does not say which month or year this is",
    Doubt.PERIOD_CONFLICT: "the number of the month and its name or date do not agree; the number was followed",
    Doubt.UNIT_UNKNOWN: "neither cell, heading, title nor prose says pounds, thousands or millions: taken by size",
    Doubt.UNIT_CONFLICT: "the title says another unit than the heading",
    Doubt.UNIT_SLIP: "far larger than its like: typed in pounds in a column of thousands, perhaps",
    Doubt.CELL_UNIT: "the cell prints another unit than its column",
    Doubt.SIGN_UNPROVEN: "no row shows which way the variance is signed",
    Doubt.SIGN_AGAINST_COLUMN: "the row is signed the other way from its column; its own arithmetic was followed",
    Doubt.SUM_FAILS: "a total that it is part of does not add up at the printed precision",
    Doubt.ROW_FAILS: "the arithmetic of its row does not hold at the printed precision",
    Doubt.NO_BASE: "a percentage of a plan that is nothing or not printed",
    Doubt.DUPLICATE_ROW: "the same name stands twice in one group",
    Doubt.HIDDEN: "it stands in a hidden row, column, sheet or slide, which the meeting does not see",
    Doubt.TRACKED_CHANGE: "an author changed it with changes tracked; it is read as if the change were accepted",
    Doubt.UNCLEAR_TEXT: "it was recognised in a picture, and not surely",
    Doubt.TEXT_BEHIND_PICTURE: "it is the text that a scanner's program put behind the picture of the page",
    Doubt.UNMAPPED_FONT: "its font does not say which letters it draws",
    Doubt.READERS_DIFFER: "a second reader of the PDF finds other characters in its table",
}


class Quantity(NamedTuple):
    """What a figure says of its scheme, whatever its value: two figures of one quantity should agree."""

    measure: Measure
    basis: Basis
    recurrence: Recurrence = "all"
    case: Case | None = None
    version: Version | None = None
    qualifier: str | None = None
    period: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole amount that counts: no recurrent part, case, superseded plan or count."""
        return (
            self.recurrence == "all"
            and self.case is None
            and self.version in (None, "current")
            and self.qualifier is None
        )

    def __str__(self) -> str:
        parts = (self.recurrence if self.recurrence != "all" else "", self.case, self.version, self.qualifier)
        return ".".join(filter(None, (self.measure, self.basis, *parts)))


class Corrected(Model):
    """That an analyst put a figure right: how it was read, and by whom, when and why it was changed."""

    number: Annotated[int, Field(description="Number of the correction, which `corrections undo` takes.")]
    kind: Annotated[
        Literal["misread", "misprint"],
        Field(description="misread: the paper prints it right; misprint: the paper itself is wrong."),
    ]
    by: str
    at: Annotated[str, Field(description="ISO date and time, UTC.")]
    reason: str
    was: Annotated[dict[str, str | None], Field(description="Field to what was read; doubts joined by spaces.")]
    also: Annotated[
        tuple[int, ...], Field(description="Numbers of earlier corrections, of other fields, that hold beside it.")
    ] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """Every correction that holds of the figure, in the order in which they were made."""
        return (*self.also, self.number)


class Evidence(Model):
    """Why a figure was taken for what it is. Its place is in the figure itself."""

    heading: Annotated[tuple[str, ...], Field(description="The tiers of its column's heading, outermost first.")]
    meaning: Annotated[str, Field(description="What says what the column holds: a layout, a word or arithmetic.")]
    unit: Annotated[UnitSource, Field(description="Where its unit was found, the first of these that says one.")]
    sign: Annotated[str, Field(description="Whether the printed sign was kept or turned, and why.")]


class Figure(Model):
    """One number that a paper prints, understood."""

    type: Literal["figure"] = "figure"
    id: Annotated[str, Field(description="First 12 hex of the paper's sha256, table, row and column, joined by /.")]
    paper: Annotated[str, Field(description="File name of the paper.")]
    sha256: str
    page: Annotated[int, Field(ge=1, description="Page of the file, from 1.")]
    table: Annotated[str, Field(description="Page and table on it, as p3t1.")]
    row: Annotated[int, Field(ge=0)]
    column: Annotated[int, Field(ge=0)]
    bbox: Annotated[
        BBox | None, Field(description="PDF points from the top left; null where the format has no pages.")
    ] = None
    organisation: str | None = None
    workstream: str | None = None
    scheme: str | None = None
    subject: Subject
    role: Role
    measure: Measure
    basis: Basis
    recurrence: Recurrence = "all"
    case: Case | None = None
    version: Version | None = None
    qualifier: Annotated[str | None, Field(description="What a count or activity counts.")] = None
    period: Annotated[str | None, Field(description="2014/15-M11 for month and ytd, 2014/15 for year.")] = None
    value: Annotated[
        PlainDecimal,
        Field(description="Base units (pounds, percent, counts); a saving and a favourable variance are positive."),
    ]
    unit: Unit
    step: Annotated[PlainDecimal, Field(description="Size of the last printed digit, in base units.")]
    raw: Annotated[str, Field(description="The text as printed.")]
    doubts: Annotated[
        tuple[Doubt, ...], Field(description="Why it may be misread or misprinted; empty = vouched for.")
    ] = ()
    score: Annotated[
        float | None,
        Field(description="Of a figure in a picture: how sure its reader was, from 0 to 1; null for text."),
    ] = None
    evidence: Annotated[Evidence | None, Field(description="Why it was taken for this; null for other records.")] = None
    corrected: Annotated[Corrected | None, Field(description="How an analyst put it right; null = as read.")] = None

    @property
    def quantity(self) -> Quantity:
        return Quantity(self.measure, self.basis, self.recurrence, self.case, self.version, self.qualifier, self.period)

    @property
    def interval(self) -> Interval:
        """Every value that the printed text may stand for. A dash is the accountants' exact zero."""
        is_nought = is_dash(self.raw) and not self.value  # a dash may have been put right
        return interval(self.value, ZERO if is_nought else self.step)

    @property
    def names(self) -> str:
        """What a person calls its column: `plan.ytd`."""
        return f"{self.measure}.{self.basis}"


FIGURE_COLUMNS: tuple[str, ...] = tuple(
    name for name in Figure.model_fields if name not in ("type", "score", "evidence", "corrected")
)


class Rating(Model):
    """A colour that a paper prints."""

    type: Literal["rating"] = "rating"
    paper: str
    sha256: str
    page: int
    table: str
    row: int
    column: int
    organisation: str | None = None
    workstream: str | None = None
    scheme: str | None = None
    role: Role
    dimension: Dimension
    colour: Colour
    raw: str
    period: str | None = None
    doubts: tuple[Doubt, ...] = ()
