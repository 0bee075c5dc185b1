"""The plain numbers of indicators as figures: baseline, target and actual, each with its own period.

A target is a plan here: it stands beside what was reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from qippctl.interpret.figures import Surroundings
from qippctl.interpret.forms import Form, FormRow
from qippctl.interpret.records.indicators import workstream_of
from qippctl.interpret.records.place import Place, said
from qippctl.interpret.words import find
from qippctl.models.figure import Basis, Doubt, Evidence, Figure, Measure
from qippctl.money import parse_amount
from qippctl.period import Period, find_mention, find_year

_FIELDS: tuple[tuple[str, str, Measure, Basis], ...] = (
    ("baseline", "baseline_period", "baseline", "year"),
    ("target", "", "plan", "year"),
    ("actual", "actual_period", "actual", "ytd"),
)


def indicator_figures(form: Form, place: Place, around: Surroundings) -> list[Figure]:
    """A figure for each cell that prints one number and nothing else; its name is the qualifier."""
    return [figure for row in form.rows for figure in _of_row(form, row, place, around)]


def _of_row(form: Form, row: FormRow, place: Place, around: Surroundings) -> Iterator[Figure]:
    name = said(row, "name")
    for field, dated, measure, basis in _FIELDS:
        raw = said(row, field)
        amount = parse_amount(raw) if raw is not None else None
        if name is None or raw is None or amount is None or amount.is_dash:
            continue
        doubts = list(row.doubts)
        column = form.columns.get(field, 0)
        # A year in the heading dates the column where no cell beside it does.
        headed = form.paths[column] if column < len(form.paths) and find_year(form.paths[column]) is not None else None
        period = _period((said(row, dated) if dated else None) or headed, basis, place)
        if measure == "baseline" and period is not None and "-M" in period:
            basis = "month"
        elif measure == "actual" and find(["ytd", "year to date", "to date", "cumulative"], form.paths[column]) is None:
            doubts.append(Doubt.BASIS_UNCLEAR)
        if period is None:
            doubts.append(Doubt.PERIOD_UNKNOWN)
        scale = amount.scale or Decimal(1)
        unit = "percent" if amount.is_percent else "GBP" if amount.has_currency or amount.scale else "count"
        yield Figure(
            id="/".join((around.sha256[:12], around.table, str(row.index), str(column))),
            paper=around.paper,
            sha256=around.sha256,
            page=row.page,
            table=around.table,
            row=row.index,
            column=column,
            organisation=around.organisation,
            workstream=workstream_of(row),
            subject="indicator",
            role="workstream",
            measure=measure,
            basis=basis,
            qualifier=name,
            period=period,
            value=amount.value * scale,
            unit=unit,
            step=amount.step * scale,
            raw=raw,
            doubts=tuple(dict.fromkeys(doubts)),
            evidence=Evidence(
                heading=(form.paths[column],) if column < len(form.paths) else (),
                meaning=f"layout {form.layout.name}",
                unit="cell" if unit == "GBP" else "not money",
                sign="as printed: indicators keep their signs",
            ),
        )


def _period(text: str | None, basis: Basis, place: Place) -> str | None:
    """The year or month that the cell beside a number names; of a target the paper's own year."""
    if text is None:
        return str(Period(place.span.start)) if basis == "year" and place.span.start is not None else None
    mention = find_mention(text)
    start = mention.start if mention is not None and mention.start is not None else find_year(text)
    if start is None:
        return None
    if basis == "year":
        return str(Period(start, (mention.month or 0) if mention is not None else 0))
    return str(Period(start, mention.month)) if mention is not None and mention.month else None
