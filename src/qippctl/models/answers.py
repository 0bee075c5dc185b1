"""What the commands answer, as records for scripts. Money in pounds, percentages plain, both as decimal strings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.decisions import Correction
from qippctl.models.document import BBox
from qippctl.models.figure import Basis, Colour, Dimension, Figure, Role
from qippctl.models.paper import ColumnReading, Cover, TableReading
from qippctl.models.policy import Policy, RollUp

Certainty = Literal["certain", "undecided", "none"]


class PaperAnswer(Cover):
    """A paper of the ledger: its particulars and what was read of it."""

    number: Annotated[int, Field(description="The short number that other commands take: #3.")]
    tables: int
    schemes: int
    figures: int
    doubted: Annotated[int, Field(description="Figures that carry a doubt.")]
    notes: tuple[str, ...] = ()
    private: Annotated[
        bool, Field(description="Whether it stays in the house: exports, reports and packs leave it out.")
    ] = False


class RecordCount(Model):
    """How many records of a type a paper gives, and how many of them carry a doubt."""

    type: str
    count: int
    doubted: int


class ContentsAnswer(Model):
    """What is in one paper."""

    type: Literal["contents"] = "contents"
    number: Annotated[int | None, Field(description="Its number in the ledger; null for a file.")] = None
    paper: Cover
    items: Annotated[tuple[Cover, ...], Field(description="Of a pack: the papers in it.")] = ()
    tables: tuple[TableReading, ...] = ()
    records: Annotated[tuple[RecordCount, ...], Field(description="By type; figures by what they are about.")] = ()
    not_understood: Annotated[tuple[str, ...], Field(description="What was left out, and why.")] = ()


class TableAnswer(Model):
    """A table of a file as rows of text, whatever it means. One record a table and page."""

    type: Literal["table"] = "table"
    id: Annotated[str, Field(description="Page and table on it, as p3t1.")]
    page: Annotated[int, Field(ge=1)]
    bbox: Annotated[
        BBox | None, Field(description="PDF points from the top left; null where the format has no pages.")
    ] = None
    rows: Annotated[
        tuple[tuple[str, ...], ...],
        Field(description="Texts, rows of equal length; a merged cell has its text at its first position."),
    ]
    spans: Annotated[
        tuple[tuple[int, int, int, int], ...],
        Field(description="Merged cells: row, column (from 0), how many rows and columns each covers."),
    ] = ()
    fills: Annotated[
        tuple[tuple[int, int, str], ...],
        Field(description="Coloured cells: row, column (from 0), the colour as #rrggbb."),
    ] = ()
    method: Annotated[
        str, Field(description="How it was found: ruled (by lines), gutters (by gaps), or by the file's own tables.")
    ]
    continues: Annotated[str | None, Field(description="Id of the table of an earlier page that it goes on.")] = None
    score: Annotated[
        float | None, Field(description="Of a table in a picture: how sure the least sure word is, from 0 to 1.")
    ] = None
    doubts: tuple[str, ...] = ()


class ExplanationAnswer(Model):
    """What one table was taken for, column by column, and why."""

    type: Literal["explanation"] = "explanation"
    paper: str
    reading: TableReading
    columns: tuple[ColumnReading, ...] = ()

    @property
    def could_be_read(self) -> bool:
        """Whether it gave no figures and yet names rows and holds several columns of numbers: a layout may read it."""
        numbers = sum(1 for column in self.columns if column.numbers > 1)
        return not self.reading.figures and numbers > 1 and any(not column.numbers for column in self.columns)

    @property
    def unknown(self) -> tuple[ColumnReading, ...]:
        """Columns of numbers of which nothing says what they hold."""
        return tuple(column for column in self.columns if column.is_unknown)


class LayoutAnswer(Model):
    """A layout that is known, or a file that is none."""

    type: Literal["layout"] = "layout"
    name: str
    kind: str | None = None
    own: Annotated[bool, Field(description="Whether it is the analyst's own, which outranks shipped ones.")]
    file: str
    failure: Annotated[str | None, Field(description="Why it cannot be used; null = it can.")] = None


class LearnedAnswer(Model):
    """A layout that was made of what an analyst said of a table's columns."""

    type: Literal["learned"] = "learned"
    name: str
    file: Annotated[str | None, Field(description="Where it was written; null when it was only shown.")]
    table: str
    named: Annotated[dict[str, str], Field(description="Heading to what it holds.")]
    figures_before: int
    figures_after: Annotated[int | None, Field(description="Null when it was not written.")] = None
    text: Annotated[str, Field(description="The layout, as TOML.")]


class EvidenceAnswer(Model):
    """A figure, why it was taken for what it is, and its row among its neighbours as they stand in the paper."""

    type: Literal["evidence"] = "evidence"
    figure: Figure
    paper_number: int
    corrections: Annotated[tuple[Correction, ...], Field(description="How analysts put it right, the last last.")] = ()
    why_doubted: Annotated[dict[str, str], Field(description="Its doubts, and what each means.")] = {}
    first_row: Annotated[int, Field(description="Number of the first of the rows, from 0.")] = 0
    rows: Annotated[tuple[tuple[str, ...], ...], Field(description="Its row and those around it.")] = ()


class IngestAnswer(Model):
    """What became of one file that was given to the ledger."""

    type: Literal["ingest"] = "ingest"
    file: str
    outcome: Literal["added", "unchanged", "read further", "not read"]
    number: Annotated[int | None, Field(description="The paper's short number; null when it was not read.")] = None
    organisation: str | None = None
    period: str | None = None
    tables: int = 0
    schemes: int = 0
    figures: int = 0
    doubted: int = 0
    failure: str | None = None


class SchemeAnswer(Model):
    """A scheme that papers report, and where."""

    type: Literal["scheme"] = "scheme"
    organisation: str | None
    workstream: str | None
    scheme: str
    periods: tuple[str, ...]
    papers: Annotated[tuple[int, ...], Field(description="Numbers of the papers that report it.")]
    plan: Annotated[PlainDecimal | None, Field(description="Plan of the year, in the newest period.")] = None
    forecast: Annotated[PlainDecimal | None, Field(description="Forecast of the year, in the newest period.")] = None
    figures: int
    doubted: int
    corrected: Annotated[tuple[int, ...], Field(description="Numbers of the corrections of plan and forecast.")] = ()


class Identity(Model):
    """Whose an answer is, and of when."""

    organisation: str | None
    workstream: str | None
    scheme: str | None
    role: Role
    period: str | None
    basis: Basis


class VarianceAnswer(Identity):
    """Plan against what became of it. `actual` is the forecast where `basis` is year."""

    type: Literal["variance"] = "variance"
    plan: PlainDecimal | None
    actual: PlainDecimal | None
    variance: Annotated[
        PlainDecimal | None,
        Field(
            description="Actual less plan: above nought is favourable. As printed where that is finer, or a part is missing."
        ),
    ]
    delivery: Annotated[PlainDecimal | None, Field(description="Actual as a percentage of plan, to one decimal.")]
    yield_ytd: Annotated[
        PlainDecimal | None,
        Field(description="Actual to date as a percentage of the plan to date, whatever the basis."),
    ] = None
    yield_forecast: Annotated[
        PlainDecimal | None, Field(description="Forecast as a percentage of the year's plan, whatever the basis.")
    ] = None
    contribution: Annotated[
        PlainDecimal | None,
        Field(
            description="Percent of the programme's printed variance, else of the sum of its parts'; below nought: against it."
        ),
    ] = None
    plan_recurrent: PlainDecimal | None = None
    plan_non_recurrent: PlainDecimal | None = None
    actual_recurrent: PlainDecimal | None = None
    actual_non_recurrent: PlainDecimal | None = None
    full_year_effect: Annotated[
        PlainDecimal | None, Field(description="What a whole year of it saves, as printed; null where nothing is.")
    ] = None
    doubts: tuple[str, ...] = ()
    sources: Annotated[
        tuple[str, ...],
        Field(description="Ids of the figures: those used first, then the other places that state the same."),
    ] = ()
    corrected: Annotated[
        tuple[int, ...], Field(description="Numbers of the corrections of the figures that count.")
    ] = ()


class WaterfallStep(Model):
    """A step from a programme's plan down, or up, to what became of it."""

    type: Literal["waterfall"] = "waterfall"
    organisation: str | None
    period: str | None
    basis: Basis
    step: Annotated[
        Literal["plan", "scheme", "adjustment", "unexplained", "actual"],
        Field(
            description="adjustment: a row that is no scheme, as contingency; unexplained: what the rows leave of the total's."
        ),
    ]
    workstream: str | None = None
    scheme: str | None = None
    change: Annotated[PlainDecimal, Field(description="Pounds by which it moves the sum; of plan and actual the sum.")]
    running: Annotated[PlainDecimal, Field(description="The sum after it.")]
    share: Annotated[
        PlainDecimal | None, Field(description="Its change as a percentage of all changes of its sign.")
    ] = None
    is_derived: Annotated[bool, Field(description="Worked out, as no total prints it.")] = False
    doubts: tuple[str, ...] = ()
    sources: Annotated[tuple[str, ...], Field(description="Ids of the figures; empty where it is worked out.")] = ()


class RagAnswer(Identity):
    """A rating under a policy, beside the one that the paper prints. Only finance has plan, actual, variance and delivery."""

    type: Literal["rag"] = "rag"
    dimension: Dimension
    plan: PlainDecimal | None
    actual: PlainDecimal | None
    variance: PlainDecimal | None
    delivery: PlainDecimal | None
    printed: Colour | None
    derived: Annotated[
        Colour | None, Field(description="The colour at the printed values; null only where certainty is none.")
    ]
    certainty: Certainty
    possible: Annotated[tuple[Colour, ...], Field(description="Every colour that the printed precision allows.")]
    policy: str
    rolled_up: Annotated[
        RollUp,
        Field(description="own: by its own figures; worst, weighted: by those of its schemes, as the policy says."),
    ] = "own"
    note: Annotated[
        str | None, Field(description="In words: what was judged, where that is no money, and why there is no colour.")
    ] = None
    doubts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    corrected: Annotated[
        tuple[int, ...], Field(description="Numbers of the corrections of the figures that count.")
    ] = ()

    @property
    def disagrees(self) -> bool:
        """Whether the paper prints a colour that the policy gives nowhere within the printed precision."""
        return self.printed in ("red", "amber", "green") and bool(self.possible) and self.printed not in self.possible


@dataclass(frozen=True, slots=True)
class Subject:
    """One scheme, workstream or total of a programme: its rating and its variance over a span, and its year's.

    `rag` rates its money, `others` the other dimensions that there are, in their order.
    """

    rag: RagAnswer | None = None
    variance: VarianceAnswer | None = None
    year: VarianceAnswer | None = None
    is_forecast_below_delivered: bool = False
    others: tuple[RagAnswer, ...] = ()

    @property
    def identity(self) -> Identity | None:
        """Whose it is: the same in every answer that there is."""
        return self.rag or self.variance or self.year

    def rated(self, dimension: Dimension) -> RagAnswer | None:
        """Its rating in one dimension."""
        if dimension == "finance":
            return self.rag
        return next((answer for answer in self.others if answer.dimension == dimension), None)


@dataclass(frozen=True, slots=True)
class ReportingPaper:
    """A paper that reports a period."""

    name: str
    meeting: str
    is_final: bool


@dataclass(frozen=True, slots=True)
class Precedence:
    """The papers that report one period, the one that counts first, and where they print one figure differently.

    `first` is the first such figure: as it counts, and as another paper prints it.
    """

    papers: tuple[ReportingPaper, ...]
    differences: int = 0
    first: tuple[Figure, Figure] | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """One organisation's reported period: its subjects, best table first, and the papers that state them.

    `policy` is the rule that judged; `is_stated`: a paper of the period states it.
    """

    organisation: str
    period: str
    basis: Basis
    subjects: tuple[Subject, ...] = ()
    policy: Policy | None = None
    is_stated: bool = False
    precedence: Precedence | None = None

    @property
    def ratings(self) -> list[RagAnswer]:
        """The ratings of money."""
        return [s.rag for s in self.subjects if s.rag is not None]

    def ratings_in(self, dimensions: Collection[Dimension]) -> list[RagAnswer]:
        """The ratings of these dimensions, subject by subject."""
        rated = [answer for s in self.subjects for answer in (s.rag, *s.others) if answer is not None]
        return [answer for answer in rated if answer.dimension in dimensions]

    @property
    def judged(self) -> list[Subject]:
        """What a meeting looks at: the schemes, and the workstreams of which no scheme is reported."""
        return _judged((s, s.identity) for s in self.subjects)

    def judged_in(self, dimension: Dimension) -> list[Subject]:
        """What a meeting looks at of the subjects that are rated in a dimension."""
        if dimension == "finance":
            return [s for s in self.judged if s.rag is not None]
        return _judged((s, s.rated(dimension)) for s in self.subjects)

    @property
    def variances(self) -> list[VarianceAnswer]:
        return [s.variance for s in self.subjects if s.variance is not None]

    @property
    def parts(self) -> list[Subject]:
        """What makes up the programme: what is judged, and the rows that are no scheme (contingency, unidentified)."""
        others = [
            s for s in self.subjects if s.identity is not None and s.identity.role in ("adjustment", "unidentified")
        ]
        return self.judged + others

    @property
    def variances_of_parts(self) -> list[VarianceAnswer]:
        return [s.variance for s in self.parts if s.variance is not None]

    @property
    def total(self) -> VarianceAnswer | None:
        """The programme's printed total; of several the largest."""
        totals = [v for v in self.variances if v.role == "total" and v.variance is not None]
        return max(totals, key=lambda v: v.plan or 0, default=None)

    def with_contributions(self, shares: Sequence[Decimal | None]) -> Programme:
        """The same, its parts with what each contributes, in their order."""
        parts = [s for s in self.parts if s.variance is not None]
        share_of = {id(s): share for s, share in zip(parts, shares, strict=True)}
        subjects = tuple(
            replace(s, variance=s.variance.model_copy(update={"contribution": share_of[id(s)]}))
            if id(s) in share_of and s.variance is not None
            else s
            for s in self.subjects
        )
        return replace(self, subjects=subjects)


def _judged(known: Iterable[tuple[Subject, Identity | None]]) -> list[Subject]:
    listed = [(s, who) for s, who in known if who is not None]
    covered = {(who.workstream or "").casefold() for _, who in listed if who.role == "scheme"}
    schemes = [s for s, who in listed if who.role == "scheme"]
    groups = [
        s
        for s, who in listed
        if who.role in ("workstream", "subtotal") and (who.workstream or "").casefold() not in covered
    ]
    return schemes + groups
