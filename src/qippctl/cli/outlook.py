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
    policy: Annotated[
        str | None,
        typer.Option(
            "--policy",
            envvar="QIPPCTL_POLICY",
            metavar="NAME|FILE",
            help="With --scenarios: whose chances weigh them [default: those of the default policy].",
            show_default=False,
        ),
    ] = None,
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
    from qippctl.errors import UsageError
    from qippctl.reports import forecasts as views

    if scenarios and period is not None:
        raise UsageError("--scenarios shows the newest paper that sets some out: it takes no --period")
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


@app.command()
def profile(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    deficit: Annotated[
        str | None,
        typer.Option(
            "--deficit",
            metavar="AMOUNT",
            help="A recurrent deficit a year, such as 2.1m: when is it met?",
            show_default=False,
        ),
    ] = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show plan, actual and forecast month by month; what is worked out, not printed, is marked.

    Example: qippctl profile --organisation Northmere --deficit 2m
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import profiles as views

    amount = pipeline.pounds(deficit) if deficit is not None else None
    found, met = pipeline.profiles(open_book(ledger), organisation, period, amount)
    show(views.profiles(found, met), form, output)
    if not any(one.answers for one in found) and not quiet:
        say("The ledger holds no plan of a year. Next: qippctl ingest PATH")


@app.command()
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
    rolling: Annotated[
        bool, typer.Option("--rolling", help="Show the colours of three months, up to the later.")
    ] = False,
    policy: PolicyOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show what changed from one period to another: delivered, re-phased, restated; new, gone and renamed schemes.

    Example: qippctl movement --organisation Eastholme
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import movements as views

    rules = pipeline.Rules(pipeline.find_policy(policy) if policy else None)
    book = open_book(ledger)
    found = pipeline.movements(book, organisation, earlier, later, rules, rolling=rolling)
    show(views.movements(found), form, output)
    changed = sum(len(one.adjustments) for one in found)
    if changed and form is Format.csv and not quiet:
        say(f"{changed} figures changed since their period was locked: qippctl close --adjustments")
    left = sorted(pipeline.choose_organisations(book, organisation).keys() - {m.organisation for m in found})
    if left and not quiet:
        say(f"Left out, as the ledger holds no two such periods of them: {'; '.join(n or '(unnamed)' for n in left)}")
