"""close and impact: what stops a month, its pack, its lock, and what changes afterwards."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run

Runner = Callable[..., Run]
MONTH = ("close", "M05", "--organisation", "Testville")
ROWS = {"Front door": (500, 120, 118, 480), "Back office": (300, 80, 83, 310), "Estates": (200, 50, 49, 200)}


def paper(folder: Path, month: int = 5, status: str = "", name: str = "", **changed: tuple[int, ...]) -> Path:
    """A paper of three schemes and their total, in £000; `changed` are rows by the first word of their names."""
    rows = {scheme: changed.get(scheme.split()[0].lower(), numbers) for scheme, numbers in ROWS.items()}
    totals = tuple(map(sum, zip(*rows.values(), strict=True)))
    lines = "".join(
        f"{scheme}\t" + "\t".join(map(str, own)) + "\n" for scheme, own in [*rows.items(), ("Total", totals)]
    )
    path = folder / f"testville-m{month:02}{name}.txt"
    path.write_text(
        f"Testville Council\nSavings at month {month} of 2014/15\n{status}\n"
        f"Scheme\tYear plan £000\tYTD plan £000\tYTD actual £000\tForecast £000\n{lines}"
    )
    return path


@pytest.fixture
def book(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a ledger of one month that is ready to be closed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QIPPCTL_LEDGER", f"sqlite:///{tmp_path / 'book.db'}")
    monkeypatch.setenv("QIPPCTL_POLICY", "west-leicestershire-2015")
    assert run("ingest", paper(tmp_path), "--quiet").status == 0
    return tmp_path


@pytest.fixture
def texts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packs without pictures and documents, which take most of the time."""
    from qippctl.pipeline import packing

    slow = (".png", ".svg", ".xlsx", ".docx")
    monkeypatch.setattr(packing, "MAKERS", tuple(m for m in packing.MAKERS if not m.name.endswith(slow)))


quick = pytest.mark.usefixtures("texts_alone")


def records(run: Runner, *arguments: object, status: int = 0) -> list[dict]:
    done = run(*arguments, "--format", "json")
    assert done.status == status, done.err
    return json.loads(done.out)


def told(found: list[dict], says: str) -> list[tuple[str, str]]:
    return [(line["about"], line["text"]) for line in found if line["says"] == says]


def identity(run: Runner, scheme: str, measure: str) -> str:
    name, basis = measure.split(".")
    (found,) = [
        f for f in records(run, "export", "figures")
        if (f["scheme"], f["measure"], f["basis"]) == (scheme, name, basis)
    ]  # fmt: skip
    return found["id"]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_month_that_nothing_stops_is_ready(run: Runner, book: Path) -> None:
    found = records(run, *MONTH, "--check")
    assert told(found, "stop") == []
    assert told(found, "ok") == [
        ("sum", "plan.year: 3 rows 1,000k = 1,000k (exactly)"),
        ("sum", "plan.ytd: 3 rows 250k = 250k (exactly)"),
        ("sum", "actual.ytd: 3 rows 250k = 250k (exactly)"),
        ("sum", "forecast.year: 3 rows 990k = 990k (exactly)"),
    ]
    done = run(*MONTH, "--check")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[0] == "Testville Council   M05 Aug 2014   READY"
    assert "Nothing locked. Nothing written." in done.out and sorted(p.name for p in book.iterdir()) == [
        "book.db", "testville-m05.txt",
    ]  # fmt: skip


def test_a_draft_a_missing_scheme_and_a_doubt_stop_the_month(run: Runner, book: Path) -> None:
    july = paper(book, 4, front=(500, 90, 88, 480))
    july.write_text(july.read_text().replace("Estates", "Estates\t200\t40\t39\t200\nGone by now"))
    run("ingest", july, paper(book, 6, status="DRAFT report for the Board, 30 September 2014"), "--quiet")
    found = records(run, "close", "M06", "--check", status=1)
    stops = dict(told(found, "stop"))
    assert stops["draft"] == "paper #3 testville-m06.txt is DRAFT; the final one is wanted"
    assert "Gone by now" in stops["returns"]
    by_about = {line["about"]: line for line in found}
    assert by_about["returns"]["next"] == "qippctl returns --period 2014/15-M06 --format csv -o owners.csv"


def test_a_decision_error_stops_the_month_and_other_findings_are_noted(run: Runner, sample_ledger: str) -> None:
    ledger = ("--ledger", sample_ledger, "--organisation", "Northmere")
    found = records(run, "close", "M11", *ledger, "--check", status=1)
    (finding,) = [line for line in found if line["about"] == "audit" and line["says"] == "stop"]
    assert finding["text"].startswith("changes a decision: Virtual ward")
    audited = [f for f in records(run, "audit", *ledger, "--period", "M11") if f["type"] == "finding" and f["decision"]]
    assert finding["sources"][0] in {f["id"] for f in audited}


def test_an_escalation_without_an_outcome_stops_the_month_from_the_day_after_it_is_due(
    run: Runner, sample_ledger: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(sample_ledger.removeprefix("sqlite:///"), copy)
    asked = (
        "close",
        "M03",
        "--ledger",
        copy,
        "--organisation",
        "NHS East Orrin Valley",
        "--check",
        "--fail-on",
        "never",
    )

    def due(today: str) -> list[str]:
        found = records(run, *asked, "--today", today)
        return [line["text"] for line in found if line["about"] == "escalations"]

    known = records(run, "escalations", "--all", "--ledger", copy, "--organisation", "NHS East Orrin Valley")
    day = sorted(one["due"] for one in known if one["due"])[0]
    assert due(day) == []
    assert due("2011-12-31") and due("2011-12-31")[0].endswith("PC1f")
    run("escalations", "resolve", known[0]["id"], "--outcome", "Agreed", "--ledger", copy)
    assert due("2011-12-31") == []


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("plan.year=1m", "ok"),
        ("plan.year=1.0m", "ok"),
        ("plan.year=1000k", "ok"),
        ("plan.year=£1,000,000", "ok"),
        ("plan.year=1000000.00", "ok"),
        ("plan.year=1000499", "ok"),  # rounds to 1,000 thousand
        ("plan.year=1000500", "ok"),  # a half may be rounded either way
        ("plan.year=1000501", "stop"),
        ("plan.year=1001k", "ok"),  # 1,000.5 may be printed as either
        ("plan.year=1002k", "stop"),
        ("plan.year=1.1m", "stop"),
        ("actual.ytd=0.25m", "ok"),
        ("actual.ytd=250", "stop"),  # pounds
        ("forecast.year=990k", "ok"),
        ("forecast.fye=990k", "stop"),  # nothing prints it
    ],
)
def test_control_totals_are_held_against_the_papers_at_the_printed_precision(
    run: Runner, book: Path, typed: str, says: str
) -> None:
    found = records(run, *MONTH, "--check", "--fail-on", "never", "--control", typed)
    assert [line["says"] for line in found if line["about"] == "control"] == [says]


@pytest.mark.parametrize("typed", ["plan.year", "plan.year=", "plan=1m", "plan.week=1m", "plan.year=45%", "x.y=1m"])
def test_a_control_total_that_is_none_is_refused(run: Runner, book: Path, typed: str) -> None:
    done = run(*MONTH, "--check", "--control", typed)
    assert done.status == 2 and len(done.err.splitlines()) == 1 and typed in done.err


def test_rows_are_added_up_where_no_total_is_printed(run: Runner, book: Path) -> None:
    path = paper(book, 6)
    path.write_text("\n".join(line for line in path.read_text().splitlines() if not line.startswith("Total")) + "\n")
    run("ingest", path, "--quiet")
    found = records(run, "close", "M06", "--check", "--control", "plan.year=1m", "--control", "actual.ytd=251.4k")
    assert [line["text"] for line in found if line["about"] == "control"] == [
        "control total plan.year 1m: its 3 rows come to 1,000k (no total is printed)",
        "control total actual.ytd 251.4k: its 3 rows come to 250k (no total is printed)",
    ]


def test_check_exits_as_it_was_asked_to(run: Runner, book: Path) -> None:
    unmet = ("--control", "plan.year=2m")
    assert run(*MONTH, "--check", *unmet).status == 1
    assert run(*MONTH, "--check", *unmet, "--fail-on", "never").status == 0
    assert run(*MONTH, "--check", "--fail-on", "note").status == 0
    run("ingest", "--private", paper(book, 4), "--quiet")
    assert run(*MONTH, "--check").status == 0
    assert run(*MONTH, "--check", "--fail-on", "note").status == 1


def test_a_pack_has_every_file_that_its_manifest_says(run: Runner, book: Path) -> None:
    (manifest,) = records(run, *MONTH, "-o", "pack", "--control", "plan.year=1m", "--today", "2014-09-30")
    found = files(book / "pack")
    assert json.loads(found.pop("manifest.json")) == manifest
    assert {f["name"]: (f["sha256"], f["size"]) for f in manifest["files"]} == {
        name: (hashlib.sha256(content).hexdigest(), len(content)) for name, content in found.items()
    }
    assert {
        "audit.jsonl", "audit.md", "board-paper.docx", "chart-waterfall.svg", "decisions.md", "forecast.md", "movement.md",
        "rag.csv", "rag.md", "workbook.xlsx",
    } <= found.keys()  # fmt: skip
    assert (manifest["period"], manifest["draft"], manifest["today"]) == ("2014/15-M05", False, "2014-09-30")
    assert manifest["controls"] == {"plan.year": "1m"}
    assert manifest["policy"]["sha256"] == hashlib.sha256(found["policy.json"]).hexdigest()
    assert [p["sha256"] for p in manifest["papers"]] == [
        hashlib.sha256((book / "testville-m05.txt").read_bytes()).hexdigest()
    ]
    own = {f["id"] for f in records(run, "export", "figures")}
    for file in manifest["files"]:
        assert set(file["figures"]) <= own
    used = {f["name"]: set(f["figures"]) for f in manifest["files"]}
    assert used["figures.csv"] == used["workbook.xlsx"] == own
    assert identity(run, "Estates", "actual.ytd") in used["rag.csv"] & used["rag.md"] & used["board-paper.docx"]


def close_elsewhere(book: Path, folder: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qippctl", *MONTH, "-o", folder]
    return subprocess.run(command, cwd=book, capture_output=True, text=True, env=os.environ | environment, check=False)


def test_two_closes_give_the_same_bytes(run: Runner, book: Path) -> None:
    first = close_elsewhere(book, "one", PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C")
    second = close_elsewhere(book, "two", PYTHONHASHSEED="2", TZ="America/New_York", COLUMNS="44")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert files(book / "one") == files(book / "two")
    text = b"".join(files(book / "one").values())
    assert str(book).encode() not in text


@quick
def test_the_same_pack_again_changes_nothing(run: Runner, book: Path) -> None:
    run(*MONTH, "-o", "pack")
    before = {path: path.stat().st_mtime_ns for path in (book / "pack").iterdir()}
    done = run(*MONTH, "-o", "pack")
    assert (done.status, done.err) == (0, "pack: the same pack is there already; nothing is written\n")
    assert {path: path.stat().st_mtime_ns for path in (book / "pack").iterdir()} == before


def test_a_month_that_is_not_ready_gives_a_draft_only(run: Runner, book: Path) -> None:
    unmet = ("--control", "plan.year=2m")
    done = run(*MONTH, "-o", "pack", *unmet)
    assert done.status == 2 and "not ready: control total plan.year 2m is not met" in done.err
    assert len(done.err.splitlines()) == 1 and not (book / "pack").exists()
    assert run(*MONTH, "-o", "pack", *unmet, "--draft").status == 0
    found = files(book / "pack")
    assert json.loads(found.pop("manifest.json"))["draft"] is True
    assert all(name.startswith("DRAFT-") for name in found)
    assert all(content.startswith(b"**DRAFT**") for name, content in found.items() if name.endswith(".md"))
    assert all(b"DRAFT" in content for name, content in found.items() if name.endswith(".svg"))
    from io import BytesIO

    import docx
    import openpyxl

    paper_ = docx.Document(BytesIO(found["DRAFT-board-paper.docx"]))
    words = "\n".join(p.text for section in paper_.sections for p in (*section.header.paragraphs, *paper_.paragraphs))
    assert "DRAFT" in words
    summary = openpyxl.load_workbook(BytesIO(found["DRAFT-workbook.xlsx"]))["Summary"]
    assert any("DRAFT" in str(cell.value) for row in summary.iter_rows(max_row=4) for cell in row)


@quick
def test_a_pack_that_nobody_touched_is_replaced_and_what_differs_is_said(run: Runner, book: Path) -> None:
    run(*MONTH, "-o", "pack")
    run("correct", identity(run, "Estates", "forecast.year"), "201k", "--kind", "misread", "--reason", "Scan")
    done = run(*MONTH, "-o", "pack")
    assert done.status == 0 and "pack: replaced the pack that was there: audit.jsonl differs" in done.err
    assert b"201000" in (book / "pack" / "decisions.jsonl").read_bytes()
    done = run(*MONTH, "-o", "pack", "--draft")
    assert done.status == 0 and "pack: replaced the pack that was there: adjustments.md is gone" in done.err


@quick
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda pack: (pack / "rag.md").write_text("mine"), "rag.md was changed"),
        (lambda pack: (pack / "notes.txt").write_text("mine"), "notes.txt was put there"),
        (lambda pack: (pack / "manifest.json").unlink(), "no pack of qippctl's"),
        (lambda pack: (pack / "manifest.json").write_text('{"made_by": "somebody"}'), "no pack of qippctl's"),
    ],
)
def test_a_folder_of_somebody_is_never_replaced(
    run: Runner, book: Path, change: Callable[[Path], object], said: str
) -> None:
    run(*MONTH, "-o", "pack")
    change(book / "pack")
    before = files(book / "pack")
    done = run(*MONTH, "-o", "pack", "--draft")
    assert done.status == 2 and said in done.err and len(done.err.splitlines()) == 1
    assert files(book / "pack") == before


KILLED = """
import os, signal, sys
from qippctl.cli import folders, main
written = []
def fsync(number):
    written.append(number)
    if len(written) == 5:
        os.kill(os.getpid(), signal.SIGKILL)
os.fsync = fsync
sys.argv = ["qippctl", *sys.argv[1:]]
main()
"""


@quick
def test_a_killed_close_leaves_nothing_half_made_and_the_next_one_tidies_up(run: Runner, book: Path) -> None:
    command = [sys.executable, "-c", KILLED, *MONTH, "-o", "pack"]
    done = subprocess.run(command, cwd=book, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    left = [path.name for path in book.iterdir() if "pack" in path.name]
    assert len(left) == 1 and left[0].endswith(".part")
    assert records(run, "impact", identity(run, "Estates", "actual.ytd")) == []
    assert run(*MONTH, "-o", "pack").status == 0
    assert [path.name for path in book.iterdir() if "pack" in path.name] == ["pack"]


@quick
def test_a_killed_replacement_leaves_the_pack_that_was_there(run: Runner, book: Path) -> None:
    run(*MONTH, "-o", "pack")
    before = files(book / "pack")
    command = [sys.executable, "-c", KILLED, *MONTH, "-o", "pack", "--draft"]
    assert subprocess.run(command, cwd=book, capture_output=True, check=False).returncode == -signal.SIGKILL
    assert files(book / "pack") == before


def test_a_full_disk_is_one_line_and_leaves_nothing(book: Path) -> None:
    limit = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)); "
        "from qippctl.cli import main; sys.argv = ['qippctl', *sys.argv[1:]]; main()"
    )
    # The pictures are larger; what is written of the ledger is not.
    done = subprocess.run(
        [sys.executable, "-c", limit, *MONTH, "-o", "pack"], cwd=book, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1, done.stderr
    assert "pack: the pack cannot be written: File too large; nothing of it is there" in done.stderr
    assert not [path for path in book.iterdir() if "pack" in path.name]


def test_a_place_that_cannot_be_is_one_line(run: Runner, book: Path) -> None:
    done = run(*MONTH, "-o", "book.db/pack")
    assert done.status == 2 and "cannot be written" in done.err and len(done.err.splitlines()) == 1


def lock(run: Runner, *more: object) -> None:
    done = run(*MONTH, "-o", "locked", "--lock", "--by", "ann", "--reason", "Agreed", *more)
    assert done.status == 0, done.err


@quick
def test_a_correction_after_the_lock_is_an_adjustment_everywhere(run: Runner, book: Path) -> None:
    lock(run)
    assert records(run, "close", "M05", "--adjustments") == []
    figure = identity(run, "Estates", "actual.ytd")
    run("correct", figure, "52k", "--kind", "misread", "--reason", "Smudged", "--by", "bob")
    (found,) = records(run, "close", "M05", "--adjustments")
    assert (found["scheme"], found["name"], found["was"], found["now"], found["change"], found["why"]) == (
        "Estates", "actual.ytd", "49000", "52000", "3000", "correction",
    )  # fmt: skip
    assert found["because"] == "correction 2: Smudged" and found["sources"] == [figure]
    run("ingest", paper(book, 6), "--quiet")
    noted = dict(told(records(run, "close", "M06", "--check", "--fail-on", "never"), "note"))
    assert noted["adjustments"] == "M05 Aug 2014 changed since it was locked: 1 figure differs"
    moved = records(run, "movement", "--to", "M06")
    assert [r for r in moved if r["type"] == "adjustment"] == [found]
    assert "1 figure has changed since decision 1 locked it" in run("movement", "--to", "M06").out
    as_csv = run("movement", "--to", "M06", "--format", "csv")
    assert "adjustment" not in as_csv.out and "1 figures changed since" in as_csv.err
    run("corrections", "undo", "2", "--reason", "No", "--by", "bob")
    assert records(run, "close", "M05", "--adjustments") == []


@quick
def test_a_later_paper_of_a_locked_month_is_an_adjustment(run: Runner, book: Path) -> None:
    lock(run)
    run(
        "ingest",
        paper(book, name="-again", status="Meeting of 30 September 2014", front=(500, 120, 111, 480)),
        "--quiet",
    )
    found = records(run, "close", "--adjustments")
    assert {(one["role"], one["name"], one["was"], one["now"]) for one in found} == {
        ("scheme", "actual.ytd", "118000", "111000"),
        ("total", "actual.ytd", "250000", "243000"),
    }
    assert {one["why"] for one in found} == {"later paper"}
    assert {one["because"] for one in found} == {"#2 testville-m05-again.txt came later"}
    assert found[0]["role"] == "total"


@quick
def test_a_lock_is_made_once_and_taken_away_with_a_reason(run: Runner, book: Path) -> None:
    lock(run)
    again = run(*MONTH, "-o", "other", "--lock")
    assert again.status == 2 and "locked already, by ann as decision 1" in again.err and not (book / "other").exists()
    assert run(*MONTH, "--reopen").status == 2
    done = run(*MONTH, "--reopen", "--reason", "Late return", "--by", "bob")
    assert done.out.splitlines()[0] == "The lock of decision 1 is taken back: Late return"
    assert run(*MONTH, "--reopen", "--reason", "Again").status == 2
    (closed,) = records(run, "close")
    assert (closed["number"], closed["by"], closed["undone_by"], closed["totals"]["plan.year"]) == (
        1,
        "ann",
        2,
        "1000000",
    )
    lock(run)
    assert [one["undone_by"] for one in records(run, "close")] == [2, None]


@quick
def test_the_pack_of_a_lock_is_never_replaced(run: Runner, book: Path) -> None:
    lock(run)
    before = files(book / "locked")
    run("correct", identity(run, "Estates", "actual.ytd"), "52k", "--kind", "misread", "--reason", "Smudged")
    done = run(*MONTH, "-o", "locked", "--draft")
    assert done.status == 2 and "was locked with (decision 1)" in done.err
    assert files(book / "locked") == before


@quick
def test_impact_names_every_pack_that_used_a_figure(run: Runner, book: Path) -> None:
    figure = identity(run, "Estates", "actual.ytd")
    assert "No pack used it." in run("impact", figure).out
    run(*MONTH, "-o", "early", "--draft")
    lock(run)
    run("correct", figure, "52k", "--kind", "misread", "--reason", "Smudged")
    found = records(run, "impact", figure)
    assert [(one["pack"], one["draft"], one["close"], one["was"], one["now"], one["changed"]) for one in found] == [
        (1, True, None, "49000", "52000", True),
        (2, False, 1, "49000", "52000", True),
    ]
    assert "figures.csv" in found[1]["files"] and "DRAFT-rag.md" in found[0]["files"]
    assert run("impact", figure).out.splitlines()[-1] == "Next: qippctl close 2014/15-M05 --adjustments"
    assert run("impact", "nothing").status == 2


@quick
def test_impact_takes_the_number_of_the_list_shown_last(run: Runner, book: Path) -> None:
    run(*MONTH, "-o", "pack")
    run("export", "figures", "--format", "table")
    first = records(run, "export", "figures")[0]["id"]
    assert [one["figure"] for one in records(run, "impact", "#1")] == [first]


def test_an_organisation_is_asked_for_where_the_ledger_has_several(run: Runner, sample_ledger: str) -> None:
    done = run("close", "M11", "--ledger", sample_ledger, "--check")
    assert done.status == 2 and "choose it with --organisation NAME" in done.err


@pytest.mark.parametrize(
    "arguments",
    [("--check",), ("-o", "pack"), ("M05",), ("M05", "--draft", "--lock", "-o", "pack"), ("M05", "--check", "--lock")],
)
def test_what_makes_no_sense_is_refused(run: Runner, book: Path, arguments: tuple[str, ...]) -> None:
    done = run("close", *arguments)
    assert done.status == 2 and len(done.err.splitlines()) == 1
