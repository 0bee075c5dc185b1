"""What audits found, as the ledger keeps it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import PydanticSerializationError

from qippctl.ledger import Ledger
from qippctl.models.finding import Accepted, Finding

A, B = "aa" * 32, "bb" * 32


def finding(identity: str = "f1", **rest: Any) -> Finding:
    default = {"id": identity, "paper": "p", "sha256": A, "code": "QT101", "severity": "error", "message": "m",
               "printed": "5", "recomputed": "0", "figures": (), "page": 1}  # fmt: skip
    return Finding(**(default | rest))  # type: ignore[arg-type]


def keep(ledger: Ledger, *found: Finding, codes: Iterable[str] = ("QT101",), papers: Iterable[str] = (A,)) -> int:
    return ledger.keep_audit(found, at="2015-05-12T09:00:00+00:00", version="1", codes=codes, papers=papers)


def test_nothing_was_found_before_the_first_audit(ledger: Ledger) -> None:
    assert not ledger.last_found().had(finding())
    assert ledger.standing_findings()[1] == [] and ledger.findings("f1") == []


@pytest.mark.parametrize(
    ("now", "had"),
    [
        (finding(), True),
        (finding("f2"), False),
        (finding(printed="6"), False),
        (finding(recomputed="1"), False),
        (finding(message="said otherwise"), True),
        (finding(sha256=B), False),
        (finding(code="QT102"), False),
    ],
)
def test_what_the_last_audit_had(ledger: Ledger, now: Finding, had: bool) -> None:
    keep(ledger, finding())
    assert ledger.last_found().had(now) is had


def test_a_later_audit_counts_for_its_own_papers_and_rules(ledger: Ledger) -> None:
    keep(
        ledger, finding(), finding("f2", sha256=B), finding("f3", code="QT102"), codes=["QT101", "QT102"], papers=[A, B]
    )
    keep(ledger)
    last = ledger.last_found()
    assert [last.had(f) for f in (finding(), finding("f2", sha256=B), finding("f3", code="QT102"))] == [
        False,
        True,
        True,
    ]
    assert [f.id for f in ledger.standing_findings()[1]] == ["f2", "f3"]
    assert [f.id for f in ledger.standing_findings([A])[1]] == ["f3"]


def test_what_is_found_again_is_kept_once(ledger: Ledger, tmp_path: Path) -> None:
    for one in (finding(), finding(), finding(message="said otherwise"), finding(message="said otherwise")):
        keep(ledger, one)
    with sqlite3.connect(tmp_path / "ledger.db") as raw:
        kept = raw.execute("SELECT audit, body IS NULL FROM audit_findings ORDER BY audit").fetchall()
    assert kept == [(1, 0), (2, 1), (3, 0), (4, 1)]
    assert [f.message for f in ledger.findings("f1")] == ["said otherwise"]


def test_a_finding_comes_back_as_it_was_found(ledger: Ledger) -> None:
    sent = finding(
        figures=("x/p1t1/1/2",),
        repair={"changes": [{"figure": "x/p1t1/1/2", "printed": "5", "needed": "0", "value": "0"}]},
        doubts=("ghost-row",),
        decision="rag",
    )
    mark = Accepted(number=1, by="a", at="2015-05-12", reason="r")
    keep(ledger, sent.model_copy(update={"accepted": mark}))
    assert ledger.findings("f") == [sent], "whether it is accepted is asked of the decisions"


def test_an_audit_is_kept_whole_or_not_at_all(ledger: Ledger) -> None:
    broken = finding()
    object.__setattr__(broken, "page", object())
    with pytest.raises(PydanticSerializationError):
        keep(ledger, finding("f2"), broken)
    assert ledger.last_found().audits == ()
