"""Counts in sentences: against the row of a table that counts the same, at one day, and of the country's bodies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from qippctl.audit.catalogue import Breach, Held, Told, also
from qippctl.audit.material import Material
from qippctl.audit.spoken_of import Spot, place_of, said_otherwise, short, spots, spots_of
from qippctl.audit.wording import reworded
from qippctl.calc.positions import normal_name
from qippctl.calc.spoken import numbers
from qippctl.models.records import Claim
from qippctl.money import grouped, parse_amount, plain

# A number of bodies that two sentences give differs by a few; by more they count other bodies.
NEAR = Decimal("0.1")
FEWEST_WORDS = 3
SMALLEST_COUNT = 20

_OUT_OF = re.compile(r"\bout of ([0-9]{2,4})\b(?P<after>[^.;]{0,30})")
_NATIONAL = re.compile(r"\bnational(?:ly)?\b|\bin England\b|\bin the country\b", re.IGNORECASE)
_DAY = re.compile(
    r"\b([0-9]{1,2})(?:st|nd|rd|th)?\s(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", re.IGNORECASE
)


@also("QP701")
def counts_of_rows(of: Material) -> Iterator[Told]:
    """A count of things in a sentence, and the row of a table that counts the same things and nothing else."""
    rows = list(_counted_rows(of))
    for spot in spots(of):
        if spot.said.unit != "count" or spot.said.value < SMALLEST_COUNT or spot.said.hedge:
            continue
        words = _counted(spot)
        if len(words) < FEWEST_WORDS:
            continue
        fitting = [(table, row, label, count) for table, row, label, count in rows if words <= _stems(label)]
        if len({count for *_, count in fitting}) != 1:
            continue
        table, _, label, count = fitting[0]
        if count == spot.said.value:
            yield Held(True)
            continue
        claim = spot.claim
        yield Breach(
            message=f"the sentence counts {grouped(spot.own)} ({' '.join(claim.text.split())}); "
            f'the table says {grouped(plain(count))}: "{label}"',
            printed=spot.own,
            recomputed=plain(count),
            difference=plain(spot.said.value - count),
            page=claim.page,
            where=of.title(table),
            text=claim.text,
            suggestion=reworded(claim.text, spot.spoken, count),
            severity="warning",
            key=f"{spot.own} {label}",
        )


def _counted_rows(of: Material) -> Iterator[tuple[str, int, str, Decimal]]:
    """The rows of tables of counts that print one number beside their label."""
    counting = {f.table for f in of.paper.figures if f.unit == "count"}
    for table in sorted(counting & set(of.texts)):
        for at, row in enumerate(of.texts[table].rows):
            cells = [cell.strip() for cell in row if cell.strip()]
            if len(cells) != 2 or any(c.isdigit() for c in cells[0]):
                continue
            amount = parse_amount(cells[1])
            if amount is not None and not amount.is_percent and not amount.has_currency and amount.scale is None:
                yield table, at, cells[0], amount.value


def _counted(spot: Spot) -> frozenset[str]:
    """The words of what a number counts: those after it, to the end or to what is done with them."""
    after = re.split(
        r"[.;:,(]|\b(?:for|by|on|at|as|since|during|which|who|and)\b", spot.claim.text[spot.spoken.end :], maxsplit=1
    )
    return _stems(after[0])


def _stems(text: str) -> frozenset[str]:
    kept = (
        w for w in normal_name(text).split() if w not in ("to", "of", "the", "in", "from", "a", "were", "have", "been")
    )
    return frozenset(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in kept)


@also("QP701")
def counts_at_one_day(of: Material) -> Iterator[Told]:
    """Two counts at the same day, each beside the same other number: the same thing counted twice."""
    found: dict[tuple[tuple[str, str], Decimal], tuple[Spot, frozenset[Decimal]]] = {}
    for claim in of.records(Claim):
        own = [s for s in spots_of(claim) if s.said.unit == "count" and s.said.value >= SMALLEST_COUNT]
        for spot in own:
            day = _day_after(claim.text[spot.spoken.end :])
            others = frozenset(s.said.value for s in own if s.said.value >= 100 and s is not spot)
            if day is not None and others:
                found.setdefault((day, spot.said.value), (spot, others))
    days: dict[tuple[str, str], list[tuple[Spot, frozenset[Decimal]]]] = defaultdict(list)
    for (day, _), counted in found.items():
        days[day].append(counted)
    pairs = ((day, *one, *other) for day, own in days.items() for one, other in combinations(own, 2))
    for day, one, beside, other, also_beside in pairs:
        if not beside & also_beside or one.claim is other.claim:
            continue
        message = (
            f"{grouped(one.own)} at {' '.join(day)} in one sentence, {grouped(other.own)} in another: "
            f'"{short(other.claim.text)}"'
        )
        yield said_otherwise(of, one, other, message, " ".join(day))


def _day_after(after: str) -> tuple[str, str] | None:
    """The day that a number is said to be of, right after it: `7300 on Thursday 5th May`."""
    found = re.match(r"\s?(?:on|as at|at|as of)\s(?:[A-Z][a-z]+day\s)?(?=[0-9])", after)
    day = _DAY.match(after[found.end() :]) if found else None
    return (str(int(day[1])), day[2].lower()) if day else None


@also("QP701")
def bodies_of_the_country(of: Material) -> Iterator[Told]:
    """How many bodies there are in the country, in two rankings."""
    found: dict[int, tuple[int, re.Match[str], Claim]] = {}
    for claim in of.records(Claim):
        for match in _OUT_OF.finditer(claim.text):
            if _NATIONAL.search(claim.text):
                found.setdefault(int(match[1]), (int(match[1]), match, claim))
    for (one, match, claim), (other, _, second) in combinations(found.values(), 2):
        if claim is second or one == other or abs(one - other) > NEAR * max(one, other):
            continue
        spoken = next((n for n in numbers(claim.text) if n.start == match.start(1)), None)
        yield Breach(
            message=f'one sentence ranks among {one} nationally, another among {other}: "{short(second.text)}"',
            printed=str(one),
            recomputed=str(other),
            difference=str(one - other),
            **place_of(of, claim),
            suggestion=reworded(claim.text, spoken, Decimal(other)) if spoken is not None else None,
            severity="warning",
            key=f"{one} {other}",
        )
