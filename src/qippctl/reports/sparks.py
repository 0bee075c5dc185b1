"""Bars of block characters for a terminal: a month each, or one amount against another.

A column of bars is an extra. It is shown only where a wide terminal leaves room, never in a file, a pipe, or where the
terminal may not have the characters: what is printed there stays the same everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from qippctl.money import ZERO, exactly
from qippctl.reports.listing import Column

_BARS = "▁▂▃▄▅▆▇█"
_EIGHTHS = "▏▎▍▌▋▊▉█"
WIDTH = 10
TRACK = "·"


def sparkline(values: Sequence[Decimal | None]) -> str:
    """A bar a value, the highest full; a dot where nothing is known; below nought the lowest bar.

    >>> sparkline([Decimal(0), Decimal(5), None, Decimal(10)])
    '▁▅·█'
    """
    top = max((v for v in values if v is not None), default=Decimal(0))
    marks = []
    for value in values:
        if value is None:
            marks.append("·")
        elif top <= 0 or value <= 0:
            marks.append(_BARS[0])
        else:
            marks.append(_BARS[min(int(value / top * (len(_BARS) - 1) + Decimal("0.5")), len(_BARS) - 1)])
    return "".join(marks)


def bar(part: Decimal | None, whole: Decimal | None) -> str:
    """How much of a whole a part is, as a bar of ten characters; a plus sign behind it where it is more than the whole.

    Empty where there is nothing to compare. Never full unless the whole was reached, never empty unless the part is nought.

    >>> bar(Decimal(45), Decimal(100)), bar(Decimal(120), Decimal(100)), bar(Decimal(-5), Decimal(100)), bar(None, Decimal(1))
    ('████▌·····', '██████████+', '··········', '')
    """
    if part is None or whole is None or whole <= 0:
        return ""
    if part > whole:
        return _EIGHTHS[-1] * WIDTH + "+"
    with exactly():
        eighths = int(max(part, ZERO) * WIDTH * 8 / whole)
    if part > 0:
        eighths = max(eighths, 1)
    full, rest = divmod(eighths, 8)
    drawn = _EIGHTHS[-1] * full + (_EIGHTHS[rest - 1] if rest else "")
    return drawn + TRACK * (WIDTH - len(drawn))


def bars(heading: str) -> Column:
    """A column of bars."""
    return Column(heading, "colour", optional=True, is_bar=True)


def can_show(environment: Mapping[str, str], encoding: str, *, is_terminal: bool) -> bool:
    """Whether bars may be shown: on a terminal that is not dumb, in a locale that has the characters."""
    is_utf = encoding.lower().replace("-", "").replace("_", "") == "utf8"
    return is_terminal and is_utf and environment.get("TERM") != "dumb"
