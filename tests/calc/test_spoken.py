"""Numbers of sentences."""

from __future__ import annotations

import pytest

from qippctl.calc.spoken import numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("65x £124=£8060", ["65", "£124", "£8060"]),
        ("65x124=8060 and 12 x 35.5", ["65", "124", "8060", "12", "35.5"]),
        ("327,325 x 2% =6,506", ["327,325", "2%", "6,506"]),
        ("a fifth, 20 per cent, of c£2.4m", ["20 per cent", "£2.4m"]),
        ("in 2007-8, 2011-12 and 06-7 it was 5", ["5"]),
        ("by £4m-£5m", ["£4m", "£5m"]),
        ("on 12 May 2015, 10.05.11, M11, Q2,Q3, section 5.2.4 and 2014/15", []),
        ("code AB12 and 3x4x5", ["3", "4", "5"]),
    ],
)
def test_numbers_of_a_sentence(text: str, found: list[str]) -> None:
    assert [n.raw for n in numbers(text)] == found
