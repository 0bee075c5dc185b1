"""Sentences that say how far data go: `prescribing data not yet available beyond month 11`, `data run two months late`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qippctl.interpret.prose.sentences import LONGEST, sentences
from qippctl.interpret.records.place import Place
from qippctl.models.document import Prose
from qippctl.models.records import Coverage, Record
from qippctl.period import MONTH_NAME, Period, find_mention

MONTHS_OF_YEAR = 12
LONGEST_OWNER = 8
_WHEN = (
    rf"(?:the )?(?:end of )?(?P<when>(?:(?:month|period|mth) ?[0-9]{{1,2}}|M ?[0-9]{{1,2}}|{MONTH_NAME})\b"
    r"(?:[ ,(]{1,2}(?:20)?[0-9]{2}(?:[/–-][0-9]{2})?)?)"
)
_IS = r"(?:(?:is|are|was|were|has|have) )?(?:currently |still )?"
_NOT_YET = _IS + r"not (?:yet )?(?:been )?(?:available|received|reported|published|validated)"
_SAYS = [
    # A pattern, and how many months before the month that it names the data end.
    (re.compile(rf"\bdata {_NOT_YET} (?:beyond|after|past|later than) {_WHEN}", re.IGNORECASE), 0),
    (re.compile(rf"\bdata for {_WHEN} {_NOT_YET}", re.IGNORECASE), 1),
    (
        re.compile(
            rf"\bdata {_IS}(?:only available|available only|only reported|only) (?:up )?(?:to|until) {_WHEN}",
            re.IGNORECASE,
        ),
        0,
    ),
    (re.compile(rf"\bdata (?:stops?|ends?) (?:at|in|with|to|after) {_WHEN}", re.IGNORECASE), 0),
]
_LATE = re.compile(
    r"\bdata (?:is|are|runs?|comes?|arrives?) (?P<months>one|two|three|an?|[1-3]) months? (?:late|behind|in arrears)\b",
    re.IGNORECASE,
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_CLAUSE = re.compile(r"[.:;,()•]|\s[-–—]\s|\b(?:notes?|that|as|because|since|while|but)\b", re.IGNORECASE)


def coverage(blocks: Iterable[Prose], place: Place) -> list[Record]:
    """A record for each sentence that says at which month data end."""
    found: list[Record] = []
    for sentence in sentences(blocks):
        text, page = sentence.text[:LONGEST].strip(), sentence.page
        if (said := last_month(text, place.span.period)) is not None:
            of, month = said
            found.append(Coverage(**place.at(page=page), of=of, data_to=str(month) if month else None, text=text))
    return found


def data_to(records: Sequence[Record]) -> Period | None:
    """The last month that a paper's data as a whole cover, where one sentence says so; of some schemes' data it is not."""
    found = {record.data_to for record in records if isinstance(record, Coverage) and record.of is None}
    month = next(iter(found)) if len(found) == 1 else None
    return Period.parse(month) if month else None


def last_month(text: str, reported: Period | None) -> tuple[str | None, Period | None] | None:
    """Whose data a sentence speaks of, and their last month; None where it says nothing of the kind.

    A month without a year is the newest of its name up to the month that the paper reports; without that it is not known.

    >>> last_month("Note SUS data not yet available beyond month 11.", Period(2011, 1))
    ('SUS', Period(start=2010, month=11))
    >>> last_month("Prescribing data run two months late.", Period(2011, 1))
    ('Prescribing', Period(start=2010, month=11))
    """
    line = " ".join(text.split())
    if (late := _LATE.search(line)) is not None:
        word = late["months"].lower()
        months = _COUNTS[word] if word in _COUNTS else int(word)
        return _owner(line[: late.start()]), _earlier(reported, months)
    for pattern, before in _SAYS:
        if (found := pattern.search(line)) is not None:
            return _owner(line[: found.start()]), _earlier(_month(found["when"], reported), before)
    return None


def _month(words: str, reported: Period | None) -> Period | None:
    mention = find_mention(f"to {words}")
    if mention is None or mention.month is None:
        return None
    if mention.start is not None:
        return Period(mention.start, mention.month)
    if reported is None or not reported.month:
        return None
    return Period(reported.start - (mention.month > reported.month), mention.month)


def _earlier(month: Period | None, by: int) -> Period | None:
    if month is None or not month.month:
        return None
    years, rest = divmod(month.month - 1 - by, MONTHS_OF_YEAR)
    return Period(month.start + years, rest + 1)


def _owner(before: str) -> str | None:
    """Whose data: the words of the same clause before `data`, None where there are none or too many to be a name."""
    words = _CLAUSE.split(before[-200:])[-1].split()
    while words and words[0].lower() in ("the", "all", "our", "its", "of", "and"):
        words = words[1:]
    return " ".join(words) if 0 < len(words) <= LONGEST_OWNER else None
