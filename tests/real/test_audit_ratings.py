"""What the audit says of colours and forecasts of the real papers."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from qippctl import pipeline
from qippctl.models.finding import Finding
from real.truth import PAPERS, find_paper

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")


@cache
def findings(prefix: str) -> tuple[Finding, ...]:
    return pipeline.audit_file(find_paper(prefix)).findings


def counted(prefix: str, *families: str) -> Counter[tuple[str, str]]:
    return Counter((f.code, f.severity) for f in findings(prefix) if f.code.startswith(families))


def test_colours_of_a_tracker_against_its_own_rule() -> None:
    """No error: what contradicts the rule stands in rows whose sums fail, or that were read with doubt."""
    found = counted("001", "QR")
    assert found[("QR401", "error")] == 0
    assert found[("QR403", "warning")] == 25
    contradicting = {
        (f.table, f.row): f.message for f in findings("001") if (f.code, f.severity) == ("QR401", "warning")
    }
    assert set(contradicting) == {("p1t5", 19), ("p1t5", 48)}
    assert "9 slipped by more than 7 days" in contradicting[("p1t5", 19)]


def test_green_schemes_without_a_target() -> None:
    assert counted("000", "QR") == {("QR404", "warning"): 11}


def test_a_forecast_below_what_is_delivered_changes_the_programme_s_yield() -> None:
    (one,) = [f for f in findings("003") if (f.code, f.severity) == ("QM803", "error")]
    assert (one.printed, one.recomputed, one.decision) == ("14", "196.6", "yield")
    assert counted("003", "QR") == {}
    assert [f.row for f in findings("003") if (f.code, f.severity) == ("QM803", "note")] == [12, 13, 17, 25]


def test_a_month_12_ahead_of_its_forecasts_is_read_with_doubt() -> None:
    found = [f for f in findings("001") if f.code == "QM803"]
    assert {(f.severity, f.row, f.printed, f.recomputed) for f in found} == {
        ("warning", 24, "-0.2", "-0.5"),
        ("warning", 26, "-0.2", "-0.6"),
        ("warning", 34, "0", "-0.6"),
    }
    assert all(f.doubts for f in found)


@pytest.mark.parametrize("prefix", ["000", "001", "002", "003", "004"])
def test_only_what_is_read_without_doubt_changes_decisions(prefix: str) -> None:
    for finding in findings(prefix):
        if finding.decision is not None:
            assert finding.severity != "note"
            assert not set(finding.doubts) - {"sum-fails", "row-fails", "workstream-unknown"}
