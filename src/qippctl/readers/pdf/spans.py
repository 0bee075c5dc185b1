"""Headings that stand over several columns without a rule to say so."""

from __future__ import annotations

from qippctl.readers.pdf.draft import Slot
from qippctl.readers.pdf.rows import Row

# What ends so near to the right edge of a column is flush right with it.
_FLUSH = 0.15


def _tiled(slots: list[Slot], filled: list[int], columns: list[tuple[float, float]], below: Row, size: float) -> bool:
    """Share the columns with headings below among the headings of a tier, each to the nearest, where that centres them all."""
    first = 1 if filled and filled[0] > 0 else 0
    heads = [k for k in filled if k >= first]
    wanted = [
        k
        for k, (a, b) in enumerate(columns)
        if k >= max(first, 1) and any(p.x0 < b + size and a - size < p.x1 for p in below.pieces)
    ]
    if len(heads) < 2 or not wanted or len(wanted) < 1.5 * len(heads) or wanted[-1] - wanted[0] + 1 != len(wanted):
        return False
    middles = {k: (slots[k].words[0].x0 + max(w.x1 for w in slots[k].words)) / 2 for k in heads}
    shares: dict[int, list[int]] = {k: [] for k in heads}
    for column in wanted:
        a, b = columns[column]
        shares[min(heads, key=lambda k: abs(middles[k] - (a + b) / 2))].append(column)
    for k, own in shares.items():
        if not own or abs((columns[own[0]][0] + columns[own[-1]][1]) / 2 - middles[k]) > 1.6 * size:
            return False
    words = {k: slots[k].words for k in heads}
    for k in (*heads, *wanted):
        slots[k] = Slot()
    for k, own in shares.items():
        for column in own:
            slots[column] = Slot(covered=True)
        slots[own[0]] = Slot(words[k], 1, len(own))
    return True


def _is_flush_right(slots: list[Slot], filled: list[int], columns: list[tuple[float, float]], size: float) -> bool:
    """Whether the headings of a tier end each where the figures of its column end."""
    ends = [abs(max(w.x1 for w in slots[k].words) - columns[k][1]) for k in filled]
    return len(ends) > 1 and all(end < _FLUSH * size for end in ends)


def spread(slots: list[Slot], columns: list[tuple[float, float]], below: Row, size: float) -> None:
    """Let a heading that stands over the middle of several columns span them all, as far as its neighbours leave room."""
    filled = [k for k, slot in enumerate(slots) if slot.words]
    if _is_flush_right(slots, filled[1:], columns, size):
        return  # each stands in the cell of its own column; what it spans is not to be seen
    if _tiled(slots, filled, columns, below, size):
        return
    for n, k in enumerate(filled):
        slot = slots[k]
        middle = (slot.words[0].x0 + max(w.x1 for w in slot.words)) / 2
        low = filled[n - 1] + slots[filled[n - 1]].columns if n else 1
        high = filled[n + 1] - 1 if n + 1 < len(filled) else len(columns) - 1
        best, first, last = 0.5 * size, k, k + slot.columns - 1
        for a in range(low, k + 1):
            for b in range(k + slot.columns - 1, high + 1):
                if (a, b) == (k, k):
                    continue
                # Centred over the texts of the columns, or over their cells, which begin where the column before ends.
                off = min(
                    abs((start + columns[b][1]) / 2 - middle)
                    for start in (columns[a][0], columns[a - 1][1] if a else columns[a][0])
                )
                if off < best - 0.05 * size * (b - a < last - first):
                    best, first, last = off, a, b
        if (first, last) == (k, k + slot.columns - 1) or first > k:
            continue
        for m in range(first, last + 1):
            slots[m] = Slot(covered=True)
        slots[first] = Slot(slot.words, 1, last - first + 1)
