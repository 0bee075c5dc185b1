"""Waterfalls of patients, found by their arithmetic; and what it takes to clear a backlog by a date.

A chain is a total, rows that are taken off, and a row that is what is left; then more rows are taken off that, and so on.
Rows of one heading are tried in the order in which they stand. A remainder is known by its arithmetic in most columns of
two at least, or by its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from itertools import groupby
from typing import Literal

from qippctl.errors import UsageError
from qippctl.models.activity import BacklogStep, Clearance
from qippctl.models.figure import Figure
from qippctl.money import ZERO, exactly

HUNDREDTH = Decimal("0.01")
WEEK = 7
Test = Callable[[str], bool]
StepKind = Literal["total", "taken", "left"]


@dataclass(frozen=True, slots=True)
class Row:
    """A printed row of counts, by column."""

    row: int
    label: str
    group: str | None
    figures: Mapping[int, Figure]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a backlog: how many may be left by when; what comes in and what can be dealt with a week."""

    start: date
    by: date
    left: Decimal = ZERO
    arrivals: Decimal | None = None
    capacity: Decimal | None = None


def rows_of(figures: Sequence[Figure], labels: Mapping[int, str]) -> list[Row]:
    """The rows of one table's counts, in order of print."""
    counted = sorted((f for f in figures if f.unit == "count"), key=lambda f: (f.row, f.column))
    out = []
    for row, own in groupby(counted, key=lambda f: f.row):
        held = {f.column: f for f in own}
        first = next(iter(held.values()))
        out.append(Row(row, labels.get(row) or (first.qualifier or "").replace("_", " "), first.workstream, held))
    return out


def steps(rows: Sequence[Row], paper_number: int, is_left: Test, is_waiting: Test) -> list[BacklogStep]:
    """Every line of every chain among the rows of one table, column by column."""
    out: list[BacklogStep] = []
    for _, block in groupby(rows, key=lambda row: row.group):
        for chain in _chains(list(block), is_left):
            for column in sorted(chain[0][1].figures):
                out += _column(chain, column, paper_number, is_waiting)
    return out


def _chains(block: Sequence[Row], is_left: Test) -> Iterator[list[tuple[StepKind, Row]]]:
    start = 0
    while start < len(block) - 2:
        chain = _chain(block[start:], is_left)
        if chain:
            yield chain
        start += len(chain) or 1


def _chain(rows: Sequence[Row], is_left: Test) -> list[tuple[StepKind, Row]]:
    """The chain that begins with the first row, to its last printed remainder; empty where there is none."""
    chain: list[tuple[StepKind, Row]] = [("total", rows[0])]
    whole, length = rows[0], 1
    taken: list[Row] = []
    for row in rows[1:]:
        if taken and (_remains(whole, taken, row) or is_left(row.label)):
            chain.append(("left", row))
            whole, taken, length = row, [], len(chain)
        else:
            chain.append(("taken", row))
            taken.append(row)
    return chain[:length] if length > 1 and _is_borne_out(chain[:length]) else []


def _remains(whole: Row, taken: Sequence[Row], row: Row) -> bool:
    """Whether a row is what is left in most columns that print every term, and in two at least of some substance."""
    shared = [c for c in whole.figures if c in row.figures and all(c in t.figures for t in taken)]
    held = [c for c in shared if _agree(whole.figures[c], [t.figures[c] for t in taken], row.figures[c])]
    substantial = [c for c in held if whole.figures[c].value and any(t.figures[c].value for t in taken)]
    return len(held) * 2 > len(shared) and len(substantial) >= 2


def _is_borne_out(chain: Sequence[tuple[StepKind, Row]]) -> bool:
    """Whether some remainder of the chain is right in some column: words alone make no waterfall."""
    whole = chain[0][1]
    taken: list[Row] = []
    for kind, row in chain[1:]:
        if kind == "taken":
            taken.append(row)
            continue
        columns = [c for c in whole.figures if c in row.figures and all(c in t.figures for t in taken)]
        if any(_agree(whole.figures[c], [t.figures[c] for t in taken], row.figures[c]) for c in columns):
            return True
        whole, taken = row, []
    return False


def _agree(whole: Figure, taken: Sequence[Figure], left: Figure) -> bool:
    """Whether whole less what is taken is what is left. Counts to the last one are exact; others round."""
    terms = (whole, *taken, left)
    with exactly():
        off = abs(whole.value - sum((t.value for t in taken), ZERO) - left.value)
        return off <= sum((t.step / 2 for t in terms if t.step > 1), ZERO)


def _column(
    chain: Sequence[tuple[StepKind, Row]], column: int, paper_number: int, is_waiting: Test
) -> Iterator[BacklogStep]:
    running: Decimal | None = None
    whole: Figure | None = None
    taken: list[Figure | None] = []
    for kind, row in chain:
        figure = row.figures.get(column)
        holds: bool | None = None
        if kind == "total":
            running = figure.value if figure else None
            whole, taken = figure, []
        elif kind == "taken":
            running = running - figure.value if running is not None and figure else None
            taken.append(figure)
        elif figure is not None and whole is not None and None not in taken:
            holds = _agree(whole, [t for t in taken if t is not None], figure)
        if figure is not None:
            yield BacklogStep(
                organisation=figure.organisation,
                paper=figure.paper,
                paper_number=paper_number,
                page=figure.page,
                table=figure.table,
                group=row.group,
                row=row.row,
                label=row.label,
                step=kind,
                period=figure.period,
                basis=figure.basis,
                value=figure.value,
                running=running,
                holds=holds,
                is_waiting=is_waiting(row.label),
                figures=(figure.id,),
                doubts=figure.doubts,
            )
        if kind == "left":
            # What is printed is what the next line is taken from: one misprint is told once.
            running, whole, taken = (figure.value if figure else None), figure, []


def waiting(found: Sequence[BacklogStep], dated: Test) -> BacklogStep | None:
    """The line whose words say who still waits, in the column of sums: the last under a heading with a date, else the last."""
    lines = [s for s in found if s.is_waiting]
    lines = [s for s in lines if s.group and dated(s.group)] or lines
    if not lines:
        return None
    own = [s for s in lines if (s.table, s.row) == (lines[-1].table, lines[-1].row)]
    return next((s for s in own if s.basis == "ytd"), own[-1] if len(own) == 1 else None)


def clearance(backlog: BacklogStep | Decimal, plan: Plan, organisation: str | None) -> Clearance:
    """How many a week bring a backlog down in time; and when a given capacity does. UsageError where no time is left."""
    days = (plan.by - plan.start).days
    if days <= 0:
        raise UsageError(f"--by {plan.by} is not after --from {plan.start}; name a later day")
    printed = backlog if isinstance(backlog, BacklogStep) else None
    size = backlog.value if isinstance(backlog, BacklogStep) else backlog
    with exactly():
        to_go = max(size - plan.left, ZERO)
        net = to_go * WEEK / days
        arrivals = plan.arrivals or ZERO
        spare = plan.capacity - arrivals if plan.capacity is not None else None
        cleared = _cleared(to_go, spare, plan.start) if spare is not None else None
        return Clearance(
            organisation=organisation,
            label=printed.label if printed else None,
            group=printed.group if printed else None,
            backlog=size,
            start=plan.start.isoformat(),
            by=plan.by.isoformat(),
            left=plan.left,
            weeks=(Decimal(days) / WEEK).quantize(HUNDREDTH),
            arrivals=plan.arrivals,
            net_rate=net.quantize(HUNDREDTH),
            rate=(net + arrivals).quantize(HUNDREDTH),
            capacity=plan.capacity,
            cleared_on=cleared.isoformat() if cleared else None,
            meets=None if spare is None else cleared is not None and cleared <= plan.by,
            paper_number=printed.paper_number if printed else None,
            page=printed.page if printed else None,
            table=printed.table if printed else None,
            figures=printed.figures if printed else (),
            doubts=printed.doubts if printed else (),
        )


def _cleared(to_go: Decimal, spare: Decimal, start: date) -> date | None:
    """The day on which so many a week have done it; None where they never do."""
    if not to_go:
        return start
    if spare <= 0:
        return None
    try:
        return start + timedelta(days=int((to_go * WEEK / spare).to_integral_value(ROUND_CEILING)))
    except OverflowError:
        return None
