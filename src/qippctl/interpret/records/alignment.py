"""Matrices of ticks: which project serves which standard. Known by their shape: nothing but ticks stands in the body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qippctl.interpret.headings import is_spanless
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.records.place import Place
from qippctl.interpret.rows import is_total
from qippctl.interpret.words import normal, unmarked
from qippctl.models.document import Grid
from qippctl.models.figure import Doubt
from qippctl.models.paper import Matrix as WholeMatrix
from qippctl.models.paper import MatrixProject, MatrixStandard
from qippctl.models.records import Alignment, Record
from qippctl.period import find_date, find_mention, month_of_heading

NARROWEST = 4
FEWEST_TICKS = 3
MOST_HEADINGS = 4
LONGEST_REFERENCE = 6
_NO = frozenset({"N", "n", "✗", "✘", "×", "-", "–", "—", "No", "no"})


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix of ticks: each column's standard and the set that it belongs to, and the rows below the headings."""

    grid: Grid
    texts: tuple[tuple[str, ...], ...]
    heading_rows: int
    standards: tuple[str | None, ...]
    sets: tuple[str | None, ...]
    slipped: bool = False
    group: str | None = None


class Matrices:
    """Reads the matrices of one paper in order: the next part of one may have lost its headings."""

    def __init__(self) -> None:
        self._last: Matrix | None = None

    def read(self, grid: Grid, *, follows: bool, groups: frozenset[str]) -> Matrix | None:
        """The matrix that a grid is, or None."""
        before = self._last if follows else None
        self._last = _matrix(grid, before, groups)
        return self._last


def _matrix(grid: Grid, before: Matrix | None, groups: frozenset[str]) -> Matrix | None:
    texts = _said_once([[unmarked(text) for text in row] for row in grid.texts()])
    if grid.width < NARROWEST or not texts:
        return None
    ticked = [i for i, row in enumerate(texts) if any(_is_tick(text) for text in row[1:])]
    ticks = sum(1 for row in texts for text in row[1:] if _is_tick(text))
    several = any(sum(1 for text in row[1:] if _is_tick(text)) > 1 for row in texts)
    if ticks < FEWEST_TICKS or not several:  # one tick a row is a choice, as in a survey
        return None
    heads = _heading_rows(texts)
    others = sum(1 for row in texts[heads:] for text in row[1:] if text and not _is_tick(text))
    if others * 5 > ticks or len(ticked) < 2:
        return None
    if heads == 0:
        if before is None or abs(len(before.standards) - grid.width) > MOST_HEADINGS:
            return None
        slipped = len(before.standards) != grid.width
        group = _last_group(before, groups)
        return Matrix(grid, texts, 0, before.standards, before.sets, slipped, group)
    standards, sets = _headings(grid, texts[:heads])
    if all(text is None or _is_time(text) for text in standards[1:]):
        return None  # a calendar, or who came to which meeting
    return Matrix(grid, texts, heads, standards, sets)


def _said_once(texts: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    """The texts with what means no left blank: marks of no, and crosses where ticks stand beside them."""
    if texts and all(len(row[0]) <= LONGEST_REFERENCE for row in texts) and len(texts[0]) > NARROWEST:
        named = sum(1 for row in texts if len(row[1]) > LONGEST_REFERENCE)
        if named * 2 > len(texts):  # a reference stands before the project
            texts = [[row[1], "", *row[2:]] for row in texts]
    marks = {text for row in texts for text in row[1:] if _is_tick(text)}
    no = _NO | ({"x", "X", "☒"} if marks & {"√", "✓", "✔", "☑"} else frozenset())
    return tuple(tuple(("" if i and text in no else text) for i, text in enumerate(row)) for row in texts)


def _is_time(text: str) -> bool:
    return month_of_heading(text) is not None or find_date(text) is not None or find_mention(text) is not None


def _heading_rows(texts: Sequence[Sequence[str]]) -> int:
    """How many rows stand above the first that is of the body: they have words beyond the first column, and no tick."""
    count = 0
    for row in texts[:MOST_HEADINGS]:
        filled = [text for text in row[1:] if text]
        ticks = [text for text in filled if _is_tick(text)]
        if not filled or len(ticks) * 2 > len(filled) or any(not text.isalnum() for text in ticks):
            break
        count += 1
    return count


def _headings(grid: Grid, rows: Sequence[Sequence[str]]) -> tuple[tuple[str | None, ...], tuple[str | None, ...]]:
    """Each column's standard, from the last heading row, and its set, from the tier above, which spans its columns."""
    standards = tuple(text or None for text in rows[-1])
    if len(rows) < 2:
        return standards, tuple(None for _ in standards)
    sets: list[str | None] = []
    current: str | None = None
    for column, text in enumerate(rows[-2]):
        cell = grid.rows[len(rows) - 2][column]
        if text:
            current = text
        elif not cell.covered and not is_spanless(grid, len(rows) - 2):
            current = None
        sets.append(current if column else None)
    return standards, tuple(sets)


def _is_tick(text: str) -> bool:
    return bool(text) and text in vocabulary().ticks


def _walk(matrix: Matrix, groups: frozenset[str]) -> list[tuple[int, str, str | None, list[int]]]:
    """Each row of the body: its index, project, group, and the columns of its ticks.

    A row without ticks opens a group where the paper names one so elsewhere; else it is a project that serves nothing.
    """
    group = matrix.group
    groups = groups or _groups_by_shape(matrix)
    out = []
    for index in range(matrix.heading_rows, len(matrix.texts)):
        row = matrix.texts[index]
        ticks = [column for column, text in enumerate(row[1:], 1) if _is_tick(text)]
        if not ticks and normal(row[0]) in groups:
            group = row[0]
        elif row[0]:
            out.append((index, row[0], group, ticks))
    return out


def _groups_by_shape(matrix: Matrix) -> frozenset[str]:
    """Rows without ticks as groups, where the body begins with one, ends in ticks and has no two of them together."""
    blank = [not any(_is_tick(text) for text in row[1:]) for row in matrix.texts[matrix.heading_rows :] if row[0]]
    grouped = len(blank) > 2 and blank[0] and not blank[-1] and not any(a and b for a, b in pairwise(blank))
    names = (row[0] for row in matrix.texts[matrix.heading_rows :] if row[0] and not any(row[1:]))
    return frozenset(map(normal, names)) if grouped else frozenset()


def _last_group(matrix: Matrix, groups: frozenset[str]) -> str | None:
    named = [row[0] for row in matrix.texts[matrix.heading_rows :] if normal(row[0]) in groups and not any(row[1:])]
    return named[-1] if named else matrix.group


def alignments(matrix: Matrix, place: Place, groups: frozenset[str]) -> list[Record]:
    """A record a tick. Where rows have more cells than there are headings no tick can be given one, and none is guessed."""
    found: list[Record] = []
    for index, project, group, ticks in _walk(matrix, groups):
        for column in ticks:
            known = not matrix.slipped and column < len(matrix.standards)
            standard = matrix.standards[column] if known else None
            address = place.at(index=index, page=matrix.grid.page_of(index))
            found.append(
                Alignment(
                    **address | {"doubts": () if standard is not None else (Doubt.SHIFTED_ROW,)},
                    column=column,
                    project=project,
                    group=group,
                    standard=standard,
                    standard_set=matrix.sets[column] if known else None,
                )
            )
    return found


def whole_matrix(matrix: Matrix, groups: frozenset[str]) -> WholeMatrix:
    """Its rows and columns, those without a tick too."""
    page_of = matrix.grid.page_of
    projects = tuple(
        MatrixProject(row=index, page=page_of(index), project=project, group=group, ticks=len(ticks))
        for index, project, group, ticks in _walk(matrix, groups)
        if ticks or not is_total(project)
    )
    headed = enumerate(zip(matrix.standards, matrix.sets, strict=True))
    standards = tuple(
        MatrixStandard(column=column, standard=standard, standard_set=of)
        for column, (standard, of) in headed
        if column and standard is not None
    )
    return WholeMatrix(projects=projects, standards=() if matrix.slipped else standards)
