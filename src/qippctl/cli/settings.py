"""The settings files: where they are, and their defaults for options. Nothing heavy is loaded where there are none."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qippctl.pipeline import InForce

NAME = "qippctl.toml"


def project_file() -> Path | None:
    """The nearest settings file, in the current folder or above."""
    try:
        here = Path.cwd()
    except OSError:  # the folder is gone
        return None
    return next((file for folder in (here, *here.parents) if (file := folder / NAME).is_file()), None)


def user_file() -> Path | None:
    """The user's own settings file, beside their policies and layouts."""
    import platformdirs

    file = Path(platformdirs.user_config_dir("qippctl", appauthor=False)) / NAME
    return file if file.is_file() else None


def in_force() -> InForce:
    """The settings of the files that there are; ConfigurationError says what is wrong with one."""
    from qippctl.pipeline import load_settings

    project, user = project_file(), user_file()
    return load_settings(project, user if user != project else None)


def defaults_of(command: Any) -> dict[str, Any] | None:
    """The defaults that settings give the options of a command and of those below it; None without any.

    Help is given whatever the files hold.
    """
    if {"--help", "-h"} & set(sys.argv) or (project_file() is None and user_file() is None):
        return None
    values = dict(in_force().defaults)
    return _below(command, values) if values else None


def _below(command: Any, values: dict[str, Any]) -> dict[str, Any]:
    children = getattr(command, "commands", {})
    return {**values, **{name: _below(child, values) for name, child in children.items()}}
