"""Colours that papers print, held against the rule that the paper states and the figures beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from qippctl.audit.catalogue import Breach, Held, Told, also, rule
from qippctl.audit.doubted import doubts_of
from qippctl.audit.material import Material
from qippctl.audit.subjects import called
from qippctl.calc import dimensions, gaps, rag, variance
from qippctl.calc.milestones import by_counts, counts_of
from qippctl.calc.position import Position
from qippctl.models.answers import Certainty, RagAnswer
from qippctl.models.figure import Basis, Colour, Dimension, Doubt, Figure, Rating
from qippctl.models.policy import WORST_FIRST, Policy
from qippctl.models.records import Milestone
from qippctl.money import plain

# A group's name that was lost says nothing of the colour.
_OF_NAMES = frozenset({Doubt.WORKSTREAM_UNKNOWN.value})
# What a green would be held against: without any of them there is nothing to be on course for.
_AIMS: tuple[tuple[str, Basis], ...] = (("target", "year"), ("plan", "year"), ("plan", "ytd"))


@dataclass(frozen=True, slots=True)
class Judged:
    """A printed colour, what the rule says of the figures beside it, and those figures.

    `otherwise` has the colours that the year's forecast would have, where the colour is of money.
    """

    rating: Rating
    position: Position
    dimension: Dimension
    derived: Colour | None
    certainty: Certainty
    possible: tuple[Colour, ...]
    because: str
    sources: tuple[str, ...]
    doubts: tuple[str, ...]
    is_gap: bool = False
    otherwise: tuple[Colour, ...] = ()

    @property
    def disagrees(self) -> bool:
        return bool(self.possible) and self.rating.colour not in self.possible

    @property
    def name(self) -> str:
        return f"{called(self.position)}: {self.dimension}"


def judged(of: Material) -> Iterator[Judged]:
    """Every red, amber or green of the paper that the stated rule can judge, in the order of the tables."""
    if of.policy is None:
        return
    milestones = of.records(Milestone)
    for found in of.subjects_of_tables.values():
        reported = found[0].reported if found else None
        rated = dimensions.ratings(found, "ytd", reported or None, of.policy, milestones)
        for position, own in zip(found, rated, strict=True):
            for name, printed in position.ratings.items():
                yield from _of_one(position, own, name, printed, of.policy)


def _of_one(
    position: Position, own: dimensions.Rated, name: str, printed: list[Rating], policy: Policy
) -> Iterator[Judged]:
    """The colours of one dimension; what is called overall is the money's where nothing else is said of it."""
    dimension: Dimension = "milestones" if name == "milestones" else "finance" if name == "finance" else "overall"
    if name == "overall" and "finance" not in position.ratings and policy.overall is None:
        dimension = "finance"
    answer = own.get(dimension)
    if name == "metrics" or answer is None:
        return
    for rating in printed:
        if rating.colour not in WORST_FIRST:
            continue
        one = _judged(rating, position, dimension, answer, policy)
        if one is not None:
            yield one


def _judged(
    rating: Rating, position: Position, dimension: Dimension, answer: RagAnswer, policy: Policy
) -> Judged | None:
    """A colour beside what the rule gives; None where the rule has nothing to judge it by."""
    because = answer.note or ""
    otherwise: tuple[Colour, ...] = ()
    if dimension == "finance" and answer.rolled_up in (None, "own"):
        year = rag.answer(position, "year", position.reported[:7] or None, policy)
        if answer.delivery is None and not answer.possible and year is not None:
            answer, year = year, None  # no plan to date: the year's is what there is
        otherwise = year.possible if year is not None else ()
        because = _delivered(answer)
    is_gap = _is_gap(position, dimension, answer, policy)
    if not answer.possible and answer.derived is None and not is_gap:
        return None
    doubts = (*answer.doubts, *doubts_of(rating))
    return Judged(
        rating=rating,
        position=position,
        dimension=dimension,
        derived=answer.derived,
        certainty=answer.certainty,
        possible=answer.possible,
        because=because,
        sources=answer.sources,
        doubts=tuple(dict.fromkeys(doubt for doubt in doubts if doubt not in _OF_NAMES)),
        is_gap=is_gap,
        otherwise=otherwise,
    )


def _is_gap(position: Position, dimension: Dimension, answer: RagAnswer, policy: Policy) -> bool:
    """Whether no band of the rule covers the figures."""
    if answer.derived is not None or answer.possible or answer.rolled_up not in (None, "own"):
        return False
    if dimension == "finance" and policy.money is not None:
        plan, actual = position.find("plan", answer.basis), variance.outcome(position, answer.basis)
        shown, percentage = position.find("variance", answer.basis), position.find("delivery", answer.basis)
        return rag.rate(plan, actual, shown, percentage, policy.money).is_gap
    if dimension == "milestones" and policy.milestones is not None:
        counts = {colour: int(figure.value) for colour, figure in counts_of(position).items()}
        found = by_counts(policy.milestones, counts)
        return found is not None and found.is_gap
    return False


def _delivered(answer: RagAnswer) -> str:
    """The figures that a colour of money is judged by, in words."""
    if answer.delivery is None:
        return "a plan that is nothing, or rounds to it"
    when = "of the year's plan is forecast" if answer.basis == "year" else "of the plan to date was delivered"
    return f"{plain(answer.delivery)}% {when}"


def _words(colours: tuple[Colour, ...]) -> str:
    return " or ".join(colours)


@rule("QR401", "error")
def rag_against_the_rule(of: Material) -> Iterator[Told]:
    """A printed colour is not the one that the paper's own rule gives, at any value within the printed precision.

    The colour is what is read first, and often all that is read: a green over a shortfall stops nobody.

    Ask which is right, the colour or the figures; then whether the rule was overridden, by whom and why.

    Milestones are called green where nine slipped by more than a week and seven were met: the rule gives red.
    """
    for one in judged(of):
        if not one.disagrees:
            if one.certainty == "certain" or one.rating.colour in one.possible:
                yield Held(one.certainty == "certain")
            continue
        told = _breach(of, one, f"the rule gives {_words(one.possible)}: {one.because}", "against")
        if one.rating.colour in one.otherwise:
            yield replace(
                told,
                message=f"{told.message}; the year's forecast would allow it",
                severity="note" if one.doubts else "warning",
            )
        elif one.derived is None:
            yield replace(told, severity="note")
        else:
            is_sure = one.rating.dimension != "overall" and not one.doubts
            # Of rows in doubt nobody knows yet whether the colour or a count is wrong.
            yield replace(told, severity="error", decision="rag") if is_sure else replace(told, severity="warning")


@rule("QR402", "note")
def rag_not_decided(of: Material) -> Iterator[Told]:
    """The printed precision leaves a colour open: some values that round to what is printed have one colour, some another.

    A table in millions to one decimal says little of a scheme of a hundred thousand: the colour cannot be checked by it.

    Ask for the figures in thousands where the colour matters.

    Planned 0.3 and delivered 0.3 million may be 71% or 140% of plan.
    """
    for one in judged(of):
        if not one.disagrees and not one.is_gap and one.certainty != "certain":
            allowed = _words(one.possible) + (" or none" if one.derived is None else "")
            yield _breach(of, one, f"its figures allow {allowed}: {one.because}", "open")


@rule("QR403", "warning")
def rag_without_a_band(of: Material) -> Iterator[Told]:
    """The rule that the paper states has no colour for what the row counts.

    Whoever coloured the row made a rule of their own; the next may make another.

    Ask the board to close the gap in its rule. `qippctl policy check` lists all of a rule's gaps.

    Amber is one milestone slipped by up to a week, red more than one by more: three that slipped by a few days have no colour.
    """
    if of.policy is None:
        return
    printed = {(r.table, r.row): r for r in of.paper.ratings if r.dimension == "milestones"}
    rows, _ = gaps.uncoloured(of.policy, of.paper.figures, of.paper.cover.period)
    for row in rows:
        rating = printed.get((row.table, row.row))
        shown = f"{rating.colour} is printed; " if rating is not None and rating.colour in WORST_FIRST else ""
        name = of.name(of.by_id[row.sources[0]])
        yield Breach(
            message=f"{name}: milestones: {shown}{row.case}: the rule gives this no colour",
            figures=row.sources,
            **of.place(row),
            doubts=doubts_of(row),
            severity="note" if row.in_doubt else None,
        )


@also("QR403")
def money_without_a_band(of: Material) -> Iterator[Told]:
    """A delivery that no band of the money rule covers."""
    for one in judged(of):
        if one.is_gap and one.dimension == "finance":
            told = _breach(of, one, f"the rule gives {one.because} no colour", "gap")
            yield replace(told, severity="note" if one.doubts else "warning")


@rule("QR404", "warning")
def green_without_target(of: Material) -> Iterator[Told]:
    """Green is printed where neither a target nor a plan is.

    Nothing can be on course without an aim; a summary that counts greens counts these among them.

    Ask for the target, or have the scheme shown as not due or not set.

    A scheme is green with a confidence of 75% in a target that is a dash.
    """
    given = of.policy.money.plan_zero if of.policy is not None and of.policy.money is not None else None
    for found in of.subjects_of_tables.values():
        for position in found:
            aims = [f for name in _AIMS if (f := position.find(*name)) is not None]
            outcomes = [f for name in ("actual", "forecast") for f in _all(position, name)]
            green = next((r for d in ("finance", "overall") for r in position.ratings.get(d, ()) if _is_green(r)), None)
            if green is None or given == "green" or not aims or any(f.value for f in (*aims, *outcomes)):
                continue
            confidence = position.find("confidence", "year")
            shown = ", ".join(f"{figure.names} {figure.raw}" for figure in aims)
            sure = f", confidence {confidence.raw}" if confidence is not None else ""
            doubts = doubts_of(*aims)
            yield Breach(
                message=f"{called(position)}: green is printed without a target or plan ({shown}{sure})",
                figures=tuple(figure.id for figure in aims),
                **of.place(green),
                doubts=doubts,
                severity="note" if set(doubts) - _OF_NAMES else None,
                key=f"{green.table}/{green.row}/{green.column}",
            )


@also("QT102")
def percentage_of_nothing(of: Material) -> Iterator[Told]:
    """A percentage of a plan that is nothing, or is not printed: it says nothing and decides no colour."""
    for figure in of.paper.figures:
        if Doubt.NO_BASE in figure.doubts:
            yield Breach(
                message=f"{of.name(figure)}: {figure.names} printed {figure.raw} of a plan that is nothing or not printed",
                figures=(figure.id,),
                **of.place(figure),
                severity="warning",
            )


def _breach(of: Material, one: Judged, why: str, kind: str) -> Breach:
    rating = one.rating
    return Breach(
        message=f"{one.name}: {rating.colour} is printed, {why}",
        figures=one.sources,
        **of.place(rating),
        doubts=one.doubts,
        key=f"{kind}/{one.dimension}/{rating.table}/{rating.row}/{rating.column}",
    )


def _all(position: Position, measure: str) -> list[Figure]:
    return [figure for (name, _), figures in position.figures.items() if name == measure for figure in figures]


def _is_green(rating: Rating) -> bool:
    return rating.colour == "green"
