"""Which names of the real papers are one, and which are two. They run where QIPPCTL_PAPERS names their folder."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run
from qippctl import pipeline
from qippctl.calc.identity import standing, standing_name
from qippctl.ledger import open_ledger
from qippctl.pipeline.answers import links_of
from real.truth import PAPERS, find_paper

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")

SHORT = "Complex Long Term Conditions"
WHOLE = "Complex and Multiple Long Term Conditions"
LONG = f"{WHOLE} (Proactive Care)"
LEICESTERSHIRE = ("--organisation", "West Leicestershire")
TIPS = "PC9f SWECS decommissioning TIPs"
WEST, EAST = "NHS South West Essex", "NHS South East Essex"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("real") / "real.db"
    ledger = open_ledger(f"sqlite:///{path}")
    for prefix in ("001", "003"):
        ledger.add(pipeline.extract(find_paper(prefix)), version="test")
    return path


@pytest.fixture
def url(read: Path, tmp_path: Path) -> str:
    (tmp_path / "own.db").write_bytes(read.read_bytes())
    return f"sqlite:///{tmp_path / 'own.db'}"


def records(run: Callable[..., Run], url: str, *arguments: str) -> list[dict[str, Any]]:
    done = run(*arguments, "--ledger", url, "--format", "json")
    assert done.status == 0, done.err
    return json.loads(done.out)


def workstreams(found: list[dict[str, Any]]) -> set[str]:
    return {a["workstream"] for a in found if "omplex" in (a["workstream"] or "")}


def test_three_spellings_of_a_programme_end_as_one(run: Callable[..., Run], url: str) -> None:
    found = records(run, url, "schemes", "proposals", *LEICESTERSHIRE)
    wanted = [p for p in found if {p["name"], p["to"]} <= {SHORT, WHOLE, LONG}]
    assert sorted((p["name"], p["to"], p["alike"], p["unlike"]) for p in wanted) == [
        (SHORT, WHOLE, 7, 0),
        (LONG, WHOLE, 0, 0),
    ]
    linked = [records(run, url, *shlex.split(p["command"])[1:])[0] for p in wanted]
    assert {(a["name"], a["figures"], a["records"]) for a in linked} == {(SHORT, 20, 6), (LONG, 0, 1)}
    for command in (("rag", "--all"), ("schemes",), ("variance",)):
        assert workstreams(records(run, url, *command, *LEICESTERSHIRE)) == {WHOLE}, command
    done = run("rag", "--all", *LEICESTERSHIRE, "--ledger", url, "--format", "csv")
    assert SHORT not in done.out and LONG not in done.out and WHOLE in done.out
    left = records(run, url, "schemes", "proposals", *LEICESTERSHIRE)
    assert len(left) == len(found) - 2


def test_records_of_other_types_can_be_given_the_standing_name(run: Callable[..., Run], url: str) -> None:
    for name in (SHORT, LONG):
        run("schemes", "link", name, WHOLE, "--reason", "one programme", "--ledger", url)
    book = open_ledger(url)
    (body,) = (name for name in book.organisations() if "Leicestershire" in name)
    names = standing(links_of(book, body), "2014/15-M11")
    kept = [fact.record.model_dump() for fact in book.records(body)]
    called = [r.get("workstream") or r.get("label") for r in kept if r["type"] in ("indicator", "position", "entry")]
    assert {standing_name(names, "workstream", text) for text in called} >= {WHOLE}
    assert not {standing_name(names, "workstream", text) for text in called} & {SHORT, LONG}
    assert len([text for text in called if text in (SHORT, LONG)]) == 7


def test_one_programme_needs_no_more_than_a_screen_of_proposals(run: Callable[..., Run], url: str) -> None:
    """False proposals cost an analyst's time: all of these were looked at by eye."""
    found = records(run, url, "schemes", "proposals")
    counts = {body: len([p for p in found if p["organisation"] == body]) for body in {p["organisation"] for p in found}}
    assert (counts[WEST], counts[EAST], max(counts.values())) == (6, 3, 14)


@pytest.mark.parametrize(
    ("body", "kind", "name", "to", "command"),
    [
        (EAST, "rename", "Urgent Care Centre", "A&E filter (was Urgent Care Centre)", False),
        (EAST, "rename", "PC5d", "Special Medicines Review (including creams previously PC5d)", False),
        (WEST, "merge", f"Safeguarding Looked After Children Included in {TIPS}", TIPS, False),
        (WEST, "same", "Frequent fyers", "Frequent flyers", True),
    ],
)  # fmt: skip
def test_what_the_labels_say_is_proposed(
    run: Callable[..., Run], url: str, body: str, kind: str, name: str, to: str, command: bool
) -> None:
    found = records(run, url, "schemes", "proposals", "--organisation", body)
    ends = [(p["kind"], {p["name"], p["to"]}, p["command"] is not None) for p in found]
    assert (kind, {name, to}, command) in ends


def test_see_a_code_names_the_scheme_of_that_code(run: Callable[..., Run], url: str) -> None:
    found = records(run, url, "schemes", "proposals", "--organisation", EAST)
    (overlap,) = (p for p in found if p["kind"] == "overlap")
    assert (overlap["to"], overlap["because"]) == ("Fracture Liaison Nurse", "the label says: see PC3h")


def test_a_code_of_two_bodies_is_two_schemes_and_one_code_of_two_names_is_two(
    run: Callable[..., Run], url: str
) -> None:
    found = records(run, url, "schemes")
    same = [(a["organisation"], a["forecast"]) for a in found if a["scheme"] == "Referral management centre"]
    assert sorted(same) == [(EAST, "1700000"), (WEST, "1600000")]
    parts = [a["scheme"] for a in found if (a["scheme"] or "").startswith("Other Children's Community Service")]
    assert len(parts) == len(set(parts)) == 2
    parts = [a["scheme"] for a in found if (a["scheme"] or "").startswith("Other Adult Community Service")]
    assert len(parts) == len(set(parts)) == 6
