"""Totals that have to meet, at the printed precision."""

from __future__ import annotations

from decimal import Decimal

import pytest

from build import figure
from qippctl.calc.controls import Control, counted, tied, total_of
from qippctl.calc.position import Position
from qippctl.models.figure import Figure


def position(role: str, *figures: Figure) -> Position:
    level = "total" if role == "total" else "scheme"
    own = {(f.measure, f.basis): [f] for f in figures}
    return Position("Body", None, "A", role, level, "2014/15-M11", figures=own)  # type: ignore[arg-type]


def control(value: str, step: str) -> Control:
    return Control("plan", "year", Decimal(value), Decimal(step), value)


@pytest.mark.parametrize(
    ("printed", "step", "typed", "digit", "meets"),
    [
        ("45200000", "100000", "45200000", "100000", True),
        ("45200000", "100000", "45249999", "1", True),
        ("45200000", "100000", "45250000", "1", True),  # a half
        ("45200000", "100000", "45250002", "1", False),
        ("45200000", "100000", "45150000", "1", True),
        ("45240000", "10000", "45200000", "100000", True),
        ("45300000", "100000", "45200000", "100000", True),  # 45.25 may be printed as either
        ("45310000", "10000", "45200000", "100000", False),
        ("0", "100000", "49999", "1", True),
    ],
)
def test_a_control_is_met_when_one_amount_rounds_to_both(
    printed: str, step: str, typed: str, digit: str, meets: bool
) -> None:
    total = position("total", figure("plan", "year", printed, step=Decimal(step), role="total"))
    found = counted([total], [], "plan", "year")
    assert found is not None and found.meets(control(typed, digit)) is meets


def test_a_printed_dash_is_nought_exactly() -> None:
    total = position("total", figure("plan", "year", 0, step=Decimal(1000), role="total", raw="-"))
    found = counted([total], [], "plan", "year")
    assert found is not None and found.meets(control("0", "1")) and not found.meets(control("2", "1"))


def test_of_several_totals_the_one_with_the_largest_plan_counts() -> None:
    net = position("total", figure("plan", "year", 7, role="total"), figure("actual", "year", 6, role="total"))
    gross = position("total", figure("plan", "year", 9, role="total"), figure("actual", "year", 8, role="total"))
    assert total_of([net, gross], "actual", "year") is gross
    assert total_of([net, gross], "forecast", "year") is None


def test_without_a_total_the_parts_are_added_up_with_their_rounding() -> None:
    parts = [position("scheme", figure("plan", "year", 1000, step=Decimal(1000), row=n)) for n in range(3)]
    found = counted([], parts, "plan", "year")
    assert found is not None and (found.value, found.rows) == (3000, 3)
    assert found.meets(control("4500", "0")) and not found.meets(control("4501", "0"))
    assert counted([], parts, "actual", "year") is None


def column(*rows: tuple[str, str, str]) -> list[Figure]:
    """A column of plans in tenths of a million: role, name, value."""
    return [
        figure("plan", "year", Decimal(value) * 1_000_000, step=Decimal(100_000), row=n, role=role, scheme=name)
        for n, (role, name, value) in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("rows", "parts", "named", "exact"),
    [
        ([("scheme", "A", "1.0"), ("scheme", "B", "2.0"), ("total", "T", "3.0")], ["A", "B"], [], True),
        ([("scheme", "A", "1.0"), ("scheme", "B", "2.0"), ("total", "T", "3.1")], ["A", "B"], [], False),
        (
            [("scheme", "A", "1.0"), ("scheme", "B", "2.0"), ("unidentified", "U", "0.5"), ("total", "T", "3.5")],
            ["A", "B"], ["U"], True,
        ),
        (  # tracked 45.2 + accounts 10.4 = 55.7, within rounding
            [
                ("scheme", "A", "45.0"), ("scheme", "B", "0.2"), ("total", "tracked", "45.2"),
                ("adjustment", "accounts", "10.4"), ("total", "all", "55.7"),
            ],
            ["tracked"], ["accounts"], False,
        ),
    ],
)  # fmt: skip
def test_a_total_is_tied_to_what_it_comes_from(
    rows: list[tuple[str, str, str]], parts: list[str], named: list[str], exact: bool
) -> None:
    table = column(*rows)
    found = tied(table, table[-1])
    assert found is not None
    assert ([f.scheme for f in found.parts], [f.scheme for f in found.named], found.is_exact) == (parts, named, exact)


def test_a_total_that_its_rows_do_not_come_to_is_not_tied() -> None:
    table = column(("scheme", "A", "1.0"), ("scheme", "B", "2.0"), ("total", "T", "3.4"))
    assert tied(table, table[-1]) is None
    apart = column(("total", "one", "1.0"), ("adjustment", "more", "1.0"), ("total", "all", "5.0"))
    assert tied(apart, apart[-1]) is None
