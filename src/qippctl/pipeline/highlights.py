"""The highlight sheet of one scheme: what every paper says of it, what is decided about it, and what is derived."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qippctl.models.highlights import HighlightAnswer, Mention, Place, Printed
from qippctl.models.records import Alignment, Claim, Milestone, Project, Risk, Status
from qippctl.models.records import Position as Dashboard
from qippctl.pipeline.answers import links_of, outlooks_of, positions, programme_of
from qippctl.pipeline.choosing import Choice
from qippctl.pipeline.corrections import corrections
from qippctl.pipeline.escalations import escalations
from qippctl.pipeline.following import delivered_to_date, history_of, line_of, lines
from qippctl.pipeline.identities import aliases
from qippctl.pipeline.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qippctl.calc.highlight import Sought
    from qippctl.calc.position import Position
    from qippctl.ledger import Ledger, LedgerPaper
    from qippctl.models.decisions import Link, LinkLevel
    from qippctl.models.figure import Figure
    from qippctl.models.finding import Finding
    from qippctl.models.movements import HistoryAnswer
    from qippctl.models.policy import Policy
    from qippctl.models.records import Record
    from qippctl.models.returns import Escalation


def highlight(
    ledger: Ledger, organisation: str | None, named: str, rules: Rules, *, today: date
) -> tuple[HighlightAnswer, list[HistoryAnswer], Policy]:
    """Everything known of the one scheme (or workstream) of a name or code, its history, and the rule that judges it."""
    from qippctl.calc.highlight import owners, particulars

    line, others = line_of(ledger, organisation, named)
    told, policy = history_of(ledger, line, rules)
    newest = line[max(line)]
    choice = Choice(newest.organisation or "", newest.reported)
    found, facts = positions(ledger, choice)
    k = next(i for i, position in enumerate(found) if position.rows == newest.rows)
    links = links_of(ledger, choice.organisation)
    everything = [*line.values(), *_of_years(ledger, choice, line, found, k)]
    sought = _sought(everything, found, k, links)
    papers = {paper.cover.sha256: paper for paper in ledger.papers()}
    mentions = _mentions(ledger, choice.organisation, sought, papers)
    subject = programme_of(ledger, choice, found, facts, "ytd", rules).subjects[k]
    before = {p: own for p, own in line.items() if "-M" in p and p[:7] == choice.period[:7] and p < choice.period}
    (outlook,) = outlooks_of([found[k]], facts, found, [delivered_to_date(before)])
    figures = _figures(everything)
    doubted = [figure for figure in figures if figure.doubts]
    printed = _printed(everything, papers)
    found_wrong, audited = _findings(ledger, figures)
    names, codes = _names(line, links, sought), _codes(line)
    return (
        HighlightAnswer(
            organisation=newest.organisation,
            workstream=newest.workstream,
            scheme=newest.scheme,
            role=newest.role,
            period=newest.reported,
            names=names,
            codes=codes,
            links=tuple(
                a
                for a in aliases(ledger, choice.organisation)
                if a.number in {link.number for link in _own(links, sought)}
            ),
            owners=tuple(owners(mentions, _leads(printed, papers))),
            particulars=tuple(particulars(_of(mentions, Status))),
            to_date=subject.variance,
            year=subject.year,
            ratings=tuple(answer for answer in (subject.rag, *subject.others) if answer is not None),
            forecast=outlook,
            milestones=_of(mentions, Milestone),
            risks=_of(mentions, Risk),
            statuses=_of(mentions, Status),
            projects=_of(mentions, Project),
            dashboards=_of(mentions, Dashboard),
            standards=_of(mentions, Alignment),
            claims=_of(mentions, Claim),
            escalations=tuple(_escalations(ledger, choice, sought, today)),
            corrections=tuple(c for c in corrections(ledger) if c.figure in sought.figures),
            findings=found_wrong,
            audited=audited,
            figures=len(figures),
            doubted=len(doubted),
            worst=min(doubted, key=lambda f: (f.unit != "GBP", -abs(f.value), f.id), default=None),
            printed=printed,
            namesakes=_printed((p for other in others for p in other.values()), papers),
        ),
        told,
        policy,
    )


def _of_years(
    ledger: Ledger, choice: Choice, line: dict[str, Position], found: Sequence[Position], k: int
) -> list[Position]:
    """What tables of whole years say of it, where the line is one of months."""
    known = ledger.organisations().get(choice.organisation, [])
    years = [period for period in known if "-M" not in period and period not in line]
    if not years or "-M" not in choice.period:
        return []
    own = lines(ledger, choice.organisation, years, found)[k]
    return [position for period, position in own.items() if period in years]


def _sought(everything: Sequence[Position], found: Sequence[Position], k: int, links: Sequence[Link]) -> Sought:
    from qippctl.calc.highlight import Sought
    from qippctl.calc.identity import standing
    from qippctl.calc.positions import normal_code, normal_name

    subject = found[k]
    level: LinkLevel = "workstream" if subject.level == "workstream" else "scheme"

    def own_name(position: Position) -> str:
        return normal_name(position.workstream if level == "workstream" else position.scheme)

    names = {own_name(position) for position in everything} - {""}
    others = [p for i, p in enumerate(found) if i != k and p.level == level]
    taken = {normal_code(p.code) for p in others if p.code}
    codes = {(p.reported[:7], normal_code(p.code)) for p in everything if p.code}
    return Sought(
        level=level,
        names=frozenset(names),
        workstreams=frozenset({normal_name(p.workstream) for p in everything} - {""}),
        codes=frozenset(c for c in codes if c[0] != subject.reported[:7] or c[1] not in taken),
        rows=frozenset(row for position in everything for row in position.rows),
        figures=frozenset(figure.id for figure in _figures(everything)),
        standing=standing(links, subject.reported),
        is_alone=all(own_name(p) not in names for p in others),
    )


def _figures(everything: Iterable[Position]) -> list[Figure]:
    found = {f.id: f for position in everything for stated in position.stated.values() for f in stated}
    return list(found.values())


def _findings(ledger: Ledger, figures: Sequence[Figure]) -> tuple[tuple[Finding, ...], str | None]:
    """What the last audits found wrong with these figures, as they were kept; and when the last of them was."""
    from qippctl.audit import in_order, marked
    from qippctl.models.decisions import Acceptance

    own = {figure.id for figure in figures}
    known, standing = ledger.standing_findings({figure.sha256 for figure in figures})
    open_ = [one for one in marked(standing, ledger.decisions(Acceptance)) if one.accepted is None]
    # A total is wrong for all that it sums: a scheme is told of what is wrong with its own figures.
    faulted = [one for one in open_ if {*one.figures[-1:], *_changed(one)} & own and one.severity != "note"]
    return in_order(faulted), max((audit.at for audit in known.audits), default=None)


def _changed(one: Finding) -> set[str]:
    return {change.figure for change in one.repair.changes} if one.repair is not None else set()


def _mentions(ledger: Ledger, organisation: str, sought: Sought, papers: dict[str, LedgerPaper]) -> list[Mention]:
    """The records that are of it, those of the newest paper first."""
    out: list[tuple[tuple[str, bool, int], Mention]] = []
    for fact in ledger.records(organisation):
        paper = papers[fact.record.sha256]
        period = paper.cover.period
        how = sought.found_by(fact.record, period[:7] if period else None)
        if how is not None:
            where = _place(paper, fact.record.page, fact.record.table)
            rank = (fact.meeting, fact.is_final, fact.paper_number)
            out.append((rank, Mention.model_validate({"where": where, "found_by": how, "record": fact.record})))
    return [mention for _, mention in sorted(out, key=lambda item: item[0], reverse=True)]


def _of(mentions: Iterable[Mention], kind: type[Record]) -> tuple[Mention, ...]:
    return tuple(mention for mention in mentions if isinstance(mention.record, kind))


def _place(paper: LedgerPaper, page: int, table: str | None) -> Place:
    return Place(paper_number=paper.number, paper=paper.name, page=page, table=table, period=paper.cover.period)


def _printed(everything: Iterable[Position], papers: dict[str, LedgerPaper]) -> tuple[Printed, ...]:
    """The tables that print its figures, in the order of papers and of print."""
    tables: dict[tuple[str, int, str, str], dict[str, Figure]] = {}
    for position in everything:
        for figure in _figures([position]):
            place = (figure.sha256, figure.page, figure.table, position.reported)
            tables.setdefault(place, {})[figure.id] = figure
    out = [
        Printed(
            where=_place(papers[sha256], page, table),
            reported=reported,
            rows=tuple(sorted({figure.row for figure in own.values()})),
            figures=len(own),
            doubted=sum(1 for figure in own.values() if figure.doubts),
        )
        for (sha256, page, table, reported), own in tables.items()
    ]
    return tuple(sorted(out, key=lambda p: (p.where.paper_number, p.where.page, p.where.table or "", p.reported)))


def _leads(printed: Iterable[Printed], papers: dict[str, LedgerPaper]) -> list[tuple[dict[str, str], Place]]:
    """Who leads the papers that report it, the newest first."""
    numbers = {p.where.paper_number for p in printed}
    own = [paper for paper in papers.values() if paper.number in numbers]
    own.sort(key=lambda paper: (paper.cover.meeting_date or "", paper.number), reverse=True)
    return [(paper.cover.leads, _place(paper, 1, None)) for paper in own if paper.cover.leads]


def _own(links: Iterable[Link], sought: Sought) -> list[Link]:
    named = (link for link in links if link.level == sought.level)
    return [link for link in named if sought.is_called(link.name) or sought.is_called(link.to)]


def _names(line: dict[str, Position], links: Sequence[Link], sought: Sought) -> tuple[str, ...]:
    """Every name but the newest, however it came to be known: of its papers, newest first, then of links."""
    from qippctl.calc.positions import normal_name

    of_papers = [
        (p.workstream if sought.level == "workstream" else p.scheme) or ""
        for _, p in sorted(line.items(), reverse=True)
    ]
    of_links = [link.name for link in _own(links, sought) if sought.is_called(link.name)]
    once: dict[str, str] = {}
    for name in (*of_papers, *of_links):
        once.setdefault(normal_name(name), name)
    return tuple(once.values())[1:]


def _codes(line: dict[str, Position]) -> tuple[str, ...]:
    codes = (position.code for _, position in sorted(line.items(), reverse=True))
    return tuple(dict.fromkeys(code for code in codes if code))


def _escalations(ledger: Ledger, choice: Choice, sought: Sought, today: date) -> list[Escalation]:
    """What is to be taken further of it: its own, and what a register of risks or its programme's dashboard says of it."""
    from qippctl.calc.positions import normal_name

    out = []
    for one in escalations(ledger, choice.organisation, today=today):
        is_own = sought.is_called(one.scheme) if sought.level == "scheme" else False
        is_own = is_own or sought.is_coded(one.code, choice.period[:7])
        of_programme = one.scheme is None and normal_name(one.workstream) in sought.workstreams
        if is_own or of_programme or sought.is_in(choice.period[:7], one.scheme, one.text):
            out.append(one)
    return out
