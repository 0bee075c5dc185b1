"""Findings that are accepted: let one stand, list them, take one back, share them as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qippctl.cli.audit_group import audit_app
from qippctl.cli.deciding import By, DryRun, Reason, now, number_given, who
from qippctl.cli.options import Format, FormatOption, LedgerOption, OutputOption, Quiet, Verbose

FindingsGiven = Annotated[
    list[str],
    typer.Argument(
        metavar="FINDING",
        help="Its number in the list shown last (3 or '#3'), its id, or the beginning of one that no other has.",
        show_default=False,
    ),
]


@audit_app.command("accept")
def accept(
    findings: FindingsGiven,
    reason: Reason = ...,  # type: ignore[assignment]
    by: By = None,
    dry_run: DryRun = False,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Let findings of the last audit stand, with those that share their cause: they stay listed and count as no errors.

    It holds while the numbers are the same: qippctl audit accept 3 --reason "Agreed with the author, 12 May".

    Example: qippctl audit accept --help
    """
    from qippctl import pipeline
    from qippctl.cli.numbers import finding_named
    from qippctl.cli.output import open_book, show
    from qippctl.reports import acceptances as views

    book = open_book(ledger)
    wanted = [finding_named(book, text) for text in findings]
    made = pipeline.to_accept(book, wanted, by=who(by), at=now(), reason=reason)
    show(views.accepted(made if dry_run else book.decide(*made)), form, output)


@audit_app.command("accepted")
def accepted_list(
    everything: Annotated[bool, typer.Option("--all", help="Show those that were taken back, too.")] = False,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List the findings that were accepted: by whom, when, why, and whether that still holds.

    Example: qippctl audit accepted
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, show
    from qippctl.reports import acceptances as views

    show(views.acceptances(pipeline.acceptances(open_book(ledger), everything=everything)), form, output)


@audit_app.command("reopen")
def reopen(
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help="Number of the decision, as audit accepted lists it.")
    ],
    reason: Reason = ...,  # type: ignore[assignment]
    by: By = None,
    dry_run: DryRun = False,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Take an acceptance back: the finding counts again. Both decisions stay in the ledger.

    Numbers are listed by audit accepted: qippctl audit reopen 3 --reason "The author disagrees".

    Example: qippctl audit reopen --help
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, show
    from qippctl.models.decisions import Acceptance
    from qippctl.reports import decisions as views

    made = pipeline.undo(
        open_book(ledger),
        number_given(number),
        Acceptance,
        by=who(by),
        at=now(),
        reason=reason,
        keep=not dry_run,
    )
    show(views.undone(made, "Acceptance"), form, output)


@audit_app.command("export-accepted")
def export_accepted(
    ledger: LedgerOption = None,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write the accepted findings as a file to commit and share; audit --accepted and qippctl.toml take it.

    Example: qippctl audit export-accepted -o accepted.toml
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, put, say
    from qippctl.models.decisions import Acceptance

    kept = open_book(ledger).decisions(Acceptance)
    put(pipeline.accepted_text(kept), output)
    if output is not None and not quiet:
        say(f"{len(kept)} accepted findings written to {output}")


@audit_app.command("import-accepted")
def import_accepted(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="As audit export-accepted writes it.", show_default=False),
    ],
    dry_run: DryRun = False,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Take accepted findings of a file into the ledger, all or none. Twice changes nothing.

    See first what it would do: qippctl audit import-accepted accepted.toml --dry-run.

    Example: qippctl audit import-accepted --help
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import acceptances as views

    given, book = pipeline.read_accepted(file), open_book(ledger)
    found = pipeline.new_acceptances(book, given, now())
    show(views.accepted(found.made if dry_run else book.decide(*found.made)), form, output)
    if found.standing and not quiet:
        say(f"{found.standing} stand already and were passed over.")
