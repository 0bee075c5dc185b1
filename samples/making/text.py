"""Papers as text: cells between tabs."""

from __future__ import annotations

from collections.abc import Sequence


def tabbed(rows: Sequence[Sequence[str]]) -> str:
    """Rows as lines with tabs between the cells."""
    return "\n".join("\t".join(row) for row in rows)
