"""Which subject of one period is which of another: people's decisions first, then codes, then names; never by likeness.

Within a period `positions` gathers what papers say of one subject. Across periods names change: schemes are renamed, merged
and parted. What a person has confirmed (`Link`) is followed; a printed code that only one scheme has on each side comes
next, within one year, as codes are given anew each year; then the name within its workstream, then the name alone where
only one subject of each period has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qippctl.calc.position import Position
from qippctl.calc.positions import Stated, StatedRating, normal_code, normal_name
from qippctl.models.decisions import Link, LinkLevel
from qippctl.models.figure import Basis, Role
from qippctl.money import ZERO, exactly

WHOLE = Decimal(100)
Standing = Mapping[tuple[str, str], str]
"""Level and old name, made normal, to the name that stands."""


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
    names = standing(links, reported)
    if not names:
        return list(stated), list(ratings)
    figures, colours = [], []
    for s in stated:
        new = _renamed(s.figure.workstream, s.figure.scheme, s.figure.role, names)
        figures.append(Stated(s.figure.model_copy(update=new), s.meeting, s.is_final, s.proven) if new else s)
    for r in ratings:
        new = _renamed(r.rating.workstream, r.rating.scheme, r.rating.role, names)
        colours.append(StatedRating(r.rating.model_copy(update=new), r.meeting, r.is_final) if new else r)
    return figures, colours


def standing(links: Sequence[Link], reported: str) -> Standing:
    """The names that give way in a period, and to which: chains are followed to their end; a split gives its name to nobody.

    Where links lead round, as when a scheme is renamed and later renamed back, the later one holds.
    """
    direct: dict[tuple[str, str], str] = {}
    whole = [link for link in links if link.share == WHOLE and (link.since is None or link.since <= reported)]
    for link in sorted(whole, key=lambda link: (link.since or "", link.number)):
        name, to = normal_name(link.name), normal_name(link.to)
        if name == to:
            continue
        if _end(direct, link.level, link.to)[1] == name:
            # The name that now stands gave way before: that is over.
            direct.pop((link.level, to))
        direct[(link.level, name)] = link.to
    return {(level, name): _end(direct, level, to)[0] for (level, name), to in direct.items()}


def _end(direct: Standing, level: str, name: str) -> tuple[str, str]:
    """The end of a chain of names, as it is spelt and made normal."""
    while (further := direct.get((level, normal_name(name)))) is not None:
        name = further
    return name, normal_name(name)


def standing_name(names: Standing, level: LinkLevel, name: str | None) -> str | None:
    """What a scheme or workstream is called now: the name that stands, or its own."""
    return names.get((level, normal_name(name)), name) if name else name


def _renamed(workstream: str | None, scheme: str | None, role: Role, names: Standing) -> dict[str, str]:
    """The labels of a row that give way to others. A label beside the schemes, such as a contingency's, is no scheme's name."""
    changed: dict[str, str] = {}
    if workstream and (to := names.get(("workstream", normal_name(workstream)))):
        changed["workstream"] = to
    if scheme and role == "scheme" and (to := names.get(("scheme", normal_name(scheme)))):
        changed["scheme"] = to
    return changed


@dataclass(frozen=True, slots=True)
class _Subject:
    """A position by the names, made normal, that stand in the later period."""

    position: Position
    workstream: str
    name: str

    @classmethod
    def of(cls, position: Position, names: Standing) -> _Subject:
        scheme = position.scheme if position.level in ("scheme", "other") else None
        workstream = normal_name(standing_name(names, "workstream", position.workstream))
        return cls(position, workstream, workstream if position.level == "workstream" else normal_name(scheme))

    @property
    def level(self) -> str:
        """Its level; of what is no scheme the role: a contingency is no unidentified saving."""
        return self.position.role if self.position.level == "other" else self.position.level


def pairs(
    before: Sequence[Position], after: Sequence[Position], links: Sequence[Link], from_period: str, to_period: str
) -> list[Pair]:
    """The subjects of two periods of one organisation side by side: those of the later in its order, then those that are gone."""
    names = standing(links, to_period)
    earlier, later = [_Subject.of(p, names) for p in before], [_Subject.of(p, {}) for p in after]
    homes = _moved(before, later, links, names, (from_period, to_period))
    taken = {id(position) for home in homes.values() for position, _ in home}
    kept: set[int] = set()
    same_year = from_period[:7] == to_period[:7]
    for key in (_by_code if same_year else _by_nothing, _by_full_name, _by_name):
        mine, theirs = _unique(earlier, key), _unique(later, key)
        for k, subject in enumerate(later):
            name = key(subject)
            own = mine.get(name)
            if k in kept or own is None or theirs.get(name) is not subject or id(own.position) in taken:
                continue
            homes[k].append((own.position, WHOLE))
            kept.add(k)
            taken.add(id(own.position))
    order = {id(position): k for k, position in enumerate(before)}
    found = [Pair(tuple(sorted(homes[k], key=lambda item: order[id(item[0])])), p) for k, p in enumerate(after)]
    return found + [Pair(((position, WHOLE),)) for position in before if id(position) not in taken]


def _moved(
    before: Sequence[Position],
    after: Sequence[_Subject],
    links: Sequence[Link],
    names: Standing,
    span: tuple[str, str],
) -> dict[int, list[tuple[Position, Decimal]]]:
    """By the later subject's place, the earlier ones that links made it of between the two periods.

    A name that stands in several workstreams is that of the same workstream, and otherwise nobody's.
    """
    splits: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        if link.share < WHOLE and link.since is not None and span[0] < link.since <= span[1]:
            splits[(link.level, normal_name(link.name))].append(link)
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for k, subject in enumerate(after):
        places[(subject.level, subject.name)].append(k)
    homes: dict[int, list[tuple[Position, Decimal]]] = defaultdict(list)
    for position in before:
        level = position.level
        if level not in ("scheme", "workstream"):
            continue
        own = normal_name(position.scheme if level == "scheme" else position.workstream)
        parts = _became(level, own, names, splits)
        if parts == {own: WHOLE}:
            continue
        workstream = normal_name(standing_name(names, "workstream", position.workstream))
        for name, share in parts.items():
            found = places[(level, name)]
            if len(found) > 1:
                found = [k for k in found if after[k].workstream == workstream]
            if len(found) == 1:
                homes[found[0]].append((position, share))
    return homes


def _became(
    level: str, name: str, names: Standing, splits: Mapping[tuple[str, str], Sequence[Link]]
) -> dict[str, Decimal]:
    """The names that a name has become, each with its percent of it; what no split gives away keeps the name."""
    out: dict[str, Decimal] = {}

    def follow(name: str, share: Decimal, passed: frozenset[str]) -> None:
        name = normal_name(names.get((level, name), name))
        parts = splits.get((level, name), ()) if name not in passed else ()
        left = WHOLE
        for link in parts:
            follow(normal_name(link.to), share * link.share / WHOLE, passed | {name})
            left -= link.share
        if left > 0:
            out[name] = out.get(name, ZERO) + share * left / WHOLE

    with exactly():
        follow(name, WHOLE, frozenset())
    return out


Key = Callable[[_Subject], Hashable]


def _by_nothing(subject: _Subject) -> Hashable:
    return None


def _by_code(subject: _Subject) -> Hashable:
    code = subject.position.code
    return (subject.level, normal_code(code)) if code else None


def _by_full_name(subject: _Subject) -> Hashable:
    return (subject.level, subject.workstream, subject.name) if subject.name else None


def _by_name(subject: _Subject) -> Hashable:
    if subject.level == "total":
        # Totals have no names: the only one of each period is the same. One of cases alone is no other programme's.
        return ("total",) if subject.position.figures else None
    return (subject.level, subject.name) if subject.name else None


def _unique(found: Sequence[_Subject], key: Key) -> dict[Hashable, _Subject]:
    """Subjects by a key that only one of them has."""
    out: dict[Hashable, _Subject] = {}
    several = set()
    for subject in found:
        name = key(subject)
        if name is None:
            continue
        if name in out:
            several.add(name)
        out[name] = subject
    return {name: subject for name, subject in out.items() if name not in several}
