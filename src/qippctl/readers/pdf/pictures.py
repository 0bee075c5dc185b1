"""Pages and parts of pages that are pictures, read by a reader of pictures where one is installed (`qippctl[ocr]`)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from qippctl.models.document import BBox
from qippctl.readers.pdf.ink import Ink
from qippctl.readers.pdf.ocr import available, read_picture

if TYPE_CHECKING:
    from qippctl.readers.pdf.engine import PdfFile

# Dots a point for reading: 200 to the inch. A picture smaller than this share of the page holds no table.
_SCALE = 200 / 72
_LEAST_SHARE = 0.06
_SUREST = 0.999


def read_pictures(file: PdfFile, number: int, ink: Ink, *, whole: bool) -> Ink | None:
    """The ink of a page as its picture shows it: of the whole page, or with that of pictures which no text stands on.

    None where there is nothing to read, or nothing to read it with.
    """
    regions = [] if whole else [box for box in ink.pictures if _may_hold_a_table(box, ink)]
    if not (whole or regions) or os.environ.get("QIPPCTL_OCR") == "off" or not available():
        return None
    picture = file.picture(number, _SCALE, ink.turned)
    if whole:
        return _scored(read_picture(picture, ink.width, ink.height))
    for x0, top, x1, bottom in regions:
        part = picture.crop(tuple(round(v * _SCALE) for v in (x0, top, x1, bottom)))
        inner = _scored(read_picture(part, x1 - x0, bottom - top))
        ink.words += [
            w._replace(x0=w.x0 + x0, x1=w.x1 + x0, top=w.top + top, bottom=w.bottom + top) for w in inner.words
        ]
        for rule in inner.rules:
            across, along = (top, x0) if rule.across else (x0, top)
            ink.rules.append(rule._replace(at=rule.at + across, start=rule.start + along, end=rule.end + along))
    return ink


def _scored(ink: Ink) -> Ink:
    """Ink whose words are told from those of a text: no reader of pictures is as sure as the file itself."""
    ink.words = [word._replace(score=min(word.score, _SUREST)) for word in ink.words]
    return ink


def _may_hold_a_table(box: BBox, ink: Ink) -> bool:
    x0, top, x1, bottom = box
    if (x1 - x0) * (bottom - top) < _LEAST_SHARE * ink.width * ink.height or x1 - x0 < 120 or bottom - top < 40:
        return False
    return not any(
        x0 < (w.x0 + w.x1) / 2 < x1 and top < (w.top + w.bottom) / 2 < bottom for w in (*ink.words, *ink.hidden)
    )
