"""Tables without lines between their cells: columns by the gutters that run down through their rows."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qippctl.readers.pdf.draft import Draft, Slot
from qippctl.readers.pdf.ink import Rule, Word
from qippctl.readers.pdf.lines import Line, Piece, around, is_leader, is_number, pieces_of

# In heights of the text.
_FAR = 2.6  # between rows of one table
_FARTHEST = 5.0  # before a row whose figures stand under those above
_TIGHT = 1.38  # from line to line within a cell
_GUTTER = 0.12
_ALIGNED = 0.45
# A gutter may be crossed by this share of the rows: long labels, wide totals.
_CROSSED = 0.1
_LONG_LINE = 8
_MOST_PIECES = 100  # what has more is a drawing made of letters
_ENUMERATOR = re.compile(r"\(?(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-zA-Z]|[ivxIVX]{1,4})[.)]?|[•●▪○\-–➢*o·]")
_SIGNS_BEFORE = frozenset({"$", "£", "€", "(", "-", "US$", "£m", "$m"} - {"-"})
_SIGNS_BEHIND = frozenset({")", "%", ")%", "%)", "*", "**", "***", "p", "r", "e", "†"})
_TIME = re.compile(r"[0-2]?[0-9](?::[0-5][0-9]\s*(?:am|pm)?|[.][0-5][0-9]\s*(?:am|pm))", re.IGNORECASE)
_OPEN_END = re.compile(r"(?:\b(?:and|or|of|the|for|to|in|on|with|by|at|from|a|an|per)|[,&/(+]|[^\s]-)$", re.IGNORECASE)


@dataclass(slots=True)
class Row:
    """A line with its pieces. `seed`: it looks like a row of figures."""

    line: Line
    pieces: list[Piece]
    seed: bool
    led: bool

    @property
    def values(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.is_value]


def rows_of(lines: list[Line], apart: float) -> list[Row]:
    out = []
    for line in lines:
        pieces = pieces_of(line, apart)
        if pieces:
            led = any(is_leader(word.text) for word in line.words)
            out.append(Row(line, pieces, _is_seed(pieces), led))
    return out


def _is_seed(pieces: list[Piece]) -> bool:
    if not 2 <= len(pieces) <= _MOST_PIECES:
        return False
    values = sum(piece.is_value for piece in pieces)
    first = 1 if _ENUMERATOR.fullmatch(pieces[0].text) or not pieces[0].is_value else 0
    if not any(piece.is_value for piece in pieces[first:]):
        return False
    # A justified sentence with a number between two wide blanks is no row.
    words = sum(word.text.islower() and len(word.text) > 2 for piece in pieces for word in piece.words)
    return words < 7 * values or values >= 4


def drafts(lines: list[Line], rules: list[Rule], bands: list[float], apart: float) -> list[Draft]:
    """The tables among lines of text, from top to bottom. `rules` across and edges of coloured `bands` part rows and bound tables; a
    gap of `apart` heights parts cells."""
    rows = rows_of(lines, apart)
    out = []
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
            draft = _read(rows[start:stop], at - start, rules, bands)
        if draft is not None:
            out.append(draft)
            at = stop
        else:
            at = end
    free = [row for row in rows if not any(d.bbox[1] - 1 < row.line.middle < d.bbox[3] + 1 for d in out)]
    for block in _blocks_of_texts(free):
        draft = _read(block, 1, rules, bands)
        if draft is not None and draft.width > 2:
            out.append(draft)
    return out


def _blocks_of_texts(rows: list[Row]) -> Iterator[list[Row]]:
    """Tables without figures: rows of three texts or more that begin at the same places, with the lines that go on in their cells."""
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
        if len(starts) > 2 and len(own) > 2 and len(own) * 4 >= len(block) and not _is_set_in_columns(own, starts):
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
        len(row.pieces) == 1 and len(row.pieces[0].words) > _LONG_LINE + 4
    )


def _starts(rows: list[Row]) -> list[float]:
    """Where the texts of rows begin: the places of the first row that holds the most."""
    best = max(rows, key=lambda row: len(row.pieces), default=None)
    return [piece.x0 for piece in best.pieces] if best is not None else []


def _start_of(piece: Piece, starts: list[float]) -> int | None:
    return next((k for k, x in enumerate(starts) if abs(piece.x0 - x) < 0.35 * piece.words[0].size), None)


def _is_set_in_columns(rows: list[Row], starts: list[float]) -> bool:
    """Whether the texts fill their columns as running text does."""
    widths = [b - a for a, b in zip(starts, starts[1:], strict=False)]
    full = total = 0
    for row in rows:
        for piece in row.pieces:
            k = _start_of(piece, starts)
            if k is not None and k < len(widths):
                total += 1
                full += piece.x1 - piece.x0 > 0.86 * widths[k] and len(piece.words) > 3
    return full * 2 > total


# Where a table is ---------------------------------------------------------------------------------------------------------


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
            if match < 0.7 and (headed or gap > 1.2 * size or any(_is_sentence(r) for r in between)):
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
    usual = statistics.median([b.line.top - a.line.bottom for a, b in zip(seeds, seeds[1:], strict=False)] or [0.0])
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
    if len(longest.words) < _LONG_LINE or longest.x0 > left + 3 * row.line.size:
        return False
    return any(longest.x0 < v.x0 and v.x1 < longest.x1 for seed in seeds for v in seed.values) and _is_sentence(row)


def _is_sentence(row: Row) -> bool:
    words = [word.text for piece in row.pieces for word in piece.words]
    return len(words) >= _LONG_LINE and sum(w.islower() for w in words) >= 0.5 * len(words)


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
        values = [v for v in seed.values]
        if values:
            total += len(values)
            hits += round(_aligned(seed, others) * len(values))
    few = len(seeds) < 3 or max(len(row.pieces) for row in seeds) < 3
    prose = sum(_is_sentence(row) and len(row.values) < 2 for row in block) / len(block)
    return hits >= (0.75 if few else 0.5) * total and prose < 0.4


def _is_contents(seeds: list[Row]) -> bool:
    """A contents page: one figure a row, whole numbers that never fall, most often behind dots."""
    if any(len(row.values) > 2 for row in seeds):
        return False
    lasts = [row.pieces[-1].text.strip() for row in seeds]
    pages = [int(text) for text in lasts if re.fullmatch(r"[0-9]{1,3}", text)]
    led = sum(row.led for row in seeds)
    rising = all(a <= b for a, b in zip(pages, pages[1:], strict=False))
    return len(pages) >= 0.8 * len(lasts) and rising and (led * 2 >= len(seeds) or len(pages) >= 5) and len(pages) > 1


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
    taken = 0
    for k in range(at - 1, -1, -1):
        row, below = rows[k], rows[k + 1]
        if row.line.top < floor:
            break
        gap = below.line.top - row.line.bottom
        if gap > _FAR * size * 0.75:
            break
        walls = [r for r in rules if r.across and row.line.bottom - 2 < r.at < below.line.top + 2 and r.end - r.start > 0.5 * (right - left)]
        if row.seed and _is_sentence(row):
            break
        if len(row.pieces) > 1:
            if _is_sentence(row) and max(len(p.words) for p in row.pieces) > 6:
                break
            if row.line.x0 < left - 4 * size or row.line.x1 > right + 6 * size:
                break
            taken = at - k
            continue
        piece = row.pieces[0]
        if len(piece.words) >= _LONG_LINE and _is_sentence(row):
            break
        if piece.x0 > left + 2 * size and piece.x1 < right + 4 * size and piece.x1 > first_value - size and not (walls and gap > size):
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


def _is_centred(piece: Piece, left: float, right: float) -> bool:
    return abs((piece.x0 + piece.x1) - (left + right)) < 0.06 * (right - left)


def _is_ruled_above(row: Row, rules: list[Rule], left: float, right: float) -> bool:
    size = row.line.size
    return any(
        r.across and row.line.top - 1.2 * size < r.at <= row.line.top + 0.3 * size and r.end - r.start > 0.6 * (right - left)
        for r in rules
    )


def _tail(rows: list[Row], end: int, block: list[Row]) -> int:
    """How many lines below the last row of figures go on with its cells."""
    first_value = min(v.x0 for row in block if row.seed for v in row.values)
    pitches = [b.line.top - a.line.top for a, b in zip(block, block[1:], strict=False)]
    size = block[-1].line.size
    usual = min(pitches, default=2 * size)
    taken = 0
    for k in range(end, min(end + 6, len(rows))):
        row, before = rows[k], rows[k - 1]
        pitch = row.line.top - before.line.top
        if pitch > min(_TIGHT * size, max(usual, size)) or _is_sentence(row) and len(row.pieces) == 1:
            break
        if row.line.x0 < first_value < row.line.x1 and len(row.pieces) == 1:
            break
        text = row.pieces[0].text
        if len(row.pieces) == 1 and row.line.x0 < first_value and not (text[:1].islower() or _OPEN_END.search(before.pieces[0].text)):
            break
        taken = k - end + 1
    return taken


# What is in it ------------------------------------------------------------------------------------------------------------


def _read(rows: list[Row], headings: int, rules: list[Rule], bands: list[float]) -> Draft | None:
    words = [word for row in rows for piece in row.pieces for word in piece.words]
    bbox = around(words)
    size = statistics.median(word.size for word in words)
    columns = columns_of([row.pieces for row in rows if row.seed], size)
    # Columns that no row of figures fills: a lead beside the name of a group.
    columns = _with_loose([row.pieces for row in rows[headings:] if not row.seed and len(row.pieces) > 1], columns, size)
    if len(columns) < 2:
        return None
    cuts = [(a[1] + b[0]) / 2 for a, b in zip(columns, columns[1:], strict=False)]
    inner = [r for r in rules if r.across and bbox[1] < r.at < bbox[3]]
    partings = sorted([r.at for r in inner if r.end - r.start > 0.6 * (bbox[2] - bbox[0])] + [y for y in bands if bbox[1] < y < bbox[3]])
    # The first line of a label stands nearer to the figures than to the headings above it.
    while 1 < headings < len(rows) and _is_label(rows[headings - 1], rows[headings:]) and not _is_nearer_above(rows, headings - 1):
        headings -= 1
    lines = []
    rights = _flush_right([row for row in rows[headings:] if row.seed], columns)
    for k, row in enumerate(rows):
        above = [r for r in inner if row.line.bottom - 0.3 * size <= r.at <= row.line.bottom + 0.8 * size]
        lines.append(_slots(row, columns, cuts, rights if k < headings else None, above, size))
        if k + 1 < len(rows) and k < headings and 1 < len(row.pieces) < len(rows[k + 1].pieces) and _is_tier(rows, k):
            _spread(lines[-1], columns, rows[k + 1], size)
    grouped = _grouped(rows, lines, headings, partings, size)
    slots = _without_signs([_together(lines[a:b]) for a, b in grouped])
    return Draft(slots, bbox, "gutters")


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
    row: Row, columns: list[tuple[float, float]], cuts: list[float], rights: list[bool] | None, below: list[Rule], size: float
) -> list[Slot]:
    """A line's words in columns. In a heading (`rights` is given: which columns are flush right), a piece over several columns spans them."""
    heading = rights is not None
    slots = [Slot() for _ in columns]
    for piece in row.pieces:
        for part in _parted(piece, columns, cuts, size):
            x0, x1 = part[0].x0, max(w.x1 for w in part)
            low, high = _covered(x0, x1, columns, rights)
            if heading:
                under = [r for r in below if r.start - 0.5 * size <= x0 and x1 <= r.end + 0.5 * size and r.end - r.start < 0.9 * (columns[-1][1] - columns[0][0])]
                for rule in under:
                    inside = [k for k, (a, b) in enumerate(columns) if rule.start - size < (a + b) / 2 < rule.end + size and rule.start < b and a < rule.end]
                    if inside:
                        low, high = min(low, inside[0]), max(high, inside[-1])
            if high > low and not heading:
                # A long label runs on over empty cells; a figure belongs where most of it stands.
                high = low if not is_number(" ".join(w.text for w in part)) else high
                if high > low:
                    low = high = max(range(low, high + 1), key=lambda k: min(columns[k][1], x1) - max(columns[k][0], x0))
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


def _tiled(
    slots: list[Slot], filled: list[int], columns: list[tuple[float, float]], below: Row, size: float
) -> bool:
    """Share the columns that have headings below among the headings of a tier, each to the nearest, where that centres them all."""
    first = 1 if filled and filled[0] > 0 else 0
    heads = [k for k in filled if k >= first]
    wanted = [k for k, (a, b) in enumerate(columns) if k >= max(first, 1) and any(p.x0 < b + size and a - size < p.x1 for p in below.pieces)]
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


def _spread(slots: list[Slot], columns: list[tuple[float, float]], below: Row, size: float) -> None:
    """Let a heading that stands over the middle of several columns span them all, as far as its neighbours leave room."""
    filled = [k for k, slot in enumerate(slots) if slot.words]
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
                off = min(abs((start + columns[b][1]) / 2 - middle) for start in (columns[a][0], columns[a - 1][1] if a else columns[a][0]))
                if off < best - 0.05 * size * (b - a < last - first):
                    best, first, last = off, a, b
        if (first, last) == (k, k + slot.columns - 1) or first > k:
            continue
        for m in range(first, last + 1):
            slots[m] = Slot(covered=True)
        slots[first] = Slot(slot.words, 1, last - first + 1)


def _parted(piece: Piece, columns: list[tuple[float, float]], cuts: list[float], size: float) -> list[list[Word]]:
    """A piece cut where its words belong to different columns with more than a blank between them."""
    low, high = _covered(piece.x0, piece.x1, columns)
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


def _covered(
    x0: float, x1: float, columns: list[tuple[float, float]], rights: list[bool] | None = None
) -> tuple[int, int]:
    """The first and last column that a stretch lies over. Between two it belongs to the one on the right where that is flush right, as
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


def _grouped(rows: list[Row], lines: list[list[Slot]], headings: int, partings: list[float], size: float) -> list[tuple[int, int]]:
    """Which lines make which rows of the table, as ranges."""
    anchors = [_is_anchor(slots) and row.seed for row, slots in zip(rows, lines, strict=True)]
    pitches = [b.line.top - a.line.top for a, b in zip(rows, rows[1:], strict=False)]
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
    if _TIGHT * size < 1.12 * least < 1.9 * size and all(p > 1.12 * least for p in plain):
        return 1.12 * least
    return _TIGHT * size


def _goes_on(
    rows: list[Row], lines: list[list[Slot]], anchors: list[bool], start: int, k: int, headings: int, pitch: float, limit: float, tight: float
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
    if not filled or not before and filled[0] == 0:
        return False
    # Lines stand as near as rows: only words can tell.
    if anchors[k]:
        return filled[0] == 0 and len(above) == 1 and (text[:1].islower() or bool(_OPEN_END.search(before)))
    if filled[0] > 0:
        return set(filled) <= above and not any(is_number(" ".join(w.text for w in lines[k][n].words)) for n in filled)
    return text[:1].islower() or bool(_OPEN_END.search(before))


def _is_anchor(slots: list[Slot]) -> bool:
    return any(slot.words and is_number(" ".join(w.text for w in slot.words)) for slot in slots[1:]) or (
        sum(bool(slot.words) for slot in slots) > 2
    )


def _is_wrapped_heading(above: list[list[Slot]], line: list[Slot]) -> bool:
    """Whether a line of headings goes on with the words above it, rather than standing under a heading of several columns."""
    if any(slot.columns > 1 for slots in above for slot in slots) or any(slot.columns > 1 for slot in line):
        return False
    return True


def _together(lines: list[list[Slot]]) -> list[Slot]:
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


def _without_signs(rows: list[list[Slot]]) -> list[list[Slot]]:
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


