"""What is foretold of a year: as printed, at the rate achieved, in the shape of the plan; cases, investment, chances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.answers import Identity
from qippctl.models.base import Model, PlainDecimal
from qippctl.models.figure import Case

Pounds = PlainDecimal | None


class ImpliedFactor(Model):
    """What one case is of another, in percent, as the rows that print both allow at their precision."""

    case: Case
    of: Case
    percent: Annotated[
        PlainDecimal | None,
        Field(description="The roundest percentage that fits; null where none does, or several as round."),
    ]
    low: Annotated[PlainDecimal | None, Field(description="Least percentage that every row allows; null: no bound.")]
    high: Annotated[PlainDecimal | None, Field(description="Greatest; below `low` where no percentage suits all.")]
    rows: Annotated[int, Field(description="Rows that print both, other than as nought.")]
    against: Annotated[tuple[str, ...], Field(description="Schemes whose figures rule `percent` out.")] = ()


class Cases(Model):
    """The cases of a forecast, and the factors by which one seems to be made from another."""

    printed: Annotated[dict[Case, PlainDecimal], Field(description="Case to pounds.")] = {}
    implied: tuple[ImpliedFactor, ...] = ()


class ForecastAnswer(Identity):
    """Where a year is going. All amounts in pounds, savings positive; `plan` and `forecast` are the year's."""

    type: Literal["forecast"] = "forecast"
    plan: Pounds
    actual: Annotated[Pounds, Field(description="Delivered to date.")]
    forecast: Annotated[Pounds, Field(description="As printed.")]
    variance: Annotated[Pounds, Field(description="Forecast less plan, or as printed where one is missing.")]
    yield_ytd: Annotated[Pounds, Field(description="Actual as a percentage of the plan to date.")]
    yield_forecast: Annotated[Pounds, Field(description="Forecast as a percentage of the year's plan.")]
    months: Annotated[
        int | None, Field(description="Months of the year that the data cover; null where that is not known.")
    ]
    since: Annotated[
        str | None,
        Field(description="The month from which the rate is reckoned: the first with a delivery, else with a plan."),
    ]
    is_since_assumed: Annotated[
        bool, Field(description="No months show when it began: April is assumed, and the rate may be higher.")
    ] = False
    non_recurrent: Annotated[
        Pounds,
        Field(description="Delivered to date, but once only: left out of the rate. Null where nothing is called so."),
    ] = None
    run_rate: Annotated[
        Pounds,
        Field(description="Pounds a month delivered since then, without non-recurrent items; null before it began."),
    ]
    required_rate: Annotated[
        Pounds,
        Field(
            description="Pounds a month that the months left need for the plan; nought where it is met, null when none is left."
        ),
    ]
    forecast_run_rate: Annotated[Pounds, Field(description="Actual, and the remaining months at the run rate.")]
    forecast_run_rate_low: Annotated[Pounds, Field(description="Least that the printed precision allows.")] = None
    forecast_run_rate_high: Annotated[Pounds, Field(description="Most that the printed precision allows.")] = None
    forecast_plan_shaped: Annotated[Pounds, Field(description="The year's plan at the yield to date.")]
    forecast_plan_shaped_low: Annotated[Pounds, Field(description="Least that the printed precision allows.")] = None
    forecast_plan_shaped_high: Annotated[Pounds, Field(description="Most that the printed precision allows.")] = None
    cases: Cases = Cases()
    target: Pounds = None
    confidence: Annotated[PlainDecimal | None, Field(description="Percent.")] = None
    achievable: Annotated[Pounds, Field(description="As printed, else target x confidence.")] = None
    at_risk: Annotated[Pounds, Field(description="As printed, else target less achievable.")] = None
    confidence_weighted: Annotated[Pounds, Field(description="Target x confidence, worked out.")] = None
    full_year_effect: Annotated[Pounds, Field(description="Of a whole year, as printed.")] = None
    monthly_rate: Annotated[Pounds, Field(description="A twelfth of the full-year effect.")] = None
    part_year: Annotated[
        Pounds,
        Field(
            description="What the part-year lacks of it: as printed where both make the plan, else the (recurrent) plan less it."
        ),
    ] = None
    investment_plan: Pounds = None
    investment_slippage: Annotated[Pounds, Field(description="Planned investment that will not be spent.")] = None
    investment_remaining: Pounds = None
    net_plan: Annotated[Pounds, Field(description="Plan less planned investment.")] = None
    net_forecast: Annotated[Pounds, Field(description="Forecast less remaining investment.")] = None
    gap_to_find: Annotated[
        Pounds, Field(description="Net forecast less net plan; below nought is still to be found.")
    ] = None
    unmitigated_gap: Annotated[Pounds, Field(description="Forecast less plan, before unspent investment mends it.")] = (
        None
    )
    is_below_delivered: Annotated[bool, Field(description="The forecast is less than what is delivered already.")] = (
        False
    )
    doubts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class WeightedScenario(Model):
    """A risk or benefit to a plan, weighted by the chance that a policy file gives to the word of its likelihood."""

    type: Literal["scenario-weight"] = "scenario-weight"
    organisation: str | None
    description: Annotated[str | None, Field(description="Null on the sum.")]
    role: Literal["risk", "benefit", "total"]
    amount: Annotated[Pounds, Field(description="Pounds: a risk below nought; null where the text is no amount.")]
    likelihood: str | None
    probability: Annotated[PlainDecimal | None, Field(description="Percent, from the policy; null where it has none.")]
    weighted: Annotated[Pounds, Field(description="Amount x probability; null where either is unknown.")]
    policy: str
    paper: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """One organisation's reported period: where the year of each of its subjects is going."""

    organisation: str
    period: str
    answers: tuple[ForecastAnswer, ...] = ()
    meetings: tuple[str, ...] = ()

    @property
    def total(self) -> ForecastAnswer | None:
        """The programme's printed total; of several the largest."""
        return max((a for a in self.answers if a.role == "total"), key=lambda a: a.plan or 0, default=None)
