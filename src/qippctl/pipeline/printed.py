"""Answers of one paper at a time: that which is asked for, or each organisation's newest that has something to answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, TypeVar

from qippctl.models.figure import Figure, Subject
from qippctl.pipeline.choosing import choose_organisations, find_paper

if TYPE_CHECKING:
    from qippctl.ledger import Ledger

T = TypeVar("T")


def by_paper(
    ledger: Ledger,
    organisation: str | None,
    paper: str | None,
    subjects: Collection[Subject],
    answer: Callable[[int, Sequence[Figure]], list[T]],
) -> list[T]:
    """What `answer` makes of the figures of these subjects in one paper of each chosen organisation.

    Without a paper that is named the newest one that gives any answer: by its meeting, then final over draft.
    """
    wanted = find_paper(ledger, paper) if paper is not None else None
    known = [p for p in ledger.papers() if wanted in (None, p.number)]
    known.sort(key=lambda p: (p.cover.meeting_date or "", p.cover.status != "draft", p.number), reverse=True)
    out: list[T] = []
    for name in choose_organisations(ledger, organisation):
        # One paper at a time: the newest answers as a rule, and a ledger may hold years of them.
        for number in (p.number for p in known):
            figures = [f.figure for f in ledger.facts(name, papers=(number,)) if f.figure.subject in subjects]
            answers = answer(number, figures) if figures else []
            if answers:
                out += answers
                break
    return out


def tables_of(figures: Sequence[Figure]) -> dict[str, list[Figure]]:
    """Figures by the table that prints them, in order of print."""
    out: dict[str, list[Figure]] = {}
    for figure in figures:
        out.setdefault(figure.table, []).append(figure)
    return out


def texts_of(ledger: Ledger, figures: Sequence[Figure]) -> Sequence[Sequence[str]]:
    """The table of some figures as it stands in the paper; empty where the ledger does not have it."""
    found = ledger.figure(figures[0].id) if figures else None
    return found[1] if found is not None else ()


def label_of(row: Sequence[str], before: int) -> str:
    """What names a row: the first text before a column that has a letter in it."""
    return next((" ".join(text.split()) for text in row[:before] if any(c.isalpha() for c in text)), "")
