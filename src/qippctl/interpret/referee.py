"""Arithmetic as referee: of the ways in which a table's columns can be taken, the one that most of its rows prove.

Columns whose heading leaves open of which span they are, and columns of numbers whose heading names no measure, are tried
in every way that the table has room for; a way counts for the row identities that hold with it, less those that fail.
What no way proves keeps its default, or stays unnamed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qippctl.calc.identities import Check, row_checks
from qippctl.interpret.cells import read_cell
from qippctl.interpret.columns import Column
from qippctl.interpret.meanings import Meaning, version_of
from qippctl.interpret.signs import LAST_MONTH, default_bases, savings_factor
from qippctl.interpret.spans import Span
from qippctl.interpret.sums import Row
from qippctl.interpret.words import find
from qippctl.models.figure import SAVINGS_MEASURES, Basis, Figure, Measure
from qippctl.money import Amount
from qippctl.period import Period

# Rows that are looked at, and how many must speak for a name that no word gives.
MOST_ROWS = 24
FEWEST_ROWS = 3
MOST_OPEN = 8
# Of identities asked, so many times more must hold than fail.
CLEARLY = 4
_LEFT_OVER = ("remaining", "outstanding", "still", "unidentified", "to go", "to find", "balance", "pressure*")
_WORDS = {
    "variance": "outcome less plan",
    "delivery": "outcome as a share of plan",
    "target": "times the confidence",
    "plan": "the plan of its row",
}


@dataclass(frozen=True, slots=True)
class Settled:
    """The columns with their spans, and which of them arithmetic alone decided."""

    columns: list[Column]
    decided: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to take a column: what it holds, and what its printed numbers are multiplied by."""

    meaning: Meaning | None
    factor: int = 1


def settle(columns: Sequence[Column], rows: Sequence[Row], span: Span) -> Settled:
    """Give every column of figures its basis, and name the columns that the rows' arithmetic proves."""
    start = default_bases(columns, span)
    trial = _Trial(start, rows, span)
    was_open = [
        c.index for c in columns if c.kind == "figures" and len(c.meanings) == 1 and c.meanings[0].basis is None
    ]
    unnamed = [c.index for c in columns if _is_unnamed(c)]
    weighed = [c.index for c in columns if _may_be_weighed(c, columns) and c.index not in was_open]
    asked = [*was_open, *weighed, *unnamed][:MOST_OPEN]
    if not asked or len(rows) < 2:
        return Settled(start, frozenset())
    ways = {index: trial.ways(index) for index in asked}
    chosen = {index: ways[index][0] for index in asked}
    best = trial.score(chosen)
    for _ in range(3):
        before = best
        for some in (*((i,) for i in asked), *itertools.combinations(asked, 2)):
            for found in itertools.product(*(ways[i] for i in some)):
                tried = chosen | dict(zip(some, found, strict=True))
                if tried != chosen and (score := trial.score(tried)) > best:
                    best, chosen = score, tried
        if best == before:
            break
    return _settled(start, chosen, ways, trial, best, set(unnamed))


def measured_parts(columns: Sequence[Column], rows: Sequence[Row], span: Span) -> tuple[list[Column], frozenset[int]]:
    """Months and quarters that no word calls plan or actual, as what their sums prove them; and which were so proven."""
    own = [
        c.index for c in columns if c.is_bare and c.kind == "figures" and c.meanings[0].basis in ("month", "quarter")
    ]
    if len(own) < 2:
        return list(columns), frozenset()
    tried = {m: _as_measure(columns, own, m) for m in ("plan", "actual", "forecast")}
    scores = {m: _Trial(default_bases(t, span), rows, span).score({}) for m, t in tried.items()}
    best = max(scores, key=lambda m: scores[m])
    if scores[best] < FEWEST_ROWS or sorted(scores.values())[-2] == scores[best]:
        return list(columns), frozenset()
    proven = [replace(c, because=f"arithmetic: they make up the {best}") if c.index in own else c for c in tried[best]]
    return proven, frozenset(own)


def _as_measure(columns: Sequence[Column], own: Sequence[int], measure: Measure) -> list[Column]:
    return [
        replace(c, meanings=tuple(replace(m, measure=measure) for m in c.meanings)) if c.index in own else c
        for c in columns
    ]


def _settled(
    start: Sequence[Column],
    chosen: dict[int, _Way],
    ways: dict[int, list[_Way]],
    trial: _Trial,
    best: int,
    unnamed: set[int],
) -> Settled:
    out, decided = list(start), set()
    held = trial.held(chosen)
    for index, way in chosen.items():
        others = [w for w in ways[index] if w.meaning != way.meaning]
        sure = all(trial.score(chosen | {index: other}) < best for other in others) and _stands(
            way, chosen, ways, trial, best
        )
        right, wrong = held.get(index, (0, 0))
        proven = right >= min(FEWEST_ROWS, len(trial.rows)) and right >= CLEARLY * wrong
        if way.meaning is None or (index in unnamed and not (proven and sure)):
            continue
        column = replace(out[index], kind="figures", meanings=(way.meaning,))
        if index in unnamed:
            what = _WORDS.get(way.meaning.measure, "the sum of its parts")
            column = replace(column, because=f"arithmetic: {what}, in {right} of {right + wrong} rows", doubts=())
        elif sure and proven and others:
            decided.add(index)
            column = replace(column, because=f"{column.because}; arithmetic: in {right} of {right + wrong} rows")
        out[index] = column
    # What is held against a plan whose span stays open is as open as the plan.
    spans = {
        (m.basis, c.index in chosen and c.index not in decided) for c in out for m in c.meanings if m.measure == "plan"
    }
    loose = {basis for basis, is_open in spans if is_open} - {basis for basis, is_open in spans if not is_open}
    decided -= {index for index in decided if out[index].meanings[0].basis in loose}
    return Settled(out, frozenset(decided))


def _stands(way: _Way, chosen: dict[int, _Way], ways: dict[int, list[_Way]], trial: _Trial, best: int) -> bool:
    """Whether no other span fits as well, were all open columns of this one's span taken for it together.

    That a shortfall is the difference of what was planned and what was achieved to date does not say that the plan was one to
    date: it may be that of the year.
    """
    if way.meaning is None:
        return False
    if way.meaning.measure == "plan" and way.meaning.basis == "ytd":
        return False
    alike = [i for i, w in chosen.items() if w.meaning is not None and w.meaning.basis == way.meaning.basis]
    for basis in {w.meaning.basis for i in alike for w in ways[i] if w.meaning is not None} - {way.meaning.basis}:
        shifted = {
            i: next(
                (w for w in ways[i] if w.meaning and w.meaning.basis == basis and w.factor == chosen[i].factor),
                chosen[i],
            )
            for i in alike
        }
        if trial.score(chosen | shifted) >= best:
            return False
    return True


def _may_be_weighed(column: Column, columns: Sequence[Column]) -> bool:
    """Whether a column may be what a confidence is applied to, or what comes of it, though its heading says plan or forecast."""
    confident = any(m.measure == "confidence" for c in columns for m in c.meanings)
    return confident and len(column.meanings) == 1 and column.meanings[0].measure in ("plan", "forecast")


def _is_unnamed(column: Column) -> bool:
    return (
        column.kind == "unknown"
        and column.look in ("numbers", "percentages")
        and find(_LEFT_OVER, column.heading) is None
    )


class _Trial:
    """A table's rows as numbers, and what they say of a way to take its columns."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row], span: Span) -> None:
        self.columns = columns
        self.span = span
        self.factor = savings_factor(rows, columns)
        headed = {c.pounds for c in columns if c.pounds is not None}
        self.pounds = headed.pop() if len(headed) == 1 else 1
        said = [row for row in rows if row.role in ("scheme", "workstream", "subtotal", "total", "unidentified")]
        self.rows = said[:MOST_ROWS]
        self.known = {
            c.index: _Way(c.meanings[0], self.factor if c.meanings[0].measure in SAVINGS_MEASURES else 1)
            for c in columns
            if c.kind == "figures" and len(c.meanings) == 1
        }
        self.made: dict[tuple[int, int, _Way], Figure] = {}
        self.amounts = {
            (row.index, c.index): amount
            for row in self.rows
            for c in columns
            if (c.index in self.known or _is_unnamed(c)) and (amount := _amount(row, c)) is not None
        }

    def ways(self, index: int) -> list[_Way]:
        """How a column can be taken, the default first."""
        column = self.columns[index]
        meanings = [w.meaning for w in self.known.values() if w.meaning is not None]
        bases: list[Basis] = list(dict.fromkeys(m.basis for m in meanings if m.basis is not None))
        if column.kind != "figures":
            return [_Way(None), *self._unnamed(column, meanings)]
        given = column.meanings[0]
        if _may_be_weighed(column, self.columns):
            named: Measure = "target" if given.measure == "plan" else "achievable"
            weighed = replace(given, measure=named, basis=given.basis or "year", version=None)
            return [_Way(given, self.factor), _Way(weighed, self.factor)]
        months: list[Basis] = ["ytd"] if self.span.month is not None else []
        if given.measure == "variance":
            spans = list(dict.fromkeys((given.basis, *bases, *months, "year")))
            return [_Way(replace(given, basis=b), sign) for b in spans if b for sign in (self.factor, -self.factor)]
        spans = list(dict.fromkeys((given.basis, *bases, *months, "year")))
        if given.measure == "actual" and self.span.month is not None and self.span.month < LAST_MONTH:
            spans = [b for b in spans if b != "year"]  # the year is not over
        allowed = ("ytd", "year", "month", "quarter") if given.measure != "delivery" else ("ytd", "year", "month")
        return [
            _Way(replace(given, basis=b), self.known[index].factor) for b in spans if b in allowed or b == given.basis
        ]

    def _unnamed(self, column: Column, meanings: Sequence[Meaning]) -> Iterator[_Way]:
        plans = [m for m in meanings if m.measure == "plan" and m.case is None]
        outcomes = [m for m in meanings if m.measure in ("actual", "forecast") and m.case is None]
        for plan, outcome in itertools.product(plans, outcomes):
            if plan.basis == outcome.basis and plan.recurrence == outcome.recurrence:
                meaning = replace(plan, measure="variance", version=None)
                if column.look == "percentages":
                    yield _Way(replace(meaning, measure="delivery"))
                else:
                    yield _Way(meaning, self.factor)
                    yield _Way(meaning, -self.factor)
        if column.look == "percentages":
            return
        if find(["budget*"], column.heading) is not None:
            version = version_of(column.heading)
            for basis in dict.fromkeys(m.basis for m in (*outcomes, *plans)):
                yield _Way(Meaning("plan", basis, version=version), self.factor)
        for part in [
            m for m in meanings if m.recurrence == "recurrent" and m.measure in ("plan", "actual", "forecast")
        ]:
            yield _Way(replace(part, recurrence="all"), self.factor)
        parts = [m for m in meanings if m.basis in ("month", "quarter") and m.measure in ("plan", "actual", "forecast")]
        for measure in dict.fromkeys(m.measure for m in parts):
            last = max(
                (m for m in parts if m.measure == measure), key=lambda m: (m.start or 0, m.month or 0, m.quarter or 0)
            )
            whole = replace(last, month=None, quarter=None)
            yield _Way(replace(whole, basis="year"), self.factor)
            reached = last.month or 3 * (last.quarter or 0)
            if 0 < reached < LAST_MONTH:
                yield _Way(replace(whole, basis="ytd", month=reached), self.factor)
        for other in meanings:
            if other.measure in ("achievable", "at_risk"):
                yield _Way(replace(other, measure="target"), self.factor)

    def score(self, chosen: dict[int, _Way]) -> int:
        """The row identities that hold with numbers in them, less those that fail."""
        return sum(1 if check.holds else -1 for _, check in self._checks(chosen) if check.substantial)

    def held(self, chosen: dict[int, _Way]) -> dict[int, tuple[int, int]]:
        """By column, in how many rows an identity holds with it, and in how many one fails."""
        rows: dict[int, dict[int, bool]] = {}
        for row, check in self._checks(chosen):
            if check.substantial:
                for member in check.members:
                    own = rows.setdefault(member.column, {})
                    own[row] = own.get(row, True) and check.holds
        return {column: (sum(own.values()), len(own) - sum(own.values())) for column, own in rows.items()}

    def _checks(self, chosen: dict[int, _Way]) -> Iterator[tuple[int, Check]]:
        taken = self.known | chosen
        for row in self.rows:
            figures = [figure for index, way in taken.items() if (figure := self._figure(row, index, way)) is not None]
            yield from ((row.index, check) for check in row_checks(figures))

    def _figure(self, row: Row, index: int, way: _Way) -> Figure | None:
        """A cell taken one way; None where it is blank, or taken for nothing."""
        amount = self.amounts.get((row.index, index))
        if way.meaning is None or amount is None:
            return None
        key = (row.index, index, way)
        if key not in self.made:
            self.made[key] = self._made(row, index, way.meaning, way.factor, amount)
        return self.made[key]

    def _made(self, row: Row, index: int, meaning: Meaning, factor: int, amount: Amount) -> Figure:
        """A figure with no more than an identity asks of it."""
        scale = amount.scale or Decimal(self.columns[index].pounds or self.pounds)
        percent = meaning.measure in ("delivery", "confidence")
        return Figure.model_construct(
            id="",
            paper="",
            sha256="",
            page=1,
            table="",
            subject="savings",
            role=row.role,
            unit="percent" if percent else "GBP",
            row=row.index,
            column=index,
            measure=meaning.measure,
            basis=meaning.basis or "year",
            recurrence=meaning.recurrence,
            case=meaning.case,
            version=meaning.version,
            period=self._period(meaning),
            value=amount.value * factor * (1 if percent else scale),
            step=amount.step * (1 if percent else scale),
            raw="-" if amount.is_dash else "",
        )

    def _period(self, meaning: Meaning) -> str:
        start = meaning.start if meaning.start is not None else self.span.start or 0
        if meaning.basis in ("ytd", "month"):
            return str(Period(start, meaning.month or self.span.month or 0))
        return f"{Period(start)}-Q{meaning.quarter}" if meaning.quarter else str(Period(start))


def _amount(row: Row, column: Column) -> Amount | None:
    cell = row.cells.get(column.index)
    if cell is None:
        cell = read_cell(row.texts[column.index], 1)
    return cell.amounts[0]
