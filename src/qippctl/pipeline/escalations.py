"""What papers promise to take further by a date, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qippctl.errors import NotFoundError, UsageError
from qippctl.models.decisions import Outcome
from qippctl.models.records import Position, Risk, Status
from qippctl.models.returns import Escalation
from qippctl.pipeline.choosing import choose, choose_organisations

if TYPE_CHECKING:
    from qippctl.calc.escalations import Told
    from qippctl.calc.owners import Owners
    from qippctl.ledger import Ledger, LedgerPaper
    from qippctl.models.records import Record

MOST_NAMED = 5


def escalations(
    ledger: Ledger, organisation: str | None = None, period: str | None = None, *, today: date
) -> list[Escalation]:
    """Every escalation of the chosen organisations' papers: of all, or of those up to a period; see `Escalation.is_open`."""
    from qippctl.calc import owners as named
    from qippctl.calc.escalations import escalations as promised

    chosen = choose_organisations(ledger, organisation) if organisation is not None else None
    last = {c.organisation: c.period for c in choose(ledger, organisation, period)} if period is not None else None
    papers = {paper.number: paper for paper in ledger.papers()}
    kept = [
        fact
        for fact in ledger.records(next(iter(chosen)) if chosen is not None else None)
        if last is None or _is_up_to(papers[fact.paper_number], last.get(fact.record.organisation or ""))
    ]
    owners = {
        name: named.Owners(fact.record for fact in kept if fact.record.organisation == name)
        for name in {fact.record.organisation for fact in kept}
    }
    told = [
        one
        for fact in kept
        if (one := _told(fact.record, papers[fact.paper_number], owners[fact.record.organisation])) is not None
    ]
    return promised(told, ledger.decisions(Outcome), today)


def find_escalation(ledger: Ledger, asked: str, *, today: date) -> Escalation:
    """The escalation of an id, or of the beginning of one that no other has; NotFoundError otherwise."""
    known = escalations(ledger, today=today)
    wanted = asked.strip().casefold()
    found = [one for one in known if one.id == wanted] or [one for one in known if wanted and one.id.startswith(wanted)]
    if len(found) != 1:
        ids = ", ".join(one.id for one in (found or known)[:MOST_NAMED]) or "none"
        said = "several escalations begin with" if found else "no escalation has the id"
        raise NotFoundError(f'{said} "{asked}"; there are: {ids}. See: qippctl escalations --all')
    return found[0]


def resolve(
    ledger: Ledger, asked: str, outcome: str, *, by: str, at: str, reason: str, today: date, keep: bool = True
) -> tuple[Outcome, Escalation]:
    """Record what became of an escalation; the decision (kept unless `keep` is false), and what it is about.

    UsageError where an outcome is on record: it is to be taken back first.
    """
    if not outcome.strip():
        raise UsageError("--outcome is empty; say what became of it")
    of = find_escalation(ledger, asked, today=today)
    if of.decision is not None:
        raise UsageError(
            f'escalation {of.id} has an outcome, "{of.outcome}"; to change it first: '
            f"qippctl escalations reopen {of.decision} --reason TEXT"
        )
    made = Outcome(organisation=of.organisation, by=by, at=at, reason=reason, escalation=of.id, outcome=outcome)
    return (ledger.decide(made)[0] if keep else made), of


def _is_up_to(paper: LedgerPaper, last: str | None) -> bool:
    """Whether a paper is of a period or an earlier one; papers without a period are taken with all others."""
    return last is not None and (paper.cover.period is None or paper.cover.period <= last)


def _told(record: Record, paper: LedgerPaper, owners: Owners) -> Told | None:
    """What a record says that may be a promise; None of records of other types."""
    from qippctl.calc.due import written
    from qippctl.calc.escalations import Told

    scheme = workstream = code = None
    if isinstance(record, Status):
        texts = (record.issue, record.mitigation)
        scheme, workstream, code = record.scheme, record.workstream, record.code
    elif isinstance(record, Risk):
        texts = (record.description, record.actions)
        scheme, code = record.description, record.number
    elif isinstance(record, Position):
        texts = (record.exception, record.action)
        workstream = record.workstream
    else:
        return None
    return Told(
        record.organisation,
        tuple(text for text in texts if text),
        record.paper,
        paper.number,
        record.page,
        written(paper.cover),
        workstream,
        scheme,
        code,
        owners.of(scheme, workstream, code, paper.cover),
    )
