"""Milestones whose date has passed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from qippctl.audit.catalogue import Breach, Told, rule
from qippctl.audit.material import Material
from qippctl.calc.due import Due, dues, year_of
from qippctl.models.records import Milestone

MOST_NAMED = 6


@rule("QS101", "warning")
def milestone_overdue_without_status(of: Material) -> Iterator[Told]:
    """Milestones were due before the month of the meeting, and the paper does not say what became of them.

    A blank status reads as on time. The meeting approves a plan of which it cannot know whether it began.

    Ask the lead for the status, and for a new date where the milestone was missed.

    A meeting of June: a first step due in May is ticked, the second, due in May as well, has no tick at all.
    """
    met = of.paper.cover.meeting_date
    milestones = of.records(Milestone)
    # Where no milestone has a status the paper does not tell them at all.
    if met is None or not any(m.status for m in milestones):
        return
    before = date.fromisoformat(met).replace(day=1)
    tables: dict[tuple[str | None, str | None], list[Milestone]] = defaultdict(list)
    for milestone in milestones:
        tables[(milestone.table, milestone.scheme)].append(milestone)
    for steps in tables.values():
        when = dues(steps, year_of(of.paper.cover))
        late = [
            (step, due)
            for step, due in zip(steps, when, strict=True)
            if due.on is not None and due.on < before and step.status is None and not step.doubts
        ]
        if late:
            yield _breach(of, late, met)


def _breach(of: Material, late: Sequence[tuple[Milestone, Due]], met: str) -> Breach:
    first = late[0][0]
    named = [f"{_name(step)} (due {step.completion})" for step, _ in late[:MOST_NAMED]]
    more = f" and {len(late) - MOST_NAMED} more" if len(late) > MOST_NAMED else ""
    count = "a milestone is" if len(late) == 1 else f"{len(late)} milestones are"
    return Breach(
        message=f"{first.scheme or 'the plan'}: {count} overdue at {met} without a status: {'; '.join(named)}{more}",
        page=first.page,
        table=first.table,
        row=first.row,
        where=of.title(first.table),
        key=f"{first.table}/{first.scheme}",
    )


def _name(step: Milestone) -> str:
    words = step.description if len(step.description) <= 60 else step.description[:59].rstrip() + "…"
    return f"{step.number} {words}" if step.number else words
