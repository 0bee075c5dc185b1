"""Signs and spans of variances in tables that hold several of each."""

from __future__ import annotations

from decimal import Decimal

from build import document
from qippctl.interpret import interpret
from qippctl.models.figure import Doubt, Figure

COVER = "Testville Clinical Commissioning Group\nGoverning Body, 28 April 2015\nQIPP report, month 11 of 2014/15\n\n"


def read(table: str) -> list[Figure]:
    return list(interpret(document(COVER + table.replace(" | ", "\t"))).figures)


def variances(figures: list[Figure]) -> list[tuple[str | None, str, str | None, Decimal, tuple[str, ...]]]:
    return [(f.scheme, f.recurrence, f.period, f.value, f.doubts) for f in figures if f.measure == "variance"]


def test_each_year_of_a_table_has_its_own_variance() -> None:
    heads = "Scheme | Plan 2014/15 £000 | Forecast 2014/15 £000 | Variance 2014/15 £000"
    next_year = " | Plan 2015/16 £000 | Forecast 2015/16 £000 | Variance 2015/16 £000"
    rows = [
        "A | 100 | 120 | 20 | 60 | 40 | -20",
        "B | 200 | 250 | 50 | 90 | 40 | -50",
        "C | 300 | 290 | -10 | 40 | 50 | 10",
    ]
    found = {(s, p): v for s, _, p, v, _ in variances(read("\n".join([heads + next_year, *rows])))}
    assert [found[(s, "2015/16")] for s in "ABC"] == [-20000, -50000, 10000]
    assert [found[(s, "2014/15")] for s in "ABC"] == [20000, 50000, -10000]


def test_each_recurrence_of_a_table_has_its_own_variance() -> None:
    heads = "Scheme | Recurrent annual plan £000 | Recurrent forecast £000 | Recurrent variance £000"
    other = " | Non-recurrent annual plan £000 | Non-recurrent forecast £000 | Non-recurrent variance £000"
    rows = ["A | 100 | 80 | -20 | 10 | 30 | 20", "B | 50 | 40 | -10 | 5 | 9 | 4"]
    found = {(s, r): v for s, r, _, v, _ in variances(read("\n".join([heads + other, *rows])))}
    assert found[("A", "recurrent")] == -20000 and found[("A", "non_recurrent")] == 20000


def test_a_variance_is_against_the_revised_plan() -> None:
    text = "Scheme | Original annual plan £000 | Revised annual plan £000 | Forecast £000 | Variance £000\n"
    figures = read(text + "A | 100 | 80 | 90 | 10\nB | 50 | 60 | 40 | -20\nTotal | 150 | 140 | 130 | -10")
    assert [f.doubts for f in figures if f.measure in ("variance", "forecast")] == [()] * 6


def test_half_a_year_of_months_need_not_make_the_year() -> None:
    months = " | ".join(f"{m} £000" for m in ("April", "May", "June", "July", "August", "September"))
    figures = read(
        f"Scheme | {months} | Annual plan £000\nA | 1 | 1 | 1 | 1 | 1 | 1 | 20\nB | 2 | 2 | 2 | 2 | 2 | 2 | 30"
    )
    # Whether months that are over were planned or achieved nothing says; their sum is not asked for.
    assert {d for f in figures for d in f.doubts} == {Doubt.HEADING_UNCLEAR}
    assert [f.doubts for f in figures if f.basis == "year"] == [(), ()]


def test_a_programme_is_carried_down_to_its_schemes() -> None:
    heads = "Programme | Scheme | Month 11 planned £000 | Month 11 actual £000 | Month 11 variance £000"
    rows = [
        "Planned Care | Joints | 100 | 80 | -20",
        " | Skin | 50 | 60 | 10",
        "Urgent Care | Front door | 200 | 150 | -50",
        "Total |  | 350 | 290 | -60",
    ]
    figures = read("\n".join([heads, *rows]))
    named = {(f.workstream, f.scheme) for f in figures if f.role == "scheme"}
    assert named == {("Planned Care", "Joints"), ("Planned Care", "Skin"), ("Urgent Care", "Front door")}
    assert len(figures) == 12 and not any(f.doubts for f in figures)
