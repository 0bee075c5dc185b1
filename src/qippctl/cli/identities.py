"""Commands that say which names mean one: links made, undone, listed, proposed, written and loaded."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qippctl.cli.deciding import By, DryRun, Reason, given_file, now, who
from qippctl.cli.options import (
    Format,
    FormatOption,
    IncludePrivate,
    LedgerOption,
    Organisation,
    OutputOption,
    Quiet,
    Verbose,
)
from qippctl.cli.schemes import schemes_app

if TYPE_CHECKING:
    from qippctl.pipeline.identities import Changed, Said


class LevelChoice(StrEnum):
    scheme = "scheme"
    workstream = "workstream"


LevelOption = Annotated[
    LevelChoice | None,
    typer.Option("--level", help="Which the names are of [default: where the first occurs].", show_default=False),
]


@schemes_app.command("link")
def link(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name that gives way.", show_default=False)],
    to: Annotated[str, typer.Argument(metavar="TO", help="The name that stands.", show_default=False)],
    reason: Reason,
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    level: LevelOption = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="PERIOD",
            help="From which period it holds, 2014/15-M06 or M06 [default: always].",
            show_default=False,
        ),
    ] = None,
    share: Annotated[
        str, typer.Option("--share", metavar="PERCENT", help="Of a split: how much of NAME becomes TO; needs --since.")
    ] = "100",
    by: By = None,
    dry_run: DryRun = False,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Say that one name is another: a spelling, a rename, a merger, or a share of a split. Papers stay as they are.

    Example: qippctl schemes link Rebates Inhaler --reason merged --since M06 --dry-run
    """
    from qippctl.cli.output import open_book
    from qippctl.pipeline import identities

    _tell(
        identities.link(
            open_book(ledger),
            name,
            to,
            _said(by, reason, dry_run=dry_run),
            organisation,
            level.value if level else None,
            since,
            _percent(share),
        ),
        form,
        output,
        quiet=quiet,
    )


@schemes_app.command("unlink")
def unlink(
    what: Annotated[
        str,
        typer.Argument(metavar="NUMBER|NAME", help="A link's number, or the name that gave way.", show_default=False),
    ],
    reason: Reason,
    other: Annotated[
        str | None,
        typer.Argument(
            metavar="OTHER", help="Only from this name. Where no link is: they are two.", show_default=False
        ),
    ] = None,
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    level: LevelOption = None,
    by: By = None,
    dry_run: DryRun = False,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Undo a link; or refuse a proposal, by naming both names. Neither is proposed again.

    Example: qippctl schemes unlink Rebates Inhaler --reason two-savings
    """
    from qippctl.cli.output import open_book
    from qippctl.pipeline import identities

    said = _said(by, reason, dry_run=dry_run)
    done = identities.unlink(open_book(ledger), what, other, said, organisation, level.value if level else None)
    _tell(done, form, output, quiet=quiet)


@schemes_app.command("aliases")
def aliases(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show those that were undone, and names told apart, too.")
    ] = False,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List the names that mean another, with who said so, when and why.

    Example: qippctl schemes aliases --all
    """
    from qippctl.cli.output import open_book, show
    from qippctl.pipeline import identities
    from qippctl.reports import identities as views

    show(views.aliases(identities.aliases(open_book(ledger), organisation, everything=everything)), form, output)


@schemes_app.command("proposals")
def proposals(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show names that may be one, and why. Nothing is linked until you confirm it with `schemes link`.

    Example: qippctl schemes proposals
    """
    from qippctl.cli.output import open_book, show
    from qippctl.pipeline import identities
    from qippctl.reports import identities as views

    show(views.proposals(identities.proposals(open_book(ledger), organisation)), form, output)


@schemes_app.command("export-links")
def export_links(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it; - is stdout.", show_default=False)],
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    include_private: IncludePrivate = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write the links, and the names told apart, as CSV that `import-links` reads.

    Example: qippctl schemes export-links decided.csv
    """
    from qippctl.cli.output import open_book, say, show
    from qippctl.pipeline import identities
    from qippctl.reports import identities as views

    found = identities.standing(open_book(ledger, include_private=include_private, quiet=quiet), organisation)
    show(views.link_file(found), Format.csv, file)
    if not quiet and str(file) != "-":
        say(f"{len(found)} link{'' if len(found) == 1 else 's'} written to {file}")


@schemes_app.command("import-links")
def import_links(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV of links; - is stdin.", show_default=False)],
    ledger: LedgerOption = None,
    by: By = None,
    dry_run: DryRun = False,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Load links from CSV: all of them or none. Those that hold already stay as they are.

    Example: qippctl schemes import-links links.csv --dry-run
    """
    from qippctl.cli.output import open_book, say
    from qippctl.errors import UsageError
    from qippctl.pipeline import link_files
    from qippctl.pipeline.identities import Said

    said = Said(who(by), now(), "", dry_run)
    try:
        text = given_file(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: not UTF-8 text; save it as CSV UTF-8") from error
    try:
        done = link_files.import_links(open_book(ledger, create=not dry_run), text, said)
    except UsageError as error:
        raise UsageError(f"{file}: {error}") from error
    for line in done.bad:
        say(f"{file}: {line}")
    if done.bad:
        raise UsageError(
            f"{file}: nothing was loaded, as {len(done.bad)} of its rows cannot be; mend them and load it again"
        )
    _tell(done, form, output, quiet=quiet)


def _said(by: str | None, reason: str, *, dry_run: bool) -> Said:
    """Who says it, when and why; UsageError where either is not known."""
    from qippctl.errors import UsageError
    from qippctl.pipeline.identities import Said

    if not reason.strip():
        raise UsageError("--reason is empty; say why, for those who come after")
    return Said(who(by), now(), reason.strip(), dry_run)


def _percent(text: str) -> Decimal:
    from qippctl.errors import UsageError

    try:
        found = Decimal(text.removesuffix("%").strip())
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise UsageError(f'--share is "{text}"; it is a percentage, such as 60')
    return found


def _tell(done: Changed, form: Format, output: Path | None, *, quiet: bool) -> None:
    """Show what changed; what to mind about it on stderr."""
    from qippctl.cli.output import say, show
    from qippctl.reports import identities as views

    show(views.changes(done.answers), form, output)
    for line in done.warnings if not quiet else ():
        say(line)
