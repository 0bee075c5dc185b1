"""What changed from one period's papers to another's: delivered, re-phased or restated.

    change of variance to date = delivery + re-phasing + restatement + untold (+ new and gone, of a sum of schemes)

    restatement = what the later papers change of what was delivered to the earlier month, less the change of the plan to
                  date where the year's plan itself was changed; unknown, and part of delivery, where they print no
                  earlier month again
    re-phasing  = -(plan to date now - plan to date that the earlier papers' months foretold), the year's plan unchanged;
                  without such months, of the months that were over, as the later papers print them again; else unknown,
                  and part of delivery
    delivery    = the rest: what the months between came to, against their plan
    untold      = what is left where the year's plan was changed, or may have been, and no months tell how it was phased

What rounding explains is delivery. A total whose schemes add up to it at both ends has the sums of their parts, and the
variances of schemes that came or went; one whose schemes do not has its own.

A figure is restated where both papers print the same quantity (measure, basis, recurrence, case, version, period) and no
value rounds to both. Forecasts, and what depends on them, are expected to change: they are not restated but made anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Literal

from qippctl.calc.approvals import approved
from qippctl.calc.identity import Pair
from qippctl.calc.position import Position
from qippctl.calc.positions import normal_name
from qippctl.calc.variance import best_variance
from qippctl.models.answers import RagAnswer
from qippctl.models.decisions import PlanApproval
from qippctl.models.figure import Basis, Colour, Figure, Measure, Quantity
from qippctl.models.movements import Arrow, MovementAnswer, Restated
from qippctl.money import ZERO, Interval
from qippctl.period import Period

# What blue means differs from paper to paper: done, or unacceptable.
_WORST_FIRST: dict[Colour | None, int] = {"red": 0, "amber": 1, "green": 2}
# Of what is not over yet only what was decided can be restated.
_DECIDED = frozenset({"plan", "target", "baseline", "investment"})
# Made anew every month, or a judgement of what is to come.
_FORETOLD = frozenset({"forecast", "confidence", "achievable", "at_risk", "score", "investment_remaining"})
_AMOUNTS: tuple[tuple[Measure, Basis], ...] = (
    ("plan", "year"),
    ("actual", "ytd"),
    ("forecast", "year"),
    ("plan", "ytd"),
)
_PARTS = ("rephasing", "restatement", "untold")
Ratings = tuple[RagAnswer | None, RagAnswer | None]
Rolling = tuple[Colour | None, ...]


def answers(
    pairs: Sequence[Pair],
    from_period: str,
    to_period: str,
    ratings: Sequence[Ratings],
    approvals: Sequence[PlanApproval] = (),
    rolling: Sequence[Rolling] = (),
) -> list[MovementAnswer]:
    """The movement of each pair of which either period has an amount, in their order; totals by the sums of their schemes."""
    kept: list[tuple[Pair, MovementAnswer]] = []
    for k, pair in enumerate(pairs):
        one = answer(pair, from_period, to_period, ratings[k], approvals, rolling[k] if rolling else ())
        if one is not None:
            kept.append((pair, one))
    members = _members(kept)
    return [_summed(pair, one, members(pair)) for pair, one in kept]


def answer(
    pair: Pair,
    from_period: str,
    to_period: str,
    ratings: Ratings,
    approvals: Sequence[PlanApproval] = (),
    rolling: Rolling = (),
) -> MovementAnswer | None:
    """The movement of one subject by itself; None where neither period has an amount of it."""
    after = pair.after
    amounts: dict[str, Decimal | None] = {}
    for measure, basis in _AMOUNTS[:3]:
        amounts[f"{measure}_from"] = pair.amount_before(measure, basis)
        figure = after.find(measure, basis) if after is not None else None
        amounts[f"{measure}_to"] = figure.value if figure is not None else None
    restated = restatements(pair, from_period)
    bridge = _bridge(pair, from_period, to_period, restated)
    known = (*amounts.values(), bridge["variance_from"], bridge["variance_to"], pair.amount_before("plan", "ytd"))
    if not restated and all(value is None for value in known) and (after is None or after.find("plan", "ytd") is None):
        return None
    was = _earlier_names(pair)
    subject = pair.subject
    decision = None
    if any(r.measure in ("plan", "target") for r in restated):
        decision = approved(approvals, to_period, subject.scheme, since=from_period, was=was)
    figures = [
        f for position in (*(p for p, _ in pair.before), *([after] if after else [])) for f in _figures(position)
    ]
    arrow, certain = _arrow(pair, ratings)
    return MovementAnswer(
        **subject.identity(to_period, "ytd"),
        from_period=from_period,
        to_period=to_period,
        was=was,
        **amounts,
        **bridge,
        rag_from=colour_of(ratings[0]),
        rag_to=colour_of(ratings[1]),
        arrow=arrow,
        arrow_certain=certain,
        rolling=rolling,
        restated=tuple(restated),
        approved=decision.number if decision is not None else None,
        falling=_falling(pair, from_period, to_period),
        doubts=tuple(dict.fromkeys(doubt.value for figure in figures for doubt in figure.doubts)),
        sources=tuple(dict.fromkeys(figure.id for figure in figures)),
    )


def colour_of(rating: RagAnswer | None) -> Colour | None:
    """The colour that the policy gives, else the printed one."""
    return (rating.derived or rating.printed) if rating is not None else None


def _figures(position: Position) -> list[Figure]:
    return [f for measure, basis in _AMOUNTS if (f := position.find(measure, basis)) is not None]


def _earlier_names(pair: Pair) -> tuple[str, ...]:
    """Names that differ in more than case, punctuation and spacing."""
    if pair.after is None:
        return ()
    own = pair.after.scheme or pair.after.workstream
    names = [position.scheme or position.workstream for position, _ in pair.before]
    return tuple(dict.fromkeys(name for name in names if name and normal_name(name) != normal_name(own)))


def _arrow(pair: Pair, ratings: Ratings) -> tuple[Arrow | None, bool | None]:
    """How the colour moved, and whether every colour that the printed precision allows says so.

    A total has no name: where it cannot be told which of an earlier period it was, it is not new.
    """
    if not pair.before or pair.after is None:
        is_total = pair.subject.level == "total"
        return (None, None) if is_total else ("gone" if pair.before else "new", True)
    moved = _moved(colour_of(ratings[0]), colour_of(ratings[1]))
    if moved is None:
        return None, None
    before, after = (r.possible if r and r.derived else (colour_of(r),) for r in ratings)
    return moved, all(_moved(b, a) == moved for b in before for a in after)


def _moved(before: Colour | None, after: Colour | None) -> Arrow | None:
    if before not in _WORST_FIRST or after not in _WORST_FIRST:
        return None
    change = _WORST_FIRST[after] - _WORST_FIRST[before]
    return "improving" if change > 0 else "worsening" if change < 0 else "maintained"


def restatements(pair: Pair, from_period: str) -> list[Restated]:
    """Every figure of the earlier papers that the later ones print differently, in the order of the earlier paper.

    Only of a subject that was one whole subject then: shares of a split are nobody's printed figures.
    """
    found = []
    for quantity, was, now in stated_twice(pair, from_period):
        if was.interval.meets(now.interval):
            continue
        found.append(
            Restated(
                measure=quantity.measure,
                basis=quantity.basis,
                recurrence=quantity.recurrence,
                case=quantity.case,
                version=quantity.version,
                qualifier=quantity.qualifier,
                period=quantity.period,
                unit=was.unit,
                was=was.value,
                now=now.value,
                change=now.value - was.value,
                doubts=tuple(dict.fromkeys(doubt.value for f in (was, now) for doubt in f.doubts)),
                sources=(was.id, now.id),
            )
        )
    return found


def stated_twice(pair: Pair, from_period: str) -> Iterator[tuple[Quantity, Figure, Figure]]:
    """Every settled quantity that papers of both periods print, with what each prints, in the order of the earlier paper."""
    if pair.earlier is None or pair.after is None:
        return
    after = _stated(pair.after)
    for quantity, was in _stated(pair.earlier).items():
        now = after.get(quantity)
        if now is not None and was.sha256 != now.sha256 and _can_be_restated(quantity, from_period):
            yield quantity, was, now


def _stated(position: Position) -> dict[Quantity, Figure]:
    """What counts of each quantity. A plan that is called current is the plan, whatever stands beside it."""
    out: dict[Quantity, Figure] = {}
    for quantity, figures in position.stated.items():
        out.setdefault(quantity._replace(version=None) if quantity.version == "current" else quantity, figures[0])
    return out


def _can_be_restated(quantity: Quantity, from_period: str) -> bool:
    """Whether a quantity was settled when the earlier paper printed it: of a span that was over, or a plan."""
    if quantity.measure in _FORETOLD or (quantity.period is None and quantity.basis != "lifetime"):
        return False
    return quantity.measure in _DECIDED or (quantity.period is not None and _is_over(quantity, from_period))


def _is_over(quantity: Quantity, at: str) -> bool:
    """Whether the span of a quantity had ended at the end of a month."""
    period, upto = quantity.period or "", int(at[-2:]) if "-M" in at else 0
    if "-Q" in period:
        return (period[:7], 3 * int(period[-1])) <= (at[:7], upto)
    if "-M" in period:
        return quantity.basis in ("month", "ytd") and period <= at
    return quantity.basis == "year" and (period, 12) <= (at[:7], upto)


def _bridge(pair: Pair, from_period: str, to_period: str, restated: Sequence[Restated]) -> dict[str, Any]:
    """The two variances to date and the parts of their difference; parts only within a year and of one whole subject."""
    after, before = pair.after, pair.earlier
    start = _variance(before) if before is not None else _shared_variance(pair)
    end = _variance(after) if after is not None else None
    out: dict[str, Any] = {"variance_from": start, "variance_to": end}
    if before is None or after is None or start is None or end is None or from_period[:7] != to_period[:7]:
        return out
    again = _delivered_again(before, after, from_period, restated)
    moved, is_of_whole = _plan_moved(before, after, from_period, to_period)
    is_changed = _is_year_changed(before, after, from_period[:7])
    change = end - start - (again or ZERO)
    if is_changed and not is_of_whole:
        return out | {"untold": change, "restatement": again}
    if moved is None:
        return out | {"delivery": change, "restatement": again}
    parts: dict[str, Any] = {"delivery": change - moved, "rephasing": moved, "restatement": again}
    if is_changed:
        parts |= {"rephasing": ZERO, "restatement": (again or ZERO) + moved}
    elif is_changed is None and moved:
        parts |= {"rephasing": None, "untold": moved}
    return out | parts


def _variance(position: Position) -> Decimal | None:
    return best_variance(position.find("plan", "ytd"), position.find("actual", "ytd"), position.find("variance", "ytd"))


def _shared_variance(pair: Pair) -> Decimal | None:
    plan, actual = pair.amount_before("plan", "ytd"), pair.amount_before("actual", "ytd")
    return actual - plan if plan is not None and actual is not None else None


def _delivered_again(
    before: Position, after: Position, from_period: str, restated: Sequence[Restated]
) -> Decimal | None:
    """By how much the later papers change what was delivered to the earlier month; None where they print it not again.

    By the amount to date, where it is printed again, else by the months that both print, else by the later ones' sum.
    """
    upto = Period.parse(from_period).month
    again = after.months("actual", "ytd").get(upto)
    was = before.find("actual", "ytd")
    if again is not None and was is not None:
        return ZERO if again.interval.meets(was.interval) else again.value - was.value
    over = {f"{from_period[:7]}-M{month:02d}" for month in range(1, upto + 1)}
    shared = [m for m in before.months("actual") if m in after.months("actual") and m <= upto]
    if len(shared) == upto or (shared and was is None):
        return sum((r.change for r in restated if _is_whole_month(r) and r.period in over), ZERO)
    summed = _sum_of(after.months("actual"), range(1, upto + 1))
    if summed is not None and was is not None:
        value, spread = summed
        return ZERO if spread.meets(was.interval) else value - was.value
    if shared:
        return sum((r.change for r in restated if _is_whole_month(r) and r.period in over), ZERO)
    return None


def _is_whole_month(r: Restated) -> bool:
    whole = (r.recurrence, r.case, r.version, r.qualifier) == ("all", None, None, None)
    return whole and (r.measure, r.basis) == ("actual", "month")


def _sum_of(months: dict[int, Figure], wanted: Iterable[int]) -> tuple[Decimal, Interval] | None:
    """The sum of some months and every value that it may have; None where one is not printed."""
    found = [months.get(month) for month in wanted]
    if not found or None in found:
        return None
    figures = [figure for figure in found if figure is not None]
    spread = figures[0].interval
    for figure in figures[1:]:
        spread = spread + figure.interval
    return sum((figure.value for figure in figures), ZERO), spread


def _plan_moved(before: Position, after: Position, from_period: str, to_period: str) -> tuple[Decimal | None, bool]:
    """What another phasing of plan adds to the variance to date, and whether it is known of all months to the later one.

    Known of all where the earlier papers foretold the plan to the later month; else of the months that were over, where
    the later papers print the plan of these again.
    """
    first, last = Period.parse(from_period).month, Period.parse(to_period).month
    due, now = before.find("plan", "ytd"), after.find("plan", "ytd")
    if due is None or now is None:
        return None, False
    foretold = _foretold(before, due, first, last)
    if foretold is not None:
        return _less(foretold, now), True
    again = after.months("plan", "ytd").get(first)
    past = (again.value, again.interval) if again else _sum_of(after.months("plan"), range(1, first + 1))
    if past is None:
        return None, False
    return (ZERO if past[1].meets(due.interval) else due.value - past[0]), False


def _less(foretold: tuple[Decimal, Interval], now: Figure) -> Decimal:
    """A plan as foretold less as it is; nought where rounding explains the difference."""
    return ZERO if foretold[1].meets(now.interval) else foretold[0] - now.value


def _foretold(before: Position, due: Figure, first: int, last: int) -> tuple[Decimal, Interval] | None:
    """The plan to the end of the later month as the earlier papers' months foretold it; None where they do not."""
    end = before.months("plan", "ytd").get(last)
    if end is not None:
        return end.value, end.interval
    between = _sum_of(before.months("plan"), range(first + 1, last + 1))
    return (due.value + between[0], due.interval + between[1]) if between is not None else None


def _is_year_changed(before: Position, after: Position, year: str) -> bool | None:
    """Whether the year's plan is another; None where it is not printed, as such or in twelve months, by both."""
    was, now = _year(before, year), _year(after, year)
    return not was.meets(now) if was is not None and now is not None else None


def _year(position: Position, year: str) -> Interval | None:
    figure = position.find("plan", "year")
    if figure is not None:
        return figure.interval
    summed = _sum_of(position.months("plan"), range(1, 13))
    return summed[1] if summed is not None else None


Members = Callable[[Pair], Sequence[tuple[Pair, MovementAnswer]]]


def _members(kept: Sequence[tuple[Pair, MovementAnswer]]) -> Members:
    """A function that gives the rows which a sum is made of: of a total all, of a workstream those named as its own."""
    schemes: dict[str, list[tuple[Pair, MovementAnswer]]] = defaultdict(list)
    groups: list[tuple[Pair, MovementAnswer]] = []
    others: list[tuple[Pair, MovementAnswer]] = []
    for pair, one in kept:
        level, name = pair.subject.level, normal_name(pair.subject.workstream)
        if level == "scheme":
            schemes[name].append((pair, one))
        elif level == "workstream":
            groups.append((pair, one))
        elif level == "other":
            others.append((pair, one))
    alone = [(pair, one) for pair, one in groups if normal_name(pair.subject.workstream) not in schemes]
    every = [member for own in schemes.values() for member in own] + alone + others

    def of(pair: Pair) -> Sequence[tuple[Pair, MovementAnswer]]:
        if pair.subject.level == "total":
            return every
        return schemes.get(normal_name(pair.subject.workstream), ()) if pair.subject.level == "workstream" else ()

    return of


def _summed(pair: Pair, one: MovementAnswer, members: Sequence[tuple[Pair, MovementAnswer]]) -> MovementAnswer:
    """A sum's movement with the parts of what it is made of, where that adds up to it at both ends; else as it is."""
    start, end = one.variance_from, one.variance_to
    if start is None or end is None or one.from_period[:7] != one.to_period[:7] or pair.earlier is None:
        return one
    if not all(_adds_up(pair, members, when) for when in ("before", "after")):
        return one
    came = [m.variance_to or ZERO for p, m in members if not p.before]
    went = [m.variance_from or ZERO for p, m in members if p.after is None]
    stayed = [m for p, m in members if p.before and p.after is not None]
    parts: dict[str, Decimal | None] = {name: _known_sum(getattr(m, name) for m in stayed) for name in _PARTS}
    # What was merged, or is reported at one end only, is not parted.
    unparted = [
        (m.variance_to or ZERO) - (m.variance_from or ZERO) for m in stayed if m.delivery is None and m.untold is None
    ]
    if any(unparted):
        parts["untold"] = (parts["untold"] or ZERO) + sum(unparted, ZERO)
    if came or went:
        parts["new_and_gone"] = sum(came, ZERO) - sum(went, ZERO)
    known = sum((value for value in parts.values() if value is not None), ZERO)
    return one.model_copy(update=parts | {"delivery": end - start - known})


def _known_sum(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of those that are known; None where none is."""
    known = [value for value in values if value is not None]
    return sum(known, ZERO) if known else None


def _adds_up(pair: Pair, members: Sequence[tuple[Pair, MovementAnswer]], when: Literal["before", "after"]) -> bool:
    """Whether the variances of the members come to that of their sum, at the printed precision."""
    whole = pair.earlier if when == "before" else pair.after
    spread = _spread(whole) if whole is not None else None
    own = [p.after if when == "after" else p.earlier for p, _ in members if (p.after if when == "after" else p.before)]
    if spread is None or not own or None in own:
        return False
    summed: Interval | None = None
    for position in own:
        one = _spread(position) if position is not None else None
        if one is not None:
            summed = one if summed is None else summed + one
    return summed is not None and summed.meets(spread)


def _spread(position: Position) -> Interval | None:
    """Every variance to date that the printed figures allow."""
    plan, actual = position.find("plan", "ytd"), position.find("actual", "ytd")
    if plan is not None and actual is not None:
        return actual.interval - plan.interval
    shown = position.find("variance", "ytd")
    return shown.interval if shown is not None else None


def _falling(pair: Pair, from_period: str, to_period: str) -> tuple[str, ...]:
    """Amounts to date that are less in a later month of one year, at every value within the printed precision."""
    fell = [q for q, was, later in to_date_twice(pair, from_period, to_period) if has_fallen(was, later)]
    return tuple(sorted(str(quantity) for quantity in fell))


def has_fallen(was: Figure, later: Figure) -> bool:
    """Whether an amount to date is less than before, at every value within the printed precision."""
    return later.interval.high < was.interval.low


def to_date_twice(pair: Pair, from_period: str, to_period: str) -> Iterator[tuple[Quantity, Figure, Figure]]:
    """Every amount to date of two months of one year, as each prints it."""
    before, after = pair.earlier, pair.after
    if before is None or after is None or from_period[:7] != to_period[:7] or from_period >= to_period:
        return
    now = _stated(after)
    for quantity, was in _stated(before).items():
        if quantity.basis != "ytd" or quantity.measure not in ("actual", "plan") or quantity.period != from_period:
            continue
        later = now.get(quantity._replace(period=to_period))
        if later is not None:
            yield quantity, was, later
