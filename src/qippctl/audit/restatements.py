"""Earlier months and plans that a later paper prints otherwise, and whether it says so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qippctl.audit.agreeing import is_cut
from qippctl.audit.catalogue import Breach, Held, Told, between
from qippctl.audit.doubted import OF_OTHERS, doubts_of
from qippctl.audit.material import Material
from qippctl.audit.months import Months
from qippctl.audit.subjects import called
from qippctl.calc.approvals import approved
from qippctl.calc.identity import Pair
from qippctl.calc.movement import stated_twice
from qippctl.calc.position import Position
from qippctl.calc.positions import normal_name
from qippctl.models.figure import Basis, Figure, Quantity
from qippctl.models.records import Claim, Entry, Record, Status
from qippctl.models.records import Position as Standing
from qippctl.money import Interval, grouped

_SAYS_SO = re.compile(
    r"\b(?:re-?stat|re-?phas|re-?bas|re-?profil|re-?align|re-?cast|revis)(?:e|es|ed|ing|ion|ions|ement)?\b"
    r"|\b(?:amended|adjusted|corrected)\b",
    re.IGNORECASE,
)
_OF_ALL = re.compile(r"\b(?:programme|total|overall|all (?:the )?(?:schemes|plans|workstreams|figures|months))\b", re.I)
# The widest span first: a year's plan says more than one month of it.
_WIDEST: tuple[Basis, ...] = ("lifetime", "fye", "year", "ytd", "quarter", "month")
# A name as short as `Other` is nobody's without that of its workstream.
_SHORT = 6
MOST_LISTED = 4


@dataclass(frozen=True, slots=True)
class Restatement:
    """A settled quantity that both papers print, and differently."""

    quantity: Quantity
    was: Figure
    now: Figure

    @property
    def change(self) -> Interval:
        return self.now.interval - self.was.interval

    @property
    def is_doubted(self) -> bool:
        return bool({*self.was.doubts, *self.now.doubts} - OF_OTHERS)

    @property
    def order(self) -> tuple[bool, bool, int, str]:
        """The one that says most first: read without doubt, of the whole amount, of the widest span."""
        return (
            self.is_doubted,
            not self.quantity.is_whole,
            _WIDEST.index(self.quantity.basis),
            self.quantity.period or "",
        )


@between("QM801", "warning")
def restated_without_a_word(of: Months) -> Iterator[Told]:
    """A later paper prints an earlier month, or a plan, otherwise than the earlier paper did, and does not say so.

    Whoever compares the two papers compares different things: a shortfall can vanish by a smaller plan.

    Ask what was changed, why, and who agreed to it; keep a board's decision with `qippctl plan approve`.

    A year's plan of 120 is printed as 93 a month later, and the shortfall is gone.
    """
    found: dict[int, list[Restatement]] = {}
    for number, pair in enumerate(of.pairs):
        for quantity, was, now in stated_twice(pair, of.from_period):
            if was.interval.meets(now.interval):
                yield Held(was.value == now.value)
            else:
                found.setdefault(number, []).append(Restatement(quantity, was, now))
    for number, restated in found.items():
        pair = of.pairs[number]
        groups: dict[str, list[Restatement]] = defaultdict(list)
        for one in restated:
            groups[one.quantity.measure].append(one)
        for measure, own in groups.items():
            if measure in ("plan", "target") and _is_approved(of, pair):
                continue
            untold = [one for one in own if not _says_so(of, pair, one.now)]
            if untold:
                yield _restated(of, pair, sorted(untold, key=lambda one: one.order), found)


def _restated(of: Months, pair: Pair, own: Sequence[Restatement], found: dict[int, list[Restatement]]) -> Breach:
    """One finding for all that is restated of a measure of a subject, about the figure that says most."""
    first, *others = own
    now, was = first.now, first.was
    listed = "; ".join(f"{one.quantity}{_when(one)} {_became(of, one)}" for one in others[:MOST_LISTED])
    more = f"; and {len(others) - MOST_LISTED} more" if len(others) > MOST_LISTED else ""
    explained = _is_of_its_schemes(of, pair, first.quantity, found)
    why = ", as its schemes'" if explained else ", and nothing says so"
    return Breach(
        message=f"{called(pair.subject)}: {first.quantity}{_when(first)} {_became(of, first)} since the paper of "
        f"{of.from_period}{why}" + (f" (also {listed}{more})" if listed else ""),
        **of.own(now).compared(now, was),
        figures=tuple(figure.id for one in reversed(own) for figure in (one.was, one.now)),
        **of.place(now),
        doubts=doubts_of(was, now, but=OF_OTHERS),
        severity="note" if first.is_doubted or explained or is_cut(was, now) else None,
    )


def _became(of: Months, one: Restatement) -> str:
    """What became of a figure, in the unit of the later paper."""
    return f"{grouped(of.own(one.now).number(one.was.value))} became {grouped(of.printed(one.now))}"


def _when(one: Restatement) -> str:
    """The span of a month or quarter, which its name does not say."""
    period = one.quantity.period
    return f" of {period.partition('-')[2]}" if period and "-" in period else ""


def _is_approved(of: Months, pair: Pair) -> bool:
    was = tuple(name for position, _ in pair.before if (name := position.scheme))
    found = approved(of.approvals, of.to_period, pair.subject.scheme, since=of.from_period, was=was)
    return found is not None


def _is_of_its_schemes(of: Months, pair: Pair, quantity: Quantity, found: dict[int, list[Restatement]]) -> bool:
    """Whether what its schemes restate, and those that came or went, make up the change of a sum."""
    subject = pair.subject
    if subject.level not in ("total", "workstream"):
        return False
    name = normal_name(subject.workstream)
    changes = [one.change for one in found[_number(of, pair)] if one.quantity == quantity]
    parts: list[Interval] = []
    for number, other in enumerate(of.pairs):
        own = other.subject
        if own.level not in ("scheme", "other") or (
            subject.level == "workstream" and normal_name(own.workstream) != name
        ):
            continue
        parts += [one.change for one in found.get(number, ()) if one.quantity == quantity]
        for position, sign in _one_sided(other):
            for figure in position.stated.get(quantity, ())[:1]:
                span = figure.interval
                parts.append(span if sign > 0 else Interval(-span.high, -span.low))
    if not parts or not changes:
        return False
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total.meets(changes[0])


def _number(of: Months, pair: Pair) -> int:
    return next(number for number, other in enumerate(of.pairs) if other is pair)


def _one_sided(pair: Pair) -> list[tuple[Position, int]]:
    """A subject that came, or went."""
    if pair.after is not None and not pair.before:
        return [(pair.after, 1)]
    return [(position, -1) for position, _ in pair.before] if pair.after is None else []


def _says_so(of: Months, pair: Pair, now: Figure) -> bool:
    """Whether the later papers say of a subject, its table or its column that something was restated."""
    material = of.papers.get(now.sha256)
    heading = now.evidence.heading if now.evidence is not None else ()
    beside = [of.title(now) or "", *heading]
    if material is not None and (text := material.texts.get(now.table)) is not None and now.row < len(text.rows):
        beside += text.rows[now.row]
    if any(_SAYS_SO.search(text) for text in beside):
        return True
    return any(_is_told(pair, material) for material in of.papers.values())


def _is_told(pair: Pair, material: Material) -> bool:
    """Whether a sentence or record of a paper has such a word beside the subject, or speaks so of all."""
    for record in material.paper.records:
        for text in _texts(record):
            if not _SAYS_SO.search(text):
                continue
            words = f" {normal_name(text)} "
            of_subject = isinstance(record, Status) and _is_of(record, pair.subject)
            if of_subject or _OF_ALL.search(text) or any(_named(p, words) for p in _sides(pair)):
                return True
    return False


def _texts(record: Record) -> list[str]:
    if isinstance(record, Claim):
        return [record.text]
    if isinstance(record, Status):
        return [text for text in (record.issue, record.mitigation) if text]
    if isinstance(record, Standing):
        return [f"{record.workstream}: {text}" for text in (record.exception, record.action) if text]
    if isinstance(record, Entry):
        return [f"{record.label}: {text}" for text in record.texts.values()]
    return []


def _is_of(status: Status, subject: Position) -> bool:
    return bool(status.scheme) and normal_name(status.scheme) == normal_name(subject.scheme)


def _sides(pair: Pair) -> list[Position]:
    return [*(position for position, _ in pair.before), *([pair.after] if pair.after is not None else [])]


def _named(position: Position, words: str) -> bool:
    """Whether a text, made normal, names a subject; a short name only beside its workstream's."""
    workstream, scheme = normal_name(position.workstream), normal_name(position.scheme)
    if position.level == "total":
        return False
    if not scheme:
        return bool(workstream) and f" {workstream} " in words
    if f" {scheme} " not in words:
        return False
    return len(scheme) >= _SHORT or (bool(workstream) and f" {workstream} " in words)
