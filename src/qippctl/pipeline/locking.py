"""Periods that are closed: locked, reopened, and what changed in them since; and which packs used a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qippctl.errors import NotFoundError, UsageError
from qippctl.models.closing import Adjustment, CloseAnswer, ImpactAnswer
from qippctl.models.decisions import Close, Correction, Undo
from qippctl.pipeline.answers import positions
from qippctl.pipeline.choosing import Choice, choose_organisations, period_named
from qippctl.pipeline.holdings import find_figure
from qippctl.pipeline.undoing import undo

if TYPE_CHECKING:
    from qippctl.ledger import Ledger
    from qippctl.models.figure import Figure

HASH_OF_ID = 12


def locked(ledger: Ledger, organisation: str) -> dict[str, Close]:
    """The closed periods of an organisation, each with the decision that holds."""
    return {one.period: one for one in ledger.decisions(Close) if (one.organisation or "") == organisation}


def adjustments(ledger: Ledger, organisation: str, period: str | None = None) -> list[tuple[Close, list[Adjustment]]]:
    """What changed in the closed periods of an organisation, or in one, since each was locked; the oldest first.

    A pack is held against the papers that it may hold: one that was made without papers that stay in the house, against the
    ledger without them. One that was made with them says nothing to a ledger that answers without.
    """
    found = [one for name, one in sorted(locked(ledger, organisation).items()) if period in (None, name)]
    if not found:
        return []
    from qippctl.calc.closing import Since, closed
    from qippctl.calc.closing import adjustments as changes

    private = {pack.number: pack.includes_private for pack in ledger.packs(organisation)}
    corrections = {one.number: f"correction {one.number}: {one.reason}" for one in ledger.decisions(Correction)}
    out = []
    for close in found:
        with_private = private.get(close.pack, False)
        if with_private and ledger.left_out:
            continue
        answering = ledger if with_private else ledger.without_private()
        papers = {p.cover.sha256[:HASH_OF_ID]: f"#{p.number} {p.name}" for p in answering.papers()}
        now, _ = positions(answering, Choice(organisation, close.period))
        since = Since(
            organisation=organisation or None,
            period=close.period,
            close=close.number,
            known={paper.sha256[:HASH_OF_ID] for paper in close.papers},
            papers=papers,
            corrections=corrections,
        )
        out.append((close, changes(ledger.closed_subjects(close.pack), closed(now), since)))
    return out


def closed_period(ledger: Ledger, organisation: str | None, period: str) -> Close:
    """The decision that locked a period. NotFoundError where none holds."""
    there, found = [], []
    for name, periods in choose_organisations(ledger, organisation).items():
        known = locked(ledger, name)
        there += [f"{name or '(unnamed)'}: {', '.join(sorted(known))}"] if known else []
        wanted = period_named(period, [*periods, *known])
        found += [known[wanted]] if wanted in known else []
    if len(found) == 1:
        return found[0]
    listed = "; ".join(there) or "none"
    if found:
        raise UsageError(f"{period} is locked for several organisations; choose with --organisation NAME: {listed}")
    raise NotFoundError(
        f"{period} is not locked; locked are: {listed}. To lock it: qippctl close {period} -o FOLDER --lock"
    )


def reopen(ledger: Ledger, organisation: str | None, period: str, *, by: str, at: str, reason: str) -> Undo:
    """Take the lock of a period away; what was locked, and that it was reopened, stays in the ledger."""
    if not reason.strip():
        raise UsageError("say why the period is reopened with --reason TEXT; it is kept")
    close = closed_period(ledger, organisation, period)
    return undo(ledger, close.number, Close, by=by, at=at, reason=reason.strip())


def closes(ledger: Ledger, organisation: str | None = None, *, everything: bool = False) -> list[CloseAnswer]:
    """The periods that were closed, in the order in which they were; those that were reopened only if asked for."""
    names = set(choose_organisations(ledger, organisation)) if organisation is not None else None
    changed: dict[int, int] = {}
    found = [
        one for one in ledger.decisions(Close, undone=everything) if names is None or (one.organisation or "") in names
    ]
    for name in dict.fromkeys(one.organisation or "" for one in found):
        changed |= {close.number: len(own) for close, own in adjustments(ledger, name)}
    return [CloseAnswer(**one.model_dump(exclude={"type"}), adjustments=changed.get(one.number)) for one in found]


def impact(ledger: Ledger, asked: str) -> tuple[Figure | None, list[ImpactAnswer]]:
    """The packs that used a figure, and what it was then and is now; the figure itself where it is still read.

    By its id, or by the beginning of one that no other has. NotFoundError where neither ledger nor pack knows it.
    """
    try:
        figure: Figure | None = find_figure(ledger, asked)[0].figure
        identity = figure.id if figure is not None else asked
    except NotFoundError:
        figure, identity = None, asked
        if not ledger.packs_using(identity):
            raise
    by_number = {pack.number: pack for pack in ledger.packs()}
    locks = {one.pack: one for one in ledger.decisions(Close)}
    now = figure.value if figure is not None else None
    out = []
    for number, was, files in ledger.packs_using(identity):
        pack, lock = by_number[number], locks.get(number)
        out.append(
            ImpactAnswer(
                figure=identity,
                organisation=pack.organisation,
                period=pack.period,
                pack=number,
                manifest=pack.sha256,
                draft=pack.is_draft,
                made=pack.at,
                files=files,
                close=lock.number if lock is not None else None,
                locked=lock.at if lock is not None else None,
                was=was,
                now=now,
                unit=figure.unit if figure is not None else None,
                changed=now != was,
            )
        )
    return figure, out
