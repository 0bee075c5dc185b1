"""Arithmetic that goes over the end of a sentence: a share of the plan before it, halves of it, a total and its list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from qippctl.audit.stated.reading import (
    CERTAIN,
    ONE,
    POSSIBLE,
    PROBABLE,
    Reading,
    Term,
    Work,
    added,
    apart,
    share,
    times,
)
from qippctl.audit.stated.sentence import Sentence
from qippctl.calc.spoken import Spoken
from qippctl.money import Interval

_THIS = re.compile(
    r"^(?:[-–•]\s?)?(?:this|that|it|which)\s(?:is|was|represents|equates to|equals|means)\b[^0-9;]{0,30}$",
    re.IGNORECASE,
)
_OF_PLAN = re.compile(
    r"\s?(?:[a-z-]+ ){0,1}of (?:the |our |its )?(?:planned|plan|target|budget|savings|due|profile)", re.IGNORECASE
)
_YIELD = re.compile(
    r"\s?(?:[A-Za-z-]+ ){0,2}(?:yield|achievement|delivery|of (?:the |our |its )?(?:plan|target|total|value))\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:plan|target|budget|identified|value|total|requirement)", re.IGNORECASE)
_DONE = re.compile(r"\b(?:achiev|deliver|forecast|actual|saved|realis|secured)", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:against|versus|vs\.?|compared (?:to|with)|of a)\b", re.IGNORECASE)
_SPLIT = re.compile(
    r"(?<![0-9.,:])([1-9][0-9]?)\s?[:/]\s?([1-9][0-9]?)\s(?:basis|split|share|ratio|risk)", re.IGNORECASE
)
_IDENTIFIES = re.compile(
    r"^(?:this|these|it|the (?:plan|programme|total))\b[^0-9;.]{0,60}\b(?:identifies|comprises|consists of|is made up of"
    r"|includes)\b",
    re.IGNORECASE,
)
_COMPLETE = re.compile(r"\b(?:identifies|comprises|consists of|is made up of)\b", re.IGNORECASE)
_AS_FOLLOWS = re.compile(
    r"(?:as follows|made up of|made up as follows|comprises|comprising|consists of|broken down(?: as follows)?"
    r"|the following)\s?:?\s*$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-–•·*o]|[0-9]{1,2}[.)]|[a-z][.)]|\([a-z0-9]{1,3}\)|[ivx]{1,4}[.)])\s", re.IGNORECASE)
_LESS = re.compile(r"\b(?:less|not devolved|minus|deduct|net of|excluding)", re.IGNORECASE)
_TOTAL = re.compile(r"\btotal\b", re.IGNORECASE)
FEWEST, MOST = 2, 20


def neighbours(of: Sentence, before: Sequence[Sentence]) -> Iterator[Reading]:
    """Every statement of this sentence that takes numbers of the one before it."""
    if before:
        yield from _shares(of, before[-1])
        yield from _splits(of, before)


def _amounts(of: Sentence) -> list[Spoken]:
    return [said for said in of.said if said.unit == "GBP"]


def _shares(of: Sentence, last: Sentence) -> Iterator[Reading]:
    """`We have delivered £23.4m against £32.8m. This is 71% of our plan.`"""
    percents = [k for k, said in enumerate(of.said) if said.unit == "percent"]
    if not percents:
        return
    k = percents[0]
    target, own, held = of.said[k], _amounts(of), _amounts(last)
    if not own and len(held) == 2 and _AGAINST.search(last.text) and _WHOLE.search(last.text):
        sure = _THIS.match(of.text[: target.start]) and _OF_PLAN.match(of.after(k))
        loose = _OF_PLAN.match(of.after(k)) or _THIS.match(of.text[: target.start])
        if sure or loose:
            yield from _either(target, held[0], held[1], CERTAIN if sure and len(percents) == 1 else POSSIBLE)
    if len(own) == len(held) == 1 and own[0].start < target.start and len(percents) == 1 and _YIELD.match(of.after(k)):
        certainty = PROBABLE if _WHOLE.search(last.text) and _DONE.search(of.text) else POSSIBLE
        yield from _either(target, own[0], held[0], certainty)


def _either(target: Spoken, some: Spoken, whole: Spoken, certainty: int) -> Iterator[Reading]:
    yield Reading(target, (Term(some), Term(whole)), share, f"{some.raw} of {whole.raw}", certainty)
    yield Reading(target, (Term(whole), Term(some)), share, f"{whole.raw} of {some.raw}", POSSIBLE)


def _splits(of: Sentence, before: Sequence[Sentence]) -> Iterator[Reading]:
    """`Assuming a 50:50 split it could represent net savings of £241k` of the amount before."""
    for found in _SPLIT.finditer(of.text):
        one, other = int(found[1]), int(found[2])
        later = [said for said in _amounts(of) if said.start >= found.end()][:1]
        held = [said for said in _amounts(of) if said.end <= found.start()] or _amounts(before[-1])
        for target in later:
            for whole in held:
                for piece in dict.fromkeys((one, other)):
                    words = f"{piece}/{one + other} of {whole.raw}"
                    certainty = PROBABLE if len(held) == 1 and one == other else POSSIBLE
                    yield Reading(target, (Term(whole),), _fraction(piece, one + other), words, certainty)


def _fraction(piece: int, whole: int) -> Work:
    ratio = ONE * piece / whole
    return lambda spans: times(spans[0], Interval(ratio, ratio))


def identified(of: Sentence, last: Sentence) -> Iterator[Reading]:
    """Parts of an amount of the sentence before: `... a £7m plan. This plan identifies £3m ..., £2m ... and £2m ...`"""
    found, held = _IDENTIFIES.search(of.text), _amounts(last)
    later = [said for said in _amounts(of) if found and said.start >= found.end()]
    if not found or len(later) < FEWEST or not held:
        return
    terms = tuple(Term(said) for said in later)
    words = " + ".join(said.raw for said in later)
    listed = (
        len(later) == len(_amounts(of)) and len(later) > FEWEST and " and " in of.text[later[-2].end : later[-1].start]
    )
    for whole in held:
        sure = len(held) == 1 and listed and _COMPLETE.search(found[0])
        yield Reading(whole, terms, added, words, PROBABLE if sure else POSSIBLE)


def lists(passage: Sequence[Sentence]) -> Iterator[tuple[Sentence, Reading]]:
    """Totals with lists under them: `The budget is £351m and is constructed as follows`, and totals among the lines."""
    for k, head in enumerate(passage):
        if not _AS_FOLLOWS.search(head.text) or not _amounts(head):
            continue
        items = []
        for line in passage[k + 1 : k + 1 + MOST]:
            if not _BULLET.match(line.text) or not _amounts(line):
                break
            items.append(line)
        yield from _built(head, items)


def _built(head: Sentence, items: Sequence[Sentence]) -> Iterator[tuple[Sentence, Reading]]:
    whole = _amounts(head)[-1]
    sums = [k for k, line in enumerate(items) if k and _TOTAL.search(line.text)]
    simple = all(len(_amounts(line)) == 1 for line in items)
    for start, end in pairwise([-1, *sums, len(items)]):
        terms = tuple(Term(_amounts(line)[0]) for line in items[start + 1 : end])
        if len(terms) < FEWEST:
            continue
        of, target = (items[end], _amounts(items[end])[0]) if end < len(items) else (head, whole)
        words = " + ".join(term.said.raw for term in terms)
        yield of, Reading(target, terms, added, words, PROBABLE if simple else POSSIBLE)
        yield of, Reading(target, terms, apart, words, POSSIBLE)
        signs = [_LESS.search(line.text) is not None for line in items[start + 1 : end]]
        yield of, Reading(target, terms, _signed(signs), words, POSSIBLE)


def _signed(signs: Sequence[bool]) -> Work:
    def work(spans: Sequence[Interval]) -> Interval:
        gained = added([span for span, less in zip(spans, signs, strict=True) if not less])
        return gained - added([span for span, less in zip(spans, signs, strict=True) if less])

    return work
