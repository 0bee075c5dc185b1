"""A year month by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.answers import Identity
from qippctl.models.base import Model, PlainDecimal

Derivation = Literal["printed", "differences", "straight_line", "plan_shaped"]


class MonthAmount(Model):
    """One month of a profile, in pounds."""

    period: str
    value: Annotated[PlainDecimal | None, Field(description="Null where nothing says it.")]
    cumulative: Annotated[PlainDecimal | None, Field(description="April to then; null where nothing says it.")]
    is_derived: Annotated[bool, Field(description="Worked out, not printed.")] = False
    is_outlier: Annotated[
        bool, Field(description="More than three even shares of the months from the first on, or half of the year.")
    ] = False


class ProfileAnswer(Identity):
    """The months of a plan, of what was delivered, or of a forecast. `basis` is month; `period` is the year."""

    type: Literal["profile"] = "profile"
    measure: Literal["plan", "actual", "forecast"]
    derived: Annotated[
        Derivation,
        Field(
            description="printed; differences (of amounts to date); straight_line or plan_shaped (only the year is known)."
        ),
    ]
    months: tuple[MonthAmount, ...]
    total: Annotated[PlainDecimal | None, Field(description="April to March; null where some month is unknown.")]
    doubts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class BreakEven(Model):
    """When recurrent savings meet a recurrent deficit that is given."""

    type: Literal["break-even"] = "break-even"
    organisation: str | None
    year: str
    deficit: Annotated[PlainDecimal, Field(description="Pounds a year.")]
    measure: Annotated[Literal["plan", "actual", "forecast"], Field(description="Which months were reckoned with.")]
    met: Annotated[
        str | None,
        Field(
            description="First month whose recurrent savings, times twelve, reach the deficit; null: none is known to."
        ),
    ]
    is_met_open: Annotated[bool, Field(description="A month before it (any month, where it is null) is not known.")]
    met_cumulative: Annotated[
        str | None,
        Field(description="First month to whose end recurrent savings add up to it; null: none is known to."),
    ]
    is_met_cumulative_open: Annotated[bool, Field(description="The same of the sums.")]
    schemes: Annotated[int, Field(description="Schemes not called non-recurrent whose months were added up.")]
    left_out: Annotated[int, Field(description="Schemes of which no month is known.")]
    spread: Annotated[
        int, Field(description="Schemes of which only the year is known: spread evenly, so is the answer.")
    ]
    derived: Annotated[bool, Field(description="Whether some months were not printed but worked out.")]
    doubts: Annotated[tuple[str, ...], Field(description="Those of the figures that were added up.")] = ()


@dataclass(frozen=True, slots=True)
class Profiles:
    """One organisation's reported period, month by month."""

    organisation: str
    period: str
    answers: tuple[ProfileAnswer, ...] = ()
