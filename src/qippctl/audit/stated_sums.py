"""Arithmetic that a paper states in its sentences."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qippctl.audit.catalogue import Breach, Held, Told, also, rule
from qippctl.audit.material import Material
from qippctl.audit.stated import CERTAIN, PROBABLE, Reading, Sentence, sentences
from qippctl.audit.stated.differences import differences
from qippctl.audit.stated.equations import equations
from qippctl.audit.stated.neighbours import identified, lists, neighbours
from qippctl.audit.stated.parts import parts
from qippctl.audit.stated.percentages import percentages
from qippctl.audit.stated.reading import at_most
from qippctl.audit.wording import own_number, reworded, styled
from qippctl.calc.spoken import Spoken
from qippctl.models.finding import Severity
from qippctl.models.records import (
    Claim,
    Indicator,
    Intervention,
    Milestone,
    Position,
    Project,
    Record,
    Risk,
    Scenario,
    Status,
)
from qippctl.money import exactly

# How many sentences before one it may speak of.
MEMORY = 3
# A sentence shorter than this may stand in another by chance.
SHORT = 30
_DIGITS = re.compile("[0-9]")
THOUSAND, MILLION = Decimal(1000), Decimal(1_000_000)
Groups = dict[tuple[int, Spoken], list[Reading]]
# The sentence, and what is printed and recomputed in it.
Place = tuple[int, str, str]
TEXTS: dict[type[Record], tuple[str, ...]] = {
    Project: ("summary",),
    Indicator: ("comment",),
    Intervention: ("summary",),
    Milestone: ("description",),
    Position: ("exception", "action"),
    Risk: ("description", "actions"),
    Scenario: ("description",),
    Status: ("issue", "mitigation"),
}


@rule("QP702", "error")
def stated_sum_is_wrong(of: Material) -> Iterator[Told]:
    """Arithmetic that a sentence states does not come to what the sentence says: a product, a share, a sum or a difference.

    What is written out in words is what is minuted and quoted, and nobody's spreadsheet checks it.

    Work it out again with the printed numbers. The sentence that is suggested keeps the others; ask which of them is meant.

    A population of 327,325 of which 2% are said to be 6,506, which should be about 6,547.
    """
    yield from (told for code, told in _judged(of) if code == "QP702")


@also("QU501")
def slips_in_sentences(of: Material) -> Iterator[Told]:
    """A number of a sentence that is a thousand times what the others say: activity of £2,413m, a fifth of it £482k."""
    yield from (told for code, told in _judged(of) if code == "QU501")


def _judged(of: Material) -> Iterator[tuple[str, Told]]:
    for passage in passages(of):
        yield from judged(passage)


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences that follow each other; those that were judged elsewhere only say what the others speak of."""

    sentences: tuple[Sentence, ...]
    known: frozenset[int] = frozenset()


def passages(of: Material) -> Iterator[Passage]:
    """The texts of records, then the sentences of running text that are not among them."""
    seen: set[str] = set()
    texts: list[str] = []
    for kind, fields in TEXTS.items():
        for record in of.records(kind):
            for field in fields:
                text = getattr(record, field) or ""
                if not _DIGITS.search(text):
                    continue
                texts.append(_key(text))
                found = tuple(
                    Sentence(line, record.page, record.table, record.row, _whose(record)) for line in sentences(text)
                )
                keys = [_key(sentence.text) for sentence in found]
                yield Passage(found, frozenset(k for k, key in enumerate(keys) if key in seen))
                seen.update(keys)
    every = "\x1f".join(texts)
    running: dict[tuple[object, ...], list[Sentence]] = defaultdict(list)
    for claim in of.records(Claim):
        # The words of a cell are a text of their own.
        place = (claim.table, claim.row, getattr(claim, "part", None))
        running[place].append(Sentence(claim.text, claim.page, claim.table, claim.row, _whose(claim)))
    for lines in running.values():
        known = set()
        for k, sentence in enumerate(lines):
            key = _key(sentence.text)
            if key in seen or (len(key) >= SHORT and key in every):
                known.add(k)
            seen.add(key)
        yield Passage(tuple(lines), frozenset(known))


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9£%.]+", "", text.lower())


def _whose(record: Record) -> str | None:
    """What people call the place: a paragraph, else a scheme."""
    if number := getattr(record, "paragraph", None):
        return f"paragraph {number}"
    for field in ("scheme", "workstream", "name", "group"):
        if name := getattr(record, field, None):
            return str(name)
    return None


def judged(passage: Passage) -> Iterator[tuple[str, Told]]:
    """What each number of a passage that others should give came to, with the code of the rule."""
    groups = _groups(passage)
    evidence = _evidence(groups)
    faults: dict[Place, list[Fault]] = defaultdict(list)
    for (k, _), readings in groups.items():
        found = _outcome(readings, evidence)
        if isinstance(found, Held):
            if k not in passage.known:
                yield "QP702", found
        elif found is not None:
            place = next((n for n in (k, k - 1) if n >= 0 and found.said in passage.sentences[n].said), k)
            if place not in passage.known:
                faults[(place, found.printed, found.recomputed)].append(found)
    for key in _first_causes(faults):
        yield (
            faults[key][0].code,
            _breach(passage.sentences[key[0]], faults[key], _repeated(groups, key[0], faults[key][0])),
        )


def _first_causes(faults: Mapping[Place, Sequence[Fault]]) -> list[Place]:
    """Those that are not worked out from a number that is itself at fault, in their order."""
    by_number = {(key[0], fault.said): key for key, same in faults.items() for fault in same}

    def causes(key: Place) -> set[Place]:
        terms = [term.said for term in faults[key][0].reading.terms]
        found = {by_number.get((n, said)) for n in (key[0], key[0] - 1) for said in terms}
        return {other for other in found if other is not None and other != key}

    return [key for key in faults if all(key in causes(other) for other in causes(key))]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the other sums of a passage say of a number: that it is right, or how often a power of ten would help."""

    trusted: Collection[Spoken]
    helped: Mapping[tuple[Spoken, Decimal], int]


def _evidence(groups: Groups) -> Evidence:
    trusted: set[Spoken] = set()
    helped: Counter[tuple[Spoken, Decimal]] = Counter()
    for readings in groups.values():
        surest = _surest(readings)
        holding = [r for r in readings if r.holds and r.certainty >= PROBABLE]
        for reading in holding:
            trusted.update((reading.target, *(term.said for term in reading.terms)))
        if surest.certainty >= PROBABLE and not surest.holds:
            helped.update(set(surest.slips()))
    return Evidence(trusted, helped)


def _surest(readings: Sequence[Reading]) -> Reading:
    return max(readings, key=lambda reading: (reading.certainty, reading.strict))


def _repeated(groups: Groups, k: int, fault: Fault) -> set[Spoken]:
    """The same number elsewhere in the sentence: `equates to 6,506 (327,325 x 2% = 6,506)` prints one slip twice."""
    return {
        said
        for (place, said), readings in groups.items()
        if place == k and said.raw == fault.said.raw and not any(reading.holds for reading in readings)
    }


def _groups(passage: Passage) -> Groups:
    """Every reading by the number that it should give, and its sentence."""
    groups: Groups = defaultdict(list)
    for k, sentence in enumerate(passage.sentences):
        before = passage.sentences[max(0, k - MEMORY) : k]
        if not sentence.said:
            continue
        for reading in _read(sentence, before):
            groups[(k, reading.target)].append(reading)
        if before:
            for reading in identified(sentence, before[-1]):
                groups[(k - 1, reading.target)].append(reading)
    places = {id(sentence): k for k, sentence in enumerate(passage.sentences)}
    for sentence, reading in lists(passage.sentences):
        groups[(places[id(sentence)], reading.target)].append(reading)
    return groups


def _read(sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Reading]:
    yield from equations(sentence)
    yield from percentages(sentence)
    yield from differences(sentence, before)
    yield from parts(sentence)
    yield from neighbours(sentence, before)


@dataclass(frozen=True, slots=True)
class Fault:
    """A number of a sentence, and what the others say that it should be, without a sign."""

    reading: Reading
    said: Spoken
    size: Decimal
    severity: Severity | None = None
    code: str = "QP702"
    how: str = ""

    @property
    def right(self) -> Decimal:
        return -self.size if self.said.value < 0 else self.size

    @property
    def printed(self) -> str:
        return own_number(self.said, self.said.value)

    @property
    def recomputed(self) -> str:
        return own_number(self.said, self.right)


def _outcome(readings: Sequence[Reading], evidence: Evidence) -> Held | Fault | None:
    """What a number came to: held where any reading holds; else what the surest of them says, if it is sure enough."""
    surest = _surest(readings)
    holding = [reading for reading in readings if reading.holds and (surest.holds or reading.excuses(surest))]
    if holding:
        if surest in holding and surest.certainty == CERTAIN and not any(r.holds_firmly for r in holding):
            return Fault(surest, surest.target, surest.value, "note", how="as it is printed ")
        return Held(any(reading.exactly for reading in holding))
    if surest.certainty < PROBABLE:
        return None
    if any(r.cut_off for r in readings if r is surest or (r.certainty >= PROBABLE and r.excuses(surest))):
        return Fault(surest, surest.target, surest.value, "note", how="before its last digits were cut off ")
    severity: Severity | None = None if surest.certainty == CERTAIN else "warning"
    slip = _slip(surest, evidence)
    if slip is None:
        return Fault(surest, surest.target, surest.value, severity)
    said, factor = slip
    if {factor, 1 / factor} & {THOUSAND, MILLION}:
        return Fault(surest, said, abs(said.value) * factor, severity or "error", "QU501")
    return Fault(surest, said, abs(said.value) * factor, severity)


def _slip(reading: Reading, evidence: Evidence) -> tuple[Spoken, Decimal] | None:
    """The one number that a power of ten puts right: one that other sums do not bear out, or that looks the part."""
    found = list(reading.slips())
    if len({max(factor, 1 / factor) for _, factor in found}) != 1:
        return None
    found = [slip for slip in found if slip[0] not in evidence.trusted] or found
    most = max(evidence.helped[slip] for slip in found)
    found = [slip for slip in found if evidence.helped[slip] == most]
    odd = [(said, by) for said, by in found if said.scale >= MILLION and said.own >= THOUSAND and by < 1]
    own = [slip for slip in found if slip[0] == reading.target]
    return (odd or own or found)[0]


def _breach(sentence: Sentence, same: Sequence[Fault], repeated: Collection[Spoken]) -> Breach:
    """One finding for one slip, however often the sentence prints it."""
    fault = same[0]
    reading, said = fault.reading, fault.said
    whose = f"{sentence.where}: " if sentence.where else ""
    if said == reading.target:
        message = f"{whose}{reading.words} {fault.how}gives {styled(said, fault.right)}, {said.raw} is printed"
    else:
        message = f"{whose}{reading.target.raw} is {reading.words} only if {said.raw} is {styled(said, fault.right)}"
    corrected = sentence.text
    for each in sorted({f.said for f in same} | set(repeated), key=lambda found: -found.start):
        corrected = reworded(corrected, each, fault.right)
    with exactly():
        difference = said.value - fault.right
    # Where another sentence takes part either may be wrong.
    within = all(number in sentence.said for number in (said, *(term.said for term in reading.terms)))
    return Breach(
        message=message,
        printed=fault.printed,
        recomputed=fault.recomputed,
        difference=own_number(said, difference),
        tolerance=own_number(reading.target, reading.tolerance),
        page=sentence.page,
        table=sentence.table,
        row=sentence.row,
        where=sentence.where,
        text=sentence.text,
        suggestion=corrected if within and fault.severity != "note" else None,
        severity=fault.severity,
        key=f"{said.raw} at {said.start}",
        is_bound=reading.work is at_most,
    )
