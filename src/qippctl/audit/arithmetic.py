"""Rows and columns of one table against each other."""

from __future__ import annotations

from collections.abc import Iterator

from qippctl.audit.catalogue import Breach, Held, Told, rule
from qippctl.audit.doubted import doubts_of
from qippctl.audit.explaining import explained
from qippctl.audit.material import Material
from qippctl.audit.sums import Identity
from qippctl.money import grouped


@rule("QT101", "error")
def row_variance(of: Material) -> Iterator[Told]:
    """A variance is not the row's actual (or forecast) less its plan.

    Readers quote the variance. Where it disagrees with its own row a figure was updated without the others, or a sign runs
    against its column.

    Ask the author which of the three figures is wrong; the column's total often tells.

    A row printed due (0.6), delivered (0.6) and a variance of 5.0.
    """
    yield from told(of, "QT101")


@rule("QT102", "error")
def row_delivery(of: Material) -> Iterator[Told]:
    """A percentage of plan is not the row's actual (or forecast) over its plan.

    The percentage decides the colour.

    Work the percentage out again; where it is right one of the two amounts is wrong.

    Actual 452.6 of a plan of 1,148.7 is 39%, and 49% is printed.
    """
    yield from told(of, "QT102")


@rule("QT103", "error")
def row_parts(of: Material) -> Iterator[Told]:
    """The parts of a row do not make its whole: investment less slippage, recurrent and non-recurrent, target and risk.

    A saving that is called recurrent without its part-year adjustment is counted twice in next year's plan.

    Ask for the missing part: most often the non-recurrent adjustment was left blank.

    A full-year effect of 117 with nothing beside it, and a year's total of 0.
    """
    yield from told(of, "QT103")


@rule("QT201", "error")
def subtotal(of: Material) -> Iterator[Told]:
    """A subtotal is not the sum of its schemes.

    What a workstream is held to is its subtotal; what is acted upon are its schemes.

    See the repair: where one changed scheme makes every column of the block hold, that cell is the misprint.

    Two schemes of (0.8) and (0.8) under a subtotal of (9.2): the second needs (8.4).
    """
    yield from told(of, "QT201")


@rule("QT202", "error")
def total(of: Material) -> Iterator[Told]:
    """A total is not the sum of its subtotals, or of its rows where there are none.

    The total is the figure that the board remembers.

    Compare with the other totals of the paper to see whether the total or a row is wrong.

    A budget of 401,247,000 whose lines add up to 401,432,000.
    """
    yield from told(of, "QT202")


@rule("QT203", "error")
def year_profile(of: Material) -> Iterator[Told]:
    """Monthly or quarterly amounts do not make the year that is printed beside them.

    A profile that does not add up is monitored against the wrong months.

    Ask whether a month was re-phased after the total was agreed.

    Nine months that add up to 38,983 beside a total of nothing.
    """
    yield from told(of, "QT203")


@rule("QT204", "error")
def running_total(of: Material) -> Iterator[Told]:
    """A cumulative row is not the running sum of the monthly row.

    A graph of what should have been delivered by now is drawn from the cumulative row.

    See from which month on the two part: that month was re-phased in one row and not in the other.

    Months of 35.5 from December, and a cumulative row that prints 35 in January.
    """
    yield from told(of, "QT204")


@rule("QT205", "error")
def net_row(of: Material) -> Iterator[Told]:
    """A net line is not what its lines leave: savings less investment, income less cost, assets less what is owed.

    The net line is what there is to spend, or what is still to be found.

    Work it out again from the lines that it nets; where two years hold and one does not, that year's line was not updated.

    A plan of 9,211 less investment of 1,746 leaves 7,465 to find.
    """
    yield from told(of, "QT205")


@rule("QT301", "error")
def milestone_counts(of: Material) -> Iterator[Told]:
    """A count of milestones is not the sum of the rows above it.

    How many milestones are red is read before any of them.

    Count them again in the schemes' own sheets.

    Eleven ambers over schemes that have 6, 1, 1, 1, 1 and nothing else.
    """
    yield from told(of, "QT301")


def told(of: Material, code: str) -> Iterator[Told]:
    """The identities of one code: those that hold, and a breach for each that does not."""
    for identity in of.sums:
        if identity.check.code == code:
            yield outcome(of, identity)


def outcome(of: Material, identity: Identity) -> Told:
    """An identity that holds, or what is wrong with it. Where a term was read with doubt it is a warning."""
    check = identity.check
    target = check.target
    middle = (check.expected.low + check.expected.high) / 2
    if check.holds:
        return Held(middle == target.value)
    printing = of.printing
    own = printing.of(target)
    doubts = doubts_of(identity)
    printed, recomputed = printing.printed(target), printing.middle(target, check.expected)
    return Breach(
        message=f"{of.name(target)}: {target.quantity} printed {grouped(printed)}, {identity.gives} {grouped(recomputed)}"
        f"{explained(of, check)}",
        printed=printed,
        recomputed=recomputed,
        difference=own.number(target.value - middle),
        tolerance=own.size(check.tolerance),
        figures=of.ids(check),
        **of.place(target),
        doubts=doubts,
        severity="warning" if doubts or identity.unsure else None,
    )
