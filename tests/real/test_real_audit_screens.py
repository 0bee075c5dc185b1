"""The audit of five real papers as a person sees it, in a narrow and a wide terminal. It runs where QIPPCTL_PAPERS names them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run
from qippctl import pipeline
from qippctl.ledger import open_ledger
from real.truth import PAPERS

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")

Runner = Callable[..., Run]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("real") / "audit.db"
    ledger = open_ledger(f"sqlite:///{path}")
    assert all(one.failure is None for one in pipeline.ingest(sorted(Path(str(PAPERS)).iterdir()), ledger))
    return str(path)


@pytest.mark.parametrize("width", [80, 200])
def test_the_audit_fits_and_says_first_what_to_do(
    run: Runner, book: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for everything in ((), ("--all",)):
        lines = run("audit", "--ledger", book, *everything).out.splitlines()
        assert lines[0].startswith(("DO NOT SIGN YET: ", "NOT READY: "))
        assert max(map(len, lines)) <= width
        assert lines[-2:] == ["Rounding differences: none called errors.", "Next: qippctl evidence '#1'"]


def test_every_number_of_the_list_leads_to_evidence(run: Runner, book: str) -> None:
    numbers = re.findall(r"^ *(#[0-9]+)  ", run("audit", "--ledger", book).out, re.MULTILINE)
    assert numbers == [f"#{k}" for k in range(1, len(numbers) + 1)]
    for number in numbers:
        done = run("evidence", number, "--ledger", book)
        assert (done.status, done.err) == (0, ""), number


def test_a_joint_paper_is_audited_for_each_of_its_bodies(run: Runner, book: str) -> None:
    for name in ("South East Essex", "South West Essex"):
        assert "001_" in run("audit", "--ledger", book, "--organisation", name).out


def test_the_second_audit_finds_nothing_new(run: Runner, book: str) -> None:
    run("audit", "--ledger", book)
    done = run("audit", "--ledger", book, "--new", "--fail-on", "note")
    assert done.status == 0 and done.out.startswith("NOTHING NEW FOUND")
