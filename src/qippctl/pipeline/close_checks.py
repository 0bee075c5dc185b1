"""What stops a month from being closed, what its reader should know, and what is well: a small function for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from qippctl.models.closing import SAYS, About, CloseLine, Says
from qippctl.models.figure import Basis, Figure, Measure
from qippctl.pipeline.escalations import escalations
from qippctl.pipeline.locking import locked
from qippctl.pipeline.returns import returns

if TYPE_CHECKING:
    from qippctl.models.finding import Finding
    from qippctl.models.returns import Return
    from qippctl.pipeline.closing import Month

MOST_NAMED = 4
_COUNTING: tuple[tuple[Measure, Basis], ...] = (
    ("plan", "ytd"),
    ("actual", "ytd"),
    ("plan", "year"),
    ("forecast", "year"),
)
_MISSING = {
    "not reported": ("scheme of an earlier month is in no paper", "schemes of earlier months are in no paper"),
    "blank": ("scheme sheet is blank", "scheme sheets are blank"),
    "no actual": ("scheme has a plan to date and no actual", "schemes have a plan to date and no actual"),
}


def check(month: Month, today: date) -> list[CloseLine]:
    """What stops a month from being closed, then what a reader should know, then what is well."""
    lines = [
        *_returns(month),
        *_returns_beside(month),
        *_data(month),
        *_drafts(month),
        *_not_audited(month),
        *_decisions(month),
        *_other_findings(month),
        *_acceptances(month),
        *_doubts(month),
        *_controls(month),
        *_escalations(month, today),
        *_plans(month),
        *_private(month),
        *_locks(month),
        *_came_after(month),
        *_adjustments(month),
        *_sums(month),
    ]
    return sorted(lines, key=lambda line: SAYS.index(line.says))


def is_ready(lines: Sequence[CloseLine]) -> bool:
    """Whether nothing stops the month."""
    return not any(line.says == "stop" for line in lines)


def _line(
    month: Month, says: Says, about: About, text: str, following: str | None = None, sources: Sequence[str] = ()
) -> CloseLine:
    return CloseLine(
        organisation=month.organisation,
        period=month.choice.period,
        says=says,
        about=about,
        text=text,
        next=following,
        sources=tuple(sources),
    )


def _scope(month: Month) -> str:
    """The options that ask another command for the same month."""
    return f"{_whose(month)}--period {month.choice.period}"


def _whose(month: Month) -> str:
    """The option that names the organisation, where the ledger has several."""
    return f'--organisation "{month.choice.organisation}" ' if month.has_others else ""


def _returns(month: Month) -> list[CloseLine]:
    lacking = [one for one in month.missing if one.problem in _MISSING]
    return [_line(month, "stop", "returns", text, _chase(_scope(month))) for text in _by_problem(lacking)]


def _returns_beside(month: Month) -> list[CloseLine]:
    """What the other bodies of its joint papers lack."""
    out = []
    numbers = {paper.number for paper in month.papers}
    for other in month.beside:
        chase = _chase(f'--organisation "{other.organisation}" --period {other.period}')
        lists = [own for choice, own in returns(month.ledger, other.organisation, other.period) if choice == other]
        lacking = [one for own in lists for one in own if one.problem in _MISSING and one.paper_number in numbers]
        for text in _by_problem(lacking):
            text = f"{text}; of {other.organisation}, in the same paper"
            out.append(_line(month, "stop", "returns", text, chase))
    return out


def _data(month: Month) -> list[CloseLine]:
    stopping = [one for one in month.missing if one.problem == "data stops"]
    chase = _chase(_scope(month))
    return [_line(month, "note", "data", f"data stop early: {one.detail}", chase) for one in stopping]


def _chase(scope: str) -> str:
    return f"qippctl returns {scope} --format csv -o owners.csv"


def _by_problem(lacking: Iterable[Return]) -> list[str]:
    return [_lacking(list(found)) for _, found in groupby(lacking, key=lambda one: one.problem)]


def _lacking(own: Sequence[Return]) -> str:
    """What several schemes lack, all of them the same."""
    said = _MISSING[own[0].problem][len(own) > 1]
    return f"{len(own)} {said}: {_listed([one.code or one.scheme or '(unnamed)' for one in own])}"


def _drafts(month: Month) -> list[CloseLine]:
    """Papers in draft. One of which no figure counts, as other papers outrank it, may be left out of the pack."""
    numbers = dict.fromkeys(one.paper_number for one in month.missing if one.problem == "draft")
    counting = {f.sha256 for p in month.positions for own in p.figures.values() for f in own[:1]}
    by_number = {paper.number: paper for paper in month.papers}
    out = []
    for number in numbers:
        paper = by_number.get(number or 0)
        name = f"#{number} {paper.name}" if paper is not None else f"#{number}"
        if paper is None or paper.sha256 in counting or not counting:
            text = f"paper {name} is DRAFT; the final one is wanted"
            out.append(_line(month, "stop", "draft", text, "qippctl ingest PATH"))
        else:
            text = f"paper {name} is DRAFT; no figure of it counts, as other papers outrank it: it may be left out"
            following = f"qippctl papers private '#{number}' --reason TEXT"
            out.append(_line(month, "stop", "draft", text, following))
    return out


def _not_audited(month: Month) -> list[CloseLine]:
    if month.audit is None:
        text = "no paper of this organisation and period can be audited"
        return [_line(month, "stop", "audit", text, "qippctl audit")]
    return [_line(month, "stop", "audit", str(error), _audit(month)) for error in month.not_audited]


def _decisions(month: Month) -> list[CloseLine]:
    """Findings that change a decision. What one wrong figure makes fail is told once."""
    deciding = [one for one in _open(month) if one.decision is not None and one.cause is None]
    out = [
        _line(month, "stop", "audit", f"changes a decision: {one.message}", _audit(month), (one.id, *one.figures))
        for one in deciding[:MOST_NAMED]
    ]
    if len(deciding) > MOST_NAMED:
        more = deciding[MOST_NAMED:]
        text = f"{len(more)} more findings change a decision"
        out.append(_line(month, "stop", "audit", text, _audit(month), [one.id for one in more]))
    return out


def _other_findings(month: Month) -> list[CloseLine]:
    others = [one for one in _open(month) if one.decision is None]
    if not others:
        return []
    errors = sum(one.severity == "error" for one in others)
    counts = ((errors, "error"), (len(others) - errors, "warning"))
    told = " and ".join(_many(count, name) for count, name in counts if count)
    text = f"{told} of the audit change{'s' if len(others) == 1 else ''} no decision"
    return [_line(month, "note", "audit", text, _audit(month), [one.id for one in others])]


def _acceptances(month: Month) -> list[CloseLine]:
    accepted = [one for one in _findings(month) if one.accepted is not None]
    if not accepted:
        return []
    text = f"{_many(len(accepted), 'finding')} of the audit {'is' if len(accepted) == 1 else 'are'} accepted"
    return [_line(month, "note", "acceptances", text, _audit(month), [one.id for one in accepted])]


def _audit(month: Month) -> str:
    return f"qippctl audit {_scope(month)}"


def _findings(month: Month) -> Sequence[Finding]:
    return month.audit[0] if month.audit is not None else ()


def _open(month: Month) -> list[Finding]:
    return [one for one in _findings(month) if one.accepted is None and one.severity != "note"]


def _doubts(month: Month) -> list[CloseLine]:
    """Figures in doubt of which the answers are made: plan, actual and forecast of the programme and its parts."""
    accepted = {
        figure for one in _findings(month) if one.accepted is not None and one.code == "QD901" for figure in one.figures
    }
    counting: dict[str, Figure] = {}
    for position in (*month.totals, *month.parts):
        for name in _COUNTING:
            figure = position.find(*name)
            if figure is not None and figure.doubts and figure.id not in accepted:
                counting.setdefault(figure.id, figure)
    if not counting:
        return []
    found = sorted(counting.values(), key=lambda f: (-abs(f.value), f.id))
    largest = found[0]
    whose = largest.scheme or largest.workstream or "the total"
    said = f"{whose}, {largest.names}: {_doubted(largest)}"
    if len(found) == 1:
        text = f"a figure that counts is in doubt: {said}"
    else:
        text = f"{len(found)} figures that count are in doubt, the largest {said}"
    return [_line(month, "stop", "doubts", text, f"qippctl doubts {_scope(month)}", [f.id for f in found])]


def _doubted(figure: Figure) -> str:
    return ", ".join(doubt.value.replace("-", " ") for doubt in figure.doubts)


def _controls(month: Month) -> list[CloseLine]:
    from qippctl.calc.controls import counted
    from qippctl.reports.words import amount

    out = []
    for one in month.controls:
        total = counted(month.positions, month.parts, one.measure, one.basis)
        asked = f"control total {one.name} {amount(one.value, one.step)}"
        if total is None:
            text = f"{asked}: no total and no row prints {one.name}"
            out.append(_line(month, "stop", "control", text, f"qippctl variance {_scope(month)}"))
            continue
        ids = [figure.id for figure in total.figures]
        told = amount(total.value, total.step)
        whose = (
            f"its {total.rows} rows come to {told} (no total is printed)" if total.rows else f"the papers say {told}"
        )
        if total.meets(one):
            out.append(_line(month, "ok", "control", f"{asked}: {whose}", None, ids))
            continue
        short = amount(total.value - one.value, min(one.step, total.step))
        text = f"{asked} is not met: {whose}, {short} apart"
        following = f"qippctl evidence {ids[0]}" if len(ids) == 1 else f"qippctl variance {_scope(month)}"
        out.append(_line(month, "stop", "control", text, following, ids))
    return out


def _escalations(month: Month, today: date) -> list[CloseLine]:
    from qippctl.reports.words import day

    known = escalations(month.ledger, month.choice.organisation, month.choice.period, today=today)
    numbers = {paper.number for paper in month.papers}
    for other in month.beside:
        told = escalations(month.ledger, other.organisation, other.period, today=today)
        known += [one for one in told if one.paper_number in numbers]
    due = sorted((one for one in known if one.is_open), key=lambda one: one.due or "")
    if not due:
        return []
    dates = list(dict.fromkeys(day(one.due) for one in due if one.due))
    when = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    named = _listed([one.code or one.scheme or one.workstream or one.id for one in due])
    text = f"{_many(len(due), 'escalation')} due {when}, no outcome recorded: {named}"
    following = f"qippctl escalations resolve {due[0].id} --outcome TEXT"
    return [_line(month, "stop", "escalations", text, following, [one.id for one in due])]


def _plans(month: Month) -> list[CloseLine]:
    """Plans that are printed otherwise than the month before, which no board's decision on record allows."""
    if month.movement is None:
        return []
    waiting = [a for a in month.movement.answers if a.is_exception and a.role != "total"]
    restated = sum(len(a.restated) for a in month.movement.answers if a.role != "total")
    out = []
    if waiting:
        names = _listed([a.scheme or a.workstream or a.role for a in waiting])
        text = (
            f"{_many(len(waiting), 'plan')} restated since {month.movement.from_period}, no approval on record: {names}"
        )
        following = f"qippctl plan approve {_scope(month)} --meeting TEXT --reason TEXT"
        out.append(_line(month, "note", "plans", text, following, [s for a in waiting for s in a.sources]))
    if restated:
        count = f"{_many(restated, 'figure')} of {month.movement.from_period}"
        text = f"{count} {'is' if restated == 1 else 'are'} printed otherwise now"
        following = f"qippctl movement {_whose(month)}--to {month.choice.period}"
        out.append(_line(month, "note", "plans", text, following))
    return out


def _private(month: Month) -> list[CloseLine]:
    left = month.ledger.left_out
    if left:
        numbers = ", ".join(f"#{number}" for number in left)
        text = f"{_many(len(left), 'private paper')} left out: {numbers}"
        return [_line(month, "note", "private", text, "the same with --include-private, to take them in")]
    return []


def _locks(month: Month) -> list[CloseLine]:
    from qippctl.reports.words import day

    own = locked(month.ledger, month.choice.organisation).get(month.choice.period)
    if own is None:
        return []
    text = f"locked on {day(own.at[:10])} by {own.by} as decision {own.number}, pack {own.pack}"
    following = f"qippctl close {own.period} {_whose(month)}--reopen --reason TEXT"
    return [_line(month, "note", "lock", text, following)]


def _came_after(month: Month) -> list[CloseLine]:
    """Papers that the lock does not know."""
    own = locked(month.ledger, month.choice.organisation).get(month.choice.period)
    if own is None:
        return []
    known = {paper.sha256 for paper in own.papers}
    return [
        _line(month, "note", "lock", f"paper #{paper.number} {paper.name} came after the period was locked")
        for paper in month.papers
        if paper.sha256 not in known
    ]


def _adjustments(month: Month) -> list[CloseLine]:
    from qippctl.reports.words import when

    out = []
    for _, period, changed in month.adjustments:
        if changed:
            text = f"{when(period)} changed since it was locked: {_many(len(changed), 'figure')} differ"
            text = text + "s" if len(changed) == 1 else text
            following = f"qippctl close {period} {_whose(month)}--adjustments"
            sources = [source for one in changed for source in one.sources]
            out.append(_line(month, "note", "adjustments", text, following, sources))
    return out


def _sums(month: Month) -> list[CloseLine]:
    """The programme's totals that its own rows come to."""
    from qippctl.calc.controls import HEADLINES, tied, total_of
    from qippctl.reports.words import amount

    out = []
    tables: dict[tuple[str, str], list[Figure]] = {}
    for fact in month.facts:
        tables.setdefault((fact.figure.sha256, fact.figure.table), []).append(fact.figure)
    for name in HEADLINES:
        position = total_of(month.positions, *name)
        total = position.find(*name) if position is not None else None
        found = tied(tables.get((total.sha256, total.table), ()), total) if total is not None else None
        if total is None or found is None:
            continue
        told = amount(total.value, total.step)
        coarsest = max(figure.step for figure in (*found.parts, total))
        sum_ = amount(sum((figure.value for figure in found.parts), start=total.value * 0), coarsest)
        first = f"tracked {sum_}" if found.parts[0].role == "total" else f"{len(found.parts)} rows {sum_}"
        others = [
            f"{figure.scheme or figure.workstream or figure.role} {amount(figure.value, figure.step)}"
            for figure in found.named
        ]
        how = "exactly" if found.is_exact else "rounding"
        text = f"{total.names}: {' + '.join((first, *others))} = {told} ({how})"
        members = [figure.id for figure in (*found.parts, *found.named, total)]
        out.append(_line(month, "ok", "sum", text, None, members))
    return out


def _many(count: int, one: str) -> str:
    return f"{count} {one if count == 1 else one + 's'}"


def _listed(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
