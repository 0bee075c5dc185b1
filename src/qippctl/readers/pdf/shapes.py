"""What a page draws besides text: rules, filled shapes, pictures.

Lines are found in every guise: strokes, thin boxes, dashes, stretched pictures.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from qippctl.models.document import BBox
from qippctl.readers.pdf.calls import quickened
from qippctl.readers.pdf.ink import Fill, Rule

# In points: nothing thicker is a rule, and nothing shorter is a side of anything.
_THICK = 3.0
_SHORT = 2.0
_CORNER = 14.0
_DEEPEST = 12
_MOST_OBJECTS = 250_000
_MOST_SEGMENTS = 20_000
# Paper white; a shade above this is no colour.
_WHITE = 250

_V = ctypes.c_void_p
_I = ctypes.c_int
_count = quickened(pdfium.FPDFPage_CountObjects, _I, _V)
_object = quickened(pdfium.FPDFPage_GetObject, _V, _V, _I)
_form_count = quickened(pdfium.FPDFFormObj_CountObjects, _I, _V)
_form_object = quickened(pdfium.FPDFFormObj_GetObject, _V, _V, ctypes.c_ulong)
_kind = quickened(pdfium.FPDFPageObj_GetType, _I, _V)
_bounds = quickened(pdfium.FPDFPageObj_GetBounds, _I, _V, _V, _V, _V, _V)
_matrix = quickened(pdfium.FPDFPageObj_GetMatrix, _I, _V, _V)
_mode = quickened(pdfium.FPDFPath_GetDrawMode, _I, _V, _V, _V)
_fill = quickened(pdfium.FPDFPageObj_GetFillColor, _I, _V, _V, _V, _V, _V)
_stroke = quickened(pdfium.FPDFPageObj_GetStrokeColor, _I, _V, _V, _V, _V, _V)
_segments = quickened(pdfium.FPDFPath_CountSegments, _I, _V)
_segment = quickened(pdfium.FPDFPath_GetPathSegment, _V, _V, _I)
_point = quickened(pdfium.FPDFPathSegment_GetPoint, _I, _V, _V, _V)
_segment_kind = quickened(pdfium.FPDFPathSegment_GetType, _I, _V)
_closes = quickened(pdfium.FPDFPathSegment_GetClose, _I, _V)

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Shapes:
    """What was found, in points from the top left.

    `cut`: the page draws more than anyone looks at, and part was not looked at.
    """

    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    pictures: list[BBox] = field(default_factory=list)
    specks: list[BBox] = field(default_factory=list)
    cut: bool = False


class _Numbers:
    """Room for what PDFium writes, and the addresses of its parts."""

    def __init__(self) -> None:
        self.floats = (ctypes.c_float * 6)()
        self.ints = (ctypes.c_uint * 4)()
        at = ctypes.addressof(self.floats)
        self.at = [at + 4 * k for k in range(6)]
        at = ctypes.addressof(self.ints)
        self.ints_at = [at + 4 * k for k in range(4)]


def shapes_of(page: int, place: Callable[[float, float], tuple[float, float]]) -> Shapes:
    """The shapes of a page; `place` turns a point of the file into one of the page as it is read."""
    return _Drawing(place).drawn(page)


class _Drawing:
    def __init__(self, place: Callable[[float, float], tuple[float, float]]) -> None:
        self.place = place
        self.room = _Numbers()
        self.found = Shapes()
        self.seen = 0

    def drawn(self, page: int) -> Shapes:
        for k in range(_count(page)):
            self._object(_object(page, k), _SAME, 0)
            if self.found.cut:
                break
        self.found.rules += _dotted(self.found.specks)
        return self.found

    def _object(self, item: int | None, outer: Matrix, depth: int) -> None:
        if not item:
            return
        self.seen += 1
        if self.seen > _MOST_OBJECTS:
            self.found.cut = True
            return
        kind = _kind(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(item, outer)
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            box = self._box(item, outer)
            if box is not None and not self._line(box, 0.0):
                self.found.pictures.append(box)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _times(self._matrix(item), outer)
            for k in range(_form_count(item)):
                self._object(_form_object(item, k), inner, depth + 1)
                if self.found.cut:
                    return

    def _matrix(self, item: int) -> Matrix:
        if not _matrix(item, self.room.at[0]):
            return _SAME
        a, b, c, d, e, f = self.room.floats
        return (a, b, c, d, e, f)

    def _box(self, item: int, outer: Matrix) -> BBox | None:
        """The bounds of an object on the page as it is read; None where they are no numbers."""
        at = self.room.at
        if not _bounds(item, at[0], at[1], at[2], at[3]):
            return None
        left, bottom, right, top = self.room.floats[:4]
        return self._boxed([(left, bottom), (right, top), (left, top), (right, bottom)], outer)

    def _boxed(self, corners: list[tuple[float, float]], outer: Matrix) -> BBox | None:
        points = [self.place(*_moved(outer, x, y)) for x, y in corners]
        box = (
            min(x for x, _ in points),
            min(y for _, y in points),
            max(x for x, _ in points),
            max(y for _, y in points),
        )
        return box if all(abs(v) < 1e6 for v in box) else None

    def _line(self, box: BBox, width: float) -> bool:
        """Take a thin box as a rule; False where it is none. A tiny one may be a dot of a dotted line."""
        x0, top, x1, bottom = box
        across, down = x1 - x0, bottom - top
        thick = max(_THICK, width + 1.0)
        if min(across, down) > thick:
            return False
        if max(across, down) < _SHORT * 2 and max(across, down) < 3 * max(min(across, down), 0.2):
            self.found.specks.append(box)
        elif across >= down:
            self.found.rules.append(Rule(True, (top + bottom) / 2, x0, x1, down))
        else:
            self.found.rules.append(Rule(False, (x0 + x1) / 2, top, bottom, across))
        return True

    def _path(self, item: int, outer: Matrix) -> None:
        room = self.room
        if not _mode(item, room.ints_at[0], room.ints_at[1]):
            return
        filled, stroked = room.ints[0] != 0, room.ints[1] != 0
        fill = self._colour(_fill, item) if filled else None
        stroke = self._colour(_stroke, item) if stroked else None
        if fill is None and stroke is None:
            return
        box = self._box(item, outer)
        if box is None:
            return
        seen = stroke if stroke is not None else fill
        if seen is None or (min(seen) < _WHITE and self._line(box, 0.0)):
            return
        self._sides(item, outer, box, fill, stroke)

    def _colour(self, ask: Callable[..., int], item: int) -> tuple[int, int, int] | None:
        """The colour of a fill or stroke; None where it is transparent. What has no plain colour (a pattern) counts as grey."""
        at = self.room.ints_at
        if not ask(item, at[0], at[1], at[2], at[3]):
            return (128, 128, 128)
        red, green, blue, alpha = self.room.ints
        return (red & 255, green & 255, blue & 255) if alpha > 8 else None

    def _sides(
        self,
        item: int,
        outer: Matrix,
        box: BBox,
        fill: tuple[int, int, int] | None,
        stroke: tuple[int, int, int] | None,
    ) -> None:
        """The straight sides of a path that is more than one line, and what it fills."""
        matrix = _times(self._matrix(item), outer)
        parts = list(self._parts(item, matrix))
        for points, curved in parts:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            part = (min(xs), min(ys), max(xs), max(ys))
            if not all(abs(v) < 1e6 for v in part):
                continue
            boxy = not curved and all(
                min(abs(x - part[0]), abs(x - part[2])) < 0.5 or min(abs(y - part[1]), abs(y - part[3])) < 0.5
                for x, y in points
            )
            if fill is not None:
                thin = min(fill) < _WHITE and self._line(part, 0.0)
                if not thin and min(fill) < _WHITE and part[2] - part[0] > _SHORT and part[3] - part[1] > _SHORT:
                    self.found.fills.append(Fill(part, fill, boxy))
            if stroke is not None and min(stroke) < _WHITE:
                for (ax, ay), (bx, by) in itertools.pairwise(points):
                    # A round corner ends at the corner that it rounds off.
                    reach = _CORNER if curved else 0.0
                    if abs(ay - by) < 0.6 and abs(ax - bx) > _SHORT:
                        start, end = _stretched(min(ax, bx), max(ax, bx), part[0], part[2], reach)
                        self.found.rules.append(Rule(True, (ay + by) / 2, start, end))
                    elif abs(ax - bx) < 0.6 and abs(ay - by) > _SHORT:
                        start, end = _stretched(min(ay, by), max(ay, by), part[1], part[3], reach)
                        self.found.rules.append(Rule(False, (ax + bx) / 2, start, end))

    def _parts(self, item: int, matrix: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
        """The corners of each part of a path, and whether it has curves; a closed part ends where it began."""
        x_at, y_at = self.room.at[0], self.room.at[1]
        points: list[tuple[float, float]] = []
        curved = False
        curve = 0
        for k in range(min(_segments(item), _MOST_SEGMENTS)):
            segment = _segment(item, k)
            kind = _segment_kind(segment)
            _point(segment, x_at, y_at)
            point = self.place(*_moved(matrix, self.room.floats[0], self.room.floats[1]))
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points, curved
                points, curved, curve = [point], False, 0
                continue
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                # Two handles and an end; only the end is on the line.
                curved, curve = True, curve + 1
                if curve % 3:
                    continue
            points.append(point)
            if _closes(segment):
                points.append(points[0])
        if len(points) > 1:
            yield points, curved


def _stretched(start: float, end: float, low: float, high: float, reach: float) -> tuple[float, float]:
    """A side as far as `low` and `high`, where they are within reach."""
    return (low if start - low < reach else start), (high if high - end < reach else end)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _dotted(specks: list[BBox]) -> list[Rule]:
    """Lines drawn as rows of dots: ten or more at one height, none farther than 6 points from the next."""
    out = []
    for across in (True, False):
        lines: dict[int, list[tuple[float, float, float]]] = {}
        for x0, top, x1, bottom in specks:
            middle, low, high = ((top + bottom) / 2, x0, x1) if across else ((x0 + x1) / 2, top, bottom)
            lines.setdefault(round(middle), []).append((low, high, middle))
        for dots in lines.values():
            dots.sort()
            start = 0
            for k in range(1, len(dots) + 1):
                if k == len(dots) or dots[k][0] - dots[k - 1][1] > 6.0:
                    if k - start >= 10:
                        out.append(Rule(across, dots[start][2], dots[start][0], dots[k - 1][1]))
                    start = k
    return out
