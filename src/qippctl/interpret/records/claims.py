"""Sentences with sums of money or percentages: what the paper claims in words. Their numbers are never figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from qippctl.interpret.records.place import Place
from qippctl.interpret.words import unmarked
from qippctl.models.document import Prose
from qippctl.models.records import Claim, Record, Said

# Bounded, so that a line of a megabyte is read in linear time.
_NUMBER = re.compile(
    r"(?P<money>-?£\s?-?(?P<sum>[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,4})?|[0-9]{1,12}(?:\.[0-9]{1,4})?|\.[0-9]{1,4})"
    r"\s?(?P<scale>millions?|mil|mn|bn|billion|m|k)?(?![A-Za-z0-9.]*[A-Za-z0-9]|[-–]£?[0-9]))"
    r"|(?P<share>(?<![0-9%])-?(?P<percent>[0-9]{1,4}(?:\.[0-9]{1,4})?)\s?%)",
    re.IGNORECASE,
)
_POUNDS = {
    "k": 1000,
    "m": 1_000_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "mil": 1_000_000,
    "mn": 1_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z•\-–£(])")
_BULLET = re.compile(r"^\s*(?:[•·▪□○*\-–]|[0-9]{1,2}[.)]|[a-z][.)]|[ivx]{1,4}\.)\s")
LONGEST = 1200


def claims(blocks: Iterable[Prose], place: Place) -> list[Record]:
    """A record for each sentence that states a sum of money or a percentage."""
    found: list[Record] = []
    for sentence, page in sentences(blocks):
        said = tuple(_said(sentence[:LONGEST]))
        if said:
            found.append(Claim(**place.at(page=page), text=sentence[:LONGEST].strip(), figures=said))
    return found


def sentences(blocks: Iterable[Prose]) -> Iterator[tuple[str, int]]:
    """The sentences of prose, each with its page."""
    for text, page in _paragraphs(blocks):
        for sentence in _END.split(text):
            yield sentence, page


def _paragraphs(blocks: Iterable[Prose]) -> Iterator[tuple[str, int]]:
    """Lines that a page broke are put together: one that begins small goes on with the line before it."""
    text, page = "", 1
    for block in blocks:
        for raw in block.text.splitlines():
            line = re.sub(r"^[•·▪□○\uf0b7]\s*", "", unmarked(raw))
            if not line:
                continue
            goes_on = bool(text) and page == block.page and line[0].islower() and not _BULLET.match(raw)
            if goes_on and text[-1] not in ".:;!?":
                text = f"{text} {line}"
                continue
            if text:
                yield text, page
            text, page = line, block.page
    if text:
        yield text, page


def _said(sentence: str) -> Iterator[Said]:
    for match in _NUMBER.finditer(sentence):
        printed = match["sum"] or match["percent"]
        pounds = Decimal(_POUNDS.get((match["scale"] or "").lower(), 1)) if match["money"] else Decimal(1)
        value = Decimal(printed.replace(",", ""))
        if re.fullmatch(r"0{2,}", printed):
            continue  # `£000` is a unit
        decimals = len(printed.partition(".")[2])
        sign = -1 if "-" in match[0] else 1
        yield Said(
            raw=match[0],
            value=sign * value * pounds,
            unit="GBP" if match["money"] else "percent",
            step=Decimal(1).scaleb(-decimals) * pounds,
        )
