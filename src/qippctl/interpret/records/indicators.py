"""Performance indicators: a row, or several lines, with baseline, target and what was reached."""

from __future__ import annotations

import re

from qippctl.interpret.forms import Form, FormRow
from qippctl.interpret.records.place import Place, said
from qippctl.models.records import Indicator, Level, Record

_PREFIX = re.compile(r"^(?:programme|workstream)\s*:\s*", re.IGNORECASE)
_LEVEL = re.compile(r"^(national|local)(?: indicators?)?$", re.IGNORECASE)


def indicators(form: Form, place: Place) -> list[Record]:
    """A record for each row with a name."""
    return [
        Indicator(
            **place.at(row),
            workstream=workstream_of(row),
            level=level_of(said(row, "level")),
            name=name,
            baseline=said(row, "baseline"),
            baseline_period=said(row, "baseline_period"),
            target=said(row, "target"),
            actual=said(row, "actual"),
            actual_period=said(row, "actual_period"),
            rank=said(row, "rank"),
            frequency=said(row, "frequency"),
            comment=said(row, "comment"),
        )
        for row in form.rows
        if (name := said(row, "name")) and re.search(r"[A-Za-z]{3}", name)
    ]


def workstream_of(row: FormRow) -> str | None:
    """The programme that a row stands under, without the word before its name."""
    return _PREFIX.sub("", said(row, "workstream") or "") or None


def level_of(text: str | None) -> Level | None:
    found = _LEVEL.match(text or "")
    return None if found is None else "national" if found[1].lower() == "national" else "local"
