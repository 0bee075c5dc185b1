"""The fields that a house's own Word template may use: texts, or lists of rows of texts, as the board's paper shows them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from qippctl.models.base import Model


def _said(description: str, example: str) -> Any:
    return Field(description=description, examples=[example])


class FieldAnswer(Model):
    """A field that a template may use."""

    type: Literal["report-field"] = "report-field"
    name: Annotated[str, Field(description="As a template names it; programme[].plan is plan of a row of programme.")]
    description: str
    example: Annotated[str, Field(description="As the paper that was asked for has it; without one, invented.")]
    in_list: Annotated[bool, Field(description="Whether it is of a row: {%tr for row in programme %} first.")] = False


class HousePosition(Model):
    """A workstream, a scheme or the total; money in £000."""

    name: Annotated[str, _said("The workstream, the scheme, or Total.", "Prescribing")] = ""
    workstream: Annotated[str, _said("The workstream that it is of.", "Primary care")] = ""
    plan: Annotated[str, _said("Plan to date.", "1,440.0")] = ""
    actual: Annotated[str, _said("Delivered to date.", "642.9")] = ""
    variance: Annotated[str, _said("Actual less plan; a shortfall is below nought.", "-797.1")] = ""
    delivery: Annotated[str, _said("Actual in percent of the plan to date.", "45")] = ""
    rag: Annotated[str, _said("Letter and word of its colour.", "R Red")] = ""
    rag_colour: Annotated[str, _said("That colour as six digits: {% cellbg row.rag_colour %}.", "d5281b")] = ""
    year_plan: Annotated[str, _said("Plan of the year.", "1,640")] = ""
    forecast: Annotated[str, _said("Forecast of the year.", "643")] = ""
    year_variance: Annotated[str, _said("Forecast less plan of the year.", "-997")] = ""
    note: Annotated[str, _said("~ in doubt, c corrected, ! forecast below what is delivered.", "~")] = ""
    issue: Annotated[str, _said("Of an exception: the issue, as the papers say it.", "Prices rose")] = ""
    mitigation: Annotated[
        str, _said("Of an exception: the mitigation, as the papers say it.", "Switching to generics")
    ] = ""


class HouseAmount(Model):
    """An amount and what it is."""

    name: Annotated[str, _said("What it is.", "At the rate achieved so far")] = ""
    amount: Annotated[str, _said("£000.", "6,987.8")] = ""
    against_plan: Annotated[str, _said("Of a forecast: less the year's plan, £000.", "-2,223.2")] = ""


class HouseMilestone(Model):
    """A milestone."""

    scheme: Annotated[str, _said("Its scheme.", "Prescribing")] = ""
    description: Annotated[str, _said("What is to be done.", "Contract signed")] = ""
    due: Annotated[str, _said("When.", "31 May 2015")] = ""
    days_late: Annotated[str, _said("Days late; empty where it is not.", "12")] = ""


class HouseRisk(Model):
    """A risk."""

    number: Annotated[str, _said("Its number in the register.", "5")] = ""
    description: Annotated[str, _said("The risk.", "Staff are not replaced")] = ""
    score: Annotated[str, _said("As printed.", "15")] = ""
    change: Annotated[str, _said("Since the register before: up, down, same, new.", "up")] = ""
    actions: Annotated[str, _said("As printed.", "Recruitment began")] = ""


class HouseIndicator(Model):
    """An indicator off target."""

    name: Annotated[str, _said("The indicator.", "Seen within four hours")] = ""
    target: Annotated[str, _said("As printed.", "95%")] = ""
    actual: Annotated[str, _said("As printed.", "91%")] = ""
    rag: Annotated[str, _said("Letter and word of its colour.", "R Red")] = ""


class HouseFinding(Model):
    """A finding of the audit."""

    code: Annotated[str, _said("The rule.", "QT101")] = ""
    message: Annotated[str, _said("What was found.", "Row 3: the variance printed is not its actual less its plan")] = (
        ""
    )
    severity: Annotated[str, _said("error or warning.", "error")] = ""


class HouseQuestion(Model):
    """An open question."""

    text: Annotated[str, _said("What is open.", "1 of 289 figures of the period is in doubt.")] = ""
    command: Annotated[str, _said("The command that shows it.", "qippctl doubts")] = ""


class HouseSource(Model):
    """A paper that the figures come from."""

    paper: Annotated[str, _said("Its title and file.", "Savings update (savings-m11.pdf)")] = ""
    meeting: Annotated[str, _said("The date of its meeting.", "12 May 2015")] = ""
    status: Annotated[str, _said("draft, final or not said.", "final")] = ""
    pages: Annotated[str, _said("Pages that are used.", "2, 5-7")] = ""


class HouseFields(Model):
    """Everything that a template may use."""

    title: Annotated[str, _said("The paper's title.", "Savings programme report: M11 Feb 2015")] = ""
    organisation: Annotated[str, _said("The body.", "Northmere Clinical Commissioning Group")] = ""
    committee: Annotated[str, _said("The meeting, as the papers name it.", "Governing Body")] = ""
    meeting_date: Annotated[str, _said("When it meets.", "12 May 2015")] = ""
    period: Annotated[str, _said("The month that is reported.", "M11 Feb 2015")] = ""
    data_to: Annotated[str, _said("The last month that the data cover.", "M11 Feb 2015")] = ""
    draft: Annotated[str, _said("DRAFT where a paper of the period is a draft, else empty.", "DRAFT")] = ""
    headline: Annotated[str, _said("The position in one sentence.", "£6,405.5k was delivered by M11 Feb 2015 ...")] = ""
    colours: Annotated[str, _said("How many schemes have each colour.", "Of 15 schemes 5 are red and 8 green.")] = ""
    gap: Annotated[str, _said("Net gap of the year, £000, after unspent investment.", "-567")] = ""
    unmitigated_gap: Annotated[str, _said("Gap of the year before that, £000.", "-2,051")] = ""
    movement: Annotated[str, _said("What changed since last month, in a sentence.", "From M10 Jan 2015 to ...")] = ""
    rate: Annotated[str, _said("The rate achieved and the rate needed.", "£582.3k a month was delivered ...")] = ""
    milestones: Annotated[str, _said("How milestones stand, in a sentence.", "At 12 May 2015, of 8 milestones ...")] = (
        ""
    )
    risks: Annotated[str, _said("How many risks are open.", "4 risks are open; the highest score is 15.")] = ""
    indicators: Annotated[str, _said("How many indicators are on target.", "Of 43 indicators: 7 on target, ...")] = ""
    audit: Annotated[str, _said("What the audit came to.", "Of 271 statements of the papers ...")] = ""
    policy: Annotated[str, _said("Whose rule gave the colours, and what it says.", "Green from 100%, ...")] = ""
    total: Annotated[HousePosition, Field(description="The programme.")] = HousePosition()
    recommendations: Annotated[
        tuple[str, ...],
        Field(description="What the meeting is asked to do.", examples=["note the forecast shortfall"]),
    ] = ()
    programme: Annotated[tuple[HousePosition, ...], Field(description="Workstreams, else schemes.")] = ()
    schemes: Annotated[tuple[HousePosition, ...], Field(description="Every scheme.")] = ()
    exceptions: Annotated[
        tuple[HousePosition, ...], Field(description="Red and amber schemes, the largest shortfall first.")
    ] = ()
    ways: Annotated[tuple[HouseAmount, ...], Field(description="Every forecast of the year.")] = ()
    steps: Annotated[tuple[HouseAmount, ...], Field(description="From last month's variance to this month's.")] = ()
    late_milestones: Annotated[tuple[HouseMilestone, ...], Field(description="The latest first.")] = ()
    next_milestones: Annotated[tuple[HouseMilestone, ...], Field(description="The next first.")] = ()
    open_risks: Annotated[tuple[HouseRisk, ...], Field(description="The highest score first.")] = ()
    off_target: Annotated[tuple[HouseIndicator, ...], Field(description="Indicators off target.")] = ()
    findings: Annotated[tuple[HouseFinding, ...], Field(description="Decision errors, then errors.")] = ()
    questions: Annotated[tuple[HouseQuestion, ...], Field(description="What is open.")] = ()
    sources: Annotated[tuple[HouseSource, ...], Field(description="Papers.")] = ()
