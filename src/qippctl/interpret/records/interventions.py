"""Interventions that ask for money, with their priority; and those that get none."""

from __future__ import annotations

from qippctl.interpret.forms import Form
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.records.place import Place, said
from qippctl.interpret.rows import is_total
from qippctl.interpret.words import find
from qippctl.models.figure import Doubt
from qippctl.models.records import Intervention, Record

_LEFT_OUT = ["excluded", "not within", "not prioritised", "not funded", "unfunded"]


def interventions(form: Form, place: Place) -> list[Record]:
    """A record for each row but totals. A list headed as excluded is of what gets no money."""
    headed = " | ".join((*place.lines_above, *form.titles))
    funded = form.layout.funded
    if find(_LEFT_OUT, headed):
        funded = False
    return [
        Intervention(
            **place.at(row) | {"doubts": _doubts(form, row.texts, row.doubts)},
            name=name,
            group=row.group,
            priority=said(row, "priority"),
            funded=_is_funded(said(row, "funded"), row.group, funded),
            summary=said(row, "summary"),
            delivers_on=said(row, "delivers_on"),
            investment=said(row, "investment"),
        )
        for row in form.rows
        if (name := said(row, "name")) and not is_total(name)
    ]


def _is_funded(text: str | None, group: str | None, otherwise: bool | None) -> bool | None:
    """Whether a row gets the money: as its own cell says, else the heading of its group, else the whole list's."""
    if text is not None:
        if find(["no", "n", "not", "rejected", "declined", "deferred", "unfunded", "excluded"], text):
            return False
        return (
            True if text in vocabulary().ticks or find(["yes", "y", "funded", "approved", "supported"], text) else None
        )
    return False if group is not None and find(_LEFT_OUT, group) else otherwise


def _doubts(form: Form, texts: dict[str, str], doubts: tuple[Doubt, ...]) -> tuple[Doubt, ...]:
    """Cells that do not look like their headings: no sum of money, priorities that run on or ran into the summary."""
    lost = "investment" in form.columns and not any(c.isdigit() for c in texts.get("investment", ""))
    served = texts.get("delivers_on", "")
    told = sum(1 for row in form.rows if row.texts.get("delivers_on")) * 2 > len(form.rows)
    torn = "delivers_on" in form.columns and told and (len(served) < 3 or served[0].islower())
    return tuple(dict.fromkeys((*doubts, Doubt.SHIFTED_ROW))) if lost or torn else doubts
