"""Parts of a document put together, tables that go on over pages recognised, and what became of pages told in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from qippctl.errors import UnreadableError
from qippctl.models.document import Document, Grid, Page, PageState, Prose
from qippctl.readers.pages import Pages

# What is said of pages, by what became of them.
_NOTES: dict[PageState, str] = {
    "picture": "no text on {pages}: pictures, whose figures were not read. To read them: pip install 'qippctl[ocr]'",
    "recognised": "{pages}: pictures; their text was recognised, and every figure of them bears looking at",
    "behind": "{pages}: scanned; what was read is the text that a scanner's program put behind the picture",
    "unseen": "{pages}: text that nobody sees on paper (invisible, or white on white) was left out",
    "unmapped": "{pages} in a font that does not say which letters it draws: the text there is no text",
    "damaged": "{pages} damaged, and left out",
    "skipped": "{pages}: passed over, as they hold few numbers; leave --fast out to read them",
}


def together(parts: Iterable[Document]) -> Document:
    """One document of its parts, which come in the order of its pages."""
    whole: Document | None = None
    pages: list[Page] = []
    blocks: list[Prose | Grid] = []
    notes: list[str] = []
    for part in parts:
        whole = whole or part
        pages += part.pages
        blocks += part.blocks
        notes += part.notes
    if whole is None:
        raise UnreadableError("its reader answered with nothing; please report this")
    return replace(whole, pages=tuple(pages), blocks=tuple(blocks), notes=(*notes, *page_notes(pages)))


def page_notes(pages: Iterable[Page]) -> Iterator[str]:
    """What became of pages, in words."""
    by_state: dict[PageState, list[int]] = {}
    for page in pages:
        by_state.setdefault(page.state, []).append(page.number)
    for state, words in _NOTES.items():
        if numbers := by_state.get(state):
            named = f"page{'s' if len(numbers) > 1 else ''} {Pages.parse(','.join(map(str, numbers)))}"
            yield words.format(pages=named)
