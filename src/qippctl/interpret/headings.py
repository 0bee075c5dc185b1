"""Which rows of a grid are its title, its headings and its body, and the heading path of each column."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.words import find, is_one_of, normal, unmarked
from qippctl.models.document import Grid
from qippctl.money import is_dash, parse_amount
from qippctl.period import find_date, find_mention, find_year, month_of_heading

MOST_HEADING_ROWS = 8
LONGEST_HEAD = 60
_COLOURS = re.compile(r"R|A|G|B|Red|Amber|Green|Blue|N/A|n/a|[-–]", re.IGNORECASE)
# Grids whose merged cells are not known: a blank to the right of a heading may belong to it.
SPANLESS = frozenset({"tabs", "markdown", "csv"})
# Grids in which spans are guessed from where the headings stand.
GUESSED = frozenset({"gutters", "picture"})


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of one column: its own tiers joined, the tiers that span it and others, outermost first, and its last tier."""

    own: str
    parents: tuple[str, ...] = ()
    leaf: str = ""

    @property
    def path(self) -> str:
        return " ".join((*self.parents, self.own)).strip()


@dataclass(frozen=True, slots=True)
class Parts:
    """A grid parted: title lines, one heading a column, and the body rows with their row numbers in the grid.

    `below` is the row where other headings begin: what stands under them is not this table's.
    """

    titles: tuple[str, ...]
    headings: tuple[Heading, ...]
    heading_rows: int
    body: tuple[tuple[int, tuple[str, ...]], ...]
    group_in_heading: tuple[int, str] | None = None
    below: int | None = None


def part(grid: Grid) -> Parts:
    """Title, headings and body of a grid; no headings when none of its first rows has any."""
    texts = [[unmarked(text) for text in row] for row in grid.texts()]
    last = _last_heading_row(texts)
    body = tuple((i, tuple(row)) for i, row in enumerate(texts) if i > last)
    if last < 0:
        return Parts((), tuple(Heading("") for _ in range(grid.width)), 0, body)
    cut = next((n for n, (_, row) in enumerate(body) if _is_other_heading(row, texts[: last + 1])), None)
    first = next((i for i in range(last) if not _is_title(texts[i], texts[last])), last)
    tiers = [_tier(grid, texts, i, last) for i in range(first, last + 1)]
    group = _group_in_heading(texts, first, last)
    if group is not None:
        tiers[-1][0] = ("", False)
    heading_rows = [texts[i] for i in range(first, last + 1)]
    return Parts(
        titles=tuple(" ".join(filter(None, _mended(texts[i]))) for i in range(first)),
        headings=tuple(_heading([tier[column] for tier in tiers]) for column in range(grid.width)),
        heading_rows=last + 1,
        # Some boards repeat the headings on every page: such a row is no scheme.
        body=tuple((i, row) for i, row in body[:cut] if list(row) not in heading_rows),
        group_in_heading=group,
        below=body[cut][0] if cut is not None else None,
    )


@lru_cache(maxsize=16_384)
def is_heading_word(text: str) -> bool:
    """Whether a cell holds words that head a column: a measure, span, unit, year, month, colour or kind of text."""
    words = vocabulary()
    if not text or len(text) > 90:
        return False
    entries = (*words.measures, *words.account_measures, *words.bases, *words.recurrences, *words.cases)
    return (
        any(find(entry.words, text) for entry in entries)
        or any(find(phrases, text) for phrases in words.text_columns.values())
        or any(find(phrases, text) for phrases in words.ratings.values())
        or unit_of(text) is not None
        or find_year(text) is not None
        or month_of_heading(text) is not None
        or bool(re.fullmatch(r"(?:R|A|Α|G|A ?G|R A G|WTE)", text))
    )


@lru_cache(maxsize=2048)
def unit_of(text: str) -> int | None:
    """The pounds that a printed unit stands for, the longest wording first; None when none is printed.

    >>> unit_of("Plan £000s"), unit_of("Actual performance (£'m)"), unit_of("Scheme"), unit_of("£1,000s")
    (1000, 1000000, None, 1000)
    """
    bare = re.sub(r"\s+", " ", text.lower().replace("’", "'").replace("‘", "'"))
    found = [
        (len(word), unit.pounds)
        for unit in vocabulary().units
        for phrase in unit.words
        if (word := phrase.rstrip("*")) and _has_unit(bare, word, open_end=phrase.endswith("*"))
    ]
    return max(found)[1] if found else None


def _has_unit(text: str, word: str, *, open_end: bool) -> bool:
    at = text.find(word)
    while at >= 0:
        after = text[at + len(word) : at + len(word) + 1]
        if open_end or not (after.isalnum() or (after == "'" and word == "£")):
            return True
        at = text.find(word, at + 1)
    return False


def _last_heading_row(texts: Sequence[Sequence[str]]) -> int:
    last = -1
    for i, row in enumerate(texts[:MOST_HEADING_ROWS]):
        filled = [text for text in row if text]
        if not filled:
            continue
        numbers = sum(1 for text in filled if _is_number(text))
        if (
            i
            and len(row) > 2
            and row[0]
            and len(filled) > 1
            and all(_COLOURS.fullmatch(text) for text in row[1:] if text)
        ):
            break  # letters of colours beside a name: a row of the body
        if numbers * 3 >= len(filled) or (numbers >= 2 and last >= 0):
            break
        if last >= 0 and any(_is_number(text) and unit_of(over) for text, over in zip(row, texts[last], strict=True)):
            break  # an amount below a heading with its unit, in a row that is blank otherwise
        scored = sum(1 for text in filled if is_heading_word(text))
        needed = 1 if len(row) <= 2 and i == 0 else 2
        all_units = all(unit_of(text) is not None for text in filled)
        if (scored >= needed and _has_short_cells(filled)) or (all_units and last >= 0):
            last = i
    return last if last >= 0 else _heads_by_shape(texts)


def _heads_by_shape(texts: Sequence[Sequence[str]]) -> int:
    """The row of words right above the first row of numbers, where several of its words stand over numbers; else -1."""
    first = next((i for i, row in enumerate(texts) if sum(bool(t) and _is_number(t) for t in row[1:]) >= 2), 0)
    if not 0 < first <= MOST_HEADING_ROWS:
        return -1
    above = texts[first - 1]
    over = sum(1 for head, text in zip(above, texts[first], strict=True) if head and text and _is_number(text))
    wordy = all(any(c.isalpha() for c in text) and len(text) <= LONGEST_HEAD for text in above if text)
    return first - 1 if over >= 2 and wordy else -1


def _is_other_heading(row: Sequence[str], headings: Sequence[Sequence[str]]) -> bool:
    """Whether a body row heads columns anew, with other words than the table's own headings."""
    filled = [text for text in row[1:] if text]
    if len(filled) < 2 or list(row) in [list(heading) for heading in headings]:
        return False
    own = {normal(text) for heading in headings for text in heading if text}
    heads = [text for text in filled if is_heading_word(text) and not _is_number(text) and len(text) > 2]
    return (
        len(heads) * 3 >= len(filled) * 2
        and any(normal(text) not in own for text in heads)
        and bool(row[0])
        and is_heading_word(row[0])
    )


def _has_short_cells(filled: Sequence[str]) -> bool:
    return sum(1 for text in filled if len(text) <= 90) * 2 >= len(filled)


def _is_number(text: str) -> bool:
    if is_dash(text):
        return True
    if unit_of(text) is not None and not any(c in "123456789" for c in text.replace("1,000", "").replace("1000", "")):
        return False  # `£000` is a unit, not nought pounds
    amount = parse_amount(text)
    # A bare 2014 is a year; years head columns.
    return amount is not None and not (re.fullmatch(r"20[0-9]{2}", text) and amount.scale is None)


def _is_title(row: Sequence[str], headings: Sequence[str]) -> bool:
    """A row above the headings with one text (a date beside it does no harm), while the headings have several."""
    if sum(1 for text in headings if text) < 2:
        return False
    filled = [
        text for text in _mended(row) if text and find_date(text) is None and not _is_number(text) and len(text) > 1
    ]
    # A long title whose letters a narrow column cut beyond mending is still a title.
    return len(filled) <= 1 or (len(filled[0].split()) >= 4 and not any(is_heading_word(text) for text in filled[1:]))


def _mended(row: Sequence[str]) -> list[str]:
    """A row in which words broken by narrow columns are whole again, at their first column."""
    return [text for text, _ in _join_broken(list(row))]


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    words = vocabulary()
    phrases = [*words.heading_words, *words.savings]
    for entry in (*words.measures, *words.bases, *words.recurrences, *words.cases):
        phrases += entry.words
    for group in (words.text_columns, words.ratings):
        for listed in group.values():
            phrases += listed
    return frozenset(word for phrase in phrases for word in normal(phrase.replace("*", "")).split() if len(word) > 2)


def _join_broken(row: list[str]) -> list[tuple[str, int]]:
    """Each position's text and over how many columns it reaches, with `Mile|ston|es:` joined to `Milestones:`."""
    out: list[tuple[str, int]] = [(text, 1) for text in row]
    i = 0
    while i < len(row):
        for reach in (4, 3, 2):
            pieces = row[i : i + reach]
            if len(pieces) == reach and all(pieces) and _is_broken_word(pieces):
                out[i] = ("".join(pieces), reach)
                out[i + 1 : i + reach] = [("", 0)] * (reach - 1)
                i += reach - 1
                break
        i += 1
    return out


def _is_broken_word(pieces: Sequence[str]) -> bool:
    known = _known_words()
    for left, right in itertools.pairwise(pieces):
        if not (left[-1].isalpha() and right[0].isalpha()):
            return False
    joined = normal("".join(pieces)).split()
    fragments = [normal(pieces[0]).split()[-1:], *(normal(piece).split()[:1] for piece in pieces[1:])]
    start = len(normal(pieces[0]).split()) - 1
    whole = joined[start] if 0 <= start < len(joined) else ""
    return len(whole) > 4 and whole in known and not any(set(fragment) & known for fragment in fragments)


def _tier(grid: Grid, texts: Sequence[Sequence[str]], row: int, last: int) -> list[tuple[str, bool]]:
    """For each column the text of one heading row, and whether that text spans several columns."""
    cells: list[tuple[str, bool]] = [("", False)] * grid.width
    column = 0
    joined = _join_broken(list(texts[row]))
    below = [any(texts[i][c] for i in range(row + 1, last + 1)) for c in range(grid.width)]
    guessed = row < last and is_spanless(grid, row)
    if guessed and (centred := _over_blocks(texts, row, last)) is not None:
        return centred
    # A text spans none of the columns over which the tier above begins anew.
    above = _join_broken(list(texts[row - 1])) if row else []
    while column < grid.width:
        text, reach = joined[column]
        reach = max(reach, grid.rows[row][column].colspan, 1)
        if (
            text
            and guessed
            and column > 0
            and not (_heads_words(text) and not _heads_figures(texts, row, last, column))
        ):
            while (
                column + reach < grid.width
                and not joined[column + reach][0]
                and joined[column + reach][1]
                and below[column + reach]
                and _has_child(texts, row, last, column, column + reach)
                and not (row > 0 and above[column + reach][0])
            ):
                reach += 1
        for covered in range(column, min(column + reach, grid.width)):
            cells[covered] = (text, reach > 1)
        column += reach
    return cells


def is_spanless(grid: Grid, row: int) -> bool:
    """Whether nothing says which headings of a row are merged: the format has no merged cells, or its author used none."""
    return grid.method in SPANLESS or not any(cell.covered or cell.colspan > 1 for cell in grid.rows[row])


def without_spans(grid: Grid) -> Grid | None:
    """A grid whose headings' spans were guessed from their places, without them; None for any other grid."""
    if grid.method not in GUESSED or not any(cell.colspan > 1 for row in grid.rows[:MOST_HEADING_ROWS] for cell in row):
        return None
    rows = tuple(tuple(replace(cell, colspan=1, covered=False) for cell in row) for row in grid.rows)
    return replace(grid, rows=rows)


def _has_child(texts: Sequence[Sequence[str]], row: int, last: int, own: int, right: int) -> bool:
    """Whether the tier that first heads a column to the right heads a text's own too: what spans has a child below itself."""
    child = next(i for i in range(row + 1, last + 1) if texts[i][right])
    return bool(texts[child][own])


def _over_blocks(texts: Sequence[Sequence[str]], row: int, last: int) -> list[tuple[str, bool]] | None:
    """A tier whose texts stand each anywhere over a block of headings that repeat (`Rec, Non rec, Total` a year).

    None where the tiers below repeat no block, or the texts are not one a block.
    """
    below = [" ".join(texts[i][c] for i in range(row + 1, last + 1)).strip() for c in range(len(texts[row]))]
    bare = [_bare(text) for text in below]
    for size in range(2, len(bare) // 2 + 1):
        for start in range(len(bare) - 2 * size + 1):
            block = bare[start : start + size]
            if not all(block) or len(set(block)) < size:
                continue
            count = 1
            while bare[start + count * size : start + (count + 1) * size] == block:
                count += 1
            columns = range(start, start + count * size)
            over = [(c, texts[row][c]) for c in columns if texts[row][c]]
            if count < 2 or [(c - start) // size for c, _ in over] != list(range(count)):
                continue
            beyond = any(text and below[c] and c not in columns for c, text in enumerate(texts[row]))
            if beyond or not any((c - start) % size for c, _ in over):
                continue  # each text begins over its own columns: no need to guess
            cells = [(text, False) for text in texts[row]]
            for c, text in over:
                first = start + (c - start) // size * size
                cells[first : first + size] = [(text, True)] * size
            return cells
    return None


def _heads_figures(texts: Sequence[Sequence[str]], row: int, last: int, column: int) -> bool:
    """Whether the tiers under a text name a measure or a time."""
    below = " ".join(texts[i][column] for i in range(row + 1, last + 1))
    words = vocabulary()
    entries = (*words.measures, *words.bases, *words.recurrences, *words.cases)
    return (
        any(find(e.words, below) for e in entries)
        or month_of_heading(below) is not None
        or find_year(below) is not None
    )


def _bare(text: str) -> str:
    """A heading without its unit, which may be printed once for all."""
    return normal(re.sub(r"\(?£\S*\)?", "", text))


def _heads_words(text: str) -> bool:
    """Whether a heading is of a column of words: such a one spans no others. `Year to date` names a span, not a date."""
    words = vocabulary()
    entries = (*words.measures, *words.bases, *words.recurrences, *words.cases)
    if any(find(entry.words, text) for entry in entries) or find_mention(text) is not None:
        return False
    return any(find(phrases, text) for phrases in vocabulary().text_columns.values())


def _heading(tiers: Sequence[tuple[str, bool]]) -> Heading:
    own = [text for text, spans in tiers if text and not spans]
    parents = tuple(text for text, spans in tiers if text and spans)
    return Heading(" ".join(own), parents, own[-1] if own else (parents[-1] if parents else ""))


def _group_in_heading(texts: Sequence[Sequence[str]], first: int, last: int) -> tuple[int, str] | None:
    """A group's name that stands in the last heading row because the headings were printed twice, one over the other."""
    label = texts[last][0]
    if last == first or not label or is_heading_word(label) or unit_of(label) is not None:
        return None
    named_before = any(is_heading_word(texts[i][0]) for i in range(first, last))
    return (last, label) if named_before and not is_one_of(vocabulary().heading_words, label) else None
