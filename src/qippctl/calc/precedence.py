"""Which of several papers counts that report one period, and in how many figures they differ.

A later meeting outranks an earlier, a final paper a draft; between papers alike in both, the table with more proven sums
counts, figure by figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qippctl.calc.position import Position
from qippctl.models.answers import Precedence, ReportingPaper
from qippctl.models.figure import Figure


def precedence(papers: Mapping[str, ReportingPaper], found: Iterable[Position]) -> Precedence | None:
    """The papers (by the hash of their content) that state these positions; None where none does."""
    stated = [figures for position in found for figures in position.stated.values()]
    telling = {figure.sha256 for figures in stated for figure in figures}
    known = sorted(
        (paper for sha256, paper in papers.items() if sha256 in telling),
        key=lambda paper: (paper.meeting, paper.is_final, paper.name),
        reverse=True,
    )
    if not known:
        return None
    differing = [pair for figures in stated if (pair := _difference(figures)) is not None]
    return Precedence(tuple(known), len(differing), differing[0] if differing else None)


def _difference(figures: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """The figure that counts and the first of another paper that no rounding makes the same."""
    first = figures[0]
    other = next((f for f in figures[1:] if f.sha256 != first.sha256 and not f.interval.meets(first.interval)), None)
    return (first, other) if other is not None else None
