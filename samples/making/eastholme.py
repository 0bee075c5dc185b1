"""Eastholme Primary Care Trust: trackers of month 12 of 2010/11 and of month 1 of 2011/12."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from making.blocks import Block, Page, Paper, draw, subtotals, total
from making.pdf import write_pdf
from making.word import write_docx

TRACKER_M12 = """
Workstream | Exec lead | Milestones | < | < | Milestone RAG | Annual plan 2010/11 (£m) | Performance to month 12 (£m) \
| < | < | <
^ | ^ | R | A | G | ^ | ^ | Due | Delivered | Variance | RAG
Core Contracting | RK | 6 | 2 | 12 | R | (8.6) | (8.5) | (5.9) | 2.6 | R
Specialised Commissioning | RK | 2 | 0 | 0 | R | (1.5) | (1.5) | - | 1.5 | R
Planned Care * | RK | 2 | 9 | 3 | R | (3.7) | (2.9) | (0.7) | 2.2 | R
Referral Gateway | RK | 0 | 3 | 5 | A | (9.2) | (6.2) | (1.1) | 5.2 | R
Unplanned Care * | LN | 1 | 1 | 2 | R | (0.8) | (0.6) | (0.6) | 0.0 | G
Primary Care | DW | 1 | 1 | 19 | R | (3.9) | (3.9) | (4.0) | (0.1) | G
Community Hospitals | PE | 0 | 0 | 1 | G | - | (0.0) | - | 0.0 | R
Community Services | DW | 0 | 0 | 4 | G | (2.7) | (2.7) | (5.1) | (2.3) | G
Medicines Management | DW | 0 | 2 | 11 | A | (2.5) | (2.2) | (2.5) | (0.3) | G
Public Health | HO | 0 | 0 | 2 | G | (0.9) | (0.9) | (0.9) | (0.0) | G
Workforce | LN | 0 | 0 | 3 | G | (0.4) | (0.4) | (0.4) | - | G
Corporate | LN | 0 | 1 | 11 | A | (2.5) | (2.5) | (2.5) | (0.0) | G
Clinical Quality and Innovation | LN | 1 | 0 | 0 | R | (0.5) | (0.5) | - | 0.5 | R
TOTAL | | 13 | 19 | 73 | | (37.0) | (32.8) | (23.4) | 9.4 | R
"""

SCHEMES_M12_HEADS = """
Workstream / scheme | Exec lead | Milestones | < | < | Milestone RAG | Annual plan 2010/11 (£m) \
| Performance to month 12 (£m) | < | < | < | Full-year forecast (£m) | < | < | <
^ | ^ | R | A | G | ^ | ^ | Due | Delivered | Variance | RAG | F'cast | Best | Middle | Worse
"""
SCHEMES_M12 = """
Core Contracting | RK
Core contract | | 4 | 1 | 1 | R | (1.1) | (1.0) | (0.7) | 0.3 | R | (0.7) | (0.7) | (0.7) | (0.7)
Core budget management | | 0 | 0 | 2 | G | (0.3) | (0.3) | - | 0.3 | R | (0.0) | (0.1) | (0.0) | (0.0)
Acute trust actions | | 1 | 0 | 1 | R | (0.3) | (0.3) | (0.2) | 0.2 | R | (0.2) | (0.2) | (0.2) | (0.2)
Mental Health | | 0 | 0 | 3 | G | (4.2) | (4.2) | (1.9) | 2.2 | R | (1.9) | (2.4) | (2.2) | (1.9)
Diagnostics | | 0 | 1 | 2 | A | (1.3) | (1.3) | (1.7) | (0.4) | G | (1.7) | (1.7) | (1.7) | (1.7)
Other contracts | | 1 | 0 | 3 | R | (1.3) | (1.3) | (1.3) | 0.0 | G | (1.3) | (1.3) | (1.3) | (1.3)
| | 6 | 2 | 12 | | (8.6) | (8.5) | (5.9) | 2.6 | R | (5.9) | (6.4) | (6.2) | (5.9)
Primary Care | DW
Community equipment | | 0 | 0 | 1 | G | (0.5) | (0.5) | (0.7) | (0.2) | G | (0.7) | (0.7) | (0.7) | (0.7)
GP contracting | | 1 | 0 | 7 | R | (0.6) | (0.6) | (0.6) | (0.0) | G | (0.6) | (0.6) | (0.6) | (0.6)
Other non recurrent items | | 0 | 0 | 0 | n/a | (1.1) | (1.1) | (1.0) | 0.1 | A | (1.0) | (1.0) | (1.0) | (1.0)
Out of hours services | | 0 | 1 | 11 | A | (1.4) | (1.4) | (1.4) | 0.0 | G | (1.4) | (1.4) | (1.4) | (1.4)
Other | | 0 | 0 | 0 | n/a | (0.4) | (0.4) | (0.4) | - | G | (0.4) | (0.4) | (0.4) | (0.4)
| | 1 | 1 | 19 | | (3.9) | (3.9) | (4.0) | (0.1) | G | (4.0) | (4.0) | (4.0) | (4.0)
Community Hospitals | PE
Community beds | | 0 | 0 | 1 | G | (0.0) | (0.0) | - | 0.0 | R | - | - | - | -
| | 0 | 0 | 1 | | - | (0.0) | - | 0.0 | R | - | - | - | -
Community Services | DW
Provider surplus | | 0 | 0 | 1 | G | (2.0) | (2.0) | (4.3) | (2.3) | G | (4.3) | (4.4) | (4.4) | (4.4)
Services decommissioned | | 0 | 0 | 3 | G | (0.7) | (0.7) | (0.7) | - | G | (0.7) | (0.7) | (0.7) | (0.7)
| | 0 | 0 | 4 | | (2.7) | (2.7) | (5.1) | (2.3) | G | (5.1) | (5.1) | (5.1) | (5.1)
Medicines Management | DW
Acute prescribing | | 0 | 0 | 2 | G | (0.8) | (0.6) | (0.6) | 0.0 | G | (0.8) | (0.8) | (0.8) | (0.6)
GP prescribing | | 0 | 2 | 7 | R | (1.6) | (1.4) | (1.8) | (0.4) | G | (1.8) | (1.9) | (1.7) | (1.7)
Oxygen | | 0 | 0 | 1 | G | (0.1) | (0.1) | (0.0) | 0.1 | R | (0.0) | (0.0) | (0.0) | (0.0)
Other medicines | | 0 | 0 | 1 | G | (0.1) | (0.1) | (0.1) | - | G | (0.1) | (0.1) | (0.1) | (0.1)
| | 0 | 2 | 11 | | (2.5) | (2.2) | (2.5) | (0.3) | G | (2.7) | (2.8) | (2.6) | (2.4)
"""

EASTHOLME_COVER = """
Subject | {subject}
Agenda item | {item}
Lead director | {lead}
Author | {author}
Purpose | For assurance
"""
EASTHOLME_GLOSSARY = """
Term | Meaning | Term | Meaning
FYE | Full year effect | PMO | Programme office
GP | General practitioner | QIPP | Quality, innovation, productivity and prevention
M12 | Twelfth month of the financial year | RAG | Red, amber, green
PCT | Primary care trust | YTD | Year to date
"""
EASTHOLME_UPTAKE = """
Practice group | Patients invited | Vaccinated | Uptake
Eastholme Quay | 4,120 | 3,049 | 74%
Saltern and Marsh | 2,865 | 1,977 | 69%
Upper Holme | 3,410 | 2,626 | 77%
"""
EASTHOLME_SENT_TO = """
Name | Post | Copy
L. Nakamura | Director of Finance | Paper
D. Whitlock | Director of Primary Care | Email
H. Oyelaran | Director of Public Health | Email
Library | Quayside House | Paper
"""


def eastholme_m12() -> Paper:
    """The board's tracker at year end: savings in brackets, milestones under one heading, five workstreams below."""
    width = len(subtotals(SCHEMES_M12)[0])
    closing = total("Total of these workstreams", [row[:width] for row in subtotals(SCHEMES_M12)])
    schemes = draw(SCHEMES_M12_HEADS.strip() + SCHEMES_M12 + " | ".join(closing), 2, (3.4, 0.9, 0.5, 0.5, 0.5))
    subject, author = "Turnaround tracker at month 12 of 2010/11", "S. Peverell, Programme Office"
    cover = EASTHOLME_COVER.format(subject=subject, item="9b", lead="L. Nakamura, Director of Finance", author=author)
    blocks: tuple[Block, ...] = (
        """
        ! Eastholme Primary Care Trust

        # PCT Board meeting, 26 May 2011
        """,
        draw(cover, 0, (1, 3)),
        """
        # Executive summary

        The year closed (month 12 of 2010/11) with £23.4m of savings delivered. £32.8m had fallen due by then, so the
        yield is 71% and £9.4m is outstanding; the plan for the whole year was £37.0m. Hospital and prescribing data
        end a month early, which is why less was due than planned.

        Three workstreams fell furthest behind: the Referral Gateway (£5.2m short), Core Contracting (£2.6m) and
        Planned Care (£2.2m). Community Services went the other way and gave £2.3m more than was due.

        The Board is asked to take assurance from the recovery work described and to agree that gateway savings carry
        over.

        # Terms
        """,
        draw(EASTHOLME_GLOSSARY, 1, (1, 3, 1, 3)),
        Page(sideways=True),
        """
        # Workstreams at month 12

        1. Savings are printed in brackets. A variance without brackets is a shortfall.
        """,
        draw(TRACKER_M12, 2, (3.4, 0.9, 0.5, 0.5, 0.5)),
        """
        * These two are followed week by week; the rest report once a month.

        2. The finance letter compares what was delivered with what was due:

        - Red when it is below 80%.

        - Amber from 80% upwards.

        - Green from 95% upwards.

        3. The milestone letter is green when nothing is late, amber when a single milestone is no more than a week
        late, and red when two or more are later than that.

        # Schemes of five workstreams

        4. The five workstreams below delivered £17.5m against £17.3m due. Their forecast for the year is £17.7m,
        between £17.4m at worst and £18.3m at best.
        """,
        schemes,
        Page(),
        """
        # Other business: the winter vaccination round

        5. Public Health reports that the seasonal round closed on 31 January. Practices invited every patient over 65
        by letter and, for the first time, by telephone. Upper Holme did best; its practice nurses held two Saturday
        clinics.
        """,
        draw(EASTHOLME_UPTAKE),
        """
        6. The marsh villages are hard to reach in bad weather. A mobile clinic is being priced for next autumn with the
        county's library service, whose van already stops at eleven of the fourteen villages.

        7. Staff were offered the vaccine in October and again in December. The second offer was taken up mostly by
        people who had been on leave for the first. Posters will go up a fortnight sooner this year.

        8. Members thanked the cold chain team, who moved nine refrigerators in a day when Quayside House lost power.

        # Sent to
        """,
        draw(EASTHOLME_SENT_TO),
    )
    return Paper(subject, "S. Peverell", datetime(2011, 5, 18, 9, tzinfo=UTC), blocks)


TRACKER_M01 = """
Workstream | Exec lead | Milestones | < | < | Milestone RAG | Annual plan (£m) | < \
| Performance to month 1 (£m) | < | < | <
^ | ^ | R | A | G | ^ | 2011/12 | 2012/13 | Due | Delivered | Variance | RAG
Planned Care * | RK | 9 | 11 | 27 | R | (25.8) | (0.9) | (0.2) | (0.1) | 0.0 | R
Primary Care | TS | 0 | 0 | 6 | G | (1.7) | (0.1) | (0.1) | (0.1) | 0.0 | G
Medicines Management | TS | 0 | 0 | 13 | G | (2.2) | (0.9) | - | - | - | n/a
Public Health | HO | 0 | 0 | 1 | G | (0.3) | - | - | - | - | n/a
Unplanned Care * | TS | 1 | 2 | 9 | R | (6.7) | (3.1) | (0.1) | (0.1) | - | G
Mental Health | RK | 0 | 3 | 5 | A | (2.6) | - | (0.2) | (0.2) | - | G
Children & Young People | TS | 1 | 1 | 8 | R | (0.9) | (0.4) | (0.0) | (0.0) | - | G
Infrastructure | GA | 2 | 1 | 7 | R | (2.5) | (3.5) | (0.1) | (0.1) | - | G
Contract Adjustments | VC | 0 | 0 | 3 | G | (2.5) | - | (0.4) | (0.4) | - | G
TOTAL | | 13 | 18 | 79 | | (45.2) | (8.9) | (1.1) | (1.0) | 0.0 | G
"""
EASTHOLME_COMPLAINTS = """
Quarter | Received | Answered in 25 days | Upheld | With the Ombudsman
April to June 2010 | 41 | 36 | 14 | 1
July to September 2010 | 38 | 35 | 11 | 0
October to December 2010 | 52 | 40 | 19 | 2
January to March 2011 | 47 | 43 | 16 | 1
"""


def eastholme_m01() -> Paper:
    """The first tracker of the new year, upright and ruled: two years' plans beside each other."""
    subject, author = "Turnaround tracker at month 1 of 2011/12", "S. Peverell, Programme Office"
    cover = EASTHOLME_COVER.format(subject=subject, item="7", lead="V. Castellan, Turnaround Director", author=author)
    blocks: tuple[Block, ...] = (
        """
        ! Eastholme Primary Care Trust
        ! PCT Board meeting
        ! 24 June 2011
        """,
        draw(cover, 0, (1, 3)),
        """
        # Executive summary

        1. In April 2011 (month 1 of 2011/12) the trust delivered £1.0m of the £1.1m of savings that were due. Before
        rounding that is 96%, so the programme as a whole is green.

        2. The plan for 2011/12 is £45.2m, with £8.9m more to follow in 2012/13. Well over half of this year's sum,
        £25.8m, rests on Planned Care, which has nine milestones red and delivered only part of what was due.

        3. One month says little. For two workstreams no data had arrived when this paper was written, and they show
        n/a.

        # What we ask

        Members are asked to note the first month and to receive recovery plans for Planned Care in July.
        """,
        Page(),
        """
        # The tracker

        4. Savings stand in brackets, in millions of pounds. A variance without brackets is money not yet saved.
        """,
        draw(TRACKER_M01, 2, (3, 0.9, 0.6, 0.6, 0.6, 1.3, 1.2, 1.2, 1, 1.3, 1.2, 0.8)),
        """
        * Followed week by week.

        5. The finance letter is:

        - Red where delivery is under 80% of what was due;

        - Amber at 80% or more;

        - Green at 95% or more.

        6. Infrastructure has two red milestones, both about the lease of the old clinic. Children & Young People has
        one, about the therapy rota. Neither costs money yet.

        7. Contract Adjustments brought in £0.4m, the largest sum of any workstream in the month.

        # Who does what next

        8. Executive leads meet each Tuesday until the end of the quarter. Every red milestone has a named owner and a
        new date, and the programme office reports the dates that move.
        """,
        Page(),
        """
        # For information: complaints

        9. The table counts the letters and calls that the customer care team logged in the last four quarters. It is
        printed here because the Quality Committee did not meet in May.
        """,
        draw(EASTHOLME_COMPLAINTS),
        """
        10. The rise before Christmas came from one cause, the telephone system at two health centres, which dropped
        callers who were in a queue for longer than ten minutes. It was mended on 6 January.

        11. Most complaints that were upheld concerned the tone of a conversation rather than the care given.
        Reception staff at four practices have asked for training, and a theatre company that works with hospitals
        will lead it in September.

        12. Three compliments for every complaint were received in the same time. The podiatry clinic at Saltern
        received a cake.
        """,
    )
    return Paper(subject, "S. Peverell", datetime(2011, 6, 15, 9, tzinfo=UTC), blocks, 57)


# Scheme, lead, red, amber, green, milestone RAG, delivery 2010/11, plans 2011/12 and 2012/13, due, delivered, variance,
# RAG, forecast, best, middle, worse.


PAPERS: dict[str, Callable[[Path], None]] = {
    "eastholme-tracker-m12.docx": lambda path: write_docx(path, eastholme_m12()),
    "eastholme-tracker-m01.pdf": lambda path: write_pdf(path, eastholme_m01()),
}
