"""Glossaries: abbreviations and what they stand for, in pairs of columns."""

from __future__ import annotations

import re

from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.records.place import Place
from qippctl.interpret.words import find, unmarked
from qippctl.models.document import Grid
from qippctl.models.records import Record, Term

LONGEST_TERM = 20
FEWEST_TERMS = 3


def is_glossary(grid: Grid, place: Place) -> bool:
    """Whether a table's columns go in pairs of a short term and a meaning, below a heading or title that says so."""
    if grid.width % 2 or not grid.rows:
        return False
    headed = " | ".join((*place.lines_above[-2:], *(cell.text for cell in grid.rows[0])))
    pairs = [(row[i].text, row[i + 1].text) for row in grid.rows for i in range(0, grid.width, 2)]
    filled = [(term, meaning) for term, meaning in pairs if term and meaning]
    if not find(vocabulary().glossaries, headed):
        named = any(find(["name*", "initials"], cell.text) for cell in grid.rows[0])
        return (
            not named and len(filled) >= FEWEST_TERMS and sum(_spells(*pair) for pair in filled) * 10 >= len(filled) * 7
        )
    if any(find(["name*", "initials"], cell.text) for cell in grid.rows[0]):
        return False  # who attended, and how they sign
    return bool(filled) and sum(len(term) <= LONGEST_TERM for term, _ in filled) * 10 >= len(filled) * 8


def _spells(term: str, meaning: str) -> bool:
    """Whether a term is the initials of its meaning, in their order: `HRA`, housing revenue account."""
    if not re.fullmatch(r"[A-Z][A-Za-z&]{1,6}", term) or sum(c.isupper() for c in term) < 2:
        return False
    initials = iter(word[0].upper() for word in re.findall(r"[A-Za-z]+", meaning))
    return all(letter in initials for letter in term.upper() if letter.isalpha())


def terms(grid: Grid, place: Place) -> list[Record]:
    """A record for each pair, the columns' own headings left out."""
    found: list[Record] = []
    for index, row in enumerate(grid.rows):
        for first in range(0, grid.width, 2):
            term, meaning = unmarked(row[first].text), unmarked(row[first + 1].text)
            if term and meaning and not (index == 0 and find(vocabulary().glossaries, f"{term} | {meaning}")):
                found.append(Term(**place.at(index=index, page=grid.page_of(index)), term=term, meaning=meaning))
    return found
