"""Commands that put figures right, and the list of what is in doubt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qippctl.cli.app import app
from qippctl.cli.deciding import By, DryRun, Reason, given_file, now, who
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
    from qippctl.models.corrections import CorrectionAnswer

corrections_app = typer.Typer()
app.add_typer(corrections_app, name="corrections")
Everything = Annotated[bool, typer.Option("--all", help="Show those that were undone, too.")]
_FOR_PEOPLE = (Format.table, Format.md)


# A value such as -12.5 is no option.
@app.command(context_settings={"ignore_unknown_options": True})
def correct(
    figure: Annotated[
        str,
        typer.Argument(
            metavar="FIGURE_ID|#N",
            help="A figure's id, the beginning of one that no other has, or its number in the list shown last.",
            show_default=False,
        ),
    ],
    value: Annotated[
        str | None,
        typer.Argument(
            metavar="VALUE",
            help="What it should be: 643k, £0.643m, (12.5), 75%. A bare number is in the unit that its column prints. "
            "A saving and a favourable variance are positive, whatever the paper prints.",
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="misread|misprint",
            help="misread: the paper prints it right; misprint: the paper itself is wrong.",
            show_default=False,
        ),
    ] = ...,  # type: ignore[assignment]
    reason: Reason = ...,  # type: ignore[assignment]
    workstream: Annotated[
        str | None,
        typer.Option(
            "--workstream", metavar="NAME", help="Of its whole row; '(none)' takes it away.", show_default=False
        ),
    ] = None,
    scheme: Annotated[
        str | None, typer.Option("--scheme", metavar="NAME", help="Of its whole row.", show_default=False)
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="PERIOD", help="2014/15-M11, or 2014/15 for a year's.", show_default=False),
    ] = None,
    measure: Annotated[
        str | None, typer.Option("--measure", metavar="NAME", help="Such as plan.ytd.", show_default=False)
    ] = None,
    by: By = None,
    dry_run: DryRun = False,
    ledger: LedgerOption = None,
    policy: PolicyOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Put a figure right; what was read is kept beside it, with who, when and why. Shows before, after, what else changes.

    Example: qippctl correct 4b2a09f30088/p2t2/2/3 643k --kind misread --reason Smudged --dry-run
    """
    from qippctl import pipeline
    from qippctl.calc.correcting import Said, Wanted
    from qippctl.cli.numbers import figure_named
    from qippctl.cli.output import open_book, say, show
    from qippctl.errors import UsageError
    from qippctl.reports import corrections as views

    if value is not None and value.startswith("--"):
        raise UsageError(f"no such option: {value}. See qippctl correct --help")
    book = open_book(ledger)
    wanted = Wanted(value, None, workstream, scheme, period, measure)
    said = Said(kind, reason, who(by), now())
    made, answer = pipeline.correct(book, figure_named(book, figure), wanted, said, pipeline.find_policy(policy))
    if dry_run or form in _FOR_PEOPLE:
        # People see what it comes to before it is kept; scripts get the number that it was given.
        show(views.correction(answer), form, output)
    if dry_run:
        _say_nothing_was_kept(quiet)
        return
    (kept,) = pipeline.keep(book, [made], [answer])
    if form not in _FOR_PEOPLE:
        show(views.correction(kept), form, output)
    if not quiet:
        say(f"Kept as correction {kept.number}. To take it back: qippctl corrections undo {kept.number} --reason TEXT")


@corrections_app.callback(invoke_without_command=True)
def corrections(
    context: typer.Context,
    everything: Everything = False,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List what analysts put right; take it back, or carry it to another ledger.

    Example: qippctl corrections
    """
    if context.invoked_subcommand is None:
        _list(everything, ledger, form, output, quiet)


@corrections_app.command("list")
def corrections_list(
    everything: Everything = False,
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List the corrections: what was read, what holds instead, by whom, when and why.

    Example: qippctl corrections list --all
    """
    _list(everything, ledger, form, output, quiet)


def _list(everything: bool, ledger: str | None, form: Format, output: Path | None, quiet: bool) -> None:
    from qippctl import pipeline
    from qippctl.cli.numbers import number
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import corrections as views

    book = open_book(ledger)
    found = pipeline.corrections(book, everything=everything)
    show(views.corrections(found, numbered=form is Format.table), form, output)
    if form is Format.table:
        number(book, [answer.figure for answer in found])
    if not found and not quiet:
        say("Nothing was put right yet. Next: qippctl doubts")


@corrections_app.command("undo")
def corrections_undo(
    correction: Annotated[
        str, typer.Argument(metavar="NUMBER", help="A correction's number, as listed.", show_default=False)
    ],
    reason: Reason = ...,  # type: ignore[assignment]
    by: By = None,
    dry_run: DryRun = False,
    ledger: LedgerOption = None,
    policy: PolicyOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Take a correction back: an earlier one of the figure, or what was read, holds again. Both stay in the ledger.

    Numbers are listed by corrections list: qippctl corrections undo 3 --reason "Read again".

    Example: qippctl corrections undo --help
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.errors import UsageError
    from qippctl.reports import corrections as views

    if not (correction.isascii() and correction.isdigit() and len(correction) < 10):
        raise UsageError(f'"{correction[:20]}" is no number of a correction: see the column No. of corrections list')
    book = open_book(ledger)
    rules = pipeline.find_policy(policy)
    made, answer = pipeline.without(book, int(correction), reason, who(by), now(), rules)
    if dry_run or form in _FOR_PEOPLE:
        show(views.correction(answer, undoing=made), form, output)
    if dry_run:
        _say_nothing_was_kept(quiet)
        return
    undone = pipeline.keep_undo(book, made, answer)
    if form not in _FOR_PEOPLE:
        show(views.correction(undone, undoing=made), form, output)
    if not quiet:
        say(f"Correction {answer.number} is undone. It stays listed: qippctl corrections list --all")


@corrections_app.command("export")
def corrections_export(
    ledger: LedgerOption = None,
    include_private: IncludePrivate = False,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write the corrections as a CSV that corrections import takes into another ledger with the same papers.

    Example: qippctl corrections export -o corrections.csv
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports.listing import Listing

    rows, stale = pipeline.correction_rows(open_book(ledger, include_private=include_private, quiet=quiet))
    show(Listing((), csv_rows=rows), Format.csv, output)
    if stale and not quiet:
        say(f"{stale} left out: their papers are read otherwise now. See qippctl corrections list")
    if output is not None and not quiet:
        say(f"{len(rows) - 1} corrections written to {output}")


@corrections_app.command("import")
def corrections_import(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A CSV with the columns figure, kind, reason and one of value, workstream, scheme, period, measure; - is stdin.",
            show_default=False,
        ),
    ],
    by: By = None,
    dry_run: DryRun = False,
    ledger: LedgerOption = None,
    policy: PolicyOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Put many figures right from a CSV, all or none: each row that is wrong is named by its line. Twice changes nothing.

    See first what it would do: qippctl corrections import FILE.csv --dry-run.

    Example: qippctl corrections import --help
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, show
    from qippctl.errors import UsageError
    from qippctl.reports import corrections as views

    content, book = given_file(file), open_book(ledger)
    found = pipeline.read_corrections(book, content, str(file), who(by), now())
    if found.wrong:
        for line, why in found.wrong:
            say(f"{file}, line {line}: {why}")
        rows = len(found.wrong) + len(found.made) + len(found.standing)
        raise UsageError(
            f"{file}: {len(found.wrong)} of {rows} rows are wrong, so nothing was kept. Mend and import again"
        )
    answers: list[CorrectionAnswer] = [
        answer.model_copy(update={"line": line})
        for answer, line in zip(
            pipeline.preview(book, found.made, pipeline.find_policy(policy)), found.lines, strict=True
        )
    ]
    if dry_run or form in _FOR_PEOPLE:
        show(views.imported(answers), form, output)
    if not dry_run and found.made:
        answers = pipeline.keep(book, found.made, answers)
    if not dry_run and form not in _FOR_PEOPLE:
        show(views.imported(answers), form, output)
    if quiet:
        return
    if found.standing:
        lines = ", ".join(map(str, found.standing[:12])) + (", ..." if len(found.standing) > 12 else "")
        say(f"{len(found.standing)} stand already and were passed over (line {lines}).")
    if dry_run:
        _say_nothing_was_kept(quiet)
    else:
        say(f"{len(answers)} corrections kept from {file}.")


@app.command()
def doubts(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Show every figure, not the largest alone.")] = False,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List the figures in doubt, the most money first, with the numbers that evidence and correct take.

    Example: qippctl doubts --organisation Eastholme
    """
    from qippctl import pipeline
    from qippctl.cli.numbers import number
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import corrections as views

    book = open_book(ledger)
    found = pipeline.doubts(book, organisation, period)
    shown = views.most_doubted(found, everything=everything)
    show(views.doubts(found, shown, numbered=form is Format.table), form, output)
    if form is Format.table:
        number(book, [figure.id for figure in shown])
    if not found and not quiet:
        say("No figure is in doubt.")


def _say_nothing_was_kept(quiet: bool) -> None:
    from qippctl.cli.output import say

    if not quiet:
        say("Nothing was kept: --dry-run.")
