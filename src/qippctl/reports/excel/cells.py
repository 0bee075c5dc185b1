"""What stands on the sheets of a workbook, whichever kind it is: tables of values, some of which are formulas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Literal

from qippctl.models.figure import Colour
from qippctl.period import MONTHS, Period
from qippctl.reports.clean import for_terminal

Kind = Literal["text", "long", "pounds", "rounded", "percent", "number", "letter", "date"]
NUMBERS: frozenset[Kind] = frozenset({"pounds", "rounded", "percent", "number"})
LETTERS: dict[Colour, str] = {
    "red": "R",
    "amber": "A",
    "green": "G",
    "blue": "B",
    "not_due": "Not due",
    "not_applicable": "n/a",
}
LONGEST_TEXT = 32_767  # characters of a cell, by Excel's own limits
LONGEST_NAME = 31
MOST_ROWS = 1_048_576
MOST_DECIMALS = 4
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']+")


class Blank(Enum):
    """Why a cell holds nothing, where it is not merely unknown."""

    NOT_APPLICABLE = "not applicable"


NOT_APPLICABLE = Blank.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Live:
    """A formula, and what it gives: ours, so that those who work nothing out anew see it."""

    formula: str
    value: Plain


Plain = str | Decimal | int | date | None
Value = Plain | Live | Blank


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table. Its unit is in its heading. `long`: a text on as many lines as it needs; `rounded`: pounds shown
    whole, whatever the cell holds."""

    heading: str
    kind: Kind = "text"
    width: int = 12


@dataclass(frozen=True, slots=True)
class Table:
    """One table with the lines above it. `totals` are its last rows; `key` columns stay in sight; numbers are typed into
    those `entered`."""

    name: str
    titles: tuple[str, ...]
    fields: tuple[Field, ...]
    rows: Sequence[Sequence[Value]]
    totals: Sequence[Sequence[Value]] = ()
    key: int = 0
    entered: frozenset[int] = field(default_factory=frozenset)

    @property
    def top(self) -> int:
        """The number, as Excel counts, of its first row of values: below titles, a blank row and the headings."""
        return len(self.titles) + 3

    @property
    def bottom(self) -> int:
        """The number of the last of its rows that is no total."""
        return self.top + len(self.rows) - 1

    def column(self, heading: str) -> int | None:
        return next((i for i, one in enumerate(self.fields) if one.heading == heading), None)


def letters(index: int) -> str:
    """What Excel calls a column, counted from nought.

    >>> letters(0), letters(26)
    ('A', 'AA')
    """
    out = ""
    index += 1
    while index:
        index, last = divmod(index - 1, 26)
        out = chr(65 + last) + out
    return out


@lru_cache(maxsize=8192)
def text(value: str | None) -> str | None:
    """A text as it may stand in a cell: one line, without control characters, no longer than a cell holds."""
    if value is None:
        return None
    return for_terminal(value).strip()[:LONGEST_TEXT] or None


def decimals(values: Sequence[Value]) -> int:
    """How many decimals the numbers of a column need."""
    numbers = [v.value if isinstance(v, Live) else v for v in values]
    exponents = (v.normalize().as_tuple().exponent for v in numbers if isinstance(v, Decimal))
    return min(MOST_DECIMALS, max((-e for e in exponents if isinstance(e, int) and e < 0), default=0))


def sheet_names(kind: str, bodies: Sequence[str]) -> list[str]:
    """A name for each body's sheet: the kind alone for one body, else with as much of the body's name as fits.

    >>> sheet_names("Schemes", ["NHS A"]), sheet_names("Schemes", ["NHS North Fen", "NHS North Fen"])
    (['Schemes'], ['Schemes North Fen', 'Schemes North Fen 2'])
    """
    if len(bodies) == 1:
        return [kind]
    out: list[str] = []
    for body in bodies:
        bare = " ".join(_NOT_IN_NAMES.sub(" ", text(body) or "unnamed").removeprefix("NHS ").split())
        name = _cut(f"{kind} {bare}", LONGEST_NAME)
        number = 1
        while name.casefold() in {one.casefold() for one in out}:
            number += 1
            name = f"{_cut(f'{kind} {bare}', LONGEST_NAME - len(str(number)) - 1)} {number}"
        out.append(name)
    return out


def _cut(name: str, most: int) -> str:
    """A name cut at a word where it is too long."""
    if len(name) <= most:
        return name
    whole = name[: most + 1].rpartition(" ")[0]
    return (whole if len(whole) > most // 2 else name[:most]).rstrip()


def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    return f"'{sheet}'"


def said(period: str) -> str:
    """A period in words that a reader of papers understands.

    >>> said("2014/15-M11"), said("2010/11")
    ('month 11 of 2014/15 (February 2015)', '2010/11')
    """
    at = Period.parse(period)
    if not at.month:
        return str(at)
    return f"month {at.month} of {at.year} ({MONTHS[at.month - 1].capitalize()} {at.start + (at.month > 9)})"
