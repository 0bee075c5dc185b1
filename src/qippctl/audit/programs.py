"""The integer program of a repair: which figures change, as few as can be, so that every identity holds.

Of each figure a change (in printed units) and a one where it changes; of each sum that printed less recomputed stays within
what rounding explains. Solved with HiGHS; its answers are guesses that decimals verify.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import TYPE_CHECKING

from qippctl.audit.repair import (
    MOST_CHANGES,
    MOST_SETS,
    NODES,
    Changes,
    Table,
    holds_all,
    in_steps,
    residual_of,
    weight_of,
)

if TYPE_CHECKING:
    from numpy import ndarray

    from qippctl.calc.identities import Check

SURE = 0.5
# Small beside one figure more: it only draws residuals to nought.
PULL = 1e-6


def smallest_sets(table: Table, failing: Collection[object]) -> tuple[list[Changes], bool]:
    """The smallest sets of changes, and whether these are all of them. `failing` are keys of the identities that fail."""
    program = _Program(table, failing)
    found: list[Changes] = []
    size: int | None = None
    for _ in range(MOST_SETS * 2):
        chosen = program.solve()
        if chosen is None:
            return found, size is not None
        if len(chosen) > (size or MOST_CHANGES):
            # Nothing as small is left, or nothing small enough is there.
            return found, size is not None
        program.forbid(chosen)
        changes = _in_print(table, chosen)
        if changes is not None:
            size = len(chosen)
            found.append(changes)
            if len(found) == MOST_SETS:
                return found, False
    return found, False


def _in_print(table: Table, chosen: dict[str, float]) -> Changes | None:
    """The changes to the last printed digit; None where they do not hold, or one of them is none."""
    changes = {
        figure: in_steps(table.figures[figure].value + Decimal(repr(change)), table.figures[figure])
        for figure, change in chosen.items()
    }
    if any(changes[figure] == table.figures[figure].value for figure in changes):
        return None
    return changes if holds_all(table, changes) else None


class _Program:
    """Columns: changes, then ones, then what each sum is out by."""

    def __init__(self, table: Table, failing: Collection[object]) -> None:
        import numpy

        self._table = table
        self._ids = sorted(table.figures)
        place = {figure: k for k, figure in enumerate(self._ids)}
        sums = [check for check in table.checks if check.form == "sum"]
        # What is no sum is kept by leaving its figures as they are, unless it is what fails.
        fixed = {
            member.id
            for check in table.checks
            if check.form != "sum" and check.key not in failing
            for member in check.members
        }
        count = len(self._ids)
        self._width = 2 * count + len(sums)
        residuals = [residual_of(check) for check in sums]
        largest = max((abs(r) for r in residuals), default=Decimal(0)) * MOST_CHANGES * 2
        steps = [figure.step for figure in table.figures.values() if figure.step]
        self._scale = float(max(min(steps, default=Decimal(1)), largest / 10**6))
        bound = float(largest) / self._scale + 1
        rows: list[ndarray] = []
        lows: list[float] = []
        highs: list[float] = []

        def add(row: ndarray, low: float, high: float) -> None:
            rows.append(row)
            lows.append(low)
            highs.append(high)

        for k in range(count):
            for side in (1.0, -1.0):
                row = numpy.zeros(self._width)
                row[k], row[count + k] = side, -bound
                add(row, -numpy.inf, 0.0)
        for n, (check, residual) in enumerate(zip(sums, residuals, strict=True)):
            row = self._sum(check, place)
            own, slack = float(residual) / self._scale, float(check.tolerance) / self._scale
            add(row, -slack - own, slack - own)
            for side in (1.0, -1.0):
                out = row * side
                out[2 * count + n] = -1.0
                add(out, -numpy.inf, -side * own)
        self._rows, self._lows, self._highs = rows, lows, highs
        self._cost = numpy.concatenate(
            [numpy.zeros(count), numpy.ones(count), numpy.full(len(sums), PULL / max(1.0, bound))]
        )
        self._whole = numpy.concatenate([numpy.zeros(count), numpy.ones(count), numpy.zeros(len(sums))])
        may_change = [0.0 if figure in fixed else 1.0 for figure in self._ids]
        self._least = numpy.concatenate([numpy.full(count, -bound), numpy.zeros(count + len(sums))])
        self._most = numpy.concatenate([numpy.full(count, bound), may_change, numpy.full(len(sums), numpy.inf)])
        self._count = count

    def _sum(self, check: Check, place: dict[str, int]) -> ndarray:
        import numpy

        row = numpy.zeros(self._width)
        for figure in {member.id for member in check.members}:
            row[place[figure]] = weight_of(check, figure)
        return row

    def solve(self) -> dict[str, float] | None:
        """The figures that change and by how much; None where nothing makes everything hold, or it takes too long."""
        import numpy
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        answer = milp(
            self._cost,
            integrality=self._whole,
            bounds=Bounds(self._least, self._most),
            constraints=LinearConstraint(csr_array(numpy.vstack(self._rows)), self._lows, self._highs),
            options={"node_limit": NODES},
        )
        if answer.x is None or answer.status != 0:
            return None
        count = self._count
        return {
            figure: float(answer.x[k]) * self._scale for k, figure in enumerate(self._ids) if answer.x[count + k] > SURE
        }

    def forbid(self, chosen: Collection[str]) -> None:
        """No answer again that changes all of these."""
        import numpy

        row = numpy.zeros(self._width)
        for k, figure in enumerate(self._ids):
            if figure in chosen:
                row[self._count + k] = 1.0
        self._rows.append(row)
        self._lows.append(-numpy.inf)
        self._highs.append(len(chosen) - 1.0)
