"""Where the line of a budget falls, and what nothing decides."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qippctl.calc.budget import Budget

IN, OUT, OPEN = True, False, None


def sums(values: list[int | None]) -> list[Decimal | None]:
    return [None if value is None else Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("amount", "tiers", "within"),
    [
        (100, [[60], [40]], [[IN], [IN]]),
        (100, [[60], [50], [10]], [[IN], [OUT], [OUT]]),  # the line is drawn: the 10 that would fit is not taken
        (100, [[60, 40], [1]], [[IN, IN], [OUT]]),
        (100, [[60, 50], [1]], [[OPEN, OPEN], [OUT]]),  # equals: either, not both
        (100, [[150, 50], [1]], [[OUT, OPEN], [OUT]]),
        (100, [[None], [40], [200], [1]], [[OPEN], [OPEN], [OUT], [OUT]]),  # an unknown sum may be anything
        (100, [[60], [None], [50]], [[IN], [OPEN], [OUT]]),
        (100, [[0], [100], [0]], [[IN], [IN], [IN]]),
        (0, [[1]], [[OUT]]),
    ],
)
def test_the_line_is_drawn_at_the_first_that_does_not_fit(
    amount: int, tiers: list[list[int | None]], within: list[list[bool | None]]
) -> None:
    budget = Budget.of(Decimal(amount))
    assert [budget.take(sums(tier)) for tier in tiers] == within


@pytest.mark.parametrize(
    ("amount", "tiers", "within"),
    [
        (100, [[60], [50], [10], [30], [1]], [[IN], [OUT], [IN], [IN], [OUT]]),
        (100, [[150, 40], [60]], [[OUT, IN], [IN]]),
        (100, [[60, 50], [60], [35]], [[OPEN, OPEN], [OUT], [OPEN]]),
        (100, [[None], [40], [101]], [[OPEN], [OPEN], [OUT]]),
    ],
)
def test_filling_passes_over_what_does_not_fit(
    amount: int, tiers: list[list[int | None]], within: list[list[bool | None]]
) -> None:
    budget = Budget.of(Decimal(amount), fill=True)
    assert [budget.take(sums(tier)) for tier in tiers] == within


@pytest.mark.parametrize(
    ("must_do", "within", "then"),
    [
        ([30, 20], [IN, IN], IN),
        ([30, 30], [IN, IN], OUT),
        ([90, 30], [OPEN, OPEN], OUT),  # they alone exceed it: which of them it reaches is not ours to say
        ([120, 30], [OUT, OPEN], OUT),
        ([30, None], [OPEN, OPEN], OPEN),
        ([70, None], [OPEN, OPEN], OUT),
    ],
)
def test_must_dos_come_first(must_do: list[int | None], within: list[bool | None], then: bool | None) -> None:
    budget = Budget.of(Decimal(100))
    assert budget.take_all(sums(must_do)) == within
    assert budget.take(sums([50])) == [then]


def truly(amount: int, order: list[int], *, fill: bool) -> set[int]:
    """Which of an order are within, done as a person would."""
    taken, left = set(), amount
    for at, one in enumerate(order):
        if one <= left:
            taken.add(at)
            left -= one
        elif not fill:
            break
    return taken


@given(
    amount=st.integers(0, 30),
    tiers=st.lists(st.lists(st.one_of(st.none(), st.integers(0, 20)), min_size=1, max_size=3), min_size=1, max_size=3),
    unknown=st.integers(0, 25),
    fill=st.booleans(),
)
def test_what_is_said_for_sure_holds_in_every_order_of_equals(
    amount: int, tiers: list[list[int | None]], unknown: int, fill: bool
) -> None:
    budget = Budget.of(Decimal(amount), fill=fill)
    said = [budget.take(sums(tier)) for tier in tiers]
    orders = [list(permutations(range(len(tier)))) for tier in tiers]
    for first in orders[0]:
        for second in orders[1] if len(orders) > 1 else [()]:
            for third in orders[2] if len(orders) > 2 else [()]:
                walk = [(t, i) for t, order in enumerate((first, second, third)[: len(tiers)]) for i in order]
                values = [unknown if (own := tiers[t][i]) is None else own for t, i in walk]
                within = truly(amount, values, fill=fill)
                for at, (t, i) in enumerate(walk):
                    assert said[t][i] in (None, at in within), (tiers, said)
