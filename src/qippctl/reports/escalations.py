"""Escalations for people: how many wait for an outcome, then each, then how to record one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qippctl.models.returns import Escalation
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.returns import as_csv, owners_in_words
from qippctl.reports.words import body, day


def escalations(found: Sequence[Escalation], today: date, *, everything: bool) -> Listing:
    """Those whose date has passed without an outcome on record, or all of them, by organisation."""
    shown = [one for one in found if everything or one.is_open]
    waiting = sum(1 for one in found if one.is_open)
    said = (
        f"{waiting} escalation{'s' if waiting != 1 else ''} overdue on {day(today.isoformat())}, no outcome recorded."
    )
    if not waiting:
        said = f"No escalation is overdue on {day(today.isoformat())} without an outcome."
    others = len(found) - len(shown)
    more = f"{others} more {'is' if others == 1 else 'are'} not due yet or settled (--all)." if others else ""
    blocks = [Block((), (), tuple(filter(None, (said, more))))]
    blocks += [
        _block(organisation, [one for one in shown if one.organisation == organisation])
        for organisation in dict.fromkeys(one.organisation for one in shown)
    ]
    if waiting:
        first = next(one for one in found if one.is_open)
        blocks.append(Block((), (), below=(f"Next: qippctl escalations resolve {first.id} --outcome TEXT",)))
    return Listing(shown, blocks, csv_rows=as_csv(Escalation, shown))


def _block(organisation: str | None, own: Sequence[Escalation]) -> Block:
    columns = (
        Column("Id", "colour"),
        Column("Due", "colour"),
        Column("Scheme", "label"),
        Column("Says", "text"),
        Column("Outcome", "label", optional=True),
        Column("Ask", "label", optional=True),
        Column("Printed", "colour", optional=True),
    )
    rows = tuple(
        (
            one.id,
            day(one.due) if one.due else "year unknown",
            " ".join(filter(None, (one.code, one.scheme or one.workstream))),
            one.text,
            f"{one.outcome} (decision {one.decision})" if one.outcome is not None else "",
            owners_in_words(one.owners),
            f"#{one.paper_number} p.{one.page}",
        )
        for one in own
    )
    tones: tuple[Tone, ...] = tuple("bad" if one.is_open else "" for one in own)
    return Block(columns, rows, (body(organisation),), (), tones)
