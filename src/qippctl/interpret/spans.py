"""Which month or year a table reports, and which the paper: from titles, headings above, and the cover.

The nearer a statement stands to the table, the more it is trusted; the years among the table's own headings rule out
what does not fit them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from qippctl.interpret.words import unmarked
from qippctl.period import Period, find_date, find_mention, find_year, find_years, of_date

LONGEST_HEADING = 140
_AS_AT = re.compile(
    r"\b(?:as at|as of|at the end of|up to|to the end of|at (?=[0-9])|to (?=[0-9])|ending|ended)\b", re.IGNORECASE
)
_NUMBERED = re.compile(r"\b(?:month|m|mth|period) ?[0-9]{1,2}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """A year and, where known, a month of it; either may be missing. `pieced`: they come from different lines; `conflict`: the
    number of the month and its name or date do not agree."""

    start: int | None = None
    month: int | None = None
    pieced: bool = False
    conflict: bool = field(default=False, compare=False)

    @property
    def period(self) -> Period | None:
        return None if self.start is None else Period(self.start, self.month or 0)


def _is_of_data(line: str) -> bool:
    """Whether the time that a heading names is that of its figures: a bare date may be a meeting's."""
    return find_date(line) is None or bool(_AS_AT.search(line) or _NUMBERED.search(line))


class Context:
    """What the headings read so far say about time. A heading with a new year forgets the month of the old one."""

    def __init__(self) -> None:
        self.span = Span()
        self._used = False

    def close(self) -> None:
        """A table has followed: a new heading without a time of its own ends what was said for that table."""
        self._used = True

    def read(self, text: str) -> None:
        line = unmarked(text)
        if self._used and line and not is_sentence(line) and len(line.split()) >= 2 and find_mention(line) is None:
            self.span, self._used = Span(), False
        if not line or len(line) > LONGEST_HEADING or is_sentence(line):
            return
        mention = find_mention(line)
        if mention is None or not _is_of_data(line):
            return
        self._used = False
        if mention.start is not None and mention.start != self.span.start:
            self.span = Span(mention.start, mention.month, conflict=mention.conflict)
        elif mention.month is not None:
            self.span = Span(self.span.start, mention.month, pieced=mention.start is None, conflict=mention.conflict)


def is_sentence(line: str) -> bool:
    """Whether a line is prose, a piece of it, or a list item: not a heading."""
    words = len(line.split())
    if line.lower().startswith(("appendix", "table", "figure", "section")) and words <= 25:
        return False
    return line[:1] in "•-·*" or line[:1].islower() or words > 14 or (words > 8 and line.endswith((".", ":", ",", ";")))


def table_span(titles: Iterable[str], years: Sequence[int], above: Span, paper: Span) -> Span:
    """The span of a table: its titles' own, else the headings' above it, else the paper's, that fits its column years."""
    own = Span()
    for title in titles:
        mention = find_mention(title)
        if mention is not None and _is_of_data(title):
            start = mention.start if mention.start is not None else own.start
            own = Span(start, mention.month or own.month, conflict=mention.conflict)

    def fits(span: Span) -> bool:
        return span.start is None or not years or span.start in years

    if own.start is not None and own.month is not None:
        return own
    if own.month is not None:
        return _with_month(own.month, years, above, paper)
    wanted = own.start
    # `M1 Performance` below a heading of another year is the paper's own M1.
    ordered = (paper, above) if above.pieced and above.month == paper.month else (above, paper)
    for span in ordered:
        if span.start is not None and fits(span) and (wanted is None or span.start == wanted):
            month = span.month or (paper.month if paper.start == span.start else None)
            return Span(span.start, month, conflict=span.conflict and span.month is not None)
    return Span(wanted if wanted is not None else (years[0] if years else paper.start))


def _with_month(month: int, years: Sequence[int], above: Span, paper: Span) -> Span:
    """A title that names a month alone: the paper's year where the months agree, else the year of the headings above."""
    for span in (paper, above) if paper.month == month else (above, paper):
        if span.start is not None and (not years or span.start in years):
            return Span(span.start, month)
    return Span(years[0] if years else paper.start, month)


def paper_span(first: Iterable[str], texts: Iterable[str], meeting: date | None) -> Span:
    """The span that a paper is about, not after its meeting.

    In this order of trust: the month most often given by its number or with its year (`Month 11 (February 2015)`), the
    year that the `first` lines name, the month at whose end most figures are said to stand, the year most often named.
    """
    latest = of_date(meeting) if meeting else None
    numbered: Counter[Period] = Counter()
    ends: Counter[Period] = Counter()
    years: Counter[int] = Counter()
    for text in texts:
        for sentence in re.split(r"(?<=[.;:])\s+", unmarked(text)[:20_000]):
            _count(sentence, numbered, ends, years, latest)
    if numbered:
        best = max(numbered, key=lambda period: (numbered[period], period))
        return Span(best.start, best.month)
    for line in first:
        # A plan is written in the year before its first.
        if (start := find_year(line)) is not None and (latest is None or start <= latest.start + 1):
            return Span(start)
    if ends:
        best = max(ends, key=lambda period: (ends[period], period))
        return Span(best.start, best.month)
    if years:
        return Span(max(years, key=lambda year: (years[year], year)))
    return Span(latest.start) if latest else Span()


def _count(
    sentence: str, numbered: Counter[Period], ends: Counter[Period], years: Counter[int], latest: Period | None
) -> None:
    mention = find_mention(sentence)
    if mention is None:
        return
    if mention.start is not None and mention.month is not None:
        at = Period(mention.start, mention.month)
        day = find_date(sentence)
        if latest is None or at <= latest:
            if _NUMBERED.search(sentence):
                numbered[at] += 1
            # Data run to the end of a month: `as at 31st March` names one, `booked up to 12th May` does not.
            elif _AS_AT.search(sentence) and (day is None or day.day >= 28):
                ends[at] += 1
    for start in find_years(sentence):
        if latest is None or start <= latest.start:
            years[start] += 1
