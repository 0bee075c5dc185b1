"""Records and accounts of many bodies' wordings, and tables that only look like them: small papers with their truth."""

from __future__ import annotations

import pytest

from build import document
from interpret.record_cases import Case, cases, defects
from qippctl.interpret import interpret

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_records_are_read_right_or_doubted(case: Case) -> None:
    assert defects(case, interpret(document(case.text))) == []


def test_there_are_cases_of_every_kind() -> None:
    kinds = {case.name.partition(":")[0] for case in CASES}
    assert {"milestones", "risks", "status", "indicators", "bids", "alignment", "policy", "accounts", "decoy"} <= kinds
    assert len(CASES) > 150
