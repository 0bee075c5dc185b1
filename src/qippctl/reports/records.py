"""Records of other types than figures and ratings, for people: one table a type, its most telling columns."""

from __future__ import annotations

from collections.abc import Sequence

from qippctl.models.figure import DOUBT_MEANINGS
from qippctl.models.records import Record
from qippctl.reports.listing import Block, Column

# The fields that a person looks for first; the last one may be long.
_SHOWN: dict[str, tuple[str, ...]] = {
    "milestone": ("scheme", "number", "start", "completion", "status", "description"),
    "status": ("organisation", "code", "scheme", "issue"),
    "project": ("group", "scheme", "lead", "summary"),
    "risk": ("number", "score", "change", "description"),
    "scenario": ("risk", "benefit", "likelihood", "description"),
    "indicator": ("workstream", "baseline", "target", "actual", "actual_period", "name"),
    "position": ("workstream", "position", "exception"),
    "alignment": ("group", "project", "standard_set", "standard"),
    "intervention": ("group", "name", "priority", "investment", "funded"),
    "policy": ("name", "source"),
    "term": ("term", "meaning"),
    "entry": ("group", "label", "texts"),
    "claim": ("text",),
    "coverage": ("of", "data_to", "text"),
}
_PLURALS = {
    "status": "scheme statuses",
    "policy": "stated RAG rules",
    "term": "terms",
    "entry": "rows of text",
    "claim": "claims in words",
    "coverage": "notes on how far data go",
}
_HEADINGS = {"organisation": "Body", "number": "No", "actual_period": "Month", "group": "Area", "standard_set": "Set"}


def plural(kind: str, count: int) -> str:
    """How many records of a type, in words.

    >>> plural("milestone", 54), plural("status", 1)
    ('54 milestones', '1 scheme statuses')
    """
    return f"{count} {_PLURALS.get(kind, f'{kind}s')}"


def blocks(records: Sequence[Record]) -> list[Block]:
    """A table for each type that is there, in the order in which the types first come."""
    by_type: dict[str, list[Record]] = {}
    for record in records:
        by_type.setdefault(record.type, []).append(record)
    return [_block(kind, own) for kind, own in by_type.items()]


def _block(kind: str, own: Sequence[Record]) -> Block:
    fields = [name for name in _SHOWN[kind] if any(getattr(record, name) not in (None, "", {}) for record in own)]
    columns = (
        Column("Page", "number", optional=True),
        *(Column(_HEADINGS.get(name, name.replace("_", " ").capitalize()), "label") for name in fields),
        Column("Doubts", "text", optional=True),
    )
    rows = tuple(
        (str(record.page), *(_shown(getattr(record, name)) for name in fields), " ".join(record.doubts))
        for record in own
    )
    codes = dict.fromkeys(doubt for record in own for doubt in record.doubts)
    below = tuple(f"{doubt.value}: {DOUBT_MEANINGS[doubt]}" for doubt in codes)
    return Block(columns, rows, ("", plural(kind, len(own)).capitalize()), below)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {text}" for name, text in value.items())
    return " ".join(str(value).split())
