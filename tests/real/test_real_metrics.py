"""The indicators of a real paper, judged by eye row by row. They run where QIPPCTL_PAPERS names the papers."""

from __future__ import annotations

from collections import Counter

import pytest

from qippctl import pipeline
from qippctl.ledger import open_ledger
from qippctl.models.metrics import IndicatorAnswer, Metrics
from real.truth import PAPERS, find_paper

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Metrics:
    book = open_ledger(f"sqlite:///{tmp_path_factory.mktemp('real') / 'metrics.db'}")
    book.add(pipeline.extract(find_paper("003")), version="test")
    (own,) = pipeline.metrics(book)
    return own


def row(found: Metrics, table: str, number: int) -> IndicatorAnswer:
    return next(a for a in found.answers if (a.table, a.row) == (table, number))


@pytest.mark.parametrize(
    ("table", "number", "on_target", "certainty"),
    [
        ("p1t10", 2, False, "certain"),  # 85% of at least 87%
        ("p1t10", 7, False, "certain"),  # 736.86 of 591.99 and below 704.18
        ("p1t10", 10, True, "certain"),  # 89%, more than 84%
        ("p1t10", 11, None, "none"),  # 136, less than 204; the comment gives a cumulative total of 2053
        ("p1t10", 13, False, "certain"),  # 1520.47 of at most 1420.18: the paper calls it red
        ("p1t10", 17, None, "none"),  # 781 in 11 months against 844: the paper calls it red
        ("p1t11", 0, False, "certain"),  # 75.1 of 76.3
        ("p1t11", 8, None, "none"),  # 5814 of 5000; the name speaks of 30% more, 6500
        ("p1t11", 11, True, "certain"),  # 94% of 90%, from 86%
        ("p1t11", 12, None, "none"),  # 98% of 90%, from 98%: a floor that is kept
        ("p1t11", 14, False, "certain"),  # 59% of 67%, from 53%: the paper calls it red
        ("p1t11", 15, True, "undecided"),  # 50% of 50%
        ("p1t11", 16, False, "certain"),  # 1207 of 632: the paper calls it red
        ("p1t11", 17, True, "certain"),  # 100% of 95%
        ("p1t11", 18, False, "certain"),  # 85.80% of 90%, from 88.40%
        ("p1t11", 22, True, "undecided"),  # 1.9, less than 1.91
        ("p1t11", 23, False, "undecided"),  # 3.2, not less than 3.2
        ("p1t11", 27, None, "none"),  # equal or improve
        ("p1t11", 28, True, "certain"),  # 2000+ of 2000
    ],
)
def test_rows_of_the_dashboard(found: Metrics, table: str, number: int, on_target: bool | None, certainty: str) -> None:
    one = row(found, table, number)
    assert (one.on_target, one.certainty) == (on_target, certainty)
    assert (one.why is None) == (on_target is not None)


@pytest.mark.parametrize(("table", "number"), [("p1t10", 1), ("p1t10", 9), ("p1t10", 12), ("p1t11", 3)])
def test_of_two_targets_one_is_met(found: Metrics, table: str, number: int) -> None:
    one = row(found, table, number)
    assert [(str(t.threshold), t.met, str(t.baseline)) for t in one.targets] == [
        ("848.46", False, "874.70"),
        ("899.01", True, "926.82"),
    ]
    assert one.why == "of two targets it meets one" and one.rag is None


def test_a_change_and_its_level_agree(found: Metrics) -> None:
    (target,) = row(found, "p1t11", 16).targets
    assert [str(n) for n in (target.baseline, target.worked_out, target.threshold)] == ["843", "632.25", "632"]


def test_the_paper_wants_90_and_reports_58(found: Metrics) -> None:
    share = found.share
    assert [(str(s.target), str(s.actual), s.table, s.row) for s in share.stated] == [("90", "58", "p1t11", 30)]
    assert (share.on_target_count, share.off_target_count, share.undecided) == (7, 13, 23)
    assert [str(n) for n in (share.share, share.share_least, share.share_most)] == ["35.0", "16.3", "69.8"]


def test_nothing_is_older_than_the_dashboard_states(found: Metrics) -> None:
    assert {a.report_month for a in found.answers} == {"2014/15-M12"}
    assert Counter(a.late for a in found.answers)[True] == 0
    end_of_life = row(found, "p1t11", 7)
    assert (end_of_life.arrears_stated, end_of_life.arrears_actual) == (5, 2)
