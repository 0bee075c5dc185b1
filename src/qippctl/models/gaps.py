"""What is found where a policy is checked: cases without a colour, cases with several, and rows of papers that get none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.figure import Colour, Dimension, Doubt, Role


class PolicyFinding(Model):
    """A case that a policy's rule gives no colour (a gap), or in which several of its bands differ (an overlap)."""

    type: Literal["policy-finding"] = "policy-finding"
    policy: str
    dimension: Dimension
    kind: Literal["gap", "overlap"]
    case: Annotated[str, Field(description="In words.")]
    at_least: Annotated[PlainDecimal | None, Field(description="Of money: percent of plan; null = without end.")] = None
    below: Annotated[PlainDecimal | None, Field(description="Of money: percent of plan; null = without end.")] = None
    colours: Annotated[tuple[Colour, ...], Field(description="Of an overlap; the first is given.")] = ()


class UncolouredRow(Model):
    """A printed row to whose milestones a policy gives no colour."""

    type: Literal["uncoloured-row"] = "uncoloured-row"
    policy: str
    organisation: str | None
    period: str | None
    paper: str
    page: int
    table: str
    row: int
    role: Role
    workstream: str | None
    scheme: str | None
    case: Annotated[str, Field(description="What the row counts, in words.")]
    in_doubt: Annotated[bool, Field(description="Whether the row may not stand in the paper as it was read.")]
    doubts: Annotated[tuple[Doubt, ...], Field(description="Of the figures that count its milestones.")] = ()
    sources: Annotated[tuple[str, ...], Field(description="Ids of the figures that count its milestones.")]


class PolicyCheck(Model):
    """What a check of a policy comes to."""

    type: Literal["policy-check"] = "policy-check"
    policy: str
    gaps: int
    overlaps: int
    rows: Annotated[
        int, Field(description="Rows of the ledger's papers that count milestones and that the rule can judge.")
    ]
    uncoloured: Annotated[int, Field(description="Rows among them that get no colour and are not in doubt.")]
    uncoloured_in_doubt: int


@dataclass(frozen=True, slots=True)
class CheckedPolicy:
    """A policy's gaps and overlaps, and the rows of the ledger to which it gives no colour."""

    check: PolicyCheck
    findings: Sequence[PolicyFinding]
    rows: Sequence[UncolouredRow]
