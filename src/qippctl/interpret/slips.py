"""Pounds typed in a column of thousands: a scheme far larger than any other of its paper, or a cell than its row's others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from qippctl.models.figure import Doubt, Figure

TIMES_LARGER = 100
TIMES_UNEVEN = 500
FEWEST_PEERS = 3
SMALLEST_UNIT = Decimal(1000)


def doubt_slips(figures: Sequence[Figure]) -> list[Figure]:
    """The figures of a paper, those of a suspected unit slip in doubt. Values stay as printed, times their column's unit."""
    largest: dict[str, Decimal] = defaultdict(Decimal)
    for figure in figures:
        if _is_money_of_scheme(figure):
            key = figure.scheme or ""
            largest[key] = max(largest[key], abs(figure.value))
    rows: dict[tuple[str, int], list[Decimal]] = defaultdict(list)
    for figure in figures:
        if _is_money_of_scheme(figure) and figure.measure in ("plan", "actual", "forecast"):
            rows[(figure.table, figure.row)].append(abs(figure.value))
    smallest = {place: min(values) for place, values in rows.items()}
    slipped = {name for name, size in largest.items() if _is_slip(name, size, largest)}

    def is_suspect(figure: Figure) -> bool:
        least = smallest.get((figure.table, figure.row), abs(figure.value))
        return figure.scheme in slipped or (least >= SMALLEST_UNIT and abs(figure.value) >= TIMES_UNEVEN * least)

    return [_doubted(f) if _is_money_of_scheme(f) and is_suspect(f) else f for f in figures]


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
