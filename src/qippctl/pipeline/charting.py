"""Charts from the ledger: what each draws, and why there is nothing to draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from qippctl.errors import NotFoundError, UsageError
from qippctl.models.charts import Chart, ChartKind, ChartMark, ChartSeries
from qippctl.models.figure import DIMENSIONS, Basis, Unit
from qippctl.models.records import Milestone
from qippctl.pipeline.answers import positions, programme_of
from qippctl.pipeline.choosing import Choice, choose, period_named
from qippctl.pipeline.following import delivered_to_date, line_of, lines, movements
from qippctl.pipeline.metrics import control_charts
from qippctl.pipeline.milestones import milestones, of_bodies
from qippctl.pipeline.rules import Rules

if TYPE_CHECKING:
    from qippctl.calc.position import Position
    from qippctl.ledger import Fact, Ledger, LedgerPaper
    from qippctl.models.answers import RagAnswer
    from qippctl.models.movements import Movement, MovementAnswer
    from qippctl.models.profiles import ProfileAnswer
    from qippctl.models.registers import MilestoneAnswer
    from qippctl.reports.charts.telling import Place, Whose

LARGEST = 12
MONTHS_SHOWN = 12
_UNITS: dict[str, Unit] = {
    "percent": "percent",
    "GBP": "GBP",
    "count": "count",
    "days": "days",
    "score": "score",
    "beds": "beds",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a chart is asked to be of. `today` is for milestones: None is the date of the newest paper that lists some."""

    organisation: str | None = None
    period: str | None = None
    scheme: str | None = None
    basis: Basis = "ytd"
    earlier: str | None = None
    later: str | None = None
    by: Literal["dimension", "month"] = "dimension"
    indicator: str | None = None
    largest: int = LARGEST
    today: date | None = None
    rules: Rules = field(default_factory=Rules)


@dataclass(frozen=True, slots=True)
class _Subject:
    """One subject at a period: its position, what it was before, and the facts and positions of the period."""

    choice: Choice
    position: Position
    line: dict[str, Position]
    found: Sequence[Position]
    facts: Sequence[Fact]


def charts(ledger: Ledger, kind: ChartKind, asked: Drawn) -> list[Chart]:
    """The charts of a kind, one for each chosen body that has what it draws; NotFoundError says what is missing."""
    makers: dict[ChartKind, Callable[[Ledger, Drawn, list[str]], list[Chart]]] = {
        "cumulative": _cumulative,
        "waterfall": _waterfall,
        "movement": _movement,
        "profile": _profile,
        "gantt": _gantt,
        "heatmap": _heatmap,
        "spc": _control,
        "history": _history,
    }
    missing: list[str] = []
    found = makers[kind](ledger, asked, missing)
    if not found:
        why = "; ".join(missing) or "the ledger holds no figures. Next: qippctl ingest PATH"
        raise NotFoundError(f"nothing to draw: {why}")
    return found


def _subjects(ledger: Ledger, asked: Drawn, missing: list[str]) -> list[_Subject]:
    """The scheme that is named, else the printed total of each chosen body; what is missing is told."""
    if asked.scheme is not None:
        line, _ = line_of(ledger, asked.organisation, asked.scheme)
        known = sorted(line)
        period = period_named(asked.period, known) if asked.period is not None else known[-1]
        if period not in line:
            raise NotFoundError(f'"{asked.scheme}" is not reported for {period}; it is for {", ".join(known)}')
        choice = Choice(line[period].organisation or "", period)
        found, facts = positions(ledger, choice)
        return [_Subject(choice, line[period], {p: own for p, own in line.items() if p <= period}, found, facts)]
    out = []
    for choice in choose(ledger, asked.organisation, asked.period):
        found, facts = positions(ledger, choice)
        k = _total(found)
        if k is None:
            missing.append(
                f"the papers of {_named(choice)} print no total for {choice.period}: name one with --scheme NAME"
            )
            continue
        earlier = [p for p in ledger.organisations().get(choice.organisation, []) if p < choice.period]
        same_kind = [p for p in earlier if ("-M" in p) == ("-M" in choice.period)]
        line = lines(ledger, choice.organisation, same_kind, found)[k] if same_kind else {choice.period: found[k]}
        out.append(_Subject(choice, found[k], dict(line), found, facts))
    return out


def _total(found: Sequence[Position]) -> int | None:
    """The place of the programme's printed total; of several that of the largest plan, to date before that of the year."""
    from qippctl.calc.variance import answer

    ranked = []
    for k, position in enumerate(found):
        if position.level != "total":
            continue
        known = [(basis == "ytd", a.plan or 0, -k) for basis in ("ytd", "year") if (a := answer(position, basis, None))]
        if known:
            ranked.append((max(known), k))
    return max(ranked)[1] if ranked else None


def _profiles(subject: _Subject) -> list[ProfileAnswer]:
    from qippctl.calc import profile

    year = subject.choice.period[:7]
    before = {p: own for p, own in subject.line.items() if "-M" in p and p[:7] == year and p < subject.choice.period}
    return profile.answers(subject.position, delivered_to_date(before), _data_to(subject))


def _data_to(subject: _Subject) -> str | None:
    ends = {fact.figure.id: fact.data_to for fact in subject.facts if fact.data_to}
    now = subject.position.find("actual", "ytd")
    return ends.get(now.id) if now is not None else None


def _cumulative(ledger: Ledger, asked: Drawn, missing: list[str]) -> list[Chart]:
    from qippctl.calc import plotting, variance
    from qippctl.reports.charts import telling

    out = []
    for one in _subjects(ledger, asked, missing):
        period = one.choice.period
        to_date = variance.answer(one.position, "ytd", period)
        if "-M" not in period or to_date is None or (to_date.plan is None and to_date.actual is None):
            missing.append(
                f"no plan or actual to date is printed of {_called(one)} for {period}; see qippctl schemes show"
            )
            continue
        series = plotting.cumulative(one.position, one.line, _profiles(one))
        year = variance.answer(one.position, "year", period[:7])
        used = [*_sources(series), *_counting([one.position], "ytd")]
        whose = _whose(ledger, one, used)
        out.append(telling.cumulative(whose, series, to_date, year, _data_to(one)))
    return out


def _profile(ledger: Ledger, asked: Drawn, missing: list[str]) -> list[Chart]:
    from qippctl.calc import plotting, variance
    from qippctl.reports.charts import telling

    out = []
    for one in _subjects(ledger, asked, missing):
        series = plotting.monthly(one.position, _profiles(one))
        if not series:
            missing.append(f"no month of {_called(one)} is known for {one.choice.period}; see qippctl profile")
            continue
        to_date = variance.answer(one.position, "ytd", one.choice.period)
        out.append(telling.profile(_whose(ledger, one, _sources(series)), series, to_date))
    return out


def _history(ledger: Ledger, asked: Drawn, missing: list[str]) -> list[Chart]:
    from qippctl.calc import plotting
    from qippctl.reports.charts import telling

    out = []
    for one in _subjects(ledger, asked, missing):
        series = plotting.history(one.line)
        if not series:
            missing.append(f"neither plan, forecast nor actual of {_called(one)} is printed; see qippctl schemes show")
            continue
        out.append(telling.history(_whose(ledger, one, _sources(series)), series))
    return out


def _waterfall(ledger: Ledger, asked: Drawn, missing: list[str]) -> list[Chart]:
    from qippctl.calc import plotting
    from qippctl.calc.variance import waterfall
    from qippctl.reports.charts import telling
    from qippctl.reports.variances import step_names

    out = []
    for choice in choose(ledger, asked.organisation, asked.period):
        found, facts = positions(ledger, choice)
        programme = programme_of(ledger, choice, found, facts, asked.basis, None)
        steps = waterfall(programme.total, programme.variances_of_parts)
        if not steps:
            missing.append(
                f"{_named(choice)} has no plan and outcome by scheme for {choice.period} "
                f"(basis {asked.basis}); try --basis {'ytd' if asked.basis == 'year' else 'year'}"
            )
            continue
        called = step_names(steps)
        series = plotting.waterfall(steps, called, asked.largest)
        parts = [
            ChartMark(label=name, value=step.change)
            for step, name in zip(steps, called, strict=True)
            if step.step in ("scheme", "adjustment")
        ]
        used = set(_counting(found, asked.basis)) & {source for step in steps for source in step.sources}
        places = _places(facts, used)
        whose = telling.Whose(choice.organisation or None, None, choice.period, places)
        out.append(telling.waterfall(whose, series, asked.basis, parts))
    return out


def _movement(ledger: Ledger, asked: Drawn, missing: list[str]) -> list[Chart]:
    from qippctl.calc import plotting
    from qippctl.reports.charts import telling

    out = []
    for moved in movements(ledger, asked.organisation, asked.earlier, asked.later, asked.rules):
        answer = _moved(moved, asked.scheme)
        series = plotting.bridge(answer) if answer is not None else None
        if answer is None or series is None:
            whose = f"{asked.scheme or 'the total'} of {moved.organisation or '(organisation unknown)'}"
            missing.append(
                f"the change of variance to date of {whose} is not known from {moved.from_period} to {moved.to_period}: "
                "a bridge needs both ends in one year; see qippctl movement"
            )
            continue
        facts = [
            *ledger.facts(moved.organisation, moved.from_period),
            *ledger.facts(moved.organisation, moved.to_period),
        ]
        subject = None if answer.role == "total" else answer.scheme or answer.workstream
        places = _places(facts, set(answer.sources))
        out.append(
            telling.movement(telling.Whose(answer.organisation, subject, moved.to_period, places), series, answer)
        )
    return out


def _moved(moved: Movement, named: str | None) -> MovementAnswer | None:
    """The movement of the scheme that is named, else of the programme's total; of several the largest."""
    from qippctl.calc.positions import normal_name

    if named is None:
        totals = [a for a in moved.answers if a.role == "total"]
        return max(totals, key=lambda a: (a.variance_to is not None, a.plan_to or 0), default=None)
    wanted = normal_name(named)
    own = [(normal_name(a.scheme or a.workstream), a) for a in moved.answers if a.role != "total"]
    fitting = [a for name, a in own if name == wanted] or [a for name, a in own if wanted and wanted in name]
    if len(fitting) > 1:
        listed = "; ".join(" / ".join(filter(None, (a.workstream, a.scheme))) for a in fitting[:6])
        raise NotFoundError(f'several schemes are called "{named}": {listed}')
    return fitting[0] if fitting else None


def _gantt(ledger: Ledger, asked: Drawn, missing: list[str]) -> list[Chart]:
    from qippctl.calc import plotting
    from qippctl.calc.positions import normal_name
    from qippctl.reports.charts import telling

    papers = {paper.number: paper for paper in ledger.papers()}
    out = []
    for name, kept in of_bodies(ledger, Milestone, asked.organisation, asked.period, papers).items():
        at = asked.today or plotting.newest_meeting([papers[f.paper_number].cover.meeting_date for f in kept])
        if at is None:
            missing.append(
                f"no paper of {name or '(unnamed)'} with milestones prints its meeting's date; say one with --today DATE"
            )
            continue
        rule = asked.rules.named
        found = milestones(ledger, name, asked.period, at=at, policy=rule)
        if asked.scheme is not None:
            found = [one for one in found if normal_name(asked.scheme) in normal_name(one.scheme)]
        series = plotting.gantt(found, [one.scheme or "(no scheme)" for one in found])
        if not series:
            missing.append(
                f"no milestone of {asked.scheme or name or '(unnamed)'} has a date; see qippctl milestones --all"
            )
            continue
        undated = sum(1 for one in found if one.due is None)
        places = _listed_places([one for one in found if one.due is not None], papers.values())
        period = max((p for f in kept if (p := papers[f.paper_number].cover.period)), default=None)
        whose = telling.Whose(name or None, asked.scheme, period, places)
        out.append(telling.gantt(whose, series, at, undated))
    if not out and not missing:
        missing.append("the ledger holds no milestones up to then. Next: qippctl ingest PATH")
    return out


def _heatmap(ledger: Ledger, asked: Drawn, missing: list[str]) -> list[Chart]:
    from qippctl.calc import plotting
    from qippctl.reports.charts import telling
    from qippctl.reports.words import names

    out = []
    for choice in choose(ledger, asked.organisation, asked.period):
        found, facts = positions(ledger, choice)
        programme = programme_of(ledger, choice, found, facts, asked.basis, asked.rules)
        place = {id(s): k for k, s in enumerate(programme.subjects)}
        judged = sorted(programme.judged, key=lambda s: plotting.urgency(s.rag))
        called = names([s.identity for s in judged if s.identity is not None])
        if asked.by == "month":
            columns = _by_month(ledger, choice, found, [place[id(s)] for s in judged], asked.rules, facts)
        else:
            columns = {d: [s.rated(d) for s in judged] for d in DIMENSIONS}
        series = plotting.ratings(columns, called)
        if not series:
            missing.append(f"no scheme of {_named(choice)} has a colour for {choice.period}; see qippctl rag --all")
            continue
        places = _places(facts, _counting(found, asked.basis)) or _places(facts, [fact.figure.id for fact in facts])
        whose = telling.Whose(choice.organisation or None, None, choice.period, places)
        policy = programme.policy.name if programme.policy is not None else ""
        out.append(telling.heatmap(whose, series, called, policy, by_month=asked.by == "month"))
    return out


def _by_month(
    ledger: Ledger,
    choice: Choice,
    found: Sequence[Position],
    places: Sequence[int],
    rules: Rules,
    facts: Sequence[Fact],
) -> dict[str, list[RagAnswer | None]]:
    """The ratings of subjects' money to date in the newest months up to a period, by month; one rule judges all."""
    from qippctl.calc import rag

    policy, _ = rules.of(ledger, choice.organisation, facts)
    known = [p for p in ledger.organisations().get(choice.organisation, []) if "-M" in p and p <= choice.period]
    months = sorted(known)[-MONTHS_SHOWN:]
    lined = lines(ledger, choice.organisation, [p for p in months if p != choice.period], found)
    return {
        month: [rag.answer(lined[k][month], "ytd", month, policy) if month in lined[k] else None for k in places]
        for month in months
    }


def _control(ledger: Ledger, asked: Drawn, missing: list[str]) -> list[Chart]:
    from qippctl.calc import plotting
    from qippctl.reports.charts import telling

    if asked.indicator is None:
        raise UsageError(
            "a control chart is of one indicator: name it with --indicator NAME; qippctl metrics lists them"
        )
    out = []
    for found in control_charts(ledger, asked.indicator, asked.organisation):
        if found.outcome in ("cumulative", "mixed units") or not found.points:
            missing.append(
                f"{found.name[:60]} has no place on a control chart: {found.why or 'no month of data is known'}"
            )
            continue
        unit = _UNITS.get(found.unit or "")
        places = _page_places(ledger, {(p.paper, p.page) for p in found.points})
        whose = telling.Whose(found.organisation, found.name, found.points[-1].period, places)
        out.append(telling.control(whose, plotting.control(found), found, unit))
    return out


def _named(choice: Choice) -> str:
    return choice.organisation or "(organisation unknown)"


def _called(one: _Subject) -> str:
    return one.position.scheme or one.position.workstream or f"the total of {_named(one.choice)}"


def _counting(found: Sequence[Position], basis: Basis) -> list[str]:
    """Ids of the figures of a span that count."""
    from qippctl.calc.variance import sources_of

    return [f.id for p in found for name in sources_of(p, basis) if (f := p.find(*name)) is not None]


def _sources(series: Iterable[ChartSeries]) -> list[str]:
    return [source for own in series for mark in own.marks for source in mark.sources]


def _whose(ledger: Ledger, one: _Subject, used: Sequence[str]) -> Whose:
    """Whose chart it is, with every page that prints the figures: those of earlier periods stand in earlier papers."""
    from qippctl.reports.charts.telling import Whose

    earlier = [f for p in one.line if p != one.choice.period for f in ledger.facts(one.choice.organisation, p)]
    position = one.position
    subject = None if position.level == "total" else position.scheme or position.workstream
    return Whose(position.organisation, subject, one.choice.period, _places([*one.facts, *earlier], used))


def _places(facts: Iterable[Fact], used: Iterable[str]) -> list[Place]:
    from qippctl.reports.charts.telling import Place

    wanted = set(used)
    return [
        Place(fact.figure.paper, fact.figure.page, fact.meeting or None, fact.is_final)
        for fact in facts
        if fact.figure.id in wanted
    ]


def _page_places(ledger: Ledger, pages: Iterable[tuple[str, int]]) -> list[Place]:
    """Pages of papers by their names."""
    from qippctl.reports.charts.telling import Place

    covers = {paper.name: paper.cover for paper in ledger.papers()}
    found = []
    for name, page in sorted(pages):
        cover = covers.get(name)
        found.append(Place(name, page, cover.meeting_date if cover else None, cover is None or cover.status != "draft"))
    return found


def _listed_places(found: Iterable[MilestoneAnswer], papers: Iterable[LedgerPaper]) -> list[Place]:
    """The newest page of each milestone."""
    from qippctl.reports.charts.telling import Place

    drafts = {paper.number for paper in papers if paper.cover.status == "draft"}
    newest = (one.sources[0] for one in found if one.sources)
    return [Place(s.paper, s.page, s.meeting_date, s.paper_number not in drafts) for s in newest]
