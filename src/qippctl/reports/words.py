"""How single things are said to people: money, percentages, periods, names, colours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from qippctl.models.answers import Identity
from qippctl.money import thousands
from qippctl.period import MONTHS, Period
from qippctl.reports.listing import Tone

COLOURS = {
    "red": "Red",
    "amber": "Amber",
    "green": "Green",
    "blue": "Blue",
    "not_due": "Not due",
    "not_applicable": "n/a",
}
TONES: dict[str | None, Tone] = {"red": "bad", "amber": "warn", "green": "good"}


class Money:
    """Pounds shown in one unit with as many decimals as the figures of a table need."""

    def __init__(self, values: Iterable[Decimal | None]) -> None:
        known = [value for value in values if value is not None]
        self.decimals = 1 if any(value % 1000 for value in known) else 0
        self.heading = "£000"

    def __call__(self, value: Decimal | None) -> str:
        return "" if value is None else thousands(value, decimals=self.decimals)


def percent(value: Decimal | None) -> str:
    return "" if value is None else f"{value.quantize(Decimal(1)):,}"


def when(period: str | None) -> str:
    """A period in words that people say: `M11 Feb 2015`.

    >>> when("2014/15-M11"), when("2010/11")
    ('M11 Feb 2015', '2010/11')
    """
    if period is None:
        return "no period"
    at = Period.parse(period)
    if not at.month:
        return str(at)
    return f"M{at.month:02d} {MONTHS[at.month - 1][:3].capitalize()} {at.start + (at.month > 9)}"


def names(answers: Sequence[Identity]) -> list[str]:
    """A name for each row: the scheme; with its workstream where the same name stands twice; a total is Total."""
    bare = [
        a.scheme
        or (a.workstream if a.role != "total" else None)
        or {"total": "Total", "subtotal": "(group without a name)"}.get(a.role, a.role.capitalize())
        for a in answers
    ]
    return [
        f"{name} ({a.workstream})" if a.scheme and a.workstream and bare.count(name) > 1 else name
        for name, a in zip(bare, answers, strict=True)
    ]


def body(organisation: str | None) -> str:
    """An organisation's name, or that it is not known."""
    return organisation or "(organisation unknown)"


def day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{int(day)} {MONTHS[(int(month) - 4) % 12][:3].capitalize()} {year}"
