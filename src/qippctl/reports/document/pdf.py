"""A document as PDF: title and language, an outline of its headings, heading rows that repeat, page x of y."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from qippctl.reports.document.model import (
    COLOURS,
    Block,
    Bullets,
    Cell,
    Document,
    Heading,
    Paragraph,
    Particulars,
    Picture,
    Table,
    numbered,
)

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable

INK, GREY, BLUE, LINE, SHADE = "#212b32", "#425563", "#005eb8", "#aeb7bd", "#e8edee"
MM = 72 / 25.4
MARGIN = 20 * MM
WIDTH, HEIGHT = 210 * MM, 297 * MM
LEADING = 1.3
PADDING, CELL, SMALL_CELL = 2.5, 8.0, 7.0
# A row taller than this may be parted over pages: it would fit on none.
TALLEST = 0.6 * HEIGHT
# A table that is lower than this is not parted.
SMALL = 0.22 * HEIGHT
# A heading with less room than this below it goes to the next page.
ROOM = 32 * MM


def pdf(document: Document) -> bytes:
    """The .pdf: the same bytes for the same document."""
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    own = document.clean
    _fonts()
    out = io.BytesIO()

    class Paper(BaseDocTemplate):  # type: ignore[misc]
        """Keeps an entry of the outline for each heading."""

        def afterFlowable(self, flowable: Flowable) -> None:
            told = getattr(flowable, "outline", None)
            if told is not None:
                level, text, key = told
                self.canv.bookmarkPage(key)
                self.canv.addOutlineEntry(text, key, level - 1, closed=level > 1)

    made = Paper(
        out,
        pagesize=(WIDTH, HEIGHT),
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=own.title,
        subject=own.subject,
        author=own.organisation,
        creator="qippctl",
        producer="qippctl",
        lang=own.language,
        invariant=1,
        initialFontName=_name(),
    )
    frame = Frame(MARGIN, MARGIN, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN, 0, 0, 0, 0)
    made.addPageTemplates([PageTemplate("page", [frame])])
    made.build(_flowables(own), canvasmaker=_canvas(own))
    return out.getvalue()


# ---- fonts and styles ------------------------------------------------------------------------------------------------


@cache
def _fonts() -> str:
    """The name of the font: one with the letters of all of Europe, where the charts bring it; else reportlab's own."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    plain, bold = "Vera.ttf", "VeraBd.ttf"
    charts = find_spec("matplotlib")
    if charts is not None and charts.origin is not None:
        folder = Path(charts.origin).parent / "mpl-data" / "fonts" / "ttf"
        if (folder / "DejaVuSans.ttf").exists():
            plain, bold = str(folder / "DejaVuSans.ttf"), str(folder / "DejaVuSans-Bold.ttf")
    pdfmetrics.registerFont(TTFont("Paper", plain))
    pdfmetrics.registerFont(TTFont("Paper-Bold", bold))
    pdfmetrics.registerFontFamily("Paper", normal="Paper", bold="Paper-Bold", italic="Paper", boldItalic="Paper-Bold")
    return "Paper"


def _name(*, bold: bool = False) -> str:
    return _fonts() + ("-Bold" if bold else "")


@cache
def _style(name: str) -> ParagraphStyle:
    """size, bold, colour, space before and after, keeps with the next, alignment."""
    from reportlab.lib.enums import TA_LEFT, TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle

    looks: dict[str, tuple[float, bool, str, float, float, bool, int]] = {
        "title": (19, True, INK, 0, 8, False, TA_LEFT),
        "heading1": (13.5, True, BLUE, 14, 5, True, TA_LEFT),
        "heading2": (10.5, True, INK, 10, 4, True, TA_LEFT),
        "": (9.5, False, INK, 0, 5, False, TA_LEFT),
        "lead": (10.5, True, INK, 0, 7, False, TA_LEFT),
        "note": (8, False, GREY, 2, 5, False, TA_LEFT),
        "warning": (13, True, "#d5281b", 0, 5, False, TA_LEFT),
        "caption": (9.5, True, INK, 8, 3, False, TA_LEFT),
        **{
            f"{name}{'-bold' if is_bold else ''}{'-right' if align else ''}": (size, is_bold, INK, 0, 0, False, align)
            for name, size in (("cell", CELL), ("small", SMALL_CELL))
            for is_bold in (False, True)
            for align in (TA_LEFT, TA_RIGHT)
        },
    }
    size, is_bold, colour, before, after, keeps, align = looks[name]
    return ParagraphStyle(
        name or "body",
        fontName=_name(bold=is_bold),
        fontSize=size,
        leading=size * LEADING,
        textColor=colour,
        spaceBefore=before,
        spaceAfter=after,
        keepWithNext=keeps,
        alignment=align,
        splitLongWords=1,
    )


# ---- blocks ----------------------------------------------------------------------------------------------------------


def _flowables(own: Document) -> list[Flowable]:
    out: list[Flowable] = []
    if own.draft:
        out.append(_paragraph("DRAFT", "warning"))
    out.append(_paragraph(own.title, "title"))
    tables, pictures = numbered(own.blocks, Table), numbered(own.blocks, Picture)
    for k, block in enumerate(own.blocks):
        out += _block(block, tables.get(k) or pictures.get(k) or 0, k)
    return out


def _block(block: Block, number: int, place: int) -> list[Flowable]:
    from reportlab.platypus import CondPageBreak, ListFlowable, ListItem, Spacer

    if isinstance(block, Heading):
        made = _paragraph(block.text, f"heading{min(block.level, 2)}")
        made.outline = (min(block.level, 2), block.text, f"h{place}")
        return [CondPageBreak(ROOM), made]
    if isinstance(block, Paragraph):
        return [_paragraph(block.text, block.voice)]
    if isinstance(block, Bullets):
        items = [ListItem(_paragraph(item, ""), leftIndent=12) for item in block.items]
        return [
            ListFlowable(items, bulletType="bullet", start="•", bulletFontName=_name(), bulletFontSize=8, leftIndent=12)
        ]
    if isinstance(block, Particulars):
        return [_particulars(block), Spacer(1, 6)]
    if isinstance(block, Picture):
        caption, image = _paragraph(f"Figure {number}. {block.caption}", "caption"), _picture(block)
        return [CondPageBreak(image.drawHeight + ROOM / 2), caption, image, Spacer(1, 6)]
    caption, grid = _paragraph(f"Table {number}. {block.caption}", "caption"), _table(block)
    # A small table stays whole; of a large one the caption stays with the heading row and the first row.
    grid.wrap(WIDTH - 2 * MARGIN, HEIGHT)
    heights = grid._rowHeights
    kept = sum(heights) if sum(heights) < SMALL else sum(heights[:2])
    first = caption.wrap(WIDTH - 2 * MARGIN, HEIGHT)[1] + kept + MARGIN / 2
    return [CondPageBreak(min(first, TALLEST)), caption, grid, Spacer(1, 6)]


def _paragraph(text: str, style: str) -> Any:
    from reportlab.platypus import Paragraph as Printed

    return Printed(escape(text), _style(style))


def _particulars(block: Particulars) -> Flowable:
    from reportlab.platypus import Table as Grid

    across = WIDTH - 2 * MARGIN
    rows = [[_paragraph(name, "cell-bold"), _paragraph(text, "cell")] for name, text in block.pairs]
    grid = Grid(rows, colWidths=[across * 0.28, across * 0.72])
    grid.setStyle(_lines())
    return grid


def _lines() -> list[tuple[Any, ...]]:
    return [
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ]


def _table(block: Table) -> Any:
    from reportlab.platypus import Table as Grid

    weight = sum(column.weight for column in block.columns)
    widths = [(WIDTH - 2 * MARGIN) * column.weight / weight for column in block.columns]
    small = block.is_wide
    rows = [[_cell(Cell(c.heading), small=small, is_right=c.align == "right", is_strong=True) for c in block.columns]]
    look = [
        *_lines(),
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("LINEBELOW", (0, 0), (-1, 0), 1, GREY),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
    ]
    tallest = 0.0
    for k, row in enumerate(block.rows, 1):
        cells = [
            _cell(cell, small=small, is_right=column.align == "right", is_strong=k - 1 in block.strong)
            for cell, column in zip(row, block.columns, strict=True)
        ]
        rows.append(cells)
        for j, cell in enumerate(row):
            if cell.tone:
                look.append(("BACKGROUND", (j, k), (j, k), f"#{COLOURS[cell.tone][0]}"))
        if block.is_group(k - 1):
            look.append(("NOSPLIT", (0, k), (-1, k + 1)))
        elif k - 1 in block.strong:
            look.append(("LINEABOVE", (0, k), (-1, k), 1, GREY))
        tallest = max(tallest, *(c.wrap(w - 2 * PADDING, HEIGHT)[1] for c, w in zip(cells, widths, strict=True)))
    grid = Grid(rows, colWidths=widths, repeatRows=1, splitByRow=1, splitInRow=1 if tallest > TALLEST else 0)
    grid.setStyle(look)
    return grid


def _cell(cell: Cell, *, small: bool, is_right: bool, is_strong: bool) -> Any:
    style = (
        ("small" if small else "cell") + ("-bold" if is_strong or cell.tone else "") + ("-right" if is_right else "")
    )
    if not cell.tone:
        return _paragraph(cell.text, style)
    from reportlab.platypus import Paragraph as Printed

    return Printed(f'<font color="#{COLOURS[cell.tone][1]}">{escape(cell.text)}</font>', _style(style))


def _picture(block: Picture) -> Any:
    from reportlab.platypus import Image

    image = Image(io.BytesIO(block.png))
    scale = min((WIDTH - 2 * MARGIN) / image.imageWidth, 0.5 * HEIGHT / image.imageHeight)
    image.drawWidth, image.drawHeight = image.imageWidth * scale, image.imageHeight * scale
    image.hAlign = "LEFT"
    return image


# ---- pages -----------------------------------------------------------------------------------------------------------


def _canvas(own: Document) -> Callable[..., Any]:
    """A sheet that is numbered when all are there: page x of y."""
    from reportlab.pdfgen.canvas import Canvas

    class Numbered(Canvas):  # type: ignore[misc]
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for page in self._kept:
                self.__dict__.update(page)
                self._furnish(len(self._kept))
                super().showPage()
            super().save()

        def _furnish(self, pages: int) -> None:
            self.setFont(_name(), 8)
            self.setFillColor(GREY)
            self.drawString(MARGIN, HEIGHT - MARGIN * 0.65, own.organisation)
            self.drawString(MARGIN, MARGIN * 0.55, own.footer)
            self.drawRightString(WIDTH - MARGIN, MARGIN * 0.55, f"Page {self._pageNumber} of {pages}")
            if own.draft:
                self.setFont(_name(bold=True), 9)
                self.setFillColor("#d5281b")
                self.drawRightString(WIDTH - MARGIN, HEIGHT - MARGIN * 0.65, "DRAFT")

    return Numbered
