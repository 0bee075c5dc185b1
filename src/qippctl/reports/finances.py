"""Checks of budgets and accounts, and their lines over the years, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from qippctl.models.finances import CHECK_CODES, CheckCode, FinanceCheck, LineValue, StatementLine
from qippctl.money import exactly, plain, thousands
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.words import DOUBTED, Money, body, finely, when

NAMES: dict[CheckCode, str] = {
    "subtotal": "subtotals",
    "total": "totals",
    "parts": "recurrent and non-recurrent parts",
    "variance": "variances",
    "source-application": "source against application",
    "surplus": "surplus: income less cost",
    "net-current": "net current assets",
    "less-current": "assets less current liabilities",
    "employed": "assets employed",
    "equity": "equity against assets employed",
    "movement": "movements between balances",
    "baseline": "baseline rolled forward",
    "inflation": "budgets rolled forward by inflation",
    "disinvestment": "disinvestment against the savings plan",
}
# Columns that are shown however narrow the terminal is.
SURELY_SHOWN = 5
_RECURRENCE = {"recurrent": " rec", "non_recurrent": " non-rec", "all": ""}


def checks(found: Sequence[FinanceCheck], *, everything: bool = False) -> Listing:
    """How many of which hold; those that fail; what nothing can be said of; budgets by inflation; the disinvestment."""
    blocks: list[Block] = []
    for key in dict.fromkeys((c.organisation, c.paper_number) for c in found):
        own = [c for c in found if (c.organisation, c.paper_number) == key]
        blocks += _of_paper(own, everything=everything)
    return Listing(found, blocks)


def _of_paper(own: Sequence[FinanceCheck], *, everything: bool) -> Iterable[Block]:
    apart = ("inflation", "disinvestment")
    sums = [c for c in own if c.code not in apart]
    failing = [c for c in sums if c.holds is False]
    open_ = [c for c in sums if c.holds is None]
    held = [c for c in sums if c.holds]
    head = f"{body(own[0].organisation)}   #{own[0].paper_number}   £000"
    said = f"{len(held)} of {len(sums)} sums hold at the printed precision"
    said += f", {len(failing)} fail" if failing else ""
    said += f", {len(open_)} cannot be told" if open_ else ""
    yield Block((), (), (head, f"{said}."))
    if failing:
        yield _sums("Fail", failing)
    if open_:
        yield _sums("Cannot be told: a term is not known, and must come to so much", open_)
        unread = dict.fromkeys(text for c in open_ for text in c.missing)
        yield Block((), (), below=tuple(f"not known: {text}" for text in unread))
    if held and everything:
        yield _sums("Hold", held)
    elif held:
        counts = Counter(c.code for c in held)
        listed = "; ".join(f"{NAMES[code]} {counts[code]}" for code in CHECK_CODES if counts[code])
        yield Block((), (), below=(f"Hold: {listed}. One by one: --all",))
    yield from _surpluses([c for c in sums if c.code == "surplus" and c.recurrence == "all"])
    rolled = [c for c in own if c.code == "inflation"]
    if rolled:
        yield _rolled(rolled)
    for check in own:
        if check.code == "disinvestment":
            yield Block((), (), below=(_disinvested(check),))
    if any(c.doubts for c in own):
        yield Block((), (), below=(DOUBTED,))


def _sums(heading: str, own: Sequence[FinanceCheck]) -> Block:
    money = Money([v for c in own for v in (c.printed, c.recomputed, c.difference, c.needed)])
    columns = (
        Column("Line", "label"),
        Column("Should be", "text"),
        Column("Year", "colour"),
        Column("Printed", "number"),
        Column("Makes", "number"),
        Column("Unknown" if own[0].holds is None else "Off by", "number"),
        Column("Where", "colour", optional=True),
        Column("", "colour"),
    )
    rows = tuple(
        (
            c.label,
            c.rule,
            _year(c.period) + _RECURRENCE[c.recurrence],
            money(c.printed),
            money(c.recomputed),
            money(c.needed if c.holds is None else c.difference),
            f"p.{c.page} {c.table}",
            "~" if c.doubts else "",
        )
        for c in own
    )
    tones: tuple[Tone, ...] = tuple("bad" if c.holds is False else "" for c in own)
    return Block(columns, rows, (f"{heading}:",), (), tones)


def _surpluses(own: Sequence[FinanceCheck]) -> Iterable[Block]:
    """Each statement's surplus, year by year."""
    lines = []
    for (_, label), group in groupby(own, key=lambda c: (c.table, c.label)):
        years = list(group)
        several = len({c.period for c in years}) < len(years)
        said = (
            f"{_year(c.period)}{f' {c.measure}' if several else ''} {finely(c.printed)}{' (!)' if c.holds is False else ''}"
            for c in years
        )
        lines.append(f"{label}: {'; '.join(said)}")
    if lines:
        yield Block((), (), below=tuple(lines))


def _year(period: str | None) -> str:
    return when(period) if period else ""


def _rolled(own: Sequence[FinanceCheck]) -> Block:
    money = Money([v for c in own for v in (c.printed, c.recomputed, c.difference)])
    columns = (
        Column("Budget", "label"),
        Column("Year", "colour"),
        Column("Printed", "number"),
        Column("Grows by %", "number"),
        Column("Rate", "number"),
        Column("Makes", "number"),
        Column("Beyond it", "number"),
        Column("Fits", "number", optional=True),
        Column("", "colour"),
    )
    rows = tuple(
        (
            c.label,
            _year(c.period),
            money(c.printed),
            "" if c.implied_rate is None else f"{c.implied_rate:f}",
            "" if c.rate is None else plain(c.rate),
            money(c.recomputed),
            "=" if c.holds else money(c.difference),
            "" if c.fitting_rate is None else plain(c.fitting_rate),
            "~" if c.doubts else "",
        )
        for c in own
    )
    named = sum(1 for c in own if c.rate is not None)
    exact = sum(1 for c in own if c.holds)
    above = f"Budgets rolled forward: {len(own)}, of which {named} have a rate; {exact} are the year before and inflation alone."
    below = "Rate: of the assumption that names the line, or --rate. Fits: the one assumed rate that gives the budget."
    return Block(columns, rows, (above,), (below,))


def _disinvested(check: FinanceCheck) -> str:
    if check.recomputed is None:
        return f"{check.rule}: a cell was not read ({'; '.join(check.missing)})."
    share = "" if check.share is None else f" = {_whole(check.share)}%"
    return (
        f"{check.rule[0].upper()}{check.rule[1:]}: {thousands(check.recomputed, decimals=0)} of the savings plan's "
        f"{thousands(check.printed, decimals=0)}{share} ({_year(check.period)})."
    )


def _whole(percent: Decimal) -> str:
    with exactly():
        return f"{percent.quantize(Decimal(1)):f}"


def statements(found: Sequence[StatementLine]) -> Listing:
    """Each table, its lines over its columns: years, with what is not the whole of a year after them."""
    blocks = [
        _statement(list(own))
        for _, own in groupby(found, key=lambda line: (line.organisation, line.paper_number, line.table))
    ]
    return Listing(found, blocks, csv_rows=_flat(found))


def _statement(own: Sequence[StatementLine]) -> Block:
    first = own[0]
    columns = {value.column: value for line in own for value in line.values}
    order = [columns[c] for c in sorted(columns)]
    money = Money([v.value for line in own for v in line.values if v.unit == "GBP"])
    heads = tuple(_column(value, order) for value in order)
    rows = []
    for line in own:
        by_column = {value.column: value for value in line.values}
        name = f"  {line.label}" if line.group and line.role == "scheme" else line.label
        cells = [_cell(by_column.get(value.column), money) for value in order]
        rows.append((name, *cells, "~" if line.doubts else ""))
    unit = money.heading if any(v.unit == "GBP" for line in own for v in line.values) else "%"
    head = f"{body(first.organisation)}   #{first.paper_number} p.{first.page} {first.table}   {unit}"
    above = (head, first.title) if first.title else (head,)
    below = (DOUBTED,) if any(line.doubts for line in own) else ()
    return Block((Column("Line", "label"), *heads, Column("", "colour")), tuple(rows), above, below)


def _column(value: LineValue, order: Sequence[LineValue]) -> Column:
    """A column by its year; by what it holds too where another is of the same year."""
    alike = [v for v in order if (v.period, v.recurrence) == (value.period, value.recurrence)]
    is_change = value.measure == "variance"
    several = is_change or sum(1 for v in alike if v.measure != "variance") > 1
    said = (
        (value.period or "").rpartition("-")[2]
        + _RECURRENCE[value.recurrence]
        + (f" {value.measure}" if several else "")
    )
    is_late = order.index(value) >= SURELY_SHOWN
    return Column(said.strip() or value.measure, "number", optional=value.recurrence != "all" or is_change or is_late)


def _cell(value: LineValue | None, money: Money) -> str:
    if value is None:
        return ""
    return f"{plain(value.value)}%" if value.unit == "percent" else money(value.value)


def _flat(found: Sequence[StatementLine]) -> list[list[str]]:
    """A row for each line and column."""
    names = ["organisation", "paper_number", "page", "table", "row", "group", "label", "role"]
    values = ["column", "period", "measure", "basis", "recurrence", "unit", "value", "figure"]
    out = [[*names, *values]]
    for line in found:
        own = line.model_dump(mode="json")
        for value in own["values"]:
            out.append(["" if v is None else str(v) for v in (*(own[n] for n in names), *(value[n] for n in values))])
    return out
