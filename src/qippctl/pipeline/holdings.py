"""What the ledger holds: papers, their contents, schemes, figures and their evidence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qippctl.errors import NotFoundError
from qippctl.models.answers import (
    ContentsAnswer,
    EvidenceAnswer,
    PaperAnswer,
    RecordCount,
    SchemeAnswer,
)
from qippctl.models.decisions import Correction
from qippctl.models.figure import Figure
from qippctl.models.paper import Paper
from qippctl.pipeline.answers import links_of, positions
from qippctl.pipeline.choosing import Choice, choose, choose_organisations, find_paper
from qippctl.pipeline.reading import extract, is_there

if TYPE_CHECKING:
    from qippctl.calc.position import Position
    from qippctl.ledger import Fact, Ledger


def papers(ledger: Ledger, organisation: str | None = None) -> list[PaperAnswer]:
    """The papers of the ledger in the order in which they came."""
    names = choose_organisations(ledger, organisation) if organisation else None
    private = ledger.private()
    return [
        PaperAnswer(
            **paper.cover.model_dump(),
            number=paper.number,
            tables=sum(1 for t in paper.tables if t.figures),
            schemes=paper.schemes,
            figures=paper.figures,
            doubted=paper.doubted,
            notes=paper.notes,
            private=paper.number in private,
        )
        for paper in ledger.papers()
        if names is None or (paper.cover.organisation or "") in names
    ]


def contents(ledger: Ledger, named: str) -> ContentsAnswer:
    """What is in a paper: one of the ledger, or a file that is read for it."""
    path = Path(named)
    if not named.startswith("#") and is_there(path) and path.is_file():
        return _contents(extract(path))
    return _contents(*ledger.paper(find_paper(ledger, named)))


def _contents(paper: Paper, number: int | None = None) -> ContentsAnswer:
    counted: dict[str, list[bool]] = {}
    for figure in paper.figures:
        counted.setdefault(f"figure ({figure.subject})", []).append(bool(figure.doubts))
    for record in (*paper.ratings, *paper.records):
        counted.setdefault(record.type, []).append(bool(record.doubts))
    unread = [
        f"{table.table} page {table.page}: {note}"
        for table in paper.tables
        for note in (table.notes or (("a table of an unknown kind",) if table.kind == "other" else ()))
    ]
    return ContentsAnswer(
        number=number,
        paper=paper.cover,
        items=paper.items,
        tables=paper.tables,
        records=tuple(RecordCount(type=name, count=len(own), doubted=sum(own)) for name, own in counted.items()),
        not_understood=(*paper.notes, *unread),
    )


def schemes(ledger: Ledger, organisation: str | None = None, period: str | None = None) -> list[SchemeAnswer]:
    """Every scheme of the chosen organisations, as its newest period names it, with the papers that report it."""
    from qippctl.calc.identity import pairs
    from qippctl.calc.positions import normal_name

    out = []
    asked = (
        {choice.organisation: [choice.period] for choice in choose(ledger, organisation, period)} if period else None
    )
    for name, periods in (asked or choose_organisations(ledger, organisation)).items():
        wanted = sorted(periods, reverse=True)
        links = links_of(ledger, name)
        threads: list[list[tuple[str, Position, list[Fact]]]] = []
        by_name: dict[tuple[str, str], list[tuple[str, Position, list[Fact]]]] = {}
        for reported in wanted:
            subjects, facts = positions(ledger, Choice(name, reported))
            by_id = {fact.figure.id: fact for fact in facts}
            named = [subject for subject in subjects if subject.level == "scheme" and subject.scheme]
            by_newest = {id(thread[0][1]): thread for thread in threads}
            for pair in pairs(named, [thread[0][1] for thread in threads], links, reported, wanted[0]):
                own = by_newest.get(id(pair.after)) if pair.after is not None else None
                for subject, _ in pair.before:
                    stated = [by_id[f.id] for figures in subject.figures.values() for f in figures]
                    thread = own or by_name.setdefault(
                        (normal_name(subject.workstream), normal_name(subject.scheme)), []
                    )
                    if not thread:
                        threads.append(thread)
                    thread.append((reported, subject, stated))
        out += [_scheme(name, stated) for stated in threads]
    return out


def _scheme(organisation: str, stated: list[tuple[str, Position, list[Fact]]]) -> SchemeAnswer:
    newest = stated[0][1]
    facts = [fact for _, _, own in stated for fact in own]
    plan, forecast = newest.find("plan", "year"), newest.find("forecast", "year")
    return SchemeAnswer(
        organisation=organisation or None,
        workstream=newest.workstream,
        scheme=newest.scheme or "",
        periods=tuple(sorted({p for p, _, _ in stated})),
        papers=tuple(sorted({fact.paper_number for fact in facts})),
        plan=plan.value if plan else None,
        forecast=forecast.value if forecast else None,
        figures=len(facts),
        doubted=sum(1 for fact in facts if fact.figure.doubts),
        corrected=newest.corrected(("plan", "year"), ("forecast", "year")),
    )


def find_figure(ledger: Ledger, asked: str) -> tuple[Fact, Sequence[Sequence[str]]]:
    """A figure by its id, or by the beginning of one that no other has, and its table as it stands in the paper.

    NotFoundError where the ledger has no such figure, or several.
    """
    found = ledger.figure(asked)
    if found is None:
        ids = ledger.figure_ids(asked) if asked.strip() else []
        if len(ids) != 1:
            listed = f"several begin so: {', '.join(ids[:5])}" if ids else "ids are printed by: qippctl export figures"
            raise NotFoundError(f'no figure of the ledger has the id "{asked}"; {listed}')
        found = ledger.figure(ids[0])
    if found is None:
        raise NotFoundError(f'no figure of the ledger has the id "{asked}"')
    return found


def evidence(ledger: Ledger, asked: str, around: int = 2) -> EvidenceAnswer:
    """A figure by its id, or by the beginning of one that no other has, with `around` rows on each side of its own.

    NotFoundError where the ledger has no such figure, or several.
    """
    from qippctl.models.figure import DOUBT_MEANINGS

    fact, rows = find_figure(ledger, asked)
    first = max(0, fact.figure.row - around)
    return EvidenceAnswer(
        figure=fact.figure,
        paper_number=fact.paper_number,
        corrections=_corrections_of(ledger, fact.figure),
        why_doubted={doubt.value: DOUBT_MEANINGS[doubt] for doubt in fact.figure.doubts},
        first_row=first,
        rows=tuple(tuple(row) for row in rows[first : fact.figure.row + around + 1]),
    )


def _corrections_of(ledger: Ledger, figure: Figure) -> tuple[Correction, ...]:
    numbers = figure.corrected.numbers if figure.corrected else ()
    kept = (ledger.decision(number) for number in numbers)
    return tuple(one for one in kept if isinstance(one, Correction))


def exported(ledger: Ledger, organisation: str | None, period: str | None, paper: str | None) -> list[Figure]:
    """Figures of the ledger: all, or those of an organisation, a period that tables report, a paper."""
    numbers = (find_paper(ledger, paper),) if paper else ()
    if organisation is None and period is None:
        return [fact.figure for fact in ledger.facts(papers=numbers)]
    if period is None:
        return [
            fact.figure
            for name in choose_organisations(ledger, organisation)
            for fact in ledger.facts(name, papers=numbers)
        ]
    return [
        fact.figure
        for choice in choose(ledger, organisation, period)
        for fact in ledger.facts(choice.organisation, choice.period, papers=numbers)
    ]
