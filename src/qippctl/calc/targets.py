"""What a target's words ask for: a level or a change, and in which direction; never more than they say.

A cell may give several targets, a line each or one after the other: `848.46 (3% reduction) Below 899.01 NA`. Each is read by
itself. A number alone says no direction. Words alone (`Reduction from previous year`) ask for a change against the baseline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from qippctl.calc.measured import LONGEST, MONTHS_OF_YEARS, Number, numbers, says_nothing, without_dates, without_notes
from qippctl.money import DASHES, squeeze
from qippctl.period import MONTH_NAME, Period, find_mention, find_year

TargetDirection = Literal["at_least", "at_most", "change"]
Comparison = Literal["at_least", "above", "at_most", "below"]
Span = Literal["week", "month", "quarter", "year"]

# No indicator has more targets.
MOST_LINES = 12
_UPWARD = ("at_least", "above")
_DASHES = str.maketrans(dict.fromkeys(DASHES, "-"))
# Before a number: the first that fits at its end holds, so that what contains another comes first.
_WORDS_BEFORE: tuple[tuple[Comparison | None, str], ...] = (
    (None, r"\b(?:up to|about|approx\w{0,12}|around|circa|between|nearly)"),
    ("at_least", r"\b(?:not|never|no)(?: \w{1,15}){0,3} (?:below|under|less than|lower than|fewer than)"),
    ("at_most", r"\b(?:not|never|no)(?: \w{1,15}){0,3} (?:above|over|(?:more|higher|greater) than|exceed\w{0,3})"),
    (
        "at_least",
        r"\bat least|\bmin(?:imum)?(?: of)?|≥|>=|\bequal(?: to)?(?: or)? (?:higher|greater|more|above)(?: than)?",
    ),
    ("at_least", r"\b(?:greater|more|higher) than or equal(?: to)?"),
    (
        "at_most",
        r"\bat most|\bmax(?:imum)?(?: of)?|≤|<=|\bequal(?: to)?(?: or)? (?:lower|less|below|fewer|under)(?: than)?",
    ),
    ("at_most", r"\b(?:less|lower|fewer) than or equal(?: to)?"),
    ("above", r"\b(?:more|greater|higher) than|\babove|\bover|\bexceed(?:ing)?|\bin excess of|>"),
    ("below", r"\b(?:less|lower|fewer) than|\bbelow|\bunder|<"),
)
_BEFORE = tuple(
    (comparison, re.compile(rf"(?:{words})(?:\s(?:a|an|the|of|target|score|level|rate|to|be|is)\b){{0,3}}\s?$"))
    for comparison, words in _WORDS_BEFORE
)
_AFTER: tuple[tuple[Comparison, re.Pattern[str]], ...] = (
    (
        "at_least",
        re.compile(r"\s?(?:\+|plus\b|(?:or|and) (?:more|above|higher|over|greater|better)\b|minimum\b|at least\b)"),
    ),
    ("at_most", re.compile(r"\s?(?:(?:or|and) (?:less|fewer|below|lower|under)\b|maximum\b|max\b|at most\b)")),
)
_UP = (
    r"(?:increas\w{0,4}|ris(?:e|es|ing)|rais(?:e|ed|ing)|grow(?:s|th|ing)?|higher|more|greater|above|exceed(?:s|ing)?)"
)
_DOWN = r"(?:reduc\w{0,5}|decreas\w{0,4}|fall(?:s|ing)?|lower|fewer|less|below|cut(?:s|ting)?|drop(?:s|ping)?|under)"
_LIMIT = r"(?:(?:at least|at most|no more than|not more than|less than|more than|an?|up to)\s)?"
_RISES, _FALLS = re.compile(rf"\b{_UP}\b"), re.compile(rf"\b{_DOWN}\b")
_NOT_RISING = re.compile(rf"\b(?:no|not|without|zero)(?: an?| to| be| \w{{1,12}})?? {_UP}\b")
_NOT_FALLING = re.compile(rf"\b(?:no|not|without|zero)(?: an?| to| be| \w{{1,12}})?? {_DOWN}\b")
_SAME = re.compile(r"\b(?:equals?|maintain(?:ed)?|same|match(?:es)?)\b|\b(?:no|zero|nil|0)\s?%?\s?change\b")
_BETTER = re.compile(r"\b(?:improv\w{0,6}|better|worse)\b")
_NO_CHANGE = re.compile(r"\b(?:no|zero|nil|0)\s?%?\s?change\b")
# A noun or verb of change beside a number: the number may be the change, not the level.
_CHANGING = re.compile(r"\b(?:increas\w{0,4}|growth|grow|rises?|reduc\w{0,5}|decreas\w{0,4}|cuts?|drops?)\b")
_ELSEWHERE = re.compile(r"\b(?:national(?:ly)?|england|peers?|regional|benchmarks?|quartile|decile|comparators?)\b")
_SPOKEN_NOUGHT = re.compile(r"zero(?= (?!tolerance|%|change)[a-z]{3,20}$|$)")
# The share that a target speaks of is of what is good.
_GOOD = re.compile(r"\b(?:green|on target|on time|on track)\b")
_SPAN = re.compile(
    r"\b(?:a|per|each|every)\s(week|month|quarter|year|annum)\b|\b(weekly|monthly|quarterly|annually|yearly)\b"
)
_PER = re.compile(r"\bper\s[0-9,]{1,11}\b")
_DUE = re.compile(
    r"\bby\s(?:the\s)?(?:end\s(?:of\s)?)?(?:the\s)?(?:[0-9]{1,2}(?:st|nd|rd|th)?\s)?"
    rf"(?:{MONTH_NAME}(?:[\s-]{{1,2}}(?:20)?[0-9]{{2}}\b)?|q(?:uarter\s)?[1-4](?:[\s-]{{1,2}}(?:20)?[0-9]{{2}}(?:[/-][0-9]{{2,4}})?)?"
    r"|(?:20)?[0-9]{2}[/-][0-9]{2}\b|20[0-9]{2}\b)"
)
_YEARS = re.compile(r"(?<![0-9/.£])(?:20[0-9]{2}\s?[/-]\s?(?:20)?[0-9]{2}|[0-9]{2}/[0-9]{2})(?![0-9/.%])")
_IN_YEAR = re.compile(r"\b(?:by|in|during|since|from|before|after)\s20[0-9]{2}\b")
_FROM = re.compile(r"\bfrom\s(?=£?[0-9])(?:[^\s]{1,20})\s(?=to\s£?[0-9])")
_OF = re.compile(r"(?<![\w.,/])([0-9]{1,9})\s(?:out\s)?of\s(?:the\s)?[0-9]{1,9}(?![\w.,%])")
_TIMED = frozenset({"hours", "days", "weeks", "months", "minutes"})
# Where one target ends and the next begins on a line.
_NEXT = re.compile(
    r"(?<![\w-])(?:below|under|above|over|at least|at most|no more than|not more than|no less than|less than|more than|fewer than"
    r"|n/?a(?=$|\s)|tbc(?=$|\s))(?![\w-])",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\b(?:to|and|or|of|by|from|is|be|in|for|with|remain|keep|stay|not|than|reduction|increase|seen)[\s,:-]{0,3}$|[-,:(<>=]\s?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Target:
    """One target as its words say it. `why`: what of it is not understood; `is_blank`: it prints that there is none.

    `level`: the value to be reached; `change`: by how much the baseline is to change, in percent of it, in points, or as it is;
    `comparison`: how what was reached is held against the level, or against the changed baseline.
    """

    text: str
    comparison: Comparison | None = None
    level: Decimal | None = None
    change: Decimal | None = None
    unit: str | None = None
    change_unit: Literal["percent", "points", "amount"] | None = None
    span: Span | None = None
    due: Period | None = None
    is_blank: bool = False
    why: str | None = None
    step: Decimal = Decimal(1)

    @property
    def value(self) -> Decimal | None:
        """The number that it names: the level, else the change."""
        return self.level if self.level is not None else self.change

    @property
    def is_against_baseline(self) -> bool:
        """Whether only the baseline says what is to be reached."""
        return self.level is None and self.comparison is not None

    @property
    def direction(self) -> TargetDirection | None:
        """change: it asks for more or less than the baseline, whether or not it says by how much."""
        if self.level is None and (self.change is not None or self.comparison in ("above", "below")):
            return "change"
        return _direction(self.comparison)


def _direction(comparison: Comparison | None) -> TargetDirection | None:
    return None if comparison is None else "at_least" if comparison in _UPWARD else "at_most"


def targets(text: str | None) -> list[Target]:
    """Every target that a cell gives, in order; one line, or part of it, each."""
    if text is None or says_nothing(text):
        return []
    lines = [line for line in text.split("\n") if squeeze(line)]
    if len(lines) > MOST_LINES:
        return [Target(squeeze(text[:LONGEST]), why=f"the cell holds {len(lines)} lines")]
    return [target(part) for line in lines for part in parts(squeeze(line))]


def parts(line: str) -> list[str]:
    """A line parted where another target begins.

    >>> parts("848.46 (3% reduction) Below 899.01 NA"), parts("85% or above")
    (['848.46 (3% reduction)', 'Below 899.01', 'NA'], ['85% or above'])
    """
    if len(line) > LONGEST:
        return [line]
    starts = [0]
    masked = re.sub(r"\([^()]{0,300}\)", lambda found: "(" + "_" * (len(found[0]) - 2) + ")", line)
    for found in _NEXT.finditer(masked):
        said, rest = masked[starts[-1] : found.start()], masked[found.end() :]
        following = numbers(rest)
        is_blank = says_nothing(found[0])
        is_number_next = bool(following) and following[0].start <= 2 and following[0].unit not in _TIMED
        is_complete = bool(numbers(said) or says_nothing(said)) and starts[-1] < found.start()
        if is_complete and (is_blank or is_number_next) and not _JOINED.search(said):
            starts.append(found.start())
    ends = [*starts[1:], len(line)]
    return [part for start, end in zip(starts, ends, strict=True) if (part := line[start:end].strip())]


def target(text: str) -> Target:
    """What one target asks for."""
    if says_nothing(text):
        return Target(text, is_blank=True)
    if len(text) > LONGEST:
        return Target(text, why="the target is too long to be one")
    bare, notes = without_notes(text.translate(_DASHES).lower())
    noted = _changes(" ".join(notes)) if len(notes) == 1 else None
    read = _without_number(bare) if not bare else _read(bare)
    read = replace(read, text=text)
    if noted is not None and read.level is not None and read.change is None:
        change, unit = noted
        said = read.comparison or ("at_most" if change < 0 else "at_least")
        return replace(read, change=change, change_unit=unit, comparison=said)
    return read


def _changes(note: str) -> tuple[Decimal, Literal["percent", "points", "amount"]] | None:
    """The change that a note in brackets says: (3% reduction)."""
    found = _read(note)
    return (found.change, found.change_unit) if found.change is not None and found.change_unit is not None else None


def _read(text: str) -> Target:
    due = _DUE.search(text)
    span = _SPAN.search(text)
    known = Target(text, span=_span(span), due=_due(due[0]) if due else None)
    for pattern in (_DUE, _SPAN, _PER, _IN_YEAR):
        text = pattern.sub(" ", text)
    text = _YEARS.sub(lambda found: " " if find_year(found[0]) is not None else found[0], text)
    if len(MONTHS_OF_YEARS.findall(text)) > 1:
        return replace(known, why="the target names several dates")
    text = squeeze(_FROM.sub("", without_dates(text)))
    text = _SPOKEN_NOUGHT.sub("0", text)
    unchanged = _NO_CHANGE.search(text)
    found = numbers(_NO_CHANGE.sub(lambda same: " " * len(same[0]), text))
    untimed = [number for number in found if number.unit not in _TIMED]
    found = untimed or [n for n in found if n.unit in _TIMED]
    if _OF.search(text) and len(found) == 2:
        found = found[:1]
    if not found:
        return replace(_without_number(text), span=known.span, due=known.due)
    if re.search(r"(?:^|\s)-$", text[: found[0].start]):
        return replace(known, why="the target has a minus, which may be a dash")
    if unchanged is not None:
        return replace(known, why="the target names no change and a number")
    changes = {number: change for number in found if (change := _change(text, number)) is not None}
    changing = list(changes)
    levels = [number for number in found if number not in changes]
    if len(levels) > 1 or len(changing) > 1:
        return replace(known, why="the target names several numbers")
    read = known
    if changing:
        change = changes[changing[0]]
        read = replace(
            read,
            change=change,
            change_unit="points" if changing[0].is_points else "percent" if changing[0].unit == "percent" else "amount",
            unit=changing[0].unit,
            step=changing[0].step,
            comparison=_of_change(text, changing[0], change, found),
        )
        if read.level is None and not levels and _ELSEWHERE.search(text):
            return replace(known, why="the target is set against something else than the baseline")
    if levels:
        comparison, is_open = _comparison(text, levels[0], found)
        if not changing and (is_open or _may_be_change(text, levels[0])):
            return replace(known, why=f'"{text}" can be taken in more than one way')
        read = replace(
            read,
            level=levels[0].value,
            unit=levels[0].unit,
            step=levels[0].step,
            comparison=comparison or read.comparison,
        )
    return read


def compared_in(text: str, number: Number) -> tuple[Comparison | None, bool]:
    """How a text that names a number binds (no more than 5%), and whether it leaves that open (up to 5%)."""
    return _comparison(text, number, [])


def _comparison(text: str, number: Number, among: list[Number]) -> tuple[Comparison | None, bool]:
    """How what was reached is held against a number; and whether its words leave that open (up to, about)."""
    before = text[max((n.end for n in among if n.end <= number.start), default=0) : number.start]
    after = text[number.end :]
    for comparison, words in _BEFORE:
        if words.search(before):
            return comparison, comparison is None
    for comparison, words in _AFTER:
        if words.match(after):
            return comparison, False
    if re.search(r"\bto\s?$", before) and not re.search(r"\bequal to\s?$", before):
        rises, falls = _RISES.search(before), _FALLS.search(before)
        if bool(rises) != bool(falls):
            return ("at_least" if rises else "at_most"), False
    if number.unit in _TIMED and re.search(r"\bwithin\s?$", before):
        return "at_most", False
    if number.unit == "percent" and _GOOD.search(after):
        return "at_least", False
    return None, False


def _of_change(text: str, number: Number, change: Decimal, among: list[Number]) -> Comparison:
    """Which way a changed baseline binds: no more than 5% growth is a ceiling, at least 5% less is one too."""
    limit, _ = _comparison(text, number, [n for n in among if n is not number])
    natural: Comparison = "at_most" if change < 0 else "at_least"
    if limit not in ("at_most", "below"):
        return natural
    return "at_least" if natural == "at_most" else "at_most"


def _may_be_change(text: str, number: Number) -> bool:
    """Whether a number beside a word of change may be the change, as no `to` makes it the level that is come to."""
    if re.match(rf"\s?(?:{_UP}|{_DOWN}) (?:than|on)\b", text[number.end :]):
        return True
    return _CHANGING.search(text) is not None and not re.search(r"\bto(?: [a-z]{1,10}){0,3}\s?$", text[: number.start])


def _change(text: str, number: Number) -> Decimal | None:
    """By how much a number says that something is to change, below nought for less; None where it is a level."""
    before, after = text[: number.start], text[number.end :]
    follows = re.match(rf"\s?(?:point\s)?(?:or (?:more|greater|higher)\s)?(?:({_UP})|({_DOWN}))\b", after)
    if follows is not None and (number.unit == "percent" or follows[0].strip()[:3] in ("inc", "red", "dec")):
        return number.value if follows[1] else -number.value
    if re.search(r"\bto\s?$", before):
        return None
    led = re.search(rf"\b(?:({_UP})|({_DOWN}))\b[^0-9]{{0,60}}?\b(?:by|of)\s?{_LIMIT}$", before)
    if led is None and number.unit == "percent":
        led = re.search(r"\b(?:(increase|growth|rise)|(reduction|decrease|reduce))[\s:-]{1,3}$", before)
    if led is None:
        return None
    return number.value if led[1] else -number.value


def _without_number(text: str) -> Target:
    """A target in words alone: more, or less, or no less, or no more, than the baseline."""
    said = Target(text)
    if _ELSEWHERE.search(text):
        return replace(said, why="the target is set against something else than the baseline")
    if _NOT_RISING.search(text):
        return replace(said, comparison="at_most")
    if _NOT_FALLING.search(text):
        return replace(said, comparison="at_least")
    rises, falls, same = _RISES.search(text), _FALLS.search(text), _SAME.search(text)
    if rises and falls:
        return replace(said, why="the target speaks of more and of less")
    if rises:
        return replace(said, comparison="at_least" if same else "above")
    if falls:
        return replace(said, comparison="at_most" if same else "below")
    if same or _BETTER.search(text):
        return replace(said, why="direction not stated: the words do not say which way is better")
    return replace(said, why="the target names no number")


def _span(found: re.Match[str] | None) -> Span | None:
    if found is None:
        return None
    word = found[1] or found[2]
    return next((span for span in ("week", "month", "quarter") if word.startswith(span)), "year")


def _due(text: str) -> Period | None:
    """The month by which a target is to be reached; of a year its last."""
    mention = find_mention(text)
    if mention is None or mention.start is None:
        return None
    return Period(mention.start, mention.month or 12)
