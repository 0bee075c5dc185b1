"""The rules of the audit: each a small function with a code, whose docstring is its page.

A docstring has four paragraphs: what is wrong, why it matters, what to do, and an example from a real paper.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypedDict

from qippctl.models.finding import Decision, RuleAnswer, RuleParameter, Severity

if TYPE_CHECKING:
    from qippctl.audit.material import Material
    from qippctl.audit.months import Months

PARAGRAPHS = 4


class Held(NamedTuple):
    """A comparison that holds: to the last digit, or within the printed precision."""

    exactly: bool


class Placed(Protocol):
    """What stands on a page, perhaps in a row of a table: a figure, a rating, a record."""

    @property
    def page(self) -> int: ...
    @property
    def table(self) -> str | None: ...
    @property
    def row(self) -> int | None: ...


class Place(TypedDict):
    """Where a breach is: of a sentence its text as well."""

    page: int
    table: str | None
    row: int | None
    where: str | None


@dataclass(frozen=True, slots=True)
class Breach:
    """A comparison that does not hold, or something else to be told. The audit makes a finding of it.

    `printed`, `recomputed`, `difference` and `tolerance` are in the paper's own unit. `figures` are ids, the faulted one last;
    where there are none `key` tells one breach of a rule from another. `severity` stands instead of the rule's own. `decision`
    is what it changes, where the rule itself knows; else the audit works it out. `is_bound`: what is recomputed is a bound, and
    no value that could stand instead. `sha256` names the paper that is faulted, where several take part and no figure says which.
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
    decision: Decision | None = None
    is_bound: bool = False
    sha256: str | None = None


Told = Held | Breach
Check = Callable[["Material"], Iterator[Told]]
CheckBetween = Callable[["Months"], Iterator[Told]]


class Parameter(NamedTuple):
    """A number by which a rule judges, that a project may set otherwise."""

    code: str
    name: str
    default: float
    meaning: str


@dataclass(slots=True)
class Rule:
    """A code, its page, and the functions that look for it: in one paper, and between those of two periods."""

    code: str
    name: str
    severity: Severity
    what: str
    why: str
    action: str
    example: str
    checks: list[Check] = field(default_factory=list)
    between: list[CheckBetween] = field(default_factory=list)
    parameters: list[Parameter] = field(default_factory=list)

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
            parameters=tuple(
                RuleParameter(name=one.name, value=one.default, default=one.default, meaning=one.meaning)
                for one in self.parameters
            ),
        )


_RULES: dict[str, Rule] = {}
_FURTHER: dict[str, list[Check]] = {}
_FURTHER_BETWEEN: dict[str, list[CheckBetween]] = {}
_PARAMETERS: dict[str, Parameter] = {}


def rule(code: str, severity: Severity) -> Callable[[Check], Check]:
    """Register a function as a rule; its docstring is the rule's page and its name, with dashes, the rule's name."""

    def register(check: Check) -> Check:
        _registered(code, severity, check).checks.append(check)
        return check

    return register


def between(code: str, severity: Severity) -> Callable[[CheckBetween], CheckBetween]:
    """Register a function as a rule that holds the papers of two periods against each other."""

    def register(check: CheckBetween) -> CheckBetween:
        _registered(code, severity, check).between.append(check)
        return check

    return register


def _registered(code: str, severity: Severity, check: Callable[..., Iterator[Told]]) -> Rule:
    parts = [" ".join(part.split()) for part in (inspect.getdoc(check) or "").split("\n\n")]
    if len(parts) != PARAGRAPHS:
        raise TypeError(f"{code}: a rule's docstring has {PARAGRAPHS} paragraphs: what, why, what to do, example")
    if code in _RULES:
        raise TypeError(f"{code} is taken by {_RULES[code].name}")
    what, why, action, example = parts
    name = check.__name__.replace("_", "-")
    return _RULES.setdefault(code, Rule(code, name, severity, what, why, action, example))


def also(code: str) -> Callable[[Check], Check]:
    """Register a function that looks for what another function's rule describes."""

    def register(check: Check) -> Check:
        _FURTHER.setdefault(code, []).append(check)
        return check

    return register


def also_between(code: str) -> Callable[[CheckBetween], CheckBetween]:
    """Register a function that looks between papers for what another function's rule describes."""

    def register(check: CheckBetween) -> CheckBetween:
        _FURTHER_BETWEEN.setdefault(code, []).append(check)
        return check

    return register


def parameter(code: str, name: str, default: float, meaning: str) -> Parameter:
    """Register a number by which a rule judges: `[audit.thresholds]` may set another under its name."""
    if name in _PARAMETERS:
        raise TypeError(f"{name} is a parameter of {_PARAMETERS[name].code}")
    return _PARAMETERS.setdefault(name, Parameter(code, name, default, meaning))


def rules() -> dict[str, Rule]:
    """Every rule by its code, in the order of codes."""
    from qippctl.audit import every_module

    every_module()
    for code, checks in _FURTHER.items():
        if code not in _RULES:
            continue  # its page is in a module that is not here
        known = _RULES[code].checks
        known += [check for check in checks if check not in known]
    for code, checks_between in _FURTHER_BETWEEN.items():
        own = _RULES[code].between
        own += [check for check in checks_between if check not in own]
    for one in _PARAMETERS.values():
        if one.code in _RULES and one not in _RULES[one.code].parameters:
            _RULES[one.code].parameters.append(one)
    return dict(sorted(_RULES.items()))
