"""Raised text beside a number: a footnote's mark must never become a digit of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Possessive, so that a megabyte of spaces is gone through once.
_NUMERIC = re.compile(r"[\s£$€~<>+(–−-]*+[0-9][0-9.,\s]*+(?:k|m|bn)?+[\s)%–−*-]*+", re.IGNORECASE)
_MARK = re.compile(r"[\s0-9A-Za-z*†‡§¶#,;.()\[\]]{1,8}")
_MARK_WITHOUT_LETTERS = re.compile(r"[\s0-9*†‡§¶#,;.()\[\]]{1,8}")
_ORDINAL = re.compile(r"st|nd|rd|th", re.IGNORECASE)
# Square metres, and powers of ten: these are no marks. But `£25m` with a raised 2 is money with a mark.
_LENGTH = re.compile(r"(?:\b|[0-9])(?:[ckm]?m|ft|yd)$")
_MONEY = re.compile("[£$€]")
_TEN = re.compile(r"\b10$")


class Piece(NamedTuple):
    """Text in one look."""

    text: str
    hidden: bool
    raised: bool


def prose(pieces: Sequence[Piece]) -> str:
    """The pieces as running text, where a raised number stays to be seen as one: `1,440¹`."""
    plain = not any(piece.text.strip() and not piece.raised for piece in pieces)
    return "".join(piece.text if plain or not piece.raised else piece.text.translate(_RAISED) for piece in pieces)


def without_marks(lines: Sequence[Sequence[Piece]]) -> str:
    """The lines of a cell without the raised marks that lead to its footnotes."""
    level = "\n".join("".join(p.text for p in line if not p.raised) for line in lines).strip()
    numeric = _NUMERIC.fullmatch(level) is not None
    money = _MONEY.search(level) is not None
    texts = []
    for line in lines:
        text = ""
        for piece in line:
            # A cell that is raised as a whole has no text that a mark could belong to.
            text += _beside(piece.text, text[-8:], numeric, money) if piece.raised and level else piece.text
        if text.strip():
            texts.append(text)
    return "\n".join(texts).strip()


def _beside(raised: str, before: str, numeric: bool, money: bool) -> str:
    """What is left of raised text in a cell: nothing of a mark, all of `1st`; numbers of another use stay raised."""
    if raised.strip() in ("2", "3") and not money and _LENGTH.search(before):
        return raised.translate(_RAISED)
    if numeric and _MARK.fullmatch(raised) and not _ORDINAL.fullmatch(raised.strip()):
        return ""
    if _MARK_WITHOUT_LETTERS.fullmatch(raised) and not _TEN.search(before):
        return ""
    return raised.translate(_RAISED)
