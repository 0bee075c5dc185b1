"""The sentences that stand above a table."""

from __future__ import annotations

from build import document
from qippctl.interpret.papers import interpret

TABLE = "Scheme\tPlan 2014/15 £000\tActual 2014/15 £000\nBeds\t100\t80\nDrugs\t200\t210\nTotal\t300\t290\n"


def test_sentences_that_tell_of_the_table_are_kept() -> None:
    text = (
        "Savings plan 2014/15\n\n"
        "The table below sets out the savings of each of the top 10 contracts that the body holds.\n\n"
        "We continue to have reliable data from all of the providers that we work with, and no issues.\n\n"
        f"Figure 2 Schemes\n\n{TABLE}\nWords.\n\n{TABLE}"
    )
    first, second = interpret(document(text)).tables
    assert first.above == ("The table below sets out the savings of each of the top 10 contracts that the body holds.",)
    assert second.above == ()
