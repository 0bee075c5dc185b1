"""Closing a month: all that one period gives, and what stops it from being closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, get_args

from qippctl.errors import NotFoundError, UnreadableError, UsageError
from qippctl.models.closing import SAYS, About, Adjustment, CloseLine, Says
from qippctl.models.figure import Basis, Figure, Measure
from qippctl.pipeline.answers import positions, programme_of
from qippctl.pipeline.auditing import audit_ledger
from qippctl.pipeline.choosing import Choice, choose, choose_organisations
from qippctl.pipeline.escalations import escalations
from qippctl.pipeline.following import movements
from qippctl.pipeline.locking import adjustments, locked
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

MOST_NAMED = 4
_COUNTING: tuple[tuple[Measure, Basis], ...] = (
    ("plan", "ytd"),
    ("actual", "ytd"),
    ("plan", "year"),
    ("forecast", "year"),
)
_MISSING = {
    "not reported": ("scheme of an earlier month is in no paper", "schemes of earlier months are in no paper"),
    "blank": ("scheme sheet is blank", "scheme sheets are blank"),
    "no actual": ("scheme has a plan to date and no actual", "schemes have a plan to date and no actual"),
}


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


def check(month: Month, today: date) -> list[CloseLine]:
    """What stops a month from being closed, then what a reader should know, then what is well."""
    lines = [
        *_returns(month),
        *_drafts(month),
        *_audit(month),
        *_doubts(month),
        *_controls(month),
        *_escalations(month, today),
        *_plans(month),
        *_private(month),
        *_locks(month),
        *_sums(month),
    ]
    return sorted(lines, key=lambda line: SAYS.index(line.says))


def is_ready(lines: Sequence[CloseLine]) -> bool:
    """Whether nothing stops the month."""
    return not any(line.says == "stop" for line in lines)


def _line(
    month: Month, says: Says, about: About, text: str, following: str | None = None, sources: Sequence[str] = ()
) -> CloseLine:
    return CloseLine(
        organisation=month.organisation,
        period=month.choice.period,
        says=says,
        about=about,
        text=text,
        next=following,
        sources=tuple(sources),
    )


def _scope(month: Month) -> str:
    """The options that ask another command for the same month."""
    return f"{_whose(month)}--period {month.choice.period}"


def _whose(month: Month) -> str:
    """The option that names the organisation, where the ledger has several."""
    return f'--organisation "{month.choice.organisation}" ' if month.has_others else ""


def _returns(month: Month) -> list[CloseLine]:
    out = []
    chase = f"qippctl returns {_scope(month)} --format csv -o owners.csv"
    for problem, found in groupby(month.missing, key=lambda one: one.problem):
        own = list(found)
        if problem in _MISSING:
            said = _MISSING[problem][len(own) > 1]
            named = _listed([one.code or one.scheme or "(unnamed)" for one in own])
            out.append(_line(month, "stop", "returns", f"{len(own)} {said}: {named}", chase))
        elif problem == "data stops":
            out += [_line(month, "note", "data", f"data stop early: {one.detail}", chase) for one in own]
    return out


def _drafts(month: Month) -> list[CloseLine]:
    """Papers in draft. One of which no figure counts, as other papers outrank it, may be left out of the pack."""
    numbers = dict.fromkeys(one.paper_number for one in month.missing if one.problem == "draft")
    counting = {f.sha256 for p in month.positions for own in p.figures.values() for f in own[:1]}
    by_number = {paper.number: paper for paper in month.papers}
    out = []
    for number in numbers:
        paper = by_number.get(number or 0)
        name = f"#{number} {paper.name}" if paper is not None else f"#{number}"
        if paper is None or paper.sha256 in counting or not counting:
            text = f"paper {name} is DRAFT; the final one is wanted"
            out.append(_line(month, "stop", "draft", text, "qippctl ingest PATH"))
        else:
            text = f"paper {name} is DRAFT; no figure of it counts, as other papers outrank it: it may be left out"
            following = f"qippctl papers private '#{number}' --reason TEXT"
            out.append(_line(month, "stop", "draft", text, following))
    return out


def _audit(month: Month) -> list[CloseLine]:
    if month.audit is None:
        return [
            _line(month, "stop", "audit", "no paper of this organisation and period can be audited", "qippctl audit")
        ]
    findings, _ = month.audit
    following = f"qippctl audit {_scope(month)}"
    open_ = [one for one in findings if one.accepted is None and one.severity != "note"]
    # What one wrong figure makes fail is told once.
    deciding = [one for one in open_ if one.decision is not None and one.cause is None]
    others = [one for one in open_ if one.decision is None]
    accepted = [one for one in findings if one.accepted is not None]
    out = [_line(month, "stop", "audit", str(error), following) for error in month.not_audited]
    out += [
        _line(month, "stop", "audit", f"changes a decision: {one.message}", following, (one.id, *one.figures))
        for one in deciding[:MOST_NAMED]
    ]
    if len(deciding) > MOST_NAMED:
        more = deciding[MOST_NAMED:]
        text = f"{len(more)} more findings change a decision"
        out.append(_line(month, "stop", "audit", text, following, [one.id for one in more]))
    if others:
        errors = sum(one.severity == "error" for one in others)
        counts = ((errors, "error"), (len(others) - errors, "warning"))
        told = " and ".join(_many(count, name) for count, name in counts if count)
        text = f"{told} of the audit change{'s' if len(others) == 1 else ''} no decision"
        out.append(_line(month, "note", "audit", text, following, [one.id for one in others]))
    if accepted:
        text = f"{_many(len(accepted), 'finding')} of the audit {'is' if len(accepted) == 1 else 'are'} accepted"
        out.append(_line(month, "note", "acceptances", text, following, [one.id for one in accepted]))
    return out


def _doubts(month: Month) -> list[CloseLine]:
    """Figures in doubt of which the answers are made: plan, actual and forecast of the programme and its parts."""
    accepted = {
        figure
        for one in (month.audit[0] if month.audit is not None else ())
        if one.accepted is not None and one.code == "QD901"
        for figure in one.figures
    }
    counting: dict[str, Figure] = {}
    for position in (*month.totals, *month.parts):
        for name in _COUNTING:
            figure = position.find(*name)
            if figure is not None and figure.doubts and figure.id not in accepted:
                counting.setdefault(figure.id, figure)
    if not counting:
        return []
    found = sorted(counting.values(), key=lambda f: (-abs(f.value), f.id))
    largest = found[0]
    whose = largest.scheme or largest.workstream or "the total"
    said = f"{whose}, {largest.names}: {_doubted(largest)}"
    if len(found) == 1:
        text = f"a figure that counts is in doubt: {said}"
    else:
        text = f"{len(found)} figures that count are in doubt, the largest {said}"
    return [_line(month, "stop", "doubts", text, f"qippctl doubts {_scope(month)}", [f.id for f in found])]


def _doubted(figure: Figure) -> str:
    return ", ".join(doubt.value.replace("-", " ") for doubt in figure.doubts)


def _controls(month: Month) -> list[CloseLine]:
    from qippctl.calc.controls import counted
    from qippctl.reports.words import amount

    out = []
    for one in month.controls:
        total = counted(month.positions, month.parts, one.measure, one.basis)
        asked = f"control total {one.name} {amount(one.value, one.step)}"
        if total is None:
            text = f"{asked}: no total and no row prints {one.name}"
            out.append(_line(month, "stop", "control", text, f"qippctl variance {_scope(month)}"))
            continue
        ids = [figure.id for figure in total.figures]
        told = amount(total.value, total.step)
        whose = (
            f"its {total.rows} rows come to {told} (no total is printed)" if total.rows else f"the papers say {told}"
        )
        if total.meets(one):
            out.append(_line(month, "ok", "control", f"{asked}: {whose}", None, ids))
            continue
        short = amount(total.value - one.value, min(one.step, total.step))
        text = f"{asked} is not met: {whose}, {short} apart"
        following = f"qippctl evidence {ids[0]}" if len(ids) == 1 else f"qippctl variance {_scope(month)}"
        out.append(_line(month, "stop", "control", text, following, ids))
    return out


def _escalations(month: Month, today: date) -> list[CloseLine]:
    from qippctl.reports.words import day

    known = escalations(month.ledger, month.choice.organisation, month.choice.period, today=today)
    due = sorted((one for one in known if one.is_open), key=lambda one: one.due or "")
    if not due:
        return []
    dates = list(dict.fromkeys(day(one.due) for one in due if one.due))
    when = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    named = _listed([one.code or one.scheme or one.workstream or one.id for one in due])
    text = f"{_many(len(due), 'escalation')} due {when}, no outcome recorded: {named}"
    following = f"qippctl escalations resolve {due[0].id} --outcome TEXT"
    return [_line(month, "stop", "escalations", text, following, [one.id for one in due])]


def _plans(month: Month) -> list[CloseLine]:
    """Plans that are printed otherwise than the month before, which no board's decision on record allows."""
    if month.movement is None:
        return []
    waiting = [a for a in month.movement.answers if a.is_exception and a.role != "total"]
    restated = sum(len(a.restated) for a in month.movement.answers if a.role != "total")
    out = []
    if waiting:
        names = _listed([a.scheme or a.workstream or a.role for a in waiting])
        text = (
            f"{_many(len(waiting), 'plan')} restated since {month.movement.from_period}, no approval on record: {names}"
        )
        following = f"qippctl plan approve {_scope(month)} --meeting TEXT --reason TEXT"
        out.append(_line(month, "note", "plans", text, following, [s for a in waiting for s in a.sources]))
    if restated:
        count = f"{_many(restated, 'figure')} of {month.movement.from_period}"
        text = f"{count} {'is' if restated == 1 else 'are'} printed otherwise now"
        following = f"qippctl movement {_whose(month)}--to {month.choice.period}"
        out.append(_line(month, "note", "plans", text, following))
    return out


def _private(month: Month) -> list[CloseLine]:
    left = month.ledger.left_out
    if left:
        numbers = ", ".join(f"#{number}" for number in left)
        text = f"{_many(len(left), 'private paper')} left out: {numbers}"
        return [_line(month, "note", "private", text, "the same with --include-private, to take them in")]
    return []


def _locks(month: Month) -> list[CloseLine]:
    from qippctl.reports.words import day, when

    out = []
    own = locked(month.ledger, month.choice.organisation).get(month.choice.period)
    if own is not None:
        text = f"locked on {day(own.at[:10])} by {own.by} as decision {own.number}, pack {own.pack}"
        following = f"qippctl close {own.period} {_whose(month)}--reopen --reason TEXT"
        out.append(_line(month, "note", "lock", text, following))
        known = {paper.sha256 for paper in own.papers}
        out += [
            _line(month, "note", "lock", f"paper #{paper.number} {paper.name} came after the period was locked")
            for paper in month.papers
            if paper.sha256 not in known
        ]
    for _, period, changed in month.adjustments:
        if changed:
            text = f"{when(period)} changed since it was locked: {_many(len(changed), 'figure')} differ"
            text = text + "s" if len(changed) == 1 else text
            following = f"qippctl close {period} {_whose(month)}--adjustments"
            sources = [source for one in changed for source in one.sources]
            out.append(_line(month, "note", "adjustments", text, following, sources))
    return out


def _sums(month: Month) -> list[CloseLine]:
    """The programme's totals that its own rows come to."""
    from qippctl.calc.controls import HEADLINES, tied, total_of
    from qippctl.reports.words import amount

    out = []
    tables: dict[tuple[str, str], list[Figure]] = {}
    for fact in month.facts:
        tables.setdefault((fact.figure.sha256, fact.figure.table), []).append(fact.figure)
    for name in HEADLINES:
        position = total_of(month.positions, *name)
        total = position.find(*name) if position is not None else None
        found = tied(tables.get((total.sha256, total.table), ()), total) if total is not None else None
        if total is None or found is None:
            continue
        told = amount(total.value, total.step)
        coarsest = max(figure.step for figure in (*found.parts, total))
        sum_ = amount(sum((figure.value for figure in found.parts), start=total.value * 0), coarsest)
        first = f"tracked {sum_}" if found.parts[0].role == "total" else f"{len(found.parts)} rows {sum_}"
        others = [
            f"{figure.scheme or figure.workstream or figure.role} {amount(figure.value, figure.step)}"
            for figure in found.named
        ]
        how = "exactly" if found.is_exact else "rounding"
        text = f"{total.names}: {' + '.join((first, *others))} = {told} ({how})"
        members = [figure.id for figure in (*found.parts, *found.named, total)]
        out.append(_line(month, "ok", "sum", text, None, members))
    return out


def _many(count: int, one: str) -> str:
    return f"{count} {one if count == 1 else one + 's'}"


def _listed(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
