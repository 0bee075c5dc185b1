"""Numbers put into sentences in the style that they were printed in, so that a correction can be pasted."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from qippctl.calc.spoken import Spoken
from qippctl.money import exactly, plain

MOST_DECIMALS = 4
_PARTS = re.compile(r"(?P<before>[^0-9.]*)(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)(?P<after>.*)", re.DOTALL)


def reworded(text: str, spoken: Spoken, value: Decimal) -> str:
    """The text with one of its numbers put right.

    >>> from qippctl.calc.spoken import numbers
    >>> text = "saved £6,406k (a variance of £2,051k)"
    >>> reworded(text, list(numbers(text))[1], Decimal(1427000))
    'saved £6,406k (a variance of £1,427k)'
    """
    return text[: spoken.start] + styled(spoken, value) + text[spoken.end :]


def styled(spoken: Spoken, value: Decimal) -> str:
    """A value in base units as a sentence prints one of its numbers: sign, pound, commas, decimals and unit.

    Digits are added where the value has fewer before its point, so that none of its meaning is lost.

    >>> from qippctl.calc.spoken import numbers
    >>> [styled(n, Decimal(v)) for n, v in zip(numbers("£2,413m, 6,506, £1.5m"), ("2413000", "6546.5", "13900000"))]
    ['£2.413m', '6,547', '£13.9m']
    """
    parts = _PARTS.fullmatch(spoken.raw)
    if parts is None:
        return plain(value)
    digits = parts["digits"]
    with exactly():
        own = abs(value) / spoken.scale
        shown = _rounded(own, digits)
    # A paper that prints £8060 goes on without commas; one that has no thousands yet may take them.
    grouped = "," in digits or len(digits.partition(".")[0]) < len("1000")
    number = f"{shown:,f}" if grouped else f"{shown:f}"
    before = parts["before"].replace("-", "").replace("–", "")
    sign = "-" if value < 0 else ""
    return f"{sign}{before}{number}{parts['after']}"


def shortened(text: str, most: int) -> str:
    """A text of so many characters at the most, cut between words.

    >>> shortened("Programme Performance Monitoring Dashboard", 25)
    'Programme Performance…'
    """
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    whole = cut if text[most - 1].isspace() else cut.rpartition(" ")[0]
    return f"{(whole or cut).rstrip(' ,;:-')}…"


def own_number(spoken: Spoken, value: Decimal) -> str:
    """A value in base units as a plain number in the sentence's own unit: to one digit more than it prints, and no coarser."""
    with exactly():
        own = value / spoken.scale
        decimals = -(spoken.step / spoken.scale).normalize().adjusted()
        finer = _significant(spoken.raw) - _before(own)
        for digits in (decimals, decimals + 1, finer):
            if own == own.quantize(Decimal(1).scaleb(-digits)):
                return plain(own)
        return plain(own.quantize(Decimal(1).scaleb(-min(MOST_DECIMALS, max(decimals + 1, finer))), ROUND_HALF_UP))


def _rounded(own: Decimal, digits: str) -> Decimal:
    decimals = len(digits.partition(".")[2])
    if own == own.to_integral_value() and _before(own) > _significant(digits):
        decimals = 0
    finer = min(MOST_DECIMALS, _significant(digits) - _before(own))
    shown = own.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if finer <= decimals or own == shown:
        return shown
    fine = own.quantize(Decimal(1).scaleb(-finer), ROUND_HALF_UP)
    while finer > decimals and fine == fine.quantize(Decimal(1).scaleb(1 - finer)):
        finer -= 1
        fine = fine.quantize(Decimal(1).scaleb(-finer))
    return fine


def _significant(digits: str) -> int:
    return len(re.sub(r"[^0-9]", "", digits).lstrip("0"))


def _before(own: Decimal) -> int:
    """Digits before the point; below one, less the noughts after it."""
    return own.adjusted() + 1 if own else 1
