"""Answers from the ledger: ratings and variances of the chosen organisations' periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qippctl.models.answers import (
    Programme,
    Subject,
)
from qippctl.models.figure import DIMENSIONS, Basis, Dimension
from qippctl.models.policy import Policy
from qippctl.models.records import Milestone, Status
from qippctl.pipeline.choosing import Choice, choose
from qippctl.pipeline.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

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
    ledger: Ledger, organisation: str | None, period: str | None, basis: Basis, rules: Rules | Policy | None
) -> list[Programme]:
    """Variances, and ratings where rules are given, of each chosen organisation's period."""
    return [_programme(ledger, choice, basis, rules) for choice in choose(ledger, organisation, period)]


def _programme(ledger: Ledger, choice: Choice, basis: Basis, rules: Rules | Policy | None) -> Programme:
    from qippctl.calc import dimensions, variance

    found, facts = positions(ledger, choice)
    year = choice.period[:7]
    reported = year if basis == "year" else choice.period
    policy, is_stated, rated = None, False, [dimensions.Rated() for _ in found]
    if rules is not None:
        rules = Rules(rules) if isinstance(rules, Policy) else rules
        policy, is_stated = rules.of(ledger, choice.organisation, facts)
        rated = dimensions.ratings(found, basis, reported, policy, _milestones(ledger, facts))
    subjects = tuple(
        Subject(
            of.get("finance"),
            variance.answer(position, basis, reported),
            variance.answer(position, "year", year),
            variance.is_forecast_below_delivered(position),
            tuple(answer for dimension, answer in of.items() if dimension != "finance"),
        )
        for position, of in zip(found, rated, strict=True)
    )
    meetings = tuple(sorted({fact.meeting for fact in facts if fact.meeting}))
    return Programme(choice.organisation, choice.period, basis, subjects, meetings, policy, is_stated)


def _milestones(ledger: Ledger, facts: Sequence[Fact]) -> list[Milestone]:
    """The milestones that the papers of these facts list."""
    numbers = sorted({fact.paper_number for fact in facts})
    kept = ledger.records(papers=numbers, kind=Milestone) if numbers else []
    return [fact.record for fact in kept if isinstance(fact.record, Milestone)]


def fails(programme: Programme, condition: str, dimensions: Collection[Dimension] = DIMENSIONS) -> bool:
    """Whether what a meeting looks at meets `red`, `amber` (or worse) or `disagreement`, in one of these dimensions."""
    judged = [
        answer
        for dimension in dimensions
        for subject in programme.judged_in(dimension)
        if (answer := subject.rated(dimension)) is not None
    ]
    if condition == "disagreement":
        return any(answer.disagrees for answer in judged)
    colours = {"red": {"red"}, "amber": {"red", "amber"}}[condition]
    return any(answer.derived in colours for answer in judged)
