"""Names that are like one another, and names that only look it."""

from __future__ import annotations

import pytest

from qippctl.calc.likeness import alike, compare
from qippctl.calc.positions import normal_name


@pytest.mark.parametrize(
    ("one", "other", "because", "is_close"),
    [
        ("Integrate discharge", "Integrated discharge", "one letter differs", True),
        ("Frequent fyers", "Frequent flyers", "one letter differs", True),
        ("Procurment and storag", "Procurement and storage", "2 letters differ", True),
        ("Nursing home", "Nursing homes", "one letter differs", True),
        ("Follow up", "Followup", "only the spaces differ", True),
        ("Discharge and reablement", "Reablement and discharge", "the same words in another order", True),
        ("Theatre utilisation", "Theatre utilisation scheme", 'only "scheme" more', True),
        ("Wound care products", "The wound care product", 'one letter differs; only "the" more', True),
        ("Clinical quality and innovat", "Clinical quality and innovation", "one is the other cut off", True),
        (
            "Complex Conditions",
            "Complex and Multiple Conditions",
            'one holds all words of the other, and "multiple"',
            False,
        ),
        (
            "Planned care",
            "New models that bring planned care nearer to home",
            "one holds all words of the other",
            False,
        ),
    ],
)
def test_names_that_may_be_one(one: str, other: str, because: str, is_close: bool) -> None:
    assert compare(normal_name(one), normal_name(other)) == (because, is_close)
    assert compare(normal_name(other), normal_name(one)) == (because, is_close)
    assert [(like.because, like.is_close) for like in alike([normal_name(one), "x y z", normal_name(other)])] == [
        (because, is_close)
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Planned care", "Unplanned care"),
        ("Inpatient beds", "Outpatient beds"),
        ("Elective activity", "Non-elective activity"),
        ("Estates phase 1", "Estates phase 2"),
        ("Decommissioning a) Coach House", "Decommissioning b) Coach House"),
        ("Follow-up ratios (i)", "Follow-up ratios (ii)"),
        ("Medicines management - acute", "Medicines management - community"),
        ("Prevention", "Falls prevention"),  # one word of two says too little
        ("Care home reviews", "Reviews of people who live at home and of those in care of others"),
        ("Ward stock", "Word stock"),  # short words: every letter counts
        ("Night scales", "Might scores"),
        ("Hospital moves", "Hospitality move"),
        ("SWE decommissioning", "Decommissioning (non SWE)"),
    ],
)
def test_names_that_are_two(one: str, other: str) -> None:
    assert compare(normal_name(one), normal_name(other)) is None


def test_a_word_that_hundreds_of_names_hold_makes_no_pairs() -> None:
    names = ["community care", *(f"community care {chr(97 + k % 26) * 3}{chr(97 + k // 26) * 9}" for k in range(300))]
    assert not any(like.one == 0 for like in alike(names))
