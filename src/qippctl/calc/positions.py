"""Schemes, workstreams and totals as the papers together state them: one position each, every figure with its sources.

The same quantity is stated in several tables and papers. Rows are one subject when their names agree and, within one
paper, the figures that they share agree within their precision. The later meeting outranks the earlier, a final paper a
draft, a figure that an analyst put right one that nobody did, a figure without a doubt one in doubt, and a table with more
proven identities one with fewer; the others are kept as sources.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from qippctl.calc.corrections import as_read
from qippctl.calc.position import Level, Position
from qippctl.models.figure import Doubt, Figure, Rating, Role

SHORTEST_CUT_NAME = 12
_LEVELS: dict[Role, Level] = {
    "scheme": "scheme",
    "workstream": "workstream",
    "subtotal": "workstream",
    "total": "total",
    "adjustment": "other",
    "unidentified": "other",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure and what decides whether it outranks another statement of the same quantity."""

    figure: Figure
    meeting: str = ""
    is_final: bool = True
    proven: int = 0

    @property
    def rank(self) -> tuple[str, bool, int]:
        return (self.meeting, self.is_final, self.proven)


@dataclass(frozen=True, slots=True)
class StatedRating:
    """A printed colour and what decides whether it outranks another."""

    rating: Rating
    meeting: str = ""
    is_final: bool = True


@dataclass(slots=True)
class _Row:
    """A printed row: the figures and ratings at one address."""

    key: tuple[str, str, int]
    rank: tuple[str, bool, int]
    code: str | None = None
    has_own_code: bool = True
    figures: list[Figure] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)

    @property
    def first(self) -> Figure | Rating:
        return self.figures[0] if self.figures else self.ratings[0]

    @property
    def level(self) -> Level:
        return _LEVELS[self.first.role]

    @property
    def name(self) -> str:
        first = self.first
        return (
            first.scheme or ""
            if self.level == "scheme"
            else first.workstream or ""
            if self.level == "workstream"
            else first.role
            if self.level == "other"
            else ""
        )


@lru_cache(maxsize=65_536)
def normal_name(name: str | None) -> str:
    """A name for comparison: case, punctuation, `&` and spacing aside.

    >>> normal_name("Older Persons’ Unit") == normal_name("older persons' unit")
    True
    """
    return " ".join(
        re.sub(
            r"[^a-z0-9]+", " ", (name or "").casefold().replace("’", "'").replace("'", "").replace("&", " and ")
        ).split()
    )


def normal_code(code: str) -> str:
    """A scheme's whole printed code for comparison: case and spacing aside.

    >>> normal_code("PC1b (i)") == normal_code("pc1b(I)"), normal_code("PC1b (i)") == normal_code("PC1b (ii)")
    (True, False)
    """
    return "".join(code.casefold().split())


Codes = Mapping[tuple[str, str, int], str]


def positions(
    stated: Iterable[Stated], ratings: Iterable[StatedRating], reported: str, codes: Codes | None = None
) -> list[Position]:
    """The subjects of figures that report one organisation's one period, in the order in which the best table prints them.

    `reported` is that period. Of a position count the figures of that month (to date, or alone) and of its year: a plan
    of next year beside this year's is not the plan that this year is held against. `codes` gives the scheme's printed code
    of rows (paper's hash, table, row) that have one: rows of one code are one scheme, whatever each paper calls it. A code that
    a paper prints beside several names is that of a group of schemes, and says so only beside equal figures.
    """
    clusters = _Clusters()
    tables = _by_table(stated, ratings, codes or {})
    for table in tables:
        codes_there, names_there = Counter(row.code for row in table), Counter(normal_name(row.name) for row in table)
        for row in table:
            clusters.place(row, codes_there, names_there)
    found = [_position(cluster, reported) for cluster in clusters.all]
    _name_groups(found, clusters.all, tables)
    return found


def _name_groups(found: Sequence[Position], clusters: Sequence[list[_Row]], tables: Sequence[list[_Row]]) -> None:
    """Schemes whose group's name was lost or cut take the name that their subtotal was recognised by elsewhere."""
    of_row = {id(row): position for position, cluster in zip(found, clusters, strict=True) for row in cluster}
    for table in tables:
        waiting: list[Position] = []
        for row in sorted(table, key=lambda row: row.key[2]):
            position = of_row[id(row)]
            if row.level == "scheme":
                waiting.append(position)
            elif row.first.role == "subtotal":
                for scheme in waiting:
                    if scheme.workstream is None or normal_name(scheme.workstream) == normal_name(row.name):
                        scheme.workstream = position.workstream
                waiting = []


def _by_table(stated: Iterable[Stated], ratings: Iterable[StatedRating], codes: Codes) -> list[list[_Row]]:
    """Printed rows by table, best table first."""
    rows: dict[tuple[str, str, int], _Row] = {}
    for item in stated:
        f = item.figure
        key = (f.sha256, f.table, f.row)
        rows.setdefault(key, _Row(key, item.rank, codes.get(key))).figures.append(f)
    for rated in ratings:
        r = rated.rating
        key = (r.sha256, r.table, r.row)
        rows.setdefault(key, _Row(key, (rated.meeting, rated.is_final, 0), codes.get(key))).ratings.append(r)
    tables: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows.values():
        tables[row.key[:2]].append(row)
    merged = [_one_scheme(table) for table in tables.values()]
    _mark_shared_codes([row for table in merged for row in table])
    return sorted(merged, key=lambda table: max(row.rank for row in table), reverse=True)


def _mark_shared_codes(rows: Sequence[_Row]) -> None:
    """Mark the rows whose code their paper prints beside other names too."""
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        if row.code:
            names[(row.key[0], normal_code(row.code))].add(normal_name(row.name))
    for row in rows:
        if row.code:
            row.has_own_code = len(names[(row.key[0], normal_code(row.code))]) == 1


def _one_scheme(table: list[_Row]) -> list[_Row]:
    """A template's rows are all one scheme's: rows of one table that share the scheme, and whose figures agree, are one row."""
    by_name: dict[tuple[str | None, str | None], _Row] = {}
    out: list[_Row] = []
    for row in table:
        first = row.first
        key = (first.workstream, first.scheme)
        same = by_name.get(key) if row.level == "scheme" else None
        if same is not None and not _clash(row, same):
            same.figures += row.figures
            same.ratings += row.ratings
        else:
            by_name.setdefault(key, row)
            out.append(row)
    return out


class _Clusters:
    """Rows gathered by subject, found again by level and name."""

    def __init__(self) -> None:
        self.all: list[list[_Row]] = []
        self._named: dict[tuple[Level, str], list[list[_Row]]] = defaultdict(list)
        self._coded: dict[str, list[list[_Row]]] = defaultdict(list)
        self._listed: dict[tuple[str, str], frozenset[str]] = {}

    def place(self, row: _Row, codes: Counter[str | None], names: Counter[str]) -> None:
        """Give a row its place; `codes` and `names` count those of its table."""
        if row.level == "total":
            self._listed.setdefault(row.key[:2], frozenset(name for name in names if name))
        home = self._home(row, codes, names)
        if home is None:
            home = []
            self.all.append(home)
            self._named[(row.level, normal_name(row.name))].append(home)
        if row.code and row.level == "scheme" and not any(other.code for other in home):
            self._coded[normal_code(row.code)].append(home)
        home.append(row)

    def _home(self, row: _Row, codes: Counter[str | None], names: Counter[str]) -> list[_Row] | None:
        """The subject that a row is of: same level and name, no other row of its own table there, figures that agree."""
        if row.code and row.level == "scheme" and codes[row.code] == 1:
            coded = self._coded[normal_code(row.code)]
            plain = row.has_own_code and len(coded) == 1 and all(other.has_own_code for other in coded[0])
            if len(coded) == 1 and _may_join(row, coded[0]) and (plain or _shares(row, coded[0])):
                return coded[0]
        name = normal_name(row.name)
        found = (
            [cluster for cluster in self._named[(row.level, name)] if _may_join(row, cluster)]
            if name or row.level != "workstream"
            else []
        )
        if row.level == "workstream":
            return found[0] if found else self._by_figures(row)
        if row.level == "total":
            found = [cluster for cluster in found if self._is_same_total(row, cluster)]
        if row.level != "scheme":
            return found[0] if found else None
        workstream = normal_name(row.first.workstream)
        same = [cluster for cluster in found if normal_name(cluster[0].first.workstream) == workstream]
        if same:
            return same[0]
        # A name like `Other` stands in many workstreams: elsewhere than in its own it is evidence only beside equal figures.
        alone = names[name] == 1
        either_unnamed = not workstream or (len(found) == 1 and not normal_name(found[0][0].first.workstream))
        return found[0] if len(found) == 1 and alone and (either_unnamed or _shares(row, found[0])) else None

    def _is_same_total(self, row: _Row, cluster: Sequence[_Row]) -> bool:
        """Totals have no names: of two tables they are one only with a figure in common, or over the same rows."""
        mine = self._listed[row.key[:2]]
        same_rows = any(
            other.key[0] == row.key[0] and mine and self._listed[other.key[:2]] == mine for other in cluster
        )
        return same_rows or _shares(row, cluster)

    def _by_figures(self, row: _Row) -> list[_Row] | None:
        """A workstream whose name was lost or cut off is the only one of its paper that has the same figures."""
        found = [
            cluster
            for cluster in self.all
            if cluster[0].level == "workstream"
            and cluster[0].key[0] == row.key[0]
            and _may_be_named(row, cluster[0])
            and _may_join(row, cluster)
            and _shares(row, cluster)
        ]
        return found[0] if len(found) == 1 else None


def _may_be_named(row: _Row, other: _Row) -> bool:
    """Whether two names can be one: either was lost, or one is the other cut off."""
    short, long = sorted((normal_name(row.name), normal_name(other.name)), key=len)
    return not short or (len(short) >= SHORTEST_CUT_NAME and long.startswith(short))


def _may_join(row: _Row, cluster: Sequence[_Row]) -> bool:
    if row.level == "total" and all(other.key[0] != row.key[0] for other in cluster) and not _shares(row, cluster):
        # Totals have no names: another paper's is the same one only if it has a figure in common with it.
        return False
    return all(
        other.key[:2] != row.key[:2] and (other.key[0] != row.key[0] or (_agree(row, other) and _same_code(row, other)))
        for other in cluster
    )


def _same_code(row: _Row, other: _Row) -> bool:
    """Whether two rows of one paper may be one scheme by their codes: two whole codes are two schemes."""
    return not (row.code and other.code) or normal_code(row.code) == normal_code(other.code)


def _agree(row: _Row, other: _Row) -> bool:
    """Whether the figures that two rows share agree within their precision; figures in doubt are not asked."""
    mine = {f.quantity: f for f in row.figures if not _misplaced(f)}
    return all((m := mine.get(f.quantity)) is None or _misplaced(f) or _meet(m, f) for f in other.figures)


def _clash(row: _Row, other: _Row) -> bool:
    """Whether two rows print one quantity differently, doubts or not."""
    mine = {f.quantity: f for f in row.figures}
    return any((m := mine.get(f.quantity)) is not None and not _meet(m, f) for f in other.figures)


def _meet(one: Figure, other: Figure) -> bool:
    """Whether two figures agree, as they were put right or as they were read: a correction parts no subject in two."""
    if one.interval.meets(other.interval):
        return True
    if one.corrected is None and other.corrected is None:
        return False
    return as_read(one).interval.meets(as_read(other).interval)


def _misplaced(figure: Figure) -> bool:
    """Whether a figure may stand at the wrong place; a lost heading or a name that stands twice does not say so."""
    return bool(set(figure.doubts) - {Doubt.WORKSTREAM_UNKNOWN, Doubt.DUPLICATE_ROW})


def _shares(row: _Row, cluster: Sequence[_Row]) -> bool:
    """Whether two subjects have a figure other than nought in common."""
    mine = {f.quantity: f for f in row.figures if f.value}
    return any((m := mine.get(f.quantity)) is not None and _meet(m, f) for other in cluster for f in other.figures)


def _position(cluster: list[_Row], reported: str) -> Position:
    """Named by the row with most figures; each quantity's best statement first."""
    namer = max(cluster, key=lambda row: (bool(row.name), len(row.figures))).first
    roles = {row.first.role for row in cluster}
    role: Role = "workstream" if "workstream" in roles else namer.role
    workstream = max(
        (r.first.workstream or "" for r in cluster if _is_cut_of(namer.workstream, r.first.workstream)),
        key=len,
        default=namer.workstream,
    )
    position = Position(namer.organisation, workstream, namer.scheme, role, cluster[0].level, reported)
    position.code = next((row.code for row in cluster if row.code), None)
    stated = [(row.rank, figure) for row in cluster for figure in row.figures]
    for _, figure in sorted(stated, key=lambda item: _standing(*item), reverse=True):
        quantity = figure.quantity
        position.stated.setdefault(quantity, []).append(figure)
        if quantity.is_whole and position.is_of_period(quantity):
            position.figures.setdefault((figure.measure, figure.basis), []).append(figure)
    _take_realistic(position)
    _take_sums_of_parts(position)
    for row in sorted(cluster, key=lambda row: row.rank, reverse=True):
        for rating in row.ratings:
            position.ratings.setdefault(rating.dimension, []).append(rating)
    return position


def _take_realistic(position: Position) -> None:
    """A plan that is printed in cases only is the realistic one: it is the one that is budgeted."""
    for quantity, figures in position.stated.items():
        name = (quantity.measure, quantity.basis)
        is_budget = (
            quantity.case == "realistic" and quantity.measure == "plan" and quantity._replace(case=None).is_whole
        )
        if is_budget and name not in position.figures and position.is_of_period(quantity):
            position.figures[name] = list(figures)


def _take_sums_of_parts(position: Position) -> None:
    """Where a row prints a recurrent and a non-recurrent part and no whole, the whole is their sum."""
    for quantity, figures in list(position.stated.items()):
        whole = quantity._replace(recurrence="all")
        name = (quantity.measure, quantity.basis)
        if (
            quantity.recurrence != "recurrent"
            or quantity.measure not in ("plan", "actual", "forecast")
            or quantity.basis not in ("month", "ytd", "year")
            or not whole.is_whole
            or name in position.figures
            or not position.is_of_period(quantity)
        ):
            continue
        other = next(
            (
                f
                for f in position.stated.get(quantity._replace(recurrence="non_recurrent"), ())
                if (f.sha256, f.table, f.row) == (figures[0].sha256, figures[0].table, figures[0].row)
            ),
            None,
        )
        if other is not None:
            position.figures[name] = [_sum(figures[0], other), other]


def _sum(first: Figure, second: Figure) -> Figure:
    """Two parts as one amount, as finely as both together say it, with the doubts of both."""
    slack = [part.interval.high - part.interval.low for part in (first, second)]
    return first.model_copy(
        update={
            "recurrence": "all",
            "value": first.value + second.value,
            "step": slack[0] + slack[1],
            "raw": f"{first.raw} + {second.raw}",
            "doubts": tuple(dict.fromkeys((*first.doubts, *second.doubts))),
        }
    )


def _standing(rank: tuple[str, bool, int], figure: Figure) -> tuple[str, bool, bool, bool, bool, int]:
    """What decides which statement of a quantity counts; of two plans of one paper the one that is called current."""
    meeting, is_final, proven = rank
    return (meeting, is_final, figure.version == "current", figure.corrected is not None, not figure.doubts, proven)


def _is_cut_of(name: str | None, other: str | None) -> bool:
    return bool(name) and normal_name(other).startswith(normal_name(name))
