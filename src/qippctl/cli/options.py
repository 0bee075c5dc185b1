"""Options that mean the same everywhere, named once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    md = "md"


class BasisChoice(StrEnum):
    ytd = "ytd"
    year = "year"


class SpanChoice(StrEnum):
    month = "month"
    ytd = "ytd"
    year = "year"


Papers = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Papers: files, folders or patterns.", show_default=False)
]
LedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        envvar="QIPPCTL_LEDGER",
        metavar="URL",
        help="The ledger: a database URL or a SQLite file [default: in the user's data folder].",
        show_default=False,
    ),
]
Organisation = Annotated[
    str | None,
    typer.Option(
        "--organisation", metavar="NAME", help="Any part of the name that is unambiguous.", show_default=False
    ),
]
PeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="PERIOD",
        help="2014/15-M11, or M11 of the newest year [default: the newest of each organisation].",
        show_default=False,
    ),
]
PolicyOption = Annotated[
    str | None,
    typer.Option(
        "--policy",
        envvar="QIPPCTL_POLICY",
        metavar="NAME|FILE",
        help="The RAG rules [default: as the paper states them; see qippctl policy list].",
        show_default=False,
    ),
]
Today = Annotated[
    str | None,
    typer.Option(
        "--today", metavar="DATE", help="As of which day, such as 2011-05-26 [default: today].", show_default=False
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How to print the answer.")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the answer to a file.", show_default=False)
]
PagesOption = Annotated[
    str | None,
    typer.Option(
        "--pages", metavar="RANGES", help="Pages of the file, such as 180-195,203 [default: all].", show_default=False
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        "--workers",
        min=1,
        max=64,
        metavar="N",
        help="Processes that read the pages of a PDF [default: as many as processors, 4 at most].",
        show_default=False,
    ),
]
PaperOption = Annotated[
    str | None,
    typer.Option(
        "--paper",
        metavar="#N|NAME",
        help="Of one paper: its number, a part of its file name, or of its hash [default: the newest of each organisation].",
        show_default=False,
    ),
]
IncludePrivate = Annotated[
    bool,
    typer.Option("--include-private", help="Take in papers that are marked private; without it they are left out."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing on stderr but failures.")]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Say more on stderr, and show the traceback of an error.")
]
Basis = Annotated[
    BasisChoice,
    typer.Option("--basis", help="ytd: actual against plan to date; year: forecast against the year's plan."),
]
Span = Annotated[
    SpanChoice,
    typer.Option("--basis", help="month: that month alone; ytd: to date; year: forecast against the year's plan."),
]
