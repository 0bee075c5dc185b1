"""What is left below a total, where its numbers show that it is."""

from __future__ import annotations

import pytest

from audit.tables import audited, figures_of, paper_of

COLUMNS = (("plan", "year"), ("forecast", "year"), ("variance", "year"))
ABOVE = "A | 9,000 | 7,000 | -2,000\nB | 211 | 160 | -51\nTotal | 9,211 | 7,160 | -2,051\n"


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("Inv | 1,746 | 262 | 1,484\nTo find | 7,465 | 6,898 | -567", []),
        ("Inv | 1,746 | 262 | 1,484\nTo find | 7,465 | 6,998 | -567", [("QT205", "6998", "6898")]),
        ("Inv | 1,746 | 262 | 1,484\nTo find | 7,465 | 7,465 | 7,465", []),  # in one column only: chance
        ("Last year | 8,000 | 8,100 | 100\nThe year before | 7,000 | 7,100 | 50", []),
        ("Inv | 1,746 | 262 | 1,484", []),
    ],
)
def test_rows_below_a_total(below: str, expected: list[tuple[str, str, str]]) -> None:
    text = ABOVE + below
    figures = [f for f in figures_of(text, COLUMNS) if f.row < 3]
    found = audited(paper_of((text, figures)))
    assert [(one.code, one.printed, one.recomputed) for one in found] == expected
