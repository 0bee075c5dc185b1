"""Coverage of a matrix: rows and columns with ticks and without, and ticks that no standard can be given to."""

from __future__ import annotations

import pytest

from build import SHA
from qippctl.calc.alignment import Ticked, coverage
from qippctl.models.alignments import MatrixAnswer
from qippctl.models.paper import Matrix, MatrixProject, MatrixStandard, TableReading
from qippctl.models.records import Alignment


def answered(ticks: list[tuple[str, str | None]], projects: str = "ABC", standards: str = "123") -> MatrixAnswer:
    """The answer of a matrix with these rows and columns, and ticks of project and standard."""
    whole = Matrix(
        projects=tuple(MatrixProject(row=i, page=1, project=name, ticks=0) for i, name in enumerate(projects)),
        standards=tuple(MatrixStandard(column=i, standard=name, standard_set="S") for i, name in enumerate(standards)),
    )
    table = TableReading(table="p1t1", page=1, kind="alignment", rows=1, columns=1, matrix=whole if projects else None)
    records = [
        Alignment(
            paper="paper.txt",
            sha256=SHA,
            page=1,
            table="p1t1",
            row=1,
            column=1,
            project=project,
            standard=standard,
            standard_set="S" if standard else None,
            doubts=() if standard else ("shifted-row",),
        )
        for project, standard in ticks
    ]
    return coverage(Ticked("Body", "2009/10", "paper.txt", 1, records, [table]))


@pytest.mark.parametrize(
    ("ticks", "serves", "states"),
    [
        ([("A", "1"), ("A", "2"), ("B", "1")], [2, 1, 0], ["served", "served", "unserved"]),
        ([("A", "1"), ("B", None), ("B", None)], [1, 2, 0], ["served", "undecided", "undecided"]),
        ([("A", None)], [1, 0, 0], ["undecided"] * 3),
    ],
)
def test_what_serves_what(ticks: list[tuple[str, str | None]], serves: list[int], states: list[str]) -> None:
    found = answered(ticks)
    assert [project.serves for project in found.projects] == serves
    assert [standard.state for standard in found.standards] == states


def test_a_standard_may_be_served_by_every_project_with_ticks_of_no_standard() -> None:
    found = answered([("A", "1"), ("A", None), ("B", None)])
    assert [(s.served_by, s.served_by_at_most) for s in found.standards] == [(1, 2), (0, 2), (0, 2)]


def test_a_tick_says_how_far_its_project_and_standard_reach() -> None:
    found = answered([("A", "1"), ("A", "2"), ("B", "1"), ("B", None)])
    assert [(t.serves, t.served_by) for t in found.ticks] == [(2, 2), (2, 1), (2, 2), (2, None)]


def test_one_name_under_two_areas_is_two_projects_and_one_number_in_two_sets_two_standards() -> None:
    found = answered([("A", "1")])
    other = found.ticks[0].model_copy(update={"group": "Elsewhere", "standard_set": "T"})
    plain = [Alignment(**{name: getattr(t, name) for name in Alignment.model_fields}) for t in (found.ticks[0], other)]
    table = TableReading(table="p1t1", page=1, kind="alignment", rows=1, columns=1)
    both = coverage(Ticked("Body", None, "paper.txt", 1, plain, [table]))
    assert len(both.projects) == len(both.standards) == 2


def test_a_reading_that_kept_no_rows_and_columns_says_so() -> None:
    found = answered([("A", "1")], projects="")
    assert not found.is_whole and [p.project for p in found.projects] == ["A"]
    assert answered([("A", "1")]).is_whole
