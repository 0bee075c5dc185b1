"""Colours that one paper gives one subject twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from qippctl.audit.catalogue import Breach, Held, Told, also, rule
from qippctl.audit.doubted import MISREAD, doubts_of
from qippctl.audit.material import Material
from qippctl.audit.repeated import Pair, pairs
from qippctl.calc.milestones import colour_counted
from qippctl.models.figure import Doubt, Rating

# Most letters have a twin in another alphabet; a colour's letter is plain whichever it is.
_HARMLESS = frozenset({Doubt.LOOK_ALIKE})
COUNTED = 3
ENOUGH = 3


@rule("QC604", "warning")
def two_colours(of: Material) -> Iterator[Told]:
    """One subject is rated with two colours, in one dimension and for one period, in two places of the paper.

    Whoever reads the summary sees another state than whoever reads the detail.

    Ask by which rule each was given; where the summary is milder than the detail, report the detail.

    Mental health's milestones amber in the summary and red in the table of schemes, both over the same counts.
    """
    if len({rating.table for rating in of.paper.ratings}) < 2:
        return
    found = pairs(of)
    alike: dict[tuple[str, str], int] = defaultdict(int)
    for pair in found:
        for one, other in _shared(pair):
            alike[(one.table, other.table)] += 1 if one.colour == other.colour else -1
    for pair in found:
        for one, other in _shared(pair):
            if one.colour == other.colour:
                yield Held(True)
            elif pair.is_sure or alike[(one.table, other.table)] >= ENOUGH:
                yield _breach(of, one, other)


def _shared(pair: Pair) -> list[tuple[Rating, Rating]]:
    mine, theirs = pair.one.ratings, pair.other.ratings
    both = [(mine[key], theirs[key]) for key in mine if key in theirs]
    blank = ("not_due", "not_applicable")
    return [(a, b) for a, b in both if a.colour not in blank and b.colour not in blank]


def _breach(of: Material, one: Rating, other: Rating) -> Breach:
    doubts = doubts_of(one, other, but=_HARMLESS)
    name = other.scheme or other.workstream or other.role
    there, here = of.called_apart(one, other)
    period = f" {other.period}" if other.period else ""
    return Breach(
        message=f"{name}: {other.dimension}{period} {other.colour} in {here}, {one.colour} in {there}",
        **of.place(other),
        doubts=doubts,
        severity="note" if MISREAD & set(doubts) else None,
        key=f"{one.table}/{one.row}/{other.table}/{other.row}/{other.dimension}/{other.period}",
    )


@also("QC604")
def colours_of_same_counts(of: Material) -> Iterator[Told]:
    """Rows of one table that count their milestones alike and are coloured differently."""
    colours: dict[tuple[str, int], list[Rating]] = defaultdict(list)
    for rating in of.paper.ratings:
        if rating.dimension == "milestones":
            colours[(rating.table, rating.row)].append(rating)
    for table, figures in of.tables.items():
        counts: dict[int, dict[str, int]] = defaultdict(dict)
        doubted: set[int] = set()
        for figure in figures:
            colour = colour_counted(figure.qualifier)
            if colour is not None and figure.measure == "count":
                counts[figure.row][colour] = int(figure.value)
                if MISREAD & set(figure.doubts):
                    doubted.add(figure.row)
        alike: dict[tuple[int, ...], list[Rating]] = defaultdict(list)
        for row, own in counts.items():
            rated = [r for r in colours.get((table, row), []) if not MISREAD & set(r.doubts) - _HARMLESS]
            if len(own) == COUNTED and any(own.values()) and len(rated) == 1 and row not in doubted:
                alike[tuple(own[c] for c in ("red", "amber", "green"))].append(rated[0])
        for same, ratings in alike.items():
            if len({rating.colour for rating in ratings}) > 1:
                yield _of_counts(of, table, same, ratings)


def _of_counts(of: Material, table: str, counts: tuple[int, ...], ratings: list[Rating]) -> Breach:
    said = ", ".join(f"{n} {colour}" for n, colour in zip(counts, ("red", "amber", "green"), strict=True))
    rows = "; ".join(f"{r.scheme or r.workstream or r.role} {r.colour}" for r in ratings)
    return Breach(
        message=f"the same counts of milestones ({said}) are coloured differently: {rows}",
        page=ratings[0].page,
        table=table,
        row=ratings[-1].row,
        where=of.title(table),
        severity="note",
        key=f"{table}/{counts}",
    )
