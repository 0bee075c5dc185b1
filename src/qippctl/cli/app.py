"""The commands, gathered; and how a failure ends: one line, and the exit status of its kind."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated

import typer

from qippctl import __version__
from qippctl.errors import QippctlError

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
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run a command; never a traceback, except under --verbose."""
    from qippctl.cli import answers, papers, tools  # noqa: F401  the commands register themselves

    # The same bytes under every locale.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app(standalone_mode=True)
    except QippctlError as error:
        _told(error, error.exit_status)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our answer has enough of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        _told(error, 2)


def _told(error: Exception, status: int) -> None:
    if {"--verbose", "-v"} & set(sys.argv):
        import traceback

        traceback.print_exc()
    from qippctl.cli.output import say

    say(f"qippctl: {error}")
    sys.exit(status)
