"""What must hold among budgets and accounts, and what cannot be told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from build import figure
from calc.statement_cases import table, years
from qippctl.calc.finances import Assumptions, checks, disinvestments, lines, plan_of, rate_line
from qippctl.models.finances import FinanceCheck

NONE = Assumptions()


def held(found: list[FinanceCheck]) -> list[tuple[str, bool | None]]:
    return [(check.code, check.holds) for check in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a | 1\nb | 2\nTotal | 3", [("total", True)]),
        ("a | 1\nb | 2\nTotal | 4", [("total", True)]),  # three roundings to £000
        ("a | 1\nb | 2\nTotal | 5", [("total", False)]),
        ("a | 1\nb | 2 3\nc | 4\nTotal | 8", [("total", None)]),
        ("a | 10\nb |\nc | 40\nTotal | 50", [("total", True)]),  # a blank is nothing
        ("a | 1\nTotal pay | 5\nb | 2\nTotal | 3", [("total", None)]),  # what it adds up is not known
        ("a | 5%\nb | 7%\nTotal | 12%", []),
    ],
)
def test_totals(text: str, expected: list[tuple[str, bool | None]]) -> None:
    assert held(checks(table(text), NONE)) == expected


def test_a_term_that_was_not_read_is_named_and_never_guessed() -> None:
    (check,) = checks(table("a | 1\nb | 2 3\nc | 4\nTotal | 8"), NONE)
    assert (check.recomputed, check.difference, check.tolerance) == (None, None, None)
    assert (check.missing, check.needed) == (("b: 2 3",), 3000)


FUNDS = """
Source |
Allocation | {income}
Savings plan | 7
Total source of funds | {source}
Application |
Baseline budgets | 364
New | 28
Total application of funds | {application}
Surplus | {surplus}
"""


@pytest.mark.parametrize(
    ("source", "application", "surplus", "expected"),
    [
        (392, 392, 0, {"source-application": True, "surplus": True}),
        (397, 392, 5, {"source-application": True, "surplus": True}),
        (392, 397, -5, {"source-application": True, "surplus": True}),
        (397, 392, 9, {"source-application": False, "surplus": False}),
        (397, 392, "5 6", {}),  # the surplus was not read: nothing can be said
        (397, 392, "", {"source-application": False}),
        (392, -392, 0, {"source-application": True, "surplus": True}),  # costs printed below nought
    ],
)
def test_source_is_application_and_the_surplus(
    source: int, application: int, surplus: object, expected: dict[str, bool]
) -> None:
    text = FUNDS.format(income=source - 7, source=source, application=application, surplus=surplus)
    found = checks(table(text), NONE)
    assert {c.code: c.holds for c in found if c.code in ("source-application", "surplus")} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Allocation | 812\nAcute | (417)\nOther | (397)\nSurplus | (2)", [("surplus", True)]),
        ("Allocation | 812\nAcute | (417)\nOther | (397)\nSurplus | 5", [("surplus", False)]),
        ("Acute | (417)\nOther | (397)\nSurplus | (814)", []),  # no income: no surplus of anything
        ("Allocation | 812\nAcute | 417\nOther | 397\nSurplus | (2)", []),  # costs are not signed
    ],
)
def test_a_surplus_under_income_and_costs(text: str, expected: list[tuple[str, bool | None]]) -> None:
    assert held(checks(table(text), NONE)) == expected


BALANCE = """
FIXED ASSETS |
Total fixed assets | 24,045
CURRENT ASSETS |
Stocks | 86
Debtors | 4,138
Total current assets | 4,224
CREDITORS |
Due within one year | {owed}
Net current assets | (18,760)
Total assets less current liabilities | {less}
Provisions | {provisions}
Assets employed | 3,438
EQUITY |
General fund | (7,208)
Reserve | 10,646
Total | {equity}
"""


@pytest.mark.parametrize(
    ("printed", "failing"),
    [
        ({}, []),
        ({"owed": "22,984"}, []),  # a debt printed above nought
        ({"less": "5,286"}, []),  # rounding
        ({"less": "5,288"}, ["less-current", "employed"]),
        ({"equity": "3,500"}, ["subtotal", "equity"]),
        ({"provisions": "1,847"}, []),
        ({"provisions": "(1,800)"}, ["employed"]),
    ],
)
def test_a_balance_sheet_balances(printed: dict[str, str], failing: list[str]) -> None:
    default = {"owed": "(22,984)", "less": "5,285", "provisions": "(1,847)", "equity": "3,438"}
    found = checks(table(BALANCE.format(**(default | printed))), NONE)
    assert {"net-current", "less-current", "employed", "equity"} <= {c.code for c in found}
    codes = [c.code for c in found if not c.holds]
    assert sorted("subtotal" if c == "total" else c for c in codes) == sorted(failing)


def test_a_movement_lies_between_its_balances() -> None:
    columns = [
        {"measure": "baseline", "period": "2006/07"},
        {"measure": "forecast", "period": "2007/08"},
        {"measure": "variance", "period": "2007/08"},
    ]
    found = checks(table("Provisions | (1,847) | (1,496) | 351\nDebtors | 4,117 | 4,017 | 100", columns), NONE)
    assert held(found) == [("movement", True), ("movement", False)]


def test_movements_of_debts_are_added_as_they_are_printed() -> None:
    columns = [
        {"measure": "forecast", "period": "2007/08"},
        {"measure": "variance", "period": "2007/08"},
    ]
    text = "Total assets less current liabilities | 5,154 | (131)\nProvisions | (1,496) | 351\nAssets employed | 3,658 | 220"
    assert held(checks(table(text, columns), NONE)) == [("employed", True), ("employed", True)]


RATES = Assumptions(
    table(
        "Prescribing | 9.00% | 9.00%\nGMS/PMS | 4.00% | 2.50%\nOther | 2.50% | 2.50%", years("2008/09", "2009/10")
    ).lines,
    frozenset({"other"}),
)


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ("GP Prescribing", "Prescribing"),
        ("PMS contracts", "GMS/PMS"),
        ("nGMS contracts", None),
        ("Other providers", None),
        ("GMS prescribing", None),  # two name it
    ],
)
def test_a_rate_is_of_the_line_that_it_names(label: str, named: str | None) -> None:
    found = rate_line(label, RATES)
    assert (found.label if found else None) == named


def rolled(text: str, assumed: Assumptions = RATES) -> list[FinanceCheck]:
    made = checks(table(text, years("2007/08", "2008/09", "2009/10")), assumed)
    return [check for check in made if check.code == "inflation"]


def test_a_budget_is_held_against_the_year_before_and_its_inflation() -> None:
    first, second = rolled("GP Prescribing | 50,157 | 53,521 | 58,338")
    assert (first.printed, first.recomputed, first.difference, first.holds) == (
        53_521_000, Decimal("54671130"), Decimal("-1150130"), False,
    )  # fmt: skip
    assert (first.rate, first.rate_of, first.implied_rate) == (9, "Prescribing", Decimal("6.71"))
    assert (second.holds, second.fitting_rate) == (True, 9)


def test_a_line_that_no_assumption_names_has_no_rate_and_is_not_judged() -> None:
    found = rolled("GP Prescribing | 50,157 | 53,521 | 58,338\nDental | 9,500 | 9,738 | 9,981")
    dental = [check for check in found if check.label == "Dental"]
    assert [(c.rate, c.recomputed, c.difference, c.holds) for c in dental] == [(None, None, None, None)] * 2
    assert [(c.implied_rate, c.fitting_rate) for c in dental] == [
        (Decimal("2.51"), Decimal("2.5")), (Decimal("2.50"), Decimal("2.5")),
    ]  # fmt: skip


def test_a_rate_may_be_typed_for_lines_that_none_names() -> None:
    found = rolled("Dental | 9,500 | 9,738 | 9,981", Assumptions(typed=Decimal("2.5")))
    assert [(c.rate, c.rate_of, c.holds) for c in found] == [(Decimal("2.5"), None, True)] * 2


def test_tables_of_which_no_line_has_a_rate_are_not_rolled() -> None:
    assert rolled("Dental | 9,500 | 9,738 | 9,981") == []


def test_only_what_is_recurrent_rolls_forward() -> None:
    columns = [
        {"measure": "plan", "period": "2008/09", "recurrence": "recurrent"},
        {"measure": "plan", "period": "2008/09", "recurrence": "non_recurrent"},
        {"measure": "plan", "period": "2008/09"},
        {"measure": "plan", "period": "2009/10"},
    ]
    found = checks(table("Prescribing | 100 | 50 | 150 | 109", columns), RATES)
    assert [(c.code, c.holds) for c in found] == [("parts", True), ("inflation", True)]


def test_the_recurrent_baseline_is_what_was_applied_less_savings() -> None:
    columns = [{"measure": "plan", "period": p, "recurrence": "recurrent"} for p in ("2007/08", "2008/09")]
    text = "Planned savings | 6,891 | 5,856\nBaseline budgets | 358,387 | {}\nTotal application of funds | 388,471 | 400,269"
    for printed, holds in (("381,581", True), ("381,795", False)):
        found = checks(table(text.format(printed), columns), NONE)
        assert [(c.holds, c.recomputed) for c in found if c.code == "baseline"] == [(holds, 381_580_000)]


CONTRACTS = (
    "Provider | Baseline | Disinvestment\nA | 100 | (2,237)\nB | 90 | (847)\nC | 80 | (813)\nTotal | 270 | (3,897)"
)


def test_disinvestment_is_a_share_of_the_savings_plan() -> None:
    columns = [{"measure": "baseline", "period": "2007/08"}, {"measure": "plan", "period": "2007/08"}]
    plan = figure("plan", "year", 6_891_000, role="total", scheme=None, case="realistic", period="2007/08")
    (check,) = disinvestments(table(CONTRACTS, columns), [plan], {2: True})
    assert (check.printed, check.recomputed, check.difference, check.share) == (
        6_891_000, 3_897_000, 2_994_000, Decimal("56.55"),
    )  # fmt: skip
    assert (check.holds, len(check.figures)) == (False, 4)
    assert list(disinvestments(table(CONTRACTS, columns), [], {2: True})) == []
    assert list(disinvestments(table(CONTRACTS, columns), [plan], {})) == []


@pytest.mark.parametrize(
    ("plans", "value"),
    [
        ([("realistic", 6891), ("upper", 17082)], 6891),
        ([(None, 6891)], 6891),
        ([("upper", 17082)], None),
        ([(None, 6891), (None, 6000)], None),  # two totals: which is meant is not known
        ([(None, 9000), ("realistic", 6891)], 6891),
    ],
)
def test_the_realistic_plan_counts(plans: list[tuple[str | None, int]], value: int | None) -> None:
    made = [
        figure("plan", "year", v, role="total", scheme=None, case=case, period="2007/08", row=r)
        for r, (case, v) in enumerate(plans)
    ]
    found = plan_of(made, "2007/08")
    assert (found.value if found else None) == value
    assert plan_of(made, "2008/09") is None


def test_lines_carry_what_they_print_in_every_column() -> None:
    made = lines(table("Pay | 1 | 2\nOther | 3 |", years("2007/08", "2008/09")))
    assert [(line.label, [(v.period, v.value) for v in line.values]) for line in made] == [
        ("Pay", [("2007/08", 1000), ("2008/09", 2000)]),
        ("Other", [("2007/08", 3000)]),
    ]
