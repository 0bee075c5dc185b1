"""Settings: defaults of options and how the audit judges, in a project's `qippctl.toml` or the user's own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.base import Model
from qippctl.models.finding import Severity


class AuditSettings(Model):
    """How the audit judges."""

    disable: Annotated[tuple[str, ...], Field(description="Codes of rules that do not run.")] = ()
    enable: Annotated[
        tuple[str, ...], Field(description="Codes of rules that run, though the user's own file disables them.")
    ] = ()
    severity: Annotated[
        dict[str, Severity], Field(description="Code to error, warning or note, instead of the rule's own.")
    ] = {}
    thresholds: Annotated[
        dict[str, float],
        Field(description="Name of a rule's parameter to its number; `qippctl explain CODE` lists a rule's."),
    ] = {}
    accepted: Annotated[
        str | None, Field(description="A file of accepted findings, from the folder of the settings file.")
    ] = None


class Settings(Model):
    """A settings file. A flag outranks an environment variable, that the project's file, that the user's."""

    ledger: Annotated[
        str | None, Field(description="The ledger: a database URL, or a SQLite file from the folder of this file.")
    ] = None
    policy: Annotated[
        str | None, Field(description="The RAG rules: a policy's name, or a file from the folder of this file.")
    ] = None
    organisation: Annotated[str | None, Field(description="Any part of the name that is unambiguous.")] = None
    audit: AuditSettings = AuditSettings()


class SettingAnswer(Model):
    """One setting in force, and where it comes from."""

    type: Literal["setting"] = "setting"
    name: str
    value: str | None
    source: Annotated[
        Literal["environment", "project", "user", "default"],
        Field(description="Which of them gave it; a flag outranks all of these."),
    ]
    origin: Annotated[str | None, Field(description="The environment variable or the file; null for a default.")] = None
