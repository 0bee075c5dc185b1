"""Auditing papers: files as they are, or those of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qippctl.errors import NotFoundError, UnreadableError
from qippctl.models.decisions import Acceptance
from qippctl.models.finding import Finding, RuleAnswer
from qippctl.models.policy import Policy
from qippctl.models.records import Claim, StatedPolicy
from qippctl.pipeline.auditing_between import audit_together, audit_with_the_month_before
from qippctl.pipeline.choosing import choose_organisations, period_named
from qippctl.pipeline.finances import line_kind

if TYPE_CHECKING:
    from qippctl.audit import Audit, Terms
    from qippctl.ledger import Ledger, LedgerPaper
    from qippctl.models.paper import Paper


def audit_paper(paper: Paper, policy: Policy | None = None, terms: Terms | None = None) -> Audit:
    """Every rule over one paper, judged by its own RAG rule unless another is named.

    UnreadableError where a rule trips over the paper, so that the others are still done.
    """
    from qippctl.audit import Material, Terms, audit

    by = terms or Terms()
    try:
        return audit(Material(paper, policy or stated_rule(paper), by.thresholds, line_kind), by)
    except Exception as error:
        raise UnreadableError(
            f"{paper.cover.paper}: cannot be audited ({type(error).__name__}: {error}); please report this"
        ) from error


def audit_ledger(
    ledger: Ledger,
    organisation: str | None = None,
    period: str | None = None,
    policy: Policy | None = None,
    terms: Terms | None = None,
    *,
    progress: Callable[[LedgerPaper, int, int], None] | None = None,
    failed: Callable[[UnreadableError], None] | None = None,
) -> Iterator[Audit]:
    """Every rule over the papers of the chosen organisations and period: of each, the newest,
    beside the one before it.

    `progress` is told of each paper before it is audited, `failed` of each that a rule trips over.
    """
    chosen = chosen_papers(ledger, organisation, period)
    for number, kept in enumerate(chosen):
        if progress is not None:
            progress(kept, number, len(chosen))
        try:
            yield audit_paper(ledger.whole(kept, as_printed=True), policy, terms)
        except UnreadableError as error:
            if failed is None:
                raise
            failed(error)
    yield from audit_with_the_month_before(ledger, organisation, period, policy, terms)


def audited(
    ledger: Ledger, organisation: str | None = None, period: str | None = None, policy: Policy | None = None
) -> tuple[Audit, tuple[Finding, ...]]:
    """The audit of the chosen papers as one, and its findings in order, those marked that a person accepted."""
    from qippctl.audit import in_order, joined, marked

    found = joined(audit_ledger(ledger, organisation, period, policy))
    return found, in_order(marked(found.findings, ledger.decisions(Acceptance)))


def untied(ledger: Ledger, organisation: str | None = None, period: str | None = None) -> list[Claim]:
    """The sentences with numbers that nothing could be held against, of the papers that `audit_ledger` looks at."""
    return [
        claim
        for kept in chosen_papers(ledger, organisation, period)
        for claim in untied_of(ledger.whole(kept, as_printed=True))
    ]


def untied_of(paper: Paper) -> list[Claim]:
    """The sentences of a paper with numbers that nothing could be held against."""
    from qippctl.audit import Material, untied_claims

    return untied_claims(Material(paper))


def chosen_papers(ledger: Ledger, organisation: str | None, period: str | None) -> Sequence[LedgerPaper]:
    """The papers that report the chosen period of the chosen organisations, or that have none, in their order."""
    chosen = choose_organisations(ledger, organisation) if organisation is not None else None
    joint = {number for name in chosen or () for number in ledger.papers_of(name)}
    periods = ledger.organisations()
    found = []
    for paper in ledger.papers():
        own = paper.cover.organisation or ""
        if chosen is not None and own not in chosen and paper.number not in joint:
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


def audit_rules(terms: Terms | None = None) -> list[RuleAnswer]:
    """Every rule, in the order of codes, as it is in force."""
    from qippctl.audit import Terms, rules

    by = terms or Terms()
    return [
        rule.answer.model_copy(
            update={
                "severity": by.severities.get(code, rule.severity),
                "enabled": code not in by.disabled,
                "parameters": tuple(
                    one.model_copy(update={"value": by.thresholds.get(one.name, one.default)})
                    for one in rule.answer.parameters
                ),
            }
        )
        for code, rule in rules().items()
    ]


def explain_rule(code: str, terms: Terms | None = None) -> RuleAnswer:
    """The page of a rule, by its code or its name; NotFoundError lists what there is."""
    known = audit_rules(terms)
    wanted = code.strip().casefold()
    found = next((rule for rule in known if wanted in (rule.code.casefold(), rule.name)), None)
    if found is None:
        codes = ", ".join(rule.code for rule in known)
        raise NotFoundError(f'no rule is called "{code}"; there are: {codes}')
    return found


def audit_file(path: Path, policy: Policy | None = None, terms: Terms | None = None) -> Audit:
    """Every rule over a file, which is read anew; no ledger is touched. Raises UnreadableError with the reason."""
    from qippctl.pipeline.reading import extract

    return audit_paper(extract(path), policy, terms)


def audit_files(
    files: Sequence[Path],
    policy: Policy | None = None,
    terms: Terms | None = None,
    *,
    progress: Callable[[Path, int, int], None] | None = None,
    failed: Callable[[UnreadableError], None],
) -> Iterator[Audit]:
    """Every rule over files, read anew, and over those of one organisation together. `failed` is told what is not read."""
    from qippctl.pipeline.reading import extract

    read = []
    for path in files:
        try:
            paper = extract(path, progress=partial(progress, path) if progress else None)
            yield audit_paper(paper, policy, terms)
            read.append(paper)
        except UnreadableError as error:
            failed(error)
    yield from audit_together(read, policy, terms)
