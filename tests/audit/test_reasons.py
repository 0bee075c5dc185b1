"""Reasons for a shortfall are held against the shortfall that the tables give."""

from __future__ import annotations

import pytest

from build import SHA, figure, paper
from qippctl.audit import Material
from qippctl.audit.catalogue import Breach, Held
from qippctl.audit.reasons import reasons_beyond_the_gap
from qippctl.models.figure import Figure
from qippctl.models.records import Claim

HEAD = ("The savings identified for 2014/15 are £9.2m.", "The forecast is £7.2m, and key variances are:")
TOTALS = [
    figure("plan", "year", 9_200_000, role="total", scheme=None, raw="9.2", step=100_000, column=1),
    figure("forecast", "year", 7_200_000, role="total", scheme=None, raw="7.2", step=100_000, column=2),
]


def outcomes(head: tuple[str, ...], amounts: list[str], figures: list[Figure]) -> list[object]:
    texts = (*head, *(f"£{amount} relating to waits." for amount in amounts))
    claims = tuple(Claim(paper="paper.txt", sha256=SHA, page=1, text=text) for text in texts)
    of = Material(paper(figures).model_copy(update={"records": claims}))
    return [
        (told.severity, told.printed, told.recomputed) if isinstance(told, Breach) else told
        for told in reasons_beyond_the_gap(of)
    ]


@pytest.mark.parametrize(
    ("head", "amounts", "figures", "found"),
    [
        (HEAD, ["1.0m", "0.9m", "0.8m", "0.7m"], TOTALS, [("warning", "3.4", "2")]),
        (HEAD, ["0.8m", "0.6m", "0.4m", "0.2m"], TOTALS, [Held(True)]),
        (HEAD, ["0.4m", "0.3m", "0.2m", "0.1m"], TOTALS, [Held(False)]),  # those that are key need not be all
        (HEAD, ["0.8m", "0.6m", "0.4m", "0.4m"], TOTALS, [Held(False)]),  # rounding
        (HEAD, ["1.0m", "0.9m"], TOTALS, []),  # no list
        (HEAD[1:], ["1.0m", "0.9m", "0.8m", "0.7m"], TOTALS, []),  # of no year
        (HEAD[:1], ["1.0m", "0.9m", "0.8m", "0.7m"], TOTALS, []),  # of no forecast
        (HEAD, ["1.0m", "0.9m", "0.8m", "0.7m"], TOTALS[:1], []),
        (
            HEAD,
            ["1.0m", "0.9m", "0.8m", "0.7m"],
            [
                *TOTALS,
                *(
                    f.model_copy(update={"table": "p2t1", "id": f"x{f.id}", "value": f.value * k})
                    for k, f in enumerate(TOTALS, 2)
                ),
            ],
            [],
        ),  # tables that differ
    ],
)
def test_reasons_are_no_more_than_what_they_explain(
    head: tuple[str, ...], amounts: list[str], figures: list[Figure], found: list[object]
) -> None:
    assert outcomes(head, amounts, figures) == found
