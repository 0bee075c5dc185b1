"""The working workbook: live formulas, filters, charts, ratings that follow edits, ready to print."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING

from qippctl.reports.excel import charts, summary
from qippctl.reports.excel.cells import Blank, Table, letters, quoted, sheet_names
from qippctl.reports.excel.profiles import profile
from qippctl.reports.excel.registers import registers, sources
from qippctl.reports.excel.schemes import (
    ACTUAL,
    FORECAST,
    PLAN,
    RAG,
    RAG_WRITTEN,
    VARIANCE,
    YEAR_PLAN,
    Limits,
    limits_of,
    schemes,
)
from qippctl.reports.excel.styles import PAINT, Styles
from qippctl.reports.excel.writing import Columns, Sheet, height, plain_of, put, widths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from qippctl.models.workbooks import Book, BookBody
    from qippctl.reports.excel.cells import Value

A4 = 9
MOST_IN_MEMORY = 40_000  # figures: beyond them rows go to disk as they are written
NAMES = {
    PLAN: "Plan_to_date",
    ACTUAL: "Actual_to_date",
    VARIANCE: "Variance_to_date",
    YEAR_PLAN: "Plan_of_year",
    FORECAST: "Forecast_of_year",
    RAG: "RAG_letters",
}


def working(of: Book) -> bytes:
    """The workbook as a file: the same for the same book."""
    from xlsxwriter import Workbook

    out = BytesIO()
    how = {"constant_memory": True} if len(of.figures) > MOST_IN_MEMORY else {"in_memory": True}
    with Workbook(out, options(how)) as file:
        # Every formula holds what it gives, so nothing has to be worked out before it is seen.
        file.calc_on_load = False
        styles = Styles(file)
        date_it(file, of)
        bodies = [body.organisation for body in of.bodies]
        limits = [
            limits_of(body.policy.money if body.policy else None, k if len(bodies) > 1 else None)
            for k, body in enumerate(of.bodies, 1)
        ]
        programmes = [
            schemes(*given, named=len(bodies) > 1)
            for given in zip(of.bodies, sheet_names("Schemes", bodies), limits, strict=True)
        ]
        months = [profile(*given) for given in zip(of.bodies, sheet_names("Profile", bodies), strict=True)]
        _summary(file, styles, of, list(zip(of.bodies, programmes, limits, strict=True)))
        for table in programmes:
            _programme(file, styles, table)
        _charts(file, list(zip(of.bodies, programmes, months, strict=True)))
        for table in (*(m for m in months if m is not None), *registers(of)):
            _sheet(file, styles, table)
    return out.getvalue()


def options(how: dict[str, bool]) -> dict[str, object]:
    """How every workbook is written: texts are texts, whatever they look like."""
    return {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, **how}


def date_it(file: Workbook, of: Book) -> None:
    """Particulars without the time at which it is made: dated by the newest meeting."""
    meetings = [paper.meeting_date for paper in of.papers if paper.meeting_date]
    year, month, day = (int(part) for part in max(meetings, default="2000-01-01").split("-"))
    file.set_properties(
        {
            "title": f"{summary.title(of)}: {summary.whose(of)}",
            "author": "qippctl",
            "created": datetime(year, month, day, tzinfo=UTC).replace(tzinfo=None),
        }
    )


def _summary(file: Workbook, styles: Styles, of: Book, programmes: list[tuple[BookBody, Table, Limits | None]]) -> None:
    sheet = file.add_worksheet("Summary", Sheet)
    sheet.set_column(0, 0, 38)
    sheet.set_column(1, 6, 19)
    row = 0
    for text, style in ((summary.whose(of), styles.title), (summary.title(of), styles.heading)):
        sheet.write_string(row, 0, text, style)
        row += 1
    for text in summary.about(of):
        sheet.write_string(row, 0, text, styles.line)
        row += 1
    row += 1
    for body, table, limits in programmes:
        row = _block(sheet, styles, summary.headline(body, table, row + 3), row)
        counted = summary.counts(body, table)
        if counted is not None:
            row = _block(sheet, styles, counted, row)
        rule = summary.rule(body, limits)
        if rule is not None and limits is not None:
            for k, (name, _, _) in enumerate(limits.steps):
                if name is not None:
                    file.define_name(name, f"=Summary!$B${row + len(rule.titles) + 2 + k}")
            row = _block(sheet, styles, rule, row)
    row = _block(sheet, styles, sources(of), row)
    sheet.write_string(row, 0, "How to read it", styles.heading)
    meanings = [f"{code}: {meaning}" for code, meaning in summary.doubts(of)]
    for text in (*summary.READ_ME, *(("What the words under In doubt mean:", *meanings) if meanings else ())):
        row += 1
        sheet.write_string(row, 0, text, styles.line)
    print_set_up(sheet, summary.whose(of), summary.title(of))


def _block(sheet: Worksheet, styles: Styles, table: Table, row: int) -> int:
    """A small table of the summary with its title above; answers where the next may begin."""
    for text, style in zip(table.titles, (styles.heading, styles.line), strict=False):
        sheet.write_string(row, 0, text, style)
        row += 1
    for i, field in enumerate(table.fields):
        sheet.write_string(row, i, field.heading, styles.heading_of(field.kind))
    columns = Columns(table, styles)
    for values in table.rows:
        row += 1
        _row(sheet, columns, row, values)
    return row + 2


def _row(sheet: Worksheet, columns: Columns, row: int, values: Sequence[Value], *, total: bool = False) -> None:
    for i, value in enumerate(values):
        # A blank cell needs a look of its own only where somebody may type, and along the rule above the totals.
        if total or i in columns.entered or not (value is None or isinstance(value, Blank)):
            put(sheet, row, i, value, columns.style(i, plain_of(value), total=total))


def _sheet(file: Workbook, styles: Styles, table: Table) -> Worksheet:
    """A sheet with one table: titles, headings that stay in sight and are filtered by, rows, totals."""
    sheet = file.add_worksheet(table.name, Sheet)
    widths(sheet, table.fields)
    for row, text in enumerate(table.titles):
        sheet.set_row(row, (20, 16)[row] if row < 2 else 14)
        sheet.write_string(row, 0, text, (styles.title, styles.heading)[row] if row < 2 else styles.line)
    head = table.top - 2
    sheet.set_row(head, height(table.fields, [field.heading for field in table.fields], bold=True))
    for i, field in enumerate(table.fields):
        sheet.write_string(head, i, field.heading, styles.heading_of(field.kind))
    columns = Columns(table, styles)
    row = head
    for values, is_total in chain(((own, False) for own in table.rows), ((own, True) for own in table.totals)):
        row += 1
        if (tall := height(table.fields, values)) is not None:
            sheet.set_row(row, tall)
        _row(sheet, columns, row, values, total=is_total)
    sheet.freeze_panes(head + 1, table.key)
    if table.rows:
        sheet.autofilter(head, 0, table.bottom - 1, len(table.fields) - 1)
    sheet.repeat_rows(head)
    for i, field in enumerate(table.fields):
        if field.kind == "letter":
            _paint(sheet, styles, head + 1, i, row)
    last = f"{letters(len(table.fields) - 1)}{row + 1}"
    sheet.ignore_errors({"number_stored_as_text": f"A1:{last}"})
    print_set_up(sheet, table.titles[0], table.titles[1] if len(table.titles) > 1 else "")
    return sheet


def _paint(sheet: Worksheet, styles: Styles, top: int, column: int, bottom: int) -> None:
    """Lay colours over letters, so that they follow them."""
    for letter in PAINT:
        rule = {"type": "cell", "criteria": "==", "value": f'"{letter}"', "format": styles.painted(letter)}
        sheet.conditional_format(top, column, bottom, column, rule)


def _programme(file: Workbook, styles: Styles, table: Table) -> None:
    """The sheet of schemes: with names for its columns, and only numbers where numbers go."""
    sheet = _sheet(file, styles, table)
    if not table.rows:
        return
    top, bottom = table.top - 1, table.bottom - 1
    for column in sorted(table.entered):
        sheet.data_validation(
            top, column, bottom, column,
            {
                "validate": "decimal", "criteria": "between", "minimum": -1e12, "maximum": 1e12,
                "error_title": "Not an amount", "error_message": "An amount in pounds, such as 1440000, or nothing.",
            },
        )  # fmt: skip
    written = table.column(RAG_WRITTEN)
    if written is not None:
        sheet.data_validation(
            top, written - 1, bottom, written - 1,
            {"validate": "list", "source": [*PAINT, "n/a"], "error_message": "R, A, G, B or n/a."},
        )  # fmt: skip
    for heading, name in NAMES.items():
        column_at = table.column(heading)
        if column_at is not None:
            letter = letters(column_at)
            where = f"={quoted(table.name)}!${letter}${table.top}:${letter}${table.bottom}"
            file.define_name(f"{quoted(table.name)}!{name}", where)


def _charts(file: Workbook, of: list[tuple[BookBody, Table, Table | None]]) -> None:
    sheet = file.add_worksheet("Charts", Sheet)
    sheet.hide_gridlines(2)
    row = 0
    for body, table, months in of:
        row = charts.charts(file, sheet, row, body, table, months)
    sheet.set_h_pagebreaks(range(charts.ROWS_OF_CHART, row, charts.ROWS_OF_CHART))
    print_set_up(sheet, "Charts", "")


def print_set_up(sheet: Worksheet, first: str, second: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)

    def bare(text: str) -> str:
        return text.replace("&", "&&")[:90].rstrip("&")

    sheet.set_header(f'&L&"Arial,Bold"{bare(first)}&R{bare(second)}')
    sheet.set_footer("&L&A&RPage &P of &N")
