"""How the milestones of the ledger's papers stand at a date."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from qippctl.errors import NotFoundError
from qippctl.models.policy import Policy
from qippctl.models.records import Milestone, Record, StatedPolicy
from qippctl.models.registers import MilestoneAnswer
from qippctl.pipeline.answers import links_of
from qippctl.pipeline.choosing import find_policy, period_named

if TYPE_CHECKING:
    from qippctl.calc.punctuality import Listed
    from qippctl.ledger import Ledger, LedgerPaper, RecordFact


def milestones(
    ledger: Ledger,
    organisation: str | None = None,
    period: str | None = None,
    *,
    at: date,
    policy: Policy | None = None,
) -> list[MilestoneAnswer]:
    """Each milestone of the chosen bodies' papers (of all, or of those up to a period) as it stands at a date."""
    from qippctl.calc.punctuality import answers

    papers = {paper.number: paper for paper in ledger.papers()}
    out = []
    for name, facts in of_bodies(ledger, Milestone, organisation, period, papers).items():
        rule = policy if policy is not None else _stated_rule(ledger, sorted({f.paper_number for f in facts}))
        out += answers(_listed(ledger, name, facts, papers), at, rule)
    return out


def of_bodies(
    ledger: Ledger,
    kind: type[Record],
    organisation: str | None,
    period: str | None,
    papers: dict[int, LedgerPaper],
) -> dict[str, list[RecordFact]]:
    """The records of a type by body, of one body if asked, of papers up to a period if asked.

    NotFoundError where no body, or several, are called so; a body without such records gives none.
    """
    found: dict[str, list[RecordFact]] = defaultdict(list)
    for fact in ledger.records(kind=kind):
        found[fact.record.organisation or ""].append(fact)
    if organisation is not None:
        wanted = organisation.casefold().strip()
        known = sorted(found.keys() | ledger.organisations().keys())
        names = [n for n in known if n.casefold() == wanted] or [n for n in known if wanted in n.casefold()]
        if len(names) != 1:
            there = "; ".join(name or "(unnamed)" for name in names or known) or "none. Next: qippctl ingest PATH"
            said = "is part of several names" if names else "is no organisation of the ledger"
            raise NotFoundError(f'"{organisation}" {said}; there are: {there}')
        found = defaultdict(list, {names[0]: found[names[0]]})
    out = {}
    for name in sorted(found):
        own = found[name]
        periods = sorted({p for f in own if (p := papers[f.paper_number].cover.period)})
        if period is not None and periods:
            last = period_named(period, periods)
            own = [f for f in own if (papers[f.paper_number].cover.period or "")[: len(last)] <= last]
        if own:
            out[name] = own
    return out


def _stated_rule(ledger: Ledger, papers: list[int]) -> Policy:
    """The rule for milestones that one of these papers states, the newest first; else the default policy."""
    stated = [
        (fact.meeting, fact.is_final, fact.record)
        for fact in ledger.records(papers=papers, kind=StatedPolicy)
        if isinstance(fact.record, StatedPolicy) and fact.record.milestones is not None
    ]
    if not stated:
        return find_policy(None)
    _, _, best = max(stated, key=lambda item: item[:2])
    return Policy(
        name=best.name, title=best.title, source=best.source, reading=best.reading, milestones=best.milestones
    )


def _listed(ledger: Ledger, name: str, facts: list[RecordFact], papers: dict[int, LedgerPaper]) -> list[Listed]:
    """What each paper lists of each scheme, by the name that the scheme goes by now, with its owners."""
    from qippctl.calc.due import written, year_of
    from qippctl.calc.identity import standing, standing_name
    from qippctl.calc.owners import Owners
    from qippctl.calc.positions import normal_name
    from qippctl.calc.punctuality import Listed

    periods = [p for f in facts if (p := papers[f.paper_number].cover.period)]
    names = standing(links_of(ledger, name), max(periods, default=""))
    owners = Owners(f.record for f in sorted(ledger.records(name), key=lambda f: f.meeting))
    gathered: dict[tuple[int, str], list[Milestone]] = defaultdict(list)
    called: dict[tuple[int, str], str | None] = {}
    for fact in facts:
        if isinstance(fact.record, Milestone):
            scheme = standing_name(names, "scheme", fact.record.scheme)
            key = (fact.paper_number, normal_name(scheme))
            gathered[key].append(fact.record)
            called.setdefault(key, scheme)
    out = []
    for key, steps in gathered.items():
        number, scheme = key[0], called[key]
        cover = papers[number].cover
        out.append(
            Listed(
                tuple(steps),
                scheme,
                number,
                written(cover),
                cover.status != "draft",
                cover.meeting_date,
                cover.period,
                year_of(cover),
                owners.of(scheme, cover=cover),
            )
        )
    return out
