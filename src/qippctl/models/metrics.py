"""Indicators judged: targets worked out, on target or not, how old the data are; and their control charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.figure import Doubt
from qippctl.models.policy import MetricRule
from qippctl.models.records import Indicator

Certainty = Literal["certain", "undecided", "none"]
Comparison = Literal["at_least", "above", "at_most", "below"]
Signal = Literal["outside", "trend", "two_of_three", "shift"]
Judgement = Literal["improvement", "concern", "no_judgement"]


class IndicatorTarget(Model):
    """One of an indicator's targets, and whether it is met."""

    text: Annotated[str, Field(description="As printed.")]
    value: Annotated[
        PlainDecimal | None,
        Field(description="The number that it names: a level, or a change, below nought for less; null: words alone."),
    ]
    direction: Annotated[
        Literal["at_least", "at_most", "change"] | None,
        Field(description="change: more or less than the baseline; null: nothing says which way."),
    ]
    direction_from: Annotated[
        Literal["target", "name", "baseline"] | None, Field(description="What says the direction.")
    ] = None
    unit: Annotated[str | None, Field(description="percent, count, GBP, or a unit of time such as weeks.")]
    comparison: Annotated[
        Comparison | None, Field(description="How what was reached is held against the threshold.")
    ] = None
    threshold: Annotated[PlainDecimal | None, Field(description="What is to be reached.")] = None
    worked_out: Annotated[
        PlainDecimal | None, Field(description="The threshold by the baseline and the change that the target names.")
    ] = None
    baseline: Annotated[PlainDecimal | None, Field(description="The baseline that it goes with.")] = None
    baseline_text: Annotated[str | None, Field(description="That baseline and its period, as printed.")] = None
    met: Annotated[bool | None, Field(description="At the printed values; null = cannot be decided.")] = None
    certainty: Annotated[Certainty, Field(description="undecided: the printed precision leaves it open.")] = "none"
    why: Annotated[str | None, Field(description="Why it cannot be decided.")] = None


class IndicatorAnswer(Indicator):
    """An indicator, its texts as printed, and what they come to."""

    period: Annotated[str | None, Field(description="The period that its paper reports.")]
    paper_number: int
    targets: Annotated[tuple[IndicatorTarget, ...], Field(description="Every target that is printed.")] = ()
    actual_value: Annotated[PlainDecimal | None, Field(description="Null where the text gives no single number.")] = (
        None
    )
    actual_unit: str | None = None
    is_forecast: Annotated[bool, Field(description="The actual is a forecast of the year (FOT).")] = False
    on_target: Annotated[
        bool | None, Field(description="All targets met, or none; null = cannot be decided, as `why` says.")
    ] = None
    certainty: Annotated[Certainty, Field(description="undecided: the printed precision leaves it open.")] = "none"
    rag: Annotated[
        Literal["green", "amber", "red"] | None,
        Field(description="green: on target; amber: as near as the policy says; red: else; null = cannot be decided."),
    ] = None
    policy: Annotated[str | None, Field(description="The policy that says how near amber is; null: none does.")] = None
    why: Annotated[str | None, Field(description="Why it cannot be decided.")] = None
    note: Annotated[str | None, Field(description="What else a reader should know, in words.")] = None
    data_month: Annotated[str | None, Field(description="The month of the actual, as 2014/15-M11.")] = None
    report_month: Annotated[
        str | None, Field(description="The month of the report: of the table's title, else of the paper.")
    ] = None
    arrears_stated: Annotated[int | None, Field(description="Months in arrears that the paper states.")] = None
    arrears_actual: Annotated[int | None, Field(description="Months from the data's month to the report's.")] = None
    late: Annotated[bool | None, Field(description="Older than stated; null where nothing is stated.")] = None
    is_about_share: Annotated[
        bool, Field(description="It states the share of indicators on target itself, and is not counted in ours.")
    ] = False
    sources: Annotated[
        tuple[str, ...], Field(description="Ids of its figures, then of other papers' that state it.")
    ] = ()
    corrected: Annotated[tuple[int, ...], Field(description="Numbers of the corrections that hold.")] = ()


class StatedShare(Model):
    """What a paper says itself of the share of its indicators that are on target."""

    name: str
    target: PlainDecimal | None
    actual: PlainDecimal | None
    paper: str
    page: int
    table: str | None
    row: int | None


class IndicatorShare(Model):
    """How many of an organisation's indicators are on or broadly on target, beside what its paper says."""

    type: Literal["indicator-share"] = "indicator-share"
    organisation: str | None
    period: str | None
    indicators: int
    decided: int
    undecided: int
    on_target_count: int
    broadly_count: Annotated[int, Field(description="Amber: off target, as near as the policy says.")] = 0
    off_target_count: Annotated[int, Field(description="Red: neither on target nor broadly so.")]
    share: Annotated[
        PlainDecimal | None, Field(description="Percent on or broadly on target of those decided, to one decimal.")
    ]
    share_least: Annotated[PlainDecimal | None, Field(description="The same, were all undecided off target.")]
    share_most: Annotated[PlainDecimal | None, Field(description="The same, were all undecided on target.")]
    late: Annotated[int, Field(description="Indicators whose data are older than stated.")] = 0
    stated: Annotated[tuple[StatedShare, ...], Field(description="What the paper says of this share itself.")] = ()
    doubted: Annotated[int, Field(description="Indicators of which something is in doubt.")] = 0


class ChartPoint(Model):
    """One month of a control chart."""

    period: str
    value: PlainDecimal
    moving_range: Annotated[PlainDecimal | None, Field(description="From the point before, without sign.")] = None
    is_left_out: Annotated[bool, Field(description="Its moving range does not count in the limits.")] = False
    signals: Annotated[
        tuple[Signal, ...],
        Field(
            description="outside: the limits; trend: of seven; two_of_three: beyond two thirds; shift: seven on one side."
        ),
    ] = ()
    judgement: Annotated[Judgement | None, Field(description="Of its first signal; null: common cause.")] = None
    raw: str
    paper: str
    page: int
    table: str | None = None
    row: int | None = None
    doubts: tuple[Doubt, ...] = ()


class ControlChart(Model):
    """The numbers of an XmR chart of one indicator, a point a month of data."""

    type: Literal["control-chart"] = "control-chart"
    organisation: str | None
    workstream: str | None
    name: str
    unit: str | None
    better: Annotated[Literal["higher", "lower"] | None, Field(description="Null: nothing says which is better.")]
    outcome: Annotated[
        Literal["charted", "too few points", "cumulative", "mixed units"],
        Field(description="Only what is charted has a mean, limits and signals."),
    ]
    why: Annotated[str | None, Field(description="Why it is not charted.")] = None
    count: int
    mean: PlainDecimal | None = None
    mean_moving_range: Annotated[PlainDecimal | None, Field(description="Without those that are left out.")] = None
    lower: Annotated[PlainDecimal | None, Field(description="Mean - 2.66 x mean moving range.")] = None
    upper: Annotated[PlainDecimal | None, Field(description="Mean + 2.66 x mean moving range.")] = None
    target: Annotated[PlainDecimal | None, Field(description="The newest target's threshold, where there is one.")] = (
        None
    )
    latest: Annotated[
        Literal["improvement", "concern", "no_judgement", "common_cause"] | None,
        Field(description="What the newest point shows; null where nothing is charted."),
    ] = None
    missing: Annotated[tuple[str, ...], Field(description="Months between the first and last without a point.")] = ()
    points: tuple[ChartPoint, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Metrics:
    """One organisation's indicators of a period, and how many are on target."""

    organisation: str
    period: str | None
    answers: tuple[IndicatorAnswer, ...]
    share: IndicatorShare
    rule: MetricRule | None = None
    policy: str | None = None
