"""What commands answer about corrections: the correction itself, what it changes beside, and rows of a file of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.decisions import Correction
from qippctl.models.figure import Basis, Role, Unit

State = Literal["proposed", "holds", "replaced", "stale", "undone"]
STATES: dict[State, str] = {
    "proposed": "not kept: it was only shown",
    "holds": "it is what answers are made from",
    "replaced": "a later correction of the same figure holds instead",
    "stale": "the paper is read otherwise now, or no longer there: look whether it is still needed",
    "undone": "it was taken back",
}


class Change(Model):
    """Something derived that is another for a correction."""

    workstream: str | None
    scheme: str | None
    role: Role
    period: str
    basis: Basis
    name: Annotated[
        Literal["subject", "plan", "actual", "variance", "delivery", "rag", "certainty"],
        Field(description="What changes; subject: it comes, goes or has another name."),
    ]
    before: Annotated[str | None, Field(description="Pounds, percent, a colour or a name; null = none.")]
    after: str | None


class CheckChange(Model):
    """A sum or difference of the figure's table that held and fails now, or the reverse."""

    code: Annotated[str, Field(description="QT101 and so on: which arithmetic.")]
    figure: Annotated[str, Field(description="Id of the figure that the others should give.")]
    row: int
    column: int
    label: Annotated[str, Field(description="What the row is called.")]
    measure: Annotated[str, Field(description="What is summed or worked out: plan.ytd.")]
    now_holds: bool


class CorrectionAnswer(Correction):
    """A correction with its figure, whether it holds, and what else changes with it."""

    state: State
    page: int | None = None
    table: str | None = None
    row: int | None = None
    column: int | None = None
    workstream: str | None = None
    scheme: str | None = None
    role: Role | None = None
    measure: Annotated[str | None, Field(description="What the figure is: plan.ytd.")] = None
    period: str | None = None
    unit: Unit | None = None
    before: Annotated[PlainDecimal | None, Field(description="Value that counted before it, in base units.")] = None
    after: Annotated[PlainDecimal | None, Field(description="Value that counts with it, in base units.")] = None
    counted: Annotated[
        dict[str, str | None],
        Field(description="Field to what counted before it: what was read, or an earlier correction."),
    ] = {}
    counts: Annotated[dict[str, str | None], Field(description="Field to what counts with it.")] = {}
    row_figures: Annotated[
        int, Field(description="How many other figures of the row take the new workstream or scheme.")
    ] = 0
    doubts_laid: Annotated[
        int, Field(description="How many other figures of its table are in doubt no more, as their sums hold now.")
    ] = 0
    changes: Annotated[tuple[Change, ...], Field(description="Answers that are others for it.")] = ()
    checks: Annotated[tuple[CheckChange, ...], Field(description="Sums and differences of its table.")] = ()
    line: Annotated[int | None, Field(description="Line of the file that it was imported from.")] = None
