"""The words of charts: title with the message, what it is of, alternative text, notes and where the figures are printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qippctl.calc.variance import delivery
from qippctl.models.answers import VarianceAnswer
from qippctl.models.charts import Chart, ChartKind, ChartMark, ChartSeries
from qippctl.models.figure import Basis, Unit
from qippctl.models.metrics import ControlChart
from qippctl.models.movements import MovementAnswer
from qippctl.money import ZERO, plain
from qippctl.reports.clean import for_terminal
from qippctl.reports.words import Money, body, day, percent, when

LONGEST_NAME = 60
LONGEST_IN_TITLE = 36
MOST_PAPERS = 3
# How many shortfalls a title names.
NAMED = 2
IN_DOUBT = "~ a figure in doubt: qippctl doubts says why."
WORKED_OUT = "Dotted: worked out, not printed."
BETWEEN = "Dotted: no paper prints an amount to date there."
_JUDGED = {
    "improvement": "Improvement",
    "concern": "Concern",
    "no_judgement": "A change that nothing says is better or worse",
    "common_cause": "Common cause: no more than chance",
}
_SIGNALS = {
    "outside": "outside the limits",
    "trend": "a trend of seven",
    "two_of_three": "two of three near a limit",
    "shift": "seven on one side of the mean",
}
STANDINGS = {
    "?": "overdue, no status",
    "X": "missed",
    "D": "due",
    "N": "not due yet",
    "L": "achieved late",
    "A": "achieved",
    "U": "undated",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A page that prints something, and the paper's meeting."""

    paper: str
    page: int
    meeting: str | None = None
    is_final: bool = True


@dataclass(frozen=True, slots=True)
class Whose:
    """What a chart is of, and where its figures are printed."""

    organisation: str | None
    subject: str | None
    period: str | None
    places: Sequence[Place]


def shown(chart: Chart) -> Callable[[Decimal | None], str]:
    """How a chart's amounts are written: pounds as every answer of the programme shows them, else plainly."""
    return writer(chart.unit, chart.series)


def writer(unit: Unit | None, series: Sequence[ChartSeries]) -> Callable[[Decimal | None], str]:
    """How the amounts of series are written: in thousands of pounds, with one number of decimals; else plainly."""
    if unit == "GBP":
        marks = [mark for own in series for mark in own.marks]
        printed = [mark for mark in marks if not mark.is_derived]
        return Money([v for mark in printed or marks for v in (mark.value, mark.running)])
    sign = "%" if unit == "percent" else ""
    return lambda value: "" if value is None else f"{plain(value)}{sign}"


def short(name: str | None, longest: int = LONGEST_NAME) -> str:
    """A name on one line, cut where it is very long."""
    text = for_terminal(name or "")
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def source_line(places: Sequence[Place]) -> str:
    """`Source: board.pdf, pp. 2-3, meeting 12 May 2015`; the newest meeting first."""
    papers: dict[tuple[str, str | None, bool], set[int]] = {}
    for place in places:
        papers.setdefault((place.paper, place.meeting, place.is_final), set()).add(place.page)
    if not papers:
        return "Source: no page is known"
    ranked = sorted(papers, key=lambda key: (key[1] or "", key[0]), reverse=True)
    said = []
    for name, meeting, is_final in ranked[:MOST_PAPERS]:
        pages = _pages(sorted(papers[name, meeting, is_final]))
        draft = "" if is_final else " (draft)"
        said.append(f"{short(name)}, {pages}, " + (f"meeting {day(meeting)}" if meeting else "no date") + draft)
    rest = len(ranked) - len(said)
    return "Source: " + "; ".join(said) + (f"; and {rest} more paper{'s' if rest > 1 else ''}" if rest else "")


def _pages(pages: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    said = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return ("p. " if len(pages) == 1 else "pp. ") + said


def _chart(
    kind: ChartKind,
    whose: Whose,
    series: Sequence[ChartSeries],
    title: str,
    span: str,
    alt: str,
    *,
    unit: Unit | None = "GBP",
    at: str | None = None,
    notes: Sequence[str] = (),
) -> Chart:
    marks = [mark for own in series for mark in own.marks]
    said = [*notes]
    if any(mark.doubts for mark in marks):
        said.append(IN_DOUBT)
    in_unit = "£000" if unit == "GBP" else "%" if unit == "percent" else unit or ""
    subject = short(whose.subject) if whose.subject else ""
    return Chart(
        kind=kind,
        organisation=whose.organisation,
        subject=whose.subject,
        period=whose.period,
        title=title,
        about=" · ".join(filter(None, (short(body(whose.organisation)), subject, span, in_unit))),
        alt=alt,
        unit=unit,
        at=at,
        series=tuple(series),
        notes=tuple(said),
        source=source_line(whose.places),
    )


def _of(whose: Whose) -> str:
    named = f"{short(whose.subject)}, " if whose.subject else ""
    return f"{named}{short(body(whose.organisation))}"


def _off(variance: Decimal | None, money: Callable[[Decimal | None], str]) -> str:
    if variance is None:
        return ""
    return f"{'short' if variance < 0 else 'over'} {money(abs(variance))}" if variance else "on plan"


def _last(series: Sequence[ChartSeries], role: str) -> ChartMark | None:
    return next((own.marks[-1] for own in series if own.role == role and own.marks), None)


def cumulative(
    whose: Whose,
    series: Sequence[ChartSeries],
    to_date: VarianceAnswer,
    year: VarianceAnswer | None,
    data_to: str | None,
) -> Chart:
    """Plan, actual and forecast to date by month, with the gap at the month."""
    period = whose.period or ""
    gap = ChartSeries(
        name="Gap",
        role="gap",
        marks=(ChartMark(label=period, value=to_date.variance, doubts=to_date.doubts, sources=to_date.sources),),
    )
    drawn = [*series, gap] if to_date.variance is not None else [*series]
    money = writer("GBP", drawn)
    if to_date.plan is not None and to_date.actual is not None:
        share = f" = {percent(to_date.delivery)}%" if to_date.delivery is not None else ""
        title = f"YTD {money(to_date.actual)} of {money(to_date.plan)}{share}, {_off(to_date.variance, money)}"
    elif to_date.actual is not None:
        title = f"YTD {money(to_date.actual)}; no plan to date is printed"
    else:
        title = f"YTD plan {money(to_date.plan)}; no actual to date is printed"
    alt = f"Line chart of the year to date by month, {_of(whose)}. At {when(period)} (£000): {title}."
    if year is not None and year.actual is not None and year.plan is not None and _last(series, "forecast"):
        share = f" = {percent(year.delivery)}%" if year.delivery is not None else ""
        alt += f" The year's forecast is {money(year.actual)} of {money(year.plan)}{share}."
    notes = []
    if _has_gaps(series):
        notes.append(BETWEEN)
    if data_to and data_to != period:
        notes.append(f"The paper's data end at {when(data_to)}.")
    return _chart("cumulative", whose, drawn, title, f"to date, {when(period)}", alt, at=period, notes=notes)


def _has_gaps(series: Sequence[ChartSeries]) -> bool:
    """Whether a line passes over months that no paper prints, the first of the year among them."""
    for own in series:
        printed = [int(mark.label[-2:]) for mark in own.marks if not mark.is_derived]
        if printed and (own.role == "forecast" or printed != list(range(1, printed[-1] + 1))):
            return True
    return any(mark.is_derived for own in series for mark in own.marks)


def waterfall(whose: Whose, series: ChartSeries, basis: Basis, variances: Sequence[ChartMark]) -> Chart:
    """From plan to actual by scheme. `variances` are all steps of schemes, before the small ones are put together."""
    money = writer("GBP", [series])
    first, last = series.marks[0], series.marks[-1]
    plan, actual = first.value or ZERO, last.value or ZERO
    rate = delivery(plan, actual)
    share = f" = {percent(rate)}%" if rate is not None else ""
    got = {"ytd": "YTD", "year": "Year", "month": "Month"}[basis]
    adverse = sorted((m for m in variances if m.value is not None and m.value < 0), key=lambda m: m.value or ZERO)
    named = " and ".join(f"{short(m.label, LONGEST_IN_TITLE)} {money(m.value)}" for m in adverse[:NAMED])
    most = f"; most adverse {named}" if named else ""
    title = f"{got} {money(actual)} of {money(plan)}{share}, {_off(actual - plan, money)}"
    gains = sum(1 for m in variances if m.value is not None and m.value > 0)
    what = "forecast" if basis == "year" else "actual"
    alt = (
        f"Waterfall from plan to {what}, {_of(whose)}, {_span(basis, whose.period)} (£000). {title}{most}. "
        f"{len(adverse)} below plan, {gains} above it."
    )
    notes = ["= worked out from the rows: no total prints it."] if first.is_derived or last.is_derived else []
    long = f"{title}{most}"
    return _chart("waterfall", whose, [series], long, _span(basis, whose.period), alt, notes=notes)


def _span(basis: Basis, period: str | None) -> str:
    if basis == "year":
        return f"year {(period or '')[:7]}"
    return f"{'month alone' if basis == 'month' else 'to date'}, {when(period)}"


def movement(whose: Whose, series: ChartSeries, answer: MovementAnswer) -> Chart:
    """The bridge between two variances to date."""
    money = writer("GBP", [series])
    start, end = answer.variance_from or ZERO, answer.variance_to or ZERO
    moved = "unchanged at" if start == end else "better by" if end > start else "worse by"
    by = money(end) if start == end else f"{money(abs(end - start))}, {money(start)} to {money(end)}"
    parts = [m for m in series.marks if m.state == "part"]
    said = ", ".join(f"{m.label.lower()} {money(m.value)}" for m in parts)
    title = f"Variance to date {moved} {by}: {said}"
    span = f"{when(answer.from_period)} to {when(answer.to_period)}"
    alt = f"Bridge of the variance to date, {_of(whose)}, {span} (£000). {title}."
    notes = []
    if answer.restatement is None:
        notes.append("Restatement is not known: the later papers print no earlier month again; it is in delivery.")
    return _chart("movement", whose, [series], title, span, alt, notes=notes)


def profile(whose: Whose, series: Sequence[ChartSeries], to_date: VarianceAnswer | None) -> Chart:
    """Planned and actual month by month."""
    money = writer("GBP", series)
    plan = next((own.marks for own in series if own.role == "plan"), ())
    actual = next((own.marks for own in series if own.role == "actual"), ())
    planned = {m.label: m.value for m in plan}
    both = [m for m in actual if m.value is not None and planned.get(m.label) is not None]
    below = [m for m in both if (m.value or ZERO) < (planned[m.label] or ZERO)]
    if both:
        last = both[-1]
        of = f"{money(last.value)} of {money(planned[last.label])} in {when(last.label)}"
        title = f"Below plan in {len(below)} of {len(both)} months; {of}"
    elif actual:
        title = f"{money(actual[-1].value)} delivered in {when(actual[-1].label)}; no month's plan is known"
    else:
        most = max(plan or series[0].marks, key=lambda m: m.value or ZERO)
        title = f"The plan is highest in {when(most.label)}: {money(most.value)}; no month's actual is known"
    alt = f"Column chart of each month by itself, {_of(whose)}, {(whose.period or '')[:7]} (£000). {title}."
    if to_date is not None and to_date.plan is not None and to_date.actual is not None:
        alt += f" To {when(whose.period)} {money(to_date.actual)} of {money(to_date.plan)}."
    notes = [WORKED_OUT] if any(m.is_derived for own in series for m in own.marks) else []
    year = f"month by month, {(whose.period or '')[:7]}"
    return _chart("profile", whose, series, title, year, alt, notes=notes, at=whose.period)


def history(whose: Whose, series: Sequence[ChartSeries]) -> Chart:
    """Plan, forecast and actual as each period's papers had them."""
    money = writer("GBP", series)
    lead = next(own for role in ("forecast", "actual", "plan") for own in series if own.role == role)
    last = lead.marks[-1]
    # Last year's plan and forecast are of another year: what moved is told within one.
    first = next(m for m in lead.marks if m.label[:7] == last.label[:7])
    plan = next((m for own in series if own.role == "plan" for m in own.marks if m.label == last.label), None)
    of = f" of {money(plan.value)}" if plan is not None and lead.role == "forecast" else ""
    title = f"{lead.name} {money(last.value)}{of} at {when(last.label)}"
    if first.label != last.label:
        same = first.value == last.value
        title += f"; {'as' if same else f'it was {money(first.value)}'} at {when(first.label)}"
    periods = sorted({m.label for own in series for m in own.marks})
    alt = f"Line chart over {len(periods)} period{'s' if len(periods) > 1 else ''}, {_of(whose)} (£000). {title}."
    span = when(periods[0]) if len(periods) == 1 else f"{when(periods[0])} to {when(periods[-1])}"
    notes = ["One period alone: a line needs two."] if len(periods) == 1 else []
    return _chart("history", whose, series, title, span, alt, notes=notes)


def gantt(whose: Whose, series: Sequence[ChartSeries], at: date, undated: int) -> Chart:
    """Milestones by scheme at a date."""
    marks = [mark for own in series for mark in own.marks]
    late = sum(1 for m in marks if m.state in ("overdue", "overdue_no_status"))
    done = sum(1 for m in marks if m.state in ("done", "done_late"))
    title = f"{late} of {len(marks)} milestones overdue at {day(at.isoformat())}, {done} achieved"
    schemes = f"{len(series)} scheme{'s' if len(series) != 1 else ''}"
    alt = f"Gantt chart of {len(marks)} milestones of {schemes}, {_of(whose)}. {title}."
    notes = [f"{undated} without a date {'are' if undated > 1 else 'is'} not drawn."] if undated else []
    if any(m.is_derived for m in marks):
        notes.append("Hollow: only a month is printed; drawn at its last day.")
    if any(m.was for m in marks):
        notes.append("Small circle: when an earlier paper had it due.")
    return _chart(
        "gantt", whose, series, title, f"at {day(at.isoformat())}", alt, unit=None, at=at.isoformat(), notes=notes
    )


def heatmap(
    whose: Whose, series: Sequence[ChartSeries], schemes: Sequence[str], policy: str, *, by_month: bool
) -> Chart:
    """Colours of schemes by dimension, or of their money by month."""
    money = series[-1] if by_month else series[0]
    red = [m for m in money.marks if m.state == "red"]
    rated = [m for m in money.marks if m.state in ("red", "amber", "green", "blue")]
    what = when(money.name) if by_month else money.name
    title = f"{len(red)} of {len(rated)} rated scheme{'' if len(rated) == 1 else 's'} Red in {what}"
    if red:
        rest = f" and {len(red) - NAMED} more" if len(red) > NAMED else ""
        title += f": {', '.join(short(m.label, LONGEST_IN_TITLE) for m in red[:NAMED])}{rest}"
    columns = ", ".join(when(own.name) if by_month else own.name for own in series)
    listed = f"{len(schemes)} scheme{'' if len(schemes) == 1 else 's'} by {columns}"
    alt = f"Table of colours of {listed}, {_of(whose)}, {when(whose.period)}. {title}."
    marks = [m for own in series for m in own.marks if m.letter]
    notes = [f"RAG by {short(policy)}."]
    if any("?" in (m.letter or "") for m in marks):
        notes.append("? the printed precision leaves it open.")
    if any("(" in (m.letter or "") for m in marks):
        notes.append("(R) as the paper prints it; the rule gives none.")
    span = "money by month" if by_month else when(whose.period)
    return _chart("heatmap", whose, series, title, span, alt, unit=None, notes=notes)


def control(whose: Whose, series: Sequence[ChartSeries], found: ControlChart, unit: Unit | None) -> Chart:
    """The XmR chart of an indicator."""
    said = writer(unit, series)
    newest = found.points[-1]
    at = f"{said(newest.value)} at {when(newest.period)}"
    if found.outcome != "charted":
        title = f"{at}: {found.why}"
    else:
        signals = f" ({', '.join(_SIGNALS[s] for s in newest.signals)})" if newest.signals else ""
        title = f"{_JUDGED[found.latest or 'common_cause']} at {when(newest.period)}: {said(newest.value)}{signals}"
    alt = f"Control chart of {short(found.name)}, {short(body(found.organisation))}, {found.count} months. {title}."
    if found.mean is not None and found.lower is not None and found.upper is not None:
        alt += f" Mean {said(found.mean)}, limits {said(found.lower)} to {said(found.upper)}."
    which = f"{found.better} is better" if found.better else "which way is better is not stated"
    notes = [f"{which[0].upper()}{which[1:]}."]
    if found.missing:
        notes.append(f"No point for {', '.join(map(when, found.missing))}.")
    span = f"{when(found.points[0].period)} to {when(newest.period)}"
    return _chart("spc", whose, series, title, span, alt, unit=unit, notes=notes)
