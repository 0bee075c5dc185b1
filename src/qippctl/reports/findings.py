"""What an audit found, for people: the verdict first, what changes a decision next, then each table with its findings."""

from __future__ import annotations

from collections.abc import Sequence

from qippctl.models.finding import Finding, RuleAnswer, Verdict
from qippctl.reports.listing import Block, Column, Listing, Tone

_TONES: dict[str, Tone] = {"error": "bad", "warning": "warn", "note": "quiet"}
CSV = (
    "id",
    "paper",
    "organisation",
    "period",
    "code",
    "severity",
    "decision",
    "page",
    "table",
    "row",
    "message",
    "printed",
    "recomputed",
    "difference",
    "tolerance",
    "suggestion",
)


def verdict_line(verdict: Verdict) -> str:
    """The verdict in a sentence: `5 errors (1 decision error), 7 warnings; 226 identities checked, 219 hold exactly`."""
    decision = f" ({_many(verdict.decision_errors, 'decision error')})" if verdict.decision_errors else ""
    return (
        f"{_many(verdict.errors, 'error')}{decision}, {_many(verdict.warnings, 'warning')}; "
        f"{_many(verdict.checked, 'identity', 'identities')} checked, {verdict.exact} hold exactly, "
        f"{verdict.rounding} within rounding"
    )


def _many(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def findings(found: Sequence[Finding], verdict: Verdict, *, numbered: bool = False) -> Listing:
    """Findings, and last the verdict. `numbered`: with the short numbers that other commands take."""
    columns = (Column("#", "number"), Column("Where"), Column("Code"), Column("Finding", "text"))
    rows = tuple(
        (
            f"{number}" if numbered else "",
            f"p.{one.page} {one.table or ''}".strip(),
            f"{one.code} {one.severity}",
            one.message,
        )
        for number, one in enumerate(found, 1)
    )
    block = Block(columns, rows, above=(verdict_line(verdict),), tones=tuple(_TONES[one.severity] for one in found))
    return Listing([*found, verdict], (block,), csv_columns=CSV, csv_records=list(found))


def rule(one: RuleAnswer) -> Listing:
    """The page of a rule."""
    above = (
        f"{one.code} {one.name} ({one.severity})",
        one.what,
        f"Why it matters: {one.why}",
        f"What to do: {one.action}",
        f"Example: {one.example}",
    )
    return Listing([one], (Block((), (), above=above),))
