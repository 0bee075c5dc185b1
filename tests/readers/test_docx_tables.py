"""Word tables: merges of every kind, rows that disagree, tables in tables and in text boxes."""

from __future__ import annotations

from typing import Any

import pytest
from test_docx import document, p, r, span, tbl, tc, texts, tr

from qippctl.errors import LimitError
from qippctl.models.document import Cell

RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
INNER = tbl(tr(tc("Q1"), tc("10")), tr(tc("Q2"), tc("20")))
INNER_TEXTS = [["Q1", "10"], ["Q2", "20"]]


def wide(text: str, twips: int, properties: str = "") -> str:
    return tc(text, f'<w:tcW w:w="{twips}" w:type="dxa"/>{properties}')


def table(columns: list[int], *rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def cells(body: str, **parts: str) -> list[list[tuple[str, int, bool]]]:
    (grid,) = document(body, **parts).grids()
    return [[(cell.text, cell.colspan, cell.covered) for cell in row] for row in grid.rows]


def shape(body: str) -> list[str]:
    """Each row drawn: its texts, `<` where the cell to the left reaches, `.` where a cell is covered otherwise."""
    rows = []
    for row in cells(body):
        drawn: list[str] = []
        reach = 0
        for text, colspan, covered in row:
            drawn.append(("<" if reach else ".") if covered else text or "_")
            reach = colspan - 1 if not covered else reach - 1
            reach = max(reach, 0)
        rows.append(" ".join(drawn))
    return rows


# ---- merges ----------------------------------------------------------------------------------------------------------


def test_old_merges_across_reach_over_the_cells_they_swallow() -> None:
    first, rest = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'
    body = tbl(
        tr(tc("Scheme"), tc("Year to date", first), tc("", rest), tc("", "<w:hMerge/>"), tc("RAG")),
        tr(tc("Beds"), tc("10"), tc("8"), tc("-2"), tc("R")),
    )
    assert shape(body) == ["Scheme Year to date < < RAG", "Beds 10 8 -2 R"]


def test_an_old_merge_that_nothing_began_is_a_cell() -> None:
    assert shape(tbl(tr(tc("a", "<w:hMerge/>"), tc("b")))) == ["a b"]


def test_two_merges_side_by_side_stay_two() -> None:
    first, rest = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    assert shape(tbl(tr(tc("a", first), tc("", rest), tc("b", first), tc("", rest)))) == ["a < b <"]


def test_a_merge_down_ends_where_a_row_has_a_cell_of_its_own() -> None:
    body = tbl(tr(tc("a", RESTART), tc("1")), tr(tc("", CONTINUE), tc("2")), tr(tc("b"), tc("3")), tr(tc("c"), tc("4")))
    assert shape(body) == ["a 1", ". 2", "b 3", "c 4"]


def test_a_merge_down_that_nothing_began_is_a_cell_with_its_text() -> None:
    """Its first cell was in a row that was deleted, or never there: the text must not go with it."""
    deleted = tr(tc("gone", RESTART), tc("0"), properties='<w:del w:id="1" w:author="A"/>')
    body = tbl(tr(tc("x"), tc("0")), deleted, tr(tc("a", CONTINUE), tc("1")), tr(tc("", CONTINUE), tc("2")))
    assert shape(body) == ["x 0", "a 1", ". 2"]


def test_merges_down_are_told_apart_by_their_column() -> None:
    body = tbl(tr(tc("a", RESTART), tc("b")), tr(tc("c"), tc("d", CONTINUE)))
    assert shape(body) == ["a b", "c d"]


# ---- rows that disagree ----------------------------------------------------------------------------------------------


def test_rows_that_begin_late_and_end_early_keep_their_columns() -> None:
    body = tbl(
        tr(tc("a"), tc("b"), tc("c"), tc("d")),
        tr(tc("1"), properties='<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>'),
        tr(tc("2"), properties='<w:gridAfter w:val="3"/>'),
        tr(tc("3")),
    )
    assert shape(body) == ["a b c d", ". . 1 _", "2 _ _ _", "3 _ _ _"]


def test_a_row_that_ends_early_may_be_the_widest() -> None:
    assert shape(tbl(tr(tc("a"), tc("b")), tr(tc("c"), properties='<w:gridAfter w:val="4"/>'))) == ["a b", "c _"]


def test_a_row_with_fewer_cells_is_laid_out_by_its_widths() -> None:
    """Some programs merge by drawing one wide cell and leave its span out."""
    body = table(
        [2000, 1000, 1000, 1000],
        tr(wide("Scheme", 2000), wide("Year to date", 2000), wide("RAG", 1000)),
        tr(wide("", 2000), wide("Plan", 1000), wide("Actual", 1000), wide("", 1000)),
        tr(wide("Beds", 2010), wide("10", 995), wide("8", 990), wide("R", 1005)),
    )
    assert shape(body) == ["Scheme Year to date < RAG", "_ Plan Actual _", "Beds 10 8 R"]


def test_widths_count_from_where_a_row_begins() -> None:
    body = table(
        [2000, 1000, 1000, 1000],
        tr(wide("Scheme", 2000), wide("Plan", 1000), wide("Actual", 1000), wide("RAG", 1000)),
        tr(wide("80", 2000), wide("R", 1000), properties='<w:gridBefore w:val="1"/>'),
    )
    assert shape(body) == ["Scheme Plan Actual RAG", ". 80 < R"]


@pytest.mark.parametrize(
    "row",
    [
        tr(wide("a", 2000), wide("b", 1500)),  # no column ends there
        tr(wide("a", 2000), tc("b")),  # no width
        tr(tc("a", '<w:tcW w:w="50" w:type="pct"/>'), tc("b", '<w:tcW w:w="50" w:type="pct"/>')),
        tr(wide("a", 0), wide("b", 4000)),
        tr(wide("a", 999_999), wide("b", 4000)),
        tr(wide("a", 2000), wide("b", 2000), properties='<w:gridAfter w:val="1"/>'),  # it says itself where it ends
    ],
)
def test_a_row_whose_widths_fit_no_columns_stays_as_it_is(row: str) -> None:
    body = table([2000, 1000, 1000, 1000], tr(tc("w"), tc("x"), tc("y"), tc("z")), row)
    assert shape(body) == ["w x y z", "a b _ _"]


def test_an_old_merge_without_all_its_widths_stays_as_it_is() -> None:
    first, rest = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    row = tr(wide("a", 2000, first), tc("", rest))
    assert shape(table([2000, 1000, 1000], tr(tc("x"), tc("y"), tc("z")), row)) == ["x y z", "a < _"]
    row = tr(wide("a", 2000, first), wide("", 2000, rest))
    assert shape(table([2000, 1000, 1000], tr(tc("x"), tc("y"), tc("z")), row)) == ["x y z", "a < <"]


def test_widths_are_not_asked_where_all_rows_agree() -> None:
    """The columns of a table are often those of an older state of it."""
    body = table([1000, 1000, 1000], tr(wide("a", 1000), wide("b", 2000)), tr(wide("c", 1000), wide("d", 2000)))
    assert shape(body) == ["a b", "c d"]


@pytest.mark.parametrize("columns", [[], [2000, 0, 1000], [2000]])
def test_a_table_without_columns_of_its_own_is_laid_out_by_its_cells(columns: list[int]) -> None:
    body = table(columns, tr(wide("a", 2000), wide("b", 1000)), tr(wide("c", 3000)))
    assert shape(body) == ["a b", "c _"]


def test_wrapped_rows_and_cells_are_where_they_stand() -> None:
    control = "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    own = '<w:customXml w:element="row"><w:customXmlPr/>{}</w:customXml>'.format
    body = tbl(
        control(tr(tc("a"), control(tc("b")))),
        own(tr(own(tc("c")), tc(control(p("d"))))),
        control(own(tr(tc(own(p("e"))), control(tc("f"))))),
    )
    assert shape(body) == ["a b", "c d", "e f"]


# ---- tables in tables ------------------------------------------------------------------------------------------------


def test_a_table_within_a_cell_is_a_grid_after_the_outer_one() -> None:
    body = tbl(tr(tc("Beds"), tc(p("Profile") + INNER + p("end"))), tr(tc("Drugs"), tc("5"))) + p("after")
    assert texts(document(body)) == [[["Beds", "Profile\nend"], ["Drugs", "5"]], INNER_TEXTS, "after"]


def test_inner_tables_come_in_reading_order_each_before_its_own_inner_ones() -> None:
    def holding(name: str, *inner: str) -> str:
        return tbl(tr(tc(name), tc(p("with") + "".join(inner))), tr(tc(name), tc("1")))

    body = holding("a", holding("b", holding("c")), holding("d"))
    grids = [grid.rows[0][0].text for grid in document(body).grids()]
    assert grids == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (tbl(tr(tc(INNER + p("")))), [INNER_TEXTS]),  # a frame around one table
        (tbl(tr(tc(p("Title") + INNER + p("Source")))), ["Title", INNER_TEXTS, "Source"]),
        (tbl(tr(tc("Title")), tr(tc(INNER)), tr(tc("Source"))), ["Title", INNER_TEXTS, "Source"]),  # one column
        (tbl(tr(tc(INNER), tc(INNER)), tr(tc(""), tc(INNER))), [INNER_TEXTS] * 3),  # side by side
        (tbl(tr(tc(tbl(tr(tc(tbl(tr(tc(INNER))))))))), [INNER_TEXTS]),
        (tbl(tr(tc(INNER), tc("Note"))), [[["", "Note"]], INNER_TEXTS]),
        (tbl(tr(tc("Note"))), [[["Note"]]]),  # no inner table: a table of one cell as before
    ],
)
def test_a_table_that_only_places_others_is_no_grid(body: str, read: list[Any]) -> None:
    assert texts(document(body)) == read


def nested(depth: int) -> str:
    body = INNER
    for _ in range(depth - 1):
        body = tbl(tr(tc(p("x") + body), tc("y")))
    return body


def test_twenty_tables_in_one_another_are_read() -> None:
    assert len(list(document(nested(20)).grids())) == 20


def test_more_are_refused_with_the_way_out() -> None:
    with pytest.raises(LimitError, match="nested more than 20 deep; take the inner ones out, or save it as PDF"):
        document(nested(21))
    with pytest.raises(LimitError, match="nested more than 20 deep"):
        document(tbl(tr(tc(tbl(tr(tc(nested(20))))))))


# ---- text boxes ------------------------------------------------------------------------------------------------------


def shape_of(content: str) -> str:
    return f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"


def old_shape(content: str) -> str:
    return f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"


def box(content: str) -> str:
    """A text box as Word writes it: twice."""
    return r(
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><a:graphic><a:graphicData>{shape_of(content)}"
        f"</a:graphicData></a:graphic></w:drawing></mc:Choice><mc:Fallback>{old_shape(content)}</mc:Fallback>"
        "</mc:AlternateContent>"
    )


@pytest.mark.parametrize(
    "run",
    [
        box(p("in the box") + INNER),
        r(old_shape(p("in the box") + INNER)),
        r(
            f"<mc:AlternateContent><mc:Fallback>{old_shape(p('in the box') + INNER)}</mc:Fallback></mc:AlternateContent>"
        ),
        r(f"<w:drawing>{shape_of(p('in the box'))}{shape_of(INNER)}</w:drawing>"),  # a group
        r(old_shape(p("in the box"))) + r(old_shape(INNER)),
        r(f"<w:other>{shape_of(p('in the box') + INNER)}</w:other>"),
    ],
    ids=["both ways", "old way", "only the old way", "group", "two boxes", "a way unheard of"],
)
def test_a_text_box_is_read_once_after_the_paragraph_that_anchors_it(run: str) -> None:
    body = p("Saved ", run, "482") + p("after")
    assert texts(document(body)) == ["Saved 482", "in the box", INNER_TEXTS, "after"]


def test_a_text_box_anchored_in_a_cell_comes_after_the_grid() -> None:
    body = tbl(tr(tc(p("Beds", box(p("in the box") + INNER))), tc("5")), tr(tc("Drugs"), tc("6")))
    assert texts(document(body)) == [[["Beds", "5"], ["Drugs", "6"]], "in the box", INNER_TEXTS]


def test_text_boxes_in_one_another_are_bounded_like_tables() -> None:
    def boxes(depth: int) -> str:
        return p("x", r(old_shape(boxes(depth - 1)))) if depth else p("inmost")

    assert texts(document(boxes(20)))[-1] == "inmost"
    with pytest.raises(LimitError, match="nested more than 20 deep"):
        document(boxes(21))


def test_a_layout_table_of_text_boxes_is_their_text() -> None:
    assert texts(document(tbl(tr(tc(p(box(p("left")))), tc(p(box(p("right")))))))) == ["left", "right"]


# ---- hidden ----------------------------------------------------------------------------------------------------------

HIDDEN = "<w:vanish/>"


def test_a_cell_of_hidden_text_is_read_and_marked() -> None:
    read = document(
        tbl(
            tr(tc("Scheme"), tc("Plan")),
            tr(tc(p(r("Secret", HIDDEN))), tc(p(r("1", HIDDEN)) + p(r("2", HIDDEN)))),
            tr(tc(p("Beds ", r("(old)", HIDDEN))), tc(p(r(" ", HIDDEN)))),
        )
    )
    (grid,) = read.grids()
    assert grid.rows[1] == (Cell("Secret", mark="hidden"), Cell("1\n2", mark="hidden"))
    assert grid.rows[2] == (Cell("Beds"), Cell(""))
    assert read.notes == ("hidden text: in 2 table cells read and marked as hidden, elsewhere left out",)


@pytest.mark.parametrize(("switch", "mark"), [("<w:hidden/>", "hidden"), ('<w:hidden w:val="0"/>', "")])
def test_a_hidden_row_is_read_and_marked(switch: str, mark: str) -> None:
    row = tr(tc(p("Beds", r(" now", HIDDEN))), tc(p("5", box(p("boxed")))), properties=switch)
    read = document(tbl(tr(tc("Scheme"), tc("Plan")), row))
    (grid,) = read.grids()
    assert grid.rows[0] == (Cell("Scheme"), Cell("Plan"))
    assert grid.rows[1] == (Cell("Beds now" if mark else "Beds", mark=mark), Cell("5", mark=mark))
    assert [block.text for block in read.prose()] == ([] if mark else ["boxed"])


def test_a_table_in_a_hidden_row_is_hidden() -> None:
    read = document(tbl(tr(tc(p("a") + INNER), tc("b"), properties="<w:hidden/>"), tr(tc("c"), tc("d"))))
    _, inner = read.grids()
    assert {cell.mark for row in inner.rows for cell in row} == {"hidden"}


def test_a_span_in_a_hidden_row_is_marked_at_its_first_position() -> None:
    (grid,) = document(tbl(tr(tc("a", span(2)), properties="<w:hidden/>"))).grids()
    assert grid.rows == ((Cell("a", colspan=2, mark="hidden"), Cell(covered=True)),)


def test_only_hidden_cells_are_told_of_where_nothing_was_left_out() -> None:
    read = document(tbl(tr(tc(p(r("1", HIDDEN))), tc("a"))))
    assert read.notes == ("hidden text: in 1 table cell read and marked as hidden",)
