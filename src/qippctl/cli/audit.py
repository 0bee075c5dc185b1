"""The audit: what papers print, held against itself; and the pages of its rules."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qippctl.cli.app import app
from qippctl.cli.audit_group import audit_app
from qippctl.cli.deciding import now
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

if TYPE_CHECKING:
    from qippctl.audit import Audit, Terms
    from qippctl.errors import QippctlError
    from qippctl.ledger import Ledger, LedgerPaper
    from qippctl.models.decisions import Acceptance
    from qippctl.models.finding import Finding
    from qippctl.models.policy import Policy


class FailOn(StrEnum):
    error = "error"
    warning = "warning"
    note = "note"


def _codes(incomplete: str) -> list[tuple[str, str]]:
    """The rules whose codes begin so, for the shell's completion."""
    from qippctl import pipeline

    known = pipeline.audit_rules()
    return [(rule.code, rule.name) for rule in known if rule.code.casefold().startswith(incomplete.casefold())]


def _words(incomplete: str) -> list[str]:
    """The commands below `audit` that begin so; where none does the shell completes files."""
    return [c.name for c in audit_app.registered_commands if c.name and c.name.startswith(incomplete)]


Given = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH",
        help="Papers to audit as they are [default: the ledger's].",
        show_default=False,
        autocompletion=_words,
    ),
]
AcceptedOption = Annotated[
    Path | None,
    typer.Option(
        "--accepted",
        metavar="FILE",
        help="Accepted findings, as audit export-accepted writes them [default: as qippctl.toml says].",
        show_default=False,
    ),
]


@audit_app.callback(invoke_without_command=True)
def audit(
    context: typer.Context,
    papers: Given = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option("--fail-on", help="Exit with 1 when there is one, or worse, not accepted.", show_default=False),
    ] = None,
    new: Annotated[bool, typer.Option("--new", help="Only what the last audit of the ledger did not find.")] = False,
    rule: Annotated[
        list[str] | None,
        typer.Option(
            "--rule",
            metavar="CODE",
            help="Only this rule; may be given again.",
            show_default=False,
            autocompletion=_codes,
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show notes too, and findings that share their cause with another.")
    ] = False,
    untied: Annotated[
        bool, typer.Option("--untied", help="List the sentences with numbers that nothing could be held against.")
    ] = False,
    accepted: AcceptedOption = None,
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

    What is named after audit is a paper, unless it is one of the commands below; a paper of such a name is ./accept.

    Example: qippctl audit samples/northmere-board-m11.pdf
    """
    if context.invoked_subcommand is not None:
        return
    from qippctl import pipeline
    from qippctl.audit import in_order, joined, marked, verdict
    from qippctl.cli.output import open_book, show
    from qippctl.cli.settings import in_force
    from qippctl.models.decisions import Acceptance
    from qippctl.reports import findings as views

    settings = in_force()
    terms = settings.terms(rule or ())
    named = pipeline.find_policy(policy) if policy is not None else None
    failures: list[QippctlError] = []
    if papers:
        _refuse_with_papers(context, new)
    book = None if papers else open_book(ledger)
    if untied:
        claims = _untied_of_files(papers, failures) if papers else pipeline.untied(_open(book), organisation, period)
        show(views.untied(claims), form, output)
        if failures:
            raise typer.Exit(3)
        return
    covered: list[str] = []
    if book is None:
        found = joined(_of_files(papers or [], named, terms, failures, quiet))
    else:
        found = _of_ledger(book, organisation, period, named, terms, failures, covered, quiet)
    made = [*(book.decisions(Acceptance) if book is not None else ()), *_given(accepted or settings.accepted)]
    everything_found = in_order(marked(found.findings, made))
    findings = everything_found
    if book is not None:
        last = book.last_found()
        _keep(book, everything_found, terms, covered)
        if new:
            findings = tuple(one for one in everything_found if not last.had(one))
    came_to = verdict(found, findings)
    entries = views.shown(findings, everything=everything)
    numbered = book is not None and form is Format.table
    listing = views.findings(findings, came_to, entries, numbered=numbered, new=new, pasted=form is Format.md)
    show(listing, form, output)
    if numbered and book is not None:
        _number(book, [entry.finding for entry in entries])
    if failures:
        raise typer.Exit(3)
    if fail_on is not None and _is_met(fail_on, findings):
        raise typer.Exit(1)


def _refuse_with_papers(context: typer.Context, new: bool) -> None:
    """What is asked of the ledger means nothing of papers as they are."""
    from qippctl.errors import UsageError

    typed = [n for n in ("organisation", "period") if _is_typed(context, n)] + (["new"] if new else [])
    if typed:
        options = " and ".join(f"--{name}" for name in typed)
        raise UsageError(f"{options}: of the ledger's papers only; leave the PATHs away, or the option")


def _is_typed(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _open(book: Ledger | None) -> Ledger:
    if book is None:
        raise AssertionError("a ledger is opened where no papers are named")
    return book


def _given(file: Path | None) -> list[Acceptance]:
    from qippctl import pipeline

    return pipeline.read_accepted(file) if file is not None else []


def _of_files(
    papers: list[str], policy: Policy | None, terms: Terms, failures: list[QippctlError], quiet: bool
) -> list[Audit]:
    """Audits of files, one after the other; what cannot be read is told, and the others are still done."""
    from qippctl import pipeline
    from qippctl.cli.output import say
    from qippctl.cli.progress import progress

    def failed(error: QippctlError) -> None:
        say(f"qippctl: {error}")
        failures.append(error)

    files = pipeline.find_papers(papers).files
    with progress(len(files), quiet, "auditing") as step:
        return list(pipeline.audit_files(files, policy, terms, progress=step, failed=failed))


def _of_ledger(
    book: Ledger,
    organisation: str | None,
    period: str | None,
    policy: Policy | None,
    terms: Terms,
    failures: list[QippctlError],
    covered: list[str],
    quiet: bool,
) -> Audit:
    """The audit of the ledger; `covered` takes the hashes of the papers that it looked at."""
    from qippctl import pipeline
    from qippctl.audit import joined
    from qippctl.cli.output import say
    from qippctl.cli.progress import progress

    def failed(error: QippctlError) -> None:
        say(f"qippctl: {error}")
        failures.append(error)
        covered.pop()

    with progress(1, quiet, "auditing") as step:

        def told(paper: LedgerPaper, done: int, of: int) -> None:
            covered.append(paper.cover.sha256)
            if step is not None:
                step(Path(paper.name), done, of)

        return joined(pipeline.audit_ledger(book, organisation, period, policy, terms, progress=told, failed=failed))


def _untied_of_files(papers: list[str], failures: list[QippctlError]) -> list[Any]:
    from qippctl import pipeline
    from qippctl.cli.output import say
    from qippctl.errors import UnreadableError

    out: list[Any] = []
    for path in pipeline.find_papers(papers).files:
        try:
            out += pipeline.untied_of(pipeline.extract(path))
        except UnreadableError as error:
            say(f"qippctl: {error}")
            failures.append(error)
    return out


def _keep(book: Ledger, findings: tuple[Finding, ...], terms: Terms, covered: list[str]) -> None:
    """Keep what the audit found. A ledger that cannot be written is audited all the same."""
    from qippctl import pipeline
    from qippctl.audit import rules
    from qippctl.cli.output import say

    error = pipeline.keep_audit(book, findings, at=now(), codes=set(rules()) - terms.disabled, papers=covered)
    if error is not None:
        say(f"qippctl: {error}; what was found is shown, but not kept: --new and accept will not know of it")


def _number(book: Ledger, shown: list[Finding]) -> None:
    from qippctl.cli.numbers import number

    figures = [one.figures[-1] if one.figures else "" for one in shown]
    number(book, figures, [one.id for one in shown])


def _is_met(fail_on: FailOn, findings: tuple[Finding, ...]) -> bool:
    from qippctl.models.finding import SEVERITIES

    enough = SEVERITIES[: SEVERITIES.index(fail_on.value) + 1]
    return any(one.accepted is None and (one.severity in enough or _decides(one)) for one in findings)


def _decides(one: Finding) -> bool:
    """Whether it changes what is decided, which counts as an error."""
    return one.decision is not None and one.severity != "note"


@app.command()
def explain(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE",
            help="A rule's code or name [default: the list of all].",
            show_default=False,
            autocompletion=_codes,
        ),
    ] = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Say what a rule of the audit looks for, why it matters, what to do, and whether it is in force.

    Without a code it lists all rules; with --format md it writes the page of all of them.

    Example: qippctl explain QT101
    """
    from qippctl import pipeline
    from qippctl.cli import output as out
    from qippctl.cli.settings import in_force
    from qippctl.reports import rule_pages as views

    if code is None and form is Format.md:
        out.put(views.document(pipeline.audit_rules()), output)
        return
    terms = in_force().terms()
    if code is not None:
        out.show(views.rule(pipeline.explain_rule(code, terms)), form, output)
    else:
        out.show(views.rules(pipeline.audit_rules(terms)), form, output)
