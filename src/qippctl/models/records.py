"""What papers say beside figures and ratings: milestones, statuses, risks, indicators and the like, each with its place."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.figure import Basis, Case, Doubt, Measure
from qippctl.models.policy import MilestoneRule, MoneyRule

MilestoneStatus = Literal["achieved", "missed_under_2_weeks", "missed_over_2_weeks"]
Direction = Literal["improving", "maintained", "worsening"]
Level = Literal["national", "local"]
Course = Literal["favourable", "adverse"]
Aside = Literal["part", "condition", "revised", "earlier", "other", "rule", "unclear"]
Change = Literal["more", "less", "better", "worse"]
Part = Literal["measure", "basis", "period", "of"]

Printed = Annotated[str | None, Field(description="As printed; null where nothing is.")]
IsoDate = Annotated[str | None, Field(description="ISO date; null where no full date is printed.")]


class Record(Model):
    """Where a record stands. Texts are as printed, on one line, without remnants of markup."""

    type: str
    paper: str
    sha256: str
    page: Annotated[int, Field(ge=1)]
    table: Annotated[str | None, Field(description="Page and table on it, as p3t1; null outside tables.")] = None
    row: Annotated[int | None, Field(description="The row in which it begins.")] = None
    organisation: str | None = None
    doubts: tuple[Doubt, ...] = ()


class Milestone(Record):
    """A step of a scheme's implementation, with its dates."""

    type: Literal["milestone"] = "milestone"
    scheme: str | None = None
    number: Printed = None
    description: str
    start: Printed = None
    completion: Printed = None
    start_date: IsoDate = None
    completion_date: IsoDate = None
    status: MilestoneStatus | None = None
    savings: Printed = None
    beds: Printed = None


class Status(Record):
    """What a paper says of a scheme beside its figures."""

    type: Literal["status"] = "status"
    code: Annotated[str | None, Field(description="The scheme's code as printed: PC1b (i).")] = None
    scheme: str | None = None
    workstream: str | None = None
    issue: Printed = None
    mitigation: Printed = None
    references: Annotated[tuple[str, ...], Field(description="Other trackers' references: TA: 91.")] = ()
    owners: Annotated[dict[str, str], Field(description="Role to name, as printed.")] = {}
    ratings: Annotated[dict[str, str], Field(description="Dimension to the colour as printed.")] = {}
    targets: Annotated[dict[str, str], Field(description="measure.basis and year to the text as printed.")] = {}
    recurrence: Printed = None
    gross_net: Printed = None
    benefit: Annotated[str | None, Field(description="Cash releasing, cost avoidance, income, productivity.")] = None
    maturity: Printed = None
    budget_removed: Printed = None
    account_code: Printed = None


class Project(Record):
    """A project as a plan or template introduces it: its area, what it proposes, who leads it."""

    type: Literal["project"] = "project"
    scheme: str
    group: Annotated[str | None, Field(description="The area that it stands under.")] = None
    lead: Printed = None
    summary: Printed = None


class Risk(Record):
    """A line of a risk register."""

    type: Literal["risk"] = "risk"
    number: Printed = None
    description: str
    actions: Printed = None
    score: Printed = None
    impact: Printed = None
    likelihood: Printed = None
    change: Printed = None
    closed: bool = False


class Scenario(Record):
    """What may come of a plan's assumptions: a loss or a benefit in money, and how likely in words."""

    type: Literal["scenario"] = "scenario"
    description: str
    risk: Printed = None
    benefit: Printed = None
    likelihood: Annotated[str | None, Field(description="The word as printed: low, medium, high.")] = None


class Indicator(Record):
    """A performance indicator, its texts as printed; several lines of a cell are joined by line breaks."""

    type: Literal["indicator"] = "indicator"
    workstream: str | None = None
    level: Level | None = None
    name: str
    baseline: Printed = None
    baseline_period: Printed = None
    target: Printed = None
    actual: Printed = None
    actual_period: Printed = None
    rank: Printed = None
    frequency: Printed = None
    comment: Printed = None


class Position(Record):
    """How a programme stands and what is done about it, from a dashboard."""

    type: Literal["position"] = "position"
    workstream: str
    position: Direction | None = None
    exception: Printed = None
    action: Printed = None
    owners: Annotated[dict[str, str], Field(description="Role to name, as printed.")] = {}


class Alignment(Record):
    """A tick: a project serves a standard. A tick that no heading can be given to has no standard."""

    type: Literal["alignment"] = "alignment"
    column: int
    project: str
    group: str | None = None
    standard: str | None = None
    standard_set: str | None = None


class Intervention(Record):
    """Something that money was asked for, funded or not."""

    type: Literal["intervention"] = "intervention"
    name: str
    group: str | None = None
    priority: Annotated[str | None, Field(description="As printed: 50%, 276.4, 30-35%.")] = None
    funded: Annotated[bool | None, Field(description="False: it stands in a list of what is left out.")] = None
    summary: Printed = None
    delivers_on: Printed = None
    investment: Printed = None


class StatedPolicy(Record):
    """A RAG rule that the paper states, in the form of a policy file."""

    type: Literal["policy"] = "policy"
    name: str
    title: str
    source: str
    reading: str | None = None
    money: MoneyRule | None = None
    milestones: MilestoneRule | None = None
    wording: Annotated[
        dict[str, dict[str, str]], Field(description="Dimension, then colour, to the rule's own words.")
    ] = {}


class Term(Record):
    """An abbreviation and what it stands for."""

    type: Literal["term"] = "term"
    term: str
    meaning: str


class Entry(Record):
    """A row of a table of words that is none of the other records: an estates plan, a list of outcomes."""

    type: Literal["entry"] = "entry"
    group: str | None = None
    label: str
    texts: Annotated[dict[str, str], Field(description="Heading to text.")] = {}


class Said(Model):
    """A number in a sentence, and what the sentence says of it; null where it does not say."""

    raw: str
    value: PlainDecimal
    unit: Annotated[str, Field(description="GBP, percent or count.")]
    step: PlainDecimal
    measure: Annotated[Measure | None, Field(description="What its words call it.")] = None
    basis: Basis | None = None
    case: Case | None = None
    period: Annotated[str | None, Field(description="The month or year that it is of.")] = None
    direction: Annotated[
        Course | None, Field(description="Of a variance: whether the words call it good or bad for the savings.")
    ] = None
    of: Annotated[str | None, Field(description="Whose it is, as worded; null = the programme as a whole.")] = None
    noun: Annotated[str | None, Field(description="What a count counts.")] = None
    hedge: Annotated[str, Field(description="about, below or above, where it is no plain number.")] = ""
    aside: Annotated[
        Aside | None,
        Field(
            description="Why no figure need equal it: part of one, a condition, revised, of an earlier time, "
            "of something that no table names, a rule, or words that leave it open."
        ),
    ] = None
    change: Annotated[Change | None, Field(description="What its words call it beside `than`.")] = None
    than: Annotated[PlainDecimal | None, Field(description="The number of the sentence that it is set beside.")] = None
    assumed: Annotated[
        tuple[Part, ...], Field(description="What was taken from its surroundings or is usual: measure, basis, ...")
    ] = ()
    tied_to: Annotated[
        tuple[str, ...],
        Field(description="Ids of the figures that it speaks of, whether it agrees or not; a share has its two terms."),
    ] = ()


class Claim(Record):
    """A sentence with numbers, of prose or of a cell of words. They are never figures."""

    type: Literal["claim"] = "claim"
    text: str
    scheme: Annotated[str | None, Field(description="The scheme that it stands under or beside.")] = None
    workstream: Annotated[str | None, Field(description="The workstream in whose row it stands.")] = None
    paragraph: Annotated[str | None, Field(description="The number of its paragraph.")] = None
    part: Annotated[
        str | None, Field(description="The field of a record whose text it is; cell: a cell of another table.")
    ] = None
    beside: Annotated[str | None, Field(description="Of a cell: the words before it in its row.")] = None
    figures: tuple[Said, ...] = ()
    tied_to: Annotated[tuple[str, ...], Field(description="Ids of the figures that it speaks of.")] = ()

    @property
    def is_untied(self) -> bool:
        """Whether nothing could be found to hold it against, though it states something."""
        return not self.tied_to and any(said.aside != "rule" for said in self.figures)


class Coverage(Record):
    """A sentence that says to which month data go, of all schemes or of some."""

    type: Literal["coverage"] = "coverage"
    of: Annotated[str | None, Field(description="Whose data, as printed; null = the paper's.")] = None
    data_to: Annotated[str | None, Field(description="The last month that they cover; null where no year is known.")]
    text: str


AnyRecord = Annotated[
    Milestone
    | Status
    | Project
    | Risk
    | Scenario
    | Indicator
    | Position
    | Alignment
    | Intervention
    | StatedPolicy
    | Term
    | Entry
    | Claim
    | Coverage,
    Field(discriminator="type"),
]
RECORD_TYPES: dict[str, type[Record]] = {
    kind.model_fields["type"].default: kind for kind in get_args(get_args(AnyRecord)[0])
}
