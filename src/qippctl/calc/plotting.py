"""The series that charts draw, from positions and answers: every amount as the answers have it, with its figures.

Where a paper prints an amount it is taken as printed; what lies between is worked out, as `profile` does it, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from qippctl.calc.position import Position
from qippctl.models.answers import RagAnswer, WaterfallStep
from qippctl.models.charts import ChartMark, ChartSeries, SeriesRole
from qippctl.models.figure import Basis, Figure, Measure
from qippctl.models.metrics import ControlChart
from qippctl.models.movements import MovementAnswer
from qippctl.models.profiles import MonthAmount, ProfileAnswer
from qippctl.models.registers import MilestoneAnswer
from qippctl.money import ZERO
from qippctl.period import MONTHS_OF_YEAR, Period

Line = Mapping[str, Position]
NAMES: dict[SeriesRole, str] = {"plan": "Plan", "actual": "Actual", "forecast": "Forecast"}
_MEASURES: tuple[tuple[SeriesRole, Measure], ...] = (("plan", "plan"), ("actual", "actual"), ("forecast", "forecast"))
# The parts of a bridge between two variances, in the order of `movement`.
PARTS = (
    ("delivery", "Delivery"),
    ("rephasing", "Re-phasing"),
    ("restatement", "Restatement"),
    ("untold", "Cannot be told apart"),
    ("new_and_gone", "New and gone"),
)


def mark_of(label: str, figure: Figure) -> ChartMark:
    """A figure as a point."""
    return ChartMark(label=label, value=figure.value, doubts=_doubts(figure), sources=(figure.id,))


def cumulative(position: Position, line: Line, profiles: Sequence[ProfileAnswer]) -> list[ChartSeries]:
    """Plan, actual and forecast to the end of each month of a subject's year.

    `line` has what it was in the periods before; `profiles` its months, for what no paper prints to date. The plan and the
    forecast of the year are the amounts to the end of March.
    """
    at = Period.parse(position.reported)
    found = []
    for role, measure in _MEASURES:
        months = next((p.months for p in profiles if p.measure == measure), ())
        printed = _to_date(position, line, measure) if measure != "forecast" else {}
        year = position.find(measure, "year")
        if year is not None and measure != "actual":
            printed.setdefault(MONTHS_OF_YEAR, year)
        first = at.month + 1 if measure == "forecast" else 1
        last = at.month if measure == "actual" else MONTHS_OF_YEAR
        marks = []
        for month in range(first, last + 1):
            label = str(Period(at.start, month))
            own = printed.get(month)
            worked_out = _month(months, label)
            if own is not None:
                marks.append(mark_of(label, own))
            elif worked_out is not None and worked_out.cumulative is not None:
                profile = next(p for p in profiles if p.measure == measure)
                marks.append(
                    ChartMark(
                        label=label,
                        value=worked_out.cumulative,
                        is_derived=True,
                        doubts=profile.doubts,
                        sources=profile.sources,
                    )
                )
        if marks:
            found.append(ChartSeries(name=NAMES[role], role=role, marks=tuple(marks)))
    return found


def _to_date(position: Position, line: Line, measure: Measure) -> dict[int, Figure]:
    """What papers print to the end of months of the year: the newest paper's word before that of the month's own paper."""
    year = position.reported[:7]
    found = {int(p[-2:]): f for p, own in line.items() if p[:7] == year and (f := own.find(measure, "ytd")) is not None}
    found |= position.months(measure, "ytd")
    now = position.find(measure, "ytd")
    if now is not None and "-M" in position.reported:
        found[int(position.reported[-2:])] = now
    return found


def _month(months: Sequence[MonthAmount], label: str) -> MonthAmount | None:
    return next((month for month in months if month.period == label), None)


def monthly(position: Position, profiles: Sequence[ProfileAnswer]) -> list[ChartSeries]:
    """Plan, actual and what is still forecast, each month by itself. What is merely spread evenly over the year is no month."""
    reported = position.reported
    found = []
    for role, measure in _MEASURES:
        profile = next((p for p in profiles if p.measure == measure), None)
        if profile is None:
            continue
        printed = position.months(measure)
        marks = []
        for month in profile.months:
            if month.value is None or (measure == "forecast" and month.period <= reported):
                continue
            own = printed.get(int(month.period[-2:]))
            if own is not None and own.value == month.value:
                marks.append(mark_of(month.period, own))
            elif profile.derived != "straight_line":
                marks.append(
                    ChartMark(
                        label=month.period,
                        value=month.value,
                        is_derived=True,
                        doubts=profile.doubts,
                        sources=profile.sources,
                    )
                )
        if marks:
            found.append(ChartSeries(name=NAMES[role], role=role, marks=tuple(marks)))
    return found


def history(line: Line) -> list[ChartSeries]:
    """The year's plan, its forecast, and what was delivered to date, as each period's papers print them."""
    shown: tuple[tuple[SeriesRole, str, Measure, Basis], ...] = (
        ("plan", "Plan of the year", "plan", "year"),
        ("forecast", "Forecast of the year", "forecast", "year"),
        ("actual", "Actual to date", "actual", "ytd"),
    )
    found = []
    for role, name, measure, basis in shown:
        marks = [mark_of(p, f) for p in sorted(line) if (f := line[p].find(measure, basis)) is not None]
        if marks:
            found.append(ChartSeries(name=name, role=role, marks=tuple(marks)))
    return found


def waterfall(steps: Sequence[WaterfallStep], called: Sequence[str], largest: int) -> ChartSeries:
    """From plan to actual: the largest changes one by one, the rest as one; in the order of the steps."""
    between = [k for k, step in enumerate(steps) if step.step in ("scheme", "adjustment")]
    kept = set(sorted(between, key=lambda k: -abs(steps[k].change))[:largest])
    left = [k for k in between if k not in kept]
    if len(left) == 1:
        kept, left = kept | set(left), []
    rest = sum((steps[k].change for k in left), ZERO)
    marks, running, is_told = [], ZERO, False
    for k, (step, name) in enumerate(zip(steps, called, strict=True)):
        # The rest stands where its sign would place it: before the first gain, or before what closes the sum.
        is_after = step.step in ("unexplained", "actual") or (k in kept and step.change > rest)
        if left and not is_told and k and is_after:
            running += rest
            marks.append(_rest([steps[j] for j in left], rest, running))
            is_told = True
        if k in left:
            continue
        running = step.change if step.step in ("plan", "actual") else running + step.change
        marks.append(
            ChartMark(
                label=name,
                value=step.change,
                running=running,
                state=step.step,
                is_derived=step.is_derived,
                doubts=step.doubts,
                sources=step.sources,
            )
        )
    return ChartSeries(name="From plan to what became of it", role="steps", marks=tuple(marks))


def _rest(steps: Sequence[WaterfallStep], change: Decimal, running: Decimal) -> ChartMark:
    return ChartMark(
        label=f"{len(steps)} others, net",
        value=change,
        running=running,
        state="rest",
        is_derived=True,
        doubts=tuple(dict.fromkeys(doubt for step in steps for doubt in step.doubts)),
        sources=tuple(dict.fromkeys(source for step in steps for source in step.sources)),
    )


def bridge(answer: MovementAnswer) -> ChartSeries | None:
    """From the earlier variance to date to the later one; None where the change is not parted."""
    parts = [(name, value) for field, name in PARTS if (value := getattr(answer, field)) is not None]
    if answer.variance_from is None or answer.variance_to is None or not parts:
        return None
    common = {"doubts": answer.doubts, "sources": answer.sources}
    running = answer.variance_from
    marks = [ChartMark(label=answer.from_period, value=running, running=running, state="from", **common)]
    for name, value in parts:
        running += value
        marks.append(
            ChartMark(label=name, value=value, running=running, state="part", is_derived=True, doubts=answer.doubts)
        )
    end = answer.variance_to
    if running != end:
        marks.append(ChartMark(label="Rounding", value=end - running, running=end, state="part", is_derived=True))
    marks.append(ChartMark(label=answer.to_period, value=end, running=end, state="to", **common))
    return ChartSeries(name="Variance to date", role="steps", marks=tuple(marks))


# One letter a state: what a reader sees without colour.
STANDING: dict[str, str] = {
    "overdue_no_status": "?",
    "overdue": "X",
    "due": "D",
    "not_due": "N",
    "done_late": "L",
    "done": "A",
    "undated": "U",
}


def gantt(found: Sequence[MilestoneAnswer], called: Sequence[str]) -> list[ChartSeries]:
    """Milestones by scheme; `called` names the scheme of each. What has no date is none of them."""
    out: dict[str, list[ChartMark]] = {}
    for one, name in zip(found, called, strict=True):
        if one.due is None:
            continue
        start = one.start_date if one.start_date is not None and one.start_date < one.due else None
        out.setdefault(name, []).append(
            ChartMark(
                label=" ".join(filter(None, (one.number, one.description))),
                start=start,
                was=one.slipped_from,
                end=one.due,
                letter=STANDING[one.state],
                state=one.state,
                is_derived=one.is_derived,
                doubts=tuple(doubt.value for doubt in one.doubts),
            )
        )
    return [
        ChartSeries(name=name, role="milestones", marks=tuple(sorted(marks, key=lambda m: (m.end or "", m.label))))
        for name, marks in out.items()
    ]


_LETTERS: dict[str, str] = {
    "red": "R",
    "amber": "A",
    "green": "G",
    "blue": "B",
    "not_due": "N",
    "not_applicable": "n/a",
}


def ratings(columns: Mapping[str, Sequence[RagAnswer | None]], called: Sequence[str]) -> list[ChartSeries]:
    """Colours by column (dimension or month), a mark a scheme; columns without any colour are left out.

    `R?`: the printed precision leaves it open; `(R)`: as the paper prints it, where the rule gives none.
    """
    out = []
    for name, answers in columns.items():
        marks = tuple(_rated(label, answer) for label, answer in zip(called, answers, strict=True))
        if any(mark.letter for mark in marks):
            out.append(ChartSeries(name=name, role="ratings", marks=marks))
    return out


def _rated(label: str, answer: RagAnswer | None) -> ChartMark:
    if answer is None:
        return ChartMark(label=label)
    common = {"label": label, "value": answer.delivery, "doubts": answer.doubts, "sources": answer.sources}
    if answer.derived is not None:
        letter = _LETTERS[answer.derived] + ("?" if answer.certainty == "undecided" else "")
        return ChartMark(letter=letter, state=answer.derived, **common)
    if answer.printed is not None:
        return ChartMark(letter=f"({_LETTERS[answer.printed]})", state=answer.printed, **common)
    return ChartMark(**common)


def urgency(answer: RagAnswer | None) -> tuple[int, Decimal]:
    """The worst colour first, of one colour the most adverse."""
    colour = (answer.derived or answer.printed) if answer is not None else None
    order = {"red": 0, "amber": 1, "green": 2}
    return order.get(colour or "", 3), (answer.variance if answer is not None else None) or ZERO


SIGNALLED = {"improvement": "I", "concern": "C", "no_judgement": "N"}


def control(chart: ControlChart) -> list[ChartSeries]:
    """The points of an XmR chart, and its levels where there are points enough."""
    marks = tuple(
        ChartMark(
            label=point.period,
            value=point.value,
            letter=SIGNALLED.get(point.judgement or ""),
            state=point.judgement or "common_cause",
            doubts=tuple(doubt.value for doubt in point.doubts),
        )
        for point in chart.points
    )
    levels = (
        ("Mean", chart.mean),
        ("Upper limit", chart.upper),
        ("Lower limit", chart.lower),
        ("Target", chart.target),
    )
    return [
        ChartSeries(name=chart.name, role="actual", marks=marks),
        *(
            ChartSeries(
                name=name, role="level", marks=(ChartMark(label=name, value=value, is_derived=name != "Target"),)
            )
            for name, value in levels
            if value is not None
        ),
    ]


def newest_meeting(found: Sequence[str | None]) -> date | None:
    """The newest of meeting dates, ISO; None where none is printed."""
    known = max((text for text in found if text), default=None)
    return date.fromisoformat(known) if known else None


def _doubts(figure: Figure) -> tuple[str, ...]:
    return tuple(doubt.value for doubt in figure.doubts)
