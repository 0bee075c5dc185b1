"""Auditing the papers of one period against those of the period before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from qippctl.models.decisions import PlanApproval
from qippctl.models.policy import Policy
from qippctl.pipeline.answers import links_of
from qippctl.pipeline.choosing import TwoPeriods, choose_organisations, period_named
from qippctl.pipeline.finances import line_kind
from qippctl.pipeline.following import both_periods
from qippctl.pipeline.rules import stated_policy

if TYPE_CHECKING:
    from qippctl.audit import Audit, Terms
    from qippctl.ledger import Ledger
    from qippctl.models.paper import Paper


def audit_with_the_month_before(
    ledger: Ledger,
    organisation: str | None = None,
    period: str | None = None,
    policy: Policy | None = None,
    terms: Terms | None = None,
) -> Iterator[Audit]:
    """Every rule between papers over the chosen period of each organisation and the one before; nothing where there is none."""
    known = ledger.organisations()
    chosen = choose_organisations(ledger, organisation) if organisation is not None else known
    for name, periods in chosen.items():
        last = period_named(period, periods)
        before = [p for p in periods if p < last and ("-M" in p) == ("-M" in last)]
        if last in periods and before:
            yield _audit(ledger, TwoPeriods(name, before[-1], last), policy, terms)


def audit_together(
    papers: Sequence[Paper], policy: Policy | None = None, terms: Terms | None = None
) -> Iterator[Audit]:
    """Every rule between papers that are given together: each period of an organisation and the next. No ledger is touched."""
    reported = {(t.period, p.cover.organisation) for p in papers for t in p.tables if t.period}
    if len(papers) < 2 or len({period for period, _ in reported}) < 2:
        return
    from qippctl.ledger import empty_ledger

    ledger = empty_ledger()
    for paper in papers:
        ledger.add(paper, version="")
    for name, periods in ledger.organisations().items():
        for kind in (True, False):
            own = [period for period in periods if ("-M" in period) is kind]
            for earlier, later in pairwise(own):
                yield _audit(ledger, TwoPeriods(name, earlier, later), policy, terms)


def _audit(ledger: Ledger, two: TwoPeriods, policy: Policy | None, terms: Terms | None) -> Audit:
    from qippctl.audit import Material, Months, Terms, audit_between
    from qippctl.calc.identity import pairs

    first = ledger.facts(two.organisation, two.earlier, as_printed=True)
    last = ledger.facts(two.organisation, two.later, as_printed=True)
    before, after, _ = both_periods(ledger, two, first, last)
    by = terms or Terms()
    rule = policy or stated_policy(ledger, two.organisation, last)
    numbers = {fact.paper_number for fact in last}
    later = [ledger.whole(kept, as_printed=True) for kept in ledger.papers() if kept.number in numbers]
    return audit_between(
        Months(
            organisation=two.organisation,
            from_period=two.earlier,
            to_period=two.later,
            pairs=pairs(before, after, links_of(ledger, two.organisation), two.earlier, two.later),
            papers={paper.cover.sha256: Material(paper, rule, by.thresholds, line_kind) for paper in later},
            policy=rule,
            approvals=[a for a in ledger.decisions(PlanApproval) if (a.organisation or "") == two.organisation],
        ),
        by,
    )
