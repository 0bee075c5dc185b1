"""When a step is due, as papers print it: a full date, else a month to which the paper or the step before gives the year.

A month without a year is of the financial year of its paper, and falls due with its last day: worked out, and said to be so.
Where that is contradicted (the paper reports one year and met in the next, or the step before is due more than half a year
later) the year is open, and no date is given.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from qippctl.calc.positions import normal_name
from qippctl.models.paper import Cover
from qippctl.models.records import Milestone
from qippctl.period import MONTH_NAME, MONTHS, Period, find_mention, of_date

HALF_A_YEAR = 183
MIDDLE_OF_YEAR = 6
LONGEST = 200

_REPLACED = re.compile(r"\b(?:revised|now|moved to|new|changed to|re-?planned)\b", re.IGNORECASE)
_WITHOUT_END = re.compile(
    r"\bon[ -]?(?:going|wards?)\b|\bcontinu|\bthroughout\b|\bfrom\b(?!.{1,40} to )", re.IGNORECASE
)
_MONTH = re.compile(
    rf"(?:(?<![0-9])(?P<day>[0-9]{{1,2}}) ?(?:st|nd|rd|th)?(?: of)?[ -])?\b(?P<month>{MONTH_NAME})\b"
    r"(?: (?P<after>[0-9]{1,2})(?:st|nd|rd|th)\b)?(?:[ ,'’-]{1,2}(?P<year>20[0-9]{2}|[0-9]{2})(?![0-9]|st|nd|rd|th))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Due:
    """The last day on which a step is in time; None = not known, and `note` may say why."""

    on: date | None
    is_derived: bool = False
    is_month: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A month that a text names, in April's numbering, with what else it says of the date."""

    month: int
    day: int | None = None
    start: int | None = None

    def on(self, start: int) -> date | None:
        """The day, or the last of the month, in the financial year that begins in `start`."""
        year, month = (start, self.month + 3) if self.month <= 9 else (start + 1, self.month - 9)
        try:
            return date(year, month, self.day or monthrange(year, month)[1])
        except ValueError:
            return None


def written(cover: Cover) -> date | None:
    """The day of which a paper speaks: its meeting, else the end of its month or the middle of its year."""
    if cover.meeting_date:
        return date.fromisoformat(cover.meeting_date)
    if cover.period is None:
        return None
    at = Period.parse(cover.period)
    month = (at.month or MIDDLE_OF_YEAR) + 3
    first_after = date(at.start + month // 12, month % 12 + 1, 1)
    return first_after - timedelta(days=1)


def year_of(cover: Cover) -> int | None:
    """The financial year, by its starting year, that months in a paper are of; None where its period and meeting differ."""
    met = of_date(date.fromisoformat(cover.meeting_date)).start if cover.meeting_date else None
    reports = Period.parse(cover.period).start if cover.period else None
    years = {year for year in (met, reports) if year is not None}
    return years.pop() if len(years) == 1 else None


def named(text: str | None) -> Named | None:
    """The month that a text names for completion, the last of several; None where it names none, or goes on without end.

    >>> named("1st July"), named("May/June"), named("on-going")
    (Named(month=4, day=1, start=None), Named(month=3, day=None, start=None), None)
    """
    *_, last = _REPLACED.split((text or "")[:LONGEST])
    if _WITHOUT_END.search(last):
        return None
    found = list(_MONTH.finditer(last))
    if found:
        one = found[-1]
        month = next(i for i, name in enumerate(MONTHS, 1) if name.startswith(one["month"][:3].lower()))
        day = one["day"] or one["after"]
        year = int(one["year"][-2:]) + 2000 if one["year"] else None
        return Named(month, int(day) if day else None, year - (month > 9) if year is not None else None)
    mention = find_mention(last)
    if mention is None or (mention.month is None and mention.start is None):
        return None
    return Named(mention.month or len(MONTHS), start=mention.start)


def dues(steps: Sequence[Milestone], year: int | None) -> list[Due]:
    """When each of one scheme's steps is due, in the order of print; `year` is that of their paper."""
    out: list[Due] = []
    last: date | None = None
    for k, step in enumerate(steps):
        goes_on = k > 0 and step.number is None and _words(step) == _words(steps[k - 1])
        due = _due(step, year, last, goes_on=goes_on)
        out.append(due)
        last = due.on or last
    return out


def _words(step: Milestone) -> str:
    return normal_name(step.description)


def _due(step: Milestone, year: int | None, last: date | None, *, goes_on: bool) -> Due:
    if step.completion_date:
        return Due(date.fromisoformat(step.completion_date))
    if step.completion is None:
        return Due(None, note=f"begins {step.start}; no completion is printed" if step.start else None)
    said = named(step.completion)
    if said is None:
        return Due(None, note=f'"{step.completion}" is no date')
    open_ = Due(None, note=f'the year of "{step.completion}" is open')
    known = said.start if said.start is not None else _year(step, said, year)
    if known is None:
        return open_
    on = said.on(known)
    if on is None:
        return Due(None, note=f'"{step.completion}" is no day of the calendar')
    due = Due(on, is_derived=True, is_month=said.day is None)
    if said.start is None and last is not None and on < last:
        if goes_on:
            # A further phase of the step before: it does not end before that.
            return replace(due, on=next((d for y in (known + 1, known + 2) if (d := said.on(y)) and d >= last), None))
        if (last - on).days > HALF_A_YEAR:
            return open_
    return due


def _year(step: Milestone, said: Named, year: int | None) -> int | None:
    """The financial year in which a step that is to be completed in a month ends: no earlier than it begins."""
    if step.start_date:
        begins = date.fromisoformat(step.start_date)
        start = of_date(begins).start
        on = said.on(start)
        return start if on is not None and on >= begins else start + 1
    begun = named(step.start)
    known = begun.start if begun is not None and begun.start is not None else year
    if known is None or begun is None:
        return known
    return known + 1 if begun.month > said.month else known
