"""Forecasts for people: what is printed beside the rate achieved and the rate still required; cases, chances, investment."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from qippctl.models.forecasts import ForecastAnswer, ImpliedFactor, Outlook, WeightedScenario
from qippctl.money import exactly, plain
from qippctl.period import MONTHS_OF_YEAR
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.sparks import bar, bars
from qippctl.reports.words import DOUBTED, Money, body, finely, names, percent, when

# Pounds by which a plan that is printed in thousands may differ from its parts.
CLOSE = Decimal(500)


def forecasts(found: Sequence[Outlook]) -> Listing:
    """Outlooks by programme: the total first in words, then the schemes, the largest shortfall first."""
    shown = [outlook for outlook in found if outlook.answers]
    return Listing([a for outlook in shown for a in outlook.answers], [_block(outlook) for outlook in shown])


def _block(outlook: Outlook) -> Block:
    in_cases = [a for a in outlook.answers if _is_in_cases_only(a)]
    answers = [a for a in outlook.answers if a not in in_cases]
    schemes = [a for a in answers if a.role == "scheme"] or [a for a in answers if a.role != "total"]
    others = [a for a in answers if a.role in ("adjustment", "unidentified")]
    totals = [a for a in answers if a.role == "total"]
    listed = sorted(schemes, key=lambda a: (a.variance is None, a.variance or 0))
    listed += [a for a in others if a not in listed] + totals
    money = Money([v for a in listed for v in (a.plan, a.forecast, a.variance)])
    rate = Money([v for a in listed for v in (a.run_rate, a.required_rate)])
    columns = (
        Column("Scheme", "label"),
        Column("Plan", "number"),
        Column("Forecast", "number"),
        Column("Var", "number"),
        Column("%", "number"),
        Column("At run rate", "number", optional=True),
        Column("Rate", "number", optional=True),
        Column("Needed", "number", optional=True),
        Column("", "colour"),
        bars("Of plan"),
    )
    rows = tuple(
        (
            name,
            money(a.plan),
            money(a.forecast),
            money(a.variance),
            percent(a.yield_forecast),
            money(a.forecast_run_rate) + ("?" if _is_run_rate_open(a) else ""),
            rate(a.run_rate),
            rate(a.required_rate),
            ("!" if a.is_below_delivered else "") + ("~" if a.doubts else ""),
            bar(a.forecast, a.plan),
        )
        for name, a in zip(names(listed), listed, strict=True)
    )
    tones: tuple[Tone, ...] = tuple("bad" if a.variance is not None and a.variance < 0 else "" for a in listed)
    above = ["   ".join((body(outlook.organisation), when(outlook.period), money.heading))]
    above += headline(outlook.total, money, rate)
    return Block(columns, rows, tuple(above), tuple(_notes(listed, in_cases, money)), tones)


def _is_in_cases_only(a: ForecastAnswer) -> bool:
    known = (a.plan, a.forecast, a.actual, a.target, a.full_year_effect)
    return bool(a.cases.printed) and all(value is None for value in known)


def _is_run_rate_open(a: ForecastAnswer) -> bool:
    has_months_left = a.months is not None and a.months < MONTHS_OF_YEAR
    return has_months_left and _is_open(a.forecast_run_rate_low, a.forecast_run_rate_high, a.forecast_run_rate, a.plan)


def _is_open(low: Decimal | None, high: Decimal | None, value: Decimal | None, plan: Decimal | None) -> bool:
    """Whether the printed precision leaves a tenth of an amount open (of a small one, a hundredth of the plan)."""
    if low is None or high is None or value is None or low == high:
        return False
    with exactly():
        return (high - low) * 10 >= max(abs(value), abs(plan or Decimal(0)) / 10)


def headline(total: ForecastAnswer | None, money: Money, rate: Money) -> list[str]:
    """A programme, or one subject: forecast against plan; other ways of reckoning it; rates; cases; investment."""
    if total is None:
        return ["No total is printed."]
    lines = []
    if total.forecast is not None and total.plan is not None:
        doubt = "   ~" if total.doubts else ""
        share = f"{percent(total.yield_forecast)}%{_short(total.variance, money)}"
        lines.append(f"Forecast {money(total.forecast)} of {money(total.plan)} = {share}{doubt}")
    elif total.plan is not None:
        lines.append(f"Plan {money(total.plan)}; no forecast is printed.")
    elif total.forecast is not None:
        lines.append(f"Forecast {money(total.forecast)}; no plan is printed.")
    ways = [
        _way(
            "at the run rate",
            total.forecast_run_rate,
            total.forecast_run_rate_low,
            total.forecast_run_rate_high,
            total,
            money,
        ),
        _way(
            "in the plan's shape",
            total.forecast_plan_shaped,
            total.forecast_plan_shaped_low,
            total.forecast_plan_shaped_high,
            total,
            money,
        ),
    ]
    if any(ways):
        lines.append("Reckoned " + ", ".join(filter(None, ways)) + ".")
    if total.run_rate is not None:
        since = f"since {when(total.since)}{' (assumed)' if total.is_since_assumed else ''}"
        apart = f", {money(total.non_recurrent)} that comes once left out" if total.non_recurrent else ""
        needed = f"; {rate(total.required_rate)} a month are needed" if total.required_rate is not None else ""
        lines.append(f"{rate(total.run_rate)} a month {since}{apart}{needed}.")
    elif total.required_rate is not None:
        lines.append(f"{rate(total.required_rate)} a month are needed.")
    lines += _cases(total, money)
    if total.net_plan is not None and total.net_forecast is not None:
        lines.append(
            f"Net of investment: plan {money(total.net_plan)}, forecast {money(total.net_forecast)}; "
            f"gap to find {money(total.gap_to_find)}, unmitigated {money(total.unmitigated_gap)}."
        )
    return lines


def _way(
    said: str, value: Decimal | None, low: Decimal | None, high: Decimal | None, total: ForecastAnswer, money: Money
) -> str:
    """A reckoned forecast, with what the printed precision leaves it where that is much."""
    if value is None:
        return ""
    span = f" ({money(low)} to {money(high)})" if _is_open(low, high, value, total.plan) else ""
    return f"{said} {money(value)}{span}"


def _short(variance: Decimal | None, money: Money) -> str:
    if variance is None or not variance:
        return ""
    return f", {'short' if variance < 0 else 'over'} {money(abs(variance))}"


def _cases(total: ForecastAnswer, money: Money) -> list[str]:
    if not total.cases.printed:
        return []
    said = _said(total, money)
    return [said[0].upper() + said[1:] + ".", *(_factor(factor) for factor in total.cases.implied if factor.rows > 1)]


def _said(a: ForecastAnswer, money: Money) -> str:
    return ", ".join(f"{case} {money(value)}" for case, value in a.cases.printed.items())


def _factor(factor: ImpliedFactor) -> str:
    rows = f"{factor.rows} row{'s' if factor.rows != 1 else ''}"
    if factor.percent is None:
        if factor.low is not None and factor.high is not None and factor.low > factor.high:
            return f"{factor.case.capitalize()} is no fixed part of {factor.of} ({rows})."
        return (
            f"{factor.case.capitalize()} may be several parts of {factor.of}: what is printed leaves it open ({rows})."
        )
    against = f"{len(factor.against)} of {factor.rows} rows" if factor.against else f"no row of {factor.rows}"
    verb = "are" if len(factor.against) > 1 else "is"
    return (
        f"{factor.case.capitalize()} seems to be {plain(factor.percent)}% of {factor.of}: {against} {verb} against it."
    )


def _notes(listed: Sequence[ForecastAnswer], in_cases: Sequence[ForecastAnswer], money: Money) -> list[str]:
    notes = []
    for name, a in zip(names(in_cases), in_cases, strict=True):
        notes.append(f"{'~ ' if a.doubts else ''}{name}: {_said(a, money)}; no more is printed.")
    for name, a in zip(names(listed), listed, strict=True):
        mark = "~ " if a.doubts else ""
        if a.is_below_delivered:
            notes.append(f"! {name}: forecast {money(a.forecast)} is below {money(a.actual)} already delivered.")
        if a.confidence_weighted is not None and a.target:
            sure, rest = finely(a.confidence_weighted), finely(a.target - a.confidence_weighted)
            chance = plain(a.confidence or Decimal(0))
            shown = (a.achievable, a.at_risk) != (a.confidence_weighted, a.target - a.confidence_weighted)
            printed = f" (printed {finely(a.achievable)} and {finely(a.at_risk)})" if shown else ""
            notes.append(
                f"{mark}{name}: {finely(a.target)} at {chance}% confidence is {sure}, {rest} at risk{printed}."
            )
        if a.full_year_effect:
            notes.append(f"{mark}{name}: {full_year(a)}.")
    once = [name for name, a in zip(names(listed), listed, strict=True) if a.role == "scheme" and a.non_recurrent]
    if once:
        notes.append(f"Comes once, so the rate leaves it out: {', '.join(once)}.")
    waiting = [
        f"{name} ({when(a.since)})"
        for name, a in zip(names(listed), listed, strict=True)
        if a.since and a.run_rate is None
    ]
    if waiting:
        notes.append(f"Yet to begin, so without a rate: {', '.join(waiting)}.")
    rated = [a for a in listed if a.run_rate is not None]
    if any(a.is_since_assumed for a in rated):
        which = "Rates are" if all(a.is_since_assumed for a in rated) else "Where no months are printed, rates are"
        notes.append(f"{which} reckoned from April: nothing printed shows when a scheme began.")
    if any(_is_run_rate_open(a) for a in listed):
        notes.append("? the printed precision leaves much of it open: --format json says between what.")
    if any(a.doubts for a in (*listed, *in_cases)):
        notes.append(DOUBTED)
    return notes


def full_year(a: ForecastAnswer) -> str:
    """`full-year effect 12 x 35.49 = 425.88; -284 for the part-year leaves 142`."""
    whole, month = a.full_year_effect or Decimal(0), a.monthly_rate or Decimal(0)
    with exactly():
        is_exact = month * 12 == whole
        left = whole + (a.part_year or 0)
        close = a.plan is not None and abs(left - a.plan) < CLOSE
    said = (
        f"12 x {finely(month)} = {finely(whole)}" if is_exact else f"{finely(whole)}, a twelfth of it {finely(month)}"
    )
    part = (
        f"; {finely(a.part_year)} for the part-year leaves {finely(a.plan if close else left)}" if a.part_year else ""
    )
    return f"full-year effect {said}{part}"


def scenarios(found: Sequence[WeightedScenario]) -> Listing:
    """Risks and benefits, with their sum."""
    blocks = []
    for organisation in dict.fromkeys(s.organisation for s in found):
        own = [s for s in found if s.organisation == organisation]
        money = Money([v for s in own for v in (s.amount, s.weighted)])
        columns = (
            Column("Scenario", "label"),
            Column("Amount", "number"),
            Column("Chance", "colour"),
            Column("%", "number"),
            Column("Weighted", "number"),
        )
        rows = tuple(
            (s.description or "Total", money(s.amount), s.likelihood or "", percent(s.probability), money(s.weighted))
            for s in own
        )
        below: tuple[str, ...] = ()
        if any(s.likelihood and s.probability is None for s in own):
            words = sorted({s.likelihood for s in own if s.likelihood and s.probability is None})
            below = (
                f"Policy {own[0].policy} gives no chance to: {', '.join(words)}. A policy file says them under [probability].",
            )
        blocks.append(Block(columns, rows, (f"{body(organisation)}   {money.heading}",), below))
    return Listing(found, blocks)
