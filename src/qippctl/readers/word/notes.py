"""Footnotes and endnotes, each with the mark that the paper prints before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal

from qippctl.models.document import Prose
from qippctl.readers.word.parts import Parts
from qippctl.readers.word.story import Block, Story
from qippctl.readers.word.xml import is_gone, qn, value, whole

Kind = Literal["footnote", "endnote"]
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def notes(parts: Parts, document: Any, story: Story) -> Iterator[Block]:
    """The footnotes in the order of their marks, then the endnotes. A note that nothing refers to is not printed."""
    for kind in ("footnote", "endnote"):
        yield from _notes(parts, document, story, kind)


def _notes(parts: Parts, document: Any, story: Story, kind: Kind) -> Iterator[Block]:
    part = next(parts.related(parts.main, f"{kind}s"), None)
    root = parts.xml(part) if part is not None else None
    if root is None:
        return
    texts = {note.get(qn("w:id")): note for note in root.findall(qn(f"w:{kind}"))}
    for identifier, mark in _references(document, kind, *_numbering(parts, document, kind)):
        # Two references to one note print it once.
        note = texts.pop(identifier, None)
        if note is not None:
            yield from _marked(story.blocks(note), mark)


def _marked(blocks: Iterator[Block], mark: str) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Prose) and mark:
            # A mark of the author's own choice was typed before the text as well.
            block, mark = replace(block, text=f"{mark} {block.text.removeprefix(mark).strip()}"), ""
        yield block


def _references(document: Any, kind: Kind, form: str, start: int) -> Iterator[tuple[str | None, str]]:
    """Each reference's note and mark. Own marks do not count."""
    number = start
    for reference in document.iter(qn(f"w:{kind}Reference")):
        if is_gone(reference):
            continue
        if reference.get(qn("w:customMarkFollows"), "0") not in ("0", "false", "off"):
            mark = "".join(text.text or "" for text in reference.itersiblings(qn("w:t")))
            yield reference.get(qn("w:id")), mark.strip()
        else:
            yield reference.get(qn("w:id")), printed_mark(number, form)
            number += 1


def _numbering(parts: Parts, document: Any, kind: Kind) -> tuple[str, int]:
    """How the notes are numbered, and from which number on: what a section says goes before what the document says."""
    settings = parts.xml(next(parts.related(parts.main, "settings"), ""))
    of_document = settings.find(qn(f"w:{kind}Pr")) if settings is not None else None
    of_section = document.find(f"{qn('w:body')}/{qn('w:sectPr')}/{qn(f'w:{kind}Pr')}")
    form = value(of_section, "w:numFmt") or value(of_document, "w:numFmt")
    start = whole(value(of_section, "w:numStart") or value(of_document, "w:numStart"))
    return form or ("decimal" if kind == "footnote" else "lowerRoman"), 1 if start is None else start


def printed_mark(number: int, form: str) -> str:
    """A number as a mark; forms that are not known print as decimals.

    >>> [printed_mark(n, f) for n, f in ((4, "lowerRoman"), (28, "lowerLetter"), (6, "chicago"), (12, "decimal"))]
    ['iv', 'bb', '††', '12']
    """
    if number < 1 or number > 9999:
        return str(number)
    if form.endswith("Roman"):
        mark = ""
        for worth, letters in _ROMAN:
            count, number = divmod(number, worth)
            mark += letters * count
    elif form.endswith("Letter"):
        mark = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif form == "chicago":
        mark = "*†‡§"[(number - 1) % 4] * ((number - 1) // 4 + 1)
    else:
        return str(number)
    return mark.upper() if form.startswith("upper") else mark
