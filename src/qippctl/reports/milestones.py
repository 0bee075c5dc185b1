"""Milestones for people: how many stand how, then those that want a word, then whose rule it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from qippctl.calc.punctuality import counts
from qippctl.models.registers import LATE, STATES, MilestoneAnswer, State
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.words import COLOURS, TONES, body, day

By = Literal["scheme", "owner"]
_WORDS: dict[State, str] = {
    "overdue_no_status": "overdue with no status",
    "overdue": "missed",
    "due": "due",
    "not_due": "not due",
    "undated": "undated",
    "done_late": "achieved late",
    "done": "achieved",
}
_SHORT: dict[State, str] = {
    "overdue_no_status": "No status",
    "overdue": "Missed",
    "due": "Due",
    "not_due": "Not due",
    "undated": "Undated",
    "done_late": "Late",
    "done": "Achieved",
}


def milestones(
    found: Sequence[MilestoneAnswer], at: date, *, by: By | None = None, everything: bool = False
) -> Listing:
    """By organisation: counts, then what is overdue, missed, due or put off; everything, or groups, if asked for."""
    blocks: list[Block] = []
    for name in dict.fromkeys(one.organisation for one in found):
        own = [one for one in found if one.organisation == name]
        above = (f"{body(name)}   at {day(at.isoformat())}", _headline(own))
        shown = own if everything else [one for one in own if _is_told(one)]
        table = _groups(own, by) if by else _table(sorted(shown, key=_order))
        rest = len(own) - len(shown)
        more = f"{rest} more (--all)." if rest and not by else ""
        below = [line for line in (more, *_notes(own if by else shown, by), _rule(own, by)) if line]
        blocks.append(Block(table.columns, table.rows, above, tuple(below), table.tones))
    records = sorted(found, key=lambda one: _group(one, by)) if by else found
    return Listing(records, blocks)


def _headline(own: Sequence[MilestoneAnswer]) -> str:
    said = ", ".join(f"{n} {_WORDS[state]}" for state, n in counts(own).items())
    put_off = sum(1 for one in own if one.slips)
    return f"{said}." + (f" {put_off} put off since an earlier paper." if put_off else "")


def _is_told(one: MilestoneAnswer) -> bool:
    """Whether a person should look at it."""
    return one.state in (*LATE, "due", "done_late") or bool(one.slipped_days or one.doubts)


def _order(one: MilestoneAnswer) -> tuple[int, int]:
    return STATES.index(one.state), -(one.days_late or one.days_late_least or 0)


def _table(shown: Sequence[MilestoneAnswer]) -> Block:
    columns = (
        Column("Scheme", "label"),
        Column("No", "colour", optional=True),
        Column("Milestone", "label"),
        Column("Due", "colour"),
        Column("Days late", "number"),
        Column("Stands", "colour"),
        Column("RAG", "colour", optional=True),
        Column("Was due", "colour", optional=True),
        Column("", "colour", optional=True),
        Column("Ask", "label", optional=True),
        Column("Printed", "colour", optional=True),
    )
    rows = tuple(
        (
            one.scheme or "",
            one.number or "",
            one.description,
            (day(one.due) + ("=" if one.is_derived else "")) if one.due else one.completion or "",
            _late(one),
            _SHORT[one.state],
            COLOURS[one.rag] if one.rag not in (None, "not_due") else "",
            day(one.slipped_from) if one.slipped_from else "",
            "~" if one.doubts else "",
            one.owner or "",
            f"#{one.sources[0].paper_number} p.{one.page}",
        )
        for one in shown
    )
    tones: tuple[Tone, ...] = tuple(TONES.get(one.rag) or ("bad" if one.is_late else "") for one in shown)
    return Block(columns, rows, (), (), tones)


def _late(one: MilestoneAnswer) -> str:
    if one.days_late is not None:
        return str(one.days_late) if one.days_late else ""
    if one.days_late_least is None:
        return ""
    most = f"-{one.days_late_most}" if one.days_late_most is not None else "+"
    return f"{one.days_late_least}{most}"


def _group(one: MilestoneAnswer, by: By | None) -> str:
    return (one.scheme if by == "scheme" else one.owner) or ""


def _groups(own: Sequence[MilestoneAnswer], by: By) -> Block:
    """How many of each scheme, or of each owner, stand how: those with most overdue first."""
    names = dict.fromkeys(_group(one, by) for one in own)
    gathered = [(name, [one for one in own if _group(one, by) == name]) for name in names]
    gathered.sort(key=lambda item: -sum(one.is_late for one in item[1]))
    there = [state for state in STATES if any(one.state == state for one in own)]
    columns = (
        Column("Scheme" if by == "scheme" else "Owner", "label"),
        *(Column(_SHORT[state], "number") for state in there),
        *((Column("RAG", "colour", optional=True),) if by == "scheme" else ()),
    )
    rows = tuple(
        (
            name or ("(no scheme)" if by == "scheme" else "(nobody named)"),
            *(str(n) if (n := sum(one.state == state for one in group)) else "" for state in there),
            *((COLOURS.get(group[0].scheme_rag or "", ""),) if by == "scheme" else ()),
        )
        for name, group in gathered
    )
    tones: tuple[Tone, ...] = tuple(
        TONES.get(group[0].scheme_rag, "") if by == "scheme" else "" for _, group in gathered
    )
    return Block(columns, rows, (), (), tones)


def _notes(shown: Sequence[MilestoneAnswer], by: By | None) -> list[str]:
    out = []
    if any(one.state == "overdue_no_status" for one in shown):
        out.append("No status: its date has passed, and no paper says what became of it.")
    if any(one.is_derived for one in shown) and not by:
        out.append("= worked out: the paper names a month, or a day without a year.")
    if any(one.days_late is None and one.days_late_least is not None for one in shown) and not by:
        out.append("Days late of what is missed are those that the paper's own words allow.")
    if any(one.doubts for one in shown) and not by:
        out.append("~ the row may be misread: qippctl papers show says why.")
    return out


def _rule(own: Sequence[MilestoneAnswer], by: By | None) -> str:
    """Whose rule judged, and how much of what is late it gives no colour."""
    late = [one for one in own if one.is_late or one.state == "done_late"]
    if by == "scheme":
        schemes = {one.scheme: one.scheme_rag for one in late}
        said, what, colours = "all of a scheme's milestones together", "schemes with late ones", list(schemes.values())
    else:
        said, what, colours = "each milestone by itself", "late ones", [one.rag for one in late]
    left = colours.count(None)
    gap = f" It leaves {left} of {len(colours)} {what} without a colour: --format json says why." if left else ""
    return f"RAG by {own[0].policy}, {said}.{gap}"
