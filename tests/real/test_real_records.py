"""The records of the five real papers against lists made by eye. They run where QIPPCTL_PAPERS names their folder.

Long texts are the papers' own and not ours to keep: the lists hold their hashes.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from qippctl import pipeline
from qippctl.models.paper import Paper
from qippctl.models.records import Record
from real.truth import PAPERS, find_paper

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")

NAMES = {
    "000": "stafford",
    "001": "south_west_essex",
    "002": "east_staffs",
    "003": "west_leicestershire",
    "004": "stockport",
}
LONGEST_KEPT = 6
COUNTS = {"milestone": 54, "alignment": 56, "risk": 5, "indicator": 44, "status": 111, "intervention": 44}


def truth(prefix: str) -> dict[str, list[dict[str, Any]]]:
    return json.loads((Path(__file__).parent / f"records_{NAMES[prefix]}.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def reading(prefix: str) -> Paper:
    return pipeline.extract(find_paper(prefix))


def of_type(prefix: str, kind: str) -> list[Record]:
    return [record for record in reading(prefix).records if record.type == kind]


def held(value: Any) -> Any:
    """A text as the lists hold it."""
    if not isinstance(value, str):
        return value
    text = " ".join(value.split())
    if len(text.split()) <= LONGEST_KEPT:
        return text
    return "#" + hashlib.sha256(text.encode()).hexdigest()[:16]


def differing(prefix: str, kind: str) -> list[tuple[int, str, tuple[str, ...]]]:
    """Each record that is not as listed: its place in the list, the keys that differ, its doubts."""
    wanted, found = truth(prefix)[kind], of_type(prefix, kind)
    assert len(found) == len(wanted)
    return [
        (i, " ".join(keys), tuple(record.doubts))
        for i, (want, record) in enumerate(zip(wanted, found, strict=True))
        if (
            keys := [
                k
                for k, v in want.items()
                if k in type(record).model_fields and k != "references" and held(getattr(record, k)) != v
            ]
        )
    ]


@pytest.mark.parametrize(
    ("prefix", "kind"),
    [
        ("000", "milestone"),
        ("000", "project"),
        ("002", "project"),
        ("002", "alignment"),
        ("003", "risk"),
        ("003", "position"),
        ("003", "indicator"),
        ("001", "term"),
        ("004", "scenario"),
    ],
)
def test_every_record_is_as_listed(prefix: str, kind: str) -> None:
    differs = [(i, keys) for i, keys, _ in differing(prefix, kind) if (prefix, kind) != ("004", "scenario")]
    assert differs == []


def test_records_that_are_not_as_listed_say_so() -> None:
    """Sheets and tables whose cells conversion tore: what differs carries a doubt."""
    statuses = differing("001", "status")
    # One mitigation took a piece of the next cell, `2(TBC`.
    assert [(keys, doubts) for _, keys, doubts in statuses if not doubts] == [("mitigation", ())]
    assert {keys for _, keys, doubts in statuses if doubts} <= {"workstream"}
    torn = differing("004", "intervention")
    assert len(torn) <= 5 and all(doubts for _, _, doubts in torn)


def test_the_five_papers_hold_as_many_records_as_they_print() -> None:
    counted = Counter(record.type for prefix in NAMES for record in reading(prefix).records)
    assert {kind: counted[kind] for kind in COUNTS} == COUNTS


def test_ticks_past_the_page_break_are_given_to_no_standard() -> None:
    ticks = of_type("002", "alignment")
    slipped = [tick for tick in ticks if tick.doubts]
    assert len(slipped) == 36 and all(tick.standard is None for tick in slipped)  # type: ignore[attr-defined]


@pytest.mark.parametrize("prefix", ["000", "002", "003"])
def test_covers_are_as_listed(prefix: str) -> None:
    want, cover = truth(prefix)["cover"][0], reading(prefix).cover
    assert held(cover.title) == want["title"]
    assert (cover.committee or "").upper() == want["committee"]
    assert (cover.meeting_date, held(cover.organisation), cover.recommendation) == (
        want["meeting_date"],
        want["organisation"],
        want["recommendation"],
    )


def test_the_lead_and_the_implications_of_a_cover_are_read() -> None:
    cover = reading("000").cover
    assert cover.leads == {"Lead Director": "Mark Powell", "Lead Officer": "Jane Chapman"}
    assert list(cover.implications) == [
        "Patient Engagement",
        "Financial",
        "Sustainability",
        "PBC",
        "Workforce / Training",
    ]


def test_figures_of_the_productivity_plan_and_the_excluded_investments_are_right_to_the_pound() -> None:
    figures = reading("004").figures
    wanted = truth("004")["figures"]
    found = Counter((f.raw, f.value, f.measure, f.case, f.qualifier, f.role) for f in figures)
    for row in wanted:
        case = row["case"]
        key = (row["raw"], Decimal(str(row["value"])), row["measure"], case, row["qualifier"], row["role"])
        assert found[key] > 0, row
        found[key] -= 1
    assert len(wanted) == 32 + 37


def test_accounts_are_read_as_printed_and_are_no_savings() -> None:
    figures = [f for f in reading("004").figures if f.subject == "finance"]
    wanted = Counter((row["raw"], Decimal(str(row["value"]))) for row in truth("004")["finance"])
    found = Counter((f.raw, f.value) for f in figures)
    # What is left out: a column of ratios, and a row in which two rows are printed one over the other.
    assert sum((wanted - found).values()) <= 11
    strange = [f for f in figures if (f.raw, f.value) in found - wanted]
    assert [f.raw for f in strange if not f.doubts] == []


def test_a_row_of_a_scheme_sheet_belongs_to_the_body_that_its_initials_name() -> None:
    bodies = Counter(record.organisation for record in of_type("001", "status"))
    assert bodies["NHS South East Essex"] == 52 and bodies["NHS South West Essex"] >= 57


def test_the_rules_that_papers_state_are_the_shipped_ones() -> None:
    for prefix, name in (("001", "south-west-essex-2011"), ("003", "west-leicestershire-2015")):
        (stated,) = of_type(prefix, "policy")
        shipped = pipeline.find_policy(name)
        assert (stated.money, stated.milestones) == (shipped.money, shipped.milestones)  # type: ignore[attr-defined]


def test_balance_sheet_columns_are_of_the_year_that_they_close() -> None:
    figures = [f for f in reading("004").figures if f.raw in ("24,045", "24,369", "24,688", "25,125")]
    assert [(f.measure, f.period) for f in figures] == [
        ("baseline", "2006/07"),
        ("forecast", "2007/08"),
        ("forecast", "2008/09"),
        ("forecast", "2009/10"),
    ]


def test_sums_over_the_years_stand_under_their_own_year() -> None:
    row = [f for f in reading("004").figures if f.subject == "finance" and f.scheme == "Planned Efficiency Programme"]
    printed = {(f.period, f.recurrence): f.raw for f in row}
    assert printed[("2007/08", "recurrent")] == "6,891"
    assert printed[("2008/09", "recurrent")] == "5,856"
    assert printed[("2009/10", "all")] == "1,500"
