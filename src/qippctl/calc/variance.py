"""Variance and delivery of a position.

    variance = actual - plan          above nought is favourable
    delivery = actual / plan x 100    percent of plan, also called yield; none where nothing is planned

For the whole year the forecast stands for the actual. One definition each, used by every command.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from qippctl.calc.position import Position
from qippctl.models.answers import VarianceAnswer, WaterfallStep
from qippctl.models.figure import Basis, Figure, Recurrence
from qippctl.money import ZERO, exactly

HUNDRED = Decimal(100)


def outcome(position: Position, basis: Basis) -> Figure | None:
    """What became of the plan: the actual; for the year the forecast, or the actual where the year is over."""
    if basis == "year":
        return position.find("forecast", basis) or position.find("actual", basis)
    return position.find("actual", basis)


def variance(plan: Decimal | None, actual: Decimal | None, printed: Decimal | None = None) -> Decimal | None:
    """Actual less plan; the printed variance where one of them is missing; None when neither can be had.

    >>> variance(Decimal(7833400), Decimal(6405500))
    Decimal('-1427900')
    """
    if plan is None or actual is None:
        return printed
    return actual - plan


def best_variance(plan: Figure | None, actual: Figure | None, printed: Figure | None) -> Decimal | None:
    """The variance of printed figures: actual less plan, or as printed where that is finer than both and agrees with them."""
    if plan is not None and actual is not None and printed is not None:
        is_finer = printed.step < min(plan.step, actual.step)
        if is_finer and printed.interval.meets(actual.interval - plan.interval):
            return printed.value
    return variance(_value(plan), _value(actual), _value(printed))


def delivery(plan: Decimal | None, actual: Decimal | None) -> Decimal | None:
    """Actual as a percentage of plan, to one decimal; None where nothing, or less than nothing, is planned.

    >>> delivery(Decimal(7833400), Decimal(6405500))
    Decimal('81.8')
    """
    if plan is None or actual is None or plan <= 0:
        return None
    with exactly():
        return (actual / plan * HUNDRED).quantize(Decimal("0.1"), ROUND_HALF_UP)


def answer(position: Position, basis: Basis, period: str | None) -> VarianceAnswer | None:
    """The variance of a position over a span; None where it has neither plan nor outcome for it."""
    plan, actual, printed = position.find("plan", basis), outcome(position, basis), position.find("variance", basis)
    if plan is None and actual is None and printed is None:
        return None
    names = sources_of(position, basis)
    recurrences: tuple[Recurrence, ...] = ("recurrent", "non_recurrent")
    plans = [position.part("plan", basis, recurrence=r) for r in recurrences]
    outcomes = [_outcome_part(position, basis, r) for r in recurrences]
    whole_year = full_year_effect(position)
    parts = [figure for figure in (*plans, *outcomes, whole_year) if figure is not None]
    return VarianceAnswer(
        **position.identity(period, basis),
        plan=plan.value if plan else None,
        actual=actual.value if actual else None,
        variance=best_variance(plan, actual, printed),
        delivery=best_delivery(plan, actual, printed, position.find("delivery", basis)),
        yield_ytd=yield_rate(position, "ytd"),
        yield_forecast=yield_rate(position, "year") if position.find("forecast", "year") else None,
        corrected=position.corrected(*names),
        plan_recurrent=_value(plans[0]),
        plan_non_recurrent=_value(plans[1]),
        actual_recurrent=_value(outcomes[0]),
        actual_non_recurrent=_value(outcomes[1]),
        full_year_effect=_value(whole_year),
        doubts=tuple(dict.fromkeys((*position.doubts(*names), *(d.value for f in parts for d in f.doubts)))),
        sources=tuple(dict.fromkeys((*position.sources(*names), *(f.id for f in parts)))),
    )


def yield_rate(position: Position, basis: Basis) -> Decimal | None:
    """What came, or is to come, of a plan over a span, in percent to one decimal."""
    return best_delivery(
        position.find("plan", basis),
        outcome(position, basis),
        position.find("variance", basis),
        position.find("delivery", basis),
    )


def full_year_effect(position: Position) -> Figure | None:
    """What a whole year of it saves, as printed: of the whole amount, else of its recurrent part."""
    return position.find("plan", "fye") or position.part("plan", "fye", recurrence="recurrent")


def _outcome_part(position: Position, basis: Basis, recurrence: Recurrence) -> Figure | None:
    if basis == "year":
        forecast = position.part("forecast", basis, recurrence=recurrence)
        return forecast or position.part("actual", basis, recurrence=recurrence)
    return position.part("actual", basis, recurrence=recurrence)


def contributions(parts: Sequence[VarianceAnswer], whole: Decimal | None = None) -> list[Decimal | None]:
    """What each contributes to the programme's variance, in percent to one decimal, in the order of the answers.

    `whole` is the programme's own, where one is printed; else the sum of theirs. None where that is nought, or the answer
    has no variance: shares of nothing say nothing.
    """
    if whole is None:
        whole = sum((answer.variance for answer in parts if answer.variance is not None), ZERO)
    return [percent_of(a.variance, whole) if whole and a.variance is not None else None for a in parts]


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """A part of a whole other than nought, in percent to one decimal."""
    with exactly():
        return (part / whole * HUNDRED).quantize(Decimal("0.1"), ROUND_HALF_UP) + ZERO


def waterfall(total: VarianceAnswer | None, parts: Sequence[VarianceAnswer]) -> list[WaterfallStep]:
    """From the plan, by each variance (the most adverse first), to the actual; what they leave unexplained before the last.

    Starts from the programme's printed total and ends at it, where its plan and its variance are known; else the sums of
    the parts, and both ends say that they are worked out. Empty where no plan is known.
    """
    known = [(a, a.variance) for a in parts if a.variance is not None]
    plans = [a.plan for a, _ in known if a.plan is not None]
    is_total = total is not None and total.plan is not None and total.variance is not None
    first = total if total is not None and is_total else known[0][0] if known else None
    if first is None or not known or not (is_total or plans):
        return []
    start = first.plan if is_total and first.plan is not None else sum(plans, ZERO)
    common = {"organisation": first.organisation, "period": first.period, "basis": first.basis}
    of_total = {"doubts": first.doubts, "sources": first.sources} if is_total else {}
    running = start
    steps = [WaterfallStep(**common, step="plan", change=start, running=start, is_derived=not is_total, **of_total)]
    of_sign = {sign: sum((change for _, change in known if (change > 0) == sign), ZERO) for sign in (True, False)}
    for a, change in sorted(known, key=lambda item: item[1]):
        running += change
        steps.append(
            WaterfallStep(
                **common,
                step="adjustment" if a.role in ("adjustment", "unidentified") else "scheme",
                workstream=a.workstream,
                scheme=a.scheme,
                change=change,
                running=running,
                share=percent_of(change, of_sign[change > 0]) if change else None,
                doubts=a.doubts,
                sources=a.sources,
            )
        )
    end = running
    if is_total:
        end = first.actual if first.actual is not None else start + (first.variance or ZERO)
    if end != running:
        steps.append(WaterfallStep(**common, step="unexplained", change=end - running, running=end, is_derived=True))
    last = WaterfallStep(
        **common,
        step="actual",
        change=end,
        running=end,
        is_derived=not is_total or first.actual is None,
        **of_total,
    )
    return [*steps, last]


def best_ratio(
    plan: Figure | None, actual: Figure | None, shown: Figure | None, percentage: Figure | None
) -> Decimal | None:
    """What was delivered of a plan, in percent, unrounded: by the best variance; the printed percentage stands in for it."""
    short = best_variance(plan, actual, shown)
    if plan is not None and plan.value > 0 and short is not None:
        with exactly():
            return (plan.value + short) / plan.value * HUNDRED
    return percentage.value if percentage is not None and (plan is None or plan.value > 0) else None


def best_delivery(
    plan: Figure | None, actual: Figure | None, shown: Figure | None, percentage: Figure | None
) -> Decimal | None:
    """The same to one decimal, as answers print it."""
    ratio = best_ratio(plan, actual, shown, percentage)
    with exactly():
        return None if ratio is None else ratio.quantize(Decimal("0.1"), ROUND_HALF_UP)


def is_forecast_below_delivered(position: Position) -> bool:
    """Whether the year's forecast is less than what is delivered already, at every value within the printed precision."""
    forecast, actual = position.find("forecast", "year"), position.find("actual", "ytd")
    if forecast is None or actual is None or forecast.doubts or actual.doubts:
        return False
    return falls_short(forecast, actual)


def falls_short(forecast: Figure, delivered: Figure) -> bool:
    """Whether a forecast is less than what is delivered already, at every value within the printed precision."""
    return forecast.interval.high < delivered.interval.low


def sources_of(position: Position, basis: Basis) -> list[tuple[str, Basis]]:
    """The names of the figures that a variance over a span is made of."""
    found = outcome(position, basis)
    return [("plan", basis), (found.measure if found else "actual", basis), ("variance", basis), ("delivery", basis)]


def _value(figure: Figure | None) -> Decimal | None:
    return figure.value if figure else None
