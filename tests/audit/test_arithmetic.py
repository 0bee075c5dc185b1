"""Sums and differences of tables: those that must speak beside those that must stay silent."""

from __future__ import annotations

from typing import Any

import pytest

from audit.tables import ACTUAL, PLAN, VARIANCE, YEAR, audited, figures_of, paper_of, told
from qippctl.audit import Material, audit
from qippctl.models.figure import Doubt

ROW = (PLAN, ACTUAL, VARIANCE)
COUNT = {"measure": "count", "basis": "ytd", "unit": "count", "qualifier": "milestones_red"}


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("A | 100 | 80 | -20", ROW, []),
        ("A | 100 | 80 | -21", ROW, []),  # rounding of three figures
        ("A | 100 | 80 | -30", ROW, [("QT101", "error", "-30", "-20")]),
        ("A | 100 | | -20", ROW, []),  # nothing to compare
        ("A | 10\nB | 20\nTotal | 30", (PLAN,), []),
        ("A | 10\nB | 20\nTotal | 31", (PLAN,), []),  # a step and a half
        ("A | 10\nB | 20\nTotal | 32", (PLAN,), [("QT202", "error", "32", "30")]),
        ("A | 10.0\nB | 20\nTotal | 32", (PLAN,), [("QT202", "error", "32", "30")]),
        # A scheme that is not read, or a total of more than is printed, proves nothing.
        ("A | 10\nB | 20\nC | see note\nTotal | 95", (PLAN,), []),
        ("A | 10\nB | 20\nTotal | 50", (PLAN,), [("QT202", "warning", "50", "30")]),
        ("A | 10 | 5\nB | 20 | see note\nTotal | 30 | 95", (PLAN, ACTUAL), []),
        ("A | 10 | 5\nB | 20 | n/a\nTotal | 30 | 9", (PLAN, ACTUAL), []),
        ("A | 10 | 5\nB | 20 | 7\nTotal | 90 | 95", (PLAN, ACTUAL), []),  # the five largest of many
        (
            "A | 100 | 50\nB | 200 | 70\nTotal | 305 | 125",
            (PLAN, ACTUAL),
            [("QT202", "warning", "305", "300"), ("QT202", "warning", "125", "120")],
        ),
        ("A | 10 | 5\nB | 20 | 7\nTotal | 30 | 95", (PLAN, ACTUAL), [("QT202", "error", "95", "12")]),
        # Milestones: a dash where others print 0, a doubt or a gap is a cell that was not read.
        ("A | 1\nB | 0\nTotal | 1", (COUNT,), []),
        ("A | 1\nB | 0\nC | 4\nTotal | 9", (COUNT,), [("QT301", "warning", "9", "5")]),
        ("A | 1\nB | -\nC | 0\nTotal | 2", (COUNT,), []),
        ("A | 1\nB | 0?\nC | 0\nTotal | 2", (COUNT,), []),
        ("A | 1 | 5\nB | | 5\nC | 0 | 5\nTotal | 2 | 15", (COUNT, YEAR), []),
    ],
)  # fmt: skip
def test_sums_of_one_table(text: str, columns: Any, expected: list[tuple[str, ...]]) -> None:
    assert sorted(told(text, columns)) == sorted(expected)


def test_a_row_that_may_not_be_there_may_be_left_out() -> None:
    assert told("A | 10\nA | 10?\nB | 20\nTotal | 30", (PLAN,)) == []


def test_a_doubted_row_in_the_place_of_a_subtotal_that_is_no_sum_is_none() -> None:
    assert told("Care\nA | 10 | 7 | 5\nB | 20 | 8 | 6\nSub | 0? | 0? | 11?", (PLAN, ACTUAL, YEAR)) == []


def test_a_hidden_row_is_left_out_of_the_total_that_leaves_it_out() -> None:
    text = "A | 10\nB | 20\nC | 5\nTotal | 30"
    figures = [
        f.model_copy(update={"doubts": (Doubt.HIDDEN,)}) if f.scheme == "C" else f for f in figures_of(text, (PLAN,))
    ]
    assert audited(paper_of((text, figures))) == []


def test_doubts_of_what_a_column_is_do_not_soften_a_sum() -> None:
    assert told("A | 10\nB | 20\nTotal | 33", (PLAN,), doubts=("unit-unknown",))[0][1] == "error"
    assert told("A | 10\nB | 20\nTotal | 33", (PLAN,), doubts=("fused-cell",))[0][1] == "warning"


def test_a_difference_that_is_one_row_says_so() -> None:
    text = "A | 110\nB | 250\nC | 340\nTotal | 450"
    (found,) = audited(paper_of((text, figures_of(text, (PLAN,)))))
    assert found.message.endswith("its column gives 700; it leaves out B")


def test_what_holds_is_counted_exactly_or_within_rounding() -> None:
    text = "A | 10.4 | 10\nB | 20.4 | 20\nTotal | 31 | 30"
    found = audit(Material(paper_of((text, figures_of(text, (PLAN, ACTUAL))))))
    assert (found.exact, found.rounding, found.failed) == (1, 1, 0)


def test_a_row_that_slipped_is_told_though_no_column_adds_up() -> None:
    text = "A | 2000 | 1500 | -500\nB | | 1500 | 1400\nC | 1500 | 1300 | -200\nTotal | 5000 | 4200 | -800"
    found = told(text, ROW)
    assert ("QT202", "warning", "5000", "3500") in found and not any(severity == "error" for _, severity, *_ in found)
