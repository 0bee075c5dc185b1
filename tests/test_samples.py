"""The samples and their expected records stand side by side, and agree."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import expected
from conftest import SAMPLES
from qippctl.interpret.words import normal
from qippctl.models.paper import Paper

FILES = expected.sample_files()


def test_there_are_papers_of_every_format() -> None:
    suffixes = [path.suffix for path in FILES]
    assert len(FILES) >= 6
    assert {".pdf", ".docx", ".txt"} <= set(suffixes)


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
    subprocess.run(
        [sys.executable, str(script)], check=True, env={"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "PATH": ""}, cwd="/"
    )
    made = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in tmp_path.iterdir() if p.suffix != ".py"}
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


def test_a_table_over_two_pages_is_one_and_keeps_its_pages(samples: dict[str, Paper]) -> None:
    paper = samples["northmere-board-m11.pdf"]
    pages = {f.page for f in paper.figures if f.table == "p5t1"}
    assert pages == {5, 6}
    total = next(f for f in paper.figures if f.role == "total" and f.names == "plan.ytd" and f.table == "p5t1")
    assert (str(total.value.normalize()), total.page) == ("7.8334E+6", 6)
    assert paper.cover.printed_pages[5] == "185"
