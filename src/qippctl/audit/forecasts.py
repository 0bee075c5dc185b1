"""Where the year is said to end, held against what came of it so far and against the other cases of the same row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from qippctl.audit.agreeing import is_cut
from qippctl.audit.catalogue import Breach, Told, also, parameter, rule
from qippctl.audit.doubted import OF_OTHERS, doubts_of
from qippctl.audit.material import Material
from qippctl.audit.subjects import called
from qippctl.calc.forecast import last_month
from qippctl.calc.movement import has_fallen
from qippctl.calc.position import Position
from qippctl.calc.variance import falls_short
from qippctl.models.figure import Case, Doubt, Figure
from qippctl.models.finding import Severity
from qippctl.money import exactly, grouped
from qippctl.period import MONTHS_OF_YEAR, Period

CATCH_UP = parameter(
    "QM803",
    "catch_up",
    2,
    "how many times the best rate so far, and the plan's for the months left, a forecast may need a month",
)
# Fewer months than these show no rate.
SHOWN_BY = 6
_BEST_FIRST: tuple[Case, ...] = ("best", "middle", "worse")
_UPPER_FIRST: tuple[Case, ...] = ("upper", "realistic")
# A row that fails may be misread: of those of other figures it alone counts.
_OF_OTHERS = OF_OTHERS - {Doubt.ROW_FAILS}


@rule("QM803", "error")
def forecast_below_delivered(of: Material) -> Iterator[Told]:
    """The year is forecast to end below what is delivered already.

    Savings that were made are not given back: the forecast, what is called delivered, or the row that one of them stands in is
    wrong, and the year's outturn with it.

    Ask for the forecast again; see whether it was swapped with a neighbour's, or a saving was given back.

    A virtual ward has delivered 196.6 by month 11 and is forecast to end the year at 14.
    """
    for position, forecast, delivered in _foretold(of):
        if delivered.value <= 0:
            continue
        if not falls_short(forecast, delivered):
            continue
        doubts = _doubts(forecast, delivered)
        severity: Severity | None = "note" if is_cut(forecast, delivered) else "warning" if doubts else None
        yield Breach(
            message=f"{called(position)}: the year is forecast to end at {forecast.raw}, short of the {delivered.raw} "
            "delivered already",
            **of.printing.compared(forecast, delivered),
            figures=(delivered.id, forecast.id),
            **of.place(forecast),
            doubts=doubts,
            severity=severity,
        )


@also("QM803")
def forecast_beyond_what_is_left(of: Material) -> Iterator[Told]:
    """A forecast that needs, a month, more than `catch_up` times both the best month so far and the plan for those left."""
    times = of.threshold(CATCH_UP)
    for position, forecast, delivered in _foretold(of):
        last = last_month(position.reported, of.paper.cover.data_to) if position.reported else None
        if not last or not SHOWN_BY <= last < MONTHS_OF_YEAR or forecast.value <= 0 or position.level == "workstream":
            continue
        plan, due = position.find("plan", "year"), position.find("plan", "ytd")
        left = MONTHS_OF_YEAR - last
        months = [figure.interval.high for month, figure in position.months("actual").items() if month <= last]
        with exactly():
            best = max([delivered.interval.high / last, *months])
            planned = (plan.interval.high - due.interval.low) / left if plan is not None and due is not None else best
            rate = (forecast.interval.low - delivered.interval.high) / left
            if rate <= times * max(best, planned):
                continue
        own = of.printing.of(forecast)
        yield Breach(
            message=f"{called(position)}: the forecast of {forecast.raw} needs {grouped(own.number(rate))} a month "
            f"of the {left} left; the best rate so far is {grouped(own.number(best))}, "
            f"the plan's for them {grouped(own.number(planned))}",
            figures=(delivered.id, forecast.id),
            **of.place(forecast),
            doubts=_doubts(forecast, delivered),
            severity="note",
            key="beyond",
        )


@also("QM802")
def to_date_falls_within(of: Material) -> Iterator[Told]:
    """What was saved to the end of a month is less than to the end of one before, or a month by itself gives savings back."""
    for found in of.subjects.values():
        for position in found:
            to_date = position.months("actual", "ytd")
            for (_, was), (_, now) in pairwise(to_date.items()):
                if was.subject == "savings" and has_fallen(was, now):
                    yield _fallen(of, position, was, now)
            back = [f for f in position.months("actual").values() if f.subject == "savings" and f.interval.high < 0]
            if back:
                last = back[-1]
                listed = ", ".join(f"{figure.raw} in {(figure.period or '').partition('-')[2]}" for figure in back)
                yield Breach(
                    message=f"{called(position)}: savings were given back: {listed}",
                    figures=tuple(figure.id for figure in back),
                    **of.place(last),
                    doubts=_doubts(*back),
                    severity="note",
                    key="given back",
                )


def _fallen(of: Material, position: Position, was: Figure, now: Figure) -> Breach:
    doubts = _doubts(was, now)
    return Breach(
        message=f"{called(position)}: {now.names} is {now.raw} at {now.period}, less than the {was.raw} at {was.period}",
        **of.printing.compared(now, was),
        figures=(was.id, now.id),
        **of.place(now),
        doubts=doubts,
        severity="note" if doubts else "warning",
        key="falls",
        is_bound=True,
    )


@also("QT103")
def cases_out_of_order(of: Material) -> Iterator[Told]:
    """The best case of a row saves less than its middle one, or the middle less than the worse."""
    rows: dict[tuple[str, int], list[Figure]] = defaultdict(list)
    for figure in of.paper.figures:
        if figure.case is not None and figure.subject == "savings" and figure.measure in ("plan", "forecast", "actual"):
            rows[(figure.table, figure.row)].append(figure)
    for figures in rows.values():
        by_case = {(f.quantity._replace(case=None), f.case): f for f in figures}
        for quantity in dict.fromkeys(quantity for quantity, _ in by_case):
            for order in (_BEST_FIRST, _UPPER_FIRST):
                known = [f for case in order if (f := by_case.get((quantity, case))) is not None]
                for better, worse in pairwise(known):
                    if better.interval.high < worse.interval.low:
                        yield _out_of_order(of, better, worse)


def _out_of_order(of: Material, better: Figure, worse: Figure) -> Breach:
    shown = of.printing.printed(better), of.printing.printed(worse)
    doubts = _doubts(better, worse)
    return Breach(
        message=f"{of.name(worse)}: the {better.case} case of the {worse.measure}, {better.raw}, saves less than the "
        f"{worse.case} case, {worse.raw}",
        printed=shown[1],
        recomputed=shown[0],
        figures=(better.id, worse.id),
        **of.place(worse),
        doubts=doubts,
        severity="note" if is_cut(better, worse) else "warning",
    )


def _foretold(of: Material) -> Iterator[tuple[Position, Figure, Figure]]:
    """Every subject with a forecast of the year and what was delivered of it to date."""
    for found in of.subjects.values():
        for position in found:
            forecast, delivered = position.find("forecast", "year"), position.find("actual", "ytd")
            if forecast is None or delivered is None or forecast.subject != "savings" or not position.reported:
                continue
            if Period.parse(position.reported).month:
                yield position, forecast, delivered


def _doubts(*figures: Figure) -> tuple[str, ...]:
    return doubts_of(*figures, but=_OF_OTHERS)
