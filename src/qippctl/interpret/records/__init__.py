"""Records of every type but figures and ratings, each type in a module of its own, from forms, shapes and prose.

A form (`interpret/forms.py`) is turned into records by the function that `FROM_FORMS` names for its layout's `record`.
"""

from __future__ import annotations

from collections.abc import Callable

from qippctl.interpret.forms import Form
from qippctl.interpret.records.indicators import indicators
from qippctl.interpret.records.interventions import interventions
from qippctl.interpret.records.milestones import milestones
from qippctl.interpret.records.place import Place
from qippctl.interpret.records.positions import positions
from qippctl.interpret.records.projects import listed_projects
from qippctl.interpret.records.risks import risks, scenarios
from qippctl.interpret.records.statuses import statuses
from qippctl.models.records import Record

FROM_FORMS: dict[str, Callable[[Form, Place], list[Record]]] = {
    "indicator": indicators,
    "intervention": interventions,
    "milestone": milestones,
    "position": positions,
    "project": listed_projects,
    "risk": risks,
    "scenario": scenarios,
    "status": statuses,
}


def records_of(form: Form, place: Place) -> list[Record]:
    """The records of a form, in the order of its rows."""
    return FROM_FORMS[form.layout.record or ""](form, place)
