"""Plain text: tab-separated tables amid prose, Markdown tables, and remnants of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qippctl.models.document import Document, Grid, Page, Prose, grid_of

_SEPARATOR = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_HEADING_MARK = re.compile(r"^#{1,6}\s+")
_RULE_ROW = re.compile(r"^[-\s\t=]+$")


def read_text(name: str, sha256: str, content: str, media_type: str) -> Document:
    """A text as prose and grids. A form feed starts a page; without any the text is one page."""
    pages = content.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    blocks = tuple(block for number, page in enumerate(pages, 1) for block in _blocks(page, number))
    return Document(name, sha256, media_type, len(pages), tuple(Page(n) for n in range(1, len(pages) + 1)), blocks)


def _blocks(text: str, page: int) -> Iterator[Prose | Grid]:
    lines = text.split("\n")
    i = 0
    while i < len(lines):
        if "\t" in lines[i]:
            end = _run(lines, i, lambda line: "\t" in line)
            yield grid_of([line.split("\t") for line in lines[i:end] if not _is_rule(line)], page=page)
            i = end
        elif _is_markdown(lines, i):
            end = _run(lines, i, lambda line: "|" in line)
            rows = [_cells(line) for line in lines[i:end] if not _SEPARATOR.match(line)]
            yield grid_of(rows, page=page, method="markdown")
            i = end
        else:
            if lines[i].strip():
                yield Prose(_HEADING_MARK.sub("", lines[i].strip()), page)
            i += 1


def _run(lines: list[str], start: int, belongs) -> int:  # type: ignore[no-untyped-def]
    end = start
    while end < len(lines) and belongs(lines[end]):
        end += 1
    return end


def _is_rule(line: str) -> bool:
    """A line of hyphens that a conversion drew below a heading: dashes in a single cell, the others empty."""
    cells = [cell.strip() for cell in line.split("\t")]
    return (
        bool(_RULE_ROW.match(line))
        and any(len(cell) >= 3 for cell in cells)
        and all(len(cell) >= 2 or not cell for cell in cells)
    )


def _is_markdown(lines: list[str], i: int) -> bool:
    return "|" in lines[i] and i + 1 < len(lines) and "|" in lines[i + 1] and bool(_SEPARATOR.match(lines[i + 1]))


def _cells(line: str) -> list[str]:
    bare = line.strip().removeprefix("|").removesuffix("|")
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", bare)]
