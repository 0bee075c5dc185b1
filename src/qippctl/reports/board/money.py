"""The sections about money: the headline, the programme, its exceptions, what moved, where the year is going."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qippctl.models.board import BoardException, BoardLine, BoardPaper
from qippctl.models.figure import Role
from qippctl.models.movements import MovementAnswer
from qippctl.reports import sentences as say
from qippctl.reports.board.cells import (
    Shape,
    amount,
    colour,
    cut,
    marks,
    money_of,
    place,
    text,
    what_marks_mean,
    without_empty,
)
from qippctl.reports.document import Block, Bullets, Cell, Paragraph, Table, TableColumn
from qippctl.reports.words import Money, names, percent, when

MOST_MOVED = 12
MOST_EXCEPTIONS = 40
MOST_YEAR = 10
MOST_ISSUES = 15
WAYS = {
    "printed": "As the papers print it",
    "run_rate": "At the rate achieved so far",
    "plan_shaped": "In the shape of the plan",
    "best": "Best case, as printed",
    "middle": "Middle case, as printed",
    "worse": "Worse case, as printed",
}
_MOVED = {"worsening": "worse", "improving": "better", "new": "new", "gone": "gone"}
_DIRECTIONS = {"improving": "Improving", "maintained": "Maintained", "worsening": "Worsening", None: ""}


def headline_of(own: BoardPaper) -> str:
    """The position in one sentence."""
    of_date, of_year = (own.total.to_date, own.total.year) if own.total is not None else (None, None)
    # Without anything to date both are of the year.
    of_date = of_date if own.cover.basis == "ytd" else None
    return say.headline(of_date, of_year, own.forecast.total, own.cover.period)


def headline(own: BoardPaper) -> Iterator[Block]:
    """The answer, then what a reader must hold beside it."""
    yield Paragraph(headline_of(own), "lead")
    lines = [say.colours(own.colours, own.uncoloured)]
    first = say.largest(own.exceptions, span="to date" if own.cover.basis == "ytd" else "of the year")
    lines += [first] if first else []
    below = [line.name for line in own.schemes if line.is_forecast_below_delivered]
    if said := say.below_delivered(below):
        lines.append(said)
    yield Bullets(tuple(lines))


def programme(own: BoardPaper) -> Iterator[Block]:
    """Workstreams (or schemes) and the total."""
    lines = [*own.programme, *([own.total] if own.total is not None else [])]
    if not lines:
        yield Paragraph("The papers print no plan or delivery of workstreams or schemes.")
        return
    is_sum = any(line.role in ("workstream", "subtotal") for line in own.programme)
    label = "Workstream" if is_sum else "Scheme"
    yield from positions(own, lines, f"Position by {label.lower()}, £000", label)
    if is_sum:
        yield Paragraph("Every scheme is in the appendix.", "note")


def positions(
    own: BoardPaper,
    lines: Sequence[BoardLine],
    caption: str,
    label: str,
    groups: Mapping[str, Sequence[BoardLine]] | None = None,
) -> Iterator[Block]:
    """A table of positions, and what its marks mean. `groups`: the same lines under the names that they stand under."""
    shape = Shape(own.cover.basis == "ytd", any(line.milestones is not None for line in lines), any(map(marks, lines)))
    date, year = money_of(line.to_date for line in lines), money_of(line.year for line in lines)
    columns = shape.columns(label)
    rows: list[tuple[Cell, ...]] = []
    strong: set[int] = set()
    for name, own_lines in (groups or {"": lines}).items():
        if name:
            strong.add(len(rows))
            rows.append((Cell(name), *(Cell("") for _ in columns[1:])))
        for line in own_lines:
            if line.role == "total":
                strong.add(len(rows))
            rows.append(shape.row(line, date, year))
    yield without_empty(Table(caption, columns, tuple(rows), frozenset(strong)))
    if said := what_marks_mean(lines):
        yield Paragraph(said, "note")


def exceptions(own: BoardPaper) -> Iterator[Block]:
    """Red and amber schemes, then those that are short by their forecast alone; what the papers say of them."""
    yield Paragraph(say.exceptions(own.colours, len(own.year_exceptions)), "lead")
    if own.exceptions:
        first = own.exceptions[:MOST_EXCEPTIONS]
        yield from positions(own, first, "Red and amber schemes, the largest shortfall first, £000", "Scheme")
        yield from _more(len(own.exceptions) - len(first))
    if own.year_exceptions:
        shown = own.year_exceptions[:MOST_YEAR]
        yield from positions(
            own, shown, "Neither red nor amber to date, and short by the forecast of the year, £000", "Scheme"
        )
        yield from _more(len(own.year_exceptions) - len(shown))
    yield from _issues([*own.exceptions, *own.year_exceptions[:MOST_YEAR]])
    yield from _dashboards(own)


def _more(rest: int) -> Iterator[Block]:
    if rest > 0:
        yield Paragraph(
            f"And {say.many(rest, 'scheme')} with a smaller shortfall: see the table of every scheme.", "note"
        )


def _issues(found: Sequence[BoardException]) -> Iterator[Block]:
    told = [(one, issue) for one in found for issue in one.issues]
    if not told:
        if found:
            yield Paragraph("The papers give no issue and no mitigation for these schemes one by one.", "note")
        return
    columns = (
        TableColumn("Scheme", weight=2),
        TableColumn("Issue", weight=3.2),
        TableColumn("Mitigation", weight=3.2),
        TableColumn("Printed", weight=0.9),
    )
    rows = tuple(
        (Cell(one.name), text(issue.issue), text(issue.mitigation), Cell(place(issue.where)))
        for one, issue in told[:MOST_ISSUES]
    )
    yield Table("What the papers say of these schemes", columns, rows)
    silent = [one for one in found if not one.issues]
    rest = len(told) - len(rows)
    notes = []
    if rest:
        notes.append(f"{rest} more are in the papers: qippctl schemes show NAME")
    if silent:
        notes.append(f"the papers say nothing in words of {say.listed([cut(one.name, 80) for one in silent])}")
    if notes:
        joined = "; ".join(notes)
        yield Paragraph(joined[:1].upper() + joined[1:] + ".", "note")


def _dashboards(own: BoardPaper) -> Iterator[Block]:
    if not own.dashboards:
        return
    columns = (
        TableColumn("Programme", weight=2),
        TableColumn("Position", weight=1.1),
        TableColumn("Exception", weight=3),
        TableColumn("Action", weight=2.6),
        TableColumn("Printed", weight=0.9),
    )
    rows = tuple(
        (
            text(one.workstream, 120),
            Cell(_DIRECTIONS[one.position]),
            text(one.exception),
            text(one.action),
            Cell(place(one.where)),
        )
        for one in own.dashboards
    )
    yield Table("What the programmes report of themselves", columns, rows)


def movement(own: BoardPaper) -> Iterator[Block]:
    """The bridge from one month to the next, and the schemes that moved."""
    m = own.movement
    if m is None:
        yield Paragraph(
            f"The ledger holds no earlier month of {own.cover.period[:7]} for this body, so no movement can be told."
            if "-M" in own.cover.period
            else "The papers report a whole year, so no movement from month to month can be told."
        )
        return
    yield Paragraph(say.bridge(m), "lead")
    if m.total is not None:
        yield _bridge(own)
        if said := say.unknown_parts(m.total):
            yield Paragraph(said, "note")
        if m.total.doubts:
            yield Paragraph("A figure of the bridge is in doubt.", "note")
    yield Paragraph(say.moved(m.moved))
    if m.moved:
        yield _moved(m.moved)
        rest = len(m.moved) - MOST_MOVED
        if rest > 0:
            yield Paragraph(f"And {rest} more: qippctl movement shows all.", "note")
    if m.restated:
        verb = "is" if m.restated == 1 else "are"
        waits = "waits" if m.waiting == 1 else "wait"
        waiting = f"; {say.many(m.waiting, 'restated plan')} {waits} for a board's decision" if m.waiting else ""
        yield Paragraph(f"{m.restated} figures of the earlier papers {verb} printed differently now{waiting}.")


def steps(own: BoardPaper) -> list[tuple[str, str]]:
    """From last month's variance to this month's, in £000; empty where a bridge cannot be told."""
    m = own.movement
    if m is None or m.total is None:
        return []
    t = m.total
    known = [
        (f"Variance to date, {when(m.from_period)}", t.variance_from),
        *((said[:1].upper() + said[1:], value) for said, value in say.parts_of(t) if value is not None),
        (f"Variance to date, {when(m.to_period)}", t.variance_to),
    ]
    money = Money([value for _, value in known])
    return [(name, money(value)) for name, value in known]


def _bridge(own: BoardPaper) -> Table:
    rows = tuple((Cell(name), Cell(amount)) for name, amount in steps(own))
    columns = (TableColumn("Step", weight=4), TableColumn("£000", "right"))
    return Table("From last month's variance to this month's, £000", columns, rows, frozenset({0, len(rows) - 1}))


def _moved(found: Sequence[MovementAnswer]) -> Table:
    shown = found[:MOST_MOVED]
    money = Money([v for a in shown for v in (a.variance_from, a.variance_to)])
    columns = (
        TableColumn("Scheme", weight=3.4),
        TableColumn("Variance was", "right", 1.2),
        TableColumn("is", "right", 1.1),
        TableColumn("RAG was", weight=1.25),
        TableColumn("RAG is", weight=1.25),
        TableColumn("Moved", weight=0.9),
        TableColumn("Note", weight=0.6),
    )
    rows = tuple(
        (
            Cell(name),
            amount(money, a.variance_from),
            amount(money, a.variance_to),
            colour(a.rag_from),
            colour(a.rag_to),
            Cell(_MOVED.get(a.arrow or "", "") + ("?" if a.arrow_certain is False else "")),
            Cell("~" if a.doubts else ""),
        )
        for name, a in zip(names(shown), shown, strict=True)
    )
    return Table("Schemes that moved, variance to date in £000", columns, rows)


def forecast(own: BoardPaper) -> Iterator[Block]:
    """The year in every way that it can be reckoned, and the gap with and without unspent investment."""
    f = own.forecast.total
    said = say.year(own.total.year if own.total else None, own.cover.period)
    yield Paragraph(
        said[:1].upper() + said[1:] + "." if said else "The papers print no forecast of the whole programme.", "lead"
    )
    if own.forecast.ways:
        money = Money([v for w in own.forecast.ways for v in (w.forecast, w.against_plan)])
        columns = (
            TableColumn("Reckoned", weight=4),
            TableColumn("Year, £000", "right", 1.4),
            TableColumn("Against plan, £000", "right", 1.6),
        )
        rows = tuple(
            (Cell(WAYS[w.way]), amount(money, w.forecast), amount(money, w.against_plan)) for w in own.forecast.ways
        )
        yield Table("Where the year may end", columns, rows)
    if f is not None:
        for told in (say.rate(f), say.plan_cases(f)):
            if told:
                yield Paragraph(told)
        if f.gap_to_find is not None and f.unmitigated_gap is not None:
            yield _gap(own)
    if own.forecast.scenarios:
        yield _scenarios(own)


def _gap(own: BoardPaper) -> Table:
    f = own.forecast.total
    steps = (
        []
        if f is None
        else [
            ("Plan of the year", f.plan),
            ("Forecast of the year", f.forecast),
            ("Unmitigated gap (forecast less plan)", f.unmitigated_gap),
            ("Investment planned", f.investment_plan),
            ("Investment still to be spent", f.investment_remaining),
            ("Plan net of planned investment", f.net_plan),
            ("Forecast net of remaining investment", f.net_forecast),
            ("Gap to find, once unspent investment is set against it", f.gap_to_find),
        ]
    )
    known = [(name, value) for name, value in steps if value is not None]
    money = Money([value for _, value in known])
    rows = tuple((Cell(name), amount(money, value)) for name, value in known)
    strong = frozenset(k for k, (name, _) in enumerate(known) if "ap" in name.split()[0] or name.startswith("Unmit"))
    return Table(
        "The gap of the year, mitigated and unmitigated, £000",
        (TableColumn("Amount", weight=4), TableColumn("£000", "right")),
        rows,
        strong,
    )


def _scenarios(own: BoardPaper) -> Table:
    found = own.forecast.scenarios
    money = Money([v for s in found for v in (s.amount, s.weighted)])
    is_weighted = any(s.weighted is not None for s in found)
    columns = (
        TableColumn("Risk or benefit", weight=4),
        TableColumn("£000", "right", 1.1),
        TableColumn("Likelihood", weight=1.2),
        *((TableColumn("Chance %", "right", 1), TableColumn("Weighted", "right", 1.1)) if is_weighted else ()),
    )
    rows = tuple(
        (
            text(s.description or "Total"),
            amount(money, s.amount),
            Cell(s.likelihood or ""),
            *((Cell(percent(s.probability)), amount(money, s.weighted)) if is_weighted else ()),
        )
        for s in found
    )
    role: Role = "total"
    return Table(
        "Risks and benefits that the papers set out in money, £000",
        columns,
        rows,
        frozenset(k for k, s in enumerate(found) if s.role == role),
    )


def appendix(own: BoardPaper) -> Iterator[Block]:
    """Every scheme, workstream by workstream in the order of print."""
    groups: dict[str, list[BoardLine]] = {}
    for line in own.schemes:
        groups.setdefault(line.workstream or "", []).append(line)
    yield from positions(own, own.schemes, "Every scheme by workstream, £000", "Scheme", groups)
