"""What labels and texts say of other schemes: `was X`, `previously X`, `included in X`, `see X`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["rename", "merge", "overlap"]
MOST_WORDS = 14
CODE = r"[A-Z]{1,5}[0-9]{1,2}[a-zA-Z]{0,2}(?:\s?\([ivx]{1,4}\))?"
# A name ends with its bracket, at a stop, or where the label itself goes on.
_NAME = r"(?P<name>[^()\[\];:.,•]*(?:\([^()]*\)[^()\[\];:.,•]*)*)"
_PATTERNS: tuple[tuple[Kind, str, re.Pattern[str]], ...] = (
    ("rename", "was", re.compile(r"[(\[]\s*was\s+(?:known as\s+|called\s+)?" + _NAME, re.IGNORECASE)),
    (
        "rename",
        "previously",
        re.compile(r"\b(?:previously|formerly)\s+(?:known as\s+|called\s+|titled\s+)?" + _NAME, re.IGNORECASE),
    ),
    (
        "merge",
        "included in",
        re.compile(
            r"(?<!not )(?<!been )\b(?:now\s+)?(?:included|merged|incorporated|subsumed)\s+(?:in|into|with|within|under)\s+"
            + _NAME,
            re.IGNORECASE,
        ),
    ),
    ("overlap", "see", re.compile(r"(?:[(\[]\s*|\bplease\s+|^)see\s+(?:also\s+)?" + _NAME, re.IGNORECASE)),
)
_CODE = re.compile(r"\b" + CODE)


@dataclass(frozen=True, slots=True)
class Mention:
    """That a text speaks of another scheme: how, by which word, and what it calls it (with the code in that, if any)."""

    kind: Kind
    word: str
    name: str
    code: str | None

    @property
    def said(self) -> str:
        return f"{self.word} {self.name}"


def mentions(text: str) -> Iterator[Mention]:
    """The other schemes that a text speaks of, in order of kind.

    >>> [(m.kind, m.name) for m in mentions("Front door (was Minor Injuries) (ref 71)")]
    [('rename', 'Minor Injuries')]
    >>> [(m.kind, m.name, m.code) for m in mentions("Playgroups Included in AB9f Community contract")]
    [('merge', 'AB9f Community contract', 'AB9f')]
    """
    for kind, word, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            name = " ".join(found["name"].split()).strip(" -–")
            if not name or len(name.split()) > MOST_WORDS:
                continue
            code = _CODE.match(name)
            yield Mention(kind, word, name, code[0] if code else None)
