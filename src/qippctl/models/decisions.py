"""What people decide about what papers say: corrections, names that are one or two, approvals of plans, outcomes of escalations,
findings of the audit that are accepted, papers that stay in the house, periods that are closed.

Decisions are kept in the ledger beside the papers, never over them: each says who, when and why, and can be undone.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.records import IsoDate
from qippctl.money import ZERO

WHOLE = 100
Field_ = Literal["value", "step", "workstream", "scheme", "measure", "basis", "period"]
CORRECTABLE: tuple[str, ...] = get_args(Field_)
LinkLevel = Literal["scheme", "workstream"]


class Decision(Model):
    """Who decided what, when and why. `number` is given by the ledger."""

    type: str
    number: Annotated[int, Field(description="What `undo` takes; 0 before it is kept.")] = 0
    organisation: Annotated[str | None, Field(description="Of whose papers it is; null = of an unnamed body.")] = None
    by: Annotated[str, Field(description="Who decided.")]
    at: Annotated[str, Field(description="ISO date and time, UTC, at which it was kept.")]
    reason: str
    undone_by: Annotated[int | None, Field(description="Number of the decision that undid it; null = it holds.")] = None


class Correction(Decision):
    """A figure put right. It holds while the paper is read as it was when it was made."""

    type: Literal["correction"] = "correction"
    figure: Annotated[str, Field(description="The figure's id.")]
    kind: Annotated[
        Literal["misread", "misprint"],
        Field(description="misread: the paper prints it right; misprint: the paper itself is wrong."),
    ]
    paper: Annotated[str, Field(description="File name of the paper, for people.")] = ""
    raw: Annotated[str, Field(description="The figure as printed when it was corrected.")]
    was: Annotated[dict[Field_, str | None], Field(description="Field to what was read; value and step in base units.")]
    now: Annotated[dict[Field_, str | None], Field(description="Field to what holds instead.", min_length=1)]


class Link(Decision):
    """One name is another: two spellings, a rename, a merger, or a share of a split.

    Without `since` both names are the same always. With it, papers of earlier periods have `name`, those of that period and
    later have `to`; earlier figures of `name` count for `to` by their `share`.
    """

    type: Literal["link"] = "link"
    level: LinkLevel = "scheme"
    name: Annotated[str, Field(description="The name that gives way.")]
    to: Annotated[str, Field(description="The name that stands.")]
    since: Annotated[str | None, Field(description="The period from which `to` is used, such as 2014/15-M06.")] = None
    share: Annotated[PlainDecimal, Field(description="Percent of `name` that becomes `to`; below 100 for a split.")]

    @model_validator(mode="after")
    def _makes_sense(self) -> Link:
        if not ZERO < self.share <= WHOLE:
            raise ValueError("a share is above 0 and at most 100 percent")
        if self.share < WHOLE and self.since is None:
            raise ValueError("a split needs the period from which it holds")
        return self


class Distinct(Decision):
    """Two names that are not one, however alike: they are not proposed again."""

    type: Literal["distinct"] = "distinct"
    level: LinkLevel = "scheme"
    name: str
    to: str


class PlanApproval(Decision):
    """A board's decision that a restated plan is the plan from a period on."""

    type: Literal["plan-approval"] = "plan-approval"
    period: Annotated[str, Field(description="The period whose paper first prints the new plan.")]
    scheme: Annotated[str | None, Field(description="The scheme; null = every scheme of the organisation.")] = None
    meeting: Annotated[str, Field(description="Which meeting decided: its body and date, as the minutes say.")]


class Outcome(Decision):
    """What became of an escalation: something that was to be taken further if it was not resolved by a date."""

    type: Literal["outcome"] = "outcome"
    escalation: Annotated[str, Field(description="The escalation's id.")]
    outcome: str


class Acceptance(Decision):
    """A finding of the audit that a person looked at and lets stand. It holds while both of its numbers are the same."""

    type: Literal["acceptance"] = "acceptance"
    finding: Annotated[str, Field(description="The finding's id.")]
    code: Annotated[str, Field(description="The rule that found it.")]
    message: Annotated[str, Field(description="What it said when it was accepted.")]
    paper: Annotated[str, Field(description="File name of the paper, for people.")]
    sha256: str | None = None
    printed: Annotated[str | None, Field(description="What the paper printed when it was accepted.")] = None
    recomputed: Annotated[str | None, Field(description="What it should have been when it was accepted.")] = None


class Privacy(Decision):
    """A paper that stays in the house: what leaves it is made without the paper, whatever else is said of it."""

    type: Literal["privacy"] = "privacy"
    sha256: str
    paper: Annotated[str, Field(description="File name of the paper, for people.")] = ""


class PackPaper(Model):
    """A paper that a pack was made from."""

    number: Annotated[int, Field(description="Its number in the ledger.")]
    name: str
    sha256: str
    meeting_date: IsoDate = None
    status: Literal["draft", "final"] | None = None


class Close(Decision):
    """A period that is closed: its figures are those of a pack; what changes later is an adjustment, and told as one."""

    type: Literal["close"] = "close"
    period: str
    pack: Annotated[int, Field(description="Number of the pack; the ledger keeps its figures.")]
    manifest: Annotated[str, Field(description="SHA-256 of the pack's manifest.json.")]
    papers: tuple[PackPaper, ...] = ()
    totals: Annotated[
        dict[str, PlainDecimal],
        Field(description="The programme's totals as closed: `plan.ytd` to an amount in pounds."),
    ] = {}


class Undo(Decision):
    """A decision taken back. Both stay in the ledger."""

    type: Literal["undo"] = "undo"
    undoes: int


AnyDecision = Annotated[
    Correction | Link | Distinct | PlanApproval | Outcome | Acceptance | Privacy | Close | Undo,
    Field(discriminator="type"),
]
DECISION_TYPES: dict[str, type[Decision]] = {
    kind.model_fields["type"].default: kind for kind in get_args(get_args(AnyDecision)[0])
}
