"""`tables`: every table of a file as rows of text, in every format, alike for any number of processes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from conftest import SAMPLES, Run
from qippctl import pipeline
from qippctl.interpret.colours import shade_of

Runner = Callable[..., Run]
HEADED = ["Scheme", "YTD plan", "YTD actual", "Variance", "RAG"]
WIDTHS = [120, 70, 70, 70, 40]
SHADES = ["#007f3b", "#d5281b", "#ffb81c"]


def draw(canvas: Canvas, rows: list[list[str]], style: list[tuple], top: float = 740) -> None:
    table = Table(rows, colWidths=WIDTHS, rowHeights=18, style=style)
    _, height = table.wrapOn(canvas, 500, 700)
    table.drawOn(canvas, 72, top - height)


def schemes(first: int, count: int) -> list[list[str]]:
    return [[f"Scheme number {k}", f"{k}00", f"{k}10", "10", "G"] for k in range(first, first + count)]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table over two pages without its headings again, prose, and the same table for another month."""
    path = tmp_path_factory.mktemp("tables") / "paper.pdf"
    canvas = Canvas(str(path), invariant=1)
    right = [("ALIGN", (1, 0), (-1, -1), "RIGHT")]
    for number, (title, rows) in enumerate(
        [
            ("QIPP savings at month 9 2014/15 (£000)", [HEADED, *schemes(1, 12)]),
            ("", schemes(13, 9)),
            ("The board is asked to note how the programme stands. Nothing on this page is a table of any kind.", []),
            ("QIPP savings at month 10 2014/15 (£000)", [HEADED, *schemes(1, 5)]),
            ("QIPP savings at month 11 2014/15 (£000)", [HEADED, *schemes(1, 5)]),
        ],
        1,
    ):
        canvas.drawString(72, 770, title)
        if rows:
            draw(canvas, rows, right)
        canvas.drawString(280, 30, f"Page {number}")
        canvas.showPage()
    canvas.save()
    return path


def test_a_table_that_goes_on_says_so_and_another_month_does_not(run: Runner, paper: Path) -> None:
    found = [json.loads(line) for line in run("tables", paper, "--format", "jsonl").out.splitlines()]
    assert [(t["id"], t["continues"], len(t["rows"])) for t in found] == [
        ("p1t1", None, 13),
        ("p2t1", "p1t1", 9),
        ("p4t1", None, 6),
        ("p5t1", None, 6),
    ]
    assert all(table["type"] == "table" and len(table["bbox"]) == 4 for table in found)


def test_extract_joins_what_goes_on(paper: Path) -> None:
    plans = [f for f in pipeline.extract(paper).figures if f.measure == "plan" and f.table == "p1t1"]
    assert [(f.page, f.scheme) for f in plans][11:13] == [(1, "Scheme number 12"), (2, "Scheme number 13")]
    assert len(plans) == 21


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_any_number_of_processes_gives_the_same(run: Runner, paper: Path, workers: int) -> None:
    assert (
        run("tables", paper, "--workers", workers, "--format", "jsonl").out
        == run("tables", paper, "--format", "jsonl").out
    )


def test_fast_passes_over_pages_with_few_numbers_and_says_which(run: Runner, paper: Path) -> None:
    done = run("tables", paper, "--fast", "--format", "jsonl")
    assert len(done.out.splitlines()) == 4
    assert "page 3: passed over, as they hold few numbers" in done.err


def test_csv_has_a_line_a_row_with_its_table_and_page(run: Runner, paper: Path) -> None:
    lines = list(csv.reader(io.StringIO(run("tables", paper, "--pages", "4-5", "--format", "csv").out)))
    assert lines[0][:4] == ["table", "page", "row", "column 1"]
    assert lines[1][:5] == ["p4t1", "4", "0", "Scheme", "YTD plan"]
    assert len(lines) == 13


@pytest.mark.parametrize("form", ["table", "md"])
@pytest.mark.parametrize("name", ["northmere-board-m11.pdf", "tarnwater-tracker-m05.xlsx", "merrowdale-draft-m08.docx"])
def test_tables_of_any_format_are_printed(run: Runner, form: str, name: str) -> None:
    done = run("tables", SAMPLES / name, "--format", form)
    assert done.status == 0
    assert "p1t1, page 1, found" in done.out


def test_a_file_without_tables_says_so(run: Runner, paper: Path) -> None:
    done = run("tables", paper, "--pages", "3")
    assert (done.status, done.out.strip()) == (0, "")
    assert "no table found on 1 page" in done.err


@pytest.mark.parametrize("ruled", [True, False])
def test_filled_cells_and_blobs_are_ratings(ruled: bool, tmp_path: Path) -> None:
    rows = [
        HEADED,
        ["Beds", "100", "120", "20", ""],
        ["Drugs", "50", "40", "(10)", ""],
        ["Theatres", "80", "76", "(4)", ""],
    ]
    path = tmp_path / "rag.pdf"
    canvas = Canvas(str(path), invariant=1)
    canvas.drawString(72, 800, "Northmere Clinical Commissioning Group")
    canvas.drawString(72, 780, "QIPP savings at month 9 2014/15 (£000)")
    if ruled:
        fills = [("BACKGROUND", (4, k), (4, k), shade) for k, shade in enumerate(SHADES, 1)]
        draw(canvas, rows, [("GRID", (0, 0), (-1, -1), 0.5, "black"), *fills])
    else:
        draw(canvas, rows, [("ALIGN", (1, 0), (-1, -1), "RIGHT")])
        for k, shade in enumerate(SHADES, 1):
            canvas.setFillColor(shade)
            canvas.circle(72 + sum(WIDTHS) - 20, 740 - 18 * k - 9, 5, fill=1, stroke=0)
    canvas.save()
    ratings = pipeline.extract(path).ratings
    assert [(r.scheme, r.colour, r.raw) for r in ratings] == [
        ("Beds", "green", SHADES[0]),
        ("Drugs", "red", SHADES[1]),
        ("Theatres", "amber", SHADES[2]),
    ]


@pytest.mark.parametrize(
    ("shade", "colour"),
    [
        ("#ff0000", "red"), ("#ffc000", "amber"), ("#00b050", "green"), ("#ffff00", "amber"),
        ("#d9d9d9", None), ("#dbe5f1", None), ("#800080", None), ("R", None),
    ],
)  # fmt: skip
def test_a_shade_is_a_colour_only_where_it_is_plainly_one(shade: str, colour: str | None) -> None:
    assert shade_of(shade) == colour


def test_labels_that_wrap_beside_figures_are_no_column_of_text(tmp_path: Path) -> None:
    path = tmp_path / "wrapped.pdf"
    canvas = Canvas(str(path), invariant=1)
    canvas.setFont("Helvetica", 9)
    for k in range(8):
        top = 700 - 32 * k
        canvas.drawString(60, top, "Repairs to plant that was due to be")
        canvas.drawString(60, top - 11, "replaced before the winter comes in")
        for x, text in ((330, f"{k + 1}00"), (400, f"{k + 1}10"), (470, "10")):
            canvas.drawRightString(x, top, text)
    canvas.save()
    (table,) = pipeline.tables(path).tables
    label = "Repairs to plant that was due to be\nreplaced before the winter comes in"
    assert [row[:2] for row in table.rows] == [(label, f"{k}00") for k in range(1, 9)]
