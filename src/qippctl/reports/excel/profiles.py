"""The sheet of a body's months: plan, actual and forecast, what they add up to, and how they run up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from qippctl.models.profiles import ProfileAnswer
from qippctl.models.workbooks import BookBody, BookLine
from qippctl.money import ZERO, exactly
from qippctl.period import MONTHS, MONTHS_OF_YEAR, Period
from qippctl.reports.excel.cells import NOT_APPLICABLE, Field, Live, Table, Value, letters, said
from qippctl.reports.excel.cells import text as clean
from qippctl.reports.excel.schemes import DOUBTS, KINDS
from qippctl.reports.words import body

MEASURES = ("plan", "actual", "forecast")
FIRST_MONTH = 4  # the columns before the months: workstream, scheme, what, how known
KNOWN = {
    "printed": "printed",
    "differences": "worked out from amounts to date",
    "straight_line": "spread evenly over what is printed",
    "plan_shaped": "spread in the shape of the plan",
}
ALL_ROWS, RUNNING = "All rows", "All rows, to the end of the month"


def profile(of: BookBody, name: str) -> Table | None:
    """The months of every row; None where nothing is known of any."""
    listed = [(line, answer) for line in of.lines for answer in line.profiles]
    if not listed:
        return None
    start = Period.parse(of.period).start
    months = [f"{MONTHS[m][:3].capitalize()} {start + (m > 8)} £" for m in range(MONTHS_OF_YEAR)]
    fields = (
        Field("Workstream", "long", 20),
        Field("Scheme", "long", 32),
        Field("Profile of", "text", 10),
        Field("How known", "long", 20),
        *(Field(month, "rounded", 10) for month in months),
        Field("Whole year £", "rounded", 12),
        Field(DOUBTS, "long", 16),
    )
    titles = (
        body(of.organisation),
        f"Savings month by month, {of.period[:7]}, at {said(of.period)}, £",
        "What nothing says is left blank. The last rows add up the months that every row has, and run on from April. "
        "Shown in whole pounds; the cells hold more.",
    )
    top = len(titles) + 3
    rows = [_row(line, answer, top + k) for k, (line, answer) in enumerate(listed)]
    totals = _totals([answer for _, answer in listed], top)
    return Table(name, titles, fields, rows, totals, key=FIRST_MONTH)


def _row(line: BookLine, answer: ProfileAnswer, row: int) -> list[Value]:
    first, last = f"{letters(FIRST_MONTH)}{row}", f"{letters(FIRST_MONTH + MONTHS_OF_YEAR - 1)}{row}"
    derived = [int(m.period[-2:]) for m in answer.months if m.is_derived and m.value is not None]
    how = KNOWN[answer.derived]
    if answer.derived == "printed" and derived:
        how += "; worked out: " + ", ".join(f"M{m}" for m in derived)
    months = _of_months(answer)
    added = _sum(months) if all(month is not None for month in months) else None
    # A year may be known whose months are not: then it is the paper's own number.
    is_added = answer.total == added
    return [
        clean(line.workstream),
        clean(line.scheme) or KINDS[line.role],
        answer.measure.capitalize(),
        how,
        *months,
        Live(f'=IF(COUNT({first}:{last})=12,SUM({first}:{last}),"")', added) if is_added else answer.total,
        " ".join(answer.doubts) or NOT_APPLICABLE,
    ]


def _of_months(answer: ProfileAnswer) -> list[Decimal | None]:
    by_month = {int(m.period[-2:]): m.value for m in answer.months}
    return [by_month.get(month) for month in range(1, MONTHS_OF_YEAR + 1)]


def _totals(answers: list[ProfileAnswer], top: int) -> list[list[Value]]:
    """A row a measure with the sums of the months that are known of every row, and one that runs on from April."""
    out: list[list[Value]] = []
    bottom = top + len(answers) - 1
    for measure in MEASURES:
        own = [_of_months(answer) for answer in answers if answer.measure == measure]
        known = [bool(own) and all(values[m] is not None for values in own) for m in range(MONTHS_OF_YEAR)]
        if not any(known):
            continue
        row, name = bottom + 1 + len(out), measure.capitalize()
        sums = [_sum([values[m] for values in own]) for m in range(MONTHS_OF_YEAR)]
        summed: list[Value] = [
            Live(f"=SUMIFS({_month(m)}${top}:{_month(m)}${bottom},$C${top}:$C${bottom},$C{row})", sums[m])
            if known[m]
            else None
            for m in range(MONTHS_OF_YEAR)
        ]
        first, last = f"${_month(0)}{row}", f"{_month(MONTHS_OF_YEAR - 1)}{row}"
        whole = Live(f"=SUM({first}:{last})", _sum(sums)) if all(known) else None
        out.append([NOT_APPLICABLE, ALL_ROWS, name, "added up", *summed, whole, NOT_APPLICABLE])
        if not known[0]:
            continue
        running: list[Value] = [
            Live(f"=SUM({first}:{_month(m)}{row})", _sum(sums[: m + 1])) if all(known[: m + 1]) else None
            for m in range(MONTHS_OF_YEAR)
        ]
        out.append([NOT_APPLICABLE, RUNNING, name, "added up", *running, NOT_APPLICABLE, NOT_APPLICABLE])
    return out


def _month(index: int) -> str:
    return letters(FIRST_MONTH + index)


def _sum(values: Sequence[Decimal | None]) -> Decimal:
    with exactly():
        return sum((value for value in values if value is not None), ZERO)
