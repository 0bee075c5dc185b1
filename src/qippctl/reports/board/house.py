"""The board's paper as the fields of a house's own template, and the list of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from qippctl.models.base import Model
from qippctl.models.board import BoardException, BoardLine, BoardPaper
from qippctl.models.house import (
    FieldAnswer,
    HouseAmount,
    HouseFields,
    HouseFinding,
    HouseIndicator,
    HouseMilestone,
    HousePosition,
    HouseQuestion,
    HouseRisk,
    HouseSource,
)
from qippctl.models.registers import MilestoneAnswer
from qippctl.reports import sentences as say
from qippctl.reports.board import closing, money, registers
from qippctl.reports.board.cells import colour, marks, money_of, rating
from qippctl.reports.board.paper import asked, title
from qippctl.reports.document.model import COLOURS
from qippctl.reports.listing import Block, Column, Listing
from qippctl.reports.words import Money, body, day, percent, when


def fields_of(own: BoardPaper) -> HouseFields:
    """Every field, as the paper shows it."""
    cover, f, total = own.cover, own.forecast.total, own.total
    lines = [*own.programme, *own.schemes, *([total] if total is not None else [])]
    date, year = money_of(line.to_date for line in lines), money_of(line.year for line in lines)
    gaps = Money([f.gap_to_find, f.unmitigated_gap] if f is not None else [])
    ways = Money([v for w in own.forecast.ways for v in (w.forecast, w.against_plan)])
    m = own.milestones

    def position(line: BoardLine) -> HousePosition:
        return _position(line, date, year)

    return HouseFields(
        title=title(own),
        organisation=body(cover.organisation),
        committee=cover.committee or "",
        meeting_date=day(cover.meeting_date) if cover.meeting_date else "",
        period=when(cover.period),
        data_to=closing.data_to(own) or "",
        draft="DRAFT" if cover.draft else "",
        headline=money.headline_of(own),
        colours=say.colours(own.colours, own.uncoloured),
        gap=gaps(f.gap_to_find) if f is not None else "",
        unmitigated_gap=gaps(f.unmitigated_gap) if f is not None else "",
        movement=say.bridge(own.movement) if own.movement is not None else "",
        rate=(say.rate(f) or "") if f is not None else "",
        milestones=say.milestones(m, day(cover.at)) if m is not None else "",
        risks=say.risks(own.risks.listed, own.risks.closed) if own.risks is not None else "",
        indicators=say.indicators(own.indicators.share) if own.indicators is not None else "",
        audit=say.audit(own.findings.verdict),
        policy=" ".join(cover.policy_words),
        total=position(total) if total is not None else HousePosition(),
        recommendations=tuple(asked(own)),
        programme=tuple(map(position, own.programme)),
        schemes=tuple(map(position, own.schemes)),
        exceptions=tuple(map(position, own.exceptions)),
        ways=tuple(
            HouseAmount(name=money.WAYS[w.way], amount=ways(w.forecast), against_plan=ways(w.against_plan))
            for w in own.forecast.ways
        ),
        steps=tuple(HouseAmount(name=name, amount=amount) for name, amount in money.steps(own)),
        late_milestones=tuple(map(_milestone, m.late)) if m is not None else (),
        next_milestones=tuple(map(_milestone, m.next)) if m is not None else (),
        open_risks=_risks(own),
        off_target=_off(own),
        findings=tuple(
            HouseFinding(code=one.code, message=say.in_words(one.message), severity=one.severity)
            for one in own.findings.listed
        ),
        questions=tuple(HouseQuestion(text=one.text, command=one.command) for one in closing.questions(own)),
        sources=tuple(
            HouseSource(
                paper=f"{s.title} ({s.paper})" if s.title else s.paper,
                meeting=day(s.meeting_date) if s.meeting_date else "",
                status=s.status or "not said",
                pages=closing.pages(s),
            )
            for s in own.sources
        ),
    )


def _position(line: BoardLine, date: Money, year: Money) -> HousePosition:
    now, whole = line.to_date, line.year
    shown = rating(line.finance)
    issue = line.issues[0] if isinstance(line, BoardException) and line.issues else None
    return HousePosition(
        name=line.name,
        workstream=line.workstream or "",
        plan=date(now.plan) if now else "",
        actual=date(now.actual) if now else "",
        variance=date(now.variance) if now else "",
        delivery=percent(now.delivery) if now else "",
        rag=shown.text,
        rag_colour=COLOURS[shown.tone][0] if shown.tone else "ffffff",
        year_plan=year(whole.plan) if whole else "",
        forecast=year(whole.actual) if whole else "",
        year_variance=year(whole.variance) if whole else "",
        note=marks(line),
        issue=(issue.issue or "") if issue else "",
        mitigation=(issue.mitigation or "") if issue else "",
    )


def _milestone(one: MilestoneAnswer) -> HouseMilestone:
    return HouseMilestone(
        scheme=one.scheme or "",
        description=one.description,
        due=day(one.due) if one.due else one.completion or "",
        days_late=registers.days_late(one),
    )


def _risks(own: BoardPaper) -> tuple[HouseRisk, ...]:
    return tuple(
        HouseRisk(
            number=one.number or "",
            description=one.description,
            score=one.score or "",
            change=one.movement or "",
            actions=one.actions or "",
        )
        for one in (own.risks.listed if own.risks is not None else ())
    )


def _off(own: BoardPaper) -> tuple[HouseIndicator, ...]:
    return tuple(
        HouseIndicator(name=one.name, target=one.target or "", actual=one.actual or "", rag=colour(one.rag).text)
        for one in (own.indicators.off if own.indicators is not None else ())
    )


# ---- the list of fields ----------------------------------------------------------------------------------------------


def listed(own: BoardPaper | None) -> list[FieldAnswer]:
    """Every field with its description and an example: of a paper, else an invented one."""
    filled = fields_of(own) if own is not None else None
    return list(_fields(HouseFields, filled, "", asked_for_none=own is None))


def row_type(annotation: Any) -> type[Model] | None:
    """The model of a field's rows (or of the one that it is); None of a text or a list of texts."""
    for one in (annotation, *get_args(annotation)):
        if isinstance(one, type) and issubclass(one, Model):
            return one
    return None


def is_list(annotation: Any) -> bool:
    return bool(get_args(annotation))


def _fields(
    model: type[Model], filled: Any, prefix: str, *, asked_for_none: bool, in_list: bool = False
) -> Iterator[FieldAnswer]:
    for name, field in model.model_fields.items():
        value = getattr(filled, name) if filled is not None else None
        rows, many = row_type(field.annotation), is_list(field.annotation)
        path = f"{prefix}{name}{'[]' if many else ''}"
        if rows is not None:
            first = (value[0] if value else None) if many else value
            yield FieldAnswer(name=path, description=field.description or "", example="", in_list=in_list)
            yield from _fields(rows, first, f"{path}.", asked_for_none=asked_for_none, in_list=many)
            continue
        example = (value[0] if value else None) if many else value
        invented = str(field.examples[0]) if field.examples else ""
        yield FieldAnswer(
            name=path,
            description=field.description or "",
            example=invented if asked_for_none else str(example or ""),
            in_list=in_list or many,
        )


def fields(found: list[FieldAnswer]) -> Listing:
    """The list for people: how a template names each, what it is, and an example."""
    columns = (Column("Field", "colour"), Column("What it is", "text"), Column("Example", "label", optional=True))
    rows = tuple((one.name, one.description, one.example) for one in found)
    below = (
        "A text in Word: {{ headline }}. Rows of a table: a row {%tr for row in programme %}, a row with {{ row.name }} "
        "and {{ row.plan }}, a row {%tr endfor %}.",
        "Next: qippctl report board --template house.docx -o board.docx",
    )
    return Listing(found, [Block(columns, rows, (), below)])
