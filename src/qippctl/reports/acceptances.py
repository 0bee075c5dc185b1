"""Accepted findings for people: what was recorded, and the list of them."""

from __future__ import annotations

from collections.abc import Sequence

from qippctl.models.acceptances import ACCEPTANCE_STATES, AcceptanceAnswer
from qippctl.models.decisions import Acceptance
from qippctl.reports.listing import Block, Column, Listing
from qippctl.reports.words import day

WHOLE = 1000


def _who(made: Acceptance) -> str:
    return f"{made.by}{', ' + day(made.at[:10]) if made.at else ''}: {made.reason}"


def accepted(made: Sequence[Acceptance]) -> Listing:
    """The echo of acceptances."""
    lines = [f"{one.code} {one.paper}: {one.message}" for one in made]
    numbers = [str(one.number) for one in made if one.number]
    if not made:
        kept = "Nothing to accept."
    elif not numbers:
        kept = "Nothing was kept: --dry-run."
    else:
        which = f"decision {numbers[0]}" if len(numbers) == 1 else f"decisions {', '.join(numbers)}"
        kept = f"Recorded as {which}. To take it back: qippctl audit reopen {numbers[0]} --reason TEXT"
    who = [_who(made[0])] if made and len({_who(one) for one in made}) == 1 else []
    return Listing(made, [Block((), (), (*lines, *who), (kept,))], csv_columns=tuple(Acceptance.model_fields))


def acceptances(found: Sequence[AcceptanceAnswer]) -> Listing:
    """Acceptances in the order in which they were recorded; last what their states mean."""
    columns = (
        Column("No.", "number"),
        Column("Rule", "colour"),
        Column("Paper", "label"),
        Column("Finding", "text", most=WHOLE),
        Column("State", "label"),
        Column("Who, when, why", "text", most=WHOLE),
    )
    rows = tuple((str(one.number), one.code, one.paper, one.message, one.state, _who(one)) for one in found)
    count = f"{len(found) or 'No'} accepted finding{'s' if len(found) != 1 else ''}"
    states = dict.fromkeys(one.state for one in found)
    below = [f"{state}: {ACCEPTANCE_STATES[state]}." for state in states if state != "holds"]
    below += [] if found else ["To accept one: qippctl audit accept --help"]
    return Listing(
        found, [Block(columns, rows, (count,), tuple(below))], csv_columns=tuple(AcceptanceAnswer.model_fields)
    )
