"""`qippctl metrics` as scripts and people use it, on a ledger of its own and on the samples."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from build import figure, paper
from conftest import Run
from qippctl.ledger import open_ledger
from qippctl.models.figure import Doubt
from qippctl.models.paper import TableReading
from qippctl.models.records import Indicator
from qippctl.period import MONTHS

Runner = Callable[..., Run]


def records(run: Runner, *arguments: object) -> list[dict]:
    done = run(*arguments, "--format", "json")
    assert done.status == 0, done.err
    return json.loads(done.out)


def keep(
    url: str, number: int, *rows: dict, period: str = "2014/15-M11", title: str | None = None, **cover: object
) -> None:
    """A paper whose one table lists indicators, kept in a ledger; an actual that is a plain number is a figure as well."""
    sha = f"{number:02x}" * 32
    default = {"name": "Seen in time", "workstream": "Urgent care", "organisation": "Body"}
    found = [
        Indicator(paper=f"{number}.txt", sha256=sha, page=1, table="p1t1", row=row, **(default | texts))
        for row, texts in enumerate(rows)
    ]
    figures = [
        figure("actual", "ytd", one.actual, sha256=sha, row=one.row, subject="indicator", role="workstream", unit="count",
               scheme=None, qualifier=one.name, period=period, doubts=(Doubt.BASIS_UNCLEAR,))
        for one in found if one.actual and one.actual.isdigit()
    ]  # fmt: skip
    table = TableReading(
        table="p1t1", page=1, kind="indicators", title=title, period=None if title else period, rows=1, columns=5
    )
    made = paper(figures, sha256=sha, paper=f"{number}.txt", period=period, **cover)
    ledger = open_ledger(url)
    ledger.add(made.model_copy(update={"records": tuple(found), "tables": (table,)}), version="test")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'metrics.db'}"


def test_an_indicator_answers_what_the_contract_lists(run: Runner, sample_ledger: str) -> None:
    found = records(run, "metrics", "--ledger", sample_ledger, "--organisation", "Kelderby")
    *indicators, share = found
    keys = {
        "type", "workstream", "level", "name", "baseline", "baseline_period", "target", "actual", "actual_period", "rank",
        "frequency", "comment", "paper", "page", "table", "row", "doubts", "organisation", "targets", "actual_value", "on_target",
        "rag", "why", "note", "data_month", "arrears_stated", "arrears_actual", "late", "sources",
    }  # fmt: skip
    assert all(keys <= set(one) and one["type"] == "indicator" for one in indicators)
    assert share["type"] == "indicator-share"
    assert [(one["name"][:20], one["on_target"], one["rag"]) for one in indicators] == [
        ("Patients waiting ove", None, None),
        ("Diagnostic tests wit", False, "red"),
        ("Requests answered by", False, "red"),
        ("Seen within four hou", False, "red"),
        ("Average ambulance re", False, "red"),
        ("Falls answered by th", False, "red"),
        ("Dementia diagnosed, ", True, "green"),
        ("Patients placed out ", False, "red"),
    ]
    assert (share["decided"], share["share"]) == (7, "14.3")


def test_what_is_off_target_comes_before_what_is_undecided(run: Runner, sample_ledger: str) -> None:
    asked = ("metrics", "--ledger", sample_ledger, "--organisation", "Kelderby")
    lines = run(*asked).out.splitlines()
    assert lines[1] == "1 on target, 6 off target, 1 cannot be decided."
    assert lines.index("Off target") < lines.index("Cannot be decided")
    assert "On target" not in lines and "1 on target (--all)" in lines
    assert "On target" in run(*asked, "--all").out.splitlines()


def test_off_target_can_fail_a_script(run: Runner, url: str) -> None:
    keep(url, 1, {"target": "at least 95%", "actual": "96%"}, {"name": "Other", "target": "95%", "actual": "90%"})
    assert run("metrics", "--ledger", url, "--fail-on", "off-target").status == 0
    keep(url, 2, {"target": "at least 95%", "actual": "94%"}, period="2014/15-M12")
    assert run("metrics", "--ledger", url, "--fail-on", "off-target").status == 1
    assert run("metrics", "--ledger", url, "--period", "M11", "--fail-on", "off-target").status == 0
    done = run("metrics", "--ledger", url, "--period", "M10")
    assert done.status == 2 and "there is Body: 2014/15-M11, 2014/15-M12" in done.err


def test_a_ledger_without_indicators_says_what_to_do(run: Runner, url: str) -> None:
    open_ledger(url).add(paper([figure()]), version="test")
    done = run("metrics", "--ledger", url)
    assert (done.status, done.err) == (0, "The ledger holds no indicators. Next: qippctl ingest PATH\n")


def test_of_two_papers_of_a_month_the_later_meeting_counts(run: Runner, url: str) -> None:
    keep(url, 1, {"target": "at least 5000", "actual": "4000"}, meeting_date="2015-05-12")
    keep(url, 2, {"target": "at least 5000", "actual": "6000"}, meeting_date="2015-03-24")
    one, _ = records(run, "metrics", "--ledger", url)
    assert (one["actual"], one["paper"]) == ("4000", "1.txt")
    assert one["sources"] == ["010101010101/p1t1/0/1", "020202020202/p1t1/0/1"]


def test_the_month_of_the_report_is_that_of_the_tables_title(run: Runner, url: str) -> None:
    row = {"actual": "7", "actual_period": "Jan-15", "frequency": "Monthly (1 month in arrears)"}
    keep(url, 1, row, title="Dashboard - March 2015")
    keep(url, 2, row | {"organisation": "Other"})
    titled, _, untitled, _ = records(run, "metrics", "--ledger", url)
    assert [titled[name] for name in ("report_month", "arrears_actual", "late")] == ["2014/15-M12", 2, True]
    assert [untitled[name] for name in ("report_month", "arrears_actual", "late")] == ["2014/15-M11", 1, False]


def test_a_corrected_figure_is_what_is_judged(run: Runner, url: str) -> None:
    keep(url, 1, {"target": "at least 5000", "actual": "600", "actual_period": "Mar-15"})
    one, _ = records(run, "metrics", "--ledger", url)
    assert (one["on_target"], one["doubts"]) == (False, ["basis-unclear"])
    done = run(
        "correct",
        one["sources"][0],
        "6000",
        "--kind",
        "misread",
        "--reason",
        "a digit was lost",
        "--by",
        "A. Analyst",
        "--ledger",
        url,
    )
    assert done.status == 0, done.err
    one, _ = records(run, "metrics", "--ledger", url)
    assert (one["actual"], one["actual_value"], one["on_target"], one["corrected"]) == ("600", "6000", True, [1])


def test_a_joint_papers_indicators_are_found_by_each_bodys_name(run: Runner, sample_ledger: str) -> None:
    for named in ("Orrin", "NHS West Orrin Valley"):
        found = records(run, "metrics", "--ledger", sample_ledger, "--organisation", named)
        assert {one["organisation"] for one in found} == {"NHS East Orrin Valley and NHS West Orrin Valley"}
    assert run("metrics", "--ledger", sample_ledger, "--organisation", "NHS").status == 2
    done = run("metrics", "--ledger", sample_ledger, "--organisation", "Northmere")
    assert (done.status, done.out) == (0, "") and "no indicators" in done.err
    assert run("metrics", "--ledger", sample_ledger, "--organisation", "Nowhere").status == 2


def test_a_policy_says_what_is_amber(run: Runner, url: str, tmp_path: Path) -> None:
    keep(url, 1, {"target": "at least 95%", "actual": "93%"})
    policy = tmp_path / "near.toml"
    policy.write_text('name = "near"\ntitle = "Near"\nsource = "Board"\n[metrics]\nbroadly_within = "5"\n')
    one, share = records(run, "metrics", "--ledger", url, "--policy", policy)
    assert (one["rag"], one["on_target"], one["policy"]) == ("amber", False, "near")
    assert (share["broadly_count"], share["share"]) == (1, "100")
    assert "Amber up to 5% off, by near." in run("metrics", "--ledger", url, "--policy", policy).out


def months(values: Sequence[object], start: int = 2013) -> list[tuple[str, str, object]]:
    """The period, the month as cells print it, and the value, from April of a year on."""
    out = []
    for place, value in enumerate(values):
        year, month = start + place // 12, place % 12 + 1
        name = MONTHS[month - 1][:3].capitalize()
        out.append((f"{year}/{(year + 1) % 100}-M{month:02d}", f"{name}-{(year + (month > 9)) % 100}", value))
    return out


def chart(run: Runner, url: str, values: Sequence[object], **texts: object) -> dict:
    """The chart of an indicator whose papers report these values, a month each."""
    for number, (period, month, value) in enumerate(months(values), 1):
        keep(url, number, {"actual": str(value), "actual_period": month, **texts}, period=period)
    (found,) = records(run, "metrics", "--ledger", url, "--chart-data", "seen in")
    return found


RISE = [20, 22] * 3 + [20, 21, 22, 23, 24, 25, 26]


@pytest.mark.parametrize(
    ("target", "better", "latest"),
    [("at least 30%", "higher", "improvement"), ("below 10%", "lower", "concern"), (None, None, "no_judgement")],
)
def test_chart_data_over_the_papers_of_the_ledger(
    run: Runner, url: str, target: str | None, better: str | None, latest: str
) -> None:
    found = chart(run, url, [f"{value}%" for value in RISE], target=target)
    assert (found["outcome"], found["count"], found["better"], found["latest"]) == ("charted", 13, better, latest)
    assert [found[name] for name in ("mean", "lower", "upper")] == ["22.0769", "18.0869", "26.0669"]
    last = found["points"][-1]
    assert (last["period"], last["value"], last["moving_range"]) == ("2014/15-M01", "26", "1")
    assert (last["signals"], last["judgement"], last["paper"]) == (["trend", "two_of_three"], latest, "13.txt")


def test_too_few_points_are_not_judged(run: Runner, url: str) -> None:
    found = chart(run, url, [f"{value}%" for value in RISE[:11]])
    assert (found["outcome"], found["why"]) == ("too few points", "too few points to judge: 11 of at least 12")
    assert found["mean"] is None and not any(point["signals"] for point in found["points"])


@pytest.mark.parametrize(
    ("values", "texts", "why"),
    [
        (RISE, {"comment": "Cumulative total"}, "its paper calls it cumulative"),
        (RISE, {"name": "Seen in time, year to date"}, "its paper calls it cumulative"),
        ([10 * month for month in range(1, 13)] + [9, 21, 30], {}, "begins anew"),
    ],
)
def test_a_cumulative_series_is_never_charted(
    run: Runner, url: str, values: list[int], texts: dict[str, object], why: str
) -> None:
    found = chart(run, url, values, **texts)
    assert (found["outcome"], found["mean"], found["upper"]) == ("cumulative", None, None)
    assert why in found["why"]


def test_forecasts_and_open_values_are_no_points_and_gaps_are_named(run: Runner, url: str) -> None:
    found = chart(run, url, ["20%", "21%", "FOT 90", "20%", "<5", "23%"])
    assert (found["count"], found["missing"]) == (4, ["2013/14-M03", "2013/14-M05"])


def test_several_papers_of_one_month_of_data_give_one_point(run: Runner, url: str) -> None:
    row = {"actual_period": "Jan-15", "actual": "20%"}
    keep(url, 1, row, period="2014/15-M10", meeting_date="2015-02-01")
    keep(url, 2, row | {"actual": "21%"}, period="2014/15-M11", meeting_date="2015-03-01")
    (found,) = records(run, "metrics", "--ledger", url, "--chart-data", "seen in time")
    assert [(point["value"], point["paper"]) for point in found["points"]] == [("21", "2.txt")]


def test_chart_data_names_what_there_is(run: Runner, url: str) -> None:
    keep(url, 1, {"actual": "5"}, {"name": "Seen in full", "actual": "6"})
    for asked, said in (("seen in", "several indicators are"), ("nothing", "no indicator is")):
        done = run("metrics", "--ledger", url, "--chart-data", asked)
        assert done.status == 2 and said in done.err and "Seen in full; Seen in time" in done.err
    assert run("metrics", "--ledger", url, "--chart-data", "seen in full").status == 0
    assert run("metrics", "--ledger", url, "--chart-data", "seen in full", "--period", "M11").status == 2


def test_a_control_chart_for_people(run: Runner, url: str) -> None:
    chart(run, url, [f"{value}%" for value in [10, 12] * 5 + [10, 30]], target="at least 25%")
    shown = run("metrics", "--ledger", url, "--chart-data", "seen in").out
    assert "Improvement at M12 Mar 2014; higher is better." in shown
    assert "Mean 12.5, limits 7.18 to 17.82, mean moving range 2; 12 points." in shown
    assert "outside the limits" in shown and "left out of the limits" in shown
    rows = run("metrics", "--ledger", url, "--chart-data", "seen in", "--format", "csv").out.splitlines()
    assert len(rows) == 13 and rows[-1].startswith(
        "Body,Urgent care,Seen in time,2013/14-M12,30,20,true,12.5,7.18,17.82"
    )
