"""The blocks of a text paper set as Word, Excel and PowerPoint files: no cell merged, nothing added."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from pptx import Presentation
from pptx.table import _Cell

from qippctl.models.document import Document, Grid, Prose

LINE, SLIDE = 120_000, 3_000_000


def as_word(paper: Document, path: Path) -> None:
    document = docx.Document()
    for block in paper.blocks:
        if isinstance(block, Prose):
            document.add_paragraph(block.text)
            continue
        cells = document.add_table(rows=len(block.rows), cols=block.width)._cells
        for i, row in enumerate(block.rows):
            for j, cell in enumerate(row):
                if cell.text:
                    cells[i * block.width + j].text = cell.text
        document.add_paragraph("")
    document.save(str(path))


def as_workbook(paper: Document, path: Path) -> None:
    """All on one sheet, a blank row between one block and the next."""
    book = openpyxl.Workbook()
    sheet = book.active
    at = 1
    for block in paper.blocks:
        rows = [[block.text]] if isinstance(block, Prose) else block.texts()
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                if text:
                    cell = sheet.cell(at + i, j + 1, ILLEGAL_CHARACTERS_RE.sub("", text))
                    cell.data_type = "s"
        at += len(rows) + 1
    book.save(path)


def as_slides(paper: Document, path: Path) -> None:
    """A new slide where one is full."""
    talk = Presentation()
    slide, top = talk.slides.add_slide(talk.slide_layouts[6]), 0
    for block in paper.blocks:
        if top > (SLIDE if isinstance(block, Grid) else 2 * SLIDE):
            slide, top = talk.slides.add_slide(talk.slide_layouts[6]), 0
        if isinstance(block, Prose):
            slide.shapes.add_textbox(0, top, talk.slide_width, LINE).text_frame.text = block.text
            top += LINE
            continue
        shape = slide.shapes.add_table(len(block.rows), block.width, 0, top, talk.slide_width, LINE * len(block.rows))
        for drawn, row in zip(shape.table._tbl.tr_lst, block.rows, strict=True):
            for place, cell in zip(drawn.tc_lst, row, strict=True):
                if cell.text:
                    _Cell(place, shape.table).text = cell.text
        top += LINE * (len(block.rows) + 1)
    talk.save(str(path))
