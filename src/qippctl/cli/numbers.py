"""Short numbers: `#3` is the third figure, or finding, of the list that was shown last for a ledger."""

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
# Digits alone are a number up to here, beyond it the beginning of an id.
LONGEST_BARE = 3


def number(ledger: Ledger, figures: Sequence[str], findings: Sequence[str] = ()) -> None:
    """Remember the figures of a list as #1, #2, ... for the commands that follow. Where that cannot be, they have no numbers.

    Of a list of findings, their ids too: the figure of each is the one that it faults, "" where it is of a sentence.
    """
    from qippctl.cli.output import write

    path = _file(ledger)
    kept: dict[str, object] = {"ledger": ledger.place, "figures": list(figures[:MOST_NUMBERED])}
    if findings:
        kept["findings"] = list(findings[:MOST_NUMBERED])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, json.dumps(kept) + "\n")
    except (OSError, UsageError):
        return


def figure_named(ledger: Ledger, asked: str) -> str:
    """The id of a figure that may be named by its short number; anything else comes back as it is.

    Of a finding, the figure that it faults; UsageError where it is of a sentence and has none.
    """
    if not asked.startswith("#"):
        return asked
    figure = _at(_numbered(ledger, "figures"), asked, "figure", "qippctl doubts, or corrections list")
    if not figure:
        raise UsageError(f"{asked} is a finding about a sentence, which has no figure. See: qippctl evidence '{asked}'")
    return figure


def finding_shown(ledger: Ledger, asked: str) -> str | None:
    """The id of the finding that has a short number in the list shown last; None where that is no list of findings."""
    found = _numbered(ledger, "findings")
    return _at(found, asked, "finding", "qippctl audit") if asked.startswith("#") and found else None


def finding_named(ledger: Ledger, asked: str) -> str:
    """The id of a finding that may be named by its short number, with or without `#`; anything else comes back as it is."""
    bare = asked.removeprefix("#")
    if not asked.startswith("#") and not (bare.isascii() and bare.isdigit() and len(bare) <= LONGEST_BARE):
        return asked
    return _at(_numbered(ledger, "findings"), f"#{bare}", "finding", "qippctl audit")


def _at(numbered: Sequence[str], asked: str, what: str, first: str) -> str:
    at = asked[1:].strip()
    if at.isascii() and at.isdigit() and len(at) <= len(str(MOST_NUMBERED)) and 1 <= int(at) <= len(numbered):
        return numbered[int(at) - 1]
    had = f"the list shown last had #1 to #{len(numbered)}" if numbered else f"no list of {what}s was shown last"
    raise NotFoundError(f'no {what} has the number "{asked[:20]}": {had}. Run first: {first}')


def _numbered(ledger: Ledger, what: str) -> list[str]:
    try:
        kept = json.loads(_file(ledger).read_text(encoding="utf-8"))
        found = kept.get(what, []) if kept["ledger"] == ledger.place else []
        return [str(identity) for identity in found]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def _file(ledger: Ledger) -> Path:
    import platformdirs

    name = hashlib.sha256(ledger.place.encode()).hexdigest()[:16]
    return Path(platformdirs.user_state_dir("qippctl", appauthor=False)) / "shown" / f"{name}.json"
