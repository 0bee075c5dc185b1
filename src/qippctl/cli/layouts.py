"""Commands about layouts, and about why a figure was taken for what it is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qippctl.cli.app import app
from qippctl.cli.options import Format, FormatOption, LedgerOption, OutputOption, PagesOption, Quiet, Verbose

if TYPE_CHECKING:
    from qippctl.models.answers import ExplanationAnswer
    from qippctl.models.paper import ColumnReading

layouts_app = typer.Typer(
    help="The layouts of tables that qippctl knows; see what it took, teach it more.", no_args_is_help=True
)
app.add_typer(layouts_app, name="layouts")
File = Annotated[Path, typer.Argument(metavar="FILE", help="A paper.", show_default=False)]
TableOption = Annotated[
    str | None, typer.Option("--table", metavar="ID", help="Only this table, such as p3t1.", show_default=False)
]


@layouts_app.command("list")
def layouts_list(
    form: FormatOption = Format.table, output: OutputOption = None, quiet: Quiet = False, verbose: Verbose = False
) -> None:
    """List the layouts, yours first: they outrank the shipped ones.

    Example: qippctl layouts list
    """
    from qippctl import pipeline
    from qippctl.cli.output import show
    from qippctl.reports import layouts as views

    show(views.layouts(pipeline.layouts()), form, output)


@layouts_app.command("explain")
def layouts_explain(
    file: File,
    table: TableOption = None,
    pages: PagesOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Show tables without figures too.")] = False,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show what each column of a paper's tables was taken for, why, and what stayed unknown.

    Example: qippctl layouts explain samples/northmere-board-m11.pdf
    """
    from qippctl import pipeline
    from qippctl.cli.output import show
    from qippctl.reports import layouts as views

    found = pipeline.explained(pipeline.extract(file, pages))
    show(views.explanations(_chosen(found, table), everything=everything or table is not None), form, output)


@layouts_app.command("learn")
def layouts_learn(
    file: File,
    table: TableOption = None,
    said: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="COLUMN=MEANING",
            help="A heading (or column number) and what it holds: 'Landing=forecast.year', '4=ignore', 'Title=scheme'.",
            show_default=False,
        ),
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="The layout's name.", show_default=False)] = None,
    replacing: Annotated[bool, typer.Option("--replace", help="Overwrite your layout of this name.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the layout; write nothing.")] = False,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Ask what the columns hold that were not understood, and write a layout that is used from then on.

    Example: qippctl layouts learn samples/eastholme-schemes-m01.txt --table p1t4 --set Held=baseline.year --dry-run
    """
    from qippctl import pipeline
    from qippctl.cli.output import show
    from qippctl.errors import UsageError
    from qippctl.reports import layouts as views

    paper = pipeline.extract(file)
    found = _chosen(pipeline.explained(paper), table)
    asked = [e for e in found if (e.reading.figures and e.unknown) or (said and table)]
    asked = asked or [e for e in found if e.could_be_read]
    if not asked:
        raise UsageError(f"{file.name}: no column of numbers is left unknown" + (f" in {table}" if table else ""))
    if len(asked) > 1 and (said or not sys.stdin.isatty()):
        listed = ", ".join(f"{e.reading.table} ({len(e.unknown)} unknown)" for e in asked)
        raise UsageError(f"{file.name}: several tables could be meant; name one with --table: {listed}")
    for explanation in asked:
        answers = _told(explanation, said) if said else _asked(explanation)
        if answers:
            learned = pipeline.learn(
                file,
                explanation,
                answers,
                paper.cover.organisation,
                name=name,
                replacing=replacing,
                writing=not dry_run,
            )
            show(views.learned(learned), form, output)


@layouts_app.command("check")
def layouts_check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE...]", help="Layouts [default: all of yours].", show_default=False),
    ] = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Hold layouts against their schema; exit with 2 where one is not right.

    Example: qippctl layouts check
    """
    from qippctl import pipeline
    from qippctl.cli.output import say, show
    from qippctl.reports import layouts as views

    found = [pipeline.checked_layout(path) for path in files] if files else [a for a in pipeline.layouts() if a.own]
    show(views.layouts(found), form, output)
    if not found and not quiet:
        say("You have no layouts of your own. Next: qippctl layouts learn FILE")
    if any(answer.failure for answer in found):
        raise typer.Exit(2)


@app.command()
def evidence(
    figure: Annotated[
        str,
        typer.Argument(
            metavar="FIGURE_ID|#N",
            help="A figure's id, its beginning, or its number in the list shown last; of a finding, the figure that it faults.",
            show_default=False,
        ),
    ],
    ledger: LedgerOption = None,
    around: Annotated[int, typer.Option("--rows", min=0, max=50, help="Rows to show on each side of its own.")] = 2,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show why a figure was taken for what it is, and its row among its neighbours as they stand in the paper.

    Example: qippctl export figures --format csv
    """
    from qippctl import pipeline
    from qippctl.cli.numbers import figure_named, finding_shown
    from qippctl.cli.output import open_book, show
    from qippctl.reports import findings
    from qippctl.reports import layouts as views

    book = open_book(ledger)
    found = pipeline.finding_of(book, finding_shown(book, figure) or figure)
    if found is not None and not found.figures:
        show(findings.prose(found), form, output)
        return
    asked = found.figures[-1] if found is not None else figure_named(book, figure)
    show(views.evidence(pipeline.evidence(book, asked, around), found), form, output)


def _chosen(found: list[ExplanationAnswer], table: str | None) -> list[ExplanationAnswer]:
    from qippctl.errors import NotFoundError

    if table is None:
        return found
    chosen = [e for e in found if e.reading.table == table]
    if not chosen:
        known = ", ".join(e.reading.table for e in found) or "none"
        raise NotFoundError(f'no table is called "{table}"; there are: {known}')
    return chosen


def _told(explanation: ExplanationAnswer, said: list[str]) -> dict[int, str]:
    """What --set says, by column."""
    from qippctl.errors import UsageError
    from qippctl.interpret.learning import column_named, meaning_named

    out: dict[int, str] = {}
    for pair in said:
        heading, equals, meaning = pair.rpartition("=")
        if not equals or not heading.strip():
            raise UsageError(f'--set "{pair}": say it as COLUMN=MEANING, such as Landing=forecast.year')
        out[column_named(explanation.columns, heading.strip()).column] = meaning_named(meaning)
    return out


def _asked(explanation: ExplanationAnswer) -> dict[int, str]:
    """What a person at the terminal answers about each column that was not understood."""
    from qippctl.cli.output import say
    from qippctl.errors import UsageError
    from qippctl.interpret.learning import meaning_named

    if not sys.stdin.isatty():
        unknown = ", ".join(f'"{" ".join(c.heading)}"' for c in explanation.unknown)
        raise UsageError(f"nobody is there to be asked; say with --set what these hold: {unknown}")
    say(f"{explanation.reading.table}, page {explanation.reading.page}: {explanation.reading.title or '(no title)'}")
    say(
        "What does each column hold? plan.ytd, actual.ytd, forecast.year, variance.year, ... or ignore. Enter leaves it."
    )
    out: dict[int, str] = {}
    for column in explanation.unknown:
        while answer := _prompt(column):
            try:
                out[column.column] = meaning_named(answer)
                break
            except UsageError as error:
                say(str(error))
    return out


def _prompt(column: ColumnReading) -> str:
    shown = f'{column.column + 1} "{" / ".join(column.heading)}" ({", ".join(column.printed)})'
    return str(typer.prompt(shown, default="", show_default=False, err=True)).strip()
