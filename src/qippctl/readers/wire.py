"""Documents between the child that reads and the parent that asked: one JSON array a line, a document or a part of one."""

from __future__ import annotations

import json
from typing import Any

from qippctl.models.document import BBox, Cell, Document, Grid, Page, Prose

_PLAIN = Cell()
_COVERED = Cell(covered=True)


def encode(document: Document) -> bytes:
    """A document as one line of JSON."""
    return json.dumps(
        [
            document.name,
            document.sha256,
            document.media_type,
            document.page_count,
            [[page.number, page.printed, page.title, page.hidden, page.state] for page in document.pages],
            [_block(block) for block in document.blocks],
            list(document.notes),
            [_block(block) for block in document.front],
        ],
        ensure_ascii=True,
        separators=(",", ":"),
    ).encode()


def decode(line: bytes) -> Document:
    """The document of a line. Raises ValueError, TypeError or IndexError where it holds none."""
    name, sha256, media_type, count, pages, blocks, notes, front = json.loads(line)
    return Document(
        str(name),
        str(sha256),
        str(media_type),
        int(count),
        tuple(Page(int(n), _text(p), _text(t), bool(h), str(s)) for n, p, t, h, s in pages),  # type: ignore[arg-type]
        tuple(_block_of(block) for block in blocks),
        tuple(str(note) for note in notes),
        tuple(_block_of(block) for block in front),
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _block(block: Prose | Grid) -> list[Any]:
    if isinstance(block, Prose):
        return [block.page, block.text]
    return [
        block.page,
        block.bbox,
        block.method,
        list(block.row_pages),
        list(block.doubts),
        block.continues,
        [[_cell(cell) for cell in row] for row in block.rows],
    ]


def _block_of(data: list[Any]) -> Prose | Grid:
    if len(data) == 2:
        return Prose(str(data[1]), int(data[0]))
    page, bbox, method, row_pages, doubts, continues, rows = data
    return Grid(
        tuple(tuple(_cell_of(cell) for cell in row) for row in rows),
        int(page),
        _box(bbox),
        str(method),
        tuple(int(n) for n in row_pages),
        tuple(str(doubt) for doubt in doubts),
        str(continues),
    )


def _cell(cell: Cell) -> Any:
    """A cell: its text alone where there is nothing else to say of it, else a list, short where it can be."""
    if cell == _PLAIN:
        return 0
    if cell == _COVERED:
        return 1
    short = cell.rowspan == 1 and not cell.fill and cell.score == 1.0 and not cell.mark and not cell.covered
    if short:
        return [cell.text, cell.colspan, cell.bbox]
    return [cell.text, cell.colspan, cell.bbox, cell.covered, cell.mark, cell.rowspan, cell.fill, cell.score]


def _cell_of(data: Any) -> Cell:
    if data == 0:
        return _PLAIN
    if data == 1:
        return _COVERED
    text, colspan, bbox, *rest = data
    if not rest:
        return Cell(str(text), int(colspan), bbox=_box(bbox))
    covered, mark, rowspan, fill, score = rest
    return Cell(str(text), int(colspan), bool(covered), _box(bbox), mark, int(rowspan), str(fill), float(score))


def _box(data: Any) -> BBox | None:
    if data is None:
        return None
    x0, top, x1, bottom = data
    return (float(x0), float(top), float(x1), float(bottom))
