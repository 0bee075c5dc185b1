"""What a heading means: measure, span, recurrence, case, version, month and year; and whether words of it are left over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from qippctl.interpret.headings import Heading, unit_of
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.words import find, normal, without
from qippctl.models.figure import Basis, Case, Measure, Recurrence, Version
from qippctl.models.layout import ColumnWords, Layout
from qippctl.period import MONTH_NAME, find_mention, find_year, month_and_year, month_of_heading, without_periods

_AT_MONTH = re.compile(r"\b(?:month|mth|m|period) ?[0-9]{1,2}\b")
_NAMED_MONTH = re.compile(rf"(?<![a-z]){MONTH_NAME}(?![a-z])", re.IGNORECASE)
_UP_TO = re.compile(r"\b(?:to|until|ytd|cumulative|at|by)\b", re.IGNORECASE)
_SPLIT_BY_RECURRENCE = frozenset({"plan", "actual", "forecast", "variance"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one number of a column is. `basis` is None until the table's other columns decide it."""

    measure: Measure
    basis: Basis | None = None
    recurrence: Recurrence = "all"
    case: Case | None = None
    version: Version | None = None
    qualifier: str | None = None
    start: int | None = None
    month: int | None = None
    at_month: bool = False


def pounds_of(heading: Heading) -> int | None:
    """The unit that a heading prints, in its own tiers or those above."""
    texts = (heading.own, *reversed(heading.parents))
    return next((pounds for text in texts if (pounds := unit_of(text)) is not None), None)


def case_of(heading: str) -> ColumnWords | None:
    """The case that a heading names."""
    return _first(vocabulary().cases, (heading,))


def basis_of(heading: Heading) -> Basis | None:
    """The span that a heading's words say, its own before those above it."""
    entry = _first(vocabulary().bases, (heading.own, *heading.parents[::-1]))
    return entry.basis if entry else None


def is_of_percentages(heading: Heading) -> bool:
    """Whether the heading itself says that its numbers are percentages."""
    return "%" in heading.own or find(["percent*", "per cent", "percentage*"], heading.own) is not None


def has_words_left(heading: Heading, measure: Measure) -> bool:
    """Whether a heading holds a word that the vocabulary does not know: it may change the meaning (`Prior year actual`)."""
    words = vocabulary()
    text = normal(without_periods(_without_unit(heading.path)))
    for entry in (*words.measures, *words.bases, *words.recurrences, *words.cases, *words.versions):
        text = without(entry.words, text)
    text = without((*words.plain_words, *words.savings), text)
    left = [
        w
        for w in text.split()
        if any(ch.isalpha() for ch in w) or ("%" in w and measure not in ("delivery", "confidence"))
    ]
    return any(not _is_fragment(word) for word in left)


@lru_cache(maxsize=512)
def _is_fragment(word: str) -> bool:
    """Whether a word is a piece of a heading word that a narrow column broke."""
    return len(word) >= 2 and any(
        known.startswith(word) or known.endswith(word) for known in vocabulary().heading_words
    )


def claimed_meaning(heading: Heading, layout: Layout | None) -> Meaning | None:
    """The meaning that a layout gives to a heading, compared whole."""
    for name, phrases in (layout.columns if layout else {}).items():
        printed = {normal(_without_unit(text)) for text in (heading.own, heading.leaf)} - {""}
        if any(normal(phrase) in printed for phrase in phrases):
            measure, basis, *rest = name.split(".")
            recurrence = cast(Recurrence, rest[0]) if rest else "all"
            return Meaning(cast(Measure, measure), cast(Basis, basis), recurrence, start=find_year(heading.own))
    return None


def meaning_of(heading: Heading, *, percentages: bool) -> Meaning | None:
    """What a column so headed holds by the words of the field, the lowest tier first; None where no word says."""
    words = vocabulary()
    tiers = (heading.own, *reversed(heading.parents))
    entry = _first(words.measures, tiers)
    year = next((y for tier in tiers if (y := find_year(tier)) is not None), None)
    if entry is None or entry.measure is None:
        return None if percentages else _of_time_alone(heading, year)
    measure = _under_tiers(entry.measure, heading)
    basis, month, at_month = _span(heading, entry, measure)
    case, version, recurrence = (_first(entries, tiers) for entries in (words.cases, words.versions, words.recurrences))
    split = recurrence.recurrence if recurrence and measure in _SPLIT_BY_RECURRENCE else None
    mention = next((m for tier in tiers if (m := find_mention(_without_unit(tier)))), None)
    if basis is None and (year is not None or split is not None):
        basis = "year"
    start = year if year is not None else mention.start if mention else None
    return Meaning(
        measure,
        basis,
        recurrence=split or "all",
        case=case.case if case else None,
        version=version.version if version else None,
        qualifier=entry.qualifier,
        start=start,
        month=month or (mention.month if mention else None),
        at_month=at_month,
    )


def _of_time_alone(heading: Heading, year: int | None) -> Meaning | None:
    """A column headed by a month or a year and nothing else holds a plan."""
    leaf = _without_unit(heading.leaf)
    month = month_of_heading(leaf)
    if month is not None:
        start = month_and_year(leaf) if year is None else year
        return Meaning("plan", "month", month=month, start=start)
    return Meaning("plan", basis_of(heading) or "year", start=year) if year is not None else None


def _under_tiers(measure: Measure, heading: Heading) -> Measure:
    """A plan below `Investment` is an investment, an actual below `Forecast outturn` a forecast."""
    for parent in heading.parents[::-1]:
        above = _first(vocabulary().measures, (parent,))
        if above is not None and above.measure == "investment" and measure == "plan":
            return "investment"
        if above is not None and above.measure == "forecast" and measure == "actual" and find(["actual*"], heading.own):
            return "forecast"
    return measure


def _span(heading: Heading, entry: ColumnWords, measure: Measure) -> tuple[Basis | None, int | None, bool]:
    """The basis, the month that the heading names, and whether it says no more than `Month 11`."""
    bases = vocabulary().bases
    own = _first(bases, (heading.own,))
    if own is not None:
        return own.basis, None, False
    if entry.basis is not None and measure == "forecast":
        return entry.basis, None, False
    if _AT_MONTH.search(normal(heading.own)):
        return "ytd", None, True
    if measure == "variance" and find(["forecast*", "fot", "outturn"], heading.own):
        return "year", None, False
    for tier in (heading.own, *reversed(heading.parents)):
        named = _NAMED_MONTH.search(_without_unit(tier))
        if named is not None and month_of_heading(named[0]) is not None and find_mention(tier) is None:
            return ("ytd" if _UP_TO.search(tier) else "month"), month_of_heading(named[0]), False
    inherited = _first(bases, heading.parents[::-1])
    return entry.basis or (inherited.basis if inherited else None), None, False


def _without_unit(text: str) -> str:
    return re.sub(r"\(?£\S*\)?|\([0]{3}s\)", "", text).strip()


def _first(entries: Sequence[ColumnWords], texts: Sequence[str]) -> ColumnWords | None:
    for text in texts:
        for entry in entries:
            if find(entry.words, text):
                return entry
    return None
