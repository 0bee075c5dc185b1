"""Milestones whose date has passed, and words of a time that is not the paper's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from qippctl.audit.catalogue import Breach, Told, also, rule
from qippctl.audit.material import Material
from qippctl.audit.wording import shortened
from qippctl.calc.due import Due, dues, year_of
from qippctl.models.paper import TableReading
from qippctl.models.records import Claim, Milestone
from qippctl.period import MONTH_NAME, MONTHS

MOST_NAMED = 6
_SPAN = r"(?P<{0}>(?:19|20)[0-9]{{2}})\s?[-/–]\s?(?P<{0}_end>[0-9]{{1,2}}|(?:19|20)[0-9]{{2}})(?![0-9/-])"
_TWO_SPANS = re.compile(
    r"(?<![0-9/-])" + _SPAN.format("first") + r"\s?(?:and|to|&|,|or)\s?" + _SPAN.format("next"), re.IGNORECASE
)
_END_OF = re.compile(
    rf"\b(?:to|at|by|until) the end of (?P<month>{MONTH_NAME})\b(?:,? (?P<year>20[0-9]{{2}}))?", re.IGNORECASE
)
_BELOW = re.compile(r"\b(?:below|following)\b", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:from|since|compared|previous(?:ly)?|last|earlier|than|will|plan(?:s|ned)? to|expected|be|due)\b",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"[a-z]{3,}", re.IGNORECASE)
_COMMON = frozenset({"the", "and", "for", "was", "were", "has", "have", "are", "with", "not", "only", "this", "end"})
ENOUGH_IN_COMMON = 2


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
        **of.place(first),
        key=f"{first.table}/{first.scheme}",
    )


def _name(step: Milestone) -> str:
    words = shortened(step.description, 60)
    return f"{step.number} {words}" if step.number else words


@rule("QP704", "warning")
def stale_period(of: Material) -> Iterator[Told]:
    """A sentence speaks of an earlier time than the table that it introduces, or of years that cannot be meant.

    It was most often left over from the paper before, and what it says was not looked at again.

    Ask whether it still holds at the paper's own date, and change the date or the sentence.

    No programme is rated red to the end of December, above a table of ratings to the end of March.
    """
    for table in of.paper.tables:
        yield from _stale(table)


def _stale(table: TableReading) -> Iterator[Told]:
    """What is said beside the sentence that introduces a table, of a month before any that this one names."""
    lead: str | None = None
    for text in table.above:
        if _BELOW.search(text) and _END_OF.search(text):
            lead = text
            continue
        ends = list(_END_OF.finditer(text))
        if (
            lead is None
            or len(ends) != 1
            or _COMPARED.search(text)
            or len(_words(lead) & _words(text)) < ENOUGH_IN_COMMON
        ):
            continue
        month, year = ends[0]["month"], ends[0]["year"]
        named = [_month(found[0]) for found in re.finditer(rf"\b{MONTH_NAME}\b", lead, re.IGNORECASE)]
        latest = max(named)
        if (
            year is None
            and month[0].isupper()
            and _month(month) < min(named)
            and latest - _month(month) < len(MONTHS) / 2
        ):
            yield Breach(
                message=f'"{ends[0][0]}" is said above a table that goes {_END_OF.search(lead)[0]}',  # type: ignore[index]
                page=table.page,
                table=table.table,
                where=table.title,
                text=text,
            )


def _month(text: str) -> int:
    """April is 1."""
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(text[:3].lower()))


def _words(text: str) -> set[str]:
    months = {name.casefold() for name in MONTHS}
    return {w for word in _CONTENT.findall(text) if (w := word.casefold()) not in _COMMON | months}


@also("QP704")
def impossible_year(of: Material) -> Iterator[Told]:
    """A year that follows another and ends as the next one would, but begins in none: 2008-9 and 2000-10."""
    texts = {claim.text: claim.page for claim in of.records(Claim)}
    for table in of.paper.tables:
        texts.update((text, table.page) for text in table.above if not any(text in known for known in texts))
    for text, page in texts.items():
        for found in _TWO_SPANS.finditer(text):
            first, then = int(found["first"]), int(found["next"])
            due = first + 1
            is_year = _ends(found["first_end"], first + 1)
            if is_year and _ends(found["next_end"], due + 1) and then not in (due, first):
                yield Breach(
                    message=f'"{found[0]}": {then} to {found["next_end"]} is no year; after the one before it {due} is meant',
                    printed=str(then),
                    recomputed=str(due),
                    page=page,
                    text=text,
                    key=found[0],
                )


def _ends(printed: str, year: int) -> bool:
    """Whether the end of a span stands for a year: 9, 09 or 2009."""
    return str(year).endswith(printed) and (len(printed) != 1 or year % 10 == int(printed))
