"""What two real papers lack, and what they promise to escalate, counted by eye. They run where QIPPCTL_PAPERS names them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from qippctl import pipeline
from qippctl.ledger import Ledger, open_ledger
from qippctl.models.returns import Return
from real.truth import PAPERS, find_paper

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")

EAST, WEST = "NHS South East Essex", "NHS South West Essex"
# Sheets of the east with nothing on them; UPC1f has a colour, PC1s figures.
BLANK = [
    "UPC1a", "UPC1b", "UPC1c", "UPC1e", "UPC2a", "UPC3a (i)", "UPC3a", "UPC6a", "CM4a", "CM5a", "MH1a", "MH3a", "MH3c", "MH4a",
    "MH4a", "MH5a", "MH5e", "I5h", "I5k",
]  # fmt: skip
MEETING = date(2011, 5, 26)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A ledger with the paper that has blank sheets and promises, and one that has neither."""
    book = open_ledger(f"sqlite:///{tmp_path_factory.mktemp('real') / 'returns.db'}")
    papers: list[Path] = [find_paper("001"), find_paper("003")]
    assert all(one.failure is None for one in pipeline.ingest(papers, book))
    return book


def of(ledger: Ledger, organisation: str, period: str | None = None) -> list[Return]:
    ((_, found),) = pipeline.returns(ledger, organisation, period)
    return found


def test_the_blank_sheets_of_a_joint_paper_are_the_easts(ledger: Ledger) -> None:
    assert [one.code for one in of(ledger, EAST) if one.problem == "blank"] == BLANK
    assert [one for one in of(ledger, WEST) if one.problem == "blank"] == []


def test_the_joint_paper_is_a_draft_for_both(ledger: Ledger) -> None:
    for organisation in (EAST, WEST):
        assert Counter(one.problem for one in of(ledger, organisation))["draft"] == 1


@pytest.mark.parametrize("period", ["2011/12-M01", "2010/11-M12"])
def test_the_data_of_acute_and_prescribing_schemes_stop_at_month_11(ledger: Ledger, period: str) -> None:
    stops = [one for one in of(ledger, WEST, period) if one.problem == "data stops"]
    assert [(one.last_reported, one.detail.startswith("SUS & prescribing")) for one in stops] == [("2010/11-M11", True)]


def test_nothing_is_missing_from_a_whole_paper(ledger: Ledger) -> None:
    assert of(ledger, "West Leicestershire") == []


def test_six_escalations_of_16_may_have_no_outcome(ledger: Ledger) -> None:
    found = pipeline.escalations(ledger, today=MEETING)
    assert {(one.organisation, one.code, one.due, one.is_open) for one in found} == {
        (organisation, code, "2011-05-16", True) for organisation in (EAST, WEST) for code in ("PC7a", "PC7b", "PC7c")
    }
    assert len(found) == 6
    assert Counter(one.to for one in found) == {"Turnaround Board": 5, "Turnaround": 1}
