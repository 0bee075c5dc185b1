"""Short numbers: `#3` is the third figure of the list that was shown last for a ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qippctl.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from qippctl.ledger import Ledger

# A list longer than this is no list that somebody looks through.
MOST_NUMBERED = 100_000


def number(ledger: Ledger, figures: Sequence[str]) -> None:
    """Remember the figures of a list as #1, #2, ... for the commands that follow. Where that cannot be, they have no numbers."""
    from qippctl.cli.output import write

    path = _file(ledger)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, json.dumps({"ledger": ledger.place, "figures": list(figures[:MOST_NUMBERED])}) + "\n")
    except (OSError, UsageError):
        return


def figure_named(ledger: Ledger, asked: str) -> str:
    """The id of a figure that may be named by its short number; anything else comes back as it is."""
    if not asked.startswith("#"):
        return asked
    figures = _numbered(ledger)
    at = asked[1:].strip()
    if at.isascii() and at.isdigit() and len(at) <= len(str(MOST_NUMBERED)) and 1 <= int(at) <= len(figures):
        return figures[int(at) - 1]
    had = f"the list shown last had #1 to #{len(figures)}" if figures else "no list of figures was shown last"
    raise NotFoundError(
        f'no figure has the number "{asked[:20]}": {had}. Run first: qippctl doubts, or corrections list'
    )


def _numbered(ledger: Ledger) -> list[str]:
    try:
        kept = json.loads(_file(ledger).read_text(encoding="utf-8"))
        figures = kept["figures"] if kept["ledger"] == ledger.place else []
        return [str(identity) for identity in figures]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _file(ledger: Ledger) -> Path:
    import platformdirs

    name = hashlib.sha256(ledger.place.encode()).hexdigest()[:16]
    return Path(platformdirs.user_state_dir("qippctl", appauthor=False)) / "shown" / f"{name}.json"
