"""Columns that can be taken in more than one way: two of one meaning, spans that no heading names, years not yet over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from qippctl.interpret.cells import read_cell
from qippctl.interpret.columns import Column
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.meanings import Meaning
from qippctl.interpret.spans import Span
from qippctl.interpret.sums import Row, meets_sum
from qippctl.interpret.words import find
from qippctl.models.figure import Doubt, Measure
from qippctl.period import find_mention

# Months or quarters side by side from which it shows whether they are sums of those before them.
FEWEST_PARTS = 3
LAST_MONTH = 12


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
        elif only != "plan" and column.meanings[0].basis == "ytd":
            # To date, and no word of a plan: what was achieved, more likely.
            to_date = tuple(replace(m, measure="actual") for m in column.meanings)
            out.append(
                _doubted(
                    replace(column, meanings=to_date, because="to date, without a word of a plan"),
                    Doubt.HEADING_UNCLEAR,
                )
            )
        elif only in ("actual", "forecast") and find(["budget*"], column.heading) is None:
            meanings = tuple(replace(m, measure=only) for m in column.meanings)
            out.append(replace(column, meanings=meanings, because=f"the title speaks of {only}s"))
        elif _span_of(column) in plans:
            out.append(replace(column, kind="unknown", meanings=(), because=""))
        else:
            says_when = column.meanings[0].start is not None or column.meanings[0].month is not None
            if only == "plan":
                column = replace(column, is_bare=False, because="the title speaks of plans")
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


def running(columns: Sequence[Column], said: Sequence[str]) -> list[Column]:
    """Months and quarters side by side that are sums from April on, where a title or a line above the table says so."""
    own = {c.index for c in _parts(columns)}
    told = len(own) > 1 and any(find(vocabulary().running_sums, text) for text in said)
    return [_to_date(c) if told and c.index in own else c for c in columns]


def perhaps_running(columns: Sequence[Column], rows: Sequence[Row]) -> list[Column]:
    """Months and quarters side by side whose numbers never fall, in any row, may be sums from April on: in doubt.

    Beside their own total they are not.
    """
    parts = _parts(columns)
    own = {c.index for c in parts}
    others = [c for c in columns if c.index not in own and c.look == "numbers"]
    summed = any(_is_whole(c) or _is_sum(c, parts, rows) for c in others)
    if len(parts) < FEWEST_PARTS or summed or not _never_falls(parts, rows):
        return list(columns)
    return [_doubted(c, Doubt.BASIS_UNCLEAR) if c.index in own else c for c in columns]


def _parts(columns: Sequence[Column]) -> list[Column]:
    """The columns of single months and quarters."""
    single = [c for c in columns if c.kind == "figures" and len(c.meanings) == 1]
    return [c for c in single if c.meanings[0].basis in ("month", "quarter")]


def _is_whole(column: Column) -> bool:
    return any(m.basis in ("year", "ytd") and m.measure != "variance" for m in column.meanings)


def _is_sum(column: Column, parts: Sequence[Column], rows: Sequence[Row]) -> bool:
    """Whether a column is the sum of the parts in every row: then each is of its own time alone."""
    asked = 0
    for row in rows:
        cell = row.cells.get(column.index) or read_cell(row.texts[column.index], 1)
        terms = [c.amounts for part in parts if (c := row.cells.get(part.index)) is not None]
        if cell.has_number:
            asked += 1
            if not meets_sum(cell.amounts[:1], [term[:1] for term in terms]):
                return False
    return asked > 1


def _to_date(column: Column) -> Column:
    m = column.meanings[0]
    month = m.month or (3 * m.quarter if m.quarter else None)
    return replace(column, meanings=(replace(m, basis="ytd", month=month, quarter=None),))


def _never_falls(parts: Sequence[Column], rows: Sequence[Row]) -> bool:
    """Whether the numbers of every row grow along it, or stay, and those of most rows grow."""
    grown = asked = 0
    for row in rows:
        cells = [row.cells[c.index].amounts[0] for c in parts if c.index in row.cells]
        values = [abs(a.value) for a in cells if a is not None]
        if len(values) < FEWEST_PARTS or not any(values):
            continue
        asked += 1
        if any(b < a for a, b in pairwise(values)):
            return False
        grown += values[-1] > values[0]
    return asked > 0 and grown * 2 > asked


def forecasts_made(columns: Sequence[Column]) -> list[Column]:
    """`Forecast in month 7` is the year's forecast as it was made then, more likely than one of that month: in doubt.

    Beside a plan of single months, or several months of forecasts, it is the month's.
    """
    monthly = [c for c in columns if _is(c, "forecast") and c.meanings[0].basis == "month"]
    planned = any(_is(c, "plan") and c.meanings[0].basis == "month" for c in columns)
    if planned or len(monthly) >= FEWEST_PARTS:
        return list(columns)
    own = {c.index for c in monthly}
    return [
        _doubted(replace(c, meanings=(replace(c.meanings[0], basis="year", month=None),)), Doubt.BASIS_UNCLEAR)
        if c.index in own
        else c
        for c in columns
    ]


def past_parts(columns: Sequence[Column], span: Span, decided: frozenset[int]) -> list[Column]:
    """Months without a word of plan or actual, none of them later than the data: what they hold is in doubt."""
    parts = [c for c in _parts(columns) if c.is_bare and _is(c, "plan") and c.index not in decided]
    months = [c.meanings[0].month or 3 * (c.meanings[0].quarter or 0) for c in parts]
    past = bool(months) and span.month is not None and span.month < LAST_MONTH and max(months) <= span.month
    own = {c.index for c in parts} if past else set()
    return [_doubted(c, Doubt.HEADING_UNCLEAR) if c.index in own else c for c in columns]


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
