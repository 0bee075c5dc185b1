"""What the words of targets ask for, and which words are not understood."""

from __future__ import annotations

import pytest

from qippctl.calc.measured import measured
from qippctl.calc.targets import parts, target, targets

UNDERSTOOD = [
    # text, direction, comparison, value, unit, change
    ("Below 899.01", "at_most", "below", "899.01", "count", None),
    ("below 704.18", "at_most", "below", "704.18", "count", None),
    ("848.46 (3% reduction)", "at_most", "at_most", "848.46", "count", "-3"),
    ("625.0 (2.5% lower)", "at_most", "at_most", "625.0", "count", "-2.5"),
    ("25% reduction- 632", "at_most", "at_most", "632", "count", "-25"),
    ("Increase by 30% to 6500", "at_least", "at_least", "6500", "count", "30"),
    ("increase by 30%", "change", "at_least", "30", "percent", "30"),
    ("30% increase", "change", "at_least", "30", "percent", "30"),
    ("3% reduction by 2015", "change", "at_most", "-3", "percent", "-3"),
    ("reduction of 3%", "change", "at_most", "-3", "percent", "-3"),
    ("reduction of at least 5%", "change", "at_most", "-5", "percent", "-5"),
    ("at least 10% reduction", "change", "at_most", "-10", "percent", "-10"),
    ("a 10% or greater reduction", "change", "at_most", "-10", "percent", "-10"),
    ("10% less than 2013/14 baseline", "change", "at_most", "-10", "percent", "-10"),
    ("5% fewer", "change", "at_most", "-5", "percent", "-5"),
    ("no more than 3% growth", "change", "at_most", "3", "percent", "3"),
    ("less than 10% increase", "change", "at_most", "10", "percent", "10"),
    ("increase of no more than 2%", "change", "at_most", "2", "percent", "2"),
    ("reduce by less than 3%", "change", "at_least", "-3", "percent", "-3"),
    ("reduce by 50", "change", "at_most", "-50", "count", "-50"),
    ("5 percentage point increase", "change", "at_least", "5", "percent", "5"),
    ("To be equal to or higher than baseline score", "at_least", "at_least", None, None, None),
    ("To be equal to higher than baseline score", "at_least", "at_least", None, None, None),
    ("maintain or increase", "at_least", "at_least", None, None, None),
    ("% increase from previous year", "change", "above", None, None, None),
    ("Reduction in readmissions from previous year", "change", "below", None, None, None),
    ("Reduction from 13/14 average", "change", "below", None, None, None),
    ("Reduction in the ratio", "change", "below", None, None, None),
    ("Reduction or zero % change 2013/14 & 2014/15", "at_most", "at_most", None, None, None),
    ("no increase on 2013/14", "at_most", "at_most", None, None, None),
    ("at least 85%", "at_least", "at_least", "85", "percent", None),
    ("85% or above", "at_least", "at_least", "85", "percent", None),
    ("85% or more", "at_least", "at_least", "85", "percent", None),
    ("not to fall below 85%", "at_least", "at_least", "85", "percent", None),
    ("≥ 92%", "at_least", "at_least", "92", "percent", None),
    ("> 95%", "at_least", "above", "95", "percent", None),
    ("2000+", "at_least", "at_least", "2000", "count", None),
    ("no more than 5%", "at_most", "at_most", "5", "percent", None),
    ("Equal to or less than 10%", "at_most", "at_most", "10", "percent", None),
    ("<= 10", "at_most", "at_most", "10", "count", None),
    ("< 18 weeks", "at_most", "below", "18", "weeks", None),
    ("within 4 weeks", "at_most", "at_most", "4", "weeks", None),
    ("per 100,000: below 650", "at_most", "below", "650", "count", None),
    ("Reduce to 12 by March 2016", "at_most", "at_most", "12", "count", None),
    ("reduction to below 500", "at_most", "below", "500", "count", None),
    ("reduce from 843 to 632", "at_most", "at_most", "632", "count", None),
    ("Increase from 45.8% to 50%", "at_least", "at_least", "50", "percent", None),
    ("90% of performance is green", "at_least", "at_least", "90", "percent", None),
    # A number alone, whatever stands beside it, has no direction.
    ("85%", None, None, "85", "percent", None),
    ("16% (local target)", None, None, "16", "percent", None),
    ("75 (UHL locally set target)", None, None, "75", "count", None),
    ("95% national target", None, None, "95", "percent", None),
    ("95% within 4 weeks", None, None, "95", "percent", None),
    ("95% seen in under 4 hours", None, None, "95", "percent", None),
    ("25 of 25", None, None, "25", "count", None),
    ("260 a month", None, None, "260", "count", None),
    ("50 review meetings by end of each quarter", None, None, "50", "count", None),
    ("1.64million", None, None, "1640000.00", "GBP", None),
    ("0 by March 2024", None, None, "0", "count", None),
    ("Zero", None, None, "0", "count", None),
]


@pytest.mark.parametrize(("text", "direction", "comparison", "value", "unit", "change"), UNDERSTOOD)
def test_a_wording_that_is_understood(
    text: str, direction: str | None, comparison: str | None, value: str | None, unit: str | None, change: str | None
) -> None:
    found = target(text)
    assert found.why is None
    assert (found.direction, found.comparison, found.unit) == (direction, comparison, unit)
    assert tuple(None if n is None else str(n) for n in (found.value, found.change)) == (value, change)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("between 85% and 90%", "several numbers"),
        ("85%-90%", "several numbers"),
        ("20% of 5000", "several numbers"),
        ("25 appraisals Oct-Dec 25 January 15-March 15", "several dates"),
        ("up to 40%", "more than one way"),
        ("about 50", "more than one way"),
        ("growth below 3%", "more than one way"),
        ("reduction 632", "more than one way"),
        ("5 more than 2013/14", "more than one way"),
        ("-3%", "minus"),
        ("To equal or improve score", "which way is better"),
        ("maintain", "which way is better"),
        ("fewer admissions and more discharges", "more and of less"),
        ("higher than national average", "something else than the baseline"),
        ("18% lower than national average", "something else than the baseline"),
        ("Zero tolerance", "no number"),
        ("as agreed with the provider", "no number"),
        ("9" * 500, "too long"),
    ],
)
def test_a_wording_that_can_be_taken_otherwise_is_not_understood(text: str, why: str) -> None:
    found = target(text)
    assert found.why is not None and why in found.why
    assert found.comparison is None and found.value is None


@pytest.mark.parametrize("text", ["NA", "n/a", "TBC", "-", "–"])
def test_a_target_that_is_none(text: str) -> None:
    assert target(text).is_blank


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("848.46 (3% reduction) Below 899.01 NA", ["848.46 (3% reduction)", "Below 899.01", "NA"]),
        ("591.99 (3% reduction)\nBelow 704.18", ["591.99 (3% reduction)", "Below 704.18"]),
        ("625.0 (2.5% lower) below 650.0", ["625.0 (2.5% lower)", "below 650.0"]),
        ("85% or above", ["85% or above"]),
        ("Increase by 30% to at least 650", ["Increase by 30% to at least 650"]),
        ("95% seen in under 4 hours", ["95% seen in under 4 hours"]),
        ("95% seen under 4 hours", ["95% seen under 4 hours"]),
        ("Reduction to below 500", ["Reduction to below 500"]),
        ("90", ["90"]),
    ],
)
def test_several_targets_of_one_cell(text: str, found: list[str]) -> None:
    assert [part for line in text.split("\n") for part in parts(line)] == found


def test_a_cell_of_very_many_lines_is_no_list_of_targets() -> None:
    (found,) = targets("85%\n" * 10_000)
    assert found.value is None and found.why == "the cell holds 10000 lines"


@pytest.mark.parametrize(
    ("text", "span", "due"),
    [
        ("260 a month", "month", None),
        ("2,400 a quarter", "quarter", None),
        ("50 meetings by end of each quarter", "quarter", None),
        ("0 by March 2024", None, "2023/24-M12"),
        ("67% by 2015/16", None, "2015/16-M12"),
        ("67%", None, None),
    ],
)
def test_what_a_target_says_of_time(text: str, span: str | None, due: str | None) -> None:
    found = target(text)
    assert (found.span, str(found.due) if found.due else None) == (span, due)


@pytest.mark.parametrize(
    ("text", "value", "unit", "marks"),
    [
        ("85%", "85", "percent", ""),
        ("12.50%", "12.50", "percent", ""),
        ("1,311", "1311", "count", ""),
        ("(1,234)", "-1234", "count", ""),
        ("FOT 894.44", "894.44", "count", "forecast"),
        ("2000+", "2000", "count", "least"),
        ("<5", "5", "count", "most"),
        ("25 of 25", "25", "count", "of 25"),
        ("96.3% WILCOG Level", "96.3", "percent", ""),
        ("UHL 1.91", "1.91", "count", ""),
        ("87% (WLCCG)", "87", "percent", ""),
        ("843 (an average of the last 6 months)", "843", "count", ""),
        ("Jan-15 85%", "85", "percent", ""),
        ("3.5 weeks", "3.5", "weeks", ""),
        ("£1.7m", "1700000.0", "GBP", ""),
    ],
)
def test_one_number_that_was_measured(text: str, value: str, unit: str, marks: str) -> None:
    found = measured(text)
    assert found is not None
    said = [
        name
        for name, holds in (
            ("forecast", found.is_forecast),
            ("least", found.is_least),
            ("most", found.is_most),
            (f"of {found.whole}", found.whole is not None),
        )
        if holds
    ]
    assert (str(found.value), found.unit, " ".join(said)) == (value, unit, marks)


@pytest.mark.parametrize(
    "text",
    [None, "", "-", "n/a", "£396.4 (900)", "85% to 90%", "about 50", "45 and 60", "trend -5 down", "green", "1" * 500],
)
def test_what_is_no_single_number(text: str | None) -> None:
    assert measured(text) is None
