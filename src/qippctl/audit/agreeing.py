"""Whether numbers that differ may be one: the same value, rounded in one place and cut off in the other."""

from __future__ import annotations

from decimal import Decimal

from qippctl.models.figure import Figure
from qippctl.money import Interval


def is_cut_from(size: Decimal, step: Decimal, of: Interval) -> bool:
    """Whether a number, without its sign, may be one of an interval with its last digits dropped.

    >>> is_cut_from(Decimal(1626), Decimal(1), Interval(Decimal("1626.5"), Decimal("1626.5")))
    True
    """
    return size <= of.high and of.low < size + step


def is_cut(one: Figure, other: Figure) -> bool:
    """Whether the coarser of two figures is the finer with its last digits dropped: 482 for 482.6."""
    fine, coarse = sorted((one, other), key=lambda figure: figure.step)
    if fine.step == coarse.step or fine.value * coarse.value < 0:
        return False
    size = abs(coarse.value)
    return size <= abs(fine.value) <= size + coarse.step
