"""A paper, read: its particulars, its figures, ratings and records, and what became of each table."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.base import Model
from qippctl.models.figure import Doubt, Figure, Rating, UnitSource
from qippctl.models.records import AnyRecord


class ColumnReading(Model):
    """What one column of a table was taken for, and why."""

    type: Literal["column"] = "column"
    table: str
    page: int
    column: Annotated[int, Field(ge=0)]
    heading: Annotated[tuple[str, ...], Field(description="Its tiers, outermost first.")]
    holds: Annotated[str, Field(description="measure.basis and what it is of, or scheme, lead, text, unknown, ...")]
    because: Annotated[str, Field(description="What says so: a layout, a word, arithmetic, or the look of its cells.")]
    period: str | None = None
    pounds: Annotated[int | None, Field(description="Pounds to a printed unit; null where it holds no money.")] = None
    unit: UnitSource = "not money"
    sign: str = ""
    held: Annotated[int, Field(description="Sums and row identities that hold with its numbers.")] = 0
    failed: Annotated[int, Field(description="Those that do not, at the printed precision.")] = 0
    numbers: Annotated[int, Field(description="Cells that print a number.")] = 0
    printed: Annotated[tuple[str, ...], Field(description="Some of its cells, as printed.")] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_unknown(self) -> bool:
        """Whether it holds numbers of which nothing says what they are."""
        return self.holds == "unknown" and self.numbers > 0


class TableText(Model):
    """A table as it stands in the paper, row by row, so that its figures can be shown among their neighbours."""

    table: str
    rows: tuple[tuple[str, ...], ...]


class MatrixProject(Model):
    """A row of a matrix of ticks, ticked or not."""

    row: int
    page: int
    project: str
    group: str | None = None
    ticks: int


class MatrixStandard(Model):
    """A column of a matrix of ticks, ticked or not."""

    column: int
    standard: str
    standard_set: str | None = None


class Matrix(Model):
    """The rows and columns of a matrix of ticks: of those without a tick there is no record."""

    projects: tuple[MatrixProject, ...]
    standards: Annotated[
        tuple[MatrixStandard, ...], Field(description="Empty where its rows have lost the columns that they belong to.")
    ]


class TableReading(Model):
    """What became of one table: its kind, and what of it was read."""

    table: str
    page: int
    kind: Annotated[str, Field(description="The kind of table, or other.")]
    title: str | None = None
    layout: Annotated[str | None, Field(description="The layout that claimed it, if one did.")] = None
    period: str | None = None
    rows: int
    columns: int
    figures: int = 0
    records: int = 0
    proven: Annotated[int, Field(description="Sums and row identities that hold.")] = 0
    signs: Annotated[str | None, Field(description="How it signs savings and variances, as its rows show.")] = None
    notes: Annotated[tuple[str, ...], Field(description="What of it was not read, and why.")] = ()
    codes: Annotated[
        dict[int, str], Field(description="Row to the code that its scheme has in a column of references.")
    ] = {}
    matrix: Annotated[Matrix | None, Field(description="Of a matrix of ticks: all its rows and columns.")] = None
    above: Annotated[
        tuple[str, ...], Field(description="The sentences just above it that say when it is of, or how much it lists.")
    ] = ()


class Cover(Model):
    """The particulars of a paper: whose it is, for which meeting, and which month it reports."""

    type: Literal["paper"] = "paper"
    paper: str
    sha256: str
    media_type: str
    pages: int
    organisation: str | None = None
    committee: str | None = None
    title: str | None = None
    meeting_date: Annotated[str | None, Field(description="ISO date.")] = None
    period: str | None = None
    data_to: Annotated[str | None, Field(description="The last month that the data cover, where it differs.")] = None
    status: Literal["draft", "final"] | None = None
    item: Annotated[str | None, Field(description="Of a pack: the mark of the agenda item that this is.")] = None
    item_pages: Annotated[str | None, Field(description="Pages of the file that the item takes: 12-19.")] = None
    leads: Annotated[dict[str, str], Field(description="Label to name, as the cover prints them.")] = {}
    recommendation: Annotated[str | None, Field(description="What is asked of the meeting, as ticked or named.")] = None
    implications: Annotated[dict[str, str], Field(description="Heading to text, of the cover's implications.")] = {}
    page: int = 1
    table: str | None = None
    row: int | None = None
    doubts: tuple[Doubt, ...] = ()
    pages_read: Annotated[str | None, Field(description="The pages that were asked for; null = all.")] = None
    printed_pages: Annotated[
        dict[int, str], Field(description="Page of the file to the number printed on it, where they differ.")
    ] = {}


class Paper(Model):
    """A paper, read: `Cover`, figures, ratings and what became of each table."""

    cover: Cover
    items: Annotated[tuple[Cover, ...], Field(description="The papers of a pack, one an agenda item.")] = ()
    figures: tuple[Figure, ...] = ()
    ratings: tuple[Rating, ...] = ()
    records: tuple[AnyRecord, ...] = ()
    tables: tuple[TableReading, ...] = ()
    texts: Annotated[tuple[TableText, ...], Field(description="The tables that gave figures, as they stand.")] = ()
    columns: Annotated[tuple[ColumnReading, ...], Field(description="What each table's columns were taken for.")] = ()
    notes: Annotated[tuple[str, ...], Field(description="What could not be read at all, for people.")] = ()

    @property
    def undated(self) -> int:
        """Figures of tables whose month and year are not known: no answer about a period holds them."""
        dated = {table.table for table in self.tables if table.period is not None}
        return sum(1 for figure in self.figures if figure.table not in dated and figure.subject == "savings")

    @property
    def scheme_count(self) -> int:
        """Names of schemes that figures are about; a name in two workstreams counts twice within one table only."""
        by_table: dict[str, set[tuple[str | None, str]]] = {}
        for figure in self.figures:
            if figure.role == "scheme" and figure.scheme and figure.subject == "savings":
                by_table.setdefault(figure.table, set()).add((figure.workstream, figure.scheme))
        names = [{name.casefold() for _, name in rows} for rows in by_table.values()]
        largest = max((len(rows) for rows in by_table.values()), default=0)
        return max(largest, len(set().union(*names)))
