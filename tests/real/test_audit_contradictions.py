"""What papers print twice, and differently: judged by eye. They run where QIPPCTL_PAPERS names the papers."""

from __future__ import annotations

from functools import lru_cache

import pytest

from qippctl import pipeline
from qippctl.models.finding import Finding
from qippctl.pipeline.auditing import audit_paper
from real.truth import PAPERS, find_paper

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")
CODES = frozenset({"QC601", "QC602", "QC603", "QC604", "QT302", "QT303", "QP704", "QS101"})


@lru_cache
def found(paper: str) -> tuple[Finding, ...]:
    return tuple(f for f in audit_paper(pipeline.extract(find_paper(paper))).findings if f.code in CODES)


WARNINGS = {
    "000": [],
    "001": [("warning", "QC601", "-2.3", "-2.5")],
    "002": [],
    "003": [
        ("warning", "QC602", "738.86", "736.86"),
        ("warning", "QC602", "88", "84"),
        ("warning", "QC602", "202", "204"),
        ("warning", "QC602", "892", "982"),
        ("warning", "QC603", "1.64", "1.7"),
        ("warning", "QC603", "5000", "6500"),
        ("warning", "QC603", "7000", "1500"),
        ("warning", "QT303", "7", "8"),
    ],
    "004": [
        ("warning", "QC601", "1", "2"),
        ("warning", "QC601", "1", "2"),
        ("warning", "QC601", "6425000", "6240000"),
        ("warning", "QP704", "2000", "2009"),
        ("warning", "QT303", "10", "7"),
    ],
}


@pytest.mark.parametrize("paper", WARNINGS)
def test_contradictions_name_both_numbers(paper: str) -> None:
    told = [(f.severity, f.code, f.printed, f.recomputed) for f in found(paper) if f.severity != "note" and f.printed]
    assert sorted(told, key=str) == sorted(WARNINGS[paper], key=str)


def test_a_workstream_is_amber_in_the_summary_and_red_in_the_detail() -> None:
    (colours,) = [f for f in found("001") if f.code == "QC604" and f.severity == "warning"]
    assert (colours.table, colours.row) == ("p1t5", 46)


def test_milestones_that_were_due_before_the_month_of_the_meeting() -> None:
    overdue = [f for f in found("000") if f.code == "QS101"]
    assert [(f.table, f.row) for f in overdue] == [("p1t3", 2), ("p1t11", 1), ("p1t19", 1), ("p1t44", 2)]


def test_the_register_of_risks_leaves_out_a_number() -> None:
    (gap,) = [f for f in found("003") if f.code == "QT302"]
    assert (gap.severity, gap.recomputed) == ("warning", "2")


def test_a_sentence_of_december_stands_above_a_table_of_march() -> None:
    assert [f.table for f in found("003") if f.code == "QP704"] == ["p1t4"]
