"""What adds up what in tables of budgets and accounts."""

from __future__ import annotations

import pytest

from calc.statement_cases import table, years


def closed(text: str, columns: int = 1) -> dict[str, list[str]]:
    """Each line that adds others up, with those."""
    made = table(text, years("2007/08", "2008/09", "2009/10")[:columns])
    return {line.label: [part.label for part in line.closes] for line in made.lines if line.closes}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a | 1\nb | 2\nTotal | 3", {"Total": ["a", "b"]}),
        ("a | 1\nb | 2\nTOTAL BUDGET 07-08 | 9", {"TOTAL BUDGET 07-08": ["a", "b"]}),  # the last line says total
        (
            "(i) Source of funds |\na | 1\nb | 2\nTOTAL SOURCE OF FUNDS | 3\nUse |\nc | 3\nTotal application | 3",
            {"TOTAL SOURCE OF FUNDS": ["a", "b"], "Total application": ["c"]},
        ),
        # Its lines may say total without adding anything up.
        (
            "CURRENT ASSETS |\nStocks | 86\nTotal debtors | 4,117\nTotal cash | 21\nTOTAL CURRENT ASSETS | 4,224",
            {"TOTAL CURRENT ASSETS": ["Stocks", "Total debtors", "Total cash"]},
        ),
        ("a | 1\nb | 2\nSub-total | 3\nc | 4\nTotal | 7", {"Sub-total": ["a", "b"], "Total": ["Sub-total", "c"]}),
        # Three lines above it make it: a subtotal that does not say so.
        (
            "a | 10\nb | 20\nc | 40\nRolled over | 70\nd | 50\nTotal | 120",
            {"Rolled over": ["a", "b", "c"], "Total": ["Rolled over", "d"]},
        ),
        ("a | 10\nb | 20\nRolled over | 30\nd | 50\nTotal | 110", {"Total": ["a", "b", "Rolled over", "d"]}),  # two may be chance
        ("a | 1\nb | 2\nc | 4\nd | 7\nTotal | 14", {"Total": ["a", "b", "c", "d"]}),  # so small that rounding may do it
        ("a | 0\nb | 0\nc | 0\nd | 0\nTotal | 0", {"Total": ["a", "b", "c", "d"]}),  # noughts prove nothing
        ("a | 1\nb | 2\nTotal pay | 3\nc | 4\nTotal | 7", {"Total pay": ["a", "b"], "Total": ["Total pay", "c"]}),
        ("a | 1\nb | 2\nc | -3\nSurplus | 0", {}),
    ],
)  # fmt: skip
def test_which_lines_a_line_adds_up(text: str, expected: dict[str, list[str]]) -> None:
    assert closed(text) == expected


def test_two_columns_tell_a_subtotal_of_two_lines() -> None:
    assert closed("a | 10 | 50\nb | 20 | 70\nRolled over | 30 | 120\nd | 5 | 1\nTotal | 35 | 121", 2) == {
        "Rolled over": ["a", "b"],
        "Total": ["Rolled over", "d"],
    }


def test_a_subtotal_must_be_the_sum_in_every_column() -> None:
    assert "c" not in closed("a | 10 | 50\nb | 20 | 70\nc | 30 | 130\nTotal | 60 | 250", 2)


def test_cells_that_were_not_read_are_kept_as_they_stand() -> None:
    (line, _) = table("a | 1 | (5,856) 5,354\nb | 2 | 7", years("2007/08", "2008/09")).lines
    assert line.unread == {2: "(5,856) 5,354"}


def test_a_line_whose_only_cell_is_blank_does_not_part_a_total_from_its_lines() -> None:
    assert closed("a | 10\nb |\nc | 40\nd | 20\nTotal | 70") == {"Total": ["a", "c", "d"]}


def test_headings_are_no_lines() -> None:
    made = table("FIXED ASSETS |\nTotal fixed assets | 5\nCURRENT ASSETS |\nStocks | 1")
    assert [(line.label, line.group) for line in made.lines] == [
        ("Total fixed assets", "FIXED ASSETS"),
        ("Stocks", "CURRENT ASSETS"),
    ]


def test_a_table_without_its_texts_is_read_by_its_figures() -> None:
    from build import figure
    from calc.statement_cases import kind_of
    from qippctl.calc.statements import statement

    figures = [figure(basis="year", row=r, scheme=n, role="scheme", value=v) for r, n, v in ((1, "a", 1), (2, "b", 2))]
    total = figure(basis="year", row=3, scheme=None, role="total", value=3)
    made = statement([*figures, total], (), None, 1, kind_of)
    assert [(line.label, len(line.closes)) for line in made.lines] == [("a", 0), ("b", 0), ("Total", 2)]
