"""Listings as terminal tables, Markdown, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json

import pytest

from build import figure, paper
from qippctl.reports import papers as views
from qippctl.reports.listing import Block, Column, Listing
from qippctl.reports.render import render

HOSTILE = "=cmd|' /C calc'!A0 \x1b[31mred\x1b[0m \u202eevil <script>alert(1)</script> | [x](http://e.vil) [bold]"


def listing(label: str = "Scheme", rows: int = 3) -> Listing:
    columns = (
        Column("Scheme", "label"),
        Column("Plan", "number"),
        Column("Var", "number"),
        Column("Forecast variance", "number", optional=True),
    )
    body = tuple((f"{label} {i}", "1,148.7", "-952.1", "7") for i in range(rows))
    return Listing([], [Block(columns, body, ("The answer first.",), ("What needs a person last.",))])


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_numbers_never_wrap_and_no_line_is_too_long(width: int) -> None:
    lines = render(
        listing("A scheme with a very long name indeed, longer than any column"), "table", width=width
    ).splitlines()
    assert max(map(len, lines)) <= width
    assert sum("1,148.7" in line and "-952.1" in line for line in lines) == 3


def test_numbers_are_aligned_on_the_right() -> None:
    lines = [line for line in render(listing(), "table", width=80).splitlines() if "-952.1" in line]
    assert len({line.index("-952.1") for line in lines}) == 1


def test_optional_columns_give_way_first() -> None:
    assert "Forecast" in render(listing("A scheme of some length"), "table", width=80)
    assert "Forecast" not in render(listing("A scheme of some length"), "table", width=40)


def test_colour_is_never_the_only_sign() -> None:
    block = Block((Column("Scheme", "label"), Column("RAG", "colour")), (("A", "Red"),), tones=("bad",))
    coloured, plain = (render(Listing([], [block]), "table", colour=c) for c in (True, False))
    assert "\x1b[" in coloured and "\x1b" not in plain
    assert "Red" in coloured and "Red" in plain


def test_text_from_a_paper_cannot_act_in_the_terminal() -> None:
    text = render(listing(HOSTILE), "table", width=200)
    assert "\x1b" not in text and "\u202e" not in text
    assert "[bold]" in text


def test_text_from_a_paper_is_no_formula_in_csv() -> None:
    found = paper([figure(scheme=HOSTILE, raw="-797.1", value="-797.1")])
    rows = list(csv.DictReader(io.StringIO(render(views.figures([found]), "csv"))))
    assert rows[0]["scheme"].startswith("'=")
    assert (rows[0]["raw"], rows[0]["value"]) == ("-797.1", "-797.1")


def test_text_from_a_paper_is_no_markup_in_markdown() -> None:
    text = render(listing(HOSTILE), "md")
    assert "<script>" not in text
    body = [line for line in text.splitlines() if "1,148.7" in line]
    assert all(line.replace("\\|", "").count("|") == 5 for line in body)


def test_csv_of_figures_has_exactly_the_columns_of_a_figure() -> None:
    head = render(views.figures([paper()]), "csv").splitlines()[0]
    assert head == (
        "id,paper,sha256,page,table,row,column,bbox,organisation,workstream,scheme,subject,role,measure,basis,recurrence,case,"
        "version,qualifier,period,value,unit,step,raw,doubts"
    )


def test_json_is_one_array_and_jsonl_a_record_a_line() -> None:
    found = views.extracted([paper([figure(value="1440000.0", step="100.0")])])
    records = json.loads(render(found, "json"))
    assert [r["type"] for r in records] == ["paper", "figure"]
    assert (records[1]["value"], records[1]["step"], records[1]["doubts"]) == ("1440000", "100", [])
    assert [json.loads(line) for line in render(found, "jsonl").splitlines()] == records
