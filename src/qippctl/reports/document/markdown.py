"""A document as Markdown. A picture is told by its words: one file holds no other."""

from __future__ import annotations

from qippctl.reports.clean import for_markdown
from qippctl.reports.document.model import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Particulars,
    Picture,
    Table,
    numbered,
)


def markdown(document: Document) -> str:
    """The whole document; blocks are parted by an empty line."""
    own = document.clean
    tables, pictures = numbered(own.blocks, Table), numbered(own.blocks, Picture)
    parts = [f"# {for_markdown(own.title)}"]
    if own.draft:
        parts.append("**DRAFT**")
    parts += [_block(block, tables.get(k) or pictures.get(k) or 0) for k, block in enumerate(own.blocks)]
    return "\n\n".join(parts) + "\n"


def _block(block: Block, number: int) -> str:
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 1)} {for_markdown(block.text)}"
    if isinstance(block, Paragraph):
        text = _not_a_block(for_markdown(block.text))
        return f"**{text}**" if block.voice in ("lead", "warning") else f"_{text}_" if block.voice == "note" else text
    if isinstance(block, Bullets):
        return "\n".join(f"- {for_markdown(item)}" for item in block.items)
    if isinstance(block, Particulars):
        return "\n".join(f"- **{for_markdown(name)}:** {for_markdown(text)}" for name, text in block.pairs)
    if isinstance(block, Picture):
        return f"**Figure {number}. {for_markdown(block.caption)}**\n\n{for_markdown(block.alt)}"
    return f"**Table {number}. {for_markdown(block.caption)}**\n\n{_table(block)}"


def _table(table: Table) -> str:
    lines = ["| " + " | ".join(for_markdown(column.heading) for column in table.columns) + " |"]
    lines.append("|" + "|".join("---:" if column.align == "right" else "---" for column in table.columns) + "|")
    for k, row in enumerate(table.rows):
        texts = [for_markdown(cell.text) for cell in row]
        shown = [f"**{text}**" if text and k in table.strong else text for text in texts]
        lines.append("| " + " | ".join(shown) + " |")
    return "\n".join(lines)


def _not_a_block(text: str) -> str:
    """A paragraph that begins as a heading, a quotation or a list would begin."""
    return "\\" + text if text[:1] in ("#", "-", "+", ">", "~", "=") else text
