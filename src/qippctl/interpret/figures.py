"""The figures and ratings of a table whose columns, rows, units and span are known: one a number, with address and doubts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from qippctl.interpret.brought import doubts_of, score_of
from qippctl.interpret.columns import Column, colour_of
from qippctl.interpret.evidence import unit_source
from qippctl.interpret.headings import Parts
from qippctl.interpret.meanings import Meaning
from qippctl.interpret.rows import Rows
from qippctl.interpret.signs import (
    Sign,
    amount_of,
    differences,
    pair_of,
    pairs,
    savings_factor,
    signs_are_mixed,
    variance_sign,
)
from qippctl.interpret.spans import Span
from qippctl.interpret.sums import Row
from qippctl.interpret.units import Unit, unit_said
from qippctl.interpret.words import normal
from qippctl.models.document import Grid
from qippctl.models.figure import (
    INVESTMENT_MEASURES,
    SAVINGS_MEASURES,
    Doubt,
    Evidence,
    Figure,
    Measure,
    Rating,
    Subject,
)
from qippctl.models.figure import Unit as FigureUnit
from qippctl.models.layout import Layout, RowRule
from qippctl.money import Amount, Interval, is_dash
from qippctl.period import Period, find_years

_PERCENT: frozenset[Measure] = frozenset({"delivery", "confidence"})
_COUNTS: frozenset[Measure] = frozenset({"count", "activity", "score"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the paper says around a table: whose it is, when, and the lines above it, nearest last."""

    paper: str
    sha256: str
    organisation: str | None
    table: str
    span_above: Span
    paper_span: Span
    lines_above: tuple[str, ...]
    paper_title: str | None
    scheme_heading: str | None
    stated: frozenset[tuple[Decimal, int]]
    groups_elsewhere: frozenset[str] = frozenset()
    meeting: date | None = None
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class KnownTable:
    """A table once its columns, rows, units and span are known."""

    grid: Grid
    parts: Parts
    columns: Sequence[Column]
    rows: Rows
    layout: Layout | None
    span: Span
    unit: Unit | None
    titles: tuple[str, ...]
    subject: Subject | None = None


def figures_of(table: KnownTable, around: Surroundings) -> list[Figure]:
    """Every number of the table's rows, in order of print; what its arithmetic says of them comes later."""
    return _Builder(table, around).figures()


class _Builder:
    """Makes figures of a table's cells."""

    def __init__(self, table: KnownTable, around: Surroundings) -> None:
        self.table = table
        self.around = around
        # Accounts are kept as printed: income and cost, assets and debts each have their own sign.
        self.as_printed = table.subject == "finance"
        self.factor = 1 if self.as_printed else savings_factor(table.rows.rows, table.columns)
        self.mixed = not self.as_printed and signs_are_mixed(table.rows.rows, table.columns)
        self.pairs = pairs(table.columns)
        self.title_units = {unit_said(title) for title in table.titles}
        self.many_years = any(len(set(find_years(title))) > 1 for title in table.titles)
        self.signs = _same_convention(
            {c.index: self._sign(c) for c in table.columns if c.kind == "figures"}, table.columns
        )
        self.evidence = {
            c.index: Evidence(
                heading=c.tiers,
                meaning=c.because,
                unit=unit_source(c, table.unit),
                sign=self.signs[c.index].rule,
            )
            for c in table.columns
            if c.kind == "figures"
        }
        self.expected = {
            (row.index, c.index): difference
            for c in table.columns
            if c.kind == "figures" and (pair := pair_of(self.pairs, c.meanings[0])) is not None
            for row, difference in differences(table.rows.rows, pair, self.factor)
        }

    def _sign(self, column: Column) -> Sign:
        measure = column.meanings[0].measure
        if self.as_printed:
            return Sign(1, proven=True, rule="as printed: accounts keep their signs")
        if measure == "variance" and not self._rules():
            meaning = column.meanings[0]
            pair = pair_of(self.pairs, meaning)
            return variance_sign(self.table.rows.rows, column, pair, self.factor)
        if measure in _PERCENT or measure in _COUNTS or measure in INVESTMENT_MEASURES:
            return Sign(1, proven=True)
        rule = "as printed: savings above nought" if self.factor > 0 else "turned: savings are printed below nought"
        return Sign(self.factor, proven=True, rule=rule)

    def _rules(self) -> tuple[RowRule, ...]:
        return self.table.layout.rows if self.table.layout else ()

    def figures(self) -> list[Figure]:
        out = []
        for row in self.table.rows.rows:
            rule = self._rule(row)
            if self._rules() and rule is None:
                continue
            for column in self.table.columns:
                cell = row.cells.get(column.index) if column.kind == "figures" else None
                for slot, amount in enumerate(cell.amounts if cell else ()):
                    meaning = column.meanings[slot]
                    if (
                        amount is not None
                        and (
                            figure := self._figure(
                                row, column, _ruled(meaning, rule), amount, cell.doubts if cell else ()
                            )
                        )
                        is not None
                    ):
                        out.append(figure)
        return out

    def _rule(self, row: Row) -> RowRule | None:
        label = normal(row.label or row.scheme or "")
        return next((rule for rule in self._rules() if any(re.search(pattern, label) for pattern in rule.labels)), None)

    def _figure(
        self, row: Row, column: Column, meaning: Meaning, amount: Amount, cell_doubts: Sequence[Doubt]
    ) -> Figure | None:
        percent = meaning.measure in _PERCENT or (self.as_printed and amount.is_percent)
        if amount.is_percent and not percent and meaning.measure not in _COUNTS:
            return None
        if amount.is_dash and percent:
            return None
        doubts = [*row.doubts, *column.doubts, *cell_doubts, *_marks(self.table.grid, row.index, column.index)]
        pounds, unit = self._pounds(column, meaning, amount, doubts)
        value = amount.value * pounds * self._factor(row, column, meaning, amount, doubts)
        period = self._period(meaning, doubts)
        step = self._dash_step(column) if amount.is_dash else amount.step
        grid = self.table.grid
        text = row.texts[column.index]
        return Figure(
            id="/".join((self.around.sha256[:12], self.around.table, str(row.index), _place(column, meaning))),
            paper=self.around.paper,
            sha256=self.around.sha256,
            page=grid.page_of(row.index),
            table=self.around.table,
            row=row.index,
            column=column.index,
            bbox=grid.rows[row.index][column.index].bbox,
            organisation=row.organisation or self.around.organisation,
            workstream=row.workstream if row.role != "total" else None,
            scheme=row.scheme,
            subject=self._subject(meaning.measure),
            role=row.role,
            measure=meaning.measure,
            basis=meaning.basis or "year",
            recurrence=meaning.recurrence,
            case=meaning.case,
            version=meaning.version,
            qualifier=meaning.qualifier,
            period=period,
            value=value + 0,
            unit=unit,
            step=step * pounds,
            raw=text,
            doubts=tuple(dict.fromkeys(doubts)),
            score=score_of(self.table.grid.rows[row.index][column.index]),
            evidence=self._evidence(column, amount, unit, against=Doubt.SIGN_AGAINST_COLUMN in doubts),
        )

    def _evidence(self, column: Column, amount: Amount, unit: FigureUnit, *, against: bool) -> Evidence:
        """Why a figure of this column is what it is; one object a column but for cells that go their own way."""
        usual = self.evidence[column.index]
        own_unit = "not money" if unit != "GBP" else "cell" if amount.scale is not None else usual.unit
        if own_unit == usual.unit and not against:
            return usual
        sign = "against its column: the row's own arithmetic was followed" if against else usual.sign
        return usual.model_copy(update={"unit": own_unit, "sign": sign})

    def _subject(self, measure: Measure) -> Subject:
        given = self.table.layout.subject if self.table.layout else None
        return given or self.table.subject or _subject(measure)

    def _pounds(
        self, column: Column, meaning: Meaning, amount: Amount, doubts: list[Doubt]
    ) -> tuple[Decimal, FigureUnit]:
        if meaning.measure in _PERCENT or (self.as_printed and amount.is_percent):
            return Decimal(1), "percent"
        if meaning.measure in _COUNTS and amount.is_percent:
            return Decimal(1), "percent"
        if meaning.measure in _COUNTS:
            return Decimal(1), "count" if meaning.measure != "score" else "score"
        if column.pounds is not None and any(stated not in (None, column.pounds) for stated in self.title_units):
            doubts.append(Doubt.UNIT_CONFLICT)
        pounds = column.pounds or (self.table.unit.pounds if self.table.unit else None)
        guessed = column.pounds is None and self.table.unit is not None and self.table.unit.source == "magnitude"
        if amount.scale is not None:
            if pounds is not None and amount.scale != pounds and not guessed:
                doubts.append(Doubt.CELL_UNIT)
            return amount.scale, "GBP"
        if (pounds is None or guessed) and not amount.is_dash:  # nothing is nothing in any unit
            doubts.append(Doubt.UNIT_UNKNOWN)
        return Decimal(pounds or 1), "GBP"

    def _factor(self, row: Row, column: Column, meaning: Meaning, amount: Amount, doubts: list[Doubt]) -> int:
        if self._rules() or self.as_printed:
            return self.factor
        sign = self.signs[column.index]
        against = amount.value * sign.factor < 0 and row.role != "adjustment"
        if meaning.measure in SAVINGS_MEASURES and (self.mixed or against):
            doubts.append(Doubt.SIGN_AGAINST_COLUMN)
        if meaning.measure != "variance" or not amount.value:
            return sign.factor
        if not sign.proven or self.mixed:
            doubts.append(Doubt.SIGN_UNPROVEN)
        expected = self.expected.get((row.index, column.index))
        if expected is not None and sign.proven:
            printed = amount.interval
            mirrored = Interval(-printed.high, -printed.low)
            as_column, other_way = (printed, mirrored) if sign.factor > 0 else (mirrored, printed)
            if not expected.meets(as_column) and expected.meets(other_way):
                doubts.append(Doubt.SIGN_AGAINST_COLUMN)
                return -sign.factor
        return sign.factor

    def _period(self, meaning: Meaning, doubts: list[Doubt]) -> str | None:
        span = self.table.span
        start = meaning.start if meaning.start is not None else span.start
        earlier = meaning.start is not None and span.start is not None and meaning.start < span.start
        if earlier and self.table.subject is None:
            doubts.append(Doubt.HEADING_UNCLEAR)
        if meaning.basis == "lifetime":
            return None
        if start is None:
            doubts.append(Doubt.PERIOD_UNKNOWN)
            return None
        if meaning.start is None and self.many_years:
            doubts.append(Doubt.PERIOD_UNKNOWN)
        if meaning.basis == "quarter" and meaning.quarter is not None:
            return f"{Period(start)}-Q{meaning.quarter}"
        if meaning.basis not in ("month", "ytd"):
            return str(Period(start))
        month = meaning.month or (span.month if start == span.start else None)
        if meaning.month is None and span.conflict:
            doubts.append(Doubt.PERIOD_CONFLICT)
        if month is None:
            doubts.append(Doubt.PERIOD_UNKNOWN)
        return str(Period(start, month or 0))

    def _dash_step(self, column: Column) -> Decimal:
        """A dash has no digits: it is given the step of its column's other cells."""
        pounds = column.pounds or (self.table.unit.pounds if self.table.unit else 1)
        steps = [
            a.step * (a.scale or pounds) / pounds
            for row in self.table.rows.rows
            if (a := amount_of(row, column)) is not None and not a.is_dash
        ]
        return min(steps, default=Decimal(1))


def _marks(grid: Grid, row: int, column: int) -> list[Doubt]:
    """The doubts that its cell, the one that begins its row and the whole table bring from the file."""
    first = next((cell for cell in grid.rows[row] if cell.text), grid.rows[row][column])
    return [*doubts_of(grid.rows[row][column]), *doubts_of(first), *(Doubt(name) for name in grid.doubts)]


def _same_convention(signs: dict[int, Sign], columns: Sequence[Column]) -> dict[int, Sign]:
    """A variance that nothing in its rows proves is signed as those that something does: one author, one convention."""
    variances = [c.index for c in columns if c.kind == "figures" and c.meanings[0].measure == "variance"]
    shown = {signs[i].factor for i in variances if signs[i].proven}
    if len(shown) != 1:
        return signs
    factor = shown.pop()
    alike = Sign(
        factor, proven=True, rule=f"{'as printed' if factor > 0 else 'turned'}: as the table's other variances"
    )
    return signs | {i: alike for i in variances if not signs[i].proven}


def _ruled(meaning: Meaning, rule: RowRule | None) -> Meaning:
    if rule is None:
        return meaning
    basis = meaning.basis
    if basis == "month":
        basis = rule.month_basis
    elif basis == "year" and meaning.recurrence == "all":
        basis = rule.total_basis
    return replace(meaning, measure=rule.measure, basis=basis)


def _place(column: Column, meaning: Meaning) -> str:
    """The column of an id; a cell that holds several numbers numbers them by what they count."""
    slot = column.meanings.index(meaning) if len(column.meanings) > 1 else 0
    return f"{column.index}" if len(column.meanings) == 1 else f"{column.index}.{slot + 1}"


def _subject(measure: Measure) -> Subject:
    return "investment" if measure in INVESTMENT_MEASURES else "activity" if measure == "activity" else "savings"


def ratings_of(table: KnownTable, around: Surroundings) -> list[Rating]:
    """Every colour of the table's rows that a word or letter names."""
    out = []
    for row in table.rows.rows:
        for column in table.columns:
            text = row.texts[column.index] if column.kind == "rating" else ""
            colour = colour_of(text) if text and not is_dash(text) else None
            if colour is None or column.dimension is None:
                continue
            clear = text.isascii()
            doubts = tuple(dict.fromkeys((*row.doubts, *(() if clear else (Doubt.LOOK_ALIKE,)))))
            out.append(
                Rating(
                    paper=around.paper,
                    sha256=around.sha256,
                    page=table.grid.page_of(row.index),
                    table=around.table,
                    row=row.index,
                    column=column.index,
                    organisation=row.organisation or around.organisation,
                    workstream=row.workstream if row.role != "total" else None,
                    scheme=row.scheme,
                    role=row.role,
                    dimension=column.dimension,
                    colour=colour,
                    raw=text,
                    period=str(table.span.period) if table.span.period else None,
                    doubts=doubts,
                )
            )
    return out
