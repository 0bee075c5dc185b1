"""The month that is to be closed: which one is meant, and all that its period gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, get_args

from qippctl.errors import NotFoundError, UnreadableError, UsageError
from qippctl.models.closing import Adjustment
from qippctl.models.figure import Basis, Measure
from qippctl.pipeline.answers import positions, programme_of
from qippctl.pipeline.auditing import audit_ledger
from qippctl.pipeline.choosing import Choice, choose, choose_organisations
from qippctl.pipeline.following import movements
from qippctl.pipeline.locking import adjustments
from qippctl.pipeline.returns import returns
from qippctl.pipeline.rules import Rules

if TYPE_CHECKING:
    from qippctl.audit import Audit, Terms
    from qippctl.calc.controls import Control
    from qippctl.calc.position import Position
    from qippctl.ledger import Fact, Ledger, LedgerPaper
    from qippctl.models.answers import Programme
    from qippctl.models.decisions import Acceptance, PackPaper
    from qippctl.models.finding import Finding, Verdict
    from qippctl.models.movements import Movement
    from qippctl.models.policy import Policy
    from qippctl.models.returns import Return


@dataclass(frozen=True, slots=True)
class Asked:
    """How a month is to be closed: whose RAG rule judges, which totals must be met, how the audit judges, and findings that a
    shared file accepts beside those of the ledger."""

    rules: Rules = field(default_factory=Rules)
    controls: tuple[Control, ...] = ()
    terms: Terms | None = None
    accepted: tuple[Acceptance, ...] = ()


@dataclass(frozen=True)
class Month:
    """One organisation's period as it is closed, with what was asked; what it gives is worked out once, when it is used.

    `ledger` answers with papers that stay in the house, or without them: everything else is made from it.
    """

    ledger: Ledger
    choice: Choice
    asked: Asked

    @property
    def rules(self) -> Rules:
        return self.asked.rules

    @property
    def controls(self) -> tuple[Control, ...]:
        return self.asked.controls

    @property
    def organisation(self) -> str | None:
        return self.choice.organisation or None

    @cached_property
    def _stated(self) -> tuple[list[Position], Sequence[Fact]]:
        return positions(self.ledger, self.choice)

    @property
    def positions(self) -> list[Position]:
        return self._stated[0]

    @property
    def facts(self) -> Sequence[Fact]:
        return self._stated[1]

    @cached_property
    def policy(self) -> tuple[Policy, bool]:
        """The rule in force, and whether a paper of the period states it."""
        return self.rules.of(self.ledger, self.choice.organisation, self.facts)

    @cached_property
    def programme(self) -> Programme:
        """Ratings and variances to date."""
        return programme_of(self.ledger, self.choice, *self._stated, "ytd", self.rules)

    @cached_property
    def _audited(self) -> tuple[Audit | None, tuple[UnreadableError, ...]]:
        from qippctl.audit import joined

        failures: list[UnreadableError] = []
        try:
            made = audit_ledger(
                self.ledger,
                self.choice.organisation,
                self.choice.period,
                self.rules.named,
                self.asked.terms,
                failed=failures.append,
            )
            return joined(made), tuple(failures)
        except NotFoundError:
            return None, tuple(failures)

    @cached_property
    def audit(self) -> tuple[tuple[Finding, ...], Verdict] | None:
        """The findings and what they come to; None where no paper could be audited."""
        from qippctl.audit import in_order, marked, verdict
        from qippctl.models.decisions import Acceptance

        found, _ = self._audited
        if found is None:
            return None
        made = [*self.ledger.decisions(Acceptance), *self.asked.accepted]
        # A joint paper's findings are each body's own.
        own = (one for one in marked(found.findings, made) if one.organisation in (self.organisation, None))
        findings = in_order(own)
        return findings, verdict(found, findings)

    @property
    def not_audited(self) -> tuple[UnreadableError, ...]:
        """Papers that a rule tripped over."""
        return self._audited[1]

    @cached_property
    def movement(self) -> Movement | None:
        """What changed since the period before; None where the ledger holds none."""
        try:
            found = movements(self.ledger, self.choice.organisation, None, self.choice.period, self.rules)
        except NotFoundError:
            return None
        return found[0] if found else None

    @cached_property
    def has_others(self) -> bool:
        """Whether the ledger holds other organisations beside this one."""
        return len(self.ledger.organisations()) > 1

    @cached_property
    def papers(self) -> tuple[PackPaper, ...]:
        """The papers that report the period."""
        from qippctl.models.decisions import PackPaper

        return tuple(
            PackPaper(
                number=paper.number,
                name=paper.name,
                sha256=paper.cover.sha256,
                meeting_date=paper.cover.meeting_date,
                status=paper.cover.status,
            )
            for paper in self._reporting
        )

    @cached_property
    def _reporting(self) -> list[LedgerPaper]:
        own, period = self.choice.organisation, self.choice.period
        numbers = {fact.paper_number for fact in self.facts}
        return [
            paper
            for paper in self.ledger.papers()
            if paper.number in numbers or ((paper.cover.organisation or "") == own and paper.cover.period == period)
        ]

    @cached_property
    def missing(self) -> list[Return]:
        """What its papers lack."""
        found = returns(self.ledger, self.choice.organisation, self.choice.period)
        return [one for choice, own in found if choice == self.choice for one in own]

    @cached_property
    def beside(self) -> tuple[Choice, ...]:
        """The other bodies that its papers report, where they are joint papers."""
        numbers = [paper.number for paper in self.papers]
        own, period = self.choice.organisation, self.choice.period
        named = {fact.figure.organisation or "" for fact in self.ledger.facts(papers=numbers)} if numbers else set()
        known = self.ledger.organisations()
        return tuple(Choice(name, period) for name in sorted(named - {own}) if period in known.get(name, ()))

    @cached_property
    def adjustments(self) -> list[tuple[int, str, list[Adjustment]]]:
        """What changed since they were locked, of this period and those before it: decision, period, changes."""
        return [
            (close.number, close.period, changed)
            for close, changed in adjustments(self.ledger, self.choice.organisation)
            if close.period <= self.choice.period
        ]

    @property
    def parts(self) -> list[Position]:
        """What makes up the programme: the schemes, and the workstreams of which no scheme is reported."""
        whose = {id(s): p for s, p in zip(self.programme.subjects, self.positions, strict=True)}
        return [whose[id(subject)] for subject in self.programme.parts]

    @property
    def totals(self) -> list[Position]:
        return [position for position in self.positions if position.role == "total"]


def chosen_month(ledger: Ledger, organisation: str | None, period: str, asked: Asked | None = None) -> Month:
    """The one month that is meant. UsageError where several organisations could be."""
    if organisation is None and len(known := choose_organisations(ledger, None)) > 1:
        listed = "; ".join(name or "(unnamed)" for name in known)
        raise UsageError(f"a month is closed for one organisation; choose it with --organisation NAME: {listed}")
    choices = choose(ledger, organisation, period)
    if not choices:
        raise NotFoundError("the ledger holds no figures. Next: qippctl ingest PATH")
    return Month(ledger, choices[0], asked or Asked())


def control(typed: str) -> Control:
    """A control total as typed: `plan.year=45.2m`. UsageError says what is wrong."""
    from qippctl.calc.controls import Control
    from qippctl.money import exactly, parse_amount

    name, equals, text = typed.partition("=")
    measure, _, basis = name.strip().casefold().partition(".")
    measures, bases = get_args(Measure), get_args(Basis)
    if not equals or measure not in measures or basis not in bases:
        raise UsageError(f'--control "{typed[:60]}": say which total and its amount, such as plan.year=45.2m')
    amount = parse_amount(text)
    if amount is None or amount.is_percent:
        raise UsageError(f'--control "{typed[:60]}": "{text[:40]}" is not an amount such as 45.2m, 6405.5k or 6405500')
    with exactly():
        scale = amount.scale or 1
        return Control(measure, basis, amount.value * scale, amount.step * scale, text.strip())  # type: ignore[arg-type]
