"""Whether the text of a figure fits its ink: as many signs as shapes, each of the height of its kind, set as money is.

This knows nothing of what the recogniser thought, so that both are seldom wrong in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from qippctl.readers.pdf.picture_page import Marks, Pixels

# The height of a digit or capital in that of its font.
CAPITAL = 0.72
LONE_LOOK_ALIKES = frozenset({"O", "o", "Q", "l", "I", "|"})
_MISFIT, _ODD = 0.6, 0.8
# Of the square of a digit's height, less ink than a point has.
_SPECK = 0.012
_FIGURE = re.compile(r"[\W_]*\d|[-+(\[£$€%.,)\]~<>*]+$|.*\d[\d.,]")
_UNIT = re.compile(r"[(]?£'?(?:000'?s?|k|m|K|M)?[)]?")
_LOOK_ALIKES = str.maketrans("OolI|", "00111")
_AMOUNT = re.compile(
    r"[-+~<>*]*[(\[]?[-+]?[£$€]?[-+]?[(]?"
    r"(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d{1,2})?"
    r"(?:%|k|m|bn|K|M|p|pp|x)?[)\]]?[-%*]?[.,;:]?"
)
_OTHER_NUMBER = re.compile(
    r"\d{1,4}(?:[/.:-]\d{1,4}){1,3}|\d+(?:st|nd|rd|th)|\d{1,2}[).]|\d+(?:[.]\d+){2,}|[A-Za-z]+[-/]?\d+[A-Za-z]?",
    re.IGNORECASE,
)
# Breadths of signs in heights of a digit, as in most fonts without serifs.
_BREADTHS = {
    ",": 0.39,
    ".": 0.39,
    "'": 0.3,
    "-": 0.46,
    "(": 0.46,
    ")": 0.46,
    "[": 0.39,
    "]": 0.39,
    "/": 0.39,
    ":": 0.39,
    "%": 1.24,
    "m": 1.16,
    "M": 1.16,
    "k": 0.7,
    "K": 0.93,
}
_DIGIT = 0.78
# Signs that are more than one shape side by side.
_PARTS = {"%": 2, '"': 1}


class Shape(NamedTuple):
    x0: int
    x1: int
    y0: int
    y1: int
    dots: int


@dataclass(frozen=True, slots=True)
class Ink:
    """The shapes of a word from left to right: where each starts and ends across, its top and bottom, and how many dots
    of ink it has. `height` is that of its digits; brackets are higher."""

    shapes: tuple[Shape, ...]
    height: float

    @property
    def breadth(self) -> float:
        return float(max(shape.x1 for shape in self.shapes) - self.shapes[0].x0) if self.shapes else 0.0


def ink_of(members: Pixels, marks: Marks) -> Ink:
    """The shapes of some marks: those that stand above each other are one."""
    shapes: list[Shape] = []
    for index in members[np.argsort(marks.x0[members], kind="stable")]:
        x0, x1, y0, y1, dots = (int(side[index]) for side in (marks.x0, marks.x1, marks.y0, marks.y1, marks.dots))
        last = shapes[-1] if shapes else None
        if last and min(x1, last.x1) - x0 > 0.5 * min(x1 - x0, last.x1 - last.x0):
            shapes[-1] = Shape(last.x0, max(last.x1, x1), min(last.y0, y0), max(last.y1, y1), last.dots + dots)
        else:
            shapes.append(Shape(x0, x1, y0, y1, dots))
    tall = np.array([shape.y1 - shape.y0 for shape in shapes] or [0])
    return Ink(tuple(shapes), float(np.percentile(tall[tall >= 0.6 * tall.max()], 25)))


def _without_specks(ink: Ink, spare: int) -> Ink:
    """The ink without the smallest of its shapes, at most so many, where they are smaller than a point."""
    specks = [shape for shape in ink.shapes if shape.dots < _SPECK * ink.height**2]
    specks = sorted(specks, key=lambda shape: shape.dots)[:spare]
    return Ink(tuple(shape for shape in ink.shapes if shape not in specks), ink.height)


def is_figure(text: str) -> bool:
    """Whether somebody may take a word for a figure, or for a part of one; the unit over a column is none."""
    return bool(_FIGURE.match(text)) and not _UNIT.fullmatch(text)


def repaired_figure(text: str) -> str:
    """The text with the letters that look like digits put right, where all else in it is a number.

    >>> repaired_figure("1,O00"), repaired_figure("S106"), repaired_figure("Oil")
    ('1,000', 'S106', 'Oil')
    """
    if (
        not re.search(r"\d", text)
        or not re.search(r"[OolI|]", text)
        or not re.match(r"[\W_]*(?:\d|[OlI|][,.]\d)", text)
    ):
        return text
    repaired = text.translate(_LOOK_ALIKES)
    return repaired if _AMOUNT.fullmatch(repaired) else text


def shape(text: str) -> float:
    """The most that a figure of this shape may score: a bracket without its other, or digits not in threes, are odd.

    >>> shape("(1,234)"), shape("2014/15"), shape("1,23"), shape("(123")
    (1.0, 1.0, 0.6, 0.6)
    """
    if sum(text.count(c) for c in "([") != sum(text.count(c) for c in ")]") and not re.fullmatch(r"\w{1,2}\)", text):
        return _MISFIT
    bare = text.strip("()[]£$€%-+kmKM*;:").rstrip(",.")
    if (
        re.fullmatch(r"[\d.,]+", bare)
        and not _AMOUNT.fullmatch(bare)
        and not re.fullmatch(r"\d{1,2}(\.\d{1,2}){2,}", bare)
    ):
        return _MISFIT
    return 1.0 if _AMOUNT.fullmatch(text) or _OTHER_NUMBER.fullmatch(text.strip("()[],.;:")) else _ODD


def usual_breadth(figures: Iterable[tuple[str, Ink]]) -> float:
    """How broad this page sets its figures, where 1 is as common fonts do; from those that fit sign by sign."""
    ratios = [
        ink.breadth / (_expected(text) * ink.height)
        for text, ink in figures
        if len(text) == len(ink.shapes) > 1 and ink.height > 0
    ]
    return float(np.median(ratios)) if len(ratios) >= 3 else 1.0


def _expected(text: str) -> float:
    return sum(_BREADTHS.get(character, _DIGIT) for character in text) - 0.1


def fit(text: str, ink: Ink, breadth: float) -> float:
    """The most that a reading may score with this ink: less than 0.9 where they do not fit."""
    spare = len(ink.shapes) - len(text)
    if spare > 0:
        ink = _without_specks(ink, spare)
        spare = len(ink.shapes) - len(text)
    if spare > sum(_PARTS.get(character, 0) for character in text):
        return _MISFIT
    if spare == 0 and not _each_fits(text, ink):
        return _MISFIT
    if spare < 0:
        # Signs that touch cannot be counted; together they are still as broad as they should be. A comma that touches
        # makes the digits seem higher than they are.
        most = _expected(text) * ink.height * breadth
        least = most * (0.86 if "," in text else 1.0)
        slack = max(0.5 * ink.height, 0.1 * most)
        if not least - slack <= ink.breadth <= most + slack:
            return _ODD
    return 1.0


def _each_fits(text: str, ink: Ink) -> bool:
    """Whether every shape has the height and level of its sign, where there are as many of one as of the other."""
    digits = [(y0, y1) for (_, _, y0, y1, _), character in zip(ink.shapes, text, strict=True) if character.isdigit()]
    if not digits:
        return True
    height = float(np.median([y1 - y0 for y0, y1 in digits]))
    top, base = float(np.median([y0 for y0, _ in digits])), float(np.median([y1 for _, y1 in digits]))
    # One dot more or less is the edge, not the sign.
    slack = 1.0
    for (x0, x1, y0, y1, _), character in zip(ink.shapes, text, strict=True):
        tall = y1 - y0
        if character.isdigit() or character in "()[]£$":
            fits = tall >= 0.75 * height - slack and y0 <= top + 0.25 * height + slack
        elif character == ".":
            fits = tall <= 0.35 * height + slack and abs(y1 - base) <= 0.12 * height + slack
        elif character == ",":
            fits = tall <= 0.55 * height + slack and y1 >= base + 0.04 * height and y0 >= top + 0.5 * height
        elif character == "-":
            fits = (
                tall <= 0.35 * height + slack
                and x1 - x0 > tall
                and top + 0.25 * height < (y0 + y1) / 2 < base - 0.12 * height
            )
        else:
            fits = True
        if not fits:
            return False
    return True
