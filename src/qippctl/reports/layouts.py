"""Layouts, what a table's columns were taken for, and the evidence of one figure, for people."""

from __future__ import annotations

from collections.abc import Sequence

from qippctl.models.answers import EvidenceAnswer, ExplanationAnswer, LayoutAnswer, LearnedAnswer
from qippctl.models.finding import Finding
from qippctl.models.paper import ColumnReading
from qippctl.money import plain
from qippctl.reports.corrections import said_of
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.tables import column_of
from qippctl.reports.words import body, when

_UNITS = {1: "£", 1000: "£000", 1_000_000: "£m"}


def explanations(found: Sequence[ExplanationAnswer], *, everything: bool) -> Listing:
    """Tables with what each column was taken for; those that gave nothing and hold no numbers are counted, unless asked for."""
    shown = [e for e in found if everything or e.reading.figures or e.could_be_read]
    blocks = [_explained(e, first=k == 0) for k, e in enumerate(shown)]
    unknown = sum(len(e.unknown) for e in shown)
    rest = len(found) - len(shown)
    below = [f"{unknown} column{'' if unknown == 1 else 's'} of numbers not understood."] if unknown else []
    if below:
        below.append("Next: qippctl layouts learn FILE, which asks about them.")
    if rest:
        below.append(f"{rest} other table{'' if rest == 1 else 's'} without figures: --all shows them.")
    return Listing(found, [*blocks, Block((), (), ("", *below))] if below else blocks)


def _explained(answer: ExplanationAnswer, *, first: bool) -> Block:
    reading = answer.reading
    about = f"{reading.table}, page {reading.page}: {reading.title or '(no title)'}"
    kind = f"{reading.kind}, {reading.rows} rows, {reading.figures} figures"
    said = [kind, when(reading.period) if reading.period else "", f"layout {reading.layout}" if reading.layout else ""]
    proven = f"{reading.proven} sums and differences hold" if reading.proven else ""
    above = ["", about] if not first else [about]
    above.append("; ".join(filter(None, (*said, proven))))
    if reading.signs:
        above.append(f"signs: {reading.signs}")
    columns = (
        Column("#", "number"),
        Column("Heading", "label"),
        Column("Taken for", "colour"),
        Column("Because", "label"),
        Column("Unit", "colour"),
        Column("Holds", "number", optional=True),
        Column("Fails", "number", optional=True),
        Column("Doubts", "text", optional=True),
    )
    rows = tuple(
        (
            str(c.column + 1),
            " / ".join(c.heading),
            c.holds,
            c.because,
            _unit(c),
            str(c.held or ""),
            str(c.failed or ""),
            " ".join(c.doubts),
        )
        for c in answer.columns
    )
    notes = reading.notes or (
        () if reading.figures or reading.records else ("not taken for a table of savings; not read",)
    )
    below = tuple(f"- {note}" for note in notes)
    return Block(columns, rows, tuple(above), below, tuple("warn" if c.is_unknown else "" for c in answer.columns))


def _unit(column: ColumnReading) -> str:
    if column.unit == "not money":
        return ""
    if column.unit == "none":
        return "unknown"
    return f"{_UNITS.get(column.pounds or 0, '')} ({column.unit})"


def layouts(found: Sequence[LayoutAnswer]) -> Listing:
    columns = (
        Column("Layout", "label"),
        Column("Kind", "colour"),
        Column("Whose", "colour"),
        Column("", "colour"),
        Column("File", "text", optional=True),
    )
    rows = tuple(
        (a.name, a.kind or "", "yours" if a.own else "shipped", "NOT OK" if a.failure else "ok", a.file) for a in found
    )
    bad = [f"{a.file}: {a.failure}" for a in found if a.failure]
    tones: tuple[Tone, ...] = tuple("bad" if a.failure else "" for a in found)
    return Listing(found, [Block(columns, rows, below=tuple(bad), tones=tones)])


def learned(answer: LearnedAnswer) -> Listing:
    said = [f"{heading}: {what}" for heading, what in answer.named.items()]
    if answer.file is None:
        return Listing([answer], [Block((), (), tuple(answer.text.splitlines()))])
    more = f"Table {answer.table}: {answer.figures_before} figures before, {answer.figures_after} now."
    lines = (f"Wrote {answer.file}", *said, more, "Next: qippctl ingest --again FILE")
    return Listing([answer], [Block((), (), lines)])


def evidence(answer: EvidenceAnswer, finding: Finding | None = None) -> Listing:
    """One figure: what it is, where it stands, why it was taken for this, and its neighbours as printed.

    `finding`: what the audit says of it.
    """
    figure = answer.figure
    of = " / ".join(filter(None, (figure.workstream, figure.scheme))) or figure.role
    span = figure.period or "no period"
    value = f"£{plain(figure.value)}" if figure.unit == "GBP" else f"{plain(figure.value)} {figure.unit}"
    about = [
        figure.id,
        f"{of}: {figure.names} {span} = {value}, printed {figure.raw}",
        f"#{answer.paper_number} {figure.paper}, page {figure.page}, table {figure.table}, row {figure.row + 1}, "
        f"column {figure.column + 1}; {body(figure.organisation)}",
    ]
    if figure.evidence is not None:
        about += [
            f"heading: {' / '.join(figure.evidence.heading) or '(none)'}",
            f"taken for {figure.names}: {figure.evidence.meaning}",
            f"unit: {figure.evidence.unit}",
            f"sign: {figure.evidence.sign}",
        ]
    else:
        about.append("It was read by an earlier qippctl, which kept no evidence: qippctl ingest --again FILE")
    about += said_of(answer.corrections, figure)
    about += [f"doubt: {code}: {meaning}" for code, meaning in answer.why_doubted.items()]
    if not answer.why_doubted and figure.corrected is None:
        about.append("no doubts: qippctl vouches for it")
    if finding is not None:
        about.insert(0, f"{finding.code} {finding.severity}: {finding.message}")
        others = [identity for identity in finding.figures if identity != figure.id]
        about += [f"held against: {', '.join(others)}"] if others else []
    blocks = [Block((), (), tuple(about))]
    if answer.rows:
        rows = [[" ".join(text.split()) for text in row] for row in answer.rows]
        marks = [">" if answer.first_row + k == figure.row else "" for k in range(len(rows))]
        columns = (
            Column("", "colour"),
            Column("Row", "number"),
            *(column_of([r[k] for r in rows]) for k in range(len(rows[0]))),
        )
        shown = tuple((m, str(answer.first_row + k + 1), *r) for k, (m, r) in enumerate(zip(marks, rows, strict=True)))
        blocks.append(Block(columns, shown, ("", "As it stands in the paper:")))
    return Listing([answer], blocks)
