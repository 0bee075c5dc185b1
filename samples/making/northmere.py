"""Northmere Clinical Commissioning Group: delivery monitoring, month 11 of 2014/15."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from making.blocks import Block, Page, Paper, cut, draw
from making.pdf import write_pdf

MONITORING = """
QIPP programme | INVESTMENT | < | < | SAVINGS to Month 11 | < | < | < | YEAR-END 2014/15 FORECAST | < | < | <
^ | Planned investment | Investment slippage | Remaining investment | Planned Month 11 savings \
| Actual Month 11 savings | Month 11 variance | Month 11 RAG (Act / Plan) % \
| Planned total QIPP | Forecast total savings | Year-end variance | Year-end RAG (Forecast / Plan) %
^ | £'000 | £'000 | £'000 | £'000 | £'000 | £'000 | | £'000 | £'000 | £'000 |
Primary Medical Care
Prescribing | 0 | 0 | 0 | 1,440.0 | 642.9 | -797.1 | 45% | 1,640 | 643 | -997 | 39%
| | | | 1,440.0 | 642.9 | -797.1 | 45% | 1,640 | 643 | -997 | 39%
Urgent Care in the Community
Step up care (with nursing homes) | 0 | 0 | 0 | 776.6 | 436.0 | -340.6 | 56% | 1,221 | 436 | -785 | 36%
Older People's Unit | 500 | 500 | 0 | 416.7 | 0.0 | -416.7 | 0% | 500 | 0 | -500 | 0%
Out of area contracts | | | | 236.5 | 260.4 | 23.9 | 110% | 258 | 260 | 2 | 101%
| | | | 1,429.8 | 696.4 | -733.4 | 49% | 1,979 | 696 | -1,283 | 35%
Discharge and Reablement
Continuing Health Care | 0 | 0 | 0 | 333.3 | 1,028.0 | 694.7 | 308% | 400 | 1,222 | 822 | 306%
Community equipment | 0 | 0 | 0 | 75.0 | 113.0 | 38.0 | 151% | 100 | 300 | 200 | 300%
| | | | 408.3 | 1,141.0 | 732.7 | 279% | 500 | 1,522 | 1,022 | 304%
Long Term Conditions
Virtual ward, end of life, CVD and respiratory | 946 | 684 | 262.0 | 1,148.7 | 196.6 | -952.1 | 17% | 1,303 | 14 \
| -1,289 | 1%
Coding review: CVD (April to July), respiratory (July) | | | | | 256.0 | 256.0 | 0% | 0 | 439 | 439 | -
| | | | 1,148.7 | 452.6 | -696.1 | 39% | 1,303 | 453 | -850 | 35%
Mental Health
Rehabilitation placements | 50 | 50 | 0 | 118.2 | 145.3 | 27.1 | 123% | 133 | 145 | 12 | 109%
Acute mental health beds | 250 | 250 | 0 | 726.0 | 726.0 | 0.0 | 100% | 792 | 792 | 0 | 100%
| | | | 844.2 | 871.3 | 27.1 | 103% | 925 | 937 | 12 | 101%
Planned Care
Community outpatient procurement | 0 | 0 | 0 | 1,548.3 | 1,548.3 | 0.0 | 100% | 1,689 | 1,689 | 0 | 100%
Redesign of community services | | | | 0.0 | 150.0 | 150.0 | | | 200 | 200 |
Planned care pathways | 0 | 0 | 0 | 583.3 | 606.0 | 22.7 | 104% | 700 | 691 | -9 | 99%
| | | | 2,131.6 | 2,304.3 | 172.7 | 108% | 2,389 | 2,580 | 191 | 108%
Quality and Value
Single front door | 0 | 0 | 0 | 133.8 | 0.0 | -133.8 | 0% | 146 | 0 | -146 | 0%
| | | | 133.8 | 0.0 | -133.8 | 0% | 146 | 0 | -146 | 0%
Corporate
Running costs | 0 | 0 | 0 | 297.0 | 297.0 | 0.0 | 100% | 329 | 329 | 0 | 100%
| | | | 297.0 | 297.0 | 0.0 | 100% | 329 | 329 | 0 | 100%
Total | 1,746 | 1,484 | 262 | 7,833.4 | 6,405.5 | -1,427.9 | QIPP | 9,211 | 7,160 | -2,051 | 78%
| | | | | | | Inv. | 1,746 | 262 | 1,484 |
| | | | | | | Net | 7,465 | 6,898 | -567 |
"""

SUMMARY_M11 = """
Primary Medical Care | Prescribing | 1,440.0 | 642.9 | -797.1 | £-997
Urgent Care in the Community | Step up care (with nursing homes) | 776.6 | 436.0 | -340.6 | £-785
^ | Older People's Unit | 416.7 | 0.0 | -416.7 | £-500
^ | Out of area contracts | 236.5 | 260.4 | 23.9 | £2
Discharge and Reablement | Continuing Health Care | 333.3 | 1,028.0 | 694.7 | £822
^ | Community equipment | 75.0 | 113.0 | 38.0 | £200
Long Term Conditions | Virtual ward, end of life, CVD and respiratory | 1,148.7 | 196.6 | -952.1 | £-1,289
^ | Coding review: CVD (April to July), respiratory (July) | 0.0 | 256.0 | 256.0 | £439
Mental Health | Rehabilitation placements | 118.2 | 145.3 | 27.1 | £12
^ | Acute mental health beds | 726.0 | 726.0 | 0.0 | £0
Planned Care | Community outpatient procurement | 1,548.3 | 1,548.3 | 0.0 | £0
^ | Redesign of community services | 0.0 | 150.0 | 150.0 | £200
^ | Planned care pathways | 583.3 | 606.0 | 22.7 | £-9
Quality and Value | Single front door | 133.8 | 0.0 | -133.8 | £-146
Corporate | Running Costs | 297.0 | 297.0 | 0.0 | £0
"""
SUMMARY_TOTAL = "Total (2014/15 plan: £9.211m) | < | £7,833.4 | £6,405.5 | -£1,427.9 | £-2,051"

NORTHMERE_COVER = """
Title of report | Savings and programme delivery: month 11
Agenda item | 14
Written by | R. Calder, Programme Office Manager; J. Osei, Deputy Chief Finance Officer
Presented by | J. Osei, Deputy Chief Finance Officer
The Governing Body is asked to | note the position and the steps in section 5
Seen before by | Planning and Delivery Group, 28 April 2015
Interests declared | None
"""
NORTHMERE_RATINGS = """
No | Programme | Milestones, last three months | < | < | Savings
^ | ^ | Jan | Feb | Mar | Feb
1 | Primary Medical Care | G | G | G | R
2 | Urgent Care in the Community | G | G | G | R
3 | Discharge and Reablement | G | G | G | G
4 | Long Term Conditions | A | A | A | R
5 | Mental Health | G | G | G | G
6 | Planned Care | G | G | G | G
7 | Patient Voice | G | G | G | N/A
"""
NORTHMERE_RISKS = """
Ref | Risk | What is being done | Likelihood | Impact | Score | Change
PD1 | Project leads are shared with other plans and have too few days | Two posts advertised; interim cover until \
July | 3 | 2 | 6 | Same
PD2 | Activity data reach us late or with codes missing | Weekly call with the data team; late returns escalated | 1 \
| 3 | 3 | Closing
PD4 | Shared care records are not ready in time | Clinical lead named; start moved to September | 2 | 4 | 8 | Same
PD5 | Waits for hospital treatment grow faster than capacity | Extra lists agreed with two providers | 3 | 5 | 15 | Up
"""
NORTHMERE_EVENTS = """
Event | Where | Date | People | Volunteers
Carers' tea and talk | Stowmarsh Village Hall | 3 March 2015 | 64 | 5
Young people's panel | Northmere College | 11 March 2015 | 38 | 4
Living well walk | Canal Basin | 22 March 2015 | 120 | 11
Evening for new parents | Fenway Children's Centre | 26 March 2015 | 27 | 3
"""
NORTHMERE_GLOSSARY = """
Short form | Meaning
CVD | Diseases of the heart and circulation
FOT | Forecast outturn, what we expect for the whole year
QIPP | Quality, Innovation, Productivity and Prevention
RAG | Red, amber or green
Slippage | Money set aside to invest that will not be spent this year
"""


def northmere_board() -> Paper:
    """The Governing Body's paper: two tiers of headings and units, groups, subtotals without labels, over two pages."""
    heads = """Programme at month 11 (February 2015) | < | Month 11 planned QIPP | Month 11 actual QIPP \
| Month 11 variance | Year-end variance (forecast)
    All figures in £'000 | < | £'000 | £'000 | £'000 | £'000
    """
    summary = draw(heads.strip() + SUMMARY_M11 + SUMMARY_TOTAL, 2, (2.2, 3.2))
    blocks: tuple[Block, ...] = (
        """
        ! Northmere Clinical Commissioning Group
        ! Governing Body meeting in public
        ! 12 May 2015
        """,
        draw(NORTHMERE_COVER, 0, (1, 3)),
        """
        # Executive summary

        1. By the end of February 2015 (month 11) the savings programme had brought in £6,405.5k. We had planned
        £7,833.4k by then, so £1,427.9k is missing and 82% of the plan has been met. A month earlier it was 85%.

        2. We now think the year will close at £7,160k of savings, 78% of the £9,211k in the plan: £2,051k short. In
        January we thought the gap would be £1,843k.

        3. Less has been invested too. Of £1,746k set aside, scheme leads have released £1,484k; the £262k that
        remains is for Long Term Conditions. Counting what was not spent, the gap at year end comes down to £567k.

        4. No programme is red for its milestones as at 31 March 2015, and one is amber: Long Term Conditions, where
        virtual ward beds stand empty for want of coordinators.

        # Decision sought

        Members are invited to note the month 11 position and to say whether further assurance is wanted in June.
        """,
        Page(),
        """
        # 1. Why this paper comes now

        1.1 Members see savings twice a quarter. This report was put together after the April meeting of the Planning
        and Delivery Group; spending figures run to month 11 and milestones to the end of March.

        # 2. How the programmes stand

        2.1 The letters below give each programme's milestones for three months and its savings for the last month. A
        programme is amber when a milestone is up to 30 days behind and red after that. Savings are green at or above
        plan, amber when they are less than a tenth under it, and otherwise red.
        """,
        draw(NORTHMERE_RATINGS, 2, (0.5, 4)),
        """
        # 3. Savings by scheme

        3.1 Prescribing explains more than half of the gap: prices rose nationally and £797.1k of the £1,440.0k due
        was lost. The Older People's Unit did not open. Continuing Health Care has done far better than planned,
        £694.7k above.
        """,
        summary,
        "3.2 Appendix A has the same schemes with their investment and their forecast for the year.",
        Page(),
        """
        # 4. Risks

        4.1 The group's register holds four risks that bear on delivery. Scores are likelihood times impact.
        """,
        draw(NORTHMERE_RISKS, 1, (0.6, 3, 3, 1.2, 0.9, 0.8, 0.9)),
        """
        # 5. Next steps

        - Plans for each of the seven programmes in 2015/16 signed off by their sponsors.
        - One monthly return for money and milestones, in place of two, from July.
        - A session with clinical leads on what to stop.
        """,
        Page(),
        """
        # 6. Listening to local people

        6.1 Spring is when our volunteers are busiest. In March they ran four events across the district and talked
        with people about food, exercise, loneliness and the bus service. None of the events was about money, and
        nothing in this section changes the position above.

        6.2 The carers' tea was the best attended yet. People asked for a quiet room at the hospital and for letters in
        larger print; both have been passed to the hospital's patient experience lead.
        """,
        draw(NORTHMERE_EVENTS, 1, (2.5, 2.5, 1.6)),
        """
        6.3 Young people told us that they would rather have a message than a call, and that they do not read posters.
        The college has offered a noticeboard screen. A second panel will meet after the summer examinations.

        6.4 The walk along the canal will be held again in September. Anyone who would like to marshal is asked to
        speak to the engagement team before the end of July; training takes one evening and supper is provided.

        6.5 We are grateful to the village hall committee, to the college kitchens and to the lock keeper.
        """,
        Page(sideways=True),
        "# Appendix A: QIPP delivery monitoring to 28 February 2015 (Month 11)",
        draw(MONITORING, 3, (3.4,)),
        """Inv. is the investment budget, what will be spent of it and what is left over; Net is savings less
        investment, so the last line is the gap after slippage.""",
        Page(),
        "# Appendix B: Words used in this paper",
        draw(NORTHMERE_GLOSSARY, 1, (1, 4)),
    )
    return Paper(
        "Savings and programme delivery: month 11", "R. Calder", datetime(2015, 5, 5, 9, tzinfo=UTC), blocks, 181
    )


def write_northmere_summary(path: Path) -> None:
    """Write the group's draft briefing of two weeks before, in Markdown, with the summary table alone."""
    heads = ["Programme", "Scheme", "Month 11 planned £000", "Month 11 actual £000", "Month 11 variance £000"]
    heads.append("Year-end variance (forecast) £000")
    rows = [heads, ["---", "---", "---:", "---:", "---:", "---:"], *cut(SUMMARY_M11 + SUMMARY_TOTAL)]
    lines = ["| " + " | ".join(cell.strip("<^") for cell in row) + " |" for row in rows]
    path.write_text(NORTHMERE_BRIEFING.format(table="\n".join(lines)), encoding="utf-8", newline="\n")


NORTHMERE_BRIEFING = """\
# Where savings stand before year end

**Northmere Clinical Commissioning Group**

Planning and Delivery Group meeting, 28 April 2015

**DRAFT** for comment; not yet seen by the Governing Body. Prepared by R. Calder, Programme Office.

## In short

1. To month 11 (February 2015) schemes have saved £6,405.5k of the £7,833.4k planned, 82%. We are £1,427.9k behind.
2. The forecast for 2014/15 is £2,051k under the plan of £9.211m.
3. Continuing Health Care and the coding review are ahead; Prescribing, the Older People's Unit and the virtual ward
   schemes make up most of what is missing.

## Scheme by scheme

{table}

A minus in a variance column means that less was saved than planned.

## What holds schemes up

| Scheme | Issue | Next steps | Lead |
| --- | --- | --- | --- |
| Prescribing | Three practices have not begun the switch of inhalers. | A pharmacist visits each of them in March. | P. Ames |
| Older People's Unit | No builder offered for the ward. | The work is tendered again in May. | R. Hollis |

## Also on the agenda

4. The group's summer meetings move to the Stowmarsh office, where the lift is working again. Parking is free after
   four o'clock. Please tell the office by 8 May if you need a hearing loop.
5. Comments on this draft are welcome until 1 May.
"""


PAPERS: dict[str, Callable[[Path], None]] = {
    "northmere-board-m11.pdf": lambda path: write_pdf(path, northmere_board()),
    "northmere-summary-m11.md": write_northmere_summary,
}
