"""Charts of lines: the year to date, a history, and the control chart of an indicator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from qippctl.models.charts import Chart, ChartMark, ChartSeries
from qippctl.money import ZERO
from qippctl.period import MONTHS_OF_YEAR, Period
from qippctl.reports.charts import look
from qippctl.reports.charts.axes import LINE, along, amounts, key_height, lettered, table, table_height
from qippctl.reports.charts.canvas import Point, Sheet, width_of
from qippctl.reports.charts.scales import Scale, apart
from qippctl.reports.charts.telling import shown

_Before = tuple[Point, int, bool]
DOTTED = (1.5, 2.5)
FOOT = LINE * 2.4
SAMPLE = 34
_JUDGEMENTS = (("improvement", "I", "improvement"), ("concern", "C", "concern"), ("no_judgement", "N", "no judgement"))


def _mark_text(mark: ChartMark, said: str) -> str:
    return f"{said} ~" if mark.doubts else said


@dataclass(frozen=True, slots=True)
class _Label:
    """Words at an amount; lines rise, so above them is room to the left and below them to the right."""

    said: str
    value: Decimal
    colour: str
    is_above: bool = False
    is_second: bool = False


def cumulative(chart: Chart, width: float) -> Sheet:
    """Plan, actual and forecast to date, and the gap between plan and actual at the month."""
    sheet = Sheet(chart, width, look.PLOT_HEIGHT + FOOT)
    money = shown(chart)
    drawn = [own for own in chart.series if own.role in look.LINES]
    ends = [(own, own.marks[-1]) for own in drawn if own.role != "actual"]
    texts = [_mark_text(mark, f"{own.name} {money(mark.value)}") for own, mark in ends]
    told, due = _at_month(chart, money)
    beside = [label.said for label in told if not label.is_above]
    right = sheet.right - max((width_of(text, bold=True) for text in (*texts, *beside)), default=0) - 12
    top, bottom = sheet.top + LINE * 1.6, sheet.bottom - FOOT
    values = [m.value for own in drawn for m in own.marks if m.value is not None]
    scale, left = amounts(sheet, values, chart.unit, top, bottom, right)
    start = Period.parse(drawn[0].marks[0].label).start
    step = (right - left - 10) / MONTHS_OF_YEAR
    place = {str(Period(start, m)): left + step * m for m in range(1, MONTHS_OF_YEAR + 1)}
    actual = chart.of("actual")
    for own in drawn:
        before: _Before | None = ((left, scale(ZERO)), 0, True)
        if own.role == "forecast":
            last = actual.marks[-1] if actual is not None and actual.marks else None
            before = ((place[last.label], scale(last.value or ZERO)), 0, True) if last is not None else None
        _trace(sheet, own, place, scale, before)
    along(sheet, list(place), list(place.values()), bottom)
    x = place.get(chart.at or "", left)
    got = next((label for label in told if label.is_second), None)
    if got is not None and due is not None:
        sheet.line([(x, scale(due)), (x, scale(got.value))], look.GAP_COLOUR, width=1.6)
    for own in drawn:
        _markers(sheet, own, place, scale)
    widest = max((width_of(label.said, bold=True) for label in told), default=0.0)
    if x - 8 - widest < left:
        _stacked(sheet, told, left, [m for own in drawn for m in own.marks], place, scale)
        told = []
    for label in told:
        if label.is_above:
            y = scale(label.value) - 14 - (LINE if label.is_second else 0)
            sheet.text(x - 6, y, label.said, bold=True, colour=label.colour, align="right", ground=True)
    closing = list(zip(texts, ends, strict=True))
    _to_the_right(sheet, [label for label in told if not label.is_above], x, closing, place, scale, bottom)
    return sheet


def _stacked(
    sheet: Sheet,
    told: Sequence[_Label],
    left: float,
    marks: Sequence[ChartMark],
    place: dict[str, float],
    scale: Scale,
) -> None:
    """Early in the year no room is beside the month: its words stand one below the other above all lines there."""
    widest = max(width_of(label.said, bold=True) for label in told)
    under = [scale(m.value or ZERO) for m in marks if place[m.label] <= left + widest + 40]
    y = min(under) - 12 - LINE * (len(told) - 1)
    for label in told:
        sheet.text(left + 8, y, label.said, bold=True, colour=label.colour, ground=True)
        y += LINE


def _to_the_right(
    sheet: Sheet,
    below: Sequence[_Label],
    x: float,
    ends: Sequence[tuple[str, tuple[ChartSeries, ChartMark]]],
    place: dict[str, float],
    scale: Scale,
    bottom: float,
) -> None:
    """Words right of the lines: at the month, and at the end of the year; apart from each other where both are near."""
    spots = [(x + 8, scale(la.value) + 14 + (LINE if la.is_second else 0), la.said, la.colour) for la in below]
    closing = [
        (place[m.label] + 9, scale(m.value or ZERO), text, look.LINES[own.role].colour) for text, (own, m) in ends
    ]
    widest = max((width_of(said, bold=True) for _, _, said, _ in spots), default=0.0)
    is_near = bool(closing) and x + 8 + widest > min(spot[0] for spot in closing)
    groups = [spots + closing] if is_near else [spots, closing]
    for group in groups:
        ys = apart([y for _, y, _, _ in group], LINE, sheet.top, bottom - LINE / 2)
        for (at, _, said, colour), y in zip(group, ys, strict=True):
            sheet.text(at, y, said, bold=True, colour=colour, ground=True)


def _trace(sheet: Sheet, own: ChartSeries, place: dict[str, float], scale: Scale, before: _Before | None) -> None:
    """A line through the marks of a year: dotted where a month is worked out, or none is known between two."""
    stroke = look.LINES[own.role]
    for mark in own.marks:
        month = Period.parse(mark.label).month
        point = (place[mark.label], scale(mark.value or ZERO))
        if before is not None:
            open_ends = mark.is_derived or (before[2] and before[1] > 0) or month - before[1] > 1
            sheet.line([before[0], point], stroke.colour, width=2.2, dash=DOTTED if open_ends else stroke.dash)
        before = (point, month, mark.is_derived)


def _markers(sheet: Sheet, own: ChartSeries, place: dict[str, float], scale: Scale) -> None:
    """A marker at each amount that is printed."""
    stroke = look.LINES[own.role]
    worked_out = [mark for mark in own.marks if mark.is_derived and mark.doubts]
    for mark in own.marks:
        x, y = place[mark.label], scale(mark.value or ZERO)
        if not mark.is_derived:
            sheet.marker(x, y, stroke.marker, stroke.colour, edge=look.GROUND)
        # Of what is worked out from figures in doubt one mark says so for all.
        if mark.doubts and (not mark.is_derived or mark is worked_out[len(worked_out) // 2]):
            sheet.text(x, y - 11, "~", bold=True, align="center", colour=stroke.colour)


def _at_month(chart: Chart, money: Callable[[Decimal | None], str]) -> tuple[list[_Label], Decimal | None]:
    """What is said at the month: plan, actual and gap, each with its colour and whether it stands above its line."""
    due, got, gap = (
        next((m for m in (chart.of(role) or _NONE).marks if m.label == chart.at and m.value is not None), None)
        for role in ("plan", "actual", "gap")
    )
    is_over = due is not None and got is not None and (got.value or ZERO) > (due.value or ZERO)
    out = []
    is_last = (chart.at or "").endswith("M12")
    if due is not None and not is_last:
        said = _mark_text(due, f"Plan {money(due.value)}")
        out.append(_Label(said, due.value or ZERO, look.LINES["plan"].colour, is_above=not is_over))
    if got is not None:
        said = _mark_text(got, f"Actual {money(got.value)}")
        out.append(_Label(said, got.value or ZERO, look.LINES["actual"].colour, is_above=is_over))
    if gap is not None and due is not None and got is not None:
        said = _mark_text(gap, f"Gap {money(gap.value)}")
        out.append(_Label(said, got.value or ZERO, look.GAP_COLOUR, is_above=is_over, is_second=True))
    return out, due.value if due is not None and got is not None else None


_NONE = ChartSeries(name="", role="gap", marks=())


def history(chart: Chart, width: float) -> Sheet:
    """Plan, forecast and actual by the period whose papers print them; no line from one year into the next."""
    money = shown(chart)
    periods = sorted({mark.label for mark in chart.marks})
    texts = [{m.label: money(m.value) + ("~" if m.doubts else "") for m in own.marks} for own in chart.series]
    names = max(width_of(own.name) for own in chart.series) + SAMPLE + 6
    roomy = {p: n * (width - 2 * look.MARGIN - names) for p, n in _spaced(periods).items()}
    below = table_height(len(texts), [t for own in texts for t in own.values()], _least(roomy)) + LINE * 0.4
    sheet = Sheet(chart, width, look.PLOT_HEIGHT + FOOT + below)
    top, bottom = sheet.top + 14, sheet.bottom - FOOT - below
    values = [m.value for m in chart.marks if m.value is not None]
    scale, left = amounts(sheet, values, chart.unit, top, bottom, sheet.right, least=names)
    place = {p: left + share * (sheet.right - left) for p, share in _spaced(periods).items()}
    for own in chart.series:
        stroke = look.LINES[own.role]
        points = [(mark, (place[mark.label], scale(mark.value or ZERO))) for mark in own.marks]
        for (first, a), (second, b) in pairwise(points):
            if first.label[:7] == second.label[:7]:
                sheet.line([a, b], stroke.colour, width=2.2, dash=stroke.dash)
        for _, (x, y) in points:
            sheet.marker(x, y, stroke.marker, stroke.colour, edge=look.GROUND)
    along(sheet, periods, [place[p] for p in periods], bottom)

    def head(own: ChartSeries) -> Callable[[float], None]:
        stroke = look.LINES[own.role]

        def drawn(y: float) -> None:
            sheet.line([(sheet.left, y), (sheet.left + SAMPLE, y)], stroke.colour, width=2.2, dash=stroke.dash)
            sheet.marker(sheet.left + SAMPLE / 2, y, stroke.marker, stroke.colour, edge=look.GROUND)
            sheet.text(sheet.left + SAMPLE + 5, y, own.name, colour=stroke.colour)

        return drawn

    rows = [(head(own), said) for own, said in zip(chart.series, texts, strict=True)]
    table(sheet, bottom + FOOT + LINE * 0.6, rows, place, _least(place))
    return sheet


# A gap of more months is drawn no wider than this.
WIDEST_GAP = 2


def _spaced(periods: Sequence[str], *, most: int = WIDEST_GAP) -> dict[str, float]:
    """Places of periods as shares of the width; months that nobody reports leave a gap, no wider than `most` months."""
    at, spots = 0, {}
    for k, period in enumerate(periods):
        at += min(_count(period) - _count(periods[k - 1]), most) if k else 0
        spots[period] = at + 0.5
    return {period: spot / (at + 1) for period, spot in spots.items()}


def _least(place: dict[str, float]) -> float:
    """The least room between neighbours."""
    spots = list(place.values())
    return min((b - a for a, b in pairwise(spots)), default=1000.0)


def _count(period: str) -> int:
    at = Period.parse(period)
    return at.start * MONTHS_OF_YEAR + (at.month or MONTHS_OF_YEAR)


def control(chart: Chart, width: float) -> Sheet:
    """An XmR chart: points, mean, limits and target; a letter at each point that is more than chance."""
    present = {mark.state for mark in chart.marks}
    entries = [(look.SIGNALS[state], "s", letter, said) for state, letter, said in _JUDGEMENTS if state in present]
    keyed = key_height(entries, width - 2 * look.MARGIN)
    sheet = Sheet(chart, width, look.PLOT_HEIGHT + FOOT + keyed)
    write = shown(chart)
    points = next(own for own in chart.series if own.role == "actual").marks
    levels = [own for own in chart.series if own.role == "level"]
    texts = [f"{own.name} {write(own.marks[0].value)}" for own in levels]
    right = sheet.right - max([width_of(text) for text in texts] or [40]) - 12
    top, bottom = sheet.top + 14, sheet.bottom - FOOT - keyed
    values = [m.value for m in chart.marks if m.value is not None]
    scale, left = amounts(sheet, values, chart.unit, top, bottom, right, from_nought=False)
    shares = _spaced([mark.label for mark in points], most=MONTHS_OF_YEAR)
    place = {period: left + share * (right - left) for period, share in shares.items()}
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
    lettered(sheet, sheet.bottom - keyed + LINE * 0.8, entries)
    return sheet
