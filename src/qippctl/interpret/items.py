"""Packs: several papers for one meeting in one file, parted into the items of its agenda."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qippctl.interpret.cover import CoverReading, cover_of, read_cover
from qippctl.interpret.words import unmarked
from qippctl.models.document import Document, Grid, Prose
from qippctl.models.paper import Cover

LINES_LOOKED_AT = 8
LONGEST_MARK = 60
FEWEST_ITEMS = 2
_MARK = re.compile(
    r"^(?:(?P<kind>agenda item|item|paper|enclosure|enc|attachment|report)\b[\s:.#-]*(?:no\b\.?|number|ref\b\.?)?[\s:.#-]*"
    r"(?P<mark>[0-9]{1,3}(?:[./][0-9]{1,3})?[a-z]?|[A-Z]{1,2}[0-9]{0,2})\b)(?P<rest>.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an agenda: its mark as printed (`Item 7`), its first and last page, and its own cover."""

    mark: str
    first: int
    last: int
    cover: CoverReading

    @property
    def pages(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def items(document: Document, whole: CoverReading) -> list[Item]:
    """The items of a pack in order; none of a single paper. What an item's pages do not say, the pack's cover does."""
    tops = _tops(document)
    starts: list[tuple[int, str]] = []
    for page, lines in tops.items():
        mark = next((found for line in lines if (found := _mark(line)) is not None), None)
        if mark is not None and (not starts or starts[-1][1] != mark):
            starts.append((page, mark))
    if len(starts) < FEWEST_ITEMS:
        return []
    ends = [page - 1 for page, _ in starts[1:]] + [document.page_count]
    return [
        Item(mark, first, last, _cover(document, first, last, whole))
        for (first, mark), last in zip(starts, ends, strict=True)
    ]


def item_covers(document: Document, found: list[Item]) -> tuple[Cover, ...]:
    """A record for each item."""
    out = []
    for item in found:
        own = tuple(block for block in document.blocks if item.first <= block.page <= item.last)
        record = cover_of(replace(document, blocks=own, front=()), item.cover, None)
        pages = item.last - item.first + 1
        out.append(
            record.model_copy(
                update={
                    "item": item.mark,
                    "item_pages": item.pages,
                    "page": item.first,
                    "pages": pages,
                    "printed_pages": {},
                }
            )
        )
    return tuple(out)


def _tops(document: Document) -> dict[int, list[str]]:
    """The first lines of each page, those that most pages repeat left out: a running header begins no item."""
    tops: dict[int, list[str]] = {}
    for page, line in _lines(document):
        lines = tops.setdefault(page, [])
        if len(lines) < LINES_LOOKED_AT:
            lines.append(line)
    repeated = Counter(line for lines in tops.values() for line in dict.fromkeys(lines))
    return {
        page: [line for line in lines if repeated[line] * 2 <= len(tops) or len(tops) < 4]
        for page, lines in tops.items()
    }


def _lines(document: Document) -> Iterator[tuple[int, str]]:
    for block in document.blocks:
        if isinstance(block, Prose):
            for line in block.text.splitlines():
                if text := unmarked(line).strip("* "):
                    yield block.page, text
        else:
            for row in block.rows[:2]:
                text = " ".join(unmarked(cell.text) for cell in row if cell.text)
                if text:
                    yield block.page, text


def _mark(line: str) -> str | None:
    """The mark of an item that a line is: `Agenda item 7`, `Paper C: Finance report`; not `Report to the Board`."""
    found = _MARK.match(line) if len(line) <= LONGEST_MARK else None
    if found is None or (found["kind"].lower() == "report" and not found["mark"][0].isdigit()):
        return None
    if found["mark"].isalpha() and not found["mark"].isupper():
        return None
    rest = found["rest"].strip()
    # `Item 7 was deferred` is a sentence; a title begins with a capital or after a mark.
    if rest and not re.match(r"^[:–—-]|^[A-Z(]", rest):
        return None
    return f"{found['kind'].capitalize()} {found['mark']}"


def _cover(document: Document, first: int, last: int, whole: CoverReading) -> CoverReading:
    blocks: tuple[Prose | Grid, ...] = tuple(block for block in document.blocks if first <= block.page <= last)
    own = read_cover(replace(document, blocks=blocks, front=()))
    return replace(
        own,
        organisation=own.organisation or whole.organisation,
        committee=own.committee or whole.committee,
        meeting=own.meeting or whole.meeting,
        status=own.status or whole.status,
        span=own.span if own.span.start is not None and own.span.month is not None else whole.span,
    )
