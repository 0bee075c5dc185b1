"""Auditing papers: files as they are, or those of the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qippctl.errors import NotFoundError
from qippctl.models.finding import RuleAnswer
from qippctl.models.policy import Policy
from qippctl.models.records import StatedPolicy
from qippctl.pipeline.auditing_between import audit_with_the_month_before
from qippctl.pipeline.choosing import choose_organisations, period_named

if TYPE_CHECKING:
    from qippctl.audit import Audit
    from qippctl.ledger import Ledger, LedgerPaper
    from qippctl.models.paper import Paper


def audit_paper(paper: Paper, policy: Policy | None = None) -> Audit:
    """Every rule over one paper, judged by its own RAG rule unless another is named."""
    from qippctl.audit import Material, audit

    return audit(Material(paper, policy or stated_rule(paper)))


def audit_ledger(
    ledger: Ledger, organisation: str | None = None, period: str | None = None, policy: Policy | None = None
) -> Iterator[Audit]:
    """Every rule over the papers of the chosen organisations and period: of each, the newest, beside the one before it."""
    for kept in chosen_papers(ledger, organisation, period):
        yield audit_paper(ledger.whole(kept, as_printed=True), policy)
    yield from audit_with_the_month_before(ledger, organisation, period, policy)


def chosen_papers(ledger: Ledger, organisation: str | None, period: str | None) -> Sequence[LedgerPaper]:
    """The papers that report the chosen period of the chosen organisations, or that have none, in their order."""
    chosen = choose_organisations(ledger, organisation) if organisation is not None else None
    periods = ledger.organisations()
    found = []
    for paper in ledger.papers():
        own = paper.cover.organisation or ""
        if chosen is not None and own not in chosen:
            continue
        known = periods.get(own, [])
        wanted = period_named(period, known) if known else period
        reported = {table.period for table in paper.tables if table.period} | {paper.cover.period}
        if wanted is None or wanted in reported or (period is None and not any(reported)):
            found.append(paper)
    if not found and period is not None:
        raise NotFoundError(f"no paper of the ledger reports {period}. See: qippctl papers")
    return found


def stated_rule(paper: Paper) -> Policy | None:
    """The RAG rule that a paper states for money or milestones; None where it states none."""
    found = [r for r in paper.records if isinstance(r, StatedPolicy) and (r.money or r.milestones)]
    if not found:
        return None
    best = found[0]
    return Policy(
        name=best.name,
        title=best.title,
        source=best.source,
        reading=best.reading,
        money=best.money,
        milestones=best.milestones,
    )


def audit_rules() -> list[RuleAnswer]:
    """Every rule, in the order of codes."""
    from qippctl.audit import rules

    return [rule.answer for rule in rules().values()]


def explain_rule(code: str) -> RuleAnswer:
    """The page of a rule, by its code or its name; NotFoundError lists what there is."""
    known = audit_rules()
    wanted = code.strip().casefold()
    found = next((rule for rule in known if wanted in (rule.code.casefold(), rule.name)), None)
    if found is None:
        codes = ", ".join(rule.code for rule in known)
        raise NotFoundError(f'no rule is called "{code}"; there are: {codes}')
    return found


def audit_file(path: Path, policy: Policy | None = None) -> Audit:
    """Every rule over a file, which is read anew; no ledger is touched. Raises UnreadableError with the reason."""
    from qippctl.pipeline.reading import extract

    return audit_paper(extract(path), policy)
