"""Settings: the project's file over the user's, both checked, with paths from the folder of the file that names them."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from qippctl.errors import ConfigurationError
from qippctl.models.settings import SettingAnswer, Settings

if TYPE_CHECKING:
    from qippctl.audit import Terms
    from qippctl.models.finding import Severity

ENVIRONMENT = {"ledger": "QIPPCTL_LEDGER", "policy": "QIPPCTL_POLICY"}
DEFAULTS = ("ledger", "policy", "organisation")


@dataclass(frozen=True, slots=True)
class Given:
    """One settings file, its paths made whole."""

    path: Path
    source: str
    settings: Settings


@dataclass(frozen=True, slots=True)
class InForce:
    """What the settings files say together: the project's file first, then the user's."""

    files: tuple[Given, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)
    accepted: Path | None = None

    def value(self, name: str) -> tuple[str, Given] | None:
        """A default and the file that gives it."""
        for given in self.files:
            value = getattr(given.settings, name)
            if value is not None:
                return value, given
        return None

    @property
    def disabled(self) -> dict[str, Given]:
        """The rules that do not run, each with the file that says so."""
        out: dict[str, Given] = {}
        for given in reversed(self.files):
            for code in given.settings.audit.enable:
                out.pop(code, None)
            out.update(dict.fromkeys(given.settings.audit.disable, given))
        return out

    @property
    def severities(self) -> dict[str, tuple[Severity, Given]]:
        return {c: (s, given) for given in reversed(self.files) for c, s in given.settings.audit.severity.items()}

    @property
    def thresholds(self) -> dict[str, tuple[float, Given]]:
        return {n: (v, given) for given in reversed(self.files) for n, v in given.settings.audit.thresholds.items()}

    def terms(self, only: Sequence[str] = ()) -> Terms:
        """How an audit judges under these settings. A rule that is asked for by `only` runs, disabled or not."""
        from qippctl.audit import Terms, rules

        asked = _codes(only)
        return Terms(
            frozenset(rules()) - asked if asked else frozenset(self.disabled),
            {code: severity for code, (severity, _) in self.severities.items()},
            {name: value for name, (value, _) in self.thresholds.items()},
        )


def _codes(asked: Sequence[str]) -> frozenset[str]:
    """Codes of rules from codes or names; NotFoundError lists what there is."""
    from qippctl.pipeline.auditing import explain_rule

    return frozenset(explain_rule(one).code for one in asked)


def load_settings(project: Path | None = None, user: Path | None = None) -> InForce:
    """The settings of these files. ConfigurationError names the file, the key and what is expected there."""
    files = tuple(_given(path, source) for path, source in ((project, "project"), (user, "user")) if path is not None)
    found = InForce(files)
    defaults = {name: value[0] for name in DEFAULTS if (value := found.value(name)) is not None}
    accepted = next((given.settings.audit.accepted for given in files if given.settings.audit.accepted), None)
    return InForce(files, defaults, Path(accepted) if accepted else None)


def _given(path: Path, source: str) -> Given:
    from qippctl import resources

    settings = resources.load(path, Settings)
    own = settings.audit
    for key, codes in (("disable", own.disable), ("enable", own.enable), ("severity", tuple(own.severity))):
        _check_codes(path, key, codes)
    _check_thresholds(path, own.thresholds)
    both = sorted(set(own.disable) & set(own.enable))
    if both:
        raise ConfigurationError(f"{path}: audit: {', '.join(both)} is in disable and in enable; take it out of one")
    folder = path.resolve().parent
    audit = own.model_copy(update={"accepted": str(folder / own.accepted) if own.accepted else None})
    named = settings.policy
    is_file = named is not None and (named.endswith(".toml") or "/" in named)
    changed = {
        "audit": audit,
        "ledger": _ledger(settings.ledger, folder),
        "policy": str(folder / named) if named is not None and is_file else named,
    }
    return Given(path, source, settings.model_copy(update=changed))


def _check_codes(path: Path, key: str, codes: Collection[str]) -> None:
    """A code that no rule has is most often mistyped, so it is told; nothing else is disabled instead."""
    if not codes:
        return
    from qippctl.audit import rules

    known = rules()
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise ConfigurationError(
            f'{path}: audit.{key}: no rule has the code "{unknown[0]}"; there are: {", ".join(known)}'
        )


def _check_thresholds(path: Path, thresholds: Mapping[str, float]) -> None:
    """A name that no rule has a parameter of is most often mistyped; a number must be one that can be compared."""
    if not thresholds:
        return
    from qippctl.audit import rules

    known = {one.name: code for code, rule in rules().items() for one in rule.parameters}
    for name, value in thresholds.items():
        if name not in known:
            there = ", ".join(f"{one} ({code})" for one, code in known.items())
            raise ConfigurationError(
                f'{path}: audit.thresholds: no rule has a parameter "{name}"; there are: {there}. See: qippctl explain CODE'
            )
        if not 0 < value < inf:
            raise ConfigurationError(f"{path}: audit.thresholds.{name}: {value:g} is not a number above 0")


def _ledger(named: str | None, folder: Path) -> str | None:
    """A ledger's URL; of a SQLite file, from the folder of the settings file."""
    if named is None:
        return None
    if "://" not in named:
        return f"sqlite:///{folder / named}"
    start = "sqlite:///"
    if named.startswith(start) and not named.startswith(start + "/") and named != start + ":memory:":
        return f"{start}{folder / named.removeprefix(start)}"
    return named


def settings_in_force(found: InForce, default_ledger: str) -> list[SettingAnswer]:
    """Every setting in force, and where it comes from."""
    out = [_default(found, name, default_ledger) for name in DEFAULTS]
    accepted = next(((g.settings.audit.accepted, g) for g in found.files if g.settings.audit.accepted), None)
    out.append(_answer("audit.accepted", *accepted) if accepted else _unset("audit.accepted", None))
    disabled = sorted(found.disabled.items())
    out += [_answer(f"audit.disable {code}", "disabled", given) for code, given in disabled]
    severities = sorted(found.severities.items())
    out += [_answer(f"audit.severity.{code}", severity, given) for code, (severity, given) in severities]
    thresholds = sorted(found.thresholds.items())
    out += [_answer(f"audit.thresholds.{name}", f"{value:g}", given) for name, (value, given) in thresholds]
    return out


def _default(found: InForce, name: str, default_ledger: str) -> SettingAnswer:
    variable = ENVIRONMENT.get(name)
    if variable is not None and os.environ.get(variable):
        value = os.environ[variable]
        return SettingAnswer(name=name, value=_shown(name, value), source="environment", origin=variable)
    given = found.value(name)
    if given is not None:
        return _answer(name, _shown(name, given[0]), given[1])
    return _unset(name, default_ledger if name == "ledger" else None)


def _shown(name: str, value: str | None) -> str | None:
    """A value as it may be told: of a ledger's URL, without its password."""
    from qippctl.ledger.opening import shown_url

    return shown_url(value) if name == "ledger" and value is not None else value


def _answer(name: str, value: str | None, given: Given) -> SettingAnswer:
    return SettingAnswer.model_validate(
        {"name": name, "value": value, "source": given.source, "origin": str(given.path)}
    )


def _unset(name: str, value: str | None) -> SettingAnswer:
    return SettingAnswer(name=name, value=value, source="default", origin=None)
