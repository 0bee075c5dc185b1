"""Charts of bars: from plan to actual, from one variance to another, and month by month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from qippctl.models.charts import Chart, ChartMark, ChartSeries
from qippctl.money import ZERO, exactly
from qippctl.period import MONTHS_OF_YEAR, Period
from qippctl.reports.charts import look
from qippctl.reports.charts.axes import LINE, SWATCH, along, amounts, key, label_column, table, table_height
from qippctl.reports.charts.canvas import Sheet, cut, width_of
from qippctl.reports.charts.scales import Scale, tick_writer, ticks
from qippctl.reports.charts.telling import shown
from qippctl.reports.words import when

BAR = 18
ENDS = frozenset({"plan", "actual", "from", "to"})
FOOT = LINE * 2.4
# Changes of less than this part of the whole cannot be seen beside it.
SMALL = 4


def steps(chart: Chart, width: float) -> Sheet:
    """A waterfall in rows: what it starts from, each change, what it comes to."""
    marks = chart.series[0].marks
    sheet = Sheet(chart, width, len(marks) * look.ROW + LINE * 3.4)
    money = shown(chart)
    names = [when(m.label) if m.state in ("from", "to") else m.label for m in marks]
    names = [f"~ {name}" if mark.doubts else name for name, mark in zip(names, marks, strict=True)]
    said = [("=" if m.is_derived and m.state in ENDS else "") + money(m.value) for m in marks]
    labels = label_column(sheet, names, 0.42)
    amount = max(width_of(text, bold=True) for text in said)
    left, right = sheet.left + labels + 12, sheet.right - amount - 12
    top, bottom = sheet.top + LINE * 1.6, sheet.bottom - LINE * 1.4
    spots = [m.running for m in marks if m.running is not None]
    is_cut = _is_cut(spots)
    round_ones = ticks(spots, from_nought=not is_cut)
    scale = Scale(round_ones[0], round_ones[-1], left, right)
    _foot(sheet, round_ones, scale, tick_writer(round_ones, chart.unit), top, bottom)
    changes = [m.value or ZERO for m in marks if m.state not in ENDS]
    entries = [(look.LOSS, "adverse")] if any(c < 0 for c in changes) else []
    entries += [(look.GAIN, "favourable")] if any(c > 0 for c in changes) else []
    key(sheet, sheet.top + LINE * 0.5, entries, x=left)
    if is_cut:
        begins = f"axis begins at {tick_writer(round_ones, chart.unit)(round_ones[0])}"
        sheet.text(right, sheet.top + LINE * 0.5, begins, colour=look.QUIET, align="right")
    before = ZERO
    for k, (mark, name, text) in enumerate(zip(marks, names, said, strict=True)):
        y = top + look.ROW * (k + 0.5)
        _step(sheet, scale, mark, before, y, is_last=k == len(marks) - 1, is_cut=is_cut)
        before = mark.running or ZERO
        sheet.text(sheet.left, y, cut(name, labels))
        sheet.text(sheet.right, y, text, bold=mark.state in ENDS, align="right")
    return sheet


def _is_cut(spots: Sequence[Decimal]) -> bool:
    """Whether the changes would be too small to see on an axis from nought."""
    low, high = min(spots), max(spots)
    with exactly():
        return low > 0 and (high - low) * SMALL < high


def _foot(
    sheet: Sheet, marks: Sequence[Decimal], scale: Scale, write: Callable[[Decimal], str], top: float, bottom: float
) -> None:
    """Lines down at round amounts, with the amounts at their foot, every other one where they are crowded."""
    least = max(width_of(write(mark)) for mark in marks) + 10
    crowded = abs(scale(marks[1]) - scale(marks[0])) < least
    for k, mark in enumerate(marks):
        x = scale(mark)
        sheet.line([(x, top), (x, bottom)], look.GRID if mark else look.INK, width=1.0)
        if not crowded or k % 2 == 0:
            sheet.text(x, bottom + LINE * 0.7, write(mark), colour=look.QUIET, align="center")


def _step(
    sheet: Sheet, scale: Scale, mark: ChartMark, before: Decimal, y: float, *, is_last: bool, is_cut: bool
) -> None:
    """One bar, and a thin line down to the next; a bar of a cut axis is broken."""
    after = mark.running or ZERO
    is_end = mark.state in ENDS
    low, high = sorted((scale(scale.low if is_cut else ZERO) if is_end else scale(before), scale(after)))
    fill = look.BAR_END if is_end else look.LOSS if (mark.value or ZERO) < 0 else look.GAIN
    if is_end or mark.value:
        sheet.box(low, y - BAR / 2, max(high - low, 1.0), BAR, fill)
    if is_end and is_cut:
        for x in (low + 8, low + 13):
            sheet.line([(x - 3, y + BAR / 2 + 2), (x + 3, y - BAR / 2 - 2)], look.GROUND, width=2.5)
    if not is_last:
        x = scale(after)
        sheet.line([(x, y + BAR / 2), (x, y + look.ROW - BAR / 2)], look.QUIET, width=1.0)


def monthly(chart: Chart, width: float) -> Sheet:
    """A wide column for each month's plan, in it a narrow one for what was delivered or is still forecast; amounts below."""
    fills = {"plan": (look.PLAN, 0.74), "actual": (look.ACTUAL, 0.4), "forecast": (look.FORECAST, 0.4)}
    drawn = [own for own in chart.series if own.role in fills]
    money = shown(chart)
    texts = [{m.label: money(m.value) + ("~" if m.doubts else "") for m in own.marks} for own in drawn]
    names = max(width_of(own.name) for own in drawn) + SWATCH + 10
    step = (width - 2 * look.MARGIN - names - 8) / MONTHS_OF_YEAR
    below = table_height(len(drawn), [text for own in texts for text in own.values()], step) + LINE * 0.4
    sheet = Sheet(chart, width, look.PLOT_HEIGHT + FOOT + below)
    top, bottom = sheet.top + 8, sheet.bottom - FOOT - below
    values = [m.value for m in chart.marks if m.value is not None]
    scale, left = amounts(sheet, values, chart.unit, top, bottom, sheet.right, least=names)
    start = Period.parse(chart.marks[0].label).start
    step = (sheet.right - left) / MONTHS_OF_YEAR
    place = {str(Period(start, m)): left + step * (m - 0.5) for m in range(1, MONTHS_OF_YEAR + 1)}
    for own in drawn:
        fill, share = fills[own.role]
        for mark in own.marks:
            x, y, nought = place[mark.label], scale(mark.value or ZERO), scale(ZERO)
            wide = step * share
            sheet.box(x - wide / 2, min(y, nought), wide, max(abs(nought - y), 0.8), fill, dotted=mark.is_derived)
    along(sheet, list(place), list(place.values()), bottom)

    def head(own: ChartSeries) -> Callable[[float], None]:
        return lambda y: key(sheet, y, [(fills[own.role][0], own.name)])

    rows = [(head(own), said) for own, said in zip(drawn, texts, strict=True)]
    table(sheet, bottom + FOOT + LINE * 0.6, rows, place, step)
    return sheet
