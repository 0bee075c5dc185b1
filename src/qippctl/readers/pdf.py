"""PDF through pdfplumber: ruled tables as grids, everything else as lines of prose, page by page."""

from __future__ import annotations

import io
import os
import re
import sys
import zlib
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer import pdftypes
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from qippctl.errors import LimitError, UnreadableError
from qippctl.models.document import BBox, Cell, Document, Grid, Page, Prose
from qippctl.readers.isolation import Limits
from qippctl.readers.pages import Pages, chosen, front

_GLYPH = re.compile(r"\(cid:[0-9]+\)")
# Helvetica's bullet, which some writers give the code that has no name.
_BULLET = "(cid:127)"
_PAGE_NUMBER = re.compile(r"(?:page\s+)?([0-9]{1,4}|[ivxlc]{1,7})(?:\s+(?:of|/)\s+[0-9]{1,4})?", re.IGNORECASE)


class _TornError(Exception):
    """A compressed stream ends before its time."""


def _unpacked(data: bytes) -> bytes:
    """A stream that is whole but for its checksum. Of a torn one pdfminer would give the beginning: half a number."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = unpacker.decompress(data[2:])
    except zlib.error as error:
        raise _TornError from error
    if not unpacker.eof:
        raise _TornError
    return content


pdftypes.decompress_corrupted = _unpacked


def read_pdf(name: str, sha256: str, content: bytes, selection: Pages | None, limits: Limits) -> Document:
    """Read the chosen pages. The notes name those whose figures are not here: pictures without text, and damaged pages."""
    with _opened(content) as pdf:
        count = len(pdf.pages)
        if not count:
            raise UnreadableError("a PDF without pages; fetch the paper again")
        wanted = chosen(selection, count, limits.pages)
        blocks: list[Prose | Grid] = []
        pages: list[Page] = []
        pictures: list[int] = []
        damaged: list[int] = []
        unmapped: list[int] = []
        cells = 0
        for done, number in enumerate(wanted, 1):
            print(f"page {done} of {len(wanted)}", file=sys.stderr, flush=True)
            read = _page(pdf, number)
            if read is None:
                damaged.append(number)
                continue
            found, printed, empty = read
            cells += sum(len(block.rows) * block.width for block in found if isinstance(block, Grid))
            if cells > limits.cells:
                raise LimitError(
                    f"has more than {limits.cells} table cells; choose pages with --pages, or raise QIPPCTL_MAX_CELLS"
                )
            blocks += found
            pages.append(Page(number, printed))
            if empty:
                pictures.append(number)
            if _is_unmapped(found):
                unmapped.append(number)
        if not pages:
            raise UnreadableError(f"damaged: nothing on {_named(damaged)} can be read. Open and save it anew")
        cover = tuple(block for page in front(wanted, count) if (read := _page(pdf, page)) for block in read[0])
        notes = tuple(_notes(pictures, damaged, unmapped, count, _promised(pdf)))
    return Document(name, sha256, "application/pdf", count, tuple(pages), tuple(blocks), notes, cover)


def _opened(content: bytes) -> Any:
    # A password meant for another paper must not lock one that opens without.
    for password in dict.fromkeys((os.environ.get("QIPPCTL_PDF_PASSWORD", ""), "")):
        try:
            return pdfplumber.open(io.BytesIO(content), password=password)
        except PdfminerException as error:
            cause = error.args[0] if error.args else error
            if isinstance(cause, MemoryError):
                raise MemoryError from error
            if not isinstance(cause, PDFPasswordIncorrect):
                raise UnreadableError("a damaged PDF; open and save it anew") from error
    raise UnreadableError("locked with a password; set it in the environment variable QIPPCTL_PDF_PASSWORD")


def _promised(pdf: Any) -> int:
    """How many pages the file says that it has; nought where it says nothing sensible."""
    tree = pdftypes.resolve1(pdf.doc.catalog.get("Pages"))
    count = pdftypes.resolve1(tree.get("Count")) if isinstance(tree, dict) else None
    return count if isinstance(count, int) else 0


def _notes(pictures: list[int], damaged: list[int], unmapped: list[int], count: int, promised: int) -> Iterator[str]:
    if pictures:
        yield f"no text on {_named(pictures)}: pictures, whose figures were not read"
    if unmapped:
        yield f"{_named(unmapped)} in a font that does not say which letters it draws: the text there is no text"
    if damaged:
        yield f"{_named(damaged)} damaged, and left out"
    if count < promised:
        yield f"damaged: only {count} of its {promised} pages were found, and their numbers may be too low"


def _is_unmapped(blocks: list[Prose | Grid]) -> bool:
    """Whether much of a page's text is glyph numbers, `(cid:42)`, for want of a map from glyphs to letters."""
    texts = [t for b in blocks for t in ([b.text] if isinstance(b, Prose) else (c.text for row in b.rows for c in row))]
    glyphs = sum(len(_GLYPH.findall(text)) for text in texts)
    return glyphs > 0 and glyphs * 10 > sum(map(len, texts)) - glyphs * 7


def _named(pages: list[int]) -> str:
    return f"page{'s' if len(pages) > 1 else ''} {Pages.parse(','.join(map(str, pages)))}"


def _page(pdf: Any, number: int) -> tuple[list[Prose | Grid], str | None, bool] | None:
    """The blocks of a page from top to bottom, the number printed on it, and whether it is a picture without text.

    None where the page is damaged.
    """
    page = pdf.pages[number - 1]
    try:
        return _laid_out(page, number)
    except PdfminerException as error:
        if any(isinstance(cause, MemoryError) for cause in error.args):
            raise
        return None
    finally:
        page.close()


def _laid_out(page: Any, number: int) -> tuple[list[Prose | Grid], str | None, bool]:
    grids = [(table.bbox, grid) for table in page.find_tables() if (grid := _grid(table, number)) is not None]
    lines = _lines(page, [bbox for bbox, _ in grids])
    printed = next(
        (match[1] for _, text in (lines[-1:] + lines[:1]) if (match := _PAGE_NUMBER.fullmatch(text.strip()))), None
    )
    placed: list[tuple[float, Prose | Grid]] = [(top, Prose(text, number)) for top, text in lines]
    placed += [(bbox[1], grid) for bbox, grid in grids]
    empty = not page.chars and bool(page.images or page.rects or page.curves)
    return [block for _, block in sorted(placed, key=lambda item: item[0])], printed, empty


def _lines(page: Any, boxes: list[BBox]) -> list[tuple[float, str]]:
    """Lines of text outside the tables, with their distance from the top."""

    def outside(item: dict[str, Any]) -> bool:
        if item.get("object_type") != "char":
            return True
        x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
        return not any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in boxes)

    rest = page.filter(outside) if boxes else page
    return [
        (line["top"], line["text"].replace(_BULLET, "•"))
        for line in rest.extract_text_lines(return_chars=False)
        if line["text"].strip()
    ]


def _grid(table: Any, number: int) -> Grid | None:
    """A pdfplumber table with its merged cells known. A position without a cell of its own is covered by its neighbour.

    None for a single row or column: a frame around prose.
    """
    boxes = [row.cells for row in table.rows]
    width = max(len(row) for row in boxes)
    if width < 2 or len(boxes) < 2:
        return None
    texts = table.extract()
    lefts = [
        min((box[0] for row in boxes if column < len(row) and (box := row[column])), default=None)
        for column in range(width)
    ]
    rows = []
    for boxed, printed in zip(boxes, texts, strict=True):
        rows.append(tuple(_cells(boxed, printed, lefts)))
    return Grid(tuple(rows), page=number, bbox=_rounded(table.bbox), method="ruled")


def _cells(boxed: list[BBox | None], printed: list[str | None], lefts: list[float | None]) -> Iterator[Cell]:
    for column, box in enumerate(boxed):
        if box is None:
            yield Cell(covered=True)
            continue
        span = 1
        while (
            column + span < len(boxed)
            and boxed[column + span] is None
            and (left := lefts[column + span]) is not None
            and left < box[2] - 1
        ):
            span += 1
        yield Cell((printed[column] or "").replace(_BULLET, "•"), colspan=span, bbox=_rounded(box))


def _rounded(box: BBox) -> BBox:
    x0, top, x1, bottom = (round(float(value), 1) for value in box)
    return (x0, top, x1, bottom)
