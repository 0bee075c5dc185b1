"""A scheme from its first paper to its last."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from qippctl.calc.position import Position
from qippctl.calc.variance import best_variance
from qippctl.models.figure import Basis, Colour, Figure
from qippctl.models.movements import HistoryAnswer
from qippctl.period import Period

_SHOWN: tuple[tuple[str, Basis], ...] = (("plan", "ytd"), ("actual", "ytd"), ("plan", "year"), ("forecast", "year"))


def answers(line: Sequence[tuple[Position, Colour | None]]) -> list[HistoryAnswer]:
    """One record a period, oldest first. What came in a month is as printed, else the difference of two amounts to date."""
    out = []
    before: Position | None = None
    for position, colour in line:
        plan, actual = position.find("plan", "ytd"), position.find("actual", "ytd")
        figures = [f for name in _SHOWN if (f := position.find(*name)) is not None]
        out.append(
            HistoryAnswer(
                **position.identity(position.reported, "ytd"),
                plan=_value(plan),
                actual=_value(actual),
                variance=best_variance(plan, actual, position.find("variance", "ytd")),
                month=_month(position, before),
                plan_year=_value(position.find("plan", "year")),
                forecast=_value(position.find("forecast", "year")),
                rag=colour,
                papers=tuple(dict.fromkeys(f.paper for f in figures)),
                doubts=tuple(dict.fromkeys(doubt.value for f in figures for doubt in f.doubts)),
                sources=tuple(f.id for f in figures),
            )
        )
        before = position
    return out


def _month(position: Position, before: Position | None) -> Decimal | None:
    printed, to_date = position.find("actual", "month"), position.find("actual", "ytd")
    if printed is not None or to_date is None:
        return _value(printed)
    at = Period.parse(position.reported)
    if not at.month:
        return None
    if at.month == 1:
        return to_date.value
    if before is None or before.reported != str(Period(at.start, at.month - 1)):
        return None
    earlier = before.find("actual", "ytd")
    return to_date.value - earlier.value if earlier is not None else None


def _value(figure: Figure | None) -> Decimal | None:
    return figure.value if figure is not None else None
