"""Who decides, and when: for every command that records a decision of a person."""

from __future__ import annotations

import getpass
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from qippctl.errors import UsageError
from qippctl.period import find_date

By = Annotated[
    str | None,
    typer.Option("--by", metavar="WHO", help="Who decided [default: your user name].", show_default=False),
]
Reason = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept with the decision.", show_default=False)
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be recorded, and record nothing.")]


MOST_BYTES = 16_000_000
MOST_DIGITS = 10


def given_file(file: Path) -> bytes:
    """A table of decisions as it stands in a file, `-` for stdin; UsageError says why it cannot be read."""
    try:
        if str(file) == "-":
            raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with file.open("rb") as opened:
                raw = opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{file}: cannot be read: {why}") from error
    if len(raw) > MOST_BYTES:
        raise UsageError(f"{file}: larger than {MOST_BYTES // 1_000_000} MB, so no table of decisions; not read")
    return raw


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


def day_asked(text: str | None) -> date:
    """The date that was said, or the date of today; UsageError where it is none."""
    if text is None:
        return datetime.now(UTC).date()
    found = find_date(text)
    if found is None:
        raise UsageError(f'"{text}" is not a date, such as 2011-05-26')
    return found


def number_given(text: str) -> int:
    """The number of a decision as typed, with or without `#`; UsageError where it is none."""
    bare = text.strip().removeprefix("#")
    if not (bare.isascii() and bare.isdigit() and len(bare) < MOST_DIGITS):
        raise UsageError(f'"{text[:20]}" is not the number of a decision, such as 3')
    return int(bare)
