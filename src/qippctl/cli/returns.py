"""Commands that say what a month's close waits for: missing returns, and escalations whose date has passed."""

from __future__ import annotations

from typing import Annotated

import typer

from qippctl.cli.app import app
from qippctl.cli.deciding import By, DryRun, day_asked
from qippctl.cli.options import (
    Format,
    FormatOption,
    LedgerOption,
    Organisation,
    OutputOption,
    PeriodOption,
    Quiet,
    Today,
    Verbose,
)

escalations_app = typer.Typer()
app.add_typer(escalations_app, name="escalations")


@app.command()
def returns(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Say which schemes have not reported, which papers are drafts, whose data stop early, and whom to ask.

    Example: qippctl returns --format csv -o owners.csv
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import returns as views

    found = pipeline.returns(open_book(ledger), organisation, period)
    show(views.returns([(choice.organisation, choice.period, own) for choice, own in found]), form, output)
    if not found and not quiet:
        say("The ledger holds no figures. Next: qippctl ingest PATH")


@escalations_app.callback(invoke_without_command=True)
def escalations(
    context: typer.Context,
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    today: Today = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Those that are not due yet and those with an outcome, too.")
    ] = False,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List what was to be taken further by a date that has passed, without an outcome on record; record outcomes.

    Example: qippctl escalations --all
    """
    if context.invoked_subcommand is not None:
        return
    from qippctl import pipeline
    from qippctl.cli.output import open_book, show
    from qippctl.reports import escalations as views

    at = day_asked(today)
    found = pipeline.escalations(open_book(ledger), organisation, period, today=at)
    show(views.escalations(found, at, everything=everything), form, output)


@escalations_app.command("resolve")
def escalations_resolve(
    escalation: Annotated[
        str, typer.Argument(metavar="ID", help="Its id, or the beginning of it.", show_default=False)
    ],
    outcome: Annotated[str, typer.Option("--outcome", metavar="TEXT", help="What became of it.")],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="How you know: minutes, a letter.", show_default=False)
    ] = "",
    by: By = None,
    dry_run: DryRun = False,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Record what became of an escalation.

    Example: qippctl escalations --all
    """
    from qippctl import pipeline
    from qippctl.cli.deciding import now, who
    from qippctl.cli.output import open_book, show
    from qippctl.reports import decisions as views

    made, of = pipeline.resolve(
        open_book(ledger),
        escalation,
        outcome,
        by=who(by),
        at=now(),
        reason=reason,
        today=day_asked(None),
        keep=not dry_run,
    )
    show(views.resolved(made, of), form, output)


@escalations_app.command("reopen")
def escalations_reopen(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="Of the record of its outcome.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")],
    by: By = None,
    dry_run: DryRun = False,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Take the record of an outcome back, such as `qippctl escalations reopen 3 --reason "not minuted"`.

    Example: qippctl escalations --all
    """
    from qippctl import pipeline
    from qippctl.cli.deciding import now, number_given, who
    from qippctl.cli.output import open_book, show
    from qippctl.models.decisions import Outcome
    from qippctl.reports import decisions as views

    book = open_book(ledger)
    made = pipeline.undo(book, number_given(number), Outcome, by=who(by), at=now(), reason=reason, keep=not dry_run)
    show(views.undone(made, "Outcome"), form, output)
