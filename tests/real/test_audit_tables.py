"""The tables of the real papers under audit: what an accountant finds in them, and no more."""

from __future__ import annotations

from functools import cache

import pytest

from qippctl import pipeline
from qippctl.models.finding import Finding
from real.truth import PAPERS, find_paper

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")
# What the tables' own rules find; other rules have their own tests.
CODES = {"QT101", "QT102", "QT103", "QT201", "QT202", "QT203", "QT204", "QT205", "QT206", "QT207", "QT301", "QU501"}


@cache
def found(prefix: str) -> tuple[Finding, ...]:
    return tuple(f for f in pipeline.audit_file(find_paper(prefix)).findings if f.code in CODES)


def told(prefix: str) -> set[tuple[str, str, str | None, str | None]]:
    return {(f.code, f.severity, f.printed, f.recomputed) for f in found(prefix) if f.severity != "note"}


def test_profiles_of_one_page_projects() -> None:
    assert told("000") == {
        ("QT103", "error", "0", "117"),
        ("QT103", "error", "0", "241"),
        ("QT103", "warning", "38983", "58484"),
        ("QT203", "warning", "0", "-38983"),
        ("QT203", "warning", None, "38983"),
        ("QT206", "warning", "106", "142"),
        ("QT206", "warning", "0", "35.5"),
        ("QU501", "error", "2413", "2.413"),
        ("QU501", "warning", "58484", "58.484"),
        ("QU501", "warning", "745", "745000"),
    }


def test_a_tracker_that_was_recognised_in_pictures() -> None:
    assert told("001") == {
        ("QT101", "warning", "-0.6", "-5.6"),
        ("QT103", "warning", "-0.5", "0"),
        ("QT103", "warning", "-1", "-0.7"),
        ("QT201", "warning", "-0.8", "-8.4"),
        ("QT201", "warning", "-1.7", "0"),
        ("QT201", "warning", "-2.3", "-5"),
    }


def test_what_fails_in_one_doubted_block_has_one_cause() -> None:
    block = [f for f in found("001") if f.table == "p1t3" and f.row in (26, 27) and f.code != "QT103"]
    assert len(block) == 6
    assert len({f.cause for f in block}) == 1


def test_a_programme_that_adds_up_in_every_table() -> None:
    assert told("003") == {("QT102", "warning", None, None)}  # 0% of a plan that is not printed


def test_budgets_and_accounts_of_three_years() -> None:
    assert told("004") == {("QT202", "warning", "401247000", "401432000")}
    (total,) = (f for f in found("004") if f.severity == "warning")
    assert total.difference == "-185000"
    assert "explained by (185)" in total.message
