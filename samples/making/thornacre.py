"""Thornacre Primary Care Trust: its strategic plan of 2007-08 to 2009-10, most of it tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from making.blocks import Block, Page, Paper, Table, bracketed, cut, draw
from making.thornacre_tables import (
    BALANCE,
    BASELINE,
    CAPITAL,
    CHANGES,
    CONTRACTS,
    COSTS_HEADS,
    ESTATES,
    EXCLUDED,
    FUNDS,
    INFLATION,
    INTERVENTIONS,
    OUTCOMES,
    PRODUCTIVITY,
    PROGRAMMES,
    SCENARIOS,
)
from making.word import write_docx


def cost_row(label: str, amounts: Sequence[Decimal]) -> str:
    """A row of the statement: recurrent, non recurrent and their total, and the two years after."""
    recurrent, once, second, third = amounts
    return " | ".join([label, *map(bracketed, (recurrent, once, recurrent + once, second, third))])


def costs() -> Table:
    """The statement with its two sums."""
    lines: list[str] = []
    running = [Decimal(0)] * 4
    for rows, label in ((BASELINE, "Baseline budgets rolled over"), (CHANGES, "TOTAL BUDGET")):
        for name, *cells in cut(rows):
            amounts = [Decimal(cell) for cell in cells]
            running = [a + b for a, b in zip(running, amounts, strict=True)]
            lines.append(cost_row(name, amounts))
        lines.append(cost_row(label, running))
    return draw(COSTS_HEADS.strip() + "\n" + "\n".join(lines), 2, (2.4,))


def strategic_plan() -> Paper:
    """The plan."""
    blocks: tuple[Block, ...] = (
        """
        ! Thornacre Primary Care Trust
        ! Strategic plan 2007-08 to 2009-10

        With the local delivery plan for 2007-08

        Approved by the PCT Board on 27 March 2007
        """,
        """
        # Executive summary

        1. The trust will spend £11.1m on thirteen interventions in 2007-08. Eight schemes that asked for £0.7m are left
        out this year.

        2. Savings of £6.7m are needed in 2007-08, out of £16.7m that might be had.

        3. The first year closes £0.2m short; surpluses of £5.4m and £10.3m follow.
        """,
        Page(sideways=True),
        "# What we will pay for",
        draw(INTERVENTIONS, 1, (2.2, 1.2, 4, 2, 1.2)),
        Page(),
        "# What is left out this year",
        draw(EXCLUDED, 2, (4, 1.2, 1.2)),
        "# Productivity plan 2007-08: savings we expect",
        draw(PRODUCTIVITY, 2, (2.6,)),
        "# Contracts with providers, 2007-08",
        draw(CONTRACTS, 1, (3,)),
        Page(),
        "# Three years of operating costs",
        costs(),
        "# What we assume of prices",
        draw(INFLATION, 1, (3,)),
        "# Capital",
        draw(CAPITAL, 1, (3,)),
        Page(sideways=True),
        "# Balance sheet",
        draw(BALANCE, 1, (3,)),
        "# Source and application of funds",
        draw(FUNDS, 2, (3,)),
        Page(),
        "# What may turn out otherwise",
        draw(SCENARIOS, 1, (4, 1.2, 1.2)),
        "# What is spent on which illness",
        draw(PROGRAMMES, 1, (0.6, 3)),
        "# Outcomes",
        draw(OUTCOMES, 1, (1.2, 3, 3)),
        "# Estates plan",
        draw(ESTATES, 1, (1.5, 2, 2, 2)),
    )
    title = "Strategic plan 2007-08 to 2009-10"
    return Paper(title, "Thornacre Primary Care Trust", datetime(2007, 3, 20, 9, tzinfo=UTC), blocks)


PAPERS: dict[str, Callable[[Path], None]] = {
    "thornacre-strategic-plan.docx": lambda path: write_docx(path, strategic_plan()),
}
