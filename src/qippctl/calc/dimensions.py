"""Every rating of a programme's subjects: money, milestones, metrics and overall, rolled up as the policy says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from qippctl.calc import rag, rollup
from qippctl.calc.milestones import Judgement, by_counts, by_statuses, counts_of
from qippctl.calc.position import Position
from qippctl.calc.positions import normal_name
from qippctl.models.answers import RagAnswer
from qippctl.models.figure import Basis, Dimension
from qippctl.models.policy import Policy
from qippctl.models.records import Milestone

Rated = dict[Dimension, RagAnswer]


def ratings(
    positions: Sequence[Position],
    basis: Basis,
    period: str | None,
    policy: Policy,
    milestones: Sequence[Milestone] = (),
) -> list[Rated]:
    """The ratings of each position, by dimension. What is no money is as it stands at the reported period, whatever the basis."""
    statuses = _statuses(milestones)
    money = [rag.answer(position, basis, period, policy) for position in positions]
    late = [_milestones(position, policy, statuses) for position in positions]
    money = rollup.money(positions, money, basis, policy)
    late = rollup.milestones(positions, late, policy)
    out = []
    for position, finance, steps in zip(positions, money, late, strict=True):
        found: Rated = {}
        for answer in (finance, steps, _printed(position, "metrics", policy)):
            if answer is not None:
                found[answer.dimension] = answer
        overall = _overall(position, found, policy)
        if overall is not None:
            found["overall"] = overall
        out.append(found)
    return out


def _statuses(milestones: Sequence[Milestone]) -> Mapping[str, Sequence[str | None]]:
    """The statuses of each scheme's milestones."""
    found: dict[str, list[str | None]] = defaultdict(list)
    for milestone in milestones:
        if milestone.scheme:
            found[normal_name(milestone.scheme)].append(milestone.status)
    return found


def _milestones(position: Position, policy: Policy, statuses: Mapping[str, Sequence[str | None]]) -> RagAnswer | None:
    """By the milestones that the paper counts in the row, else by each milestone of the scheme."""
    counted = counts_of(position)
    judgement: Judgement | None = None
    if policy.milestones is not None:
        judgement = by_counts(policy.milestones, {colour: int(f.value) for colour, f in counted.items()})
        if judgement is None and position.level == "scheme":
            judgement = by_statuses(policy.milestones, statuses.get(normal_name(position.scheme), ()))
    answer = _printed(position, "milestones", policy, judged=judgement is not None)
    if answer is None or judgement is None:
        return answer
    return answer.model_copy(
        update={
            "derived": judgement.derived,
            "certainty": judgement.certainty,
            "possible": judgement.possible,
            "note": judgement.note,
            "doubts": tuple(dict.fromkeys(doubt.value for figure in counted.values() for doubt in figure.doubts)),
            "sources": tuple(figure.id for figure in counted.values()),
            "corrected": tuple(dict.fromkeys(n for f in counted.values() if f.corrected for n in f.corrected.numbers)),
        }
    )


def _printed(position: Position, dimension: Dimension, policy: Policy, *, judged: bool = False) -> RagAnswer | None:
    """What the paper prints of a dimension; None where it prints nothing and nothing was judged."""
    printed = next(iter(position.ratings.get(dimension, [])), None)
    if printed is None and not judged:
        return None
    return RagAnswer(
        **position.identity(position.reported or None, "ytd"),
        dimension=dimension,
        plan=None,
        actual=None,
        variance=None,
        delivery=None,
        printed=printed.colour if printed else None,
        derived=None,
        certainty="none",
        possible=(),
        policy=policy.name,
        doubts=tuple(doubt.value for doubt in printed.doubts) if printed else (),
    )


def _overall(position: Position, found: Rated, policy: Policy) -> RagAnswer | None:
    """The worst of the other dimensions' colours, where the policy says so, beside what the paper prints."""
    of = rollup.worst_of(list(found.values())) if policy.overall == "worst" else None
    answer = _printed(position, "overall", policy, judged=of is not None)
    if answer is None or of is None:
        return answer
    without = [name for name, rated in found.items() if rated.derived is None]
    return answer.model_copy(
        update={
            "basis": found["finance"].basis if "finance" in found else answer.basis,
            "period": found["finance"].period if "finance" in found else answer.period,
            "derived": of.derived,
            "certainty": of.certainty,
            "possible": of.possible,
            "note": f"the worst of {', '.join(name for name in found if name not in without)}"
            + (f"; {', '.join(without)} without a colour" if without else ""),
            "sources": tuple(dict.fromkeys(s for rated in found.values() for s in rated.sources)),
        }
    )
