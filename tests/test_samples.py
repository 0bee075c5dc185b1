"""The samples and their expected records stand side by side, and agree."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

import expected
from conftest import ROOT, SAMPLES
from qippctl.interpret.words import normal
from qippctl.models.figure import Doubt, Figure
from qippctl.models.paper import Paper
from qippctl.models.records import RECORD_TYPES

FILES = expected.sample_files()
# One tracker in five formats, and where its table of schemes stands in each.
TRACKER = {"csv": "p1t1", "txt": "p1t1", "docx": "p1t2", "pptx": "p3t1", "xlsx": "p1t1"}
# 13 schemes and their total, seven figures each; of one nothing was planned yet, so that it has no percentage.
TRACKER_FIGURES = 14 * 7 - 1


def test_there_are_papers_of_every_format() -> None:
    suffixes = {path.suffix for path in FILES}
    assert suffixes == {".pdf", ".docx", ".xlsx", ".xls", ".pptx", ".txt", ".md", ".csv"}


@pytest.mark.parametrize("sample", FILES, ids=lambda path: path.name)
def test_a_sample_is_read_as_expected(sample: Path) -> None:
    path = expected.expected_file(sample)
    assert path.exists(), f"{path.name} is missing: make expected"
    assert expected.text_of(sample) == path.read_text(encoding="utf-8")


def test_no_expectation_has_lost_its_sample() -> None:
    names = {path.name for path in FILES}
    assert [p.name for p in SAMPLES.glob("*.expected.json") if p.name.removesuffix(".expected.json") not in names] == []


def test_the_samples_are_made_by_their_script(tmp_path: Path) -> None:
    """Byte for byte, in another folder and time zone."""
    script = tmp_path / "make_samples.py"
    script.write_bytes((SAMPLES / "make_samples.py").read_bytes())
    package = shutil.copytree(SAMPLES / "making", tmp_path / "making", ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run(
        [sys.executable, str(script)], check=True, env={"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "PATH": ""}, cwd="/"
    )
    files = [p for p in tmp_path.iterdir() if p not in (script, package)]
    made = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    assert made == {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in FILES}


def test_one_programme_in_pdf_and_markdown_has_the_same_figures(samples: dict[str, Paper]) -> None:
    board, summary = samples["northmere-board-m11.pdf"], samples["northmere-summary-m11.md"]

    def money(paper: Paper) -> set[tuple[object, ...]]:
        return {
            (normal(f.scheme or ""), f.measure, f.basis, f.period, f.value)
            for f in paper.figures
            if f.role in ("scheme", "total")
        }

    assert len(money(summary)) == 64
    # Where the board's table leaves a plan blank, the summary prints it as 0.0.
    blank_plan = ("coding review cvd april to july respiratory july", "plan", "ytd", "2014/15-M11", Decimal(0))
    assert money(summary) - money(board) <= {blank_plan}


@pytest.mark.parametrize("suffix", TRACKER)
def test_one_tracker_gives_the_same_figures_in_every_format(samples: dict[str, Paper], suffix: str) -> None:
    figures = tracker_figures(samples, suffix)
    assert len(figures) == TRACKER_FIGURES
    assert set(figures) == set(tracker_figures(samples, "csv"))


@pytest.mark.parametrize("suffix", TRACKER)
def test_what_every_format_shows_of_one_tracker_is_vouched_for(samples: dict[str, Paper], suffix: str) -> None:
    assert [figure for figure in tracker_figures(samples, suffix).values() if figure.doubts] == []


def tracker_figures(samples: dict[str, Paper], suffix: str) -> dict[tuple[object, ...], Figure]:
    """What the table of schemes shows, by all that a figure says. Only the workbook has a row that it does not show."""
    return {
        (
            f.scheme,
            f.workstream,
            f.role,
            f.measure,
            f.basis,
            f.recurrence,
            f.case,
            f.period,
            f.value,
            f.step,
            f.unit,
        ): f
        for f in samples[f"tarnwater-tracker-m05.{suffix}"].figures
        if f.table == TRACKER[suffix] and Doubt.HIDDEN not in f.doubts
    }


def test_every_type_of_record_is_expected_of_some_sample() -> None:
    types = {
        record["type"] for sample in FILES for record in json.loads(expected.expected_file(sample).read_text("utf-8"))
    }
    assert types == {"paper", "figure", "rating", *RECORD_TYPES}


def test_every_kind_of_table_that_a_layout_names_is_in_some_sample(samples: dict[str, Paper]) -> None:
    layouts = [tomllib.loads(path.read_text("utf-8")) for path in sorted((ROOT / "parsers").glob("*.toml"))]
    # Our own workbooks are no samples: tests/reports/test_workbook.py writes them and reads them back.
    papers = [layout for layout in layouts if not layout.get("name", "").startswith("workbook-")]
    named = {layout["name"]: layout["kind"] for layout in papers if "kind" in layout}
    found = {table.layout: table.kind for paper in samples.values() for table in paper.tables if table.layout}
    assert found == named


def test_a_table_over_two_pages_is_one_and_keeps_its_pages(samples: dict[str, Paper]) -> None:
    paper = samples["northmere-board-m11.pdf"]
    pages = {f.page for f in paper.figures if f.table == "p5t1"}
    assert pages == {5, 6}
    total = next(f for f in paper.figures if f.role == "total" and f.names == "plan.ytd" and f.table == "p5t1")
    assert (str(total.value.normalize()), total.page) == ("7.8334E+6", 6)
    assert paper.cover.printed_pages[5] == "185"
