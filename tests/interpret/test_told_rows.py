"""Tables with a column that says what each row is: nothing is inferred from names, blanks or sums."""

from __future__ import annotations

from build import document
from qippctl.interpret import interpret

COVER = """\
Tarn Valley NHS Trust
Finance Committee
24 September 2020
CIP month 5 2020/21

Savings by scheme at month 5 of 2020/21, £
"""
HEADS = ("Organisation", "Workstream", "Scheme", "Row is", "YTD plan £", "YTD actual £", "In doubt", "Notes")
ROWS = (
    ("Tarn Valley NHS Trust", "Estates", "Boilers", "Scheme", "100", "90", "", ""),
    ("Tarn Valley NHS Trust", "", "Contingency plan target", "Scheme", "50", "50", "", ""),
    ("NHS Eastmere PCT", "[x]", "Total knee pathway", "Scheme", "20", "10", "", ""),
    ("NHS Eastmere PCT", "Theatres", "", "Workstream", "30", "30", "", ""),
    ("Tarn Valley NHS Trust", "", "Slippage", "Adjustment", "-10", "0", "", ""),
    ("Tarn Valley NHS Trust", "", "No such thing", "Hope", "5", "5", "", ""),
    ("Tarn Valley NHS Trust", "", "Total", "Total", "190", "180", "", ""),
)


def test_rows_are_what_they_are_said_to_be() -> None:
    text = COVER + "\n" + "\n".join("\t".join(row) for row in (HEADS, *ROWS)) + "\n"
    paper = interpret(document(text))
    found = [
        (f.organisation, f.workstream, f.scheme, f.role, str(f.value))
        for f in paper.figures
        if (f.measure, f.basis) == ("plan", "ytd")
    ]
    assert found == [
        ("Tarn Valley NHS Trust", "Estates", "Boilers", "scheme", "100"),
        ("Tarn Valley NHS Trust", None, "Contingency plan target", "scheme", "50"),
        ("NHS Eastmere PCT", None, "Total knee pathway", "scheme", "20"),
        ("NHS Eastmere PCT", "Theatres", None, "workstream", "30"),
        ("Tarn Valley NHS Trust", None, "Slippage", "adjustment", "-10"),
        ("Tarn Valley NHS Trust", None, None, "total", "190"),
    ]
    (table,) = [table for table in paper.tables if table.figures]
    assert table.notes == ('row 7 says "hope" of what it is; no figures taken',)


def test_an_amount_below_its_unit_is_no_heading_however_its_row_is_worded() -> None:
    rows = (
        ("Workstream", "Scheme", "Plan £", "Forecast £"),
        ("Savings programme", "Referral target", "1,250,000", ""),
        ("Savings programme", "Triage", "500,000", "400,000"),
    )
    paper = interpret(document(COVER + "\n" + "\n".join("\t".join(row) for row in rows) + "\n"))
    assert {(f.scheme, str(f.value)) for f in paper.figures} == {
        ("Referral target", "1250000"),
        ("Triage", "500000"),
        ("Triage", "400000"),
    }
