"""Tables whose cells are bounded by rules: rules that meet form a lattice, and walls between its positions form the cells."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from qippctl.models.document import BBox
from qippctl.readers.pdf.ink import Rule

# In points: rules so near are one; gaps in a line that nobody sees, and between dashes; how far a rule may stop short of another.
_NEAR = 2.0
_BREAK = 3.0
_DASH_BREAK = 6.0
_DASH = 14.0
_REACH = 3.0
_BEYOND = 8.0
# A wall stands where rules cover this share of a cell's side.
_WALL = 0.6
_MOST_CROSSINGS = 600_000


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its first row and column, and how many it covers."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Lattice:
    """Positions between lines across (`ys`) and down (`xs`), and the cells that walls make of them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]

    @property
    def bbox(self) -> BBox:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """The row and column of a point; None outside."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1:
            return row, column
        return None


def merged(rules: list[Rule]) -> list[Rule]:
    """Rules of one line put together: double lines, dashes, and lines drawn cell by cell."""
    out: list[Rule] = []
    for across in (True, False):
        group: list[Rule] = []
        for rule in sorted((r for r in rules if r.across == across), key=lambda r: r.at):
            if group and rule.at - group[-1].at > _NEAR:
                out += _joined(group)
                group = []
            group.append(rule)
        if group:
            out += _joined(group)
    return out


def _joined(group: list[Rule]) -> Iterator[Rule]:
    at = sum(rule.at * (rule.end - rule.start + 0.1) for rule in group) / sum(r.end - r.start + 0.1 for r in group)
    group.sort(key=lambda rule: rule.start)
    start, end = group[0].start, group[0].end
    last = end - start
    for rule in group[1:]:
        length = rule.end - rule.start
        if rule.start - end <= (_DASH_BREAK if max(length, last) < _DASH else _BREAK):
            end = max(end, rule.end)
        else:
            yield Rule(group[0].across, at, start, end)
            start, end = rule.start, rule.end
        last = length
    yield Rule(group[0].across, at, start, end)


def lattices(rules: list[Rule]) -> list[Lattice]:
    """The lattices of a page; `rules` are merged. One that holds a single row or column is none."""
    out = []
    for across, down in _meeting(rules):
        lattice = _lattice(across, down)
        if lattice is not None:
            out.append(lattice)
    return _outermost(out)


def _meeting(rules: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that meet each other, lines across and lines down."""
    across = [r for r in rules if r.across]
    down = sorted((r for r in rules if not r.across), key=lambda r: r.at)
    if len(across) * len(down) > _MOST_CROSSINGS:
        return  # a drawing
    lead = list(range(len(across) + len(down)))

    def leader(k: int) -> int:
        while lead[k] != k:
            lead[k] = lead[lead[k]]
            k = lead[k]
        return k

    ats = [r.at for r in down]
    for k, rule in enumerate(across):
        low = bisect_right(ats, rule.start - _REACH)
        high = bisect_right(ats, rule.end + _REACH)
        for m in range(low, high):
            if down[m].start - _REACH <= rule.at <= down[m].end + _REACH:
                lead[leader(k)] = leader(len(across) + m)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for k, rule in enumerate(across):
        groups[leader(k)][0].append(rule)
    for m, rule in enumerate(down):
        groups[leader(len(across) + m)][1].append(rule)
    yield from ((a, d) for a, d in groups.values() if a and d)


def _places(values: list[float]) -> list[float]:
    """Distinct places from low to high."""
    out: list[list[float]] = []
    for value in sorted(values):
        if out and value - out[-1][-1] <= _NEAR:
            out[-1].append(value)
        else:
            out.append([value])
    return [sum(group) / len(group) for group in out]


def _ends(rules: list[Rule]) -> tuple[float, float]:
    """Where at least two rules begin and end, as far out as can be."""
    starts, ends = sorted(r.start for r in rules), sorted((r.end for r in rules), reverse=True)
    start = next((a for a, b in itertools.pairwise(starts) if b - a < _REACH), starts[0])
    end = next((a for a, b in itertools.pairwise(ends) if a - b < _REACH), ends[0])
    return start, end


def _lattice(across: list[Rule], down: list[Rule]) -> Lattice | None:
    xs, ys = _places([r.at for r in down]), _places([r.at for r in across])
    # A table whose outer sides were left undrawn ends where its lines end.
    if len(across) > 1:
        start, end = _ends(across)
        xs = [start, *xs] if start < xs[0] - _BEYOND else xs
        xs = [*xs, end] if end > xs[-1] + _BEYOND else xs
    if len(down) > 1:
        start, end = _ends(down)
        ys = [start, *ys] if start < ys[0] - _BEYOND else ys
        ys = [*ys, end] if end > ys[-1] + _BEYOND else ys
    if len(xs) < 3 or len(ys) < 3:
        return None
    # walls[i][j]: left of column j in row i; floors[i][j]: above row i in column j.
    walls = _walls(down, xs, ys)
    floors = [list(row) for row in zip(*_walls(across, ys, xs), strict=True)]
    return Lattice(tuple(xs), tuple(ys), tuple(_boxes(walls, floors, len(ys) - 1, len(xs) - 1)))


def _walls(rules: list[Rule], lines: list[float], steps: list[float]) -> list[list[bool]]:
    """For each step and line, whether rules cover the line there. The outer lines are always walls."""
    near: list[list[Rule]] = [[] for _ in lines]
    for rule in rules:
        k = min(range(len(lines)), key=lambda n: abs(lines[n] - rule.at))
        near[k].append(rule)
    out = []
    for low, high in itertools.pairwise(steps):
        row = []
        for k, group in enumerate(near):
            covered = sum(max(0.0, min(r.end, high) - max(r.start, low)) for r in group)
            row.append(k in (0, len(lines) - 1) or covered >= _WALL * (high - low))
        out.append(row)
    return out


def _boxes(walls: list[list[bool]], floors: list[list[bool]], rows: int, columns: int) -> Iterator[Box]:
    taken = [[False] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            if taken[i][j]:
                continue
            wide = 1
            while j + wide < columns and not walls[i][j + wide] and not taken[i][j + wide]:
                wide += 1
            high = 1
            while i + high < rows and all(
                not floors[i + high][j + k] and (k == 0 or not walls[i + high][j + k]) for k in range(wide)
            ):
                high += 1
            for a in range(i, i + high):
                for b in range(j, j + wide):
                    taken[a][b] = True
            yield Box(i, j, high, wide)


def _outermost(found: list[Lattice]) -> list[Lattice]:
    """Without those that lie in a cell of another."""

    def inside(a: Lattice, b: Lattice) -> bool:
        return (
            a is not b
            and b.bbox[0] - 1 <= a.bbox[0]
            and b.bbox[1] - 1 <= a.bbox[1]
            and a.bbox[2] <= b.bbox[2] + 1
            and a.bbox[3] <= b.bbox[3] + 1
        )

    return [a for a in found if not any(inside(a, b) for b in found)]
