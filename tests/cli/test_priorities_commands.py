"""`priorities` and `alignment` as scripts and people use them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import SAMPLES, Run
from qippctl.models.paper import Paper

Runner = Callable[..., Run]
WEIGHTS = SAMPLES / "thornacre-weights.toml"


def records(run: Runner, *arguments: object) -> list[dict]:
    done = run(*arguments, "--format", "json")
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_priorities_answer_what_the_contract_lists(run: Runner, sample_ledger: str) -> None:
    found = records(run, "priorities", "--ledger", sample_ledger, "--organisation", "Thornacre")
    *answers, total = found
    assert {"type", "name", "group", "score", "investment", "funded", "rank"} <= set(answers[0])
    assert {a["type"] for a in answers} == {"priority"} and total["type"] == "total"
    first = next(a for a in answers if a["rank"] == 1 and a["score_unit"] == "percent")
    assert (first["name"], first["score"], first["investment"]) == ("Crisis team at home", "79", "330000")
    assert (total["excluded_count"], total["excluded"], total["excluded_printed"]) == (8, "697000", "697000")
    assert total["must_do_count"] == 1 and total["must_do"] == "2740000"


def test_a_budget_draws_its_line_and_fill_goes_on_below_it(run: Runner, sample_ledger: str) -> None:
    asked = ("priorities", "--ledger", sample_ledger, "--organisation", "Thornacre", "--only", "excluded")
    line = records(run, *asked, "--budget", "400k")[-1]
    assert (line["within_budget_count"], line["within_budget"]) == (4, "390000")
    filled = records(run, *asked, "--budget", "410k", "--fill")
    assert filled[-1]["within_budget"] == "410000"
    assert [a["name"] for a in filled if a.get("within_budget") is True][-1] == "Health of children in care"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--budget", "lots"), '"lots" is not an amount of money'),
        (("--budget=-5k",), "a budget is not below nought"),
        (("--fill",), "--fill needs a budget"),
        (("--organisation", "Nowhere"), 'no organisation with intervention records is called "Nowhere"'),
        (("--period", "2099/00"), "no paper has intervention records for 2099/00; there is"),
        (("--weights", "missing.toml"), "missing.toml: cannot be read"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(
    run: Runner, sample_ledger: str, arguments: tuple[str, ...], said: str
) -> None:
    done = run("priorities", "--ledger", sample_ledger, *arguments)
    assert done.status == 2 and said in done.err and len(done.err.splitlines()) == 1 and done.out == ""


def test_weights_rank_without_a_ledger_and_take_sums_from_one(run: Runner, sample_ledger: str) -> None:
    alone = {a.get("name"): a for a in records(run, "priorities", "--weights", WEIGHTS)}
    assert (alone["Contraception outreach"]["score"], alone["Contraception outreach"]["investment"]) == ("7.1", None)
    beside = {a.get("name"): a for a in records(run, "priorities", "--weights", WEIGHTS, "--ledger", sample_ledger)}
    assert (beside["Contraception outreach"]["score"], beside["Contraception outreach"]["investment"]) == (
        "7.1",
        "148000",
    )


def test_a_missing_score_is_named_and_no_nought(run: Runner) -> None:
    nurses = next(a for a in records(run, "priorities", "--weights", WEIGHTS) if a.get("name") == "School nurses")
    assert (nurses["score"], nurses["score_low"], nurses["score_high"]) == (None, "6.1", "8.1")
    assert nurses["missing"] == ["Productivity"] and "Missing" not in nurses
    assert "never taken as nought" in run("priorities", "--weights", WEIGHTS).out


def test_a_broken_file_of_weights_is_named_with_what_is_wrong(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(WEIGHTS.read_text(encoding="utf-8").replace("Access = 6", "Acces = 6"), encoding="utf-8")
    done = run("priorities", "--weights", path)
    assert done.status == 2 and len(done.err.splitlines()) == 1
    assert 'mine.toml: the file: Value error, "Contraception outreach" has a score for "Acces"' in done.err


def test_the_matrix_has_every_project_and_standard(run: Runner, sample_ledger: str) -> None:
    found = records(run, "alignment", "--ledger", sample_ledger, "--organisation", "Brackenshire")
    by_type = {kind: [r for r in found if r["type"] == kind] for kind in dict.fromkeys(r["type"] for r in found)}
    assert {kind: len(own) for kind, own in by_type.items()} == {
        "alignment": 31,
        "project-coverage": 8,
        "standard-coverage": 19,
    }
    states = [s["state"] for s in by_type["standard-coverage"]]
    assert (states.count("served"), states.count("undecided"), states.count("unserved")) == (12, 7, 0)


def test_what_serves_nothing_and_what_nothing_serves_come_first(run: Runner, tmp_path: Path) -> None:
    path, book = tmp_path / "plan.txt", tmp_path / "book.db"
    path.write_text(
        "Testville Council\n28 April 2015\nPlan 2015/16\n\nProjects and standards\n\n"
        "Project\tSafety\tAccess\tCost\tChoice\nFront door\t√\t√\t\t\nBack door\t\t√\t\t√\nSide door\t\t\t\t\nCellar\t√\t\t\t\n"
    )
    assert run("ingest", path, "--ledger", book).status == 0
    lines = run("alignment", "--ledger", book).out.splitlines()
    assert lines[2:4] == ["Serve no standard (1): Side door", "Nothing serves (1): Cost"]
    row = next(line for line in lines if line.startswith("Back door"))
    assert row.split() == ["Back", "door", ".", "x", ".", "x", "2"]


def test_an_empty_ledger_says_what_to_do_next(run: Runner) -> None:
    for command in ("priorities", "alignment"):
        done = run(command, "--format", "json")
        assert (done.status, json.loads(done.out)) == (0, []) and "qippctl ingest PATH" in done.err


def test_the_later_meeting_counts_where_two_papers_of_a_period_list_one_intervention(
    run: Runner, samples: dict[str, Paper], tmp_path: Path
) -> None:
    from qippctl.ledger import open_ledger

    url = f"sqlite:///{tmp_path / 'two.db'}"
    book = open_ledger(url)
    paper = samples["thornacre-strategic-plan.docx"]
    for sha256, meeting in (("cd" * 32, "2007-05-01"), ("ef" * 32, "2007-04-01")):
        cover = paper.cover.model_copy(update={"sha256": sha256, "paper": f"{meeting}.docx", "meeting_date": meeting})
        book.add(paper.model_copy(update={"cover": cover}), version="test")
    found = records(run, "priorities", "--ledger", url)
    assert found[-1]["count"] == 21 and {a["paper"] for a in found[:-1]} == {"2007-05-01.docx"}
