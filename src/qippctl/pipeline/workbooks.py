"""What a workbook holds, gathered from the ledger for the chosen bodies and period."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from qippctl.errors import NotFoundError
from qippctl.models.figure import Basis
from qippctl.models.workbooks import Book, BookBody, BookLine
from qippctl.pipeline.answers import positions, programme_of
from qippctl.pipeline.auditing import audit_ledger
from qippctl.pipeline.choosing import Choice, choose, find_policy
from qippctl.pipeline.following import delivered_before
from qippctl.pipeline.metrics import metrics
from qippctl.pipeline.milestones import milestones
from qippctl.pipeline.risks import risks
from qippctl.pipeline.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qippctl.calc.position import Position
    from qippctl.ledger import Fact, Ledger
    from qippctl.models.answers import Subject
    from qippctl.models.finding import Finding
    from qippctl.models.metrics import IndicatorAnswer
    from qippctl.models.paper import Cover
    from qippctl.models.profiles import ProfileAnswer


def book(
    ledger: Ledger,
    organisation: str | None = None,
    period: str | None = None,
    rules: Rules | None = None,
    *,
    today: date,
) -> Book:
    """Everything that a workbook of the chosen bodies and period holds; NotFoundError where there is nothing."""
    rules = rules or Rules()
    covers = {paper.number: paper.cover for paper in ledger.papers()}
    bodies = tuple(
        _body(ledger, choice, facts, covers, rules) for choice, facts in _chosen(ledger, organisation, period)
    )
    if not bodies:
        raise NotFoundError("the ledger holds no figures. Next: qippctl ingest PATH")
    name = bodies[0].organisation if organisation is not None else None
    return Book(
        bodies,
        today.isoformat(),
        milestones=tuple(milestones(ledger, name, period, at=today, policy=rules.named)),
        risks=tuple(risks(ledger, name, period)),
        indicators=_indicators(ledger, name, period, rules),
        findings=_findings(ledger, bodies, rules),
    )


def _chosen(ledger: Ledger, organisation: str | None, period: str | None) -> list[tuple[Choice, Sequence[Fact]]]:
    """The bodies and periods that are meant, each with the figures of the papers that report it."""
    return [
        (choice, ledger.facts(choice.organisation, choice.period)) for choice in choose(ledger, organisation, period)
    ]


def _body(ledger: Ledger, choice: Choice, facts: Sequence[Fact], covers: dict[int, Cover], rules: Rules) -> BookBody:
    found, _ = positions(ledger, choice, known=facts)
    basis: Basis = "ytd" if "-M" in choice.period else "year"
    programme = programme_of(ledger, choice, found, facts, basis, rules)
    position_of = {id(subject): position for subject, position in zip(programme.subjects, found, strict=True)}
    months = _months(ledger, choice, found, facts)
    lines = [_line(s, position_of[id(s)], months[id(position_of[id(s)])]) for s in programme.parts]
    total = programme.total
    return BookBody(
        choice.organisation,
        choice.period,
        basis,
        tuple(sorted(lines, key=_behind)),
        programme.policy,
        programme.is_stated,
        total if basis == "ytd" else None,
        next((s.year for s in programme.subjects if total is not None and s.variance is total), None),
        tuple(covers[number] for number in sorted({fact.paper_number for fact in facts})),
        tuple(fact.figure for fact in facts),
    )


def _months(
    ledger: Ledger, choice: Choice, found: Sequence[Position], facts: Sequence[Fact]
) -> dict[int, tuple[ProfileAnswer, ...]]:
    """The months of each subject, by the identity of its position."""
    from qippctl.calc import profile

    ends = {fact.figure.id: fact.data_to for fact in facts if fact.data_to}
    out = {}
    for position, before in zip(found, delivered_before(ledger, choice, found), strict=True):
        now = position.find("actual", "ytd")
        out[id(position)] = tuple(profile.answers(position, before, ends.get(now.id) if now is not None else None))
    return out


def _line(subject: Subject, position: Position, months: tuple[ProfileAnswer, ...]) -> BookLine:
    is_month = "-M" in position.reported
    return BookLine(
        position.workstream,
        position.scheme,
        position.role,
        position.code,
        subject.variance if is_month else None,
        subject.year,
        is_outturn=position.find("forecast", "year") is None and position.find("actual", "year") is not None,
        is_forecast_below_delivered=subject.is_forecast_below_delivered,
        rag=subject.rag,
        profiles=months,
    )


def _behind(line: BookLine) -> tuple[bool, Decimal]:
    """The most adverse variance first, those without one last; what is alike stays in the order of print."""
    answer = line.to_date or line.year
    variance = answer.variance if answer is not None else None
    return (variance is None, variance or Decimal(0))


def _indicators(
    ledger: Ledger, organisation: str | None, period: str | None, rules: Rules
) -> tuple[IndicatorAnswer, ...]:
    try:
        found = metrics(ledger, organisation, period, rules.named or find_policy(None))
    except NotFoundError:
        return ()
    return tuple(answer for own in found for answer in own.answers)


def _findings(ledger: Ledger, bodies: Iterable[BookBody], rules: Rules) -> tuple[Finding, ...]:
    """What an audit finds in the papers of these bodies, of these bodies' figures."""
    from qippctl.audit import marked
    from qippctl.models.decisions import Acceptance

    found: dict[str, Finding] = {}
    for body in bodies:
        for name in dict.fromkeys(paper.organisation for paper in body.papers):
            names = {paper.paper for paper in body.papers if paper.organisation == name}
            try:
                audits = list(audit_ledger(ledger, name, body.period, rules.named))
            except NotFoundError:
                continue
            for audit in audits:
                own = (f for f in audit.findings if f.paper in names)
                found |= {f.id: f for f in own if f.organisation in (None, body.organisation, name)}
    return tuple(marked(found.values(), ledger.decisions(Acceptance)))
