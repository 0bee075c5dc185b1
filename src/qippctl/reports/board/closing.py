"""What is open, where everything comes from, and how to read it."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qippctl.models.board import BoardPaper, BoardSource
from qippctl.models.figure import DOUBT_MEANINGS, Doubt, Figure
from qippctl.models.returns import PROBLEMS, Problem
from qippctl.money import plain
from qippctl.reports import sentences as say
from qippctl.reports.board.cells import cut, text
from qippctl.reports.document import Block, Bullets, Cell, Paragraph, Table, TableColumn
from qippctl.reports.words import day, finely, when

MOST_DOUBTS = 10
MOST_NAMED = 4
_PROBLEMS: dict[Problem, tuple[str, str]] = {
    "not reported": ("scheme is not reported", "schemes are not reported"),
    "blank": ("scheme's row is blank", "schemes' rows are blank"),
    "no actual": ("scheme has a plan to date and no actual", "schemes have a plan to date and no actual"),
    "draft": ("paper is a draft", "papers are drafts"),
    "data stops": ("note says that data stop early", "notes say that data stop early"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a person has to settle, and the command that shows it."""

    text: str
    command: str


def questions(own: BoardPaper) -> list[Question]:
    """What is open before the paper can be signed: drafts, decision errors, returns, plans, escalations, doubts."""
    body = f" --organisation {shlex.quote(own.cover.organisation)}" if own.cover.organisation else ""
    at = f"{body} --period {own.cover.period}"
    out = []
    if own.cover.draft:
        out.append(Question("A paper of the period is a draft, and so is this one.", f"qippctl returns{at}"))
    v = own.findings.verdict
    if v.decision_errors or v.errors:
        verb = "is" if v.errors == 1 else "are"
        which = [f"{say.many(v.errors, 'error')} of the audit {verb} open"] if v.errors else []
        verb = "changes" if v.decision_errors == 1 else "change"
        which += [f"{say.many(v.decision_errors, 'finding')} {verb} what is decided"] if v.decision_errors else []
        out.append(Question(f"{say.listed(which)}.", f"qippctl audit{at}"))
    missing: Counter[Problem] = Counter(one.problem for one in own.returns if one.problem != "draft")
    for problem in PROBLEMS:
        if missing[problem]:
            one, more = _PROBLEMS[problem]
            found = [r for r in own.returns if r.problem == problem]
            named = [cut(r.scheme, 60) for r in found if r.scheme][:MOST_NAMED]
            rest = len(found) - len(named)
            told = named + ([f"{rest} more"] if named and rest else [])
            said = f": {say.listed(told)}" if told else f": {cut(found[0].detail, 160)}"
            out.append(Question(f"{say.many(missing[problem], one, more)}{said}.", f"qippctl returns{at}"))
    if own.movement is not None and own.movement.waiting:
        verb = "waits" if own.movement.waiting == 1 else "wait"
        out.append(
            Question(
                f"{say.many(own.movement.waiting, 'restated plan')} {verb} for a board's decision.",
                f"qippctl movement{body}",
            )
        )
    if own.escalations:
        verb = "is" if len(own.escalations) == 1 else "are"
        out.append(
            Question(
                f"{say.many(len(own.escalations), 'escalation')} {verb} overdue at {day(own.cover.at)}, "
                "no outcome recorded.",
                f"qippctl escalations{body}",
            )
        )
    if own.doubted:
        out.append(
            Question(
                f"{len(own.doubted):,} of {say.many(own.figures, 'figure')} of the period "
                f"{'is' if len(own.doubted) == 1 else 'are'} in doubt.",
                f"qippctl doubts{at}",
            )
        )
    return out


def open_questions(own: BoardPaper) -> Iterator[Block]:
    """The questions; the largest figures in doubt; escalations. Commands that answer them are for whoever makes the paper."""
    asked = questions(own)
    if not asked:
        yield Paragraph("No question is open.", "lead")
    else:
        count = say.many(len(asked), "question is open", "questions are open")
        yield Paragraph(f"{count[:1].upper() + count[1:]}.", "lead")
        yield Bullets(tuple(one.text for one in asked))
    if own.escalations:
        columns = (
            TableColumn("Due", weight=1.1),
            TableColumn("Scheme", weight=2.4),
            TableColumn("What the paper says", weight=4),
            TableColumn("Printed", weight=0.9),
        )
        rows = tuple(
            (
                Cell(day(one.due) if one.due else ""),
                text(" ".join(filter(None, (one.code, one.scheme or one.workstream))), 120),
                text(one.text, 300),
                Cell(f"#{one.paper_number} p.{one.page}"),
            )
            for one in own.escalations
        )
        yield Table("Escalations overdue without an outcome", columns, rows)
    if own.doubted:
        used = used_doubts(own)
        if used:
            yield _doubts(used[:MOST_DOUBTS])
        rest = len(own.doubted) - min(len(used), MOST_DOUBTS)
        if rest > 0:
            yield Paragraph(f"And {rest:,} more: qippctl doubts lists all, with their reasons.", "note")


def used_doubts(own: BoardPaper) -> list[Figure]:
    """Figures in doubt that the tables of this paper show; a lost group heading does an amount no harm."""
    lines = [*own.programme, *own.schemes, *([own.total] if own.total is not None else [])]
    shown = {source for line in lines for a in (line.to_date, line.year) if a is not None for source in a.sources}
    return [f for f in own.doubted if f.id in shown and set(f.doubts) - {Doubt.WORKSTREAM_UNKNOWN}]


def _doubts(found: Sequence[Figure]) -> Table:
    columns = (
        TableColumn("Whose", weight=2.4),
        TableColumn("Figure", weight=1.7),
        TableColumn("Value", "right", 1.1),
        TableColumn("Why it is in doubt", weight=4.2),
        TableColumn("Page", "right", 0.6),
    )
    rows = tuple(
        (
            text(f.scheme or f.workstream or f.role.capitalize(), 120),
            Cell(say.in_words(f.names)),
            Cell(f"{finely(f.value)}" if f.unit == "GBP" else plain(f.value)),
            text("; ".join(DOUBT_MEANINGS[doubt] for doubt in f.doubts), 240),
            Cell(str(f.page)),
        )
        for f in found
    )
    return Table("Figures in doubt that this paper shows, the most money first, £000", columns, rows)


def sources(own: BoardPaper) -> Iterator[Block]:
    """The papers with their dates and pages, whose rule the colours are, and how to read the figures."""
    if own.sources:
        columns = (
            TableColumn("No", weight=0.5),
            TableColumn("Paper", weight=3.4),
            TableColumn("Meeting", weight=1.3),
            TableColumn("Period", weight=1.2),
            TableColumn("Status", weight=0.8),
            TableColumn("Pages used", weight=1.4),
        )
        rows = tuple(
            (
                Cell(f"#{s.number}"),
                text(f"{s.title} ({s.paper})" if s.title else s.paper, 160),
                Cell(day(s.meeting_date) if s.meeting_date else "no date"),
                Cell(s.period or "none"),
                Cell(s.status or "not said"),
                Cell(pages(s)),
            )
            for s in own.sources
        )
        yield Table("Papers that this paper is made from", columns, rows)
    yield Bullets(
        (
            *own.cover.policy_words,
            f"Milestones and escalations are as at {day(own.cover.at)}.",
            "Amounts are in £000, with as many decimals as the papers print; percentages are rounded to whole numbers; "
            "a saving is positive, and so is a favourable variance.",
            "Colours are judged within the printed rounding, and by a percentage or variance that the papers print more "
            "finely, so one may stand beside a yield that is rounded into another band.",
            "#1 p.2 is page 2 of paper #1 of the ledger; qippctl evidence shows where a figure stands.",
        )
    )


def pages(source: BoardSource) -> str:
    """`2, 5-7`."""
    runs: list[list[int]] = []
    for page in source.pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def data_to(own: BoardPaper) -> str | None:
    """The last month that the data cover, where the papers say that it differs; and of whom."""
    early = [one.detail for one in own.returns if one.problem == "data stops"]
    if own.cover.data_to is not None and own.cover.data_to != own.cover.period:
        return when(own.cover.data_to)
    if "-M" not in own.cover.period:
        return None
    return f"{when(own.cover.period)}; {'; '.join(early)}" if early else when(own.cover.period)
