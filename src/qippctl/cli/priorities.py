"""Commands about what gets money: interventions by priority, and projects by the standards that they serve."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
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
    Quiet,
    Verbose,
)


class OnlyChoice(StrEnum):
    funded = "funded"
    excluded = "excluded"


@app.command()
def priorities(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    budget: Annotated[
        str | None,
        typer.Option("--budget", metavar="AMOUNT", help="Draw the line of a budget, such as 2m.", show_default=False),
    ] = None,
    fill: Annotated[
        bool, typer.Option("--fill", help="Pass over what does not fit the budget, and take later ones that do.")
    ] = False,
    only: Annotated[
        OnlyChoice | None,
        typer.Option("--only", help="Those that are funded, or those that are not.", show_default=False),
    ] = None,
    weights: Annotated[
        Path | None,
        typer.Option(
            "--weights",
            metavar="FILE",
            help="A TOML file of priorities, weights and scores, in place of the printed scores.",
            show_default=False,
        ),
    ] = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Rank interventions by their score: funded, excluded, must-dos apart, and how far a budget reaches.

    Example: qippctl priorities --organisation Thornacre --only excluded --budget 500k
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.errors import UsageError
    from qippctl.reports import priorities as views

    amount = pipeline.pounds(budget) if budget is not None else None
    if amount is not None and amount < 0:
        raise UsageError(f"--budget {budget}: a budget is not below nought")
    if fill and amount is None:
        raise UsageError("--fill needs a budget; add --budget AMOUNT")
    book = open_book(ledger)
    chosen: pipeline.Only | None = None if only is None else "funded" if only is OnlyChoice.funded else "excluded"
    if weights is not None:
        file = pipeline.load_weights(weights)
        found = [pipeline.weighted_priorities(book, file, organisation, period, budget=amount, fill=fill, only=chosen)]
    else:
        found = pipeline.priorities(book, organisation, period, budget=amount, fill=fill, only=chosen)
    show(views.priorities(found), form, output)
    if not found and not quiet:
        say("No paper of the ledger lists interventions by priority. Next: qippctl ingest PATH, or --weights FILE")


@app.command()
def alignment(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show which projects serve which standards, as a matrix; first those that serve none, and standards that nothing serves.

    Example: qippctl alignment --organisation Brackenshire
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import alignments as views

    found = pipeline.alignment(open_book(ledger), organisation, period)
    show(views.alignments(found), form, output)
    if not found and not quiet:
        say("No paper of the ledger has a matrix of projects and standards. Next: qippctl ingest PATH")
