"""Numbers of lists: one that is missing among the others, and counts that the list does not have."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from qippctl.audit.catalogue import Breach, Held, Told, also, rule
from qippctl.audit.doubted import MISREAD
from qippctl.audit.material import Material
from qippctl.models.finding import Severity
from qippctl.models.paper import TableReading
from qippctl.models.records import Claim, Milestone, Position, Record, Risk

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_NUMBERS = tuple(_WORDS.split(" "))
_COUNT = rf"(?P<count>[0-9]{{1,3}}|{'|'.join(_NUMBERS)})"
# `each of the top 10 contracts`, `the following 6 projects`: the whole of what is listed, not some of it.
_WHOLE = re.compile(
    rf"\b(?:(?:top|following|these|all(?: of)?(?: the| our)?|each of (?:the|our))\s){{1,3}}{_COUNT}\s(?P<noun>[a-z]{{4,20}}s)\b",
    re.IGNORECASE,
)
_BELOW = re.compile(r"\b(?:below|following)\b", re.IGNORECASE)
_NO_ROWS = re.compile(r"(?:month|week|day|year|hour|minute|quarter|time|page|point|stage|step|column)s", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?<![\w.,-]){_COUNT}\s(?:[a-z]{{3,15}}\s){{0,2}}[a-z]{{3,15}}s\s?"
    r"\((?P<letter>[A-Za-z]?)(?P<first>[0-9]{1,2})\s?(?:to|-|–)\s?(?P=letter)(?P<last>[0-9]{1,2})\)",
    re.IGNORECASE,
)
_ALL = re.compile(rf"\ball(?: of)?(?: the| our)?\s{_COUNT}\s(?:programmes|workstreams)\b", re.IGNORECASE)
FEWEST = 4
MOST_MISSING = 2


@rule("QT302", "note")
def missing_number_in_a_sequence(of: Material) -> Iterator[Told]:
    """The numbers of a list jump: one between the first and the last is not there.

    A risk that was left out by mistake looks like one that was closed.

    Ask for the missing one, or for a line that says when it was closed and why.

    A register whose risks are numbered 1, 3, 4, 5 and 6.
    """
    kinds: tuple[tuple[type[Risk] | type[Milestone], Severity, str], ...] = (
        (Risk, "warning", "risks"),
        (Milestone, "note", "milestones"),
    )
    for kind, severity, called in kinds:
        lists: dict[tuple[str | None, str | None], list[Risk | Milestone]] = defaultdict(list)
        for record in of.records(kind):
            lists[(record.table, record.scheme if isinstance(record, Milestone) else None)].append(record)
        for (table, scheme), records in lists.items():
            missing = _missing(records)
            if missing:
                yield _gap(of, records, table, scheme, missing, severity, called)


def _missing(records: Sequence[Risk | Milestone]) -> list[int]:
    """The whole numbers that a list in rising order leaves out; none where it may be cut or goes by another order."""
    printed = [(r.number or "").strip(" .)") for r in records if r.number]
    if len(printed) < FEWEST or any(not p.isascii() or not p.isdigit() for p in printed):
        return []
    if any(record.doubts for record in records):
        return []
    numbers = [int(p) for p in printed]
    if any(b <= a for a, b in pairwise(numbers)):
        return []
    missing = sorted(set(range(numbers[0], numbers[-1])) - set(numbers)) if numbers[-1] < 10 * len(numbers) else []
    return missing if len(missing) <= MOST_MISSING else []


def _gap(
    of: Material,
    records: Sequence[Record],
    table: str | None,
    scheme: str | None,
    missing: Sequence[int],
    severity: Severity,
    called: str,
) -> Breach:
    said = " and ".join(map(str, missing))
    whose = f"{scheme}: the numbers of its" if scheme else "the numbers of the"
    return Breach(
        message=f"{whose} {called} leave out {said}",
        recomputed=str(missing[0]) if len(missing) == 1 else None,
        page=records[0].page,
        table=table,
        row=records[0].row,
        where=of.title(table),
        severity=severity,
        key=f"{table}/{scheme}/{said}",
    )


@rule("QT303", "warning")
def count_stated_not_listed(of: Material) -> Iterator[Told]:
    """A sentence says how many there are, and the list or table that it speaks of has another number.

    Either the list is cut or the sentence is of an earlier edition.

    Ask which items are missing from the list, or correct the count.

    The top 10 contracts are announced, and the table has 7.
    """
    tables = of.paper.tables
    for at, table in enumerate(tables):
        follower = tables[at + 1] if at + 1 < len(tables) else None
        for text in table.above:
            found = [m for m in _WHOLE.finditer(text) if not _NO_ROWS.fullmatch(m["noun"])]
            if _BELOW.search(text) and len(found) == 1:
                yield from _against_rows(of, table, follower, text, found[0])


def _against_rows(
    of: Material, table: TableReading, follower: TableReading | None, text: str, said: re.Match[str]
) -> Iterator[Told]:
    """A count against the rows of the table that it introduces, where that is surely whole."""
    rows = {f.row for f in of.tables.get(table.table, ()) if f.role == "scheme"}
    records = {r.row for r in of.paper.records if r.table == table.table and r.row is not None}
    doubts = {d for f in of.tables.get(table.table, ()) for d in f.doubts}
    listed = len(rows or records)
    if not listed or doubts & MISREAD:
        return
    stated = count_of(said["count"])
    if stated == listed:
        yield Held(True)
        return
    goes_on = follower is not None and follower.kind == table.kind and not follower.above and not follower.title
    if goes_on or table.notes:
        return
    yield Breach(
        message=f"{said[0]} are announced, and the table below has {listed} rows",
        printed=str(stated),
        recomputed=str(listed),
        difference=str(stated - listed),
        page=table.page,
        table=table.table,
        where=table.title,
        text=text,
    )


@also("QT303")
def count_of_numbered(of: Material) -> Iterator[Told]:
    """A count beside the numbers that it is of: seven projects (P6 to P12)."""
    for text, page in _sentences(of):
        for found in _RANGE.finditer(text):
            stated, listed = count_of(found["count"]), int(found["last"]) - int(found["first"]) + 1
            if stated == listed:
                yield Held(True)
            elif listed > 1:
                yield Breach(
                    message=f'"{found[0]}" are {listed}',
                    printed=str(stated),
                    recomputed=str(listed),
                    difference=str(stated - listed),
                    page=page,
                    text=text,
                    key=found[0],
                )


@also("QT303")
def count_of_all(of: Material) -> Iterator[Told]:
    """All so many programmes, against the paper's one dashboard of them."""
    positions = of.records(Position)
    names = dict.fromkeys(position.workstream for position in positions)
    if len(names) < FEWEST or len({p.table for p in positions}) != 1 or any(p.doubts for p in positions):
        return
    where = of.title(positions[0].table)
    seen: set[int] = set()
    for text, page in _sentences(of):
        for found in _ALL.finditer(text):
            stated = count_of(found["count"])
            if stated in seen:
                continue
            seen.add(stated)
            if stated == len(names):
                yield Held(True)
                continue
            yield Breach(
                message=f'"{found[0]}" are spoken of, and {of.called(positions[0])} has {len(names)}',
                printed=str(stated),
                recomputed=str(len(names)),
                difference=str(stated - len(names)),
                page=page,
                where=where,
                text=text,
                key=str(stated),
            )


def _sentences(of: Material) -> Iterator[tuple[str, int]]:
    """Sentences with numbers, and those above tables, each once."""
    found = {claim.text: claim.page for claim in of.records(Claim)}
    for table in of.paper.tables:
        for text in table.above:
            if not any(text in known or known in text for known in found):
                found[text] = table.page
    yield from found.items()


def count_of(text: str) -> int:
    """A whole number in digits or words.

    >>> count_of("seven"), count_of("12")
    (7, 12)
    """
    return int(text) if text.isdigit() else _NUMBERS.index(text.lower()) + 1
