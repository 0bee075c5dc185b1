"""Where records stand, and what the paper around them says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from qippctl.interpret.forms import FormRow
from qippctl.interpret.spans import Span


@dataclass(frozen=True, slots=True)
class Place:
    """A table, or a page where there is none, in its paper. `bodies`: those that the paper
    names, by their initials; `groups`: names of workstreams in normal form."""

    paper: str
    sha256: str
    organisation: str | None
    page: int = 1
    table: str | None = None
    scheme: str | None = None
    span: Span = field(default_factory=Span)
    lines_above: tuple[str, ...] = ()
    bodies: dict[str, str] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()

    def at(self, row: FormRow | None = None, *, page: int | None = None, index: int | None = None) -> dict[str, Any]:
        """The address that every record carries."""
        return {
            "paper": self.paper,
            "sha256": self.sha256,
            "organisation": self.organisation,
            "page": row.page if row is not None else page or self.page,
            "table": self.table,
            "row": row.index if row is not None else index,
            "doubts": row.doubts if row is not None else (),
        }


def said(row: FormRow, name: str) -> str | None:
    """The text of a field, None where nothing is printed."""
    return row.texts.get(name, "").strip() or None
