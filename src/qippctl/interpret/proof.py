"""What a table's own arithmetic says of its reading: doubts raised where it fails, doubts of shape laid where it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from qippctl.calc.identities import Check, checks
from qippctl.models.figure import Doubt, Figure

# Doubts about where a number stands, which a sum that comes right with it answers.
_DOWN_COLUMNS = frozenset({"QT201", "QT202"})
_OF_SHAPE = frozenset({Doubt.FUSED_CELL, Doubt.GHOST_ROW, Doubt.LOOK_ALIKE, Doubt.SHIFTED_ROW})


@dataclass(frozen=True, slots=True)
class Proof:
    """The figures of one table with their doubts settled, and the identities that they were held against."""

    figures: list[Figure]
    checks: list[Check]

    @property
    def proven(self) -> int:
        """How many identities with numbers in them hold."""
        return sum(check.holds and check.substantial for check in self.checks)


def prove(figures: Sequence[Figure]) -> Proof:
    """Hold the figures of one table against every identity that they take part in."""
    held: dict[str, list[Check]] = defaultdict(list)
    failed: dict[str, list[Check]] = defaultdict(list)
    one_too_many: set[str] = set()
    asked = list(checks(figures))
    for check in asked:
        for member in check.members:
            (held if check.holds else failed)[member.id].append(check)
        if check.code == "QT201" and any(Doubt.DUPLICATE_ROW in member.doubts for member in check.members):
            one_too_many.add(check.target.id)
    with_plan = {(f.row, f.basis) for f in figures if f.measure == "plan" and f.value > 0}
    split_cells = _proven_cells(figures, held, failed)
    out = []
    for figure in figures:
        doubts = [
            doubt
            for doubt in figure.doubts
            if not (doubt in _OF_SHAPE and _settled(doubt, figure, held, failed, split_cells))
        ]
        if (failing := _undefended(figure, held[figure.id], failed[figure.id])) is not None:
            doubts.append(Doubt.ROW_FAILS if failing.code in ("QT101", "QT102", "QT103") else Doubt.SUM_FAILS)
        if figure.id in one_too_many:
            doubts.append(Doubt.DUPLICATE_ROW)
        if figure.measure == "delivery" and (figure.row, figure.basis) not in with_plan:
            doubts.append(Doubt.NO_BASE)
        out.append(
            figure.model_copy(update={"doubts": tuple(dict.fromkeys(doubts))})
            if tuple(doubts) != figure.doubts
            else figure
        )
    return Proof(out, asked)


def _undefended(figure: Figure, held: Sequence[Check], failed: Sequence[Check]) -> Check | None:
    """A failing check that no check at least as sharp speaks against: a loose sum does not excuse a figure from a tight one.

    A total that is not the sum of its column is not excused by a row that was worked out from it.
    """
    for failing in failed:
        is_its_sum = failing.code in _DOWN_COLUMNS and failing.target.id == figure.id
        speaking = [
            check for check in held if check.substantial and not (is_its_sum and check.code not in _DOWN_COLUMNS)
        ]
        if all(check.tolerance > failing.tolerance for check in speaking):
            return failing
    return None


def _settled(
    doubt: Doubt,
    figure: Figure,
    held: dict[str, list[Check]],
    failed: dict[str, list[Check]],
    split_cells: set[tuple[int, int]],
) -> bool:
    if failed[figure.id]:
        return False
    if doubt is Doubt.FUSED_CELL:
        return (figure.row, figure.column) in split_cells
    # A nought fits any sum; only a number that a sum needs is proven by it.
    return bool(figure.value) and any(check.substantial for check in held[figure.id])


def _proven_cells(
    figures: Sequence[Figure], held: dict[str, list[Check]], failed: dict[str, list[Check]]
) -> set[tuple[int, int]]:
    """Cells parted in two whose every number stands in sums that hold, one of them with numbers in it."""
    by_cell: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in figures:
        if Doubt.FUSED_CELL in figure.doubts:
            by_cell[(figure.row, figure.column)].append(figure)
    return {
        cell
        for cell, members in by_cell.items()
        if all(held[m.id] and not failed[m.id] for m in members)
        and any(check.substantial for m in members for check in held[m.id])
    }
