"""Answers from the ledger: ratings and variances of the chosen organisations' periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qippctl.models.answers import Precedence, Programme, ReportingPaper, Subject, WaterfallStep
from qippctl.models.figure import DIMENSIONS, Basis, Dimension
from qippctl.models.forecasts import ForecastAnswer, Outlook, WeightedScenario
from qippctl.models.policy import Policy
from qippctl.models.records import Milestone, Status
from qippctl.pipeline.choosing import Choice, choose, choose_organisations
from qippctl.pipeline.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from qippctl.calc.position import Position
    from qippctl.ledger import Fact, Ledger
    from qippctl.models.decisions import Link
    from qippctl.models.figure import Figure

_OF_SCHEMES = frozenset({"savings", "investment", "activity"})


def positions(
    ledger: Ledger,
    choice: Choice,
    *,
    known: Sequence[Fact] | None = None,
    without: Collection[str] = (),
    beside: Sequence[Fact] = (),
) -> tuple[list[Position], Sequence[Fact]]:
    """The subjects of one organisation's period, with the facts that they are made of.

    `known` are its facts, where they were read already; `without` leaves papers out by the hash of their content; `beside`
    are facts of other periods that its papers print, too.
    """
    from qippctl.calc.identity import linked
    from qippctl.calc.positions import positions as gathered
    from qippctl.calc.recurrence import agreed

    read = known if known is not None else ledger.facts(choice.organisation, choice.period)
    facts = [fact for fact in read if fact.figure.sha256 not in without] if without else read
    ratings = [r for r in ledger.ratings(choice.organisation, choice.period) if r.rating.sha256 not in without]
    stated, rated = linked(
        (fact for fact in (*facts, *beside) if fact.figure.subject in _OF_SCHEMES),
        ratings,
        links_of(ledger, choice.organisation),
        choice.period,
    )
    statuses = statuses_of(ledger, facts)
    codes = {(f.figure.sha256, f.figure.table, f.figure.row): f.code for f in (*facts, *beside) if f.code}
    codes |= {row: status.code for row, status in statuses.items() if status.code}
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
    ledger: Ledger, organisation: str | None, period: str | None, basis: Basis, rules: Rules | Policy | None
) -> list[Programme]:
    """Variances, and ratings where rules are given, of each chosen organisation's period."""
    return [
        programme_of(ledger, choice, *positions(ledger, choice), basis, rules)
        for choice in choose(ledger, organisation, period)
    ]


def programme_of(
    ledger: Ledger,
    choice: Choice,
    found: Sequence[Position],
    facts: Sequence[Fact],
    basis: Basis,
    rules: Rules | Policy | None,
) -> Programme:
    """The programme that the subjects of a period are, one by one in their order."""
    from qippctl.calc import dimensions, variance

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
    bare = Programme(
        choice.organisation,
        choice.period,
        basis,
        subjects,
        policy,
        is_stated,
        precedence_of(found, facts),
    )
    whole = bare.total.variance if bare.total is not None else None
    return bare.with_contributions(variance.contributions(bare.variances_of_parts, whole))


def precedence_of(found: Sequence[Position], facts: Sequence[Fact]) -> Precedence | None:
    """Which of the papers that report a period counts, and in how many figures they differ."""
    from qippctl.calc.precedence import precedence

    papers = {f.figure.sha256: ReportingPaper(f.figure.paper, f.meeting, f.is_final) for f in facts}
    return precedence(papers, found)


def _meetings(facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(sorted({fact.meeting for fact in facts if fact.meeting}))


def waterfalls(found: Sequence[Programme]) -> list[WaterfallStep]:
    """From plan to actual, programme by programme."""
    from qippctl.calc.variance import waterfall

    return [step for programme in found for step in waterfall(programme.total, programme.variances_of_parts)]


def forecasts(ledger: Ledger, organisation: str | None, period: str | None) -> list[Outlook]:
    """Where the year of each chosen organisation's period is going."""
    from qippctl.pipeline.following import delivered_before

    out = []
    for choice in choose(ledger, organisation, period):
        found, facts = positions(ledger, choice)
        answers = outlooks_of(found, facts, found, delivered_before(ledger, choice, found))
        told = tuple(answer for answer in answers if answer is not None)
        out.append(Outlook(choice.organisation, choice.period, told, _meetings(facts)))
    return out


def outlooks_of(
    asked: Sequence[Position],
    facts: Sequence[Fact],
    found: Sequence[Position],
    before: Sequence[Mapping[int, Figure]],
) -> list[ForecastAnswer | None]:
    """Where the year of each subject that is asked for is going; `found` are all of the period, `before` what was delivered."""
    from qippctl.calc import forecast

    ends = {fact.figure.id: fact.data_to for fact in facts if fact.data_to}
    schemes = [position for position in found if position.level == "scheme"]
    answers = []
    for position, to_date in zip(asked, before, strict=True):
        actual = position.find("actual", "ytd")
        answers.append(forecast.answer(position, ends.get(actual.id) if actual else None, schemes, to_date))
    return answers


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
