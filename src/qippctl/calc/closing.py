"""What counted when a period was locked, and what is another since: prior-period adjustments."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from qippctl.calc.position import Position
from qippctl.calc.positions import normal_name
from qippctl.models.closing import Adjustment, ClosedFigure, ClosedSubject, Why
from qippctl.models.figure import Figure

Key = tuple[str, str, str]
_ROLES = {"total": 0, "workstream": 1, "subtotal": 1}


def closed(found: Sequence[Position]) -> tuple[ClosedSubject, ...]:
    """The figures that count of each subject of a period, in the order of the subjects."""
    return tuple(
        ClosedSubject(
            workstream=position.workstream,
            scheme=position.scheme,
            role=position.role,
            level=position.level,
            figures={
                f"{measure}.{basis}": _figure(figures[0])
                for (measure, basis), figures in sorted(position.figures.items())
                if figures
            },
        )
        for position in found
    )


def _figure(figure: Figure) -> ClosedFigure:
    return ClosedFigure(
        id=figure.id,
        value=figure.value,
        unit=figure.unit,
        corrected=figure.corrected.numbers if figure.corrected is not None else (),
    )


@dataclass(frozen=True, slots=True)
class Since:
    """What is known of a period since it was locked: whose it is, which decision locked it, what it was made from.

    `known` and `papers` have the beginnings of the hashes of papers, as ids of figures do: those that it was made from, and
    those of the ledger, with their names. `corrections` are told by number.
    """

    organisation: str | None
    period: str
    close: int
    known: Collection[str] = ()
    papers: Mapping[str, str] = field(default_factory=dict)
    corrections: Mapping[int, str] = field(default_factory=dict)


def adjustments(before: Sequence[ClosedSubject], now: Sequence[ClosedSubject], since: Since) -> list[Adjustment]:
    """Every figure that counts otherwise than when its period was locked: totals first, then in the order of print."""
    out = []
    for was, be in _paired(before, now):
        subject = be or was
        if subject is None:
            continue
        names = dict.fromkeys((*(was.figures if was else ()), *(be.figures if be else ())))
        for name in names:
            old = was.figures.get(name) if was is not None else None
            new = be.figures.get(name) if be is not None else None
            if old is not None and new is not None and old.value == new.value:
                continue
            out.append(_adjustment(subject, name, old, new, since))
    return sorted(out, key=lambda a: _ROLES.get(a.role, 2))


def _paired(
    before: Sequence[ClosedSubject], now: Sequence[ClosedSubject]
) -> list[tuple[ClosedSubject | None, ClosedSubject | None]]:
    """The same subject then and now: by a figure that counts for both, of those of one name first, else by name; then those
    of one side alone."""
    left = {id(subject): subject for subject in now}
    partners: dict[int, ClosedSubject] = {}
    by_key: dict[Key, list[ClosedSubject]] = {}
    by_figure: dict[str, list[ClosedSubject]] = {}
    for subject in now:
        by_key.setdefault(_key(subject), []).append(subject)
        for figure in subject.figures.values():
            by_figure.setdefault(figure.id, []).append(subject)

    def of_figure(old: ClosedSubject) -> list[ClosedSubject]:
        return [new for figure in old.figures.values() for new in by_figure.get(figure.id, ())]

    ways: tuple[Callable[[ClosedSubject], list[ClosedSubject]], ...] = (
        lambda old: [new for new in of_figure(old) if _key(new) == _key(old)],
        lambda old: by_key.get(_key(old), []),
        of_figure,
    )
    for way in ways:
        for old in before:
            if id(old) not in partners and (same := next((s for s in way(old) if id(s) in left), None)) is not None:
                partners[id(old)] = left.pop(id(same))
    pairs: list[tuple[ClosedSubject | None, ClosedSubject | None]] = [(old, partners.get(id(old))) for old in before]
    return [*pairs, *((None, new) for new in left.values())]


def _key(subject: ClosedSubject) -> Key:
    return subject.level, normal_name(subject.workstream), normal_name(subject.scheme)


def _adjustment(
    subject: ClosedSubject, name: str, was: ClosedFigure | None, now: ClosedFigure | None, since: Since
) -> Adjustment:
    why, because = _why(was, now, since)
    known = was or now
    return Adjustment(
        organisation=since.organisation,
        period=since.period,
        close=since.close,
        workstream=subject.workstream,
        scheme=subject.scheme,
        role=subject.role,
        name=name,
        unit=known.unit if known is not None else "GBP",
        was=was.value if was is not None else None,
        now=now.value if now is not None else None,
        change=now.value - was.value if was is not None and now is not None else None,
        why=why,
        because=because,
        sources=tuple(dict.fromkeys(figure.id for figure in (was, now) if figure is not None)),
    )


def _why(was: ClosedFigure | None, now: ClosedFigure | None, since: Since) -> tuple[Why, str]:
    if now is not None and _paper(now) not in since.known:
        return "later paper", f"{since.papers.get(_paper(now), 'a paper')} came later"
    if now is not None and (was is None or was.corrected != now.corrected):
        new = [n for n in now.corrected if was is None or n not in was.corrected]
        if new:
            return "correction", "; ".join(since.corrections.get(n, f"correction {n}") for n in new)
        if was is not None and was.id == now.id:
            gone = ", ".join(str(n) for n in was.corrected if n not in now.corrected)
            return "correction", f"correction {gone} was taken back"
    if was is not None and _paper(was) not in since.papers:
        return "paper left out", "its paper counts no more"
    if was is not None and now is not None and was.id == now.id:
        return "read anew", "its paper was read anew"
    return "counted otherwise", "another statement counts now, or names were linked, or its paper was read anew"


def _paper(figure: ClosedFigure) -> str:
    return figure.id.partition("/")[0]
