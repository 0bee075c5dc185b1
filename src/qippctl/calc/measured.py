"""What a cell of an indicator says was measured: one number with its unit, and how far it is open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from qippctl.money import DASHES, Interval, exactly, interval, is_blank_word, is_dash, parse_amount, squeeze
from qippctl.period import MONTH_NAME

# No cell that gives one number is longer.
LONGEST = 400
_DASHES = str.maketrans(dict.fromkeys(DASHES, "-"))
# Words, a minus or a point before a digit belong to a code or to a number that is not whole: Q3, 2.7.1.
NUMBER = re.compile(
    r"(?<![\w.,/])(£)?([0-9]{1,3}(?:,[0-9]{3}){1,5}(?![0-9])|[0-9]{1,15})(\.[0-9]{1,8})?(?![0-9]|\.[0-9]|/[0-9])"
    r"(\s?%|\s?per\s?cent\b|\s?(?:million|thousand|mn|k|m|bn)\b)?"
    r"(\s?(?:percentage points?|points?|pp)\b)?"
    r"(?:[\s-]{0,2}(hour|day|week|month|minute)s?\b)?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\([^()]{0,300}\)")
_FORECAST = re.compile(r"\b(?:FOT|FYFOT|forecast(?: outturn)?|outturn)\b:?", re.IGNORECASE)
_OF = re.compile(r"(?<![\w.,/])([0-9]{1,9})\s(?:out\s)?of\s(?:the\s)?([0-9]{1,9})(?![\w.,%])", re.IGNORECASE)
MONTHS_OF_YEARS = re.compile(r"\b" + MONTH_NAME + r"[\s,'’-]{1,2}(?:20)?[0-9]{2}\b(?!\s?%)", re.IGNORECASE)
_AT_LEAST = re.compile(r"(?:>=?|≥|\b(?:over|above|more than|at least))\s?$", re.IGNORECASE)
_AT_MOST = re.compile(r"(?:<=?|≤|\b(?:under|below|less than|fewer than|up to))\s?$", re.IGNORECASE)
_ROUGHLY = re.compile(
    r"\b(?:about|approx\w{0,12}|around|circa|c\.|nearly|almost|between|from|to)\b|~|\.\.", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text: where it begins and ends, its value in base units, its unit and its last digit's size."""

    start: int
    end: int
    value: Decimal
    unit: str
    step: Decimal
    is_points: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """One number that was measured. `is_least`, `is_most`: the text says only that it is so much or more, or less.

    `whole`: of how many, where the text says so (25 of 25); `is_forecast`: it is where the year is going.
    """

    value: Decimal
    unit: str
    step: Decimal
    is_forecast: bool = False
    whole: Decimal | None = None
    is_least: bool = False
    is_most: bool = False

    @property
    def interval(self) -> Interval:
        """Every value that the printed digits may stand for; of what is open, the known end alone."""
        return Interval(self.value, self.value) if self.is_open else interval(self.value, self.step)

    @property
    def is_open(self) -> bool:
        return self.is_least or self.is_most

    @property
    def is_whole_number(self) -> bool:
        """Whether it may count things: pounds, patients; no share, rate or time."""
        return self.unit in ("count", "GBP") and self.step >= 1 and self.whole is None


def numbers(text: str) -> list[Number]:
    """Every number of a text, in order; what is part of a code, a date or a version is none.

    >>> [(str(n.value), n.unit) for n in numbers("a 25% reduction of £2m in 4 weeks")]
    [('25', 'percent'), ('2000000', 'GBP'), ('4', 'weeks')]
    """
    found = []
    for match in NUMBER.finditer(text[:LONGEST]):
        currency, digits, decimals, sign, points, time = match.groups()
        mark = (sign or "").strip().lower()
        amount = parse_amount(
            f"{currency or ''}{digits}{decimals or ''}{'' if mark in ('%', 'per cent', 'percent') else mark}"
        )
        if amount is None:
            continue
        with exactly():
            value, step = amount.value * (amount.scale or 1), amount.step * (amount.scale or 1)
        is_percent = mark in ("%", "per cent", "percent")
        unit = (
            "percent"
            if is_percent or points
            else "GBP"
            if currency or amount.scale
            else f"{time.lower()}s"
            if time
            else "count"
        )
        found.append(Number(match.start(), match.end(), value, unit, step, bool(points)))
    return found


def without_notes(text: str) -> tuple[str, list[str]]:
    """A text without what stands in brackets, and that.

    >>> without_notes("848.46 (3% reduction)")
    ('848.46', ['3% reduction'])
    """
    notes = [note[1:-1] for note in _BRACKETED.findall(text)]
    return squeeze(_BRACKETED.sub(" ", text)), notes


def without_dates(text: str) -> str:
    """A text without months of years, such as Jan-15."""
    return squeeze(MONTHS_OF_YEARS.sub(" ", text))


def says_nothing(text: str | None) -> bool:
    """Whether a cell prints nothing, a dash, or a word for nothing."""
    return text is None or not squeeze(text) or is_dash(text) or is_blank_word(text)


def measured(text: str | None) -> Measured | None:
    """The one number that a cell gives; None where it gives none, or several.

    >>> str(measured("FOT 894.44").value), measured("25 of 25").whole, measured("£396.4 (900)")
    ('894.44', Decimal('25'), None)
    """
    if text is None or len(text) > LONGEST or says_nothing(text):
        return None
    text = squeeze(text).translate(_DASHES)
    plain = parse_amount(text)
    if plain is not None:
        with exactly():
            value, step = plain.value * (plain.scale or 1), plain.step * (plain.scale or 1)
        unit = "percent" if plain.is_percent else "GBP" if plain.has_currency or plain.scale else "count"
        return Measured(value, unit, step)
    bare, notes = without_notes(text)
    if any(numbers(note) and not re.search(r"[A-Za-z]{2}", note) for note in notes):
        return None  # A number in brackets of its own may be the one that counts.
    is_forecast = _FORECAST.search(bare) is not None
    bare = without_dates(_FORECAST.sub(" ", bare))
    share = _OF.search(bare)
    if share is not None and len(numbers(bare)) == 2:
        return Measured(Decimal(share[1]), "count", Decimal(1), is_forecast, whole=Decimal(share[2]))
    found = numbers(bare)
    if len(found) != 1 or found[0].is_points or _ROUGHLY.search(bare[: found[0].start]):
        return None
    one, before, after = found[0], bare[: found[0].start], bare[found[0].end :]
    if before.rstrip().endswith("-"):
        return None  # A minus, or a dash between words: nobody knows.
    is_least = bool(_AT_LEAST.search(before)) or after.lstrip().startswith("+")
    return Measured(one.value, one.unit, one.step, is_forecast, None, is_least, bool(_AT_MOST.search(before)))
