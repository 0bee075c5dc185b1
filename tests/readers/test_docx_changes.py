"""Tracked changes in Word: read as if accepted, every cell that one touches marked, and people told."""

from __future__ import annotations

import pytest
from test_docx import document, marks, p, r, tbl, tc, texts, tr

BY = 'w:id="1" w:author="A"'
INSERTED, DELETED = f"<w:ins {BY}/>", f"<w:del {BY}/>"


def added(content: str) -> str:
    return f"<w:ins {BY}>{content}</w:ins>"


def removed(text: str) -> str:
    return f"<w:del {BY}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (p("69", added(r("0"))), "690"),
        (p("690", removed("482")), "690"),
        (p(removed("482")), ""),
        (p(f"<w:moveTo {BY}>{r('690')}</w:moveTo>"), "690"),
        (p("690", f"<w:moveFrom {BY}>{r('482')}</w:moveFrom>"), "690"),
        (added(p("690")), "690"),
        (p("690") + f"<w:del {BY}>{p('482')}</w:del>", "690"),
        (f"<w:p><w:pPr><w:rPr>{DELETED}</w:rPr></w:pPr>{r('6')}</w:p>" + p("90"), "6\n90"),
        (f"<w:p><w:pPr><w:rPr>{INSERTED}</w:rPr></w:pPr>{r('690')}</w:p>", "690"),
        (p(f"<w:hyperlink>{added(r('690'))}</w:hyperlink>"), "690"),
        (p(f"<w:sdt><w:sdtContent>{added(r('690'))}</w:sdtContent></w:sdt>"), "690"),
    ],
)
def test_a_cell_that_a_change_touches_reads_as_accepted_and_is_marked(content: str, text: str) -> None:
    read = document(tbl(tr(tc("Scheme"), tc("Plan")), tr(tc("Beds"), tc(content))))
    (grid,) = read.grids()
    assert grid.texts()[1] == ["Beds", text]
    assert marks(grid) == [["", ""], ["", "changed"]]
    assert read.notes == ("tracked changes in 1 table cell: read as if accepted",)


@pytest.mark.parametrize(
    "row",
    [
        tr(tc("New"), tc("2"), properties=INSERTED),
        added(tr(tc("New"), tc("2"))),
        tr(added(tc("New")), tc("2", f"<w:cellIns {BY}/>")),
    ],
)
def test_every_cell_of_an_inserted_row_is_marked(row: str) -> None:
    read = document(tbl(tr(tc("Scheme"), tc("Plan")), row, tr(tc("Beds"), tc("5"))))
    (grid,) = read.grids()
    assert grid.texts() == [["Scheme", "Plan"], ["New", "2"], ["Beds", "5"]]
    assert marks(grid) == [["", ""], ["changed", "changed"], ["", ""]]
    assert read.notes == ("tracked changes in 2 table cells: read as if accepted",)


def test_an_inserted_table_is_marked_throughout_its_inner_tables_too() -> None:
    inner = tbl(tr(tc("a"), tc("b")))
    outer, within = document(added(tbl(tr(tc("c"), tc(p("d") + inner))))).grids()
    assert marks(outer) == marks(within) == [["changed", "changed"]]


@pytest.mark.parametrize(
    "row", [tr(tc("Gone"), tc("9"), properties=DELETED), f"<w:del {BY}>{tr(tc('Gone'), tc('9'))}</w:del>"]
)
def test_a_deleted_row_is_gone_and_told(row: str) -> None:
    read = document(tbl(tr(tc("Scheme"), tc("Plan")), row, tr(tc("Beds"), tc("5"))))
    (grid,) = read.grids()
    assert grid.texts() == [["Scheme", "Plan"], ["Beds", "5"]]
    assert marks(grid) == [["", ""], ["", ""]]
    assert read.notes == ("tracked changes in 1 deleted row or cell: read as if accepted",)


def test_deleted_rows_of_all_tables_are_counted() -> None:
    table = tbl(tr(tc("Beds"), tc("5")), tr(tc("Gone"), tc("9"), properties=DELETED))
    assert document(table + p("") + table).notes == ("tracked changes in 2 deleted rows or cells: read as if accepted",)


def test_a_deleted_cell_moves_the_cells_behind_it_and_marks_them() -> None:
    """They stand under another heading from now on."""
    gone = tc("7", f"<w:cellDel {BY}/>")
    read = document(tbl(tr(tc("Scheme"), tc("Plan"), tc("Actual")), tr(tc("Beds"), gone, tc("5"))))
    (grid,) = read.grids()
    assert grid.texts()[1] == ["Beds", "5", ""]
    assert marks(grid)[1] == ["", "changed", ""]
    assert read.notes == ("tracked changes in 1 table cell and in 1 deleted row or cell: read as if accepted",)


def test_a_note_says_where_the_changes_are() -> None:
    table = tbl(tr(tc(p("1", removed("2"))), tc(p(added(r("3")))), tc(p("4", removed("5")))))
    read = document(p("Saved ", removed("690"), added(r("482"))) + table)
    assert texts(read) == ["Saved 482", [["1", "3", "4"]]]
    assert read.notes == ("tracked changes in 3 table cells and in the text: read as if accepted",)
    assert document(p("Saved ", removed("690"))).notes == ("tracked changes in the text: read as if accepted",)


def test_changes_within_a_layout_table_are_changes_of_the_text_and_of_the_inner_table() -> None:
    inner = tbl(tr(tc("a"), tc(p("1", removed("2")))))
    read = document(tbl(tr(tc(p("Saved ", removed("690")) + inner))))
    assert texts(read) == ["Saved", [["a", "1"]]]
    assert read.notes == ("tracked changes in 1 table cell and in the text: read as if accepted",)


def test_a_text_box_that_was_taken_away_is_gone() -> None:
    box = "<w:pict><v:textbox><w:txbxContent>" + p("boxed") + "</w:txbxContent></v:textbox></w:pict>"
    assert texts(document(p("shown", f"<w:del {BY}>{r(box)}</w:del>"))) == ["shown"]


OLD = {
    "run": p(r("690", f"<w:rPrChange {BY}><w:rPr><w:b/></w:rPr></w:rPrChange>")),
    "paragraph": f"<w:p><w:pPr><w:pPrChange {BY}><w:pPr><w:rPr>{DELETED}</w:rPr></w:pPr></w:pPrChange></w:pPr>{r('690')}</w:p>",
    "mark": f"<w:p><w:pPr><w:rPr><w:rPrChange {BY}><w:rPr/></w:rPrChange></w:rPr></w:pPr>{r('690')}</w:p>",
}


@pytest.mark.parametrize("content", OLD.values(), ids=OLD)
def test_changes_of_looks_are_no_changes(content: str) -> None:
    old_span = f'<w:tcPrChange {BY}><w:tcPr><w:gridSpan w:val="3"/><w:vMerge/></w:tcPr></w:tcPrChange>'
    old_row = f'<w:trPrChange {BY}><w:trPr><w:hidden/><w:gridBefore w:val="1"/></w:trPr></w:trPrChange>'
    old_grid = f"<w:tblGridChange {BY}><w:tblGrid/></w:tblGridChange>"
    table = f"<w:tbl><w:tblPr><w:tblPrChange {BY}><w:tblPr/></w:tblPrChange></w:tblPr><w:tblGrid>{old_grid}</w:tblGrid>"
    read = document(content + table + tr(tc(content, old_span), tc("5"), properties=old_row) + "</w:tbl>")
    assert texts(read) == ["690", [["690", "5"]]]
    assert read.notes == ()
    assert marks(next(read.grids())) == [["", ""]]


def test_a_hidden_cell_that_was_changed_is_marked_as_hidden() -> None:
    (grid,) = document(tbl(tr(tc(p(added(r("5", "<w:vanish/>")))), tc("6")))).grids()
    assert marks(grid) == [["hidden", ""]]
