"""Decisions of people, for people: what was recorded, under which number, and how it is taken back."""

from __future__ import annotations

from collections.abc import Sequence

from qippctl.models.decisions import Decision, Outcome, PlanApproval, Privacy, Undo
from qippctl.models.returns import Escalation
from qippctl.reports.listing import Block, Column, Listing
from qippctl.reports.words import body, day, when


def approved(made: PlanApproval) -> Listing:
    """The echo of an approval."""
    plan = f"{body(made.organisation)}   plan as of {made.period}   {made.scheme or 'every scheme'}"
    return _echo(made, plan, f"Approved by {made.meeting}.", f"plan withdraw {made.number}")


def resolved(made: Outcome, of: Escalation) -> Listing:
    """The echo of an outcome, below the sentence that it is of."""
    about = "   ".join(filter(None, (body(of.organisation), of.code, of.scheme or of.workstream)))
    return _echo(made, about, f'"{of.text}"', f"Outcome: {made.outcome}", f"escalations reopen {made.number}")


def made_private(made: Privacy, paper: int) -> Listing:
    """The echo of a paper, by its number, that stays in the house."""
    about = f"#{paper} {made.paper} stays in the house: exports, reports, charts and packs leave it out."
    return _echo(made, body(made.organisation), about, f"papers public '#{paper}'")


def _echo(made: Decision, *lines: str) -> Listing:
    *said, undoing = lines
    who = f"{made.by}, {day(made.at[:10])}" + (f": {made.reason}" if made.reason else "")
    kept = (
        f"Recorded as decision {made.number}. To take it back: qippctl {undoing} --reason TEXT"
        if made.number
        else "Nothing was kept: --dry-run."
    )
    return Listing([made], [Block((), (), (*said, who), (kept,))])


def undone(made: Undo, what: str) -> Listing:
    """The echo of a decision taken back."""
    kept = f"Recorded as decision {made.number}." if made.number else "Nothing was kept: --dry-run."
    said = f"{what} {made.undoes} {'is' if made.number else 'would be'} taken back: {made.reason}"
    return Listing([made], [Block((), (), (said,), (kept,))])


def approvals(found: Sequence[PlanApproval]) -> Listing:
    """Approvals in the order in which they were recorded."""
    columns = (
        Column("No.", "number"),
        Column("Organisation", "label"),
        Column("Plan as of", "colour"),
        Column("Scheme", "label"),
        Column("Meeting", "label"),
        Column("By", "label", optional=True),
        Column("Reason", "label", optional=True),
        Column("", "colour", optional=True),
    )
    rows = tuple(
        (
            str(a.number),
            body(a.organisation),
            when(a.period),
            a.scheme or "every scheme",
            a.meeting,
            a.by,
            a.reason,
            f"withdrawn by {a.undone_by}" if a.undone_by is not None else "",
        )
        for a in found
    )
    count = f"{len(found) or 'No'} plan approval{'s' if len(found) != 1 else ''}"
    below = () if found else ("To record one: qippctl plan approve --help",)
    names = tuple(PlanApproval.model_fields)
    return Listing(found, [Block(columns, rows, (count,), below)], csv_columns=names)
