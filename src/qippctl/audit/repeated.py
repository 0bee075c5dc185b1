"""Rows that two tables of one paper have in common, and what they print differently."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from qippctl.audit.agreeing import is_cut
from qippctl.audit.catalogue import Breach, Held, Told, rule
from qippctl.audit.doubted import MISREAD, RAISED_HERE, doubts_of
from qippctl.audit.material import Material
from qippctl.calc.positions import normal_name
from qippctl.models.figure import Doubt, Figure, Quantity, Rating
from qippctl.models.finding import Severity
from qippctl.money import exactly, grouped, interval

# Figures of which nobody knows what, when or in which unit they are cannot contradict another.
_UNPLACED = frozenset(
    {
        Doubt.HEADING_UNCLEAR,
        Doubt.BASIS_UNCLEAR,
        Doubt.PERIOD_UNKNOWN,
        Doubt.PERIOD_CONFLICT,
        Doubt.UNIT_CONFLICT,
        Doubt.UNIT_SLIP,
        Doubt.SIGN_UNPROVEN,
        Doubt.SIGN_AGAINST_COLUMN,
        Doubt.NO_BASE,
    }
)
_LEVELS = {"scheme": "scheme", "workstream": "workstream", "subtotal": "workstream", "total": "total"}
_FILLING = frozenset({"and", "the", "for", "with", "from", "into", "total", "year", "plan", "other", "new", "non"})
THOUSAND = 1000
# So many figures in common make two rows, or two tables, one; and so many times as many as differ.
ENOUGH = 2
ENOUGH_UNNAMED = 3
ENOUGH_OF_TABLE = 4
TIMES = 3
DIGITS = 100
MOST_ROWS_OF_WORD = 40
SHORTEST_WORD = 3


@dataclass(slots=True)
class Row:
    """A printed row: its figures by what they say, those that say one thing twice left out, and its colours."""

    table: str
    row: int
    organisation: str | None
    level: str
    name: str
    group: str
    figures: dict[Quantity, Figure] = field(default_factory=dict)
    ratings: dict[tuple[str, str | None], Rating] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str | None, str, str]:
        return (self.organisation, self.level, self.name)

    @property
    def key_in_group(self) -> tuple[str | None, str, str, str]:
        return (*self.key, self.group)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows of two tables that are one subject. `is_named`: both print the same name; `is_sure`: most figures agree."""

    one: Row
    other: Row
    is_named: bool
    is_sure: bool
    agree: tuple[tuple[Figure, Figure], ...]
    differ: tuple[tuple[Figure, Figure], ...]


@rule("QC601", "error")
def two_values(of: Material) -> Iterator[Told]:
    """Two tables of the paper print one quantity with different values.

    Readers of the summary and readers of the detail take away different numbers, and neither knows of the other.

    Ask which was updated last. The one that its own row and column contradict is the likelier misprint.

    Investments of a year printed 6,425,000 in one statement and, net of 185 that do not recur, 6,240 thousand in another.
    """
    standing = _standing(of)
    for pair in pairs(of):
        for one, other in pair.agree:
            yield Held(one.value == other.value)
        found = [_breach(of, pair, *_faulted_last(one, other, standing)) for one, other in pair.differ]
        # Of a row that was read with doubt one is enough.
        notes = [breach for breach in found if breach.severity == "note"]
        yield from (breach for breach in found if breach.severity != "note" or breach is notes[0])
    yield from _within_templates(of, standing)


def pairs(of: Material) -> list[Pair]:
    """Rows of different tables that are one subject: by name, where they or their tables agree for the most part.

    Names may also be merely alike, where three large figures agree and hardly any differs.
    """
    tables = [_Table(rows) for rows in _rows(of).values()]
    return [
        pair for mine, theirs in combinations(tables, 2) if mine.says & theirs.says for pair in _between(mine, theirs)
    ]


class _Table:
    """The rows of a table, found by name where it has a name once, or once in a group."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.says = {q for row in rows for q in row.figures} | {q for row in rows for q in row.ratings}
        self.named = _unique(rows, lambda row: row.key)
        self.grouped = _unique(rows, lambda row: row.key_in_group)

    def names(self, level: str) -> set[str]:
        return {row.name for row in self.rows if row.level == level}


def _unique(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> dict[Hashable, Row]:
    found: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        if row.name:
            found[key(row)].append(row)
    return {name: own[0] for name, own in found.items() if len(own) == 1}


def _rows(of: Material) -> dict[str, list[Row]]:
    tables: dict[str, dict[int, Row]] = {}
    twice: set[tuple[str, int, Quantity]] = set()
    for figure in of.paper.figures:
        if figure.subject == "indicator" or figure.role not in _LEVELS:
            continue
        row = _row_of(tables, figure)
        if row.figures.setdefault(figure.quantity, figure) is not figure:
            twice.add((figure.table, figure.row, figure.quantity))
    for table, number, quantity in twice:
        del tables[table][number].figures[quantity]
    rated: Counter[tuple[str, int, str, str | None]] = Counter()
    for rating in of.paper.ratings:
        if rating.role in _LEVELS:
            rated[(rating.table, rating.row, rating.dimension, rating.period)] += 1
            _row_of(tables, rating).ratings[(rating.dimension, rating.period)] = rating
    for (table, number, dimension, period), count in rated.items():
        if count > 1:
            del tables[table][number].ratings[(dimension, period)]
    return {table: list(rows.values()) for table, rows in tables.items()}


def _row_of(tables: dict[str, dict[int, Row]], first: Figure | Rating) -> Row:
    rows = tables.setdefault(first.table, {})
    if first.row not in rows:
        level = _LEVELS[first.role]
        name = {"scheme": first.scheme, "workstream": first.workstream}.get(level, "total")
        group = first.workstream if level == "scheme" else None
        rows[first.row] = Row(first.table, first.row, first.organisation, level, normal_name(name), normal_name(group))
    return rows[first.row]


def _between(mine: _Table, theirs: _Table) -> list[Pair]:
    compared = [(one, other, *compare(one, other)) for one, other in _named(mine, theirs)]
    of_rows = [(agree, differ) for one, _, agree, differ in compared if one.level != "total"]
    agreeing, differing = (sum(map(len, column)) for column in zip(*of_rows, strict=True)) if of_rows else (0, 0)
    tables_agree = agreeing >= ENOUGH_OF_TABLE and agreeing >= TIMES * differing
    over_same_rows = all(mine.names(level) == theirs.names(level) for level in _summed(mine, theirs))
    found = []
    for one, other, agree, differ in compared:
        rows_agree = len(agree) >= ENOUGH and len(agree) >= TIMES * len(differ)
        by_table = tables_agree and (one.level != "total" or over_same_rows)
        if rows_agree or (by_table and len(differ) <= max(1, len(agree))):
            found.append(Pair(one, other, True, rows_agree, tuple(agree), tuple(differ)))
    taken = {id(row) for pair in found for row in (pair.one, pair.other)}
    return found + _alike([r for r in mine.rows if id(r) not in taken], [r for r in theirs.rows if id(r) not in taken])


def _summed(mine: _Table, theirs: _Table) -> tuple[str, ...]:
    """The level of rows whose names say whether two totals are over the same: groups, where both tables have them."""
    has_groups = mine.names("workstream") and theirs.names("workstream")
    return ("workstream",) if has_groups else ("workstream", "scheme")


def _named(mine: _Table, theirs: _Table) -> list[tuple[Row, Row]]:
    """Rows of one name."""
    found = [(row, theirs.named[name]) for name, row in mine.named.items() if name in theirs.named]
    done = {id(row) for pair in found for row in pair}
    for name, row in mine.grouped.items():
        other = theirs.grouped.get(name)
        if other is not None and not {id(row), id(other)} & done:
            found.append((row, other))
    return found


def _alike(mine: Sequence[Row], theirs: Sequence[Row]) -> list[Pair]:
    """Rows with a word in common whose large figures agree, but for a few, each with one other only."""
    holders: dict[str, list[Row]] = defaultdict(list)
    for row in theirs:
        for word in _words(row):
            holders[word].append(row)
    found: list[Pair] = []
    for row in mine:
        near = {id(r): r for w in _words(row) if len(holders[w]) <= MOST_ROWS_OF_WORD for r in holders[w]}
        for other in near.values():
            if (other.organisation, other.level) != (row.organisation, row.level):
                continue
            agree, differ = compare(row, other)
            telling = [one for one, _ in agree if abs(one.value) >= DIGITS * one.step]
            if len(telling) >= ENOUGH_UNNAMED and len(telling) >= TIMES * len(differ):
                found.append(Pair(row, other, False, False, tuple(agree), tuple(differ)))
    counted = Counter(id(row) for pair in found for row in (pair.one, pair.other))
    return [pair for pair in found if counted[id(pair.one)] == counted[id(pair.other)] == 1]


def _words(row: Row) -> set[str]:
    return {w for w in row.name.split() if len(w) > SHORTEST_WORD and w.isalpha() and w not in _FILLING}


def compare(one: Row, other: Row) -> tuple[list[tuple[Figure, Figure]], list[tuple[Figure, Figure]]]:
    """The figures that two rows share: those that agree, other than nought, and those that do not."""
    agree: list[tuple[Figure, Figure]] = []
    differ: list[tuple[Figure, Figure]] = []
    for quantity, mine in one.figures.items():
        theirs = other.figures.get(quantity)
        if theirs is None or mine.unit != theirs.unit or _UNPLACED & {*mine.doubts, *theirs.doubts}:
            continue
        if agrees(mine, theirs):
            if mine.value and theirs.value:
                agree.append((mine, theirs))
        elif not _is_of_reading(mine, theirs):
            differ.append((mine, theirs))
    return agree, differ


def agrees(one: Figure, other: Figure) -> bool:
    """Whether two figures may be one value, rounded or cut off. Counts are not rounded."""
    if one.measure == "count" and one.step == other.step == 1:
        return one.value == other.value
    mine, theirs = (interval(f.value, f.step) for f in (one, other))
    return mine.meets(theirs) or is_cut(one, other)


def _is_of_reading(one: Figure, other: Figure) -> bool:
    """Whether two figures differ by their sign only, or by the unit that one of them was taken to be in."""
    with exactly():
        if interval(abs(one.value), one.step).meets(interval(abs(other.value), other.step)):
            return True
        if Doubt.UNIT_UNKNOWN not in (*one.doubts, *other.doubts):
            return False
        small, large = sorted((one, other), key=lambda f: abs(f.value))
        return interval(small.value * THOUSAND, small.step * THOUSAND).meets(large.interval)


def _standing(of: Material) -> Mapping[str, int]:
    """Of each figure the identities that it takes part in and that hold, less those that do not."""
    standing: Counter[str] = Counter()
    for check in of.identities:
        for member in check.members:
            standing[member.id] += 1 if check.holds else -1
    return standing


def _faulted_last(one: Figure, other: Figure, standing: Mapping[str, int]) -> tuple[Figure, Figure]:
    """The two with the one last that was read with doubt, that fewer identities speak for, or that stands later."""
    mine, theirs = ((not MISREAD & set(f.doubts), standing.get(f.id, 0)) for f in (one, other))
    return (other, one) if mine < theirs else (one, other)


def _breach(of: Material, pair: Pair, right: Figure, wrong: Figure) -> Breach:
    doubts = doubts_of(right, wrong, but=RAISED_HERE)
    # A cell whose own sum fails as well may have been read wrong.
    is_certain = pair.is_named and pair.is_sure and not RAISED_HERE & set(wrong.doubts)
    return told(of, right, wrong, doubts, _severity(doubts, is_certain=is_certain))


def _severity(doubts: Sequence[str], *, is_certain: bool) -> Severity:
    if MISREAD & set(doubts):
        return "note"
    return "error" if is_certain and not doubts else "warning"


def told(of: Material, right: Figure, wrong: Figure, doubts: tuple[str, ...], severity: Severity) -> Breach:
    """That two figures of one quantity differ."""
    there, here = of.called_apart(right, wrong)
    name, elsewhere = (f.scheme or f.workstream or of.name(f) for f in (wrong, right))
    as_name = f' as "{elsewhere}"' if normal_name(elsewhere) != normal_name(name) else ""
    compared, other = of.printing.compared(wrong, right), of.printing.printed(right)
    return Breach(
        message=f"{name}: {_what(wrong)} printed {grouped(compared['printed'])} in {here}, {grouped(other)}{as_name} in {there}",
        **compared,
        figures=(right.id, wrong.id),
        **of.place(wrong),
        doubts=doubts,
        severity=severity,
    )


def _what(figure: Figure) -> str:
    return f"{figure.quantity} {figure.period}" if figure.period else str(figure.quantity)


def _within_templates(of: Material, standing: Mapping[str, int]) -> Iterator[Told]:
    """Figures that the rows of one scheme's own table repeat: a total of months and the last of the running sums."""
    for figures in of.tables.values():
        subjects = {(f.organisation, f.role, f.workstream, f.scheme) for f in figures}
        if len(subjects) != 1 or figures[0].role != "scheme" or figures[0].subject == "indicator":
            continue
        stated: dict[Quantity, list[Figure]] = defaultdict(list)
        for figure in figures:
            stated[figure.quantity].append(figure)
        repeated = [own for own in stated.values() if len(own) == 2 and own[0].row != own[1].row]
        if any(len(own) > 2 for own in stated.values()):
            continue
        split = [(a, b) for a, b in repeated if not agrees(a, b)]
        agree = [(a, b) for a, b in repeated if agrees(a, b) and a.value and b.value]
        if len(agree) < ENOUGH or len(agree) < TIMES * len(split):
            continue
        for one, other in agree:
            yield Held(one.value == other.value)
        for one, other in split:
            doubts = doubts_of(one, other, but=RAISED_HERE)
            severity: Severity = "note" if MISREAD & set(doubts) else "warning"
            yield told(of, *_faulted_last(one, other, standing), doubts, severity)
