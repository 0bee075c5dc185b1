"""What is on a page, wherever it came from: words, rules, filled shapes and pictures, each with its place.

Places are PDF points from the top left of the page as it is read: turned by the page's own rotation, and by that of its
text where a whole page was set sideways.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from qippctl.models.document import BBox


class Word(NamedTuple):
    """Characters without a gap between them. `size` is the height of their font; `score`, from 0 to 1, is how sure
    the reader of a
    picture was, 1 for text that the file itself holds. `upright` is False for text that runs up the page or, with
    `down`, down."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    size: float
    score: float = 1.0
    upright: bool = True
    down: bool = False


class Rule(NamedTuple):
    """A straight line across (`at` is its distance from the top) or down (`at` from the left), from `start` to `end`."""

    across: bool
    at: float
    start: float
    end: float
    width: float = 0.0


class Fill(NamedTuple):
    """A filled shape that is no rule: a band, the background of a cell, a blob.

    `boxy`: a rectangle with its sides along the page's.
    """

    bbox: BBox
    rgb: tuple[int, int, int]
    boxy: bool = True


@dataclass(slots=True)
class Ink:
    """One page. `hidden` are the words that nobody sees on paper: invisible, or white on white. `unmapped` characters
    have a font that
    does not say which letters it draws. `turned` is by how many quarter turns against the clock the text stood on the
    page as a viewer
    shows it. `cut`: the page draws more than was looked at. `skipped`: it was not looked at."""

    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    pictures: list[BBox] = field(default_factory=list)
    hidden: list[Word] = field(default_factory=list)
    unmapped: int = 0
    turned: int = 0
    cut: bool = False
    skipped: bool = False

    def shown(self, box: BBox) -> BBox:
        """A place on the page as a viewer shows it, rounded to tenths of a point."""
        x0, top, x1, bottom = box
        if self.turned == 1:
            x0, top, x1, bottom = top, self.width - x1, bottom, self.width - x0
        elif self.turned == 2:
            x0, top, x1, bottom = self.width - x1, self.height - bottom, self.width - x0, self.height - top
        elif self.turned == 3:
            x0, top, x1, bottom = self.height - bottom, x0, self.height - top, x1
        return (round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))
