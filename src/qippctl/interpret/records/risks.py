"""Lines of risk registers, and scenarios of what a plan's assumptions may come to."""

from __future__ import annotations

import re

from qippctl.interpret.forms import Form, FormRow
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.records.place import Place, said
from qippctl.interpret.words import find
from qippctl.models.records import Record, Risk, Scenario

# `Impact =1; Likelihood=4`, as a register's actions may say where its columns have no room for both.
_IMPACT = re.compile(r"\b(?:impact|consequence|severity) {0,2}[=:]? {0,2}([1-5])(?![0-9.%])", re.IGNORECASE)
_LIKELIHOOD = re.compile(r"\b(?:likelihood|probability) {0,2}[=:]? {0,2}([1-5])(?![0-9.%])", re.IGNORECASE)
_APART = 30
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
            impact=said(row, "impact") or factors[0],
            likelihood=said(row, "likelihood") or factors[1],
            change=said(row, "change"),
            closed=find(["closed", "close"], said(row, "change") or "") is not None,
        )
        for row in form.rows
        if (description := said(row, "description"))
        for factors in [_factors(row)]
    ]


def _factors(row: FormRow) -> tuple[str | None, str | None]:
    """Impact and likelihood as the actions say them side by side; none where columns print one of them, or where the score
    is not their product: the words may be about another rating."""
    text, score = said(row, "actions") or "", said(row, "score")
    if said(row, "impact") or said(row, "likelihood"):
        return None, None
    for impact in _IMPACT.finditer(text):
        around = text[max(impact.start() - _APART, 0) : impact.end() + _APART]
        likelihood = _LIKELIHOOD.search(around)
        if likelihood is not None and score in (None, str(int(impact[1]) * int(likelihood[1]))):
            return impact[1], likelihood[1]
    return None, None


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
