"""What is meant: which organisation, which of its periods, which policy, which paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from qippctl.errors import ConfigurationError, NotFoundError, UsageError
from qippctl.models.policy import Policy, PolicyFailure

if TYPE_CHECKING:
    from qippctl.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Choice:
    """One organisation and one period that its tables report."""

    organisation: str
    period: str


def choose_organisations(ledger: Ledger, named: str | None) -> dict[str, list[str]]:
    """The organisations meant: all, the one of exactly that name, or the only one with that part in its name."""
    known = ledger.organisations()
    if named is None:
        return known
    wanted = named.casefold().strip()
    exact = [name for name in known if name.casefold() == wanted]
    found = exact or [name for name in known if wanted in name.casefold()]
    if len(found) == 1:
        return {found[0]: known[found[0]]}
    listed = (
        "; ".join(name or "(unnamed)" for name in found or known)
        or "none: the ledger holds no figures. Try: qippctl ingest PATH"
    )
    if found:
        raise NotFoundError(f'"{named}" is part of several names: {listed}')
    raise NotFoundError(f'no organisation with figures is called "{named}"; there are: {listed}')


def choose(ledger: Ledger, organisation: str | None = None, period: str | None = None) -> list[Choice]:
    """Each chosen organisation with the period asked for; without one, its newest. A bare `M10` is of its newest year."""
    chosen = choose_organisations(ledger, organisation)
    out = []
    for name, periods in chosen.items():
        wanted = period_named(period, periods)
        if wanted in periods:
            out.append(Choice(name, wanted))
    if not out and period is not None and chosen:
        there = "; ".join(f"{name or '(unnamed)'}: {', '.join(periods)}" for name, periods in chosen.items())
        raise NotFoundError(f"nothing is reported for {period}; there is {there}")
    return out


@dataclass(frozen=True, slots=True)
class TwoPeriods:
    """One organisation and two periods that its tables report."""

    organisation: str
    earlier: str
    later: str


def choose_two(
    ledger: Ledger, organisation: str | None = None, earlier: str | None = None, later: str | None = None
) -> list[TwoPeriods]:
    """Each chosen organisation with the two periods asked for; without them, its newest and the one before.

    A bare month is the last such month before the later period. Organisations that do not report both are left out;
    NotFoundError says what there is where none does.
    """
    chosen = choose_organisations(ledger, organisation)
    out = []
    reversed_: TwoPeriods | None = None
    for name, periods in chosen.items():
        last = period_named(later, periods)
        before = [period for period in periods if period < last and ("-M" in period) == ("-M" in last)]
        first = _asked_before(earlier, last, periods) if earlier is not None else before[-1] if before else None
        if first in periods and last in periods and first is not None:
            if first < last:
                out.append(TwoPeriods(name, first, last))
            else:
                reversed_ = TwoPeriods(name, first, last)
    if out:
        return out
    if reversed_ is not None:
        raise UsageError(f"--from {reversed_.earlier} is not before --to {reversed_.later}; turn them round")
    there = "; ".join(f"{name or '(unnamed)'}: {', '.join(periods)}" for name, periods in chosen.items())
    if not there:
        raise NotFoundError("the ledger holds no figures. Next: qippctl ingest PATH")
    if earlier is None and later is None:
        raise NotFoundError(
            f"movement needs two periods of one organisation; there is {there}. Next: qippctl ingest PATH"
        )
    asked = f"{earlier or 'an earlier period'} and {later or 'a later one'}"
    raise NotFoundError(f"no organisation reports both {asked}; there is {there}")


def _asked_before(asked: str, last: str, periods: Sequence[str]) -> str:
    """An earlier period as typed: a bare `M10` is of the later period's year, or of the year before where it comes after it."""
    from qippctl.period import Period, find_mention

    bare, end = find_mention(asked), Period.parse(last)
    if bare is not None and bare.start is None and bare.month is not None and end.month:
        return str(Period(end.start - (bare.month > end.month), bare.month))
    return period_named(asked, periods)


def period_named(asked: str | None, periods: Sequence[str]) -> str:
    """The period that is meant, as `2014/15-M11`; a bare `M10` is of the newest year of `periods`, none the newest of them.

    UsageError where the text names none.
    """
    from qippctl.period import Period, find_mention

    newest = max((Period.parse(text) for text in periods), default=None)
    if asked is None:
        return str(newest)
    bare = find_mention(asked)
    if newest is not None and bare is not None and bare.start is None and bare.month is not None:
        return str(Period(newest.start, bare.month))
    try:
        return str(Period.parse(asked))
    except ValueError as error:
        raise UsageError(str(error)) from error


def policy_files() -> list[Policy | PolicyFailure]:
    """The policies, the analyst's own, then the shipped ones, and the files that are none."""
    from qippctl import resources

    found: list[Policy | PolicyFailure] = []
    for path in resources.toml_files("policies"):
        try:
            found.append(resources.load(path, Policy))
        except ConfigurationError as error:
            found.append(PolicyFailure(name=path.stem, file=str(path), failure=str(error).removeprefix(f"{path}: ")))
    return found


def policies() -> dict[str, Policy]:
    """The policies by name: the analyst's own, then the shipped ones. ConfigurationError where a file is none."""
    found = policy_files()
    broken = next((file for file in found if isinstance(file, PolicyFailure)), None)
    if broken is not None:
        raise ConfigurationError(f"{broken.file}: {broken.failure}")
    return _by_name(found)


def _by_name(found: Sequence[Policy | PolicyFailure]) -> dict[str, Policy]:
    known: dict[str, Policy] = {}
    for policy in found:
        if isinstance(policy, Policy):
            known.setdefault(policy.name, policy)
    return known


def find_policy(named: str | None) -> Policy:
    """A policy by name or file; without either the first that says it is the default.

    A broken file of the analyst's own might be the default or the one that is named; it stops nothing else.
    """
    from qippctl import resources

    if named is None:
        known = policies()
        return next((policy for policy in known.values() if policy.default), next(iter(known.values())))
    if named.endswith(".toml") or "/" in named:
        return resources.load(Path(named), Policy)
    known = _by_name(policy_files())
    if named not in known:
        policies()
        raise NotFoundError(f'no policy is called "{named}"; there are: {", ".join(known)}. A file may be named too')
    return known[named]


def policies_meant(named: Sequence[str]) -> tuple[list[Policy], list[PolicyFailure]]:
    """The policies of these names and files, or all that are known; and the files that are none."""
    if not named:
        found = policy_files()
        return [p for p in found if isinstance(p, Policy)], [p for p in found if isinstance(p, PolicyFailure)]
    known: list[Policy] = []
    broken: list[PolicyFailure] = []
    for name in named:
        try:
            known.append(find_policy(name))
        except ConfigurationError as error:
            file, _, failure = str(error).partition(": ")
            broken.append(PolicyFailure(name=name, file=file, failure=failure))
    return known, broken


def find_paper(ledger: Ledger, named: str) -> int:
    """The number of a paper by `#3`, by the beginning of its content's hash, or by a part of its file name."""
    known = ledger.papers()
    bare = named.removeprefix("#")
    by_number = [p for p in known if bare.isdigit() and p.number == int(bare)]
    found = by_number or [
        p for p in known if p.cover.sha256.startswith(named.lower()) or named.casefold() in p.name.casefold()
    ]
    if len(found) != 1:
        listed = ", ".join(f"#{p.number} {p.name}" for p in (found or known)) or "none yet"
        raise NotFoundError(f'{"several papers are" if found else "no paper is"} called "{named}"; there are: {listed}')
    return found[0].number


def pounds(text: str) -> Decimal:
    """An amount as a person types it, in pounds: `2.1m`, `643k`, `£2,100,000`. UsageError where it is none."""
    from qippctl.money import exactly, parse_amount

    amount = parse_amount(text)
    if amount is None or amount.is_percent or amount.is_dash:
        raise UsageError(f'"{text}" is not an amount of money, such as 2.1m, 643k or 2100000')
    with exactly():
        return amount.value * (amount.scale or 1)
