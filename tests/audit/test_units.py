"""Pounds in columns of thousands, and thousands in columns of pounds."""

from __future__ import annotations

import pytest

from audit.tables import audited
from build import SHA, figure, paper
from qippctl.models.records import Milestone


def slipped(value: str, **rest: object) -> object:
    return figure("plan", "year", int(value) * 1000, raw=value, step=1000, doubts=("unit-slip",), **rest)


def test_one_finding_for_a_scheme_however_many_figures_it_has() -> None:
    found = audited(
        paper([slipped("2436", column=1), slipped("58484", column=2), figure(value=3000, raw="3", step=1000, row=2)])
    )  # type: ignore[list-item]
    assert [(one.code, one.severity, one.printed, one.recomputed) for one in found] == [
        ("QU501", "warning", "58484", "58.484")
    ]
    assert len(found[0].figures) == 2


@pytest.mark.parametrize(
    ("savings", "text", "start", "end", "expected"),
    [
        ("745", "30 deaths would equate to £35,490 per month", "2010-12-01", "2012-08-31", [("745", "745000")]),
        ("745", "saves £35,490 (£1,183 each) a month", "2010-12-01", "2012-08-31", [("745", "745000")]),
        ("745,290", "equates to £35,490 per month", "2010-12-01", "2012-08-31", []),
        ("745", "equates to £35,490 per year", "2010-12-01", "2012-08-31", []),
        ("745", "equates to £35,490 per month", "2010-12-01", None, []),
        ("700", "equates to £35,490 per month", "2010-12-01", "2012-08-31", []),
        ("tbc", "equates to £35,490 per month", "2010-12-01", "2012-08-31", []),
    ],
)
def test_a_milestone_in_thousands(
    savings: str, text: str, start: str, end: str | None, expected: list[tuple[str, str]]
) -> None:
    milestone = Milestone(
        paper="paper.txt",
        sha256=SHA,
        page=1,
        table="p1t9",
        row=1,
        description=text,
        savings=savings,
        start_date=start,
        completion_date=end,
    )
    found = audited(paper().model_copy(update={"records": (milestone,)}))
    assert [(one.printed, one.recomputed) for one in found if one.code == "QU501"] == expected
