"""The command about budgets and accounts."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import typer

from qippctl.cli.app import app
from qippctl.cli.options import (
    Format,
    FormatOption,
    LedgerOption,
    Organisation,
    OutputOption,
    PaperOption,
    Quiet,
    Verbose,
)
from qippctl.errors import UsageError

MOST_PERCENT = 100
NOTHING = "Nothing among budgets and accounts can be checked. To see them: qippctl finances --years"


@app.command()
def finances(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    paper: PaperOption = None,
    years: Annotated[bool, typer.Option("--years", help="The tables themselves, line by line over the years.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Show the checks that hold, one by one, too.")] = False,
    rate: Annotated[
        str | None,
        typer.Option(
            "--rate",
            metavar="PERCENT",
            help="Inflation of lines that no printed assumption names [default: none].",
            show_default=False,
        ),
    ] = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Check budgets and accounts: totals, source and application, surplus, balance sheet, inflation, disinvestment.

    Example: qippctl finances --organisation Thornacre --years
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import finances as views

    book = open_book(ledger)
    if years:
        if rate is not None:
            raise UsageError("--rate says nothing with --years, which shows what is printed; leave one out")
        lines = pipeline.statements(book, organisation, paper)
        show(views.statements(lines), form, output)
        found = len(lines)
    else:
        checks = pipeline.finance_checks(book, organisation, paper, rate=_percent(rate))
        show(views.checks(checks, everything=everything), form, output)
        found = len(checks)
    if not found and not quiet:
        say("No budgets or accounts were found. To see what was read: qippctl export figures" if years else NOTHING)


def _percent(text: str | None) -> Decimal | None:
    """A rate as a person types it: 2.5 or 2.5%."""
    from qippctl.money import parse_amount

    if text is None:
        return None
    amount = parse_amount(text)
    if amount is None or amount.is_dash or amount.scale or amount.has_currency or abs(amount.value) >= MOST_PERCENT:
        raise UsageError(f'--rate: "{text}" is no percentage, such as 2.5')
    return amount.value
