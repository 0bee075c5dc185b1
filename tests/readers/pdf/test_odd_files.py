"""Files rather than tables: fonts that do not say their letters, tables over pages, and damage and hostility of many kinds."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import drawing
import pytest
from drawing import DESCRIPTOR, Page, Pdf, Table
from odd_pages import BASE, ROWS, texts
from reportlab.pdfbase.ttfonts import TTFontFile

from qippctl.errors import UnreadableError
from qippctl.models.document import Document
from qippctl.readers import Limits, read

Make = Callable[[Pdf], None]


@pytest.fixture(autouse=True)
def _without_reader_of_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIPPCTL_OCR", "off")


# Far more than any of these files needs: a reader that hangs fails its test and not the whole run.
PATIENCE = Limits(seconds=60)


def document(make: Make, folder: Path, limits: Limits = PATIENCE) -> Document:
    pdf = Pdf()
    make(pdf)
    return read(pdf.save(folder / "odd.pdf"), limits=limits)


# ---- fonts without a Unicode map -------------------------------------------------------------------------------------


def type3_font(pdf: Pdf) -> int:
    """Glyphs as little drawings under names that mean nothing, at codes of their own."""
    shapes = [
        pdf.stream(b"600 0 0 0 500 700 d1 0 0 500 100 re 0 300 500 100 re 0 600 500 100 re f"),
        pdf.stream(b"600 0 0 0 500 700 d1 0 0 100 700 re 400 0 100 700 re f"),
        pdf.stream(b"600 0 0 0 500 700 d1 200 0 100 700 re f"),
    ]
    codes = range(1, 96)
    return pdf.add(
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 600 700]/FontMatrix[0.001 0 0 0.001 0 0]/Resources<<>>"
        f"/FirstChar 1/LastChar 95/Widths[{' '.join(['600'] * 95)}]"
        f"/Encoding<</Type/Encoding/Differences[1 {' '.join(f'/x{code}' for code in codes)}]>>"
        f"/CharProcs<<{''.join(f'/x{code} {shapes[code % 3]} 0 R' for code in codes)}>>>>"
    )


def subset_font(pdf: Pdf) -> int:
    """Vera cut down to some glyphs, addressed by their numbers; nothing says which letters they are."""
    import reportlab

    face = TTFontFile(io.BytesIO((Path(reportlab.__file__).parent / "fonts" / "Vera.ttf").read_bytes()))
    data = face.makeSubset([*range(32, 127)])
    program = pdf.stream(data, f"/Length1 {len(data)}")
    descriptor = pdf.add(DESCRIPTOR.format("ABCDEF+Odd", 4, f"/FontFile2 {program} 0 R"))
    descendant = pdf.add(
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Odd/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {descriptor} 0 R/DW 600/CIDToGIDMap/Identity>>"
    )
    return pdf.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Odd/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]>>"
    )


def in_a_dumb_font(pdf: Pdf, font: Callable[[Pdf], int], wide: int, rules: Any) -> None:
    pdf.fonts["D"] = font(pdf)
    page = pdf.page()
    if rules:
        rules(page, BASE)
    for _, _, x, y, align, text in BASE.placed():
        left = x - len(text) * 5.4 * (align == "right")
        page.text(left, y, b"".join((ord(c) - 31).to_bytes(wide, "big") for c in text), 9, font="D")


@pytest.mark.parametrize("rules", [drawing.stroked, None], ids=["ruled", "bare"])
@pytest.mark.parametrize(("font", "wide"), [(type3_font, 1), (subset_font, 2)], ids=["type3", "subset"])
def test_a_font_that_does_not_say_its_letters_is_told_and_vouches_for_nothing(
    font: Callable[[Pdf], int], wide: int, rules: Any, tmp_path: Path
) -> None:
    found = document(lambda pdf: in_a_dumb_font(pdf, font, wide, rules), tmp_path)
    assert any("1" in note for note in found.notes), found.notes
    assert all(grid.doubts for grid in found.grids())


def test_one_page_in_such_a_font_does_not_spoil_the_next(tmp_path: Path) -> None:
    def make(pdf: Pdf) -> None:
        in_a_dumb_font(pdf, subset_font, 2, drawing.stroked)
        BASE.draw(pdf.page(), drawing.stroked)

    found = document(make, tmp_path)
    (grid,) = [grid for grid in found.grids() if grid.page == 2]
    assert (texts(grid), grid.doubts) == (ROWS, ())


# ---- over pages ------------------------------------------------------------------------------------------------------

LONG = [[f"Scheme {chr(65 + n // 10)}{n}", f"{1000 + 37 * n:,}", f"{900 + 41 * n:,}", f"({n + 3})"] for n in range(60)]
HEADS = ["Scheme", "Plan", "Actual", "Variance"]


def furnished(page: Page, number: int) -> None:
    """What stands on every page: the name of the paper above, its number below."""
    page.text(60, 40, "Finance and performance committee, March 2015", 8)
    page.line(60, 46, 535, 46)
    page.text(297, 815, f"Page {number} of 3", 8, align="centre")


def long_table(pdf: Pdf, rules: Any, *, repeated: bool) -> None:
    """Rows 1 to 30 on the first page, to 55 on the second, the rest and a total on the third."""
    parts = (LONG[:30], LONG[30:55], [*LONG[55:], ["Total", "126,000", "126,000", "(12)"]])
    for number, rows in enumerate(parts, 1):
        page = pdf.page()
        furnished(page, number)
        table = Table([HEADS, *rows] if repeated or number == 1 else rows, top=90 if number == 1 else 60)
        if not repeated and number > 1:
            table = replace(table, headings=0)
        if number == 1:
            page.text(60, 70, "Savings by scheme, £000", 11)
        # The first page and the second are full to their foot.
        table = replace(table, pad=(760 - table.top) / 2 / len(table.rows) - 5.4) if number < 3 else table
        table.draw(page, rules)
    page.text(60, table.bottom + 40, "The committee noted the position and asked for a further paper in April.", 10)


@cache
def long_document(rules: Any, repeated: bool) -> Document:
    with TemporaryDirectory() as folder:
        return document(lambda pdf: long_table(pdf, rules, repeated=repeated), Path(folder))


OVER_PAGES = pytest.mark.parametrize(
    ("rules", "repeated"),
    [(rules, repeated) for rules in (drawing.stroked, drawing.across_only, None) for repeated in (True, False)],
    ids=[f"{rules}_{repeated}" for rules in ("ruled", "across", "bare") for repeated in ("repeated", "once")],
)


@OVER_PAGES
def test_a_table_over_pages_loses_and_gains_no_row(rules: Any, repeated: bool) -> None:
    """The line at the head of the page and the number at its foot are no rows of the table."""
    found = long_document(rules, repeated)
    grids = list(found.grids())
    assert [grid.page for grid in grids] == [1, 2, 3]
    rows = [row for grid in grids for row in texts(grid)]
    assert [row for row in rows if row != HEADS] == [*LONG, ["Total", "126,000", "126,000", "(12)"]]
    assert rows[0] == HEADS
    assert rows.count(HEADS) in ((1, 3) if repeated else (1,))


@OVER_PAGES
def test_the_later_parts_of_a_table_name_the_first(rules: Any, repeated: bool) -> None:
    first, *later = long_document(rules, repeated).grids()
    assert first.continues == ""
    assert len(later) == 2
    assert all(grid.continues for grid in later)
    assert len({grid.continues for grid in later}) == 1
    assert "1" in later[0].continues


def two_tables(pdf: Pdf, second: Table, rules: Any, between: str) -> None:
    for number, table in enumerate((BASE, second), 1):
        page = pdf.page()
        furnished(page, number)
        if number == 2 and between:
            page.text(60, 70, between, 11)
        replace(table, top=640 if number == 1 else 90).draw(page, rules)


OTHER = Table(
    [
        ["Ward", "Beds", "WTE", "Nurses", "Vacancies"],
        ["Basildon", "24", "31.5", "20", "4"],
        ["Orsett", "12", "14.2", "9", "1"],
    ],
    widths=(90, 50, 50, 50, 60),
)


WIDE = Table([["Ward", "Beds", "WTE"], ["Basildon", "24", "31.5"], ["Orsett", "12", "14.2"]], widths=(200, 60, 60))


@pytest.mark.parametrize("rules", [drawing.stroked, drawing.across_only], ids=["ruled", "across"])
@pytest.mark.parametrize(
    ("second", "between"),
    [
        (OTHER, ""),
        (OTHER, "Table 2: staffing of the wards"),
        (WIDE, "Staffing"),
    ],
    ids=["other_columns", "other_columns_titled", "fewer_columns_titled"],
)
def test_another_table_on_the_next_page_goes_on_nothing(
    second: Table, rules: Any, between: str, tmp_path: Path
) -> None:
    found = document(lambda pdf: two_tables(pdf, second, rules, between), tmp_path)
    grids = list(found.grids())
    assert [(grid.page, grid.continues) for grid in grids] == [(1, ""), (2, "")]
    assert [texts(grid) for grid in grids] == [ROWS, second.read()]


def test_a_table_with_the_same_columns_under_its_own_title_goes_on_nothing(tmp_path: Path) -> None:
    """Same columns and same places, but another caption and other headings: another table."""
    second = Table(
        [["Indicator", "Target", "Result", "Rank"], ["Waiting", "95", "91", "12"], ["Falls", "10", "12", "40"]]
    )
    found = document(
        lambda pdf: two_tables(pdf, second, drawing.stroked, "Table 2: performance against national indicators"),
        tmp_path,
    )
    assert [(grid.page, grid.continues) for grid in found.grids()] == [(1, ""), (2, "")]


# ---- damage ----------------------------------------------------------------------------------------------------------


def three_pages(pdf: Pdf) -> list[Page]:
    pages = [pdf.page() for _ in range(3)]
    for number, page in enumerate(pages, 1):
        page.text(60, 60, f"This is page {number} of three, with its savings table", 11)
        replace(BASE, rows=[[str(t).replace("1,001", f"{number},001") for t in row] for row in ROWS]).draw(
            page, drawing.stroked
        )
    return pages


@pytest.mark.parametrize("keep", [0.97, 0.75, 0.5, 0.2, 0.01])
def test_a_torn_page_is_named_and_the_others_are_read(keep: float, tmp_path: Path) -> None:
    """Of a torn page the beginning could be had; where it ends, half a number would stand for a whole one."""

    def make(pdf: Pdf) -> None:
        three_pages(pdf)[1].keep = keep

    found = document(make, tmp_path)
    assert any(re.search(r"\b2\b", note) for note in found.notes), found.notes
    assert not any(re.search(r"\b[13]\b", note) for note in found.notes), found.notes
    assert [(grid.page, texts(grid)[1][2]) for grid in found.grids()] == [(1, "1,001"), (3, "3,001")]
    assert not any(re.search("[0-9]{2}", block.text) for block in found.prose() if block.page == 2)


def test_a_page_cut_off_in_the_middle_of_a_file(tmp_path: Path) -> None:
    """A download that broke off: what is there is read or the whole refused in words, and no half table passes as whole."""
    pdf = Pdf()
    three_pages(pdf)
    path = pdf.save(tmp_path / "cut.pdf")
    path.write_bytes(path.read_bytes()[:-900])
    try:
        found = read(path)
    except UnreadableError as refused:
        assert "cut.pdf" in str(refused)
    else:
        assert all(len(grid.rows) == len(ROWS) for grid in found.grids())
        assert len(list(found.grids())) == 3 or found.notes


def test_three_hundred_pages(tmp_path: Path) -> None:
    def make(pdf: Pdf) -> None:
        for number in range(300):
            page = pdf.page()
            page.text(60, 60, f"Report number {number} of the series", 11)
            Table([["Scheme", "Plan", "Actual"], ["Beds", f"{number:,}", "7"], ["Drugs", "12", f"({number})"]]).draw(
                page, drawing.stroked
            )

    found = document(make, tmp_path)
    assert (found.page_count, found.notes) == (300, ())
    assert [texts(grid)[1][1] for grid in found.grids()] == [str(number) for number in range(300)]


def lines_everywhere(page: Page) -> None:
    for n in range(200_000):
        page.put(f"{n % 500} {n // 500 + 200} m {n % 500 + 3} {n * 7 % 400 + 200} l S")


def squares_everywhere(page: Page) -> None:
    page.put("0.4 g")
    for n in range(100_000):
        page.put(f"{n % 400 * 1.2:.1f} {n // 400 * 1.2 + 100:.1f} 0.5 0.5 re f")


def one_path_of_all(page: Page) -> None:
    for n in range(200_000):
        page.put(f"{n % 500} {n // 500 + 200} m {n % 500 + 3} {n // 500 + 200} l")
    page.put("S")


def crossing_lines(page: Page) -> None:
    """Graph paper: 700 lines each way, which make half a million cells."""
    for n in range(700):
        page.put(
            f"{20 + n * 0.7:.1f} 100 m {20 + n * 0.7:.1f} 600 l S 20 {100 + n * 0.7:.1f} m 520 {100 + n * 0.7:.1f} l S"
        )


def glyphs_everywhere(page: Page) -> None:
    page.put("BT /F1 1 Tf")
    for n in range(20_000):
        page.put(f"1 0 0 1 {n % 250 * 2} {n // 250 * 3 + 100} Tm <37> Tj")
    page.put("ET")


def very_long_line(page: Page) -> None:
    page.put("BT /F1 1 Tf 1 0 0 1 20 100 Tm", drawing.literal(b"1 " * 100_000), "Tj ET")


@pytest.mark.parametrize(
    "flood", [lines_everywhere, squares_everywhere, one_path_of_all, crossing_lines, glyphs_everywhere, very_long_line]
)
def test_a_flood_of_marks_ends_and_drowns_no_other_page(flood: Callable[[Page], None], tmp_path: Path) -> None:
    def make(pdf: Pdf) -> None:
        page = pdf.page()
        page.keep = 1
        flood(page)
        BASE.draw(pdf.page(), drawing.stroked)

    found = document(make, tmp_path)
    assert found.page_count == 2
    assert [texts(grid) for grid in found.grids() if grid.page == 2] == [ROWS]


def nested_forms(pdf: Pdf, depth: int) -> int:
    inner = Page(pdf, 595, 842)
    BASE.draw(inner, drawing.stroked)
    form = pdf.form(bytes(inner.content), "0 0 600 850")
    for _ in range(depth):
        form = pdf.form(b"/In Do", "0 0 600 850", extra=f"/In {form} 0 R")
    return form


def test_forms_within_forms_are_read(tmp_path: Path) -> None:
    def make(pdf: Pdf) -> None:
        page = pdf.page()
        page.pictures["Fm"] = nested_forms(pdf, 6)
        page.put("/Fm Do")

    (grid,) = document(make, tmp_path).grids()
    assert texts(grid) == ROWS


def deep_forms(pdf: Pdf, page: Page) -> None:
    page.pictures["Fm"] = nested_forms(pdf, 3000)
    page.put("/Fm Do")


def form_in_itself(pdf: Pdf, page: Page) -> None:
    number = len(pdf.objects) + 1
    page.pictures["Fm"] = pdf.form(b"1 0 0 1 1 1 cm /In Do 10 10 30 30 re S", "0 0 600 850", extra=f"/In {number} 0 R")
    page.put("/Fm Do")


def forms_that_multiply(pdf: Pdf, page: Page, levels: int = 5) -> None:
    """Forms, each drawing the next eight times."""
    form = pdf.form(b"10 10 30 30 re S", "0 0 600 850")
    for _ in range(levels):
        form = pdf.form(b"/In Do " * 8, "0 0 600 850", extra=f"/In {form} 0 R")
    page.pictures["Fm"] = form
    page.put("/Fm Do")


def huge_places(pdf: Pdf, page: Page) -> None:
    for value in (
        "1e38",
        "99999999999999999999",
        "-99999999999999999999",
        "nan",
        "inf",
        "1e400",
        "0.0000000000000000001",
    ):
        page.put(
            f"0 0 m {value} {value} l S {value} {value} {value} {value} re f q {value} 0 0 {value} 0 0 cm 0 0 5 5 re f Q"
        )
        page.put(f"BT /F1 {value} Tf 1 0 0 1 {value} 50 Tm (12) Tj ET")


def zero_size(pdf: Pdf, page: Page) -> None:
    page.box = (0, 0, 0, 0)
    page.text(60, 60, "Nothing can be seen here")


def a_million_wide(pdf: Pdf, page: Page) -> None:
    page.box = (0, 0, 1_000_000, 842)
    page.text(999_000, 60, "Far out")
    page.line(0, 80, 1_000_000, 80)


def not_a_box(pdf: Pdf, page: Page) -> None:
    page.entries = "/CropBox[nan 1e99 (x) null]/Rotate 45/UserUnit -3"
    page.text(60, 60, "A page with a crop box that is none")


def empty_crop(pdf: Pdf, page: Page) -> None:
    page.entries = "/CropBox[5000 5000 6000 6000]"
    page.text(60, 60, "A page that is cropped away")


def unbalanced(pdf: Pdf, page: Page) -> None:
    page.put("Q Q Q q q q q ET BT BT ( ( Tj ] [ << /x 12 m 13 l S 1 2 3 re W n")


def flat_matrix(pdf: Pdf, page: Page) -> None:
    page.put("q 0 0 0 0 100 100 cm 0 0 m 10 10 l S BT /F1 9 Tf (1,234) Tj ET Q BT /F1 0 Tf 50 50 Td (5,678) Tj ET")


HOSTILE: Sequence[Callable[[Pdf, Page], None]] = (
    deep_forms, form_in_itself, forms_that_multiply, huge_places, zero_size, a_million_wide, not_a_box, empty_crop,
    unbalanced, flat_matrix,
)  # fmt: skip


@pytest.mark.parametrize("harm", HOSTILE)
def test_a_hostile_page_ends_and_leaves_its_neighbours_alone(harm: Callable[[Pdf, Page], None], tmp_path: Path) -> None:
    def make(pdf: Pdf) -> None:
        BASE.draw(pdf.page(), drawing.stroked)
        harm(pdf, pdf.page())
        BASE.draw(pdf.page(), drawing.stroked)

    found = document(make, tmp_path)
    assert found.page_count == 3
    assert [texts(grid) for grid in found.grids() if grid.page != 2] == [ROWS, ROWS]


def test_a_thousand_million_marks_from_two_kilobytes_end_in_time(tmp_path: Path) -> None:
    """Whether the neighbours can be had is the reader's affair; that it stops, and says why, is not."""

    def make(pdf: Pdf) -> None:
        forms_that_multiply(pdf, pdf.page(), levels=10)
        BASE.draw(pdf.page(), drawing.stroked)

    try:
        found = document(make, tmp_path, Limits(seconds=5))
    except UnreadableError as refused:
        assert "odd.pdf" in str(refused)
    else:
        assert found.notes
