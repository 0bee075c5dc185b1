"""What comes out of a ledger: figures, ratings and records with what decides whether one outranks another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qippctl.calc.positions import Stated, StatedRating
from qippctl.models.paper import Cover, TableReading
from qippctl.models.records import Record

Outcome = Literal["added", "unchanged", "read further"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a paper: its number, and whether the ledger changed."""

    number: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class LedgerPaper:
    """A paper of the ledger as last read."""

    number: int
    name: str
    cover: Cover
    items: tuple[Cover, ...]
    tables: tuple[TableReading, ...]
    notes: tuple[str, ...]
    figures: int
    doubted: int
    schemes: int


@dataclass(frozen=True, slots=True)
class Fact(Stated):
    """A figure, what decides whether it outranks another, and its paper."""

    paper_number: int = 0
    data_to: str | None = None
    reported: str | None = None
    code: str | None = None


class RatingFact(StatedRating):
    """A printed rating, and what decides whether it outranks another."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class RecordFact:
    """A record and what decides whether it outranks another."""

    record: Record
    meeting: str
    is_final: bool
    paper_number: int
