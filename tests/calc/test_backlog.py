"""Waterfalls of patients found by their arithmetic; what clears a backlog."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from build import figure
from qippctl.calc.backlog import Plan, clearance, rows_of, steps, waiting
from qippctl.errors import UsageError
from qippctl.models.activity import BacklogStep
from qippctl.models.figure import Figure

LINES = ("Referrals", "Booked", "Sub total left", "Not booked", "Cancelled")


def table(
    *rows: tuple[int | None, ...], labels: tuple[str, ...] = LINES, group: str | None = "As at"
) -> list[BacklogStep]:
    """The waterfalls of a table of counts; its last column adds the months up."""
    figures: list[Figure] = []
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            if value is not None:
                is_sum = c == len(row)
                figures.append(
                    figure(
                        "activity", "ytd" if is_sum else "month", value, row=r, column=c, subject="activity", unit="count",
                        role="workstream", workstream=group, scheme=None, qualifier=f"line_{r}",
                    )
                )  # fmt: skip
    named = dict(enumerate(labels, 1))
    return steps(rows_of(figures, named), 1, lambda text: "left" in text, lambda text: "Not booked" in text)


def shape(found: list[BacklogStep]) -> list[tuple[str, int, bool | None]]:
    """Kind, what is left, and whether it holds, in the last column."""
    return [(s.step, int(s.running or 0), s.holds) for s in found if s.basis == "ytd"]


WHOLE = ((1687, 13057), (1153, 4400), (534, 8657), (420, 7535), (114, 1122))


def test_a_waterfall_runs_from_its_total_to_what_is_left() -> None:
    assert shape(table(*WHOLE)) == [
        ("total", 13057, None),
        ("taken", 8657, None),
        ("left", 8657, True),
        ("taken", 1122, None),
        ("left", 1122, True),
    ]


def test_it_is_found_without_words() -> None:
    assert shape(table(*WHOLE, labels=("a", "b", "c", "d", "e"))) == shape(table(*WHOLE))


def test_several_lines_may_be_taken_off() -> None:
    found = table((100, 210), (20, 40), (30, 60), (50, 110), labels=("a", "b", "c", "d"))
    assert [s.step for s in found if s.basis == "ytd"] == ["total", "taken", "taken", "left"]


def test_a_remainder_that_is_wrong_in_one_column_is_told_once() -> None:
    wrong = ((1687, 13057), (1153, 4400), (534, 8650), (420, 7535), (114, 1115))
    found = table(*wrong, labels=(*LINES[:4], "left over"))
    assert [(s.basis, s.holds) for s in found if s.step == "left"] == [
        ("month", True), ("month", True), ("ytd", False), ("ytd", True),
    ]  # fmt: skip


def test_patients_are_counted_to_the_last_one() -> None:
    assert [s.holds for s in table((10, 100), (4, 40), (6, 61), labels=("a", "b", "left")) if s.step == "left"] == [
        True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "labels"),
    [
        (((100,), (40,), (60,)), ("a", "b", "c")),  # one column and no word: it may be chance
        (((0, 0), (0, 0), (0, 0)), ("a", "b", "c")),  # noughts prove nothing
        (((100, 200), (40, 80), (50, 90)), ("a", "b", "c")),
        (((100, 200), (40, 80), (50, 90)), ("a", "b", "left")),  # words alone make no waterfall
        (((100, 200), (40, 80)), ("a", "left")),
    ],
)
def test_what_is_no_waterfall(rows: tuple[tuple[int, ...], ...], labels: tuple[str, ...]) -> None:
    assert table(*rows, labels=labels) == []


def test_one_column_is_enough_where_words_say_left() -> None:
    assert [s.step for s in table((100,), (40,), (60,), labels=("a", "b", "left"))] == ["total", "taken", "left"]


def test_lines_after_the_last_remainder_are_not_taken_off() -> None:
    assert [s.row for s in table(*WHOLE, (9, 9)) if s.basis == "ytd"] == [1, 2, 3, 4, 5]


def test_a_blank_cell_proves_nothing() -> None:
    found = table((10, 20, 30), (4, None, 9), (6, 11, 21), labels=("a", "b", "left"))
    assert [s.holds for s in found if s.step == "left"] == [True, None, True]


def test_who_waits_is_the_line_that_says_so_in_the_column_of_sums() -> None:
    line = waiting(table(*WHOLE), lambda text: True)
    assert line is not None and (line.label, line.value) == ("Not booked", 7535)
    assert waiting(table(*WHOLE, labels=("a", "b", "c", "d", "e")), lambda text: True) is None


def plan(left: int = 0, **rest: Decimal) -> Plan:
    return Plan(date(2011, 5, 10), date(2011, 8, 31), Decimal(left), **rest)


def test_the_rate_needed_is_what_must_go_by_the_weeks_left() -> None:
    made = clearance(Decimal(6767), plan(596), "Body")
    assert (made.weeks, made.net_rate, made.rate) == (Decimal("16.14"), Decimal("382.27"), Decimal("382.27"))
    assert (made.meets, made.cleared_on, made.label) == (None, None, None)


@pytest.mark.parametrize(
    ("capacity", "arrivals", "rate", "cleared", "meets"),
    [
        (400, 0, "382.27", "2011-08-26", True),
        (380, 0, "382.27", "2011-09-01", False),
        (500, 100, "482.27", "2011-08-26", True),
        (100, 100, "482.27", None, False),  # as many come as go
    ],
)
def test_a_capacity_meets_the_date_or_not(
    capacity: int, arrivals: int, rate: str, cleared: str | None, meets: bool
) -> None:
    made = clearance(Decimal(6767), plan(596, capacity=Decimal(capacity), arrivals=Decimal(arrivals)), None)
    assert (str(made.rate), made.cleared_on, made.meets) == (rate, cleared, meets)


def test_a_backlog_that_is_small_enough_needs_nothing() -> None:
    made = clearance(Decimal(400), plan(500, capacity=Decimal(0)), None)
    assert (made.net_rate, made.cleared_on, made.meets) == (0, "2011-05-10", True)


def test_a_day_before_the_beginning_is_refused() -> None:
    with pytest.raises(UsageError, match="name a later day"):
        clearance(Decimal(10), Plan(date(2011, 5, 10), date(2011, 5, 10)), None)


def test_a_capacity_that_needs_ages_never_clears_it() -> None:
    made = clearance(Decimal(10) ** 12, plan(capacity=Decimal("0.001")), None)
    assert (made.cleared_on, made.meets) == (None, False)
