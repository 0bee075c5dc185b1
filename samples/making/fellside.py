"""Fellside Hospitals NHS Foundation Trust: its cost improvement programme, month 6 of 2014/15."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from making.blocks import Block, Page, Paper, bracketed, cut, draw
from making.word import write_docx

# Scheme, lead, recurrence, annual plan, plan and actual to date, forecast.
CIP_SCHEMES = """
Theatre productivity | Surgery | Recurrent | 1200 | 540 | 512 | 1150
Length of stay | Medicine | Recurrent | 1850 | 740 | 561 | 1480
Agency and locum controls | Workforce | Recurrent | 1400 | 640 | 655 | 1420
Procurement and stock | Finance | Recurrent | 980 | 470 | 488 | 1010
Medicines optimisation | Pharmacy | Recurrent | 640 | 310 | 322 | 655
Outpatient booking | Operations | Recurrent | 420 | 180 | 149 | 370
Pathology network | Diagnostics | Recurrent | 560 | 200 | 96 | 310
Estates and energy | Estates | Recurrent | 390 | 195 | 201 | 395
Corporate vacancy hold | Workforce | Non recurrent | 450 | 225 | 262 | 480
VAT review | Finance | Non recurrent | 310 | 310 | 310 | 310
Unidentified | Finance | Recurrent | 800 | 290 | 0 | 0
"""
CIP_HEADS = "Scheme | Lead | Recurrent / Non recurrent | Annual plan £000 | YTD plan £000 | YTD actual £000 \
| YTD variance £000 | Forecast outturn £000 | RAG"
FELLSIDE_COVER = """
Report title | Cost improvement programme: month 6
Agenda item | 6
Executive lead | B. Thackray, Director of Finance
Author | N. Quill, Head of Improvement
Status | Final
"""
FELLSIDE_RISKS = """
Risk | Owner | Score | Mitigation
Winter pressure stops ward moves | Operations | 16 | Moves brought forward to November
Pathology partners delay the contract | Diagnostics | 12 | Weekly call between chief executives
Agency cap breached on night shifts | Workforce | 9 | Bank rates reviewed
"""
FELLSIDE_TRAVEL = """
How staff come to work | 2012 survey | 2014 survey
Car, alone | 61% | 54%
Car, shared | 9% | 12%
Bus or train | 17% | 19%
Bicycle or on foot | 13% | 15%
"""


def cip_row(words: Sequence[str], figures: Sequence[Decimal]) -> str:
    """A row as printed: variance is actual less plan, the rating is by the share of the plan to date delivered."""
    annual, plan, actual, forecast = figures
    share = actual / plan
    rag = "Green" if share >= Decimal("0.95") else "Amber" if share >= Decimal("0.8") else "Red"
    cells = [*words, *map(bracketed, (annual, plan, actual, actual - plan, forecast)), rag]
    return " | ".join(cells)


def fellside() -> Paper:
    """A plain trust report: one heading row, savings above nought, an Unidentified line, everything adds up."""
    schemes = [(row[:3], [Decimal(cell) for cell in row[3:]]) for row in cut(CIP_SCHEMES)]
    sums = [sum(column, Decimal(0)) for column in zip(*(figures for _, figures in schemes), strict=True)]
    annual, plan, actual, forecast = sums
    one_off = sum(figures[-1] for words, figures in schemes if words[2] == "Non recurrent")
    rows = [*schemes, (["Total", "", ""], sums)]
    drawing = "\n".join([CIP_HEADS, *(cip_row(words, figures) for words, figures in rows)])
    unidentified = schemes[-1][1][0]
    blocks: tuple[Block, ...] = (
        """
        ! Fellside Hospitals NHS Foundation Trust

        # Finance and Investment Committee, 31 October 2014
        """,
        draw(FELLSIDE_COVER, 0, (1, 3)),
        f"""
        # Executive summary

        1. At Month 6 of 2014/15 (September 2014) the programme has saved £{actual:,}k against £{plan:,}k planned to
        date, £{plan - actual:,}k behind, or {actual / plan:.0%} of the plan.

        2. The annual plan is £{annual:,}k. Leads forecast £{forecast:,}k, £{annual - forecast:,}k less. £{one_off:,}k
        of the forecast is non recurrent and will have to be found again next year.

        3. £{unidentified:,}k of the plan still has no scheme behind it. Without that line the forecast gap would be
        £{annual - forecast - unidentified:,}k.

        # Schemes

        4. Letters are for savings to date: green from 95% of the plan, amber from 80%, red below that.
        """,
        draw(drawing, 1, (2.6, 1.2, 1.3)),
        """
        5. Length of stay suffers from a late start on two wards. The pathology network waits for a contract that the
        partners have not signed; nothing more can be saved there before January.

        6. Figures in brackets are adverse.

        # Risks
        """,
        draw(FELLSIDE_RISKS, 1, (3, 1.2, 0.8, 3)),
        Page(),
        """
        # Getting to work

        7. The travel survey was repeated in June. Fewer people drive alone than two years ago, and the shuttle from the
        station is full on weekdays.
        """,
        draw(FELLSIDE_TRAVEL),
        """
        8. Cyclists asked for a second shelter and somewhere to dry clothes. The old linen store is being measured.

        9. The bus company will stop inside the grounds from the spring, once the kerb at the east gate is lowered.
        Until then the stop on Fell Road is lit all night.

        10. Car sharers may now use the upper deck, which was kept for visitors before the new ramp was built. Wardens
        report no difficulty, apart from geese.

        11. The next survey is in 2016. The committee thanked the volunteers who stood at the gates with clipboards in
        weather that was described as typical.
        """,
    )
    return Paper("Cost improvement programme: month 6", "N. Quill", datetime(2014, 10, 22, 9, tzinfo=UTC), blocks)


PAPERS: dict[str, Callable[[Path], None]] = {
    "fellside-trust-cip-m06.docx": lambda path: write_docx(path, fellside()),
}
