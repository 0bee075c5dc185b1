"""Commands that read papers and list what was read."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from qippctl.cli.app import app
from qippctl.cli.deciding import By, DryRun, Reason, now, who
from qippctl.cli.options import (
    Format,
    FormatOption,
    LedgerOption,
    Organisation,
    OutputOption,
    PagesOption,
    Papers,
    Quiet,
    Verbose,
    WorkersOption,
)
from qippctl.cli.progress import progress

papers_app = typer.Typer()
app.add_typer(papers_app, name="papers")


@app.command()
def ingest(
    papers: Papers,
    ledger: LedgerOption = None,
    pages: PagesOption = None,
    workers: WorkersOption = None,
    again: Annotated[bool, typer.Option("--again", help="Read papers anew that the ledger holds already.")] = False,
    private: Annotated[
        bool,
        typer.Option(
            "--private", help="They stay in the house: exports, reports, charts and packs are made without them."
        ),
    ] = False,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read papers into the ledger. A paper is known by its content: reading it twice changes nothing.

    Example: qippctl ingest samples
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.readers import Pages
    from qippctl.reports import papers as views

    found = pipeline.find_papers(papers)
    book = open_book(ledger, create=True)
    wanted = Pages.parse(pages) if pages else None
    said = pipeline.Said(who(None), now(), "ingested with --private") if private else None
    done: list[pipeline.Ingested] = []
    try:
        with progress(len(found.files), quiet) as step:
            for one in pipeline.ingest(
                found.files, book, wanted, again=again, private=said, workers=workers, progress=step
            ):
                done.append(one)
                if one.failure is not None:
                    say(f"qippctl: {one.failure}")
                for table in one.paper.tables if one.paper is not None and verbose else ():
                    say(
                        "; ".join(
                            (f"{one.path.name} {table.table} {table.kind}: {table.figures} figures", *table.notes)
                        )
                    )
    except KeyboardInterrupt:
        say(
            f"qippctl: interrupted; {len(done)} of {len(found.files)} papers are done and kept. Run it again for the rest"
        )
        raise
    answers = [one.answer for one in done]
    show(views.ingested(answers), form, output)
    if not quiet:
        notes = [f"{one.path.name}: {note}" for one in done if one.paper is not None for note in one.paper.notes]
        for one in done:
            if one.paper is not None and one.paper.undated:
                notes.append(
                    f"{one.path.name}: {one.paper.undated} figures without a month or year: rag and variance leave them out"
                )
        for answer in answers:
            if answer.number is not None and not answer.figures:
                notes.append(
                    f"{answer.file}: no table of savings was found in it. To see what was: qippctl extract {answer.file}"
                )
        unchanged = sum(1 for answer in answers if answer.outcome == "unchanged")
        if unchanged:
            notes.append(f"{unchanged} of {len(answers)} papers were in the ledger already: nothing changed.")
        kept = {answer.number for answer in answers}
        own = [f"#{number}" for number in book.private() if number in kept]
        if own:
            notes.append(f"Private: {', '.join(own)}. To open one: qippctl papers public '{own[0]}' --reason TEXT")
        for line in (*found.left_out, *notes, "Next: qippctl rag"):
            say(line)
    if any(answer.outcome == "not read" for answer in answers):
        raise typer.Exit(3)


@app.command()
def extract(
    papers: Papers,
    pages: PagesOption = None,
    workers: WorkersOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Print what papers hold; no ledger is touched. CSV has the figures alone.

    Example: qippctl extract samples/northmere-board-m11.pdf --format jsonl
    """
    from qippctl import pipeline
    from qippctl.cli.output import say, show
    from qippctl.errors import UnreadableError
    from qippctl.reports import papers as views

    found = pipeline.find_papers(papers)
    read, failed = [], 0
    with progress(len(found.files), quiet) as step:
        for path in found.files:
            try:
                read.append(
                    pipeline.extract(path, pages, workers=workers, progress=partial(step, path) if step else None)
                )
            except UnreadableError as error:
                failed += 1
                say(f"qippctl: {error}")
    show(views.figures(read) if form is Format.csv else views.extracted(read), form, output)
    if not quiet and form is not Format.table:
        for paper in read:
            for note in paper.notes:
                say(f"{paper.cover.paper}: {note}")
    if failed:
        raise typer.Exit(3)


@app.command()
def tables(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A paper in any format that is read.", show_default=False)
    ],
    pages: PagesOption = None,
    fast: Annotated[bool, typer.Option("--fast", help="Pass over pages with few numbers, and say which.")] = False,
    workers: WorkersOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Print every table of a file as rows of text, whatever it means.

    Example: qippctl tables samples/northmere-board-m11.pdf
    """
    from qippctl import pipeline
    from qippctl.cli.output import say, show
    from qippctl.reports.tables import tables as view

    with progress(1, quiet) as step:
        found = pipeline.tables(file, pages, fast=fast, workers=workers, progress=partial(step, file) if step else None)
    show(view(found.tables), form, output)
    if not quiet:
        for note in found.notes:
            say(f"{file.name}: {note}")
        if not found.tables:
            say(f"{file.name}: no table found on {found.pages} page{'' if found.pages == 1 else 's'}")


@papers_app.callback(invoke_without_command=True)
def papers(
    context: typer.Context,
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List the papers of the ledger, or show what is in one.

    Example: qippctl papers
    """
    if context.invoked_subcommand is not None:
        return
    from qippctl import pipeline
    from qippctl.cli.output import open_book, show
    from qippctl.reports import papers as views

    book = open_book(ledger)
    show(views.papers(pipeline.papers(book, organisation)), form, output)


@papers_app.command("show")
def papers_show(
    paper: Annotated[
        str,
        typer.Argument(
            metavar="PAPER",
            help="Its number (#3), a part of its file name, or a file that is in no ledger.",
            show_default=False,
        ),
    ],
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show what is in a paper: items, tables with kind and page, records by type, what was not understood.

    Example: qippctl papers show samples/northmere-board-m11.pdf
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, show
    from qippctl.reports.contents import contents

    show(contents(pipeline.contents(open_book(ledger), paper)), form, output)


Marked = Annotated[
    str, typer.Argument(metavar="PAPER", help="Its number (#3), or a part of its file name.", show_default=False)
]


@papers_app.command("private")
def papers_private(
    paper: Marked,
    reason: Reason = "",
    by: By = None,
    dry_run: DryRun = False,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Mark a paper as one that stays in the house: exports, reports, charts and packs are made without it.

    Example: qippctl papers private northmere-summary --dry-run
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, show
    from qippctl.reports import decisions as views

    book = open_book(ledger, quiet=True)
    number, made = pipeline.make_private(book, paper, by=who(by), at=now(), reason=reason, keep=not dry_run)
    show(views.made_private(made, number), form, output)


@papers_app.command("public")
def papers_public(
    paper: Marked,
    reason: Reason = ...,  # type: ignore[assignment]
    by: By = None,
    dry_run: DryRun = False,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Take back that a paper stays in the house, such as `qippctl papers public '#3' --reason "Published 3 June"`.

    Example: qippctl papers public --help
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, show
    from qippctl.reports import decisions as views

    book = open_book(ledger, quiet=True)
    made = pipeline.make_public(book, paper, by=who(by), at=now(), reason=reason, keep=not dry_run)
    show(views.undone(made, "Privacy"), form, output)
