"""XmR charts by the rules of the NHS's "Making Data Count": limits, and the points that are more than chance.

    limits       = mean - and + 2.66 x mean moving range
    left out     = moving ranges above 3.267 x their mean, once; their points stay in the mean
    signals      = outside the limits; a trend of 7; 2 of 3 beyond two thirds of the way to a limit, on one side;
                   7 on one side of the mean. In this order: the first judges the point

All is reckoned exactly, in fractions. Fewer than twelve points give trial limits only, which are not judged by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from qippctl.models.metrics import Judgement, Signal
from qippctl.money import exactly

LEAST_POINTS = 12
LIMIT, SCREEN = Fraction("2.66"), Fraction("3.267")
RUN = 7
PLACES = Decimal("0.0001")
Better = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Mean and limits of a series; which moving ranges, by the place of their later point, were left out."""

    mean: Fraction
    mean_range: Fraction
    left_out: frozenset[int]

    @property
    def lower(self) -> Fraction:
        return self.mean - LIMIT * self.mean_range

    @property
    def upper(self) -> Fraction:
        return self.mean + LIMIT * self.mean_range


@dataclass(frozen=True, slots=True)
class Signalled:
    """A signal of a point, and whether it says that values are high (or rise) or low (or fall)."""

    signal: Signal
    is_high: bool


def moving_ranges(values: Sequence[Decimal]) -> list[Fraction]:
    """What each value but the first differs by from the one before, without sign."""
    exact = [Fraction(value) for value in values]
    return [abs(later - earlier) for earlier, later in pairwise(exact)]


def limits(values: Sequence[Decimal]) -> Limits | None:
    """Mean and limits; None of fewer than two points.

    >>> found = limits([Decimal(n) for n in (1, 2, 1, 2)])
    >>> found and (found.mean, decimal(found.upper))
    (Fraction(3, 2), Decimal('4.1600'))
    """
    ranges = moving_ranges(values)
    if not ranges:
        return None
    mean_range = sum(ranges) / Fraction(len(ranges))
    kept = [r for r in ranges if r <= SCREEN * mean_range]
    left_out = frozenset(place for place, r in enumerate(ranges, 1) if r > SCREEN * mean_range)
    return Limits(sum(map(Fraction, values)) / Fraction(len(values)), sum(kept) / Fraction(len(kept)), left_out)


def signals(values: Sequence[Decimal], within: Limits) -> list[list[Signalled]]:
    """The signals of each point, the one that counts first."""
    exact = [Fraction(value) for value in values]
    sides = [(value > within.mean) - (value < within.mean) for value in exact]
    outer = [_side(value, within.mean, 2 * LIMIT * within.mean_range / 3) for value in exact]
    found: list[list[Signalled]] = []
    trends, shifts, pairs = _trends(exact), _runs(sides), _pairs(outer)
    for place, value in enumerate(exact):
        own: list[Signalled] = []
        if outside := _side(value, within.mean, LIMIT * within.mean_range):
            own.append(Signalled("outside", outside > 0))
        for name, of in (("trend", trends), ("two_of_three", pairs), ("shift", shifts)):
            if of[place]:
                own.append(Signalled(name, of[place] > 0))  # type: ignore[arg-type]
        found.append(own)
    return found


def _side(value: Fraction, mean: Fraction, distance: Fraction) -> int:
    """1 where a value is further than a distance above the mean, -1 below it, else 0."""
    return (value > mean + distance) - (value < mean - distance)


def _trends(values: Sequence[Fraction]) -> list[int]:
    """1 for each point of seven or more that each rise above the one before, -1 where they fall."""
    steps = [(later > earlier) - (later < earlier) for earlier, later in pairwise(values)]
    found = [0] * len(values)
    for start in range(len(values) - RUN + 1):
        run = steps[start : start + RUN - 1]
        if run[0] and len(set(run)) == 1:
            found[start : start + RUN] = [run[0]] * RUN
    return found


def _runs(sides: Sequence[int]) -> list[int]:
    """1 for each point of seven or more above the mean one after another, -1 below it; one on the mean ends a run."""
    found = [0] * len(sides)
    for start in range(len(sides) - RUN + 1):
        run = sides[start : start + RUN]
        if run[0] and len(set(run)) == 1:
            found[start : start + RUN] = run
    return found


def _pairs(outer: Sequence[int]) -> list[int]:
    """1 for each point beyond two thirds above the mean of which there is another within three, -1 below it."""
    found = [0] * len(outer)
    for place, side in enumerate(outer):
        near = [*outer[max(place - 2, 0) : place], *outer[place + 1 : place + 3]]
        if side and side in near:
            found[place] = side
    return found


def judged(own: Sequence[Signalled], better: Better | None) -> Judgement | None:
    """What a point's first signal says; None of a point without one."""
    if not own:
        return None
    if better is None:
        return "no_judgement"
    return "improvement" if own[0].is_high == (better == "higher") else "concern"


def is_cumulative(values: Sequence[tuple[int, Decimal]]) -> bool:
    """Whether values, by year, only ever rise within a year and fall at the turn of each, as a count to date does."""
    years: dict[int, list[Decimal]] = {}
    for year, value in values:
        years.setdefault(year, []).append(value)
    series = [years[year] for year in sorted(years)]
    if len(series) < 2 or any(len(own) < 3 for own in series):
        return False
    rises = all(later >= earlier for own in series for earlier, later in pairwise(own))
    resets = all(later[0] < earlier[-1] for earlier, later in pairwise(series))
    return rises and resets


def decimal(value: Fraction) -> Decimal:
    """A fraction to four decimals."""
    with exactly():
        return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(PLACES)
