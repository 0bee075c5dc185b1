"""What an analyst types to put a figure right, understood: an amount in the figure's unit, a name, a period, a measure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from qippctl.calc.corrections import as_read, text_of
from qippctl.errors import UsageError
from qippctl.models.decisions import Correction, Field_
from qippctl.models.figure import BASES, MEASURES, Figure
from qippctl.money import ZERO, Amount, exactly, parse_amount, plain, squeeze
from qippctl.period import Period, find_mention

Kind = Literal["misread", "misprint"]
KINDS: tuple[Kind, ...] = ("misread", "misprint")
# What takes a name away: a figure that is in no workstream.
NO_NAME = "(none)"
LONGEST_TEXT = 500
# No paper on savings prints a hundred billion pounds: beyond it a unit was typed twice.
MOST = Decimal(10) ** 11
_ONE = Decimal(1)
_UNITS = (_ONE, Decimal(1000), Decimal(1_000_000), Decimal(1_000_000_000))
_PERCENTAGES = frozenset({"delivery", "confidence"})
_COUNTS = frozenset({"count", "activity", "score"})
_QUARTER = re.compile(r"((?:19|20)[0-9]{2}/[0-9]{2})[ -]Q([1-4])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be put right, as typed; None is left as it is. With a `step` the value is in pounds, percent or counts."""

    value: str | None = None
    step: str | None = None
    workstream: str | None = None
    scheme: str | None = None
    period: str | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Who puts it right, when and why."""

    kind: str
    reason: str
    by: str
    at: str


def correction(figure: Figure, column: Iterable[Figure], wanted: Wanted, said: Said) -> Correction:
    """The correction of a figure that is wanted; UsageError says what is wrong with what was typed.

    `figure` is as it counts now; `column` are the figures of its column, which tell the unit that it prints.
    """
    kind = kind_named(said.kind)
    read = as_read(figure)
    now = _changes(figure, unit_of(read, column), wanted)
    if kind == "misprint" and not now.keys() <= {"value", "step"}:
        raise UsageError(
            "a misprint is a number that the paper prints wrong: give VALUE and nothing else with it. "
            "What the number was taken for is put right with --kind misread"
        )
    if not now:
        raise UsageError("nothing to put right: give VALUE, --workstream, --scheme, --period or --measure")
    if all(text_of(figure, name) == text for name, text in now.items() if name != "step"):
        raise UsageError(f"nothing changes: {_told(figure, now)} is what {figure.id} has already")
    return Correction(
        organisation=figure.organisation,
        by=text_given(said.by, "who"),
        at=said.at,
        reason=text_given(said.reason, "the reason"),
        figure=figure.id,
        kind=kind,
        paper=figure.paper,
        raw=figure.raw,
        was={name: text_of(read, name) for name in now},
        now=now,
    )


def _changes(figure: Figure, unit: Decimal, wanted: Wanted) -> dict[Field_, str | None]:
    now: dict[Field_, str | None] = {}
    if wanted.value is not None:
        value, step = amount_typed(wanted.value, figure, unit, wanted.step)
        now |= {"value": plain(value), "step": plain(step)}
    if wanted.workstream is not None:
        now["workstream"] = _name(wanted.workstream, "a workstream")
        if figure.role == "total":
            raise UsageError("a total is of no workstream")
    if wanted.scheme is not None:
        now["scheme"] = _name(wanted.scheme, "a scheme")
        if figure.role in ("workstream", "subtotal", "total"):
            raise UsageError(f"a {figure.role}'s row has no scheme")
        if now["scheme"] is None:
            raise UsageError("a scheme's row needs a name")
    measure, basis = measure_typed(wanted.measure, figure) if wanted.measure is not None else (None, figure.basis)
    if measure is not None:
        now |= {"measure": measure, "basis": basis}
    if wanted.period is not None:
        now["period"] = period_typed(wanted.period, basis, figure.period)
    elif basis != figure.basis:
        now |= _period_of_basis(basis, figure)
    return now


def unit_of(figure: Figure, column: Iterable[Figure]) -> Decimal:
    """Pounds (or counts) to one printed unit: by the figure's own print, else by its column's, else by its step."""
    if figure.unit == "percent":
        return _ONE
    if (own := _ratio(figure)) is not None:
        return own
    others = Counter(
        ratio
        for other in column
        if (other.table, other.column, other.unit) == (figure.table, figure.column, figure.unit)
        and (ratio := _ratio(as_read(other))) is not None
    )
    if others:
        return max(others, key=lambda unit: (others[unit], unit))
    return next((unit for unit in _UNITS if figure.step <= unit), _ONE) if figure.unit == "GBP" else _ONE


def _ratio(figure: Figure) -> Decimal | None:
    """What a printed number was multiplied with; None where its print is a nought or no single number."""
    amount = parse_amount(figure.raw, repair=True)
    if amount is None or amount.is_dash:
        return None
    with exactly():
        ratio = abs(figure.value / amount.value) if amount.value else figure.step / amount.step
    return next((unit for unit in _UNITS if ratio == unit), None)


def amount_typed(text: str, figure: Figure, unit: Decimal, step: str | None = None) -> tuple[Decimal, Decimal]:
    """Value and step, in base units, of an amount as typed: a unit in it overrules the one that the column prints."""
    amount = parse_amount(text)
    if amount is None:
        raise UsageError(f'"{squeeze(text)[:40]}" is not an amount such as 643k, £0.643m, (12.5), 643 or 75%')
    if figure.unit == "percent" and (amount.scale or amount.has_currency):
        raise UsageError(f'"{text}" is money, and the figure is a percentage ({figure.names})')
    if figure.unit != "percent" and amount.is_percent:
        what = "money" if figure.unit == "GBP" else f"in {figure.unit}"
        raise UsageError(f'"{text}" is a percentage, and the figure is {what} ({figure.names})')
    if figure.unit != "GBP" and amount.has_currency:
        raise UsageError(f'"{text}" is money, and the figure is in {figure.unit} ({figure.names})')
    scale = amount.scale or (_ONE if amount.has_currency or step is not None else unit)
    with exactly():
        value, digit = amount.value * scale, _step(amount, scale, step)
    if abs(value) >= MOST:
        raise UsageError(f'"{text}" would be {_shown(value)}: more than any paper prints. Say the unit: 643k, £643')
    return value, digit


def _step(amount: Amount, scale: Decimal, given: str | None) -> Decimal:
    if given is None:
        return ZERO if amount.is_dash else amount.step * scale
    step = parse_amount(given)
    if step is None or step.value < 0 or step.scale or step.is_percent or step.value >= MOST:
        raise UsageError(f'"{given[:40]}" is not a step: the size of the last digit in pounds, such as 1000')
    return step.value


def measure_typed(text: str, figure: Figure) -> tuple[str, str]:
    """Measure and basis of a name such as `plan.ytd`, where a figure of this unit may have it."""
    measure, _, basis = text.strip().lower().partition(".")
    if measure not in MEASURES or basis not in BASES:
        raise UsageError(
            f'"{text[:60]}" is not a measure and a basis, such as plan.ytd; measures: {", ".join(MEASURES)}; '
            f"bases: {', '.join(BASES)}"
        )
    of_money = figure.subject in ("savings", "investment", "finance")
    is_percent = figure.unit == "percent"
    if (measure in _PERCENTAGES and not is_percent) or (is_percent and of_money and measure not in _PERCENTAGES):
        raise UsageError(f"{figure.id} is in {figure.unit}: {measure} cannot be what it holds")
    if figure.unit == "GBP" and measure in _COUNTS:
        raise UsageError(f"{figure.id} is money: {measure} cannot be what it holds")
    return measure, basis


def period_typed(text: str, basis: str, known: str | None) -> str:
    """A period as figures have it: a month for what is of a month or to date, else a year; `M10` is of the year known."""
    if quarter := _QUARTER.fullmatch(squeeze(text)):
        at, fits = f"{Period.parse(quarter[1])}-Q{quarter[2]}", basis == "quarter"
    else:
        bare = find_mention(text)
        try:
            if known and bare and bare.start is None and bare.month is not None:
                found = Period(Period.parse(known[:7]).start, bare.month)
            else:
                found = Period.parse(text)
        except ValueError as error:
            raise UsageError(str(error)) from error
        at, fits = str(found), bool(found.month) == (basis in ("month", "ytd")) and basis != "quarter"
    if not fits and basis != "lifetime":
        needed = {"quarter": "quarter, such as 2014/15-Q3", "month": "month, such as 2014/15-M11"}
        needed["ytd"] = needed["month"]
        raise UsageError(
            f"{at} is no period for a basis of {basis}: say a {needed.get(basis, 'year, such as 2014/15')}"
        )
    return at


def _period_of_basis(basis: str, figure: Figure) -> dict[Field_, str | None]:
    """The period that goes with another basis: of a month's figure the year is known, the reverse has to be said."""
    known = figure.period
    has_month = known is not None and "-M" in known
    if known is None or basis == "lifetime" or (basis in ("month", "ytd") and has_month):
        return {}
    if basis in ("year", "fye"):
        return {"period": known[:7]} if known[:7] != known else {}
    raise UsageError(f"{known} is no period for a basis of {basis}: say which with --period")


def kind_named(text: str) -> Kind:
    wanted = text.strip().lower()
    for kind in KINDS:
        if wanted == kind:
            return kind
    raise UsageError(
        f'"{text[:40]}" is not misread (the paper prints it right) or misprint (the paper itself is wrong)'
    )


def text_given(text: str, what: str) -> str:
    """A text that a person gave, on one line; UsageError where it is blank, endless or not to be printed."""
    line = squeeze(text)
    if not line:
        raise UsageError(f"{what} is missing: it is kept with the correction")
    if len(line) > LONGEST_TEXT or not line.isprintable():
        raise UsageError(f"{what} is longer than {LONGEST_TEXT} characters or cannot be printed")
    return line


def _name(text: str, what: str) -> str | None:
    return None if squeeze(text) in ("", NO_NAME) else text_given(text, what)


def _told(figure: Figure, now: dict[Field_, str | None]) -> str:
    shown = {name: text for name, text in now.items() if name != "step"}
    if figure.unit == "GBP" and "value" in shown:
        shown["value"] = _shown(figure.value)
    return ", ".join(f"{name} {text}" if name != "value" else f"{text}" for name, text in shown.items())


def _shown(value: Decimal) -> str:
    return f"{'-' if value < 0 else ''}£{abs(value):,f}"
