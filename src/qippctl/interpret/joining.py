"""Tables that go on: over a page break, or after a blank line that a conversion left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from qippctl.interpret.headings import part
from qippctl.interpret.words import unmarked
from qippctl.models.document import Grid, Prose

LONGEST_RUNNING = 200
FEWEST_PAGES = 3
EDGE = 2
_MONEY = re.compile(r"[£$€]|\b(?:thousands?|millions?|pounds)\b", re.IGNORECASE)
_DATE = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/(?:20)?[0-9]{2}$")


def running_lines(blocks: Iterable[Prose | Grid]) -> frozenset[str]:
    """The lines that stand first or last on most pages: headers and footers. None where there are few pages.

    A line that names money says something of the tables under it, however often it is printed.
    """
    pages: dict[int, list[Prose | Grid]] = {}
    for block in blocks:
        pages.setdefault(block.page, []).append(block)
    edges = Counter(
        text
        for own in pages.values()
        for text in {unmarked(b.text) for b in (*own[:EDGE], *own[-EDGE:]) if isinstance(b, Prose)}
        if len(text) <= LONGEST_RUNNING and not _MONEY.search(text)
    )
    return frozenset(text for text, count in edges.items() if count >= FEWEST_PAGES and count * 3 > len(pages) * 2)


def joined(blocks: Iterable[Prose | Grid], running: frozenset[str] = frozenset()) -> Iterator[Prose | Grid]:
    """The blocks of a document with each continued table put together at the place where it starts.

    A table goes on in the next one when nothing but page furniture stands between them, both have the same number of
    columns, and the next has no headings or repeats those of the first. Its rows keep their own pages.
    """
    open_grid: Grid | None = None
    waiting: list[Prose] = []
    for block in blocks:
        if isinstance(block, Prose):
            if open_grid is None:
                yield block
            elif is_furniture(block) or unmarked(block.text) in running:
                waiting.append(block)
            else:
                yield open_grid
                open_grid = None
                yield from waiting
                waiting = []
                yield block
            continue
        if open_grid is not None and _continues(open_grid, block):
            open_grid = _together(open_grid, block)
            continue
        if open_grid is not None:
            yield open_grid
            yield from waiting
            waiting = []
        open_grid = block
    if open_grid is not None:
        yield open_grid
    yield from waiting


def is_furniture(block: Prose) -> bool:
    """A page number, beside it perhaps a date, or nothing at all."""
    text = _DATE.sub("", unmarked(block.text).lower()).removeprefix("page").strip(" -|")
    return not text or text.replace(" of ", "").replace("/", "").isdigit()


def _continues(first: Grid, second: Grid) -> bool:
    if second.continues:
        return first.width == second.width  # its reader knew it by its place on the page
    if first.width != second.width or first.method != second.method or first.width < 3:
        return False
    parts = part(second)
    heading = list(second.texts()[: parts.heading_rows])
    before = part(first)
    if before.heading_rows == 0:
        return False
    return not heading or heading == first.texts()[len(before.titles) : before.heading_rows]


def _together(first: Grid, second: Grid) -> Grid:
    pages = [first.page_of(i) for i in range(len(first.rows))] + [second.page_of(i) for i in range(len(second.rows))]
    return replace(first, rows=first.rows + second.rows, row_pages=tuple(pages))
