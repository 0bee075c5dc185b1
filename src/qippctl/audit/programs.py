"""Which figures of a table change, as few as can be, so that every identity holds: an integer program and a linear one.

The integer program has a one for each figure that changes, and chooses as few as its cuts allow: at first that of each failing
identity some figure changes. The linear program looks whether changes of the chosen figures satisfy every identity that
they touch. Where they do not, the identities in conflict make a cut: of their other figures one must change too. Where they
do, it gives the values at which the sums are least out, which decimals verify. Both are solved with HiGHS.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from qippctl.audit.repair import (
    MOST_CHANGES,
    MOST_SETS,
    Changes,
    Table,
    holds_all,
    in_steps,
    residual_of,
    weight_of,
)
from qippctl.calc.identities import Check

if TYPE_CHECKING:
    from numpy import ndarray

SURE = 0.5
NODES = 2000
MOST_ROUNDS = 400
# Beside the size of what is out: below it, it is the solver's own rounding.
NOTHING_MUCH = 1e-7


def smallest_sets(table: Table, failing: Sequence[Check]) -> tuple[list[Changes], bool]:
    """The smallest sets of changes, and whether these are all of them."""
    chooser = _Chooser(sorted(table.figures))
    for check in failing:
        chooser.one_of(member.id for member in check.members)
    found: list[Changes] = []
    for _ in range(MOST_ROUNDS):
        chosen = chooser.solve()
        most = len(found[0]) if found else MOST_CHANGES
        if chosen is None or len(chosen) > most:
            # Nothing as small is left, or nothing small enough is there.
            return found, bool(found)
        sums = _Sums(table, sorted(chosen), failing)
        conflict = sums.conflict()
        if conflict:
            chooser.one_of({member.id for check in conflict for member in check.members} - chosen)
            continue
        changes = _in_print(table, sums.least_out())
        if changes is None:
            chooser.not_just(chosen)
            continue
        found.append(changes)
        if len(found) == MOST_SETS:
            return found, False
        chooser.not_just(chosen)
    return found, False


def _in_print(table: Table, guess: dict[str, float]) -> Changes | None:
    """The changes to the last printed digit; None where they do not hold, or one of them is none."""
    changes = {
        figure: in_steps(table.figures[figure].value + Decimal(repr(change)), table.figures[figure])
        for figure, change in guess.items()
    }
    if not changes or any(changes[figure] == table.figures[figure].value for figure in changes):
        return None
    return changes if holds_all(table, changes) else None


class _Chooser:
    """The integer program: a one for each figure that changes."""

    def __init__(self, figures: Sequence[str]) -> None:
        self._figures = figures
        self._place = {figure: k for k, figure in enumerate(figures)}
        self._rows: list[ndarray] = []
        self._least: list[float] = []

    def one_of(self, figures: Iterable[str]) -> None:
        """Some of these change."""
        self._cut(dict.fromkeys(figures, 1.0), 1.0)

    def not_just(self, chosen: Collection[str]) -> None:
        """Not these and no others."""
        row = {figure: -1.0 if figure in chosen else 1.0 for figure in self._figures}
        self._cut(row, 1.0 - len(chosen))

    def _cut(self, weights: dict[str, float], least: float) -> None:
        import numpy

        row = numpy.zeros(len(self._figures))
        for figure, weight in weights.items():
            row[self._place[figure]] = weight
        self._rows.append(row)
        self._least.append(least)

    def solve(self) -> frozenset[str] | None:
        """As few figures as the cuts allow; None where they allow none, or it takes too long."""
        import numpy
        from scipy.optimize import Bounds, LinearConstraint, milp

        count = len(self._figures)
        answer = milp(
            numpy.ones(count),
            integrality=numpy.ones(count),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(numpy.vstack(self._rows), self._least, numpy.inf),
            options={"node_limit": NODES},
        )
        if answer.x is None or answer.status != 0:
            return None
        return frozenset(figure for figure, one in zip(self._figures, answer.x, strict=True) if one > SURE)


class _Sums:
    """The linear program: changes of the chosen figures, and the sums that they touch or that fail."""

    def __init__(self, table: Table, chosen: Sequence[str], failing: Sequence[Check]) -> None:
        import numpy

        known = {check.key: check for check in (*failing, *table.touched(chosen)) if check.form == "sum"}
        self._chosen, self._checks = chosen, list(known.values())
        largest = max((abs(residual_of(check)) for check in self._checks), default=Decimal(0))
        # A unit in which the numbers of the program are not very large.
        self._unit = float(largest) or 1.0
        self._weights = numpy.array(
            [[float(weight_of(check, figure)) for figure in chosen] for check in self._checks]
        ).reshape(len(self._checks), len(chosen))
        self._out = numpy.array([float(residual_of(check)) / self._unit for check in self._checks])
        self._slack = numpy.array([float(check.tolerance) / self._unit for check in self._checks])

    def conflict(self) -> list[Check]:
        """Sums that no changes of the chosen figures satisfy together; nothing where some satisfy all."""
        if not self._checks:
            return []
        value, _, prices = self._solve(self._slack, None)
        if value <= NOTHING_MUCH:
            return []
        count = len(self._checks)
        return [
            check
            for n, check in enumerate(self._checks)
            if abs(prices[n]) > NOTHING_MUCH or abs(prices[count + n]) > NOTHING_MUCH
        ]

    def least_out(self) -> dict[str, float]:
        """The changes with which the sums are least out together."""
        _, changes, _ = self._solve(self._slack * 0, self._slack)
        return {figure: float(change) * self._unit for figure, change in zip(self._chosen, changes, strict=True)}

    def _solve(self, slack: ndarray, most: ndarray | None) -> tuple[float, ndarray, ndarray]:
        """By how much the sums are out at least, beyond a slack; with which changes; and the price of each side of each sum.

        `most`: no further beyond it than this.
        """
        import numpy
        from scipy.optimize import linprog

        count, width = len(self._checks), len(self._chosen)
        over = numpy.hstack([self._weights, -numpy.eye(count)])
        under = numpy.hstack([-self._weights, -numpy.eye(count)])
        answer = linprog(
            numpy.concatenate([numpy.zeros(width), numpy.ones(count)]),
            A_ub=numpy.vstack([over, under]),
            b_ub=numpy.concatenate([slack - self._out, slack + self._out]),
            bounds=[(None, None)] * width + [(0, None if most is None else float(most[n])) for n in range(count)],
        )
        if answer.x is None or answer.status != 0:
            return 0.0, numpy.zeros(width), numpy.zeros(2 * count)
        return float(answer.fun), answer.x[:width], answer.ineqlin.marginals
