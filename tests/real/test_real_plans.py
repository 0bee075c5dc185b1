"""Activity, backlogs and finances of two real papers, worked by hand. They run where QIPPCTL_PAPERS names them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from qippctl import pipeline
from qippctl.ledger import Ledger, open_ledger
from qippctl.models.finances import FinanceCheck
from real.truth import PAPERS, find_paper

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A ledger with the paper of the backlog and that of the financial plan."""
    book = open_ledger(f"sqlite:///{tmp_path_factory.mktemp('real') / 'plans.db'}")
    assert all(one.failure is None for one in pipeline.ingest([find_paper("001"), find_paper("004")], book))
    return book


@pytest.fixture(scope="module")
def checks(ledger: Ledger) -> list[FinanceCheck]:
    return pipeline.finance_checks(ledger, "Stockport")


def test_prices_per_unit_of_the_productivity_plan(ledger: Ledger) -> None:
    found = pipeline.prices(ledger)
    assert [(p.pounds, p.units, p.price, p.case) for p in found if p.unit == "outpatient_attendances"] == [
        (4_300_000, 45_800, Decimal("93.89"), "upper")
    ]
    assert Counter(p.unit for p in found) == {
        "emergency_spells": 3, "ae_attendances": 2, "elective_spells": 2, "outpatient_attendances": 1,
    }  # fmt: skip
    # No unit has four others: nothing is called an outlier.
    assert {p.is_outlier for p in found} == {None}
    dearest = max((p for p in found if p.unit == "emergency_spells"), key=lambda p: p.price)
    assert (dearest.price, dearest.median, dearest.ratio) == (Decimal("1472.87"), Decimal("514.37"), Decimal("2.86"))


def test_the_booking_waterfalls(ledger: Ledger) -> None:
    found = pipeline.backlogs(ledger, "South West Essex")
    whole = [s for s in found if s.basis == "ytd"]
    assert [(s.step, s.value, s.running) for s in whole] == [
        ("total", 13_057, 13_057), ("taken", 4_400, 8_657), ("left", 8_657, 8_657),
        ("taken", 7_535, 1_122), ("left", 1_122, 1_122),
        ("total", 13_057, 13_057), ("taken", 6_732, 6_325), ("left", 6_325, 6_325),
        ("taken", 5_117, 1_208), ("left", 1_208, 1_208),
        ("total", 7_535, 7_535), ("taken", 5_117, 2_418), ("left", 2_418, 2_418),
    ]  # fmt: skip
    judged = [s.holds for s in found if s.holds is not None]
    assert (len(judged), all(judged)) == (25, True)


def test_the_two_plans_that_the_paper_sets_out_in_prose(ledger: Ledger) -> None:
    ends = [(date(2011, 8, 31), Decimal(596)), (date(2011, 7, 29), Decimal(500))]
    typed = pipeline.clearances(ledger, [], ends, start=date(2011, 5, 10), backlog=Decimal(6767))
    assert [c.rate for c in typed] == [Decimal("382.27"), Decimal("548.36")]
    found = pipeline.backlogs(ledger, "South West Essex")
    printed = pipeline.clearances(ledger, found, ends)
    assert [(c.backlog, c.start) for c in printed] == [(5_117, "2011-05-05")] * 2
    assert all("basis-unclear" in c.doubts for c in printed)


def test_which_sums_of_the_financial_plan_hold(checks: list[FinanceCheck]) -> None:
    sums = [c for c in checks if c.code not in ("inflation", "disinvestment")]
    assert Counter(c.code for c in sums if c.holds) == {
        "parts": 39, "subtotal": 28, "movement": 13, "source-application": 10, "surplus": 10, "total": 8, "net-current": 5,
        "less-current": 5, "employed": 5, "equity": 5, "baseline": 2,
    }  # fmt: skip
    assert not [c for c in sums if c.holds is False]
    # Two numbers stand in one cell of the line above the total; nothing is guessed of them.
    assert [(c.label, c.period, c.needed) for c in sums if c.holds is None] == [
        ("TOTAL BUDGET 07-08", "2008/09", -687_000),
        ("TOTAL BUDGET 07-08", "2009/10", 8_808_000),
    ]


def test_the_surplus_by_year(checks: list[FinanceCheck]) -> None:
    found = {
        c.period: c.printed for c in checks if c.code == "surplus" and c.table == "p1t25" and c.recurrence == "all"
    }
    assert found == {"2007/08": 0, "2008/09": 5_354_000, "2009/10": 10_308_000}


def test_sources_are_applications(checks: list[FinanceCheck]) -> None:
    found = [c for c in checks if c.code == "source-application" and c.period == "2007/08" and c.recurrence == "all"]
    assert [(c.printed, c.recomputed) for c in found] == [(836_000, 836_000), (392_670_000, 392_670_000)]


def test_prescribing_is_not_the_year_before_and_inflation_alone(checks: list[FinanceCheck]) -> None:
    rolled = [c for c in checks if c.code == "inflation"]
    (first,) = [c for c in rolled if c.label == "GP Prescribing" and c.period == "2008/09"]
    assert (first.rate, first.recomputed, first.difference, first.holds) == (9, 54_671_130, -1_150_000, False)
    fitting = {c.label for c in rolled if c.fitting_rate == Decimal("2.5") and c.period == "2009/10"}
    assert fitting == {
        "CATs & Diagnostics Primary Care", "Pharmacy Services/Products", "New Pharmacy Contract", "nGMS Contracts",
        "New Dental Contract", "Primary Care Developments",
    }  # fmt: skip
    assert {c.label for c in rolled if c.rate is not None} == {"GP Prescribing", "Hosted Monies - NPfIT"}


def test_contracts_take_out_just_over_half_of_the_plan(checks: list[FinanceCheck]) -> None:
    (taken,) = [c for c in checks if c.code == "disinvestment"]
    assert (taken.recomputed, taken.printed, taken.share, taken.holds) == (
        3_897_000,
        6_891_000,
        Decimal("56.55"),
        False,
    )
