"""Findings that people accepted: marked, as long as the numbers are those that were accepted."""

from __future__ import annotations

from collections.abc import Iterable

from qippctl.models.decisions import Acceptance
from qippctl.models.finding import Accepted, Finding


def marked(findings: Iterable[Finding], made: Iterable[Acceptance]) -> list[Finding]:
    """Findings with what was accepted of them; of several acceptances the first that holds, else the last."""
    by_finding: dict[str, list[Acceptance]] = {}
    for one in made:
        by_finding.setdefault(one.finding, []).append(one)
    return [_marked(finding, by_finding.get(finding.id, ())) for finding in findings]


def _marked(finding: Finding, made: Iterable[Acceptance]) -> Finding:
    known = list(made)
    if not known:
        return finding
    holding = next((one for one in known if holds(one, finding)), None)
    name = "accepted" if holding is not None else "accepted_before"
    one = holding or known[-1]
    return finding.model_copy(update={name: Accepted(number=one.number, by=one.by, at=one.at, reason=one.reason)})


def holds(made: Acceptance, finding: Finding) -> bool:
    """Whether a finding still has the numbers that were accepted."""
    return (made.printed, made.recomputed) == (finding.printed, finding.recomputed)
