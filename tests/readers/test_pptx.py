"""PowerPoint: slides as pages, shapes in reading order, tables with their merged cells, and notes on what is not read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Emu, Pt

from qippctl.errors import LimitError, UnreadableError
from qippctl.models.document import Cell, Document, Prose
from qippctl.readers import Limits, Pages, read
from qippctl.readers.powerpoint.document import read_pptx

SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "cx1": "http://schemas.microsoft.com/office/drawing/2015/9/8/chartex",
    }.items()
)
# A picture of one dot, as PowerPoint takes it.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)
TITLE_ONLY, BLANK = 5, 6


class Deck:
    """A presentation of 720 by 540 points, to be filled slide by slide."""

    def __init__(self, folder: Path) -> None:
        self.show = pptx.Presentation()
        self.path = folder / "deck.pptx"

    def slide(self, title: str | None = None) -> Any:
        slide = self.show.slides.add_slide(self.show.slide_layouts[BLANK if title is None else TITLE_ONLY])
        if title is not None:
            slide.shapes.title.text = title
        return slide

    def save(self, change: Callable[[str, bytes], bytes | None] | None = None) -> Path:
        """Write the file; `change` may put other bytes in the place of a part's, or leave it out."""
        written = io.BytesIO()
        self.show.save(written)
        with zipfile.ZipFile(written) as source, zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                data: bytes | None = source.read(name)
                if change is not None and data is not None:
                    data = change(name, data)
                if data is not None:
                    target.writestr(name, data)
        return self.path

    def read(self, **options: Any) -> Document:
        return read(self.save(), **options)


@pytest.fixture
def deck(tmp_path: Path) -> Deck:
    return Deck(tmp_path)


def box(shapes: Any, text: str, left: float, top: float, width: float = 100, height: float = 20) -> Any:
    """A text box with its place in points."""
    shape = shapes.add_textbox(Pt(left), Pt(top), Pt(width), Pt(height))
    shape.text_frame.text = text
    return shape


def table(
    slide: Any, rows: list[list[str]], left: float = 36, top: float = 100, column: float = 90, row: float = 30
) -> Any:
    """A table whose columns and rows are all of one size, in points."""
    count, width = len(rows), len(rows[0])
    frame = slide.shapes.add_table(count, width, Pt(left), Pt(top), Pt(column * width), Pt(row * count))
    for cells, texts in zip(frame.table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    return frame


def add_xml(slide: Any, xml: str) -> None:
    slide.shapes._spTree.append(parse_xml(xml.replace(">", f" {SPACES}>", 1)))


def shape_xml(paragraphs: str, top: float = 100) -> str:
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="99" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="0" y="{Pt(top)}"/><a:ext cx="12700" cy="12700"/></a:xfrm></p:spPr>'
        f"<p:txBody><a:bodyPr/>{paragraphs}</p:txBody></p:sp>"
    )


def placeholder_xml(kind: str, paragraphs: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="98" name="x"/><p:cNvSpPr/><p:nvPr><p:ph type="{kind}" idx="77"/></p:nvPr></p:nvSpPr>'
        f"<p:spPr/><p:txBody><a:bodyPr/>{paragraphs}</p:txBody></p:sp>"
    )


def frame_xml(inner: str, uri: str = "http://schemas.openxmlformats.org/drawingml/2006/table") -> str:
    return (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="97" name="x"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
        '<p:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></p:xfrm>'
        f'<a:graphic><a:graphicData uri="{uri}">{inner}</a:graphicData></a:graphic></p:graphicFrame>'
    )


def tbl(*rows: str, columns: int = 2) -> str:
    grid = '<a:gridCol w="12700"/>' * columns
    return (
        f"<a:tbl><a:tblPr/><a:tblGrid>{grid}</a:tblGrid>"
        + "".join(f'<a:tr h="12700">{r}</a:tr>' for r in rows)
        + "</a:tbl>"
    )


def tc(text: str, attributes: str = "") -> str:
    return f"<a:tc {attributes}><a:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody><a:tcPr/></a:tc>"


def blocks(document: Document) -> list[str | list[list[str]]]:
    return [block.text if isinstance(block, Prose) else block.texts() for block in document.blocks]


def test_a_slide_is_a_page_with_its_title_first_and_its_shapes_by_place(deck: Deck) -> None:
    first = deck.slide()
    box(first.shapes, "low", 10, 300)
    box(first.shapes, "high right", 400, 50)
    box(first.shapes, "high left", 10, 50)
    second = deck.slide("QIPP report")
    box(second.shapes, "above the title", 10, 0)
    table(second, [["Scheme", "Plan £000"], ["Beds", "1,440"]], top=200)
    box(second.shapes, "below the table", 10, 400)
    document = deck.read()
    assert blocks(document) == [
        *("high left", "high right", "low"),
        *("QIPP report", "above the title", [["Scheme", "Plan £000"], ["Beds", "1,440"]], "below the table"),
    ]
    assert [block.page for block in document.blocks] == [1, 1, 1, 2, 2, 2, 2]
    assert [(page.number, page.title, page.hidden) for page in document.pages] == [
        (1, None, False),
        (2, "QIPP report", False),
    ]
    assert document.page_count == 2
    assert document.media_type == "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    assert document.notes == ()


def test_boxes_that_were_set_on_one_line_by_hand_read_from_the_left(deck: Deck) -> None:
    slide = deck.slide()
    right = box(slide.shapes, "right", 400, 50)
    left = box(slide.shapes, "left", 10, 50)
    left.top = right.top + Emu(3000)
    assert blocks(deck.read()) == ["left", "right"]


def test_each_paragraph_of_a_frame_is_prose(deck: Deck) -> None:
    box(deck.slide().shapes, "First\n\nSecond\n  \nThird", 0, 0)
    assert blocks(deck.read()) == ["First", "Second", "Third"]


PARAGRAPHS = [
    ("<a:r><a:t>1</a:t></a:r><a:r><a:t>,440</a:t></a:r>", "1,440"),  # a number over two runs
    ("<a:r><a:t>12<!-- note -->34</a:t></a:r>", "1234"),  # half of it would be a wrong figure
    ("<a:r><a:t>a</a:t></a:r><a:br><a:rPr/></a:br><a:r><a:t>b</a:t></a:r>", "a\nb"),
    ("<a:r><a:t>a_x000B_b</a:t></a:r>", "a\nb"),  # a vertical tab
    ("<a:r><a:t>a_x0007_b_x00A3_</a:t></a:r>", "ab_x00A3_"),
    ("<a:r><a:t>a\tb</a:t></a:r>", "a b"),
    ('<a:r><a:t>at </a:t></a:r><a:fld id="{0}" type="datetime1"><a:t>28 November</a:t></a:fld>', "at 28 November"),
    ('<a:r><a:t>see </a:t></a:r><a:fld id="{0}" type="slidenum"><a:t>‹#›</a:t></a:fld>', "see 1"),
    (
        "<mc:AlternateContent><mc:Choice Requires='a14'><a:r><a:t>once</a:t></a:r></mc:Choice>"
        "<mc:Fallback><a:r><a:t>twice</a:t></a:r></mc:Fallback></mc:AlternateContent>",
        "once",
    ),
    ('<a:r><a:t>seen</a:t></a:r><a:extLst><a:ext uri="x"><a:t>unseen</a:t></a:ext></a:extLst>', "seen"),
]


def test_the_text_of_a_paragraph_is_what_powerpoint_shows(deck: Deck) -> None:
    slide = deck.slide()
    for number, (runs, _) in enumerate(PARAGRAPHS):
        add_xml(slide, shape_xml(f"<a:p>{runs}</a:p>", top=number * 10))
    assert blocks(deck.read()) == [text for _, text in PARAGRAPHS]


def test_a_title_over_two_lines_names_the_page_on_one(deck: Deck) -> None:
    deck.slide("Savings\vMonth 6")
    document = deck.read()
    assert document.pages[0].title == "Savings Month 6"
    assert blocks(document) == ["Savings\nMonth 6"]


def test_placeholders_without_text_show_no_prompts(deck: Deck) -> None:
    deck.show.slides.add_slide(deck.show.slide_layouts[1])  # "Click to edit" stands in the layout only
    document = deck.read()
    assert document.blocks == ()
    assert document.pages[0].title is None


def test_a_placeholder_takes_its_place_from_the_layout(deck: Deck) -> None:
    slide = deck.show.slides.add_slide(deck.show.slide_layouts[1])
    box(slide.shapes, "above", 0, 110)
    box(slide.shapes, "below", 0, 500)
    slide.placeholders[1].text_frame.text = "body"
    assert slide.placeholders[1]._element.spPr.find("{*}xfrm") is None
    assert blocks(deck.read()) == ["above", "body", "below"]


def test_a_placeholder_that_its_layout_does_not_know_stands_where_others_of_its_kind_do(deck: Deck) -> None:
    slide = deck.show.slides.add_slide(deck.show.slide_layouts[1])
    add_xml(slide, placeholder_xml("body", "<a:p><a:r><a:t>body</a:t></a:r></a:p>"))
    box(slide.shapes, "above", 0, 110)
    box(slide.shapes, "below", 0, 500)
    assert blocks(deck.read()) == ["above", "body", "below"]


def test_footers_and_dates_come_last_and_the_slide_number_is_the_printed_page(deck: Deck) -> None:
    deck.slide()
    slide = deck.slide()
    for kind, text in (("ftr", "Draft"), ("dt", "28 November"), ("sldNum", "Page 17")):
        add_xml(slide, placeholder_xml(kind, f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"))
    box(slide.shapes, "Body", 10, 500)
    document = deck.read()
    assert blocks(document)[0] == "Body"
    assert set(blocks(document)[1:]) == {"Draft", "28 November"}
    assert [page.printed for page in document.pages] == [None, "Page 17"]


def test_a_slide_number_that_was_never_counted_is_counted(deck: Deck) -> None:
    for _ in range(2):
        add_xml(
            deck.slide(), placeholder_xml("sldNum", '<a:p><a:fld id="{0}" type="slidenum"><a:t>‹#›</a:t></a:fld></a:p>')
        )
    deck.show.element.set("firstSlideNum", "10")
    assert [page.printed for page in deck.read().pages] == ["10", "11"]


def test_a_table_has_its_place_and_that_of_each_cell_in_points(deck: Deck) -> None:
    frame = table(deck.slide(), [["a", "b", "c"], ["d", "e", "f"]], left=36, top=100, column=90, row=30)
    frame.table.columns[1].width = Pt(50)
    frame.table.rows[0].height = Pt(40)
    (grid,) = deck.read().grids()
    assert (grid.method, grid.page, grid.bbox) == ("slide", 1, (36.0, 100.0, 266.0, 170.0))
    assert [cell.bbox for cell in grid.rows[0]] == [(36, 100, 126, 140), (126, 100, 176, 140), (176, 100, 266, 140)]
    assert grid.rows[1][2] == Cell("f", bbox=(176.0, 140.0, 266.0, 170.0))


def test_merged_cells_reach_over_what_they_cover(deck: Deck) -> None:
    frame = table(
        deck.slide(), [["Scheme", "Year to date", "", "RAG"], ["", "Plan", "Actual", ""], ["Beds", "1", "2", "R"]]
    )
    cells = frame.table
    cells.cell(0, 0).merge(cells.cell(1, 0))
    cells.cell(0, 1).merge(cells.cell(0, 2))
    (grid,) = deck.read().grids()
    assert grid.rows[0] == (
        Cell("Scheme", bbox=(36, 100, 126, 160)),
        Cell("Year to date", colspan=2, bbox=(126, 100, 306, 130)),
        Cell(covered=True),
        Cell("RAG", bbox=(306, 100, 396, 130)),
    )
    assert grid.rows[1][0] == Cell(covered=True)
    assert [cell.colspan for row in grid.rows[1:] for cell in row] == [1] * 8


def test_a_cell_merged_both_ways_covers_a_block(deck: Deck) -> None:
    frame = table(deck.slide(), [["a", "", "b"], ["", "", "c"], ["d", "e", "f"]])
    frame.table.cell(0, 0).merge(frame.table.cell(1, 1))
    (grid,) = deck.read().grids()
    assert grid.texts() == [["a", "", "b"], ["", "", "c"], ["d", "e", "f"]]
    assert [[cell.covered for cell in row] for row in grid.rows] == [
        [False, True, False],
        [True, True, False],
        [False] * 3,
    ]
    assert grid.rows[0][0] == Cell("a", colspan=2, bbox=(36, 100, 216, 160))


def test_text_left_in_a_covered_cell_is_not_read(deck: Deck) -> None:
    add_xml(deck.slide(), frame_xml(tbl(tc("Total", 'gridSpan="2"') + tc("690", 'hMerge="1"'), tc("a") + tc("b"))))
    assert blocks(deck.read()) == [[["Total", ""], ["a", "b"]]]


@pytest.mark.parametrize("span", ["9", "0", "-3", "two", "9999999999999"])
def test_a_span_covers_only_what_says_that_it_is_covered(deck: Deck, span: str) -> None:
    add_xml(deck.slide(), frame_xml(tbl(tc("a", f'gridSpan="{span}" rowSpan="{span}"') + tc("b"), tc("c") + tc("d"))))
    (grid,) = deck.read().grids()
    assert grid.texts() == [["a", "b"], ["c", "d"]]
    assert grid.rows[0][0] == Cell("a", bbox=(0, 0, 1, 1))


def test_rows_of_different_lengths_are_filled(deck: Deck) -> None:
    add_xml(deck.slide(), frame_xml(tbl(tc("a"), tc("b") + tc("c") + tc("d"))))
    (grid,) = deck.read().grids()
    assert grid.texts() == [["a", "", ""], ["b", "c", "d"]]
    # Of the third column nobody knows how wide it is.
    assert {cell.bbox for row in grid.rows for cell in row} == {None}
    assert grid.bbox == (0, 0, 72, 72)


def test_paragraphs_and_breaks_of_a_cell_are_its_lines(deck: Deck) -> None:
    table(deck.slide(), [["Plan\n£000", "Year\vto date"]])
    assert blocks(deck.read()) == [[["Plan\n£000", "Year\nto date"]]]


@pytest.mark.parametrize(
    "wrapped",
    [
        "<mc:AlternateContent><mc:Choice Requires='x'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
        "<mc:AlternateContent><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
        "<mc:AlternateContent><mc:Choice Requires='x'><mc:AlternateContent><mc:Choice Requires='y'>{}</mc:Choice>"
        "</mc:AlternateContent></mc:Choice></mc:AlternateContent>",
    ],
    ids=["a choice", "nothing but the fallback", "a choice in a choice"],
)
@pytest.mark.parametrize("at", ["around the frame", "around the table", "around a row"])
def test_a_table_in_alternative_content_is_read_once(deck: Deck, wrapped: str, at: str) -> None:
    def wrap(place: str, xml: str) -> str:
        return wrapped.replace("{}", xml) if place == at else xml

    row = wrap("around a row", f'<a:tr h="12700">{tc("c")}{tc("d")}</a:tr>')
    inner = tbl(tc("a") + tc("b")).replace("</a:tbl>", f"{row}</a:tbl>")
    add_xml(deck.slide(), wrap("around the frame", frame_xml(wrap("around the table", inner))))
    assert blocks(deck.read()) == [[["a", "b"], ["c", "d"]]]


def test_a_table_without_rows_is_no_grid(deck: Deck) -> None:
    add_xml(deck.slide(), frame_xml(tbl()))
    assert deck.read().blocks == ()


def test_groups_are_opened_up_and_their_coordinates_put_on_the_slide(deck: Deck) -> None:
    slide = deck.slide()
    box(slide.shapes, "middle", 0, 250)
    outer = slide.shapes.add_group_shape()
    inner = outer.shapes.add_group_shape()
    box(inner.shapes, "first", 0, 0)
    box(inner.shapes, "last", 0, 100)
    # The inner group's 0 to 100 points are the outer's 1000 to 1200, and those 200 to 400 on the slide.
    for group, (offset, extent, child_offset, child_extent) in (
        (inner, (1000, 200, 0, 100)),
        (outer, (200, 400, 1000, 400)),
    ):
        transform = group._element.grpSpPr.get_or_add_xfrm()
        for name, values in (
            ("off", {"x": "0", "y": str(Pt(offset))}),
            ("ext", {"cx": str(Pt(100)), "cy": str(Pt(extent))}),
            ("chOff", {"x": "0", "y": str(Pt(child_offset))}),
            ("chExt", {"cx": str(Pt(100)), "cy": str(Pt(child_extent))}),
        ):
            transform.find(f"{{*}}{name}").attrib.update(values)
    assert blocks(deck.read()) == ["first", "middle", "last"]


def test_the_table_of_a_group_has_its_place_on_the_slide(deck: Deck) -> None:
    inner = frame_xml(tbl(tc("a") + tc("b"))).replace('<a:off x="0" y="0"/>', '<a:off x="25400" y="38100"/>')
    add_xml(
        deck.slide(),
        '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="5" name="g"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
        '<a:off x="127000" y="254000"/><a:ext cx="25400" cy="38100"/>'
        f'<a:chOff x="12700" y="12700"/><a:chExt cx="12700" cy="12700"/></a:xfrm></p:grpSpPr>{inner}</p:grpSp>',
    )
    # One point inside the group is two across and three down on the slide.
    (grid,) = deck.read().grids()
    assert [cell.bbox for cell in grid.rows[0]] == [(12, 26, 14, 29), (14, 26, 16, 29)]


def test_a_group_without_an_extent_does_not_move_its_shapes(deck: Deck) -> None:
    group = deck.slide().shapes.add_group_shape()
    box(group.shapes, "text", 0, 0)
    for child in group._element.grpSpPr.get_or_add_xfrm():
        child.attrib.update(dict.fromkeys(child.attrib, "0"))
    assert blocks(deck.read()) == ["text"]


def test_the_cells_of_a_hidden_slide_are_marked_and_the_slide_named(deck: Deck) -> None:
    table(deck.slide("Shown"), [["a", "b"]])
    hidden = deck.slide("Kept back")
    cells = table(hidden, [["c", "d", ""], ["e", "", "f"]]).table
    cells.cell(0, 1).merge(cells.cell(0, 2))
    hidden._element.set("show", "0")
    document = deck.read()
    assert [page.hidden for page in document.pages] == [False, True]
    assert [{cell.mark for row in grid.rows for cell in row} for grid in document.grids()] == [{""}, {"hidden"}]
    assert blocks(document)[2:] == ["Kept back", [["c", "d", ""], ["e", "", "f"]]]
    assert document.notes == ("slide 2 is hidden, not shown at the meeting: its figures are marked",)


def test_what_is_hidden_or_beside_the_slide_is_marked_or_left_out_and_named(deck: Deck) -> None:
    slide = deck.slide("Shown")
    table(slide, [["a", "b"]], left=36)
    table(slide, [["old", "b"]], left=-300)
    hidden = table(slide, [["older", "b"]], top=300)
    hidden._element.nvGraphicFramePr.cNvPr.set("hidden", "1")
    box(slide.shapes, "in thousands", 800, 100)
    document = deck.read()
    marks = {grid.rows[0][0].text: {cell.mark for cell in grid.rows[0]} for grid in document.grids()}
    assert marks == {"a": {""}, "old": {"hidden"}, "older": {"hidden"}}
    assert [block.text for block in document.prose()] == ["Shown"]
    assert document.notes == ("hidden or beside the slide on slide 1: tables there are marked, and text is left out",)


def test_what_a_hidden_group_holds_is_hidden(deck: Deck) -> None:
    group = deck.slide().shapes.add_group_shape()
    box(group.shapes, "unseen", 10, 10)
    group._element.nvGrpSpPr.cNvPr.set("hidden", "1")
    assert deck.read().blocks == ()


def test_a_title_beside_the_slide_is_its_title(deck: Deck) -> None:
    deck.slide("For screen readers").shapes.title.top = Pt(-200)
    document = deck.read()
    assert document.pages[0].title == "For screen readers"
    assert (blocks(document), document.notes) == (["For screen readers"], ())


def chart(slide: Any) -> None:
    data = CategoryChartData()
    data.categories = ["Plan"]
    data.add_series("Savings", (1440,))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Pt(100), Pt(100), data)


def new_chart(slide: Any) -> None:
    uri = "http://schemas.microsoft.com/office/drawing/2014/chartex"
    add_xml(
        slide,
        f"<mc:AlternateContent><mc:Choice Requires='cx1'>{frame_xml('<cx1:chart/>', uri)}</mc:Choice>"
        f"<mc:Fallback>{shape_xml('<a:p><a:r><a:t>not available</a:t></a:r></a:p>')}</mc:Fallback></mc:AlternateContent>",
    )


def picture(slide: Any) -> None:
    slide.shapes.add_picture(io.BytesIO(DOT), 0, 0, Pt(300), Pt(200))


def filling(slide: Any) -> None:
    shape = shape_xml("<a:p></a:p>").replace("</a:xfrm>", '</a:xfrm><a:blipFill><a:blip r:embed="rId9"/></a:blipFill>')
    add_xml(slide, shape.replace('cx="12700" cy="12700"', f'cx="{Pt(300)}" cy="{Pt(200)}"'))


def logo(slide: Any) -> None:
    slide.shapes.add_picture(io.BytesIO(DOT), 0, 0, Pt(100), Pt(40))


def smart_art(slide: Any) -> None:
    add_xml(slide, frame_xml("", "http://schemas.openxmlformats.org/drawingml/2006/diagram"))


def workbook(slide: Any) -> None:
    slide.shapes.add_ole_object(io.BytesIO(b"any"), "Excel.Sheet.12", 0, 0, Pt(100), Pt(100), icon_file=io.BytesIO(DOT))


def embedded(slide: Any) -> None:
    slide.shapes.add_ole_object(
        io.BytesIO(b"any"), "Word.Document.12", 0, 0, Pt(100), Pt(100), icon_file=io.BytesIO(DOT)
    )


def speaker(slide: Any) -> None:
    slide.notes_slide.notes_text_frame.text = "Say that 690 was saved"


def comment(slide: Any) -> None:
    name, kind = (
        PackURI(f"/ppt/comments/comment{slide.slide_id}.xml"),
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    )
    part = Part(
        name,
        "application/vnd.openxmlformats-officedocument.presentationml.comments+xml",
        slide.part.package,
        b"<c></c>",
    )
    slide.part.relate_to(part, f"{kind}/comments")


def silent_speaker(slide: Any) -> None:
    assert slide.notes_slide is not None  # made, and left empty


@pytest.mark.parametrize(
    ("add", "one", "several"),
    [
        (chart, "a chart on slide 2: its numbers are not read", "charts on slides 2-3, 5: their numbers are not read"),
        (
            new_chart,
            "a chart on slide 2: its numbers are not read",
            "charts on slides 2-3, 5: their numbers are not read",
        ),
        (
            picture,
            "a picture on slide 2: what it shows is not read",
            "pictures on slides 2-3, 5: what they show is not read",
        ),
        (
            filling,
            "a picture on slide 2: what it shows is not read",
            "pictures on slides 2-3, 5: what they show is not read",
        ),
        (
            smart_art,
            "a SmartArt drawing on slide 2: its text is not read",
            "SmartArt drawings on slides 2-3, 5: their text is not read",
        ),
        (
            workbook,
            "a workbook embedded on slide 2: its figures are not read",
            "workbooks embedded on slides 2-3, 5: their figures are not read",
        ),
        (
            embedded,
            "an embedded object on slide 2: what it holds is not read",
            "embedded objects on slides 2-3, 5: what they hold is not read",
        ),
        (speaker, "speaker notes on slide 2 are not read", "speaker notes on slides 2-3, 5 are not read"),
        (comment, "comments on slide 2 are not read", "comments on slides 2-3, 5 are not read"),
        (logo, None, None),
        (silent_speaker, None, None),
    ],
)
def test_what_is_not_read_is_named_once(
    deck: Deck, add: Callable[[Any], None], one: str | None, several: str | None
) -> None:
    slides = [deck.slide() for _ in range(5)]
    add(slides[1])
    assert deck.read().notes == ((one,) if one else ())
    add(slides[2])
    add(slides[4])
    document = deck.read()
    assert document.notes == ((several,) if several else ())
    assert document.blocks == ()


def test_the_text_on_a_picture_that_fills_its_shape_is_read(deck: Deck) -> None:
    shape = shape_xml("<a:p><a:r><a:t>Saved</a:t></a:r></a:p>")
    add_xml(deck.slide(), shape.replace("</a:xfrm>", "</a:xfrm><a:blipFill></a:blipFill>"))
    assert blocks(deck.read()) == ["Saved"]


def test_two_charts_on_one_slide_are_charts(deck: Deck) -> None:
    slide = deck.slide()
    chart(slide)
    chart(slide)
    assert deck.read().notes == ("charts on slide 1: their numbers are not read",)


def test_only_chosen_slides_are_read_and_the_first_ones_kept_for_the_cover(deck: Deck) -> None:
    for number in range(1, 6):
        chart(deck.slide(f"Slide {number}"))
    document = deck.read(pages=Pages.parse("3,5-9"))
    assert blocks(document) == ["Slide 3", "Slide 5"]
    assert [page.number for page in document.pages] == [3, 5]
    assert document.page_count == 5
    assert document.front == (Prose("Slide 1", 1), Prose("Slide 2", 2))
    assert document.notes == ("charts on slides 3, 5: their numbers are not read",)
    with pytest.raises(UnreadableError, match=r"deck\.pptx: has 5 pages, none of them among 7$"):
        deck.read(pages=Pages.parse("7"))


def test_slides_come_in_the_order_of_the_show(deck: Deck) -> None:
    deck.slide("made first")
    deck.slide("made last")
    order = deck.show.slides._sldIdLst
    order.append(order[0])
    assert blocks(deck.read()) == ["made last", "made first"]


def test_progress_is_told_slide_by_slide(deck: Deck) -> None:
    for _ in range(3):
        deck.slide()
    told: list[tuple[int, int]] = []
    deck.read(pages=Pages.parse("2-3"), progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(pages=1), "has 2 pages, more than the 1 allowed; choose some with --pages, or raise QIPPCTL_MAX_PAGES"),
        (Limits(cells=9), "has more than 9 table cells; choose slides with --pages, or raise QIPPCTL_MAX_CELLS"),
    ],
)
def test_more_than_allowed_is_refused(deck: Deck, limits: Limits, words: str) -> None:
    for _ in range(2):
        table(deck.slide(), [["a", "b", "c"], ["d", "e", "f"]])
    with pytest.raises(LimitError, match=words):
        deck.read(limits=limits)


def test_as_many_as_allowed_are_read(deck: Deck) -> None:
    for _ in range(2):
        table(deck.slide(), [["a", "b", "c"], ["d", "e", "f"]])
    assert len(list(deck.read(limits=Limits(pages=2, cells=12)).grids())) == 2


def test_one_long_row_among_many_is_refused_before_it_is_filled(deck: Deck) -> None:
    empty = "<a:tc/>"
    add_xml(deck.slide(), frame_xml(tbl(empty * 5000, *[empty] * 5000)))
    with pytest.raises(LimitError, match="more than 400000 table cells"):
        deck.read()


def torn(name: str, data: bytes) -> bytes:
    return data[: len(data) // 2] if name == "ppt/slides/slide2.xml" else data


def gone(name: str, data: bytes) -> bytes | None:
    return None if name == "ppt/slides/slide2.xml" else data


def empty(name: str, data: bytes) -> bytes:
    return b"" if name == "ppt/slides/slide2.xml" else data


def other(name: str, data: bytes) -> bytes:
    return b"<p></p>" if name == "ppt/slides/slide2.xml" else data


def unlisted(name: str, data: bytes) -> bytes:
    return data.replace(b"slides/slide2.xml", b"slides/NULL") if name.endswith("presentation.xml.rels") else data


@pytest.mark.parametrize("damage", [torn, gone, empty, other, unlisted])
def test_a_damaged_slide_is_named_and_the_rest_is_read(
    deck: Deck, damage: Callable[[str, bytes], bytes | None]
) -> None:
    for number in range(1, 4):
        deck.slide(f"Slide {number}")
    document = read(deck.save(damage))
    assert blocks(document) == ["Slide 1", "Slide 3"]
    assert [page.number for page in document.pages] == [1, 3]
    assert document.notes == ("slide 2 is damaged, and left out",)


@pytest.mark.parametrize("part", ["slideLayouts/", "slideMasters/", "theme/", "notesSlides/", "_rels/slide"])
def test_a_slide_is_read_when_what_it_leans_on_is_torn(deck: Deck, part: str) -> None:
    slide = deck.slide("Title")
    speaker(slide)
    table(slide, [["a", "b"]])
    path = deck.save(lambda name, data: data[:-20] if part in name else data)
    assert blocks(read(path)) == ["Title", [["a", "b"]]]


def test_a_deck_of_which_nothing_can_be_read_is_refused(deck: Deck) -> None:
    for _ in range(3):
        deck.slide()
    path = deck.save(lambda name, data: b"<p><p>" if name.startswith("ppt/slides/slide") else data)
    with pytest.raises(
        UnreadableError, match=r"deck\.pptx: damaged: nothing on slides 1-3 can be read\. Open and save"
    ):
        read(path)


def test_a_deck_whose_main_part_is_torn_is_refused(deck: Deck) -> None:
    deck.slide()
    path = deck.save(lambda name, data: data[:500] if name == "ppt/presentation.xml" else data)
    with pytest.raises(UnreadableError, match=r"deck\.pptx: a damaged PowerPoint file; open and save it anew$"):
        read(path)


def test_a_deck_is_found_wherever_its_package_keeps_it(deck: Deck) -> None:
    deck.slide("Title")
    path = deck.save(lambda _, data: data.replace(b"ppt/presentation.xml", b"ppt/Main.xml"))
    with zipfile.ZipFile(path) as source:
        parts = {name.replace("presentation.xml", "main.xml"): source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(path, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    assert blocks(read(path)) == ["Title"]


def test_a_deck_without_slides_is_refused(deck: Deck) -> None:
    with pytest.raises(UnreadableError, match=r"deck\.pptx: a PowerPoint file without slides; fetch the paper again$"):
        deck.read()


def test_macros_are_not_run_and_a_note_says_so(deck: Deck) -> None:
    deck.slide("Title")
    plain, macros = (
        b"openxmlformats-officedocument.presentationml.presentation.main",
        b"ms-powerpoint.presentation.macroEnabled.main",
    )
    path = deck.save(lambda _, data: data.replace(plain, macros))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("ppt/vbaProject.bin", b"any")
    document = read(path)
    assert (blocks(document), document.notes) == (["Title"], ("macros: not run",))


@pytest.mark.parametrize("kind", ["slideshow", "template"])
def test_a_show_or_a_template_is_read_like_a_deck(deck: Deck, kind: str) -> None:
    deck.slide("Title")
    path = deck.save(
        lambda _, data: data.replace(b"presentationml.presentation.main", f"presentationml.{kind}.main".encode())
    )
    assert blocks(read(path)) == ["Title"]


def test_a_strict_file_is_read_like_any_other(deck: Deck) -> None:
    slide = deck.slide("Title")
    table(slide, [["a", "b"]])
    chart(slide)
    old, new = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"

    def strict(name: str, data: bytes) -> bytes:
        for part in (b"drawingml", b"presentationml", b"officeDocument"):
            for year in (b"2006/", b""):
                data = data.replace(old + part + b"/" + year, new + part + b"/")
        return data

    document = read(deck.save(strict))
    assert blocks(document) == ["Title", [["a", "b"]]]
    assert document.notes == ("a chart on slide 1: its numbers are not read",)


def test_a_slide_that_no_declaration_was_looked_for_in_is_not_parsed(deck: Deck) -> None:
    deck.slide("Slide 1")
    deck.slide("Slide 690")
    path = deck.save(
        lambda name, data: data.replace(b"slide2.xml", b"slide2.bin") if "presentation.xml" in name else data
    )
    with zipfile.ZipFile(path, "a") as archive:
        slide = archive.read("ppt/slides/slide2.xml")
        start, _, rest = slide.partition(b"<p:sld ")
        hostile = start + b"<!DOCTYPE x [<!ENTITY e '690'>]><p:sld " + rest.replace(b"690", b"&e;")
        archive.writestr("ppt/slides/slide2.bin", hostile)
    assert read(path).notes == ("slide 2 is damaged, and left out",)


@pytest.mark.parametrize("encoding", ["klingon", "shift-jis"])
def test_a_slide_in_an_encoding_that_nobody_knows_is_damaged(deck: Deck, encoding: str) -> None:
    """package.py refuses such a file before; the reader does not lean on that."""
    deck.slide("Slide 1")
    deck.slide("Slide 2")
    start = f"<?xml version='1.0' encoding='{encoding}'?><p></p>".encode()
    path = deck.save(lambda name, data: start if name == "ppt/slides/slide2.xml" else data)
    document = read_pptx("deck.pptx", "", path.read_bytes(), None, Limits())
    assert document.notes == ("slide 2 is damaged, and left out",)


def test_groups_nested_without_end_do_not_crash_the_reader(deck: Deck) -> None:
    deck.slide("Title")
    start = b'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="5" name="g"/></p:nvGrpSpPr><p:grpSpPr/>'
    depth = 50_000

    def nest(name: str, data: bytes) -> bytes:
        if name != "ppt/slides/slide1.xml":
            return data
        return data.replace(b"</p:spTree>", start * depth + b"</p:grpSp>" * depth + b"</p:spTree>")

    path = deck.save(nest)
    # A bomb check looks at large parts only; this one compresses well, so it is stored as it is.
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    assert blocks(read(path)) == ["Title"]


def test_the_same_file_gives_the_same_document(deck: Deck) -> None:
    slide = deck.slide("Title")
    for number in range(20):
        box(slide.shapes, str(number), 10, 10)
    path = deck.save()
    assert read(path) == read(path)
    assert [block.text for block in read(path).blocks if isinstance(block, Prose)][1:] == [str(n) for n in range(20)]
