"""Papers that stay in the house: marked, and opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qippctl.errors import UsageError
from qippctl.models.decisions import Privacy, Undo
from qippctl.pipeline.choosing import find_paper
from qippctl.pipeline.undoing import undo

if TYPE_CHECKING:
    from qippctl.ledger import Ledger


def make_private(ledger: Ledger, named: str, *, by: str, at: str, reason: str, keep: bool = True) -> Privacy:
    """Say that a paper of the ledger stays in the house. UsageError where that is said already."""
    number = find_paper(ledger, named)
    standing = ledger.private().get(number)
    if standing is not None:
        raise UsageError(f"paper #{number} is private already, by {standing.by} as decision {standing.number}")
    paper = next(paper for paper in ledger.papers() if paper.number == number)
    made = Privacy(
        organisation=paper.cover.organisation,
        by=by,
        at=at,
        reason=reason,
        sha256=paper.cover.sha256,
        paper=paper.name,
    )
    return ledger.decide(made)[0] if keep else made


def make_public(ledger: Ledger, named: str, *, by: str, at: str, reason: str, keep: bool = True) -> Undo:
    """Take back that a paper stays in the house. UsageError where it does not."""
    number = find_paper(ledger, named)
    standing = ledger.private().get(number)
    if standing is None:
        raise UsageError(f"paper #{number} is not private; nothing is changed")
    return undo(ledger, standing.number, Privacy, by=by, at=at, reason=reason, keep=keep)
