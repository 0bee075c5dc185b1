"""The audit: what papers print, held against itself; and the pages of its rules."""

from __future__ import annotations

from typing import Annotated

import typer

from qippctl.cli.app import app
from qippctl.cli.options import (
    Format,
    FormatOption,
    LedgerOption,
    Organisation,
    OutputOption,
    PeriodOption,
    PolicyOption,
    Quiet,
    Verbose,
)

Given = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...", help="Papers to audit as they are [default: the ledger's].", show_default=False
    ),
]


@app.command("audit")
def audit(
    papers: Given = None,
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    policy: PolicyOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Hold every figure and sentence that papers print against every other. Rounding is never an error.

    Example: qippctl audit samples/northmere-board-m11.pdf
    """
    from qippctl import pipeline
    from qippctl.audit import Audit, in_order, verdict
    from qippctl.cli.output import open_book, say, show
    from qippctl.errors import UnreadableError
    from qippctl.reports import findings as views

    named = pipeline.find_policy(policy) if policy is not None else None
    found = Audit((), papers=0)
    failed = False
    if papers:
        read = []
        for path in pipeline.find_papers(papers).files:
            try:
                read.append(pipeline.extract(path))
                found += pipeline.audit_paper(read[-1], named)
            except UnreadableError as error:
                say(f"qippctl: {error}")
                failed = True
        for one in pipeline.audit_together(read, named):
            found += one
    else:
        for one in pipeline.audit_ledger(open_book(ledger), organisation, period, named):
            found += one
    findings = in_order(found.findings)
    show(views.findings(findings, verdict(found, findings), numbered=form is Format.table), form, output)
    if failed:
        raise typer.Exit(3)


@app.command()
def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help="A rule's code or name.", show_default=False)],
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Say what a rule of the audit looks for, why it matters, and what to do.

    Example: qippctl explain QT101
    """
    from qippctl import pipeline
    from qippctl.cli.output import show
    from qippctl.reports import findings as views

    show(views.rule(pipeline.explain_rule(code)), form, output)
