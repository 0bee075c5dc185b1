"""Colours of workstreams and programmes from those of their schemes, and overall from the other dimensions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from build import figure
from qippctl.calc import dimensions
from qippctl.calc.position import Position
from qippctl.calc.positions import Stated, StatedRating, positions
from qippctl.models.figure import Rating
from qippctl.models.policy import Band, MilestoneBand, MilestoneRule, MoneyRule, Policy, RollUps

M11 = "2014/15-M11"
MONEY = MoneyRule(
    bands=(Band(colour="green", at_least=Decimal(95)), Band(colour="amber", at_least=Decimal(80)), Band(colour="red"))
)
MILESTONES = MilestoneRule(
    bands=(
        MilestoneBand(colour="green", slipped_at_most=0),
        MilestoneBand(colour="amber", slipped_at_least=1, days_at_most=30),
        MilestoneBand(colour="red", slipped_at_least=1, days_more_than=30),
    )
)


def policy(**rest: object) -> Policy:
    return Policy.model_validate(
        {"name": "p", "title": "P", "source": "x", "money": MONEY, "milestones": MILESTONES, **rest}
    )


def programme(*schemes: tuple[str, str, int | None, int | None]) -> list[Position]:
    """Schemes (name, workstream, plan, actual), a row for each workstream of 100 of 100, and a total of 100 of 100."""
    stated: list[Stated] = []

    def row(plan: int | None, actual: int | None, **whose: object) -> None:
        at = len(stated)
        for column, (measure, value) in enumerate((("plan", plan), ("actual", actual)), 1):
            if value is not None:
                stated.append(Stated(figure(measure, value=value, row=at, column=column, **whose)))

    for name, workstream, plan, actual in schemes:
        row(plan, actual, scheme=name, workstream=workstream)
    for workstream in dict.fromkeys(workstream for _, workstream, _, _ in schemes):
        row(100, 100, scheme=None, workstream=workstream, role="workstream")
    row(100, 100, scheme=None, workstream=None, role="total")
    return positions(stated, [], M11)


def colours(found: list[Position], rule: Policy, role: str) -> list[tuple[str | None, str, str]]:
    rated = dimensions.ratings(found, "ytd", M11, rule)
    return [
        (of["finance"].derived, of["finance"].certainty, of["finance"].rolled_up)
        for position, of in zip(found, rated, strict=True)
        if position.role == role
    ]


SCHEMES = (("A", "W", 100, 100), ("B", "W", 100, 50), ("C", "X", 1000, 1000), ("D", "X", None, 40))


def test_by_default_a_row_is_rated_by_its_own_figures() -> None:
    assert colours(programme(*SCHEMES), policy(), "workstream") == [("green", "certain", "own")] * 2


def test_the_worst_scheme_colours_its_workstream_and_the_programme() -> None:
    rule = policy(rollup=RollUps(workstream="worst", programme="worst"))
    assert [c for c, _, _ in colours(programme(*SCHEMES), rule, "workstream")] == ["red", "green"]
    assert colours(programme(*SCHEMES), rule, "total") == [("red", "certain", "worst")]


def test_schemes_are_weighed_by_their_plan() -> None:
    """1,150 of 1,200 is 95.8%; the scheme without a plan is left out, and said to be."""
    rule = policy(rollup=RollUps(workstream="weighted", programme="weighted"))
    found = programme(*SCHEMES)
    assert [c for c, _, _ in colours(found, rule, "workstream")] == ["red", "green"]
    assert colours(found, rule, "total") == [("green", "certain", "weighted")]
    total = next(
        of["finance"]
        for p, of in zip(found, dimensions.ratings(found, "ytd", M11, rule), strict=True)
        if p.role == "total"
    )
    assert total.note == "3 schemes delivered 1150 of 1200 together: 95.8%; 1 without plan or actual left out"
    assert (total.plan, total.actual) == (100, 100), "its figures stay as printed"


def test_a_workstream_without_schemes_keeps_its_own_colour() -> None:
    stated = [
        Stated(figure(m, value=100, column=c, scheme=None, workstream="W", role="workstream"))
        for c, m in enumerate(("plan", "actual"))
    ]
    rule = policy(rollup=RollUps(workstream="worst"))
    assert colours(positions(stated, [], M11), rule, "workstream") == [("green", "certain", "own")]


def test_precision_is_rolled_up_too() -> None:
    """A scheme that may be green or amber leaves the worst open; one that is surely red decides it."""
    rough = {"step": Decimal(10)}
    open_ = [
        Stated(figure("plan", value=60, **rough)),
        Stated(figure("actual", value=60, column=2, **rough)),
        Stated(figure("plan", value=100, role="total", scheme=None, row=9)),
    ]
    surely_red = [
        Stated(figure("plan", value=100, scheme="B", row=2)),
        Stated(figure("actual", value=10, scheme="B", row=2, column=2)),
    ]
    rule = policy(rollup=RollUps(programme="worst"))
    assert colours(positions(open_, [], M11), rule, "total") == [("green", "undecided", "worst")]
    assert colours(positions([*open_, *surely_red], [], M11), rule, "total") == [("red", "certain", "worst")]


def counted(red: int, amber: int, green: int) -> list[Stated]:
    return [
        Stated(figure("count", value=n, column=c, unit="count", qualifier=f"milestones_{name}"))
        for c, (name, n) in enumerate((("red", red), ("amber", amber), ("green", green)), 5)
    ]


@pytest.mark.parametrize(
    ("counts", "overall", "note"),
    [
        ((0, 1, 2), "amber", "the worst of finance, milestones"),
        ((0, 0, 2), "green", "the worst of finance, milestones"),
        ((1, 0, 2), "red", "the worst of finance, milestones"),
        ((0, 0, 0), "green", "the worst of finance"),
    ],
)
def test_overall_is_the_worst_where_the_policy_says_so(counts: tuple[int, int, int], overall: str, note: str) -> None:
    stated = [Stated(figure("plan", value=100)), Stated(figure("actual", value=100, column=2)), *counted(*counts)]
    [of] = dimensions.ratings(positions(stated, [], M11), "ytd", M11, policy(overall="worst"))
    assert (of["overall"].derived, of["overall"].note, of["overall"].plan) == (overall, note, None)
    [plain] = dimensions.ratings(positions(stated, [], M11), "ytd", M11, policy())
    assert "overall" not in plain


def test_what_a_paper_prints_of_metrics_is_passed_on() -> None:
    printed = Rating(
        paper="p", sha256="ab" * 32, page=1, table="p1t1", row=1, column=9, organisation="Body", scheme="A", role="scheme",
        dimension="metrics", colour="amber", raw="A",
    )  # fmt: skip
    stated = [Stated(figure("plan", value=100)), Stated(figure("actual", value=100, column=2))]
    [of] = dimensions.ratings(positions(stated, [StatedRating(printed)], M11), "year", "2014/15", policy())
    metrics = of["metrics"]
    assert (metrics.printed, metrics.derived, metrics.certainty) == ("amber", None, "none")
    assert (metrics.basis, metrics.period) == ("ytd", M11), "it is as things stand, whatever the money's basis"
