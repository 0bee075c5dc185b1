"""The command that the others hang on: its help begins with examples."""

from __future__ import annotations

from typing import Annotated

import typer

from qippctl import __version__

HELP = """Read savings papers (QIPP, CIP, efficiency), rate their schemes, check their figures.

\b
Examples:
  qippctl ingest board-pack.pdf             read a paper into the ledger
  qippctl rag                               rate the newest period, worst first
  qippctl variance --organisation Fellside  plan against actual
  qippctl extract paper.docx --format csv   figures alone, no ledger touched

\b
Exit status: 0 done, 1 --fail-on met, 2 wrong usage,
3 some paper could not be read, 4 the ledger cannot be used.
"""

app = typer.Typer(
    name="qippctl",
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"qippctl {__version__}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    from qippctl.cli.settings import defaults_of

    # A flag outranks the environment, and that the settings files.
    context.default_map = defaults_of(context.command)
