"""Commands about schemes: which there are, and which of their names mean one."""

from __future__ import annotations

from typing import Annotated

import typer

from qippctl.cli.app import app
from qippctl.cli.deciding import day_asked
from qippctl.cli.options import (
    Format,
    FormatOption,
    LedgerOption,
    Organisation,
    OutputOption,
    PeriodOption,
    PolicyOption,
    Quiet,
    Today,
    Verbose,
)

schemes_app = typer.Typer()
app.add_typer(schemes_app, name="schemes")


@schemes_app.callback(invoke_without_command=True)
def schemes(
    context: typer.Context,
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List the schemes of the ledger, show all that is known of one, and say which names mean one.

    Example: qippctl schemes
    """
    if context.invoked_subcommand is not None:
        return
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import papers as views

    book = open_book(ledger)
    found = pipeline.schemes(book, organisation, period)
    show(views.schemes(found), form, output)
    if not found and not quiet:
        say("The ledger holds no schemes. Next: qippctl ingest PATH")


@schemes_app.command("show")
def schemes_show(
    scheme: Annotated[
        str, typer.Argument(metavar="NAME", help="Its name, a part of it, or its code.", show_default=False)
    ],
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    policy: PolicyOption = None,
    today: Today = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show all that is known of a scheme: owners, money, history, milestones, risks, issues, decisions, and where it stands.

    Example: qippctl schemes show Prescribing --organisation Northmere
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, show
    from qippctl.reports import highlights as views

    rules = pipeline.Rules(pipeline.find_policy(policy) if policy else None)
    at = day_asked(today)
    found, told, judge = pipeline.highlight(open_book(ledger), organisation, scheme, rules, today=at)
    show(views.highlight(found, told, judge.name, at), form, output)
