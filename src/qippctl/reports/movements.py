"""Movement between two periods, and a scheme's history, for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from qippctl.models.figure import Colour
from qippctl.models.movements import HistoryAnswer, Movement, MovementAnswer
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.profiles import sparkline
from qippctl.reports.words import COLOURS, DOUBTED, TONES, Money, body, names, when

_ARROWS = {"improving": "up", "maintained": "same", "worsening": "down", "new": "new", "gone": "gone"}
_ORDER = {"worsening": 0, "gone": 1, "new": 2, "improving": 4}
MOST_RESTATED = 12


def movements(found: Sequence[Movement]) -> Listing:
    """Movements by programme: the bridge first, then what got worse, went or came, then the rest."""
    return Listing([a for m in found for a in m.answers], lambda: [block for m in found for block in _blocks(m)])


def _blocks(movement: Movement) -> list[Block]:
    answers = movement.answers
    schemes = [a for a in answers if a.role == "scheme"] or [a for a in answers if a.role in ("workstream", "subtotal")]
    totals = [a for a in answers if a.role == "total"]
    listed = sorted(schemes, key=lambda a: (_ORDER.get(a.arrow or "", 3), _change(a) or Decimal(0))) + totals
    money = Money([v for a in listed for v in (a.actual_from, a.actual_to, a.variance_from, a.variance_to)])
    year = Money([v for a in listed for v in (a.forecast_from, a.forecast_to)])
    first, last = when(movement.from_period), when(movement.to_period)
    columns = (
        Column("Scheme", "label"),
        Column(f"Actual {first[:3]}", "number"),
        Column(last[:3], "number"),
        Column("Var", "number", optional=True),
        Column("was", "number", optional=True),
        Column("FOT", "number"),
        Column("was", "number", optional=True),
        Column("RAG", "colour"),
        Column("", "colour"),
        Column("", "colour"),
    )
    rows = tuple(
        (
            name,
            money(a.actual_from),
            money(a.actual_to),
            money(a.variance_to),
            money(a.variance_from),
            year(a.forecast_to),
            year(a.forecast_from),
            _colours(a),
            _ARROWS.get(a.arrow or "", ""),
            _marks(a),
        )
        for name, a in zip(names(listed), listed, strict=True)
    )
    tones: tuple[Tone, ...] = tuple("bad" if a.arrow == "worsening" else TONES.get(a.rag_to, "") for a in listed)
    head = "   ".join((body(movement.organisation), f"{first} to {last}", money.heading))
    above = [head, *_bridge(totals, schemes, money)]
    return [Block(columns, rows, tuple(above), tuple(_notes(listed)), tones), *_restated(listed)]


def _change(a: MovementAnswer) -> Decimal | None:
    return a.variance_to - a.variance_from if a.variance_to is not None and a.variance_from is not None else None


def _colours(a: MovementAnswer) -> str:
    if a.rolling:
        return " ".join(_letter(colour) for colour in a.rolling)
    return f"{_letter(a.rag_from)} {_letter(a.rag_to)}" if a.rag_from or a.rag_to else ""


def _letter(colour: Colour | None) -> str:
    return COLOURS[colour][0] if colour else "-"


def _marks(a: MovementAnswer) -> str:
    signs = (("*", bool(a.restated)), ("!", bool(a.falling) or a.is_exception), ("~", bool(a.doubts)))
    return "".join(mark for mark, holds in signs if holds)


def _bridge(totals: Sequence[MovementAnswer], schemes: Sequence[MovementAnswer], money: Money) -> list[str]:
    """The programme's variance to date, from one period to the other: by its total, else by the sum of its schemes."""
    total = max((t for t in totals if _is_bridged(t)), key=lambda t: t.plan_to or 0, default=None)
    counted = [total] if total is not None else [a for a in schemes if _is_bridged(a)]
    if not counted:
        return ["No variance to date is known at both ends of one year: no bridge."]
    start, end = _sum(a.variance_from for a in counted), _sum(a.variance_to for a in counted)
    parts = (
        ("delivered against plan", _sum(a.delivery for a in counted)),
        ("re-phased", _sum(a.rephasing for a in counted if a.rephasing is not None)),
        ("restated", _sum(a.restatement for a in counted if a.restatement is not None)),
        ("not told apart", _sum(a.untold for a in counted)),
    )
    steps = ", ".join(f"{name} {money(value)}" for name, value in parts if value or name == "delivered against plan")
    whose = "" if total is not None else f" (sum of {len(counted)} schemes)"
    lines = [f"Variance to date{whose}: {money(start)}; {steps}: {money(end)}"]
    if any(a.untold for a in counted):
        lines.append("Not told apart: the year's plan was changed, and the earlier paper prints no monthly plan.")
    elif all(a.rephasing is None for a in counted):
        lines.append("Re-phasing is not told apart: the earlier paper prints no monthly plan.")
    return lines


def _is_bridged(a: MovementAnswer) -> bool:
    return a.delivery is not None or a.untold is not None


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((v for v in values if v is not None), Decimal(0))


def _notes(listed: Sequence[MovementAnswer]) -> list[str]:
    notes = []
    for name, a in zip(names(listed), listed, strict=True):
        for amount in a.falling:
            notes.append(f"! {name}: {amount} fell.")
        if a.was:
            notes.append(f"{name} was {', '.join(a.was)}.")
    waiting = sum(1 for a in listed if a.is_exception)
    if waiting:
        plans = "restated plan waits" if waiting == 1 else "restated plans wait"
        notes.append(
            f"! {waiting} {plans} for a board's decision. Next: qippctl plan approve --period PERIOD --meeting WHICH"
        )
    if any(a.doubts for a in listed):
        notes.append(DOUBTED)
    return notes


def _restated(listed: Sequence[MovementAnswer]) -> list[Block]:
    rows = [
        (name, f"{r.measure}.{r.basis}", r.recurrence if r.recurrence != "all" else "", r.period or "", r)
        for name, a in zip(names(listed), listed, strict=True)
        for r in a.restated
    ]
    if not rows:
        return []
    money = Money([v for *_, r in rows for v in (r.was, r.now)])
    columns = (
        Column("Restated", "label"),
        Column("Figure", "colour"),
        Column("", "colour", optional=True),
        Column("Period", "colour"),
        Column("Was", "number"),
        Column("Now", "number"),
    )
    shown = tuple((*cells, money(r.was), money(r.now)) for *cells, r in rows[:MOST_RESTATED])
    rest = len(rows) - MOST_RESTATED
    below = (f"and {rest} more: --format json has all.",) if rest > 0 else ()
    return [Block(columns, shown, (f"* {len(rows)} figures of earlier papers are printed differently now.",), below)]


def history(found: Sequence[HistoryAnswer]) -> Listing:
    """A scheme's periods, oldest first, with a bar a month."""
    if not found:
        return Listing(found, [])
    newest = found[-1]
    money = Money([v for h in found for v in (h.plan, h.actual, h.variance, h.month)])
    year = Money([v for h in found for v in (h.plan_year, h.forecast)])
    columns = (
        Column("Period", "colour"),
        Column("Plan", "number"),
        Column("Actual", "number"),
        Column("Var", "number"),
        Column("In month", "number", optional=True),
        Column("Year plan", "number"),
        Column("Forecast", "number"),
        Column("RAG", "colour"),
        Column("Called", "label", optional=True),
        Column("", "colour"),
    )
    own = newest.scheme or newest.workstream
    rows = tuple(
        (
            when(h.period),
            money(h.plan),
            money(h.actual),
            money(h.variance),
            money(h.month),
            year(h.plan_year),
            year(h.forecast),
            COLOURS[h.rag] if h.rag else "-",
            (h.scheme or h.workstream or "") if (h.scheme or h.workstream) != own else "",
            "~" if h.doubts else "",
        )
        for h in found
    )
    tones: tuple[Tone, ...] = tuple(TONES.get(h.rag, "") for h in found)
    name = " / ".join(filter(None, (newest.workstream, newest.scheme))) or newest.role.capitalize()
    above = (
        f"{body(newest.organisation)}   {name}   {money.heading}",
        f"To date {sparkline([h.actual for h in found])}   in month {sparkline([h.month for h in found])}",
    )
    below = (DOUBTED,) if any(h.doubts for h in found) else ()
    return Listing(found, [Block(columns, rows, above, below, tones)])
