"""Highlight sheets of three schemes of real papers, held against the papers by eye. They run where QIPPCTL_PAPERS names them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from qippctl import pipeline
from qippctl.errors import NotFoundError
from qippctl.ledger import Ledger, open_ledger
from qippctl.models.highlights import HighlightAnswer
from real.truth import PAPERS, find_paper

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")

MEETING = date(2011, 5, 26)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    book = open_ledger(f"sqlite:///{tmp_path_factory.mktemp('real') / 'highlights.db'}")
    assert all(one.failure is None for one in pipeline.ingest([find_paper(n) for n in ("000", "001", "003")], book))
    return book


def sheet(ledger: Ledger, named: str, organisation: str | None = None) -> HighlightAnswer:
    return pipeline.highlight(ledger, organisation, named, pipeline.Rules(), today=MEETING)[0]


def test_a_template_s_scheme_has_its_lead_its_milestones_and_its_full_year(ledger: Ledger) -> None:
    found = sheet(ledger, "Hospice at Home")
    assert [(o.role, o.level) for o in found.owners] == [("lead", "scheme")]
    assert Counter(m.record.status for m in found.milestones if m.record.type == "milestone") == {
        "achieved": 4,
        None: 4,
    }
    assert found.forecast is not None
    assert (found.forecast.plan, found.forecast.full_year_effect) == (Decimal(142_000), Decimal(425_880))
    assert found.year is not None and found.year.plan_non_recurrent == Decimal(-284_000)


def test_a_scheme_by_its_code_is_one_body_s(ledger: Ledger) -> None:
    found = sheet(ledger, "PC7a", "NHS South West Essex")
    assert (found.codes, found.owners, len(found.statuses)) == (("PC7a",), (), 1)
    assert [(e.due, e.is_open) for e in found.escalations] == [("2011-05-16", True)]
    assert found.forecast is not None
    assert (found.forecast.plan, found.forecast.forecast) == (Decimal(600_000), Decimal(100_000))
    with pytest.raises(NotFoundError, match=r"NHS South East Essex.*NHS South West Essex"):
        sheet(ledger, "PC7a")


def test_a_forecast_below_what_is_delivered_is_on_the_sheet(ledger: Ledger) -> None:
    found = sheet(ledger, "Virtual Ward", "West Leicestershire")
    assert found.to_date is not None and found.forecast is not None
    assert (found.to_date.plan, found.to_date.actual) == (Decimal(1_148_700), Decimal(196_600))
    assert found.forecast.is_below_delivered and {o.level for o in found.owners} == {"paper"}
    assert [r.derived for r in found.ratings] == ["red"] and found.doubted == 0
