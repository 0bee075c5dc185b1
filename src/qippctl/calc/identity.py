"""Which subject of one period is which of another: people's decisions first, then codes, then names; never by likeness.

Within a period `positions` gathers what papers say of one subject. Across periods names change: schemes are renamed, merged
and parted. What a person has confirmed (`Link`) is followed; a printed code that only one scheme has on each side comes
next; then the name within its workstream, then the name alone where only one scheme has it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qippctl.calc.position import Position
from qippctl.calc.positions import Stated, StatedRating, normal_name
from qippctl.models.decisions import Link
from qippctl.models.figure import Basis, Figure
from qippctl.money import ZERO, exactly

WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Pair:
    """One subject of two periods: what it was (with the percent of each that it is now), and what it is."""

    before: tuple[tuple[Position, Decimal], ...] = ()
    after: Position | None = None

    @property
    def subject(self) -> Position:
        """Whose it is: as the later period names it."""
        return self.after if self.after is not None else self.before[0][0]

    @property
    def earlier(self) -> Position | None:
        """What it was, where it was one whole subject."""
        return self.before[0][0] if len(self.before) == 1 and self.before[0][1] == WHOLE else None

    def amount_before(self, measure: str, basis: Basis) -> Decimal | None:
        """An amount of the earlier period: of several predecessors the sum of their shares, None where one has none."""
        found = [(position.find(measure, basis), share) for position, share in self.before]
        if not found or any(figure is None for figure, _ in found):
            return None
        with exactly():
            return sum((figure.value * share / WHOLE for figure, share in found if figure is not None), ZERO)


def linked(
    stated: Iterable[Stated], ratings: Iterable[StatedRating], links: Sequence[Link], reported: str
) -> tuple[list[Stated], list[StatedRating]]:
    """What is stated, under the names that stand in a period: an old name that a link holds for gives way to the new one."""
    names = _names(links, reported)
    if not names:
        return list(stated), list(ratings)
    of_figure: Callable[[Figure], Figure] = lambda f: f.model_copy(update=_renamed(f.workstream, f.scheme, names))  # noqa: E731
    return (
        [Stated(of_figure(s.figure), s.meeting, s.is_final, s.proven) for s in stated],
        [
            StatedRating(
                r.rating.model_copy(update=_renamed(r.rating.workstream, r.rating.scheme, names)), r.meeting, r.is_final
            )
            for r in ratings
        ],
    )


def _names(links: Sequence[Link], reported: str) -> dict[tuple[str, str], str]:
    """(level, old name) to the name that stands. A split gives its old name to nobody; chains are followed to their end."""
    direct: dict[tuple[str, str], str] = {
        (link.level, normal_name(link.name)): link.to
        for link in links
        if link.share == WHOLE and (link.since is None or link.since <= reported)
    }
    out: dict[tuple[str, str], str] = {}
    for (level, name), to in direct.items():
        seen = {name}
        while (further := direct.get((level, normal_name(to)))) is not None and normal_name(to) not in seen:
            seen.add(normal_name(to))
            to = further
        out[(level, name)] = to
    return out


def _renamed(workstream: str | None, scheme: str | None, names: dict[tuple[str, str], str]) -> dict[str, str | None]:
    changed: dict[str, str | None] = {}
    if workstream and (to := names.get(("workstream", normal_name(workstream)))):
        changed["workstream"] = to
    if scheme and (to := names.get(("scheme", normal_name(scheme)))):
        changed["scheme"] = to
    return changed


def pairs(
    before: Sequence[Position], after: Sequence[Position], links: Sequence[Link], from_period: str, to_period: str
) -> list[Pair]:
    """The subjects of two periods of one organisation side by side: those of the later in its order, then those that are gone."""
    left = list(before)
    homes: dict[int, list[tuple[Position, Decimal]]] = {}
    for k, later in enumerate(after):
        homes[k] = _predecessors(later, before, links, from_period, to_period)
    taken = {id(position) for found in homes.values() for position, _ in found}
    left = [position for position in left if id(position) not in taken]
    for key in (_by_code, _by_full_name, _by_name):
        waiting = [(k, later) for k, later in enumerate(after) if not homes[k]]
        mine, theirs = _unique(left, key), _unique([later for _, later in waiting], key)
        for k, later in waiting:
            name = key(later)
            if name is not None and name in mine and theirs.get(name) is later:
                homes[k] = [(mine[name], WHOLE)]
                left = [position for position in left if position is not mine[name]]
    found = [Pair(tuple(homes[k]), later) for k, later in enumerate(after)]
    return found + [Pair(((position, WHOLE),)) for position in left]


def _predecessors(
    later: Position, before: Sequence[Position], links: Sequence[Link], from_period: str, to_period: str
) -> list[tuple[Position, Decimal]]:
    """What links say that a subject was made of between the two periods."""
    level, own = _level_and_name(later)
    shares = {
        normal_name(link.name): link.share
        for link in links
        if link.level == level
        and link.since is not None
        and from_period < link.since <= to_period
        and normal_name(link.to) == own
    }
    if not shares:
        return []
    found = [(p, shares[name]) for p in before if p.level == later.level and (name := _level_and_name(p)[1]) in shares]
    # What it was already called, beside what was merged into it, is part of it too.
    found += [
        (p, WHOLE) for p in before if p.level == later.level and _level_and_name(p)[1] == own and own not in shares
    ]
    return found


def _level_and_name(position: Position) -> tuple[str, str]:
    name = position.scheme if position.level == "scheme" else position.workstream
    return position.level, normal_name(name)


def _by_code(position: Position) -> Hashable:
    return (position.level, position.code) if position.code else None


def _by_full_name(position: Position) -> Hashable:
    if position.level == "total":
        return None
    return (position.level, position.role, normal_name(position.workstream), normal_name(position.scheme))


def _by_name(position: Position) -> Hashable:
    if position.level == "total":
        # Totals have no names: the only one of each period is the same. One of cases alone is no other programme's.
        return ("total",) if position.figures else None
    if position.level == "workstream":
        return ("workstream", normal_name(position.workstream)) if position.workstream else None
    return (position.level, normal_name(position.scheme)) if position.scheme else None


def _unique(found: Sequence[Position], key: Callable[[Position], Hashable]) -> dict[Hashable, Position]:
    """Subjects by a key that only one of them has."""
    out: dict[Hashable, Position] = {}
    several = set()
    for position in found:
        name = key(position)
        if name is None:
            continue
        if name in out:
            several.add(name)
        out[name] = position
    return {name: position for name, position in out.items() if name not in several}
