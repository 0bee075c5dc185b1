"""Native charts of a body: plan beside actual, the months as they run up, forecast beside plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qippctl.period import MONTHS_OF_YEAR
from qippctl.reports.excel.cells import Table, letters, quoted, said
from qippctl.reports.excel.profiles import FIRST_MONTH, RUNNING
from qippctl.reports.excel.schemes import ACTUAL, FORECAST, OUTTURN, PLAN, YEAR_PLAN
from qippctl.reports.words import body

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

    from qippctl.models.workbooks import BookBody

MOST_BARS = 20
ROWS_OF_CHART = 26
WIDTH = 1000
PLANNED, CAME, FORETOLD = "#768692", "#005EB8", "#330072"
_FONT = {"name": "Arial", "size": 9}


def charts(book: Workbook, sheet: Worksheet, row: int, of: BookBody, schemes: Table, months: Table | None) -> int:
    """Put a body's charts on a sheet from a row on; answers the next free row."""
    own = []
    came = OUTTURN if schemes.column(FORECAST) is None else FORECAST
    for title, plan, outcome, colour in (
        ("plan and actual to date", PLAN, ACTUAL, CAME),
        ("year's plan and forecast", YEAR_PLAN, came, FORETOLD),
    ):
        if schemes.column(plan) is not None and schemes.column(outcome) is not None and schemes.rows:
            own.append(_bars(book, of, schemes, title, plan, outcome, colour))
    running = _running(book, of, months) if months is not None else None
    for chart in (*own[:1], *([running] if running is not None else []), *own[1:]):
        sheet.insert_chart(row, 0, chart, {"object_position": 2, "y_offset": 6})
        row += ROWS_OF_CHART
    return row


def _bars(book: Workbook, of: BookBody, table: Table, title: str, plan: str, outcome: str, colour: str) -> Chart:
    shown = min(len(table.rows), MOST_BARS)
    which = f"the {shown} furthest behind of {len(table.rows)}" if shown < len(table.rows) else "every row"
    chart = book.add_chart({"type": "bar"})
    names = _range(table, table.column("Scheme"), shown)
    if any(not isinstance(row[2], str) for row in table.rows[:shown]):
        # A workstream without schemes has its name in the column before.
        names = f"={quoted(table.name)}!$B${table.top}:$C${table.top + shown - 1}"
    for heading, fill in ((plan, PLANNED), (outcome, colour)):
        chart.add_series(
            {
                "name": heading,
                "categories": names,
                "values": _range(table, table.column(heading), shown),
                "fill": {"color": fill},
                "gap": 60,
            }
        )
    _dress(chart, f"{body(of.organisation)}: {title}, £; {which}; {said(of.period)}")
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "major_gridlines": {"visible": False}})
    chart.set_x_axis(
        {
            "num_format": "#,##0;-#,##0",
            "num_font": _FONT,
            "label_position": "low",
            "major_gridlines": {"visible": True, "line": {"color": "#D8DDE0"}},
        }
    )
    return chart


def _running(book: Workbook, of: BookBody, table: Table) -> Chart | None:
    first = table.bottom + 1
    found = [(k, row) for k, row in enumerate(table.totals) if row[1] == RUNNING]
    if not found:
        return None
    chart = book.add_chart({"type": "line"})
    # Dashes and markers tell the lines apart without their colours.
    looks: dict[Any, dict[str, Any]] = {
        "Plan": {"line": {"color": PLANNED, "width": 2.25, "dash_type": "dash"}, "marker": {"type": "none"}},
        "Actual": {"line": {"color": CAME, "width": 2.5}, "marker": {"type": "circle", "size": 6}},
        "Forecast": {
            "line": {"color": FORETOLD, "width": 2.25, "dash_type": "round_dot"},
            "marker": {"type": "diamond", "size": 6},
        },
    }
    left, right = letters(FIRST_MONTH), letters(FIRST_MONTH + MONTHS_OF_YEAR - 1)
    head = table.top - 1
    for k, row in found:
        number = first + k
        chart.add_series(
            {
                "name": row[2],
                "categories": f"={quoted(table.name)}!${left}${head}:${right}${head}",
                "values": f"={quoted(table.name)}!${left}${number}:${right}${number}",
                **looks[row[2]],
            }
        )
    _dress(chart, f"{body(of.organisation)}: all rows, to the end of each month, £; {of.period[:7]}")
    chart.set_y_axis(
        {
            "num_format": "#,##0;-#,##0",
            "num_font": _FONT,
            "major_gridlines": {"visible": True, "line": {"color": "#D8DDE0"}},
        }
    )
    chart.set_x_axis({"num_font": _FONT | {"rotation": -45}})
    chart.show_blanks_as("gap")
    return chart


def _dress(chart: Chart, title: str) -> None:
    chart.set_title({"name": title[:250], "name_font": _FONT | {"size": 11, "bold": True}})
    chart.set_legend({"position": "bottom", "font": _FONT})
    chart.set_size({"width": WIDTH, "height": ROWS_OF_CHART * 20 - 30})


def _range(table: Table, column: int | None, rows: int) -> str:
    letter = letters(column or 0)
    return f"={quoted(table.name)}!${letter}${table.top}:${letter}${table.top + rows - 1}"
