"""The month's paper for a board: every answer of one body's period, gathered once and chosen for a meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeVar

from qippctl.errors import NotFoundError, UsageError
from qippctl.models.board import (
    BoardCover,
    BoardDashboard,
    BoardException,
    BoardFindings,
    BoardForecast,
    BoardIndicators,
    BoardIssue,
    BoardLine,
    BoardMilestones,
    BoardMovement,
    BoardPaper,
    BoardRisks,
    BoardSource,
)
from qippctl.models.highlights import Place
from qippctl.models.records import Position as Dashboard
from qippctl.models.records import Status
from qippctl.pipeline.answers import outlooks_of, positions, programme_of, weighted_scenarios
from qippctl.pipeline.auditing import audited
from qippctl.pipeline.choosing import Choice, choose, find_policy
from qippctl.pipeline.escalations import escalations
from qippctl.pipeline.following import delivered_before, movements
from qippctl.pipeline.metrics import metrics, misses
from qippctl.pipeline.milestones import milestones
from qippctl.pipeline.returns import returns
from qippctl.pipeline.risks import risks
from qippctl.pipeline.rules import Rules

if TYPE_CHECKING:
    from qippctl.calc.position import Position
    from qippctl.ledger import Fact, Ledger, LedgerPaper, RecordFact
    from qippctl.models.answers import Programme, Subject
    from qippctl.models.charts import ChartKind
    from qippctl.models.forecasts import WeightedScenario
    from qippctl.models.returns import Escalation, Return
    from qippctl.reports.board import Pictures
    from qippctl.reports.board.paper import Section

MOST_STEPS = 8
WIDTH_INCHES = 9.6
T = TypeVar("T")
Pages = dict[int, set[int]]
Line = TypeVar("Line", bound=BoardLine)


def board(
    ledger: Ledger, organisation: str | None, period: str | None, rules: Rules, *, today: date | None = None
) -> BoardPaper:
    """The paper of one body's period. Milestones and escalations are as of `today`, else as of the papers' meeting,
    else of the period's end.

    UsageError where several bodies are meant; NotFoundError where nothing is reported.
    """
    from qippctl.calc import board as chosen

    choice = _one(ledger, organisation, period)
    found, facts = positions(ledger, choice)
    bare = programme_of(ledger, choice, found, facts, "ytd", None)
    programme = programme_of(ledger, choice, found, facts, chosen.basis_of(bare.subjects), rules)
    papers = {paper.number: paper for paper in ledger.papers()}
    pages: Pages = defaultdict(set)
    for fact in facts:
        if fact.figure.subject in ("savings", "investment"):
            pages[fact.paper_number].add(fact.figure.page)
    reporting = [papers[number] for number in sorted(pages)]
    meeting = max((p.cover.meeting_date for p in reporting if p.cover.meeting_date), default=None)
    at = today or chosen.day_of(choice.period, meeting)
    place_of = {id(subject): k for k, subject in enumerate(programme.subjects)}
    words = _Words(ledger, choice, papers, pages)

    called = _names(programme)

    def line(subject: Subject) -> BoardLine:
        return _line(BoardLine, subject, called[id(subject)])

    def exception(subject: Subject) -> BoardException:
        position = found[place_of[id(subject)]]
        bare = _line(BoardException, subject, called[id(subject)])
        return bare.model_copy(update={"issues": words.issues(position)})

    total = chosen.total_of(programme)
    colours, uncoloured = chosen.colours_of(programme)
    doubted = [f.figure for f in facts if f.figure.doubts and f.figure.subject in ("savings", "investment")]
    made = BoardPaper(
        cover=_cover(choice, programme, reporting, meeting, at),
        total=line(total) if total is not None else None,
        programme=tuple(map(line, chosen.lines_of(programme))),
        schemes=tuple(map(line, chosen.schemes_of(programme))),
        colours=colours,
        uncoloured=uncoloured,
        exceptions=tuple(map(exception, chosen.exceptions_of(programme))),
        year_exceptions=tuple(map(exception, chosen.year_exceptions_of(programme))),
        dashboards=words.dashboards(),
        movement=_movement(ledger, choice, rules),
        forecast=_forecast(ledger, choice, found, facts, place_of[id(total)] if total is not None else None, rules),
        milestones=_milestones(ledger, choice, at, rules, programme, pages),
        risks=_risks(ledger, choice, pages),
        indicators=_indicators(ledger, choice, rules, pages),
        findings=_findings(ledger, choice, rules, papers),
        figures=sum(1 for f in facts if f.figure.subject in ("savings", "investment")),
        doubted=tuple(sorted(doubted, key=lambda f: (f.unit != "GBP", -abs(f.value), f.id))),
        returns=tuple(_missing(ledger, choice)),
        escalations=tuple(one for one in _told(ledger, choice, at) if one.is_open),
    )
    return made.model_copy(update={"sources": _sources(papers, pages)})


def _one(ledger: Ledger, organisation: str | None, period: str | None) -> Choice:
    asked = choose(ledger, organisation, period)
    if not asked:
        raise NotFoundError("the ledger holds no figures of savings. Next: qippctl ingest PATH")
    if len(asked) > 1:
        named = "; ".join(f"{one.organisation or '(unnamed)'} ({one.period})" for one in asked)
        raise UsageError(f"a board's paper is of one body: name it with --organisation NAME; there are {named}")
    return asked[0]


def pictures(ledger: Ledger, own: BoardPaper, rules: Rules, form: Literal["png", "svg"] | None) -> Pictures:
    """The charts of a board's paper by section, as PNG or SVG; without a form in words. What cannot be drawn is not there."""
    from qippctl.pipeline.charting import Drawn, charts
    from qippctl.reports import charts as drawn
    from qippctl.reports.document import Picture

    at = date.fromisoformat(own.cover.at)
    whose = Drawn(own.cover.organisation or "", own.cover.period, basis=own.cover.basis, rules=rules, today=at)
    asked: list[tuple[Section, ChartKind, str, Drawn]] = [
        ("programme", "cumulative", "Plan, delivery and forecast over the year", whose),
        ("exceptions", "waterfall", "From plan to outcome, scheme by scheme", replace(whose, largest=MOST_STEPS)),
    ]
    if own.movement is not None and own.movement.total is not None:
        both = replace(whose, earlier=own.movement.from_period, later=own.movement.to_period)
        asked.append(("movement", "movement", "From last month's variance to this month's", both))
    out: dict[Section, tuple[Picture, ...]] = {}
    for section, kind, caption, of in asked:
        for chart in _or_none(lambda kind=kind, of=of: charts(ledger, kind, of)) or ():  # type: ignore[misc]
            png = drawn.png(chart, width=WIDTH_INCHES) if form == "png" else b""
            svg = drawn.svg(chart, width=WIDTH_INCHES) if form == "svg" else None
            out[section] = (Picture(caption, chart.alt, png, svg),)
    return out


def _or_none(answer: Callable[[], T]) -> T | None:
    """An answer, or None where the ledger has nothing of its kind."""
    try:
        return answer()
    except NotFoundError:
        return None


def _names(programme: Programme) -> dict[int, str]:
    """What each subject is called: with its workstream where two schemes have one name."""
    from qippctl.reports.words import names

    known = [(s, s.identity) for s in programme.subjects]
    told = [(s, who) for s, who in known if who is not None]
    return {id(s): name for (s, _), name in zip(told, names([who for _, who in told]), strict=True)}


def _line(kind: type[Line], subject: Subject, name: str) -> Line:
    who = subject.identity
    if who is None:
        raise ValueError("a subject without an identity has nothing to show")
    return kind(
        name=name,
        workstream=who.workstream,
        role=who.role,
        to_date=subject.variance,
        year=subject.year,
        finance=subject.rag,
        milestones=subject.rated("milestones"),
        is_forecast_below_delivered=subject.is_forecast_below_delivered,
    )


def _cover(
    choice: Choice, programme: Programme, reporting: Sequence[LedgerPaper], meeting: str | None, at: date
) -> BoardCover:
    from qippctl.reports.rules import rule

    newest = max(reporting, key=lambda p: (p.cover.meeting_date or "", p.cover.status != "draft"), default=None)
    final = max((p.cover.meeting_date or "" for p in reporting if p.cover.status != "draft"), default=None)
    drafts = [p.cover.meeting_date or "" for p in reporting if p.cover.status == "draft"]
    data = [p.cover.data_to for p in reporting if p.cover.data_to]
    return BoardCover(
        organisation=choice.organisation or None,
        committee=newest.cover.committee if newest is not None else None,
        meeting_date=meeting,
        period=choice.period,
        data_to=max(data, default=None),
        # A draft that a final paper of the same meeting, or a later one, has replaced is none any more.
        draft=any(final is None or draft > final for draft in drafts),
        at=at.isoformat(),
        basis=programme.basis,
        policy=programme.policy.name if programme.policy is not None else None,
        policy_stated=programme.is_stated,
        policy_words=tuple(rule(programme)),
    )


class _Words:
    """What the papers of a period say of schemes in words."""

    def __init__(self, ledger: Ledger, choice: Choice, papers: dict[int, LedgerPaper], pages: Pages) -> None:
        from qippctl.calc.positions import normal_code, normal_name

        self._papers, self._pages = papers, pages
        spans = {(n, table.table): table.period for n, paper in papers.items() for table in paper.tables}

        def is_of_period(fact: RecordFact) -> bool:
            own = spans.get((fact.paper_number, fact.record.table or "")) or papers[fact.paper_number].cover.period
            return own == choice.period

        self._by_row: dict[tuple[str, str, int], list[RecordFact]] = defaultdict(list)
        self._by_code: dict[str, list[RecordFact]] = defaultdict(list)
        self._by_name: dict[str, list[RecordFact]] = defaultdict(list)
        for fact in ledger.records(choice.organisation, kind=Status):
            record = fact.record
            if not isinstance(record, Status) or not (record.issue or record.mitigation) or not is_of_period(fact):
                continue
            if record.table and record.row is not None:
                self._by_row[record.sha256, record.table, record.row].append(fact)
            if record.code:
                self._by_code[normal_code(record.code)].append(fact)
            elif record.scheme:
                self._by_name[normal_name(record.scheme)].append(fact)
        self._dashboards = [f for f in ledger.records(choice.organisation, kind=Dashboard) if is_of_period(f)]
        self._code, self._name = normal_code, normal_name

    def issues(self, position: Position) -> tuple[BoardIssue, ...]:
        """Issues and mitigations of its own rows, else under its code, else under its name; the newest paper first."""
        found = [fact for row in position.rows for fact in self._by_row.get(row, ())]
        if not found and position.code:
            found = self._by_code.get(self._code(position.code), [])
        if not found and position.scheme:
            named = self._by_name.get(self._name(position.scheme), [])
            found = named if len({fact.record.table for fact in named}) == len(named) else []
        found = sorted(found, key=lambda f: (f.meeting, f.is_final, f.paper_number), reverse=True)
        out = []
        for fact in found:
            record = fact.record
            if isinstance(record, Status):
                out.append(BoardIssue(issue=record.issue, mitigation=record.mitigation, where=self._place(fact)))
        return tuple(out)

    def dashboards(self) -> tuple[BoardDashboard, ...]:
        from qippctl.calc.board import says_something

        return tuple(
            BoardDashboard(
                workstream=fact.record.workstream,
                position=fact.record.position,
                exception=fact.record.exception,
                action=fact.record.action,
                where=self._place(fact),
            )
            for fact in self._dashboards
            if isinstance(fact.record, Dashboard) and says_something(fact.record)
        )

    def _place(self, fact: RecordFact) -> Place:
        paper = self._papers[fact.paper_number]
        self._pages[paper.number].add(fact.record.page)
        return Place(
            paper_number=paper.number,
            paper=paper.name,
            page=fact.record.page,
            table=fact.record.table,
            period=paper.cover.period,
        )


def _movement(ledger: Ledger, choice: Choice, rules: Rules) -> BoardMovement | None:
    """Since the month before that the ledger holds of the same year; None where it holds none."""
    from qippctl.calc import board as chosen

    known = ledger.organisations().get(choice.organisation, [])
    year = choice.period[:7]
    earlier = max((p for p in known if "-M" in p and p[:7] == year and p < choice.period), default=None)
    if earlier is None or "-M" not in choice.period:
        return None
    found = movements(ledger, choice.organisation, earlier, choice.period, rules)
    if not found:
        return None
    told = found[0]
    return BoardMovement(
        from_period=told.from_period,
        to_period=told.to_period,
        total=chosen.bridge_of(told.answers),
        moved=tuple(chosen.moved(told.answers)),
        restated=sum(len(a.restated) for a in told.answers),
        waiting=sum(1 for a in told.answers if a.is_exception),
        policy=told.policy,
    )


def _forecast(
    ledger: Ledger, choice: Choice, found: Sequence[Position], facts: Sequence[Fact], total: int | None, rules: Rules
) -> BoardForecast:
    from qippctl.calc import board as chosen

    answer = None
    if total is not None:
        before = delivered_before(ledger, choice, found)
        (answer,) = outlooks_of([found[total]], facts, found, [before[total]])
    return BoardForecast(
        total=answer,
        ways=tuple(chosen.ways(answer)),
        scenarios=tuple(_scenarios(ledger, choice, {fact.figure.paper for fact in facts}, rules)),
    )


def _scenarios(ledger: Ledger, choice: Choice, papers: set[str], rules: Rules) -> list[WeightedScenario]:
    """Risks and benefits in money that a paper of the period sets out; nothing of other papers."""
    policy = rules.named or find_policy(None)
    told = _or_none(lambda: weighted_scenarios(ledger, choice.organisation, policy)) or []
    return told if {s.paper for s in told if s.paper} <= papers else []


def _milestones(
    ledger: Ledger, choice: Choice, at: date, rules: Rules, programme: Programme, pages: Pages
) -> BoardMilestones | None:
    from qippctl.calc import board as chosen
    from qippctl.calc.punctuality import counts

    found = _or_none(lambda: milestones(ledger, choice.organisation, choice.period, at=at, policy=rules.named)) or []
    rated = chosen.milestone_colours(programme)
    if not found and not rated:
        return None
    for one in found:
        pages[one.sources[0].paper_number].add(one.page)
    return BoardMilestones(
        counts=counts(found),
        late=tuple(chosen.late(found)),
        next=tuple(chosen.due_next(found)),
        rated=rated,
        policy=found[0].policy if found else None,
    )


def _risks(ledger: Ledger, choice: Choice, pages: Pages) -> BoardRisks | None:
    from qippctl.calc import board as chosen

    found = _or_none(lambda: risks(ledger, choice.organisation, choice.period)) or []
    if not found:
        return None
    listed = chosen.open_risks(found)
    for one in listed:
        pages[one.sources[0].paper_number].add(one.page)
    return BoardRisks(listed=tuple(listed), closed=sum(1 for r in found if r.closed or r.movement == "closed"))


def _indicators(ledger: Ledger, choice: Choice, rules: Rules, pages: Pages) -> BoardIndicators | None:
    policy = rules.named or find_policy(None)
    found = _or_none(lambda: metrics(ledger, choice.organisation, choice.period, policy)) or []
    if not found:
        return None
    off = [one for one in misses(found) if not one.is_about_share]
    for one in off:
        pages[one.paper_number].add(one.page)
    return BoardIndicators(share=found[0].share, off=tuple(sorted(off, key=lambda one: one.rag != "red")))


def _findings(ledger: Ledger, choice: Choice, rules: Rules, papers: dict[int, LedgerPaper]) -> BoardFindings:
    """What the audit finds in the papers of the period, of this body and of tables that are not of another period."""
    from qippctl.audit import Audit, verdict

    nothing = (Audit((), papers=0), ())
    whole, found = _or_none(lambda: audited(ledger, choice.organisation, choice.period, rules.named)) or nothing
    spans = {(paper.name, table.table): table.period for paper in papers.values() for table in paper.tables}
    known = tuple(
        f
        for f in found
        if f.organisation in (choice.organisation, None)
        and (spans.get((f.paper, f.table or "")) or choice.period) in (choice.period, choice.period[:7])
    )
    listed = [f for f in known if f.accepted is None and (f.severity == "error" or f.decision) and f.severity != "note"]
    return BoardFindings(verdict=verdict(whole, known), listed=tuple(listed))


def _missing(ledger: Ledger, choice: Choice) -> list[Return]:
    found = _or_none(lambda: returns(ledger, choice.organisation, choice.period)) or []
    return [one for own, listed in found if own == choice for one in listed]


def _told(ledger: Ledger, choice: Choice, at: date) -> list[Escalation]:
    return _or_none(lambda: escalations(ledger, choice.organisation, choice.period, today=at)) or []


def _sources(papers: dict[int, LedgerPaper], known: Pages) -> tuple[BoardSource, ...]:
    return tuple(
        BoardSource(
            number=number,
            paper=papers[number].name,
            title=papers[number].cover.title,
            meeting_date=papers[number].cover.meeting_date,
            status=papers[number].cover.status,
            period=papers[number].cover.period,
            pages=tuple(sorted(known[number])),
        )
        for number in sorted(known)
    )
