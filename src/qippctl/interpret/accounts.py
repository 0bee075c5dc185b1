"""Tables of budgets and accounts, and of activity: real figures, but no scheme's.

They are read line by line, as printed: no sign is turned, no subtotal inferred. What a column holds is said by its
heading, else by the table's title; a column that neither names is left out with a note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from qippctl.interpret.ambiguity import told_apart
from qippctl.interpret.cells import read_cell
from qippctl.interpret.columns import Column, Kind
from qippctl.interpret.figures import KnownTable, Surroundings, figures_of
from qippctl.interpret.headings import Heading, Parts
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.meanings import Meaning, basis_of, meaning_of, pounds_of
from qippctl.interpret.rows import Rows, clean_label, is_cut, is_total
from qippctl.interpret.spans import table_span
from qippctl.interpret.sums import Row
from qippctl.interpret.units import Unit, table_unit
from qippctl.interpret.words import find, normal
from qippctl.models.document import Grid
from qippctl.models.figure import Doubt, Figure, Measure, Recurrence, Role, Subject
from qippctl.models.layout import ColumnWords
from qippctl.period import find_date, find_year, find_years, month_and_year, month_of_heading, of_date

FEWEST_NUMBERS = 3
# In a heading of accounts `31.3.08` is a date; elsewhere it may be a number of a paragraph.
_POINTED = re.compile(r"(?<![0-9.])([0-9]{1,2})\.([0-9]{1,2})\.((?:20)?[0-9]{2})(?![0-9.])")
_PER = re.compile(r"\bper (1[0-9,]{2,})")


@dataclass(frozen=True, slots=True)
class Account:
    """What a table of accounts or of activity gives."""

    figures: list[Figure]
    notes: tuple[str, ...]
    period: str | None
    subject: Subject
    columns: tuple[Column, ...] = ()
    unit: Unit | None = None


def read_account(
    grid: Grid, parts: Parts, columns: Sequence[Column], titles: Sequence[str], around: Surroundings
) -> Account | None:
    """The figures of a table of accounts or activity; None where a table is neither."""
    subject = subject_of(parts, titles, around)
    if subject is None or parts.heading_rows == 0:
        return None
    label = _label_column(parts, columns)
    if label is None:
        return None
    told = " | ".join((*titles, parts.headings[label].path))
    monthly = around.paper_span.month is not None or around.span_above.month is not None
    read = [_column(column, parts.headings[column.index], label, told, subject, monthly) for column in columns]
    held = [column for column in read if column.kind == "figures"]
    rows = _rows(parts, held, label, subject)
    if sum(cell.has_number for row in rows.rows for cell in row.cells.values()) < FEWEST_NUMBERS:
        return None
    years = [year for column in held for year in find_years(column.heading)]
    span = table_span(titles, years, around.span_above, around.paper_span)
    read = told_apart(
        [replace(c, tiers=was.tiers, because="its heading") for c, was in zip(read, columns, strict=True)], span
    )
    unit = table_unit(
        [replace(c, pounds=c.pounds or pounds_of(parts.headings[c.index])) for c in read],
        (*titles, *around.lines_above[-2:]),
        rows.rows,
        frozenset(),
    )
    table = KnownTable(grid, parts, read, rows, None, span, unit, tuple(titles), subject)
    figures = figures_of(table, around)
    if subject == "activity":
        figures = [_as_activity(figure) for figure in figures]
    left_out = tuple(
        f'column {c.index + 1} ("{c.heading[:40]}") was not understood'
        for c, was in zip(read, columns, strict=True)
        if c.kind == "unknown" and was.look in ("numbers", "percentages")
    )
    period = str(span.period) if span.period else None
    return Account(figures, (*rows.notes, *left_out), period, subject, tuple(read), unit)


def subject_of(parts: Parts, titles: Sequence[str], around: Surroundings) -> Subject | None:
    """Whether a table is of money or of activity, by its title, headings and labels; None where nothing says so."""
    words = vocabulary()
    labels = [row[0] for _, row in parts.body if row and row[0]]
    headings = [heading.path for heading in parts.headings]
    activity = sum(1 for label in labels if find(words.activity, label))
    if labels and activity * 3 >= len(labels) and not any(find(words.finance, text) for text in headings):
        return "activity"
    near = " | ".join((*titles, *headings, *around.lines_above[-1:]))
    if find(words.finance, near):
        return "finance"
    return "finance" if sum(1 for text in labels if find(words.finance, text)) * 4 >= max(1, len(labels)) else None


def _label_column(parts: Parts, columns: Sequence[Column]) -> int | None:
    """The first column that is of words in most of its rows."""
    for column in columns:
        named = [row[column.index] for _, row in parts.body if row[column.index]]
        if sum(1 for text in named if any(c.isalpha() for c in text)) * 2 > len(named) > 1:
            return column.index
    return None


def _column(column: Column, heading: Heading, label: int, told: str, subject: Subject, monthly: bool) -> Column:
    if column.index <= label or column.look not in ("numbers", "percentages") or column.kind == "reference":
        kind: Kind = "text" if column.index <= label or column.look == "words" else "unknown"
        return replace(column, kind=kind, meanings=())
    if subject == "activity":
        return _activity_column(column, heading)
    entry = _entry(heading.path) or _entry(told)
    own = _entry(heading.path) is not None
    start, opening = _year_of(heading.path)
    if entry is None or entry.measure is None or (start is None and not own) or find(["wte*", "beds"], heading.path):
        return replace(column, kind="unknown", meanings=())
    measure: Measure = entry.measure
    if measure in ("forecast", "actual"):
        foretold = find(["forecast*", "projected"], told) is not None
        measure = "baseline" if opening else "forecast" if foretold else measure
    per = _PER.search(normal(heading.path).replace(" ", ",")) or _PER.search(heading.path)
    qualifier = f"per_{re.sub('[^0-9]', '', per[1])}" if per else None
    spoken = meaning_of(heading, percentages=False)
    basis = (spoken.basis if spoken is not None else None) or basis_of(heading)
    doubts = []
    told_apart = own or len({e.measure for e in vocabulary().account_measures if find(e.words, told)}) == 1
    if not told_apart or (monthly and find(["outturn"], heading.path) is not None):
        doubts.append(Doubt.HEADING_UNCLEAR)
    if basis is None and start is None and monthly:
        doubts.append(Doubt.BASIS_UNCLEAR)  # a month's report may mean the month, the year to date or the year
    if measure == "variance" and find(["movement"], heading.path) is None:
        doubts.append(Doubt.SIGN_UNPROVEN)
    month = spoken.month if spoken is not None else None
    closing = find_date(_POINTED.sub(r"\1/\2/\3", heading.path))
    if closing is not None and not opening and (closing.month, closing.day) != (3, 31):
        basis, month = "ytd", of_date(closing).month  # a balance within the year
    if closing is not None and find(["spend to", "to"], heading.path) is not None:
        doubts.append(Doubt.HEADING_UNCLEAR)  # spent in the year, or since the beginning
    meaning = Meaning(measure, basis or "year", _recurrence(heading), qualifier=qualifier, start=start, month=month)
    return Column(
        column.index,
        "figures",
        heading.path,
        column.look,
        (meaning,),
        pounds=pounds_of(heading),
        doubts=tuple(doubts),
    )


def _entry(text: str) -> ColumnWords | None:
    return next((entry for entry in vocabulary().account_measures if find(entry.words, text)), None)


def _recurrence(heading: Heading) -> Recurrence:
    entry = next((e for e in vocabulary().recurrences if find(e.words, heading.path)), None)
    return entry.recurrence if entry is not None and entry.recurrence is not None else "all"


def _year_of(text: str) -> tuple[int | None, bool]:
    """The financial year of a heading, and whether it is an opening day: 1 April closes the year before it."""
    day = find_date(_POINTED.sub(r"\1/\2/\3", text))
    if day is not None:
        return of_date(day - timedelta(days=1)).start, (day.month, day.day) == (4, 1)
    return find_year(text), False


def _activity_column(column: Column, heading: Heading) -> Column:
    month = month_of_heading(heading.leaf)
    if month is not None:
        meaning = Meaning(
            "activity", "month", start=month_and_year(heading.leaf) or find_year(heading.path), month=month
        )
        return Column(column.index, "figures", heading.path, column.look, (meaning,))
    if is_total(heading.leaf):
        # The months of a backlog are not those of a financial year.
        doubts = (Doubt.BASIS_UNCLEAR,)
        return Column(column.index, "figures", heading.path, column.look, (Meaning("activity", "ytd"),), doubts=doubts)
    year = find_year(heading.path)
    if year is not None:
        return Column(column.index, "figures", heading.path, column.look, (Meaning("activity", "year", start=year),))
    return replace(column, kind="unknown", meanings=())


def _rows(parts: Parts, columns: Sequence[Column], label: int, subject: Subject) -> Rows:
    rows = Rows()
    group: str | None = None
    for index, texts in parts.body:
        name = clean_label(texts[label])
        cells = {column.index: read_cell(texts[column.index], 1) for column in columns}
        numbers = [cell for cell in cells.values() if cell.has_number or cell.has_dash]
        if not numbers:
            group = name if name and not any(cell.broken for cell in cells.values()) else group
            continue
        if not name:
            rows.notes.append(f"row {index + 1} has no label; no figures taken")
            continue
        bare = re.fullmatch(r"(?:(?:grand|overall|net) )?totals?", normal(name)) is not None
        role: Role = "total" if bare else "subtotal" if is_total(name) and subject == "finance" else "scheme"
        doubts = (Doubt.LABEL_UNCLEAR,) if is_cut(name) or name[0].islower() else ()
        above = name if role == "subtotal" else group
        if group is not None and role == "subtotal" and normal(group) in normal(name):
            group = None
        rows.rows.append(Row(index, role, cells, texts, above, name if role == "scheme" else None, name, doubts))
    if rows.rows and rows.rows[-1].role == "subtotal":
        rows.rows[-1] = replace(rows.rows[-1], role="total", workstream=None)
    if subject == "activity":
        # A number alone in the first column of months is of no month.
        rows.rows = [row for row in rows.rows if sum(c.has_number for c in row.cells.values()) > 1 or len(columns) == 1]
    return rows


def _as_activity(figure: Figure) -> Figure:
    """A line of activity: what it counts is its label."""
    qualifier = "_".join(re.findall(r"[a-z0-9]+", normal(figure.scheme or "total")))
    return figure.model_copy(
        update={
            "scheme": None,
            "role": "workstream" if figure.role == "scheme" else figure.role,
            "qualifier": qualifier,
            "unit": "percent" if "%" in figure.raw else "count",
        }
    )
