"""Tying the numbers of sentences to the figures that they speak of: by meaning first, by value only among those that fit.

A number is tied to figures of its subject, measure, basis and period that agree with it. Where none agrees it is tied to
the one that its words name, if they name one and nothing speaks against it; else it stays untied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from qippctl.calc.claimed import Statement, agrees, stated
from qippctl.interpret.prose.labels import Label, Labels, Name
from qippctl.interpret.prose.meanings import Draft
from qippctl.models.figure import Basis, Figure
from qippctl.models.records import Part, Said
from qippctl.money import ZERO, interval
from qippctl.period import Period

_INVESTMENTS = ("investment", "investment_slippage", "investment_remaining")
FARTHEST_OFF = 3
"""How many times as much as the programme's figure a sum that nothing else confirms may be, to be called wrong."""
WIDEST_SHARE = 20
"""Points of percent: a share of sums of so few digits that it is wider says nothing."""
# The span that is meant where a sentence says none.
_USUAL: dict[str, Basis] = {"actual": "ytd", "variance": "ytd", "delivery": "ytd", "forecast": "year"}


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds a sentence: the scheme or workstream that it stands under, and the year or month above it."""

    organisation: str | None = None
    scheme: str | None = None
    workstream: str | None = None
    indicator: str | None = None
    period: Period | None = None
    reported: Period | None = None


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whose a number is. `is_sure`: the words name it and nothing else."""

    figures: Sequence[Figure]
    of: str | None = None
    is_sure: bool = True
    is_row: bool = False


@dataclass(slots=True)
class _Found:
    tied: tuple[Figure, ...] = ()
    basis: Basis | None = None
    period: str | None = None
    of: str | None = None
    agrees: bool = False
    value: Decimal = ZERO
    assumed: list[Part] = field(default_factory=list)


class Tying:
    """The figures of a paper, ready to be spoken of."""

    def __init__(self, figures: Sequence[Figure], organisation: str | None, called: Sequence[str]) -> None:
        money = [f for f in figures if f.subject in ("savings", "investment") and _counts(f)]
        self.organisation = organisation
        self.labels = Labels(money)
        self.lines = Labels(f for f in figures if f.subject == "finance" and f.unit == "GBP")
        self.programmes = self.labels.programmes(called)
        self.totals = [f for f in money if f.role == "total" and f.organisation in (organisation, None)]
        self.indicators: dict[tuple[str, str], list[Figure]] = {}
        for f in figures:
            if f.subject == "indicator" and f.qualifier:
                self.indicators.setdefault((f.qualifier, f.workstream or ""), []).append(f)

    def said(self, text: str, drafts: Sequence[Draft], around: Around) -> tuple[Said, ...]:
        """The numbers of a sentence with what they are tied to."""
        lines = self.lines.found(text) if self.lines.names else []
        if not lines and not any(draft.measure for draft in drafts):
            return tuple(_said(draft, _Found()) for draft in drafts)
        labels = self.labels.found(text)
        found: dict[int, _Found] = {}
        subjects = [self._subject(draft, text, labels, around) for draft in drafts]
        # What was achieved or is foretold says of when a plan and a variance beside it are.
        first = [n for n, d in enumerate(drafts) if d.measure in ("actual", "forecast", *_INVESTMENTS)]
        rest = [n for n in range(len(drafts)) if n not in first]
        for n in (*first, *rest):
            companion = self._companion(n, drafts, found) if n in rest else None
            found[n] = self._tie(drafts[n], subjects[n], around, companion)
            if not found[n].tied and drafts[n].spoken.unit == "GBP":
                self._tie_line(found[n], drafts[n], lines)
        _settle(drafts, subjects, found)
        return tuple(_said(draft, found[n]) for n, draft in enumerate(drafts))

    @staticmethod
    def _tie_line(found: _Found, draft: Draft, lines: Sequence[Label]) -> None:
        """A sum beside the name of a line of accounts is tied to that line where it agrees, and to nothing else."""
        before = [line for line in lines if draft.clause <= line.start and line.end <= draft.spoken.start]
        if not before or draft.aside in ("rule", "earlier"):
            return
        own = [
            f
            for name in before[-1].names
            for f in name.figures
            if interval(f.value, f.step).meets(draft.spoken.interval)
        ]
        year = f"{draft.start}/" if draft.start is not None else ""
        own = [f for f in own if (f.period or "").startswith(year) and f.step <= abs(draft.spoken.value)]
        found.tied = tuple(own)
        found.of = before[-1].text if own else found.of

    def _companion(self, at: int, drafts: Sequence[Draft], found: dict[int, _Found]) -> _Found | None:
        order = [*range(at - 1, -1, -1), *range(at + 1, len(drafts))]
        return next(
            (
                found[n]
                for n in order
                if n in found
                and found[n].agrees
                and drafts[n].measure in ("actual", "forecast")
                and drafts[n].aside is None
            ),
            None,
        )

    def _subject(self, draft: Draft, text: str, labels: Sequence[Label], around: Around) -> _Subject | None:
        """Whose a number is: by the name before it, else the row or heading that it stands under, else the programme's."""
        own = self._surroundings(around)
        start = draft.spoken.start
        inside = {place for label in labels for place in range(label.start, label.end)}
        rest = [word for place, word in draft.rest if place not in inside and word.lower() not in self._own_words]
        beyond = any(place not in inside for place, _ in draft.rest_after)
        before = [label for label in labels if draft.clause <= label.start and label.end <= start]
        if own is not None:
            named = [label for label in labels if not _is_of(label.names, own.figures)]
            return replace(own, is_sure=own.is_sure and not named and not rest and not beyond)
        if before:
            label = before[-1]
            is_first = len(before) == 1 and not any(place < label.start for place, _ in draft.rest)
            sure = label.is_exact and is_first and not rest and not beyond
            return _Subject(self._of_body(label), label.text, sure)
        after = next(
            (label for label in labels if any(label.start <= p < label.end for p, _ in draft.rest_after)), None
        )
        if after is not None:
            return _Subject(self._of_body(after), after.text, is_sure=False)
        if rest:
            return None
        return _Subject(self.totals, None, not draft.rest_after)

    def _surroundings(self, around: Around) -> _Subject | None:
        if around.indicator is not None:
            return _Subject(self.indicators.get((around.indicator, around.workstream or ""), []), around.indicator)
        if around.scheme is not None:
            name = self.labels.named("scheme", around.scheme)
            figures = [f for f in name.figures if f.organisation in (around.organisation, None)] if name else []
            return _Subject(figures, around.scheme)
        if around.workstream is not None:
            known = self.programmes.get(around.workstream)
            return _Subject(known[0].figures if known else [], around.workstream, bool(known and known[1]), is_row=True)
        return None

    @cached_property
    def _own_words(self) -> frozenset[str]:
        """The words and initials of the body whose paper it is."""
        words = (self.organisation or "").split()
        initials = "".join(word[0] for word in words if word[0].isupper())
        shorter = (
            {initials[k:] for k in range(len(initials) - 1)} | {initials[0] + initials[2:]}
            if len(initials) > 2
            else set()
        )
        return frozenset(w.lower() for w in (*words, initials, *shorter))

    def _of_body(self, label: Label) -> list[Figure]:
        figures = [f for name in label.names for f in name.figures]
        return [f for f in figures if f.organisation in (self.organisation, None)] or figures

    def _tie(self, draft: Draft, subject: _Subject | None, around: Around, companion: _Found | None) -> _Found:
        found = _Found(of=subject.of if subject else _words(draft))
        found.basis = draft.basis
        is_bound = draft.spoken.hedge in ("below", "above") and draft.spoken.unit == "percent"
        if subject is None or draft.measure is None or draft.aside in ("rule", "earlier") or is_bound:
            if subject is None and draft.measure is not None and draft.aside is None:
                draft.aside = "other"
            return found
        if not subject.is_sure:
            found.assumed.append("of")
        fitting = [f for f in subject.figures if f.case in (None, draft.case) and _unit(f) == draft.spoken.unit]
        rows = [f for f in subject.figures if f.case in (None, draft.case)]
        statements = stated(draft.measure, rows if draft.measure == "delivery" else fitting)
        statements = [s for s in statements if _is_of_time(s, draft, around)]
        statements = [s for s in statements if _is_telling(draft, s)]
        basis, is_firm = self._basis(draft, companion)
        across = [s for s in statements if s.is_across]
        statements = [s for s in statements if not s.is_across]
        told = [s for s in statements if basis is None or s.basis == basis]
        known = self._of_period(told, draft, around, companion)
        if draft.measure in _INVESTMENTS and not any(_meets(draft, s) for s in known or told):
            # Whether investment is planned, unspent or left is often left to the reader.
            others = [s for m in _INVESTMENTS if m != draft.measure for s in stated(m, fitting)]
            known = [s for s in others if _meets(draft, s)]
        equal = [s for s in known or told if _meets(draft, s)]
        if not equal and not known:
            return found
        if not equal and not (is_firm and draft.basis is not None):
            # What its words leave open may be meant otherwise than is usual.
            wider = (
                told
                if is_firm and (draft.is_own_basis or companion is not None) and draft.measure != "plan"
                else statements
            )
            equal = [s for s in wider if _meets(draft, s)]
        equal = equal or [s for s in across if _meets(draft, s)]
        if equal:
            self._take(found, equal, draft, agrees=True)
        elif self._may_contradict(draft, subject) and known and basis is not None:
            self._take(found, _main(known), draft, agrees=False)
            if not is_firm or draft.is_torn:
                found.assumed.append("basis")
            if draft.is_unclear:
                found.assumed.append("measure")
            if around.period is None and not _is_dated(draft, companion) and len({s.period for s in told}) > 1:
                found.assumed.append("period")
        return found

    @staticmethod
    def _basis(draft: Draft, companion: _Found | None) -> tuple[Basis | None, bool]:
        """Over which span a number is, and whether that is said."""
        if draft.measure in _INVESTMENTS or draft.measure == "forecast":
            return "year", True
        if draft.basis is not None:
            return draft.basis, True
        if companion is not None and companion.basis is not None:
            return companion.basis, True
        return _USUAL.get(draft.measure or ""), False

    @staticmethod
    def _of_period(
        told: Sequence[Statement], draft: Draft, around: Around, companion: _Found | None
    ) -> list[Statement]:
        """Those of the time that is said, else of the time that stands above, else all."""
        if companion is not None and companion.period is not None and draft.start is None and draft.month is None:
            year = companion.period[:7]
            return [s for s in told if (s.period or "")[:7] == year]
        if draft.start is not None or draft.month is not None:
            return list(told)
        for period in (around.period, around.reported):
            if period is not None:
                own = [s for s in told if (s.period or "")[:7] == str(period.year)]
                if own:
                    return own
        return list(told)

    @staticmethod
    def _take(found: _Found, statements: Sequence[Statement], draft: Draft, *, agrees: bool) -> None:
        first = statements[0]
        same = [s for s in statements if (s.basis, s.period) == (first.basis, first.period)]
        printed = [s for s in same if not s.is_derived] or same[:1]
        found.tied = tuple(dict.fromkeys(f for s in printed for f in s.figures))
        found.basis, found.period, found.agrees = first.basis, first.period, agrees
        found.value = first.value

    @staticmethod
    def _may_contradict(draft: Draft, subject: _Subject) -> bool:
        is_plain = draft.aside is None and not draft.spoken.hedge and not draft.is_listed
        return is_plain and (subject.is_sure or (subject.is_row and not draft.rest and not draft.rest_after))


def _meets(draft: Draft, statement: Statement) -> bool:
    return agrees(draft.spoken.value, draft.spoken.step, draft.measure, statement.interval)


def _settle(drafts: Sequence[Draft], subjects: Sequence[_Subject | None], found: dict[int, _Found]) -> None:
    """A plan that agrees makes sure of the span of what is held against it; a sum far from the programme's is another's."""
    spans = {one.basis for n, one in found.items() if one.agrees and drafts[n].measure == "plan"}
    agreeing = any(one.agrees for one in found.values())
    for n, one in found.items():
        if not one.tied or one.agrees or drafts[n].measure is None:
            continue
        if spans == {one.basis} and "basis" in one.assumed and drafts[n].measure == "actual":
            one.assumed.remove("basis")
        subject = subjects[n]
        if subject is None or subject.of is not None or agreeing:
            continue
        said, table = abs(drafts[n].spoken.value), abs(one.value)
        if max(said, table) > FARTHEST_OFF * min(said, table):
            one.tied, one.period = (), None


def _is_telling(draft: Draft, statement: Statement) -> bool:
    """Whether a figure shows enough digits for the number to agree or not: `£0m` says nothing of half a million."""
    number = draft.spoken.value
    if statement.is_derived and draft.measure == "delivery":
        return statement.interval.high - statement.interval.low <= WIDEST_SHARE
    widest = max((f.step for f in statement.figures), default=number)
    return statement.is_derived or statement.value == number or widest <= abs(number) or not number


def _main(statements: Sequence[Statement]) -> list[Statement]:
    """What most tables state; of several the one of the largest value: a table of a part may have its own total."""
    printed = [s for s in statements if not s.is_derived] or list(statements)
    best = max(printed, key=lambda s: (sum(s.interval.meets(o.interval) for o in printed), abs(s.value)))
    return [s for s in printed if s.interval.meets(best.interval)]


def _is_of_time(statement: Statement, draft: Draft, around: Around) -> bool:
    """Whether a figure is of the month and year that the sentence names, if it names any."""
    if statement.period is None:
        return draft.start is None and draft.month is None
    period = Period.parse(statement.period) if "-Q" not in statement.period else None
    if period is None:
        return False
    if draft.start is not None and period.start != draft.start:
        return False
    if draft.month is None:
        return True
    if period.month:
        return period.month == draft.month
    # A forecast of the year, as of the month that the paper reports; another month's was another one.
    return around.reported is None or not around.reported.month or draft.month in (around.reported.month, 12)


def _is_dated(draft: Draft, companion: _Found | None) -> bool:
    return draft.start is not None or draft.month is not None or companion is not None


def _counts(figure: Figure) -> bool:
    return figure.recurrence == "all" and figure.version in (None, "current") and figure.qualifier is None


def _unit(figure: Figure) -> str:
    return figure.unit


def _is_of(names: Iterable[Name], figures: Sequence[Figure]) -> bool:
    own = {f.id for f in figures}
    return any(f.id in own for name in names for f in name.figures)


def _words(draft: Draft) -> str | None:
    return " ".join(word for _, word in draft.rest) or None


def _said(draft: Draft, found: _Found) -> Said:
    number = draft.spoken
    period = found.period
    if period is None and draft.start is not None:
        period = str(Period(draft.start, draft.month or 0))
    return Said(
        raw=number.raw,
        value=number.value,
        unit=number.unit,
        step=number.step,
        measure=draft.measure,
        basis=found.basis if draft.measure else None,
        case=draft.case if draft.measure else None,
        period=period if draft.measure else None,
        direction=draft.direction,
        of=found.of if draft.measure else None,
        noun=draft.noun,
        hedge=number.hedge,
        aside=draft.aside,
        change=draft.change,
        than=draft.than,
        assumed=tuple(dict.fromkeys(found.assumed)),
        tied_to=tuple(f.id for f in found.tied),
    )
