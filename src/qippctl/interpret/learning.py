"""A layout made of what an analyst says of a table's columns: it claims the same table in the papers to come."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import get_args

from qippctl.errors import UsageError
from qippctl.interpret.meanings import without_unit
from qippctl.interpret.words import normal
from qippctl.models.layout import ColumnName, Layout, TextRole
from qippctl.models.paper import ColumnReading, TableReading
from qippctl.period import without_periods

IGNORED = "ignore"
ROLES: tuple[str, ...] = get_args(TextRole)


def column_named(columns: Sequence[ColumnReading], asked: str) -> ColumnReading:
    """The column that a person means: by its number from 1, or by its heading or a part of it that no other has."""
    if asked.isdigit():
        if 1 <= int(asked) <= len(columns):
            return columns[int(asked) - 1]
        raise UsageError(f"there is no column {asked}: the table has {len(columns)}")
    wanted = normal(asked)
    exact = [c for c in columns if wanted in (normal(" ".join(c.heading)), _phrase(c))]
    found = exact or [c for c in columns if wanted and wanted in normal(" ".join(c.heading))]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f'{c.column + 1} "{" ".join(c.heading)}"' for c in (found or columns))
    raise UsageError(
        f'"{asked}" is {"part of several headings" if found else "no heading of the table"}; there are: {known}'
    )


def meaning_named(asked: str) -> str:
    """What a person says that a column holds, checked: `plan.ytd`, `scheme`, `ignore`; UsageError lists what there is."""
    said = asked.strip().lower()
    if said in (IGNORED, *ROLES):
        return said
    try:
        ColumnName.parse(said)
    except ValueError as error:
        raise UsageError(f"{error}; for columns of words: {', '.join(ROLES)}; to leave one alone: {IGNORED}") from error
    return said


def learned(name: str, reading: TableReading, columns: Sequence[ColumnReading], said: Mapping[int, str]) -> Layout:
    """A layout that claims tables with these headings and says what `said` says of its columns, by number from 0.

    Every heading that names a column of the table must stand in a table for it to be claimed; months and years in them
    may change. UsageError says why a layout cannot be made.
    """
    by_index = {c.column: c for c in columns}
    bare = [index for index in said if not _phrase(by_index[index])]
    if bare:
        raise UsageError(f"column {bare[0] + 1} has no heading of words by which a layout could know it again")
    phrases = [p for c in columns if (p := _phrase(c)) and (c.column in said or c.holds not in ("text", "unknown"))]
    groups = tuple(dict.fromkeys((phrase,) for phrase in phrases))
    if not groups:
        raise UsageError("the table has no headings by which a layout could know it again")
    headed: dict[str, list[str]] = {}
    labels: dict[str, list[str]] = {}
    ignored: list[str] = []
    for index, what in said.items():
        heading = _phrase(by_index[index])
        if what == IGNORED:
            ignored.append(heading)
        else:
            (labels if what in ROLES else headed).setdefault(what, []).append(heading)
    return Layout.model_validate(
        {
            "name": name,
            "kind": "schemes",
            "identify": {"headings": groups},
            "columns": headed,
            "labels": labels,
            "ignore": ignored,
        }
    )


def name_for(organisation: str | None, reading: TableReading) -> str:
    """A name for a layout: whose papers, and of what."""
    title = without_unit(without_periods(reading.title or reading.table))
    words = re.findall(r"[a-z0-9]+", f"{organisation or ''} {title}".lower())
    return "-".join(words[:8]) or "learned"


def _phrase(column: ColumnReading) -> str:
    """A heading as a layout compares it: without unit, month and year."""
    return normal(without_periods(without_unit(" ".join(column.heading))))
