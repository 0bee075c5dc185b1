"""What stands on the sheets of a workbook as prose and grids: the half of reading that .xlsx and .xls share.

A sheet is a page. Its rows fall into runs, parted by blank rows, and runs that are one table into a region:

    M06 CIP programme                       run without two cells in a row: prose
                                            blank
    Scheme          Plan   Actual  RAG      run with them: a grid, and the first of a region
    Beds             100       80  A
                                            blank
    Medicines                               } a blank row amid a table, and the label of a group between two:
                                            } the region goes on, over the same columns, so that interpretation
    Biosimilars      250      260           } can join its grids
                                            blank
    Total unidentified      40              two columns under four: a table of its own

Only cells that hold something are ever looked at, so a sheet may say what it likes about its size.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qippctl.errors import LimitError
from qippctl.models.document import Cell, Document, Grid, Page, Prose
from qippctl.money import parse_amount
from qippctl.readers.excel.moments import FormatError
from qippctl.readers.excel.number_formats import format_number, general, number
from qippctl.readers.isolation import Limits
from qippctl.readers.pages import Pages, chosen, front

METHOD = "excel"
_NAMED_CELLS = 2
LONGEST_MARK = 2
_MOST_PARTS = 8
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_BLANK = Cell()
_HIDDEN = Cell(mark="hidden")

Rows = dict[int, dict[int, str]]
_Run = list[int]


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged cell: its first and last row and column, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """What a sheet prints: the texts of the cells that print any, by row and column, both counted from 1.

    `hidden_rows` has those of its filled rows that are hidden, `hidden_columns` every hidden column. `notes` say what of
    it could not be read.
    """

    title: str
    hidden: bool = False
    rows: Rows = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def note(self, words: str) -> None:
        self.notes.append(f"{self.named}: {words}")

    @property
    def named(self) -> str:
        return f'sheet "{" ".join(self.title.split())}"'


@dataclass(slots=True)
class _Region:
    """Runs that are one table, or tables side by side: one range of columns for each."""

    parts: list[range]
    widest: int
    runs: list[_Run]


@dataclass(slots=True)
class Values:
    """Turns the numbers of one sheet into what their cells print, and remembers the cells where that failed."""

    from_1904: bool = False
    strange_formats: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    strange_numbers: list[str] = field(default_factory=list)

    def printed(self, stored: str, code: str, row: int, column: int) -> str:
        """A stored number as printed; the plain number where its format is not understood, as stored where it is none."""
        value = number(stored)
        if value is None:
            self.strange_numbers.append(address(row, column))
            return stored
        try:
            return format_number(value, code, from_1904=self.from_1904)
        except FormatError:
            self.strange_formats[code].append(address(row, column))
            return general(value)

    def tell(self, sheet: Sheet) -> None:
        """Write what failed into the notes of the sheet."""
        for code, cells in sorted(self.strange_formats.items()):
            what = f"{_number_of(len(cells), 'cell')} {_named(cells)}"
            sheet.note(f"{what} shown as plain numbers, as this number format is not known: {code[:60]}")
        if self.strange_numbers:
            what = f"{_number_of(len(self.strange_numbers), 'number')} {_named(self.strange_numbers)}"
            sheet.note(f"{what} that Excel could not hold, left as stored")


def assembled(
    name: str,
    sha256: str,
    media_type: str,
    count: int,
    read_sheet: Callable[[int], Sheet],
    selection: Pages | None,
    limits: Limits,
    notes: Sequence[str],
) -> Document:
    """The chosen sheets of a workbook as a document; `read_sheet` gives the sheet at a position, counted from 1."""
    wanted = chosen(selection, count, limits.pages)
    pages, blocks, told = [], [], []
    room = limits.cells
    for position in wanted:
        sheet = read_sheet(position)
        found = blocks_of(sheet, position, room, limits)
        room -= sum(len(block.rows) * block.width for block in found if isinstance(block, Grid))
        pages.append(Page(position, title=sheet.title, hidden=sheet.hidden))
        blocks += found
        told += [*sheet.notes, *_hidden_notes(sheet)]
    cover = [
        block
        for position in front(wanted, count)
        for block in blocks_of(read_sheet(position), position, limits.cells, limits)
    ]
    return Document(name, sha256, media_type, count, tuple(pages), tuple(blocks), (*notes, *told), tuple(cover))


def blocks_of(sheet: Sheet, page: int, room: int, limits: Limits) -> list[Prose | Grid]:
    """The name of a sheet and what stands on it, from top to bottom. LimitError where its grids need more cells than `room`."""
    if not sheet.rows:
        return []
    blocks: list[Prose | Grid] = [Prose(sheet.title.strip() or f"Sheet {page}", page)]
    merges = _Merges(sheet)
    above: list[int] = []
    for group in _groups(sheet, merges):
        if isinstance(group, list):
            blocks += _prose(sheet, group, page)
            continue
        notes = _notes_below(sheet, group.runs)
        # Part by part: interpretation joins a table with the one that follows it.
        for part in group.parts:
            columns = sorted({c for run in group.runs for row in run for c in sheet.rows[row] if c in part})
            if len(group.parts) == 1 and above and _is_headless(sheet, group.runs[0]):
                # The rest of the table above: its columns, the blank ones among them too, so that the headings fit.
                columns = sorted({*columns, *(column for column in above if columns[0] < column < columns[-1])})
            above = columns
            for run in group.runs:
                rows = [row for row in run if any(column in part for column in sheet.rows[row])]
                room -= len(rows) * len(columns)
                if room < 0:
                    raise too_many_cells(limits)
                if rows:
                    blocks.append(Grid(merges.cells(rows, columns), page=page, method=METHOD))
        blocks += _prose(sheet, notes, page)
    if merges.buried:
        sheet.note(f"{_number_of(merges.buried, 'text')} beneath merged cells, which nobody sees, left out")
    return blocks


def _prose(sheet: Sheet, rows: _Run, page: int) -> list[Prose]:
    return [Prose(text, page) for row in rows for text in sheet.rows[row].values()]


def _notes_below(sheet: Sheet, runs: list[_Run]) -> _Run:
    """Take the sentences that stand alone below a table off its last rows: they speak of it and are no rows of it."""
    last = runs[-1]
    end = len(last)
    while len(sheet.rows[last[end - 1]]) == 1 and _is_sentence(*sheet.rows[last[end - 1]].values()):
        end -= 1
    notes = last[end:]
    del last[end:]
    return notes


def _is_sentence(text: str) -> bool:
    return text.endswith((".", "!", "?")) and len(text.split()) > 3


def too_many_cells(limits: Limits) -> LimitError:
    return LimitError(
        f"has more than {limits.cells} table cells; choose sheets with --pages, or raise QIPPCTL_MAX_CELLS"
    )


def address(row: int, column: int) -> str:
    """What Excel calls a cell.

    >>> address(5, 4), address(1048576, 16384)
    ('D5', 'XFD1048576')
    """
    letters = ""
    while column:
        column, last = divmod(column - 1, 26)
        letters = chr(65 + last) + letters
    return f"{letters}{row}"


def spread_over(sheet: Sheet, spread: set[tuple[int, int]]) -> list[Merge]:
    """Texts centred over the blank cells to their right, which have the same style: they are merged in all but name."""
    merges = []
    for row, column in sorted(spread):
        texts = sheet.rows.get(row, {})
        right = column
        while column in texts and (row, right + 1) in spread and right + 1 not in texts:
            right += 1
        if right > column:
            merges.append(Merge(row, column, row, right))
    return merges


def unstored(sheet: Sheet, cells: list[str]) -> None:
    """Note the formulas whose values the workbook does not hold."""
    if cells:
        what = f"{_number_of(len(cells), 'formula')} without stored values {_named(cells)}"
        sheet.note(f"{what}; open and save it in Excel, then read it again")


def _named(cells: list[str]) -> str:
    """`(D5, D6, ...)`."""
    return f"({', '.join(cells[:_NAMED_CELLS])}{', ...' if len(cells) > _NAMED_CELLS else ''})"


def _number_of(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _hidden_notes(sheet: Sheet) -> Iterator[str]:
    """That a sheet, or some of its filled rows and columns, cannot be seen in Excel."""
    if not sheet.rows:
        return
    if sheet.hidden:
        yield f"{sheet.named} is hidden; it was read"
        return
    used = {column for row in sheet.rows.values() for column in row}
    counts = ((len(sheet.hidden_rows), "hidden row"), (len(used & sheet.hidden_columns), "hidden column"))
    if told := [_number_of(count, what) for count, what in counts if count]:
        yield f"{sheet.named}: {' and '.join(told)} read"


def _groups(sheet: Sheet, merges: _Merges) -> list[_Run | _Region]:
    """The runs of a sheet, in order: those without two cells in a row as they are, the others in regions."""
    groups: list[_Run | _Region] = []
    for run in _runs(sheet, merges):
        if all(len(sheet.rows[row]) < 2 for row in run):
            groups.append(run)
            continue
        open_region = next((group for group in groups[:-3:-1] if isinstance(group, _Region)), None)
        label = groups[-1] if groups and isinstance(groups[-1], list) else []
        if open_region is not None and _goes_on(sheet, open_region, label, run):
            open_region.runs.append([*label, *run])
            del groups[len(groups) - bool(label) :]
        else:
            groups.append(_Region(_parts(sheet, merges, run), _widest(sheet, run), [run]))
    return groups


def _runs(sheet: Sheet, merges: _Merges) -> Iterator[_Run]:
    """Filled rows that follow each other. A cell merged downwards holds the rows that it covers together."""
    run: _Run = []
    reach = 0
    for row in sorted(sheet.rows):
        if run and row > max(run[-1], reach) + 1:
            yield run
            run = []
        run.append(row)
        reach = max(reach, merges.reach(row))
    if run:
        yield run


def _goes_on(sheet: Sheet, region: _Region, label: _Run, run: _Run) -> bool:
    """Whether a run is more of the table above: one blank row below it, within its columns, about as wide, and with a
    number in its first row, where a table of its own has headings."""
    rows = [region.runs[-1][-1], *label, run[0]]
    first = next(row for row in run if len(sheet.rows[row]) > 1)
    return (
        len(label) < 2
        and all(below - above == 2 for above, below in pairwise(rows))
        and all(any(column in part for part in region.parts) for row in (*label, *run) for column in sheet.rows[row])
        and 2 * _widest(sheet, run) > region.widest
        and any(_is_number(text) for text in sheet.rows[first].values())
    )


def _is_headless(sheet: Sheet, run: _Run) -> bool:
    """Whether a run begins with a row of numbers or marks: headings are words."""
    cells = sheet.rows[run[0]]
    beyond = [cells[column] for column in sorted(cells)[1:]]
    return bool(beyond) and all(_is_number(text) or len(text) <= LONGEST_MARK for text in beyond)


def _widest(sheet: Sheet, run: _Run) -> int:
    return max(len(sheet.rows[row]) for row in run)


def _is_number(text: str) -> bool:
    return not _YEAR.fullmatch(text) and parse_amount(text) is not None


def _is_word(text: str) -> bool:
    return any(c.isalpha() for c in text) and not _is_number(text)


def _parts(sheet: Sheet, merges: _Merges, run: _Run) -> list[range]:
    """The columns of a run; in two or more ranges where tables stand side by side with blank columns between."""
    parts: list[tuple[range, Rows]] = []
    for band, rows in _bands(sheet, merges, run):
        if not parts or _stands_alone(*parts[-1], band, rows, run[:2]):
            parts.append((band, rows))
            continue
        before, above = parts[-1]
        for row, texts in rows.items():
            above.setdefault(row, {}).update(texts)
        parts[-1] = (range(before.start, band.stop), above)
    if len(parts) > _MOST_PARTS:
        return [range(parts[0][0].start, parts[-1][0].stop)]
    return [part for part, _ in parts]


def _bands(sheet: Sheet, merges: _Merges, run: _Run) -> list[tuple[range, Rows]]:
    """The columns of a run from one wholly blank column to the next, with the texts in them."""
    columns = sorted({column for row in run for column in sheet.rows[row]})
    reaches = merges.reaches(run)
    starts: list[int] = []
    reach = 0
    for column in columns:
        if not starts or column > reach + 1:
            starts.append(column)
        reach = max(reach, column, reaches.get(column, 0))
    stops = [columns[bisect_left(columns, start) - 1] + 1 for start in starts[1:]] + [columns[-1] + 1]
    bands: list[tuple[range, Rows]] = [(range(*ends), {}) for ends in zip(starts, stops, strict=True)]
    for row in run:
        for column, text in sheet.rows[row].items():
            bands[bisect_right(starts, column) - 1][1].setdefault(row, {})[column] = text
    return bands


def _stands_alone(left: range, lefts: Rows, right: range, rights: Rows, top: Sequence[int]) -> bool:
    """Whether what stands beyond a blank column is a table of its own, and not more columns of the same.

    It begins in the same row with a heading, and has labels in its first column and numbers beside them. More columns of
    the same table could have that too (who leads a scheme, and what is at risk), so something must tell: the two begin
    with the same heading, or each with a title above its headings, or there are rows that only the right one has.
    Where in doubt they are one, as two columns of one meaning give doubts and a scheme without its name does not.
    """
    own_left, own = lefts.get(top[0], {}), rights.get(top[0], {})
    heading = own.get(right.start, "")
    if min(len(left), len(right)) < 2 or not own_left or not _is_word(heading):
        return False
    body = [texts for row, texts in rights.items() if row != top[0]]
    labelled = sum(_is_word(texts.get(right.start, "")) for texts in body)
    if 3 * labelled < 2 * max(len(body), 2) or not any(_is_number(text) for texts in body for text in texts.values()):
        return False
    below_left, below = lefts.get(top[1], {}), rights.get(top[1], {})
    return (
        heading.casefold() == own_left.get(left.start, "").casefold()
        or (len(own_left) == len(own) == 1 and len(below_left) > 1 and len(below) > 1 and right.start in below)
        or any(row not in lefts for row in rights)
    )


class _Merges:
    """The merged cells of a sheet, found by their first row, and the cells of a grid with them applied."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.buried = 0
        self.by_top: dict[int, list[Merge]] = defaultdict(list)
        for merge in sheet.merges:
            if merge.top in sheet.rows:
                self.by_top[merge.top].append(merge)

    def reach(self, row: int) -> int:
        """The last row that a cell with a text in this row is merged over."""
        return max((m.bottom for m in self.by_top.get(row, ()) if m.left in self.sheet.rows[row]), default=row)

    def reaches(self, run: _Run) -> dict[int, int]:
        """The last column that a text of a run is merged over, by the column that it stands in."""
        reaches: dict[int, int] = {}
        for row in run:
            for merge in self.by_top.get(row, ()):
                if merge.left in self.sheet.rows[row]:
                    reaches[merge.left] = max(merge.right, reaches.get(merge.left, 0))
        return reaches

    def cells(self, rows: Sequence[int], columns: Sequence[int]) -> tuple[tuple[Cell, ...], ...]:
        """A grid of these rows and columns: texts, merged cells, and what is hidden."""
        texts = self.sheet.rows
        spans: dict[tuple[int, int], int] = {}
        covered: set[tuple[int, int]] = set()
        room = len(rows) * len(columns)
        for merge in (merge for row in rows for merge in self.by_top.get(row, ())):
            at = bisect_left(columns, merge.left)
            if at == len(columns) or columns[at] != merge.left:
                continue
            wide = columns[at : bisect_right(columns, merge.right)]
            high = rows[bisect_left(rows, merge.top) : bisect_right(rows, merge.bottom)]
            room -= len(wide) * len(high)
            # More than there is room for: they overlap, as Excel makes none, and could take for ever.
            if room < 0:
                break
            spans[merge.top, merge.left] = len(wide)
            covered.update((row, column) for row in high for column in wide)
            covered.discard((merge.top, merge.left))
        return tuple(
            tuple(
                self._cell(
                    row, column, texts[row].get(column, ""), spans.get((row, column), 1), (row, column) in covered
                )
                for column in columns
            )
            for row in rows
        )

    def _cell(self, row: int, column: int, text: str, span: int, covered: bool) -> Cell:
        sheet = self.sheet
        hidden = sheet.hidden or row in sheet.hidden_rows or column in sheet.hidden_columns
        if covered:
            self.buried += bool(text)
            return Cell(covered=True, mark="hidden" if hidden else "")
        if not text and span == 1:
            return _HIDDEN if hidden else _BLANK
        return Cell(text, colspan=span, mark="hidden" if hidden else "")
