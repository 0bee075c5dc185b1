"""The columns and rows of a form as those of a table of figures: its sums of money and colours are figures and ratings too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from qippctl.interpret.cells import read_cell
from qippctl.interpret.columns import Column, look_of
from qippctl.interpret.forms import Form
from qippctl.interpret.headings import Heading, Parts
from qippctl.interpret.meanings import Meaning, pounds_of
from qippctl.interpret.names import read_columns
from qippctl.interpret.records.place import Place
from qippctl.interpret.records.statuses import body_of, settled, take_apart, workstreams_of
from qippctl.interpret.rows import Rows, clean_label, is_total
from qippctl.interpret.sums import Row
from qippctl.interpret.words import find
from qippctl.models.figure import Basis, Doubt, Measure
from qippctl.period import find_year


def form_parts(form: Form) -> Parts:
    """The form as a parted grid, its headings as they were matched."""
    return Parts(
        titles=form.titles,
        headings=tuple(Heading(path, (), path) for path in form.paths[: form.width])
        + tuple(Heading("") for _ in range(form.width - len(form.paths))),
        heading_rows=form.heading_rows,
        body=tuple((row.index, row.cells) for row in form.rows),
    )


def form_columns(form: Form, parts: Parts) -> list[Column]:
    """What each column holds: fields of numbers and colours as the layout says, the other fields as texts.

    Columns that no field claims are left alone, but those of a scheme sheet that are headed by a year: the plan of that
    year, or its forecast.
    """
    by_column = {column: name for name, column in form.columns.items()}
    columns = []
    for column in read_columns(parts, None):
        name = by_column.get(column.index)
        path = parts.headings[column.index].path
        if name == form.key:
            column = Column(column.index, "scheme", path, column.look)
        elif name in form.layout.ratings:
            column = Column(column.index, "rating", path, column.look, dimension=form.layout.ratings[name])
        elif name in form.layout.figures:
            column = _figures(column, form.layout.figures[name], path)
        elif name is not None or form.layout.record != "status" or find_year(path) is None:
            column = replace(column, kind="text", meanings=())
        else:
            column = _figures(column, "forecast.year" if find(["forecast*"], path) else "plan.year", path)
        because = f"layout {form.layout.name}" if name is not None else "headed by a year" if column.meanings else ""
        columns.append(replace(column, tiers=(path,) if path else (), because=because))
    return columns


def _figures(column: Column, named: str, path: str) -> Column:
    measure, _, basis = named.partition(".")
    meaning = Meaning(cast(Measure, measure), cast(Basis, basis), start=find_year(path))
    look = look_of(())
    return Column(
        column.index,
        "figures",
        path,
        look if column.look == "words" else column.look,
        (meaning,),
        pounds=pounds_of(Heading(path)),
        doubts=(Doubt.HEADING_UNCLEAR,) if basis == "ytd" and measure == "plan" else (),
    )


def form_rows(form: Form, columns: Sequence[Column], place: Place) -> Rows:
    """The rows that name something, totals among them, each with the body that its label names."""
    rows = Rows()
    workstreams = workstreams_of(form, place)
    for row in settled(form) if form.layout.record == "status" else form.rows:
        label = row.texts.get(form.key, "")
        if not label:
            continue
        apart = take_apart(label)
        total = is_total(label)
        rows.rows.append(
            Row(
                row.index,
                "total" if total else "scheme",
                {c.index: read_cell(row.cells[c.index], 1) for c in columns if c.kind == "figures"},
                row.cells,
                workstreams.get(row.index),
                None if total else clean_label(apart.name),
                clean_label(apart.name),
                row.doubts,
                organisation=None if total else body_of(apart, place),
            )
        )
    return rows
