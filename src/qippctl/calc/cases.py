"""Best, middle and worse: what is printed, and the factors by which one case seems to be made from another."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from qippctl.calc.position import Position
from qippctl.models.figure import Case, Figure
from qippctl.models.forecasts import Cases, ImpliedFactor
from qippctl.money import Interval, exactly

HUNDRED = Decimal(100)
CASES: tuple[Case, ...] = ("best", "middle", "worse", "upper", "realistic")
_MADE_FROM: tuple[tuple[Case, Case], ...] = (("middle", "best"), ("worse", "middle"), ("realistic", "upper"))
# Percentages that people choose, the rounder first.
_ROUND = tuple(dict.fromkeys(k for step in (25, 10, 5, 1) for k in range(0, 201, step)))
# More rows than one in so many against a factor, and it is none.
MOST_AGAINST = 4


def case_of(position: Position, case: Case) -> Figure | None:
    """The year's figure of a case: of the forecast, or of the plan where plans come in cases."""
    return position.part("forecast", "year", case=case) or position.part("plan", "year", case=case)


def cases_of(position: Position, schemes: Sequence[Position] = ()) -> Cases:
    """The cases of a subject. The factors are those of its own row; of a programme those of its `schemes`' rows."""
    printed = {case: figure.value for case in CASES if (figure := case_of(position, case)) is not None}
    rows = schemes or (position,)
    factors = [implied(rows, case, of) for case, of in _MADE_FROM]
    return Cases(printed=printed, implied=tuple(factor for factor in factors if factor is not None))


def implied(rows: Sequence[Position], case: Case, of: Case) -> ImpliedFactor | None:
    """What percentage of one case another is. None where no row prints both, other than as nought.

    A row allows every ratio of values that round to what it prints; rows in doubt are not asked.
    """
    allowed: list[tuple[Position, Interval | None]] = []
    for row in rows:
        part, whole = case_of(row, case), case_of(row, of)
        if part is None or whole is None or part.doubts or whole.doubts or not (part.value or whole.value):
            continue
        allowed.append((row, _ratio(part.interval, whole.interval)))
    if not allowed:
        return None
    bounds = [interval for _, interval in allowed if interval is not None]
    low = max((b.low for b in bounds), default=None)
    high = min((b.high for b in bounds if b.high.is_finite()), default=None)
    percent, against = _roundest(allowed)
    return ImpliedFactor(
        case=case,
        of=of,
        percent=percent,
        low=_tenth(low),
        high=_tenth(high),
        rows=len(allowed),
        against=tuple(row.scheme or row.workstream or row.role for row in against),
    )


def _ratio(part: Interval, whole: Interval) -> Interval | None:
    """The percentages that a part may be of a whole; None where no part of what is above nought fits."""
    if whole.high <= 0 or part.high < 0:
        return None
    with exactly():
        low = max(part.low, Decimal(0)) / whole.high * HUNDRED
        high = part.high / whole.low * HUNDRED if whole.low > 0 else Decimal("Infinity")
    return Interval(low, high)


def _roundest(allowed: Sequence[tuple[Position, Interval | None]]) -> tuple[Decimal | None, list[Position]]:
    """The percentage that fewest rows speak against, of several the roundest; none where too many do."""
    best: tuple[int, Decimal, list[Position]] | None = None
    for number in _ROUND:
        percent = Decimal(number)
        against = [row for row, interval in allowed if interval is None or percent not in interval]
        if best is None or len(against) < best[0]:
            best = (len(against), percent, against)
    if best is None or best[0] * MOST_AGAINST > len(allowed):
        return None, []
    return best[1], best[2]


def _tenth(value: Decimal | None) -> Decimal | None:
    with exactly():
        return None if value is None else value.quantize(Decimal("0.1"))
