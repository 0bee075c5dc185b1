"""Acceptances hold while the numbers of a finding are the same."""

from __future__ import annotations

from typing import Any

import pytest

from qippctl.audit import in_order, marked
from qippctl.audit.run import Audit, verdict
from qippctl.models.decisions import Acceptance
from qippctl.models.finding import Finding


def finding(identity: str = "f1", printed: str | None = "5", recomputed: str | None = "0", **rest: Any) -> Finding:
    return Finding(
        **{"id": identity, "paper": "p", "code": "QT101", "severity": "error", "message": "m", "figures": (), "page": 1}
        | rest,
        printed=printed,
        recomputed=recomputed,
    )


def acceptance(
    identity: str = "f1", printed: str | None = "5", recomputed: str | None = "0", number: int = 1
) -> Acceptance:
    said = {"by": "ann", "at": "2015-05-12", "reason": "r", "code": "QT101", "message": "m", "paper": "p"}
    return Acceptance(**said, number=number, finding=identity, printed=printed, recomputed=recomputed)


@pytest.mark.parametrize(
    ("made", "accepted", "before"),
    [
        ([], None, None),
        ([acceptance()], 1, None),
        ([acceptance("f2")], None, None),
        ([acceptance(printed="6")], None, 1),
        ([acceptance(recomputed="1")], None, 1),
        ([acceptance(printed=None, recomputed=None)], None, 1),
        ([acceptance(printed="6"), acceptance(number=2)], 2, None),
        ([acceptance(printed="6"), acceptance(printed="7", number=2)], None, 2),
    ],
)
def test_what_is_accepted(made: list[Acceptance], accepted: int | None, before: int | None) -> None:
    (one,) = marked([finding()], made)
    numbers = [mark.number if mark else None for mark in (one.accepted, one.accepted_before)]
    assert numbers == [accepted, before]


def test_a_finding_without_numbers_is_accepted_too() -> None:
    (one,) = marked([finding(printed=None, recomputed=None)], [acceptance(printed=None, recomputed=None)])
    assert one.accepted is not None


def test_accepted_findings_are_last_and_counted_apart() -> None:
    found = in_order(marked([finding(), finding("f2", severity="note")], [acceptance()]))
    assert [one.id for one in found] == ["f2", "f1"]
    came_to = verdict(Audit(found), found)
    assert (came_to.errors, came_to.notes, came_to.accepted) == (0, 1, 1)
