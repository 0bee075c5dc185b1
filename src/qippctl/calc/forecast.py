"""Where a year is going, from what is printed: rates, cases, confidence, full-year effect, investment.

    run rate            = (actual to date - non-recurrent) / months from go-live to the last month of the data
    forecast, run rate  = actual to date + run rate x months left
    forecast, shaped    = plan of the year x actual to date / plan to date
    required rate       = (plan of the year - actual to date) / months left, not below nought
    net plan            = plan - planned investment;   net forecast = forecast - remaining investment
    gap to find         = net forecast - net plan;     unmitigated gap = forecast - plan
    full-year effect    = 12 x monthly rate;           part-year = plan of the year - full-year effect
    confidence-weighted = target x confidence

Go-live is the first month with a delivery other than nought, by the months of the paper or by what earlier papers print to
date; where neither tells, the first with a plan; else April, and the answer says that this is assumed. A service that
began in December has a rate of its four months, not of twelve; one that is yet to begin has none. Of a scheme that papers
call non-recurrent the rate is nought, and what it delivered is left out of its programme's rate. Where month 12 is
reported and the plan to date is not yet that of the year, the data end earlier in a month that nobody says: no rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from typing import Any

from qippctl.calc.cases import cases_of, figures_of_cases
from qippctl.calc.position import Position
from qippctl.calc.positions import normal_name
from qippctl.calc.variance import best_variance, full_year_effect, is_forecast_below_delivered, yield_rate
from qippctl.models.figure import Basis, Figure, Measure
from qippctl.models.forecasts import ForecastAnswer
from qippctl.money import ZERO, Interval, exactly
from qippctl.period import MONTHS_OF_YEAR, Period

HUNDRED = Decimal(100)
PENNY = Decimal("0.01")
_MADE_OF: tuple[tuple[Measure, Basis], ...] = (
    ("plan", "year"),
    ("forecast", "year"),
    ("actual", "ytd"),
    ("plan", "ytd"),
    ("variance", "year"),
    ("target", "year"),
    ("confidence", "year"),
    ("achievable", "year"),
    ("at_risk", "year"),
)
_INVESTED: tuple[Measure, ...] = ("investment", "investment_slippage", "investment_remaining")


def answer(
    position: Position,
    data_to: str | None = None,
    schemes: Sequence[Position] = (),
    to_date: Mapping[int, Figure] | None = None,
) -> ForecastAnswer | None:
    """The outlook of a subject; None where nothing of its year is known.

    `data_to` is the last month that the data cover, where the paper says one before the reported month. `schemes` are
    all of the period: a programme's cases are judged by their rows, and what they deliver once is left out of its rate.
    `to_date` has what was delivered to the end of earlier months, as earlier papers print it.
    """
    plan, forecast, actual = (
        position.find("plan", "year"),
        position.find("forecast", "year"),
        position.find("actual", "ytd"),
    )
    printed_cases = cases_of(position, schemes if position.level == "total" else ())
    whole_year = full_year_effect(position)
    target = position.find("target", "year")
    if not (plan or forecast or printed_cases.printed or target or whole_year):
        return None
    invested = _investment_figures(position)
    once = _once(position, schemes)
    used = [
        *(figure for name in _MADE_OF if (figure := position.find(*name)) is not None),
        *figures_of_cases(position),
        *([whole_year] if whole_year is not None else []),
        *_part_year_figures(position),
        *once,
        *invested.values(),
    ]
    first = tuple(dict.fromkeys(figure.id for figure in used))
    return ForecastAnswer(
        **position.identity(position.reported[:7], "year"),
        plan=_value(plan),
        actual=_value(actual),
        forecast=_value(forecast),
        variance=best_variance(plan, forecast, position.find("variance", "year")),
        yield_ytd=yield_rate(position, "ytd"),
        yield_forecast=yield_rate(position, "year") if forecast is not None else None,
        cases=printed_cases,
        is_below_delivered=is_forecast_below_delivered(position),
        **_rates(position, last_month(position.reported, data_to), once, (to_date or {}) if data_to is None else {}),
        **_confidence(position),
        **_full_year(position),
        **_investment(invested),
        doubts=tuple(dict.fromkeys(doubt.value for figure in used for doubt in figure.doubts)),
        sources=tuple(dict.fromkeys((*first, *position.sources(*_MADE_OF)))),
    )


def last_month(reported: str, data_to: str | None = None) -> int | None:
    """The last month (April is 1) that the data cover; 0 where they end before the year, None where no month is reported."""
    at = Period.parse(reported)
    if not at.month:
        return None
    covered = Period.parse(data_to) if data_to else at
    if covered.start != at.start:
        return 0 if covered.start < at.start else at.month
    return min(covered.month or at.month, at.month)


def _rates(
    position: Position, last: int | None, once: Sequence[Figure], to_date: Mapping[int, Figure]
) -> dict[str, Any]:
    """Rates and what follows from them; None where the paper reports no month, or not how far its data go."""
    out: dict[str, Any] = dict.fromkeys(("months", "since", "run_rate", "required_rate", "forecast_run_rate"))
    actual, plan, due = position.find("actual", "ytd"), position.find("plan", "year"), position.find("plan", "ytd")
    out |= _shaped(plan, actual, due)
    if last == MONTHS_OF_YEAR and plan is not None and due is not None and not plan.interval.meets(due.interval):
        return out
    out["months"] = last
    if actual is None or not last:
        return out
    left = MONTHS_OF_YEAR - last
    with exactly():
        if plan is not None and left:
            out["required_rate"] = _pennies(max((plan.value - actual.value) / left, ZERO))
        first, is_assumed = go_live(position, to_date)
        start = Period.parse(position.reported).start
        out["since"], out["is_since_assumed"] = str(Period(start, first)), is_assumed and last > 1
        if first > last:
            if not actual.value:
                return out
            first, out["since"], out["is_since_assumed"] = 1, str(Period(start, 1)), True
        apart = sum((figure.value for figure in once), ZERO)
        apart_slack = reduce(Interval.__add__, (figure.interval for figure in once), Interval(ZERO, ZERO))
        span = last - first + 1
        out["non_recurrent"] = apart if once else None
        out["run_rate"] = _pennies((actual.value - apart) / span)
        out["forecast_run_rate"] = _pennies(actual.value + (actual.value - apart) * left / span)
        low, high = actual.interval.low, actual.interval.high
        is_all_once = [figure.id for figure in once] == [actual.id]
        rest = Interval(ZERO, ZERO) if is_all_once else actual.interval - apart_slack
        out["forecast_run_rate_low"] = _pennies(low + rest.low * left / span)
        out["forecast_run_rate_high"] = _pennies(high + rest.high * left / span)
    return out


def _shaped(plan: Figure | None, actual: Figure | None, due: Figure | None) -> dict[str, Any]:
    """The year's plan at the yield to date, and between what the printed precision leaves it; None where little enough was due
    that it may have been nothing."""
    value = low = high = None
    if plan is not None and actual is not None and due is not None and plan.value > 0 and due.interval.low > 0:
        with exactly():
            value = _pennies(plan.value * actual.value / due.value)
            ends = [
                p * a / d
                for p in (plan.interval.low, plan.interval.high)
                for a in (actual.interval.low, actual.interval.high)
                for d in (due.interval.low, due.interval.high)
            ]
            low, high = _pennies(min(ends)), _pennies(max(ends))
    return {
        "forecast_plan_shaped": value,
        "forecast_plan_shaped_low": low,
        "forecast_plan_shaped_high": high,
    }


def _once(position: Position, schemes: Sequence[Position]) -> list[Figure]:
    """What was delivered to date and comes but once: a printed part; all of a scheme that is called so; of a programme
    what its schemes deliver once."""
    actual = position.find("actual", "ytd")
    part = position.part("actual", "ytd", recurrence="non_recurrent")
    if part is not None:
        return [part]
    if position.recurrence == "non_recurrent":
        return [actual] if actual is not None else []
    if position.level not in ("total", "workstream") or (position.level == "workstream" and not position.workstream):
        return []
    tables = {(f.sha256, f.table) for f in position.figures.get(("actual", "ytd"), ())}
    own = [
        scheme
        for scheme in schemes
        if scheme.level == "scheme"
        and (position.level == "total" or normal_name(scheme.workstream) == normal_name(position.workstream))
        and any((f.sha256, f.table) in tables for f in scheme.figures.get(("actual", "ytd"), ()))
    ]
    return [figure for scheme in own for figure in _once(scheme, ())]


def go_live(position: Position, to_date: Mapping[int, Figure] | None = None) -> tuple[int, bool]:
    """The first month (April is 1) with a delivery other than nought, else with a plan; and whether that is assumed.

    Months show it where every earlier month is printed as nought, or where the months from then on make up the whole: a
    table that prints the latest month alone says nothing of when a scheme began. Where they do not, the month after the
    last to whose end an earlier paper prints nothing delivered: known where the next paper prints some, else assumed.
    Nothing else tells: April, assumed.
    """
    actual, due, year = position.find("actual", "ytd"), position.find("plan", "ytd"), position.find("plan", "year")
    first = _first_month(position.months("actual"), [actual])
    if first is not None:
        return first, False
    after, is_known = _first_after(to_date or {}, actual)
    planned = _first_month(position.months("plan"), [due, year])
    if is_known or planned is None or planned < after:
        return after, not is_known
    return planned, False


def _first_after(to_date: Mapping[int, Figure], actual: Figure | None) -> tuple[int, bool]:
    """The month after the last to whose end nothing was delivered, and whether something is known to have been in it."""
    if actual is None or not actual.value or actual.period is None:
        return 1, False
    # A nought that may stand for an even month of what was delivered since is none.
    none = [
        month
        for month, figure in to_date.items()
        if not figure.value and not figure.doubts and figure.interval.high * MONTHS_OF_YEAR <= abs(actual.value)
    ]
    after = max(none, default=0) + 1
    seen = {**to_date, int(actual.period[-2:]): actual}
    return after, after > 1 and after in seen


def _first_month(months: Mapping[int, Figure], wholes: Iterable[Figure | None]) -> int | None:
    live = [month for month, figure in months.items() if figure.value]
    if not live or any(figure.doubts for figure in months.values()):
        return None
    first = min(live)
    if all(month in months for month in range(1, first)):
        return first
    for whole in filter(None, wholes):
        last = int(whole.period[-2:]) if whole.basis == "ytd" and whole.period else MONTHS_OF_YEAR
        within = [figure.interval for month, figure in months.items() if month <= last]
        if first > last or whole.doubts:
            continue
        total = reduce(Interval.__add__, within)
        # What the printed precision leaves open must not hide as much as an even month.
        slack = (total.high - total.low + whole.interval.high - whole.interval.low) / 2
        if total.meets(whole.interval) and slack * MONTHS_OF_YEAR <= abs(whole.value):
            return first
    return None


def _confidence(position: Position) -> dict[str, Any]:
    target, confidence = position.find("target", "year"), position.find("confidence", "year")
    achievable, at_risk = position.find("achievable", "year"), position.find("at_risk", "year")
    weighted = None
    if target is not None and confidence is not None:
        with exactly():
            weighted = target.value * confidence.value / HUNDRED
    can = achievable.value if achievable is not None else weighted
    risk = (
        at_risk.value if at_risk is not None else target.value - can if target is not None and can is not None else None
    )
    return {
        "target": _value(target),
        "confidence": _value(confidence),
        "achievable": can,
        "at_risk": risk,
        "confidence_weighted": weighted,
    }


def _full_year(position: Position) -> dict[str, Any]:
    """The full-year effect as printed (recurrent, or of the whole), its twelfth, and what the part-year lacks of it."""
    whole = full_year_effect(position)
    if whole is None:
        return {}
    plan = position.find("plan", "year")
    adjustment = _adjustment(position)
    in_year = position.part("plan", "year", recurrence="recurrent") or plan
    part = adjustment.value if adjustment else in_year.value - whole.value if in_year is not None else None
    with exactly():
        return {
            "full_year_effect": whole.value,
            "monthly_rate": _pennies(whole.value / MONTHS_OF_YEAR),
            "part_year": part,
        }


def _adjustment(position: Position) -> Figure | None:
    """The non-recurrent part of the plan where it is what the part-year lacks: it and the full-year effect make the plan."""
    whole, plan = full_year_effect(position), position.find("plan", "year")
    once = position.part("plan", "year", recurrence="non_recurrent")
    if whole is None or plan is None or once is None:
        return None
    return once if (whole.interval + once.interval).meets(plan.interval) else None


def _part_year_figures(position: Position) -> list[Figure]:
    if full_year_effect(position) is None:
        return []
    found = _adjustment(position) or position.part("plan", "year", recurrence="recurrent")
    return [found] if found is not None else []


def _investment_figures(position: Position) -> dict[str, Figure]:
    """Investment beside the savings that it buys: all of one table, whose savings are those that count."""
    best = {name: position.find(name, "year") for name in ("plan", "forecast")}
    listed = [f for name in ("plan", "forecast") for f in position.figures.get((name, "year"), ())]
    for table in dict.fromkeys((f.sha256, f.table) for f in listed):
        found: dict[str, Figure] = {}
        for name in ("plan", "forecast", "variance", *_INVESTED):
            stated = position.figures.get((name, "year"), ())
            figure = next((f for f in stated if (f.sha256, f.table) == table), None)
            if figure is not None:
                found[name] = figure
        agrees = all(
            name not in found or (counts is not None and counts.interval.meets(found[name].interval))
            for name, counts in best.items()
        )
        if agrees and any(name in found for name in _INVESTED):
            return found
    return {}


def _investment(found: Mapping[str, Figure]) -> dict[str, Any]:
    """Net savings and the gap to find, of the figures of one table."""
    plan, forecast = found.get("plan"), found.get("forecast")
    spend, slippage, left = (found.get(name) for name in _INVESTED)
    if left is None and spend is not None and slippage is not None:
        remaining: Decimal | None = spend.value - slippage.value
    else:
        remaining = _value(left)
    net_plan = plan.value - spend.value if plan is not None and spend is not None else None
    net_forecast = forecast.value - remaining if forecast is not None and remaining is not None else None
    gap = net_forecast - net_plan if net_plan is not None and net_forecast is not None else None
    return {
        "investment_plan": _value(spend),
        "investment_slippage": _value(slippage),
        "investment_remaining": remaining,
        "net_plan": net_plan,
        "net_forecast": net_forecast,
        "gap_to_find": gap,
        "unmitigated_gap": best_variance(plan, forecast, found.get("variance")) if gap is not None else None,
    }


def _pennies(value: Decimal) -> Decimal:
    with exactly():
        return value.quantize(PENNY, ROUND_HALF_UP)


def _value(figure: Figure | None) -> Decimal | None:
    return figure.value if figure is not None else None
