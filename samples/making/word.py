"""Papers as Word documents with real tables and joined cells."""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import _Cell as WordCell

from making.blocks import FIGURE, Page, Paper, Table, is_strong, paint, paragraphs, spans
from making.package import without_clock

WORD_STYLES = {"": "Normal", "!": "Title", "#": "Heading 1", "##": "Heading 2", "-": "List Bullet"}


def write_docx(path: Path, paper: Paper) -> None:
    """Write a paper as a Word document with real tables and joined cells."""
    save(compose(paper), path, paper)


def compose(paper: Paper) -> WordDocument:
    """The document of a paper's blocks."""
    document = Document()
    _turn(document.sections[0], sideways=False)
    for block in paper.blocks:
        if isinstance(block, Page):
            _turn(document.add_section(WD_SECTION.NEW_PAGE), sideways=block.sideways)
        elif isinstance(block, Table):
            _word_table(document, block)
        else:
            for mark, text in paragraphs(block):
                document.add_paragraph(text, WORD_STYLES[mark])
    if paper.header:
        document.sections[0].header.paragraphs[0].text = paper.header
    return document


def save(document: WordDocument, path: Path, paper: Paper) -> None:
    """Save a document with the paper's particulars and without the hour."""
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = paper.title, paper.author, paper.author
    properties.created = properties.modified = paper.written
    properties.comments = ""
    packed = io.BytesIO()
    document.save(packed)
    path.write_bytes(without_clock(packed.getvalue()))


def _turn(section: Section, *, sideways: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if sideways else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if sideways else (Mm(210), Mm(297))
    section.left_margin = section.right_margin = Mm(18)


def _word_table(document: WordDocument, table: Table) -> None:
    section = document.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    drawn = document.add_table(len(table.rows), len(table.widths), "Table Grid")
    drawn.autofit = False
    cells = [row.cells for row in drawn.rows]
    for r, row in enumerate(table.rows):
        for c, text in enumerate(row):
            cells[r][c].width = int(room * table.widths[c] / sum(table.widths))
            _fill(cells[r][c], text, bold=is_strong(table, r))
            if (ground := paint(table, r, c)) is not None:
                _shade(cells[r][c], ground)
    for r, c, down, right in spans(table):
        cells[r][c].merge(cells[down][right])
    for row in list(drawn.rows)[: table.heads]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _fill(cell: WordCell, text: str, *, bold: bool) -> None:
    if text in ("", "<", "^"):
        return
    for line, words in enumerate(text.split("¶")):
        paragraph = cell.add_paragraph() if line else cell.paragraphs[0]
        run = paragraph.add_run(words)
        run.bold, run.font.size = bold, Pt(7.5)
    if FIGURE.fullmatch(text):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _shade(cell: WordCell, colour: str) -> None:
    """A ground behind a cell."""
    ground = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        ground.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(ground)
