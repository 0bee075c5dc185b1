"""Pictures: their numbers are the ledger's, their bytes the same, their colours told apart, no text can break them."""

from __future__ import annotations

import io
import os
import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

import trust
from qippctl import pipeline
from qippctl.calc import plotting
from qippctl.errors import NotFoundError
from qippctl.ledger import Ledger, open_ledger
from qippctl.models.charts import CHART_KINDS, Chart, ChartKind, ChartMark, ChartSeries
from qippctl.models.metrics import ChartPoint, ControlChart
from qippctl.money import thousands
from qippctl.reports import charts
from qippctl.reports.charts import look, telling

NAMES = {"svg": "http://www.w3.org/2000/svg"}
SAMPLED: dict[ChartKind, pipeline.Drawn] = {
    "cumulative": pipeline.Drawn("Northmere"),
    "waterfall": pipeline.Drawn("Northmere"),
    "movement": pipeline.Drawn("Tarnwater"),
    "profile": pipeline.Drawn("Tarnwater"),
    "gantt": pipeline.Drawn("Kelderby"),
    "heatmap": pipeline.Drawn("Eastholme"),
    "spc": pipeline.Drawn("Kelderby", indicator="Seen within"),
    "history": pipeline.Drawn("Tarnwater"),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A ledger of the three months of the invented trust; tests only read it."""
    folder = tmp_path_factory.mktemp("trust")
    ledger = open_ledger(f"sqlite:///{folder / 'book.db'}")
    for path in trust.write(folder).values():
        ledger.add(pipeline.extract(path), version="test")
    return ledger


def one(ledger: Ledger, kind: ChartKind, asked: pipeline.Drawn) -> Chart:
    (found,) = pipeline.charts(ledger, kind, asked)
    return found


def words(svg: str) -> list[str]:
    """The texts that are drawn, in their order."""
    root = etree.fromstring(svg.encode())
    return ["".join(text.itertext()) for text in root.iterfind(".//svg:text", NAMES)]


def ratio(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2 reckons it."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("kind", CHART_KINDS)
def test_every_kind_is_drawn_from_the_samples(sample_ledger: str, kind: ChartKind) -> None:
    chart = one(open_ledger(sample_ledger), kind, SAMPLED[kind])
    svg, png = charts.svg(chart), charts.png(chart)
    root = etree.fromstring(svg.encode())
    assert root.findtext("svg:title", namespaces=NAMES) == chart.title
    assert root.findtext("svg:desc", namespaces=NAMES) == chart.alt
    assert chart.title in " ".join(words(svg))
    assert chart.source.startswith("Source: ") and ", p" in chart.source
    assert png.startswith(b"\x89PNG")
    assert (svg, png) == (charts.svg(chart), charts.png(chart)), "the same bytes"


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("cumulative", pipeline.Drawn(trust.BODY)),
        ("cumulative", pipeline.Drawn(trust.BODY, scheme="Rostering")),
        ("waterfall", pipeline.Drawn(trust.BODY, largest=5)),
        ("waterfall", pipeline.Drawn(trust.BODY, basis="year")),
        ("movement", pipeline.Drawn(trust.BODY)),
        ("movement", pipeline.Drawn(trust.BODY, scheme="Bed days", earlier="M9", later="M10")),
        ("profile", pipeline.Drawn(trust.BODY)),
        ("profile", pipeline.Drawn(trust.BODY, scheme="Energy")),
        ("heatmap", pipeline.Drawn(trust.BODY, by="month")),
        ("history", pipeline.Drawn(trust.BODY)),
        ("history", pipeline.Drawn(trust.BODY, scheme="Agency cap")),
    ],
)
def test_every_kind_is_drawn_of_three_months(book: Ledger, kind: ChartKind, asked: pipeline.Drawn) -> None:
    chart = one(book, kind, asked)
    assert charts.svg(chart) == charts.svg(chart)
    assert charts.png(chart, dpi=50).startswith(b"\x89PNG")


def test_the_picture_says_what_the_ledger_says(sample_ledger: str) -> None:
    chart = one(open_ledger(sample_ledger), "cumulative", SAMPLED["cumulative"])
    drawn = words(charts.svg(chart))
    assert chart.title == "YTD 6,405.5 of 7,833.4 = 82%, short 1,427.9"
    assert {"Plan 7,833.4", "Actual 6,405.5", "Gap -1,427.9", "Plan 9,211.0", "Forecast 7,160.0"} <= set(drawn)
    values = {(own.role, m.label): m.value for own in chart.series for m in own.marks if not m.is_derived}
    assert values["plan", "2014/15-M11"] == Decimal(7833400)
    assert values["gap", "2014/15-M11"] == Decimal(-1427900)


def test_every_step_of_a_waterfall_is_the_answers(sample_ledger: str) -> None:
    ledger = open_ledger(sample_ledger)
    steps = pipeline.waterfalls(pipeline.programmes(ledger, "Northmere", None, "ytd", None))
    chart = one(ledger, "waterfall", pipeline.Drawn("Northmere", largest=len(steps)))
    assert [m.value for m in chart.marks] == [s.change for s in steps]
    assert [m.sources for m in chart.marks] == [s.sources for s in steps]
    drawn = words(charts.svg(chart))
    assert [t for t in drawn if t in {thousands(s.change) for s in steps}][-len(steps) :]
    for step in steps:
        assert thousands(step.change) in drawn


def test_every_month_and_period_is_the_papers(book: Ledger) -> None:
    truth = {row.name or row.role: row.figures for row in trust.year()[11].rows()}["total"]
    chart = one(book, "profile", pipeline.Drawn(trust.BODY))
    for role in ("plan", "actual"):
        own = chart.of(role)  # type: ignore[arg-type]
        assert own is not None
        for mark in own.marks:
            assert mark.value == truth[role, "month", "all", mark.label]
            assert thousands(mark.value) in words(charts.svg(chart))
    told = one(book, "history", pipeline.Drawn(trust.BODY))
    for month, made in trust.year().items():
        total = next(row.figures for row in made.rows() if row.role == "total")
        label = f"{trust.YEAR}-M{month:02d}"
        shown = {own.role: m.value for own in told.series for m in own.marks if m.label == label}
        assert shown == {
            "plan": total["plan", "year", "all", trust.YEAR],
            "forecast": total["forecast", "year", "all", trust.YEAR],
            "actual": total["actual", "ytd", "all", label],
        }


def test_the_bridge_is_the_movements(book: Ledger) -> None:
    (moved,) = pipeline.movements(book, trust.BODY, "M10", "M11", pipeline.Rules())
    total = next(a for a in moved.answers if a.role == "total")
    marks = one(book, "movement", pipeline.Drawn(trust.BODY, earlier="M10", later="M11")).marks
    said = {m.label: m.value for m in marks}
    assert (marks[0].value, marks[-1].value) == (total.variance_from, total.variance_to)
    assert (said["Delivery"], said["Re-phasing"], said["Restatement"]) == (
        total.delivery, total.rephasing, total.restatement,
    )  # fmt: skip
    assert marks[-2].running == total.variance_to


def test_the_cells_of_a_heatmap_are_the_ratings(sample_ledger: str) -> None:
    ledger = open_ledger(sample_ledger)
    (programme,) = pipeline.programmes(ledger, "Eastholme", None, "ytd", pipeline.Rules())
    chart = one(ledger, "heatmap", SAMPLED["heatmap"])
    finance = {a.scheme or a.workstream: a for a in programme.ratings}
    for mark in chart.series[0].marks:
        answer = finance[mark.label]
        assert mark.state == (answer.derived or answer.printed)
        assert mark.letter is None or ("?" in mark.letter) == (answer.certainty == "undecided" and bool(answer.derived))
    assert [m.letter for m in chart.series[0].marks][:2] == ["R?", "G?"], "the worst first"


def test_milestones_are_drawn_at_the_date_of_the_paper(sample_ledger: str) -> None:
    ledger = open_ledger(sample_ledger)
    chart = one(ledger, "gantt", SAMPLED["gantt"])
    assert chart.at == "2023-09-28"
    assert "28 Sep 2023" in words(charts.svg(chart))
    later = one(ledger, "gantt", pipeline.Drawn("Kelderby", today=date(2024, 1, 31)))
    late = [sum(m.state in ("overdue", "overdue_no_status") for m in c.marks) for c in (chart, later)]
    assert late[0] < late[1]


def test_what_is_in_doubt_is_marked(sample_ledger: str) -> None:
    ledger = open_ledger(sample_ledger)
    chart = one(ledger, "waterfall", pipeline.Drawn("Tarnwater", largest=50))
    doubted = [m for m in chart.marks if m.doubts]
    drawn = words(charts.svg(chart))
    assert doubted and sum(t.startswith("~ ") for t in drawn) == len(doubted) + 1, "and the note that says so"


def series(role: str, count: int, **more: object) -> ChartSeries:
    marks = tuple(
        ChartMark(label=f"{2014 + m // 12}/{15 + m // 12}-M{m % 12 + 1:02d}", value=Decimal(1000 * (m + 3)), **more)
        for m in range(count)
    )
    return ChartSeries(name=role.capitalize(), role=role, marks=marks)  # type: ignore[arg-type]


def chart_of(kind: ChartKind, *made: ChartSeries, **more: object) -> Chart:
    default = {
        "organisation": "Body", "period": "2014/15-M11", "title": "T", "about": "A", "alt": "B", "unit": "GBP",
        "source": "Source: a.pdf, p. 1",
    }  # fmt: skip
    return Chart(kind=kind, series=made, **(default | more))  # type: ignore[arg-type]


def steps(labels: list[str]) -> ChartSeries:
    marks = [ChartMark(label="Plan", value=Decimal(9000), running=Decimal(9000), state="plan")]
    marks += [
        ChartMark(
            label=label, value=Decimal(-10), running=Decimal(8990 - 10 * k), state="scheme", doubts=("unit-slip",)
        )
        for k, label in enumerate(labels)
    ]
    return ChartSeries(name="Steps", role="steps", marks=tuple(marks))


def ratings(count: int) -> ChartSeries:
    marks = tuple(ChartMark(label=f"Scheme {k}", letter="R", state="red") for k in range(count))
    return ChartSeries(name="finance", role="ratings", marks=marks)


def milestones(count: int) -> ChartSeries:
    first = date(2014, 4, 1)
    marks = tuple(
        ChartMark(label=f"Step {k}", end=(first + timedelta(days=9 * k)).isoformat(), letter="N", state="not_due")
        for k in range(count)
    )
    return ChartSeries(name="Scheme", role="milestones", marks=marks)


def made(count: int) -> Iterator[Chart]:
    """Every kind with so many things to draw."""
    year = min(count, 12)
    yield chart_of("cumulative", series("plan", year), series("actual", year), at="2014/15-M01")
    yield chart_of("profile", series("plan", year), series("actual", year))
    yield chart_of("history", series("plan", count), series("forecast", count))
    yield chart_of("waterfall", steps([f"Scheme {k}" for k in range(count)]))
    yield chart_of("movement", steps([f"Part {k}" for k in range(count)]))
    yield chart_of("heatmap", ratings(count), unit=None)
    yield chart_of("gantt", milestones(count), unit=None, at="2014-06-01")
    yield chart_of("spc", series("actual", count), unit="count")


@pytest.mark.parametrize("count", [1, 2, 60])
def test_few_and_many_are_drawn(count: int) -> None:
    for chart in made(count):
        svg = charts.svg(chart)
        if chart.kind in ("waterfall", "heatmap"):
            assert f"Scheme {count - 1}" in "".join(words(svg))
        if chart.kind == "gantt":
            assert sum(text.endswith(f"Step {k}") for k in range(count) for text in words(svg)) >= count


def test_rows_beyond_a_page_are_counted_not_lost() -> None:
    drawn = words(charts.svg(chart_of("heatmap", ratings(look.MOST_ROWS + 7), unit=None)))
    assert "7 more schemes are not drawn: --format csv has all." in drawn


def test_all_words_stay_on_the_sheet_and_none_is_small() -> None:
    from qippctl.reports.charts.canvas import width_of

    for chart in made(24):
        for width in (5.5, 9.6, 13.3):
            root = etree.fromstring(charts.svg(chart, width=width).encode())
            wide = float(root.get("viewBox").split()[2])
            for text in root.iterfind(".//svg:text", NAMES):
                style = text.get("style")
                size = float(re.search(r"font(?:-size)?:[^;]*?([0-9.]+)px", style)[1])  # type: ignore[index]
                assert size >= 12
                said, bold = "".join(text.itertext()), "bold" in style or " 700 " in style
                place = re.search(r"translate\(([-0-9.]+)", text.get("transform") or "")
                x = float(place[1]) if place else float(text.get("x"))
                length = width_of(said, size, bold=bold)
                start = x - length * {"end": 1.0, "middle": 0.5}.get(
                    (re.search(r"text-anchor: (\w+)", style) or [None, "start"])[1], 0.0
                )
                assert start >= -1 and start + length <= wide + 1, (chart.kind, width, said)


HOSTILE = [
    "$\\frac{1}{0}$ $x^2$",
    "<script>alert(1)</script> & ]]> -->",
    "a\x00b\x1b[31mc\ufffe\u202e",
    "مرحبا بالعالم وفورات",
    "W" * 400,
    "many words " * 60,
    "日本語",
    "100% {x} %s \\n",
    "",
]


def test_no_text_breaks_a_picture() -> None:
    for text in HOSTILE:
        marks = (ChartMark(label=text, letter="R", state="red"),)
        grid = ChartSeries(name="finance", role="ratings", marks=marks)
        due = ChartSeries(
            name=text, role="milestones", marks=(ChartMark(label=text, end="2014-06-01", letter="N", state="not_due"),)
        )
        more = {"title": text, "about": text, "alt": text, "source": text, "notes": (text,)}
        for chart in (
            chart_of("waterfall", steps([text]), **more),
            chart_of("heatmap", grid, **(more | {"unit": None})),
            chart_of("gantt", due, **(more | {"unit": None, "at": "2014-06-01"})),
        ):
            svg = charts.svg(chart)
            etree.fromstring(svg.encode())
            assert charts.png(chart, dpi=40).startswith(b"\x89PNG")
            assert "<script" not in svg
    assert "$\\frac{1}{0}$ $x^2$" in words(charts.svg(chart_of("waterfall", steps([]), title=HOSTILE[0])))


def test_pictures_of_one_page_do_not_share_ids() -> None:
    first, second = (charts.svg(c) for c in list(made(3))[3:5])
    ids = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (first, second)]
    assert ids[0] and not ids[0] & ids[1]
    for svg, own in zip((first, second), ids, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) | set(re.findall(r'href="#([^"]+)"', svg)) <= own
        assert not re.search(r"<style|<!DOCTYPE|<\?xml|<metadata", svg)


def test_nothing_of_the_machine_reaches_a_picture(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("font.size: 31\naxes.facecolor: red\nsvg.fonttype: path\nfigure.dpi: 11\n")
    code = (
        "import sys, hashlib; sys.path.insert(0, 'tests/reports'); sys.path.insert(0, 'tests')\n"
        "from test_charts import made; from qippctl.reports import charts\n"
        "said = [charts.svg(c).encode() + charts.png(c, dpi=40) for c in made(5)]\n"
        "print(hashlib.sha256(b''.join(said)).hexdigest())"
    )
    root = Path(__file__).parents[2]

    def drawn(**more: str) -> str:
        environment = {**os.environ, "MPLCONFIGDIR": str(tmp_path / "cache"), "PYTHONHASHSEED": "1", **more}
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, check=True
        )
        assert done.stderr == ""
        return done.stdout

    own = drawn(MATPLOTLIBRC=str(tmp_path / "matplotlibrc"), TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7")
    assert own == drawn(TZ="UTC")
    picture = charts.png(next(made(5)), dpi=40)
    kinds = []
    stream = io.BytesIO(picture[8:])
    while head := stream.read(8):
        length, kind = struct.unpack(">I4s", head)
        stream.seek(length + 4, 1)
        kinds.append(kind)
    assert set(kinds) <= {b"IHDR", b"pHYs", b"IDAT", b"IEND"}, "no names of programs, no times"


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((fill.text, fill.colour) for fill in (*look.RATINGS.values(), look.NO_RATING, look.ACTUAL, look.BAR_END)),
        *((fill.text, fill.colour) for fill, _ in look.STATES.values()),
        *((colour, look.GROUND) for colour in (look.INK, look.QUIET, look.GAP_COLOUR, look.TARGET)),
        *((stroke.colour, look.GROUND) for stroke in look.LINES.values()),
    ],
)  # fmt: skip
def test_text_stands_out(text: str, ground: str) -> None:
    assert ratio(text, ground) >= 4.5


def test_shapes_stand_out_and_differ_without_colour() -> None:
    assert ratio(look.OUTLINE, look.GROUND) >= 3
    assert all(ratio(stroke.colour, look.GROUND) >= 3 for stroke in look.LINES.values())
    assert len({(s.dash, s.marker) for s in look.LINES.values()}) == len(look.LINES)
    assert look.LOSS.hatch != look.GAIN.hatch
    assert ratio(look.PLAN.colour, look.ACTUAL.colour) >= 3
    fills = (look.PLAN, look.ACTUAL, look.FORECAST)
    assert len({(f.colour, f.hatch) for f in fills}) == 3 and look.FORECAST.hatch


@pytest.mark.parametrize(
    ("kind", "asked", "said"),
    [
        ("spc", pipeline.Drawn(indicator="nothing like it"), "no indicator is called"),
        ("cumulative", pipeline.Drawn("NHS East Orrin Valley"), "name one with --scheme"),
        ("movement", pipeline.Drawn("Northmere"), "needs two periods"),
        ("gantt", pipeline.Drawn("Northmere"), "no milestones"),
        ("profile", pipeline.Drawn("Northmere"), "no month of"),
        ("waterfall", pipeline.Drawn("Thornacre"), "no plan and outcome"),
        ("history", pipeline.Drawn("Northmere", scheme="nothing like it"), "no scheme is called"),
    ],
)
def test_where_there_is_nothing_to_draw_it_is_said_what_is_missing(
    sample_ledger: str, kind: ChartKind, asked: pipeline.Drawn, said: str
) -> None:
    with pytest.raises(NotFoundError, match=said) as caught:
        pipeline.charts(open_ledger(sample_ledger), kind, asked)
    assert "\n" not in str(caught.value)


def test_an_empty_ledger_says_what_to_do(ledger: Ledger) -> None:
    for kind in CHART_KINDS:
        with pytest.raises(NotFoundError, match="ingest"):
            pipeline.charts(ledger, kind, pipeline.Drawn(indicator="x"))


def controlled(values: list[int], **more: object) -> ControlChart:
    """An indicator of so many months, as `metrics --chart-data` answers it."""
    points = tuple(
        ChartPoint(
            period=f"{2014 + k // 12}/{15 + k // 12}-M{k % 12 + 1:02d}", value=Decimal(v), raw=str(v), paper="a.pdf", page=1,
            signals=("outside",) if v > 90 else (), judgement="concern" if v > 90 else None,
        )
        for k, v in enumerate(values)
    )  # fmt: skip
    default = {
        "organisation": "Body", "workstream": None, "name": "Waits", "unit": "percent", "better": "lower", "outcome": "charted",
        "count": len(points), "points": points, "mean": Decimal(50), "lower": Decimal("20.5"), "upper": Decimal("79.5"),
        "target": Decimal(40), "latest": "concern",
    }  # fmt: skip
    return ControlChart(**(default | more))  # type: ignore[arg-type]


def test_a_control_chart_has_a_letter_for_each_signal_and_says_its_levels() -> None:
    found = controlled([50, 52] * 6 + [95])
    whose = telling.Whose("Body", "Waits", found.points[-1].period, [telling.Place("a.pdf", 1)])
    chart = telling.control(whose, plotting.control(found), found, "percent")
    drawn = words(charts.svg(chart))
    assert {"Mean 50%", "Upper limit 79.5%", "Lower limit 20.5%", "Target 40%", "concern"} <= set(drawn)
    assert drawn.count("C") == 2, "at the point, and in the key"
    assert chart.title == "Concern at M01 Apr 2015: 95% (outside the limits)"
    assert "limits 20.5% to 79.5%" in chart.alt


def test_too_few_points_are_drawn_without_limits_and_said_to_be_too_few() -> None:
    why = "too few points to judge: 3 of at least 12"
    found = controlled([50, 52, 51], outcome="too few points", why=why, mean=None, lower=None, upper=None, latest=None)
    whose = telling.Whose("Body", "Waits", found.points[-1].period, [])
    chart = telling.control(whose, plotting.control(found), found, "percent")
    assert chart.title == f"51% at M03 Jun 2014: {why}"
    assert not [text for text in words(charts.svg(chart)) if "limit" in text or "Mean" in text]


def test_a_count_to_date_is_never_put_on_a_control_chart(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    found = controlled([1, 2, 3], outcome="cumulative", why="its column is to date")
    monkeypatch.setattr("qippctl.pipeline.charting.control_charts", lambda *_: [found])
    with pytest.raises(NotFoundError, match="no place on a control chart: its column is to date"):
        pipeline.charts(ledger, "spc", pipeline.Drawn(indicator="Waits"))
