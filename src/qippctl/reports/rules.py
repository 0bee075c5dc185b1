"""What is said below every table of ratings: whose rule judged."""

from __future__ import annotations

from qippctl.models.answers import Programme, RagAnswer
from qippctl.models.policy import MoneyRule, RollUps
from qippctl.money import plain
from qippctl.reports.words import COLOURS

_OF_WORKSTREAMS = {"worst": "by the worst of their schemes", "weighted": "by what their schemes deliver together"}
_OF_PROGRAMME = {"worst": "by the worst of its schemes", "weighted": "by what its schemes deliver together"}


def rag_word(answer: RagAnswer) -> str:
    """The colour that the rule gives, with `?` where the printed precision leaves it open."""
    if answer.derived is None:
        return "-"
    return COLOURS[answer.derived] + ("?" if answer.certainty == "undecided" else "")


def rule(programme: Programme, *, says_no_colours: bool = False) -> list[str]:
    """Whose rule it is, where that is stated if a paper does, and what it says of money and of roll-ups."""
    policy = programme.policy
    if policy is None:
        return []
    first = f"RAG by {policy.name}"
    if programme.is_stated:
        first += f", the rule that the paper states ({policy.source})"
    if policy.money is None:
        return [f"{first}, which rates no money."]
    first += f": {', '.join(_bands(policy.money))}." + (
        " No colours were read from the paper." if says_no_colours else ""
    )
    reading = [policy.reading] if programme.is_stated and policy.reading else []
    return [first, *reading, *_rolled_up(policy.rollup)]


def _bands(money: MoneyRule) -> list[str]:
    if not money.follows_on:
        return [f"{COLOURS[b.colour]} {span.words}" for b, span in zip(money.bands, money.spans, strict=True)]
    return [
        f"{COLOURS[b.colour]} from {plain(b.at_least)}%" if b.at_least is not None else f"{COLOURS[b.colour]} below"
        for b in money.bands
    ]


def _rolled_up(rollup: RollUps) -> list[str]:
    lines = []
    if rollup.workstream != "own":
        lines.append(f"Workstreams are rated {_OF_WORKSTREAMS[rollup.workstream]}.")
    if rollup.programme != "own":
        lines.append(f"The programme is rated {_OF_PROGRAMME[rollup.programme]}.")
    return lines
