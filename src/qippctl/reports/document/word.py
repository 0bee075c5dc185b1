"""A document as Word: its own styles, captions that Word numbers, heading rows that repeat, pictures with their words."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qippctl.reports.document.model import (
    COLOURS,
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
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as WordParagraph

FONT = "Arial"
BODY_POINTS = 10.5
TABLE_POINTS, SMALL_TABLE_POINTS = 9, 8
INK, GREY, BLUE = "212b32", "425563", "005eb8"
# A4 with margins of 2 cm.
PAGE_MM, MARGIN_MM = (210, 297), 20
# What Office writes where no date is kept: the first day that a zip can name.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
NO_DATE = "2000-01-01"
MOST_COMMENT = 255
# A table of fewer characters than this is not parted.
SMALL = 600


def word(document: Document) -> bytes:
    """The .docx: the same bytes for the same document."""
    import docx

    own = document.clean
    made = docx.Document()
    _properties(made, own)
    _styles(made, own.language)
    _page(made, own)
    if own.draft:
        made.add_paragraph("DRAFT", style="Warning")
    made.add_paragraph(own.title, style="Title")
    tables, pictures = numbered(own.blocks, Table), numbered(own.blocks, Picture)
    for k, block in enumerate(own.blocks):
        if isinstance(block, Heading):
            made.add_heading(block.text, level=block.level)
        elif isinstance(block, Paragraph):
            style = {"lead": "Lead", "note": "Note", "warning": "Warning"}.get(block.voice, "Normal")
            made.add_paragraph(block.text, style=style)
        elif isinstance(block, Bullets):
            for item in block.items:
                made.add_paragraph(item, style="List Bullet")
        elif isinstance(block, Particulars):
            _particulars(made, block)
        elif isinstance(block, Table):
            _caption(made, "Table", tables[k], block.caption, keeps=True)
            _table(made, block, f"Table {tables[k]}")
        else:
            _caption(made, "Figure", pictures[k], block.caption, keeps=True)
            _picture(made, block, pictures[k])
    return packed(made)


def packed(made: Any) -> bytes:
    """A Word document as bytes that do not tell when they were made."""
    out = io.BytesIO()
    made.save(out)
    return fixed(out.getvalue())


def fixed(package: bytes) -> bytes:
    """The same package, every member with one date."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as write:
        for member in read.infolist():
            info = zipfile.ZipInfo(member.filename, ZIP_DATE)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0
            write.writestr(info, read.read(member.filename))
    return out.getvalue()


def _properties(made: WordDocument, own: Document) -> None:
    said = made.core_properties
    at = datetime.fromisoformat(own.date or NO_DATE).replace(tzinfo=UTC).replace(tzinfo=None)
    said.title, said.subject, said.author = own.title[:MOST_COMMENT], own.subject[:MOST_COMMENT], own.organisation[:255]
    said.comments, said.keywords, said.last_modified_by = "", "", ""
    said.created = said.modified = at
    said.revision, said.language = 1, own.language
    said.content_status = "Draft" if own.draft else ""


# ---- styles ----------------------------------------------------------------------------------------------------------


def _styles(made: WordDocument, language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    styles = made.styles
    for name in ("Lead", "Note", "Warning", "Table Text", "Small Table Text"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    looks: dict[str, tuple[float, bool, str, float, float]] = {
        "Normal": (BODY_POINTS, False, INK, 0, 6),
        "Title": (22, True, INK, 0, 8),
        "Heading 1": (15, True, BLUE, 16, 6),
        "Heading 2": (12, True, INK, 12, 4),
        "Lead": (12, True, INK, 0, 8),
        "Note": (9, False, GREY, 2, 6),
        "Warning": (14, True, "d5281b", 0, 6),
        "Caption": (BODY_POINTS, True, INK, 10, 4),
        "List Bullet": (BODY_POINTS, False, INK, 0, 4),
        "Table Text": (TABLE_POINTS, False, INK, 1, 1),
        "Small Table Text": (SMALL_TABLE_POINTS, False, INK, 1, 1),
        "Header": (9, False, GREY, 0, 0),
        "Footer": (9, False, GREY, 0, 0),
    }
    for name, (points, is_bold, colour, before, after) in looks.items():
        style = styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(points), is_bold, False
        style.font.color.rgb = RGBColor.from_string(colour.upper())
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        _one_font(style.element)
    for name in ("Heading 1", "Heading 2", "Caption"):
        styles[name].paragraph_format.keep_with_next = True
    _without_rule(styles["Title"].element)
    defaults = styles.element.find(_q("w:docDefaults")).find(_q("w:rPrDefault")).find(_q("w:rPr"))
    lang = defaults.find(_q("w:lang"))
    if lang is None:
        lang = _element("w:lang")
        defaults.append(lang)
    lang.set(_q("w:val"), language)


def _one_font(style: BaseOxmlElement) -> None:
    """Headings of Word's own template take a font of its theme, which would win over the one that is named."""
    fonts = style.find(_q("w:rPr")).find(_q("w:rFonts"))
    for name in list(fonts.attrib):
        if "heme" in name:
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(_q(name), FONT)


def _without_rule(style: BaseOxmlElement) -> None:
    rule = style.find(_q("w:pPr")).find(_q("w:pBdr"))
    if rule is not None:
        rule.getparent().remove(rule)


# ---- the page --------------------------------------------------------------------------------------------------------


def _page(made: WordDocument, own: Document) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    section = made.sections[0]
    section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN_MM)
    width = Mm(PAGE_MM[0] - 2 * MARGIN_MM)
    for part in (section.header, section.footer):
        stops = part.paragraphs[0].paragraph_format.tab_stops
        stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
        # The style has tabs of its own, for a page of another width.
        for stop in part.paragraphs[0].style.paragraph_format.tab_stops:
            own_tabs = stop._tab.getparent()
            own_tabs.remove(stop._tab)
    head = section.header.paragraphs[0]
    head.add_run(own.organisation)
    if own.draft:
        head.add_run("\tDRAFT").bold = True
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{own.footer}\tPage " if own.footer else "\tPage ")
    _field(foot, "PAGE", "1")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES", "1")


def _field(paragraph: WordParagraph, instruction: str, shown: str) -> None:
    """A field that Word works out; until then it shows what we know."""
    for kind, text in (("begin", None), (None, instruction), ("separate", None), ("shown", shown), ("end", None)):
        run = paragraph.add_run()
        if kind in ("begin", "separate", "end"):
            mark = _element("w:fldChar")
            mark.set(_q("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind == "shown":
            run.text = text or ""
        else:
            code = _element("w:instrText")
            code.set(_q("xml:space"), "preserve")
            code.text = f" {text} "
            run._r.append(code)


def _caption(made: WordDocument, label: str, number: int, text: str, *, keeps: bool) -> None:
    paragraph = made.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = keeps
    paragraph.add_run(f"{label} ")
    _field(paragraph, f"SEQ {label} \\* ARABIC", str(number))
    paragraph.add_run(f". {text}")


# ---- tables ----------------------------------------------------------------------------------------------------------


def _particulars(made: WordDocument, block: Particulars) -> None:
    """Names and what belongs to each: a table of two columns without a heading row."""
    width = PAGE_MM[0] - 2 * MARGIN_MM
    table = _grid(made, len(block.pairs), [width * 0.28, width * 0.72], "Particulars of the paper")
    _looks(table, first_row=False)
    for row, (name, text) in zip(table.rows, block.pairs, strict=True):
        _fill(row.cells[0], Cell(name), is_strong=True)
        _fill(row.cells[1], Cell(text))
        _whole(row)
    made.add_paragraph(style="Note")


def _table(made: WordDocument, block: Table, name: str) -> None:
    width = PAGE_MM[0] - 2 * MARGIN_MM
    weight = sum(column.weight for column in block.columns)
    table = _grid(
        made, len(block.rows) + 1, [width * column.weight / weight for column in block.columns], block.caption
    )
    _looks(table, first_row=True)
    cells = table._cells
    across = len(block.columns)
    style = "Small Table Text" if block.is_wide else "Table Text"
    head = table.rows[0]
    repeats = _element("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeats)
    for cell, column in zip(cells[:across], block.columns, strict=True):
        _fill(cell, Cell(column.heading), is_right=column.align == "right", is_strong=True, style=style)
        _shade(cell, "e8edee")
    for k, row in enumerate(block.rows, 1):
        for cell, text, column in zip(cells[k * across : (k + 1) * across], row, block.columns, strict=True):
            _fill(cell, text, is_right=column.align == "right", is_strong=k - 1 in block.strong, style=style)
    for row in table.rows:
        _whole(row)
    if sum(len(cell.text) for row in block.rows for cell in row) < SMALL:
        for cell in cells[: len(block.rows) * across]:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    made.add_paragraph(style="Table Text")


def _grid(made: WordDocument, rows: int, widths: list[float], description: str) -> Any:
    from docx.shared import Mm

    table = made.add_table(rows=rows, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    cells = table._cells
    for k, cell in enumerate(cells):
        cell.width = Mm(widths[k % len(widths)])
    properties = table._tbl.tblPr
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        gap = _element(f"w:{side}")
        gap.set(_q("w:w"), "70")
        gap.set(_q("w:type"), "dxa")
        margins.append(gap)
    said = _element("w:tblDescription")
    said.set(_q("w:val"), description)
    # Word refuses a table whose properties stand in another order than the schema's.
    look, layout = properties.find(_q("w:tblLook")), properties.find(_q("w:tblLayout"))
    for part in (_borders(), layout, margins, look, said):
        if part is not None:
            properties.append(part)
    return table


def _borders() -> BaseOxmlElement:
    """Thin lines under rows, none between columns."""
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = _element(f"w:{side}")
        line.set(_q("w:val"), "single" if side in ("top", "bottom", "insideH") else "nil")
        line.set(_q("w:sz"), "4")
        line.set(_q("w:space"), "0")
        line.set(_q("w:color"), "AEB7BD")
        borders.append(line)
    return borders


def _looks(table: Any, *, first_row: bool) -> None:
    """What of a table is a heading, for those to whom it is read out."""
    look = table._tbl.tblPr.find(_q("w:tblLook"))
    if look is None:
        return
    for name in list(look.attrib):
        del look.attrib[name]
    for name, holds in (("firstRow", first_row), ("lastRow", False), ("firstColumn", True), ("lastColumn", False)):
        look.set(_q(f"w:{name}"), "1" if holds else "0")
    look.set(_q("w:noHBand"), "1")
    look.set(_q("w:noVBand"), "1")


def _fill(
    cell: _Cell, text: Cell, *, is_right: bool = False, is_strong: bool = False, style: str = "Table Text"
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import RGBColor

    paragraph = cell.paragraphs[0]
    paragraph.style = style
    if is_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text.text)
    run.bold = is_strong or None
    if text.tone:
        back, front = COLOURS[text.tone]
        _shade(cell, back)
        run.font.color.rgb = RGBColor.from_string(front.upper())
        run.bold = True


def _shade(cell: _Cell, colour: str) -> None:
    shade = _element("w:shd")
    shade.set(_q("w:val"), "clear")
    shade.set(_q("w:color"), "auto")
    shade.set(_q("w:fill"), colour.upper())
    cell._tc.get_or_add_tcPr().append(shade)


def _whole(row: Any) -> None:
    """A row that stays on one page."""
    properties = row._tr.get_or_add_trPr()
    properties.insert(0, _element("w:cantSplit"))


def _picture(made: WordDocument, block: Picture, number: int) -> None:
    from docx.shared import Mm

    made.add_picture(io.BytesIO(block.png), width=Mm(PAGE_MM[0] - 2 * MARGIN_MM))
    said = made.inline_shapes[-1]._inline.docPr
    said.set("descr", block.alt)
    said.set("name", f"Figure {number}")


def _q(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))


def _element(name: str) -> BaseOxmlElement:
    from docx.oxml import OxmlElement

    return OxmlElement(name)
