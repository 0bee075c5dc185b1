"""What a later paper says against an earlier one: restated months and plans, falling totals, colours without a reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qippctl.audit.catalogue import Breach, Held, Told, also_between, between
from qippctl.audit.material import Material
from qippctl.audit.months import Months
from qippctl.audit.subjects import called
from qippctl.calc import rag
from qippctl.calc.approvals import approved
from qippctl.calc.identity import Pair
from qippctl.calc.movement import has_fallen, stated_twice, to_date_twice
from qippctl.calc.position import Position
from qippctl.calc.positions import normal_name
from qippctl.calc.precision import Range, deliveries
from qippctl.calc.variance import best_delivery, falls_short, outcome
from qippctl.models.figure import Basis, Colour, Doubt, Figure, Quantity, Rating
from qippctl.models.policy import WORST_FIRST
from qippctl.models.records import Claim, Entry, Record, Status
from qippctl.models.records import Position as Standing
from qippctl.money import ZERO, Interval, plain

_SAYS_SO = re.compile(
    r"\b(?:re-?stat|re-?phas|re-?bas|re-?profil|re-?align|re-?cast|revis)(?:e|es|ed|ing|ion|ions|ement)?\b"
    r"|\b(?:amended|adjusted|corrected)\b",
    re.IGNORECASE,
)
_OF_ALL = re.compile(r"\b(?:programme|total|overall|all (?:the )?(?:schemes|plans|workstreams|figures|months))\b", re.I)
# The widest span first: a year's plan says more than one month of it.
_WIDEST: tuple[Basis, ...] = ("lifetime", "fye", "year", "ytd", "quarter", "month")
_OF_OTHERS = frozenset({Doubt.WORKSTREAM_UNKNOWN, Doubt.SUM_FAILS, Doubt.ROW_FAILS})
# A name as short as `Other` is nobody's without that of its workstream.
_SHORT = 6
MOST_LISTED = 4
POINT = Decimal(1)
_SPANS: tuple[Basis, ...] = ("ytd", "year")


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
        return bool({*self.was.doubts, *self.now.doubts} - _OF_OTHERS)

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
    column = of.own(now)
    listed = "; ".join(f"{one.quantity}{_when(one)} {_became(of, one)}" for one in others[:MOST_LISTED])
    more = f"; and {len(others) - MOST_LISTED} more" if len(others) > MOST_LISTED else ""
    explained = _is_of_its_schemes(of, pair, first.quantity, found)
    why = ", as its schemes'" if explained else ", and nothing says so"
    return Breach(
        message=f"{called(pair.subject)}: {first.quantity}{_when(first)} {_became(of, first)} since the paper of "
        f"{of.from_period}{why}" + (f" (also {listed}{more})" if listed else ""),
        printed=of.printed(now),
        recomputed=column.number(was.value),
        difference=column.number(now.value - was.value),
        tolerance=column.size((was.step + now.step) / 2),
        figures=tuple(figure.id for one in reversed(own) for figure in (one.was, one.now)),
        page=now.page,
        table=now.table,
        row=now.row,
        where=of.title(now),
        doubts=tuple(dict.fromkeys(d.value for f in (was, now) for d in f.doubts if d not in _OF_OTHERS)),
        severity="note" if first.is_doubted or explained or _is_cut(was, now) else None,
    )


def _became(of: Months, one: Restatement) -> str:
    """What became of a figure, in the unit of the later paper."""
    return f"{of.own(one.now).number(one.was.value)} became {of.printed(one.now)}"


def _when(one: Restatement) -> str:
    """The span of a month or quarter, which its name does not say."""
    period = one.quantity.period
    return f" of {period.partition('-')[2]}" if period and "-" in period else ""


def _is_cut(one: Figure, other: Figure) -> bool:
    """Whether dropping the last digits explains a difference: 482 for 482.6."""
    coarse, fine = (one, other) if one.step >= other.step else (other, one)
    beyond = abs(fine.value) - abs(coarse.value)
    return coarse.step > fine.step and ZERO <= beyond < coarse.step and coarse.value * fine.value >= 0


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


@between("QM802", "warning")
def to_date_falls(of: Months) -> Iterator[Told]:
    """An amount to date is less in a later month than it was in an earlier one of the same year.

    What was saved stays saved: a figure to date that falls was wrong before, is wrong now, or gives back what was booked.

    Ask which; a saving that was given back is restated in the month in which it was booked.

    Delivered to month 9: 412; to month 10: 398.
    """
    for pair in of.pairs:
        for quantity, was, now in to_date_twice(pair, of.from_period, of.to_period):
            if now.sha256 == was.sha256 or not quantity.is_whole:
                continue
            if not has_fallen(was, now):
                continue
            column = of.own(now)
            gone = [called(other.subject) for other in of.pairs if _went_from(other, pair.subject)]
            left = f", as {', '.join(gone[:MOST_LISTED])} left it" if gone else ""
            doubts = tuple(dict.fromkeys(d.value for f in (was, now) for d in f.doubts if d not in _OF_OTHERS))
            yield Breach(
                message=f"{called(pair.subject)}: {quantity} is {of.printed(now)} at {of.to_period}, less than the "
                f"{column.number(was.value)} at {of.from_period}{left}",
                printed=of.printed(now),
                recomputed=column.number(was.value),
                difference=column.number(now.value - was.value),
                tolerance=column.size((was.step + now.step) / 2),
                figures=(was.id, now.id),
                page=now.page,
                table=now.table,
                row=now.row,
                where=of.title(now),
                doubts=doubts,
                severity="note" if doubts or gone or _is_cut(was, now) else None,
                key="falls",
                is_bound=True,
            )


def _went_from(pair: Pair, whole: Position) -> bool:
    """Whether a scheme is gone that was a part of a sum."""
    if pair.after is not None or pair.subject.level != "scheme" or whole.level not in ("total", "workstream"):
        return False
    return whole.level == "total" or normal_name(pair.subject.workstream) == normal_name(whole.workstream)


@also_between("QM803")
def forecast_below_delivered_before(of: Months) -> Iterator[Told]:
    """The later paper forecasts less for the year than another paper of the year says is delivered."""
    if of.from_period[:7] != of.to_period[:7]:
        return
    for pair in of.pairs:
        forecast = pair.after.find("forecast", "year") if pair.after is not None else None
        if pair.after is None or forecast is None:
            continue
        own = pair.after.find("actual", "ytd")
        if own is not None and own.sha256 == forecast.sha256:
            continue  # the paper by itself was asked
        before = pair.earlier.find("actual", "ytd") if pair.earlier is not None else None
        delivered = own or before
        if delivered is None or delivered.value <= 0 or not falls_short(forecast, delivered):
            continue
        column = of.own(forecast)
        doubts = tuple(dict.fromkeys(d.value for f in (delivered, forecast) for d in f.doubts if d not in _OF_OTHERS))
        yield Breach(
            message=f"{called(pair.subject)}: the year is forecast to end at {forecast.raw}, short of the {delivered.raw} that "
            f"{delivered.paper} says is delivered",
            printed=of.printed(forecast),
            recomputed=column.number(delivered.value),
            difference=column.number(forecast.value - delivered.value),
            tolerance=column.size((forecast.step + delivered.step) / 2),
            figures=(delivered.id, forecast.id),
            page=forecast.page,
            table=forecast.table,
            row=forecast.row,
            where=of.title(forecast),
            doubts=doubts,
            severity="note" if _is_cut(delivered, forecast) else "warning",
        )


@between("QM804", "warning")
def rag_and_figures_part(of: Months) -> Iterator[Told]:
    """A colour changes while the figures do not, or stays while they cross a limit of the rule.

    A colour that moves by itself hides what changed, or that nothing did.

    Ask what the new colour rests on, and put it beside the figures.

    Delivery stays at 78% of plan, and red becomes amber.
    """
    if of.from_period[:7] != of.to_period[:7]:
        return
    for pair in of.pairs:
        before, after = pair.earlier, pair.after
        if before is None or after is None:
            continue
        was, now = _colour(before), _colour(after)
        if was is None or now is None or was.sha256 == now.sha256:
            continue
        is_other = was.colour != now.colour
        found = _unmoved(of, before, after, now.colour) if is_other else _crossed(of, before, after)
        if found is None:
            continue
        told, is_sure = found
        figures = tuple(f.id for position in (before, after) for f in _judged_by(position))
        doubts = tuple(dict.fromkeys(d.value for r in (was, now) for d in r.doubts if d not in _OF_OTHERS))
        change = f"{was.colour} became {now.colour}" if is_other else f"{now.colour} stayed"
        yield Breach(
            message=f"{called(pair.subject)}: {change} from {of.from_period} to {of.to_period}, {told}",
            figures=figures,
            page=now.page,
            table=now.table,
            row=now.row,
            doubts=doubts,
            severity="note" if doubts or not is_sure else None,
            decision="rag",
            sha256=now.sha256,
            key=f"{now.table}/{now.row}/{now.column}",
        )


def _colour(position: Position) -> Rating | None:
    found = position.ratings.get("finance", []) or position.ratings.get("overall", [])
    return found[0] if found and found[0].colour in WORST_FIRST else None


def _judged_by(position: Position) -> list[Figure]:
    names: tuple[tuple[str, Basis], ...] = (("plan", "ytd"), ("actual", "ytd"))
    return [figure for name in names if (figure := position.find(*name)) is not None]


def _unmoved(of: Months, before: Position, after: Position, now: Colour) -> tuple[str, bool] | None:
    """What stayed where delivery to date, and that of the year's forecast, are as they were; and whether that is sure.

    None where they moved, or where the rule has either colour for what rounds to the printed figures.
    """
    said, is_sure = [], True
    for basis in _SPANS:
        one, other = _delivered(before, basis), _delivered(after, basis)
        if one is None and other is None:
            continue
        if one is None or other is None or not _meet(one[0], other[0]) or abs(one[1] - other[1]) >= POINT:
            return None
        is_sure = is_sure and all(r.high.percent - r.low.percent <= POINT for r in (one[0], other[0]))
        said.append(
            f"{plain(other[1])}% of the year's plan forecast" if basis == "year" else f"{plain(other[1])}% delivered"
        )
    found = _verdict(of, after)
    if not said or (found is not None and found.certainty != "certain" and now in found.possible):
        return None
    return f"and its figures did not change: {', '.join(said)} as before", is_sure


def _crossed(of: Months, before: Position, after: Position) -> tuple[str, bool] | None:
    """What the rule surely gave then and now, where these are two colours."""
    was, now = _verdict(of, before), _verdict(of, after)
    if was is None or now is None or was.certainty != "certain" or now.certainty != "certain":
        return None
    if was.derived == now.derived:
        return None
    one, other = _delivered(before, "ytd"), _delivered(after, "ytd")
    figures = f" ({plain(one[1])}% of plan delivered, then {plain(other[1])}%)" if one and other else ""
    return f"while the rule's colour went from {was.derived} to {now.derived}{figures}", True


def _verdict(of: Months, position: Position) -> rag.Verdict | None:
    """What the rule gives the money to date."""
    if of.policy is None or of.policy.money is None:
        return None
    plan, actual = position.find("plan", "ytd"), position.find("actual", "ytd")
    shown, percentage = position.find("variance", "ytd"), position.find("delivery", "ytd")
    return rag.rate(plan, actual, shown, percentage, of.policy.money)


def _delivered(position: Position, basis: Basis) -> tuple[Range, Decimal] | None:
    """What is delivered of the plan over a span: all that the printed figures allow, and as printed."""
    plan, got = position.find("plan", basis), outcome(position, basis)
    shown, percentage = position.find("variance", basis), position.find("delivery", basis)
    if any(figure is not None and set(figure.doubts) - _OF_OTHERS for figure in (plan, got)):
        return None
    allowed, value = deliveries(plan, got, shown, percentage), best_delivery(plan, got, shown, percentage)
    return (allowed, value) if allowed is not None and value is not None else None


def _meet(one: Range, other: Range) -> bool:
    return one.low.percent <= other.high.percent and other.low.percent <= one.high.percent
