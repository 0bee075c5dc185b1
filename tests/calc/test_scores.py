"""Scores as printed and as weighted; a missing one is never nought."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from qippctl.calc.scores import is_must_do, missing, score_of, shown, weighted
from qippctl.models.weights import Weights


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("50%", 50, 50, "percent"),
        ("276.4", Fraction("276.4"), Fraction("276.4"), "points"),
        ("30-35%", 30, 35, "percent"),
        ("30% – 35%", 30, 35, "percent"),
        ("12 to 14.5", 12, Fraction("14.5"), "points"),
        (" 0 ", 0, 0, "points"),
    ],
)
def test_a_printed_score_is_a_number_or_a_range(text: str, low: Any, high: Any, unit: str) -> None:
    score = score_of(text)
    assert score is not None and (score.low, score.high, score.unit) == (low, high, unit)


@pytest.mark.parametrize("text", [None, "", "-", "n/a", "High", "Not scored", "£20", "5k", "35-30%", "2.7.1", "1st"])
def test_other_texts_are_no_score(text: str | None) -> None:
    assert score_of(text) is None


@pytest.mark.parametrize(
    ("text", "about", "funded", "said"),
    [
        ("Not scored but recommended", "", True, True),
        (None, "", True, True),
        ("n/a", "", None, False),
        ("Must do", "", None, True),
        ("Must-do", "", False, True),
        ("Statutory duty", "", None, True),
        (None, "Screening that is a national requirement", None, True),
        ("Not scored", "", False, False),
        ("High", "", True, None),
        ("To be decided by the board", "", True, None),
    ],
)
def test_a_must_do_is_called_so_or_funded_without_a_score(
    text: str | None, about: str, funded: bool | None, said: bool | None
) -> None:
    assert is_must_do(text, about, funded=funded) is said


def weights(scores: dict[str, Any], **rest: Any) -> Weights:
    """Access counts 3 and Equality 1, of one intervention with these scores."""
    listed = [{"name": "Access", "weight": 3}, {"name": "Equality", "weight": 1}]
    return Weights.model_validate(
        {"name": "w", "priorities": listed, "interventions": [{"name": "A", "scores": scores}]} | rest
    )


@pytest.mark.parametrize(
    ("scores", "rest", "low", "high"),
    [
        ({"Access": 8, "Equality": 4}, {}, "7", "7"),
        ({"Access": 8, "Equality": 4}, {"method": "sum"}, "28", "28"),
        ({"Access": 8, "Equality": 0}, {}, "6", "6"),
        ({"Access": 8}, {"lowest": 0, "highest": 10}, "6", "8.5"),
        ({"Equality": "2.5"}, {"lowest": 1, "highest": 5}, "1.38", "4.38"),
    ],
)
def test_weighted_scores(scores: dict[str, Any], rest: dict[str, Any], low: str, high: str) -> None:
    file = weights(scores, **rest)
    score = weighted(file, file.interventions[0])
    assert score is not None and (shown(score.low), shown(score.high)) == (Decimal(low), Decimal(high))


def test_a_missing_score_gives_no_weighted_score_where_no_scale_is_known() -> None:
    file = weights({"Access": 8})
    assert weighted(file, file.interventions[0]) is None
    assert missing(file, file.interventions[0]) == ("Equality",)


def test_a_priority_without_weight_may_be_left_unscored() -> None:
    file = weights({"Access": 8}, priorities=[{"name": "Access", "weight": 3}, {"name": "Other", "weight": 0}])
    score = weighted(file, file.interventions[0])
    assert score is not None and score.low == score.high == 8 and missing(file, file.interventions[0]) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"interventions": [{"name": "A", "scores": {"Acess": 1}}]},
            '"Acess", which is no priority; there are: Access',
        ),
        ({"interventions": [{"name": "A"}, {"name": "a "}]}, 'the intervention "a " stands there twice'),
        ({"priorities": [{"name": "Access", "weight": 0}], "interventions": [{"name": "A"}]}, "every weight is 0"),
        ({"lowest": 5, "highest": 5}, "lowest must be below highest"),
        ({"highest": 7}, 'the score of "A" for "Access", 8, is above highest, 7'),
        ({"lowest": 9}, "is below lowest, 9"),
        ({"interventions": [{"name": "A", "investment": "lots"}]}, '"lots" is not an amount of money'),
        ({"interventions": [{"name": "A", "investment": "-5k"}]}, "greater than or equal to 0"),
        ({"priorities": [{"name": "Access", "weight": -1}]}, "greater than or equal to 0"),
        ({"interventions": []}, "at least 1 item"),
        ({"method": "median"}, "'mean' or 'sum'"),
        ({"wieghts": 1}, "Extra inputs"),
    ],
)
def test_a_file_of_weights_that_makes_no_sense_says_why(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(said)):
        weights({"Access": 8}, **change)


@pytest.mark.parametrize(
    ("typed", "pounds"), [("250k", 250000), ("£1.2m", 1200000), (30000, 30000), ("1,500", 1500), (0.5, "0.5")]
)
def test_an_investment_is_typed_as_people_type_it(typed: Any, pounds: Any) -> None:
    file = weights({}, interventions=[{"name": "A", "investment": typed}])
    assert file.interventions[0].investment == Decimal(str(pounds))
