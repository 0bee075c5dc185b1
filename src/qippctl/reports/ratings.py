"""Ratings for people: exceptions worst first, what is well in few words, whose rule it is last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qippctl.models.answers import Programme, RagAnswer, VarianceAnswer
from qippctl.models.figure import Basis
from qippctl.models.policy import Policy
from qippctl.money import plain
from qippctl.reports.listing import Block, Column, Listing
from qippctl.reports.precedence import papers
from qippctl.reports.words import COLOURS, TONES, Money, body, names, percent, when


def rag(found: Sequence[Programme], policy: Policy, *, everything: bool) -> Listing:
    """Ratings by programme. `everything` shows what is green or has no rating too, and workstreams and totals."""
    records = [answer for programme in found for answer in programme.ratings]
    return Listing(records, [_block(programme, policy, everything=everything) for programme in found])


@dataclass(frozen=True, slots=True)
class _Line:
    """A subject that is shown: its rating, its year, and what it is called here."""

    name: str
    rag: RagAnswer
    year: VarianceAnswer | None
    is_below_delivered: bool

    @property
    def is_in_doubt(self) -> bool:
        """Whether a figure that is shown may be misread or misprinted; a lost group heading does it no harm."""
        return bool({*self.rag.doubts, *(self.year.doubts if self.year else ())} - {"workstream-unknown"})

    @property
    def is_well(self) -> bool:
        return self.rag.derived == "green" and not self.rag.disagrees and not self.is_in_doubt

    @property
    def marks(self) -> str:
        signs = (("!", self.is_below_delivered), ("x", self.rag.disagrees), ("~", self.is_in_doubt))
        return "".join(mark for mark, holds in signs if holds)


def _block(programme: Programme, policy: Policy, *, everything: bool) -> Block:
    rated = [s for s in programme.subjects if s.rag is not None]
    called = names([s.rag for s in rated if s.rag])
    pairs = zip(called, rated, strict=True)
    lines = [
        _Line(n, s.rag, s.year, programme.basis == "ytd" and s.is_forecast_below_delivered) for n, s in pairs if s.rag
    ]
    judged = {id(s.rag) for s in programme.judged}
    schemes = [line for line in lines if line.rag.role == "scheme"]
    groups = [line for line in lines if line.rag.role in ("workstream", "subtotal") and id(line.rag) not in judged]
    totals = [line for line in lines if line.rag.role == "total"]
    shown = [line for line in lines if id(line.rag) in judged]
    shown = sorted(shown, key=lambda line: (_order(line.rag.derived), line.rag.variance or 0))
    well = [line for line in shown if line.is_well]
    unrated = [line for line in shown if line.rag.derived is None]
    listed = [line for line in shown if line not in well and line not in unrated]
    if everything:
        listed = [*shown, *groups, *totals]
    money = Money([v for line in lines for v in (line.rag.plan, line.rag.actual, line.rag.variance)])
    year = Money([v for line in lines if line.year for v in (line.year.plan, line.year.actual, line.year.variance)])
    has_printed = any(line.rag.printed for line in shown)
    below = [] if everything else [text for text in (_counts(well, unrated, money, policy),) if text]
    below += _notes(listed, money, year)
    below.append(_rule(policy, has_printed=has_printed or programme.basis == "year"))
    return Block(
        columns=_columns(programme.basis, "Scheme" if schemes else "Workstream", has_printed=has_printed),
        rows=tuple(_row(line, money, year, has_printed=has_printed) for line in listed),
        above=(
            f"{body(programme.organisation)}   {when(programme.period)}   {money.heading}",
            _headline(totals, lines, money, year),
        ),
        below=(*below, *papers(programme.precedence)),
        tones=tuple(TONES.get(line.rag.derived, "") for line in listed),
    )


def _order(colour: str | None) -> int:
    return {"red": 0, "amber": 1, "green": 2}.get(colour or "", 3)


def _columns(basis: Basis, label: str, *, has_printed: bool) -> tuple[Column, ...]:
    return (
        Column(label, "label"),
        Column("Plan", "number"),
        Column("Forecast" if basis == "year" else "Actual", "number"),
        Column("Var", "number"),
        Column("%", "number"),
        Column("RAG", "colour"),
        *((Column("Paper", "colour"),) if has_printed else ()),
        *((Column("FOT var", "number", optional=True),) if basis == "ytd" else ()),
        Column("", "colour"),
    )


def _row(line: _Line, money: Money, year: Money, *, has_printed: bool) -> tuple[str, ...]:
    rag = line.rag
    printed = (COLOURS.get(rag.printed or "", ""),) if has_printed else ()
    forecast = () if rag.basis == "year" else (year(line.year.variance) if line.year else "",)
    return (
        line.name,
        money(rag.plan),
        money(rag.actual),
        money(rag.variance),
        percent(rag.delivery),
        _rag_word(rag),
        *printed,
        *forecast,
        line.marks,
    )


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
    return "    ".join(pieces) + ("   ~" if total.is_in_doubt else "")


def _counts(well: Sequence[_Line], unrated: Sequence[_Line], money: Money, policy: Policy) -> str:
    counts = [f"{len(well)} Green (--all)"] if well else []
    if unrated and policy.money is None:
        counts.append(f"{len(unrated)} not rated (--all)")
    elif unrated:
        got = sum((line.rag.actual for line in unrated if line.rag.actual), Decimal(0))
        counts.append(f"{len(unrated)} no plan{f', {money(got)} delivered' if got else ''}")
    return "   ".join(counts)


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
    if any(line.rag.certainty == "undecided" for line in listed):
        notes.append("? the printed precision leaves the colour open: --format json says between which.")
    if any(line.is_in_doubt for line in listed):
        notes.append("~ a figure of the row is in doubt: qippctl extract says why.")
    return notes


def _rag_word(a: RagAnswer) -> str:
    if a.derived is None:
        return "-"
    return COLOURS[a.derived] + ("?" if a.certainty == "undecided" else "")


def _rule(policy: Policy, *, has_printed: bool) -> str:
    rule = f"RAG by {policy.name}"
    if policy.money is None:
        return f"{rule}, which rates no money."
    bands = ", ".join(
        f"{COLOURS[b.colour]} from {plain(b.at_least)}%" if b.at_least is not None else f"{COLOURS[b.colour]} below"
        for b in policy.money.bands
    )
    return f"{rule}: {bands}.{'' if has_printed else ' No colours were read from the paper.'}"
