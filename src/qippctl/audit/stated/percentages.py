"""Percentages of amounts that a sentence names: `10% of 650 (65)`, `£1.2m (5.3%) of £22.6m`, `20% less, a saving of £482k`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qippctl.audit.stated.equations import result_sign
from qippctl.audit.stated.reading import (
    CERTAIN,
    POSSIBLE,
    PROBABLE,
    TINY,
    Reading,
    Term,
    apart,
    change,
    left_over,
    part,
    raised,
    share,
)
from qippctl.audit.stated.sentence import FAR, Sentence
from qippctl.money import Interval

_OF = re.compile(r"\)?\s?,?\s?(?:[a-z-]{1,15}\s){0,2}(?:of|on)\b[^0-9;.()]{0,60}", re.IGNORECASE)
_BARE_OF = re.compile(r"\)?\s?,?\s?of\b[^0-9;.()]{0,60}", re.IGNORECASE)
_IS = re.compile(r"[^0-9;.]{0,30}\b(?:is|are|was|were|would be|will be|being)\s(?:[a-z]+\s){0,2}", re.IGNORECASE)
_AGE = re.compile(r"\s?(?:or|years|yrs|and over|plus|\+|%)", re.IGNORECASE)
_BRACKET = re.compile(r"[^0-9;.()]{0,50}\(\s?(?:i\.e\.?,? |or |= ?|about |approx\w*\.? |c\.? ?|some )?", re.IGNORECASE)
_SHORT_BRACKET = re.compile(
    r"[^0-9;.()]{0,25}\(\s?(?:i\.e\.?,? |or |= ?|equivalent to |about |approx\w*\.? )?", re.IGNORECASE
)
_OF_WHICH = re.compile(r"[^0-9;]{0,60}\bof (?:which|these|whom|those)\b[^0-9;]{0,30}", re.IGNORECASE)
_AGAINST = re.compile(
    r"(?P<of>\s?(?:out )?of (?:the |our |its |a |an |total |planned |original ){0,3})"
    r"|[^0-9;]{0,60}\b(?:against|versus|vs\.?|compared (?:to|with))\b[^0-9;()]{0,60}",
    re.IGNORECASE,
)
_OF_THE_WHOLE = re.compile(r"\bof (?:the |our |its |this )?(?:[a-z]+ )?$", re.IGNORECASE)
_ITS_PART = re.compile(r"[^0-9;()]{0,40},\s")
_AWAY = re.compile(
    r"\s(?:below|above|under|over|short of|behind|ahead of|less than|more than|lower than|higher than|down on"
    r"|up on)\b[^0-9;.()]{0,40}",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"\s?(?:of (?:the |our |its )?(?:plan|target|budget|total|whole|them|these|year)[a-z ]{0,15}|achieved|delivered|delivery"
    r"|achievement)?\s?\)",
    re.IGNORECASE,
)
_SO_MANY = re.compile(r"\s?(?:of (?:the |our |its )?(?:plan|target|budget|total)|achieve|deliver)", re.IGNORECASE)
_IS_SHARE = re.compile(
    r"[^0-9;.()]{0,40}\b(?:is|are|was|represents?|representing|equates? to|equating to|equals|i\.e\.|amounts? to|makes? up"
    r"|which is)\s"
    r"(?:[a-z]+\s){0,2}",
    re.IGNORECASE,
)
_MOVE = r"(?:reduc\w+|decreas\w+|cut|sav\w+|efficienc\w+|increas\w+|growth|uplift\w*|inflation|rise|fall|drop)"
_MOVE_BEFORE = re.compile(rf"\b{_MOVE}\b[^0-9;.]{{0,12}}(?:by|of|at|to)?\s?(?:a |an )?(?:[a-z]+ )?$", re.IGNORECASE)
_MOVE_AFTER = re.compile(rf"\s?(?:[a-z-]+ ){{0,2}}{_MOVE}\b", re.IGNORECASE)
_COMES_TO = re.compile(
    r"[^0-9;.]{0,80}(?:\b(?:savings?|reductions?|increases?|decreases?|cuts?) of|\bequat\w+ to|\bgiv\w+|\brepresent\w*|="
    r"|\bworth|\bdeliver\w*"
    r"|\bgenerat\w+|\bsav(?:e|es|ing)|\bi\.e\.|\bwhich is|\bproduc\w+|\bresult\w* in)\s?(?:[a-z]+ ){0,4}£?",
    re.IGNORECASE,
)
_THEN = re.compile(r"[^0-9;.]{0,40}(?:,|\band|&|\bor)\s?(?:[a-z]+ ){0,3}", re.IGNORECASE)
_OTHER_THINGS = re.compile(
    r"\s?(?:\w+ )?(?:wtes?|beds?|posts?|staff|nurses|gps?|practices|sites|wards|hours|days|weeks|months|years|schemes|projects"
    r"|%)\b",
    re.IGNORECASE,
)


def percentages(of: Sentence) -> Iterator[Reading]:
    """Every percentage of the sentence as one of an amount, or as what one amount is of another."""
    for k, said in enumerate(of.said):
        if said.unit == "percent":
            yield from _of_an_amount(of, k)
            yield from _taken_off(of, k)
            yield from _one_of_another(of, k)


def _of_an_amount(of: Sentence, k: int) -> Iterator[Reading]:
    """`25% of 6,506 equates to 1,626`; `650 of which 10% (65)`."""
    said = of.said
    if k + 2 < len(said) and said[k + 1].unit == said[k + 2].unit != "percent" and _OF.fullmatch(of.gap(k)):
        gap = of.gap(k + 1)
        sign = result_sign(gap)
        certainty = CERTAIN if sign not in (None, "(") else None
        if certainty is None and (sign == "(" or _BRACKET.fullmatch(gap)) and of.after(k + 2).lstrip().startswith(")"):
            certainty = PROBABLE
        if certainty is None and _IS.fullmatch(gap) and not _AGE.match(of.after(k + 2)):
            certainty = PROBABLE
        if certainty is not None:
            yield from _parts(of, k, k + 1, k + 2, certainty)
    if 0 < k < len(said) - 1 and said[k - 1].unit == said[k + 1].unit != "percent":
        bracket = _BRACKET.fullmatch(of.gap(k)) and of.after(k + 1).lstrip().startswith(")")
        if bracket and _OF_WHICH.fullmatch(of.gap(k - 1)):
            yield from _parts(of, k, k - 1, k + 1, PROBABLE)
    # A share of any number before it, without a word that says so: only good for agreeing.
    for target in range(k + 1, min(k + 3, len(said))):
        for whole in range(max(0, k - 4), k):
            bounded = {said[i].hedge for i in (k, whole)} & {"above", "below"}
            if said[target].unit == said[whole].unit != "percent" and not bounded:
                yield from _parts(of, k, whole, target, POSSIBLE)


def _parts(of: Sentence, percent: int, whole: int, target: int, certainty: int) -> Iterator[Reading]:
    """The share, what is left without it, what comes of adding it. Of a change the nearest to what is printed is meant."""
    said = of.said
    terms = (Term(said[percent]), Term(said[whole]))
    share_of, base = said[percent].raw, said[whole].raw
    found = [
        Reading(said[target], terms, part, f"{share_of} of {base}", certainty),
        Reading(said[target], terms, left_over, f"{base} less {share_of}", certainty),
        Reading(said[target], terms, raised, f"{base} and {share_of}", certainty),
    ]
    size = abs(said[target].value)
    meant = min(found, key=lambda reading: abs(reading.value - size) / max(reading.value, size, TINY))
    yield meant if _MOVE_AFTER.match(of.after(percent)) or _MOVE_BEFORE.search(of.before(percent)) else found[0]
    yield from (replace(reading, certainty=POSSIBLE) for reading in found)


def _taken_off(of: Sentence, k: int) -> Iterator[Reading]:
    """A percentage by which amounts change, and what that comes to: counts to counts and money to money, in order."""
    said = of.said
    if not (_MOVE_BEFORE.search(of.before(k)) or _MOVE_AFTER.match(of.after(k))):
        return
    if k + 1 >= len(said) or said[k + 1].unit == "percent":
        return
    bracket = _BRACKET.fullmatch(of.gap(k)) and of.after(k + 1).lstrip().startswith(")")
    outright = _COMES_TO.fullmatch(of.gap(k))
    if not bracket and not outright:
        return
    mixed = any(said[i].unit == "percent" for i in range(k))
    results = [k + 1]
    while (
        results[-1] + 1 < len(said) and said[results[-1] + 1].unit != "percent" and _THEN.fullmatch(of.gap(results[-1]))
    ):
        results.append(results[-1] + 1)
    for unit in ("count", "GBP"):
        bases = [i for i in range(k) if said[i].unit == unit]
        ends = [i for i in results if said[i].unit == unit]
        for place, end in enumerate(ends):
            for base in bases:
                alone = not mixed and len(bases) == len(ends) and bases.index(base) == place
                certainty = POSSIBLE if not alone else CERTAIN if unit == "GBP" and outright else PROBABLE
                if unit == "count" and _OTHER_THINGS.match(of.after(end)):
                    certainty = POSSIBLE
                yield from _parts(of, k, base, end, certainty)


def _one_of_another(of: Sentence, k: int) -> Iterator[Reading]:
    """`£1.2m (5.3%) of £22.6m`, `£6.4m of £7.8m (82%)`, `65 is 10% of 650`."""
    said = of.said
    if 0 < k < len(said) - 1 and said[k - 1].unit == said[k + 1].unit != "percent":
        bracket = _SHORT_BRACKET.fullmatch(of.gap(k - 1))
        closed = of.gap(k).startswith(")") or re.match(r"[^0-9;()]{0,30}\)", of.after(k + 1))
        stated = (bracket and closed) or _IS_SHARE.fullmatch(of.gap(k - 1))
        if stated and _BARE_OF.fullmatch(of.gap(k)):
            yield from _shares(of, k - 1, k + 1, k, CERTAIN)
        if _AWAY.fullmatch(of.gap(k)) and not bracket:
            words = f"{said[k - 1].raw} against {said[k + 1].raw}"
            yield Reading(said[k], (Term(said[k + 1]), Term(said[k - 1])), change, words, PROBABLE)
            yield Reading(said[k], (Term(said[k - 1]), Term(said[k + 1])), change, words, POSSIBLE)
    if k < 2 or not (said[k - 2].unit == said[k - 1].unit != "percent"):
        return
    opened = _OF_THE_WHOLE.search(of.before(k - 2)) and _ITS_PART.fullmatch(of.gap(k - 2))
    if opened and _SHORT_BRACKET.fullmatch(of.gap(k - 1)):
        yield from _shares(of, k - 1, k - 2, k, PROBABLE if of.after(k).startswith(")") else POSSIBLE)
    against = _AGAINST.fullmatch(of.gap(k - 2))
    if against is None or of.gap(k - 1) == FAR:
        return
    if _BRACKET.fullmatch(of.gap(k - 1)) and _CLOSED.match(of.after(k)):
        yield from _shares(of, k - 2, k - 1, k, CERTAIN if against["of"] else PROBABLE)
    elif re.fullmatch(
        r"[^0-9;]{0,30}\b(?:which is|i\.e\.?,?|equating to|representing|or)\s(?:[a-z]+ ){0,2}", of.gap(k - 1)
    ):
        yield from _shares(of, k - 2, k - 1, k, PROBABLE)
    elif _SO_MANY.match(of.after(k)):
        yield from _shares(of, k - 2, k - 1, k, POSSIBLE)


def _shares(of: Sentence, some: int, whole: int, target: int, certainty: int) -> Iterator[Reading]:
    """What the one is of the other; or how far apart they are, which writers put in the same place."""
    said = of.said
    terms = (Term(said[some]), Term(said[whole]))
    yield Reading(said[target], terms, share, f"{said[some].raw} of {said[whole].raw}", certainty)
    turned = (terms[1], terms[0])
    yield Reading(said[target], turned, change, f"{said[some].raw} against {said[whole].raw}", POSSIBLE)
    if certainty < CERTAIN:
        yield Reading(said[target], turned, share, f"{said[whole].raw} of {said[some].raw}", POSSIBLE)
        yield Reading(said[target], (*terms, terms[0]), _grown, f"{said[whole].raw} to {said[some].raw}", POSSIBLE)


def _grown(spans: Sequence[Interval]) -> Interval:
    """How far apart two are, as a percentage of the smaller or later one."""
    return share((apart(spans[:2]), spans[2]))
