"""Best, middle and worse: what is printed, and the factors by which one case seems to be made from another."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from qippctl.calc.position import Position
from qippctl.models.figure import Case, Figure
from qippctl.models.forecasts import Cases, ImpliedFactor
from qippctl.money import Interval, exactly

HUNDRED = Decimal(100)
CASES: tuple[Case, ...] = ("best", "middle", "worse", "upper", "realistic")
_MADE_FROM: tuple[tuple[Case, Case], ...] = (("middle", "best"), ("worse", "middle"), ("realistic", "upper"))
_IN_CASES: tuple[Literal["forecast", "plan"], ...] = ("forecast", "plan")
# Percentages that people choose are multiples of these, the roundest first; up to twice the whole.
_ROUND = (25, 10, 5, 1)
_MOST = 200
# One row in so many may speak against a factor: a misprint. With more, it is none.
MOST_AGAINST = 20


def case_of(position: Position, case: Case) -> Figure | None:
    """The year's figure of a case: of the forecast, or of the plan where plans come in cases."""
    found = (position.part(measure, "year", case=case) for measure in _IN_CASES)
    return next((figure for figure in found if figure is not None), None)


def figures_of_cases(position: Position) -> list[Figure]:
    """The figures that the cases of a subject are printed as."""
    return [figure for case in CASES if (figure := case_of(position, case)) is not None]


def cases_of(position: Position, schemes: Sequence[Position] = ()) -> Cases:
    """The cases of a subject. The factors are those of its own row; of a programme those of its `schemes`' rows."""
    printed = {case: figure.value for case in CASES if (figure := case_of(position, case)) is not None}
    if not printed:
        return Cases()
    rows = schemes or (position,)
    factors = [implied(rows, case, of) for case, of in _MADE_FROM]
    return Cases(printed=printed, implied=tuple(factor for factor in factors if factor is not None))


def implied(rows: Sequence[Position], case: Case, of: Case) -> ImpliedFactor | None:
    """What percentage of one case another is. None where no row prints both, other than as nought.

    A row allows every ratio of values that round to what it prints; rows in doubt are not asked.
    """
    allowed: list[tuple[Position, Interval | None]] = []
    for row in rows:
        for measure in _IN_CASES:
            part, whole = (row.part(measure, "year", case=c) for c in (case, of))
            if part is not None and whole is not None:
                if not part.doubts and not whole.doubts and (part.value or whole.value):
                    allowed.append((row, _ratio(part.interval, whole.interval)))
                break
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
    """The percentages that a part may be of a whole; None where no percentage from nought up fits."""
    if whole.high < 0:
        part, whole = Interval(-part.high, -part.low), Interval(-whole.high, -whole.low)
    if whole.high <= 0 or part.high < 0:
        return None
    with exactly():
        low = max(part.low, Decimal(0)) / whole.high * HUNDRED
        high = part.high / whole.low * HUNDRED if whole.low > 0 else Decimal("Infinity")
    return Interval(low, high)


def _roundest(allowed: Sequence[tuple[Position, Interval | None]]) -> tuple[Decimal | None, list[Position]]:
    """The percentage that fewest rows speak against, and they; of several the roundest.

    None where too many speak against it, or where two percentages that are as round fit as well.
    """
    against = {
        number: [row for row, interval in allowed if interval is None or Decimal(number) not in interval]
        for number in range(_MOST + 1)
    }
    fewest = min(len(rows) for rows in against.values())
    if fewest * MOST_AGAINST > len(allowed):
        return None, []
    for step in _ROUND:
        fitting = [number for number in range(0, _MOST + 1, step) if len(against[number]) == fewest]
        if fitting:
            return (Decimal(fitting[0]), against[fitting[0]]) if len(fitting) == 1 else (None, [])
    return None, []


def _tenth(value: Decimal | None) -> Decimal | None:
    with exactly():
        return None if value is None else value.quantize(Decimal("0.1"))
