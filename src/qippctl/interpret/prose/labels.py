"""Names of schemes and workstreams in sentences, and what a dashboard calls them.

`Review of rent and rates` is the scheme `Review rent / rates`; `Support our members to deliver excellent primary medical
care` is the workstream `Excellent Primary Medical Care`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from qippctl.calc.likeness import compare
from qippctl.calc.positions import normal_name
from qippctl.models.figure import Figure

LONGEST_NAME = 12
FEWEST_LETTERS = 3
FEWEST_INITIALS = 3
FEWEST_SHARED = 2
FEWEST_TURNED = 3
"""Words of a name that may stand in another order."""
SHARED = 60
"""Percent of a name's words that another must have, where nothing else is as like it."""
_FILLING = frozenset(
    ["a", "and", "for", "in", "of", "on", "the", "to", "with", "scheme", "project", "programme", "qipp", "cip"]
)
# Names that say nothing of what is meant.
_GENERIC = frozenset(
    ["other", "total", "corporate", "general", "plan", "target", "actual", "forecast", "saving", "all"]
)
_WORD = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)?")


@dataclass(slots=True)
class Name:
    """A scheme or workstream as tables name it, with its figures."""

    level: str
    name: str
    figures: list[Figure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Label:
    """Where a sentence names schemes or workstreams. `is_exact`: by the whole of the name."""

    start: int
    end: int
    text: str
    names: tuple[Name, ...]
    is_exact: bool


class Labels:
    """The names of a paper's figures of schemes and workstreams."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self.names: dict[tuple[str, str], Name] = {}
        for figure in figures:
            level, name = _subject(figure)
            if name and (key := normal_name(name)):
                self.names.setdefault((level, key), Name(level, name)).figures.append(figure)
        self._whole: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        self._short: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        self._bags: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        for own in self.names.values():
            self._whole[_key(own.name)].append(own)
            if len(_key(own.name)) >= FEWEST_TURNED:
                self._bags[tuple(sorted(_key(own.name)))].append(own)
            for short in set(_shortened(own.name)) - {_key(own.name)}:
                self._short[short].append(own)

    def found(self, text: str) -> list[Label]:
        """The names that stand in a text, in order, the longest first where they overlap."""
        words = [(m, _stem(m[0])) for m in _WORD.finditer(text)]
        words = [(m, stem) for m, stem in words if stem not in _FILLING]
        out: list[Label] = []
        at = 0
        while at < len(words):
            label = next(
                (
                    found
                    for length in range(min(LONGEST_NAME, len(words) - at), 0, -1)
                    if (found := self._at(text, words[at : at + length])) is not None
                ),
                None,
            )
            if label is None:
                at += 1
                continue
            out.append(label)
            at += sum(1 for m, _ in words[at:] if m.start() < label.end)
        return out

    def _at(self, text: str, words: Sequence[tuple[re.Match[str], str]]) -> Label | None:
        key = tuple(stem for _, stem in words)
        first, last = words[0][0], words[-1][0]
        if len(key) == 1 and (
            key[0] in _GENERIC or len(first[0]) < FEWEST_LETTERS or not first[0][0].isupper() or key[0].isdigit()
        ):
            return None
        whole, short = self._whole.get(key), self._short.get(key)
        if whole is None and len(key) >= FEWEST_TURNED:
            whole = self._bags.get(tuple(sorted(key)))  # `review of rent and rates`
        if whole is None and short is None:
            return None
        if whole is None and len({normal_name(own.name) for own in short or ()}) > 1:
            return None  # several names have this part
        spans = text[first.start() : last.end()]
        if re.search(r"[.;:,]\s", spans):
            return None
        return Label(first.start(), last.end(), spans, tuple(whole or short or ()), whole is not None)

    def named(self, level: str, name: str | None) -> Name | None:
        return self.names.get((level, normal_name(name))) if name else None

    def programmes(self, called: Sequence[str]) -> dict[str, tuple[Name, bool]]:
        """What a dashboard calls workstreams, to the workstream and whether that is sure.

        One that stands whole in what it is called is sure; what is left over is paired where most of its words are shared
        and no other name shares as many.
        """
        own = [name for (level, _), name in self.names.items() if level == "workstream"]
        found: dict[str, tuple[Name, bool]] = {}
        for text in dict.fromkeys(called):
            key = normal_name(text)
            same = [name for name in own if normal_name(name.name) == key]
            held = same or [name for name in own if (said := compare(normal_name(name.name), key)) and said[0]]
            held = [name for name in held if len(_key(name.name)) >= FEWEST_SHARED or same]
            if len(held) == 1:
                found[text] = (held[0], True)
        taken = {id(name) for name, _ in found.values()}
        left = [name for name in own if id(name) not in taken]
        for text in dict.fromkeys(called):
            if text in found:
                continue
            shares = sorted(
                ((_shared(name.name, text), name.name, name) for name in left), reverse=True, key=lambda s: s[0]
            )
            if shares and shares[0][0] >= SHARED and (len(shares) == 1 or shares[1][0] < shares[0][0]):
                best = shares[0][2]
                rivals = [t for t in called if t not in found and t != text and _shared(best.name, t) >= shares[0][0]]
                if not rivals:
                    found[text] = (best, False)
        return found


def _subject(figure: Figure) -> tuple[str, str | None]:
    if figure.role == "scheme" and figure.scheme:
        return "scheme", figure.scheme
    if figure.role in ("subtotal", "workstream") and not figure.scheme:
        return "workstream", figure.workstream
    return "", None


def _shared(name: str, text: str) -> int:
    """Percent of a name's words that a text has; nothing where it has too few."""
    mine, theirs = set(_key(name)), set(_key(text))
    both = mine & theirs
    return 100 * len(both) // len(mine) if len(both) >= FEWEST_SHARED else 0


def _shortened(name: str) -> Iterable[tuple[str, ...]]:
    """Shorter forms of a name: without brackets, what stands before a stop, and initials."""
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", name)
    yield _key(bare)
    first = re.split(r"[,:;]|\s[-–—]\s", bare, maxsplit=1)[0]
    if len(_key(first)) >= FEWEST_SHARED:
        yield _key(first)
    words = [w for w in re.findall(r"[A-Za-z]+", bare) if w.lower() not in _FILLING]
    if FEWEST_INITIALS <= len(words) <= 6:
        yield ("".join(w[0] for w in words).lower(),)


@lru_cache(maxsize=8192)
def _key(name: str) -> tuple[str, ...]:
    return tuple(stem for word in _WORD.findall(name) if (stem := _stem(word)) not in _FILLING)


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    """A word without case and without the s of a plural."""
    low = word.lower().replace("’", "'").removesuffix("'s")
    return low[:-1] if len(low) > FEWEST_LETTERS and low.endswith("s") and not low.endswith("ss") else low
