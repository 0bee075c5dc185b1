"""Interventions for people: what is funded and what is not, must-dos, then each ranking with the line of a budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from qippctl.models.priorities import Priorities, PriorityAnswer, PriorityTotal, RankingTotal, ScoreUnit
from qippctl.money import plain
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.words import Money, body, when

_UNITS: dict[ScoreUnit, str] = {"percent": "percent", "points": "points"}
_YES = {True: "yes", False: "no", None: ""}
MOST_NAMED = 8


def priorities(found: Sequence[Priorities]) -> Listing:
    """Each organisation's interventions and their total."""
    records = [record for one in found for record in (*one.answers, one.total)]
    return Listing(records, [block for one in found for block in _blocks(one)])


def _blocks(one: Priorities) -> Iterator[Block]:
    total = one.total
    money = Money([v for a in one.answers for v in (a.investment, a.cumulative)] + [total.budget])
    yield Block((), (), tuple(_answer(total, money)))
    must_do = [a for a in one.answers if a.must_do]
    if must_do:
        yield _apart(must_do, money, "Must-dos: no score, done all the same, first against a budget", total)
    for ranking in total.rankings:
        own = [a for a in one.answers if a.score_unit == ranking.score_unit]
        yield _ranking(own, ranking, total, money)
    unscored = [a for a in one.answers if a.score_unit is None and not a.must_do]
    if unscored:
        yield _apart(unscored, money, "Without a score: ranked nowhere", total)
    last = tuple(_last(one))
    if last:
        yield Block((), (), last)


def _answer(total: PriorityTotal, money: Money) -> Iterator[str]:
    yield "   ".join(filter(None, (body(total.organisation), when(total.period) if total.period else "")))
    if total.weights:
        yield f"Scores weighted by {total.weights}."
    yield f"{total.count} interventions, in {money.heading}:"
    for name, count, known, unknown, printed in (
        ("funded", total.funded_count, total.funded, total.funded_unknown, total.funded_printed),
        ("excluded", total.excluded_count, total.excluded, total.excluded_unknown, total.excluded_printed),
        ("not said which", total.undecided_count, total.undecided, total.undecided_unknown, None),
    ):
        if count:
            more = f" and {unknown} of unknown investment" if unknown else ""
            yield f"- {count} {name}: {money(known)}{more}{_as_printed(known, printed, money)}"
    if total.budget is not None:
        yield from _of_budget(total, total.budget, money)


def _as_printed(known: Decimal, printed: Decimal | None, money: Money) -> str:
    if printed is None:
        return ""
    return ", as the paper totals them" if printed == known else f"; the paper totals them as {money(printed)}"


def _of_budget(total: PriorityTotal, budget: Decimal, money: Money) -> Iterator[str]:
    said = f"Budget {money(budget)}"
    if total.must_do_count:
        unknown = f" and {total.must_do_unknown} unknown" if total.must_do_unknown else ""
        most = " at most" if total.must_do_unknown else ""
        left = f", which leaves {money(budget - total.must_do)}{most}"
        said += f": the must-dos take {money(total.must_do)}{unknown}{left}"
    yield f"{said}."
    if len(total.rankings) > 1:
        yield "Each ranking has its own line, as if the rest were its own: points and percentages have no common one."
    for ranking in total.rankings:
        yield f"- by {_UNITS[ranking.score_unit]}: {_line(ranking, money)}"


def _line(ranking: RankingTotal, money: Money) -> str:
    """What is above the line: `5 of 12 within, 1,440; the last is Weight clinics; 2 undecided`."""
    said = f"{ranking.within_budget_count} of {ranking.count} within, {money(ranking.within_budget)}"
    last = f"; the last is {ranking.last_within}" if ranking.last_within else ""
    open_ = f"; {ranking.undecided_count} undecided" if ranking.undecided_count else ""
    return f"{said}{last}{open_}"


def _apart(own: Sequence[PriorityAnswer], money: Money, above: str, total: PriorityTotal) -> Block:
    columns = (
        Column("Intervention", "label"),
        Column("Says", "label", optional=True),
        Column("Missing", "label", optional=True),
        Column(money.heading, "number"),
        Column("Funded", "colour"),
        Column("Budget", "colour", optional=True),
        Column("", "colour", optional=True),
    )
    rows = tuple(
        (
            a.name,
            a.printed or "",
            "; ".join(a.missing),
            money(a.investment) or "?",
            _YES[a.funded],
            _within(a, total),
            _mark(a),
        )
        for a in own
    )
    return Block(columns, rows, (above,))


def _ranking(own: Sequence[PriorityAnswer], ranking: RankingTotal, total: PriorityTotal, money: Money) -> Block:
    columns = (
        Column("Rank", "number"),
        Column("Score", "number"),
        Column("Intervention", "label"),
        Column(money.heading, "number"),
        Column("Running", "number", optional=True),
        Column("Funded", "colour"),
        Column("Budget", "colour", optional=True),
        Column("", "colour", optional=True),
    )
    ranks = Counter(a.rank for a in own)
    rows = tuple(
        (
            _rank(a, shared=ranks[a.rank] > 1),
            _score(a),
            a.name,
            money(a.investment) or "?",
            money(a.cumulative) + ("+" if a.cumulative_unknown else ""),
            _YES[a.funded],
            _within(a, total),
            _mark(a),
        )
        for a in own
    )
    tones: tuple[Tone, ...] = tuple(_tone(a, total) for a in own)
    return Block(columns, rows, (f"Ranked by {_UNITS[ranking.score_unit]}",), tones=tones)


def _tone(a: PriorityAnswer, total: PriorityTotal) -> Tone:
    if total.budget is None:
        return "quiet" if a.funded is False else ""
    return "" if a.within_budget else "warn" if a.within_budget is None else "quiet"


def _rank(a: PriorityAnswer, *, shared: bool) -> str:
    if a.rank is None:
        return f"{a.rank_best}-{a.rank_worst}"
    return f"{a.rank}=" if shared else str(a.rank)


def _score(a: PriorityAnswer) -> str:
    sign = "%" if a.score_unit == "percent" else ""
    if a.score is not None:
        return plain(a.score) + sign
    low, high = a.score_low, a.score_high
    return f"{plain(low)}-{plain(high)}{sign}" if low is not None and high is not None else ""


def _within(a: PriorityAnswer, total: PriorityTotal) -> str:
    if total.budget is None:
        return ""
    return {True: "in", False: "out", None: "open"}[a.within_budget]


def _mark(a: PriorityAnswer) -> str:
    return f"{'~' if a.doubts else ''}{'*' if a.missing else ''}"


def _last(one: Priorities) -> Iterator[str]:
    answers, total = one.answers, one.total
    if any(a.rank is not None and a.rank_worst == a.rank for a in answers) and _has_equals(answers):
        yield "= an equal score: nothing says which comes first."
    if any(r.undecided_ranks for r in total.rankings):
        yield "A range of scores has the ranks that it allows, and no single one."
    if any(a.missing for a in answers):
        yield "* scores are missing: they are never taken as nought."
    if any(r.undecided_count for r in total.rankings):
        yield "open: the line falls among equals, or after an unknown sum; a person decides."
    if any(a.investment is None for a in answers):
        yield "? no investment is known. + such a sum is not in what is added up."
    if any(a.doubts for a in answers):
        yield "~ the row, or a figure of it, is in doubt: --format json says why."
    if total.not_weighed:
        rest = len(total.not_weighed) - MOST_NAMED
        more = f" and {rest} more" if rest > 0 else ""
        yield f"Not in the file of weights: {'; '.join(total.not_weighed[:MOST_NAMED])}{more}"
    if total.budget is None and total.count:
        yield "Next: qippctl priorities --budget 2m"


def _has_equals(answers: Sequence[PriorityAnswer]) -> bool:
    ranks = [(a.score_unit, a.rank) for a in answers if a.rank is not None]
    return len(ranks) != len(set(ranks))
