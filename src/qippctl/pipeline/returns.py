"""What is missing for a period: schemes without a report, drafts, data that stop early."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qippctl.models.returns import Return
from qippctl.pipeline.answers import links_of, positions
from qippctl.pipeline.choosing import Choice, choose, choose_organisations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qippctl.ledger import Ledger, LedgerPaper, RecordFact
    from qippctl.models.paper import Cover


def returns(
    ledger: Ledger, organisation: str | None = None, period: str | None = None
) -> list[tuple[Choice, list[Return]]]:
    """What each chosen organisation's period lacks; nothing is in the list of one that has reported in full."""
    periods = choose_organisations(ledger, organisation)
    asked = choose(ledger, organisation, period)
    papers = ledger.papers()
    return [(choice, _returns(ledger, choice, papers, periods)) for choice in [*asked, *_silent(asked, periods)]]


def _silent(asked: Sequence[Choice], periods: Mapping[str, Sequence[str]]) -> list[Choice]:
    """Organisations that report earlier months of the year that was asked for and nothing for the month itself."""
    months = {choice.period for choice in asked}
    if len(months) != 1:
        return []
    month = months.pop()
    there = {choice.organisation for choice in asked}
    return [
        Choice(name, month)
        for name, own in periods.items()
        if name not in there and _earlier(own, month) and max(own) < month
    ]


def _earlier(periods: Sequence[str], month: str) -> list[str]:
    """The earlier months of the same year, the newest first."""
    year = month.partition("-")[0] + "-"
    return sorted((p for p in periods if p.startswith(year) and p < month), reverse=True)


def _returns(
    ledger: Ledger, choice: Choice, papers: Sequence[LedgerPaper], periods: Mapping[str, Sequence[str]]
) -> list[Return]:
    from qippctl.calc.owners import Owners
    from qippctl.calc.returns import Reported
    from qippctl.calc.returns import returns as missing

    name, period = choice.organisation, choice.period
    found, facts = positions(ledger, choice)
    known = ledger.records(name)
    covers = {paper.number: paper.cover for paper in papers}
    spans = {(paper.number, table.table): table.period for paper in papers for table in paper.tables}
    statuses = [fact for fact in known if fact.record.type == "status" and _period(fact, spans, covers) == period]
    reporting = {fact.paper_number for fact in facts} | {fact.paper_number for fact in statuses}
    reporting |= {n for n, cover in covers.items() if (cover.organisation or "") == name and cover.period == period}
    notes = [fact for fact in known if fact.record.type == "coverage" and fact.paper_number in reporting]
    return missing(
        Reported(
            organisation=name,
            period=period,
            positions=found,
            earlier=[
                (month, positions(ledger, Choice(name, month))[0]) for month in _earlier(periods.get(name, ()), period)
            ],
            papers=_papers([paper for paper in papers if paper.number in reporting], name),
            records=[fact.record for fact in (*statuses, *notes)],
            filled=_filled(ledger, sorted({fact.paper_number for fact in statuses})),
            covers={cover.sha256: (number, cover) for number, cover in covers.items()},
            owners=Owners(fact.record for fact in sorted(known, key=lambda fact: fact.meeting)),
            links=links_of(ledger, name),
        )
    )


def _period(fact: RecordFact, spans: Mapping[tuple[int, str], str | None], covers: Mapping[int, Cover]) -> str | None:
    """The period that a record is of: its table's, else its paper's."""
    return spans.get((fact.paper_number, fact.record.table or "")) or covers[fact.paper_number].period


def _papers(papers: Sequence[LedgerPaper], organisation: str) -> list[tuple[int, Cover]]:
    """The particulars of papers; of a pack those of the organisation's papers in it too, where the pack is no draft itself."""
    out = []
    for paper in papers:
        items = paper.items if paper.cover.status != "draft" else ()
        own = [item for item in items if (item.organisation or organisation) == organisation]
        out += [(paper.number, cover) for cover in (paper.cover, *own)]
    return out


def _filled(ledger: Ledger, papers: Sequence[int]) -> set[tuple[str, str, int]]:
    """The rows of papers that print a figure or a colour."""
    if not papers:
        return set()
    figures = {(f.figure.sha256, f.figure.table, f.figure.row) for f in ledger.facts(papers=papers)}
    return figures | {(r.rating.sha256, r.rating.table, r.rating.row) for r in ledger.ratings(papers=papers)}
