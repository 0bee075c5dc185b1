"""Printed numbers: text to `Amount` and back, and intervals at the printed precision.

A printed number is a value and the size of its last digit. `7.83` in a £m column may be anything from 7.825 to 7.835
million, and every comparison in qippctl is made with that interval, never with a tolerance picked by hand.
"""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

ZERO = Decimal(0)
# Papers print no number longer than this; beyond it a "number" is an attack or an accident.
LONGEST_NUMBER = 24
DASHES = frozenset("-–—−‐‑‒―")
_DASH_TABLE = str.maketrans(dict.fromkeys(DASHES, "-"))
# What optical character recognition and copying put in place of a nought or a one.
LOOK_ALIKES = str.maketrans(
    {"ο": "0", "о": "0", "О": "0", "Ο": "0", "O": "0", "o": "0", "ŏ": "0", "I": "1", "l": "1", "|": "1"}
)
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+")
_SCALES = {
    "k": Decimal(1000),
    "thousand": Decimal(1000),
    "m": Decimal(1_000_000),
    "mn": Decimal(1_000_000),
    "mil": Decimal(1_000_000),
    "million": Decimal(1_000_000),
    "bn": Decimal(1_000_000_000),
    "billion": Decimal(1_000_000_000),
}
_SCALE = re.compile(r"(thousand|million|billion|mil|mn|bn|k|m)\.?", re.IGNORECASE)
NOT_A_FIGURE = frozenset({"n/a", "na", "n.a.", "tbc", "tba", "tbd", "n/k", "not applicable", "[x]", "[z]"})
_FOOTNOTE = re.compile(r"[*†‡§#¹²³⁴⁵⁶⁷⁸⁹⁰]+$|\[note [0-9]{1,2}\]$")


def exactly() -> AbstractContextManager[Context]:
    """Arithmetic with digits enough for the longest number that a paper may print, in billions."""
    return localcontext(prec=3 * LONGEST_NUMBER)


@dataclass(frozen=True, slots=True)
class Interval:
    """Every value that a printed number may stand for, ends included."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed number, understood but not yet placed in a column.

    `value` is signed as printed and in the printed unit; `step` is the size of its last digit. `scale` is the unit that
    the cell itself prints (`£1.2m`: 1000000), else None. A dash and `nil` are the zero that accountants' formats print:
    `is_dash` tells them from a printed 0.
    """

    value: Decimal
    step: Decimal
    scale: Decimal | None = None
    is_percent: bool = False
    is_dash: bool = False
    has_currency: bool = False
    look_alike: bool = False

    @property
    def interval(self) -> Interval:
        return interval(self.value, ZERO if self.is_dash else self.step)


def interval(value: Decimal, step: Decimal) -> Interval:
    """The values that round to `value` when the last printed digit has the size `step`."""
    half = step / 2
    return Interval(value - half, value + half)


def squeeze(text: str) -> str:
    """One line with single spaces, of whatever kind the spaces were."""
    return _SPACES.sub(" ", text).strip()


def is_dash(text: str) -> bool:
    """Whether a cell prints a dash (or the word nil) for nothing.

    >>> is_dash(" – "), is_dash("nil"), is_dash("-5")
    (True, True, False)
    """
    if text[-1:].isdigit():  # as nearly every cell ends that is asked of
        return False
    bare = squeeze(text).replace(" ", "")
    return bare.lower() == "nil" or (0 < len(bare.lstrip("£")) <= 2 and set(bare.lstrip("£")) <= DASHES)


def is_blank_word(text: str) -> bool:
    """Whether a cell says that it holds no figure (`n/a`, `TBC`)."""
    return squeeze(text).lower().translate(str.maketrans("в", "b")) in NOT_A_FIGURE


def parse_amount(text: str, *, repair: bool = False) -> Amount | None:
    """Read a printed number; None where the text is not one.

    Money, counts and percentages: brackets or a minus on either side are negative, `k`, `m`, `million` are the cell's
    own unit, a dash is zero. Digits that lost their neighbours (`690, , ,033`), continental decimals (`1.234,56`) and
    numbers of absurd length are refused. With `repair`, letters that stand for digits are put right and `look_alike` is set.

    >>> parse_amount("(1,234)").value, parse_amount("1,234-").value, parse_amount("£-997").value
    (Decimal('-1234'), Decimal('-1234'), Decimal('-997'))
    >>> a = parse_amount("£.912m"); (a.value, a.step, a.scale)
    (Decimal('0.912'), Decimal('0.001'), Decimal('1000000'))
    >>> parse_amount("45%").is_percent, parse_amount("–").value, parse_amount("2.7.1"), parse_amount("1.234,56")
    (True, Decimal('0'), None, None)
    """
    bare = squeeze(text)
    if not bare or len(bare) > LONGEST_NUMBER * 2:
        return None
    if is_dash(bare):
        return Amount(ZERO, Decimal(1), is_dash=True)
    bare = _FOOTNOTE.sub("", bare.translate(_DASH_TABLE)).strip()
    look_alike = False
    if repair:
        mended = _mend(bare)
        look_alike, bare = mended != bare, mended
    return _read(bare, look_alike)


def _mend(bare: str) -> str:
    """Letters turned to the digits that they were mistaken for, when nothing but digits and marks is left."""
    if len(bare) == 1 and bare in "Il|":  # a stray rule, as likely as a one
        return bare
    core = bare.translate(LOOK_ALIKES)
    return core if re.fullmatch(r"[0-9().,%£ +-]+", core) and any(c.isdigit() for c in core) else bare


def _read(bare: str, look_alike: bool) -> Amount | None:
    negative, rest = 0, bare
    if rest.startswith("(") and rest.endswith(")") and rest.count("(") == 1 and rest.count(")") == 1:
        negative, rest = 1, rest[1:-1].strip()
    elif rest.startswith("£(") and rest.endswith(")"):
        negative, rest = 1, "£" + rest[2:-1]
    elif (inner := re.fullmatch(r"\((.{1,40})\) ?(%|k|m|bn)", rest, re.IGNORECASE)) is not None:
        negative, rest = 1, inner[1] + inner[2]
    currency = "£" in rest
    sign = re.match(r"[+-]?\s*£?\s*[+-]?\s*", rest)
    prefix = sign[0] if sign else ""
    rest = rest[len(prefix) :]
    negative += prefix.count("-")
    if prefix.count("-") + prefix.count("+") > 1:
        return None
    number = _NUMBER.match(rest)
    if number is None or len(number[0]) > LONGEST_NUMBER:
        return None
    digits, rest = number[0].replace(",", ""), rest[number.end() :].strip()
    if rest == "-" and bare[-2:-1].isdigit() and not prefix.strip(" £") and negative == 0:
        negative, rest = 1, ""
    percent = rest.endswith("%")
    if percent:
        rest = rest[:-1].strip()
    scale = None
    if rest and not percent:
        unit = _SCALE.fullmatch(rest)
        if unit is None:
            return None
        scale, rest = _SCALES[unit[1].lower()], ""
    if rest or negative > 1:
        return None
    decimals = len(digits.partition(".")[2])
    value = Decimal(digits)
    return Amount(
        value=-value if negative and value else value,
        step=Decimal(1).scaleb(-decimals),
        scale=scale,
        is_percent=percent,
        has_currency=currency,
        look_alike=look_alike,
    )


def plain(value: Decimal) -> str:
    """A decimal in plain notation, without an exponent, trailing noughts or a negative zero.

    >>> plain(Decimal("1440000.0")), plain(Decimal("-0.00")), plain(Decimal("1E+3"))
    ('1440000', '0', '1000')
    """
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def grouped(number: str) -> str:
    """A plain number as people read it; what is none stays as it is.

    >>> grouped("381795000"), grouped("-1427.9"), grouped("1 in 4")
    ('381,795,000', '-1,427.9', '1 in 4')
    """
    whole, dot, rest = number.partition(".")
    sign, bare = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(bare):,}{dot}{rest}" if bare.isascii() and bare.isdigit() else number


def thousands(value: Decimal, *, decimals: int = 1, unit: Decimal = Decimal(1000)) -> str:
    """Pounds as a table shows them: in thousands, grouped, a minus for negative.

    >>> thousands(Decimal("-952100")), thousands(Decimal("7833400"), decimals=0)
    ('-952.1', '7,833')
    """
    with exactly():
        shown = f"{(value / unit).quantize(Decimal(1).scaleb(-decimals)):,f}"
    return shown[1:] if shown.startswith("-") and not any(c in "123456789" for c in shown) else shown
