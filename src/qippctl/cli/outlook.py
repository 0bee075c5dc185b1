"""Commands about where a year is going, month by month and as a whole."""

from __future__ import annotations

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


@app.command()
def forecast(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    scenarios: Annotated[
        bool,
        typer.Option(
            "--scenarios", help="The risks and benefits that papers set out, weighted by the policy's chances."
        ),
    ] = False,
    policy: PolicyOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show where the year is going: as printed, at the run rate, and the rate that is still needed.

    Example: qippctl forecast --organisation Northmere
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import forecasts as views

    book = open_book(ledger)
    if scenarios:
        weighted = pipeline.weighted_scenarios(book, organisation, pipeline.find_policy(policy))
        show(views.scenarios(weighted), form, output)
        if not weighted and not quiet:
            say("No paper of the ledger sets out risks and benefits in money.")
        return
    found = pipeline.forecasts(book, organisation, period)
    show(views.forecasts(found), form, output)
    if not any(outlook.answers for outlook in found) and not quiet:
        say("The ledger holds no plan or forecast of a year. Next: qippctl ingest PATH")
