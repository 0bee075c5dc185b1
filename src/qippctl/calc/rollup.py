"""Colours of workstreams and of the programme from those of their schemes, where a policy says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from qippctl.calc.position import Position
from qippctl.calc.positions import normal_name
from qippctl.calc.precision import Range, within
from qippctl.calc.rag import Verdict, judged
from qippctl.calc.variance import outcome
from qippctl.models.answers import RagAnswer
from qippctl.models.figure import Basis, Colour, Figure
from qippctl.models.policy import WORST_FIRST, MoneyRule, Policy, RollUp, worst
from qippctl.money import ZERO, Interval, exactly, plain

Answers = list[RagAnswer | None]
Roll = Callable[[RollUp, Sequence[int]], "tuple[Verdict, str] | None"]


def money(positions: Sequence[Position], answers: Sequence[RagAnswer | None], basis: Basis, policy: Policy) -> Answers:
    """Finance ratings with those of workstreams and totals rolled up as the policy says; their figures stay their own."""

    def roll(how: RollUp, children: Sequence[int]) -> tuple[Verdict, str] | None:
        if how == "weighted" and policy.money is not None:
            return _weighted([positions[i] for i in children], basis, policy.money)
        return _worst([answers[i] for i in children]) if how == "worst" else None

    return _rolled(positions, answers, policy, roll)


def milestones(positions: Sequence[Position], answers: Sequence[RagAnswer | None], policy: Policy) -> Answers:
    """Milestone ratings with those of workstreams and totals rolled up where the policy takes the worst."""
    return _rolled(
        positions,
        answers,
        policy,
        lambda how, children: _worst([answers[i] for i in children]) if how == "worst" else None,
    )


def _rolled(positions: Sequence[Position], answers: Sequence[RagAnswer | None], policy: Policy, roll: Roll) -> Answers:
    out = list(answers)
    schemes = [i for i, position in enumerate(positions) if position.level == "scheme"]
    for i, position in enumerate(positions):
        own = answers[i]
        if own is None or position.level not in ("workstream", "total"):
            continue
        how = policy.rollup.workstream if position.level == "workstream" else policy.rollup.programme
        children = schemes if position.level == "total" else _of_workstream(positions, schemes, position)
        if how == "own" or not children:
            continue
        rolled = roll(how, children)
        if rolled is not None:
            verdict, note = rolled
            out[i] = own.model_copy(
                update={
                    "derived": verdict.derived,
                    "certainty": verdict.certainty,
                    "possible": verdict.possible,
                    "rolled_up": how,
                    "note": note,
                }
            )
    return out


def _of_workstream(positions: Sequence[Position], schemes: Sequence[int], group: Position) -> list[int]:
    name = normal_name(group.workstream)
    return [i for i in schemes if name and normal_name(positions[i].workstream) == name]


def worst_of(answers: Sequence[RagAnswer]) -> Verdict | None:
    """The worst of the colours that answers have, over all that the printed precision allows; None where none has one."""
    known = [answer for answer in answers if answer.derived in WORST_FIRST]
    derived = worst({answer.derived for answer in known if answer.derived is not None})
    if derived is None:
        return None
    # Each has at best its best colour: nothing better than the worst of those is possible.
    at_best = [_places(answer)[-1] for answer in known]
    reached = {place for answer in known for place in _places(answer) if place <= min(at_best)}
    possible: tuple[Colour, ...] = tuple(WORST_FIRST[place] for place in sorted(reached, reverse=True))
    return Verdict(derived, "certain" if len(possible) == 1 else "undecided", possible)


def _places(answer: RagAnswer) -> list[int]:
    """The places among the colours, from the worst, of what an answer may be."""
    return sorted(WORST_FIRST.index(colour) for colour in {*answer.possible, answer.derived} if colour in WORST_FIRST)


def _worst(answers: Sequence[RagAnswer | None]) -> tuple[Verdict, str] | None:
    children = [answer for answer in answers if answer is not None]
    verdict = worst_of(children)
    if verdict is None:
        return None
    without = sum(1 for child in children if child.derived not in WORST_FIRST)
    note = f"the worst of its {len(children)} schemes" + (f"; {without} without a colour" if without else "")
    return verdict, note


def _weighted(schemes: Sequence[Position], basis: Basis, rule: MoneyRule) -> tuple[Verdict, str]:
    """What the schemes delivered together of what they planned together, each that has both."""
    both = [(p, a) for s in schemes if (p := s.find("plan", basis)) and (a := outcome(s, basis))]
    left_out = len(schemes) - len(both)
    plans, actuals = [p for p, _ in both], [a for _, a in both]
    planned, got = _sum(plans), _sum(actuals)
    plan, actual = _total(plans), _total(actuals)
    variances = [v for s in schemes if s.find("plan", basis) and outcome(s, basis) and (v := s.find("variance", basis))]
    is_whole = len(variances) == len(both) and not any(figure.doubts for figure in variances)
    allowed: Range | None = within(planned, got, _sum(variances) if is_whole else None, None) if both else None
    verdict = judged(plan, planned.low == planned.high, allowed, _percent(plan, actual), rule)
    said = f"{len(both)} schemes delivered {plain(actual)} of {plain(plan)} together"
    if plan > 0:
        said += f": {plain(_percent(plan, actual).quantize(Decimal('0.1')))}%"
    return verdict, said + (f"; {left_out} without plan or actual left out" if left_out else "")


def _sum(figures: Sequence[Figure]) -> Interval:
    with exactly():
        return Interval(
            sum((figure.interval.low for figure in figures), ZERO),
            sum((figure.interval.high for figure in figures), ZERO),
        )


def _total(figures: Sequence[Figure]) -> Decimal:
    with exactly():
        return sum((figure.value for figure in figures), ZERO)


def _percent(plan: Decimal, actual: Decimal) -> Decimal:
    with exactly():
        return actual / plan * 100 if plan else ZERO
