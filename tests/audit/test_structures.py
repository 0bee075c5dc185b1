"""Sums along rows that no heading names, found by their numbers."""

from __future__ import annotations

import pytest

from audit.tables import figures_of, paper_of, rows_of
from qippctl.audit import Material, audit

YEARS = [{"measure": "plan", "basis": "year", "period": f"20{n}/{n + 1}"} for n in (13, 14, 15)]
NUMBERS = [(120, 30, 45), (200, 210, 90), (15, 60, 75), (31, 0, 44), (500, 20, 9), (77, 70, 7)]


def table(changed: dict[int, int] | None = None, rows: int = len(NUMBERS)) -> str:
    lines = ["Area | 2013/14 | 2014/15 | 2015/16 | All years"]
    for n, own in enumerate(NUMBERS[:rows]):
        lines.append(" | ".join(map(str, (f"Area {n}", *own, (changed or {}).get(n, sum(own))))))
    return "\n".join(lines)


def told(text: str) -> list[tuple[str, str, str | None, str | None]]:
    """The findings where nothing names the last column, so that it gave no figures."""
    figures = [f for f in figures_of(text, YEARS) if f.row]
    found = audit(Material(paper_of((text, figures)))).findings
    return [(one.code, one.severity, one.printed, one.recomputed) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (table(), []),
        (table({1: 501}), []),  # rounding
        (table({1: 570}), [("QT103", "warning", "570", "500")]),
        (table({1: 570, 2: 180}), []),  # two rows out: no structure
        (table({1: 570}, rows=5), []),  # four rows may be chance
    ],
)
def test_a_column_that_is_the_sum_of_those_before_it(text: str, expected: list[tuple[str, ...]]) -> None:
    assert told(text) == expected


def test_two_columns_make_no_structure() -> None:
    text = "\n".join(f"S{n} | {n * 10} | {n} | {n * 11 if n != 3 else 99}" for n in range(1, 9))
    assert len(rows_of(text)) == 8
    assert told(text) == []
