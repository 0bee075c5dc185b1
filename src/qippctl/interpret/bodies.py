"""Names of public bodies: found in a line, and compared with short forms written out."""

from __future__ import annotations

import re
from functools import lru_cache

from qippctl.interpret.layouts import organisation_words
from qippctl.interpret.words import normal
from qippctl.models.document import Document

SMALL_WORDS = frozenset({"and", "of", "the", "for", "in", "on", "with"})


def is_body(line: str) -> bool:
    """Whether a line is the name of a body, or of several, and hardly anything else."""
    return bool(line) and sum(len(body) + len(" and ") for body in bodies_in(line)) * 10 >= len(line) * 8


@lru_cache(maxsize=1)
def _ending() -> re.Pattern[str]:
    endings = sorted(organisation_words().endings, key=len, reverse=True)
    name = r"(?:[A-Z][\w'’.-]*|&|and|of|the|upon|in|with)"
    return re.compile(
        rf"\b(?:[A-Z][\w'’.-]*)(?:[ ,]+{name}){{0,9}}? (?:{'|'.join(re.escape(e) for e in endings)})\b", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _beginning() -> re.Pattern[str]:
    beginnings = "|".join(re.escape(b) for b in organisation_words().beginnings)
    return re.compile(
        rf"\b(?:{beginnings}) (?:[A-Z][\w'’-]*)(?:,? (?:(?:and|&) )?(?!(?:and|AND) NHS)[A-Z][\w'’-]*){{0,6}}",
        re.IGNORECASE,
    )


@lru_cache(maxsize=8192)
def bodies_in(line: str) -> tuple[str, ...]:
    """The public bodies that a line names, as printed."""
    if len(line) > 200:
        return ()
    found = []
    for piece in re.split(r"\band (?=NHS )", line, flags=re.IGNORECASE):
        capital = piece.isupper()
        for match in (*_ending().finditer(piece), *_beginning().finditer(piece)):
            name = match[0].strip(" ,")
            words = [w for w in name.split() if w.lower() not in SMALL_WORDS and w != "&"]
            if (
                len(words) >= 2
                and (capital or all(w[0].isupper() for w in words))
                and core_words(name) - set(organisation_words().generic)
            ):
                found.append(name)
                break
    return tuple(found)


def core_words(text: str) -> frozenset[str]:
    """The words that tell bodies apart, short forms written out."""
    words = organisation_words()
    long = " ".join(words.short_forms.get(word, word) for word in normal(text).split())
    generic = {word for phrase in (*words.beginnings, *words.endings) for word in phrase.split()} | SMALL_WORDS
    return frozenset(word for word in long.split() if word not in generic)


def initials_of(document: Document) -> dict[str, str]:
    """The bodies that a paper's lines name, by their initials (`NEA`); initials that two share name none."""
    found: dict[str, set[str]] = {}
    generic = set(organisation_words().beginnings)
    for block in document.prose():
        for line in block.text.splitlines():
            for body in bodies_in(line):
                core = core_words(body)
                words = [w for w in body.split() if w.lower() not in generic and normal(w) in core]
                if len(words) >= 2:
                    found.setdefault("".join(word[0].upper() for word in words), set()).add(body)
    return {
        initials: min(bodies, key=len)
        for initials, bodies in found.items()
        if len({core_words(b) for b in bodies}) == 1
    }
