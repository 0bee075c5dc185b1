"""What speaks against a new link between names: itself, a circle, another link of the name, shares above the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from qippctl.calc.identity import WHOLE
from qippctl.calc.positions import normal_name
from qippctl.models.decisions import Distinct, Link
from qippctl.money import ZERO, plain


def is_same(one: Link, other: Link) -> bool:
    """Whether two links say the same, whoever said it."""
    return _terms(one) == _terms(other)


def _terms(link: Link) -> tuple[object, ...]:
    ends = (normal_name(link.name), normal_name(link.to))
    return (link.organisation or "", link.level, *ends, link.since, link.share)


def is_same_denial(one: Distinct, other: Distinct) -> bool:
    """Whether two denials tell the same names apart, in either order."""
    pairs = [(d.organisation or "", d.level, frozenset((normal_name(d.name), normal_name(d.to)))) for d in (one, other)]
    return pairs[0] == pairs[1]


def objection(new: Link, links: Sequence[Link]) -> str | None:
    """Why a link cannot stand beside those that hold for its organisation; None where it can."""
    name, to = normal_name(new.name), normal_name(new.to)
    if name == to:
        return f'"{new.name}" and "{new.to}" are one name already: case, punctuation and spaces do not count'
    others = [
        link for link in links if link.level == new.level and (link.organisation or "") == (new.organisation or "")
    ]
    own = [link for link in others if normal_name(link.name) == name]
    if new.share == WHOLE or any(link.share == WHOLE for link in own):
        if own:
            return f'"{new.name}" is linked to "{own[0].to}" already ({told(own[0])}). First: {undoing(own[0])}'
    else:
        if (twice := next((link for link in own if normal_name(link.to) == to), None)) is not None:
            return f'"{new.to}" has a share of "{new.name}" already ({told(twice)}). First: {undoing(twice)}'
        if (elsewhen := next((link for link in own if link.since != new.since), None)) is not None:
            return f'"{new.name}" is split since {elsewhen.since} ({told(elsewhen)}), not {new.since}'
        given = shares(new, own)
        if given > WHOLE:
            return f'the shares of "{new.name}" would come to {plain(given)}%, above 100'
    passed = _from(to, others)
    if name in passed:
        return f'"{new.to}" means "{new.name}" already, by way of other links: a circle. See: qippctl schemes aliases'
    return None


def shares(new: Link, own: Iterable[Link]) -> Decimal:
    """What the shares of a split come to with a new one."""
    return sum((link.share for link in own), ZERO) + new.share


def _from(name: str, links: Sequence[Link]) -> set[str]:
    """Every name that links lead to from a name."""
    passed: set[str] = set()
    waiting = [name]
    while waiting:
        at = waiting.pop()
        for link in links:
            end = normal_name(link.to)
            if normal_name(link.name) == at and end not in passed:
                passed.add(end)
                waiting.append(end)
    return passed


def told(link: Link) -> str:
    """A link by its number and terms, for people."""
    since = f", since {link.since}" if link.since else ""
    share = f", {plain(link.share)}%" if link.share < WHOLE else ""
    return (f"#{link.number}" if link.number else "another row") + since + share


def undoing(link: Link) -> str:
    return f"qippctl schemes unlink {link.number} --reason TEXT" if link.number else "take that row out"
