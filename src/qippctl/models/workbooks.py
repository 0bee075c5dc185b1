"""What a workbook is written from: the programmes of chosen bodies, their registers, and what an audit found."""

from __future__ import annotations

from dataclasses import dataclass

from qippctl.models.answers import RagAnswer, VarianceAnswer
from qippctl.models.figure import Basis, Figure, Role
from qippctl.models.finding import Finding
from qippctl.models.metrics import IndicatorAnswer
from qippctl.models.paper import Cover
from qippctl.models.policy import Policy
from qippctl.models.profiles import ProfileAnswer
from qippctl.models.registers import MilestoneAnswer, RiskAnswer


@dataclass(frozen=True, slots=True)
class BookLine:
    """One row of a programme. `year` is forecast against plan, or actual against plan where `is_outturn`."""

    workstream: str | None
    scheme: str | None
    role: Role
    code: str | None = None
    to_date: VarianceAnswer | None = None
    year: VarianceAnswer | None = None
    is_outturn: bool = False
    is_forecast_below_delivered: bool = False
    rag: RagAnswer | None = None
    profiles: tuple[ProfileAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class BookBody:
    """One body's reported period: its rows, the furthest behind first; the totals that its papers print; its papers and figures.

    `basis` is what the RAG judges: ytd, or year where a whole year is reported.
    """

    organisation: str
    period: str
    basis: Basis
    lines: tuple[BookLine, ...]
    policy: Policy | None = None
    is_stated: bool = False
    total: VarianceAnswer | None = None
    total_year: VarianceAnswer | None = None
    papers: tuple[Cover, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """What a workbook holds. `at` is the ISO date at which milestones are judged; a `draft` says so in its title."""

    bodies: tuple[BookBody, ...]
    at: str
    milestones: tuple[MilestoneAnswer, ...] = ()
    risks: tuple[RiskAnswer, ...] = ()
    indicators: tuple[IndicatorAnswer, ...] = ()
    findings: tuple[Finding, ...] = ()
    draft: bool = False

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure once, in the order of its body and of print."""
        return tuple({figure.id: figure for body in self.bodies for figure in body.figures}.values())

    @property
    def papers(self) -> tuple[Cover, ...]:
        return tuple({paper.sha256: paper for body in self.bodies for paper in body.papers}.values())
