"""`qippctl chart`: pictures into files, numbers onto stdout, and one line where neither can be had."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run
from qippctl.reports.chart_data import CSV_COLUMNS

Runner = Callable[..., Run]


@pytest.mark.parametrize(("suffix", "begins"), [(".svg", b"<svg "), (".png", b"\x89PNG"), (".SVG", b"<svg ")])
def test_a_chart_is_drawn_into_a_file(
    run: Runner, sample_ledger: str, tmp_path: Path, suffix: str, begins: bytes
) -> None:
    file = tmp_path / f"chart{suffix}"
    asked = ("chart", "cumulative", "--organisation", "Northmere", "--ledger", sample_ledger, "-o", file)
    done = run(*asked)
    assert (done.status, done.out) == (0, "")
    assert done.err == f"{file}: YTD 6,405.5 of 7,833.4 = 82%, short 1,427.9\n"
    first = file.read_bytes()
    assert first.startswith(begins)
    assert run(*asked, "--quiet").err == ""
    assert file.read_bytes() == first
    assert [p.name for p in tmp_path.iterdir()] == [file.name]


def test_svg_goes_to_stdout(run: Runner, sample_ledger: str) -> None:
    done = run("chart", "gantt", "--organisation", "Kelderby", "--ledger", sample_ledger, "-o", "-")
    assert done.status == 0 and done.out.startswith("<svg ") and done.err == ""


def test_the_numbers_are_records(run: Runner, sample_ledger: str, tmp_path: Path) -> None:
    asked = ("chart", "waterfall", "--organisation", "Northmere", "--ledger", sample_ledger)
    (record,) = json.loads(run(*asked, "--format", "json").out)
    assert (record["type"], record["kind"], record["unit"]) == ("chart", "waterfall", "GBP")
    marks = record["series"][0]["marks"]
    assert (marks[0]["value"], marks[-1]["value"]) == ("7833400", "6405500")
    rows = list(csv.DictReader(io.StringIO(run(*asked, "--format", "csv").out)))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert [row["value"] for row in rows] == [mark["value"] for mark in marks]
    assert all(row["sources"] for row in rows if row["state"] == "scheme")
    file = tmp_path / "numbers.json"
    run(*asked, "--format", "json", "-o", file)
    assert json.loads(file.read_text()) == [record]


def test_without_a_file_the_numbers_are_shown_and_how_to_draw_them(run: Runner, sample_ledger: str) -> None:
    done = run("chart", "history", "--organisation", "Tarnwater", "--ledger", sample_ledger)
    assert "Forecast of the year 7,033 of 8,000 at M05 Aug 2023" in done.out
    assert done.err == "To draw it: -o history.svg (or .png)\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("cumulative", "-o", "a.pdf"), "a.pdf: a chart is drawn as FILE.svg or FILE.png"),
        (("cumulative", "-o", "a.svg", "--format", "json"), "leave one out"),
        (("waterfall", "-o", "a.svg"), "a picture is of one body"),
        (("movement", "--organisation", "Northmere", "-o", "a.svg"), "movement needs two periods"),
        (("gantt", "--organisation", "Northmere", "-o", "a.svg"), "nothing to draw"),
        (("gantt", "--organisation", "Kelderby", "--today", "soon", "-o", "a.svg"), '"soon" is not a date'),
        (("spc", "--indicator", "no such", "-o", "a.svg"), 'no indicator is called "no such"'),
        (("cumulative", "--organisation", "Northmere", "--scheme", "no such", "-o", "a.svg"), "no scheme is called"),
        (("cumulative", "--organisation", "Northmere", "-o", "nowhere/a.svg"), "cannot be written"),
        (("cumulative", "--organisation", "Northmere", "--period", "M2"), "nothing is reported for M2"),
    ],
)
def test_what_cannot_be_drawn_is_one_line(
    run: Runner,
    sample_ledger: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("chart", *arguments, "--ledger", sample_ledger)
    assert (done.status, done.out) == (2, "")
    assert said in done.err and done.err.count("\n") == 1
    assert list(tmp_path.glob("*.svg")) == []


def test_a_wider_sheet_is_laid_out_anew(run: Runner, sample_ledger: str, tmp_path: Path) -> None:
    for width in ("6", "13.3"):
        file = tmp_path / f"{width}.svg"
        run("chart", "profile", "--organisation", "Tarnwater", "--ledger", sample_ledger, "--width", width, "-o", file)
        assert f'width="{float(width) * 72:g}pt"' in file.read_text()[:300]
