"""Variances for people: the answer first, then the most adverse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from qippctl.calc.variance import percent_of
from qippctl.models.answers import Programme, VarianceAnswer, WaterfallStep
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.precedence import papers
from qippctl.reports.words import CORRECTED, DOUBTED, Money, body, names, percent, when

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
        (
            name,
            money(a.plan),
            money(a.actual),
            money(a.variance),
            percent(a.delivery),
            percent(a.contribution),
            _marks(a),
        )
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
        Column("Share", "number", optional=True),
        Column("", "colour"),
    )
    tones: tuple[Tone, ...] = tuple("bad" if a.variance is not None and a.variance < 0 else "" for a in listed)
    above = ["   ".join((body(organisation), f"year {period[:7]}" if basis == "year" else when(period), money.heading))]
    total = programme.total
    if total is not None and total.variance is not None:
        above.append(_headline(total, money))
    below = [note] if (note := _explained(judged, total.variance if total else None, money)) else []
    if any(a.contribution is not None for a in listed):
        of = "the programme's variance" if total is not None and total.variance else "the sum of these variances"
        below.append(f"Share: of {of}, in percent.")
    if any(a.doubts for a in listed):
        below.append(DOUBTED)
    if any(a.corrected for a in listed):
        below.append(CORRECTED)
    if programme.precedence is not None and len(programme.precedence.papers) > 1:
        below += papers(programme.precedence)
    return Block(columns, rows, tuple(above), tuple(below), tones)


def _marks(answer: VarianceAnswer) -> str:
    return ("~" if answer.doubts else "") + ("c" if answer.corrected else "")


def _headline(total: VarianceAnswer, money: Money) -> str:
    """The programme: what came of its plan, and how far that is off."""
    off = total.variance or Decimal(0)
    said = f"{'short' if off < 0 else 'over'} {money(abs(off))}" if off else "on plan"
    if total.plan is None or total.actual is None:
        return f"Printed as {said}."
    share = f" = {percent(total.delivery)}%" if total.delivery is not None else ""
    return f"{money(total.actual)} of {money(total.plan)}{share}, {said}"


def _explained(schemes: Sequence[VarianceAnswer], whole: Decimal | None, money: Money) -> str:
    """What the largest shortfalls explain: of the programme's, where it is short, and of all shortfalls."""
    adverse = sorted(a.variance for a in schemes if a.variance is not None and a.variance < 0)
    if len(adverse) <= 1:
        return ""
    every, largest = sum(adverse, Decimal(0)), sum(adverse[:LARGEST], Decimal(0))
    of_whole = (
        f"{percent_of(largest, whole):.0f}% of the programme's {money(whole)}"
        if whole is not None and whole < 0
        else ""
    )
    if len(adverse) <= LARGEST:
        return f"The {len(adverse)} shortfalls come to {money(every)}{f', {of_whole}' if of_whole else ''}."
    shares = [of_whole, f"{percent_of(largest, every):.0f}% of all shortfalls, {money(every)}"]
    return f"The largest {LARGEST} of {len(adverse)} shortfalls, {money(largest)}, explain {'; '.join(filter(None, shares))}."


def waterfall(steps: Sequence[WaterfallStep]) -> Listing:
    """From plan to actual, a step a scheme, the most adverse first."""
    blocks = []
    for key in dict.fromkeys((s.organisation, s.period, s.basis) for s in steps):
        own = [s for s in steps if (s.organisation, s.period, s.basis) == key]
        money = Money([v for s in own for v in (s.change, s.running)])
        columns = (
            Column("Step", "label"),
            Column("Change", "number"),
            Column("Sum", "number"),
            Column("% of its sign", "number", optional=True),
            Column("", "colour"),
        )
        rows = tuple(
            (
                name,
                "" if s.step in ("plan", "actual") else money(s.change),
                money(s.running),
                percent(s.share),
                ("=" if s.is_derived and s.step in ("plan", "actual") else "") + ("~" if s.doubts else ""),
            )
            for name, s in zip(step_names(own), own, strict=True)
        )
        tones: tuple[Tone, ...] = tuple("bad" if s.step == "scheme" and s.change < 0 else "" for s in own)
        span = f"year {key[1]}" if key[2] == "year" else when(key[1])
        below = []
        if any(s.is_derived for s in own if s.step in ("plan", "actual")):
            below.append("= worked out from the rows: no total prints it.")
        if any(s.doubts for s in own):
            below.append(DOUBTED)
        head = "   ".join((body(key[0]), span, money.heading))
        blocks.append(Block(columns, rows, (head,), tuple(below), tones))
    return Listing(steps, blocks)


def step_names(steps: Sequence[WaterfallStep]) -> list[str]:
    """A name for each step of one programme; with its workstream where two schemes have one name."""
    got = "Forecast" if steps and steps[0].basis == "year" else "Actual"
    words = {"plan": "Plan", "actual": got, "unexplained": "(not explained by the rows)"}
    known = Counter(s.scheme for s in steps if s.scheme)
    return [
        words.get(s.step)
        or (f"{s.scheme} ({s.workstream})" if s.scheme and s.workstream and known[s.scheme] > 1 else s.scheme)
        or s.workstream
        or "(unnamed)"
        for s in steps
    ]
