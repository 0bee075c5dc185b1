"""Papers as slides: a heading begins a slide, tables are real tables with joined cells, a slide may be kept unshown."""

from __future__ import annotations

import io
from pathlib import Path

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.table import _Cell as SlideCell
from pptx.util import Cm, Pt

from making.blocks import FIGURE, Page, Paper, Table, is_strong, paint, paragraphs, spans
from making.package import without_clock

WIDTH, HEIGHT, EDGE = Cm(33.87), Cm(19.05), Cm(1.4)
TITLE_ONLY = 5
_INK, _HEADING, _PLAIN = RGBColor(0x22, 0x2A, 0x35), RGBColor(0xDD, 0xE3, 0xEA), RGBColor(0xFF, 0xFF, 0xFF)


def write_pptx(path: Path, paper: Paper) -> None:
    """Write a paper as a deck: each `Page` is a slide; its first `#` or `!` line is the slide's title."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    slide, below = _slide(deck), Cm(0)
    for block in paper.blocks:
        if isinstance(block, Page):
            slide, below = _slide(deck), Cm(0)
            if block.hidden:
                slide._element.set("show", "0")
        elif isinstance(block, Table):
            below = _table(slide, block, below or Cm(2.6))
        else:
            below = _prose(slide, block, below or Cm(2.6))
    properties = deck.core_properties
    properties.title, properties.author, properties.last_modified_by = paper.title, paper.author, paper.author
    properties.created = properties.modified = paper.written
    packed = io.BytesIO()
    deck.save(packed)
    path.write_bytes(without_clock(packed.getvalue()))


def _slide(deck: Presentation) -> Slide:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = EDGE, Cm(0.6), WIDTH - 2 * EDGE, Cm(1.8)
    return slide


def _prose(slide: Slide, block: str, top: int) -> int:
    """Put the first heading into the slide's title and the rest into a box; where the next shape may begin."""
    lines = list(paragraphs(block))
    if lines and lines[0][0] in ("#", "!") and not slide.shapes.title.text_frame.text:
        frame = slide.shapes.title.text_frame
        frame.text = lines.pop(0)[1]
        frame.paragraphs[0].font.size, frame.paragraphs[0].alignment = Pt(26), PP_ALIGN.LEFT
    if not lines:
        return top
    deep = Cm(0.95) * len(lines) + Cm(0.4)
    box = slide.shapes.add_textbox(EDGE, top, WIDTH - 2 * EDGE, deep)
    box.text_frame.word_wrap = True
    for i, (mark, text) in enumerate(lines):
        paragraph = box.text_frame.paragraphs[0] if i == 0 else box.text_frame.add_paragraph()
        paragraph.text = f"• {text}" if mark == "-" else text
        paragraph.font.size, paragraph.font.bold = Pt(14), mark in ("!", "#", "##")
    return top + deep


def _table(slide: Slide, table: Table, top: int) -> int:
    deep = Cm(0.72) * len(table.rows)
    room = WIDTH - 2 * EDGE
    drawn = slide.shapes.add_table(len(table.rows), len(table.widths), EDGE, top, room, deep).table
    for column, width in zip(drawn.columns, table.widths, strict=True):
        column.width = int(room * width / sum(table.widths))
    for r, row in enumerate(table.rows):
        drawn.rows[r].height = Cm(0.72)
        for c, text in enumerate(row):
            _fill(drawn.cell(r, c), text, paint(table, r, c), heading=r < table.heads, bold=is_strong(table, r))
    for r, c, down, right in spans(table):
        drawn.cell(r, c).merge(drawn.cell(down, right))
    return top + deep + Cm(0.4)


def _fill(cell: SlideCell, text: str, ground: str | None, *, heading: bool, bold: bool) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(ground) if ground else _HEADING if heading else _PLAIN
    cell.margin_left = cell.margin_right = Cm(0.15)
    cell.margin_top = cell.margin_bottom = Cm(0.05)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    if text in ("", "<", "^"):
        return
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.text = text
    paragraph.font.size, paragraph.font.bold, paragraph.font.color.rgb = Pt(10), bold, _INK
    if heading or ground:
        paragraph.alignment = PP_ALIGN.CENTER
    elif FIGURE.fullmatch(text):
        paragraph.alignment = PP_ALIGN.RIGHT
