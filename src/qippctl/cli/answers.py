"""Commands that answer from the ledger."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from qippctl.cli.app import app
from qippctl.cli.options import (
    Basis,
    BasisChoice,
    Format,
    FormatOption,
    LedgerOption,
    Organisation,
    OutputOption,
    PeriodOption,
    PolicyOption,
    Quiet,
    Span,
    SpanChoice,
    Verbose,
)


class FailOn(StrEnum):
    red = "red"
    amber = "amber"
    disagreement = "disagreement"


@app.command()
def rag(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    policy: PolicyOption = None,
    basis: Basis = BasisChoice.ytd,
    everything: Annotated[
        bool, typer.Option("--all", help="Show what is green and what has no rating, workstreams and totals too.")
    ] = False,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on", help="Exit with 1 when a scheme, or a workstream without schemes, is so.", show_default=False
        ),
    ] = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Rate the schemes under a policy, beside the colours that the papers print. Worst first.

    Example: qippctl rag --organisation Northmere --period M11
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import ratings

    rules = pipeline.find_policy(policy)
    book = open_book(ledger)
    found = pipeline.programmes(book, organisation, period, basis.value, rules)
    show(
        ratings.rag(
            found,
            rules,
            everything=everything,
        ),
        form,
        output,
    )
    if not found and not quiet:
        say("The ledger holds nothing to rate for any period. Next: qippctl ingest PATH")
    if fail_on is not None and any(pipeline.fails(p, fail_on.value) for p in found):
        raise typer.Exit(1)


@app.command()
def variance(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    basis: Span = SpanChoice.ytd,
    waterfall: Annotated[
        bool, typer.Option("--waterfall", help="From plan to actual, a step a scheme, instead of the table.")
    ] = False,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Plan against actual (or the year's forecast), the most adverse first.

    Example: qippctl variance --organisation Northmere --basis year
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import variances

    book = open_book(ledger)
    found = pipeline.programmes(book, organisation, period, basis.value, None)
    view = variances.waterfall(pipeline.waterfalls(found)) if waterfall else variances.variance(found)
    show(view, form, output)
    if not found and not quiet:
        say("The ledger holds no figures. Next: qippctl ingest PATH")
