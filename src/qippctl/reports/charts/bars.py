"""Charts of bars: from plan to actual, from one variance to another, and month by month."""

from __future__ import annotations

from decimal import Decimal

from qippctl.models.charts import Chart, ChartMark, ChartSeries
from qippctl.money import ZERO
from qippctl.period import MONTHS_OF_YEAR, Period
from qippctl.reports.charts import look
from qippctl.reports.charts.axes import LINE, along, amounts, key, label_column
from qippctl.reports.charts.canvas import Sheet, cut, width_of
from qippctl.reports.charts.scales import Scale, tick_writer, ticks
from qippctl.reports.charts.telling import shown
from qippctl.reports.words import when

BAR = 18
ENDS = frozenset({"plan", "actual", "from", "to"})
FOOT = LINE * 2.4


def steps(chart: Chart, width: float) -> Sheet:
    """A waterfall in rows: what it starts from, each change, what it comes to."""
    marks = chart.series[0].marks
    sheet = Sheet(chart, width, len(marks) * look.ROW + LINE * 3.4)
    money = shown(chart)
    names = [when(m.label) if m.state in ("from", "to") else m.label for m in marks]
    names = [f"{name} ~" if mark.doubts else name for name, mark in zip(names, marks, strict=True)]
    said = [("=" if m.is_derived and m.state in ENDS else "") + money(m.value) for m in marks]
    labels = label_column(sheet, names, 0.42)
    amount = max(width_of(text, bold=True) for text in said)
    left, right = sheet.left + labels + 12, sheet.right - amount - 12
    top, bottom = sheet.top + LINE * 1.6, sheet.bottom - LINE * 1.4
    spots = [ZERO, *(m.running for m in marks if m.running is not None)]
    round_ones = ticks(spots)
    scale = Scale(round_ones[0], round_ones[-1], left, right)
    write = tick_writer(round_ones, chart.unit)
    least = max(width_of(write(t)) for t in round_ones) + 10
    for k, tick in enumerate(round_ones):
        x = scale(tick)
        sheet.line([(x, top), (x, bottom)], look.GRID if tick else look.INK, width=1.0)
        crowded = len(round_ones) > 1 and abs(scale(round_ones[1]) - scale(round_ones[0])) < least
        if not crowded or k % 2 == 0:
            sheet.text(x, bottom + LINE * 0.7, write(tick), colour=look.QUIET, align="center")
    has_loss = any((m.value or ZERO) < 0 for m in marks if m.state not in ENDS)
    has_gain = any((m.value or ZERO) > 0 for m in marks if m.state not in ENDS)
    entries = [(look.LOSS, "adverse")] if has_loss else []
    key(sheet, sheet.top + LINE * 0.5, [*entries, *([(look.GAIN, "favourable")] if has_gain else [])], x=left)
    before = ZERO
    for k, (mark, name, text) in enumerate(zip(marks, names, said, strict=True)):
        y = top + look.ROW * (k + 0.5)
        _step(sheet, scale, mark, before, y, is_last=k == len(marks) - 1)
        before = mark.running or ZERO
        is_end = mark.state in ENDS
        sheet.text(sheet.left, y, cut(name, labels, bold=False), bold=False)
        sheet.text(sheet.right, y, text, bold=is_end, align="right")
    return sheet


def _step(sheet: Sheet, scale: Scale, mark: ChartMark, before: Decimal, y: float, *, is_last: bool) -> None:
    """One bar, and a thin line down to the next."""
    after = mark.running or ZERO
    start = ZERO if mark.state in ENDS else before
    low, high = sorted((scale(start), scale(after)))
    fill = look.BAR_END if mark.state in ENDS else look.LOSS if (mark.value or ZERO) < 0 else look.GAIN
    sheet.box(low, y - BAR / 2, max(high - low, 1.0), BAR, fill)
    if not is_last:
        x = scale(after)
        sheet.line([(x, y + BAR / 2), (x, y + look.ROW - BAR / 2)], look.QUIET, width=1.0)


def monthly(chart: Chart, width: float) -> Sheet:
    """A wide column for each month's plan, and in it a narrow one for what was delivered, or is still forecast."""
    sheet = Sheet(chart, width, look.PLOT_HEIGHT + FOOT + LINE * 1.6)
    money = shown(chart)
    top, bottom = sheet.top + LINE * 2.6, sheet.bottom - FOOT
    values = [m.value for m in chart.marks if m.value is not None]
    scale, left = amounts(sheet, values, chart.unit, top, bottom, sheet.right)
    start = Period.parse(chart.marks[0].label).start
    step = (sheet.right - left) / MONTHS_OF_YEAR
    place = {str(Period(start, m)): left + step * (m - 0.5) for m in range(1, MONTHS_OF_YEAR + 1)}
    fills = {"plan": (look.PLAN, 0.74), "actual": (look.ACTUAL, 0.4), "forecast": (look.FORECAST, 0.4)}
    drawn = [own for own in chart.series if own.role in fills]
    key(sheet, sheet.top + LINE * 0.6, [(fills[own.role][0], own.name) for own in drawn])
    for own in drawn:
        fill, share = fills[own.role]
        for mark in own.marks:
            x, y, nought = place[mark.label], scale(mark.value or ZERO), scale(ZERO)
            wide = step * share
            sheet.box(x - wide / 2, min(y, nought), wide, max(abs(nought - y), 0.8), fill, dotted=mark.is_derived)
    _amounts_above(sheet, drawn, place, scale, step, money)
    along(sheet, list(place), list(place.values()), bottom)
    return sheet


def _amounts_above(sheet: Sheet, drawn: list[ChartSeries], place: dict[str, float], scale: Scale, step: float, money) -> None:  # type: ignore[no-untyped-def]
    """The amount of each month's narrow column (else its wide one) above both, where all fit; else of the newest alone."""
    tallest: dict[str, Decimal] = {}
    told: dict[str, ChartMark] = {}
    for own in drawn:
        for mark in own.marks:
            tallest[mark.label] = max(tallest.get(mark.label, ZERO), mark.value or ZERO)
            told[mark.label] = mark
    texts = {label: money(mark.value) + ("~" if mark.doubts else "") for label, mark in told.items()}
    actual = next((own.marks[-1].label for own in drawn if own.role == "actual"), None)
    fits = all(width_of(text) <= step - 2 for text in texts.values())
    for label, text in texts.items():
        if fits or label == (actual or max(texts)):
            sheet.text(place[label], scale(tallest[label]) - 10, text, align="center")
