"""The five real papers, cell by cell against truth made by hand. They run where QIPPCTL_PAPERS names their folder."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

import pytest

from conftest import Run
from qippctl import pipeline
from qippctl.ledger import open_ledger
from qippctl.models.paper import Paper
from real.truth import PAPERS, compare, expected, find_paper, load, matches

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")

WEST_LEICESTERSHIRE, SOUTH_WEST_ESSEX, STAFFORD = (
    load(n) for n in ("west_leicestershire", "south_west_essex", "stafford")
)
TABLES = [
    (truth["file_prefix"], table["name"], table)
    for truth in (WEST_LEICESTERSHIRE, SOUTH_WEST_ESSEX)
    for table in truth["tables"]
]


@lru_cache(maxsize=8)
def reading(prefix: str) -> Paper:
    return pipeline.extract(find_paper(prefix))


@pytest.fixture(scope="module")
def ledger_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('real') / 'real.db'}"
    ledger = open_ledger(url)
    for prefix in ("000", "001", "002", "003", "004"):
        ledger.add(reading(prefix), version="test")
    return url


@pytest.mark.parametrize(("prefix", "name", "table"), TABLES, ids=[f"{p}-{n}" for p, n, _ in TABLES])
def test_every_figure_of_a_table_is_read(prefix: str, name: str, table: dict) -> None:
    missing, _, count = compare(reading(prefix), table)
    assert [e.at for e in missing] == []
    assert count > 60


@pytest.mark.parametrize("name", ["Appendix 2 - QIPP delivery monitoring", "Paragraph 11 - Programme @ Month 11"])
def test_clean_tables_are_vouched_for(name: str) -> None:
    table = next(t for t in WEST_LEICESTERSHIRE["tables"] if t["name"] == name)
    _, doubted, _ = compare(reading("003"), table)
    # A delivery of 0% beside a plan that is not printed is a percentage of nothing.
    assert [e.at.split(": ")[1] for e in doubted] in ([], ["0%"])


def test_templates_are_read_whole() -> None:
    found = reading("000").figures
    wanted = [e for table in STAFFORD["tables"] for e in expected(table)]
    assert len(wanted) == 85
    assert [e.at for e in wanted if not any(matches(e, f) for f in found)] == []


@pytest.mark.parametrize(
    ("prefix", "truth"), [("001", SOUTH_WEST_ESSEX), ("003", WEST_LEICESTERSHIRE)], ids=["001", "003"]
)
def test_no_vouched_figure_contradicts_the_truth(prefix: str, truth: dict) -> None:
    """Of rows that truth names, every figure without a doubt is right."""
    by_row: dict[tuple, dict[tuple, Decimal]] = {}
    counts: dict[tuple, int] = {}
    for table in truth["tables"]:
        seen = set()
        for e in expected(table):
            key = (
                e.role,
                (e.workstream or "").lower(),
                (e.scheme or "").lower(),
                e.period if e.name[1] == "ytd" else e.period[:7],
            )
            by_row.setdefault(key, {})[e.name] = e.value
            if (key, e.name) in seen:
                counts[key] = 2
            seen.add((key, e.name))
    wrong = []
    for f in reading(prefix).figures:
        period = f.period or ""
        key = (
            f.role,
            (f.workstream or "").lower(),
            (f.scheme or "").lower(),
            period if f.basis == "ytd" else period[:7],
        )
        name = (f.measure, f.basis if f.measure != "count" else "", f.recurrence, f.case or "", f.qualifier or "")
        known = by_row.get(key, {}).get(name)
        if known is not None and known != f.value and not f.doubts and counts.get(key, 1) == 1 and f.measure != "count":
            wrong.append((key, name, f.raw, f.value, known))
    assert wrong == []


def test_the_scarred_subtotals_and_ghosts_are_doubted() -> None:
    """Rows that recognition spoilt: a subtotal beside a ghost of its scheme, a count in the column of leads, a fused name."""
    figures = reading("001").figures
    by_at = {(f.table, f.row, f.column, f.qualifier): f for f in figures}
    assert all(f.doubts for f in figures if f.scheme and f.scheme.startswith("SWECS - Workforce SWECS"))
    assert all(f.doubts for f in figures if f.table == "p1t5" and f.role == "subtotal" and f.raw == "(2.3)")
    assert by_at  # the keys are addresses: no two figures stand at one
    assert len({f.id for f in figures}) == len(figures)


def test_a_plan_without_a_tracker_gives_only_its_productivity_plan_as_savings() -> None:
    savings = {p: [f for f in reading(p).figures if f.subject == "savings"] for p in ("002", "004")}
    assert [len(savings["002"]), len(savings["004"])] == [0, 24]
    assert {f.case for f in savings["004"]} == {"upper", "realistic"}


@pytest.mark.parametrize(
    ("prefix", "organisation", "period", "meeting"),
    [
        ("000", "Stafford & Surrounds PBC Consortium", "2010/11", "2010-06-09"),
        ("001", "NHS South West Essex", "2011/12-M01", "2011-05-26"),
        ("002", "East Staffs Consortium", "2009/10", "2009-05-13"),
        ("003", "West Leicestershire Clinical Commissioning Group", "2014/15-M11", "2015-05-12"),
        ("004", "Stockport Primary Care Trust", "2007/08", None),
    ],
)
def test_covers(prefix: str, organisation: str, period: str, meeting: str | None) -> None:
    cover = reading(prefix).cover
    assert (cover.organisation, cover.period, cover.meeting_date) == (organisation, period, meeting)


def test_west_leicestershire_rates_five_red_eight_green_two_without(run: Callable[..., Run], ledger_url: str) -> None:
    import json

    done = run(
        "rag", "--ledger", ledger_url, "--organisation", "West Leicestershire", "--period", "2014/15-M11",
        "--policy", "west-leicestershire-2015", "--format", "json",
    )  # fmt: skip
    answers = json.loads(done.out)
    colours = [a["derived"] for a in answers if a["role"] == "scheme"]
    assert (len(colours), colours.count("red"), colours.count("green"), colours.count(None)) == (15, 5, 8, 2)
    total = next(a for a in answers if a["role"] == "total")
    assert (total["plan"], total["actual"], total["variance"], total["delivery"]) == (
        "7833400",
        "6405500",
        "-1427900",
        "81.8",
    )


def test_south_west_essex_agrees_with_every_printed_workstream_colour(run: Callable[..., Run], ledger_url: str) -> None:
    import json

    done = run(
        "rag", "--ledger", ledger_url, "--organisation", "South West Essex", "--period", "2010/11-M12",
        "--policy", "south-west-essex-2011", "--dimension", "finance", "--format", "json",
    )  # fmt: skip
    answers = [a for a in json.loads(done.out) if a["role"] in ("workstream", "total")]
    assert len(answers) == 14
    assert all(a["printed"] in a["possible"] for a in answers)
    undecided = [a["workstream"] for a in answers if a["certainty"] != "certain"]
    assert sorted(undecided) == ["Community Hospitals", "Public Health", "Unplanned Care"]


def test_south_west_essex_is_rated_by_the_rule_that_its_paper_states(run: Callable[..., Run], ledger_url: str) -> None:
    import json

    for period in ("2010/11-M12", "2011/12-M01"):
        asked = (
            "rag",
            "--ledger",
            ledger_url,
            "--organisation",
            "South West Essex",
            "--period",
            period,
            "--format",
            "json",
        )
        stated, named = (json.loads(run(*asked, *more).out) for more in ((), ("--policy", "south-west-essex-2011")))
        assert {a["policy"] for a in stated} == {"nhs-south-west-essex-2011"}
        assert [a | {"policy": ""} for a in stated] == [a | {"policy": ""} for a in named]


def test_its_milestone_rule_gives_no_colour_to_25_of_its_own_rows(run: Callable[..., Run], ledger_url: str) -> None:
    """Rows of schemes, of workstreams and their subtotals, in both years; two more may be misread."""
    import json
    from collections import Counter

    found = json.loads(run("policy", "check", "south-west-essex-2011", "--ledger", ledger_url, "--format", "json").out)
    rows = [f for f in found if f["type"] == "uncoloured-row" and not f["in_doubt"]]
    assert (found[-1]["rows"], found[-1]["uncoloured"], found[-1]["uncoloured_in_doubt"]) == (119, 25, 2)
    assert Counter((r["period"], r["role"]) for r in rows) == {
        ("2010/11-M12", "workstream"): 5,
        ("2010/11-M12", "scheme"): 7,
        ("2010/11-M12", "subtotal"): 3,
        ("2011/12-M01", "workstream"): 3,
        ("2011/12-M01", "scheme"): 4,
        ("2011/12-M01", "subtotal"): 3,
    }
