"""Tables of a few rows for tests of the audit, from what they print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from build import figure, paper
from qippctl.audit import Material, audit
from qippctl.models.figure import Figure
from qippctl.models.finding import Finding
from qippctl.models.layout import LineKind
from qippctl.models.paper import Paper, TableText
from qippctl.money import parse_amount

PLAN = ("plan", "ytd")
ACTUAL = ("actual", "ytd")
VARIANCE = ("variance", "ytd")
YEAR = ("plan", "year")


def figures_of(text: str, columns: Sequence[tuple[str, str] | dict[str, Any]], **rest: Any) -> list[Figure]:
    """The figures of rows of `label | number | ...`; a number followed by `?` was read with doubt.

    `Total` and `Sub...` close what stands above them; a label alone heads a group.
    """
    found: list[Figure] = []
    group: str | None = None
    for row, cells in enumerate(rows_of(text)):
        label, numbers = cells[0], cells[1:]
        if not any(numbers):
            group = label
        kind = "total" if label.startswith("Total") else "subtotal" if label.startswith("Sub") else "scheme"
        for column, (cell, holds) in enumerate(zip(numbers, columns, strict=False), 1):
            raw = cell.rstrip("?")
            amount = parse_amount(raw) if raw else None
            if amount is None:
                continue
            own = dict(holds) if isinstance(holds, dict) else dict(zip(("measure", "basis"), holds, strict=True))
            made: dict[str, Any] = {
                "row": row, "column": column, "raw": raw, "role": kind, "workstream": group if kind != "total" else None,
                "scheme": label if kind == "scheme" else None, "step": amount.step, "value": amount.value,
                "doubts": ("ghost-row",) if cell.endswith("?") else (), **own, **rest,
            }  # fmt: skip
            found.append(figure(**made))
    return found


def rows_of(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def paper_of(*tables: tuple[str, Sequence[Figure]]) -> Paper:
    """A paper of tables, each of its text and its figures."""
    made = paper([one for _, figures in tables for one in figures])
    texts = tuple(
        TableText(table=figures[0].table, rows=tuple(tuple(c.rstrip("?") for c in row) for row in rows_of(text)))
        for text, figures in tables
    )
    return made.model_copy(update={"texts": texts})


def audited(found: Paper, line_kind: Callable[[str], LineKind | None] = lambda label: None) -> list[Finding]:
    """The findings of a paper but the notes of doubt."""
    return [one for one in audit(Material(found, line_kind=line_kind)).findings if one.code != "QD901"]


def told(
    text: str, columns: Sequence[tuple[str, str] | dict[str, Any]], **rest: Any
) -> list[tuple[str, str, Any, Any]]:
    """Code, severity, printed and recomputed of each finding in one table."""
    found = audited(paper_of((text, figures_of(text, columns, **rest))))
    return [(one.code, one.severity, one.printed, one.recomputed) for one in found]
