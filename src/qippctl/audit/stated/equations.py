"""Arithmetic that is written out: `65 x £124 = £8,060`, `79 units at a price of £2,422 (total £191k)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from qippctl.audit.stated.reading import (
    CERTAIN,
    HUNDRED,
    POSSIBLE,
    PROBABLE,
    Reading,
    Term,
    Work,
    hundredth,
    left_over,
    over,
    pieces,
    raised,
    times,
)
from qippctl.audit.stated.sentence import FAR, Sentence
from qippctl.calc.spoken import Spoken
from qippctl.money import Interval

_WORDS = r"\s?(?:\([^()0-9=]{0,40}\)\s?)?(?:[A-Za-z'’&/.,-]{1,20}\s){0,4}"
_AFTER = r"\s?(?:[A-Za-z'’(-]{1,16}\s){0,3}\(?"
_SPAN = r"(?:months?|weeks?|years?|quarters?|days?|nights?|sessions?)"
# In this order: `x` before words, as `at` and `for` mean a product only between such units.
_OPERATORS = (
    ("times", re.compile(rf"{_WORDS}\)?(?:[x×*@]|times|multiplied by){_AFTER}", re.IGNORECASE)),
    ("over", re.compile(rf"{_WORDS}(?:÷|/|divided by){_AFTER}", re.IGNORECASE)),
    ("plus", re.compile(rf"{_WORDS}(?:\+|plus|and a further|and another){_AFTER}", re.IGNORECASE)),
    ("minus", re.compile(rf"{_WORDS}(?:[-–−]|less|minus){_AFTER}", re.IGNORECASE)),
    (
        "at",
        re.compile(
            rf"{_WORDS}at (?:an? |the )?(?:(?:average|mean|unit|contract|tariff|local|marginal|full|standard) ){{0,3}}"
            r"(?:(?:price|cost|rate|tariff|charge|saving)s? (?:of |per [a-z]{1,20} of )?)?",
            re.IGNORECASE,
        ),
    ),
    (
        "for",
        re.compile(rf"\s?(?:per|a|an|each|every) {_SPAN},? (?:for|over) (?:a further |the next |the )?", re.IGNORECASE),
    ),
)
_SYMBOLS = re.compile(r"[x×*@+÷/−]|times|multiplied|divided|plus|minus|less", re.IGNORECASE)
_NOT_A_RESULT = re.compile(
    r"\b(?:of which|including|against|target|compared|versus|instead|rather|from|per|by)\b", re.IGNORECASE
)
_RESULT = re.compile(
    r"[^0-9=;]{0,60}?(?P<sign>=|\b(?:equals|equalling|equates? to|equating to|equal to|giv(?:es|e|ing)|mak(?:es|e|ing)"
    r"|which is|totals?|totalling|totalled|total(?:s|led)? of|amount(?:s|ing)? to|com(?:es|ing) to|result(?:s|ing)? in"
    r"|produc(?:es|ing)|leav(?:es|ing)|i\.e\.?|ie|sav(?:es|ing)|worth)(?![a-z])|(?P<open>\())(?P<rest>[^0-9=;]{0,50})",
    re.IGNORECASE,
)
_OR_SO = re.compile(r"[^0-9=;]{0,40}(?:,|\(|\bor\b|[–-])\s?(?:[a-z]+ ){0,2}", re.IGNORECASE)
_IN_TOTAL = re.compile(r"\s?(?:in total|altogether|in all|overall)\b", re.IGNORECASE)
_COSTING = re.compile(
    r"[^0-9;()]{0,60}\b(?:costing|cost|at a cost of|worth|spending|for|saving)\s(?:[a-z]+ ){0,2}", re.IGNORECASE
)
_AVERAGING = re.compile(
    r"[^0-9;]{0,20}\b(?:at an? (?:average|mean|unit)|an average)\s(?:[a-z]+ ){0,3}(?:of )?(?:about |approximately )?",
    re.IGNORECASE,
)
_TIME = re.compile(rf"[\s-]{{0,2}}(?:calendar )?{_SPAN}\b", re.IGNORECASE)
_PER_UNIT = re.compile(r"[^0-9;()=]{0,40}\((?:[^0-9;()=]{0,20})", re.IGNORECASE)
_PER_UNIT_TIMES = re.compile(r"\s?\)?\s?(?:per|an?|each|every)\s[a-z]{1,20}\)?\s?(?:[x×*]|for)\s?", re.IGNORECASE)


def equations(of: Sentence) -> Iterator[Reading]:
    """Every chain of numbers whose operators are printed, with the result that stands after or before it."""
    said = of.said
    k = 0
    while k < len(said) - 1:
        operators: list[str] = []
        end = k
        while (found := _operator(of, end)) is not None:
            operators.append(found)
            end += 1
        if operators:
            yield from _chain(of, k, end, operators)
        k = max(end, k + 1)
    yield from _per_unit(of)


def _operator(of: Sentence, index: int) -> str | None:
    gap = of.gap(index)
    if gap == FAR or len(gap) > 60:
        return None
    left, right = of.said[index], of.said[index + 1]
    for name, pattern in _OPERATORS:
        if pattern.fullmatch(gap) is None:
            continue
        if name == "at" and not (left.unit == "count" and right.unit == "GBP"):
            continue
        if name == "for" and not (left.unit == "GBP" and right.unit == "count" and _TIME.match(of.after(index + 1))):
            continue
        if name == "minus" and left.unit == right.unit == "count" and not re.search(r"[-–−]\s|less|minus", gap):
            continue
        return name
    return None


def _chain(of: Sentence, start: int, end: int, operators: Sequence[str]) -> Iterator[Reading]:
    terms = [_term(of, k) for k in range(start, end + 1)]
    explicit = all(name in ("times", "over", "plus", "minus") for name in operators)
    words = " ".join(
        f"{_sign(operators[k - 1])} {term.said.raw}" if k else term.said.raw for k, term in enumerate(terms)
    )
    if end + 1 < len(of.said) and (sign := result_sign(of.gap(end))):
        target = of.said[end + 1]
        outright = (sign == "(" and explicit) or sign not in ("(", "saving", "saves", "worth")
        opened = sign == "(" and not explicit and "total" in of.gap(end).lower()
        yield from _reading(
            target,
            terms,
            operators,
            words,
            CERTAIN if outright or opened else PROBABLE,
            strict=outright and explicit,
            equals=sign == "=",
        )
    elif end + 1 < len(of.said) and _OR_SO.fullmatch(of.gap(end)) and _IN_TOTAL.match(of.after(end + 1)):
        yield from _reading(of.said[end + 1], terms, operators, words, CERTAIN, strict=explicit)
    if start > 0 and explicit and "=" not in of.after(end)[:40] and (sign := result_sign(of.gap(start - 1))):
        target = of.said[start - 1]
        yield from _reading(
            target,
            terms,
            operators,
            words,
            CERTAIN if sign in ("=", "(") else POSSIBLE,
            strict=sign in ("=", "("),
            equals=sign == "=",
        )
    elif start > 0 and explicit and result_sign(of.gap(start - 1)) == "(" and _RESULT.fullmatch(of.gap(end)):
        # `6,506 (327,325 x 2% = 6,506)` states the result twice.
        yield from _reading(of.said[start - 1], terms, operators, words, POSSIBLE)


def result_sign(gap: str) -> str | None:
    """The sign or word between numbers that says that the second is the result of what stands before it."""
    if gap == FAR or len(gap) > 110:
        return None
    found = _RESULT.fullmatch(gap)
    if found is None or _NOT_A_RESULT.search(found["rest"]):
        return None
    if found["open"] and found["rest"].strip(" £c."):
        return (
            "("
            if re.fullmatch(
                r"\s?(?:a |i\.e\.? |in |or )?(?:total\w*|=|about|approx\w*|circa|some)?[a-z ]{0,20}",
                found["rest"],
                re.IGNORECASE,
            )
            else None
        )
    return found["sign"].lower()


def _sign(name: str) -> str:
    return {"times": "x", "at": "x", "for": "x", "over": "/", "plus": "+", "minus": "-"}[name]


def _term(of: Sentence, index: int) -> Term:
    said = of.said[index]
    if said.unit == "count":
        return Term(said, exact=_TIME.match(of.after(index)) is not None, firm=pieces(said).firm)
    return Term(said, exact=said.unit == "percent" and is_round_share(said))


def is_round_share(said: Spoken) -> bool:
    """Whether a percentage is one that people choose (2%, 20%), not one that they work out (37%, 2.3%)."""
    return said.step == 1 and (abs(said.value) < 10 or said.value % 5 == 0)


def _reading(
    target: Spoken,
    terms: Sequence[Term],
    operators: Sequence[str],
    words: str,
    certainty: int,
    *,
    strict: bool = False,
    equals: bool = False,
) -> Iterator[Reading]:
    units = [term.said.unit for term in terms]
    product = all(name in ("times", "at", "for") for name in operators)
    if product and units.count("GBP") > 1:
        return
    if target.unit == "percent" and "over" not in operators and "percent" not in units:
        return
    if target.unit != "percent" and set(units) == {"percent"}:
        return
    if "over" in operators and "percent" in units:
        return  # `£1,628k / 15.4%` are two ways to put one thing
    if "over" in operators and target.unit != "percent" and not equals:
        certainty = POSSIBLE
    money = "GBP" in units and not ("over" in operators and units.count("GBP") > 1)
    if target.unit == "GBP" and not money:
        certainty = POSSIBLE
    if target.unit == "count" and money and target.scale == 1 and not product:
        certainty = min(certainty, PROBABLE)
    if not product and set(units) == {"GBP", "count"} and "over" not in operators and "times" not in operators:
        return
    if any(term.said.value < 0 for term in terms):
        certainty = POSSIBLE
    yield Reading(
        target,
        tuple(terms),
        _work(units, operators, as_share=target.unit == "percent"),
        words,
        certainty,
        strict and certainty == CERTAIN,
    )


def _work(units: Sequence[str], operators: Sequence[str], *, as_share: bool) -> Work:
    """Products first, then sums from the left. A percentage multiplies as a hundredth; added, it is of the sum so far."""
    sums = all(name in ("plus", "minus") for name in operators)
    all_shares = set(units) == {"percent"}

    def work(spans: Sequence[Interval]) -> Interval:
        groups: list[tuple[str, Interval, bool]] = []
        for k, span in enumerate(spans):
            name = operators[k - 1] if k else "plus"
            lone = (
                units[k] == "percent"
                and name in ("plus", "minus")
                and (k == len(operators) or operators[k] in ("plus", "minus"))
            )
            scaled = hundredth(span) if units[k] == "percent" and not lone else span
            if name in ("plus", "minus"):
                groups.append((name, scaled, lone and not all_shares))
            else:
                sign, held, _ = groups[-1]
                groups[-1] = (sign, over(held, scaled) if name == "over" else times(held, scaled), False)
        total = Interval(Decimal(0), Decimal(0))
        for name, span, is_share in groups:
            if is_share:
                total = (raised if name == "plus" else left_over)((span, total))
            else:
                total = total + span if name == "plus" else total - span
        if total.high < 0:
            total = Interval(-total.high, -total.low)
        if as_share and not (sums and all_shares):
            return times(total, Interval(HUNDRED, HUNDRED))
        return total

    return work


def _per_unit(of: Sentence) -> Iterator[Reading]:
    """`£35,490 per month (£1,183 per patient) x 30`, and the same with a count of the sentence."""
    said = of.said
    for k in range(len(said) - 1):
        whole, each = said[k], said[k + 1]
        if not (whole.unit == each.unit == "GBP") or _PER_UNIT.fullmatch(of.gap(k)) is None:
            continue
        if k + 2 < len(said) and said[k + 2].unit == "count" and _PER_UNIT_TIMES.fullmatch(of.gap(k + 1)):
            count, certainty = _term(of, k + 2), CERTAIN
        elif k and said[k - 1].unit == "count" and re.match(r"\s?\)?\s?(?:per|each|a head)\b", of.after(k + 1)):
            count, certainty = _term(of, k - 1), POSSIBLE
        else:
            continue
        terms = (count, Term(each))
        yield Reading(whole, terms, lambda spans: times(*spans), f"{count.said.raw} x {each.raw}", certainty)
    for k in range(len(said) - 2):
        number, cost, price = said[k : k + 3]
        if (number.unit, cost.unit, price.unit) != ("count", "GBP", "GBP"):
            continue
        if _COSTING.fullmatch(of.gap(k)) and _AVERAGING.fullmatch(of.gap(k + 1)):
            terms = (_term(of, k), Term(price))
            yield Reading(cost, terms, lambda spans: times(*spans), f"{number.raw} x {price.raw}", PROBABLE)
