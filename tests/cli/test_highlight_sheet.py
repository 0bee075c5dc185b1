"""The highlight sheet: all that is known of one scheme, for scripts and for people."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run

Runner = Callable[..., Run]
TEXT = """Testville Primary Care Trust
26 May 2011
Savings at month {month} of 2011/12

Ref\tScheme\tLead\tYTD plan £000\tYTD actual £000\tFull year plan £000\tForecast £000\tIssues\tMitigation
PC1a\t{name}\tA. Ryder\t{plan}\t{actual}\t600\t{forecast}\t{issue}\tTo be taken to the Board if not resolved by 16 May 2011.
PC2b\tBack door\tB. Stone\t10\t10\t120\t120\t\t
Total\t\t\t{total_plan}\t{total_actual}\t720\t{total}\t\t
"""


def sheet_of(run: Runner, *arguments: object) -> tuple[dict, list[dict]]:
    done = run("schemes", "show", *arguments, "--format", "json")
    assert done.status == 0, done.err
    sheet, *history = json.loads(done.out)
    return sheet, history


@pytest.fixture
def book(run: Runner, tmp_path: Path) -> str:
    """Two months of a scheme that a link calls otherwise, by two papers."""
    path = tmp_path / "book.db"
    for month, name, plan, actual, forecast in ((1, "Front door", 50, 20, 500), (2, "Single front door", 100, 30, 300)):
        paper = tmp_path / f"month-{month}.txt"
        paper.write_text(
            TEXT.format(
                month=month,
                name=name,
                plan=plan,
                actual=actual,
                forecast=forecast,
                issue=f"Late in month {month}",
                total_plan=plan + 10,
                total_actual=actual + 10,
                total=forecast + 120,
            )
        )
        assert run("ingest", paper, "--ledger", path, "--quiet").status == 0
    return str(path)


def test_a_sheet_has_what_every_paper_says(run: Runner, book: str) -> None:
    sheet, history = sheet_of(run, "PC1a", "--ledger", book, "--today", "2011-06-01")
    assert (sheet["type"], sheet["scheme"], sheet["period"]) == ("highlight", "Single front door", "2011/12-M02")
    assert (sheet["names"], sheet["codes"]) == (["Front door"], ["PC1a"])
    assert [(o["name"], o["level"], o["where"]["paper_number"]) for o in sheet["owners"]] == [("A. Ryder", "scheme", 2)]
    assert [m["record"]["issue"] for m in sheet["statuses"]] == ["Late in month 2", "Late in month 1"]
    assert (sheet["to_date"]["plan"], sheet["to_date"]["actual"]) == ("100000", "30000")
    assert (sheet["forecast"]["forecast"], sheet["forecast"]["required_rate"]) == ("300000", "57000")
    assert [r["derived"] for r in sheet["ratings"]] == ["red"]
    assert [(h["period"], h["actual"]) for h in history] == [("2011/12-M01", "20000"), ("2011/12-M02", "30000")]
    assert {(p["where"]["paper"], p["reported"]) for p in sheet["printed"]} == {
        ("month-1.txt", "2011/12-M01"),
        ("month-2.txt", "2011/12-M02"),
    }
    assert sheet["figures"] == sum(p["figures"] for p in sheet["printed"])
    assert [e["due"] for e in sheet["escalations"]] == ["2011-05-16"] and sheet["escalations"][0]["overdue"]


def test_a_sheet_reads_from_identity_to_place(run: Runner, book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = run("schemes", "show", "front door", "--ledger", book, "--today", "2011-06-01").out
    parts = [
        "Testville Primary Care Trust   Single front door",
        "Code: PC1a",
        "Also called: Front door",
        "Owners: Lead: A. Ryder (#2 p.1)",
        "M02 May 2011, to date: 30 delivered of 100 = 30%, variance -70",
        "RAG, finance: Red by ",
        "M01 Apr 2011",
        "Issues and mitigation",
        "Escalations: 1 overdue on 1 Jun 2011",
        "Where its figures stand",
    ]
    places = [out.casefold().index(part.casefold()) for part in parts]
    assert places == sorted(places)
    assert max(map(len, out.splitlines())) <= 80
    assert not any(line != line.rstrip() for line in out.splitlines())


def test_an_outcome_leaves_the_escalation_on_the_sheet(run: Runner, book: str) -> None:
    sheet, _ = sheet_of(run, "PC1a", "--ledger", book)
    known = sheet["escalations"][0]["id"]
    asked = ("--outcome", "Settled", "--by", "A", "--reason", "minutes", "--ledger", book, "--quiet")
    assert run("escalations", "resolve", known, *asked).status == 0
    sheet, _ = sheet_of(run, "PC1a", "--ledger", book)
    assert [e["outcome"] for e in sheet["escalations"]] == ["Settled"]
    assert "Escalations: 0 overdue" in run("schemes", "show", "PC1a", "--ledger", book).out


def test_a_correction_is_on_the_sheet_of_its_scheme_alone(run: Runner, book: str) -> None:
    sheet, history = sheet_of(run, "PC1a", "--ledger", book)
    figure = history[-1]["sources"][1]
    done = run(
        "correct",
        figure,
        "35",
        "--kind",
        "misread",
        "--reason",
        "typed wrong",
        "--by",
        "A",
        "--ledger",
        book,
        "--quiet",
    )
    assert done.status == 0, done.err
    sheet, history = sheet_of(run, "PC1a", "--ledger", book)
    assert [(c["figure"], c["reason"]) for c in sheet["corrections"]] == [(figure, "typed wrong")]
    assert sheet["to_date"]["actual"] == history[-1]["actual"]
    other, _ = sheet_of(run, "Back door", "--ledger", book)
    assert other["corrections"] == [] and other["names"] == []


def test_csv_is_the_periods_alone(run: Runner, book: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run("schemes", "show", "PC1a", "--ledger", book, "--format", "csv").out)))
    assert [(row["type"], row["period"]) for row in rows] == [("history", "2011/12-M01"), ("history", "2011/12-M02")]


def test_a_link_puts_old_records_on_the_sheet(run: Runner, book: str) -> None:
    """The old name of one month has a sheet of its own until a person says that it is the new one."""
    path = Path(book).with_name("other.db")
    shutil.copy(book, path)
    asked = ("--by", "A", "--reason", "renamed", "--ledger", path, "--quiet")
    assert run("schemes", "link", "Front door", "Single front door", *asked).status == 0
    sheet, _ = sheet_of(run, "PC1a", "--ledger", path)
    assert [(a["name"], a["to"]) for a in sheet["links"]] == [("Front door", "Single front door")]
    assert sheet["names"] == ["Front door"]
    assert [m["record"]["issue"] for m in sheet["statuses"]] == ["Late in month 2", "Late in month 1"]


def test_who_is_not_named_is_said(run: Runner, sample_ledger: str) -> None:
    done = run("schemes", "show", "Statins", "--ledger", sample_ledger, "--organisation", "Thornacre")
    assert "No owner is named in any paper." in done.out


def test_milestones_are_listed_as_printed(run: Runner, sample_ledger: str) -> None:
    asked = ("Hospice at Home", "--ledger", sample_ledger, "--organisation", "Harrow")
    sheet, _ = sheet_of(run, *asked)
    steps = [m["record"] for m in sheet["milestones"]]
    assert [s["number"] for s in steps] == ["1", "2", "3", "4", "5", "6"] and {s["scheme"] for s in steps} == {
        "Hospice at Home"
    }
    assert "Milestones: 6 without a status." in run("schemes", "show", *asked).out
    assert sheet["doubted"] and sheet["worst"]["doubts"]


def test_hostile_texts_do_nothing(run: Runner, tmp_path: Path) -> None:
    paper, path = tmp_path / "odd.txt", tmp_path / "odd.db"
    paper.write_text(
        TEXT.format(
            month=1, name="Front [bold]door", plan=1, actual=1, forecast=1, issue="\x1b[31m=cmd()", total_plan=11,
            total_actual=11, total=121,
        )
    )  # fmt: skip
    assert run("ingest", paper, "--ledger", path, "--quiet").status == 0
    for form in ("table", "md", "csv"):
        done = run("schemes", "show", "PC1a", "--ledger", path, "--format", form)
        assert done.status == 0 and "\x1b" not in done.out
    assert "[bold]" in run("schemes", "show", "PC1a", "--ledger", path).out


def test_a_whole_name_beats_a_part_of_another_body_s(run: Runner, sample_ledger: str) -> None:
    sheet, _ = sheet_of(run, "Prescribing", "--ledger", sample_ledger)
    assert sheet["scheme"] == "Prescribing" and sheet["organisation"].startswith("Northmere")


def test_a_second_row_of_one_name_is_told(run: Runner, tmp_path: Path) -> None:
    """A paper prints a name twice with other figures: the sheet of one says where the other stands."""
    paper, path = tmp_path / "twice.txt", tmp_path / "twice.db"
    paper.write_text(
        "Testville Primary Care Trust\n26 May 2011\nSavings at month 1 of 2011/12\n\n"
        "Scheme\tYTD plan £000\tYTD actual £000\tFull year plan £000\n"
        "Front door\t5\t\t60\nBack door\t1\t1\t12\nFront door\t70\t80\t840\n"
    )
    assert run("ingest", paper, "--ledger", path, "--quiet").status == 0
    sheet, _ = sheet_of(run, "front door", "--ledger", path)
    assert (sheet["to_date"]["plan"], [p["rows"] for p in sheet["namesakes"]]) == ("70000", [[1]])
    shown = run("schemes", "show", "front door", "--ledger", path).out
    assert "! Another of this name, with other figures, is not on this sheet: #1 p.1 p1t1 row 2." in shown


def test_a_workstream_has_a_sheet_under_its_whole_name(run: Runner, sample_ledger: str) -> None:
    sheet, history = sheet_of(run, "Planned Care", "--ledger", sample_ledger, "--organisation", "Eastholme")
    assert (sheet["role"], sheet["workstream"], sheet["scheme"]) == ("workstream", "Planned Care", None)
    assert [h["period"] for h in history] == ["2010/11-M12", "2011/12-M01"]
