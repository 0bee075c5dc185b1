"""The doubts that a cell brings from its file, before anyone asks what it means."""

from __future__ import annotations

from collections.abc import Iterator

from qippctl.models.document import Cell
from qippctl.models.figure import Doubt

_MARKED = {"hidden": Doubt.HIDDEN, "changed": Doubt.TRACKED_CHANGE}
# A reader of pictures that is less sure than this was seen to be wrong.
_SURE = 0.9


def doubts_of(cell: Cell) -> Iterator[Doubt]:
    """What its file says against a cell: hidden, changed, or recognised without being sure."""
    if cell.mark:
        yield _MARKED[cell.mark]
    if cell.score < _SURE:
        yield Doubt.UNCLEAR_TEXT


def score_of(cell: Cell) -> float | None:
    """How sure the reader of a picture was of a cell; None for text that the file itself holds."""
    return round(cell.score, 3) if cell.score < 1 else None
