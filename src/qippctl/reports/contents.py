"""What is in one paper: its items, its tables with kind and page, its records by type, and what was not understood."""

from __future__ import annotations

from qippctl.models.answers import ContentsAnswer
from qippctl.reports.listing import Block, Column, Listing
from qippctl.reports.words import about_paper


def contents(answer: ContentsAnswer) -> Listing:
    """The contents of a paper for people, and as one record for scripts."""
    return Listing([answer], [_about(answer), *_items(answer), _tables(answer), _records(answer), *_unread(answer)])


def _about(answer: ContentsAnswer) -> Block:
    cover = answer.paper
    number = f"#{answer.number} " if answer.number else ""
    first, second = about_paper(cover)
    lines = [f"{number}{first}", second, "; ".join(f"{role}: {name}" for role, name in cover.leads.items())]
    lines += [f"{heading}: {text}" for heading, text in cover.implications.items()]
    return Block((), (), tuple(filter(None, lines)))


def _items(answer: ContentsAnswer) -> list[Block]:
    if not answer.items:
        return []
    columns = (
        Column("Item", "colour"),
        Column("Pages", "colour"),
        Column("Title", "label"),
        Column("Organisation", "label", optional=True),
        Column("Period", "colour", optional=True),
    )
    rows = tuple(
        (item.item or "", item.item_pages or "", item.title or "", item.organisation or "", item.period or "")
        for item in answer.items
    )
    return [Block(columns, rows, ("", f"{len(rows)} items"))]


def _tables(answer: ContentsAnswer) -> Block:
    columns = (
        Column("Table", "colour"),
        Column("Page", "number"),
        Column("Kind", "colour"),
        Column("Title", "label", optional=True),
        Column("Rows", "number", optional=True),
        Column("Figures", "number"),
        Column("Records", "number"),
        Column("Layout", "colour", optional=True),
    )
    rows = tuple(
        (
            table.table,
            str(table.page),
            table.kind,
            (table.title or "")[:80],
            str(table.rows),
            str(table.figures or ""),
            str(table.records or ""),
            table.layout or "",
        )
        for table in answer.tables
    )
    return Block(columns, rows, ("", f"{len(rows)} tables"))


def _records(answer: ContentsAnswer) -> Block:
    columns = (Column("Records", "label"), Column("Count", "number"), Column("In doubt", "number"))
    rows = tuple((c.type, str(c.count), str(c.doubted or "")) for c in answer.records)
    return Block(columns, rows, ("",))


def _unread(answer: ContentsAnswer) -> list[Block]:
    if not answer.not_understood:
        return [Block((), (), ("", "Nothing was left out."))]
    return [Block((), (), ("", "Not understood, and left out:"), tuple(f"- {line}" for line in answer.not_understood))]
