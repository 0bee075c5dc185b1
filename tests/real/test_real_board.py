"""The board's paper of real bodies. It runs where QIPPCTL_PAPERS names the papers."""

from __future__ import annotations

from datetime import date

import pytest

from qippctl import pipeline
from qippctl.ledger import Ledger, open_ledger
from qippctl.models.board import BoardPaper
from qippctl.reports import board as views
from qippctl.reports.document import SUFFIXES, Suffix, render
from real.truth import PAPERS, find_paper
from reports.board_numbers import allowed, numbers, text_of

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")

WL, SWE = "West Leicestershire", "NHS South West Essex"
CASES = [(WL, None), (SWE, "2010/11-M12"), (SWE, "2011/12-M01"), ("Stafford", None), ("Stockport", None)]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    book = open_ledger(f"sqlite:///{tmp_path_factory.mktemp('real') / 'board.db'}")
    found = pipeline.ingest([find_paper(n) for n in ("000", "001", "003", "004")], book)
    assert all(one.failure is None for one in found)
    return book


def made(ledger: Ledger, organisation: str, period: str | None) -> BoardPaper:
    return pipeline.board(ledger, organisation, period, pipeline.Rules())


def text(own: BoardPaper) -> str:
    return str(render(views.paper(own), "md"))


@pytest.mark.parametrize(("organisation", "period"), CASES)
def test_every_number_is_the_ledgers(ledger: Ledger, organisation: str, period: str | None) -> None:
    own = made(ledger, organisation, period)
    cover = own.cover
    known = allowed(ledger, cover.organisation or "", cover.period, date.fromisoformat(cover.at))
    assert sorted(numbers(text(own)) - known) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_unmitigated_gap_stands_beside_the_mitigated_one_in_every_format(ledger: Ledger, suffix: Suffix) -> None:
    own = made(ledger, WL, None)
    said = text_of(render(views.paper(own), suffix), suffix)
    for amount in ("6,405.5", "7,833.4", "-1,427.9", "7,160", "9,211", "-2,051", "-567", "-952.1"):
        assert amount in said


def test_a_month_without_one_before_it_tells_no_movement(ledger: Ledger) -> None:
    own = made(ledger, WL, None)
    assert own.movement is None and "no movement can be told" in text(own)
    # A new year is no month after the last of the old one.
    assert made(ledger, SWE, "2011/12-M01").movement is None


def test_exceptions_and_what_the_papers_say_of_them(ledger: Ledger) -> None:
    own = made(ledger, SWE, "2011/12-M01")
    assert own.cover.draft and text(own).splitlines()[2] == "**DRAFT**"
    assert len(own.exceptions) == sum(own.colours.get(c, 0) for c in ("red", "amber"))  # type: ignore[call-overload]
    variances = [e.to_date.variance for e in own.exceptions if e.to_date and e.to_date.variance is not None]
    assert variances == sorted(variances)
    assert sum(bool(e.issues) for e in own.exceptions) >= 15
    assert {e.due for e in own.escalations} == {"2011-05-16"}


def test_the_closing_month_says_nothing_of_the_next(ledger: Ledger) -> None:
    own = made(ledger, SWE, "2010/11-M12")
    assert own.total is not None and own.total.year is not None and own.total.year.plan == 37_000_000
    assert not any(e.issues for e in own.exceptions), "its notes are of the month after"
    assert all("2011/12" not in (f.message or "") for f in own.findings.listed)


def test_a_plan_without_deliveries_claims_none(ledger: Ledger) -> None:
    said = text(made(ledger, "Stafford", None))
    assert "none can be rated" in said
    assert "was delivered" not in said
    plan = text(made(ledger, "Stockport", None))
    assert "£6,891k is planned for 2007/08; no forecast is printed." in plan
    assert "upper £17,082k and realistic £6,891k" in plan
