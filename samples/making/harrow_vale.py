"""Harrow Vale Practice Based Commissioning Consortium: monthly project templates for 2010/11."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from making.blocks import Block, Page, Paper, cut, draw
from making.word import write_docx

MONTHS = "April|May|June|July|August|September|October|November|December|January|February|March"
PROFILE_HEADS = " | ".join(["", "WTE", *(f"{name} £000s" for name in (*cut(MONTHS)[0], "Total", "REC", "NR"))])
HOSPICE_PROFILE = """
Saving profile |
Hospice at Home | | | | | | | | | | 35.5 | 35.5 | 35.5 | 35.5 | 142 | 425.88 | -284
Actual saving achieved in-month | | | | | | | | | | | | | | 0 | 0 |
Variance in-month | | - | - | - | - | - | - | - | - | (35) | (35) | (35) | (35) | (142) | (426) | 284
Forecast Cumulative Savings | | | | | | | | | | 35 | 71 | 106 | 142 | 142 | 426 | (284)
Actual Cumulative Savings | | | | | | | | | | | | | | - | - | -
Cumulative Variance | | | | | | | | | | (35) | (71) | (106) | (142) | (142) | (426) | 284
"""
# In whole pounds under headings that say thousands: the author's slip, kept.
MENORRHAGIA_PROFILE = """
Saving profile |
Menorrhagia pathway | | | | | 2436.0 | 2436.0 | 4873.0 | 4873.0 | 4873.0 | 4873.0 | 4873.0 | 4873.0 | 4873.0 \
| | 58,484 |
Actual saving achieved in-month | | | | | | | | | | | | | | 0 | 0 |
Variance in-month | | - | - | - | (2,436) | (2,436) | (4,873) | (4,873) | (4,873) | (4,873) | (4,873) | (4,873) \
| (4,873) | - | (58,484) | -
Forecast Cumulative Savings | | | - | - | 2,436 | 4,872 | 9,745 | 14,618 | 19,491 | 24,364 | 29,237 | 34,110 | 38,983 \
| 38,983 | 58,484 | -
Actual Cumulative Savings | | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
Cumulative Variance | | - | - | - | (2,436) | (4,872) | (9,745) | (14,618) | (19,491) | (24,364) | (29,237) | (34,110) \
| (38,983) | (38,983) | (58,484) | -
"""


def full_year_only(name: str, rec: str) -> str:
    """The profile of a project that saves nothing in its first year and `rec` in a full one."""
    dashes = " | ".join("-" * 11)
    return f"""
    Saving profile |
    {name} | | | | | | | | | | | | | | 0 | {rec} |
    Actual saving achieved in-month | | | | | | | | | | | | | | 0 | 0 |
    Variance in-month | | - | {dashes} | - | ({rec}) | -
    Forecast Cumulative Savings | | | {dashes} | - | {rec} | -
    Actual Cumulative Savings | | - | {dashes} | - | - | -
    Cumulative Variance | | - | {dashes} | - | ({rec}) | -
    """


def project(scheme: str, lead: str, proposal: str, profile: str, outlook: str, stages: str) -> tuple[Block, ...]:
    """One monthly template, on a page of its own."""
    heads = "No | Stage | Start | Completion date | Done | Missed (<2 wks) | Missed (>2 wks) | Saving £000"
    return (
        Page(sideways=True),
        f"""
        # Monthly project return

        Scheme: {scheme}

        Lead: {lead}. Budget removed: no. Account code: to follow.

        {proposal}

        ## Stages
        """,
        draw(heads + stages, 1, (0.4, 4)),
        "## Key Financials",
        draw(PROFILE_HEADS + "\n" + profile.strip(), 1, (2.6, 0.7)),
        "## Further information",
        draw("RAG | Target (£000) | Confidence | Achievable (£000) | At risk (£000) | Comments\n" + outlook, 1, (1,)),
    )


def harrow_vale_projects() -> tuple[Block, ...]:
    """The four templates."""
    hospice_stages = """
    1 | Specification and business case | 01.04.2010 | 30.04.2010 | Yes | | |
    2 | Hospice trustees and PCT executive say yes | 15.04.2010 | 30.04.2010 | Yes | | |
    3 | Grant letter out, recruitment opens | | 11.05.2010 | Yes | | |
    4 | Community nurses trained in the new pathway | 11.05.2010 | 31.08.2010 | | | |
    5 | First patients | | 01.09.2010 | | | |
    6 | Extra deaths at home counted each month | 01.12.2010 | 31.08.2012 | | | | 745
    """
    menorrhagia_stages = """
    1 | GPs and gynaecologists draft the pathway | May | May | | | |
    2 | Draft shared with both localities | June | June | | | |
    3 | Pathway in use | 1st July | | | | |
    4 | Audit of referrals | 1st July | on-going | | | |
    """
    glaucoma_stages = """
    1 | Compare local pathway with guidance | May | June | | | |
    2 | Opticians trained and accredited | July | July | | | |
    3 | Pilot in the west | August | | | | |
    4 | Review of the pilot | September | November | | | |
    5 | Roll-out, first phase | December | December | | | |
    """
    referral_stages = """
    1 | Draft scheme | June | July | | | |
    2 | Clinical executive considers it | July | July | | | |
    3 | Practices sign up | July | August | | | |
    """
    nothing_yet = "Green | - | 75% | 0 | 0 |"
    return (
        *project(
            "Hospice at Home - Locality project West",
            "M. Dunmore and C. Ferrier",
            """A two-year pilot of nursing at home for people in their last days. From December about 30 people a
            month are expected to be cared for where they wish to be; a hospital stay costs £1,183.""",
            HOSPICE_PROFILE,
            "Green | 142 | 75% | 106 | 35 | Savings begin in December",
            hospice_stages,
        ),
        *project(
            "Menorrhagia pathway - Locality project Thornby/Ashmill",
            "C. Ferrier",
            """GPs would treat heavy periods themselves for longer. The hospital believes one referral in five need not
            be made.""",
            MENORRHAGIA_PROFILE,
            nothing_yet,
            menorrhagia_stages,
        ),
        *project(
            "Glaucoma pathway - Locality project Thornby/Ashmill",
            "C. Ferrier",
            """High-street opticians would repeat the pressure test before anyone is referred and would see a quarter of
            those who now return to the eye clinic. In a full year that is worth £117k.""",
            full_year_only("Glaucoma pathway redesign", "117"),
            nothing_yet,
            glaucoma_stages,
        ),
        *project(
            "Referral management scheme - Locality project West",
            "M. Dunmore",
            """Practices are rewarded for cutting referrals from one consultant to another by a fifth. Half of the £482k
            that this frees pays for the scheme; £241k is left.""",
            full_year_only("Referral management scheme", "241"),
            nothing_yet,
            referral_stages,
        ),
    )


HARROW_COVER = """
Subject: | Project returns for the 2010/11 commissioning plan
Lead: | M. Dunmore, Consortium Manager
Author: | C. Ferrier, Project Support
Enclosure: | 4
For: | Approval
"""
HARROW_EFFECTS = """
Area | Effect
Finance | All four projects release cash or cost nothing; none needs new money
Patient safety | Reviewed with the hospital's lead nurse
Public views | Patient group saw the plan in May
Workforce | Training time for nurses and opticians
"""
HARROW_PRESENT = """
Practice | Representative | March | April | May
Ashmill Surgery | Dr P. Lind | Yes | Yes | Yes
Church Lane, Thornby | Dr A. Rahman | Yes | No | Yes
Vale Health Centre | Dr E. Crowther | No | Yes | Yes
Weir Street | L. Boothby, practice manager | Yes | Yes | No
"""


def harrow_vale() -> Paper:
    """The consortium's plan: a template for each of four projects, one of them with pounds in a column of thousands."""
    title = "Project returns for the 2010/11 commissioning plan"
    blocks: tuple[Block, ...] = (
        """
        ! Harrow Vale Practice Based Commissioning Consortium

        # Practice Based Commissioning Governance Committee

        Meeting on 9 June 2010
        """,
        draw(HARROW_COVER, 0, (1, 4)),
        """
        # Executive summary

        1. The consortium brings four projects of its plan for 2010/11. Two save money this year: Hospice at Home
        £142k from December, and the menorrhagia pathway about £39k from July, some £181k together.

        2. In a full year the four are worth £842k: Hospice at Home £426k, referral management £241k, glaucoma £117k and
        menorrhagia £58k. Because hospice savings start late, £284k of its full-year sum falls outside 2010/11.

        3. No savings have been made yet. Leads are three-quarters confident of what they have entered.

        # What the committee is asked to do

        Approve the four returns, and agree that they come back each month.

        # Effects
        """,
        draw(HARROW_EFFECTS, 1, (1, 4)),
        *harrow_vale_projects(),
        Page(),
        """
        # Notes for members

        4. Learning afternoons begin again in September. Practices close at one o'clock on the second Wednesday, calls
        pass to the out of hours service, and lunch is at the Corn Hall. The first speaker is a dermatologist; the
        second, by popular request, will talk about sleep.

        5. Attendance since March is set out below. Practices that cannot come may send a nurse or their manager, who
        has the same vote.
        """,
        draw(HARROW_PRESENT, 1, (2, 2)),
        """
        6. The Weir Street car park is closed for resurfacing until the middle of July. Patients have been asked to
        use the market square, where the first hour costs nothing.

        7. Vale Health Centre has a new boiler. Church Lane is still waiting for its own and has lent its fan heaters
        back.

        8. The consortium's newsletter needs an editor. It appears four times a year and is read, the last survey
        says, by more people than expected.
        """,
    )
    return Paper(title, "C. Ferrier", datetime(2010, 6, 1, 9, tzinfo=UTC), blocks)


PAPERS: dict[str, Callable[[Path], None]] = {
    "harrow-vale-projects.docx": lambda path: write_docx(path, harrow_vale()),
}
