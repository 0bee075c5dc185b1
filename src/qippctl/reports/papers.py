"""Papers, their figures and their schemes for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from qippctl.models.answers import IngestAnswer, PaperAnswer, SchemeAnswer
from qippctl.models.base import Model
from qippctl.models.figure import DOUBT_MEANINGS, FIGURE_COLUMNS, Figure
from qippctl.models.paper import Paper, TableReading
from qippctl.money import plain
from qippctl.reports.listing import Block, Column, Listing
from qippctl.reports.records import blocks as record_blocks
from qippctl.reports.records import plural
from qippctl.reports.words import CORRECTED, Money, about_paper, body, when


def papers(found: Sequence[PaperAnswer]) -> Listing:
    columns = (
        Column("#", "number"),
        Column("Paper", "label"),
        Column("Organisation", "label"),
        Column("Period", "colour"),
        Column("Meeting", "colour", optional=True),
        Column("Tables", "number", optional=True),
        Column("Schemes", "number"),
        Column("Figures", "number"),
        Column("Doubts", "number"),
        *((Column("", "colour"),) if any(p.private for p in found) else ()),
    )
    rows = tuple(
        (
            f"#{p.number}",
            p.paper,
            p.organisation or "(unknown)",
            p.period or "",
            p.meeting_date or "",
            str(p.tables),
            str(p.schemes),
            str(p.figures),
            str(p.doubted),
            "private" if p.private else "",
        )[: len(columns)]
        for p in found
    )
    below = [f"#{p.number} {note}" for p in found for note in p.notes]
    return Listing(
        found,
        [
            Block(
                columns,
                rows,
                (f"{len(found)} paper{'s' if len(found) != 1 else ''}",),
                (*below, "Next: qippctl rag, or qippctl export figures --paper '#1'"),
            )
        ],
    )


def schemes(found: Sequence[SchemeAnswer]) -> Listing:
    blocks = []
    for organisation in dict.fromkeys(s.organisation for s in found):
        own = [s for s in found if s.organisation == organisation]
        money = Money([v for s in own for v in (s.plan, s.forecast)])
        columns = (
            Column("Scheme", "label"),
            Column("Workstream", "label", optional=True),
            Column("Year plan", "number"),
            Column("Forecast", "number"),
            Column("Newest", "colour"),
            Column("Papers", "colour", optional=True),
            Column("Doubts", "number", optional=True),
            *((Column("", "colour"),) if any(s.corrected for s in own) else ()),
        )
        rows = tuple(
            (
                s.scheme,
                s.workstream or "",
                money(s.plan),
                money(s.forecast),
                when(s.periods[-1]),
                " ".join(f"#{n}" for n in s.papers),
                str(s.doubted or ""),
                "c" if s.corrected else "",
            )[: len(columns)]
            for s in own
        )
        above = (f"{body(organisation)}   {len(own)} scheme{'s' if len(own) != 1 else ''}   {money.heading}",)
        blocks.append(Block(columns, rows, above, (CORRECTED,) if any(s.corrected for s in own) else ()))
    return Listing(found, blocks)


def ingested(found: Sequence[IngestAnswer]) -> Listing:
    """The closing table of an ingest."""
    columns = (
        Column("#", "number"),
        Column("Paper", "label"),
        Column("Organisation", "label"),
        Column("Period", "colour"),
        Column("Tables", "number"),
        Column("Schemes", "number"),
        Column("Figures", "number"),
        Column("Doubts", "number"),
        Column("", "colour", optional=True),
    )
    rows = []
    for a in found:
        counts = ("",) * 4 if a.number is None else (str(a.tables), str(a.schemes), str(a.figures), str(a.doubted))
        number = "" if a.number is None else f"#{a.number}"
        body_named = a.organisation or ("(unknown)" if a.number else "")
        rows.append((number, a.file, body_named, a.period or "", *counts, "" if a.outcome == "added" else a.outcome))
    return Listing(found, [Block(columns, tuple(rows))])


def extracted(found: Sequence[Paper]) -> Listing:
    """The figures of papers, for people table by table; for scripts every record, the paper's own first."""
    records = [record for paper in found for record in _records(paper)]
    blocks = [block for paper in found for block in _paper_blocks(paper)]
    return Listing(records, blocks)


def _records(paper: Paper) -> tuple[Model, ...]:
    return (paper.cover, *paper.items, *paper.figures, *paper.ratings, *paper.records)


def figures(found: Sequence[Paper]) -> Listing:
    """Figures alone, with exactly the columns of a figure in CSV."""
    return Listing(
        [f for paper in found for f in paper.figures],
        [b for paper in found for b in _paper_blocks(paper)],
        FIGURE_COLUMNS,
    )


def _paper_blocks(paper: Paper) -> Iterable[Block]:
    cover = paper.cover
    doubted = sum(1 for f in paper.figures if f.doubts)
    read = sum(1 for t in paper.tables if t.figures)
    about = [
        *about_paper(cover),
        f"{len(paper.figures)} figures in {read} of {len(paper.tables)} tables, {doubted} in doubt",
        ", ".join(plural(kind, count) for kind, count in Counter(r.type for r in paper.records).items()),
    ]
    yield Block((), (), tuple(filter(None, about)), tuple(f"! {note}" for note in paper.notes))
    for table in paper.tables:
        own = [f for f in paper.figures if f.table == table.table]
        if own:
            yield _table_block(table, own)
    yield from record_blocks(paper.records)
    unread = [t for t in paper.tables if not t.figures and not t.records]
    if unread:
        places = ", ".join(f"{t.table} {t.kind}" for t in unread[:12]) + (", ..." if len(unread) > 12 else "")
        yield Block((), (), ("", f"Nothing was read of: {places}"))


def _table_block(table: TableReading, own: list[Figure]) -> Block:
    columns = (
        Column("Scheme", "label"),
        Column("Figure", "colour"),
        Column("Period", "colour", optional=True),
        Column("Printed", "number"),
        Column("Value", "number"),
        Column("Doubts", "text"),
    )
    rows = tuple(
        (
            f.scheme or f.workstream or f.role.capitalize(),
            ".".join(filter(None, (f.names, f.recurrence if f.recurrence != "all" else "", f.case, f.qualifier))),
            f.period or "",
            f.raw,
            f"{f.value:,.0f}" if f.unit == "GBP" else plain(f.value) + ("%" if f.unit == "percent" else ""),
            " ".join((*f.doubts, *(("corrected",) if f.corrected else ()))),
        )
        for f in own
    )
    codes = dict.fromkeys(doubt for f in own for doubt in f.doubts)
    below = [*(f"{doubt.value}: {DOUBT_MEANINGS[doubt]}" for doubt in codes), *table.notes]
    layout = f"layout {table.layout}" if table.layout else ""
    head = (f"{table.table} page {table.page}", (table.title or "")[:60], when(table.period), layout)
    return Block(columns, rows, ("", "   ".join(filter(None, head))), tuple(below))


def figure_list(found: Sequence[Figure], *, numbered: bool = False) -> Listing:
    """Figures from anywhere, one a row; with the short numbers that other commands take."""
    is_corrected = any(f.corrected for f in found)
    columns = (
        *((Column("#", "number"),) if numbered else ()),
        Column("Figure", "text", optional=True),
        Column("Scheme", "label"),
        Column("Measure", "colour"),
        Column("Period", "colour"),
        Column("Value", "number"),
        *((Column("", "colour"),) if is_corrected else ()),
        Column("Page", "number", optional=True),
    )
    rows = tuple(
        (
            *((f"#{k}",) if numbered else ()),
            f.id,
            f.scheme or f.workstream or f.role,
            f.names,
            f.period or "",
            f"{f.value:,f}" if f.unit == "GBP" else plain(f.value),
            *(("c" if f.corrected else "",) if is_corrected else ()),
            str(f.page),
        )
        for k, f in enumerate(found, 1)
    )
    return Listing(found, [Block(columns, rows, below=(CORRECTED,) if is_corrected else ())], FIGURE_COLUMNS)
