"""What must hold among budgets and accounts, checked at the printed precision; nothing is guessed where a term is missing.

Amounts keep the signs that the paper prints. A debt is taken off, whether it is printed below nought or above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from qippctl.calc import identities
from qippctl.calc.identities import Check, row_checks
from qippctl.calc.positions import normal_name
from qippctl.calc.statements import Line, Statement, summed
from qippctl.models.figure import Figure
from qippctl.models.finances import CheckCode, FinanceCheck, LineValue, StatementLine
from qippctl.money import Interval, exactly

HUNDRED = Decimal(100)
HUNDREDTH = Decimal("0.01")
_ROWS: Mapping[str, tuple[CheckCode, str]] = {
    "QT101": ("variance", "actual or forecast less plan"),
    "QT103": ("parts", "recurrent and non-recurrent together"),
}


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The printed rates of inflation of one paper, by line, and the rate for lines that none names."""

    lines: tuple[Line, ...] = ()
    of_no_line: frozenset[str] = frozenset()
    """Normal names of lines that are of nothing in particular: growth, other."""
    typed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Footing:
    """A check of one line. What an unread cell adds is unknown, so with some `missing` it neither holds nor fails.

    `unread` are the texts of those cells; where there are fewer than `missing`, something else is not known.
    """

    line: Line
    check: Check
    code: CheckCode
    rule: str
    missing: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


def lines(found: Statement) -> list[StatementLine]:
    """The lines of a table with what they print, column by column."""
    return [
        StatementLine.model_validate(
            {
                **_where(found, line, line.first),
                "title": found.title,
                "group": line.group,
                "role": "subtotal" if line.closes and line.first.role != "total" else line.first.role,
                "values": tuple(_value(f, found.headings.get(f.column, "")) for f in line.figures.values()),
                "doubts": _doubts(line.figures.values()),
            }
        )
        for line in found.lines
        if line.figures
    ]


def _value(figure: Figure, heading: str) -> LineValue:
    return LineValue(
        column=figure.column,
        heading=heading,
        period=figure.period,
        measure=figure.measure,
        basis=figure.basis,
        recurrence=figure.recurrence,
        unit=figure.unit,
        value=figure.value,
        figure=figure.id,
    )


def checks(found: Statement, assumed: Assumptions) -> list[FinanceCheck]:
    """Every check of one table, in the order of its lines; of a table of rates none."""
    with exactly():
        made = [*footings(found), *([] if found.is_of_rates else _inflation(found, assumed))]
        return sorted((_record(found, one) for one in made), key=lambda check: check.row)


def footings(found: Statement) -> list[Footing]:
    """The sums and differences of one table that must hold whatever its lines are worth; of a table of rates none."""
    if found.is_of_rates:
        return []
    with exactly():
        return [
            *_sums(found),
            *_rows(found),
            *_funds(found),
            *_balance(found),
            *_movements(found),
            *_baselines(found),
        ]


def _where(found: Statement, line: Line, figure: Figure) -> dict[str, object]:
    return {
        "organisation": figure.organisation,
        "paper": figure.paper,
        "paper_number": found.paper_number,
        "page": figure.page,
        "table": figure.table,
        "row": line.row,
        "label": line.label,
    }


def _doubts(figures: Iterable[Figure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(doubt for figure in figures for doubt in figure.doubts))


def _record(found: Statement, one: Footing) -> FinanceCheck:
    """A check as an answer."""
    check, target = one.check, one.check.target
    middle = (check.expected.low + check.expected.high) / 2
    known = not one.missing
    return FinanceCheck.model_validate(
        {
            **_where(found, one.line, target),
            "code": one.code,
            "rule": one.rule,
            "period": target.period,
            "measure": target.measure,
            "recurrence": target.recurrence,
            "printed": target.value,
            "recomputed": middle if known else None,
            "difference": target.value - middle if known else None,
            "tolerance": check.tolerance if known else None,
            "holds": check.holds if known else None,
            "missing": one.missing,
            "needed": None if known else target.value - middle,
            "figures": tuple(dict.fromkeys(member.id for member in check.members)),
            "doubts": _doubts(check.members),
            **one.more,
        }
    )


def _sums(found: Statement) -> Iterator[Footing]:
    """Totals and subtotals against the lines that they add up."""
    for line in found.lines:
        for column, target in line.figures.items():
            check = summed(target, line.closes, column)
            if check is not None:
                code: CheckCode = "total" if any(part.closes for part in line.closes) else "subtotal"
                if line.first.role == "total":
                    code = "total"
                missing, unread = _unread(line.closes, column)
                if not check.holds:
                    unknown = [t.label for t in line.closes if t.is_total and not t.closes]
                    missing += tuple(f"{label}: what it adds up is not known" for label in unknown)
                yield Footing(line, check, code, f"sum of {len(line.closes)} lines", missing, unread)


def _unread(lines: Sequence[Line], column: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The cells of one column that print something and were not read: with their lines, and their texts alone."""
    found = [line for line in lines if column in line.unread]
    texts = tuple(line.unread[column] for line in found)
    return tuple(f"{line.label}: {text}" for line, text in zip(found, texts, strict=True)), texts


def _rows(found: Statement) -> Iterator[Footing]:
    for line in found.lines:
        for check in row_checks(list(line.figures.values())):
            if check.code in _ROWS and check.substantial:
                yield Footing(line, check, *_ROWS[check.code])


def _owed(line: Line) -> int:
    """How a line of debts or costs is added: 1, or -1 where it is printed above nought, movements too."""
    balances = [f.value for f in line.figures.values() if f.measure != "variance" and f.value]
    is_turned = sum(1 for value in balances if value > 0) * 2 > len(balances)
    return -1 if is_turned else 1


def _funds(found: Statement) -> Iterator[Footing]:
    """Source against application; the surplus against income less cost."""
    source, application = found.of("source"), found.of("application")
    end = application.row if application is not None else -1
    surplus = next((line for line in found.lines if line.kind == "surplus" and line.row > end), None)
    if source is not None and application is not None:
        for column, target in source.figures.items():
            used = application.figures.get(column)
            if used is None or (surplus is not None and column in surplus.unread):
                continue
            spent = -_owed(application)
            left = surplus.figures.get(column) if surplus is not None else None
            if surplus is None or left is None:
                check = identities.summed("source", target, (used,), (spent,))
                yield Footing(source, check, "source-application", "application of funds")
                continue
            check = identities.summed("source", target, (used, left), (spent, 1))
            yield Footing(source, check, "source-application", "application of funds and the surplus left")
            check = identities.summed("surplus", left, (target, used), (1, -spent))
            yield Footing(surplus, check, "surplus", "income less cost")
    elif surplus is not None and not surplus.closes:
        yield from _signed_surplus(found, surplus)


def _signed_surplus(found: Statement, surplus: Line) -> Iterator[Footing]:
    """The surplus below a statement that prints income above nought and costs below it."""
    above = [line for line in found.lines if line.row < surplus.row and not line.closes]
    incomes = [line for line in above if line.kind == "income"]
    for column, target in surplus.figures.items():
        parts = [line.figures[column] for line in above if column in line.figures]
        of_income = [line.figures[column] for line in incomes if column in line.figures]
        costs = [f for f in parts if f not in of_income]
        if target.measure == "variance" or not of_income or not costs or not all(f.value > 0 for f in of_income):
            continue
        if sum(1 for f in costs if f.value < 0) * 2 <= len(costs):
            continue
        check = summed(target, above, column)
        if check is not None:
            yield Footing(surplus, check, "surplus", "income less cost", *_unread(above, column))


def _balance(found: Statement) -> Iterator[Footing]:
    """The sums of a balance sheet, by the names of its lines."""
    fixed, current, owed, net, less, employed = (
        found.of(kind)
        for kind in ("fixed_assets", "current_assets", "creditors", "net_current", "less_current", "employed")
    )
    if net is not None and current is not None and owed is not None:
        for column, target in net.figures.items():
            a, b = current.figures.get(column), owed.figures.get(column)
            if a is not None and b is not None:
                check = identities.summed("net", target, (a, b), (1, _owed(owed)))
                yield Footing(net, check, "net-current", "current assets less what is due within a year")
    if less is not None and fixed is not None and net is not None:
        for column, target in less.figures.items():
            a, b = fixed.figures.get(column), net.figures.get(column)
            if a is not None and b is not None:
                check = identities.summed("less", target, (a, b))
                yield Footing(less, check, "less-current", "fixed and net current assets")
    if employed is not None and less is not None:
        yield from _employed(found, employed, less)
    equity = next((line for line in found.lines if _is_equity_total(found, line)), None)
    if employed is not None and equity is not None and equity.row != employed.row:
        for column, target in equity.figures.items():
            other = employed.figures.get(column)
            if other is not None:
                check = identities.summed("equity", target, (other,))
                yield Footing(equity, check, "equity", "assets employed")


def _employed(found: Statement, employed: Line, less: Line) -> Iterator[Footing]:
    between = [line for line in found.lines if less.row < line.row < employed.row]
    for column, target in employed.figures.items():
        first = less.figures.get(column)
        if first is None:
            continue
        owed = [line for line in between if column in line.figures]
        terms = (first, *(line.figures[column] for line in owed))
        check = identities.summed("employed", target, terms, (1, *(_owed(line) for line in owed)))
        rule = "assets less current liabilities, long-term debts, provisions"
        yield Footing(employed, check, "employed", rule, *_unread(between, column))


def _is_equity_total(found: Statement, line: Line) -> bool:
    """Whether a line is the whole of the equity: it says so, or it is the total under that heading."""
    if line.kind == "equity" and line.is_total:
        return True
    return bool(line.closes) and line.group is not None and line.group in found.equity_groups


def _movements(found: Statement) -> Iterator[Footing]:
    """A movement printed between an opening and a closing balance."""
    for line in found.lines:
        by_measure = {f.measure: f for f in reversed(list(line.figures.values())) if f.recurrence == "all"}
        opening, moved = by_measure.get("baseline"), by_measure.get("variance")
        closing = next(
            (
                f
                for f in line.figures.values()
                if moved and f.measure in ("forecast", "actual") and f.period == moved.period
            ),
            None,
        )
        if opening and moved and closing and opening.column < closing.column < moved.column:
            check = identities.summed("movement", moved, (opening, closing), (-1, 1))
            if check.substantial:
                yield Footing(line, check, "movement", "closing less opening balance")


def _baselines(found: Statement) -> Iterator[Footing]:
    """A year's recurrent baseline against what the year before applies recurrently, less its savings."""
    baseline, applied, saved = (found.of(kind) for kind in ("baseline", "application", "savings"))
    if baseline is None or applied is None or saved is None:
        return
    by_period = {
        (f.period, f.recurrence): column for column, f in found.columns.items() if f.period and f.basis == "year"
    }
    years = [period for period, recurrence in by_period if period and recurrence == "recurrent"]
    for earlier, later in pairwise(sorted(years)):
        before, after = by_period[(earlier, "recurrent")], by_period[(later, "recurrent")]
        target, used, less = baseline.figures.get(after), applied.figures.get(before), saved.figures.get(before)
        if target is None or used is None or less is None or not _follows(earlier, later):
            continue
        check = identities.summed("baseline", target, (used, less), (-_owed(applied), _owed(saved)))
        yield Footing(baseline, check, "baseline", f"recurrent application of {earlier} less its savings")


def _follows(earlier: str, later: str) -> bool:
    return earlier[:4].isdigit() and later[:4].isdigit() and int(later[:4]) == int(earlier[:4]) + 1


def _inflation(found: Statement, assumed: Assumptions) -> Iterator[Footing]:
    """A budget against that of the year before and the inflation assumed for its line, in tables with such a line.

    What is not recurrent does not roll forward: of a year that prints the recurrent part, that is taken.
    """
    budgets = _budget_lines(found)
    named = {line.row: rate for line in budgets if (rate := rate_line(line.label, assumed)) is not None}
    if not named and assumed.typed is None:
        return
    for line in budgets:
        for before, after in _years(line):
            if before.value > 0:
                yield _rolled(found, line, before, after, named.get(line.row), assumed)


def _budget_lines(found: Statement) -> list[Line]:
    """Lines of budgets over several years; where a subtotal closes them, those that it closes: below it stand changes."""
    closing = next((line for line in found.lines if line.closes and not line.is_total), None)
    own = closing.closes if closing is not None else found.lines
    return [line for line in own if line.figures and line.kind is None and not line.closes and not line.is_total]


def _years(line: Line) -> Iterator[tuple[Figure, Figure]]:
    """Budgets of one year and the next."""
    whole: dict[str, Figure] = {}
    base: dict[str, Figure] = {}
    for figure in line.figures.values():
        if figure.measure == "plan" and figure.basis == "year" and figure.unit == "GBP" and figure.period:
            if figure.recurrence == "all":
                whole.setdefault(figure.period, figure)
            if figure.recurrence == "recurrent":
                base.setdefault(figure.period, figure)
    for earlier, later in pairwise(sorted(whole)):
        if _follows(earlier, later):
            yield base.get(earlier, whole[earlier]), whole[later]


def rate_line(label: str, assumed: Assumptions) -> Line | None:
    """The one line of assumptions whose name, or a part of it between strokes, stands in a budget's name; else None."""
    words = f" {normal_name(label)} "
    found = []
    for line in assumed.lines:
        names = {normal_name(part) for part in (line.label, *re.split(r"[/(),]", line.label))}
        if any(name and name not in assumed.of_no_line and f" {name} " in words for name in names):
            found.append(line)
    return found[0] if len(found) == 1 else None


def _rolled(
    found: Statement, line: Line, before: Figure, after: Figure, named: Line | None, assumed: Assumptions
) -> Footing:
    whole = next((f for f in line.figures.values() if _is_whole_of(f, before)), before)
    is_like = before.recurrence == after.recurrence or whole.interval.meets(before.interval)
    rates = [f for own in assumed.lines for f in own.figures.values() if f.period == after.period]
    rate = next((f for f in named.figures.values() if f.period == after.period), None) if named is not None else None
    percent = rate.interval if rate is not None else None
    if percent is None and assumed.typed is not None:
        percent = Interval(assumed.typed, assumed.typed)
    fitting = {f.value for f in rates if _grown(before, f.interval).meets(after.interval)}
    terms = (before, rate) if rate is not None else (before,)
    more: dict[str, Any] = {
        "rate": rate.value if rate is not None else assumed.typed,
        "rate_of": named.label if named is not None and rate is not None else None,
        # What only the recurrent part became cannot be seen where the next year is printed as a whole.
        "implied_rate": ((after.value / before.value - 1) * HUNDRED).quantize(HUNDREDTH) if is_like else None,
        "fitting_rate": next(iter(fitting)) if len(fitting) == 1 and is_like else None,
    }
    rule = f"budget of {before.period} and inflation"
    if percent is None:
        more |= {"recomputed": None, "difference": None, "tolerance": None, "holds": None}
        return Footing(line, _grown_from(before, after, terms, before.interval), "inflation", rule, more=more)
    exact = before.value * (1 + (percent.low + percent.high) / 2 / HUNDRED)
    check = _grown_from(before, after, terms, _grown(before, percent))
    more |= {"recomputed": exact, "difference": after.value - exact}
    return Footing(line, check, "inflation", rule, more=more)


def _grown_from(before: Figure, after: Figure, terms: tuple[Figure, ...], expected: Interval) -> Check:
    members = (*terms, after)
    return Check("inflation", after, members, expected, bool(before.value or after.value))


def _is_whole_of(figure: Figure, part: Figure) -> bool:
    """Whether a figure is the whole of the budget of which another is a part."""
    return figure.recurrence == "all" and (figure.measure, figure.basis, figure.period) == (
        part.measure,
        part.basis,
        part.period,
    )


def _grown(budget: Figure, percent: Interval) -> Interval:
    """What a budget above nought becomes at rates of a percentage."""
    own = budget.interval
    return Interval(own.low * (1 + percent.low / HUNDRED), own.high * (1 + percent.high / HUNDRED))


def disinvestments(
    found: Statement, plans: Sequence[Figure], is_disinvestment: Mapping[int, bool]
) -> Iterator[FinanceCheck]:
    """What is taken out of contracts, against the savings plan of the same paper and year."""
    for column, first in found.columns.items():
        own = [line for line in found.lines if column in line.figures and not line.closes and not line.is_total]
        plan = plan_of(plans, first.period)
        if not is_disinvestment.get(column) or not own or plan is None:
            continue
        with exactly():
            terms = [line.figures[column] for line in own]
            check = identities.summed("disinvestment", plan, terms, [-1 if t.value <= 0 else 1 for t in terms])
            taken = (check.expected.low + check.expected.high) / 2
            missing, unread = _unread(found.lines, column)
            share = (taken / plan.value * HUNDRED).quantize(HUNDREDTH) if plan.value and not missing else None
            rule = f"disinvestment of {len(own)} contracts"
            made = Footing(own[0], check, "disinvestment", rule, missing, unread, {"share": share})
            yield _record(found, made).model_copy(
                update={"label": "Savings plan", "page": plan.page, "table": plan.table, "row": plan.row}
            )


def plan_of(plans: Sequence[Figure], period: str | None) -> Figure | None:
    """The total of a year's savings plan, the realistic case where it is printed in cases; None where totals differ."""
    totals = [
        f
        for f in plans
        if f.subject == "savings"
        and (f.role, f.measure, f.basis, f.recurrence) == ("total", "plan", "year", "all")
        and f.version in (None, "current")
        and f.period == period
        and f.case in (None, "realistic")
    ]
    best = [f for f in totals if f.case == "realistic"] or totals
    return best[0] if best and all(f.interval.meets(best[0].interval) for f in best) else None
