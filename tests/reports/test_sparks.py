"""Bars beside tables: as long as the part is of the whole, and only where a terminal has room and the characters."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qippctl.models.base import Model
from qippctl.reports.listing import Block, Column, Listing
from qippctl.reports.render import render
from qippctl.reports.sparks import WIDTH, bar, bars, can_show, sparkline


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (50, 100, "█████·····"),
        (100, 100, "██████████"),
        (101, 100, "██████████+"),
        (0, 100, "··········"),
        (-5, 100, "··········"),
        ("0.01", 100, "▏·········"),  # something is not nothing
        ("99.99", 100, "█████████▉"),  # nearly is not all
        (5, 0, ""),
        (5, -1, ""),
        (None, 100, ""),
        (5, None, ""),
    ],
)
def test_a_bar_is_as_long_as_its_part(part: object, whole: object, shown: str) -> None:
    made = bar(*(None if v is None else Decimal(str(v)) for v in (part, whole)))
    assert made == shown
    assert len(made.rstrip("+")) in (0, WIDTH)


def test_a_sparkline_has_a_mark_a_value() -> None:
    assert sparkline([]) == ""
    assert sparkline([None, Decimal(-1), Decimal(8)]) == "·▁█"


@pytest.mark.parametrize(
    ("environment", "encoding", "is_terminal", "shown"),
    [
        ({}, "UTF-8", True, True),
        ({"TERM": "xterm"}, "utf8", True, True),
        ({"TERM": "dumb"}, "utf-8", True, False),
        ({}, "ANSI_X3.4-1968", True, False),
        ({}, "iso8859-1", True, False),
        ({}, "utf-8", False, False),
    ],
)
def test_bars_need_a_terminal_that_can_show_them(
    environment: dict[str, str], encoding: str, is_terminal: bool, shown: bool
) -> None:
    assert can_show(environment, encoding, is_terminal=is_terminal) is shown


def _listing() -> Listing:
    columns = (Column("Scheme", "label"), Column("Plan", "number"), Column("", "colour"), bars("Delivery"))
    rows = (("A scheme with a name of some length", "1,000.0", "~", "█████·····"),)
    return Listing([Model()], [Block(columns, rows)])


@pytest.mark.parametrize(
    ("width", "wanted", "shown"), [(120, True, True), (120, False, False), (59, True, True), (58, True, False)]
)
def test_bars_take_no_room_from_anything_else(width: int, wanted: bool, shown: bool) -> None:
    text = render(_listing(), "table", width=width, bars=wanted)
    assert ("█" in text) is shown
    assert "A scheme with a name of some length" in text
    assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize("form", ["md", "csv", "json", "jsonl"])
def test_bars_are_for_tables_alone(form: str) -> None:
    assert "█" not in render(_listing(), form, width=200, bars=True)  # type: ignore[arg-type]
