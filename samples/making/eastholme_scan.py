"""Eastholme Primary Care Trust: the committee's tracker by scheme of month 1 of 2011/12, as a scanner gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from making.blocks import cut, subtotals, total
from making.text import tabbed

SCHEMES_M01 = """
Primary Care | TS
GP contracting | | 0 | 0 | 5 | G | (0.5) | (1.5) | - | (0.1) | (0.1) | 0.01 | A | (1.6) | (1.6) | (1.2) | (0.3)
Out of hours services | | 0 | 0 | 1 | G | - | (0.2) | (0.1) | (0.0) | (0.0) | - | G | (0.2) | (0.2) | (0.1) | (0.0)
| | 0 | 0 | 6 | G | (0.5) | (1.7) | (0.1) | (0.1) | (0.1) | 0.0 | G | (1.8) | (1.8) | (1.3) | (0.3)
Medicines Management | TS
Acute prescribing | | 0 | 0 | 2 | G | (0.6) | (1.2) | - | - | - | - | n/a | (1.2) | (1.2) | (0.9) | (0.2)
GP prescribing | | 0 | 0 | 7 | G | (1.7) | (0.7) | (0.1) | - | - | - | n/a | (1.2) | (1.2) | (0.9) | (0.2)
Oxygen | | 0 | 0 | 1 | G | (0.0) | (0.3) | - | - | - | - | n/a | (0.3) | (0.3) | (0.2) | (0.1)
Appliances and medication<br>reviews | | 0 | 0 | 3 | G | - | - | (0.8) | - | - | - | n/a | - | - | - | -
| | 0 | 0 | 13 | G | (2.4) | (2.2) | (0.9) | - | - | - | n/a | (2.7) | (2.7) | (2.0) | (0.5)
<b>Unplanned Care *</b> | TS
Frequent attenders | | 0 | 0 | 1 | G | (0.4) | (1.1) | - | - | - | - | n/a | (1.1) | (1.1) | (0.8) | (0.2)
Nursing homes | | 1 | 0 | 0 | R | (0.1) | (1.3) | - | - | - | - | n/a | (1.3) | (1.3) | (1.0) | (0.3)
End of life care | | 0 | 1 | 0 | A | (0.0) | (1.4) | - | - | - | - | n/a | (1.1) | (1.4) | (1.1) | (0.3)
Falls prevention | | 0 | 0 | 1 | G | - | (0.3) | - | - | - | - | n/a | - | - | - | -
Dementia care | | 0 | 1 | 0 | A | - | - | - | - | - | - | n/a | - | - | - | -
Community Services | | 0 | 0 | 6 | G | - | (1.2) | (1.2) | (0.1) | (0.1) | - | G | (1.7) | (1.7) | (1.2) | (0.3)
Long term condition emergencies | | 0 | 0 | 1 | G | - | (1.4) | (1.9) | - | - | - | n/a | - | - | - | -
| | 1 | 2 | 9 | R | (0.5) | (6.7) | (3.1) | (0.1) | (0.1) | - | G | (5.2) | (5.5) | (4.2) | (1.0)
"""
# The headings as a scanner cuts them, with the columns of amber and green run together.
SCANNED_HEADS = """
SUMMARY BY SCHEM | E | | | | | | | | | | | | | |
Workstream | Exec | Mile | ston | es: | Delivery | Annual | plan (£m) | | Actual perfor | mance (£'m) \
| | Fcast | Best | Middle | Worse
Scheme | lead | R | A G | Milestones | 2010/11 | 2011/12 | 2012/13 | Due | Delivered | Variance | RAG | | | |
"""
GHOST = "Community Services"  # printed as a row without its name, then as its name with two of the figures again
OMICRON = "Oxygen"  # its first nought is a Greek letter


def scanned(row: list[str]) -> Iterator[list[str]]:
    """A row as the scanner gives it: amber and green in one cell, and the scars of the two schemes above."""
    if len(row) < 5:
        yield row + [""] * 14
        return
    cells = [*row[:3], f"{row[3]} {row[4]}", *row[5:]]
    if row[0] == OMICRON:
        cells[2] = "\N{GREEK SMALL LETTER OMICRON}"
    if row[0] == GHOST:
        yield ["", *cells[1:]]
        cells = [cell if i in (0, 2, 9) else "" for i, cell in enumerate(cells)]
    yield cells


def write_eastholme_scan(path: Path) -> None:
    """Write the committee's tracker by scheme as the text of a scan, scars and all."""
    closing = total("", subtotals(SCHEMES_M01))
    closing[5], closing[12] = "", "G"
    rows = [line for row in [*cut(SCHEMES_M01), closing] for line in scanned(row)]
    parts = {"table": tabbed(cut(SCANNED_HEADS) + rows)}
    parts |= {"cover": tabbed(cut(SCAN_COVER)), "stock": tabbed(cut(SCAN_STOCK)), "words": tabbed(cut(SCAN_WORDS))}
    path.write_text(SCAN.format(**parts), encoding="utf-8", newline="\n")


SCAN_COVER = """
Subject: | <b>Month 1 savings by scheme, 2011/12</b> | |
Lead director: | <b>V. Castellan</b> | |
Author: | S. Peverell, Programme Office | |
For: | Decision | Information | X
"""
SCAN_WORDS = """
n/a | nothing was due, so there is nothing to rate | G | delivered 95% or more of what was due
A | delivered 80% or more of what was due | R | delivered less than 80% of what was due
"""
SCAN_STOCK = """
Item | Store | Held | Re-order at
Gloves, box of 100 | Quayside | 214 | 80
Paper roll | Quayside | 57 | 60
Sharps bin, 5 litre | Saltern | 33 | 25
Water cups, sleeve | Saltern | 12 | 20
"""
SCAN = """\


**EASTHOLME PRIMARY CARE TRUST
TURNAROUND COMMITTEE**

9 June 2011

{cover}

EXECUTIVE SUMMARY

1. This is the first look at single schemes in 2011/12. It covers April 2011 (month 1) and three workstreams: Primary \
Care, Medicines Management and Unplanned Care.

2. Together the three plan £10.6m this year and £4.1m next. £0.2m was due in the month and £0.2m was delivered.<br>The \
forecast is £9.7m, with £10.0m as the best case and £1.8m as the worst.

3. Prescribing data run two months late. Schemes that wait for them show n/a.

4. One milestone is red: the nursing homes specification has gone back to its authors for the second time.

HOW TO READ THE LETTERS

{words}

5. The same cut lines are used for the Board's tracker. Milestones have letters of their own.

Tracker by scheme - month 1 of 2011/12

{table}

* watched weekly

6. The last line adds the three workstreams.

STORES AND SUPPLIES

7. The committee asked in April what the health centres keep in their cupboards. The stores clerk counted four lines.

{stock}

8. Paper roll and water cups are below the level at which more is bought. Both were ordered on 31 May. The clerk asks \
that whoever takes the last of anything leaves a note.

9. The Saltern cupboard is damp. A dehumidifier has been borrowed from the archive, where it will be missed in October.

10. Boxes should not be stacked above the red line; one fell on 12 May and nobody was hurt.

NEXT MEETING

11. The committee meets again on 14 July 2011 at Quayside House. Tea from half past one.
"""


PAPERS: dict[str, Callable[[Path], None]] = {"eastholme-schemes-m01.txt": write_eastholme_scan}
