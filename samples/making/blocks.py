"""What a paper is made of: prose, drawn tables and new pages, and the sums under a drawing.

Prose is text with blank lines between paragraphs; `! ` begins a line of the cover, `# ` and `## ` a heading, `- ` a
bullet. A table is drawn with `|` between its cells: `<` joins a cell to the one on its left, `^` to the one above, `¶`
breaks the line inside a cell, and a row of one cell runs across the whole table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

# The ground under a colour that a painted table names by its letter or its word.
PAINT = {"R": "E06666", "A": "F6B26B", "G": "93C47D"}
FIGURE = re.compile(r"[-–£(]*[0-9][0-9,.]*[)%]*|-")


@dataclass(frozen=True)
class Table:
    """Cells as drawn, how many rows are headings, the relative widths of columns, whether colours are painted."""

    rows: tuple[tuple[str, ...], ...]
    heads: int
    widths: tuple[float, ...]
    painted: bool = False


@dataclass(frozen=True)
class Page:
    """A new page, upright or on its side; of slides, one that is kept and not shown."""

    sideways: bool = False
    hidden: bool = False


Block = str | Table | Page


@dataclass(frozen=True)
class Paper:
    """What a writer needs: the blocks, the particulars for the file, the number printed on the first page, and the line
    that stands on the head of every page."""

    title: str
    author: str
    written: datetime
    blocks: tuple[Block, ...]
    first_page: int = 1
    header: str = ""


def cut(text: str) -> list[list[str]]:
    """The cells of a drawn table, row by row."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def draw(text: str, heads: int = 1, widths: Sequence[float] = (2,), *, painted: bool = False) -> Table:
    """A table from its drawing; rows are filled up to the widest, and columns without a width get 1."""
    rows = cut(text)
    width = max(map(len, rows))
    full = tuple(tuple(row + ["<" if len(row) == 1 else ""] * (width - len(row))) for row in rows)
    return Table(full, heads, (*widths, *[1.0] * (width - len(widths)))[:width], painted)


def spans(table: Table) -> Iterator[tuple[int, int, int, int]]:
    """Joined cells as first row, first column, last row, last column."""
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if cell in ("<", "^"):
                continue
            right = next((i for i in range(c + 1, len(row)) if row[i] != "<"), len(row)) - 1
            down = next((i for i in range(r + 1, len(table.rows)) if table.rows[i][c] != "^"), len(table.rows)) - 1
            if (right, down) != (c, r):
                yield r, c, down, right


def paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """Each paragraph of a prose block with its mark: `!`, `#`, `##`, `-` or nothing."""
    for piece in re.split(r"\n\s*\n|\n\s*(?=- |! )", text.strip()):
        words = " ".join(piece.split())
        mark, _, rest = words.partition(" ")
        yield (mark, rest) if mark in ("!", "#", "##", "-") else ("", words)


def is_strong(table: Table, r: int) -> bool:
    """Whether a row is printed bold: headings, groups, subtotals and totals."""
    first, *others = table.rows[r]
    return r < table.heads or not first or first.lower().startswith(("total", "sub-total")) or set(others) == {"<"}


def amount(text: str) -> Decimal | None:
    """A printed figure: brackets are a minus, a dash is nought; None for anything else."""
    if text == "-":
        return Decimal(0)
    if not FIGURE.fullmatch(text):
        return None
    value = Decimal(text.strip("()").replace(",", ""))
    return -value if text.startswith("(") else value


def bracketed(value: Decimal) -> str:
    """A figure as printed, with brackets for a minus.

    >>> bracketed(Decimal("-1234.5")), bracketed(Decimal("0.0"))
    ('(1,234.5)', '0.0')
    """
    return f"({-value:,})" if value < 0 else f"{value:,}"


def total(label: str, rows: Sequence[Sequence[str]]) -> list[str]:
    """The row that sums the others, column by column; empty where a column holds no figures."""
    sums = [label]
    for column in list(zip(*rows, strict=True))[1:]:
        figures = [value for cell in column if (value := amount(cell)) is not None]
        sums.append(bracketed(sum(figures, Decimal(0))) if figures else "")
    return sums


def subtotals(text: str) -> list[list[str]]:
    """The rows of a drawing that have no label."""
    return [row for row in cut(text) if not row[0]]


def paint(table: Table, r: int, c: int) -> str | None:
    """The ground under a cell: of a painted table's body, under a heading with RAG, where a colour is named."""
    if not table.painted or r < table.heads or not any("RAG" in _heading(row, c) for row in table.rows[: table.heads]):
        return None
    text = table.rows[r][c]
    return PAINT.get({"Red": "R", "Amber": "A", "Green": "G"}.get(text.capitalize(), text))


def _heading(row: Sequence[str], c: int) -> str:
    """What stands over a column in a row of headings, from the left where cells are joined."""
    return _heading(row, c - 1) if row[c] == "<" else row[c]
