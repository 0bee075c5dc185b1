"""Values in the unit and with the sign that a paper prints them in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict

from qippctl.models.figure import Figure
from qippctl.money import Interval, exactly, parse_amount, plain

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Own:
    """How a column prints: base units to a printed unit, whether it turns the sign, and the size of a last digit."""

    unit: Decimal = ONE
    turned: bool = False
    step: Decimal = ONE

    def number(self, value: Decimal) -> str:
        """A value in base units as the paper would print it, to one digit more than it prints, noughts left out."""
        with exactly():
            own = (-value if self.turned else value) / self.unit
            fine = own.quantize(self.step / 10) if own != own.quantize(self.step) else own
            return plain(fine)

    def size(self, value: Decimal) -> str:
        """The size of a difference or tolerance, above nought."""
        with exactly():
            return plain((abs(value) / self.unit).quantize(self.step / 100).normalize())

    def printed(self, figure: Figure) -> str:
        """The number that a figure prints."""
        amount = parse_amount(figure.raw, repair=True)
        return plain(amount.value) if amount is not None else self.number(figure.value)

    def compared(self, wrong: Figure, right: Figure) -> Compared:
        """What a figure of this column prints, what another says that it should be, and what rounding explains of it."""
        with exactly():
            difference, tolerance = wrong.value - right.value, (wrong.step + right.step) / 2
        return {
            "printed": self.printed(wrong),
            "recomputed": self.number(right.value),
            "difference": self.number(difference),
            "tolerance": self.size(tolerance),
        }


class Compared(TypedDict):
    """The numbers of a breach in which one figure stands against another."""

    printed: str
    recomputed: str
    difference: str
    tolerance: str


class Printing:
    """How each column of some figures prints."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        seen: dict[tuple[str, int], Counter[Own]] = defaultdict(Counter)
        self._columns: dict[tuple[str, int], Own] = {}
        for figure in figures:
            own = _own(figure)
            if own is not None:
                seen[(figure.table, figure.column)][own] += 1
        tables: dict[str, Counter[Own]] = defaultdict(Counter)
        for place, owns in seen.items():
            self._columns[place] = owns.most_common(1)[0][0]
            tables[place[0]] += owns
        self._tables = {table: owns.most_common(1)[0][0] for table, owns in tables.items()}

    def of(self, figure: Figure) -> Own:
        """How a figure is printed; a dash as its column is, where that has nothing else as most of its table."""
        own = _own(figure) or self._columns.get((figure.table, figure.column))
        return own or (self._tables.get(figure.table, Own()) if figure.unit == "GBP" else Own())

    def printed(self, figure: Figure) -> str:
        """The number that a figure prints."""
        return self.of(figure).printed(figure)

    def compared(self, wrong: Figure, right: Figure) -> Compared:
        """A figure against another that says what it should be, in the first one's unit."""
        return self.of(wrong).compared(wrong, right)

    def middle(self, figure: Figure, expected: Interval) -> str:
        """The middle of an interval, as the figure's column would print it."""
        return self.of(figure).number((expected.low + expected.high) / 2)


def _own(figure: Figure) -> Own | None:
    amount = parse_amount(figure.raw, repair=True)
    if amount is None or amount.is_dash or not amount.value or not figure.value or not figure.step:
        return None
    with exactly():
        return Own(figure.step / amount.step, (amount.value > 0) != (figure.value > 0), amount.step)
