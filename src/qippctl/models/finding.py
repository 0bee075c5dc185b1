"""What an audit finds: figures and sentences of papers that contradict each other, and the verdict on all of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.base import Model, PlainDecimal

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
Decision = Literal["rag", "yield", "sign"]

InOwnUnit = Annotated[
    str | None, Field(description="A number in the unit and with the sign of the paper's own table or sentence.")
]


class Change(Model):
    """One printed figure, and the value that it would need."""

    figure: Annotated[str, Field(description="The figure's id.")]
    label: Annotated[str | None, Field(description="What a person calls it: its row and plan.year.")] = None
    printed: InOwnUnit
    needed: InOwnUnit
    value: Annotated[PlainDecimal, Field(description="What is needed, in base units, as `qippctl correct` takes it.")]


class Repair(Model):
    """The smallest sets of single-figure changes that make every failing identity of a table hold. Never applied by itself."""

    changes: Annotated[tuple[Change, ...], Field(description="The set, where only one is smallest; else empty.")] = ()
    alternatives: Annotated[
        tuple[tuple[Change, ...], ...], Field(description="Every set, where several are equally small.")
    ] = ()
    complete: Annotated[bool, Field(description="Whether `alternatives` has all of them.")] = True


class Accepted(Model):
    """That a person accepted a finding."""

    number: Annotated[int, Field(description="Number of the decision; 0: it stands in a file.")]
    by: str
    at: Annotated[str, Field(description="ISO date and time, UTC.")]
    reason: str


class Finding(Model):
    """Two statements of papers that cannot both be right, or one that cannot be right by itself."""

    type: Literal["finding"] = "finding"
    id: Annotated[str, Field(description="A hash of code and figures, stable from run to run.")]
    paper: str
    sha256: Annotated[str | None, Field(description="Of the paper, as others may have its name.")] = None
    organisation: str | None = None
    period: str | None = None
    code: Annotated[str, Field(description="The rule, which `qippctl explain` describes.")]
    severity: Severity
    message: str
    printed: InOwnUnit = None
    recomputed: InOwnUnit = None
    difference: Annotated[str | None, Field(description="Printed less recomputed, in the same unit.")] = None
    tolerance: Annotated[str | None, Field(description="The largest difference that rounding explains.")] = None
    figures: Annotated[tuple[str, ...], Field(description="Ids of the figures that take part, the faulted one last.")]
    page: int
    table: str | None = None
    row: int | None = None
    where: Annotated[str | None, Field(description="The place as people call it: a table's title, a row's name.")] = (
        None
    )
    text: Annotated[str | None, Field(description="The sentence, where prose is faulted.")] = None
    suggestion: Annotated[str | None, Field(description="The sentence, corrected.")] = None
    decision: Annotated[
        Decision | None, Field(description="What the finding changes: a RAG, a headline yield, a variance's sign.")
    ] = None
    cause: Annotated[str | None, Field(description="Id of the first finding that shares one wrong figure.")] = None
    repair: Repair | None = None
    doubts: Annotated[tuple[str, ...], Field(description="Doubts about how the figures were read.")] = ()
    accepted: Accepted | None = None
    accepted_before: Annotated[
        Accepted | None, Field(description="Accepted when its numbers were others: it holds no more.")
    ] = None

    @property
    def numbers(self) -> str:
        """What is printed and what it should be: an acceptance holds only while both are the same."""
        return f"{self.printed or ''} -> {self.recomputed or ''}"


class Verdict(Model):
    """What an audit came to."""

    type: Literal["verdict"] = "verdict"
    papers: int = 0
    checked: Annotated[int, Field(description="Statements that were held against each other.")] = 0
    exact: Annotated[int, Field(description="Those that agree to the last digit.")] = 0
    rounding: Annotated[int, Field(description="Those that agree within the printed precision.")] = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    decision_errors: Annotated[int, Field(description="Errors and warnings that change a RAG, a yield or a sign.")] = 0
    accepted: Annotated[int, Field(description="Findings that a person accepted; counted nowhere else.")] = 0
    untied_claims: Annotated[int, Field(description="Sentences with numbers that nothing could be held against.")] = 0


class RuleParameter(Model):
    """A number by which a rule judges, that `[audit.thresholds]` of the settings may set otherwise."""

    name: str
    value: Annotated[float, Field(description="In force: the settings' where they give one.")]
    default: float
    meaning: str


class RuleAnswer(Model):
    """A rule of the audit, as its page describes it."""

    type: Literal["rule"] = "rule"
    code: str
    name: str
    severity: Annotated[Severity, Field(description="In force: the settings' where they give one.")]
    default_severity: Annotated[
        Severity | None, Field(description="The rule's own; a finding may have a lesser one.")
    ] = None
    what: str
    why: str
    action: Annotated[str, Field(description="What to do about a finding.")]
    example: Annotated[str, Field(description="A case from a real paper.")]
    enabled: Annotated[bool, Field(description="Whether the settings let it run.")] = True
    parameters: Annotated[
        tuple[RuleParameter, ...], Field(description="Numbers of the rule that a project may set otherwise.")
    ] = ()
