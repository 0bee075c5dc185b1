"""Axes that charts share: amounts at the left with lines across, months along the foot, keys of letters and fills."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from qippctl.models.figure import Unit
from qippctl.period import MONTHS, Period
from qippctl.reports.charts import look
from qippctl.reports.charts.canvas import Sheet, cut, width_of
from qippctl.reports.charts.scales import Scale, tick_writer, ticks

LINE = look.TEXT * look.LEADING
SWATCH = 14


def amounts(
    sheet: Sheet, values: Sequence[Decimal], unit: Unit | None, top: float, bottom: float, right: float, *, from_nought: bool = True
) -> tuple[Scale, float]:
    """Lines across at round amounts, each with its amount at the left; the scale, and where the plot begins."""
    marks = ticks(values, from_nought=from_nought)
    write = tick_writer(marks, unit)
    scale = Scale(marks[0], marks[-1], bottom, top)
    left = sheet.left + max(width_of(write(mark)) for mark in marks) + 8
    for mark in marks:
        y = scale(mark)
        is_base = not mark
        sheet.line([(left, y), (right, y)], look.INK if is_base else look.GRID, width=1.2 if is_base else 1.0)
        sheet.text(left - 6, y, write(mark), colour=look.QUIET, align="right")
    return scale, left


def along(sheet: Sheet, periods: Sequence[str], places: Sequence[float], y: float) -> None:
    """Months below the foot, with the year under the first of each; as many as fit."""
    widest = max((width_of(_month(p)) for p in periods), default=0) + 6
    step = 1
    while len(places) > 1 and (places[1] - places[0]) * step < widest:
        step += 1
    told = ""
    # Counted from the newest, which is always named.
    shown = [k for k in range(len(periods)) if (len(periods) - 1 - k) % step == 0]
    for k in shown:
        sheet.text(places[k], y + LINE * 0.6, _month(periods[k]), colour=look.QUIET, align="center")
        year = _year(periods[k])
        if year and year != told:
            sheet.text(places[k], y + LINE * 1.6, year, colour=look.QUIET, align="center")
            told = year


def _month(period: str) -> str:
    at = Period.parse(period)
    return MONTHS[at.month - 1][:3].capitalize() if at.month else str(at)


def _year(period: str) -> str:
    at = Period.parse(period)
    return str(at.start + (at.month > 9)) if at.month else ""


def key(sheet: Sheet, y: float, entries: Sequence[tuple[look.Fill, str]], *, x: float | None = None) -> None:
    """Swatches and what each means, in a row."""
    at = sheet.left if x is None else x
    for fill, said in entries:
        sheet.box(at, y - SWATCH / 2, SWATCH, SWATCH, fill)
        sheet.text(at + SWATCH + 5, y, said)
        at += SWATCH + 5 + width_of(said) + 18


def lettered(sheet: Sheet, y: float, entries: Sequence[tuple[look.Fill, str, str]]) -> float:
    """Letters on their colour and what each means, on as many lines as are needed; where the last one stands."""
    at = sheet.left
    for fill, letter, said in entries:
        box = width_of(letter, bold=True) + 10
        wanted = box + 5 + width_of(said) + 16
        if at + wanted > sheet.right and at > sheet.left:
            at, y = sheet.left, y + LINE * 1.4
        sheet.box(at, y - 9, box, 18, fill)
        sheet.text(at + box / 2, y, letter, bold=True, colour=fill.text, align="center")
        sheet.text(at + box + 5, y, said)
        at += wanted
    return y


def key_lines(entries: Sequence[tuple[look.Fill, str, str]], width: float) -> int:
    """How many lines `lettered` needs in a width."""
    lines, at = 1, 0.0
    for _, letter, said in entries:
        wanted = width_of(letter, bold=True) + 10 + 5 + width_of(said) + 16
        if at and at + wanted > width:
            lines, at = lines + 1, 0.0
        at += wanted
    return lines


def label_column(sheet: Sheet, labels: Sequence[str], share: float) -> float:
    """How wide a column of labels is: what they need, no more than a share of the sheet."""
    most = (sheet.right - sheet.left) * share
    return min(max((width_of(cut(label, most)) for label in labels), default=0), most)
