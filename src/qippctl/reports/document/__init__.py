"""Documents for a meeting: one neutral model (`model`), and a renderer for each format; `render` chooses by suffix.

Markdown and HTML come as text, Word and PDF as bytes. The same document gives the same bytes. Imports models and `reports`;
python-docx, jinja2 and reportlab are loaded by the renderer that needs them.
"""

from __future__ import annotations

from typing import Literal, get_args

from qippctl.reports.document.model import (
    Block,
    Bullets,
    Cell,
    Document,
    Heading,
    Paragraph,
    Particulars,
    Picture,
    Table,
    TableColumn,
)

Suffix = Literal["md", "html", "docx", "pdf"]
SUFFIXES: tuple[Suffix, ...] = get_args(Suffix)


def render(document: Document, suffix: Suffix) -> str | bytes:
    """A document in one of the formats."""
    if suffix == "md":
        from qippctl.reports.document.markdown import markdown

        return markdown(document)
    if suffix == "html":
        from qippctl.reports.document.html import html

        return html(document)
    if suffix == "docx":
        from qippctl.reports.document.word import word

        return word(document)
    from qippctl.reports.document.pdf import pdf

    return pdf(document)


__all__ = [
    "SUFFIXES",
    "Block",
    "Bullets",
    "Cell",
    "Document",
    "Heading",
    "Paragraph",
    "Particulars",
    "Picture",
    "Suffix",
    "Table",
    "TableColumn",
    "render",
]
