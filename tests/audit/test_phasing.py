"""Months: running totals, rows' totals, graphs a column out, months out of line."""

from __future__ import annotations

from typing import Any

from audit.tables import audited, figures_of, paper_of
from qippctl.models.figure import Figure
from qippctl.models.finding import Finding

MONTHS = [{"period": f"2010/11-M{m:02}", "basis": "month", "measure": "plan"} for m in range(1, 13)]
HEADS = "x | " + " | ".join(f"M{m}" for m in range(1, 13))


def profile(*rows: tuple[str, str, str], table: str = "p1t1") -> tuple[str, list[Figure]]:
    """A table of one scheme: rows of measure, basis and twelve cells (a thirteenth is the year's total)."""
    text = "\n".join([HEADS, *(f"{measure} {basis} | {cells}" for measure, basis, cells in rows)])
    found: list[Figure] = []
    for n, (measure, basis, _) in enumerate(rows, 1):
        columns: list[dict[str, Any]] = [{**month, "measure": measure, "basis": basis} for month in MONTHS]
        whole = {"measure": measure, "basis": "year" if basis == "month" else "ytd", "period": "2010/11"}
        if table == "p1t1":
            columns.append(whole)
        found += [f for f in figures_of(text, columns, table=table) if f.row == n]
    return text, [f.model_copy(update={"scheme": "Hospice"}) for f in found]


def findings(*tables: tuple[str, list[Figure]]) -> list[Finding]:
    return audited(paper_of(*tables))


def numbers(found: list[Finding]) -> list[tuple[str, str | None, str | None]]:
    return [(one.code, one.printed, one.recomputed) for one in found]


def row(*cells: object) -> str:
    return " | ".join(str(cell) for cell in cells)


BLANK = [""] * 8
PLAN = ("plan", "month", row(*BLANK, 35.5, 35.5, 35.5, 35.5, 142))
RUN = ("plan", "ytd", row(*BLANK, 35, 71, 106, 142, 142))


def test_a_profile_that_runs_up_is_silent() -> None:
    assert findings(profile(PLAN, RUN)) == []


def test_a_running_total_that_does_not() -> None:
    found = findings(profile(PLAN, ("plan", "ytd", row(*BLANK, 35, 71, 116, 142, 142))))
    assert numbers(found) == [("QT204", "116", "106.5")]


def test_one_misprinted_month_is_one_cause_of_all_that_follows() -> None:
    months = row(10, 10, 10, 90, *[10] * 8, 120)
    found = findings(profile(("plan", "month", months), ("plan", "ytd", row(*range(10, 130, 10), 120))))
    assert len(found) == 10
    assert len({one.cause for one in found}) == 1
    assert (found[0].printed, found[0].recomputed) == ("90", "10")


def test_months_that_were_not_read_prove_nothing() -> None:
    assert (
        findings(profile(("plan", "month", row("see note", *[10] * 11)), ("plan", "ytd", row(*range(20, 140, 10)))))
        == []
    )


def test_a_row_of_variances_against_the_plan_above_it() -> None:
    plan = ("plan", "month", row(*[10] * 12))
    good = ("variance", "month", row(*[-10] * 12))
    assert findings(profile(plan, good)) == []
    found = findings(profile(plan, ("variance", "month", row(*[-10] * 11, -14))))
    assert numbers(found) == [("QT101", "-14", "-10")]


def test_a_total_of_nothing_beside_months_that_add_up() -> None:
    found = findings(profile(("plan", "month", row(*[10] * 12, 120)), ("variance", "month", row(*[-10] * 12, "-"))))
    assert numbers(found) == [("QT203", "0", "-120")]


def test_a_blank_total_where_other_rows_print_theirs() -> None:
    found = findings(profile(("plan", "month", row(*[10] * 12, "")), ("variance", "month", row(*[-10] * 12, -120))))
    assert [(one.code, one.severity, one.recomputed) for one in found] == [("QT203", "warning", "120")]


def graph(plan: str, table: str = "p1t2") -> tuple[str, list[Figure]]:
    return profile(("plan", "ytd", plan), table=table)


def test_a_row_of_a_graph_one_column_out() -> None:
    found = findings(profile(PLAN, RUN), graph(row(*["-"] * 9, 35, 71, 106, 142)))
    assert numbers(found) == [("QT206", "106", "142")]
    assert found[0].severity == "warning"


def test_a_row_of_a_graph_in_its_place_and_one_of_noughts() -> None:
    assert findings(profile(PLAN, RUN), graph(row(*["-"] * 8, 35, 71, 106, 142))) == []
    assert findings(profile(("plan", "ytd", row(*["-"] * 12))), graph(row(*["-"] * 13))) == []


def test_a_month_typed_as_the_year() -> None:
    found = findings(profile(("plan", "month", row(480, *[40] * 11))))
    assert ("QT207", "480", "40") in numbers(found)
    assert not findings(profile(("plan", "month", row(120, *[40] * 11))))
    assert not findings(profile(("plan", "month", row(480, *[0] * 11))))
