"""Interventions ranked by their score, what a budget reaches of them, and what they come to.

Points and percentages have no common scale: each unit is a ranking of its own. Equal scores share a rank. A range (30-35%) has
the ranks that it allows, and one rank only where those are one. What has no score is ranked nowhere: must-dos come first
against a budget, the rest are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qippctl.calc.budget import Budget
from qippctl.calc.positions import normal_name
from qippctl.calc.scores import Score, exact, is_must_do, missing, score_of, shown, weighted
from qippctl.models.figure import Figure
from qippctl.models.priorities import SCORE_UNITS, Priorities, PriorityAnswer, PriorityTotal, RankingTotal, ScoreUnit
from qippctl.models.records import Intervention
from qippctl.models.weights import Scored, Weights
from qippctl.money import ZERO, exactly

Row = tuple[str, str | None, int | None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intervention that asks for money."""

    name: str
    group: str | None = None
    score: Score | None = None
    printed: str | None = None
    investment: Decimal | None = None
    funded: bool | None = None
    must_do: bool | None = False
    scores: Mapping[str, Decimal] | None = None
    missing: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    paper: str | None = None
    paper_number: int | None = None
    page: int | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose interventions, of when, and the budget that is held against them. `printed`: totals that papers print, by funded."""

    organisation: str | None = None
    period: str | None = None
    budget: Decimal | None = None
    fill: bool = False
    printed: Mapping[bool, Decimal] | None = None
    weights: str | None = None
    not_weighed: tuple[str, ...] = ()


def candidate(record: Intervention, figures: Mapping[Row, Sequence[Figure]], number: int) -> Candidate:
    """An intervention as its paper states it; its score and investment are those of the figures of its row."""
    own = figures.get((record.sha256, record.table, record.row), ())
    marks = next((f for f in own if f.measure == "score"), None)
    money = next((f for f in own if f.measure == "investment" and f.unit == "GBP"), None)
    score = score_of(record.priority)
    if marks is not None:
        score = exact(marks.value, "percent" if marks.unit == "percent" else "points")
    used = [figure for figure in (marks, money) if figure is not None]
    about = " ".join(filter(None, (record.group, record.name, record.summary)))
    return Candidate(
        record.name,
        record.group,
        score,
        record.priority,
        money.value if money is not None else None,
        record.funded,
        is_must_do(record.priority, about, funded=record.funded) if score is None else False,
        doubts=tuple(dict.fromkeys(d.value for doubts in (record.doubts, *(f.doubts for f in used)) for d in doubts)),
        paper=record.paper,
        paper_number=number,
        page=record.page,
        sources=tuple(figure.id for figure in used),
    )


def weighed(weights: Weights, known: Iterable[Candidate] = ()) -> tuple[list[Candidate], list[str]]:
    """The interventions of a file of weights, what it does not say as the ledger has it; and the ledger's that it leaves out.

    A name that the ledger has more than once is taken from none of them.
    """
    by_name: dict[str, list[Candidate]] = {}
    for one in known:
        by_name.setdefault(normal_name(one.name), []).append(one)
    named = {normal_name(one.name) for one in weights.interventions}
    found = [_weighed(weights, one, by_name.get(normal_name(one.name), [])) for one in weights.interventions]
    return found, [one.name for name, own in by_name.items() if name not in named for one in own]


def _weighed(weights: Weights, one: Scored, known: Sequence[Candidate]) -> Candidate:
    base = known[0] if len(known) == 1 else Candidate(one.name)
    if one.investment is not None:  # the paper's own figure is not used, so its doubts are none of the answer's
        base = replace(base, doubts=(), sources=())
    return replace(
        base,
        name=one.name,
        group=one.group if one.group is not None else base.group,
        score=None if one.must_do else weighted(weights, one),
        investment=one.investment if one.investment is not None else base.investment,
        funded=one.funded if one.funded is not None else base.funded,
        must_do=one.must_do,
        scores=one.scores,
        missing=() if one.must_do else missing(weights, one),
    )


def ranked(found: Sequence[Candidate], asked: Asked) -> Priorities:
    """Must-dos, then each ranking from the top, then what has no score; with what the budget reaches, and their total."""
    must_do = sorted((c for c in found if c.score is None and c.must_do), key=_by_name)
    unscored = sorted((c for c in found if c.score is None and not c.must_do), key=_by_name)
    first, is_known = _sum(must_do)
    budget = Budget.of(asked.budget, fill=asked.fill) if asked.budget is not None else None
    within = budget.take_all([c.investment for c in must_do]) if budget is not None else [None] * len(must_do)
    running = (first, sum(1 for c in must_do if c.investment is None))
    answers = [_answer(c, asked, running=running, within=w) for c, w in zip(must_do, within, strict=True)]
    totals: list[RankingTotal] = []
    for unit in SCORE_UNITS:
        own = [(c, c.score) for c in found if c.score is not None and c.score.unit == unit]
        if own:
            line = replace(budget) if budget is not None else None
            listed = _ranking(own, asked, line)
            answers += listed
            totals.append(_ranking_total(unit, listed, has_budget=budget is not None))
    left = asked.budget - first if asked.budget is not None and is_known else None
    total = _total(answers + [_answer(c, asked) for c in unscored], asked, totals, left)
    return Priorities(answers=(*answers, *(_answer(c, asked) for c in unscored)), total=total)


def _ranking(own: Sequence[tuple[Candidate, Score]], asked: Asked, budget: Budget | None) -> list[PriorityAnswer]:
    """One ranking from the top, tier by tier."""
    out = []
    money, unknown = ZERO, 0
    scores = [score for _, score in own]
    for tier in _tiers(own):
        sums = [c.investment for c, _ in tier]
        money += _sum(c for c, _ in tier)[0]
        unknown += sums.count(None)
        within = budget.take(sums) if budget is not None else [None] * len(tier)
        for (c, score), w in zip(tier, within, strict=True):
            best = 1 + sum(1 for other in scores if other.low > score.high)
            worst = 1 + sum(1 for other in scores if other.high > score.low and other is not score)
            out.append(_answer(c, asked, ranks=(best, worst), running=(money, unknown), within=w))
    return out


def _tiers(own: Sequence[tuple[Candidate, Score]]) -> list[list[tuple[Candidate, Score]]]:
    """Interventions from the highest score down, those together whose scores are equal or overlap."""
    tiers: list[list[tuple[Candidate, Score]]] = []
    lowest = None
    for c, score in sorted(own, key=lambda item: (-item[1].high, -item[1].low, _by_name(item[0]))):
        if lowest is not None and score.high >= lowest:
            tiers[-1].append((c, score))
            lowest = min(lowest, score.low)
        else:
            tiers.append([(c, score)])
            lowest = score.low
    return tiers


def _answer(
    c: Candidate,
    asked: Asked,
    *,
    ranks: tuple[int, int] | None = None,
    running: tuple[Decimal, int] | None = None,
    within: bool | None = None,
) -> PriorityAnswer:
    score = c.score
    is_range = score is not None and score.is_range
    best, worst = ranks or (None, None)
    return PriorityAnswer(
        organisation=asked.organisation,
        period=asked.period,
        name=c.name,
        group=c.group,
        score=shown(score.low) if score is not None and not is_range else None,
        score_unit=score.unit if score is not None else None,
        score_low=shown(score.low) if score is not None and is_range else None,
        score_high=shown(score.high) if score is not None and is_range else None,
        printed=c.printed,
        investment=c.investment,
        funded=c.funded,
        must_do=c.must_do,
        rank=best if best == worst else None,
        rank_best=best,
        rank_worst=worst,
        cumulative=running[0] if running is not None else None,
        cumulative_unknown=running[1] if running is not None else 0,
        within_budget=within,
        scores=dict(c.scores or {}),
        missing=c.missing,
        doubts=c.doubts,
        paper=c.paper,
        paper_number=c.paper_number,
        page=c.page,
        sources=c.sources,
    )


def _ranking_total(unit: ScoreUnit, listed: Sequence[PriorityAnswer], *, has_budget: bool) -> RankingTotal:
    money, _ = _sum(listed)
    reached = [one for one in listed if one.within_budget]
    return RankingTotal(
        score_unit=unit,
        count=len(listed),
        investment=money,
        unknown=_unknown(listed),
        undecided_ranks=sum(1 for one in listed if one.rank is None),
        within_budget_count=len(reached) if has_budget else None,
        within_budget=_sum(reached)[0] if has_budget else None,
        undecided_count=sum(1 for one in listed if one.within_budget is None) if has_budget else None,
        last_within=reached[-1].name if reached else None,
    )


def _total(
    answers: Sequence[PriorityAnswer], asked: Asked, rankings: Sequence[RankingTotal], left: Decimal | None
) -> PriorityTotal:
    parts = {state: [a for a in answers if a.funded is state] for state in (True, False, None)}
    must_do = [a for a in answers if a.must_do]
    reached = [a for a in answers if a.within_budget]
    has_line = asked.budget is not None and len(rankings) < 2
    printed = asked.printed or {}
    return PriorityTotal(
        organisation=asked.organisation,
        period=asked.period,
        count=len(answers),
        funded_count=len(parts[True]),
        funded=_sum(parts[True])[0],
        funded_unknown=_unknown(parts[True]),
        funded_printed=printed.get(True),
        excluded_count=len(parts[False]),
        excluded=_sum(parts[False])[0],
        excluded_unknown=_unknown(parts[False]),
        excluded_printed=printed.get(False),
        undecided_count=len(parts[None]),
        undecided=_sum(parts[None])[0],
        undecided_unknown=_unknown(parts[None]),
        must_do_count=len(must_do),
        must_do=_sum(must_do)[0],
        must_do_unknown=_unknown(must_do),
        unscored_count=sum(1 for a in answers if a.score_unit is None and not a.must_do),
        budget=asked.budget,
        filled=asked.fill,
        left=left,
        within_budget_count=len(reached) if has_line else None,
        within_budget=_sum(reached)[0] if has_line else None,
        rankings=tuple(rankings),
        doubts=tuple(sorted({doubt for a in answers for doubt in a.doubts})),
        weights=asked.weights,
        not_weighed=asked.not_weighed,
    )


def _sum(found: Iterable[Candidate | PriorityAnswer]) -> tuple[Decimal, bool]:
    """What they ask for together, and whether all of it is known."""
    sums = [one.investment for one in found]
    with exactly():
        return sum((one for one in sums if one is not None), ZERO), None not in sums


def _unknown(found: Sequence[PriorityAnswer]) -> int:
    return sum(1 for one in found if one.investment is None)


def _by_name(c: Candidate) -> tuple[str, str]:
    return c.name.casefold(), c.name
