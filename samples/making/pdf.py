"""Papers as PDF: ruled tables, joined cells without a line through them, page numbers of a pack."""

from __future__ import annotations

import html
import re
from functools import partial
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.fonts import addMapping
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName
from reportlab.pdfbase.pdfmetrics import Font, registerFont
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

from making.blocks import FIGURE, Page, Paper, Table, is_strong, paint, paragraphs, spans

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13.5, spaceAfter=7)
STYLES = {
    "": BODY,
    "!": ParagraphStyle("cover", BODY, fontName="Helvetica-Bold", fontSize=13, leading=18, alignment=TA_CENTER),
    "#": ParagraphStyle("h1", BODY, fontName="Helvetica-Bold", fontSize=12, leading=16, spaceBefore=8, keepWithNext=1),
    "##": ParagraphStyle("h2", BODY, fontName="Helvetica-Bold", spaceBefore=4, keepWithNext=1),
    "-": ParagraphStyle("bullet", BODY, leftIndent=16, bulletIndent=4),
}
ARROWS = "Arrows"
CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=7.5, leading=9)


def write_pdf(path: Path, paper: Paper) -> None:
    """Write a paper as a PDF with ruled tables; joined cells have no line through them."""
    upright, sideways = A4, landscape(A4)
    pages = []
    for name, (width, height) in (("upright", upright), ("sideways", sideways)):
        frame = Frame(48, 48, width - 96, height - 96, 0, 0, 0, 0)
        pages.append(PageTemplate(name, frame, partial(_edges, paper=paper), pagesize=(width, height)))
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


def _edges(canvas: Canvas, document: BaseDocTemplate, paper: Paper) -> None:
    """The page number, counted on from the pack that the paper was bound into, and the paper's running header."""
    canvas.setFont("Helvetica", 9)
    width, height = canvas._pagesize
    canvas.drawCentredString(width / 2, 26, str(document.page + paper.first_page - 1))
    if paper.header:
        canvas.drawString(48, height - 30, paper.header)


def _escaped(text: str) -> str:
    """Text as reportlab takes it; arrows from a font that has them."""
    plain = html.escape(text, quote=False).replace("¶", "<br/>")
    return re.sub("[↑↓↔]", rf'<font name="{ARROWS}" size="11">\g<0></font>', plain)


class _Arrows(Font):
    """The Symbol font that every viewer has, with the names of its arrows, by which they can be copied as text."""

    def addObjects(self, doc: PDFDocument) -> None:
        super().addObjects(doc)
        drawn = doc.idToObject["BasicFonts"].dict[doc.fontMapping[self.fontName][1:]]
        names = PDFArray([171, "/arrowboth", "/arrowleft", "/arrowup", "/arrowright", "/arrowdown"])
        drawn.Encoding = PDFDictionary({"Type": PDFName("Encoding"), "Differences": names})


registerFont(_Arrows(ARROWS, "Symbol", "SymbolEncoding"))
addMapping(ARROWS, 0, 0, ARROWS)


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
    for r, row in enumerate(table.rows):
        for c in range(len(row)):
            if (ground := paint(table, r, c)) is not None:
                commands.append(("BACKGROUND", (c, r), (c, r), colors.HexColor(f"#{ground}")))
    commands += [("SPAN", (c, r), (right, down)) for r, c, down, right in spans(table)]
    cells = [[_pdf_cell(table, r, c) for c in range(len(row))] for r, row in enumerate(table.rows)]
    widths = [room * width / sum(table.widths) for width in table.widths]
    return PdfTable(cells, widths, repeatRows=table.heads, style=commands, spaceBefore=4)


def _pdf_cell(table: Table, r: int, c: int) -> Paragraph | str:
    text = table.rows[r][c]
    if text in ("", "<", "^"):
        return ""
    face = "Helvetica-Bold" if is_strong(table, r) else "Helvetica"
    return Paragraph(_escaped(text), ParagraphStyle("cell", CELL, fontName=face, alignment=_pdf_side(table, r, c)))


def _pdf_side(table: Table, r: int, c: int) -> int:
    text = table.rows[r][c]
    if r < table.heads or paint(table, r, c) is not None or text in ("↑", "↓", "↔"):
        return TA_CENTER
    return TA_RIGHT if FIGURE.fullmatch(text) else CELL.alignment
