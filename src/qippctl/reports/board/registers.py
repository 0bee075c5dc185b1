"""The sections about what is not money: milestones, risks, indicators, and what the audit found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qippctl.models.board import BoardPaper
from qippctl.models.finding import Finding
from qippctl.models.metrics import IndicatorAnswer
from qippctl.models.registers import MilestoneAnswer, RiskAnswer
from qippctl.reports import sentences as say
from qippctl.reports.board.cells import colour, cut, text, without_empty
from qippctl.reports.document import Block, Cell, Paragraph, Table, TableColumn
from qippctl.reports.words import day, when

MOST_MILESTONES = 12
MOST_RISKS = 10
MOST_INDICATORS = 15
MOST_FINDINGS = 12
_MOVED = {"up": "up", "down": "down", "same": "same", "new": "new", "gone": "gone", "closed": "closed", None: ""}
_STATES = {
    "overdue_no_status": "Overdue, no status",
    "overdue": "Missed",
    "due": "Due",
    "not_due": "Not due",
    "undated": "Undated",
    "done_late": "Late",
    "done": "Achieved",
}
_DECISIONS = {"rag": "changes a colour", "yield": "changes the headline", "sign": "changes a sign"}


def milestones(own: BoardPaper) -> Iterator[Block]:
    """What is late, what is due next."""
    m = own.milestones
    if m is None:
        yield Paragraph("The papers list no milestones.")
        return
    if m.counts:
        yield Paragraph(say.milestones(m, day(own.cover.at)), "lead")
    if m.rated:
        yield Paragraph(say.milestone_colours(m.rated), "" if m.counts else "lead")
    if m.late:
        yield _listed("Late milestones, the latest first", m.late)
        yield from _more(len(m.late) - MOST_MILESTONES, "late")
    if m.next:
        yield _listed("Due next", m.next)
        yield from _more(len(m.next) - MOST_MILESTONES, "not yet due")
    if not m.counts:
        yield Paragraph("The papers count milestones by colour and do not list them one by one.", "note")


def _more(rest: int, what: str) -> Iterator[Block]:
    if rest > 0:
        yield Paragraph(f"And {rest} more {what}: qippctl milestones shows all.", "note")


def _listed(caption: str, found: Sequence[MilestoneAnswer]) -> Table:
    columns = (
        TableColumn("Scheme", weight=2.2),
        TableColumn("Milestone", weight=3.4),
        TableColumn("Due", weight=1.3),
        TableColumn("Days late", "right", 0.8),
        TableColumn("Stands", weight=1.3),
        TableColumn("RAG", weight=1.15),
        TableColumn("Printed", weight=0.9),
    )
    rows = tuple(
        (
            Cell(one.scheme or "(no scheme)"),
            text(" ".join(filter(None, (one.number, one.description))), 160),
            Cell((day(one.due) + ("=" if one.is_derived else "")) if one.due else one.completion or ""),
            Cell(days_late(one)),
            Cell(_STATES[one.state] + (" ~" if one.doubts else "")),
            colour(one.rag) if one.rag not in (None, "not_due") else Cell(""),
            Cell(f"#{one.sources[0].paper_number} p.{one.page}"),
        )
        for one in found[:MOST_MILESTONES]
    )
    derived = any(one.is_derived for one in found[:MOST_MILESTONES])
    said = caption + (" (= worked out from the month that is printed)" if derived else "")
    return without_empty(Table(said, columns, rows))


def days_late(one: MilestoneAnswer) -> str:
    """Days late, or between what; empty where it is not late or nobody can know."""
    if one.days_late is not None:
        return str(one.days_late) if one.days_late else ""
    if one.days_late_least is None:
        return ""
    most = f"-{one.days_late_most}" if one.days_late_most is not None else "+"
    return f"{one.days_late_least}{most}"


def risks(own: BoardPaper) -> Iterator[Block]:
    """The open risks with the highest scores, and what does not fit."""
    r = own.risks
    if r is None:
        yield Paragraph("The papers hold no register of risks.")
        return
    yield Paragraph(say.risks(r.listed, r.closed), "lead")
    shown = r.listed[:MOST_RISKS]
    if shown:
        yield _register(shown)
    if len(r.listed) > len(shown):
        yield Paragraph(f"And {len(r.listed) - len(shown)} more: qippctl risks shows all.", "note")
    odd = [(one, note) for one in shown for note in one.notes]
    for one, note in odd:
        yield Paragraph(f"Risk {one.number or cut(one.description, 60)}: {note}.", "note")


def _register(shown: Sequence[RiskAnswer]) -> Table:
    has_moved = any(one.movement for one in shown)
    columns = (
        TableColumn("No", weight=0.5),
        TableColumn("Risk", weight=3.2),
        TableColumn("Score", "right", 0.7),
        *((TableColumn("Was", "right", 0.7), TableColumn("Moved", weight=0.8)) if has_moved else ()),
        TableColumn("Actions", weight=3.4),
        TableColumn("Printed", weight=0.9),
    )
    rows = tuple(
        (
            Cell(one.number or ""),
            text(one.description),
            Cell((one.score or "") + (" ~" if one.doubts else "")),
            *(
                (Cell("" if one.score_before is None else str(one.score_before)), Cell(_MOVED[one.movement]))
                if has_moved
                else ()
            ),
            text(one.actions),
            Cell(f"#{one.sources[0].paper_number} p.{one.page}"),
        )
        for one in shown
    )
    return Table("Open risks, the highest score first", columns, rows)


def indicators(own: BoardPaper) -> Iterator[Block]:
    """Indicators off target."""
    i = own.indicators
    if i is None:
        yield Paragraph("The papers hold no indicators.")
        return
    yield Paragraph(say.indicators(i.share), "lead")
    if i.off:
        yield _off(i.off[:MOST_INDICATORS])
        if len(i.off) > MOST_INDICATORS:
            yield Paragraph(f"And {len(i.off) - MOST_INDICATORS} more off target: qippctl metrics shows all.", "note")
        if any(one.doubts for one in i.off):
            yield Paragraph("~ the row or a figure of it is in doubt.", "note")


def _off(found: Sequence[IndicatorAnswer]) -> Table:
    columns = (
        TableColumn("Indicator", weight=3.6),
        TableColumn("Target", weight=1.9),
        TableColumn("Actual", weight=1.3),
        TableColumn("Data", weight=0.9),
        TableColumn("RAG", weight=1.2),
        TableColumn("Printed", weight=0.9),
    )
    rows = tuple(
        (
            text(one.name if one.workstream is None else f"{one.name} ({one.workstream})", 200),
            text(one.target, 120),
            text((one.actual or "") + (" ~" if one.doubts else ""), 80),
            Cell(when(one.data_month)[4:] if one.data_month else ""),
            colour(one.rag, open_=one.certainty == "undecided"),
            Cell(f"#{one.paper_number} p.{one.page}"),
        )
        for one in found
    )
    return Table("Indicators off target", columns, rows)


def findings(own: BoardPaper) -> Iterator[Block]:
    """What changes a decision, then errors."""
    f = own.findings
    yield Paragraph(say.audit(f.verdict), "lead")
    if not f.listed:
        if f.verdict.papers:
            yield Paragraph("None of them changes a colour, the headline or a sign.")
        return
    yield _findings(f.listed[:MOST_FINDINGS])
    rest = len(f.listed) - MOST_FINDINGS
    if rest > 0:
        yield Paragraph(f"And {rest} more: qippctl audit shows all.", "note")
    yield Paragraph(
        "Amounts here are in the unit of the paper's own table. qippctl explain CODE says what a rule looks for.",
        "note",
    )


def _findings(found: Sequence[Finding]) -> Table:
    columns = (
        TableColumn("Rule", weight=0.8),
        TableColumn("Finding", weight=5.6),
        TableColumn("Severity", weight=1.1),
        TableColumn("Page", "right", 0.6),
    )
    rows = tuple(
        (
            Cell(one.code),
            text(say.in_words(one.message) + (f" (in doubt: {', '.join(one.doubts)})" if one.doubts else "")),
            Cell(one.severity + (f", {_DECISIONS[one.decision]}" if one.decision else "")),
            Cell(str(one.page)),
        )
        for one in found
    )
    return Table("Findings that the board should know", columns, rows)
