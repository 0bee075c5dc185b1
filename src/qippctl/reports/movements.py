"""Movement between two periods, and a scheme's history, for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from qippctl.models.figure import Colour
from qippctl.models.movements import HistoryAnswer, Movement, MovementAnswer, Restated
from qippctl.money import plain
from qippctl.reports.closing import adjusted
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.precedence import papers
from qippctl.reports.sparks import bar, bars, sparkline
from qippctl.reports.words import COLOURS, DOUBTED, TONES, Money, body, names, when

_ORDER: dict[str | None, int] = {"worsening": 0, "gone": 2, "new": 3, "improving": 5}
_MOVED: dict[str | None, str] = {"improving": "better", "maintained": "same", "worsening": "worse"}
MOST_RESTATED = 15


def movements(found: Sequence[Movement]) -> Listing:
    """Movements by programme: the bridge first, then what waits for a decision, got worse, went or came, then the rest; last
    what changed in a period since it was locked, which CSV has no columns for."""
    answers = [a for m in found for a in m.answers]
    records = [*answers, *(a for m in found for a in m.adjustments)]
    return Listing(records, lambda: [block for m in found for block in _blocks(m)], csv_records=answers)


def _blocks(movement: Movement) -> list[Block]:
    answers = movement.answers
    listed = sorted(_judged(answers), key=_urgency)
    totals = [a for a in answers if a.role == "total"]
    counted = _counted(totals, listed)
    shown = [*listed, *totals]
    called = names(shown)
    money = Money([v for a in shown for v in (a.actual_from, a.actual_to, a.variance_from, a.variance_to, *_parts(a))])
    year = Money([v for a in shown for v in (a.plan_from, a.plan_to, a.forecast_from, a.forecast_to)])
    first, last = when(movement.from_period), when(movement.to_period)
    columns = (
        Column("Scheme" if any(a.role == "scheme" for a in listed) else "Workstream", "label"),
        Column("Plan", "number"),
        Column("was", "number", optional=True),
        Column("Actual", "number"),
        Column("was", "number", optional=True),
        Column("Var", "number"),
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
            year(a.plan_to),
            _if_other(year, a.plan_from, a.plan_to),
            money(a.actual_to),
            _if_other(money, a.actual_from, a.actual_to),
            money(a.variance_to),
            _if_other(money, a.variance_from, a.variance_to),
            year(a.forecast_to),
            _if_other(year, a.forecast_from, a.forecast_to),
            _colours(a),
            _arrow(a),
            _marks(a),
        )
        for name, a in zip(called, shown, strict=True)
    )
    tones: tuple[Tone, ...] = tuple(
        "bad" if a.arrow == "worsening" else "good" if a.arrow == "improving" else "" for a in shown
    )
    head = "   ".join((body(movement.organisation), f"{first} to {last}", money.heading))
    below = [*_notes(called, shown, movement), *_explained(movement, shown)]
    bridge = _bridge(counted, money, head, (movement.from_period, movement.to_period))
    table = Block(columns, rows, (), tuple(below), tones)
    return [bridge, table, *_restated(called, listed, totals), *_adjusted(movement)]


def _adjusted(movement: Movement) -> list[Block]:
    """What changed in either period since it was locked."""
    periods = dict.fromkeys((one.close, one.period) for one in movement.adjustments)
    return [
        adjusted(close, period, [one for one in movement.adjustments if one.close == close])
        for close, period in periods
    ]


def _judged(answers: Sequence[MovementAnswer]) -> list[MovementAnswer]:
    """The schemes, the workstreams of which no scheme is reported, and what is neither."""
    covered = {(a.workstream or "").casefold() for a in answers if a.role == "scheme"}
    return [
        a
        for a in answers
        if a.role in ("scheme", "adjustment", "unidentified")
        or (a.role in ("workstream", "subtotal") and (a.workstream or "").casefold() not in covered)
    ]


def _urgency(a: MovementAnswer) -> tuple[int, Decimal]:
    """Worse; a plan restated without a decision, or a sum that fell; gone; new; as before; better. The worst change first."""
    exception = 1 if a.is_exception or a.falling else 4
    return min(_ORDER.get(a.arrow, 4), exception), _change(a) or Decimal(0)


def _change(a: MovementAnswer) -> Decimal | None:
    return a.variance_to - a.variance_from if a.variance_to is not None and a.variance_from is not None else None


def _parts(a: MovementAnswer) -> tuple[Decimal | None, ...]:
    return (a.delivery, a.rephasing, a.restatement, a.untold, a.new_and_gone)


def _if_other(money: Money, was: Decimal | None, now: Decimal | None) -> str:
    """What it was, where it is shown otherwise."""
    return money(was) if money(was) != money(now) else ""


def _colours(a: MovementAnswer) -> str:
    if a.rolling:
        return " ".join(_letter(colour) for colour in a.rolling)
    return f"{_letter(a.rag_from)} {_letter(a.rag_to)}" if a.rag_from or a.rag_to else ""


def _letter(colour: Colour | None) -> str:
    """R, A, G or B; a dash where there is no colour."""
    return COLOURS[colour][0] if colour in ("red", "amber", "green", "blue") else "-"


def _arrow(a: MovementAnswer) -> str:
    return _MOVED.get(a.arrow, a.arrow or "") + ("?" if a.arrow_certain is False else "")


def _marks(a: MovementAnswer) -> str:
    signs = (("*", bool(a.restated)), ("!", bool(a.falling) or a.is_exception), ("~", bool(a.doubts)))
    return "".join(mark for mark, holds in signs if holds)


def _counted(totals: Sequence[MovementAnswer], listed: Sequence[MovementAnswer]) -> list[MovementAnswer]:
    """What the bridge is of: the largest total that is known at both ends, else all that is."""
    total = max((t for t in totals if _is_bridged(t)), key=lambda t: t.plan_to or 0, default=None)
    return [total] if total is not None else [a for a in listed if _is_bridged(a)]


def _bridge(counted: Sequence[MovementAnswer], money: Money, head: str, periods: tuple[str, str]) -> Block:
    """The programme's variance to date, from one period to the other, and what is not told apart."""
    if not counted:
        return Block((), (), (head, "No variance to date is known at both ends of one year: no bridge."))
    whose = "" if counted[0].role == "total" else f", {len(counted)} that are in both"
    steps = (
        (f"Variance to date{whose}, {when(periods[0])}", _sum(a.variance_from for a in counted), True),
        ("- delivered against plan", _sum(a.delivery for a in counted), True),
        ("- re-phased", _sum(a.rephasing for a in counted), False),
        ("- restated", _sum(a.restatement for a in counted), False),
        ("- new and gone schemes", _sum(a.new_and_gone for a in counted), False),
        ("- not told apart", _sum(a.untold for a in counted), False),
        (f"Variance to date{whose}, {when(periods[1])}", _sum(a.variance_to for a in counted), True),
    )
    rows = tuple((name, money(value)) for name, value, always in steps if value or always)
    below = []
    if any(a.untold for a in counted):
        below.append("Not told apart: a plan of the year was changed, and no monthly plan says how.")
    unknown = [
        name
        for name, values in (
            ("re-phasing (the earlier paper prints no monthly plan)", [a.rephasing for a in counted]),
            ("restatement (the later paper prints no earlier month again)", [a.restatement for a in counted]),
        )
        if all(value is None for value in values)
    ]
    if unknown and any(a.delivery is not None for a in counted):
        below.append(f"Not known, and so within delivery: {', '.join(unknown)}.")
    if any(a.doubts for a in counted):
        below.append("~ a figure of the bridge is in doubt.")
    return Block((Column("Bridge", "label"), Column("", "number")), rows, (head,), tuple(below))


def _is_bridged(a: MovementAnswer) -> bool:
    return a.delivery is not None or a.untold is not None


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((v for v in values if v is not None), Decimal(0))


def _notes(called: Sequence[str], shown: Sequence[MovementAnswer], movement: Movement) -> list[str]:
    notes = []
    for name, a in zip(called, shown, strict=True):
        if a.falling:
            notes.append(f"! {name}: {', '.join(a.falling)} fell.")
        if a.was:
            notes.append(f"{name} was {', '.join(a.was)}.")
    waiting = [a for a in shown if a.is_exception and a.role != "total"]
    of_total = any(a.is_exception and a.role == "total" for a in shown)
    if waiting or of_total:
        plans = f"{len(waiting)} restated plan{'s' if len(waiting) != 1 else ''}" if waiting else ""
        who = " and ".join(filter(None, (plans, "the restated plan of the programme" if of_total else "")))
        verb = "waits" if len(waiting) + of_total == 1 else "wait"
        command = (
            f'qippctl plan approve --organisation "{body(movement.organisation)}" --period {movement.to_period}'
            " --meeting TEXT --reason TEXT"
        )
        notes.append(f"! {who} {verb} for a board's decision. Next: {command}")
    approved = sorted({a.approved for a in shown if a.approved is not None})
    if approved:
        count = sum(1 for a in shown if a.approved is not None)
        decisions = ", ".join(f"#{number}" for number in approved)
        notes.append(f"{count} restated plan{'s' if count != 1 else ''} approved: decision {decisions}.")
    return notes


def _explained(movement: Movement, shown: Sequence[MovementAnswer]) -> list[str]:
    """What the columns and marks mean, whose rule the colours are, and which papers say so."""
    lines = []
    if any(a.rolling for a in shown):
        lines.append(f"RAG of three months to {when(movement.to_period)}; - where a month has none.")
    if any(a.arrow_certain is False for a in shown):
        lines.append("? the printed precision leaves a colour open: qippctl rag says which.")
    if any(a.restated for a in shown):
        lines.append("* figures of the earlier papers are printed differently now: see below.")
    if any(a.doubts for a in shown):
        lines.append(DOUBTED)
    at = [period[-3:] if "-M" in period else period for period in (movement.from_period, movement.to_period)]
    lines.append(f"Plan and FOT are the year's. was: at {at[0]}, where it differs. RAG by {movement.policy}.")
    return [*lines, *(line for known, of in zip(movement.papers, at, strict=True) for line in papers(known, of=of))]


def _restated(called: Sequence[str], listed: Sequence[MovementAnswer], totals: Sequence[MovementAnswer]) -> list[Block]:
    """Figures that are printed differently now: plans of the year first, then the largest changes; totals are counted."""
    of_totals = sum(len(a.restated) for a in totals)
    rows = [(name, r) for name, a in zip(called, listed, strict=False) for r in a.restated]
    if not rows and not of_totals:
        return []
    rows.sort(key=lambda row: ((row[1].measure, row[1].basis) != ("plan", "year"), -abs(row[1].change)))
    amounts = Money([v for _, r in rows if r.unit == "GBP" for v in (r.was, r.now)])

    def said(r: Restated, value: Decimal) -> str:
        return amounts(value) if r.unit == "GBP" else plain(value) + ("%" if r.unit == "percent" else "")

    columns = (
        Column("Restated", "label"),
        Column("Figure", "colour"),
        Column("", "colour", optional=True),
        Column("Period", "colour"),
        Column("Was", "number"),
        Column("Now", "number"),
        Column("", "colour"),
    )
    cells = tuple(
        (
            name,
            f"{r.measure}.{r.basis}",
            " ".join(filter(None, (r.recurrence if r.recurrence != "all" else "", r.case, r.version, r.qualifier))),
            r.period or "",
            said(r, r.was),
            said(r, r.now),
            "~" if r.doubts else "",
        )
        for name, r in rows[:MOST_RESTATED]
    )
    figures = (
        "1 figure of the earlier papers is" if len(rows) == 1 else f"{len(rows)} figures of the earlier papers are"
    )
    further = [f"{len(rows) - MOST_RESTATED} more"] if len(rows) > MOST_RESTATED else []
    further += [f"{of_totals} of totals"] if of_totals else []
    below = (f"And {' and '.join(further)}: --format json has all.",) if further else ()
    return [Block(columns, cells, (f"* {figures} printed differently now.",), below)]


def history(found: Sequence[HistoryAnswer], policy: str) -> Listing:
    """A scheme's periods, oldest first, with a bar for each. `policy` rates them."""
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
        bars("To date"),
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
            bar(h.actual, h.plan),
        )
        for h in found
    )
    tones: tuple[Tone, ...] = tuple(TONES.get(h.rag, "") for h in found)
    name = " / ".join(filter(None, (newest.workstream, newest.scheme))) or newest.role.capitalize()
    above = (
        f"{body(newest.organisation)}   {name}   {money.heading}",
        f"To date {sparkline([h.actual for h in found])}   in month {sparkline([h.month for h in found])}",
    )
    below = [f"Plan, Actual and Var are to date. RAG by {policy}."]
    if any(h.doubts for h in found):
        below.append(DOUBTED)
    return Listing(found, [Block(columns, rows, above, tuple(below), tones)])
