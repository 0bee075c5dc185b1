"""Word: headers, paragraphs and tables in document order, notes and footers, with tracked changes as accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from qippctl.models.document import Document, Page, Prose
from qippctl.readers.isolation import Limits
from qippctl.readers.word.notes import notes
from qippctl.readers.word.parts import Parts
from qippctl.readers.word.story import Block, Met, Story
from qippctl.readers.word.styles import Styles
from qippctl.readers.word.tables import Budget
from qippctl.readers.word.xml import is_on, qn

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx(name: str, sha256: str, content: bytes, limits: Limits) -> Document:
    """Read a Word document, whose package was looked at. It has no pages until it is laid out: all is on page 1."""
    with Parts(content) as parts:
        document = parts.document()
        styles = Styles(parts.xml(next(parts.related(parts.main, "styles"), "")))
        met, budget = Met(), Budget(limits.cells)
        story, furniture = Story(styles, met, budget), Story(styles, met, budget, furniture=True)
        blocks = (
            *_furniture(parts, document, furniture, "header"),
            *story.blocks(document.find(qn("w:body"))),
            *notes(parts, document, story),
            *_furniture(parts, document, furniture, "footer"),
        )
        told = (*_told(met), *_unread(parts, met))
    return Document(name, sha256, MEDIA_TYPE, 1, (Page(1),), blocks, told)


def _furniture(parts: Parts, document: Any, story: Story, kind: str) -> Iterator[Block]:
    """The headers or the footers that are printed, the same text once."""
    seen = set()
    for identifier in _printed(document, kind):
        root = parts.xml(parts.target(parts.main, identifier) or "")
        if root is None:
            continue
        for block in story.blocks(root):
            key = block.text if isinstance(block, Prose) else str(block.texts())
            if key not in seen:
                seen.add(key)
                yield block


def _printed(document: Any, kind: str) -> Iterable[str]:
    """The relations to the headers or footers in use. A section without its own has those of the section before it."""
    found: dict[str, None] = {}
    current: dict[str, str] = {}
    for section in document.iter(qn("w:sectPr")):
        if section.getparent().tag == qn("w:sectPrChange"):
            continue
        for reference in section.findall(qn(f"w:{kind}Reference")):
            current[reference.get(qn("w:type"), "default")] = reference.get(qn("r:id"), "")
        # A first page's header stays in the file when its author switches it off.
        for place in ("first", "default") if is_on(section, "w:titlePg") else ("default",):
            if place in current:
                found[current[place]] = None
    return found


def _told(met: Met) -> Iterator[str]:
    """What was read in another way than it stands in the file."""
    changes = [
        *([_counted(met.changed_cells, "table cell")] if met.changed_cells else []),
        *([_counted(met.deleted, "deleted row or cell", "deleted rows or cells")] if met.deleted else []),
        *(["the text"] if met.changed_text else []),
    ]
    if changes:
        yield f"tracked changes in {' and in '.join(changes)}: read as if accepted"
    marked = f"in {_counted(met.hidden_cells, 'table cell')} read and marked as hidden"
    if met.hidden_cells and met.hidden_text:
        yield f"hidden text: {marked}, elsewhere left out"
    elif met.hidden_cells or met.hidden_text:
        yield f"hidden text: {marked if met.hidden_cells else 'left out'}"


def _unread(parts: Parts, met: Met) -> Iterator[str]:
    """What of the file was not read."""
    comments = parts.xml(next(parts.related(parts.main, "comments"), ""))
    count = len(comments.findall(qn("w:comment"))) if comments is not None else 0
    if count:
        yield f"{_counted(count, 'comment')}: not read"
    if pictures := list(met.pictures.told()):
        yield f"{', '.join(pictures)}: figures in them are not read"
    if met.inserted_files:
        yield f"{_counted(met.inserted_files, 'inserted file')}: not read; open and save it anew to have its text"
    if parts.has_macros:
        yield "macros: not run"


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
