"""Names that are like one another, and in what: letters, order, words more or fewer, or cut off. Never a proof.

A score alone is a poor judge: `Planned Care` and `Unplanned Care` are nearly the same letters, `Phase 1` and `Phase 2` more so.
So letters only choose whom to compare; whether two names may be one is decided word by word.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

LIKE_LETTERS = 80
"""Percent of letters from which names are compared word by word."""
SHORTEST_CUT = 10
SHORTEST_HELD = 10
LONG_WORD = 8
SHORT_WORD = 4
LETTERS_A_SLIP = 9
"""Of so many letters one may be wrong."""
MOST_HOLDERS = 50
CUT_OFF = "one is the other cut off"
_FILLING = frozenset(
    ["a", "and", "for", "in", "of", "on", "the", "to", "with", "project", "programme", "scheme", "schemes", "qipp"]
)
# Words that make another thing of a name.
_APART = frozenset(["non", "not", "no", "other", "excluding", "except", "without", "ex"])
_ROMAN = frozenset(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"])


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two names, by their places in a list, with the percent of their letters that are the same.

    `is_close`: nothing but spelling, order or filling words sets them apart. Otherwise one holds all words of the other.
    """

    one: int
    other: int
    score: Decimal
    because: str
    is_close: bool


def alike(names: Sequence[str]) -> Iterator[Likeness]:
    """Pairs of names, made normal and all different, that may be one. Time grows little faster than the list."""
    seen: set[tuple[int, int]] = set()
    for one, other in _candidates(names):
        pair = (min(one, other), max(one, other))
        if one == other or pair in seen:
            continue
        seen.add(pair)
        found = compare(names[one], names[other])
        if found is not None:
            because, is_close = found
            yield Likeness(*pair, score(names[one], names[other]), because, is_close)


def score(one: str, other: str) -> Decimal:
    """Percent of the letters of two names that are the same, whatever the order of words."""
    from rapidfuzz import fuzz

    return Decimal(round(max(fuzz.ratio(one, other), fuzz.ratio(_sorted(one), _sorted(other)))))


def _sorted(name: str) -> str:
    return " ".join(sorted(name.split()))


def _candidates(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    yield from _by_letters(names, names)
    # Where the first letter differs, sorting puts a word elsewhere: so as they stand and sorted.
    yield from _by_letters(names, [_sorted(name) for name in names])
    yield from _by_words(names)
    yield from _by_beginning(names)


def _by_letters(names: Sequence[str], texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    from rapidfuzz import fuzz, process

    # Names of one length band only: a name much longer cannot have enough letters in common.
    ordered = sorted(range(len(names)), key=lambda k: (len(names[k]), names[k]))
    lined = [texts[k] for k in ordered]
    lengths = [len(text) for text in lined]
    for at, text in enumerate(lined):
        end = bisect_right(lengths, len(text) * (200 - LIKE_LETTERS) // LIKE_LETTERS)
        for _, _, k in process.extract(
            text, lined[at + 1 : end], scorer=fuzz.ratio, score_cutoff=LIKE_LETTERS, limit=None
        ):
            yield ordered[at], ordered[at + 1 + k]


def _by_words(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Names all of whose words stand in another; of a name that many others hold none is likely."""
    holders: dict[str, set[int]] = defaultdict(set)
    for k, name in enumerate(names):
        for word in set(name.split()):
            holders[word].add(k)
    for k, name in enumerate(names):
        words = sorted(set(name.split()) - _FILLING, key=lambda word: (len(holders[word]), word))
        if not words:
            continue
        found = set(holders[words[0]])
        for word in words[1:]:
            found &= holders[word]
        found.discard(k)
        if len(found) <= MOST_HOLDERS:
            yield from ((k, other) for other in sorted(found))


def _by_beginning(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    ordered = sorted(range(len(names)), key=lambda k: names[k])
    for at, k in enumerate(ordered):
        if len(names[k]) >= SHORTEST_CUT:
            for other in islice(ordered, at + 1, at + 1 + MOST_HOLDERS):
                if not names[other].startswith(names[k]):
                    break
                if names[other][len(names[k])] != " ":
                    yield k, other


def compare(one: str, other: str) -> tuple[str, bool] | None:
    """In what two names are alike, in words, and whether that is close; None where they are two.

    >>> compare("integrate discharge and reablement", "integrated discharge and reablement")
    ('one letter differs', True)
    >>> compare("planned care", "unplanned care") is compare("phase 1", "phase 2") is None
    True
    """
    if one.replace(" ", "") == other.replace(" ", ""):
        return "only the spaces differ", True
    short, long = sorted((one, other), key=len)
    mine, theirs = Counter(short.split()), Counter(long.split())
    more, left = list((theirs - mine).elements()), list((mine - theirs).elements())
    if not more and not left:
        return "the same words in another order", True
    letters = 0
    for word in list(left):
        variant = next((w for w in more if _is_variant(word, w)), None)
        if variant is not None:
            left.remove(word)
            more.remove(variant)
            letters += _distance(word, variant)
    last = short.split()[-1]
    is_cut = len(short) >= SHORTEST_CUT and long.startswith(short) and long[len(short)] != " "
    if left and is_cut and last not in _ROMAN and not any(c.isdigit() for c in last):
        return CUT_OFF, True
    if letters > max(1, len(short) // LETTERS_A_SLIP):
        return None
    if any(_is_number(word) or word in _APART for word in (*left, *more)):
        return None
    spelt = "one letter differs" if letters == 1 else f"{letters} letters differ" if letters else ""
    extra = [word for word in more if word not in _FILLING]
    if not extra and all(word in _FILLING for word in left):
        words = ", ".join(f'"{word}"' for word in (*left, *more))
        return "; ".join(filter(None, (spelt, f"only {words} more" if words else ""))), True
    if left and not all(word in _FILLING for word in left):
        return None
    held = [word for word in short.split() if word not in _FILLING]
    if len(short) < SHORTEST_HELD or len(held) < 2:
        return None
    if len(extra) > len(held) and f" {short} " not in f" {long} ":
        return None
    said = "one holds all words of the other"
    if len(extra) <= 4:
        said += ", and " + ", ".join(f'"{word}"' for word in extra)
    return "; ".join(filter(None, (spelt, said))), False


def _is_number(word: str) -> bool:
    """Whether a word tells things of one name apart: a number, a numeral, a letter of a list."""
    return any(c.isdigit() for c in word) or word in _ROMAN or (len(word) == 1 and word != "a")


def _is_variant(one: str, other: str) -> bool:
    """Whether two words are one spelt differently. A first letter or syllable turns meanings round: `planned`, `unplanned`."""
    if one[0] != other[0] or _is_number(one) or _is_number(other):
        return False
    short, long = sorted((one, other), key=len)
    if len(short) <= SHORT_WORD:
        # `ward` and `word`, `bed` and `bad` are two words; `home` and `homes` are one.
        return len(short) == SHORT_WORD and long == short + "s"
    return _distance(one, other) <= (2 if len(short) >= LONG_WORD else 1)


def _distance(one: str, other: str) -> int:
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other)
