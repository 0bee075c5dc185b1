"""What a table was taken for, teaching qippctl a table that it does not know, and the evidence of one figure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest

from conftest import SAMPLES, Run
from qippctl import resources
from qippctl.interpret import layouts
from qippctl.models.figure import Subject

PAPER = """\
Fellside Integrated Care Board
Finance committee
20 October 2024
Efficiency programme month 6 of 2024/25

Efficiency programme £000
Opportunity\tAsk\tLanding\tBanked by M6
Theatres\t400\t380\t190
Beds\t300\t250\t100
Total\t700\t630\t290
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "icb-m06.txt"
    path.write_text(PAPER, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    layouts.forget()
    yield
    layouts.forget()


def figures(run: Callable[..., Run], path: Path) -> dict[tuple[str, str, str], str]:
    done = run("extract", path, "--format", "jsonl")
    read = [json.loads(line) for line in done.out.splitlines()]
    return {
        (f["scheme"] or f["role"], f"{f['measure']}.{f['basis']}", f["period"]): f["value"]
        for f in read
        if f["type"] == "figure"
    }


def test_explain_says_what_each_column_was_taken_for(run: Callable[..., Run]) -> None:
    done = run("layouts", "explain", SAMPLES / "northmere-board-m11.pdf", "--table", "p5t1", "--format", "json")
    [table] = json.loads(done.out)
    taken = {c["holds"]: (c["because"], c["unit"]) for c in table["columns"]}
    assert taken["plan.year"] == ("layout delivery-monitoring", "heading")
    assert taken["actual.ytd"] == ('word "actual*"', "heading")
    assert taken["workstream"][0] == "its heading" and table["reading"]["signs"].startswith("savings as printed")
    shown = run("layouts", "explain", SAMPLES / "northmere-board-m11.pdf")
    assert shown.status == 0 and "plan.ytd" in shown.out and "layout delivery-monitoring" in shown.out


def test_what_stayed_unknown_is_told(run: Callable[..., Run], paper: Path) -> None:
    done = run("layouts", "explain", paper)
    assert "Landing" in done.out and "3 columns of numbers not understood" in done.out


def test_a_table_is_learned_and_known_the_month_after(run: Callable[..., Run], paper: Path, tmp_path: Path) -> None:
    assert figures(run, paper) == {}
    said = ("--set", "Ask=plan.year", "--set", "landing=forecast.year", "--set", "4=actual.ytd")
    dry = run("layouts", "learn", paper, *said, "--dry-run")
    assert dry.status == 0 and '"plan.year" = [' in dry.out and not resources.user_folder("parsers").exists()
    done = run("layouts", "learn", paper, *said, "--name", "fellside")
    assert done.status == 0 and "0 figures before, 9 now" in done.out
    following = tmp_path / "icb-m07.txt"
    following.write_text(
        PAPER.replace("month 6", "month 7").replace("M6", "M7").replace("October", "November"), "utf-8"
    )
    read = figures(run, following)
    assert read["Theatres", "forecast.year", "2024/25"] == "380000"
    assert read["total", "actual.ytd", "2024/25-M07"] == "290000"
    again = run("layouts", "learn", following, "--table", "p1t1", *said, "--name", "fellside")
    assert again.status == 2 and "--replace" in again.err
    listed = json.loads(run("layouts", "list", "--format", "json").out)
    assert (listed[0]["name"], listed[0]["own"]) == ("fellside", True)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("Ask=plan.yr",), "is not measure.basis"),
        (("Foo=plan.year",), "is no heading of the table"),
        (("a=plan.year",), "part of several headings"),
        (("9=plan.year",), "there is no column 9"),
        (("Ask",), "COLUMN=MEANING"),
    ],
)
def test_what_cannot_be_learned_is_refused(
    run: Callable[..., Run], paper: Path, said: tuple[str, ...], told: str
) -> None:
    done = run("layouts", "learn", paper, *(word for pair in said for word in ("--set", pair)))
    assert done.status == 2 and told in done.err and not resources.user_folder("parsers").exists()


def test_nobody_is_asked_where_nobody_is(run: Callable[..., Run], paper: Path) -> None:
    done = run("layouts", "learn", paper)
    assert done.status == 2 and '"Ask", "Landing", "Banked by M6"' in done.err


def test_check_holds_layouts_against_their_schema(run: Callable[..., Run], tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(
        'name = "good"\nkind = "schemes"\n[identify]\nheadings = [["ask"]]\n[columns]\n"plan.ytd" = ["ask"]\n'
    )
    bad.write_text('name = "bad"\nkind = "schemes"\n[identify]\nheadings = [["ask"]]\n[columns]\n"plan.yt" = ["ask"]\n')
    assert run("layouts", "check", good).status == 0
    done = run("layouts", "check", good, bad)
    assert done.status == 2 and "not measure.basis" in done.out
    assert run("layouts", "check", *sorted((SAMPLES.parent / "parsers").glob("[!vo]*.toml"))).status == 0


def test_an_own_layout_outranks_a_shipped_one(run: Callable[..., Run]) -> None:
    own = resources.user_folder("parsers")
    own.mkdir(parents=True)
    text = """name = "ours"
kind = "schemes"
[identify]
headings = [["month * planned qipp"]]
[columns]
"target.ytd" = ["month 11 planned qipp"]
"""
    (own / "ours.toml").write_text(text, encoding="utf-8")
    done = run("layouts", "explain", SAMPLES / "northmere-board-m11.pdf", "--table", "p2t2", "--format", "json")
    [table] = json.loads(done.out)
    assert table["reading"]["layout"] == "ours" and table["columns"][2]["holds"] == "target.ytd"


def test_every_figure_tells_its_evidence(run: Callable[..., Run], sample_ledger: str) -> None:
    exported = run("export", "figures", "--ledger", sample_ledger, "--format", "jsonl")
    read = [json.loads(line) for line in exported.out.splitlines()]
    told = {subject: [f["evidence"] for f in read if f["subject"] == subject] for subject in get_args(Subject)}
    assert all(told.values())
    assert all(e["heading"] and e["meaning"] and e["sign"] for evidence in told.values() for e in evidence)
    one = next(f for f in read if f["paper"] == "northmere-board-m11.pdf" and f["raw"] == "6,405.5")
    done = run("evidence", one["id"], "--ledger", sample_ledger, "--format", "json")
    [answer] = json.loads(done.out)
    row = answer["rows"][one["row"] - answer["first_row"]]
    assert row[one["column"]] == "6,405.5" and answer["figure"] == one
    shown = run("evidence", one["id"], "--ledger", sample_ledger)
    assert "taken for actual.ytd" in shown.out and "unit: heading" in shown.out and ">" in shown.out
    nowhere = run("evidence", "000000000000/p1t1/1/1", "--ledger", sample_ledger)
    assert nowhere.status == 2 and "no figure" in nowhere.err
