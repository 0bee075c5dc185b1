"""How well the tables an engine found agree with the truth: cell F1 and numbers in their right cells.

Two grids are aligned by the order-keeping match of columns, then of rows, that makes most cells agree; only cells of
the same text count, after whitespace is normalised. An engine may so miss a row, or split a column, and keep credit
for the cells it has right; every cell it has beyond the truth counts against it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Grid = list[list[str]]
Tables = dict[int, list[Grid]]  # by page number, from 1
NUMBER = re.compile(r"^\(?-?£?[\d,]+(\.\d+)?%?\)?$")


@dataclass(frozen=True)
class Score:
    """Cells of the truth and of the answer, and those that agree; the same of the numbers of the truth."""

    agreeing: int = 0
    expected: int = 0
    answered: int = 0
    numbers: int = 0
    numbers_agreeing: int = 0

    def __add__(self, other: Score) -> Score:
        """Both taken together."""
        return Score(*(mine + theirs for mine, theirs in zip(vars(self).values(), vars(other).values(), strict=True)))

    @property
    def f1(self) -> float:
        """From 0 to 1: twice the agreeing cells over those expected and those answered."""
        total = self.expected + self.answered
        return 2 * self.agreeing / total if total else 0.0


def normalised(text: str | None) -> str:
    """The text with one space where there was any whitespace, and one kind of minus.

    >>> normalised(" Plan\\n£000 ")
    'Plan £000'
    """
    return " ".join((text or "").replace("−", "-").replace("‑", "-").split())


def trimmed(grid: Iterable[Sequence[str | None]]) -> Grid:
    """The grid with its text normalised, squared off, without empty rows and columns."""
    rows = [[normalised(cell) for cell in row] for row in grid]
    width = max((len(row) for row in rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows if any(row)]
    kept = [column for column in range(width) if any(row[column] for row in rows)]
    return [[row[column] for column in kept] for row in rows]


def is_table(grid: Grid) -> bool:
    """Whether a trimmed grid has two columns or more; one column is a paragraph or a box."""
    return bool(grid) and len(grid[0]) > 1


def align(weights: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """The pairs of a row and a column of the weights, both rising, whose weights add up to most."""
    height, width = len(weights), len(weights[0])
    best = [[0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + weights[i][j])
    i = j = 0
    pairs = []
    while i < height and j < width:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def agreeing_cells(truth: Grid, found: Grid) -> list[str]:
    """The text of the cells that agree when the two grids lie on each other as well as they can."""
    if not truth or not found:
        return []
    ours = [Counter(filter(None, column)) for column in zip(*truth, strict=True)]
    theirs = [Counter(filter(None, column)) for column in zip(*found, strict=True)]
    columns = align([[(mine & other).total() for other in theirs] for mine in ours])
    rows = align([[sum(1 for a, b in columns if row[a] and row[a] == other[b]) for other in found] for row in truth])
    return [truth[i][a] for i, j in rows for a, b in columns if truth[i][a] and truth[i][a] == found[j][b]]


def count(grids: Iterable[Grid], keep: Callable[[str], object] = bool) -> int:
    """How many cells of the grids are kept: by default those with text."""
    return sum(1 for grid in grids for row in grid for cell in row if keep(cell))


def score_page(truths: Iterable[Grid], found: Iterable[Grid]) -> Score:
    """The score of one page: each true table takes the found table that suits it best, and no table serves twice."""
    wanted, answers = [trimmed(grid) for grid in truths], [grid for grid in map(trimmed, found) if is_table(grid)]
    left, agreeing = list(answers), []
    for truth in wanted:
        matches = [agreeing_cells(truth, grid) for grid in left]
        best = max(range(len(left)), key=lambda number: len(matches[number]), default=None)
        if best is not None and matches[best]:
            agreeing += matches[best]
            del left[best]
    numbers = sum(1 for cell in agreeing if NUMBER.match(cell))
    return Score(len(agreeing), count(wanted), count(answers), count(wanted, NUMBER.match), numbers)


def score_document(truth: dict[str, list[Grid]], found: Tables) -> Score:
    """The score of a document over the pages that the truth names."""
    return sum((score_page(grids, found.get(int(page), [])) for page, grids in truth.items()), Score())


def pages_with_tables(found: Tables) -> set[int]:
    """The pages on which at least one table of two columns was found."""
    return {page for page, grids in found.items() if any(is_table(trimmed(grid)) for grid in grids)}
