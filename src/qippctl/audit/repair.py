"""The smallest sets of printed figures whose change makes what fails in a table hold, and everything else go on holding.

Failing identities that share a figure are repaired together. One changed figure is looked for exactly; where one is not
enough an integer program over the figures and identities of the neighbourhood finds the smallest sets, each of which is
then verified with decimals. Nothing is applied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from functools import reduce

from qippctl.calc.identities import Check
from qippctl.models.figure import Figure
from qippctl.money import Interval, exactly

Changes = Mapping[str, Decimal]
HUNDRED = Decimal(100)
# Beyond these a table is looked through for one wrong figure only, and the repair says that there may be others.
MOST_FIGURES = 600
MOST_CHECKS = 400
MOST_CHANGES = 3
MOST_SETS = 24
MOST_SINGLES = 200
MOST_CLUSTERS = 40


@dataclass(frozen=True, slots=True)
class Mended:
    """Failing identities that share figures, and every smallest set of changes that makes them hold."""

    failing: tuple[Check, ...]
    sets: tuple[Changes, ...] = ()
    complete: bool = True

    @property
    def proven(self) -> Changes | None:
        """The only set there is."""
        return self.sets[0] if len(self.sets) == 1 and self.complete else None


@dataclass
class Table:
    """The identities of one table, by figure."""

    checks: Sequence[Check]
    figures: dict[str, Figure] = field(default_factory=dict)
    by_figure: dict[str, list[Check]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for check in self.checks:
            for figure in dict.fromkeys(member.id for member in check.members):
                self.by_figure[figure].append(check)
            self.figures.update((member.id, member) for member in check.members)

    def touched(self, changes: Iterable[str]) -> list[Check]:
        """The identities that some figures take part in."""
        return list({check.key: check for figure in changes for check in self.by_figure[figure]}.values())


def repairs(checks: Sequence[Check]) -> list[Mended]:
    """Of each group of failing identities of one table the smallest repairs."""
    failing = [check for check in checks if not check.holds]
    if not failing:
        return []
    table = Table(checks)
    with exactly():
        groups = clusters(failing)
        found = [_mended(table, group) for group in groups[:MOST_CLUSTERS]]
        found += [Mended(group, complete=False) for group in groups[MOST_CLUSTERS:]]
        return _by_the_tables_rule(table, found)


def clusters(failing: Sequence[Check]) -> list[tuple[Check, ...]]:
    """Identities in groups that share a figure, in order of print."""
    parent = list(range(len(failing)))

    def first_of(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    seen: dict[str, int] = {}
    for n, check in enumerate(failing):
        for member in check.members:
            other = first_of(seen.setdefault(member.id, n))
            own = first_of(n)
            parent[max(own, other)] = min(own, other)
    groups: dict[int, list[Check]] = defaultdict(list)
    for n, check in enumerate(failing):
        groups[first_of(n)].append(check)
    return [tuple(group) for group in groups.values()]


def _mended(table: Table, failing: tuple[Check, ...]) -> Mended:
    shared = reduce(lambda a, b: a & b, ({m.id for m in check.members} for check in failing))
    ordered = [figure for figure in table.figures if figure in shared]
    singles = [{figure: value} for figure in ordered[:MOST_SINGLES] if (value := _needed(table, figure)) is not None]
    if singles:
        return Mended(failing, tuple(singles), len(ordered) <= MOST_SINGLES)
    near = _neighbourhood(table, failing)
    if near is None:
        return Mended(failing, complete=False)
    from qippctl.audit.programs import smallest_sets

    sets, complete = smallest_sets(near, failing)
    return Mended(failing, tuple(sets), complete)


def _neighbourhood(table: Table, failing: Sequence[Check]) -> Table | None:
    """The identities that changes may reach, other failing ones left out; None where they are too many."""
    own = {check.key: check for check in failing}
    edge = [member.id for check in failing for member in check.members]
    seen = set(edge)
    # As many steps as figures may change together: a change is made good by one of the next identity.
    for _ in range(MOST_CHANGES):
        reached: list[str] = []
        for figure in edge:
            for check in table.by_figure[figure]:
                if check.key in own or not check.holds:
                    continue
                own[check.key] = check
                reached += [m.id for m in check.members if m.id not in seen]
                seen.update(reached)
                if len(own) > MOST_CHECKS or len(seen) > MOST_FIGURES:
                    return None
        edge = reached
    return Table(tuple(own.values()))


def _needed(table: Table, figure: str) -> Decimal | None:
    """The value that makes every identity of a figure hold; None where none does."""
    printed = table.figures[figure]
    allowed: Interval | None = None
    centres: list[Decimal] = []
    for check in table.by_figure[figure]:
        own = allowed_in(check, printed)
        if own is None:
            return None
        allowed = own if allowed is None else Interval(max(allowed.low, own.low), min(allowed.high, own.high))
        if not check.holds:
            centres.append((own.low + own.high) / 2)
    if allowed is None or allowed.low > allowed.high:
        return None
    middle = (allowed.low + allowed.high) / 2
    for guess in (*centres, middle):
        value = in_steps(guess, printed)
        if value != printed.value and holds_all(table, {figure: value}):
            return value
    return None


def in_steps(value: Decimal, like: Figure) -> Decimal:
    """A value as a figure would print it: to its last digit."""
    if not like.step:
        return value
    return (value / like.step).quantize(Decimal(1), rounding=ROUND_HALF_EVEN) * like.step


def allowed_in(check: Check, figure: Figure) -> Interval | None:
    """The values of one figure with which an identity holds; None where none does or nothing can be said."""
    if check.form == "sum":
        weight = weight_of(check, figure.id)
        residual, slack = residual_of(check), check.tolerance
        if not weight:
            return None
        ends = [figure.value - (residual + side) / weight for side in (slack, -slack)]
        return Interval(min(ends), max(ends))
    first, second, target = check.terms[0].interval, check.terms[1].interval, check.target.interval
    half = figure.step / 2
    if figure.id == check.target.id:
        ends = [check.expected.low, check.expected.high]
    elif check.form == "ratio":
        # Of the plan (first) the outcome (second) is so many percent.
        if figure.id == check.terms[1].id:
            ends = [p * d / HUNDRED for p in (first.low, first.high) for d in (target.low, target.high)]
        elif target.low > 0:
            ends = [a * HUNDRED / d for a in (second.low, second.high) for d in (target.low, target.high)]
        else:
            return None
    else:
        other = second if figure.id == check.terms[0].id else first
        if other.low <= 0:
            return None
        ends = [t * HUNDRED / o for t in (target.low, target.high) for o in (other.low, other.high)]
    return Interval(min(ends) - half, max(ends) + half)


def weight_of(check: Check, figure: str) -> int:
    """How much of a figure's change a sum's residual takes on: printed less what its terms give."""
    of_terms = sum(sign for term, sign in zip(check.terms, check.weights, strict=True) if term.id == figure)
    return (1 if check.target.id == figure else 0) - of_terms


def residual_of(check: Check) -> Decimal:
    """Printed less recomputed."""
    return check.target.value - (check.expected.low + check.expected.high) / 2


def holds_all(table: Table, changes: Changes) -> bool:
    """Whether every identity that the changes touch holds with them."""
    return all(check.given(changes).holds for check in table.touched(changes))


def _by_the_tables_rule(table: Table, found: Sequence[Mended]) -> list[Mended]:
    """Of several sets the one that keeps what the whole table keeps: no plan to date is beyond the plan of the year.

    It counts only where figures that are proven to be wrong break it as they are printed.
    """
    pairs = list(_spans(table))
    sure: dict[str, Decimal] = {}
    for mended in found:
        sure.update(mended.proven or {})
    keeping = [pair for pair in pairs if _keeps(pair, {})]
    if len(keeping) < len(pairs) or len(pairs) < 3:
        return list(found)
    broken = [pair for pair in pairs if not _keeps(pair, sure)]
    out = []
    for mended in found:
        ids = {figure for changes in mended.sets for figure in changes}
        own = [pair for pair in broken if pair[1].id in ids]
        kept = [changes for changes in mended.sets if all(_keeps(pair, {**sure, **changes}) for pair in own)]
        out.append(Mended(mended.failing, tuple(kept)) if own and kept and mended.complete else mended)
    return out


def _spans(table: Table) -> Iterator[tuple[Figure, Figure]]:
    """The plan to date and the plan of the year of each row."""
    rows: dict[int, dict[str, Figure]] = defaultdict(dict)
    for figure in table.figures.values():
        if figure.measure == "plan" and figure.quantity.is_whole:
            rows[figure.row].setdefault(figure.basis, figure)
    for row in rows.values():
        if "ytd" in row and "year" in row and (row["year"].period or "")[:7] == (row["ytd"].period or "")[:7]:
            yield row["ytd"], row["year"]


def _keeps(pair: tuple[Figure, Figure], changes: Changes) -> bool:
    to_date, year = pair
    slack = (to_date.step + year.step) / 2
    return changes.get(to_date.id, to_date.value) <= changes.get(year.id, year.value) + slack
