"""A table's columns by the gutters that run down through its rows, and its words in them."""

from __future__ import annotations

import itertools
import statistics

from qippctl.readers.pdf.draft import Draft, Slot
from qippctl.readers.pdf.grouping import grouped, together, without_signs
from qippctl.readers.pdf.ink import Rule, Word
from qippctl.readers.pdf.lines import Piece, around, is_number
from qippctl.readers.pdf.rows import Row
from qippctl.readers.pdf.spans import spread

_GUTTER = 0.12
# A gutter may be crossed by this share of the rows: long labels, wide totals.
_CROSSED = 0.1


def read_rows(rows: list[Row], headings: int, rules: list[Rule], bands: list[float]) -> Draft | None:
    words = [word for row in rows for piece in row.pieces for word in piece.words]
    bbox = around(words)
    size = statistics.median(word.size for word in words)
    columns = columns_of([row.pieces for row in rows if row.seed], size)
    # Columns that no row of figures fills: a lead beside the name of a group.
    # Headings that come again under a title in the table are none.
    heads = [_texts(row) for row in rows[:headings]]
    columns = _with_loose(
        [row.pieces for row in rows[headings:] if not row.seed and len(row.pieces) > 1 and _texts(row) not in heads],
        columns,
        size,
    )
    if len(columns) < 2:
        return None
    seeds = [row for row in rows[headings:] if row.seed]
    columns = _with_headed(rows[:headings], columns, seeds)
    cuts = [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(columns)]
    inner = [r for r in rules if r.across and bbox[1] < r.at < bbox[3]]
    partings = sorted(
        [r.at for r in inner if r.end - r.start > 0.6 * (bbox[2] - bbox[0])]
        + [y for y in bands if bbox[1] < y < bbox[3]]
    )
    # The first line of a label stands nearer to the figures than to the headings above it.
    while (
        1 < headings < len(rows)
        and _is_label(rows[headings - 1], rows[headings:])
        and not _is_nearer_above(rows, headings - 1)
    ):
        headings -= 1
    lines = []
    rights = _flush_right(seeds, columns)
    for k, row in enumerate(rows):
        above = [r for r in inner if row.line.bottom - 0.3 * size <= r.at <= row.line.bottom + 0.8 * size]
        lines.append(_slots(row, columns, cuts, rights if k < headings else None, above, size))
        if k + 1 < len(rows) and k < headings and 1 < len(row.pieces) < len(rows[k + 1].pieces) and _is_tier(rows, k):
            spread(lines[-1], columns, rows[k + 1], size)
    ranges = grouped(rows, lines, headings, partings, size)
    slots = without_signs([together(lines[a:b]) for a, b in ranges])
    starts = [rows[a].line.top for a, _ in ranges]
    ends = [rows[b - 1].line.bottom for _, b in ranges]
    ys = (bbox[1], *((a + b) / 2 for a, b in zip(ends, starts[1:], strict=False)), bbox[3])
    xs = (bbox[0], *cuts, bbox[2]) if len(slots[0]) == len(columns) else ()
    return Draft(slots, bbox, "gutters", xs, ys)


def columns_of(rows: list[list[Piece]], size: float) -> list[tuple[float, float]]:
    """The columns that pieces form: stretches of the page that they cover, with gutters between."""
    events: list[tuple[float, int]] = []
    for pieces in rows:
        for piece in pieces:
            events += [(piece.x0, 1), (max(piece.x1, piece.x0 + 0.1), -1)]
    events.sort()
    allowed = int(_CROSSED * len(rows)) if len(rows) >= 6 else 0
    found: list[list[float]] = []
    depth = 0
    inside = False
    for x, step in events:
        depth += step
        if not inside and depth > allowed:
            inside = True
            if found and x - found[-1][1] < _GUTTER * size:
                continue
            found.append([x, x])
        elif inside and depth <= allowed:
            inside = False
            found[-1][1] = x
        elif inside and found:
            found[-1][1] = max(found[-1][1], x)
    columns = [(a, b) for a, b in found]
    # Sparse columns, which fewer rows fill than may cross a gutter.
    return _with_loose(rows, columns, size) if allowed else columns


def _with_loose(rows: list[list[Piece]], known: list[tuple[float, float]], size: float) -> list[tuple[float, float]]:
    """Columns with those added that pieces form which lie over none of them."""
    columns = [[a, b] for a, b in known]
    loose = [
        piece
        for pieces in rows
        for piece in pieces
        if all(piece.x1 <= a + 0.1 or piece.x0 >= b - 0.1 for a, b in known)
    ]
    for piece in sorted(loose, key=lambda p: p.x0):
        home = next((c for c in columns if piece.x0 < c[1] + _GUTTER * size and piece.x1 > c[0] - _GUTTER * size), None)
        if home is None:
            columns.append([piece.x0, piece.x1])
        else:
            home[0], home[1] = min(home[0], piece.x0), max(home[1], piece.x1)
    return sorted((a, b) for a, b in columns)


def _texts(row: Row) -> list[str]:
    return [word.text for piece in row.pieces for word in piece.words]


def _with_headed(
    headings: list[Row], columns: list[tuple[float, float]], seeds: list[Row]
) -> list[tuple[float, float]]:
    """Columns with those added that have a heading and no text below: coloured cells, or cells left blank."""
    for row in headings:
        rights = _flush_right(seeds, columns)
        over = [[k for k, (a, b) in enumerate(columns) if p.x0 < b and a < p.x1] for p in row.pieces]
        taken = {k for own in over for k in own}
        loose = [
            (p.x0, p.x1)
            for p, own in zip(row.pieces, over, strict=True)
            if not own and covered(p.x0, p.x1, columns, rights)[0] in taken
        ]
        columns = sorted([*columns, *loose])
    return columns


def _is_label(row: Row, body: list[Row]) -> bool:
    """Whether a line is no more than the beginning of a label."""
    figures = min((v.x0 for other in body if other.seed for v in other.values), default=0.0)
    return len(row.pieces) == 1 and row.line.x1 < figures


def _is_nearer_above(rows: list[Row], k: int) -> bool:
    return rows[k].line.top - rows[k - 1].line.top < rows[k + 1].line.top - rows[k].line.top - 0.05 * rows[k].line.size


def _is_tier(rows: list[Row], k: int) -> bool:
    """Whether a line stands clear of those around it, as no line of a heading does that is centred beside taller ones."""
    top = rows[k].line.top
    clear = 0.85 * rows[k].line.size
    return (k == 0 or top - rows[k - 1].line.top > clear) and rows[k + 1].line.top - top > clear


def _flush_right(seeds: list[Row], columns: list[tuple[float, float]]) -> list[bool]:
    """Which columns hold figures that end at one line: their cells begin where the column before ends."""
    out = []
    for a, b in columns:
        own = [v for row in seeds for v in row.values if a - 0.1 <= v.x0 and v.x1 <= b + 0.1]
        size = max((v.words[0].size for v in own), default=1.0)
        ends = [v.x1 for v in own]
        out.append(len(own) > 1 and sum(abs(x - max(ends)) < 0.6 * size for x in ends) >= 0.6 * len(ends))
    return out


def _slots(
    row: Row,
    columns: list[tuple[float, float]],
    cuts: list[float],
    rights: list[bool] | None,
    below: list[Rule],
    size: float,
) -> list[Slot]:
    """A line's words in columns.

    In a heading (`rights` is given: which columns are flush right), a piece over several spans them.
    """
    heading = rights is not None
    slots = [Slot() for _ in columns]
    for piece in row.pieces:
        for part in _parted(piece, columns, cuts, size):
            x0, x1 = part[0].x0, max(w.x1 for w in part)
            low, high = covered(x0, x1, columns, rights)
            if heading:
                under = [
                    r
                    for r in below
                    if r.start - 0.5 * size <= x0
                    and x1 <= r.end + 0.5 * size
                    and r.end - r.start < 0.9 * (columns[-1][1] - columns[0][0])
                ]
                for rule in under:
                    inside = [
                        k
                        for k, (a, b) in enumerate(columns)
                        if rule.start - size < (a + b) / 2 < rule.end + size and rule.start < b and a < rule.end
                    ]
                    if inside:
                        low, high = min(low, inside[0]), max(high, inside[-1])
            if high > low and not heading:
                # A long label runs on over empty cells; a figure belongs where most of it stands.
                high = low if not is_number(" ".join(w.text for w in part)) else high
                if high > low:
                    low = high = max(
                        range(low, high + 1), key=lambda k: min(columns[k][1], x1) - max(columns[k][0], x0)
                    )
            slots[low].words += part
            slots[low].columns = max(slots[low].columns, high - low + 1)
    at = 0
    while at < len(slots):
        span = 1
        while span < slots[at].columns and at + span < len(slots) and not slots[at + span].words:
            slots[at + span].covered = True
            span += 1
        slots[at].columns = span
        at += span
    return slots


def _parted(piece: Piece, columns: list[tuple[float, float]], cuts: list[float], size: float) -> list[list[Word]]:
    """A piece cut where its words belong to different columns with more than a blank between them."""
    low, high = covered(piece.x0, piece.x1, columns)
    if low == high or len(piece.words) < 2:
        return [piece.words]
    gaps = [b.x0 - a.x1 for a, b in zip(piece.words, piece.words[1:], strict=False)]
    usual = min(statistics.median(gaps), 0.3 * size)
    out = [[piece.words[0]]]
    for a, b, gap in zip(piece.words, piece.words[1:], gaps, strict=False):
        between = any(a.x1 - 0.2 * size <= cut <= b.x0 + 0.2 * size for cut in cuts)
        numbers = is_number(a.text) and is_number(b.text)
        if between and (gap > 1.25 * usual + 0.2 or numbers or is_number(b.text)):
            out.append([])
        out[-1].append(b)
    return out


def covered(
    x0: float, x1: float, columns: list[tuple[float, float]], rights: list[bool] | None = None
) -> tuple[int, int]:
    """The first and last column that a stretch lies over. Between two it belongs to the right one where that is flush right, as
    its cell begins where the one before ends; else to the nearer."""
    over = [k for k, (a, b) in enumerate(columns) if min(x1, b) - max(x0, a) > min(0.3 * (b - a), 0.3 * (x1 - x0))]
    if not over:
        middle = (x0 + x1) / 2
        after = next((k for k, (a, _) in enumerate(columns) if a > middle), None)
        if rights is not None and after is not None and rights[after]:
            return after, after
        nearest = min(range(len(columns)), key=lambda k: max(columns[k][0] - middle, middle - columns[k][1], 0.0))
        return nearest, nearest
    return over[0], over[-1]
