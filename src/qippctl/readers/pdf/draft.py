"""A table as a way of finding it proposes: words in positions. Several drafts of one region can be compared."""

from __future__ import annotations

from dataclasses import dataclass, field

from qippctl.models.document import BBox
from qippctl.readers.pdf.ink import Word
from qippctl.readers.pdf.lines import is_number, is_value, lines_of, pieces_of, text_of


@dataclass(slots=True)
class Slot:
    """The words of a cell, and how many rows and columns it covers. A slot under another has `covered` set and no words."""

    words: list[Word] = field(default_factory=list)
    rows: int = 1
    columns: int = 1
    covered: bool = False


@dataclass(slots=True)
class Draft:
    """Rows of slots, all of one length. `method` says how the table was found; `lines` are the places of its column and row lines
    where it has any."""

    rows: list[list[Slot]]
    bbox: BBox
    method: str
    xs: tuple[float, ...] = ()
    ys: tuple[float, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def filled(self) -> int:
        return sum(1 for row in self.rows for slot in row if slot.words)


def is_crowded(text: str) -> bool:
    """Whether the text of a cell is several figures and nothing else: columns or rows that were not told apart."""
    parts = text.split()
    return len(parts) > 1 and all(is_value(part) for part in parts) and not is_number(" ".join(parts))


def faults(draft: Draft) -> int:
    """Cells that hold more than one number: side by side or one below the other. A right reading has hardly any."""
    found = 0
    for row in draft.rows:
        for slot in row:
            if len(slot.words) < 2:
                continue
            lines = lines_of(slot.words)
            numbers = sum(sum(piece.is_value for piece in pieces_of(line)) for line in lines)
            whole = is_number(text_of(slot.words).replace("\n", " "))
            found += max(0, numbers - 1) if not whole else 0
    return found
