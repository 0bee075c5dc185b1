"""Copperdale Community NHS Trust: its cost improvement plan at month 9 of 2009/10, in an Excel file of those days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import xlwt

from making.blocks import cut

BODY = "Copperdale Community NHS Trust"
HEADS = "Scheme | Lead | Target for year £ | Target to date £ | Achieved to date £ | Variance £ | % achieved \
| Forecast outturn £ | Forecast as % of target"
# Scheme, lead, target of the year and to date, achieved to date, forecast: in pounds.
SCHEMES = {
    "Adult services": """
    District nursing skill mix | KH | 240000 | 180000 | 171250 | 228000
    Community equipment store | KH | 96000 | 72000 | 80400 | 107200
    Continence products | PB | 54000 | 40500 | 31860 | 43500
    """,
    "Children's services": """
    School nursing rota | AO | 88000 | 66000 | 66000 | 88000
    Therapies administration | AO | 42500 | 31875 | 29310 | 39080
    """,
    "Corporate": """
    Mill Lane lease | DV | 150000 | 112500 | 112500 | 150000
    Mobile telephones | DV | 18000 | 13500 | 16245 | 21660
    Vacancy factor | DV | 310000 | 232500 | 198760 | 265000
    """,
}
PRICES = """
Inflation assumptions | 2008/09 | 2009/10 | 2010/11
Pay award | 2.75 | 2.4 | 2.25
Incremental drift | 0.8 | 0.8 | 0.9
Drugs | 6 | 5.5 | 5
Utilities | 12 | -3.5 | 4
Other non pay | 2.5 | 1.8 | 2
"""

_BOLD = "font: bold on; "
_RULED = "borders: left thin, right thin, top thin, bottom thin; "
_WORDS = xlwt.easyxf(_RULED)
_STRONG = xlwt.easyxf(_BOLD + _RULED)
_HEAD = xlwt.easyxf(_BOLD + _RULED + "align: wrap on, horiz center; pattern: pattern solid, fore_colour gray25")
_POUNDS, _VARIANCE, _SHARE, _RATE = "#,##0", "#,##0;[Red]-#,##0", "0.0%", "0.00%"


def _style(code: str, *, strong: bool = False) -> xlwt.XFStyle:
    return xlwt.easyxf((_BOLD if strong else "") + _RULED, num_format_str=code)


def write_copperdale(path: Path) -> None:
    """Write the workbook: the plan with subtotals in one sheet, what prices were expected to do in another."""
    book = xlwt.Workbook()
    _plan(book.add_sheet("CIP M9"))
    _prices(book.add_sheet("Inflation"))
    book.save(str(path))


def _plan(sheet: xlwt.Worksheet) -> None:
    sheet.write_merge(0, 0, 0, 8, BODY, xlwt.easyxf("font: bold on, height 280"))
    sheet.write_merge(1, 1, 0, 8, "Cost improvement plan 2009/10: month 9 (December 2009)", xlwt.easyxf(_BOLD))
    for column, name in enumerate(cut(HEADS)[0]):
        sheet.write(3, column, name, _HEAD)
    row, all_sums = 4, [0, 0, 0, 0]
    strong, plain = _styles(strong=True), _styles(strong=False)
    for directorate, drawing in SCHEMES.items():
        sheet.write(row, 0, directorate, _STRONG)
        row += 1
        sums = [0, 0, 0, 0]
        for name, lead, *cells in cut(drawing):
            money = [int(cell) for cell in cells]
            sums = [a + b for a, b in zip(sums, money, strict=True)]
            _line(sheet, row, (name, lead), money, plain)
            row += 1
        _line(sheet, row, ("Sub-total", ""), sums, strong)
        all_sums = [a + b for a, b in zip(all_sums, sums, strict=True)]
        row += 1
    _line(sheet, row, ("Grand total", ""), all_sums, strong)
    sheet.write(row + 2, 0, "A minus is money not yet saved. Leads: KH, PB, AO and DV.")
    sheet.col(0).width = 30 * 256
    for column in range(2, 9):
        sheet.col(column).width = 13 * 256


def _styles(*, strong: bool) -> list[xlwt.XFStyle]:
    """The formats of the words, and of the seven columns of numbers."""
    codes = (_POUNDS, _POUNDS, _POUNDS, _VARIANCE, _SHARE, _POUNDS, "0%")
    return [_STRONG if strong else _WORDS, *(_style(code, strong=strong) for code in codes)]


def _line(
    sheet: xlwt.Worksheet, row: int, words: tuple[str, str], money: Sequence[int], styles: Sequence[xlwt.XFStyle]
) -> None:
    year, due, achieved, forecast = money
    values = [year, due, achieved, achieved - due, achieved / due, forecast, forecast / year]
    for column, word in enumerate(words):
        sheet.write(row, column, word, styles[0])
    for column, (value, style) in enumerate(zip(values, styles[1:], strict=True), 2):
        sheet.write(row, column, value, style)


def _prices(sheet: xlwt.Worksheet) -> None:
    sheet.write(0, 0, "What the plan assumes of pay and prices", xlwt.easyxf(_BOLD))
    heads, *lines = cut(PRICES)
    for column, name in enumerate(heads):
        sheet.write(2, column, name, _HEAD)
    rate = _style(_RATE)
    for row, (name, *cells) in enumerate(lines, 3):
        sheet.write(row, 0, name, _WORDS)
        for column, cell in enumerate(cells, 1):
            sheet.write(row, column, float(cell) / 100, rate)
    sheet.col(0).width = 26 * 256


PAPERS: dict[str, Callable[[Path], None]] = {"copperdale-legacy.xls": write_copperdale}
