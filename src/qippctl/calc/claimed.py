"""What figures state of what a sentence says, and whether the two agree at the printed precision of both.

A variance is compared by its size: whether its words call it good or bad is judged apart. A percentage of plan, and a
variance, may be made of two figures of one row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qippctl.models.figure import Basis, Figure
from qippctl.models.records import Said
from qippctl.money import Interval, exactly, interval

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Statement:
    """A value of one measure, basis and period, and the figures that state it: one, or the two terms that it is made of.

    `is_across`: what was achieved to date as a share of the whole year's plan.
    """

    value: Decimal
    interval: Interval
    basis: Basis
    period: str | None
    figures: tuple[Figure, ...]
    is_across: bool = False

    @property
    def is_derived(self) -> bool:
        return len(self.figures) > 1


def agrees(value: Decimal, step: Decimal, measure: str | None, stated: Interval) -> bool:
    """Whether a number of a sentence may be a figure's. Neither shows more than its digits.

    >>> agrees(Decimal(6410000), Decimal(10000), "actual", interval(Decimal(6405500), Decimal(100)))
    True
    """
    said = interval(value, step)
    if measure == "variance":
        return size(said).meets(size(stated))
    return said.meets(stated)


def size(of: Interval) -> Interval:
    """The sizes, without sign, of what an interval holds."""
    if of.low >= 0:
        return of
    if of.high <= 0:
        return Interval(-of.high, -of.low)
    return Interval(Decimal(0), max(-of.low, of.high))


def stated(measure: str, figures: Sequence[Figure]) -> list[Statement]:
    """What figures of one subject state of a measure: those printed, then shares and variances of the terms of a row."""
    found = [Statement(f.value, f.interval, f.basis, f.period, (f,)) for f in figures if f.measure == measure]
    if measure in ("delivery", "variance"):
        rows: dict[tuple[str, int, Basis, str | None], dict[str, Figure]] = defaultdict(dict)
        for f in figures:
            if f.measure in ("plan", "actual", "forecast"):
                rows[(f.table, f.row, f.basis, f.period)].setdefault(f.measure, f)
        for terms in rows.values():
            derived = _of_terms(measure, terms)
            if derived is not None:
                found.append(derived)
    if measure == "delivery":
        found += _across(figures)
    return found


def _across(figures: Sequence[Figure]) -> list[Statement]:
    """What was achieved to date, over the plan of the year."""
    plans = {(f.table, f.row, (f.period or "")[:7]): f for f in figures if (f.measure, f.basis) == ("plan", "year")}
    found = []
    for f in figures:
        plan = plans.get((f.table, f.row, (f.period or "")[:7])) if (f.measure, f.basis) == ("actual", "ytd") else None
        if plan is not None and (share := _share(f, plan)) is not None:
            value, between = share
            found.append(Statement(value, between, "year", plan.period, (plan, f), is_across=True))
    return found


def _share(outcome: Figure, plan: Figure) -> tuple[Decimal, Interval] | None:
    if plan.interval.low <= 0 or outcome.interval.low < 0:
        return None
    with exactly():
        low, high = outcome.interval.low / plan.interval.high, outcome.interval.high / plan.interval.low
        return HUNDRED * outcome.value / plan.value, Interval(HUNDRED * low, HUNDRED * high)


def _of_terms(measure: str, terms: dict[str, Figure]) -> Statement | None:
    plan = terms.get("plan")
    outcome = terms.get("forecast") if plan is not None and plan.basis == "year" else terms.get("actual")
    if plan is None or outcome is None:
        return None
    if measure == "variance":
        value, between = outcome.value - plan.value, outcome.interval - plan.interval
    else:
        share = _share(outcome, plan)
        if share is None:
            return None
        value, between = share
    return Statement(value, between, plan.basis, plan.period, (plan, outcome))


def of_claim(said: Said, by_id: dict[str, Figure]) -> list[Statement]:
    """What the figures state that a number of a sentence was tied to."""
    figures: Sequence[Figure] = [by_id[id_] for id_ in said.tied_to if id_ in by_id]
    return stated(said.measure, figures) if said.measure is not None and said.unit != "count" else []
