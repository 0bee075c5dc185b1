"""Scores: as papers print them, and as weights make them.

    mean    sum of weight x score, by the sum of the weights
    sum     sum of weight x score

A missing score is never nought. Where the lowest and highest score are known the weighted score is a range, else there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from qippctl.models.priorities import ScoreUnit
from qippctl.models.weights import Scored, Weights
from qippctl.money import ZERO, exactly, is_blank_word, is_dash, parse_amount, squeeze

SHOWN = Decimal("0.01")
_RANGE = re.compile(r"([0-9.,]{1,12}) ?(%?) ?(?:-|–|—|to) ?([0-9.,]{1,12}) ?(%?)")
_UNSCORED = re.compile(r"\b(?:not|no|never|un)[ -]?(?:yet )?(?:been )?(?:scor|rank|assess|prioriti[sz])", re.IGNORECASE)
_MUST_DO = re.compile(
    r"\bmust[ -]do|\bstatutory\b|\bmandat(?:ory|ed)\b|\bcontractual(?:ly)?\b|\blegal(?:ly)? (?:requirement|required|duty)"
    r"|\bnational(?:ly)? (?:requirement|required|target|mandated|priority)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Score:
    """A score, or the range in which it lies. Exact, so that only what is equal is taken for equal."""

    low: Fraction
    high: Fraction
    unit: ScoreUnit

    @property
    def is_range(self) -> bool:
        return self.low != self.high


def score_of(text: str | None) -> Score | None:
    """A printed score; None where it is none.

    >>> score_of("30-35%"), score_of("Not scored")
    (Score(low=Fraction(30, 1), high=Fraction(35, 1), unit='percent'), None)
    """
    bare = squeeze(text or "")
    amount = parse_amount(bare)
    if amount is not None and not amount.is_dash and amount.scale is None and not amount.has_currency:
        return exact(amount.value, "percent" if amount.is_percent else "points")
    ends = _RANGE.fullmatch(bare)
    if ends is None:
        return None
    low, high = parse_amount(ends[1]), parse_amount(ends[3])
    if low is None or high is None or low.value > high.value:
        return None
    return Score(Fraction(low.value), Fraction(high.value), "percent" if ends[2] or ends[4] else "points")


def exact(value: Decimal, unit: ScoreUnit) -> Score:
    return Score(Fraction(value), Fraction(value), unit)


def is_must_do(text: str | None, about: str, *, funded: bool | None) -> bool | None:
    """Whether what has no score is done all the same: its paper calls it so, or funds it. None: its score is in words.

    >>> is_must_do("Not scored", "", funded=True), is_must_do("High", "", funded=True), is_must_do("Statutory", "", funded=None)
    (True, None, True)
    """
    bare = squeeze(text or "")
    if _MUST_DO.search(bare):
        return True
    if bare and not is_blank_word(bare) and not is_dash(bare) and not _UNSCORED.search(bare):
        return None
    return bool(funded) or _MUST_DO.search(about) is not None


def weighted(weights: Weights, one: Scored) -> Score | None:
    """The weighted score of an intervention; a range, or none, where a score that counts is missing."""
    low = high = Fraction(0)
    for priority in weights.priorities:
        given = one.scores.get(priority.name)
        ends = (given, given) if given is not None else (weights.lowest, weights.highest)
        if not priority.weight:
            continue
        if ends[0] is None or ends[1] is None:
            return None
        low += Fraction(priority.weight) * Fraction(ends[0])
        high += Fraction(priority.weight) * Fraction(ends[1])
    whole = Fraction(sum((priority.weight for priority in weights.priorities), ZERO)) if weights.method == "mean" else 1
    return Score(low / whole, high / whole, weights.unit)


def missing(weights: Weights, one: Scored) -> tuple[str, ...]:
    """The priorities that count and that it has no score for."""
    return tuple(p.name for p in weights.priorities if p.weight and p.name not in one.scores)


def shown(value: Fraction) -> Decimal:
    """A score as a decimal, to two places."""
    with exactly():
        return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(SHOWN, ROUND_HALF_UP) + ZERO
