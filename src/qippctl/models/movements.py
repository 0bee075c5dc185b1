"""What changed from one period's papers to another's, and the history of a scheme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.answers import Identity, Precedence
from qippctl.models.base import Model, PlainDecimal
from qippctl.models.closing import Adjustment
from qippctl.models.figure import Basis, Case, Colour, Measure, Recurrence, Unit, Version

Arrow = Literal["improving", "maintained", "worsening", "new", "gone"]
Pounds = PlainDecimal | None


class Restated(Model):
    """A figure of the earlier paper that the later one prints differently, beyond what rounding explains."""

    measure: Measure
    basis: Basis
    recurrence: Recurrence
    case: Case | None = None
    version: Version | None = None
    qualifier: str | None = None
    period: str | None
    unit: Unit = "GBP"
    was: Annotated[PlainDecimal, Field(description="As the earlier paper prints it.")]
    now: Annotated[PlainDecimal, Field(description="As the later paper prints it.")]
    change: PlainDecimal
    doubts: Annotated[
        tuple[str, ...], Field(description="Why one of the two may be misread; then it may be no restatement.")
    ] = ()
    sources: Annotated[tuple[str, str], Field(description="Ids of the two figures.")]


class MovementAnswer(Identity):
    """One subject in two periods. Amounts in pounds, savings positive; `plan_*` and `forecast_*` are the year's.

    The change of the variance to date is the sum of `delivery`, `rephasing`, `restatement`, `untold` and `new_and_gone`,
    where it is parted at all. A part that is null is not known, and is in `delivery`, or in `untold` where that is known.
    """

    type: Literal["movement"] = "movement"
    from_period: str
    to_period: str
    was: Annotated[
        tuple[str, ...], Field(description="Its earlier names, where they differ in more than spelling.")
    ] = ()
    plan_from: Pounds
    plan_to: Pounds
    actual_from: Annotated[Pounds, Field(description="To date, at the earlier period.")]
    actual_to: Annotated[Pounds, Field(description="To date, at the later period.")]
    forecast_from: Pounds
    forecast_to: Pounds
    variance_from: Annotated[Pounds, Field(description="To date.")] = None
    variance_to: Annotated[Pounds, Field(description="To date.")] = None
    rag_from: Annotated[
        Colour | None, Field(description="Of the money to date, by the policy; as printed where it gives none.")
    ]
    rag_to: Colour | None
    arrow: Annotated[Arrow | None, Field(description="How the colour moved; null where one has none.")]
    arrow_certain: Annotated[
        bool | None, Field(description="Whether it is the same at every value that rounds to what is printed.")
    ] = None
    rolling: Annotated[
        tuple[Colour | None, ...],
        Field(description="Colours of three months, the later period's last; null where a month is not reported."),
    ] = ()
    delivery: Annotated[
        Pounds, Field(description="Of the change of variance: what the months between came to, against their plan.")
    ] = None
    rephasing: Annotated[
        Pounds, Field(description="What moving plan between months changed; null where no monthly plan tells.")
    ] = None
    restatement: Annotated[
        Pounds,
        Field(
            description="What changes to what was delivered before, and to the year's plan, changed; null where the later "
            "papers print no earlier month again."
        ),
    ] = None
    untold: Annotated[
        Pounds, Field(description="What cannot be told apart: the year's plan changed, and no monthly plan is printed.")
    ] = None
    new_and_gone: Annotated[
        Pounds, Field(description="Of a sum of schemes: the variances of those that came, less of those that went.")
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
    """One organisation's two periods, which papers report each, and what changed in either since it was locked."""

    organisation: str
    from_period: str
    to_period: str
    answers: tuple[MovementAnswer, ...] = ()
    policy: str = ""
    papers: tuple[Precedence | None, Precedence | None] = (None, None)
    adjustments: tuple[Adjustment, ...] = ()


class HistoryAnswer(Identity):
    """One period of a scheme's history, under the names of that period's papers."""

    type: Literal["history"] = "history"
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
