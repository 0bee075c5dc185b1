"""What a finding changes: the sign of a variance, a headline yield, a colour."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.made import POLICY, row
from build import figure, paper
from qippctl.audit import Material
from qippctl.audit.catalogue import Breach
from qippctl.audit.decisions import decision
from qippctl.models.figure import Figure
from qippctl.models.policy import Policy


def programme() -> list[Figure]:
    """Three schemes in thousands and their total: to date 800 of 1,000, for the year 900 of 1,200."""
    rows = {1: ("A", 600, 590, 700, 690), 2: ("B", 300, 196, 400, 14), 3: ("C", 100, 14, 100, 196)}
    figures = [
        f
        for n, (name, *values) in rows.items()
        for f in row(*(v * 1000 for v in values), row=n, scheme=name, step=1000)
    ]
    figures += row(1_000_000, 800_000, 1_200_000, 900_000, row=4, role="total", step=1000)
    figures.append(figure("variance", "ytd", -200_000, row=4, column=5, role="total", scheme=None, step=1000))
    figures.append(figure("variance", "ytd", -104_000, row=2, column=5, scheme="B", step=1000))
    return [f.model_copy(update={"raw": f"{f.value / 1000:,f}"}) for f in figures]


PROGRAMME = paper(programme())


def id_of(row: int, name: str) -> str:
    return next(f.id for f in PROGRAMME.figures if f.row == row and f.names == name)


def told(row: int, name: str, printed: str, recomputed: str, text: str | None = None, **rest: object) -> Breach:
    return Breach("made", printed, recomputed, figures=(id_of(row, name),), text=text, **rest)  # type: ignore[arg-type]


VARIANCE = told(4, "variance.ytd", "400", "200", "a negative variance of £400k, plan against actual")


@pytest.mark.parametrize(
    ("breach", "changes"),
    [
        # Figures of tables: the recomputed value in place of the printed one.
        (told(2, "variance.ytd", "-104", "104"), "sign"),
        (told(4, "actual.ytd", "800", "1005"), "sign"),
        (told(4, "actual.ytd", "800", "850"), "yield"),
        (told(4, "actual.ytd", "800", "805"), None),  # half a point
        (told(2, "actual.ytd", "196", "290"), "rag"),
        (told(2, "forecast.year", "14", "196"), "yield"),  # red both times; the programme's forecast is built on it
        (told(3, "actual.ytd", "14", "20"), None),
        # Sentences: their number against the figure that they should repeat.
        (VARIANCE, "yield"),
        (told(4, "variance.ytd", "205", "200", "a shortfall of £205k"), None),
        (told(2, "variance.ytd", "722.7", "-104", "now has a positive variance £722.7k"), "sign"),
        (told(2, "actual.ytd", "290", "196", "£290k was delivered"), "rag"),
        (told(2, "actual.ytd", "0.29", "0.2", "£0.29m was delivered"), "rag"),
        # Tied to plan and actual, it repeats their difference.
        (replace(VARIANCE, figures=(id_of(4, "plan.ytd"), id_of(4, "actual.ytd"))), "yield"),
        (told(2, "plan.ytd", "722.7", "-300", "a plan of £722.7k"), None),
        # What cannot be told.
        (told(2, "actual.ytd", "196", "290", doubts=("ghost-row",)), None),
        (told(2, "actual.ytd", "196", "290", doubts=("sum-fails",)), "rag"),
        (told(2, "actual.ytd", "196", "290", is_bound=True), None),
        (Breach("made", "1", "2"), None),
        (told(2, "actual.ytd", "5", "7", "5 of 7 wards"), None),
    ],
)
def test_what_a_finding_changes(breach: Breach, changes: str | None) -> None:
    assert decision(Material(PROGRAMME, POLICY), breach) == changes


@pytest.mark.parametrize("policy", [None, POLICY])
def test_a_colour_needs_a_rule(policy: Policy | None) -> None:
    breach = told(1, "actual.ytd", "590", "560")
    # Four points of the scheme's yield: green to amber; three of the programme's.
    expected = "rag" if policy else None
    of = paper([f for f in programme() if f.role != "total"])
    assert decision(Material(of, policy), breach) == expected


def test_a_scheme_moves_the_yield_only_where_the_total_is_built_on_it() -> None:
    broken = [
        f if f.names != "forecast.year" or f.row != 4 else f.model_copy(update={"value": f.value * 2})
        for f in programme()
    ]
    breach = told(2, "forecast.year", "14", "196")
    assert decision(Material(paper(broken), POLICY), breach) is None


def test_a_percentage_decides_by_itself() -> None:
    figures = [*row(100, 97), figure("delivery", value=79, column=6, raw="79%")]
    of = paper(figures)
    breach = Breach("made", "79", "97", figures=(figures[-1].id,))
    assert decision(Material(of, POLICY), breach) == "rag"
