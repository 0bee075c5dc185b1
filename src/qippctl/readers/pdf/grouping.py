"""Lines of a table put together to its rows: a cell may take several lines."""

from __future__ import annotations

import itertools
import re
import statistics

from qippctl.readers.pdf.draft import Slot
from qippctl.readers.pdf.lines import is_number
from qippctl.readers.pdf.rows import Row

TIGHT = 1.38  # from line to line within a cell
_SIGNS_BEFORE = frozenset({"$", "£", "€", "(", "-", "US$", "£m", "$m"} - {"-"})
_SIGNS_BEHIND = frozenset({")", "%", ")%", "%)", "*", "**", "***", "p", "r", "e", "†"})
OPEN_END = re.compile(r"(?:\b(?:and|or|of|the|for|to|in|on|with|by|at|from|a|an|per)|[,&/(+]|[^\s]-)$", re.IGNORECASE)


def grouped(
    rows: list[Row], lines: list[list[Slot]], headings: int, partings: list[float], size: float
) -> list[tuple[int, int]]:
    """Which lines make which rows of the table, as ranges."""
    anchors = [_is_anchor(slots) and row.seed for row, slots in zip(rows, lines, strict=True)]
    pitches = [b.line.top - a.line.top for a, b in itertools.pairwise(rows)]
    plain = [p for k, p in enumerate(pitches) if anchors[k] and anchors[k + 1]]
    usual = statistics.median_low(sorted(plain)[: max(1, len(plain) // 2)]) if plain else 3 * size
    tight = _tight(pitches, plain, size)
    limit = min(tight, 0.88 * usual)
    out: list[list[int]] = []
    for k in range(len(rows)):
        if k == 0:
            out.append([0, 1])
            continue
        parted = any(rows[k - 1].line.middle < y < rows[k].line.middle for y in partings)
        start = out[-1][0]
        if not parted and _goes_on(rows, lines, anchors, start, k, headings, pitches[k - 1], limit, tight):
            out[-1][1] = k + 1
        else:
            out.append([k, k + 1])
    return [(a, b) for a, b in out]


def _tight(pitches: list[float], plain: list[float], size: float) -> float:
    """The pitch up to which lines can belong to one cell: of text set wide, where rows stand clearly wider, a little more."""
    least = min((p for p in pitches if p > 0.8 * size), default=size)
    if TIGHT * size < 1.12 * least < 1.9 * size and all(p > 1.12 * least for p in plain):
        return 1.12 * least
    return TIGHT * size


def _goes_on(
    rows: list[Row],
    lines: list[list[Slot]],
    anchors: list[bool],
    start: int,
    k: int,
    headings: int,
    pitch: float,
    limit: float,
    tight: float,
) -> bool:
    """Whether line `k` belongs to the row that began with line `start`."""
    if pitch > tight:
        return False
    if k < headings:
        return _is_wrapped_heading(lines[start:k], lines[k])
    if start < headings or (anchors[k] and any(anchors[start:k])):
        return False
    filled = [n for n, slot in enumerate(lines[k]) if slot.words]
    above = {n for line in lines[start:k] for n, slot in enumerate(line) if slot.words}
    text = " ".join(w.text for w in lines[k][filled[0]].words) if filled else ""
    before = " ".join(w.text for line in lines[start:k] for w in line[filled[0]].words) if filled else ""
    if pitch <= limit:
        return bool(anchors[k] or any(anchors[start:k]) or set(filled) <= above)
    if not filled or (not before and filled[0] == 0):
        return False
    # Lines stand as near as rows: only words can tell.
    if anchors[k]:
        return filled[0] == 0 and len(above) == 1 and (text[:1].islower() or bool(OPEN_END.search(before)))
    if filled[0] > 0:
        return set(filled) <= above and not any(is_number(" ".join(w.text for w in lines[k][n].words)) for n in filled)
    return text[:1].islower() or bool(OPEN_END.search(before))


def _is_anchor(slots: list[Slot]) -> bool:
    return any(slot.words and is_number(" ".join(w.text for w in slot.words)) for slot in slots[1:]) or (
        sum(bool(slot.words) for slot in slots) > 2
    )


def _is_wrapped_heading(above: list[list[Slot]], line: list[Slot]) -> bool:
    """Whether a line of headings goes on with the words above it, rather than standing under a heading of several columns."""
    return not (any(slot.columns > 1 for slots in above for slot in slots) or any(slot.columns > 1 for slot in line))


def together(lines: list[list[Slot]]) -> list[Slot]:
    out = [Slot(list(slot.words), 1, slot.columns, slot.covered) for slot in lines[0]]
    for line in lines[1:]:
        for mine, slot in zip(out, line, strict=True):
            if slot.words:
                mine.words += slot.words
                mine.covered = False
                mine.columns = max(mine.columns, slot.columns)
    # A span ends before the next text.
    for k, slot in enumerate(out):
        span = 1
        while span < slot.columns and k + span < len(out) and not out[k + span].words:
            out[k + span].covered = True
            span += 1
        slot.columns = span if not slot.covered else 1
    return out


def without_signs(rows: list[list[Slot]]) -> list[list[Slot]]:
    """Rows whose columns of nothing but signs are put to the figures that they belong to: `$` before, `)` and `%` behind."""
    k = 0
    while k < len(rows[0]):
        texts = [" ".join(w.text for w in row[k].words) for row in rows if row[k].words and row[k].columns == 1]
        before = bool(texts) and all(text in _SIGNS_BEFORE for text in texts)
        behind = bool(texts) and all(text in _SIGNS_BEHIND for text in texts)
        if before and k + 1 < len(rows[0]):
            rows = [_merged_at(row, k) for row in rows]
        elif behind and k > 0:
            rows = [_merged_at(row, k - 1) for row in rows]
        else:
            k += 1
    return rows


def _merged_at(row: list[Slot], k: int) -> list[Slot]:
    """A row with columns `k` and `k` + 1 made one; a span over either shrinks by one."""
    a, b = row[k], row[k + 1]
    if a.covered or b.covered:
        at = next(n for n in range(k + 1, -1, -1) if not row[n].covered) if b.covered else k - 1
        while row[at].covered:
            at -= 1
        owner = row[at]
        kept = [*row[:k], *([b] if a.covered else [a]), *row[k + 2 :]]
        owner.columns -= 1
        return kept
    return [*row[:k], Slot(a.words + b.words, 1, b.columns), *row[k + 2 :]]
