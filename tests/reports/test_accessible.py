"""The accessible workbook keeps the rules for published spreadsheets."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from qippctl.reports import excel
from spreadsheets import book_of, opened, rows


@pytest.fixture(scope="module")
def content(sample_ledger: str) -> bytes:
    return excel.accessible(book_of(sample_ledger))


@pytest.fixture(scope="module")
def book(content: bytes) -> openpyxl.Workbook:
    return opened(content, values=False)


def tabled(book: openpyxl.Workbook) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if sheet.title != "Cover"]


def test_it_begins_with_cover_contents_and_notes(book: openpyxl.Workbook) -> None:
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    assert {"Headline", "RAG rule", "Sources", "Milestones", "Risks", "Indicators", "Findings", "Figures"} <= set(
        book.sheetnames
    )
    listed = [row[0].value for row in book["Contents"].iter_rows(min_row=4)]
    assert listed == book.sheetnames
    links = [row[0].hyperlink.location for row in book["Contents"].iter_rows(min_row=4)]
    assert links == [f"'{name}'!A1" for name in book.sheetnames]


def test_each_sheet_has_one_marked_table_right_below_its_lines(book: openpyxl.Workbook) -> None:
    names = []
    for sheet in tabled(book):
        (table,) = sheet.tables.values()
        names.append(table.displayName)
        lines = [row[0].value for row in sheet.iter_rows(max_col=1)]
        head = int(re.findall(r"[0-9]+", table.ref)[0])
        assert all(lines[: head - 1]), sheet.title
        assert table.ref == f"A{head}:{sheet.dimensions.split(':')[1]}"
        assert table.headerRowCount == 1 and table.tableStyleInfo.name is None
        headings = [cell.value for cell in sheet[head]]
        assert all(headings) and len(set(headings)) == len(headings)
    assert len(set(names)) == len(names)


def test_no_cell_of_a_table_is_blank_merged_or_worked_out(book: openpyxl.Workbook) -> None:
    for sheet in tabled(book):
        assert not sheet.merged_cells.ranges
        (table,) = sheet.tables.values()
        for row in sheet[table.ref]:
            for cell in row:
                assert cell.value not in (None, ""), (sheet.title, cell.coordinate)
                assert cell.data_type != "f"


def test_nothing_is_hidden_or_said_by_colour(book: openpyxl.Workbook, content: bytes) -> None:
    for sheet in book.worksheets:
        assert sheet.sheet_state == "visible"
        assert not any(one.hidden for one in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))
        assert not sheet.conditional_formatting
        fills = {cell.fill.fill_type for row in sheet.iter_rows() for cell in row}
        assert fills == {None}, sheet.title
        fonts = {(cell.font.name, cell.font.size >= 12) for row in sheet.iter_rows() for cell in row if cell.value}
        assert fonts == {("Arial", True)}, sheet.title
    words = {row["RAG"] for row in rows(content, "Schemes Northmere Clinical")}
    assert {"Red", "Green"} <= words <= {"Red", "Amber", "Green", "[x]", "[z]"}


def test_every_mark_is_explained(book: openpyxl.Workbook) -> None:
    explained = {row[0].value for row in book["Notes"].iter_rows(min_row=4)}
    used = {
        mark
        for sheet in tabled(book)
        if sheet.title not in ("Notes", "Figures")
        for row in sheet.iter_rows(min_row=3)
        for cell in row
        for mark in re.findall(r"\[(?:x|z|note [0-9]+)\]", str(cell.value))
    }
    assert "[note 1]" in explained and used <= explained


def test_it_is_the_same_file_twice(sample_ledger: str, content: bytes) -> None:
    assert excel.accessible(book_of(sample_ledger)) == content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
