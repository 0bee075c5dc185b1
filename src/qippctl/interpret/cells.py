"""One printed cell under a column of figures: the numbers it holds, or why it holds none."""

from __future__ import annotations

from dataclasses import dataclass

from qippctl.models.figure import Doubt
from qippctl.money import Amount, is_blank_word, is_dash, parse_amount

_RULES = frozenset("_~•·.'`´,;:|")


@dataclass(frozen=True, slots=True)
class CellReading:
    """The numbers of a cell, one a slot. `broken`: something stood there that is neither number, word nor blank."""

    amounts: tuple[Amount | None, ...]
    broken: bool = False
    words: bool = False
    doubts: tuple[Doubt, ...] = ()

    @property
    def has_number(self) -> bool:
        """Whether a number other than a dash was read."""
        return any(amount is not None and not amount.is_dash for amount in self.amounts)

    @property
    def has_dash(self) -> bool:
        return any(amount is not None and amount.is_dash for amount in self.amounts)


def read_cell(text: str, slots: int) -> CellReading:
    """Read a cell under a column that prints `slots` numbers side by side.

    >>> [a.value for a in read_cell("0 2", 2).amounts], read_cell("0 2", 2).doubts
    ([Decimal('0'), Decimal('2')], (<Doubt.FUSED_CELL: 'fused-cell'>,))
    >>> read_cell("(1.3) (4.4)", 1).broken, read_cell("TBC", 1).words, read_cell("(0 A)", 1).broken
    (True, True, True)
    """
    none = (None,) * slots
    if not text or set(text) <= _RULES:
        return CellReading(none)
    if is_blank_word(text):
        return CellReading(none, words=True)
    tokens = [text] if slots == 1 else text.split()
    if len(tokens) == slots:
        strict = [parse_amount(token) for token in tokens]
        if all(amount is not None for amount in strict):
            return CellReading(tuple(strict), doubts=(Doubt.FUSED_CELL,) if slots > 1 else ())
        mended = [parse_amount(token, repair=True) for token in tokens]
        if all(amount is not None for amount in mended):
            return CellReading(
                tuple(mended), doubts=(Doubt.FUSED_CELL, Doubt.LOOK_ALIKE) if slots > 1 else (Doubt.LOOK_ALIKE,)
            )
    if slots > 1 and is_dash(text):
        return CellReading(none, broken=True)
    letters = sum(1 for c in text if c.isalpha())
    digits = sum(1 for c in text if c.isdigit())
    return CellReading(none, broken=letters < 3 or digits > letters, words=letters >= 3 and digits <= letters)
