"""Dashboards: how each programme stands, its exceptions, the actions against them, and who answers for it."""

from __future__ import annotations

from qippctl.interpret.forms import Form, FormRow
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.records.place import Place, said
from qippctl.interpret.words import find
from qippctl.models.figure import Doubt
from qippctl.models.records import Direction, Position, Record

_OWNERS = ("src", "sro", "manager", "owner")


def positions(form: Form, place: Place) -> list[Record]:
    """A record a programme: the rows of its criteria are taken together, their texts joined by line breaks."""
    programmes: list[tuple[str, list[FormRow]]] = []
    for row in form.rows:
        name = said(row, "workstream")
        if name is None:
            continue
        if not programmes or programmes[-1][0] != name:
            programmes.append((name, []))
        programmes[-1][1].append(row)
    return [_position(name, rows, place) for name, rows in programmes]


def _position(name: str, rows: list[FormRow], place: Place) -> Position:
    courses = list(dict.fromkeys(filter(None, (direction(said(row, "position")) for row in rows))))
    doubts = tuple(dict.fromkeys(doubt for row in rows for doubt in row.doubts))
    if len(courses) > 1:
        doubts = (*doubts, Doubt.HEADING_UNCLEAR)  # one a criterion, and none for the whole
    return Position(
        **place.at(rows[0]) | {"doubts": doubts},
        workstream=name,
        position=courses[0] if len(courses) == 1 else None,
        exception=_joined(rows, "exception"),
        action=_joined(rows, "action"),
        owners={
            owner: text for owner in _OWNERS if (text := next(filter(None, (said(row, owner) for row in rows)), None))
        },
    )


def direction(text: str | None) -> Direction | None:
    """What an arrow or a word says of a programme's course.

    >>> direction("↔"), direction("Worsening"), direction("on plan")
    ('maintained', 'worsening', None)
    """
    if text is None:
        return None
    for found, words in vocabulary().directions.items():
        if any(word in text for word in words if not word[0].isalnum()) or find(
            [word for word in words if word[0].isalnum()], text
        ):
            return found
    return None


def _joined(rows: list[FormRow], name: str) -> str | None:
    return "\n".join(filter(None, (said(row, name) for row in rows))) or None
