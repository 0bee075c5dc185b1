"""Words put together to lines, and lines to text."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from qippctl.models.document import BBox
from qippctl.readers.pdf.ink import Word

# In heights of the text: how far the middles of two words of a line lie apart, the gap below which two words are one, and the
# gap from which they belong to different cells.
_LEVEL = 0.42
_TOUCH = 0.08
_BLANK = 0.36
_COPY = 0.3
_SIGN_GAP = 0.25
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
# What may part words that stand close: figures, leaders.
_PARTING = re.compile(r"[0-9][^ ]* +[^ ]*[0-9]|[-–−*] |\.\.|\. \.|[·…_]|[0-9)] [-–(]")
_NUMERIC = re.compile(r"[0-9]")
_LEADS = re.compile(r"(.*[^.·…_])[.·…_]{3,}")
_LED = re.compile(r"[.·…]{2,}([^.·…].*?)[.·…]*")
# Parts of a number whose thousands are set apart by blanks.
_GROUP = re.compile(r"[0-9]{3}(?:[.,][0-9]+)?%?\)?")
_LEADING = re.compile(r"[-–(£$€+]*[0-9]{1,3}")
_NONE = re.compile(r"[-–—−]+|\.{2,3}|…|n/?a|nil|tbc|n\.a\.|[(]?[-–−][)]?|:|\*|[cxz]", re.IGNORECASE)


_x0 = attrgetter("x0")


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
    return text[-4:] in ("....", "····", "____") or (len(text) > 3 and not text.strip("._·…"))


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Lines from top to bottom. A word stands on a line when their middles are level."""
    ordered = sorted(words, key=lambda w: w.top + w.bottom)
    out: list[Line] = []
    current: list[Word] = []
    level = size = 0.0
    for word in ordered:
        middle = (word.top + word.bottom) / 2
        if current and middle - level <= _LEVEL * (size if size > word.size * 0.7 else word.size * 0.7):
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
    words.sort(key=_x0)
    if any(b.x0 - a.x0 < _COPY * a.size and a.text == b.text for a, b in pairwise(words)):
        # A second copy, drawn a little beside the first for boldness.
        words = words[:1] + [b for a, b in pairwise(words) if b.x0 - a.x0 >= _COPY * a.size or a.text != b.text]
    size = max([word.size for word in words])
    return Line(words, min([w.top for w in words]), max([w.bottom for w in words]), size)


def blank_width(lines: Iterable[Line]) -> float:
    """The usual blank between the words of running text, in heights of the text; a typewriter's is wide."""
    gaps = [
        (b.x0 - a.x1) / a.size
        for line in lines
        if len(line.words) > 4
        for a, b in zip(line.words, line.words[1:], strict=False)
        if 0.05 < (b.x0 - a.x1) / max(a.size, 0.1) < 0.8
    ]
    return statistics.median(gaps) if len(gaps) > 12 else 0.28


def apart_of(lines: Iterable[Line]) -> float:
    """The gap, in heights of the text, from which words belong to different cells."""
    return max(_APART, min(1.1, 1.65 * blank_width(lines)))


def pieces_of(line: Line, apart: float = _APART) -> list[Piece]:
    """A line parted where the gaps are wider than between words; leaders are no text and part what they stand between."""
    if _is_one(line, apart):
        return [Piece(line.words)]
    out: list[Piece] = []
    after_leader = False
    for word in _without_leaders(line.words):
        if word is None:
            after_leader = True
            continue
        if out and not after_leader and _belongs(out[-1].words, word, apart):
            out[-1].words.append(word)
        else:
            out.append(Piece([word]))
        after_leader = False
    return out


def _is_one(line: Line, apart: float) -> bool:
    """Whether a line is plain words with blanks between them, as most lines are."""
    widest = 0.7 * apart * line.size
    return all(b.x0 - a.x1 < widest for a, b in pairwise(line.words)) and not _PARTING.search(
        " ".join([word.text for word in line.words])
    )


def _without_leaders(words: list[Word]) -> Iterator[Word | None]:
    """Words of a line, None for each row of dots between them. Dots that touch a figure are taken off it."""
    dots = [not word.text.strip("._·…") for word in words]
    near = [b.x0 - a.x1 < 1.2 * max(a.size, b.size) for a, b in itertools.pairwise(words)]
    led = sum(dots) > 4
    for k, word in enumerate(words):
        beside = (k > 0 and dots[k - 1] and near[k - 1]) or (k + 1 < len(words) and dots[k + 1] and near[k])
        if dots[k] and (beside or len(word.text) > 3):
            yield None
            continue
        label = _LEADS.fullmatch(word.text)
        if label is not None:
            share = (len(label[1]) + 1) / (len(word.text) + 1)
            yield word._replace(text=label[1], x1=word.x0 + share * (word.x1 - word.x0))
            yield None
            continue
        run = _LED.fullmatch(word.text)
        if run is not None:
            yield None
            yield word._replace(text=run[1])
            continue
        bare = word.text.strip(".") if (beside or led) and _NUMERIC.search(word.text) else word.text
        yield word._replace(text=bare) if bare != word.text else word


def _belongs(piece: list[Word], word: Word, apart: float) -> bool:
    """Whether a word goes on with the words before it."""
    before = piece[-1]
    gap = word.x0 - before.x1
    size = max(min(word.size, before.size), 0.75 * max(word.size, before.size))
    if gap >= apart * size:
        return _sticks(before, word, gap)
    if gap > _TOUCH * size and is_value(before.text) and is_number(word.text) and word.size > 0.82 * before.size:
        # Figures of two columns set close; but `1 234` is one, and so is `- 249`.
        thousands = (bool(_GROUP.fullmatch(word.text)) and bool(_LEADING.fullmatch(before.text))) or (
            len(piece) > 1 and bool(_GROUP.fullmatch(before.text) and _GROUP.fullmatch(word.text))
        )
        sign = not is_number(before.text)
        return (thousands and gap < _BLANK * size) or (sign and gap < _SIGN_GAP * size)
    return True


def _sticks(before: Word, after: Word, gap: float) -> bool:
    """Whether two words belong together across a wider gap: a sign and its number."""
    if gap > 1.0 * after.size:
        return False
    return (before.text in ("(", "£", "$", "€", "-", "−", "(£") and after.text[:1].isdigit()) or after.text in (
        ")",
        "%",
        "%)",
    )


def text_of_line(words: list[Word]) -> str:
    """The words of a line as text. Small raised digits stay raised, so that no figure grows by its footnote's mark."""
    parts: list[str] = []
    before: Word | None = None
    for word in words:
        text = word.text
        if before is not None:
            raised = (
                text.isdigit()
                and len(text) < 3
                and word.size < 0.82 * before.size
                and word.bottom < before.bottom - 0.12 * before.size
            )
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
        # Lines of text that runs up follow each other to the right, of text that runs down to the left.
        down = sideways[0].down
        sideways.sort(
            key=lambda w: (-round(w.x0 / max(w.size, 1)), w.top) if down else (round(w.x0 / max(w.size, 1)), -w.bottom)
        )
        return " ".join(word.text for word in sideways)
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
