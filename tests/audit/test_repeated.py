"""One quantity in two places of a paper."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from build import figure, paper
from qippctl.audit import Material
from qippctl.audit.catalogue import Breach, Held
from qippctl.audit.repeated import pairs, two_values
from qippctl.audit.scenarios import scenario_amounts
from qippctl.models.figure import Doubt, Figure
from qippctl.models.records import Scenario

NAMES = ("Beds", "Drugs", "Wards", "Clinics")
THOUSAND = Decimal(1000)


def table(name: str, values: dict[str, tuple[Any, ...]], **rest: Any) -> list[Figure]:
    """Plan, actual and variance of schemes in one table."""
    columns = (("plan", "ytd"), ("actual", "ytd"), ("variance", "ytd"), ("forecast", "year"))
    return [
        figure(*columns[k], value, table=name, row=row, column=k + 1, scheme=scheme, **rest)
        for row, (scheme, own) in enumerate(values.items(), 1)
        for k, value in enumerate(own)
        if value is not None
    ]


def found(*tables: list[Figure]) -> list[tuple[str | None, str | None, str | None]]:
    of = Material(paper([f for figures in tables for f in figures]))
    return [(b.severity, b.printed, b.recomputed) for b in two_values(of) if isinstance(b, Breach)]


SUMMARY = {"Beds": (100, 80, -20, 90), "Drugs": (200, 210, 10, 205), "Wards": (50, 50, 0, 60)}


def test_a_single_figure_of_an_agreeing_row_is_an_error() -> None:
    detail = SUMMARY | {"Drugs": (200, 260, 10, 205)}
    assert found(table("p1t1", SUMMARY), table("p1t2", detail)) == [("error", "260", "210")]


def test_the_figure_that_its_own_row_contradicts_is_the_faulted_one() -> None:
    # 260 - 200 is not 10: the first table is the wrong one, though it stands first.
    assert found(table("p1t1", SUMMARY | {"Drugs": (200, 260, 10, 205)}), table("p1t2", SUMMARY)) == [
        ("error", "260", "210")
    ]


@pytest.mark.parametrize(
    ("detail", "step"),
    [
        (SUMMARY, 1),
        ({"Beds": (100, 80, -20, 90), "Drugs": (200, 210, 11, 205)}, 1),  # they touch half-way
        ({"Beds": (99.6, 80.4, -19.6, 90.3), "Drugs": (200.4, 209.8, 9.7, 204.6)}, Decimal("0.1")),  # rounded
        ({"Beds": (100.6, 80.9, -20.7, 90.3), "Drugs": (200.9, 210.8, 10.7, 205.6)}, Decimal("0.1")),  # cut off
        ({"Beds": (300, 500, 200, 700), "Drugs": (1, 2, 1, 3), "Wards": (7, 8, 1, 9)}, 1),  # of something else
        ({"Beds": (100, 80, -20, 90), "Drugs": (200, 210, -10, 205)}, 1),  # signed the other way
        ({"Roofs": (100, 80, -20, 95), "Doors": (200, 210, 10, 209)}, 1),  # other names
    ],
)
def test_rounding_other_signs_and_other_subjects_are_no_contradiction(
    detail: dict[str, tuple[Any, ...]], step: Decimal
) -> None:
    assert found(table("p1t1", SUMMARY), table("p1t2", detail, step=Decimal(step))) == []


def test_a_table_of_some_schemes_has_a_total_of_its_own() -> None:
    total = [figure("plan", "ytd", 350, table="p1t1", row=9, column=1, role="total", scheme=None)]
    part = [figure("plan", "ytd", 300, table="p1t2", row=9, column=1, role="total", scheme=None)]
    some = {name: SUMMARY[name] for name in ("Beds", "Drugs")}
    assert found([*table("p1t1", SUMMARY), *total], [*table("p1t2", some), *part]) == []
    assert found([*table("p1t1", SUMMARY), *total], [*table("p1t2", SUMMARY), *part]) == [("warning", "300", "350")]


def test_two_bodies_are_two_subjects() -> None:
    other = SUMMARY | {"Drugs": (200, 260, 10, 205)}
    assert found(table("p1t1", SUMMARY), table("p1t2", other, organisation="Another")) == []


def test_a_name_that_stands_twice_is_told_by_its_group() -> None:
    def rows(name: str, value: int) -> list[Figure]:
        return [
            figure(
                "plan", "ytd", v, table=name, row=row, scheme="Other", workstream=group, column=column, version=version
            )
            for row, group, values in ((1, "Beds", (10, 40, 70)), (2, "Drugs", (20, 50, value)))
            for column, (v, version) in enumerate(zip(values, ("original", "current", "stretch"), strict=True), 1)
        ]

    assert found(rows("p1t1", 80), rows("p1t2", 80)) == []
    assert found(rows("p1t1", 80), rows("p1t2", 90)) == [("warning", "90", "80")]


@pytest.mark.parametrize(
    ("doubt", "severity"),
    [
        (Doubt.GHOST_ROW, "note"),
        (Doubt.UNIT_UNKNOWN, "warning"),
        (Doubt.SUM_FAILS, "warning"),
        (Doubt.HEADING_UNCLEAR, None),
    ],
)
def test_what_was_read_with_doubt_is_no_error(doubt: Doubt, severity: str | None) -> None:
    detail = table("p1t2", SUMMARY | {"Drugs": (200, 260, 10, 205)})
    doubted = [f.model_copy(update={"doubts": (doubt,)}) if f.value == 260 else f for f in detail]
    assert [s for s, *_ in found(table("p1t1", SUMMARY), doubted)] == ([severity] if severity else [])


def statement(name: str, label: str, values: tuple[int, ...], unit: int) -> list[Figure]:
    years = ("2007/08", "2008/09", "2009/10", "2010/11")
    return [
        figure(
            "plan",
            "year",
            value * unit,
            table=name,
            column=k,
            scheme=label,
            subject="finance",
            period=year,
            step=Decimal(unit),
            raw=str(value),
        )
        for k, (year, value) in enumerate(zip(years, values, strict=True), 1)
    ]


@pytest.mark.parametrize(
    ("label", "values", "want"),
    [
        ("New investments", (15449, 6240, 3595, 2100), [("warning", "6240", "6425000")]),
        ("New investments", (15449, 6425, 3595, 2100), []),
        ("New investments", (15449, 6240, 3595, 2900), []),  # too little in common
        ("Reserves", (15449, 6240, 3595, 2100), []),  # no word in common
    ],
)
def test_lines_of_two_statements_that_agree_but_for_a_year(
    label: str, values: tuple[int, ...], want: list[Any]
) -> None:
    full = statement("p1t1", "Investments", (15449400, 6425000, 3595000, 2100000), 1)
    told = found(full, statement("p1t2", label, values, 1000))
    assert [(s, p) for s, p, _ in told] == [(s, p) for s, p, _ in want]
    assert [
        b.recomputed
        for b in two_values(Material(paper([*full, *statement("p1t2", label, values, 1000)])))
        if isinstance(b, Breach)
    ] == (["6425"] if want else [])


def test_what_agrees_is_counted() -> None:
    of = Material(paper([*table("p1t1", SUMMARY), *table("p1t2", SUMMARY)]))
    held = [told for told in two_values(of) if isinstance(told, Held)]
    assert len(held) == 11  # a nought says nothing
    assert {(pair.one.name, pair.is_sure) for pair in pairs(of)} == {("beds", True), ("drugs", True), ("wards", True)}


def scenario(description: str, benefit: str, likelihood: str = "low", row: int = 1) -> Scenario:
    return Scenario(
        paper="paper.txt",
        sha256="ab" * 32,
        page=1,
        table="p1t1",
        row=row,
        description=description,
        benefit=benefit,
        likelihood=likelihood,
    )


@pytest.mark.parametrize(
    ("description", "printed", "want"),
    [
        ("Pay awards come in lower, £4m benefit", "£2m (low)", ("error", "2", "4")),
        ("Pay awards come in lower by £4m", "£2m (low)", ("warning", "2", "4")),
        ("Pay awards come in lower, £2m benefit", "£1m (low)", ("warning", "1", "2")),  # 1.5 is half-way
        ("Pay awards come in lower, £4m benefit", "£2m (high)", ("warning", "2", "4")),  # weighted, perhaps
        ("Pay awards come in lower, £3.6m benefit", "£4m (low)", None),
        ("Of £7m some £4m benefit", "£2m (low)", None),
        ("Pay awards come in lower", "£2m (low)", None),
    ],
)
def test_a_scenario_in_words_and_in_its_column(description: str, printed: str, want: tuple[str, ...] | None) -> None:
    rows = (
        scenario("Slippage, benefit £2m", "£2m (low)"),
        scenario(description, printed, "high" if "high" in printed else "low", row=2),
    )
    of = Material(paper([figure()]).model_copy(update={"records": rows}))
    told = [(b.severity, b.printed, b.recomputed) for b in scenario_amounts(of) if isinstance(b, Breach)]
    assert told == ([want] if want else [])
