"""What a saving is per unit of activity, and which prices are unlike the others."""

from __future__ import annotations

from decimal import Decimal

import pytest

from build import figure
from qippctl.calc.activity import is_outlier, prices
from qippctl.models.figure import Figure
from qippctl.money import Interval


def scheme(row: int, pounds: float, units: float, **rest: object) -> list[Figure]:
    """A row with a saving of the year, printed in £000, and what it takes out of outpatients."""
    case = rest.get("case")
    unit = rest.get("unit", "outpatient_attendances")
    name = rest.get("name", f"Scheme {row}")
    return [
        figure("plan", "year", pounds * 1000, row=row, column=1, scheme=name, case=case, step=Decimal(1000)),
        figure(
            "activity", "year", units, row=row, column=2, scheme=name, subject="activity", unit="count",
            qualifier=unit, case=rest.get("counted", case),
        ),
    ]  # fmt: skip


def of(*rows: list[Figure], **options: int) -> list:
    return prices([f for row in rows for f in row], 1, **options)


def test_a_price_is_pounds_by_units_with_what_rounding_allows() -> None:
    (price,) = of(scheme(1, 4300, 45800, case="upper"))
    assert (price.price, price.price_low, price.price_high) == (Decimal("93.89"), Decimal("93.87"), Decimal("93.90"))
    assert (price.unit, price.case, price.others, price.is_outlier) == ("outpatient_attendances", "upper", 0, None)


def test_a_case_is_priced_with_the_activity_of_that_case_alone() -> None:
    rows = scheme(1, 4300, 45800, case="upper")
    realistic = figure("plan", "year", 1250000, row=1, column=3, scheme="Scheme 1", case="realistic")
    assert [p.pounds for p in of([*rows, realistic])] == [4300000]
    assert of(scheme(1, 4300, 45800, case="realistic", counted="upper")) == []


@pytest.mark.parametrize(
    "row",
    [
        scheme(1, 0, 100),  # a saving of nought prices nothing
        scheme(1, 100, 0),
        [f.model_copy(update={"role": "total"}) for f in scheme(1, 100, 10)],
        [scheme(1, 100, 10)[0], scheme(2, 100, 10)[1]],  # of two rows
        [f.model_copy(update={"recurrence": "recurrent"}) for f in scheme(1, 100, 10)],
    ],
)
def test_what_has_no_price(row: list[Figure]) -> None:
    assert of(row) == []


@pytest.mark.parametrize(
    ("pounds", "options", "outliers"),
    [
        ((10, 11, 12, 13, 40), {}, [5]),
        ((10, 11, 12, 13, 30), {}, []),
        ((10, 11, 12, 13, 3), {}, [5]),
        ((10, 11, 12, 40), {}, []),  # three others are too few
        ((10, 11, 12, 40), {"fewest": 3}, [4]),
        ((10, 11, 12, 13, 30), {"times": Decimal(2)}, [5]),
    ],
)
def test_an_outlier_is_three_times_the_median_of_the_others(
    pounds: tuple[int, ...], options: dict[str, int], outliers: list[int]
) -> None:
    found = of(*(scheme(row, p * 1000, 1000) for row, p in enumerate(pounds, 1)), **options)
    assert [i for i, p in enumerate(found, 1) if p.is_outlier] == outliers
    assert {p.is_outlier is None for p in found} == {len(pounds) <= options.get("fewest", 4)}


def test_only_prices_of_the_same_unit_and_case_are_others() -> None:
    rows = [scheme(row, 10, 1, unit="elective_spells") for row in range(1, 5)]
    found = of(*rows, scheme(5, 10, 1), scheme(6, 10, 1, case="upper"))
    assert [p.others for p in found] == [3, 3, 3, 3, 0, 0]


def test_a_scheme_that_two_tables_print_counts_once() -> None:
    again = [f.model_copy(update={"table": "p2t1"}) for f in scheme(1, 10, 5)]
    assert len(of(scheme(1, 10, 5), again)) == 1


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(31, 32, True), (29, 30, False), (29, 31, None), (3, 3.2, True), (3.4, 4, False), (3.2, 3.4, None)],
)
def test_rounding_leaves_an_outlier_open(low: float, high: float, expected: bool | None) -> None:
    assert is_outlier(Interval(Decimal(str(low)), Decimal(str(high))), Decimal(10), Decimal(3)) is expected


def test_doubts_of_both_figures_stay() -> None:
    money, activity = scheme(1, 10, 5)
    doubted = [
        money.model_copy(update={"doubts": ("unit-unknown",)}),
        activity.model_copy(update={"doubts": ("look-alike",)}),
    ]
    assert of(doubted)[0].doubts == ("unit-unknown", "look-alike")
