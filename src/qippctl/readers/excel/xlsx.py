"""Excel: the sheets of a workbook as their cells print them.

The parts of the package are read as XML, one pass over each sheet and nothing kept but what is filled, rather than through
openpyxl, which would be loaded twice (formulas, then stored values), makes a cell of every position that a merge covers
(one merge of A1:XFD1048576 is 17 thousand million), and refuses workbooks for faults in parts that say no figure. Nor
through calamine, whose values come without their formats: 45% would be read as 0.45.

    workbook.xml ── sheets, their names and states ─┐
    styles.xml ──── number format of each style ────┼── sheetN.xml: cells, merges, what is hidden ── sheets.py
    sharedStrings.xml ── texts ─────────────────────┘
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from qippctl.errors import UnreadableError
from qippctl.models.document import Document
from qippctl.readers.excel.moments import serial
from qippctl.readers.excel.number_formats import BUILT_IN, GENERAL, format_text, number
from qippctl.readers.excel.sheets import Merge, Sheet, Values, address, assembled, spread_over, too_many_cells, unstored
from qippctl.readers.isolation import Limits
from qippctl.readers.pages import Pages

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DAMAGED = "a damaged Excel file; open and save it anew"
_SPREAD = "centerContinuous"


@dataclass(frozen=True, slots=True)
class _Style:
    code: str = GENERAL
    spread: bool = False  # its text is centred over the blank cells of the same style to its right


_PLAIN = _Style()


@dataclass(frozen=True, slots=True)
class _Listed:
    """A sheet as the workbook lists it; `part` is None for charts and what else has no cells."""

    title: str
    hidden: bool
    part: str | None


@dataclass(frozen=True, slots=True)
class _Workbook:
    """What the sheets share. `recalculates`: it is to be calculated when opened, so no stored value need be one."""

    sheets: tuple[_Listed, ...]
    from_1904: bool
    recalculates: bool
    by_hand: bool


@dataclass(slots=True)
class _Reading:
    """A sheet while its rows go by."""

    sheet: Sheet
    values: Values
    styles: list[_Style]
    strings: list[str]
    recalculates: bool
    unstored: list[str] = field(default_factory=list)
    spread: set[tuple[int, int]] = field(default_factory=set)
    in_tables: int = 0
    last_row: int = 0


def read_xlsx(name: str, sha256: str, content: bytes, selection: Pages | None, limits: Limits) -> Document:
    """Read the chosen sheets of a workbook, whose package was looked at. The notes say what of it was not read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            package = _Package(archive)
            workbook = _workbook(package)
            styles = _styles(package)
            strings = _strings(package)

            def read_sheet(position: int) -> Sheet:
                return _sheet(package, workbook, position, styles, strings, limits)

            notes = [*_package_notes(package), *_calculation_notes(workbook)]
            return assembled(name, sha256, MEDIA_TYPE, len(workbook.sheets), read_sheet, selection, limits, notes)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise UnreadableError(_DAMAGED) from error


class _Package:
    """The parts of the zip by name, which is the same in capitals and small letters, and what they refer to."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = {name.lower(): name for name in archive.namelist()}
        main = (part for kind, part in self.targets("").values() if kind == "officeDocument")
        self.workbook = next(main, "xl/workbook.xml")

    def elements(self, part: str, *tags: str) -> Iterator[Any]:
        """The elements of these names in a part, each emptied once it was looked at. Nothing where there is no such part."""
        name = self.names.get(part.lower())
        if name is None:
            return
        if not name.lower().endswith((".xml", ".rels")):
            raise UnreadableError(_DAMAGED)  # only in these were document type declarations looked for
        with self.archive.open(name) as stream:
            wanted = [f"{{*}}{tag}" for tag in tags]
            # A comment within a number would cut it short.
            for _, element in etree.iterparse(
                stream, tag=wanted, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
            ):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to, by its id: the kind of thing, and the part that it is (empty for what is elsewhere)."""
        folder, file = posixpath.split(part)
        found = {}
        for element in self.elements(posixpath.join(folder, "_rels", f"{file}.rels"), "Relationship"):
            target = element.get("Target", "").replace("\\", "/")
            outside = element.get("TargetMode") == "External"
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], "" if outside else path)
        return found

    def part_of(self, kind: str, default: str) -> str:
        """The part of this kind that the workbook refers to."""
        return next((part for found, part in self.targets(self.workbook).values() if found == kind and part), default)

    def count(self, pattern: str) -> int:
        return sum(re.fullmatch(pattern, name) is not None for name in self.names)


def _workbook(package: _Package) -> _Workbook:
    targets = package.targets(package.workbook)
    sheets = []
    from_1904 = recalculates = by_hand = False
    for element in package.elements(package.workbook, "workbookPr", "sheet", "calcPr"):
        kind = _name(element)
        if kind == "workbookPr":
            from_1904 = _is_on(element, "date1904")
        elif kind == "calcPr":
            recalculates = _is_on(element, "fullCalcOnLoad")
            by_hand = element.get("calcMode") == "manual"
        else:
            reference = next((value for key, value in element.items() if key.endswith("}id")), "")
            what, part = targets.get(reference, ("", ""))
            hidden = element.get("state", "visible") != "visible"
            sheets.append(_Listed(element.get("name", ""), hidden, part if what == "worksheet" else None))
    if not sheets:
        raise UnreadableError(_DAMAGED)
    return _Workbook(tuple(sheets), from_1904, recalculates, by_hand)


def _styles(package: _Package) -> list[_Style]:
    """The number format of each style that a cell may name."""
    codes = dict(BUILT_IN)
    styles: list[_Style] = []
    for element in package.elements(package.part_of("styles", "xl/styles.xml"), "numFmt", "cellXfs"):
        if _name(element) == "cellXfs":
            styles = [
                _Style(codes.get(_whole(xf.get("numFmtId")), GENERAL), _alignment(xf) == _SPREAD)
                for xf in element
                if _name(xf) == "xf"
            ]
        else:
            codes[_whole(element.get("numFmtId"))] = element.get("formatCode", GENERAL)
    return styles


def _alignment(xf: Any) -> str:
    return next((child.get("horizontal", "") for child in xf if _name(child) == "alignment"), "")


def _strings(package: _Package) -> list[str]:
    part = package.part_of("sharedStrings", "xl/sharedStrings.xml")
    return [_text(element) for element in package.elements(part, "si")]


def _text(element: Any) -> str:
    """A text with its runs put together, without the reading aids of Japanese."""
    pieces = []
    for child in element:
        name = _name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces += [own.text or "" for own in child if _name(own) == "t"]
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    """A text with the characters that XML cannot hold, `_x000D_`; half of a pair is none."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: "" if 0xD800 <= (c := int(found[1], 16)) < 0xE000 else chr(c), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _sheet(
    package: _Package, workbook: _Workbook, position: int, styles: list[_Style], strings: list[str], limits: Limits
) -> Sheet:
    """One sheet. LimitError as soon as the rows that are tables hold more cells than allowed."""
    listed = workbook.sheets[position - 1]
    sheet = Sheet(listed.title, listed.hidden)
    if listed.part is None:
        sheet.note("no sheet of cells (a chart, dialogue or macro sheet); not read")
        return sheet
    if listed.part.lower() not in package.names:
        raise UnreadableError(_DAMAGED)
    reading = _Reading(sheet, Values(workbook.from_1904), styles, strings, workbook.recalculates)
    for element in package.elements(listed.part, "col", "row", "mergeCell"):
        kind = _name(element)
        if kind == "row":
            _row(reading, element)
            if reading.in_tables > limits.cells:
                raise too_many_cells(limits)
        elif kind == "col":
            _column(sheet, element)
        elif merge := _merge(element.get("ref", "")):
            sheet.merges.append(merge)
    sheet.merges += spread_over(sheet, reading.spread)
    unstored(sheet, reading.unstored)
    reading.values.tell(sheet)
    return sheet


def _row(reading: _Reading, element: Any) -> None:
    row = _whole(element.get("r")) or reading.last_row + 1
    if not reading.last_row < row <= _LAST_ROW:
        raise UnreadableError(_DAMAGED)
    reading.last_row = row
    texts: dict[int, str] = {}
    column = 0
    for cell in element:
        if _name(cell) != "c":
            continue
        column = _column_of(cell.get("r"), row, column)
        style = _style(reading, cell)
        if len(cell) and (text := _printed(reading, cell, style, row, column)):
            texts[column] = text
        if style.spread:
            reading.spread.add((row, column))
    if texts:
        reading.sheet.rows[row] = texts
        reading.in_tables += len(texts) if len(texts) > 1 else 0
        if _is_on(element, "hidden") or _is_nought(element.get("ht")):
            reading.sheet.hidden_rows.add(row)


def _column_of(reference: str | None, row: int, last: int) -> int:
    """The column of a cell. It may leave out where it stands: after the one before it."""
    if reference is None:
        column = last + 1
    else:
        place = _place(reference)
        if place is None or place[0] != row:
            raise UnreadableError(_DAMAGED)
        column = place[1]
    if not last < column <= _LAST_COLUMN:
        raise UnreadableError(_DAMAGED)
    return column


def _style(reading: _Reading, cell: Any) -> _Style:
    at = _whole(cell.get("s"))
    return reading.styles[at] if at < len(reading.styles) else _PLAIN


def _printed(reading: _Reading, cell: Any, style: _Style, row: int, column: int) -> str:
    """What a cell prints; nothing where it is empty, or a formula whose value was not stored."""
    stored, inline, is_formula = None, "", False
    for child in cell:
        name = _name(child)
        if name == "v":
            stored = child.text or ""
        elif name == "f":
            is_formula = True
        elif name == "is":
            inline = _text(child)
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return format_text(inline, style.code)
    if is_formula and _is_unstored(reading, kind, stored):
        reading.unstored.append(address(row, column))
        return ""
    if not stored:
        return ""
    if kind == "s":
        at = _whole(stored.strip(), -1)
        if not 0 <= at < len(reading.strings):
            raise UnreadableError(_DAMAGED)
        return format_text(reading.strings[at], style.code)
    if kind == "str":
        return format_text(_unescaped(stored), style.code)
    if kind == "b":
        return "FALSE" if stored.strip() in ("0", "false") else "TRUE"
    if kind == "e":
        return stored.strip()
    if kind == "d":
        moment = serial(stored.strip(), from_1904=reading.values.from_1904)
        return stored.strip() if moment is None else reading.values.printed(str(moment), style.code, row, column)
    return reading.values.printed(stored.strip(), style.code, row, column)


def _is_unstored(reading: _Reading, kind: str, stored: str | None) -> bool:
    """Whether a formula's value is not in the file. Programs that do not calculate leave it out, or write 0 and ask Excel
    to calculate when it opens the workbook: that 0 is no value."""
    if stored is None or (stored == "" and kind != "str"):
        return True
    return reading.recalculates and kind == "n" and number(stored.strip()) == 0


def _column(sheet: Sheet, element: Any) -> None:
    first, last = _whole(element.get("min")), min(_whole(element.get("max")), _LAST_COLUMN)
    hidden = _is_on(element, "hidden") or _is_nought(element.get("width"))
    # A hostile file may say so of all columns, a million times.
    known = first in sheet.hidden_columns and last in sheet.hidden_columns
    if hidden and not known and first > 0:
        sheet.hidden_columns.update(range(first, last + 1))


def _merge(reference: str) -> Merge | None:
    first, _, last = reference.partition(":")
    start, end = _place(first), _place(last)
    if start is None or end is None or start[0] > end[0] or start[1] > end[1]:
        return None
    return Merge(start[0], start[1], end[0], end[1])


def _place(reference: str) -> tuple[int, int] | None:
    """Row and column of a cell, both counted from 1; None where Excel has none of that name.

    >>> _place("D5"), _place("XFE1")
    ((5, 4), None)
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row, column) if row <= _LAST_ROW and column <= _LAST_COLUMN else None


def _package_notes(package: _Package) -> Iterator[str]:
    """What the workbook holds beside cells."""
    parts = (
        (r"xl/charts/chart[^/]*\.xml", "chart"),
        (r"xl/media/[^/]+", "picture"),
        (r"xl/(?:embeddings|activex)/[^/]+\.(?:bin|docx?|xlsx?|xlsm|pptx?|pdf|ole)", "embedded object"),
    )
    counted = [(package.count(pattern), what) for pattern, what in parts]
    if told := [f"{count} {what}{'' if count == 1 else 's'}" for count, what in counted if count]:
        yield f"{', '.join(told)} not read: figures that stand only there are missing"
    if any(_has_words(package, name) for name in package.names if re.fullmatch(r"xl/drawings/drawing[^/]*\.xml", name)):
        yield "text boxes not read: what stands only there is missing"
    if package.count(r"xl/vbaproject\.bin|xl/macrosheets/[^/]+\.xml"):
        yield "macros were left alone"
    if package.count(r"xl/externallinks/[^/]+\.xml"):
        yield "links to other workbooks were not followed: their figures are as last saved"
    if package.count(r"xl/connections\.xml|xl/querytables/[^/]+\.xml"):
        yield "data connections were not followed: their figures are as last saved"


def _has_words(package: _Package, drawing: str) -> bool:
    return any((element.text or "").strip() for element in package.elements(drawing, "t"))


def _calculation_notes(workbook: _Workbook) -> Iterator[str]:
    if workbook.by_hand:
        yield "set to be calculated by hand: values of formulas are as last calculated"


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_on(element: Any, attribute: str) -> bool:
    return element.get(attribute) in ("1", "true")


def _is_nought(measure: str | None) -> bool:
    return measure is not None and number(measure.strip()) == 0


def _whole(text: str | None, default: int = 0) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else default
