"""Indicators from the ledger: judged, counted, charted over the papers that report them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qippctl.errors import NotFoundError
from qippctl.models.metrics import ControlChart, IndicatorAnswer, Metrics
from qippctl.models.records import Indicator
from qippctl.pipeline.answers import links_of
from qippctl.pipeline.choosing import choose_organisations, period_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qippctl.calc.indicators import Read
    from qippctl.ledger import Ledger, LedgerPaper, RecordFact
    from qippctl.models.figure import Figure
    from qippctl.models.policy import Policy
    from qippctl.period import Period

_FIELDS = {"baseline": "baseline", "plan": "target", "actual": "actual"}
_MARKS = {"percent": "{}%", "GBP": "£{}"}
MOST_NAMED = 12
Place = tuple[str, str | None, int | None]


def metrics(
    ledger: Ledger, organisation: str | None = None, period: str | None = None, policy: Policy | None = None
) -> list[Metrics]:
    """Each chosen organisation's indicators of a period, judged: of the newest that has some, where none is asked for."""
    from qippctl.calc.indicators import answer, share

    rule = policy.metrics if policy is not None else None
    name_of_rule = policy.name if policy is not None and rule is not None else None
    out, there = [], {}
    papers = {paper.number: paper for paper in ledger.papers()}
    for name, own in _by_organisation(ledger, organisation).items():
        read = _read(ledger, papers, own)
        periods = sorted({one.period for one, _ in read if one.period is not None})
        there[name] = periods
        if period is not None and not periods:
            continue
        wanted = period_named(period, periods) if periods else None
        chosen = [(one, fact) for one, fact in read if one.period == wanted]
        if chosen:
            answers = tuple(answer(one, rule, name_of_rule) for one in _settled(chosen))
            out.append(Metrics(name, wanted, answers, share(name or None, wanted, answers), rule, name_of_rule))
    if not out and period is not None and there:
        listed = "; ".join(f"{name or '(unnamed)'}: {', '.join(own) or 'undated'}" for name, own in there.items())
        raise NotFoundError(f"no indicators are reported for {period}; there is {listed}")
    return out


def control_charts(ledger: Ledger, named: str, organisation: str | None = None) -> list[ControlChart]:
    """The numbers of an indicator's XmR chart, one for each body and workstream that reports it."""
    from qippctl.calc.charts import Observed, chart
    from qippctl.calc.identity import standing, standing_name
    from qippctl.calc.indicators import answer
    from qippctl.calc.measured import measured
    from qippctl.calc.positions import normal_name

    groups: dict[tuple[str, str, str], list[Observed]] = defaultdict(list)
    titles: dict[tuple[str, str, str], tuple[str, str | None]] = {}
    known: dict[str, str] = {}
    papers = {paper.number: paper for paper in ledger.papers()}
    wanted = normal_name(named)
    for body, own in _by_organisation(ledger, organisation).items():
        known |= {normal_name(fact.record.name): fact.record.name for fact in own if isinstance(fact.record, Indicator)}
        fitting = _fitting(own, wanted)
        read = _read(ledger, papers, fitting)
        newest = max((one.period for one, _ in read if one.period), default="")
        names = standing(links_of(ledger, body), newest)
        to_date = _to_date(ledger, fitting)
        for one, fact in read:
            workstream = standing_name(names, "workstream", one.record.workstream)
            key = (body, normal_name(workstream), normal_name(one.record.name))
            titles[key] = (one.record.name, workstream)
            reached = measured((one.texts or {}).get("actual", one.record.actual))
            if reached is not None:
                rank = (fact.meeting, fact.is_final, fact.paper_number)
                groups[key].append(Observed(answer(one), reached, rank, _place(one.record) in to_date))
    called = {key[2] for key in titles}
    if len(called) != 1:
        listed = [known[name] for name in sorted(called or known)]
        said = "; ".join(name[:60] for name in listed[:MOST_NAMED]) + ("; ..." if len(listed) > MOST_NAMED else "")
        raise NotFoundError(
            f'{"several indicators are" if called else "no indicator is"} called "{named}"; there are: '
            f"{said or 'none. Next: qippctl ingest PATH'}"
        )
    if not groups:
        raise NotFoundError(f'no paper prints a number as the actual of "{next(iter(titles.values()))[0]}"')
    return [chart(*titles[key], groups[key]) for key in sorted(groups)]


def _by_organisation(ledger: Ledger, organisation: str | None) -> dict[str, list[RecordFact]]:
    """The indicators of the organisations meant, among those that have some: a joint paper's are found by each body's name."""
    found: dict[str, list[RecordFact]] = defaultdict(list)
    for fact in ledger.records(kind=Indicator):
        found[fact.record.organisation or ""].append(fact)
    if organisation is None:
        return dict(sorted(found.items()))
    wanted = organisation.casefold().strip()
    named = [name for name in found if name.casefold() == wanted] or [n for n in found if wanted in n.casefold()]
    if len(named) > 1:
        raise NotFoundError(f'"{organisation}" is part of several names: {"; ".join(sorted(named))}')
    if not named:
        choose_organisations(ledger, organisation)
    return {name: found[name] for name in named}


def _fitting(own: Sequence[RecordFact], wanted: str) -> list[RecordFact]:
    """The indicators of exactly that name, else those with it as a part of theirs."""
    from qippctl.calc.positions import normal_name

    named = [(fact, normal_name(fact.record.name)) for fact in own if isinstance(fact.record, Indicator)]
    exact = [fact for fact, name in named if name == wanted]
    return exact or [fact for fact, name in named if wanted and wanted in name]


def _read(
    ledger: Ledger, papers: Mapping[int, LedgerPaper], own: Sequence[RecordFact]
) -> list[tuple[Read, RecordFact]]:
    """Indicators with what the ledger knows of each: its paper's period and month, its figures, what was put right."""
    from qippctl.calc.indicators import Read

    figures = _figures(ledger, sorted({fact.paper_number for fact in own}))
    out = []
    for fact in own:
        record = fact.record
        if not isinstance(record, Indicator):
            continue
        paper = papers[fact.paper_number]
        beside = figures.get(_place(record), ())
        put_right = [figure for figure in beside if figure.corrected is not None and figure.measure in _FIELDS]
        out.append(
            (
                Read(
                    record=record,
                    paper_number=fact.paper_number,
                    period=paper.cover.period or _table_period(paper, record.table),
                    report_month=_report_month(paper, record.table),
                    texts={_FIELDS[figure.measure]: _text(figure) for figure in put_right},
                    sources=tuple(figure.id for figure in beside),
                    doubts=tuple(dict.fromkeys(doubt for figure in beside for doubt in figure.doubts)),
                    corrected=tuple(n for figure in put_right if figure.corrected for n in figure.corrected.numbers),
                    dated=next((figure.period for figure in beside if figure.measure == "actual"), None),
                ),
                fact,
            )
        )
    return out


def _place(record: Indicator | Figure) -> Place:
    return record.sha256, record.table, record.row


def _figures(ledger: Ledger, papers: Sequence[int]) -> Mapping[Place, list[Figure]]:
    """The figures of indicators of papers, by the row in which they stand."""
    found: dict[Place, list[Figure]] = defaultdict(list)
    for fact in ledger.facts(papers=papers) if papers else ():
        if fact.figure.subject == "indicator":
            found[_place(fact.figure)].append(fact.figure)
    return found


def _to_date(ledger: Ledger, own: Sequence[RecordFact]) -> set[Place]:
    """The rows whose actual stands in a column that says to date."""
    from qippctl.models.figure import Doubt

    figures = _figures(ledger, sorted({fact.paper_number for fact in own}))
    return {
        place
        for place, row in figures.items()
        if any(f.measure == "actual" and f.basis == "ytd" and Doubt.BASIS_UNCLEAR not in f.doubts for f in row)
    }


def _text(figure: Figure) -> str:
    """A figure that was put right, as its cell would print it."""
    from qippctl.money import plain

    return _MARKS.get(figure.unit, "{}").format(plain(figure.value))


def _table_period(paper: LedgerPaper, table: str | None) -> str | None:
    return next((t.period for t in paper.tables if t.table == table), None)


def _report_month(paper: LedgerPaper, table: str | None) -> Period | None:
    """The month that the indicators' table is of by its title, or another's of the paper; else the month that it reports."""
    from qippctl.period import Period, find_mention

    own = [t for t in paper.tables if t.table == table]
    others = [t for t in paper.tables if t.kind == "indicators" and t.table != table]
    for reading in (*own, *others):
        mention = find_mention(reading.title) if reading.title else None
        if mention is not None and mention.start is not None and mention.month:
            return Period(mention.start, mention.month)
    named = next((t.period for t in own if t.period), None) or paper.cover.period
    found = Period.parse(named) if named else None
    return found if found is not None and found.month else None


def _settled(own: Iterable[tuple[Read, RecordFact]]) -> list[Read]:
    """Of one indicator in several papers that of the later meeting, then of the final paper; the rest are sources."""
    from dataclasses import replace

    from qippctl.calc.positions import normal_name

    listed = list(own)
    kept: dict[tuple[str, str], list[tuple[Read, RecordFact]]] = defaultdict(list)
    for read, fact in listed:
        kept[(normal_name(read.record.workstream), normal_name(read.record.name))].append((read, fact))
    out: dict[int, Read] = {}
    for same in kept.values():
        _, best = max(same, key=lambda item: (item[1].meeting, item[1].is_final, item[1].paper_number))
        beside = tuple(s for read, fact in same if fact.paper_number != best.paper_number for s in read.sources)
        for read, fact in same:
            if fact.paper_number == best.paper_number:
                out[id(read)] = replace(read, sources=(*read.sources, *beside))
    return [out[id(read)] for read, _ in listed if id(read) in out]


def misses(found: Sequence[Metrics]) -> list[IndicatorAnswer]:
    """The indicators that are off target, broadly on it or not."""
    return [one for own in found for one in own.answers if one.on_target is False]
