"""What a difference is worth elsewhere: a row that a sum leaves out, or one figure of another table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qippctl.calc.identities import Check
from qippctl.models.figure import Figure
from qippctl.money import Interval

if TYPE_CHECKING:
    from qippctl.audit.material import Material

# A difference that rounding may change by more than a fiftieth is worth many figures.
SHARP = 50
# Nor does a difference of one or two digits say anything.
FEWEST_STEPS = 100


def explained(of: Material, check: Check) -> str:
    """Words that say what the difference of a failing sum equals, after a semicolon; nothing where nothing does, or much."""
    if check.form != "sum" or check.target.unit != "GBP":
        return ""
    middle = (check.expected.low + check.expected.high) / 2
    difference = check.target.value - middle
    slack = check.tolerance
    if slack * SHARP > abs(difference) or abs(difference) < check.target.step * FEWEST_STEPS:
        return ""
    size = Interval(abs(difference) - slack, abs(difference) + slack)
    own = [term for term in check.terms if abs(term.value) in size]
    if len(own) == 1 and check.code in ("QT201", "QT202") and len(check.terms) > 2:
        is_left_out = (own[0].value > 0) != (difference > 0)
        return f"; it {'leaves out' if is_left_out else 'counts twice'} {of.name(own[0])}"
    members = {member.id for member in check.members}
    sizes, figures = of.by_size
    worth = figures[bisect_left(sizes, size.low) : bisect_right(sizes, size.high)]
    others = [
        f
        for f in worth
        if f.table != check.target.table
        and f.id not in members
        and _is_like(f, check.target)
        and abs(abs(f.value) - abs(difference)) * 2 <= f.step
    ]
    if not others or not _is_one(others):
        return ""
    first = others[0]
    title = of.title(first.table)
    return f"; explained by {first.raw.strip()}, {of.name(first)}{f' in {title}' if title else ''}"


def _is_like(figure: Figure, target: Figure) -> bool:
    """Whether it is of the same kind and year, and not the faulted row again in another table."""
    is_again = figure.scheme is not None and figure.scheme == target.scheme
    same_year = (figure.period or "")[:7] == (target.period or "")[:7]
    return figure.unit == "GBP" and figure.subject == target.subject and same_year and not is_again


def _is_one(figures: Sequence[Figure]) -> bool:
    """Whether they are one statement: a row of one table."""
    return len({(figure.table, figure.row) for figure in figures}) == 1
