"""Tables of a file as they stand in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qippctl.models.answers import TableAnswer
from qippctl.reports.listing import Block, Column, Listing

_FIGURE = re.compile(r"[-–(£$€+]*[0-9][0-9.,]*[%)mk]*|[-–]")
_WIDEST_FIGURE = 14
_METHODS = {"ruled": "by its rules", "gutters": "by the gaps between its columns"}


def tables(found: Sequence[TableAnswer]) -> Listing:
    """Tables for people, and a record each for scripts; as CSV a line a row, after the id of its table, its page and its
    number."""
    return Listing(found, [_block(table, first=k == 0) for k, table in enumerate(found)], csv_rows=_rows(found))


def _rows(found: Sequence[TableAnswer]) -> list[list[str]]:
    width = max((len(table.rows[0]) for table in found if table.rows), default=0)
    rows = [["table", "page", "row", *(f"column {k}" for k in range(1, width + 1))]]
    rows += [[t.id, str(t.page), str(k), *row] for t in found for k, row in enumerate(t.rows)]
    return rows


def _block(table: TableAnswer, *, first: bool) -> Block:
    about = f"{table.id}, page {table.page}, found {_METHODS.get(table.method, 'as a table of the file')}"
    about += f", goes on from {table.continues}" if table.continues else ""
    about += f"; in doubt: {', '.join(table.doubts)}" if table.doubts else ""
    rows = tuple(tuple(" ".join(text.split()) for text in row) for row in table.rows)
    columns = tuple(column_of([row[k] for row in rows]) for k in range(len(rows[0]) if rows else 0))
    return Block(columns, rows, (about,) if first else ("", about))


def column_of(texts: Sequence[str]) -> Column:
    """Figures stand under each other; the headings of a table are among its rows, so its columns have none of their own."""
    figures = sum(bool(_FIGURE.fullmatch(text)) for text in texts)
    narrow = max(map(len, texts), default=0) <= _WIDEST_FIGURE
    mostly = figures * 2 > sum(map(bool, texts))
    return Column("", "number" if narrow and mostly else "label", flush_right=mostly)
