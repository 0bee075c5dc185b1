"""Which column names the rows of a table, and which their groups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qippctl.interpret.columns import Column, typed_columns
from qippctl.interpret.headings import Parts
from qippctl.models.layout import Layout
from qippctl.money import parse_amount

# A column that names nine rows of ten that another names does as well, and stands before it.
AS_MANY = 0.9
FEWEST_LETTERS = 4
_REFERENCE = re.compile(r"[A-Z]{1,5}[ .-]?[0-9]{1,4}[a-z]?")


def read_columns(parts: Parts, layout: Layout | None) -> list[Column]:
    """The columns of a table, one of them naming its rows where any can."""
    return with_names(typed_columns(parts, layout), parts)


def with_names(columns: Sequence[Column], parts: Parts) -> list[Column]:
    """The columns, one of them naming the rows: by its heading, or, where no heading says so, the one that names most.

    Of two columns under one heading the outer groups what the inner names; a column without a heading that names some rows,
    before the one that names most, names their groups.
    """
    out = list(columns)
    for first, second in pairwise(columns):
        names = first.kind in ("scheme", "workstream") and second.kind in ("scheme", "workstream")
        if names and first.heading == second.heading:
            out[first.index] = replace(first, kind="workstream")
            out[second.index] = replace(second, kind="scheme")
    if all(column.kind != "scheme" for column in out):
        _name(out, parts)
    for extra in [c for c in out if c.kind == "scheme"][1:]:
        out[extra.index] = replace(extra, kind="text")
    return out


def _name(columns: list[Column], parts: Parts) -> None:
    """Let the column of words that names most rows name them; and one before it, their groups."""
    candidates = _candidates(columns)
    if not candidates:
        return
    named = {c.index: _rows_named(parts, c.index) for c in candidates}
    most = max(named.values())
    best = next(c for c in candidates if named[c.index] >= AS_MANY * most)
    columns[best.index] = replace(best, kind="scheme", because="the first column that names most rows")
    for group in candidates:
        if group.index < best.index and not group.heading and named[group.index]:
            columns[group.index] = replace(group, kind="workstream", because="it names some rows, before their names")
            return


def _candidates(columns: Sequence[Column]) -> list[Column]:
    """Columns of words without a heading before the first numbers (after the workstreams, if any); else any of words."""
    outer = next((c.index for c in columns if c.kind == "workstream"), None)
    after = outer + 1 if outer is not None else 0
    numbers = next((c.index for c in columns if c.look in ("numbers", "percentages")), len(columns))
    unheaded = [c for c in columns[after:numbers] if not c.heading and c.look == "words"]
    if unheaded and unheaded[0].index == after:
        return unheaded
    return [] if outer is not None else [c for c in columns if c.look == "words" and c.kind in ("text", "unknown")]


def _rows_named(parts: Parts, column: int) -> int:
    """How many rows with numbers a column names in words; references are no names."""
    return sum(
        1
        for _, row in parts.body
        if sum(c.isalpha() for c in row[column]) >= FEWEST_LETTERS
        and not _REFERENCE.fullmatch(row[column])
        and any(parse_amount(text) is not None for text in row)
    )
