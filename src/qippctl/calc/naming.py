"""The names that an organisation's papers give to schemes and workstreams, and what they state under each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from qippctl.calc.identity import Standing, standing_name
from qippctl.calc.positions import normal_code, normal_name
from qippctl.models.decisions import LinkLevel
from qippctl.models.figure import Figure, Quantity, Rating
from qippctl.models.records import Alignment, Entry, Indicator, Milestone, Position, Project, Record, Status
from qippctl.money import Interval

# Tables whose lists of words are names of programmes.
PROGRAMME_LISTS = frozenset({"rolling-rag"})
_OF_NAMES = frozenset({"savings", "investment", "indicator"})
MOST_NEAR = 5
NEAREST = 60

Place = tuple[str, str, int]
"""Paper's hash, table, row."""
Amount = tuple[str, Quantity]
"""Of a workstream the scheme in it that an amount is of; what is stated."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as its names need it: which period it reports, and of which kind it is."""

    period: str | None = None
    kind: str = ""


Tables = Mapping[tuple[str, str], Table]


@dataclass(slots=True)
class Name:
    """One name, however it is spelt. `rows` are its own; `tables` those that it stands in, be it as a heading."""

    level: LinkLevel
    key: str
    spellings: Counter[str] = field(default_factory=Counter)
    rows: set[Place] = field(default_factory=set)
    tables: set[tuple[str, str]] = field(default_factory=set)
    periods: set[str] = field(default_factory=set)
    workstreams: set[str] = field(default_factory=set)
    figures: int = 0
    amounts: dict[Amount, list[Interval]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """As it is spelt most often; of spellings as frequent the first by letter."""
        return min(self.spellings, key=lambda text: (-self.spellings[text], text))

    @property
    def newest(self) -> str:
        return max(self.periods, default="")


Names = dict[tuple[LinkLevel, str], Name]


@dataclass(frozen=True, slots=True)
class Stands:
    """How much money two names have in common: quantities that both state, alike (none of them nought) or not."""

    alike: int = 0
    unlike: int = 0


def names_of(
    figures: Iterable[Figure],
    ratings: Iterable[Rating],
    records: Iterable[Record],
    tables: Tables,
    renamed: Standing | None = None,
) -> Names:
    """Every name that one organisation's figures, ratings and records use. `renamed` names go by what stands for them."""
    found: Names = {}
    given = renamed or {}

    def name(level: LinkLevel, text: str | None, at: tuple[str, str] | None) -> Name | None:
        called = standing_name(given, level, text)
        key = normal_name(called)
        if not called or not key:
            return None
        own = found.setdefault((level, key), Name(level, key))
        own.spellings[called] += 1
        if at is not None:
            own.tables.add(at)
            if (period := tables.get(at, Table()).period) is not None:
                own.periods.add(period)
        return own

    for f in figures:
        if f.subject not in _OF_NAMES:
            continue
        at, place = (f.sha256, f.table), (f.sha256, f.table, f.row)
        scheme = name("scheme", f.scheme, at) if f.role == "scheme" and f.subject != "indicator" else None
        if scheme is not None:
            _state(scheme, f, "")
            scheme.rows.add(place)
            scheme.workstreams.update(filter(None, (f.workstream,)))
        workstream = name("workstream", f.workstream, at)
        if workstream is not None:
            _state(workstream, f, scheme.key if scheme else f.scheme or "")
            if f.role in ("workstream", "subtotal"):
                workstream.rows.add(place)
    for r in ratings:
        at, place = (r.sha256, r.table), (r.sha256, r.table, r.row)
        if r.role == "scheme" and (scheme := name("scheme", r.scheme, at)) is not None:
            scheme.rows.add(place)
            scheme.workstreams.update(filter(None, (r.workstream,)))
        if (workstream := name("workstream", r.workstream, at)) is not None and r.role in ("workstream", "subtotal"):
            workstream.rows.add(place)
    for record in records:
        where = (record.sha256, record.table) if record.table else None
        for level, text in _names_in(record, tables):
            own = name(level, text, where)
            is_its_row = level == "scheme" or isinstance(record, Position | Entry)
            if own is not None and where is not None and record.row is not None and is_its_row:
                own.rows.add((*where, record.row))
    return found


def _names_in(record: Record, tables: Tables) -> Iterator[tuple[LinkLevel, str | None]]:
    """The names that a record uses."""
    if isinstance(record, Status | Milestone):
        yield "scheme", record.scheme
    if isinstance(record, Status | Indicator | Position):
        yield "workstream", record.workstream
    if isinstance(record, Project):
        yield "scheme", record.scheme
        yield "workstream", record.group
    if isinstance(record, Alignment):
        yield "scheme", record.project
        yield "workstream", record.group
    if isinstance(record, Entry) and tables.get((record.sha256, record.table or ""), Table()).kind in PROGRAMME_LISTS:
        yield "workstream", record.label


def label_of(row: Figure | Rating, level: LinkLevel) -> str:
    """A figure's or rating's label of a level, made normal; nothing where it has none."""
    return normal_name(row.workstream if level == "workstream" else row.scheme if row.role == "scheme" else None)


def labels_in(record: Record, tables: Tables) -> set[tuple[LinkLevel, str]]:
    """The names that a record uses, made normal."""
    return {(level, normal_name(text)) for level, text in _names_in(record, tables) if text}


def _state(name: Name, figure: Figure, inner: str) -> None:
    name.figures += 1
    if figure.unit == "GBP" and figure.period is not None:
        name.amounts.setdefault((inner, figure.quantity), []).append(figure.interval)


def in_common(one: Name, other: Name) -> Stands:
    """How much money two names state alike, and unlike, of the same quantity and period."""
    small, large = sorted((one.amounts, other.amounts), key=len)
    alike = unlike = 0
    for amount, mine in small.items():
        theirs = large.get(amount)
        if theirs is None:
            continue
        meeting = [(m, t) for m in mine for t in theirs if m.meets(t)]
        if not meeting:
            unlike += 1
        elif any(m.low > 0 or m.high < 0 for m, _ in meeting):
            alike += 1
    return Stands(alike, unlike)


def look_up(names: Names, level: LinkLevel, asked: str) -> list[Name]:
    """The names of a level that are meant: as spelt or made normal, else those with that part."""
    key = normal_name(asked)
    if not key:
        return []
    own = names.get((level, key))
    return [own] if own is not None else [n for (l, k), n in names.items() if l == level and key in k]  # noqa: E741


def is_whole(name: Name, asked: str) -> bool:
    """Whether a name was asked for by the whole of it."""
    return name.key == normal_name(asked)


def near(names: Names, asked: str) -> list[str]:
    """Names of either level that are like what was asked for, the likest first."""
    from rapidfuzz import fuzz, process

    keys = sorted({key for _, key in names})
    found = process.extract(normal_name(asked), keys, scorer=fuzz.WRatio, limit=MOST_NEAR, score_cutoff=NEAREST)
    return list(dict.fromkeys(names[at].text for key, _, _ in found for at in sorted(names) if at[1] == key))


@dataclass(frozen=True, slots=True)
class Coded:
    """A code that a paper of a year prints beside a scheme's name."""

    year: str
    code: str
    printed: str
    paper: str
    name: str


def codes_of(records: Iterable[Record], tables: Tables, years: Mapping[str, str]) -> list[Coded]:
    """The codes of schemes, each with its year: its table's, else that which `years` gives for its paper."""
    out = []
    for record in records:
        if isinstance(record, Status) and record.code and record.scheme:
            period = tables.get((record.sha256, record.table or ""), Table()).period or years.get(record.sha256)
            out.append(Coded((period or "")[:7], normal_code(record.code), record.code, record.sha256, record.scheme))
    return out


def by_code(coded: Iterable[Coded], code: str) -> set[str]:
    """The names, made normal, that stand beside a code anywhere."""
    wanted = normal_code(code)
    return {normal_name(c.name) for c in coded if c.code == wanted}


def codes_by_year(coded: Iterable[Coded]) -> dict[tuple[str, str], list[Coded]]:
    """Year and code to every statement of it."""
    out: dict[tuple[str, str], list[Coded]] = defaultdict(list)
    for c in coded:
        out[(c.year, c.code)].append(c)
    return out
