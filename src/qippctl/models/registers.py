"""What lists of milestones and registers of risks come to at a date, and from one paper to the next."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from qippctl.models.base import Model
from qippctl.models.figure import Colour
from qippctl.models.records import IsoDate, Milestone, Risk
from qippctl.models.returns import Owners

State = Literal["overdue_no_status", "overdue", "due", "not_due", "undated", "done_late", "done"]
STATES: tuple[State, ...] = get_args(State)
LATE: tuple[State, ...] = ("overdue_no_status", "overdue")
Movement = Literal["up", "down", "same", "new", "gone", "closed"]


class Statement(Model):
    """What one paper says of a milestone or risk."""

    paper: str
    paper_number: int
    page: int
    meeting_date: IsoDate = None
    said: Annotated[str | None, Field(description="Its completion, or its score, as printed there.")] = None


class MilestoneAnswer(Milestone):
    """A milestone as its newest paper has it, and how it stands at a date."""

    period: Annotated[str | None, Field(description="The period of that paper.")] = None
    at: Annotated[str, Field(description="ISO date for which all this is said.")]
    due: Annotated[
        str | None, Field(description="ISO date: the completion printed in full, else the last day of the month named.")
    ] = None
    is_derived: Annotated[bool, Field(description="`due` is worked out: no full date is printed.")] = False
    state: Annotated[
        State,
        Field(
            description="overdue: the paper says that it was missed; overdue_no_status: its date has passed and no paper says "
            "what became of it; due: that day, or in that month where only a month is printed; done_late: achieved after the "
            "date that an earlier paper printed."
        ),
    ]
    days_late: Annotated[
        int | None, Field(description="Null where nobody can know: see `days_late_least`, `days_late_most`.")
    ] = None
    days_late_least: int | None = None
    days_late_most: Annotated[int | None, Field(description="Null: without end, or not known.")] = None
    slipped_from: Annotated[
        str | None, Field(description="ISO date: due according to the earliest paper, where that was another date.")
    ] = None
    slipped_days: Annotated[
        int | None, Field(description="From then to `due`; below nought: brought forward. Null: nothing to compare.")
    ] = None
    slips: Annotated[int, Field(description="How often a paper put it off.")] = 0
    rag: Annotated[
        Colour | None, Field(description="The rule's colour of this milestone alone; null: it has none.")
    ] = None
    possible: Annotated[tuple[Colour, ...], Field(description="Every colour that it may have by what is known.")] = ()
    scheme_rag: Annotated[Colour | None, Field(description="The rule's colour of all its scheme's milestones.")] = None
    scheme_note: Annotated[str | None, Field(description="What they were judged by, or that the rule has a gap.")] = (
        None
    )
    policy: str
    note: Annotated[
        str | None, Field(description="What it was judged by, why it has no colour, what is not known.")
    ] = None
    owners: Owners = {}
    owner: Annotated[str | None, Field(description="Their names; null where the papers name nobody.")] = None
    sources: Annotated[tuple[Statement, ...], Field(description="Every paper that lists it, the newest first.")] = ()

    @property
    def is_late(self) -> bool:
        """Whether it is overdue, with a status or without."""
        return self.state in LATE


class RiskAnswer(Risk):
    """A risk as its newest paper has it, held against its own numbers, the register and the programme's position."""

    period: Annotated[str | None, Field(description="The period of that paper.")] = None
    score_value: Annotated[int | None, Field(description="The printed score as a number; null where it is none.")] = (
        None
    )
    expected: Annotated[int | None, Field(description="Impact times likelihood, where both are printed.")] = None
    agrees: Annotated[
        bool | None, Field(description="Whether the score is that product; null where one of them is missing.")
    ] = None
    band: Annotated[
        Colour | None, Field(description="Null: no policy says how scores are coloured, and none is invented.")
    ] = None
    movement: Annotated[
        Movement | None, Field(description="Against the register before; null where there is none, or no scores.")
    ] = None
    score_before: int | None = None
    gap: Annotated[str | None, Field(description="Numbers that the register leaves out just before this one.")] = None
    notes: Annotated[tuple[str, ...], Field(description="What does not fit, in words.")] = ()
    sources: Annotated[tuple[Statement, ...], Field(description="Every paper that lists it, the newest first.")] = ()
