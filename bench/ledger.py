"""Measure how long `rag` and `movement` take on a large ledger, beside a bare `sqlite3` read of the same rows.

    python bench/ledger.py                                 10,000 schemes x 36 months x 3 measures
    python bench/ledger.py --schemes 500 --rounds 2        a trial
    python bench/ledger.py --ledger big.db                 keep the ledger there, and use it again

All in one run on one machine, so that the ratios say more than the seconds. What the rows mean is in bench/README.md.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import os
import platform
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.dialects import sqlite

from qippctl import __version__, pipeline
from qippctl.ledger import open_ledger, tables
from qippctl.ledger.rows import figure_row, reading_row, report_rows
from qippctl.models.figure import Basis, Doubt, Evidence, Figure, Measure
from qippctl.models.paper import Cover, Paper, TableReading

BODY = "Aldermoor Health"
SEED = 11
FIRST_YEAR = 2022
STEP = Decimal(100)
DOUBTED = 0.02
MEASURES: tuple[tuple[Measure, Basis], ...] = (("plan", "ytd"), ("actual", "ytd"), ("forecast", "year"))
# What an answer needs of a figure: all but the box it stands in, and why it was taken for what it is.
NEEDED = (
    "reading", "id", "page", '"table"', '"row"', '"column"', "organisation", "workstream", "scheme", "subject", "role",
    "measure", "basis", "recurrence", '"case"', "version", "qualifier", "period", "value", "unit", "step", "raw",
    "doubts", "score",
)  # fmt: skip


@dataclass(frozen=True)
class Size:
    """How large a ledger is: every scheme has a row in every month's paper, with a figure a measure."""

    schemes: int = 10_000
    months: int = 36
    workstreams: int = 50

    @property
    def figures(self) -> int:
        """Figures of schemes; those of subtotals and totals come on top."""
        return self.schemes * self.months * len(MEASURES)

    @property
    def name(self) -> str:
        return f"{self.schemes:,} schemes x {self.months} months x {len(MEASURES)} measures"


def periods(months: int) -> list[str]:
    """So many financial months, from the first April on.

    >>> periods(13)[-2:]
    ['2022/23-M12', '2023/24-M01']
    """
    years = [FIRST_YEAR + number // 12 for number in range(months)]
    return [f"{year}/{(year + 1) % 100:02d}-M{number % 12 + 1:02d}" for number, year in enumerate(years)]


def meeting(period: str) -> str:
    """The day on which a period's paper is before its meeting: the 20th of the month after.

    >>> meeting("2022/23-M01"), meeting("2022/23-M12")
    ('2022-05-20', '2023-04-20')
    """
    year, month = int(period[:4]), int(period[-2:]) + 4
    return f"{year + (month > 12)}-{(month - 1) % 12 + 1:02d}-20"


def papers(size: Size) -> Iterator[Paper]:
    """A paper a month: one table, its schemes grouped by workstream, with subtotals and a total."""
    chance = random.Random(SEED)  # noqa: S311  figures of a benchmark, no secrets
    plans = [chance.randint(1, 600) * 1200 for _ in range(size.schemes)]
    rates = [chance.gauss(0.95, 0.12) for _ in range(size.schemes)]
    for period in periods(size.months):
        yield _paper(size, period, plans, rates, chance)


def _paper(size: Size, period: str, plans: Sequence[int], rates: Sequence[float], chance: random.Random) -> Paper:
    name = f"board-{period.replace('/', '-')}.xlsx"
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    month = int(period[-2:])
    group = -(-size.schemes // size.workstreams)
    figures: list[Figure] = []
    total, subtotal = [0] * len(MEASURES), [0] * len(MEASURES)

    def line(values: Sequence[int], **rest: Any) -> None:
        row = len(figures) // len(MEASURES) + 2
        doubts = (Doubt.SUM_FAILS,) if chance.random() < DOUBTED else ()
        for column, ((measure, basis), value) in enumerate(zip(MEASURES, values, strict=True), 1):
            figures.append(
                Figure(
                    id=f"{sha256[:12]}/p1t1/{row}/{column}",
                    paper=name,
                    sha256=sha256,
                    page=1,
                    table="p1t1",
                    row=row,
                    column=column,
                    bbox=(90.0 * column, 12.0 * row, 90.0 * column + 60, 12.0 * row + 9),
                    organisation=BODY,
                    subject="savings",
                    measure=measure,
                    basis=basis,
                    period=period[:7] if basis == "year" else period,
                    value=Decimal(value),
                    unit="GBP",
                    step=STEP,
                    raw=f"{value / 1000:,.1f}",
                    doubts=doubts,
                    evidence=Evidence(heading=(measure, basis), meaning="word", unit="title", sign="as printed"),
                    **rest,
                )
            )

    for number, (plan, rate) in enumerate(zip(plans, rates, strict=True)):
        workstream = f"Workstream {number // group + 1}"
        delivered = rate + chance.gauss(0, 0.03)
        values = [
            round(pounds / 100) * 100 for pounds in (plan * month / 12, plan * month / 12 * delivered, plan * rate)
        ]
        line(values, workstream=workstream, scheme=f"Scheme {number + 1:05d} of {workstream.lower()}", role="scheme")
        subtotal = [a + b for a, b in zip(subtotal, values, strict=True)]
        if (number + 1) % group == 0 or number + 1 == size.schemes:
            line(subtotal, workstream=workstream, role="subtotal")
            total, subtotal = [a + b for a, b in zip(total, subtotal, strict=True)], [0] * len(MEASURES)
    line(total, role="total")
    return Paper(
        cover=Cover(
            paper=name,
            sha256=sha256,
            media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            pages=1,
            organisation=BODY,
            meeting_date=meeting(period),
            period=period,
        ),
        figures=tuple(figures),
        tables=(
            TableReading(
                table="p1t1",
                page=1,
                kind="schemes",
                period=period,
                rows=len(figures) // len(MEASURES),
                columns=1 + len(MEASURES),
                figures=len(figures),
            ),
        ),
    )


def make(path: Path, size: Size) -> None:
    """A ledger with the papers, its tables made by the tool itself, its rows written by bare SQL."""
    open_ledger(str(path))
    orders = {t: _order(t) for t in (tables.papers, tables.readings, tables.figures, tables.reports)}
    with sqlite3.connect(path) as raw:
        for number, paper in enumerate(papers(size), 1):
            period = paper.cover.period
            row = {"number": number, "sha256": paper.cover.sha256, "name": paper.cover.paper}
            raw.execute(orders[tables.papers], row)
            raw.execute(orders[tables.readings], {"id": number, **reading_row(number, paper, __version__)})
            raw.executemany(
                orders[tables.figures], (figure_row(number, i, f, period) for i, f in enumerate(paper.figures))
            )
            raw.executemany(orders[tables.reports], report_rows(number, paper.figures, {"p1t1": period}))
    raw.close()


def _order(table: Any) -> str:
    return str(insert(table).compile(dialect=sqlite.dialect(paramstyle="named")))


def bare(path: Path, readings: Sequence[int] = ()) -> int:
    """How many figures a bare read of the columns that an answer needs gives; of all readings where none are named."""
    marks = ", ".join("?" * len(readings))
    where = f" WHERE reading IN ({marks})" if readings else ""
    with sqlite3.connect(path) as raw:
        rows = raw.execute(f"SELECT {', '.join(NEEDED)} FROM figures{where}", readings).fetchall()  # noqa: S608
    raw.close()
    return len(rows)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes, by the clock."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def tool(path: Path, *arguments: str) -> Callable[[], object]:
    """A command as a process of its own, its answer thrown away."""
    command = [sys.executable, "-m", "qippctl", *arguments, "--ledger", str(path), "--output", os.devnull]
    return lambda: subprocess.run(command, check=True)  # noqa: S603  our own tool


def measure(path: Path, size: Size, rounds: int) -> dict[str, float]:
    """The best time of each, in seconds. Each round measures everything once, so that all meet the same machine."""
    ledger = open_ledger(str(path), create=False)
    policy = pipeline.find_policy(None)
    newest, last = periods(size.months)[-1], (size.months - 1, size.months)
    works: dict[str, Callable[[], object]] = {
        "bare read, newest period": lambda: bare(path, last[-1:]),
        "bare read, newest two": lambda: bare(path, last),
        "bare read, whole ledger": lambda: bare(path),
        "the newest period's figures": lambda: ledger.facts(BODY, newest),
        "rag, as a call": lambda: pipeline.programmes(ledger, None, None, "ytd", policy),
        "movement, as a call": lambda: pipeline.movements(ledger, None, None, None, pipeline.Rules(policy)),
        "qippctl --version": lambda: subprocess.run(
            [sys.executable, "-m", "qippctl", "--version"], check=True, capture_output=True
        ),
        "qippctl rag --format json": tool(path, "rag", "--format", "json"),
        "qippctl rag": tool(path, "rag"),
        "qippctl movement --format json": tool(path, "movement", "--format", "json"),
    }
    best: dict[str, float] = {}
    for _ in range(rounds):
        for name, work in works.items():
            best[name] = min(seconds(work), best.get(name, float("inf")))
    return best


def table(best: dict[str, float]) -> str:
    """The times, and each divided by the bare reads, as Markdown."""
    lines = ["| | Seconds | × newest period | × newest two | × whole ledger |", "| --- | ---: | ---: | ---: | ---: |"]
    floors = [best[name] for name in best if name.startswith("bare read")]
    for name, time_ in best.items():
        lines.append(f"| {name} | {time_:.2f} | " + " | ".join(f"{time_ / floor:.1f}" for floor in floors) + " |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the ledger where it is not there yet, measure, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--schemes", type=int, default=Size.schemes, help="(default 10000)")
    parser.add_argument("--months", type=int, default=Size.months, help="(default 36)")
    parser.add_argument("--rounds", type=int, default=5, help="measure so often and take the best (default 5)")
    parser.add_argument("--ledger", type=Path, help="where to keep the ledger (default: a temporary folder)")
    options = parser.parse_args(arguments)
    size = Size(options.schemes, options.months)
    name = f"qippctl-bench-{size.schemes}x{size.months}.db"
    path = options.ledger or Path(tempfile.gettempdir()) / name
    if not path.exists():
        part = path.with_name(f"{path.name}.part")
        part.unlink(missing_ok=True)
        took = seconds(lambda: make(part, size))
        part.replace(path)
        print(f"{path}: made in {took:.0f} s", file=sys.stderr)
    load = os.getloadavg()[0]
    print(table(measure(path, size, options.rounds)))
    print(f"\n- {size.name}: {size.figures:,} figures of schemes, {path.stat().st_size / 2**20:.0f} MB")
    print(f"- Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; best of {options.rounds}")
    print(f"- {load:.1f} processes ran on the machine as it began")


if __name__ == "__main__":
    main()
