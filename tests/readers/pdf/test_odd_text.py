"""The words of a table come out as they are seen: whole, once, in order, and none that nobody sees."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import drawing
from drawing import WHITE, Page, Table, num, width_of
from odd_pages import BASE, ROWS, Expected, assert_one_table, case, cases, reading, texts

# ---- characters ------------------------------------------------------------------------------------------------------


def with_body(*body: Sequence[str], size: float = 9, widths: Sequence[float] = (120, 70, 70)) -> Table:
    return Table([["Scheme", "Plan", "Actual"], *body], widths=widths, size=size)


def spoken(table: Table, expected: dict[str, str]) -> Expected:
    """The table's texts, some of them as the patterns that they may be read as."""
    return [
        [re.compile(expected[text]) if text in expected else " ".join(text.split()) for text in row]
        for row in table.rows
    ]  # type: ignore[index, union-attr]


LIGATED = [["E\ufb03ciency", "1,010", "808"], ["O\ufb04ine", "12", "(9)"], ["\ufb01nance", "7", "5"]]
for _rules in (drawing.stroked, None):

    @case("characters", f"ligatures_{'ruled' if _rules else 'bare'}")
    def _(page: Page, rules: Any = _rules) -> Expected:
        with_body(*LIGATED, size=10).draw(page, rules)
        return [
            ["Scheme", "Plan", "Actual"],
            ["Efficiency", "1,010", "808"],
            ["Offline", "12", "(9)"],
            ["finance", "7", "5"],
        ]


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
    return spoken(table, {"10-\n12": r"10- ?12"})


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
    table = with_body(
        ["Planned\u00a0care", "1\u00a0234", "5"], ["Beds", "12\u2009345", "7\u202f000"], ["Drugs", "1,000", "9"]
    )
    table.draw(page)
    return spoken(table, {"1\u00a0234": r"1\s?234", "12\u2009345": r"12\s?345", "7\u202f000": r"7\s?000"})


@case("characters", "true_minus")
def _(page: Page) -> Expected:
    table = with_body(["Beds", "\u22121,234", "\u22125"], ["Drugs", "1,000", "\u2212 9.5"], ["Total", "\u2212234", "4"])
    table.draw(page, drawing.stroked)
    return [
        [re.compile(re.escape(t).replace("\u2212", r"[-\u2212]").replace(r"\ ", " ?")) for t in row]
        for row in table.read()
    ]


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
    codes = drawing.literal(text.encode("cp1252"))
    page.put(f"BT /{font} 1 Tf {num(size)} 0 0 {num(size)} {num(a)} {num(b)} Tm", codes + b" Tj ET")


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


@case("characters", "pound_at_the_left_edge_of_the_cell")
def _(page: Page) -> Expected:
    """Excel's accounting format: the sign stands left, the number right."""
    body = [["Beds", "1,234", "820"], ["Drugs", "1,000", "9.50"], ["Total", "2,234", "829.50"]]
    table = with_body(*body, widths=(120, 60, 60))
    drawing.stroked(page, table)
    for r, c, x, y, align, text in table.placed():
        page.text(x, y, text, align=align)
        if r and c:
            page.text(table.xs[c] + 8, y, "£")
    return [
        ["Scheme", "Plan", "Actual"],
        *([row[0], *(re.compile("£ ?" + re.escape(t)) for t in row[1:])] for row in body),
    ]


@cases("characters")
def test_the_same_characters_come_out_however_they_are_shown(group: str, number: int) -> None:
    assert_one_table(reading(group), number)


# ---- what nobody sees ------------------------------------------------------------------------------------------------

UNSEEN = [["Old scheme", "999,991", "999,992", "999,993"], ["Secret", "999,994", "999,995", "999,996"]]


def with_unseen(page: Page, rules: Any, below: float, **how: Any) -> Expected:
    """A table, and other rows that nobody sees: beneath it, or in its own cells."""
    BASE.draw(page, rules)
    for _, _, x, y, align, text in replace(BASE, rows=UNSEEN, headings=0, top=below).placed():
        page.text(x, y, text, align=align, **how)
    return BASE.read()


for _rules in (drawing.stroked, drawing.across_only, None):
    for _name, _how in (
        ("invisible", {"mode": 3}),
        ("white_on_white", {"rgb": WHITE}),
        ("nearly_white", {"rgb": (0.995,) * 3}),
    ):
        for _place, _below in (
            ("beneath", BASE.bottom),
            ("further_down", BASE.bottom + 40),
            ("in_the_cells", BASE.ys[1]),
        ):
            case("unseen", f"{_name}_{_place}_{_rules.__name__ if _rules else 'bare'}")(
                functools.partial(with_unseen, rules=_rules, below=_below, **_how)
            )


@case("unseen", "white_on_a_white_band")
def _(page: Page) -> Expected:
    page.fill(BASE.xs[0], BASE.bottom, BASE.xs[-1], BASE.bottom + 40, WHITE)
    return with_unseen(page, drawing.stroked, BASE.bottom, rgb=WHITE)


@cases("unseen")
def test_what_nobody_sees_is_in_no_cell(group: str, number: int) -> None:
    grid = assert_one_table(reading(group), number)
    assert "999" not in str(grid.texts())


def scanned(page: Page, rows: int) -> Expected:
    """A photograph of the whole page, and over it the words that a program recognised there, unseen."""
    page.pictures["Scan"] = page.pdf.stream(
        bytes(230 + (x * y) % 20 for x in range(60) for y in range(80)),
        "/Type/XObject/Subtype/Image/Width 60/Height 80/ColorSpace/DeviceGray/BitsPerComponent 8",
    )
    page.picture(0, 0, page.width, page.height, "Scan")
    table = replace(BASE, rows=ROWS[:rows], top=150)
    page.text(60, 100, "Savings programme at month eleven", 12, mode=3)
    for _, _, x, y, align, text in table.placed():
        page.text(x, y, text, align=align, mode=3)
    page.text(60, 400, "The committee is asked to note the position.", 10, mode=3)
    return table.read()


case("scan", "table")(lambda page: scanned(page, 5))
case("scan", "short_table")(lambda page: scanned(page, 3))


@cases("scan")
def test_the_words_of_a_scan_are_read_though_they_are_invisible(group: str, number: int) -> None:
    found = reading(group)
    cells = " ".join(text for grid in found.grids(number) for row in texts(grid) for text in row)
    everything = f"{found.prose(number)} {cells}"
    assert "Savings programme at month eleven" in everything
    for row in found.expected[number - 1]:
        for text in row:
            assert str(text) in everything


# ---- footnote marks --------------------------------------------------------------------------------------------------

# What may stand after the number: nothing, or the mark where it cannot be taken for a digit.
_MARK = r"(?: ?[(\[]2[)\]]| 2| ?[²*a†])?"


def marked(page: Page, rules: Any, size: float, mark: str, gap: float, *, by_rise: bool) -> Expected:
    """`1,234` with a small raised mark after it, which is no digit of it."""
    table = with_body(["Beds", "1,234", "820"], ["Drugs", "1,000", "(9.5)"], ["Total", "2,234", "810"], size=size)
    table = replace(table, pad=8)
    if rules:
        rules(page, table)
    small = size * 0.6
    for r, c, x, y, align, text in table.placed():
        page.text(x, y, text, size, align=align)
        if (r, c) in ((1, 1), (2, 2)):
            if by_rise:
                a, b = page.at(x + gap, y)
                rise = f"BT /F1 {num(small)} Tf {num(size * 0.35)} Ts 1 0 0 1 {num(a)} {num(b)} Tm "
                page.put(rise, drawing.literal(mark.encode("cp1252")), "Tj 0 Ts ET")
            else:
                page.text(x + gap, y - size * 0.35, mark, small)
    rows: list[list[Any]] = [list(row) for row in table.read()]
    rows[1][1], rows[2][2] = re.compile("1,234" + _MARK), re.compile(r"\(9\.5\)" + _MARK)
    return rows


for _rules in (drawing.stroked, None):
    for _size, _mark, _gap, _rise in (
        (9, "2", 0, False), (9, "2", 0.5, False), (7, "2", 0, True), (11, "2", 0, True), (12, "2", 1, False),
        (9, "(2)", 0, False), (9, "²", 0, False), (9, "*", 0, False), (9, "a", 0.3, True), (9, "†", 0, False),
    ):  # fmt: skip
        case("marks", f"{_mark}_{_size}_{_gap}_{'rise' if _rise else 'placed'}_{'ruled' if _rules else 'bare'}")(
            functools.partial(marked, rules=_rules, size=_size, mark=_mark, gap=_gap, by_rise=_rise)
        )


@case("marks", "on_a_label")
def _(page: Page) -> Expected:
    table = with_body(["Ward 12", "1,234", "820"], ["Drugs", "1,000", "9"])
    table.draw(page, drawing.stroked)
    page.text(table.x + 4 + width_of("Ward 12", 9), table.ys[1] + 4 + 9 * 0.9 - 3, "3", 5.4)
    return [table.read()[0], [re.compile(r"Ward 12(?: 3| ?³| ?\(3\))?"), "1,234", "820"], table.read()[2]]


@cases("marks")
def test_a_footnote_mark_is_no_digit(group: str, number: int) -> None:
    assert_one_table(reading(group), number)
