"""Findings that share one wrong figure, and the repair that says which figure it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qippctl.audit.doubted import OF_ROWS
from qippctl.audit.material import Material
from qippctl.audit.repair import Changes, Mended, repairs
from qippctl.calc.identities import Check
from qippctl.models.figure import Figure
from qippctl.models.finding import Change, Finding, Repair
from qippctl.money import exactly, grouped

Key = tuple[str, tuple[str, ...]]
MOST_NAMED = 12


@dataclass
class Group:
    """Findings of one cause: the figure that is proven to be wrong, or a block whose reading is in doubt."""

    findings: list[Finding] = field(default_factory=list)
    wrong: Change | None = None


def with_causes(of: Material, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those on sums with their repair and the first finding of their cause.

    The first of a cause names the figure that is proven to be wrong. Where a block was read with doubt its other sums are notes.
    """
    repair_of: dict[Key, tuple[Mended, Repair]] = {}
    tables: dict[str, list[Check]] = defaultdict(list)
    for check in of.identities:
        tables[check.target.table].append(check)
    for checks in tables.values():
        for mended in repairs(checks):
            repair = _repair(of, mended)
            for check in mended.failing:
                repair_of[(check.code, of.ids(check))] = mended, repair
    groups: dict[object, Group] = {}
    for finding in findings:
        known = repair_of.get((finding.code, finding.figures))
        if known is None:
            continue
        own, repair = known
        wrong = _named(repair, finding)
        key: object = wrong.figure if wrong is not None else id(own)
        group = groups.setdefault(key, Group(wrong=wrong))
        group.findings.append(finding.model_copy(update={"repair": repair}))
    _shifts(findings, groups)
    _sentences(findings, groups)
    settled = {one.id: one for group in _blocks(of, groups.values()) for one in _settled(of, group)}
    return [settled.get(finding.id, finding) for finding in findings]


def _shifts(findings: Sequence[Finding], groups: dict[object, Group]) -> None:
    """Rows of one graph that stand one column out were moved by one cell."""
    for finding in findings:
        if finding.code == "QT206":
            groups.setdefault(("QT206", finding.table), Group()).findings.append(finding)


def _sentences(findings: Sequence[Finding], groups: dict[object, Group]) -> None:
    """What several rules say of one number of one sentence has one cause."""
    for finding in findings:
        if finding.text is not None and finding.printed is not None:
            spoken = (finding.text, finding.printed, finding.page, finding.table, finding.row)
            groups.setdefault(spoken, Group()).findings.append(finding)


def _blocks(of: Material, groups: Iterable[Group]) -> list[list[Group]]:
    """Causes, those among doubted figures of one block together: what was misread there was misread once."""
    blocks: dict[object, list[Group]] = {}
    for n, group in enumerate(groups):
        first = group.findings[0]
        figures = [of.by_id[figure] for figure in first.figures if figure in of.by_id]
        block = (
            (first.table, figures[-1].workstream or first.row)
            if not OF_ROWS.isdisjoint(first.doubts) and figures
            else n
        )
        blocks.setdefault(block, []).append(group)
    return list(blocks.values())


def _settled(of: Material, block: list[Group]) -> list[Finding]:
    """The findings of a block, the first of each cause lifted to the figure that is wrong."""
    cause: str | None = None
    out: list[Finding] = []
    for group in sorted(block, key=lambda group: group.wrong is None):
        for n, finding in enumerate(group.findings):
            lifted = _lifted(of, finding, group.wrong, len(group.findings)) if n == 0 else finding
            is_doubted = finding.repair is not None and not OF_ROWS.isdisjoint(finding.doubts)
            if cause is not None and is_doubted and (n > 0 or group.wrong is None):
                lifted = lifted.model_copy(update={"severity": "note"})
            if cause is not None or len(block) > 1 or len(group.findings) > 1:
                lifted = lifted.model_copy(update={"cause": cause or finding.id})
            cause = cause or finding.id
            out.append(lifted)
    return out


def _named(repair: Repair, finding: Finding) -> Change | None:
    """The proven change of a figure that takes part in the finding."""
    return next((change for change in repair.changes if change.figure in finding.figures), None)


def _lifted(of: Material, finding: Finding, wrong: Change | None, count: int) -> Finding:
    """The finding, told of the figure that is proven to be wrong and not of the sum that shows it."""
    figure = of.by_id.get(wrong.figure) if wrong is not None else None
    if wrong is None or figure is None or figure.id == finding.figures[-1]:
        return finding
    own = of.printing.of(figure)
    with exactly():
        difference = own.number(figure.value - wrong.value)
    printed, needed = (grouped(number or "") for number in (wrong.printed, wrong.needed))
    shows = "1 sum" if count == 1 else f"{count} sums"
    return finding.model_copy(
        update={
            "message": f"{of.name(figure)}: {figure.quantity} printed {printed}, {needed} makes {shows} hold "
            f"({finding.message})",
            "printed": wrong.printed,
            "recomputed": wrong.needed,
            "difference": difference,
            "figures": (*(f for f in finding.figures if f != figure.id), figure.id),
            "page": figure.page,
            "row": figure.row,
        }
    )


def _repair(of: Material, mended: Mended) -> Repair:
    proven = mended.proven
    if proven is not None:
        return Repair(changes=_changes(of, mended, proven))
    sets = tuple(_changes(of, mended, changes) for changes in mended.sets[:MOST_NAMED])
    return Repair(alternatives=sets, complete=mended.complete and len(mended.sets) <= MOST_NAMED)


def _changes(of: Material, mended: Mended, changes: Changes) -> tuple[Change, ...]:
    known = _figures(mended.failing)
    out = []
    for figure, value in changes.items():
        printed = of.by_id.get(figure) or known[figure]
        needed = of.printing.of(printed).number(value)
        out.append(Change(figure=figure, printed=of.printing.printed(printed), needed=needed, value=value))
    return tuple(out)


def _figures(checks: Iterable[Check]) -> dict[str, Figure]:
    return {member.id: member for check in checks for member in check.members}
