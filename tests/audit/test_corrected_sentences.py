"""Corrected sentences keep the style of print."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qippctl.audit.wording import own_number, reworded, styled
from qippctl.calc.spoken import numbers


@pytest.mark.parametrize(
    ("printed", "value", "styles", "own"),
    [
        ("£2,051k", "1427000", "£1,427k", "1427"),
        ("£2,413m", "2413000", "£2.413m", "2.413"),
        ("6,506", "6546.5", "6,547", "6546.5"),
        ("£8060", "108975", "£108975", "108975"),
        ("£482k", "482600", "£483k", "482.6"),
        ("68%", "109.4017", "109%", "109.4"),
        ("20 per cent", "25", "25 per cent", "25"),
        ("£1.43million", "1420000", "£1.42million", "1.42"),
        ("12", "8", "8", "8"),
        ("-£733.4k", "-696100", "-£696.1k", "-696.1"),
        ("£900k", "1250000", "£1,250k", "1250"),
        ("£.912m", "871000", "£0.871m", "0.871"),
        ("£ 34m", "35000000", "£ 35m", "35"),
        ("£5k", "300", "£0.3k", "0.3"),
    ],
)
def test_a_value_takes_the_style_of_the_number_it_replaces(printed: str, value: str, styles: str, own: str) -> None:
    (said,) = numbers(printed)
    assert styled(said, Decimal(value)) == styles
    assert own_number(said, Decimal(value)) == own


def test_only_the_one_number_of_a_sentence_changes() -> None:
    text = "planned to save £7,833k and saved £6,406k (a negative variance of £2,051k, plan against actual)"
    assert reworded(text, list(numbers(text))[2], Decimal(1427000)) == text.replace("£2,051k", "£1,427k")
