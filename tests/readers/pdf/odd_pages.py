"""Cases: each is a page, with a name and a drawer that gives back the rows that any careful person would read there.

The pages of a group stand in one file, so that a group costs one reading; a cell expected may be a pattern where several
readings are right.
"""

from __future__ import annotations

import functools
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from drawing import Page, Pdf, Table

from qippctl.models.document import Document, Grid
from qippctl.readers import read

Expected = Sequence[Sequence[str | re.Pattern[str]]]
Drawer = Callable[[Page], Expected]

ROWS = [
    ["Scheme", "Plan", "Actual", "Variance"],
    ["Prescribing", "1,234.5", "1,001", "(233.5)"],
    ["Planned care", "820", "940.25", "120.3"],
    ["Mental health", "75", "-", "(75)"],
    ["Total", "2,129.5", "1,941", "(188.5)"],
]
BASE = Table(ROWS)
SPANNED = Table(
    [
        ["", "Year to date", None, "Full year", None],
        ["Scheme", "Plan", "Actual", "Plan", "Forecast"],
        ["Prescribing", "1,234.5", "1,001", "2,400", "2,150"],
        ["Planned care", "820", "940", "1,600", "1,700"],
        ["Total", "2,054.5", "1,941", "4,000", "3,850"],
    ],
    widths=(110, 65, 65, 65, 65),
    headings=2,
)


@dataclass(frozen=True)
class Case:
    name: str
    draw: Drawer


@dataclass(frozen=True)
class Reading:
    """A group of cases as the reader gave it."""

    document: Document
    expected: tuple[Expected, ...]

    def grids(self, page: int) -> list[Grid]:
        return [grid for grid in self.document.grids() if grid.page == page]

    def prose(self, page: int) -> str:
        return " ".join(block.text for block in self.document.prose() if block.page == page)


# Groups whose drawers fill their pages themselves.
BARE = ("turned", "scan", "no table")
GROUPS: dict[str, list[Case]] = {}


def case(group: str, name: str) -> Callable[[Drawer], Drawer]:
    def keep(draw: Drawer) -> Drawer:
        GROUPS.setdefault(group, []).append(Case(name, draw))
        return draw

    return keep


def group_file(group: str, path: Path) -> tuple[Path, tuple[Expected, ...]]:
    """The pages of a group with a line of prose above and below, so that no table goes on from the page before."""
    pdf, expected = Pdf(), []
    for number, each in enumerate(GROUPS[group]):
        page = pdf.page()
        expected.append(each.draw(page))
        if group not in BARE:
            page.text(
                60, 50, f"Paper {chr(65 + number % 26)}: {each.name.replace('_', ' ')} is how this one is drawn", 10
            )
            page.text(
                60,
                page.height - 60,
                f"The meeting noted what {each.name.replace('_', ' ')} shows and thanked the author.",
                10,
            )
    return pdf.save(path), tuple(expected)


@functools.cache
def reading(group: str) -> Reading:
    """A group's file, made and read once."""
    with tempfile.TemporaryDirectory() as folder:
        path, expected = group_file(group, Path(folder) / f"{group.replace(' ', '_')}.pdf")
        return Reading(read(path), expected)


def cases(*groups: str) -> Any:
    return pytest.mark.parametrize(
        ("group", "number"),
        [pytest.param(g, n, id=f"{g}-{c.name}") for g in groups for n, c in enumerate(GROUPS[g], 1)],
    )


def texts(grid: Grid) -> list[list[str]]:
    return [[" ".join(cell.text.split()) for cell in row] for row in grid.rows]


def agrees(printed: list[list[str]], expected: Expected) -> bool:
    return [len(row) for row in printed] == [len(row) for row in expected] and all(
        text == want if isinstance(want, str) else want.fullmatch(text)
        for row, wants in zip(printed, expected, strict=True)
        for text, want in zip(row, wants, strict=True)
    )


def shown(expected: Expected) -> list[list[str]]:
    return [[want if isinstance(want, str) else f"/{want.pattern}/" for want in row] for row in expected]


def assert_one_table(found: Reading, number: int) -> Grid:
    grids = found.grids(number)
    assert len(grids) == 1, f"{len(grids)} tables: {[texts(grid) for grid in grids]}"
    printed, expected = texts(grids[0]), found.expected[number - 1]
    assert agrees(printed, expected), "\n".join(["read:", *map(str, printed), "expected:", *map(str, shown(expected))])
    return grids[0]
