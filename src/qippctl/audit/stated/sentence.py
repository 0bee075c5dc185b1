"""A sentence and its numbers, with what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from qippctl.calc.spoken import Spoken, numbers

# A sentence longer than this is a table that lost its lines; beyond so many numbers nothing is said of any.
LONGEST = 1500
MOST_NUMBERS = 24
AROUND = 70
# Between numbers further apart nothing is stated.
APART = 160
FAR = "\x00"

_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z•\-–£(])|\n")
_PER = re.compile(r"\b(?:per|every|one in|each of)\s$", re.IGNORECASE)
_IN = re.compile(r"\s?in\s(?:every\s)?", re.IGNORECASE)
_DASH = re.compile(r"\s?[-–—]\s?")
_TO = re.compile(r"\s?to\s?", re.IGNORECASE)
_MOVES = re.compile(
    r"\b(?:from|increas|decreas|reduc|ris|rose|fall|fell|grow|grew|drop|improv|mov|went|down|up)\w*", re.IGNORECASE
)
_YEAR = re.compile(
    r"\b(?:19|20)[0-9]{2}(?:\s?[/–-]\s?(?:20)?[0-9]{2})?\b|\b[MQ][0-9]{1,2}\b|\b[0-9]{1,2}(?=\s(?:April|May|June|July)\b)"
)
_EQUALS = re.compile(r"[^0-9;]{0,40}=")


def sentences(text: str) -> Iterator[str]:
    """The sentences and lines of a text, as claims are parted."""
    for sentence in _END.split(text):
        if (bare := sentence.strip(" •\t\r")) and len(bare) <= LONGEST:
            yield bare


@dataclass(frozen=True)
class Sentence:
    """A sentence of a paper."""

    text: str
    page: int = 1
    table: str | None = None
    row: int | None = None
    where: str | None = None

    @cached_property
    def said(self) -> tuple[Spoken, ...]:
        """Its numbers in order, without ranges, rates and odds."""
        if len(self.text) > LONGEST:
            return ()
        found = list(numbers(self.text))
        return tuple(_meant(self.text, found)) if len(found) <= MOST_NUMBERS else ()

    def gap(self, index: int) -> str:
        """What stands between a number and the next; far apart, something that nothing is read from."""
        if not 0 <= index < len(self.said) - 1:
            return FAR
        between = self.text[self.said[index].end : self.said[index + 1].start]
        return _YEAR.sub("year", between) if len(between) <= APART else FAR

    def before(self, index: int) -> str:
        """The words that lead up to a number, not beyond the one before it."""
        start = self.said[index - 1].end if index else 0
        end = self.said[index].start
        return self.text[max(start, end - AROUND) : end]

    def after(self, index: int) -> str:
        """The words that follow a number, not beyond the next."""
        start = self.said[index].end
        end = self.said[index + 1].start if index + 1 < len(self.said) else len(self.text)
        return self.text[start : min(end, start + AROUND)]


def _meant(text: str, found: Sequence[Spoken]) -> Iterator[Spoken]:
    dropped: set[int] = set()
    for k, number in enumerate(found):
        if text[number.start - 1 : number.start] == "#" or _PER.search(text[max(0, number.start - 12) : number.start]):
            dropped.add(k)
        if k and _paired(text, found[k - 1], number):
            dropped |= {k - 1, k}
    return (number for k, number in enumerate(found) if k not in dropped)


def _paired(text: str, left: Spoken, right: Spoken) -> bool:
    """Whether two numbers are a range (`3-5`, `£4m to £5m`) or odds (`1 in 10`)."""
    between = text[left.end : right.start]
    if len(between) > len(" in every "):
        return False
    if _IN.fullmatch(between):
        return left.unit == right.unit == "count"
    if _DASH.fullmatch(between):
        return not _EQUALS.match(text, right.end)
    lead = text[max(0, left.start - AROUND) : left.start]
    return _TO.fullmatch(between) is not None and _MOVES.search(lead) is None
