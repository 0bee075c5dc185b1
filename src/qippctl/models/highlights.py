"""Everything that is known of one scheme, from every paper, on one sheet."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.answers import RagAnswer, VarianceAnswer
from qippctl.models.base import Model
from qippctl.models.corrections import CorrectionAnswer
from qippctl.models.figure import Figure, Role
from qippctl.models.finding import Finding
from qippctl.models.forecasts import ForecastAnswer
from qippctl.models.identities import AliasAnswer
from qippctl.models.records import AnyRecord
from qippctl.models.returns import Escalation

FoundBy = Literal["name", "code", "figures", "programme", "words"]
ParticularName = Literal["recurrence", "gross_net", "benefit", "maturity", "budget_removed", "account_code"]


class Place(Model):
    """Where something stands."""

    paper_number: int
    paper: str
    page: Annotated[int, Field(ge=1)]
    table: Annotated[str | None, Field(description="Page and table on it, as p3t1; null outside tables.")] = None
    period: Annotated[str | None, Field(description="The period that the paper reports.")] = None


class Mention(Model):
    """A record that is of the scheme, and how that is known."""

    where: Place
    found_by: Annotated[
        FoundBy,
        Field(
            description="name, code: the record is printed under it; figures: a sentence that repeats its figures; programme: "
            "of its whole workstream; words: its name or code occurs in the text, so it may be about something else."
        ),
    ]
    record: AnyRecord


class Owner(Model):
    """Who answers for the scheme, as one paper says."""

    role: str
    name: str
    level: Annotated[
        Literal["scheme", "workstream", "paper"],
        Field(description="scheme: its own; workstream: its programme's; paper: who leads the paper that reports it."),
    ]
    where: Place


class Particular(Model):
    """What a paper says of the scheme's money in words."""

    name: ParticularName
    text: Annotated[str, Field(description="As printed.")]
    where: Place


class Printed(Model):
    """A table that prints figures of the scheme."""

    where: Place
    reported: Annotated[str, Field(description="The period that the table reports.")]
    rows: Annotated[tuple[int, ...], Field(description="Rows of the table, from 0.")]
    figures: int
    doubted: int


class HighlightAnswer(Model):
    """Everything known of one scheme (or workstream); its history are records beside it. Money is of the newest period."""

    type: Literal["highlight"] = "highlight"
    organisation: str | None
    workstream: str | None
    scheme: Annotated[str | None, Field(description="Null where a whole workstream is meant.")]
    role: Role
    period: Annotated[str, Field(description="The newest period that reports it.")]
    names: Annotated[tuple[str, ...], Field(description="Other names that it had or has, the newest first.")] = ()
    codes: Annotated[tuple[str, ...], Field(description="Codes as printed, the newest first.")] = ()
    links: Annotated[tuple[AliasAnswer, ...], Field(description="Decisions on its names that hold.")] = ()
    owners: Annotated[
        tuple[Owner, ...],
        Field(
            description="Of the nearest level that names anybody; the newest paper first. Empty: no paper names one."
        ),
    ] = ()
    particulars: Annotated[tuple[Particular, ...], Field(description="The newest paper first.")] = ()
    to_date: VarianceAnswer | None = None
    year: VarianceAnswer | None = None
    ratings: Annotated[tuple[RagAnswer, ...], Field(description="In every dimension that there is.")] = ()
    forecast: ForecastAnswer | None = None
    milestones: tuple[Mention, ...] = ()
    risks: Annotated[tuple[Mention, ...], Field(description="Found by words: a register names no scheme.")] = ()
    statuses: Annotated[tuple[Mention, ...], Field(description="Issues, mitigation and more, paper by paper.")] = ()
    projects: Annotated[tuple[Mention, ...], Field(description="What it proposes, as a plan introduces it.")] = ()
    dashboards: Annotated[tuple[Mention, ...], Field(description="Its programme's exceptions and actions.")] = ()
    standards: Annotated[tuple[Mention, ...], Field(description="Ticks: the standards that it serves.")] = ()
    claims: Annotated[tuple[Mention, ...], Field(description="Sentences that speak of its figures.")] = ()
    escalations: Annotated[tuple[Escalation, ...], Field(description="With and without an outcome.")] = ()
    corrections: tuple[CorrectionAnswer, ...] = ()
    findings: Annotated[
        tuple[Finding, ...], Field(description="What the last audits found wrong with its figures and nobody accepted.")
    ] = ()
    audited: Annotated[
        str | None, Field(description="When the newest of its papers was last audited, UTC; null = never.")
    ] = None
    figures: Annotated[int, Field(description="Figures of it in all papers.")] = 0
    doubted: Annotated[int, Field(description="How many of them are in doubt.")] = 0
    worst: Annotated[Figure | None, Field(description="Of those in doubt the one of most money.")] = None
    printed: Annotated[tuple[Printed, ...], Field(description="Every table that prints figures of it.")] = ()
    namesakes: Annotated[
        tuple[Printed, ...],
        Field(
            description="Tables with rows of the very same name whose figures differ, so that they may be another's."
        ),
    ] = ()

    @property
    def open_escalations(self) -> list[Escalation]:
        """Those that nobody has said the outcome of, due or not."""
        return [one for one in self.escalations if one.outcome is None]
