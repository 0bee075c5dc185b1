"""Characters of a page, as PDFium places them, put together to words. The order in which a file draws them is a hint, no more."""

from __future__ import annotations

import ctypes
import math
from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise, repeat
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from qippctl.readers.pdf.calls import address, quickened

# In heights of a character: the widest gap within a word, and where PDFium itself saw a blank; how far a character may
# stand off its word's foot, and how near a
# second copy of a character lies that is drawn for boldness.
_GAP = 0.22
_GAP_SEEN = 0.1
_FOOT = 0.28
_COPY = 0.15
# PDFium's signs for a hyphen at the end of a line.
_HYPHENS = {"\x02": "-", "\ufffe": "-"}
# Where the fonts of TeX, which have no map to Unicode, keep their ligatures.
_LIGATURES = {
    **{chr(0x0B + k): text for k, text in enumerate(("ff", "fi", "fl", "ffi", "ffl"))},
    **{chr(0x1B + k): text for k, text in enumerate(("ff", "fi", "fl", "ffi", "ffl"))},
}
_SPACES = frozenset(c for c in map(chr, range(0x3001)) if c.isspace()) | {"\0"}
_SAMPLES = 15

_box_of = quickened(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_angle_of = quickened(pdfium.FPDFText_GetCharAngle, ctypes.c_float, ctypes.c_void_p, ctypes.c_int)
_unicode_of = quickened(pdfium.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_is_unmapped = quickened(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_object_of = quickened(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)


class Run(NamedTuple):
    """A word in the making: its box with the foot of the page as nought, its characters, and the number of the first."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    first: int


class Text:
    """The text of one PDFium page: `turn` is how many quarter turns, against the clock, most of its characters were given."""

    def __init__(self, page: Any) -> None:
        self._page = pdfium.FPDFText_LoadPage(page)
        self.at = address(self._page)
        self.count = max(0, pdfium.FPDFText_CountChars(self._page)) if self._page else 0
        self.characters = self._characters()
        self.turn = self._turn()

    def close(self) -> None:
        if self._page:
            pdfium.FPDFText_ClosePage(self._page)

    def _characters(self) -> str:
        if not self.count:
            return ""
        units = (ctypes.c_ushort * (self.count + 1))()
        written = pdfium.FPDFText_GetText(self._page, 0, self.count, units)
        text = bytes(units)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        if len(text) != self.count:
            # Some character has no code of its own, or two: ask for each.
            text = "".join(_printable(_unicode_of(self.at, k)) for k in range(self.count))
        return text

    def _turn(self) -> int:
        """Quarter turns of the page's text: 1 where it runs up the page."""
        votes = [0, 0, 0, 0]
        step = max(1, self.count // _SAMPLES)
        for k in range(step // 2, self.count, step):
            if not self.characters[k].isspace():
                votes[_quarters(_angle_of(self.at, k))] += 1
        best = max(range(4), key=lambda q: votes[q])
        return best if votes[best] * 2 > sum(votes) else 0

    def runs(self) -> list[Run]:
        """The page's words, as they would stand if its text ran from left to right."""
        if not self.count:
            return []
        boxes = (ctypes.c_float * (4 * self.count))()
        base = ctypes.addressof(boxes)
        deque(map(_box_of, repeat(self.at), range(self.count), range(base, base + 16 * self.count, 16)), maxlen=0)
        flat = array("f", bytes(boxes))
        return list(_runs(self.characters, *_turned((flat[0::4], flat[1::4], flat[2::4], flat[3::4]), self.turn)))

    def is_unmapped(self, run: Run) -> bool:
        return bool(_is_unmapped(self.at, run.first) == 1)

    def object_of(self, run: Run) -> int | None:
        found: int | None = _object_of(self.at, run.first)
        return found

    def sideways(self, run: Run) -> int:
        """Quarter turns of a run against the rest of the page."""
        return (_quarters(_angle_of(self.at, run.first)) - self.turn) % 4


def _quarters(angle: float) -> int:
    return -round(angle / (math.pi / 2)) % 4 if math.isfinite(angle) else 0  # PDFium counts clockwise


def _printable(code: int) -> str:
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"


def _turned(sides: tuple[Sequence[float], ...], turn: int) -> tuple[Sequence[float], ...]:
    """Sides (left, top, right, bottom; upwards is more) after taking back `turn` quarter turns against the clock."""
    left, top, right, bottom = sides
    if turn == 1:  # up the page becomes rightwards
        return bottom, [-v for v in left], top, [-v for v in right]
    if turn == 2:
        return [-v for v in right], [-v for v in bottom], [-v for v in left], [-v for v in top]
    if turn == 3:
        return [-v for v in top], right, [-v for v in bottom], left
    return sides


def _runs(
    characters: str, lefts: Sequence[float], tops: Sequence[float], rights: Sequence[float], bottoms: Sequence[float]
) -> Iterator[Run]:
    text: list[str] = []
    first = 0
    x0 = y0 = x1 = y1 = foot = height = last_left = last_bottom = 0.0
    last = ""
    spaced = False
    widest = _GAP
    for k, (c, left, top, right, bottom) in enumerate(zip(characters, lefts, tops, rights, bottoms, strict=True)):
        if c in _SPACES and not (c in _LIGATURES and right > left):
            # A blank that PDFium made up has no width: where it stands, places decide.
            if right > left:
                spaced = True
            elif c == " ":
                widest = _GAP_SEEN
            continue
        if text:
            off = left - x1
            if abs(bottom - foot) < _FOOT * height:
                # A second copy drawn for boldness; the two letters of one ligature share a place too.
                if c == last and abs(left - last_left) < _COPY * height and (c != "f" or left != last_left):
                    continue
                # Letters of one ligature share a place.
                if (
                    not spaced
                    and off < widest * height
                    and (off > -0.6 * height or (left, bottom) == (last_left, last_bottom))
                ):
                    text.append(c)
                    last, last_left, last_bottom, widest = c, left, bottom, _GAP
                    if right > x1:
                        x1 = right
                    if top > y1:
                        y1 = top
                    if bottom < y0:
                        y0 = bottom
                    continue
            yield Run(x0, y1, x1, y0, "".join(text), first)
        text = [c]
        first, last, last_left, last_bottom, spaced, widest = k, c, left, bottom, False, _GAP
        x0, y1, x1, y0 = left, top, right, bottom
        foot, height = bottom, max(top - bottom, 0.1)
    if text:
        yield Run(x0, y1, x1, y0, "".join(text), first)


def turned_words(runs: list[Run], text: Text) -> Iterator[tuple[Run, int]]:
    """Runs, and by how many quarter turns against the clock each stands; characters set up or down the page are put
    together to words."""
    if not any(len(a.text) == 1 == len(b.text) and _follows(a, b) for a, b in pairwise(runs)):
        yield from zip(runs, repeat(0))
        return
    column: list[Run] = []
    for run in runs:
        if len(run.text) == 1 and (not column or _follows(column[-1], run)):
            column.append(run)
            continue
        yield from _column(column, text)
        column = []
        if len(run.text) == 1:
            column = [run]
        else:
            yield run, 0
    yield from _column(column, text)


def _follows(before: Run, after: Run) -> bool:
    """Whether two single characters stand one above the other, touching: text that was set sideways."""
    across = min(before.right, after.right) - max(before.left, after.left)
    apart = max(before.bottom, after.bottom) - min(before.top, after.top)
    height = max(before.top - before.bottom, after.top - after.bottom)
    return across > 0.5 * (before.right - before.left) and -0.3 * height < apart < 0.8 * height


def _column(column: list[Run], text: Text) -> Iterator[tuple[Run, int]]:
    turn = text.sideways(column[0]) if len(column) > 1 else 0
    if turn not in (1, 3):
        yield from ((run, 0) for run in column)
        return
    words = [column[:1]]
    for run in column[1:]:
        before = words[-1][-1]
        apart = max(before.bottom, run.bottom) - min(before.top, run.top)
        if apart > _GAP * (run.right - run.left) or any(c.isspace() for c in text.characters[before.first : run.first]):
            words.append([])
        words[-1].append(run)
    for word in words:
        yield (
            Run(
                min(r.left for r in word),
                max(r.top for r in word),
                max(r.right for r in word),
                min(r.bottom for r in word),
                "".join(r.text for r in word),
                word[0].first,
            ),
            turn,
        )


def tidied(text: str) -> str:
    """A word as printed: signs for a hyphen at the end of a line are hyphens, soft hyphens within a line are nothing."""
    if text.isascii() and text.isprintable():
        return text
    for sign, letters in (*_HYPHENS.items(), *_LIGATURES.items()):
        text = text.replace(sign, letters)
    return "".join(c for c in text.replace("\xad", "") if c.isprintable() or c == "\ufffd")
