"""Savings month by month: rows that run up, rows against each other, and the graph's data against the profile's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qippctl.calc.identities import Check, summed
from qippctl.models.figure import Figure, Measure
from qippctl.period import MONTHS_OF_YEAR

if TYPE_CHECKING:
    from qippctl.audit.material import Material

_RUNNING: tuple[Measure, ...] = ("plan", "actual", "forecast", "variance")
Months = Mapping[int, Figure]


def running_sums(of: Material, table: str, figures: Sequence[Figure]) -> Iterator[Check]:
    """QT204 running totals, QT203 the rows' totals, QT101 rows of variances against those above, of one table."""
    for own in by_scheme(figures).values():
        months = {m: by_month(own, m, "month") for m in _RUNNING}
        to_date = {m: by_month(own, m, "ytd") for m in _RUNNING}
        for measure in _RUNNING:
            if _is_in_one_row(months[measure]) and _is_in_one_row(to_date[measure]):
                yield from _run_up(of, table, months[measure], to_date[measure])
                yield from _years(own, months[measure], to_date[measure])
        for held in (months, to_date):
            if _is_in_one_row(held["variance"]):
                yield from _variances(held)


def by_scheme(figures: Sequence[Figure]) -> dict[tuple[str | None, str | None], list[Figure]]:
    """The figures of each subject of a table, the parts of its money left out."""
    found: dict[tuple[str | None, str | None], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.recurrence == "all" and figure.case is None and figure.role in ("scheme", "total", "subtotal"):
            found[(figure.workstream, figure.scheme)].append(figure)
    return found


def by_month(figures: Sequence[Figure], measure: Measure, basis: str) -> dict[int, Figure]:
    """The figures of a measure by the number of their month, the first that is printed of each."""
    found: dict[int, Figure] = {}
    for figure in figures:
        if figure.measure == measure and figure.basis == basis and figure.period and "-M" in figure.period:
            found.setdefault(int(figure.period.rpartition("-M")[2]), figure)
    return found


def _is_in_one_row(months: Months) -> bool:
    return len(months) > 1 and len({figure.row for figure in months.values()}) == 1


def _run_up(of: Material, table: str, months: Months, to_date: Months) -> Iterator[Check]:
    """Each running total against the months to then; a blank month is nothing, one that was not read proves nothing."""
    row = next(iter(months.values())).row
    for month, target in sorted(to_date.items()):
        terms = [months[m] for m in range(1, month + 1) if m in months]
        columns = {figure.column for figure in to_date.values()} | {figure.column for figure in months.values()}
        unread = [c for c in columns if c <= target.column and of.text(table, row, c) and not _held(months, c)]
        if terms and not unread and target.row != row:
            yield summed("QT204", target, terms)


def _held(months: Months, column: int) -> bool:
    return any(figure.column == column for figure in months.values())


def _years(own: Sequence[Figure], months: Months, to_date: Months) -> Iterator[Check]:
    """The total at the end of a row of months, and of a row that runs up; where nothing says which span it has."""
    for held, code in ((months, "QT203"), (to_date, "QT204")):
        row = next(iter(held.values())).row
        whole = [f for f in own if f.row == row and f.period is not None and "-" not in f.period[5:]]
        if len(whole) != 1 or whole[0].column < max(figure.column for figure in held.values()):
            continue
        if code == "QT203" and whole[0].basis != "year" and max(held) == MONTHS_OF_YEAR:
            yield summed("QT203", whole[0], [held[m] for m in sorted(held)])
        if code == "QT204" and MONTHS_OF_YEAR in held:
            yield summed("QT204", whole[0], [held[MONTHS_OF_YEAR]])


def _variances(held: Mapping[Measure, Months]) -> Iterator[Check]:
    """Each variance against the outcome and the plan of its month; a blank one is nothing."""
    outcomes: Measure = "actual"
    for month, target in sorted(held["variance"].items()):
        plan, outcome = held["plan"].get(month), held[outcomes].get(month)
        if plan is not None and plan.row != target.row:
            terms, signs = ((plan, outcome), (-1, 1)) if outcome is not None else ((plan,), (-1,))
            yield summed("QT101", target, terms, signs)
