"""Which of a board's decisions makes a restated plan the plan."""

from __future__ import annotations

from collections.abc import Sequence

from qippctl.calc.positions import normal_name
from qippctl.models.decisions import PlanApproval


def approved(approvals: Sequence[PlanApproval], period: str, scheme: str | None) -> PlanApproval | None:
    """The decision on a plan that a period's papers first print: a scheme's own outranks the programme's, a later an earlier.

    `scheme` None asks for the programme as a whole, which no decision on one scheme covers. None: nobody approved it.
    """
    of_period = [a for a in approvals if a.period == period and a.undone_by is None]
    own = [a for a in of_period if scheme and a.scheme and normal_name(a.scheme) == normal_name(scheme)]
    whole = [a for a in of_period if a.scheme is None]
    return max(own or whole, key=lambda a: a.number, default=None)
