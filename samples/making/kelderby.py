"""NHS Kelderby Integrated Care Board: a committee's pack of September 2023, four items with a cover each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from making.blocks import Block, Page, Paper, Table, cut, draw
from making.kelderby_tables import (
    ACCOUNTS,
    AGENDA,
    BEHIND,
    EFFICIENCIES,
    EFFICIENCY_HEADS,
    INDICATORS,
    MILESTONES,
    QUARTERS,
    RISKS,
)
from making.pdf import write_pdf

BODY = "NHS Kelderby Integrated Care Board"
COMMITTEE = "Finance and Performance Committee"
HEADER = f"{BODY}  |  {COMMITTEE}  |  28 September 2023"
COVER = """
Report title | {title}
Date of meeting | 28 September 2023
Executive lead | {lead}
Report author | {author}
Purpose | {purpose}
"""


def signed(value: Decimal) -> str:
    """Thousands with a minus for what is adverse and a dash for nought."""
    return "-" if value == 0 else f"{value:,}"


def letter(plan: Decimal, actual: Decimal) -> str:
    """Savings to date: green from 95% of the plan, amber from 85%."""
    return "G" if actual * 20 >= plan * 19 else "A" if actual * 20 >= plan * 17 else "R"


def efficiency_row(name: str, kind: str, money: list[Decimal]) -> str:
    """A row: plan, actual and variance of the month, to date and of the year."""
    month_plan, month, plan, actual, year, forecast = money
    cells = [month_plan, month, month - month_plan, plan, actual, actual - plan, year, forecast, forecast - year]
    return " | ".join([name, kind, *map(signed, cells), letter(plan, actual)])


def efficiencies() -> Table:
    """Schemes by programme, a sub-total after each and a total."""
    lines, sums = [], []
    for programme, drawing in EFFICIENCIES.items():
        lines.append(programme)
        schemes = [(name, kind, [Decimal(cell) for cell in cells]) for name, kind, *cells in cut(drawing)]
        lines += [efficiency_row(*scheme) for scheme in schemes]
        sums.append([sum(column, Decimal(0)) for column in zip(*(money for *_, money in schemes), strict=True)])
        lines.append(efficiency_row("Sub-total", "", sums[-1]))
    lines.append(efficiency_row("Total", "", [sum(column, Decimal(0)) for column in zip(*sums, strict=True)]))
    return draw(EFFICIENCY_HEADS.strip() + "\n" + "\n".join(lines), 2, (3, 0.8), painted=True)


def cover(item: int, title: str, lead: str, author: str, purpose: str) -> tuple[Block, ...]:
    """The head of an item: its mark, the body, its title, and who brings it."""
    return (
        Page(),
        f"""
        ! Agenda item {item}
        ! {BODY}
        ! {title}
        """,
        draw(COVER.format(title=title, lead=lead, author=author, purpose=purpose), 0, (1, 3)),
    )


def finance() -> tuple[Block, ...]:
    """Item 7: accounts in millions, schemes in thousands."""
    return (
        *cover(
            7,
            "Finance report: month 5 (August 2023)",
            "D. Holroyd, Chief Finance Officer",
            "W. Sharma, Deputy Director of Finance",
            "For assurance",
        ),
        """
        # Executive summary

        1. At the end of August 2023 the board has spent £2.3m more than its budget to date. The forecast for 2023/24 is
        a deficit of £2.4m; the plan was to break even.

        2. Efficiencies have brought in £5,938k of the £6,677k planned to date, 89%. The forecast is £14,905k against a
        plan of £16,463k.

        3. Out of area placements are £332k behind, Low value procedures £188k and Framework rates £179k.

        4. The committee is asked to take assurance from the recovery work set out in item 10.
        """,
        Page(),
        """
        # Income and expenditure

        5. Costs stand in brackets, and so does a variance that is adverse.
        """,
        draw(ACCOUNTS, 2, (2.2,)),
        """
        6. Acute services are over their budget because more patients were treated in the independent sector than was
        commissioned. Prescribing prices rose in June.

        7. Reserves of £6.0m were released to date. Nothing of the kind is left for the winter.
        """,
        Page(sideways=True),
        "# Efficiency programme at month 5, £000",
        efficiencies(),
        """
        8. A minus is less than planned. The letter rates savings to date: green from 95% of the plan, amber from 85%,
        red below that.
        """,
    )


def risks() -> tuple[Block, ...]:
    """Item 8: the register."""
    return (
        *cover(
            8,
            "Corporate risks that bear on money and performance",
            "S. Okafor, Director of Corporate Affairs",
            "J. Brandt, Risk Manager",
            "For discussion",
        ),
        """
        # Executive summary

        1. Seven risks are rated 9 or more. One has risen since July, one has fallen, and one is proposed for closing.

        2. Likelihood and impact are scored from 1 to 5; the score is one times the other.
        """,
        Page(),
        "# Register at 15 September 2023",
        draw(RISKS, 1, (0.7, 3, 3.2, 1, 0.9, 0.8, 1.1)),
    )


def indicators() -> tuple[Block, ...]:
    """Item 9: the dashboard, on its side."""
    return (
        *cover(
            9,
            "Performance dashboard: data to July 2023",
            "C. Villiers, Chief Operating Officer",
            "Performance team",
            "For information",
        ),
        """
        # Executive summary

        1. Data are to the end of July 2023, a month behind the finance report.

        2. Waiting for planned care got longer; diagnosis of dementia is above its target.
        """,
        Page(sideways=True),
        "# Indicators",
        draw(INDICATORS, 1, (1.4, 1, 2.6, 1.1, 1.1, 1.4, 1.1, 1, 0.7, 3)),
    )


def plan() -> tuple[Block, ...]:
    """Item 10: the plan by quarter, and its steps."""
    return (
        *cover(
            10,
            "Efficiency delivery plan 2023/24",
            "D. Holroyd, Chief Finance Officer",
            "E. Pruitt, Programme Office",
            "For decision",
        ),
        """
        # Executive summary

        1. The plan for 2023/24 is £16,463k, of which £7,712k should come in the first half of the year.

        2. Members are asked to agree the steps below and to release two project managers until March 2024.

        # Planned savings by quarter
        """,
        draw(QUARTERS, 1, (2.4,)),
        Page(),
        "# Steps until March 2024",
        draw(MILESTONES, 1, (0.6, 2, 3.2, 1.1, 1.1, 1)),
        """
        3. Steps that are missed by more than two weeks come to the committee with a reason.
        """,
        Page(sideways=True),
        "# Schemes that are furthest behind at month 5",
        draw(BEHIND, 1, (0.7, 2, 2.2, 0.9, 0.9, 1, 0.6, 1.3, 2.8, 2.8, 1.2)),
    )


def pack() -> Paper:
    """The whole pack with its agenda."""
    blocks: tuple[Block, ...] = (
        f"""
        ! {BODY}
        ! {COMMITTEE}
        ! Thursday 28 September 2023, 10.00 to 12.30
        ! Conference room 2, Staithe House

        # Agenda
        """,
        draw(AGENDA, 1, (0.5, 4, 2, 1, 0.8)),
        *finance(),
        *risks(),
        *indicators(),
        *plan(),
    )
    title = "Finance and Performance Committee: papers for 28 September 2023"
    return Paper(title, "Governance team", datetime(2023, 9, 21, 15, tzinfo=UTC), blocks, header=HEADER)


PAPERS: dict[str, Callable[[Path], None]] = {"kelderby-pack-m05.pdf": lambda path: write_pdf(path, pack())}
