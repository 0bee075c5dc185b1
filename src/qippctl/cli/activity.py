"""Commands about activity: what savings are per unit of it, waterfalls of patients, backlogs to be cleared."""

from __future__ import annotations

from datetime import date
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


@app.command()
def activity(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    paper: PaperOption = None,
    times: Annotated[
        str, typer.Option("--times", metavar="N", help="An outlier is beyond so many times the median of the others.")
    ] = "3",
    fewest: Annotated[
        int, typer.Option("--fewest", min=1, metavar="N", help="Fewest others that a median is trusted with.")
    ] = 4,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """What each scheme's saving comes to per unit of activity, beside the other prices of the paper.

    Example: qippctl activity --organisation Thornacre
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import activity as views

    bound = _number("--times", times)
    if bound <= 1:
        raise UsageError(f"--times {times}: must be above 1, such as 3")
    found = pipeline.prices(open_book(ledger), organisation, paper, times=bound, fewest=fewest)
    show(views.prices(found, bound, fewest), form, output)
    if not found and not quiet:
        say("No row prints a saving and its activity. To see what was read: qippctl export figures")


@app.command()
def backlog(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    paper: PaperOption = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by", metavar="DATE[=N]", help="Clear it by then, or down to N; may be given again.", show_default=False
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DATE",
            help="Count weeks from then [default: the date over the line].",
            show_default=False,
        ),
    ] = None,
    size: Annotated[
        str | None,
        typer.Option("--backlog", metavar="N", help="How many wait [default: as printed].", show_default=False),
    ] = None,
    capacity: Annotated[
        str | None,
        typer.Option("--capacity", metavar="N", help="How many a week can be dealt with.", show_default=False),
    ] = None,
    arrivals: Annotated[
        str | None, typer.Option("--arrivals", metavar="N", help="How many new ones come a week.", show_default=False)
    ] = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Waterfalls of patients: total, taken off, left, and whether the printed remainders hold. With --by: what clears a backlog.

    Example: qippctl backlog --by 2011-09-30=500
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import activity as views

    book = open_book(ledger)
    if by:
        plans = [_end(text) for text in by]
        numbers = {
            "backlog": None if size is None else _number("--backlog", size),
            "capacity": None if capacity is None else _number("--capacity", capacity),
            "arrivals": None if arrivals is None else _number("--arrivals", arrivals),
        }
        begin = None if start is None else _day("--from", start)
        found = pipeline.backlogs(book, organisation, paper) if size is None else []
        made = pipeline.clearances(book, found, plans, organisation=organisation, start=begin, **numbers)
        show(views.clearances(made), form, output)
        return
    given = [
        n for n, v in (("--from", start), ("--backlog", size), ("--capacity", capacity), ("--arrivals", arrivals)) if v
    ]
    if given:
        raise UsageError(f"{given[0]} says nothing without --by; say by when, such as --by 2011-08-31=500")
    steps = pipeline.backlogs(book, organisation, paper)
    show(views.backlogs(steps), form, output)
    if not steps and not quiet:
        say("No table of activity prints a total, what is taken off and what is left.")


def _end(text: str) -> tuple[date, Decimal]:
    """A day, and how many may be left then: 2011-08-31=596."""
    day, equals, left = text.partition("=")
    return _day("--by", day), _number("--by", left) if equals else Decimal(0)


def _day(option: str, text: str) -> date:
    from qippctl.period import find_date

    found = find_date(text)
    if found is None:
        raise UsageError(f'{option}: "{text}" is no date; write it as 2011-08-31')
    return found


def _number(option: str, text: str) -> Decimal:
    from qippctl.money import parse_amount

    amount = parse_amount(text)
    if amount is None or amount.is_dash or amount.is_percent or amount.value < 0 or amount.scale or amount.has_currency:
        raise UsageError(f'{option}: "{text}" is no number of nought or more, such as 500')
    return amount.value
