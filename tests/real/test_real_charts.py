"""Charts of the real papers say what the papers say. They run where QIPPCTL_PAPERS names them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from qippctl import pipeline
from qippctl.ledger import Ledger, open_ledger
from qippctl.models.charts import ChartKind
from qippctl.reports import charts
from real.truth import PAPERS, find_paper

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A ledger with a joint tracker, a programme's appendix and plans with milestones."""
    book = open_ledger(f"sqlite:///{tmp_path_factory.mktemp('real') / 'charts.db'}")
    papers = [find_paper(number) for number in ("001", "003")]
    assert all(one.failure is None for one in pipeline.ingest(papers, book))
    return book


@pytest.mark.parametrize(
    ("kind", "asked", "title"),
    [
        ("cumulative", pipeline.Drawn("West Leic"), "YTD 6,405.5 of 7,833.4 = 82%, short 1,427.9"),
        (
            "waterfall",
            pipeline.Drawn("West Leic", basis="year"),
            "Year 7,160 of 9,211 = 78%, short 2,051; most adverse",
        ),
        ("history", pipeline.Drawn("West Leic"), "Forecast of the year 7,160.0 of 9,211.0 at M11 Feb 2015"),
        ("heatmap", pipeline.Drawn("West Leic"), "5 of 13 rated schemes Red in finance"),
        ("cumulative", pipeline.Drawn("NHS South West Essex"), "YTD 1,000 of 1,100 = 91%, short 100"),
    ],
)
def test_a_chart_says_what_the_paper_says(ledger: Ledger, kind: ChartKind, asked: pipeline.Drawn, title: str) -> None:
    (chart,) = pipeline.charts(ledger, kind, asked)
    assert chart.title.startswith(title)
    etree.fromstring(charts.svg(chart).encode())
    assert charts.png(chart, dpi=50).startswith(b"\x89PNG")


def test_the_steps_of_the_real_programme_add_up(ledger: Ledger) -> None:
    (chart,) = pipeline.charts(ledger, "waterfall", pipeline.Drawn("West Leic", largest=50))
    changes = {m.label: m.value for m in chart.marks if m.state == "scheme"}
    assert min(v for v in changes.values() if v is not None) == Decimal(-952100)
    assert sum(v for v in changes.values() if v is not None) == Decimal(-1427900)
    assert chart.marks[-1].value == Decimal(6405500)
