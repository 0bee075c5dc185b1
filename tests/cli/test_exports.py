"""Exports: workbooks and records as files, the same as the commands answer, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from build import figure, paper
from conftest import Run
from qippctl.ledger import Ledger
from spreadsheets import opened

Runner = Callable[..., Run]
SAME = [
    ("findings", ("audit",), ()),
    ("forecasts", ("forecast",), ()),
    ("indicators", ("metrics", "--all"), ()),
    ("milestones", ("milestones", "--all"), ("--today", "2023-10-10")),
    ("movement", ("movement",), ("--organisation", "Eastholme")),
    ("papers", ("papers",), ("--organisation", "Northmere")),
    ("profiles", ("profile",), ("--organisation", "Northmere", "--period", "M11")),
    ("ratings", ("rag", "--all"), ("--policy", "south-west-essex-2011")),
    ("risks", ("risks", "--all"), ()),
    ("schemes", ("schemes",), ("--organisation", "Northmere")),
    ("variances", ("variance",), ("--organisation", "Northmere")),
]


@pytest.mark.parametrize(("name", "command", "options"), SAME, ids=[name for name, _, _ in SAME])
def test_an_export_holds_what_its_command_answers(
    run: Runner, sample_ledger: str, tmp_path: Path, name: str, command: tuple[str, ...], options: tuple[str, ...]
) -> None:
    asked = run(*command, *options, "--ledger", sample_ledger, "--format", "jsonl")
    assert asked.status == 0 and asked.out
    out = tmp_path / "out.jsonl"
    done = run("export", name, *options, "--ledger", sample_ledger, "--format", "jsonl", "-o", out)
    assert (done.status, done.out) == (0, "")
    assert out.read_text(encoding="utf-8") == asked.out
    assert done.err.startswith(f"{len(asked.out.splitlines())} records written to")


def test_without_a_format_it_is_csv(run: Runner, sample_ledger: str) -> None:
    done = run("export", "ratings", "--ledger", sample_ledger, "--organisation", "Northmere")
    found = list(csv.DictReader(io.StringIO(done.out)))
    asked = json.loads(run("rag", "--ledger", sample_ledger, "--organisation", "Northmere", "--format", "json").out)
    assert [row["scheme"] for row in found] == [record["scheme"] or "" for record in asked]


def test_every_export_is_held_against_its_command() -> None:
    from qippctl.cli.exports import EXPORTS

    assert [export.name for export in EXPORTS] == sorted(name for name, _, _ in SAME)


def test_no_text_of_an_export_is_a_formula(run: Runner, ledger: Ledger, tmp_path: Path) -> None:
    hostile = ("=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1")
    figures = [figure("plan", value=1, scheme=name, row=row) for row, name in enumerate(hostile)]
    ledger.add(paper([*figures, figure("actual", value=1, scheme="=1+1", column=2)]), version="test")
    for name in ("ratings", "variances", "schemes", "figures"):
        done = run("export", name, "--ledger", f"sqlite:///{tmp_path / 'ledger.db'}")
        cells = [cell for row in csv.reader(io.StringIO(done.out)) for cell in row]
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t")], name
        assert "'=1+1" in cells


def test_a_workbook_is_written_whole_and_told_of(run: Runner, sample_ledger: str, tmp_path: Path) -> None:
    out = tmp_path / "tracker.xlsx"
    done = run("export", "workbook", "--ledger", sample_ledger, "--organisation", "Northmere", "-o", out)
    assert (done.status, done.out) == (0, "")
    assert "15 schemes and other rows of 1 organisation" in done.err
    first = out.read_bytes()
    quiet = run("export", "workbook", "--ledger", sample_ledger, "--organisation", "Northmere", "-o", out, "-q")
    assert (quiet.status, quiet.err, out.read_bytes()) == (0, "", first)
    assert [path.name for path in tmp_path.iterdir()] == ["tracker.xlsx"]


def test_a_policy_and_a_day_that_are_named_count(run: Runner, sample_ledger: str, tmp_path: Path) -> None:
    out = tmp_path / "tracker.xlsx"
    named = ("--policy", "south-west-essex-2011", "--today", "2023-10-10", "--organisation", "Kelderby")
    assert run("export", "workbook", "--ledger", sample_ledger, *named, "-o", out).status == 0
    book = opened(out.read_bytes())
    assert any("south-west-essex-2011" in str(cell.value) for row in book["Summary"].iter_rows() for cell in row)
    assert book["Milestones"]["A1"].value == "Milestones as they stand on 10 Oct 2023"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("-o", "tracker.csv"), 2, "a workbook is written as .xlsx"),
        (("--organisation", "Nobody", "-o", "x.xlsx"), 2, "no organisation with figures"),
        (("--period", "1999/00-M01", "-o", "x.xlsx"), 2, "nothing is reported for"),
        (("--today", "soon", "-o", "x.xlsx"), 2, "is not a date"),
    ],
)
def test_what_cannot_be_written_is_said_in_one_line(
    run: Runner,
    sample_ledger: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    status: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("export", "workbook", "--ledger", sample_ledger, *arguments)
    assert (done.status, done.out, len(done.err.splitlines())) == (status, "", 1)
    assert said in done.err
    assert not list(tmp_path.glob("tracker*")) and not list(tmp_path.glob("x*"))


def test_an_empty_ledger_has_no_workbook(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("export", "workbook")
    assert (done.status, done.err) == (2, "qippctl: the ledger holds no figures. Next: qippctl ingest PATH\n")
