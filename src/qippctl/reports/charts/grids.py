"""Charts of rows: milestones in time, and schemes with their colours. Every colour has its letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from qippctl.models.charts import Chart, ChartMark
from qippctl.reports.charts import look
from qippctl.reports.charts.axes import LINE, Lettered, badge, key_height, label_column, lettered
from qippctl.reports.charts.canvas import Sheet, cut, width_of
from qippctl.reports.charts.telling import STANDINGS
from qippctl.reports.words import COLOURS, day, when

_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
INDENT = 8
NARROWEST_CELL, WIDEST_CELL = 34.0, 96.0


def gantt(chart: Chart, width: float) -> Sheet:
    """Milestones by scheme, each a bar to its date with a marker and letter there; a line at the date it is read at."""
    rows: list[tuple[str, ChartMark | None]] = []
    for own in chart.series:
        rows.append((own.name, None))
        rows += [(("~ " if mark.doubts else "") + mark.label, mark) for mark in own.marks]
    left_out = len(rows) - look.MOST_ROWS
    rows = rows[: look.MOST_ROWS]
    states = [s for s in look.STATES if any(m is not None and m.state == s for _, m in rows)]
    marks = [m for _, m in rows if m is not None]
    entries = [(*look.STATES[s], letter, STANDINGS[letter]) for s in states if (letter := _letter(marks, s))]
    keyed = key_height(entries, width - 2 * look.MARGIN)
    more = LINE if left_out > 0 else 0
    sheet = Sheet(chart, width, len(rows) * look.ROW + LINE * 4.0 + keyed + more)
    most = (sheet.right - sheet.left) * 0.42
    needed = (width_of(cut(name, most, bold=m is None), bold=m is None) + (m is not None) * INDENT for name, m in rows)
    labels = min(max(needed) + 1, most)
    left, right = sheet.left + labels + 14, sheet.right - 12
    top = sheet.top + LINE * 1.4
    bottom = top + len(rows) * look.ROW
    at = date.fromisoformat(chart.at or "")
    first, last = _span([at, *(date.fromisoformat(d) for m in marks for d in (m.start, m.was, m.end) if d)])
    days = (last - first).days

    def place(day_: date) -> float:
        return left + (right - left) * (day_ - first).days / days

    _months(sheet, first, last, left, right, top, bottom)
    x = place(at)
    sheet.line([(x, top - 4), (x, bottom)], look.GAP_COLOUR, width=1.8, dash=(5, 3))
    for k, (name, mark) in enumerate(rows):
        y = top + look.ROW * (k + 0.5)
        if mark is None:
            sheet.text(sheet.left, y, cut(name, labels, bold=True), bold=True)
            sheet.line([(sheet.left, y - look.ROW / 2), (right, y - look.ROW / 2)], look.GRID)
            continue
        sheet.text(sheet.left + INDENT, y, cut(name, labels - INDENT))
        _milestone(sheet, mark, y, place)
    said = day(at.isoformat())
    half = width_of(said, bold=True) / 2
    sheet.text(
        min(max(x, left + half), right - half),
        top - LINE * 0.7,
        said,
        bold=True,
        colour=look.GAP_COLOUR,
        align="center",
    )
    y = bottom + LINE * 2.9
    if left_out > 0:
        sheet.text(sheet.left, y, f"{left_out} more rows are not drawn: --format csv has all.")
        y += LINE
    lettered(sheet, y, entries)
    return sheet


def _letter(marks: list[ChartMark], state: str) -> str:
    return next((m.letter or "" for m in marks if m.state == state), "")


def _milestone(sheet: Sheet, mark: ChartMark, y: float, place: Callable[[date], float]) -> None:
    """A bar from its start, a small circle where it was due before, a letter on its shape where it is due."""
    fill, shape = look.STATES.get(mark.state or "", (look.NO_RATING, "o"))
    x = place(date.fromisoformat(mark.end or ""))
    if mark.start is not None:
        start = place(date.fromisoformat(mark.start))
        sheet.box(start, y - 4, x - start, 8, look.PLAN)
    if mark.was is not None:
        was = place(date.fromisoformat(mark.was))
        sheet.line([(was, y), (x, y)], look.INK, width=1.4, dash=(2, 2))
        sheet.marker(was, y, "o", look.GROUND, size=7)
    # A month alone is printed: the outline is all that is sure of its day.
    drawn = look.Fill(look.GROUND) if mark.is_derived else fill
    edge = fill.colour if mark.is_derived and fill.text == look.GROUND else look.OUTLINE
    badge(sheet, x, y, drawn, shape, mark.letter or "", edge=edge)


def _span(days: list[date]) -> tuple[date, date]:
    """Whole months around days."""
    first, last = min(days).replace(day=1), max(days)
    after = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return first, after


def _months(sheet: Sheet, first: date, last: date, left: float, right: float, top: float, bottom: float) -> None:
    """Lines at beginnings of months, with their names and years where they fit."""
    starts, at = [], first
    while at <= last:
        starts.append(at)
        at = date(at.year + at.month // 12, at.month % 12 + 1, 1)
    days = (last - first).days
    step = next(
        n
        for n in (1, 2, 3, 6, 12, 24, 60, 120, 1200)
        if (right - left) / max(len(starts) - 1, 1) * n >= 34 or n == 1200
    )
    told = 0
    for k, start in enumerate(starts):
        if k % step:
            continue
        x = left + (right - left) * (start - first).days / days
        sheet.line([(x, top), (x, bottom)], look.GRID)
        if start == last:
            continue
        sheet.text(x, bottom + LINE * 0.6, _MONTH_NAMES[start.month - 1], colour=look.QUIET)
        if start.year != told:
            sheet.text(x, bottom + LINE * 1.5, str(start.year), colour=look.QUIET)
            told = start.year


def heatmap(chart: Chart, width: float) -> Sheet:
    """Schemes down, dimensions or months across, a letter in each cell."""
    names = [mark.label for mark in chart.series[0].marks]
    left_out = len(names) - look.MOST_ROWS
    names = names[: look.MOST_ROWS]
    entries = _colours(chart)
    keyed = key_height(entries, width - 2 * look.MARGIN)
    by_month = "-M" in chart.series[0].name
    heads = [_head(own.name) if by_month else own.name.capitalize() for own in chart.series]
    head_height = LINE * (2.2 if by_month else 1.3)
    more = LINE if left_out > 0 else 0
    sheet = Sheet(chart, width, head_height + len(names) * look.ROW + LINE * 0.6 + keyed + more)
    inner = sheet.right - sheet.left
    wanted = max(max(width_of(line) for head in heads for line in head.split("\n")) + 10, NARROWEST_CELL)
    cell = min(max(wanted, min(WIDEST_CELL, inner * 0.5 / len(heads))), inner * 0.72 / len(heads))
    labels = min(label_column(sheet, names, 1.0), inner - cell * len(heads) - 14)
    left, top = sheet.left + labels + 14, sheet.top + head_height
    for j, head in enumerate(heads):
        for n, line in enumerate(head.split("\n")):
            sheet.text(
                left + cell * (j + 0.5),
                sheet.top + LINE * (0.5 + n),
                cut(line, cell, bold=True),
                bold=True,
                align="center",
            )
    for k, name in enumerate(names):
        y = top + look.ROW * (k + 0.5)
        sheet.text(sheet.left, y, cut(name, labels))
        for j, own in enumerate(chart.series):
            _cell(sheet, own.marks[k], left + cell * j, y, cell)
    y = top + len(names) * look.ROW + LINE
    if left_out > 0:
        sheet.text(sheet.left, y, f"{left_out} more schemes are not drawn: --format csv has all.")
        y += LINE
    lettered(sheet, y, entries)
    return sheet


def _head(period: str) -> str:
    """`Feb` over `2015`."""
    _, month, year = when(period).split()
    return f"{month}\n{year}"


def _colours(chart: Chart) -> list[Lettered]:
    """The key: each colour that is there, and cells without one."""
    there = {m.state for m in chart.marks}
    said = [(look.RATINGS[c], "s", c[0].upper(), COLOURS[c]) for c in look.RATINGS if c in there]
    if None in there:
        said.append((look.NO_RATING, "s", "–", "no rating"))
    return said


def _cell(sheet: Sheet, mark: ChartMark, x: float, y: float, width: float) -> None:
    fill = look.RATINGS.get(mark.state or "", look.NO_RATING)
    sheet.box(x, y - look.ROW / 2, width, look.ROW, fill, edge=look.GROUND)
    letter = (mark.letter or "–") + (" ~" if mark.doubts and mark.letter else "")
    sheet.text(x + width / 2, y, letter, bold=True, colour=fill.text, align="center")
