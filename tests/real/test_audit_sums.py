"""What the sentences of the real papers add up to. They run where QIPPCTL_PAPERS names their folder."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qippctl import pipeline
from qippctl.audit import Material
from qippctl.audit.catalogue import Breach, Held, Told
from qippctl.audit.reasons import reasons_beyond_the_gap
from qippctl.audit.registers import risk_scores, savings_over_months
from qippctl.audit.stated_sums import slips_in_sentences, stated_sum_is_wrong
from real.truth import PAPERS, find_paper

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")

STATED = (stated_sum_is_wrong, slips_in_sentences, risk_scores, savings_over_months)


def results(prefix: str) -> list[Told]:
    of = Material(pipeline.extract(find_paper(prefix)))
    return [told for check in STATED for told in check(of)]


@pytest.mark.parametrize(
    ("prefix", "held", "found"),
    [
        ("000", 9, [("error", "6506", "6546.5"), ("error", "2413", "2.413")]),
        ("001", 4, [("warning", "68", "109.4")]),
        ("002", 0, []),
        ("003", 7, [("error", "2051", "1427")]),
        ("004", 3, []),
    ],
)
def test_what_sentences_state_is_worked_out(prefix: str, held: int, found: list[tuple[str, str, str]]) -> None:
    told = results(prefix)
    assert [(b.severity or "error", b.printed, b.recomputed) for b in told if isinstance(b, Breach)] == found
    assert sum(isinstance(one, Held) for one in told) >= held


def test_the_corrected_sentence_can_be_pasted() -> None:
    suggestions = [told.suggestion for told in results("003") + results("000") if isinstance(told, Breach)]
    assert [
        word in (text or "") for word, text in zip(("£1,427k", "6,547 (", "£2.413m"), suggestions, strict=True)
    ] == [True] * 3


def test_reasons_for_a_shortfall_exceed_it() -> None:
    of = Material(pipeline.extract(find_paper("001")))
    (told,) = reasons_beyond_the_gap(of)
    assert isinstance(told, Breach)
    assert told.recomputed == "11.9"
    assert Decimal(told.printed or 0) > Decimal("13")
