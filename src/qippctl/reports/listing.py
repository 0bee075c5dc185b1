"""The one table model: what a command answers, as records for scripts and as columns for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from qippctl.models.base import Model

Kind = Literal["label", "number", "colour", "text"]
Tone = Literal["good", "warn", "bad", "quiet", ""]


@dataclass(frozen=True, slots=True)
class Column:
    """A column as people see it. Numbers never wrap; the label gives way first; `optional` columns go when space is short.
    `flush_right`: what is folded stands to the right all the same. `most` lines are shown of a folded text. `is_bar`: drawn
    of block characters, for wide terminals alone."""

    heading: str
    kind: Kind = "text"
    optional: bool = False
    flush_right: bool = False
    most: int | None = None
    is_bar: bool = False

    @property
    def is_right(self) -> bool:
        return self.kind == "number" or self.flush_right


@dataclass(frozen=True, slots=True)
class Block:
    """A table for people: lines above it (the answer first), rows, and lines below (what needs a person last).

    `before` and `after` have lines of the terminal's whole width around the row of a number; Markdown has no place for them.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    tones: tuple[Tone, ...] = ()
    before: Mapping[int, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    after: Mapping[int, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Listing:
    """What a command answers: records in order, and the blocks that show them, which may be made only when they are shown.

    As CSV it is `csv_rows`, where given, or `csv_columns` of the records, or all their fields; of `csv_records`, where given.
    """

    records: Sequence[Model]
    blocks: Sequence[Block] | Callable[[], Sequence[Block]] = field(default=())
    csv_columns: tuple[str, ...] | None = None
    csv_rows: Sequence[Sequence[str]] | None = None
    csv_records: Sequence[Model] | None = None

    @property
    def shown(self) -> Sequence[Block]:
        """The blocks, for people."""
        return self.blocks() if callable(self.blocks) else self.blocks
