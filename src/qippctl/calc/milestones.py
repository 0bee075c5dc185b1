"""The colour of a scheme's milestones under a rule, from how many slipped and by how long.

What a rule distinguishes are the numbers of milestones that slipped at all, by more than its first limit of days, by more than
the next: each no greater than the one before. Papers seldom print those. They count milestones by colour (red: slipped by more
than the longest limit; amber: by less; green: on time) or give each a status. Both bound the numbers. Where every number within
the bounds has one colour the rating is certain; where the rule gives them none it has a gap there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from qippctl.calc.position import Position
from qippctl.models.answers import Certainty
from qippctl.models.figure import Colour, Figure
from qippctl.models.policy import MilestoneBand, MilestoneRule, worst

COUNTED: tuple[Colour, ...] = ("red", "amber", "green")
PREFIX = "milestones_"
# How late a milestone of a status is, in days: at least, at most.
LATENESS: Mapping[str, tuple[int, int | None]] = {
    "achieved": (0, 0),
    "missed_under_2_weeks": (1, 14),
    "missed_over_2_weeks": (15, None),
}


class Number(NamedTuple):
    """How many: at least, and at most; None = nobody knows."""

    least: int
    most: int | None

    @property
    def words(self) -> str:
        if self.most is None:
            return f"{self.least} or more"
        return str(self.least) if self.least == self.most else f"{self.least} to {self.most}"


# By days: how many milestones slipped by more than so many; 0 = at all.
Slipped = Mapping[int, Number]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rule says of milestones. `known` is what it was judged by, in words; `is_gap`: the rule has no colour for it."""

    derived: Colour | None
    certainty: Certainty
    possible: tuple[Colour, ...]
    known: str
    is_gap: bool = False

    @property
    def note(self) -> str:
        if self.is_gap:
            return f"{self.known}: the rule gives this no colour"
        return f"{self.known}: that leaves the colour open" if self.derived is None else self.known


def limits(rule: MilestoneRule) -> tuple[int, ...]:
    """The days that a rule distinguishes; 0 comes first."""
    days = [d for band in rule.bands for d in (band.days_more_than, band.days_at_most) if d is not None]
    return tuple(sorted({0, *days}))


def goes_by_status(rule: MilestoneRule) -> bool:
    return any(band.status is not None for band in rule.bands)


def cases(rule: MilestoneRule) -> list[Slipped]:
    """Every case that the rule's own limits distinguish, the best first."""
    days = limits(rule)
    bands = [band for band in rule.bands if band.status is None]
    choices: list[list[Number]] = []
    for day in days:
        edges = {0, 1}
        for band in bands:
            if (band.days_more_than or 0) == day:
                edges |= {band.slipped_at_least} | (
                    {band.slipped_at_most + 1} if band.slipped_at_most is not None else set()
                )
        ordered = sorted(edges)
        choices.append([*(Number(low, high - 1) for low, high in pairwise(ordered)), Number(ordered[-1], None)])
    return [dict(zip(days, chosen, strict=True)) for chosen in _falling(choices, None)]


def _falling(choices: Sequence[Sequence[Number]], ceiling: int | None) -> Iterator[tuple[Number, ...]]:
    """Numbers, one of each choice, of which each can be no greater than the one before."""
    if not choices:
        yield ()
        return
    for number in choices[0]:
        most = ceiling if number.most is None else number.most if ceiling is None else min(number.most, ceiling)
        if most is None or most >= number.least:
            for rest in _falling(choices[1:], most):
                yield (number, *rest)


def bands_of(rule: MilestoneRule, case: Slipped) -> list[MilestoneBand]:
    """The bands that fit a case of `cases`; the first gives the colour."""
    return [band for band in rule.bands if band.status is None and _fits(band, case)]


def _fits(band: MilestoneBand, case: Slipped) -> bool:
    number = case[band.days_more_than or 0]
    enough = number.least >= band.slipped_at_least
    few = band.slipped_at_most is None or (number.most is not None and number.most <= band.slipped_at_most)
    return enough and few and (band.days_at_most is None or case[band.days_at_most].most == 0)


def colours(rule: MilestoneRule, slipped: Slipped) -> list[Colour | None]:
    """The colours of every case that is within the bounds, None for a gap, each once."""
    days = limits(rule)
    found: list[Colour | None] = []
    for case in cases(rule):
        both = [_both(case[day], slipped[day]) for day in days]
        if None not in both and any(True for _ in _falling([[n] for n in both if n is not None], None)):
            found.append(next((band.colour for band in bands_of(rule, case)), None))
    return list(dict.fromkeys(found))


def _judged(found: Sequence[Colour | None], said: str) -> Judgement:
    """What colours that are possible come to; `said` is in words what they were judged by."""
    possible = tuple(dict.fromkeys(colour for colour in found if colour is not None))
    if not possible:
        return _gap(said)
    if len(possible) == 1 and None not in found:
        return Judgement(possible[0], "certain", possible, said)
    return Judgement(None, "none", possible, said)


def _gap(said: str) -> Judgement:
    return Judgement(None, "none", (), said, is_gap=True)


def _both(one: Number, other: Number) -> Number | None:
    """The numbers that are in both; None where there is none."""
    least = max(one.least, other.least)
    most = min((n for n in (one.most, other.most) if n is not None), default=None)
    return Number(least, most) if most is None or least <= most else None


def by_counts(rule: MilestoneRule, counts: Mapping[Colour, int]) -> Judgement | None:
    """The colour by the milestones that a paper counts by colour; None where it has none, or the rule goes by their status."""
    days = limits(rule)
    has_none = all(counts.get(colour) == 0 for colour in COUNTED)
    if not counts or has_none or all(band.status is not None for band in rule.bands):
        return None
    longest = days[-1]
    # Beyond the greatest number that the rule names, one more slipped milestone makes no difference.
    most = max(max(band.slipped_at_least, (band.slipped_at_most or 0) + 1) for band in rule.bands) + 1
    reds, ambers = ([n] if (n := counts.get(colour)) is not None else range(most + 1) for colour in ("red", "amber"))
    found = [colour for red in reds for amber in ambers for colour in colours(rule, _slipped(days, red, amber))]
    late = [
        f"{'an unread number' if count is None else count} {how}"
        for count, how in (
            (counts.get("red"), f"by more than {longest} days" if longest else "by long"),
            (counts.get("amber"), f"by up to {longest} days" if longest else "by a little"),
        )
        if count != 0
    ]
    slipped = " and ".join(late).replace(" by", " slipped by", 1) or "none slipped"
    on_time = f", {green} on time" if (green := counts.get("green")) is not None else ""
    return _judged(found, slipped + on_time)


def _slipped(days: Sequence[int], red: int, amber: int) -> Slipped:
    """Red slipped by more than the longest limit; amber by some of the days up to it."""
    between = {day: Number(red, red + amber) for day in days}
    return between | {days[-1]: Number(red, red)} | {0: Number(red + amber, red + amber)}


def by_statuses(rule: MilestoneRule, statuses: Sequence[str | None]) -> Judgement | None:
    """The colour by the status of each milestone: of the worst one. None where none has a status yet."""
    known = [status for status in statuses if status is not None]
    if not known:
        return None
    counted = Counter(known)
    said = ", ".join(f"{counted[status]} {status.replace('_', ' ')}" for status in LATENESS if status in counted)
    said += f"; {waiting} without a status" if (waiting := len(statuses) - len(known)) else ""
    if goes_by_status(rule):
        given = {status: next((b.colour for b in rule.bands if b.status == status), None) for status in counted}
        derived = worst({colour for colour in given.values() if colour is not None})
        if derived is not None and (derived == "red" or None not in given.values()):
            return Judgement(derived, "certain", (derived,), said)
        return _gap(said)
    return by_lateness(rule, [LATENESS[status] for status in known if status in LATENESS], said)


def by_lateness(rule: MilestoneRule, late: Sequence[tuple[int, int | None]], said: str) -> Judgement:
    """The colour by how late each milestone is, in days: at least, and at most where that is known."""
    slipped = {}
    for day in limits(rule):
        surely = sum(1 for least, _ in late if least > day)
        perhaps = sum(1 for _, most in late if most is None or most > day)
        slipped[day] = Number(surely, perhaps)
    return _judged(colours(rule, slipped), said)


def counts_of(position: Position) -> dict[Colour, Figure]:
    """The figures that count a position's milestones of the period by colour."""
    found: dict[Colour, Figure] = {}
    for quantity, figures in position.stated.items():
        if quantity.measure == "count" and quantity.qualifier and position.is_of_period(quantity):
            colour = colour_counted(quantity.qualifier)
            if colour is not None:
                found.setdefault(colour, figures[0])
    return found


def colour_counted(qualifier: str | None) -> Colour | None:
    """The colour whose milestones a figure counts; None where it counts something else."""
    return next((colour for colour in COUNTED if qualifier == PREFIX + colour), None)
