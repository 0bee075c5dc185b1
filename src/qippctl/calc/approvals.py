"""Which of a board's decisions makes a restated plan the plan."""

from __future__ import annotations

from collections.abc import Sequence

from qippctl.calc.positions import normal_name
from qippctl.models.decisions import PlanApproval


def approved(
    approvals: Sequence[PlanApproval],
    period: str,
    scheme: str | None,
    *,
    since: str | None = None,
    was: Sequence[str] = (),
) -> PlanApproval | None:
    """The decision on a plan that a period's papers first print: a scheme's own outranks the programme's, a later an earlier.

    With `since` a decision on any period after it counts too. `was` are the scheme's earlier names. `scheme` None asks for
    the programme as a whole, which no decision on one scheme covers. None: nobody approved it.
    """
    known = [
        a
        for a in approvals
        if a.undone_by is None and (a.period == period or (since is not None and since < a.period <= period))
    ]
    names = {normal_name(name) for name in (scheme, *was) if name} if scheme else set()
    own = [a for a in known if a.scheme and normal_name(a.scheme) in names]
    whole = [a for a in known if a.scheme is None]
    return max(own or whole, key=lambda a: a.number, default=None)
