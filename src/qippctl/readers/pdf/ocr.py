"""The door to the reader of pictures: words, rules and bands of a page that is a picture, as the ink of any other page.

The models are those that the `rapidocr` wheel carries; nothing is fetched. Everything heavy is imported when the first
picture comes.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from qippctl.readers.pdf.ink import Fill, Ink, Rule, Word

if TYPE_CHECKING:
    from PIL.Image import Image

    from qippctl.readers.pdf.picture_page import Box, Paper

_NEEDED = ("rapidocr", "onnxruntime", "cv2", "numpy")


def available() -> bool:
    """Whether the extra `qippctl[ocr]` is installed."""
    return all(find_spec(name) is not None for name in _NEEDED)


def read_picture(image: Image, width: float, height: float) -> Ink:
    """The ink of a picture of a page that is `width` x `height` points: places in points on the page put straight.

    A page that stands on its side or its head is turned first: `turned` counts the quarter turns with the clock, and
    the ink's width and height are those of the turned page. A score below 0.9 is a doubt: two readings of a word
    differ, or its shape and its text do not fit.
    """
    import numpy as np

    from qippctl.readers.pdf.picture_page import prepared
    from qippctl.readers.pdf.picture_words import read_words, seen, turns

    picture = np.asarray(image.convert("RGB"))
    scale = picture.shape[1] / width
    paper = prepared(picture, scale)
    view = seen(paper)
    turned = turns(paper, view)
    if turned:
        paper = prepared(np.ascontiguousarray(np.rot90(picture, -turned)), scale)
        view = seen(paper)
        if turned % 2:
            width, height = height, width
    ink = Ink(width, height, turned=turned)
    ink.words = [
        Word(*_in_points(read.box, paper), read.text, read.size / paper.scale, read.score, read.upright, read.down)
        for read in read_words(paper, view)
    ]
    ink.rules = _rules(paper)
    ink.fills = [Fill(_in_points(band.box, paper), band.rgb, band.boxy) for band in paper.bands]
    return ink


def _in_points(box: Box, paper: Paper) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    scale = paper.scale
    return (x0 - paper.left) / scale, (y0 - paper.top) / scale, (x1 - paper.left) / scale, (y1 - paper.top) / scale


def _rules(paper: Paper) -> list[Rule]:
    rules = []
    for line in paper.rules:
        x0, top, x1, bottom = _in_points(line.box, paper)
        width = line.thickness / paper.scale
        if line.across:
            rules.append(Rule(True, (top + bottom) / 2, x0, x1, width))
        else:
            rules.append(Rule(False, (x0 + x1) / 2, top, bottom, width))
    return rules
