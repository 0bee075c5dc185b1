"""How many pounds a table's numbers count in: from column headings, then its titles, then what the prose repeats of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qippctl.interpret.columns import Column
from qippctl.interpret.headings import unit_of
from qippctl.interpret.spans import is_sentence
from qippctl.interpret.sums import Row
from qippctl.models.figure import UnitSource
from qippctl.money import Amount

_STATED = re.compile(r"£\s?([0-9][0-9,]{0,12}(?:\.[0-9]{1,3})?|\.[0-9]{1,3})\s?(k|m|million|bn)?\b", re.IGNORECASE)
# A sum of money, which is no unit: `£000s` and `£1,000s` are none.
_SUM = re.compile(
    r"£\s?(?=[0-9.,]*[1-9])(?!1,?000s)[0-9][0-9,.]*\s?(?:k|m|million|bn)?\b|£\s?\.[0-9]+\s?(?:k|m|million|bn)?\b",
    re.IGNORECASE,
)
_OF_FIGURES = re.compile(
    r"\b(?:figures|amounts|values|numbers|tables?|sums|savings|all)\b[^.]{0,60}\b(?:in|are|is|shown|stated|expressed)\b",
    re.IGNORECASE,
)
_POUNDS = {"k": 1000, "m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000, "": 1}
# So many different numbers of a table, said in prose with their unit, prove the unit of the table.
WITNESSES = 2
# Printed sums below these are more likely millions, or thousands, than pounds.
MOST_MILLIONS = 500
MOST_THOUSANDS = 100_000
MOST_TYPICAL = 10_000
NO_MONEY = frozenset({"count", "delivery", "confidence", "activity", "score"})


@dataclass(frozen=True, slots=True)
class Unit:
    """Pounds to a printed unit, and where that was found."""

    pounds: int
    source: UnitSource


def stated_amounts(texts: Sequence[str]) -> frozenset[tuple[Decimal, int]]:
    """Every sum of money that prose states with its unit, as printed number and pounds to a unit."""
    found = set()
    for text in texts:
        for match in _STATED.finditer(text):
            found.add((Decimal(match[1].replace(",", "")).normalize(), _POUNDS[(match[2] or "").lower()]))
    return frozenset(found)


def table_unit(
    columns: Sequence[Column],
    titles: Sequence[str],
    rows: Sequence[Row],
    stated: frozenset[tuple[Decimal, int]],
    said: int | None = None,
) -> Unit | None:
    """The unit of those columns whose own headings name none; None where nothing tells.

    `said`: what the paper's prose says of all its figures.
    """
    headed = {column.pounds for column in columns if column.pounds is not None}
    if len(headed) == 1:
        return Unit(headed.pop(), "heading")
    for title in titles:
        if (pounds := unit_said(title)) is not None:
            return Unit(pounds, "prose" if is_sentence(title) else "title")
    told = Unit(said, "prose") if said is not None else None
    return _in_pounds(columns, rows) or told or _witnessed(columns, rows, stated) or _by_magnitude(columns, rows)


def unit_said(text: str) -> int | None:
    """The unit that a title or a sentence says its figures are in; sums of money in it say nothing of them.

    >>> unit_said("Savings of £1.2m were found; figures are in £000"), unit_said("CIP (£m)"), unit_said("£5k was saved")
    (1000, 1000000, None)
    """
    bare = _SUM.sub(" ", text)
    pounds = unit_of(bare)
    if pounds == 1 and is_sentence(text):
        return pounds if re.search(r"\bin (?:whole |full )?(?:£|pounds)", bare) else None
    return pounds


def unit_of_all(texts: Sequence[str]) -> int | None:
    """The unit that prose gives to all figures of a paper (`All figures are in £000`); None where several are given."""
    said = {
        pounds
        for text in texts
        for sentence in re.split(r"(?<=[.;])\s+", text)
        if _OF_FIGURES.search(sentence) and (pounds := unit_said(sentence)) is not None
    }
    return said.pop() if len(said) == 1 else None


def _in_pounds(columns: Sequence[Column], rows: Sequence[Row]) -> Unit | None:
    """Pounds, where every sum of money prints its pound sign and no sum its thousands or millions."""
    money = _money(columns, rows)
    return Unit(1, "cell") if money and all(a.has_currency and a.scale is None for a in money) else None


def _by_magnitude(columns: Sequence[Column], rows: Sequence[Row]) -> Unit | None:
    """The unit that sums of such a size are mostly printed in: never sure. Savings of a body run from thousands to millions."""
    money = [a for a in _money(columns, rows) if a.scale is None]
    if not money:
        return None
    largest = max(abs(a.value) for a in money)
    if all(a.has_currency for a in money):
        return Unit(1, "magnitude")
    if all(a.step < 1 for a in money) and largest < MOST_MILLIONS:
        return Unit(1_000_000, "magnitude")
    typical = sorted(abs(a.value) for a in money)[len(money) // 2]
    return Unit(1000 if largest < MOST_THOUSANDS and typical < MOST_TYPICAL else 1, "magnitude")


def _money(columns: Sequence[Column], rows: Sequence[Row]) -> list[Amount]:
    """Every sum of money of a table but noughts."""
    return [
        amount
        for row in rows
        for column in columns
        if column.meanings
        and column.meanings[0].measure not in NO_MONEY
        and (cell := row.cells.get(column.index)) is not None
        for amount in cell.amounts
        if amount is not None and amount.value
    ]


def _witnessed(columns: Sequence[Column], rows: Sequence[Row], stated: frozenset[tuple[Decimal, int]]) -> Unit | None:
    """The one unit with which prose repeats several of the table's totals."""
    printed = set()
    for row in rows:
        if row.role != "total":
            continue
        for column in columns:
            cell = row.cells.get(column.index)
            if (
                cell
                and column.meanings
                and column.meanings[0].measure not in NO_MONEY
                and len(cell.amounts) == 1
                and cell.amounts[0]
                and cell.amounts[0].value
            ):
                printed.add(abs(cell.amounts[0].value).normalize())
    scores = {
        pounds: sum(1 for number, unit in stated if unit == pounds and number in printed)
        for pounds in (1, 1000, 1_000_000)
    }
    best = max(scores, key=lambda pounds: scores[pounds])
    contested = sum(1 for score in scores.values() if score >= WITNESSES) > 1
    return Unit(best, "prose") if scores[best] >= WITNESSES and not contested else None
