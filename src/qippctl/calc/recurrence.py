"""Whether a scheme saves every year or once, by the words that a paper has for it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qippctl.models.figure import Recurrence

_ONCE = re.compile(r"(?:\b(?:non|not)[- ]?rec\w*|\bn ?/ ?r\b|\bnr\b|\bone[- ]off)\b", re.IGNORECASE)
_EVERY_YEAR = re.compile(r"(?:\brec\w*|\br|\bon[- ]?going)\b", re.IGNORECASE)


def recurrence_of(text: str | None) -> Recurrence | None:
    """What a scheme's own cell says of it; `all` where it names both; None where it says neither.

    >>> recurrence_of("Non rec"), recurrence_of("R"), recurrence_of("R & NR"), recurrence_of("TBC")
    ('non_recurrent', 'recurrent', 'all', None)
    """
    once = _ONCE.sub(" ", text or "")
    found: set[Recurrence] = set()
    if once != (text or ""):
        found.add("non_recurrent")
    if _EVERY_YEAR.search(once):
        found.add("recurrent")
    return "all" if len(found) > 1 else next(iter(found), None)


def agreed(texts: Iterable[str | None]) -> Recurrence:
    """What several papers say of one scheme; `all` where they say nothing, or not the same."""
    found = {said for text in texts if (said := recurrence_of(text)) is not None}
    return found.pop() if len(found) == 1 else "all"
