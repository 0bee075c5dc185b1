"""Running rules over papers: what they tell becomes findings, and a verdict."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from qippctl.audit.catalogue import Breach, Held, Rule, Told, rules
from qippctl.audit.causes import with_causes
from qippctl.audit.decisions import decision
from qippctl.audit.material import Material
from qippctl.audit.months import Months
from qippctl.models.finding import SEVERITIES, Change, Finding, Repair, Severity, Verdict
from qippctl.models.records import Claim

ID_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Audit:
    """What the rules found in some papers, and how much they compared."""

    findings: tuple[Finding, ...]
    papers: int = 1
    exact: int = 0
    rounding: int = 0
    failed: int = 0
    untied: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """How an audit judges: rules that do not run, severities instead of the rules' own, numbers for their parameters."""

    disabled: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    thresholds: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


def joined(audits: Iterable[Audit]) -> Audit:
    """Audits of several papers as one."""
    parts = list(audits)
    return Audit(
        tuple(finding for part in parts for finding in part.findings),
        sum(part.papers for part in parts),
        sum(part.exact for part in parts),
        sum(part.rounding for part in parts),
        sum(part.failed for part in parts),
        sum(part.untied for part in parts),
    )


def audit(of: Material, terms: Terms | None = None) -> Audit:
    """Every rule in force over one paper."""
    tally = _Tally(terms or Terms())
    for code, rule in tally.rules():
        for check in rule.checks:
            for told in check(of):
                tally.take(of, code, rule.severity, told)
    found = tally.audit(papers=1, untied=len(untied_claims(of)))
    return _labelled(replace(found, findings=in_order(with_causes(of, found.findings))), of)


def audit_between(of: Months, terms: Terms | None = None) -> Audit:
    """Every rule in force between papers over two periods. What they find is the later papers'."""
    tally = _Tally(terms or Terms())
    for code, rule in tally.rules():
        for check in rule.between:
            for told in check(of):
                faulted = of.faulted(told) if isinstance(told, Breach) else None
                if faulted is not None or isinstance(told, Held):
                    tally.take(faulted, code, rule.severity, told)
    return tally.audit(papers=0)


class _Tally:
    """What rules told so far: findings, each once, and how many comparisons held."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._findings: dict[str, Finding] = {}
        self._exact = self._rounding = self._failed = 0

    def rules(self) -> Iterator[tuple[str, Rule]]:
        """The rules in force."""
        return ((code, rule) for code, rule in rules().items() if code not in self._terms.disabled)

    def take(self, of: Material | None, code: str, usual: Severity, told: Told) -> None:
        """Count what a rule of a usual severity told; `of` is the paper that a breach is found in."""
        if isinstance(told, Held):
            self._exact += told.exactly
            self._rounding += not told.exactly
            return
        self._failed += told.recomputed is not None
        if of is not None:
            finding = _finding(of, code, self._terms.severities.get(code) or told.severity or usual, told)
            self._findings.setdefault(finding.id, finding)

    def audit(self, papers: int, untied: int = 0) -> Audit:
        return Audit(in_order(self._findings.values()), papers, self._exact, self._rounding, self._failed, untied)


def _labelled(found: Audit, of: Material) -> Audit:
    """An audit whose repairs say what a person calls each figure that they would change."""
    findings = tuple(
        one.model_copy(update={"repair": _named(one.repair, of)}) if one.repair is not None else one
        for one in found.findings
    )
    return replace(found, findings=findings)


def _named(repair: Repair, of: Material) -> Repair:
    def named(change: Change) -> Change:
        figure = of.by_id.get(change.figure)
        label = f"{of.name(figure)} {figure.names}" if figure is not None else None
        return change.model_copy(update={"label": change.label or label})

    changes = tuple(map(named, repair.changes))
    alternatives = tuple(tuple(map(named, way)) for way in repair.alternatives)
    return repair.model_copy(update={"changes": changes, "alternatives": alternatives})


def untied_claims(of: Material) -> list[Claim]:
    """The sentences with numbers that nothing could be held against."""
    return [claim for claim in of.records(Claim) if claim.is_untied]


def _finding(of: Material, code: str, severity: Severity, told: Breach) -> Finding:
    cover = of.paper.cover
    return Finding(
        id=identity(code, told, cover.sha256),
        paper=cover.paper,
        sha256=cover.sha256,
        organisation=_organisation(of, told),
        period=cover.period,
        code=code,
        severity=severity,
        message=told.message,
        printed=told.printed,
        recomputed=told.recomputed,
        difference=told.difference,
        tolerance=told.tolerance,
        figures=told.figures,
        page=told.page,
        table=told.table,
        row=told.row,
        where=told.where,
        text=told.text,
        suggestion=told.suggestion,
        decision=(told.decision or decision(of, told)) if severity != "note" else None,
        doubts=told.doubts,
    )


def _organisation(of: Material, told: Breach) -> str | None:
    """Whose the faulted figure is, else whose the paper is."""
    faulted = of.by_id.get(told.figures[-1]) if told.figures else None
    return (faulted.organisation if faulted is not None else None) or of.paper.cover.organisation


def identity(code: str, told: Breach, sha256: str) -> str:
    """The same for the same rule, figures and sentence of the same paper, whatever else the paper holds."""
    words = " ".join((told.text or "").split())
    parts = (sha256, code, *sorted(told.figures), words, told.key)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:ID_LENGTH]


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that change what is decided first, then errors, warnings and notes, each in order of print."""
    return tuple(
        sorted(
            findings,
            key=lambda f: (
                f.accepted is not None,
                f.decision is None,
                SEVERITIES.index(f.severity),
                f.paper,
                f.page,
                _number(f.table),
                f.row if f.row is not None else -1,
                f.code,
                f.id,
            ),
        )
    )


def _number(table: str | None) -> int:
    digits = (table or "").rpartition("t")[2]
    return int(digits) if digits.isdigit() else 0


def verdict(found: Audit, findings: Sequence[Finding] | None = None) -> Verdict:
    """What an audit came to; of `findings` where some were accepted since, or left out."""
    own = found.findings if findings is None else tuple(findings)
    open_ = [f for f in own if f.accepted is None]
    return Verdict(
        papers=found.papers,
        checked=found.exact + found.rounding + found.failed,
        exact=found.exact,
        rounding=found.rounding,
        errors=sum(f.severity == "error" for f in open_),
        warnings=sum(f.severity == "warning" for f in open_),
        notes=sum(f.severity == "note" for f in open_),
        decision_errors=sum(f.decision is not None and f.severity != "note" for f in open_),
        accepted=len(own) - len(open_),
        untied_claims=found.untied,
    )
