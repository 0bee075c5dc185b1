"""Findings that share one wrong figure: one cause, and the figure that is proven to be wrong named first."""

from __future__ import annotations

from audit.tables import ACTUAL, PLAN, VARIANCE, YEAR, audited, figures_of, paper_of
from qippctl.models.finding import Finding

ROW = (PLAN, ACTUAL, VARIANCE)
TABLE = "A | 100 | 80 | -20\nB | 200 | 150 | -50\nC | 50 | 60 | 10\nTotal | 350 | 290 | -60"


def findings(text: str, columns: tuple[tuple[str, str], ...] = ROW) -> list[Finding]:
    return audited(paper_of((text, figures_of(text, columns))))


def test_the_first_finding_names_the_misprint_and_the_others_follow_it() -> None:
    first, second = findings(TABLE.replace("200 ", "260 "))
    assert (first.printed, first.recomputed, first.row, first.difference) == ("260", "200", 1, "60")
    assert first.figures[-1].endswith("/1/1")
    assert second.cause == first.cause == first.id
    assert "makes 2 sums hold" in first.message
    assert second.printed != first.printed


def test_a_misprinted_total_is_told_as_it_is() -> None:
    found = findings(TABLE.replace("290", "390"))
    assert [one.cause for one in found] == [found[0].id] * 2
    assert {(one.code, one.printed, one.recomputed) for one in found} == {
        ("QT202", "390", "290"),
        ("QT101", "390", "290"),
    }


def test_a_finding_alone_has_no_cause_and_its_alternatives() -> None:
    (found,) = findings("A | 10\nB | 20\nTotal | 40", (PLAN,))
    assert found.cause is None
    assert found.repair is not None
    assert [change.needed for (change,) in found.repair.alternatives] == ["20", "30", "30"]
    assert not found.repair.changes


def test_two_misprints_are_two_causes() -> None:
    found = findings(TABLE.replace("100 ", "170 ").replace("| 60 |", "| 90 |"))
    assert len({one.cause for one in found}) == 2


def test_a_block_that_was_read_with_doubt_warns_of_what_is_proven_and_notes_the_rest() -> None:
    text = (
        "Care\nA | 0.8 | 0.6 | 0.5 | -0.1\nB | 0.8? | 0.6? | 0.6? | -5.0?\nSub | 9.2 | 6.2 | 1.1 | -5.1\n"
        "More\nC | 1.0 | 0.5 | 0.5 | 0.0\nD | 1.0 | 0.5 | 0.5 | 0.0\nSub | 2.0 | 1.0 | 1.0 | 0.0\nTotal | 11.2 | 7.2 | 2.1 | -5.1"
    )
    found = findings(text, (YEAR, PLAN, ACTUAL, VARIANCE))
    told = {(one.severity, one.printed, one.recomputed) for one in found if one.severity != "note"}
    assert told == {("warning", "0.6", "5.6"), ("warning", "0.8", "8.4")}
    assert len({one.cause for one in found}) == 1
