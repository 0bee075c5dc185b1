"""What changed since a period was locked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qippctl.calc.closing import Since, adjustments
from qippctl.models.closing import ClosedFigure, ClosedSubject

OLD, NEW = "a" * 12, "b" * 12
SINCE = Since(
    "Body", "2014/15-M11", 7, known={OLD}, papers={OLD: "#1 old.txt", NEW: "#2 new.txt"}, corrections={4: "c4"}
)


def subject(name: str, value: int | None = None, paper: str = OLD, row: int = 1, *corrected: int) -> ClosedSubject:
    figures = {}
    if value is not None:
        figure = ClosedFigure(id=f"{paper}/p1t1/{row}/1", value=Decimal(value), unit="GBP", corrected=corrected)
        figures = {"actual.ytd": figure}
    return ClosedSubject(scheme=name, role="scheme", level="scheme", figures=figures)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ([subject("A", 5)], [subject("A", 5)], []),
        ([subject("A", 5)], [subject("a.", 5, NEW)], []),  # a later paper that says the same
        ([subject("A", 5)], [subject("A", 6, OLD, 1, 4)], [("A", 5, 6, "correction", "c4")]),
        ([subject("A", 5, OLD, 1, 4)], [subject("A", 6)], [("A", 5, 6, "correction", "correction 4 was taken back")]),
        ([subject("A", 5)], [subject("A", 6, NEW)], [("A", 5, 6, "later paper", "#2 new.txt came later")]),
        ([subject("A", 5)], [subject("A", 6)], [("A", 5, 6, "read anew", "its paper was read anew")]),
        ([subject("A", 5)], [subject("A", 6, OLD, 2)], [("A", 5, 6, "counted otherwise", None)]),
        ([subject("A", 5)], [subject("B", 5)], []),  # another name for the same figure
        ([subject("A", 5)], [], [("A", 5, None, "counted otherwise", None)]),
        ([subject("A", 5, "c" * 12)], [], [("A", 5, None, "paper left out", "its paper counts no more")]),
        ([], [subject("A", 6, NEW)], [("A", None, 6, "later paper", "#2 new.txt came later")]),
        ([subject("A")], [subject("A", 6, NEW)], [("A", None, 6, "later paper", None)]),
    ],
)
def test_adjustments(was: list[ClosedSubject], now: list[ClosedSubject], told: list[tuple]) -> None:
    found = [(a.scheme, a.was, a.now, a.why, a.because) for a in adjustments(was, now, SINCE)]
    assert len(found) == len(told)
    for one, wanted in zip(found, told, strict=True):
        assert one[:4] == wanted[:4] and wanted[4] in (None, one[4])


def test_two_schemes_of_one_name_keep_apart() -> None:
    was = [subject("A", 5, OLD, 1), subject("A", 7, OLD, 2)]
    assert adjustments(was, list(was), SINCE) == []
    (one,) = adjustments(was, [subject("A", 5, OLD, 1), subject("A", 8, OLD, 2, 4)], SINCE)
    assert (one.was, one.now, one.change) == (7, 8, 1)


def test_totals_come_first() -> None:
    total = ClosedSubject(role="total", level="total", figures=subject("", 9).figures)
    later = ClosedSubject(role="total", level="total", figures=subject("", 10, OLD, 1, 4).figures)
    found = adjustments([subject("A", 5, OLD, 2), total], [subject("A", 6, OLD, 2, 4), later], SINCE)
    assert [a.role for a in found] == ["total", "scheme"]
