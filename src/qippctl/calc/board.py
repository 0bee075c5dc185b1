"""What of a programme belongs in a board's paper, and in which order. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from qippctl.models.answers import Programme, Subject
from qippctl.models.board import BoardWay, WayName
from qippctl.models.figure import Basis, Colour
from qippctl.models.forecasts import ForecastAnswer
from qippctl.models.movements import MovementAnswer
from qippctl.models.records import Position
from qippctl.models.registers import MilestoneAnswer, RiskAnswer
from qippctl.money import exactly
from qippctl.period import MONTHS_OF_YEAR, Period

FEWEST_WORKSTREAMS = 2
CASES: tuple[Literal["best", "middle", "worse"], ...] = ("best", "middle", "worse")
_WORST_FIRST = {"worsening": 0, "gone": 1, "new": 2, "improving": 3}


def basis_of(subjects: Iterable[Subject]) -> Basis:
    """To date, where a plan to date is reported; else the year."""
    return "ytd" if any(s.variance is not None and s.variance.plan is not None for s in subjects) else "year"


def day_of(period: str, meeting: str | None) -> date:
    """The day as of which a paper speaks: its meeting's, else the last of its period."""
    if meeting is not None:
        return date.fromisoformat(meeting)
    at = Period.parse(period)
    month = at.month or MONTHS_OF_YEAR
    calendar_month, year = (month + 3 - 1) % 12 + 1, at.start + (month > MONTHS_OF_YEAR - 3)
    return date(year, calendar_month, monthrange(year, calendar_month)[1])


def total_of(programme: Programme) -> Subject | None:
    """The programme's printed total: the one that answers count, else the one with the largest plan."""
    totals = [s for s in programme.subjects if s.identity is not None and s.identity.role == "total"]
    counted = programme.total
    exact = next((s for s in totals if counted is not None and s.variance is counted), None)
    return exact or max(totals, key=_plan, default=None)


def _plan(subject: Subject) -> Decimal:
    known = [a.plan for a in (subject.year, subject.variance) if a is not None and a.plan is not None]
    return known[0] if known else Decimal(0)


def lines_of(programme: Programme) -> list[Subject]:
    """What a board reads line by line: the workstreams, where the papers sum them up, else the schemes; and adjustments.

    Of two sums of one workstream the one that the paper calls a workstream counts, else the one of more plan.
    """
    known = [(s, s.identity) for s in programme.subjects]
    best: dict[str, Subject] = {}
    for subject, who in known:
        if who is None or who.role not in ("workstream", "subtotal") or not who.workstream:
            continue
        name = " ".join(who.workstream.casefold().split())
        if name not in best or _rank(subject) > _rank(best[name]):
            best[name] = subject
    adjustments = [s for s, who in known if who is not None and who.role in ("adjustment", "unidentified")]
    if len(best) >= FEWEST_WORKSTREAMS:
        kept = {id(s) for s in best.values()}
        return [s for s in programme.subjects if id(s) in kept] + adjustments
    return programme.judged + adjustments


def _rank(subject: Subject) -> tuple[bool, Decimal]:
    who = subject.identity
    return (who is not None and who.role == "workstream", _plan(subject))


def schemes_of(programme: Programme) -> list[Subject]:
    """Every scheme, and each workstream of which no scheme is reported, in the order of print."""
    judged = {id(s) for s in programme.judged}
    return [s for s in programme.subjects if id(s) in judged]


def colours_of(programme: Programme) -> tuple[dict[Colour, int], int]:
    """How many of what is judged the rule gives each colour, worst first; and how many none."""
    found = Counter(s.rag.derived if s.rag is not None else None for s in programme.judged)
    order: tuple[Colour, ...] = ("red", "amber", "green", "blue", "not_due", "not_applicable")
    return {colour: found[colour] for colour in order if found[colour]}, found[None]


def exceptions_of(programme: Programme) -> list[Subject]:
    """The red and amber of what is judged, the largest shortfall first."""
    found = [s for s in programme.judged if s.rag is not None and s.rag.derived in ("red", "amber")]
    return sorted(found, key=lambda s: (s.rag is None or s.rag.variance is None, (s.rag and s.rag.variance) or 0))


def year_exceptions_of(programme: Programme) -> list[Subject]:
    """What is neither red nor amber to date and yet short by the forecast of the year, the largest shortfall first."""
    if programme.basis == "year":
        return []
    told = {id(s) for s in exceptions_of(programme)}
    short = [
        (s.year.variance, k, s)
        for k, s in enumerate(programme.judged)
        if id(s) not in told and s.year is not None and s.year.variance is not None and s.year.variance < 0
    ]
    return [s for _, _, s in sorted(short, key=lambda item: item[:2])]


def milestone_colours(programme: Programme) -> dict[Colour, int]:
    """How many schemes have each colour for their milestones: the rule's, else the one that the paper prints."""
    rated = [s.rated("milestones") for s in programme.judged_in("milestones")]
    found = Counter(answer.derived or answer.printed for answer in rated if answer is not None)
    order: tuple[Colour, ...] = ("red", "amber", "green", "blue", "not_due")
    return {colour: found[colour] for colour in order if found[colour]}


def ways(total: ForecastAnswer | None) -> list[BoardWay]:
    """Every forecast of the year that there is: printed, at the run rate, in the plan's shape, and in cases.

    Upper and realistic are cases of a plan, so they are none of it.
    """
    if total is None:
        return []
    known: list[tuple[WayName, Decimal | None]] = [
        ("printed", total.forecast),
        ("run_rate", total.forecast_run_rate),
        ("plan_shaped", total.forecast_plan_shaped),
        *((case, total.cases.printed.get(case)) for case in CASES),
    ]
    with exactly():
        return [
            BoardWay(way=name, forecast=value, against_plan=None if total.plan is None else value - total.plan)
            for name, value in known
            if value is not None
        ]


def moved(answers: Sequence[MovementAnswer]) -> list[MovementAnswer]:
    """Schemes whose colour changed and those that went or came: worse first, then by the change of their variance."""
    told = [
        a for a in answers if a.role in ("scheme", "adjustment", "unidentified") and a.arrow not in (None, "maintained")
    ]
    return sorted(told, key=lambda a: (_WORST_FIRST.get(a.arrow or "", 4), change(a) or 0))


def change(a: MovementAnswer) -> Decimal | None:
    """By how much the variance to date changed; None where an end is not known."""
    if a.variance_from is None or a.variance_to is None:
        return None
    with exactly():
        return a.variance_to - a.variance_from


def bridge_of(answers: Sequence[MovementAnswer]) -> MovementAnswer | None:
    """The programme's total, where its change of variance is told apart; of several the largest."""
    known = [a for a in answers if a.role == "total" and (a.delivery is not None or a.untold is not None)]
    return max(known, key=lambda a: a.plan_to or 0, default=None)


def late(found: Iterable[MilestoneAnswer]) -> list[MilestoneAnswer]:
    """Those that are overdue or missed, the latest first."""
    return sorted((m for m in found if m.is_late), key=lambda m: -(m.days_late or m.days_late_least or 0))


def due_next(found: Iterable[MilestoneAnswer]) -> list[MilestoneAnswer]:
    """Those that are due or not yet due, the next first."""
    return sorted((m for m in found if m.state in ("due", "not_due") and m.due), key=lambda m: m.due or "")


def open_risks(found: Sequence[RiskAnswer]) -> list[RiskAnswer]:
    """Those that are neither closed nor gone, the highest score first."""
    own = [r for r in found if not r.closed and r.movement not in ("closed", "gone")]
    return sorted(own, key=lambda r: -(r.score_value or 0))


def says_something(record: Position) -> bool:
    """Whether a programme's dashboard says more than a direction."""
    return bool((record.exception or "").strip() or (record.action or "").strip())
