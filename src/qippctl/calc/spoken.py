"""Numbers in sentences: sums of money, percentages and counts, each with its place, its precision and the words about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from qippctl.money import Interval, interval

SpokenUnit = Literal["GBP", "percent", "count"]

_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,4})?|[0-9]{1,12}(?:\.[0-9]{1,4})?|\.[0-9]{1,4}"
_SCALES = {
    "k": 1000,
    "thousand": 1000,
    "m": 1_000_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "mil": 1_000_000,
    "mn": 1_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}
# Bounded, so that a line of a megabyte is read in linear time.
_NUMBER = re.compile(
    rf"(?:(?P<sign>(?<![A-Za-z0-9%])[-–])?(?P<pound>£\s?-?)|(?<![A-Za-z0-9.,/%])|(?<=[0-9%][xX]))(?P<digits>{_DIGITS})"
    r"(?:\s?(?P<percent>%|per\s?cent(?![A-Za-z]))|\s?(?P<scale>thousand|millions?|billion|mil|mn|bn|m|k)(?![A-Za-z]))?"
    r"(?![0-9]|[.,][0-9]|/[0-9]|(?![xX][0-9])[A-Za-z]{1,3}[0-9])",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"(?P<about>\b(?:about|around|approx(?:imately)?\.?|circa|c\.?|some|roughly|just))"
    r"|(?P<below>\bup to|under|below|less than|nearly|almost|just under|no more than|maximum(?: of)?)"
    r"|(?P<above>over|above|more than|exceed(?:s|ed|ing)?|in excess of|at least|minimum(?: of)?)",
    re.IGNORECASE,
)
_MINUS = re.compile(r"(?:^|[\s(])[-–]$")
Hedge = Literal["", "about", "below", "above"]
BEFORE = 24
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number of a sentence. `value` and `step` are in base units (pounds, percent, pieces), `scale` the unit that it prints.

    `hedge`: whether the words before it say that it is only about so much, or a bound. `start` and `end` are its place in
    the text, sign and unit included.
    """

    raw: str
    start: int
    end: int
    value: Decimal
    step: Decimal
    unit: SpokenUnit
    scale: Decimal = ONE
    hedge: Hedge = ""

    @property
    def interval(self) -> Interval:
        return interval(self.value, self.step)

    @property
    def own(self) -> Decimal:
        """The number as it is printed, without its unit."""
        return self.value / self.scale


def numbers(text: str) -> Iterator[Spoken]:
    """The numbers of a sentence in order; dates, times, codes and numbers of sections are none.

    >>> [(n.raw, int(n.value), n.unit) for n in numbers("65 x £124, 20% of c£2.4m")]
    [('65', 65, 'count'), ('£124', 124, 'GBP'), ('20%', 20, 'percent'), ('£2.4m', 2400000, 'GBP')]
    """
    for match in _NUMBER.finditer(text):
        digits = match["digits"].replace(",", "")
        if re.fullmatch(r"0{2,}", digits):
            continue  # `£000` is a unit
        is_money = match["pound"] is not None or match["scale"] is not None
        if match["scale"] and match["pound"] is None and len(match["scale"]) == 1 and match[0][-2].isspace():
            continue  # `5 m` may be metres or months
        negative = "-" in (match["pound"] or "") or bool(match["sign"])
        scale = Decimal(_SCALES[match["scale"].lower()]) if match["scale"] else ONE
        unit: SpokenUnit = "percent" if match["percent"] else "GBP" if is_money else "count"
        if unit == "count" and _is_no_number(text, match.start("digits"), match.end()):
            continue
        start = match.start()
        if unit == "percent" and _MINUS.search(text[max(0, start - 2) : start]):
            negative, start = True, start - 1  # `-5.2%`; in `4-5%` it is a dash
        value = Decimal(digits) * scale
        decimals = len(digits.partition(".")[2])
        yield Spoken(
            raw=text[start : match.end()],
            start=start,
            end=match.end(),
            value=-value if negative else value,
            step=ONE.scaleb(-decimals) * scale,
            unit=unit,
            scale=scale,
            hedge=_hedge(text[max(0, start - BEFORE) : start]),
        )


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE_AFTER = re.compile(rf"\s?(?:st|nd|rd|th)?\s?(?:of\s)?{_MONTH}\b|\s?(?:st|nd|rd|th)\b", re.IGNORECASE)
_DATE_BEFORE = re.compile(
    rf"(?:\b{_MONTH}[\s-]*(?:[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s)?|\b(?:month|week|quarter|q|m|year|appendix|figure|fig|table|section|paragraph"
    rf"|para|page|item|plan|no\.?|programme|project|part|phase|level|band|ref)\s?)$",
    re.IGNORECASE,
)

_YEAR_BEFORE = re.compile(r"(?<![0-9,.£])(?:(?:19|20)[0-9]{2}|0[0-9])\s?[-–/]\s?$")


def _is_no_number(text: str, start: int, end: int) -> bool:
    """Whether digits are a day, a year, or the number of a month, a figure or an appendix."""
    bare = text[start:end].strip()
    if _DATE_AFTER.match(text, end) or _DATE_BEFORE.search(text[max(0, start - BEFORE) : start]):
        return True
    if re.fullmatch(r"(?:19|20)[0-9]{2}", bare) or _YEAR_BEFORE.search(text[max(0, start - BEFORE) : start]):
        return True  # a year, more often than a count
    if re.fullmatch(r"0[0-9]", bare):
        return True  # `06-7`, `M01`
    return start == 0 and re.match(r"[.)]\s", text[end : end + 2]) is not None and len(bare) <= 2


def _hedge(before: str) -> Hedge:
    found = next(reversed(list(_HEDGE.finditer(before))), None)
    if found is None or before[found.end() :].strip(" £(-"):
        return ""
    return "about" if found["about"] else "below" if found["below"] else "above"
