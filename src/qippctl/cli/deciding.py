"""Who decides, and when: for every command that records a decision of a person."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import Annotated

import typer

from qippctl.errors import UsageError

By = Annotated[
    str | None,
    typer.Option("--by", metavar="WHO", help="Who decided [default: your user name].", show_default=False),
]
Reason = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept with the decision.", show_default=False)
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be recorded, and record nothing.")]


def who(by: str | None) -> str:
    """Who decided: as said, else the user's name."""
    if by is not None and by.strip():
        return by.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise UsageError("nobody knows who you are here; say it with --by WHO") from error


def now() -> str:
    """The time at which a decision is kept: ISO, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
