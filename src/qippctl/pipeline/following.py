"""Schemes followed from period to period: profiles from a row of papers, movement between two, whole histories."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from qippctl.errors import NotFoundError, UsageError
from qippctl.models.figure import Colour, Figure
from qippctl.models.movements import HistoryAnswer, Movement
from qippctl.models.policy import Policy
from qippctl.models.profiles import BreakEven, ProfileAnswer, Profiles
from qippctl.pipeline.answers import links_of, positions
from qippctl.pipeline.choosing import Choice, choose, choose_organisations, choose_two

if TYPE_CHECKING:
    from qippctl.calc.identity import Pair
    from qippctl.calc.position import Position
    from qippctl.ledger import Ledger


def threads(
    ledger: Ledger, organisation: str, periods: Sequence[str], newest: Sequence[Position]
) -> list[dict[str, Position]]:
    """Of each subject of the newest period what it was in earlier ones, newest first; itself is not among them.

    A subject whose line breaks (merged, split, not reported) is followed no further.
    """
    from qippctl.calc.identity import pairs

    links = links_of(ledger, organisation)
    found: list[dict[str, Position]] = [{} for _ in newest]
    heads: list[tuple[int, str, Position]] = []
    for k, position in enumerate(newest):
        heads.append((k, position.reported, position))
    for period in sorted(periods, reverse=True):
        earlier, _ = positions(ledger, Choice(organisation, period))
        by_period: dict[str, list[tuple[int, Position]]] = {}
        for k, reported, position in heads:
            by_period.setdefault(reported, []).append((k, position))
        for reported, own in by_period.items():
            free = [p for p in earlier if not any(thread.get(period) is p for thread in found)]
            matched = pairs(free, [position for _, position in own], links, period, reported)
            for (k, _), pair in zip(own, matched, strict=False):
                if pair.earlier is not None:
                    found[k][period] = pair.earlier
        heads = [(k, period, found[k][period]) if period in found[k] else (k, r, p) for k, r, p in heads]
    return found


def delivered_before(ledger: Ledger, choice: Choice, found: Sequence[Position]) -> list[dict[int, Figure]]:
    """Of each subject of a period what papers of the year's earlier months print as delivered to their end, by month."""
    earlier = [p for p in _periods(ledger, choice.organisation) if p < choice.period and p[:7] == choice.period[:7]]
    return [_to_date(line) for line in threads(ledger, choice.organisation, [p for p in earlier if "-M" in p], found)]


def profiles(
    ledger: Ledger, organisation: str | None, period: str | None, deficit: Decimal | None = None
) -> tuple[list[Profiles], list[BreakEven]]:
    """The year of each chosen organisation's period month by month, and when its recurrent savings meet a deficit."""
    from qippctl.calc import profile

    if deficit is not None and deficit <= 0:
        raise UsageError("a deficit is an amount above nought, such as 2.1m")
    out, met = [], []
    for choice in choose(ledger, organisation, period):
        found, facts = positions(ledger, choice)
        before = delivered_before(ledger, choice, found)
        answers: list[tuple[Position, ProfileAnswer]] = []
        ends = {fact.figure.id: fact.data_to for fact in facts if fact.data_to}
        for position, to_date in zip(found, before, strict=True):
            now = position.find("actual", "ytd")
            data_to = ends.get(now.id) if now is not None else None
            answers += [(position, answer) for answer in profile.answers(position, to_date, data_to)]
        out.append(Profiles(choice.organisation, choice.period, tuple(answer for _, answer in answers)))
        if deficit is not None:
            level = "scheme" if any(p.level == "scheme" for p in found) else "workstream"
            schemes = [p for p in found if p.level == level and p.recurrence != "non_recurrent"]
            kept = {id(position) for position in schemes}
            for measure in ("plan", "forecast"):
                counted = [
                    profile.recurrent_part(position, a)
                    for position, a in answers
                    if a.measure == measure and id(position) in kept
                ]
                one = profile.break_even(choice.organisation or None, choice.period[:7], counted, deficit, len(schemes))
                met += [one] if one is not None else []
    return out, met


def movements(
    ledger: Ledger,
    organisation: str | None,
    earlier: str | None,
    later: str | None,
    policy: Policy,
    *,
    rolling: bool = False,
) -> list[Movement]:
    """What changed between two periods of each chosen organisation: its newest two, where none are asked for."""
    from qippctl.calc import movement
    from qippctl.calc.identity import pairs
    from qippctl.models.decisions import PlanApproval

    out = []
    for two in choose_two(ledger, organisation, earlier, later):
        before, _ = positions(ledger, Choice(two.organisation, two.earlier))
        after, _ = positions(ledger, Choice(two.organisation, two.later))
        approvals = [a for a in ledger.decisions(PlanApproval) if (a.organisation or "") == two.organisation]
        found = pairs(before, after, links_of(ledger, two.organisation), two.earlier, two.later)
        further = _further(ledger, two.organisation, two.earlier, found, policy) if rolling else {}
        answers = []
        for k, pair in enumerate(found):
            earlier_one = pair.earlier
            colours = (
                _colour(earlier_one, policy) if earlier_one is not None else None,
                _colour(pair.after, policy) if pair.after is not None else None,
            )
            rolled = (*further.get(k, ()), *colours) if rolling else ()
            one = movement.answer(pair, two.earlier, two.later, colours, approvals, rolled)
            if one is not None:
                answers.append(one)
        out.append(Movement(two.organisation, two.earlier, two.later, tuple(answers)))
    return out


def _further(
    ledger: Ledger, organisation: str, earlier: str, found: Sequence[Pair], policy: Policy
) -> dict[int, tuple[Colour | None, ...]]:
    """The colours of the period before the earlier one, by the place of each pair."""
    before = [p for p in _periods(ledger, organisation) if p < earlier and "-M" in p]
    if not before:
        return {}
    known = [(k, pair.earlier) for k, pair in enumerate(found) if pair.earlier is not None]
    lines = threads(ledger, organisation, before[-1:], [position for _, position in known])
    return {
        k: (_colour(line[before[-1]], policy) if before[-1] in line else None,)
        for (k, _), line in zip(known, lines, strict=True)
    }


def _colour(position: Position, policy: Policy) -> Colour | None:
    """The colour that the policy gives to the money to date, else the printed one."""
    from qippctl.calc import rag

    answer = rag.answer(position, "ytd", position.reported, policy)
    return (answer.derived or answer.printed) if answer is not None else None


def history(ledger: Ledger, organisation: str | None, named: str, policy: Policy) -> list[HistoryAnswer]:
    """Every period of one scheme (or workstream), the oldest first. NotFoundError lists names where none, or several, fit."""
    from qippctl.calc.history import answers

    candidates: list[tuple[str, Position]] = []
    for name, periods in choose_organisations(ledger, organisation).items():
        for period in reversed(periods):
            found, _ = positions(ledger, Choice(name, period))
            fitting = _fitting(found, named)
            if fitting:
                candidates += [(name, position) for position in fitting]
                break
    if len(candidates) != 1:
        listed = "; ".join(dict.fromkeys(_called(position) for _, position in candidates)) or "try: qippctl schemes"
        several = "several schemes are" if candidates else "no scheme is"
        raise NotFoundError(f'{several} called "{named}": {listed}')
    body, newest = candidates[0]
    earlier = [p for p in _periods(ledger, body) if p < newest.reported]
    line = threads(ledger, body, earlier, [newest])[0]
    ordered = [line[period] for period in sorted(line)] + [newest]
    return answers([(position, _colour(position, policy)) for position in ordered])


def _fitting(found: Sequence[Position], named: str) -> list[Position]:
    """The subjects of exactly that name or code, else those with that part in their name; schemes before workstreams."""
    from qippctl.calc.positions import normal_name

    wanted = normal_name(named)
    for level in ("scheme", "workstream"):
        own = [(p, normal_name(p.scheme if level == "scheme" else p.workstream)) for p in found if p.level == level]
        exact = [p for p, name in own if name == wanted or (p.code or "").casefold() == named.casefold()]
        part = [p for p, name in own if wanted and wanted in name]
        if exact or part:
            return exact or part
    return []


def _called(position: Position) -> str:
    return " / ".join(filter(None, (position.organisation, position.workstream, position.scheme)))


def _periods(ledger: Ledger, organisation: str) -> list[str]:
    return ledger.organisations().get(organisation, [])


def _to_date(thread: dict[str, Position]) -> dict[int, Figure]:
    """What earlier papers print as delivered to the end of their month."""
    found = ((period, position.find("actual", "ytd")) for period, position in thread.items())
    return {int(period[-2:]): figure for period, figure in found if figure is not None}
