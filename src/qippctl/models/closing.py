"""Closing a month: what stops it, the pack that is made of it, what changed since it was locked, and who used a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal, get_args

from pydantic import Field

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.decisions import PackPaper
from qippctl.models.figure import Role, Unit
from qippctl.models.records import IsoDate

Says = Literal["stop", "note", "ok"]
SAYS: tuple[Says, ...] = get_args(Says)
About = Literal[
    "returns",
    "draft",
    "audit",
    "doubts",
    "control",
    "escalations",
    "data",
    "plans",
    "acceptances",
    "private",
    "lock",
    "adjustments",
    "sum",
]
Why = Literal["correction", "later paper", "read anew", "paper left out", "counted otherwise"]
MANIFEST = "manifest.json"


class CloseLine(Model):
    """One thing that a close waits for, that a reader should know, or that is well."""

    type: Literal["close-check"] = "close-check"
    organisation: str | None
    period: str
    says: Annotated[Says, Field(description="stop: the month cannot be closed; note: worth knowing; ok: it is well.")]
    about: About
    text: str
    next: Annotated[str | None, Field(description="The command that goes on from here.")] = None
    sources: Annotated[
        tuple[str, ...], Field(description="Ids of the figures, findings or escalations that it is about.")
    ] = ()


class PackFile(Model):
    """A file of a pack."""

    name: str
    sha256: str
    size: Annotated[int, Field(description="In bytes.")]
    figures: Annotated[tuple[str, ...], Field(description="Ids of the figures that it uses.")] = ()


class PackPolicy(Model):
    """The RAG rule in force when a pack was made."""

    name: str
    title: str
    stated: Annotated[bool, Field(description="Whether a paper of the period states it.")]
    sha256: Annotated[str, Field(description="Of its text, as it stands in the pack's policy.json.")]


class Manifest(Model):
    """What a pack holds, and what it was made from: the same papers and decisions give the same bytes."""

    type: Literal["manifest"] = "manifest"
    made_by: Literal["qippctl"] = "qippctl"
    version: Annotated[str, Field(description="The qippctl that made it.")]
    organisation: str | None
    period: str
    draft: Annotated[bool, Field(description="Whether it was made before the month was ready, or as a draft.")]
    today: Annotated[IsoDate, Field(description="As --today gave it; null = each paper's own date was used.")] = None
    includes_private: Annotated[bool, Field(description="Whether papers that stay in the house count in it.")] = False
    policy: PackPolicy
    rules_left_out: Annotated[tuple[str, ...], Field(description="Rules of the audit that settings turn off.")] = ()
    controls: Annotated[
        dict[str, str], Field(description="Control totals that were met, as typed: `plan.year` to `45.2m`.")
    ] = {}
    papers: tuple[PackPaper, ...]
    files: tuple[PackFile, ...]


class ClosedFigure(Model):
    """A figure that counted when a pack was made."""

    id: str
    value: PlainDecimal
    unit: Unit
    corrected: Annotated[tuple[int, ...], Field(description="Numbers of the corrections that made it so.")] = ()


class ClosedSubject(Model):
    """What one subject of a period was when a pack was made."""

    workstream: str | None = None
    scheme: str | None = None
    role: Role
    level: str
    figures: Annotated[dict[str, ClosedFigure], Field(description="`plan.ytd` to the figure that counted.")] = {}


class Adjustment(Model):
    """A figure of a closed period that is another now than when it was locked."""

    type: Literal["adjustment"] = "adjustment"
    organisation: str | None
    period: Annotated[str, Field(description="The closed period.")]
    close: Annotated[int, Field(description="Number of the decision that closed it.")]
    workstream: str | None = None
    scheme: str | None = None
    role: Role
    name: Annotated[str, Field(description="Which figure: `actual.ytd`.")]
    unit: Unit
    was: Annotated[PlainDecimal | None, Field(description="As locked; null = it had none.")]
    now: Annotated[PlainDecimal | None, Field(description="As it counts now; null = none does.")]
    change: Annotated[PlainDecimal | None, Field(description="Now less was; null where one is missing.")]
    why: Why
    because: Annotated[str, Field(description="Which paper or correction, in words.")]
    sources: Annotated[tuple[str, ...], Field(description="Ids of the figure that counted and of the one that does.")]


class ImpactAnswer(Model):
    """A pack that used a figure, what the figure was then and what it is now."""

    type: Literal["impact"] = "impact"
    figure: Annotated[str, Field(description="The figure's id.")]
    organisation: str | None
    period: str
    pack: Annotated[int, Field(description="Number of the pack.")]
    manifest: Annotated[str, Field(description="SHA-256 of its manifest.json.")]
    draft: bool
    made: Annotated[str, Field(description="ISO date and time, UTC, at which it was first made.")]
    files: Annotated[tuple[str, ...], Field(description="The files of the pack that used it.")]
    close: Annotated[int | None, Field(description="Number of the decision that locked the period with it.")] = None
    locked: Annotated[str | None, Field(description="ISO date and time, UTC, at which that was.")] = None
    was: Annotated[PlainDecimal, Field(description="What it was when the pack was made, in base units.")]
    now: Annotated[PlainDecimal | None, Field(description="What it is now; null = the paper is read without it.")]
    unit: Unit | None
    changed: bool


class CloseAnswer(Model):
    """A period that was closed, and what became of it."""

    type: Literal["closed-period"] = "closed-period"
    number: Annotated[int, Field(description="Number of the decision.")]
    organisation: str | None
    period: str
    pack: int
    manifest: str
    papers: tuple[PackPaper, ...] = ()
    totals: dict[str, PlainDecimal] = {}
    by: str
    at: str
    reason: str
    undone_by: Annotated[int | None, Field(description="Number of the decision that reopened it.")] = None
    adjustments: Annotated[
        int | None, Field(description="Figures that are others now than when it was locked; null = it is not locked.")
    ] = None


@dataclass(frozen=True, slots=True)
class KeptPack:
    """A pack that the ledger knows of."""

    number: int
    organisation: str | None
    period: str
    sha256: str
    is_draft: bool
    includes_private: bool
    at: str


@dataclass(frozen=True)
class Pack:
    """A pack, made: its files by name, and what the ledger keeps of it."""

    manifest: Manifest
    files: Mapping[str, bytes]
    subjects: tuple[ClosedSubject, ...]
    values: Mapping[str, Decimal]

    @cached_property
    def text(self) -> bytes:
        """Its manifest.json."""
        return self.manifest.model_dump_json(indent=1).encode() + b"\n"

    @cached_property
    def whole(self) -> dict[str, bytes]:
        """Every file of its folder."""
        return {**self.files, MANIFEST: self.text}

    @cached_property
    def files_of(self) -> dict[str, list[str]]:
        """The files that use a figure, by its id."""
        found: dict[str, list[str]] = {}
        for file in self.manifest.files:
            for figure in file.figures:
                found.setdefault(figure, []).append(file.name)
        return found
