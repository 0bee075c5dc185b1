"""Values into cells: numbers as numbers, texts as texts and never as formulas, formulas with what they give."""

from __future__ import annotations

import textwrap
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from xlsxwriter.worksheet import Worksheet

from qippctl.reports.excel.cells import NUMBERS, Field, Kind, Live, Plain, Table, Value, decimals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format

    from qippctl.reports.excel.styles import Styles

HIGHEST = 409  # points of a row, by Excel's own limits
LINE = 13
# Letters to a unit of width, on average and with some to spare.
CHARACTERS, CHARACTERS_BOLD = 1.15, 0.95
_BEGINS_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class Sheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A sheet that stores the empty text that a formula gives as the text that it is, not as a value still to be worked out."""

    def _xml_formula_element(self, formula: str, result: object, attributes: Sequence[tuple[str, str]] = ()) -> None:
        told = [*attributes, ("t", "str")] if result == "" else list(attributes)
        super()._xml_formula_element(formula, result, told)


class Columns:
    """How the cells of each column of a table look: a number has the decimals that its column needs."""

    def __init__(self, table: Table, styles: Styles) -> None:
        self.styles = styles
        self.entered = table.entered
        self._fields = table.fields
        self._made: dict[tuple[int, bool, bool, bool, bool, bool], Format] = {}
        rows = [*table.rows, *table.totals]
        self._decimals = [
            decimals([row[i] for row in rows]) if field.kind == "pounds" else 0 for i, field in enumerate(table.fields)
        ]

    def style(self, column: int, value: Plain, *, total: bool = False) -> Format:
        is_text = isinstance(value, str)
        quoted = isinstance(value, str) and value.startswith(_BEGINS_FORMULAS)
        key = (column, is_text, quoted, isinstance(value, date), value is None, total)
        if key not in self._made:
            kind = self._fields[column].kind
            is_money = kind in ("pounds", "rounded") and not is_text
            self._made[key] = (
                self.styles.pounds(self._decimals[column], total=total)
                if is_money
                else self._style(kind, value, quoted=quoted, total=total)
            )
        return self._made[key]

    def _style(self, kind: Kind, value: Plain, *, quoted: bool, total: bool) -> Format:
        styles = self.styles
        if kind == "letter":
            return styles.letter(total=total)
        if isinstance(value, str):
            return styles.text(wrap=kind == "long", right=kind in NUMBERS, total=total, quoted=quoted)
        if isinstance(value, date):
            return styles.date(total=total)
        if kind == "percent":
            return styles.percent(total=total)
        if kind in NUMBERS or value is not None:
            return styles.number(total=total)
        return styles.text(total=total)


def put(sheet: Worksheet, row: int, column: int, value: Value, style: Format) -> None:
    """Write one value; what is unknown, or not applicable, leaves the cell blank."""
    if isinstance(value, Live):
        shown = value.value
        cached = "" if shown is None else _number(shown) if isinstance(shown, (Decimal, int)) else str(shown)
        sheet.write_formula(row, column, value.formula, style, cached)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, time()), style)
    elif isinstance(value, (Decimal, int)):
        number = _number(value)
        # What a spreadsheet's numbers cannot hold to the last digit stays a text.
        if Decimal(repr(number)) == value:
            sheet.write_number(row, column, number, style)
        else:
            sheet.write_string(row, column, f"{value:f}", style)
    else:
        sheet.write_blank(row, column, None, style)


def _number(value: Decimal | int) -> float:
    return float(value)


def plain_of(value: Value) -> Plain:
    """What a cell shows, whether it works it out or not; None where it is blank."""
    if isinstance(value, Live):
        return value.value
    return value if isinstance(value, (str, Decimal, int, date)) else None


def height(fields: Sequence[Field], values: Sequence[Value], *, bold: bool = False) -> float | None:
    """The height of a row whose long texts take several lines; None where one line is enough."""
    lines = 1
    for field, value in zip(fields, values, strict=True):
        room = int(field.width * (CHARACTERS_BOLD if bold else CHARACTERS))
        if isinstance(value, str) and (bold or field.kind == "long") and len(value) > room:
            lines = max(lines, len(textwrap.wrap(value, room)))
    return min(HIGHEST, LINE * lines + 2) if lines > 1 else None


def widths(sheet: Worksheet, fields: Sequence[Field]) -> None:
    for i, field in enumerate(fields):
        sheet.set_column(i, i, field.width)
