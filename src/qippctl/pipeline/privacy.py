"""Papers that stay in the house: marked, and opened again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qippctl.errors import UsageError
from qippctl.models.decisions import Privacy, Undo
from qippctl.pipeline.choosing import find_paper
from qippctl.pipeline.undoing import undo

if TYPE_CHECKING:
    from qippctl.ledger import Ledger
    from qippctl.models.paper import Cover


@dataclass(frozen=True, slots=True)
class Said:
    """Who says that papers stay in the house, when and why."""

    by: str
    at: str
    reason: str


def privacy_of(cover: Cover, said: Said) -> Privacy:
    """The decision that a paper stays in the house, not kept yet."""
    return Privacy(
        organisation=cover.organisation,
        by=said.by,
        at=said.at,
        reason=said.reason,
        sha256=cover.sha256,
        paper=cover.paper,
    )


def make_private(
    ledger: Ledger, named: str, *, by: str, at: str, reason: str, keep: bool = True
) -> tuple[int, Privacy]:
    """Say that a paper of the ledger stays in the house; its number, and the decision. UsageError where that is said already."""
    number = find_paper(ledger, named)
    standing = ledger.private().get(number)
    if standing is not None:
        raise UsageError(f"paper #{number} is private already, by {standing.by} as decision {standing.number}")
    paper = next(paper for paper in ledger.papers() if paper.number == number)
    made = privacy_of(paper.cover, Said(by, at, reason))
    return number, (ledger.decide(made)[0] if keep else made)


def make_public(ledger: Ledger, named: str, *, by: str, at: str, reason: str, keep: bool = True) -> Undo:
    """Take back that a paper stays in the house. UsageError where it does not."""
    number = find_paper(ledger, named)
    standing = ledger.private().get(number)
    if standing is None:
        raise UsageError(f"paper #{number} is not private; nothing is changed")
    return undo(ledger, standing.number, Privacy, by=by, at=at, reason=reason, keep=keep)
