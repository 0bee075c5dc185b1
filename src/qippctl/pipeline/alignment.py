"""Which projects serve which standards, as the papers of a period tick it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qippctl.models.records import Alignment
from qippctl.pipeline.stated import of_period

if TYPE_CHECKING:
    from qippctl.ledger import Ledger
    from qippctl.models.alignments import MatrixAnswer


def alignment(ledger: Ledger, organisation: str | None = None, period: str | None = None) -> list[MatrixAnswer]:
    """The matrix of each chosen organisation's newest papers that print one.

    Of several papers of the period the one of the later meeting counts, then the final one; another's matrix stands beside it
    where it is about other standards.
    """
    from qippctl.calc.alignment import Ticked, coverage, standards_of

    out = []
    for papers in of_period(ledger, Alignment, organisation, period):
        known: set[tuple[str, str]] = set()
        for one in papers:
            cover = one.paper.cover
            ticks = [record for record in one.records if isinstance(record, Alignment)]
            ticked = Ticked(
                one.organisation or None, cover.period, one.paper.name, one.paper.number, ticks, one.paper.tables
            )
            standards = standards_of(ticked)
            if not known or not known & standards:
                out.append(coverage(ticked))
                known |= standards
    return out
