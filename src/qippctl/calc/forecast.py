"""Where a year is going, from what is printed: rates, cases, confidence, full-year effect, investment.

    run rate            = (actual to date - non-recurrent part) / months from go-live to the last month of the data
    forecast, run rate  = actual to date + run rate x months left
    forecast, shaped    = plan of the year x actual to date / plan to date
    required rate       = (plan of the year - actual to date) / months left
    net plan            = plan - planned investment;   net forecast = forecast - remaining investment
    gap to find         = net forecast - net plan;     unmitigated gap = forecast - plan
    full-year effect    = 12 x monthly rate;           part-year = plan of the year - full-year effect
    confidence-weighted = target x confidence

Go-live is the first month with a plan or a delivery other than nought; without monthly figures, April. A service that
began in December has a rate of its four months, not of twelve.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from typing import Any

from qippctl.calc.cases import cases_of
from qippctl.calc.position import Position
from qippctl.calc.variance import full_year_effect, is_forecast_below_delivered, variance, yield_rate
from qippctl.models.figure import Basis, Figure, Measure
from qippctl.models.forecasts import ForecastAnswer
from qippctl.money import Interval, exactly
from qippctl.period import MONTHS_OF_YEAR, Period

HUNDRED = Decimal(100)
PENNY = Decimal("0.01")
_MADE_OF: tuple[tuple[Measure, Basis], ...] = (
    ("plan", "year"),
    ("forecast", "year"),
    ("actual", "ytd"),
    ("plan", "ytd"),
    ("variance", "year"),
    ("investment", "year"),
    ("investment_slippage", "year"),
    ("investment_remaining", "year"),
    ("target", "year"),
    ("confidence", "year"),
    ("achievable", "year"),
    ("at_risk", "year"),
)


def answer(position: Position, data_to: str | None = None, schemes: Sequence[Position] = ()) -> ForecastAnswer | None:
    """The outlook of a subject; None where nothing of its year is known.

    `data_to` is the last month that the data cover, where the paper says one before the reported month. `schemes` are a
    programme's own: its cases are judged by their rows.
    """
    plan, forecast, actual = (
        position.find("plan", "year"),
        position.find("forecast", "year"),
        position.find("actual", "ytd"),
    )
    printed_cases = cases_of(position, schemes)
    if plan is None and forecast is None and not printed_cases.printed and position.find("target", "year") is None:
        return None
    shown = position.find("variance", "year")
    return ForecastAnswer(
        **position.identity(position.reported[:7], "year"),
        plan=_value(plan),
        actual=_value(actual),
        forecast=_value(forecast),
        variance=variance(_value(plan), _value(forecast), _value(shown)),
        yield_ytd=yield_rate(position, "ytd"),
        yield_forecast=yield_rate(position, "year") if forecast is not None else None,
        cases=printed_cases,
        is_below_delivered=is_forecast_below_delivered(position),
        **_rates(position, data_to),
        **_confidence(position),
        **_full_year(position),
        **_investment(position),
        doubts=position.doubts(*_MADE_OF),
        sources=position.sources(*_MADE_OF),
    )


def _rates(position: Position, data_to: str | None) -> dict[str, Any]:
    """Rates and what follows from them; all None where the paper reports no month."""
    out: dict[str, Any] = dict.fromkeys(
        ("months", "since", "run_rate", "required_rate", "forecast_run_rate", "forecast_plan_shaped")
    )
    reported = Period.parse(position.reported)
    if not reported.month:
        return out
    covered = Period.parse(data_to) if data_to else reported
    last = covered.month if covered.start == reported.start and covered.month else reported.month
    last = min(last, reported.month)
    out["months"] = last
    actual, plan, due = position.find("actual", "ytd"), position.find("plan", "year"), position.find("plan", "ytd")
    if actual is None:
        return out
    left = MONTHS_OF_YEAR - last
    first = min(go_live(position), last)
    once = position.part("actual", "ytd", recurrence="non_recurrent")
    with exactly():
        rate = (actual.value - (once.value if once else 0)) / (last - first + 1)
        out["since"] = str(Period(reported.start, first))
        out["run_rate"] = _pennies(rate)
        out["forecast_run_rate"] = _pennies(actual.value + rate * left)
        if plan is not None:
            out["required_rate"] = _pennies(max((plan.value - actual.value) / left, Decimal(0))) if left else None
            if due is not None and due.value > 0:
                out["forecast_plan_shaped"] = _pennies(plan.value * actual.value / due.value)
    return out


def go_live(position: Position) -> int:
    """The first month (April is 1) with a plan or a delivery other than nought; 1 where the months do not show it.

    They show it where earlier months are printed as nought, or where the months from then on make up the year to date: a
    table that prints the latest month alone says nothing of when a scheme began.
    """
    found = [
        first
        for measure in ("plan", "actual")
        if (first := _first_month(position.months(measure), position.find(measure, "ytd"))) is not None
    ]
    return min(found, default=1)


def _first_month(months: Mapping[int, Figure], to_date: Figure | None) -> int | None:
    live = [month for month, figure in months.items() if figure.value]
    if not live or any(figure.doubts for figure in months.values() if figure.value):
        return None
    first = min(live)
    if any(month < first for month in months):
        return first
    if to_date is not None and to_date.period and len(months) > 1:
        last = int(to_date.period[-2:])
        within = [figure.interval for month, figure in months.items() if month <= last]
        if within and reduce(Interval.__add__, within).meets(to_date.interval):
            return first
    return 1


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
    plan, once = position.find("plan", "year"), position.part("plan", "year", recurrence="non_recurrent")
    part = once.value if once is not None else plan.value - whole.value if plan is not None else None
    with exactly():
        return {
            "full_year_effect": whole.value,
            "monthly_rate": _pennies(whole.value / MONTHS_OF_YEAR),
            "part_year": part,
        }


def _investment(position: Position) -> dict[str, Any]:
    """Investment beside the savings that it buys: only of the table that prints those savings."""
    plan, forecast = position.find("plan", "year"), position.find("forecast", "year")
    tables = {
        (f.sha256, f.table) for name in (("plan", "year"), ("forecast", "year")) for f in position.figures.get(name, ())
    }

    def beside(measure: Measure) -> Figure | None:
        return next((f for f in position.figures.get((measure, "year"), ()) if (f.sha256, f.table) in tables), None)

    spend, slippage, left = (beside(m) for m in ("investment", "investment_slippage", "investment_remaining"))
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
        "unmitigated_gap": forecast.value - plan.value if gap is not None and forecast and plan else None,
    }


def _pennies(value: Decimal) -> Decimal:
    with exactly():
        return value.quantize(PENNY, ROUND_HALF_UP)


def _value(figure: Figure | None) -> Decimal | None:
    return figure.value if figure is not None else None
