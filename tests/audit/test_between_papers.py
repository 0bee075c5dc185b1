"""Papers of two months against each other: three months of an invented trust, and texts of a few lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

import trust
from audit.made import POLICY
from qippctl import pipeline
from qippctl.audit import in_order
from qippctl.ledger import open_ledger
from qippctl.models.decisions import PlanApproval
from qippctl.models.finding import Finding
from qippctl.models.paper import Paper
from qippctl.models.policy import Policy

MONTHS = trust.year()


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paper]:
    return {name: pipeline.extract(path) for name, path in trust.write(tmp_path_factory.mktemp("between")).items()}


def together(papers: Sequence[Paper], policy: Policy | None = None) -> list[Finding]:
    return list(in_order(f for audited in pipeline.audit_together(papers, policy) for f in audited.findings))


def rows_of(month: int) -> dict[str, trust.Row]:
    """The rows that a month prints, by what is the same in every month."""
    return {row.ref or f"{row.group}/{row.role}": row for row in MONTHS[month].rows()}


def name_of(row: trust.Row) -> str:
    return row.name or row.group or row.role


def planted(first: int, last: int) -> set[tuple[str, str, Decimal, Decimal]]:
    """Whose, what, from and to of all that both months print of plans and of what was over, and differently beyond rounding."""
    before, after = rows_of(first), rows_of(last)
    spread = (MONTHS[first].step + MONTHS[last].step) / 2
    return {
        (name_of(after[key]), f"{quantity[0]}", was, after[key].figures[quantity])
        for key, row in before.items()
        if key in after
        for quantity, was in row.figures.items()
        if quantity in after[key].figures
        and abs(after[key].figures[quantity] - was) > spread
        and (quantity[0] == "plan" or (quantity[0] != "forecast" and quantity[3] <= MONTHS[first].period))
    }


@pytest.mark.parametrize(("first", "last"), [(9, 10), (10, 11)])
def test_every_planted_restatement_is_found_and_no_other(papers: dict[str, Paper], first: int, last: int) -> None:
    two = [papers[f"m{first:02d}"], papers[f"m{last:02d}"]]
    figures = {f.id: f for paper in two for f in paper.figures}
    told = set()
    for finding in together(two):
        if finding.code == "QM801":
            name, _, _ = finding.message.partition(":")
            pairs = zip(finding.figures[::2], finding.figures[1::2], strict=True)
            told |= {(name, figures[was].measure, figures[was].value, figures[now].value) for was, now in pairs}
    truth = planted(first, last)
    assert len(truth) >= 10
    assert (sorted(truth - told), sorted(told - truth)) == ([], [])


def test_schemes_are_warnings_and_what_follows_from_them_are_notes(papers: dict[str, Paper]) -> None:
    found = [f for f in together([papers["m09"], papers["m10"]]) if f.code == "QM801"]
    warned = {f.message.partition(":")[0] for f in found if f.severity == "warning"}
    assert warned == {"Theatre lists", "Day case rate", "Ambulatory care", "Bed days"}
    noted = [f for f in found if f.severity == "note"]
    assert noted and all("as its schemes'" in f.message for f in noted)
    assert {f.paper for f in found} == {papers["m10"].cover.paper}


def test_a_restatement_gives_its_numbers_in_the_later_paper_s_unit(papers: dict[str, Paper]) -> None:
    found = together([papers["m10"], papers["m11"]])
    energy = next(f for f in found if f.message.startswith("Energy:"))
    assert (energy.code, energy.printed, energy.recomputed) == ("QM801", "586500", "556500")
    assert "plan.year 556,500 became 586,500" in energy.message


def test_amounts_to_date_that_fall(papers: dict[str, Paper]) -> None:
    def falls(first: str, last: str, severity: str) -> set[str]:
        found = together([papers[first], papers[last]])
        return {f.message.partition(":")[0] for f in found if (f.code, f.severity) == ("QM802", severity)}

    assert falls("m09", "m10", "warning") == {"Rostering"}
    assert falls("m10", "m11", "warning") == {"Follow-up clinics"}
    # A sum of which a scheme has gone is less without it.
    assert falls("m09", "m10", "note") == {"Procurement"}
    assert falls("m10", "m11", "note") == {"Urgent care"}


def test_nothing_else_is_told_of_three_months(papers: dict[str, Paper]) -> None:
    assert {f.code for f in together([papers["m09"], papers["m10"], papers["m11"]])} == {"QM801", "QM802"}
    assert together([papers["neighbour10"], papers["neighbour11"]]) == []
    assert together([papers["before"], papers["m10"]]) == []
    assert together([papers["m10"]]) == []


def test_findings_keep_their_ids_whatever_else_is_given(papers: dict[str, Paper]) -> None:
    alone = together([papers["m09"], papers["m10"]])
    turned = together([papers["neighbour11"], papers["m10"], papers["m09"]])
    assert len({f.id for f in alone}) == len(alone) and alone == turned


def test_the_ledger_s_audit_looks_at_the_month_before(papers: dict[str, Paper], tmp_path: Path) -> None:
    ledger = open_ledger(f"sqlite:///{tmp_path / 'book.db'}")
    for name in ("m09", "m10", "neighbour10"):
        ledger.add(papers[name], version="test")

    def found() -> list[Finding]:
        audits = pipeline.audit_ledger(ledger, trust.BODY)
        return [f for one in audits for f in one.findings if f.code == "QM801" and f.severity == "warning"]

    assert {f.id for f in found()} <= {f.id for f in together([papers["m09"], papers["m10"]])}
    assert len(found()) == 4
    assert [
        f for one in pipeline.audit_ledger(ledger, trust.BODY, "M9") for f in one.findings if f.code == "QM801"
    ] == []
    common = {"organisation": trust.BODY, "by": "A. Clerk", "at": "2019-02-22T09:00:00Z", "reason": "Minuted"}
    period, meeting = MONTHS[10].period, "Board, 21 February 2019"
    ledger.decide(PlanApproval(**common, period=period, scheme="Bed days", meeting=meeting))  # type: ignore[arg-type]
    assert len(found()) == 3
    # What was delivered is no plan: no decision of a board makes it another.
    ledger.decide(PlanApproval(**common, period=period, scheme=None, meeting=meeting))  # type: ignore[arg-type]
    assert [f.message.partition(":")[0] for f in found()] == ["Theatre lists"]


BODY = "Tarn Valley NHS Trust"
HEADS = "Scheme\tYTD plan £000\tYTD actual £000"


def text_of(
    tmp_path: Path, month: int, *rows: str, heads: str = HEADS, title: str = "Savings", more: str = ""
) -> Paper:
    """A paper of a month: one table, a sentence, and perhaps further tables."""
    path = tmp_path / f"m{month}-{len(list(tmp_path.iterdir()))}.txt"
    table = "\n".join([f"{title} at month {month} of 2018/19", "", heads, *rows])
    path.write_text(
        f"{BODY}\nTrust Board, 21 {('February', 'March')[month - 10]} 2019\n\n{more}\n\n{table}\n", encoding="utf-8"
    )
    return pipeline.extract(path)


YEAR = "Scheme\tAnnual plan £000\tYTD plan £000\tYTD actual £000\tFull year forecast £000"


@pytest.mark.parametrize(
    ("title", "more", "heads", "codes"),
    [
        ("Savings", "", YEAR, ["QM801"]),
        ("Savings, plans restated,", "", YEAR, []),
        ("Savings", "", YEAR.replace("Annual plan", "Revised annual plan"), []),
        ("Savings", "The plan of Theatre lists was re-phased to £93k for the year.", YEAR, []),
        ("Savings", "All schemes were re-profiled, by £27k in all.", YEAR, []),
        ("Savings", "The plan of Outpatient letters was re-phased to £93k for the year.", YEAR, ["QM801"]),
        ("Savings", "Theatre lists have a plan of £93k for the year.", YEAR, ["QM801"]),
    ],
)
def test_a_restatement_that_the_paper_tells_is_none(
    tmp_path: Path, title: str, more: str, heads: str, codes: list[str]
) -> None:
    rest = "Outpatient letters\t60.0\t{}\t{}\t60.0"
    before = text_of(tmp_path, 10, "Theatre lists\t120.0\t100.0\t70.0\t93.0", rest.format("50.0", "50.0"), heads=YEAR)
    after = text_of(
        tmp_path,
        11,
        "Theatre lists\t93.0\t85.0\t80.0\t93.0",
        rest.format("55.0", "55.0"),
        heads=heads,
        title=title,
        more=more,
    )
    found = [f for f in together([before, after]) if f.code == "QM801"]
    assert [f.code for f in found] == codes
    assert all((f.printed, f.recomputed) == ("93", "120") for f in found)


def test_a_cut_digit_is_no_restatement_to_warn_of(tmp_path: Path) -> None:
    heads = "Scheme\tAnnual plan £000\tYTD plan £000\tYTD actual £000"
    before = text_of(tmp_path, 10, "Theatres\t482.6\t400.0\t390.0", "Beds\t60.0\t50.0\t50.0", heads=heads)
    after = text_of(tmp_path, 11, "Theatres\t482\t440\t430", "Beds\t60\t55\t55", heads=heads)
    assert [(f.code, f.severity) for f in together([before, after])] == [("QM801", "note")]


def test_a_forecast_below_what_the_month_before_delivered(tmp_path: Path) -> None:
    before = text_of(tmp_path, 10, "Theatres\t100.0\t90.0", "Beds\t50.0\t50.0")
    after = text_of(
        tmp_path,
        11,
        "Theatres\t120.0\t40.0",
        "Beds\t60.0\t60.0",
        heads="Scheme\tAnnual plan £000\tFull year forecast £000",
    )
    (one,) = [f for f in together([before, after]) if f.code == "QM803"]
    assert (one.severity, one.printed, one.recomputed) == ("warning", "40", "90")
    assert one.paper == after.cover.paper and before.cover.paper in one.message


RATED = "Scheme\tYTD plan £000\tYTD actual £000\tRAG"


@pytest.mark.parametrize(
    ("before", "after", "policy", "told"),
    [
        (("100.0", "78.0", "R"), ("110.0", "85.8", "A"), None, "red became amber"),
        (("100.0", "78.0", "R"), ("110.0", "85.8", "R"), None, None),
        (("100.0", "78.0", "R"), ("110.0", "99.0", "A"), None, None),  # it moved
        (("100.0", "78.0", "R"), ("110.0", "108.0", "R"), None, None),  # nobody says where a limit is
        (("100.0", "78.0", "R"), ("110.0", "108.0", "R"), POLICY, "red stayed"),
        (("100.0", "98.0", "G"), ("110.0", "80.0", "G"), POLICY, "green stayed"),
        (("100.0", "81.0", "A"), ("110.0", "96.0", "A"), POLICY, None),  # one band
    ],
)
def test_colours_that_part_from_their_figures(
    tmp_path: Path, before: tuple[str, ...], after: tuple[str, ...], policy: Policy | None, told: str | None
) -> None:
    other = "Beds\t{0}\t{0}\tG"
    two = [
        text_of(tmp_path, month, "\t".join(("Theatres", *cells)), other.format(value), heads=RATED)
        for month, cells, value in ((10, before, "50.0"), (11, after, "55.0"))
    ]
    found = [f for f in together(two, policy) if f.code == "QM804"]
    assert [re.search(r"\w+ (?:became \w+|stayed)", f.message)[0] for f in found] == ([told] if told else [])  # type: ignore[index]
    assert all((f.decision, f.paper, f.severity) == ("rag", two[1].cover.paper, "warning") for f in found)


def test_a_table_too_coarse_to_tell_is_a_note(tmp_path: Path) -> None:
    heads = RATED.replace("£000", "£m")
    two = [
        text_of(tmp_path, month, f"Theatres\t0.3\t0.2\t{colour}", "Beds\t0.5\t0.5\tG", heads=heads)
        for month, colour in ((10, "R"), (11, "A"))
    ]
    assert [(f.code, f.severity) for f in together(two)] == [("QM804", "note")]
