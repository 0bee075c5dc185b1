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


class DimensionChoice(StrEnum):
    finance = "finance"
    milestones = "milestones"
    metrics = "metrics"
    overall = "overall"


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
    dimension: Annotated[
        list[DimensionChoice] | None,
        typer.Option("--dimension", help="Only this one; may be given again [default: all].", show_default=False),
    ] = None,
    spread: Annotated[
        bool, typer.Option("--distribution", help="Answer how many have each colour, and how much of the plan.")
    ] = False,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on",
            help="Exit with 1 when a scheme, or a workstream without schemes, is so in a dimension that is answered.",
            show_default=False,
        ),
    ] = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Rate the schemes under a policy, beside the colours that the papers print. Worst first.

    The rule that a paper of the period states is used, else the default policy; --policy overrules both.

    Example: qippctl rag --organisation Northmere --period M11
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.models.figure import DIMENSIONS
    from qippctl.reports import dimensions as spreads
    from qippctl.reports import ratings

    rules = pipeline.Rules(pipeline.find_policy(policy) if policy else None)
    wanted = tuple(d for d in DIMENSIONS if d in [choice.value for choice in dimension or ()])
    book = open_book(ledger)
    found = pipeline.programmes(book, organisation, period, basis.value, rules)
    if spread:
        show(spreads.distributions(found, wanted), form, output)
    else:
        show(ratings.rag(found, everything=everything, dimensions=wanted), form, output)
    if not found and not quiet:
        say("The ledger holds nothing to rate for any period. Next: qippctl ingest PATH")
    if fail_on is not None and any(pipeline.fails(p, fail_on.value, wanted or DIMENSIONS) for p in found):
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
