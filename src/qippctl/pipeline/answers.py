"""Answers from the ledger: ratings and variances of the chosen organisations' periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qippctl.models.answers import Programme, Subject, WaterfallStep
from qippctl.models.figure import Basis
from qippctl.models.forecasts import Outlook, WeightedScenario
from qippctl.models.policy import Policy
from qippctl.models.records import Status
from qippctl.pipeline.choosing import Choice, choose, choose_organisations

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
    from qippctl.calc.recurrence import agreed

    facts = ledger.facts(choice.organisation, choice.period)
    ratings = ledger.ratings(choice.organisation, choice.period)
    stated, rated = linked(
        (Stated(f.figure, f.meeting, f.is_final, f.proven) for f in facts if f.figure.subject in _OF_SCHEMES),
        (StatedRating(r.rating, r.meeting, r.is_final) for r in ratings),
        links_of(ledger, choice.organisation),
        choice.period,
    )
    statuses = statuses_of(ledger, facts)
    codes = {row: status.code for row, status in statuses.items() if status.code}
    found = gathered(stated, rated, choice.period, codes)
    for position in found:
        position.recurrence = agreed(statuses[row].recurrence for row in position.rows if row in statuses)
    # What asks for money, or is only counted, is no scheme of savings.
    return [
        p for p in found if p.ratings or any(f.subject == "savings" for own in p.stated.values() for f in own)
    ], facts


def links_of(ledger: Ledger, organisation: str) -> list[Link]:
    """What people have said about the names of one organisation's schemes."""
    from qippctl.models.decisions import Link

    return [link for link in ledger.decisions(Link) if (link.organisation or "") == organisation]


def statuses_of(ledger: Ledger, facts: Sequence[Fact]) -> dict[tuple[str, str, int], Status]:
    """What papers say of schemes beside their figures, by the row that it stands in: paper's hash, table and row."""
    kept = ledger.records(papers=sorted({fact.paper_number for fact in facts}), kind=Status)
    found = [fact.record for fact in kept if isinstance(fact.record, Status)]
    return {(s.sha256, s.table, s.row): s for s in found if s.table and s.row is not None}


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
        subjects = [
            Subject(
                rag.answer(position, basis, reported, policy) if policy is not None else None,
                variance.answer(position, basis, reported),
                variance.answer(position, "year", year),
                variance.is_forecast_below_delivered(position),
            )
            for position in found
        ]
        bare = Programme(choice.organisation, choice.period, basis, tuple(subjects), _meetings(facts))
        whole = bare.total.variance if bare.total is not None else None
        shares = variance.contributions(bare.variances_of_parts, whole)
        out.append(bare.with_contributions(shares))
    return out


def _meetings(facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(sorted({fact.meeting for fact in facts if fact.meeting}))


def waterfalls(found: Sequence[Programme]) -> list[WaterfallStep]:
    """From plan to actual, programme by programme."""
    from qippctl.calc.variance import waterfall

    return [step for programme in found for step in waterfall(programme.total, programme.variances_of_parts)]


def forecasts(ledger: Ledger, organisation: str | None, period: str | None) -> list[Outlook]:
    """Where the year of each chosen organisation's period is going."""
    from qippctl.calc import forecast
    from qippctl.pipeline.following import delivered_before

    out = []
    for choice in choose(ledger, organisation, period):
        found, facts = positions(ledger, choice)
        ends = {fact.figure.id: fact.data_to for fact in facts if fact.data_to}
        schemes = [position for position in found if position.level == "scheme"]
        answers = []
        for position, to_date in zip(found, delivered_before(ledger, choice, found), strict=True):
            actual = position.find("actual", "ytd")
            answer = forecast.answer(position, ends.get(actual.id) if actual else None, schemes, to_date)
            if answer is not None:
                answers.append(answer)
        out.append(Outlook(choice.organisation, choice.period, tuple(answers), _meetings(facts)))
    return out


def weighted_scenarios(ledger: Ledger, organisation: str | None, policy: Policy) -> list[WeightedScenario]:
    """The risks and benefits of each organisation's newest paper that sets some out, weighted by a policy's chances."""
    from qippctl.calc.scenarios import weighted
    from qippctl.models.records import Scenario

    out = []
    for name in choose_organisations(ledger, organisation):
        facts = ledger.records(name, kind=Scenario)
        # Two papers that set out the same risk do not double it.
        newest = max(facts, key=lambda fact: (fact.meeting, fact.is_final, fact.paper_number), default=None)
        records = [f.record for f in facts if newest is not None and f.paper_number == newest.paper_number]
        own = [record for record in records if isinstance(record, Scenario)]
        out += weighted(own, policy.probability, name or None, policy.name)
    return out


def fails(programme: Programme, condition: str) -> bool:
    """Whether what a meeting looks at meets `red`, `amber` (or worse) or `disagreement`."""
    judged = [subject.rag for subject in programme.judged if subject.rag is not None]
    if condition == "disagreement":
        return any(answer.disagrees for answer in judged)
    colours = {"red": {"red"}, "amber": {"red", "amber"}}[condition]
    return any(answer.derived in colours for answer in judged)
