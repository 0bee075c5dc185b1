"""One page: its tables and the lines of text around them, from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qippctl.models.document import BBox, Cell, Grid, Prose
from qippctl.readers.pdf.draft import Draft, Slot, faults
from qippctl.readers.pdf.gutters import drafts
from qippctl.readers.pdf.ink import Fill, Ink, Rule, Word
from qippctl.readers.pdf.lines import Line, apart_of, around, lines_of, text_of, text_of_line
from qippctl.readers.pdf.ruled import Lattice, lattices, merged
from qippctl.readers.pdf.zones import zones

_PAGE_NUMBER = re.compile(r"(?:page\s+)?([0-9]{1,4}|[ivxlc]{1,7})(?:\s+(?:of|/)\s+[0-9]{1,4})?", re.IGNORECASE)
_LEAST_FILLED = 0.15  # of the cells of a lattice
_BLACK_OR_WHITE = 24  # how far the three parts of a colour lie apart, at most, in what is a shade of grey


@dataclass(frozen=True, slots=True)
class PageReading:
    """The blocks of a page and the number printed on it."""

    blocks: tuple[Prose | Grid, ...]
    printed: str | None


def read_page(ink: Ink, number: int, *, prose: bool = True) -> PageReading:
    """Read the ink of page `number` of the file; without `prose`, the lines only if there are tables among them."""
    parts = list(zones(lines_of(word for word in ink.words if word.upright)))
    found = sorted(tables_in(ink, parts), key=lambda draft: draft.bbox[1])
    if not found and not prose:
        return PageReading((), None)
    if found or len(ink.words) != sum(len(line.words) for part in parts for line in part):
        taken = {id(word) for draft in found for row in draft.rows for slot in row for word in slot.words}
        parts = list(zones(lines_of(w for w in ink.words if id(w) not in taken)))
    lines = [line for part in parts for line in part]
    placed: list[tuple[float, Prose | Grid]] = [
        (line.top, Prose(text, number)) for line in lines if (text := text_of_line(line.words))
    ]
    placed += [(draft.bbox[1], grid_of(draft, ink, number)) for draft in found]
    if not found:
        blocks = tuple(block for _, block in placed)
    else:
        blocks = tuple(block for _, block in sorted(placed, key=lambda item: item[0]))
    return PageReading(blocks, printed_number(lines))


def printed_number(lines: list[Line]) -> str | None:
    """The number printed on a page, on its last line or its first."""
    for line in (*lines[-1:], *lines[:1]):
        if match := _PAGE_NUMBER.fullmatch(text_of_line(line.words).strip()):
            return match[1]
    return None


def tables_in(ink: Ink, parts: list[list[Line]]) -> list[Draft]:
    """The tables of a page: those in rules first, then those that gutters show in what is left.

    `parts` are the lines of its zones.
    """
    rules = merged(ink.rules)
    found = []
    rest = ink.words
    for lattice in lattices(rules):
        inside = [word for word in rest if lattice.at((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2)]
        draft = _best(lattice, inside, rules, ink)
        if draft is None:
            continue
        found.append(draft)
        gone = {id(word) for row in draft.rows for slot in row for word in slot.words}
        rest = [word for word in rest if id(word) not in gone]
    outside = [rule for rule in rules if not any(_within(rule, draft.bbox) for draft in found)]
    apart = apart_of([line for part in parts for line in part])
    if found:
        parts = list(zones(lines_of(word for word in rest if word.upright)))
    for zone in parts:
        found += drafts(zone, outside, _band_edges(ink), apart)
    return [draft for draft in found if not _is_frame(draft)]


def _within(rule: Rule, box: BBox) -> bool:
    if rule.across:
        return box[1] - 1 <= rule.at <= box[3] + 1 and rule.start < box[2] and rule.end > box[0]
    return box[0] - 1 <= rule.at <= box[2] + 1 and rule.start < box[3] and rule.end > box[1]


def _band_edges(ink: Ink) -> list[float]:
    """Where coloured bands begin and end, from the top."""
    return sorted(
        {
            round(y, 1)
            for fill in ink.fills
            if fill.boxy and fill.bbox[2] - fill.bbox[0] > 40
            for y in (fill.bbox[1], fill.bbox[3])
        }
    )


def _best(lattice: Lattice, words: list[Word], rules: list[Rule], ink: Ink) -> Draft | None:
    """A lattice as a table, or what gutters make of the same words where its cells hold several figures; None where it
    is no table."""
    draft = ruled_draft(lattice, words)
    filled = [[bool(slot.words) for slot in row] for row in draft.rows]
    if sum(map(any, filled)) < 2 or sum(map(any, zip(*filled, strict=True))) < 2:
        return None
    if sum(sum(row) > 1 for row in filled) < min(2, len(filled) - 1):
        return None  # a chart, with a figure here and there
    boxes = sum(not slot.covered for row in draft.rows for slot in row)
    if draft.filled() < _LEAST_FILLED * boxes:
        return None  # boxes and arrows
    wrong = faults(draft)
    if wrong < 2:
        return draft
    others = drafts(lines_of(words), [r for r in rules if r.across], _band_edges(ink), apart_of([]))
    if len(others) == 1 and faults(others[0]) * 2 < wrong and others[0].filled() > draft.filled():
        return others[0]
    return draft


def ruled_draft(lattice: Lattice, words: list[Word]) -> Draft:
    """A lattice with its words."""
    rows = [[Slot() for _ in lattice.xs[1:]] for _ in lattice.ys[1:]]
    owner = {}
    for box in lattice.boxes:
        slot = rows[box.row][box.column]
        slot.rows, slot.columns = box.rows, box.columns
        for i in range(box.row, box.row + box.rows):
            for j in range(box.column, box.column + box.columns):
                owner[i, j] = slot
                rows[i][j].covered = rows[i][j] is not slot
    for word in words:
        position = lattice.at((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2)
        if position is not None:
            owner[position].words.append(word)
    draft = Draft(rows, lattice.bbox, "ruled", lattice.xs, lattice.ys)
    return _without_blank(draft)


def _without_blank(draft: Draft) -> Draft:
    """Without columns and rows narrower than any text that hold nothing: the space between double lines."""
    columns = [
        j for j in range(draft.width) if draft.xs[j + 1] - draft.xs[j] > 4 or any(row[j].words for row in draft.rows)
    ]
    rows = [
        i for i in range(len(draft.rows)) if draft.ys[i + 1] - draft.ys[i] > 4 or any(s.words for s in draft.rows[i])
    ]
    if len(columns) == draft.width and len(rows) == len(draft.rows):
        return draft
    for i, row in enumerate(draft.rows):
        for j, slot in enumerate(row):
            if not slot.covered:
                slot.columns = max(1, sum(k in columns for k in range(j, j + slot.columns)))
                slot.rows = max(1, sum(k in rows for k in range(i, i + slot.rows)))
    draft.rows = [[draft.rows[i][j] for j in columns] for i in rows]
    draft.xs = (*(draft.xs[j] for j in columns), draft.xs[-1])
    draft.ys = (*(draft.ys[i] for i in rows), draft.ys[-1])
    return draft


def _is_frame(draft: Draft) -> bool:
    """A single row or column: a frame around prose."""
    return len(draft.rows) < 2 or draft.width < 2


# Drafts as grids ----------------------------------------------------------------------------------------------------------


def grid_of(draft: Draft, ink: Ink, number: int) -> Grid:
    """A draft as the grid that interpretation takes."""
    rows = []
    for i, row in enumerate(draft.rows):
        cells = []
        for j, slot in enumerate(row):
            if slot.covered and not slot.words:
                cells.append(Cell(covered=True))
                continue
            room = _room(draft, i, j, slot)
            box = around(slot.words) if slot.words and draft.method != "ruled" else room
            cells.append(
                Cell(
                    text_of(slot.words),
                    colspan=slot.columns,
                    mark="hidden" if any(_is_cut_off(word, ink) for word in slot.words) else "",
                    rowspan=slot.rows,
                    bbox=ink.shown(box) if box else None,
                    fill=_colour(room, ink.fills) if room else "",
                    score=min((w.score for w in slot.words), default=1.0),
                )
            )
        rows.append(tuple(cells))
    return Grid(tuple(rows), page=number, bbox=ink.shown(draft.bbox), method=draft.method, doubts=draft.doubts)


def _is_cut_off(word: Word, ink: Ink) -> bool:
    """Whether a word stands beyond the edge of the page, where the meeting does not see it."""
    return word.x0 > ink.width or word.x1 < 0 or word.top > ink.height or word.bottom < 0


def _room(draft: Draft, i: int, j: int, slot: Slot) -> BBox | None:
    """The room of a cell between the lines of its table; without such lines, where its words stand."""
    if draft.ys and len(draft.ys) == len(draft.rows) + 1 and len(draft.xs) == draft.width + 1:
        return (draft.xs[j], draft.ys[i], draft.xs[j + slot.columns], draft.ys[i + slot.rows])
    return around(slot.words) if slot.words else None


def _colour(box: BBox, fills: list[Fill]) -> str:
    """The colour of a shape in a cell or of its own background: of a fill whose middle lies in the cell and that is no wider."""
    for fill in reversed(fills):
        x0, top, x1, bottom = fill.bbox
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if (
            box[0] <= x <= box[2]
            and box[1] <= y <= box[3]
            and x1 - x0 < 1.3 * (box[2] - box[0]) + 4
            and bottom - top < 1.6 * (box[3] - box[1]) + 8
        ):
            red, green, blue = fill.rgb
            if max(fill.rgb) - min(fill.rgb) > _BLACK_OR_WHITE:
                return f"#{red:02x}{green:02x}{blue:02x}"
    return ""


def grids_of(blocks: tuple[Prose | Grid, ...]) -> Iterator[Grid]:
    return (block for block in blocks if isinstance(block, Grid))
