"""Writing what the ledger holds, and what is answered from it, as files for other programs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter, Signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qippctl.cli.app import app
from qippctl.cli.deciding import day_asked
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
    Today,
    Verbose,
)

if TYPE_CHECKING:
    from datetime import date

    from qippctl.ledger import Ledger
    from qippctl.pipeline import Rules
    from qippctl.reports.listing import Listing

export_app = typer.Typer(help="Write what the ledger holds as files for other programs.", no_args_is_help=True)
app.add_typer(export_app, name="export")


@export_app.command("workbook")
def export_workbook(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    policy: PolicyOption = None,
    today: Today = None,
    accessible: Annotated[
        bool,
        typer.Option("--accessible", help="One to publish: one marked table a sheet, no formulas, nothing by colour."),
    ] = False,
    include_private: IncludePrivate = False,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The workbook; - is stdout.")] = Path(
        "tracker.xlsx"
    ),
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write an Excel workbook: schemes with live formulas, months, registers, findings, every figure with its source, charts.

    Example: qippctl export workbook --organisation Northmere -o tracker.xlsx
    """
    from qippctl import pipeline
    from qippctl.cli.output import open_book, say, write
    from qippctl.errors import UsageError
    from qippctl.reports import excel

    is_piped = str(output) == "-"
    if not is_piped and output.suffix.casefold() != ".xlsx":
        raise UsageError(f"{output}: a workbook is written as .xlsx; say so with -o {output.stem or 'tracker'}.xlsx")
    rules = pipeline.Rules(pipeline.find_policy(policy) if policy else None)
    kept = open_book(ledger, include_private=include_private, quiet=quiet)
    found = pipeline.book(kept, organisation, period, rules, today=day_asked(today))
    content = excel.accessible(found) if accessible else excel.working(found)
    if is_piped:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    write(output, content)
    if not quiet:
        rows = sum(len(body.lines) for body in found.bodies)
        doubted = sum(1 for figure in found.figures if figure.doubts)
        whose = f"{len(found.bodies)} organisation{'' if len(found.bodies) == 1 else 's'}"
        say(
            f"{output}: {rows} schemes and other rows of {whose}, {len(found.findings)} findings, "
            f"{len(found.figures)} figures, {doubted} in doubt"
        )


@export_app.command("figures")
def export_figures(
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    period: PeriodOption = None,
    paper: Annotated[
        str | None,
        typer.Option(
            "--paper",
            metavar="#N|NAME",
            help="Of one paper: its number, a part of its file name, or of its hash.",
            show_default=False,
        ),
    ] = None,
    include_private: IncludePrivate = False,
    form: FormatOption = Format.csv,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write the ledger's figures, each with its address in its paper.

    Example: qippctl export figures -o figures.csv
    """
    from qippctl import pipeline
    from qippctl.cli.numbers import number
    from qippctl.cli.output import open_book, say, show
    from qippctl.reports import papers as views

    book = open_book(ledger, include_private=include_private, quiet=quiet)
    found = pipeline.exported(book, organisation, period, paper)
    show(views.figure_list(found, numbered=form is Format.table), form, output)
    if form is Format.table:
        number(book, [figure.id for figure in found])
    if output is not None and not quiet:
        say(f"{len(found)} figures written to {output}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an export was asked for."""

    ledger: Ledger
    organisation: str | None
    period: str | None
    rules: Rules
    today: date


@dataclass(frozen=True, slots=True)
class Export:
    """A kind of records that can be written: what they are, in words, the command that answers the same, which options
    choose among them, and the answer itself."""

    name: str
    what: str
    command: str
    options: tuple[str, ...]
    answer: Callable[[Asked], Listing]


def _ratings(asked: Asked) -> Listing:
    from qippctl import pipeline
    from qippctl.reports import ratings

    return ratings.rag(
        pipeline.programmes(asked.ledger, asked.organisation, asked.period, "ytd", asked.rules), everything=True
    )


def _variances(asked: Asked) -> Listing:
    from qippctl import pipeline
    from qippctl.reports import variances

    return variances.variance(pipeline.programmes(asked.ledger, asked.organisation, asked.period, "ytd", None))


def _forecasts(asked: Asked) -> Listing:
    from qippctl import pipeline
    from qippctl.reports import forecasts

    return forecasts.forecasts(pipeline.forecasts(asked.ledger, asked.organisation, asked.period))


def _profiles(asked: Asked) -> Listing:
    from qippctl import pipeline
    from qippctl.reports import profiles

    return profiles.profiles(*pipeline.profiles(asked.ledger, asked.organisation, asked.period))


def _movement(asked: Asked) -> Listing:
    from qippctl import pipeline
    from qippctl.reports import movements

    return movements.movements(pipeline.movements(asked.ledger, asked.organisation, None, asked.period, asked.rules))


def _milestones(asked: Asked) -> Listing:
    from qippctl import pipeline
    from qippctl.reports import milestones

    found = pipeline.milestones(
        asked.ledger, asked.organisation, asked.period, at=asked.today, policy=asked.rules.named
    )
    return milestones.milestones(found, asked.today, everything=True)


def _risks(asked: Asked) -> Listing:
    from qippctl import pipeline
    from qippctl.reports import risks

    return risks.risks(pipeline.risks(asked.ledger, asked.organisation, asked.period), everything=True)


def _indicators(asked: Asked) -> Listing:
    from qippctl import pipeline
    from qippctl.reports import metrics

    rule = asked.rules.named or pipeline.find_policy(None)
    return metrics.metrics(pipeline.metrics(asked.ledger, asked.organisation, asked.period, rule), everything=True)


def _findings(asked: Asked) -> Listing:
    from qippctl import pipeline
    from qippctl.audit import verdict
    from qippctl.reports import findings

    found, listed = pipeline.audited(asked.ledger, asked.organisation, asked.period, asked.rules.named)
    return findings.findings(listed, verdict(found, listed), findings.shown(listed, everything=True))


def _schemes(asked: Asked) -> Listing:
    from qippctl import pipeline
    from qippctl.reports import papers

    return papers.schemes(pipeline.schemes(asked.ledger, asked.organisation, asked.period))


def _papers(asked: Asked) -> Listing:
    from qippctl import pipeline
    from qippctl.reports import papers

    return papers.papers(pipeline.papers(asked.ledger, asked.organisation))


EXPORTS = (
    Export("findings", "what the audit finds, the gravest first", "audit", ("period", "policy"), _findings),
    Export("forecasts", "where the year of each scheme is going", "forecast", ("period",), _forecasts),
    Export("indicators", "indicators, judged", "metrics", ("period", "policy"), _indicators),
    Export(
        "milestones", "milestones as they stand at a date", "milestones", ("period", "policy", "today"), _milestones
    ),
    Export("movement", "what changed since the period before", "movement", ("period", "policy"), _movement),
    Export("papers", "the papers of the ledger", "papers", (), _papers),
    Export("profiles", "plan, actual and forecast month by month", "profile", ("period",), _profiles),
    Export(
        "ratings",
        "the RAG of every scheme in every dimension, derived and printed",
        "rag",
        ("period", "policy"),
        _ratings,
    ),
    Export("risks", "risks of the newest registers", "risks", ("period",), _risks),
    Export("schemes", "the schemes and the papers that report them", "schemes", ("period",), _schemes),
    Export("variances", "plan against actual to date", "variance", ("period",), _variances),
)
_OPTIONS: dict[str, Any] = {
    "ledger": LedgerOption,
    "organisation": Organisation,
    "period": PeriodOption,
    "policy": PolicyOption,
    "today": Today,
}


def _command(export: Export) -> Callable[..., None]:
    """The command of an export: it takes the options that choose among its records, and those of every export."""

    def command(**given: Any) -> None:
        from qippctl import pipeline
        from qippctl.cli.output import open_book, say, show

        policy = given.get("policy")
        asked = Asked(
            open_book(given["ledger"], include_private=given["include_private"], quiet=given["quiet"]),
            given["organisation"],
            given.get("period"),
            pipeline.Rules(pipeline.find_policy(policy) if policy else None),
            day_asked(given.get("today")),
        )
        found = export.answer(asked)
        show(found, given["form"], given["output"])
        if given["output"] is not None and not given["quiet"]:
            say(f"{len(found.records)} records written to {given['output']}")

    taken: list[tuple[str, Any, object]] = [
        (name, _OPTIONS[name], None) for name in ("ledger", "organisation", *export.options)
    ]
    taken += [
        ("include_private", IncludePrivate, False),
        ("form", FormatOption, Format.csv),
        ("output", OutputOption, None),
    ]
    taken += [("quiet", Quiet, False), ("verbose", Verbose, False)]
    command.__name__ = f"export_{export.name}"
    command.__doc__ = (
        f"Write {export.what}: the records that {export.command} answers.\n\n"
        f"    Example: qippctl export {export.name} -o {export.name}.csv"
    )
    command.__annotations__ = {name: kind for name, kind, _ in taken} | {"return": None}
    command.__signature__ = Signature(  # type: ignore[attr-defined]  # what typer asks for the options
        [Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind) for name, kind, default in taken]
    )
    return command


for _export in EXPORTS:
    export_app.command(_export.name)(_command(_export))
