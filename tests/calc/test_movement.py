"""The bridge between two periods, restatements, arrows and sums of falling figures, on tiny cases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import figure
from qippctl.calc import movement
from qippctl.calc.approvals import approved
from qippctl.calc.identity import Pair
from qippctl.calc.position import Position
from qippctl.calc.positions import Stated, positions
from qippctl.models.answers import RagAnswer
from qippctl.models.decisions import PlanApproval
from qippctl.models.movements import MovementAnswer

M10, M11 = "2014/15-M10", "2014/15-M11"
YEAR = "2014/15"
WHOLE = Decimal(100)
PARTS = ("delivery", "rephasing", "restatement", "untold", "new_and_gone")
Printed = dict[str, Any]


def one(period: str, printed: Printed, **who: Any) -> Position:
    """A subject of a period's paper, by quantity: `plan.year`, `actual.month:M03`, `plan.year:recurrent`."""
    stated = []
    for column, (name, value) in enumerate(printed.items(), 1):
        quantity, _, rest = name.partition(":")
        measure, basis = quantity.split(".")
        more: dict[str, Any] = {"period": YEAR if basis in ("year", "fye") else period}
        for word in filter(None, rest.split(":")):
            if word[0] in "MQ":
                more["period"] = f"{YEAR}-{word}"
            elif word in ("recurrent", "non_recurrent"):
                more["recurrence"] = word
            elif word == "next":
                more["period"] = "2015/16"
            else:
                more["version"] = word
        step = who.get("step", Decimal(1))
        sha = who.get("sha", "a" if period == M10 else "b") * 64
        rest_of = {k: v for k, v in who.items() if k not in ("step", "sha")}
        stated.append(Stated(figure(measure, basis, value, column=column, step=step, sha256=sha, **more, **rest_of)))
    return positions(stated, [], period)[0]


def pair(before: Printed | None, after: Printed | None, **who: Any) -> Pair:
    return Pair(
        ((one(M10, before, **who), WHOLE),) if before is not None else (),
        one(M11, after, **who) if after is not None else None,
    )


def answer(before: Printed | None, after: Printed | None, **who: Any) -> MovementAnswer:
    found = movement.answer(pair(before, after, **who), M10, M11, (None, None))
    assert found is not None
    return found


def parts(found: MovementAnswer) -> dict[str, int]:
    return {name: int(value) for name in PARTS if (value := getattr(found, name)) is not None}


START = {"plan.ytd": 100, "actual.ytd": 90, "plan.year": 130}
END = {"plan.ytd": 110, "actual.ytd": 95, "plan.year": 130}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # No months at all: what can be said is the sum, and that neither other part is known.
        (START, END, {"delivery": -5}),
        # Months foretold 10 for the month and 10 came due.
        (START | {"plan.month:M11": 10}, END, {"delivery": -5, "rephasing": 0}),
        # 15 were foretold: 5 of the plan went elsewhere in the year, so delivery was 5 of 15.
        (START | {"plan.month:M11": 15}, END, {"delivery": -10, "rephasing": 5}),
        # The same by amounts to date.
        (START | {"plan.ytd:M11": 115}, END, {"delivery": -10, "rephasing": 5}),
        # What was delivered to month 10 was 92 after all: 2 of the 5 more are no delivery of month 11.
        (START, END | {"actual.ytd:M10": 92}, {"delivery": -7, "restatement": 2}),
        # It is printed again as it was: nothing was restated, and that is known.
        (START, END | {"actual.ytd:M10": 90}, {"delivery": -5, "restatement": 0}),
        # A month that was over is printed otherwise by both.
        (
            START | {"actual.month:M03": 9},
            END | {"actual.month:M03": 12},
            {"delivery": -8, "restatement": 3},
        ),
        # Months moved against each other change nothing to date, where that is printed again.
        (
            START | {"actual.month:M03": 9, "actual.month:M04": 9},
            END | {"actual.month:M03": 12, "actual.month:M04": 6, "actual.ytd:M10": 90},
            {"delivery": -5, "restatement": 0},
        ),
        # The later paper alone prints months: their sum is 114, and 90 were reported.
        (
            START,
            END | {f"actual.month:M{m:02d}": 9 for m in range(1, 10)} | {"actual.month:M10": 33},
            {"delivery": -29, "restatement": 24},
        ),
        # The year's plan was cut, and months tell that 4 less came due: restated, not re-phased.
        (
            START | {"plan.month:M11": 14},
            END | {"plan.year": 120},
            {"delivery": -9, "rephasing": 0, "restatement": 4},
        ),
        # It was cut, and no months tell how.
        (START, END | {"plan.year": 120}, {"untold": -5}),
        (START, END | {"plan.year": 120, "actual.ytd:M10": 92}, {"untold": -7, "restatement": 2}),
        # Nobody prints the year's plan: a plan that moved may be either.
        (
            {"plan.ytd": 100, "actual.ytd": 90, "plan.month:M11": 15},
            {"plan.ytd": 110, "actual.ytd": 95},
            {"delivery": -10, "untold": 5},
        ),
        # Months that were over are planned otherwise now: known of these alone.
        (START, END | {"plan.ytd:M10": 97}, {"delivery": -8, "rephasing": 3}),
        # A plan that is called current is the plan, and the original beside it is not.
        (
            START,
            {"plan.ytd": 110, "actual.ytd": 95, "plan.year:original": 130, "plan.year:current": 120},
            {"untold": -5},
        ),
        # The worked figures of docs/movement.md.
        (
            START | {"plan.month:M11": 15},
            END | {"actual.ytd": 97, "actual.ytd:M10": 92},
            {"delivery": -10, "rephasing": 5, "restatement": 2},
        ),
        # Printed variances alone bridge, too.
        ({"variance.ytd": -10, "actual.ytd": 90}, {"variance.ytd": -15, "actual.ytd": 95}, {"delivery": -5}),
        # One end without a variance has no bridge.
        ({"actual.ytd": 90}, END, {}),
    ],
)
def test_the_change_of_variance_is_parted(before: Printed, after: Printed, expected: dict[str, int]) -> None:
    found = answer(before, after)
    assert parts(found) == expected
    if expected:
        assert found.variance_from is not None and found.variance_to is not None
        assert found.variance_from + sum(expected.values()) == found.variance_to


def test_what_rounding_explains_is_delivery() -> None:
    """In thousands to one decimal, 100.0 and 10.0 may be 110.1 as well as 110.0."""
    before = {"plan.ytd": 100_000, "actual.ytd": 90_000, "plan.year": 130_000, "plan.month:M11": 10_000}
    after = {"plan.ytd": 110_100, "actual.ytd": 95_000, "plan.year": 130_100, "actual.ytd:M10": 90_100}
    found = answer(before, after, step=Decimal(100))
    assert parts(found) == {"delivery": -5100, "rephasing": 0, "restatement": 0}
    assert found.restated == ()


AMOUNT = st.integers(-500, 500)
NAMES = (
    "plan.year", "plan.ytd", "actual.ytd", "variance.ytd", "actual.ytd:M10", "plan.ytd:M10", "plan.ytd:M11",
    "plan.month:M11", "plan.month:M10", "actual.month:M10", "actual.month:M09", "plan.year:recurrent",
)  # fmt: skip
PAPER = st.dictionaries(st.sampled_from(NAMES), AMOUNT)


@given(PAPER, PAPER)
def test_the_parts_always_come_to_the_change(before: Printed, after: Printed) -> None:
    before, after = before | {"forecast.year": 1}, after | {"forecast.year": 1}
    # `plan.ytd` and `plan.ytd:M10` of month 10 are one quantity: a paper prints it once.
    before.pop("plan.ytd:M10", None)
    before.pop("actual.ytd:M10", None)
    after.pop("plan.ytd:M11", None)
    found = answer(before, after)
    if found.variance_from is None or found.variance_to is None:
        assert parts(found) == {}
    else:
        assert parts(found)
        assert found.variance_from + sum(getattr(found, name) or 0 for name in PARTS) == found.variance_to


@pytest.mark.parametrize(
    ("name", "was", "now", "is_restated"),
    [
        ("plan.year", 100, 90, True),
        ("plan.year:recurrent", 100, 90, True),
        ("plan.year:next", 100, 90, True),
        ("plan.fye", 100, 90, True),
        ("target.year", 100, 90, True),
        ("plan.month:M12", 20, 9, True),
        ("actual.month:M03", 20, 9, True),
        ("actual.ytd:M09", 100, 90, True),
        ("variance.month:M03", 20, 9, True),
        ("delivery.ytd:M09", 85, 80, True),
        ("actual.quarter:Q3", 20, 9, True),
        # The quarter and the month were not over.
        ("actual.quarter:Q4", 20, 9, False),
        ("actual.month:M11", 20, 9, False),
        # Made anew each month, and what depends on it.
        ("forecast.year", 100, 90, False),
        ("variance.year", 100, 90, False),
        ("forecast.month:M03", 20, 9, False),
        ("achievable.year", 20, 9, False),
        ("plan.year", 100, 100, False),
    ],
)
def test_what_is_restated(name: str, was: int, now: int, is_restated: bool) -> None:
    found = answer({"plan.ytd": 5, name: was}, {"plan.ytd": 5, name: now})
    own = [(f"{r.measure}.{r.basis}", r.was, r.now, r.change) for r in found.restated]
    assert own == ([(name.partition(":")[0], was, now, now - was)] if is_restated else [])


def test_a_plan_without_a_version_and_the_one_called_current_are_one() -> None:
    found = answer({"plan.year": 100}, {"plan.year:original": 100, "plan.year:current": 90})
    assert [(r.was, r.now, r.version) for r in found.restated] == [(100, 90, None)]
    again = answer({"plan.year": 100}, {"plan.year:original": 120, "plan.year:current": 100})
    assert again.restated == ()


def test_one_paper_that_reports_both_periods_restates_nothing() -> None:
    assert answer({"plan.year": 100}, {"plan.year": 90}, sha="c").restated == ()


def test_a_restated_figure_in_doubt_says_so() -> None:
    found = answer({"plan.year": 100}, {"plan.year": 90}, doubts=("fused-cell",))
    assert found.restated[0].doubts == ("fused-cell",) == found.doubts


@pytest.mark.parametrize(
    ("before", "after", "step", "expected"),
    [
        ({"actual.ytd": 100}, {"actual.ytd": 99}, 1, ()),  # rounding
        ({"actual.ytd": 100}, {"actual.ytd": 98}, 1, ("actual.ytd",)),
        ({"actual.ytd": 100}, {"actual.ytd": 98}, 10, ()),
        ({"actual.ytd": -100}, {"actual.ytd": -90}, 1, ()),
        (
            {"actual.ytd": 9, "actual.ytd:recurrent": 9},
            {"actual.ytd": 9, "actual.ytd:recurrent": 5},
            1,
            ("actual.ytd.recurrent",),
        ),
    ],
)
def test_cumulative_amounts_that_fall(before: Printed, after: Printed, step: int, expected: tuple[str, ...]) -> None:
    assert answer(before, after, step=Decimal(step)).falling == expected


def test_the_next_year_begins_anew() -> None:
    before, after = one("2013/14-M12", {"actual.ytd": 900}), one("2014/15-M01", {"actual.ytd": 10})
    found = movement.answer(Pair(((before, WHOLE),), after), "2013/14-M12", "2014/15-M01", (None, None))
    assert found is not None and (found.falling, parts(found)) == ((), {})


def rated(derived: str | None, *possible: str, printed: str | None = None) -> RagAnswer:
    return RagAnswer.model_validate(
        {
            "organisation": None, "workstream": None, "scheme": "A", "role": "scheme", "period": M11, "basis": "ytd",
            "dimension": "finance", "plan": None, "actual": None, "variance": None, "delivery": None, "policy": "p",
            "certainty": "certain", "printed": printed, "derived": derived, "possible": possible or (derived,) if derived else (),
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "arrow", "is_certain"),
    [
        (rated("red"), rated("amber"), "improving", True),
        (rated("green"), rated("green"), "maintained", True),
        (rated("green"), rated("amber", "amber", "green"), "worsening", False),
        (rated(None, printed="red"), rated("green"), "improving", True),
        (rated(None), rated("green"), None, None),
        (None, rated("green"), None, None),
        # Blue is done in some papers and unacceptable in others.
        (rated(None, printed="blue"), rated("green"), None, None),
        (rated(None, printed="not_due"), rated("green"), None, None),
    ],
)
def test_arrows(before: RagAnswer | None, after: RagAnswer | None, arrow: str | None, is_certain: bool | None) -> None:
    found = movement.answer(pair(START, END), M10, M11, (before, after))
    assert found is not None and (found.arrow, found.arrow_certain) == (arrow, is_certain)


@pytest.mark.parametrize(("role", "arrow"), [("scheme", "new"), ("subtotal", "new"), ("total", None)])
def test_a_total_has_no_name_and_is_never_new(role: str, arrow: str | None) -> None:
    assert answer(None, END, role=role, scheme=None if role != "scheme" else "A", workstream="W").arrow == arrow


def test_names_that_differ_in_spelling_alone_are_no_other_names() -> None:
    before = one(M10, START, scheme="Day-case rate")
    for name, was in (("Day case Rate", ()), ("Theatres", ("Day-case rate",))):
        found = movement.answer(Pair(((before, WHOLE),), one(M11, END, scheme=name)), M10, M11, (None, None))
        assert found is not None and found.was == was


def test_a_total_has_the_parts_of_its_schemes_where_they_add_up() -> None:
    schemes = [
        pair({"plan.ytd": 60, "actual.ytd": 50, "plan.month:M11": 6, "plan.year": 72},
             {"plan.ytd": 64, "actual.ytd": 55, "plan.year": 72}, scheme="A", row=1),
        pair({"plan.ytd": 40, "actual.ytd": 20}, None, scheme="Gone", row=2),
        pair(None, {"plan.ytd": 5, "actual.ytd": 4}, scheme="New", row=3),
    ]  # fmt: skip
    total = pair(
        {"plan.ytd": 100, "actual.ytd": 70}, {"plan.ytd": 69, "actual.ytd": 59}, role="total", scheme=None, row=4
    )
    found = movement.answers([*schemes, total], M10, M11, [(None, None)] * 4)
    assert parts(found[-1]) == {"delivery": -1, "rephasing": 2, "new_and_gone": 19}
    odd = pair(
        {"plan.ytd": 100, "actual.ytd": 75}, {"plan.ytd": 69, "actual.ytd": 59}, role="total", scheme=None, row=4
    )
    alone = movement.answers([*schemes, odd], M10, M11, [(None, None)] * 4)
    assert parts(alone[-1]) == {"delivery": 15}


def test_a_split_has_amounts_by_share_and_no_bridge() -> None:
    before = one(M10, START | {"plan.month:M11": 10})
    found = movement.answer(Pair(((before, Decimal(40)),), one(M11, END)), M10, M11, (None, None))
    assert found is not None
    assert (found.plan_from, found.actual_from, found.variance_from, found.restated) == (52, 36, -4, ())
    assert parts(found) == {}


def decision(number: int, period: str, scheme: str | None, **more: Any) -> PlanApproval:
    return PlanApproval(
        number=number, by="A", at="2015-03-01", reason="r", period=period, scheme=scheme, meeting="B", **more
    )


@pytest.mark.parametrize(
    ("made", "scheme", "was", "expected"),
    [
        ([decision(1, M11, "A")], "A", (), 1),
        ([decision(1, M11, "a")], "A", (), 1),
        ([decision(1, M11, "Old")], "A", ("Old",), 1),
        ([decision(1, M11, None)], "A", (), 1),
        ([decision(1, M11, "A"), decision(2, M11, None)], "A", (), 1),
        ([decision(1, M11, "A"), decision(2, M11, "A")], "A", (), 2),
        ([decision(1, M11, "B")], "A", (), None),
        ([decision(1, M11, "A")], None, (), None),
        ([decision(1, "2014/15-M12", "A")], "A", (), None),
        ([decision(1, M10, "A")], "A", (), None),
        ([decision(1, M11, "A", undone_by=2)], "A", (), None),
    ],
)
def test_whose_plan_a_board_approved(
    made: list[PlanApproval], scheme: str | None, was: tuple[str, ...], expected: int | None
) -> None:
    found = approved(made, M11, scheme, since=M10, was=was)
    assert (found.number if found else None) == expected


def test_a_restated_target_is_approved_as_a_plan_is() -> None:
    both = pair({"target.year": 10, "plan.ytd": 1, "plan.year": 5}, {"target.year": 20, "plan.ytd": 1, "plan.year": 5})
    waiting = movement.answer(both, M10, M11, (None, None))
    done = movement.answer(both, M10, M11, (None, None), [decision(3, M11, "A")])
    assert waiting is not None and waiting.is_exception
    assert done is not None and (done.approved, done.is_exception) == (3, False)
