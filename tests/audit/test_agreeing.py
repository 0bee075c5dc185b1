"""What dropping the last digits explains, and what it does not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.build import figure

from qippctl.audit.agreeing import is_cut


@pytest.mark.parametrize(
    ("coarse", "fine", "expected"),
    [
        ("482", "482.6", True),
        ("482", "483.0", True),  # 482.97 is printed so
        ("482", "483.1", False),
        ("482", "481.9", False),
        ("-482", "-482.6", True),
        ("-482", "482.6", False),
        ("482", "483", False),
    ],
)
def test_a_number_with_its_last_digits_dropped(coarse: str, fine: str, expected: bool) -> None:
    one, other = (
        figure(value=text, step=Decimal(1).scaleb(Decimal(text).as_tuple().exponent)) for text in (coarse, fine)
    )
    assert is_cut(one, other) is expected and is_cut(other, one) is expected
