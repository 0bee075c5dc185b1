"""The benchmark's ledger is one that the tool can read, and measures what it says."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from qippctl import pipeline
from qippctl.ledger import open_ledger

BENCH = Path(__file__).parents[2] / "bench" / "ledger.py"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ledger_bench", BENCH)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_its_ledger_answers_like_any_other(bench: ModuleType, tmp_path: Path) -> None:
    path, size = tmp_path / "big.db", bench.Size(schemes=12, months=14, workstreams=5)
    bench.make(path, size)
    ledger = open_ledger(str(path), create=False)
    assert ledger.organisations() == {bench.BODY: bench.periods(14)}
    policy = pipeline.find_policy(None)
    [programme] = pipeline.programmes(ledger, None, None, "ytd", policy)
    assert programme.period == "2023/24-M02"
    assert [sum(1 for r in programme.ratings if r.role == role) for role in ("scheme", "subtotal", "total")] == [
        12,
        4,
        1,
    ]
    [movement] = pipeline.movements(ledger, None, None, None, pipeline.Rules(policy))
    assert {a.arrow for a in movement.answers if a.role == "scheme"} <= {"improving", "maintained", "worsening"}
    assert len([a for a in movement.answers if a.role == "scheme"]) == 12


def test_the_bare_read_is_of_the_rows_that_the_answer_is_made_of(bench: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "big.db"
    bench.make(path, bench.Size(schemes=12, months=3, workstreams=4))
    newest = open_ledger(str(path)).facts(bench.BODY, bench.periods(3)[-1])
    assert bench.bare(path, [3]) == len(newest) == (12 + 4 + 1) * len(bench.MEASURES)
    assert bench.bare(path) == 3 * len(newest)
