"""Tables however they are drawn: rules, bands, sheets and headings of every kind give the same cells."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import drawing
import pytest
from drawing import BLACK, FULL, GREY, NAVY, PARTLY, WHITE, Page, Table
from odd_pages import BASE, GROUPS, SPANNED, Drawer, Expected, assert_one_table, case, cases, reading

# ---- rules -----------------------------------------------------------------------------------------------------------


def ruled_case(rules: Callable[[Page, Table], Any], size: float, table: Table = BASE) -> Drawer:
    def draw(page: Page) -> Expected:
        sized = replace(table, size=size, pad=size * 0.4)
        sized.draw(page, rules)
        return sized.read()

    return draw


for _n, _rules in enumerate(FULL):
    for _size in ((5.5, 9), (7, 12), (8, 10))[_n % 3]:
        case("ruled", f"{_rules.__name__}_{_size}")(ruled_case(_rules, _size))
for _n, _rules in enumerate((drawing.stroked, drawing.filled, drawing.boxed, drawing.dashed)):
    case("spanned", _rules.__name__)(ruled_case(_rules, 8 + _n, SPANNED))
for _n, _rules in enumerate(PARTLY):
    for _size in (6, 9, 11):
        case("partly ruled", f"{_rules.__name__}_{_size}")(ruled_case(_rules, _size))


def in_form(page: Page, matrix: str, scale: float, form_matrix: str = "1 0 0 1 0 0") -> Expected:
    inner = Page(page.pdf, 595, 842)
    table = replace(BASE, x=20, top=20, size=9 / scale, pad=4 / scale, widths=[w / scale for w in BASE.widths])
    table.draw(inner, drawing.stroked)
    page.pictures["Fm"] = page.pdf.form(bytes(inner.content), "0 0 2000 2000", form_matrix)
    page.put(f"q {matrix} cm /Fm Do Q")
    return table.read()


case("placed", "form_half_size")(lambda page: in_form(page, "0.5 0 0 0.5 40 300", 0.5))
case("placed", "form_moved")(lambda page: in_form(page, "1 0 0 1 30 -60", 1))
case("placed", "form_with_its_own_matrix")(lambda page: in_form(page, "1 0 0 1 30 60", 0.5, "0.5 0 0 0.5 0 200"))
case("placed", "form_twice_size")(lambda page: in_form(page, "2 0 0 2 20 -1000", 2))


@case("placed", "box_beyond_nought")
def _(page: Page) -> Expected:
    page.shift_box(100, 250)
    BASE.draw(page, drawing.stroked)
    return BASE.read()


@case("placed", "box_below_nought")
def _(page: Page) -> Expected:
    page.shift_box(-297.5, -421)
    BASE.draw(page, drawing.filled)
    return BASE.read()


@case("placed", "box_upside_down")
def _(page: Page) -> Expected:
    page.box = (595, 842, 0, 0)
    BASE.draw(page, drawing.stroked)
    return BASE.read()


@case("placed", "cropped")
def _(page: Page) -> Expected:
    page.entries = "/CropBox[30 40 560 800]"
    BASE.draw(page, drawing.stroked)
    return BASE.read()


@case("placed", "cropped_and_what_is_cut_off_is_not_read")
def _(page: Page) -> Expected:
    page.entries = "/CropBox[30 40 430 800]"
    BASE.draw(page, drawing.stroked)
    for y in BASE.ys[1:]:
        page.text(500, y - 5, "999,999")
    return BASE.read()


@case("placed", "user_unit_2")
def _(page: Page) -> Expected:
    page.box, page.entries = (0, 0, 298, 421), "/UserUnit 2"
    table = replace(BASE, x=30, size=5, pad=2, widths=[w / 2 for w in BASE.widths])
    page.height = 421
    table.draw(page, drawing.stroked)
    return table.read()


@case("placed", "user_unit_tenth")
def _(page: Page) -> Expected:
    page.box, page.entries = (0, 0, 5950, 8420), "/UserUnit 0.1"
    page.height = 8420
    table = replace(BASE, x=600, top=900, size=90, pad=40, widths=[w * 10 for w in BASE.widths])
    table.draw(page, drawing.filled_thick)
    return table.read()


@cases("ruled", "spanned")
def test_rules_make_cells_however_they_are_drawn(group: str, number: int) -> None:
    assert assert_one_table(reading(group), number).method == "ruled"


@cases("spanned")
def test_a_heading_reaches_over_its_columns(group: str, number: int) -> None:
    (grid,) = reading(group).grids(number)
    assert [cell.colspan for cell in grid.rows[0]][1:] == [2, 1, 2, 1]
    assert [cell.covered for cell in grid.rows[0]] == [False, False, True, False, True]
    assert not any(cell.covered for row in grid.rows[1:] for cell in row)


@cases("partly ruled")
def test_a_few_rules_leave_the_columns_as_they_stand(group: str, number: int) -> None:
    assert_one_table(reading(group), number)


@cases("placed")
def test_where_a_table_stands_on_its_sheet_changes_no_text(group: str, number: int) -> None:
    assert assert_one_table(reading(group), number).method == "ruled"


def test_a_box_beyond_nought_moves_no_place() -> None:
    """Places are from the top left of the page as it is shown, wherever its coordinates begin."""
    names = [each.name for each in GROUPS["placed"]]
    for name in ("box_beyond_nought", "box_below_nought"):
        (grid,) = reading("placed").grids(names.index(name) + 1)
        assert grid.bbox == pytest.approx((BASE.x, BASE.top, BASE.xs[-1], BASE.bottom), abs=1)


# ---- bands and backgrounds -------------------------------------------------------------------------------------------


def zebra(page: Page, every: int, size: float, band: tuple[float, float, float] = GREY) -> Expected:
    table = replace(BASE, size=size)
    for r in range(0, len(table.rows), every):
        page.fill(table.xs[0], table.ys[r], table.xs[-1], table.ys[r + 1], band)
    table.draw(page)
    return table.read()


def backgrounds(page: Page, gap: float, size: float, shades: Sequence[tuple[float, float, float]]) -> Expected:
    table = replace(BASE, size=size)
    for r, c, (x0, y0, x1, y1) in table.boxes():
        page.fill(x0 + gap, y0 + gap, x1 - gap, y1 - gap, shades[(r + c) % len(shades)])
    table.draw(page)
    return table.read()


case("bands", "every_other_row")(lambda page: zebra(page, 2, 9))
case("bands", "every_other_row_small")(lambda page: zebra(page, 2, 6, (0.93, 0.95, 1)))
case("bands", "every_row_the_same")(lambda page: zebra(page, 1, 10))
case("bands", "cells_in_two_shades")(lambda page: backgrounds(page, 0, 9, (GREY, (0.8, 0.9, 0.8))))
case("bands", "cells_in_two_shades_small")(lambda page: backgrounds(page, 0, 5.5, (GREY, (0.8, 0.9, 0.8))))
case("bands", "cells_with_white_gaps")(lambda page: backgrounds(page, 0.5, 9, (GREY,)))
case("bands", "cells_with_wide_white_gaps")(lambda page: backgrounds(page, 1, 12, ((0.9, 0.9, 1),)))


def dark_heading(page: Page, size: float, *, per_cell: bool, rules: Callable[[Page, Table], Any] | None) -> Expected:
    table = replace(BASE, size=size)
    if per_cell:
        for x0, x1 in zip(table.xs, table.xs[1:], strict=False):
            page.fill(x0, table.ys[0], x1, table.ys[1], NAVY)
    else:
        page.fill(table.xs[0], table.ys[0], table.xs[-1], table.ys[1], NAVY)
    if rules:
        rules(page, table)
    for r, _, x, y, align, text in table.placed():
        page.text(x, y, text, size, align=align, rgb=BLACK if r else WHITE)
    return table.read()


case("bands", "white_on_dark_band")(lambda page: dark_heading(page, 9, per_cell=False, rules=None))
case("bands", "white_on_dark_cells")(lambda page: dark_heading(page, 7, per_cell=True, rules=None))
case("bands", "white_on_dark_ruled")(lambda page: dark_heading(page, 10, per_cell=False, rules=drawing.stroked))
case("bands", "white_on_dark_cells_ruled")(lambda page: dark_heading(page, 8, per_cell=True, rules=drawing.filled))


@case("bands", "white_on_a_dark_picture")
def _(page: Page) -> Expected:
    page.picture(BASE.xs[0], BASE.ys[0], BASE.xs[-1], BASE.ys[1])
    drawing.stroked(page, BASE)
    for r, _, x, y, align, text in BASE.placed():
        page.text(x, y, text, 9, align=align, rgb=BLACK if r else WHITE)
    return BASE.read()


@case("bands", "white_page_behind_all")
def _(page: Page) -> Expected:
    """Office programs paint the whole page white first."""
    page.fill(0, 0, page.width, page.height, WHITE)
    BASE.draw(page, drawing.stroked)
    return BASE.read()


@cases("bands")
def test_bands_and_backgrounds_hold_a_table(group: str, number: int) -> None:
    assert_one_table(reading(group), number)


# ---- turned ----------------------------------------------------------------------------------------------------------


def turned(page: Page, degrees: int, rotate: bool, rules: Callable[[Page, Table], Any] | None) -> Expected:
    page.turn(degrees, rotate=rotate)
    BASE.draw(page, rules)
    page.text(
        60, 50, f"Savings {'turned' if rotate else 'sideways'} {degrees} {'with' if rules else 'without'} rules", 11
    )
    page.text(60, 300, "The board is asked to note the position and the actions that follow from it.", 10)
    return BASE.read()


for _degrees, _rotate in ((90, True), (180, True), (270, True), (90, False), (270, False)):
    for _rules in (drawing.stroked, drawing.filled, None):
        case("turned", f"{'rotated' if _rotate else 'sideways'}_{_degrees}_{_rules.__name__ if _rules else 'bare'}")(
            functools.partial(turned, degrees=_degrees, rotate=_rotate, rules=_rules)
        )


@case("turned", "turned_page_of_upright_text")
def _(page: Page) -> Expected:
    """The page says that it is shown on its side; who reads it turns the paper back."""
    page.entries = "/Rotate 90"
    BASE.draw(page, drawing.stroked)
    page.text(60, 50, "Shown on its side, and read all the same", 11)
    return BASE.read()


@cases("turned")
def test_a_turned_page_reads_as_its_words_do(group: str, number: int) -> None:
    found = reading(group)
    assert_one_table(found, number)
    if "turned_page" not in GROUPS[group][number - 1].name:
        assert "The board is asked to note the position and the actions" in found.prose(number)


def vertical_headings(page: Page, turn: int, size: float, headings: Sequence[str]) -> Expected:
    widths = [110] + [36] * len(headings)
    body = [["Prescribing", "12", "3", "1"], ["Planned care", "8", "(2)", "10"], ["Mental health", "5", "-", "0"]]
    rows = [["Scheme", *headings], *body]
    table = Table([["Scheme", *[""] * len(headings)], *body], widths=widths, top=90, size=size, gaps={0: 90})
    table.draw(page, drawing.stroked)
    for x, text in zip(table.xs[1:], headings, strict=False):
        parts = text.split("\n")
        for n, part in enumerate(parts):
            side = 18 + (n - (len(parts) - 1) / 2) * size * 1.2
            if turn == 90:
                page.text(x + side + size * 0.35, table.ys[1] - 4, part, size, turn=90)
            else:
                page.text(x + 36 - side - size * 0.35, table.ys[0] + 4, part, size, turn=270)
    return [[" ".join(text.split()) for text in row] for row in rows]


_HEADS = ("Milestones due", "Milestones late", "At risk")
_WRAPPED_HEADS = ("Milestones\nwhich are due", "Milestones\nnow late", "At risk")
case("vertical", "up")(lambda page: vertical_headings(page, 90, 9, _HEADS))
case("vertical", "down")(lambda page: vertical_headings(page, 270, 9, _HEADS))
case("vertical", "up_small")(lambda page: vertical_headings(page, 90, 6, _HEADS))
case("vertical", "up_two_lines")(lambda page: vertical_headings(page, 90, 9, _WRAPPED_HEADS))
case("vertical", "down_two_lines")(lambda page: vertical_headings(page, 270, 8, _WRAPPED_HEADS))


@cases("vertical")
def test_a_vertical_heading_reads_as_words(group: str, number: int) -> None:
    assert_one_table(reading(group), number)
