"""One document in four formats: what each must have, whatever texts come from papers."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pdfplumber
import pypdfium2
import pytest
from docx.oxml.ns import qn
from lxml import html as page

from qippctl.reports.document import (
    Bullets,
    Cell,
    Document,
    Heading,
    Paragraph,
    Particulars,
    Picture,
    Suffix,
    Table,
    TableColumn,
    render,
)
from qippctl.reports.document.model import COLOURS

HOSTILE = "=cmd|'/c calc'!A1 <script>alert(1)</script> \x00\x0b\x1b[31m & {{ 7*7 }} {% include '/etc/passwd' %} | # \u202eevil"
COLUMNS = (TableColumn("Scheme", weight=3), TableColumn("£000", "right"), TableColumn("RAG"))
SUFFIXES: tuple[Suffix, ...] = ("md", "html", "docx", "pdf")


def png(wide: int = 40, high: int = 20) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (wide, high), "white").save(out, "PNG")
    return out.getvalue()


def made(rows: int = 3, text: str = "Prescribing", **rest: Any) -> Document:
    blocks = (
        Particulars((("Body", text), ("Meeting", "12 May 2015"))),
        Heading("1. Headline"),
        Paragraph("The answer.", "lead"),
        Bullets((text, "second")),
        Table(
            "Schemes",
            COLUMNS,
            tuple((Cell(f"{text} {k}"), Cell("-952.1"), Cell("R Red", "red")) for k in range(rows)),
            frozenset({rows - 1}),
        ),
        Heading("Part", 2),
        Picture("The year", f"A line that falls: {text}", png()),
        Paragraph("How to read it.", "note"),
    )
    known = {"date": "2015-05-12", "footer": "Report", **rest}
    return Document("Savings report", "Body, M11", "Body", blocks, **known)


def opened(document: Document) -> Any:
    return docx.Document(io.BytesIO(render(document, "docx")))  # type: ignore[arg-type]


def pages_of(document: Document) -> list[str]:
    with pdfplumber.open(io.BytesIO(render(document, "pdf"))) as found:  # type: ignore[arg-type]
        return [sheet.extract_text() for sheet in found.pages]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_document_is_the_same_bytes(suffix: Suffix) -> None:
    assert render(made(), suffix) == render(made(), suffix)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_hostile_text_breaks_nothing_and_runs_nothing(suffix: Suffix) -> None:
    content = render(made(text=HOSTILE, draft=True), suffix)
    if suffix == "md":
        assert "<script" not in str(content) and "\x1b" not in str(content)
    elif suffix == "html":
        root = page.fromstring(content)
        assert root.xpath("//script") == [] and not re.search(r"\son\w+=", str(content).split("</style>")[1])
        assert "{{ 7*7 }}" in root.text_content()
    elif suffix == "docx":
        text = "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)  # type: ignore[arg-type]
        assert "<script>alert(1)</script>" in text and "\u202e" not in text and "\x0b" not in text
    else:
        assert "alert(1)" in "\n".join(pages_of(made(text=HOSTILE)))


# ---- Markdown --------------------------------------------------------------------------------------------------------


def test_a_paragraph_of_markdown_never_begins_a_list_or_heading() -> None:
    blocks = tuple(Paragraph(text) for text in ("# not", "- not", "> not", "+ not"))
    lines = str(render(Document("T", "S", "B", blocks), "md")).splitlines()
    assert lines[2::2] == ["\\# not", "\\- not", "&gt; not", "\\+ not"]


def test_a_picture_is_told_in_words() -> None:
    assert "A line that falls: Prescribing" in str(render(made(), "md"))


# ---- HTML ------------------------------------------------------------------------------------------------------------


def test_html_is_accessible_and_fetches_nothing() -> None:
    text = str(render(made(draft=True), "html"))
    root = page.fromstring(text)
    assert root.get("lang") == "en-GB" and root.xpath("//title/text()") == ["Savings report"]
    assert [h.tag for h in root.xpath("//h1|//h2|//h3")] == ["h1", "h2", "h3"]
    (table,) = root.xpath("//table")
    assert table.xpath("./caption/text()") == ["Table 1. Schemes"]
    assert [th.get("scope") for th in table.xpath("./thead//th")] == ["col"] * 3
    assert [th.get("scope") for th in table.xpath("./tbody//th")] == ["row"] * 3
    assert root.xpath("//img/@alt") == ["A line that falls: Prescribing"]
    assert "DRAFT" in root.xpath("string(//p[1])")
    fetched = root.xpath("//*/@src|//link/@href|//a/@href")
    assert fetched and all(one.startswith("data:") for one in fetched)
    assert root.xpath("//script|//iframe|//object") == [] and "url(" not in text
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy[0].startswith("default-src 'none'")


def luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (0, 2, 4)]
    red, green, blue = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tone", COLOURS)
def test_small_print_on_a_colour_can_be_read(tone: Any) -> None:
    dark, light = sorted(luminance(colour) for colour in COLOURS[tone])
    assert (light + 0.05) / (dark + 0.05) >= 4.5


# ---- Word ------------------------------------------------------------------------------------------------------------


def test_word_has_real_styles_captions_and_language() -> None:
    found = opened(made(draft=True))
    styles = [p.style.name for p in found.paragraphs]
    assert styles[:2] == ["Warning", "Title"]
    assert [p.text for p in found.paragraphs if p.style.name == "Heading 1"] == ["1. Headline"]
    assert [p.text for p in found.paragraphs if p.style.name == "Heading 2"] == ["Part"]
    captions = [p for p in found.paragraphs if p.style.name == "Caption"]
    assert [p.text for p in captions] == ["Table 1. Schemes", "Figure 1. The year"]
    fields = [e.text.strip() for p in captions for e in p._p.iter(qn("w:instrText"))]
    assert fields == ["SEQ Table \\* ARABIC", "SEQ Figure \\* ARABIC"]
    assert [p.style.name for p in found.paragraphs if p.text == "second"] == ["List Bullet"]
    lang = found.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang"))
    assert [one.get(qn("w:val")) for one in lang] == ["en-GB"]


def test_word_repeats_heading_rows_and_parts_no_row() -> None:
    table = opened(made()).tables[1]
    heads = [row._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False, False]
    assert all(row._tr.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [cell.text for cell in table.rows[1].cells] == ["Prescribing 0", "-952.1", "R Red"]
    assert table.rows[1].cells[1].paragraphs[0].alignment == 2
    shade = table.rows[1].cells[2]._tc.find(qn("w:tcPr")).find(qn("w:shd"))
    assert shade.get(qn("w:fill")) == "D5281B"


def test_word_has_alt_text_page_numbers_and_fixed_properties() -> None:
    document = made(draft=True)
    found = opened(document)
    assert [s._inline.docPr.get("descr") for s in found.inline_shapes] == ["A line that falls: Prescribing"]
    footer = [e.text.strip() for e in found.sections[0].footer._element.iter(qn("w:instrText"))]
    assert footer == ["PAGE", "NUMPAGES"]
    assert "DRAFT" in found.sections[0].header.paragraphs[0].text
    said = found.core_properties
    assert (said.title, said.author, said.language) == ("Savings report", "Body", "en-GB")
    assert said.created == said.modified and f"{said.created:%Y-%m-%d %H:%M}" == "2015-05-12 00:00"
    with zipfile.ZipFile(io.BytesIO(render(document, "docx"))) as package:  # type: ignore[arg-type]
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_word_s_parts_stand_in_the_order_of_the_schema() -> None:
    """Word repairs, or refuses, tables whose properties stand in another order."""
    order = [
        "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc",
        "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription",
    ]  # fmt: skip
    cell = ["cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign"]
    for table in opened(made()).tables:
        names = [child.tag.split("}")[1] for child in table._tbl.tblPr]
        assert names == sorted(names, key=order.index)
        for properties in table._tbl.iter(qn("w:tcPr")):
            own = [child.tag.split("}")[1] for child in properties]
            assert own == sorted(own, key=cell.index)


# ---- PDF -------------------------------------------------------------------------------------------------------------


def test_pdf_has_title_language_outline_and_page_numbers() -> None:
    document = made(rows=90, draft=True)
    content = render(document, "pdf")
    assert isinstance(content, bytes) and b"/Lang (en-GB)" in content
    found = pypdfium2.PdfDocument(content)
    assert found.get_metadata_value("Title") == "Savings report"
    outline = [(one.level, one.get_title()) for one in found.get_toc()]
    assert outline == [(0, "1. Headline"), (1, "Part")]
    pages = pages_of(document)
    assert len(pages) > 2
    assert all(f"Page {k} of {len(pages)}" in text for k, text in enumerate(pages, 1))
    assert all("DRAFT" in text for text in pages)


def test_pdf_repeats_heading_rows() -> None:
    pages = pages_of(made(rows=90))
    assert all("Scheme £000 RAG" in text for text in pages[:-1])


def test_a_row_that_names_a_group_stays_with_the_next() -> None:
    rows = [tuple(Cell(text) for text in (f"Row {k}", "1", "-")) for k in range(120)]
    for k in range(0, 120, 4):
        rows[k] = (Cell(f"Group {k}"), Cell(""), Cell(""))
    table = Table("T", COLUMNS, tuple(rows), frozenset(range(0, 120, 4)))
    document = Document("T", "S", "B", (table,))
    lasts = [
        [line for line in text.splitlines() if line.startswith(("Row", "Group"))][-1] for text in pages_of(document)
    ]
    assert len(lasts) > 1 and all(line.startswith("Row") for line in lasts)
    (found,) = opened(document).tables
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in found.rows]
    assert kept[1:6] == [True, None, None, None, True]


def test_a_row_taller_than_a_page_is_still_printed() -> None:
    long = "word " * 3000
    table = Table("Long", COLUMNS, ((Cell(long), Cell("1"), Cell("")),))
    assert len(pages_of(Document("T", "S", "B", (table,)))) > 1
