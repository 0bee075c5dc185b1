"""Answers from the ledger: ratings and variances of the chosen organisations' periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qippctl.models.answers import (
    Programme,
    Subject,
)
from qippctl.models.figure import Basis
from qippctl.models.policy import Policy
from qippctl.models.records import Status
from qippctl.pipeline.choosing import Choice, choose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qippctl.calc.position import Position
    from qippctl.ledger import Fact, Ledger
    from qippctl.models.decisions import Link

_OF_SCHEMES = frozenset({"savings", "investment", "activity"})


def positions(ledger: Ledger, choice: Choice) -> tuple[list[Position], list[Fact]]:
    """The subjects of one organisation's period, with the facts that they are made of."""
    from qippctl.calc.identity import linked
    from qippctl.calc.positions import Stated, StatedRating
    from qippctl.calc.positions import positions as gathered

    facts = ledger.facts(choice.organisation, choice.period)
    ratings = ledger.ratings(choice.organisation, choice.period)
    stated, rated = linked(
        (Stated(f.figure, f.meeting, f.is_final, f.proven) for f in facts if f.figure.subject in _OF_SCHEMES),
        (StatedRating(r.rating, r.meeting, r.is_final) for r in ratings),
        links_of(ledger, choice.organisation),
        choice.period,
    )
    found = gathered(stated, rated, choice.period, _codes(ledger, facts))
    # What asks for money, or is only counted, is no scheme of savings.
    return [
        p for p in found if p.ratings or any(f.subject == "savings" for own in p.figures.values() for f in own)
    ], facts


def links_of(ledger: Ledger, organisation: str) -> list[Link]:
    """What people have said about the names of one organisation's schemes."""
    from qippctl.models.decisions import Link

    return [link for link in ledger.decisions(Link) if (link.organisation or "") == organisation]


def _codes(ledger: Ledger, facts: Sequence[Fact]) -> dict[tuple[str, str, int], str]:
    """The schemes' printed codes by the row that they stand in."""
    kept = ledger.records(papers=sorted({fact.paper_number for fact in facts}), kind=Status)
    statuses = [fact.record for fact in kept if isinstance(fact.record, Status)]
    return {(s.sha256, s.table, s.row): s.code for s in statuses if s.code and s.table and s.row is not None}


def programmes(
    ledger: Ledger, organisation: str | None, period: str | None, basis: Basis, policy: Policy | None
) -> list[Programme]:
    """Variances, and ratings where a policy is given, of each chosen organisation's period."""
    from qippctl.calc import rag, variance

    out = []
    for choice in choose(ledger, organisation, period):
        found, facts = positions(ledger, choice)
        year = choice.period[:7]
        reported = year if basis == "year" else choice.period
        subjects = tuple(
            Subject(
                rag.answer(position, basis, reported, policy) if policy is not None else None,
                variance.answer(position, basis, reported),
                variance.answer(position, "year", year),
                variance.is_forecast_below_delivered(position),
            )
            for position in found
        )
        meetings = tuple(sorted({fact.meeting for fact in facts if fact.meeting}))
        out.append(Programme(choice.organisation, choice.period, basis, subjects, meetings))
    return out


def fails(programme: Programme, condition: str) -> bool:
    """Whether what a meeting looks at meets `red`, `amber` (or worse) or `disagreement`."""
    judged = [subject.rag for subject in programme.judged if subject.rag is not None]
    if condition == "disagreement":
        return any(answer.disagrees for answer in judged)
    colours = {"red": {"red"}, "amber": {"red", "amber"}}[condition]
    return any(answer.derived in colours for answer in judged)
