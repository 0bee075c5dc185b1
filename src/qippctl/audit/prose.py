"""Sentences against tables and against each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from qippctl.audit.catalogue import Breach, Held, Told, also, rule
from qippctl.audit.material import Material
from qippctl.audit.wording import reworded
from qippctl.calc.claimed import Statement, agrees, of_claim, stated
from qippctl.calc.positions import normal_name
from qippctl.calc.spoken import Spoken, numbers
from qippctl.models.figure import Figure
from qippctl.models.finding import Severity
from qippctl.models.records import Claim, Said
from qippctl.money import exactly, parse_amount, plain

# A number of bodies that two sentences give differs by a few; by more they count other bodies.
NEAR = Decimal("0.1")
FEWEST_WORDS = 3
SMALLEST_COUNT = 20
SHARED_LETTERS = 4
"""Letters by which `obese` and `obesity` are one."""
_OUT_OF = re.compile(r"\bout of ([0-9]{2,4})\b(?P<after>[^.;]{0,30})")
_NATIONAL = re.compile(r"\bnational(?:ly)?\b|\bin England\b|\bin the country\b", re.IGNORECASE)
_APPENDIX = re.compile(r"(?:appendix|table|figure|annex)\s[0-9A-Z]{1,3}\b", re.IGNORECASE)
_RECORDED = re.compile(
    r"\s(?:recorded as (?P<as>[a-z]+)|(?:(?:adult|child|childhood)\s)?(?P<of>[a-z]+) prevalence)\b", re.IGNORECASE
)
_CHILDREN = re.compile(r"\bchild|\bunder (?:[1-9]|1[0-9])\b", re.IGNORECASE)
_YEAR_AFTER = re.compile(r"\b20[0-9]{2}\b")
_DAY = re.compile(
    r"\b([0-9]{1,2})(?:st|nd|rd|th)?\s(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A number of a claim, with its place in the claim's text."""

    claim: Claim
    said: Said
    spoken: Spoken

    @property
    def own(self) -> str:
        return plain(self.spoken.own)

    def in_own_unit(self, value: Decimal) -> str:
        """A value in the sentence's unit: a share rounded as it is printed there, a sum to the figure's own digits."""
        with exactly():
            if self.said.unit == "percent" and value != value.to_integral_value():
                return plain(value.quantize(self.said.step))
            return plain(value / self.spoken.scale)


@rule("QP701", "error")
def sentence_contradicts_table(of: Material) -> Iterator[Told]:
    """A sentence says another number than the table, or than another sentence.

    Boards read the sentences. A wrong number there is what is remembered, minuted and repeated in the next report.

    See which of the two is right; most often the sentence has the number of another column, another programme or last month.

    "A negative variance of 2,051k" beside a table whose variance to date is 1,427.9: 2,051 is the variance at year end.
    """
    said_so = _by_text(of)
    for spot in spots(of):
        statements = of_claim(spot.said, of.by_id)
        if not statements:
            continue
        statements.sort(key=lambda s: s.is_across)
        number = spot.said
        met = [s for s in statements if agrees(number.value, number.step, number.measure, s.interval)]
        if met:
            yield Held(any(_size(number, s.value) == _size(number, number.value) for s in met))
        else:
            yield _contradiction(of, spot, statements[0], said_so[spot.claim.text])


def spots(of: Material) -> Iterator[Spot]:
    """Every number of every claim."""
    for claim in of.records(Claim):
        spoken = list(numbers(claim.text))
        if len(spoken) == len(claim.figures):
            yield from (Spot(claim, said, one) for said, one in zip(claim.figures, spoken, strict=True))


def _size(said: Said, value: Decimal) -> Decimal:
    return abs(value) if said.measure == "variance" else value


def _contradiction(of: Material, spot: Spot, against: Statement, said_so: Sequence[Spot]) -> Breach:
    said, claim = spot.said, spot.claim
    value = _as_said(said, against.value)
    recomputed = spot.in_own_unit(value)
    figure = against.figures[-1]
    doubts = tuple(dict.fromkeys(d.value for f in against.figures for d in f.doubts))
    other = _other(of, spot, figure) or _elsewhere(spot, said_so)
    what = _named(said.measure or "", against.basis)
    table = _title(of, figure.table)
    is_turned = said.measure == "variance" and value < 0 <= said.value
    message = f"{_whose(spot)}: the sentence says {said.raw} for {what}; the table ({table}) gives {recomputed}"
    if other:
        message += f" ({other})"
    whole = [id_ for id_ in said.tied_to if id_ != figure.id]
    with exactly():
        difference = (
            plain((said.value - value) / spot.spoken.scale) if said.unit != "percent" else plain(said.value - value)
        )
        tolerance = (said.step / 2 + (against.interval.high - against.interval.low) / 2) / spot.spoken.scale
        tolerance = tolerance.quantize(spot.said.step / spot.spoken.scale / 100).normalize()
    return Breach(
        message=message,
        printed=spot.own,
        recomputed=recomputed,
        difference=difference if said.unit != "percent" else None,
        tolerance=plain(tolerance),
        figures=(*whole, figure.id),
        page=claim.page,
        table=claim.table,
        row=claim.row,
        where=_where(of, claim),
        text=claim.text,
        suggestion=reworded(claim.text, spot.spoken, value) if not is_turned else None,
        doubts=doubts,
        severity=_severity(said, doubts),
        key=f"{said.raw} {claim.table or ''} {claim.row or ''} {spot.spoken.start}",
    )


def _named(measure: str, basis: str | None) -> str:
    """A measure and its span as a person says them."""
    words = {"delivery": "share of plan delivered", "actual": "amount delivered"}.get(
        measure, measure.replace("_", " ")
    )
    spans = {"ytd": "to date", "year": "of the year", "month": "of the month", "fye": "in a full year"}
    return f"{words} {spans.get(basis or '', '')}".strip()


def _as_said(said: Said, value: Decimal) -> Decimal:
    """A figure's value with the sign that the sentence gives such numbers."""
    if said.measure != "variance" or said.value < 0:
        return value
    if said.direction == "favourable":
        return value
    return -value if said.direction == "adverse" else abs(value)


def _severity(said: Said, doubts: Sequence[str]) -> Severity:
    return "warning" if said.assumed or doubts else "error"


def _whose(spot: Spot) -> str:
    said, claim = spot.said, spot.claim
    return said.of or claim.scheme or claim.workstream or "programme"


def _where(of: Material, claim: Claim) -> str | None:
    if claim.table:
        return of.title(claim.table)
    return f"paragraph {claim.paragraph}" if claim.paragraph else None


def _title(of: Material, table: str) -> str:
    """What people call a table: Appendix 2."""
    title = of.title(table) or table
    named = _APPENDIX.match(title)
    return named[0] if named else _short(title)


def _other(of: Material, spot: Spot, figure: Figure) -> str | None:
    """What the number is instead: another figure of the same subject."""
    said = spot.said
    mine = [
        f
        for f in of.paper.figures
        if (f.scheme, f.workstream, f.role) == (figure.scheme, figure.workstream, figure.role)
        and f.unit == said.unit
        and f.subject == figure.subject
        and f.period is not None
        and figure.period is not None
        and f.period[:7] == figure.period[:7]
    ]
    shown = said.unit == "percent" or said.value
    for f in mine if shown else ():
        is_telling = f.step <= abs(said.value) and f.id not in said.tied_to
        if is_telling and f.case is None and agrees(said.value, said.step, "variance", f.interval):
            return f"{spot.own} is its {_named(f.measure, f.basis)}"
    if said.unit == "percent":
        rows = [
            f
            for f in of.paper.figures
            if f.role == figure.role and (f.scheme, f.workstream, f.case) == (figure.scheme, figure.workstream, None)
        ]
        for s in stated(
            "delivery", [f for f in rows if f.period and figure.period and f.period[:7] == figure.period[:7]]
        ):
            with exactly():
                rounded = s.value.quantize(said.step)
            if not s.is_across and rounded == said.value and s.basis != figure.basis:
                return f"{spot.own} is the forecast's share of the year's plan"
    return None


def _elsewhere(spot: Spot, said_so: Sequence[Spot]) -> str | None:
    """Beside what else the same sentence with the same number stands."""
    said = spot.said
    for other in said_so:
        if other.said.value == said.value and other.said.measure == said.measure and other.said.of != said.of:
            return f"the same words and number stand beside {other.said.of}"
    return None


def _by_text(of: Material) -> dict[str, list[Spot]]:
    found: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots(of):
        found[spot.claim.text].append(spot)
    return found


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
                yield Held(_size(one.said, one.said.value) == _size(other.said, other.said.value))
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
    reasons = [_other(of, spot, figure) if figure is not None else None for spot in (one, other)]
    if reasons[1] and not reasons[0]:
        one, other = other, one
        reasons.reverse()
    said = one.said
    message = (
        f"{_whose(one)}: one sentence says {said.raw} for {_named(said.measure or '', said.basis)}, another {other.said.raw}: "
        f'"{_short(other.claim.text)}"'
    )
    if reasons[0]:
        message += f" ({reasons[0]})"
    value = _as_said(said, other.said.value) if other.said.value >= 0 else other.said.value
    breach = Breach(
        message=message,
        printed=one.own,
        recomputed=plain(other.said.value / one.spoken.scale),
        figures=tuple(dict.fromkeys((*other.said.tied_to, *said.tied_to))),
        page=one.claim.page,
        table=one.claim.table,
        row=one.claim.row,
        where=_where(of, one.claim),
        text=one.claim.text,
        suggestion=reworded(one.claim.text, one.spoken, abs(value) if said.value >= 0 else value),
        severity="warning",
        key=f"{one.own} {other.own}",
    )
    return breach, bool(reasons[0])


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77].rstrip()}..."


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
            message=f'the sentence counts {spot.own} ({" ".join(claim.text.split())}); the table says {plain(count)}: "{label}"',
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
        own = [s for s in _of_claim(claim) if s.said.unit == "count" and s.said.value >= SMALLEST_COUNT]
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
        claim = one.claim
        yield Breach(
            message=f'{one.own} at {" ".join(day)} in one sentence, {other.own} in another: "{_short(other.claim.text)}"',
            printed=one.own,
            recomputed=other.own,
            difference=plain(one.said.value - other.said.value),
            page=claim.page,
            where=_where(of, claim),
            text=claim.text,
            suggestion=reworded(claim.text, one.spoken, other.said.value),
            severity="warning",
            key=f"{one.own} {other.own} {' '.join(day)}",
        )


def _of_claim(claim: Claim) -> list[Spot]:
    spoken = list(numbers(claim.text))
    if len(spoken) != len(claim.figures):
        return []
    return [Spot(claim, said, one) for said, one in zip(claim.figures, spoken, strict=True)]


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
            message=f'one sentence ranks among {one} nationally, another among {other}: "{_short(second.text)}"',
            printed=str(one),
            recomputed=str(other),
            difference=str(one - other),
            page=claim.page,
            where=_where(of, claim),
            text=claim.text,
            suggestion=reworded(claim.text, spoken, Decimal(other)) if spoken is not None else None,
            severity="warning",
            key=f"{one} {other}",
        )


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
        claim = one.claim
        yield Breach(
            message=f'{one.said.raw} {mine.words} in one place, {other.said.raw} in another: "{_short(other.claim.text)}"',
            printed=one.own,
            recomputed=other.own,
            difference=plain(one.said.value - other.said.value),
            page=claim.page,
            table=claim.table,
            row=claim.row,
            where=_where(of, claim),
            text=claim.text,
            suggestion=reworded(claim.text, one.spoken, other.said.value),
            severity="warning",
            key=f"{one.own} {other.own} {mine.condition}",
        )


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


@rule("QP703", "error")
def direction_word_against_numbers(of: Material) -> Iterator[Told]:
    """A word of direction speaks against the numbers: "reduced" to more, "positive" beside a shortfall.

    A board that reads "improved" does not ask why it got worse.

    Put the word right, or the number; see which of the two the table bears out.

    "A decreased negative variance of 2,051k from January's 1,843k": it grew.
    """
    for spot in spots(of):
        told = _moved(of, spot)
        if told is not None:
            yield told
        turned = _turned(of, spot)
        if turned is not None:
            yield turned


def _moved(of: Material, spot: Spot) -> Told | None:
    """A number that is said to be more, less, better or worse than another of its sentence."""
    said = spot.said
    if said.change is None or said.than is None or said.hedge:
        return None
    grows = {"more": True, "less": False}.get(said.change)
    if grows is None:
        if said.measure == "variance" and said.direction is not None:
            good_if_more = said.direction == "favourable"
        elif said.measure in ("actual", "delivery", "forecast"):
            good_if_more = True
        else:
            return None
        grows = good_if_more if said.change == "better" else not good_if_more
    now, before = abs(said.value), abs(said.than)
    if now == before or (now > before) == grows:
        return Held(True)
    before_own = plain(said.than / spot.spoken.scale)
    claim = spot.claim
    return Breach(
        message=f"{_whose(spot)}: the sentence calls {said.raw} {said.change} than {before_own}, which it is not",
        printed=spot.own,
        recomputed=before_own,
        difference=plain((said.value - said.than) / spot.spoken.scale),
        figures=said.tied_to,
        page=claim.page,
        table=claim.table,
        row=claim.row,
        where=_where(of, claim),
        text=claim.text,
        severity="error" if said.measure is not None and said.aside is None else "warning",
        key=f"{said.raw} {said.change} {before_own}",
    )


def _turned(of: Material, spot: Spot) -> Told | None:
    """A variance that words call good, of the size of one that is bad, or the other way about."""
    said = spot.said
    if said.measure != "variance" or said.direction is None:
        return None
    met = [s for s in of_claim(said, of.by_id) if agrees(said.value, said.step, "variance", s.interval)]
    sides = {s.value > 0 for s in met if s.value}
    if len(sides) != 1 or not said.value:
        return None
    is_good = sides.pop()
    if is_good == (said.direction == "favourable"):
        return Held(True)
    claim, figure = spot.claim, met[0].figures[-1]
    if "sign-unproven" in [d.value for d in figure.doubts]:
        return None
    called = "ahead of plan" if said.direction == "favourable" else "behind plan"
    return Breach(
        message=f"{_whose(spot)}: the sentence says that {said.raw} is {called}; the table shows the opposite",
        printed=spot.own,
        recomputed=spot.in_own_unit(_as_said(said, met[0].value)),
        figures=(*[i for i in said.tied_to if i != figure.id], figure.id),
        page=claim.page,
        table=claim.table,
        row=claim.row,
        where=_where(of, claim),
        text=claim.text,
        doubts=tuple(d.value for d in figure.doubts),
        severity=_severity(said, [d.value for d in figure.doubts]),
        key=f"{said.raw} {said.direction}",
    )


__all__ = ["Spot", "spots"]
