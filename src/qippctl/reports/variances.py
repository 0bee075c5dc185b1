"""Variances for people: the answer first, then the most adverse."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from qippctl.models.answers import Programme, VarianceAnswer
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.words import CORRECTED, Money, body, names, percent, when

# How many shortfalls are said to explain the rest.
LARGEST = 5


def variance(found: Sequence[Programme]) -> Listing:
    """Variances by programme, the most adverse first."""
    shown = [programme for programme in found if programme.variances]
    return Listing([a for p in shown for a in p.variances], [_block(programme) for programme in shown])


def _block(programme: Programme) -> Block:
    organisation, period, answers = programme.organisation, programme.period, programme.variances
    judged = [s.variance for s in programme.judged if s.variance is not None]
    others = [a for a in answers if a.role in ("adjustment", "unidentified")]
    totals = [a for a in answers if a.role == "total"]
    listed = sorted(judged, key=lambda a: (a.variance is None, a.variance or 0)) + others + totals
    money = Money([v for a in answers for v in (a.plan, a.actual, a.variance)])
    rows = tuple(
        (name, money(a.plan), money(a.actual), money(a.variance), percent(a.delivery), _marks(a))
        for name, a in zip(names(listed), listed, strict=True)
    )
    basis = answers[0].basis if answers else "ytd"
    got = "Forecast" if basis == "year" else "Actual"
    columns = (
        Column("Scheme", "label"),
        Column("Plan", "number"),
        Column(got, "number"),
        Column("Var", "number"),
        Column("%", "number"),
        Column("", "colour"),
    )
    tones: tuple[Tone, ...] = tuple("bad" if a.variance is not None and a.variance < 0 else "" for a in listed)
    above = ["   ".join((body(organisation), f"year {period[:7]}" if basis == "year" else when(period), money.heading))]
    total = max((t for t in totals if t.variance is not None), key=lambda t: t.plan or 0, default=None)
    if total is not None and total.variance is not None:
        word = "short" if total.variance < 0 else "over"
        above.append(
            f"{money(total.actual)} of {money(total.plan)} = {percent(total.delivery)}%, {word} {money(abs(total.variance))}"
        )
    below = [note] if (note := _explained(judged, money)) else []
    if any(a.doubts for a in listed):
        below.append("~ a figure of the row is in doubt: qippctl extract shows why.")
    if any(a.corrected for a in listed):
        below.append(CORRECTED)
    return Block(columns, rows, tuple(above), tuple(below), tones)


def _marks(answer: VarianceAnswer) -> str:
    return ("~" if answer.doubts else "") + ("c" if answer.corrected else "")


def _explained(schemes: Sequence[VarianceAnswer], money: Money) -> str:
    adverse = sorted(a.variance for a in schemes if a.variance is not None and a.variance < 0)
    if len(adverse) <= 1:
        return ""
    whole, largest = sum(adverse, Decimal(0)), sum(adverse[:LARGEST], Decimal(0))
    if len(adverse) <= LARGEST:
        return f"The {len(adverse)} shortfalls come to {money(whole)}."
    share = percent(largest / whole * 100)
    return f"The largest {LARGEST} of {len(adverse)} shortfalls, {money(largest)}, are {share}% of all, {money(whole)}."
