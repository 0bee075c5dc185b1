"""Pounds typed in a column of thousands: one scheme a hundred times as large as any other of its paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from qippctl.models.paper import Doubt, Figure

TIMES_LARGER = 100
FEWEST_PEERS = 3
SMALLEST_UNIT = Decimal(1000)


def doubt_slips(figures: Sequence[Figure]) -> list[Figure]:
    """The figures of a paper, those of a suspected unit slip in doubt. Values stay as printed, times their column's unit."""
    largest: dict[str, Decimal] = defaultdict(Decimal)
    for figure in figures:
        if _is_money_of_scheme(figure):
            key = figure.scheme or ""
            largest[key] = max(largest[key], abs(figure.value))
    slipped = {name for name, size in largest.items() if _is_slip(name, size, largest)}
    return [
        _doubted(figure) if _is_money_of_scheme(figure) and figure.scheme in slipped else figure for figure in figures
    ]


def _is_money_of_scheme(figure: Figure) -> bool:
    return figure.role == "scheme" and figure.scheme is not None and figure.unit == "GBP" and bool(figure.value)


def _is_slip(name: str, size: Decimal, largest: dict[str, Decimal]) -> bool:
    """Far above every other scheme as it stands, and among them when read in pounds."""
    peers = [other for peer, other in largest.items() if peer != name]
    if len(peers) < FEWEST_PEERS:
        return False
    return size >= TIMES_LARGER * max(peers) and min(peers) <= size / SMALLEST_UNIT * 10


def _doubted(figure: Figure) -> Figure:
    if figure.step < 1:
        return figure
    return figure.model_copy(update={"doubts": tuple(dict.fromkeys((*figure.doubts, Doubt.UNIT_SLIP)))})
