"""Columns that can be taken in more than one way: two of one meaning, spans that no heading names, years not yet over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qippctl.interpret.columns import Column
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.meanings import Meaning
from qippctl.interpret.spans import Span
from qippctl.interpret.words import find
from qippctl.models.figure import Doubt, Measure
from qippctl.period import find_mention


def told_apart(columns: Sequence[Column], span: Span) -> list[Column]:
    """Columns of which several have one and the same meaning are in doubt: their headings say more than was understood."""
    alike: dict[Meaning, list[int]] = defaultdict(list)
    for column in columns:
        if column.kind == "figures" and len(column.meanings) == 1:
            meaning = column.meanings[0]
            start = meaning.start if meaning.start is not None else span.start
            month = (meaning.month or span.month) if meaning.basis in ("ytd", "month") else None
            alike[replace(meaning, start=start, month=month, at_month=False)].append(column.index)
    unclear = {c.index for c in columns if Doubt.HEADING_UNCLEAR in c.doubts}
    doubled = {
        index
        for indices in alike.values()
        # Beside one whose heading is clear, those in doubt anyway say nothing against it.
        if len(indices) > 1 and len(set(indices) - unclear) != 1
        for index in indices
    }
    return [_doubted(c, Doubt.HEADING_UNCLEAR) if c.index in doubled else c for c in columns]


def bases_named(
    before: Sequence[Column], after: Sequence[Column], titles: Sequence[str], span: Span, decided: frozenset[int]
) -> list[Column]:
    """Plans and actuals whose span no heading names are in doubt in a month's report, unless title or arithmetic decides."""
    named = any(find(entry.words, title) for title in titles for entry in vocabulary().bases)
    monthly = any((mention := find_mention(title)) is not None and mention.month is not None for title in titles)
    unsaid = any(_is_open(c) and (_is(c, "plan") or _is(c, "actual")) for c in before)
    if span.month is None or named or monthly or not unsaid or not any(_is(c, "actual") for c in before):
        return list(after)
    pairs = zip(before, after, strict=True)
    return [
        _doubted(now, Doubt.BASIS_UNCLEAR) if _is_open(was) and now.index not in decided else now for was, now in pairs
    ]


def measures_named(columns: Sequence[Column], titles: Sequence[str]) -> list[Column]:
    """What the columns hold whose headings name no measure: the one that the title names, else a plan.

    In doubt where the title names several, or where neither title nor time says that it is one. Beside a plan that is
    called so, a column of the same span is something else.
    """
    named = {measure for title in titles for measure in _measures_of(title)}
    only = named.pop() if len(named) == 1 else None
    plans = {_span_of(c) for c in columns if _is(c, "plan") and not c.is_bare}
    out = []
    for column in columns:
        if column.kind != "figures" or not column.is_bare or not _is(column, "plan"):
            out.append(column)
        elif only in ("actual", "forecast") and find(["budget*"], column.heading) is None:
            meanings = tuple(replace(m, measure=only) for m in column.meanings)
            out.append(replace(column, meanings=meanings, because=f"the title speaks of {only}s"))
        elif _span_of(column) in plans:
            out.append(replace(column, kind="unknown", meanings=(), because=""))
        else:
            says_when = column.meanings[0].start is not None or column.meanings[0].month is not None
            sure = only == "plan" or (says_when and not named and only is None)
            out.append(column if sure else _doubted(column, Doubt.HEADING_UNCLEAR))
    return out


def past_years(columns: Sequence[Column], titles: Sequence[str], meeting: date | None) -> list[Column]:
    """Savings of a year that was over when the paper was written, of which nothing says whether planned or achieved: more
    likely achieved, and in doubt."""
    told = any(c.kind == "figures" and not c.is_bare for c in columns)  # what stands beside says what these are not
    if told or meeting is None or any("plan" in _measures_of(title) for title in titles):
        return list(columns)
    out = []
    for column in columns:
        start = column.meanings[0].start if column.meanings else None
        over = start is not None and meeting > date(start + 1, 3, 31)
        if column.kind == "figures" and column.is_bare and over and _is(column, "plan"):
            meanings = tuple(replace(m, measure="actual") for m in column.meanings)
            column = replace(column, meanings=meanings, because="headed by a year that was over: what was achieved")
            column = _doubted(column, Doubt.HEADING_UNCLEAR)
        out.append(column)
    return out


def _measures_of(title: str) -> set[Measure | None]:
    """The measures that a title speaks of; words such as delivery say nothing of what is delivered already."""
    words = vocabulary()
    strong = [(e.measure, [w for w in e.words if w not in words.weak_in_titles]) for e in words.measures]
    return {measure for measure, phrases in strong if find(phrases, title)}


def _span_of(column: Column) -> tuple[object, ...]:
    m = column.meanings[0]
    return (m.basis, m.recurrence, m.start, m.month, m.quarter)


def years_over(columns: Sequence[Column], span: Span, meeting: date | None) -> list[Column]:
    """An actual of the whole year, in a year that the data do not reach the end of, may be one to date."""
    out = []
    for column in columns:
        start = column.meanings[0].start if column.meanings else None
        start = start if start is not None else span.start
        whole_year = _is(column, "actual") and column.meanings[0].basis == "year"
        over = (
            start is None
            or (span.start == start and span.month == 12)
            or (meeting is not None and meeting > date(start + 1, 3, 31))
        )
        out.append(_doubted(column, Doubt.BASIS_UNCLEAR) if whole_year and not over else column)
    return out


def _is(column: Column, measure: str) -> bool:
    return bool(column.meanings) and column.meanings[0].measure == measure


def _is_open(column: Column) -> bool:
    return bool(column.meanings) and column.meanings[0].basis is None


def _doubted(column: Column, doubt: Doubt) -> Column:
    return replace(column, doubts=tuple(dict.fromkeys((*column.doubts, doubt))))
