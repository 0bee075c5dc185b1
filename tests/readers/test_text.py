"""Plain text: tables of tabs and of Markdown amid prose, pages, encodings."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from qippctl.errors import LimitError, UnreadableError
from qippctl.models.document import Document, Grid, Prose
from qippctl.readers import Limits, Pages, read
from qippctl.readers.text import read_text


def blocks(document: Document) -> list[str | list[list[str]]]:
    """Prose as its text and grids as their rows, in order."""
    return [block.text if isinstance(block, Prose) else block.texts() for block in document.blocks]


def of(text: str) -> list[str | list[list[str]]]:
    return blocks(read_text("paper.txt", "", text, "text/plain"))


def test_prose_and_tables_stay_in_order_and_on_their_page(tmp_path: Path) -> None:
    path = tmp_path / "board.md"
    path.write_text("# QIPP report\n\nScheme\tPlan\nBeds\t100\n\fClosing words\n", encoding="utf-8")
    document = read(path)
    assert blocks(document) == ["QIPP report", [["Scheme", "Plan"], ["Beds", "100"]], "Closing words"]
    assert [block.page for block in document.blocks] == [1, 1, 2]
    assert (document.name, document.media_type, document.page_count) == ("board.md", "text/markdown", 2)
    assert [page.number for page in document.pages] == [1, 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb\nc", [[["a", "b"]], "c"]),
        ("a\tb\n\nc\td", [[["a", "b"]], [["c", "d"]]]),  # a blank line parts two tables
        ("a\tb\tc\nd\te", [[["a", "b", "c"], ["d", "e", ""]]]),  # short rows are filled
        ("a\tb\n---\t---\nc\td", [[["a", "b"], ["c", "d"]]]),  # a rule is no row
        ("a\tb\n-\t5\n", [[["a", "b"], ["-", "5"]]]),  # a dash is a figure
        ("a\tb\n-\t-\n", [[["a", "b"], ["-", "-"]]]),
        ("a\t\n", [[["a", ""]]]),
        ("a\r\nb\rc\n", ["a", "b", "c"]),
        ("## Savings\n#tag\n", ["Savings", "#tag"]),
        ("  indented  \n\n\n", ["indented"]),
        ("", []),
    ],
)
def test_tabs_make_tables(text: str, expected: list[object]) -> None:
    assert of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| a | b |\n|---|--:|\n| c | 1 |", [[["a", "b"], ["c", "1"]]]),
        ("a | b\n:-- | :--:\nc | 1\n\nend", [[["a", "b"], ["c", "1"]], "end"]),
        ("| a | b |\n|---|---|\n| c \\| d | 1 |", [[["a", "b"], ["c | d", "1"]]]),
        ("| a | b |\n|---|---|\n| c | |", [[["a", "b"], ["c", ""]]]),
        ("| a | b |\n|---|---|\n| | 1 |", [[["a", "b"], ["", "1"]]]),
        ("a | b\n--|--\nc | d \\|", [[["a", "b"], ["c", "d |"]]]),  # a bar at the end that closes nothing
        ("| a | b |\n|:-:|-:|\n| c | 1 |", [[["a", "b"], ["c", "1"]]]),
        ("| a | b |\n| - | - |\n", ["| a | b |", "| - | - |"]),  # dashes are figures
        ("| Plan<br>£000 | YTD<br/>plan <BR /> |\n|---|---|", [[["Plan\n£000", "YTD\nplan"]]]),
        ("| a | b |\n|---|---|\n| \\(1,440\\) | \\-5 \\* C:\\d |", [[["a", "b"], ["(1,440)", "-5 * C:\\d"]]]),
        ("| a\t| b |\n|---\t|---|\n| c\t| 1 |", [[["a", "b"], ["c", "1"]]]),  # set out with tabs
        ("a\tb | c\nd\te | f", [[["a", "b | c"], ["d", "e | f"]]]),
        ("red | amber", ["red | amber"]),  # a bar alone is no table
        ("red | amber\ngreen | blue", ["red | amber", "green | blue"]),
        ("a | b\n- | -\n", ["a | b", "- | -"]),
    ],
)
def test_a_row_of_hyphens_makes_a_markdown_table(text: str, expected: list[object]) -> None:
    assert of(text) == expected


def test_a_grid_says_how_it_was_known() -> None:
    document = read_text("paper.txt", "", "a\tb\n\na | b\n--|--\n", "text/plain")
    assert [block.method for block in document.blocks if isinstance(block, Grid)] == ["tabs", "markdown"]


@pytest.mark.parametrize(("text", "count"), [("a", 1), ("a\f", 1), ("a\fb", 2), ("a\fb\f", 2), ("a\f\fb\f", 3)])
def test_a_form_feed_ends_a_page(text: str, count: int) -> None:
    assert read_text("paper.txt", "", text, "text/plain").page_count == count


def test_only_chosen_pages_are_read_and_the_first_ones_kept_for_the_cover(tmp_path: Path) -> None:
    path = tmp_path / "pack.txt"
    path.write_text("one\ftwo\fthree\tthird\ffour\f")
    document = read(path, Pages.parse("3-9"))
    assert blocks(document) == [[["three", "third"]], "four"]
    assert [page.number for page in document.pages] == [3, 4]
    assert document.page_count == 4
    assert document.front == (Prose("one", 1), Prose("two", 2))
    assert read(path).front == ()


def test_a_selection_beyond_the_last_page_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "short.txt"
    path.write_text("one")
    with pytest.raises(UnreadableError, match=r"short\.txt: has 1 page, none of them among 7$"):
        read(path, Pages.parse("7"))


@pytest.mark.parametrize(
    ("text", "limits", "words"),
    [
        ("a\fb\fc", Limits(pages=2), "has 3 pages, more than the 2 allowed"),
        ("a\tb\tc\nd\te\tf", Limits(cells=5), "more than 5 table cells"),
        # Filled to one width these would be ten thousand million cells.
        ("\t" * 100_000 + "\n" + "a\tb\n" * 100_000, Limits(), "more than 400000 table cells"),
    ],
    ids=["pages", "cells", "one long row"],
)
def test_bounds_hold_before_anything_is_built(text: str, limits: Limits, words: str) -> None:
    with pytest.raises(LimitError, match=words):
        read_text("paper.txt", "", text, "text/plain", None, limits)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("£1,440 – saved".encode(), "£1,440 – saved"),
        ("\ufeff£1,440 – saved".encode(), "£1,440 – saved"),
        ("£1,440 – saved".encode("utf-16"), "£1,440 – saved"),
        ("\ufeff£1,440 – saved".encode("utf-16-be"), "£1,440 – saved"),
        ("£1,440 – saved".encode("cp1252"), "£1,440 – saved"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big end first", "windows"],
)
def test_the_pound_sign_survives_every_encoding(content: bytes, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_bytes(content)
    assert blocks(read(path)) == [expected]


@pytest.mark.parametrize("start", ["PK screening", "%PD screening"])
def test_a_text_that_begins_like_another_format_is_text(start: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(f"{start}\tPlan\nBeds\t100\n")
    assert blocks(read(path)) == [[[start, "Plan"], ["Beds", "100"]]]


@pytest.mark.parametrize(
    "line", ["{}x|", "--{}x|", "|--|{}x", "|{}", "{}"], ids=["blanks first", "blanks last", "in a cell", "bar", "bare"]
)
@pytest.mark.parametrize("filling", [" ", "-", "|", "--|", "\\|"])
def test_a_line_of_a_megabyte_takes_linear_time(line: str, filling: str) -> None:
    def cost(size: int) -> float:
        text = "a|b\n" + line.format(filling * (size // len(filling)))
        start = time.process_time()
        read_text("paper.txt", "", text, "text/plain", None, Limits(cells=10**7))
        return time.process_time() - start

    # Step by step, so that a quadratic pattern is found out long before a megabyte.
    before = min(cost(1 << 13) for _ in range(3))
    for size in (1 << 16, 1 << 20):
        now = cost(size)
        assert now < 60 * max(before, 0.001), f"up to sixteen times the line took {now / before:.0f} times as long"
        before = now
