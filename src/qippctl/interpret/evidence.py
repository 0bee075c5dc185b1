"""Why each column was taken for what it is, where its unit was found and how it is signed: told with every figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qippctl.calc.identities import Check
from qippctl.interpret.columns import Column
from qippctl.interpret.headings import unit_of
from qippctl.interpret.units import NO_MONEY, Unit
from qippctl.interpret.words import normal
from qippctl.models.document import Grid
from qippctl.models.figure import Doubt, Figure, UnitSource
from qippctl.models.paper import ColumnReading, TableText
from qippctl.money import is_dash, parse_amount

SHOWN = 3
_UNKNOWN = "no word of its heading is known, and no arithmetic of its rows names it"


def unit_source(column: Column, unit: Unit | None) -> UnitSource:
    """Where the unit of a column's money was found, leaving out units that single cells print."""
    if not _is_money(column):
        return "not money"
    if column.pounds is not None:
        return "unit row" if any(is_unit_alone(tier) for tier in column.tiers) else "heading"
    return unit.source if unit is not None else "none"


def holds(column: Column) -> str:
    """What a column holds, as a person types it: `plan.ytd`, `plan.year.recurrent`, `rating.finance`, `scheme`."""
    if column.kind == "rating":
        return f"rating.{column.dimension}"
    if column.kind != "figures":
        return column.kind
    named = []
    for m in column.meanings:
        parts = (m.measure, m.basis or "year", m.recurrence if m.recurrence != "all" else "", m.version, m.case)
        named.append(".".join(filter(None, parts)) + (f" ({m.qualifier})" if m.qualifier else ""))
    return ", ".join(named)


def column_readings(
    table: str,
    grid: Grid,
    columns: Sequence[Column],
    unit: Unit | None = None,
    figures: Sequence[Figure] = (),
    checks: Sequence[Check] = (),
) -> tuple[ColumnReading, ...]:
    """What became of every column of a table."""
    held, failed = (_columns_of(checks, holding=holding) for holding in (True, False))
    out = []
    for column in columns:
        first = next((f for f in figures if f.column == column.index and f.evidence is not None), None)
        money = _is_money(column)
        out.append(
            ColumnReading(
                table=table,
                page=grid.page,
                column=column.index,
                heading=column.tiers,
                holds=holds(column),
                because=column.because or (_UNKNOWN if column.kind == "unknown" else ""),
                period=first.period if first is not None else None,
                pounds=(column.pounds or (unit.pounds if unit is not None else None)) if money else None,
                unit=unit_source(column, unit),
                sign=first.evidence.sign if first is not None and first.evidence is not None else "",
                held=held[column.index],
                failed=failed[column.index],
                numbers=sum(1 for row in grid.rows if _is_number(row[column.index].text)),
                printed=_some(grid, column.index),
                doubts=column.doubts,
            )
        )
    return tuple(out)


def signs_of(figures: Sequence[Figure]) -> str | None:
    """How a table signs its savings and its variances, in words; None where it has neither."""
    said: dict[str, Counter[str]] = {}
    for figure in figures:
        if figure.evidence is not None and figure.unit == "GBP" and Doubt.SIGN_AGAINST_COLUMN not in figure.doubts:
            kind = "variances" if figure.measure == "variance" else "savings"
            said.setdefault(kind, Counter())[figure.evidence.sign] += 1
    rules = [f"{kind} {said[kind].most_common(1)[0][0]}" for kind in ("savings", "variances") if kind in said]
    return "; ".join(rules) or None


def text_of(table: str, grid: Grid) -> TableText:
    """A table as it stands in the paper."""
    return TableText(table=table, rows=tuple(tuple(row) for row in grid.texts()))


def _is_money(column: Column) -> bool:
    return column.kind == "figures" and column.meanings[0].measure not in NO_MONEY


def is_unit_alone(tier: str) -> bool:
    """Whether a tier says a unit and nothing else."""
    return unit_of(tier) is not None and len(normal(tier.replace("'", "").replace("’", "")).split()) <= 1


def _columns_of(checks: Sequence[Check], *, holding: bool) -> Counter[int]:
    """In how many identities with numbers in them each column stands: of those that hold, or of those that fail."""
    return Counter(
        column
        for check in checks
        if check.substantial and check.holds is holding
        for column in {member.column for member in check.members}
    )


def _some(grid: Grid, column: int) -> tuple[str, ...]:
    """The first numbers of a column, or its first texts."""
    texts = [text for row in grid.rows if (text := row[column].text)]
    return tuple([text for text in texts if _is_number(text)][:SHOWN] or texts[-SHOWN:])


def _is_number(text: str) -> bool:
    return not is_dash(text) and parse_amount(text, repair=True) is not None
