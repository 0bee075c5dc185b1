"""Charts as pictures: `svg(chart)` and `png(chart)` draw what `pipeline.charts` made; `chart.alt` says it in words.

`telling` writes the words, `look` has the colours and sizes, `canvas` the sheet; `lines`, `bars` and `grids` draw the kinds.
Imports models, calc and `reports.words`; matplotlib is loaded by `canvas`, when something is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qippctl.reports.charts import look

if TYPE_CHECKING:
    from qippctl.models.charts import Chart
    from qippctl.reports.charts.canvas import Draw

__all__ = ["png", "svg"]
POINTS_OF_INCH = 72
# Narrower than this, no words are left beside the numbers.
NARROWEST = 5.5


def svg(chart: Chart, *, width: float | None = None) -> str:
    """A chart as SVG, which may stand alone or inside HTML; `width` in inches, at which it is laid out."""
    from qippctl.reports.charts.canvas import as_svg

    return as_svg(chart, _drawer(chart), _points(width))


def png(chart: Chart, *, width: float | None = None, dpi: float = 150) -> bytes:
    """A chart as PNG; `width` in inches, at which it is laid out: text stays at 12 points or more there."""
    from qippctl.reports.charts.canvas import as_png

    return as_png(chart, _drawer(chart), _points(width), dpi)


def _points(width: float | None) -> float:
    return float(look.WIDTH) if width is None else max(width, NARROWEST) * POINTS_OF_INCH


def _drawer(chart: Chart) -> Draw:
    from qippctl.reports.charts import bars, grids, lines

    drawers: dict[str, Draw] = {
        "cumulative": lines.cumulative,
        "waterfall": bars.steps,
        "movement": bars.steps,
        "profile": bars.monthly,
        "gantt": grids.gantt,
        "heatmap": grids.heatmap,
        "spc": lines.control,
        "history": lines.history,
    }
    return drawers[chart.kind]
