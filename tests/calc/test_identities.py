"""Sums and differences at the printed precision."""

from __future__ import annotations

from decimal import Decimal

import pytest

from build import figure
from qippctl.calc.identities import checks


def row(**values: object) -> list:
    """One row of figures: plan_ytd=8.5 in £m to one decimal."""
    out = []
    for column, (name, value) in enumerate(values.items(), 1):
        measure, _, basis = name.rpartition("_")
        unit = Decimal(1) if measure in ("delivery", "confidence") else Decimal(100_000)
        step = Decimal(1) if measure in ("delivery", "confidence") else Decimal(100_000)
        out.append(
            figure(measure, basis, Decimal(str(value)) * (unit * 10 if unit > 1 else 1), step=step, column=column)
        )
    return out


@pytest.mark.parametrize(
    ("values", "failing"),
    [
        ({"plan_ytd": 8.5, "actual_ytd": 5.9, "variance_ytd": -2.6}, []),
        ({"plan_ytd": 2.7, "actual_ytd": 5.1, "variance_ytd": 2.3}, []),  # 2.4 by the rounded figures: rounding
        ({"plan_ytd": 2.7, "actual_ytd": 5.1, "variance_ytd": 2.2}, ["QT101"]),
        ({"plan_year": 9.2, "forecast_year": 7.2, "variance_year": -2.1}, []),
        ({"plan_year": 9.2, "variance_year": -2.1}, []),  # nothing to compare: another rule's business
        ({"plan_ytd": 8.5, "actual_ytd": 5.9, "delivery_ytd": 69}, []),
        ({"plan_ytd": 8.5, "actual_ytd": 5.9, "delivery_ytd": 75}, ["QT102"]),
        ({"plan_ytd": 0, "actual_ytd": 5.9, "delivery_ytd": 75}, []),
        ({"investment_year": 1.7, "investment_slippage_year": 1.4, "investment_remaining_year": 0.3}, []),
        ({"investment_year": 1.7, "investment_slippage_year": 1.4, "investment_remaining_year": 0.6}, ["QT103"]),
        ({"target_year": 14.2, "confidence_year": 75, "achievable_year": 10.6, "at_risk_year": 3.5}, []),
        (
            {"target_year": 14.2, "confidence_year": 75, "achievable_year": 12.0, "at_risk_year": 3.5},
            ["QT103", "QT103"],
        ),
    ],
)
def test_rows(values: dict[str, object], failing: list[str]) -> None:
    assert [c.code for c in checks(row(**values)) if not c.holds] == failing


def column(*cells: tuple[str, float]) -> list:
    return [
        figure("plan", "ytd", Decimal(str(v)) * 1000, role=role, row=i, step=Decimal(100))
        for i, (role, v) in enumerate(cells, 1)
    ]


@pytest.mark.parametrize(
    ("cells", "failing"),
    [
        ([("scheme", 1.2), ("scheme", 2.3), ("subtotal", 3.5)], []),
        ([("scheme", 1.2), ("scheme", 2.3), ("subtotal", 3.6)], []),  # three roundings of 0.05
        ([("scheme", 1.2), ("scheme", 2.3), ("subtotal", 3.7)], ["QT201"]),
        ([("scheme", 1), ("subtotal", 1), ("scheme", 2), ("subtotal", 2), ("total", 3)], []),
        ([("scheme", 1), ("subtotal", 1), ("scheme", 2), ("subtotal", 2), ("total", 6)], ["QT202"]),
        ([("scheme", 1), ("scheme", 2), ("total", 3)], []),
        ([("scheme", 1), ("scheme", 2), ("adjustment", -0.5), ("total", 2.5)], []),
    ],
)
def test_columns(cells: list[tuple[str, float]], failing: list[str]) -> None:
    assert [c.code for c in checks(column(*cells)) if not c.holds] == failing


def test_the_months_make_the_year() -> None:
    months = [
        figure("plan", "month", 35500, period=f"2014/15-M{m:02d}", column=m, step=Decimal(100)) for m in (9, 10, 11, 12)
    ]
    assert all(c.holds for c in checks([*months, figure("plan", "year", 142000, column=20, step=Decimal(1000))]))
    assert [
        c.code for c in checks([*months, figure("plan", "year", 152000, column=20, step=Decimal(1000))]) if not c.holds
    ] == ["QT203"]


def test_noughts_prove_nothing() -> None:
    assert [c.substantial for c in checks(row(plan_ytd=0, actual_ytd=0, variance_ytd=0))] == [False]
