"""The sentences of prose: lines that a page broke put together, list marks taken off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qippctl.interpret.words import unmarked
from qippctl.models.document import Prose

_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z•\-–£(])")
_BULLET = re.compile(r"^\s*(?:[•·▪□○*\-–]|[0-9]{1,2}[.)]|[a-z][.)]|[ivx]{1,4}\.)\s")
_NUMBERED = re.compile(
    r"^[-–•*\s]*(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}|[0-9]{1,2}(?=[.)]))[.)]?\s+(?=[A-Z£(“\"])"
)
LONGEST = 1200


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its page, the block in which its paragraph begins, and that paragraph's number."""

    text: str
    page: int = 1
    block: int = 0
    paragraph: str | None = None


def sentences(blocks: Iterable[Prose]) -> Iterator[Sentence]:
    """The sentences of prose, in order."""
    number: str | None = None
    for whole, page, at in _paragraphs(blocks):
        text, numbered = whole, _NUMBERED.match(whole)
        if numbered is not None:
            number, text = numbered["number"], text[numbered.end() :]
        elif not _BULLET.match(whole):
            number = None  # a line without a number is a paragraph of its own, a bullet belongs to the one above
        for sentence in _END.split(text):
            yield Sentence(sentence, page, at, number)


def parted(text: str) -> Iterator[str]:
    """The sentences of a cell: a line or a bullet is one at least."""
    for line in re.split(r"[\n•▪□\uf0b7]", text):
        for sentence in _END.split(unmarked(line)):
            if sentence.strip():
                yield sentence.strip()


def _paragraphs(blocks: Iterable[Prose]) -> Iterator[tuple[str, int, int]]:
    """Lines that a page broke are put together: one that begins small goes on with the line before it."""
    text, page, at = "", 1, 0
    for index, block in enumerate(blocks):
        for raw in block.text.splitlines():
            line = re.sub(r"^[•·▪□○\uf0b7]\s*", "", unmarked(raw))
            if not line:
                continue
            goes_on = bool(text) and page == block.page and line[0].islower() and not _BULLET.match(raw)
            if goes_on and text[-1] not in ".:;!?":
                text = f"{text} {line}"
                continue
            if text:
                yield text, page, at
            text, page, at = line, block.page, index
    if text:
        yield text, page, at
