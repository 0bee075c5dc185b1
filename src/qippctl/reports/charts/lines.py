"""Charts of lines: the year to date, a history, and the control chart of an indicator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from qippctl.models.charts import Chart, ChartMark, ChartSeries
from qippctl.money import ZERO
from qippctl.period import MONTHS_OF_YEAR, Period
from qippctl.reports.charts import look
from qippctl.reports.charts.axes import LINE, along, amounts, key_lines, lettered
from qippctl.reports.charts.canvas import Point, Sheet, width_of
from qippctl.reports.charts.scales import Scale, apart
from qippctl.reports.charts.telling import shown

DOTTED = (1.5, 2.5)
FOOT = LINE * 2.4
# Up to so many periods every point of a history has its amount beside it.
MOST_LABELLED = 4
_JUDGEMENTS = (("improvement", "I", "improvement"), ("concern", "C", "concern"), ("no_judgement", "N", "no judgement"))


def _mark_text(mark: ChartMark, said: str) -> str:
    return f"{said} ~" if mark.doubts else said


def cumulative(chart: Chart, width: float) -> Sheet:
    """Plan, actual and forecast to date, and the gap between plan and actual at the month."""
    sheet = Sheet(chart, width, look.PLOT_HEIGHT + FOOT)
    money = shown(chart)
    drawn = [own for own in chart.series if own.role in look.LINES]
    ends = [(own, own.marks[-1]) for own in drawn if own.role != "actual"]
    texts = [_mark_text(mark, f"{own.name} {money(mark.value)}") for own, mark in ends]
    right = sheet.right - max((width_of(text, bold=True) for text in texts), default=0) - 12
    top, bottom = sheet.top + 12, sheet.bottom - FOOT
    values = [m.value for own in drawn for m in own.marks if m.value is not None]
    scale, left = amounts(sheet, values, chart.unit, top, bottom, right)
    start = Period.parse(drawn[0].marks[0].label).start
    step = (right - left - 10) / MONTHS_OF_YEAR
    place = {str(Period(start, m)): left + step * m for m in range(1, MONTHS_OF_YEAR + 1)}
    origin = (left, scale(ZERO))
    actual = chart.of("actual")
    for own in drawn:
        before: tuple[Point, int, bool] | None = (origin, 0, True)
        if own.role == "forecast":
            last = actual.marks[-1] if actual is not None and actual.marks else None
            before = None if last is None else ((place[last.label], scale(last.value or ZERO)), 0, True)
        _trace(sheet, own, place, scale, before)
    along(sheet, list(place), list(place.values()), bottom)
    places = apart([scale(mark.value or ZERO) for _, mark in ends], LINE, top, bottom)
    for text, (own, mark), y in zip(texts, ends, places, strict=True):
        sheet.text(place[mark.label] + 9, y, text, bold=True, colour=look.LINES[own.role].colour)
    _at_month(sheet, chart, place, scale, money)
    return sheet


def _trace(
    sheet: Sheet, own: ChartSeries, place: dict[str, float], scale: Scale, before: tuple[Point, int, bool] | None
) -> None:
    """A line through the marks of a year: dotted where a month is worked out, or none is known between two."""
    stroke = look.LINES[own.role]
    for mark in own.marks:
        month = Period.parse(mark.label).month
        point = (place[mark.label], scale(mark.value or ZERO))
        if before is not None:
            open_ends = mark.is_derived or (before[2] and before[1] > 0) or month - before[1] > 1
            sheet.line([before[0], point], stroke.colour, width=2.2, dash=DOTTED if open_ends else stroke.dash)
        before = (point, month, mark.is_derived)
    for mark in own.marks:
        if not mark.is_derived:
            sheet.marker(place[mark.label], scale(mark.value or ZERO), stroke.marker, stroke.colour, edge=look.GROUND)


def _at_month(
    sheet: Sheet, chart: Chart, place: dict[str, float], scale: Scale, money: Callable[[Decimal | None], str]
) -> None:
    """What was due and what was delivered at the month, and the gap."""
    due = next((m for m in (chart.of("plan") or _NONE).marks if m.label == chart.at), None)
    got = next((m for m in (chart.of("actual") or _NONE).marks if m.label == chart.at), None)
    gap = next((m for m in (chart.of("gap") or _NONE).marks if m.value is not None), None)
    x = place.get(chart.at or "", 0.0)
    if got is not None and got.value is not None:
        y = scale(got.value)
        is_below = due is None or due.value is None or got.value <= due.value
        said = _mark_text(got, f"Actual {money(got.value)}")
        sheet.text(x + 9, y + (14 if is_below else -14), said, bold=True, colour=look.LINES["actual"].colour)
    if due is not None and due.value is not None and got is not None and got.value is not None and gap is not None:
        high, low = scale(max(due.value, got.value)), scale(min(due.value, got.value))
        if low - high > 2:
            sheet.line([(x, high + 4), (x, low - 4)], look.GAP_COLOUR, width=1.6)
        above = got.value <= due.value
        sheet.text(
            x - 9, high - 12 if above else low + 14, _mark_text(due, f"Plan {money(due.value)}"), align="right",
            colour=look.LINES["plan"].colour,
        )  # fmt: skip
        sheet.text(
            x - 9, low + 14 if above else high - 12, _mark_text(gap, f"Gap {money(gap.value)}"), align="right", bold=True,
            colour=look.GAP_COLOUR,
        )  # fmt: skip


_NONE = ChartSeries(name="", role="gap", marks=())


def history(chart: Chart, width: float) -> Sheet:
    """Plan, forecast and actual by the period whose papers print them; no line from one year into the next."""
    sheet = Sheet(chart, width, look.PLOT_HEIGHT + FOOT)
    money = shown(chart)
    ends = [(own, own.marks[-1]) for own in chart.series]
    texts = [_mark_text(mark, f"{own.name} {money(mark.value)}") for own, mark in ends]
    right = sheet.right - max(width_of(text, bold=True) for text in texts) - 14
    top, bottom = sheet.top + 14, sheet.bottom - FOOT
    scale, left = amounts(sheet, [m.value for m in chart.marks if m.value is not None], chart.unit, top, bottom, right)
    periods = sorted({mark.label for mark in chart.marks})
    place = _spaced(periods, left, right)
    for own in chart.series:
        stroke = look.LINES[own.role]
        points = [(mark, (place[mark.label], scale(mark.value or ZERO))) for mark in own.marks]
        for (first, a), (second, b) in zip(points, points[1:], strict=False):
            if first.label[:7] == second.label[:7]:
                sheet.line([a, b], stroke.colour, width=2.2, dash=stroke.dash)
        for k, (mark, (x, y)) in enumerate(points):
            sheet.marker(x, y, stroke.marker, stroke.colour, edge=look.GROUND)
            is_told = len(periods) <= MOST_LABELLED or k == 0
            if is_told and k < len(points) - 1:
                sheet.text(x, y - 13, _mark_text(mark, money(mark.value)), align="center", colour=stroke.colour)
    along(sheet, periods, [place[p] for p in periods], bottom)
    places = apart([scale(mark.value or ZERO) for _, mark in ends], LINE, top, bottom)
    for text, (own, mark), y in zip(texts, ends, places, strict=True):
        sheet.text(place[mark.label] + 10, y, text, bold=True, colour=look.LINES[own.role].colour)
    return sheet


def _spaced(periods: Sequence[str], left: float, right: float) -> dict[str, float]:
    """Places of periods in time: months that nobody reports leave a gap."""
    spots = {p: _count(p) for p in periods}
    first, last = min(spots.values()), max(spots.values())
    room, inset = right - left, 34.0
    if first == last:
        return dict.fromkeys(periods, left + room / 2)
    return {p: left + inset + (room - inset - 8) * (n - first) / (last - first) for p, n in spots.items()}


def _count(period: str) -> int:
    at = Period.parse(period)
    return at.start * MONTHS_OF_YEAR + (at.month or MONTHS_OF_YEAR)


def control(chart: Chart, width: float) -> Sheet:
    """An XmR chart: points, mean, limits and target; a letter at each point that is more than chance."""
    present = {mark.state for mark in chart.marks}
    entries = [(look.SIGNALS[state], letter, said) for state, letter, said in _JUDGEMENTS if state in present]
    key_height = LINE * 1.5 * key_lines(entries, width - 2 * look.MARGIN) if entries else 0.0
    sheet = Sheet(chart, width, look.PLOT_HEIGHT + FOOT + key_height)
    write = shown(chart)
    points = next(own for own in chart.series if own.role == "actual").marks
    levels = [own for own in chart.series if own.role == "level"]
    texts = [f"{own.name} {write(own.marks[0].value)}" for own in levels]
    right = sheet.right - max([width_of(text) for text in texts] or [40]) - 12
    top, bottom = sheet.top + 14, sheet.bottom - FOOT - key_height
    values = [m.value for m in chart.marks if m.value is not None]
    scale, left = amounts(sheet, values, chart.unit, top, bottom, right, from_nought=False)
    place = _spaced([mark.label for mark in points], left, right)
    for own in levels:
        y = scale(own.marks[0].value or ZERO)
        is_target = own.name == "Target"
        colour = look.TARGET if is_target else look.QUIET
        dash = (1.5, 2) if is_target else () if own.name == "Mean" else (6, 4)
        sheet.line([(left, y), (right, y)], colour, width=1.6, dash=dash)
    line = [(place[m.label], scale(m.value or ZERO)) for m in points]
    if len(line) > 1:
        sheet.line(line, look.INK, width=1.2)
    for mark, (x, y) in zip(points, line, strict=True):
        fill = look.SIGNALS[mark.state or "common_cause"]
        sheet.marker(x, y, "o" if mark.letter is None else "s", fill.colour, size=9)
        said = "".join(filter(None, (mark.letter, "~" if mark.doubts else "")))
        if said:
            sheet.text(x, y - 15, said, bold=True, align="center")
    along(sheet, [mark.label for mark in points], [x for x, _ in line], bottom)
    for text, own, y in zip(
        texts, levels, apart([scale(o.marks[0].value or ZERO) for o in levels], LINE, top, bottom), strict=True
    ):
        sheet.text(right + 6, y, text, colour=look.TARGET if own.name == "Target" else look.INK)
    if entries:
        lettered(sheet, sheet.bottom - key_height + LINE * 0.8, entries)
    return sheet
