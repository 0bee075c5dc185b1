"""Papers as PDF: ruled tables, joined cells without a line through them, page numbers of a pack."""

from __future__ import annotations

import html
from functools import partial
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as PdfTable

from making.blocks import FIGURE, Page, Paper, Table, is_strong, paragraphs, spans

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13.5, spaceAfter=7)
STYLES = {
    "": BODY,
    "!": ParagraphStyle("cover", BODY, fontName="Helvetica-Bold", fontSize=13, leading=18, alignment=TA_CENTER),
    "#": ParagraphStyle("h1", BODY, fontName="Helvetica-Bold", fontSize=12, leading=16, spaceBefore=8, keepWithNext=1),
    "##": ParagraphStyle("h2", BODY, fontName="Helvetica-Bold", spaceBefore=4, keepWithNext=1),
    "-": ParagraphStyle("bullet", BODY, leftIndent=16, bulletIndent=4),
}
CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=7.5, leading=9)


def write_pdf(path: Path, paper: Paper) -> None:
    """Write a paper as a PDF with ruled tables; joined cells have no line through them."""
    upright, sideways = A4, landscape(A4)
    pages = []
    for name, (width, height) in (("upright", upright), ("sideways", sideways)):
        frame = Frame(48, 48, width - 96, height - 96, 0, 0, 0, 0)
        pages.append(PageTemplate(name, frame, partial(_foot, first=paper.first_page), pagesize=(width, height)))
    document = BaseDocTemplate(str(path), pageTemplates=pages, title=paper.title, author=paper.author, invariant=1)
    flow: list[Flowable] = []
    room = upright[0] - 96
    for block in paper.blocks:
        if isinstance(block, Page):
            room = (sideways if block.sideways else upright)[0] - 96
            flow += [NextPageTemplate("sideways" if block.sideways else "upright"), PageBreak()]
        elif isinstance(block, Table):
            flow += [_pdf_table(block, room), Spacer(1, 10)]
        else:
            flow += [Paragraph(_escaped(t), STYLES[m], "•" if m == "-" else None) for m, t in paragraphs(block)]
    document.build(flow)


def _foot(canvas: Canvas, document: BaseDocTemplate, first: int) -> None:
    """The page number, counted on from the pack that the paper was bound into."""
    canvas.setFont("Helvetica", 9)
    canvas.drawCentredString(canvas._pagesize[0] / 2, 26, str(document.page + first - 1))


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _pdf_table(table: Table, room: float) -> PdfTable:
    commands: list[tuple[object, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("FONT", (0, 0), (-1, -1), CELL.fontName, CELL.fontSize, CELL.leading),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    if table.heads:
        commands.append(("BACKGROUND", (0, 0), (-1, table.heads - 1), colors.HexColor("#dde3ea")))
    commands += [("SPAN", (c, r), (right, down)) for r, c, down, right in spans(table)]
    cells = [[_pdf_cell(table, r, cell) for cell in row] for r, row in enumerate(table.rows)]
    widths = [room * width / sum(table.widths) for width in table.widths]
    return PdfTable(cells, widths, repeatRows=table.heads, style=commands, spaceBefore=4)


def _pdf_cell(table: Table, r: int, text: str) -> Paragraph | str:
    if text in ("", "<", "^"):
        return ""
    face = "Helvetica-Bold" if is_strong(table, r) else "Helvetica"
    return Paragraph(_escaped(text), ParagraphStyle("cell", CELL, fontName=face, alignment=_pdf_side(table, r, text)))


def _pdf_side(table: Table, r: int, text: str) -> int:
    if r < table.heads:
        return TA_CENTER
    return TA_RIGHT if FIGURE.fullmatch(text) else CELL.alignment
