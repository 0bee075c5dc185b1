"""Write the sample papers: invented bodies, figures of real papers, words and layout of our own.

    python samples/make_samples.py                            all of them, beside this script
    python samples/make_samples.py fellside-trust-cip-m06.docx

The same bytes come out every time, so a sample changes only when this script does.

A paper is a list of blocks: prose, tables and new pages. Prose is text with blank lines between paragraphs; `! ` begins
a line of the cover, `# ` and `## ` a heading, `- ` a bullet. A table is drawn with `|` between its cells: `<` joins a
cell to the one on its left, `^` to the one above, and a row of one cell runs across the whole table.
"""

from __future__ import annotations

import html
import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import _Cell as WordCell
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

FOLDER = Path(__file__).resolve().parent
FIGURE = re.compile(r"[-–£(]*[0-9][0-9,.]*[)%]*|-")


# ---- blocks --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """Cells as drawn, how many rows are headings, and the relative widths of the columns."""

    rows: tuple[tuple[str, ...], ...]
    heads: int
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Page:
    """A new page, upright or on its side."""

    sideways: bool = False


Block = str | Table | Page


@dataclass(frozen=True)
class Paper:
    """What a writer needs: the blocks, the particulars for the file, and the number printed on the first page."""

    title: str
    author: str
    written: datetime
    blocks: tuple[Block, ...]
    first_page: int = 1


def cut(text: str) -> list[list[str]]:
    """The cells of a drawn table, row by row."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def draw(text: str, heads: int = 1, widths: Sequence[float] = (2,)) -> Table:
    """A table from its drawing; rows are filled up to the widest, and columns without a width get 1."""
    rows = cut(text)
    width = max(map(len, rows))
    full = tuple(tuple(row + ["<" if len(row) == 1 else ""] * (width - len(row))) for row in rows)
    return Table(full, heads, (*widths, *[1.0] * (width - len(widths)))[:width])


def spans(table: Table) -> Iterator[tuple[int, int, int, int]]:
    """Joined cells as first row, first column, last row, last column."""
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if cell in ("<", "^"):
                continue
            right = next((i for i in range(c + 1, len(row)) if row[i] != "<"), len(row)) - 1
            down = next((i for i in range(r + 1, len(table.rows)) if table.rows[i][c] != "^"), len(table.rows)) - 1
            if (right, down) != (c, r):
                yield r, c, down, right


def paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """Each paragraph of a prose block with its mark: `!`, `#`, `##`, `-` or nothing."""
    for piece in re.split(r"\n\s*\n|\n\s*(?=- |! )", text.strip()):
        words = " ".join(piece.split())
        mark, _, rest = words.partition(" ")
        yield (mark, rest) if mark in ("!", "#", "##", "-") else ("", words)


def is_strong(table: Table, r: int) -> bool:
    """Whether a row is printed bold: headings, groups, subtotals and totals."""
    first, *others = table.rows[r]
    return r < table.heads or not first or first.lower().startswith("total") or set(others) == {"<"}


# ---- sums ----------------------------------------------------------------------------------------------------------


def amount(text: str) -> Decimal | None:
    """A printed figure: brackets are a minus, a dash is nought; None for anything else."""
    if text == "-":
        return Decimal(0)
    if not FIGURE.fullmatch(text):
        return None
    value = Decimal(text.strip("()").replace(",", ""))
    return -value if text.startswith("(") else value


def bracketed(value: Decimal) -> str:
    """A figure as printed, with brackets for a minus.

    >>> bracketed(Decimal("-1234.5")), bracketed(Decimal("0.0"))
    ('(1,234.5)', '0.0')
    """
    return f"({-value:,})" if value < 0 else f"{value:,}"


def total(label: str, rows: Sequence[Sequence[str]]) -> list[str]:
    """The row that sums the others, column by column; empty where a column holds no figures."""
    sums = [label]
    for column in list(zip(*rows, strict=True))[1:]:
        figures = [value for cell in column if (value := amount(cell)) is not None]
        sums.append(bracketed(sum(figures, Decimal(0))) if figures else "")
    return sums


def subtotals(text: str) -> list[list[str]]:
    """The rows of a drawing that have no label."""
    return [row for row in cut(text) if not row[0]]


# ---- PDF -----------------------------------------------------------------------------------------------------------

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


# ---- Word ----------------------------------------------------------------------------------------------------------

WORD_STYLES = {"": "Normal", "!": "Title", "#": "Heading 1", "##": "Heading 2", "-": "List Bullet"}


def write_docx(path: Path, paper: Paper) -> None:
    """Write a paper as a Word document with real tables and joined cells."""
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
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = paper.title, paper.author, paper.author
    properties.created = properties.modified = paper.written
    properties.comments = ""
    packed = io.BytesIO()
    document.save(packed)
    path.write_bytes(_without_clock(packed.getvalue()))


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
    for r, c, down, right in spans(table):
        cells[r][c].merge(cells[down][right])
    for row in list(drawn.rows)[: table.heads]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _fill(cell: WordCell, text: str, *, bold: bool) -> None:
    if text in ("", "<", "^"):
        return
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(7.5)
    if FIGURE.fullmatch(text):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _without_clock(packed: bytes) -> bytes:
    """The same zip with every entry dated 1980, so that the hour of writing leaves no trace."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            plain = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            plain.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(plain, source.read(entry))
    return out.getvalue()


# ---- Northmere: delivery monitoring, month 11 of 2014/15 -----------------------------------------------------------

MONITORING = """
QIPP programme | INVESTMENT | < | < | SAVINGS to Month 11 | < | < | < | YEAR-END 2014/15 FORECAST | < | < | <
^ | Planned investment | Investment slippage | Remaining investment | Planned Month 11 savings \
| Actual Month 11 savings | Month 11 variance | Month 11 RAG (Act / Plan) % \
| Planned total QIPP | Forecast total savings | Year-end variance | Year-end RAG (Forecast / Plan) %
^ | £'000 | £'000 | £'000 | £'000 | £'000 | £'000 | | £'000 | £'000 | £'000 |
Primary Medical Care
Prescribing | 0 | 0 | 0 | 1,440.0 | 642.9 | -797.1 | 45% | 1,640 | 643 | -997 | 39%
| | | | 1,440.0 | 642.9 | -797.1 | 45% | 1,640 | 643 | -997 | 39%
Urgent Care in the Community
Step up care (with nursing homes) | 0 | 0 | 0 | 776.6 | 436.0 | -340.6 | 56% | 1,221 | 436 | -785 | 36%
Older People's Unit | 500 | 500 | 0 | 416.7 | 0.0 | -416.7 | 0% | 500 | 0 | -500 | 0%
Out of area contracts | | | | 236.5 | 260.4 | 23.9 | 110% | 258 | 260 | 2 | 101%
| | | | 1,429.8 | 696.4 | -733.4 | 49% | 1,979 | 696 | -1,283 | 35%
Discharge and Reablement
Continuing Health Care | 0 | 0 | 0 | 333.3 | 1,028.0 | 694.7 | 308% | 400 | 1,222 | 822 | 306%
Community equipment | 0 | 0 | 0 | 75.0 | 113.0 | 38.0 | 151% | 100 | 300 | 200 | 300%
| | | | 408.3 | 1,141.0 | 732.7 | 279% | 500 | 1,522 | 1,022 | 304%
Long Term Conditions
Virtual ward, end of life, CVD and respiratory | 946 | 684 | 262.0 | 1,148.7 | 196.6 | -952.1 | 17% | 1,303 | 14 \
| -1,289 | 1%
Coding review: CVD (April to July), respiratory (July) | | | | | 256.0 | 256.0 | 0% | 0 | 439 | 439 | -
| | | | 1,148.7 | 452.6 | -696.1 | 39% | 1,303 | 453 | -850 | 35%
Mental Health
Rehabilitation placements | 50 | 50 | 0 | 118.2 | 145.3 | 27.1 | 123% | 133 | 145 | 12 | 109%
Acute mental health beds | 250 | 250 | 0 | 726.0 | 726.0 | 0.0 | 100% | 792 | 792 | 0 | 100%
| | | | 844.2 | 871.3 | 27.1 | 103% | 925 | 937 | 12 | 101%
Planned Care
Community outpatient procurement | 0 | 0 | 0 | 1,548.3 | 1,548.3 | 0.0 | 100% | 1,689 | 1,689 | 0 | 100%
Redesign of community services | | | | 0.0 | 150.0 | 150.0 | | | 200 | 200 |
Planned care pathways | 0 | 0 | 0 | 583.3 | 606.0 | 22.7 | 104% | 700 | 691 | -9 | 99%
| | | | 2,131.6 | 2,304.3 | 172.7 | 108% | 2,389 | 2,580 | 191 | 108%
Quality and Value
Single front door | 0 | 0 | 0 | 133.8 | 0.0 | -133.8 | 0% | 146 | 0 | -146 | 0%
| | | | 133.8 | 0.0 | -133.8 | 0% | 146 | 0 | -146 | 0%
Corporate
Running costs | 0 | 0 | 0 | 297.0 | 297.0 | 0.0 | 100% | 329 | 329 | 0 | 100%
| | | | 297.0 | 297.0 | 0.0 | 100% | 329 | 329 | 0 | 100%
Total | 1,746 | 1,484 | 262 | 7,833.4 | 6,405.5 | -1,427.9 | QIPP | 9,211 | 7,160 | -2,051 | 78%
| | | | | | | Inv. | 1,746 | 262 | 1,484 |
| | | | | | | Net | 7,465 | 6,898 | -567 |
"""

SUMMARY_M11 = """
Primary Medical Care | Prescribing | 1,440.0 | 642.9 | -797.1 | £-997
Urgent Care in the Community | Step up care (with nursing homes) | 776.6 | 436.0 | -340.6 | £-785
^ | Older People's Unit | 416.7 | 0.0 | -416.7 | £-500
^ | Out of area contracts | 236.5 | 260.4 | 23.9 | £2
Discharge and Reablement | Continuing Health Care | 333.3 | 1,028.0 | 694.7 | £822
^ | Community equipment | 75.0 | 113.0 | 38.0 | £200
Long Term Conditions | Virtual ward, end of life, CVD and respiratory | 1,148.7 | 196.6 | -952.1 | £-1,289
^ | Coding review: CVD (April to July), respiratory (July) | 0.0 | 256.0 | 256.0 | £439
Mental Health | Rehabilitation placements | 118.2 | 145.3 | 27.1 | £12
^ | Acute mental health beds | 726.0 | 726.0 | 0.0 | £0
Planned Care | Community outpatient procurement | 1,548.3 | 1,548.3 | 0.0 | £0
^ | Redesign of community services | 0.0 | 150.0 | 150.0 | £200
^ | Planned care pathways | 583.3 | 606.0 | 22.7 | £-9
Quality and Value | Single front door | 133.8 | 0.0 | -133.8 | £-146
Corporate | Running Costs | 297.0 | 297.0 | 0.0 | £0
"""
SUMMARY_TOTAL = "Total (2014/15 plan: £9.211m) | < | £7,833.4 | £6,405.5 | -£1,427.9 | £-2,051"

NORTHMERE_COVER = """
Title of report | Savings and programme delivery: month 11
Agenda item | 14
Written by | R. Calder, Programme Office Manager; J. Osei, Deputy Chief Finance Officer
Presented by | J. Osei, Deputy Chief Finance Officer
The Governing Body is asked to | note the position and the steps in section 5
Seen before by | Planning and Delivery Group, 28 April 2015
Interests declared | None
"""
NORTHMERE_RATINGS = """
No | Programme | Milestones, last three months | < | < | Savings
^ | ^ | Jan | Feb | Mar | Feb
1 | Primary Medical Care | G | G | G | R
2 | Urgent Care in the Community | G | G | G | R
3 | Discharge and Reablement | G | G | G | G
4 | Long Term Conditions | A | A | A | R
5 | Mental Health | G | G | G | G
6 | Planned Care | G | G | G | G
7 | Patient Voice | G | G | G | N/A
"""
NORTHMERE_RISKS = """
Ref | Risk | What is being done | Likelihood | Impact | Score | Change
PD1 | Project leads are shared with other plans and have too few days | Two posts advertised; interim cover until \
July | 3 | 2 | 6 | Same
PD2 | Activity data reach us late or with codes missing | Weekly call with the data team; late returns escalated | 1 \
| 3 | 3 | Closing
PD4 | Shared care records are not ready in time | Clinical lead named; start moved to September | 2 | 4 | 8 | Same
PD5 | Waits for hospital treatment grow faster than capacity | Extra lists agreed with two providers | 3 | 5 | 15 | Up
"""
NORTHMERE_EVENTS = """
Event | Where | Date | People | Volunteers
Carers' tea and talk | Stowmarsh Village Hall | 3 March 2015 | 64 | 5
Young people's panel | Northmere College | 11 March 2015 | 38 | 4
Living well walk | Canal Basin | 22 March 2015 | 120 | 11
Evening for new parents | Fenway Children's Centre | 26 March 2015 | 27 | 3
"""
NORTHMERE_GLOSSARY = """
Short form | Meaning
CVD | Diseases of the heart and circulation
FOT | Forecast outturn, what we expect for the whole year
QIPP | Quality, Innovation, Productivity and Prevention
RAG | Red, amber or green
Slippage | Money set aside to invest that will not be spent this year
"""


def northmere_board() -> Paper:
    """The Governing Body's paper: two tiers of headings and units, groups, subtotals without labels, over two pages."""
    heads = """Programme at month 11 (February 2015) | < | Month 11 planned QIPP | Month 11 actual QIPP \
| Month 11 variance | Year-end variance (forecast)
    All figures in £'000 | < | £'000 | £'000 | £'000 | £'000
    """
    summary = draw(heads.strip() + SUMMARY_M11 + SUMMARY_TOTAL, 2, (2.2, 3.2))
    blocks: tuple[Block, ...] = (
        """
        ! Northmere Clinical Commissioning Group
        ! Governing Body meeting in public
        ! 12 May 2015
        """,
        draw(NORTHMERE_COVER, 0, (1, 3)),
        """
        # Executive summary

        1. By the end of February 2015 (month 11) the savings programme had brought in £6,405.5k. We had planned
        £7,833.4k by then, so £1,427.9k is missing and 82% of the plan has been met. A month earlier it was 85%.

        2. We now think the year will close at £7,160k of savings, 78% of the £9,211k in the plan: £2,051k short. In
        January we thought the gap would be £1,843k.

        3. Less has been invested too. Of £1,746k set aside, scheme leads have released £1,484k; the £262k that
        remains is for Long Term Conditions. Counting what was not spent, the gap at year end comes down to £567k.

        4. No programme is red for its milestones as at 31 March 2015, and one is amber: Long Term Conditions, where
        virtual ward beds stand empty for want of coordinators.

        # Decision sought

        Members are invited to note the month 11 position and to say whether further assurance is wanted in June.
        """,
        Page(),
        """
        # 1. Why this paper comes now

        1.1 Members see savings twice a quarter. This report was put together after the April meeting of the Planning
        and Delivery Group; spending figures run to month 11 and milestones to the end of March.

        # 2. How the programmes stand

        2.1 The letters below give each programme's milestones for three months and its savings for the last month. A
        programme is amber when a milestone is up to 30 days behind and red after that. Savings are green at or above
        plan, amber when they are less than a tenth under it, and otherwise red.
        """,
        draw(NORTHMERE_RATINGS, 2, (0.5, 4)),
        """
        # 3. Savings by scheme

        3.1 Prescribing explains more than half of the gap: prices rose nationally and £797.1k of the £1,440.0k due
        was lost. The Older People's Unit did not open. Continuing Health Care has done far better than planned,
        £694.7k above.
        """,
        summary,
        "3.2 Appendix A has the same schemes with their investment and their forecast for the year.",
        Page(),
        """
        # 4. Risks

        4.1 The group's register holds four risks that bear on delivery. Scores are likelihood times impact.
        """,
        draw(NORTHMERE_RISKS, 1, (0.6, 3, 3, 1.2, 0.9, 0.8, 0.9)),
        """
        # 5. Next steps

        - Plans for each of the seven programmes in 2015/16 signed off by their sponsors.
        - One monthly return for money and milestones, in place of two, from July.
        - A session with clinical leads on what to stop.
        """,
        Page(),
        """
        # 6. Listening to local people

        6.1 Spring is when our volunteers are busiest. In March they ran four events across the district and talked
        with people about food, exercise, loneliness and the bus service. None of the events was about money, and
        nothing in this section changes the position above.

        6.2 The carers' tea was the best attended yet. People asked for a quiet room at the hospital and for letters in
        larger print; both have been passed to the hospital's patient experience lead.
        """,
        draw(NORTHMERE_EVENTS, 1, (2.5, 2.5, 1.6)),
        """
        6.3 Young people told us that they would rather have a message than a call, and that they do not read posters.
        The college has offered a noticeboard screen. A second panel will meet after the summer examinations.

        6.4 The walk along the canal will be held again in September. Anyone who would like to marshal is asked to
        speak to the engagement team before the end of July; training takes one evening and supper is provided.

        6.5 We are grateful to the village hall committee, to the college kitchens and to the lock keeper.
        """,
        Page(sideways=True),
        "# Appendix A: QIPP delivery monitoring to 28 February 2015 (Month 11)",
        draw(MONITORING, 3, (3.4,)),
        """Inv. is the investment budget, what will be spent of it and what is left over; Net is savings less
        investment, so the last line is the gap after slippage.""",
        Page(),
        "# Appendix B: Words used in this paper",
        draw(NORTHMERE_GLOSSARY, 1, (1, 4)),
    )
    return Paper(
        "Savings and programme delivery: month 11", "R. Calder", datetime(2015, 5, 5, 9, tzinfo=UTC), blocks, 181
    )


def write_northmere_summary(path: Path) -> None:
    """Write the group's draft briefing of two weeks before, in Markdown, with the summary table alone."""
    heads = ["Programme", "Scheme", "Month 11 planned £000", "Month 11 actual £000", "Month 11 variance £000"]
    heads.append("Year-end variance (forecast) £000")
    rows = [heads, ["---", "---", "---:", "---:", "---:", "---:"], *cut(SUMMARY_M11 + SUMMARY_TOTAL)]
    lines = ["| " + " | ".join(cell.strip("<^") for cell in row) + " |" for row in rows]
    path.write_text(NORTHMERE_BRIEFING.format(table="\n".join(lines)), encoding="utf-8", newline="\n")


NORTHMERE_BRIEFING = """\
# Where savings stand before year end

**Northmere Clinical Commissioning Group**

Planning and Delivery Group meeting, 28 April 2015

**DRAFT** for comment; not yet seen by the Governing Body. Prepared by R. Calder, Programme Office.

## In short

1. To month 11 (February 2015) schemes have saved £6,405.5k of the £7,833.4k planned, 82%. We are £1,427.9k behind.
2. The forecast for 2014/15 is £2,051k under the plan of £9.211m.
3. Continuing Health Care and the coding review are ahead; Prescribing, the Older People's Unit and the virtual ward
   schemes make up most of what is missing.

## Scheme by scheme

{table}

A minus in a variance column means that less was saved than planned.

## Also on the agenda

4. The group's summer meetings move to the Stowmarsh office, where the lift is working again. Parking is free after
   four o'clock. Please tell the office by 8 May if you need a hearing loop.
5. Comments on this draft are welcome until 1 May.
"""


# ---- Eastholme: trackers by workstream and scheme, month 12 of 2010/11 and month 1 of 2011/12 ----------------------

TRACKER_M12 = """
Workstream | Exec lead | Milestones | < | < | Milestone RAG | Annual plan 2010/11 (£m) | Performance to month 12 (£m) \
| < | < | <
^ | ^ | R | A | G | ^ | ^ | Due | Delivered | Variance | RAG
Core Contracting | RK | 6 | 2 | 12 | R | (8.6) | (8.5) | (5.9) | 2.6 | R
Specialised Commissioning | RK | 2 | 0 | 0 | R | (1.5) | (1.5) | - | 1.5 | R
Planned Care * | RK | 2 | 9 | 3 | R | (3.7) | (2.9) | (0.7) | 2.2 | R
Referral Gateway | RK | 0 | 3 | 5 | A | (9.2) | (6.2) | (1.1) | 5.2 | R
Unplanned Care * | LN | 1 | 1 | 2 | R | (0.8) | (0.6) | (0.6) | 0.0 | G
Primary Care | DW | 1 | 1 | 19 | R | (3.9) | (3.9) | (4.0) | (0.1) | G
Community Hospitals | PE | 0 | 0 | 1 | G | - | (0.0) | - | 0.0 | R
Community Services | DW | 0 | 0 | 4 | G | (2.7) | (2.7) | (5.1) | (2.3) | G
Medicines Management | DW | 0 | 2 | 11 | A | (2.5) | (2.2) | (2.5) | (0.3) | G
Public Health | HO | 0 | 0 | 2 | G | (0.9) | (0.9) | (0.9) | (0.0) | G
Workforce | LN | 0 | 0 | 3 | G | (0.4) | (0.4) | (0.4) | - | G
Corporate | LN | 0 | 1 | 11 | A | (2.5) | (2.5) | (2.5) | (0.0) | G
Clinical Quality and Innovation | LN | 1 | 0 | 0 | R | (0.5) | (0.5) | - | 0.5 | R
TOTAL | | 13 | 19 | 73 | | (37.0) | (32.8) | (23.4) | 9.4 | R
"""

SCHEMES_M12_HEADS = """
Workstream / scheme | Exec lead | Milestones | < | < | Milestone RAG | Annual plan 2010/11 (£m) \
| Performance to month 12 (£m) | < | < | < | Full-year forecast (£m) | < | < | <
^ | ^ | R | A | G | ^ | ^ | Due | Delivered | Variance | RAG | F'cast | Best | Middle | Worse
"""
SCHEMES_M12 = """
Core Contracting | RK
Core contract | | 4 | 1 | 1 | R | (1.1) | (1.0) | (0.7) | 0.3 | R | (0.7) | (0.7) | (0.7) | (0.7)
Core budget management | | 0 | 0 | 2 | G | (0.3) | (0.3) | - | 0.3 | R | (0.0) | (0.1) | (0.0) | (0.0)
Acute trust actions | | 1 | 0 | 1 | R | (0.3) | (0.3) | (0.2) | 0.2 | R | (0.2) | (0.2) | (0.2) | (0.2)
Mental Health | | 0 | 0 | 3 | G | (4.2) | (4.2) | (1.9) | 2.2 | R | (1.9) | (2.4) | (2.2) | (1.9)
Diagnostics | | 0 | 1 | 2 | A | (1.3) | (1.3) | (1.7) | (0.4) | G | (1.7) | (1.7) | (1.7) | (1.7)
Other contracts | | 1 | 0 | 3 | R | (1.3) | (1.3) | (1.3) | 0.0 | G | (1.3) | (1.3) | (1.3) | (1.3)
| | 6 | 2 | 12 | | (8.6) | (8.5) | (5.9) | 2.6 | R | (5.9) | (6.4) | (6.2) | (5.9)
Primary Care | DW
Community equipment | | 0 | 0 | 1 | G | (0.5) | (0.5) | (0.7) | (0.2) | G | (0.7) | (0.7) | (0.7) | (0.7)
GP contracting | | 1 | 0 | 7 | R | (0.6) | (0.6) | (0.6) | (0.0) | G | (0.6) | (0.6) | (0.6) | (0.6)
Other non recurrent items | | 0 | 0 | 0 | n/a | (1.1) | (1.1) | (1.0) | 0.1 | A | (1.0) | (1.0) | (1.0) | (1.0)
Out of hours services | | 0 | 1 | 11 | A | (1.4) | (1.4) | (1.4) | 0.0 | G | (1.4) | (1.4) | (1.4) | (1.4)
Other | | 0 | 0 | 0 | n/a | (0.4) | (0.4) | (0.4) | - | G | (0.4) | (0.4) | (0.4) | (0.4)
| | 1 | 1 | 19 | | (3.9) | (3.9) | (4.0) | (0.1) | G | (4.0) | (4.0) | (4.0) | (4.0)
Community Hospitals | PE
Community beds | | 0 | 0 | 1 | G | (0.0) | (0.0) | - | 0.0 | R | - | - | - | -
| | 0 | 0 | 1 | | - | (0.0) | - | 0.0 | R | - | - | - | -
Community Services | DW
Provider surplus | | 0 | 0 | 1 | G | (2.0) | (2.0) | (4.3) | (2.3) | G | (4.3) | (4.4) | (4.4) | (4.4)
Services decommissioned | | 0 | 0 | 3 | G | (0.7) | (0.7) | (0.7) | - | G | (0.7) | (0.7) | (0.7) | (0.7)
| | 0 | 0 | 4 | | (2.7) | (2.7) | (5.1) | (2.3) | G | (5.1) | (5.1) | (5.1) | (5.1)
Medicines Management | DW
Acute prescribing | | 0 | 0 | 2 | G | (0.8) | (0.6) | (0.6) | 0.0 | G | (0.8) | (0.8) | (0.8) | (0.6)
GP prescribing | | 0 | 2 | 7 | R | (1.6) | (1.4) | (1.8) | (0.4) | G | (1.8) | (1.9) | (1.7) | (1.7)
Oxygen | | 0 | 0 | 1 | G | (0.1) | (0.1) | (0.0) | 0.1 | R | (0.0) | (0.0) | (0.0) | (0.0)
Other medicines | | 0 | 0 | 1 | G | (0.1) | (0.1) | (0.1) | - | G | (0.1) | (0.1) | (0.1) | (0.1)
| | 0 | 2 | 11 | | (2.5) | (2.2) | (2.5) | (0.3) | G | (2.7) | (2.8) | (2.6) | (2.4)
"""

EASTHOLME_COVER = """
Subject | {subject}
Agenda item | {item}
Lead director | {lead}
Author | {author}
Purpose | For assurance
"""
EASTHOLME_GLOSSARY = """
Term | Meaning | Term | Meaning
FYE | Full year effect | PMO | Programme office
GP | General practitioner | QIPP | Quality, innovation, productivity and prevention
M12 | Twelfth month of the financial year | RAG | Red, amber, green
PCT | Primary care trust | YTD | Year to date
"""
EASTHOLME_UPTAKE = """
Practice group | Patients invited | Vaccinated | Uptake
Eastholme Quay | 4,120 | 3,049 | 74%
Saltern and Marsh | 2,865 | 1,977 | 69%
Upper Holme | 3,410 | 2,626 | 77%
"""
EASTHOLME_SENT_TO = """
Name | Post | Copy
L. Nakamura | Director of Finance | Paper
D. Whitlock | Director of Primary Care | Email
H. Oyelaran | Director of Public Health | Email
Library | Quayside House | Paper
"""


def eastholme_m12() -> Paper:
    """The board's tracker at year end: savings in brackets, milestones under one heading, five workstreams below."""
    width = len(subtotals(SCHEMES_M12)[0])
    closing = total("Total of these workstreams", [row[:width] for row in subtotals(SCHEMES_M12)])
    schemes = draw(SCHEMES_M12_HEADS.strip() + SCHEMES_M12 + " | ".join(closing), 2, (3.4, 0.9, 0.5, 0.5, 0.5))
    subject, author = "Turnaround tracker at month 12 of 2010/11", "S. Peverell, Programme Office"
    cover = EASTHOLME_COVER.format(subject=subject, item="9b", lead="L. Nakamura, Director of Finance", author=author)
    blocks: tuple[Block, ...] = (
        """
        ! Eastholme Primary Care Trust

        # PCT Board meeting, 26 May 2011
        """,
        draw(cover, 0, (1, 3)),
        """
        # Executive summary

        The year closed (month 12 of 2010/11) with £23.4m of savings delivered. £32.8m had fallen due by then, so the
        yield is 71% and £9.4m is outstanding; the plan for the whole year was £37.0m. Hospital and prescribing data
        end a month early, which is why less was due than planned.

        Three workstreams fell furthest behind: the Referral Gateway (£5.2m short), Core Contracting (£2.6m) and
        Planned Care (£2.2m). Community Services went the other way and gave £2.3m more than was due.

        The Board is asked to take assurance from the recovery work described and to agree that gateway savings carry
        over.

        # Terms
        """,
        draw(EASTHOLME_GLOSSARY, 1, (1, 3, 1, 3)),
        Page(sideways=True),
        """
        # Workstreams at month 12

        1. Savings are printed in brackets. A variance without brackets is a shortfall.
        """,
        draw(TRACKER_M12, 2, (3.4, 0.9, 0.5, 0.5, 0.5)),
        """
        * These two are followed week by week; the rest report once a month.

        2. The finance letter compares what was delivered with what was due:

        - Red when it is below 80%.

        - Amber from 80% upwards.

        - Green from 95% upwards.

        3. The milestone letter is green when nothing is late, amber when a single milestone is no more than a week
        late, and red when two or more are later than that.

        # Schemes of five workstreams

        4. The five workstreams below delivered £17.5m against £17.3m due. Their forecast for the year is £17.7m,
        between £17.4m at worst and £18.3m at best.
        """,
        schemes,
        Page(),
        """
        # Other business: the winter vaccination round

        5. Public Health reports that the seasonal round closed on 31 January. Practices invited every patient over 65
        by letter and, for the first time, by telephone. Upper Holme did best; its practice nurses held two Saturday
        clinics.
        """,
        draw(EASTHOLME_UPTAKE),
        """
        6. The marsh villages are hard to reach in bad weather. A mobile clinic is being priced for next autumn with the
        county's library service, whose van already stops at eleven of the fourteen villages.

        7. Staff were offered the vaccine in October and again in December. The second offer was taken up mostly by
        people who had been on leave for the first. Posters will go up a fortnight sooner this year.

        8. Members thanked the cold chain team, who moved nine refrigerators in a day when Quayside House lost power.

        # Sent to
        """,
        draw(EASTHOLME_SENT_TO),
    )
    return Paper(subject, "S. Peverell", datetime(2011, 5, 18, 9, tzinfo=UTC), blocks)


TRACKER_M01 = """
Workstream | Exec lead | Milestones | < | < | Milestone RAG | Annual plan (£m) | < \
| Performance to month 1 (£m) | < | < | <
^ | ^ | R | A | G | ^ | 2011/12 | 2012/13 | Due | Delivered | Variance | RAG
Planned Care * | RK | 9 | 11 | 27 | R | (25.8) | (0.9) | (0.2) | (0.1) | 0.0 | R
Primary Care | TS | 0 | 0 | 6 | G | (1.7) | (0.1) | (0.1) | (0.1) | 0.0 | G
Medicines Management | TS | 0 | 0 | 13 | G | (2.2) | (0.9) | - | - | - | n/a
Public Health | HO | 0 | 0 | 1 | G | (0.3) | - | - | - | - | n/a
Unplanned Care * | TS | 1 | 2 | 9 | R | (6.7) | (3.1) | (0.1) | (0.1) | - | G
Mental Health | RK | 0 | 3 | 5 | A | (2.6) | - | (0.2) | (0.2) | - | G
Children & Young People | TS | 1 | 1 | 8 | R | (0.9) | (0.4) | (0.0) | (0.0) | - | G
Infrastructure | GA | 2 | 1 | 7 | R | (2.5) | (3.5) | (0.1) | (0.1) | - | G
Contract Adjustments | VC | 0 | 0 | 3 | G | (2.5) | - | (0.4) | (0.4) | - | G
TOTAL | | 13 | 18 | 79 | | (45.2) | (8.9) | (1.1) | (1.0) | 0.0 | G
"""
EASTHOLME_COMPLAINTS = """
Quarter | Received | Answered in 25 days | Upheld | With the Ombudsman
April to June 2010 | 41 | 36 | 14 | 1
July to September 2010 | 38 | 35 | 11 | 0
October to December 2010 | 52 | 40 | 19 | 2
January to March 2011 | 47 | 43 | 16 | 1
"""


def eastholme_m01() -> Paper:
    """The first tracker of the new year, upright and ruled: two years' plans beside each other."""
    subject, author = "Turnaround tracker at month 1 of 2011/12", "S. Peverell, Programme Office"
    cover = EASTHOLME_COVER.format(subject=subject, item="7", lead="V. Castellan, Turnaround Director", author=author)
    blocks: tuple[Block, ...] = (
        """
        ! Eastholme Primary Care Trust
        ! PCT Board meeting
        ! 24 June 2011
        """,
        draw(cover, 0, (1, 3)),
        """
        # Executive summary

        1. In April 2011 (month 1 of 2011/12) the trust delivered £1.0m of the £1.1m of savings that were due. Before
        rounding that is 96%, so the programme as a whole is green.

        2. The plan for 2011/12 is £45.2m, with £8.9m more to follow in 2012/13. Well over half of this year's sum,
        £25.8m, rests on Planned Care, which has nine milestones red and delivered only part of what was due.

        3. One month says little. For two workstreams no data had arrived when this paper was written, and they show
        n/a.

        # What we ask

        Members are asked to note the first month and to receive recovery plans for Planned Care in July.
        """,
        Page(),
        """
        # The tracker

        4. Savings stand in brackets, in millions of pounds. A variance without brackets is money not yet saved.
        """,
        draw(TRACKER_M01, 2, (3, 0.9, 0.6, 0.6, 0.6, 1.3, 1.2, 1.2, 1, 1.3, 1.2, 0.8)),
        """
        * Followed week by week.

        5. The finance letter is:

        - Red where delivery is under 80% of what was due;

        - Amber at 80% or more;

        - Green at 95% or more.

        6. Infrastructure has two red milestones, both about the lease of the old clinic. Children & Young People has
        one, about the therapy rota. Neither costs money yet.

        7. Contract Adjustments brought in £0.4m, the largest sum of any workstream in the month.

        # Who does what next

        8. Executive leads meet each Tuesday until the end of the quarter. Every red milestone has a named owner and a
        new date, and the programme office reports the dates that move.
        """,
        Page(),
        """
        # For information: complaints

        9. The table counts the letters and calls that the customer care team logged in the last four quarters. It is
        printed here because the Quality Committee did not meet in May.
        """,
        draw(EASTHOLME_COMPLAINTS),
        """
        10. The rise before Christmas came from one cause, the telephone system at two health centres, which dropped
        callers who were in a queue for longer than ten minutes. It was mended on 6 January.

        11. Most complaints that were upheld concerned the tone of a conversation rather than the care given.
        Reception staff at four practices have asked for training, and a theatre company that works with hospitals
        will lead it in September.

        12. Three compliments for every complaint were received in the same time. The podiatry clinic at Saltern
        received a cake.
        """,
    )
    return Paper(subject, "S. Peverell", datetime(2011, 6, 15, 9, tzinfo=UTC), blocks, 57)


# Scheme, lead, red, amber, green, milestone RAG, delivery 2010/11, plans 2011/12 and 2012/13, due, delivered, variance,
# RAG, forecast, best, middle, worse.
SCHEMES_M01 = """
Primary Care | TS
GP contracting | | 0 | 0 | 5 | G | (0.5) | (1.5) | - | (0.1) | (0.1) | 0.01 | A | (1.6) | (1.6) | (1.2) | (0.3)
Out of hours services | | 0 | 0 | 1 | G | - | (0.2) | (0.1) | (0.0) | (0.0) | - | G | (0.2) | (0.2) | (0.1) | (0.0)
| | 0 | 0 | 6 | G | (0.5) | (1.7) | (0.1) | (0.1) | (0.1) | 0.0 | G | (1.8) | (1.8) | (1.3) | (0.3)
Medicines Management | TS
Acute prescribing | | 0 | 0 | 2 | G | (0.6) | (1.2) | - | - | - | - | n/a | (1.2) | (1.2) | (0.9) | (0.2)
GP prescribing | | 0 | 0 | 7 | G | (1.7) | (0.7) | (0.1) | - | - | - | n/a | (1.2) | (1.2) | (0.9) | (0.2)
Oxygen | | 0 | 0 | 1 | G | (0.0) | (0.3) | - | - | - | - | n/a | (0.3) | (0.3) | (0.2) | (0.1)
Appliances and medication<br>reviews | | 0 | 0 | 3 | G | - | - | (0.8) | - | - | - | n/a | - | - | - | -
| | 0 | 0 | 13 | G | (2.4) | (2.2) | (0.9) | - | - | - | n/a | (2.7) | (2.7) | (2.0) | (0.5)
<b>Unplanned Care *</b> | TS
Frequent attenders | | 0 | 0 | 1 | G | (0.4) | (1.1) | - | - | - | - | n/a | (1.1) | (1.1) | (0.8) | (0.2)
Nursing homes | | 1 | 0 | 0 | R | (0.1) | (1.3) | - | - | - | - | n/a | (1.3) | (1.3) | (1.0) | (0.3)
End of life care | | 0 | 1 | 0 | A | (0.0) | (1.4) | - | - | - | - | n/a | (1.1) | (1.4) | (1.1) | (0.3)
Falls prevention | | 0 | 0 | 1 | G | - | (0.3) | - | - | - | - | n/a | - | - | - | -
Dementia care | | 0 | 1 | 0 | A | - | - | - | - | - | - | n/a | - | - | - | -
Community Services | | 0 | 0 | 6 | G | - | (1.2) | (1.2) | (0.1) | (0.1) | - | G | (1.7) | (1.7) | (1.2) | (0.3)
Long term condition emergencies | | 0 | 0 | 1 | G | - | (1.4) | (1.9) | - | - | - | n/a | - | - | - | -
| | 1 | 2 | 9 | R | (0.5) | (6.7) | (3.1) | (0.1) | (0.1) | - | G | (5.2) | (5.5) | (4.2) | (1.0)
"""
# The headings as a scanner cuts them, with the columns of amber and green run together.
SCANNED_HEADS = """
SUMMARY BY SCHEM | E | | | | | | | | | | | | | |
Workstream | Exec | Mile | ston | es: | Delivery | Annual | plan (£m) | | Actual perfor | mance (£'m) \
| | Fcast | Best | Middle | Worse
Scheme | lead | R | A G | Milestones | 2010/11 | 2011/12 | 2012/13 | Due | Delivered | Variance | RAG | | | |
"""
GHOST = "Community Services"  # printed as a row without its name, then as its name with two of the figures again
OMICRON = "Oxygen"  # its first nought is a Greek letter


def scanned(row: list[str]) -> Iterator[list[str]]:
    """A row as the scanner gives it: amber and green in one cell, and the scars of the two schemes above."""
    if len(row) < 5:
        yield row + [""] * 14
        return
    cells = [*row[:3], f"{row[3]} {row[4]}", *row[5:]]
    if row[0] == OMICRON:
        cells[2] = "\N{GREEK SMALL LETTER OMICRON}"
    if row[0] == GHOST:
        yield ["", *cells[1:]]
        cells = [cell if i in (0, 2, 9) else "" for i, cell in enumerate(cells)]
    yield cells


def tabbed(rows: Sequence[Sequence[str]]) -> str:
    """Rows as lines with tabs between the cells."""
    return "\n".join("\t".join(row) for row in rows)


def write_eastholme_scan(path: Path) -> None:
    """Write the committee's tracker by scheme as the text of a scan, scars and all."""
    closing = total("", subtotals(SCHEMES_M01))
    closing[5], closing[12] = "", "G"
    rows = [line for row in [*cut(SCHEMES_M01), closing] for line in scanned(row)]
    parts = {"table": tabbed(cut(SCANNED_HEADS) + rows)}
    parts |= {"cover": tabbed(cut(SCAN_COVER)), "stock": tabbed(cut(SCAN_STOCK)), "words": tabbed(cut(SCAN_WORDS))}
    path.write_text(SCAN.format(**parts), encoding="utf-8", newline="\n")


SCAN_COVER = """
Subject: | <b>Month 1 savings by scheme, 2011/12</b> | |
Lead director: | <b>V. Castellan</b> | |
Author: | S. Peverell, Programme Office | |
For: | Decision | Information | X
"""
SCAN_WORDS = """
n/a | nothing was due, so there is nothing to rate | G | delivered 95% or more of what was due
A | delivered 80% or more of what was due | R | delivered less than 80% of what was due
"""
SCAN_STOCK = """
Item | Store | Held | Re-order at
Gloves, box of 100 | Quayside | 214 | 80
Paper roll | Quayside | 57 | 60
Sharps bin, 5 litre | Saltern | 33 | 25
Water cups, sleeve | Saltern | 12 | 20
"""
SCAN = """\


**EASTHOLME PRIMARY CARE TRUST
TURNAROUND COMMITTEE**

9 June 2011

{cover}

EXECUTIVE SUMMARY

1. This is the first look at single schemes in 2011/12. It covers April 2011 (month 1) and three workstreams: Primary \
Care, Medicines Management and Unplanned Care.

2. Together the three plan £10.6m this year and £4.1m next. £0.2m was due in the month and £0.2m was delivered.<br>The \
forecast is £9.7m, with £10.0m as the best case and £1.8m as the worst.

3. Prescribing data run two months late. Schemes that wait for them show n/a.

4. One milestone is red: the nursing homes specification has gone back to its authors for the second time.

HOW TO READ THE LETTERS

{words}

5. The same cut lines are used for the Board's tracker. Milestones have letters of their own.

Tracker by scheme - month 1 of 2011/12

{table}

* watched weekly

6. The last line adds the three workstreams.

STORES AND SUPPLIES

7. The committee asked in April what the health centres keep in their cupboards. The stores clerk counted four lines.

{stock}

8. Paper roll and water cups are below the level at which more is bought. Both were ordered on 31 May. The clerk asks \
that whoever takes the last of anything leaves a note.

9. The Saltern cupboard is damp. A dehumidifier has been borrowed from the archive, where it will be missed in October.

10. Boxes should not be stacked above the red line; one fell on 12 May and nobody was hurt.

NEXT MEETING

11. The committee meets again on 14 July 2011 at Quayside House. Tea from half past one.
"""


# ---- Harrow Vale: monthly project templates for 2010/11 ------------------------------------------------------------

MONTHS = "April|May|June|July|August|September|October|November|December|January|February|March"
PROFILE_HEADS = " | ".join(["", "WTE", *(f"{name} £000s" for name in (*cut(MONTHS)[0], "Total", "REC", "NR"))])
HOSPICE_PROFILE = """
Saving profile |
Hospice at Home | | | | | | | | | | 35.5 | 35.5 | 35.5 | 35.5 | 142 | 425.88 | -284
Actual saving achieved in-month | | | | | | | | | | | | | | 0 | 0 |
Variance in-month | | - | - | - | - | - | - | - | - | (35) | (35) | (35) | (35) | (142) | (426) | 284
Forecast Cumulative Savings | | | | | | | | | | 35 | 71 | 106 | 142 | 142 | 426 | (284)
Actual Cumulative Savings | | | | | | | | | | | | | | - | - | -
Cumulative Variance | | | | | | | | | | (35) | (71) | (106) | (142) | (142) | (426) | 284
"""
# In whole pounds under headings that say thousands: the author's slip, kept.
MENORRHAGIA_PROFILE = """
Saving profile |
Menorrhagia pathway | | | | | 2436.0 | 2436.0 | 4873.0 | 4873.0 | 4873.0 | 4873.0 | 4873.0 | 4873.0 | 4873.0 \
| | 58,484 |
Actual saving achieved in-month | | | | | | | | | | | | | | 0 | 0 |
Variance in-month | | - | - | - | (2,436) | (2,436) | (4,873) | (4,873) | (4,873) | (4,873) | (4,873) | (4,873) \
| (4,873) | - | (58,484) | -
Forecast Cumulative Savings | | | - | - | 2,436 | 4,872 | 9,745 | 14,618 | 19,491 | 24,364 | 29,237 | 34,110 | 38,983 \
| 38,983 | 58,484 | -
Actual Cumulative Savings | | - | - | - | - | - | - | - | - | - | - | - | - | - | - | -
Cumulative Variance | | - | - | - | (2,436) | (4,872) | (9,745) | (14,618) | (19,491) | (24,364) | (29,237) | (34,110) \
| (38,983) | (38,983) | (58,484) | -
"""


def full_year_only(name: str, rec: str) -> str:
    """The profile of a project that saves nothing in its first year and `rec` in a full one."""
    dashes = " | ".join("-" * 11)
    return f"""
    Saving profile |
    {name} | | | | | | | | | | | | | | 0 | {rec} |
    Actual saving achieved in-month | | | | | | | | | | | | | | 0 | 0 |
    Variance in-month | | - | {dashes} | - | ({rec}) | -
    Forecast Cumulative Savings | | | {dashes} | - | {rec} | -
    Actual Cumulative Savings | | - | {dashes} | - | - | -
    Cumulative Variance | | - | {dashes} | - | ({rec}) | -
    """


def project(scheme: str, lead: str, proposal: str, profile: str, outlook: str, stages: str) -> tuple[Block, ...]:
    """One monthly template, on a page of its own."""
    heads = "No | Stage | Start | Completion date | Done | Missed (<2 wks) | Missed (>2 wks) | Saving £000"
    return (
        Page(sideways=True),
        f"""
        # Monthly project return

        Scheme: {scheme}

        Lead: {lead}. Budget removed: no. Account code: to follow.

        {proposal}

        ## Stages
        """,
        draw(heads + stages, 1, (0.4, 4)),
        "## Key Financials",
        draw(PROFILE_HEADS + "\n" + profile.strip(), 1, (2.6, 0.7)),
        "## Further information",
        draw("RAG | Target (£000) | Confidence | Achievable (£000) | At risk (£000) | Comments\n" + outlook, 1, (1,)),
    )


def harrow_vale_projects() -> tuple[Block, ...]:
    """The four templates."""
    hospice_stages = """
    1 | Specification and business case | 01.04.2010 | 30.04.2010 | Yes | | |
    2 | Hospice trustees and PCT executive say yes | 15.04.2010 | 30.04.2010 | Yes | | |
    3 | Grant letter out, recruitment opens | | 11.05.2010 | Yes | | |
    4 | Community nurses trained in the new pathway | 11.05.2010 | 31.08.2010 | | | |
    5 | First patients | | 01.09.2010 | | | |
    6 | Extra deaths at home counted each month | 01.12.2010 | 31.08.2012 | | | | 745
    """
    menorrhagia_stages = """
    1 | GPs and gynaecologists draft the pathway | May | May | | | |
    2 | Draft shared with both localities | June | June | | | |
    3 | Pathway in use | 1st July | | | | |
    4 | Audit of referrals | 1st July | on-going | | | |
    """
    glaucoma_stages = """
    1 | Compare local pathway with guidance | May | June | | | |
    2 | Opticians trained and accredited | July | July | | | |
    3 | Pilot in the west | August | | | | |
    4 | Review of the pilot | September | November | | | |
    5 | Roll-out, first phase | December | December | | | |
    """
    referral_stages = """
    1 | Draft scheme | June | July | | | |
    2 | Clinical executive considers it | July | July | | | |
    3 | Practices sign up | July | August | | | |
    """
    nothing_yet = "Green | - | 75% | 0 | 0 |"
    return (
        *project(
            "Hospice at Home - Locality project West",
            "M. Dunmore and C. Ferrier",
            """A two-year pilot of nursing at home for people in their last days. From December about 30 people a
            month are expected to be cared for where they wish to be; a hospital stay costs £1,183.""",
            HOSPICE_PROFILE,
            "Green | 142 | 75% | 106 | 35 | Savings begin in December",
            hospice_stages,
        ),
        *project(
            "Menorrhagia pathway - Locality project Thornby/Ashmill",
            "C. Ferrier",
            """GPs would treat heavy periods themselves for longer. The hospital believes one referral in five need not
            be made.""",
            MENORRHAGIA_PROFILE,
            nothing_yet,
            menorrhagia_stages,
        ),
        *project(
            "Glaucoma pathway - Locality project Thornby/Ashmill",
            "C. Ferrier",
            """High-street opticians would repeat the pressure test before anyone is referred and would see a quarter of
            those who now return to the eye clinic. In a full year that is worth £117k.""",
            full_year_only("Glaucoma pathway redesign", "117"),
            nothing_yet,
            glaucoma_stages,
        ),
        *project(
            "Referral management scheme - Locality project West",
            "M. Dunmore",
            """Practices are rewarded for cutting referrals from one consultant to another by a fifth. Half of the £482k
            that this frees pays for the scheme; £241k is left.""",
            full_year_only("Referral management scheme", "241"),
            nothing_yet,
            referral_stages,
        ),
    )


HARROW_COVER = """
Subject: | Project returns for the 2010/11 commissioning plan
Lead: | M. Dunmore, Consortium Manager
Author: | C. Ferrier, Project Support
Enclosure: | 4
For: | Approval
"""
HARROW_EFFECTS = """
Area | Effect
Finance | All four projects release cash or cost nothing; none needs new money
Patient safety | Reviewed with the hospital's lead nurse
Public views | Patient group saw the plan in May
Workforce | Training time for nurses and opticians
"""
HARROW_PRESENT = """
Practice | Representative | March | April | May
Ashmill Surgery | Dr P. Lind | Yes | Yes | Yes
Church Lane, Thornby | Dr A. Rahman | Yes | No | Yes
Vale Health Centre | Dr E. Crowther | No | Yes | Yes
Weir Street | L. Boothby, practice manager | Yes | Yes | No
"""


def harrow_vale() -> Paper:
    """The consortium's plan: a template for each of four projects, one of them with pounds in a column of thousands."""
    title = "Project returns for the 2010/11 commissioning plan"
    blocks: tuple[Block, ...] = (
        """
        ! Harrow Vale Practice Based Commissioning Consortium

        # Practice Based Commissioning Governance Committee

        Meeting on 9 June 2010
        """,
        draw(HARROW_COVER, 0, (1, 4)),
        """
        # Executive summary

        1. The consortium brings four projects of its plan for 2010/11. Two save money this year: Hospice at Home
        £142k from December, and the menorrhagia pathway about £39k from July, some £181k together.

        2. In a full year the four are worth £842k: Hospice at Home £426k, referral management £241k, glaucoma £117k and
        menorrhagia £58k. Because hospice savings start late, £284k of its full-year sum falls outside 2010/11.

        3. No savings have been made yet. Leads are three-quarters confident of what they have entered.

        # What the committee is asked to do

        Approve the four returns, and agree that they come back each month.

        # Effects
        """,
        draw(HARROW_EFFECTS, 1, (1, 4)),
        *harrow_vale_projects(),
        Page(),
        """
        # Notes for members

        4. Learning afternoons begin again in September. Practices close at one o'clock on the second Wednesday, calls
        pass to the out of hours service, and lunch is at the Corn Hall. The first speaker is a dermatologist; the
        second, by popular request, will talk about sleep.

        5. Attendance since March is set out below. Practices that cannot come may send a nurse or their manager, who
        has the same vote.
        """,
        draw(HARROW_PRESENT, 1, (2, 2)),
        """
        6. The Weir Street car park is closed for resurfacing until the middle of July. Patients have been asked to
        use the market square, where the first hour costs nothing.

        7. Vale Health Centre has a new boiler. Church Lane is still waiting for its own and has lent its fan heaters
        back.

        8. The consortium's newsletter needs an editor. It appears four times a year and is read, the last survey
        says, by more people than expected.
        """,
    )
    return Paper(title, "C. Ferrier", datetime(2010, 6, 1, 9, tzinfo=UTC), blocks)


# ---- Fellside: a trust's cost improvement programme, month 6 of 2014/15 --------------------------------------------

# Scheme, lead, recurrence, annual plan, plan and actual to date, forecast.
CIP_SCHEMES = """
Theatre productivity | Surgery | Recurrent | 1200 | 540 | 512 | 1150
Length of stay | Medicine | Recurrent | 1850 | 740 | 561 | 1480
Agency and locum controls | Workforce | Recurrent | 1400 | 640 | 655 | 1420
Procurement and stock | Finance | Recurrent | 980 | 470 | 488 | 1010
Medicines optimisation | Pharmacy | Recurrent | 640 | 310 | 322 | 655
Outpatient booking | Operations | Recurrent | 420 | 180 | 149 | 370
Pathology network | Diagnostics | Recurrent | 560 | 200 | 96 | 310
Estates and energy | Estates | Recurrent | 390 | 195 | 201 | 395
Corporate vacancy hold | Workforce | Non recurrent | 450 | 225 | 262 | 480
VAT review | Finance | Non recurrent | 310 | 310 | 310 | 310
Unidentified | Finance | Recurrent | 800 | 290 | 0 | 0
"""
CIP_HEADS = "Scheme | Lead | Recurrent / Non recurrent | Annual plan £000 | YTD plan £000 | YTD actual £000 \
| YTD variance £000 | Forecast outturn £000 | RAG"
FELLSIDE_COVER = """
Report title | Cost improvement programme: month 6
Agenda item | 6
Executive lead | B. Thackray, Director of Finance
Author | N. Quill, Head of Improvement
Status | Final
"""
FELLSIDE_RISKS = """
Risk | Owner | Score | Mitigation
Winter pressure stops ward moves | Operations | 16 | Moves brought forward to November
Pathology partners delay the contract | Diagnostics | 12 | Weekly call between chief executives
Agency cap breached on night shifts | Workforce | 9 | Bank rates reviewed
"""
FELLSIDE_TRAVEL = """
How staff come to work | 2012 survey | 2014 survey
Car, alone | 61% | 54%
Car, shared | 9% | 12%
Bus or train | 17% | 19%
Bicycle or on foot | 13% | 15%
"""


def cip_row(words: Sequence[str], figures: Sequence[Decimal]) -> str:
    """A row as printed: variance is actual less plan, the rating is by the share of the plan to date delivered."""
    annual, plan, actual, forecast = figures
    share = actual / plan
    rag = "Green" if share >= Decimal("0.95") else "Amber" if share >= Decimal("0.8") else "Red"
    cells = [*words, *map(bracketed, (annual, plan, actual, actual - plan, forecast)), rag]
    return " | ".join(cells)


def fellside() -> Paper:
    """A plain trust report: one heading row, savings above nought, an Unidentified line, everything adds up."""
    schemes = [(row[:3], [Decimal(cell) for cell in row[3:]]) for row in cut(CIP_SCHEMES)]
    sums = [sum(column, Decimal(0)) for column in zip(*(figures for _, figures in schemes), strict=True)]
    annual, plan, actual, forecast = sums
    one_off = sum(figures[-1] for words, figures in schemes if words[2] == "Non recurrent")
    rows = [*schemes, (["Total", "", ""], sums)]
    drawing = "\n".join([CIP_HEADS, *(cip_row(words, figures) for words, figures in rows)])
    unidentified = schemes[-1][1][0]
    blocks: tuple[Block, ...] = (
        """
        ! Fellside Hospitals NHS Foundation Trust

        # Finance and Investment Committee, 31 October 2014
        """,
        draw(FELLSIDE_COVER, 0, (1, 3)),
        f"""
        # Executive summary

        1. At Month 6 of 2014/15 (September 2014) the programme has saved £{actual:,}k against £{plan:,}k planned to
        date, £{plan - actual:,}k behind, or {actual / plan:.0%} of the plan.

        2. The annual plan is £{annual:,}k. Leads forecast £{forecast:,}k, £{annual - forecast:,}k less. £{one_off:,}k
        of the forecast is non recurrent and will have to be found again next year.

        3. £{unidentified:,}k of the plan still has no scheme behind it. Without that line the forecast gap would be
        £{annual - forecast - unidentified:,}k.

        # Schemes

        4. Letters are for savings to date: green from 95% of the plan, amber from 80%, red below that.
        """,
        draw(drawing, 1, (2.6, 1.2, 1.3)),
        """
        5. Length of stay suffers from a late start on two wards. The pathology network waits for a contract that the
        partners have not signed; nothing more can be saved there before January.

        6. Figures in brackets are adverse.

        # Risks
        """,
        draw(FELLSIDE_RISKS, 1, (3, 1.2, 0.8, 3)),
        Page(),
        """
        # Getting to work

        7. The travel survey was repeated in June. Fewer people drive alone than two years ago, and the shuttle from the
        station is full on weekdays.
        """,
        draw(FELLSIDE_TRAVEL),
        """
        8. Cyclists asked for a second shelter and somewhere to dry clothes. The old linen store is being measured.

        9. The bus company will stop inside the grounds from the spring, once the kerb at the east gate is lowered.
        Until then the stop on Fell Road is lit all night.

        10. Car sharers may now use the upper deck, which was kept for visitors before the new ramp was built. Wardens
        report no difficulty, apart from geese.

        11. The next survey is in 2016. The committee thanked the volunteers who stood at the gates with clipboards in
        weather that was described as typical.
        """,
    )
    return Paper("Cost improvement programme: month 6", "N. Quill", datetime(2014, 10, 22, 9, tzinfo=UTC), blocks)


# ---- all of them ---------------------------------------------------------------------------------------------------

SAMPLES: dict[str, Callable[[Path], None]] = {
    "northmere-board-m11.pdf": lambda path: write_pdf(path, northmere_board()),
    "northmere-summary-m11.md": write_northmere_summary,
    "eastholme-tracker-m12.docx": lambda path: write_docx(path, eastholme_m12()),
    "eastholme-tracker-m01.pdf": lambda path: write_pdf(path, eastholme_m01()),
    "eastholme-schemes-m01.txt": write_eastholme_scan,
    "harrow-vale-projects.docx": lambda path: write_docx(path, harrow_vale()),
    "fellside-trust-cip-m06.docx": lambda path: write_docx(path, fellside()),
}


def main(names: Sequence[str]) -> None:
    """Write the samples named, or all of them, into this script's folder."""
    unknown = [name for name in names if name not in SAMPLES]
    if unknown:
        sys.exit(f"No sample is called {', '.join(unknown)}. There are: {', '.join(SAMPLES)}")
    for name in names or SAMPLES:
        SAMPLES[name](FOLDER / name)


if __name__ == "__main__":
    main(sys.argv[1:])
