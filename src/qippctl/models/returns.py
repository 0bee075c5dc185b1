"""What a month's close waits for: schemes without a report, drafts, data that stop early, escalations without an outcome."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from qippctl.models.base import Model
from qippctl.models.records import IsoDate

Problem = Literal["not reported", "blank", "no actual", "draft", "data stops"]
PROBLEMS: tuple[Problem, ...] = get_args(Problem)

Owners = Annotated[
    dict[str, str], Field(description="Role to name, as the papers print them; empty where they name nobody.")
]


class Return(Model):
    """Something that is missing from an organisation's papers for a period, and who can be asked for it."""

    type: Literal["return"] = "return"
    organisation: str | None
    period: Annotated[str, Field(description="The period that it is missing for.")]
    workstream: str | None = None
    scheme: Annotated[str | None, Field(description="Null where a whole paper or its data are meant.")] = None
    code: Annotated[str | None, Field(description="The scheme's code as printed.")] = None
    problem: Annotated[
        Problem,
        Field(
            description="not reported: of an earlier month, in no paper of this period; blank: its row prints nothing; "
            "no actual: a plan to date and no actual, which is not an actual of nought; draft: the paper is one; "
            "data stops: data end before the period."
        ),
    ]
    detail: Annotated[str, Field(description="The same in words.")]
    owners: Owners = {}
    paper: Annotated[str | None, Field(description="Where it shows; of what is not reported, where it last was.")] = (
        None
    )
    paper_number: int | None = None
    page: int | None = None
    last_reported: Annotated[str | None, Field(description="The last earlier month of the year that reports it.")] = (
        None
    )
    doubts: Annotated[tuple[str, ...], Field(description="Why the row or figure that says so may be misread.")] = ()


class Escalation(Model):
    """A sentence that says what is to be taken further, and when, if it is not settled before."""

    type: Literal["escalation"] = "escalation"
    id: Annotated[str, Field(description="What `escalations resolve` takes; the same in every paper that repeats it.")]
    organisation: str | None
    workstream: str | None = None
    scheme: str | None = None
    code: Annotated[str | None, Field(description="The scheme's code, or the risk's number, as printed.")] = None
    text: Annotated[str, Field(description="The sentence as printed.")]
    due: IsoDate = None
    overdue: Annotated[bool, Field(description="Whether the date has passed; an outcome does not change that.")]
    to: Annotated[str | None, Field(description="To whom it is to be taken, as printed.")] = None
    outcome: Annotated[str | None, Field(description="What became of it, as recorded; null = nothing is recorded.")] = (
        None
    )
    decision: Annotated[int | None, Field(description="Number of the record of it, which `reopen` takes.")] = None
    owners: Owners = {}
    paper: Annotated[str, Field(description="The newest paper that says it.")]
    paper_number: int
    page: int
    papers: Annotated[tuple[int, ...], Field(description="Numbers of all papers that say it, oldest first.")] = ()

    @property
    def is_open(self) -> bool:
        """Whether its date has passed and nobody has said what became of it."""
        return self.overdue and self.outcome is None
