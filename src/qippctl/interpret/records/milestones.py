"""Milestones: steps with dates, and whether they were reached."""

from __future__ import annotations

import re
from datetime import date

from qippctl.interpret.forms import Form, FormRow
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.records.place import Place, said
from qippctl.interpret.words import find
from qippctl.models.figure import Doubt
from qippctl.models.records import Milestone, MilestoneStatus, Record
from qippctl.money import parse_amount
from qippctl.period import find_date

_DENIALS = ["no", "n", "not", "to be", "partial*", "part", "nearly", "almost", "due", "incomplete", "un*"]
# `30/06/2015 (revised 31/08/2015)`: the later one counts.
_REPLACED = re.compile(r"\b(?:revised|now|moved to|new|changed to|re-?planned)\b", re.IGNORECASE)
_MARKED: dict[str, MilestoneStatus] = {
    "achieved": "achieved",
    "missed_under": "missed_under_2_weeks",
    "missed_over": "missed_over_2_weeks",
}


def milestones(form: Form, place: Place) -> list[Record]:
    """A record for each row that describes a step; of two marks on one row the later counts, with a doubt."""
    return [_milestone(row, place) for row in form.rows if _describes(said(row, "description"))]


def _describes(text: str | None) -> bool:
    return text is not None and any(c.isalpha() for c in text)


def _milestone(row: FormRow, place: Place) -> Milestone:
    start, completion = said(row, "start"), said(row, "completion")
    marked = [status for name, status in _MARKED.items() if _is_mark(said(row, name))]
    doubts = row.doubts
    if len(marked) > 1:
        doubts = (*doubts, Doubt.LABEL_UNCLEAR)
    return Milestone(
        **place.at(row) | {"doubts": doubts},
        scheme=said(row, "scheme") or row.group or place.scheme,
        number=said(row, "number"),
        description=said(row, "description") or "",
        start=start,
        completion=completion,
        start_date=_iso(start),
        completion_date=_iso(completion),
        status=marked[-1] if marked else _status(said(row, "status")),
        savings=said(row, "savings"),
        beds=said(row, "beds"),
    )


def _is_mark(text: str | None) -> bool:
    """Whether a cell under `Milestone achieved` says so: a yes, a tick, a date; not a no."""
    if text is None or _is_denied(text):
        return False
    words = vocabulary()
    return text in words.ticks or find(words.yes, text) is not None or find_date(text) is not None


def _is_denied(text: str) -> bool:
    """Whether words take back what another says: `Not complete`, `80% complete`, `To be completed`."""
    share = re.search(r"([0-9]{1,3}) ?%", text)
    return find(_DENIALS, text) is not None or (share is not None and int(share[1]) < 100)


def _status(text: str | None) -> MilestoneStatus | None:
    """What a column of words says of a step: only that it is done tells the status."""
    missed = re.search(r"(?:missed|late|slipped)\D{0,12}([0-9]{1,3}) ?(day|week|month)", text or "", re.IGNORECASE)
    if missed is not None:
        days = int(missed[1]) * {"day": 1, "week": 7, "month": 30}[missed[2].lower()]
        return "missed_over_2_weeks" if days > 14 else "missed_under_2_weeks"
    return "achieved" if text is not None and not _is_denied(text) and find(vocabulary().done, text) else None


def _iso(text: str | None) -> str | None:
    """The date that a text prints in full, with a year; a text that holds a sum of money prints none."""
    if text is None or parse_amount(text) is not None:
        return None
    *_, last = _REPLACED.split(text)
    day: date | None = find_date(last) or find_date(text)
    return day.isoformat() if day is not None else None
