"""How single things are said to people: money, percentages, periods, names, colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Protocol

from qippctl.models.paper import Cover
from qippctl.money import exactly, thousands
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
TEN, TEN_THOUSAND = Decimal(10), Decimal(10_000)
DOUBTED = "~ a figure of the row is in doubt: qippctl doubts says why."
CORRECTED = "c corrected by an analyst: qippctl corrections list"
TONES: dict[str | None, Tone] = {"red": "bad", "amber": "warn", "green": "good"}


class Money:
    """Pounds shown in one unit with as many decimals as the figures of a table need."""

    def __init__(self, values: Iterable[Decimal | None]) -> None:
        known = [value for value in values if value is not None]
        with exactly():
            self.decimals = 1 if any(value % 1000 for value in known) else 0
        self.heading = "£000"

    def __call__(self, value: Decimal | None) -> str:
        return "" if value is None else thousands(value, decimals=self.decimals)


def finely(value: Decimal | None) -> str:
    """One amount in thousands with as many decimals as it needs: 35.49."""
    if value is None:
        return ""
    with exactly():
        fewest = next((d for d in range(4) if not (value / 1000) % Decimal(1).scaleb(-d)), 3)
    return thousands(value, decimals=fewest)


def amount(value: Decimal, step: Decimal) -> str:
    """An amount as precise as its last digit, in the unit that a person would type: what `--control` takes.

    >>> amount(Decimal(45200000), Decimal(100000)), amount(Decimal(6405500), Decimal(100)), amount(Decimal(1234), Decimal(1))
    ('45.2m', '6,405.5k', '£1,234')
    """
    with exactly():
        scale, letter = (6, "m") if step >= TEN_THOUSAND else (3, "k") if step >= TEN else (0, "")
        decimals = max(0, scale - step.adjusted()) if step else 0
        shown = thousands(value, decimals=decimals, unit=Decimal(10) ** scale)
    return shown + letter if letter else f"-£{shown[1:]}" if shown.startswith("-") else f"£{shown}"


def percent(value: Decimal | None) -> str:
    with exactly():
        return "" if value is None else f"{value.quantize(Decimal(1)) + 0:,}"


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


class Named(Protocol):
    """Whatever is about a scheme, a workstream or a programme."""

    @property
    def workstream(self) -> str | None: ...
    @property
    def scheme(self) -> str | None: ...
    @property
    def role(self) -> str: ...


def names(answers: Sequence[Named]) -> list[str]:
    """A name for each row: the scheme; with its workstream where two schemes have the name; a total is Total."""
    schemes = Counter(a.scheme for a in answers if a.scheme)
    return [_name(a, is_alone=schemes[a.scheme or ""] == 1) for a in answers]


def _name(answer: Named, *, is_alone: bool) -> str:
    if answer.scheme:
        return answer.scheme if is_alone or not answer.workstream else f"{answer.scheme} ({answer.workstream})"
    if answer.role == "total":
        return "Total"
    return answer.workstream or ("(group without a name)" if answer.role == "subtotal" else answer.role.capitalize())


def body(organisation: str | None) -> str:
    """An organisation's name, or that it is not known."""
    return organisation or "(organisation unknown)"


def day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{int(day)} {MONTHS[(int(month) - 4) % 12][:3].capitalize()} {year}"


def about_paper(cover: Cover) -> list[str]:
    """Whose paper it is and of when; then its title, committee, meeting and what is asked of it."""
    meeting = f"meeting {day(cover.meeting_date)}" if cover.meeting_date else ""
    said = (cover.title, cover.committee, meeting, cover.status, cover.recommendation)
    return [f"{cover.paper}   {body(cover.organisation)}   {when(cover.period)}", "   ".join(filter(None, said))]
