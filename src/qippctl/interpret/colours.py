"""Colours that a paper shows and does not name: a filled cell, or a blob in it."""

from __future__ import annotations

import colorsys
import re
from collections import Counter
from dataclasses import replace

from qippctl.models.document import Grid
from qippctl.models.figure import Colour

_SHADE = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")
# Degrees of the colour wheel, from and to; what lies between is nobody's.
_HUES: tuple[tuple[float, float, Colour], ...] = (
    (0, 16, "red"),
    (28, 62, "amber"),
    (80, 168, "green"),
    (195, 250, "blue"),
    (344, 361, "red"),
)
_LEAST_SATURATION = 0.4
_LEAST_VALUE = 0.35


def shade_of(text: str) -> Colour | None:
    """The RAG colour that a shade such as `#d5281b` is plainly one of; None for greys, pastels and what lies between.

    >>> shade_of("#d5281b"), shade_of("#e8edee")
    ('red', None)
    """
    match = _SHADE.fullmatch(text)
    if match is None:
        return None
    red, green, blue = (int(part, 16) / 255 for part in match.groups())
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < _LEAST_SATURATION or value < _LEAST_VALUE:
        return None
    return next((colour for low, high, colour in _HUES if low <= hue * 360 < high), None)


def with_shades(grid: Grid) -> Grid:
    """A grid whose blank cells that show a RAG colour hold its shade as text: the evidence for a rating.

    A band over most of a row is decoration, and so is one shade over a whole column.
    """
    if not any(cell.fill for row in grid.rows for cell in row):
        return grid
    shown = {
        (i, j): cell.fill
        for i, row in enumerate(grid.rows)
        for j, cell in enumerate(row)
        if cell.fill and not cell.text and not cell.covered and shade_of(cell.fill) in ("red", "amber", "green")
    }
    bands = {
        i
        for i, row in enumerate(grid.rows)
        if any(n * 2 >= len(row) for n in Counter(cell.fill for cell in row if cell.fill).values())
    }
    held = {(i, j): fill for (i, j), fill in shown.items() if i not in bands}
    if not held:
        return grid
    rows = tuple(
        tuple(replace(cell, text=held[i, j]) if (i, j) in held else cell for j, cell in enumerate(row))
        for i, row in enumerate(grid.rows)
    )
    return replace(grid, rows=rows)
