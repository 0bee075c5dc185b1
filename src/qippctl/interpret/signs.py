"""Which way a table signs its figures, and which span an unnamed variance is of: the rows' own arithmetic tells.

A saving may be printed negative, a variance as plan less actual; in qippctl a saving and a favourable variance are positive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qippctl.interpret.columns import Column
from qippctl.interpret.meanings import Meaning
from qippctl.interpret.spans import Span
from qippctl.interpret.sums import Row
from qippctl.models.figure import SAVINGS_MEASURES, Basis
from qippctl.money import Amount, Interval

# Signs are mixed when the fewer are more than one in so many.
MIXED = 4
LAST_MONTH = 12
_TURNED = {1: "as printed", -1: "turned"}


@dataclass(frozen=True, slots=True)
class Sign:
    """What a column's printed numbers are multiplied by, whether the rows prove it, and the rule in words."""

    factor: int
    proven: bool
    rule: str = "as printed"


@dataclass(frozen=True, slots=True)
class Pair:
    """The columns whose difference a variance is: what was planned and what became of it."""

    plan: Column
    outcome: Column


def pairs(columns: Sequence[Column]) -> list[Pair]:
    """Plan and outcome of each span, recurrence, version and year that the table holds both of; forecasts before actuals."""
    found: list[Pair] = []
    single = [c for c in columns if len(c.meanings) == 1 and c.meanings[0].case is None]
    for outcome in ("forecast", "actual"):
        for plan in single:
            for column in single:
                p, o = plan.meanings[0], column.meanings[0]
                named = p.measure == "plan" and o.measure == outcome and p.basis is not None
                if named and p.basis == o.basis and p.recurrence == o.recurrence and _same_span(p, o):
                    found.append(Pair(plan, column))
    return found


def pair_of(found: Sequence[Pair], variance: Meaning) -> Pair | None:
    """The plan and outcome that a variance is of: of its span and recurrence, the version that it names or the current one."""
    fitting = [pair for pair in found if _is_of(pair, variance)]
    versions = (variance.version, "current", None)
    return next((pair for v in versions for pair in fitting if pair.plan.meanings[0].version == v), None) or next(
        iter(fitting), None
    )


def _is_of(pair: Pair, variance: Meaning) -> bool:
    plan, outcome = pair.plan.meanings[0], pair.outcome.meanings[0]
    same = plan.basis == (variance.basis or "year") and plan.recurrence == variance.recurrence
    return same and _same_span(plan, variance) and _same_span(outcome, variance)


def _same_span(a: Meaning, b: Meaning) -> bool:
    return (
        (a.start is None or b.start is None or a.start == b.start)
        and (a.month is None or b.month is None or a.month == b.month)
        and a.quarter == b.quarter
    )


def amount_of(row: Row, column: Column) -> Amount | None:
    cell = row.cells.get(column.index)
    return cell.amounts[0] if cell is not None else None


def savings_factor(rows: Sequence[Row], columns: Sequence[Column]) -> int:
    """-1 where a table prints its savings negative: most of its plans, actuals and forecasts are."""
    above, below = _signs_of_savings(rows, columns)
    return -1 if below > above else 1


def signs_are_mixed(rows: Sequence[Row], columns: Sequence[Column]) -> bool:
    """Whether so many savings are signed either way that the table does not show which way it signs them."""
    above, below = _signs_of_savings(rows, columns)
    return min(above, below) * MIXED > above + below


def _signs_of_savings(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[int, int]:
    """How many savings are printed above and below nought."""
    above = below = 0
    for column in columns:
        if column.kind == "figures" and column.meanings[0].measure in SAVINGS_MEASURES:
            for row in rows:
                amount = amount_of(row, column)
                if amount is not None and not amount.is_percent:
                    above += amount.value > 0
                    below += amount.value < 0
    return above, below


def differences(rows: Sequence[Row], pair: Pair, factor: int) -> Iterator[tuple[Row, Interval]]:
    """For each row that prints both, what became of the plan less the plan, canonically signed, in the column's unit."""
    for row in rows:
        plan, outcome = amount_of(row, pair.plan), amount_of(row, pair.outcome)
        if plan is not None and outcome is not None:
            difference = outcome.interval - plan.interval
            yield row, difference if factor > 0 else Interval(-difference.high, -difference.low)


def variance_sign(rows: Sequence[Row], column: Column, pair: Pair | None, factor: int) -> Sign:
    """The sign that makes a variance column what its rows' plans and outcomes say; +1, unproven, where none of them tells."""
    if pair is None:
        return Sign(factor, proven=False, rule=f"{_TURNED[factor]}: no plan and outcome stand beside it")
    votes = 0
    for row, difference in differences(rows, pair, factor):
        printed = amount_of(row, column)
        if printed is not None and printed.value:
            votes += difference.meets(printed.interval)
            votes -= difference.meets(Interval(-printed.interval.high, -printed.interval.low))
    if votes:
        found = 1 if votes > 0 else -1
        outcome = pair.outcome.meanings[0].measure
        # Of savings that are printed below nought, the printed difference is the other way about.
        ahead = found == factor
        said = f"{outcome} less plan" if ahead else f"plan less {outcome}"
        return Sign(found, proven=True, rule=f"{_TURNED[found]}: {said}, as its rows show")
    # A variance that is nought in every row has no sign to prove.
    silent = all((a := amount_of(row, column)) is None or not a.value for row in rows)
    why = "it is nought in every row" if silent else "no row shows which way it is signed"
    return Sign(factor, proven=silent, rule=f"{_TURNED[factor]}: {why}")


def default_bases(columns: Sequence[Column], span: Span) -> list[Column]:
    """Give a basis to the columns whose headings have none, as papers usually mean it; arithmetic may know better.

    Actuals are of the span of the plan before them, variances of that of the columns before them.
    """
    named = {m.basis for c in columns for m in c.meanings if m.measure == "plan" and m.basis}
    actuals = [m for c in columns for m in c.meanings if m.measure == "actual"]
    # Beside what is called achieved to date, a plan of which no span is said is that of the year, unless they are compared.
    compared = any(m.measure in ("variance", "delivery") for c in columns for m in c.meanings)
    to_date = any(m.basis is None for m in actuals) or (bool(actuals) and compared)
    # At the end of the year what is reported to date is the year's.
    month_known = span.month is not None and span.month < LAST_MONTH
    default: Basis = "ytd" if to_date and month_known and "ytd" not in named else "year"
    out: list[Column] = []
    for column in columns:
        beside = _basis_before(out)
        measure = column.meanings[0].measure if column.meanings else None
        if measure in ("variance", "delivery"):
            out.append(_with_basis(column, beside or "year"))
        elif measure == "actual":
            of_plan = out[-1].meanings[0] if out and out[-1].meanings else None
            same = of_plan is not None and of_plan.measure == "plan" and of_plan.basis in ("ytd", "month", "quarter")
            reported: Basis = "ytd" if month_known else default
            out.append(_with_basis(column, (of_plan.basis if same and of_plan else None) or reported))
        else:
            out.append(_with_basis(column, default))
    return out


def _with_basis(column: Column, basis: Basis) -> Column:
    return replace(column, meanings=tuple(replace(m, basis=m.basis or basis) for m in column.meanings))


def _basis_before(columns: Sequence[Column]) -> Basis | None:
    """The span of the nearest column of money before one."""
    return next(
        (
            m.basis
            for c in reversed(columns)
            for m in c.meanings
            if m.basis and m.measure in ("actual", "forecast", "variance", "plan")
        ),
        None,
    )
