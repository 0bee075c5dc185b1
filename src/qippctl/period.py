"""Financial years and months: April is month 1. Printed as `2014/15` and `2014/15-M11`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "january",
    "february",
    "march",
)
MONTHS_OF_YEAR = len(MONTHS)
_MONTH_NUMBER = (
    {name: n for n, name in enumerate(MONTHS, 1)} | {name[:3]: n for n, name in enumerate(MONTHS, 1)} | {"sept": 6}
)
MONTH_NAME = (
    "(" + "|".join((*MONTHS, "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "jan", "feb", "mar")) + ")"
)
_YEAR = re.compile(
    r"(?<![0-9/.-])(?:((?:19|20)[0-9]{2})\s?[/–-]\s?((?:20)?[0-9]{1,2})|([0-9]{2})/([0-9]{2})|FY\s?((?:20)?[0-9]{2}))(?![0-9/]|\.[0-9])"
)
_DAY = re.compile(
    r"(?<![0-9])([0-9]{1,2})\s?(?:st|nd|rd|th)?(?:\sof)?[\s-]"
    + MONTH_NAME
    + r"[\s,-]{1,2}((?:20|19)[0-9]{2}|[0-9]{2})(?![0-9]|/[0-9])",
    re.IGNORECASE,
)
# With points only where all is written out: `8.3.10` is as likely the number of an agenda item.
_ISO = re.compile(r"(?<![0-9-])(20[0-9]{2})-([0-9]{2})-([0-9]{2})(?![0-9])")
_SLASHED = re.compile(
    r"(?<![0-9/.])(?:([0-9]{1,2})/([0-9]{1,2})/((?:20)?[0-9]{2})|([0-9]{2})\.([0-9]{2})\.([0-9]{2})"
    r"|([0-9]{1,2})\.([0-9]{1,2})\.(20[0-9]{2}))(?![0-9/]|\.[0-9])"
)
# `March 31st` and `March 31 2015` name a day, not the year 2031.
_MONTH_YEAR = re.compile(
    r"(?<![a-z])"
    + MONTH_NAME
    + r"[\s,'’-]{1,2}((?:20|19)[0-9]{2}|[0-9]{2}(?!\s?(?:st|nd|rd|th)|,?\s(?:19|20)[0-9]{2}))(?![0-9/])",
    re.IGNORECASE,
)
# The data of `M1-M11` are those to M11; `Month 1-11` names no single month.
_NO_RANGE = r"(?!\s?(?:[-–]|to)\s?M\s?[0-9]|[-–][0-9]{1,2}(?![0-9/]))"
_MONTH_NUMBERED = re.compile(
    r"(?<![a-z0-9])(?:month|period|mth)\s{0,2}(?:no\.?\s?)?([0-9]{1,2})(?![0-9/])"
    + _NO_RANGE
    + r"|(?<![a-z0-9])M\s?([0-9]{1,2})(?![0-9a-z/])"
    + _NO_RANGE,
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"(?<![a-z0-9])(?:q|qtr|quarter)\s?([1-4])(?![0-9a-z])|(?<![a-z0-9])([1-4])(?:st|nd|rd|th) (?:qtr|quarter)(?![a-z])"
    r"|(?<![a-z])(first|second|third|fourth) quarter(?![a-z])",
    re.IGNORECASE,
)
# Data run to the end of a month: a date so late in it, or one that data are said to stand at, names that month.
END_OF_MONTH = 28
_AT_DATE = re.compile(r"\b(?:as at|as of|to|at|ending|ended)\s(?:the\s)?(?=[0-9])", re.IGNORECASE)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_MONTH_NAMED = re.compile(
    r"(?:as at|to(?: the)? end of|end of|position (?:at|to)|to)\s(?:[0-9]{1,2}(?:st|nd|rd|th)?\s)?"
    + MONTH_NAME
    + r"(?![a-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A financial year (`start` is the calendar year of its April), or one month of it.

    >>> str(Period(2014, 11)), str(Period(2014))
    ('2014/15-M11', '2014/15')
    """

    start: int
    month: int = 0

    def __str__(self) -> str:
        year = f"{self.start}/{(self.start + 1) % 100:02d}"
        return f"{year}-M{self.month:02d}" if self.month else year

    @property
    def year(self) -> Period:
        return Period(self.start)

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `2014/15`, `2014/15-M11` and the other ways of writing them; ValueError otherwise.

        >>> str(Period.parse("2014-15 M9")), str(Period.parse("10/11"))
        ('2014/15-M09', '2010/11')
        """
        found = find_year(text)
        if found is None:
            raise ValueError(f'"{text}" is not a financial year or month, such as 2014/15 or 2014/15-M11')
        rest = _YEAR.sub(" ", text, count=1).strip(" -")
        if not rest:
            return cls(found)
        month = _MONTH_NUMBERED.fullmatch(rest)
        number = int(month[1] or month[2]) if month else _MONTH_NUMBER.get(rest.lower(), 0)
        if not 1 <= number <= 12:
            raise ValueError(f'"{text}" is not a financial year or month, such as 2014/15 or 2014/15-M11')
        return cls(found, number)


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of time that a line of text names: a year, a month, or both.

    `conflict`: the number of the month and its name, or its date, do not agree; the number is followed.
    """

    start: int | None
    month: int | None
    conflict: bool = False


def of_date(day: date) -> Period:
    """The financial month that a date lies in.

    >>> str(of_date(date(2015, 2, 28))), str(of_date(date(2015, 4, 1)))
    ('2014/15-M11', '2015/16-M01')
    """
    return Period(day.year, day.month - 3) if day.month >= 4 else Period(day.year - 1, day.month + 9)


def find_year(text: str) -> int | None:
    """The first financial year that a text names, by its starting year.

    >>> find_year("Plan 2010/11"), find_year("2007-8"), find_year("dated 11/05/2011"), find_year("ratio 3/7")
    (2010, 2007, None, None)
    """
    return next(find_years(text), None)


def find_years(text: str) -> Iterator[int]:
    """Every financial year that a text names, in order."""
    for found in _YEAR.finditer(text):
        if found[1]:
            start, second = int(found[1]), found[2]
            if (start + 1) % 10 ** len(second) == int(second):
                yield start
        elif found[3]:
            if (int(found[3]) + 1) % 100 == int(found[4]):
                yield 2000 + int(found[3])
        else:
            yield 2000 + int(found[5]) % 100 - 1


def find_date(text: str) -> date | None:
    """The first calendar date that a text names; day before month, as Britain writes it."""
    if iso := _ISO.search(text):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    found = _DAY.search(text)
    if found:
        return _date(_full_year(found[3]), _calendar_month(found[2]), int(found[1]))
    slashed = _SLASHED.search(text)
    if slashed:
        day, month, year = filter(None, slashed.groups())
        return _date(_full_year(year), int(month), int(day))
    return None


def find_mention(text: str) -> Mention | None:
    """The span of data that a heading names, or None.

    A date or a month with its calendar year names both; `Month 11`, `M11` and `to the end of February` name a month, a
    quarter its last.

    >>> find_mention("QIPP delivery as at 28th February 2015 (Month 11)")
    Mention(start=2014, month=11, conflict=False)
    >>> find_mention("M12 Performance").month, find_mention("Tracker for 2010/11").start
    (12, 2010)
    >>> find_mention("Month 11 (January 2015)").conflict, find_mention("Month 11 report, 24 March 2015").month
    (True, 11)
    """
    year = find_year(text)
    day = find_date(text)
    month_year = _MONTH_YEAR.search(_YEAR.sub(" ", text))
    if day is None and month_year is not None:
        day = _date(_full_year(month_year[2]), _calendar_month(month_year[1]), 1)
        named = day
    else:
        named = day if day is not None and (day.day >= END_OF_MONTH or _AT_DATE.search(text)) else None
    numbered = _MONTH_NUMBERED.search(text)
    if day is not None:
        return _of_day(of_date(day), int(numbered[1] or numbered[2]) if numbered else None, is_named=named is not None)
    spoken = _MONTH_NAMED.search(text)
    month = int(numbered[1] or numbered[2]) if numbered else _MONTH_NUMBER[spoken[1].lower()] if spoken else None
    if month is not None and not 1 <= month <= 12:
        month = None
    if month is None and (quarter := _QUARTER.search(text)) is not None:
        month = 3 * int(quarter[1] or quarter[2] or _ORDINALS[quarter[3].lower()])
    return None if year is None and month is None else Mention(year, month)


def _of_day(at: Period, number: int | None, *, is_named: bool) -> Mention:
    """The month of a date, or the numbered one beside it: data of month 11 may stand in a report of a later day."""
    if number is None or not 1 <= number <= 12 or number == at.month:
        return Mention(at.start, at.month)
    same_year = is_named or number <= at.month
    return Mention(at.start if same_year else at.start - 1, number, conflict=is_named)


def month_of_heading(text: str) -> int | None:
    """The month number when a column heading is a month and nothing else (`April`, `Apr-14`, `M7`), else None.

    >>> month_of_heading("April"), month_of_heading("Sept-14"), month_of_heading("M7"), month_of_heading("March plan")
    (1, 6, 7, None)
    """
    bare = text.strip().lower()
    numbered = re.fullmatch(r"m(?:onth)?\s?([0-9]{1,2})", bare)
    if numbered:
        return int(numbered[1]) if 1 <= int(numbered[1]) <= 12 else None
    named = re.fullmatch(MONTH_NAME + r"(?:[\s'’-]{0,2}(?:20)?[0-9]{2})?", bare)
    return _MONTH_NUMBER[named[1]] if named else None


def month_and_year(text: str) -> int | None:
    """The financial year, by its starting year, of a heading such as `Apr-18`; None where it names no year.

    >>> month_and_year("Jan-14"), month_and_year("Apr 2018"), month_and_year("May")
    (2013, 2018, None)
    """
    found = _MONTH_YEAR.search(text)
    day = _date(_full_year(found[2]), _calendar_month(found[1]), 1) if found else None
    return of_date(day).start if day else None


def without_periods(text: str) -> str:
    """A heading without the years, months and dates that it names.

    >>> without_periods("Plan 2014/15 to Month 6 (September)").split()
    ['Plan', 'to', '(', ')']
    """
    for pattern in (_DAY, _SLASHED, _YEAR, _MONTH_YEAR, _MONTH_NUMBERED, re.compile(MONTH_NAME, re.IGNORECASE)):
        text = pattern.sub(" ", text)
    return re.sub(r"\b20[0-9]{2}\b", " ", text)


def _calendar_month(name: str) -> int:
    number = _MONTH_NUMBER[name.lower()]
    return number + 3 if number <= 9 else number - 9


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
