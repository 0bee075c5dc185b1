"""The workbook to publish, by the rules for published spreadsheets: one marked table a sheet, words, no formulas.

A sheet is a title, lines of words, and at once its table: no merged cells, no blank rows, no colour. What is not available is
`[x]`, what does not apply `[z]`; `[note 3]` is explained on the sheet of notes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from qippctl.reports.excel import summary
from qippctl.reports.excel.cells import LETTERS, Blank, Field, Plain, Table, Value, sheet_names
from qippctl.reports.excel.cells import text as clean
from qippctl.reports.excel.profiles import profile
from qippctl.reports.excel.registers import registers, sources
from qippctl.reports.excel.schemes import DOUBTS, WHOSE, Limits, limits_of, schemes
from qippctl.reports.excel.styles import Styles
from qippctl.reports.excel.working_book import date_it, options, print_set_up
from qippctl.reports.excel.writing import Columns, Sheet, height, plain_of, put
from qippctl.reports.words import COLOURS, body

if TYPE_CHECKING:
    from qippctl.models.workbooks import Book, BookBody

UNKNOWN, INAPPLICABLE = "[x]", "[z]"
SIZE = 12
TITLE_HEIGHT = 24
WIDER = 1.25  # than for the smaller letters of the other kind
_WORDS = {letter: COLOURS[colour] for colour, letter in LETTERS.items()}
MEANINGS = (
    (UNKNOWN, "Not available: no paper says it, or it cannot be known."),
    (INAPPLICABLE, "Not applicable: there is nothing that could stand there."),
)

READ_ME = (
    "Each sheet has one table. The sheet Contents lists them; the sheet Notes says what the marks mean.",
    "Every amount is in pounds, as exact as its paper prints it. Savings are positive; a variance below nought is adverse.",
    f"{UNKNOWN} stands for what is not available, {INAPPLICABLE} for what does not apply. No blank is a nought.",
    "A row with a mark under In doubt may be misread or misprinted.",
    "The workbook holds no formulas and nothing that only a colour says.",
)


def accessible(of: Book) -> bytes:
    """The workbook as a file: the same for the same book."""
    out = BytesIO()
    with Workbook(out, options({"in_memory": True})) as file:
        styles = Styles(file, SIZE)
        date_it(file, of)
        notes = {code: f"[note {number}]" for number, (code, _) in enumerate(summary.doubts(of), 1)}
        tables = [_noted(table, notes) for table in _tables(of)]
        _cover(file, styles, of)
        contents = [
            ("Cover", "Whose, of when, and how to read it"),
            ("Contents", "The sheets"),
            ("Notes", "What the marks mean"),
        ]
        contents += [(table.name, table.titles[0]) for table in tables]
        fields = (Field("Sheet", "text", 32), Field("What it holds", "long", 80))
        names = {name for name, _ in contents}
        _sheet(file, styles, Table("Contents", ("Contents of this workbook",), fields, contents), links=names)
        marks = [*MEANINGS, *((notes[code], f"{code}: {meaning}") for code, meaning in summary.doubts(of))]
        fields = (Field("Mark", "text", 14), Field("Meaning", "long", 100))
        _sheet(file, styles, Table("Notes", ("Notes: what the marks in the tables mean",), fields, marks))
        for table in tables:
            _sheet(file, styles, table)
    return out.getvalue()


def _tables(of: Book) -> list[Table]:
    """Every table, in the order of the sheets."""
    bodies = [one.organisation for one in of.bodies]
    several = len(bodies) > 1
    programmes = [
        schemes(one, name, None, named=several)
        for one, name in zip(of.bodies, sheet_names("Schemes", bodies), strict=True)
    ]
    months = [profile(*given) for given in zip(of.bodies, sheet_names("Profile", bodies), strict=True)]
    headlines = [(one, summary.headline(one, table)) for one, table in zip(of.bodies, programmes, strict=True)]
    rules = [(one, rule) for one in of.bodies if (rule := summary.rule(one, _limits(one)))]
    found = [
        _joined("Headline", "Headline: what the rows add up to, and the totals that papers print, £", headlines),
        _joined("RAG rule", "The rule by which money is rated", rules),
        sources(of),
        *(_titled(table) for table in programmes if table.rows),
        *(_titled(table) for table in months if table is not None),
        *registers(of),
    ]
    return [table for table in found if table is not None and table.rows]


def _limits(one: BookBody) -> Limits | None:
    return limits_of(one.policy.money if one.policy is not None else None)


def _joined(name: str, title: str, tables: Sequence[tuple[BookBody, Table]]) -> Table | None:
    """Tables of several bodies as one, whose first columns say whose each row is, and of when."""
    rows = [[body(clean(of.organisation)), of.period, *row] for of, table in tables for row in table.rows]
    if not rows:
        return None
    return Table(name, (title,), (Field(WHOSE, "long", 30), Field("Period", "text", 13), *tables[0][1].fields), rows)


def _titled(table: Table) -> Table:
    """A body's table with its first two lines as one title."""
    first, second, *rest = table.titles
    return replace(table, titles=(f"{first}: {second[0].lower()}{second[1:]}", *rest))


def _noted(table: Table, notes: Mapping[str, str]) -> Table:
    """A table with the numbers of notes behind the words of its doubts, and its last rows among the others."""
    column = table.column(DOUBTS)

    def noted(row: Sequence[Value]) -> Sequence[Value]:
        if column is None or not isinstance(row[column], str):
            return row
        words = str(row[column]).split()
        marked = " ".join(f"{word} {notes[word]}" if word in notes else word for word in words)
        return [*row[:column], marked, *row[column + 1 :]]

    return replace(table, rows=[noted(row) for row in (*table.rows, *table.totals)], totals=())


def _cover(file: Workbook, styles: Styles, of: Book) -> None:
    sheet = file.add_worksheet("Cover", Sheet)
    sheet.set_column(0, 0, 120)
    lines = [
        (f"{summary.whose(of)}: {summary.title(of)[0].lower()}{summary.title(of)[1:]}", styles.title),
        *((line, styles.words) for line in summary.about(of)),
        ("How to read it", styles.heading),
        *((line, styles.words) for line in READ_ME),
    ]
    sheet.set_row(0, TITLE_HEIGHT)
    for row, (line, style) in enumerate(lines):
        sheet.write_string(row, 0, line, style)
    sheet.hide_gridlines(2)
    print_set_up(sheet, summary.whose(of), summary.title(of))


def _sheet(file: Workbook, styles: Styles, table: Table, links: set[str] | None = None) -> None:
    """A sheet with one marked table; `links`: its first column names sheets and leads to them."""
    sheet = file.add_worksheet(table.name, Sheet)
    for i, field in enumerate(table.fields):
        sheet.set_column(i, i, round(field.width * WIDER))
    lines = [*table.titles, "This sheet has one table."]
    sheet.set_row(0, TITLE_HEIGHT)
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, styles.title if not row else styles.line)
    head, last = len(lines), len(lines) + len(table.rows)
    sheet.set_row(head, height(table.fields, [f.heading for f in table.fields], bold=True))
    sheet.add_table(
        head,
        0,
        last,
        len(table.fields) - 1,
        {
            "name": "Table_" + re.sub(r"\W+", "_", table.name),
            "columns": [
                {"header": f.heading, "header_format": styles.heading_of(f.kind, plain=True)} for f in table.fields
            ],
            "style": None,
            "autofilter": False,
        },
    )
    columns = Columns(table, styles)
    for row, values in enumerate(table.rows, head + 1):
        shown = [_shown(value, field) for value, field in zip(values, table.fields, strict=True)]
        if (tall := height(table.fields, shown)) is not None:
            sheet.set_row(row, tall * WIDER)
        for i, value in enumerate(shown):
            if links is not None and not i and value in links:
                sheet.write_url(row, i, f"internal:'{value}'!A1", styles.link, str(value))
            else:
                put(sheet, row, i, value, columns.style(i, value))
    sheet.freeze_panes(head + 1, 0)
    print_set_up(sheet, table.titles[0], "")


def _shown(value: Value, field: Field) -> Plain:
    """A value as it is published: nothing blank, colours in words."""
    if isinstance(value, Blank):
        return INAPPLICABLE
    known = plain_of(value)
    if known is None:
        return UNKNOWN
    return _WORDS.get(str(known), known) if field.kind == "letter" else known
