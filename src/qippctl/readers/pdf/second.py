"""A second opinion on a table in doubt: pdfplumber reads its page too, and cells that come out otherwise are told."""

from __future__ import annotations

import io
import unicodedata
from typing import Any

from qippctl.models.document import Cell, Grid


def differs(content: bytes, password: str, number: int, grid: Grid) -> bool:
    """Whether pdfplumber finds other characters in some cell of a table on page `number` of a file; False where it cannot say."""
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(content), pages=[number], password=password) as pdf:
            characters = pdf.pages[0].chars
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  it gives up on files that PDFium reads; then there is no second opinion
        return False
    cells = [cell for row in grid.rows for cell in row if cell.text and cell.bbox is not None]
    return any(_bare(cell.text) != _bare(_within(cell, characters)) for cell in cells if cell.text.isascii())


def _within(cell: Cell, characters: list[dict[str, Any]]) -> str:
    assert cell.bbox is not None  # noqa: S101  only such cells are asked about
    x0, top, x1, bottom = cell.bbox
    return "".join(
        c["text"]
        for c in characters
        if x0 - 0.5 <= (c["x0"] + c["x1"]) / 2 <= x1 + 0.5 and top - 0.5 <= (c["top"] + c["bottom"]) / 2 <= bottom + 0.5
    )


def _bare(text: str) -> list[str]:
    """The characters of a text without blanks and without their order, which readers give differently."""
    return sorted("".join(unicodedata.normalize("NFKC", text).split()))
