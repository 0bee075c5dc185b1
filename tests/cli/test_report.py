"""`qippctl report`: the board's paper where it is asked for, what is open told, nothing half-written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from conftest import Run

Runner = Callable[..., Run]
NORTHMERE = ("--organisation", "Northmere")


@pytest.fixture
def report(run: Runner, sample_ledger: str) -> Runner:
    return lambda *arguments: run("report", *arguments, "--ledger", sample_ledger)


def test_without_a_file_it_is_markdown_on_stdout(report: Runner) -> None:
    done = report("board", *NORTHMERE)
    assert done.status == 0 and done.out.startswith("# Savings programme report: M11 Feb 2015\n")
    assert report("board", *NORTHMERE, "-o", "-").out == done.out
    assert "-567" in done.out and "-2,051" in done.out


@pytest.mark.parametrize(
    ("suffix", "begins"), [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!DOC"), ("md", b"# Sav")]
)
def test_the_file_s_name_says_its_kind(report: Runner, tmp_path: Path, suffix: str, begins: bytes) -> None:
    paths = [tmp_path / f"{name}.{suffix}" for name in ("a", "b")]
    for path in paths:
        done = report("board", *NORTHMERE, "-o", path)
        assert (done.status, done.out) == (0, "") and done.err.splitlines()[0] == f"wrote {path}"
    first, second = (path.read_bytes() for path in paths)
    assert first.startswith(begins) and first == second


def test_it_ends_with_what_is_open_and_the_next_command(report: Runner, tmp_path: Path) -> None:
    done = report("board", *NORTHMERE, "-o", tmp_path / "b.md")
    assert done.err.splitlines()[1:] == [
        "open: 1 error of the audit is open and 1 finding changes what is decided. Next: qippctl audit --organisation "
        "'Northmere Clinical Commissioning Group' --period 2014/15-M11",
        "open: 1 of 353 figures of the period is in doubt. Next: qippctl doubts --organisation "
        "'Northmere Clinical Commissioning Group' --period 2014/15-M11",
    ]
    assert report("board", *NORTHMERE, "-o", tmp_path / "b.md", "--quiet").err == ""
    assert "No question is open." in report("board", "--organisation", "Fellside").err


def test_a_draft_says_so_everywhere(report: Runner, tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    done = report("board", "--organisation", "Merrowdale", "-o", path)
    assert done.err.startswith(f"wrote {path} (DRAFT)\nopen: A paper of the period is a draft")
    found = docx.Document(str(path))
    assert found.paragraphs[0].text == "DRAFT" and "DRAFT" in found.sections[0].header.paragraphs[0].text
    assert "**DRAFT**" in report("board", "--organisation", "Merrowdale").out


def test_movement_is_told_in_its_parts(report: Runner) -> None:
    said = report("board", "--organisation", "Tarnwater").out
    assert (
        "From M04 Jul 2023 to M05 Aug 2023 the variance to date went from -£149k to -£234k: delivery against plan -£85k."
    ) in said


def test_today_moves_milestones_and_nothing_else_does(report: Runner) -> None:
    asked = ("board", "--organisation", "Harrow")
    early, late = (report(*asked, "--today", day).out for day in ("2010-06-09", "2011-05-26"))
    assert early != late and "At 26 May 2011, of" in late
    assert report(*asked).out == report(*asked).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("board",), "a board's paper is of one body: name it with --organisation"),
        (("board", *NORTHMERE, "-o", "board.xls"), "board.xls: no document ends so"),
        (("board", *NORTHMERE, "-o", "board"), ".docx"),
        (("board", *NORTHMERE, "--template", "x.docx"), "say where with -o FILE.docx"),
        (("board", *NORTHMERE, "--period", "M03"), "2014/15-M11"),
        (("board", "--organisation", "Nobody"), "Northmere"),
        (("board", *NORTHMERE, "--today", "soon"), "is not a date"),
        (("fields", "--organisation", "Nobody"), "Northmere"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(report: Runner, arguments: tuple[str, ...], said: str) -> None:
    done = report(*arguments)
    assert (done.status, done.out) == (2, "") and said in done.err and len(done.err.splitlines()) == 1


def test_an_empty_ledger_says_what_to_do_next(run: Runner) -> None:
    done = run("report", "board")
    assert done.status == 2 and "qippctl ingest PATH" in done.err


def test_a_house_s_template_is_filled(report: Runner, tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("{{ organisation }} / {{ unmitigated_gap }} / {{ gap }}")
    made.save(str(tmp_path / "house.docx"))
    path = tmp_path / "board.docx"
    done = report("board", *NORTHMERE, "--template", tmp_path / "house.docx", "-o", path)
    assert done.status == 0
    assert docx.Document(str(path)).paragraphs[0].text == "Northmere Clinical Commissioning Group / -2,051 / -567"


def test_a_template_with_unknown_fields_writes_nothing(report: Runner, tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("{{ organisation }} {{ budget }}")
    made.save(str(tmp_path / "house.docx"))
    done = report("board", *NORTHMERE, "--template", tmp_path / "house.docx", "-o", tmp_path / "board.docx")
    assert done.status == 2 and "budget is no field" in done.err
    assert not (tmp_path / "board.docx").exists()


def test_fields_come_in_every_format_and_fit(report: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, report("fields").out.splitlines())) <= 80
    found = json.loads(report("fields", *NORTHMERE, "--format", "json").out)
    assert {"headline", "programme[].plan"} <= {one["name"] for one in found}
    assert next(one["example"] for one in found if one["name"] == "unmitigated_gap") == "-2,051"
    for form in ("jsonl", "csv", "md"):
        assert report("fields", "--format", form).status == 0
