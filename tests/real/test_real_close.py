"""What stops the close of a real month, counted by eye. It runs where QIPPCTL_PAPERS names the papers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qippctl import pipeline
from qippctl.ledger import Ledger, open_ledger
from qippctl.models.closing import CloseLine
from real.truth import PAPERS, find_paper

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")
WEST, PERIOD = "NHS South West Essex", "2011/12-M01"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    book = open_ledger(f"sqlite:///{tmp_path_factory.mktemp('real') / 'close.db'}")
    papers: list[Path] = [find_paper("001"), find_paper("003")]
    assert all(one.failure is None for one in pipeline.ingest(papers, book))
    return book


def checked(ledger: Ledger, today: date, *controls: str) -> dict[str, list[CloseLine]]:
    asked = pipeline.CloseAsked(controls=tuple(map(pipeline.control, controls)))
    lines = pipeline.check(pipeline.chosen_month(ledger, WEST, PERIOD, asked), today)
    return {about: [line for line in lines if line.about == about] for about in {line.about for line in lines}}


def test_the_month_is_not_ready_for_the_reasons_that_its_paper_shows(ledger: Ledger) -> None:
    found = checked(ledger, date(2011, 5, 26))
    stops = {about: [line.text for line in own if line.says == "stop"] for about, own in found.items()}
    assert stops["returns"][0].startswith("19 scheme sheets are blank") and "South East Essex" in stops["returns"][0]
    assert stops["escalations"][0].startswith("6 escalations due 16 May 2011, no outcome recorded")
    assert "is DRAFT" in stops["draft"][0]
    assert [line.text for line in found["data"]] == ["data stop early: SUS & prescribing schemes: to 2010/11-M11"]
    assert any(line.text.startswith("plan.year: ") and "= 45.2m" in line.text for line in found["sum"])


def test_escalations_stop_nothing_up_to_the_day_on_which_they_are_due(ledger: Ledger) -> None:
    assert "escalations" not in checked(ledger, date(2011, 5, 16))


@pytest.mark.parametrize(
    ("typed", "says"), [("plan.year=45.2m", "ok"), ("plan.year=45160k", "ok"), ("plan.year=45.4m", "stop")]
)
def test_the_general_ledgers_totals_are_met_at_the_printed_precision(ledger: Ledger, typed: str, says: str) -> None:
    assert [line.says for line in checked(ledger, date(2011, 5, 1), typed)["control"]] == [says]
