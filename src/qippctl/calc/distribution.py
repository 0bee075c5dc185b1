"""Ratings counted by colour, and weighed by plan."""

from __future__ import annotations

from collections.abc import Collection
from decimal import ROUND_HALF_UP, Decimal
from typing import get_args

from qippctl.models.answers import Programme
from qippctl.models.distribution import DistributionAnswer
from qippctl.models.figure import DIMENSIONS, Colour, Dimension
from qippctl.money import ZERO, exactly

_COLOURS: tuple[Colour, ...] = get_args(Colour)


def distribution(programme: Programme, dimensions: Collection[Dimension] = DIMENSIONS) -> list[DistributionAnswer]:
    """The colours of each dimension, the worst first, those that nothing has left out; last what has no colour."""
    out = []
    for dimension in DIMENSIONS:
        if dimension in dimensions:
            out += _of_dimension(programme, dimension)
    return out


def _of_dimension(programme: Programme, dimension: Dimension) -> list[DistributionAnswer]:
    rated = [
        (answer, subject.rag.plan if subject.rag is not None and subject.rag.plan is not None else ZERO)
        for subject in programme.judged_in(dimension)
        if (answer := subject.rated(dimension)) is not None
    ]
    with exactly():
        whole = sum((plan for _, plan in rated), ZERO)
        out = []
        for colour in (*_COLOURS, None):
            plans = [plan for answer, plan in rated if answer.derived == colour]
            if plans:
                value = sum(plans, ZERO)
                first = rated[0][0]
                out.append(
                    DistributionAnswer(
                        organisation=programme.organisation or None,
                        period=first.period,
                        basis=programme.basis,
                        dimension=dimension,
                        colour=colour or "none",
                        schemes=len(plans),
                        value=value,
                        share_by_number=_share(Decimal(len(plans)), Decimal(len(rated))),
                        share_by_value=_share(value, whole) if whole > 0 else None,
                        policy=first.policy,
                    )
                )
        return out


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return (part / whole * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
