"""Commands that draw: one chart as SVG or PNG, or its numbers."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qippctl.cli.app import app
from qippctl.cli.deciding import day_asked
from qippctl.cli.options import (
    Basis,
    BasisChoice,
    Format,
    IncludePrivate,
    LedgerOption,
    Organisation,
    PeriodOption,
    PolicyOption,
    Quiet,
    Span,
    SpanChoice,
    Verbose,
)

if TYPE_CHECKING:
    from qippctl.models.charts import ChartKind
    from qippctl.pipeline import Drawn

chart_app = typer.Typer(no_args_is_help=True)
app.add_typer(chart_app, name="chart", help="Draw a chart as SVG or PNG, or print its numbers.")


class ByChoice(StrEnum):
    dimension = "dimension"
    month = "month"


File = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Draw it there: FILE.svg or FILE.png; - is SVG to stdout.",
        show_default=False,
    ),
]
Numbers = Annotated[
    Format | None,
    typer.Option("--format", help="Print the chart's numbers instead of drawing it.", show_default=False),
]
Scheme = Annotated[
    str | None,
    typer.Option(
        "--scheme", metavar="NAME", help="Of one scheme: its name, a part of it, or its code [default: the total].",
        show_default=False,
    ),
]  # fmt: skip
UpTo = Annotated[
    str | None,
    typer.Option("--period", metavar="PERIOD", help="Papers of up to 2014/15-M11 [default: all].", show_default=False),
]
Width = Annotated[
    float,
    typer.Option(
        "--width", min=5.5, max=40, metavar="INCHES", help="Laid out so wide; no text is under 12 points there."
    ),
]
WIDTH = 9.6


@chart_app.command()
def cumulative(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    scheme: Scheme = None,
    include_private: IncludePrivate = False,
    output: File = None,
    form: Numbers = None,
    width: Width = WIDTH,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Plan, actual and forecast to date, month by month, and the gap.

    Example: qippctl chart cumulative --organisation Northmere -o cumulative.svg
    """
    from qippctl.pipeline import Drawn

    _draw(
        "cumulative",
        Drawn(organisation, period, scheme),
        ledger,
        output,
        form,
        width,
        private=include_private,
        quiet=quiet,
    )


@chart_app.command()
def waterfall(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    basis: Span = SpanChoice.ytd,
    largest: Annotated[
        int, typer.Option("--largest", min=1, max=200, metavar="N", help="So many schemes by name, the rest as one.")
    ] = 12,
    include_private: IncludePrivate = False,
    output: File = None,
    form: Numbers = None,
    width: Width = WIDTH,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """From plan to actual (or the year's forecast), a bar a scheme, the most adverse first.

    Example: qippctl chart waterfall --organisation Northmere --largest 6 -o waterfall.svg
    """
    from qippctl.pipeline import Drawn

    asked = Drawn(organisation, period, basis=basis.value, largest=largest)
    _draw("waterfall", asked, ledger, output, form, width, private=include_private, quiet=quiet)


@chart_app.command()
def movement(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    earlier: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="PERIOD", help="The earlier period [default: the one before].", show_default=False
        ),
    ] = None,
    later: Annotated[
        str | None,
        typer.Option("--to", metavar="PERIOD", help="The later period [default: the newest].", show_default=False),
    ] = None,
    scheme: Scheme = None,
    include_private: IncludePrivate = False,
    output: File = None,
    form: Numbers = None,
    width: Width = WIDTH,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """A bridge between two variances to date: delivery, re-phasing, restatement.

    Example: qippctl chart movement --organisation Tarnwater --from M4 --to M5 -o movement.svg
    """
    from qippctl.pipeline import Drawn

    asked = Drawn(organisation, scheme=scheme, earlier=earlier, later=later)
    _draw("movement", asked, ledger, output, form, width, private=include_private, quiet=quiet)


@chart_app.command()
def profile(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    scheme: Scheme = None,
    include_private: IncludePrivate = False,
    output: File = None,
    form: Numbers = None,
    width: Width = WIDTH,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Planned and delivered, each month by itself.

    Example: qippctl chart profile --organisation Tarnwater -o profile.svg
    """
    from qippctl.pipeline import Drawn

    _draw(
        "profile",
        Drawn(organisation, period, scheme),
        ledger,
        output,
        form,
        width,
        private=include_private,
        quiet=quiet,
    )


@chart_app.command()
def gantt(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: UpTo = None,
    scheme: Annotated[
        str | None, typer.Option("--scheme", metavar="NAME", help="Of one scheme [default: all].", show_default=False)
    ] = None,
    policy: PolicyOption = None,
    today: Annotated[
        str | None,
        typer.Option(
            "--today",
            metavar="DATE",
            help="How they stand on 2011-05-26, or now [default: the newest paper's meeting].",
            show_default=False,
        ),
    ] = None,
    include_private: IncludePrivate = False,
    output: File = None,
    form: Numbers = None,
    width: Width = WIDTH,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Milestones by scheme, from start to completion, and how each stands at the meeting's date.

    Example: qippctl chart gantt --organisation Kelderby -o gantt.svg
    """  # fmt: skip
    from qippctl import pipeline

    rules = pipeline.Rules(pipeline.find_policy(policy) if policy else None)
    at = None if today is None else day_asked(None if today.strip().lower() == "now" else today)
    asked = pipeline.Drawn(organisation, period, scheme, rules=rules, today=at)
    _draw("gantt", asked, ledger, output, form, width, private=include_private, quiet=quiet)


@chart_app.command()
def heatmap(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    policy: PolicyOption = None,
    basis: Basis = BasisChoice.ytd,
    by: Annotated[
        ByChoice, typer.Option("--by", help="dimension: money, milestones, metrics; month: money over the papers.")
    ] = ByChoice.dimension,
    include_private: IncludePrivate = False,
    output: File = None,
    form: Numbers = None,
    width: Width = WIDTH,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Schemes and their colours by dimension or month, a letter in each cell.

    Example: qippctl chart heatmap --organisation Eastholme -o heatmap.svg
    """
    from qippctl import pipeline

    rules = pipeline.Rules(pipeline.find_policy(policy) if policy else None)
    asked = pipeline.Drawn(organisation, period, basis=basis.value, by=by.value, rules=rules)
    _draw("heatmap", asked, ledger, output, form, width, private=include_private, quiet=quiet)


@chart_app.command()
def spc(
    indicator: Annotated[
        str, typer.Option("--indicator", metavar="NAME", help="Its name, or a part of it.", show_default=False)
    ],
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    include_private: IncludePrivate = False,
    output: File = None,
    form: Numbers = None,
    width: Width = WIDTH,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """The control chart (XmR) of an indicator over the papers: limits, target, signals. Never of a count to date.

    Example: qippctl chart spc --indicator Seen --organisation Kelderby -o spc.svg
    """
    from qippctl.pipeline import Drawn

    _draw(
        "spc",
        Drawn(organisation, indicator=indicator),
        ledger,
        output,
        form,
        width,
        private=include_private,
        quiet=quiet,
    )


@chart_app.command()
def history(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    scheme: Scheme = None,
    include_private: IncludePrivate = False,
    output: File = None,
    form: Numbers = None,
    width: Width = WIDTH,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """The year's plan and forecast, and the actual to date, as each period's papers had them.

    Example: qippctl chart history --organisation Tarnwater -o history.svg
    """
    from qippctl.pipeline import Drawn

    _draw(
        "history",
        Drawn(organisation, period, scheme),
        ledger,
        output,
        form,
        width,
        private=include_private,
        quiet=quiet,
    )


def _draw(
    kind: ChartKind,
    asked: Drawn,
    ledger: str | None,
    output: Path | None,
    form: Format | None,
    width: float,
    *,
    private: bool,
    quiet: bool,
) -> None:
    """Draw into a file where one is named and no format is; else print the numbers."""
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show, write
    from qippctl.errors import UsageError
    from qippctl.reports import chart_data, charts

    kinds = (".svg", ".png")
    is_picture = output is not None and (output.suffix.lower() in kinds or (str(output) == "-" and form is None))
    if is_picture and form is not None:
        raise UsageError(
            f"{output}: --format prints numbers and {output.suffix if output else ''} is a picture; leave one out"
        )
    if output is not None and not is_picture and form is None:
        raise UsageError(f"{output}: a chart is drawn as FILE.svg or FILE.png; --format json prints its numbers")
    found = pipeline.charts(open_book(ledger, include_private=private, quiet=quiet), kind, asked)
    if output is None or not is_picture:
        show(chart_data.charts(found), form or Format.table, output)
        if form is None and not quiet:
            say(f"To draw it: -o {kind}.svg (or .png)")
        return
    if len(found) > 1:
        listed = "; ".join(chart.organisation or "(unnamed)" for chart in found)
        raise UsageError(
            f"a picture is of one body; {len(found)} can be drawn: {listed}. Choose with --organisation NAME"
        )
    (chart,) = found
    if str(output) == "-":
        typer.echo(charts.svg(chart, width=width), nl=False)
        return
    is_svg = output.suffix.lower() == ".svg"
    write(output, charts.svg(chart, width=width) if is_svg else charts.png(chart, width=width))
    if not quiet:
        say(f"{output}: {chart.title}")
