"""Printed colours against the rule that a paper states, and against the figures beside them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from audit.made import POLICY, found, rating, row, with_ratings
from build import figure
from qippctl.audit import Material, audit, verdict
from qippctl.models.figure import Doubt, Figure


@pytest.mark.parametrize(
    ("plan", "actual", "step", "colour", "codes"),
    [
        (100, 97, 1, "green", []),
        (100, 97, 1, "red", ["QR401 error"]),
        (100, 50, 1, "green", ["QR401 error"]),
        (100, 50, 1, "red", []),
        (100, 90, 1, "green", ["QR401 error"]),
        (100, 120, 1, "green", []),  # over-delivery
        # Rounding leaves it open: no error, and a note that says so.
        (300, 300, 100, "amber", ["QR402 note"]),
        (300, 300, 100, "green", ["QR402 note"]),
        (200, 190, 10, "amber", ["QR402 note"]),
        (0, 0, 1, "red", ["QR402 note"]),  # a plan that may have been lost in rounding
        (100, 50, 1, "not_due", []),
        (100, 50, 1, "not_applicable", []),
    ],
)
def test_a_colour_contradicts_its_rule_only_at_every_value(
    plan: int, actual: int, step: int, colour: str, codes: list[str]
) -> None:
    of = with_ratings(row(plan, actual, step=step), rating(colour))  # type: ignore[arg-type]
    assert [f"{f.code} {f.severity}" for f in found(of, "QR401", "QR402")] == codes


def test_without_a_stated_rule_no_colour_is_judged() -> None:
    of = with_ratings(row(100, 50), rating("green"))
    assert found(of, "QR401", "QR402", "QR403", policy=None) == []


def test_a_contradiction_says_what_is_printed_what_is_possible_and_from_what() -> None:
    (one,) = found(with_ratings(row(100, 50), rating("green")), "QR401")
    assert one.message == "A: finance: green is printed, the rule gives red: 50% of the plan to date was delivered"
    assert (one.printed, one.recomputed, one.decision) == (None, None, "rag")
    assert (one.table, one.row, len(one.figures)) == ("p1t1", 1, 2)


@pytest.mark.parametrize(
    ("figures", "printed", "severity"),
    [
        (row(100, 50, doubts=(Doubt.GHOST_ROW,)), rating("green"), "warning"),
        (row(100, 50), rating("green", doubts=(Doubt.SHIFTED_ROW,)), "warning"),
        (row(100, 50, doubts=(Doubt.SUM_FAILS,)), rating("green"), "warning"),
        (row(100, 50, doubts=(Doubt.WORKSTREAM_UNKNOWN,)), rating("green"), "error"),
        (row(100, 50, 120, 119), rating("green"), "warning"),  # the year's forecast would be green
        (row(100, 50, 120, 119, doubts=(Doubt.GHOST_ROW,)), rating("green"), "note"),
        (row(100, 50), rating("green", "overall"), "warning"),
    ],
)
def test_what_may_be_misread_or_of_another_span_is_no_error(
    figures: list[Figure], printed: object, severity: str
) -> None:
    (one,) = found(with_ratings(figures, printed), "QR401")  # type: ignore[arg-type]
    assert one.severity == severity


def test_where_only_the_year_is_planned_the_forecast_is_judged() -> None:
    of = with_ratings(row(None, None, 100, 60), rating("green"))
    (one,) = found(of, "QR401")
    assert one.message.endswith("60% of the year's plan is forecast")


def test_colours_that_agree_are_counted() -> None:
    of = with_ratings(
        row(100, 97) + row(300, 300, row=2, step=100, scheme="B"), rating("green"), rating("green", row=2, scheme="B")
    )
    audited = audit(Material(of, POLICY))
    assert (verdict(audited).exact, verdict(audited).rounding) == (1, 1)


def counts(red: int, amber: int, green: int, **rest: object) -> list[Figure]:
    """A row that counts milestones by colour."""
    common = {"basis": "ytd", "unit": "count", "subject": "activity", **rest}
    return [
        figure("count", value=n, column=k, qualifier=f"milestones_{colour}", **common)
        for k, (colour, n) in enumerate((("red", red), ("amber", amber), ("green", green)), 4)
    ]


@pytest.mark.parametrize(
    ("counted", "colour", "codes"),
    [
        ((0, 0, 5), "green", []),
        ((9, 0, 7), "green", ["QR401 error"]),
        ((0, 1, 8), "red", ["QR401 error"]),
        ((0, 3, 5), "amber", ["QR403 warning"]),
        ((1, 0, 4), "red", ["QR403 warning"]),
        ((0, 0, 0), "green", []),
    ],
)
def test_milestones_by_their_counts(counted: tuple[int, int, int], colour: str, codes: list[str]) -> None:
    of = with_ratings(counts(*counted), rating(colour, "milestones"))  # type: ignore[arg-type]
    assert [f"{f.code} {f.severity}" for f in found(of, "QR401", "QR403")] == codes


def test_a_row_without_a_band_says_which_colour_was_given_all_the_same() -> None:
    (one,) = found(with_ratings(counts(0, 3, 5), rating("amber", "milestones")), "QR403")
    assert (
        one.message
        == "A: milestones: amber is printed; 3 slipped by up to 7 days, 5 on time: the rule gives this no colour"
    )
    (doubted,) = found(with_ratings(counts(0, 3, 5, doubts=(Doubt.GHOST_ROW,))), "QR403")
    assert doubted.severity == "note"


def test_money_that_no_band_covers() -> None:
    gap = POLICY.model_copy(
        update={
            "money": POLICY.money.model_validate(
                {"bands": [{"colour": "green", "at_least": 95}, {"colour": "red", "below": 80}]}
            )
        }  # type: ignore[union-attr]
    )
    of = with_ratings(row(100, 90), rating("amber"))
    assert [f.code for f in found(of, "QR401", "QR403", policy=gap)] == ["QR403"]


def aimed(**amounts: object) -> list[Figure]:
    return [
        figure(measure, "year", 0 if value == "-" else value, column=n, raw=str(value))
        for n, (measure, value) in enumerate(amounts.items(), 1)
    ]


@pytest.mark.parametrize(
    ("figures", "colour", "codes"),
    [
        (aimed(target="-", confidence="75"), "green", ["QR404"]),
        (aimed(target="-", plan="-"), "green", ["QR404"]),
        (aimed(target="142", confidence="75"), "green", []),
        (aimed(target="-", plan="20"), "green", []),
        (aimed(target="-", forecast="20"), "green", []),  # something comes of it
        (aimed(confidence="75"), "green", []),  # no aim is printed here at all
        (aimed(target="-", confidence="75"), "amber", []),
    ],
)
def test_green_without_an_aim(figures: list[Figure], colour: str, codes: list[str]) -> None:
    of = with_ratings(figures, rating(colour, "overall"))  # type: ignore[arg-type]
    assert [f.code for f in found(of, "QR404", policy=None)] == codes


def test_a_percentage_of_nothing_is_a_warning() -> None:
    of = with_ratings([figure("delivery", value=0, doubts=(Doubt.NO_BASE,), step=Decimal(1), raw="0%")])
    (one,) = found(of, "QT102")
    assert one.severity == "warning" and "of a plan that is nothing or not printed" in one.message
