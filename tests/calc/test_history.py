"""A scheme's line: what came in a month is printed, or the difference of two amounts to date, or not known."""

from __future__ import annotations

from decimal import Decimal

import pytest

from build import figure
from qippctl.calc.history import answers
from qippctl.calc.position import Position
from qippctl.calc.positions import Stated, positions


def at(period: str, **printed: int) -> Position:
    """A scheme of a period's paper: `to_date` and `month` are what it delivered."""
    stated = [Stated(figure("plan", "ytd", 50, period=period))]
    if "to_date" in printed:
        stated.append(Stated(figure("actual", "ytd", printed["to_date"], period=period, column=2)))
    if "month" in printed:
        stated.append(Stated(figure("actual", "month", printed["month"], period=period, column=3)))
    return positions(stated, [], period)[0]


@pytest.mark.parametrize(
    ("line", "months"),
    [
        ([at("2014/15-M01", to_date=7)], [7]),
        ([at("2014/15-M04", to_date=40), at("2014/15-M05", to_date=46)], [None, 6]),
        ([at("2014/15-M04", to_date=40), at("2014/15-M05", to_date=46, month=5)], [None, 5]),
        ([at("2014/15-M04", to_date=40), at("2014/15-M05", to_date=38)], [None, -2]),
        # A month between is not reported.
        ([at("2014/15-M04", to_date=40), at("2014/15-M06", to_date=52)], [None, None]),
        # The year begins anew.
        ([at("2013/14-M12", to_date=90), at("2014/15-M01", to_date=3)], [None, 3]),
        ([at("2013/14-M04", to_date=40), at("2014/15-M05", to_date=46)], [None, None]),
        ([at("2014/15-M04"), at("2014/15-M05", to_date=46)], [None, None]),
    ],
)
def test_what_came_in_a_month(line: list[Position], months: list[int | None]) -> None:
    assert [a.month for a in answers([(position, None) for position in line])] == months


def test_each_period_says_what_it_prints() -> None:
    (found,) = answers([(at("2014/15-M04", to_date=40), "amber")])
    assert (found.period, found.basis, found.plan, found.actual, found.variance, found.rag) == (
        "2014/15-M04", "ytd", 50, 40, Decimal(-10), "amber",
    )  # fmt: skip
    assert found.papers == ("paper.txt",) and len(found.sources) == 2
