"""Tables of budgets and accounts for tests, from what they print."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from build import figure
from qippctl.calc.statements import Statement, statement
from qippctl.models.figure import Figure
from qippctl.models.layout import LineKind
from qippctl.money import parse_amount

KINDS: dict[str, LineKind] = {
    "total source": "source",
    "total application": "application",
    "total fixed": "fixed_assets",
    "total current assets": "current_assets",
    "due": "creditors",
    "net current": "net_current",
    "total assets less": "less_current",
    "assets employed": "employed",
    "equity": "equity",
    "surplus": "surplus",
    "inflation": "uplift",
    "baseline": "baseline",
    "savings": "savings",
    "allocation": "income",
}


def kind_of(label: str) -> LineKind | None:
    return next((kind for words, kind in KINDS.items() if words in label.lower()), None)


def table(
    text: str, columns: Sequence[dict[str, Any]] = ({"measure": "plan", "period": "2007/08"},), **rest: Any
) -> Statement:
    """A table from rows of `label | number | ...` in £000; a cell that is no number is one that was not read."""
    texts = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    texts = [row + [""] * (len(columns) + 1 - len(row)) for row in texts]
    figures: list[Figure] = []
    for r, row in enumerate(texts):
        for c, (cell, column) in enumerate(zip(row[1:], columns, strict=True), 1):
            amount = parse_amount(cell) if cell else None
            if amount is not None:
                bare = row[0].lower() == "total"
                made = {
                    "row": r, "column": c, "subject": "finance", "raw": cell, "basis": "year",
                    "role": "total" if bare else "scheme", "scheme": None if bare else row[0], **column, **rest,
                }  # fmt: skip
                unit = Decimal(1) if amount.is_percent else Decimal(1000)
                made["unit"] = "percent" if amount.is_percent else "GBP"
                made["step"] = amount.step * unit
                figures.append(figure(value=amount.value * unit, **made))
    return statement(figures, texts, None, 1, kind_of)


def years(*periods: str, measure: str = "plan") -> list[dict[str, Any]]:
    return [{"measure": measure, "period": period} for period in periods]
