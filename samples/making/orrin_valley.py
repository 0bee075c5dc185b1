"""NHS East Orrin Valley and NHS West Orrin Valley: their programme office's paper of month 3 of 2011/12.

A line of a scheme sheet with nothing but a name is a scheme that has not reported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from making.blocks import Block, Page, Paper, Table, draw
from making.orrin_valley_tables import (
    BOOKINGS,
    DASHBOARD,
    GLOSSARY,
    GUIDELINES,
    INDICATORS,
    PLANNED,
    POSITIONS,
    PRIMARY,
    ROLLING,
    SHEET_HEADS,
    UNPLANNED,
)
from making.pdf import write_pdf

SHEET_WIDTHS = (2.6, 1, 0.9, 0.9, 1, 3.2, 3.2, 0.8, 0.9, 0.8)
COVER = """
Title | Programme office report: month 3 of 2011/12 (June 2011)
Agenda item | 11
Lead director | V. Osterman, Turnaround Director
Author | Programme Management Office
Purpose | For assurance
"""


def sheet(drawing: str) -> Table:
    """A scheme sheet; schemes that have not reported keep their blank cells."""
    table = draw(SHEET_HEADS.strip() + drawing, 2, SHEET_WIDTHS, painted=True)
    return replace(table, rows=tuple(_blank(row) for row in table.rows))


def _blank(row: Sequence[str]) -> tuple[str, ...]:
    return (row[0], *[""] * (len(row) - 1)) if set(row[1:]) == {"<"} else tuple(row)


def programme_office() -> Paper:
    """The paper: sheets, the dashboard and its rules, indicators, and the referrals that wait to be booked."""
    blocks: tuple[Block, ...] = (
        """
        ! NHS East Orrin Valley and NHS West Orrin Valley
        ! Boards in common, 28 July 2011
        """,
        draw(COVER, 0, (1, 3)),
        """
        # Executive summary

        1. This paper goes through the schemes of both trusts at the end of June 2011 (month 3). Three schemes are red
        for money, all in the west.

        2. Referral review in the west should have saved £0.3m and has saved £0.05m. The crisis team is £0.2m behind.

        3. At 8 July 3,133 referrals had not been booked; at the end of each month it was 6,171.

        # Words used
        """,
        draw(GLOSSARY, 1, (1, 3, 1, 3)),
        Page(sideways=True),
        "# Planned Care: schemes at month 3 of 2011/12",
        sheet(PLANNED),
        Page(sideways=True),
        "# Primary Care: schemes at month 3 of 2011/12",
        sheet(PRIMARY),
        "# Unplanned Care: schemes at month 3 of 2011/12",
        sheet(UNPLANNED),
        Page(sideways=True),
        "# Programme dashboard at the end of June 2011",
        draw(DASHBOARD, 1, (0.4, 1.4, 1.6, 0.6, 0.9, 3, 3, 1.2, 1.2), painted=True),
        Page(),
        "# Three months at a glance",
        draw(ROLLING, 2, (0.5, 3), painted=True),
        "# RAG status guidelines",
        draw(GUIDELINES, 1, (1.6, 1, 4)),
        "# Position status",
        draw(POSITIONS, 1, (1, 3)),
        Page(sideways=True),
        "# Key performance indicators",
        draw(INDICATORS, 1, (1.2, 1.2, 2.4, 1.1, 0.9, 1.4, 0.8, 0.8, 2.2, 1.3)),
        Page(),
        """
        # Referrals that wait to be booked

        4. The gateway books for the west alone. Letters are counted in the month in which they come.
        """,
        draw(BOOKINGS, 1, (2.6,)),
    )
    title = "Programme office report: month 3 of 2011/12 (June 2011)"
    header = "NHS East Orrin Valley and NHS West Orrin Valley"
    return Paper(title, "Programme Management Office", datetime(2011, 7, 20, 9, tzinfo=UTC), blocks, header=header)


PAPERS: dict[str, Callable[[Path], None]] = {
    "orrin-valley-programme-office-m03.pdf": lambda path: write_pdf(path, programme_office()),
}
