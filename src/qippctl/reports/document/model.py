"""A document, whatever format it will have: headings, paragraphs, bullets, tables, pictures. Text is plain, never markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qippctl.reports.clean import for_terminal

Tone = Literal["red", "amber", "green", "blue", "quiet", ""]
Voice = Literal["", "lead", "note", "warning"]
Align = Literal["left", "right"]

MOST_COLUMNS = 9
# Background and text of a tone: each pair has the contrast that small print needs.
COLOURS: dict[Tone, tuple[str, str]] = {
    "red": ("d5281b", "ffffff"),
    "amber": ("ffb81c", "212b32"),
    "green": ("007f3b", "ffffff"),
    "blue": ("005eb8", "ffffff"),
    "quiet": ("e8edee", "212b32"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the first level (a section) or a lower one."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `lead`: the answer of a section; `note`: how to read what stands above; `warning`: as DRAFT."""

    text: str
    voice: Voice = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without numbers."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Particulars:
    """Names and what belongs to each, as on a cover."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column. `weight`: how much of the width it takes beside the others."""

    heading: str
    align: Align = "left"
    weight: float = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; its tone is a colour beside what its text says, never instead of it."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and one heading row. The first cell of a row names it. `strong`: rows as totals are shown."""

    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    strong: frozenset[int] = frozenset()

    @property
    def is_wide(self) -> bool:
        """Whether it has so many columns that its print has to be smaller."""
        return len(self.columns) > MOST_COLUMNS

    def is_group(self, k: int) -> bool:
        """Whether a row only names those below it, so that it stays with the next."""
        return k in self.strong and k + 1 < len(self.rows) and not any(cell.text for cell in self.rows[k][1:])


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: what it says, what it shows for those who cannot see it, and its bytes."""

    caption: str
    alt: str
    png: bytes
    svg: str | None = None


Block = Heading | Paragraph | Bullets | Particulars | Table | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `date`: ISO, for its properties; none where no paper gives one."""

    title: str
    subject: str
    organisation: str
    blocks: tuple[Block, ...]
    date: str | None = None
    draft: bool = False
    language: str = "en-GB"
    footer: str = ""

    @property
    def clean(self) -> Document:
        """The same, every text on one line and without characters that no document may hold: papers come from outside."""
        return replace(
            self,
            title=for_terminal(self.title),
            subject=for_terminal(self.subject),
            organisation=for_terminal(self.organisation),
            footer=for_terminal(self.footer),
            blocks=tuple(map(_clean, self.blocks)),
        )


def numbered(blocks: Sequence[Block], kind: type[Table] | type[Picture]) -> dict[int, int]:
    """The number of each table, or picture, by its place among the blocks."""
    places = [k for k, block in enumerate(blocks) if isinstance(block, kind)]
    return {place: number for number, place in enumerate(places, 1)}


def _clean(block: Block) -> Block:
    if isinstance(block, (Heading, Paragraph)):
        return replace(block, text=for_terminal(block.text))
    if isinstance(block, Bullets):
        return Bullets(tuple(map(for_terminal, block.items)))
    if isinstance(block, Particulars):
        return Particulars(tuple((for_terminal(name), for_terminal(text)) for name, text in block.pairs))
    if isinstance(block, Picture):
        return replace(block, caption=for_terminal(block.caption), alt=for_terminal(block.alt))
    return replace(
        block,
        caption=for_terminal(block.caption),
        columns=tuple(replace(column, heading=for_terminal(column.heading)) for column in block.columns),
        rows=tuple(tuple(replace(cell, text=for_terminal(cell.text)) for cell in row) for row in block.rows),
    )
