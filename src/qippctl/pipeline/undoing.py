"""Taking a decision back: it stays in the ledger, with the decision that undid it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qippctl.errors import NotFoundError, UsageError
from qippctl.models.decisions import Decision, Undo

if TYPE_CHECKING:
    from qippctl.ledger import Ledger


def undo(
    ledger: Ledger, number: int, kind: type[Decision], *, by: str, at: str, reason: str, keep: bool = True
) -> Undo:
    """Undo a decision of a type by its number; what was kept, or would be where `keep` is false.

    NotFoundError where there is no such decision, UsageError where it does not hold any more.
    """
    name = kind.model_fields["type"].default.replace("-", " ")
    found = ledger.decision(number)
    if not isinstance(found, kind):
        there = ", ".join(str(decision.number) for decision in ledger.decisions(kind)) or "none"
        raise NotFoundError(f"no {name} has the number {number}; there are: {there}")
    if found.undone_by is not None:
        raise UsageError(f"{name} {number} was undone already, by decision {found.undone_by}; nothing is changed")
    made = Undo(organisation=found.organisation, by=by, at=at, reason=reason, undoes=number)
    return ledger.decide(made)[0] if keep else made
