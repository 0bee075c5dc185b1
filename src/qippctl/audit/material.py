"""What one paper gives an audit: its figures table by table, the identities among them, and how it prints them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from qippctl.audit import catalogue
from qippctl.audit.printed import Printing
from qippctl.audit.subjects import Place, by_period, by_table
from qippctl.audit.sums import Identity, identities
from qippctl.audit.wording import shortened
from qippctl.calc.identities import Check
from qippctl.calc.position import Position
from qippctl.calc.statements import KindOf
from qippctl.models.figure import Figure
from qippctl.models.paper import Paper, TableReading, TableText
from qippctl.models.policy import Policy
from qippctl.models.records import Record
from qippctl.period import Period

R = TypeVar("R", bound=Record)
_APPENDIX = re.compile(r"(?:appendix|table|figure|annex)\s[0-9A-Z]{1,3}\b", re.IGNORECASE)
SUMS = frozenset({"QT201", "QT202"})


def _of_no_kind(label: str) -> None:
    """Without a vocabulary no line is known by its words."""


@dataclass(frozen=True)
class Material:
    """A paper under audit, as it prints its figures: misprints that an analyst put right stay, misreadings do not.

    `policy` is the RAG rule that the paper states or that was named, never a default. `thresholds` are those of the project,
    by the name of a rule's parameter. `line_kind` tells what a line of accounts is by its words.
    """

    paper: Paper
    policy: Policy | None = None
    thresholds: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    line_kind: KindOf = _of_no_kind

    @cached_property
    def tables(self) -> dict[str, list[Figure]]:
        """Figures by table, in order of print."""
        found: dict[str, list[Figure]] = {}
        for figure in self.paper.figures:
            found.setdefault(figure.table, []).append(figure)
        return found

    @cached_property
    def by_id(self) -> dict[str, Figure]:
        return {figure.id: figure for figure in self.paper.figures}

    @cached_property
    def by_size(self) -> tuple[list[Decimal], list[Figure]]:
        """The figures that are not nought by their size, whatever their sign, and those sizes."""
        figures = sorted((f for f in self.paper.figures if f.value), key=lambda f: abs(f.value))
        return [abs(figure.value) for figure in figures], figures

    @cached_property
    def printing(self) -> Printing:
        return Printing(self.paper.figures)

    @cached_property
    def sums(self) -> tuple[Identity, ...]:
        """Every identity of every table that proves something, with its words."""
        return tuple(identities(self))

    @property
    def identities(self) -> tuple[Check, ...]:
        """Every identity of every table that proves something."""
        return tuple(identity.check for identity in self.sums)

    @cached_property
    def subjects(self) -> dict[Place, list[Position]]:
        """The subjects of each organisation and period, with all that the paper states of them."""
        return by_period(self.paper)

    @cached_property
    def subjects_of_tables(self) -> dict[Place, list[Position]]:
        """The subjects of each organisation and table, by the figures of that table alone."""
        return by_table(self.paper)

    @cached_property
    def subjects_of_rows(self) -> dict[tuple[str, int], list[Position]]:
        """The subjects that a row of a table prints: by its own table, then by all that the paper states."""
        found: dict[tuple[str, int], list[Position]] = {}
        for gathered in (self.subjects_of_tables, self.subjects):
            for positions in gathered.values():
                for position in positions:
                    for _, table, row in sorted(position.rows):
                        found.setdefault((table, row), []).append(position)
        return found

    @cached_property
    def sums_of(self) -> dict[str, list[Check]]:
        """By a figure's id the sums down its column that it is a term of, those that hold."""
        found: dict[str, list[Check]] = {}
        for check in self.identities:
            if check.code in SUMS and check.holds:
                for member in check.members[:-1]:
                    found.setdefault(member.id, []).append(check)
        return found

    @cached_property
    def readings(self) -> dict[str, TableReading]:
        return {table.table: table for table in self.paper.tables}

    @cached_property
    def texts(self) -> dict[str, TableText]:
        return {text.table: text for text in self.paper.texts}

    def text(self, table: str, row: int, column: int) -> str:
        """What stands in a cell; nothing where the paper does not have it."""
        rows = self.texts[table].rows if table in self.texts else ()
        cells = rows[row] if row < len(rows) else ()
        return cells[column].strip() if column < len(cells) else ""

    @property
    def period(self) -> Period | None:
        """The month that the paper reports."""
        return Period.parse(self.paper.cover.period) if self.paper.cover.period else None

    def records(self, kind: type[R]) -> Sequence[R]:
        """The records of a type, in order of print."""
        return [record for record in self.paper.records if isinstance(record, kind)]

    def ids(self, check: Check) -> tuple[str, ...]:
        """The figures of an identity, the faulted one last; a cell that holds several numbers is none."""
        return tuple(dict.fromkeys(member.id for member in check.members if member.id in self.by_id))

    def title(self, table: str | None) -> str | None:
        reading = self.readings.get(table or "")
        return reading.title if reading is not None else None

    def threshold(self, of: catalogue.Parameter) -> Decimal:
        """The number of a rule's parameter that is in force."""
        return Decimal(str(self.thresholds.get(of.name, of.default)))

    def called(self, of: catalogue.Placed) -> str:
        """What people call the table in which something stands: Appendix 2, else its title, else its page."""
        title = self.title(of.table)
        if not title:
            return f"the table on page {of.page}"
        named = _APPENDIX.match(title)
        return named[0].capitalize() if named and named[0].isupper() else named[0] if named else shortened(title, 80)

    def called_apart(self, one: catalogue.Placed, other: catalogue.Placed) -> tuple[str, str]:
        """The titles of two tables; their ids where the titles do not tell them apart."""
        called = [self.title(of.table) or f"the table on page {of.page}" for of in (one, other)]
        if called[0] != called[1] or one.table == other.table:
            return called[0], called[1]
        return f"{called[0]} ({one.table})", f"{called[1]} ({other.table})"

    def place(self, of: catalogue.Placed) -> catalogue.Place:
        """Where something stands, under its table's title."""
        return {"page": of.page, "table": of.table, "row": of.row, "where": self.title(of.table)}

    def name(self, figure: Figure) -> str:
        """What a person calls a figure's row."""
        label = figure.scheme or figure.workstream
        if figure.role in ("total", "subtotal"):
            return f"{label}, {figure.role}" if label else figure.role
        return label or f"row {figure.row}"
