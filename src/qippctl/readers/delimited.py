"""CSV: fields parted by commas, semicolons, bars or tabs, some of them in quotes; told from prose by its content.

Of a delimiter only what stands tight is evidence: `Beds,100`. Prose leaves a blank after its commas and semicolons, and
a comma between two digits may be within a number.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from qippctl.errors import LimitError, UnreadableError
from qippctl.models.document import Document, Grid, Page, Prose, grid_of
from qippctl.readers.isolation import Limits
from qippctl.readers.pages import Pages, chosen
from qippctl.readers.text import holds_markdown_table

MEDIA_TYPE = "text/csv"
_DELIMITERS = ",;|\t"
_SUFFIXES = frozenset({".csv", ".tsv", ".tab"})
# The beginning of a file says what it is.
_SAMPLE = 200_000
# So often a record that quotes wrongly is stepped over in the sample; each may have been read to its end.
_MOST_RESUMED = 20

_HINT = re.compile(r"sep=([,;|\t])[ ,;|\t]*(?:\n|$)")  # a first line by which Excel is told
_JSON = re.compile(r"\s*+(?:\[\s*+)?\{")
_QUOTED = re.compile(r'"(?:[^"]++|"")*+"')
_FIGURE = re.compile(r"[-+–(£€$ ]{0,5}[0-9][0-9., ]{0,20}(?:%|k|m|bn)?\)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[-+–(£€$ ]{0,5}[0-9]{1,3}")
_UNITS = re.compile(r"[0-9]{3}(?:\.[0-9]{1,9})?\)?")
_LONGEST_FIGURE = 40

_Row = list[str]


@dataclass(frozen=True, slots=True)
class _Look:
    """What a text looks like when parted at one delimiter.

    Counted are records of any text; those of several fields (`wide`); of these the ones with text in two or more
    (`filled`), and of these again the ones as long as most (`regular`), and with a figure (`figures`). Of the delimiters
    in filled records some stand `tight` and some `loose`. `headed`: in the first such record all stand tight.
    """

    delimiter: str
    records: int
    wide: int
    filled: int
    regular: int
    figures: int
    tight: int
    loose: int
    headed: bool
    quoted: bool

    @property
    def is_table(self) -> bool:
        """Whether it can be nothing but a table of figures."""
        sure = self._is_mostly_wide and self._is_regular and self._is_tight and self.figures * 2 >= self.filled - 1 > 0
        # Tabs make tables in any text; those of a whole file are read here where quotes have to be undone.
        return sure and (self.delimiter != "\t" or (self.quoted and self.wide == self.records))

    @property
    def may_be_table(self) -> bool:
        """Whether it is a table if its name says so."""
        if not self._is_mostly_wide or not self.filled or not (self.headed or self.tight + self.loose >= self.filled):
            return False
        return self._is_tight or (self._is_regular and self.figures * 2 >= self.filled)

    @property
    def _is_mostly_wide(self) -> bool:
        """Whether few records have a single field. Papers of prose and tables have tabs in their tables."""
        return self.records * (3 if self.delimiter == "\t" else 2) <= self.wide * 4

    @property
    def _is_regular(self) -> bool:
        return self.regular * 2 >= self.filled

    @property
    def _is_tight(self) -> bool:
        return self.tight > 9 * self.loose and (self.headed or self.tight >= self.filled)


def delimiter_of(content: str, suffix: str) -> str | None:
    """What parts the fields of a text, where it is a table from end to end; None where it is prose, with or without tables.

    The suffix, in lower case, decides only where the content can be read either way.

    >>> delimiter_of("Scheme,Plan\\nBeds,100\\n", ".txt"), delimiter_of("Beds, wards\\nand 1,440 more\\n", ".csv")
    (',', None)
    """
    if "\f" in content or _JSON.match(content):  # pages of text; records, each a line of tight commas
        return None
    sample = _lines_only(content[:_SAMPLE])
    if hint := _HINT.match(sample):
        return hint[1]
    if holds_markdown_table(sample):
        return None
    looks = [_look(sample, delimiter) for delimiter in _DELIMITERS if delimiter in sample]
    found = [look for look in looks if look.is_table]
    if not found and suffix in _SUFFIXES:
        found = [look for look in looks if look.may_be_table]
    best = max(found, key=lambda look: (look.regular, look.figures), default=None)
    return best.delimiter if best else None


def read_delimited(
    name: str, sha256: str, content: str, delimiter: str, selection: Pages | None, limits: Limits
) -> Document:
    """A CSV as grids of one page. Blank rows part tables; rows of one text that no table follows at once are prose."""
    chosen(selection, 1, limits.pages)
    text = _lines_only(content)
    if hint := _HINT.match(text):
        text = "\n" + text[hint.end() :]
    blocks: list[Prose | Grid] = []
    cut: list[int] = []
    cells = 0
    for table in _tables(text, delimiter, limits):
        rows = [row for _, row in table]
        cells += len(rows) * max(map(len, rows))
        _check_cells(cells, limits)
        if all(sum(1 for field in row if field.strip()) < 2 for row in rows):
            blocks += [Prose(field.strip()) for row in rows for field in row if field.strip()]
        else:
            blocks.append(grid_of(rows, method="csv"))
            cut += _cut_figures(table)
    return Document(name, sha256, MEDIA_TYPE, 1, (Page(1),), tuple(blocks), tuple(_notes(cut)))


def _notes(cut: Sequence[int]) -> Iterator[str]:
    if cut:
        named = str(Pages.parse(",".join(map(str, cut)))).replace(",", ", ")
        yield (
            f"line{'s' if len(cut) > 1 else ''} {named}: more fields than headings, and figures like 1,440 without quotes:"
            " they may stand in two columns"
        )


def _lines_only(content: str) -> str:
    return content.replace("\r\n", "\n").replace("\r", "\n")


def _check_cells(cells: int, limits: Limits) -> None:
    if cells > limits.cells:
        raise LimitError(f"has more than {limits.cells} table cells; raise QIPPCTL_MAX_CELLS to read it")


def _tables(text: str, delimiter: str, limits: Limits) -> Iterator[list[tuple[int, _Row]]]:
    """The rows between blank ones, each with the line that it begins on."""
    table: list[tuple[int, _Row]] = []
    cells = 0
    for line, row in _rows(text, delimiter):
        cells += len(row)
        _check_cells(cells, limits)
        if any(field.strip() for field in row):
            table.append((line, row))
        elif table:
            yield table
            table = []
    if table:
        yield table


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, _Row]]:
    """Rows, each with the line that it begins on. A quote that is not closed is an error, never the rest of the file."""
    reader = _reader(io.StringIO(text, newline="\n"), delimiter)
    width = 0
    while True:
        before = reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _misquoted(text, before, delimiter) from error
        for i, field in enumerate(row):
            if "\n" in field and _swallows_rows(row, i, delimiter, width):
                raise _open_quote_error(before + 1 + sum(earlier.count("\n") for earlier in row[:i]))
        width = max(width, len(row)) if any(field.strip() for field in row) else 0
        yield before + 1, row


def _reader(lines: Iterator[str], delimiter: str) -> Any:  # its type has no public name
    return csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)


def _swallows_rows(row: _Row, index: int, delimiter: str, width: int) -> bool:
    """Whether a field of several lines has rows of the table in it: then a later quote closed the one that opens it.

    Either a line of it is such a row; or it ends one row and begins the next, and the record is too long by what follows.
    """
    first, *_, last = lines = row[index].split("\n")
    if width < 2:
        return False
    ended = delimiter.join((*row[:index], first))
    begun = delimiter.join((last, *row[index + 1 :]))
    return any(line.count(delimiter) >= width - 1 and _is_row(line, delimiter) for line in lines) or (
        len(row) > width
        and all(line.count(delimiter) == width - 1 and _is_row(line, delimiter) for line in (ended, begun))
    )


def _is_row(line: str, delimiter: str) -> bool:
    tight, loose = _tally(line, delimiter)
    return tight > 0 and loose == 0 and any(_is_figure(field) for field in line.split(delimiter))


def _misquoted(text: str, before: int, delimiter: str) -> UnreadableError:
    """Why the record that begins after so many lines cannot be read."""
    rest = text.split("\n", before)[before] if before else text
    opened = _open_quote(rest, delimiter)
    if opened is not None:
        return _open_quote_error(before + 1 + rest.count("\n", 0, opened))
    return LimitError(
        f"the row that begins on line {before + 1} has a field of more than {csv.field_size_limit()} characters;"
        " shorten it, or save the file as .xlsx"
    )


def _open_quote_error(line: int) -> UnreadableError:
    return UnreadableError(
        f"the quote that opens on line {line} does not close where its field ends, and would take in what follows;"
        " close it, double the quotes inside the field, and read the file again"
    )


def _open_quote(record: str, delimiter: str) -> int | None:
    """Where the quote opens, in the record that a text begins with, that does not close at the end of its field."""
    at = 0
    while at < len(record) and record[at] != "\n":
        while record.startswith(" ", at):
            at += 1
        if record.startswith('"', at):
            closed = _QUOTED.match(record, at)
            if closed is None or record[closed.end() : closed.end() + 1] not in ("", delimiter, "\n"):
                return at
            at = closed.end()
        else:
            ends = (found for mark in (delimiter, "\n") if (found := record.find(mark, at)) >= 0)
            at = min(ends, default=len(record))
        if record.startswith(delimiter, at):
            at += 1
    return None


def _cut_figures(table: Sequence[tuple[int, _Row]]) -> Iterator[int]:
    """The lines of rows longer than the headings in which two fields side by side would be one figure: `1` and `440`."""
    body = next((i for i, (_, row) in enumerate(table) if any(map(_is_figure, row))), len(table))
    headed = max((len(row) for _, row in table[:body]), default=0)
    for line, row in table[body:]:
        if 1 < headed < len(row) and any(
            _THOUSANDS.fullmatch(left.strip()) and _UNITS.fullmatch(right) for left, right in itertools.pairwise(row)
        ):
            yield line


def _is_figure(field: str) -> bool:
    return len(field) <= _LONGEST_FIGURE and _FIGURE.fullmatch(field.strip()) is not None


def _look(sample: str, delimiter: str) -> _Look:
    """Count what a text looks like when parted at a delimiter."""
    records = wide = 0
    filled: list[tuple[_Row, str]] = []
    for row, raw in _sampled(sample, delimiter):
        texts = sum(1 for field in row if field.strip())
        records += texts > 0
        wide += texts > 0 and len(row) > 1
        if texts > 1:
            filled.append((row, raw))
    usual = max(Counter(len(row) for row, _ in filled).items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]
    tallies = [_tally(_QUOTED.sub('""', raw), delimiter) for _, raw in filled]
    return _Look(
        delimiter,
        records,
        wide,
        len(filled),
        regular=sum(1 for row, _ in filled if len(row) == usual),
        figures=sum(1 for row, _ in filled if len(row) == usual and any(map(_is_figure, row))),
        tight=sum(tight for tight, _ in tallies),
        loose=sum(loose for _, loose in tallies),
        headed=bool(tallies) and tallies[0][0] == usual - 1,
        quoted=any(raw.startswith('"') or f'{delimiter}"' in raw for _, raw in filled),
    )


def _tally(bare: str, delimiter: str) -> tuple[int, int]:
    """How many delimiters stand tight and how many loose. Those at the end of a line or between digits say nothing."""
    tight = loose = 0
    at = bare.find(delimiter)
    while at >= 0:
        before, after = bare[at - 1 : at], bare[at + 1 : at + 2]
        if after == " " and delimiter != "\t":
            loose += 1
        elif after not in ("", "\n") and not (delimiter == "," and before.isdigit() and after.isdigit()):
            tight += 1
        at = bare.find(delimiter, at + 1)
    return tight, loose


def _sampled(sample: str, delimiter: str) -> Iterator[tuple[_Row, str]]:
    """Records with their raw text. One that quotes wrongly is its first line, parted at every delimiter."""
    lines = list(io.StringIO(sample, newline="\n"))
    start, resumed = 0, 0
    while start < len(lines):
        reader = _reader(iter(lines[start:]), delimiter)
        read = 0
        try:
            for row in reader:
                yield row, "".join(lines[start + read : start + reader.line_num])
                read = reader.line_num
        except csv.Error:
            resumed += 1
        else:
            return
        start += read
        until = start + 1 if resumed <= _MOST_RESUMED else len(lines)
        for line in lines[start:until]:
            yield line.rstrip("\n").split(delimiter), line
        start = until
