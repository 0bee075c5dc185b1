"""What else changes when figures are put right: answers about subjects, and the arithmetic of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from qippctl.calc import rag, variance
from qippctl.calc.identities import checks
from qippctl.calc.position import Position
from qippctl.models.corrections import Change, CheckChange
from qippctl.models.figure import Basis, Figure
from qippctl.models.policy import Policy
from qippctl.money import plain

_BASES: tuple[Basis, ...] = ("ytd", "year")
_Key = tuple[str, str | None, str | None, int]


def changes(before: Sequence[Position], after: Sequence[Position], reported: str, policy: Policy) -> list[Change]:
    """What answers of one organisation's period say otherwise, in the order of its subjects; those that are gone last."""
    out: list[Change] = []
    pairs = _pairs(before, after)
    for old, new in pairs:
        out += _renamed(old, new, reported)
        for basis in _BASES:
            was, now = _said(old, basis, reported, policy), _said(new, basis, reported, policy)
            subject = new or old
            if subject is None:
                continue
            period = reported[:7] if basis == "year" else reported
            out += [
                Change(
                    workstream=subject.workstream,
                    scheme=subject.scheme,
                    role=subject.role,
                    period=period,
                    basis=basis,
                    name=name,
                    before=was.get(name),
                    after=now.get(name),
                )
                for name in ("plan", "actual", "variance", "delivery", "rag", "certainty")
                if was.get(name) != now.get(name) and not (name == "certainty" and was.get("rag") != now.get("rag"))
            ]
    return out


def _said(position: Position | None, basis: Basis, reported: str, policy: Policy) -> dict[str, str | None]:
    if position is None:
        return {}
    period = reported[:7] if basis == "year" else reported
    money, rated = variance.answer(position, basis, period), rag.answer(position, basis, period, policy)
    out: dict[str, str | None] = {}
    if money is not None:
        for name in ("plan", "actual", "variance", "delivery"):
            value = getattr(money, name)
            out[name] = None if value is None else plain(value)
    if rated is not None:
        out |= {"rag": rated.derived, "certainty": rated.certainty if rated.derived else None}
    return out


def _pairs(before: Sequence[Position], after: Sequence[Position]) -> list[tuple[Position | None, Position | None]]:
    """Subjects before and after: by what they are called, then by the rows that they are printed in."""
    old, new = _keyed(before), _keyed(after)
    left = [position for key, position in old.items() if key not in new]
    out: list[tuple[Position | None, Position | None]] = []
    for key, position in new.items():
        same = old.get(key)
        if same is None:
            same = next((other for other in left if other.rows & position.rows), None)
            left = [other for other in left if other is not same]
        out.append((same, position))
    return out + [(position, None) for position in left]


def _keyed(found: Sequence[Position]) -> dict[_Key, Position]:
    seen: Counter[tuple[str, str | None, str | None]] = Counter()
    out: dict[_Key, Position] = {}
    for position in found:
        name = (position.level, position.workstream, position.scheme)
        out[(*name, seen[name])] = position
        seen[name] += 1
    return out


def _renamed(old: Position | None, new: Position | None, reported: str) -> Iterator[Change]:
    subject = new or old
    was, now = (_called(old), _called(new))
    if subject is not None and was != now:
        yield Change(
            workstream=subject.workstream,
            scheme=subject.scheme,
            role=subject.role,
            period=reported,
            basis="ytd",
            name="subject",
            before=was,
            after=now,
        )


def _called(position: Position | None) -> str | None:
    if position is None:
        return None
    return " / ".join(filter(None, (position.workstream, position.scheme))) or position.role


def check_changes(before: Sequence[Figure], after: Sequence[Figure]) -> list[CheckChange]:
    """The arithmetic of one table that fails now and held, or holds now and failed."""
    was = {check.key: check.holds for check in checks(before)}
    return [
        CheckChange(
            code=check.code,
            figure=check.target.id,
            row=check.target.row,
            column=check.target.column,
            label=check.target.scheme or check.target.workstream or check.target.role,
            measure=check.target.names,
            now_holds=check.holds,
        )
        for check in checks(after)
        if was.get(check.key, check.holds) != check.holds
    ]
