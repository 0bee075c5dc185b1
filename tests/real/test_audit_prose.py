"""What the sentences of the real papers contradict. It runs where QIPPCTL_PAPERS names the papers."""

from __future__ import annotations

from functools import lru_cache

import pytest

from qippctl.audit import Audit
from qippctl.models.records import Claim
from qippctl.pipeline import extract
from qippctl.pipeline.auditing import audit_file
from real.truth import PAPERS, find_paper

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")


@lru_cache
def audited(paper: str) -> Audit:
    return audit_file(find_paper(paper))


def told(paper: str) -> list[tuple[str, str, str | None, str | None]]:
    findings = [f for f in audited(paper).findings if f.code in ("QP701", "QP703")]
    return sorted((f.code, f.severity, f.printed, f.recomputed) for f in findings)


def test_west_leicestershire() -> None:
    assert told("003") == [
        ("QP701", "error", "-686", "-696.1"),
        ("QP701", "error", "2051", "1427.9"),
        ("QP701", "error", "722.7", "-133.8"),
        ("QP701", "error", "722.7", "172.7"),
        ("QP701", "warning", "-739.1", "-797.1"),
        ("QP701", "warning", "737.7", "732.7"),
        ("QP703", "error", "2051", "1843"),
    ]


def test_south_west_essex() -> None:
    assert told("001") == [
        ("QP701", "error", "68", "71"),
        ("QP701", "warning", "0.1", "0.01"),
        ("QP701", "warning", "23.4", "37"),
        ("QP701", "warning", "25.6", "25.1"),
        ("QP701", "warning", "280", "263"),
        ("QP701", "warning", "7300", "7200"),
        ("QP701", "warning", "97", "96"),
    ]


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        ("000", []),
        ("002", []),
        ("004", [("QP701", "warning", "21", "19"), ("QP701", "warning", "303", "305")]),
    ],
)
def test_the_other_papers(paper: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert told(paper) == expected


def test_a_finding_says_what_the_number_is_instead() -> None:
    said = {f.printed: f.message for f in (*audited("001").findings, *audited("003").findings) if f.code == "QP701"}
    assert "2,051 is its variance of the year" in said["2051"]
    assert "68 is the forecast's share of the year's plan" in said["68"]
    assert "23.4 is its amount delivered to date" in said["23.4"]
    assert "the same words and number stand beside" in said["722.7"]


@pytest.mark.parametrize(("paper", "tied", "most_untied"), [("001", 11, 45), ("003", 18, 16)])
def test_sentences_are_tied(paper: str, tied: int, most_untied: int) -> None:
    claims = [record for record in extract(find_paper(paper)).records if isinstance(record, Claim)]
    assert sum(bool(claim.tied_to) for claim in claims) == tied
    assert sum(claim.is_untied for claim in claims) <= most_untied
