"""Rankings, each of one unit; equals and ranges; what is funded, what is not, and what they come to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from build import SHA, figure
from qippctl.calc.priorities import Asked, Candidate, candidate, ranked, weighed
from qippctl.calc.scores import score_of
from qippctl.models.priorities import Priorities
from qippctl.models.records import Intervention
from qippctl.models.weights import Weights


def made(name: str, score: str | None, investment: int | None = 10, **rest: Any) -> Candidate:
    money = None if investment is None else Decimal(investment)
    return Candidate(name, score=score_of(score), printed=score, investment=money, **rest)


def ranks(found: Priorities) -> dict[str, Any]:
    return {a.name: a.rank if a.rank is not None else (a.rank_best, a.rank_worst) for a in found.answers}


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({"A": "50%", "B": "60%"}, {"B": 1, "A": 2}),
        ({"A": "60%", "B": "60%", "C": "50%"}, {"A": 1, "B": 1, "C": 3}),
        ({"A": "276.4", "B": "60%"}, {"B": 1, "A": 1}),  # points and percentages are two rankings
        ({"A": "36%", "B": "30-35%", "C": "30-35%"}, {"A": 1, "B": (2, 3), "C": (2, 3)}),
        ({"A": "32%", "B": "30-35%"}, {"A": (1, 2), "B": (1, 2)}),
        ({"A": "30-35%", "B": "20%"}, {"A": 1, "B": 2}),  # nothing else lies in the range: its rank is known
        ({"A": "35%", "B": "30-35%"}, {"A": 1, "B": (1, 2)}),
        ({"A": None, "B": "5"}, {"B": 1, "A": (None, None)}),
    ],
)
def test_ranks(scores: dict[str, str | None], expected: dict[str, Any]) -> None:
    assert ranks(ranked([made(name, score) for name, score in scores.items()], Asked())) == expected


def test_percentages_and_points_are_never_in_one_list() -> None:
    found = ranked([made("A", "50%"), made("B", "276.4"), made("C", "40%"), made("D", "144.9")], Asked())
    assert [a.score_unit for a in found.answers] == ["percent", "percent", "points", "points"]
    assert [(r.score_unit, r.count) for r in found.total.rankings] == [("percent", 2), ("points", 2)]


def test_must_dos_are_apart_and_first_against_the_budget() -> None:
    own = [made("A", "9", 60), made("B", "8", 30), made("Must", None, 20, must_do=True, funded=True)]
    found = ranked(own, Asked(budget=Decimal(100)))
    assert [(a.name, a.within_budget) for a in found.answers] == [("Must", True), ("A", True), ("B", False)]
    total = found.total
    assert (total.must_do, total.left, total.within_budget, total.within_budget_count) == (20, 80, 80, 2)
    assert total.rankings[0].last_within == "A"


def test_two_rankings_have_a_line_each_and_no_common_sum() -> None:
    found = ranked([made("A", "50%", 60), made("B", "276.4", 60)], Asked(budget=Decimal(100)))
    assert [a.within_budget for a in found.answers] == [True, True]
    assert found.total.within_budget is None and [r.within_budget for r in found.total.rankings] == [60, 60]


def test_the_running_sum_takes_in_equals_and_counts_what_is_not_known() -> None:
    found = ranked([made("A", "9", 10), made("B", "8", 20), made("C", "8", 30), made("D", "7", None)], Asked())
    assert [(a.cumulative, a.cumulative_unknown) for a in found.answers] == [(10, 0), (60, 0), (60, 0), (60, 1)]


def test_sums_of_funded_excluded_and_neither() -> None:
    own = [
        made("A", "9", 10, funded=True),
        made("B", "8", None, funded=True),
        made("C", "7", 40, funded=False),
        made("D", None, 5),
    ]
    total = ranked(own, Asked(printed={False: Decimal(41)})).total
    assert (total.funded_count, total.funded, total.funded_unknown) == (2, 10, 1)
    assert (total.excluded_count, total.excluded, total.excluded_printed) == (1, 40, 41)
    assert (total.undecided_count, total.undecided, total.unscored_count) == (1, 5, 1)


def test_a_sum_has_the_doubts_of_what_it_sums() -> None:
    own = [made("A", "9", doubts=("shifted-row",)), made("B", "8", doubts=("unit-unknown", "shifted-row"))]
    assert ranked(own, Asked()).total.doubts == ("shifted-row", "unit-unknown")


def record(**rest: Any) -> Intervention:
    place = {"paper": "paper.txt", "sha256": SHA, "page": 1, "table": "p1t1", "row": 1}
    return Intervention(name="A", **(place | rest))


def test_score_and_investment_are_those_of_the_figures_of_the_row() -> None:
    own = [
        figure("score", "year", 55, unit="percent", column=1, subject="investment"),
        figure("investment", "year", 250000, column=2, subject="investment", doubts=("unit-unknown",)),
    ]
    found = candidate(record(priority="50%", investment="£250"), {(SHA, "p1t1", 1): own}, 3)
    assert found.score is not None and found.score.low == 55, "as an analyst put it right"
    assert (found.investment, found.doubts, found.sources) == (
        Decimal(250000),
        ("unit-unknown",),
        tuple(f.id for f in own),
    )


def test_an_investment_without_a_figure_is_not_known() -> None:
    found = candidate(record(priority="30-35%", investment="£250"), {}, 3)
    assert found.investment is None and found.score == score_of("30-35%")


WEIGHTS = Weights.model_validate(
    {
        "name": "w",
        "priorities": [{"name": "Access", "weight": 1}],
        "interventions": [
            {"name": "school NURSES", "scores": {"Access": 3}},
            {"name": "New", "scores": {"Access": 2}, "investment": "5k"},
            {"name": "Twice", "scores": {"Access": 1}},
            {"name": "Doors", "must_do": True},
            {"name": "Unscored"},
        ],
    }
)


def test_a_file_of_weights_takes_from_the_ledger_what_it_does_not_say() -> None:
    known = [
        made("School nurses", "230.1", 76000, group="Children", funded=False),
        made("Twice", "9", 1),
        made("Twice", "8", 2),
        made("Left out", "7", 3),
    ]
    found, left_out = weighed(WEIGHTS, known)
    answers = {a.name: a for a in ranked(found, Asked()).answers}
    nurses = answers["school NURSES"]
    assert (nurses.score, nurses.investment, nurses.group, nurses.funded) == (3, 76000, "Children", False)
    assert (answers["New"].investment, answers["Twice"].investment) == (5000, None)
    assert answers["Doors"].must_do and answers["Doors"].missing == ()
    assert answers["Unscored"].score is None and answers["Unscored"].missing == ("Access",)
    assert left_out == ["Left out"]


def test_a_file_of_weights_needs_no_ledger() -> None:
    found, left_out = weighed(WEIGHTS)
    assert left_out == [] and ranks(ranked(found, Asked()))["New"] == 2
