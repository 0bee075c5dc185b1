"""Boards' decisions on restated plans: recorded and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qippctl.errors import NotFoundError, UsageError
from qippctl.models.decisions import PlanApproval
from qippctl.pipeline.answers import positions
from qippctl.pipeline.choosing import Choice, choose, choose_organisations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qippctl.ledger import Ledger

MOST_NAMED = 5


def approve(
    ledger: Ledger,
    organisation: str,
    period: str,
    *,
    meeting: str,
    by: str,
    at: str,
    reason: str,
    scheme: str | None = None,
    keep: bool = True,
) -> PlanApproval:
    """Record that a meeting approved the plan of a period, of one scheme or of all; kept unless `keep` is false.

    A scheme is named as the period's papers name it, or by a part of it that no other has. UsageError where the same was
    recorded already.
    """
    if not meeting.strip():
        raise UsageError("--meeting is empty; say which body decided, and when, as its minutes do")
    (choice,) = choose(ledger, organisation, period)
    made = PlanApproval(
        organisation=choice.organisation or None,
        by=by,
        at=at,
        reason=reason,
        period=choice.period,
        scheme=_scheme(ledger, choice, scheme) if scheme is not None else None,
        meeting=meeting,
    )
    for known in ledger.decisions(PlanApproval):
        if (known.organisation, known.period, known.scheme, known.meeting) == (
            made.organisation, made.period, made.scheme, made.meeting,
        ):  # fmt: skip
            raise UsageError(f"plan approval {known.number} says the same already; nothing is changed")
    return ledger.decide(made)[0] if keep else made


def approvals(ledger: Ledger, organisation: str | None = None, *, undone: bool = False) -> Sequence[PlanApproval]:
    """The approvals that hold, in the order in which they were recorded; those that were withdrawn only if asked for."""
    names = choose_organisations(ledger, organisation) if organisation is not None else None
    return [
        approval
        for approval in ledger.decisions(PlanApproval, undone=undone)
        if names is None or (approval.organisation or "") in names
    ]


def _scheme(ledger: Ledger, choice: Choice, asked: str) -> str:
    from qippctl.calc.positions import normal_name

    known = sorted({p.scheme for p in positions(ledger, choice)[0] if p.level == "scheme" and p.scheme})
    wanted = normal_name(asked)
    found = [name for name in known if normal_name(name) == wanted]
    found = found or [name for name in known if wanted and wanted in normal_name(name)]
    if len(found) != 1:
        listed = "; ".join((found or known)[:MOST_NAMED]) or "none"
        said = "several schemes have it in their names" if found else "no scheme of the period is called that"
        raise NotFoundError(f'"{asked}": {said}: {listed}. See: qippctl schemes --period {choice.period}')
    return found[0]
