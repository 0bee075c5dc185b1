"""CSV: told from prose by its content, quotes undone, and nothing swallowed by one that is not closed."""

from __future__ import annotations

import contextlib
import csv
import io
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qippctl.errors import LimitError, UnreadableError
from qippctl.models.document import Document, Page, Prose
from qippctl.readers import Limits, Pages, read
from qippctl.readers.delimited import delimiter_of, read_delimited

SCHEMES = "Scheme,Plan,Actual\nBeds,100,80\nDrugs,250.5,240\n"
# Read in either way by people too: only the name decides.
EITHER = "Scheme, Plan\nBeds, 100\nDrugs, 250\n"


def blocks(document: Document) -> list[str | list[list[str]]]:
    return [block.text if isinstance(block, Prose) else block.texts() for block in document.blocks]


def of(text: str, delimiter: str = ",", limits: Limits | None = None) -> list[str | list[list[str]]]:
    return blocks(read_delimited("paper.csv", "", text, delimiter, None, limits or Limits()))


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


TABLES = [
    (SCHEMES, ","),
    (SCHEMES.replace(",", ";"), ";"),
    (SCHEMES.replace(",", "|"), "|"),
    ('"Scheme","Plan","Notes"\n"Beds","1,440","late, but safe"\n"Drugs","250","none"\n', ","),
    ('Scheme,Plan\nBeds,"1,440"\nDrugs,"2,110.5"\n', ","),
    ("Scheme;Plan;Actual\nBeds;1,5;2,5\nDrugs;3,25;4,5\n", ";"),  # decimal commas
    ("Scheme;Plan\nBeds;1.440,00\nDrugs;2.110,50\n", ";"),
    ("Savings,,\nScheme,Plan,Actual\nBeds,100,80\nDrugs,(250),-\n", ","),  # a title filled out, as Excel does
    ("Body,\nSavings,\nMonth 6,\n,\nScheme,Plan\nBeds,100\nDrugs,250\n", ","),
    ("Savings programme\nMonth 6\nScheme,Plan\nBeds,100\nDrugs,250\nTotal,350\n", ","),  # one that is not
    ("Scheme,Plan,Actual\nCare\nBeds,100,80\nDrugs,250,240\nTotal,350\n", ","),  # short rows
    ('Scheme,Plan,Notes\nBeds,100,"first, then\nsecond, and\nthird"\nDrugs,250,\n', ","),
    ("Scheme,Plan\r\nBeds,100\r\nDrugs,250\r\n", ","),
    ("Scheme,Plan\rBeds,100\rDrugs,250\r", ","),
    ("Scheme,£k\nBeds,£100k\nDrugs,£250k\n", ","),
    ('Scheme\tPlan\n"Beds, wards"\t"1,440"\nDrugs\t250\n', "\t"),  # as Excel saves text: a quote has to be undone
    ('Scheme\tPlan\nBeds\t"1,440"\nDrugs\t250\n', "\t"),
    # One row that quotes wrongly does not make the others prose: reading it says what is wrong.
    ('Scheme,Plan,Note\nBeds,"5" pipes",x\n' + 'Drugs,"1,440","a, b, c"\n' * 6, ","),
    ("sep=;\nScheme;Plan\n", ";"),
    ("Year,Plan,Actual\n2014,100,80\n2015,250,240\n", ","),  # digits on both sides of each comma
]


@pytest.mark.parametrize("suffix", [".csv", ".txt", ""])
@pytest.mark.parametrize(("text", "delimiter"), TABLES)
def test_a_table_of_figures_is_known_by_its_content(text: str, delimiter: str, suffix: str) -> None:
    assert delimiter_of(text, suffix) == delimiter


LETTER = """Dear Chair,

Thank you for your letter of 3 March, which the Trust received on 7 March.

You asked, first, whether the plan of £1,440.0 can be met; second, what would follow if not.
It can, provided that wards close in May, June and July, as agreed.
Savings to date are £690.5, against £720.0 planned,
so that, on balance, we remain hopeful.

Yours sincerely,

A. Person, Director of Finance
1 High Street,
Northmere, NM1 1AA
"""
ONE_COMMA_EACH = "".join(f"In month {n}, the trust saved £{n}40 on beds\n" for n in range(1, 9))
AMOUNTS = "".join(f"Ward {n} saved £1,{n}40.0 in the year\n" for n in range(1, 9))
BARE_AMOUNTS = "Savings of £1,440\nSavings of £2,110\nSavings of £3,250\n"
DECIMAL_COMMAS = "Beds 1,5\nDrugs 2,5\nWards 3,5\n"
TABBED = "QIPP report\n\nAt month 6, all is well.\n\nScheme\tPlan\tActual\nBeds\t1,440\t1,200\nDrugs\t2,110\t2,000\n"
MARKDOWN = "| Scheme | Plan |\n|---|--:|\n| Beds | 1,440 |\n| Drugs | 2,110 |\n"
TIGHT_MARKDOWN = "Scheme|Plan\n---|---\nBeds|100\nDrugs|200\n"
SEMICOLONS = "Beds closed; wards merged\nDrugs changed; 250 saved\nStaff moved; 300 saved\n"
BARS = "red | amber\ngreen | blue\n5 | 6\n"
QUOTES = '"Yes," she said, "in 2012, it was 5"\n"No," said he, "it was 6, or 7"\n"Well," said I, "so be it"\n'
UNQUOTED = '"We expect 5, perhaps 6\nto be saved, and\nmore to come, in time\n'
PAGES = "Scheme,Plan\nBeds,100\nDrugs,250\n\fThe next page\n"
RECORDS = '[\n{"scheme":"Beds","plan":[1,2.5,"3"]},\n{"scheme":"Drugs","plan":[4,5.5,"6"]}\n]\n'
PROSE = {
    "a paper of tabs": TABBED,
    "records of a program": RECORDS,
    "a letter": LETTER,
    "sentences with one comma each": ONE_COMMA_EACH,
    "amounts in sentences": AMOUNTS,
    "amounts at the end of lines": BARE_AMOUNTS,
    "decimal commas": DECIMAL_COMMAS,
    "a Markdown table": MARKDOWN,
    "a Markdown table without blanks": TIGHT_MARKDOWN,
    "semicolons": SEMICOLONS,
    "bars": BARS,
    "speech": QUOTES,
    "a quote that is not closed": UNQUOTED,
    "pages": PAGES,
    "one line": "Beds saved 100, drugs 250",
    "one word": "Beds",
    "nothing": "",
    "blank lines": "\n \n\n",
    "a list ending in commas": "Beds,\nDrugs,\nWards\n",
}


@pytest.mark.parametrize("suffix", [".txt", ".csv", ".tsv"])
@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_prose_is_never_taken_for_a_table(text: str, suffix: str) -> None:
    assert delimiter_of(text, suffix) is None


def test_a_paper_of_tabs_is_left_to_the_reader_of_text(tmp_path: Path) -> None:
    assert delimiter_of(TABBED, ".txt") is None
    assert delimiter_of("Scheme\tPlan\nBeds\t100\nDrugs\t250\n", ".txt") is None
    document = read(written(tmp_path, "paper.txt", TABBED))
    assert blocks(document)[:2] == ["QIPP report", "At month 6, all is well."]
    assert [grid.method for grid in document.grids()] == ["tabs"]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        (EITHER, ","),
        ("Scheme,Owner\nBeds,A. Person\n", ","),  # no figures
        ("Scheme,Plan\n", ","),  # headings alone
        ("Scheme\tPlan\nBeds\t100\n", "\t"),
        ("Scheme,a,b,c\nBeds,1\nDrugs,1,2\nWards,1,2,3,4,5\n", ","),  # rows of any length
    ],
)
def test_the_suffix_decides_where_the_content_does_not(text: str, delimiter: str) -> None:
    assert delimiter_of(text, ".txt") is None
    assert delimiter_of(text, ".csv") == delimiter
    assert delimiter_of(text, ".tsv") == delimiter


@pytest.mark.parametrize(
    "text",
    [
        "Yes,we saved, 5\nNo,we lost, 6\nSo,it was, 7\n",  # as many blanks after commas as not
        "a,b,c,d,1\nb,2\nc,d,3\nd,e,f,4\n",  # no two rows of a length
        "a,b\nc,1\nd,e\nf,g\nh,i\n",  # hardly a figure
        "Scheme,Plan\n",  # no row
        "a\nb\nc\nScheme,1\nBeds,2\n",  # most lines are not parted
    ],
)
def test_what_might_be_anything_is_prose_unless_its_name_says_otherwise(text: str) -> None:
    assert delimiter_of(text, ".txt") is None


def test_a_table_is_known_by_its_first_two_hundred_thousand_characters() -> None:
    assert delimiter_of(SCHEMES + "Beds,100,80\n" * 50_000, ".txt") == ","
    assert delimiter_of("A line of prose, and so on.\n" * 10_000 + SCHEMES, ".txt") is None


def test_a_csv_is_one_page_of_one_grid(tmp_path: Path) -> None:
    document = read(written(tmp_path, "savings.csv", SCHEMES))
    (grid,) = document.grids()
    assert grid.texts() == [["Scheme", "Plan", "Actual"], ["Beds", "100", "80"], ["Drugs", "250.5", "240"]]
    assert (grid.method, grid.page) == ("csv", 1)
    assert (document.media_type, document.page_count, document.pages) == ("text/csv", 1, (Page(1),))
    assert (document.front, document.notes) == ((), ())
    assert read(written(tmp_path, "savings.txt", SCHEMES)).media_type == "text/csv"
    assert read(written(tmp_path, "letter.csv", LETTER)).media_type == "text/plain"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,"b, c"\n', ["a", "b, c"]),
        ('a,"b ""c"""\n', ["a", 'b "c"']),
        ('a,"",b\n', ["a", "", "b"]),
        ('a,"b\nc"\n', ["a", "b\nc"]),
        ('a,"b\r\nc"\r\n', ["a", "b\nc"]),
        ('a, "1,440", "5"\n', ["a", "1,440", "5"]),
        ('5" pipes,6\n', ['5" pipes', "6"]),  # inches, not a quote
        ("a,£1.50\n", ["a", "£1.50"]),
        ("a,007,1e5, -\n", ["a", "007", "1e5", "-"]),
        ("a,(1 440)\n", ["a", "(1 440)"]),
        ("a,b", ["a", "b"]),
        ("a,b,\n", ["a", "b", ""]),
    ],
)
def test_fields_are_text_as_printed(text: str, expected: list[str]) -> None:
    assert of(text) == [[expected]]


def test_a_delimiter_in_quotes_parts_nothing() -> None:
    for delimiter in ",;|\t":
        assert of(f'a{delimiter}"b{delimiter}c"\n', delimiter) == [[["a", f"b{delimiter}c"]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\nc\nd,e,f\n", [[["a", "b", ""], ["c", "", ""], ["d", "e", "f"]]]),  # filled to one width
        ("a,b\n\nc,d\n", [[["a", "b"]], [["c", "d"]]]),
        ("a,b\n , \nc,d\n", [[["a", "b"]], [["c", "d"]]]),
        ("\n\na,b\n\n", [[["a", "b"]]]),
        ("Title,,\na,b,c\n", [[["Title", "", ""], ["a", "b", "c"]]]),
        ("Title\na,b,c\n", [[["Title", "", ""], ["a", "b", "c"]]]),
        ("Body\nMonth 6,,\n,,\na,b,c\n\nNote\n", ["Body", "Month 6", [["a", "b", "c"]], "Note"]),
        ("sep=;\na;b\n", [[["a", "b"]]]),
        ("sep=;;;\r\na;b\r\n", [[["a", "b"]]]),
    ],
)
def test_blank_rows_part_tables_and_titles_stay_with_theirs(text: str, expected: list[object]) -> None:
    assert of(text, ";" if text.startswith("sep=;") else ",") == expected


@pytest.mark.parametrize(
    "content",
    [
        "Scheme,£k\nBeds,£100\nDrugs,–\n".encode("utf-8-sig"),
        "Scheme,£k\nBeds,£100\nDrugs,–\n".encode("cp1252"),
        "Scheme,£k\nBeds,£100\nDrugs,–\n".encode("utf-16"),
    ],
    ids=["mark", "windows", "utf-16"],
)
def test_encodings_are_those_of_text(content: bytes, tmp_path: Path) -> None:
    document = read(written(tmp_path, "savings.csv", content))
    assert blocks(document) == [[["Scheme", "£k"], ["Beds", "£100"], ["Drugs", "–"]]]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('Scheme,Plan,Actual\nBeds,100,80\nDrugs,"250,240\nWards,5,6\nStaff,7,8\n', 3),  # to the end of the file
        ('Scheme,Plan,Actual\nBeds,100,80\n"Drugs,250,240\nWards,5,6\n"Staff",7,8\n', 3),  # to the next quote
        ('Scheme,Plan,Actual\n"Drugs,250,240\nWards",5,6\nStaff,7,8\n', 2),  # closed by a stray one: rows swallowed
        ('Scheme,Plan,Actual\nBeds,100,"a\nb"\nDrugs,"250,240\nWards",5,6\nStaff,7,8\n', 4),
        ('Scheme,Plan,Actual\nBeds,"a\nb","100\nDrugs,250,240\nStaff,7,8\n', 3),  # the second quote of its row
        ('Scheme,Plan,Actual\nBeds,"5" pipes",80\nDrugs,250,240\n', 2),
        ('"Scheme","Plan","Actual"\n"Beds","100","80"\n"Drugs","250,"240"\n"Staff","7","8"\n', 3),
        ('Scheme,Plan\nBeds,100\n"Drugs,250\nWards,5\nStaff",7\n', 3),
        ('a,b,c,d\nBeds,1,2,3\n\nScheme,Plan\n"Drugs,250\nWards",5\n', 5),  # the second table is narrower
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_quote_that_is_not_closed_is_refused_with_its_line(text: str, line: int, ending: str, tmp_path: Path) -> None:
    with pytest.raises(
        UnreadableError, match=rf"savings\.csv: the quote that opens on line {line} does not close .*; close it"
    ):
        read(written(tmp_path, "savings.csv", text.replace("\n", ending)))


def test_a_quote_that_opens_early_and_takes_in_a_megabyte_is_refused_with_its_line() -> None:
    text = 'Scheme,Plan,Actual\nBeds,"100,80\n' + "Drugs,250,240\n" * 80_000
    assert delimiter_of(text, ".txt") == ","
    with pytest.raises(UnreadableError, match="the quote that opens on line 2 "):
        of(text)


def test_a_field_may_have_lines_of_prose_with_commas_and_figures() -> None:
    note = "Started in May, June, July\nsaved £1,440, as planned\nRisk: 5"
    assert of(f'Scheme,Plan,Note\nBeds,100,"{note}"\n') == [[["Scheme", "Plan", "Note"], ["Beds", "100", note]]]
    # Headings of fewer columns, as where the last have none.
    assert of('Scheme,Plan\nBeds,100,"late\nmore",x\n')[0][1] == ["Beds", "100", "late\nmore", "x"]
    assert of(f'Scheme,Note\nBeds,"{note}"\n') == [[["Scheme", "Note"], ["Beds", note]]]


def test_a_figure_cut_in_two_by_its_own_comma_is_named() -> None:
    def notes(text: str) -> tuple[str, ...]:
        return read_delimited("paper.csv", "", text, ",", None, Limits()).notes

    assert notes('Scheme,Plan\nBeds,"1,440"\nDrugs,250\n') == ()
    assert notes("Scheme,Plan\nBeds,100,a note\n") == ()
    assert notes("Title\nScheme,Plan,Actual\nBeds,100,200\n") == ()
    (note,) = notes("Scheme,Plan\nBeds,1,440\nDrugs,250\nWards,£2,110.5\nStaff,9,000\n")
    assert notes("Scheme,Plan\nBeds,1,440\n")[0].startswith("line 2: more")
    assert note.startswith("lines 2, 4-5: more fields than headings, and figures like 1,440 without quotes")


def test_a_selection_beyond_the_one_page_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "savings.csv", SCHEMES)
    assert read(path, Pages.parse("1-3")).page_count == 1
    with pytest.raises(UnreadableError, match=r"savings\.csv: has 1 page, none of them among 2$"):
        read(path, Pages.parse("2"))


@pytest.mark.parametrize(
    "text",
    ["a,b,c\n" * 4, "a,b\n\n" * 6, "x," * 100_000 + "\n" + "a,b\n" * 100_000],
    ids=["one table", "many tables", "one long row"],
)
def test_more_cells_than_allowed_are_refused_before_they_are_made(text: str) -> None:
    limits = Limits(cells=10 if len(text) < 100 else 400_000)
    with pytest.raises(
        LimitError, match=f"has more than {limits.cells} table cells; raise QIPPCTL_MAX_CELLS to read it"
    ):
        of(text, limits=limits)


def test_as_many_cells_as_allowed_are_read() -> None:
    assert of("a,b,c\n" * 4, limits=Limits(cells=12)) == [[["a", "b", "c"]] * 4]


@pytest.mark.parametrize("field", ["x" * 140_000, '"' + "x" * 140_000 + '"'], ids=["bare", "quoted"])
def test_a_field_beyond_all_measure_is_refused_with_its_row(field: str) -> None:
    with pytest.raises(
        LimitError, match="the row that begins on line 2 has a field of more than 131072 characters; shorten"
    ):
        of(f"a,b\nc,{field}\n")


@pytest.mark.parametrize(
    "filling", [",", "a,", '"', '""', '"a",', '",', "1,", " ,", ";", "a|", "\t", "a", ' "', '"\n', '"a\n', "|-"]
)
def test_a_megabyte_takes_linear_time(filling: str) -> None:
    def cost(size: int) -> float:
        text = "Scheme,Plan\nBeds,100\n" + filling * (size // len(filling))
        start = time.process_time()
        for suffix in (".txt", ".csv"):
            delimiter = delimiter_of(text, suffix)
        with contextlib.suppress(UnreadableError):
            read_delimited("paper.csv", "", text, delimiter or ",", None, Limits(cells=10**7))
        return time.process_time() - start

    # Step by step, so that a quadratic pattern is found out long before a megabyte.
    before = min(cost(1 << 13) for _ in range(3))
    for size in (1 << 16, 1 << 20):
        now = cost(size)
        assert now < 60 * max(before, 0.002), f"up to sixteen times the text took {now / before:.0f} times as long"
        before = now


FIELDS = st.text('a1,;|\t"\n £-', max_size=6).map(lambda text: text.strip(" "))


@given(
    delimiter=st.sampled_from(",;|\t"), rows=st.lists(st.lists(FIELDS, min_size=2, max_size=2), min_size=1, max_size=4)
)
def test_what_a_program_wrote_is_read_as_it_was(delimiter: str, rows: list[list[str]]) -> None:
    # A line of a field that looks like a row is refused; and rows of two fields each are tables in any case.
    rows = [
        ["x", "y", *(field.replace(f"{delimiter}", "") if "\n" in field else field for field in row)] for row in rows
    ]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    assert of(out.getvalue(), delimiter) == [rows]
