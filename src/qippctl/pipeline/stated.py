"""Records of one type as papers state them: organisation by organisation, those of the papers of one period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qippctl.errors import NotFoundError
from qippctl.models.records import Record
from qippctl.pipeline.choosing import period_named

if TYPE_CHECKING:
    from qippctl.ledger import Ledger, LedgerPaper, RecordFact


@dataclass(frozen=True, slots=True)
class OfPaper:
    """One paper and its records about one organisation."""

    organisation: str
    paper: LedgerPaper
    records: Sequence[Record]


def of_period(
    ledger: Ledger, kind: type[Record], organisation: str | None = None, period: str | None = None
) -> list[list[OfPaper]]:
    """For each chosen organisation its papers of the newest period, or the one asked for, that have such records.

    The paper that counts comes first: of the later meeting, then the final one.
    """
    papers = {paper.number: paper for paper in ledger.papers()}
    known: dict[str, dict[int, list[RecordFact]]] = {}
    for fact in ledger.records(kind=kind):
        known.setdefault(fact.record.organisation or "", {}).setdefault(fact.paper_number, []).append(fact)
    what = str(kind.model_fields["type"].default)
    out = []
    for name in organisations_meant(known, organisation, what):
        own = known[name]
        periods = [its for number in own if (its := papers[number].cover.period) is not None]
        wanted = period_named(period, periods) if periods or period is not None else None
        numbers = [number for number in own if papers[number].cover.period == wanted]
        numbers.sort(key=lambda n: (own[n][0].meeting, own[n][0].is_final, n), reverse=True)
        if numbers:
            out.append([OfPaper(name, papers[n], [fact.record for fact in own[n]]) for n in numbers])
    if not out and period is not None and known:
        there = "; ".join(
            f"{name or '(unnamed)'}: {', '.join(sorted({papers[n].cover.period or 'no period' for n in own}))}"
            for name, own in sorted(known.items())
        )
        raise NotFoundError(f"no paper has {what} records for {period}; there is {there}")
    return out


def organisations_meant(known: Iterable[str], named: str | None, what: str) -> list[str]:
    """The organisations meant: all, the one of exactly that name, or the only one with that part in its name."""
    names = sorted(known)
    if named is None:
        return names
    wanted = named.casefold().strip()
    found = [name for name in names if name.casefold() == wanted] or [n for n in names if wanted in n.casefold()]
    if len(found) == 1:
        return found
    listed = "; ".join(name or "(unnamed)" for name in found or names) or "none. Try: qippctl ingest PATH"
    if found:
        raise NotFoundError(f'"{named}" is part of several names: {listed}')
    raise NotFoundError(f'no organisation with {what} records is called "{named}"; there are: {listed}')
