"""Sentences against each other: two numbers for one measure, time and subject, and two shares of one condition."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from qippctl.audit.catalogue import Breach, Held, Told, also
from qippctl.audit.material import Material
from qippctl.audit.spoken_of import (
    Spot,
    as_said,
    figure_meant,
    measure_called,
    place_of,
    said_otherwise,
    short,
    size_of,
    spots,
    whose,
)
from qippctl.audit.wording import reworded
from qippctl.calc.claimed import agrees, of_claim
from qippctl.calc.positions import normal_name
from qippctl.money import plain

SHARED_LETTERS = 4
"""Letters by which `obese` and `obesity` are one."""

_RECORDED = re.compile(
    r"\s(?:recorded as (?P<as>[a-z]+)|(?:(?:adult|child|childhood)\s)?(?P<of>[a-z]+) prevalence)\b", re.IGNORECASE
)
_CHILDREN = re.compile(r"\bchild|\bunder (?:[1-9]|1[0-9])\b", re.IGNORECASE)
_YEAR_AFTER = re.compile(r"\b20[0-9]{2}\b")


@also("QP701")
def two_sentences(of: Material) -> Iterator[Told]:
    """Two sentences that name the same measure, time and subject with different numbers."""
    known: dict[tuple[object, ...], dict[tuple[Decimal, Decimal], Spot]] = defaultdict(dict)
    for spot in spots(of):
        said = spot.said
        if (
            said.measure
            and said.basis
            and said.period
            and said.aside is None
            and not said.hedge
            and said.unit != "count"
        ):
            if "of" in said.assumed:
                continue
            key = (
                said.measure,
                said.basis,
                said.period,
                said.case,
                said.unit,
                normal_name(said.of),
                spot.claim.organisation,
            )
            if (said.value, said.step) in known[key]:
                yield Held(True)
            known[key].setdefault((said.value, said.step), spot)
    for same in known.values():
        for one, other in combinations(same.values(), 2):
            if agrees(one.said.value, one.said.step, one.said.measure, other.spoken.interval):
                touch = one.said.step == other.said.step and abs(one.said.value) != abs(other.said.value)
                if touch and (told := _disagreement(of, one, other))[1]:
                    # Half-way between them lies a value that both may stand for; but one is another figure's.
                    yield told[0]
                    continue
                yield Held(size_of(one.said, one.said.value) == size_of(other.said, other.said.value))
            elif _is_tied_well(of, one) and _is_tied_well(of, other):
                yield _disagreement(of, one, other)[0]


def _is_tied_well(of: Material, spot: Spot) -> bool:
    """Whether a number agrees with the figures that it was tied to, if there are any."""
    said = spot.said
    statements = of_claim(said, of.by_id)
    return not statements or any(agrees(said.value, said.step, said.measure, s.interval) for s in statements)


def _disagreement(of: Material, one: Spot, other: Spot) -> tuple[Breach, bool]:
    """Of two sentences the one whose number is another figure's is faulted, else the first; and whether one is."""
    figure = next((of.by_id[i] for spot in (one, other) for i in spot.said.tied_to if i in of.by_id), None)
    reasons = [figure_meant(of, spot, figure) if figure is not None else None for spot in (one, other)]
    if reasons[1] and not reasons[0]:
        one, other = other, one
        reasons.reverse()
    said = one.said
    message = (
        f"{whose(one)}: one sentence says {said.raw} for {measure_called(said.measure or '', said.basis)}, "
        f'another {other.said.raw}: "{short(other.claim.text)}"'
    )
    if reasons[0]:
        message += f" ({reasons[0]})"
    value = as_said(said, other.said.value) if other.said.value >= 0 else other.said.value
    breach = Breach(
        message=message,
        printed=one.own,
        recomputed=plain(other.said.value / one.spoken.scale),
        figures=tuple(dict.fromkeys((*other.said.tied_to, *said.tied_to))),
        **place_of(of, one.claim),
        suggestion=reworded(one.claim.text, one.spoken, abs(value) if said.value >= 0 else value),
        severity="warning",
        key=f"{one.own} {other.own}",
    )
    return breach, bool(reasons[0])


@also("QP701")
def shares_with_a_condition(of: Material) -> Iterator[Told]:
    """How many have a condition: `19% recorded as obese` and `21% adult obesity prevalence`."""
    found: dict[tuple[_Share, Decimal], Spot] = {}
    for spot in spots(of):
        if (share := _share(spot)) is not None:
            found.setdefault((share, spot.said.value), spot)
    for ((mine, _), one), ((theirs, _), other) in combinations(found.items(), 2):
        same_years = not mine.year or not theirs.year or mine.year == theirs.year
        if one.claim is other.claim or mine.is_of_children != theirs.is_of_children or not same_years:
            continue
        if mine.condition[:SHARED_LETTERS] != theirs.condition[:SHARED_LETTERS]:
            continue
        if agrees(one.said.value, one.said.step, None, other.spoken.interval):
            yield Held(one.said.value == other.said.value)
            continue
        message = f'{one.said.raw} {mine.words} in one place, {other.said.raw} in another: "{short(other.claim.text)}"'
        yield said_otherwise(of, one, other, message, mine.condition)


@dataclass(frozen=True, slots=True)
class _Share:
    """Of whom a percentage says that they have a condition, and by when."""

    condition: str
    words: str
    is_of_children: bool
    year: str


def _share(spot: Spot) -> _Share | None:
    if spot.said.unit != "percent" or spot.said.hedge:
        return None
    claim, after = spot.claim, spot.claim.text[spot.spoken.end :]
    found = _RECORDED.match(after)
    if found is None:
        return None
    condition = (found["as"] or found["of"]).lower()
    if len(condition) < SHARED_LETTERS:
        return None
    about = f"{claim.beside or ''} {claim.text[: spot.spoken.start]} {found[0]}"
    year = _YEAR_AFTER.search(after)
    return _Share(condition, found[0].strip(), _CHILDREN.search(about) is not None, year[0] if year else "")
