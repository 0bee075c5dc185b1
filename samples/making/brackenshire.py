"""East Brackenshire Practice Based Commissioning Consortium: its plan for 2009/10 as text, pages parted by form feeds.

The matrix goes on over a page, and there its rows have two cells too many, as such text has when columns were lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from making.blocks import cut
from making.text import tabbed

COVER = """
Enclosure: | 6 | |
Subject: | Locality business plan 2009/10 | |
Lead Director: | T. Mowbray | |
Lead Officer: | H. Sandiford | |
Recommendation: | For approval | X | For information
"""
PROJECTS = {
    "Unscheduled care": """
    Care at home | Doctors of the locality join the teams that care for people at home at the end of life.
    Front door of the hospital | Practices and the trust agree who is seen where, and at what price.
    Maternity | What practices do before and after a birth is written down and shared.
    """,
    "Planned care": """
    Tests near home | Scans and heart traces outside the hospital for six conditions.
    Physiotherapy | One waiting list for the district in place of four.
    Lungs | A class of eight weeks for people with a chronic cough.
    """,
    "Prescribing": """
    Repeat prescriptions | Nursing home prescriptions are looked at twice a year.
    Oxygen | Cylinders that nobody uses are fetched.
    """,
}
THEMES = "Mat | Child | Well | Plan | Urg | MH | LTC | EoL"
# Project and the columns of its ticks, counted from 1 through themes, competencies and standards.
TICKS_ABOVE = """
Unscheduled care |
Care at home | 5 8 10 12 15
Front door of the hospital | 5 9 15 16
Maternity | 1 2 10 18
Planned care |
Tests near home | 4 9 11 16
"""
TICKS_BELOW = """
Physiotherapy | 4 10 16
Lungs | 4 7 9 12 17
Prescribing |
Repeat prescriptions | 7 13 15
Oxygen | 7 14 15
"""
WIDTH = 19  # eight themes, six competencies, five standards
SLIPPED = 2
PROFILE_MONTHS = cut("April|May|June|July|August|September|October|November|December|January|February|March")[0]
OXYGEN = (0, 0, 0, 4, 4, 4, 6, 6, 6, 6, 6, 6)


def matrix_row(name: str, ticks: Sequence[int], slipped: int = 0) -> list[str]:
    """A project and its ticks; below the page break they stand further to the right."""
    return [name, *("√" if column - slipped in ticks else "" for column in range(1, WIDTH + slipped + 1))]


def matrix(drawing: str, slipped: int = 0) -> list[list[str]]:
    """The rows of a part of the matrix."""
    return [matrix_row(name, [int(tick) for tick in ticks.split()], slipped) for name, ticks in cut(drawing)]


def matrix_heads() -> list[list[str]]:
    """Two tiers: the three sets, and what each has."""
    upper = ["Projects", "Themes", *[""] * 7, "Competencies", *[""] * 5, "Standards", *[""] * 4]
    return [upper, ["", *cut(THEMES)[0], *map(str, range(1, 7)), *map(str, range(1, 6))]]


def money(value: int) -> str:
    return f"{value:,}" if value > 0 else f"({-value:,})" if value < 0 else "-"


def return_tables() -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    """The monthly return of the oxygen project: its profile, its outlook and the numbers behind its graph."""
    year, full = sum(OXYGEN), 72
    running = [sum(OXYGEN[: i + 1]) for i in range(12)]
    heads = ["", "WTE", *(f"{month} £000s" for month in (*PROFILE_MONTHS, "Total", "REC", "NR"))]
    short = [month[:3] for month in PROFILE_MONTHS]
    noughts = ["-"] * 12
    profile = [
        heads,
        ["Saving profile", *[""] * 16],
        ["Oxygen review", "", *map(money, OXYGEN), str(year), str(full), money(year - full)],
        ["Actual saving achieved in-month", "", *[""] * 12, "0", "0", ""],
        ["Variance in-month", "", *(money(-m) for m in OXYGEN), money(-year), money(-full), money(full - year)],
        ["Forecast Cumulative Savings", "", *map(money, running), str(year), str(full), money(year - full)],
        ["Actual Cumulative Savings", "", *noughts, "-", "-", "-"],
        ["Cumulative Variance", "", *(money(-m) for m in running), money(-year), money(-full), money(full - year)],
    ]
    outlook = [
        ["RAG", "Target (£000)", "Confidence", "Achievable (£000)", "At risk (£000)", "Comments"],
        ["Green", str(year), "75%", "36", "12", "Contract change agreed"],
    ]
    graph = [
        ["Cumulative Data for graph", *short],
        ["Forecast Cumulative Savings", *map(money, running)],
        ["Actual Cumulative Savings", *noughts],
        ["Monthly Data for graph", *short],
        ["Forecast savings in month", *map(str, OXYGEN)],
        ["Actual saving achieved in-month", *["0"] * 12],
    ]
    return profile, outlook, graph


PLAN = """\
PAPER FOR THE PRACTICE BASED COMMISSIONING GOVERNANCE COMMITTEE
MEETING ON: 13th May 2009

East Brackenshire Practice Based Commissioning Consortium

{cover}

PURPOSE OF THE REPORT:

To say what practices of the locality mean to do in 2009/10, and which standards each project serves.

I. Projects by area

{projects}

\fII. Which project serves which standard

Themes

1. Mat: mothers and babies
2. Child: children
3. Well: staying well
4. Plan: planned care
5. Urg: urgent care
6. MH: mental health
7. LTC: long term conditions
8. EoL: end of life

Competencies

1. Leads locally
2. Works with others
3. Listens
4. Knows what is needed
5. Sets priorities
6. Shapes the market

Standards

1. Safety
2. Effect and cost
3. Governance
4. Patients first
5. Access

{above}

\f{below}

III. Return of the first project

Monthly Performance Monitoring Report
Scheme: Oxygen review - Locality project East

Key Information

Project Lead + PBC/QIPP Support

H. Sandiford

Has Budget Been Removed

No

Account Code:

Project Proposal

Cylinders and machines that nobody uses are fetched, and prescriptions end when they should.

Key Financials

{profile}

Further Information

{outlook}

Data for graphs

{graph}
"""


def write_plan(path: Path) -> None:
    """Write the plan."""
    parts = []
    for area, drawing in PROJECTS.items():
        parts.append(tabbed([[area, ""], *cut(drawing)]))
    profile, outlook, graph = return_tables()
    text = PLAN.format(
        cover=tabbed(cut(COVER)),
        projects="\n\n".join(parts),
        above=tabbed([*matrix_heads(), *matrix(TICKS_ABOVE)]),
        below=tabbed(matrix(TICKS_BELOW, SLIPPED)),
        profile=tabbed(profile),
        outlook=tabbed(outlook),
        graph=tabbed(graph),
    )
    path.write_text(text, encoding="utf-8", newline="\n")


PAPERS: dict[str, Callable[[Path], None]] = {"brackenshire-locality-plan.txt": write_plan}
