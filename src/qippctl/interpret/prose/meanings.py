"""What a sentence says of each of its numbers: the words right before it and right after it, and of when it speaks.

The nearest words count. What is passed over on the way, and what is nobody's name, is data (`[prose]` of the vocabulary).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from qippctl.calc.spoken import Spoken, numbers
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.words import normal
from qippctl.models.figure import Basis, Case, Measure
from qippctl.models.layout import SpokenWords
from qippctl.models.records import Aside, Change, Course, Part
from qippctl.period import MONTH_NAME, MONTHS, Mention, find_mention, find_year

FARTHEST = 2
"""Words that may stand between a number and what it is called, those passed over aside."""
LONGEST_NOUN = 5
LONGEST_RULE = 200
# Where the words before a number begin, and those after it end.
_BEGINS = re.compile(r"[;:(]|\s[-–—]\s|\.\s|^[-–—]\s")
_ENDS = re.compile(
    r"[,;:()]|\s[-–—]\s?|\.(?:\s|$)|\b(?:against|versus|vs|compared|while|whereas|but|and|which|with|so|giving|leaving|from|i\.?e)\b",
    re.IGNORECASE,
)
_OR_MORE = re.compile(
    r"\s(?:or (?:more|above|over|less|below|better|higher|lower)|and (?:above|over)|upwards)\b", re.IGNORECASE
)
_TO = re.compile(r"\s*(?:\([^()]*\)|in \S+)?\s*to\s*(?:around|about|approximately|just|only)?\s*")
_BARE = re.compile(r"[\s,(–-]*(?:or|i\.e\.|ie|that is|equal to|which is)?\s*")
_AGAINST = re.compile(r"[^.;:]{0,40}\b(?:against|versus|vs|compared (?:with|to))\s(?:the\s|a\s)?", re.IGNORECASE)
_EXCEEDED = re.compile(
    r"(?<!not )\b(?:exceed(?:ed|s|ing)?|surpass(?:ed|es|ing)?|beat(?:en|ing)?|outperform(?:ed|s|ing)?)\b"
    r"(?:\s[\w'’-]+){0,4}\s(?:targets?|plans?|profile)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r";\s")
_OTHER_WORDS = re.compile(r"[A-Za-z][A-Za-z&/'’-]*")
_MONTH = re.compile(rf"\b{MONTH_NAME}\b", re.IGNORECASE)
_MEETING = re.compile(r"\s(?:[A-Z]\w+\s(?:and\s)?){0,4}(?:meeting|board|committee)", re.IGNORECASE)
_COLOUR = re.compile(r"\b(?:red|amber|green|blue)\b", re.IGNORECASE)
_PART = re.compile(r"of (?:the|our|its|this|that|these|those|which|all|planned|their) [a-z]")
_PREPOSITION = re.compile(r"(?:^| )(?:for|in|on|under|relating to|within|by|through|from|of|at|across) ", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|than)\b", re.IGNORECASE)
_DURATIONS = frozenset(["day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "minutes"])
_NOT_A_NOUN = frozenset(["of", "to", "and", "or", "in", "for", "by", "at", "is", "are", "was", "were", "on", "from"])


@dataclass(slots=True)
class Draft:
    """A number and what was understood of it so far. `is_unclear`: its words
    leave its measure open; `is_torn`: they name two spans; `is_listed`: it goes on
    with what the number before it is; `took_after`: the words after it are its own. `rest` are the words of its clause before
    it, and `rest_after` those after it and a preposition, that name neither the programme nor a measure, each with its place."""

    spoken: Spoken
    before: str
    after: str
    measure: Measure | None = None
    basis: Basis | None = None
    case: Case | None = None
    start: int | None = None
    month: int | None = None
    direction: Course | None = None
    aside: Aside | None = None
    noun: str | None = None
    rest: tuple[tuple[int, str], ...] = ()
    rest_after: tuple[tuple[int, str], ...] = ()
    clause: int = 0
    change: Change | None = None
    than: Decimal | None = None
    is_own_basis: bool = False
    is_unclear: bool = False
    is_torn: bool = False
    is_listed: bool = False
    took_after: bool = False
    assumed: list[Part] = field(default_factory=list)


def drafts(text: str, beside: str | None = None) -> list[Draft]:
    """The numbers of a sentence, each with what its words say. `beside`: the words before a cell, in its row.

    >>> [(d.spoken.raw, d.measure, d.basis) for d in drafts("We delivered £1.0m to date; the forecast is £9m, £2m short.")]
    [('£1.0m', 'actual', 'ytd'), ('£9m', 'forecast', 'year'), ('£2m', 'variance', None)]
    """
    spoken = list(numbers(text))
    if not spoken:
        return []
    is_rule = _is_rule(f"{beside or ''} {text}", spoken)
    found: list[Draft] = []
    for at, number in enumerate(spoken):
        last = spoken[at - 1].end if at else 0
        following = spoken[at + 1].start if at + 1 < len(spoken) else len(text)
        after = text[number.end : following]
        if after.strip() == "(" and text[spoken[at + 1].end :].startswith(")"):
            # `£2.2m (34%) short`
            beyond = spoken[at + 2].start if at + 2 < len(spoken) else len(text)
            after = text[spoken[at + 1].end + 1 : beyond]
        between = text[last : number.start]
        if found and found[-1].took_after and len(_head(between)) < len(between):
            last += len(_head(between))
        draft = Draft(number, text[last : number.start], after)
        found.append(draft)
        if is_rule or (number.unit == "percent" and _OR_MORE.match(after)):
            draft.aside = "rule"
        elif number.unit == "count":
            draft.noun = _noun(draft.after)
        else:
            _read(draft, text, found[:-1])
        if draft.measure is None and draft.aside is None:
            _listed(draft, found[:-1])
    _changes(text, found)
    return found


def _listed(draft: Draft, earlier: Sequence[Draft]) -> None:
    """A number that goes on a list (`A is £5m behind and B £3m`), or the share of the two sums before it (`..., 82%`)."""
    if earlier and draft.spoken.unit == "GBP" and _AGAINST.fullmatch(draft.before):
        if earlier[-1].measure in ("actual", "forecast") and not _head(draft.after).strip():
            draft.measure, draft.is_listed = "plan", True
    elif draft.spoken.unit == "percent" and _BARE.fullmatch(draft.before) and not _head(draft.after).strip():
        measures = {one.measure for one in earlier[-2:]}
        if measures in ({"actual", "plan"}, {"forecast", "plan"}) and all(one.aside is None for one in earlier[-2:]):
            draft.measure, draft.is_listed = "delivery", True
    elif (
        earlier
        and draft.spoken.unit == "GBP"
        and earlier[-1].spoken.unit == "GBP"
        and earlier[-1].measure == "variance"
    ):
        one = earlier[-1]
        is_list = (
            not _head(draft.after).strip() and one.aside is None and re.match(r"[A-Za-z),\s]*(?:and|,)\s", draft.before)
        )
        if is_list and draft.clause == one.clause:
            draft.measure, draft.basis, draft.direction = one.measure, one.basis, one.direction
            draft.start, draft.month, draft.is_listed = one.start, one.month, True


def _read(draft: Draft, text: str, earlier: Sequence[Draft]) -> None:
    words = vocabulary().prose
    before, after = _tail(draft.before), _head(draft.after)
    near, next_ = normal(before), normal(after)
    said, forecast, draft.took_after = _measure(near, next_, draft.spoken.unit)
    if said is not None:
        draft.measure, draft.basis, draft.direction = said.measure, said.basis, said.direction
        draft.is_unclear = said.unclear
    _when(draft, earlier)
    if draft.basis is None and forecast and draft.measure in ("variance", "delivery"):
        draft.basis, draft.is_own_basis = "year", True
    elif forecast and draft.measure == "actual" and draft.basis in (None, "year"):
        draft.measure, draft.basis, draft.is_own_basis = "forecast", "year", True
    draft.case = next((c for c, own in words.cases.items() if _stands(own, f"{near} {next_}")), None)
    draft.aside = draft.aside or _aside(draft, near, next_)
    start, end = draft.spoken.start, draft.spoken.end
    draft.clause = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    draft.rest = tuple((draft.clause + at, word) for at, word in _rest(text[draft.clause : start]))
    preposition = _PREPOSITION.search(after)
    if preposition is not None:
        at = preposition.end()
        draft.rest_after = tuple((end + at + k, word) for k, word in _rest(after[at:]))


def _measure(before: str, after: str, unit: str) -> tuple[SpokenWords | None, bool, bool]:
    """What a number is called, whether the words before it speak of a forecast, and whether those after it say what it is."""
    b = _nearest(before, unit, last=True)
    a = _nearest(after, unit, last=False)
    of_forecast = _stands(_forecasts(), before) or (b is not None and b[0].measure == "forecast")
    if b is None or a is None:
        one = b or a
        return (one[0] if one else None), of_forecast, a is not None
    if a[1] == 0 and a[0].measure == "variance" and b[0].measure != "variance":
        return a[0], of_forecast, True
    is_after = b[1] != 0 and b[1] >= a[1]
    return (a if is_after else b)[0], of_forecast, is_after


@lru_cache(maxsize=1)
def _forecasts() -> tuple[str, ...]:
    own = (entry for entry in vocabulary().prose.measures if entry.measure == "forecast")
    return tuple(phrase for entry in own for phrase in entry.before)


def _nearest(window: str, unit: str, *, last: bool) -> tuple[SpokenWords, int] | None:
    """The entry whose phrase stands nearest to the number, and how many words stand between."""
    pattern, entries = _phrases(last, unit)
    found = list(pattern.finditer(window))
    if not found:
        return None
    match = found[-1] if last else found[0]
    between = window[match.end() :] if last else window[: match.start()]
    distance = sum(1 for word in between.split() if not _is_light(word))
    return (entries[int((match.lastgroup or "p0")[1:])], distance) if distance <= FARTHEST else None


@lru_cache(maxsize=8)
def _phrases(last: bool, unit: str) -> tuple[re.Pattern[str], list[SpokenWords]]:
    """One pattern for all phrases before, or after, a number of a unit; the longest first."""
    listed = [
        (phrase, entry)
        for entry in vocabulary().prose.measures
        if entry.unit == unit
        for phrase in (entry.before if last else entry.after)
    ]
    listed.sort(key=lambda one: -len(one[0].split()))
    parts = [f"(?P<p{k}>{_regex(phrase)})" for k, (phrase, _) in enumerate(listed)]
    return re.compile(r"(?<!\S)(?:" + "|".join(parts or ["(?!)"]) + r")(?!\S)"), [entry for _, entry in listed]


def _regex(phrase: str) -> str:
    words = []
    for word in phrase.split():
        if word == "*":
            words.append(r"\S+")
        else:
            words.append(re.escape(normal(word.rstrip("*")) or word) + (r"\S*" if word.endswith("*") else ""))
    return " ".join(words)


@lru_cache(maxsize=64)
def _any(phrases: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=lambda p: -len(p.split()))
    return re.compile(r"(?<!\S)(?:" + "|".join(_regex(p) for p in ordered) + r")(?!\S)")


def _stands(phrases: Iterable[str], words: str) -> bool:
    return _any(tuple(phrases)).search(words) is not None


@lru_cache(maxsize=4096)
def _is_light(word: str) -> bool:
    return (
        any(c.isdigit() for c in word) or word in MONTHS or _any(vocabulary().prose.light).fullmatch(word) is not None
    )


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    """Every word that a measure, a span of time or an aside is made of, beside the plain ones."""
    prose = vocabulary().prose
    phrases = [*prose.plain, *(p for e in prose.measures for p in (*e.before, *e.after))]
    phrases += [p for own in (*prose.bases.values(), *prose.cases.values(), *prose.changes.values()) for p in own]
    return frozenset(word.rstrip("*") for phrase in phrases for word in phrase.split())


@lru_cache(maxsize=8192)
def _is_known(word: str) -> bool:
    return (
        _is_light(word)
        or word in _known_words()
        or word.removesuffix("s") in _known_words()
        or _MONTH.fullmatch(word) is not None
    )


def _rest(text: str) -> Iterator[tuple[int, str]]:
    """The words of a text that name something of their own, with their places."""
    for match in _OTHER_WORDS.finditer(text):
        parts = normal(match[0]).split()
        if parts and not all(_is_known(part) for part in parts) and not _is_suffix(text, match):
            yield match.start(), match[0]


def _is_suffix(text: str, match: re.Match[str]) -> bool:
    """Whether letters belong to a number: `28th`, `M11`, `£2.4m`."""
    return (match.start() > 0 and text[match.start() - 1].isdigit()) or text[match.end() : match.end() + 1].isdigit()


def _tail(text: str) -> str:
    """The part of a text that bears on the number after it."""
    begins = [match.end() for match in _BEGINS.finditer(text)]
    return text[begins[-1] :] if begins else text


def _head(text: str) -> str:
    """The part of a text that bears on the number before it."""
    ends = _ENDS.search(text)
    return text[: ends.start()] if ends else text


def _when(draft: Draft, earlier: Sequence[Draft]) -> None:
    """Of when a number is: what its own words say, else what the sentence said last."""
    sides = (draft.before, _head(draft.after))
    mention: Mention | None = next((m for side in sides if (m := find_mention(side)) is not None), None)
    if mention is not None:
        draft.start, draft.month = mention.start, mention.month
    else:
        draft.start = next((y for side in sides if (y := find_year(side)) is not None), None)
        month = _named_month(sides[0])
        draft.month = month if month is not None else _named_month(sides[1])
    own = _basis(normal(_clean(sides[0])), last=True) or _basis(normal(_clean(sides[1])), last=False)
    if own is not None and (draft.basis is None or draft.measure == "plan"):
        draft.basis, draft.is_own_basis = own, True
    elif draft.basis is not None:
        draft.is_own_basis = True
        draft.is_torn = own is not None and own != draft.basis
    elif draft.measure == "plan" and draft.start is not None and draft.month is None:
        draft.basis, draft.is_own_basis = "year", True
    if draft.start is None and draft.month is None:
        said = next((d for d in reversed(earlier) if d.start is not None or d.month is not None), None)
        if said is not None:
            draft.start, draft.month = said.start, said.month


def _clean(text: str) -> str:
    """A text without what stands in brackets: `month 11 (February 2015)`."""
    return re.sub(r"\([^()]*\)", " ", text)


def _named_month(text: str) -> int | None:
    """A month that a text names by itself: `the January forecast`; not that of a day or of a meeting."""
    found = None
    for match in _MONTH.finditer(text):
        if not _MEETING.match(text[match.end() :]) and not text[: match.start()].rstrip().endswith(tuple("0123456789")):
            found = match
    if found is None:
        return None
    name = found[1].lower()
    return next((n for n, month in enumerate(MONTHS, 1) if month.startswith(name[:3])), None) if name != "may" else None


def _basis(words: str, *, last: bool) -> Basis | None:
    pattern, bases = _spans()
    found = list(pattern.finditer(words))
    return bases[int((found[-1 if last else 0].lastgroup or "p0")[1:])] if found else None


@lru_cache(maxsize=1)
def _spans() -> tuple[re.Pattern[str], list[Basis]]:
    listed = [(phrase, basis) for basis, phrases in vocabulary().prose.bases.items() for phrase in phrases]
    listed.sort(key=lambda one: -len(one[0].split()))
    parts = [f"(?P<p{k}>{_regex(phrase)})" for k, (phrase, _) in enumerate(listed)]
    return re.compile(r"(?<!\S)(?:" + "|".join(parts) + r")(?!\S)"), [basis for _, basis in listed]


def _aside(draft: Draft, before: str, after: str) -> Aside | None:
    """Why no figure need equal the number."""
    asides = vocabulary().prose.asides
    if draft.spoken.unit == "GBP" and _PART.match(after):
        return "part"
    near = " ".join(before.split()[-6:])
    for aside, phrases in asides.items():
        if aside == "revised" and draft.measure in ("investment_remaining",):
            continue
        if _stands(phrases, before if aside == "earlier" else near):
            return aside
    return next((a for a, phrases in vocabulary().prose.asides_after.items() if _stands(phrases, after)), None)


def _noun(after: str) -> str | None:
    """What a count counts: the words after it, up to a preposition."""
    words: list[str] = []
    for word in re.findall(r"[A-Za-z][\w'’&-]*|[.,;:()]", after[:80]):
        if not word[0].isalpha() or (word.lower() in _NOT_A_NOUN and words) or len(words) == LONGEST_NOUN:
            break
        if word.lower() in _NOT_A_NOUN:
            return None
        words.append(word)
    return " ".join(words) or None


def is_counted(noun: str | None) -> bool:
    """Whether a noun is of things that are counted: no time, no name.

    >>> is_counted("weeks maximum"), is_counted("Assurance"), is_counted("referrals"), is_counted("C2C referrals")
    (False, False, True, True)
    """
    if noun is None or noun.split()[0].lower() in _DURATIONS:
        return False
    first, *others = noun.split()
    return first[0].islower() or (first.isupper() and bool(others) and others[0][0].islower())


def _is_rule(text: str, spoken: Sequence[Spoken]) -> bool:
    if len(text) > LONGEST_RULE or _COLOUR.search(text) is None or any(n.unit != "percent" for n in spoken):
        return False
    return _stands(vocabulary().prose.rules, normal(text)) or "=" in text or re.search(r"\w:\s?[0-9]", text) is not None


def _changes(text: str, found: Sequence[Draft]) -> None:
    """What is said to have risen or fallen, and from what. The number that it was is of an earlier time."""
    for draft, following in pairwise(found):
        if draft.spoken.unit != following.spoken.unit:
            continue
        between = text[draft.spoken.end : following.spoken.start]
        lead = normal(_tail(draft.before))
        # `fell from X to Y`: what stands after `to` is the newer.
        if _TO.fullmatch(between) and re.search(r"\bfrom$", lead):
            following.change, following.than = _change(lead.removesuffix("from")), draft.spoken.value
            if following.measure is None and draft.measure is not None:
                following.measure, following.basis, following.direction = draft.measure, draft.basis, draft.direction
                following.is_listed = True
            draft.aside = draft.aside or "earlier"
            continue
        came_from = re.fullmatch(r"[^.;]{0,12}\bfrom\b[^.;,]{0,40}", between)
        change = _change(lead) or _change(normal(_head(between)))
        if came_from is not None and change is not None and not lead.endswith(" by"):
            draft.change, draft.than = change, following.spoken.value
            if following.measure in (None, draft.measure):
                following.aside = following.aside or "earlier"
    _changed_variances(text, found)
    exceeded = _EXCEEDED.search(text)
    outcome = next((d for d in found if d.measure in ("actual", "forecast") and d.aside is None), None)
    plan = next((d for d in found if d.measure == "plan" and d.aside is None), None)
    if exceeded is not None and outcome is not None and plan is not None and outcome.than is None:
        outcome.change, outcome.than = "more", plan.spoken.value


def _changed_variances(text: str, found: Sequence[Draft]) -> None:
    """`a decreased shortfall of £5m ... from January's (£4m below plan)`: two shortfalls of one sentence."""
    gaps = [draft for draft in found if draft.measure == "variance" and draft.spoken.unit == "GBP"]
    for draft, following in pairwise(gaps):
        between = text[draft.spoken.end : following.spoken.start]
        change = _change(normal(_tail(draft.before)))
        if change is not None and draft.than is None and _FROM.search(between) and ". " not in between:
            draft.change, draft.than = change, following.spoken.value


def _change(words: str) -> Change | None:
    for change, phrases in vocabulary().prose.changes.items():
        if _stands(phrases, " ".join(words.split()[-8:])):
            return change
    return None
