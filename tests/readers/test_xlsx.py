"""Excel: cells as they print, rows parted into tables, and what is hidden, missing or hostile named."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import pytest
import xlsxwriter

from qippctl.errors import LimitError, UnreadableError, UnsupportedError
from qippctl.models.document import Cell, Document, Grid, Prose
from qippctl.readers import Limits, Pages, read
from qippctl.readers.excel.xlsx import read_xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
Value = str | int | float | bool | tuple[float, int] | None
Table = list[list[Value]]
Excel = Callable[..., Path]


def letters(column: int) -> str:
    out = ""
    while column:
        column, last = divmod(column - 1, 26)
        out = chr(65 + last) + out
    return out


def cell(at: str, value: Value) -> str:
    """A cell as XML: a text, a number, a number with a style, or XML as it is."""
    if isinstance(value, tuple):
        return f'<c r="{at}" s="{value[1]}"><v>{value[0]}</v></c>'
    if isinstance(value, str) and value.startswith("<c"):
        return value.replace("<c", f'<c r="{at}"', 1)
    if isinstance(value, bool):
        return f'<c r="{at}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{at}"><v>{value}</v></c>'


def rows(table: Table, *, top: int = 1, left: int = 1, row: Mapping[int, str] = {}) -> str:
    """Rows as XML; an empty list is a blank row. `row` has further attributes by row number."""
    out = []
    for number, values in enumerate(table, top):
        cells = "".join(
            cell(f"{letters(column)}{number}", value) for column, value in enumerate(values, left) if value is not None
        )
        out.append(f'<row r="{number}" {row.get(number, "")}>{cells}</row>')
    return "".join(out)


def sheet(data: str | Table, *, before: str = "", after: str = "") -> str:
    inner = data if isinstance(data, str) else rows(data)
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{inner}</sheetData>{after}</worksheet>'


def merged(*references: str) -> str:
    cells = "".join(f'<mergeCell ref="{reference}"/>' for reference in references)
    return f"<mergeCells>{cells}</mergeCells>"


@pytest.fixture
def excel(tmp_path: Path) -> Excel:
    """Write a workbook of sheets as XML, by their names; styles 1, 2, ... have the number formats given."""

    def write(
        sheets: Mapping[str, str | Table],
        *,
        formats: list[str] | None = None,
        states: Mapping[str, str] = {},
        kinds: Mapping[str, str] = {},
        properties: str = "",
        calculation: str = "",
        strings: str = "",
        styles: str = "",
        parts: Mapping[str, str | bytes] = {},
    ) -> Path:
        listed, relations = "", ""
        members: dict[str, str | bytes] = {"[Content_Types].xml": TYPES}
        for number, (title, data) in enumerate(sheets.items(), 1):
            state = f' state="{states[title]}"' if title in states else ""
            listed += f'<sheet name={quoteattr(title)} sheetId="{number}"{state} r:id="rId{number}"/>'
            kind = kinds.get(title, "worksheet")
            relations += (
                f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="worksheets/sheet{number}.xml"/>'
            )
            members[f"xl/worksheets/sheet{number}.xml"] = data if isinstance(data, str) else sheet(data)
        codes = "".join(
            f'<numFmt numFmtId="{164 + n}" formatCode={quoteattr(code)}/>' for n, code in enumerate(formats or [])
        )
        xfs = "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(formats or [])))
        members |= {
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a"'
            f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}'
            f"<sheets>{listed}</sheets>{calculation}</workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
            f'<cellXfs><xf numFmtId="0"/>{xfs}{styles}</cellXfs></styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
            **parts,
        }
        path = tmp_path / "plan.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return path

    return write


def blocks(found: Path | Document) -> list[str | list[list[str]]]:
    """What stands on the sheets; the name of a single sheet left out."""
    document = read(found) if isinstance(found, Path) else found
    texts = [block.text if isinstance(block, Prose) else block.texts() for block in document.blocks]
    return texts[1:] if document.page_count == 1 else texts


PLAN: Table = [["Scheme", "Plan", "Actual"], ["Beds", 100, 80], ["Drugs", 50, 60]]
PLAN_TEXTS = [["Scheme", "Plan", "Actual"], ["Beds", "100", "80"], ["Drugs", "50", "60"]]


# ---- workbooks as programs write them ----------------------------------------------------------------------------------


def test_a_workbook_of_xlsxwriter(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    with xlsxwriter.Workbook(path) as book:
        money, share = book.add_format({"num_format": "#,##0;(#,##0)"}), book.add_format({"num_format": 9})
        first = book.add_worksheet("M06 CIP")
        first.merge_range("A1:D1", "CIP programme £000")
        first.write_row("A2", ["Scheme", "Plan", "Variance", "Delivery"])
        first.write_row("A3", ["Beds", 1440])
        first.write("C3", -1234, money)
        first.write("D3", 0.45, share)
        first.write_formula("B4", "=SUM(B3)", money, 1440)
        book.add_worksheet("Empty")
    document = read(path)
    assert document.page_count == 2
    assert [page.title for page in document.pages] == ["M06 CIP", "Empty"]
    assert document.media_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert document.notes == ()
    name, grid = document.blocks
    assert name == Prose("M06 CIP", 1)
    assert isinstance(grid, Grid)
    assert (grid.method, grid.page, grid.bbox) == ("excel", 1, None)
    assert grid.rows[0] == (Cell("CIP programme £000", colspan=4), *[Cell(covered=True)] * 3)
    assert grid.texts()[1:] == [
        ["Scheme", "Plan", "Variance", "Delivery"],
        ["Beds", "1440", "(1,234)", "45%"],
        ["", "1,440", "", ""],
    ]


def test_formulas_of_a_workbook_that_excel_never_calculated_are_blank_and_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "M06"
    for row in (["Scheme", "Plan", "Actual"], ["Beds", 100, 80], ["Drugs", 50, 60], ["Total", "=SUM(B2:B3)", "=C2+C3"]):
        page.append(row)
    book.save(tmp_path / "plan.xlsx")
    document = read(tmp_path / "plan.xlsx")
    assert blocks(document) == [[*PLAN_TEXTS, ["Total", "", ""]]]
    assert document.notes == (
        'sheet "M06": 2 formulas without stored values (B4, C4); open and save it in Excel, then read it again',
    )


def test_noughts_that_stand_in_for_values_never_calculated_are_no_values(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("M06")
        page.write_row("A1", ["Scheme", "Plan", "Actual"])
        page.write_row("A2", ["Beds", 0])
        page.write_formula("C2", "=B2+7")
        page.write_formula("C3", "=B2+8", None, 8)
    document = read(path)
    assert blocks(document) == [[["Scheme", "Plan", "Actual"], ["Beds", "0", ""], ["", "", "8"]]]
    assert [note.split(";")[0] for note in document.notes] == ['sheet "M06": 1 formula without stored values (C2)']


# ---- cells -------------------------------------------------------------------------------------------------------------

STRINGS = (
    "<si><t>Beds</t></si>"
    "<si><r><rPr><b/></rPr><t>1,</t></r><r><t>440</t></r></si>"  # half in bold
    "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>"
    "<si><t>12<!-- note -->34</t></si>"  # half of it would be a wrong figure
    "<si><t>Plan_x000D_\n£000 _x005F_x</t></si>"
    "<si><t>a_xD800_b</t></si>"
)
CELLS = [
    ('<c t="s"><v>0</v></c>', "Beds"),
    ('<c t="s"><v>1</v></c>', "1,440"),
    ('<c t="s"><v>2</v></c>', "東京"),
    ('<c t="s"><v>3</v></c>', "1234"),
    ('<c t="s"><v>4</v></c>', "Plan\n£000 _x"),
    ('<c t="s"><v>5</v></c>', "ab"),
    ('<c t="str"><f>A1</f><v>text</v></c>', "text"),
    ('<c t="str"><f>A1</f><v></v></c>', ""),
    ('<c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>', "inline"),
    ('<c t="b"><v>1</v></c>', "TRUE"),
    ('<c t="b"><f>A1</f><v>0</v></c>', "FALSE"),
    ('<c t="e"><f>A1</f><v>#REF!</v></c>', "#REF!"),
    ('<c t="e"><v>#N/A</v></c>', "#N/A"),
    ("<c><v>1440.1000000000001</v></c>", "1440.1"),
    ('<c s="1"><v>0.45</v></c>', "45%"),
    ('<c s="1"><v>0.4<!-- note -->5</v></c>', "45%"),
    ('<c s="2"><v>-1234</v></c>', "(1,234)"),
    ('<c s="3"><v>41730</v></c>', "Apr-14"),
    ('<c s="3" t="d"><v>2014-04-01T00:00:00</v></c>', "Apr-14"),
    ('<c s="99"><v>7</v></c>', "7"),
    ('<c s="2"><f>B1</f><v>0</v></c>', "0"),
]


@pytest.mark.parametrize(("xml", "text"), CELLS)
def test_a_cell_reads_as_it_prints(excel: Excel, xml: str, text: str) -> None:
    path = excel({"M06": [["x", xml]]}, strings=STRINGS, formats=["0%", "#,##0;(#,##0)", "mmm-yy"])
    document = read(path)
    assert blocks(document) == ([[["x", text]]] if text else ["x"])
    assert document.notes == ()


def test_formats_that_have_a_number_but_no_code(excel: Excel) -> None:
    styles = '<xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="38"/>'
    assert blocks(excel({"M06": [["x", (0.5, 1), (41730, 2), (-1234, 3)]]}, styles=styles)) == [
        [["x", "50%", "01/04/2014", "(1,234)"]]
    ]


def test_dates_that_count_from_1904(excel: Excel) -> None:
    path = excel({"M06": [["x", (40268, 1)]]}, formats=["mmm-yy"], properties='<workbookPr date1904="1"/>')
    assert blocks(path) == [[["x", "Apr-14"]]]


def test_a_format_that_is_not_understood_gives_the_plain_number_and_a_note(excel: Excel) -> None:
    document = read(excel({"M06": [["x", (0.5, 1)], ["y", (0.25, 1)], ["z", (0.75, 1)]]}, formats=["# ?/?"]))
    assert blocks(document) == [[["x", "0.5"], ["y", "0.25"], ["z", "0.75"]]]
    assert document.notes == (
        'sheet "M06": 3 cells (B1, B2, ...) shown as plain numbers, as this number format is not known: # ?/?',
    )


@pytest.mark.parametrize("stored", ["1e400", "NaN", "9" * 5000, "1_000", "-Infinity"])
def test_a_number_that_is_none_stays_as_stored_and_is_named(excel: Excel, stored: str) -> None:
    document = read(excel({"M06": [["x", f"<c><v>{stored}</v></c>"]]}))
    assert blocks(document) == [[["x", stored]]]
    assert document.notes == ('sheet "M06": 1 number (B1) that Excel could not hold, left as stored',)


def test_cells_that_do_not_say_where_they_are_follow_each_other(excel: Excel) -> None:
    path = excel({"M06": sheet("<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c/><c><v>3</v></c></row>")})
    assert blocks(path) == [[["1", "", "2"], ["", "3", ""]]]


def test_a_workbook_of_the_strict_kind_is_read(excel: Excel) -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    assert blocks(excel({"M06": sheet(PLAN).replace(MAIN, strict)})) == [PLAN_TEXTS]


# ---- merged cells ------------------------------------------------------------------------------------------------------


def test_merged_cells_reach_right_and_down(excel: Excel) -> None:
    table: Table = [["Scheme", "Year to date", None, "RAG"], [None, "Plan", "Actual"], ["Beds", 1, 2, "R"]]
    (grid,) = read(excel({"M06": sheet(table, after=merged("A1:A2", "B1:C1"))})).grids()
    assert grid.rows[0] == (Cell("Scheme"), Cell("Year to date", colspan=2), Cell(covered=True), Cell("RAG"))
    assert grid.rows[1] == (Cell(covered=True), Cell("Plan"), Cell("Actual"), Cell())


def test_a_group_merged_over_rows_holds_them_together(excel: Excel) -> None:
    table: Table = [["Group", "Scheme", "Plan"], ["Beds", "a", 1], [], [None, "b", 2], [], ["Drugs", "c", 3]]
    assert [grid.texts() for grid in read(excel({"M06": sheet(table, after=merged("A2:A4"))})).grids()] == [
        [["Group", "Scheme", "Plan"], ["Beds", "a", "1"], ["", "b", "2"]],
        [["Drugs", "c", "3"]],
    ]


def test_a_heading_centred_over_columns_spans_them_as_a_merged_one(excel: Excel) -> None:
    across = '<xf numFmtId="0"><alignment horizontal="centerContinuous"/></xf>'
    first = ["Scheme", '<c s="1" t="str"><v>Year to date</v></c>', '<c s="1"/>', "RAG"]
    (grid,) = read(excel({"M06": [first, [None, "Plan", "Actual"]]}, styles=across)).grids()
    assert grid.rows[0] == (Cell("Scheme"), Cell("Year to date", colspan=2), Cell(covered=True), Cell("RAG"))


def test_texts_beneath_merged_cells_are_left_out_and_counted(excel: Excel) -> None:
    document = read(excel({"M06": sheet([["a", "under", "c"], ["d", "e", "f"]], after=merged("A1:B1"))}))
    assert blocks(document) == [[["a", "", "c"], ["d", "e", "f"]]]
    assert document.notes == ('sheet "M06": 1 text beneath merged cells, which nobody sees, left out',)


@pytest.mark.parametrize("reference", ["", "A1", "B2:A1", "A0:B1", "A1:XFE9", "A1:B1048577", "#REF!", "A1:B2:C3"])
def test_a_merge_that_is_none_changes_nothing(excel: Excel, reference: str) -> None:
    assert blocks(excel({"M06": sheet(PLAN, after=merged(reference))})) == [PLAN_TEXTS]


# ---- rows parted into tables -------------------------------------------------------------------------------------------

LAYOUTS: dict[str, tuple[Table, list[str | list[list[str]]]]] = {
    "a title, a table and a note, parted by blank rows": (
        [["CIP programme"], [], *PLAN, [], ["Source: ledger"]],
        ["CIP programme", PLAN_TEXTS, "Source: ledger"],
    ),
    "a title right above its table belongs to it": (
        [["CIP programme"], *PLAN],
        [[["CIP programme", "", ""], *PLAN_TEXTS]],
    ),
    "a sentence right below a table does not": (
        [*PLAN, ["Savings are shown as negative figures."]],
        [PLAN_TEXTS, "Savings are shown as negative figures."],
    ),
    "a label right below a table may": (
        [*PLAN, ["Unidentified"]],
        [[*PLAN_TEXTS, ["Unidentified", "", ""]]],
    ),
    "lines of one cell are prose": ([["One"], ["Two"], [], ["Three"]], ["One", "Two", "Three"]),
    "a blank row amid a table keeps its columns": (
        [["Scheme", "Plan", "RAG"], ["Beds", 1, "R"], [], ["Drugs", 2]],
        [[["Scheme", "Plan", "RAG"], ["Beds", "1", "R"]], [["Drugs", "2", ""]]],
    ),
    "the label of a group between blank rows goes with its rows": (
        [["Scheme", "Plan", "RAG"], ["Beds", 1, "R"], [], ["Medicines"], [], ["Drugs", 2, "G"]],
        [[["Scheme", "Plan", "RAG"], ["Beds", "1", "R"]], [["Medicines", "", ""], ["Drugs", "2", "G"]]],
    ),
    "a title between two tables stays prose": (
        [*PLAN, [], ["Investment"], [], ["Project", "Plan", "Actual"], ["Lifts", 1, 2]],
        [PLAN_TEXTS, "Investment", [["Project", "Plan", "Actual"], ["Lifts", "1", "2"]]],
    ),
    "two columns under many are a table of their own": (
        [["Scheme", "Plan", "Actual", "RAG"], ["Beds", 1, 2, "R"], [], ["Still to find", 40]],
        [[["Scheme", "Plan", "Actual", "RAG"], ["Beds", "1", "2", "R"]], [["Still to find", "40"]]],
    ),
    "after two blank rows another table begins": (
        [["Scheme", "Plan", "RAG"], ["Beds", 1, "R"], [], [], ["Drugs", 2]],
        [[["Scheme", "Plan", "RAG"], ["Beds", "1", "R"]], [["Drugs", "2"]]],
    ),
    "blank columns are left out": (
        [[None, "Scheme", None, "Plan"], [None, "Beds", None, 1]],
        [[["Scheme", "Plan"], ["Beds", "1"]]],
    ),
}


@pytest.mark.parametrize(("table", "expected"), LAYOUTS.values(), ids=LAYOUTS)
def test_rows_are_parted_into_tables_and_prose(excel: Excel, table: Table, expected: list[str]) -> None:
    assert blocks(excel({"M06": table})) == expected


SIDE_BY_SIDE: dict[str, tuple[Table, int]] = {
    "with the same headings": (
        [["Scheme", "Plan", None, "Scheme", "Plan"], ["a", 1, None, "c", 3], ["b", 2, None, "d", 4]],
        2,
    ),
    "each with its title": (
        [
            ["Savings", None, None, "Risks"],
            ["Scheme", "Plan", None, "Risk", "Score"],
            ["a", 1, None, "c", 3],
            ["b", 2, None, "d", 4],
        ],
        2,
    ),
    "one longer than the other": (
        [["Scheme", "Plan", None, "Risk", "Score"], ["a", 1, None, "c", 3], [None, None, None, "d", 4]],
        2,
    ),
    "columns of figures after a spacer": (
        [["Scheme", "Plan", None, "Plan", "Actual"], ["a", 1, None, 2, 3], ["b", 2, None, 3, 4]],
        1,
    ),
    "columns of words and figures after a spacer": (
        [["Scheme", "Plan", None, "Lead", "At risk"], ["a", 1, None, "Jo", 3], ["b", 2, None, "Al", 4]],
        1,
    ),
    "one column after a spacer": (
        [["Scheme", "Plan", None, "Scheme"], ["a", 1, None, "c"], ["b", 2, None, "d"]],
        1,
    ),
    "below one title": (
        [["Savings"], ["Scheme", "Plan", None, "Scheme", "Plan"], ["a", 1, None, "c", 3], ["b", 2, None, "d", 4]],
        1,
    ),
}


@pytest.mark.parametrize(("table", "count"), SIDE_BY_SIDE.values(), ids=SIDE_BY_SIDE)
def test_tables_side_by_side_are_two_only_where_that_is_plain(excel: Excel, table: Table, count: int) -> None:
    assert len(list(read(excel({"M06": table})).grids())) == count


def test_very_many_tables_side_by_side_are_left_as_one(excel: Excel) -> None:
    for count, grids in ((8, 8), (9, 1)):
        table: Table = [["Scheme", "Plan", None] * count, ["a", 1, None] * count, ["b", 2, None] * count]
        assert len(list(read(excel({"M06": table})).grids())) == grids


def test_tables_side_by_side_that_go_on_below_a_blank_row_stay_apart(excel: Excel) -> None:
    table: Table = [
        ["Scheme", "Plan", "RAG", None, "Scheme", "Plan"],
        ["a", 1, "R", None, "c", 3],
        ["b", 2, "G", None, "d", 4],
        [],
        ["e", 5, "R", None, "f", 6],
    ]
    assert blocks(excel({"M06": table})) == [
        [["Scheme", "Plan", "RAG"], ["a", "1", "R"], ["b", "2", "G"]],
        [["e", "5", "R"]],
        [["Scheme", "Plan"], ["c", "3"], ["d", "4"]],
        [["f", "6"]],
    ]


# ---- sheets ------------------------------------------------------------------------------------------------------------


def test_sheets_are_chosen_as_pages_and_the_first_are_looked_at_for_the_cover(excel: Excel) -> None:
    path = excel({"Cover": [["Trust"]], "Blank": [], "M05": PLAN, "M06": PLAN})
    document = read(path, Pages.parse("4"))
    assert blocks(document) == ["M06", PLAN_TEXTS]
    assert [(page.number, page.title) for page in document.pages] == [(4, "M06")]
    assert [block.text for block in document.front if isinstance(block, Prose)] == ["Cover", "Trust"]
    with pytest.raises(UnreadableError, match="has 4 pages, none of them among 9"):
        read(path, Pages.parse("9"))


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_read_and_marked(excel: Excel, state: str) -> None:
    document = read(excel({"M06": PLAN, "Workings": PLAN}, states={"Workings": state}))
    assert [page.hidden for page in document.pages] == [False, True]
    shown, hidden = document.grids()
    assert {one.mark for row in shown.rows for one in row} == {""}
    assert {one.mark for row in hidden.rows for one in row} == {"hidden"}
    assert document.notes == ('sheet "Workings" is hidden; it was read',)


@pytest.mark.parametrize("attribute", ['hidden="1"', 'hidden="true"', 'ht="0" customHeight="1"'])
def test_hidden_rows_are_read_and_marked(excel: Excel, attribute: str) -> None:
    document = read(excel({"M06": sheet(rows(PLAN, row={2: attribute}))}))
    (grid,) = document.grids()
    assert grid.texts() == PLAN_TEXTS
    assert [{one.mark for one in row} for row in grid.rows] == [{""}, {"hidden"}, {""}]
    assert document.notes == ('sheet "M06": 1 hidden row read',)


@pytest.mark.parametrize("attribute", ['hidden="1"', 'width="0" customWidth="1"'])
def test_hidden_columns_are_read_and_marked(excel: Excel, attribute: str) -> None:
    before = f'<cols><col min="2" max="3" {attribute}/><col min="9" max="16384" {attribute}/></cols>'
    document = read(excel({"M06": sheet(PLAN, before=before)}))
    (grid,) = document.grids()
    assert [one.mark for one in grid.rows[1]] == ["", "hidden", "hidden"]
    assert document.notes == ('sheet "M06": 2 hidden columns read',)


def test_blank_rows_and_columns_that_are_hidden_are_not_worth_a_note(excel: Excel) -> None:
    data = rows(PLAN) + '<row r="9" hidden="1"><c r="A9"/></row>'
    assert read(excel({"M06": sheet(data, before='<cols><col min="7" max="9" hidden="1"/></cols>')})).notes == ()


def test_a_sheet_of_a_chart_keeps_its_place_and_is_named(excel: Excel) -> None:
    document = read(excel({"Chart": "<chartsheet/>", "M06": PLAN}, kinds={"Chart": "chartsheet"}))
    assert [page.number for page in document.pages] == [1, 2]
    assert document.notes == ('sheet "Chart": no sheet of cells (a chart, dialogue or macro sheet); not read',)


# ---- what else a workbook holds ----------------------------------------------------------------------------------------


def test_what_is_not_read_is_named(excel: Excel) -> None:
    drawing = '<xdr:wsDr xmlns:xdr="x" xmlns:a="y"><xdr:sp><a:t>All figures in £m</a:t></xdr:sp></xdr:wsDr>'
    parts: dict[str, str | bytes] = {
        "xl/charts/chart1.xml": "<c/>",
        "xl/charts/chart2.xml": "<c/>",
        "xl/charts/style1.xml": "<c/>",
        "xl/media/image1.png": b"png",
        "xl/embeddings/oleObject1.bin": b"ole",
        "xl/drawings/drawing1.xml": drawing,
        "xl/vbaProject.bin": b"vba",
        "xl/externalLinks/externalLink1.xml": "<e/>",
        "xl/connections.xml": "<c/>",
    }
    document = read(excel({"M06": PLAN}, parts=parts, calculation='<calcPr calcMode="manual"/>'))
    assert blocks(document) == [PLAN_TEXTS]
    assert document.notes == (
        "2 charts, 1 picture, 1 embedded object not read: figures that stand only there are missing",
        "text boxes not read: what stands only there is missing",
        "macros were left alone",
        "links to other workbooks were not followed: their figures are as last saved",
        "data connections were not followed: their figures are as last saved",
        "set to be calculated by hand: values of formulas are as last calculated",
    )


# ---- hostile and damaged -----------------------------------------------------------------------------------------------


def test_a_sheet_says_what_it_likes_about_its_size(excel: Excel) -> None:
    data = sheet(rows([["Scheme", "Plan"], ["Beds", 1]]), before='<dimension ref="A1:XFD1048576"/>')
    assert blocks(excel({"M06": data})) == [[["Scheme", "Plan"], ["Beds", "1"]]]


def test_cells_far_away_do_not_make_vast_grids(excel: Excel) -> None:
    data = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="XFD1"><v>3</v></c></row>'
        '<row r="2"><c r="A2"><v>4</v></c></row><row r="1048576"><c r="XFD1048576"><v>5</v></c></row>'
    )
    everything = merged("A1048576:XFC1048576", "A3:XFD1048575")
    assert blocks(excel({"M06": sheet(data, after=everything)})) == [[["1", "2", "3"], ["4", "", ""]], "5"]


def test_styled_blank_cells_are_no_cells(excel: Excel) -> None:
    styled: list[Value] = ['<c s="1"/>'] * 30
    blank = rows([styled] * 500, top=5)
    path = excel({"M06": sheet(rows(PLAN) + blank)}, formats=["0"])
    assert [len(grid.rows) for grid in read(path, limits=Limits(cells=9)).grids()] == [3]


def seconds(path: Path) -> float:
    """The processor time that reading takes, whatever else the machine is busy with."""
    content = path.read_bytes()
    started = time.process_time()
    read_xlsx(path.name, "", content, None, Limits())
    return time.process_time() - started


def test_one_merge_of_all_cells_takes_no_time(excel: Excel) -> None:
    path = excel({"M06": sheet(PLAN, after=merged("A1:XFD1048576"))})
    assert seconds(path) < 1
    document = read(path)
    assert document.notes == ('sheet "M06": 8 texts beneath merged cells, which nobody sees, left out',)


def test_many_merges_take_no_more_than_their_share_of_time(excel: Excel) -> None:
    table: Table = [[f"a{row}", None, f"b{row}", None, "c"] for row in range(21_000)]
    pairs = merged(*(f"{pair}" for row in range(1, 21_001) for pair in (f"A{row}:B{row}", f"C{row}:D{row}")))
    path = excel({"M06": sheet(table, after=pairs)})
    assert seconds(path) < 15
    (grid,) = read(path).grids()
    assert grid.texts()[-1] == ["a20999", "b20999", "c"]


def test_merges_that_overlap_do_not_take_for_ever(excel: Excel) -> None:
    table: Table = [[1] * 200 for _ in range(200)]
    over = merged(*[f"{letters(n)}{n}:{letters(200)}200" for n in range(200, 0, -1)] * 50)
    assert seconds(excel({"M06": sheet(table, after=over)})) < 5


def test_more_cells_than_allowed_are_refused(excel: Excel) -> None:
    path = excel({"M05": [[1] * 10] * 6, "M06": [[1] * 10] * 6})
    with pytest.raises(
        LimitError, match=r"has more than 100 table cells; choose sheets with --pages, or raise QIPPCTL_"
    ):
        read(path, limits=Limits(cells=100))
    assert len(blocks(read(path, Pages.parse("2"), limits=Limits(cells=100)))) == 2
    wide = excel({"M06": [[1, *[None] * 10, column] for column in range(2)] + [[None] * n + [1, 1] for n in range(20)]})
    with pytest.raises(LimitError, match="has more than 100 table cells"):
        read(wide, limits=Limits(cells=100))


def test_more_sheets_than_allowed_are_refused(excel: Excel) -> None:
    with pytest.raises(LimitError, match="has 3 pages, more than the 2 allowed"):
        read(excel({"a": PLAN, "b": PLAN, "c": PLAN}), limits=Limits(pages=2))


DAMAGE: dict[str, str] = {
    "cut short": sheet(PLAN)[:-40],
    "a cell twice": sheet('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
    "a row twice": sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>'),
    "a cell in another row": sheet('<row r="1"><c r="A2"><v>1</v></c></row>'),
    "a cell beyond the last column": sheet('<row r="1"><c r="XFE1"><v>1</v></c></row>'),
    "a row beyond the last": sheet('<row r="1048577"><c><v>1</v></c></row>'),
    "a text that is not there": sheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'),
    "nonsense for a place": sheet('<row r="1"><c r="1A"><v>1</v></c></row>'),
    "elements without end": "<worksheet>" + "<a>" * 5000,
}


@pytest.mark.parametrize("data", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_sheet_is_refused(excel: Excel, data: str) -> None:
    with pytest.raises(UnreadableError, match=r"plan\.xlsx: .*[Oo]pen and save it anew"):
        read(excel({"M06": data}))


def test_a_workbook_without_its_sheet_is_refused(excel: Excel) -> None:
    path = excel({"M06": PLAN})
    content = io.BytesIO()
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(content, "w") as cut:
        for name in whole.namelist():
            if "sheet1" not in name:
                cut.writestr(name, whole.read(name))
    path.write_bytes(content.getvalue())
    with pytest.raises(UnreadableError, match="a damaged Excel file; open and save it anew"):
        read(path)


def test_a_sheet_elsewhere_is_not_fetched(excel: Excel) -> None:
    outside = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/worksheet"'
        ' Target="http://example.invalid/sheet.xml" TargetMode="External"/></Relationships>'
    )
    with pytest.raises(UnreadableError, match="a damaged Excel file"):
        read(excel({"M06": PLAN}, parts={"xl/_rels/workbook.xml.rels": outside}))


def test_a_binary_workbook_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "plan.xlsb", "w") as archive:
        archive.writestr("xl/workbook.bin", b"\0")
    with pytest.raises(UnsupportedError, match=re.escape("binary Excel workbook; save it as")):
        read(tmp_path / "plan.xlsb")
