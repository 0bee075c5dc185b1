"""Writing papers into the ledger and reading facts out of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Select, Table, func, insert, or_, select
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from qippctl.calc.corrections import Corrections, settled
from qippctl.errors import LedgerError
from qippctl.ledger import audits, decisions, packs, privacy, tables
from qippctl.ledger.audits import LastFound
from qippctl.ledger.facts import Added, Fact, LedgerPaper, RatingFact, RecordFact
from qippctl.ledger.rows import (
    FIGURE_FIELDS,
    figure_of,
    figure_row,
    rating_of,
    rating_row,
    reading_row,
    readings_of,
    record_row,
    report_rows,
    text_row,
)
from qippctl.ledger.schema import bring_up_to_date
from qippctl.models.closing import ClosedSubject, KeptPack, Pack
from qippctl.models.decisions import Close, Correction, Decision, Privacy, Undo
from qippctl.models.figure import Figure
from qippctl.models.finding import Finding
from qippctl.models.paper import Cover, Paper, TableText
from qippctl.models.records import RECORD_TYPES, Record

MOST_NAMED = 6
D = TypeVar("D", bound=Decision)


class Ledger:
    """An open ledger."""

    def __init__(self, engine: Engine, shown: str) -> None:
        self.shown = shown
        self._engine = engine
        self._writing = engine.execution_options(writes=True)
        self._supposed: tuple[Decision, ...] = ()
        self._hidden: frozenset[int] = frozenset()
        with self._failures():
            bring_up_to_date(engine, self._writing, shown)

    @property
    def place(self) -> str:
        """Where it is, however it was named: the same of every way to write its URL; without a password."""
        url = self._engine.url
        if self._engine.dialect.name == "sqlite" and url.database:
            return str(Path(url.database).resolve())
        return url.render_as_string()

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            cause = str(getattr(error, "orig", None) or error).splitlines()[0]
            hint = (
                "another process is writing; try again"
                if "locked" in cause
                else "check the path, its rights and the disk"
            )
            kind = "cannot be used" if isinstance(error, DatabaseError) else "failed"
            raise LedgerError(f"{self.shown}: {kind}: {cause}; {hint}") from error

    def known(self, sha256: str) -> tuple[int, str | None] | None:
        """The number of a paper and the pages read of it so far (None = all); None when it is new."""
        with self._failures(), self._engine.connect() as connection:
            return self._known(connection, sha256)

    @staticmethod
    def _known(connection: Connection, sha256: str) -> tuple[int, str | None] | None:
        papers, readings = tables.papers, tables.readings
        query = (
            select(papers.c.number, readings.c.pages)
            .join(readings)
            .where(papers.c.sha256 == sha256)
            .order_by(readings.c.id.desc())
            .limit(1)
        )
        row = connection.execute(query).first()
        return (row[0], row[1]) if row else None

    def add(self, paper: Paper, *, version: str, again: bool = False, private: Privacy | None = None) -> Added:
        """Keep a paper, in one transaction. A paper that is there with the same pages stays as it is, unless `again`.

        With `private` it is kept together with the decision that it stays in the house, unless that is decided already.
        """
        with self._failures(), self._writing.begin() as connection:
            if private is not None and paper.cover.sha256 not in privacy.made(connection):
                decisions.add(connection, private)
            known = self._known(connection, paper.cover.sha256)
            if known is not None and not again and known[1] in (None, paper.cover.pages_read):
                return Added(known[0], "unchanged")
            number = known[0] if known else self._new_number(connection)
            if known is None:
                connection.execute(
                    insert(tables.papers).values(number=number, sha256=paper.cover.sha256, name=paper.cover.paper)
                )
            reading = connection.execute(
                insert(tables.readings).values(**reading_row(number, paper, version))
            ).inserted_primary_key[0]  # type: ignore[index]
            periods = {table.table: table.period for table in paper.tables}
            if paper.figures:
                connection.execute(
                    insert(tables.figures),
                    [figure_row(reading, i, f, periods.get(f.table)) for i, f in enumerate(paper.figures)],
                )
                connection.execute(insert(tables.reports), report_rows(reading, paper.figures, periods))
            if paper.texts:
                connection.execute(
                    insert(tables.texts), [text_row(reading, i, text) for i, text in enumerate(paper.texts)]
                )
            if paper.records:
                connection.execute(
                    insert(tables.records),
                    [record_row(reading, i, r, paper.cover.period) for i, r in enumerate(paper.records)],
                )
            if paper.ratings:
                connection.execute(
                    insert(tables.ratings),
                    [rating_row(reading, i, r, periods.get(r.table)) for i, r in enumerate(paper.ratings)],
                )
            return Added(number, "read further" if known else "added")

    def _newest(self) -> Select[Any]:
        """The newest reading of each paper that this ledger answers from."""
        readings = tables.readings
        newest = select(func.max(readings.c.id)).group_by(readings.c.paper)
        return newest.where(readings.c.paper.not_in(self._hidden)) if self._hidden else newest

    def _of_newest(
        self, query: Select[Any], table: Table, organisation: str | None, reported: str | None, papers: Sequence[int]
    ) -> Select[Any]:
        """A query narrowed to the newest readings of papers, beside what they are of."""
        query = _narrowed(query, table, organisation, reported).where(table.c.reading.in_(self._newest()))
        return query.where(tables.readings.c.paper.in_(papers)) if papers else query

    @staticmethod
    def _new_number(connection: Connection) -> int:
        return (connection.execute(select(func.max(tables.papers.c.number))).scalar() or 0) + 1

    def papers(self) -> list[LedgerPaper]:
        """Every paper as last read, in the order in which they came."""
        figures, readings, papers = tables.figures, tables.readings, tables.papers
        counts = (
            select(
                figures.c.reading,
                func.count().label("figures"),
                func.count().filter(figures.c.doubts != "").label("doubted"),
            )
            .group_by(figures.c.reading)
            .subquery()
        )
        query = (
            select(papers.c.number, papers.c.name, readings, counts.c.figures, counts.c.doubted)
            .join(readings, readings.c.paper == papers.c.number)
            .outerjoin(counts, counts.c.reading == readings.c.id)
            .where(readings.c.id.in_(self._newest()))
            .order_by(papers.c.number)
        )
        with self._failures(), self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
            schemes = self._schemes(connection)
            touched = self._corrections(connection).papers
        doubted = {row["number"]: row["doubted"] or 0 for row in rows}
        for number in [row["number"] for row in rows if json.loads(row["cover"])["sha256"][:12] in touched]:
            doubted[number] = sum(1 for fact in self.facts(papers=(number,)) if fact.figure.doubts)
        return [
            LedgerPaper(
                row["number"],
                row["name"],
                Cover.model_validate_json(row["cover"]),
                tuple(Cover.model_validate(item) for item in json.loads(row["items"])),
                readings_of(row["tables"]),
                tuple(json.loads(row["notes"])),
                row["figures"] or 0,
                doubted[row["number"]],
                schemes.get(row["id"], 0),
            )
            for row in rows
        ]

    def paper(self, number: int) -> tuple[Paper, int]:
        """A paper as last read, whole, and its number."""
        return self.whole(next(paper for paper in self.papers() if paper.number == number)), number

    def whole(self, kept: LedgerPaper, *, as_printed: bool = False) -> Paper:
        """A paper with all its figures, ratings, records and texts; with `as_printed` misprints stay as they are."""
        number = (kept.number,)
        return Paper(
            cover=kept.cover,
            items=kept.items,
            figures=tuple(fact.figure for fact in self.facts(papers=number, as_printed=as_printed)),
            ratings=tuple(fact.rating for fact in self.ratings(papers=number)),
            records=tuple(fact.record for fact in self.records(papers=number)),
            tables=kept.tables,
            texts=self._texts(kept.number),
            notes=kept.notes,
        )

    def _texts(self, number: int) -> tuple[TableText, ...]:
        texts, readings = tables.texts, tables.readings
        query = (
            select(texts.c.table, texts.c.rows)
            .join(readings, readings.c.id == texts.c.reading)
            .where(readings.c.paper == number, texts.c.reading.in_(self._newest()))
            .order_by(texts.c.position)
        )
        with self._failures(), self._engine.connect() as connection:
            return tuple(TableText(table=name, rows=json.loads(rows)) for name, rows in connection.execute(query))

    @staticmethod
    def _schemes(connection: Connection) -> dict[int, int]:
        figures = tables.figures
        names = (
            select(figures.c.reading, func.lower(figures.c.scheme))
            .where(figures.c.role == "scheme", figures.c.scheme.is_not(None), figures.c.subject == "savings")
            .distinct()
            .subquery()
        )
        counts = select(names.c.reading, func.count()).group_by(names.c.reading)
        return {row[0]: row[1] for row in connection.execute(counts)}

    def papers_of(self, organisation: str) -> set[int]:
        """The numbers of the papers that have figures of an organisation, be it one of several of theirs."""
        reports, readings = tables.reports, tables.readings
        query = (
            select(readings.c.paper)
            .join(reports, reports.c.reading == readings.c.id)
            .where(readings.c.id.in_(self._newest()), _is_of(reports.c.organisation, organisation))
        )
        with self._failures(), self._engine.connect() as connection:
            return {row[0] for row in connection.execute(query)}

    def organisations(self) -> dict[str, list[str]]:
        """The organisations that have figures, each with the periods that its tables of savings report, oldest first.

        Of an organisation without savings the periods of its other tables are given.
        """
        reports = tables.reports
        query = select(reports.c.organisation, reports.c.reported, reports.c.has_savings).where(
            reports.c.reading.in_(self._newest()), reports.c.reported.is_not(None)
        )
        found: dict[str, dict[str, bool]] = {}
        with self._failures(), self._engine.connect() as connection:
            for organisation, reported, has_savings in connection.execute(query):
                periods = found.setdefault(organisation or "", {})
                periods[reported] = has_savings or periods.get(reported, False)
        return {
            name: sorted(p for p, has_savings in found[name].items() if has_savings or not any(found[name].values()))
            for name in sorted(found)
        }

    def facts(
        self,
        organisation: str | None = None,
        reported: str | None = None,
        papers: Sequence[int] = (),
        *,
        as_printed: bool = False,
    ) -> list[Fact]:
        """Figures of the newest readings, in the order of papers and of print; those of one organisation and period if asked.

        They are as analysts put them right; with `as_printed` what the papers themselves print wrong stays so.
        """
        figures, readings, reports = tables.figures, tables.readings, tables.reports
        sources = select(readings.c.id, readings.c.paper, readings.c.cover, readings.c.tables).where(
            readings.c.id.in_(self._newest())
        )
        query = select(*FIGURE_FIELDS, figures.c.reported).order_by(figures.c.position)
        if organisation is not None or reported is not None:
            wanted = _narrowed(select(reports.c.reading), reports, organisation, reported)
            sources = sources.where(readings.c.id.in_(wanted))
            query = _narrowed(query, figures, organisation, reported)
        if papers:
            sources = sources.where(readings.c.paper.in_(papers))
        out = []
        with self._failures(), self._engine.connect() as connection:
            made = self._corrections(connection, as_printed=as_printed)
            for reading, number, text, tables_read in connection.execute(sources.order_by(readings.c.paper)).all():
                cover = Cover.model_validate_json(text)
                read = {table.table: (table.proven, table.codes) for table in readings_of(tables_read)}
                meeting, is_final = cover.meeting_date or "", cover.status != "draft"
                for row in connection.execute(query.where(figures.c.reading == reading)):
                    figure = made.figure(figure_of(row, cover))
                    proven, codes = read.get(figure.table, (0, {}))
                    code = codes.get(figure.row)
                    out.append(Fact(figure, meeting, is_final, proven, number, cover.data_to, row[-1], code))
        return _settled(out)

    def figure(self, identity: str) -> tuple[Fact, Sequence[Sequence[str]]] | None:
        """A figure of the newest readings by its id, and its table as it stands in the paper; None when there is none."""
        figures, readings, texts = tables.figures, tables.readings, tables.texts
        query = (
            select(
                *FIGURE_FIELDS, readings.c.cover, readings.c.tables, readings.c.paper, texts.c.rows, figures.c.reported
            )
            .join(readings, readings.c.id == figures.c.reading)
            .outerjoin(texts, (texts.c.reading == figures.c.reading) & (texts.c.table == figures.c.table))
            .where(figures.c.id == identity, figures.c.reading.in_(self._newest()))
            .limit(1)
        )
        with self._failures(), self._engine.connect() as connection:
            row = connection.execute(query).first()
            made = self._corrections(connection)
        if row is None:
            return None
        text, tables_read, number, rows, reported = row[-5:]
        cover = Cover.model_validate_json(text)
        figure = made.figure(figure_of(row, cover))
        if cover.sha256[:12] in made.papers:
            # What was put right beside it may have settled its doubts.
            figure = next(f.figure for f in self.facts(papers=(number,)) if f.figure.id == identity)
        proven = next((t.proven for t in readings_of(tables_read) if t.table == figure.table), 0)
        fact = Fact(figure, cover.meeting_date or "", cover.status != "draft", proven, number, cover.data_to, reported)
        return fact, json.loads(rows) if rows else ()

    def figure_ids(self, beginning: str) -> list[str]:
        """The ids of figures of the newest readings that begin so, at most a few."""
        figures = tables.figures
        query = (
            select(figures.c.id)
            .where(figures.c.id.startswith(beginning, autoescape=True), figures.c.reading.in_(self._newest()))
            .order_by(figures.c.position)
            .limit(MOST_NAMED)
        )
        with self._failures(), self._engine.connect() as connection:
            return [row[0] for row in connection.execute(query)]

    def ratings(
        self, organisation: str | None = None, reported: str | None = None, papers: Sequence[int] = ()
    ) -> list[RatingFact]:
        """Printed ratings, chosen as for `facts`."""
        ratings, readings = tables.ratings, tables.readings
        query = select(ratings, readings.c.cover).join(readings, readings.c.id == ratings.c.reading)
        query = self._of_newest(query, ratings, organisation, reported, papers).order_by(
            readings.c.paper, ratings.c.position
        )
        covers: dict[int, Cover] = {}
        out = []
        with self._failures(), self._engine.connect() as connection:
            made = self._corrections(connection)
            for row in connection.execute(query).mappings():
                if row["reading"] not in covers:
                    covers[row["reading"]] = Cover.model_validate_json(row["cover"])
                cover = covers[row["reading"]]
                rating = made.rating(rating_of(row, cover))
                out.append(RatingFact(rating, cover.meeting_date or "", cover.status != "draft"))
        return out

    def records(
        self, organisation: str | None = None, papers: Sequence[int] = (), kind: type[Record] | None = None
    ) -> list[RecordFact]:
        """Records of the newest readings, in the order of papers and of print; those of one organisation or type if asked."""
        records, readings = tables.records, tables.readings
        query = select(records, readings.c.cover, readings.c.paper.label("number")).join(
            readings, readings.c.id == records.c.reading
        )
        query = self._of_newest(query, records, organisation, None, papers).order_by(
            readings.c.paper, records.c.position
        )
        if kind is not None:
            query = query.where(records.c.type == kind.model_fields["type"].default)
        covers: dict[int, Cover] = {}
        out = []
        with self._failures(), self._engine.connect() as connection:
            for row in connection.execute(query).mappings():
                if row["reading"] not in covers:
                    covers[row["reading"]] = Cover.model_validate_json(row["cover"])
                cover = covers[row["reading"]]
                body = json.loads(row["body"]) | {"paper": cover.paper, "sha256": cover.sha256}
                record = RECORD_TYPES[row["type"]].model_validate(body)
                out.append(RecordFact(record, cover.meeting_date or "", cover.status != "draft", row["number"]))
        return out

    def private(self) -> dict[int, Privacy]:
        """The papers that stay in the house, by their number, each with the decision that says so."""
        with self._failures(), self._engine.connect() as connection:
            return privacy.private(connection)

    def without_private(self) -> Ledger:
        """This ledger as it would answer without the papers that stay in the house, and without what was decided about them.

        Nothing is written. Whatever leaves the house is made from this.
        """
        other = copy(self)
        other._hidden = frozenset(self.private())
        return other

    @property
    def left_out(self) -> tuple[int, ...]:
        """The numbers of the papers that it answers without."""
        return tuple(sorted(self._hidden))

    def _corrections(self, connection: Connection, *, as_printed: bool = False) -> Corrections:
        """The corrections that stand, and those that are supposed to."""
        undone = {decision.undoes for decision in self._supposed if isinstance(decision, Undo)}
        kept = [c for c in decisions.listed(connection, Correction) if c.number not in undone]
        supposed = [c for c in self._supposed if isinstance(c, Correction)]
        return Corrections([*kept, *supposed], as_printed=as_printed)

    def supposing(self, *made: Decision) -> Ledger:
        """This ledger as it would answer if corrections, or their undoing, were kept; nothing is written."""
        other = copy(self)
        other._supposed = (*self._supposed, *made)
        return other

    def decide(self, *made: D) -> list[D]:
        """Keep decisions, all or none; they come back with their numbers."""
        with self._failures(), self._writing.begin() as connection:
            return [decisions.add(connection, decision) for decision in made]

    def decisions(self, kind: type[D], *, undone: bool = False) -> Sequence[D]:
        """Decisions of a type in the order in which they were made; those that were undone only if asked for."""
        with self._failures(), self._engine.connect() as connection:
            found = decisions.listed(connection, kind, undone=undone)
            if not (found and self._hidden):
                return found
            return list(filter(privacy.told_without(connection, self._hidden, self._newest()), found))

    def keep_pack(self, pack: Pack, at: str, *decided: Close) -> tuple[int, list[Close]]:
        """Keep a pack, once, and the decision to close its period with it, both or none; its number, and they with theirs."""
        with self._failures(), self._writing.begin() as connection:
            number = packs.add(connection, pack, at)
            return number, [decisions.add(connection, one.model_copy(update={"pack": number})) for one in decided]

    def packs(self, organisation: str | None = None) -> list[KeptPack]:
        """The packs that were made, in that order; those of one organisation if asked. The empty name is the unnamed."""
        with self._failures(), self._engine.connect() as connection:
            return packs.listed(connection, organisation)

    def closed_subjects(self, number: int) -> tuple[ClosedSubject, ...]:
        """What counted, subject by subject, when a pack was made."""
        with self._failures(), self._engine.connect() as connection:
            return packs.subjects(connection, number)

    def packs_using(self, figure: str) -> list[tuple[int, Decimal, tuple[str, ...]]]:
        """The packs that used a figure: number, the value that it had, and in which files."""
        with self._failures(), self._engine.connect() as connection:
            return packs.using(connection, figure)

    def decision(self, number: int) -> Decision | None:
        """A decision by its number; None when there is none."""
        with self._failures(), self._engine.connect() as connection:
            return decisions.found(connection, number)

    def keep_audit(
        self, findings: Sequence[Finding], *, at: str, version: str, codes: Iterable[str], papers: Iterable[str]
    ) -> int:
        """Keep what an audit of these papers by these rules found; its number."""
        with self._failures(), self._writing.begin() as connection:
            return audits.add(connection, findings, at=at, version=version, codes=codes, papers=papers)

    def last_found(self) -> LastFound:
        """What the last audits had of every paper: ids and numbers alone."""
        with self._failures(), self._engine.connect() as connection:
            return audits.last(connection)

    def standing_findings(self, papers: Collection[str] = ()) -> tuple[LastFound, list[Finding]]:
        """What the last audits had of every paper, or of those with these hashes, and those findings whole."""
        with self._failures(), self._engine.connect() as connection:
            known, found = audits.standing(connection, papers)
            return known, self._of_visible(connection, found)

    def findings(self, beginning: str) -> list[Finding]:
        """The findings of any audit whose ids begin so, as last found, at most a few."""
        with self._failures(), self._engine.connect() as connection:
            return self._of_visible(connection, audits.beginning(connection, beginning, MOST_NAMED))

    def _of_visible(self, connection: Connection, found: list[Finding]) -> list[Finding]:
        """Findings but those of papers that this ledger answers without."""
        if not self._hidden:
            return found
        hidden = privacy.hashes(connection, self._hidden)
        return [finding for finding in found if finding.sha256 not in hidden]


def _settled(facts: list[Fact]) -> list[Fact]:
    """Facts, those of tables in which something was put right without the doubts that this answers."""
    touched = {(f.figure.sha256, f.figure.table) for f in facts if f.figure.corrected is not None}
    if not touched:
        return facts
    tables_of: dict[tuple[str, str], list[Figure]] = {}
    for fact in facts:
        place = (fact.figure.sha256, fact.figure.table)
        if place in touched:
            tables_of.setdefault(place, []).append(fact.figure)
    now = {figure.id: figure for table in tables_of.values() for figure in settled(table)}
    return [replace(f, figure=now.get(f.figure.id, f.figure)) for f in facts]


def _narrowed(query: Select[Any], table: Table, organisation: str | None, reported: str | None) -> Select[Any]:
    if organisation is not None:
        query = query.where(_is_of(table.c.organisation, organisation))
    if reported is not None:
        query = query.where(table.c.reported == reported)
    return query


def _is_of(column: ColumnElement[Any], organisation: str) -> ColumnElement[bool]:
    """Whether a row is of an organisation; the empty name is that of the unnamed."""
    return column == organisation if organisation else or_(column.is_(None), column == "")
