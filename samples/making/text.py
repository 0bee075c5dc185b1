"""Papers as text: cells between tabs, or exported with commas."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence


def tabbed(rows: Sequence[Sequence[str]]) -> str:
    """Rows as lines with tabs between the cells."""
    return "\n".join("\t".join(row) for row in rows)


def exported(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as a spreadsheet exports them: commas, quotes where they are needed, a byte order mark, lines of Windows."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")
