"""Make the benchmark's PDFs: one a style of table, and a long pack of prose with a few table pages, truth beside them.

    python bench/corpus.py FOLDER [--pages 300] [--seed 11]

The folder then holds `NAME.pdf` for each style with `truth.json` ({name: {page: [table, ...]}}, a table being rows of
cells), and `pack.pdf` with `pack_tables.json` (a key a page that holds a table). The same seed gives the same bytes.
Every body, scheme and figure is invented.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from prose import BODIES, draw_furniture, draw_paragraphs, draw_prose_page
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table

SEED = 11
PROSE_TO_TABLES = 15  # one page in fifteen of the pack holds a table: twenty in three hundred
MONTHS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
SCHEMES = (
    "Bed days after fracture", "Wound dressings formulary", "Night transport rota", "Laundry retender",
    "Inhaler switch", "Virtual fracture clinic", "Outsourced scans brought home", "Locum rate card",
    "Steam plant repairs", "Duplicate blood tests", "Continence products", "Discharge lounge hours",
    "Interpreting by video", "Theatre late starts", "Stoma supplies", "Insulin pump contract",
    "Community equipment returns", "Letters sent by post", "Hip implant range", "Patient advice line",
    "Bank shifts booked late", "Vacant floor at Low Mill", "Catering waste", "Podiatry waiting list",
)  # fmt: skip
REASONS = (
    "held back until the new contract is signed in the autumn", "with the clinics at Low Mill and Aldersike",
    "less the cost of two nurses for the first six months", "after the review asked for by the audit committee",
    "for patients seen in the community rather than on a ward", "once stock in hand has been used up",
)  # fmt: skip
LEADS = ("M Thwaite", "P Okonjo", "L Garside", "R Bellhouse", "S Quarmby", "J Adeyinka")

Rows = list[list[str]]
Span = tuple[int, int, int, int]  # first column, first row, last column, last row


@dataclass(frozen=True)
class Content:
    """The words of a table: rows from the headings down, the cells that are merged, and rows that stand apart."""

    rows: Rows
    headings: int = 1
    spans: tuple[Span, ...] = ()
    strong: tuple[int, ...] = ()
    wrap: tuple[float, ...] = ()  # a width a column, where the first column wraps


@dataclass(frozen=True)
class Style:
    """One way of printing a table: what it holds and how it is ruled, set and turned."""

    name: str
    content: Callable[[random.Random], Content]
    rules: str  # grid, none, zebra, horizontal, box
    size: float = 9
    gap: float = 6  # points between the text of a cell and its edge, so columns stand two of these apart
    font: str = "Helvetica"
    wide: bool = False  # landscape
    turned: bool = False  # a portrait page that is shown turned by /Rotate 90
    rows_a_page: int = 0  # over pages, with the headings repeated on each


def thousands(amount: int) -> str:
    """A figure as papers print it: brackets below zero, a dash for nothing.

    >>> thousands(-1204), thousands(0)
    ('(1,204)', '–')
    """
    return "–" if amount == 0 else f"({-amount:,})" if amount < 0 else f"{amount:,}"


def rating(plan: int, actual: int) -> str:
    """R, A or G by the share of the plan that was delivered."""
    return "G" if actual >= plan * 0.95 else "A" if actual >= plan * 0.75 else "R"


def figures(rng: random.Random) -> tuple[int, int]:
    """A plan and what was delivered against it, in thousands; now and then nothing at all."""
    plan = rng.choice((rng.randint(12, 190), rng.randint(200, 2400)))
    return plan, 0 if rng.random() < 0.08 else round(plan * rng.uniform(0.45, 1.25))


def with_variance(plan: int, actual: int) -> list[str]:
    """Plan, actual and variance as printed."""
    return [thousands(plan), thousands(actual), thousands(actual - plan)]


def position(rng: random.Random, count: int = 14) -> Content:
    """A reference, a scheme, its plan, actual and variance, a letter; and the total beneath."""
    rows = [["Ref", "Scheme", "Plan £000", "Actual £000", "Variance £000", "RAG"]]
    totals = [0, 0]
    for number, scheme in enumerate(rng.sample(SCHEMES, count) if count <= len(SCHEMES) else many(rng, count), 1):
        plan, actual = figures(rng)
        totals = [totals[0] + plan, totals[1] + actual]
        rows.append([f"LW{number:02}", scheme, *with_variance(plan, actual), rating(plan, actual)])
    rows.append(["", "Total", *with_variance(*totals), rating(*totals)])
    return Content(rows, strong=(len(rows) - 1,))


def many(rng: random.Random, count: int) -> list[str]:
    """More schemes than there are names: the same ones at several sites."""
    sites = ("Low Mill", "Aldersike", "Wendle", "Harbour Row")
    return rng.sample([f"{scheme}, {site}" for scheme in SCHEMES for site in sites], count)


def months(rng: random.Random) -> Content:
    """A scheme a row, a column a month, the year at the end."""
    rows = [["Scheme", *MONTHS, "Year"]]
    for scheme in rng.sample(SCHEMES, 11):
        start, size = rng.choice((0, 0, 3, 6)), rng.randint(4, 140)
        monthly = [0 if month < start else round(size * rng.uniform(-0.2, 1.3)) for month in range(12)]
        rows.append([scheme, *map(thousands, monthly), thousands(sum(monthly))])
    return Content(rows)


def tiers(rng: random.Random) -> Content:
    """Two tiers of headings: the year to date and the full year each span three columns."""
    rows = [
        ["Workstream", "Year to date £000", "", "", "Full year £000", "", "", "RAG"],
        ["", "Plan", "Actual", "Variance", "Plan", "Forecast", "Variance", ""],
    ]
    for scheme in rng.sample(SCHEMES, 12):
        plan, actual = figures(rng)
        year, outturn = plan * 2 + rng.randint(0, 40), actual * 2 + rng.randint(0, 60)
        rows.append([scheme, *with_variance(plan, actual), *with_variance(year, outturn), rating(year, outturn)])
    return Content(rows, 2, ((1, 0, 3, 0), (4, 0, 6, 0), (0, 0, 0, 1), (7, 0, 7, 1)))


def wrapped(rng: random.Random) -> Content:
    """Labels of two or three lines beside figures of one."""
    rows = [["Scheme and what it turns on", "Lead", "Plan £000", "Actual £000", "Variance £000", "RAG"]]
    for scheme in rng.sample(SCHEMES, 9):
        plan, actual = figures(rng)
        label = f"{scheme} {rng.choice(REASONS)}"
        rows.append([label, rng.choice(LEADS), *with_variance(plan, actual), rating(plan, actual)])
    return Content(rows, wrap=(150, 66, 62, 66, 74, 36))


def grouped(rng: random.Random) -> Content:
    """Schemes under the name of their division, a subtotal beneath each."""
    rows = [["Scheme", "Plan £000", "Actual £000", "Variance £000", "RAG"]]
    strong: list[int] = []
    names = iter(rng.sample(SCHEMES, 12))
    for division in ("Surgery", "Medicine", "Estates"):
        strong.append(len(rows))
        rows.append([division, "", "", "", ""])
        lines = [(next(names), *figures(rng)) for _ in range(4)]
        rows += [[scheme, *with_variance(plan, actual), rating(plan, actual)] for scheme, plan, actual in lines]
        strong.append(len(rows))
        plan, actual = (sum(line[part] for line in lines) for part in (1, 2))
        rows.append([f"{division} total", *with_variance(plan, actual), rating(plan, actual)])
    return Content(rows, strong=tuple(strong))


def long_position(rng: random.Random) -> Content:
    """A position of more rows than fit on two pages."""
    return position(rng, 70)


STYLES = (
    Style("ruled-grid", position, "grid"),
    Style("no-rules", position, "none"),
    Style("zebra-bands", position, "zebra", font="Vera"),
    Style("horizontal-rules", position, "horizontal", font="Times-Roman"),
    Style("box-only", position, "box", gap=8),
    Style("spanning-grid", tiers, "grid", wide=True),
    Style("spanning-no-rules", tiers, "none", wide=True),
    Style("grouped-grid", grouped, "grid"),
    Style("grouped-horizontal", grouped, "horizontal"),
    Style("over-pages-grid", long_position, "grid", rows_a_page=30),
    Style("over-pages-no-rules", long_position, "none", rows_a_page=36),
    Style("rotated-grid", months, "grid", size=8, gap=4, turned=True),
    Style("rotated-no-rules", tiers, "none", turned=True),
    Style("six-point-grid", months, "grid", size=6, gap=2.5),
    Style("six-point-no-rules", months, "none", size=6, gap=3.5),
    Style("wrapped-grid", wrapped, "grid"),
    Style("wrapped-no-rules", wrapped, "none", gap=4),
    Style("tight-columns", months, "none", size=7, gap=1.8),
)


def ruling(style: Style, content: Content) -> list[tuple]:
    """What reportlab is to draw about the cells."""
    last = content.headings - 1
    thin, grey = 0.5, colors.HexColor("#7d8894")
    commands: list[tuple] = {
        "grid": [("GRID", (0, 0), (-1, -1), thin, grey)],
        "none": [],
        "zebra": [("ROWBACKGROUNDS", (0, last + 1), (-1, -1), (colors.HexColor("#e9eff5"), colors.white))],
        "horizontal": [("LINEBELOW", (0, 0), (-1, -1), thin, grey), ("LINEABOVE", (0, 0), (-1, 0), 1, grey)],
        "box": [("BOX", (0, 0), (-1, -1), 1, grey), ("LINEBELOW", (0, last), (-1, last), 1, grey)],
    }[style.rules]
    commands += [("SPAN", (left, top), (right, bottom)) for left, top, right, bottom in content.spans]
    return commands


def setting(style: Style, content: Content, start: int) -> list[tuple]:
    """Fonts, sizes and places of the text; `start` is the first body row on this page."""
    figures_from = next(n for n, cell in enumerate(content.rows[-1]) if cell and cell[-1] in "0123456789–)")
    bold = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold", "Vera": "VeraBd"}[style.font]
    last = content.headings - 1
    commands: list[tuple] = [
        ("FONT", (0, 0), (-1, -1), style.font, style.size, style.size * 1.2),
        ("FONT", (0, 0), (-1, last), bold, style.size, style.size * 1.2),
        ("ALIGN", (figures_from, 0), (-1, -1), "RIGHT"),
        ("ALIGN", (-1, 0), (-1, -1), "RIGHT" if content.rows[0][-1] == "Year" else "CENTER"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), style.gap),
        ("RIGHTPADDING", (0, 0), (-1, -1), style.gap),
        ("TOPPADDING", (0, 0), (-1, -1), style.size / 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), style.size / 3),
    ]
    commands += [("ALIGN", (left, top), (right, bottom), "CENTER") for left, top, right, bottom in content.spans]
    rows = [row - start + content.headings for row in content.strong if row >= start]
    return commands + [("FONT", (0, row), (-1, row), bold, style.size, style.size * 1.2) for row in rows]


def cells(style: Style, content: Content, rows: Rows) -> list[list[object]]:
    """The rows as reportlab takes them: labels that wrap are paragraphs."""
    if not content.wrap:
        return [list(row) for row in rows]
    label = ParagraphStyle("label", fontName=style.font, fontSize=style.size, leading=style.size * 1.2)
    return [[Paragraph(escape(row[0]), label), *row[1:]] for row in rows]


def parts(style: Style, content: Content) -> Iterator[tuple[int, Rows]]:
    """The table page by page: the number of the first body row there, and all rows printed, headings among them."""
    head, body = content.rows[: content.headings], content.rows[content.headings :]
    step = style.rows_a_page or len(body)
    for first in range(0, len(body), step):
        yield first + content.headings, head + body[first : first + step]


def open_page(canvas: Canvas, style: Style) -> tuple[float, float]:
    """Turn the page as the style asks; its width and height as a reader sees it."""
    size = landscape(A4) if style.wide or style.turned else A4
    canvas.setPageSize(size)  # as it is seen: for a turned page reportlab swaps the sides of the sheet itself
    canvas.setPageRotation(90 if style.turned else 0)
    if style.turned:
        canvas.translate(size[1], 0)
        canvas.rotate(90)
    return size


def draw_table_pages(canvas: Canvas, style: Style, rng: random.Random, page: int) -> list[Rows]:
    """Draw the pages of one style from number `page` on; the rows printed on each."""
    content, printed = style.content(rng), []
    for start, rows in parts(style, content):
        size = open_page(canvas, style)
        draw_furniture(canvas, rng.choice(BODIES), page + len(printed), size)
        top = draw_paragraphs(canvas, rng, size, count=1 if style.rows_a_page or size[0] > size[1] else 2)
        shown = cells(style, content, rows)
        commands = ruling(style, content) + setting(style, content, start)
        table = Table(shown, colWidths=list(content.wrap) or None, style=commands)
        _, height = table.wrapOn(canvas, size[0], size[1])
        table.drawOn(canvas, 48, top - 12 - height)
        if top - height > 190:
            draw_paragraphs(canvas, rng, size, count=1, top=top - height - 40)
        canvas.showPage()
        printed.append(rows)
    return printed


def new_canvas(path: Path) -> Canvas:
    """A PDF whose bytes depend on nothing but what is drawn."""
    return Canvas(str(path), pagesize=A4, invariant=1)


def write_style(folder: Path, style: Style, seed: int) -> dict[str, list[Rows]]:
    """Write one style's PDF; its truth by page number."""
    canvas = new_canvas(folder / f"{style.name}.pdf")
    printed = draw_table_pages(canvas, style, random.Random(f"{seed} {style.name}"), 1)  # noqa: S311  figures, no secrets
    canvas.save()
    return {str(number): [rows] for number, rows in enumerate(printed, 1)}


def write_pack(folder: Path, pages: int, seed: int) -> dict[str, list[object]]:
    """Write the pack; by the number of a table page, the style of its table and the page of that style."""
    rng = random.Random(f"{seed} pack")  # noqa: S311  figures, no secrets
    styles = [style for style in STYLES if not style.rows_a_page]
    wanted = set(rng.sample(range(2, pages + 1), max(2, pages // PROSE_TO_TABLES))) if pages > 3 else {pages}
    canvas, tables = new_canvas(folder / "pack.pdf"), {}
    for page in range(1, pages + 1):
        if page in wanted:
            style = styles[len(tables) % len(styles)]
            draw_table_pages(canvas, style, rng, page)
            tables[str(page)] = [style.name, 1]
        else:
            draw_prose_page(canvas, rng, page)
    canvas.save()
    return tables


def write_corpus(folder: Path, pages: int = 300, seed: int = SEED) -> None:
    """Write every style and the pack with their truth into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    truth = {style.name: write_style(folder, style, seed) for style in STYLES}
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    tables = write_pack(folder, pages, seed)
    (folder / "pack_tables.json").write_text(json.dumps(tables), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the corpus into the folder named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=300, help="pages of the pack (default 300)")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    write_corpus(options.folder, options.pages, options.seed)


if __name__ == "__main__":
    main()
