"""Indicators against themselves."""

from __future__ import annotations

from typing import Any

import pytest

from build import SHA, figure, paper
from qippctl.audit import Material
from qippctl.audit.catalogue import Breach, Held
from qippctl.audit.indicators import indicator_with_two_values, promised_level, target_not_by_its_rule
from qippctl.models.records import Indicator


def indicator(row: int = 1, **rest: Any) -> Indicator:
    default: dict[str, Any] = {
        "name": "Emergency admissions",
        "workstream": f"Programme {row}",
        "baseline": "610.3",
        "baseline_period": "2012/13",
        "target": "592",
        "actual": "FOT 736.86",
        "actual_period": "Feb-15",
        "comment": "Cumulative total 982 patients",
    }
    return Indicator(paper="paper.txt", sha256=SHA, page=1, table="p1t1", row=row, **(default | rest))


def material(*records: Indicator) -> Material:
    return Material(paper([figure()]).model_copy(update={"records": records}))


@pytest.mark.parametrize(
    ("second", "want"),
    [
        ({}, []),
        ({"actual": "FOT 738.86"}, [("error", "738.86", "736.86")]),
        ({"actual": "FOT 737"}, []),  # rounded
        ({"actual": "738.86"}, []),  # to date, not the forecast
        ({"actual": "FOT 738.86", "actual_period": "Jan-15"}, []),
        ({"comment": "Cumulative total 892 patients"}, [("error", "892", "982")]),
        ({"baseline": "690.3"}, [("warning", "690.3", "610.3")]),  # another group of patients, perhaps
        ({"baseline": "690.3", "baseline_period": "2013/14"}, []),
        ({"actual": "FOT 738.86", "doubts": ("shifted-row",)}, [("warning", "738.86", "736.86")]),
        ({"name": "Readmissions", "actual": "FOT 738.86"}, []),
    ],
)
def test_two_rows_of_one_indicator(second: dict[str, Any], want: list[tuple[str, str, str]]) -> None:
    told = indicator_with_two_values(material(indicator(), indicator(2, **second)))
    assert [(b.severity, b.printed, b.recomputed) for b in told if isinstance(b, Breach)] == want


def test_rows_with_nothing_else_in_common_are_of_two_bodies() -> None:
    other = indicator(2, baseline="590", actual="FOT 640.10", comment="Cumulative total 700 patients")
    assert [b for b in indicator_with_two_values(material(indicator(), other)) if isinstance(b, Breach)] == []


def test_the_value_of_most_rows_is_held_against_the_other() -> None:
    rows = (indicator(1, actual="FOT 738.86"), indicator(2), indicator(3))
    (breach,) = [b for b in indicator_with_two_values(material(*rows)) if isinstance(b, Breach)]
    assert (breach.printed, breach.recomputed, breach.row) == ("738.86", "736.86", 1)


@pytest.mark.parametrize(
    ("comment", "want"),
    [
        ("Our current performance is 85%, the national average is 84%", []),
        ("Our current performance is 82%, the national average is 85%", [("82", "85")]),
        ("The national average is 84%", []),
        ("Our current performance is 82 patients", []),
    ],
)
def test_a_comment_against_its_actual(comment: str, want: list[tuple[str, str]]) -> None:
    told = indicator_with_two_values(material(indicator(actual="85%", comment=comment)))
    assert [(b.printed, b.recomputed) for b in told if isinstance(b, Breach)] == want


@pytest.mark.parametrize(
    ("name", "baseline", "target", "want"),
    [
        ("Admissions", "874.70", "848.46 (3% reduction)", []),
        ("Admissions", "926.82 874.70", "848.46 (3% reduction)", []),  # from either baseline
        ("Admissions", "843 (six months)", "25% reduction- 632", []),
        ("Admissions", "843", "642 (25% reduction)", [("642", "632.25")]),
        ("Admissions", "482", "433 (10% reduction)", []),  # 433.8, cut off
        ("Admissions", "843", "632", []),
        ("Care plans will increase by 30%", "5000", "5000", [("5000", "6500")]),
        ("Care plans will increase by 30%", "5000", "6500", []),
        ("Care plans will increase by 30%", "5010", "6500", []),
        ("Care plans will increase by 30%", "5000 4000", "5000", []),
        ("Plans will increase by 30%, nearly 7000 additional plans", "5000", "6500", [("7000", "1500")]),
        ("Plans will increase by 30%, 1500 additional plans", "5000", "6500", []),
    ],
)
def test_targets_by_their_rule(name: str, baseline: str, target: str, want: list[tuple[str, str]]) -> None:
    record = indicator(name=name, baseline=baseline, target=target)
    told = [b for b in target_not_by_its_rule(material(record)) if isinstance(b, Breach)]
    assert [(b.printed, b.recomputed) for b in told] == want


@pytest.mark.parametrize(
    ("name", "target", "want"),
    [
        ("Deliver savings of £1.7 million", "1.64million", [("1.64", "1.7")]),
        ("Deliver savings of £1.6 million", "1.64million", []),
        ("95% of referrals will be assessed within 4 weeks", "95%", []),
        ("95% of referrals will be assessed within 4 weeks", "90%", [("90", "95")]),
        ("Move up to 40% of clinics", "20%", []),
        ("Waits < 18 weeks", "90%", []),
    ],
)
def test_a_target_by_the_name(name: str, target: str, want: list[tuple[str, str]]) -> None:
    told = [b for b in promised_level(material(indicator(name=name, target=target))) if isinstance(b, Breach)]
    assert [(b.printed, b.recomputed) for b in told] == want


def test_targets_that_hold_are_counted() -> None:
    told = list(target_not_by_its_rule(material(indicator(baseline="874.70", target="848.46 (3% reduction)"))))
    assert told == [Held(True)]
