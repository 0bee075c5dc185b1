"""Differences that a sentence states: from one amount to another, plan and actual with their variance, what is left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from qippctl.audit.stated.reading import (
    CERTAIN,
    POSSIBLE,
    PROBABLE,
    Reading,
    added,
    apart,
    change,
    pieces,
    share,
)
from qippctl.audit.stated.sentence import AROUND, Sentence

_CHANGE = (
    r"(?:increas(?:e[sd]?|ing)|reduc(?:tion|tions|e|ed|es|ing)|decreas(?:e[sd]?|ing)|rise[sn]?|rising|rose|f[ae]ll(?:s|en"
    r"|ing)?|growth|gr[eo]wn?"
    r"|drop(?:s|ped)?|improve(?:ment|d|s)?|savings?|cut|difference|change[ds]?|gain|loss|up|down|movement)"
)
_VERB = re.compile(r"\b(?:reduc|cut|lower|decreas|increas|rais|ris|grow|improv|bring)", re.IGNORECASE)
_FROM = re.compile(r"\bfrom [a-z ,'’(&-]{0,40}$", re.IGNORECASE)
_TO = re.compile(r"[^0-9;]{0,50}\bto\b[^0-9;]{0,25}", re.IGNORECASE)
_OUTCOME = re.compile(
    rf"[^0-9;]{{0,60}}\b{_CHANGE}(?: in [a-z ]{{0,25}})?\s(?:of|by)\s?(?:[a-z]+ ){{0,2}}|[^0-9;]{{0,30}}\b(?:net "
    rf"|overall )?{_CHANGE} of ",
    re.IGNORECASE,
)
_LED = re.compile(rf"\b{_CHANGE}\b[^0-9;]{{0,40}}\b(?:of|by)\s?(?:[a-z]+ ){{0,2}}$", re.IGNORECASE)
_LED_SHORT = re.compile(rf"\b{_CHANGE}\b\s?(?:of|by)?\s?(?:[a-z]+ ){{0,1}}$", re.IGNORECASE)
_ITS_FROM = re.compile(r"[^0-9;]{0,50}\bfrom [a-z ,'’(&-]{0,40}", re.IGNORECASE)
_OPEN = re.compile(r"[^0-9;]{0,40}\(\s?(?:an? |i\.e\.? |or )?(?:[a-z]+ ){0,3}[-+]?", re.IGNORECASE)

_VARIANCE = re.compile(
    r"\b(?:variances?|short-?\s?fall|gap|under-?\s?achievement|under-?\s?delivery|under-?\s?performance"
    r"|over-?\s?achievement|over-?\s?delivery"
    r"|over-?\s?performance|over-?\s?spend|under-?\s?spend|slippage|difference|short|surplus|deficit)\b"
    r"(?: (?:against|to|at|in|on|for|from) [a-z' -]{0,25}?)?\s?(?:of|is|was|:|=|by)?\s?(?:[a-z]+ )?[-–]?$",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\s?(?:below|above|ahead of|behind|short of|under|over|adrift of|less than|more than)\b", re.IGNORECASE
)
_AWAY_ALONE = re.compile(r"\s?(?:adverse|favourable|short|overspent|underspent|unfunded)\b", re.IGNORECASE)
_AWAY_FROM = re.compile(
    r"\s(?:below|above|ahead of|behind|short of|under|over|adrift of|less than|more than|better than|worse than"
    r"|lower than|higher than)\b"
    r"[^0-9;.()]{0,25}\b(?:plan|planned|target|budget|forecast|expected)\b[^0-9;.()]{0,20}",
    re.IGNORECASE,
)
_SHORT_OF = re.compile(
    r"\b(?:under|over|short|adverse|favourable|below|above|behind|ahead|variance|gap|better|worse)", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"[^0-9;()]{0,30}\(\s?(?:an? |i\.e\.? )?[-–]?")
_PLAN = re.compile(r"\b(?:plan|target|budget|due|expect|income|allocat|require|ambition|commit)", re.IGNORECASE)
_ACTUAL = re.compile(
    r"\b(?:actual|saved?|saving|deliver|achiev|forecast|spen[dt]|outturn|expenditure|cost|realis|secured|identif|outcome"
    r"|position)",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(
    r"\b(?:year[- ]end|end of (?:the )?year|full[- ]year|forecast|outturn|recurrent|previous|last|earlier|prior|from"
    r"|compared|improvement|january"
    r"|february|march|april|may|june|july|august|september|october|november|december|month)\b",
    re.IGNORECASE,
)
_OUTRIGHT = re.compile(
    r"[^0-9;]{0,50}(?:\(|\bgiv\w+|\bleav\w+|\bmak\w+|\brepresent\w*|\bresult\w* in|\bequat\w+ to|[-–,:]|\bi\.e\."
    r"|\bwhich is|\bshowing|\bwith|\bproduc\w+|\bcreat\w+|\ba\b)"
    r"[^0-9;]{0,60}",
    re.IGNORECASE,
)
_GIVING = re.compile(
    r"\b(?:giving|leaving|gives|leaves|would give|would leave|resulting in|results in|to give|to leave|left|makes?"
    r"|making)\b[^0-9;.]{0,60}$",
    re.IGNORECASE,
)
_TAKES = re.compile(
    r"\b(?:mitigat|offset|against|of which|funded|less\b|reduc|after|deduct|net of|net\b|remov|subtract|minus)",
    re.IGNORECASE,
)
_ADDS = re.compile(r"\b(?:add|plus|further|increas|additional|together|top(?:ped)? up|on top)", re.IGNORECASE)
_NET = re.compile(
    r"\bnet (?:increase|decrease|reduction|change|gain|loss|growth|movement|(?P<money>saving|cost|benefit))s?"
    r"(?: [a-z]{1,15}){0,3} of\s(?:[a-z]+ )?$",
    re.IGNORECASE,
)
# A variance may be of any two of so many numbers before it.
MOST_BEFORE = 6


def differences(of: Sentence, before: Sequence[Sentence]) -> Iterator[Reading]:
    """Every difference that the sentence states."""
    yield from _from_to(of)
    yield from _brought_down(of)
    yield from _variances(of)
    yield from _remainders(of, before)
    yield from _nets(of, before)


def _from_to(of: Sentence) -> Iterator[Reading]:
    """`a reduction of 12 from 140 to 128`, `from £5m to £6.5m, an increase of 30%`."""
    said = of.said
    for k in range(len(said) - 1):
        first, second = said[k], said[k + 1]
        if first.unit != second.unit or not _FROM.search(of.before(k)) or not _TO.fullmatch(of.gap(k)):
            continue
        terms = (pieces(first), pieces(second))
        words = f"{first.raw} to {second.raw}"
        found: list[tuple[int, int]] = []
        if k + 2 < len(said):
            gap = of.gap(k + 1)
            if _OUTCOME.fullmatch(gap):
                found.append((k + 2, CERTAIN))
            elif _OPEN.fullmatch(gap) and re.match(r"\s?(?:[a-z-]+\s?){0,2}\)", of.after(k + 2), re.IGNORECASE):
                found.append((k + 2, PROBABLE))
        if k and _ITS_FROM.fullmatch(of.gap(k - 1)):
            led = _LED.search(of.before(k - 1)) or _LED_SHORT.search(of.before(k - 1))
            followed = re.match(rf"\s?(?:[a-z-]+ ){{0,2}}{_CHANGE}\b", of.after(k - 1), re.IGNORECASE)
            if led or followed:
                found.append((k - 1, CERTAIN))
        for index, certainty in found:
            target = said[index]
            points = first.unit == "percent" and re.match(r"\s?(?:percentage points?|pp\b|points?\b)", of.after(index))
            if target.unit == first.unit or points:
                yield Reading(target, terms, apart, words, certainty)
            if target.unit == "percent":
                yield Reading(target, terms, change, words, certainty if first.unit != "percent" else POSSIBLE)
                yield Reading(target, (terms[1], terms[0]), change, words, POSSIBLE)


def _brought_down(of: Sentence) -> Iterator[Reading]:
    """`actions are expected to reduce the £7.7m by £2.1m to £5.6m`."""
    said = of.said
    for k in range(1, len(said) - 1):
        first, by, last = said[k - 1 : k + 2]
        if not (first.unit == by.unit == last.unit) or not re.fullmatch(r"\s?to\s?(?:[a-z]+ ){0,2}", of.gap(k)):
            continue
        gap = of.gap(k - 1)
        verb = _VERB.search(gap) or _VERB.search(of.before(k - 1))
        if verb and re.search(r"\bby\s?$", gap):
            up = verb[0].lower().startswith(("inc", "ris", "rais", "grow"))
            words = f"{first.raw} {'and' if up else 'less'} {by.raw}"
            yield Reading(last, (pieces(first), pieces(by)), added if up else apart, words, PROBABLE)


def _variances(of: Sentence) -> Iterator[Reading]:
    """A plan, an actual, and what is called their variance, shortfall or gap."""
    said = of.said
    for k, target in enumerate(said):
        led = _VARIANCE.search(of.before(k))
        if 0 < k < len(said) - 1 and _AWAY_FROM.fullmatch(of.gap(k)):
            one, other = said[k - 1], said[k + 1]
            if one.unit == other.unit == target.unit and re.search(r"[,(–-]\s?£?$", of.gap(k - 1)):
                yield Reading(target, (pieces(one), pieces(other)), apart, f"{one.raw} less {other.raw}", PROBABLE)
        away = _AWAY.match(of.after(k)) or _AWAY_ALONE.match(of.after(k)) or _IN_BRACKETS.fullmatch(of.gap(k - 1))
        if target.unit == "percent" or not (led or away):
            continue
        pair = [i for i in range(k) if said[i].unit == target.unit][-2:]
        if len(pair) == 2:
            yield from _variance(of, pair, k, outright=led is not None)
        earlier = [pieces(s) for s in said[:k] if s.unit == target.unit][-MOST_BEFORE:]
        for terms in combinations(earlier, 2):
            yield Reading(target, terms, apart, "", POSSIBLE)
        yield from _with_its_share(of, k)


def _variance(of: Sentence, pair: Sequence[int], k: int, *, outright: bool) -> Iterator[Reading]:
    said = of.said
    first, second = said[pair[0]], said[pair[1]]
    around = of.text[max(0, first.start - 70) : said[k].start]
    opposed = outright and re.search(r"\b(?:against|versus|vs|compared)\b", of.text[first.end : second.start])
    if not (_PLAN.search(around) and (opposed or _ACTUAL.search(around))):
        return
    gap = of.text[second.end : said[k].start]
    bracket = of.text[said[k].end :].partition(")")[0][:AROUND]
    if not outright and _IN_BRACKETS.fullmatch(of.gap(k - 1)) and not _SHORT_OF.search(bracket):
        return
    certainty = POSSIBLE
    if pair[1] == k - 1 and not _of_another_time(gap, of.text[: second.end]):
        sure = outright and pair[0] >= k - 3 and _OUTRIGHT.fullmatch(gap) and not _OTHER_TIME.search(of.after(k))
        certainty = CERTAIN if sure else PROBABLE
    if len([i for i in range(k) if said[i].unit == said[k].unit]) > 2:
        certainty = min(certainty, PROBABLE)
    yield Reading(said[k], (pieces(first), pieces(second)), apart, f"{first.raw} less {second.raw}", certainty)


def _of_another_time(gap: str, lead: str) -> bool:
    """Whether a variance is said to be of a time that its plan and actual are not of."""
    return any(word[0].lower() not in lead.lower() for word in _OTHER_TIME.finditer(gap))


def _with_its_share(of: Sentence, k: int) -> Iterator[Reading]:
    """`a forecast of £7.16m, £2.05m below plan (78%)`: the share is of both together, or of one less the other."""
    said = of.said
    if k + 1 < len(said) and said[k + 1].unit == "percent":
        for one in range(max(0, k - 3), k):
            if said[one].unit == said[k].unit:
                terms = (pieces(said[one]), pieces(said[k]))
                yield Reading(said[k + 1], terms, lambda s: share((s[0], added(s))), "", POSSIBLE)
                yield Reading(said[k + 1], terms, lambda s: share((apart(s), s[0])), "", POSSIBLE)


def _remainders(of: Sentence, before: Sequence[Sentence]) -> Iterator[Reading]:
    """`£1,484k can be used to mitigate against £2,051k, giving £567k`."""
    said = of.said
    for k, target in enumerate(said):
        if target.unit == "percent" or not _GIVING.search(of.before(k)):
            continue
        earlier = [i for i in range(k) if said[i].unit == target.unit]
        lead = of.text[: target.start]
        if len(earlier) == 2:
            takes, adds = _TAKES.search(lead), _ADDS.search(lead)
            terms = tuple(pieces(said[i]) for i in earlier)
            between = " and ".join(said[i].raw for i in earlier)
            sums = (
                not takes and re.search(r"\bmaking\b", of.before(k)) and re.search(r"(?:,|\band)\b", of.gap(earlier[0]))
            )
            if takes or adds or sums:
                certainty = CERTAIN if earlier[1] == k - 1 and len(said[:k]) == 2 else PROBABLE
                certainty = certainty if takes or adds else PROBABLE
                work, words = (apart, "the difference of") if takes else (added, "the sum of")
                yield Reading(target, terms, work, f"{words} {between}", certainty)
            yield Reading(target, terms, apart, f"the difference of {between}", POSSIBLE)
            yield Reading(target, terms, added, f"the sum of {between}", POSSIBLE)
        elif len(earlier) == 1:
            for sentence in before[-2:]:
                for other in sentence.said:
                    if other.unit == target.unit:
                        yield Reading(target, (pieces(said[earlier[0]]), pieces(other)), apart, "", POSSIBLE)


def _nets(of: Sentence, before: Sequence[Sentence]) -> Iterator[Reading]:
    """`25 beds ... 13 beds ... a net increase of 12`, also from the sentence before."""
    said = of.said
    for k, target in enumerate(said):
        net = _NET.search(of.before(k))
        if target.unit == "percent" or net is None:
            continue
        held = [s for sentence in before[-1:] for s in sentence.said if s.unit == target.unit and not net["money"]]
        held += [s for s in said[:k] if s.unit == target.unit]
        for one in range(len(held)):
            for other in range(one + 1, len(held)):
                words = f"{held[one].raw} less {held[other].raw}"
                certainty = PROBABLE if len(held) == 2 else POSSIBLE
                yield Reading(target, (pieces(held[one]), pieces(held[other])), apart, words, certainty)
