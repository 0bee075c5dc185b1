"""Lines of risk registers, and scenarios of what a plan's assumptions may come to."""

from __future__ import annotations

import re

from qippctl.interpret.forms import Form
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.records.place import Place, said
from qippctl.interpret.words import find
from qippctl.models.records import Record, Risk, Scenario

_IN_BRACKETS = re.compile(r"\(([^()]{2,20})\)")


def risks(form: Form, place: Place) -> list[Record]:
    """A record for each row with a description; it is closed where a mark of its own says so."""
    return [
        Risk(
            **place.at(row),
            number=said(row, "number"),
            description=description,
            actions=said(row, "actions"),
            score=said(row, "score"),
            impact=said(row, "impact"),
            likelihood=said(row, "likelihood"),
            change=said(row, "change"),
            closed=find(["closed", "close"], said(row, "change") or "") is not None,
        )
        for row in form.rows
        if (description := said(row, "description"))
    ]


def scenarios(form: Form, place: Place) -> list[Record]:
    """A record for each row; how likely it is stands in brackets behind the sum."""
    return [
        Scenario(
            **place.at(row),
            description=description,
            risk=said(row, "risk"),
            benefit=said(row, "benefit"),
            likelihood=said(row, "likelihood") or _likelihood(said(row, "risk") or said(row, "benefit")),
        )
        for row in form.rows
        if (description := said(row, "description"))
    ]


def _likelihood(text: str | None) -> str | None:
    words = _IN_BRACKETS.findall(text or "")
    return next((word for word in words if find(vocabulary().likelihoods, word)), None)
