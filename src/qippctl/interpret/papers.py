"""A whole document: its cover, then each table in its surroundings, then what its prose states."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from qippctl.interpret.bodies import initials_of
from qippctl.interpret.colours import with_shades
from qippctl.interpret.cover import CoverReading, cover_of, read_cover
from qippctl.interpret.figures import Surroundings
from qippctl.interpret.forms import Forms
from qippctl.interpret.items import Item, item_covers, items
from qippctl.interpret.joining import is_furniture, joined, running_lines
from qippctl.interpret.prose import Heard, claims
from qippctl.interpret.records.alignment import Matrices
from qippctl.interpret.records.coverage import coverage, data_to
from qippctl.interpret.records.place import Place
from qippctl.interpret.records.policies import policy, stated_in_prose
from qippctl.interpret.records.projects import Template, area_of, rows_as_lines, template_records
from qippctl.interpret.slips import doubt_slips
from qippctl.interpret.spans import Context, is_sentence
from qippctl.interpret.tables import TableResult, group_names, is_claimed, read_form, read_matrix, read_table
from qippctl.interpret.units import stated_amounts, unit_of_all
from qippctl.interpret.words import normal, unmarked
from qippctl.models.document import Document, Grid, Prose
from qippctl.models.paper import Paper
from qippctl.models.records import AnyRecord, Record
from qippctl.period import MONTH_NAME, Period, find_mention

_SCHEME = re.compile(r"^\s*Scheme\s*:\s*(\S.*)$", re.IGNORECASE)
_LOCALITY = re.compile(r"\s+[-–—]\s+Locality\b.*$", re.IGNORECASE)
LINES_KEPT = 6
LONGEST_KEPT = 500
_TELLS = re.compile(
    rf"\b(?:below|above|following)\b|\b{MONTH_NAME}\b|\b(?:19|20)[0-9]{{2}}\b|\b(?:all|top)(?: the| our)? [0-9]{{1,3}}\b",
    re.IGNORECASE,
)


def interpret(document: Document, *, pages_read: str | None = None) -> Paper:
    """Read every table of a document. What is not understood is named in `tables`, never guessed."""
    cover = read_cover(document)
    agenda = items(document, cover)
    walk = _Walk(document, cover, agenda)
    results = walk.results()
    place = walk.place()
    spoken = list(document.prose())
    wording, page = stated_in_prose([(line, block.page) for block in spoken for line in block.text.splitlines()])
    records: list[Record] = [record for result in results for record in result.records]
    stops = coverage(spoken, place)
    figures = doubt_slips([figure for result in results for figure in result.figures])
    records += [*walk.told, *policy(wording, place, page=page)]
    heard = walk.heard({result.reading.table: result.reading.period for result in results})
    # What a layout leaves alone on purpose speaks of nothing that is not read elsewhere.
    silent = [r.reading.table for r in results if not r.figures and not r.records and r.reading.layout is None]
    unread = [(table, walk.grids[table]) for table in silent if table in walk.grids]
    records += [*claims(heard, records, figures, unread, paper=document.name, sha256=document.sha256), *stops]
    return Paper(
        cover=cover_of(document, cover, pages_read, data_to(stops)),
        items=item_covers(document, agenda),
        figures=tuple(figures),
        ratings=tuple(rating for result in results for rating in result.ratings),
        records=tuple(_typed(records)),
        tables=tuple(result.reading for result in results),
        texts=tuple(result.text for result in results if result.text is not None),
        columns=tuple(column for result in results for column in result.columns),
        notes=document.notes,
    )


def _typed(records: list[Record]) -> list[AnyRecord]:
    return records  # type: ignore[return-value]  # every record that is made is of one of the types


class _Walk:
    """One pass over the blocks: what stands above a table says when, whose and of which scheme it is."""

    def __init__(self, document: Document, cover: CoverReading, agenda: Sequence[Item]) -> None:
        self.document = document
        self.pack = cover
        self.cover = cover
        self.agenda = agenda
        self.running = running_lines(document.blocks)
        shaded = (with_shades(block) if isinstance(block, Grid) else block for block in document.blocks)
        self.blocks = list(joined(shaded, self.running))
        grids = [block for block in self.blocks if isinstance(block, Grid)]
        spoken = [block.text for block in self.blocks if isinstance(block, Prose)]
        self.stated, self.unit = stated_amounts(spoken), unit_of_all(spoken)
        self.groups = frozenset().union(*(group_names(grid) for grid in grids))
        self.areas = frozenset(normal(area) for grid in grids if (area := area_of(grid)) is not None)
        self.bodies = initials_of(document)
        self.context = Context()
        self.scheme: str | None = None
        self.template = Template()
        self.told: list[Record] = []
        self.lines: list[str] = []
        self.on_page: Counter[int] = Counter()
        self.forms, self.matrices = Forms(), Matrices()
        self.follows = False
        self.said: list[tuple[Heard, str | None]] = []
        self.year: Period | None = None
        self.table: str | None = None
        self.grids: dict[str, Grid] = {}

    def results(self) -> list[TableResult]:
        """What each table gives. A record may go on in the next part of its table, so none is made before all are seen."""
        waiting: list[Callable[[], TableResult]] = []
        for block in self.blocks:
            self._turn_to(block.page)
            if isinstance(block, Prose):
                self._prose(block)
            else:
                waiting.append(partial(_introduced, self._above(), self._grid(block)))
        self._close_template()
        return [make() for make in waiting]

    def _above(self) -> tuple[str, ...]:
        """The sentences just above a table that say of when it is, or how much it lists."""
        return tuple(line[:LONGEST_KEPT] for line in self.lines if is_sentence(line) and _TELLS.search(line))

    def _turn_to(self, page: int) -> None:
        """On a page of another item of the agenda that item's cover counts, and what was said before is forgotten."""
        cover = next((item.cover for item in self.agenda if item.first <= page <= item.last), self.pack)
        if cover is not self.cover:
            self._close_template()
            self.cover, self.scheme = cover, None
            self.context, self.lines, self.follows = Context(), [], False

    def place(self, table: str | None = None, page: int = 1) -> Place:
        return Place(
            paper=self.document.name,
            sha256=self.document.sha256,
            organisation=self.cover.organisation,
            page=page,
            table=table,
            scheme=self.scheme,
            span=self.cover.span,
            lines_above=tuple(self.lines),
            bodies=self.bodies,
            groups=self.groups,
        )

    def _prose(self, block: Prose) -> None:
        running = unmarked(block.text) in self.running
        self.follows = self.follows and (running or is_furniture(block))
        if running:
            return
        for text in block.text.splitlines():
            self.context.read(text)
            if (scheme := _scheme_heading(text)) is not None:
                self._close_template()
                self.scheme = scheme
            self._date(text)
            if (line := unmarked(text)) and not is_furniture(Prose(line)):
                self.lines = [*self.lines[-LINES_KEPT:], line]
                self.template.read(line, block.page)

        span = self.cover.span
        heard = Heard(block, self.cover.organisation, self.scheme, self.year, span.period)
        self.said.append((heard, self.table))

    def _date(self, text: str) -> None:
        """A heading that names a year or month says of when the sentences below it are, until a table or another does."""
        mention = find_mention(text) if not is_sentence(unmarked(text)) else None
        if mention is not None and mention.start is not None:
            self.year, self.table = Period(mention.start, mention.month or 0), None

    def heard(self, periods: Mapping[str, str | None]) -> list[Heard]:
        """The blocks of prose, each with the time of the heading or table above it; `periods` has those of tables."""
        out = []
        for heard, table in self.said:
            period = periods.get(table) if table is not None else None
            out.append(replace(heard, period=Period.parse(period)) if period is not None else heard)
        return out

    def _close_template(self) -> None:
        self.told += template_records(self.template, self.place())
        self.template = Template()

    def _grid(self, grid: Grid) -> Callable[[], TableResult]:
        self.on_page[grid.page] += 1
        around = Surroundings(
            paper=self.document.name,
            sha256=self.document.sha256,
            organisation=self.cover.organisation,
            table=f"p{grid.page}t{self.on_page[grid.page]}",
            span_above=self.context.span,
            paper_span=self.cover.span,
            lines_above=tuple(self.lines),
            paper_title=self.cover.title,
            scheme_heading=self.scheme,
            stated=self.stated,
            groups_elsewhere=self.groups,
            meeting=self.cover.meeting,
            unit=self.unit,
        )
        place = self.place(around.table, grid.page)
        for line in rows_as_lines(grid.texts()):
            self.template.read(unmarked(line), grid.page)
        matrix = self.matrices.read(grid, follows=self.follows, groups=self.areas)
        is_other = matrix is not None or is_claimed(grid)
        form = self.forms.read(grid, follows=self.follows) if not is_other else None
        self.follows = True
        self.table = around.table
        self.grids[around.table] = grid
        self.lines = []
        self.context.close()
        if matrix is not None:
            return partial(read_matrix, matrix, place, self.areas)
        if form is not None:
            return partial(read_form, grid, form, around, place)
        return partial(read_table, grid, around, place)


def _introduced(above: tuple[str, ...], make: Callable[[], TableResult]) -> TableResult:
    result = make()
    return replace(result, reading=result.reading.model_copy(update={"above": above})) if above else result


def _scheme_heading(text: str) -> str | None:
    """The scheme that a template's heading names.

    >>> _scheme_heading("Scheme: Hospice at Home - Locality project West")
    'Hospice at Home'
    """
    found = _SCHEME.match(unmarked(text))
    return _LOCALITY.sub("", found[1]).strip() if found else None
