"""Putting figures right: one, many from a file, taking back; and what else changes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from qippctl.calc.correcting import Said, Wanted, correction, text_given
from qippctl.calc.corrections import as_read, holds, text_of
from qippctl.errors import LedgerError, UsageError
from qippctl.models.corrections import Change, CheckChange, CorrectionAnswer, State
from qippctl.models.decisions import Correction, Undo
from qippctl.models.policy import Policy
from qippctl.pipeline.answers import positions
from qippctl.pipeline.choosing import Choice, choose
from qippctl.pipeline.holdings import find_figure
from qippctl.pipeline.undoing import undo

if TYPE_CHECKING:
    from qippctl.ledger import Fact, Ledger
    from qippctl.models.figure import Figure


@dataclass(slots=True)
class _Held:
    """Papers of a ledger as they count, loaded when they are asked for, with the figures of a table by its id."""

    ledger: Ledger
    papers: dict[int, list[Fact]] = field(default_factory=dict)

    def table(self, fact: Fact) -> list[Figure]:
        if fact.paper_number not in self.papers:
            self.papers[fact.paper_number] = self.ledger.facts(papers=(fact.paper_number,))
        return [f.figure for f in self.papers[fact.paper_number] if f.figure.table == fact.figure.table]


def correct(
    ledger: Ledger, asked: str, wanted: Wanted, said: Said, policy: Policy
) -> tuple[Correction, CorrectionAnswer]:
    """The correction of a figure that is wanted, not kept yet, and what it would change. UsageError says what is wrong."""
    fact, _ = find_figure(ledger, asked)
    made = correction(fact.figure, _Held(ledger).table(fact), wanted, said)
    return made, preview(ledger, [made], policy)[0]


def keep(ledger: Ledger, made: Sequence[Correction], answers: Sequence[CorrectionAnswer]) -> list[CorrectionAnswer]:
    """Keep corrections, all or none; the answers with the numbers that they were given."""
    kept = ledger.decide(*made)
    return [a.model_copy(update={"number": c.number, "state": "holds"}) for a, c in zip(answers, kept, strict=True)]


def preview(ledger: Ledger, made: Sequence[Correction], policy: Policy) -> list[CorrectionAnswer]:
    """What corrections change, each with its own figure; what the first of an organisation's period changes beside is
    what all of them change there together."""
    supposed = ledger.supposing(*made)
    before, after = _Held(ledger), _Held(supposed)
    told: set[tuple[str | None, str | None]] = set()
    told_tables: set[tuple[str, str]] = set()
    out = []
    for one in made:
        was, now = find_figure(ledger, one.figure)[0], find_figure(supposed, one.figure)[0]
        place, table = (was.figure.organisation, was.reported), (was.figure.sha256, was.figure.table)
        changed: list[Change] = [] if place in told else _changes(ledger, supposed, was, policy)
        checked: list[CheckChange] = [] if table in told_tables else _checks(before, after, was)
        told.add(place)
        told_tables.add(table)
        others = sum(
            1
            for a, b in zip(before.table(was), after.table(was), strict=True)
            if a.row == was.figure.row
            and a.id != was.figure.id
            and (a.workstream, a.scheme) != (b.workstream, b.scheme)
        )
        answer = _answer(one, "proposed", was, now, others, changed, checked)
        out.append(answer.model_copy(update={"doubts_laid": _laid(before, after, was) if checked else 0}))
    return out


def _changes(ledger: Ledger, supposed: Ledger, fact: Fact, policy: Policy) -> list[Change]:
    from qippctl.calc.consequences import changes

    if fact.reported is None:
        return []
    choice = Choice(fact.figure.organisation or "", fact.reported)
    return changes(positions(ledger, choice)[0], positions(supposed, choice)[0], fact.reported, policy)


def _checks(before: _Held, after: _Held, fact: Fact) -> list[CheckChange]:
    from qippctl.calc.consequences import check_changes

    return check_changes(before.table(fact), after.table(fact))


def _laid(before: _Held, after: _Held, fact: Fact) -> int:
    """How many other figures of a table lose doubts."""
    pairs = zip(before.table(fact), after.table(fact), strict=True)
    return sum(1 for a, b in pairs if a.id != fact.figure.id and len(b.doubts) < len(a.doubts) and not b.doubts)


def _answer(
    one: Correction,
    state: State,
    was: Fact | None,
    now: Fact | None,
    others: int = 0,
    changed: Sequence[Change] = (),
    checked: Sequence[CheckChange] = (),
) -> CorrectionAnswer:
    figure = now.figure if now is not None else None
    return CorrectionAnswer(
        **dict(one),
        state=state,
        page=figure.page if figure else None,
        table=figure.table if figure else None,
        row=figure.row if figure else None,
        column=figure.column if figure else None,
        workstream=figure.workstream if figure else None,
        scheme=figure.scheme if figure else None,
        role=figure.role if figure else None,
        measure=figure.names if figure else None,
        period=figure.period if figure else None,
        unit=figure.unit if figure else None,
        before=was.figure.value if was is not None and "value" in one.now else None,
        after=figure.value if figure and "value" in one.now else None,
        counted={name: text_of(was.figure, name) for name in one.now} if was is not None else {},
        counts={name: text_of(figure, name) for name in one.now} if figure else {},
        row_figures=others,
        changes=tuple(changed),
        checks=tuple(checked),
    )


def corrections(ledger: Ledger, *, everything: bool = False) -> list[CorrectionAnswer]:
    """The corrections in the order in which they were made; those that were undone only if asked for."""
    return [_listed(ledger, one) for one in ledger.decisions(Correction, undone=everything)]


def _listed(ledger: Ledger, one: Correction) -> CorrectionAnswer:
    found = ledger.figure(one.figure)
    fact = found[0] if found else None
    read = replace(fact, figure=as_read(fact.figure)) if fact else None
    if one.undone_by is not None:
        state: State = "undone"
    elif fact is None or read is None or not holds(one, read.figure):
        state = "stale"
    else:
        mark = fact.figure.corrected
        state = "holds" if mark is not None and one.number in mark.numbers else "replaced"
    values = {"before": one.was.get("value"), "after": one.now.get("value")}
    decimals = {name: Decimal(text) if text else None for name, text in values.items()}
    return _answer(one, state, read, fact).model_copy(update=decimals)


def without(
    ledger: Ledger, number: int, reason: str, by: str, at: str, policy: Policy
) -> tuple[Undo, CorrectionAnswer]:
    """Taking back a correction, not kept yet, and what that would change. NotFoundError where there is no such one."""
    said = {"by": text_given(by, "who"), "at": at, "reason": text_given(reason, "the reason")}
    made = undo(ledger, number, Correction, **said, keep=False)
    one = next(c for c in ledger.decisions(Correction) if c.number == number)
    supposed = ledger.supposing(made)
    found, left = ledger.figure(one.figure), supposed.figure(one.figure)
    if found is None or left is None:
        return made, _answer(one, "stale", None, None)
    was, now = found[0], left[0]
    before, after = _Held(ledger), _Held(supposed)
    answer = _answer(one, "holds", was, now, 0, _changes(ledger, supposed, was, policy), _checks(before, after, was))
    return made, answer


def keep_undo(ledger: Ledger, made: Undo, answer: CorrectionAnswer) -> CorrectionAnswer:
    """Keep that a correction was taken back."""
    try:
        (kept,) = ledger.decide(made)
    except LedgerError as error:
        one = ledger.decision(made.undoes)
        if one is not None and one.undone_by is not None:
            raise UsageError(f"correction {made.undoes} was undone by somebody else just now") from error
        raise
    return answer.model_copy(update={"state": "undone", "undone_by": kept.number})


def doubts(ledger: Ledger, organisation: str | None = None, period: str | None = None) -> list[Figure]:
    """Figures in doubt of the chosen organisations and periods: the most money first, then what is no money."""
    found = [
        fact.figure
        for choice in choose(ledger, organisation, period)
        for fact in ledger.facts(choice.organisation, choice.period)
        if fact.figure.doubts
    ]
    return sorted(found, key=lambda f: (f.unit != "GBP", -abs(f.value), f.id))
