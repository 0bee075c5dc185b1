"""Which projects serve which standards: the ticks of papers, and what is left without one."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.base import Model
from qippctl.models.figure import Doubt
from qippctl.models.records import Alignment


class AlignmentAnswer(Alignment):
    """A tick, as the paper has it, with how many standards its project serves and how many projects serve its standard."""

    paper_number: int
    period: str | None = None
    serves: Annotated[
        int, Field(description="Ticks of its project, those that no standard can be given to among them.")
    ]
    served_by: Annotated[
        int | None, Field(description="Projects with a tick for its standard; null where it has none.")
    ]


class _Coverage(Model):
    organisation: str | None
    period: str | None
    paper: str
    paper_number: int
    page: Annotated[int, Field(ge=1)]
    table: str | None
    doubts: tuple[Doubt, ...] = ()


class ProjectCoverage(_Coverage):
    """A project of a matrix and how many standards it serves."""

    type: Literal["project-coverage"] = "project-coverage"
    project: str
    group: str | None = None
    serves: Annotated[int, Field(description="Its ticks; 0: it serves no standard of the matrix.")]
    standards: Annotated[tuple[str, ...], Field(description="The standards that it serves, each after its set.")] = ()
    unplaced: Annotated[int, Field(description="Ticks among them that no standard can be given to.")] = 0


class StandardCoverage(_Coverage):
    """A standard of a matrix and how many projects serve it."""

    type: Literal["standard-coverage"] = "standard-coverage"
    standard: str
    standard_set: str | None = None
    served_by: Annotated[int, Field(description="Projects with a tick for it.")]
    served_by_at_most: Annotated[
        int, Field(description="The same with every project that has ticks which no standard can be given to.")
    ]
    projects: tuple[str, ...] = ()
    state: Annotated[
        Literal["served", "unserved", "undecided"],
        Field(description="undecided: no tick is known for it, and one of those without a standard may be its own."),
    ]


class MatrixAnswer(Model):
    """One paper's matrix: its ticks, rows and columns. `is_whole`: rows and columns without ticks are known."""

    organisation: str | None
    period: str | None
    paper: str
    paper_number: int
    ticks: tuple[AlignmentAnswer, ...]
    projects: tuple[ProjectCoverage, ...]
    standards: tuple[StandardCoverage, ...]
    is_whole: bool
