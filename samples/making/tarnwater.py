"""Tarnwater Hospitals NHS Foundation Trust: one tracker, month 5 of 2023/24, as slides, Word, text and an export.

The workbook that they are taken from is in `tarnwater_book.py`. The scheme table prints the same in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from making.blocks import Block, Page, Paper, Table, cut, draw
from making.slides import write_pptx
from making.text import exported, tabbed
from making.word import write_docx

BODY = "Tarnwater Hospitals NHS Foundation Trust"
TITLE = "Efficiency programme 2023/24: tracker at month 5 (August 2023)"
AUTHOR = "P. Lindqvist, Efficiency PMO"
WRITTEN = datetime(2023, 9, 12, 9, tzinfo=UTC)
MONTHS_SO_FAR = 5


@dataclass(frozen=True)
class Scheme:
    """A line of the tracker: the plan of the year in pounds, the rest in thousands; the profile is April to March."""

    ref: str
    workstream: str
    name: str
    kind: str
    start: date
    pounds: int
    profile: tuple[int, ...]
    actual: int
    forecast: int

    @property
    def plan(self) -> int:
        """The plan to date."""
        return sum(self.profile[:MONTHS_SO_FAR])


# Ref, workstream, scheme, recurrence, start, plan of the year in pounds, April to March, actual to date, forecast.
_SCHEMES = """
CP1 | Clinical productivity | Theatre utilisation | R | 4 | 1260300 | 90 95 95 100 100 110 110 110 110 110 115 115 | \
402 | 1100
CP2 | Clinical productivity | Outpatient follow-ups | R | 6 | 839800 | 0 0 70 70 70 90 90 90 90 90 90 90 | 236 | 870
CP3 | Clinical productivity | Frailty length of stay | R | 7 | 960150 | 0 0 0 80 80 100 100 110 120 120 125 125 | 48 \
| 610
WF1 | Workforce | Agency price cap | R | 4 | 1499600 | 125 125 125 125 125 125 125 125 125 125 125 125 | 655 | 1540
WF2 | Workforce | Rostering and bank shifts | R | 5 | 660400 | 0 55 55 55 55 60 60 60 65 65 65 65 | 220 | 660
WF3 | Workforce | Corporate vacancy hold | NR | 4 | 450000 | 45 45 45 45 45 45 45 45 45 45 0 0 | 262 | 480
MP1 | Medicines and procurement | Biosimilar switches | R | 4 | 540240 | 45 45 45 45 45 45 45 45 45 45 45 45 | 247 | 575
MP2 | Medicines and procurement | Product standardisation | R | 6 | 389700 | 0 0 30 30 30 40 40 40 45 45 45 45 | 61 | \
320
MP3 | Medicines and procurement | Homecare contract | R | 10 | 180000 | 0 0 0 0 0 0 30 30 30 30 30 30 | 0 | 180
ED1 | Estates and digital | Energy controls | R | 4 | 288120 | 24 24 24 24 24 24 24 24 24 24 24 24 | 118 | 288
ED2 | Estates and digital | Print and post | R | 4 | 96050 | 8 8 8 8 8 8 8 8 8 8 8 8 | 43 | 100
ED3 | Estates and digital | Rates rebate | NR | 8 | 310480 | 0 0 0 0 310 0 0 0 0 0 0 0 | 310 | 310
UN1 | To be identified | Unidentified savings | R | 7 | 525560 | 0 0 0 65 66 55 55 55 57 57 58 58 | 0 | 0
"""


def _scheme(row: Sequence[str]) -> Scheme:
    ref, workstream, name, kind, month, pounds, profile, actual, forecast = row
    months = tuple(map(int, profile.split()))
    return Scheme(
        ref, workstream, name, kind, date(2023, int(month), 1), int(pounds), months, int(actual), int(forecast)
    )


SCHEMES = tuple(_scheme(row) for row in cut(_SCHEMES))
RISKS = """
Ref | Risk | Mitigation | Likelihood | Impact | Score | Change
R1 | Strike days close theatre lists and the lists cannot be made up | Weekend lists priced with anaesthetists \
| 4 | 4 | 16 | Up
R2 | Frailty beds are kept open by delayed discharges | Shared discharge hub from October | 4 | 3 | 12 | Same
R3 | Half a million pounds has no scheme behind it | Executive ideas session on 26 September | 3 | 4 | 12 | Same
R4 | Product switches stall while wards use up old stock | Stock swept back to the store | 2 | 3 | 6 | Down
"""
HEADS = """
Ref | Workstream | Scheme | R / NR | Start | Annual plan £000 | Month 5 year to date | < | < | < | Full year | < | RAG
^ | ^ | ^ | ^ | ^ | ^ | Plan £000 | Actual £000 | Variance £000 | % of plan | Forecast £000 | Variance £000 | ^
"""
PLAIN_HEADS = [
    "Ref",
    "Workstream",
    "Scheme",
    "R / NR",
    "Start",
    "Annual plan £000",
    "YTD plan £000",
    "YTD actual £000",
    "YTD variance £000",
    "YTD % of plan",
    "Full year forecast £000",
    "Full year variance £000",
    "RAG",
]


def thousands(value: Decimal | int) -> str:
    """As the tracker's number format prints it: commas, brackets for a minus, a dash for nought."""
    return "-" if value == 0 else f"({-value:,})" if value < 0 else f"{value:,}"


def rounded(pounds: int) -> int:
    """Pounds as thousands."""
    return int((Decimal(pounds) / 1000).quantize(Decimal(1), ROUND_HALF_UP))


def letter(plan: int, actual: int) -> str:
    """The colour of savings to date: green from 95% of the plan, amber from 80%; n/a where nothing was planned."""
    if plan == 0:
        return "n/a"
    return "G" if actual * 100 >= plan * 95 else "A" if actual * 100 >= plan * 80 else "R"


def printed(words: Sequence[str], pounds: int, plan: int, actual: int, forecast: int) -> list[str]:
    """A row of the table as every one of the papers prints it."""
    annual = rounded(pounds)
    share = f"{Decimal(actual * 100) / plan:.0f}%" if plan else "n/a"
    money = [annual, plan, actual, actual - plan]
    return [
        *words,
        *map(thousands, money),
        share,
        thousands(forecast),
        thousands(forecast - annual),
        letter(plan, actual),
    ]


def rows() -> list[list[str]]:
    """The schemes and their total, as printed."""
    lines = [
        printed([s.ref, s.workstream, s.name, s.kind, f"{s.start:%b-%y}"], s.pounds, s.plan, s.actual, s.forecast)
        for s in SCHEMES
    ]
    sums = [sum(s.pounds for s in SCHEMES), sum(s.plan for s in SCHEMES), sum(s.actual for s in SCHEMES)]
    return [*lines, printed(["", "Total", "", "", ""], *sums, sum(s.forecast for s in SCHEMES))]


def scheme_table() -> Table:
    """The table with two tiers of headings; a workstream stands once beside its schemes."""
    lines = [list(row) for row in rows()]
    for line, scheme, above in zip(lines[1:], SCHEMES[1:], SCHEMES, strict=False):
        if scheme.workstream == above.workstream:
            line[1] = "^"
    drawing = HEADS.strip() + "\n" + "\n".join(" | ".join(line) for line in lines)
    return draw(drawing, 2, (0.7, 2, 2.4, 0.7, 0.9), painted=True)


SUMMARY = """
- At month 5 the programme has saved £2,602k of the £2,836k planned to date, 92%. We are £234k behind.

- The plan for the year is £8,000k. Leads forecast £7,033k, £967k less.

- Frailty length of stay is £112k behind and Theatre utilisation £78k; Agency price cap is £30k ahead.

- £526k of the plan has no scheme yet.
"""
OPTIONS = """
Option | Full year forecast £000 | < | <
^ | Best | Middle | Worse
Second tranche of homecare | 60 | 40 | 10
Weekend theatre lists | 120 | 70 | 0
Hold on study leave | 45 | 30 | 15
Total | 225 | 140 | 25
"""


def deck() -> Paper:
    """The tracker as the executive team sees it, with a slide that it does not."""
    blocks: tuple[Block, ...] = (
        f"""
        ! Efficiency programme 2023/24: month 5

        {BODY}

        Executive Efficiency Board, 14 September 2023

        {AUTHOR}
        """,
        Page(),
        "# Where we are at the end of August 2023",
        SUMMARY,
        Page(),
        "# Schemes at month 5 (August 2023)",
        scheme_table(),
        "Green from 95% of the plan to date, amber from 80%, red below 80%.",
        Page(),
        "# Risks to delivery",
        draw(RISKS, 1, (0.6, 4, 4, 1, 0.8, 0.8, 0.8)),
        Page(hidden=True),
        "# Backup: recovery options, not agreed",
        draw(OPTIONS, 2, (3,)),
        Page(),
        """
        # Next steps

        - Theatre and frailty leads bring recovery plans to the October board.

        - Ideas session for what is unidentified: 26 September.
        """,
    )
    return Paper(TITLE, AUTHOR, WRITTEN, blocks)


def word() -> Paper:
    """The same tracker as a paper for a committee."""
    cover = f"""
    Title | {TITLE}
    Agenda item | 8
    Lead director | M. Abiola, Director of Finance
    Author | {AUTHOR}
    Purpose | For assurance
    """
    blocks: tuple[Block, ...] = (
        f"""
        ! {BODY}

        # Finance and Performance Committee, 21 September 2023
        """,
        draw(cover, 0, (1, 3)),
        "# Summary",
        SUMMARY,
        Page(sideways=True),
        "# Schemes at month 5 (August 2023)",
        scheme_table(),
        """
        Figures in brackets are adverse. Savings to date are rated as follows:

        - Green: 95% of the plan to date or more

        - Amber: 80% of the plan to date or more

        - Red: below 80% of the plan to date
        """,
        Page(),
        "# Risks to delivery",
        draw(RISKS, 1, (0.6, 4, 4, 1.1, 0.9, 0.8, 0.9)),
    )
    return Paper(TITLE, AUTHOR, WRITTEN, blocks)


def write_export(path: Path) -> None:
    """Write the tracker as the PMO's tool exports it: four lines that say what it is, then the table."""
    preamble = [
        [BODY],
        [TITLE],
        ["Exported 12/09/2023 08:41 by PMO"],
        ["Money in £000; variance in brackets is adverse"],
        [],
    ]
    path.write_bytes(exported([*preamble, PLAIN_HEADS, *rows()]))


NOTE = """\
{body}

Efficiency Board, 14 September 2023

{title}

Prepared by {author}

At month 5 the programme has saved £2,602k against £2,836k planned to date (92%). The forecast for the year is £7,033k
against a plan of £8,000k.

Schemes at month 5

{table}

Brackets are adverse. UN1 is the part of the plan that has no scheme yet.
"""


def write_note(path: Path) -> None:
    """Write the tracker as pasted into an email, with tabs."""
    table = tabbed([PLAIN_HEADS, *rows()])
    path.write_text(NOTE.format(body=BODY, title=TITLE, author=AUTHOR, table=table), encoding="utf-8", newline="\n")


PAPERS: dict[str, Callable[[Path], None]] = {
    "tarnwater-tracker-m05.pptx": lambda path: write_pptx(path, deck()),
    "tarnwater-tracker-m05.docx": lambda path: write_docx(path, word()),
    "tarnwater-tracker-m05.csv": write_export,
    "tarnwater-tracker-m05.txt": write_note,
}
