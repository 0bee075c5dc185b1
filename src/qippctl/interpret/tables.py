"""One table of a paper: what kind it is, and its figures and ratings with their addresses and doubts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from qippctl.interpret.accounts import read_account
from qippctl.interpret.ambiguity import (
    bases_named,
    forecasts_made,
    measures_named,
    past_parts,
    past_years,
    perhaps_running,
    running,
    told_apart,
    years_over,
)
from qippctl.interpret.columns import Column
from qippctl.interpret.cover import labelled_lines
from qippctl.interpret.evidence import column_readings, is_unit_alone, signs_of, text_of
from qippctl.interpret.figures import KnownTable, Surroundings, figures_of, ratings_of
from qippctl.interpret.form_figures import form_columns, form_parts, form_rows
from qippctl.interpret.forms import Form
from qippctl.interpret.headings import Parts, part, unit_of, without_spans
from qippctl.interpret.layouts import claim, vocabulary
from qippctl.interpret.names import read_columns
from qippctl.interpret.proof import Proof, prove
from qippctl.interpret.records import records_of
from qippctl.interpret.records.alignment import Matrix, alignments, whole_matrix
from qippctl.interpret.records.entries import entries
from qippctl.interpret.records.glossary import is_glossary, terms
from qippctl.interpret.records.indicator_figures import indicator_figures
from qippctl.interpret.records.place import Place
from qippctl.interpret.records.policies import guidelines, policy
from qippctl.interpret.records.projects import area_of, projects_of
from qippctl.interpret.records.statuses import attributes, codes
from qippctl.interpret.referee import measured_parts, settle
from qippctl.interpret.rolling import read_rolling
from qippctl.interpret.rows import read_rows, rows_of_one, with_cells
from qippctl.interpret.rowwise import turned_by_measure
from qippctl.interpret.spans import is_sentence, table_span
from qippctl.interpret.subject import ABOUT_SAVINGS, is_about_savings
from qippctl.interpret.units import table_unit
from qippctl.interpret.words import find, is_one_of, normal
from qippctl.models.document import Grid
from qippctl.models.figure import Doubt, Figure, Rating
from qippctl.models.paper import ColumnReading, TableReading, TableText
from qippctl.models.records import Record, Status
from qippctl.period import find_years, month_of_heading, without_periods


@dataclass(slots=True)
class TableResult:
    """What one table gives."""

    reading: TableReading
    figures: list[Figure] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    columns: tuple[ColumnReading, ...] = ()
    text: TableText | None = None


def read_table(grid: Grid, around: Surroundings, place: Place) -> TableResult:
    """Read one grid: its figures where it is about savings, else the words of a glossary, a rule, a plan or a list."""
    result = _read_figures(grid, around, place)
    known = result.figures or result.ratings or result.reading.kind != "other"
    return result if known else _read_words(grid, place, result)


def _read_words(grid: Grid, place: Place, result: TableResult) -> TableResult:
    """The records of a table of words, by the first kind that it is."""
    if labelled_lines(grid):
        return TableResult(result.reading.model_copy(update={"kind": "cover", "notes": ()}))
    kinds: tuple[tuple[str, Callable[[], list[Record]]], ...] = (
        ("glossary", lambda: terms(grid, place) if is_glossary(grid, place) else []),
        ("policy", lambda: policy(guidelines(grid), place)),
        ("projects", lambda: projects_of(grid, place) if area_of(grid) is not None else []),
        ("text", lambda: entries(grid, place)),
    )
    for kind, read in kinds:
        if records := read():
            reading = result.reading.model_copy(update={"kind": kind, "records": len(records), "notes": ()})
            return TableResult(reading, records=records)
    return result


def read_matrix(matrix: Matrix, place: Place, areas: frozenset[str]) -> TableResult:
    """Read a matrix of ticks."""
    records = alignments(matrix, place, areas)
    lost = f"its rows have {matrix.grid.width} cells under {len(matrix.standards)} headings: no standard is given"
    reading = TableReading(
        table=place.table or "",
        page=place.page,
        kind="alignment",
        title=place.lines_above[-1] if place.lines_above else None,
        rows=len(matrix.texts) - matrix.heading_rows,
        columns=matrix.grid.width,
        records=len(records),
        notes=(lost,) if matrix.slipped else (),
        matrix=whole_matrix(matrix, areas),
    )
    return TableResult(reading, records=records)


def _read_figures(grid: Grid, around: Surroundings, place: Place) -> TableResult:
    """Read the figures of one grid. A table that is not about savings gives none.

    Where a reader guessed from their places which columns headings span, they are also taken to span what follows them: the
    reading that more identities prove is kept.
    """
    found = _read_grid(grid, around, place)
    other = _read_grid(left_anchored, around, place) if (left_anchored := without_spans(grid)) is not None else None
    if other is None or [c.holds for c in other.columns] == [c.holds for c in found.columns]:
        return found
    if _score(other) == _score(found):
        return _doubted_where_other(found, other)
    return max((found, other), key=_score)


def _score(result: TableResult) -> int:
    """How well a reading is proven: the identities that hold with its columns, less those that fail."""
    return sum(c.held - c.failed for c in result.columns)


def _doubted_where_other(found: TableResult, other: TableResult) -> TableResult:
    """A reading beside which another is as good: the columns in which they differ are in doubt."""
    held = {c.column: c.holds for c in other.columns}
    odd = {c.column for c in found.columns if held.get(c.column) != c.holds}
    return replace(
        found,
        figures=[
            f.model_copy(update={"doubts": tuple(dict.fromkeys((*f.doubts, Doubt.HEADING_UNCLEAR)))})
            if f.column in odd
            else f
            for f in found.figures
        ],
    )


def _read_grid(grid: Grid, around: Surroundings, place: Place) -> TableResult:
    """Read a grid by its columns, or by its rows where they name the measures."""
    turned = turned_by_measure(grid) if not is_claimed(grid) else None
    if turned is None:
        return _read_columns(grid, around, place)
    found = _read_columns(turned.grid, around, place)
    if not found.figures or found.reading.kind != "schemes":
        return _read_columns(grid, around, place)
    return TableResult(
        found.reading.model_copy(update={"rows": len(part(grid).body), "columns": grid.width}),
        [turned.figure(figure) for figure in found.figures],
        [turned.rating(rating) for rating in found.ratings],
        [turned.status(r) if isinstance(r, Status) else r for r in found.records],
        tuple(turned.column(column) for column in found.columns),
        text_of(around.table, grid),
    )


def _read_columns(grid: Grid, around: Surroundings, place: Place) -> TableResult:
    """Read the figures of a grid whose columns say what they hold."""
    parts = part(grid)
    labels = [row[0] for _, row in parts.body if row]
    layout = claim([h.path for h in parts.headings], labels + [row[0] for row in grid.texts()])
    columns = read_columns(parts, layout)
    titles = tuple(filter(None, parts.titles)) or _titles_above(around.lines_above)
    reading = TableReading(
        table=around.table,
        page=grid.page,
        kind=layout.kind if layout else "other",
        title=_title(parts, around),
        layout=layout.name if layout else None,
        rows=len(parts.body),
        columns=grid.width,
    )
    if layout is not None and not layout.read:
        return TableResult(
            reading.model_copy(update={"notes": (f"a table of {layout.kind}: its numbers are not read as savings",)})
        )
    if layout is None:
        if (rolling := read_rolling(grid, parts, around)) is not None:
            found = {"kind": "rolling-rag", "notes": rolling.notes, "records": len(rolling.unrated)}
            return TableResult(reading.model_copy(update=found), ratings=rolling.ratings, records=[*rolling.unrated])
        if not is_about_savings(parts, columns, titles, around):
            return _read_account(grid, parts, columns, titles, around, reading)
        if _rows_are_measures(parts, columns):
            note = "its rows are measures, months or years, which no layout explains; not read"
            taken = column_readings(around.table, grid, columns)
            return TableResult(reading.model_copy(update={"notes": (note,)}), columns=taken)
        reading = reading.model_copy(update={"kind": "schemes"})
    if layout and layout.scheme_from == "heading":
        rows = rows_of_one(parts, columns, around.scheme_heading)
    else:
        rows = read_rows(parts, columns, by_workstream=_by_workstream(parts, titles, columns, around))
        if _names_workstreams(columns) and all(row.workstream is None for row in rows.rows):
            rows = read_rows(parts, columns, by_workstream=True)
    span = table_span(titles, _years(columns), around.span_above, around.paper_span)
    told = columns if layout and layout.rows else past_years(measures_named(columns, titles), titles, around.meeting)
    summed: frozenset[int] = frozenset()
    if layout is None:
        told, summed = measured_parts(running(told, (*titles, *around.lines_above[-2:])), rows.rows, span)
        told = forecasts_made(told)
    settled = settle(told, rows.rows, span)
    named = [c.index for c, was in zip(settled.columns, columns, strict=True) if c.kind == "figures" != was.kind]
    columns = bases_named(told, settled.columns, titles, span, settled.decided)
    if named:
        # The cells of a column that arithmetic named belong to its rows now.
        rows = replace(rows, rows=[with_cells(row, columns) for row in rows.rows])
    if not (layout and layout.rows):
        columns = past_parts(perhaps_running(columns, rows.rows), span, summed) if layout is None else columns
        columns = told_apart(years_over(columns, span, around.meeting), span)
    unit = table_unit(
        [c for c in columns if c.kind == "figures"],
        (*titles, *around.lines_above[-3:]),
        rows.rows,
        around.stated,
        around.unit,
    )
    table = KnownTable(grid, parts, columns, rows, layout, span, unit, titles)
    proof = _proven(figures_of(table, around))
    figures = proof.figures
    notes = [
        *rows.notes,
        *(
            [f"other headings begin in row {parts.below + 1}; what stands under them is not read"]
            if parts.below
            else []
        ),
        *(
            f'column {c.index + 1} ("{c.heading[:40]}") was not understood'
            for c in columns
            if c.kind == "unknown" and c.look in ("numbers", "percentages")
        ),
    ]
    said = attributes(rows.rows, columns, place, grid.page_of) if figures else []
    return TableResult(
        reading.model_copy(
            update={
                "figures": len(figures),
                "records": len(said),
                "kind": reading.kind if figures else "other",
                "proven": proof.proven,
                "notes": tuple(notes),
                "period": str(span.period) if span.period else None,
                "signs": signs_of(figures),
                "codes": codes(rows.rows, columns) if figures else {},
            }
        ),
        figures,
        ratings_of(table, around),
        said,
        column_readings(around.table, grid, columns, unit, figures, proof.checks),
        text_of(around.table, grid) if figures else None,
    )


def read_form(grid: Grid, form: Form, around: Surroundings, place: Place) -> TableResult:
    """Read a table of records: a record a row, and figures and ratings where its fields hold sums of money or colours."""
    records = records_of(form, place)
    reading = TableReading(
        table=around.table,
        page=grid.page,
        kind=form.layout.kind,
        title=(form.titles or around.lines_above[-1:] or (None,))[-1],
        layout=form.layout.name,
        rows=len(form.rows),
        columns=grid.width,
        records=len(records),
    )
    if _holds_savings(grid, form, around):
        # The table is one of savings that says more of its schemes: its own columns and rows tell its figures.
        result = _read_figures(grid, around, place)
        kept = [r for r in records if isinstance(r, Status) and (r.issue or r.mitigation)]
        return replace(result, reading=result.reading.model_copy(update={"records": len(kept)}), records=[*kept])
    if form.layout.record == "indicator":
        figures = indicator_figures(form, place, around)
        return TableResult(reading.model_copy(update={"figures": len(figures)}), figures, records=records)
    parts = form_parts(form)
    columns = form_columns(form, parts)
    if not (form.layout.figures or form.layout.ratings):
        return TableResult(reading, records=records)
    rows = form_rows(form, columns, place)
    titles = tuple(filter(None, parts.titles)) or around.lines_above[-1:]
    span = table_span(titles, _years(columns), around.span_above, around.paper_span)
    unit = table_unit([c for c in columns if c.kind == "figures"], titles, rows.rows, around.stated, around.unit)
    table = KnownTable(grid, parts, columns, rows, form.layout, span, unit, titles)
    proof = prove(figures_of(table, around))
    figures = proof.figures
    period = str(span.period) if span.period and figures else None
    return TableResult(
        reading.model_copy(update={"figures": len(figures), "proven": proof.proven, "period": period}),
        figures,
        ratings_of(table, around),
        records,
        column_readings(around.table, grid, columns, unit, figures, proof.checks),
        text_of(around.table, grid) if figures else None,
    )


def _holds_savings(grid: Grid, form: Form, around: Surroundings) -> bool:
    """Whether a table of records has columns of money, actual or against a plan, that none of its fields claims."""
    parts = part(grid)
    columns = read_columns(parts, None)
    names = next((c.index for c in columns if c.kind == "scheme"), None)
    of_schemes = form.key in ("scheme", "workstream") or form.layout.record == "intervention"
    if names == form.columns.get(form.key) and not of_schemes:
        return False  # its rows are named by the risk, the step, the indicator: no scheme's
    claimed = set(form.columns.values()) if form.layout.figures else set()
    held = [
        c
        for c in columns
        if c.kind == "figures" and not c.is_bare and c.index not in claimed and c.look in ("numbers", "percentages")
    ]
    if form.layout.record == "status" and form.layout.figures:
        held = [c for c in held if not find_years(c.heading)]  # the sheet's own yearly targets
    told = {m.measure for c in held for m in c.meanings}
    own = " | ".join((*parts.titles, *(h.path for h in parts.headings), *around.lines_above[-1:]))
    in_pounds = any(c.pounds for c in held) or unit_of(own) is not None
    of_savings = bool(told & {"actual", "variance"}) or {"plan", "forecast"} <= told
    if not form.layout.figures and in_pounds:
        of_savings = of_savings or bool(told & ABOUT_SAVINGS)
    elif form.layout.record == "intervention":
        of_savings = of_savings or any(find(vocabulary().savings, c.heading) for c in held)
    is_money = in_pounds or find(vocabulary().savings, own) is not None
    titles = tuple(filter(None, parts.titles)) or around.lines_above[-1:]
    return is_money and of_savings and is_about_savings(parts, columns, titles, around)


def _read_account(
    grid: Grid,
    parts: Parts,
    columns: Sequence[Column],
    titles: Sequence[str],
    around: Surroundings,
    reading: TableReading,
) -> TableResult:
    account = read_account(grid, parts, columns, titles, around)
    if account is None or not account.figures:
        return TableResult(reading, columns=column_readings(around.table, grid, columns))
    found = {"kind": account.subject, "figures": len(account.figures), "notes": account.notes, "period": account.period}
    taken = column_readings(around.table, grid, account.columns, account.unit, account.figures)
    return TableResult(
        reading.model_copy(update=found), account.figures, columns=taken, text=text_of(around.table, grid)
    )


def _proven(figures: list[Figure]) -> Proof:
    """The figures proved by the table's sums: with its hidden rows, or, where more of them hold so, without."""
    hidden = [f for f in figures if Doubt.HIDDEN in f.doubts]
    whole = prove(figures)
    if not hidden or len(hidden) == len(figures):
        return whole
    seen = prove([f for f in figures if Doubt.HIDDEN not in f.doubts])
    failing = [sum(Doubt.SUM_FAILS in f.doubts for f in found.figures) for found in (whole, seen)]
    if failing[1] >= failing[0]:
        return whole
    order = {figure.id: i for i, figure in enumerate(figures)}
    return Proof(sorted((*seen.figures, *hidden), key=lambda figure: order[figure.id]), seen.checks)


def is_claimed(grid: Grid) -> bool:
    """Whether a layout of figures claims a grid: then its rows are no records, whatever words stand among its headings."""
    parts = part(grid)
    return claim([h.path for h in parts.headings], [row[0] for _, row in parts.body]) is not None


def group_names(grid: Grid) -> frozenset[str]:
    """The names of the groups of a table, in normal form: elsewhere, rows so named are workstreams."""
    parts = part(grid)
    layout = claim([h.path for h in parts.headings], [row[0] for _, row in parts.body])
    if layout is None or not layout.read or layout.rows:
        return frozenset()
    rows = read_rows(parts, read_columns(parts, layout), by_workstream=False)
    return frozenset(
        normal(row.workstream)
        for row in rows.rows
        if row.role == "scheme" and row.workstream and normal(row.workstream) != normal(row.scheme or "")
    )


def _titles_above(lines: Sequence[str]) -> tuple[str, ...]:
    """The title that stands above a table, and a line with nothing but a unit under it."""
    reach = 2 if len(lines) > 1 and is_unit_alone(lines[-1]) else 1
    return tuple(line for line in lines[-reach:] if not is_sentence(line))


def _title(parts: Parts, around: Surroundings) -> str | None:
    above = [line for line in around.lines_above[-2:] if not is_sentence(line) and not is_unit_alone(line)]
    title = next((t for t in parts.titles if t), None) or (above[-1] if above else None)
    return title[:200] if title else None


def _years(columns: Sequence[Column]) -> list[int]:
    """The years among the headings: a full-year effect or last year's outturn beside them does not date a table."""
    return [
        year
        for column in columns
        if column.kind == "figures"
        and not any(m.basis == "fye" for m in column.meanings)
        and not find(["outturn", "prior year", "previous year", "last year"], column.heading)
        for year in find_years(column.heading)
    ]


def _rows_are_measures(parts: Parts, columns: Sequence[Column]) -> bool:
    """Whether most cells of a column of names are measures, months or years: then the columns do not say what a row holds."""
    words = vocabulary()
    measures = [phrase for entry in words.measures for phrase in entry.words]
    dated = ["start*", "end*", "date*", "finish*", "go live", "due*", "complet*", "when"]
    for column in columns:
        names_rows = column.kind in ("scheme", "workstream", "text", "unknown") and not find(dated, column.heading)
        if not names_rows or column.look != "words":
            continue
        names = [row[column.index] for _, row in parts.body if row[column.index]]
        odd = [n for n in names if is_one_of(measures, n) or month_of_heading(n) is not None or _is_time(n)]
        if len(odd) * 2 >= len(names) and len({normal(n) for n in odd}) > 1:
            return True
    return False


def _is_time(text: str) -> bool:
    """Whether a text names years, months or dates and nothing else."""
    return any(c.isdigit() for c in text) and not without_periods(text).strip(" -/")


def _names_workstreams(columns: Sequence[Column]) -> bool:
    """Whether the one column of names is headed as workstreams; in a table without groups its rows are such."""
    return [c.kind for c in columns if c.kind in ("scheme", "workstream")] == ["workstream"]


def _by_workstream(parts: Parts, titles: Sequence[str], columns: Sequence[Column], around: Surroundings) -> bool:
    """Whether rows are workstreams: the title says so, or most row names are groups of another table of the paper."""
    labels = [c.index for c in columns if c.kind in ("scheme", "workstream")]
    if len(labels) != 1:
        return False
    if any(find(vocabulary().by_workstream, title) for title in titles):
        return True
    label = labels[0]
    names = [
        normal(row[label])
        for _, row in parts.body
        if row[label] and not re.search(r"\btotals?\b", row[label], re.IGNORECASE)
    ]
    return len(names) >= 2 and sum(name in around.groups_elsewhere for name in names) * 2 > len(names)
