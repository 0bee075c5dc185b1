"""A later paper against an earlier one: amounts to date that fall, forecasts short of what came, colours without a reason."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from qippctl.audit.agreeing import is_cut
from qippctl.audit.catalogue import Breach, Told, also_between, between
from qippctl.audit.doubted import OF_OTHERS, doubts_of
from qippctl.audit.months import Months
from qippctl.audit.subjects import called
from qippctl.calc import rag
from qippctl.calc.identity import Pair
from qippctl.calc.movement import has_fallen, to_date_twice
from qippctl.calc.position import Position
from qippctl.calc.positions import normal_name
from qippctl.calc.precision import Range, deliveries
from qippctl.calc.variance import best_delivery, falls_short, outcome
from qippctl.models.figure import Basis, Colour, Figure, Rating
from qippctl.models.policy import WORST_FIRST
from qippctl.money import grouped, plain

MOST_LISTED = 4
POINT = Decimal(1)
_SPANS: tuple[Basis, ...] = ("ytd", "year")


@between("QM802", "warning")
def to_date_falls(of: Months) -> Iterator[Told]:
    """An amount to date is less in a later month than it was in an earlier one of the same year.

    What was saved stays saved: a figure to date that falls was wrong before, is wrong now, or gives back what was booked.

    Ask which; a saving that was given back is restated in the month in which it was booked.

    Delivered to month 9: 412; to month 10: 398.
    """
    for pair in of.pairs:
        for quantity, was, now in to_date_twice(pair, of.from_period, of.to_period):
            if now.sha256 == was.sha256 or not quantity.is_whole:
                continue
            if not has_fallen(was, now):
                continue
            column = of.own(now)
            gone = [called(other.subject) for other in of.pairs if _went_from(other, pair.subject)]
            left = f", as {', '.join(gone[:MOST_LISTED])} left it" if gone else ""
            doubts = doubts_of(was, now, but=OF_OTHERS)
            yield Breach(
                message=f"{called(pair.subject)}: {quantity} is {grouped(of.printed(now))} at {of.to_period}, less than the "
                f"{grouped(column.number(was.value))} at {of.from_period}{left}",
                **column.compared(now, was),
                figures=(was.id, now.id),
                **of.place(now),
                doubts=doubts,
                severity="note" if doubts or gone or is_cut(was, now) else None,
                key="falls",
                is_bound=True,
            )


def _went_from(pair: Pair, whole: Position) -> bool:
    """Whether a scheme is gone that was a part of a sum."""
    if pair.after is not None or pair.subject.level != "scheme" or whole.level not in ("total", "workstream"):
        return False
    return whole.level == "total" or normal_name(pair.subject.workstream) == normal_name(whole.workstream)


@also_between("QM803")
def forecast_below_delivered_before(of: Months) -> Iterator[Told]:
    """The later paper forecasts less for the year than another paper of the year says is delivered."""
    if of.from_period[:7] != of.to_period[:7]:
        return
    for pair in of.pairs:
        forecast = pair.after.find("forecast", "year") if pair.after is not None else None
        if pair.after is None or forecast is None:
            continue
        own = pair.after.find("actual", "ytd")
        if own is not None and own.sha256 == forecast.sha256:
            continue  # the paper by itself was asked
        before = pair.earlier.find("actual", "ytd") if pair.earlier is not None else None
        delivered = own or before
        if delivered is None or delivered.value <= 0 or not falls_short(forecast, delivered):
            continue
        doubts = doubts_of(delivered, forecast, but=OF_OTHERS)
        yield Breach(
            message=f"{called(pair.subject)}: the year is forecast to end at {forecast.raw}, short of the {delivered.raw} that "
            f"{delivered.paper} says is delivered",
            **of.own(forecast).compared(forecast, delivered),
            figures=(delivered.id, forecast.id),
            **of.place(forecast),
            doubts=doubts,
            severity="note" if is_cut(delivered, forecast) else "warning",
        )


@between("QM804", "warning")
def rag_and_figures_part(of: Months) -> Iterator[Told]:
    """A colour changes while the figures do not, or stays while they cross a limit of the rule.

    A colour that moves by itself hides what changed, or that nothing did.

    Ask what the new colour rests on, and put it beside the figures.

    Delivery stays at 78% of plan, and red becomes amber.
    """
    if of.from_period[:7] != of.to_period[:7]:
        return
    for pair in of.pairs:
        before, after = pair.earlier, pair.after
        if before is None or after is None:
            continue
        was, now = _colour(before), _colour(after)
        if was is None or now is None or was.sha256 == now.sha256:
            continue
        is_other = was.colour != now.colour
        found = _unmoved(of, before, after, now.colour) if is_other else _crossed(of, before, after)
        if found is None:
            continue
        told, is_sure = found
        figures = tuple(f.id for position in (before, after) for f in _judged_by(position))
        doubts = doubts_of(was, now, but=OF_OTHERS)
        change = f"{was.colour} became {now.colour}" if is_other else f"{now.colour} stayed"
        yield Breach(
            message=f"{called(pair.subject)}: {change} from {of.from_period} to {of.to_period}, {told}",
            figures=figures,
            page=now.page,
            table=now.table,
            row=now.row,
            doubts=doubts,
            severity="note" if doubts or not is_sure else None,
            decision="rag",
            sha256=now.sha256,
            key=f"{now.table}/{now.row}/{now.column}",
        )


def _colour(position: Position) -> Rating | None:
    found = position.ratings.get("finance", []) or position.ratings.get("overall", [])
    return found[0] if found and found[0].colour in WORST_FIRST else None


def _judged_by(position: Position) -> list[Figure]:
    names: tuple[tuple[str, Basis], ...] = (("plan", "ytd"), ("actual", "ytd"))
    return [figure for name in names if (figure := position.find(*name)) is not None]


def _unmoved(of: Months, before: Position, after: Position, now: Colour) -> tuple[str, bool] | None:
    """What stayed where delivery to date, and that of the year's forecast, are as they were; and whether that is sure.

    None where they moved, or where the rule has either colour for what rounds to the printed figures.
    """
    said, is_sure = [], True
    for basis in _SPANS:
        one, other = _delivered(before, basis), _delivered(after, basis)
        if one is None and other is None:
            continue
        if one is None or other is None or not _meet(one[0], other[0]) or abs(one[1] - other[1]) >= POINT:
            return None
        is_sure = is_sure and all(r.high.percent - r.low.percent <= POINT for r in (one[0], other[0]))
        said.append(
            f"{plain(other[1])}% of the year's plan forecast" if basis == "year" else f"{plain(other[1])}% delivered"
        )
    found = _verdict(of, after)
    if not said or (found is not None and found.certainty != "certain" and now in found.possible):
        return None
    return f"and its figures did not change: {', '.join(said)} as before", is_sure


def _crossed(of: Months, before: Position, after: Position) -> tuple[str, bool] | None:
    """What the rule surely gave then and now, where these are two colours."""
    was, now = _verdict(of, before), _verdict(of, after)
    if was is None or now is None or was.certainty != "certain" or now.certainty != "certain":
        return None
    if was.derived == now.derived:
        return None
    one, other = _delivered(before, "ytd"), _delivered(after, "ytd")
    figures = f" ({plain(one[1])}% of plan delivered, then {plain(other[1])}%)" if one and other else ""
    return f"while the rule's colour went from {was.derived} to {now.derived}{figures}", True


def _verdict(of: Months, position: Position) -> rag.Verdict | None:
    """What the rule gives the money to date."""
    if of.policy is None or of.policy.money is None:
        return None
    plan, actual = position.find("plan", "ytd"), position.find("actual", "ytd")
    shown, percentage = position.find("variance", "ytd"), position.find("delivery", "ytd")
    return rag.rate(plan, actual, shown, percentage, of.policy.money)


def _delivered(position: Position, basis: Basis) -> tuple[Range, Decimal] | None:
    """What is delivered of the plan over a span: all that the printed figures allow, and as printed."""
    plan, got = position.find("plan", basis), outcome(position, basis)
    shown, percentage = position.find("variance", basis), position.find("delivery", basis)
    if any(figure is not None and set(figure.doubts) - OF_OTHERS for figure in (plan, got)):
        return None
    allowed, value = deliveries(plan, got, shown, percentage), best_delivery(plan, got, shown, percentage)
    return (allowed, value) if allowed is not None and value is not None else None


def _meet(one: Range, other: Range) -> bool:
    return one.low.percent <= other.high.percent and other.low.percent <= one.high.percent
