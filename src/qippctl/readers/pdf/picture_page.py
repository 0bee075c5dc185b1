"""A picture of a page made ready for reading: straight, dark ink on white, its rules and bands found and taken off.

Sizes here are dots of the working picture; `Paper.scale` says how many of them make a point.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import cv2
import numpy as np

# An array of dots, of bytes or floats as the case may be.
Pixels = Any

# Dots a point that reading works at: 150 and 250 to the inch. More costs time and memory and reads no better.
_LEAST_SCALE, _MOST_SCALE = 150 / 72, 250 / 72
_MOST_DOTS = 9_000_000
# Brightness, of 255, below which a dot of the flattened page is ink.
_INK = 178
_FAINTER = (188, 198, 208, 215)
# Brightness below which a rule goes on, in this share of its dots.
_FAINTEST, _FAINT_SHARE = 218, 0.65
_BITE = 40
# In points: how far a grey rule is followed to be known from noise.
_FAINT_LENGTH = 14.0
# In points between dashes of a rule.
_PITCH = 12.0
# In points: what is no thicker than this and at least so long is a rule's part.
_HAIRLINE, _HAIRLINE_LENGTH = 1.6, 9.0
_STEEPEST = 10.0
# In points: the shortest rule, the thickest, and a break in one that noise may have made.
_RULE_LENGTH, _RULE_WIDTH, _RULE_BREAK = 20.0, 3.5, 4.0
# In points: the least side and area of a band, dots a point of the picture it is sought in; what no letter
# is as wide as, what text is no higher than, and the share of a band that no text covers.
_BAND_SIDE, _BAND_AREA, _BAND_SCALE = 5.0, 60.0, 2.0
_SOLID, _TEXT, _LEAST_SOLID = 2.5, 10.0, 0.1
_PAPER = 238
# Brightness from which a band has dark text, and is whole where noise leaves holes: whitening takes nothing from paper.
_LIGHT = 200


class Box(NamedTuple):
    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.y1 - self.y0


class Marks(NamedTuple):
    """The connected pieces of ink of a page, one a row: their boxes and how many dots they have."""

    x0: Pixels
    y0: Pixels
    x1: Pixels
    y1: Pixels
    dots: Pixels

    def box(self, indices: Pixels) -> Box:
        return Box(
            int(self.x0[indices].min()),
            int(self.y0[indices].min()),
            int(self.x1[indices].max()),
            int(self.y1[indices].max()),
        )


class Line(NamedTuple):
    """A rule: its box, and whether it runs across."""

    box: Box
    across: bool
    thickness: float


class Band(NamedTuple):
    """A shape of one colour behind text. `light`: the text on it is lighter than it."""

    box: Box
    rgb: tuple[int, int, int]
    boxy: bool
    light: bool
    shape: Pixels


@dataclass(slots=True)
class Paper:
    """A page as it is read: `grey` is dark on white without rules, `ink` its dark dots (255) with nothing between.

    `bitten` is where a wiped rule is darker than elsewhere along it: a letter reached into it. `left` and
    `top` are what straightening added before the page's own corner.
    """

    grey: Pixels
    ink: Pixels
    bitten: Pixels
    scale: float
    left: float = 0.0
    top: float = 0.0
    rules: list[Line] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)


def prepared(picture: Pixels, scale: float) -> Paper:
    """The paper of an RGB picture with `scale` dots a point."""
    picture, scale = _at_working_scale(picture, scale)
    picture, left, top = _straightened(picture)
    flat = _evenly_lit(picture)
    bands = _bands(flat, scale)
    grey = _dark_on_white(flat, bands)
    ink = _ink_of(grey, scale)
    rules, cover = _rules(grey, ink, scale)
    bitten = _bitten(grey, cover, rules)
    grey[cover > 0] = 255
    ink[cover > 0] = 0
    return Paper(grey, ink, bitten, scale, left, top, rules, bands)


def _at_working_scale(picture: Pixels, scale: float) -> tuple[Pixels, float]:
    height, width = picture.shape[:2]
    wanted = min(max(scale, _LEAST_SCALE), _MOST_SCALE) / scale
    wanted = min(wanted, (_MOST_DOTS / (height * width)) ** 0.5)
    if abs(wanted - 1) < 0.02:
        return picture, scale
    way = cv2.INTER_AREA if wanted < 1 else cv2.INTER_CUBIC
    return cv2.resize(picture, (round(width * wanted), round(height * wanted)), interpolation=way), scale * wanted


# Straight


def _straightened(picture: Pixels) -> tuple[Pixels, float, float]:
    """The picture turned back about its middle, and how far its frame grew to the left and at the top."""
    angle = skew(picture)
    if abs(angle) < 0.04:
        return picture, 0.0, 0.0
    height, width = picture.shape[:2]
    sine = abs(np.sin(np.radians(angle)))
    # What the turn pushes over the edge; on most scans that is blank.
    left, top = int(height * sine / 2) + 1, int(width * sine / 2) + 1
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turn[:, 2] += (left, top)
    edge = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    colour = tuple(float(v) for v in np.median(edge, axis=0))
    size = (width + 2 * left, height + 2 * top)
    return cv2.warpAffine(picture, turn, size, flags=cv2.INTER_CUBIC, borderValue=colour), float(left), float(top)


def skew(picture: Pixels) -> float:
    """Degrees, with the clock as more, by which the lines of a page slope; 0 where nothing shows it."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    ratio = min(1.0, 1400 / max(grey.shape))
    small = cv2.resize(grey, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)
    dark = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 25)
    ys, xs = np.nonzero(dark)
    if len(xs) < 200:
        return 0.0
    step = len(xs) // 80_000 + 1
    xs, ys = xs[::step].astype(np.float32), ys[::step].astype(np.float32)
    best = _sharpest(xs, ys, np.arange(-_STEEPEST, _STEEPEST + 0.1, 0.5), 2.0)
    best = _sharpest(xs, ys, np.arange(best - 0.5, best + 0.51, 0.1), 1.0)
    best = _sharpest(xs, ys, np.arange(best - 0.1, best + 0.11, 0.02), 0.7)
    return best if abs(best) < _STEEPEST else 0.0


def _sharpest(xs: Pixels, ys: Pixels, angles: Pixels, bin_size: float) -> float:
    """The angle at which the dots fall most into lines, across or down."""

    def sharpness(angle: float) -> float:
        sine, cosine = np.sin(np.radians(angle)), np.cos(np.radians(angle))
        sums = []
        for places in (ys * cosine - xs * sine, xs * cosine + ys * sine):
            counts = np.bincount(((places - places.min()) / bin_size).astype(np.int64)).astype(np.float64)
            sums.append(float((np.diff(counts) ** 2).sum()))
        return max(sums)

    return float(max(angles, key=lambda angle: (sharpness(float(angle)), -abs(angle))))


# Dark on white


def _evenly_lit(picture: Pixels) -> Pixels:
    """The picture with the paper at the same brightness everywhere: scanners and cameras leave shadows."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    tile = 64
    rows, columns = max(grey.shape[0] // tile, 1), max(grey.shape[1] // tile, 1)
    small = cv2.resize(grey, (columns * 16, rows * 16), interpolation=cv2.INTER_AREA)
    tiles = small.reshape(rows, 16, columns, 16).transpose(0, 2, 1, 3).reshape(rows, columns, 256)
    light = np.percentile(tiles, 85, axis=2).astype(np.uint8)
    if min(rows, columns) >= 7:
        light = cv2.medianBlur(light, 7)
    # What is much darker than the paper is a band, not a shadow.
    paper = float(np.percentile(light, 80))
    light = np.maximum(light, max(paper * 0.8, 1.0)).astype(np.float32)
    wide = cv2.resize(light, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    even = picture.astype(np.float32)
    even *= (250 / wide)[..., None]
    return np.clip(even, 0, 255).astype(np.uint8)


def _bands(flat: Pixels, scale: float) -> list[Band]:
    """Shapes of one colour that is not the paper's, the largest first."""
    ratio = min(1.0, _BAND_SCALE / scale)
    small = cv2.resize(flat, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)
    noisy = noise(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)) > 2
    small = cv2.medianBlur(small, 5 if noisy else 3)
    unit = scale * ratio
    apart = 22 if noisy else 14
    colours = _colours(small, apart)
    nears = [_near(small, colour, apart) for colour in colours]
    solids = [cv2.morphologyEx(near, cv2.MORPH_OPEN, _square(_SOLID * unit)) for near in nears]
    paper = cv2.morphologyEx((small.min(axis=2) >= _PAPER).astype(np.uint8), cv2.MORPH_OPEN, _square(_SOLID * unit))
    bands: list[Band] = []
    for colour, near, solid in zip(colours, nears, solids, strict=True):
        # The text on a band parts it; whatever is solid in another colour ends it.
        others = paper.copy()
        for other in solids:
            if other is not solid:
                others |= other
        whole = cv2.morphologyEx(near, cv2.MORPH_CLOSE, _square(_TEXT * unit)) & (1 - others)
        bands += _bands_of(whole, solid, colour, unit, ratio, flat)
    return sorted(bands, key=lambda band: -band.box.width * band.box.height)


def _colours(small: Pixels, apart: int) -> list[tuple[int, int, int]]:
    """The colours that cover a part of the page worth naming, without the paper's; each differs from the others."""
    bins = (small >> 4).reshape(-1, 3).astype(np.int32)
    keys = (bins[:, 0] << 8) | (bins[:, 1] << 4) | bins[:, 2]
    counts = np.bincount(keys, minlength=4096)
    flat = small.reshape(-1, 3)
    found: list[tuple[int, int, int]] = []
    for key in np.argsort(-counts)[:24]:
        if counts[key] < max(0.0008 * len(keys), 40):
            break
        r, g, b = (int(v) for v in np.median(flat[keys == key], axis=0))
        if min(r, g, b) >= _PAPER or any(max(abs(r - x), abs(g - y), abs(b - z)) < apart for x, y, z in found):
            continue
        found.append((r, g, b))
    return found[:12]


def _near(small: Pixels, colour: tuple[int, int, int], apart: int) -> Pixels:
    low, high = (tuple(min(max(v + step, 0), 255) for v in colour) for step in (-apart, apart))
    return cv2.inRange(small, low, high) // 255


def _square(side: float) -> Pixels:
    return np.ones((max(round(side), 3), max(round(side), 3)), np.uint8)


def _bands_of(
    whole: Pixels, solid: Pixels, colour: tuple[int, int, int], unit: float, ratio: float, flat: Pixels
) -> list[Band]:
    side = max(round(_BAND_SIDE * unit), 3)
    opened = cv2.morphologyEx(whole, cv2.MORPH_OPEN, _square(side))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened)
    bands = []
    for index in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[index])
        if area < _BAND_AREA * unit * unit or min(w, h) < side:
            continue
        bare = solid[y : y + h, x : x + w] * (labels[y : y + h, x : x + w] == index)
        if w * h > 0.9 * whole.size or bare.sum() < _LEAST_SOLID * area:
            continue
        # The edges of letters in the next row may have the band's colour: the band ends where it is bare.
        dx, dy, w, h = cv2.boundingRect(bare)
        x, y = x + dx, y + dy
        shape = (labels[y : y + h, x : x + w] == index).astype(np.uint8)
        area = int(shape.sum())
        if min(w, h) < side:
            continue
        boxy = area / (w * h) > (0.55 if _brightness(colour) > _LIGHT else 0.85)
        box = Box(*(round(v / ratio) for v in (x, y, x + w, y + h)))
        if boxy:
            box = _to_its_edges(box, colour, flat, round(3 * unit / ratio))
        bands.append(Band(box, colour, boxy, _text_is_lighter(flat, box, shape, colour), shape))
    return bands


def _to_its_edges(box: Box, colour: tuple[int, int, int], flat: Pixels, reach: int) -> Box:
    """The box with the rows and columns around it, at most `reach`, that are mostly of its colour."""

    def goes_on(strip: Pixels) -> bool:
        return bool(strip.size) and int(np.abs(np.median(strip, axis=(0, 1)) - np.array(colour)).max()) <= 30

    x0, y0, x1, y1 = box
    for _ in range(reach):
        x0 -= goes_on(flat[y0:y1, max(x0 - 1, 0) : x0])
        x1 += goes_on(flat[y0:y1, x1 : x1 + 1])
        y0 -= goes_on(flat[max(y0 - 1, 0) : y0, x0:x1])
        y1 += goes_on(flat[y1 : y1 + 1, x0:x1])
    return Box(x0, y0, x1, y1)


def _text_is_lighter(flat: Pixels, box: Box, shape: Pixels, colour: tuple[int, int, int]) -> bool:
    brightness = _brightness(colour)
    if brightness > _LIGHT:
        return False
    inner = (
        cv2.cvtColor(flat[box.y0 + 3 : box.y1 - 3, box.x0 + 3 : box.x1 - 3], cv2.COLOR_RGB2GRAY)
        if box.height > 8
        else None
    )
    if inner is None or not inner.size:
        return brightness < 110
    lighter = int((inner > brightness + 0.5 * (255 - brightness)).sum())
    darker = int((inner < 0.5 * brightness).sum())
    return lighter > darker if lighter + darker > 20 else brightness < 110


def _brightness(colour: tuple[int, int, int]) -> float:
    r, g, b = colour
    return 0.299 * r + 0.587 * g + 0.114 * b


def _dark_on_white(flat: Pixels, bands: list[Band]) -> Pixels:
    """Grey from 0 to 255 in which every band is white and the text on it dark, whichever way round they are printed."""
    grey = cv2.cvtColor(flat, cv2.COLOR_RGB2GRAY)
    clean = np.clip(grey.astype(np.float32) * (255 / 250), 0, 255).astype(np.uint8)
    for band in bands:
        # The edge of a band may be drawn in between; whitening that takes nothing from the paper beside it.
        grow = 1 if band.light else 2
        y0, x0 = max(band.box.y0 - grow, 0), max(band.box.x0 - grow, 0)
        y1, x1 = min(band.box.y1 + grow, grey.shape[0]), min(band.box.x1 + grow, grey.shape[1])
        if y1 <= y0 or x1 <= x0:
            continue
        part = grey[y0:y1, x0:x1].astype(np.float32)
        brightness = max(_brightness(band.rgb), 1.0)
        cleaned = (255 - part) / max(255 - brightness, 1.0) if band.light else part / brightness
        cleaned = np.clip(cleaned * 255, 0, 255).astype(np.uint8)
        if band.boxy:
            clean[y0:y1, x0:x1] = cleaned
            continue
        shape = cv2.morphologyEx(band.shape, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
        shape = cv2.resize(shape, (x1 - x0, y1 - y0), interpolation=cv2.INTER_NEAREST)
        clean[y0:y1, x0:x1][shape > 0] = cleaned[shape > 0]
    return clean


def _ink_of(grey: Pixels, scale: float) -> Pixels:
    """The dark dots of a page.

    A point or a dash may be too faint to be ink among letters, and is ink where it stands by itself.
    """
    soft = cv2.GaussianBlur(grey, (3, 3), 0.7)
    ink = np.where(soft < _INK, 255, 0).astype(np.uint8)
    faintest = 255 - max(5 * noise(soft) + 8, 40)
    for level in _FAINTER:
        if level > faintest:
            break
        _, labels, stats, _ = cv2.connectedComponentsWithStats((soft < level).astype(np.uint8))
        known: Pixels = np.zeros(len(stats), bool)
        known[np.unique(labels[ink > 0])] = True
        # Of a rule in thin grey some parts are ink and some are not.
        sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
        known &= (sides.min(axis=1) > _HAIRLINE * scale) | (sides.max(axis=1) < _HAIRLINE_LENGTH * scale)
        known |= stats[:, cv2.CC_STAT_AREA] < 2
        known[0] = True
        ink[~known[labels]] = 255
    return ink


def noise(soft: Pixels) -> float:
    """By how much the brightness of bare paper differs from place to place."""
    paper = soft[::3, ::3]
    paper = paper[paper > 160]
    # A twentieth lies beyond 1.64 standard deviations; further out there is text.
    return float(np.median(paper) - np.percentile(paper, 5)) / 1.64 if paper.size else 0.0


# Rules


def _rules(grey: Pixels, ink: Pixels, scale: float) -> tuple[list[Line], Pixels]:
    """The rules of a page, and the dots to wipe so that nobody reads them as 1, l, | or -."""
    soft = cv2.GaussianBlur(grey, (3, 3), 0.7)
    dark = (soft < _FAINTEST).astype(np.uint8)
    shaded = (soft < 255 - max(3 * noise(soft), 22)).astype(np.uint8)
    across, flat_dots = _all_runs(ink, dark, shaded, scale, None)
    over = [np.ascontiguousarray(dots.T) for dots in (ink, dark, shaded)]
    down, steep_dots = _all_runs(over[0], over[1], over[2], scale, [_turned_over(line) for line in across])
    cover = _wiped(ink, flat_dots, steep_dots.T, scale)
    rest = cv2.bitwise_and(ink, cv2.bitwise_not(cover))
    broken, flat_bits = _broken(rest, scale, dashed=True)
    # Down the page I and 1 of many rows stand below each other like dashes.
    broken_down, steep_bits = _broken(np.ascontiguousarray(rest.T), scale, dashed=False)
    rules = across + broken + [_turned_over(line) for line in down + broken_down]
    cover = cv2.bitwise_or(cover, cv2.dilate(cv2.bitwise_or(flat_bits, steep_bits.T), np.ones((3, 3), np.uint8)))
    return rules, _with_crumbs(ink, cover, scale)


def _all_runs(
    ink: Pixels, dark: Pixels, shaded: Pixels, scale: float, crossing: list[Line] | None
) -> tuple[list[Line], Pixels]:
    """Runs of ink, and away from these those of thin grey rules, which are no more than `shaded`."""
    lines, dots = _runs(ink, dark, scale, crossing)
    side = 2 * round(2 * scale) + 1
    faint = _faint_runs(shaded, scale) & cv2.bitwise_not(cv2.dilate(dots, np.ones((side, 1), np.uint8)))
    more, more_dots = _runs(faint, shaded, scale)
    dots |= more_dots
    return _without_breaks(lines + more, dark, dots, scale), dots


def _faint_runs(dark: Pixels, scale: float) -> Pixels:
    """The dots of thin grey rules that noise has broken: dark nearly all along, with bright paper on both sides."""
    length, away = round(_FAINT_LENGTH * scale), max(round(2 * scale), 4)
    along = cv2.blur(cv2.dilate(dark, np.ones((3, 1), np.uint8)) * np.uint8(200), (length, 1))
    beside = cv2.blur(dark * np.uint8(200), (length, 1))
    seeds = (along >= 150).astype(np.uint8)
    seeds[away:] &= (beside[:-away] <= 60).astype(np.uint8)
    seeds[:-away] &= (beside[away:] <= 60).astype(np.uint8)
    return cv2.dilate(seeds, np.ones((3, length // 2 * 2 + 1), np.uint8)) * dark * np.uint8(255)


def _bitten(grey: Pixels, cover: Pixels, rules: list[Line]) -> Pixels:
    """Where wiping rules takes ink that is not theirs: dots much darker than the same edge of the rule mostly is."""
    soft = cv2.GaussianBlur(grey, (3, 3), 0.7)
    bitten = np.zeros_like(grey)
    for box, across, _ in rules:
        window = slice(max(box.y0 - 2, 0), box.y1 + 2), slice(max(box.x0 - 2, 0), box.x1 + 2)
        darker = cover[window] > 0
        # Noise is told by the soft picture, a bright gap one dot wide by the sharp one.
        for picture in (soft, grey):
            part = picture[window].astype(np.int16)
            darker &= part < np.median(part, axis=1 if across else 0, keepdims=True) - _BITE
        bitten[window][darker] = 255
    return bitten


def _turned_over(line: Line) -> Line:
    x0, y0, x1, y1 = line.box
    return Line(Box(y0, x0, y1, x1), not line.across, line.thickness)


def _runs(ink: Pixels, dark: Pixels, scale: float, crossing: list[Line] | None = None) -> tuple[list[Line], Pixels]:
    """Long thin runs across, and their dots. Runs that are short are rules too where they join two of `crossing`."""
    length = round((_RULE_LENGTH if crossing is None else 8.0) * scale)
    # A rule that is not quite straight steps from row to row.
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    long = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(long)
    lines: list[Line] = []
    dots = np.zeros_like(ink)
    for index in range(1, count):
        x, y, w, h, _area = (int(v) for v in stats[index])
        inside = labels[y : y + h, x : x + w] == index
        printed = inside & (ink[y : y + h, x : x + w] > 0)
        columns = printed.sum(axis=0)
        thickness = float(np.median(columns[columns > 0])) if columns.any() else 0.0
        if not 0 < thickness <= _RULE_WIDTH * scale + 1 or w < 8 * thickness or (columns > 0).mean() < 0.8:
            continue
        box = Box(x, y, x + w, y + h)
        if crossing is not None and w < _RULE_LENGTH * scale and not _joins_two(box, crossing, scale):
            continue
        if w < 3 * _RULE_LENGTH * scale and _runs_through_text(ink, box, scale):
            continue
        lines.append(Line(box, True, thickness))
        # What a letter adds where it touches is too short to be the rule's own.
        own = cv2.morphologyEx(
            printed.astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, max(round(3 * scale), 5)), np.uint8)
        )
        dots[y : y + h, x : x + w][own > 0] = 255
    return [_drawn_out(line, dark, dots, scale) for line in _without_breaks(lines, dark, dots, scale)], dots


def _runs_through_text(ink: Pixels, box: Box, scale: float) -> bool:
    """Whether letters stand on both sides, or close, all along a run: bold print that a coarse scan made one."""
    reach = max(round(scale), 2)
    sides = ink[max(box.y0 - reach, 0) : box.y0, box.x0 : box.x1], ink[box.y1 : box.y1 + reach, box.x0 : box.x1]
    return sum(float((side > 0).any(axis=0).mean()) for side in sides if side.size) > 0.45


def _drawn_out(line: Line, dark: Pixels, dots: Pixels, scale: float) -> Line:
    """A rule with the ends that are too faint to be ink."""
    y0, y1 = max(line.box.y0 - 1, 0), line.box.y1 + 1
    row = dark[y0:y1].any(axis=0)
    step = max(round(3 * scale), 4)
    x0, x1 = line.box.x0, line.box.x1
    while x0 - step > 0 and row[x0 - step : x0].mean() >= _FAINT_SHARE:
        x0 -= step
    while x1 + step < len(row) and row[x1 : x1 + step].mean() >= _FAINT_SHARE:
        x1 += step
    for start, end in ((x0, line.box.x0), (line.box.x1, x1)):
        dots[y0:y1, start:end][dark[y0:y1, start:end] > 0] = 255
    return Line(Box(x0, line.box.y0, x1, line.box.y1), line.across, line.thickness)


def _joins_two(box: Box, crossing: list[Line], scale: float) -> bool:
    """Whether both ends lie on rules of the other direction."""
    near = 1.5 * scale
    middle = (box.y0 + box.y1) / 2
    met = [rule.box for rule in crossing if rule.box.y0 - near <= middle <= rule.box.y1 + near]
    return all(any(rule.x0 - near <= end <= rule.x1 + near for rule in met) for end in (box.x0, box.x1))


def _without_breaks(lines: list[Line], dark: Pixels, dots: Pixels, scale: float) -> list[Line]:
    """Rules in one line, with small breaks between them or faint parts, as one."""
    whole: list[Line] = []
    for line in sorted(lines, key=lambda line: line.box.x0):
        middle = (line.box.y0 + line.box.y1) / 2
        for index, other in enumerate(whole):
            a, b = other.box, line.box
            if abs((a.y0 + a.y1) / 2 - middle) > scale:
                continue
            box = Box(min(a.x0, b.x0), min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1))
            between = dark[max(box.y0 - 1, 0) : box.y1 + 1, a.x1 : b.x0]
            gap = b.x0 - a.x1
            faint = 0 < gap < 4 * _RULE_LENGTH * scale and float(between.any(axis=0).mean()) >= _FAINT_SHARE
            if faint or gap <= _RULE_BREAK * scale:
                if gap > 0:
                    dots[max(box.y0 - 1, 0) : box.y1 + 1, a.x1 : b.x0][between > 0] = 255
                whole[index] = Line(box, True, max(other.thickness, line.thickness))
                break
        else:
            whole.append(line)
    return whole


def _broken(ink: Pixels, scale: float, *, dashed: bool) -> tuple[list[Line], Pixels]:
    """Rules that are dashed, or so thin that a scanner saw only parts of them: thin bits in a row."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    x, y, w, h = (stats[:, column] for column in range(4))
    bits = np.nonzero((h <= max(2, round(1.1 * scale))) & (w >= 1.5 * h) & (w < 30 * scale))[0]
    lines: list[Line] = []
    chosen: Pixels = np.zeros(len(stats), bool)
    rest = sorted((int(i) for i in bits if i), key=lambda i: (int(y[i]) + int(h[i]) / 2, int(x[i])))
    for row in _level_rows(rest, y, h):
        for chain in _chains(sorted(row, key=lambda i: int(x[i])), x, w, scale, dashed):
            if chosen[chain].all():
                continue
            box = Box(int(x[chain[0]]), int(y[chain].min()), int((x + w)[chain].max()), int((y + h)[chain].max()))
            lines.append(Line(box, True, float(np.median(h[chain]))))
            chosen[chain] = True
    return lines, np.where(chosen[labels], 255, 0).astype(np.uint8)


def _chains(row: list[int], x: Pixels, w: Pixels, scale: float, dashed: bool) -> Iterator[list[int]]:
    """Bits that are parts of one rule: so near to each other that noise parted them or, where rules may be `dashed`,
    many longer than a minus sign at a pitch no columns have."""
    farthest = (_RULE_BREAK if dashed else _RULE_BREAK / 3) * scale
    yield from _chained(row, x, w, scale, farthest, 3, 0.5 if dashed else 0.75)
    if dashed:
        yield from _chained([bit for bit in row if w[bit] > 4 * scale], x, w, scale, _PITCH * scale, 6, 0.25)


def _chained(
    row: list[int], x: Pixels, w: Pixels, scale: float, farthest: float, fewest: int, least: float
) -> Iterator[list[int]]:
    chain: list[int] = []
    for bit in [*row, -1]:
        if chain and (bit < 0 or x[bit] - x[chain[-1]] - w[chain[-1]] > farthest):
            length = x[chain[-1]] + w[chain[-1]] - x[chain[0]]
            if len(chain) >= fewest and length > 1.5 * _RULE_LENGTH * scale and w[chain].sum() > least * length:
                yield chain
            chain = []
        chain.append(bit)


def _level_rows(bits: list[int], y: Pixels, h: Pixels) -> list[list[int]]:
    """Bits, which come from the top down, by the row they stand in to within a dot."""
    rows: list[list[int]] = []
    last = -9.0
    for bit in bits:
        middle = float(y[bit] + h[bit] / 2)
        if not rows or middle - last > 1.1:
            rows.append([])
        rows[-1].append(bit)
        last = middle
    return rows


def _with_crumbs(ink: Pixels, cover: Pixels, scale: float) -> Pixels:
    """The cover, and with it what is left of rules along their edges."""
    rest = cv2.bitwise_and(ink, cv2.bitwise_not(cover))
    side = 2 * max(round(0.4 * scale), 1) + 1
    beside = cv2.dilate(cover, np.ones((side, side), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rest)
    crumb: Pixels = np.ones(len(stats), bool)
    crumb[np.unique(labels[beside == 0])] = False
    crumb[0] = False
    return np.where(crumb[labels], 255, cover).astype(np.uint8)


def _wiped(ink: Pixels, across: Pixels, down: Pixels, scale: float) -> Pixels:
    """The dots of rules, without those where a letter stands on one."""
    rules = cv2.bitwise_or(across, down)
    cover = cv2.dilate(rules, np.ones((3, 3), np.uint8))
    text = cv2.bitwise_and(ink, cv2.bitwise_not(cover))
    reach = max(round(1.2 * scale), 3)
    for dots, kernel in ((across, (reach, 1)), (down, (1, reach))):
        # Ink on both sides of a rule at the same place is a stroke through it.
        band = cv2.dilate(dots, np.ones((3, 3), np.uint8))
        before, after = _shifted(text, kernel, 1), _shifted(text, kernel, -1)
        cover[(band > 0) & (before > 0) & (after > 0)] = 0
    return cover


def _shifted(dots: Pixels, kernel: tuple[int, int], way: int) -> Pixels:
    """The dots drawn out by the kernel to one side."""
    rows, columns = kernel
    anchor = (columns - 1 if way > 0 else 0, rows - 1 if way > 0 else 0)
    return cv2.dilate(dots, np.ones(kernel, np.uint8), anchor=anchor)
