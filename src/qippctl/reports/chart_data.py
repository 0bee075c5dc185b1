"""The numbers of a chart for people and scripts: what is drawn, mark by mark."""

from __future__ import annotations

from collections.abc import Sequence

from qippctl.models.charts import Chart, ChartMark
from qippctl.money import plain
from qippctl.reports.charts.telling import shown
from qippctl.reports.listing import Block, Column, Listing
from qippctl.reports.words import day, when

CSV_COLUMNS = (
    "kind", "organisation", "subject", "period", "series", "role", "label", "value", "running", "start", "was", "end",
    "letter", "state", "is_derived", "doubts", "sources",
)  # fmt: skip


def charts(found: Sequence[Chart]) -> Listing:
    """A record a chart; as CSV a row a mark."""
    rows: list[Sequence[str]] = [CSV_COLUMNS]
    for chart in found:
        for own in chart.series:
            for mark in own.marks:
                rows.append(
                    (
                        chart.kind,
                        chart.organisation or "",
                        chart.subject or "",
                        chart.period or "",
                        own.name,
                        own.role,
                        mark.label,
                        "" if mark.value is None else plain(mark.value),
                        "" if mark.running is None else plain(mark.running),
                        mark.start or "",
                        mark.was or "",
                        mark.end or "",
                        mark.letter or "",
                        mark.state or "",
                        str(mark.is_derived).lower(),
                        " ".join(mark.doubts),
                        " ".join(mark.sources),
                    )
                )
    return Listing(list(found), lambda: [_block(chart) for chart in found], csv_rows=rows)


def _block(chart: Chart) -> Block:
    by_label = chart.kind in ("cumulative", "profile", "history", "heatmap")
    table = _side_by_side(chart) if by_label else _one_by_one(chart)
    return Block(table.columns, table.rows, (chart.about, chart.title), (*chart.notes, chart.source))


def _side_by_side(chart: Chart) -> Block:
    """A row a month or scheme, a column a series."""
    labels = list(dict.fromkeys(mark.label for mark in chart.marks))
    if chart.kind != "heatmap":
        labels.sort()
    of = [{mark.label: mark for mark in own.marks} for own in chart.series]
    is_grid = chart.kind == "heatmap"
    money = shown(chart)

    def cell(mark: ChartMark | None) -> str:
        if mark is None:
            return ""
        if is_grid:
            return (mark.letter or "-") + ("~" if mark.doubts and mark.letter else "")
        return money(mark.value) + ("=" if mark.is_derived else "") + ("~" if mark.doubts else "")

    heads = [when(own.name)[4:] if "-M" in own.name else own.name for own in chart.series]
    first = Column("Scheme", "label") if is_grid else Column("Period", "colour")
    columns = (first, *(Column(head, "colour" if is_grid else "number") for head in heads))
    rows = tuple((label if is_grid else when(label), *(cell(own.get(label)) for own in of)) for label in labels)
    return Block(columns, rows)


def _one_by_one(chart: Chart) -> Block:
    """A row a mark."""
    if chart.kind == "gantt":
        columns = (
            Column("Scheme", "label"),
            Column("Milestone", "label"),
            Column("From", "colour", optional=True),
            Column("Due", "colour"),
            Column("", "colour"),
        )
        return Block(
            columns,
            tuple(
                (
                    own.name,
                    mark.label,
                    day(mark.start) if mark.start else "",
                    day(mark.end) if mark.end else "",
                    (mark.letter or "") + ("~" if mark.doubts else ""),
                )
                for own in chart.series
                for mark in own.marks
            ),
        )
    money = shown(chart)
    is_bridge = chart.kind in ("waterfall", "movement")
    columns = (
        Column("Step" if is_bridge else "Month", "label"),
        Column("Amount" if is_bridge else "Value", "number"),
        *((Column("Sum", "number"),) if is_bridge else ()),
        Column("", "colour"),
    )
    return Block(
        columns,
        tuple(
            (
                when(mark.label) if "-M" in mark.label[4:9] else mark.label,
                money(mark.value),
                *((money(mark.running),) if is_bridge else ()),
                (mark.letter or "") + ("~" if mark.doubts else ""),
            )
            for mark in chart.marks
        ),
    )
