"""Closing a month: what it waits for, its pack, its lock; and which packs used a figure."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qippctl.cli.app import app
from qippctl.cli.deciding import By, Reason, day_asked, now, who
from qippctl.cli.options import (
    Format,
    FormatOption,
    IncludePrivate,
    LedgerOption,
    Organisation,
    OutputOption,
    PolicyOption,
    Quiet,
    Today,
    Verbose,
)

if TYPE_CHECKING:
    from qippctl.ledger import Ledger
    from qippctl.models.closing import CloseLine


class FailOn(StrEnum):
    stop = "stop"
    note = "note"
    never = "never"


@app.command()
def close(
    period: Annotated[
        str | None,
        typer.Argument(
            metavar="PERIOD",
            help="The month: 2014/15-M11, or M11 of the newest year. Without it, the locked periods are listed.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help="Where the pack goes: a new folder. With --check, --adjustments: a file for the answer.",
            show_default=False,
        ),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Say what stops the month; write and lock nothing.")] = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="Make the pack though the month is not ready; every document says DRAFT.")
    ] = False,
    lock: Annotated[
        bool, typer.Option("--lock", help="Close the period with this pack: later changes are told as adjustments.")
    ] = False,
    adjustments: Annotated[
        bool,
        typer.Option("--adjustments", help="Say what changed since the period was locked; without PERIOD, of all."),
    ] = False,
    reopen: Annotated[bool, typer.Option("--reopen", help="Take the lock away; needs --reason.")] = False,
    controls: Annotated[
        list[str] | None,
        typer.Option(
            "--control",
            metavar="TOTAL=AMOUNT",
            help="A total of the general ledger that must be met, such as plan.year=45.2m; may be given again.",
            show_default=False,
        ),
    ] = None,
    fail_on: Annotated[
        FailOn,
        typer.Option("--fail-on", help="With --check: exit with 1 when something stops, is to be noted, or never."),
    ] = FailOn.stop,
    ledger: LedgerOption = None,
    organisation: Organisation = None,
    policy: PolicyOption = None,
    today: Today = None,
    include_private: IncludePrivate = False,
    reason: Reason = "",
    by: By = None,
    form: FormatOption = Format.table,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Close a month: check what it waits for, make its pack, lock it.

    --check exits with 1 when the month is not ready. With -o FOLDER the pack is made, whole or not at all; a month that is
    not ready gives a pack only as a --draft. With --lock the period is closed with it.

    Example: qippctl close M06 --organisation Fellside --check
    """
    _one_of(check=check, draft=draft or lock, adjustments=adjustments, reopen=reopen)
    if draft and lock:
        _refuse("--draft and --lock: a period is locked with a final pack; leave one out")
    if period is None and not adjustments:
        if check or draft or lock or reopen or output is not None:
            _refuse("say which PERIOD, such as M11")
        _list(ledger, organisation, form, quiet)
        return
    from qippctl.cli.output import open_book

    if reopen:
        _reopen(open_book(ledger), organisation, period or "", reason, by, form)
        return
    book = open_book(ledger, include_private=include_private, quiet=quiet)
    if adjustments:
        _adjustments(book, organisation, period, form, output)
        return
    asked = _Asked(book, organisation, period or "", policy, tuple(controls or ()), today, include_private)
    if check:
        _check(asked, form, output, fail_on)
        return
    if output is None:
        _refuse("say where the pack goes with -o FOLDER, or --check to see whether the month is ready")
        return
    _pack(asked, output, draft, (who(by), reason) if lock else None, form, quiet)


class _Asked:
    """What was asked of a month."""

    def __init__(
        self,
        book: Ledger,
        organisation: str | None,
        period: str,
        policy: str | None,
        controls: tuple[str, ...],
        today: str | None,
        private: bool,
    ) -> None:
        from qippctl import pipeline
        from qippctl.cli.settings import in_force

        self.book = book
        self.private = private
        self.given = day_asked(today) if today is not None else None
        settings = in_force()
        how = pipeline.CloseAsked(
            pipeline.Rules(pipeline.find_policy(policy) if policy else None),
            tuple(pipeline.control(text) for text in controls),
            settings.terms(()),
            tuple(pipeline.read_accepted(settings.accepted)) if settings.accepted is not None else (),
        )
        self.month = pipeline.chosen_month(book, organisation, period, how)
        self.lines = pipeline.check(self.month, self.given or day_asked(None))


def _one_of(**chosen: bool) -> None:
    named = [f"--{name}" for name, is_chosen in chosen.items() if is_chosen]
    if len(named) > 1:
        _refuse(f"{' and '.join(named)} cannot go together")


def _refuse(said: str) -> None:
    from qippctl.errors import UsageError

    raise UsageError(said)


def _list(ledger: str | None, organisation: str | None, form: Format, quiet: bool) -> None:
    from qippctl import pipeline
    from qippctl.cli.output import open_book, show
    from qippctl.reports import closing as views

    found = pipeline.closes(open_book(ledger, quiet=quiet), organisation, everything=True)
    show(views.closed(found), form)


def _reopen(book: Ledger, organisation: str | None, period: str, reason: str, by: str | None, form: Format) -> None:
    from qippctl import pipeline
    from qippctl.cli.output import show
    from qippctl.reports import decisions as views

    made = pipeline.reopen(book, organisation, period, by=who(by), at=now(), reason=reason)
    show(views.undone(made, "The lock of decision"), form)


def _adjustments(book: Ledger, organisation: str | None, period: str | None, form: Format, output: Path | None) -> None:
    from qippctl import pipeline
    from qippctl.cli.output import show
    from qippctl.reports import closing as views

    if period is not None:
        close = pipeline.closed_period(book, organisation, period)
        found = pipeline.adjustments(book, close.organisation or "", close.period)
    else:
        names = pipeline.choose_organisations(book, organisation)
        found = [one for name in names for one in pipeline.adjustments(book, name)]
    show(views.adjustments([(close.number, close.period, own) for close, own in found]), form, output)


def _check(asked: _Asked, form: Format, output: Path | None, fail_on: FailOn) -> None:
    from qippctl.cli.output import show
    from qippctl.reports import closing as views

    month = asked.month
    show(views.checked(asked.lines, month.organisation, month.choice.period), form, output)
    failing = {FailOn.stop: {"stop"}, FailOn.note: {"stop", "note"}, FailOn.never: set[str]()}[fail_on]
    if any(line.says in failing for line in asked.lines):
        raise typer.Exit(1)


def _pack(asked: _Asked, folder: Path, draft: bool, locking: tuple[str, str] | None, form: Format, quiet: bool) -> None:
    from qippctl import pipeline
    from qippctl.cli.folders import differences, manifest_hash, write_folder
    from qippctl.cli.output import say, show
    from qippctl.reports import closing as views

    month = asked.month
    if not draft and not pipeline.is_ready(asked.lines):
        _refuse(
            f"{month.choice.period} is not ready: {_stops(asked.lines)}. See --check; to make it all the same: --draft"
        )
    standing = pipeline.locked(asked.book, month.choice.organisation).get(month.choice.period)
    if locking is not None and standing is not None:
        _refuse(pipeline.locked_already(standing))
    made = pipeline.pack(month, draft=draft, today=asked.given, private=asked.private)
    differing = differences(folder, made.whole)
    if differing and standing is not None and manifest_hash(folder) == standing.manifest:
        _refuse(
            f"{folder}: the pack that {month.choice.period} was locked with (decision {standing.number}), and a new one "
            f"would differ ({_some(differing)}); nothing is replaced. Choose another with -o FOLDER"
        )
    if differing or differing is None:
        write_folder(folder, made.whole)
    by, reason = locking or ("", "")
    number, close_ = pipeline.keep_pack(
        asked.book, made, month, at=now(), lock=locking is not None, by=by, reason=reason
    )
    show(views.packed(made.manifest, number, str(folder), close_), form)
    if quiet:
        return
    if differing:
        say(f"{folder}: replaced the pack that was there: {_some(differing)}")
    elif differing is not None:
        say(f"{folder}: the same pack is there already; nothing is written")
    if standing is not None and any(changed for _, period, changed in month.adjustments if period == standing.period):
        say(f"{standing.period} changed since it was locked: qippctl close {standing.period} --adjustments")


def _stops(lines: list[CloseLine]) -> str:
    return _some([line.text for line in lines if line.says == "stop"])


def _some(texts: list[str]) -> str:
    return "; ".join(texts[:3]) + (f"; and {len(texts) - 3} more" if len(texts) > 3 else "")


@app.command()
def impact(
    figure: Annotated[
        str,
        typer.Argument(
            metavar="FIGURE_ID|#N",
            help="A figure's id, the beginning of one that no other has, or its number in the list shown last.",
            show_default=False,
        ),
    ],
    ledger: LedgerOption = None,
    form: FormatOption = Format.table,
    output: OutputOption = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Say which packs used a figure, in which files, what it was then and what it is now.

    Example: qippctl impact 4b2a09f30088/p2t2/2/3
    """
    from qippctl import pipeline
    from qippctl.cli.numbers import figure_named
    from qippctl.cli.output import open_book, show
    from qippctl.reports import closing as views

    book = open_book(ledger)
    known, found = pipeline.impact(book, figure_named(book, figure))
    show(views.impact(known, figure, found), form, output)
