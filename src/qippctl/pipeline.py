"""The verbs as library calls: extract, ingest, rag, variance, schemes, papers. The command line only opens, calls and prints."""

from __future__ import annotations

import glob
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qippctl import __version__
from qippctl.errors import NotFoundError, UnreadableError, UsageError
from qippctl.models.answers import (
    ContentsAnswer,
    EvidenceAnswer,
    ExplanationAnswer,
    IngestAnswer,
    LayoutAnswer,
    LearnedAnswer,
    PaperAnswer,
    Programme,
    RecordCount,
    SchemeAnswer,
    Subject,
    TableAnswer,
)
from qippctl.models.document import Grid, Page
from qippctl.models.figure import Basis, Figure
from qippctl.models.paper import ColumnReading, Paper
from qippctl.models.policy import Policy
from qippctl.readers.pages import Pages

if TYPE_CHECKING:
    from qippctl.calc.positions import Position
    from qippctl.ledger import Added, Fact, Ledger

PAPER_SUFFIXES = frozenset(
    {".pdf", ".docx", ".xlsx", ".xlsm", ".xls", ".pptx", ".txt", ".text", ".md", ".markdown", ".csv", ".tsv"}
)
# A page with fewer numbers seldom has a table of savings: `tables --fast` passes over it.
FEWEST_NUMBERS = 12
_OF_SCHEMES = frozenset({"savings", "investment", "activity"})
Progress = Callable[[Path, int, int], None]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file: its paper and the ledger's answer, or why it could not be read."""

    path: Path
    paper: Paper | None = None
    added: Added | None = None
    failure: str | None = None

    @property
    def answer(self) -> IngestAnswer:
        if self.paper is None or self.added is None:
            return IngestAnswer(file=self.path.name, outcome="not read", failure=self.failure)
        return IngestAnswer(
            file=self.path.name,
            outcome=self.added.outcome,
            number=self.added.number,
            organisation=self.paper.cover.organisation,
            period=self.paper.cover.period,
            tables=sum(1 for table in self.paper.tables if table.figures),
            schemes=self.paper.scheme_count,
            figures=len(self.paper.figures),
            doubted=sum(1 for figure in self.paper.figures if figure.doubts),
        )


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a file, what its reader has to say of it, and how many pages were looked at."""

    tables: tuple[TableAnswer, ...]
    notes: tuple[str, ...]
    pages: int


@dataclass(frozen=True, slots=True)
class Found:
    """Files to read, and a word on what stood among them and was left out."""

    files: tuple[Path, ...]
    left_out: tuple[str, ...] = ()


def find_papers(given: Sequence[str]) -> Found:
    """Files, folders and patterns as typed, as files: of a folder those with a paper's suffix, sorted; each file once."""
    files: dict[Path, None] = {}
    left: Counter[str] = Counter()
    for text in given:
        path = Path(text)
        is_pattern = any(c in text for c in "*?[") and not _is_there(path)
        matched = sorted(Path(name) for name in glob.glob(text, recursive=True)) if is_pattern else [path]
        if not matched:
            raise UsageError(f"{text}: no file matches")
        for one in matched:
            if not _is_there(one) or not one.is_dir():
                files[one] = None
                continue
            for inside in sorted(one.rglob("*")):
                hidden = any(part.startswith(".") for part in inside.relative_to(one).parts)
                if inside.suffix.lower() in PAPER_SUFFIXES and inside.is_file() and not hidden:
                    files[inside] = None
                elif inside.is_file():
                    left[f"{one}: {inside.suffix or inside.name}"] += 1
    if not files:
        raise UsageError(f"{' '.join(given)}: no papers in it ({', '.join(sorted(PAPER_SUFFIXES))})")
    by_folder: dict[str, list[str]] = {}
    for name, count in sorted(left.items()):
        folder, _, suffix = name.rpartition(": ")
        by_folder.setdefault(folder, []).append(f"{count} {suffix}")
    return Found(
        tuple(files), tuple(f"{folder}: left out {', '.join(kinds)}: no papers" for folder, kinds in by_folder.items())
    )


def _is_there(path: Path) -> bool:
    """Whether a path can be looked at; a name that is none is told when it is read."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def extract(
    path: str | Path,
    pages: Pages | str | None = None,
    *,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Paper:
    """What a paper holds, read anew; no ledger is touched. Raises UnreadableError with the reason.

    >>> paper = extract("samples/northmere-board-m11.pdf")      # doctest: +SKIP
    >>> paper.cover.period                                      # doctest: +SKIP
    '2014/15-M11'
    """
    from qippctl.interpret import interpret
    from qippctl.readers import read

    selection = Pages.parse(pages) if isinstance(pages, str) else pages
    document = read(Path(path), selection, workers=workers, progress=progress)
    try:
        return interpret(document, pages_read=str(selection) if selection else None)
    except Exception as error:  # a paper that our reading trips over must not stop the others
        raise UnreadableError(
            f"{path}: cannot be made sense of ({type(error).__name__}: {error}); please report this"
        ) from error


def tables(
    path: str | Path,
    pages: Pages | str | None = None,
    *,
    fast: bool = False,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Tables:
    """Every table of a file as rows of text, whatever it means. `fast` passes over pages with few numbers.

    Raises UnreadableError with the reason.
    """
    from qippctl.readers import page_notes, read_parts

    selection = Pages.parse(pages) if isinstance(pages, str) else pages
    least = FEWEST_NUMBERS if fast else 0
    found: list[TableAnswer] = []
    seen: list[Page] = []
    notes: list[str] = []
    for part in read_parts(Path(path), selection, workers=workers, least_numbers=least, prose=False, progress=progress):
        seen += part.pages
        notes += part.notes
        on_page: Counter[int] = Counter()
        for grid in part.grids():
            on_page[grid.page] += 1
            found.append(_table(grid, on_page[grid.page]))
    return Tables(tuple(found), (*notes, *page_notes(seen)), len(seen))


def _table(grid: Grid, number: int) -> TableAnswer:
    cells = [(i, j, cell) for i, row in enumerate(grid.rows) for j, cell in enumerate(row)]
    score = min((cell.score for _, _, cell in cells), default=1.0)
    return TableAnswer(
        id=f"p{grid.page}t{number}",
        page=grid.page,
        bbox=grid.bbox,
        rows=tuple(tuple(cell.text for cell in row) for row in grid.rows),
        spans=tuple((i, j, c.rowspan, c.colspan) for i, j, c in cells if c.rowspan > 1 or c.colspan > 1),
        fills=tuple((i, j, c.fill) for i, j, c in cells if c.fill),
        method=grid.method,
        continues=grid.continues or None,
        score=score if score < 1 else None,
        doubts=tuple(dict.fromkeys((*grid.doubts, *(mark for _, _, c in cells if (mark := c.mark))))),
    )


def ingest(
    files: Sequence[Path],
    ledger: Ledger,
    pages: Pages | None = None,
    *,
    again: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Ingested]:
    """Read papers into the ledger, one transaction a paper. What cannot be read is told, and the others are still done."""
    for path in files:
        try:
            yield _ingest_one(path, ledger, pages, again=again, workers=workers, progress=progress)
        except UnreadableError as error:
            yield Ingested(path, failure=str(error))


def _ingest_one(
    path: Path, ledger: Ledger, pages: Pages | None, *, again: bool, workers: int | None, progress: Progress | None
) -> Ingested:
    sha256 = _sha256(path)
    known = ledger.known(sha256)
    selection = pages
    if known is not None and known[1] is not None and pages is not None:
        selection = Pages.parse(known[1]) | pages
    if known is not None and known[1] is None:
        selection = None
    paper = extract(path, selection, workers=workers, progress=partial(progress, path) if progress else None)
    return Ingested(path, paper, ledger.add(paper, version=__version__, again=again))


def _sha256(path: Path) -> str:
    import hashlib

    from qippctl.readers.isolation import Limits, check_file

    check_file(path, Limits.from_environment())
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read: {error.strerror}") from error


# ---- layouts ---------------------------------------------------------------------------------------------------------


def explained(paper: Paper) -> list[ExplanationAnswer]:
    """Each table of a paper with what its columns were taken for, and why."""
    columns: dict[str, list[ColumnReading]] = {}
    for column in paper.columns:
        columns.setdefault(column.table, []).append(column)
    return [
        ExplanationAnswer(paper=paper.cover.paper, reading=table, columns=tuple(columns.get(table.table, ())))
        for table in paper.tables
    ]


def layouts() -> list[LayoutAnswer]:
    """The layouts that are known, the analyst's own first; of two with one name the first counts."""
    from qippctl.interpret.layouts import is_own, layout_paths

    return [checked_layout(path, own=is_own(path)) for path in layout_paths()]


def checked_layout(path: Path, *, own: bool = True) -> LayoutAnswer:
    """A layout's file, held against its schema: what is wrong with it, if anything."""
    from qippctl import resources
    from qippctl.errors import ConfigurationError
    from qippctl.models.layout import Layout

    try:
        layout = resources.load(path, Layout)
    except ConfigurationError as error:
        return LayoutAnswer(name=path.stem, own=own, file=str(path), failure=str(error).removeprefix(f"{path}: "))
    return LayoutAnswer(name=layout.name, kind=layout.kind, own=own, file=str(path))


def learn(
    path: Path,
    explanation: ExplanationAnswer,
    said: Mapping[int, str],
    organisation: str | None,
    *,
    name: str | None = None,
    replacing: bool = False,
    writing: bool = True,
) -> LearnedAnswer:
    """Make a layout of what is said of a table's columns (by number from 0), write it, and read the paper with it.

    UsageError says why it cannot be made, or that a file of its name is there. Nothing is left behind where the layout
    would not claim its own table.
    """
    import tomli_w

    from qippctl import resources
    from qippctl.interpret.layouts import forget
    from qippctl.interpret.learning import learned, name_for

    own = name or name_for(organisation, explanation.reading)
    layout = learned(own, explanation.reading, explanation.columns, said)
    text = tomli_w.dumps(layout.model_dump(mode="json", exclude_defaults=True))
    named = {" ".join(explanation.columns[k].heading): what for k, what in said.items()}
    table, before = explanation.reading.table, explanation.reading.figures
    if not writing:
        return LearnedAnswer(name=own, file=None, table=table, named=named, figures_before=before, text=text)
    folder = resources.user_folder("parsers")
    file = folder / f"{own}.toml"
    if file.exists() and not replacing:
        raise UsageError(f"{file}: there is a layout of this name; give another with --name, or --replace it")
    kept = file.read_text(encoding="utf-8") if file.exists() else None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}") from error
    forget()
    after = next((t for t in extract(path).tables if t.table == table), None)
    if after is None or after.layout != own:
        file.unlink() if kept is None else file.write_text(kept, encoding="utf-8")
        forget()
        claimed = f"; {after.layout} claims it" if after is not None and after.layout else ""
        raise UsageError(f"the layout would not claim table {table} of {path.name}{claimed}; nothing was written")
    return LearnedAnswer(
        name=own,
        file=str(file),
        table=table,
        named=named,
        figures_before=before,
        figures_after=after.figures,
        text=text,
    )


# ---- choosing --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """One organisation and one period that its tables report."""

    organisation: str
    period: str


def choose_organisations(ledger: Ledger, named: str | None) -> dict[str, list[str]]:
    """The organisations meant: all, the one of exactly that name, or the only one with that part in its name."""
    known = ledger.organisations()
    if named is None:
        return known
    wanted = named.casefold().strip()
    exact = [name for name in known if name.casefold() == wanted]
    found = exact or [name for name in known if wanted in name.casefold()]
    if len(found) == 1:
        return {found[0]: known[found[0]]}
    listed = (
        "; ".join(name or "(unnamed)" for name in found or known)
        or "none: the ledger holds no figures. Try: qippctl ingest PATH"
    )
    if found:
        raise NotFoundError(f'"{named}" is part of several names: {listed}')
    raise NotFoundError(f'no organisation with figures is called "{named}"; there are: {listed}')


def choose(ledger: Ledger, organisation: str | None = None, period: str | None = None) -> list[Choice]:
    """Each chosen organisation with the period asked for; without one, its newest. A bare `M10` is of its newest year."""
    chosen = choose_organisations(ledger, organisation)
    out = []
    for name, periods in chosen.items():
        wanted = _period(period, periods)
        if wanted in periods:
            out.append(Choice(name, wanted))
    if not out and period is not None and chosen:
        there = "; ".join(f"{name or '(unnamed)'}: {', '.join(periods)}" for name, periods in chosen.items())
        raise NotFoundError(f"nothing is reported for {period}; there is {there}")
    return out


def _period(asked: str | None, periods: Sequence[str]) -> str:
    from qippctl.period import Period, find_mention

    newest = max((Period.parse(text) for text in periods), default=None)
    if asked is None:
        return str(newest)
    bare = find_mention(asked)
    if newest is not None and bare is not None and bare.start is None and bare.month is not None:
        return str(Period(newest.start, bare.month))
    try:
        return str(Period.parse(asked))
    except ValueError as error:
        raise UsageError(str(error)) from error


def policies() -> dict[str, Policy]:
    """The policies by name: the analyst's own, then the shipped ones."""
    from qippctl import resources

    found: dict[str, Policy] = {}
    for path in resources.toml_files("policies"):
        policy = resources.load(path, Policy)
        found.setdefault(policy.name, policy)
    return found


def find_policy(named: str | None) -> Policy:
    """A policy by name or file; without either the first that says it is the default."""
    from qippctl import resources

    if named is None:
        return next((policy for policy in policies().values() if policy.default), next(iter(policies().values())))
    wanted = named
    if wanted.endswith(".toml") or "/" in wanted:
        return resources.load(Path(wanted), Policy)
    known = policies()
    if wanted not in known:
        raise NotFoundError(f'no policy is called "{wanted}"; there are: {", ".join(known)}. A file may be named too')
    return known[wanted]


# ---- answers ---------------------------------------------------------------------------------------------------------


def positions(ledger: Ledger, choice: Choice) -> tuple[list[Position], list[Fact]]:
    """The subjects of one organisation's period, with the facts that they are made of."""
    from qippctl.calc.positions import Stated, StatedRating
    from qippctl.calc.positions import positions as gathered

    facts = ledger.facts(choice.organisation, choice.period)
    ratings = ledger.ratings(choice.organisation, choice.period)
    stated = [Stated(f.figure, f.meeting, f.is_final, f.proven) for f in facts if f.figure.subject in _OF_SCHEMES]
    rated = [StatedRating(r.rating, r.meeting, r.is_final) for r in ratings]
    found = gathered(stated, rated, choice.period)
    # What asks for money, or is only counted, is no scheme of savings.
    return [
        p for p in found if p.ratings or any(f.subject == "savings" for own in p.figures.values() for f in own)
    ], facts


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
        subjects = tuple(
            Subject(
                rag.answer(position, basis, reported, policy) if policy is not None else None,
                variance.answer(position, basis, reported),
                variance.answer(position, "year", year),
                variance.is_forecast_below_delivered(position),
            )
            for position in found
        )
        meetings = tuple(sorted({fact.meeting for fact in facts if fact.meeting}))
        out.append(Programme(choice.organisation, choice.period, basis, subjects, meetings))
    return out


def papers(ledger: Ledger, organisation: str | None = None) -> list[PaperAnswer]:
    """The papers of the ledger in the order in which they came."""
    names = choose_organisations(ledger, organisation) if organisation else None
    return [
        PaperAnswer(
            **paper.cover.model_dump(),
            number=paper.number,
            tables=sum(1 for t in paper.tables if t.figures),
            schemes=paper.schemes,
            figures=paper.figures,
            doubted=paper.doubted,
            notes=paper.notes,
        )
        for paper in ledger.papers()
        if names is None or (paper.cover.organisation or "") in names
    ]


def contents(ledger: Ledger, named: str) -> ContentsAnswer:
    """What is in a paper: one of the ledger, or a file that is read for it."""
    path = Path(named)
    if not named.startswith("#") and _is_there(path) and path.is_file():
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


def find_paper(ledger: Ledger, named: str) -> int:
    """The number of a paper by `#3`, by the beginning of its content's hash, or by a part of its file name."""
    known = ledger.papers()
    bare = named.removeprefix("#")
    by_number = [p for p in known if bare.isdigit() and p.number == int(bare)]
    found = by_number or [
        p for p in known if p.cover.sha256.startswith(named.lower()) or named.casefold() in p.name.casefold()
    ]
    if len(found) != 1:
        listed = ", ".join(f"#{p.number} {p.name}" for p in (found or known)) or "none yet"
        raise NotFoundError(f'{"several papers are" if found else "no paper is"} called "{named}"; there are: {listed}')
    return found[0].number


def schemes(ledger: Ledger, organisation: str | None = None, period: str | None = None) -> list[SchemeAnswer]:
    """Every scheme of the chosen organisations, as its newest period names it, with the papers that report it."""
    from qippctl.calc.positions import normal_name

    out = []
    asked = (
        {choice.organisation: [choice.period] for choice in choose(ledger, organisation, period)} if period else None
    )
    for name, periods in (asked or choose_organisations(ledger, organisation)).items():
        wanted = sorted(periods, reverse=True)
        gathered: dict[tuple[str, str], list[tuple[str, Position, list[Fact]]]] = {}
        for reported in wanted:
            subjects, facts = positions(ledger, Choice(name, reported))
            by_id = {fact.figure.id: fact for fact in facts}
            for subject in subjects:
                if subject.level == "scheme" and subject.scheme:
                    key = (normal_name(subject.workstream), normal_name(subject.scheme))
                    own = [by_id[f.id] for figures in subject.figures.values() for f in figures]
                    gathered.setdefault(key, []).append((reported, subject, own))
        out += [_scheme(name, stated) for stated in gathered.values()]
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
    )


def evidence(ledger: Ledger, asked: str, around: int = 2) -> EvidenceAnswer:
    """A figure by its id, or by the beginning of one that no other has, with `around` rows on each side of its own.

    NotFoundError where the ledger has no such figure, or several.
    """
    from qippctl.models.figure import DOUBT_MEANINGS

    found = ledger.figure(asked)
    if found is None:
        ids = ledger.figure_ids(asked)
        if len(ids) != 1:
            listed = f"several begin so: {', '.join(ids[:5])}" if ids else "ids are printed by: qippctl export figures"
            raise NotFoundError(f'no figure of the ledger has the id "{asked}"; {listed}')
        found = ledger.figure(ids[0])
    if found is None:
        raise NotFoundError(f'no figure of the ledger has the id "{asked}"')
    fact, rows = found
    first = max(0, fact.figure.row - around)
    return EvidenceAnswer(
        figure=fact.figure,
        paper_number=fact.paper_number,
        why_doubted={doubt.value: DOUBT_MEANINGS[doubt] for doubt in fact.figure.doubts},
        first_row=first,
        rows=tuple(tuple(row) for row in rows[first : fact.figure.row + around + 1]),
    )


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


def fails(programme: Programme, condition: str) -> bool:
    """Whether what a meeting looks at meets `red`, `amber` (or worse) or `disagreement`."""
    judged = [subject.rag for subject in programme.judged if subject.rag is not None]
    if condition == "disagreement":
        return any(answer.disagrees for answer in judged)
    colours = {"red": {"red"}, "amber": {"red", "amber"}}[condition]
    return any(answer.derived in colours for answer in judged)
