"""Plain text: tab-separated tables amid prose, Markdown tables, and remnants of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qippctl.errors import LimitError
from qippctl.models.document import Document, Grid, Page, Prose, grid_of
from qippctl.readers.isolation import Limits
from qippctl.readers.pages import Pages, chosen, front

_Rows = list[list[str]]

# A single hyphen needs its colon: dashes alone may be the figures of a row.
_RULE = r"(?::-++:?|-{2,}+:?|-:)\s*+"
_SEPARATOR = re.compile(rf"^\s*+\|?\s*+{_RULE}(?:\|\s*+{_RULE})*+\|?\s*$")
_BAR = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_HEADING_MARK = re.compile(r"^#{1,6}\s+")
_RULE_ROW = re.compile(r"^[-\s\t=]+$")


def read_text(
    name: str,
    sha256: str,
    content: str,
    media_type: str,
    selection: Pages | None = None,
    limits: Limits | None = None,
) -> Document:
    """A text as prose and grids. A form feed ends a page; without any the text is one page."""
    pages = content.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\f").split("\f")
    limits = limits or Limits()
    wanted = chosen(selection, len(pages), limits.pages)
    return Document(
        name,
        sha256,
        media_type,
        len(pages),
        tuple(map(Page, wanted)),
        tuple(_placed(pages, wanted, limits)),
        front=tuple(_placed(pages, front(wanted, len(pages)), limits)),
    )


def holds_markdown_table(content: str) -> bool:
    """Whether a Markdown table stands anywhere in a text."""
    lines = content.split("\n")
    return any(_is_markdown(lines, i) for i in range(len(lines)))


def _placed(pages: list[str], wanted: list[int], limits: Limits) -> Iterator[Prose | Grid]:
    cells = 0
    for number in wanted:
        for method, block in _blocks(pages[number - 1]):
            if isinstance(block, str):
                yield Prose(block, number)
                continue
            cells += len(block) * max(map(len, block), default=0)
            # Before the grid is made: one long line among many short ones would make a vast one.
            if cells > limits.cells:
                raise LimitError(
                    f"has more than {limits.cells} table cells; choose pages with --pages, or raise QIPPCTL_MAX_CELLS"
                )
            yield grid_of(block, page=number, method=method)


def _blocks(text: str) -> Iterator[tuple[str, str | _Rows]]:
    """Lines of prose, and tables as rows, each with how it is known."""
    lines = text.split("\n")
    i = 0
    while i < len(lines):
        if _is_markdown(lines, i):  # first, as its bars may be set out with tabs
            end = _run(lines, i, lambda line: "|" in line)
            yield "markdown", [_cells(line) for line in lines[i:end] if not _SEPARATOR.match(line)]
            i = end
        elif "\t" in lines[i]:
            end = _run(lines, i, lambda line: "\t" in line)
            yield "tabs", [line.split("\t") for line in lines[i:end] if not _is_rule(line)]
            i = end
        else:
            if lines[i].strip():
                yield "line", _HEADING_MARK.sub("", lines[i].strip())
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
    """The cells of a Markdown row as they show: a bar, bracket or minus behind a backslash is itself."""
    cells = _BAR.split(line.strip())
    inner = cells[0 if cells[0].strip() else 1 :]
    if len(inner) > 1 and not inner[-1].strip():
        inner.pop()
    return [_ESCAPED.sub(r"\1", _BREAK.sub("\n", cell)).strip() for cell in inner]
