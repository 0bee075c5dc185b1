"""Sentences that say how far data go."""

from __future__ import annotations

import pytest

from build import document
from qippctl.interpret import interpret
from qippctl.interpret.records.coverage import last_month
from qippctl.period import Period

M1 = Period(2011, 1)


@pytest.mark.parametrize(
    ("text", "of", "month"),
    [
        ("Note acute & other schemes data not yet available beyond month 11.", "acute & other schemes", Period(2010, 11)),
        ("Prescribing data run two months late.", "Prescribing", Period(2010, 11)),
        ("Please note that acute and prescribing data is one month in arrears.", "acute and prescribing", Period(2010, 12)),
        ("Acute data is only available to the end of February 2011.", "Acute", Period(2010, 11)),
        ("Data are currently available only up to M10 2010/11.", None, Period(2010, 10)),
        ("Data for April are not yet available.", None, Period(2010, 12)),
        ("The SUS data stop in December.", "SUS", Period(2010, 9)),
    ],
)  # fmt: skip
def test_what_says_so(text: str, of: str | None, month: Period) -> None:
    assert last_month(text, M1) == (of, month)


@pytest.mark.parametrize(
    "text",
    [
        "Beds nearby opened three months late.",
        "The data is not available.",
        "Data for May and June have not come.",
        "Data asked for, to come by the 18th May.",
        "Savings are not available beyond month 11.",
    ],
)
def test_what_does_not(text: str) -> None:
    assert last_month(text, M1) is None


def test_a_month_without_a_year_in_a_paper_without_a_month_is_not_known() -> None:
    assert last_month("SUS data not available beyond month 11", None) == ("SUS", None)


@pytest.mark.parametrize(
    ("sentence", "data_to"),
    [("Data are only available to month 9.", "2014/15-M09"), ("SUS data are only available to month 9.", None)],
)
def test_the_cover_says_how_far_the_data_of_the_whole_paper_go(sentence: str, data_to: str | None) -> None:
    text = (
        f"Testville Council\nSavings at month 11 of 2014/15\n\n{sentence}\n\nScheme\tPlan £000\tActual £000\nA\t5\t6\n"
    )
    paper = interpret(document(text))
    assert paper.cover.data_to == data_to
    assert [r.data_to for r in paper.records if r.type == "coverage"] == ["2014/15-M09"]
