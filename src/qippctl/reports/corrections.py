"""Corrections and doubts for people: before, after, what else changes; and lists whose rows have numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from qippctl.models.corrections import STATES, Change, CheckChange, CorrectionAnswer
from qippctl.models.decisions import Correction, Undo
from qippctl.models.figure import DOUBT_MEANINGS, FIGURE_COLUMNS, Figure, Unit
from qippctl.money import plain
from qippctl.reports.listing import Block, Column, Listing
from qippctl.reports.words import COLOURS, body, day

# How many figures in doubt are shown at once.
MOST_SHOWN = 25
_FIELDS = ("value", "workstream", "scheme", "measure", "period")
_CHECKS = {
    "QT101": "variance = actual - plan",
    "QT102": "delivery = actual / plan",
    "QT103": "the parts of the row",
    "QT201": "the subtotal is the sum of its schemes",
    "QT202": "the total is the sum of its parts",
    "QT203": "the months make the year",
}


def amount(value: Decimal | None, unit: str | None) -> str:
    """A value in words: `£643,000`, `-£12,500`, `75%`."""
    if value is None:
        return ""
    if unit == "percent":
        return f"{plain(value)}%"
    whole, _, rest = plain(abs(value)).partition(".")
    shown = f"{int(whole):,}" + (f".{rest}" if rest else "")
    sign = "-" if value < 0 else ""
    return f"{sign}£{shown}" if unit == "GBP" else f"{sign}{shown} {unit or ''}".rstrip()


def said_of(made: Sequence[Correction], figure: Figure) -> list[str]:
    """How a figure was put right, by whom, when and why, and how it was read."""
    if figure.corrected is None:
        return []
    was = dict(figure.corrected.was)
    doubts = was.pop("doubts")
    lines = [f"corrected ({c.kind}): correction {c.number} by {c.by}, {day(c.at[:10])}: {c.reason}" for c in made]
    lines.append(f"as read: {fields_in_words(was, figure.unit)}")
    return [*lines, f"doubts as read: {doubts}"] if doubts else lines


def correction(answer: CorrectionAnswer, undoing: Undo | None = None) -> Listing:
    """One correction, or its undoing, before it is kept: the figure, before and after, what else changes."""
    of = " / ".join(filter(None, (answer.workstream, answer.scheme))) or answer.role or ""
    lines = [body(answer.organisation), f'{answer.figure}: printed "{answer.raw}"']
    if answer.page is not None and answer.row is not None and answer.column is not None:
        place = f"{answer.paper}, page {answer.page}, table {answer.table}"
        lines.append(f"{place}, row {answer.row + 1}, column {answer.column + 1}")
        lines.append(f"{of}: {answer.measure} {answer.period or 'no period'}")
    if undoing is not None:
        lines.append(f"Taking back correction {answer.number}, {answer.kind} by {answer.by}: {answer.reason}")
    if "value" in answer.now:
        lines.append(f"before  {amount(answer.before, answer.unit)}")
        lines.append(f"after   {amount(answer.after, answer.unit)}")
    for name, was, now in _labels(answer):
        lines.append(f"{name}: {was or '(none)'} -> {now or '(none)'}")
    if answer.row_figures:
        lines.append(f"{answer.row_figures} other figures of its row take the name, too.")
    if answer.doubts_laid:
        lines.append(f"{answer.doubts_laid} other figures of its table are in doubt no more: their sums hold now.")
    told = undoing or answer
    lines.append(f"{'' if undoing else answer.kind + ', '}by {told.by}: {told.reason}")
    return Listing([answer], [Block((), (), tuple(lines)), *_consequences(answer.changes, answer.checks)])


def _labels(answer: CorrectionAnswer) -> list[tuple[str, str | None, str | None]]:
    was, now = dict(answer.counted), dict(answer.counts)
    before, after = (".".join(filter(None, (d.pop("measure", None), d.pop("basis", None)))) for d in (was, now))
    found: list[tuple[str, str | None, str | None]] = [("measure", before, after)] if before else []
    found += [(name, was[name], now[name]) for name in ("workstream", "scheme", "period") if name in now]
    return [(name, old, new) for name, old, new in found if old != new]


def _consequences(changes: Sequence[Change], checks: Sequence[CheckChange]) -> list[Block]:
    """What else changes: answers in a table, then the sums that hold now or fail."""
    if not changes and not checks:
        return [Block((), (), ("Nothing else changes.",))]
    columns = (
        Column("What else changes", "label"),
        Column("", "colour"),
        Column("Before", "number"),
        Column("After", "number"),
    )
    rows = tuple(
        (
            " / ".join(filter(None, (c.workstream, c.scheme))) or c.role.capitalize(),
            c.name if c.name == "subject" else f"{c.name}.{c.basis}",
            _shown(c, c.before),
            _shown(c, c.after),
        )
        for c in changes
    )
    below = [
        f"{c.code} {_CHECKS.get(c.code, 'its arithmetic')} ({c.measure}, {c.label}, row {c.row + 1}): "
        + ("failed, now holds." if c.now_holds else "held, NOW FAILS.")
        for c in checks
    ]
    return [Block(columns if rows else (), rows, (), tuple(below))]


def _shown(change: Change, text: str | None) -> str:
    if text is None:
        return "-"
    if change.name in ("plan", "actual", "variance"):
        return amount(Decimal(text), "GBP")
    if change.name == "delivery":
        return f"{text}%"
    return COLOURS.get(text, text)


def corrections(found: Sequence[CorrectionAnswer], *, numbered: bool) -> Listing:
    """Corrections, one a row, in the order in which they were made."""
    columns = (
        *((Column("#", "number"),) if numbered else ()),
        Column("No.", "number"),
        Column("Figure", "text", optional=True),
        Column("Scheme", "label"),
        Column("What", "colour", optional=True),
        Column("Was", "text", flush_right=True),
        Column("Now", "text", flush_right=True),
        Column("Kind", "colour"),
        Column("State", "colour"),
        Column("Who, when, why", "text"),
    )
    rows = tuple(
        (
            *((f"#{k}",) if numbered else ()),
            str(a.number),
            a.figure,
            a.scheme or a.workstream or a.role or "",
            a.measure or "",
            fields_in_words({str(n): t for n, t in a.was.items()}, a.unit),
            fields_in_words({str(n): t for n, t in a.now.items()}, a.unit),
            a.kind,
            a.state,
            f"{a.by}, {day(a.at[:10])}: {a.reason}",
        )
        for k, a in enumerate(found, 1)
    )
    states = [f"{state}: {STATES[state]}." for state in dict.fromkeys(a.state for a in found) if state != "holds"]
    if any(a.state != "undone" for a in found):
        states.append("To take one back: qippctl corrections undo NUMBER --reason TEXT")
    above = f"{len(found) or 'No'} correction{'' if len(found) == 1 else 's'}"
    return Listing(found, [Block(columns, rows, (above,), tuple(states))])


def fields_in_words(of: Mapping[str, str | None], unit: Unit | None) -> str:
    """Fields of a figure as people say them: `£643,000, plan.ytd`."""
    fields = dict(of)
    if "measure" in fields:
        fields["measure"] = f"{fields['measure']}.{fields.get('basis')}"
    shown = [(name, fields[name]) for name in _FIELDS if name in fields]
    return ", ".join(amount(Decimal(t), unit) if n == "value" and t else t or "(none)" for n, t in shown)


def imported(found: Sequence[CorrectionAnswer]) -> Listing:
    """Corrections of a file with their lines, then what else they change together."""
    columns = (
        Column("Line", "number"),
        Column("Figure", "text", optional=True),
        Column("Scheme", "label"),
        Column("What", "colour"),
        Column("Printed", "text", flush_right=True),
        Column("Was", "text", flush_right=True),
        Column("Now", "text", flush_right=True),
        Column("Kind", "colour"),
    )
    rows = tuple(
        (
            str(a.line or ""),
            a.figure,
            a.scheme or a.workstream or a.role or "",
            a.measure or "",
            a.raw,
            fields_in_words({str(n): t for n, t in a.was.items()}, a.unit),
            fields_in_words({str(n): t for n, t in a.now.items()}, a.unit),
            a.kind,
        )
        for a in found
    )
    above = f"{len(found) or 'No'} correction{'' if len(found) == 1 else 's'} to keep"
    changes, checks = [c for a in found for c in a.changes], [c for a in found for c in a.checks]
    return Listing(found, [Block(columns, rows, (above,)), *(_consequences(changes, checks) if found else ())])


def most_doubted(found: Sequence[Figure], *, everything: bool) -> Sequence[Figure]:
    return found if everything else found[:MOST_SHOWN]


def doubts(found: Sequence[Figure], shown: Sequence[Figure], *, numbered: bool) -> Listing:
    """Figures in doubt, the most money first, and what their doubts mean."""
    columns = (
        *((Column("#", "number"),) if numbered else ()),
        Column("Scheme", "label"),
        Column("What", "colour"),
        Column("Printed", "number"),
        Column("Value", "number"),
        Column("Why", "text"),
        Column("Page", "number"),
        Column("Paper", "label", optional=True),
    )
    papers = {figure.paper for figure in shown}
    rows = tuple(
        (
            *((f"#{k}",) if numbered else ()),
            f.scheme or f.workstream or f.role.capitalize(),
            f.names,
            f.raw,
            amount(f.value, f.unit),
            ", ".join(doubt.replace("-", " ") for doubt in f.doubts),
            str(f.page),
            f.paper if len(papers) > 1 else "",
        )
        for k, f in enumerate(shown, 1)
    )
    codes = dict.fromkeys(doubt for figure in shown for doubt in figure.doubts)
    below = [f"{doubt.replace('-', ' ')}: {DOUBT_MEANINGS[doubt]}." for doubt in codes]
    if len(shown) < len(found):
        below.append(f"{len(found) - len(shown)} more, of less money: --all shows them.")
    if shown:
        number = "'#1'" if numbered else "FIGURE_ID"
        below.append(f"Next: qippctl evidence {number}, or qippctl correct {number} VALUE --kind misread --reason TEXT")
    bodies = ", ".join(dict.fromkeys(body(figure.organisation) for figure in found))
    above = f"{len(found)} figure{'' if len(found) == 1 else 's'} in doubt{f': {bodies}' if bodies else ''}"
    return Listing(found, [Block(columns, rows, (above,), tuple(below))], FIGURE_COLUMNS)
