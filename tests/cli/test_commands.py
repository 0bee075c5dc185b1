"""The commands as scripts and people use them: answers, formats, exit statuses."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import SAMPLES, Run

Runner = Callable[..., Run]
NORTHMERE = "Northmere Clinical Commissioning Group"
FORMATS = ("table", "json", "jsonl", "csv", "md")
ANSWERS = [
    ("papers",), ("schemes",), ("rag",), ("rag", "--basis", "year"), ("rag", "--all"), ("rag", "--distribution"),
    ("rag", "--dimension", "milestones"), ("variance",), ("variance", "--basis", "year"), ("variance", "--basis", "month"),
    ("variance", "--waterfall"), ("forecast",), ("forecast", "--scenarios"), ("profile",), ("profile", "--deficit", "2m"),
    ("export", "figures"), ("doubts",), ("doubts", "--all"), ("policy", "list"), ("policy", "check"), ("returns",),
    ("escalations",), ("escalations", "--all"), ("milestones",), ("milestones", "--all", "--at", "2023-10-10"),
    ("milestones", "--by", "scheme"), ("milestones", "--by", "owner"), ("risks",), ("risks", "--all"),
    ("movement", "--organisation", "Eastholme"), ("metrics",), ("metrics", "--all"), ("metrics", "--chart-data", "Seen within"),
    ("priorities",), ("priorities", "--budget", "2m"), ("alignment",),
    ("activity",), ("backlog",), ("backlog", "--by", "2011-09-30=500", "--capacity", "400", "--arrivals", "20"),
    ("audit",), ("audit", "--all"), ("audit", "--untied"), ("explain", "QT101"), ("explain",), ("config",),
    ("close", "M06", "--organisation", "Fellside", "--check"),
    ("close", "M11", "--organisation", "Northmere", "--check", "--fail-on", "never"),
    ("export", "findings"), ("export", "ratings"), ("export", "milestones"),
    ("finances",), ("finances", "--all"), ("finances", "--years"), ("finances", "--rate", "2.5"),
    ("schemes", "show", "Prescribing", "--organisation", "Northmere"),
    ("report", "fields"),
    ("chart", "cumulative"), ("chart", "waterfall"), ("chart", "waterfall", "--basis", "year"), ("chart", "movement"),
    ("chart", "profile"), ("chart", "gantt"), ("chart", "heatmap"), ("chart", "heatmap", "--by", "month"), ("chart", "history"),
    ("chart", "spc", "--indicator", "Seen within"),
]  # fmt: skip

LEDGERLESS = ("policy", "explain", "config")


def records(run: Runner, *arguments: object) -> list[dict]:
    done = run(*arguments, "--format", "json")
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_help_begins_with_examples(run: Runner) -> None:
    done = run("--help")
    assert done.status == 0
    assert done.out.index("Examples:") < done.out.index("Options:")


def test_every_command_has_an_example_that_works(
    run: Runner, sample_ledger: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The last line of each help text can be pasted."""
    import re

    import typer.main

    from qippctl.cli.app import app

    monkeypatch.chdir(tmp_path)
    (tmp_path / "samples").symlink_to(SAMPLES)
    (tmp_path / "links.csv").write_text("organisation,level,name,to,reason\nBody,scheme,A,B,spelling\n")
    shutil.copy(sample_ledger.removeprefix("sqlite:///"), tmp_path / "book.db")
    monkeypatch.setenv("QIPPCTL_LEDGER", "sqlite:///book.db")
    group = typer.main.get_command(app)
    examples = []
    todo = [group]
    while todo:
        command = todo.pop()
        children = getattr(command, "commands", {})
        todo += children.values()
        if not children or (command is not group and command.invoke_without_command):
            found = re.search(r"Example: qippctl (.+)$", (command.help or "").strip())
            assert found, command.name
            examples.append(found[1])
    assert len(examples) >= 10
    for example in examples:
        done = run(*example.split())
        assert (done.status, example) == (0, example), done.err


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("command", ANSWERS, ids=" ".join)
def test_every_answer_comes_in_every_format(
    run: Runner, sample_ledger: str, command: tuple[str, ...], form: str
) -> None:
    ledger = () if command[0] in LEDGERLESS else ("--ledger", sample_ledger)
    done = run(*command, *ledger, "--format", form)
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith("\n") and done.out.strip()
    if form == "json":
        assert isinstance(json.loads(done.out), list)
    elif form == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in done.out.splitlines())
    elif form == "csv":
        rows = list(csv.reader(io.StringIO(done.out)))
        assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("command", ANSWERS, ids=" ".join)
def test_tables_fit_80_columns(
    run: Runner, sample_ledger: str, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ledger = () if command[0] in LEDGERLESS else ("--ledger", sample_ledger)
    done = run(*command, *ledger, "--format", "table")
    assert max(map(len, done.out.splitlines())) <= 80


def test_rag_answers_what_the_contract_lists(run: Runner, sample_ledger: str) -> None:
    answers = records(run, "rag", "--ledger", sample_ledger, "--organisation", "Northmere")
    keys = {
        "type", "organisation", "workstream", "scheme", "role", "period", "dimension", "plan", "actual", "variance", "delivery",
        "printed", "derived", "certainty", "possible", "policy", "basis", "sources",
    }  # fmt: skip
    assert keys <= set(answers[0])
    schemes = [a for a in answers if a["role"] == "scheme"]
    assert [sum(a["derived"] == c for a in schemes) for c in ("red", "green", None)] == [5, 8, 2]
    total = next(a for a in answers if a["role"] == "total")
    assert (total["plan"], total["actual"], total["variance"], total["delivery"]) == (
        "7833400",
        "6405500",
        "-1427900",
        "81.8",
    )


def test_variance_answers_what_the_contract_lists(run: Runner, sample_ledger: str) -> None:
    answers = records(run, "variance", "--ledger", sample_ledger, "--organisation", "northmere", "--basis", "year")
    total = next(a for a in answers if a["role"] == "total")
    assert (total["type"], total["basis"], total["plan"], total["actual"], total["variance"]) == (
        "variance",
        "year",
        "9211000",
        "7160000",
        "-2051000",
    )


def test_a_disagreement_is_marked_and_can_fail_a_script(run: Runner, sample_ledger: str) -> None:
    asked = ("rag", "--ledger", sample_ledger, "--organisation", "Fellside", "--fail-on", "disagreement")
    assert run(*asked).status == 0, "the paper's own rule gives the colours that it prints"
    done = run(*asked, "--policy", "west-leicestershire-2015")
    assert done.status == 1
    assert "x Outpatient booking: the paper prints Amber; the rule gives Red." in done.out


@pytest.mark.parametrize(
    ("organisation", "condition", "status"), [("Fellside", "red", 1), ("Harrow", "red", 0), ("Fellside", "amber", 1)]
)
def test_fail_on(run: Runner, sample_ledger: str, organisation: str, condition: str, status: int) -> None:
    assert (
        run("rag", "--ledger", sample_ledger, "--organisation", organisation, "--fail-on", condition).status == status
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--organisation", "Nowhere"), "Eastholme"),
        (("--organisation", "No"), '"No" is part of several names'),
        (("--organisation", "Northmere", "--period", "M3"), "2014/15-M11"),
        (("--period", "tomorrow"), "such as 2014/15"),
        (("--policy", "nonsense"), "west-leicestershire-2015"),
        (("--policy", "./missing.toml"), "cannot be read"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(
    run: Runner, sample_ledger: str, arguments: tuple[str, ...], said: str
) -> None:
    if arguments[1] == "No":
        arguments = ("--organisation", "Trust")
        said = '"Trust" is part of several names'
    done = run("rag", "--ledger", sample_ledger, *arguments)
    assert done.status == 2
    assert said in done.err and len(done.err.splitlines()) == 1
    assert done.out == ""


def test_variance_shows_what_rag_judges(run: Runner, sample_ledger: str) -> None:
    done = run("variance", "--ledger", sample_ledger, "--organisation", "Eastholme")
    assert "Planned Care" in done.out


def test_schemes_of_a_period_that_only_some_report(run: Runner, sample_ledger: str) -> None:
    found = records(run, "schemes", "--ledger", sample_ledger, "--period", "2014/15-M11")
    assert {s["organisation"] for s in found} == {NORTHMERE}


def test_an_absurd_number_stops_no_answer(run: Runner, tmp_path: Path) -> None:
    path, book = tmp_path / "odd.txt", tmp_path / "book.db"
    path.write_text(
        "Testville Council\n28 April 2015\nSavings at month 11 of 2014/15\n\n"
        "Scheme\tYTD plan £000\tYTD actual £000\nFront door\t0.1\t999999999999999999999999bn\nBack door\t5\t6\n"
    )
    assert run("ingest", path, "--ledger", book).status == 0
    for command in ("rag", "variance", "schemes"):
        assert run(command, "--ledger", book, "--all" if command == "rag" else "--quiet").status == 0


def test_reading_does_not_wait_for_a_writer(run: Runner, sample_ledger: str, tmp_path: Path) -> None:
    import sqlite3

    copy = tmp_path / "copy.db"
    shutil.copy(sample_ledger.removeprefix("sqlite:///"), copy)
    writer = sqlite3.connect(copy, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    assert run("papers", "--ledger", copy).status == 0
    writer.execute("ROLLBACK")


def test_a_pattern_takes_the_folders_that_it_matches(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "g" / "sub").mkdir(parents=True)
    shutil.copy(SAMPLES / "northmere-summary-m11.md", tmp_path / "g" / "sub" / "a.md")
    done = run("extract", str(tmp_path / "g" / "*"), "--format", "csv")
    assert done.status == 0 and len(done.out.splitlines()) == 65


def test_a_bare_month_is_of_the_newest_year(run: Runner, sample_ledger: str) -> None:
    assert {
        a["period"]
        for a in records(run, "rag", "--ledger", sample_ledger, "--organisation", "Northmere", "--period", "M11")
    } == {"2014/15-M11"}


def test_ingesting_twice_changes_nothing_and_says_so(run: Runner, tmp_path: Path) -> None:
    paper, book = SAMPLES / "northmere-summary-m11.md", tmp_path / "book.db"
    first = run("ingest", paper, "--ledger", book)
    before = book.read_bytes()
    second = run("ingest", paper, "--ledger", book)
    assert (first.status, second.status) == (0, 0)
    assert "#1" in first.out and "unchanged" not in first.out and "unchanged" in second.out
    assert "1 of 1 papers were in the ledger already: nothing changed." in second.err
    assert book.read_bytes() == before


def test_one_bad_paper_does_not_stop_the_others(run: Runner, tmp_path: Path) -> None:
    bad, empty, book = tmp_path / "bad.pdf", tmp_path / "empty.docx", tmp_path / "book.db"
    bad.write_bytes(b"%PDF-1.7 and then nothing")
    empty.touch()
    done = run("ingest", bad, SAMPLES / "northmere-summary-m11.md", empty, "--ledger", book)
    assert done.status == 3
    failures = [line for line in done.err.splitlines() if line.startswith("qippctl: ")]
    assert len(failures) == 2 and "bad.pdf" in failures[0] and "empty.docx: empty" in failures[1]
    assert len(records(run, "papers", "--ledger", book)) == 1
    assert "Traceback" not in done.err


def test_chosen_pages_keep_both_numbers_and_can_be_widened(run: Runner, tmp_path: Path) -> None:
    pack, book = SAMPLES / "northmere-board-m11.pdf", tmp_path / "book.db"
    run("ingest", pack, "--pages", "2", "--ledger", book)
    first = records(run, "papers", "--ledger", book)[0]
    assert (first["pages"], first["pages_read"], first["printed_pages"]) == (7, "2", {"2": "182"})
    ids = {f["id"] for f in records(run, "export", "figures", "--ledger", book)}
    assert run("ingest", pack, "--pages", "5-6", "--ledger", book).status == 0
    second = records(run, "papers", "--ledger", book)[0]
    assert (second["number"], second["pages_read"]) == (1, "2,5-6")
    assert {(p["organisation"], p["meeting_date"]) for p in (first, second)} == {(NORTHMERE, "2015-05-12")}
    assert ids < {f["id"] for f in records(run, "export", "figures", "--ledger", book)}
    assert "unchanged" in run("ingest", pack, "--pages", "6", "--ledger", book).out


@pytest.mark.parametrize("pages", ["0", "9-3", "x", "1-"])
def test_a_selection_of_pages_that_is_none(run: Runner, tmp_path: Path, pages: str) -> None:
    done = run("ingest", SAMPLES / "northmere-board-m11.pdf", "--pages", pages, "--ledger", tmp_path / "b.db")
    assert done.status == 2 and "selection of pages" in done.err


def test_pages_that_a_paper_has_not_got(run: Runner) -> None:
    done = run("extract", SAMPLES / "northmere-board-m11.pdf", "--pages", "90")
    assert done.status == 3 and "has 7 pages" in done.err


def test_extract_touches_no_ledger(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = tmp_path / "untouched.db"
    monkeypatch.setenv("QIPPCTL_LEDGER", f"sqlite:///{book}")
    done = run("extract", SAMPLES / "northmere-summary-m11.md", "--format", "jsonl")
    kinds = {json.loads(line)["type"] for line in done.out.splitlines()}
    assert done.status == 0 and kinds == {"paper", "figure", "status", "claim"}
    assert not book.exists()


def test_an_empty_ledger_says_what_to_do_next(run: Runner) -> None:
    for command in ("rag", "variance", "schemes"):
        done = run(command, "--format", "json")
        assert (done.status, json.loads(done.out)) == (0, [])
        assert "qippctl ingest PATH" in done.err


@pytest.mark.parametrize(
    "arguments", [("rag", "--format", "pdf"), ("nonsense",), ("ingest",), ("rag", "--basis", "month"), ("extract",)]
)
def test_wrong_usage(run: Runner, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).status == 2


def test_a_ledger_that_cannot_be_used(run: Runner, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"not a database at all, however you look at it" * 100)
    for command in (("papers",), ("rag",), ("ingest", SAMPLES / "northmere-summary-m11.md")):
        done = run(*command, "--ledger", broken)
        assert done.status == 4 and len(done.err.splitlines()) == 1


def test_a_ledger_that_was_named_and_is_not_there_is_an_error(run: Runner, tmp_path: Path) -> None:
    done = run("rag", "--ledger", tmp_path / "mistyped.db", "--fail-on", "red")
    assert done.status == 4 and "no such ledger" in done.err


def test_output_follows_links_keeps_rights_and_writes_to_pipes(run: Runner, sample_ledger: str, tmp_path: Path) -> None:
    target, link, pipe = tmp_path / "secret.csv", tmp_path / "link.csv", tmp_path / "pipe"
    target.write_text("old")
    target.chmod(0o600)
    link.symlink_to(target)
    os.mkfifo(pipe)
    assert run("rag", "--ledger", sample_ledger, "--format", "csv", "-o", link).status == 0
    assert (
        link.is_symlink() and target.stat().st_mode & 0o777 == 0o600 and target.read_text().startswith("organisation")
    )
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True)
    assert run("rag", "--ledger", sample_ledger, "--format", "csv", "-o", pipe).status == 0
    assert reader.communicate()[0].startswith("organisation") and pipe.is_fifo()


def test_a_paper_without_savings_is_said_to_have_none(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text("Fellside Hospitals NHS Trust\nMinutes of 3 May 2024\nNothing about money was said.\n")
    done = run("ingest", path, "--ledger", tmp_path / "book.db")
    assert done.status == 0 and "minutes.txt: no table of savings was found" in done.err


def test_figures_without_a_period_are_said_to_be_left_out(run: Runner, tmp_path: Path) -> None:
    path, book = tmp_path / "undated.txt", tmp_path / "book.db"
    path.write_text("Testville Council\nSavings schemes\n\nScheme\tYTD plan £000\tYTD actual £000\nA\t5\t6\nB\t7\t8\n")
    done = run("ingest", path, "--ledger", book)
    assert done.status == 0
    assert "undated.txt: 4 figures without a month or year: rag and variance leave them out" in done.err
    assert len(records(run, "export", "figures", "--ledger", book)) == 4


def test_a_mistyped_column_in_a_layout_is_one_line(run: Runner) -> None:
    from qippctl.interpret import layouts

    folder = Path(os.environ["XDG_CONFIG_HOME"]) / "qippctl" / "parsers"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(
        'name = "mine"\nkind = "schemes"\n[identify]\nheadings = [["x"]]\n[columns]\n"forcast.year" = ["x"]\n'
    )
    layouts.forget()
    try:
        done = run("doctor")
        assert done.status == 2 and '"forcast.year" is not measure.basis' in done.out
    finally:
        layouts.forget()


def test_output_goes_to_a_file_whole(run: Runner, sample_ledger: str, tmp_path: Path) -> None:
    target = tmp_path / "rag.csv"
    done = run("rag", "--ledger", sample_ledger, "--format", "csv", "-o", target)
    assert (done.status, done.out) == (0, "")
    assert target.read_text().startswith("organisation,workstream,scheme")
    missing = run("rag", "--ledger", sample_ledger, "-o", tmp_path / "no" / "rag.csv")
    assert missing.status == 2 and "cannot be written" in missing.err
    assert [p.name for p in tmp_path.iterdir()] == ["rag.csv"]


def test_a_paper_is_chosen_by_its_number(run: Runner, sample_ledger: str) -> None:
    name = records(run, "papers", "--ledger", sample_ledger)[0]["paper"]
    assert {f["paper"] for f in records(run, "export", "figures", "--ledger", sample_ledger, "--paper", "#1")} == {name}
    assert run("export", "figures", "--ledger", sample_ledger, "--paper", "#99").status == 2


def test_policy_show(run: Runner) -> None:
    done = run("policy", "show", "south-west-essex-2011")
    assert "80% of plan or more" in done.out and "2 slipped" not in done.out


@pytest.mark.parametrize(("percent", "status", "said"), [("20", 0, "low: 20%"), ("120", 2, "probability")])
def test_a_policy_may_say_how_probable_a_word_is(
    run: Runner, tmp_path: Path, percent: str, status: int, said: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f'name = "mine"\ntitle = "Mine"\nsource = "x"\n[probability]\nlow = "{percent}"\n')
    done = run("policy", "show", path)
    assert done.status == status and said in done.out + done.err


def test_a_papers_own_rule_judges_it_and_policy_overrules(run: Runner, sample_ledger: str) -> None:
    asked = ("rag", "--ledger", sample_ledger, "--organisation", "Fellside")
    stated = records(run, *asked)
    assert {a["policy"] for a in stated} == {"fellside-hospitals-nhs-foundation-trust-2014"}
    assert next(a["derived"] for a in stated if a["scheme"] == "Outpatient booking") == "amber"
    named = records(run, *asked, "--policy", "west-leicestershire-2015")
    assert {a["policy"] for a in named} == {"west-leicestershire-2015"}
    assert "the rule that the paper states (fellside-trust-cip-m06.docx, page 1)" in " ".join(run(*asked).out.split())


def test_a_paper_that_states_no_rule_is_judged_by_the_default(run: Runner, sample_ledger: str) -> None:
    answers = records(run, "rag", "--ledger", sample_ledger, "--organisation", "Northmere")
    assert {a["policy"] for a in answers} == {"west-leicestershire-2015"}


def test_milestones_are_rated_beside_money(run: Runner, sample_ledger: str) -> None:
    asked = ("rag", "--ledger", sample_ledger, "--organisation", "Eastholme", "--policy", "south-west-essex-2011")
    answers = records(run, *asked)
    late = [a for a in answers if a["dimension"] == "milestones"]
    assert late and all(a["plan"] is a["actual"] is a["variance"] is a["delivery"] is None for a in late)
    assert {a["certainty"] for a in late if a["derived"] is None} == {"none"}
    assert any(a["note"].endswith("the rule gives this no colour") for a in late)
    assert records(run, *asked, "--dimension", "milestones") == late
    assert "Miles." in run(*asked).out and "Miles." not in run(*asked, "--dimension", "finance").out


def test_milestones_are_rated_by_their_status(run: Runner, sample_ledger: str) -> None:
    asked = ("rag", "--ledger", sample_ledger, "--organisation", "Kelderby", "--dimension", "milestones")
    rated = {a["scheme"]: a["derived"] for a in records(run, *asked, "--policy", "stafford-2010")}
    assert rated == {"Framework rates": "green", "Low value procedures": "red", "Inhaler switches": "green"}
    assert records(run, *asked) == [], "the rule that the paper states rates no milestones, and it prints no ratings"


@pytest.mark.parametrize(("dimension", "status"), [("finance", 0), ("milestones", 1), ("metrics", 0)])
def test_fail_on_looks_at_the_dimensions_that_are_answered(
    run: Runner, sample_ledger: str, tmp_path: Path, dimension: str, status: int
) -> None:
    path = tmp_path / "late.toml"
    path.write_text(
        'name = "late"\ntitle = "x"\nsource = "x"\n[money]\nbands = [{colour = "green", at_least = "0"}, {colour = "amber"}]\n'
        '[milestones]\nbands = [{colour = "red", slipped_at_least = 1}]\n'
    )
    asked = ("rag", "--ledger", sample_ledger, "--organisation", "Eastholme", "--policy", path, "--fail-on", "red")
    assert run(*asked, "--dimension", dimension).status == status
    assert run(*asked).status == 1


def test_the_distribution_counts_what_rag_judges(run: Runner, sample_ledger: str) -> None:
    found = records(run, "rag", "--ledger", sample_ledger, "--organisation", "Northmere", "--distribution")
    assert [(d["colour"], d["schemes"], d["value"], d["share_by_number"], d["share_by_value"]) for d in found] == [
        ("red", 5, "3915800", "33.3", "50"),
        ("green", 8, "3917600", "53.3", "50"),
        ("none", 2, "0", "13.3", "0"),
    ]
    shown = run("rag", "--ledger", sample_ledger, "--organisation", "Northmere", "--all").out
    assert "5 Red (3,915.8, 50%)   8 Green (3,917.6, 50%)   2 without a colour" in shown


GAPPY = """name = "gappy"
title = "Gappy"
source = "x"
[money]
bands = [
  { colour = "green", at_least = "95" },
  { colour = "amber", at_least = "80", below = "97" },
  { colour = "red", below = "75" },
]
[milestones]
bands = [
  { colour = "green", slipped_at_most = 0 },
  { colour = "amber", slipped_at_least = 1, days_at_most = 14 },
  { colour = "red", slipped_at_least = 1, days_more_than = 30 },
]
"""


def test_policy_check_reports_gaps_and_overlaps(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "gappy.toml"
    path.write_text(GAPPY)
    found = records(run, "policy", "check", path)
    assert [(f["dimension"], f["kind"], f["case"], f["colours"]) for f in found if f["type"] == "policy-finding"] == [
        ("finance", "overlap", "from 95% to below 97% of plan", ["green", "amber"]),
        ("finance", "gap", "from 75% to below 80% of plan", []),
        ("milestones", "gap", "1 or more slipped, 1 or more of them by more than 14 and up to 30 days", []),
    ]
    assert run("policy", "check", path, "--fail-on", "gaps").status == 1
    assert run("policy", "check", "west-leicestershire-2015", "stafford-2010", "--fail-on", "gaps").status == 0


def test_policy_check_names_the_rows_that_get_no_colour(run: Runner, sample_ledger: str) -> None:
    found = records(run, "policy", "check", "south-west-essex-2011", "--ledger", sample_ledger)
    assert [f["case"] for f in found if f["type"] == "policy-finding"] == [
        "1 slipped by more than 7 days",
        "2 or more slipped by up to 7 days",
    ]
    rows = [f for f in found if f["type"] == "uncoloured-row"]
    check = found[-1]
    assert check["type"] == "policy-check" and check["uncoloured"] + check["uncoloured_in_doubt"] == len(rows) > 0
    assert {r["organisation"] for r in rows} == {"Eastholme Primary Care Trust"}


def test_policy_check_says_what_is_no_policy_and_checks_the_others(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(GAPPY.replace('below = "97"', 'below = "70"'))
    done = run("policy", "check", path, "stafford-2010", "--fail-on", "gaps")
    assert done.status == 2 and "stafford-2010: no gaps" in done.out
    assert f"{path}: money: " in done.err and "band 2 is empty" in done.err and len(done.err.splitlines()) == 1


def test_a_delivery_in_a_gap_has_no_colour_and_is_said(run: Runner, sample_ledger: str, tmp_path: Path) -> None:
    path = tmp_path / "gappy.toml"
    path.write_text(GAPPY.replace('below = "75"', 'below = "40"'))
    asked = ("rag", "--ledger", sample_ledger, "--organisation", "Northmere", "--policy", path)
    open_ = {a["scheme"]: (a["derived"], a["certainty"], a["note"]) for a in records(run, *asked) if a["note"]}
    assert open_["Prescribing"] == (None, "none", "no band of the rule covers this delivery")
    assert "- Prescribing: no band of the rule covers this delivery." in run(*asked).out


def test_schema_prints_json_schema(run: Runner) -> None:
    assert json.loads(run("schema", "figure").out)["title"] == "Figure"
    assert "figure" in run("schema").out.split()
    assert run("schema", "nonsense").status == 2


def test_doctor_finds_all_well_and_names_a_broken_ledger(run: Runner, sample_ledger: str, tmp_path: Path) -> None:
    assert "All is well." in run("doctor", "--ledger", sample_ledger).out
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"nothing like a database" * 100)
    done = run("doctor", "--ledger", broken)
    assert done.status == 4 and "NOT OK" in done.out


def test_an_analysts_own_layout_and_policy_are_found_and_errors_named(
    run: Runner, tmp_path: Path, sample_ledger: str
) -> None:
    folder = Path(os.environ["XDG_CONFIG_HOME"]) / "qippctl" / "policies"
    folder.mkdir(parents=True)
    mine = """name = "ours"
title = "Ours"
source = "Board, 2024"
[money]
bands = [{ colour = "green", at_least = "50" }, { colour = "red" }]
"""
    (folder / "ours.toml").write_text(mine)
    assert "ours" in run("policy", "list").out
    answers = records(run, "rag", "--ledger", sample_ledger, "--organisation", "Fellside", "--policy", "ours")
    assert {a["derived"] for a in answers} == {"green", "red"}
    (folder / "ours.toml").write_text(mine.replace("bands", "bends"))
    done = run("policy", "list")
    assert done.status == 0 and "NOT OK" in done.out and "toml: money.bands: Field required" in done.out
    assert "stafford-2010" in done.out
    assert {p["type"] for p in records(run, "policy", "list") if "failure" in p} == {"policy-failure"}
    assert run("policy", "show", "stafford-2010").status == 0
    for asked in (("policy", "show", "ours"), ("rag", "--policy", "ours")):
        done = run(*asked)
        assert done.status == 2 and "ours.toml: money.bands" in done.err and len(done.err.splitlines()) == 1


def whole(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """qippctl as a process of its own."""
    settings = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **environment}
    return subprocess.run([sys.executable, "-m", "qippctl", *arguments], capture_output=True, env=settings)


def test_same_input_same_bytes_under_other_locales_zones_and_seeds(sample_ledger: str) -> None:
    one = whole("rag", "--ledger", sample_ledger, "--format", "json", LC_ALL="C", TZ="UTC", PYTHONHASHSEED="1")
    two = whole(
        "rag", "--ledger", sample_ledger, "--format", "json", LC_ALL="C.UTF-8", TZ="Asia/Tokyo", PYTHONHASHSEED="2"
    )
    assert one.returncode == two.returncode == 0
    assert one.stdout == two.stdout and len(one.stdout) > 1000
    table = whole("rag", "--ledger", sample_ledger, LC_ALL="C", PYTHONHASHSEED="1")
    assert table.returncode == 0 and "£000".encode() in table.stdout


def test_a_closed_pipe_is_quiet(sample_ledger: str) -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m qippctl export figures --ledger {sample_ledger} | head -1',
        shell=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith("id,paper") and done.stderr == ""


def test_nothing_is_coloured_when_piped(sample_ledger: str) -> None:
    assert b"\x1b" not in whole("rag", "--ledger", sample_ledger).stdout


def test_verbose_shows_the_traceback_and_nothing_else_does(tmp_path: Path) -> None:
    assert b"Traceback" not in whole("rag", "--ledger", str(tmp_path)).stderr
    assert b"Traceback" in whole("rag", "--ledger", str(tmp_path), "--verbose").stderr


def test_papers_show_says_what_is_in_a_file_that_no_ledger_holds(run: Runner, tmp_path: Path) -> None:
    (contents,) = records(run, "papers", "show", SAMPLES / "kelderby-pack-m05.pdf")
    assert contents["type"] == "contents" and contents["number"] is None
    assert [(item["item"], item["item_pages"]) for item in contents["items"]] == [
        ("Agenda item 7", "2-5"),
        ("Agenda item 8", "6-7"),
        ("Agenda item 9", "8-9"),
        ("Agenda item 10", "10-12"),
    ]
    kinds = {table["kind"]: table["page"] for table in contents["tables"]}
    assert (kinds["risks"], kinds["indicators"]) == (7, 9)
    counted = {count["type"]: count["count"] for count in contents["records"]}
    assert counted["risk"] == 7 and counted["indicator"] == 8


def test_papers_show_says_the_same_of_a_paper_of_the_ledger(run: Runner, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    sample = SAMPLES / "harrow-vale-projects.docx"
    run("ingest", sample, "--ledger", url, "--quiet")
    (kept,) = records(run, "papers", "show", "#1", "--ledger", url)
    (read,) = records(run, "papers", "show", sample)
    assert kept["number"] == 1
    assert {**kept, "number": None} == read


def test_papers_show_ends_with_what_was_left_out(run: Runner) -> None:
    done = run("papers", "show", SAMPLES / "tarnwater-tracker-m05.xlsx")
    assert done.status == 0 and "Not understood, and left out:" in done.out
    assert "formula" in done.out and "hidden" in done.out


def test_extract_prints_every_record_with_its_address(run: Runner) -> None:
    done = run("extract", SAMPLES / "thornacre-strategic-plan.docx", "--format", "jsonl")
    printed = [json.loads(line) for line in done.out.splitlines()]
    assert {"paper", "figure", "intervention", "scenario", "entry"} <= {record["type"] for record in printed}
    addressed = [record for record in printed if record["type"] != "paper"]
    assert all({"page", "table", "row", "doubts"} <= set(record) for record in addressed)
