"""The cover sheet's own table: who leads, what is recommended, which implications the paper names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.words import find, is_one_of, unmarked
from qippctl.models.document import Document, Grid, Prose

COVER_BLOCKS = 60


@dataclass(slots=True)
class CoverSheet:
    """What the sheet says beside title, body and date. Names by role, texts by heading, as printed."""

    leads: dict[str, str] = field(default_factory=dict)
    recommendation: str | None = None
    implications: dict[str, str] = field(default_factory=dict)


def read_sheet(document: Document) -> CoverSheet:
    """Read the cover sheet from the first tables and lines of a paper."""
    sheet = CoverSheet()
    heading = ""
    for block in document.blocks[:COVER_BLOCKS]:
        if isinstance(block, Prose):
            heading = unmarked(block.text)
            label, colon, rest = heading.partition(":")
            if colon and rest.strip() and is_one_of(vocabulary().leads, label):
                sheet.leads.setdefault(label.strip(), rest.strip())
            continue
        for label, text in _pairs(block):
            if is_one_of(vocabulary().leads, label.rstrip(":")) and text and not text.endswith(":"):
                sheet.leads.setdefault(label.rstrip(": "), text)
        sheet.recommendation = sheet.recommendation or _recommended(block)
        if find(["implication*"], heading) and len(heading.split()) <= 6:
            sheet.implications |= {label: text for label, text in _pairs(block) if label and text}
    return sheet


def _pairs(grid: Grid) -> Iterator[tuple[str, str]]:
    """The first two filled cells of each row; a row with one has no text."""
    for row in grid.rows[:40]:
        cells = [unmarked(cell.text) for cell in row]
        filled = [text for text in cells[1:] if text]
        if cells[0]:
            yield cells[0], filled[0] if filled else ""


def _recommended(grid: Grid) -> str | None:
    """What is asked of the meeting: the option beside a tick, or the one that a row of the cover names."""
    words = vocabulary()
    for row in grid.rows[:12]:
        cells = [text for cell in row if (text := unmarked(cell.text))]
        options = [text for text in cells if is_one_of(words.asked_of_meeting, text)]
        if not options:
            continue
        ticked = [i for i, text in enumerate(cells) if text in words.ticks]
        if len(options) == 1 and not ticked and len(cells) <= 2:
            return options[0]
        chosen = [cells[i - 1] for i in ticked if i and cells[i - 1] in options]
        if len(chosen) == 1:
            return chosen[0]
    return None
