"""Word: paragraphs and tables in document order, merged cells known, tracked changes as accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from qippctl.errors import LimitError, UnreadableError, UnsupportedError
from qippctl.models.document import Cell, Document, Grid, Page, Prose
from qippctl.readers.isolation import Limits

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_GONE = frozenset(
    {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)


def read_docx(name: str, sha256: str, content: bytes, limits: Limits) -> Document:
    """Read the body of a Word document, whose package was looked at. It has no pages until it is laid out: all is on page 1."""
    try:
        body = docx.Document(io.BytesIO(content)).element.body
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        if "macroEnabled" in str(error):
            raise UnsupportedError("a Word file with macros; save it as .docx") from error
        raise UnreadableError("a damaged Word file; open and save it anew") from error
    blocks: list[Prose | Grid] = []
    cells = 0
    for block in _blocks(body):
        if isinstance(block, Grid):
            cells += len(block.rows) * block.width
        if cells > limits.cells:
            raise LimitError(f"has more than {limits.cells} table cells; raise QIPPCTL_MAX_CELLS to read it")
        blocks.append(block)
    return Document(name, sha256, MEDIA_TYPE, 1, (Page(1),), tuple(blocks))


def _blocks(parent: Any) -> Iterator[Prose | Grid]:
    for element in parent:
        if element.tag == qn("w:p"):
            if text := _text(element).strip():
                yield Prose(text)
        elif element.tag == qn("w:tbl"):
            grid = _grid(element)
            if grid.rows:
                yield grid
        elif element.tag not in _GONE:  # content controls, insertions, custom XML: wrappers of paragraphs and tables
            yield from _blocks(element)


def _text(element: Any) -> str:
    """The text of a paragraph or cell as it stands with all changes accepted."""
    pieces: list[str] = []
    _collect(element, pieces)
    return "".join(pieces)


def _collect(element: Any, pieces: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag in _GONE:
            continue
        if tag == qn("w:t"):
            pieces.append(child.xpath("string()") if len(child) else child.text or "")
        elif tag == qn("w:tab"):
            pieces.append(" ")
        elif tag in (qn("w:br"), qn("w:cr")):
            pieces.append("\n")
        elif tag == qn("w:noBreakHyphen"):
            pieces.append("-")
        elif tag == qn("w:p"):
            if pieces and pieces[-1] != "\n":
                pieces.append("\n")
            _collect(child, pieces)
        elif tag not in (qn("w:pPr"), qn("w:rPr"), qn("w:tcPr"), qn("w:tblPr"), qn("w:trPr")):
            _collect(child, pieces)


def _grid(table: Any) -> Grid:
    """A table by grid columns: `gridSpan` reaches right, `vMerge` down, `gridBefore` leaves columns out."""
    rows: list[list[Cell]] = []
    for row in table.iter(qn("w:tr")):
        if _table_of(row) is not table or row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            continue
        cells = [Cell(covered=True)] * _number(row, "w:trPr", "w:gridBefore", 0)
        for cell in _cells_of(row):
            span = _number(cell, "w:tcPr", "w:gridSpan", 1)
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            if merged is not None and merged.get(qn("w:val"), "continue") == "continue":
                cells += [Cell(covered=True)] * span
            else:
                cells.append(Cell(_text(cell).strip(), colspan=span))
                cells += [Cell(covered=True)] * (span - 1)
        rows.append(cells)
    width = max((len(row) for row in rows), default=0)
    return Grid(tuple(tuple(row) + (Cell(),) * (width - len(row)) for row in rows), method="word")


def _table_of(row: Any) -> Any:
    parent = row.getparent()
    while parent is not None and parent.tag != qn("w:tbl"):
        parent = parent.getparent()
    return parent


def _cells_of(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent")):
            yield from _cells_of(child)


def _number(element: Any, properties: str, name: str, default: int) -> int:
    found = element.find(f"{qn(properties)}/{qn(name)}")
    text = found.get(qn("w:val"), "") if found is not None else ""
    return min(int(text), 200) if text.isdecimal() and int(text) > 0 else default
