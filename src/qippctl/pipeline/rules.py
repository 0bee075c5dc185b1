"""Which RAG rule judges: the one that is named, the one that a paper of the period states, or the default one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qippctl.models.gaps import CheckedPolicy, PolicyCheck, UncolouredRow
from qippctl.models.policy import Policy
from qippctl.models.records import StatedPolicy
from qippctl.pipeline.choosing import find_policy

if TYPE_CHECKING:
    from qippctl.ledger import Fact, Ledger


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that were asked for: the named one, else what each paper states, else the default."""

    named: Policy | None = None

    def of(self, ledger: Ledger, organisation: str, facts: Sequence[Fact]) -> tuple[Policy, bool]:
        """The rule for one organisation's period, and whether a paper of it states it."""
        if self.named is not None:
            return self.named, False
        stated = stated_policy(ledger, organisation, facts)
        return (stated, True) if stated is not None else (find_policy(None), False)


def stated_policy(ledger: Ledger, organisation: str, facts: Sequence[Fact]) -> Policy | None:
    """The rule for money that the papers of these facts state; of several that of the later meeting, then of the final paper.

    A joint paper's rule is its bodies' rule; of several in one paper the body's own counts.
    """
    numbers = sorted({fact.paper_number for fact in facts})
    kept = ledger.records(papers=numbers, kind=StatedPolicy) if numbers else []
    found = [(k, k.record) for k in kept if isinstance(k.record, StatedPolicy) and k.record.money is not None]
    if not found:
        return None
    _, best = max(found, key=lambda item: (item[0].meeting, item[0].is_final, item[1].organisation == organisation))
    return Policy(
        name=best.name,
        title=best.title,
        source=best.source,
        reading=best.reading,
        money=best.money,
        milestones=best.milestones,
    )


def checked_policy(policy: Policy, ledger: Ledger) -> CheckedPolicy:
    """What a policy leaves open: by its own limits, and among the rows of the ledger that count milestones."""
    from qippctl.calc import gaps

    found = gaps.findings(policy)
    rows: list[UncolouredRow] = []
    asked = 0
    if policy.milestones is not None:
        for organisation, periods in ledger.organisations().items():
            for period in periods:
                figures = (fact.figure for fact in ledger.facts(organisation, period))
                own, count = gaps.uncoloured(policy, figures, period)
                rows += own
                asked += count
    doubted = sum(1 for row in rows if row.in_doubt)
    check = PolicyCheck(
        policy=policy.name,
        gaps=sum(1 for finding in found if finding.kind == "gap"),
        overlaps=sum(1 for finding in found if finding.kind == "overlap"),
        rows=asked,
        uncoloured=len(rows) - doubted,
        uncoloured_in_doubt=doubted,
    )
    return CheckedPolicy(check, found, rows)
