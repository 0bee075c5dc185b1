"""Priorities and alignment of the real papers that have them, by eye. They run where QIPPCTL_PAPERS names their folder."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from qippctl import pipeline
from qippctl.ledger import Ledger
from qippctl.models.priorities import PriorityAnswer
from real.truth import PAPERS, find_paper

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")


@pytest.fixture
def stockport(ledger: Ledger) -> Ledger:
    ledger.add(pipeline.extract(find_paper("004")), version="test")
    return ledger


def named(answers: tuple[PriorityAnswer, ...], part: str) -> PriorityAnswer:
    (found,) = [a for a in answers if part in a.name]
    return found


def test_the_excluded_schemes_come_to_1548000(stockport: Ledger) -> None:
    (found,) = pipeline.priorities(stockport)
    total = found.total
    assert (total.excluded_count, total.excluded, total.excluded_unknown) == (18, 1548000, 0)
    assert total.excluded_printed == 1548000
    assert not any(a.doubts for a in found.answers if a.funded is False)


def test_the_funded_schemes_come_to_what_their_rows_print(stockport: Ledger) -> None:
    """24 sums over six pages, whose headings lose the unit twice; two sums are not in the text at all."""
    (found,) = pipeline.priorities(stockport)
    assert (found.total.funded_count, found.total.funded, found.total.funded_unknown) == (26, 13906000, 2)
    assert named(found.answers, "Continuing Care").investment == 1000000
    assert all(a.doubts for a in found.answers if a.investment is None)


def test_percentages_and_points_are_two_rankings(stockport: Ledger) -> None:
    (found,) = pipeline.priorities(stockport)
    assert [(r.score_unit, r.count) for r in found.total.rankings] == [("percent", 24), ("points", 18)]
    assert (named(found.answers, "Crisis resolution").rank, named(found.answers, "Contraception").rank) == (1, 1)
    assert named(found.answers, "CFS/ME").rank == 18 and named(found.answers, "CFS/ME").score == Decimal("144.9")
    ranges = [a for a in found.answers if a.score_low is not None]
    assert Counter((a.score_low, a.score_high, a.rank, a.rank_best, a.rank_worst) for a in ranges) == {
        (Decimal(30), Decimal(35), None, 22, 24): 3
    }


def test_what_was_not_scored_is_a_must_do(stockport: Ledger) -> None:
    (found,) = pipeline.priorities(stockport)
    assert [(a.name.split()[0], a.investment) for a in found.answers if a.must_do] == [
        ("Investment", None),
        ("Investment", 2740000),
    ]
    assert found.total.unscored_count == 0


def test_half_a_million_more_reaches_four_of_the_excluded(stockport: Ledger) -> None:
    (found,) = pipeline.priorities(stockport, budget=Decimal(500000), only="excluded")
    assert (found.total.within_budget_count, found.total.within_budget) == (4, 390000)
    (filled,) = pipeline.priorities(stockport, budget=Decimal(500000), only="excluded", fill=True)
    assert filled.total.within_budget == 390000 + 20000 + 13000 + 39000 + 20000


def test_the_matrix_of_the_projects(ledger: Ledger) -> None:
    ledger.add(pipeline.extract(find_paper("002")), version="test")
    (found,) = pipeline.alignment(ledger)
    assert (len(found.ticks), len(found.projects), len(found.standards)) == (56, 17, 26)
    assert [p.project for p in found.projects if not p.serves] == [
        "Ambulatory Care",
        "Physio",
        "Ophthalmology",
        "Dermatology",
        "Pulmonary Rehab",
        "Audits",
    ]
    assert {p.project: p.serves for p in found.projects}["Care Outside of Hospital"] == 8
    assert sum(p.unplaced for p in found.projects) == 36
    assert Counter(s.state for s in found.standards) == {"served": 13, "undecided": 13}
