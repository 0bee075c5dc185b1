"""A year month by month: as printed, from amounts to date, or spread over a year of which only the whole is known.

    month            = as printed; else to the end of the month less to the end of the month before
    straight line    = plan of the year / 12; where the plan to date is printed, evenly up to it and evenly after it
    plan-shaped      = what is left of the forecast, over the months left, in the proportions of their plan
    outlier          = a month above 3 / (months from the first live one) of the year: 40% of twelve months in one;
                       or above half of the year
    break-even       = the first month whose recurrent savings x 12 reach a given recurrent deficit

What is worked out is marked. A month that nothing prints beside others that are printed is nought where those make up the
year; where it is the only one, it is what they leave of the year; else it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from typing import Literal

from qippctl.calc.forecast import last_month
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


def answers(
    position: Position, to_date: Mapping[int, Figure] | None = None, data_to: str | None = None
) -> list[ProfileAnswer]:
    """The profiles of a subject: plan, actual, forecast, each where something is known of it.

    `to_date` has what was delivered to the end of earlier months, as earlier papers print it; `data_to` is the last month
    of the data, where the paper says one before the reported month.
    """
    last = last_month(position.reported, data_to)
    plan = _plan(position)
    actual = _actual(position, to_date or {}, last)
    forecast = _forecast(position, plan, actual, last)
    named: tuple[tuple[ProfileMeasure, _Months | None], ...] = (
        ("plan", plan),
        ("actual", actual),
        ("forecast", forecast),
    )
    return [_answer(position, measure, months) for measure, months in named if months is not None and months.amounts]


def _plan(position: Position) -> _Months | None:
    year, due = position.find("plan", "year"), position.find("plan", "ytd")
    months = position.months("plan")
    if len(months) > 1 or (months and year is None):
        return _printed(months, year, due)
    to_date = position.months("plan", "ytd")
    parts = _differences(to_date, year)
    if year is None or (parts is not None and len(parts.amounts) == MONTHS_OF_YEAR):
        return parts
    return _straight(year, due, months, Period.parse(position.reported).month)


def _straight(year: Figure, due: Figure | None, printed: Mapping[int, Figure], last: int) -> _Months:
    """A year evenly, where the plan to date is printed evenly up to it and after it; a month that is printed stays as it is."""
    ends = {MONTHS_OF_YEAR: year.value}
    if due is not None and 0 < last < MONTHS_OF_YEAR:
        ends[last] = due.value
    amounts = {month: figure.value for month, figure in printed.items()}
    first, before = 1, ZERO
    with exactly():
        for end in sorted(ends):
            span = range(first, end + 1)
            open_months = [month for month in span if month not in printed]
            rest = ends[end] - before - sum((amounts[m] for m in span if m in printed), ZERO)
            if open_months:
                amounts |= _spread(rest, dict.fromkeys(open_months, Decimal(1)))
            first, before = end + 1, ends[end]
    figures = (year, *([due] if last in ends and due is not None else []), *printed.values())
    return _Months(amounts, frozenset(amounts) - frozenset(printed), "straight_line", figures)


def _actual(position: Position, earlier: Mapping[int, Figure], last: int | None) -> _Months | None:
    printed, now = position.months("actual"), position.find("actual", "ytd")
    if last is not None and last != Period.parse(position.reported).month:
        # Data that end before the reported month: what earlier papers call a month lags behind as well, nobody says how far.
        to_date = {last: now} if last and now is not None else {}
    else:
        to_date = {**earlier, **position.months("actual", "ytd")}
    parts = _differences(to_date, None)
    if not printed or (parts is not None and len(printed) < len(parts.amounts)):
        # A table that prints the latest month alone says less than the amounts to date of a row of papers.
        return parts
    found = _printed(printed, None, now)
    return found and replace(found, ends={**{month: figure.value for month, figure in to_date.items()}, **found.ends})


def _forecast(position: Position, plan: _Months | None, actual: _Months | None, last: int | None) -> _Months | None:
    year, to_date = position.find("forecast", "year"), position.find("actual", "ytd")
    printed = position.months("forecast")
    done = dict(actual.amounts) if actual is not None else {}
    worked_out = actual.worked_out if actual is not None else frozenset()
    used = actual.figures if actual is not None else ()
    if printed:
        amounts = {**done, **{m: f.value for m, f in printed.items()}}
        return _Months(amounts, worked_out - frozenset(printed), "printed", (*printed.values(), *used))
    if year is None or to_date is None or not last or last == MONTHS_OF_YEAR:
        return None
    left = range(last + 1, MONTHS_OF_YEAR + 1)
    shape = {month: plan.amounts.get(month) for month in left} if plan is not None else {}
    weights = {month: value for month, value in shape.items() if value is not None and value >= 0}
    derived: Derivation = "plan_shaped"
    if len(weights) < len(left) or not any(weights.values()) or plan is None or plan.derived == "straight_line":
        weights, derived = dict.fromkeys(left, Decimal(1)), "straight_line"
    else:
        used = (*used, *plan.figures)
    with exactly():
        rest = _spread(year.value - to_date.value, weights)
    amounts = {**{m: v for m, v in done.items() if m <= last}, **rest}
    ends = {last: to_date.value, MONTHS_OF_YEAR: year.value}
    return _Months(amounts, worked_out | frozenset(rest), derived, (year, to_date, *used), ends)


def _printed(months: Mapping[int, Figure], *wholes: Figure | None) -> _Months | None:
    """Printed months. Others are nought where the printed ones make up the whole; a single one missing is the rest of it."""
    if not months:
        return None
    amounts = {month: figure.value for month, figure in months.items()}
    figures = tuple(months.values())
    ends: dict[int, Decimal] = {}
    blank: dict[int, Decimal] = {}
    for whole in wholes:
        if whole is None:
            continue
        last = MONTHS_OF_YEAR if whole.basis == "year" else int((whole.period or "M12")[-2:])
        ends[last] = whole.value
        within = [figure.interval for month, figure in months.items() if month <= last]
        missing = [month for month in range(1, last + 1) if month not in amounts and month not in blank]
        if not missing or not within:
            continue
        if reduce(Interval.__add__, within).meets(whole.interval):
            blank |= dict.fromkeys(missing, ZERO)
        elif len(missing) == 1:
            known = sum((v for month, v in {**amounts, **blank}.items() if month <= last), ZERO)
            blank[missing[0]] = whole.value - known
            figures = (*figures, whole)
    return _Months({**amounts, **blank}, frozenset(blank), "printed", figures, ends)


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
    if not amounts:
        return None
    del ends[0]
    return _Months(amounts, frozenset(amounts), "differences", tuple(dict.fromkeys(used)), ends)


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
    """Months with more than three even shares of what the months from the first live one on hold, or more than half of it."""
    live = [month for month, value in amounts.items() if value]
    total = sum(amounts.values(), ZERO)
    if len(amounts) < MONTHS_OF_YEAR or not live or total <= 0:
        return frozenset()
    count = MONTHS_OF_YEAR - min(live) + 1
    return frozenset(month for month in live if amounts[month] * count > total * OUTLYING or amounts[month] * 2 > total)


def recurrent_part(position: Position, profile: ProfileAnswer) -> ProfileAnswer:
    """A profile without the part of the year that a paper calls non-recurrent, in the same proportion every month."""
    measure: ProfileMeasure = profile.measure
    for name in (measure, "plan"):
        whole = position.find(name, "year")
        kept = position.part(name, "year", recurrence="recurrent")
        once = position.part(name, "year", recurrence="non_recurrent")
        amount = kept.value if kept is not None else whole.value - once.value if whole and once else None
        if whole is None or amount is None or not ZERO <= amount < whole.value:
            continue
        with exactly():
            months = tuple(
                month.model_copy(
                    update={
                        "value": None if month.value is None else month.value * amount / whole.value,
                        "cumulative": None if month.cumulative is None else month.cumulative * amount / whole.value,
                        "is_derived": True,
                    }
                )
                for month in profile.months
            )
        return profile.model_copy(update={"months": months})
    return profile


def break_even(
    organisation: str | None, year: str, counted: Sequence[ProfileAnswer], deficit: Decimal, schemes: int
) -> BreakEven | None:
    """When recurrent savings meet a deficit; None where no profile is given.

    `counted` are profiles of one measure, one a recurrent scheme, of which there are `schemes`. Where a month is unknown, a
    later one is the first only of those that are known, and the answer says so.
    """
    if not counted:
        return None
    months = counted[0].months
    rates = [_sum(p.months[k].value for p in counted) for k in range(len(months))]
    sums = [_sum(p.months[k].cumulative for p in counted) for k in range(len(months))]
    with exactly():
        met, is_open = _first_reached([rate and rate * MONTHS_OF_YEAR for rate in rates], deficit)
    met_sum, is_sum_open = _first_reached(sums, deficit)
    return BreakEven(
        organisation=organisation,
        year=year,
        deficit=deficit,
        measure=counted[0].measure,
        met=months[met].period if met is not None else None,
        is_met_open=is_open,
        met_cumulative=months[met_sum].period if met_sum is not None else None,
        is_met_cumulative_open=is_sum_open,
        schemes=len(counted),
        left_out=schemes - len(counted),
        spread=sum(1 for p in counted if p.derived == "straight_line"),
        derived=any(month.is_derived for p in counted for month in p.months),
        doubts=tuple(sorted({doubt for p in counted for doubt in p.doubts})),
    )


def _first_reached(amounts: Sequence[Decimal | None], wanted: Decimal) -> tuple[int | None, bool]:
    """The place of the first known amount that reaches what is wanted, and whether an unknown one may have been before it."""
    place = next((k for k, amount in enumerate(amounts) if amount is not None and amount >= wanted), None)
    return place, None in amounts[:place]


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of values, None where one is unknown."""
    known = list(values)
    return None if None in known else sum((v for v in known if v is not None), ZERO)
