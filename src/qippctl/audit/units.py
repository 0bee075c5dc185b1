"""Numbers typed in another unit than their column's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from qippctl.audit.catalogue import Breach, Told, also, rule
from qippctl.audit.material import Material
from qippctl.calc.spoken import Spoken, numbers
from qippctl.models.figure import Doubt, Figure
from qippctl.models.records import Milestone
from qippctl.money import exactly, grouped, interval, parse_amount, plain

THOUSAND = Decimal(1000)
_A_MONTH = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:per|a|each|every|/)\s*(?:calendar\s+)?(?:month|mth)|\s*(?:p\.?c?\.?m\b|monthly)", re.I
)
MONTHS_A_YEAR = 12


@rule("QU501", "warning")
def unit_slip(of: Material) -> Iterator[Told]:
    """Pounds typed in a column of thousands, or thousands in a column of pounds.

    Added up with its neighbours such a figure is a thousand times too large, or is lost.

    Ask in which unit the row was typed; the scheme's other tables and its sentences often tell.

    A scheme of 58,484 in a column of £000 whose others are of 20 to 500.
    """
    schemes: dict[str, list[Figure]] = defaultdict(list)
    for figure in of.paper.figures:
        if Doubt.UNIT_SLIP in figure.doubts and figure.value:
            schemes[figure.scheme or f"row {figure.table} {figure.row}"].append(figure)
    for name, held in schemes.items():
        largest = max(held, key=lambda f: abs(f.value))
        own = of.printing.of(largest)
        if own.unit < THOUSAND:
            continue
        with exactly():
            printed = of.printing.printed(largest)
            meant = plain(Decimal(printed) / THOUSAND)
        yield Breach(
            message=f"{name}: {len(held)} figures up to {grouped(printed)} in columns of £000 stand far above "
            f"every other scheme; in pounds it would be {grouped(meant)}",
            printed=printed,
            recomputed=meant,
            figures=(*(f.id for f in held if f.table == largest.table and f.id != largest.id), largest.id),
            **of.place(largest),
        )


@also("QU501")
def milestone_in_thousands(of: Material) -> Iterator[Told]:
    """A milestone's saving that is its months at the rate that it names itself, were it in thousands."""
    for milestone in of.records(Milestone):
        amount = parse_amount(milestone.savings or "")
        months = _months(milestone)
        if amount is None or months is None or amount.value <= 0 or amount.scale is not None:
            continue
        for rate in _monthly(milestone.description):
            whole = rate.value * months
            meant = interval(amount.value * THOUSAND, amount.step * THOUSAND)
            if amount.value * 10 < rate.value and whole in meant:
                printed, recomputed = plain(amount.value), plain(amount.value * THOUSAND)
                yield Breach(
                    message=f"{milestone.scheme or 'milestone'}: savings of {grouped(printed)}; {months} months at {rate.raw} "
                    f"are {grouped(plain(whole))}, so the column holds thousands: {grouped(recomputed)}",
                    printed=printed,
                    recomputed=recomputed,
                    **of.place(milestone),
                    text=milestone.description,
                    key=f"{milestone.table} {milestone.row}",
                )
                break


def _monthly(text: str) -> Iterator[Spoken]:
    """The sums of money that a text says are of each month."""
    for number in numbers(text):
        if number.unit == "GBP" and _A_MONTH.match(text[number.end :]):
            yield number


def _months(milestone: Milestone) -> int | None:
    """The months from start to completion, both included."""
    start, end = milestone.start_date, milestone.completion_date
    if not start or not end:
        return None
    (year, month), (last_year, last_month) = ((int(d[:4]), int(d[5:7])) for d in (start, end))
    count = (last_year - year) * MONTHS_A_YEAR + last_month - month + 1
    return count if count > 0 else None
