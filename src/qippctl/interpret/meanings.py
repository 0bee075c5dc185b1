"""What a heading means: measure, span, recurrence, case, version, month and year; and whether words of it are left over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from qippctl.interpret.headings import Heading, unit_of
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.words import find, normal, not_in
from qippctl.models.figure import Basis, Case, Measure, Recurrence, Version
from qippctl.models.layout import ColumnName, ColumnWords, Layout
from qippctl.period import MONTH_NAME, find_mention, find_year, month_and_year, month_of_heading, without_periods

_AT_MONTH = re.compile(r"\b(?:month|mth|m|period) ?[0-9]{1,2}\b")
_NAMED_MONTH = re.compile(rf"(?<![a-z]){MONTH_NAME}(?![a-z])", re.IGNORECASE)
_QUARTER = re.compile(
    r"(?<![a-z0-9])(?:q|qtr|quarter)\.? ?([1-4])(?![0-9])|(?<![a-z0-9])([1-4])(?:st|nd|rd|th) (?:qtr|quarter)",
    re.IGNORECASE,
)
_DATED_MONTH = re.compile(rf"{MONTH_NAME}[\s'’-]{{1,2}}(?:20)?[0-9]{{2}}(?= )", re.IGNORECASE)
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
    quarter: int | None = None


def pounds_of(heading: Heading) -> int | None:
    """The unit that a heading prints, in its own tiers or those above."""
    texts = (heading.own, *reversed(heading.parents))
    return next((pounds for text in texts if (pounds := unit_of(text)) is not None), None)


def case_of(heading: str) -> ColumnWords | None:
    """The case that a heading names."""
    return _first(vocabulary().cases, (heading,))


def version_of(heading: str) -> Version | None:
    """Which of several plans a heading names."""
    entry = _first(vocabulary().versions, (heading,))
    return entry.version if entry is not None else None


def basis_of(heading: Heading) -> Basis | None:
    """The span that a heading's words say, its own before those above it."""
    entry = _first(vocabulary().bases, (heading.own, *heading.parents[::-1]))
    return entry.basis if entry else None


def is_of_percentages(heading: Heading) -> bool:
    """Whether the heading itself says that its numbers are percentages."""
    share = re.search(r"(?<![0-9])%", heading.own) is not None  # `2% target` is money
    return share or find(["percent*", "per cent", "percentage*"], heading.own) is not None


def has_words_left(heading: Heading, measure: Measure) -> bool:
    """Whether a heading holds a word that the vocabulary does not know: it may change the meaning (`Prior year actual`)."""
    words = vocabulary()
    entry = _first(words.measures, (heading.own, *reversed(heading.parents)))
    if entry is not None and entry.unclear:
        return True
    left = _words_left(heading, (*words.measures, *words.bases, *words.recurrences, *words.cases, *words.versions))
    return any(not _is_fragment(word) for word in left if "%" not in word or measure not in ("delivery", "confidence"))


def _words_left(heading: Heading, known: Sequence[ColumnWords]) -> list[str]:
    """The words of a heading that are none of the known ones, no unit, no time and none that change nothing."""
    words = vocabulary()
    text = normal(without_periods(without_unit(heading.path)))
    phrases = (*(p for entry in known for p in entry.words), *words.plain_words, *words.savings)
    return [w for w in not_in(phrases, text) if any(ch.isalpha() for ch in w) or "%" in w]


@lru_cache(maxsize=512)
def _is_fragment(word: str) -> bool:
    """Whether a word is a piece of a heading word that a narrow column broke."""
    return len(word) >= 2 and any(
        known.startswith(word) or known.endswith(word) for known in vocabulary().heading_words
    )


def claimed_meaning(heading: Heading, layout: Layout | None) -> Meaning | None:
    """The meaning that a layout gives to a heading, compared whole."""
    for name, phrases in (layout.columns if layout else {}).items():
        if is_headed(heading, phrases):
            known = ColumnName.parse(name)
            return Meaning(
                known.measure, known.basis, known.recurrence, known.case, known.version, start=find_year(heading.own)
            )
    return None


def is_headed(heading: Heading, phrases: Sequence[str]) -> bool:
    """Whether a heading is one of a layout's phrases, compared whole but for its unit, and for the time that it names."""
    texts = [without_unit(text) for text in (heading.own, heading.leaf, heading.path)]
    printed = {normal(text) for text in texts} | {normal(without_periods(text)) for text in texts}
    return any(normal(phrase) in printed - {""} for phrase in phrases)


def meaning_of(heading: Heading, *, percentages: bool) -> Meaning | None:
    """What a column so headed holds by the words of the field, the lowest tier first; None where no word says."""
    words = vocabulary()
    tiers = (heading.own, *reversed(heading.parents))
    entry = _first(words.measures, tiers)
    year = next((y for tier in tiers if (y := find_year(tier)) is not None), None)
    if entry is None:
        return None if percentages else _of_no_measure(heading, year)
    if entry.measure is None:
        return None
    measure = _under_tiers(entry.measure, heading)
    case, version, recurrence = (_first(entries, tiers) for entries in (words.cases, words.versions, words.recurrences))
    if (
        case is not None
        and find(case.words, heading.own)
        and not any(find(entry.words, heading.own) for entry in words.measures)
    ):
        # `Best case` under `Assessment of delivery`: what may come, whatever stands above it.
        measure = case.measure or "forecast"
    basis, month, at_month = _span(heading, entry, measure)
    split = recurrence.recurrence if recurrence and measure in _SPLIT_BY_RECURRENCE else None
    mention = next((m for tier in tiers if (m := find_mention(without_unit(tier)))), None)
    if basis is None and (year is not None or (split is not None and measure != "actual")):
        basis = "year"
    start = year if year is not None else mention.start if mention else None
    return Meaning(
        measure,
        basis,
        recurrence=split or "all",
        case=case.case if case else None,
        version=version.version if version and measure in _SPLIT_BY_RECURRENCE else None,
        qualifier=entry.qualifier,
        start=start,
        month=month or (mention.month if mention and basis != "quarter" else None),
        at_month=at_month,
        quarter=_quarter_of(heading) if basis == "quarter" else None,
    )


def word_of(heading: Heading) -> str | None:
    """The word of the field that says what a column so headed holds, as `meaning_of` finds it."""
    tiers = (heading.own, *reversed(heading.parents))
    return next((p for tier in tiers for e in vocabulary().measures if (p := find(e.words, tier)) is not None), None)


def _quarter_of(heading: Heading) -> int | None:
    """The number of the quarter that a heading names, its own before those above it."""
    for tier in (heading.own, *reversed(heading.parents)):
        if (found := _QUARTER.search(tier)) is not None:
            return int(found[1] or found[2])
    return None


def names_no_measure(heading: Heading) -> bool:
    """Whether a heading says when, in which unit, or that it is of savings, but not whether planned or achieved."""
    return not any(find(e.words, tier) for tier in (heading.own, *heading.parents) for e in vocabulary().measures)


def _of_no_measure(heading: Heading, year: int | None) -> Meaning | None:
    """A column headed by a month, a year, a span or a unit alone, or by the word saving, holds a plan."""
    words = vocabulary()
    tiers = (heading.own, *reversed(heading.parents))
    case, version, recurrence = (_first(entries, tiers) for entries in (words.cases, words.versions, words.recurrences))
    split = recurrence.recurrence if recurrence is not None and recurrence.recurrence is not None else "all"
    if case is not None:
        return Meaning(case.measure or "forecast", "year", split, case=case.case, start=year)
    meaning = Meaning("plan", recurrence=split, version=version.version if version else None, start=year)
    leaf = without_unit(heading.leaf)
    month = month_of_heading(leaf)
    if month is not None:
        return replace(meaning, basis="month", month=month, start=month_and_year(leaf) if year is None else year)
    says_when = basis_of(heading)
    meaning = replace(meaning, quarter=_quarter_of(heading) if says_when == "quarter" else None)
    if year is not None:
        return replace(meaning, basis=says_when or "year")
    says_saving = find(words.savings, heading.path) or find(
        ["value", "amount", "benefit*", "reduction*", "gains"], heading.path
    )
    says_unit = pounds_of(heading) is not None
    if _words_left(heading, (*words.bases, *words.recurrences, *words.versions)):
        return None
    return replace(meaning, basis=says_when) if says_when or says_saving or says_unit else None


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
    above = _first(bases, heading.parents[::-1])
    if measure == "forecast" and above is not None and above.basis == "quarter":
        return "quarter", None, False
    if measure == "forecast" and (dated := _DATED_MONTH.match(heading.own)) is not None:
        return "month", month_of_heading(dated[0].strip()), False
    if entry.basis is not None and measure == "forecast":
        return entry.basis, None, False
    for tier in (heading.own, *reversed(heading.parents)):
        if measure != "forecast" and _UP_TO.search(tier) and (until := find_mention(tier)) is not None and until.month:
            return "ytd", until.month, False
    if _AT_MONTH.search(normal(heading.own)):
        return "ytd", None, True
    if measure == "variance" and find(["forecast*", "fot", "outturn"], heading.own):
        return "year", None, False
    for tier in (heading.own, *reversed(heading.parents)):
        named = _NAMED_MONTH.search(without_unit(tier))
        if named is not None and month_of_heading(named[0]) is not None:
            return ("ytd" if _UP_TO.search(tier) else "month"), month_of_heading(named[0]), False
    for parent in reversed(heading.parents):
        if _AT_MONTH.search(normal(parent)) and measure != "forecast":
            return "ytd", None, True
    inherited = _first(bases, heading.parents[::-1])
    return entry.basis or (inherited.basis if inherited else None), None, False


def without_unit(text: str) -> str:
    """A heading without the unit that it prints."""
    return re.sub(r"\(?£\S*\)?|\([0]{3}s\)", "", text).strip()


def _first(entries: Sequence[ColumnWords], texts: Sequence[str]) -> ColumnWords | None:
    for text in texts:
        for entry in entries:
            if find(entry.words, text):
                return entry
    return None
