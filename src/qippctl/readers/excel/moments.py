"""Dates and times as Excel prints them, from the days that it counts since the end of 1899."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

_LAST_DAY = 2_958_465  # 31 December 9999
_DAY_SECONDS = 86_400
_EXACT = Context(prec=1200, rounding=ROUND_HALF_UP)
_KEPT = Context(prec=15, rounding=ROUND_HALF_UP)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


Token = tuple[str, str]


class FormatError(ValueError):
    """A code, or what it would make of a value, that is not understood."""


def literal(kind: str, text: str) -> str:
    """What a token that is no placeholder prints."""
    if kind in ("text", "mark"):
        return text
    raise FormatError(f"{text} is out of place")


def moment(tokens: tuple[Token, ...], value: Decimal) -> str:
    """A day and time, as the days since the end of 1899 (with a 29 February 1900, which Excel believes in)."""
    fraction = _fraction_places(tokens)
    if value < 0 or value >= _LAST_DAY + 1:
        raise FormatError("no date of Excel's")
    seconds = _EXACT.quantize(value * _DAY_SECONDS, Decimal(1).scaleb(-fraction))
    whole, part = divmod(seconds, 1)
    days, clock = divmod(int(whole), _DAY_SECONDS)
    out: list[str] = []
    for i, (kind, text) in enumerate(tokens):
        if (kind == "time" and text[0] in "yYdD") or (
            kind == "time" and text[0] in "mM" and not _is_minutes(tokens, i)
        ):
            out.append(_date(text.lower(), days))
        elif kind == "time":
            out.append(_clock(text.lower(), clock, halves=any(kind == "noon" for kind, _ in tokens)))
        elif kind == "elapsed":
            out.append(str(int(whole) // {"h": 3600, "m": 60, "s": 1}[text[0]]).rjust(len(text), "0"))
        elif kind == "noon":
            out.append(text.split("/")[clock >= _DAY_SECONDS // 2].upper())
        elif kind == "digit":
            out.append(f"{part:.{fraction}f}"[2:] if fraction and tokens[i - 1] == ("mark", ".") else "")
        else:
            out.append(literal(kind, text))
    return "".join(out)


def _fraction_places(tokens: tuple[Token, ...]) -> int:
    """How many digits of a second are printed. Digits have no other place in a date."""
    places = [i for i, (kind, _) in enumerate(tokens) if kind == "digit"]
    if not places:
        return 0
    start = places[0]
    joined = places == list(range(start, start + len(places))) and all(tokens[i][1] == "0" for i in places)
    seconds = start > 1 and tokens[start - 1] == ("mark", ".") and tokens[start - 2][1][:1] in "sS"
    if not (joined and seconds) or len(places) > 3:
        raise FormatError("digits in a date are not known")
    return len(places)


def _is_minutes(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether an m means minutes: hours stand before it or seconds after it."""
    if len(tokens[i][1]) > 2:
        return False
    times = [(at, text[0].lower()) for at, (kind, text) in enumerate(tokens) if kind in ("time", "elapsed")]
    own = next(n for n, (at, _) in enumerate(times) if at == i)
    return (own > 0 and times[own - 1][1] == "h") or (own + 1 < len(times) and times[own + 1][1] == "s")


def _date(text: str, days: int) -> str:
    if days == 0:
        year, month, day = 1900, 1, 0
    elif days == 60:
        year, month, day = 1900, 2, 29
    else:
        found = date(1899, 12, 31) + timedelta(days - (days > 60))
        year, month, day = found.year, found.month, found.day
    if text[0] == "y":
        return f"{year:04}" if len(text) > 2 else f"{year % 100:02}"
    if text[0] == "d":
        names = {3: _DAYS[days % 7][:3], 4: _DAYS[days % 7]}
        return names.get(min(len(text), 4), f"{day:0{len(text)}}")
    names = {3: _MONTHS[month - 1][:3], 4: _MONTHS[month - 1], 5: _MONTHS[month - 1][0]}
    return names.get(4 if len(text) > 5 else len(text), f"{month:0{len(text)}}")


def _clock(text: str, seconds: int, *, halves: bool) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    if halves:
        hours = hours % 12 or 12
    return f"{ {'h': hours, 'm': minutes, 's': seconds % 60}[text[0]]:0{min(len(text), 2)}}"


def serial(text: str, *, from_1904: bool = False) -> Decimal | None:
    """The number that Excel keeps for a date and time written as ISO 8601 has it; None where it is none.

    >>> serial("2014-04-01T12:00:00")
    Decimal('41730.5')
    """
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    since = moment - datetime(1899, 12, 30)  # noqa: DTZ001  a workbook's dates have no zone
    days = Decimal(since.days) + Decimal(since.seconds) / _DAY_SECONDS
    return _KEPT.plus(days - 1462 if from_1904 else days)
