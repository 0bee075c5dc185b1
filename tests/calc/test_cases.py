"""Best, middle and worse, and the factors that they imply."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import figure
from qippctl.calc.cases import cases_of, implied
from qippctl.calc.position import Position
from qippctl.calc.positions import Stated, positions

TENTH = Decimal("0.1")


def row(name: str, best: str, middle: str, measure: str = "forecast", doubts: tuple[str, ...] = ()) -> Position:
    """A scheme with two cases in £m to one decimal, as printed."""
    cells = {"best": best, "middle": middle}
    figures = [
        figure(
            measure, "year", Decimal(0 if text == "-" else text) * 1_000_000, case=case, scheme=name, column=k,
            id=f"{name}/{case}", step=100_000, raw=text, doubts=doubts,
        )
        for k, (case, text) in enumerate(cells.items())
    ]  # fmt: skip
    return positions([Stated(f) for f in figures], [], "2014/15-M11")[0]


def rows(*cells: tuple[str, str]) -> list[Position]:
    return [row(f"S{k}", *pair) for k, pair in enumerate(cells)]


@pytest.mark.parametrize(
    ("cells", "percent", "against"),
    [
        ([("44.1", "33.0")], 75, 0),
        ([("1.8", "1.3"), ("6.0", "4.5"), ("0.1", "0.1"), ("0.2", "0.2")], 75, 0),
        # small figures allow many percentages: none is claimed
        ([("0.1", "0.1")], None, 0),
        ([("0.1", "0.0"), ("0.2", "0.1")], None, 0),
        ([("0.4", "0.3")], None, 0),
        # rows that go different ways, and a factor that most, but not all, share
        ([("1.8", "1.3"), ("6.0", "3.0")], None, 0),
        ([("0.7", "0.7"), ("2.4", "2.2"), ("6.4", "6.2"), ("1.3", "1.3")], None, 0),
        # noughts say nothing
        ([("0", "0"), ("-", "-")], None, None),
        ([("0", "0"), ("44.1", "33.0")], 75, 0),
        # something made of exactly nothing is against every percentage
        ([("-", "1.0"), ("44.1", "33.0")], None, 0),
        # losses
        ([("-4.0", "-3.0"), ("-8.4", "-6.3")], 75, 0),
        ([("4.0", "-3.0")], None, 0),
        # a worse case above its better one, up to twice
        ([("4.0", "6.0"), ("8.0", "12.0")], 150, 0),
        ([("4.0", "12.0")], None, 0),
        # a factor that is no multiple of 25
        ([("10.0", "6.0"), ("20.0", "12.0"), ("50.0", "30.0")], 60, 0),
        ([("100.0", "83.0")], 83, 0),
        # nothing comes of it at all
        ([("44.1", "0.0"), ("9.0", "-")], 0, 0),
    ],
)
def test_factor(cells: list[tuple[str, str]], percent: int | None, against: int | None) -> None:
    found = implied(rows(*cells), "middle", "best")
    if against is None:
        assert found is None
        return
    assert found is not None
    assert (found.percent, len(found.against)) == (percent, against)


def test_one_misprint_among_many_rows_is_named_and_no_more() -> None:
    good = [(f"{k}.0", f"{Decimal(k) * Decimal('0.75'):.2f}") for k in range(4, 84, 4)]
    found = implied(rows(*good, ("4.0", "9.0")), "middle", "best")
    assert found is not None
    assert (found.percent, found.rows, found.against) == (75, 21, ("S20",))
    assert implied(rows(*good, ("4.0", "9.0"), ("4.0", "8.0")), "middle", "best").percent is None  # type: ignore[union-attr]


def test_bounds_are_those_that_every_row_allows() -> None:
    found = implied(rows(("44.1", "33.0"), ("0.1", "0.1")), "middle", "best")
    assert found is not None
    assert (found.low, found.high) == (Decimal("74.6"), Decimal("75.0"))
    apart = implied(rows(("44.1", "33.0"), ("44.1", "22.0")), "middle", "best")
    assert apart is not None and apart.low is not None and apart.high is not None
    assert apart.low > apart.high and apart.percent is None


def test_rows_in_doubt_and_rows_without_both_are_not_asked() -> None:
    doubtful = row("B", "4.0", "9.0", doubts=("label-unclear",))
    alone = positions([Stated(figure("forecast", "year", 9, case="middle", scheme="C"))], [], "2014/15-M11")[0]
    found = implied([row("A", "44.1", "33.0"), doubtful, alone], "middle", "best")
    assert found is not None
    assert (found.percent, found.rows) == (75, 1)
    assert implied([doubtful, alone], "middle", "best") is None


def test_a_case_of_a_plan_is_not_held_against_one_of_a_forecast() -> None:
    figures = [
        figure("plan", "year", 100, case="best"),
        figure("forecast", "year", 75, case="middle", column=2),
    ]
    mixed = positions([Stated(f) for f in figures], [], "2014/15-M11")[0]
    assert implied([mixed], "middle", "best") is None


def test_a_programmes_factors_are_those_of_its_schemes_rows() -> None:
    total = row("T", "44.1", "33.0")
    schemes = rows(("4.0", "2.0"), ("8.0", "4.0"))
    assert [f.percent for f in cases_of(total).implied] == [75]
    assert [f.percent for f in cases_of(total, schemes).implied] == [50]


def test_a_subject_without_cases_implies_nothing_though_schemes_have_some() -> None:
    plain = positions([Stated(figure("plan", "year", 5))], [], "2014/15-M11")[0]
    assert cases_of(plain, rows(("4.0", "2.0"))).implied == ()


@given(
    st.lists(st.integers(0, 600), min_size=35, max_size=35),
    st.integers(40, 600),
    st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]),
)
def test_rows_that_round_three_quarters_are_found_out(tenths: list[int], large: int, rounding: str) -> None:
    """36 rows made by rounding best x 0.75 to one decimal, one of them of some size: 75%, with no row against it."""
    cells = [
        (str(best), str((best * Decimal("0.75")).quantize(TENTH, rounding)))
        for best in (Decimal(k) / 10 for k in (large, *tenths))
    ]
    found = implied(rows(*cells), "middle", "best")
    assert found is not None
    assert (found.percent, found.against) == (75, ())
    assert found.low is not None and found.high is not None and found.low <= 75 <= found.high
