"""The sheets that list: milestones, risks, indicators, findings, figures, sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from qippctl.audit import in_order
from qippctl.models.figure import Colour, Figure
from qippctl.models.finding import Finding
from qippctl.models.metrics import IndicatorAnswer
from qippctl.models.paper import Cover
from qippctl.models.registers import MilestoneAnswer, RiskAnswer
from qippctl.models.workbooks import Book
from qippctl.reports.excel.cells import LETTERS, MOST_ROWS, NOT_APPLICABLE, Field, Table, Value, text
from qippctl.reports.excel.schemes import DOUBTS
from qippctl.reports.words import body, day

R = TypeVar("R")
Columns = Sequence[tuple[Field, Callable[[R], Value]]]
ROOM = MOST_ROWS - 16  # rows of a sheet beside titles and headings

STATES = {
    "overdue_no_status": "Overdue, no status",
    "overdue": "Overdue",
    "due": "Due",
    "not_due": "Not due",
    "undated": "Undated",
    "done_late": "Done late",
    "done": "Done",
}


def registers(of: Book) -> list[Table]:
    """Every list that has something, in the order in which they are looked at."""
    found = [
        _table("Milestones", f"Milestones as they stand on {day(of.at)}", _MILESTONES, of.milestones),
        _table("Risks", "Risks of the newest registers", _RISKS, of.risks),
        _table("Indicators", "Indicators against their targets", _INDICATORS, of.indicators),
        _table("Findings", "What the audit found in the papers, the gravest first", _FINDINGS, in_order(of.findings)),
        _table(
            "Figures",
            "Every figure as read, with its place in its paper; values in the unit beside them",
            _FIGURES,
            of.figures,
        ),
    ]
    return [table for table in found if table is not None]


def sources(of: Book) -> Table:
    """The papers."""
    return _listed("Sources", "The papers that all this is read from", _SOURCES, of.papers)


def _table(name: str, title: str, columns: Columns[R], records: Sequence[R]) -> Table | None:
    return _listed(name, title, columns, records) if records else None


def _listed(name: str, title: str, columns: Columns[R], records: Sequence[R]) -> Table:
    rows = [[take(record) for _, take in columns] for record in records[:ROOM]]
    left = len(records) - len(rows)
    more = f"; {left:,} more do not fit on a sheet: qippctl export has them all" if left else ""
    return Table(name, (title + more,), tuple(field for field, _ in columns), rows)


def _date(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _letter(colour: Colour | None) -> str | None:
    return LETTERS[colour] if colour is not None else None


def _joined(values: Sequence[object]) -> Value:
    return " ".join(map(str, values)) or NOT_APPLICABLE


def _part(figure: Figure) -> list[str]:
    """Which part, case or version of its quantity it is, where it is not simply the whole."""
    recurrence = figure.recurrence if figure.recurrence != "all" else None
    return [part for part in (recurrence, figure.case, figure.version, text(figure.qualifier)) if part]


def _yes(value: bool | None) -> str | None:
    return None if value is None else "Yes" if value else "No"


_MILESTONES: Columns[MilestoneAnswer] = (
    (Field("Organisation", "text", 24), lambda m: body(text(m.organisation))),
    (Field("Scheme", "text", 32), lambda m: text(m.scheme)),
    (Field("Number", "text", 8), lambda m: text(m.number) or NOT_APPLICABLE),
    (Field("Milestone", "long", 48), lambda m: text(m.description)),
    (Field("State", "text", 16), lambda m: STATES[m.state]),
    (Field("Due", "date", 12), lambda m: _date(m.due)),
    (Field("Days late", "number", 9), lambda m: m.days_late),
    (Field("Days put off", "number", 9), lambda m: m.slipped_days if m.slipped_days is not None else NOT_APPLICABLE),
    (Field("RAG of milestone", "letter", 10), lambda m: _letter(m.rag)),
    (Field("Completion as printed", "text", 18), lambda m: text(m.completion)),
    (Field("Owner", "text", 18), lambda m: text(m.owner)),
    (Field("Note", "long", 36), lambda m: text(m.note) or NOT_APPLICABLE),
    (Field(DOUBTS, "text", 18), lambda m: _joined(m.doubts)),
    (Field("Paper", "text", 26), lambda m: text(m.paper)),
    (Field("Page", "number", 7), lambda m: m.page),
)
_RISKS: Columns[RiskAnswer] = (
    (Field("Organisation", "text", 24), lambda r: body(text(r.organisation))),
    (Field("Number", "text", 8), lambda r: text(r.number)),
    (Field("Risk", "long", 48), lambda r: text(r.description)),
    (Field("Actions", "long", 40), lambda r: text(r.actions)),
    (Field("Impact", "text", 10), lambda r: text(r.impact)),
    (Field("Likelihood", "text", 10), lambda r: text(r.likelihood)),
    (Field("Score", "text", 8), lambda r: text(r.score)),
    (Field("Impact x likelihood", "number", 11), lambda r: r.expected),
    (Field("Score before", "number", 9), lambda r: r.score_before),
    (Field("Movement", "text", 10), lambda r: r.movement.capitalize() if r.movement else None),
    (Field("Closed", "text", 8), lambda r: _yes(r.closed)),
    (Field("Notes on the risk", "long", 36), lambda r: text("; ".join(r.notes)) or NOT_APPLICABLE),
    (Field(DOUBTS, "text", 18), lambda r: _joined(r.doubts)),
    (Field("Paper", "text", 26), lambda r: text(r.paper)),
    (Field("Page", "number", 7), lambda r: r.page),
)
_INDICATORS: Columns[IndicatorAnswer] = (
    (Field("Organisation", "text", 24), lambda i: body(text(i.organisation))),
    (Field("Workstream", "text", 24), lambda i: text(i.workstream)),
    (Field("Indicator", "long", 44), lambda i: text(i.name)),
    (Field("Level", "text", 10), lambda i: i.level.capitalize() if i.level else None),
    (Field("Baseline", "text", 16), lambda i: text(i.baseline)),
    (Field("Target", "text", 20), lambda i: text(i.target)),
    (Field("Actual", "text", 16), lambda i: text(i.actual)),
    (Field("Of when", "text", 14), lambda i: text(i.actual_period)),
    (Field("On target", "text", 10), lambda i: _yes(i.on_target) or "Undecided"),
    (Field("RAG of indicator", "letter", 10), lambda i: _letter(i.rag)),
    (Field("Why undecided", "long", 30), lambda i: text(i.why) or NOT_APPLICABLE),
    (Field("Comment", "long", 40), lambda i: text(i.comment) or NOT_APPLICABLE),
    (Field(DOUBTS, "text", 18), lambda i: _joined(i.doubts)),
    (Field("Paper", "text", 26), lambda i: text(i.paper)),
    (Field("Page", "number", 7), lambda i: i.page),
)
_FINDINGS: Columns[Finding] = (
    (Field("Code", "text", 8), lambda f: f.code),
    (Field("Severity", "text", 9), lambda f: f.severity.capitalize()),
    (
        Field("Changes", "text", 9),
        lambda f: f.decision.upper() if f.decision == "rag" else f.decision or NOT_APPLICABLE,
    ),
    (Field("Organisation", "text", 24), lambda f: body(text(f.organisation))),
    (Field("Finding", "long", 60), lambda f: text(f.message)),
    (Field("As printed", "text", 12), lambda f: text(f.printed) or NOT_APPLICABLE),
    (Field("Worked out anew", "text", 12), lambda f: text(f.recomputed) or NOT_APPLICABLE),
    (Field("Difference", "text", 11), lambda f: text(f.difference) or NOT_APPLICABLE),
    (Field("Rounding explains", "text", 11), lambda f: text(f.tolerance) or NOT_APPLICABLE),
    (Field("Suggested wording", "long", 40), lambda f: text(f.suggestion) or NOT_APPLICABLE),
    (Field("Accepted", "text", 14), lambda f: text(f.accepted.by) if f.accepted else NOT_APPLICABLE),
    (Field(DOUBTS, "text", 18), lambda f: _joined(f.doubts)),
    (Field("Paper", "text", 26), lambda f: text(f.paper)),
    (Field("Page", "number", 7), lambda f: f.page),
    (Field("Table", "text", 8), lambda f: f.table or NOT_APPLICABLE),
    (Field("Finding id", "text", 14), lambda f: f.id),
)
_FIGURES: Columns[Figure] = (
    (Field("Organisation", "text", 24), lambda f: body(text(f.organisation))),
    (Field("Workstream", "text", 22), lambda f: text(f.workstream) or NOT_APPLICABLE),
    (Field("Scheme", "text", 32), lambda f: text(f.scheme) or NOT_APPLICABLE),
    (Field("Row is", "text", 12), lambda f: f.role),
    (Field("About", "text", 11), lambda f: f.subject),
    (Field("Figure", "text", 16), lambda f: f.names),
    (Field("Which part", "text", 16), lambda f: _joined(_part(f))),
    (Field("Period", "text", 13), lambda f: f.period),
    (Field("Value", "number", 14), lambda f: f.value),
    (Field("Unit", "text", 9), lambda f: f.unit),
    (Field("Step", "number", 10), lambda f: f.step),
    (Field("As printed", "text", 14), lambda f: text(f.raw)),
    (Field(DOUBTS, "text", 22), lambda f: _joined(f.doubts)),
    (
        Field("Corrected", "text", 10),
        lambda f: _joined([f"#{n}" for n in f.corrected.numbers]) if f.corrected else NOT_APPLICABLE,
    ),
    (Field("Paper", "text", 26), lambda f: text(f.paper)),
    (Field("Page", "number", 7), lambda f: f.page),
    (Field("Table", "text", 8), lambda f: f.table),
    (Field("Row", "number", 7), lambda f: f.row),
    (Field("Column", "number", 8), lambda f: f.column),
    (Field("Figure id", "text", 28), lambda f: f.id),
)
_SOURCES: Columns[Cover] = (
    (Field("File", "text", 34), lambda p: text(p.paper)),
    (Field("Whose", "text", 30), lambda p: body(text(p.organisation))),
    (Field("What it reports", "text", 15), lambda p: p.period),
    (Field("Met on", "date", 13), lambda p: _date(p.meeting_date)),
    (Field("For", "text", 24), lambda p: text(p.committee)),
    (Field("Draft or final", "text", 10), lambda p: p.status),
    (Field("Paper's own hash", "text", 20), lambda p: p.sha256[:12]),
)
