"""Tables without lines between their cells: where they begin and end among lines of text."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterator

from qippctl.readers.pdf.columns import read_rows
from qippctl.readers.pdf.draft import Draft
from qippctl.readers.pdf.grouping import OPEN_END, TIGHT
from qippctl.readers.pdf.ink import Rule
from qippctl.readers.pdf.lines import Line, Piece
from qippctl.readers.pdf.rows import LONG_LINE, MOST_PIECES, Row, is_sentence, rows_of

# In heights of the text.
_FAR = 2.6  # between rows of one table
_FARTHEST = 5.0  # before a row whose figures stand under those above
_ALIGNED = 0.45
_LEAST_FILLED = 0.3  # of the cells: what is emptier is a chart
_TIME = re.compile(r"[0-2]?[0-9](?::[0-5][0-9]\s*(?:am|pm)?|[.][0-5][0-9]\s*(?:am|pm))", re.IGNORECASE)


def drafts(lines: list[Line], rules: list[Rule], bands: list[float], apart: float) -> list[Draft]:
    """The tables among lines of text, from top to bottom. `rules` across and edges of coloured `bands` part rows; a
    gap of `apart` heights parts cells."""
    rows = rows_of(lines, apart)
    out: list[Draft] = []
    at = 0
    while at < len(rows):
        if not rows[at].seed:
            at += 1
            continue
        end = _block_end(rows, at, rules)
        block = rows[at:end]
        draft = None
        if _is_table(block):
            start = at - _headings(rows, at, block, rules, out[-1].bbox[3] if out else 0.0)
            stop = end + _tail(rows, end, block)
            draft = read_rows(rows[start:stop], at - start, rules, bands)
        if draft is not None and draft.filled() >= _LEAST_FILLED * len(draft.rows) * draft.width:
            out.append(draft)
            at = stop
        else:
            at = end
    free = [
        row
        for row in rows
        if len(row.pieces) <= MOST_PIECES and not any(d.bbox[1] - 1 < row.line.middle < d.bbox[3] + 1 for d in out)
    ]
    for block in _blocks_of_texts(free):
        draft = read_rows(block, 1, rules, bands)
        if draft is not None and draft.width > 2:
            out.append(draft)
    return out


def _blocks_of_texts(rows: list[Row]) -> Iterator[list[Row]]:
    """Tables without figures: rows of three texts or more that begin at the same places, with the lines that go on in
    their cells."""
    at = 0
    while at < len(rows):
        block = [rows[at]]
        while at + len(block) < len(rows) and _goes_with(rows[at + len(block)], block):
            block.append(rows[at + len(block)])
        full = [row for row in block if len(row.pieces) > 2]
        starts = _starts(full)
        while block and len(block[-1].pieces) < 2 and _start_of(block[-1].pieces[0], starts) in (None, 0):
            block.pop()
        own = [row for row in full if sum(_start_of(p, starts) is not None for p in row.pieces) > 2]
        wide = len(starts) > 2 and len(own) > 2 and len(own) * 4 >= len(block)
        if wide and not _is_set_in_columns(own, starts) and not _is_contents(own) and not _is_timed(own):
            for row in own:
                row.seed = True
            yield block
            at += len(block)
        else:
            at += 1


def _goes_with(row: Row, block: list[Row]) -> bool:
    gap = row.line.top - block[-1].line.bottom
    if gap > _FAR * 0.7 * row.line.size or len(block[0].pieces) < 3:
        return False
    starts = _starts([other for other in block if len(other.pieces) > 2])
    return all(_start_of(piece, starts) is not None for piece in row.pieces) and not (
        len(row.pieces) == 1 and len(row.pieces[0].words) > LONG_LINE + 4
    )


def _starts(rows: list[Row]) -> list[float]:
    """Where the texts of rows begin: the places of the first row that holds the most."""
    best = max(rows, key=lambda row: len(row.pieces), default=None)
    return [piece.x0 for piece in best.pieces] if best is not None else []


def _start_of(piece: Piece, starts: list[float]) -> int | None:
    return next((k for k, x in enumerate(starts) if abs(piece.x0 - x) < 0.35 * piece.words[0].size), None)


def _is_set_in_columns(rows: list[Row], starts: list[float]) -> bool:
    """Whether the texts fill their columns as running text does."""
    widths = [b - a for a, b in itertools.pairwise(starts)]
    full = total = 0
    for row in rows:
        for piece in row.pieces:
            k = _start_of(piece, starts)
            if k is not None and k < len(widths):
                total += 1
                full += piece.x1 - piece.x0 > 0.86 * widths[k] and len(piece.words) > 3
    return full * 2 > total


def _block_end(rows: list[Row], start: int, rules: list[Rule]) -> int:
    """One past the last row of figures of the table that begins at `start`."""
    seeds = [rows[start]]
    end = start + 1
    between: list[Row] = []
    for k in range(start + 1, len(rows)):
        row, before = rows[k], rows[k - 1]
        size = max(row.line.size, before.line.size)
        gap = row.line.top - before.line.bottom
        if gap > _FARTHEST * size or (gap > _FAR * size and not (row.seed and _aligned(row, seeds) >= 0.6)):
            break
        if not row.seed:
            if _is_prose(row, seeds) or len(between) > 8:
                break
            between.append(row)
            continue
        match = _aligned(row, seeds)
        if between:
            headed = any(len(r.pieces) > 1 and _crosses(r, seeds) for r in between)
            if headed and _stands_apart(between[0], rows, seeds):
                break
            if match < 0.7 and (headed or gap > 1.2 * size or any(is_sentence(r) for r in between)):
                break
        elif match < 0.3 and gap > 1.2 * size:
            break
        seeds.append(row)
        between = []
        end = k + 1
    return end


def _stands_apart(row: Row, rows: list[Row], seeds: list[Row]) -> bool:
    """Whether a line has clearly more room above it than the rows of figures have."""
    at = next(k for k, other in enumerate(rows) if other is row)
    room = row.line.top - rows[at - 1].line.bottom
    usual = statistics.median([b.line.top - a.line.bottom for a, b in itertools.pairwise(seeds)] or [0.0])
    return room > usual + 0.8 * row.line.size


def _aligned(row: Row, seeds: list[Row]) -> float:
    """The share of a row's figures that stand under a figure of the rows before: by the right, the left or the middle."""
    values = row.values or row.pieces[1:]
    if not values:
        return 0.0
    near = _ALIGNED * row.line.size
    above = [piece for seed in seeds[-8:] for piece in seed.pieces]
    hits = sum(
        any(
            abs(v.x1 - p.x1) < near or abs(v.x0 - p.x0) < near or abs(v.x0 + v.x1 - p.x0 - p.x1) < 2 * near
            for p in above
        )
        for v in values
    )
    return hits / len(values)


def _is_prose(row: Row, seeds: list[Row]) -> bool:
    """Whether a line runs on through the columns of figures as a sentence does."""
    left = min(seed.line.x0 for seed in seeds)
    longest = max(row.pieces, key=lambda piece: len(piece.words))
    if len(longest.words) < LONG_LINE or longest.x0 > left + 3 * row.line.size:
        return False
    return any(longest.x0 < v.x0 and v.x1 < longest.x1 for seed in seeds for v in seed.values) and is_sentence(row)


def _crosses(row: Row, seeds: list[Row]) -> bool:
    return row.line.x1 > min((v.x0 for seed in seeds for v in seed.values), default=0)


def _is_table(block: list[Row]) -> bool:
    """Whether rows of figures are a table: two or more, with figures one under the other, and no contents page."""
    seeds = [row for row in block if row.seed]
    if len(seeds) < 2:
        return False
    if _is_contents(seeds) or _is_list(seeds):
        return False
    # Figures in columns: most figures have another below or above that they are aligned with.
    total = hits = 0
    for k, seed in enumerate(seeds):
        others = seeds[max(0, k - 6) : k] + seeds[k + 1 : k + 7]
        values = seed.values
        if values:
            total += len(values)
            hits += round(_aligned(seed, others) * len(values))
    few = len(seeds) < 3 or max(len(row.pieces) for row in seeds) < 3
    prose = sum(is_sentence(row) and len(row.values) < 2 for row in block) / len(block)
    return hits >= (0.75 if few else 0.5) * total and prose < 0.4


def _is_contents(seeds: list[Row]) -> bool:
    """A contents page: one figure a row, whole numbers that never fall, most often behind dots."""
    if any(len(row.values) > 2 for row in seeds):
        return False
    lasts = [row.pieces[-1].text.strip() for row in seeds]
    pages = [int(text) for text in lasts if re.fullmatch(r"[0-9]{1,3}", text)]
    led = sum(row.led for row in seeds)
    rising = all(a <= b for a, b in itertools.pairwise(pages))
    return len(pages) >= 0.8 * len(lasts) and rising and (led * 2 >= len(seeds) or len(pages) >= 5) and len(pages) > 1


def _is_timed(rows: list[Row]) -> bool:
    """An agenda: most of its rows end in the time of day."""
    return sum(bool(_TIME.fullmatch(row.pieces[-1].text)) for row in rows) * 2 > len(rows)


def _is_list(seeds: list[Row]) -> bool:
    """Numbered paragraphs, agendas: what looks like figures stands in front only, or is the time of day."""
    inner = [piece.text for row in seeds for piece in row.pieces[1:] if piece.is_value]
    times = sum(bool(_TIME.fullmatch(text)) for text in inner)
    return not inner or (times * 2 > len(inner) and len(inner) < 1.5 * len(seeds))


def _headings(rows: list[Row], at: int, block: list[Row], rules: list[Rule], floor: float) -> int:
    """How many lines above the first row of figures are headings of its columns."""
    left = min(row.line.x0 for row in block if row.seed)
    right = max(row.line.x1 for row in block if row.seed)
    size = statistics.median(row.line.size for row in block)
    values = [v for row in block if row.seed for v in row.values]
    first_value = min(v.x0 for v in values)
    seeds = [row for row in block if row.seed]
    usual = min((b.line.top - a.line.bottom for a, b in itertools.pairwise(seeds)), default=0.0)
    taken = 0
    for k in range(at - 1, -1, -1):
        row, below = rows[k], rows[k + 1]
        if row.line.top < floor:
            break
        gap = below.line.top - row.line.bottom
        if gap > max(_FAR * size * 0.75, 1.15 * usual):
            break
        walls = [
            r
            for r in rules
            if r.across and row.line.bottom - 2 < r.at < below.line.top + 2 and r.end - r.start > 0.5 * (right - left)
        ]
        if row.seed and is_sentence(row):
            break
        if len(row.pieces) > 1:
            long = is_sentence(row) and max(len(p.words) for p in row.pieces) > 6
            if long and not _stand_over_columns(row, seeds):
                break
            if row.line.x0 < left - 4 * size or row.line.x1 > right + 6 * size:
                break
            taken = at - k
            continue
        piece = row.pieces[0]
        if len(piece.words) >= LONG_LINE and is_sentence(row):
            break
        if (
            piece.x0 > left + 2 * size
            and piece.x1 < right + 4 * size
            and piece.x1 > first_value - size
            and not (walls and gap > size)
        ):
            # Over some columns of figures only.
            if _is_centred(piece, left, right) and not _is_ruled_above(row, rules, left, right):
                break
            taken = at - k
            continue
        if _is_ruled_above(row, rules, left, right) and not walls:
            taken = at - k
            continue
        if at - k > 3 + taken or piece.x1 > first_value + 2 * size:
            break  # a title
        # A group's heading above its first row, or the first line of a label: it belongs if headings stand above it.
    return taken


def _stand_over_columns(row: Row, seeds: list[Row]) -> bool:
    """Whether the pieces of a line, three at least, stand each over another column of a table: long headings, not prose."""
    widest = max(seeds, key=lambda seed: len(seed.pieces))
    over = [[k for k, p in enumerate(widest.pieces) if p.x0 < piece.x1 and piece.x0 < p.x1] for piece in row.pieces]
    return len(row.pieces) > 2 and all(over) and len({tuple(own) for own in over}) == len(over)


def _is_centred(piece: Piece, left: float, right: float) -> bool:
    return abs((piece.x0 + piece.x1) - (left + right)) < 0.06 * (right - left)


def _is_ruled_above(row: Row, rules: list[Rule], left: float, right: float) -> bool:
    size = row.line.size
    return any(
        r.across
        and row.line.top - 1.2 * size < r.at <= row.line.top + 0.3 * size
        and r.end - r.start > 0.6 * (right - left)
        for r in rules
    )


def _tail(rows: list[Row], end: int, block: list[Row]) -> int:
    """How many lines below the last row of figures go on with its cells."""
    first_value = min(v.x0 for row in block if row.seed for v in row.values)
    pitches = [b.line.top - a.line.top for a, b in itertools.pairwise(block)]
    size = block[-1].line.size
    usual = min(pitches, default=2 * size)
    taken = 0
    for k in range(end, min(end + 6, len(rows))):
        row, before = rows[k], rows[k - 1]
        pitch = row.line.top - before.line.top
        if pitch > min(TIGHT * size, max(usual, size)) or (is_sentence(row) and len(row.pieces) == 1):
            break
        if row.line.x0 < first_value < row.line.x1 and len(row.pieces) == 1:
            break
        text = row.pieces[0].text
        if (
            len(row.pieces) == 1
            and row.line.x0 < first_value
            and not (text[:1].islower() or OPEN_END.search(before.pieces[0].text))
        ):
            break
        taken = k - end + 1
    return taken
