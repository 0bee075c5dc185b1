"""Documents for a meeting: the board's paper, and the fields that a house's own template may use."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qippctl.cli.app import app
from qippctl.cli.options import (
    Format,
    FormatOption,
    IncludePrivate,
    LedgerOption,
    Organisation,
    OutputOption,
    PeriodOption,
    PolicyOption,
    Quiet,
    Verbose,
)

if TYPE_CHECKING:
    from qippctl.reports.document import Suffix

report_app = typer.Typer(help="Documents for a meeting.", no_args_is_help=True)
app.add_typer(report_app, name="report")

DocumentOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Where to write it: .docx, .pdf, .html or .md [default: Markdown on stdout].",
        show_default=False,
    ),
]
AsAt = Annotated[
    str | None,
    typer.Option(
        "--today",
        metavar="DATE",
        help="As of which day milestones and escalations are judged [default: that of the papers' meeting].",
        show_default=False,
    ),
]


# How each kind of document has its pictures; Markdown has them in words.
_PICTURES: dict[str, Literal["png", "svg"] | None] = {"md": None, "html": "svg", "docx": "png", "pdf": "png"}


@report_app.command()
def board(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    policy: PolicyOption = None,
    today: AsAt = None,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar="FILE",
            help="Your own Word template, whose fields are filled; see qippctl report fields.",
            show_default=False,
        ),
    ] = None,
    include_private: IncludePrivate = False,
    output: DocumentOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write the month's paper for the board: position, exceptions, movement, forecast, registers, findings, sources.

    Example: qippctl report board --organisation Northmere
    """
    from qippctl import pipeline
    from qippctl.cli.deciding import day_asked
    from qippctl.cli.output import open_book, say, write
    from qippctl.errors import UsageError
    from qippctl.reports import board as views
    from qippctl.reports.board.house import fields_of
    from qippctl.reports.document import render
    from qippctl.reports.document.template import filled

    suffix = _suffix(output)
    if template is not None and suffix != "docx":
        raise UsageError("a template makes a Word document: say where with -o FILE.docx")
    rules = pipeline.Rules(pipeline.find_policy(policy) if policy else None)
    book = open_book(ledger, include_private=include_private, quiet=quiet)
    made = pipeline.board(book, organisation, period, rules, today=day_asked(today) if today else None)
    if template is not None:
        content: str | bytes = filled(template, fields_of(made), made.cover.meeting_date)
    else:
        charts = pipeline.pictures(book, made, rules, _PICTURES[suffix])
        content = render(views.paper(made, charts), suffix)
    if output is None or str(output) == "-":
        sys.stdout.write(str(content))
        sys.stdout.flush()
    else:
        write(output, content)
    if quiet:
        return
    if output is not None and str(output) != "-":
        say(f"wrote {output}{' (DRAFT)' if made.cover.draft else ''}")
    asked = views.questions(made)
    for one in asked:
        say(f"open: {one.text} Next: {one.command}")
    if not asked:
        say("No question is open.")


@report_app.command()
def fields(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    include_private: IncludePrivate = False,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List the fields that a template of your own may use; with --organisation, as they are in its paper.

    Example: qippctl report fields
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, show
    from qippctl.reports.board import house

    made = None
    if organisation is not None or period is not None:
        book = open_book(ledger, include_private=include_private, quiet=quiet)
        made = pipeline.board(book, organisation, period, pipeline.Rules())
    show(house.fields(house.listed(made)), form, output)


def _suffix(output: Path | None) -> Suffix:
    from qippctl.errors import UsageError
    from qippctl.reports.document import SUFFIXES

    if output is None or str(output) == "-":
        return "md"
    found = next((kind for kind in SUFFIXES if output.suffix.lower() == f".{kind}"), None)
    if found is None:
        kinds = ", ".join(f".{kind}" for kind in SUFFIXES)
        raise UsageError(f"{output}: no document ends so; the name of the file says which kind it is: {kinds}")
    return found
