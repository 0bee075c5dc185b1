"""Old Excel (97 to 2003), through xlrd; and what else is an OLE file told apart and refused.

xlrd knows the number format of each cell, what is merged and what is hidden. calamine, which is faster and better kept,
gives values without their formats: 45% would be read as 0.45 and £1.2m as 1234567.

These files keep the value of every formula, or an empty text for one that was never calculated, which cannot be told from
a formula that gives an empty text: such a cell is blank. Charts on sheets of their own have no position among the sheets.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.compdoc import CompDoc, CompDocError

from qippctl.errors import UnreadableError, UnsupportedError
from qippctl.models.document import Document
from qippctl.readers.excel.number_formats import BUILT_IN, GENERAL, format_text
from qippctl.readers.excel.sheets import Merge, Sheet, Values, assembled, spread_over, too_many_cells
from qippctl.readers.isolation import Limits
from qippctl.readers.pages import Pages

MEDIA_TYPE = "application/vnd.ms-excel"
_SPREAD = 6  # centred over the blank cells to the right
_LOCAL_DATES = frozenset({14, 22})  # printed as the country has them, whatever the file says
_CHART = bytes.fromhex("0908 1000 0006 2000")  # where the records of a chart begin
# What xlrd raises at damaged and invented files, one class at a time met by cutting and flipping bytes.
_DAMAGE = (
    *(xlrd.XLRDError, CompDocError, struct.error, AssertionError, RecursionError),
    *(IndexError, KeyError, ValueError, TypeError, AttributeError, ArithmeticError),
)
# Streams at the root of an OLE file, and what they tell. An encrypted workbook hides in a package of its own.
_OTHERS = (
    ("EncryptedPackage", "locked with a password; save it without one"),
    ("EncryptionInfo", "locked with a password; save it without one"),
    ("WordDocument", "an old Word file; save it as .docx"),
    ("PowerPoint Document", "an old PowerPoint file; save it as .pptx"),
    ("__properties_version1.0", "an Outlook message; save the paper attached to it and give that"),
    ("VisioDocument", "a Visio drawing; save it as PDF"),
)
_WORKBOOKS = frozenset({"workbook", "book"})


def read_xls(name: str, sha256: str, content: bytes, selection: Pages | None, limits: Limits) -> Document:
    """Read the chosen sheets of an old workbook; UnsupportedError where an OLE file holds something else."""
    root = _root(content)
    for stream, reason in _OTHERS:
        if stream.lower() in root:
            raise UnsupportedError(reason)
    if not root & _WORKBOOKS:
        raise UnsupportedError("an old Office file that is no workbook; save it as PDF, .docx, .xlsx or .pptx")
    book = _opened(content)
    if not book.nsheets:
        raise UnsupportedError("an old Excel file without a sheet of cells; save it as PDF")

    def read_sheet(position: int) -> Sheet:
        try:
            return _sheet(book, position, limits)
        except _DAMAGE as error:
            raise _damaged() from error

    return assembled(name, sha256, MEDIA_TYPE, book.nsheets, read_sheet, selection, limits, list(_notes(root, content)))


def _damaged() -> UnreadableError:
    return UnreadableError("a damaged old Excel file; open it and save it as .xlsx")


def _root(content: bytes) -> set[str]:
    """The names at the root of an OLE file, in small letters. A paper within a paper stands deeper."""
    try:
        entries = CompDoc(content, logfile=io.StringIO()).dirlist
        return {entry.name.lower() for entry in entries if entry.parent == 0}
    except _DAMAGE as error:
        raise UnreadableError("a damaged old Office file; open and save it anew") from error


def _opened(content: bytes) -> Any:
    try:
        return xlrd.open_workbook(
            file_contents=content, logfile=io.StringIO(), formatting_info=True, on_demand=True, ragged_rows=True
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise UnsupportedError("locked with a password; save it without one") from error
        raise _damaged() from error
    except _DAMAGE as error:
        raise _damaged() from error


def _sheet(book: Any, position: int, limits: Limits) -> Sheet:
    """One sheet. LimitError as soon as the rows that are tables hold more cells than allowed."""
    found = book.sheet_by_index(position - 1)
    sheet = Sheet(found.name, bool(found.visibility))
    values = Values(from_1904=book.datemode == 1)
    spread: set[tuple[int, int]] = set()
    in_tables = 0
    for row in range(found.nrows):
        texts: dict[int, str] = {}
        for column in range(found.row_len(row)):
            if found.cell_type(row, column) == xlrd.XL_CELL_EMPTY:
                continue
            style = book.xf_list[found.cell_xf_index(row, column)]
            if style.alignment.hor_align == _SPREAD:
                spread.add((row + 1, column + 1))
            if text := _printed(book, found.cell(row, column), style, values, row + 1, column + 1):
                texts[column + 1] = text
        if not texts:
            continue
        sheet.rows[row + 1] = texts
        in_tables += len(texts) if len(texts) > 1 else 0
        if in_tables > limits.cells:
            raise too_many_cells(limits)
    sheet.merges = [Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in found.merged_cells]
    sheet.merges += spread_over(sheet, spread)
    sheet.hidden_rows = {row + 1 for row, info in found.rowinfo_map.items() if info.hidden or info.height == 0}
    sheet.hidden_rows &= sheet.rows.keys()
    sheet.hidden_columns = {at + 1 for at, info in found.colinfo_map.items() if info.hidden or info.width == 0}
    values.tell(sheet)
    book.unload_sheet(position - 1)
    return sheet


def _printed(book: Any, cell: Any, style: Any, values: Values, row: int, column: int) -> str:
    """What a cell prints."""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(error_text_from_code.get(cell.value, "#N/A"))
    code = _code(book, style.format_key)
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return format_text(cell.value.replace("\r\n", "\n").replace("\r", "\n"), code)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return values.printed(repr(cell.value), code, row, column)
    return ""


def _code(book: Any, key: int) -> str:
    if key in _LOCAL_DATES:
        return BUILT_IN[key]
    found = book.format_map.get(key)
    return found.format_str or GENERAL if found is not None else GENERAL


def _notes(root: set[str], content: bytes) -> Iterator[str]:
    """What the workbook holds beside cells."""
    charts = content.count(_CHART)
    embedded = sum(name.startswith("mbd") for name in root)
    counted = ((charts, "chart"), (embedded, "embedded object"))
    if told := [f"{count} {what}{'' if count == 1 else 's'}" for count, what in counted if count]:
        yield f"{', '.join(told)} not read: figures that stand only there are missing"
    if "_vba_project_cur" in root:
        yield "macros were left alone"
