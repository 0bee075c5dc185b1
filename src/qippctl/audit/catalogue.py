"""The rules of the audit: each a small function with a code, whose docstring is its page.

A docstring has four paragraphs: what is wrong, why it matters, what to do, and an example from a real paper.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from qippctl.models.finding import RuleAnswer, Severity

if TYPE_CHECKING:
    from qippctl.audit.material import Material

PARAGRAPHS = 4


class Held(NamedTuple):
    """A comparison that holds: to the last digit, or within the printed precision."""

    exactly: bool


@dataclass(frozen=True, slots=True)
class Breach:
    """A comparison that does not hold, or something else to be told. The audit makes a finding of it.

    `printed`, `recomputed`, `difference` and `tolerance` are in the paper's own unit. `figures` are ids, the faulted one last;
    where there are none `key` tells one breach of a rule from another. `severity` stands instead of the rule's own.
    """

    message: str
    printed: str | None = None
    recomputed: str | None = None
    difference: str | None = None
    tolerance: str | None = None
    figures: tuple[str, ...] = ()
    page: int = 1
    table: str | None = None
    row: int | None = None
    where: str | None = None
    text: str | None = None
    suggestion: str | None = None
    doubts: tuple[str, ...] = ()
    severity: Severity | None = None
    key: str = ""


Told = Held | Breach
Check = Callable[["Material"], Iterator[Told]]


@dataclass(slots=True)
class Rule:
    """A code, its page, and the functions that look for it."""

    code: str
    name: str
    severity: Severity
    what: str
    why: str
    action: str
    example: str
    checks: list[Check] = field(default_factory=list)

    @property
    def answer(self) -> RuleAnswer:
        return RuleAnswer(
            code=self.code,
            name=self.name,
            severity=self.severity,
            default_severity=self.severity,
            what=self.what,
            why=self.why,
            action=self.action,
            example=self.example,
        )


_RULES: dict[str, Rule] = {}
_FURTHER: dict[str, list[Check]] = {}


def rule(code: str, severity: Severity) -> Callable[[Check], Check]:
    """Register a function as a rule; its docstring is the rule's page and its name, with dashes, the rule's name."""

    def register(check: Check) -> Check:
        parts = [" ".join(part.split()) for part in (inspect.getdoc(check) or "").split("\n\n")]
        if len(parts) != PARAGRAPHS:
            raise TypeError(f"{code}: a rule's docstring has {PARAGRAPHS} paragraphs: what, why, what to do, example")
        if code in _RULES:
            raise TypeError(f"{code} is taken by {_RULES[code].name}")
        what, why, action, example = parts
        name = check.__name__.replace("_", "-")
        _RULES[code] = Rule(code, name, severity, what, why, action, example, [check])
        return check

    return register


def also(code: str) -> Callable[[Check], Check]:
    """Register a function that looks for what another function's rule describes."""

    def register(check: Check) -> Check:
        _FURTHER.setdefault(code, []).append(check)
        return check

    return register


def rules() -> dict[str, Rule]:
    """Every rule by its code, in the order of codes."""
    from qippctl.audit import every_module

    every_module()
    for code, checks in _FURTHER.items():
        known = _RULES[code].checks
        known += [check for check in checks if check not in known]
    return dict(sorted(_RULES.items()))
