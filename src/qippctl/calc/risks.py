"""Risks held against their own numbers, the register that they stand in, the one before it, and the programme's position.

A score is impact times likelihood, each from 1 to 5. In two registers of a body a risk is the same where number and
description are, else where one of them is and nothing else claims it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from qippctl.calc.positions import normal_name
from qippctl.models.records import Risk
from qippctl.models.registers import Movement, RiskAnswer, Statement
from qippctl.money import exactly, thousands

HIGHEST = 5
SCORES = frozenset(i * j for i in range(1, HIGHEST + 1) for j in range(1, HIGHEST + 1))
SHORT_BY = Decimal(10)
LOW_IMPACT = 2
MOST_LISTED = 6
LONGEST = 400

_NUMBER = re.compile(r"[0-9]{1,3}")
_PRODUCT = re.compile(r"([1-5]) ?[x×*] ?([1-5])(?![0-9])", re.IGNORECASE)
_REFERENCE = re.compile(r"(.*?)([0-9]{1,6})")
_OF_SAVINGS = re.compile(r"\b(?:qipp|cips?|savings?|efficienc(?:y|ies)|cost improvements?)\b", re.IGNORECASE)
_FAILS = re.compile(
    r"\b(?:fail(?:s|ed|ing|ure)?|not(?: be)?(?: fully)? (?:deliver|achiev|met|meet|ma[dk]e|realis)\w*"
    r"|non[- ]?(?:delivery|achievement)|under[- ]?(?:deliver|achiev)\w*|shortfall|falls? short|unable to|slip(?:s|page)?)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\b(?:data|assurance|reporting|information)\b", re.IGNORECASE)
_CHANGES: tuple[tuple[Movement, re.Pattern[str]], ...] = (
    ("closed", re.compile(r"\bclosed?\b", re.IGNORECASE)),
    ("new", re.compile(r"\bnew\b", re.IGNORECASE)),
    ("same", re.compile(r"[↔→=]|\b(?:same|static|unchanged|no change|stable)\b", re.IGNORECASE)),
    ("up", re.compile(r"[↑▲]|\b(?:up|increas\w*|worse\w*|rising|risen)\b", re.IGNORECASE)),
    ("down", re.compile(r"[↓▼]|\b(?:down|decreas\w*|improv\w*|reduc\w*|falling|fallen)\b", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What a programme's total lacks of its plan: by the year's forecast, else to date."""

    plan: Decimal
    got: Decimal
    by: str
    doubts: tuple[str, ...] = ()

    @property
    def percent(self) -> Decimal:
        with exactly():
            return (self.plan - self.got) * 100 / self.plan if self.plan > 0 else Decimal(0)

    @property
    def words(self) -> str:
        """Such as `a 22% shortfall (2,051 of 9,211 £000, by the forecast)`."""
        with exactly():
            short = self.plan - self.got
            decimals = 1 if short % 1000 or self.plan % 1000 else 0
            share = self.percent.quantize(Decimal(1))
        short_of = f"{thousands(short, decimals=decimals)} of {thousands(self.plan, decimals=decimals)} £000"
        return f"a {share}% shortfall ({short_of}, {self.by}{', in doubt' if self.doubts else ''})"


@dataclass(frozen=True, slots=True)
class Registered:
    """The risks that one paper lists, in the order of print, and the position that the paper's period reports."""

    risks: tuple[Risk, ...]
    paper_number: int
    written: date | None = None
    is_final: bool = True
    meeting: str | None = None
    period: str | None = None
    shortfall: Shortfall | None = None

    @property
    def rank(self) -> tuple[date, bool, int]:
        return (self.written or date.min, self.is_final, self.paper_number)


@dataclass(frozen=True, slots=True)
class _Told:
    risk: Risk
    register: Registered


def answers(found: Iterable[Registered]) -> list[RiskAnswer]:
    """The risks of one body's newest register, then those that the one before it lists and it does not.

    Papers of one day make one register: what several list is told by the final one, then by the one that came last.
    """
    registers = [_merged(papers) for papers in _by_day(found)]
    if not registers:
        return []
    *before, newest = registers
    lines = [list(told) for told in newest]
    compared: list[list[_Told]] | None = None
    for earlier in reversed(before):
        shared = _pairs(lines, earlier)
        if not shared:
            # Nothing in common: another register, not an earlier state of this one.
            continue
        compared = compared if compared is not None else earlier
        for k, told in shared.items():
            lines[k] += told
    out = [_answer(line, compared, len(told)) for line, told in zip(lines, newest, strict=True)]
    out = _with_gaps(out, [told for earlier in before for one in earlier for told in one])
    if compared is not None:
        listed = {id(told) for line in lines for told in line}
        out += [
            _gone(one) for one in compared if not any(id(told) in listed for told in one) and not one[0].risk.closed
        ]
    return out


def _by_day(found: Iterable[Registered]) -> list[list[Registered]]:
    """Papers, the oldest first, those of one meeting together; one without a meeting is with those of its period."""
    out: list[list[Registered]] = []
    for register in sorted(found, key=lambda one: one.rank):
        for own in out:
            same_period = register.period is not None and register.period == own[-1].period
            if register.meeting == own[-1].meeting if own[-1].meeting and register.meeting else same_period:
                own.append(register)
                break
        else:
            out.append([register])
    return out


def _merged(papers: Sequence[Registered]) -> list[list[_Told]]:
    """The risks of papers of one day: each with all that say it, the one that counts first."""
    out: list[list[_Told]] = []
    for register in reversed(papers):
        told = [[_Told(risk, register)] for risk in register.risks]
        shared = _pairs(out, told)
        for k, own in shared.items():
            out[k] += own
        taken = {id(own[0]) for own in shared.values()}
        out += [own for own in told if id(own[0]) not in taken]
    return out


def _pairs(later: Sequence[Sequence[_Told]], earlier: Sequence[list[_Told]]) -> dict[int, list[_Told]]:
    """Of each later risk, by its place, what it was: by number and words, then by words, then by number."""
    out: dict[int, list[_Told]] = {}
    taken: set[int] = set()
    for key in (_number_and_words, _words, _number):
        mine = _unique([(key(one[0].risk), k) for k, one in enumerate(later) if k not in out])
        theirs = _unique([(key(one[0].risk), k) for k, one in enumerate(earlier) if k not in taken])
        for name, k in mine.items():
            if name in theirs:
                out[k] = earlier[theirs[name]]
                taken.add(theirs[name])
    return out


def _unique(found: Sequence[tuple[str | None, int]]) -> dict[str, int]:
    out: dict[str, int] = {}
    several = set()
    for name, k in found:
        if name is None:
            continue
        several |= {name} & out.keys()
        out[name] = k
    return {name: k for name, k in out.items() if name not in several}


def _number(risk: Risk) -> str | None:
    return normal_name(risk.number) or None


def _words(risk: Risk) -> str | None:
    return normal_name(risk.description) or None


def _number_and_words(risk: Risk) -> str | None:
    return f"{_number(risk)} {_words(risk)}" if risk.number else None


def score_of(text: str | None) -> int | None:
    """A printed score as a number.

    >>> score_of("16"), score_of("4 x 4 = 16"), score_of("3x4"), score_of("High"), score_of("12 (was 16)")
    (16, 16, 12, None, 12)
    """
    said = (text or "")[:LONGEST]
    if "=" in said:
        said = said.rpartition("=")[2]
    elif (product := _PRODUCT.search(said)) is not None and not _NUMBER.match(_PRODUCT.sub("", said).strip()):
        return int(product[1]) * int(product[2])
    found = _NUMBER.search(_PRODUCT.sub(" ", said))
    return int(found[0]) if found else None


def factor_of(text: str | None) -> int | None:
    """An impact or a likelihood as a number.

    >>> factor_of("4"), factor_of("4 - Major"), factor_of("Major")
    (4, 4, None)
    """
    found = _NUMBER.findall((text or "")[:LONGEST])
    return int(found[0]) if len(found) == 1 else None


def expected(risk: Risk) -> int | None:
    """Impact times likelihood: as printed on their own, else as the score's own cell multiplies them."""
    impact, likelihood = factor_of(risk.impact), factor_of(risk.likelihood)
    if impact is not None and likelihood is not None:
        return impact * likelihood
    product = _PRODUCT.search((risk.score or "")[:LONGEST])
    return int(product[1]) * int(product[2]) if product else None


def notes(risk: Risk, shortfall: Shortfall | None) -> list[str]:
    """What does not fit: a score that no two numbers make, another than the product, one beside the programme's position."""
    out = []
    score, product = score_of(risk.score), expected(risk)
    if risk.score and score is None:
        out.append(f'the score "{risk.score}" is no number')
    if score is not None and not 1 <= score <= HIGHEST**2:
        out.append(f"score {score} is not from 1 to {HIGHEST**2}")
    elif score is not None and score not in SCORES:
        out.append(f"score {score} is no product of two numbers from 1 to {HIGHEST}")
    for name, text in (("impact", risk.impact), ("likelihood", risk.likelihood)):
        number = factor_of(text)
        if number is not None and not 1 <= number <= HIGHEST:
            out.append(f"{name} {number} is not from 1 to {HIGHEST}")
    if score is not None and product is not None and score != product:
        out.append(f"score {score} is not impact times likelihood, {product}")
    if (
        shortfall is not None
        and shortfall.percent >= SHORT_BY
        and not risk.closed
        and is_about_savings(risk.description)
    ):
        impact = factor_of(risk.impact)
        if impact is not None and impact <= LOW_IMPACT:
            out.append(f"impact {impact} of {HIGHEST} beside {shortfall.words}")
        elif impact is None and score is not None and score <= HIGHEST:
            out.append(f"score {score} of {HIGHEST**2} beside {shortfall.words}")
    return out


def is_about_savings(description: str) -> bool:
    """Whether a risk is that savings are not made.

    >>> is_about_savings("Failure to achieve the savings target"), is_about_savings("Lack of assurance for QIPP data")
    (True, False)
    """
    text = description[:LONGEST]
    return _OF_SAVINGS.search(text) is not None and _FAILS.search(text) is not None and not _ASIDE.search(text)


def change_of(text: str | None) -> Movement | None:
    """The movement that a paper prints itself.

    >>> change_of("↑"), change_of("Closed"), change_of("No change"), change_of("Q3")
    ('up', 'closed', 'same', None)
    """
    return next((movement for movement, words in _CHANGES if words.search((text or "")[:LONGEST])), None)


def _answer(line: Sequence[_Told], compared: Sequence[Sequence[_Told]] | None, beside: int) -> RiskAnswer:
    """The newest of a line; the first `beside` of it are of one day, the others earlier."""
    newest = line[0]
    risk, register = newest.risk, newest.register
    known = {id(told) for one in compared or () for told in one}
    before = next((told for told in line if id(told) in known), None)
    score = score_of(risk.score)
    earlier = score_of(before.risk.score) if before is not None else None
    found = notes(risk, register.shortfall)
    movement = _movement(risk, before, score, earlier, is_first=compared is None)
    if before is not None:
        # What a paper prints is since the period before: another paper of its own period says nothing against it.
        printed = change_of(risk.change) if before.register.period != register.period else None
        if printed in ("up", "down", "same") and movement in ("up", "down", "same") and printed != movement:
            found.append(f'"{risk.change}" is printed; paper #{before.register.paper_number} had {earlier}')
        if _number(risk) != _number(before.risk):
            found.append(f"number {before.risk.number or 'none'} in paper #{before.register.paper_number}")
        elif _words(risk) != _words(before.risk):
            found.append(f"worded differently in paper #{before.register.paper_number}")
        if before.risk.closed and not risk.closed:
            found.append(f"closed in paper #{before.register.paper_number}, open again")
    found += [
        f"paper #{told.register.paper_number} of the same day scores it {told.risk.score}"
        for told in line[1:beside]
        if score_of(told.risk.score) != score
    ]
    return _made(line, register, found, movement, earlier)


def _movement(
    risk: Risk, before: _Told | None, score: int | None, earlier: int | None, *, is_first: bool
) -> Movement | None:
    if risk.closed:
        return "closed"
    if before is None:
        return None if is_first else "new"
    if score is None or earlier is None:
        return None
    return "same" if score == earlier else "up" if score > earlier else "down"


def _gone(told: Sequence[_Told]) -> RiskAnswer:
    """A risk that the register before lists as open, and the newest does not list."""
    return _made(told, told[0].register, ["the newest register does not list it"], "gone", score_of(told[0].risk.score))


def _made(
    line: Sequence[_Told],
    register: Registered,
    found: Sequence[str],
    movement: Movement | None,
    earlier: int | None,
) -> RiskAnswer:
    risk = line[0].risk
    score, product = score_of(risk.score), expected(risk)
    return RiskAnswer(
        **risk.model_dump(),
        period=register.period,
        score_value=score,
        expected=product,
        agrees=None if score is None or product is None else score == product,
        movement=movement,
        score_before=earlier,
        notes=tuple(found),
        sources=tuple(
            Statement(
                paper=told.risk.paper,
                paper_number=told.register.paper_number,
                page=told.risk.page,
                meeting_date=told.register.meeting,
                said=told.risk.score,
            )
            for told in line
        ),
    )


def _with_gaps(found: Sequence[RiskAnswer], earlier: Sequence[_Told]) -> list[RiskAnswer]:
    """The same, each risk before whose number others are missing with a note that says which, and what became of them."""
    known = {normal_name(told.risk.number): told for told in earlier}
    sequences: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for k, one in enumerate(found):
        if (reference := _REFERENCE.fullmatch((one.number or "").strip())) is not None:
            sequences[(one.sha256, reference[1])].setdefault(int(reference[2]), k)
    gaps: dict[int, str] = {}
    for (_, prefix), own in sequences.items():
        numbers = sorted(own)
        for low, high in pairwise(numbers):
            if high - low > 1:
                gaps[own[high]] = _missing(prefix, range(low + 1, high), known)
    return [one.model_copy(update={"gap": gaps[k]}) if k in gaps else one for k, one in enumerate(found)]


def _missing(prefix: str, numbers: range, known: Mapping[str, _Told]) -> str:
    """Which numbers are missing: each with what an earlier paper says of it, or from which to which where they are many."""
    if len(numbers) > MOST_LISTED:
        return f"numbers {prefix}{numbers[0]} to {prefix}{numbers[-1]} are missing"
    said = []
    for number in numbers:
        told = known.get(normal_name(f"{prefix}{number}"))
        became = (
            f" ({'closed' if told.risk.closed else 'listed'} in paper #{told.register.paper_number})" if told else ""
        )
        said.append(f"{prefix}{number}{became}")
    many = len(said) > 1
    return f"number{'s' if many else ''} {', '.join(said)} {'are' if many else 'is'} missing"
