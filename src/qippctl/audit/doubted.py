"""Doubts about how figures, ratings and records were read, as findings carry them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from qippctl.models.figure import Doubt

# The arithmetic's own doubts say nothing of how a figure was read.
RAISED_HERE = frozenset({Doubt.ROW_FAILS, Doubt.SUM_FAILS})
# A group's name that was lost and sums that fail do not make two figures others.
OF_OTHERS = RAISED_HERE | {Doubt.WORKSTREAM_UNKNOWN}
# What differs by one of these is more likely a fault of the text than one of the paper.
MISREAD = frozenset(
    {
        Doubt.FUSED_CELL,
        Doubt.GHOST_ROW,
        Doubt.SHIFTED_ROW,
        Doubt.LOOK_ALIKE,
        Doubt.LABEL_UNCLEAR,
        Doubt.WORKSTREAM_UNKNOWN,
        Doubt.DUPLICATE_ROW,
        Doubt.UNCLEAR_TEXT,
        Doubt.TEXT_BEHIND_PICTURE,
        Doubt.UNMAPPED_FONT,
        Doubt.READERS_DIFFER,
        Doubt.HIDDEN,
        Doubt.TRACKED_CHANGE,
    }
)
# Doubts of whole rows: with one of them what fails in several columns was misread once.
OF_ROWS = frozenset(
    {Doubt.GHOST_ROW, Doubt.SHIFTED_ROW, Doubt.DUPLICATE_ROW, Doubt.LABEL_UNCLEAR, Doubt.WORKSTREAM_UNKNOWN}
)


class Read(Protocol):
    """What was read, perhaps with doubt."""

    @property
    def doubts(self) -> Sequence[Doubt]: ...


def doubts_of(*things: Read, but: Collection[str] = ()) -> tuple[str, ...]:
    """The doubts of all of them, each once, without those that do not matter here."""
    return tuple(dict.fromkeys(doubt.value for one in things for doubt in one.doubts if doubt not in but))
