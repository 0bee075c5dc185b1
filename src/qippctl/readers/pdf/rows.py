"""Lines as rows that a table may have: parted into pieces, and whether they look like rows of figures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qippctl.readers.pdf.lines import Line, Piece, is_leader, pieces_of

LONG_LINE = 8
MOST_PIECES = 100  # what has more is a drawing made of letters
_ENUMERATOR = re.compile(r"\(?(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-zA-Z]|[ivxIVX]{1,4})[.)]?|[•●▪○\-–➢*o·]")


@dataclass(slots=True)
class Row:
    """A line with its pieces. `seed`: it looks like a row of figures."""

    line: Line
    pieces: list[Piece]
    seed: bool
    led: bool

    @property
    def values(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.is_value]


def rows_of(lines: list[Line], apart: float) -> list[Row]:
    out = []
    for line in lines:
        pieces = pieces_of(line, apart)
        if pieces:
            led = any(is_leader(word.text) for word in line.words)
            out.append(Row(line, pieces, _is_seed(pieces), led))
    return out


def _is_seed(pieces: list[Piece]) -> bool:
    if not 2 <= len(pieces) <= MOST_PIECES:
        return False
    values = sum(piece.is_value for piece in pieces)
    first = 1 if _ENUMERATOR.fullmatch(pieces[0].text) or not pieces[0].is_value else 0
    if not any(piece.is_value for piece in pieces[first:]):
        return False
    # A justified sentence with a number between two wide blanks is no row.
    words = sum(word.text.islower() and len(word.text) > 2 for piece in pieces for word in piece.words)
    return words < 7 * values or values >= 4


def is_sentence(row: Row) -> bool:
    words = [word.text for piece in row.pieces for word in piece.words]
    return len(words) >= LONG_LINE and sum(w.islower() for w in words) >= 0.5 * len(words)
