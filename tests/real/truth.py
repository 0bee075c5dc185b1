"""Hand-made truth of real papers, and how a reading is held against it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from qippctl.interpret.words import normal
from qippctl.models.figure import Figure
from qippctl.models.paper import Paper
from qippctl.money import parse_amount

HERE = Path(__file__).parent
PAPERS = os.environ.get("QIPPCTL_PAPERS")


@dataclass(frozen=True)
class Expected:
    table: str
    role: str
    workstream: str | None
    scheme: str | None
    name: tuple[str, ...]
    period: str
    value: Decimal
    at: str


def load(name: str) -> dict:
    return json.loads((HERE / f"{name}.json").read_text())


def find_paper(prefix: str) -> Path:
    assert PAPERS is not None
    return next(Path(PAPERS).glob(f"{prefix}*"))


def expected(table: dict) -> Iterator[Expected]:
    """Every figure that a perfect reading of a table gives; cells marked ? are left open."""
    for row in table["rows"]:
        for column, cell in zip(table["columns"], row["cells"], strict=True):
            if not column or cell in ("", "?"):
                continue
            amount = parse_amount(cell)
            assert amount is not None, cell
            measure = column["measure"]
            if measure in ("delivery", "confidence") and amount.is_dash:
                continue
            value = amount.value * column.get("mult", 1) * column.get("sign", 1)
            yield Expected(
                table["name"],
                row["role"],
                row.get("workstream"),
                row.get("scheme"),
                (
                    measure,
                    column["basis"] if measure != "count" else "",
                    column.get("recurrence", "all"),
                    column.get("case") or "",
                    column.get("qualifier") or "",
                ),
                column.get("period", table["period"]),
                value,
                f"{row.get('scheme') or row.get('workstream') or row['role']}: {cell}",
            )


def matches(e: Expected, f: Figure) -> bool:
    name = (f.measure, f.basis if f.measure != "count" else "", f.recurrence, f.case or "", f.qualifier or "")
    return (
        f.value == e.value
        and name == e.name
        and (f.period == e.period or f.measure == "count")
        and f.role == e.role
        and normal(f.scheme or "") == normal(e.scheme or "")
        and (e.workstream == "?" or normal(f.workstream or "") == normal(e.workstream or ""))
    )


def compare(paper: Paper, table: dict) -> tuple[list[Expected], list[Expected], int]:
    """What is missing from the table that reads best, what carries a doubt there, and how many figures were expected."""
    wanted = list(expected(table))
    by_table: dict[str, list[Figure]] = {}
    for figure in paper.figures:
        by_table.setdefault(figure.table, []).append(figure)
    best: tuple[list[Expected], list[Expected]] | None = None
    for figures in by_table.values():
        left = list(figures)
        missing, doubted = [], []
        for e in wanted:
            hit = next((f for f in left if matches(e, f)), None)
            if hit is None:
                missing.append(e)
            else:
                left.remove(hit)
                if hit.doubts:
                    doubted.append(e)
        if best is None or len(missing) < len(best[0]):
            best = (missing, doubted)
    assert best is not None
    return *best, len(wanted)
