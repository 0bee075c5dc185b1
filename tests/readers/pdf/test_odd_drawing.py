"""Tables however they are drawn: the same words come out, and what nobody sees or what is no table does not.

Each case is a page: a name, and a drawer that gives back the rows that any careful person would read there. The pages of
a group stand in one file, so that a group costs one reading; a cell expected may be a pattern where several readings are right.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import drawing
import pytest
from drawing import BLACK, FULL, GREY, NAVY, PARTLY, WHITE, Page, Pdf, Table, num, width_of

from qippctl.models.document import Document, Grid, Prose
from qippctl.readers import read

Expected = Sequence[Sequence[str | re.Pattern[str]]]
Drawer = Callable[[Page], Expected]

ROWS = [
    ["Scheme", "Plan", "Actual", "Variance"],
    ["Prescribing", "1,234.5", "1,001", "(233.5)"],
    ["Planned care", "820", "940.25", "120.3"],
    ["Mental health", "75", "-", "(75)"],
    ["Total", "2,129.5", "1,941", "(188.5)"],
]
BASE = Table(ROWS)
SPANNED = Table(
    [
        ["", "Year to date", None, "Full year", None],
        ["Scheme", "Plan", "Actual", "Plan", "Forecast"],
        ["Prescribing", "1,234.5", "1,001", "2,400", "2,150"],
        ["Planned care", "820", "940", "1,600", "1,700"],
        ["Total", "2,054.5", "1,941", "4,000", "3,850"],
    ],
    widths=(110, 65, 65, 65, 65),
    headings=2,
)


@dataclass(frozen=True)
class Case:
    name: str
    draw: Drawer


@dataclass(frozen=True)
class Reading:
    """A group of cases as the reader gave it."""

    document: Document
    expected: tuple[Expected, ...]

    def grids(self, page: int) -> list[Grid]:
        return [grid for grid in self.document.grids() if grid.page == page]

    def prose(self, page: int) -> str:
        return " ".join(block.text for block in self.document.prose() if block.page == page)


GROUPS: dict[str, list[Case]] = {}


def case(group: str, name: str) -> Callable[[Drawer], Drawer]:
    def keep(draw: Drawer) -> Drawer:
        GROUPS.setdefault(group, []).append(Case(name, draw))
        return draw

    return keep


def group_file(group: str, path: Path) -> tuple[Path, tuple[Expected, ...]]:
    """The pages of a group with a line of prose above and below, so that no table goes on from the page before."""
    pdf, expected = Pdf(), []
    for number, each in enumerate(GROUPS[group]):
        page = pdf.page()
        expected.append(each.draw(page))
        if group not in ("turned", "scan", "no table"):
            page.text(60, 50, f"Paper {chr(65 + number % 26)}: {each.name.replace('_', ' ')} is how this one is drawn", 10)
            page.text(60, page.height - 60, f"The meeting noted what {each.name.replace('_', ' ')} shows and thanked the author.", 10)
    return pdf.save(path), tuple(expected)


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Reading]:
    @functools.cache
    def of(group: str) -> Reading:
        path, expected = group_file(group, tmp_path_factory.mktemp("odd") / f"{group.replace(' ', '_')}.pdf")
        return Reading(read(path), expected)

    return of


def cases(*groups: str) -> Any:
    return pytest.mark.parametrize(
        ("group", "number"),
        [pytest.param(g, n, id=f"{g}-{c.name}") for g in groups for n, c in enumerate(GROUPS[g], 1)],
    )


def texts(grid: Grid) -> list[list[str]]:
    return [[" ".join(cell.text.split()) for cell in row] for row in grid.rows]


def agrees(printed: list[list[str]], expected: Expected) -> bool:
    return [len(row) for row in printed] == [len(row) for row in expected] and all(
        text == want if isinstance(want, str) else want.fullmatch(text)
        for row, wants in zip(printed, expected, strict=True)
        for text, want in zip(row, wants, strict=True)
    )


def shown(expected: Expected) -> list[list[str]]:
    return [[want if isinstance(want, str) else f"/{want.pattern}/" for want in row] for row in expected]


def assert_one_table(found: Reading, number: int) -> Grid:
    grids = found.grids(number)
    assert len(grids) == 1, f"{len(grids)} tables: {[texts(grid) for grid in grids]}"
    printed, expected = texts(grids[0]), found.expected[number - 1]
    if not agrees(printed, expected):
        assert printed == shown(expected)
    return grids[0]


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
def test_rules_make_cells_however_they_are_drawn(reading: Callable[[str], Reading], group: str, number: int) -> None:
    assert assert_one_table(reading(group), number).method == "ruled"


@cases("spanned")
def test_a_heading_reaches_over_its_columns(reading: Callable[[str], Reading], group: str, number: int) -> None:
    (grid,) = reading(group).grids(number)
    assert [cell.colspan for cell in grid.rows[0]][1:] == [2, 1, 2, 1]
    assert [cell.covered for cell in grid.rows[0]] == [False, False, True, False, True]
    assert not any(cell.covered for row in grid.rows[1:] for cell in row)


@cases("partly ruled")
def test_a_few_rules_leave_the_columns_as_they_stand(
    reading: Callable[[str], Reading], group: str, number: int
) -> None:
    assert_one_table(reading(group), number)


@cases("placed")
def test_where_a_table_stands_on_its_sheet_changes_no_text(
    reading: Callable[[str], Reading], group: str, number: int
) -> None:
    assert assert_one_table(reading(group), number).method == "ruled"


def test_a_box_beyond_nought_moves_no_place(reading: Callable[[str], Reading]) -> None:
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
def test_bands_and_backgrounds_hold_a_table(reading: Callable[[str], Reading], group: str, number: int) -> None:
    assert_one_table(reading(group), number)


# ---- turned ----------------------------------------------------------------------------------------------------------


def turned(page: Page, degrees: int, rotate: bool, rules: Callable[[Page, Table], Any] | None) -> Expected:
    page.turn(degrees, rotate=rotate)
    BASE.draw(page, rules)
    page.text(60, 50, f"Savings {'turned' if rotate else 'sideways'} {degrees} {'with' if rules else 'without'} rules", 11)
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
def test_a_turned_page_reads_as_its_words_do(reading: Callable[[str], Reading], group: str, number: int) -> None:
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
def test_a_vertical_heading_reads_as_words(reading: Callable[[str], Reading], group: str, number: int) -> None:
    assert_one_table(reading(group), number)


# ---- characters ------------------------------------------------------------------------------------------------------


def with_body(*body: Sequence[str], size: float = 9, widths: Sequence[float] = (120, 70, 70)) -> Table:
    return Table([["Scheme", "Plan", "Actual"], *body], widths=widths, size=size)


def spoken(table: Table, expected: dict[str, str]) -> Expected:
    """The table's texts, some of them as the patterns that they may be read as."""
    return [[re.compile(expected[text]) if text in expected else " ".join(text.split()) for text in row] for row in table.rows]  # type: ignore[index, union-attr]


@case("characters", "ligatures")
def _(page: Page) -> Expected:
    table = with_body(["E\ufb03ciency".replace("\ufb03", "f\ufb01"), "10", "8"], ["Sta\ufb04eld", "12", "9"], ["\ufb01nance", "7", "5"])
    table.draw(page, drawing.stroked)
    return [["Scheme", "Plan", "Actual"], ["Efficiency", "10", "8"], ["Staffleld", "12", "9"], ["finance", "7", "5"]]


@case("characters", "ligatures_without_rules")
def _(page: Page) -> Expected:
    table = with_body(["O\ufb04ine", "1,010", "808"], ["\ufb01rst", "12", "(9)"], ["Last", "7", "5"], size=11)
    table.draw(page)
    return [["Scheme", "Plan", "Actual"], ["Offline".replace("ffl", "ffl"), "1,010", "808"], ["first", "12", "(9)"], ["Last", "7", "5"]]


_BROKEN = r"commis[-\u00ad]?\s?sioning of care"
for _name, _word in (("hyphen", "commis-\nsioning of care"), ("soft_hyphen", "commis\u00ad\nsioning of care")):
    for _rules in (drawing.stroked, drawing.across_only):

        @case("characters", f"{_name}_at_a_line_end_{_rules.__name__}")
        def _(page: Page, word: str = _word, rules: Any = _rules) -> Expected:
            table = with_body([word, "120", "-"], ["Beds", "(12)", "8"], ["Theatres", "-", "40-"])
            table.draw(page, rules)
            return spoken(table, {word: _BROKEN})


@case("characters", "a_number_broken_by_no_hyphen")
def _(page: Page) -> Expected:
    """Each a cell of its own, above one another: none is a word that goes on in the next line."""
    table = with_body(["A&E -", "-", "(12)"], ["Beds", "12", "-"], ["-", "8", "-"], ["2014-", "15", "-7"])
    table.draw(page, drawing.stroked)
    return table.read()


@case("characters", "two_amounts_in_a_cell")
def _(page: Page) -> Expected:
    table = with_body(["Beds", "-\n12", "(7)\n-"], ["Drugs", "10-\n12", "8"])
    table.draw(page, drawing.stroked)
    return table.read()


@case("characters", "spaces_that_do_not_break")
def _(page: Page) -> Expected:
    table = with_body(
        ["Planned\u00a0care", "1\u00a0234", "£\u00a05"], ["Beds", "12\u2009345", "7\u202f000"], ["Drugs", "1,000", "9"]
    )
    table.draw(page, drawing.stroked)
    return spoken(
        table,
        {"1\u00a0234": r"1\s?234", "12\u2009345": r"12\s?345", "7\u202f000": r"7\s?000", "£\u00a05": r"£\s?5"},
    )


@case("characters", "spaces_that_do_not_break_without_rules")
def _(page: Page) -> Expected:
    table = with_body(["Planned\u00a0care", "1\u00a0234", "5"], ["Beds", "12\u2009345", "7\u202f000"], ["Drugs", "1,000", "9"])
    table.draw(page)
    return spoken(table, {"1\u00a0234": r"1\s?234", "12\u2009345": r"12\s?345", "7\u202f000": r"7\s?000"})


@case("characters", "true_minus")
def _(page: Page) -> Expected:
    table = with_body(["Beds", "\u22121,234", "\u22125"], ["Drugs", "1,000", "\u2212 9.5"], ["Total", "\u2212234", "4"])
    table.draw(page, drawing.stroked)
    return spoken(
        table,
        {"\u22121,234": r"[-\u2212]1,234", "\u22125": r"[-\u2212]5", "\u2212 9.5": r"[-\u2212] ?9\.5", "\u2212234": r"[-\u2212]234"},
    )


def letterspaced(spacing: float) -> drawing.Show:
    def show(page: Page, x: float, y: float, text: str, size: float, align: str, font: str) -> None:
        page.text(x, y, text, size, align=align, font=font, spacing=spacing if font == "F2" else 0)

    return show


for _spacing in (1, 2, 3):

    @case("characters", f"letterspaced_headings_{_spacing}")
    def _(page: Page, spacing: float = _spacing) -> Expected:
        BASE.draw(page, drawing.stroked, letterspaced(spacing))
        return [[re.compile(r"\s?".join(text)) for text in ROWS[0]] if spacing > 2 else ROWS[0], *ROWS[1:]]


def twice(apart: float, down: float = 0) -> drawing.Show:
    def show(page: Page, x: float, y: float, text: str, size: float, align: str, font: str) -> None:
        page.text(x, y, text, size, align=align, font=font)
        page.text(x + apart, y + down, text, size, align=align, font=font)

    return show


def glyph_by_glyph(*, backwards: bool = False, apart: bool = True) -> drawing.Show:
    """Each glyph shown on its own, in its own text object or in one."""

    def show(page: Page, x: float, y: float, text: str, size: float, align: str, font: str) -> None:
        x -= {"left": 0.0, "right": width_of(text, size, font), "centre": width_of(text, size, font) / 2}[align]
        placed = [(x + width_of(text[:n], size, font), c) for n, c in enumerate(text)]
        if backwards:
            placed.reverse()
        if apart:
            for left, c in placed:
                page.text(left, y, c, size, font=font)
            return
        page.put(f"BT /{font} {num(size)} Tf")
        for left, c in placed:
            a, b = page.at(left, y)
            page.put(f"1 0 0 1 {num(a)} {num(b)} Tm", drawing.literal(c.encode("cp1252")) + b" Tj")
        page.put("ET")

    return show


def without_spaces(page: Page, x: float, y: float, text: str, size: float, align: str, font: str) -> None:
    """Word by word: the spaces are nothing but distance."""
    x -= {"left": 0.0, "right": width_of(text, size, font), "centre": width_of(text, size, font) / 2}[align]
    for match in re.finditer(r"\S+", text):
        page.text(x + width_of(text[: match.start()], size, font), y, match[0], size, font=font)


def signs_apart(page: Page, x: float, y: float, text: str, size: float, align: str, font: str) -> None:
    """`(`, `1,234` and `)` as three strings that touch."""
    x -= {"left": 0.0, "right": width_of(text, size, font), "centre": width_of(text, size, font) / 2}[align]
    for match in re.finditer(r"[()]|[^()]+", text):
        page.text(x + width_of(text[: match.start()], size, font), y, match[0], size, font=font)


def kerned(page: Page, x: float, y: float, text: str, size: float, align: str, font: str) -> None:
    """One array a string, with a kern between any two glyphs."""
    x -= {"left": 0.0, "right": width_of(text, size, font), "centre": width_of(text, size, font) / 2}[align]
    a, b = page.at(x, y)
    inner = b" ".join(drawing.literal(c.encode("cp1252")) + (b" -12" if n % 2 else b" 12") for n, c in enumerate(text))
    page.put(f"BT /{font} {num(size)} Tf 1 0 0 1 {num(a)} {num(b)} Tm [", inner, "] TJ ET")


def shrunk(page: Page, x: float, y: float, text: str, size: float, align: str, font: str) -> None:
    """Font size 1, and the size in the matrix, as some print drivers do."""
    x -= {"left": 0.0, "right": width_of(text, size, font), "centre": width_of(text, size, font) / 2}[align]
    a, b = page.at(x, y)
    page.put(f"BT /{font} 1 Tf {num(size)} 0 0 {num(size)} {num(a)} {num(b)} Tm", drawing.literal(text.encode("cp1252")) + b" Tj ET")


SHOWN: dict[str, drawing.Show] = {
    "twice_in_place": twice(0),
    "twice_a_little_apart": twice(0.3),
    "twice_apart_both_ways": twice(0.3, 0.2),
    "glyph_by_glyph": glyph_by_glyph(),
    "glyph_by_glyph_in_one_object": glyph_by_glyph(apart=False),
    "last_glyph_first": glyph_by_glyph(backwards=True),
    "word_by_word": without_spaces,
    "brackets_apart": signs_apart,
    "kerned": kerned,
    "size_in_the_matrix": shrunk,
}
for _n, (_name, _show) in enumerate(SHOWN.items()):
    for _rules in (drawing.stroked, None):

        @case("characters", f"{_name}_{'ruled' if _rules else 'bare'}")
        def _(page: Page, show: Any = _show, rules: Any = _rules, size: float = (9, 6, 11)[_n % 3]) -> Expected:
            table = replace(BASE, size=size)
            table.draw(page, rules, show)
            return table.read()


for _rules in (drawing.stroked, None):

    @case("characters", f"last_column_first_{'ruled' if _rules else 'bare'}")
    def _(page: Page, rules: Any = _rules) -> Expected:
        if rules:
            rules(page, BASE)
        for _, _, x, y, align, text in sorted(BASE.placed(), key=lambda item: (-item[1], -item[0])):
            glyph_by_glyph(backwards=True)(page, x, y, text, 9, align, "F1")
        return BASE.read()

    @case("characters", f"kerns_as_gutters_{'ruled' if _rules else 'bare'}")
    def _(page: Page, rules: Any = _rules) -> Expected:
        """A row is one array of strings; nothing but kerns parts its columns."""
        if rules:
            rules(page, BASE)
        for r in range(len(ROWS)):
            placed = [item for item in BASE.placed() if item[0] == r]
            a, b = page.at(placed[0][2], placed[0][3])
            page.put(f"BT /F1 9 Tf 1 0 0 1 {num(a)} {num(b)} Tm [")
            pen = placed[0][2]
            for _, _, x, _, align, text in placed:
                left = x - width_of(text, 9) * (align == "right")
                page.put(num((pen - left) * 1000 / 9), drawing.literal(text.encode("cp1252")))
                pen = left + width_of(text, 9)
            page.put("] TJ ET")
        return BASE.read()

    @case("characters", f"minus_a_point_apart_{'ruled' if _rules else 'bare'}")
    def _(page: Page, rules: Any = _rules) -> Expected:
        table = with_body(["Beds", "-1,234", "820"], ["Drugs", "1,000", "-9.5"], ["Total", "-234", "-4"])
        if rules:
            rules(page, table)
        for _, _, x, y, align, text in table.placed():
            number = text.lstrip("-")
            page.text(x, y, number, align=align)
            if number != text:
                page.text(x - width_of(number, 9) - 1, y, "-", align="right")
        return [[re.compile("- ?" + re.escape(t[1:])) if t.startswith("-") else t for t in row] for row in table.read()]

    @case("characters", f"pound_at_the_left_edge_of_the_cell_{'ruled' if _rules else 'bare'}")
    def _(page: Page, rules: Any = _rules) -> Expected:
        """Excel's accounting format: the sign stands left, the number right."""
        table = with_body(["Beds", "1,234", "820"], ["Drugs", "1,000", "9.50"], ["Total", "2,234", "829.50"], widths=(120, 60, 60))
        if rules:
            rules(page, table)
        for r, c, x, y, align, text in table.placed():
            page.text(x, y, text, align=align)
            if r and c:
                page.text(table.xs[c] + 8, y, "£")
        return [row if n == 0 else [row[0], *(re.compile("£ ?" + re.escape(t)) for t in row[1:])] for n, row in enumerate(table.read())]


@cases("characters")
def test_the_same_characters_come_out_however_they_are_shown(
    reading: Callable[[str], Reading], group: str, number: int
) -> None:
    assert_one_table(reading(group), number)
