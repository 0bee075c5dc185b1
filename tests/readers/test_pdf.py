"""PDF: ruled tables, prose around them, page numbers, and what is told of pages that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from qippctl.errors import LimitError, UnreadableError
from qippctl.models.document import Document, Grid, Prose
from qippctl.readers import Limits, Pages, read

WIDTH, HEIGHT = A4
RULED = ("GRID", (0, 0), (-1, -1), 0.5, "black")
HEADED = [
    ["Scheme", "Year to date", "", "RAG"],
    ["", "Plan", "Actual", ""],
    ["Beds", "1,440", "(997)", "R"],
    ["Drugs", "50", "40", "A"],
]
MERGED = [RULED, ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (3, 1))]


def draw_table(canvas: Canvas, rows: list[list[str]], style: list[tuple], x: float = 72, y: float = 600) -> None:
    table = Table(rows, colWidths=90, rowHeights=20, style=style)
    table.wrapOn(canvas, WIDTH, HEIGHT)
    table.drawOn(canvas, x, y)


def blocks(document: Document) -> list[str | list[list[str]]]:
    return [block.text if isinstance(block, Prose) else block.texts() for block in document.blocks]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six pages: a table, nothing but a picture, blank, a frame around prose, on its side, the last."""
    path = tmp_path_factory.mktemp("pdf") / "pack.pdf"
    canvas = Canvas(str(path), pagesize=A4, invariant=1)

    canvas.drawString(72, 780, "QIPP report at month 11")
    draw_table(canvas, HEADED, MERGED)
    canvas.drawString(72, 560, "Below the table")
    canvas.drawString(280, 30, "Page 181 of 300")
    canvas.showPage()

    canvas.drawInlineImage(Image.new("RGB", (8, 8), "grey"), 72, 400, 400, 300)
    canvas.showPage()

    canvas.showPage()

    canvas.drawString(280, 800, "iv")
    draw_table(canvas, [["Recommendation"], ["The board is asked to note 690"]], [RULED])
    canvas.drawString(72, 400, "After the frame")
    canvas.showPage()

    canvas.setPageRotation(90)
    canvas.rotate(90)
    canvas.translate(0, -WIDTH)
    canvas.drawString(72, 500, "Landscape page")
    draw_table(canvas, HEADED, MERGED, y=350)
    canvas.drawString(400, 30, "185")
    canvas.showPage()

    canvas.drawString(72, 780, "The last page")
    canvas.drawString(72, 760, "has 12 words more than 100")
    canvas.showPage()

    canvas.save()
    return path


@pytest.fixture(autouse=True, scope="module")
def _without_reader_of_pictures() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QIPPCTL_OCR", "off")
        yield


@pytest.fixture(scope="module")
def document(pack: Path, _without_reader_of_pictures: None) -> Document:
    return read(pack)


def of_page(document: Document, number: int) -> list[Prose | Grid]:
    return [block for block in document.blocks if block.page == number]


def test_prose_and_tables_stand_in_order_from_the_top(document: Document) -> None:
    heading, grid, below, footer = of_page(document, 1)
    assert [block.text for block in (heading, below, footer) if isinstance(block, Prose)] == [
        "QIPP report at month 11",
        "Below the table",
        "Page 181 of 300",
    ]
    assert isinstance(grid, Grid)
    assert grid.texts() == HEADED
    assert grid.method == "ruled"


def test_merged_headings_reach_over_the_columns_they_cover(document: Document) -> None:
    grid = next(document.grids())
    assert [cell.colspan for cell in grid.rows[0]] == [1, 2, 1, 1]
    assert [cell.covered for cell in grid.rows[0]] == [False, False, True, False]
    assert [cell.covered for cell in grid.rows[1]] == [True, False, False, True]
    assert not any(cell.covered for row in grid.rows[2:] for cell in row)


def test_places_are_in_points_from_the_top_left(document: Document) -> None:
    grid = next(document.grids())
    assert grid.bbox == pytest.approx((72, HEIGHT - 680, 432, HEIGHT - 600), abs=0.6)
    assert grid.rows[2][1].bbox == pytest.approx((162, HEIGHT - 640, 252, HEIGHT - 620), abs=0.6)
    assert grid.rows[0][1].bbox == pytest.approx((162, HEIGHT - 680, 342, HEIGHT - 660), abs=0.6)


def test_printed_page_numbers_are_known_at_top_and_bottom(document: Document) -> None:
    assert [(page.number, page.printed) for page in document.pages] == [
        (1, "181"),
        (2, None),
        (3, None),
        (4, "iv"),
        (5, "185"),
        (6, None),
    ]


def test_a_picture_without_text_is_told_and_a_blank_page_is_not(document: Document) -> None:
    assert document.notes == (
        "no text on page 2: pictures, whose figures were not read. To read them: pip install 'qippctl[ocr]'",
    )
    assert of_page(document, 2) == of_page(document, 3) == []


def test_a_frame_around_prose_is_prose(document: Document) -> None:
    assert [block.text for block in of_page(document, 4) if isinstance(block, Prose)] == [
        "iv",
        "Recommendation",
        "The board is asked to note 690",
        "After the frame",
    ]
    assert len(of_page(document, 4)) == 4


def test_a_page_on_its_side_reads_as_it_is_shown(document: Document) -> None:
    heading, grid, number = of_page(document, 5)
    assert isinstance(heading, Prose)
    assert isinstance(grid, Grid)
    assert isinstance(number, Prose)
    assert (heading.text, grid.texts(), number.text) == ("Landscape page", HEADED, "185")
    assert [cell.colspan for cell in grid.rows[0]] == [1, 2, 1, 1]


def test_chosen_pages_keep_their_numbers_and_the_first_ones_stand_in_front(pack: Path) -> None:
    steps: list[tuple[int, int]] = []
    chosen = read(pack, Pages.parse("6,4-5,99"), progress=lambda done, of: steps.append((done, of)))
    assert [page.number for page in chosen.pages] == [4, 5, 6]
    assert {block.page for block in chosen.blocks} == {4, 5, 6}
    assert (chosen.page_count, chosen.notes) == (6, ())
    assert {block.page for block in chosen.front} == {1}
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_reading_twice_gives_the_same(pack: Path, document: Document) -> None:
    assert read(pack) == document


@pytest.mark.parametrize(
    ("pages", "limits", "kind", "words"),
    [
        ("7-9", Limits(), UnreadableError, "has 6 pages, none of them among 7-9"),
        (None, Limits(pages=5), LimitError, "has 6 pages, more than the 5 allowed; choose some with --pages"),
        (None, Limits(cells=31), LimitError, "has more than 31 table cells"),
    ],
    ids=["pages", "count", "cells"],
)
def test_what_is_beyond_the_bounds_is_refused(
    pack: Path, pages: str | None, limits: Limits, kind: type[UnreadableError], words: str
) -> None:
    with pytest.raises(UnreadableError, match=words) as refused:
        read(pack, Pages.parse(pages) if pages else None, limits=limits)
    assert type(refused.value) is kind


def test_a_bound_on_pages_counts_only_those_chosen(pack: Path) -> None:
    assert len(read(pack, Pages.parse("3"), limits=Limits(pages=1)).pages) == 1


def _lose_a_page(content: bytes) -> bytes:
    start = content.index(b"/Type /Page\n", content.index(b"/Type /Page\n") + 1)
    return content[:start] + b"/Type /Gone\n" + content[start + 12 :]


def _spoil_a_page(content: bytes) -> bytes:
    start = content.index(b"stream\n", content.index(b"endstream")) + 40
    return content[:start] + b"!z!z" + content[start + 4 :]


@pytest.mark.parametrize(
    ("harm", "note", "texts"),
    [
        (_lose_a_page, "page 2 damaged, and left out", ["1", "3"]),
        (_spoil_a_page, "page 2 damaged, and left out", ["1", "3"]),
    ],
    ids=["lost", "spoilt"],
)
def test_a_damaged_page_is_told_and_the_others_are_read(
    harm: Callable[[bytes], bytes], note: str, texts: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "damaged.pdf"
    canvas = Canvas(str(path), invariant=1)
    for number in (1, 2, 3):
        canvas.drawString(72, 700, f"Savings of page {number} come to 482 and are described at some length here")
        canvas.showPage()
    canvas.save()
    path.write_bytes(harm(path.read_bytes()))
    document = read(path)
    assert document.notes == (note,)
    assert [str(text).split()[3] for text in blocks(document)] == texts


def test_text_that_nobody_sees_is_left_out_and_told_and_what_runs_off_the_page_is_marked(tmp_path: Path) -> None:
    path = tmp_path / "unseen.pdf"
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    draw_table(canvas, HEADED, [RULED], x=300)
    canvas.setFillColor("white")
    canvas.drawString(72, 500, "Savings of 999")
    canvas.save()
    document = read(path)
    (grid,) = document.grids()
    assert grid.texts() == HEADED
    assert [cell.mark for cell in grid.rows[2]] == ["", "", "", ""]
    assert document.notes == ("page 1: text that nobody sees on paper (invisible, or white on white) was left out",)
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    draw_table(canvas, HEADED, [RULED], x=330)
    canvas.save()
    (grid,) = read(path).grids()
    assert [cell.mark for cell in grid.rows[2]] == ["", "", "", "hidden"]
