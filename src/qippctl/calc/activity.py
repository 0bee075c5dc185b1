"""What a saving is per unit of activity, and which prices are unlike the others of their paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from statistics import median

from qippctl.calc.positions import normal_name
from qippctl.models.activity import PriceAnswer
from qippctl.models.figure import Figure
from qippctl.money import Interval, exactly

PENNY = Decimal("0.01")
TIMES = Decimal(3)
FEWEST = 4
# What pounds may be, the first that the row prints.
_MONEY = ("plan", "actual", "forecast")


def prices(
    figures: Iterable[Figure], paper_number: int, *, times: Decimal = TIMES, fewest: int = FEWEST
) -> list[PriceAnswer]:
    """The price of every scheme of one paper whose row prints a saving and an activity of one case, in order of print.

    A scheme that several tables print with the same price counts once. A price is an outlier where it is more than
    `times` the median of the others of its unit and case, or less than that part of it, and there are `fewest` others.
    """
    rows: dict[tuple[str, int], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.role == "scheme":
            rows[(figure.table, figure.row)].append(figure)
    pairs = [pair for row in rows.values() for pair in _pairs(row)]
    known: dict[tuple[object, ...], tuple[Figure, Figure]] = {}
    for money, activity in pairs:
        name = normal_name(money.scheme)
        key = (name, money.value, activity.value, activity.qualifier, money.case, money.basis, money.period)
        known.setdefault(key, (money, activity))
    found = list(known.values())
    with exactly():
        worth = [money.value / activity.value for money, activity in found]
        return [
            _answer(*pair, paper_number, worth[i], _others(found, worth, i), times, fewest)
            for i, pair in enumerate(found)
        ]


def _pairs(row: Sequence[Figure]) -> Iterable[tuple[Figure, Figure]]:
    """Saving and activity of one row, of the same case and span. A saving of nought prices nothing."""
    for activity in row:
        if activity.subject != "activity" or activity.unit != "count" or activity.interval.low <= 0:
            continue
        alike = [
            f
            for f in row
            if f.subject == "savings"
            and f.unit == "GBP"
            and f.recurrence == "all"
            and f.version in (None, "current")
            and (f.case, f.basis, f.period) == (activity.case, activity.basis, activity.period)
        ]
        money = next((f for measure in _MONEY for f in alike if f.measure == measure), None)
        if money is not None and money.value:
            yield money, activity


def _others(found: Sequence[tuple[Figure, Figure]], worth: Sequence[Decimal], own: int) -> list[Decimal]:
    """The prices of the other schemes, of the same unit and case."""
    key = _kind(found[own])
    return [worth[i] for i, pair in enumerate(found) if i != own and _kind(pair) == key]


def _kind(pair: tuple[Figure, Figure]) -> tuple[object, ...]:
    money, activity = pair
    return activity.qualifier, money.case, money.measure, money.basis


def _answer(
    money: Figure,
    activity: Figure,
    paper_number: int,
    price: Decimal,
    others: Sequence[Decimal],
    times: Decimal,
    fewest: int,
) -> PriceAnswer:
    ends = [
        m / u
        for m in (money.interval.low, money.interval.high)
        for u in (activity.interval.low, activity.interval.high)
    ]
    low, high = min(ends), max(ends)
    middle = median(others) if others else None
    return PriceAnswer(
        organisation=money.organisation,
        workstream=money.workstream,
        scheme=money.scheme,
        period=money.period,
        basis=money.basis,
        case=money.case,
        measure=money.measure,
        unit=activity.qualifier or "activity",
        pounds=money.value,
        units=activity.value,
        price=price.quantize(PENNY),
        price_low=low.quantize(PENNY),
        price_high=high.quantize(PENNY),
        others=len(others),
        median=middle.quantize(PENNY) if middle is not None else None,
        ratio=(price / middle).quantize(PENNY) if middle else None,
        is_outlier=is_outlier(Interval(low, high), middle, times) if len(others) >= fewest and middle else None,
        paper=money.paper,
        paper_number=paper_number,
        page=money.page,
        table=money.table,
        figures=(money.id, activity.id),
        doubts=tuple(dict.fromkeys((*money.doubts, *activity.doubts))),
    )


def is_outlier(price: Interval, middle: Decimal, times: Decimal) -> bool | None:
    """Whether every price that rounding allows is beyond the bounds; None where only some are.

    >>> is_outlier(Interval(Decimal(31), Decimal(32)), Decimal(10), Decimal(3))
    True
    """
    low, high = sorted((middle / times, middle * times))
    if price.low > high or price.high < low:
        return True
    return False if price.low >= low and price.high <= high else None
