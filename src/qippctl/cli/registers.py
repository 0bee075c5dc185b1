"""Commands about lists of milestones and registers of risks."""

from __future__ import annotations

from enum import StrEnum
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
    PolicyOption,
    Quiet,
    Verbose,
)


class ByChoice(StrEnum):
    scheme = "scheme"
    owner = "owner"


class FailOnLate(StrEnum):
    overdue = "overdue"


UpTo = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="PERIOD",
        help="Papers of up to 2014/15-M11, or M11 of the newest year [default: all].",
        show_default=False,
    ),
]


@app.command()
def milestones(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: UpTo = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            "--today",
            metavar="DATE",
            help="How they stand on 2011-05-26, by the papers up to then [default: today].",
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        ByChoice | None, typer.Option("--by", help="Count them by scheme or by owner.", show_default=False)
    ] = None,
    policy: PolicyOption = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Those that are achieved, not due and undated, too.")
    ] = False,
    fail_on: Annotated[
        FailOnLate | None,
        typer.Option(
            "--fail-on", help="Exit with 1 when one is overdue, with a status or without.", show_default=False
        ),
    ] = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Say which milestones are overdue, by how many days, which were put off, and how the rule rates them.

    Example: qippctl milestones --at 2023-10-10
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import milestones as views

    day = day_asked(at)
    rule = pipeline.find_policy(policy) if policy else None
    found = pipeline.milestones(open_book(ledger), organisation, period, at=day, policy=rule)
    show(views.milestones(found, day, by=by.value if by else None, everything=everything), form, output)
    if not found and not quiet:
        say("The ledger holds no milestones. Next: qippctl ingest PATH")
    if fail_on is not None and any(one.is_late for one in found):
        raise typer.Exit(1)


@app.command()
def risks(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: UpTo = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that are closed or no longer listed, too.")] = False,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show each body's risks, what moved since the register before, and the scores and numbers that do not fit.

    Example: qippctl risks --all
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import risks as views

    found = pipeline.risks(open_book(ledger), organisation, period)
    show(views.risks(found, everything=everything), form, output)
    if not found and not quiet:
        say("The ledger holds no risks. Next: qippctl ingest PATH")
