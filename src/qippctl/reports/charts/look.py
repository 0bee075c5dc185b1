"""The one look of every chart: colours, sizes and markers. Nothing is told by colour alone.

Lines differ in dash and marker, areas in hatch, ratings and signals in a letter; every pair of text and ground has a
contrast of 4.5 to 1 or more, every shape one of 3 to 1 to the ground, or an outline that has.
"""

from __future__ import annotations

from dataclasses import dataclass

# Points. A picture is laid out this wide; on a slide it is shown larger, so no text there is under 12 points.
WIDTH = 691.2
MARGIN = 18
TITLE, TEXT = 17.0, 12.0
LEADING = 1.3
PLOT_HEIGHT = 250
ROW = 26
MOST_ROWS = 120

GROUND = "#ffffff"
INK = "#212b32"
QUIET = "#4c6272"
GRID = "#d8dde0"
OUTLINE = "#212b32"
BAND = "#f0f4f5"


@dataclass(frozen=True, slots=True)
class Fill:
    """How an area is filled: with what, hatched how, and which colour text on it has."""

    colour: str
    hatch: str = ""
    text: str = INK


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn: colour, dash, marker."""

    colour: str
    dash: tuple[float, ...] = ()
    marker: str = "o"


PLAN = Fill("#c8d1d6", "")
ACTUAL = Fill("#005eb8", "", "#ffffff")
FORECAST = Fill("#ffffff", "////")
BAR_END = Fill("#425563", "", "#ffffff")
GAIN = Fill("#6ab0e8", "")
LOSS = Fill("#f2b38a", "////")

LINES = {
    "plan": Stroke("#425563", (6, 3), "s"),
    "actual": Stroke("#005eb8", (), "o"),
    "forecast": Stroke("#b3420a", (2, 2), "D"),
}
GAP_COLOUR = "#8a1c12"

# RAG and the state of milestones: letter first, colour beside it.
RATINGS = {
    "red": Fill("#d5281b", "", "#ffffff"),
    "amber": Fill("#ffb81c", "", INK),
    "green": Fill("#007f3b", "", "#ffffff"),
    "blue": Fill("#005eb8", "", "#ffffff"),
}
NO_RATING = Fill(BAND, "", QUIET)
STATES = {
    "overdue_no_status": (Fill("#d5281b", "", "#ffffff"), "s"),
    "overdue": (Fill("#d5281b", "", "#ffffff"), "D"),
    "due": (Fill("#ffb81c", "", INK), "p"),
    "not_due": (Fill("#ffffff", "", INK), "o"),
    "done_late": (Fill("#007f3b", "", "#ffffff"), "h"),
    "done": (Fill("#007f3b", "", "#ffffff"), "o"),
}

# Of "Making Data Count".
SIGNALS = {
    "improvement": Fill("#00b0f0", "", INK),
    "concern": Fill("#e46c0a", "", INK),
    "no_judgement": Fill("#490092", "", "#ffffff"),
    "common_cause": Fill("#a6a6a6", "", INK),
}
TARGET = "#de1b1b"
