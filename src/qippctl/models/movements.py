"""What changed from one period's papers to another's, and the history of a scheme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.figure import Basis, Case, Colour, Measure, Recurrence, Role, Version

Arrow = Literal["improving", "maintained", "worsening", "new", "gone"]
Pounds = PlainDecimal | None


class Restated(Model):
    """A figure of the earlier paper that the later one prints differently, beyond what rounding explains."""

    measure: Measure
    basis: Basis
    recurrence: Recurrence
    case: Case | None = None
    version: Version | None = None
    period: str | None
    was: Annotated[PlainDecimal, Field(description="As the earlier paper prints it.")]
    now: Annotated[PlainDecimal, Field(description="As the later paper prints it.")]
    change: PlainDecimal
    sources: Annotated[tuple[str, str], Field(description="Ids of the two figures.")]


class MovementAnswer(Model):
    """One subject in two periods. Amounts in pounds, savings positive; `plan_*` and `forecast_*` are the year's."""

    type: Literal["movement"] = "movement"
    organisation: str | None
    workstream: str | None
    scheme: str | None
    role: Role
    from_period: str
    to_period: str
    was: Annotated[tuple[str, ...], Field(description="Its earlier names, where they differ.")] = ()
    plan_from: Pounds
    plan_to: Pounds
    actual_from: Annotated[Pounds, Field(description="To date, at the earlier period.")]
    actual_to: Annotated[Pounds, Field(description="To date, at the later period.")]
    forecast_from: Pounds
    forecast_to: Pounds
    variance_from: Annotated[Pounds, Field(description="To date.")] = None
    variance_to: Annotated[Pounds, Field(description="To date.")] = None
    rag_from: Colour | None
    rag_to: Colour | None
    arrow: Annotated[Arrow | None, Field(description="How the colour moved; null where one has none.")]
    rolling: Annotated[
        tuple[Colour | None, ...], Field(description="Colours of the last three reported periods, oldest first.")
    ] = ()
    delivery: Annotated[
        Pounds, Field(description="Of the change of variance: what the months between came to, against their plan.")
    ] = None
    rephasing: Annotated[
        Pounds, Field(description="What moving plan between months changed; null where no monthly plan tells.")
    ] = None
    restatement: Annotated[
        Pounds, Field(description="What changes to earlier months and to the year's plan changed.")
    ] = None
    untold: Annotated[
        Pounds, Field(description="What cannot be told apart: the year's plan changed, and no monthly plan is printed.")
    ] = None
    restated: tuple[Restated, ...] = ()
    approved: Annotated[
        int | None,
        Field(description="Number of the decision that approved the restated plan; null = none, or no need."),
    ] = None
    falling: Annotated[
        tuple[str, ...], Field(description="Cumulative amounts that fell, as actual.ytd, beyond rounding.")
    ] = ()
    doubts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def is_plan_restated(self) -> bool:
        """Whether a plan is printed otherwise than before."""
        return any(r.measure in ("plan", "target") for r in self.restated)

    @property
    def is_exception(self) -> bool:
        """Whether a restated plan waits for a board's decision."""
        return self.is_plan_restated and self.approved is None


@dataclass(frozen=True, slots=True)
class Movement:
    """One organisation's two periods."""

    organisation: str
    from_period: str
    to_period: str
    answers: tuple[MovementAnswer, ...] = ()


class HistoryAnswer(Model):
    """One period of a scheme's history."""

    type: Literal["history"] = "history"
    organisation: str | None
    workstream: str | None
    scheme: Annotated[str | None, Field(description="As that period's papers name it.")]
    role: Role
    period: str
    plan: Annotated[Pounds, Field(description="To date.")]
    actual: Annotated[Pounds, Field(description="To date.")]
    variance: Annotated[Pounds, Field(description="To date.")]
    month: Annotated[Pounds, Field(description="Delivered in the month: as printed, else from amounts to date.")]
    plan_year: Pounds
    forecast: Pounds
    rag: Colour | None
    papers: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
