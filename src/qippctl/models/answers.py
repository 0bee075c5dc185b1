"""What the commands answer, as records for scripts. Money in pounds, percentages plain, both as decimal strings."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.paper import Basis, Colour, Dimension, Role

Certainty = Literal["certain", "undecided", "none"]


class Identity(Model):
    """Whose an answer is, and of when."""

    organisation: str | None
    workstream: str | None
    scheme: str | None
    role: Role
    period: str | None
    basis: Basis


class VarianceAnswer(Identity):
    """Plan against what became of it. `actual` is the forecast where `basis` is year."""

    type: Literal["variance"] = "variance"
    plan: PlainDecimal | None
    actual: PlainDecimal | None
    variance: Annotated[PlainDecimal | None, Field(description="Actual less plan: above nought is favourable. Worked out; as printed only where a part is missing.")]
    delivery: Annotated[PlainDecimal | None, Field(description="Actual as a percentage of plan, to one decimal.")]
    doubts: tuple[str, ...] = ()
    sources: Annotated[tuple[str, ...], Field(description="Ids of the figures: those used first, then the other places that state the same.")] = ()


class RagAnswer(Identity):
    """A rating under a policy, beside the one that the paper prints."""

    type: Literal["rag"] = "rag"
    dimension: Dimension
    plan: PlainDecimal | None
    actual: PlainDecimal | None
    variance: PlainDecimal | None
    delivery: PlainDecimal | None
    printed: Colour | None
    derived: Annotated[Colour | None, Field(description="The colour at the printed values; null only where certainty is none.")]
    certainty: Certainty
    possible: Annotated[tuple[Colour, ...], Field(description="Every colour that the printed precision allows.")]
    policy: str
    doubts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def disagrees(self) -> bool:
        """Whether the paper prints a colour that the policy gives nowhere within the printed precision."""
        return self.printed in ("red", "amber", "green") and bool(self.possible) and self.printed not in self.possible
