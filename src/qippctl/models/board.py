"""The month's paper for a board, as an answer: every section is records that other answers have, chosen and put in order."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.answers import RagAnswer, VarianceAnswer
from qippctl.models.base import Model, PlainDecimal
from qippctl.models.figure import Basis, Colour, Figure, Role
from qippctl.models.finding import Finding, Verdict
from qippctl.models.forecasts import ForecastAnswer, WeightedScenario
from qippctl.models.highlights import Place
from qippctl.models.metrics import IndicatorAnswer, IndicatorShare
from qippctl.models.movements import MovementAnswer
from qippctl.models.records import Direction, IsoDate, Printed
from qippctl.models.registers import MilestoneAnswer, RiskAnswer, State
from qippctl.models.returns import Escalation, Return

WayName = Literal["printed", "run_rate", "plan_shaped", "best", "middle", "worse"]


class BoardCover(Model):
    """What stands on the front of the paper."""

    organisation: str | None
    committee: Annotated[str | None, Field(description="Of the papers of the period; null where they name none.")] = (
        None
    )
    meeting_date: Annotated[
        str | None, Field(description="ISO date of the meeting for which the newest paper of the period is.")
    ] = None
    period: Annotated[str, Field(description="As 2014/15-M11.")]
    data_to: Annotated[
        str | None, Field(description="The last month that the data cover, where the papers say that it differs.")
    ] = None
    draft: Annotated[bool, Field(description="A paper that reports the period is a draft, so this is one.")] = False
    at: Annotated[str, Field(description="ISO date as of which milestones and escalations are judged.")]
    basis: Annotated[Basis, Field(description="ytd; year where nothing to date is reported.")] = "ytd"
    policy: Annotated[str | None, Field(description="Name of the rule that gave the colours.")] = None
    policy_stated: Annotated[bool, Field(description="Whether a paper of the period states that rule.")] = False
    policy_words: Annotated[tuple[str, ...], Field(description="What the rule says, in words.")] = ()


class BoardLine(Model):
    """A row of the programme table: a workstream, a scheme, an adjustment or the total."""

    name: str
    workstream: str | None = None
    role: Role
    to_date: VarianceAnswer | None = None
    year: VarianceAnswer | None = None
    finance: RagAnswer | None = None
    milestones: RagAnswer | None = None
    is_forecast_below_delivered: bool = False

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why a figure of the row may be misread or misprinted; a lost group heading does it no harm."""
        known = (*(self.to_date.doubts if self.to_date else ()), *(self.year.doubts if self.year else ()))
        return tuple(doubt for doubt in dict.fromkeys(known) if doubt != "workstream-unknown")

    @property
    def corrected(self) -> tuple[int, ...]:
        """Numbers of the corrections of the figures that are shown."""
        known = (*(self.to_date.corrected if self.to_date else ()), *(self.year.corrected if self.year else ()))
        return tuple(dict.fromkeys(known))


class BoardIssue(Model):
    """What a paper says of a scheme in words."""

    issue: Printed = None
    mitigation: Printed = None
    where: Place


class BoardException(BoardLine):
    """A red or amber scheme, and what the papers say of it."""

    issues: Annotated[tuple[BoardIssue, ...], Field(description="The newest paper first; empty: nothing is said.")] = ()


class BoardDashboard(Model):
    """What a programme's dashboard says."""

    workstream: str
    position: Direction | None = None
    exception: Printed = None
    action: Printed = None
    where: Place


class BoardMovement(Model):
    """What changed since the month before."""

    from_period: str
    to_period: str
    total: Annotated[MovementAnswer | None, Field(description="Null: no total is known at both ends of one year.")]
    moved: Annotated[
        tuple[MovementAnswer, ...],
        Field(description="What got worse, then went, came and got better; the worst change first."),
    ] = ()
    restated: Annotated[int, Field(description="Figures of the earlier papers that are printed differently now.")] = 0
    waiting: Annotated[int, Field(description="Restated plans without a board's decision.")] = 0
    policy: str


class BoardWay(Model):
    """One way to reckon where the year ends."""

    way: WayName
    forecast: PlainDecimal
    against_plan: Annotated[PlainDecimal | None, Field(description="Less the year's plan; null: no plan is printed.")]


class BoardForecast(Model):
    """Where the year is going."""

    total: ForecastAnswer | None
    ways: tuple[BoardWay, ...] = ()
    scenarios: tuple[WeightedScenario, ...] = ()


class BoardMilestones(Model):
    """How milestones stand at the date of the paper."""

    counts: dict[State, int] = {}
    late: Annotated[tuple[MilestoneAnswer, ...], Field(description="The latest first.")] = ()
    next: Annotated[tuple[MilestoneAnswer, ...], Field(description="Due and not yet due, the next first.")] = ()
    rated: Annotated[
        dict[Colour, int],
        Field(description="Schemes by the colour of their milestones: the rule's, else the printed one."),
    ] = {}
    policy: str | None = None


class BoardRisks(Model):
    """The open risks of the newest register."""

    listed: Annotated[tuple[RiskAnswer, ...], Field(description="The highest score first.")] = ()
    closed: int = 0


class BoardIndicators(Model):
    """Indicators off target."""

    share: IndicatorShare
    off: tuple[IndicatorAnswer, ...] = ()


class BoardFindings(Model):
    """What an audit of the papers of the period found."""

    verdict: Verdict
    listed: Annotated[
        tuple[Finding, ...], Field(description="Decision errors, then errors, that nobody accepted.")
    ] = ()


class BoardSource(Model):
    """A paper that the figures and words come from."""

    number: Annotated[int, Field(description="Its short number in the ledger: #3.")]
    paper: str
    title: str | None = None
    meeting_date: IsoDate = None
    status: Literal["draft", "final"] | None = None
    period: str | None = None
    pages: Annotated[tuple[int, ...], Field(description="Pages that print what is used.")] = ()


class BoardPaper(Model):
    """The month's paper for a board. Sections without data are empty; nothing is made up for them."""

    type: Literal["board-paper"] = "board-paper"
    cover: BoardCover
    total: Annotated[BoardLine | None, Field(description="The programme's printed total; null: none is printed.")]
    programme: Annotated[tuple[BoardLine, ...], Field(description="Workstreams, else schemes, and adjustments.")] = ()
    schemes: Annotated[tuple[BoardLine, ...], Field(description="Every scheme, in the order of print.")] = ()
    colours: Annotated[
        dict[Colour, int], Field(description="How many schemes (else workstreams) the rule gives each colour.")
    ] = {}
    uncoloured: Annotated[int, Field(description="How many it gives none, for want of a plan.")] = 0
    exceptions: Annotated[
        tuple[BoardException, ...], Field(description="Red and amber, the largest shortfall first.")
    ] = ()
    year_exceptions: Annotated[
        tuple[BoardException, ...],
        Field(description="Neither red nor amber to date, but short by the forecast; the largest shortfall first."),
    ] = ()
    dashboards: tuple[BoardDashboard, ...] = ()
    movement: BoardMovement | None = None
    forecast: BoardForecast
    milestones: BoardMilestones | None = None
    risks: BoardRisks | None = None
    indicators: BoardIndicators | None = None
    findings: BoardFindings
    figures: Annotated[int, Field(description="Figures of savings that the papers of the period print.")] = 0
    doubted: Annotated[tuple[Figure, ...], Field(description="Those in doubt, the most money first.")] = ()
    returns: Annotated[tuple[Return, ...], Field(description="What is missing from the papers.")] = ()
    escalations: Annotated[tuple[Escalation, ...], Field(description="Overdue, without an outcome on record.")] = ()
    sources: tuple[BoardSource, ...] = ()
