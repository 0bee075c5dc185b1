"""The working workbook: every number the ledger's, live formulas that agree, the same file twice, read back as written."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from build import figure, paper
from qippctl import pipeline
from qippctl.ledger import Ledger
from qippctl.models.workbooks import Book
from qippctl.reports import excel
from qippctl.reports.excel.cells import decimals, sheet_names
from spreadsheets import AT, book_of, cells, opened, read, recalculated, rows, told
from trust import write

HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "a\tb\x07\x1b[31mred",
    "<&>\"'",
    "_x0041_",
    "x" * 40_000,
)


@pytest.fixture(scope="module")
def northmere(sample_ledger: str) -> Book:
    return book_of(sample_ledger, "Northmere")


@pytest.fixture(scope="module")
def written(northmere: Book) -> bytes:
    return excel.working(northmere)


def test_the_same_book_is_the_same_file_without_the_hour(northmere: Book, written: bytes) -> None:
    assert excel.working(northmere) == written
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2015-05-12T00:00:00Z" in package.read("docProps/core.xml")


def test_sheets_that_have_something_are_there(sample_ledger: str, written: bytes) -> None:
    assert opened(written).sheetnames == ["Summary", "Schemes", "Charts", "Profile", "Findings", "Figures"]
    everything = opened(excel.working(book_of(sample_ledger))).sheetnames
    assert {"Milestones", "Risks", "Indicators", "Findings", "Schemes Northmere Clinical"} <= set(everything)


def test_every_number_of_the_schemes_is_the_ledgers(northmere: Book, written: bytes) -> None:
    of = northmere.bodies[0]
    shown = rows(written, "Schemes")
    assert len(shown) == len(of.lines) + 1
    for line, row in zip(of.lines, shown, strict=False):
        ytd, year = line.to_date, line.year
        assert ytd is not None and year is not None
        expected = (ytd.plan, ytd.actual, ytd.variance, year.plan, year.actual, year.variance)
        headings = (
            "YTD plan £",
            "YTD actual £",
            "YTD variance £",
            "Year plan £",
            "Year forecast £",
            "Forecast variance £",
        )
        assert tuple(None if (v := row[h]) in (None, "") else Decimal(str(v)) for h in headings) == expected
        assert row["Scheme"] == line.scheme
    assert [row["RAG"] for row in shown[:5]] == ["R"] * 5
    total = shown[-1]
    assert (total["Scheme"], total["YTD plan £"], total["YTD variance £"]) == ("Total", 7833400, -1427900)


def test_what_is_worked_out_is_a_formula_and_what_only_the_paper_knows_is_not(written: bytes) -> None:
    sheet = opened(written, values=False)["Schemes"]
    head = {cell.value: cell.column for cell in sheet[5]}
    variances = [sheet.cell(row, head["YTD variance £"]).value for row in range(6, 22)]
    assert all(isinstance(value, str) and value.startswith("=IF(COUNT(") for value in variances[:5])
    assert sheet.cell(21, head["YTD plan £"]).value == "=SUBTOTAL(9,D6:D20)"
    assert sheet.cell(6, head["RAG"]).value.startswith("=IF(COUNT(D6,E6)<2")
    by_scheme = {sheet.cell(row, head["Scheme"]).value: row for row in range(6, 21)}
    row = by_scheme["Redesign of community services"]
    # No plan is printed for the year, so the variance is the paper's own number, and the notes say so.
    assert isinstance(sheet.cell(row, head["Forecast variance £"]).value, int)
    assert "variance as printed" in sheet.cell(row, head["Notes"]).value


def test_libreoffice_works_out_what_is_stored(sample_ledger: str, tmp_path: Path) -> None:
    content = excel.working(book_of(sample_ledger))
    formulas = {at: v for at, v in cells(content, values=False).items() if isinstance(v, str) and v.startswith("=")}
    stored, found = cells(content), recalculated(content, tmp_path)
    assert len(formulas) > 1000
    odd = []
    for at in formulas:
        ours, theirs = stored.get(at) or "", found.get(at) or ""
        if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)):
            same = round(Decimal(ours), 6) == round(Decimal(theirs), 6)
        else:
            same = (ours or 0) == (theirs or 0)
        odd += [] if same else [(at, formulas[at], ours, theirs)]
    assert odd == []


def test_ratings_follow_what_is_typed_and_the_limits_of_the_rule(northmere: Book, tmp_path: Path) -> None:
    book = opened(excel.working(northmere), values=False)
    schemes, summary = book["Schemes"], book["Summary"]
    head = {cell.value: cell.column_letter for cell in schemes[5]}
    schemes[f"{head['YTD actual £']}6"] = schemes[f"{head['YTD plan £']}6"].value  # the furthest behind delivers all
    limit = book.defined_names["RAG_limit_1"].attr_text.removeprefix("Summary!").replace("$", "")
    summary[limit] = 2  # green from twice the plan
    out = io.BytesIO()
    book.save(out)
    found = recalculated(out.getvalue(), tmp_path)
    assert found["Schemes", f"{head['RAG']}6"] == "A"
    assert found["Schemes", f"{head['YTD variance £']}6"] == 0
    assert found["Schemes", f"{head['RAG']}7"] == "R"


@pytest.mark.parametrize("make", [excel.working, excel.accessible], ids=["working", "accessible"])
def test_read_back_it_says_the_same(make, sample_ledger: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    book = book_of(sample_ledger)
    file = tmp_path / "tracker.xlsx"
    file.write_bytes(make(book))
    found = pipeline.extract(file)
    assert read(found.figures) == [item for body in sorted_bodies(book) for item in told(body)]
    # Lists are left alone; what is left are the sentences of the first sheet (`From 17 papers`).
    assert {(record.type, record.page, record.table) for record in found.records} == {("claim", 1, None)}
    layouts = Counter(table.layout for table in found.tables)
    assert layouts["workbook-schemes"] == len([body for body in book.bodies if body.lines])
    assert {"workbook-headline", "workbook-profile", "workbook-lists"} <= set(layouts)
    assert not any(note for note in found.notes if "without stored values" in note)


def sorted_bodies(book: Book) -> list:  # type: ignore[type-arg]
    return sorted(book.bodies, key=lambda body: str((body.organisation,)))


@pytest.mark.parametrize("month", ["m09", "m10", "m11"])
def test_made_months_come_back_with_their_cover(month: str, ledger: Ledger, tmp_path: Path) -> None:
    papers = write(tmp_path)
    ledger.add(pipeline.extract(papers[month]), version="test")
    book = pipeline.book(ledger, today=AT)
    file = tmp_path / "tracker.xlsx"
    file.write_bytes(excel.working(book))
    found = pipeline.extract(file)
    (body,) = book.bodies
    assert read(found.figures) == told(body)
    cover = found.cover
    assert (cover.organisation, cover.period) == (body.organisation, body.period)
    assert cover.meeting_date == body.papers[0].meeting_date
    assert [f for f in found.figures if f.doubts and f.role == "scheme"] == []


def test_a_workbook_beside_its_paper_changes_no_answer(sample_ledger: str, ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "northmere.md"
    file.write_bytes((Path(__file__).parents[2] / "samples" / "northmere-summary-m11.md").read_bytes())
    ledger.add(pipeline.extract(file), version="test")
    before = pipeline.programmes(ledger, None, None, "ytd", None)
    out = tmp_path / "tracker.xlsx"
    out.write_bytes(excel.working(pipeline.book(ledger, today=AT)))
    ledger.add(pipeline.extract(out), version="test")
    after = pipeline.programmes(ledger, None, None, "ytd", None)
    said = [
        Counter((v.scheme, v.role, v.plan, v.actual, v.variance) for p in of for v in p.variances)
        for of in (before, after)
    ]
    assert said[0] == said[1]


@pytest.mark.parametrize(("body", "status"), [("Northmere", None), ("Merrowdale", "draft")])
def test_it_is_called_a_draft_where_all_its_papers_are(
    body: str, status: str | None, sample_ledger: str, tmp_path: Path
) -> None:
    file = tmp_path / "tracker.xlsx"
    file.write_bytes(excel.working(book_of(sample_ledger, body)))
    assert pipeline.extract(file).cover.status == status


def test_a_large_workbook_is_written_row_by_row_and_is_the_same(
    sample_ledger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = book_of(sample_ledger, "Kelderby")
    small = cells(excel.working(book))
    monkeypatch.setattr("qippctl.reports.excel.working_book.MOST_IN_MEMORY", 0)
    large = excel.working(book)
    assert cells(large) == small
    assert excel.working(book) == large


def test_hostile_text_is_text_and_breaks_nothing(ledger: Ledger) -> None:
    figures = []
    for row, name in enumerate(HOSTILE, 1):
        figures += [
            figure("plan", value=100 * row, scheme=name, workstream=name, row=row, column=1, raw=name[:20]),
            figure("actual", value=90 * row, scheme=name, workstream=name, row=row, column=2),
        ]
    ledger.add(paper(figures, organisation="=Body [1]:*?/\\' & Co", title="=1+1"), version="test")
    book = pipeline.book(ledger, today=AT)
    for content in (excel.working(book), excel.accessible(book)):
        found = opened(content, values=False)
        schemes = found["Schemes"]
        named = [cell for row in schemes.iter_rows() for cell in row if isinstance(cell.value, str)]
        assert {c.value for c in named if c.data_type == "f"} == {
            c.value for c in named if c.value.startswith(("=IF(COUNT(", "=SUBTOTAL(", "=IF("))
        }
        texts = {cell.value: cell for cell in named if cell.data_type != "f"}
        for name in HOSTILE[:4]:
            assert texts[name].data_type == "s" and texts[name].quotePrefix
        assert "abred" in {value.replace(" ", "") for value in texts}
        assert all("\x07" not in value and "\x1b" not in value and len(value) <= 32_767 for value in texts)


def test_it_is_ready_to_filter_print_and_type_into(written: bytes) -> None:
    book = opened(written, values=False)
    sheet = book["Schemes"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("D6" if sheet["A5"].value == "Code" else "C6", "A5:O20")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.print_title_rows) == (
        "landscape",
        0,
        "$5:$5",
    )
    assert "Northmere" in sheet.oddHeader.left.text and "&P" in sheet.oddFooter.right.text
    rules = {rule.formula[0] for group in sheet.conditional_formatting for rule in group.rules}
    assert rules == {'"R"', '"A"', '"G"', '"B"'}
    assert {one.type for one in sheet.data_validations.dataValidation} == {"decimal", "list"}
    assert {"Plan_to_date", "Actual_to_date", "Forecast_of_year"} <= set(sheet.defined_names)
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        charts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 3


def test_every_figure_has_its_place(northmere: Book, written: bytes) -> None:
    shown = rows(written, "Figures")
    assert [row["Figure id"] for row in shown] == [f.id for f in northmere.figures]
    for row, one in zip(shown, northmere.figures, strict=True):
        assert (Decimal(str(row["Value"])), row["As printed"], row["Page"], row["Row"], row["Column"]) == (
            one.value,
            one.raw,
            one.page,
            one.row,
            one.column,
        )
        assert (row["In doubt"] or "") == " ".join(one.doubts)


def test_the_headline_holds_the_rows_against_the_printed_total(written: bytes) -> None:
    found = [row for row in opened(written)["Summary"].iter_rows(values_only=True) if row[0]]
    by_name = {row[0]: row for row in found}
    assert by_name["To date: total as printed"][1:5] == (7833400, 6405500, -1427900, 0.818)
    assert by_name["To date: sum of the rows"][1:4] == (7833400, 6405500, -1427900)
    assert by_name["To date: rows less total"][5] == "The rows make up the printed total."
    counted = {row[0]: row[1] for row in reversed(found) if row[0] in ("Red (R)", "Green (G)", "No colour")}
    assert counted == {"Red (R)": 5, "Green (G)": 8, "No colour": 2}


@pytest.mark.parametrize(
    ("values", "needed"),
    [
        (["120000", "1E+5", None], 0),  # noughts at the end are no decimals
        (["0.5", "12"], 1),
        (["0.10", "3"], 1),
        (["1.23456"], 4),
        ([], 0),
    ],
)
def test_as_many_decimals_as_the_numbers_need(values: list[str | None], needed: int) -> None:
    assert decimals([Decimal(v) if v is not None else None for v in values]) == needed


@pytest.mark.parametrize(
    ("bodies", "names"),
    [
        (["Any body whatsoever"], ["Schemes"]),
        (["A", "a"], ["Schemes A", "Schemes a 2"]),
        (
            ["NHS A Long Name Of Some Trust", "NHS A Long Name Of Some"],
            ["Schemes A Long Name Of Some", "Schemes A Long Name Of Some 2"],
        ),
        (["a/b:c*d?e[f]g\\h'i", ""], ["Schemes a b c d e f g h i", "Schemes unnamed"]),
    ],
)
def test_sheets_are_named_as_excel_allows(bodies: list[str], names: list[str]) -> None:
    found = sheet_names("Schemes", bodies)
    assert found == names
    assert all(len(name) <= 31 for name in found)
