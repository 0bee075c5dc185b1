"""The command about indicators: on target or not, and their control charts."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from qippctl.cli.app import app
from qippctl.cli.options import (
    Format,
    FormatOption,
    LedgerOption,
    Organisation,
    OutputOption,
    PeriodOption,
    PolicyOption,
    Quiet,
    Verbose,
)


class FailOn(StrEnum):
    off_target = "off-target"


@app.command()
def metrics(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    policy: PolicyOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Show what is on target, too.")] = False,
    chart: Annotated[
        str | None,
        typer.Option(
            "--chart-data",
            metavar="NAME",
            help="The XmR numbers of one indicator over the papers: limits, signals.",
            show_default=False,
        ),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option("--fail-on", help="Exit with 1 when an indicator is off target.", show_default=False),
    ] = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Judge indicators: baseline, target, actual; what is off target first, then what nobody can decide, and why.

    Example: qippctl metrics --organisation Kelderby
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.errors import UsageError
    from qippctl.reports import metrics as views

    book = open_book(ledger)
    if chart is not None:
        if period is not None or fail_on is not None:
            raise UsageError("--chart-data shows all periods and judges none: it takes no --period and no --fail-on")
        show(views.charts(pipeline.control_charts(book, chart, organisation)), form, output)
        return
    found = pipeline.metrics(book, organisation, period, pipeline.find_policy(policy))
    show(views.metrics(found, everything=everything), form, output)
    if not found and not quiet:
        say("The ledger holds no indicators. Next: qippctl ingest PATH")
    if fail_on is not None and pipeline.misses(found):
        raise typer.Exit(1)
