"""What a chart shows, apart from how it is drawn: its message in words, its series, where they are printed."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.figure import Unit

ChartKind = Literal["cumulative", "waterfall", "movement", "profile", "gantt", "heatmap", "spc", "history"]
CHART_KINDS: tuple[ChartKind, ...] = get_args(ChartKind)
SeriesRole = Literal["plan", "actual", "forecast", "gap", "steps", "level", "milestones", "ratings"]


class ChartMark(Model):
    """One thing that is drawn: a point, a bar, a step, a milestone or a cell."""

    label: Annotated[str, Field(description="Where it stands: a month as 2014/15-M11, a step, a scheme, a milestone.")]
    value: Annotated[PlainDecimal | None, Field(description="As in the answer; null where nothing says it.")] = None
    running: Annotated[PlainDecimal | None, Field(description="Of a step: the sum after it.")] = None
    start: Annotated[str | None, Field(description="ISO date: when a milestone begins, as printed.")] = None
    was: Annotated[str | None, Field(description="ISO date: when an earlier paper had a milestone due.")] = None
    end: Annotated[str | None, Field(description="ISO date: when a milestone is due.")] = None
    letter: Annotated[str | None, Field(description="What stands for its state or colour beside the colour.")] = None
    state: Annotated[str | None, Field(description="That state, colour or judgement in one word.")] = None
    is_derived: Annotated[bool, Field(description="Worked out, not printed.")] = False
    doubts: Annotated[
        tuple[str, ...], Field(description="Why it may be misread or misprinted; empty: vouched for.")
    ] = ()
    sources: Annotated[tuple[str, ...], Field(description="Ids of the figures that it is made of.")] = ()


class ChartSeries(Model):
    """Marks that are drawn alike."""

    name: str
    role: SeriesRole
    marks: tuple[ChartMark, ...]


class Chart(Model):
    """A chart: what it says, its numbers, and where they are printed. Money in pounds, shown in thousands."""

    type: Literal["chart"] = "chart"
    kind: ChartKind
    organisation: str | None
    subject: Annotated[str | None, Field(description="The scheme, workstream or indicator; null: the programme.")] = (
        None
    )
    period: Annotated[str | None, Field(description="The period that it is of; of two, the later.")]
    title: Annotated[str, Field(description="Its message, in words and figures.")]
    about: Annotated[str, Field(description="Whose it is, of when, and in which unit.")]
    alt: Annotated[str, Field(description="What it shows, for those who cannot see it.")]
    unit: Annotated[Unit | None, Field(description="Of the values: GBP is pounds; null where it has none.")] = None
    at: Annotated[str | None, Field(description="ISO date, or month, at which it is read.")] = None
    series: tuple[ChartSeries, ...]
    notes: Annotated[tuple[str, ...], Field(description="What a reader must know: doubts, what is worked out.")] = ()
    source: Annotated[str, Field(description="Papers, pages and meetings that print the figures.")]

    @property
    def marks(self) -> list[ChartMark]:
        """Every mark, series by series."""
        return [mark for own in self.series for mark in own.marks]

    def of(self, role: SeriesRole) -> ChartSeries | None:
        """The first series of a role."""
        return next((own for own in self.series if own.role == role), None)
