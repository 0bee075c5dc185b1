"""Where a policy gives no colour, or several: by its own limits, and among rows that papers print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from qippctl.calc.milestones import Number, bands_of, by_counts, cases, colour_counted, limits
from qippctl.models.figure import Colour, Doubt, Figure
from qippctl.models.gaps import PolicyFinding, UncolouredRow
from qippctl.models.policy import MilestoneRule, MoneyRule, Policy, Span, covers
from qippctl.models.records import MilestoneStatus

# A group's name that was lost, a name that stands twice and a sum that fails somewhere do not make this row another one.
_OF_OTHERS = frozenset({Doubt.WORKSTREAM_UNKNOWN, Doubt.DUPLICATE_ROW, Doubt.SUM_FAILS})
_Pattern = tuple[Number | None, ...]


def findings(policy: Policy) -> list[PolicyFinding]:
    """The gaps and overlaps of a policy, money before milestones."""
    out = []
    if policy.money is not None:
        out += _of_money(policy.name, policy.money)
    if policy.milestones is not None:
        out += _of_milestones(policy.name, policy.milestones)
    return out


def _of_money(policy: str, rule: MoneyRule) -> list[PolicyFinding]:
    spans = rule.spans
    parts: list[tuple[Span, tuple[Colour, ...]]] = []
    for piece in rule.pieces:
        colours = tuple(
            dict.fromkeys(b.colour for b, s in zip(rule.bands, spans, strict=True) if covers(s, piece.span))
        )
        if parts and parts[-1][1] == colours:
            parts[-1] = (Span(piece.span.at_least, parts[-1][0].below), colours)
        else:
            parts.append((piece.span, colours))
    return [
        PolicyFinding(
            policy=policy,
            dimension="finance",
            kind="overlap" if colours else "gap",
            case=f"{span.words} of plan",
            at_least=span.at_least,
            below=span.below,
            colours=colours,
        )
        for span, colours in parts
        if len(colours) != 1
    ]


def _of_milestones(policy: str, rule: MilestoneRule) -> list[PolicyFinding]:
    statuses: dict[str, list[Colour]] = {status: [] for status in get_args(MilestoneStatus)}
    for band in rule.bands:
        if band.status is not None:
            statuses.setdefault(band.status, []).append(band.colour)
    found: list[tuple[str, tuple[Colour, ...]]] = []
    if any(band.status is not None for band in rule.bands):
        found += [(s.replace("_", " "), tuple(dict.fromkeys(colours))) for s, colours in statuses.items()]
    if any(band.status is None for band in rule.bands):
        found += _by_number(rule)
    return [
        PolicyFinding(
            policy=policy,
            dimension="milestones",
            kind="overlap" if colours else "gap",
            case=case,
            colours=colours,
        )
        for case, colours in found
        if len(colours) != 1
    ]


def _by_number(rule: MilestoneRule) -> list[tuple[str, tuple[Colour, ...]]]:
    """The cases of a rule in words, those of the same colours that differ in one number put together."""
    days = limits(rule)
    colours: dict[_Pattern, tuple[Colour, ...]] = {
        tuple(case[day] for day in days): tuple(dict.fromkeys(band.colour for band in bands_of(rule, case)))
        for case in cases(rule)
    }
    out = []
    for given in dict.fromkeys(colours.values()):
        patterns = [pattern for pattern, own in colours.items() if own == given]
        for axis in range(len(days)):
            patterns = _merged(patterns, axis, list(colours))
        out += [(_words(dict(zip(days, pattern, strict=True))), given) for pattern in patterns]
    return out


def _merged(patterns: Sequence[_Pattern], axis: int, every: Sequence[_Pattern]) -> list[_Pattern]:
    """Patterns that together have every value of one number that is possible beside the others are one without it."""
    out: list[_Pattern] = []
    for pattern in patterns:
        alike = {p[axis] for p in patterns if _differ_at_most(p, pattern, axis)}
        possible = {p[axis] for p in every if _differ_at_most(p, pattern, axis)}
        any_value = len(possible) > 1 and alike == possible
        merged = (*pattern[:axis], None, *pattern[axis + 1 :]) if any_value else pattern
        if merged not in out:
            out.append(merged)
    return out


def _differ_at_most(one: _Pattern, other: _Pattern, axis: int) -> bool:
    return all(i == axis or b is None or a == b for i, (a, b) in enumerate(zip(one, other, strict=True)))


def _words(case: Mapping[int, Number | None]) -> str:
    """How many slipped, and by how long: a number that may be any is not said, none by more than a limit is `up to` it."""
    longest = next((day for day, number in case.items() if day and number == Number(0, 0)), None)
    said = [(day, n) for day, n in case.items() if n is not None and n.most != 0]
    if not said:
        return "none slipped" if case.get(0) == Number(0, 0) else "any that slipped"
    pieces = []
    for i, (day, number) in enumerate(said):
        how = f"by more than {day} days" if day else ""
        if i == len(said) - 1 and longest is not None:
            how = f"by more than {day} and up to {longest} days" if day else f"by up to {longest} days"
        pieces.append(f"{number.words} slipped {how}".strip() if i == 0 else f"{number.words} of them {how}")
    return ", ".join(pieces)


def uncoloured(policy: Policy, figures: Iterable[Figure], period: str | None) -> tuple[list[UncolouredRow], int]:
    """The printed rows of one period to whose counted milestones a policy gives no colour, and how many it was asked of."""
    rows: dict[tuple[str, str, int], dict[Colour, Figure]] = {}
    for figure in figures:
        colour = colour_counted(figure.qualifier) if figure.measure == "count" else None
        if colour is not None:
            rows.setdefault((figure.sha256, figure.table, figure.row), {})[colour] = figure
    out, asked = [], 0
    for counted in rows.values():
        found = (
            by_counts(policy.milestones, {colour: int(figure.value) for colour, figure in counted.items()})
            if policy.milestones is not None
            else None
        )
        asked += found is not None
        if found is None or not found.is_gap:
            continue
        first = next(iter(counted.values()))
        doubts = tuple(dict.fromkeys(doubt for figure in counted.values() for doubt in figure.doubts))
        out.append(
            UncolouredRow(
                policy=policy.name,
                organisation=first.organisation,
                period=period,
                paper=first.paper,
                page=first.page,
                table=first.table,
                row=first.row,
                role=first.role,
                workstream=first.workstream,
                scheme=first.scheme,
                case=found.known,
                in_doubt=bool(set(doubts) - _OF_OTHERS),
                doubts=doubts,
                sources=tuple(figure.id for figure in counted.values()),
            )
        )
    return out, asked
