"""A year month by month: as printed, from amounts to date, or spread over a year of which only the whole is known.

    month            = as printed; else to the end of the month less to the end of the month before
    straight line    = plan of the year / 12; where the plan to date is printed, evenly up to it and evenly after it
    plan-shaped      = what is left of the forecast, over the months left, in the proportions of their plan
    outlier          = a month above 3 / (months from the first live one) of the year: 40% of twelve months in one
    break-even       = the first month whose recurrent savings x 12 reach a given recurrent deficit

What is worked out is marked. A month between printed ones that nothing prints is nought where the printed months make up
the year, else unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from typing import Literal

from qippctl.calc.position import Position
from qippctl.models.figure import Figure
from qippctl.models.profiles import BreakEven, Derivation, MonthAmount, ProfileAnswer
from qippctl.money import ZERO, Interval, exactly
from qippctl.period import MONTHS_OF_YEAR, Period

PENNY = Decimal("0.01")
# How many even shares of the year make a month an outlier.
OUTLYING = 3
ProfileMeasure = Literal["plan", "actual", "forecast"]


@dataclass(frozen=True, slots=True)
class _Months:
    """Month (April is 1) to amount; which were worked out, from what figures; amounts printed to the end of months."""

    amounts: Mapping[int, Decimal]
    worked_out: frozenset[int]
    derived: Derivation
    figures: tuple[Figure, ...]
    ends: Mapping[int, Decimal] = field(default_factory=dict)


def answers(position: Position, to_date: Mapping[int, Figure] | None = None) -> list[ProfileAnswer]:
    """The profiles of a subject: plan, actual, forecast, each where something is known of it.

    `to_date` has what was delivered to the end of earlier months, as earlier papers print it.
    """
    plan = _plan(position)
    actual = _actual(position, to_date or {})
    forecast = _forecast(position, plan, actual)
    named: tuple[tuple[ProfileMeasure, _Months | None], ...] = (
        ("plan", plan),
        ("actual", actual),
        ("forecast", forecast),
    )
    return [_answer(position, measure, months) for measure, months in named if months is not None and months.amounts]


def _plan(position: Position) -> _Months | None:
    year = position.find("plan", "year")
    printed = _printed(position.months("plan"), year)
    if printed is not None:
        return printed
    to_date = position.months("plan", "ytd")
    parts = _differences(to_date, year)
    if parts is not None and len(parts.amounts) == MONTHS_OF_YEAR:
        return parts
    if year is None:
        return parts
    due = position.find("plan", "ytd")
    last = Period.parse(position.reported).month
    with exactly():
        if due is None or not 0 < last < MONTHS_OF_YEAR:
            even = _spread(year.value, _evenly(1, MONTHS_OF_YEAR))
        else:
            even = _spread(due.value, _evenly(1, last)) | _spread(
                year.value - due.value, _evenly(last + 1, MONTHS_OF_YEAR)
            )
    return _Months(even, frozenset(even), "straight_line", (year, *([due] if due is not None else [])))


def _actual(position: Position, earlier: Mapping[int, Figure]) -> _Months | None:
    printed = position.months("actual")
    to_date = {**earlier, **position.months("actual", "ytd")}
    parts = _differences(to_date, None)
    # A table that prints the latest month alone says less than the amounts to date of a row of papers.
    if printed and (parts is None or len(printed) >= len(parts.amounts)):
        return _printed(printed, position.find("actual", "ytd"))
    return parts


def _forecast(position: Position, plan: _Months | None, actual: _Months | None) -> _Months | None:
    year = position.find("forecast", "year")
    printed = position.months("forecast")
    done = dict(actual.amounts) if actual is not None else {}
    if printed:
        amounts = {**{m: v for m, v in done.items() if m not in printed}, **{m: f.value for m, f in printed.items()}}
        return _Months(amounts, frozenset(done) - frozenset(printed), "printed", tuple(printed.values()))
    to_date = position.find("actual", "ytd")
    reported = Period.parse(position.reported)
    if year is None or to_date is None or not reported.month or reported.month == MONTHS_OF_YEAR:
        return None
    left = range(reported.month + 1, MONTHS_OF_YEAR + 1)
    shape = {m: plan.amounts.get(m, ZERO) for m in left} if plan is not None else {}
    derived: Derivation = "plan_shaped"
    if not any(shape.values()) or any(v < 0 for v in shape.values()) or (plan and plan.derived == "straight_line"):
        shape, derived = _evenly(left.start, MONTHS_OF_YEAR), "straight_line"
    with exactly():
        rest = _spread(year.value - to_date.value, shape)
    months = {**done, **rest}
    return _Months(months, frozenset(months), derived, (year, to_date), {reported.month: to_date.value})


def _printed(months: Mapping[int, Figure], whole: Figure | None) -> _Months | None:
    """Printed months; those between and around them that nothing prints are nought where the printed ones make up the whole."""
    if not months:
        return None
    amounts = {month: figure.value for month, figure in months.items()}
    total = reduce(Interval.__add__, (figure.interval for figure in months.values()))
    blank: set[int] = set()
    if whole is not None and total.meets(whole.interval):
        last = MONTHS_OF_YEAR if whole.basis == "year" else int((whole.period or "M12")[-2:])
        blank = {month for month in range(1, last + 1) if month not in amounts}
    elif len(months) == 1:
        return None
    return _Months({**amounts, **dict.fromkeys(blank, ZERO)}, frozenset(blank), "printed", tuple(months.values()))


def _differences(to_date: Mapping[int, Figure], whole: Figure | None) -> _Months | None:
    """Months from amounts to date: of each whose own end and whose predecessor's are known."""
    amounts: dict[int, Decimal] = {}
    used: list[Figure] = []
    ends = {**{month: figure.value for month, figure in to_date.items()}, 0: ZERO}
    if whole is not None:
        ends.setdefault(MONTHS_OF_YEAR, whole.value)
    for month in sorted(ends):
        if month and month - 1 in ends:
            amounts[month] = ends[month] - ends[month - 1]
            used += [figure for m in (month, month - 1) if (figure := to_date.get(m)) is not None]
    return _Months(amounts, frozenset(amounts), "differences", tuple(dict.fromkeys(used))) if amounts else None


def _spread(amount: Decimal, shape: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """An amount over months in given proportions, to the penny; the last takes what rounding leaves."""
    whole = sum(shape.values(), ZERO)
    out: dict[int, Decimal] = {}
    left = amount
    for month in sorted(shape):
        out[month] = (amount * shape[month] / whole).quantize(PENNY, ROUND_HALF_UP)
        left -= out[month]
    out[max(shape)] += left
    return out


def _evenly(first: int, last: int) -> dict[int, Decimal]:
    return {month: Decimal(1) for month in range(first, last + 1)}


def _answer(position: Position, measure: ProfileMeasure, months: _Months) -> ProfileAnswer:
    start = Period.parse(position.reported).start
    outliers = _outliers(months.amounts) if months.derived in ("printed", "differences") else frozenset()
    shown = []
    running: Decimal | None = ZERO
    for month in range(1, MONTHS_OF_YEAR + 1):
        value = months.amounts.get(month)
        running = running + value if running is not None and value is not None else months.ends.get(month)
        shown.append(
            MonthAmount(
                period=str(Period(start, month)),
                value=value,
                cumulative=running,
                is_derived=month in months.worked_out,
                is_outlier=month in outliers,
            )
        )
    return ProfileAnswer(
        **position.identity(position.reported[:7], "month"),
        measure=measure,
        derived=months.derived,
        months=tuple(shown),
        total=running,
        doubts=tuple(dict.fromkeys(doubt.value for figure in months.figures for doubt in figure.doubts)),
        sources=tuple(dict.fromkeys(figure.id for figure in months.figures)),
    )


def _outliers(amounts: Mapping[int, Decimal]) -> frozenset[int]:
    """Months with more than three even shares of what the months from the first live one on hold together."""
    live = [month for month, value in amounts.items() if value]
    total = sum(amounts.values(), ZERO)
    if len(amounts) < MONTHS_OF_YEAR or not live or total <= 0:
        return frozenset()
    count = MONTHS_OF_YEAR - min(live) + 1
    return frozenset(month for month in live if count > OUTLYING and amounts[month] * count > total * OUTLYING)


def break_even(
    organisation: str | None, year: str, counted: Sequence[ProfileAnswer], deficit: Decimal, schemes: int
) -> BreakEven | None:
    """When recurrent savings meet a deficit; None where no profile is given.

    `counted` are profiles of one measure, one a recurrent scheme, of which there are `schemes`.
    """
    if not counted:
        return None
    met = met_sum = None
    for k, month in enumerate(counted[0].months):
        amount, to_date = _sum(p.months[k].value for p in counted), _sum(p.months[k].cumulative for p in counted)
        if met is None and amount is not None and amount * MONTHS_OF_YEAR >= deficit:
            met = month.period
        if met_sum is None and to_date is not None and to_date >= deficit:
            met_sum = month.period
    return BreakEven(
        organisation=organisation,
        year=year,
        deficit=deficit,
        measure=counted[0].measure,
        met=met,
        met_cumulative=met_sum,
        schemes=len(counted),
        left_out=schemes - len(counted),
        derived=any(month.is_derived for p in counted for month in p.months),
    )


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of values, None where one is unknown."""
    known = list(values)
    return None if None in known else sum((v for v in known if v is not None), ZERO)
