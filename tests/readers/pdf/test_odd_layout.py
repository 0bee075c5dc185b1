"""Tables whose rows and columns are nothing but space; colours and signs in cells; and pages that hold no table at all."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

import drawing
from drawing import Page, Table, width_of
from odd_pages import GROUPS, Expected, assert_one_table, case, cases, reading, texts

LABELS = [
    "Reducing emergency\nadmissions from\ncare homes",
    "Prescribing",
    "Planned care\npathways",
    "Community beds",
    "Total",
]
FIGURES = [
    ["1,234.5", "1,001", "(233.5)"],
    ["820", "940", "120"],
    ["75", "-", "(75)"],
    ["1", "2", "1"],
    ["2,130.5", "1,943", "(187.5)"],
]
HEADS = ["Scheme", "Plan", "Actual", "Variance"]


# ---- wrapped labels and headings -------------------------------------------------------------------------------------


def wrapped(page: Page, valign: str, size: float, pad: float, rules: Callable[[Page, Table], Any] | None) -> Expected:
    rows = [HEADS, *([label, *figures] for label, figures in zip(LABELS, FIGURES, strict=True))]
    table = Table(rows, size=size, valign=valign, pad=pad)
    table.draw(page, rules)
    return table.read()


for _valign in ("top", "middle", "bottom"):
    for _size, _pad in ((9, 5), (6, 3), (11, 4)):
        case("wrapped", f"{_valign}_{_size}")(
            functools.partial(wrapped, valign=_valign, size=_size, pad=_pad, rules=None)
        )
    for _rules in (drawing.across_only, drawing.stroked):
        case("wrapped", f"{_valign}_{_rules.__name__}")(
            functools.partial(wrapped, valign=_valign, size=9, pad=3, rules=_rules)
        )


@case("wrapped", "total_after_a_gap")
def _(page: Page) -> Expected:
    rows = [HEADS, *([label.split("\n")[0], *figures] for label, figures in zip(LABELS, FIGURES, strict=True))]
    table = Table(rows, gaps={4: 16})
    table.draw(page)
    return table.read()


@case("wrapped", "blank_cells_and_dashes")
def _(page: Page) -> Expected:
    table = Table(
        [
            HEADS,
            ["Prescribing", "1,234", "", "-"],
            ["Planned care", "", "820", ""],
            ["Mental health", "-", "-", "-"],
            ["Beds", "75", "70", "(5)"],
            ["Total", "1,309", "890", "(5)"],
        ]
    )
    table.draw(page)
    return table.read()


@case("wrapped", "labels_that_stand_back")
def _(page: Page) -> Expected:
    table = Table([HEADS, *([label.split("\n")[0], *figures] for label, figures in zip(LABELS, FIGURES, strict=True))])
    for r, c, x, y, align, text in table.placed():
        page.text(x + (12 if c == 0 and r in (2, 3) else 0), y, text, align=align)
    return table.read()


@case("wrapped", "figures_close_together")
def _(page: Page) -> Expected:
    """Columns a few points apart, as landscape tables printed on a portrait page have them."""
    body = [
        ["Beds", "1,234.5", "1,001.0", "(233.5)"],
        ["Drugs", "2,820.1", "1,940.7", "(879.4)"],
        ["Total", "4,054.6", "2,941.7", "(1,112.9)"],
    ]
    table = Table([["Scheme", "Plan", "Actual", "Var"], *body], widths=(70, 30, 30, 34), size=6.5, pad=2)
    table.draw(page)
    return table.read()


@cases("wrapped")
def test_a_label_of_many_lines_is_one_row(group: str, number: int) -> None:
    assert_one_table(reading(group), number)


GROUP_ROWS = [
    HEADS,
    ["Planned care", "", "", ""],
    ["Outpatients", "1,234.5", "1,001", "(233.5)"],
    ["Day cases", "820", "940", "120"],
    ["Unplanned care", "", "", ""],
    ["Ambulances", "75", "-", "(75)"],
    ["Falls", "1", "2", "1"],
    ["Total", "2,130.5", "1,943", "(187.5)"],
]
for _rules in (None, drawing.across_only, drawing.stroked):

    @case("groups", f"group_headings_{_rules.__name__ if _rules else 'bare'}")
    def _(page: Page, rules: Any = _rules) -> Expected:
        table = Table(GROUP_ROWS)
        table.draw(page, rules)
        return table.read()

    @case("groups", f"group_headings_and_wrapped_labels_{_rules.__name__ if _rules else 'bare'}")
    def _(page: Page, rules: Any = _rules) -> Expected:
        rows = [list(row) for row in GROUP_ROWS]
        rows[2][0], rows[5][0] = "Outpatients seen\nagain", "Ambulances\nnot sent"
        table = Table(rows, pad=6)
        table.draw(page, rules)
        return table.read()


@cases("groups")
def test_a_group_heading_is_a_row_of_its_own(group: str, number: int) -> None:
    assert_one_table(reading(group), number)


BODY = [
    ["Prescribing", "1,234.5", "1,001", "2,400"],
    ["Planned care", "820", "940", "1,600"],
    ["Total", "2,054.5", "1,941", "4,000"],
]
HEADINGS = {
    "two_lines": ["Scheme", "Plan to\ndate", "Actual to\ndate", "Full year\nplan"],
    "three_lines": ["Name of the\nscheme", "Plan\nto date\n£000", "Actual\nto date\n£000", "Plan\nfull year\n£000"],
    "four_lines": [
        "Scheme",
        "2014/15\nPlan\nto date\n£000",
        "2014/15\nActual\nto date\n£000",
        "2014/15\nPlan\nfull year\n£000",
    ],
    "uneven_lines": ["Scheme", "Plan", "Actual\nto date\n£000", "Full year\nplan"],
}
for _name, _head in HEADINGS.items():
    for _rules in (None, drawing.head_and_total, drawing.across_only):
        for _valign in ("top", "bottom"):

            @case("headings", f"{_name}_{_valign}_{_rules.__name__ if _rules else 'bare'}")
            def _(page: Page, head: Any = _head, rules: Any = _rules, valign: str = _valign) -> Expected:
                table = Table([head, *BODY], valign=valign, headings=0 if valign == "bottom" else 1)
                if valign == "bottom":
                    # Headings that stand at the foot of their row; the columns of figures stay right-aligned.
                    if rules:
                        rules(page, table)
                    for r, c, _, y, _, text in table.placed():
                        x = table.xs[c + 1] - 4 if c else table.x + 4
                        page.text(x, y, text, align="right" if c else "left", font="F1" if r else "F2")
                else:
                    table.draw(page, rules)
                return table.read()


@cases("headings")
def test_headings_of_many_lines_stay_over_their_columns(group: str, number: int) -> None:
    """Whether their lines are one row or several is the reader's affair: each column reads the same from the top."""
    found = reading(group)
    (grid,) = found.grids(number)
    printed, expected = texts(grid), found.expected[number - 1]
    assert printed[-len(BODY) :] == BODY
    above = [" ".join(" ".join(column).split()) for column in zip(*printed[: -len(BODY)], strict=True)]
    assert above == list(expected[0])


# A short heading over the middle of three columns may be that column's alone: only a rule tells.
SPANS: dict[str, tuple[list[str | None], tuple[Any, ...]]] = {
    "two_groups": (["", "Year to date", None, "Full year", None], (None, drawing.across_only)),
    "three_and_one": (["", "Year to date", None, None, "Outturn"], ()),
    "wide_names": (["", "Cumulative to February", None, "Forecast for year", None], (None, drawing.across_only)),
}
for _name, (_top, _free) in SPANS.items():
    for _rules in (*_free, drawing.stroked, "underlined"):

        @case("spans", f"{_name}_{_rules if isinstance(_rules, str) else _rules.__name__ if _rules else 'bare'}")
        def _(page: Page, top: Any = _top, rules: Any = _rules) -> Expected:
            table = Table(
                [
                    top,
                    ["Scheme", "Plan", "Actual", "Variance", "Forecast"],
                    ["Prescribing", "1,234.5", "1,001", "(233.5)", "2,150"],
                    ["Planned care", "820", "940", "120", "1,700"],
                    ["Mental health", "75", "80", "5", "90"],
                    ["Total", "2,129.5", "2,021", "(108.5)", "3,940"],
                ],
                widths=(110, 65, 65, 65, 65),
                headings=2,
            )
            if rules == "underlined":
                for r, c, (x0, _, x1, y1) in table.boxes():
                    if r == 0 and table.rows[0][c]:
                        page.line(x0 + 4, y1, x1 - 4, y1)
                rules = None
            table.draw(page, rules)
            return table.read()


@cases("spans")
def test_a_heading_over_a_group_reaches_over_its_columns(group: str, number: int) -> None:
    grid = assert_one_table(reading(group), number)
    top, _ = SPANS[next(name for name in SPANS if GROUPS[group][number - 1].name.startswith(name))]
    for column, text in enumerate(top):
        reach = 1
        while column + reach < len(top) and top[column + reach] is None:
            reach += 1
        if text and reach > 1:
            assert grid.rows[0][column].colspan == reach
            assert all(cell.covered for cell in grid.rows[0][column + 1 : column + reach])
    assert not any(cell.covered for row in grid.rows[2:] for cell in row)


# ---- colours and signs -----------------------------------------------------------------------------------------------

RED, AMBER, GREEN = (1.0, 0.0, 0.0), (1.0, 0.75, 0.0), (0.0, 0.69, 0.31)
COLOURS = {"#ff0000": RED, "#ffbf00": AMBER, "#00b050": GREEN}
RATED = Table(
    [["Scheme", "Plan", "RAG"], ["Beds", "1,234", ""], ["Drugs", "820", ""], ["Falls", "75", ""], ["Wards", "10", ""]],
    widths=(120, 70, 60),
)


def rated(page: Page, shape: str, rules: Callable[[Page, Table], Any], inset: float = 0) -> Expected:
    """The last column says red, amber, green and nothing, in colour alone."""

    def colour() -> None:
        for y0, y1, rgb in zip(RATED.ys[1:], RATED.ys[2:], COLOURS.values(), strict=False):
            x0, x1 = RATED.xs[2], RATED.xs[3]
            if shape == "cell":
                page.fill(x0 + inset, y0 + inset, x1 - inset, y1 - inset, rgb)
            elif shape == "disc":
                page.disc((x0 + x1) / 2, (y0 + y1) / 2, 5, rgb)
            elif shape == "rounded":
                page.round_box(x0 + 8, y0 + 3, x1 - 8, y1 - 3, 3, "f", rgb)

    if inset >= 0:
        colour()
    RATED.draw(page, rules)
    if inset < 0:
        inset = 0.5
        colour()
    return RATED.read()


case("colours", "cell_behind_the_rules")(lambda page: rated(page, "cell", drawing.stroked))
case("colours", "cell_behind_filled_rules")(lambda page: rated(page, "cell", drawing.filled))
case("colours", "cell_inside_the_rules")(lambda page: rated(page, "cell", drawing.boxed, 1))
case("colours", "disc")(lambda page: rated(page, "disc", drawing.stroked))
case("colours", "disc_in_boxes")(lambda page: rated(page, "disc", drawing.boxed))
case("colours", "rounded_box")(lambda page: rated(page, "rounded", drawing.stroked))


@case("colours", "cell_in_a_painted_page")
def _(page: Page) -> Expected:
    """White behind the page and behind each cell is no colour of a cell's own."""
    page.fill(0, 0, page.width, page.height, drawing.WHITE)
    for _, _, box in RATED.boxes():
        page.fill(*box, drawing.WHITE)
    return rated(page, "cell", drawing.stroked)


def near(found: str, wanted: str) -> bool:
    return bool(re.fullmatch("#[0-9a-f]{6}", found)) and all(
        abs(int(found[i : i + 2], 16) - int(wanted[i : i + 2], 16)) <= 1 for i in (1, 3, 5)
    )


@cases("colours")
def test_a_colour_without_a_word_is_the_fill_of_its_cell(group: str, number: int) -> None:
    grid = assert_one_table(reading(group), number)
    fills = [row[2].fill for row in grid.rows]
    assert all(near(fill, colour) for fill, colour in zip(fills[1:4], COLOURS, strict=True)), fills
    assert fills[0] == fills[4] == ""
    assert not any(cell.fill for row in grid.rows for cell in row[:2])


SIGNS: dict[str, tuple[str, list[bytes], list[str]]] = {
    "dingbat_arrows": ("Z", [b"\xe8", b"\xd5", b"\xe4"], ["➨", "→➔", "➤➔➢➣➥➦➧"]),
    "symbol_arrows": ("S", [b"\xad", b"\xaf", b"\xae"], ["↑", "↓", "→"]),
    "dingbat_ticks": ("Z", [b"3", b"4", b"8"], ["✓", "✔", "✘"]),
    "symbol_double_arrows": ("S", [b"\xab", b"\xdd", b"\xdf"], ["↔", "⇑", "⇓"]),
}
ARROWS_AND_TICKS = re.compile("[\u2190-\u21ff\u2713-\u2718\u2794-\u27be\u25b2-\u25c4\u2b00-\u2bff\ue000-\uf8ff✅❌]")

for _name, (_font, _codes, _) in SIGNS.items():

    @case("signs", _name)
    def _(page: Page, font: str = _font, codes: list[bytes] = _codes) -> Expected:
        RATED.draw(page, drawing.stroked)
        for y, code in zip(RATED.ys[1:], codes, strict=False):
            page.text(RATED.xs[2] + 25, y + 12, code, 10, font=font)
        rows: list[list[Any]] = [list(row) for row in RATED.read()]
        for r in range(len(codes)):
            rows[r + 1][2] = ARROWS_AND_TICKS
        return rows


@cases("signs")
def test_an_arrow_or_tick_is_no_letter(group: str, number: int) -> None:
    """Their codes are those of letters and digits: `3` in ZapfDingbats is a tick."""
    grid = assert_one_table(reading(group), number)
    wanted = SIGNS[GROUPS[group][number - 1].name][2]
    if GROUPS[group][number - 1].name != "dingbat_arrows":
        assert [row[2].text for row in grid.rows[1:4]] == wanted
    assert len({row[2].text for row in grid.rows[1:4]}) == 3


# ---- pages without a table -------------------------------------------------------------------------------------------


@case("no table", "bar_chart")
def _(page: Page) -> Expected:
    page.text(150, 80, "Savings by month, £000", 11)
    for n in range(6):
        y = 400 - n * 50
        page.text(95, y + 3, str(n * 200), 8, align="right")
        page.line(100, y, 460, y, 0.3)
    for n, (month, height) in enumerate(
        zip(["Apr", "May", "Jun", "Jul", "Aug", "Sep"], (40, 90, 120, 160, 210, 230), strict=True)
    ):
        page.fill(115 + n * 58, 400 - height, 150 + n * 58, 400, (0.2, 0.4, 0.7))
        page.text(132 + n * 58, 414, month, 8, align="centre")
    page.line(100, 150, 100, 400, 1)
    return []


@case("no table", "bar_chart_with_values_and_a_grid")
def _(page: Page) -> Expected:
    page.stroke_box(60, 60, 540, 440)
    for n in range(6):
        page.line(100, 400 - n * 50, 460, 400 - n * 50, 0.3)
        page.line(100 + n * 72, 150, 100 + n * 72, 400, 0.3)
        page.text(95, 403 - n * 50, f"{n * 20}%", 8, align="right")
    for n, (name, height) in enumerate((("North", 130), ("South", 200), ("East", 90), ("West", 170))):
        page.fill(120 + n * 85, 400 - height, 160 + n * 85, 400, (0.2, 0.6, 0.4))
        page.text(140 + n * 85, 395 - height, str(height), 8, align="centre")
        page.text(140 + n * 85, 414, name, 8, align="centre")
    return []


@case("no table", "line_chart_with_a_legend")
def _(page: Page) -> Expected:
    for n in range(5):
        page.text(95, 303 - n * 40, f"{n * 1.5:.1f}", 8, align="right")
        page.line(100, 300 - n * 40, 460, 300 - n * 40, 0.3)
    for n in range(11):
        page.line(100 + n * 30, 300 - n * n, 130 + n * 30, 300 - (n + 1) ** 2, 1.5)
        page.text(115 + n * 30, 314, f"M{n + 1}", 7, align="centre")
    for n, name in enumerate(("Plan", "Actual")):
        page.fill(480, 150 + n * 16, 490, 158 + n * 16, (0.8 * n, 0.2, 0.2))
        page.text(494, 158 + n * 16, name, 8)
    return []


@case("no table", "logo")
def _(page: Page) -> Expected:
    for n in range(60):
        page.round_box(400 + n % 10 * 8, 60 + n // 10 * 8, 407 + n % 10 * 8, 67 + n // 10 * 8, 3, "f", (0, 0.3, 0.7))
    page.text(60, 150, "South Essex Partnership", 14)
    page.text(60, 180, "Report of the director of finance to the board", 10)
    return []


SENTENCES = [
    "The committee is asked to note that savings of £1,234k were delivered against a plan of",
    "£1,500k at month 11, and that 82% of the programme is on track. The risk of £266k will be",
    "met from contingency. Officers will bring a further paper to the meeting in April 2015.",
]


@case("no table", "framed_prose")
def _(page: Page) -> Expected:
    page.stroke_box(55, 80, 520, 140)
    page.lines(65, 100, SENTENCES, 10)
    page.lines(65, 200, SENTENCES, 10)
    return []


@case("no table", "shaded_frames")
def _(page: Page) -> Expected:
    for y in (80, 200, 320):
        page.fill(55, y, 520, y + 70, drawing.GREY)
        page.stroke_box(55, y, 520, y + 70)
        page.lines(65, y + 20, SENTENCES, 10)
    return []


@case("no table", "form_with_boxes")
def _(page: Page) -> Expected:
    page.text(60, 80, "Declaration of interests", 13)
    for n, label in enumerate(("Name of member", "Post held", "Nature of interest", "Date declared")):
        page.text(60, 120 + n * 40, label, 10)
        page.stroke_box(180, 106 + n * 40, 480, 126 + n * 40)
    for n in range(8):
        page.stroke_box(180 + n * 20, 290, 196 + n * 20, 306)
    page.text(60, 302, "Staff number", 10)
    return []


@case("no table", "two_columns_of_prose")
def _(page: Page) -> Expected:
    words = " ".join(SENTENCES * 6).split()
    for x in (55, 310):
        line, y = "", 80.0
        for n, word in enumerate(words):
            if width_of(f"{line} {word}", 9.5) > 225 or n == len(words) - 1:
                page.text(x, y, line, 9.5)
                line, y = word, y + 12.5
            else:
                line = f"{line} {word}".strip()
    return []


@case("no table", "numbered_paragraphs")
def _(page: Page) -> Expected:
    y = 90.0
    for n in range(1, 7):
        page.text(60, y, f"{n // 3 + 1}.{n}", 10)
        y = page.lines(95, y, SENTENCES[: 2 + n % 2], 9.5) + 8
    return []


@case("no table", "contents_with_dotted_leaders")
def _(page: Page) -> Expected:
    page.text(60, 70, "Contents", 14)
    for n, title in enumerate(
        ("Introduction", "Financial position", "Savings programme", "Risks", "Performance", "Appendices"), 1
    ):
        dots = int((470 - 80 - width_of(title, 10)) / width_of(".", 10)) - 2
        page.text(60, 90 + n * 18, f"{n}", 10)
        page.text(80, 90 + n * 18, title + "." * dots, 10)
        page.text(490, 90 + n * 18, str(n * 4), 10, align="right")
    return []


@case("no table", "contents_with_leaders_of_space")
def _(page: Page) -> Expected:
    page.text(60, 70, "Contents", 14)
    for n, title in enumerate(("Introduction", "Financial position", "Savings programme", "Risks", "Performance"), 1):
        page.text(60, 90 + n * 18, f"{n}. {title} . . . . . . . . . . . . . . . . . . . . {n * 4}", 10)
    return []


@case("no table", "agenda_with_times")
def _(page: Page) -> Expected:
    page.text(60, 70, "Agenda for the meeting on 25 March 2015", 13)
    for n, item in enumerate(
        (
            "Apologies and declarations",
            "Minutes of the last meeting",
            "Finance report at month 11",
            "Any other business",
        )
    ):
        page.text(60, 110 + n * 22, f"{9 + n // 2}.{n % 2 * 3}0", 10)
        page.text(110, 110 + n * 22, item, 10)
    return []


@case("no table", "addresses")
def _(page: Page) -> Expected:
    for n, name in enumerate(("Mrs A Reader", "Dr B Writer", "Mr C Counter")):
        page.lines(60, 90 + n * 90, [name, f"{12 + n} High Street", "Brentwood", "Essex", f"CM{13 + n} 3AB"], 10)
    return []


@case("no table", "bullets")
def _(page: Page) -> Expected:
    y = 90.0
    for n in range(6):
        page.text(60, y, "•", 10)
        y = page.lines(78, y, SENTENCES[: 1 + n % 3], 10) + 4
    return []


@case("no table", "a_letter")
def _(page: Page) -> Expected:
    page.lines(380, 80, ["Trust Headquarters", "Lodge Approach", "Wickford", "SS11 7XX"], 10)
    page.lines(60, 160, ["25 March 2015", "", "Dear colleague,", *SENTENCES, "", "Yours sincerely"], 10)
    page.line(60, 60, 540, 60, 1)
    page.line(60, 790, 540, 790, 1)
    page.text(300, 805, "Chair: Lady Counter     Chief executive: Mr Reader", 8, align="centre")
    return []


@cases("no table")
def test_what_is_no_table_makes_no_grid(group: str, number: int) -> None:
    assert [texts(grid) for grid in reading(group).grids(number)] == []
