"""What audits found, in the ledger: added, never changed. A finding that is as the audit before had it takes a short row."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, insert, select

from qippctl.ledger import tables
from qippctl.models.finding import Finding

# SQLite and PostgreSQL both take more parameters than this in one statement.
AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Audited:
    """When an audit was, which rules ran and at which papers it looked."""

    number: int
    at: str
    codes: frozenset[str]
    papers: frozenset[str]


@dataclass(frozen=True, slots=True)
class LastFound:
    """What the last audits had: for each paper and rule the last that looked at that paper with that rule."""

    audits: tuple[Audited, ...] = ()
    found: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def of(self, sha256: str | None, code: str) -> Audited | None:
        """The last audit that looked at a paper with a rule."""
        return next((one for one in self.audits if code in one.codes and (sha256 or "") in one.papers), None)

    def had(self, finding: Finding) -> bool:
        """Whether the last audit of its paper had a finding, with the same numbers."""
        last = self.of(finding.sha256, finding.code)
        return last is not None and self.found.get(last.number, {}).get(finding.id) == finding.numbers


def add(
    connection: Connection,
    findings: Sequence[Finding],
    *,
    at: str,
    version: str,
    codes: Iterable[str],
    papers: Iterable[str],
) -> int:
    """Keep what an audit found; its number."""
    number = (connection.execute(select(func.max(tables.audits.c.number))).scalar() or 0) + 1
    known = _bodies(connection, {finding.id for finding in findings})
    connection.execute(
        insert(tables.audits).values(
            number=number,
            at=at,
            version=version,
            codes=json.dumps(sorted(codes)),
            papers=json.dumps(sorted(papers)),
        )
    )
    rows = []
    for position, finding in enumerate(findings):
        body = finding.model_dump_json(exclude={"accepted", "accepted_before"}, exclude_none=True)
        rows.append(
            {
                "audit": number,
                "position": position,
                "finding": finding.id,
                "paper": finding.sha256,
                "numbers": finding.numbers,
                "body": None if known.get(finding.id) == body else body,
            }
        )
    if rows:
        connection.execute(insert(tables.audit_findings), rows)
    return number


def last(connection: Connection, of: Collection[str] = ()) -> LastFound:
    """What the last audits had of every paper, or of some."""
    audits, rows = tables.audits, tables.audit_findings
    kept: list[Audited] = []
    covered: dict[str, frozenset[str]] = {}
    for row in connection.execute(select(audits).order_by(audits.c.number.desc())).mappings():
        codes, papers = frozenset(json.loads(row["codes"])), frozenset(json.loads(row["papers"]))
        if of:
            papers &= frozenset(of)
        # Later audits of the same papers by the same rules stand for this one; most ledgers need the last alone.
        if all(papers <= covered.get(code, frozenset()) for code in codes):
            continue
        covered.update({code: covered.get(code, frozenset()) | papers for code in codes})
        kept.append(Audited(row["number"], row["at"], codes, papers))
    found: dict[int, dict[str, str]] = {}
    for one in kept:
        query = select(rows.c.finding, rows.c.numbers).where(rows.c.audit == one.number).order_by(rows.c.position)
        if of:
            query = query.where(rows.c.paper.in_(of))
        found[one.number] = {row[0]: row[1] for row in connection.execute(query)}
    return LastFound(tuple(kept), found)


def standing(connection: Connection, of: Collection[str] = ()) -> tuple[LastFound, list[Finding]]:
    """What the last audits had of every paper, or of some, and those findings whole."""
    known = last(connection, of)
    bodies = _bodies(connection, {identity for own in known.found.values() for identity in own})
    findings = (Finding.model_validate_json(body) for body in bodies.values())
    return known, [finding for finding in findings if known.had(finding)]


def beginning(connection: Connection, text: str, most: int) -> list[Finding]:
    """The findings of any audit whose ids begin so, as last kept, at most a few."""
    rows = tables.audit_findings
    query = select(rows.c.finding).where(rows.c.finding.startswith(text, autoescape=True)).distinct().limit(most)
    ids = {row[0] for row in connection.execute(query)}
    bodies = _bodies(connection, ids)
    return [Finding.model_validate_json(bodies[identity]) for identity in sorted(bodies)]


def _bodies(connection: Connection, wanted: Collection[str]) -> dict[str, str]:
    """The last kept body of each finding."""
    rows = tables.audit_findings
    ids = sorted(wanted)
    out: dict[str, str] = {}
    for first in range(0, len(ids), AT_ONCE):
        query = (
            select(rows.c.finding, rows.c.body)
            .where(rows.c.finding.in_(ids[first : first + AT_ONCE]), rows.c.body.is_not(None))
            .order_by(rows.c.audit, rows.c.position)
        )
        out.update({row[0]: row[1] for row in connection.execute(query)})
    return out
