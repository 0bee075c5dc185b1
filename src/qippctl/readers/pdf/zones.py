"""The parts of a page that are read one after the other: all of it, or the columns that running text is set in."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator
from itertools import pairwise

from qippctl.readers.pdf.ink import Word
from qippctl.readers.pdf.lines import Line, is_value, lines_of

# A column of text is at least so wide a share of the page's text, with so many lines beside the gutter and so many words on most.
_SHARE = 0.28
_LINES = 8
_WORDS = 4
_GUTTER = 0.8
_MOST_WORDS = 200  # on a line; what has more is no running text


def zones(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines of the page in reading order, part by part."""
    if len(lines) < _LINES:
        yield lines
        return
    left = min(line.x0 for line in lines)
    right = max(line.x1 for line in lines)
    start = 0
    for low, high, cut in _columns(lines, left, right):
        if low > start:
            yield lines[start:low]
        both = [word for line in lines[low:high] for word in line.words]
        yield from zones(lines_of(word for word in both if (word.x0 + word.x1) / 2 < cut))
        yield from zones(lines_of(word for word in both if (word.x0 + word.x1) / 2 >= cut))
        start = high
    if start < len(lines):
        yield lines[start:]


def _columns(lines: list[Line], left: float, right: float) -> Iterator[tuple[int, int, float]]:
    """Stretches of lines with running text beside one gutter: first line, one past the last, and where the gutter is."""
    at = 0
    while at < len(lines):
        best: tuple[int, float] | None = None
        for low, high in _gaps(lines[at], left, right):
            end, a, b = at + 1, low, high
            while end < len(lines):
                room = _room(lines[end], a, b)
                if room is None or _is_row_across(lines[end], room):
                    break
                a, b = room
                end += 1
            while end > at and not _both(lines[end - 1], a, b):
                end -= 1
            if (
                end - at >= _LINES
                and (best is None or end > best[0])
                and _is_text(lines[at:end], (a + b) / 2, left, right)
            ):
                best = (end, (a + b) / 2)
        if best is None:
            at += 1
        else:
            yield at, best[0], best[1]
            at = best[0]


def _gaps(line: Line, left: float, right: float) -> Iterator[tuple[float, float]]:
    share = _SHARE * (right - left)
    if len(line.words) > _MOST_WORDS:
        return
    edges = [(w.x0, w.x1) for w in line.words]
    for (_, a), (b, _) in itertools.pairwise(edges):
        if b - a > _GUTTER * line.size and left + share < b and a < right - share:
            yield a, b
    if line.x0 > left + share:
        yield left + share, line.x0
    if line.x1 < right - share:
        yield line.x1, right - share


def _room(line: Line, low: float, high: float) -> tuple[float, float] | None:
    """What a line leaves of a gutter; None where too little."""
    edges = [-1e9, *(v for w in line.words for v in (w.x0, w.x1)), 1e9]
    for k in range(0, len(edges), 2):
        a, b = max(low, edges[k]), min(high, edges[k + 1])
        if b - a > 0.6 * _GUTTER * line.size:
            return a, b
    return None


def _is_row_across(line: Line, gutter: tuple[float, float]) -> bool:
    """Whether a line goes on beyond a gutter with figures alone: a row of a wide table."""
    right = [w for w in line.words if w.x0 >= gutter[1] - 0.1]
    left = [w for w in line.words if w.x1 <= gutter[0] + 0.1]
    return len(right) > 1 and all(is_value(w.text) for w in right) and any(is_value(w.text) for w in left)


def _both(line: Line, low: float, high: float) -> bool:
    return line.x0 < low and line.x1 > high


def _is_text(lines: list[Line], cut: float, left: float, right: float) -> bool:
    """Whether one side of a gutter is running text that fills its column."""
    for side in (0, 1):
        parts = [[w for w in line.words if ((w.x0 + w.x1) / 2 >= cut) == bool(side)] for line in lines]
        beside = [
            part
            for part in ([w for w in line.words if ((w.x0 + w.x1) / 2 >= cut) != bool(side)] for line in lines)
            if part
        ]
        parts = [part for part in parts if part]
        if len(parts) < _LINES or _are_labelled(beside, side) or not _is_even(parts):
            continue
        width = (cut - left) if side == 0 else (right - cut)
        full = sum(part[-1].x1 - part[0].x0 > 0.75 * width and len(part) >= _WORDS for part in parts)
        lower = sum(sum(w.text[:1].islower() for w in part) >= 0.5 * len(part) for part in parts)
        # Lines of running text begin in the middle of a sentence; labels begin with a capital.
        midway = sum(part[0].text[:1].islower() for part in parts)
        if full >= 0.6 * len(parts) and lower >= 0.6 * len(parts) and midway >= 0.4 * len(parts):
            return True
    return False


def _are_labelled(beside: list[list[Word]], side: int) -> bool:
    """Whether what stands to the right of a column of text begins with figures: then the text is their labels."""
    return side == 0 and sum(is_value(part[0].text) for part in beside) * 2 > len(beside)


def _is_even(parts: list[list[Word]]) -> bool:
    """Whether lines follow each other evenly, as those of running text do and those of cells do not."""
    tops = [part[0].top for part in parts]
    pitches = [b - a for a, b in pairwise(tops)]
    usual = statistics.median(pitches)
    return sum(pitch > 1.2 * usual for pitch in pitches) * 4 < len(pitches)
