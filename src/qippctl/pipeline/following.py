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
from qippctl.pipeline.answers import links_of, positions, precedence_of
from qippctl.pipeline.choosing import Choice, TwoPeriods, choose, choose_organisations, choose_two
from qippctl.pipeline.locking import adjustments
from qippctl.pipeline.rules import Rules

if TYPE_CHECKING:
    from qippctl.calc.identity import Pair
    from qippctl.calc.position import Position
    from qippctl.ledger import Fact, Ledger
    from qippctl.models.answers import Precedence, RagAnswer

ROLLING_MONTHS = 3
MOST_NAMED = 8


Line = dict[str, "Position"]
"""What one subject was, by the period that reports it."""


def threads(ledger: Ledger, organisation: str, periods: Sequence[str], newest: Sequence[Position]) -> list[Line]:
    """Of each subject of the newest period what it was in earlier ones; itself is not among them.

    A subject that a period does not report is looked for in those before it; one that was merged, or is a part of a split,
    is followed no further.
    """
    reported = newest[0].reported if newest else ""
    found = lines(ledger, organisation, periods, newest)[: len(newest)]
    return [{period: position for period, position in line.items() if period != reported} for line in found]


def lines(ledger: Ledger, organisation: str, periods: Sequence[str], newest: Sequence[Position]) -> list[Line]:
    """The subjects of the newest period, in their order, then those that were gone by then: each with all that it was."""
    from qippctl.calc.identity import pairs

    links = links_of(ledger, organisation)
    found: list[Line] = [{position.reported: position} for position in newest]
    heads = list(newest)
    ended: set[int] = set()
    for period in sorted(periods, reverse=True):
        left, _ = positions(ledger, Choice(organisation, period))
        waiting: dict[str, list[int]] = {}
        for k, head in enumerate(heads):
            if k not in ended:
                waiting.setdefault(head.reported, []).append(k)
        # Those that the next period reports choose first: a line that paused takes no name from one that goes on.
        for reported in sorted(waiting):
            own = waiting[reported]
            matched = pairs(left, [heads[k] for k in own], links, period, reported)
            taken: set[int] = set()
            for k, pair in zip(own, matched, strict=False):
                taken |= {id(position) for position, _ in pair.before}
                if pair.earlier is not None:
                    found[k][period] = heads[k] = pair.earlier
                elif pair.before:
                    ended.add(k)
            left = [position for position in left if id(position) not in taken]
        found += [{period: position} for position in left]
        heads += left
    return found


def delivered_before(ledger: Ledger, choice: Choice, found: Sequence[Position]) -> list[dict[int, Figure]]:
    """Of each subject of a period what papers of the year's earlier months print as delivered to their end, by month."""
    earlier = [p for p in _periods(ledger, choice.organisation) if p < choice.period and p[:7] == choice.period[:7]]
    return [
        delivered_to_date(line)
        for line in threads(ledger, choice.organisation, [p for p in earlier if "-M" in p], found)
    ]


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
    rules: Rules,
    *,
    rolling: bool = False,
) -> list[Movement]:
    """What changed between two periods of each chosen organisation: its newest two, where none are asked for.

    Both are judged by one rule: the one that is named, else what a paper of the later period states, else the default.
    """
    from qippctl.calc import movement
    from qippctl.calc.identity import pairs
    from qippctl.models.decisions import PlanApproval

    out = []
    for two in choose_two(ledger, organisation, earlier, later):
        last = ledger.facts(two.organisation, two.later)
        first = ledger.facts(two.organisation, two.earlier)
        before, after, papers = both_periods(ledger, two, first, last)
        policy, _ = rules.of(ledger, two.organisation, last)
        approvals = [a for a in ledger.decisions(PlanApproval) if (a.organisation or "") == two.organisation]
        found = pairs(before, after, links_of(ledger, two.organisation), two.earlier, two.later)
        rated = _rated(before, policy) | _rated(after, policy)
        ratings = [(rated.get(id(pair.earlier)), rated.get(id(pair.after))) for pair in found]
        rolled = _rolled(ledger, two, found, policy) if rolling else ()
        answers = movement.answers(found, two.earlier, two.later, ratings, approvals, rolled)
        adjusted = [
            one
            for close, own in adjustments(ledger, two.organisation)
            if close.period in (two.earlier, two.later)
            for one in own
        ]
        out.append(
            Movement(two.organisation, two.earlier, two.later, tuple(answers), policy.name, papers, tuple(adjusted))
        )
    return out


def both_periods(
    ledger: Ledger, two: TwoPeriods, first: Sequence[Fact], last: Sequence[Fact]
) -> tuple[list[Position], list[Position], tuple[Precedence | None, Precedence | None]]:
    """The subjects of two periods, and their papers: what the later papers print of the earlier period again stands with them.
    `first` are the facts of the earlier, `last` those of the later.

    An earlier period is as it was reported then: papers that report the later one, too, speak of it only where no other does.
    """
    later = {fact.figure.sha256 for fact in last}
    without = later if any(fact.figure.sha256 not in later for fact in first) else set()
    again = [
        fact
        for fact in first
        if fact.figure.sha256 in without and fact.figure.basis in ("month", "ytd", "quarter") and fact.figure.period
    ]
    before, first_told = positions(ledger, Choice(two.organisation, two.earlier), known=first, without=without)
    after, _ = positions(ledger, Choice(two.organisation, two.later), known=last, beside=again)
    # What stands in the table of the earlier period alone is gone by the later.
    old = {fact.figure.id for fact in again}
    after = [p for p in after if p.ratings or any(f.id not in old for own in p.stated.values() for f in own)]
    return before, after, (precedence_of(before, first_told), precedence_of(after, last))


def _rolled(ledger: Ledger, two: TwoPeriods, found: Sequence[Pair], policy: Policy) -> list[tuple[Colour | None, ...]]:
    """The colours of three months to the later period of each pair; None where a month is not reported."""
    from qippctl.period import Period

    at = Period.parse(two.later)
    months = [at]
    while at.month and len(months) < ROLLING_MONTHS:
        at = Period(at.start, at.month - 1) if at.month > 1 else Period(at.start - 1, 12)
        months.insert(0, at)
    names = [str(month) for month in months]
    reported = _periods(ledger, two.organisation)
    subjects = [pair.subject for pair in found]
    of_later = [position for position in subjects if position.reported == two.later]
    lined = lines(ledger, two.organisation, [p for p in names[:-1] if p in reported], of_later)
    line_of = {id(position): line for line in lined for position in line.values()}
    by_place = {(p.reported, *_place(p)): line for line in lined for p in line.values()}
    out = []
    for position in subjects:
        line = line_of.get(id(position)) or by_place.get((position.reported, *_place(position)), {})
        out.append(tuple(_colour(line[name], policy) if name in line else None for name in names))
    return out


def _place(position: Position) -> tuple[str, str | None, str | None]:
    return position.level, position.workstream, position.scheme


def _rated(found: Sequence[Position], policy: Policy) -> dict[int, RagAnswer | None]:
    """The ratings of one period's money to date, rolled up as the policy says, by the identity of the position."""
    from qippctl.calc import dimensions

    reported = found[0].reported if found else None
    rated = dimensions.ratings(found, "ytd", reported, policy)
    return {id(position): own.get("finance") for position, own in zip(found, rated, strict=True)}


def _colour(position: Position, policy: Policy) -> Colour | None:
    """The colour that the policy gives to the money to date, by its own figures, else the printed one."""
    from qippctl.calc import rag
    from qippctl.calc.movement import colour_of

    return colour_of(rag.answer(position, "ytd", position.reported, policy))


def history_of(ledger: Ledger, line: Line, rules: Rules) -> tuple[list[HistoryAnswer], Policy]:
    """The periods of a line, rated by the rule of the newest."""
    from qippctl.calc.history import answers

    newest = line[max(line)]
    body = newest.organisation or ""
    policy, _ = rules.of(ledger, body, ledger.facts(body, newest.reported))
    return answers([(line[period], _colour(line[period], policy)) for period in sorted(line)]), policy


def line_of(ledger: Ledger, organisation: str | None, named: str) -> tuple[Line, list[Line]]:
    """What the one scheme (or workstream) of a name or code was in each period, and others of the very same name beside it.

    Two rows of one name whose figures differ are two schemes; the one of which more is stated counts. NotFoundError where
    none, or several names, fit.
    """
    known: list[Line] = []
    for name, periods in choose_organisations(ledger, organisation).items():
        months = [period for period in periods if "-M" in period] or periods
        newest, _ = positions(ledger, Choice(name, months[-1]))
        known += lines(ledger, name, months[:-1], newest)
    candidates = _fitting(known, named)
    called = dict.fromkeys(_called(line[max(line)]) for line in candidates)
    if len(called) != 1:
        listed = "; ".join(list(called)[:MOST_NAMED]) + ("; ..." if len(called) > MOST_NAMED else "")
        several = "several schemes are" if candidates else "no scheme is"
        raise NotFoundError(f'{several} called "{named}": {listed or "see them with qippctl schemes"}')
    fullest, *others = sorted(candidates, key=lambda line: -sum(len(p.stated) for p in line.values()))
    return fullest, others


def _fitting(found: Sequence[Line], named: str) -> list[Line]:
    """The lines of exactly that name or code, now or once, else those with that part in a name; of either schemes first.

    A scheme whose name stands in several workstreams is named with its own: `Workforce / Other`.
    """
    from qippctl.calc.positions import normal_name

    wanted, code = normal_name(named), named.casefold().strip()

    def names_of(position: Position) -> set[str]:
        own = position.scheme if position.level == "scheme" else position.workstream
        return {normal_name(own), normal_name(f"{position.workstream or ''} {own or ''}")}

    def fits(position: Position, *, exactly: bool) -> bool:
        if exactly:
            return wanted in names_of(position) or (position.code or "").casefold() == code
        return any(wanted in name for name in names_of(position))

    for exactly in (True, False):
        for level in ("scheme", "workstream"):
            own = [line for line in found if line[max(line)].level == level]
            now = [line for line in own if wanted and fits(line[max(line)], exactly=exactly)]
            once = [line for line in own if wanted and any(fits(p, exactly=exactly) for p in line.values())]
            if now or once:
                return _newest_of_each_name(now or once)
    return []


def _newest_of_each_name(found: Sequence[Line]) -> list[Line]:
    """Of lines that end under one name, the one that ends last: an older scheme of that name ended before it."""
    last: dict[str, str] = {}
    for line in found:
        name = _called(line[max(line)])
        last[name] = max(last.get(name, ""), max(line))
    return [line for line in found if max(line) == last[_called(line[max(line)])]]


def _called(position: Position) -> str:
    return " / ".join(filter(None, (position.organisation, position.workstream, position.scheme)))


def _periods(ledger: Ledger, organisation: str) -> list[str]:
    return ledger.organisations().get(organisation, [])


def delivered_to_date(thread: Line) -> dict[int, Figure]:
    """What earlier papers print as delivered to the end of their month."""
    found = ((period, position.find("actual", "ytd")) for period, position in thread.items())
    return {int(period[-2:]): figure for period, figure in found if figure is not None}
