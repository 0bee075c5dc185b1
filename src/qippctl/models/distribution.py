"""How a programme's ratings are spread over the colours."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.figure import Basis, Colour, Dimension


class DistributionAnswer(Model):
    """How many schemes of a programme have one colour, and what they plan.

    Counted are schemes, and workstreams of which no scheme is reported, that are rated in the dimension.
    """

    type: Literal["distribution"] = "distribution"
    organisation: str | None
    period: str | None
    basis: Annotated[Basis, Field(description="Of the plan that they are weighed by.")]
    dimension: Dimension
    colour: Annotated[Colour | Literal["none"], Field(description="The derived colour; none: the policy gives none.")]
    schemes: int
    value: Annotated[PlainDecimal, Field(description="The sum of their plans, in pounds; of those that have one.")]
    share_by_number: Annotated[PlainDecimal, Field(description="Percent of all that are rated, to one decimal.")]
    share_by_value: Annotated[
        PlainDecimal | None,
        Field(
            description="Percent of the plans of all that are rated, to one decimal; null where these come to nothing."
        ),
    ]
    policy: str
