"""Ratings for people: exceptions worst first, what is well in few words, whose rule it is last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qippctl.calc.distribution import distribution
from qippctl.models.answers import Programme, RagAnswer, VarianceAnswer
from qippctl.models.figure import DIMENSIONS, Basis, Dimension
from qippctl.models.policy import Policy
from qippctl.reports.dimensions import dimension_block
from qippctl.reports.listing import Block, Column, Listing
from qippctl.reports.precedence import papers
from qippctl.reports.rules import rag_word, rule
from qippctl.reports.sparks import bar, bars
from qippctl.reports.words import COLOURS, CORRECTED, DOUBTED, TONES, Money, body, names, percent, when


def rag(found: Sequence[Programme], *, everything: bool, dimensions: Sequence[Dimension] = ()) -> Listing:
    """Ratings by programme. `everything` shows what is green or has no rating too, and workstreams and totals.

    Without chosen dimensions all are answered; a table shows money with milestones beside it, and other dimensions only of
    a programme whose money is not rated.
    """
    records = [answer for programme in found for answer in programme.ratings_in(dimensions or DIMENSIONS)]
    return Listing(records, lambda: _blocks(found, dimensions, everything=everything))


def _blocks(found: Sequence[Programme], dimensions: Sequence[Dimension], *, everything: bool) -> list[Block]:
    blocks = []
    for programme in found:
        shown: Sequence[Dimension] = dimensions
        if not dimensions:
            there = {answer.dimension for answer in programme.ratings_in(DIMENSIONS)}
            shown = ("finance",) if "finance" in there or not there else tuple(d for d in DIMENSIONS if d in there)
        for dimension in shown:
            if dimension == "finance":
                with_milestones = not dimensions or "milestones" in dimensions
                blocks.append(_block(programme, everything=everything, with_milestones=with_milestones))
            elif not ("finance" in shown and dimension == "milestones"):
                blocks.append(dimension_block(programme, dimension, everything=everything))
    return blocks


@dataclass(frozen=True, slots=True)
class _Line:
    """A subject that is shown: its rating, its year, and what it is called here."""

    name: str
    rag: RagAnswer
    year: VarianceAnswer | None
    is_below_delivered: bool
    milestones: RagAnswer | None = None

    @property
    def is_late(self) -> bool:
        """Whether rule or paper give its milestones another colour than green."""
        return self.milestones is not None and bool(
            {self.milestones.derived, self.milestones.printed} & {"red", "amber"}
        )

    @property
    def is_in_doubt(self) -> bool:
        """Whether a figure that is shown may be misread or misprinted; a lost group heading does it no harm."""
        return bool({*self.rag.doubts, *(self.year.doubts if self.year else ())} - {"workstream-unknown"})

    @property
    def is_corrected(self) -> bool:
        """Whether an analyst put a figure right that is shown."""
        return bool(self.rag.corrected or (self.year is not None and self.year.corrected))

    @property
    def is_well(self) -> bool:
        return self.rag.derived == "green" and not (self.rag.disagrees or self.is_in_doubt or self.is_late)

    @property
    def is_unrated(self) -> bool:
        """Whether there is nothing to say of it: no colour, for want of a plan."""
        return self.rag.derived is None and self.rag.note is None and not self.is_late

    @property
    def marks(self) -> str:
        signs = (
            ("!", self.is_below_delivered),
            ("x", self.rag.disagrees),
            ("~", self.is_in_doubt),
            ("c", self.is_corrected),
        )
        return "".join(mark for mark, holds in signs if holds)


def _block(programme: Programme, *, everything: bool, with_milestones: bool) -> Block:
    rated = [s for s in programme.subjects if s.rag is not None]
    called = names([s.rag for s in rated if s.rag])
    lines = [
        _Line(
            name,
            s.rag,
            s.year,
            programme.basis == "ytd" and s.is_forecast_below_delivered,
            s.rated("milestones") if with_milestones else None,
        )
        for name, s in zip(called, rated, strict=True)
        if s.rag
    ]
    judged = {id(s.rag) for s in programme.judged}
    schemes = [line for line in lines if line.rag.role == "scheme"]
    groups = [line for line in lines if line.rag.role in ("workstream", "subtotal") and id(line.rag) not in judged]
    totals = [line for line in lines if line.rag.role == "total"]
    shown = [line for line in lines if id(line.rag) in judged]
    shown = sorted(shown, key=lambda line: (_order(line.rag.derived), line.rag.variance or 0))
    well = [line for line in shown if line.is_well]
    unrated = [line for line in shown if line.is_unrated]
    listed = [line for line in shown if not line.is_well and not line.is_unrated]
    if everything:
        listed = [*shown, *groups, *totals]
    money = Money([v for line in lines for v in (line.rag.plan, line.rag.actual, line.rag.variance)])
    year = Money([v for line in lines if line.year for v in (line.year.plan, line.year.actual, line.year.variance)])
    has_printed = any(line.rag.printed for line in shown)
    columns = _Columns(programme.basis, has_printed, any(_milestones(line) for line in listed))
    counts = _counts(well, unrated, money, programme.policy)
    below = [text for text in (spread(programme, money) if everything else counts,) if text]
    below += _notes(listed, money, year)
    if any(line.is_corrected for line in (*listed, *well, *totals)):
        below.append(CORRECTED)
    below += rule(programme, says_no_colours=not has_printed and programme.basis == "ytd")
    return Block(
        columns=columns.headings("Scheme" if schemes else "Workstream"),
        rows=tuple(columns.row(line, money, year) for line in listed),
        above=(
            f"{body(programme.organisation)}   {when(programme.period)}   {money.heading}",
            _headline(totals, lines, money, year),
        ),
        below=(*below, *papers(programme.precedence)),
        tones=tuple(TONES.get(line.rag.derived, "") for line in listed),
    )


def _order(colour: str | None) -> int:
    return {"red": 0, "amber": 1, "green": 2}.get(colour or "", 3)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns a table of money has."""

    basis: Basis
    has_printed: bool
    has_milestones: bool

    def headings(self, label: str) -> tuple[Column, ...]:
        return (
            Column(label, "label"),
            Column("Plan", "number"),
            Column("Forecast" if self.basis == "year" else "Actual", "number"),
            Column("Var", "number"),
            Column("%", "number"),
            Column("RAG", "colour"),
            *((Column("Paper", "colour"),) if self.has_printed else ()),
            *((Column("Miles.", "colour", optional=True),) if self.has_milestones else ()),
            *((Column("FOT var", "number", optional=True),) if self.basis == "ytd" else ()),
            Column("", "colour"),
            bars("Delivery"),
        )

    def row(self, line: _Line, money: Money, year: Money) -> tuple[str, ...]:
        rag = line.rag
        return (
            line.name,
            money(rag.plan),
            money(rag.actual),
            money(rag.variance),
            percent(rag.delivery),
            rag_word(rag),
            *((COLOURS.get(rag.printed or "", ""),) if self.has_printed else ()),
            *((_milestones(line),) if self.has_milestones else ()),
            *((year(line.year.variance) if line.year else "",) if self.basis == "ytd" else ()),
            line.marks,
            bar(rag.actual, rag.plan),
        )


def _milestones(line: _Line) -> str:
    """The colour of a scheme's milestones; in brackets as the paper prints it, where the rule gives none."""
    found = line.milestones
    if found is None:
        return ""
    if found.derived is None and found.printed is not None:
        return f"({COLOURS[found.printed]})"
    return rag_word(found) + (" x" if found.disagrees else "")


def _headline(totals: Sequence[_Line], lines: Sequence[_Line], money: Money, year: Money) -> str:
    """The programme in one line: of several totals the largest, its year from the same total."""
    total = max(
        (t for t in totals if t.rag.plan is not None and t.rag.actual is not None),
        key=lambda t: t.rag.plan or 0,
        default=None,
    )
    if total is None:
        if any(line.rag.plan is not None for line in lines):
            return "No total is printed."
        has_year = any(line.year is not None for line in lines)
        return "No plan to date is reported. Try: --basis year" if has_year else "No figures for this span."
    rag = total.rag
    pieces = [
        f"{'Year' if rag.basis == 'year' else 'YTD'} {money(rag.actual)} of {money(rag.plan)} = {percent(rag.delivery)}%"
    ]
    whole = total.year
    if (
        rag.basis == "ytd"
        and whole is not None
        and whole.plan is not None
        and whole.actual is not None
        and whole.variance is not None
    ):
        short = f", short {year(-whole.variance)}" if whole.variance < 0 else ""
        pieces.append(f"Forecast {year(whole.actual)} of {year(whole.plan)} = {percent(whole.delivery)}%{short}")
    marks = ("~" if total.is_in_doubt else "") + ("c" if total.is_corrected else "")
    return "    ".join(pieces) + (f"   {marks}" if marks else "")


def _counts(well: Sequence[_Line], unrated: Sequence[_Line], money: Money, policy: Policy | None) -> str:
    put_right = sum(line.is_corrected for line in well)
    counts = [f"{len(well)} Green{f', {put_right} c' if put_right else ''} (--all)"] if well else []
    if unrated and (policy is None or policy.money is None):
        counts.append(f"{len(unrated)} not rated (--all)")
    elif unrated:
        got = sum((line.rag.actual for line in unrated if line.rag.actual), Decimal(0))
        counts.append(f"{len(unrated)} no plan{f', {money(got)} delivered' if got else ''}")
    return "   ".join(counts)


def spread(programme: Programme, money: Money) -> str:
    """How many have each colour, and of the planned money how much, in one line."""
    pieces = []
    money_alone: tuple[Dimension, ...] = ("finance",)
    for share in distribution(programme, money_alone):
        name = COLOURS.get(share.colour, "without a colour")
        of_value = "" if share.share_by_value is None else f", {percent(share.share_by_value)}%"
        pieces.append(f"{share.schemes} {name}" + (f" ({money(share.value)}{of_value})" if share.value else ""))
    return "   ".join(pieces)


def _notes(listed: Sequence[_Line], money: Money, year: Money) -> list[str]:
    notes = []
    for line in listed:
        rag = line.rag
        if line.is_below_delivered and line.year is not None:
            notes.append(
                f"! {line.name}: forecast {year(line.year.actual)} is below {money(rag.actual)} already delivered."
            )
        if rag.disagrees:
            given = " or ".join(COLOURS[c] for c in rag.possible)
            notes.append(f"x {line.name}: the paper prints {COLOURS[rag.printed or 'red']}; the rule gives {given}.")
        if rag.note and rag.derived is None:
            notes.append(f"- {line.name}: {rag.note}.")
    if any(line.rag.certainty == "undecided" for line in listed):
        notes.append("? the printed precision leaves the colour open: --format json says between which.")
    miles = [line.milestones for line in listed if line.milestones is not None]
    if any(m.derived is None and m.printed is not None for m in miles):
        notes.append("(Red) in Miles.: as the paper prints it; the rule gives none: --dimension milestones.")
    if any(m.disagrees for m in miles):
        notes.append("x in Miles.: the paper prints another colour than the rule gives.")
    if any(line.is_in_doubt for line in listed):
        notes.append(DOUBTED)
    return notes
