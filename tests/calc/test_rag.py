"""Colours over all that the printed precision allows."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import figure
from qippctl import pipeline
from qippctl.calc.rag import rate
from qippctl.models.figure import Figure
from qippctl.models.policy import Band, MoneyRule, Policy

RULE = MoneyRule(
    bands=(Band(colour="green", at_least=Decimal(95)), Band(colour="amber", at_least=Decimal(80)), Band(colour="red"))
)
M = Decimal(1_000_000)


def millions(measure: str, text: str | None) -> Figure | None:
    """A figure printed in £m to one decimal; brackets keep their sign here."""
    if text is None:
        return None
    value = Decimal(text.strip("()").replace("-", "0") if text == "-" else text) * M
    decimals = len(text.partition(".")[2]) or 1
    return figure(measure, value=value, step=M.scaleb(-decimals), raw=text)


@pytest.mark.parametrize(
    ("plan", "actual", "variance", "percentage", "derived", "certainty", "possible"),
    [
        ("8.5", "5.9", "-2.6", None, "red", "certain", ["red"]),
        ("2.5", "2.5", "0.0", None, "green", "certain", ["green"]),  # a variance under 0.05 keeps 2.5 of 2.5 above 95%
        ("0.6", "0.6", "0.0", None, "green", "undecided", ["green", "amber"]),
        ("0.6", "0.6", None, None, "green", "undecided", ["green", "amber"]),
        ("0.4", "0.4", "-", None, "green", "certain", ["green"]),  # a dash is an exact nought
        ("1.5", "-", "-1.5", None, "red", "certain", ["red"]),
        ("1.5", None, "-1.5", None, "red", "certain", ["red"]),  # the actual follows from the variance
        ("0.6", "0.6", None, "97", "green", "certain", ["green"]),  # the percentage is the sharpest of the four
        (None, None, None, "81", "amber", "certain", ["amber"]),
        (
            "0.6",
            "0.6",
            "-9.0",
            None,
            "green",
            "undecided",
            ["green", "amber"],
        ),  # figures that contradict: the variance is let go
        (None, "0.4", None, None, None, "none", []),
        ("-", "-", "-", None, None, "none", []),
        ("-", "0.4", "0.4", None, None, "none", []),
        ("-0.5", "0.1", "0.6", None, None, "none", []),
        ("0.0", "-", "0.0", None, None, "none", ["red"]),  # a plan lost in rounding would be red
        (
            "0.1",
            "0.1",
            "-0.01",
            None,
            "amber",
            "undecided",
            ["green", "amber", "red"],
        ),  # finer than 0.1 and 0.1: short by 0.01
        ("0.3", "0.4", "0.1", None, "green", "certain", ["green"]),  # over-delivery is never red
    ],
)
def test_a_colour_and_its_certainty(
    plan: str | None,
    actual: str | None,
    variance: str | None,
    percentage: str | None,
    derived: str | None,
    certainty: str,
    possible: list[str],
) -> None:
    shown = figure("delivery", value=percentage) if percentage else None
    verdict = rate(millions("plan", plan), millions("actual", actual), millions("variance", variance), shown, RULE)
    assert (verdict.derived, verdict.certainty, list(verdict.possible)) == (derived, certainty, possible)


def test_the_policy_answers_for_nothing_planned() -> None:
    rule = RULE.model_copy(update={"plan_zero": "not_due", "plan_negative": "red"})
    assert rate(millions("plan", "-"), millions("actual", "0.4"), None, None, rule).derived == "not_due"
    assert rate(millions("plan", "-0.5"), millions("actual", "0.4"), None, None, rule).derived == "red"


def test_a_percentage_in_doubt_decides_nothing() -> None:
    shown = figure("delivery", value=0, doubts=("no-base",))
    assert rate(None, millions("actual", "0.4"), None, shown, RULE).certainty == "none"


def test_a_threshold_belongs_to_the_better_colour() -> None:
    exact = {"step": Decimal(0)}
    assert rate(figure("plan", value=100, **exact), figure("actual", value=95, **exact), None, None, RULE).possible == (
        "green",
    )
    assert rate(
        figure("plan", value=1000, **exact), figure("actual", value=949, **exact), None, None, RULE
    ).possible == ("amber",)


@settings(max_examples=120, deadline=None)
@given(
    plan=st.integers(1, 60),
    actual=st.integers(0, 60),
    wobble=st.integers(-1, 1),
    with_variance=st.booleans(),
    with_percentage=st.booleans(),
)
def test_no_true_pair_has_a_colour_that_is_called_impossible(
    plan: int, actual: int, wobble: int, with_variance: bool, with_percentage: bool
) -> None:
    """Every pair of plan and actual on a fine grid that prints as shown has a colour among the possible ones."""
    step = Decimal(10)
    p, a = Decimal(plan * 10), Decimal(actual * 10)
    variance = a - p + wobble * 10
    percentage = (a / p * 100).quantize(Decimal(1))
    verdict = rate(
        figure("plan", value=p, step=step),
        figure("actual", value=a, step=step),
        figure("variance", value=variance, step=step) if with_variance else None,
        figure("delivery", value=percentage) if with_percentage else None,
        RULE,
    )
    for x, y in product(range(-4, 5, 2), repeat=2):
        true_plan, true_actual = p + x, a + y
        if true_plan <= 0 or (with_variance and abs(true_actual - true_plan - variance) > 5):
            continue
        ratio = true_actual / true_plan * 100
        if with_percentage and abs(ratio - percentage) > Decimal("0.5"):
            continue
        assert RULE.colour_of(ratio) in verdict.possible


@pytest.mark.parametrize("name", ["south-west-essex-2011", "west-leicestershire-2015", "stafford-2010"])
def test_the_shipped_policies_are_there(name: str) -> None:
    assert pipeline.find_policy(name).name == name


@pytest.mark.parametrize(
    ("bands", "complaint"),
    [
        ([{"colour": "green", "at_least": "80"}, {"colour": "amber", "at_least": "95"}, {"colour": "red"}], "highest"),
        ([{"colour": "green", "at_least": "80"}, {"colour": "red", "at_least": "10"}], "last takes everything"),
        ([{"colour": "green"}, {"colour": "red"}], "needs at_least"),
    ],
)
def test_a_policy_with_a_gap_or_overlap_is_refused(bands: list[dict[str, str]], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Policy.model_validate({"name": "x", "title": "x", "source": "x", "money": {"bands": bands}})
