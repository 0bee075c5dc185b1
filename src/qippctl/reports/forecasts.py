"""Forecasts for people: what is printed beside the rate achieved and the rate still required; cases, chances, investment."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from qippctl.models.forecasts import ForecastAnswer, ImpliedFactor, Outlook, WeightedScenario
from qippctl.money import plain
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.words import DOUBTED, Money, body, finely, names, percent, when


def forecasts(found: Sequence[Outlook]) -> Listing:
    """Outlooks by programme: the total first in words, then the schemes, the largest shortfall first."""
    shown = [outlook for outlook in found if outlook.answers]
    return Listing([a for outlook in shown for a in outlook.answers], [_block(outlook) for outlook in shown])


def _block(outlook: Outlook) -> Block:
    schemes = [a for a in outlook.answers if a.role == "scheme"] or [a for a in outlook.answers if a.role != "total"]
    others = [a for a in outlook.answers if a.role in ("adjustment", "unidentified")]
    totals = [a for a in outlook.answers if a.role == "total"]
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
    )
    rows = tuple(
        (
            name,
            money(a.plan),
            money(a.forecast),
            money(a.variance),
            percent(a.yield_forecast),
            money(a.forecast_run_rate),
            rate(a.run_rate),
            rate(a.required_rate),
            ("!" if a.is_below_delivered else "") + ("~" if a.doubts else ""),
        )
        for name, a in zip(names(listed), listed, strict=True)
    )
    tones: tuple[Tone, ...] = tuple("bad" if a.variance is not None and a.variance < 0 else "" for a in listed)
    above = ["   ".join((body(outlook.organisation), when(outlook.period), money.heading))]
    above += _headline(outlook.total, money, rate)
    return Block(columns, rows, tuple(above), tuple(_notes(listed, money)), tones)


def _headline(total: ForecastAnswer | None, money: Money, rate: Money) -> list[str]:
    """The programme: forecast against plan; other ways of reckoning it; rates; cases; investment."""
    if total is None:
        return ["No total is printed."]
    lines = []
    if total.forecast is not None and total.plan is not None:
        doubt = "   ~" if total.doubts else ""
        share = f"{percent(total.yield_forecast)}%{_short(total.variance, money)}"
        lines.append(f"Forecast {money(total.forecast)} of {money(total.plan)} = {share}{doubt}")
    elif total.plan is not None:
        lines.append(f"Plan {money(total.plan)}; no forecast is printed.")
    ways = [
        f"at the run rate {money(total.forecast_run_rate)}" if total.forecast_run_rate is not None else "",
        f"in the plan's shape {money(total.forecast_plan_shaped)}" if total.forecast_plan_shaped is not None else "",
    ]
    if any(ways):
        lines.append("Reckoned " + ", ".join(filter(None, ways)) + ".")
    if total.run_rate is not None:
        needed = f"; {rate(total.required_rate)} a month are needed" if total.required_rate is not None else ""
        lines.append(f"{rate(total.run_rate)} a month since {when(total.since)}{needed}.")
    lines += _cases(total, money)
    if total.net_plan is not None and total.net_forecast is not None:
        lines.append(
            f"Net of investment: plan {money(total.net_plan)}, forecast {money(total.net_forecast)}; "
            f"gap to find {money(total.gap_to_find)}, unmitigated {money(total.unmitigated_gap)}."
        )
    return lines


def _short(variance: Decimal | None, money: Money) -> str:
    if variance is None or not variance:
        return ""
    return f", {'short' if variance < 0 else 'over'} {money(abs(variance))}"


def _cases(total: ForecastAnswer, money: Money) -> list[str]:
    if not total.cases.printed:
        return []
    said = ", ".join(f"{case} {money(value)}" for case, value in total.cases.printed.items())
    lines = [said[0].upper() + said[1:] + "."]
    return lines + [_factor(factor) for factor in total.cases.implied]


def _factor(factor: ImpliedFactor) -> str:
    if factor.percent is None:
        return f"{factor.case.capitalize()} is no fixed part of {factor.of} ({factor.rows} rows)."
    against = f"{len(factor.against)} of {factor.rows} rows" if factor.against else f"no row of {factor.rows}"
    verb = "are" if len(factor.against) > 1 else "is"
    return (
        f"{factor.case.capitalize()} seems to be {plain(factor.percent)}% of {factor.of}: {against} {verb} against it."
    )


def _notes(listed: Sequence[ForecastAnswer], money: Money) -> list[str]:
    notes = []
    for name, a in zip(names(listed), listed, strict=True):
        if a.is_below_delivered:
            notes.append(f"! {name}: forecast {money(a.forecast)} is below {money(a.actual)} already delivered.")
        if a.confidence_weighted is not None and a.target:
            sure, rest = finely(a.confidence_weighted), finely(a.target - a.confidence_weighted)
            chance = plain(a.confidence or Decimal(0))
            notes.append(f"{name}: {finely(a.target)} at {chance}% confidence is {sure}; {rest} is at risk.")
        if a.full_year_effect:
            part = (
                f"; {finely(a.part_year)} for the part-year leaves {finely(a.plan)}" if a.part_year and a.plan else ""
            )
            whole = f"12 x {finely(a.monthly_rate)} = {finely(a.full_year_effect)}"
            notes.append(f"{name}: full-year effect {whole}{part}.")
    if any(a.doubts for a in listed):
        notes.append(DOUBTED)
    return notes


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
