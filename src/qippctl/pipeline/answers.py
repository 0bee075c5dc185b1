"""Answers from the ledger: ratings and variances of the chosen organisations' periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qippctl.models.answers import Precedence, Programme, ReportingPaper, Subject, WaterfallStep
from qippctl.models.figure import Basis
from qippctl.models.forecasts import Outlook, WeightedScenario
from qippctl.models.policy import Policy
from qippctl.models.records import Status
from qippctl.pipeline.choosing import Choice, choose, choose_organisations

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from qippctl.calc.position import Position
    from qippctl.ledger import Fact, Ledger
    from qippctl.models.decisions import Link

_OF_SCHEMES = frozenset({"savings", "investment", "activity"})


def positions(
    ledger: Ledger,
    choice: Choice,
    *,
    without: Collection[int] = (),
    beside: Sequence[Fact] = (),
) -> tuple[list[Position], list[Fact]]:
    """The subjects of one organisation's period, with the facts that they are made of.

    `without` leaves papers out by their number; `beside` are facts of other periods that its papers print, too.
    """
    from qippctl.calc.identity import linked
    from qippctl.calc.positions import Stated, StatedRating
    from qippctl.calc.positions import positions as gathered

    facts = [f for f in ledger.facts(choice.organisation, choice.period) if f.paper_number not in without]
    ratings = ledger.ratings(choice.organisation, choice.period)
    if without:
        telling = {f.figure.sha256 for f in facts}
        ratings = [r for r in ratings if r.rating.sha256 in telling]
    stated, rated = linked(
        (
            Stated(f.figure, f.meeting, f.is_final, f.proven)
            for f in (*facts, *beside)
            if f.figure.subject in _OF_SCHEMES
        ),
        (StatedRating(r.rating, r.meeting, r.is_final) for r in ratings),
        links_of(ledger, choice.organisation),
        choice.period,
    )
    codes = {(f.figure.sha256, f.figure.table, f.figure.row): f.code for f in (*facts, *beside) if f.code}
    codes |= {row: status.code for row, status in statuses_of(ledger, facts).items() if status.code}
    found = gathered(stated, rated, choice.period, codes)
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
        bare = Programme(
            choice.organisation,
            choice.period,
            basis,
            tuple(subjects),
            _meetings(facts),
            precedence_of(found, facts),
        )
        shares = variance.contributions(bare.judged_variances)
        out.append(bare.with_contributions(shares))
    return out


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

    return [step for programme in found for step in waterfall(programme.total, programme.judged_variances)]


def forecasts(ledger: Ledger, organisation: str | None, period: str | None) -> list[Outlook]:
    """Where the year of each chosen organisation's period is going."""
    from qippctl.calc import forecast

    out = []
    for choice in choose(ledger, organisation, period):
        found, facts = positions(ledger, choice)
        ends = {fact.figure.id: fact.data_to for fact in facts if fact.data_to}
        schemes = [position for position in found if position.level == "scheme"]
        answers = []
        for position in found:
            actual = position.find("actual", "ytd")
            own = schemes if position.level == "total" else []
            answer = forecast.answer(position, ends.get(actual.id) if actual else None, own)
            if answer is not None:
                answers.append(answer)
        out.append(Outlook(choice.organisation, choice.period, tuple(answers), _meetings(facts)))
    return out


def weighted_scenarios(ledger: Ledger, organisation: str | None, policy: Policy) -> list[WeightedScenario]:
    """The risks and benefits that papers set out, weighted by the chances that a policy gives to their words."""
    from qippctl.calc.scenarios import weighted
    from qippctl.models.records import Scenario

    out = []
    for name in choose_organisations(ledger, organisation):
        records = [fact.record for fact in ledger.records(name, kind=Scenario)]
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
