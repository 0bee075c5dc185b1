"""Old Excel: cells as they print, what is hidden, and the other OLE files told apart."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlwt

from qippctl.errors import LimitError, UnreadableError, UnsupportedError
from qippctl.models.document import Cell, Prose
from qippctl.readers import Limits, Pages, read
from qippctl.readers.excel.xls import read_xls

Fill = Callable[[xlwt.Workbook], None]
Write = Callable[[Fill], Path]


@pytest.fixture
def xls(tmp_path: Path) -> Write:
    """Write an old workbook, filled by the function given."""

    def write(fill: Fill) -> Path:
        book = xlwt.Workbook()
        fill(book)
        path = tmp_path / "plan.xls"
        book.save(str(path))
        return path

    return write


def style(code: str) -> xlwt.XFStyle:
    return xlwt.easyxf(num_format_str=code)


def plan(book: xlwt.Workbook, title: str = "M06") -> xlwt.Worksheet:
    page = book.add_sheet(title)
    for row, values in enumerate([["Scheme", "Plan", "Actual"], ["Beds", 100, 80], ["Drugs", 50, 60]]):
        for column, value in enumerate(values):
            page.write(row, column, value)
    return page


def only_plan(book: xlwt.Workbook) -> None:
    plan(book)


PLAN_TEXTS = [["Scheme", "Plan", "Actual"], ["Beds", "100", "80"], ["Drugs", "50", "60"]]

VALUES = [
    (0.45, "0%", "45%"),
    (-1234, "#,##0;(#,##0)", "(1,234)"),
    (0, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "-"),
    (1234567, '0.0,,"m"', "1.2m"),
    (0.285, "0.00", "0.29"),
    (1440.1000000000001, "General", "1440.1"),
    (date(2014, 4, 1), "mmm-yy", "Apr-14"),
    (date(2014, 4, 1), "M/D/YY", "01/04/2014"),
    (True, "General", "TRUE"),
    (0.5, "# ?/?", "0.5"),
    ("Beds\nand wards", "General", "Beds\nand wards"),
]


@pytest.mark.parametrize(("value", "code", "text"), VALUES)
def test_a_cell_reads_as_it_prints(xls: Write, value: object, code: str, text: str) -> None:
    def fill(book: xlwt.Workbook) -> None:
        page = book.add_sheet("M06")
        page.write(0, 0, "x")
        page.write(0, 1, value, style(code))

    document = read(xls(fill))
    assert [block.texts() for block in document.grids()] == [[["x", text]]]
    assert document.media_type == "application/vnd.ms-excel"
    assert bool(document.notes) == (code == "# ?/?")


def test_errors_and_formulas_read_as_their_stored_values(xls: Write) -> None:
    def fill(book: xlwt.Workbook) -> None:
        page = plan(book)
        page.write(3, 0, "Total")
        page.write(3, 1, xlwt.Formula("SUM(B2:B3)"))
        page.write(3, 2, "HERE")

    path = xls(fill)
    content = path.read_bytes()
    # xlwt cannot calculate: it writes that a formula gives an empty text, where Excel writes its value.
    never_calculated = struct.pack("<Q", 0xFFFF000000000003)
    assert content.count(never_calculated) == 1
    for stored, text in (
        (struct.pack("<d", 150.0), "150"),
        (bytes.fromhex("02002a000000ffff"), "#N/A"),
        (bytes.fromhex("010001000000ffff"), "TRUE"),
        (never_calculated, ""),
    ):
        path.write_bytes(content.replace(never_calculated, stored))
        (grid,) = read(path).grids()
        assert grid.texts()[3] == ["Total", text, "HERE"]


def test_merged_cells_sheets_and_what_is_hidden(xls: Write) -> None:
    def fill(book: xlwt.Workbook) -> None:
        page = book.add_sheet("M06")
        page.write_merge(0, 0, 0, 2, "CIP £000")
        page.write_merge(1, 2, 0, 0, "Scheme")
        for column, text in enumerate(["Plan", "Actual"], 1):
            page.write(1, column, text)
            page.write(2, column, "£000")
        page.row(1).hidden = True
        page.col(2).hidden = True
        plan(book, "Workings").visibility = 1

    document = read(xls(fill))
    assert [(page.number, page.title, page.hidden) for page in document.pages] == [
        (1, "M06", False),
        (2, "Workings", True),
    ]
    first, second = document.grids()
    assert (first.method, first.page, second.page) == ("excel", 1, 2)
    assert first.rows == (
        (Cell("CIP £000", colspan=3), Cell(covered=True), Cell(covered=True, mark="hidden")),
        (Cell("Scheme", mark="hidden"), Cell("Plan", mark="hidden"), Cell("Actual", mark="hidden")),
        (Cell(covered=True), Cell("£000"), Cell("£000", mark="hidden")),
    )
    assert {one.mark for row in second.rows for one in row} == {"hidden"}
    assert document.notes == (
        'sheet "M06": 1 hidden row and 1 hidden column read',
        'sheet "Workings" is hidden; it was read',
    )


def test_a_heading_centred_over_columns_spans_them(xls: Write) -> None:
    def fill(book: xlwt.Workbook) -> None:
        page = book.add_sheet("M06")
        across = xlwt.easyxf("align: horiz center_across_selection")
        page.write(0, 0, "Scheme")
        page.write(0, 1, "Year to date", across)
        page.write(0, 2, None, across)
        for column, text in enumerate(["Beds", 1, 2]):
            page.write(1, column, text)

    (grid,) = read(xls(fill)).grids()
    assert grid.rows[0] == (Cell("Scheme"), Cell("Year to date", colspan=2), Cell(covered=True))


def test_sheets_are_chosen_as_pages(xls: Write) -> None:
    def fill(book: xlwt.Workbook) -> None:
        book.add_sheet("Cover").write(0, 0, "Trust")
        book.add_sheet("Blank")
        plan(book)

    document = read(xls(fill), Pages.parse("3"))
    assert document.page_count == 3
    assert [block.text if isinstance(block, Prose) else block.texts() for block in document.blocks] == [
        "M06",
        PLAN_TEXTS,
    ]
    assert [block.text for block in document.front if isinstance(block, Prose)] == ["Cover", "Trust"]


def test_a_cell_far_away_does_not_make_a_vast_grid(xls: Write) -> None:
    def fill(book: xlwt.Workbook) -> None:
        plan(book).write(65535, 255, "far")

    document = read(xls(fill), limits=Limits(cells=9))
    assert [block.text if isinstance(block, Prose) else block.texts() for block in document.blocks] == [
        "M06",
        PLAN_TEXTS,
        "far",
    ]


def test_more_cells_than_allowed_are_refused(xls: Write) -> None:
    with pytest.raises(LimitError, match=r"plan\.xls: has more than 8 table cells; choose sheets with --pages"):
        read(xls(only_plan), limits=Limits(cells=8))


# ---- other OLE files ---------------------------------------------------------------------------------------------------


def ole(*streams: str, within: str = "") -> bytes:
    """An OLE file with empty streams of these names at its root: a header, a sector of allocations, one of the directory.

    With `within` the last name is that of a storage, and this the name of a stream in it.
    """
    free, end, table = -1, -2, -3
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<iiiiiiiii", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109i", 0, *[free] * 108)
    allocations = struct.pack("<128i", table, end, *[free] * 126)
    last = len(streams)
    entries = b""
    for number, name in enumerate(["Root Entry", *streams, *([within] if within else [])]):
        holds = number == 0 and last > 0
        kind, child = (
            (5, 1 if holds else -1) if number == 0 else (1, last + 1) if within and number == last else (2, -1)
        )
        sibling = number + 1 if 0 < number < last else -1
        coded = name.encode("utf-16-le")
        entry = coded.ljust(64, b"\0") + struct.pack("<HBBiii", len(coded) + 2, kind, 1, -1, sibling, child)
        entries += entry.ljust(116, b"\0") + struct.pack("<iii", end, 0, 0)
    return header + allocations + entries.ljust(512, b"\0")


def test_a_word_file_within_a_workbook_does_not_make_it_one(tmp_path: Path) -> None:
    (tmp_path / "plan.xls").write_bytes(ole("Workbook", "MBD00001", within="WordDocument"))
    with pytest.raises(UnreadableError, match="a damaged old Excel file"):
        read(tmp_path / "plan.xls")


@pytest.mark.parametrize(
    ("streams", "reason"),
    [
        (["WordDocument"], "an old Word file; save it as .docx"),
        (["WordDocument", "Workbook"], "an old Word file; save it as .docx"),
        (["Current User", "PowerPoint Document"], "an old PowerPoint file; save it as .pptx"),
        (["EncryptionInfo", "EncryptedPackage"], "locked with a password; save it without one"),
        (["__properties_version1.0"], "an Outlook message; save the paper attached to it"),
        (["Contents"], "an old Office file that is no workbook; save it as PDF"),
        ([], "an old Office file that is no workbook; save it as PDF"),
    ],
)
def test_what_is_no_workbook_is_refused_with_what_to_do(tmp_path: Path, streams: list[str], reason: str) -> None:
    path = tmp_path / "paper.doc"
    path.write_bytes(ole(*streams))
    with pytest.raises(UnsupportedError, match=reason):
        read(path)


def test_a_workbook_locked_with_a_password_is_refused(xls: Write) -> None:
    path = xls(only_plan)
    content = path.read_bytes()
    # The record that says so stands among the first of a workbook; another of its length makes room for it.
    at = content.index(struct.pack("<HHH", 0x0042, 2, 0x04B0))
    path.write_bytes(content[:at] + struct.pack("<HHH", 0x002F, 2, 0) + content[at + 6 :])
    with pytest.raises(UnsupportedError, match="locked with a password; save it without one"):
        read(path)


def test_charts_are_named(xls: Write) -> None:
    path = xls(only_plan)
    content = path.read_bytes()
    path.write_bytes(content + bytes.fromhex("0908100000062000") + bytes(504))
    document = read(path)
    assert document.notes == ("1 chart not read: figures that stand only there are missing",)
    assert [grid.texts() for grid in document.grids()] == [PLAN_TEXTS]


@pytest.mark.parametrize("size", [8, 100, 512, 600, 1500, 3000])
def test_a_damaged_file_is_refused(xls: Write, size: int) -> None:
    path = xls(only_plan)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(UnreadableError, match=r"plan\.xls: a damaged old (?:Office|Excel) file; open"):
        read(path)


def test_a_directory_that_leads_back_to_itself_is_refused(tmp_path: Path) -> None:
    content = bytearray(ole("Workbook"))
    at = 1024 + 128 + 68
    content[at : at + 4] = struct.pack("<i", 1)
    (tmp_path / "plan.xls").write_bytes(content)
    with pytest.raises(UnreadableError, match="a damaged old Office file"):
        read(tmp_path / "plan.xls")


def test_flipped_bytes_give_a_reading_or_a_reason(xls: Write) -> None:
    content = xls(only_plan).read_bytes()
    for at in range(0, len(content), 13):
        flipped = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
        try:
            document = read_xls("plan.xls", "", flipped, None, Limits())
        except UnreadableError as error:
            assert len(str(error)) < 200
        else:
            assert document.page_count > 0
