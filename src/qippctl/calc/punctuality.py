"""How milestones stand at a date: done, due, overdue; how late; and how far a later paper has put them off.

A milestone is the same in two papers of a body where its scheme is, and its description or, failing that, its number. The
newest paper up to the date says how it stands; the earliest says when it was first due. Nothing is taken for done that no
paper says is done, and no status is made of a date: what is past and has no status is overdue without one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TypeVar

from qippctl.calc.due import Due, dues
from qippctl.calc.milestones import LATENESS, Judgement, by_lateness, by_statuses, goes_by_status
from qippctl.calc.positions import normal_name
from qippctl.models.policy import MilestoneRule, Policy
from qippctl.models.records import Milestone
from qippctl.models.registers import STATES, MilestoneAnswer, State, Statement

Bounds = tuple[int, int | None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listed:
    """One paper's milestones of one scheme, in the order of print. `written`: the day of which the paper speaks."""

    steps: tuple[Milestone, ...]
    scheme: str | None
    paper_number: int
    written: date | None = None
    is_final: bool = True
    meeting: str | None = None
    period: str | None = None
    year: int | None = None
    owners: Mapping[str, str] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[date, bool, int]:
        return (self.written or date.min, self.is_final, self.paper_number)


@dataclass(frozen=True, slots=True)
class _Told:
    """What one paper says of one milestone."""

    milestone: Milestone
    due: Due
    listed: Listed


def answers(found: Iterable[Listed], at: date, policy: Policy) -> list[MilestoneAnswer]:
    """Each milestone of one body once, as its papers up to a date have it; of none before it, as the first has it."""
    by_scheme: dict[str, list[Listed]] = defaultdict(list)
    for listed in sorted(found, key=lambda one: one.rank):
        by_scheme[normal_name(listed.scheme)].append(listed)
    first = min((one.written for own in by_scheme.values() for one in own if one.written), default=None)
    until = at if first is None else max(at, first)
    out: list[MilestoneAnswer] = []
    for own in by_scheme.values():
        known = [one for one in own if one.written is None or one.written <= until]
        out += _scheme(known, at, policy) if known else []
    return out


def _scheme(papers: Sequence[Listed], at: date, policy: Policy) -> list[MilestoneAnswer]:
    """The milestones of one scheme: those of its newest paper in their order, then those that it no longer lists."""
    lines = sorted(_threads(papers), key=lambda line: line[-1].listed.rank, reverse=True)
    stand = [_Standing.of(line, at) for line in lines]
    together = _judged_together(stand, policy.milestones)
    newest = papers[-1]
    out = []
    for one in stand:
        notes = []
        if one.newest.listed is not newest and one.state not in ("done", "done_late"):
            notes.append(f"paper #{newest.paper_number} no longer lists it")
        if (before := _worded(one.line)) is not None:
            notes.append(f"worded differently in paper #{before}")
        if newest.written is not None and newest.written > at:
            notes.append(f"as the paper of {newest.written.isoformat()} says")
        out.append(one.answer(at, policy, together, notes))
    return out


def _threads(papers: Sequence[Listed]) -> list[list[_Told]]:
    """What papers, the oldest first, say of each milestone."""
    lines: list[list[_Told]] = []
    for listed in papers:
        told = [_Told(m, due, listed) for m, due in zip(listed.steps, dues(listed.steps, listed.year), strict=True)]
        waiting = list(range(len(told)))
        free = [line for line in lines if line[-1].listed is not listed]
        for key in (_by_words, _by_number):
            theirs = _unique([(key(line[-1].milestone), line) for line in free])
            mine = _unique([(key(told[k].milestone), k) for k in waiting])
            for name, k in mine.items():
                line = theirs.get(name)
                if line is not None:
                    line.append(told[k])
                    waiting.remove(k)
            free = [line for line in free if line[-1].listed is not listed]
        lines += [[told[k]] for k in waiting]
    return lines


def _worded(line: Sequence[_Told]) -> int | None:
    """The number of the last paper that describes it in other words than the newest."""
    words = _by_words(line[-1].milestone)
    return next((t.listed.paper_number for t in reversed(line) if _by_words(t.milestone) != words), None)


def _by_words(milestone: Milestone) -> str | None:
    return normal_name(milestone.description) or None


def _by_number(milestone: Milestone) -> str | None:
    return normal_name(milestone.number) or None


def _unique(found: Sequence[tuple[str | None, T]]) -> dict[tuple[str, int], T]:
    """By a name and which of those with it: of phases that share their words the second is the second again."""
    seen: dict[str, int] = defaultdict(int)
    out: dict[tuple[str, int], T] = {}
    for name, one in found:
        if name is not None:
            out[(name, seen[name])] = one
            seen[name] += 1
    return out


@dataclass(frozen=True, slots=True)
class _Standing:
    """A milestone at a date. `late`: by how many days, at least and at most; None where nothing is to be judged yet."""

    line: Sequence[_Told]
    state: State
    first: date | None
    slips: int
    late: Bounds | None
    judged: Bounds | None
    note: str | None

    @property
    def newest(self) -> _Told:
        return self.line[-1]

    @property
    def slipped(self) -> int | None:
        """Days from the date of the earliest paper to that of the newest."""
        due = self.newest.due.on
        return (due - self.first).days if due is not None and self.first is not None else None

    @classmethod
    def of(cls, line: Sequence[_Told], at: date) -> _Standing:
        newest, due = line[-1], line[-1].due
        first, slips = _slippage(line)
        by = max((due.on - first).days, 0) if due.on is not None and first is not None else 0
        status = newest.milestone.status
        state, late, judged, note = _state(newest, at)
        if status == "achieved":
            late = judged = _done_late(line, first, by)
            state = "done_late" if late[0] > 0 else "done"
            if by and state == "done":
                note = f"in time for the date that was put off by {by} days"
        elif state == "overdue_no_status" and late is not None:
            judged = (late[0] + by, late[0] + by)
        elif status is None and by:
            judged = (by, by)
            note = _and(f"put off by {by} days", note)
        return cls(line, state, first, slips, late, judged, note)

    def answer(self, at: date, policy: Policy, together: Judgement | None, notes: Sequence[str]) -> MilestoneAnswer:
        """The record of it, with the rule's colour of it alone and of all its scheme's."""
        newest, due = self.newest, self.newest.due
        judgement = _judged_alone(self, policy.milestones)
        least, most = self.late if self.late is not None else (None, None)
        not_due = judgement is None and self.state == "not_due"
        states = policy.milestones.other_states if policy.milestones is not None else {}
        owners = dict(newest.listed.owners)
        return MilestoneAnswer(
            **newest.milestone.model_dump() | {"scheme": newest.listed.scheme},
            period=newest.listed.period,
            at=at.isoformat(),
            due=due.on.isoformat() if due.on else None,
            is_derived=due.is_derived and due.on is not None,
            state=self.state,
            days_late=least if least == most else None,
            days_late_least=least,
            days_late_most=most,
            slipped_from=self.first.isoformat() if self.first and self.slipped else None,
            slipped_days=self.slipped,
            slips=self.slips,
            rag=judgement.derived if judgement else "not_due" if not_due and "not_due" in states else None,
            possible=judgement.possible if judgement else (),
            scheme_rag=together.derived if together else None,
            scheme_note=together.note if together else None,
            policy=policy.name,
            note=_and(judgement.note if judgement else _why_none(self, policy), self.note, due.note, *notes),
            owners=owners,
            owner="; ".join(dict.fromkeys(owners.values())) or None,
            sources=tuple(_statement(told) for told in reversed(self.line)),
        )


def _and(*notes: str | None) -> str | None:
    return "; ".join(note for note in notes if note) or None


def _statement(told: _Told) -> Statement:
    m, listed = told.milestone, told.listed
    return Statement(
        paper=m.paper,
        paper_number=listed.paper_number,
        page=m.page,
        meeting_date=listed.meeting,
        said=m.completion,
    )


def _state(told: _Told, at: date) -> tuple[State, Bounds | None, Bounds | None, str | None]:
    """State, days late, days that a rule judges by, and what is not known, by one paper alone."""
    due, status = told.due, told.milestone.status
    if status is not None and status != "achieved":
        least, most = LATENESS[status]
        if most is None and due.on is not None and at > due.on:
            most = max((at - due.on).days, least)
        return "overdue", (least, most), LATENESS[status], None
    if status == "achieved":
        return "done", (0, 0), (0, 0), None
    if due.on is None:
        return "undated", None, None, None
    if at > due.on:
        days = (at - due.on).days
        written = told.listed.written
        silent = written is not None and written <= due.on
        note = f"no paper since {written.isoformat()}" if silent and written else "no status is printed"
        return "overdue_no_status", (days, days), (days, days), note
    this_month = due.is_month and (at.year, at.month) == (due.on.year, due.on.month)
    return ("due" if at == due.on or this_month else "not_due"), (0, 0), None, None


def _done_late(line: Sequence[_Told], first: date | None, by: int) -> Bounds:
    """How late what is achieved was, against its first date: late for certain only where a paper shows it undone after that."""
    least, most = 0, 0
    for told in line[:-1]:
        status = told.milestone.status
        if status is not None and status != "achieved":
            least, upper = LATENESS[status]
            most = upper if upper is not None and by <= upper else None  # type: ignore[assignment]
    if not least and by and first is not None:
        put_off = [t.listed.written for t in line if t.due.on is not None and t.due.on > first and t.listed.written]
        undone = [day for day in put_off[:-1] if day > first]
        least, most = max(((day - first).days for day in undone), default=0), by
    return (least, most) if most is None or most >= least else (least, None)


def _slippage(line: Sequence[_Told]) -> tuple[date | None, int]:
    """The date that the earliest of earlier papers prints, and how often one put it off; drafts of one meeting are one paper."""
    dated: list[_Told] = []
    for told in line:
        if told.due.on is None:
            continue
        if dated and dated[-1].listed.written == told.listed.written:
            dated.pop()
        dated.append(told)
    newest = line[-1]
    if newest.due.on is None or len(dated) < 2:
        return None, 0
    slips = sum(1 for before, after in pairwise(dated) if _is_later(after.due, before.due))
    first = dated[0].due
    return (newest.due.on if _is_same(first, newest.due) else first.on), slips


def _is_same(one: Due, other: Due) -> bool:
    """Whether two dates may be one: a month and a day of it are."""
    if one.on is None or other.on is None or one.on == other.on:
        return True
    same_month = (one.on.year, one.on.month) == (other.on.year, other.on.month)
    return same_month and (one.is_month or other.is_month)


def _is_later(one: Due, other: Due) -> bool:
    return not _is_same(one, other) and one.on is not None and other.on is not None and one.on > other.on


def _judged_alone(one: _Standing, rule: MilestoneRule | None) -> Judgement | None:
    if rule is None:
        return None
    if goes_by_status(rule):
        return by_statuses(rule, [one.newest.milestone.status])
    if one.judged is None:
        return None
    return by_lateness(rule, [one.judged], _said(one.judged))


def _judged_together(found: Sequence[_Standing], rule: MilestoneRule | None) -> Judgement | None:
    """The rule's colour of a scheme's milestones: of all that are judged at all."""
    if rule is None:
        return None
    if goes_by_status(rule):
        return by_statuses(rule, [one.newest.milestone.status for one in found])
    late = [one.judged for one in found if one.judged is not None]
    if not late:
        return None
    behind = [_said(one) for one in late if one[1] != 0]
    said = f"{len(behind)} of {len(late)} late" + (f" ({'; '.join(behind)})" if behind else "")
    return by_lateness(rule, late, said)


def _said(late: Bounds) -> str:
    least, most = late
    if most == 0:
        return "on time"
    if least == most:
        return f"{least} day{'s' if least != 1 else ''} late"
    return f"{least} or more days late" if most is None else f"{least} to {most} days late"


def _why_none(one: _Standing, policy: Policy) -> str | None:
    if policy.milestones is None:
        return f"{policy.name} rates no milestones"
    if goes_by_status(policy.milestones):
        return "the rule goes by a status, and none is printed"
    return "not due yet" if one.state in ("due", "not_due") else None


def counts(found: Sequence[MilestoneAnswer]) -> dict[State, int]:
    """How many stand how; exceptions first."""
    there = {state: sum(1 for one in found if one.state == state) for state in STATES}
    return {state: count for state, count in there.items() if count}
