"""A story, as Word calls a body, a header or a note: its paragraphs and tables in order, as prose and grids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from qippctl.errors import LimitError
from qippctl.models.document import Grid, Prose
from qippctl.readers.word.pictures import Pictures
from qippctl.readers.word.styles import Styles
from qippctl.readers.word.tables import Budget, Content, lay_out
from qippctl.readers.word.text import Paragraph, cell_text, read_paragraph
from qippctl.readers.word.xml import GONE, PARAGRAPH, TABLE, qn, within

# Tables within tables, and text boxes: people nest two or three.
_DEEPEST = 20
_INSERTED_FILE = qn("w:altChunk")

Block = Prose | Grid


class _Table(NamedTuple):
    element: Any
    changed: bool
    hidden: bool


_Item = Paragraph | _Table


@dataclass(slots=True)
class Met:
    """What was met on the way that people are told of: what was left out, and what was read as something else."""

    changed_cells: int = 0
    deleted: int = 0
    changed_text: bool = False
    hidden_cells: int = 0
    hidden_text: bool = False
    inserted_files: int = 0
    pictures: Pictures = field(default_factory=Pictures)


class Story:
    """Reads stories of one document. `furniture`: headers and footers, whose page numbers are left out."""

    def __init__(self, styles: Styles, met: Met, budget: Budget, *, furniture: bool = False) -> None:
        self.styles, self.met, self.budget, self.furniture = styles, met, budget, furniture

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[Block]:
        """The paragraphs and tables of an element; a text box comes after its paragraph, an inner table after its outer."""
        _check(depth)
        return self._shown(self._items(parent), depth)

    def _items(self, parent: Any, *, changed: bool = False, hidden: bool = False) -> Iterator[_Item]:
        for element, added in within(parent, PARAGRAPH, TABLE, _INSERTED_FILE, changed=changed):
            if element.tag == TABLE:
                yield _Table(element, added, hidden)
            elif element.tag in GONE:
                yield Paragraph(changed=True)
            elif element.tag == _INSERTED_FILE:
                self.met.inserted_files += 1
            else:
                yield read_paragraph(element, self.styles, self.met.pictures, changed=added, furniture=self.furniture)

    def _shown(self, items: Iterable[_Item], depth: int) -> Iterator[Block]:
        for item in items:
            if isinstance(item, _Table):
                yield from self._table(item, depth + 1)
                continue
            self.met.changed_text |= item.changed
            self.met.hidden_text |= item.hides
            if text := item.text():
                yield Prose(text)
            yield from self._boxes(item, depth)

    def _boxes(self, paragraph: Paragraph, depth: int) -> Iterator[Block]:
        for box in paragraph.boxes:
            if isinstance(box, str):
                yield Prose(box)
            else:
                yield from self.blocks(box, depth + 1)

    def _table(self, table: _Table, depth: int) -> Iterator[Block]:
        _check(depth)
        laid = lay_out(table.element, self._cell, self.budget, changed=table.changed, hidden=table.hidden)
        self.met.deleted += laid.deleted
        if _is_frame(laid.grid, laid.contents):
            for content in laid.contents:
                yield from self._shown(content.items, depth)
            return
        if laid.grid.width:
            yield laid.grid
        for content in laid.contents:
            self.met.changed_cells += content.changed
            self.met.hidden_cells += content.hidden
            for item in content.items:
                if isinstance(item, _Table):
                    yield from self._table(item, depth + 1)
                else:
                    self.met.hidden_text |= item.hides and not content.hidden
                    yield from self._boxes(item, depth)

    def _cell(self, element: Any, changed: bool, row_is_hidden: bool) -> Content:
        items = list(self._items(element, changed=changed, hidden=row_is_hidden))
        paragraphs = [item for item in items if isinstance(item, Paragraph)]
        if row_is_hidden:
            for paragraph in paragraphs:
                paragraph.boxes.clear()
        text, hidden = cell_text(paragraphs, all_hidden=row_is_hidden)
        return Content(text, hidden, changed or any(paragraph.changed for paragraph in paragraphs), items)


def _check(depth: int) -> None:
    if depth > _DEEPEST:
        raise LimitError(
            f"tables or text boxes nested more than {_DEEPEST} deep; take the inner ones out, or save it as PDF"
        )


def _is_frame(grid: Grid, contents: list[Content]) -> bool:
    """Whether a table only gives others their places: it has a single cell or column, or no text of its own."""
    if any(content.hidden for content in contents):
        return False
    items = [item for content in contents for item in content.items]
    if not any(content.text for content in contents):
        return any(isinstance(item, _Table) or item.boxes for item in items)
    return grid.width == 1 and any(isinstance(item, _Table) for item in items)
