"""Merrowdale Clinical Commissioning Group: a draft of month 8 of 2013/14, with all that Word can do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from making.blocks import Block, Page, Paper, draw
from making.word import compose, save
from making.word_extras import add_footnotes, cell_with, change, hide, mark, nest, text_box

BODY = "Merrowdale Clinical Commissioning Group"
COVER = """
Title | QIPP savings at month 8
Agenda item | 5
Lead director | G. Tremlett, Chief Finance Officer
Author | I. Nwosu, QIPP Programme Manager
Status | Draft
Purpose | For discussion
"""
SCHEMES = """
QIPP scheme | Lead | Plan for 2013/14 £000 | To month 8 (November 2013) | < | < | Forecast for 2013/14 £000 | RAG
^ | ^ | ^ | Plan £000 | Actual £000 | Variance £000 | ^ | ^
Prescribing
Switches on screen | SB | 620 | 410 | 436 | 26 | 650 | G
Care home medicine reviews | SB | 180 | 120 | 74 | (46) | 120 | R
Planned care
Musculoskeletal triage | TK | 540 | 330 | 297 | (33) | 480 | A
Community eye clinic | TK | 260 | 140 | 140 | - | 260 | G
Follow-up limits | TK | 320 | 210 | 206 | (4) | 315 | G
Urgent care
Frequent attenders | LO | 150 | 95 | 61 | (34) | 100 | R
Ambulatory clinic | LO | 400 | 200 | 212 | 12 | 420 | G
Total | | 2,470 | 1,505 | 1,426 | (79) | 2,345 | A
"""
# What the cells said before the finance manager's changes: actual and variance of the follow-up limits.
BEFORE = {4: "188", 5: "(22)"}
RECOVERY = """
Scheme | Best £000 | Likely £000 | Worst £000
Care home medicine reviews | 140 | 120 | 90
Frequent attenders | 110 | 100 | 70
Total | 250 | 220 | 160
"""
FRAME = """
Recovery of the two red schemes¶Forecast outturn for 2013/14 in three cases |
"""
IDEAS = """
Area | Project | What it will do | Lead
Planned care | Shoulder clinic | Injections in two practices in place of the hospital | T. Kerr
Planned care | Hearing checks | Annual checks move to the high street | T. Kerr
Urgent care | Pharmacy first | Pharmacists treat six small illnesses | L. Osei
Prescribing | Dressings by post | Homes order from one store | S. Bell
"""
NOTES = (
    "Reviews in three care homes were lost when the pharmacist left; the post is filled from January.",
    "Agreed with the provider as a block sum, so it cannot vary.",
)


def merrowdale() -> Paper:
    """The paper before Word's own things are added."""
    blocks: tuple[Block, ...] = (
        f"""
        ! {BODY}

        # Finance and QIPP Committee, 19 December 2013
        """,
        draw(COVER, 0, (1, 3)),
        """
        # Summary

        1. By the end of November (month 8) schemes have saved £1,426k; £1,505k was planned, so £79k is missing.

        2. The forecast for the year is £2,345k against a plan of £2,470k.

        3. Two schemes are red. Figures in brackets are adverse.
        """,
        "# Schemes",
        draw(SCHEMES, 2, (3, 0.7), painted=True),
        "# Recovery",
        draw(FRAME, 0, (1, 2.2)),
        Page(),
        """
        # What else members asked

        4. The lease of the Market Street office ends in June. Staff have been shown two other buildings; both are near
        the station and neither has a canteen.

        5. The phone system is replaced over the second weekend of January. Calls go to the out of hours desk until
        Monday at eight.
        """,
        "# Ideas for next year",
        draw(IDEAS, 1, (1.2, 1.4, 3, 1)),
    )
    header = f"{BODY}  -  DRAFT"
    return Paper("QIPP savings at month 8", "I. Nwosu", datetime(2013, 12, 10, 9, tzinfo=UTC), blocks, header=header)


def write_merrowdale(path: Path) -> None:
    """Write the draft: notes on two numbers, a box, a table in a cell, two changed cells, words that nobody sees."""
    paper = merrowdale()
    document = compose(paper)
    _, schemes, frame, _ = document.tables
    add_footnotes(document, NOTES)
    mark(cell_with(schemes, "Care home medicine reviews", 4).paragraphs[0], 1)
    mark(cell_with(schemes, "Community eye clinic", 6).paragraphs[0], 2)
    for i, (column, before) in enumerate(BEFORE.items()):
        when = datetime(2013, 12, 9, 16, 30, tzinfo=UTC)
        change(cell_with(schemes, "Follow-up limits", column), before, "G. Tremlett", when, 10 + 2 * i)
    hide(cell_with(schemes, "Frequent attenders", 0).paragraphs[0], " (ask LO for 75)")
    summary = next(p for p in document.paragraphs if p.text.startswith("3."))
    hide(summary, " Privately we expect £2,100k.")
    text_box(summary, ("At a glance", "95% of the plan to date delivered", "Gap at year end: £125k"))
    nest(frame.rows[0].cells[1], draw(RECOVERY))
    save(document, path, paper)


PAPERS: dict[str, Callable[[Path], None]] = {"merrowdale-draft-m08.docx": write_merrowdale}
