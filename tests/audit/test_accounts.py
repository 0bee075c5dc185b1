"""Budgets and accounts: what foots is silent, what does not is told under the audit's codes."""

from __future__ import annotations

import pytest

from audit.tables import audited, figures_of, paper_of
from calc.statement_cases import kind_of
from qippctl.models.finding import Finding

YEARS = [{"measure": "plan", "basis": "year", "period": year} for year in ("2007/08", "2008/09", "2009/10")]
SHEET = """
Total fixed assets | 24045 | 24369
Total current assets | 4224 | 4124
Total amounts due within a year | (22984) | (23339)
Net current liabilities | (18760) | (19215)
Total assets less current liabilities | 5285 | 5154
Provisions | (1847) | (1496)
Total assets employed | 3438 | 3658
"""


def findings(text: str, table: str = "p1t1") -> list[Finding]:
    figures = figures_of(text, YEARS, subject="finance", table=table)
    return audited(paper_of((text, figures)), kind_of)


def numbers(found: list[Finding]) -> list[tuple[str, str | None, str | None]]:
    return [(one.code, one.printed, one.recomputed) for one in found]


def test_a_balance_sheet_that_foots_is_silent() -> None:
    assert findings(SHEET) == []


@pytest.mark.parametrize(
    ("printed", "misprint", "expected"),
    [
        ("(18760)", "(18670)", {("QT205", "-18670", "-18760")}),
        ("(1496)", "(1946)", {("QT205", "-1946", "-1496"), ("QT205", "3658", "3208")}),
        ("4124\n", "4214\n", {("QT205", "-19215", "-19125")}),
    ],
)
def test_a_balance_sheet_with_one_misprint(printed: str, misprint: str, expected: set[tuple[str, str, str]]) -> None:
    found = numbers(findings(SHEET.replace(printed, misprint)))
    assert found
    assert set(found) <= expected or expected & set(found)


def test_a_column_of_accounts_is_not_summed_from_top_to_bottom() -> None:
    assert findings("Assets | 10\nDebts | 4\nNet | 6\nMore | 9\nTotal of nothing in particular | 6") == []


def test_numbers_fused_in_a_cell_decide_by_their_sum() -> None:
    text = "a | 100 | 200 | 300\nb | 50 | 9 | 7\nc | 0 | (5,856) 5,354 | (1,500) 10,308\nTotal | 150 | 13 | 9,115"
    (found,) = findings(text)
    assert (found.code, found.severity, found.printed, found.recomputed) == ("QT202", "warning", "13", "-293")
    assert "fused-cell" in found.doubts


def test_a_cell_that_is_no_number_leaves_its_total_untold() -> None:
    assert findings("a | 100 | 200\nb | 20 | 9\nc | 30 | see note\nTOTAL BUDGET | 150 | 13") == []


def test_a_difference_that_one_figure_of_another_table_is_worth_names_it() -> None:
    budget = "a | 378000\nb | 23432\nTOTAL BUDGET | 401247"
    funds = "Growth | 5000\nNon-recurrent | (185)"
    own = figures_of(budget, YEARS, subject="finance")
    other = figures_of(funds, YEARS, subject="finance", table="p1t2")
    (found,) = audited(paper_of((budget, own), (funds, other)), kind_of)
    assert (found.printed, found.recomputed, found.difference) == ("401247", "401432", "-185")
    assert found.message.endswith("; explained by (185), Non-recurrent")


def test_a_total_in_one_column_of_four_may_be_misprinted() -> None:
    columns = [{"measure": "plan", "basis": "year", "period": f"20{n:02}/{n + 1}"} for n in range(7, 11)]
    text = "a | 10 | 11 | 12 | 13\nb | 20 | 21 | 22 | 23\nc | 40 | 41 | 42 | 43\nRolled over | 70 | 73 | 79 | 79"
    (found,) = audited(paper_of((text, figures_of(text, columns, subject="finance"))), kind_of)
    assert (found.code, found.printed, found.recomputed) == ("QT201", "79", "76")


def test_each_year_in_which_a_fused_cell_does_not_fit_is_told() -> None:
    text = "a | 100 | 200 | 300\nb | 50 | 9 | 7\nc | 0 | (56) 54 | (15) 18\nTotal | 150 | 213 | 330"
    assert {(f.severity, f.printed, f.recomputed) for f in findings(text)} == {
        ("warning", "213", "207"),
        ("warning", "330", "310"),
    }


def test_a_line_that_says_total_is_a_line_where_the_sum_with_it_holds() -> None:
    text = "CURRENT ASSETS\nStocks | 86 | 86 | 86\nTotal debtors | 4117 | 4017 | 3950\nTOTAL CURRENT ASSETS | 4203 | 4103 | 4036"
    assert findings(text) == []
    assert numbers(findings(text.replace("3950", "9950"))) == [("QT201", "4036", "10036")]
    assert findings(text.replace("4203 | 4103 | 4036", "9 | 8 | 7")) == []
