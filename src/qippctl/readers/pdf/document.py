"""A PDF page by page: each is read by itself, and what became of it is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qippctl.errors import UnreadableError
from qippctl.models.document import Document, Grid, Page, PageState, Prose
from qippctl.readers.isolation import Limits, Share
from qippctl.readers.pages import Pages, chosen, front
from qippctl.readers.pdf.draft import is_crowded
from qippctl.readers.pdf.engine import PdfFile
from qippctl.readers.pdf.ink import Ink
from qippctl.readers.pdf.page import read_page
from qippctl.readers.pdf.pictures import read_pictures
from qippctl.readers.pdf.second import differs
from qippctl.readers.pdf.torn import torn_pages

_COMMON = frozenset(["the", "of", "and", "to", "in", "a", "for", "is", "on", "with", "at", "by", "from"])
_MEDIA_TYPE = "application/pdf"


def read_pdf(
    name: str, sha256: str, content: bytes, selection: Pages | None, limits: Limits, share: Share
) -> Iterator[Document]:
    """The chosen pages of one share of the work, a document each; before them one without pages, that has the front and
    the count."""
    file = PdfFile(content)
    if not file.count:
        raise UnreadableError("a PDF without pages; fetch the paper again")
    wanted = chosen(selection, file.count, limits.pages)
    torn = torn_pages(content, file.password)
    whole = Document(name, sha256, _MEDIA_TYPE, file.count)
    if share.is_first:
        cover = tuple(block for page in front(wanted, file.count) for block in _page(file, page, torn, share)[1])
        yield replace(whole, front=cover)
    for number in share.among(wanted):
        page, blocks = _page(file, number, torn, share)
        yield replace(whole, pages=(page,), blocks=blocks)


def _page(file: PdfFile, number: int, torn: frozenset[int], share: Share) -> tuple[Page, tuple[Prose | Grid, ...]]:
    if number in torn:
        return Page(number, state="damaged"), ()
    try:
        ink = file.ink(number, least_numbers=share.least_numbers)
        if ink is None:
            return Page(number, state="damaged"), ()
        state, ink = _legible(file, number, ink)
        reading = read_page(ink, number, prose=bool(share.prose))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  one page that a file draws in a way nobody thought of must not take the others with it
        return Page(number, state="damaged"), ()
    brought = {"unmapped": ("unmapped-font",), "behind": ("text-behind-picture",)}.get(state, ())
    blocks = tuple(
        _doubted(file, number, block, brought) if isinstance(block, Grid) else block for block in reading.blocks
    )
    return Page(number, reading.printed, state=state), blocks


def _doubted(file: PdfFile, number: int, grid: Grid, brought: tuple[str, ...]) -> Grid:
    """A table with the doubts of its page; where there is one, or a cell is crowded, a second reader is asked."""
    crowded = any(is_crowded(cell.text) for row in grid.rows for cell in row)
    if not brought and not crowded:
        return grid
    second = ("readers-differ",) if differs(file.content, file.password, number, grid) else ()
    return replace(grid, doubts=(*grid.doubts, *brought, *second))


def _legible(file: PdfFile, number: int, ink: Ink) -> tuple[PageState, Ink]:
    """What became of a page, and its ink with what lies in pictures, as far as that can be read."""
    if ink.skipped:
        return "skipped", ink
    characters = sum(len(word.text) for word in ink.words)
    if not ink.words and ink.hidden and ink.pictures:
        # A scan that was recognised before: its text lies behind the picture.
        return "behind", replace(ink, words=ink.hidden, hidden=[])
    if characters and ink.unmapped * 10 > characters * 3 and not _is_language(ink):
        read = read_pictures(file, number, ink, whole=True)
        return ("recognised", read) if read is not None else ("unmapped", ink)
    if not ink.words and (ink.pictures or ink.fills or ink.rules):
        read = read_pictures(file, number, ink, whole=True)
        return ("recognised", read) if read is not None else ("picture" if _is_full(ink) else "", ink)
    return "unseen" if ink.hidden else "", read_pictures(file, number, ink, whole=False) or ink


def _is_language(ink: Ink) -> bool:
    """Whether text without a map reads as English all the same: then its codes are the letters that they look like."""
    words = [word.text.casefold() for word in ink.words if word.text.isalpha()]
    return len(words) > 20 and sum(word in _COMMON for word in words) * 25 > len(words)


def _is_full(ink: Ink) -> bool:
    return bool(ink.pictures or ink.fills)
