"""Sentences of the board's paper, from tiny figures: what they say, and what they must not."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from qippctl.models.answers import VarianceAnswer
from qippctl.models.board import BoardException, BoardMovement
from qippctl.models.finding import Verdict
from qippctl.models.forecasts import ForecastAnswer
from qippctl.models.movements import MovementAnswer
from qippctl.reports import sentences as say

M11 = "2014/15-M11"
WHO = {"organisation": "Body", "workstream": None, "scheme": None, "role": "total"}
# Words that claim to know why.
CAUSES = re.compile(r"\b(because|due to|caused|driven|thanks|as a result|owing|led to|despite)\b", re.IGNORECASE)


def pounds(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value)) * 1000


def held(plan: Any, actual: Any, delivery: Any = None, basis: str = "ytd", **rest: Any) -> VarianceAnswer:
    """A variance in £000."""
    off = None if plan is None or actual is None else pounds(actual) - pounds(plan)  # type: ignore[operator]
    known = {"plan": pounds(plan), "actual": pounds(actual), "variance": off, "delivery": delivery, **rest}
    return VarianceAnswer(**WHO, period=M11, basis=basis, **known)


def outlook(**amounts: Any) -> ForecastAnswer:
    names = (
        "plan actual forecast variance yield_ytd yield_forecast months since run_rate required_rate forecast_run_rate "
        "forecast_plan_shaped"
    )
    blank: dict[str, Any] = dict.fromkeys(names.split())
    return ForecastAnswer(**WHO, period=M11, basis="year", **(blank | amounts))


def moved(**amounts: Any) -> MovementAnswer:
    names = "plan_from plan_to actual_from actual_to forecast_from forecast_to rag_from rag_to arrow"
    blank: dict[str, Any] = dict.fromkeys(names.split())
    return MovementAnswer(**WHO, period=M11, basis="ytd", from_period="2014/15-M10", to_period=M11, **(blank | amounts))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (held(100, 80, 80), "£80k was delivered by M11 Feb 2015 of £100k planned (80%), £20k short"),
        (held(100, 130, 130), "£130k was delivered by M11 Feb 2015 of £100k planned (130%), £30k over"),
        (held(100, 100, 100), "£100k was delivered by M11 Feb 2015 of £100k planned (100%), on plan"),
        (held("100.5", 80, 80), "£80.0k was delivered by M11 Feb 2015 of £100.5k planned (80%), £20.5k short"),
        (held(0, 5), "£5k was delivered by M11 Feb 2015 of £0k planned, £5k over"),
        (held(-10, 5, -50), "£5k was delivered by M11 Feb 2015 of -£10k planned, £15k over"),
        (held(None, 5), "£5k was delivered by M11 Feb 2015; no plan to date is printed"),
        (held(7, None), "£7k was planned by M11 Feb 2015; what was delivered is not printed"),
        (held(None, None), None),
        (None, None),
    ],
)
def test_the_position_to_date(found: VarianceAnswer | None, said: str | None) -> None:
    assert say.to_date(found, M11) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (held(9, 7, 78, "year"), "2014/15 is forecast at £7k of £9k planned (78%), £2k short"),
        (held(9, None, None, "year"), "£9k is planned for 2014/15; no forecast is printed"),
        (held(None, 7, None, "year"), "2014/15 is forecast at £7k; no plan is printed"),
        (None, None),
    ],
)
def test_the_year(found: VarianceAnswer | None, said: str | None) -> None:
    assert say.year(found, M11) == said


def test_the_unmitigated_gap_stands_beside_the_mitigated_one() -> None:
    f = outlook(gap_to_find=pounds(-567), unmitigated_gap=pounds(-2051))
    assert say.gap(f) == "with £1,484k of investment set against it the gap is -£567k (unmitigated -£2,051k)"


@pytest.mark.parametrize(
    "f",
    [
        None,
        outlook(),
        outlook(gap_to_find=pounds(-5)),
        outlook(unmitigated_gap=pounds(-5)),
        outlook(gap_to_find=pounds(-5), unmitigated_gap=pounds(-5)),
    ],
)
def test_without_investment_there_is_one_gap_only(f: ForecastAnswer | None) -> None:
    assert say.gap(f) is None


def test_a_headline_in_doubt_says_so() -> None:
    doubted = held(100, 80, 80, doubts=("sum-fails",))
    assert say.headline(doubted, None, None, M11).endswith("£20k short (a figure of this is in doubt).")
    assert "doubt" not in say.headline(held(100, 80, 80), None, None, M11)
    assert say.headline(None, None, None, M11) == "The papers print no total for the programme."


@pytest.mark.parametrize(
    ("found", "without", "said"),
    [
        ({"red": 5, "green": 8}, 2, "Of 15 schemes 5 are red and 8 green; 2 cannot be rated."),
        ({"red": 1, "amber": 2, "green": 3}, 0, "Of 6 schemes 1 is red, 2 amber and 3 green."),
        ({"green": 3}, 0, "All 3 schemes are green."),
        ({"green": 1}, 0, "The one scheme is green."),
        ({}, 12, "12 schemes are reported; none can be rated."),
        ({}, 1, "1 scheme is reported; none can be rated."),
        ({}, 0, "No scheme is reported."),
    ],
)
def test_how_many_have_each_colour(found: dict[Any, int], without: int, said: str) -> None:
    assert say.colours(found, without) == said


@pytest.mark.parametrize(
    ("found", "by_forecast", "said"),
    [
        ({"red": 5}, 1, "5 schemes are red and none amber; of the others 1 is short by the forecast of the year."),
        ({"red": 1, "amber": 2}, 0, "1 scheme is red and 2 amber."),
        ({"amber": 1}, 2, "No scheme is red and 1 amber; of the others 2 are short by the forecast of the year."),
        ({"green": 9}, 0, "No scheme is red or amber."),
    ],
)
def test_how_many_are_exceptions(found: dict[Any, int], by_forecast: int, said: str) -> None:
    assert say.exceptions(found, by_forecast) == said


def test_the_largest_shortfall_is_named_once_there_is_one() -> None:
    def scheme(name: str, answer: VarianceAnswer) -> BoardException:
        return BoardException(name=name, role="scheme", to_date=answer)

    short, less = scheme("A", held(9, 1, 11)), scheme("B", held(9, 8, 89))
    assert say.largest([short, less]) == "The largest shortfall to date is that of A: £8k."
    assert say.largest([short]) == "The shortfall to date is that of A: £8k."
    assert say.largest([scheme("A", held(9, 1, 11, doubts=("row-fails",)))]).endswith("£8k (in doubt).")  # type: ignore[union-attr]
    assert say.largest([scheme("A", held(9, 12, 133))]) is None
    assert say.largest([]) is None


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (
            moved(variance_from=pounds(-100), variance_to=pounds(-150), delivery=pounds(-40), rephasing=pounds(-10)),
            "From M10 Jan 2015 to M11 Feb 2015 the variance to date went from -£100k to -£150k: "
            "delivery against plan -£40k and re-phasing -£10k.",
        ),
        (
            moved(variance_from=pounds(-150), variance_to=pounds(20), delivery=pounds(170), restatement=Decimal(0)),
            "From M10 Jan 2015 to M11 Feb 2015 the variance to date went from -£150k to £20k: delivery against plan £170k.",
        ),
        (
            moved(variance_from=pounds(-5), variance_to=pounds(-5), delivery=Decimal(0)),
            "From M10 Jan 2015 to M11 Feb 2015 the variance to date stayed at -£5k.",
        ),
        (
            None,
            "From M10 Jan 2015 to M11 Feb 2015: the papers do not print the programme's variance to date at both ends.",
        ),
    ],
)
def test_the_bridge_claims_no_cause(total: MovementAnswer | None, said: str) -> None:
    found = say.bridge(BoardMovement(from_period="2014/15-M10", to_period=M11, total=total, policy="p"))
    assert found == said and not CAUSES.search(found)


def test_what_the_bridge_does_not_know_is_said() -> None:
    whole = moved(delivery=pounds(1), rephasing=Decimal(0), restatement=Decimal(0))
    assert say.unknown_parts(whole) is None
    assert say.unknown_parts(moved(untold=pounds(1))) is None
    part = say.unknown_parts(moved(delivery=pounds(1), rephasing=Decimal(0)))
    assert part == "Not known, and so within delivery: restatement (the later paper prints no earlier month again)."


@pytest.mark.parametrize(
    ("arrows", "said"),
    [
        (["worsening", "worsening", "new"], "By colour and name of schemes: 2 got worse and 1 is new."),
        (["improving", "gone", "gone"], "By colour and name of schemes: 1 got better and 2 are gone."),
        ([], "No scheme changed its colour, came or went."),
    ],
)
def test_who_moved(arrows: list[Any], said: str) -> None:
    assert say.moved([moved(arrow=arrow) for arrow in arrows]) == said


@pytest.mark.parametrize(
    ("f", "said"),
    [
        (
            outlook(run_rate=pounds(10), required_rate=pounds(30), since="2014/15-M01"),
            "£10k a month was delivered since M01 Apr 2014; £30k a month is needed from now on to meet the plan.",
        ),
        (
            outlook(run_rate=pounds(10), required_rate=Decimal(0), since="2014/15-M01", is_since_assumed=True),
            "£10k a month was delivered since M01 Apr 2014 (assumed: nothing printed shows when it began); "
            "the plan of the year is met.",
        ),
        (outlook(required_rate=pounds(30)), "£30k a month is needed from now on to meet the plan."),
        (outlook(), None),
    ],
)
def test_the_rate(f: ForecastAnswer, said: str | None) -> None:
    assert say.rate(f) == said


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict(), "No paper of this body was held against itself."),
        (
            Verdict(papers=1, checked=9, exact=6, rounding=2, errors=1, decision_errors=1),
            "Of 9 statements of the papers that were held against each other, 8 hold exactly or within rounding; "
            "1 error and no warning is open, 1 decision error among them.",
        ),
        (
            Verdict(papers=1, checked=1200, exact=1200, warnings=3),
            "Of 1,200 statements of the papers that were held against each other, 1,200 hold exactly or within rounding; "
            "no error and 3 warnings are open.",
        ),
    ],
)
def test_the_audit_in_a_sentence(verdict: Verdict, said: str) -> None:
    assert say.audit(verdict) == said


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("plan.year printed 9", "plan of the year printed 9"),
        ("investment_remaining.ytd and delivery.ytd", "investment remaining to date and delivery to date"),
        ("p1.year is none, nor plan.yearly", "p1.year is none, nor plan.yearly"),
    ],
)
def test_codes_of_figures_become_words(message: str, said: str) -> None:
    assert say.in_words(message) == said
