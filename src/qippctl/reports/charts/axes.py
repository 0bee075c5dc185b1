"""Axes that charts share: amounts at the left with lines across, months along the foot, keys of letters and fills."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from qippctl.models.figure import Unit
from qippctl.period import MONTHS, Period
from qippctl.reports.charts import look
from qippctl.reports.charts.canvas import Sheet, cut, width_of
from qippctl.reports.charts.scales import Scale, tick_writer, ticks

LINE = look.TEXT * look.LEADING
SWATCH = 14


def amounts(
    sheet: Sheet,
    values: Sequence[Decimal],
    unit: Unit | None,
    top: float,
    bottom: float,
    right: float,
    *,
    from_nought: bool = True,
    least: float = 0.0,
) -> tuple[Scale, float]:
    """Lines across at round amounts, each with its amount at the left; the scale, and where the plot begins.

    `least` is what the column of amounts takes at least."""
    marks = ticks(values, from_nought=from_nought)
    write = tick_writer(marks, unit)
    scale = Scale(marks[0], marks[-1], bottom, top)
    left = sheet.left + max(least, *(width_of(write(mark)) for mark in marks)) + 8
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


Lettered = tuple[look.Fill, str, str, str]
BADGE = 26


def lettered(sheet: Sheet, y: float, entries: Sequence[Lettered]) -> None:
    """Shapes with their letter and what each means, on as many lines as are needed."""
    for line in _lines(entries, sheet.right - sheet.left):
        at = sheet.left
        for fill, shape, letter, said in line:
            badge(sheet, at + BADGE / 2, y, fill, shape, letter)
            sheet.text(at + BADGE + 5, y, said)
            at += _wanted(said)
        y += LINE * 1.6


def key_height(entries: Sequence[Lettered], width: float) -> float:
    """How high `lettered` is in a width."""
    return LINE * 1.6 * len(_lines(entries, width))


def badge(
    sheet: Sheet, x: float, y: float, fill: look.Fill, shape: str, letter: str, *, edge: str = look.OUTLINE
) -> None:
    """A letter on a shape."""
    sheet.marker(x, y, shape, fill.colour, edge=edge, size=19)
    sheet.text(x, y, letter, bold=True, colour=fill.text, align="center")


def _wanted(said: str) -> float:
    return BADGE + 5 + width_of(said) + 16


def _lines(entries: Sequence[Lettered], width: float) -> list[list[Lettered]]:
    out: list[list[Lettered]] = []
    at = width
    for entry in entries:
        wanted = _wanted(entry[-1])
        if not out or at + wanted > width:
            out.append([])
            at = 0.0
        out[-1].append(entry)
        at += wanted
    return out


MOST_STAGGERED = 2


def staggered(texts: Sequence[str], step: float) -> tuple[int, int]:
    """On how many lines the amounts of neighbouring months stand, and every which month is told, so that they fit."""
    widest = max((width_of(text) for text in texts), default=0.0) + 4
    if widest <= step:
        return 1, 1
    every = 1
    while widest > step * MOST_STAGGERED * every:
        every += 1
    return MOST_STAGGERED, every


def table(
    sheet: Sheet,
    y: float,
    rows: Sequence[tuple[Callable[[float], None], Mapping[str, str]]],
    place: Mapping[str, float],
    step: float,
) -> None:
    """The amounts of each series below their months: on two lines in turns where they are wide, counted from the last month."""
    lines, every = staggered([text for _, texts in rows for text in texts.values()], step)
    labels = list(place)
    for head, texts in rows:
        head(y + LINE * (lines - 1) / 2)
        for k, label in enumerate(labels):
            back = len(labels) - 1 - k
            if label in texts and back % every == 0:
                sheet.text(place[label], y + LINE * (back // every % lines), texts[label], align="center")
        y += LINE * (lines + 0.3)


def table_height(rows: int, texts: Sequence[str], step: float) -> float:
    """How high such a table is."""
    return LINE * (staggered(texts, step)[0] + 0.3) * rows


def label_column(sheet: Sheet, labels: Sequence[str], share: float) -> float:
    """How wide a column of labels is: what they need, no more than a share of the sheet."""
    most = (sheet.right - sheet.left) * share
    return min(max((width_of(cut(label, most)) for label in labels), default=0) + 1, most)
