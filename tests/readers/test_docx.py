"""Word: tables as their grid columns say, prose between them, and what a damaged or vast document is refused for."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from qippctl.errors import LimitError, UnreadableError
from qippctl.models.document import Cell, Document, Grid, Prose
from qippctl.readers import Limits, read
from qippctl.readers.word.document import read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}/relationships" xmlns:m="{OFFICE}/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
ROOTS = {"header": "hdr", "footer": "ftr"}
Word = Callable[[str], Path]


def r(content: str, properties: str = "") -> str:
    """A run, of a text or of elements."""
    inner = content if content.startswith("<") else f'<w:t xml:space="preserve">{content}</w:t>'
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def p(*runs: str) -> str:
    return f"<w:p>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def tc(content: str, properties: str = "") -> str:
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def package(body: str, **parts: str) -> bytes:
    """A Word file whose parts are the XML given: `header1`, `footnotes`, `styles`, ..., each related to by its name."""
    relation = '<Relationship Id="{0}" Type="{1}/relationships/{2}" Target="{0}.xml"/>'.format
    related = "".join(relation(name, OFFICE, kind_of(name)) for name in parts)
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("_rels/.rels", relations(relation("word/document", OFFICE, "officeDocument")))
        out.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        out.writestr("word/_rels/document.xml.rels", relations(related))
        for name, content in parts.items():
            root = ROOTS.get(kind_of(name), kind_of(name))
            out.writestr(f"word/{name}.xml", f"<w:{root} {SPACES}>{content}</w:{root}>")
    return plain.getvalue()


def kind_of(name: str) -> str:
    return re.sub("[0-9]", "", name)


def relations(content: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{content}</Relationships>'
    )


def document(body: str, **parts: str) -> Document:
    return read_docx("paper.docx", "0" * 64, package(body, **parts), Limits())


def texts(read_document: Document) -> list[str | list[list[str]]]:
    """The blocks of a document: prose as its text, grids as those of their cells."""
    return [block.text if isinstance(block, Prose) else block.texts() for block in read_document.blocks]


def marks(grid: Grid) -> list[list[str]]:
    return [[cell.mark for cell in row] for row in grid.rows]


@pytest.fixture
def word(tmp_path: Path) -> Word:
    """Write a Word file whose body is the XML given."""

    def write(body: str) -> Path:
        path = tmp_path / "paper.docx"
        path.write_bytes(package(body))
        return path

    return write


def blocks(path: Path) -> list[str | list[list[str]]]:
    return texts(read(path))


def test_a_paper_written_with_word_keeps_the_order_of_prose_and_tables(tmp_path: Path) -> None:
    paper = docx.Document()
    paper.add_heading("QIPP report", 1)
    table = paper.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("Scheme", "Plan £000", "Beds", "1,440"), strict=True):
        cell.text = text
    paper.add_paragraph("Between the tables")
    paper.add_table(rows=1, cols=1).cell(0, 0).text = "Note"
    paper.add_paragraph("First point", style="List Bullet")
    paper.add_paragraph("   ")
    path = tmp_path / "paper.docx"
    paper.save(str(path))

    written = read(path)
    assert texts(written) == [
        "QIPP report",
        [["Scheme", "Plan £000"], ["Beds", "1,440"]],
        "Between the tables",
        [["Note"]],
        "First point",
    ]
    assert written.page_count == 1
    assert written.media_type.endswith("wordprocessingml.document")
    assert [grid.method for grid in written.grids()] == ["word", "word"]
    assert written.notes == ()


def test_merged_headings_reach_over_the_columns_they_cover(word: Word) -> None:
    path = word(
        tbl(
            tr(tc("Scheme", '<w:vMerge w:val="restart"/>'), tc("Year to date", span(2)), tc("RAG")),
            tr(tc("ignored", "<w:vMerge/>"), tc("Plan"), tc("Actual"), tc("")),
            tr(tc("Beds"), tc("100"), tc("80"), tc("R")),
        )
    )
    (grid,) = read(path).grids()
    assert grid.rows[0] == (Cell("Scheme"), Cell("Year to date", colspan=2), Cell(covered=True), Cell("RAG"))
    assert grid.rows[1] == (Cell(covered=True), Cell("Plan"), Cell("Actual"), Cell(""))
    assert grid.texts()[2] == ["Beds", "100", "80", "R"]


def test_a_cell_merged_both_ways_covers_a_block(word: Word) -> None:
    path = word(
        tbl(
            tr(tc("block", span(2) + '<w:vMerge w:val="restart"/>'), tc("a")),
            tr(tc("", span(2) + '<w:vMerge w:val="continue"/>'), tc("b")),
            tr(tc("c"), tc("d"), tc("e")),
        )
    )
    (grid,) = read(path).grids()
    assert grid.texts() == [["block", "", "a"], ["", "", "b"], ["c", "d", "e"]]
    assert [[cell.covered for cell in row] for row in grid.rows[:2]] == [[False, True, False], [True, True, False]]


def test_a_row_that_begins_late_keeps_its_columns(word: Word) -> None:
    path = word(
        tbl(
            tr(tc("Scheme"), tc("Plan"), tc("Actual")),
            tr(tc("100"), tc("80"), properties='<w:gridBefore w:val="1"/>'),
            tr(tc("Beds"), properties='<w:gridAfter w:val="2"/>'),
        )
    )
    assert blocks(path) == [[["Scheme", "Plan", "Actual"], ["", "100", "80"], ["Beds", "", ""]]]


def test_a_span_that_is_no_number_is_one_column(word: Word) -> None:
    odd = ["0", "-3", "", "two", "²", "1.5"]
    rows = [tr(tc("a", f'<w:gridSpan w:val="{value}"/>'), tc("b")) for value in odd]
    assert blocks(word(tbl(*rows))) == [[["a", "b"]] * len(odd)]


def test_tracked_changes_read_as_accepted(word: Word) -> None:
    path = word(
        "<w:p><w:r><w:t>Saved </w:t></w:r>"
        '<w:del w:id="1" w:author="A"><w:r><w:delText>690</w:delText><w:t>690</w:t></w:r></w:del>'
        '<w:ins w:id="2" w:author="A"><w:r><w:t>482</w:t></w:r></w:ins>'
        "<w:moveFrom><w:r><w:t> here</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> there</w:t></w:r></w:moveTo></w:p>"
        + tbl(
            tr(tc("Scheme"), tc("Plan")),
            tr(tc("Gone"), tc("1"), properties='<w:del w:id="3" w:author="A"/>'),
            tr(tc("New"), tc("2"), properties='<w:ins w:id="4" w:author="A"/>'),
            tr(tc("Beds"), tc("<w:p><w:del><w:r><w:delText>3</w:delText></w:r></w:del><w:r><w:t>4</w:t></w:r></w:p>")),
        )
        + tbl(tr(tc("wholly deleted"), properties='<w:del w:id="5" w:author="A"/>'))
    )
    assert blocks(path) == ["Saved 482 there", [["Scheme", "Plan"], ["New", "2"], ["Beds", "4"]]]


def test_what_is_wrapped_is_not_lost(word: Word) -> None:
    wrappers = [
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:customXml w:element="x">{}</w:customXml>',
        '<w:ins w:id="1" w:author="A">{}</w:ins>',
        '<w:moveTo w:id="1" w:author="A">{}</w:moveTo>',
        "<w:sdt><w:sdtContent><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>",
    ]
    within = p("within") + tbl(tr(tc("a"), tc("b")))
    path = word("".join(wrapper.format(within) + p("after") for wrapper in wrappers))
    assert blocks(path) == ["within", [["a", "b"]], "after"] * len(wrappers)


def test_cells_and_rows_in_content_controls_are_read(word: Word) -> None:
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    path = word(tbl(tr(tc("a"), control.format(tc("b"))), control.format(tr(tc("c"), tc("d")))))
    assert blocks(path) == [[["a", "b"], ["c", "d"]]]


PARAGRAPHS = [
    ("<w:r><w:t>1</w:t></w:r><w:r><w:t>,440</w:t></w:r>", "1,440"),  # a number over two runs
    ("<w:r><w:t>12<!-- note -->34</w:t></w:r>", "1234"),  # half of it would be a wrong figure
    ("<w:r><w:noBreakHyphen/><w:t>997</w:t></w:r>", "-997"),
    ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>", "a\nb c"),
    (
        '<w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple w:instr="x"><w:r><w:t>7</w:t></w:r></w:fldSimple>',
        "7",
    ),
    (
        "<w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>ed</w:t></w:r></w:smartTag>",
        "linked",
    ),
    (
        "<w:r><mc:AlternateContent><mc:Choice><w:t>once</w:t></mc:Choice>"
        "<mc:Fallback><w:t>twice</w:t></mc:Fallback></mc:AlternateContent></w:r>",
        "once",
    ),
    ("<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r>", "a"),
]


def test_the_text_of_a_paragraph_is_what_word_shows(word: Word) -> None:
    path = word("".join(f"<w:p>{runs}</w:p>" for runs, _ in PARAGRAPHS))
    assert blocks(path) == [text for _, text in PARAGRAPHS]


def test_paragraphs_of_a_cell_are_its_lines(word: Word) -> None:
    assert blocks(word(tbl(tr(tc(p("Plan") + p("£000")), tc("b"))))) == [[["Plan\n£000", "b"]]]
    stops = "<w:pPr><w:tabs><w:tab w:val='right'/></w:tabs></w:pPr>"
    assert blocks(word(tbl(tr(tc(p("Plan") + p(stops, "£000")), tc("b"))))) == [[["Plan\n£000", "b"]]]


def test_more_cells_than_allowed_are_refused(word: Word) -> None:
    path = word(tbl(*[tr(tc("a"), tc("b", span(9)))] * 11))
    with pytest.raises(LimitError, match=r"paper\.docx: has more than 100 table cells; raise QIPPCTL_MAX_CELLS"):
        read(path, limits=Limits(cells=100))


def test_cells_that_rows_only_promise_count_towards_the_bound(word: Word) -> None:
    """One wide row among many short ones makes a vast grid of a small file."""
    path = word(tbl(tr(tc("a", span(60))), *[tr(tc("b"))] * 50))
    with pytest.raises(LimitError, match="has more than 1000 table cells"):
        read(path, limits=Limits(cells=1000))


@pytest.mark.parametrize("text", ["1" + " " * 400_000 + "x", " " * 400_000 + "x", "1" * 400_000 + "x", "-" * 400_000])
def test_long_texts_are_gone_through_once(text: str) -> None:
    """Were they not, this would go on for hours."""
    raised = '<w:vertAlign w:val="superscript"/>'
    long = p(text, r("1", raised)) + p(*[r("1"), r("2", raised)] * 20_000)
    body = long + tbl(tr(tc(long))) + '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>'
    assert len(document(body, header1=long).blocks) == 5


def nested(element: str, depth: int, inside: str) -> str:
    return f"<{element}>" * depth + inside + f"</{element}>" * depth


@pytest.mark.parametrize(
    "element", ["w:sdt", "w:customXml", "w:ins", "w:hyperlink", "w:fldSimple", "mc:AlternateContent"]
)
def test_wrappers_in_wrappers_are_seen_through_however_many(element: str) -> None:
    choice = element.replace("AlternateContent", "Choice")
    opened = [element, choice] if choice != element else [element]
    deep = p("in a paragraph")
    for _ in range(240 // len(opened)):
        deep = "".join(f"<{o}>" for o in opened) + deep + "".join(f"</{o}>" for o in reversed(opened))
    assert texts(document(deep)) == ["in a paragraph"]
    run = r("in a run")
    for _ in range(240 // len(opened)):
        run = "".join(f"<{o}>" for o in opened) + run + "".join(f"</{o}>" for o in reversed(opened))
    assert texts(document(p(run))) == ["in a run"]


@pytest.mark.parametrize("element", ["w:sdt", "w:ins", "w:tbl", "w:tc", "w:p", "w:r", "w:txbxContent"])
def test_elements_nested_deeper_than_anyone_nests_them_are_refused(element: str, word: Word) -> None:
    with pytest.raises(UnreadableError, match="nested deeper than Word nests them; damaged or hostile") as refused:
        read(word(nested(element, 5000, "")))
    assert "RecursionError" not in str(refused.value)
