"""Papers read: found, extracted, and kept in a ledger."""

from __future__ import annotations

import glob
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qippctl import __version__
from qippctl.errors import UnreadableError, UsageError
from qippctl.models.answers import (
    IngestAnswer,
    TableAnswer,
)
from qippctl.models.document import Grid, Page
from qippctl.models.paper import Paper
from qippctl.pipeline.privacy import Said, privacy_of
from qippctl.readers.pages import Pages

if TYPE_CHECKING:
    from qippctl.ledger import Added, Ledger

PAPER_SUFFIXES = frozenset(
    {".pdf", ".docx", ".xlsx", ".xlsm", ".xls", ".pptx", ".txt", ".text", ".md", ".markdown", ".csv", ".tsv"}
)
# A page with fewer numbers seldom has a table of savings: `tables --fast` passes over it.
FEWEST_NUMBERS = 12
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
        is_pattern = any(c in text for c in "*?[") and not is_there(path)
        matched = sorted(Path(name) for name in glob.glob(text, recursive=True)) if is_pattern else [path]
        if not matched:
            raise UsageError(f"{text}: no file matches")
        for one in matched:
            if not is_there(one) or not one.is_dir():
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


def is_there(path: Path) -> bool:
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
    private: Said | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Ingested]:
    """Read papers into the ledger, one transaction a paper. What cannot be read is told, and the others are still done.

    With `private` they stay in the house: who says so, when and why.
    """
    for path in files:
        try:
            yield _ingest_one(path, ledger, pages, again=again, private=private, workers=workers, progress=progress)
        except UnreadableError as error:
            yield Ingested(path, failure=str(error))


def _ingest_one(
    path: Path,
    ledger: Ledger,
    pages: Pages | None,
    *,
    again: bool,
    private: Said | None,
    workers: int | None,
    progress: Progress | None,
) -> Ingested:
    sha256 = _sha256(path)
    known = ledger.known(sha256)
    selection = pages
    if known is not None and known[1] is not None and pages is not None:
        selection = Pages.parse(known[1]) | pages
    if known is not None and known[1] is None:
        selection = None
    paper = extract(path, selection, workers=workers, progress=partial(progress, path) if progress else None)
    mark = privacy_of(paper.cover, private) if private is not None else None
    return Ingested(path, paper, ledger.add(paper, version=__version__, again=again, private=mark))


def _sha256(path: Path) -> str:
    import hashlib

    from qippctl.readers.isolation import Limits, check_file

    check_file(path, Limits.from_environment())
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read: {error.strerror}") from error
