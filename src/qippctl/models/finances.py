"""Budgets and accounts: their lines over the years, and the sums that must hold among them."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.figure import Basis, Measure, Recurrence, Role

Number = PlainDecimal | None
CheckCode = Literal[
    "subtotal",
    "total",
    "parts",
    "variance",
    "source-application",
    "surplus",
    "net-current",
    "less-current",
    "employed",
    "equity",
    "movement",
    "baseline",
    "inflation",
    "disinvestment",
]
CHECK_CODES: tuple[CheckCode, ...] = get_args(CheckCode)


class Printed(Model):
    """Where a line of budgets or accounts stands."""

    organisation: str | None
    paper: str
    paper_number: int
    page: int
    table: str
    row: int
    label: Annotated[str, Field(description="As printed.")]


class FinanceCheck(Printed):
    """A sum, a difference or a roll-forward that the printed figures should satisfy. Pounds, signed as printed."""

    type: Literal["check"] = "check"
    code: CheckCode
    rule: Annotated[str, Field(description="What is held against the printed figure, in words.")]
    period: str | None
    measure: Measure
    recurrence: Recurrence = "all"
    printed: PlainDecimal
    recomputed: Annotated[Number, Field(description="What the other terms give; null where one is missing.")]
    difference: Annotated[Number, Field(description="Printed less recomputed.")]
    tolerance: Annotated[Number, Field(description="Largest difference that rounding alone explains.")]
    holds: Annotated[bool | None, Field(description="Null where a term is missing: nothing is guessed.")]
    rate: Annotated[Number, Field(description="Of inflation: percent assumed, as printed or as typed.")] = None
    rate_of: Annotated[str | None, Field(description="The line of assumptions that prints it; null where typed.")] = (
        None
    )
    implied_rate: Annotated[Number, Field(description="Of inflation: percent by which the budget grows, to 0.01.")] = (
        None
    )
    fitting_rate: Annotated[
        Number,
        Field(description="The one rate assumed for that year that gives the printed budget; null: none or several."),
    ] = None
    share: Annotated[Number, Field(description="Of disinvestment: recomputed as a percentage of printed.")] = None
    missing: Annotated[
        tuple[str, ...],
        Field(description="Lines of which a cell was not read, or that say total of nobody knows what."),
    ] = ()
    needed: Annotated[Number, Field(description="What those must come to for it to hold; null where all was read.")] = (
        None
    )
    figures: Annotated[tuple[str, ...], Field(description="Ids of the figures, the printed one last.")]
    doubts: tuple[str, ...] = ()


class LineValue(Model):
    """What a line prints in one column."""

    column: int
    heading: Annotated[str, Field(description="Of its column, as printed; empty where the ledger does not have it.")]
    period: str | None
    measure: Measure
    basis: Basis
    recurrence: Recurrence
    unit: str
    value: PlainDecimal
    figure: str


class StatementLine(Printed):
    """A line of a table of budgets or accounts, over its columns."""

    type: Literal["statement-line"] = "statement-line"
    title: Annotated[str | None, Field(description="The table's title.")] = None
    group: Annotated[str | None, Field(description="The heading that it stands under.")] = None
    role: Role
    values: tuple[LineValue, ...]
    doubts: tuple[str, ...] = ()
