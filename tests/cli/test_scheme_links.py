"""Names that mean one, as people and scripts say so."""

from __future__ import annotations

import csv
import getpass
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from build import figure, paper
from conftest import Run
from qippctl.ledger import Ledger, open_ledger
from qippctl.models.decisions import Distinct, Link, Undo

Runner = Callable[..., Run]
M06, M07 = "2014/15-M06", "2014/15-M07"
WHY = ("--reason", "one programme", "--by", "Ann")


def add(
    book: Ledger, period: str, *schemes: tuple[str, int], organisation: str = "Body", workstream: str = "Care"
) -> None:
    """A paper of a period with a plan for each scheme."""
    sha = f"{len(book.papers()):02d}" * 32
    figures = [
        figure(
            "plan", "year", value, scheme=name, workstream=workstream, organisation=organisation, sha256=sha, row=row
        )
        for row, (name, value) in enumerate(schemes, 1)
    ]
    made = paper(figures, period=period, organisation=organisation, paper=f"{sha[:2]}.txt")
    made = made.model_copy(update={"tables": tuple(t.model_copy(update={"period": period}) for t in made.tables)})
    book.add(made, version="test")


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A ledger of two months: a spelling that changes, a rename, and a name that two bodies have."""
    url = f"sqlite:///{tmp_path / 'book.db'}"
    book = open_ledger(url)
    add(book, M06, ("Integrate discharge", 500), ("Ward stock", 345), ("Falls", 70), ("Care", 9))
    add(book, M07, ("Integrated discharge", 500), ("Central store", 345), ("Falls", 70), ("Care", 9))
    add(book, M07, ("Falls", 10), organisation="Other body")
    return url


def records(run: Runner, *arguments: object) -> list[dict[str, Any]]:
    done = run(*arguments, "--format", "json")
    assert done.status == 0, done.err
    return json.loads(done.out)


def schemes(run: Runner, url: str) -> list[tuple[str, list[str]]]:
    found = records(run, "schemes", "--ledger", url, "--organisation", "Body")
    return sorted((a["scheme"], a["periods"]) for a in found)


def test_a_link_makes_two_names_one_in_every_answer_until_it_is_undone(run: Runner, url: str) -> None:
    before = schemes(run, url)
    linked = records(run, "schemes", "link", "integrate DISCHARGE", "Integrated", "--ledger", url, *WHY)
    assert [
        (a["number"], a["name"], a["to"], a["level"], a["outcome"], a["figures"], a["periods"]) for a in linked
    ] == [(1, "Integrate discharge", "Integrated discharge", "scheme", "linked", 1, [M06])]
    assert ("Integrated discharge", [M06, M07]) in schemes(run, url)
    rag = records(run, "rag", "--ledger", url, "--organisation", "Body", "--period", "M06", "--all", "--basis", "year")
    assert "Integrated discharge" in [a["scheme"] for a in rag]
    undone = records(run, "schemes", "unlink", "Integrate discharge", "--ledger", url, "--reason", "two wards")
    assert [(a["outcome"], a["undone_by"]) for a in undone] == [("unlinked", 2)]
    assert schemes(run, url) == before
    assert records(run, "schemes", "aliases", "--ledger", url) == []
    kept = records(run, "schemes", "aliases", "--all", "--ledger", url)
    assert [(a["number"], a["undone_by"], a["by"], a["reason"]) for a in kept] == [(1, 2, "Ann", "one programme")]


def test_a_rename_holds_from_its_period(run: Runner, url: str) -> None:
    linked = records(run, "schemes", "link", "Ward stock", "Central store", "--since", "M07", "--ledger", url, *WHY)
    assert (linked[0]["since"], linked[0]["figures"]) == (M07, 0)
    assert ("Central store", [M06, M07]) in schemes(run, url)
    rag = records(run, "rag", "--ledger", url, "--organisation", "Body", "--period", "M06", "--all", "--basis", "year")
    assert "Ward stock" in [a["scheme"] for a in rag]


def test_a_renamed_workstream_is_so_in_the_schemes_of_it(run: Runner, url: str) -> None:
    add(open_ledger(url), "2014/15-M08", ("Falls", 70), workstream="Care of older people")
    level = ("--level", "workstream", "--organisation", "Body")
    assert run("schemes", "link", "Care", "Care of older people", *level, "--ledger", url, *WHY).status == 0
    found = records(run, "schemes", "--ledger", url, "--organisation", "Body")
    assert {a["workstream"] for a in found} == {"Care of older people"}
    assert "Care" in [a["scheme"] for a in found]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Integrat discharg", "Falls"), 'no paper names "Integrat discharg" among'),
        (("Integrat discharg", "Falls"), "near it are: Integrate discharge; Integrated discharge"),
        (("Falls", "Nowhere", "--organisation", "Body"), 'no paper names "Nowhere" among the schemes'),
        (("discharge", "Central store"), '"discharge" is part of several names: Integrate discharge; Integrated'),
        (("Falls", "falls.", "--organisation", "Body"), "one name already"),
        (("Falls", "Falls"), 'several organisations have "Falls": Body; Other body. Name one with --organisation'),
        (("Care", "Central store"), '"Care" is a scheme and a workstream of Body. Say which with --level'),
        (("Ward stock", "Central store", "--share", "60"), "a split needs the period from which it holds"),
        (("Ward stock", "Central store", "--share", "0", "--since", "M07"), "above 0 and at most 100"),
        (("Ward stock", "Central store", "--share", "half"), '--share is "half"'),
        (("Ward stock", "Central store", "--since", "soon"), '"soon" is not a financial year or month'),
        (("Ward stock", "Central store", "--reason", " "), "--reason is empty"),
    ],
)
def test_a_link_that_cannot_be_says_why_in_one_line(
    run: Runner, url: str, arguments: tuple[str, ...], said: str
) -> None:
    done = run("schemes", "link", *WHY, *arguments, "--ledger", url)
    assert (done.status, done.out) == (2, "")
    assert said in done.err and done.err.count("\n") == 1
    assert open_ledger(url).decisions(Link) == []


def test_a_body_is_found_by_both_names(run: Runner, url: str) -> None:
    (linked,) = records(run, "schemes", "link", "Falls", "Central store", "--ledger", url, *WHY)
    assert linked["organisation"] == "Body"


def test_circles_and_second_links_are_refused_and_the_same_again_changes_nothing(run: Runner, url: str) -> None:
    for _ in range(2):
        done = run("schemes", "link", "Ward stock", "Central store", "--ledger", url, *WHY)
        assert done.status == 0
    assert "nothing changed" in " ".join(done.out.split())
    assert "a circle" in run("schemes", "link", "Central store", "Ward stock", "--ledger", url, *WHY).err
    second = run("schemes", "link", "Ward stock", "Falls", "--ledger", url, *WHY)
    assert '"Ward stock" is linked to "Central store" already (#1)' in second.err
    assert len(open_ledger(url).decisions(Link)) == 1


def test_shares_are_watched(run: Runner, url: str) -> None:
    def split(to: str, share: int) -> Run:
        how = ("--share", share, "--since", "M07", "--organisation", "Body")
        return run("schemes", "link", "Ward stock", to, *how, "--ledger", url, *WHY)

    first = split("Central store", 60)
    assert 'the shares of "Ward stock" come to 60% so far; the rest stays' in first.err
    assert "would come to 101%" in split("Falls", 41).err
    second = split("Falls", 40)
    assert second.status == 0 and "so far" not in second.err
    assert [link.share for link in open_ledger(url).decisions(Link)] == [60, 40]


def test_rows_of_one_table_and_names_of_two_workstreams_are_told(run: Runner, url: str) -> None:
    done = run("schemes", "link", "Ward stock", "Falls", "--organisation", "Body", "--ledger", url, *WHY)
    assert "are rows of one table (p1t1): where their figures differ they stay two rows" in done.err
    add(open_ledger(url), "2014/15-M08", ("Central store", 345), workstream="Estates")
    done = run("schemes", "link", "Central store", "Integrate discharge", "--ledger", url, *WHY)
    assert "stands in several workstreams (Care, Estates)" in done.err


def test_a_dry_run_keeps_nothing(run: Runner, url: str, tmp_path: Path) -> None:
    done = run("schemes", "link", "Ward stock", "Central store", "--dry-run", "--ledger", url, *WHY)
    assert done.status == 0 and "Nothing was kept: --dry-run." in done.out
    done = run("schemes", "unlink", "Ward stock", "Central store", "--dry-run", "--ledger", url, "--reason", "x")
    assert done.status == 0
    file = tmp_path / "links.csv"
    file.write_text("organisation,level,name,to,reason\nBody,scheme,Ward stock,Central store,r\n")
    assert run("schemes", "import-links", file, "--dry-run", "--ledger", url).status == 0
    book = open_ledger(url)
    assert [*book.decisions(Link, undone=True), *book.decisions(Distinct), *book.decisions(Undo)] == []


def test_who_says_so_is_the_login_name_or_must_be_given(
    run: Runner, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "ann.smith")
    assert run("schemes", "link", "Ward stock", "Central store", "--reason", "r", "--ledger", url).status == 0
    (kept,) = open_ledger(url).decisions(Link)
    assert kept.by == "ann.smith" and kept.at.endswith("+00:00")

    def unknown() -> str:
        raise OSError("no such user")

    monkeypatch.setattr(getpass, "getuser", unknown)
    done = run("schemes", "unlink", "1", "--reason", "r", "--ledger", url)
    assert done.status == 2 and "say it with --by" in done.err
    assert run("schemes", "unlink", "1", "--reason", "r", "--by", "Bob", "--ledger", url).status == 0
    file = tmp_path / "links.csv"
    file.write_text("organisation,level,name,to,reason\nBody,scheme,Ward stock,Central store,r\n")
    assert "say it with --by" in run("schemes", "import-links", file, "--ledger", url).err
    assert run("schemes", "import-links", file, "--by", "Bob", "--ledger", url).status == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Ward stock",), '"Ward stock" is linked to nothing'),
        (("9",), "#9 is no decision about names"),
        (("Ward stock", "ward stock!"), "are one name"),
        (("Ward stock", "Nowhere"), 'no paper names "Nowhere"'),
    ],
)
def test_what_cannot_be_unlinked(run: Runner, url: str, arguments: tuple[str, ...], said: str) -> None:
    done = run("schemes", "unlink", *arguments, "--ledger", url, *WHY)
    assert (done.status, said in done.err) == (2, True), done.err


def test_a_proposal_is_confirmed_by_its_command_or_refused_for_good(run: Runner, url: str) -> None:
    import shlex

    found = records(run, "schemes", "proposals", "--ledger", url)
    shown = [(p["kind"], p["name"], p["to"], p["since"], p["score"], p["alike"], p["unlike"]) for p in found]
    assert shown == [
        ("rename", "Ward stock", "Central store", M07, "43", 1, 0),
        ("same", "Integrate discharge", "Integrated discharge", None, "97", 1, 0),
    ]
    first = next(p for p in found if p["name"] == "Ward stock")
    assert run(*shlex.split(first["command"])[1:], "--ledger", url).status == 0
    left = records(run, "schemes", "proposals", "--ledger", url)
    assert [p["name"] for p in left] == ["Integrate discharge"]
    refused = records(run, "schemes", "unlink", "Integrated discharge", "Integrate discharge", "--ledger", url, *WHY)
    assert [(a["outcome"], a["share"]) for a in refused] == [("told apart", "0")]
    assert records(run, "schemes", "proposals", "--ledger", url) == []
    # A link that is undone is refused too; a denial that is undone is proposed again.
    assert run("schemes", "unlink", "1", "--reason", "r", "--ledger", url).status == 0
    assert records(run, "schemes", "proposals", "--ledger", url) == []
    assert run("schemes", "unlink", refused[0]["number"], "--reason", "r", "--ledger", url).status == 0
    assert [p["name"] for p in records(run, "schemes", "proposals", "--ledger", url)] == ["Integrate discharge"]


@pytest.mark.parametrize("command", ["proposals", "aliases"])
def test_what_there_is_comes_in_every_format(
    run: Runner, url: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    run("schemes", "link", "Integrate discharge", "Integrated discharge", "--ledger", url, *WHY)
    for form in ("table", "md", "jsonl", "csv"):
        done = run("schemes", command, "--ledger", url, "--format", form)
        assert (done.status, done.err) == (0, "") and done.out.endswith("\n")
        if form == "table":
            assert max(map(len, done.out.splitlines())) <= 80
        if form == "csv":
            rows = list(csv.reader(io.StringIO(done.out)))
            assert len(rows) == 2 and len(rows[0]) == len(rows[1])


HEAD = "organisation,level,name,to,since,share,reason,by"
ROWS = f"""{HEAD}
Body,scheme,Integrate discharge,Integrated discharge,,100,spelling,Ann
Body,scheme,Ward stock,Central store,{M07},60,"parted, by the board",Ann
Body,scheme,Ward stock,Falls,{M07},40,"parted, by the board",Ann
Other body,scheme,'- none,Falls,,100,spelling,Bob
Body,scheme,Falls,Care,,0,two,Ann
"""


def test_links_go_into_a_file_and_come_back_as_they_were(run: Runner, url: str, tmp_path: Path) -> None:
    file, other = tmp_path / "links.csv", tmp_path / "again.csv"
    file.write_text(ROWS)
    done = run("schemes", "import-links", file, "--ledger", url)
    assert done.status == 0
    assert done.err == 'no paper of Other body names the scheme "- none": its link waits for one\n'
    assert run("schemes", "export-links", other, "--ledger", url).err == f"5 links written to {other}\n"
    assert other.read_text() == ROWS
    book = open_ledger(url)
    kept = [link.model_dump() for link in book.decisions(Link)]
    assert [(k["share"], k["since"], k["by"]) for k in kept][1] == (Decimal(60), M07, "Ann")
    again = records(run, "schemes", "import-links", other, "--ledger", url)
    assert {a["outcome"] for a in again} == {"as before"} and len(again) == 5
    assert [link.model_dump() for link in book.decisions(Link)] == kept
    assert run("schemes", "export-links", "-", "--ledger", url, "--organisation", "Other").out == "\n".join(
        (HEAD, ROWS.splitlines()[4], "")
    )


def test_a_file_with_bad_rows_is_not_loaded_at_all(run: Runner, url: str, tmp_path: Path) -> None:
    file = tmp_path / "links.csv"
    bad = [
        "Body,scheme,A,A,,,r,",
        "Body,group,A,B,,,r,",
        "Body,scheme,A,B,,50,r,",
        "Body,scheme,A,B,,half,r,",
        "Body,scheme,A,B,soon,,r,",
        "Body,scheme,A,B,,,,",
        "Body,scheme,Central store,Ward stock,,,r,",
        "Body,scheme,Ward stock,Falls,,,r,",
    ]
    file.write_text("\n".join((HEAD, "Body,scheme,Ward stock,Central store,,,r,", *bad, "")))
    done = run("schemes", "import-links", file, "--ledger", url)
    *lines, last = done.err.splitlines()
    assert done.status == 2 and [line.split(":")[1] for line in lines] == [f" row {n}" for n in range(3, 11)]
    said = [
        "one name already", "level is", "a split needs", "share is", "not a financial year", "reason is empty",
        "a circle", "linked to",
    ]  # fmt: skip
    assert [text for text, line in zip(said, lines, strict=True) if text not in line] == []
    assert last.startswith(f"qippctl: {file}: nothing was loaded, as 8 of its rows cannot be")
    assert open_ledger(url).decisions(Link) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "a heading row without organisation"),
        (b"organisation,level,name,reason\n", "a heading row without to"),
        (f"{HEAD},when\n".encode(), "with the unknown when"),
        (b"\xff\xfe\x00", "not UTF-8 text"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_is_none(run: Runner, url: str, tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "links.csv"
    if content is not None:
        file.write_bytes(content)
    done = run("schemes", "import-links", file, "--ledger", url)
    assert done.status == 2 and said in done.err and str(file) in done.err and done.err.count("\n") == 1


def test_a_file_that_a_spreadsheet_wrote(run: Runner, url: str, tmp_path: Path) -> None:
    file = tmp_path / "links.csv"
    text = "Organisation;Level;Name;To;Since;Share;Reason;By\r\nBody;scheme;Ward stock;Central store;14/15 M7;60%;board;\r\n"
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    (found,) = records(run, "schemes", "import-links", file, "--by", "Ann", "--ledger", url)
    assert (found["since"], found["share"], found["by"], found["outcome"]) == (M07, "60", "Ann", "linked")
