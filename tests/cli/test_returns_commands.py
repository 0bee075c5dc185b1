"""returns, escalations and plan: what is listed, what is recorded, and how it is taken back."""

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
NORTHMERE = "Northmere Clinical Commissioning Group"
PLAN = ("--organisation", "Northmere", "--period", "M11", "--meeting", "Board, 12 May 2015", "--reason", "Minuted")


@pytest.fixture
def book(sample_ledger: str, tmp_path: Path) -> str:
    """A ledger of the samples that may be written to."""
    copy = tmp_path / "copy.db"
    shutil.copy(sample_ledger.removeprefix("sqlite:///"), copy)
    return f"sqlite:///{copy}"


def records(run: Runner, *arguments: object) -> list[dict]:
    done = run(*arguments, "--format", "json")
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_returns_say_what_is_missing_and_whom_to_ask(run: Runner, sample_ledger: str) -> None:
    found = records(run, "returns", "--ledger", sample_ledger)
    said = {(one["organisation"], one["problem"], one["code"]) for one in found}
    assert said == {
        ("Eastholme Primary Care Trust", "data stops", None),
        ("Merrowdale Clinical Commissioning Group", "draft", None),
        ("NHS East Orrin Valley", "blank", "PC3d"),
        ("NHS East Orrin Valley", "blank", "UPC1a"),
        (NORTHMERE, "draft", None),
    }
    stops = next(one for one in found if one["problem"] == "data stops")
    assert (stops["detail"], stops["last_reported"]) == ("Prescribing: to 2010/11-M11", "2010/11-M11")
    assert stops["owners"]["Lead director"] == "V. Castellan"


def test_returns_count_first_and_say_last_who_lacks_nothing(run: Runner, sample_ledger: str) -> None:
    lines = run("returns", "--ledger", sample_ledger).out.splitlines()
    assert lines[1] == "1 note says that data stop early."
    assert lines.index("2 scheme sheets are blank.") < lines.index("Nothing is missing:")
    assert lines[-1] == "Next: qippctl returns --format csv -o owners.csv"


def test_returns_as_csv_can_be_chased_with(run: Runner, sample_ledger: str) -> None:
    done = run("returns", "--ledger", sample_ledger, "--organisation", "East Orrin Valley", "--format", "csv")
    assert done.status == 2 and "part of several names" in done.err
    done = run("returns", "--ledger", sample_ledger, "--organisation", "NHS East Orrin Valley", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [(row["code"], row["problem"], row["page"]) for row in rows] == [
        ("PC3d", "blank", "3"),
        ("UPC1a", "blank", "4"),
    ]
    assert rows[0]["owners"].startswith("Lead director: V. Osterman")


def month(folder: Path, number: int, schemes: list[str], name: str = "Testville") -> Path:
    path = folder / f"{name}-m{number:02}.txt"
    rows = "".join(f"{scheme}\t5\t6\n" for scheme in schemes)
    path.write_text(
        f"{name} Council\nSavings at month {number} of 2014/15\n\nScheme\tYTD plan £000\tYTD actual £000\n{rows}"
    )
    return path


def test_a_scheme_that_dropped_out_is_missed_until_it_is_linked(run: Runner, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'book.db'}"
    for number, schemes in ((3, ["Front", "Back", "Lost"]), (4, ["Front", "Back"]), (5, ["Front", "Rear"])):
        run("ingest", month(tmp_path, number, schemes), "--ledger", url, "--quiet")
    found = records(run, "returns", "--ledger", url)
    assert [(one["scheme"], one["problem"], one["last_reported"]) for one in found] == [
        ("Back", "not reported", "2014/15-M04"),
        ("Lost", "not reported", "2014/15-M03"),
    ]
    from qippctl.ledger import open_ledger
    from qippctl.models.decisions import Link

    link = Link(
        organisation="Testville Council", by="A", at="2014-10-01T00:00:00", reason="", name="Back", to="Rear", share=100
    )
    open_ledger(url).decide(link)
    assert [one["scheme"] for one in records(run, "returns", "--ledger", url)] == ["Lost"]


def test_a_body_without_a_paper_for_the_month_that_was_asked_for_is_missed(run: Runner, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'book.db'}"
    for path in (month(tmp_path, 4, ["A", "B"]), month(tmp_path, 5, ["C", "D"], "Otherton")):
        run("ingest", path, "--ledger", url, "--quiet")
    assert records(run, "returns", "--ledger", url) == []
    found = records(run, "returns", "--ledger", url, "--period", "2014/15-M05")
    assert [(one["organisation"], one["scheme"]) for one in found] == [
        ("Testville Council", "A"),
        ("Testville Council", "B"),
    ]


def test_an_escalation_is_listed_until_its_outcome_is_recorded_and_again_when_that_is_taken_back(
    run: Runner, book: str
) -> None:
    (one,) = records(run, "escalations", "--ledger", book, "--today", "2011-07-28")
    assert (one["organisation"], one["code"], one["due"]) == ("NHS East Orrin Valley", "PC1f", "2011-07-15")
    assert (one["to"], one["overdue"], one["outcome"]) == ("Joint Executive", True, None)
    resolve = (
        "escalations",
        "resolve",
        one["id"][:4],
        "--outcome",
        "Agreed on 14 July",
        "--by",
        "V. O.",
        "--ledger",
        book,
    )
    assert records(run, *resolve, "--dry-run")[0]["number"] == 0
    assert len(records(run, "escalations", "--ledger", book)) == 1
    (kept,) = records(run, *resolve)
    assert (kept["type"], kept["escalation"], kept["by"]) == ("outcome", one["id"], "V. O.")
    assert records(run, "escalations", "--ledger", book) == []
    assert records(run, "escalations", "--ledger", book, "--all")[0]["outcome"] == "Agreed on 14 July"
    again = run(*resolve)
    assert again.status == 2 and f"escalations reopen {kept['number']}" in again.err
    undone = records(run, "escalations", "reopen", kept["number"], "--reason", "not minuted", "--ledger", book)
    assert (undone[0]["type"], undone[0]["undoes"]) == ("undo", kept["number"])
    assert len(records(run, "escalations", "--ledger", book)) == 1


@pytest.mark.parametrize(("today", "count"), [("2011-07-15", 0), ("16 July 2011", 1)])
def test_an_escalation_is_overdue_after_its_day(run: Runner, sample_ledger: str, today: str, count: int) -> None:
    assert len(records(run, "escalations", "--ledger", sample_ledger, "--today", today)) == count


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (("--organisation", "NHS East Orrin Valley"), 1),
        (("--organisation", "NHS West Orrin Valley"), 0),
        (("--period", "2011/12-M03"), 1),
        (("--period", "2011/12-M01"), 0),
    ],
)
def test_escalations_of_a_body_and_up_to_a_period(
    run: Runner, sample_ledger: str, arguments: tuple[str, ...], count: int
) -> None:
    assert len(records(run, "escalations", "--ledger", sample_ledger, *arguments)) == count


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("escalations", "--today", "soon"), "is not a date"),
        (("escalations", "resolve", "zzz", "--outcome", "x"), "no escalation has the id"),
        (("escalations", "resolve", "0", "--outcome", " "), "--outcome is empty"),
        (("escalations", "reopen", "9", "--reason", "x"), "no outcome has the number 9"),
        (("plan", "withdraw", "#9", "--reason", "x"), "no plan approval has the number 9"),
        (("plan", "withdraw", "nine", "--reason", "x"), "is not the number of a decision"),
        (("plan", "approve", *PLAN, "--scheme", "nonsense"), "no scheme of the period is called that"),
        (("plan", "approve", *PLAN[:2], "--period", "M3", *PLAN[4:]), "2014/15-M11"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    run: Runner, sample_ledger: str, arguments: tuple[str, ...], said: str
) -> None:
    done = run(*arguments, "--ledger", sample_ledger)
    assert done.status == 2
    assert said in done.err and len(done.err.splitlines()) == 1


def test_an_approval_is_recorded_once_listed_and_withdrawn(run: Runner, book: str) -> None:
    approve = ("plan", "approve", *PLAN, "--scheme", "prescribing", "--by", "S. Lee", "--ledger", book)
    assert records(run, *approve, "--dry-run")[0]["number"] == 0
    assert records(run, "plan", "approvals", "--ledger", book) == []
    (kept,) = records(run, *approve)
    assert (kept["organisation"], kept["period"], kept["scheme"]) == (NORTHMERE, "2014/15-M11", "Prescribing")
    assert run(*approve).status == 2
    (whole,) = records(run, "plan", "approve", *PLAN, "--ledger", book)
    assert whole["scheme"] is None
    listed = records(run, "plan", "approvals", "--ledger", book, "--organisation", "Northmere")
    assert [one["number"] for one in listed] == [kept["number"], whole["number"]]
    done = run("plan", "withdraw", kept["number"], "--reason", "wrong scheme", "--ledger", book)
    assert f"Plan approval {kept['number']} is taken back: wrong scheme" in done.out
    assert run("plan", "withdraw", kept["number"], "--reason", "again", "--ledger", book).status == 2
    assert [one["number"] for one in records(run, "plan", "approvals", "--ledger", book)] == [whole["number"]]
    every = records(run, "plan", "approvals", "--ledger", book, "--all")
    assert [one["undone_by"] is None for one in every] == [False, True]


def test_the_echo_says_the_number_and_the_way_back(run: Runner, book: str) -> None:
    done = run("plan", "approve", *PLAN, "--by", "S. Lee", "--ledger", book)
    assert done.out.splitlines()[:2] == [
        f"{NORTHMERE}   plan as of 2014/15-M11   every scheme",
        "Approved by Board, 12 May 2015.",
    ]
    assert "qippctl plan withdraw 1 --reason TEXT" in done.out


def test_who_decides_is_the_user_where_nobody_is_named(run: Runner, book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "pat")
    assert records(run, "plan", "approve", *PLAN, "--ledger", book)[0]["by"] == "pat"
