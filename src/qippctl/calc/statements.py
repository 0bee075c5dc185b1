"""Tables of budgets and accounts, line by line: headings, lines, what closes a group, and cells that were not read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qippctl.calc.identities import Check, column_checks
from qippctl.models.figure import Figure
from qippctl.models.layout import LineKind

_WORD = re.compile(r"[a-z0-9]+")
_ENUMERATOR = re.compile(r"^\W*(?:[0-9]{1,2}|[ivx]{1,4}|[a-h])\W+(?=\w{3})", re.IGNORECASE)
_BARE = re.compile(r"\W*(?:(?:grand|overall|net)\s+)?totals?\W*")
_SUBTOTAL = re.compile(r"\W*sub\W?totals?\b")
# Lines that are a difference, whatever the lines above them add up to.
_NET: tuple[LineKind, ...] = ("surplus", "net_current", "less_current", "employed")
FAR = 10
MOST_OF = 4
KindOf = Callable[[str], LineKind | None]


@dataclass(frozen=True, slots=True)
class Line:
    """A printed row, by column. `unread` are its cells that print something and gave no figure."""

    row: int
    label: str
    group: str | None
    kind: LineKind | None
    figures: Mapping[int, Figure]
    unread: Mapping[int, str] = field(default_factory=dict)
    closes: tuple[Line, ...] = ()
    """The lines that it adds up, where it is a total of some."""

    @property
    def first(self) -> Figure:
        return next(iter(self.figures.values()))

    @property
    def is_total(self) -> bool:
        return not {"total", "totals", "subtotal", "subtotals"}.isdisjoint(_WORD.findall(self.label.lower()))


@dataclass(frozen=True, slots=True)
class Statement:
    """A table of budgets or accounts."""

    title: str | None
    paper_number: int
    lines: tuple[Line, ...]
    columns: Mapping[int, Figure]
    """Each column by its first figure, which says of when and what it is."""
    headings: Mapping[int, str]
    about: str = ""
    """All that is printed over its first line."""
    equity_groups: frozenset[str] = frozenset()
    """Its headings that are of the equity."""

    def of(self, kind: LineKind) -> Line | None:
        """The first line of a kind that has figures."""
        return next((line for line in self.lines if line.kind == kind and line.figures), None)

    @property
    def is_of_rates(self) -> bool:
        return all(figure.unit == "percent" for line in self.lines for figure in line.figures.values())


def statement(
    figures: Sequence[Figure], texts: Sequence[Sequence[str]], title: str | None, number: int, kind_of: KindOf
) -> Statement:
    """The lines of one table from its figures and, where the ledger has them, its rows as they stand."""
    rows: dict[int, dict[int, Figure]] = {}
    for figure in sorted(figures, key=lambda f: (f.row, f.column)):
        rows.setdefault(figure.row, {})[figure.column] = figure
    columns = {f.column: f for f in sorted(figures, key=lambda f: (f.column, f.row), reverse=True)}
    begin, edge = min(rows), min(columns)
    lines: list[Line] = []
    group = _heading_above(texts[:begin], edge)
    for row in range(begin, max(max(rows) + 1, len(texts))):
        printed = texts[row] if row < len(texts) else ()
        label = _label(printed, edge) or (_named(rows[row]) if row in rows else "")
        if row not in rows and not any(text.strip() for text in printed[edge:]):
            group = label or group
            continue
        if not label:
            continue
        own = rows.get(row, {})
        unread = {c: printed[c].strip() for c in columns if c not in own and c < len(printed) and printed[c].strip()}
        lines.append(Line(row, label, group, kind_of(label), own, unread))
    over = [" ".join(row) for row in texts[:begin]]
    equity = frozenset(line.group for line in lines if line.group is not None and kind_of(line.group) == "equity")
    headings = {c: " ".join(row[c].strip() for row in texts[:begin] if c < len(row)).strip() for c in columns}
    return Statement(
        title, number, tuple(_closed(lines)), dict(sorted(columns.items())), headings, " ".join(over), equity
    )


def _label(printed: Sequence[str], edge: int) -> str:
    return next((" ".join(text.split()) for text in printed[:edge] if any(c.isalpha() for c in text)), "")


def _named(own: Mapping[int, Figure]) -> str:
    first = next(iter(own.values()))
    return first.scheme or first.workstream or ("Total" if first.role == "total" else "")


def _heading_above(texts: Sequence[Sequence[str]], edge: int) -> str | None:
    """The heading of the first group: the last row above the first line, where it has a name and nothing else."""
    last = texts[-1] if texts else ()
    return (_label(last, edge) or None) if not any(text.strip() for text in last[edge:]) else None


def _closed(lines: Sequence[Line]) -> list[Line]:
    """Lines, those that add others up with what they add.

    A line that says total closes the group whose heading it repeats, or, alone (`Total`), the group that it stands in, else
    the table. Any other line closes those above it where it is their sum in every column.
    """
    out: list[Line] = []
    block: list[Line] = []
    closers: list[Line] = []
    last = max((k for k, line in enumerate(lines) if line.figures), default=-1)
    for k, line in enumerate(lines):
        if block and line.group != block[-1].group:
            closers += block
            block = []
        is_bare = _BARE.fullmatch(line.label.lower()) is not None
        names_group = line.group is not None and (is_bare or _repeats(line.label, line.group))
        closes_block = line.is_total and (
            names_group or line.kind in ("source", "application") or _SUBTOTAL.match(line.label.lower()) is not None
        )
        whole = (*closers, *block)
        if is_bare and len(whole) > len(block) and not _adds_up(line, block) and _adds_up(line, whole):
            # A line whose only cell is blank looks like a heading.
            line = replace(line, closes=whole)
            closers, block = [line], []
        elif block and (closes_block or (line.kind not in _NET and _adds_up(line, block))):
            line = replace(line, closes=tuple(block))
            closers, block = [*closers, line], []
        elif line.is_total and (is_bare or k == last) and line.kind is None:
            line = replace(line, closes=whole)
            closers, block = [line], []
        else:
            block.append(line)
        out.append(line)
    return out


def _repeats(label: str, heading: str) -> bool:
    """Whether a total names its group: `TOTAL SOURCE OF FUNDS` under `(i) Source of funds`."""
    words = _WORD.findall(_ENUMERATOR.sub("", heading).lower())
    return bool(words) and set(words) <= set(_WORD.findall(label.lower()))


def _adds_up(line: Line, block: Sequence[Line]) -> bool:
    """Whether a line is the sum of those above it in each of its columns, or in all but one in four.

    Where it does not say so, of three lines at least, or in two columns; and far above what rounding may make up.
    """
    if len(block) < 2 or any(not b.figures for b in block):
        return False
    found = [summed(line.figures[c], block, c) for c in line.figures]
    sure = [check for check in found if check is not None]
    telling = [c for c in sure if abs(c.target.value) > c.tolerance * (0 if line.is_total else FAR)]
    failing = [check for check in sure if not check.holds]
    # What a sum is in most of its columns it is meant to be in the others: there it is misprinted.
    is_meant = not failing or (len(failing) * MOST_OF <= len(sure) and len(telling) - len(failing) >= MOST_OF - 1)
    return (
        len(sure) == len(found) and is_meant and bool(telling) and (line.is_total or len(block) > 2 or len(telling) > 1)
    )


def summed(target: Figure, lines: Sequence[Line], column: int) -> Check | None:
    """The check of a total against these lines in one column; None where fewer than two print a number."""
    terms = [line.figures[column] for line in lines if column in line.figures]
    rows = [*(t.model_copy(update={"role": "scheme"}) for t in terms), target.model_copy(update={"role": "total"})]
    return next(column_checks(rows), None) if len(terms) > 1 else None
