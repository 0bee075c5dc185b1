"""Totals and their parts in one sentence: `a, b and c, totalling d`, `d, made up of a and b`, `of the 15 schemes 9 are green`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from qippctl.audit.stated.reading import CERTAIN, POSSIBLE, PROBABLE, Reading, Term, added, at_most, pieces
from qippctl.audit.stated.sentence import FAR, Sentence
from qippctl.calc.spoken import Spoken

_HEDGED = r"\s?(?:(?:about|around|approximately|approx\.?|circa|some|just|over|under|nearly|almost) ?)*£?$"
_TOTALLING = re.compile(
    rf"\b(?:totals|totalling|totaling|(?:making|giving|giving us|gives?|makes?)(?: a| an| the)?(?: combined| overall"
    rf"| grand)? total(?: saving)?s?(?: of| to)?"
    rf"|in total,?|altogether,?|together|which totals|which total|sum(?:s|ming)? to|add(?:s|ing)? up to){_HEDGED}",
    re.IGNORECASE,
)
_A_TOTAL = re.compile(
    rf"(?<!against )(?<!from )(?<!out of )(?<!of )\b(?:an? |the )?(?:combined |grand |overall )?total of{_HEDGED}",
    re.IGNORECASE,
)
_IN_TOTAL = re.compile(r"\s?(?:in total|altogether|in all|overall)\b", re.IGNORECASE)
_JOINED = re.compile(r"(?:[,(–:-]|\bor|\bmaking|\bgiving|\bis)\s?£?$", re.IGNORECASE)
_NEXT = re.compile(r"[^0-9;.=]{0,110}(?:,|;|\band\b|&|\bplus\b|\+)[^0-9;.=]{0,110}", re.IGNORECASE)
_MORE = re.compile(r"\b(?:and|plus|with|another)\b", re.IGNORECASE)
_MADE_OF = re.compile(
    r"[^0-9;.]{0,80}\b(?:made up of|comprising|comprises|comprised of|consist(?:s|ing) of|composed of|being|namely"
    r"|split (?:between|into|as|across)|split|broken down"
    r" (?:as|into|between)|divided (?:between|into))\b(?: follows)?[^0-9;.]{0,40}",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(r"[^0-9;.()]{0,50}(?:\bof (?:which|these|them)\b|:)[^0-9;.()]{0,20}", re.IGNORECASE)
_OPENED = re.compile(r"[^0-9;.:()]{0,60}:[^0-9;.:()]{0,40}", re.IGNORECASE)
_OF_THE = re.compile(r"\bof (?:the |our |its |these |those |all |a total of )?(?:total )?$", re.IGNORECASE)
_COLOUR = re.compile(
    r"\b(red|amber|green|blue|complete[d]?|closed|grey|white|not (?:yet )?(?:started|rated|due))\b", re.IGNORECASE
)
_BETWEEN = re.compile(r"[^0-9;.]{0,60}", re.IGNORECASE)
MOST_PARTS = 7


def parts(of: Sentence) -> Iterator[Reading]:
    """Every total that the sentence states with its parts."""
    yield from _totals(of)
    yield from _made_up(of)
    yield from _colours(of)


def _totals(of: Sentence) -> Iterator[Reading]:
    said = of.said
    for k, target in enumerate(said):
        lead = of.before(k)
        followed = _IN_TOTAL.match(of.after(k)) and _JOINED.search(lead)
        outright = _TOTALLING.search(lead)
        total = outright or _A_TOTAL.search(lead)
        if not total and not followed:
            continue
        earlier = [i for i in range(k) if said[i].unit == target.unit]
        if len(earlier) < 2:
            continue
        results = (
            [i for i in earlier if re.search(r"=\s?£?$", of.gap(i - 1)) and of.gap(i - 1) != FAR] if earlier else []
        )
        start = total.start() if total else len(lead)
        joined = not _MORE.search(re.sub(r"(?:\band|,)\s*$", "", lead[:start]))
        if len(results) >= 2 and outright:
            yield _sum(said, results, k, CERTAIN)
        elif (outright or followed) and joined and _is_list(of, earlier) and earlier[-1] == k - 1:
            yield _sum(said, earlier, k, CERTAIN)
        yield from _subsets(said, earlier[-MOST_PARTS:], k)


def _made_up(of: Sentence) -> Iterator[Reading]:
    said = of.said
    for k, target in enumerate(said):
        opened = _OPENED.fullmatch(of.gap(k))
        if target.unit == "percent" or not (opened or _MADE_OF.fullmatch(of.gap(k))):
            continue
        later = [i for i in range(k + 1, len(said)) if said[i].unit == target.unit]
        if len(later) < 2 or later[0] != k + 1:
            continue
        outside = [i for i in later if not _within_brackets(of.text, said[i].start)]
        clean = outside == later and _is_list(of, later) and _ends_with_and(of, later)
        yield _sum(said, later, k, POSSIBLE if not clean else PROBABLE if opened else CERTAIN)
        if len(outside) >= 2:
            yield _sum(said, outside, k, POSSIBLE)
        yield from _subsets(said, later[:MOST_PARTS], k)


def _colours(of: Sentence) -> Iterator[Reading]:
    """`Of the 15 schemes 9 are green, 4 amber and 2 red`: all three colours make the whole, fewer are no more than it."""
    said = of.said
    for k, whole in enumerate(said):
        if (
            whole.unit != "count"
            or whole.scale != 1
            or not (_OF_THE.search(of.before(k)) or _OF_WHICH.fullmatch(of.gap(k)))
        ):
            continue
        coloured = [i for i in range(k + 1, len(said)) if said[i].unit == "count" and _COLOUR.search(of.after(i))]
        plain = [i for i in range(k + 1, len(said)) if said[i].unit == "count"]
        named = {found.lower() for i in coloured for found in _COLOUR.findall(of.after(i))[:1]}
        if len(coloured) < 2 or coloured != plain or len(named) != len(coloured):
            continue
        terms = tuple(Term(said[i], exact=True) for i in coloured)
        every = {"red", "amber", "green"} <= named
        yield Reading(whole, terms, added if every else at_most, _listed(terms), CERTAIN if every else PROBABLE)


def _sum(said: Sequence[Spoken], indexes: Sequence[int], target: int, certainty: int) -> Reading:
    terms = tuple(pieces(said[i]) for i in indexes)
    return Reading(said[target], terms, added, _listed(terms), certainty)


def _listed(terms: Sequence[Term]) -> str:
    return " + ".join(term.said.raw for term in terms)


def _subsets(said: Sequence[Spoken], indexes: Sequence[int], target: int) -> Iterator[Reading]:
    """Any numbers of the same kind that make the total: good for agreeing only."""
    for size in range(2, len(indexes) + 1):
        for chosen in combinations(indexes, size):
            yield _sum(said, chosen, target, POSSIBLE)


def _is_list(of: Sentence, indexes: Sequence[int]) -> bool:
    """Whether numbers follow each other as a list: commas and `and` between them, no other number."""
    follow = all(right == left + 1 for left, right in pairwise(indexes))
    return follow and all(_NEXT.fullmatch(of.gap(i)) for i in indexes[:-1])


def _ends_with_and(of: Sentence, indexes: Sequence[int]) -> bool:
    return re.search(r"\band\b|&|\bplus\b", of.gap(indexes[-2])) is not None


def _within_brackets(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at)
