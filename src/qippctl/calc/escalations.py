"""Sentences that promise to take something further: what, to whom, and by which date.

    To be taken to Recovery Board if not resolved by 16th May.

Such a sentence names a step (taken to, escalated, referred to) and a date. Under a condition (if not, unless, otherwise) any
step counts; without one only what is to be escalated: papers are taken to boards every month. What was done is no promise.
"""

from __future__ import annotations

import hashlib
import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from qippctl.calc.positions import normal_name
from qippctl.models.decisions import Outcome
from qippctl.models.returns import Escalation
from qippctl.period import MONTH_NAME, MONTHS, find_date

LONGEST_SENTENCE = 600
LONGEST_NAME = 8
# A sentence that a paper repeats within half a year is the one of the paper before, with the year that its date had there.
DAYS_REPEATED = 200
ID_LENGTH = 10

# Patterns run over lines with single spaces, and every repetition is bounded: linear time on a line of any length.
_ENDS = re.compile(
    r"(?<=[.!?])(?<!\b(?:Dr|Mr|Ms|St|No)\.)(?<!\bMrs\.)(?<!\bProf\.)(?<!\b[A-Z]\.) (?=[A-Z£(\"'“‘•–-])| ?[•▪·●] ?"
)
_BULLET = re.compile(r"^[-–—*•▪·●o]{1,3} ")
_STEP = re.compile(
    r"\bescalat(?:e|ed|es|ing)\b|\bescalation to\b"
    r"|\b(?:taken?|brought|bring|referred|refer|raised?|reported|report|presented|go|goes|passed)"
    r"(?: [\w'’&-]{1,20}){0,4}? (?:to|with|at)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:was|were|been|already|previously)(?: [a-z]{1,12})? (?:escalated|taken|raised|referred|reported|brought|presented)\b"
    r"|\b(?:no|without|never|not|not to|not be|not to be|not been) (?:need to |need for |further )?escalat(?:e|ed|ing|ion)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|unless|should|where|when|failing|otherwise|or else)\b", re.IGNORECASE)
_UNSETTLED = re.compile(
    r"\b(?:not|no|nothing|un(?:resolved|agreed|settled|answered)|outstanding|fails?|unless|failing|otherwise|or else|remains?)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(r"\b(?:to be|will be|shall be|must be|needs? to be) escalated\b|^escalate\b", re.IGNORECASE)
_NAMED_DAY = (
    r"(?:(?P<end>(?:the )?end)(?:[ -]of)?[ -])?(?:(?P<day>[0-9]{1,2}) ?(?:st|nd|rd|th)?(?: of)?[ -])?"
    rf"(?P<month>{MONTH_NAME})\b(?: (?P<after>[0-9]{{1,2}})(?:st|nd|rd|th)?\b(?![:.][0-9]))?(?:,?[ -](?P<year>20[0-9]{{2}})\b)?"
)
_NUMBERED_DAY = (
    r"20[0-9]{2}-[0-9]{2}-[0-9]{2}\b|[0-9]{1,2}/[0-9]{1,2}/(?:20)?[0-9]{2}\b"
    r"|[0-9]{1,2}\.[0-9]{1,2}\.(?:20)?[0-9]{2}\b|[0-9]{1,2}/[0-9]{1,2}\b(?!/)"
)
_BY_DATE = re.compile(
    r"\b(?:by|before|until|till|on|after|in|at)(?: the)?(?: (?:w/c|week commencing|week ending))?"
    rf"(?: (?:mon|tues|wednes|thurs|fri|satur|sun)day,?)?(?: the)? (?P<date>{_NUMBERED_DAY}|{_NAMED_DAY})",
    re.IGNORECASE,
)
_NAMED = re.compile(_NAMED_DAY, re.IGNORECASE)
_TO_WHOM = (re.compile(r" to (?:the )?", re.IGNORECASE), re.compile(r" (?:with|at) (?:the )?", re.IGNORECASE))
_NAME_ENDS = re.compile(
    r"[,;:()]| (?:if|unless|should|where|when|by|before|on|until|till|after|at|for|as|to|in|and will|failing|otherwise)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Promise:
    """One such sentence: its date, where the year can be known, and to whom it is to be taken, as printed."""

    sentence: str
    due: date | None
    to: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a record of a paper says of one scheme, programme or risk. `near`: the meeting, or the period, of its paper."""

    organisation: str | None
    texts: tuple[str, ...]
    paper: str
    paper_number: int
    page: int
    near: date | None = None
    workstream: str | None = None
    scheme: str | None = None
    code: str | None = None
    owners: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the same scheme goes by in the next paper: its code, else its name."""
        return (self.code or normal_name(self.scheme) or normal_name(self.workstream)).casefold()


def escalations(told: Sequence[Told], outcomes: Sequence[Outcome], today: date) -> list[Escalation]:
    """Every promise once, as its newest paper prints it, the earliest date first; overdue where `today` is past its date."""
    known: dict[str, Escalation] = {}
    stated: dict[tuple[str, str, str], tuple[date | None, date | None]] = {}
    settled = {outcome.escalation: outcome for outcome in outcomes}
    for one in sorted(told, key=lambda one: (one.near or date.min, one.paper_number)):
        for promise in (promise for text in one.texts for promise in promises(text, one.near)):
            words = normal_name(promise.sentence)
            near, due = stated.get((one.organisation or "", one.key, words), (None, None))
            is_repeated = near is not None and one.near is not None and (one.near - near).days <= DAYS_REPEATED
            due = due if is_repeated and due is not None else promise.due
            stated[(one.organisation or "", one.key, words)] = (one.near, due)
            identity = _identity(one.organisation or "", one.key, words, due.isoformat() if due else "")
            before = known.get(identity)
            if before is not None and before.paper_number == one.paper_number:
                continue
            outcome = settled.get(identity)
            known[identity] = Escalation(
                id=identity,
                organisation=one.organisation,
                workstream=one.workstream,
                scheme=one.scheme,
                code=one.code,
                text=promise.sentence,
                due=due.isoformat() if due else None,
                overdue=due is not None and due < today,
                to=promise.to,
                outcome=outcome.outcome if outcome else None,
                decision=outcome.number if outcome else None,
                owners=one.owners,
                paper=one.paper,
                paper_number=one.paper_number,
                page=one.page,
                papers=(*(before.papers if before else ()), one.paper_number),
            )
    return sorted(
        known.values(), key=lambda e: (e.due or "9", e.organisation or "", e.code or "", e.scheme or "", e.id)
    )


def _identity(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:ID_LENGTH]


def promises(text: str, near: date | None) -> Iterator[Promise]:
    """The sentences of a text that promise to take something further by a date.

    A date without a year is the one nearest to `near`; without that it is not known. A month alone ends with its last day.

    >>> [(p.due.isoformat(), p.to) for p in promises("To be taken to the Board if not agreed by 16th May.", date(2011, 5, 26))]
    [('2011-05-16', 'Board')]
    """
    for sentence in _sentences(text):
        condition = _CONDITION.search(sentence) if _UNSETTLED.search(sentence) else None
        step = _step(sentence) if condition is not None or _FUTURE.search(sentence) else None
        dates = list(_BY_DATE.finditer(sentence)) if step is not None else []
        if step is None or not dates:
            continue
        after = condition.start() if condition is not None else 0
        chosen = next((found for found in dates if found.start() > after), dates[0])
        yield Promise(sentence, _day(chosen["date"], near), _to_whom(sentence[step.start() :]))


def _sentences(text: str) -> Iterator[str]:
    """Sentences and bullets, their marks aside; what is longer than any sentence is cut."""
    for line in text.splitlines():
        for piece in _ENDS.split(" ".join(line.split())):
            sentence = _BULLET.sub("", piece).strip()
            for start in range(0, len(sentence), LONGEST_SENTENCE):
                yield sentence[start : start + LONGEST_SENTENCE]


def _step(sentence: str) -> re.Match[str] | None:
    """The first step that is not said to be done, or not to be needed."""
    done = [found.span() for found in _DONE.finditer(sentence)]
    return next(
        (
            step
            for step in _STEP.finditer(sentence)
            if not any(start < step.end() and step.start() < end for start, end in done)
        ),
        None,
    )


def _to_whom(step: str) -> str | None:
    """The name after the first `to` of a step, else after `with` or `at`; None where none follows."""
    clause = re.split(r"[;:]|, | (?:if|unless) ", step, maxsplit=1)[0]
    start = next((found.end() for pattern in _TO_WHOM if (found := pattern.search(clause))), None)
    if start is None:
        return None
    words = _NAME_ENDS.split(clause[start:], maxsplit=1)[0].rstrip(".").split()
    return " ".join(words) if 0 < len(words) <= LONGEST_NAME else None


def _day(printed: str, near: date | None) -> date | None:
    """A printed date; of several years the nearest to `near`. None where no year can be known, or there is no such day."""
    if (full := find_date(printed)) is not None:
        return full
    if (bare := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})", printed)) is not None:
        return _nearest(int(bare[2]), int(bare[1]), near)
    found = _NAMED.fullmatch(printed)
    if found is None:
        return None
    place = next(i for i, name in enumerate(MONTHS) if name.startswith(found["month"][:3].lower()))
    month = (place + 3) % 12 + 1
    number = found["day"] or found["after"]
    day = int(number) if number and not found["end"] else None
    return _date(int(found["year"]), month, day) if found["year"] else _nearest(month, day, near)


def _nearest(month: int, day: int | None, near: date | None) -> date | None:
    if near is None:
        return None
    days = [_date(near.year + by, month, day) for by in (-1, 0, 1)]
    return min((found for found in days if found is not None), key=lambda found: abs(found - near), default=None)


def _date(year: int, month: int, day: int | None) -> date | None:
    """A day, or the last of a month; None where the calendar has none such."""
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None
