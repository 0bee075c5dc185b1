"""Where amounts stand on a chart: scales, round ticks, labels that keep out of each other's way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qippctl.models.figure import Unit
from qippctl.money import ZERO, exactly, plain, thousands

MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class Scale:
    """Amounts from `low` to `high` over places from `start` to `end`."""

    low: Decimal
    high: Decimal
    start: float
    end: float

    def __call__(self, value: Decimal) -> float:
        with exactly():
            share = (value - self.low) / (self.high - self.low)
        return self.start + float(share) * (self.end - self.start)


def ticks(values: Sequence[Decimal], *, from_nought: bool = True) -> list[Decimal]:
    """Round amounts that span the values, the first at or below the least and the last at or above the greatest."""
    low, high = min(values, default=ZERO), max(values, default=ZERO)
    if from_nought:
        low, high = min(low, ZERO), max(high, ZERO)
    if low == high:
        high = low + 1
    with exactly():
        step = _step((high - low) / (MOST_TICKS - 1))
        first = (low / step).to_integral_value(rounding="ROUND_FLOOR") * step
        out = [first]
        while out[-1] < high:
            out.append(out[-1] + step)
    return out


def _step(least: Decimal) -> Decimal:
    """The least of 1, 2, 2.5, 5, 10 times a power of ten that is no smaller."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(power * n for n in (1, 2, Decimal("2.5"), 5, 10) if power * n >= least)


def tick_writer(marks: Sequence[Decimal], unit: Unit | None) -> Callable[[Decimal], str]:
    """How ticks are written: with as many decimals as their step needs."""
    if unit != "GBP":
        sign = "%" if unit == "percent" else ""
        return lambda value: f"{plain(value)}{sign}"
    with exactly():
        decimals = next((d for d in range(4) if all(not (m / 1000) % Decimal(1).scaleb(-d) for m in marks)), 3)
    return lambda value: thousands(value, decimals=decimals)


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places at least a gap apart, each as near as may be to where it is wanted, within bounds where they hold them all.

    >>> apart([10, 12, 50], 8, 0, 100)
    [10, 18, 50]
    """
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    out = [0.0] * len(wanted)
    at = low - gap
    for k in order:
        at = max(wanted[k], at + gap)
        out[k] = at
    limit = high + gap
    for k in reversed(order):
        limit = min(out[k], limit - gap)
        out[k] = limit
    return out
