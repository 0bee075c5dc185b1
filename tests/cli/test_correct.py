"""Putting figures right on the command line: correct, corrections, doubts, and the short numbers that they take."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from build import figure, paper
from conftest import SAMPLES, Run
from qippctl.ledger import open_ledger

Runner = Callable[..., Run]
TABLE = """Testville Council
28 April 2015
Savings at month 11 of 2014/15

Scheme\tYTD plan £000\tYTD actual £000\tYTD variance £000
Front door\t900\t843\t-257
Back door\t100\t100\t0
Total\t1000\t743\t-257
"""
WHY = ("--kind", "misread", "--reason", "Smudged", "--by", "ann")


@pytest.fixture
def book(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A ledger of one paper, in which the reader took a 6 for an 8."""
    url = f"sqlite:///{tmp_path / 'book.db'}"
    (tmp_path / "paper.txt").write_text(TABLE)
    monkeypatch.setenv("QIPPCTL_LEDGER", url)
    assert run("ingest", tmp_path / "paper.txt", "--quiet").status == 0
    return url


def answers(run: Runner, *arguments: object) -> list[dict]:
    done = run(*arguments, "--format", "json")
    assert done.status == 0, done.err
    return json.loads(done.out)


def actual(run: Runner, scheme: str = "Front door") -> dict:
    found = answers(run, "export", "figures")
    return next(f for f in found if f["scheme"] == scheme and f["measure"] == "actual")


def test_a_misread_number_is_put_right_and_what_else_changes_is_told(run: Runner, book: str) -> None:
    read = actual(run)
    done = run("correct", read["id"], "643k", *WHY)
    assert done.status == 0
    for said in (
        'printed "843"',
        "paper.txt, page 1, table p1t1, row 2, column 3",
        "before  £843,000",
        "after   £643,000",
        "-£57,000  -£257,000",
        "93.7%      71.4%",
        "QT101 variance = actual - plan (variance.ytd, Front door, row 2): failed, now holds.",
        "QT202 the total is the sum of its parts",
    ):
        assert said in done.out, done.out
    assert "Kept as correction 1." in done.err
    now = actual(run)
    assert (now["value"], now["raw"], now["doubts"]) == ("643000", "843", [])
    assert {k: now["corrected"][k] for k in ("number", "kind", "by", "reason")} == {
        "number": 1,
        "kind": "misread",
        "by": "ann",
        "reason": "Smudged",
    }
    assert now["corrected"]["was"]["value"] == "843000" and now["corrected"]["at"].endswith("+00:00")


def test_a_dry_run_keeps_nothing(run: Runner, book: str) -> None:
    for form in ("table", "json"):
        done = run("correct", actual(run)["id"], "643k", *WHY, "--dry-run", "--format", form)
        assert done.status == 0 and "Nothing was kept" in done.err
    assert answers(run, "corrections") == [] and actual(run)["corrected"] is None


def test_scripts_get_the_correction_with_its_number(run: Runner, book: str) -> None:
    (made,) = answers(run, "correct", actual(run)["id"], "643", *WHY)
    assert (made["type"], made["number"], made["state"]) == ("correction", 1, "holds")
    assert (made["before"], made["after"], made["was"]["step"]) == ("843000", "643000", "1000")
    rag = [c for c in made["changes"] if c["name"] == "rag"]
    assert rag and rag[0]["scheme"] == "Front door"
    assert {check["now_holds"] for check in made["checks"]} == {True}
    assert made["doubts_laid"] == 1
    variance = [f for f in answers(run, "export", "figures") if f["measure"] == "variance"]
    assert all(f["doubts"] == [] and f["corrected"] is None for f in variance)


def test_an_answer_that_cannot_be_written_keeps_nothing(run: Runner, book: str, tmp_path: Path) -> None:
    done = run("correct", actual(run)["id"], "643k", *WHY, "-o", tmp_path / "none" / "x.txt")
    assert done.status == 2 and answers(run, "corrections") == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("843",), "nothing changes"),
        (("75%",), "a percentage"),
        (("NaN",), "not an amount"),
        (("9e99",), "not an amount"),
        (("900000m",), "more than any paper prints"),
        ((), "nothing to put right"),
        (("--measure", "saving.ytd"), "not a measure and a basis"),
        (("--period", "tomorrow"), "not a financial year or month"),
        (("--scheem=B",), "no such option: --scheem"),
    ],
)
def test_what_cannot_be_carried_out_is_one_line(run: Runner, book: str, arguments: tuple[str, ...], said: str) -> None:
    done = run("correct", actual(run)["id"], *arguments, *WHY)
    assert (done.status, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert said in done.err


def test_a_misprint_of_a_name_alone_is_refused(run: Runner, book: str) -> None:
    done = run("correct", actual(run)["id"], "--scheme", "B", "--kind", "misprint", "--reason", "x")
    assert done.status == 2 and "a misprint is a number" in done.err


def test_a_minus_needs_no_brackets(run: Runner, book: str) -> None:
    (made,) = answers(run, "correct", actual(run)["id"], "-12.5", *WHY)
    assert made["after"] == "-12500"


def test_the_beginning_of_an_id_is_enough_where_no_other_has_it(run: Runner, book: str, tmp_path: Path) -> None:
    url, whole = f"sqlite:///{tmp_path / 'one.db'}", actual(run)["id"]
    ambiguous = run("correct", whole[:12], "643k", *WHY)
    assert ambiguous.status == 2 and "several begin so" in ambiguous.err
    assert run("correct", "", "643k", *WHY).status == 2
    alone = figure("actual", value=843)
    open_ledger(url).add(paper([alone]), version="1")
    (made,) = answers(run, "correct", alone.id[:6], "643", *WHY, "--ledger", url)
    assert made["figure"] == alone.id


def test_correcting_twice_keeps_what_was_read_and_undoing_brings_the_earlier_back(run: Runner, book: str) -> None:
    identity = actual(run)["id"]
    run("correct", identity, "643k", *WHY)
    (second,) = answers(run, "correct", identity, "644k", *WHY)
    assert (second["was"]["value"], second["before"], second["after"]) == ("843000", "643000", "644000")
    assert [c["state"] for c in answers(run, "corrections", "list")] == ["replaced", "holds"]
    done = run("corrections", "undo", "2", "--reason", "Read again")
    assert done.status == 0 and "before  £644,000\nafter   £643,000" in done.out
    assert [c["state"] for c in answers(run, "corrections", "list", "--all")] == ["holds", "undone"]
    assert [c["number"] for c in answers(run, "corrections")] == [1]
    (undone,) = answers(run, "corrections", "undo", "1", "--reason", "No")
    assert (undone["state"], undone["undone_by"], undone["after"]) == ("undone", 4, "843000")
    assert actual(run)["corrected"] is None


@pytest.mark.parametrize(
    ("number", "said"), [("7", "there are: 1"), ("#1", "is no number"), ("x", "is no number"), ("99999999999", "is no")]
)
def test_undoing_what_is_not_there(run: Runner, book: str, number: str, said: str) -> None:
    run("correct", actual(run)["id"], "643k", *WHY)
    done = run("corrections", "undo", number, "--reason", "x")
    assert done.status == 2 and said in done.err


def test_a_correction_is_undone_once(run: Runner, book: str) -> None:
    run("correct", actual(run)["id"], "643k", *WHY)
    assert run("corrections", "undo", "1", "--reason", "x", "--dry-run").status == 0
    assert run("corrections", "undo", "1", "--reason", "x").status == 0
    done = run("corrections", "undo", "1", "--reason", "x")
    assert done.status == 2 and "undone already" in done.err


def test_a_correction_of_a_paper_that_is_read_otherwise_now_is_stale(run: Runner, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'stale.db'}"
    ledger = open_ledger(url)
    ledger.add(paper([figure("actual", value=843)]), version="1")
    identity = ledger.facts()[0].figure.id
    run("correct", identity, "643", *WHY, "--ledger", url)
    ledger.add(paper([figure("actual", value=643)]), version="2", again=True)
    assert [c["state"] for c in answers(run, "corrections", "--ledger", url)] == ["stale"]
    assert "stale: the paper is read otherwise now" in run("corrections", "--ledger", url).out
    assert answers(run, "export", "figures", "--ledger", url)[0]["corrected"] is None
    exported = run("corrections", "export", "--ledger", url)
    assert len(exported.out.splitlines()) == 1 and "1 left out" in exported.err


def test_a_corrected_figure_is_marked_wherever_it_is_shown(run: Runner, book: str) -> None:
    identity = actual(run)["id"]
    before = run("export", "figures").out
    run("correct", identity, "643k", *WHY)
    for command in (("rag", "--all"), ("variance",), ("export", "figures", "--format", "table")):
        done = run(*command)
        assert "c corrected by an analyst: qippctl corrections list" in done.out, command
        row = next(line for line in done.out.splitlines() if "Front door" in line and "643" in line)
        assert " c" in row, row
    for command in ("rag", "variance"):
        marked = {a["scheme"]: a["corrected"] for a in answers(run, command)}
        assert (marked["Front door"], marked["Back door"]) == ([1], [])
    shown = run("evidence", identity).out
    assert "corrected (misread): correction 1 by ann," in shown and "as read: £843,000" in shown
    assert answers(run, "evidence", identity)[0]["corrections"][0]["reason"] == "Smudged"
    after = run("export", "figures").out
    assert before.splitlines()[0] == after.splitlines()[0], "the columns of figures are the contract's"


def test_doubts_are_numbered_and_the_numbers_are_taken(run: Runner, book: str) -> None:
    done = run("doubts")
    assert done.status == 0 and "Next: qippctl evidence '#1'" in done.out
    listed = answers(run, "doubts")
    assert {f["type"] for f in listed} == {"figure"} and all(f["doubts"] for f in listed)
    values = [abs(float(f["value"])) for f in listed if f["unit"] == "GBP"]
    assert values == sorted(values, reverse=True) and len(values) > 1
    assert listed[1]["id"] in run("evidence", "#2").out
    assert answers(run, "correct", "#2", "1k", *WHY)[0]["figure"] == listed[1]["id"]
    assert len(answers(run, "doubts")) == len(listed) - 1


def test_numbers_are_those_of_the_last_table_of_their_ledger(run: Runner, book: str, tmp_path: Path) -> None:
    done = run("evidence", "#1")
    assert done.status == 2 and "Run first: qippctl doubts" in done.err
    run("export", "figures", "--format", "table")
    first = answers(run, "export", "figures")[0]["id"]
    run("doubts", "--format", "csv")
    assert first in run("evidence", "#1").out
    other = f"sqlite:///{tmp_path / 'other.db'}"
    shutil.copy(tmp_path / "book.db", tmp_path / "other.db")
    assert run("evidence", "#1", "--ledger", other).status == 2
    assert run("evidence", "#1", "--ledger", tmp_path / "book.db").status == 0, "another way to write the same ledger"
    for number in ("#0", "#999", "#", "#x", "#²"):
        assert run("evidence", number).status == 2


def test_a_list_without_figures_takes_the_numbers_back(run: Runner, book: str) -> None:
    run("doubts")
    assert run("evidence", "#1").status == 0
    run("corrections", "list")
    assert run("evidence", "#1").status == 2


def test_corrections_are_numbered_too(run: Runner, book: str) -> None:
    identity = actual(run)["id"]
    run("correct", identity, "643k", *WHY)
    assert "#1" in run("corrections").out
    assert identity in run("evidence", "#1").out


def test_a_state_folder_that_cannot_be_written_stops_nothing(
    run: Runner, book: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    done = run("doubts")
    assert (done.status, done.err) == (0, "")
    assert run("evidence", "#1").status == 2


def test_damaged_numbers_are_no_numbers(run: Runner, book: str) -> None:
    run("doubts")
    (kept,) = Path(os.environ["XDG_STATE_HOME"]).rglob("*.json")
    for text in ("", "[]", '{"ledger": 1}', "\x00"):
        kept.write_text(text)
        assert run("evidence", "#1").status == 2


def copied(tmp_path: Path) -> str:
    """The same papers in another ledger."""
    shutil.copy(tmp_path / "book.db", tmp_path / "other.db")
    return f"sqlite:///{tmp_path / 'other.db'}"


def test_what_is_exported_another_ledger_takes_in_once(run: Runner, book: str, tmp_path: Path) -> None:
    other, identity = copied(tmp_path), actual(run)["id"]
    run("correct", identity, "643.25k", *WHY)
    run("correct", identity, "--scheme", "=Porch", *WHY)
    run("correct", actual(run, "Back door")["id"], "(12)", "--kind", "misprint", "--reason", "+ a, b; c", "--by", "bob")
    file = tmp_path / "c.csv"
    assert run("corrections", "export", "-o", file).status == 0
    rows = list(csv.DictReader(io.StringIO(file.read_text())))
    assert [row["value"] for row in rows] == ["£643250", "", "£-12000"]
    assert (rows[1]["scheme"], rows[2]["reason"]) == ("'=Porch", "'+ a, b; c")
    done = run("corrections", "import", file, "--ledger", other)
    assert done.status == 0 and "3 corrections kept" in done.err
    mine, theirs = (answers(run, "corrections", "--ledger", url) for url in (book, other))
    assert mine == theirs and mine[1]["now"] == {"scheme": "=Porch"}
    again = run("corrections", "import", file, "--ledger", other)
    assert again.status == 0 and "3 stand already" in again.err
    assert len(answers(run, "corrections", "--ledger", other)) == 3


@pytest.mark.parametrize(
    "write",
    [
        lambda t: t.encode(),
        lambda t: t.replace("\n", "\r\n").encode("utf-8-sig"),
        lambda t: t.replace(",", ";").encode(),
        lambda t: t.replace(",", "\t").encode("utf-16"),
        lambda t: t.encode("cp1252"),
        lambda t: (t + "\n,,,\n").upper().replace("#ID", "#id").encode(),
    ],
    ids=["plain", "excel", "semicolons", "utf-16", "cp1252", "shouting"],
)
def test_a_file_that_an_analyst_made_is_taken(
    run: Runner, book: str, tmp_path: Path, write: Callable[[str], bytes]
) -> None:
    identity = actual(run)["id"]
    content = write("Figure,Value,Kind,Reason\n#ID,£643k,misread,Smudged\n")
    file = tmp_path / "mine.csv"
    for encoding in ("utf-16", "utf-8"):
        if content[:2] in (b"\xff\xfe", b"\xfe\xff") and encoding == "utf-16":
            content = content.decode(encoding).replace("#ID", identity).encode(encoding)
            break
    else:
        content = content.replace(b"#ID", identity.encode()).replace(b"#id", identity.encode())
    file.write_bytes(content)
    done = run("corrections", "import", file)
    assert done.status == 0, done.err
    assert actual(run)["value"] == "643000"


def test_each_bad_row_is_named_by_its_line_and_nothing_is_kept(run: Runner, book: str, tmp_path: Path) -> None:
    identity = actual(run)["id"]
    file = tmp_path / "bad.csv"
    rows = [
        "figure,value,period,kind,reason,raw",
        f"{identity},643k,,misread,good,843",
        "ffffffffffff/p1t1/1/1,5,,misread,x,",
        f"{identity},5,,mistake,x,",
        f"{identity},5,,misread,,",
        "",
        f"{identity},5,,misread,x,848",
        f'{identity},"six,\nseven",,misread,x,',
        f"{identity},,M13,misread,x,",
        f"{identity},643k,,misread,the same,",
    ]
    file.write_text("\n".join(rows))
    done = run("corrections", "import", file)
    assert (done.status, done.out) == (2, "")
    lines = done.err.splitlines()
    assert [line.split("line ")[1].split(":")[0] for line in lines[:-1]] == ["3", "4", "5", "7", "8", "10"]
    for line, why in zip(
        lines,
        ("no figure", "mistake", "reason is missing", 'prints "843" now, not "848"', "not an amount", "M13"),
        strict=False,
    ):
        assert why in line
    assert "6 of 8 rows are wrong, so nothing was kept" in lines[-1]
    assert answers(run, "corrections") == []


def test_a_dry_import_shows_all_and_keeps_nothing(run: Runner, book: str, tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_text(f"figure,value,kind,reason\n{actual(run)['id']},643,misread,x\n")
    done = run("corrections", "import", file, "--dry-run")
    assert done.status == 0 and "£643,000" in done.out and "failed, now holds" in done.out
    assert "Nothing was kept" in done.err and answers(run, "corrections") == []
    (kept,) = answers(run, "corrections", "import", file)
    assert (kept["line"], kept["number"], kept["state"]) == (2, 1, "holds")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"figure,valeu,kind,reason\n", "no column is called valeu"),
        (b"figure,value,kind\n", "missing: reason"),
        (b"figure,kind,reason\n", "missing: one of value"),
        (b"figure,figure,value,kind,reason\n", "twice: figure"),
        (b'figure,value,kind,reason\n"open', "not a CSV"),
        (b"figure,value,kind,reason\nx,1,misread,a,b\n", "more cells than headings"),
        (b"\x81\x8d\x8f\x90", "not a text file"),
    ],
)
def test_what_is_no_file_of_corrections_is_one_line(
    run: Runner, book: str, tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "c.csv"
    file.write_bytes(content)
    done = run("corrections", "import", file)
    assert (done.status, len(done.err.splitlines())) == (2, 1) and said in done.err
    assert run("corrections", "import", tmp_path).status == 2
    assert run("corrections", "import", tmp_path / "none.csv").status == 2


def test_a_spreadsheets_way_of_writing_numbers_is_the_same_print(run: Runner, book: str, tmp_path: Path) -> None:
    file, identity = tmp_path / "c.csv", actual(run)["id"]
    file.write_text(f"figure,value,kind,reason,raw\n{identity},643,misread,x,843.0\n")
    assert run("corrections", "import", file).status == 0


def test_corrections_outlive_another_reading_of_the_same_paper(run: Runner, tmp_path: Path) -> None:
    url, sample = f"sqlite:///{tmp_path / 's.db'}", SAMPLES / "northmere-summary-m11.md"
    run("ingest", sample, "--ledger", url)
    identity = answers(run, "export", "figures", "--ledger", url)[0]["id"]
    run("correct", identity, "1.5m", *WHY, "--ledger", url)
    run("ingest", sample, "--ledger", url, "--again")
    assert answers(run, "export", "figures", "--ledger", url)[0]["value"] == "1500000"


def test_papers_count_the_doubts_that_are_left(run: Runner, book: str) -> None:
    (before,) = answers(run, "papers")
    run("correct", actual(run)["id"], "643k", *WHY)
    (after,) = answers(run, "papers")
    assert (before["doubted"], after["doubted"]) == (2, 0), "the row's variance was in doubt for it, too"


def test_an_empty_ledger_has_no_corrections(run: Runner) -> None:
    assert answers(run, "corrections") == [] and answers(run, "doubts") == []
    assert run("correct", "abc", "1", *WHY).status == 2
    assert run("corrections", "export").out.startswith("figure,value,step")
