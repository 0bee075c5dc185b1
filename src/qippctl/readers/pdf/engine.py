"""PDFium, one pass a page: opening a file, and the ink of each page."""

from __future__ import annotations

import ctypes
import math
import os
import re
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

from qippctl.errors import UnreadableError
from qippctl.models.document import BBox
from qippctl.readers.pdf.calls import address, quickened
from qippctl.readers.pdf.ink import Ink, Word
from qippctl.readers.pdf.shapes import Shapes, shapes_of
from qippctl.readers.pdf.words import Run, Text, tidied, turned_words

_matrix_of = quickened(pdfium.FPDFText_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_size_of = quickened(pdfium.FPDFText_GetFontSize, ctypes.c_double, ctypes.c_void_p, ctypes.c_int)
_mode_of = quickened(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int, ctypes.c_void_p)
_fill_of = quickened(pdfium.FPDFText_GetFillColor, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)

_NUMBER = re.compile(r"[0-9][0-9.,]*")
_INVISIBLE = 3
_LARGEST_SIDE = 1e5
_WHITE = 250
_DARK = 600  # the sum of red, green and blue of what white text can be read on

_ERRORS = {
    pdfium.FPDF_ERR_PASSWORD: "locked with a password; set it in the environment variable QIPPCTL_PDF_PASSWORD",
    pdfium.FPDF_ERR_SECURITY: "locked in a way that nothing here can open; save it anew without protection",
}


class PdfFile:
    """An open PDF: its content, the password that opened it and how many pages it has."""

    password = ""

    def __init__(self, content: bytes) -> None:
        self.content = content  # PDFium reads from it as long as the file is open
        pdfium.FPDF_InitLibrary()
        self._document = self._opened()
        self.count: int = pdfium.FPDF_GetPageCount(self._document)

    def _opened(self) -> Any:
        # A password meant for another paper must not lock one that opens without.
        for password in dict.fromkeys((os.environ.get("QIPPCTL_PDF_PASSWORD", ""), "")):
            given = password.encode("utf-8", "surrogateescape") if password else None
            document = pdfium.FPDF_LoadMemDocument64(self.content, len(self.content), given)
            if document:
                self.password = password
                return document
            error = pdfium.FPDF_GetLastError()
        raise UnreadableError(_ERRORS.get(error, "a damaged PDF; open and save it anew"))

    def ink(self, number: int, least_numbers: int = 0) -> Ink | None:
        """The ink of a page, counted from 1; None where the page cannot be read. One with fewer numbers is passed over."""
        page = pdfium.FPDF_LoadPage(self._document, number - 1)
        if not page:
            return None
        try:
            text = Text(page)
            try:
                if least_numbers and len(_NUMBER.findall(text.characters)) < least_numbers:
                    return Ink(0.0, 0.0, skipped=True)
                return _ink(page, text)
            finally:
                text.close()
        finally:
            pdfium.FPDF_ClosePage(page)

    def picture(self, number: int, scale: float, turned: int) -> Any:
        """A page drawn as a picture (PIL), `scale` dots a point, without `turned` quarter turns of its text against the clock."""
        import pypdfium2

        document = pypdfium2.PdfDocument(self.content)
        try:
            page = document[number - 1]
            bitmap = page.render(scale=scale, rotation=90 * (turned % 4))
            return bitmap.to_pil()
        finally:
            document.close()


def _ink(page: Any, text: Text) -> Ink | None:
    frame = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, frame):
        return None
    left, top, right, bottom = frame.left, frame.top, frame.right, frame.bottom
    if not all(math.isfinite(v) and abs(v) < 1e7 for v in (left, top, right, bottom)) or right <= left or top <= bottom:
        return None
    shown = pdfium.FPDFPage_GetRotation(page) % 4
    turn = text.turn if text.count else shown
    place, width, height = _placing(left, top, right, bottom, turn)
    if max(width, height) > _LARGEST_SIDE:
        return None
    shapes = shapes_of(address(page), place)
    ink = Ink(width, height, turned=(turn - shown) % 4)
    ink.rules, ink.fills, ink.pictures, ink.cut = shapes.rules, shapes.fills, shapes.pictures, shapes.cut
    # Runs are in the turned space with upwards as more; the page's top left lies there.
    x_left, y_top = _corner(left, top, right, bottom, turn)
    seen: dict[int | None, tuple[float, int, bool]] = {}
    for run, sideways in turned_words(text.runs(), text):
        item = text.object_of(run)
        if item not in seen:
            seen[item] = (_size(text, run), _is_unseen(text, run, item), text.is_unmapped(run))
        size, white_or_invisible, unmapped = seen[item]
        if sideways:
            size = run.right - run.left
        words = run.text if run.text.isascii() and run.text.isprintable() else tidied(run.text)
        if not words:
            continue
        if unmapped:
            ink.unmapped += len(words)
        word = Word(
            run.left - x_left,
            y_top - run.top,
            run.right - x_left,
            y_top - run.bottom,
            words,
            size,
            1.0,
            sideways == 0,
            sideways == 3,
        )
        if white_or_invisible and not (white_or_invisible == 2 and _is_on_dark(word, shapes)):
            ink.hidden.append(word)
        else:
            ink.words.append(word)
    return ink


def _placing(
    left: float, top: float, right: float, bottom: float, turn: int
) -> tuple[Callable[[float, float], tuple[float, float]], float, float]:
    """From a point of the file to one of the page as it is read, and the width and height of that page."""
    across, down = right - left, top - bottom
    if turn == 1:
        return (lambda x, y: (y - bottom, x - left)), down, across
    if turn == 2:
        return (lambda x, y: (right - x, y - bottom)), across, down
    if turn == 3:
        return (lambda x, y: (top - y, right - x)), down, across
    return (lambda x, y: (x - left, top - y)), across, down


def _corner(left: float, top: float, right: float, bottom: float, turn: int) -> tuple[float, float]:
    """Where the page's top left lies for runs, whose turns were taken back."""
    return ((left, top), (bottom, -left), (-right, -bottom), (-top, right))[turn]


def _size(text: Text, run: Run) -> float:
    """The size of a run's font in points, as it stands on the page."""
    matrix = (ctypes.c_float * 6)()
    size: float = _size_of(text.at, run.first)
    if _matrix_of(text.at, run.first, ctypes.addressof(matrix)):
        size *= math.hypot(matrix[2], matrix[3])
    height = run.top - run.bottom
    # A font that lies about its size is measured by its letters.
    return size if 0.4 * height < size < 3 * height else max(height, 0.5)


def _is_unseen(text: Text, run: Run, item: int | None) -> int:
    """0 for text that people see, 1 for invisible, 2 for white."""
    if item and _mode_of(item) == _INVISIBLE:
        return 1
    parts = (ctypes.c_uint * 4)()
    at = ctypes.addressof(parts)
    if not _fill_of(text.at, run.first, at, at + 4, at + 8, at + 12):
        return 0
    red, green, blue, alpha = parts
    if alpha == 0:
        return 1
    return 2 if min(red, green, blue) >= _WHITE else 0


def _is_on_dark(word: Word, shapes: Shapes) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return any(_holds(fill.bbox, x, y) for fill in shapes.fills if sum(fill.rgb) < _DARK) or any(
        _holds(box, x, y) for box in shapes.pictures
    )


def _holds(box: BBox, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
