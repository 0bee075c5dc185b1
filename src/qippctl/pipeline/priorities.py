"""Interventions by priority: as papers score them, or as a file of weights does."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from qippctl.errors import NotFoundError
from qippctl.models.priorities import Priorities
from qippctl.models.records import Intervention
from qippctl.models.weights import Weights
from qippctl.pipeline.stated import OfPaper, of_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qippctl.calc.priorities import Candidate
    from qippctl.ledger import Ledger
    from qippctl.models.figure import Figure

Only = Literal["funded", "excluded"]


def priorities(
    ledger: Ledger,
    organisation: str | None = None,
    period: str | None = None,
    *,
    budget: Decimal | None = None,
    fill: bool = False,
    only: Only | None = None,
) -> list[Priorities]:
    """The interventions of each chosen organisation's newest papers that list some, ranked; `only`: of one of the two lists."""
    from qippctl.calc.priorities import Asked, ranked

    out = []
    for papers in of_period(ledger, Intervention, organisation, period):
        found, printed = _stated(ledger, papers)
        kept = [c for c in found if only is None or c.funded is (only == "funded")]
        asked = Asked(papers[0].organisation or None, papers[0].paper.cover.period, budget, fill, printed)
        out.append(ranked(kept, asked))
    return out


def weighted_priorities(
    ledger: Ledger,
    weights: Weights,
    organisation: str | None = None,
    period: str | None = None,
    *,
    budget: Decimal | None = None,
    fill: bool = False,
    only: Only | None = None,
) -> Priorities:
    """The interventions of a file of weights, ranked. What the file does not say of one is taken from the papers of its
    organisation, or of the one that is named."""
    from qippctl.calc.priorities import Asked, ranked, weighed

    whose = organisation or weights.organisation
    papers: Sequence[OfPaper] = []
    try:
        papers = next(iter(of_period(ledger, Intervention, whose, period)), []) if whose is not None else []
    except NotFoundError:
        if organisation is not None or period is not None:
            raise  # a file of weights needs no papers of its organisation; what is asked for by name must be there
    known, _ = _stated(ledger, papers)
    found, left_out = weighed(weights, known)
    kept = [c for c in found if only is None or c.funded is (only == "funded")]
    asked = Asked(
        (papers[0].organisation or None) if papers else whose,
        papers[0].paper.cover.period if papers else None,
        budget,
        fill,
        weights=weights.name,
        not_weighed=tuple(left_out),
    )
    return ranked(kept, asked)


def load_weights(path: Path) -> Weights:
    """A file of weights; ConfigurationError says what is wrong with it, and where."""
    from qippctl import resources

    return resources.load(path, Weights)


def _stated(ledger: Ledger, papers: Sequence[OfPaper]) -> tuple[list[Candidate], dict[bool, Decimal]]:
    """The interventions of a period's papers, each as the paper has it that counts, and the totals that their lists print."""
    from qippctl.calc.positions import normal_name
    from qippctl.calc.priorities import Row, candidate

    out: list[Candidate] = []
    sums: dict[bool, set[Decimal]] = {}
    seen: set[str] = set()
    for one in papers:
        figures = [f.figure for f in ledger.facts(papers=(one.paper.number,)) if f.figure.subject == "investment"]
        rows: dict[Row, list[Figure]] = {}
        for figure in figures:
            rows.setdefault((figure.sha256, figure.table, figure.row), []).append(figure)
        own = [record for record in one.records if isinstance(record, Intervention)]
        new = [record for record in own if normal_name(record.name) not in seen]
        out += [candidate(record, rows, one.paper.number) for record in new]
        seen |= {normal_name(record.name) for record in new}
        for funded in (True, False):
            tables = {record.table for record in own if record.funded is funded}
            tables -= {record.table for record in own if record.funded is not funded}
            totals = [f for f in figures if f.role == "total" and f.measure == "investment" and f.table in tables]
            if len(tables) == 1:
                sums.setdefault(funded, set()).update(figure.value for figure in totals)
    return out, {funded: values.pop() for funded, values in sums.items() if len(values) == 1}
