"""One subject with two colours."""

from __future__ import annotations

from typing import Any

import pytest

from build import SHA, figure, paper
from qippctl.audit import Material
from qippctl.audit.catalogue import Breach
from qippctl.audit.colours import colours_of_same_counts, two_colours
from qippctl.models.figure import Doubt, Figure, Rating

VALUES = (("plan", 100), ("actual", 80), ("forecast", 90))


def row(table: str, scheme: str, number: int = 1) -> list[Figure]:
    return [
        figure(measure, "ytd", value + number, table=table, row=number, column=k, scheme=scheme)
        for k, (measure, value) in enumerate(VALUES, 1)
    ]


def rating(table: str, scheme: str, colour: Any, number: int = 1, **rest: Any) -> Rating:
    default: dict[str, Any] = {"dimension": "milestones", "period": "2014/15-M11", "role": "scheme", "page": 1}
    place = {"paper": "paper.txt", "sha256": SHA, "table": table, "row": number, "column": 9, "organisation": "Body"}
    return Rating(**(default | place | {"scheme": scheme, "colour": colour, "raw": colour[0]} | rest))


def told(figures: list[Figure], ratings: list[Rating]) -> list[str | None]:
    of = Material(paper(figures).model_copy(update={"ratings": tuple(ratings)}))
    return [breach.severity or "warning" for breach in two_colours(of) if isinstance(breach, Breach)]


@pytest.mark.parametrize(
    ("other", "want"),
    [
        (rating("p1t2", "Beds", "red"), ["warning"]),
        (rating("p1t2", "Beds", "amber"), []),
        (rating("p1t2", "Beds", "red", dimension="finance"), []),
        (rating("p1t2", "Beds", "red", period="2014/15-M10"), []),
        (rating("p1t2", "Drugs", "red"), []),
        (rating("p1t2", "Beds", "not_due"), []),
        (rating("p1t2", "Beds", "red", organisation="Another"), []),
        (rating("p1t2", "Beds", "red", doubts=(Doubt.SHIFTED_ROW,)), ["note"]),
        (rating("p1t2", "Beds", "red", doubts=(Doubt.LOOK_ALIKE,)), ["warning"]),
    ],
)
def test_two_colours(other: Rating, want: list[str]) -> None:
    figures = [*row("p1t1", "Beds"), *row("p1t2", other.scheme or "")]
    if other.organisation != "Body":
        figures = [
            f.model_copy(update={"organisation": other.organisation}) if f.table == "p1t2" else f for f in figures
        ]
    assert told(figures, [rating("p1t1", "Beds", "amber"), other]) == want


def test_rows_whose_figures_have_nothing_in_common_are_two_subjects() -> None:
    figures = [*row("p1t1", "Beds"), *row("p1t2", "Beds", 40)]
    assert told(figures, [rating("p1t1", "Beds", "amber"), rating("p1t2", "Beds", "red", 40)]) == []


def test_the_same_counts_with_two_colours_are_a_note() -> None:
    names = ("milestones_red", "milestones_amber", "milestones_green")
    figures = [
        figure("count", "ytd", n, row=r, column=k, scheme=f"Scheme {r}", qualifier=name, unit="count")
        for r in (1, 2, 3)
        for k, (name, n) in enumerate(zip(names, (0, 2, 0) if r < 3 else (0, 1, 0), strict=True), 1)
    ]
    colours = [rating("p1t1", f"Scheme {r}", c, r) for r, c in ((1, "red"), (2, "amber"), (3, "green"))]
    of = Material(paper(figures).model_copy(update={"ratings": tuple(colours)}))
    (breach,) = [b for b in colours_of_same_counts(of) if isinstance(b, Breach)]
    assert breach.severity == "note"
    assert "Scheme 1 red; Scheme 2 amber" in breach.message
