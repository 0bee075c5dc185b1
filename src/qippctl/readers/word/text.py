"""Runs to text: what a paragraph or a cell shows once every tracked change is accepted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from qippctl.readers.word.marks import Piece, prose, without_marks
from qippctl.readers.word.pictures import Pictures, look_at
from qippctl.readers.word.styles import Look, Styles
from qippctl.readers.word.symbols import is_symbolic, symbol
from qippctl.readers.word.xml import ADDED, BOX, GONE, VALUE, chosen, is_on, qn, value, whole

_MATHEMATICS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PAGE_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES")
# Stands for a number of a page until the words around it are known; XML cannot hold it.
_NUMBER_OF_PAGE = "\0"
_BESIDE_PAGE_NUMBERS = " |/–—-"
_PAGE = re.compile(r"\bp(?:age|g)?\.?$", re.IGNORECASE)
_OF_SO_MANY = re.compile(r"of\b\s?(?:[0-9]{1,4}\b)?", re.IGNORECASE)


@dataclass(slots=True)
class Paragraph:
    """A paragraph as read: its text in pieces, what is anchored in it, and whether a tracked change touches it.

    A box is the element that holds its paragraphs, or the text of a watermark.
    """

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    changed: bool = False
    has_hidden_box: bool = False

    @property
    def hides(self) -> bool:
        return self.has_hidden_box or any(piece.hidden and piece.text.strip() for piece in self.pieces)

    def text(self) -> str:
        """What is shown. A raised number is written as one, so that no figure grows by its footnote's mark."""
        shown = [piece for piece in self.pieces if not piece.hidden]
        return prose(shown).strip()


def cell_text(paragraphs: Sequence[Paragraph], *, all_hidden: bool = False) -> tuple[str, bool]:
    """The lines of a cell, and whether they are hidden: hidden text is read only where a cell has no other."""
    for hidden in (False, True):
        lines = [[p for p in paragraph.pieces if all_hidden or p.hidden == hidden] for paragraph in paragraphs]
        if text := without_marks(lines):
            return text, hidden or all_hidden
    return "", all_hidden


def read_paragraph(element: Any, styles: Styles, pictures: Pictures, *, changed: bool, furniture: bool) -> Paragraph:
    """Read a paragraph. In `furniture`, headers and footers, the numbers of pages are left out."""
    runs = _Runs(styles, pictures, furniture)
    properties = element.find(qn("w:pPr"))
    mark = properties.find(qn("w:rPr")) if properties is not None else None
    runs.changed = changed or (mark is not None and any(child.tag in GONE | ADDED for child in mark))
    runs.walk(element, styles.of_paragraph(properties))
    return Paragraph(list(_together(runs.pieces)), runs.boxes, runs.changed, runs.has_hidden_box)


def _together(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces that look alike as one, as a number may be written in several runs."""
    for (hidden, raised), alike in groupby(pieces, key=lambda piece: piece[1:]):
        yield Piece(_without_page_numbers("".join(piece.text for piece in alike)), hidden, raised)


def _without_page_numbers(text: str) -> str:
    """Furniture without `Page 3 of 12`: the numbers, and what is said of them before and between."""
    before, *rest = text.split(_NUMBER_OF_PAGE)
    if not rest:
        return text
    kept = [_before_page_number(before)]
    for piece in rest:
        bare = piece.strip(_BESIDE_PAGE_NUMBERS)
        said = _OF_SO_MANY.match(bare)
        kept.append(_before_page_number(bare[said.end() :] if said else bare))
    return " ".join(filter(None, kept))


def _before_page_number(text: str) -> str:
    text = text.strip(_BESIDE_PAGE_NUMBERS)
    page = _PAGE.search(text[-8:])
    return text[: len(text) - len(page[0])].strip(_BESIDE_PAGE_NUMBERS) if page else text


@dataclass(slots=True)
class _Field:
    """A field whose end was not yet met: nothing of its instruction is shown, its stored result is."""

    instruction: str = ""
    silent: bool = True

    @property
    def is_page_number(self) -> bool:
        return self.instruction.strip().partition(" ")[0].upper() in _PAGE_FIELDS


class _Runs:
    """Walks through a paragraph and gathers what its runs show."""

    def __init__(self, styles: Styles, pictures: Pictures, furniture: bool) -> None:
        self.styles, self.pictures, self.furniture = styles, pictures, furniture
        self.pieces: list[Piece] = []
        self.boxes: list[Any] = []
        self.changed = False
        self.has_hidden_box = False
        self.fields: list[_Field] = []
        self.in_mark = False

    def walk(self, parent: Any, look: Look) -> None:
        for child in chosen(parent):
            tag = child.tag
            if (read := _READ.get(tag)) is not None:
                read(self, child, look)
            elif (text := _AS_TEXT.get(tag)) is not None:
                self._add(text, look)
            elif tag in GONE:
                self.changed = True
            elif tag not in _UNSEEN:
                self.changed |= tag in ADDED
                self.walk(child, look)

    def _add(self, text: str, look: Look) -> None:
        if self.in_mark or any(each.silent for each in self.fields):
            return
        self.pieces.append(Piece(text, look.hidden, look.raised))

    def _run(self, run: Any, look: Look) -> None:
        self.walk(run, self.styles.of_run(run.find(qn("w:rPr")), look))
        self.in_mark = False

    def _text(self, element: Any, look: Look) -> None:
        text = (element.xpath("string()") if len(element) else element.text or "").replace("\xad", "")
        if is_symbolic(look.font):
            text = "".join(symbol(look.font, ord(c)) for c in text)
        self._add(text, look)

    def _symbol(self, element: Any, look: Look) -> None:
        code = element.get(qn("w:char"), "")
        if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code):
            self._add(symbol(element.get(qn("w:font"), ""), int(code, 16)), look)

    def _reference(self, element: Any, look: Look) -> None:
        # The mark is no part of the text; one of the author's own choice follows as text of the same run.
        self.in_mark = element.get(qn("w:customMarkFollows"), "0") not in ("0", "false", "off")

    def _field_character(self, element: Any, look: Look) -> None:
        kind = element.get(qn("w:fldCharType"))
        if kind == "begin":
            if shown := _form_field(element.find(qn("w:ffData"))):
                self._add(shown, look)
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].silent = self.furniture and self.fields[-1].is_page_number
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            if self.furniture and ended.is_page_number:
                self._add(_NUMBER_OF_PAGE, look)

    def _instruction(self, element: Any, look: Look) -> None:
        if self.fields:
            self.fields[-1].instruction += element.text or ""

    def _simple_field(self, element: Any, look: Look) -> None:
        if self.furniture and _Field(element.get(qn("w:instr"), "")).is_page_number:
            self._add(_NUMBER_OF_PAGE, look)
        else:
            self.walk(element, look)

    def _picture(self, element: Any, look: Look) -> None:
        self._place(look_at(element, Pictures() if self.furniture else self.pictures), look)

    def _box(self, element: Any, look: Look) -> None:
        self._place([element], look)

    def _place(self, boxes: list[Any], look: Look) -> None:
        if look.hidden:
            self.has_hidden_box |= bool(boxes)
        else:
            self.boxes += boxes

    def _under(self, element: Any, look: Look) -> None:
        """Part of a formula: a bar, a power or an index lies between it and what comes before."""
        self._add({"den": "/", "sup": "^", "sub": "_"}[element.tag.removeprefix(_MATHEMATICS)], look)
        self.walk(element, look)


def _form_field(data: Any) -> str:
    """What a field of an old form shows: a box with or without a cross, or the entry chosen from a list."""
    if data is None:
        return ""
    box, entries = data.find(qn("w:checkBox")), data.find(qn("w:ddList"))
    if box is not None:
        checked = is_on(box, "w:checked")
        return "☒" if (is_on(box, "w:default") if checked is None else checked) else "☐"
    if entries is not None:
        texts = [entry.get(VALUE, "") for entry in entries.findall(qn("w:listEntry"))]
        place = whole(value(entries, "w:result") or value(entries, "w:default")) or 0
        return texts[place] if place < len(texts) else ""
    return ""


_READ: dict[str, Callable[[_Runs, Any, Look], None]] = {
    qn("w:r"): _Runs._run,
    qn("w:t"): _Runs._text,
    f"{_MATHEMATICS}t": _Runs._text,
    qn("w:sym"): _Runs._symbol,
    qn("w:footnoteReference"): _Runs._reference,
    qn("w:endnoteReference"): _Runs._reference,
    qn("w:fldChar"): _Runs._field_character,
    qn("w:instrText"): _Runs._instruction,
    qn("w:fldSimple"): _Runs._simple_field,
    qn("w:drawing"): _Runs._picture,
    qn("w:pict"): _Runs._picture,
    qn("w:object"): _Runs._picture,
    BOX: _Runs._box,
    f"{_MATHEMATICS}den": _Runs._under,
    f"{_MATHEMATICS}sup": _Runs._under,
    f"{_MATHEMATICS}sub": _Runs._under,
}
_AS_TEXT = {
    qn("w:tab"): " ",
    qn("w:ptab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
# Properties, which speak of text that was; and the reading aid above a word.
_UNSEEN = frozenset({qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), qn("w:sdtEndPr"), qn("w:rt"), f"{_MATHEMATICS}ctrlPr"})
