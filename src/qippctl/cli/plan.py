"""Commands about plans: boards' decisions on restated ones."""

from __future__ import annotations

from typing import Annotated

import typer

from qippctl.cli.app import app
from qippctl.cli.deciding import By, DryRun
from qippctl.cli.options import Format, FormatOption, LedgerOption, Organisation, OutputOption, Quiet, Verbose

plan_app = typer.Typer(help="Boards' decisions on restated plans.", no_args_is_help=True)
app.add_typer(plan_app, name="plan")


@plan_app.command("approve")
def plan_approve(
    organisation: Annotated[
        str, typer.Option("--organisation", metavar="NAME", help="Any part of the name that is unambiguous.")
    ],
    period: Annotated[
        str, typer.Option("--period", metavar="PERIOD", help="The period whose papers first print the new plan.")
    ],
    meeting: Annotated[
        str, typer.Option("--meeting", metavar="TEXT", help='Which meeting decided: "Board, 26 May 2011".')
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, as the minutes say.")],
    scheme: Annotated[
        str | None,
        typer.Option("--scheme", metavar="NAME", help="One scheme [default: every scheme].", show_default=False),
    ] = None,
    by: By = None,
    dry_run: DryRun = False,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Record that a meeting approved a restated plan: until then a restatement is an exception.

    Example: qippctl plan approve --organisation Northmere --period M11 --meeting Board --reason Minuted --dry-run
    """
    from qippctl import pipeline
    from qippctl.cli.deciding import now, who
    from qippctl.cli.output import open_book, show
    from qippctl.reports import decisions as views

    made = pipeline.approve(
        open_book(ledger),
        organisation,
        period,
        meeting=meeting,
        scheme=scheme,
        by=who(by),
        at=now(),
        reason=reason,
        keep=not dry_run,
    )
    show(views.approved(made), form, output)


@plan_app.command("approvals")
def plan_approvals(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that were withdrawn, too.")] = False,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List the boards' decisions on restated plans.

    Example: qippctl plan approvals --all
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, show
    from qippctl.reports import decisions as views

    show(views.approvals(pipeline.approvals(open_book(ledger), organisation, undone=everything)), form, output)


@plan_app.command("withdraw")
def plan_withdraw(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="Of the approval.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")],
    by: By = None,
    dry_run: DryRun = False,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Take an approval back, such as `qippctl plan withdraw 3 --reason "wrong month"`. It stays in the ledger.

    Example: qippctl plan approvals
    """
    from qippctl import pipeline
    from qippctl.cli.deciding import now, number_given, who
    from qippctl.cli.output import open_book, show
    from qippctl.models.decisions import PlanApproval
    from qippctl.reports import decisions as views

    book = open_book(ledger)
    made = pipeline.undo(
        book, number_given(number), PlanApproval, by=who(by), at=now(), reason=reason, keep=not dry_run
    )
    show(views.undone(made, "Plan approval"), form, output)
