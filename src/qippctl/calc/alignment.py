"""Coverage of a matrix of ticks: how many standards a project serves, how many projects serve a standard.

A tick that no standard can be given to counts for its project. It may be of any standard, so a standard without a tick
of its own is undecided, not unserved, while there is one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qippctl.calc.positions import normal_name
from qippctl.models.alignments import AlignmentAnswer, MatrixAnswer, ProjectCoverage, StandardCoverage
from qippctl.models.figure import Doubt
from qippctl.models.paper import TableReading
from qippctl.models.records import Alignment

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ticked:
    """The ticks of one paper about one organisation, and its tables."""

    organisation: str | None
    period: str | None
    paper: str
    paper_number: int
    ticks: Sequence[Alignment]
    tables: Sequence[TableReading]


@dataclass(slots=True)
class _Line:
    """A row or a column: its names as first printed, where it stands, and what has a tick with it."""

    name: str
    of: str | None
    page: int
    table: str | None
    ticked: dict[Key, str] = field(default_factory=dict)
    unplaced: int = 0
    doubts: dict[Doubt, None] = field(default_factory=dict)


def standards_of(ticked: Ticked) -> set[Key]:
    """The standards that a paper's matrices are about."""
    return set(_lines(ticked)[1])


def coverage(ticked: Ticked) -> MatrixAnswer:
    """The ticks of a paper with their counts, and every project and standard, in the order of print."""
    projects, standards = _lines(ticked)
    about = {
        "organisation": ticked.organisation,
        "period": ticked.period,
        "paper_number": ticked.paper_number,
        "paper": ticked.paper,
    }
    answers = tuple(
        AlignmentAnswer(
            **{name: getattr(tick, name) for name in Alignment.model_fields},
            paper_number=ticked.paper_number,
            period=ticked.period,
            serves=_serves(projects[_project(tick)]),
            served_by=len(standards[_standard(tick)].ticked) if tick.standard is not None else None,
        )
        for tick in ticked.ticks
    )
    unplaced = {key for key, line in projects.items() if line.unplaced}
    return MatrixAnswer(
        **about,
        ticks=answers,
        projects=tuple(
            ProjectCoverage(
                **about,
                page=line.page,
                table=line.table,
                project=line.name,
                group=line.of,
                serves=_serves(line),
                standards=tuple(line.ticked.values()),
                unplaced=line.unplaced,
                doubts=tuple(line.doubts),
            )
            for line in projects.values()
        ),
        standards=tuple(
            StandardCoverage(
                **about,
                page=line.page,
                table=line.table,
                standard=line.name,
                standard_set=line.of,
                served_by=len(line.ticked),
                served_by_at_most=len(line.ticked.keys() | unplaced),
                projects=tuple(line.ticked.values()),
                state="served" if line.ticked else "undecided" if unplaced else "unserved",
                doubts=tuple(line.doubts),
            )
            for line in standards.values()
        ),
        is_whole=all(table.matrix is not None for table in _tables(ticked)),
    )


def _tables(ticked: Ticked) -> list[TableReading]:
    named = {tick.table for tick in ticked.ticks}
    return [table for table in ticked.tables if table.table in named]


def _lines(ticked: Ticked) -> tuple[Mapping[Key, _Line], Mapping[Key, _Line]]:
    """Projects and standards by their names: those of the matrices' rows and columns, then those that only ticks name."""
    projects: dict[Key, _Line] = {}
    standards: dict[Key, _Line] = {}
    for table in _tables(ticked):
        if table.matrix is None:
            continue
        for row in table.matrix.projects:
            line = _Line(row.project, row.group, row.page, table.table)
            projects.setdefault((normal_name(row.group), normal_name(row.project)), line)
        for column in table.matrix.standards:
            line = _Line(column.standard, column.standard_set, table.page, table.table)
            standards.setdefault((normal_name(column.standard_set), normal_name(column.standard)), line)
    for tick in ticked.ticks:
        project = projects.setdefault(_project(tick), _Line(tick.project, tick.group, tick.page, tick.table))
        project.doubts |= dict.fromkeys(tick.doubts)
        if tick.standard is None:
            project.unplaced += 1
            continue
        line = _Line(tick.standard, tick.standard_set, tick.page, tick.table)
        standard = standards.setdefault(_standard(tick), line)
        standard.doubts |= dict.fromkeys(tick.doubts)
        project.ticked[_standard(tick)] = " ".join(filter(None, (standard.of, standard.name)))
        standard.ticked[_project(tick)] = project.name
    return projects, standards


def _serves(line: _Line) -> int:
    return len(line.ticked) + line.unplaced


def _project(tick: Alignment) -> Key:
    return normal_name(tick.group), normal_name(tick.project)


def _standard(tick: Alignment) -> Key:
    return normal_name(tick.standard_set), normal_name(tick.standard)
