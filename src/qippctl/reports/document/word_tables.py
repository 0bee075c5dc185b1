"""Tables of a Word document, written as XML at once: a cell at a time through python-docx takes a hundred times as long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from qippctl.reports.document.model import COLOURS, Cell, Particulars, Table

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

TEXT, SMALL_TEXT = "TableText", "SmallTableText"
HEAD_SHADE, LINE = "E8EDEE", "AEB7BD"
TWIPS_OF_MM = 1440 / 25.4
# A table of fewer characters than this is not parted.
SMALL = 600
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@dataclass(frozen=True, slots=True)
class _Look:
    """How a cell is printed."""

    width: int
    style: str = TEXT
    is_right: bool = False
    is_strong: bool = False
    is_kept: bool = False
    shade: str | None = None


def table(block: Table, millimetres: float) -> BaseOxmlElement:
    """A table with a heading row that repeats on each page; no row is parted."""
    weight = sum(column.weight for column in block.columns)
    widths = [round(millimetres * TWIPS_OF_MM * column.weight / weight) for column in block.columns]
    style = SMALL_TEXT if block.is_wide else TEXT
    rights = [column.align == "right" for column in block.columns]
    is_kept = sum(len(cell.text) for row in block.rows for cell in row) < SMALL
    last = len(block.rows) - 1

    def rows() -> Iterator[str]:
        looks = [_Look(w, style, r, True, is_kept, HEAD_SHADE) for w, r in zip(widths, rights, strict=True)]
        yield _row([Cell(column.heading) for column in block.columns], looks, is_head=True)
        for k, row in enumerate(block.rows):
            strong, kept = k in block.strong, (is_kept and k < last) or block.is_group(k)
            yield _row(row, [_Look(w, style, r, strong, kept) for w, r in zip(widths, rights, strict=True)])

    return _made(widths, rows(), block.caption, first_row=True)


def particulars(block: Particulars, millimetres: float) -> BaseOxmlElement:
    """Names and what belongs to each: two columns without a heading row."""
    widths = [round(millimetres * TWIPS_OF_MM * share) for share in (0.28, 0.72)]
    looks = [_Look(widths[0], is_strong=True), _Look(widths[1])]
    rows = (_row((Cell(name), Cell(text)), looks) for name, text in block.pairs)
    return _made(widths, rows, "Particulars of the paper", first_row=False)


def _made(widths: Sequence[int], rows: Iterator[str], description: str, *, first_row: bool) -> BaseOxmlElement:
    """A table; its properties stand in the order of the schema, else Word refuses it."""
    from docx.oxml import parse_xml

    lines = "".join(
        f'<w:{side} w:val="{"single" if side in ("top", "bottom", "insideH") else "nil"}" w:sz="4" w:space="0" w:color="{LINE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    gaps = "".join(f'<w:{side} w:w="70" w:type="dxa"/>' for side in ("left", "right"))
    properties = (
        f'<w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{gaps}</w:tblCellMar>'
        f'<w:tblLook w:firstRow="{int(first_row)}" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/><w:tblDescription w:val={quoteattr(description)}/>'
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return parse_xml(
        f"<w:tbl {_NAMESPACE}><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(cells: Sequence[Cell], looks: Sequence[_Look], *, is_head: bool = False) -> str:
    head = "<w:tblHeader/>" if is_head else ""
    inside = "".join(_cell(cell, look) for cell, look in zip(cells, looks, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{inside}</w:tr>"


def _cell(cell: Cell, look: _Look) -> str:
    back, front = COLOURS[cell.tone] if cell.tone else (look.shade, None)
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{back.upper()}"/>' if back else ""
    bold = "<w:b/>" if look.is_strong or cell.tone else ""
    colour = f'<w:color w:val="{front.upper()}"/>' if front else ""
    placed = ("<w:keepNext/>" if look.is_kept else "") + ('<w:jc w:val="right"/>' if look.is_right else "")
    run = (
        f'<w:r><w:rPr>{bold}{colour}</w:rPr><w:t xml:space="preserve">{escape(cell.text)}</w:t></w:r>'
        if cell.text
        else ""
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{look.width}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{look.style}"/>{placed}</w:pPr>{run}</w:p></w:tc>'
    )
