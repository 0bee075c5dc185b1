"""The audit as scripts and people use it: papers and ledgers, short numbers, accepting, settings, exit statuses."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import SAMPLES, Run

Runner = Callable[..., Run]
TEXT = """Testville Primary Care Trust
26 May 2011
Savings at month 1 of 2011/12

Scheme\tYTD plan £000\tYTD actual £000\tYTD variance £000
Front door\t50\t20\t-30
Back door\t10\t10\t{variance}
Side door\t30\t30\t0
Total\t90\t60\t-30
"""


def paper(folder: Path, name: str = "board.txt", variance: object = 7) -> Path:
    """A paper that prints a variance of a row; of 10 less 10 only nought is right."""
    path = folder / name
    path.write_text(TEXT.format(variance=variance))
    return path


def records(run: Runner, *arguments: object) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Findings and verdict."""
    done = run("audit", *arguments, "--format", "json")
    assert done.status == 0, done.err
    *findings, verdict = json.loads(done.out)
    assert verdict["type"] == "verdict"
    return findings, verdict


@pytest.fixture
def book(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger with a paper that contradicts itself; the current one."""
    path = tmp_path / "book.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QIPPCTL_LEDGER", f"sqlite:///{path}")
    assert run("ingest", paper(tmp_path), "--quiet").status == 0
    return path


def wrong(findings: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(f["code"], f["printed"], f["recomputed"]) for f in findings if f["severity"] != "note"]


# ---- what is audited


def test_a_paper_and_a_ledger_that_holds_it_are_audited_alike(run: Runner, book: Path, tmp_path: Path) -> None:
    of_paper, _ = records(run, tmp_path / "board.txt")
    of_ledger, verdict = records(run)
    assert of_paper == of_ledger
    assert ("QT101", "7", "0") in wrong(of_ledger)
    assert (verdict["papers"], verdict["errors"]) == (1, sum(f["severity"] == "error" for f in of_ledger))


def test_a_paper_that_is_called_like_a_command(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    paper(tmp_path, "accept")
    assert wrong(records(run, "./accept")[0])
    done = run("audit", "accept")
    assert done.status == 2 and "FINDING" in done.err


def test_options_stand_before_and_after_papers(run: Runner, tmp_path: Path) -> None:
    path = paper(tmp_path)
    before, after = run("audit", "--format", "csv", path), run("audit", path, "--format", "csv")
    assert before == after and "QT101" in before.out


def test_what_is_asked_of_a_ledger_is_refused_of_papers(run: Runner, tmp_path: Path) -> None:
    path = paper(tmp_path)
    for option in (("--organisation", "Testville"), ("--period", "M1"), ("--new",)):
        done = run("audit", path, *option)
        assert done.status == 2 and option[0] in done.err and len(done.err.splitlines()) == 1


def test_an_unreadable_paper_is_one_line_and_the_others_are_done(run: Runner, tmp_path: Path) -> None:
    broken, good = tmp_path / "broken.pdf", paper(tmp_path)
    broken.write_bytes(b"%PDF-1.4 nothing more")
    done = run("audit", broken, good, "--fail-on", "error")
    assert done.status == 3, "what was found is not all, which outranks that something was found"
    assert len(done.err.splitlines()) == 1 and "broken.pdf" in done.err
    assert "QT101" in done.out


def test_a_rule_that_trips_over_a_paper_stops_no_other(
    run: Runner, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qippctl.audit import rules
    from qippctl.audit.material import Material

    def trips(of: Material) -> None:
        if of.paper.cover.paper == "board.txt":
            raise ZeroDivisionError("no plan")

    run("ingest", paper(tmp_path, "second.txt", variance=8), "--quiet")
    monkeypatch.setattr(rules()["QT102"], "checks", [lambda of: trips(of) or iter(())])
    done = run("audit")
    assert done.status == 3
    assert done.err.splitlines() == [
        "qippctl: board.txt: cannot be audited (ZeroDivisionError: no plan); please report this"
    ]
    assert "second.txt" in done.out and "board.txt" not in done.out


def test_an_interrupted_audit_keeps_nothing(run: Runner, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qippctl.audit import rules

    def interrupted(of: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rules()["QT101"], "checks", [interrupted])
    assert run("audit").status == 130
    with sqlite3.connect(book) as raw:
        assert raw.execute("SELECT COUNT(*) FROM audits").fetchone() == (0,)


def test_an_empty_ledger_is_no_failure(run: Runner) -> None:
    done = run("audit")
    assert (done.status, done.err) == (0, "") and done.out.startswith("NOTHING CHECKED")


@pytest.mark.parametrize("words", [("--rule", "QT202"), ("--rule", "total"), ("--rule", "QT202", "--rule", "QT201")])
def test_only_some_rules(run: Runner, tmp_path: Path, words: tuple[str, ...]) -> None:
    findings, _ = records(run, paper(tmp_path), *words)
    assert {f["code"] for f in findings} == {"QT202"}


def test_an_unknown_rule_is_named_with_those_there_are(run: Runner, tmp_path: Path) -> None:
    done = run("audit", paper(tmp_path), "--rule", "QT999")
    assert done.status == 2 and "QT101" in done.err


# ---- exit statuses


@pytest.mark.parametrize(
    ("variance", "condition", "status"),
    [(7, "error", 1), (7, "warning", 1), (7, "note", 1), (0, "error", 0), (0, "warning", 0)],
)
def test_fail_on(run: Runner, tmp_path: Path, variance: int, condition: str, status: int) -> None:
    path = paper(tmp_path, variance=variance)
    assert run("audit", path, "--fail-on", condition).status == status
    assert run("audit", path).status == 0


def test_a_warning_is_no_error_unless_it_changes_a_decision() -> None:
    from qippctl.cli.audit import FailOn, _is_met
    from qippctl.models.finding import Finding

    one = Finding(id="f", paper="p", code="QT101", severity="warning", message="m", figures=(), page=1)
    deciding = one.model_copy(update={"decision": "rag"})
    assert [_is_met(FailOn.error, (f,)) for f in (one, deciding)] == [False, True]
    assert [_is_met(FailOn.warning, (f,)) for f in (one, deciding)] == [True, True]


# ---- short numbers


def test_a_number_of_the_list_leads_to_the_faulted_figure(run: Runner, book: Path) -> None:
    shown = run("audit").out
    assert "Next: qippctl evidence '#1'" in shown
    done = run("evidence", "#1")
    assert done.status == 0
    assert done.out.startswith("QT202 ") and "printed 7" in done.out and "held against:" in done.out


def test_a_list_of_figures_takes_the_numbers_over(run: Runner, book: Path) -> None:
    run("audit")
    run("export", "figures", "--format", "table")
    assert run("audit", "accept", "1", "--reason", "r").status == 2
    assert not run("evidence", "#1").out.startswith("QT101")


def test_numbers_of_papers_as_they_are_lead_nowhere(run: Runner, book: Path, tmp_path: Path) -> None:
    out = run("audit", tmp_path / "board.txt").out
    assert "#1" not in out and "qippctl correct" not in out


def test_evidence_of_a_finding_about_a_sentence_shows_the_sentence(
    run: Runner, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qippctl.audit import rules
    from qippctl.audit.catalogue import Breach

    told = Breach("says 20, the table 30", "20", "30", page=1, where="paragraph 2", text="We saved 20.", key="x")
    monkeypatch.setattr(rules()["QT101"], "checks", [lambda of: iter([told])])
    run("audit", "--rule", "QT101")
    done = run("evidence", "#1")
    assert done.status == 0
    assert 'As it stands in the paper: "We saved 20."' in done.out and "paragraph 2, page 1" in done.out
    (record,) = json.loads(run("evidence", "#1", "--format", "json").out)
    assert record["type"] == "finding"
    assert run("evidence", record["id"]).out == done.out
    asked = run("correct", "#1", "20", "--kind", "misread", "--reason", "r")
    assert asked.status == 2 and "sentence" in asked.err


# ---- accepting


def accepted(run: Runner, *finding: object) -> Run:
    return run("audit", "accept", *finding, "--reason", "Agreed with the author", "--by", "ann")


def test_an_accepted_finding_stays_and_counts_no_more(run: Runner, book: Path) -> None:
    before, _ = records(run)
    run("audit")
    ids = [f["id"] for f in before if f["severity"] != "note"]
    done = accepted(run, *ids)
    assert done.status == 0 and "audit reopen 1" in done.out
    findings, verdict = records(run)
    assert {f["id"] for f in findings} == {f["id"] for f in before}
    assert (verdict["errors"], verdict["warnings"], verdict["accepted"]) == (0, 0, len(ids))
    assert run("audit", "--fail-on", "warning").status == 0
    assert "Accepted" in run("audit").out
    again = accepted(run, ids[0])
    assert again.status == 2 and "accepted already" in again.err


@pytest.mark.parametrize("word", ["1", "#1"])
def test_a_finding_is_accepted_by_its_number(run: Runner, book: Path, word: str) -> None:
    run("audit")
    assert accepted(run, word).status == 0
    assert "printed 7" in run("audit", "accepted").out


def test_those_that_share_its_cause_are_accepted_with_it(
    run: Runner, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qippctl.pipeline import auditing

    plain = auditing.audit_paper

    def grouped(*arguments: Any, **named: Any) -> Any:
        from dataclasses import replace

        found = plain(*arguments, **named)
        first = next(f for f in found.findings if f.severity == "error")
        return replace(found, findings=tuple(f.model_copy(update={"cause": first.id}) for f in found.findings))

    monkeypatch.setattr(auditing, "audit_paper", grouped)
    run("audit")
    assert accepted(run, "1").status == 0
    _, verdict = records(run)
    assert (verdict["errors"], verdict["warnings"], verdict["notes"]) == (0, 0, 0)


def test_nothing_is_accepted_in_a_dry_run(run: Runner, book: Path) -> None:
    run("audit")
    done = run("audit", "accept", "1", "--reason", "r", "--dry-run")
    assert done.status == 0 and "Nothing was kept: --dry-run." in done.out
    assert run("audit", "accepted").out.startswith("No accepted findings")


def test_an_acceptance_is_taken_back(run: Runner, book: Path) -> None:
    run("audit")
    accepted(run, "1")
    assert run("audit", "reopen", "1", "--reason", "The author disagrees").status == 0
    assert run("audit", "--fail-on", "error").status == 1
    assert "undone" in run("audit", "accepted", "--all").out
    assert run("audit", "reopen", "1", "--reason", "again").status == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [("99", "had #1 to #"), ("ffffffffffff", "no audit of this ledger found"), ("ab", "no audit of this ledger found")],
)
def test_what_cannot_be_accepted_is_said(run: Runner, book: Path, asked: str, said: str) -> None:
    run("audit")
    done = accepted(run, asked)
    assert done.status == 2 and said in done.err and len(done.err.splitlines()) == 1


def test_nothing_is_accepted_unseen(run: Runner, book: Path) -> None:
    done = accepted(run, "1")
    assert done.status == 2 and "Run first: qippctl audit" in done.err


def test_an_acceptance_holds_only_while_the_numbers_are_the_same(run: Runner, book: Path, tmp_path: Path) -> None:
    """The ids are of code and figures, so a paper that is read otherwise keeps them."""
    run("audit")
    accepted(run, "1")
    with sqlite3.connect(book) as raw:
        raw.execute("UPDATE figures SET value = '9000', raw = '9' WHERE raw = '7'")
    findings, _ = records(run, "--rule", "QT101")
    (one,) = findings
    assert one["accepted"] is None and one["accepted_before"]["reason"] == "Agreed with the author"
    assert run("audit", "--fail-on", "error").status == 1
    assert "accepted before with other numbers by ann" in run("audit").out
    assert "other numbers" in run("audit", "accepted").out


def test_a_misprint_that_was_put_right_is_still_the_papers(run: Runner, book: Path) -> None:
    (one, *_), _ = records(run, "--rule", "QT101")
    assert run("correct", one["figures"][-1], "0", "--kind", "misprint", "--reason", "r").status == 0
    assert wrong(records(run, "--rule", "QT101")[0]) == [("QT101", "7", "0")]
    assert run("corrections", "undo", "1", "--reason", "r").status == 0
    assert run("correct", one["figures"][-1], "0", "--kind", "misread", "--reason", "r").status == 0
    assert wrong(records(run, "--rule", "QT101")[0]) == []


# ---- accepted findings as a file


def test_accepted_findings_go_to_another_ledger_by_a_file(run: Runner, book: Path, tmp_path: Path) -> None:
    run("audit")
    accepted(run, "1")
    assert run("audit", "export-accepted", "-o", "accepted.toml").status == 0
    text = (tmp_path / "accepted.toml").read_text()
    entries = tomllib.loads(text)["accepted"]
    assert {entry["code"] for entry in entries} == {"QT202", "QT101"}  # one wrong cell, two sums
    assert {(entry["printed"], entry["recomputed"], entry["by"]) for entry in entries} == {("7", "0", "ann")}
    other = tmp_path / "other.db"
    run("ingest", "board.txt", "--ledger", other, "--quiet")
    for line, said in (("--dry-run", "Nothing was kept"), ("--quiet", "Recorded"), ("--quiet", "Nothing to accept")):
        done = run("audit", "import-accepted", "accepted.toml", "--ledger", other, line)
        assert done.status == 0 and said in done.out
    assert run("audit", "--ledger", other, "--rule", "QT101", "--fail-on", "error").status == 0
    assert run("audit", "export-accepted", "--ledger", other).out == text


def test_a_file_of_accepted_findings_is_honoured_without_a_ledger(
    run: Runner, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("audit")
    accepted(run, "1")
    run("audit", "export-accepted", "-o", "accepted.toml")
    asked = ("audit", "board.txt", "--rule", "QT101", "--fail-on", "error")
    assert run(*asked).status == 1
    assert run(*asked, "--accepted", "accepted.toml").status == 0
    (tmp_path / "qippctl.toml").write_text('[audit]\naccepted = "accepted.toml"\n')
    assert run(*asked).status == 0
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert run("audit", "../board.txt", "--rule", "QT101", "--fail-on", "error").status == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[accepted]]\nfinding = 'x'\nby = 'a'\n", "accepted.0.reason"),
        ("[[accepted]]\nfinding = 'x'\nby = 'a'\nreason = 'r'\nat = 'soon'\n", "2015-05-12"),
        ("[[accepted]]\nfinding = 'x'\nby = 'a'\nreason = 'r'\nwhy = 'r'\n", "no such key; there are: finding,"),
        ("[[accepted", "not valid TOML"),
    ],
)
def test_a_bad_file_of_accepted_findings_is_one_line(run: Runner, book: Path, text: str, said: str) -> None:
    Path("bad.toml").write_text(text)
    for words in (("audit", "--accepted", "bad.toml"), ("audit", "import-accepted", "bad.toml")):
        done = run(*words)
        assert done.status == 2 and said in done.err and "bad.toml" in done.err and len(done.err.splitlines()) == 1


# ---- only what is new


def test_new_is_what_the_last_audit_did_not_have(run: Runner, book: Path, tmp_path: Path) -> None:
    assert wrong(records(run, "--new")[0]), "nothing was audited before"
    assert records(run, "--new") == ([], records(run, "--new")[1])
    run("ingest", paper(tmp_path, "later.txt", variance=8), "--quiet")
    findings, verdict = records(run, "--new")
    assert {f["paper"] for f in findings} == {"later.txt"} and verdict["errors"] == len(wrong(findings))
    done = run("audit", "--new", "--fail-on", "error")
    assert done.status == 0 and done.out.startswith("NOTHING NEW FOUND")


def test_an_audit_by_one_rule_makes_the_others_findings_no_less_new(run: Runner, book: Path) -> None:
    run("audit", "--rule", "QD901")
    assert wrong(records(run, "--new")[0])


def test_a_finding_with_other_numbers_is_new(run: Runner, book: Path) -> None:
    run("audit")
    with sqlite3.connect(book) as raw:
        raw.execute("UPDATE figures SET value = '9000', raw = '9' WHERE raw = '7'")
    assert ("QT101", "9", "0") in wrong(records(run, "--new")[0])


def test_audits_of_papers_as_they_are_are_not_kept(run: Runner, book: Path) -> None:
    run("audit", "board.txt")
    with sqlite3.connect(book) as raw:
        assert raw.execute("SELECT COUNT(*) FROM audits").fetchone() == (0,)


def test_a_ledger_that_cannot_be_written_is_audited_all_the_same(
    run: Runner, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qippctl.errors import LedgerError
    from qippctl.ledger import Ledger

    def refused(*_: object, **__: object) -> None:
        raise LedgerError("book.db: cannot be used: attempt to write a readonly database; check its rights")

    monkeypatch.setattr(Ledger, "keep_audit", refused)
    done = run("audit")
    assert done.status == 0 and "QT101" in done.out
    assert "not kept" in done.err and len(done.err.splitlines()) == 1


# ---- settings


def settings(folder: Path, text: str) -> None:
    (folder / "qippctl.toml").write_text(text)


def test_rules_are_turned_off_and_made_milder(run: Runner, book: Path, tmp_path: Path) -> None:
    settings(tmp_path, '[audit]\ndisable = ["QT202"]\n[audit.severity]\nQT101 = "note"\n')
    findings, _ = records(run)
    assert {(f["code"], f["severity"]) for f in findings} >= {("QT101", "note")}
    assert "QT202" not in {f["code"] for f in findings}
    assert "QT202" in {f["code"] for f in records(run, "--rule", "QT202")[0]}, "asked for by name it runs"
    assert "DISABLED by the settings" in run("explain", "QT202").out
    assert "note, by default error; enabled" in run("explain", "QT101").out
    assert "1 disabled by the settings" in run("explain").out


def test_the_project_outranks_the_user(run: Runner, book: Path, tmp_path: Path) -> None:
    user = Path(os.environ["XDG_CONFIG_HOME"]) / "qippctl"
    user.mkdir(parents=True)
    settings(user, '[audit]\ndisable = ["QT101", "QT202"]\n[audit.thresholds]\ncatch_up = 5\n')
    settings(tmp_path, '[audit]\nenable = ["QT101"]\n[audit.thresholds]\ncatch_up = 7\n')
    found = {r["name"]: (r["value"], r["source"]) for r in json.loads(run("config", "--format", "json").out)}
    assert found["audit.disable QT202"] == ("disabled", "user") and "audit.disable QT101" not in found
    assert found["audit.thresholds.catch_up"] == ("7", "project")
    assert "Threshold catch_up = 7 (by default 2): how many times" in run("explain", "QM803").out
    codes = {f["code"] for f in records(run)[0]}
    assert "QT101" in codes and "QT202" not in codes


def test_defaults_of_options_come_from_the_flag_the_environment_then_the_files(
    run: Runner, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("ingest", paper(tmp_path, "second.txt"), "--ledger", tmp_path / "second.db", "--quiet")
    settings(tmp_path, 'ledger = "second.db"\norganisation = "Nowhere"\n')
    assert "board.txt" in run("papers", "--organisation", "Testville").out, "the environment outranks the file"
    monkeypatch.delenv("QIPPCTL_LEDGER")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert "second.txt" in run("papers", "--organisation", "Testville").out
    assert "board.txt" in run("papers", "--organisation", "Testville", "--ledger", "../book.db").out
    assert 'called "Nowhere"' in run("rag").err
    found = {r["name"]: r for r in json.loads(run("config", "--format", "json").out)}
    assert found["ledger"]["value"] == f"sqlite:///{tmp_path / 'second.db'}"
    assert (found["ledger"]["source"], found["ledger"]["origin"]) == ("project", str(tmp_path / "qippctl.toml"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[audit]\ndisable = ["QT999"]\n', 'audit.disable: no rule has the code "QT999"; there are: '),
        ('[audit.severity]\nQT999 = "note"\n', 'audit.severity: no rule has the code "QT999"'),
        ('[audit.severity]\nQT101 = "fatal"\n', "'error', 'warning' or 'note'"),
        ('[audit.thresholds]\ncatch_up = "much"\n', "audit.thresholds.catch_up"),
        (
            "[audit.thresholds]\nshare = 5\n",
            'audit.thresholds: no rule has a parameter "share"; there are: catch_up (QM803)',
        ),
        ("[audit.thresholds]\ncatch_up = nan\n", "audit.thresholds.catch_up: nan is not a number above 0"),
        ('[audit]\ndisabel = ["QT101"]\n', "no such key; there are: disable, enable, severity, thresholds, accepted"),
        ('leger = "x"\n', "no such key; there are: ledger, policy, organisation, audit"),
        ('[audit]\ndisable = ["QT101"]\nenable = ["QT101"]\n', "in disable and in enable"),
        ("[audit\n", "not valid TOML"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_expected(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    settings(tmp_path, text)
    for words in (("config",), ("audit",), ("rag",)):
        done = run(*words)
        assert done.status == 2 and said in done.err and "qippctl.toml" in done.err
        assert len(done.err.splitlines()) == 1 and done.out == ""
    assert run("rag", "--help").status == 0


def test_a_password_in_a_ledgers_url_is_not_told(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings(tmp_path, 'ledger = "postgresql://me:hunter2@host/db"\n')
    assert "hunter2" not in run("config").out
    monkeypatch.setenv("QIPPCTL_LEDGER", "postgresql://me:hunter3@host/db")
    assert "hunter3" not in run("config").out


def test_no_settings_is_what_config_says(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("config")
    assert done.status == 0 and done.out.startswith("No qippctl.toml in this folder or above")


# ---- rules


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("qippctl explain QT10", {"QT101", "QT102", "QT103"}),
        ("qippctl audit --rule QT10", {"QT101", "QT102", "QT103"}),
        ("qippctl audit ac", {"accept", "accepted"}),
        ("qippctl audit accept --re", {"--reason"}),
        ("qippctl audit board", set()),
    ],
)
def test_the_shell_completes_codes_and_commands(words: str, offered: set[str]) -> None:
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1), "_QIPPCTL_COMPLETE": "complete_bash"}
    code = "import sys; sys.argv = ['qippctl']; from qippctl.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | asked, capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()) == offered


def test_the_list_of_rules_has_each(run: Runner) -> None:
    from qippctl.audit import rules

    found = json.loads(run("explain", "--format", "json").out)
    assert [r["code"] for r in found] == list(rules())


def test_help_has_the_audits_options_and_its_commands(run: Runner) -> None:
    out = run("audit", "--help").out
    for word in ("--fail-on", "--new", "--accepted", "accept ", "reopen", "export-accepted", "./accept"):
        assert word in out


def test_northmere_contradicts_itself_in_one_forecast(run: Runner) -> None:
    findings, verdict = records(run, SAMPLES / "northmere-board-m11.pdf", SAMPLES / "northmere-summary-m11.md")
    assert (verdict["papers"], verdict["errors"]) == (2, 1)
    (error,) = [one for one in findings if one["severity"] == "error"]
    assert (error["code"], error["printed"], error["recomputed"]) == ("QM803", "14", "196.6")
