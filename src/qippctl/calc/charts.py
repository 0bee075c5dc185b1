"""The control chart of one indicator from its papers: a point a month of data, never of what is counted to date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from qippctl.calc import spc
from qippctl.calc.measured import Measured
from qippctl.models.metrics import ChartPoint, ControlChart, IndicatorAnswer
from qippctl.money import exactly
from qippctl.period import MONTHS_OF_YEAR, Period

_TO_DATE = re.compile(r"\b(?:cumulative\w{0,2}|year[ -]to[ -]date|ytd|to date)\b", re.IGNORECASE)
Outcome = Literal["charted", "too few points", "cumulative", "mixed units"]


@dataclass(frozen=True, slots=True)
class Observed:
    """An indicator as one paper reports it, which of two papers of one month counts, and whether its column is to date."""

    answer: IndicatorAnswer
    measured: Measured
    rank: tuple[str, bool, int]
    is_to_date: bool = False


def chart(name: str, workstream: str | None, observed: Sequence[Observed]) -> ControlChart:
    """The chart of what was observed: what is open, a forecast, or of no known month is no point."""
    points = _points(observed)
    values = [one.measured.value for one in points]
    newest = max(observed, key=lambda one: one.rank).answer
    units = sorted({one.measured.unit for one in points})
    outcome, why = _outcome(points, units)
    within = spc.limits(values) if outcome == "charted" else None
    better = _better(newest)
    found = spc.signals(values, within) if within is not None else [[] for _ in points]
    ranges = [None, *spc.moving_ranges(values)] if len(units) < 2 else [None] * len(points)
    shown = tuple(
        ChartPoint(
            period=str(one.answer.data_month),
            value=one.measured.value,
            moving_range=None if gap is None else _exact(gap.numerator, gap.denominator),
            is_left_out=within is not None and place in within.left_out,
            signals=tuple(signalled.signal for signalled in own),
            judgement=spc.judged(own, better),
            raw=one.answer.actual or "",
            paper=one.answer.paper,
            page=one.answer.page,
            table=one.answer.table,
            row=one.answer.row,
            doubts=one.answer.doubts,
        )
        for place, (one, gap, own) in enumerate(zip(points, ranges, found, strict=True))
    )
    thresholds = [target.threshold for target in newest.targets]
    return ControlChart(
        organisation=newest.organisation,
        workstream=workstream,
        name=name,
        unit=units[0] if len(units) == 1 else None,
        better=better,
        outcome=outcome,
        why=why,
        count=len(points),
        mean=spc.decimal(within.mean) if within is not None else None,
        mean_moving_range=spc.decimal(within.mean_range) if within is not None else None,
        lower=spc.decimal(within.lower) if within is not None else None,
        upper=spc.decimal(within.upper) if within is not None else None,
        target=thresholds[0] if len(thresholds) == 1 else None,
        latest=(shown[-1].judgement or "common_cause") if within is not None else None,
        missing=_missing([point.period for point in shown]),
        points=shown,
        doubts=tuple(dict.fromkeys(doubt for point in shown for doubt in point.doubts)),
    )


def _points(observed: Sequence[Observed]) -> list[Observed]:
    """One for each month of data, of several papers the one that counts; oldest first."""
    of_month: dict[str, Observed] = {}
    for one in sorted(observed, key=lambda one: one.rank):
        month = one.answer.data_month
        if month is not None and not one.measured.is_open and not one.measured.is_forecast:
            of_month[month] = one
    return [of_month[month] for month in sorted(of_month)]


def _outcome(points: Sequence[Observed], units: Sequence[str]) -> tuple[Outcome, str | None]:
    to_date = next((one for one in points if _is_to_date(one)), None)
    if to_date is not None:
        said = "its column is to date" if to_date.is_to_date else "its paper calls it cumulative"
        return "cumulative", f"{to_date.answer.data_month}: {said}; a count to date has no place on a control chart"
    if spc.is_cumulative([(_at(one).start, one.measured.value) for one in points]):
        return "cumulative", "it only rises within each year and begins anew in the next, as a count to date does"
    if len(units) > 1:
        return "mixed units", f"its papers give it in {' and '.join(units)}"
    if len(points) < spc.LEAST_POINTS:
        return "too few points", f"too few points to judge: {len(points)} of at least {spc.LEAST_POINTS}"
    return "charted", None


def _is_to_date(one: Observed) -> bool:
    answer = one.answer
    return one.is_to_date or any(_TO_DATE.search(text) for text in (answer.name, answer.actual, answer.comment) if text)


def _at(one: Observed) -> Period:
    return Period.parse(str(one.answer.data_month))


def _better(answer: IndicatorAnswer) -> spc.Better | None:
    """Which way the newest targets point, where they all point one way."""
    ways = {target.comparison in ("at_least", "above") for target in answer.targets if target.comparison is not None}
    return None if len(ways) != 1 else "higher" if ways.pop() else "lower"


def _missing(months: Sequence[str]) -> tuple[str, ...]:
    """The months between the first and the last that are not there."""
    if not months:
        return ()
    at, last, known = Period.parse(months[0]), Period.parse(months[-1]), set(months)
    out = []
    while at < last:
        if str(at) not in known:
            out.append(str(at))
        at = Period(at.start + at.month // MONTHS_OF_YEAR, at.month % MONTHS_OF_YEAR + 1)
    return tuple(out)


def _exact(numerator: int, denominator: int) -> Decimal:
    with exactly():
        return Decimal(numerator) / Decimal(denominator)
