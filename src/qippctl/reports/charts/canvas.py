"""A sheet of points on which charts are drawn, as SVG and as PNG: the same chart gives the same bytes.

matplotlib draws, and is loaded here alone. Nothing of the machine's or the user's settings reaches a picture: its settings
are those of the package, its font the one that the package brings. No text is taken for formulae.
"""

from __future__ import annotations

import hashlib
import io
import logging
import os
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape

import platformdirs

from qippctl.reports.charts import look
from qippctl.reports.clean import for_terminal

if TYPE_CHECKING:
    from qippctl.models.charts import Chart

Align = Literal["left", "center", "right"]
Point = tuple[float, float]
POINTS_OF_INCH = 72
_FAMILIES = ["DejaVu Sans", "Verdana", "Arial", "sans-serif"]
_SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "qippctl",
    "text.parse_math": False,
    "text.usetex": False,
    "path.simplify": False,
    "hatch.linewidth": 1.0,
    "savefig.bbox": None,
}


@lru_cache(maxsize=2)
def _font_file(*, bold: bool) -> str:
    import matplotlib

    return str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"DejaVuSans{'-Bold' if bold else ''}.ttf")


@lru_cache(maxsize=2)
def _font(*, bold: bool) -> Any:
    from matplotlib.ft2font import FT2Font

    return FT2Font(_font_file(bold=bold))


@lru_cache(maxsize=4096)
def width_of(text: str, size: float = look.TEXT, *, bold: bool = False) -> float:
    """How wide a text is, in points."""
    font = _font(bold=bold)
    with _quietly():
        font.set_size(size, POINTS_OF_INCH)
        font.set_text(text, 0.0)
    return float(font.get_width_height()[0]) / 64


def tidy(text: str) -> str:
    """A text of a paper as a picture may have it: one line, no control characters, nothing that XML forbids.

    >>> tidy("a\\x00b\\n$c$ \\ufffe")
    'ab $c$'
    """
    return "".join(
        c for c in for_terminal(text) if ord(c) & 0xFFFE != 0xFFFE and unicodedata.category(c) != "Cn"
    ).strip()


def cut(text: str, width: float, size: float = look.TEXT, *, bold: bool = False) -> str:
    """A text that fits a width, with an ellipsis where it had to be cut."""
    bare = tidy(text)
    if width_of(bare, size, bold=bold) <= width:
        return bare
    low, high = 0, len(bare)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(bare[:middle].rstrip() + "…", size, bold=bold) <= width:
            low = middle
        else:
            high = middle - 1
    return bare[:low].rstrip() + "…"


def folded(text: str, width: float, size: float = look.TEXT, *, bold: bool = False, most: int = 3) -> list[str]:
    """A text on lines of a width, broken at spaces; the last is cut where there would be more than `most`."""
    lines: list[str] = []
    words = tidy(text).split()
    while words and len(lines) < most:
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}", size, bold=bold) <= width:
            line += f" {words.pop(0)}"
        if len(lines) == most - 1 and words:
            line = " ".join([line, *words])
        lines.append(cut(line, width, size, bold=bold))
    return lines


class Sheet:
    """A sheet with title, plot and source; all places are points from the top left."""

    def __init__(self, chart: Chart, width: float, plot_height: float) -> None:
        self.width = width
        inner = width - 2 * look.MARGIN
        self._title = folded(chart.title, inner, look.TITLE, bold=True, most=4)
        self._about = folded(chart.about, inner, most=2)
        self._notes = [line for note in chart.notes for line in folded(note, inner, most=2)]
        self._source = folded(chart.source, inner, most=3)
        line, title = look.TEXT * look.LEADING, look.TITLE * look.LEADING
        self.top = look.MARGIN + len(self._title) * title + len(self._about) * line + line
        self.bottom = self.top + plot_height
        self.left, self.right = float(look.MARGIN), width - look.MARGIN
        self.height = self.bottom + (len(self._notes) + len(self._source)) * line + line * 0.6 + look.MARGIN
        self._start()
        y = look.MARGIN + title / 2
        for text in self._title:
            self.text(self.left, y, text, size=look.TITLE, bold=True)
            y += title
        for text in self._about:
            self.text(self.left, y - (title - line) / 2, text, colour=look.QUIET)
            y += line
        y = self.bottom + line * 1.1
        for text in [*self._notes, *self._source]:
            self.text(self.left, y, text, colour=look.QUIET)
            y += line

    def _start(self) -> None:
        from matplotlib.figure import Figure

        self._figure = Figure(
            figsize=(self.width / POINTS_OF_INCH, self.height / POINTS_OF_INCH),
            dpi=POINTS_OF_INCH,
            facecolor=look.GROUND,
        )
        self._axes = self._figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._axes.set_xlim(0, self.width)
        self._axes.set_ylim(self.height, 0)
        self._axes.set_axis_off()
        self._above = 0

    def _add(self, artist: Any) -> None:
        """What is drawn later lies above."""
        self._above += 1
        artist.set_zorder(self._above)
        artist.set_clip_on(False)
        self._axes.add_artist(artist)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = look.TEXT,
        bold: bool = False,
        colour: str = look.INK,
        align: Align = "left",
        ground: bool = False,
    ) -> None:
        """A text whose middle is at a height; `ground` hides what is below it."""
        from matplotlib.font_manager import FontProperties
        from matplotlib.text import Text

        said = tidy(text)
        if ground:
            wide = width_of(said, size, bold=bold)
            begin = x - {"left": 0.0, "center": 0.5, "right": 1.0}[align] * wide
            self.box(begin - 2, y - size * 0.6, wide + 4, size * 1.2, look.Fill(look.GROUND), edge=look.GROUND)

        font = FontProperties(
            family=_FAMILIES, weight="bold" if bold else "normal", size=size, fname=_font_file(bold=bold)
        )
        # Capitals are 0.73 of the size high: placed by the baseline, so that lines of text keep level.
        self._add(
            Text(
                x, y + size * 0.365, said, fontproperties=font, color=colour, horizontalalignment=align,
                verticalalignment="baseline", parse_math=False,
            )
        )  # fmt: skip

    def line(self, points: Sequence[Point], colour: str, *, width: float = 1.0, dash: Sequence[float] = ()) -> None:
        from matplotlib.lines import Line2D

        style: Any = (0, tuple(dash)) if dash else "-"
        xs, ys = zip(*points, strict=True)
        self._add(
            Line2D(xs, ys, color=colour, linewidth=width, linestyle=style, solid_capstyle="butt", dash_capstyle="butt")
        )

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: look.Fill,
        *,
        dotted: bool = False,
        edge: str = look.OUTLINE,
    ) -> None:
        """A filled box with an outline; dotted: what is worked out."""
        from matplotlib.patches import Rectangle

        self._add(
            Rectangle(
                (x, y),
                width,
                height,
                facecolor=fill.colour,
                edgecolor=edge,
                hatch=fill.hatch or None,
                linewidth=1.0,
                linestyle=(0, (1.5, 1.5)) if dotted else "-",
            )
        )

    def marker(self, x: float, y: float, shape: str, fill: str, *, edge: str = look.OUTLINE, size: float = 8) -> None:
        from matplotlib.lines import Line2D

        self._add(
            Line2D(
                [x],
                [y],
                marker=shape,
                markersize=size,
                markerfacecolor=fill,
                markeredgecolor=edge,
                markeredgewidth=1.2,
                linestyle="none",
            )
        )

    def save(self, form: Literal["svg", "png"], dpi: float = POINTS_OF_INCH) -> bytes:
        """The sheet as a file, without dates, names of programs and numbers of their versions."""
        out = io.BytesIO()
        nothing: dict[str, None]
        if form == "svg":
            nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
            self._figure.savefig(out, format="svg", metadata=nothing)
        else:
            nothing = {"Software": None}
            self._figure.savefig(out, format="png", dpi=dpi, metadata=nothing)
        return out.getvalue()


@contextmanager
def _quietly() -> Iterator[None]:
    """What matplotlib says of letters that its font lacks is of no use to an analyst: they are drawn as boxes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def drawing() -> Iterator[None]:
    """The package's own settings, whatever the user's are; as they were, afterwards."""
    for name in ("matplotlib", "matplotlib.font_manager"):
        logging.getLogger(name).setLevel(logging.ERROR)
    # Its list of the machine's fonts is kept with our own files, not in a folder of its own among the user's settings.
    os.environ.setdefault(
        "MPLCONFIGDIR", str(Path(platformdirs.user_cache_dir("qippctl", appauthor=False)) / "matplotlib")
    )
    with _quietly():
        import matplotlib

        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(_SETTINGS)
            yield


Draw = Callable[["Chart", float], Sheet]


def as_svg(chart: Chart, draw: Draw, width: float) -> str:
    """The picture as SVG that can stand alone or within a page, its words as text, with title and description."""
    with drawing():
        raw = draw(chart, width).save("svg").decode()
    body = raw[raw.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>\s*", "", body, flags=re.DOTALL)
    body = re.sub(r"<!--.*?-->\s*", "", body, flags=re.DOTALL)
    # A rule for every element would reach the page around the picture: said once, on the picture itself.
    body = re.sub(r"<style type=\"text/css\">.*?</style>\s*", "", body, flags=re.DOTALL)
    # Several pictures may stand in one page: ids that nothing refers to go, the others get this picture's own beginning.
    own = hashlib.sha256(body.encode()).hexdigest()[:10]
    used = set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", body))
    body = re.sub(r' id="([^"]*)"', lambda m: f' id="c{own}-{m[1]}"' if m[1] in used else "", body)
    body = re.sub(r'(url\(#|href="#)', rf"\g<1>c{own}-", body)
    named = (
        f'<title id="c{own}-title">{escape(tidy(chart.title))}</title>\n'
        f'<desc id="c{own}-desc">{escape(tidy(chart.alt))}</desc>\n'
    )
    head, rest = body.split(">", 1)
    labelled = (
        f'{head} stroke-linejoin="round" stroke-linecap="butt" role="img" aria-labelledby="c{own}-title c{own}-desc">\n'
    )
    return labelled + " " + named.replace("\n", "\n ").rstrip(" ") + rest.lstrip("\n")


def as_png(chart: Chart, draw: Draw, width: float, dpi: float) -> bytes:
    """The picture as PNG."""
    with drawing():
        return draw(chart, width).save("png", dpi)
