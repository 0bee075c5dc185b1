"""Tiny papers for rules: rows of a table with a printed colour, and the rule by which they are judged."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from build import SHA, figure, paper
from qippctl.audit import Material, audit
from qippctl.models.figure import Colour, Dimension, Figure, Rating
from qippctl.models.finding import Finding
from qippctl.models.paper import Paper
from qippctl.models.policy import Policy

POLICY = Policy(
    name="made",
    title="Made",
    source="here",
    money={"bands": [{"colour": "green", "at_least": 95}, {"colour": "amber", "at_least": 80}, {"colour": "red"}]},
    milestones={
        "bands": [
            {"colour": "green", "slipped_at_most": 0},
            {"colour": "amber", "slipped_at_least": 1, "slipped_at_most": 1, "days_at_most": 7},
            {"colour": "red", "slipped_at_least": 2, "days_more_than": 7},
        ]
    },
)


def rating(colour: Colour, dimension: Dimension = "finance", **rest: Any) -> Rating:
    """A printed colour of scheme A, in the row of `build.figure`."""
    default: dict[str, Any] = {
        "paper": "paper.txt",
        "sha256": SHA,
        "page": 1,
        "table": "p1t1",
        "row": 1,
        "column": 9,
        "organisation": "Body",
        "scheme": "A",
        "role": "scheme",
        "raw": colour,
        "period": "2014/15-M11",
    }
    return Rating(colour=colour, dimension=dimension, **(default | rest))


def row(*values: Any, row: int = 1, role: str = "scheme", step: Any = 1, **rest: Any) -> list[Figure]:
    """Plan and actual to date, then plan and forecast of the year, as far as they are given; None is not printed."""
    names = (("plan", "ytd"), ("actual", "ytd"), ("plan", "year"), ("forecast", "year"))
    name = rest.pop("scheme", "A") if role == "scheme" else None
    return [
        figure(*names[n], value, row=row, column=n + 1, role=role, scheme=name, step=Decimal(str(step)), **rest)
        for n, value in enumerate(values)
        if value is not None
    ]


def with_ratings(figures: list[Figure], *ratings: Rating) -> Paper:
    return paper(figures).model_copy(update={"ratings": ratings})


def found(of: Paper, *codes: str, policy: Policy | None = POLICY) -> list[Finding]:
    """The findings of some codes in a paper."""
    return [f for f in audit(Material(of, policy)).findings if f.code in codes]
