"""The sentences that stand above a table."""

from __future__ import annotations

from build import document
from qippctl.interpret.papers import interpret

TABLE = "Scheme\tPlan 2014/15 £000\tActual 2014/15 £000\nBeds\t100\t80\nDrugs\t200\t210\nTotal\t300\t290\n"


def test_sentences_that_tell_of_the_table_are_kept() -> None:
    text = (
        "Savings plan 2014/15\n\n"
        "Spending with each of the top 10 suppliers that the body pays is shown in full below.\n\n"
        "Every one of the suppliers was asked for its own accounts and has sent them to us in time.\n\n"
        f"Figure 2 Schemes\n\n{TABLE}\nWords.\n\n{TABLE}"
    )
    first, second = interpret(document(text)).tables
    assert first.above == ("Spending with each of the top 10 suppliers that the body pays is shown in full below.",)
    assert second.above == ()
