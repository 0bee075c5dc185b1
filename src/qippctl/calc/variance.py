"""Variance and delivery of a position.

    variance = actual - plan          above nought is favourable
    delivery = actual / plan x 100    percent of plan, also called yield; none where nothing is planned

For the whole year the forecast stands for the actual. One definition each, used by every command.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from qippctl.calc.position import Position
from qippctl.models.answers import VarianceAnswer
from qippctl.models.figure import Basis, Figure
from qippctl.money import exactly

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
    return VarianceAnswer(
        **position.identity(period, basis),
        plan=plan.value if plan else None,
        actual=actual.value if actual else None,
        variance=best_variance(plan, actual, printed),
        delivery=best_delivery(plan, actual, printed, position.find("delivery", basis)),
        doubts=position.doubts(*names),
        sources=position.sources(*names),
        corrected=position.corrected(*names),
    )


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
    return forecast.interval.high < actual.interval.low


def sources_of(position: Position, basis: Basis) -> list[tuple[str, Basis]]:
    """The names of the figures that a variance over a span is made of."""
    found = outcome(position, basis)
    return [("plan", basis), (found.measure if found else "actual", basis), ("variance", basis), ("delivery", basis)]


def _value(figure: Figure | None) -> Decimal | None:
    return figure.value if figure else None
