"""Commands about qippctl itself: policies, schemas, and whether all is well."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from qippctl.cli.app import app
from qippctl.cli.options import Format, FormatOption, LedgerOption, OutputOption, Quiet, Verbose

policy_app = typer.Typer(help="The RAG rules that qippctl knows.", no_args_is_help=True)
app.add_typer(policy_app, name="policy")


@policy_app.command("list")
def policy_list(
    form: FormatOption = Format.table, output: OutputOption = None, quiet: Quiet = False, verbose: Verbose = False
) -> None:
    """List the policies, yours and the shipped ones.

    Example: qippctl policy list
    """
    from qippctl import pipeline
    from qippctl.cli.output import show
    from qippctl.reports import tools as views

    show(views.policies(pipeline.policy_files()), form, output)


@policy_app.command("show")
def policy_show(
    name: Annotated[str, typer.Argument(metavar="NAME|FILE", help="A policy's name, or a file.")],
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show a policy's rules and where they are stated.

    Example: qippctl policy list
    """
    from qippctl import pipeline
    from qippctl.cli.output import show
    from qippctl.reports import tools as views

    show(views.policy(pipeline.find_policy(name)), form, output)


class FailOn(StrEnum):
    gaps = "gaps"


@policy_app.command("check")
def policy_check(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME|FILE]...", help="Policies [default: all that are known].", show_default=False),
    ] = None,
    ledger: LedgerOption = None,
    fail_on: Annotated[
        FailOn | None, typer.Option("--fail-on", help="Exit with 1 when a policy has gaps.", show_default=False)
    ] = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Find what a policy gives no colour, or several; and which rows of the ledger's papers get none.

    Exits with 2 where a file is no policy.

    Example: qippctl policy check
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import tools as views

    known, broken = pipeline.policies_meant(names or ())
    book = open_book(ledger)
    found = [pipeline.checked_policy(policy, book) for policy in known]
    show(views.policy_checks(found), form, output)
    for file in broken:
        say(f"qippctl: {file.file}: {file.failure}")
    if broken:
        raise typer.Exit(2)
    if fail_on is not None and any(checked.check.gaps for checked in found):
        raise typer.Exit(1)


@app.command()
def schema(
    name: Annotated[
        str | None,
        typer.Argument(help="A record or file: figure, rag, policy, ... Without it, the list.", show_default=False),
    ] = None,
    write: Annotated[
        Path | None,
        typer.Option("--write", metavar="FOLDER", help="Write all schemas into a folder.", show_default=False),
    ] = None,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Print the JSON Schema of a record that qippctl prints, or of a file that it reads.

    Example: qippctl schema figure
    """
    from qippctl import schemas
    from qippctl.cli import output as out

    if write is not None:
        for path in schemas.write_all(write):
            if not quiet:
                out.say(f"wrote {path}")
        return
    text = schemas.text_of(name) if name else "".join(f"{known}\n" for known in schemas.names())
    if output is not None:
        out.write(output, text)
    else:
        print(text, end="")


@app.command()
def doctor(
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Check that qippctl can work here: its packages, data files, reader and ledger.

    Example: qippctl doctor
    """
    from qippctl import health
    from qippctl.cli.output import show
    from qippctl.ledger import default_url
    from qippctl.reports import tools as views

    found = health.checks(ledger or default_url())
    show(views.health(found), form, output)
    worst = max((check.exit_status for check in found), default=0)
    if worst:
        raise typer.Exit(worst)


@app.command()
def config(
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Print the settings in force, and where each comes from: environment, qippctl.toml of the project, or of the user.

    Example: qippctl config
    """
    from qippctl import pipeline
    from qippctl.cli.output import show
    from qippctl.cli.settings import NAME, in_force, project_file, user_file
    from qippctl.ledger import default_url
    from qippctl.reports import tools as views

    found = pipeline.settings_in_force(in_force(), default_url())
    looked = [file for file in (project_file(), user_file()) if file is not None]
    show(views.settings(found, [str(file) for file in looked], NAME), form, output)
