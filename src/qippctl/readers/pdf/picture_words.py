"""The words of a picture of a page, each with its box and with how sure its reading is.

Two things look at every figure and must agree: the recogniser, twice, on renderings that differ, and the shapes of the
ink itself, counted and measured. Ink that no reading accounts for is a doubt, because a minus sign, a bracket or a
decimal point that was not read makes a figure that looks right.

    line      what the detector, or nearness, takes for one line of text
    piece     part of a line without a gap as wide as between columns: what is recognised at once
    word      part of a piece without a space
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from qippctl.readers.pdf.picture_doubts import (
    CAPITAL,
    LONE_LOOK_ALIKES,
    Ink,
    fit,
    ink_of,
    is_figure,
    repaired_figure,
    shape,
    usual_breadth,
)
from qippctl.readers.pdf.picture_models import Pixels, Reading, Rendering, likeliness, recognised
from qippctl.readers.pdf.picture_page import Box, Line, Marks, Paper, noise

# In heights of the text of a line: the gap that parts pieces, the gap inside a figure that is surely none of its own,
# and the reach beyond a line within which ink belongs to it.
_PIECE_GAP, _FIGURE_GAP, _REACH = 0.9, 0.55, 0.7
# The most that a figure scores when its readings differ, when a letter was taken for a digit, when its signs cannot be
# counted, and when a dash stands on no row; and what one on a row scores, which no reading is asked about.
_DIFFERS, _REPAIRED, _UNCOUNTED, _ADRIFT, _DASH = 0.5, 0.8, 0.8, 0.6, 0.95
# More marks than this outside of text are a photograph or grain, and the smallest of them are left out.
_MOST_STRAYS = 1500
# How sure the detector is where there is text.
_TEXT_LIKE = 0.3
# In heights: a gap within which two figures may be one, one that parts what was read as one beyond doubt. Of the square
# of a height: the darkness of a faint sign.
_CLOSE, _SURE_GAP, _STAIN = 1.1, 0.75, 0.0035
_LINE_LIKE = re.compile(r"[-1lI|/7_~.,:;'\\]+")


@dataclass(slots=True)
class View:
    """What is seen on a page before anything is read: its marks, their numbers in the picture, where text may be."""

    marks: Marks
    labels: Pixels
    likely: Pixels
    height: float
    lines: list[Box] = field(default_factory=list)
    kernels: list[tuple[Box, int]] = field(default_factory=list)
    rules: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Piece:
    """Marks that are recognised together.

    `height` is that of their digits and capitals; `turn`: quarter turns that put it right.
    """

    marks: Pixels
    box: Box
    height: float
    detected: bool
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """A word in dots of the paper."""

    box: Box
    text: str
    size: float
    score: float
    upright: bool = True
    down: bool = False


def seen(paper: Paper) -> View:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(paper.ink, connectivity=8)
    x, y, w, h, dots = (stats[:, column].astype(np.int32) for column in range(5))
    marks = Marks(x, y, x + w, y + h, dots)
    likely = likeliness(paper.grey, paper.scale)
    lines, kernels = _lines(likely, paper)
    lines = _merged(lines)
    view = View(
        marks, labels, likely, 0.0, lines, [(kernel, _holder(kernel, lines)) for kernel in kernels], paper.rules
    )
    view.height = _usual_height(view, paper.scale)
    return view


def _lines(likely: Pixels, paper: Paper) -> tuple[list[Box], list[Box]]:
    """The boxes of lines of text, and within each the kernel that the detector is sure of."""
    ratio_x, ratio_y = paper.grey.shape[1] / likely.shape[1], paper.grey.shape[0] / likely.shape[0]
    count, labels, stats, _ = cv2.connectedComponentsWithStats((likely > _TEXT_LIKE).astype(np.uint8))
    lines, kernels = [], []
    for index in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[index])
        if area < 6 or likely[y : y + h, x : x + w][labels[y : y + h, x : x + w] == index].mean() < 0.45:
            continue
        # The detector learned to find text shrunk by its area over its outline.
        grow = w * h * 1.6 / (2 * (w + h))
        kernels.append(_scaled(x, y, x + w, y + h, ratio_x, ratio_y))
        lines.append(_scaled(x - grow, y - grow, x + w + grow, y + h + grow, ratio_x, ratio_y))
    return lines, kernels


def _merged(lines: list[Box]) -> list[Box]:
    """Lines without those that overlap another in its row: gaps part them better than the detector does."""
    merged: list[Box] = []
    for line in sorted(lines, key=lambda box: box.x0):
        for index, other in enumerate(merged):
            shared = min(line.y1, other.y1) - max(line.y0, other.y0)
            if line.x0 < other.x1 and line.x1 > other.x0 and shared > 0.55 * min(line.height, other.height):
                line = _around(line, merged.pop(index))
                break
        merged.append(line)
    return merged if len(merged) == len(lines) else _merged(merged)


def _holder(kernel: Box, lines: list[Box]) -> int:
    """The line that a kernel belongs to: the one it shares most with."""

    def shared(line: Box) -> int:
        across = min(line.x1, kernel.x1) - max(line.x0, kernel.x0)
        return max(across, 0) * max(min(line.y1, kernel.y1) - max(line.y0, kernel.y0), 0)

    return max(range(len(lines)), key=lambda index: (shared(lines[index]), -lines[index].height))


def _around(one: Box, other: Box) -> Box:
    return Box(min(one.x0, other.x0), min(one.y0, other.y0), max(one.x1, other.x1), max(one.y1, other.y1))


def _scaled(x0: float, y0: float, x1: float, y1: float, ratio_x: float, ratio_y: float) -> Box:
    return Box(int(x0 * ratio_x), int(y0 * ratio_y), int(np.ceil(x1 * ratio_x)), int(np.ceil(y1 * ratio_y)))


def _usual_height(view: View, scale: float) -> float:
    """The height of digits and capitals in most lines."""
    marks = view.marks
    heights = (marks.y1 - marks.y0)[1:]
    fit = heights[(heights > 2.5 * scale) & (heights < 20 * scale)]
    return float(np.percentile(fit, 60)) if len(fit) else 6.0 * scale


# Which way up


def turns(paper: Paper, view: View) -> int:
    """The quarter turns with the clock that put a page upright."""
    long = [box for box in view.lines if max(box.width, box.height) > 2.5 * min(box.width, box.height)]
    if len(long) < 2:
        return 0
    tall = sum(max(box.width, box.height) for box in long if box.height > box.width)
    sideways = tall > 0.65 * sum(max(box.width, box.height) for box in long)
    samples = sorted(
        (box for box in long if (box.height > box.width) == sideways), key=lambda box: -max(box.width, box.height)
    )[:8]
    crops = [paper.grey[max(box.y0, 0) : box.y1, max(box.x0, 0) : box.x1] for box in samples]
    upright, over = (1, 3) if sideways else (0, 2)
    first = _sureness(crops, upright)
    if first > 0.9:
        return upright
    return over if _sureness(crops, over) > first + 0.05 else upright


def _sureness(crops: list[Pixels], turn: int) -> float:
    readings = recognised([np.ascontiguousarray(np.rot90(crop, -turn)) for crop in crops])
    return float(np.mean([reading.mean * min(len(reading.text.strip()), 4) / 4 for reading in readings]))


# Pieces


def _pieces(paper: Paper, view: View) -> list[Piece]:
    """Everything on the page that may be text, each part of it once."""
    marks, height = view.marks, view.height
    owner = _owners(view)
    tall, wide = marks.y1 - marks.y0, marks.x1 - marks.x0
    count = len(marks.dots)
    usable: Pixels = np.ones(count, bool)
    usable[0] = False
    # Photographs, frames and blots; a heading may still be several times as high as the text.
    usable &= (tall < 5 * height) & (wide < 40 * height)
    pieces: list[Piece] = []
    for line in range(len(view.lines)):
        inside = np.nonzero(usable & (owner == line))[0]
        # A point in small print is a single dot of ink, and told from a speck later. But no line is all specks.
        if len(inside) and (marks.dots[inside] >= 0.02 * height * height).any():
            pieces += _parted(inside, view, paper)
    # What is close to a piece and no part of it is a speck; what is alone may be a dash, a nought or a letter.
    stray = np.nonzero(usable & (owner < 0) & (marks.dots >= 0.02 * height * height))[0]
    pieces += _strays(stray, view, paper, pieces)
    return pieces


def _owners(view: View) -> Pixels:
    """For each mark the line it belongs to, or -1: the line whose kernel, box or reach holds its middle."""
    shape = view.labels.shape
    ground = np.full(shape, -1, np.int32)
    for index, box in sorted(enumerate(view.lines), key=lambda item: -item[1].height):
        reach = round(min(_REACH * box.height, 2 * view.height))
        _fill(ground, Box(box.x0 - reach, box.y0, box.x1 + reach, box.y1), index)
    for index, box in enumerate(view.lines):
        _fill(ground, box, index)
    for box, index in view.kernels:
        _fill(ground, box, index)
    marks = view.marks
    middle_x = np.clip((marks.x0 + marks.x1) // 2, 0, shape[1] - 1)
    middle_y = np.clip((marks.y0 + marks.y1) // 2, 0, shape[0] - 1)
    return ground[middle_y, middle_x]


def _fill(ground: Pixels, box: Box, value: int) -> None:
    ground[max(box.y0, 0) : max(box.y1, 0), max(box.x0, 0) : max(box.x1, 0)] = value


def _parted(inside: Pixels, view: View, paper: Paper) -> Iterator[Piece]:
    """A detected line as pieces: cut between rows that the detector joined, and at gaps as wide as between columns."""
    marks = view.marks
    whole = marks.box(inside)
    if whole.height > 2.2 * whole.width and whole.height > 2.5 * view.height and len(inside) >= 3:
        turn = _turn_of(paper, whole)
        if turn:
            yield Piece(inside, whole, float(whole.width) * 0.9, True, turn)
            return
    for row in _rows(inside, view):
        height = _body(marks, row)
        for group in _cut(row, marks, _PIECE_GAP * max(height, 0.6 * view.height)):
            yield Piece(group, marks.box(group), max(height, _body(marks, group)), True)


def _turn_of(paper: Paper, box: Box) -> int:
    """How text that runs down or up is turned to be read, or 0 where that makes no text of it."""
    crop = paper.grey[max(box.y0 - 3, 0) : box.y1 + 3, max(box.x0 - 3, 0) : box.x1 + 3]
    best = max((1, 3), key=lambda turn: _sureness([crop], turn))
    reading = recognised([np.ascontiguousarray(np.rot90(crop, -best))])[0]
    return best if reading.mean > 0.85 and len(reading.text) >= 3 else 0


def _rows(inside: Pixels, view: View) -> list[Pixels]:
    """Marks by the rows in which the larger of them stand."""
    marks = view.marks
    tall = marks.y1 - marks.y0
    large = inside[tall[inside] > 0.55 * min(view.height, float(tall[inside].max()))]
    if not len(large):
        return [inside]
    spans: list[list[int]] = []
    for index in large[np.argsort(marks.y0[large])]:
        top, bottom = int(marks.y0[index]), int(marks.y1[index])
        if spans and top < spans[-1][1] - 0.2 * (bottom - top):
            spans[-1][1] = max(spans[-1][1], bottom)
        else:
            spans.append([top, bottom])
    if len(spans) == 1:
        return [inside]
    middles = (marks.y0[inside] + marks.y1[inside]) / 2
    away = np.stack([np.maximum(np.maximum(top - middles, middles - bottom), 0) for top, bottom in spans])
    nearest = away.argmin(axis=0)
    return [inside[nearest == row] for row in range(len(spans)) if (nearest == row).any()]


def _body(marks: Marks, group: Pixels) -> float:
    """The height of digits and capitals among some marks: from the foot of those that reach least low to the highest tops.

    Brackets and letters with tails go below that foot, and few marks rise above a capital.
    """
    tall = (marks.y1 - marks.y0)[group]
    large = group[tall > 0.6 * tall.max()]
    return float(np.percentile(marks.y1[large], 10) - np.percentile(marks.y0[large], 10))


def _cut(group: Pixels, marks: Marks, gap: float) -> Iterator[Pixels]:
    order = group[np.argsort(marks.x0[group], kind="stable")]
    reached = np.maximum.accumulate(marks.x1[order])
    cuts: Pixels = np.nonzero(marks.x0[order][1:] - reached[:-1] > gap)[0] + 1
    yield from np.split(order, cuts)


def _strays(stray: Pixels, view: View, paper: Paper, pieces: list[Piece]) -> Iterator[Piece]:
    """Marks outside all detected lines that are as large as a sign, put together where they are near."""
    marks, height = view.marks, view.height
    tall, wide = (marks.y1 - marks.y0)[stray], (marks.x1 - marks.x0)[stray]
    stray = stray[(tall < 2.5 * height) & (wide < 4 * height) & (np.maximum(tall, wide) > 0.18 * height)]
    if len(stray) > _MOST_STRAYS:
        stray = stray[np.argsort(-marks.dots[stray])[:_MOST_STRAYS]]
    taken: set[int] = set()
    for index in stray[np.argsort(marks.x0[stray], kind="stable")]:
        if int(index) in taken:
            continue
        group = np.array([index])
        right = marks.x0[stray] >= marks.x0[index]
        for other in stray[right & (marks.x0[stray] < marks.x1[index] + 6 * height)]:
            near = marks.x0[other] - marks.x1[group].max() < 0.5 * height
            lowest, highest = min(marks.y1[group].max(), marks.y1[other]), max(marks.y0[group].min(), marks.y0[other])
            if int(other) not in taken and other != index and near and lowest > highest - 0.3 * height:
                group = np.append(group, other)
        taken.update(int(member) for member in group)
        size = min(max(_body(marks, group), 0.8 * height), 2 * height)
        yield Piece(group, marks.box(group), size, False)


# Reading


def read_words(paper: Paper, view: View) -> list[Read]:
    """Every word of a page."""
    pieces = _pieces(paper, view)
    owner: Pixels = np.zeros(len(view.marks.dots), np.int32)
    for number, piece in enumerate(pieces, 1):
        owner[piece.marks] = number
    crops = Crops(paper, view, owner)
    dashes = {index for index, piece in enumerate(pieces) if _is_dash(piece, view)}
    plain = [index for index in range(len(pieces)) if index not in dashes]
    readings = recognised([crops.of(pieces[index], Rendering.PLAIN) for index in plain])
    words: list[Draft] = []
    for index, reading in zip(plain, readings, strict=True):
        words += _drafts(pieces[index], reading, view)
    words = list(_redrawn(words, crops, view.marks))
    checked = list(_checked(words, crops, view))
    checked += [
        _dash(pieces[index], pieces, crops, view)
        for index in sorted(dashes)
        if not _in_dashed_rule(index, dashes, pieces, view.height)
    ]
    return sorted(checked, key=lambda word: (word.box.y0, word.box.x0))


@dataclass(slots=True)
class Draft:
    """A word before it is checked: its part of a piece, the reading of that and where across its characters were seen.
    `most` is what it may score for how it was cut out."""

    piece: Piece
    text: str
    sure: tuple[float, ...]
    places: tuple[float, ...]
    least: float
    most: float = 1.0

    @property
    def mean(self) -> float:
        return sum(self.sure) / len(self.sure) if self.sure else 0.0


class Crops:
    """Cuts pieces out of the page, without the ink of their neighbours."""

    def __init__(self, paper: Paper, view: View, owner: Pixels) -> None:
        self.grey, self.bitten, self.labels, self.owner = paper.grey, paper.bitten, view.labels, owner
        self.soft = cv2.GaussianBlur(paper.grey, (3, 3), 0.7)
        self.paper_level = 255 - max(5 * noise(self.soft), 14)
        # The most that a grain of noise darkens.
        self.grain = 0.15 * noise(self.soft)

    def stains(self, piece: Piece) -> bool:
        """Whether beside a piece something darkens the paper that is no mark: a minus sign too faint to be read."""
        height = piece.height
        near, far, top, bottom = round(0.1 * height), round(0.75 * height), piece.box.y0, piece.box.y1
        for left, right in ((piece.box.x0 - far, piece.box.x0 - near), (piece.box.x1 + near, piece.box.x1 + far)):
            window = slice(max(top, 0), bottom), slice(max(left, 0), max(right, 0))
            if not self.soft[window].size:
                continue
            others = cv2.dilate((self.labels[window] > 0).astype(np.uint8), np.ones((5, 5), np.uint8))
            dark = ((self.soft[window] < self.paper_level) & (others == 0)).astype(np.uint8)
            _, numbers, _, _ = cv2.connectedComponentsWithStats(dark)
            weights = np.bincount(numbers.ravel(), weights=255.0 - self.soft[window].ravel())[1:] / 255
            if weights.max(initial=0) > max(_STAIN * height * height, self.grain):
                return True
        return False

    def touches_rule(self, piece: Piece) -> bool:
        """Whether a piece lies so close to a rule that wiping this may have taken part of that."""
        box = piece.box
        window = slice(max(box.y0 - 1, 0), box.y1 + 1), slice(max(box.x0 - 1, 0), box.x1 + 1)
        mine = np.isin(self.labels[window], piece.marks).astype(np.uint8)
        return bool((self.bitten[window][cv2.dilate(mine, np.ones((3, 3), np.uint8)) > 0] > 0).any())

    def of(self, piece: Piece, rendering: Rendering) -> Pixels:
        pad = rendering.padding * piece.height
        x0, x1 = piece.box.x0 - pad, piece.box.x1 + pad
        y0, y1 = piece.box.y0 - pad, piece.box.y1 + pad
        # A lone comma or dash is read at the size of its line, not blown up.
        if y1 - y0 < 1.5 * piece.height and not piece.turn:
            middle = (y0 + y1) / 2
            y0, y1 = middle - 0.75 * piece.height, middle + 0.75 * piece.height
        left, top, right, bottom = round(x0), round(y0), round(x1) + 1, round(y1) + 1
        canvas: Pixels = np.full((bottom - top, right - left), 255, np.uint8)
        inner = Box(max(left, 0), max(top, 0), min(right, self.grey.shape[1]), min(bottom, self.grey.shape[0]))
        part = self.grey[inner.y0 : inner.y1, inner.x0 : inner.x1].copy()
        numbers = self.owner[self.labels[inner.y0 : inner.y1, inner.x0 : inner.x1]]
        mine = np.isin(self.labels[inner.y0 : inner.y1, inner.x0 : inner.x1], piece.marks)
        others = ((numbers > 0) & ~mine).astype(np.uint8)
        if others.any() and len(piece.marks):
            others = cv2.dilate(others, np.ones((3, 3), np.uint8))
            part[(others > 0) & ~(cv2.dilate(mine.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)] = 255
        canvas[inner.y0 - top : inner.y1 - top, inner.x0 - left : inner.x1 - left] = part
        if piece.turn:
            canvas = np.ascontiguousarray(np.rot90(canvas, -piece.turn))
        return rendering.drawn(canvas)


def _drafts(piece: Piece, reading: Reading, view: View) -> Iterator[Draft]:
    """The words of a piece."""
    tokens = _tokens(reading)
    if not tokens or (not piece.detected and reading.mean < 0.6):
        return
    parts = _portions(piece, reading, tokens, view.marks)
    # What the detector did not take for text has to look like it without any doubt.
    most = 1.0 if piece.detected else _ADRIFT if _LINE_LIKE.fullmatch(reading.text) else _UNCOUNTED
    for (start, end), part in zip(tokens, parts, strict=True):
        places = _across(piece, reading.places[start:end])
        yield Draft(
            part,
            reading.text[start:end].replace(" ", ""),
            reading.sure[start:end],
            places,
            reading.least(start, end),
            most,
        )


def _across(piece: Piece, places: tuple[float, ...]) -> tuple[float, ...]:
    """Places in a crop as dots across the page."""
    pad = Rendering.PLAIN.padding * piece.height
    return tuple(piece.box.x0 - pad + place * (piece.box.width + 2 * pad) for place in places)


def _tokens(reading: Reading) -> list[tuple[int, int]]:
    """Where words start and end in a reading.

    A space beside a comma or point between digits is none: some fonts set them wide.
    """
    joined = re.sub(r"(?<=\d[,.]) (?=\d)|(?<=\d) (?=[,.]\d)", "\0", reading.text)
    return [match.span() for match in re.finditer(r"[^ ]+", joined)]


def _portions(piece: Piece, reading: Reading, tokens: list[tuple[int, int]], marks: Marks) -> list[Piece]:
    """The piece cut at its spaces: at the widest gap near to where the recogniser saw each."""
    if len(tokens) == 1 or piece.turn:
        return [_share(piece, token, len(reading.text)) for token in tokens] if piece.turn else [piece]
    order = piece.marks[np.argsort(marks.x0[piece.marks], kind="stable")]
    starts, reached = marks.x0[order], np.maximum.accumulate(marks.x1[order])
    gap_middles, gap_widths = (starts[1:] + reached[:-1]) / 2, starts[1:] - reached[:-1]
    origin = piece.box.x0 - Rendering.PLAIN.padding * piece.height
    breadth = piece.box.width + 2 * Rendering.PLAIN.padding * piece.height
    cuts: list[int] = []
    for (_, end), (start, _) in itertools.pairwise(tokens):
        low, high = (origin + breadth * reading.places[at] for at in (end - 1, start))
        near = np.nonzero((gap_middles > low) & (gap_middles < high) & (gap_widths > 0))[0]
        if not len(near):
            near = np.array([int(np.abs(gap_middles - (low + high) / 2).argmin())])
        cuts.append(int(near[gap_widths[near].argmax()]) + 1)
    groups = np.split(order, cuts) if cuts == sorted(set(cuts)) else []
    if not groups or any(not len(group) for group in groups):
        return [_slice(piece, reading, token, origin, breadth) for token in tokens]
    return [replace(piece, marks=group, box=marks.box(group)) for group in groups]


def _slice(piece: Piece, reading: Reading, token: tuple[int, int], origin: float, breadth: float) -> Piece:
    """A word of a piece whose letters touch, by where the recogniser saw it."""
    x0, x1 = (round(origin + breadth * reading.places[at]) for at in (token[0], token[1] - 1))
    margin = round(0.3 * piece.height)
    box = Box(max(x0 - margin, piece.box.x0), piece.box.y0, min(x1 + margin, piece.box.x1), piece.box.y1)
    return replace(piece, marks=piece.marks[:0], box=box)


def _share(piece: Piece, token: tuple[int, int], length: int) -> Piece:
    """The part of a piece that runs down (or up) that a word takes."""
    first, last = token[0] / length, token[1] / length
    if piece.turn == 1:
        first, last = 1 - last, 1 - first
    y0, y1 = piece.box.y0 + first * piece.box.height, piece.box.y0 + last * piece.box.height
    return replace(piece, marks=piece.marks[:0], box=Box(piece.box.x0, round(y0), piece.box.x1, round(y1)))


def _redrawn(words: list[Draft], crops: Crops, marks: Marks) -> Iterator[Draft]:
    """Words as they are, and figures with a gap in them that no figure has as the two that they are."""
    torn: list[tuple[Piece, float]] = []
    for word in words:
        height = word.piece.height
        parts = list(_cut(word.piece.marks, marks, _FIGURE_GAP * height)) if _may_be_two(word) else []
        if len(parts) < 2:
            yield word
            continue
        boxes = [marks.box(part) for part in parts]
        gaps = [(one.x1, other.x0) for one, other in itertools.pairwise(boxes)]
        if any(_sign_between(word, gap) for gap in gaps):
            # The recogniser sees a point or a comma where there is too little ink to tell.
            yield replace(word, most=min(word.most, _UNCOUNTED))
            continue
        most = _UNCOUNTED if min(end - start for start, end in gaps) < _SURE_GAP * height else 1.0
        torn += [(replace(word.piece, marks=part, box=box), most) for part, box in zip(parts, boxes, strict=True)]
    again = recognised([crops.of(piece, Rendering.PLAIN) for piece, _ in torn])
    for (piece, most), reading in zip(torn, again, strict=True):
        text = reading.text.replace(" ", "")
        if text:
            yield Draft(piece, text, reading.sure, _across(piece, reading.places), reading.least(), most)


def _sign_between(word: Draft, gap: tuple[int, int]) -> bool:
    slack = 0.2 * word.piece.height
    return len(word.places) == len(word.text) and any(
        character in ".,'" and gap[0] - slack < place < gap[1] + slack
        for character, place in zip(word.text, word.places, strict=True)
    )


def _may_be_two(word: Draft) -> bool:
    return bool(len(word.piece.marks) > 1 and not word.piece.turn and is_figure(word.text))


def _checked(words: list[Draft], crops: Crops, view: View) -> Iterator[Read]:
    """The words with their scores: figures are read a second time, and held against their ink."""
    figures = [index for index, word in enumerate(words) if is_figure(word.text)]
    again = recognised([crops.of(words[index].piece, Rendering.STARK) for index in figures])
    second = dict(zip(figures, again, strict=True))
    breadth = usual_breadth([(words[index].text, _ink(words[index], view)) for index in figures])
    close = _close_figures([words[index].piece for index in figures])
    for index, word in enumerate(words):
        other = second.get(index)
        if other is None:
            score = min(word.mean, _DIFFERS if word.text in LONE_LOOK_ALIKES else word.most)
            yield _read(word, word.text, score)
            continue
        score = min(word.least, other.least(), word.most, _by_ink(word, crops, view, breadth), shape(word.text))
        if other.text.replace(" ", "") != word.text:
            score = min(score, _DIFFERS)
        if id(word.piece) in close:
            score = min(score, _UNCOUNTED)
        if word.text == "-" and _is_dash(word.piece, view):
            score = _DASH
        text = repaired_figure(word.text)
        yield _read(word, text, score if text == word.text else min(score, _REPAIRED))


def _by_ink(word: Draft, crops: Crops, view: View, breadth: float) -> float:
    """The most that a figure may score for what its ink looks like."""
    if word.piece.turn:
        return 1.0
    if not len(word.piece.marks) or crops.stains(word.piece) or crops.touches_rule(word.piece):
        return _UNCOUNTED
    return fit(word.text, _ink(word, view), breadth)


def _close_figures(pieces: list[Piece]) -> set[int]:
    """Which pieces (by id) stand so near to another in their row that both may be one figure whose point is lost."""
    close: set[int] = set()
    ordered = sorted((piece for piece in pieces if not piece.turn), key=lambda piece: piece.box.x0)
    for index, one in enumerate(ordered):
        reach = one.box.x1 + _CLOSE * one.height
        for other in ordered[index + 1 :]:
            if other.box.x0 > reach:
                break
            shared = min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0)
            if shared > 0.5 * min(one.box.height, other.box.height):
                close |= {id(one), id(other)}
    return close


def _ink(word: Draft, view: View) -> Ink:
    return ink_of(word.piece.marks, view.marks)


def _read(word: Draft, text: str, score: float) -> Read:
    piece = word.piece
    return Read(_of_line_height(piece), text, piece.height / CAPITAL, round(score, 3), not piece.turn, piece.turn == 3)


def _of_line_height(piece: Piece) -> Box:
    """The box of a piece, which for a dash or a comma is as high as the digits beside it would be."""
    box = piece.box
    if piece.turn or box.height >= 0.8 * piece.height:
        return box
    middle, half = (box.y0 + box.y1) / 2, piece.height / 2
    return Box(box.x0, round(middle - half), box.x1, round(middle + half))


# Dashes: what says nil, and what the recogniser sees least


def _is_dash(piece: Piece, view: View) -> bool:
    if len(piece.marks) != 1 or piece.turn:
        return False
    dots, height = float(view.marks.dots[piece.marks[0]]), view.height
    wide, tall = piece.box.width, piece.box.height
    return 0.18 * height < wide < 2.2 * height and tall < 0.35 * height and wide >= tall and dots > 0.6 * wide * tall


def _dash(piece: Piece, pieces: list[Piece], crops: Crops, view: View) -> Read:
    middle = (piece.box.y0 + piece.box.y1) / 2
    beside = [
        other
        for other in pieces
        if other is not piece
        and other.box.height > 0.6 * view.height
        and abs((other.box.y0 + other.box.y1) / 2 - middle) < 0.4 * other.height
    ]
    height = (
        min(max(float(np.median([other.height for other in beside])), 0.6 * view.height), 2 * view.height)
        if beside
        else view.height
    )
    around = Box(piece.box.x0, round(middle - height / 2), piece.box.x1, round(middle + height / 2))
    long = piece.box.width > 1.4 * piece.box.height
    sure = (
        long
        and beside
        and not crops.stains(replace(piece, box=around, height=height))
        and not crops.touches_rule(piece)
    )
    return _read(Draft(replace(piece, height=height), "-", (1.0,), (), 1.0), "-", _DASH if sure else _ADRIFT)


def _on_rule(piece: Piece, view: View) -> bool:
    """Whether a dash lies where a rule would go on."""
    middle, reach = (piece.box.y0 + piece.box.y1) / 2, 12 * view.height
    return any(
        line.across
        and line.box.y0 - 2 <= middle <= line.box.y1 + 2
        and line.box.x0 - reach < piece.box.x0 < line.box.x1 + reach
        for line in view.rules
    )


def _in_dashed_rule(index: int, dashes: set[int], pieces: list[Piece], height: float) -> bool:
    """Whether a dash is one of a row of dashes as near to each other as no columns are."""
    box = pieces[index].box
    level = [pieces[other].box for other in dashes if abs(pieces[other].box.y0 - box.y0) <= 0.15 * height + 1]
    near = [other for other in level if abs(other.x0 - box.x0) < 5 * (box.width + 0.3 * height)]
    return len(near) >= 5
