"""Words put together to lines, and lines to text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qippctl.models.document import BBox
from qippctl.readers.pdf.ink import Word

# In heights of the text: how far the middles of two words of a line lie apart, the gap below which two words are one, and the
# gap from which they belong to different cells.
_LEVEL = 0.42
_TOUCH = 0.16
_APART = 0.5
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LEADER = re.compile(r"[.·…_]{3,}|[.·…]")
# A word that goes on in the next line of its cell.
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")
# What stands in a cell of values: numbers in all their forms, and the signs for none.
_VALUE = re.compile(
    r"[(\[<>~±+\-–—−]*\s*[£$€]?\s*[(\-–−]?\s*\.?\d[\d,.'\s]*(?:%|k|m|bn|p|pp|x)?\s*\)?\]?\s*[-%]?\)?\s*[*†‡§#a-z⁰¹²³⁴⁵⁶⁷⁸⁹]{0,2}",
    re.IGNORECASE,
)
_NONE = re.compile(r"[-–—−]+|\.{2,3}|…|n/?a|nil|tbc|n\.a\.|[(]?[-–−][)]?|:|[xz]", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """Words at one height, from left to right."""

    words: list[Word]
    top: float
    bottom: float
    size: float

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Piece:
    """Words of a line with no more than blanks between them."""

    words: list[Word]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def text(self) -> str:
        return text_of_line(self.words)

    @property
    def is_value(self) -> bool:
        return is_value(self.text)


def is_value(text: str) -> bool:
    """Whether a text is what a cell of figures holds: a number, or a sign for none."""
    return bool(_VALUE.fullmatch(text) or _NONE.fullmatch(text))


def is_number(text: str) -> bool:
    return bool(_VALUE.fullmatch(text))


def is_leader(text: str) -> bool:
    """Whether a word is dots or dashes that lead the eye from a label to its figure."""
    return len(text) > 3 and not text.strip("._·…")


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Lines from top to bottom. A word stands on a line when their middles are level."""
    ordered = sorted(words, key=lambda w: (w.top + w.bottom))
    out: list[Line] = []
    current: list[Word] = []
    level = size = 0.0
    for word in ordered:
        middle = (word.top + word.bottom) / 2
        if current and middle - level <= _LEVEL * max(size, word.size * 0.7):
            current.append(word)
            if word.size > size:
                size, level = word.size, middle
            continue
        if current:
            out.append(_line(current))
        current, level, size = [word], middle, word.size
    if current:
        out.append(_line(current))
    return out


def _line(words: list[Word]) -> Line:
    words.sort(key=lambda w: w.x0)
    size = max(word.size for word in words)
    return Line(words, min(w.top for w in words), max(w.bottom for w in words), size)


def pieces_of(line: Line, apart: float = _APART) -> list[Piece]:
    """A line parted where the gaps are wider than between words; leaders are no text and part what they stand between."""
    out: list[Piece] = []
    after_leader = False
    for word in line.words:
        if is_leader(word.text):
            after_leader = True
            continue
        if out and not after_leader:
            before = out[-1].words[-1]
            gap = word.x0 - before.x1
            if gap < apart * max(min(word.size, before.size), 0.75 * max(word.size, before.size)) or _sticks(before, word, gap):
                out[-1].words.append(word)
                continue
        out.append(Piece([word]))
        after_leader = False
    return out


def _sticks(before: Word, after: Word, gap: float) -> bool:
    """Whether two words belong together across a wider gap: a sign and its number."""
    if gap > 1.0 * after.size:
        return False
    return before.text in ("(", "£", "$", "€", "-", "−", "(£") and after.text[:1].isdigit() or after.text in (")", "%", "%)")


def text_of_line(words: list[Word]) -> str:
    """The words of a line as text. Small raised digits stay raised, so that no figure grows by its footnote's mark."""
    parts: list[str] = []
    before: Word | None = None
    for word in words:
        text = word.text
        if before is not None:
            raised = text.isdigit() and len(text) < 3 and word.size < 0.82 * before.size and word.bottom < before.bottom - 0.12 * before.size
            if raised:
                text = text.translate(_RAISED)
            gap = word.x0 - before.x1
            if gap > _TOUCH * max(word.size, before.size) and not (raised and gap < 0.5 * before.size):
                parts.append(" ")
            if raised:
                parts.append(text)
                continue
        parts.append(text)
        before = word
    return "".join(parts)


def text_of(words: Iterable[Word]) -> str:
    """The words of a cell as text, a line each."""
    words = list(words)
    if not words:
        return ""
    sideways = [word for word in words if not word.upright]
    if len(sideways) * 2 > len(words):
        return " ".join(word.text for word in sorted(sideways, key=lambda w: (round(w.x0 / max(w.size, 1)), -w.bottom)))
    text = "\n".join(text_of_line(line.words) for line in lines_of(words))
    return _HYPHENATED.sub("-", text)


def around(words: Iterable[Word]) -> BBox:
    """The smallest box around words."""
    words = list(words)
    return (
        min(w.x0 for w in words),
        min(w.top for w in words),
        max(w.x1 for w in words),
        max(w.bottom for w in words),
    )
