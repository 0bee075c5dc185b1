"""Excel number formats: what a cell prints for the value that it holds.

The rules are those of ECMA-376 part 1, 18.8.30 (formats that have a number but no code of their own) and 18.8.31 (the
language of the codes); where these are silent, as Excel prints. A code has up to four sections, for numbers above nought,
below nought, nought, and text:

    _-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-        1234 -> 1,234    -1234 -> -1,234    0 -> -

Padding (`_x`, `?`) and filling (`*x`) only move the text within its cell, so they are gone. Numbers are `Decimal` throughout
and rounded half away from nought, as Excel does with the fifteen digits that it keeps.

It is our own because the one library that does this, ssf 0.2.2, was left in 2020, follows the locale of the process, fails
with today's Babel, rounds binary fractions, and brings seven more packages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from qippctl.readers.excel.moments import FormatError, Token, literal, moment

# Where Excel prints a date as the country has it, these papers' country is meant: 14 and 22 are `mm-dd-yy` in the standard.
BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"£"#,##0;-"£"#,##0',
    6: '"£"#,##0;[Red]-"£"#,##0',
    7: '"£"#,##0.00;-"£"#,##0.00',
    8: '"£"#,##0.00;[Red]-"£"#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy hh:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-',
    42: '_-"£"* #,##0_-;-"£"* #,##0_-;_-"£"* "-"_-;_-@_-',
    43: '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-',
    44: '_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
GENERAL = "General"
_LONGEST_CODE = 255  # Excel takes no longer one
_LONGEST_NUMBER = 400
_LARGEST_EXPONENT = 308
_EXACT = Context(prec=1200, rounding=ROUND_HALF_UP)
_KEPT = Context(prec=15, rounding=ROUND_HALF_UP)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | _(?P<pad>.) | \*(?P<fill>.) | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General) | (?P<noon>AM/PM|A/P) | (?P<exponent>E[+-]) | (?P<time>y+|m+|d+|h+|s+)
    | (?P<digit>[0\#?]) | (?P<mark>[.,%;@/]) | (?P<unknown>[beg]) | (?P<char>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|colou?r ?[0-9]{1,2}", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|=|<|>)\s*(-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]{1,3})?)", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_TIMES = frozenset({"time", "elapsed", "noon"})


@dataclass(frozen=True, slots=True)
class _Section:
    """One part of a code, for the values that its condition, or its place among the others, gives it."""

    tokens: tuple[Token, ...]
    kinds: frozenset[str]
    condition: tuple[str, Decimal] | None = None
    coloured: bool = False

    @property
    def words(self) -> str:
        return "".join(text for kind, text in self.tokens if kind == "text").strip()

    def takes(self, value: Decimal) -> bool | None:
        """Whether its own condition lets a value in; None where it has none."""
        if self.condition is None:
            return None
        sign, bound = self.condition
        order = (value > bound) - (value < bound)
        return order in {"<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1), "=": (0,), "<>": (-1, 1)}[sign]

    @property
    def is_below_nought(self) -> bool:
        """Whether its own condition lets in numbers below nought only; it then prints them without a minus."""
        return self.condition is not None and self.condition[0] == "<" and self.condition[1] <= 0


@dataclass(frozen=True, slots=True)
class _Code:
    numbers: tuple[_Section, ...]
    text: _Section | None


def number(stored: str) -> Decimal | None:
    """A number as a workbook stores it, to the fifteen digits that Excel keeps; None where it can be none of Excel's.

    >>> number("0.28499999999999998"), number("1440.1000000000001"), number("1e400"), number("NaN")
    (Decimal('0.285'), Decimal('1440.1'), None, None)
    """
    if len(stored) > _LONGEST_NUMBER or not _NUMBER.fullmatch(stored):
        return None
    value = Decimal(stored)
    if not value or value.adjusted() < -_LARGEST_EXPONENT:
        return Decimal(0)
    if value.adjusted() > _LARGEST_EXPONENT:
        return None
    value = _KEPT.plus(value)
    # 0.28500000000000 is 0.285; the zeros before the point stay.
    return value.normalize(_KEPT) if value.as_tuple().exponent != 0 else value


def format_number(value: Decimal, code: str, *, from_1904: bool = False) -> str:
    """What a cell prints for a number. FormatError where its code, or its code for this number, is not understood.

    >>> [format_number(Decimal(text), "#,##0;(#,##0)") for text in ("1234.5", "-1234.5", "0")]
    ['1,235', '(1,235)', '0']
    """
    parsed = _parsed(code)
    section, absolute = _chosen(parsed.numbers, value)
    if section is None:
        return general(value)
    printed = _printed(section, value, absolute=absolute, from_1904=from_1904).strip()
    # Red alone is lost on the way to text, so a number below nought that only its colour told apart has its minus back.
    if absolute and value and section.coloured and section.words == parsed.numbers[0].words:
        return f"-{printed}"
    return printed


def format_text(text: str, code: str) -> str:
    """What a cell prints for a text: itself, unless its code has a section for texts.

    >>> format_text("Beds", '0;-0;0;"Scheme: "@')
    'Scheme: Beds'
    """
    if "@" not in code and code.count(";") < 3:
        return text.strip()
    try:
        section = _parsed(code).text
        tokens = section.tokens if section else (("mark", "@"),)
        printed = (text if token == ("mark", "@") else literal(*token) for token in tokens)
        return "".join(printed).strip()
    except FormatError:
        return text.strip()


def general(value: Decimal) -> str:
    """A number without a format of its own: up to ten digits, an exponent only where plain digits would be absurd.

    >>> [general(Decimal(text)) for text in ("1440.1", "12345678.87654321", "-0.5", "1E+20", "0.000012345678")]
    ['1440.1', '12345678.88', '-0.5', '1E+20', '1.23457E-05']
    """
    if not value:
        return "0"
    size = value.adjusted()
    places = max(0, 9 - max(size, 0))
    if size >= 15 or (size < -4 and _EXACT.quantize(value, Decimal(1).scaleb(-places)) != value):
        return _mantissa(value)
    return _trimmed(format(_EXACT.quantize(value, Decimal(1).scaleb(-places)), "f"))


def _mantissa(value: Decimal) -> str:
    rounded = Context(prec=6, rounding=ROUND_HALF_UP).plus(value)
    size = rounded.adjusted()
    digits = _trimmed(format(rounded.scaleb(-size), "f"))
    return f"{digits}E{'-' if size < 0 else '+'}{abs(size):02}"


def _trimmed(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


@lru_cache(maxsize=1024)
def _parsed(code: str) -> _Code:
    """A code as its sections. FormatError where it is no code of Excel's."""
    if len(code) > _LONGEST_CODE:
        raise FormatError("longer than Excel takes")
    pieces: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or ""
        text = match[kind]
        if kind == "mark" and text == ";":
            pieces.append([])
        elif kind == "unknown":
            raise FormatError(f"{text} is not known")  # years of emperors and of Buddha
        elif kind not in ("pad", "fill"):
            pieces[-1].append(("text", text) if kind in ("quoted", "escaped", "char") else (kind, text))
    if len(pieces) > 4:
        raise FormatError("more than four sections")
    if not code.strip():
        pieces = [[("general", GENERAL)]]
    sections = [_section(piece) for piece in pieces]
    texts = [section for section in sections if ("mark", "@") in section.tokens]
    if len(sections) == 4:
        return _Code(tuple(sections[:3]), sections[3])
    if texts and sections[-1] is texts[-1]:
        return _Code(tuple(sections[:-1]) or (sections[-1],), sections[-1])
    return _Code(tuple(sections), None)


def _section(tokens: list[Token]) -> _Section:
    kept: list[Token] = []
    condition: tuple[str, Decimal] | None = None
    coloured = False
    for kind, text in tokens:
        if kind != "bracket":
            kept.append((kind, text))
        elif text.startswith("$"):
            kept.append(("text", text[1:].partition("-")[0]))
        elif match := _CONDITION.fullmatch(text.strip()):
            condition = (match[1], Decimal(match[2]))
        elif _COLOUR.fullmatch(text.strip()):
            coloured = True
        elif _ELAPSED.fullmatch(text):
            kept.append(("elapsed", text.lower()))
        else:
            raise FormatError(f"[{text}] is not known")
    return _Section(tuple(kept), frozenset(kind for kind, _ in kept), condition, coloured)


def _chosen(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section | None, bool]:
    """The section that prints a number, and whether that section itself says that it is below nought."""
    first = sections[0].takes(value)
    if len(sections) == 1:
        return (sections[0] if first is not False else None), sections[0].is_below_nought
    if first if first is not None else (value > 0 or (value == 0 and len(sections) == 2)):
        return sections[0], sections[0].is_below_nought
    plain = all(section.condition is None for section in sections)
    if len(sections) == 2:
        if sections[1].takes(value) is False:
            return None, False
        return sections[1], plain or sections[1].is_below_nought
    second = sections[1].takes(value)
    if second if second is not None else value < 0:
        return sections[1], sections[1].condition is None or sections[1].is_below_nought
    return sections[2], False


def _printed(section: _Section, value: Decimal, *, absolute: bool, from_1904: bool) -> str:
    if section.kinds & _TIMES:
        return moment(section.tokens, value + (1462 if from_1904 else 0))
    if "digit" in section.kinds:
        printed, shows = _digits(section.tokens, abs(value))
    else:
        whole = general(abs(value))
        shows = True
        printed = "".join(
            whole if kind == "general" or (text == "@" and kind == "mark") else literal(kind, text)
            for kind, text in section.tokens
        )
    return f"-{printed}" if value < 0 and not absolute and shows else printed


@dataclass(frozen=True, slots=True)
class _Layout:
    """The places of a number: the tokens before the point, from the point on, and of the exponent.

    `scale` is by how many tens to multiply, `needed` how many digits stand before the point at the least, and `around`
    what stands on either side of those digits; None where something stands among them.
    """

    before: tuple[Token, ...]
    after: tuple[Token, ...]
    exponent: tuple[Token, ...]
    scale: int
    grouped: bool
    needed: int
    around: tuple[str, str] | None


@lru_cache(maxsize=1024)
def _layout(tokens: tuple[Token, ...]) -> _Layout:
    places = [i for i, (kind, _) in enumerate(tokens) if kind == "digit"]
    exponent = next((i for i, (kind, _) in enumerate(tokens) if kind == "exponent"), len(tokens))
    point = next((i for i, token in enumerate(tokens[:exponent]) if token == ("mark", ".")), exponent)
    if ("mark", "/") in tokens[places[0] : places[-1]]:
        raise FormatError("fractions are not known")
    scale, grouped = 2 * sum(token == ("mark", "%") for token in tokens), False
    kept: list[tuple[int, Token]] = []
    for i, token in enumerate(tokens):
        if token != ("mark", ",") or not _follows_digit(tokens, i):
            kept.append((i, token))
        elif any(i < place < point for place in places):
            grouped = True
        else:
            scale -= 3
    before = tuple(token for i, token in kept if i < point)
    after = tuple(token for i, token in kept if point <= i < exponent)
    digits = [text for kind, text in before if kind == "digit"]
    needed = len(digits) - digits.index("0") if "0" in digits else 0
    return _Layout(before, after, tuple(t for i, t in kept if i >= exponent), scale, grouped, needed, _around(before))


def _around(tokens: tuple[Token, ...]) -> tuple[str, str] | None:
    """What is printed before and after the places of the digits; None where something is printed among them."""
    places = [i for i, (kind, _) in enumerate(tokens) if kind == "digit"]
    if not places:
        return "".join(literal(*token) for token in tokens), ""
    first, last = places[0], places[-1] + 1
    if last - first != len(places):
        return None
    return "".join(literal(*token) for token in tokens[:first]), "".join(literal(*token) for token in tokens[last:])


def _follows_digit(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a comma groups or scales: it stands after a digit's place, or after such a comma."""
    while i > 0 and tokens[i] == ("mark", ","):
        i -= 1
    return tokens[i][0] == "digit"


def _digits(tokens: tuple[Token, ...], value: Decimal) -> tuple[str, bool]:
    """A number from nought up in its places, and whether it is more than nought there: -0.4 prints as 0, not as -0."""
    layout = _layout(tokens)
    value = value.scaleb(layout.scale, _EXACT)
    places = Decimal(1).scaleb(-sum(kind == "digit" for kind, _ in layout.after))
    power = 0
    if layout.exponent:
        step = max(1, sum(kind == "digit" for kind, _ in layout.before))
        power = value.adjusted() // step * step if value else 0
        if _EXACT.quantize(value.scaleb(-power, _EXACT), places).adjusted() >= step:
            power += step
        value = value.scaleb(-power, _EXACT)
    rounded = _EXACT.quantize(value, places)
    whole, _, part = format(rounded, "f").partition(".")
    printed = _before_point(layout, whole.lstrip("0").rjust(layout.needed, "0")) + _after_point(layout.after, part)
    if layout.exponent:
        printed += _exponent(layout.exponent, power)
    return printed, bool(rounded)


def _before_point(layout: _Layout, digits: str) -> str:
    """Digits in the places before the point, from the right; those left over go where the first place is."""
    if layout.around is not None:
        head, tail = layout.around
        return f"{head}{_grouped(digits) if layout.grouped else digits}{tail}"
    if layout.grouped:
        raise FormatError("something among digits in groups is not known")
    left = sum(kind == "digit" for kind, _ in layout.before)
    out: list[str] = []
    for kind, text in reversed(layout.before):
        if kind != "digit":
            out.append(literal(kind, text))
            continue
        left -= 1
        out.append(digits[-1:] if left else digits)
        digits = digits[:-1]
    return "".join(reversed(out))


def _grouped(digits: str) -> str:
    """Digits in threes from the right.

    >>> _grouped("1234567"), _grouped("12"), _grouped("")
    ('1,234,567', '12', '')
    """
    first = len(digits) % 3
    return ",".join(filter(None, (digits[:first], *(digits[i : i + 3] for i in range(first, len(digits), 3)))))


def _after_point(tokens: tuple[Token, ...], digits: str) -> str:
    """The point and the digits after it; at the end a nought in a place that need not be filled is left out."""
    if not tokens:
        return ""
    places = [text for kind, text in tokens if kind == "digit"]
    needed = max((i + 1 for i, text in enumerate(places) if text == "0"), default=0)
    shown = max(needed, len(digits.rstrip("0")))
    rest = iter(digits[:shown])
    return "".join(next(rest, "") if kind == "digit" else literal(kind, text) for kind, text in tokens)


def _exponent(tokens: tuple[Token, ...], power: int) -> str:
    sign = "-" if power < 0 else "+" if tokens[0][1].endswith("+") else ""
    width = sum(kind == "digit" for kind, _ in tokens)
    rest = "".join(literal(kind, text) for kind, text in tokens[1:] if kind != "digit")
    return f"E{sign}{abs(power):0{max(width, 1)}}{rest}"
