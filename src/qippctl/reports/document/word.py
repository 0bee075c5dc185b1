"""A document as Word: its own styles, captions that Word numbers, heading rows that repeat, pictures with their words."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qippctl.reports.document import word_tables
from qippctl.reports.document.model import (
    Bullets,
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
    from docx.text.paragraph import Paragraph as WordParagraph

FONT = "Arial"
BODY_POINTS = 10.5
TABLE_POINTS, SMALL_TABLE_POINTS = 9, 8
INK, GREY, BLUE = "212b32", "425563", "005eb8"
# A4 with margins of 2 cm.
PAGE_MM, MARGIN_MM = (210, 297), 20
ACROSS_MM = PAGE_MM[0] - 2 * MARGIN_MM
# What Office writes where no date is kept: the first day that a zip can name.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
NO_DATE = "2000-01-01"
MOST_COMMENT = 255


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
            _placed(made, word_tables.particulars(block, ACROSS_MM), "Note")
        elif isinstance(block, Table):
            _caption(made, "Table", tables[k], block.caption, keeps=True)
            _placed(made, word_tables.table(block, ACROSS_MM), "Table Text")
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
    width = Mm(ACROSS_MM)
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


# ---- tables and pictures ---------------------------------------------------------------------------------------------


def _placed(made: WordDocument, table: BaseOxmlElement, style: str) -> None:
    """A table at the end of the document, and an empty line below it."""
    made.element.body.find(_q("w:sectPr")).addprevious(table)
    made.add_paragraph(style=style)


def _picture(made: WordDocument, block: Picture, number: int) -> None:
    from docx.shared import Mm

    made.add_picture(io.BytesIO(block.png), width=Mm(ACROSS_MM))
    said = made.inline_shapes[-1]._inline.docPr
    said.set("descr", block.alt)
    said.set("name", f"Figure {number}")


def _q(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))


def _element(name: str) -> BaseOxmlElement:
    from docx.oxml import OxmlElement

    return OxmlElement(name)
