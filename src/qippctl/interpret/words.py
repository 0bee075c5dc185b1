"""Phrases against headings: one normal form, and patterns made once.

In a phrase `plan*` is every word that begins with plan, and a `*` alone is any one word. `=risk` is the whole heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_MARKUP = re.compile(
    r"</?(?:b|i|u|p|sup|sub|em|strong|span|ul|ol|li|div)(?: [a-z-]{1,20}=\"[^\"<>]{0,200}\")*>|<br ?/?>", re.IGNORECASE
)
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,400}?)\1")
_SPLIT = re.compile(r"[^\w%/#£'’<>]+")
_SLASH = re.compile(r"\s*/\s*")


def unmarked(text: str) -> str:
    """Text without the remnants of HTML and Markdown that conversions leave, on one line."""
    if "<" in text:
        text = _MARKUP.sub(" ", text)
    if "**" in text or "__" in text:
        text = _EMPHASIS.sub(r"\2", text)
    return " ".join(text.split())


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """Lower-case words with single spaces; % / £ < > and apostrophes stay, other marks go.

    >>> normal("Month 11 RAG rating (Act / Plan)%"), normal("F'cast")
    ('month 11 rag rating act / plan %', 'f cast')
    """
    bare = _SLASH.sub(" / ", unmarked(text).lower().replace("%", " % ").replace("'", " ").replace("’", " "))
    return " ".join(word for word in _SPLIT.split(bare) if word)


def _stands_in(phrase: str, words: str) -> bool:
    if phrase.startswith("="):
        return _pattern(phrase[1:]).fullmatch(words) is not None
    return _pattern(phrase).search(words) is not None


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = []
    for word in phrase.split():
        if word == "*":
            words.append(r"\S+")
        elif bare := normal(word.rstrip("*")):
            words.append(re.escape(bare) + (r"\w*" if word.endswith("*") else ""))
    return re.compile(r"(?:^|(?<= ))" + " ".join(words) + r"(?= |$)")


def find(phrases: Iterable[str], text: str) -> str | None:
    """The first of the phrases that stands in the text as whole words, or None.

    >>> find(["var", "plan*"], "Planned total"), find(["plan"], "Explanation")
    ('plan*', None)
    """
    words = normal(text)
    return next((phrase for phrase in phrases if _stands_in(phrase, words)), None)


def is_one_of(phrases: Iterable[str], text: str) -> bool:
    """Whether the text is one of the phrases, no more."""
    words = normal(text)
    return any(_pattern(phrase.removeprefix("=")).fullmatch(words) for phrase in phrases)


def not_in(phrases: Iterable[str], words: str) -> list[str]:
    """The words of a text in normal form that belong to none of the phrases that stand in it.

    >>> not_in(["full year", "year plan", "net*"], "full year plan gross")
    ['gross']
    """
    taken: set[int] = set()
    for phrase in phrases:
        for found in _pattern(phrase).finditer(words):
            taken.update(range(*found.span()))
    return [word[0] for word in re.finditer(r"\S+", words) if word.start() not in taken]
