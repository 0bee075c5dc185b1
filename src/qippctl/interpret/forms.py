"""Tables whose rows are records: which layout's they are, which column says what, and the rows field by field.

The headings of such tables are found by the words of a layout's fields. A table that goes on over the page with its
headings cut, fused or lost is read by the columns of the part before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qippctl.interpret.brought import doubts_of
from qippctl.interpret.headings import is_heading_word, unit_of
from qippctl.interpret.layouts import record_layouts
from qippctl.interpret.mending import mended
from qippctl.interpret.rows import is_total
from qippctl.interpret.words import find, is_one_of, normal, unmarked
from qippctl.models.document import Grid
from qippctl.models.figure import Doubt
from qippctl.models.layout import Layout
from qippctl.money import is_dash, parse_amount

MOST_ROWS_ABOVE = 8
LONGEST_HEADING = 70
LONGEST_TIER = 40
# So many columns more or fewer than before, a table without headings may have and still be the next part of it.
SLIPPED_COLUMNS = 2
NARROWEST_SLIPPED = 8


@dataclass(slots=True)
class FormRow:
    """One record's row: its texts by field, the group that it stands under, and every cell of it as printed."""

    index: int
    page: int
    texts: dict[str, str]
    cells: tuple[str, ...]
    group: str | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class Form:
    """A table of records. `columns` says which column holds a field, `paths` how each column is headed."""

    layout: Layout
    width: int
    columns: dict[str, int]
    paths: tuple[str, ...]
    heading_rows: int
    titles: tuple[str, ...] = ()
    rows: list[FormRow] = field(default_factory=list)
    group: str | None = None

    @property
    def key(self) -> str:
        return _key(self.layout, self.columns)


class Forms:
    """Reads the forms of one paper in order, and remembers how the parts before were headed."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], Form] = {}
        self._last: Form | None = None

    def read(self, grid: Grid, *, follows: bool) -> Form | None:
        """The form that a grid is, or None. `follows`: nothing but page furniture stands between it and the last grid."""
        texts = [[unmarked(text) for text in row] for row in grid.texts()]
        form = self._headed(texts, follows=follows) or (self._headless(texts) if follows else None)
        last, self._last = self._last if follows else None, form
        if form is None:
            return None
        self._known[(form.layout.name, form.width)] = form
        before = last if last is not None and last.layout.name == form.layout.name else None
        _fill(form, grid, texts, before)
        return form

    def _headed(self, texts: Sequence[Sequence[str]], *, follows: bool) -> Form | None:
        found: list[tuple[bool, int, int, int, Layout]] = []
        for own, layout in record_layouts():
            for first in range(min(len(texts), MOST_ROWS_ABOVE)):
                last = _last_tier(texts, first, layout)
                heads = [
                    _bare(text) for row in texts[first : last + 1] for text in row if 0 < len(text) <= LONGEST_HEADING
                ]
                if all(any(find(phrases, text) for text in heads) for phrases in layout.identify.headings):
                    found.append((own, len(layout.identify.headings), -first, last, layout))
                    break
        if not found:
            return None
        _, _, first, last, layout = max(found, key=lambda item: item[:3])
        paths = _paths(texts[-first : last + 1])
        body = texts[last + 1 :]
        columns = _numbered(layout, _columns(layout, texts[-first : last + 1], paths), paths, body)
        columns = _with_key(layout, columns, body)
        known = self._known.get((layout.name, len(paths)))
        agreed = sum(known.columns.get(name) == column for name, column in columns.items()) if known is not None else 0
        if known is not None and len(known.columns) > len(columns) and agreed * 2 >= len(columns):
            columns, paths = known.columns, known.paths
        elif known is not None and follows and known is self._last:
            paths = tuple(map(_with_unit, paths, known.paths))
        titles = tuple(" ".join(filter(None, row)) for row in texts[:-first])
        return Form(layout, len(paths), columns, paths, last + 1, titles)

    def _headless(self, texts: Sequence[Sequence[str]]) -> Form | None:
        before = self._last
        width = len(texts[0]) if texts else 0
        if before is None or _heads_anew(texts[0]):
            return None
        slipped = abs(width - before.width)
        if slipped > (SLIPPED_COLUMNS if width >= NARROWEST_SLIPPED else 0):
            return None
        return Form(before.layout, width, before.columns, before.paths, 0)


def _with_unit(path: str, before: str) -> str:
    """A heading; where it is the one of the part before but for the unit that stood there, that one."""
    lost = unit_of(path) is None and unit_of(before) is not None and normal(_bare(before)) == normal(path)
    return before if lost else path


def _heads_anew(row: Sequence[str]) -> bool:
    """Whether a row heads columns: short heading words in most of its cells, and no number."""
    filled = [text for text in row if text]
    heads = sum(1 for text in filled if len(text) <= LONGEST_TIER and is_heading_word(text))
    return len(filled) >= 2 and heads * 3 >= len(filled) * 2 and not any(_is_number(text) for text in filled)


def _last_tier(texts: Sequence[Sequence[str]], first: int, layout: Layout) -> int:
    """The last row of the headings that begin in a row: further tiers hold short heading words and no name of a row."""
    last = first
    for row in texts[first + 1 : first + 4]:
        filled = [(i, text) for i, text in enumerate(row) if text and not is_dash(text)]
        above = texts[last]
        is_tier = bool(filled) and all(
            len(text) <= LONGEST_TIER
            and not _is_number(text)
            and (is_heading_word(text) or _field_of(layout, text) is not None)
            for _, text in filled
        )
        names = row[0] and normal(row[0]) != normal(above[0])
        if not is_tier or names or (len(filled) == 1 and unit_of(filled[0][1]) is None):
            break
        last += 1
    return last


def _is_number(text: str) -> bool:
    return unit_of(text) is None and parse_amount(text) is not None


def _paths(tiers: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """How each column is headed, its tiers joined; a tier reaches over the columns to its right that a lower one heads."""
    rows = [list(row) for row in tiers]
    for i, row in enumerate(rows[:-1]):
        for column in range(1, len(row)):
            below = [lower[column] for lower in tiers[i + 1 :]]
            left = [lower[column - 1] for lower in tiers[i + 1 :]]
            if not row[column] and row[column - 1] and any(below) and any(left):
                row[column] = row[column - 1]
    return tuple(" ".join(dict.fromkeys(row[column] for row in rows if row[column])) for column in range(len(rows[0])))


def _field_of(layout: Layout, text: str) -> str | None:
    """The field that a heading names: the one that it is, else the first that stands in it."""
    exact = next((name for name, phrases in layout.fields.items() if is_one_of(phrases, text)), None)
    return exact or next((name for name, phrases in layout.fields.items() if find(phrases, text)), None)


def _columns(layout: Layout, rows: Sequence[Sequence[str]], paths: Sequence[str]) -> dict[str, int]:
    """The column of each field. A heading that fused with its right neighbour is parted when it names two fields."""
    found: dict[str, int] = {}
    for wanted_exact in (True, False):
        for column, path in enumerate(paths):
            if column in found.values():
                continue
            tiers = [row[column] for row in rows if row[column]]
            for text in map(_bare, (path, *reversed(tiers))):
                names = [
                    name
                    for name, phrases in layout.fields.items()
                    if name not in found and (is_one_of(phrases, text) if wanted_exact else find(phrases, text))
                ]
                if names and len(text) <= LONGEST_HEADING:
                    found[names[0]] = column
                    fused = [name for name in names[1:] if not wanted_exact]
                    blank = column + 1 < len(paths) and not paths[column + 1]
                    if fused and blank:
                        first, second = sorted((names[0], fused[0]), key=lambda name: _place(layout, name, text))
                        found[first], found[second] = column, column + 1
                    break
    return found


def _key(layout: Layout, columns: dict[str, int]) -> str:
    """The field that names a row: the first of the layout's keys that has a column, else the first."""
    keys = layout.key or tuple(layout.fields)[:1]
    return next((key for key in keys if key in columns), keys[0])


def _with_key(layout: Layout, columns: dict[str, int], body: Sequence[Sequence[str]]) -> dict[str, int]:
    """The columns with one that names the rows: where its heading was cut, the first of words that no field has.

    A column of words before it, that no heading names, groups the rows.
    """
    key = _key(layout, columns)
    worded = [
        column
        for column in range(len(body[0]) if body else 0)
        if column not in columns.values() and any(any(ch.isalpha() for ch in row[column]) for row in body)
    ]
    if key not in columns and worded:
        columns = columns | {key: worded.pop(0)}
    if worded and "workstream" not in columns and worded[0] < columns.get(key, 0):
        columns = columns | {"workstream": worded[0]}
    return columns


def _numbered(
    layout: Layout, columns: dict[str, int], paths: Sequence[str], body: Sequence[Sequence[str]]
) -> dict[str, int]:
    """The columns where one heading stands over two or more, of which the first numbers the rows and another names them."""
    key = _key(layout, columns)
    if key not in columns:
        return columns
    first = columns[key]
    below = [c for c in range(first + 1, len(paths)) if not any(paths[first + 1 : c + 1])]
    words = [sum(1 for row in body if any(ch.isalpha() for ch in row[c])) for c in (first, *below)]
    if not below or words[0] * 2 > max(words):
        return columns
    named = (first, *below)[words.index(max(words))]
    return columns | {key: named} | ({} if "number" in columns else {"number": first})


def _bare(text: str) -> str:
    """A heading without its unit."""
    return re.sub(r"\(?£\S*\)?", "", text).strip() or text


def _place(layout: Layout, name: str, text: str) -> int:
    """Where in a heading the words of a field stand."""
    words = normal(text)
    return min((at for phrase in layout.fields[name] if (at := words.find(normal(phrase.rstrip("*")))) >= 0), default=0)


def _fill(form: Form, grid: Grid, texts: Sequence[Sequence[str]], before: Form | None) -> None:
    """Read the rows below the headings into the form."""
    headings = [list(row) for row in texts[: form.heading_rows]]
    key = form.columns.get(form.key, 0)
    group = before.group if before is not None else None
    carried = dict(before.rows[-1].texts) if before is not None and before.rows else {}
    for index in range(form.heading_rows, len(texts)):
        row = list(texts[index])
        filled = [i for i, text in enumerate(row) if text]
        if not filled or row in headings or all(_is_number(row[i]) or is_dash(row[i]) for i in filled):
            continue
        if form.layout.groups and len(filled) == 1 and filled[0] in (0, key):
            group = row[filled[0]]
            continue
        slipped = mended(form.layout, form.columns, row)
        said = slipped or {name: row[column] for name, column in form.columns.items() if column < len(row)}
        last = form.rows[-1] if form.rows else (before.rows[-1] if before is not None and before.rows else None)
        if not said.get(form.key) and any(is_total(row[i]) for i in filled[:2]):
            continue
        if not said.get(form.key) and last is not None and any(said.values()):
            _go_on(last, said, slipped is not None)
            continue
        for name in form.layout.fill_down:
            said[name] = said.get(name) or carried.get(name, "")
        out_of_place = slipped is not None or form.width != len(form.paths)
        doubts: tuple[Doubt, ...] = (Doubt.SHIFTED_ROW,) if out_of_place else ()
        brought = {doubt for cell in grid.rows[index] for doubt in doubts_of(cell)} | {
            Doubt(name) for name in grid.doubts
        }
        doubts += tuple(sorted(brought))
        form.rows.append(FormRow(index, grid.page_of(index), said, tuple(row), group, doubts))
        carried = said
    form.group = group


def _go_on(row: FormRow, said: dict[str, str], slipped: bool) -> None:
    """A row without the name of a record goes on with the texts of the one above it."""
    if slipped and Doubt.SHIFTED_ROW not in row.doubts:
        row.doubts = (*row.doubts, Doubt.SHIFTED_ROW)
    for name, text in said.items():
        if text:
            row.texts[name] = "\n".join(filter(None, (row.texts.get(name, ""), text)))


def with_doubt(row: FormRow, doubt: Doubt) -> FormRow:
    return replace(row, doubts=tuple(dict.fromkeys((*row.doubts, doubt))))
